package answers

import (
	"cmp"
	"math"
	"slices"

	"verbatim/answers/retrieval"
)

// The evidence for a sentence, beside the reader's log-odds that it answers.
const (
	// cosine of the sentence's vector with the question's, -1 to 1.
	cosine = iota
	// wordShare is the logarithm of its share among the passages found by their words, at
	// least noWords.
	wordShare
	// bySpeaker is 1 where the question asks what somebody says who says this, -1 where
	// another says it, 0 where nobody does or nobody is named.
	bySpeaker
	// untold is 1 where the question asks for a number or a date and the sentence has none.
	untold
	// asking is 1 where the sentence is itself a question, and none is asked for. Of 4,361
	// questions to texts that are not held out, some 20 are answered by a question.
	asking
	// holder is 1 where the question asks who has a role and the sentence gives it to a name.
	holder
	// curated is what the intents make of it, see beliefs.weight, as far as they are trusted.
	curated
	sentenceEvidence
)

// The evidence that the best of the sentences read is an answer.
const (
	// topScore is its score.
	topScore = iota
	// topShare is the logarithm of its share among the sentences read.
	topShare
	// notSaid is the probability, by the intents, that the article does not say, and known
	// that one of them fits at all, times the square of their trust: both are 0 without.
	notSaid
	known
	// constant is 1.
	constant
	answerEvidence
)

// sentence is a sentence that was read, with all that speaks for it.
type sentence struct {
	passage int     // that it is
	at      place   // where it stands
	rank    int     // of its window among those read, from 0: what reading fewer would miss
	odds    float64 // log-odds, by the reader, that it answers
	against float64 // log-odds, by the reader, that it contradicts a statement that it settles
	settles settled // how it settles a statement, where it was read with one by itself
	has     [sentenceEvidence]float64
}

// fromIntents are the evidence of those names.
type fromIntents struct{ notSaid, known float64 }

// noWords is the logarithm of the share of a sentence that has no word of the question.
const noWords = -8

// weights say how much each piece of evidence counts.
type weights struct {
	// sentence are those of a sentence's score, to which the reader's log-odds are added.
	sentence [sentenceEvidence]float64
	// answer are those of the log-odds that the best sentence answers.
	answer [answerEvidence]float64
}

// shipped are fitted by TestCalibrate to 21 texts that the reader has not learned from
// (docs/decisions/reader.md), but for the three of the intents, which were fitted to what
// TestCalibrateIntents asks: those texts with 8 and with some 45 intents of five utterances each, and the
// practice questions to the shipped article (docs/decisions/one-path.md).
var shipped = weights{
	sentence: [sentenceEvidence]float64{cosine: 1.0, wordShare: 0.16, bySpeaker: 0.32, untold: -0.55, asking: -3, holder: 5, curated: 2.4},
	answer:   [answerEvidence]float64{topScore: 0.46, topShare: 1.18, notSaid: -1.6, known: 2, constant: 0.07},
}

// threshold is the least probability of an answer that is given. On those texts it shows
// a wrong passage in 14 turns of 100; at 0.40 it would be 15, at 0.50 11.
const threshold = 0.45

// of is a sentence's score.
func (w *weights) of(s *sentence) float64 {
	sum := s.odds
	for i, v := range s.has {
		sum += float64(w.sentence[i] * v)
	}
	return sum
}

// order sorts sentences by their scores, the best first. hits are the passages found by
// their words.
func (w *weights) order(found []sentence, hits []retrieval.Hit) {
	shares := make(map[int]float64, len(hits))
	for _, h := range hits {
		shares[h.Passage] = max(noWords, math.Log(h.Share))
	}
	for i := range found {
		found[i].has[wordShare] = noWords
		if share, ok := shares[found[i].passage]; ok {
			found[i].has[wordShare] = share
		}
	}
	w.sort(found)
}

func (w *weights) sort(found []sentence) {
	slices.SortStableFunc(found, func(a, b sentence) int { return cmp.Compare(w.of(&b), w.of(&a)) })
}

// evidence is what speaks for the first of the ordered sentences, and against it.
func (w *weights) evidence(found []sentence, intents fromIntents) [answerEvidence]float64 {
	top, sum := w.of(&found[0]), 0.0
	for i := range found {
		sum += math.Exp(w.of(&found[i]) - top)
	}
	return [answerEvidence]float64{topScore: top, topShare: -math.Log(sum), notSaid: intents.notSaid, known: intents.known, constant: 1}
}

// probability is how likely the first of the ordered sentences answers.
func (w *weights) probability(found []sentence, intents fromIntents) float64 {
	sum := 0.0
	for i, v := range w.evidence(found, intents) {
		sum += float64(w.answer[i] * v)
	}
	return logistic(sum)
}

// logistic is the probability of log-odds.
func logistic(z float64) float64 { return 1 / (1 + math.Exp(-z)) }
