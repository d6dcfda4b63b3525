package answers

import (
	"math"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"verbatim/answers/asks"
	"verbatim/corpus"
)

// What a curator wrote down is evidence like any other: how likely a question means one
// of the intents weighs for their passages, or for the article's not saying.

// beliefs are the probabilities of the intents, nil for a corpus without any. What they
// lack of 1 is the probability that none fits.
type beliefs []float64

// none is the probability that no intent fits.
func (b beliefs) none() float64 { return max(0, 1-total(b)) }

// What a passage has of the probability that no intent fits: one that no intent is about has
// unknown, about one in the number of things that a text can be asked, and one that was written
// down as the answer to other questions hardly any.
const (
	unknown = 0.11
	hardly  = 0.01
	// leastBelief keeps what no intent speaks for from being impossible.
	leastBelief = 0.045
)

// weight is what the probability p that the intents give a passage counts as evidence, where any
// is about it or none: 0 where nothing is known, about 2 where it is sure and -3 where something else is.
func (b beliefs) weight(p float64, about bool) float64 {
	share := unknown
	if about {
		share = hardly
	}
	return math.Log((p+b.none()*share)/unknown+leastBelief) - math.Log1p(leastBelief)
}

const (
	// few and many are how many utterances an intent has on average where its word counts
	// the least, and where it counts in full. Between them trust grows with the logarithm.
	few  = 5
	many = 75
	// leastTrust is what the word of intents counts that have few utterances.
	leastTrust = 0.45
)

// trustIn is how far the intents of a corpus are believed, from leastTrust to 1: with five
// utterances an intent, what is asked is often none of them though it sounds like one.
func trustIn(intents []corpus.Intent) float64 {
	n := 0
	for _, in := range intents {
		n += len(in.Utterances)
	}
	each := float64(n) / float64(max(1, len(intents)))
	return leastTrust + (1-leastTrust)*min(1, max(0, math.Log(each/few)/math.Log(many/few)))
}

// What speaks for an intent of few utterances. The classifier has seen nothing but the intents and
// takes every question for one of them: people ask a text some forty things, and of fewer intents
// most questions are none.
const (
	// byClassifier is the logarithm of its probability by the classifier, at least of leastSeen.
	byClassifier = iota
	// anyClassified is the log-odds that any intent fits, by the classifier.
	anyClassified
	// asksSame is the log-odds that its nearest utterance asks the same, by the reader.
	asksSame
	// inWords is the share of its words that its nearest utterance has in common with the question.
	inWords
	// among is the logarithm of the number of intents.
	among
	// anyway is 1.
	anyway
	meantEvidence
)

// leastSeen is the least probability by the classifier that is told from none.
const leastSeen = 1e-4

// logOdds are those of a probability, as far as it is told from 0 and 1.
func logOdds(p float64) float64 { return math.Log(max(leastSeen, p) / max(leastSeen, 1-p)) }

// toldApart times the trust in intents for their many utterances is 1 at ten each: from there on
// the classifier alone tells them apart, and the evidence above tells whether any fits. So the first is right for 90.9,
// 76.0 and 76.3 % of public intent sets with ten, and where half of the belief comes of that evidence for 90.5, 74.0 and 76.0.
const toldApart = 3.9

// meantWeights are the weights of that evidence. Intents and "none" are weighed against each other
// (multinomial logistic regression, "none" having 0). Fitted by TestCalibrateIntents to 21 texts with 8 intents
// of five utterances and with some 45 (docs/decisions/one-path.md).
var meantWeights = [meantEvidence]float64{byClassifier: 0.65, anyClassified: 0.37, asksSame: 0.5, inWords: 2.3, among: 1.09, anyway: -5.19}

// asWritten is how likely a question means an intent of which it is an utterance word for
// word. Not tuned.
const asWritten = 0.97

// weighed returns beliefs as they count as evidence, and how far they are trusted: in full in
// what is an utterance word for word; else lower where the intents have few utterances. Where a
// corpus has many, they are those of the classifier.
func (e *Engine) weighed(r *reading, b beliefs) (beliefs, float64) {
	if total(b) == 0 {
		return b, e.trust
	}
	if uttered := e.uttered(r); len(uttered) > 0 {
		b = make(beliefs, len(b))
		for _, i := range uttered {
			b[i] = asWritten / float64(len(uttered))
		}
		return b, 1
	}
	if e.utterances == nil {
		return b, e.trust
	}
	meant := meantOf(e.meantEvidence(r, b), &meantWeights)
	many := (e.trust - leastTrust) / (1 - leastTrust)
	fits := logistic(many*logOdds(total(b)) + (1-many)*logOdds(total(meant)))
	b = slices.Clone(b)
	rescale(b, 1)
	rescale(meant, 1)
	mix(meant, b, min(1, many*toldApart))
	rescale(meant, fits)
	return meant, e.trust
}

