package answers

import (
	"math"
	"testing"

	"verbatim/answers/retrieval"
)

// alone takes the reader's log-odds as they are.
var alone = weights{answer: [answerEvidence]float64{topScore: 1}}

func TestWeightsOrder(t *testing.T) {
	w := weights{sentence: [sentenceEvidence]float64{cosine: 2, wordShare: 0.5}}
	found := []sentence{{passage: 1, odds: 1, has: [sentenceEvidence]float64{cosine: 0.1}}, {passage: 2, odds: 0.5, has: [sentenceEvidence]float64{cosine: 0.9}}, {passage: 3, odds: -1}}
	hits := []retrieval.Hit{{Passage: 3, Share: 0.8}, {Passage: 1, Share: 0.2}}
	w.order(found, hits)
	// The scores are 0.5 + 1.8 - 4 = -1.7, 1 + 0.2 + ln(0.2)/2 = 0.4 and -1 + ln(0.8)/2 = -1.1.
	if found[0].passage != 1 || found[1].passage != 3 || found[2].passage != 2 {
		t.Errorf("%+v", found)
	}
	if found[2].has[wordShare] != noWords {
		t.Errorf("a sentence without words of the question has %v", found[2].has[wordShare])
	}
	if got := w.of(&found[1]); math.Abs(got-(-1+math.Log(0.8)/2)) > 1e-9 {
		t.Errorf("%v", got)
	}
}

// What the weights make of the evidence is a probability, whatever that is.
func TestWeightsProbability(t *testing.T) {
	for name, w := range map[string]weights{"shipped": shipped, "reader alone": alone} {
		last := 0.0
		for _, odds := range []float64{-40, -3, 0, 3, 40} {
			p := w.probability([]sentence{{odds: odds}, {odds: -5}}, fromIntents{})
			if p < last || p > 1 || math.IsNaN(p) {
				t.Errorf("%s: %v after %v for odds of %v", name, p, last, odds)
			}
			last = p
		}
	}
	if p := alone.probability([]sentence{{odds: 1.5}}, fromIntents{}); math.Abs(p-logistic(1.5)) > 1e-9 {
		t.Errorf("the reader alone gives %v", p)
	}
	sure := shipped.probability([]sentence{{odds: 2}}, fromIntents{})
	for _, rival := range []float64{1, 1.9} {
		if p := shipped.probability([]sentence{{odds: 2}, {odds: rival}}, fromIntents{}); p > sure {
			t.Errorf("a rival makes an answer likelier: %v after %v", p, sure)
		}
	}
}
