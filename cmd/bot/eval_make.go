package main

import (
	"bufio"
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"math/rand/v2"
	"os"
	"slices"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"verbatim/adapters/local"
	"verbatim/answers"
	"verbatim/cmd/internal/score"
	"verbatim/corpus"
)

// madeRow is a line of a question file as an interview makes it.
type madeRow struct {
	ID      string   `json:"id"`
	Q       string   `json:"q"`
	Any     []string `json:"any"`
	Speaker string   `json:"speaker,omitempty"`
}

// interview asks a curator for questions whose right answers are known.
type interview struct {
	ctx      context.Context
	in       *bufio.Reader
	out      io.Writer
	engine   *answers.Engine
	passages []corpus.Passage // to ask about, in the order in which they are shown
	speakers []string         // whoever is credited with a passage
}

// makeQuestions adds n questions to a file, each as soon as it is answered.
func makeQuestions(cmd *cobra.Command, file string, n int, corpusDir string) error {
	there, err := score.ReadFile(file)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	c, engine, err := loadBoth(cmd.Context(), cmd.ErrOrStderr(), corpusDir)
	if err != nil {
		return err
	}
	i := &interview{ctx: cmd.Context(), in: bufio.NewReader(cmd.InOrStdin()), out: cmd.OutOrStdout(), engine: engine}
	i.passages, i.speakers = toAskAbout(c, len(there))
	fmt.Fprintf(i.out, "%d questions for %s. For two of three you are shown a passage, and write what somebody asks whom it answers\n"+
		"and who has not read it; for the third, what people ask and the article does not say. Ctrl-D stops; what is\nthere stays.\n", n, file)
	id := 0
	for _, row := range there {
		number, _ := strconv.Atoi(row.ID)
		id = max(id, number)
	}
	made := 0
	for ; made < n; made++ {
		fmt.Fprintf(i.out, "\n%d of %d\n", made+1, n)
		row, err := i.row(made%3 < 2)
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return err
		}
		row.ID = strconv.Itoa(id + made + 1)
		if err := appendRow(file, row); err != nil {
			return err
		}
	}
	fmt.Fprintf(i.out, "\nadded %s to %s; score them: bot eval%s %s\n", plural(made, "question"), printable(file), corpusFlag(corpusDir), quoted(file))
	return nil
}

// leastAsked is how many words a passage has at least that is asked about.
const leastAsked = 6

// toAskAbout returns the passages that are long enough to be asked about, in an order
// that is chance but for the seed, and the speakers of all.
func toAskAbout(c *corpus.Corpus, seed int) (out []corpus.Passage, speakers []string) {
	for _, s := range c.Sources() {
		for _, p := range s.Passages() {
			speakers = append(speakers, p.Speaker)
			if !p.Unsure && len(strings.Fields(p.Quote.Text())) >= leastAsked {
				out = append(out, p)
			}
		}
	}
	rand.New(rand.NewPCG(uint64(seed), 0)).Shuffle(len(out), func(i, j int) { out[i], out[j] = out[j], out[i] })
	return out, speakers
}

// row asks for one question: about a passage that is shown, or one that the article does
// not answer. The error is io.EOF where the curator stops.
func (i *interview) row(covered bool) (madeRow, error) {
	if !covered || len(i.passages) == 0 {
		q, err := i.ask("What do people ask that the article does not say?")
		if err != nil {
			return madeRow{}, err
		}
		if q == "" {
			return i.row(covered)
		}
		row := madeRow{Q: q, Any: []string{}}
		return row, i.others(&row)
	}
	p := i.passages[0]
	i.passages = i.passages[1:]
	fmt.Fprint(i.out, local.Printable(fmt.Sprintf("  %s\n  (%v)\n", p.Quote.Text(), p.Citation())))
	q, err := i.ask("What does somebody ask whom this answers? Enter for another passage.")
	if err != nil {
		return madeRow{}, err
	}
	if q == "" {
		return i.row(covered)
	}
	row := madeRow{Q: q, Any: []string{p.Quote.Text()}}
	if row.Speaker, err = i.speaker(p); err != nil {
		return madeRow{}, err
	}
	return row, i.others(&row)
}

// speaker asks whose words a passage is.
func (i *interview) speaker(p corpus.Passage) (string, error) {
	read := string(p.Attribution)
	if p.Attribution == corpus.Direct || p.Attribution == corpus.Others {
		read = p.Speaker
	}
	for {
		said, err := i.ask(fmt.Sprintf("Whose words are they: article, reported, or a name? Enter for %s.", read))
		known := func(name string) bool { return strings.Contains(strings.ToLower(name), strings.ToLower(said)) }
		if err != nil || said == "" || corpus.Attribution(said).Valid() || slices.ContainsFunc(i.speakers, known) {
			return cmp.Or(said, read), err
		}
		fmt.Fprintf(i.out, "Nobody of the name %s is quoted in the article.\n", printable(said))
	}
}

// others asks whether what the bot shows to a question answers it, and adds it to the row
// where it does. Where the curator stops, the row stays as it is.
func (i *interview) others(row *madeRow) error {
	a := i.engine.Ask(answers.Question{Text: row.Q})
	if a.Kind != answers.Quote && a.Kind != answers.List && a.Kind != answers.Verdict {
		return nil
	}
	for _, p := range a.Quotes {
		text := p.Quote.Text()
		if slices.ContainsFunc(row.Any, func(part string) bool { return strings.Contains(part, text) || strings.Contains(text, part) }) {
			continue
		}
		yes, err := i.ask("The bot shows this. Does it answer the question? y for yes, Enter for no.\n  " + text)
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		if strings.HasPrefix(strings.ToLower(yes), "y") {
			row.Any = append(row.Any, text)
		}
	}
	return nil
}

// ask shows a question and returns the line that is typed.
func (i *interview) ask(question string) (string, error) {
	fmt.Fprintf(i.out, "%s\n> ", local.Printable(question))
	line, err := result(i.ctx, func() (string, error) { return i.in.ReadString('\n') })
	if err != nil && (line == "" || !errors.Is(err, io.EOF)) {
		return "", err
	}
	return strings.TrimSpace(line), nil
}

// appendRow adds a line to a file.
func appendRow(file string, row madeRow) (err error) {
	f, err := os.OpenFile(file, os.O_CREATE|os.O_RDWR|os.O_APPEND, 0o644)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	if end, err := f.Seek(0, io.SeekEnd); err != nil {
		return err
	} else if end > 0 {
		var last [1]byte
		if _, err := f.ReadAt(last[:], end-1); err != nil {
			return err
		}
		if last[0] != '\n' {
			if _, err := f.WriteString("\n"); err != nil {
				return err
			}
		}
	}
	out := json.NewEncoder(f)
	out.SetEscapeHTML(false)
	return out.Encode(row)
}
