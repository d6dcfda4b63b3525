package answers

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"unicode"

	"verbatim/answers/question"
	"verbatim/answers/reader"
	"verbatim/corpus"
	"verbatim/corpus/attribution"
	"verbatim/corpus/words"
)

// What any source can be asked by the form of the question: what it is about, who is
// quoted, its third paragraph, where a word stands in it.

// listed bounds a list of passages.
const listed = 20

// general answers a question of a general kind; false where it is of none, or where the
// intents or the reader know better.
func (e *Engine) general(r *reading) (Answer, bool) {
	kind := r.asks.Kind
	if kind.IsTalk() {
		return e.chat(r, string(kind)), true
	}
	if e.leansOnTurn(r) {
		return Answer{}, false
	}
	if asks, ok := e.onward(r); ok {
		r.asks, kind = asks, asks.Kind
	}
	s, ok := e.talkedOf(r)
	if !ok && isOfOne(kind) {
		return e.which(r), true
	}
	switch kind {
	case question.Sources:
		return e.fact(r, e.articlesHere()), true
	case question.Compare:
		return e.compare(r, s)
	case question.More:
		return e.moreOf(r)
	case question.CountQuotes:
		n := len(spoken(s))
		return e.fact(r, fmt.Sprintf("%s has %s.", e.nameOf(s), count(n, "quote"))), true
	case question.CountVoices:
		return e.fact(r, e.voicesOf(s)+"."), true
	case question.CountWords:
		n := 0
		for _, p := range s.Paragraphs() {
			n += len(strings.Fields(p.Text()))
		}
		return e.fact(r, fmt.Sprintf("%s has %s.", e.nameOf(s), count(n, "word"))), true
	case question.CountParagraphs:
		return e.fact(r, fmt.Sprintf("%s has %s.", e.nameOf(s), count(len(s.Paragraphs()), "paragraph"))), true
	case question.Paragraph, question.Sentence, question.Beginning, question.End:
		return e.part(r, s), true
	case question.Next, question.Previous:
		return e.neighbour(r)
	case question.Find:
		return e.occurrences(r)
	case question.Place:
		return e.placeOf(r)
	case question.Publisher:
		if meta := s.Meta(); meta.Publisher == "" && meta.URL == "" && len(r.tokens) <= 2 && len(r.previous.Shown) > 0 {
			return e.placeOf(r) // "source?"
		}
	case question.Again:
		shown := e.shown(r.previous)
		return listOf(shown, ""), len(r.previous.Shown) > 0 && len(shown) > 0
	case question.SaidThat:
		if a, ok := e.saidThat(r); ok {
			return a, true
		}
		r.asks.Kind = question.Claim
	case question.Quotes:
		if r.asks.Thing != "" {
			return e.allBy(r, s)
		}
	}
	if !describes(kind) {
		return Answer{}, false
	}
	if b, _ := e.weighed(r, e.rank(r)); len(b) > 0 && slices.Max(b) > 0.5 && e.describedBy(slices.Index(b, slices.Max(b)), kind) {
		return Answer{}, false
	}
	if !ok {
		return e.which(r), true
	}
	return e.describe(r, s)
}

// onward reads "and Hart?" after what another said as asking what Hart said.
func (e *Engine) onward(r *reading) (question.Question, bool) {
	name := r.asks.Frame.Beside
	if name == "" || r.asks.Kind != question.Content || question.Read(r.previous.Question).Kind != question.Quotes {
		return question.Question{}, false
	}
	if s, ok := e.talkedOf(r); !ok || len(e.saidBy(strings.Fields(name), s)) == 0 {
		return question.Question{}, false
	}
	return question.Question{Text: r.asTyped, Kind: question.Quotes, Thing: name}, true
}

// which says that a question has another answer in each source, and names them.
func (e *Engine) which(r *reading) Answer {
	return e.fact(r, "That is different in each article. "+e.articlesHere())
}

// isOfOne reports whether a question of a kind is about one source as a text.
func isOfOne(kind question.Kind) bool {
	switch kind {
	case question.CountQuotes, question.CountVoices, question.CountWords, question.CountParagraphs,
		question.Paragraph, question.Sentence, question.Beginning, question.End:
		return true
	}
	return false
}

