package answers

import (
	"regexp"
	"slices"
	"strings"
	"unicode"

	"verbatim/answers/asks"
	"verbatim/answers/question"
	"verbatim/corpus"
	"verbatim/corpus/words"
)

var (
	// empty words carry no subject of their own: a question made of them leans on the one before it.
	empty = question.List("empty")
	// pointing words stand for something said before.
	pointing = question.List("pointing")
)

// dependence says how far a question leans on the one before it, 0 to 1.
func (e *Engine) dependence(r *reading) float64 {
	if r.previous.Kind == "" || len(r.tokens) == 0 {
		return 0
	}
	content, points, inText := 0, false, false
	for _, t := range r.tokens {
		if !empty[t.Word] {
			content++
			inText = inText || e.text[t.Stem]
		}
		points = points || pointing[t.Word]
	}
	first := r.tokens[0].Word
	joins := first == "and" || first == "but" || first == "so" || first == "also" || first == "or"
	about := len(r.tokens) > 1 && (first == "what" || first == "how") && r.tokens[1].Word == "about"
	specific := slices.ContainsFunc(r.subjects, e.specific)
	switch {
	case content == 0, (r.asks.Frame.Attribution || r.asks.Frame.Wording) && e.bare(r.asks.Frame.Rest):
		return 1
	case specific && (joins || about) && len(r.tokens) <= 6, len(r.subjects) > 0 && len(r.tokens) <= 2:
		return 0.3 // a new subject in the old frame
	case specific:
		return 0
	case points && content <= 4:
		return 0.6
	case content <= 2 && inText:
		return 0.2 // a word of the text stands for itself
	case joins || content <= 2 && len(r.tokens) <= 6:
		return 0.5
	}
	return 0
}

// specificAt is the share of the intents beyond which a subject says little
// about what a conversation is on.
const specificAt = 0.08

func (e *Engine) specific(subject string) bool {
	return float64(e.uses[subject]) <= specificAt*float64(len(e.intents))
}

// context returns the specific subjects of the turn before.
func (e *Engine) context(t Turn) []string {
	var out []string
	for _, s := range t.Subjects {
		if e.specific(s) {
			out = append(out, s)
		}
	}
	if len(out) == 0 {
		out = t.Subjects
	}
	return out
}

// shown returns the passages of the turn before: its answer, or what came
// nearest to one.
func (e *Engine) shown(t Turn) []corpus.Passage {
	list := t.Shown
	if len(list) == 0 {
		list = t.Nearest
	}
	var out []corpus.Passage
	for _, k := range list {
		if p, ok := e.Passage(k); ok {
			out = append(out, p)
		}
	}
	return out
}

// followUp answers a question that makes sense only after the one before it;
// false where it stands on its own feet.
func (e *Engine) followUp(r *reading) (Answer, bool) {
	shown := e.shown(r.previous)
	if r.dependence < 0.5 || len(shown) == 0 {
		return Answer{}, false
	}
	asSaid := Answer{Kind: Verdict, Finding: Exact, Intent: r.previous.Intent, Confidence: 0.9, Quotes: shown, Lead: credit(shown[0])}
	if !shown[0].Curated() && shown[0].Attribution == corpus.Reported && !quotes(shown[0]) {
		asSaid.Finding = Reported
	}
	bare := e.bare(r.asks.Frame.Rest)
	switch {
	case shown[0].Attribution == corpus.Article && bare && anyOf(r.tokens, "writing"):
		// Who wrote the article's own words is who wrote the article.
		return e.decide(r, e.classify(r, "who wrote the article")), true
	case r.asks.Frame.Attribution && bare:
		return asSaid, true
	case r.asks.Frame.Wording && bare:
		return Answer{Kind: kindOf(shown), Intent: r.previous.Intent, Confidence: 0.9, Quotes: shown, Lead: shown[0].Frame}, true
	case doubts[strings.Join(plainWords(r.tokens), " ")]:
		if len(r.previous.Shown) == 0 {
			return Answer{Kind: NotCovered, Intent: r.previous.Intent, Confidence: 0.9, Lead: doesNotSay, Nearest: shown}, true
		}
		return asSaid, true
	case len(shown[0].Quote.Source().Subjects()) == 0:
		return Answer{}, false // nobody wrote down what it is about: the reader reads it with the turn before
	}
	return e.onSubject(r, shown)
}

