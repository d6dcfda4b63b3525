package score

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"verbatim/corpus"
	"verbatim/corpus/words"
)

// A label may stand in commonLabel passages, or in one of commonShare: beyond that it is
// the name of the article's subject, say, and nearly any quote would be right.
const (
	commonLabel = 5
	commonShare = 4
)

// Check returns what is wrong with questions to a corpus, each problem with its line: an id
// that is missing or there twice, a label that no quote can match or that many do, a
// speaker who says nothing, and questions of only one kind. To score with any of that
// says nothing.
func Check(rows []*Row, c *corpus.Corpus) []error {
	text := newLabels(c)
	var wrong []error
	lines := map[string]int{}
	for _, row := range rows {
		bad := func(problem string) { wrong = append(wrong, fmt.Errorf("line %d: %s", row.Line, problem)) }
		switch first := lines[row.ID]; {
		case row.ID == "":
			bad(`"id" is missing; give the row one that no other has`)
		case first > 0:
			bad(fmt.Sprintf("the id %q is that of line %d, too; give one of them another", row.ID, first))
		default:
			lines[row.ID] = row.Line
		}
		for _, turn := range row.Turns {
			for _, problem := range text.problems(turn) {
				bad(problem)
			}
		}
	}
	if err := oneKind(rows); err != nil {
		wrong = append(wrong, err)
	}
	return wrong
}

// oneKind is an error where all questions have an answer, or none has.
func oneKind(rows []*Row) error {
	answered, declined := 0, 0
	for _, row := range rows {
		for _, turn := range row.Turns {
			switch {
			case turn.AbstainOK:
			case len(turn.Any) > 0:
				answered++
			default:
				declined++
			}
		}
	}
	switch {
	case answered == 0 && declined == 0:
		return errors.New(`there is no question that has an answer or has none; write some with a part of the passage in "any", and some with "any": []`)
	case declined == 0:
		return fmt.Errorf(`lines %d to %d: every question has an answer, so whoever always quotes something would do well; add some that the article does not answer, with "any": []`,
			rows[0].Line, rows[len(rows)-1].Line)
	case answered == 0:
		return fmt.Errorf(`lines %d to %d: no question has an answer, so whoever never quotes anything would do well; add some that the article answers, with a part of the passage in "any"`,
			rows[0].Line, rows[len(rows)-1].Line)
	}
	return nil
}

// labels are what the labels of a question file are looked for in.
type labels struct {
	passages []string // folded, as quotes are when they are compared
	joined   string   // all of them, for looking into them at once
	speakers []corpus.Passage
}

func newLabels(c *corpus.Corpus) *labels {
	l := &labels{}
	seen := map[string]bool{}
	for _, s := range c.Sources() {
		for _, p := range s.Passages() {
			l.passages = append(l.passages, words.Fold(p.Quote.Text()))
			if key := string(p.Attribution) + p.Speaker; !seen[key] {
				seen[key] = true
				l.speakers = append(l.speakers, p)
			}
		}
	}
	l.joined = strings.Join(l.passages, "\n")
	return l
}

// problems says why the labels of a turn say nothing. Where one can be matched, another
// that runs over the end of a sentence does no harm.
func (l *labels) problems(t Turn) []string {
	var out []string
	matched := false
	for _, label := range t.Any {
		n := strings.Count(l.joined, words.Fold(label))
		if n > max(commonLabel, len(l.passages)/commonShare) {
			out = append(out, fmt.Sprintf("%q stands at %d places, so many a wrong quote would count as right; write more of the sentence that answers", label, n))
		}
		matched = matched || n > 0 || l.holdsPassage(label)
	}
	if !matched && len(t.Any) > 0 {
		out = append(out, fmt.Sprintf("no passage of the corpus holds %q; copy words from within the sentence that answers, without the speaker's name, or name the right corpus with --corpus", t.Any[0]))
	}
	if t.Speaker != "" && !slices.ContainsFunc(l.speakers, func(p corpus.Passage) bool { return credits(p, t.Speaker) }) {
		out = append(out, fmt.Sprintf(`"speaker" is %q, but no passage is theirs; it is article, reported, direct or others, or the name of somebody who is quoted`, t.Speaker))
	}
	return out
}

// holdsPassage reports whether a label is longer than a passage that it holds.
func (l *labels) holdsPassage(label string) bool {
	label = words.Fold(label)
	return slices.ContainsFunc(l.passages, func(p string) bool {
		return utf8.RuneCountInString(p) >= shortestPart && strings.Contains(label, p)
	})
}
