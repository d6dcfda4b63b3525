package score

import (
	"encoding/json"
	"fmt"
	"os"
	"slices"
	"strings"

	"verbatim/answers"
	"verbatim/corpus"
	"verbatim/corpus/words"
)

// Claim is a line of a file of claims about a text: words or a statement that somebody
// is said to have said, or a question who said it.
type Claim struct {
	ID string `json:"id"`
	Q  string `json:"q"` // what is typed
	// Form is quote (words between quotation marks, or pasted), indirect (a statement in
	// other words) or who.
	Form string `json:"form"`
	// Verdict is the right one.
	Verdict answers.Finding `json:"verdict"`
	// Speaker is who really says it, or empty.
	Speaker string `json:"speaker"`
	// Evidence are parts of the text that settle it; a right answer quotes one of them.
	Evidence []string `json:"evidence"`
}

// ReadClaims reads a file of claims. An error names the file and the line.
func ReadClaims(name string) ([]Claim, error) {
	data, err := os.ReadFile(name)
	if err != nil {
		return nil, err
	}
	var out []Claim
	n := 0
	for line := range strings.Lines(string(data)) {
		if n++; strings.TrimSpace(line) == "" {
			continue
		}
		var c Claim
		if err := json.Unmarshal([]byte(line), &c); err != nil {
			return nil, fmt.Errorf("%s: line %d: %w", name, n, err)
		}
		if c.Q == "" || c.Form == "" || c.Verdict == "" {
			return nil, fmt.Errorf(`%s: line %d: "q", "form" or "verdict" is missing`, name, n)
		}
		out = append(out, c)
	}
	return out, nil
}

// Claims counts claims that were checked.
type Claims struct {
	Quote, Indirect, Who Share // those judged right, by form
	// TrueQuotes are the exact quotes, and how many were called misattributed.
	TrueQuotes Share
	// Confusion counts claims by form, right verdict and the verdict given.
	Confusion map[[3]string]int
}

// NoVerdict stands in Confusion for an answer that is no verdict and shows a quote.
const NoVerdict = "answer"

// RunClaims asks each claim by itself. each, where it is not nil, is called with every
// claim, its answer and whether that is right.
func RunClaims(claims []Claim, engine Asker, each func(Claim, answers.Answer, bool)) Claims {
	out := Claims{Confusion: map[[3]string]int{}}
	for _, c := range claims {
		a := engine.Ask(answers.Question{Text: c.Q})
		given := verdictOf(a)
		right := c.right(a, given)
		switch c.Form {
		case "quote":
			out.Quote.Add(right)
			if c.Verdict == answers.Exact {
				out.TrueQuotes.Add(given == string(answers.Misattributed))
			}
		case "who":
			out.Who.Add(right)
		default:
			out.Indirect.Add(right)
		}
		out.Confusion[[3]string{c.Form, string(c.Verdict), given}]++
		if each != nil {
			each(c, a, right)
		}
	}
	return out
}

// Plus is the sum of two counts.
func (c Claims) Plus(o Claims) Claims {
	sum := Claims{c.Quote.Plus(o.Quote), c.Indirect.Plus(o.Indirect), c.Who.Plus(o.Who), c.TrueQuotes.Plus(o.TrueQuotes), map[[3]string]int{}}
	for _, m := range []map[[3]string]int{c.Confusion, o.Confusion} {
		for k, n := range m {
			sum.Confusion[k] += n
		}
	}
	return sum
}

// verdictOf is the verdict that an answer gives: declining is absent.
func verdictOf(a answers.Answer) string {
	switch {
	case a.Kind == answers.Verdict:
		return string(a.Finding)
	case len(a.Quotes) == 0:
		return string(answers.Absent)
	}
	return NoVerdict
}

// right reports whether an answer judges the claim right: by its verdict, with a part of
// the evidence among the quotes and, of who said it, the surname. A question who did
// something, with no verb of saying, may be answered as any other.
func (c Claim) right(a answers.Answer, given string) bool {
	if given != string(c.Verdict) && !(c.Form == "who" && c.Verdict == answers.Supported && (given == NoVerdict || given == string(answers.Exact))) {
		return false
	}
	if c.Verdict == answers.Absent {
		return true
	}
	t := Turn{Any: c.Evidence}
	if !slices.ContainsFunc(a.Quotes, func(p corpus.Passage) bool { return t.rightQuote(p.Quote.Text()) }) {
		return false
	}
	if c.Form != "who" || c.Speaker == "article" {
		return true
	}
	names := strings.Fields(words.Fold(c.Speaker))
	surname := names[len(names)-1]
	return slices.ContainsFunc(a.Quotes, func(p corpus.Passage) bool {
		return strings.Contains(words.Fold(p.Speaker), surname) || strings.Contains(words.Fold(p.Quote.Text()), surname)
	}) || strings.Contains(words.Fold(a.Lead), surname)
}
