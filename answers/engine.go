package answers

import (
	"cmp"
	"regexp"
	"slices"
	"strings"
	"sync"

	"verbatim/answers/question"
	"verbatim/answers/reader"
	"verbatim/corpus"
	"verbatim/corpus/words"
)

// Engine answers questions on one corpus. It does not change after New and may
// be used by many goroutines.
type Engine struct {
	corpus     *corpus.Corpus
	model      *Model
	vocabulary *vocabulary
	intents    []corpus.Intent           // of all sources, in the order of the model's labels
	home       []*corpus.Source          // of each intent
	sources    map[string]*corpus.Source // by their names, see namesOfSources
	group      []int                     // of each intent, see groupsOf
	members    [][]int                   // the intents of each group
	twins      func() [][]int            // of each intent, see twinsOf
	phrasings  func() [][]phrasing       // of each intent, those that can be offered
	uses       map[string]int            // of each subject in the intents
	text       map[string]bool           // stems of the words of the sources with intents
	said       map[string]bool           // those words
	trust      float64                   // in the intents, see trustIn
	utterances *utterances               // of intents that have few, see utterancesOf; else nil
	library    *library                  // of all sources
	names      sync.Map                  // see namesOf
	drafts     *drafts                   // what drafted intents say of the passages
	titles     map[string][]int          // of each stem, the sources that have it in their titles
	headings   map[string][]corpus.Quote // of each question that is a heading, what follows it
	all        []*stream                 // of every source, where there are few
	answered   answerCache

	// given are the passages of a source's intents.
	given map[*corpus.Source][]corpus.Quote
}

// manySources is the number of sources beyond which words are looked for only in
// the sources that have the most of them, and not in all.
const manySources = 20

// New returns an engine for a corpus and the model that was compiled from it.
func New(c *corpus.Corpus, m *Model) *Engine {
	e := &Engine{corpus: c, model: m, vocabulary: newVocabulary(c.Sources()),
		intents: intentsOf(c), sources: namesOfSources(c), given: map[*corpus.Source][]corpus.Quote{}, uses: map[string]int{}, text: map[string]bool{}, said: map[string]bool{}}
	for _, s := range c.Sources() {
		for _, in := range reviewed(s) {
			e.home = append(e.home, s)
			for _, p := range in.Passages {
				e.given[s] = append(e.given[s], p.Quote)
			}
		}
	}
	n := 0
	e.group, n = groupsOf(e.intents)
	e.members = make([][]int, n)
	for i, in := range e.intents {
		e.members[e.group[i]] = append(e.members[e.group[i]], i)
		for _, s := range in.Subjects {
			e.uses[s]++
		}
	}
	e.phrasings = sync.OnceValue(func() [][]phrasing {
		out := make([][]phrasing, len(e.intents))
		for i, in := range e.intents {
			if len(in.Passages) > 0 {
				out[i] = offered(in.Utterances)
			}
		}
		return out
	})
	for _, s := range c.Sources() {
		if len(reviewed(s)) == 0 {
			continue
		}
		for _, t := range words.Tokens(s.Text()) {
			if !empty[t.Word] {
				e.text[t.Stem], e.said[t.Word] = true, true
			}
		}
	}
	e.twins = sync.OnceValue(func() [][]int {
		if len(e.home) == 0 || e.home[0] == e.home[len(e.home)-1] { // none, or all of one source
			return make([][]int, len(e.intents))
		}
		return twinsOf(e.intents, e.home)
	})
	if e.trust = trustIn(e.intents); e.trust < 1 {
		e.utterances = utterancesOf(e.intents)
	}
	e.drafts = draftsOf(c)
	e.titles, e.headings = titleWords(c.Sources()), askedIn(c.Sources())
	passages := passagesIn(c)
	e.library = newLibrary(passages, e.drafts.of(passages), m.Vectors)
	if len(c.Sources()) <= manySources {
		e.all = streamsOf(c.Sources())
	}
	return e
}

// reading is a question as the engine understood it.
type reading struct {
	asTyped   string         // without the name of a source
	within    *corpus.Source // that the question is about alone; nil: all
	names     bool           // the question, or the one that it leans on, names it
	unknown   error          // there is no source of the name that it gives
	tokens    []words.Token
	subjects  []string
	foreign   []string
	asks      question.Question
	quoted    []corpus.Passage // that hold what stands in quotation marks
	misquotes bool             // what stands in quotation marks is nowhere in the corpus
	encoded   *reader.Asked    // see inConversation
	same      []float64        // see sameAs
	previous  Turn
	// dependence says how far the question leans on the previous one, 0 to 1.
	dependence float64
	// best is the likeliest passage as the reader has read it.
	best sentence
	// voices: whoever says it is asked for, be it in a question.
	voices bool
	why    *Explanation // where one is wanted
}

