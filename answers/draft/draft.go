// Package draft writes a first curation of a plain article, for a curator to review.
//
// It works by rules over closed word lists, for English: no model, no data of others.
// The same text gives the same bytes.
package draft

import (
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"verbatim/answers/asks"
	"verbatim/corpus"
	"verbatim/corpus/words"
)

// MaxText is the longest text that is drafted, in bytes, and MaxSentences the most
// sentences: some 60 pages, more than anybody reviews sentence by sentence, and read
// and verified in a few seconds.
const (
	MaxText      = 400_000
	MaxSentences = 3_000
)

// curation is what is written.
type curation struct {
	title     string
	furniture []string // likely, for review
	keyPoints []string
	questions []string
	subjects  []subject
	mentions  map[string]*mention
	people    map[string]string // a name of a person to the full one
	begins    map[string]bool   // the first words of names
	taken     map[string]bool   // utterances, as words
	passages  []*passage
	intents   []intent
}

type passage struct {
	corpus.Passage
	id        string
	quote     string
	paragraph int // 0 where the quote occurs once
	frame     string
	tells     []told
	about     []string
	likely    bool // of furniture
	// What the sentence says first, where that can be read.
	clause clause
	parsed bool
	person bool // the subject is a person
	// antecedent is the name that a pronoun of the sentence stands for, or empty.
	antecedent string
}

// told is a kind of thing and the words that tell it.
type told struct{ kind, words string }

type intent struct {
	id         string
	passages   []string
	subjects   []string
	utterances []string
}

// Draft returns a curation.yaml for a text: every sentence is in a passage, and
// questions are generated from what it says. The result is what corpus.ReadCurated
// accepts for the same text. It is an error if the text is empty, not UTF-8 or longer
// than a person reviews.
func Draft(text string) ([]byte, error) {
	if len(text) > MaxText {
		return nil, TooLong(len(text))
	}
	source, err := corpus.Read("draft", text)
	if err != nil && !utf8.ValidString(text) {
		return nil, fmt.Errorf("%w; save it as UTF-8", err)
	}
	if err != nil {
		return nil, err
	}
	if n := len(source.Passages()); n > MaxSentences {
		return nil, fmt.Errorf("it has %d sentences; a draft is for at most %d, %s", n, MaxSentences, instead)
	}
	c := of(source)
	out := c.yaml()
	if _, err := corpus.ReadCurated("draft", text, out); err != nil {
		return nil, fmt.Errorf("the draft does not load, which is a fault of this program: %w", err)
	}
	return out, nil
}

// TooLong is the error of Draft for a text of n bytes, more than MaxText.
func TooLong(n int) error {
	return fmt.Errorf("it has %d bytes; a draft is for at most %d, %s", n, MaxText, instead)
}

const instead = "what somebody can review: cut it into several articles, or use it without curation"

// of drafts the curation of a source.
func of(source *corpus.Source) *curation {
	c := &curation{taken: map[string]bool{}}
	paragraphs := source.Paragraphs()
	if len(paragraphs) > 1 && isTitle(paragraphs[0].Text()) {
		c.title = paragraphs[0].Text()
	}
	likely := map[int]bool{} // paragraphs
	for i, p := range paragraphs {
		if isFurniture(p.Text()) {
			likely[i+1] = true
			c.furniture = append(c.furniture, p.Text())
		}
	}
	ids := newIDs()
	for _, p := range passagesOf(source) {
		p.likely = likely[p.Quote.Paragraph()]
		p.id = ids.of(p.quote, "passage")
		c.passages = append(c.passages, p)
	}
	c.know(source)
	c.resolve()
	c.subjects = c.subjectsOf(source)
	for _, p := range c.passages {
		p.tells = c.tellsOf(p.quote)
	}
	c.ask()
	c.lists(ids)
	c.sum(source)
	return c
}

