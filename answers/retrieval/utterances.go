package retrieval

import (
	"math"
	"slices"

	"verbatim/answers/asks"
	"verbatim/corpus/words"
)

// utterance is a way in which people may ask for a passage.
type utterance struct {
	terms []int32 // those that are not function words, each once
	kind  asks.Kind
}

// addUtterances keeps the utterances of each passage that ask for a kind of thing.
func (x *Index) addUtterances(utterances [][]string) {
	if !slices.ContainsFunc(utterances, func(list []string) bool { return len(list) > 0 }) {
		return
	}
	x.utterances = make([][]utterance, len(x.docs))
	for i, list := range utterances {
		for _, text := range list {
			t := words.Tokens(text)
			u := utterance{kind: asks.OfTokens(text, t).Kind}
			for _, w := range t {
				if id, ok := x.terms[term(w)]; ok && !function[w.Word] && !slices.Contains(u.terms, id) {
					u.terms = append(u.terms, id)
				}
			}
			if u.kind != asks.Open && u.kind != asks.YesNo && len(u.terms) > 0 {
				x.utterances[i] = append(x.utterances[i], u)
			}
		}
	}
}

// recall fills the feature of the utterances.
func (x *Index) recall(s *scratch) {
	q := &s.question
	if x.utterances == nil || q.total == 0 {
		return
	}
	for i := range s.candidates {
		c := &s.candidates[i]
		for _, u := range x.utterances[c.doc] {
			if u.kind == q.asked.Kind {
				c.features[sameAsked] = math.Max(c.features[sameAsked], s.share(u.terms))
			}
		}
	}
}

// share is the share of the question's words, weighed, that are among terms.
func (s *scratch) share(terms []int32) float64 {
	var seen uint64
	for _, id := range terms {
		for e := s.slots[id%int32(len(s.slots))]; e > 0; e = s.entries[e-1].next {
			if s.entries[e-1].term == id {
				seen |= 1 << s.entries[e-1].word
			}
		}
	}
	sum := 0.0
	for k, t := range s.question.terms {
		if seen&(1<<k) != 0 {
			sum += t.weight
		}
	}
	return sum / s.question.total
}
