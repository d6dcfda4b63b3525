package main

import (
	"bufio"
	"context"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/spf13/cobra"
	"golang.org/x/term"

	"verbatim/adapters/discord"
	"verbatim/adapters/slack"
	"verbatim/answers"
	"verbatim/state"
)

// filter says which entries are listed; what is empty lets all through.
type filter struct {
	platforms, kinds, intents []string
	what                      string
	below                     float64 // confidence; 0: any
	limit                     int     // the latest; 0: all
}

func (f *filter) flags(cmd *cobra.Command) {
	flags := cmd.Flags()
	flags.StringSliceVar(&f.platforms, "platform", nil, "only what came from "+orList(journalPlatforms))
	flags.StringSliceVar(&f.kinds, "kind", nil, "only answers of a kind: "+orList(journalKinds()))
	flags.StringVar(&f.what, "what", "", "only question or vote")
	flags.StringSliceVar(&f.intents, "intent", nil, "only what was taken for an intent")
	flags.Float64Var(&f.below, "below", 0, "only questions answered with less `confidence`, 0 to 1")
	flags.IntVar(&f.limit, "limit", 0, "only the latest `entries`, so many (default all)")
}

// journalPlatforms are those that keep a journal.
var journalPlatforms = []string{slack.Name, discord.Name}

// journalKinds are the kinds of answers that are written down.
func journalKinds() (out []string) {
	for _, k := range []answers.Kind{answers.Quote, answers.List, answers.Verdict, answers.NotCovered, answers.Clarify} {
		out = append(out, string(k))
	}
	return out
}

// check says what is wrong with what was given.
func (f *filter) check() error {
	var problems []error
	among := func(flag string, given, all []string) {
		for _, g := range given {
			if !slices.Contains(all, g) {
				problems = append(problems, fmt.Errorf("--%s is %q; it must be %s", flag, g, orList(all)))
			}
		}
	}
	among("platform", f.platforms, journalPlatforms)
	among("kind", f.kinds, journalKinds())
	if f.what != "" {
		among("what", []string{f.what}, []string{"question", "vote"})
	}
	if !(f.below >= 0 && f.below <= 1) {
		problems = append(problems, errors.New("--below must be a confidence from 0 to 1"))
	}
	if f.limit < 0 {
		problems = append(problems, errLimit)
	}
	return errors.Join(problems...)
}

// lets reports whether an entry is to be listed.
func (f *filter) lets(e state.Entry) bool {
	in := func(all []string, v string) bool { return len(all) == 0 || slices.Contains(all, v) }
	return in(f.platforms, e.Platform) && in(f.kinds, e.Kind) && in(f.intents, e.Intent) &&
		(f.what == "" || f.what == e.What) &&
		(f.below == 0 || e.What == "question" && e.Confidence < f.below)
}

// list writes the entries that a filter lets through. Without a limit it holds one
// at a time.
func (j *journal) list(ctx context.Context, out io.Writer, f filter, format string) error {
	w := newEntryWriter(out, format)
	shown, textless := 0, 0
	write := func(e state.Entry) error {
		shown++
		if e.What == "question" && e.Text == "" {
			textless++
		}
		return w.write(e)
	}
	latest := make([]state.Entry, 0, min(f.limit, 1024)) // a ring once it is full
	matched := 0
	err := j.each(ctx, func(e state.Entry) error {
		switch {
		case !f.lets(e):
			return nil
		case f.limit == 0:
			return write(e)
		case len(latest) < f.limit:
			latest = append(latest, e)
		default:
			latest[matched%f.limit] = e
		}
		matched++
		return nil
	})
	for i := range latest {
		if err == nil {
			err = write(latest[(max(matched, len(latest))+i)%len(latest)])
		}
	}
	if err := errors.Join(err, w.flush()); err != nil {
		return err
	}
	j.explain(shown, "entry is as asked for", textless)
	return nil
}

// entryWriter writes entries in one format.
type entryWriter interface {
	write(state.Entry) error
	flush() error
}

func newEntryWriter(out io.Writer, format string) entryWriter {
	switch format {
	case "json":
		return &jsonEntries{bufio.NewWriter(out)}
	case "csv":
		return &csvEntries{w: newCSV(out)}
	}
	t := &textEntries{w: bufio.NewWriter(out)}
	if file, ok := out.(*os.File); ok && term.IsTerminal(int(file.Fd())) {
		t.width, _, _ = term.GetSize(int(file.Fd())) // 0, that is any, where it is not known
	}
	return t
}

type jsonEntries struct{ w *bufio.Writer }

func (j *jsonEntries) write(e state.Entry) error { return jsonLine(j.w, e) }
func (j *jsonEntries) flush() error              { return j.w.Flush() }

type csvEntries struct {
	w     *csv.Writer
	begun bool
}

func (c *csvEntries) head() error {
	c.begun = true
	return c.w.Write([]string{"at", "what", "platform", "kind", "intent", "confidence", "vote", "person", "subject", "text"})
}

func (c *csvEntries) write(e state.Entry) error {
	if !c.begun {
		if err := c.head(); err != nil {
			return err
		}
	}
	confidence, vote := "", ""
	if e.What == "question" {
		confidence = strconv.FormatFloat(e.Confidence, 'g', -1, 64)
	} else {
		vote = strconv.Itoa(e.Vote)
	}
	return c.w.Write([]string{e.At.UTC().Format(time.RFC3339Nano), cell(e.What), cell(e.Platform), cell(e.Kind), cell(e.Intent),
		confidence, vote, cell(e.Person), cell(e.Subject), cell(e.Text)})
}

func (c *csvEntries) flush() error {
	var err error
	if !c.begun {
		err = c.head()
	}
	c.w.Flush()
	return errors.Join(err, c.w.Error())
}

// textEntries is a table. Its columns have widths of their own, so that no row
// waits for the others; a longer entry shifts what follows it.
type textEntries struct {
	w     *bufio.Writer
	width int // of the terminal, where lines are cut; 0: they are not
	begun bool
}

func (t *textEntries) row(at, platform, what, kind, sure, intent, text string) error {
	line := strings.TrimRight(fmt.Sprintf("%-16s  %-8s  %-9s  %-11s  %4s  %-20s  %s", at, platform, what, kind, sure, intent, text), " ")
	if runes := []rune(line); t.width > 0 && len(runes) > t.width {
		line = string(runes[:t.width-1]) + "…"
	}
	_, err := t.w.WriteString(line + "\n")
	return err
}

func (t *textEntries) write(e state.Entry) error {
	if !t.begun {
		t.begun = true
		if err := t.row("TIME (UTC)", "PLATFORM", "WHAT", "KIND", "SURE", "INTENT", "QUESTION"); err != nil {
			return err
		}
	}
	what, sure := oneLine(e.What), ""
	switch {
	case e.What == "question":
		sure = strconv.FormatFloat(e.Confidence, 'f', 2, 64)
	case e.Vote > 0:
		what = "vote up"
	case e.Vote < 0:
		what = "vote down"
	default:
		what = "vote back" // taken back
	}
	text := oneLine(e.Text)
	if text == "" && e.What == "question" {
		text = "–"
	}
	return t.row(e.At.UTC().Format("2006-01-02 15:04"), oneLine(e.Platform), what, oneLine(e.Kind), sure, oneLine(e.Intent), text)
}

func (t *textEntries) flush() error { return t.w.Flush() }