// passagesOf returns the sentences and direct quotes of a source, each with what
// makes its place plain: a quote that occurs again in its own paragraph takes in
// its neighbours.
func passagesOf(source *corpus.Source) []*passage {
	text := source.Text()
	var out []*passage
	seen := map[[2]int]bool{}
	for _, p := range source.Passages() {
		start, end := p.Quote.Start(), p.Quote.End()
		before, after := p.Quote.InParagraph()
		from, to := before.Start(), after.End()
		paragraph := text[from:to]
		for n := 0; occurs(paragraph, text[start:end]) > 1; n++ {
			start, end = grow(text, from, to, start, end, n)
		}
		if seen[[2]int{start, end}] {
			continue
		}
		seen[[2]int{start, end}] = true
		d := &passage{Passage: p, quote: text[start:end]}
		if start != p.Quote.Start() || end != p.Quote.End() {
			d.Attribution, d.Speaker, d.frame = corpus.Article, "", "The article says:"
		}
		if occurs(text, d.quote) > 1 {
			d.paragraph = p.Quote.Paragraph()
		}
		out = append(out, d)
	}
	return out
}

// occurs counts the places at which part stands in text, up to 2; they may overlap.
func occurs(text, part string) int {
	i := strings.Index(text, part)
	if i < 0 {
		return 0
	}
	if strings.Contains(text[i+1:], part) {
		return 2
	}
	return 1
}

// grow takes in the sentence on either side, the following one first; step n says
// how often it was done before.
func grow(text string, from, to, start, end, n int) (int, int) {
	if n > 20 {
		return from, to
	}
	if end < to {
		next := words.Sentences(text[end:to])
		if len(next) > 0 {
			return start, end + next[0].End
		}
	}
	previous := words.Sentences(text[from:start])
	if len(previous) > 0 {
		return from + previous[len(previous)-1].Start, end
	}
	return from, to
}

// tellsOf returns what a passage tells, one run of words a kind: from the first thing
// of the kind to the last.
func (c *curation) tellsOf(quote string) []told {
	var out []told
	things := asks.Told(quote)
	for _, k := range []asks.Kind{asks.Person, asks.Group, asks.Organisation, asks.Date, asks.Duration, asks.Place, asks.Number, asks.Reason, asks.Reaction, asks.Comparison, asks.Consequence, asks.Example, asks.Definition, asks.Opinion} {
		list := things[k]
		if len(list) == 0 {
			continue
		}
		start, end := list[0].Start, list[len(list)-1].End
		switch k {
		case asks.Person, asks.Organisation, asks.Place:
			list = slices.DeleteFunc(slices.Clone(list), func(t asks.Thing) bool { return !c.tellsName(k, quote[t.Start:t.End]) })
			if len(list) == 0 {
				continue
			}
			start, end = list[0].Start, list[0].End
		case asks.Date, asks.Number, asks.Duration:
			if end-start > longestRun {
				end = list[0].End
			}
		case asks.Group:
			end = list[0].End
		case asks.Reason, asks.Reaction, asks.Comparison, asks.Consequence, asks.Example, asks.Definition, asks.Opinion:
			end = clauseEnd(quote, end) // the cue and what it introduces
		}
		if w := widen(quote, start, end); utf8.ValidString(w) {
			out = append(out, told{string(k), w})
		}
	}
	return out
}

// longestRun is how many bytes the run of words from the first figure or date to the
// last may have; a longer one is told by the first.
const longestRun = 40

// tellsName reports whether a name is of a kind, as far as the whole text knows.
func (c *curation) tellsName(k asks.Kind, name string) bool {
	name = strings.TrimSuffix(strings.TrimSuffix(name, "’s"), "'s")
	switch person := c.isPerson(name); {
	case person:
		return k == asks.Person
	case k == asks.Organisation && !strings.Contains(name, " "):
		return c.mentions[name] != nil // not a word that begins a sentence
	}
	return true
}

// clauseEnd returns where the words behind from end a clause.
func clauseEnd(text string, from int) int {
	for i, r := range text[from:] {
		if strings.ContainsRune(".;:!?”\"\n", r) {
			return from + i
		}
	}
	return len(text)
}

