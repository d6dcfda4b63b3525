package answers

import (
	"slices"

	"verbatim/answers/asks"
	"verbatim/answers/reader"
	"verbatim/answers/retrieval"
	"verbatim/corpus"
)

// Sources that nobody curated have no intents: their passages are found by their own
// words and by what they mean.

// find answers from the passages of the searched sources: what the reader and the words
// say is weighed into one probability.
func (e *Engine) find(r *reading) Answer {
	l := e.library
	found := e.look(r, l)
	if len(found) == 0 {
		return Answer{Kind: NotCovered, Confidence: 0.9, Lead: notSaid}
	}
	probability := shipped.probability(found)
	e.noteFound(r, l, found, probability)
	best := e.inOwnWords(r, l.passages[found[0].passage])
	if probability < threshold {
		return Answer{Kind: NotCovered, Confidence: 1 - probability, Lead: notSaid, Nearest: []corpus.Passage{best}}
	}
	quotes := []corpus.Passage{best}
	for _, f := range found[1:] {
		p := l.passages[f.passage]
		if len(quotes) == maxTogether || f.odds < alsoAnswers || found[0].odds-f.odds > nearlyAsGood {
			break
		}
		if !slices.ContainsFunc(quotes, func(q corpus.Passage) bool { return q.Quote.Contains(p.Quote) || p.Quote.Contains(q.Quote) }) {
			quotes = append(quotes, p)
		}
	}
	lead := best.Frame
	if r.frame.attribution {
		lead = credit(best)
	}
	return Answer{Kind: Quote, Intent: e.drafts.intent(best), Confidence: probability, Quotes: quotes, Lead: lead}
}

const (
	// maxTogether is how many passages one answer shows at most.
	maxTogether = 3
	// A further passage is shown beside the best if its log-odds are at least alsoAnswers
	// and at most nearlyAsGood less than the best's. Not tuned.
	alsoAnswers  = 1.0
	nearlyAsGood = 1.5
)

// look has the reader read the windows of a library that words and vectors find. It
// returns the sentences read, the likeliest answer first.
func (e *Engine) look(r *reading, l *library) []sentence {
	var before *reader.Before
	var shown []corpus.Passage
	if r.previous.Question != "" {
		before = &reader.Before{Question: r.previous.Question}
		shown = e.shown(r.previous)
		if len(r.previous.Shown) > 0 && len(shown) > 0 {
			before.Shown = shown[0].Quote.Text()
		}
	}
	hits := l.index.Search(r.asTyped, maxHits)
	lists := [][]int{passagesOf(hits)}
	if before != nil {
		lists = append(lists, passagesOf(l.index.Search(r.asTyped+" "+before.Question, maxHits)), l.around(shown))
	}
	found, windows := l.read(reader.Default().Ask(r.asTyped, before), lists...)
	if r.why != nil {
		for _, i := range windows {
			r.why.Windows = append(r.why.Windows, l.windows[i].Window)
		}
	}
	e.witness(r, l, found)
	shipped.order(found, hits)
	return found
}

// witness adds to sentences who says them and what they tell.
func (e *Engine) witness(r *reading, l *library, found []sentence) {
	marked := r.asked.Kind == asks.Number || r.asked.Kind == asks.Date || r.asked.Kind == asks.Duration
	names := map[*corpus.Source][]string{} // that a question names and the source credits
	for i := range found {
		p := l.passages[found[i].passage]
		if marked && !tells(p, r.asked) {
			found[i].has[untold] = 1
		}
		if !r.asks.Credits || p.Speaker == "" {
			continue
		}
		s := p.Quote.Source()
		if _, ok := names[s]; !ok {
			all, _ := e.namesIn(r.asks, s)
			names[s] = slices.DeleteFunc(all, func(n string) bool { return !e.isSpeaker(n, s) })
		}
		if len(names[s]) > 0 {
			found[i].has[bySpeaker] = -1
			if slices.ContainsFunc(names[s], func(n string) bool { return e.isNameOf(n, p.Speaker) }) {
				found[i].has[bySpeaker] = 1
			}
		}
	}
}

// maxHits is how many passages with words of the question are looked at for windows to
// read.
const maxHits = 100

func passagesOf(hits []retrieval.Hit) []int {
	out := make([]int, len(hits))
	for i, h := range hits {
		out[i] = h.Passage
	}
	return out
}

// around returns the passages that were shown, and those that follow them.
func (l *library) around(shown []corpus.Passage) []int {
	var out []int
	for _, s := range shown {
		for i, p := range l.passages {
			if p.Quote.Source() == s.Quote.Source() && p.Quote.End() > s.Quote.Start() {
				out = append(out, i)
				if len(out) >= maxHits || p.Quote.Start() > s.Quote.End()+1000 {
					break
				}
			}
		}
	}
	return out
}

// inOwnWords returns, where somebody's words are asked for, the quote that makes most
// of a sentence of a curated source, else the sentence.
func (e *Engine) inOwnWords(r *reading, sentence corpus.Passage) corpus.Passage {
	if !sentence.Quote.Source().Curated() || sentence.Attribution != corpus.Reported || !anyOf(r.tokens, saying) {
		return sentence
	}
	for _, p := range e.library.passages {
		if p.Spoken() && sentence.Quote.Contains(p.Quote) && 2*size(p) > size(sentence) {
			return p
		}
	}
	return sentence
}

var saying = set("say said says saying quote quoted words")