// placeOf answers where what was shown stands; false where nothing was.
func (e *Engine) placeOf(r *reading) (Answer, bool) {
	shown := e.shown(r.previous)
	if len(r.previous.Shown) == 0 || len(shown) == 0 {
		return Answer{}, false
	}
	a := listOf(shown, "")
	a.Confidence = 1
	in := ""
	if q := shown[0].Quote; len(e.corpus.Sources()) > 1 {
		in = " of “" + q.Source().Title() + "”"
	}
	a.Lead = fmt.Sprintf("That stands in paragraph %d%s:", shown[0].Quote.Paragraph(), in)
	return a, true
}

// saidThat answers whether somebody said what the turn before showed; false where it showed nothing, or several things.
func (e *Engine) saidThat(r *reading) (Answer, bool) {
	shown := e.shown(r.previous)
	if len(r.previous.Shown) != 1 || len(shown) != 1 || shown[0].Attribution == corpus.Article && !quotes(shown[0]) {
		return Answer{}, false
	}
	p := shown[0]
	who, typed := e.sayerNamed(r.asks.Thing, false, p.Quote.Source()), words.Tokens(r.asks.Thing)
	if named := allIn(plainWords(typed), who.names); !named && !who.pronoun && !isArticle(typed[0]) || who.isNobody() { // "and did Hart win?"
		return Answer{}, false
	}
	a := Answer{Kind: Verdict, Finding: Exact, Intent: r.previous.Intent, Confidence: 0.9, Quotes: shown, Lead: credit(p)}
	switch is := e.claimant(who, p); {
	case is == another && anyOf(r.tokens, "too"):
		return Answer{Kind: Verdict, Finding: Absent, Confidence: 0.9, Nearest: shown, Lead: "The article does not say so of the one you name. " + credit(p)}, true
	case is == another:
		a.Finding, a.Lead = Misattributed, "The words are real, but not said by the one you name. "+credit(p)
	case !quotes(p):
		a.Finding = Reported
	}
	return a, true
}

// describedBy reports whether a curator wrote down with an intent what to say to a question
// of a kind that describes a source. Who is quoted is told only by words that somebody says.
func (e *Engine) describedBy(intent int, kind question.Kind) bool {
	in := &e.intents[intent]
	quotes := kind == question.Voices || kind == question.Quotes
	return !quotes || len(in.Passages) > 0 && in.Passages[0].Spoken()
}

// describes reports whether describe answers questions of a kind.
func describes(kind question.Kind) bool {
	switch kind {
	case question.Summary, question.Voices, question.Quotes, question.Headline, question.Published, question.Publisher, question.Author:
		return true
	}
	return false
}

// describe answers what a source is about and where it comes from.
func (e *Engine) describe(r *reading, s *corpus.Source) (Answer, bool) {
	meta := s.Meta()
	switch r.asks.Kind {
	case question.Summary:
		return listOf(summary(s), "The article has no text."), true
	case question.Voices, question.Quotes:
		quotes := spoken(s)
		if r.asks.Kind == question.Voices {
			quotes = firstOfEach(quotes)
		}
		a := listOf(quotes, "The article quotes nobody.")
		if r.asks.Kind == question.Voices && len(a.Quotes) > 0 {
			a.Lead = e.voicesOf(s) + "."
		}
		return a, true
	case question.Headline:
		return e.fact(r, "It is called “"+s.Title()+"”."), true
	case question.Published:
		if p, ok := dated(s); ok && meta.Published == "" {
			return listOf([]corpus.Passage{p}, ""), true
		}
		return e.known(r, "It was published on %s.", meta.Published, "its date")
	case question.Publisher:
		from := meta.Publisher
		if meta.URL != "" {
			from = strings.TrimPrefix(from+", "+meta.URL, ", ")
		}
		return e.known(r, "It was published by %s.", from, "where it was published")
	case question.Author:
		return e.known(r, "It was written by %s.", cmp.Or(meta.Author, authorOf(s.Author()), byline(s)), "its author")
	}
	return Answer{}, false
}

// authorOf is an author's name, empty where the text does not tell it.
func authorOf(author string) string {
	if author == attribution.TheAuthor {
		return ""
	}
	return author
}

// known tells what is known of a source; where it is not known, the text itself may say it.
func (e *Engine) known(r *reading, format, value, what string) (Answer, bool) {
	if value != "" {
		return e.fact(r, fmt.Sprintf(format, value)), true
	}
	if a := e.decide(r, e.rank(r)); a.Confidence >= surelyTold && tellsOfItself(a) {
		return a, true
	}
	return e.fact(r, "I was not told "+what+", and the article does not say."), true
}

