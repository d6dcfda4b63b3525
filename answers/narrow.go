package answers

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"verbatim/answers/question"
	"verbatim/answers/retrieval"
	"verbatim/corpus"
	"verbatim/corpus/words"
)

// SourceName is a source's id or title as names are compared: without case, accents,
// quotation marks around it and white space beyond single spaces.
func SourceName(name string) string {
	return strings.Join(strings.Fields(words.Fold(strings.Trim(strings.TrimSpace(name), `"'“”‘’«»`))), " ")
}

// namesOfSources are the ids of a corpus's sources, and the titles that only one of them
// has, as SourceName has them.
func namesOfSources(c *corpus.Corpus) map[string]*corpus.Source {
	out := map[string]*corpus.Source{}
	for _, s := range c.Sources() {
		title := SourceName(s.Title())
		if _, taken := out[title]; taken {
			out[title] = nil
		} else {
			out[title] = s
		}
	}
	for _, s := range c.Sources() {
		out[SourceName(s.ID())] = s
	}
	return out
}

// Sources returns the sources of the corpus in the order of their ids. The slice is
// shared: do not change it.
func (e *Engine) Sources() []*corpus.Source { return e.corpus.Sources() }

// Source returns the source of an id or a title. The error says that there is none, or which have
// that title.
func (e *Engine) Source(name string) (*corpus.Source, error) {
	if s := e.corpus.Source(name); s != nil {
		return s, nil
	}
	if s := e.sources[SourceName(name)]; s != nil {
		return s, nil
	}
	if s, ok := e.sources[SourceName(name)]; ok && s == nil {
		var ids []string
		for _, s := range e.corpus.Sources() {
			if SourceName(s.Title()) == SourceName(name) && len(ids) <= mostNamed {
				ids = append(ids, s.ID())
			}
		}
		if len(ids) > mostNamed {
			ids[mostNamed] = "…"
		}
		return nil, fmt.Errorf("several articles are called “%s”; name one of these: %s", brief(name, MaxTurnQuestion), strings.Join(ids, ", "))
	}
	return nil, fmt.Errorf("there is no article called “%s” here", brief(name, MaxTurnQuestion))
}

// mostNamed is how many sources of one title are named.
const mostNamed = 5

// narrow finds the source that a question is about alone, and the text without its name:
// the one that the text names, else the question's.
func (e *Engine) narrow(r *reading, q Question) {
	name := q.Source
	if typed, rest := question.Narrowed(q.Text, func(name string) bool { return e.sources[SourceName(name)] != nil }); typed != "" {
		name, r.asTyped, r.names = typed, rest, true
	}
	if name != "" {
		r.within, r.unknown = e.Source(name)
	}
	r.previous = e.turnWithin(q.Previous, r.within)
}

// follow narrows a question that leans on one before it to the source that one named.
func (e *Engine) follow(r *reading, q Question) {
	if r.names || r.dependence < 0.5 || q.Previous.Source == "" {
		return
	}
	if s := e.corpus.Source(q.Previous.Source); s != nil {
		r.within, r.names, r.unknown = s, true, nil
		r.previous = e.turnWithin(q.Previous, s)
	}
}

// turnWithin is a turn without the passages that stand in another source.
func (e *Engine) turnWithin(t Turn, source *corpus.Source) Turn {
	if source == nil {
		return t
	}
	elsewhere := func(key string) bool {
		q, ok := e.corpus.Quote(key)
		return !ok || q.Source() != source
	}
	t.Shown = slices.DeleteFunc(slices.Clone(t.Shown), elsewhere)
	t.Nearest = slices.DeleteFunc(slices.Clone(t.Nearest), elsewhere)
	return t
}

// onlyOf leaves the intents of a source what they have, and those of small talk; nil is every
// source. What the others had speaks for none: the words of a narrowed question say less of
// it than the narrowing does.
func (e *Engine) onlyOf(source *corpus.Source, p []float64) []float64 {
	for i := range p {
		if source != nil && e.home[i] != source && e.intents[i].Chat == "" {
			p[i] = 0
		}
	}
	return p
}

// restatedAt is the share of the words that two sentences have in common at least that say
// the same of something, or contradict each other. Not tuned.
const restatedAt = 2.0 / 3

