package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"strings"

	"github.com/spf13/cobra"

	"verbatim/answers"
	"verbatim/answers/gaps"
	"verbatim/corpus"
	"verbatim/state"
)

func gapsCommand(corpusDir, since *string) *cobra.Command {
	least := 2
	format := formats("yaml", "json")
	cmd := &cobra.Command{
		Use:   "gaps",
		Short: "Group what went unanswered by meaning, as intents to paste into curation.yaml",
		Long: `Groups the questions that were not covered, had two readings or were answered with
doubt, and prints each group as an intent: not_covered with the nearest passages
where the engine says so, else with the passage that it answers with, to be
reviewed. Groups of most questions come first; comments say how many asked.

Every question is asked again, alone, of the corpus as it is now: what it answers
with confidence by now is left out, and so are its own utterances, what stands in
no words, and checks of quotes, which no intent changes.`,
		Example: `  bot journal gaps
  bot journal gaps --since 30d --min 3
  bot journal gaps --format json | jq -r .id`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, args []string) error {
			if least < 1 {
				return usageError{errors.New("--min must be at least 1")}
			}
			j, err := openJournal(cmd, *since)
			if err != nil {
				return err
			}
			defer j.close()
			questions, found, textless, err := unansweredIn(cmd.Context(), j)
			if err != nil {
				return err
			}
			var report gaps.Report
			if found > textless {
				c, engine, err := loadBoth(cmd.Context(), j.err, *corpusDir)
				if err != nil {
					return err
				}
				report, err = watched(cmd.Context(), j.err, "asking and grouping questions", 0, func(p *progress) (gaps.Report, error) {
					return questions.Gaps(counted{engine, p}, c, sure, least), nil
				})
				if err != nil {
					return err
				}
			}
			dir, err := corpusFolder(*corpusDir)
			if err != nil {
				return err
			}
			indent := func(s *corpus.Source) int { return indentOf(dir, s) }
			if err := writeGaps(cmd.OutOrStdout(), report, format.value, indent); err != nil {
				return err
			}
			if found > 0 {
				j.say("%s", summary(report, least))
			}
			j.explain(found, "question went unanswered", textless)
			return nil
		},
	}
	cmd.Flags().IntVar(&least, "min", least, "least `questions` of a group")
	format.flag(cmd)
	return cmd
}

// unansweredIn reads the questions of a journal that went unanswered: how many were found, and
// how many of those were kept without their text.
func unansweredIn(ctx context.Context, j *journal) (questions *gaps.Questions, found, textless int, err error) {
	questions = new(gaps.Questions)
	err = j.each(ctx, func(e state.Entry) error {
		switch {
		case !unanswered(e):
			return nil
		case e.Text == "":
			textless++
		default:
			questions.Add(e.Text, e.Person)
		}
		found++
		return nil
	})
	return questions, found, textless, err
}

// unanswered reports whether an entry is a question that a curator could have
// answered. Whether words were said is looked up in the source.
func unanswered(e state.Entry) bool {
	kind := answers.Kind(e.Kind)
	return e.What == "question" && kind != answers.Verdict &&
		(kind == answers.NotCovered || kind == answers.Clarify || e.Confidence < sure)
}

// listItem is the first line of an intent.
var listItem = regexp.MustCompile(`^( *)- `)

// indentOf is how far the intents of a source are indented in its curation.yaml, in
// spaces: what is pasted beside them has to stand as they do.
func indentOf(dir string, s *corpus.Source) int {
	const usual = 2
	if dir == "" || len(s.Intents()) == 0 {
		return usual
	}
	data, err := os.ReadFile(filepath.Join(dir, s.ID(), "curation.yaml"))
	if err != nil { // the folder of a single source is a corpus too
		data, _ = os.ReadFile(filepath.Join(dir, "curation.yaml"))
	}
	lines := strings.Split(string(data), "\n")
	if n := s.Intents()[0].Line; n <= len(lines) {
		if found := listItem.FindStringSubmatch(lines[n-1]); found != nil {
			return len(found[1])
		}
	}
	return usual
}

// summary says what became of the questions.
func summary(r gaps.Report, least int) string {
	grouped := 0
	for _, g := range r.Gaps {
		grouped += g.Questions
	}
	text := fmt.Sprintf("questions: %d; in groups: %d (groups: %d)", r.Questions, grouped, len(r.Gaps))
	for _, left := range []struct {
		n   int
		why string
	}{
		{r.Few, fmt.Sprintf("in groups of less than --min %d", least)},
		{r.Answered, "answered with confidence by now"},
		{r.Known, "utterances of the corpus by now"},
		{r.Wordless, "without a word"},
		{r.Beyond, "too many to be grouped"},
	} {
		if left.n > 0 {
			text += fmt.Sprintf("; %s: %d", left.why, left.n)
		}
	}
	return text
}

// gapLine is a gap as a line of JSON.
type gapLine struct {
	ID         string       `json:"id"`
	Source     string       `json:"source"`
	Questions  int          `json:"questions"`
	People     int          `json:"people"`
	NotCovered bool         `json:"not_covered"`
	Passages   []string     `json:"passages"`
	Nearest    []string     `json:"nearest"`
	Intents    []gaps.Taken `json:"intents"`
	Utterances []string     `json:"utterances"`
}

func writeGaps(out io.Writer, r gaps.Report, format string, indent func(*corpus.Source) int) error {
	if format == "yaml" {
		return r.YAML(out, indent)
	}
	ids := func(passages []corpus.Passage) []string {
		all := []string{}
		for _, p := range passages {
			all = append(all, p.ID)
		}
		return all
	}
	w := bufio.NewWriter(out)
	for _, g := range r.Gaps {
		line := gapLine{g.ID, g.Source.ID(), g.Questions, g.People, g.NotCovered, ids(g.Proposed), ids(g.Nearest), append([]gaps.Taken{}, g.Intents...), g.Utterances}
		if err := jsonLine(w, line); err != nil {
			return err
		}
	}
	return w.Flush()
}