// ask drafts the utterances of every passage that has any, and notes what the
// passages are about.
func (c *curation) ask() {
	for _, p := range c.passages {
		nouns := c.phrases(p.quote)
		if p.antecedent != "" {
			p.about = c.named(p.antecedent)[:min(1, len(c.named(p.antecedent)))]
		}
		for _, id := range c.named(p.quote) {
			p.about = appendNew(p.about, id)
		}
		if p.frame == "" {
			p.frame = p.Frame
		}
		for _, n := range nouns {
			if topic, ok := topicOf(p.quote, n); ok && !p.likely {
				p.frame = framed(p.frame, topic, p.Speaker)
				break
			}
		}
		if p.likely || p.Attribution == corpus.Reported && strings.ContainsAny(p.quote, "“\"") {
			continue // the quote in it is a passage of its own
		}
		u := utterances{taken: c.taken}
		u.spoken(p.Passage, nouns)
		if p.parsed && p.Attribution == corpus.Article {
			cl := p.clause
			cl.subject = c.lowerFirst(cl.subject)
			u.ask(cl, p.antecedent, p.person)
		}
		for _, n := range nouns {
			if len(u.list) < maxUtterances-2 {
				u.add("what about", withArticle(p.quote, n))
			}
		}
		if len(u.list) > 0 {
			c.intents = append(c.intents, intent{id: p.id, passages: []string{p.id}, subjects: p.about, utterances: u.list})
		}
	}
}

func appendNew(list []string, s string) []string {
	for _, o := range list {
		if o == s {
			return list
		}
	}
	return append(list, s)
}

// framed puts what a passage is on before its frame.
func framed(frame, topic, speaker string) string {
	if topic == "" || utf8.RuneCountInString(topic) > 40 || strings.ContainsAny(topic, "“”\"\n:") || speaker != "" && strings.Contains(speaker, topic) {
		return frame
	}
	return "On " + topic + ", " + strings.Replace(frame, "The article", "the article", 1)
}

// lastName is how a text calls somebody.
func lastName(speaker string) string { return corpus.Surname(speaker) }

// mostListed is how many passages a list has at most.
const mostListed = 20

// lists drafts an intent for the quotes of each person who is quoted more than once.
func (c *curation) lists(ids *ids) {
	var order []string
	by := map[string][]string{}
	for _, p := range c.passages {
		if p.Attribution != corpus.Direct || p.likely {
			continue
		}
		if by[p.Speaker] == nil {
			order = append(order, p.Speaker)
		}
		by[p.Speaker] = append(by[p.Speaker], p.id)
	}
	for _, speaker := range order {
		list := by[speaker]
		if len(list) < 2 {
			continue
		}
		u := utterances{taken: c.taken}
		for _, name := range appendNew([]string{lastName(speaker)}, speaker) {
			u.add("what are the quotes of", name)
			u.add("show all quotes by", name)
			u.add("what did", name, "say")
		}
		if len(u.list) == 0 {
			continue
		}
		c.intents = append(c.intents, intent{id: ids.of("quotes of "+speaker, "quotes"), passages: list[:min(mostListed, len(list))], subjects: c.named(speaker), utterances: u.list})
	}
}

// sum chooses the key points, the first sentence of each of the first paragraphs, and
// questions to try.
func (c *curation) sum(source *corpus.Source) {
	last := 0
	for _, p := range c.passages {
		at := p.Quote.Paragraph()
		if len(c.keyPoints) == 5 || at == last || p.likely || at == 1 && c.title != "" {
			continue
		}
		last = at
		if strings.HasSuffix(p.quote, ".") && len(strings.Fields(p.quote)) >= 6 {
			c.keyPoints = append(c.keyPoints, p.id)
		}
	}
	if len(source.Paragraphs()) < 4 {
		c.keyPoints = nil // shorter than its summary
	}
	for _, in := range c.intents {
		for _, q := range in.utterances {
			w := firstWord(q)
			if (w == "when" || w == "where" || w == "why" || w == "how" || strings.HasPrefix(q, "what did")) && utf8.RuneCountInString(q) <= 60 && len(c.questions) < 4 {
				c.questions = appendNew(c.questions, capital(q))
				break
			}
		}
	}
}

func capital(s string) string { return strings.ToUpper(s[:1]) + s[1:] }