// setApart takes what other sources say in nearly the words of the first candidate out of the
// others, since it may contradict that, and does not make it less likely to answer. Of the
// sources that say it, those count that have the most of the question's words where they say
// what they are about: of two that say what "the ferry" costs, the one of the place asked for.
func (e *Engine) setApart(r *reading, found *candidates) {
	if len(found.list) == 0 {
		return
	}
	best := *e.library.passages[found.list[0].passage]
	same, others := []sentence{found.list[0]}, []sentence(nil)
	for _, f := range found.list[1:] {
		if p := *e.library.passages[f.passage]; p.Quote.Source() != best.Quote.Source() && restates(p, best) && found.list[0].odds-f.odds < rivalOdds {
			same = append(same, f)
		} else {
			others = append(others, f)
		}
	}
	if len(same) == 1 {
		return
	}
	shares, most := make([]int, len(same)), 0
	for i, f := range same {
		shares[i] = len(namedIn(r, opening(e.library.passages[f.passage].Quote.Source())))
		most = max(most, shares[i])
	}
	var fit []sentence
	for i, f := range same {
		if shares[i] == most {
			fit = append(fit, f)
		}
	}
	found.list, found.restated = append(fit[:1:1], others...), fit[1:]
}

// maxOpening is how much of a source's beginning is read for what it is about, in bytes.
const maxOpening = 400

// opening is a source's title and beginning, where it says what it is about.
func opening(s *corpus.Source) string {
	text := s.Text()
	return s.Title() + "\n" + strings.ToValidUTF8(text[:min(len(text), maxOpening)], "")
}

// firstLine is a source's title and first paragraph.
func firstLine(s *corpus.Source) string {
	text := s.Title()
	if all := s.Paragraphs(); len(all) > 0 {
		text += "\n" + all[0].Text()
	}
	return text
}

// named is how many words of a question a passage has, or its source where it says what it is about.
func named(r *reading, p corpus.Passage) int {
	return len(namedIn(r, opening(p.Quote.Source())+"\n"+p.Quote.Text()))
}

// namedIn returns the words of a question that a text has.
func namedIn(r *reading, text string) (of []string) {
	has := map[string]bool{}
	for _, t := range words.Tokens(text) {
		has[t.Stem] = true
	}
	for _, t := range r.tokens {
		if !empty[t.Word] && has[t.Stem] {
			of = append(of, t.Stem)
		}
	}
	return of
}

// otherwise returns what other sources say in other words than the first passage that is
// shown: one passage of each, as many as one answer shows.
func (e *Engine) otherwise(found candidates, quotes []corpus.Passage) []corpus.Passage {
	shown := slices.Clone(quotes)
	for _, f := range found.restated {
		p := *e.library.passages[f.passage]
		repeats := slices.ContainsFunc(shown, func(q corpus.Passage) bool {
			return q.Quote.Source() == p.Quote.Source() || slices.Equal(plainWords(words.Tokens(q.Quote.Text())), plainWords(words.Tokens(p.Quote.Text())))
		})
		if !repeats && len(shown) < maxTogether {
			shown = append(shown, p)
		}
	}
	return shown[len(quotes):]
}

// elsewhere returns what other sources say where an intent answers with one passage, which they
// may contradict: one passage of each, of the intent's twins, and of the candidates that the
// reader holds to be nearly as good and that restate one of those. Only sources count whose
// title and first line have those words of the question that the intent's source has there.
func (e *Engine) elsewhere(r *reading, found candidates, intent int) []corpus.Passage {
	in := e.intents[intent]
	if len(in.Passages) > 1 || r.within != nil || len(e.corpus.Sources()) == 1 {
		return nil
	}
	quotes := slices.Clip(in.Passages)
	about := namedIn(r, firstLine(e.home[intent]))
	add := func(p corpus.Passage) {
		known := slices.ContainsFunc(quotes, func(q corpus.Passage) bool {
			return q.Quote.Source() == p.Quote.Source() || headingKey(q.Quote.Text()) == headingKey(p.Quote.Text())
		})
		if !known && len(quotes) < maxTogether && len(common(about, namedIn(r, firstLine(p.Quote.Source())))) == len(about) {
			quotes = append(quotes, p)
		}
	}
	for _, t := range e.twins()[intent] {
		add(e.intents[t].Passages[0])
	}
	for _, f := range slices.Concat(found.restated, found.list) {
		p := *e.library.passages[f.passage]
		if found.list[0].odds-f.odds < rivalOdds && slices.ContainsFunc(quotes, func(q corpus.Passage) bool { return restates(p, q) }) {
			add(p)
		}
	}
	return quotes[1:]
}