// onSubject answers a question that asks for more of what was shown, or of its subject.
func (e *Engine) onSubject(r *reading, shown []corpus.Passage) (Answer, bool) {
	noMore := Answer{Kind: NotCovered, Confidence: 0.6, Lead: "The article says no more on that."}
	if anotherOne.MatchString(words.Fold(r.asTyped)) {
		return noMore, true
	}
	if wantsMore(r.tokens) {
		if more := e.more(r, shown); len(more) > 0 {
			return Answer{Kind: kindOf(more), Confidence: 0.7, Quotes: more, Lead: more[0].Frame}, true
		}
		return noMore, true
	}
	if r.asks.Wants.Kind == asks.Name && (r.asks.Wants.Word == "which" || r.asks.Wants.Word == "what") && len(r.tokens) <= 5 {
		if p, ok := e.named(shown, r.asks.Wants.Head); ok {
			return Answer{Kind: Quote, Intent: r.previous.Intent, Confidence: 0.7, Quotes: []corpus.Passage{p}, Lead: p.Frame}, true
		}
	}
	if r.dependence == 1 && r.asks.Wants.Kind != asks.Open && r.asks.Wants.Kind != asks.YesNo {
		return e.bareQuestion(r, shown), true
	}
	return Answer{}, false
}

// bareQuestion answers "when?", "why?", "names?": by the passages that were
// shown if they tell it, else by an intent that asks for it on the same subject.
func (e *Engine) bareQuestion(r *reading, shown []corpus.Passage) Answer {
	occasion := r.asks.Wants.Kind == asks.Place || r.asks.Wants.Kind == asks.Date
	if occasion && anyOf(r.tokens, "speaking") {
		return e.occasion(r)
	}
	if r.asks.Wants.Kind == asks.Example {
		after := e.next(shown)
		if len(after) == 0 {
			return Answer{Kind: NotCovered, Confidence: 0.6, Lead: doesNotSay, Nearest: shown[:1]}
		}
		shown = after
	}
	if r.asks.Wants.Kind != asks.Name { // a passage always has some name; which is asked for only the subject tells
		if p, ok := e.told(shown, r.asks.Wants); ok {
			return Answer{Kind: Quote, Intent: r.previous.Intent, Confidence: 0.8, Quotes: []corpus.Passage{p}, Lead: p.Frame}
		}
	}
	if occasion && shown[0].Attribution != corpus.Article {
		return e.occasion(r) // where and when it was said is asked of any words
	}
	subjects := e.context(r.previous)
	p := e.rank(r)
	related := false
	for i := range p {
		in := &e.intents[i]
		if !asksFor(in.Asks, r.asks.Wants.Kind) || len(common(in.Subjects, subjects)) == 0 {
			p[i] = 0
			continue
		}
		related = true
	}
	if !related {
		return Answer{Kind: NotCovered, Confidence: 0.6, Lead: doesNotSay, Nearest: shown[:min(1, len(shown))]}
	}
	rescale(p, 1)
	return e.decide(r, p)
}

// doubts are questions whether an answer is right; the source shows that it is.
var doubts = phrases("really", "is it", "for real", "are you sure", "you sure", "sure", "are you certain", "are you sure about that",
	"are you serious", "seriously", "is that true", "is that right", "is that correct", "is that so", "is this true", "is it true",
	"no way", "can i trust that", "can i trust this", "honestly")

func phrases(list ...string) map[string]bool {
	m := map[string]bool{}
	for _, p := range list {
		m[strings.Join(plainWords(words.Tokens(p)), " ")] = true
	}
	return m
}

// anotherOne asks for somebody or some place beside the one told: what comes next
// on the subject is no answer to that.
var anotherOne = regexp.MustCompile(`^(?:and |ok |so )?(?:who|whom|where|when) else\b`)

