package answers

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"strings"

	"verbatim/answers/reader"
)

// Explanation is how an answer came about, for curators.
type Explanation struct {
	// Read is the question as it was matched: without the name of a source.
	Read string
	// Rest is the question without its frames ("give me the exact words on …").
	Rest string
	// Asks is the kind of thing asked for, empty where it is open.
	Asks string
	// Subjects are the subjects named; Foreign the names that no source has.
	Subjects, Foreign []string
	// Dependence says how far the question leans on the previous one, 0 to 1.
	Dependence float64
	// Candidates are the likeliest intents or passages, the likeliest first.
	Candidates []Candidate
	// Windows are those that the reader read with the question.
	Windows []reader.Window
	// Evidence is what speaks for the likeliest sentences of a text that is searched.
	Evidence []Evidence
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

// Evidence is what speaks for a sentence.
type Evidence struct {
	// Passage is the sentence's source and passage, and Text how it begins.
	Passage, Text string
	// Reader is the log-odds, by the reader, that it answers the question.
	Reader float64
	// Meaning is how near it is to the question as a sentence vector, -1 to 1.
	Meaning float64
	// Words is its share among the passages that are found by their words, 0 to 1.
	Words float64
	// Curated is what the intents make of it, from about -4 to 3; 0 without intents.
	Curated float64
}

// maxEvidence is how many sentences are explained.
const maxEvidence = 3

// maxCandidates is how many candidates are explained.
const maxCandidates = 8

// Explain is Ask that tells how it went.
func (e *Engine) Explain(q Question) (Answer, Explanation) {
	r := e.read(q)
	r.why = &Explanation{Read: r.asTyped, Asks: string(r.asks.Wants.Kind), Subjects: r.subjects, Foreign: r.foreign, Dependence: r.dependence}
	if r.asks.Frame.Stripped {
		r.why.Rest = r.asks.Frame.Rest
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

// noteCandidates keeps the likeliest intents for an explanation, as they count as evidence.
func (e *Engine) noteCandidates(r *reading, b beliefs) {
	if r.why == nil {
		return
	}
	p, _ := e.weighed(r, b)
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

// noteFound keeps what the reader and the words say of the best sentences.
func (e *Engine) noteFound(r *reading, found candidates, probability float64) {
	if r.why == nil {
		return
	}
	for _, f := range found.list[:min(maxEvidence, len(found.list))] {
		p := *e.library.passages[f.passage]
		r.why.Evidence = append(r.why.Evidence, Evidence{p.Quote.Source().ID() + "/" + p.ID, brief(p.Quote.Text(), 60), f.odds, f.has[cosine], math.Exp(f.has[wordShare]), f.has[curated]})
	}
	r.note("of %d sentences read the best answers with probability %.2f, and %.2f is wanted", len(found.list), probability, threshold)
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
	for _, c := range x.Candidates {
		line("candidate", fmt.Sprintf("%.3f  %s (%s)", c.Probability, c.Intent, c.Kind))
	}
	if len(x.Evidence) > 0 {
		fmt.Fprintf(&b, "%-12s reader  meaning  words  intents  passage\n", "evidence")
	}
	for _, v := range x.Evidence {
		fmt.Fprintf(&b, "%-12s %+6.1f  %7.2f  %5.2f  %+7.1f  %s: %s\n", "", v.Reader, v.Meaning, v.Words, v.Curated, v.Passage, v.Text)
	}
	for _, s := range x.Steps {
		line("because", s)
	}
	return b.String()
}
