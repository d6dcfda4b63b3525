package main

import (
	"bufio"
	"cmp"
	"context"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
	"sync"

	"github.com/spf13/cobra"

	"verbatim/state"
)

// mostExamples is how many questions are shown for an intent.
const mostExamples = 3

func votesCommand(corpusDir, since *string) *cobra.Command {
	format := formats("text", "json", "csv")
	cmd := &cobra.Command{
		Use:   "votes",
		Short: "Sum up the votes on answers, those voted down most first",
		Long: `Counts for each intent, and each kind of answer to it, how many voted its answers
down (👎) and up (👍), and how many different people did. Of each person the last
vote on an answer counts, and none that was taken back.

The examples are questions whose answers were voted down, then others that were
taken for the intent and are in the journal, the latest first. There are none where
the journal is kept without text.`,
		Example: `  bot journal votes --since 30d
  bot journal votes --format csv > votes.csv`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, args []string) error {
			j, err := openJournal(cmd, *since)
			if err != nil {
				return err
			}
			defer j.close()
			all, err := j.votes(cmd.Context(), whole(cmd.Context(), j.err, *corpusDir))
			if err != nil {
				return err
			}
			if err := writeVotes(cmd.OutOrStdout(), all, format.value); err != nil {
				return err
			}
			j.explain(len(all), "vote counts", 0)
			return nil
		},
	}
	format.flag(cmd)
	return cmd
}

// voted is what was voted on the answers of a kind to an intent.
type voted struct {
	Intent    string   `json:"intent"`
	Kind      string   `json:"kind"`
	Down      int      `json:"down"`
	Up        int      `json:"up"`
	People    int      `json:"people"`
	Questions []string `json:"questions"`

	people map[string]bool
	others []string // questions that nobody voted on
}

// whole completes intents that a platform had to cut and that end in an ellipsis,
// where only one intent of the corpus begins so.
func whole(ctx context.Context, log io.Writer, corpusDir string) func(intent string) string {
	intents := sync.OnceValue(func() (ids []string) {
		c, err := loadCorpus(ctx, log, corpusDir)
		if err != nil {
			return nil // votes can be counted without
		}
		for _, s := range c.Sources() {
			for _, in := range s.Intents() {
				ids = append(ids, in.ID)
			}
		}
		return ids
	})
	return func(intent string) string {
		beginning, cut := strings.CutSuffix(intent, "…")
		if !cut {
			return intent
		}
		found := ""
		for _, id := range intents() {
			if strings.HasPrefix(id, beginning) {
				if found != "" {
					return intent
				}
				found = id
			}
		}
		return cmp.Or(found, intent)
	}
}

// votes sums up the journal's votes; whole gives the whole of an intent.
func (j *journal) votes(ctx context.Context, whole func(string) string) ([]*voted, error) {
	type about struct{ intent, kind string }
	byIntent := map[about]*voted{}
	votes, err := state.Votes(ctx, j.Journal, j.since)
	if err != nil {
		return nil, j.env.redact(fmt.Errorf("read the journal: %w", err))
	}
	var all []*voted
	for _, e := range votes {
		e.Intent = whole(e.Intent)
		v := byIntent[about{e.Intent, e.Kind}]
		if v == nil {
			v = &voted{Intent: e.Intent, Kind: e.Kind, Questions: []string{}, people: map[string]bool{}}
			byIntent[about{e.Intent, e.Kind}] = v
			all = append(all, v)
		}
		if e.Vote > 0 {
			v.Up++
		} else {
			v.Down++
			v.Questions = example(v.Questions, e.Text)
		}
		if e.Person != "" {
			v.people[e.Person] = true
		}
	}
	err = j.each(ctx, func(e state.Entry) error {
		if v := byIntent[about{e.Intent, e.Kind}]; v != nil && e.What == "question" {
			v.others = example(v.others, e.Text)
		}
		return nil
	})
	for _, v := range all {
		v.People = len(v.people)
		slices.Reverse(v.Questions)
		for _, o := range slices.Backward(v.others) {
			if len(v.Questions) < mostExamples && !slices.Contains(v.Questions, o) {
				v.Questions = append(v.Questions, o)
			}
		}
	}
	slices.SortFunc(all, func(a, b *voted) int {
		return cmp.Or(cmp.Compare(b.Down, a.Down), cmp.Compare(a.Up, b.Up), cmp.Compare(a.Intent, b.Intent), cmp.Compare(a.Kind, b.Kind))
	})
	return all, err
}

// example adds a question as the latest of a few different ones.
func example(latest []string, text string) []string {
	if text == "" {
		return latest
	}
	latest = append(slices.DeleteFunc(latest, func(t string) bool { return t == text }), text)
	return latest[max(0, len(latest)-mostExamples):]
}

func writeVotes(out io.Writer, all []*voted, format string) error {
	w := bufio.NewWriter(out)
	switch format {
	case "json":
		for _, v := range all {
			if err := jsonLine(w, v); err != nil {
				return err
			}
		}
	case "csv":
		c := newCSV(w)
		_ = c.Write([]string{"intent", "kind", "down", "up", "people", "questions"}) // Error tells below
		for _, v := range all {
			_ = c.Write([]string{cell(v.Intent), cell(v.Kind), strconv.Itoa(v.Down), strconv.Itoa(v.Up), strconv.Itoa(v.People),
				cell(strings.Join(v.Questions, " | "))})
		}
		c.Flush()
		if err := c.Error(); err != nil {
			return err
		}
	default:
		if len(all) > 0 {
			fmt.Fprintf(w, "%5s  %5s  %6s  %-11s  %s\n", "DOWN", "UP", "PEOPLE", "KIND", "INTENT")
		}
		for _, v := range all {
			intent := oneLine(v.Intent)
			if intent == "" {
				intent = "–"
			}
			fmt.Fprintf(w, "%5d  %5d  %6d  %-11s  %s\n", v.Down, v.Up, v.People, oneLine(v.Kind), intent)
			for _, q := range v.Questions {
				fmt.Fprintf(w, "%35s  %s\n", "", oneLine(q))
			}
		}
	}
	return w.Flush()
}
