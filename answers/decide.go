package answers

import (
	"math"
	"slices"
	"strings"

	"verbatim/corpus"
	"verbatim/corpus/words"
)

const doesNotSay = "The article does not say."

// decide answers from the passages of the corpus: what the reader, the words and the
// intents say is weighed into one probability. b are the probabilities of the intents.
func (e *Engine) decide(r *reading, b beliefs) Answer {
	e.noteCandidates(r, b)
	if i, ok := e.smallTalk(b); ok {
		a := e.chat(r, e.intents[i].Chat)
		a.Intent, a.Confidence = e.intents[i].ID, e.talk(b)
		return a
	}
	found := e.look(r, b)
	if len(found.list) == 0 {
		return Answer{Kind: NotCovered, Confidence: 0.9, Lead: doesNotSay}
	}
	probability := found.probability()
	r.best = found.list[0]
	e.noteFound(r, found, probability)
	best := *e.library.passages[found.list[0].passage]
	intent := e.meant(b, best)
	if intent < 0 {
		if a, ok := e.corrected(r, found, probability); ok {
			return a
		}
	}
	if probability < threshold && !e.keywords(r) {
		return e.decline(r, b, best, intent, probability)
	}
	if intent < 0 {
		return e.quote(r, found, best, probability)
	}
	if also := e.elsewhere(r, found, intent); len(also) > 0 {
		return e.together(r, intent, best, also, probability)
	}
	if a, ok := e.clarify(r, found, intent, b); ok {
		return a
	}
	return e.cover(r, intent, best, probability)
}

// keywords reports whether a question is nothing but a few words as they stand in a text
// with intents, which asks for what the text says.
func (e *Engine) keywords(r *reading) bool {
	return len(r.tokens) <= 3 && !slices.ContainsFunc(r.tokens, func(t words.Token) bool { return empty[t.Word] || !e.said[t.Word] })
}

// decline says that the article does not say, and shows what comes closest; a name that the
// article does not have is told.
func (e *Engine) decline(r *reading, b beliefs, best corpus.Passage, intent int, probability float64) Answer {
	a := Answer{Kind: NotCovered, Confidence: 1 - probability, Lead: doesNotSay, Nearest: []corpus.Passage{best}}
	if name := e.unmentioned(r); name != "" {
		a.Lead += " It does not mention " + name + "."
	}
	sum, not := e.notCovered(b)
	switch {
	case sum > 0.5:
		a.Intent = e.intents[not].ID
		if near := e.intents[not].Nearest; len(near) > 0 {
			a.Nearest = near
		}
	case intent >= 0:
		a.Intent = e.intents[intent].ID // what it came nearest to
	}
	return a
}

// strangeFactor is what remains of the belief in an answer where the question
// has a name, a number or words in quotation marks that the source does not
// have.
const strangeFactor = 0.4

// knownFactor weighs what the question has and the source does not.
func (e *Engine) knownFactor(r *reading, source *corpus.Source) float64 {
	if e.foreignTo(r, source) != "" {
		return strangeFactor
	}
	for _, t := range r.tokens {
		if c := t.Word[0]; '0' <= c && c <= '9' && !strings.Contains(source.Text(), t.Word) {
			return strangeFactor
		}
	}
	if r.misquotes {
		return strangeFactor
	}
	return 1
}

// foreignTo returns the first name in the question that the source does not have.
func (e *Engine) foreignTo(r *reading, source *corpus.Source) string {
	for _, f := range r.foreign {
		if !strings.Contains(words.Fold(source.Text()), words.Fold(f)) {
			return f
		}
	}
	return ""
}

const (
	// considerAt is the least probability at which an intent is considered.
	considerAt = 0.01
	// meantWeight prefers, among intents with the same passage, the one that was meant.
	meantWeight = 0.2
)

const (
	// evenAt is how close two readings are that count as equally likely, and eitherAt how
	// likely the two are together, as shares of the probability that any intent fits. None of 1,861 practice
	// questions is so even, and 16 of 5,294 of public intent sets with ten utterances an
	// intent, of which the first reading was right for 6. At 0.1 at least 22 of those
	// would have been answered right.
	evenAt   = 0.04
	eitherAt = 0.75
)

