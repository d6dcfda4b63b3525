package answers

import (
	"regexp"
	"slices"
	"strings"

	"verbatim/answers/reader"
	"verbatim/answers/retrieval"
	"verbatim/corpus"
)

// Sources that nobody curated have no intents: their passages are found by their
// own words, and what is asked of any article is recognised by its form.

// listed bounds a list of passages from an uncurated source.
const listed = 20

var (
	asksQuotes  = regexp.MustCompile(`\b(?:all|every|list|show|which|what|give|any)\b.{0,30}\b(?:quotes|quotations|direct speech)\b|^quotes$`)
	asksWho     = regexp.MustCompile(`\b(?:who (?:is|are|was|were|gets) (?:quoted|cited|speaking|interviewed)|who speaks)\b`)
	asksSummary = regexp.MustCompile(`\b(?:summar(?:y|ise|ize|isation|ization)|key points?|main points?|overview|in a nutshell|sum (?:it|this) up|what (?:is|was) (?:it|this|that|the (?:article|text|piece|story|source)) (?:all )?about)\b`)
)

// generic answers what is asked of any source; false where it is not that.
func (e *Engine) generic(r *reading) (Answer, bool) {
	first := e.corpus.Sources()[0]
	folded := strings.Join(plainWords(r.tokens), " ")
	var quotes []corpus.Passage
	switch {
	case asksSummary.MatchString(folded) && len(first.KeyPoints()) > 0:
		quotes = first.KeyPoints()[:min(maxKeyPoints, len(first.KeyPoints()))]
	case asksSummary.MatchString(folded):
		for _, p := range first.Paragraphs() {
			for _, s := range first.Passages() {
				if p.Contains(s.Quote) {
					quotes = append(quotes, s)
					break
				}
			}
			if len(quotes) == maxKeyPoints {
				break
			}
		}
	case asksQuotes.MatchString(folded), asksWho.MatchString(folded):
		for _, p := range first.Passages() {
			if p.Attribution == corpus.Direct && len(quotes) < listed {
				quotes = append(quotes, p)
			}
		}
	default:
		return Answer{}, false
	}
	if len(quotes) == 0 {
		return Answer{Kind: NotCovered, Confidence: 0.8, Lead: "The article quotes nobody."}, true
	}
	return Answer{Kind: kindOf(quotes), Confidence: 0.8, Quotes: quotes, Lead: quotes[0].Frame}, true
}

// find answers from the passages of the searched sources: what the reader and the words
// say is weighed into one probability.
func (e *Engine) find(r *reading) Answer {
	l := e.library
	found := e.look(r)
	if len(found) == 0 {
		return Answer{Kind: NotCovered, Confidence: 0.9, Lead: notSaid}
	}
	probability := shipped.probability(found)
	e.noteFound(r, found, probability)
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

// look has the reader read the windows of the searched sources that words and vectors
// find. It returns the sentences read, the likeliest answer first.
func (e *Engine) look(r *reading) []sentence {
	l := e.library
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
	shipped.order(found, hits)
	return found
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
		if p.Attribution.Spoken() && sentence.Quote.Contains(p.Quote) && 2*size(p) > size(sentence) {
			return p
		}
	}
	return sentence
}

var saying = set("say said says saying quote quoted words")

// pleasantries are the small talk that every corpus answers, as it is typed.
var pleasantries = map[string]string{
	"hi": "greeting", "hello": "greeting", "hey": "greeting", "good morning": "greeting", "good evening": "greeting", "hello there": "greeting", "hey there": "greeting", "hi there": "greeting", "are you there": "greeting",
	"thanks": "thanks", "thank you": "thanks", "thanks a lot": "thanks", "thank you very much": "thanks", "cheers": "thanks",
	"bye": "bye", "goodbye": "bye", "good bye": "bye", "see you": "bye",
	"help": "help", "what can i ask": "help", "what can you do": "help", "how does this work": "help",
	"who are you": "identity", "what are you": "identity", "are you a bot": "identity", "are you an ai": "identity",
}
