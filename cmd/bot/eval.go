package main

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"path/filepath"

	"github.com/spf13/cobra"

	"verbatim/adapters/local"
	"verbatim/answers"
	"verbatim/cmd/internal/score"
	"verbatim/corpus"
)

func evalCommand(corpusDir *string) *cobra.Command {
	var e evaluator
	var wanted int
	cmd := &cobra.Command{
		Use:   "eval QUESTIONS.jsonl...",
		Short: "Score files of questions whose right answers are known",
		Long: `Asks every question of the files, lists what was answered wrong or credited to the
wrong speaker, and counts what was right, with the interval that holds the true
percentage at 95%. A line is
  {"id": "1", "q": "…", "any": ["part of a right passage", …], "speaker": "Ann Lee"}
or a dialogue, {"id": "2", "turns": [{"q": "…", "any": […]}, …]}. An empty "any"
means that the article does not say; "abstain_ok" that declining is right too;
"speaker" is article, reported, or the name of the one whose own words they are;
"leans" says whether a later turn of a dialogue needs the ones before it. The
later turns that do not are also asked alone, to see what history costs them.

A file that says nothing is refused: one with answers that are not in the corpus,
ids that are there twice, or questions of only one kind.

--save keeps what was right, speakers too, and --against compares with such a file:
which questions changed, and whether that may be chance. --make 20 asks you for 20 questions and
adds them to a file.`,
		Args: cobra.MinimumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			switch {
			case !cmd.Flags().Changed("make"):
				return e.score(cmd, args, *corpusDir)
			case wanted < 1 || len(args) > 1:
				return usageError{errors.New("--make takes a number of questions and one file to add them to: bot eval --make 20 questions.jsonl")}
			}
			return makeQuestions(cmd, args[0], wanted, *corpusDir)
		},
	}
	cmd.Flags().BoolVar(&e.options.WithoutHistory, "without-history", false, "ask every turn of a dialogue as if it were the first")
	cmd.Flags().StringVar(&e.save, "save", "", "file to keep what was right in, for --against")
	cmd.Flags().StringVar(&e.against, "against", "", "file that --save wrote, to compare with")
	cmd.Flags().IntVar(&wanted, "make", 0, "ask for so many questions with their answers, and add them to the file")
	return cmd
}

// evaluator scores question files.
type evaluator struct {
	options       score.Options
	save, against string
}

// score scores files together and apart.
func (e evaluator) score(cmd *cobra.Command, names []string, corpusDir string) error {
	var before []score.Saved
	var err error
	if e.against != "" {
		if before, err = score.ReadSaved(e.against); err != nil {
			return err
		}
	}
	c, err := loadCorpus(cmd.Context(), cmd.ErrOrStderr(), corpusDir)
	if err != nil {
		return err
	}
	files, err := readQuestions(names, c)
	if err != nil {
		return err
	}
	engine, err := engineOf(cmd.Context(), cmd.ErrOrStderr(), c)
	if err != nil {
		return err
	}
	w := cmd.OutOrStdout()
	var all evaluation
	for i, rows := range files {
		if len(files) > 1 {
			fmt.Fprintln(w, filepath.Base(names[i]))
		}
		got, err := evaluate(cmd, rows, engine, e.options)
		if err != nil {
			return err
		}
		got.print(w)
		all.add(got)
	}
	if len(files) > 1 {
		fmt.Fprintf(w, "all %d files\n", len(files))
		all.print(w)
	}
	if e.against != "" {
		printChange(w, "", score.Compare(before, all.results))
		if was, is := score.Speakers(before, all.results); len(was) > 0 {
			printChange(w, "speaker ", score.Compare(was, is))
		}
	}
	if e.save == "" {
		return nil
	}
	var saved bytes.Buffer
	if err := score.Save(&saved, all.results); err != nil {
		return err
	}
	return replaceFile(e.save, saved.Bytes())
}

// mostProblems is how many problems of question files are told at once.
const mostProblems = 20

// readQuestions reads question files, all before the first is asked, and holds them to
// the corpus.
func readQuestions(names []string, c *corpus.Corpus) ([][]*score.Row, error) {
	files := make([][]*score.Row, len(names))
	var wrong []error
	for i, name := range names {
		rows, err := score.ReadFile(name)
		if err != nil {
			return nil, err
		}
		files[i] = rows
		for _, err := range score.Check(rows, c) {
			wrong = append(wrong, fmt.Errorf("%s: %w", name, err))
		}
	}
	if n := len(wrong) - mostProblems; n > 0 {
		wrong = append(wrong[:mostProblems], fmt.Errorf("and %d more", n))
	}
	return files, errors.Join(wrong...)
}

