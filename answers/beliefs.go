package answers

import (
	"math"
	"slices"

	"verbatim/answers/asks"
	"verbatim/corpus"
	"verbatim/corpus/words"
)

// What a curator wrote down is evidence like any other: how likely a question means one
// of the intents weighs for their passages, or for the article's not saying.

// beliefs are the probabilities of the intents, nil for a corpus without any. What they
// lack of 1 is the probability that none fits.
type beliefs []float64

// none is the probability that no intent fits.
func (b beliefs) none() float64 { return max(0, 1-total(b)) }

const (
	// unknown is what a passage has of the probability that no intent fits: about one in
	// the number of things that a text can be asked. Twice and half of it measure the same.
	unknown = 0.05
	// leastBelief keeps what no intent speaks for from being impossible.
	leastBelief = 0.02
)

// weight is what a probability among the beliefs counts as evidence: 0 where nothing is
// known, about 3 where it is sure and -4 where something else is.
func (b beliefs) weight(p float64) float64 {
	return math.Log((p+b.none()*unknown)/unknown+leastBelief) - math.Log1p(leastBelief)
}

const (
	// few and many are how many utterances an intent has on average where its word counts
	// half, and where it counts in full. Between them trust grows with the logarithm.
	few  = 5
	many = 75
)

// trustIn is how far the intents of a corpus are believed, from one half to 1: with five
// utterances an intent, what is asked is often none of them though it sounds like one.
func trustIn(intents []corpus.Intent) float64 {
	n := 0
	for _, in := range intents {
		n += len(in.Utterances)
	}
	each := float64(n) / float64(max(1, len(intents)))
	return 0.5 + 0.5*min(1, max(0, math.Log(each/few)/math.Log(many/few)))
}

// enough is the number of intents from which what they say of a question is taken as it is.
// People ask a text some forty things: of fewer intents most questions are none, and the
// classifier, which saw nothing else, takes them for the nearest. The odds that any fits go
// down with the third power of the share of these that there are; lower powers lost more
// answers that were right without intents (docs/decisions/one-path.md).
const enough = 40

// weighed returns beliefs as they count as evidence: lower in a corpus with few intents,
// unless a question is an utterance word for word.
func (e *Engine) weighed(r *reading, b beliefs) beliefs {
	b = slices.Clone(b)
	share := float64(len(e.intents)) / enough
	if share < 1 && e.isUtterance(r) {
		return b
	}
	if fits := total(b); share < 1 && fits > 0 {
		odds := share * share * share * fits / max(1e-6, 1-fits)
		rescale(b, odds/(1+odds))
	}
	return b
}

// isUtterance reports whether a question has the words of an utterance and no others.
func (e *Engine) isUtterance(r *reading) bool {
	asked := plainWords(r.tokens)
	return slices.ContainsFunc(e.intents, func(in corpus.Intent) bool {
		return slices.ContainsFunc(in.Utterances, func(u string) bool { return slices.Equal(asked, plainWords(words.Tokens(u))) })
	})
}

// answers is the probability that a passage answers: of the intents that it is the answer
// to, and half of that of those that list it with others.
func (e *Engine) answers(b beliefs, p corpus.Passage) float64 {
	sum := 0.0
	for i, v := range b {
		if v > 0 {
			sum += v * shared(e.intents[i].Passages, p)
		}
	}
	return sum
}

// shared is 1 where a passage is the first of some, or most of it; less where it is
// another of them.
func shared(list []corpus.Passage, p corpus.Passage) float64 {
	for i, q := range list {
		if overlapping(q.Quote, p.Quote) {
			if i == 0 {
				return 1
			}
			return 0.5
		}
	}
	return 0
}

// overlapping reports whether two quotes have at least half of the shorter in common.
func overlapping(a, b corpus.Quote) bool {
	common := min(a.End(), b.End()) - max(a.Start(), b.Start())
	return a.Source() == b.Source() && 2*common > min(a.End()-a.Start(), b.End()-b.Start())
}

// notCovered is the probability that the article does not say, and the intent that says
// so, -1 where none does.
func (e *Engine) notCovered(b beliefs) (sum float64, likeliest int) {
	likeliest = -1
	for i, v := range b {
		if e.intents[i].NotCovered {
			sum += v
			likeliest = likelier(b, i, likeliest)
		}
	}
	return sum, likeliest
}

// smallTalk is the likeliest intent of small talk, where that is likelier than not.
func (e *Engine) smallTalk(b beliefs) (intent int, ok bool) {
	intent = -1
	for i := range b {
		if e.intents[i].Chat != "" {
			intent = likelier(b, i, intent)
		}
	}
	return intent, intent >= 0 && e.talk(b) > 0.5
}

// meant returns the intent that a passage is shown for, -1 where none leads to it: of
// several the one whose passages the beliefs favour.
func (e *Engine) meant(b beliefs, p corpus.Passage) int {
	best, most := -1, 0.0
	for i, v := range b {
		if v < considerAt || shared(e.intents[i].Passages, p) == 0 {
			continue
		}
		sum := v * meantWeight
		for j := range b {
			sum += b[j] * overlap(e.intents[i].Passages, e.intents[j].Passages)
		}
		if sum > most {
			best, most = i, sum
		}
	}
	return best
}

func likelier(p []float64, i, than int) int {
	if than < 0 || p[i] > p[than] {
		return i
	}
	return than
}

// toldShare is what remains of the belief of the intents in a passage that does not tell the
// kind of thing that is asked for. Kinds that are always marked in a text (counts,
// percentages, dates) weigh the most; a person or a place may go by any words and weighs
// nothing.
func toldShare(a asks.Asked, p corpus.Passage) float64 {
	share := 1.0
	switch a.Kind {
	case asks.Number:
		share = 0.6
		if a.Grain == asks.Count || a.Grain == asks.Percentage || a.Grain == asks.Money {
			share = 0.25
		}
	case asks.Date:
		if a.Grain == asks.Year || a.Grain == asks.Month || a.Grain == asks.Day {
			share = 0.25
		}
	}
	if share < 1 && tells(p, a) {
		return 1
	}
	return share
}
