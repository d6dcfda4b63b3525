package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"verbatim/answers"
	"verbatim/corpus/words"
)

func evalCommand(corpusDir *string) *cobra.Command {
	return &cobra.Command{
		Use:   "eval QUESTIONS.jsonl",
		Short: "Score a file of questions whose right answers are known",
		Long: `Asks every question of a file and lists what was answered wrong. A line is
  {"id": "1", "q": "…", "any": ["part of a right passage", …], "speaker": "zuckerberg"}
or a dialogue, {"id": "2", "turns": [{"q": "…", "any": […]}, …]}. An empty "any"
means that the article does not say; "abstain_ok" that declining is right too.`,
		Args: cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			file, err := os.Open(args[0])
			if err != nil {
				return err
			}
			defer file.Close()
			engine, err := loadEngine(*corpusDir)
			if err != nil {
				return err
			}
			s, err := evaluate(file, engine, cmd.OutOrStdout())
			if err != nil {
				return fmt.Errorf("%s: %w", args[0], err)
			}
			s.print(cmd.OutOrStdout())
			return nil
		},
	}
}

// evalTurn is one question with what is known of its right answer.
type evalTurn struct {
	Q         string   `json:"q"`
	Any       []string `json:"any"`
	Speaker   string   `json:"speaker"`
	AbstainOK bool     `json:"abstain_ok"`
}

type evalRow struct {
	evalTurn
	ID    string     `json:"id"`
	Turns []evalTurn `json:"turns"`
	Tags  []string   `json:"tags"`
}

// share is how many of how many.
type share struct{ right, all int }

func (s *share) add(right bool) {
	s.all++
	if right {
		s.right++
	}
}

func (s share) String() string {
	return fmt.Sprintf("%d/%d (%.1f%%)", s.right, s.all, 100*float64(s.right)/float64(max(s.all, 1)))
}

// score counts what was right.
type score struct {
	answered, abstained, premise, followUp, speaker share
	wrongQuote                                      int
}

func (s score) print(w io.Writer) {
	fmt.Fprintf(w, "answered right  %v\nabstained right %v\npremise right   %v\nfollow-up right %v\nspeaker right   %v\n",
		s.answered, s.abstained, s.premise, s.followUp, s.speaker)
	fmt.Fprintf(w, "wrong quote shown as the answer: %d\n", s.wrongQuote)
}

// evaluate asks every question in a file and writes each miss to w.
func evaluate(r io.Reader, engine *answers.Engine, w io.Writer) (score, error) {
	var s score
	lines := bufio.NewScanner(r)
	lines.Buffer(nil, 1<<20)
	for n := 1; lines.Scan(); n++ {
		if strings.TrimSpace(lines.Text()) == "" {
			continue
		}
		var row evalRow
		if err := json.Unmarshal(lines.Bytes(), &row); err != nil {
			return s, fmt.Errorf("line %d: %w", n, err)
		}
		turns := row.Turns
		if len(turns) == 0 {
			turns = []evalTurn{row.evalTurn}
		}
		var previous answers.Turn
		for i, t := range turns {
			t.AbstainOK = t.AbstainOK || row.AbstainOK
			a := engine.Ask(answers.Question{Text: t.Q, Previous: previous})
			previous = a.Turn
			if !s.count(t, a, i > 0, slices.Contains(row.Tags, "mixed-speaker")) {
				got := string(a.Kind)
				if len(a.Quotes) > 0 {
					got += ": " + a.Quotes[0].Quote.Text()
				}
				fmt.Fprintf(w, "%s.%d %q\n  want %q\n  got  %s (intent %s, %.2f)\n", row.ID, i, t.Q, t.Any, got, a.Intent, a.Confidence)
			}
		}
	}
	return s, lines.Err()
}

// count adds one answer to the score and reports whether it was right.
func (s *score) count(t evalTurn, a answers.Answer, followUp, mixed bool) bool {
	answered := len(a.Quotes) > 0 && (a.Kind == answers.Quote || a.Kind == answers.List || a.Kind == answers.Verdict)
	good, first := 0, false
	for i, p := range a.Quotes {
		if slices.ContainsFunc(t.Any, func(part string) bool {
			return strings.Contains(words.Fold(p.Quote.Text()), words.Fold(part))
		}) {
			good++
			first = first || i == 0
		}
	}
	// A list is right when its first quote is, or at least half of them are.
	hit := answered && (first || a.Kind == answers.List && 2*good >= len(a.Quotes))
	var right bool
	switch {
	case t.AbstainOK:
		right = !answered || good > 0
		s.premise.add(right)
	case len(t.Any) > 0:
		right = hit
		s.answered.add(right)
	default:
		right = !answered
		s.abstained.add(right)
	}
	if followUp {
		s.followUp.add(right)
	}
	if answered && !right {
		s.wrongQuote++
	}
	if hit && t.Speaker != "" && !mixed {
		got := string(a.Quotes[0].Attribution)
		if by, ok := map[string]string{"direct": "zuckerberg", "others": "execs"}[got]; ok {
			got = by
		}
		s.speaker.add(got == t.Speaker)
	}
	return right
}
