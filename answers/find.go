package answers

import (
	"cmp"
	"slices"
	"strings"

	"verbatim/answers/asks"
	"verbatim/answers/question"
	"verbatim/answers/reader"
	"verbatim/answers/retrieval"
	"verbatim/corpus"
	"verbatim/corpus/attribution"
	"verbatim/corpus/words"
)

// candidates are the sentences and passages that may answer a question, the likeliest
// first, with what speaks for them.
type candidates struct {
	list    []sentence
	intents fromIntents
	// unsaid: intents that are trusted in full are sure that the article does not say.
	unsaid bool
	// restated are what other sources say in nearly the words of the first, see setApart.
	restated []sentence
	// judged: the first of them were read with the statement that they may settle, see settle.
	judged bool
}

// probability is how likely the first candidate answers.
func (c *candidates) probability() float64 {
	p := shipped.probability(c.list, c.intents)
	if c.judged {
		p = settledOdds(p, c.list[0].settles)
	}
	if c.unsaid {
		return min(p, 1-c.intents.notSaid)
	}
	return p
}

// quote answers with the best passage, and with those that the reader holds to answer
// nearly as well.
func (e *Engine) quote(r *reading, found candidates, best corpus.Passage, probability float64) Answer {
	quotes := []corpus.Passage{e.inOwnWords(r, best)}
	for _, f := range found.list[1:] {
		p := *e.library.passages[f.passage]
		if len(quotes) == maxTogether || f.odds < alsoAnswers || f.has[holder] < found.list[0].has[holder] || found.list[0].odds-f.odds > nearlyAsGood {
			break
		}
		// Another source that says less of what is asked about speaks of something else.
		apart := p.Quote.Source() != best.Quote.Source() && named(r, p) < named(r, best)
		if !apart && !slices.ContainsFunc(quotes, func(q corpus.Passage) bool { return q.Quote.Contains(p.Quote) || p.Quote.Contains(q.Quote) }) {
			quotes = append(quotes, p)
		}
	}
	quotes = append(quotes, e.otherwise(found, quotes)...)
	several := newestFirst(quotes)
	lead := quotes[0].Frame
	switch {
	case several != "":
		lead = several
	case r.asks.Frame.Attribution:
		lead = credit(quotes[0])
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

// look has the reader read the windows that words, vectors and intents find. It returns
// the sentences read and the passages of the intents in them, the likeliest answer first.
func (e *Engine) look(r *reading, b beliefs) candidates {
	b, trust := e.weighed(r, b)
	if list := e.certain(r, b, trust); len(list) > 0 {
		return candidates{list: list}
	}
	l := e.library
	hits := l.search(r.asTyped, r.within, maxHits)
	lists := [][]int{passagesOf(hits)}
	if r.previous.Question != "" {
		lists = append(lists, passagesOf(l.search(r.asTyped+" "+r.previous.Question, r.within, maxHits)), l.around(e.shown(r.previous)))
	}
	lists = append(lists, e.inTitled(r)...)
	intended := e.intended(b)
	if len(intended) > 0 {
		lists = append([][]int{intended}, lists...)
	}
	read, windows := l.read(e.inConversation(r), r.within, lists...)
	if r.why != nil {
		for _, i := range windows {
			r.why.Windows = append(r.why.Windows, l.text(i))
		}
	}
	found := candidates{list: l.withPassages(read, intended)}
	found.list = slices.DeleteFunc(found.list, func(s sentence) bool { return repeats(r, l.passages[s.passage]) })
	e.witness(r, b, trust, found.list)
	if len(b) > 0 {
		found.intents.notSaid, _ = e.notCovered(b)
		found.intents.known = (1 - b.none()) * trust * trust
		found.unsaid = trust == 1 && found.intents.notSaid >= sure
	}
	shipped.order(found.list, hits)
	if r.asks.Kind == question.Claim && isStated(r.asks.Text) && found.intents.known < knownWell {
		e.settling(r, &found)
	}
	e.setApart(r, &found)
	return found
}

// inConversation returns a question as the reader reads it, with the turn before it.
func (e *Engine) inConversation(r *reading) *reader.Asked {
	if r.encoded == nil {
		r.encoded = reader.Default().Ask(r.asTyped, e.turnBefore(r))
	}
	return r.encoded
}

// turnBefore returns the turn before a question as the reader reads it, nil for none.
func (e *Engine) turnBefore(r *reading) *reader.Before {
	if r.previous.Question == "" {
		return nil
	}
	before := &reader.Before{Question: r.previous.Question}
	if shown := e.shown(r.previous); len(r.previous.Shown) > 0 && len(shown) > 0 {
		before.Shown = shown[0].Quote.Text()
	}
	return before
}

// repeats reports whether a passage is no more than the question, which somebody asks in the
// source.
func repeats(r *reading, p *corpus.Passage) bool {
	return isQuestion(*p) && slices.Equal(plainWords(words.Tokens(p.Quote.Text())), plainWords(r.tokens))
}

// isQuestion reports whether a passage that no curator chose is a question.
func isQuestion(p corpus.Passage) bool {
	return !p.Curated() && strings.HasSuffix(strings.TrimRight(p.Quote.Text(), " ”’\"')»"), "?")
}

// sure is the least probability of the intents that is taken without reading. Not tuned.
const sure = 0.97

// certain returns the passage that the intents are sure of, none where they are not, or where one has
// several passages and it takes reading to tell which answers best.
func (e *Engine) certain(r *reading, b beliefs, trust float64) []sentence {
	if r.dependence > 0 || trust < 1 {
		return nil
	}
	for i, v := range b {
		if v < considerAt || len(e.intents[i].Passages) == 0 {
			continue
		}
		p := e.intents[i].Passages[0]
		believed := e.answers(b, p) * toldShare(r.asks.Wants, p) * e.knownFactor(r, p.Quote.Source())
		if n, ok := e.library.numberOf(p.Quote); ok && believed >= sure && len(e.intents[i].Passages) == 1 {
			one := sentence{passage: n, at: e.library.at[n]}
			one.has[curated] = b.weight(believed, true)
			return []sentence{one}
		}
	}
	return nil
}

// intended returns the passages of the likely intents, the likeliest first.
func (e *Engine) intended(b beliefs) []int {
	belief := map[int]float64{}
	var out []int
	for i, v := range b {
		if v < considerAt {
			continue
		}
		for k, p := range e.intents[i].Passages {
			if n, ok := e.library.numberOf(p.Quote); ok {
				if belief[n] == 0 {
					out = append(out, n)
				}
				if k == 1 {
					v /= 2 // see shared
				}
				belief[n] += v
			}
		}
	}
	slices.SortStableFunc(out, func(i, j int) int { return cmp.Compare(belief[j], belief[i]) })
	return out
}

// withPassages adds to the sentences read the passages that are no sentence by
// themselves: each has what speaks for the sentence that it is in.
func (l *library) withPassages(read []sentence, passages []int) []sentence {
	for _, p := range passages {
		if slices.ContainsFunc(read, func(s sentence) bool { return s.passage == p }) {
			continue
		}
		if in := slices.IndexFunc(read, func(s sentence) bool { return s.at == l.at[p] }); in >= 0 {
			one := read[in]
			one.passage = p
			read = append(read, one)
		}
	}
	return read
}

// witness adds to sentences who says them, what they tell and what the intents say.
func (e *Engine) witness(r *reading, b beliefs, trust float64, found []sentence) {
	marked := r.asks.Wants.Kind == asks.Number || r.asks.Wants.Kind == asks.Date || r.asks.Wants.Kind == asks.Duration
	names := map[*corpus.Source][]string{} // that a question names and the source credits
	role, beside := roleAsked(r.tokens)
	known := map[*corpus.Source]float64{} // what remains of belief where a source lacks what the question has
	for i := range found {
		p := *e.library.passages[found[i].passage]
		s := p.Quote.Source()
		if len(b) > 0 {
			if _, ok := known[s]; !ok {
				known[s] = e.knownFactor(r, s)
			}
			found[i].has[curated] = trust * b.weight(e.answers(b, p)*toldShare(r.asks.Wants, p)*known[s], e.isAnswer(p))
		}
		if marked && !tells(p, r.asks.Wants) {
			found[i].has[untold] = 1
		}
		if isQuestion(p) && !r.voices && !anyOf(r.tokens, "asking") {
			found[i].has[asking] = 1
		}
		if role != "" && e.hasHolder(p, role, beside) {
			found[i].has[holder] = 1
		}
		if !r.asks.Credits || p.Speaker == "" {
			continue
		}
		if _, ok := names[s]; !ok {
			names[s] = e.speakersIn(r.asks.Rest, s)
		}
		switch {
		case len(names[s]) == 0:
		case e.likeness(names[s], p.Speaker) > 0:
			found[i].has[bySpeaker] = 1
		default:
			found[i].has[bySpeaker] = -1
		}
	}
}

// roleAsked returns the role in "who is the council leader?", and the words that tell which;
// empty where a question asks for none.
func roleAsked(tokens []words.Token) (role string, beside []string) {
	if len(tokens) < 3 || tokens[0].Word != "who" || !question.In("auxiliary", tokens[1].Word) {
		return "", nil
	}
	for _, t := range tokens[2:] {
		switch {
		case attribution.IsRole(t.Word):
			if role != "" {
				beside = append(beside, role)
			}
			role = t.Word
		case role != "":
			return role, beside
		case !empty[t.Word]:
			beside = append(beside, t.Word)
		}
	}
	return role, beside
}

// hasHolder reports whether a passage names who has a role, and has some words besides.
func (e *Engine) hasHolder(p corpus.Passage, role string, beside []string) bool {
	text := p.Quote.Text()
	tokens := words.Tokens(text)
	has := plainWords(tokens)
	if slices.ContainsFunc(beside, func(w string) bool { return !slices.Contains(has, w) }) {
		return false
	}
	known := e.namesOf(p.Quote.Source()).words
	return givesRole(text, tokens, role, func(t words.Token) bool { return known[t.Word] })
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
		start, end := l.shelfOf(s.Quote.Source())
		for i := start; i < end; i++ {
			if p := l.passages[i]; p.Quote.End() > s.Quote.Start() {
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
	if !sentence.Curated() || sentence.Attribution != corpus.Reported || !anyOf(r.tokens, "saying") {
		return sentence
	}
	start, end := e.library.shelfOf(sentence.Quote.Source())
	for _, p := range e.library.passages[start:end] {
		if p.Spoken() && sentence.Quote.Contains(p.Quote) && 2*size(*p) > size(sentence) {
			return *p
		}
	}
	return sentence
}
