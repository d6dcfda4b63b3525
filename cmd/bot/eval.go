package main

import (
	"fmt"
	"io"
	"path/filepath"

	"github.com/spf13/cobra"

	"verbatim/answers"
	"verbatim/cmd/internal/score"
)

func evalCommand(corpusDir *string) *cobra.Command {
	var o score.Options
	cmd := &cobra.Command{
		Use:   "eval QUESTIONS.jsonl...",
		Short: "Score files of questions whose right answers are known",
		Long: `Asks every question of the files, lists what was answered wrong, and counts what
was right, with the interval that holds the true percentage at 95%. A line is
  {"id": "1", "q": "…", "any": ["part of a right passage", …], "speaker": "zuckerberg"}
or a dialogue, {"id": "2", "turns": [{"q": "…", "any": […]}, …]}. An empty "any"
means that the article does not say; "abstain_ok" that declining is right too;
"leans" says whether a later turn of a dialogue needs the ones before it. The
later turns that do not are also asked alone, to see what history costs them.`,
		Args: cobra.MinimumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			files := make([][]*score.Row, len(args)) // all are read before the first is asked
			for i, name := range args {
				rows, err := score.ReadFile(name)
				if err != nil {
					return err
				}
				files[i] = rows
			}
			engine, err := loadEngine(cmd.Context(), cmd.ErrOrStderr(), *corpusDir)
			if err != nil {
				return err
			}
			w := cmd.OutOrStdout()
			var all evaluation
			for i, rows := range files {
				if len(files) > 1 {
					fmt.Fprintln(w, filepath.Base(args[i]))
				}
				e, err := evaluate(cmd, rows, engine, o)
				if err != nil {
					return err
				}
				e.print(w)
				all.totals, all.history = all.totals.Plus(e.totals), all.history.Plus(e.history)
			}
			if len(files) > 1 {
				fmt.Fprintf(w, "all %d files\n", len(files))
				all.print(w)
			}
			return nil
		},
	}
	cmd.Flags().BoolVar(&o.WithoutHistory, "without-history", false, "ask every turn of a dialogue as if it were the first")
	return cmd
}

// evaluation is what is counted of question files.
type evaluation struct {
	totals  score.Totals
	history score.History
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
	w := cmd.OutOrStdout()
	for _, r := range results {
		if r.Right {
			continue
		}
		got := string(r.Answer.Kind)
		if len(r.Answer.Quotes) > 0 {
			got += ": " + r.Answer.Quotes[0].Quote.Text()
		}
		fmt.Fprintf(w, "%s.%d %q\n  want %q\n  got  %s (intent %s, %.2f)\n",
			r.Row.ID, r.Number, r.Turn().Q, r.Turn().Any, got, r.Answer.Intent, r.Answer.Confidence)
	}
	e := evaluation{totals: score.Sum(results)}
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

// counted is an engine that tells how many questions it has answered.
type counted struct {
	engine   *answers.Engine
	progress *progress
}

// Ask answers a question.
func (c counted) Ask(q answers.Question) answers.Answer {
	defer c.progress.did()
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