// surelyTold is the least probability of a line in which a text itself says where it comes
// from. Not tuned.
const surelyTold = 0.6

// fact is a short true answer without a quote.
func (e *Engine) fact(r *reading, text string) Answer {
	r.note("asked about the source: %s", r.asks.Kind)
	return Answer{Kind: Chat, Confidence: 1, Lead: text}
}

// nameOf is a source in a sentence: by its title where there are several.
func (e *Engine) nameOf(s *corpus.Source) string {
	if len(e.corpus.Sources()) > 1 {
		return "“" + s.Title() + "”"
	}
	return "The article"
}

func count(n int, what string) string {
	switch {
	case n == 1:
		return "1 " + what
	case what == "person":
		return fmt.Sprintf("%d people", n)
	}
	return fmt.Sprintf("%d %ss", n, what)
}

// talkedOf is the source that a question is narrowed to, else the one that the conversation
// is about, else the first, which is then one of several unless ok.
func (e *Engine) talkedOf(r *reading) (s *corpus.Source, ok bool) {
	if r.within != nil {
		return r.within, true
	}
	if shown := e.shown(r.previous); len(shown) > 0 {
		return shown[0].Quote.Source(), true
	}
	sources := e.corpus.Sources()
	return sources[0], len(sources) == 1
}

// spoken returns the passages of a source that are somebody's own words or hold some, in
// text order.
func spoken(s *corpus.Source) []corpus.Passage {
	var out []corpus.Passage
	for _, p := range inOrder(s) {
		if quotes(p) {
			out = append(out, p)
		}
	}
	return out
}

// quotes reports whether a passage is, or holds, words that somebody is known to have spoken.
func quotes(p corpus.Passage) bool {
	return p.Attribution == corpus.Direct || len(p.Words) > 0 && p.Speaker != "" && !p.Unsure
}

// firstOfEach returns the first passage of each speaker.
func firstOfEach(passages []corpus.Passage) []corpus.Passage {
	seen := map[string]bool{}
	return slices.DeleteFunc(passages, func(p corpus.Passage) bool {
		again := seen[p.Speaker]
		seen[p.Speaker] = true
		return again
	})
}

// voicesOf says how many people a source quotes, and whom.
func (e *Engine) voicesOf(s *corpus.Source) string {
	names := voices(s)
	if len(names) == 0 {
		return e.nameOf(s) + " quotes nobody"
	}
	return strings.TrimSuffix(fmt.Sprintf("%s quotes %s: %s", e.nameOf(s), count(len(names), "person"), strings.Join(names, ", ")), ": ")
}

// voices returns who is quoted in a source, in the order in which they first speak.
func voices(s *corpus.Source) []string {
	var out []string
	for _, p := range firstOfEach(spoken(s)) {
		out = append(out, p.Speaker)
	}
	return out
}

// inOrder returns a source's passages in text order, those left out that lie in another, and
// those that break off inside the quotation that is the next.
func inOrder(s *corpus.Source) []corpus.Passage {
	list := slices.Clone(s.Passages())
	slices.SortStableFunc(list, func(a, b corpus.Passage) int {
		if d := a.Quote.Start() - b.Quote.Start(); d != 0 {
			return d
		}
		return b.Quote.End() - a.Quote.End()
	})
	out := list[:0]
	for _, p := range list {
		n := len(out)
		switch {
		case n > 0 && out[n-1].Quote.Contains(p.Quote):
		case n > 0 && p.Spoken() && p.Quote.Source() == out[n-1].Quote.Source() && p.Quote.Start() < out[n-1].Quote.End():
			out[n-1] = p
		default:
			out = append(out, p)
		}
	}
	return out
}

// leastPoint is how many words a sentence has that says something of a text: fewer are
// datelines and bylines.
const leastPoint = 6

// summary returns a source's key points: a curator's, else the sentence that each of the
// first paragraphs begins with, which in news and reports says the most.
func summary(s *corpus.Source) []corpus.Passage {
	if points := s.KeyPoints(); len(points) > 0 {
		return points[:min(maxKeyPoints, len(points))]
	}
	var out []corpus.Passage
	passages := inOrder(s)
	for _, p := range s.Paragraphs() {
		if (reader.IsHeading(p.Text()) || bylineIn(p.Text()) != "") && len(s.Paragraphs()) > 1 {
			continue
		}
		for _, q := range passages {
			if p.Contains(q.Quote) && len(strings.Fields(q.Quote.Text())) >= leastPoint {
				out = append(out, q)
				break
			}
		}
		if len(out) == maxKeyPoints {
			break
		}
	}
	return out
}

