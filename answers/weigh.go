package answers

import (
	"cmp"
	"math"
	"slices"

	"verbatim/answers/retrieval"
)

// sentence is a sentence that was read, with all that speaks for it.
type sentence struct {
	passage int     // that it is
	odds    float64 // log-odds, by the reader, that it answers
	cosine  float64 // of its vector with the question's, -1 to 1
	words   float64 // logarithm of its share among the passages found by their words, at least noWords
}

// noWords is the logarithm of the share of a sentence that has no word of the question.
const noWords = -8

// weights say how much each piece of evidence counts.
type weights struct {
	// cosine and words are those of a sentence's score, beside the reader's log-odds.
	cosine, words float64
	// The log-odds that the best sentence answers are score times its score, plus share
	// times the logarithm of its share among the sentences read, plus bias.
	score, share, bias float64
}

// shipped are fitted by TestCalibrate to 21 texts that the reader has not learned from;
// docs/decisions/reader.md has what they were measured to do.
var shipped = weights{cosine: 5.9, words: 0.31, score: 0.50, share: 1.30, bias: -1.24}

// threshold is the least probability of an answer that is given. On those texts it shows
// a wrong passage in 14 turns of 100; at 0.40 it would be 17, at 0.50 11.
const threshold = 0.45

// of is a sentence's score.
func (w weights) of(s sentence) float64 {
	return s.odds + float64(w.cosine*s.cosine) + float64(w.words*s.words)
}

// order sorts sentences by their scores, the best first. hits are the passages found by
// their words.
func (w weights) order(found []sentence, hits []retrieval.Hit) {
	shares := make(map[int]float64, len(hits))
	for _, h := range hits {
		shares[h.Passage] = max(noWords, math.Log(h.Confidence/h.Covered))
	}
	for i := range found {
		found[i].words = noWords
		if share, ok := shares[found[i].passage]; ok {
			found[i].words = share
		}
	}
	w.sort(found)
}

func (w weights) sort(found []sentence) {
	slices.SortStableFunc(found, func(a, b sentence) int { return cmp.Compare(w.of(b), w.of(a)) })
}

// evidence is what speaks for the first of ordered sentences, in the order of the
// weights score, share and bias.
func (w weights) evidence(found []sentence) [3]float64 {
	best, sum := w.of(found[0]), 0.0
	for _, f := range found {
		sum += math.Exp(w.of(f) - best)
	}
	return [3]float64{best, -math.Log(sum), 1}
}

// probability is how likely the first of ordered sentences answers.
func (w weights) probability(found []sentence) float64 {
	e := w.evidence(found)
	return logistic(float64(w.score*e[0]) + float64(w.share*e[1]) + w.bias)
}

// logistic is the probability of log-odds.
func logistic(z float64) float64 { return 1 / (1 + math.Exp(-z)) }
