// Package gaps groups the questions that were not answered by what they mean, and
// makes of each group an intent for a curator to look at.
package gaps

import (
	"cmp"
	"slices"
	"strings"

	"verbatim/answers"
	"verbatim/answers/draft"
	"verbatim/answers/reader"
	"verbatim/corpus"
	"verbatim/corpus/words"
)

const (
	// mostTexts is how many different texts are grouped: 20,000 take some minutes.
	// Of more, those asked most often are taken, and the latest of those.
	mostTexts = 20_000
	// mostBackground is how many of a corpus's own utterances or passages tell what
	// all its questions have in common. 100 gave all that could be measured, and
	// take half a second.
	mostBackground = 100
	// mostNearest is how many passages are proposed as the nearest.
	mostNearest = 2
	// mostIntents is how many of the intents that a group was taken for are named.
	mostIntents = 3
)

// Engine is what answers questions now; answers.Engine is one.
type Engine interface {
	Ask(answers.Question) answers.Answer
}

// Gap is a group of questions that are alike and were not answered.
type Gap struct {
	// ID is made of the words of its first utterance, and no intent of the corpus has it.
	ID string
	// Source is the source that its intent belongs to.
	Source *corpus.Source
	// Questions is how often it was asked, People by how many different people.
	Questions, People int
	// Utterances are its texts as they were asked, those asked most often first,
	// without what differs in case, white space or punctuation alone.
	Utterances []string
	// NotCovered: the engine says so of at least half of the questions.
	NotCovered bool
	// Proposed are the passages that the engine answers with, those of most
	// questions first; empty where it is not covered.
	Proposed []corpus.Passage
	// Nearest are the passages that the engine calls the nearest where it is not
	// covered, those of most questions first, at most two; may be empty.
	Nearest []corpus.Passage
	// Intents are what the engine took the questions for, the most frequent first.
	Intents []Taken
}

// Taken is an intent that questions were taken for, and how many.
type Taken struct {
	Intent    string `json:"intent"`
	Questions int    `json:"questions"`
}

// Report is what Questions.Gaps finds. All but Gaps count questions.
type Report struct {
	// Gaps are the groups, those of most questions first.
	Gaps []Gap
	// Questions are all that were added.
	Questions int
	// Known are those whose text the corpus has as an utterance by now, Answered
	// those that it answers with confidence by now.
	Known, Answered int
	// Wordless have no text, or one without a word.
	Wordless int
	// Few are in groups of fewer questions than were asked for.
	Few int
	// Beyond are those that were too many to be grouped.
	Beyond int
}

// Questions collects questions that were not answered. The zero value is empty.
type Questions struct {
	byKey    map[string]*asked
	inOrder  []*asked
	all      int
	wordless int
}

// asked is one text, in all the ways it was typed.
type asked struct {
	key, text string
	times     int
	last      int // which question of all it was last
	people    map[string]bool
	answer    answers.Answer
}

// Add adds a question as it was typed, and an opaque key of who asked, "" where
// that is not known.
func (q *Questions) Add(text, person string) {
	q.all++
	text = strings.TrimSpace(strings.ToValidUTF8(text, "\uFFFD"))
	k := key(text)
	if k == "" {
		q.wordless++
		return
	}
	a := q.byKey[k]
	if a == nil {
		if q.byKey == nil {
			q.byKey = map[string]*asked{}
		}
		a = &asked{key: k, text: text, people: map[string]bool{}}
		q.byKey[k] = a
		q.inOrder = append(q.inOrder, a)
	}
	a.times++
	a.last = q.all
	if person != "" {
		a.people[person] = true
	}
}

// key is the same for texts that differ in case, white space or punctuation alone.
func key(text string) string {
	var b strings.Builder
	for _, t := range words.Tokens(text) {
		b.WriteString(t.Word)
		b.WriteByte(' ')
	}
	return b.String()
}

// Gaps groups the questions that a corpus does not answer with at least the
// confidence sure (0 to 1) by now, and returns the groups of at least least
// questions. The engine must be one on that corpus. The same questions in the same
// order give the same groups.
//
// With 10,000 different texts and the embedded article, bot journal gaps took 62
// seconds of processor time and 190 MB in all; the grouping itself takes 8 of them
// (BenchmarkCluster), the rest is the engine's and the encoder's.
func (q *Questions) Gaps(e Engine, c *corpus.Corpus, sure float64, least int) Report {
	r := Report{Questions: q.all, Wordless: q.wordless}
	known := utterances(c)
	var left []*asked
	for _, a := range q.inOrder {
		if known[a.key] {
			r.Known += a.times
			continue
		}
		left = append(left, a)
	}
	left, r.Beyond = most(left)
	reader.InParallel(len(left), func(i int) { left[i].answer = e.Ask(answers.Question{Text: left[i].text}) })
	left = slices.DeleteFunc(left, func(a *asked) bool {
		answered := a.answer.Kind == answers.Chat || len(a.answer.Quotes) > 0 && a.answer.Kind != answers.Clarify && a.answer.Confidence >= sure
		if answered {
			r.Answered += a.times
		}
		return answered
	})
	texts := make([]string, len(left))
	for i, a := range left {
		texts[i] = a.text
	}
	ids := draft.IDs{}
	for _, s := range c.Sources() {
		for _, in := range s.Intents() {
			ids[in.ID] = true
		}
	}
	groups := make([][]*asked, 0, len(texts))
	for _, group := range Cluster(texts, background(c)) {
		var of []*asked
		for _, i := range group {
			of = append(of, left[i])
		}
		groups = append(groups, of)
	}
	slices.SortStableFunc(groups, func(a, b []*asked) int {
		return cmp.Or(cmp.Compare(times(b), times(a)), cmp.Compare(people(b), people(a)))
	})
	for _, g := range groups {
		if times(g) < least {
			r.Few += times(g)
			continue
		}
		slices.SortStableFunc(g, func(a, b *asked) int { return cmp.Compare(b.times, a.times) })
		gap := propose(e, c, g)
		gap.ID = ids.Of("question", gap.Utterances[0])
		r.Gaps = append(r.Gaps, gap)
	}
	return r
}