// printChange lists the questions that changed, and says what that comes to.
// What goes before each line says of what.
func printChange(w io.Writer, of string, c score.Change) {
	for _, list := range []struct {
		what    string
		results []score.Result
	}{{"won", c.Won}, {"lost", c.Lost}} {
		for _, r := range list.results {
			fmt.Fprintf(w, "%s%-4s %s.%d %q\n", of, list.what, r.Row.ID, r.Number, r.Turn().Q)
		}
	}
	fmt.Fprintf(w, "%s%v\n", of, c)
}

// evaluation is what is counted of question files.
type evaluation struct {
	totals  score.Totals
	history score.History
	results []score.Result
}

func (e *evaluation) add(o evaluation) {
	e.totals, e.history = e.totals.Plus(o.totals), e.history.Plus(o.history)
	e.results = append(e.results, o.results...)
}

// evaluate asks rows and writes each miss.
func evaluate(cmd *cobra.Command, rows []*score.Row, engine *answers.Engine, o score.Options) (evaluation, error) {
	ask := func(rows []*score.Row, o score.Options) ([]score.Result, error) {
		turns := 0
		for _, row := range rows {
			turns += len(row.Turns)
		}
		return watched(cmd.Context(), cmd.ErrOrStderr(), "asking", turns, func(p *progress) ([]score.Result, error) {
			return score.Run(rows, counted{engine, p}, o), nil
		})
	}
	results, err := ask(rows, o)
	if err != nil {
		return evaluation{}, err
	}
	for _, r := range results {
		printMiss(cmd.OutOrStdout(), r)
	}
	e := evaluation{totals: score.Sum(results), results: results}
	if e.totals.StandAlone.All > 0 && !o.WithoutHistory {
		var dialogues []*score.Row
		for _, row := range rows {
			if len(row.Turns) > 1 {
				dialogues = append(dialogues, row)
			}
		}
		alone, err := ask(dialogues, score.Options{WithoutHistory: true})
		if err != nil {
			return evaluation{}, err
		}
		e.history = score.CompareHistory(results, alone)
	}
	return e, nil
}

// printMiss writes what was wanted and what came where the passage is wrong, or is right
// and credited to somebody else.
func printMiss(w io.Writer, r score.Result) {
	if r.Right && r.Speaker != score.Differs {
		return
	}
	want, got := fmt.Sprintf("%q", r.Turn().Any), string(r.Answer.Kind)
	if len(r.Answer.Quotes) > 0 {
		got += ": " + r.Answer.Quotes[0].Quote.Text()
	}
	if r.Right {
		p := r.Answer.Quotes[0]
		want = fmt.Sprintf("speaker %q", r.Turn().Speaker)
		got = fmt.Sprintf("speaker %q, %s: %s", p.Speaker, p.Attribution, p.Quote.Text())
	}
	fmt.Fprint(w, local.Printable(fmt.Sprintf("%s.%d %q\n  want %s\n  got  %s (intent %s, %.2f)\n",
		r.Row.ID, r.Number, r.Turn().Q, want, got, r.Answer.Intent, r.Answer.Confidence)))
}

// counted is an engine that tells how many questions it has answered.
type counted struct {
	engine   *answers.Engine
	progress *progress
}

// Ask answers a question.
func (c counted) Ask(q answers.Question) answers.Answer {
	defer c.progress.Did()
	return c.engine.Ask(q)
}

// print writes a line for each figure. Those that only some files have are left out
// where they are empty.
func (e evaluation) print(w io.Writer) {
	t := e.totals
	for _, line := range []struct {
		name  string
		share score.Share
		some  bool
	}{
		{"answered", t.Answered, false},
		{"declined", t.Declined, false},
		{"premise", t.Premise, false},
		{"follow-ups", t.FollowUps, false},
		{"  leaning", t.Leaning, true},
		{"  stand-alone", t.StandAlone, true},
		{"speakers", t.Speakers, false},
		{"wrong shown", t.WrongShown, false},
	} {
		if line.share.All > 0 || !line.some {
			fmt.Fprintf(w, "%-14s %v\n", line.name, line.share)
		}
	}
	if e.history.With.All > 0 {
		fmt.Fprintf(w, "history costs stand-alone turns %v\n", e.history)
	}
}