// occasion answers where or when something was said.
func (e *Engine) occasion(r *reading) Answer {
	return e.decide(r, e.only(e.classify(r, r.asTyped+" did he say it"), r.asks.Wants.Kind))
}

// only keeps the probabilities of the intents that ask for a kind of thing.
func (e *Engine) only(p []float64, kind asks.Kind) []float64 {
	for i := range p {
		if !asksFor(e.intents[i].Asks, kind) {
			p[i] = 0
		}
	}
	rescale(p, 1)
	return p
}

// asksFor reports whether an intent's kind of thing is the one asked for.
func asksFor(intent string, kind asks.Kind) bool {
	if kind == asks.Name {
		return intent == string(asks.Name) || intent == string(asks.Person) || intent == string(asks.Organisation)
	}
	return slices.Contains(append([]asks.Kind{kind}, alike[kind]...), asks.Kind(intent))
}

// named finds a passage among those shown that names a thing of the kind that
// "which …" asks for.
func (e *Engine) named(shown []corpus.Passage, head string) (corpus.Passage, bool) {
	kind := ""
	switch head {
	case "model", "version", "ai", "system", "program", "product", "show", "podcast", "software":
		kind = string(asks.Name)
	case "company", "firm", "maker", "business", "organisation", "organization":
		kind = string(asks.Organisation)
	default:
		return corpus.Passage{}, false
	}
	for _, p := range shown {
		if p.Tells[kind] != "" {
			return p, true
		}
	}
	return corpus.Passage{}, false
}

// next returns the passages that stand right behind those shown and share a
// subject with them.
func (e *Engine) next(shown []corpus.Passage) []corpus.Passage {
	last := shown[len(shown)-1]
	var out []corpus.Passage
	for _, p := range last.Quote.Source().Passages() {
		d := p.Quote.Paragraph() - last.Quote.Paragraph()
		if p.Quote.Start() >= last.Quote.End() && (d == 0 || d == 1) && len(common(p.About, last.About)) > 0 {
			out = append(out, p)
		}
	}
	return out
}

func kindOf(passages []corpus.Passage) Kind {
	if len(passages) > 1 {
		return List
	}
	return Quote
}

// bare reports whether a text has no content word.
func (e *Engine) bare(text string) bool {
	return !slices.ContainsFunc(words.Tokens(text), func(t words.Token) bool { return !empty[t.Word] })
}

func wantsMore(tokens []words.Token) bool {
	for i, t := range tokens {
		switch t.Word {
		case "else", "another", "more", "continue":
			return len(tokens) <= 6
		case "go":
			return i+1 < len(tokens) && tokens[i+1].Word == "on" && len(tokens) <= 4
		case "next", "after", "before":
			return len(tokens) <= 3 || len(tokens) <= 8 && i > 0
		}
	}
	return false
}

// more returns up to two passages on the same subjects that the conversation
// has not shown; for "next" and "go on", what follows in the text.
func (e *Engine) more(r *reading, shown []corpus.Passage) []corpus.Passage {
	switch towards(r.tokens) {
	case 1:
		return e.following(shown)
	case -1:
		return e.before(shown)
	}
	type scored struct {
		p     corpus.Passage
		score int
	}
	var found []scored
	for _, p := range shown[0].Quote.Source().Passages() {
		if slices.Contains(r.previous.Seen, p.Quote.Key()) || nested(p, shown) {
			continue
		}
		if n := e.kinship(shown[0], p); n > 2 {
			found = append(found, scored{p, n})
		}
	}
	slices.SortStableFunc(found, func(a, b scored) int { return b.score - a.score })
	var out []corpus.Passage
	for _, f := range found {
		if len(out) < 2 && !nested(f.p, out) {
			out = append(out, f.p)
		}
	}
	return out
}

// nested reports whether a passage holds one of others, or is held by one.
func nested(p corpus.Passage, others []corpus.Passage) bool {
	return slices.ContainsFunc(others, func(o corpus.Passage) bool { return o.Quote.Contains(p.Quote) || p.Quote.Contains(o.Quote) })
}