func listOf(passages []corpus.Passage, none string) Answer {
	if len(passages) == 0 {
		return Answer{Kind: NotCovered, Confidence: 0.8, Lead: none}
	}
	passages = passages[:min(listed, len(passages))]
	return Answer{Kind: kindOf(passages), Confidence: 0.8, Quotes: passages, Lead: passages[0].Frame}
}

// underHeading answers a question that stands in a source as a heading, as those of a list of
// questions and answers do, with what stands under it.
func (e *Engine) underHeading(r *reading) (Answer, bool) {
	for _, under := range e.headings[headingKey(r.asTyped)] {
		s := under.Source()
		if r.within != nil && r.within != s || len(e.uttered(r)) > 0 { // a curator knows better
			continue
		}
		var found []corpus.Passage
		for _, p := range inOrder(s) {
			if under.Contains(p.Quote) && len(found) < maxTogether {
				found = append(found, p)
			}
		}
		if len(found) > 0 {
			return Answer{Kind: kindOf(found), Confidence: 1, Quotes: found, Lead: found[0].Frame}, true
		}
	}
	return Answer{}, false
}

// headingKey is a question as headings are looked up by it: its words.
func headingKey(text string) string { return strings.Join(plainWords(words.Tokens(text)), " ") }

// askedIn returns for each question that stands in a source as a paragraph the ones that follow
// it there.
func askedIn(sources []*corpus.Source) map[string][]corpus.Quote {
	out := map[string][]corpus.Quote{}
	for _, s := range sources {
		all := s.Paragraphs()
		for i, p := range all[:max(0, len(all)-1)] {
			if text := p.Text(); strings.HasSuffix(text, "?") && len(text) < maxKept {
				out[headingKey(text)] = append(out[headingKey(text)], all[i+1])
			}
		}
	}
	return out
}

// part answers a question for a paragraph or sentence by its number, for the beginning or
// the end.
func (e *Engine) part(r *reading, s *corpus.Source) Answer {
	var parts [][]corpus.Passage // paragraph by paragraph, or sentence by sentence
	passages := inOrder(s)
	for _, p := range s.Paragraphs() {
		var in []corpus.Passage
		for _, q := range passages {
			if p.Contains(q.Quote) && strings.ContainsFunc(q.Quote.Text(), unicode.IsLetter) {
				in = append(in, q)
			}
		}
		switch {
		case r.asks.Kind != question.Sentence:
			parts = append(parts, in)
		case !reader.IsHeading(p.Text()):
			for _, q := range in {
				parts = append(parts, []corpus.Passage{q})
			}
		}
	}
	if r.asks.Kind == question.Beginning || r.asks.Kind == question.End {
		parts = slices.DeleteFunc(parts, func(in []corpus.Passage) bool {
			return len(in) == 0 || len(in) == 1 && reader.IsHeading(in[0].Quote.Text())
		})
	}
	n := r.asks.Number - 1
	switch {
	case r.asks.Kind == question.Beginning:
		n = 0
	case r.asks.Kind == question.End:
		n = len(parts) - 1
	case r.asks.Number < 0:
		n = len(parts) + r.asks.Number
	}
	if n >= 0 && n < len(parts) && len(parts[n]) == 0 {
		return Answer{Kind: NotCovered, Confidence: 1, Lead: fmt.Sprintf("Paragraph %d is a heading or has nothing to quote; try the next.", n+1)}
	}
	if n < 0 || n >= len(parts) {
		return Answer{Kind: NotCovered, Confidence: 1, Lead: fmt.Sprintf("The article has no such part: it has %s.", count(len(s.Paragraphs()), "paragraph"))}
	}
	a := listOf(parts[n], "")
	a.Confidence = 1
	return a
}