// together answers with an intent's passage and what other sources say.
func (e *Engine) together(r *reading, intent int, best corpus.Passage, also []corpus.Passage, probability float64) Answer {
	a := e.cover(r, intent, best, probability)
	a.Quotes = append(a.Quotes, also...)
	a.Lead = newestFirst(a.Quotes)
	return a
}

// restates reports whether two passages have nearly the same words.
func restates(a, b corpus.Passage) bool {
	x, y := plainWords(words.Tokens(a.Quote.Text())), plainWords(words.Tokens(b.Quote.Text()))
	return float64(len(common(x, y))) >= restatedAt*float64(max(len(x), len(y)))
}

// newestFirst orders passages of several sources that all answer by when the sources were
// published, and says how many they are. Where one of them does not tell, they stay as they
// are.
func newestFirst(quotes []corpus.Passage) (lead string) {
	sources := map[*corpus.Source]bool{}
	for _, p := range quotes {
		sources[p.Quote.Source()] = true
	}
	if len(sources) < 2 {
		return ""
	}
	published := func(p corpus.Passage) string { return p.Quote.Source().Meta().Published }
	lead = fmt.Sprintf("%d articles say something on that:", len(sources))
	if !slices.ContainsFunc(quotes, func(p corpus.Passage) bool { return published(p) == "" }) {
		slices.SortStableFunc(quotes, func(a, b corpus.Passage) int { return strings.Compare(published(b), published(a)) })
		lead = fmt.Sprintf("%d articles say something on that, the newest first:", len(sources))
	}
	return lead
}

// search finds passages of a source by their words; nil is every source.
func (l *library) search(text string, within *corpus.Source, n int) []retrieval.Hit {
	from, to := 0, len(l.passages)
	if within != nil {
		from, to = l.shelfOf(within)
	}
	return l.index.SearchIn(text, from, to, n)
}

// inText returns the windows of a source in text order; nil is every source.
func (l *library) inText(source *corpus.Source) []int {
	var out []int
	for i := range l.windows {
		if source == nil || l.sources[l.windows[i].shelf].source == source {
			out = append(out, i)
		}
	}
	return out
}

// titleWords returns for each stem the sources that have it in their titles; nil for one.
func titleWords(sources []*corpus.Source) map[string][]int {
	if len(sources) < 2 {
		return nil
	}
	out := map[string][]int{}
	for i, s := range sources {
		for _, t := range words.Tokens(s.Title()) {
			if of := out[t.Stem]; !empty[t.Word] && (len(of) == 0 || of[len(of)-1] != i) {
				out[t.Stem] = append(of, i)
			}
		}
	}
	return out
}

const (
	// leastTitled is how many words of a source's title a question has at least that may mean
	// that source, and mostTitled how many sources it may mean. Not tuned.
	leastTitled = 2
	mostTitled  = 3
	// commonInTitles is in how many titles a word is at most that counts: one that is in more
	// tells little, and takes long to count.
	commonInTitles = 2000
	// mostInTitled is how many passages of such a source are looked at.
	mostInTitled = 5
)

// inTitled returns, of the sources whose titles have the most of a question's words, the
// passages that have the others. In a folder of releases that say the same of different
// places, it is the title that tells them apart.
func (e *Engine) inTitled(r *reading) (lists [][]int) {
	if r.within != nil {
		return nil
	}
	shared := map[int]int{}
	most := leastTitled
	for _, t := range r.tokens {
		of := e.titles[t.Stem]
		if len(of) > commonInTitles {
			continue
		}
		for _, s := range of {
			shared[s]++
			most = max(most, shared[s])
		}
	}
	maps.DeleteFunc(shared, func(_, n int) bool { return n < most })
	meant := slices.Sorted(maps.Keys(shared))
	for _, s := range meant[:min(mostTitled, len(meant))] {
		lists = append(lists, passagesOf(e.library.search(r.asTyped, e.corpus.Sources()[s], mostInTitled)))
	}
	return lists
}