// kinship counts the subjects that two passages share, specific ones three times; being
// credited alike adds 2 where they share any such.
func (e *Engine) kinship(a, b corpus.Passage) int {
	n := 0
	for _, s := range common(b.About, a.About) {
		if n++; e.specific(s) {
			n += 2
		}
	}
	if n > 2 && a.Attribution == b.Attribution {
		n += 2
	}
	return n
}

// towards is 1 where a question asks for what stands behind something, -1 where it asks
// for what stands before it, else 0.
func towards(tokens []words.Token) int {
	for i, t := range tokens {
		switch t.Word {
		case "next", "after", "then", "continue":
			return 1
		case "on":
			if i > 0 && tokens[i-1].Word == "go" {
				return 1
			}
		case "before":
			return -1
		}
	}
	return 0
}

// following returns the passage that begins first behind those shown, the
// longest of several.
func (e *Engine) following(shown []corpus.Passage) []corpus.Passage {
	end := shown[len(shown)-1].Quote.End()
	var out []corpus.Passage
	for _, p := range shown[0].Quote.Source().Passages() {
		if p.Quote.Start() < end || !strings.ContainsFunc(p.Quote.Text(), unicode.IsLetter) { // "2." is no passage to read
			continue
		}
		if len(out) == 0 || p.Quote.Start() < out[0].Quote.Start() || p.Quote.Start() == out[0].Quote.Start() && size(p) > size(out[0]) {
			out = []corpus.Passage{p}
		}
	}
	return out
}

// before returns the passage that ends last before those shown begin.
func (e *Engine) before(shown []corpus.Passage) []corpus.Passage {
	var out []corpus.Passage
	for _, p := range shown[0].Quote.Source().Passages() {
		if p.Quote.End() <= shown[0].Quote.Start() && strings.ContainsFunc(p.Quote.Text(), unicode.IsLetter) && (len(out) == 0 || p.Quote.End() > out[0].Quote.End()) {
			out = []corpus.Passage{p}
		}
	}
	return out
}

// told finds the passage among those shown, or around them in the same
// sentence, that tells what is asked for.
func (e *Engine) told(shown []corpus.Passage, a asks.Asked) (corpus.Passage, bool) {
	for _, p := range shown {
		if tells(p, a) {
			return p, true
		}
	}
	for _, p := range shown {
		for _, around := range p.Quote.Source().Passages() {
			if around.Quote.Contains(p.Quote) && tells(around, a) {
				return around, true
			}
		}
	}
	switch a.Kind {
	case asks.Reason, asks.Consequence, asks.Reaction, asks.Example:
		for _, behind := range e.next(shown) {
			if behind.Quote.Paragraph() == shown[0].Quote.Paragraph() && tells(behind, a) {
				return behind, true
			}
		}
	}
	return corpus.Passage{}, false
}

// alike are the kinds of thing that answer a question for another kind.
var alike = map[asks.Kind][]asks.Kind{
	asks.Person: {asks.Person, asks.Group, asks.Organisation},
	asks.Date:   {asks.Date, asks.Duration},
	asks.Number: {asks.Number},
}

// tells reports whether a passage tells a thing of the kind asked for: as its
// curator said, else as the text reads.
func tells(p corpus.Passage, a asks.Asked) bool {
	kinds := alike[a.Kind]
	if kinds == nil {
		kinds = []asks.Kind{a.Kind}
	}
	for _, k := range kinds {
		text, curated := p.Tells[string(k)]
		if p.Tells != nil && !curated {
			continue
		}
		if !curated {
			text = p.Quote.Text()
		}
		if a.Grain == asks.AnyGrain && curated {
			return true
		}
		if asks.SetOf(text, words.Tokens(text)).Has(k, a.Grain) {
			return true
		}
	}
	return false
}

// anyOf reports whether any of some words is on a list of question.In.
func anyOf(tokens []words.Token, list string) bool {
	return slices.ContainsFunc(tokens, func(t words.Token) bool { return question.In(list, t.Word) })
}