// neighbour answers what follows, or goes before, what was shown.
func (e *Engine) neighbour(r *reading) (Answer, bool) {
	shown := e.shown(r.previous)
	if len(shown) == 0 { // "what happens next?" may be asked of the events
		return e.fact(r, "There is nothing shown yet that this could follow. Ask for the beginning, or about something in the article."), r.previous.Kind == "" && r.tokens[0].Word != "what"
	}
	next := e.following(shown)
	if anyOf(r.tokens, "onward") {
		next = e.readOn(shown)
	}
	if r.asks.Kind == question.Previous {
		next = e.before(shown)
	}
	if len(next) == 0 {
		return Answer{Kind: NotCovered, Confidence: 1, Lead: "There is no more of it on that side."}, true
	}
	return Answer{Kind: kindOf(next), Confidence: 0.9, Quotes: next, Lead: next[0].Frame}, true
}

// occurrences answers where words stand in the corpus; false where there are none to look
// for. Where they do not stand there, what was meant may be said in other words.
func (e *Engine) occurrences(r *reading) (Answer, bool) {
	wanted := words.Tokens(r.asks.Thing)
	var found []corpus.Passage
	n := 0
	for _, s := range e.sourcesFor(r.asks.Thing, r.within) {
		for _, p := range inOrder(s) {
			if here := timesIn(p.Quote.Text(), wanted); here > 0 {
				n += here
				if len(found) < listed {
					found = append(found, p)
				}
			}
		}
	}
	if n == 0 {
		return e.notFound(r), true
	}
	times := fmt.Sprintf("%d times", n)
	if n == 1 {
		times = "once"
	}
	lead := fmt.Sprintf("“%s” stands there %s:", r.asks.Thing, times)
	if r.within == nil && len(e.corpus.Sources()) > manySources {
		lead = fmt.Sprintf("“%s” stands %s in the articles that have it most:", r.asks.Thing, times)
	}
	return Answer{Kind: kindOf(found), Confidence: 1, Quotes: found, Lead: lead}, true
}

// timesIn is how often words stand side by side in a text; the last may have another ending.
func timesIn(text string, wanted []words.Token) int {
	tokens, n := words.Tokens(text), 0
	for i := range tokens {
		if i+len(wanted) > len(tokens) || len(wanted) == 0 {
			break
		}
		same := true
		for k, w := range wanted {
			same = same && (tokens[i+k].Word == w.Word || k == len(wanted)-1 && tokens[i+k].Stem == w.Stem)
		}
		if same {
			n++
		}
	}
	return n
}

// ofPronoun returns the speaker whom a pronoun means where somebody was talked about: them, or where they are of the other sex the
// only speaker of the source who is not; empty where several are.
func (e *Engine) ofPronoun(pronoun, who string, s *corpus.Source) string {
	i := slices.Index(persons, pronoun)
	as := attribution.Pronoun(who)
	if i < 0 || as == "" || as == persons[i%2] {
		return who
	}
	fit := slices.DeleteFunc(slices.Clone(e.namesOf(s).speakers), func(speaker string) bool { return attribution.Pronoun(speaker) != persons[i%2] })
	if len(fit) != 1 {
		return ""
	}
	return fit[0]
}

// speakerNamedIn returns whom a passage names of those that its source credits with something, empty where
// it names none or several.
func (e *Engine) speakerNamedIn(p corpus.Passage) string {
	text := p.Quote.Text()
	named := slices.DeleteFunc(slices.Clone(e.namesOf(p.Quote.Source()).speakers), func(speaker string) bool {
		return !slices.ContainsFunc(words.Tokens(text), func(t words.Token) bool { return capitalAt(text, t.Start) && e.isNameOf(t.Word, speaker) })
	})
	if len(named) != 1 {
		return ""
	}
	return named[0]
}

// allBy answers with everything that a source quotes of somebody; false where it credits
// nobody of that name.
func (e *Engine) allBy(r *reading, s *corpus.Source) (Answer, bool) {
	names := strings.Fields(r.asks.Thing)
	if len(names) == 1 && question.In("subject", names[0]) || names[0] == "him" || names[0] == "her" || names[0] == "them" {
		if shown := e.shown(r.previous); len(shown) > 0 {
			if who := e.ofPronoun(names[0], cmp.Or(shown[0].Speaker, e.speakerNamedIn(shown[0])), shown[0].Quote.Source()); who != "" {
				names = strings.Fields(words.Fold(who))
			}
		}
	}
	own := e.saidBy(names, s)
	if len(own) == 0 {
		return Answer{}, false
	}
	return listOf(own, ""), true
}