func (e *Engine) read(q Question) *reading {
	r := &reading{asTyped: e.withoutMentions(q.Text)}
	e.narrow(r, q)
	r.tokens = words.Tokens(r.asTyped)
	r.subjects = e.vocabulary.subjects(r.tokens)
	r.foreign = e.vocabulary.foreign(r.asTyped, r.tokens)
	r.asks = question.Of(r.asTyped, r.tokens)
	if mended, ok := inGeneral().mended(r.asTyped, r.tokens); ok && !r.asks.Kind.IsGeneral() {
		if q := question.Read(mended); q.Kind.IsGeneral() && q.Thing == "" {
			q.Frame = r.asks.Frame
			r.asks = q
		}
	}
	if r.asks.ChecksQuotation() { // the words alone answer it
		return r
	}
	r.dependence = e.dependence(r)
	e.follow(r, q)
	runs, _ := question.Quoted(r.asTyped)
	r.quoted = e.standing(runs, r.within)
	r.misquotes = len(r.quoted) == 0 && slices.ContainsFunc(runs, func(run string) bool { return !e.bare(run) })
	return r
}

// withoutMentions returns a message without the people whom it calls ("@ana"), who are no part of what it asks; what stands so in
// the corpus stays.
func (e *Engine) withoutMentions(text string) string {
	if !strings.ContainsRune(text, '@') {
		return text
	}
	return strings.TrimSpace(mention.ReplaceAllStringFunc(text, func(m string) string {
		if name := strings.TrimSpace(m); slices.ContainsFunc(e.sourcesFor(name, nil), func(s *corpus.Source) bool { return strings.Contains(s.Text(), name) }) {
			return m
		}
		return " "
	}))
}

var mention = regexp.MustCompile(`(?:^|\s)@[\p{L}\d._-]+`)

// Ask answers a question. Any text has an answer.
func (e *Engine) Ask(q Question) Answer {
	return e.answered.get(q, func() Answer {
		r := e.read(q)
		return e.finish(e.answer(r), q, r)
	})
}

// Warm computes what every question needs, so that the first does not wait for it. It
// changes no answer.
func (e *Engine) Warm() {
	e.library.warm()
	if e.utterances != nil {
		e.utterances.vectors()
	}
}

func (e *Engine) answer(r *reading) Answer {
	if r.unknown != nil {
		return Answer{Kind: Chat, Confidence: 1, Lead: capital(r.unknown.Error()) + "."}
	}
	if len(r.tokens) == 0 {
		return e.chat(r, "help")
	}
	if code, reply := question.Language(r.asTyped); code != "" {
		return e.inLanguage(r, reply)
	}
	if a, ok := e.underHeading(r); ok {
		r.note("a heading of the source, word for word")
		return a
	}
	if a, ok := e.checked(r.asks, r.within); ok {
		r.note("checked as words that stand in the source: %s", a.Finding)
		if declines(a) && len(a.Nearest) == 0 {
			a.Nearest = e.nearest(r.asTyped, r.within)
		}
		return a
	}
	if (r.asks.Frame.Attribution || r.asks.Frame.Wording) && len(r.quoted) > 0 && r.asks.Kind != question.Find {
		return Answer{Kind: Verdict, Finding: Exact, Confidence: 0.9, Quotes: r.quoted, Lead: credit(r.quoted[0])}
	}
	if a, ok := e.general(r); ok {
		return a
	}
	if a, ok := e.followUp(r); ok {
		r.note("answered from the previous turn")
		return a
	}
	a := e.settled(r)
	if declines(a) && r.asks.Told != "" {
		if teller, ok := e.teller(r); ok {
			return teller
		}
	}
	if declines(a) && len(r.asks.Options) > 0 {
		if chosen, ok := e.chosen(r); ok {
			return chosen
		}
	}
	return a
}

// settled answers by what the question asks of the text.
func (e *Engine) settled(r *reading) Answer {
	switch r.asks.Kind {
	case question.Claim:
		return e.judge(r)
	case question.Who:
		return e.who(r)
	}
	return e.decide(r, e.rank(r))
}

// declines reports whether an answer shows nothing as the answer.
func declines(a Answer) bool { return a.Kind == NotCovered || a.Kind == Verdict && len(a.Quotes) == 0 }

// surelyMeant is the least closeness at which words that were not put in
// quotation marks are taken for a quote and not for their content.
const surelyMeant = 0.8