// meantEvidence returns what speaks for each intent.
func (e *Engine) meantEvidence(r *reading, b beliefs) [][meantEvidence]float64 {
	same, inCommon := e.sameAs(r), e.utterances.inWordsOf(r.tokens, len(b))
	fits := total(b)
	out := make([][meantEvidence]float64, len(b))
	for i := range out {
		x := &out[i]
		x[byClassifier], x[anyClassified] = math.Log(max(leastSeen, b[i])), logOdds(fits)
		x[asksSame], x[inWords], x[among], x[anyway] = same[i], inCommon[i], math.Log(float64(len(b))), 1
	}
	return out
}

// meantOf returns the probability of each intent, and leaves that of none.
func meantOf(evidence [][meantEvidence]float64, w *[meantEvidence]float64) beliefs {
	b := make(beliefs, len(evidence))
	sum := 1.0
	for i, x := range evidence {
		z := 0.0
		for k, v := range x {
			z += float64(w[k] * v)
		}
		b[i] = math.Exp(min(z, 50))
		sum += b[i]
	}
	for i := range b {
		b[i] /= sum
	}
	return b
}

// uttered returns the intents that have a question as an utterance, letter for letter, none
// where it leans on the turn before.
func (e *Engine) uttered(r *reading) (meant []int) {
	if len(r.tokens) == 0 || r.dependence > 0 {
		return nil
	}
	asked := letters(r.asTyped)
	for i, in := range e.intents {
		if (r.within == nil || r.within == e.home[i] || in.Chat != "") &&
			slices.ContainsFunc(in.Utterances, func(u string) bool { return spelt(u, asked) }) {
			meant = append(meant, i)
		}
	}
	return meant
}

// letter returns a letter or a figure in lower case, and -1 for what is neither.
func letter(r rune) rune {
	if unicode.IsLetter(r) || unicode.IsNumber(r) {
		return unicode.ToLower(r)
	}
	return -1
}

// letters is a text without its spaces and punctuation, in lower case.
func letters(text string) string { return strings.Map(letter, text) }

// spelt reports whether a text has these letters. Most are told apart by their first.
func spelt(text, letters string) bool {
	for _, r := range text {
		if r = letter(r); r < 0 {
			continue
		}
		next, n := utf8.DecodeRuneInString(letters)
		if next != r {
			return false
		}
		letters = letters[n:]
	}
	return letters == ""
}

// answers is the probability that a passage answers: of the intents that it is the answer
// to, or their twins, and half of that of those that list it with others.
func (e *Engine) answers(b beliefs, p corpus.Passage) float64 {
	sum := 0.0
	twins := e.twins()
	for i, v := range b {
		if v <= 0 {
			continue
		}
		share := shared(e.intents[i].Passages, p)
		for _, t := range twins[i] {
			share = max(share, shared(e.intents[t].Passages, p))
		}
		sum += v * share
	}
	return sum
}

// isAnswer reports whether a passage is among those of any intent.
func (e *Engine) isAnswer(p corpus.Passage) bool {
	return slices.ContainsFunc(e.given[p.Quote.Source()], func(q corpus.Quote) bool { return overlapping(q, p.Quote) })
}

// mostAlike is how many intents have an utterance at most that tells which mean the same.
const mostAlike = 100

// twinsOf returns for each intent those of other sources that have half of the utterances of
// the smaller of the two in common with it: they mean the same question, and a question that
// means one of them means both.
func twinsOf(intents []corpus.Intent, home []*corpus.Source) [][]int {
	utterances := map[string][]int{} // the intents that have each, by its letters
	for i, in := range intents {
		for _, u := range in.Utterances {
			key := letters(u)
			if list := utterances[key]; len(list) == 0 || list[len(list)-1] != i {
				utterances[key] = append(list, i)
			}
		}
	}
	in := map[[2]int]int{} // how many utterances two have in common
	for _, list := range utterances {
		if len(list) > mostAlike {
			continue
		}
		for _, i := range list {
			for _, j := range list {
				if home[i] != home[j] && len(intents[i].Passages) > 0 && len(intents[j].Passages) > 0 {
					in[[2]int{i, j}]++
				}
			}
		}
	}
	out := make([][]int, len(intents))
	for two, n := range in {
		i, j := two[0], two[1]
		if 2*n >= min(len(intents[i].Utterances), len(intents[j].Utterances)) {
			out[i] = append(out[i], j)
		}
	}
	for _, list := range out {
		slices.Sort(list)
	}
	return out
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
