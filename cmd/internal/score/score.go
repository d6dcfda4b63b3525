// Package score asks the questions of a file whose right answers are known and
// counts how many were answered right.
package score

import (
	"slices"
	"strings"
	"unicode/utf8"

	"verbatim/answers"
	"verbatim/corpus"
	"verbatim/corpus/words"
)

// Asker answers questions; an answers.Engine does.
type Asker interface {
	Ask(answers.Question) answers.Answer
}

// Options say how questions are asked. The zero Options ask as people do.
type Options struct {
	// WithoutHistory asks every turn of a dialogue as if it were the first.
	WithoutHistory bool
}

// Result is one question with the answer that it got.
type Result struct {
	Row    *Row
	Number int // of the turn in its row, from 0
	Answer answers.Answer
	// Shown says that the answer presents quotes as the answer. An answer without,
	// of whatever kind, counts as declining.
	Shown bool
	// Right says that the answer is a right one.
	Right bool
	// Speaker says whether the attribution of the first quote was compared with the
	// row's speaker, and how that went.
	Speaker Comparison
}

// Turn is the turn that was asked.
func (r Result) Turn() Turn { return r.Row.Turns[r.Number] }

// Comparison is how a comparison went that may not have been made.
type Comparison int

// The outcomes of a comparison.
const (
	NotCompared Comparison = iota
	Differs
	Agrees
)

// Run asks every turn of the rows, in order, and returns a Result for each.
func Run(rows []*Row, engine Asker, o Options) []Result {
	var out []Result
	for _, row := range rows {
		var previous answers.Turn
		for i := range row.Turns {
			q := answers.Question{Text: row.Turns[i].Q}
			if !o.WithoutHistory {
				q.Previous = previous
			}
			a := engine.Ask(q)
			previous = a.Turn
			out = append(out, judge(row, i, a))
		}
	}
	return out
}

// judge compares an answer with what is known of the right one.
func judge(row *Row, number int, a answers.Answer) Result {
	t := row.Turns[number]
	r := Result{Row: row, Number: number, Answer: a}
	r.Shown = len(a.Quotes) > 0 && (a.Kind == answers.Quote || a.Kind == answers.List || a.Kind == answers.Verdict)
	good, first := 0, false
	for i, p := range a.Quotes {
		if t.rightQuote(p.Quote.Text()) {
			good++
			first = first || i == 0
		}
	}
	// A list is right when its first quote is, or at least half of them are.
	hit := r.Shown && (first || a.Kind == answers.List && 2*good >= len(a.Quotes))
	switch {
	case t.AbstainOK:
		r.Right = !r.Shown || good > 0
	case len(t.Any) > 0:
		r.Right = hit
	default:
		r.Right = !r.Shown
	}
	// Where the row mixes speakers, no single attribution is the right one.
	if hit && t.Speaker != "" && !slices.Contains(row.Tags, "mixed-speaker") {
		r.Speaker = Differs
		if credits(a.Quotes[0], t.Speaker) {
			r.Speaker = Agrees
		}
	}
	return r
}

// credits reports whether a passage is credited as a question file says: with an
// attribution (article, reported, …), or with a name or a part of one, whose own words
// the passage is then.
func credits(p corpus.Passage, speaker string) bool {
	if kind := corpus.Attribution(speaker); kind.Valid() {
		return p.Attribution == kind
	}
	spoken := p.Attribution == corpus.Direct || p.Attribution == corpus.Others
	return spoken && strings.Contains(" "+words.Fold(p.Speaker)+" ", " "+words.Fold(speaker)+" ")
}

// shortestPart is the least number of characters of a quote that counts as right
// because it lies inside a longer right passage. Shorter ones, such as a name, may
// stand there without answering.
const shortestPart = 20

// rightQuote reports whether a quote holds a right passage, or is a part of one that
// is longer. Typographic differences, case and spacing do not count.
func (t Turn) rightQuote(quote string) bool {
	quote = words.Fold(quote)
	partOf := utf8.RuneCountInString(quote) >= shortestPart
	return slices.ContainsFunc(t.Any, func(right string) bool {
		right = words.Fold(right)
		return strings.Contains(quote, right) || partOf && strings.Contains(right, quote)
	})
}