// clarify offers the choices where two readings are equally likely.
func (e *Engine) clarify(r *reading, found candidates, first int, p []float64) (Answer, bool) {
	if r.dependence > 0 || r.asks.Frame.Attribution || r.asks.Frame.Wording {
		return Answer{}, false
	}
	second := -1
	for i := range e.intents {
		if len(e.intents[i].Passages) == 0 || p[i] < considerAt || overlap(e.intents[first].Passages, e.intents[i].Passages) > 0 ||
			overlap(e.intents[i].Passages, e.intents[first].Passages) > 0 || len(common(keys(e.intents[first].Passages), keys(e.intents[i].Passages))) > 0 {
			continue
		}
		second = likelier(p, i, second)
	}
	if second < 0 {
		return Answer{}, false
	}
	fits := total(p)
	a, b := e.belief(p, first)/fits, e.belief(p, second)/fits
	if a-b > evenAt || b-a > evenAt || a+b < eitherAt || !e.rival(found, e.intents[second].Passages[0]) {
		return Answer{}, false
	}
	one, ok1 := short(e.intents[first].Utterances)
	two, ok2 := short(e.intents[second].Utterances)
	if !ok1 || !ok2 {
		return Answer{}, false
	}
	r.note("%s %.3f and %s %.3f are equally likely", e.intents[first].ID, a, e.intents[second].ID, b)
	return Answer{Kind: Clarify, Intent: e.intents[first].ID, Confidence: min(1, a+b), Lead: "That can mean two things.", Suggestions: []string{one, two}}, true
}

// rivalOdds is how far apart, in log-odds of the reader, two readings may be that are
// offered as choices. Not tuned.
const rivalOdds = 3

// rival reports whether the reader, too, holds that a passage answers about as well as the
// best does; where nothing was read, it holds nothing.
func (e *Engine) rival(found candidates, p corpus.Passage) bool {
	return slices.ContainsFunc(found.list[1:], func(s sentence) bool {
		return overlapping(e.library.passages[s.passage].Quote, p.Quote) && math.Abs(found.list[0].odds-s.odds) < rivalOdds
	})
}

// belief is the probability of all intents that an intent's passages answer.
func (e *Engine) belief(p []float64, intent int) float64 {
	sum := 0.0
	for j := range e.intents {
		if p[j] > 0 && overlap(e.intents[intent].Passages, e.intents[j].Passages) > 0 {
			sum += p[j]
		}
	}
	return sum
}

// cover answers with an intent's passages: first the one that answers best, then the others in
// their curator's order.
func (e *Engine) cover(r *reading, i int, best corpus.Passage, probability float64) Answer {
	quotes := slices.Clone(e.intents[i].Passages)
	if k := slices.IndexFunc(quotes, func(p corpus.Passage) bool { return overlapping(p.Quote, best.Quote) }); k > 0 {
		first := quotes[k]
		quotes = slices.Insert(slices.Delete(quotes, k, k+1), 0, first)
	}
	lead := e.setRight(r, quotes[0]) + frameOver(quotes[0])
	if r.asks.Frame.Attribution {
		lead = credit(quotes[0])
	}
	return Answer{Kind: kindOf(quotes), Intent: e.intents[i].ID, Confidence: probability, Quotes: quotes, Lead: lead}
}

// frameOver is the line above a passage, also where its curator wrote none.
func frameOver(p corpus.Passage) string {
	switch {
	case p.Frame != "":
		return p.Frame
	case p.Attribution == corpus.Direct:
		return corpus.Surname(p.Speaker) + " said:"
	case p.Attribution == corpus.Reported && len(p.Words) > 0 && !p.Unsure:
		return corpus.Surname(p.Speaker) + " said what stands between quotation marks:"
	case p.Attribution == corpus.Reported:
		return "The article reports what " + corpus.Surname(p.Speaker) + " said:"
	case p.Attribution == corpus.Others && p.Speaker != "":
		return "The article quotes " + p.Speaker + ":"
	}
	return "The article says:"
}

// overlap is how far the first answers another intent's question: 1 where its
// passage holds that one's, less where it is only in its list.
func overlap(a, b []corpus.Passage) float64 {
	if len(b) == 0 {
		return 0
	}
	if a[0].Quote.Contains(b[0].Quote) {
		return 1
	}
	if len(a) > 1 && slices.ContainsFunc(a, func(p corpus.Passage) bool { return p.Quote.Contains(b[0].Quote) }) {
		return 0.5
	}
	return 0
}
