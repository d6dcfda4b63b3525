package answers

import (
	"cmp"
	"slices"
	"sync"

	"verbatim/answers/reader"
	"verbatim/corpus"
	"verbatim/corpus/words"
)

// utterances are those of a corpus that has few of them: the reader tells which ask the same as a
// question.
type utterances struct {
	texts   []string
	intent  []int                    // of each
	words   func() []map[string]bool // of each, see meaning
	vectors func() [][]float32       // of each
}

const (
	// compared is how many utterances are read with a question, those nearest to it by their
	// vectors, and comparedOf how many of them one intent has at most. Not tuned.
	compared   = 16
	comparedOf = 4
	// maxCompared is how many utterances a corpus has at most that they are compared. Their
	// vectors are made at every start, which takes a millisecond for each.
	maxCompared = 3000
)

// utterancesOf returns the utterances of intents, nil where there are too many to compare.
func utterancesOf(intents []corpus.Intent) *utterances {
	u := &utterances{}
	for i, in := range intents {
		for _, text := range in.Utterances {
			u.texts, u.intent = append(u.texts, text), append(u.intent, i)
		}
	}
	if len(u.texts) > maxCompared {
		return nil
	}
	u.words = sync.OnceValue(func() []map[string]bool {
		out := make([]map[string]bool, len(u.texts))
		for i, text := range u.texts {
			out[i] = meaning(words.Tokens(text))
		}
		return out
	})
	u.vectors = sync.OnceValue(func() [][]float32 { return reader.Default().EncodeAll(u.texts) })
	return u
}

// nearest returns the utterances to compare with a question, of those intents that may be meant,
// the nearest first.
func (u *utterances) nearest(q *reader.Asked, may func(intent int) bool) []int {
	near := make([]float32, len(u.texts))
	var order []int
	for i, v := range u.vectors() {
		if may(u.intent[i]) {
			near[i] = reader.Dot(v, q.Vector)
			order = append(order, i)
		}
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(near[b], near[a]) })
	var out []int
	of := map[int]int{}
	for _, i := range order {
		if of[u.intent[i]]++; of[u.intent[i]] <= comparedOf && len(out) < compared {
			out = append(out, i)
		}
	}
	return out
}

// unlike are the log-odds of an intent none of whose utterances was compared. Lower ones count
// as these.
const unlike = -4

// inWordsOf returns for each of n intents the highest share of words that a question has in common
// with an utterance, of those that either has, 0 to 1.
func (u *utterances) inWordsOf(asked []words.Token, n int) []float64 {
	have, out := meaning(asked), make([]float64, n)
	for i, other := range u.words() {
		both := 0
		for stem := range other {
			if have[stem] {
				both++
			}
		}
		out[u.intent[i]] = max(out[u.intent[i]], float64(both)/float64(max(1, len(have)+len(other)-both)))
	}
	return out
}

// meaning returns the stems of words that mean more than "the" and "what".
func meaning(tokens []words.Token) map[string]bool {
	out := map[string]bool{}
	for _, t := range tokens {
		if !empty[t.Word] {
			out[t.Stem] = true
		}
	}
	return out
}

// sameAs returns for each intent the log-odds that a question asks the same as that of its utterances
// that comes nearest to it.
func (e *Engine) sameAs(r *reading) []float64 {
	if r.same != nil {
		return r.same
	}
	out := make([]float64, len(e.intents))
	for i := range out {
		out[i] = unlike
	}
	near := e.utterances.nearest(e.inConversation(r), func(i int) bool { return r.within == nil || r.within == e.home[i] || e.intents[i].Chat != "" })
	texts := make([]string, len(near))
	for k, u := range near {
		texts[k] = e.utterances.texts[u]
	}
	for k, odds := range reader.Default().Same(r.asTyped, e.turnBefore(r), texts) {
		i := e.utterances.intent[near[k]]
		out[i] = max(out[i], float64(odds))
	}
	r.same = out
	return out
}
