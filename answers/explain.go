package answers

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
)

// Explanation is how an answer came about, for curators.
type Explanation struct {
	// Read is the question as it was matched: typos mended.
	Read string
	// Rest is the question without its frames ("give me the exact words on …").
	Rest string
	// Asks is the kind of thing asked for, empty where it is open.
	Asks string
	// Subjects are the subjects named; Foreign the names that no source has.
	Subjects, Foreign []string
	// Dependence says how far the question leans on the previous one, 0 to 1.
	Dependence float64
	// Encoded: the sentence vector was computed; otherwise words decided.
	Encoded bool
	// Candidates are the likeliest intents or passages, the likeliest first.
	Candidates []Candidate
	// Steps say, in order, what was decided and why.
	Steps []string
}

// Candidate is one answer that was considered.
type Candidate struct {
	// Intent is the intent's id, or the passage's for an uncurated source.
	Intent string
	// Kind is what it would have been: "answer", "not covered" or "chat".
	Kind string
	// Probability is from 0 to 1.
	Probability float64
}

// maxCandidates is how many candidates are explained.
const maxCandidates = 8

// Explain is Ask that tells how it went.
func (e *Engine) Explain(q Question) (Answer, Explanation) {
	r := e.read(q)
	r.why = &Explanation{Read: r.text, Asks: string(r.asked.Kind), Subjects: r.subjects, Foreign: r.foreign, Dependence: r.dependence}
	if r.frame.stripped {
		r.why.Rest = r.frame.rest
	}
	a := e.finish(e.answer(r), q, r)
	return a, *r.why
}

// note keeps a step for an explanation.
func (r *reading) note(format string, args ...any) {
	if r.why != nil {
		r.why.Steps = append(r.why.Steps, fmt.Sprintf(format, args...))
	}
}

// noteCandidates keeps the likeliest intents for an explanation.
func (e *Engine) noteCandidates(r *reading, p []float64) {
	if r.why == nil {
		return
	}
	order := make([]int, len(p))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(p[b], p[a]) })
	r.why.Candidates = nil
	for _, i := range order[:min(maxCandidates, len(order))] {
		kind := "answer"
		switch in := &e.intents[i]; {
		case in.NotCovered:
			kind = "not covered"
		case in.Chat != "":
			kind = "chat"
		}
		r.why.Candidates = append(r.why.Candidates, Candidate{e.intents[i].ID, kind, p[i]})
	}
}

// String is the explanation as lines of text.
func (x Explanation) String() string {
	var b strings.Builder
	line := func(name, value string) {
		if value != "" {
			fmt.Fprintf(&b, "%-12s %s\n", name, value)
		}
	}
	line("read", x.Read)
	line("without frame", x.Rest)
	line("asks for", x.Asks)
	line("subjects", strings.Join(x.Subjects, ", "))
	line("foreign", strings.Join(x.Foreign, ", "))
	if x.Dependence > 0 {
		line("follow-up", fmt.Sprintf("%.1f", x.Dependence))
	}
	if x.Encoded {
		line("matched by", "words and sentence vector")
	} else {
		line("matched by", "words alone")
	}
	for _, c := range x.Candidates {
		line("candidate", fmt.Sprintf("%.3f  %s (%s)", c.Probability, c.Intent, c.Kind))
	}
	for _, s := range x.Steps {
		line("because", s)
	}
	return b.String()
}
