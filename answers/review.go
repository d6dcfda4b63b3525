package answers

import (
	"context"
	"fmt"
	"slices"

	"verbatim/corpus"
)

const (
	// mostReviewed is how many utterances of an intent are asked, taken evenly.
	mostReviewed = 10
	// saidAt is the least probability of an answer that the text itself gives to what its
	// curator says it does not. Not tuned: higher than threshold, since a curator has read it.
	saidAt = 0.8
)

// Review asks the text alone some utterances of each intent of a source, as if nobody had
// written any down, and returns what its curator should look at: utterances that lie nearer to
// the passage of another intent, and intents that are not covered which the text seems to
// answer. It takes as long as that many questions, tells how far it is, and gives up with ctx's
// error.
func (e *Engine) Review(ctx context.Context, s *corpus.Source, told Progress) ([]corpus.Warning, error) {
	var out []corpus.Warning
	intents := slices.DeleteFunc(slices.Clone(s.Intents()), func(in corpus.Intent) bool { return in.Chat != "" })
	told.Begin(s.ID(), len(intents))
	for _, in := range intents {
		var found []finding
		for _, u := range evenly(in.Utterances, mostReviewed) {
			if err := ctx.Err(); err != nil {
				return nil, err
			}
			if f, ok := e.strays(s, in, u); ok {
				found = append(found, f)
			}
		}
		out = append(out, warningsOf(s, in, found)...)
		told.Did()
	}
	return out, nil
}

// finding is what the text answers to an utterance, otherwise than its intent.
type finding struct {
	utterance string
	passage   corpus.Passage
	nearer    *corpus.Intent // that the passage answers; nil where the utterance's is not covered
}

// strays returns what the text answers to an utterance otherwise than its intent does, false
// where nothing speaks clearly for that.
func (e *Engine) strays(s *corpus.Source, in corpus.Intent, utterance string) (finding, bool) {
	r := e.read(Question{Text: utterance, Source: s.ID()})
	found := e.look(r, nil)
	if len(found.list) == 0 {
		return finding{}, false
	}
	f := finding{utterance: utterance, passage: *e.library.passages[found.list[0].passage]}
	if in.NotCovered {
		return f, found.probability() >= saidAt
	}
	own := func(p corpus.Passage) bool { return shared(in.Passages, p) > 0 }
	if found.probability() < threshold || own(f.passage) {
		return finding{}, false
	}
	for _, c := range found.list {
		if own(*e.library.passages[c.passage]) && found.list[0].odds-c.odds < nearlyAsGood {
			return finding{}, false
		}
	}
	for i := range s.Intents() {
		if other := &s.Intents()[i]; other.ID != in.ID && len(other.Passages) > 0 && overlapping(other.Passages[0].Quote, f.passage.Quote) {
			f.nearer = other
			return f, true
		}
	}
	return finding{}, false
}

// warningsOf says what was found of an intent's utterances, once for each intent that lies
// nearer.
func warningsOf(s *corpus.Source, in corpus.Intent, found []finding) (out []corpus.Warning) {
	asked := min(mostReviewed, len(in.Utterances))
	if in.NotCovered {
		if len(found) > 0 && 2*len(found) >= asked {
			q := found[0].passage.Quote
			out = append(out, s.Warning(in.Line, fmt.Sprintf("intent %q is not covered, and ¶ %d seems to answer %d of the %d utterances that were asked, such as %q: %q",
				in.ID, q.Paragraph(), len(found), asked, found[0].utterance, brief(q.Text(), 60))))
		}
		return out
	}
	count := map[string]int{}
	for _, f := range found {
		count[f.nearer.ID]++
	}
	for _, f := range found {
		if n := count[f.nearer.ID]; n > 0 {
			delete(count, f.nearer.ID)
			out = append(out, s.Warning(in.Line, fmt.Sprintf("intent %q: of the %d utterances that were asked %d lie nearer to the passage of %q (line %d), such as %q",
				in.ID, asked, n, f.nearer.ID, f.nearer.Line, f.utterance)))
		}
	}
	return out
}

// evenly returns at most n of a list, from its beginning to its end.
func evenly(list []string, n int) []string {
	if len(list) <= n {
		return list
	}
	out := make([]string, n)
	for i := range out {
		out[i] = list[i*len(list)/n]
	}
	return out
}
