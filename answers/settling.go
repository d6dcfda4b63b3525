package answers

import (
	"cmp"
	"math"
	"slices"

	"verbatim/answers/question"
	"verbatim/answers/reader"
)

// A statement is read once more with each of the passages that are likeliest to settle it, all layers
// reading both: whether one bears it out or contradicts it hangs on single words.

// settled is how a passage settles a statement, as log-odds that it supports it and that it contradicts it.
type settled reader.Settled

// either is the log-odds that the passage settles the statement, this way or that.
func (s settled) either() float64 {
	a, b := float64(s.Supports), float64(s.Contradicts)
	return max(a, b) + math.Log1p(math.Exp(-math.Abs(a-b)))
}

// turned is how much rather it contradicts the statement than it supports it, as log-odds.
func (s settled) turned() float64 { return float64(s.Contradicts) - float64(s.Supports) }

const (
	// settledAtMost is how many passages are read with a statement by themselves.
	settledAtMost = 3
	// knownWell is how well the intents know what is meant, as evidence, where their curators' word is enough.
	knownWell = 0.3
	// settledShare is what either counts beside a passage's score where it tells which of them settles the statement.
	settledShare = 0.8
)

// settledWeights are those of the log-odds that the best passage settles a statement: of the log-odds that it answers, of
// either, and 1. Fitted by TestCalibrateJudge, as many statements of each verdict counting alike.
var settledWeights = [3]float64{0.47, 0.23, -0.36}

// settledOdds is the probability that a passage settles a statement which it answers with probability p.
func settledOdds(p float64, s settled) float64 {
	return logistic(float64(settledWeights[0]*logOdds(p)) + float64(settledWeights[1]*s.either()) + settledWeights[2])
}

// isStated reports whether something is stated ("it runs in winter, right?", "is it true that it does"), and not asked ("does it?"):
// what settles a statement was learned from such.
func isStated(text string) bool {
	stated := question.Stated(text)
	if i := slices.Index(stated, "that"); 0 < i && i < 5 && slices.Contains([]string{"true", "right", "correct"}, stated[i-1]) {
		stated = stated[i+1:]
	}
	return len(stated) > 0 && !question.In("auxiliary", stated[0])
}

// settling reads the statement with the first of what was found, and puts the one first that settles it best.
func (e *Engine) settling(r *reading, found *candidates) {
	first := found.list[:min(settledAtMost, len(found.list))]
	passages := make([]reader.Passage, len(first))
	for i, s := range first {
		passages[i] = e.library.asRead(s.passage)
	}
	for i, s := range reader.Default().Settles(r.asTyped, passages) {
		first[i].settles = settled(s)
	}
	slices.SortStableFunc(first, func(a, b sentence) int { return cmp.Compare(settlingScore(&b), settlingScore(&a)) })
	found.judged = len(first) > 0
}

func settlingScore(s *sentence) float64 {
	return shipped.of(s) + float64(settledShare*s.settles.either())
}