// finish completes what every answer has.
func (e *Engine) finish(a Answer, q Question, r *reading) Answer {
	a.Confidence = min(1, max(0, float64(int(a.Confidence*1000+0.5))/1000))
	if a.Kind == NotCovered || a.Kind == Verdict && a.Finding == Absent {
		a.Suggestions = e.suggest(a)
	}
	if len(a.Quotes) > 0 { // the lead frames the first
		a.Lead = cmp.Or(a.Lead, frameOver(a.Quotes[0]))
		a.Quotes = slices.Clone(a.Quotes)
		a.Quotes[0].Frame = ""
	}
	text := q.Text
	if r != nil {
		text = r.asTyped
	}
	a.Turn = Turn{Question: brief(text, MaxTurnQuestion), Intent: a.Intent, Kind: a.Kind, Shown: keys(a.Quotes), Nearest: keys(a.Nearest)}
	a.Turn.Seen = q.Previous.Seen
	for _, k := range a.Turn.Shown {
		if !slices.Contains(a.Turn.Seen, k) {
			a.Turn.Seen = append(slices.Clip(a.Turn.Seen), k)
		}
	}
	if n := len(a.Turn.Seen); n > maxSeen {
		a.Turn.Seen = a.Turn.Seen[n-maxSeen:]
	}
	if a.Kind == Chat { // small talk does not change what the conversation is about
		seen := a.Turn.Seen
		a.Turn = q.Previous
		a.Turn.Seen = seen
		return a
	}
	if r != nil {
		if r.names {
			a.Turn.Source = r.within.ID()
		}
		a.Turn.Subjects = e.about(r, a)
		a.Turn.Asks = string(r.asks.Wants.Kind)
		if in := e.intent(a.Intent); in != nil && in.Asks != "" {
			a.Turn.Asks = in.Asks
		}
	}
	return a
}

// maxSeen bounds Turn.Seen.
const maxSeen = 50

func keys(passages []corpus.Passage) []string {
	var out []string
	for _, p := range passages {
		out = append(out, p.Quote.Key())
	}
	return out
}

// about returns the subjects that a question and its answer were about, those
// that were named first.
func (e *Engine) about(r *reading, a Answer) []string {
	out := slices.Clone(r.subjects)
	if i := e.intent(a.Intent); i != nil {
		for _, s := range i.Subjects {
			if !slices.Contains(out, s) {
				out = append(out, s)
			}
		}
	}
	return out
}

func (e *Engine) intent(id string) *corpus.Intent {
	if id == "" {
		return nil
	}
	for i := range e.intents {
		if e.intents[i].ID == id {
			return &e.intents[i]
		}
	}
	return nil
}

// Passage finds a passage again by its quote's key.
func (e *Engine) Passage(key string) (corpus.Passage, bool) { return e.corpus.Passage(key) }

// streams returns the sources in which words may stand: one, or all where they are few, else
// those that have the most of them.
func (e *Engine) streams(given string, within *corpus.Source) []*stream {
	if within != nil {
		return streamsOf([]*corpus.Source{within})
	}
	if len(e.all) > 0 {
		return e.all
	}
	return streamsOf(e.library.sourcesOf(given, manySources))
}

func streamsOf(sources []*corpus.Source) []*stream {
	out := make([]*stream, len(sources))
	reader.InParallel(len(sources), func(i int) {
		one := newStream(sources[i])
		out[i] = &one
	})
	return out
}

// sourcesFor returns the sources of streams.
func (e *Engine) sourcesFor(given string, within *corpus.Source) []*corpus.Source {
	if within != nil {
		return []*corpus.Source{within}
	}
	if len(e.all) > 0 {
		return e.corpus.Sources()
	}
	return e.library.sourcesOf(given, manySources)
}

// nearest returns what the corpus says that comes closest to a text.
func (e *Engine) nearest(text string, within *corpus.Source) []corpus.Passage {
	q := Question{Text: text}
	if within != nil {
		q.Source = within.ID()
	}
	r := e.read(q)
	scores := e.rank(r)
	best, at := 0.0, -1
	for i, p := range scores {
		if len(e.intents[i].Passages) > 0 && p > best {
			best, at = p, i
		}
	}
	if at >= 0 {
		return e.intents[at].Passages[:1]
	}
	if hits := e.library.search(text, within, 1); len(hits) > 0 {
		return []corpus.Passage{*e.library.passages[hits[0].Passage]}
	}
	return nil
}

// suggest returns questions that the corpus answers, near to what was asked.
func (e *Engine) suggest(a Answer) []string {
	var out []string
	for _, near := range a.Nearest {
		for i := range e.intents {
			in := &e.intents[i]
			if len(in.Passages) > 0 && near.Quote.Contains(in.Passages[0].Quote) && len(out) < 3 {
				if u, ok := short(in.Utterances); ok && !slices.Contains(out, u) {
					out = append(out, u)
				}
			}
		}
	}
	return out
}