// utterances are the keys of what a corpus has as utterances.
func utterances(c *corpus.Corpus) map[string]bool {
	known := map[string]bool{}
	for _, s := range c.Sources() {
		for _, in := range s.Intents() {
			for _, u := range in.Utterances {
				known[key(u)] = true
			}
		}
	}
	return known
}

// most returns as many texts as are grouped, in their order, and how many
// questions that leaves out.
func most(all []*asked) (kept []*asked, beyond int) {
	if len(all) <= mostTexts {
		return all, 0
	}
	ranked := slices.Clone(all)
	slices.SortFunc(ranked, func(a, b *asked) int {
		return cmp.Or(cmp.Compare(b.times, a.times), cmp.Compare(b.last, a.last))
	})
	out := map[*asked]bool{}
	for _, a := range ranked[mostTexts:] {
		out[a] = true
		beyond += a.times
	}
	return slices.DeleteFunc(all, func(a *asked) bool { return out[a] }), beyond
}

// background is what is asked of a corpus in any case: some of its utterances,
// from all over it, or of its passages where it has none.
func background(c *corpus.Corpus) []string {
	var all []string
	for _, s := range c.Sources() {
		for _, in := range s.Intents() {
			all = append(all, in.Utterances...)
		}
	}
	if len(all) == 0 {
		for _, s := range c.Sources() {
			for _, p := range s.Passages() {
				all = append(all, p.Quote.Text())
			}
		}
	}
	if len(all) <= mostBackground {
		return all
	}
	some := make([]string, mostBackground)
	for i := range some {
		some[i] = all[i*len(all)/mostBackground]
	}
	return some
}

func times(group []*asked) (n int) {
	for _, a := range group {
		n += a.times
	}
	return n
}

func people(group []*asked) int {
	all := map[string]bool{}
	for _, a := range group {
		for p := range a.people {
			all[p] = true
		}
	}
	return len(all)
}

// propose makes a gap of a group, from what the engine answers to it.
func propose(e Engine, c *corpus.Corpus, group []*asked) Gap {
	g := Gap{Questions: times(group), People: people(group)}
	var proposed, nearest tally[corpus.Passage]
	var intents tally[string]
	none := 0
	for _, a := range group {
		g.Utterances = append(g.Utterances, a.text)
		if a.answer.Intent != "" {
			intents.add(a.answer.Intent, a.answer.Intent, a.times)
		}
		quotes := a.answer.Quotes
		if a.answer.Kind == answers.Clarify {
			quotes = choices(e, a.answer)
		} else if len(quotes) > 0 {
			quotes = quotes[:1]
		}
		for _, p := range quotes {
			proposed.add(p.Quote.Key(), p, a.times)
		}
		if len(quotes) == 0 {
			none += a.times
			for _, p := range a.answer.Nearest {
				nearest.add(p.Quote.Key(), p, a.times)
			}
		}
	}
	for _, i := range intents.ranked() {
		if len(g.Intents) < mostIntents {
			g.Intents = append(g.Intents, Taken{i.value, i.n})
		}
	}
	g.NotCovered = 2*none >= g.Questions
	passages := proposed.ranked()
	if g.NotCovered {
		passages = nearest.ranked()
	}
	if len(passages) > 0 {
		g.Source = passages[0].value.Quote.Source()
	} else {
		g.Source = sourceOf(c, g.Intents)
	}
	for _, p := range passages {
		switch {
		case p.value.Quote.Source() != g.Source: // an intent has passages of its own source
		case !g.NotCovered:
			g.Proposed = append(g.Proposed, p.value)
		case len(g.Nearest) < mostNearest:
			g.Nearest = append(g.Nearest, p.value)
		}
	}
	return g
}

// choices are the passages that answer what a clarification offers.
func choices(e Engine, a answers.Answer) (out []corpus.Passage) {
	for _, s := range a.Suggestions {
		if quotes := e.Ask(answers.Question{Text: s}).Quotes; len(quotes) > 0 {
			out = append(out, quotes[0])
		}
	}
	return out
}

// sourceOf is the source of the first of the intents, else the corpus's first.
func sourceOf(c *corpus.Corpus, intents []Taken) *corpus.Source {
	for _, t := range intents {
		for _, s := range c.Sources() {
			if slices.ContainsFunc(s.Intents(), func(in corpus.Intent) bool { return in.ID == t.Intent }) {
				return s
			}
		}
	}
	return c.Sources()[0]
}

// tally counts things by a key. The zero value is empty.
type tally[T any] struct{ counts []counted[T] }

type counted[T any] struct {
	key   string
	value T
	n     int
}

func (t *tally[T]) add(key string, value T, n int) {
	i := slices.IndexFunc(t.counts, func(c counted[T]) bool { return c.key == key })
	if i < 0 {
		i = len(t.counts)
		t.counts = append(t.counts, counted[T]{key: key, value: value})
	}
	t.counts[i].n += n
}

// ranked returns what was counted, the most frequent first.
func (t *tally[T]) ranked() []counted[T] {
	slices.SortStableFunc(t.counts, func(a, b counted[T]) int { return cmp.Compare(b.n, a.n) })
	return t.counts
}
