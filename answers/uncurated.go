package answers

import (
	"regexp"
	"slices"
	"strings"

	"verbatim/answers/asks"
	"verbatim/answers/encoder"
	"verbatim/answers/retrieval"
	"verbatim/corpus"
	"verbatim/corpus/words"
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

// find answers from the passages of the uncurated sources.
func (e *Engine) find(r *reading) Answer {
	text := r.text
	if r.dependence >= 0.5 {
		shown := e.shown(r.previous)
		if len(shown) > 0 && r.asked.Kind != asks.Open && r.dependence == 1 {
			if p, ok := e.told(shown, r.asked); ok {
				return Answer{Kind: Quote, Confidence: 0.7, Quotes: []corpus.Passage{p}, Lead: p.Frame}
			}
		}
		for _, p := range shown[:min(1, len(shown))] {
			text += " " + names(p)
		}
	}
	hits := e.index.Search(text, func() []float32 {
		if r.why != nil {
			r.why.Encoded = true
		}
		return encoder.Default().Encode(text)
	}, 3)
	if len(hits) == 0 {
		return Answer{Kind: NotCovered, Confidence: 0.9, Lead: notSaid}
	}
	e.noteHits(r, hits)
	best := e.found[hits[0].Passage]
	best = e.inOwnWords(r, best)
	covered := hits[0].Covered
	if e.foreignTo(r, best.Quote.Source()) != "" {
		covered *= strangeFactor
	}
	if covered < retrieval.Answerable {
		return Answer{Kind: NotCovered, Confidence: 1 - covered, Lead: notSaid, Nearest: []corpus.Passage{best}}
	}
	lead := best.Frame
	if r.frame.attribution {
		lead = credit(best)
	}
	return Answer{Kind: Quote, Intent: e.drafts.intent(best), Confidence: covered, Quotes: []corpus.Passage{best}, Lead: lead}
}

// inOwnWords returns, where somebody's words are asked for, the quote that makes most
// of a sentence of a curated source, else the sentence.
func (e *Engine) inOwnWords(r *reading, sentence corpus.Passage) corpus.Passage {
	if !sentence.Quote.Source().Curated() || sentence.Attribution != corpus.Reported || !anyOf(r.tokens, saying) {
		return sentence
	}
	for _, p := range e.found {
		if p.Attribution.Spoken() && sentence.Quote.Contains(p.Quote) && 2*size(p) > size(sentence) {
			return p
		}
	}
	return sentence
}

var saying = set("say said says saying quote quoted words")

// noteHits keeps the passages that were found for an explanation.
func (e *Engine) noteHits(r *reading, hits []retrieval.Hit) {
	if r.why == nil {
		return
	}
	r.note("the sources answer with %.3f; %.2f is wanted", hits[0].Covered, retrieval.Answerable)
	for _, h := range hits {
		p := e.found[h.Passage]
		r.why.Candidates = append(r.why.Candidates, Candidate{p.Quote.Source().ID() + "/" + p.ID, "answer", h.Confidence})
	}
	for _, reason := range hits[0].Why() {
		r.note("%s: %+.2f", reason.What, reason.Points)
	}
}

// names returns the names in a passage: what a follow-up leaves out.
func names(p corpus.Passage) string {
	text := p.Quote.Text()
	var out []string
	for i, t := range words.Tokens(text) {
		w := text[t.Start:t.End]
		if i > 0 && w[0] >= 'A' && w[0] <= 'Z' && !slices.Contains(out, w) {
			out = append(out, w)
		}
	}
	return strings.Join(out, " ")
}

// pleasantries are the small talk that every corpus answers, as it is typed.
var pleasantries = map[string]string{
	"hi": "greeting", "hello": "greeting", "hey": "greeting", "good morning": "greeting", "good evening": "greeting", "hello there": "greeting", "hey there": "greeting", "hi there": "greeting", "are you there": "greeting",
	"thanks": "thanks", "thank you": "thanks", "thanks a lot": "thanks", "thank you very much": "thanks", "cheers": "thanks",
	"bye": "bye", "goodbye": "bye", "good bye": "bye", "see you": "bye",
	"help": "help", "what can i ask": "help", "what can you do": "help", "how does this work": "help",
	"who are you": "identity", "what are you": "identity", "are you a bot": "identity", "are you an ai": "identity",
}
