package adaptertest

import (
	"embed"
	"errors"
	"io/fs"
	"slices"
	"strings"
	"testing/fstest"

	"verbatim/answers"
	"verbatim/corpus"
)

//go:embed corpus
var files embed.FS

// Corpus loads the small corpus of the script. Its quotes are full of what
// platforms read as markup, so that one shown byte for byte was escaped rightly.
func Corpus() *corpus.Corpus {
	sub, err := fs.Sub(files, "corpus")
	if err != nil {
		panic(err)
	}
	c, err := corpus.Load(sub)
	if err != nil {
		panic(err)
	}
	return c
}

// Engine is a deterministic adapters.Engine over Corpus: it knows the questions
// of the script by their words. What it does not know is not covered, and the
// question stands in the answer's Lead, so that a renderer has to escape it.
type Engine struct {
	corpus   *corpus.Corpus
	passages map[string]corpus.Passage
}

// NewEngine returns the engine of the script.
func NewEngine() *Engine {
	e := &Engine{corpus: Corpus(), passages: map[string]corpus.Passage{}}
	for _, p := range e.corpus.Sources()[0].Passages() {
		e.passages[p.ID] = p
	}
	return e
}

// LinkedPassage is a passage of a source that is public and stands on the web, in an
// address that has to be escaped in a link.
func LinkedPassage() corpus.Passage {
	c, err := corpus.Load(fstest.MapFS{
		"harbour bell/article.txt": {Data: []byte("The bell rang.\n“The bell is the town’s - and ours, & nobody else’s,” said Ines Maro.\n")},
		"harbour bell/source.yaml": {Data: []byte("title: The bell\npublic: true\nurl: https://post.example/bell_(town)?a=1&b=<2>\n")},
	})
	if err != nil {
		panic(err)
	}
	passages := c.Sources()[0].Passages()
	return passages[slices.IndexFunc(passages, corpus.Passage.Spoken)]
}

// The questions that the engine knows.
const (
	Hello       = "hello"
	AskLamp     = "What did Maro say about the lamp?"
	AskBefore   = "And before her?" // only after AskLamp; alone it is ambiguous
	AskQuotes   = "What did she say?"
	AskRow      = "What did she tell the council?"
	AskBuilt    = "When was the tower built?"
	AskNotice   = "What did she write on the notice board?"
	AskLine     = "What does the last line read?"
	AskSkippers = "What do the skippers call it?"
	AskSong     = "What did she sing?"
	AskWrecks   = "What hangs beside it?"
	AskPay      = "What does she earn?" // not covered
	// AskCheck stands before words that are to be checked, where a platform has no
	// other way.
	AskCheck = "Is this quote right: "

	// LampWords stand in the article, and ExactLead begins the answer that says so.
	LampWords = "The lamp stays lit, whatever the council decides,"
	ExactLead = "Yes, word for word:"
)

// known maps a question to the passages that answer it.
var known = map[string][]string{
	AskLamp:     {"lamp"},
	AskQuotes:   {"lamp", "father", "notice", "names", "song"},
	AskRow:      {"row"},
	AskBuilt:    {"built"},
	AskNotice:   {"notice"},
	AskLine:     {"line"},
	AskSkippers: {"honest"},
	AskSong:     {"song"},
	AskWrecks:   {"wrecks"},
}

// suggested are the questions suggested after any answer.
var suggested = []string{AskLamp, AskRow, AskBuilt}

// PassageByID returns the passage of the script's corpus with an id.
func (e *Engine) PassageByID(id string) corpus.Passage {
	p, ok := e.passages[id]
	if !ok {
		panic("adaptertest: no passage " + id)
	}
	return p
}

// Ask answers a question of the script.
func (e *Engine) Ask(q answers.Question) answers.Answer {
	text := strings.Join(strings.Fields(q.Text), " ")
	a := e.ask(text, q.Previous)
	a.Suggestions = slices.DeleteFunc(a.Suggestions, func(s string) bool { return strings.EqualFold(s, text) })
	a.Turn = answers.Turn{Intent: a.Intent, Kind: a.Kind}
	for _, p := range a.Quotes {
		a.Turn.Shown = append(a.Turn.Shown, p.Quote.Key())
	}
	for _, p := range a.Nearest {
		a.Turn.Nearest = append(a.Turn.Nearest, p.Quote.Key())
	}
	a.Turn.Seen = append(slices.Clone(q.Previous.Seen), a.Turn.Shown...)
	return a
}

func (e *Engine) ask(text string, previous answers.Turn) answers.Answer {
	suggestions := slices.Clone(suggested)
	for question, ids := range known {
		if !strings.EqualFold(question, text) {
			continue
		}
		a := answers.Answer{Kind: answers.Quote, Intent: ids[0], Confidence: 0.97, Suggestions: suggestions}
		for _, id := range ids {
			a.Quotes = append(a.Quotes, e.PassageByID(id))
		}
		a.Lead = a.Quotes[0].Frame
		if len(ids) > 1 {
			a.Kind, a.Lead = answers.List, "The article quotes Maro here:"
		}
		return a
	}
	switch {
	case strings.HasPrefix(text, AskCheck):
		return e.Check(answers.Question{Text: strings.TrimPrefix(text, AskCheck)})
	case strings.EqualFold(text, Hello):
		return answers.Answer{Kind: answers.Chat, Confidence: 1, Lead: e.About("").Welcome, Suggestions: suggestions}
	case strings.EqualFold(text, AskBefore) && previous.Intent == "lamp":
		p := e.PassageByID("father")
		return answers.Answer{Kind: answers.Quote, Intent: "father", Confidence: 0.9, Lead: p.Frame,
			Quotes: []corpus.Passage{p}, Suggestions: suggestions}
	case strings.EqualFold(text, AskBefore):
		return answers.Answer{Kind: answers.Clarify, Confidence: 0.5, Lead: "Before the lamp, or before the tower?",
			Suggestions: []string{AskLamp, AskBuilt}}
	}
	if len(text) > 200 {
		text = strings.ToValidUTF8(text[:200], "") + "…"
	}
	lead := "The article does not say."
	if !strings.EqualFold(text, AskPay) && text != "" {
		lead = "The article does not say anything on this: " + text
	}
	return answers.Answer{Kind: answers.NotCovered, Confidence: 0.8, Lead: lead,
		Nearest: []corpus.Passage{e.PassageByID("honest")}, Suggestions: suggestions}
}

// Check says whether words stand in the corpus. Words that name the council as
// their speaker are misattributed.
func (e *Engine) Check(q answers.Question) answers.Answer {
	a := answers.Answer{Kind: answers.Verdict, Confidence: 1}
	text := strings.TrimSpace(q.Text)
	words := strings.Trim(text, "“”\"")
	speaker, rest, credited := strings.Cut(words, ": ")
	if credited && strings.EqualFold(speaker, "the council") {
		words = strings.Trim(rest, "“”\" ")
	}
	source := e.corpus.Sources()[0]
	near, closeness := source.Nearest(words)
	var found corpus.Passage
	for _, p := range source.Passages() {
		if p.Quote.Contains(near) {
			found = p
		}
	}
	switch {
	case found.Quote.IsZero() || closeness < 0.6:
		a.Finding, a.Lead = answers.Absent, "No, the article has no such words: "+excerpt(words)
	case !strings.Contains(found.Quote.Text(), words):
		a.Finding, a.Lead = answers.Altered, "Not quite. The article has it a little differently:"
		a.Quotes = []corpus.Passage{found}
		a.Changes = []answers.Change{{Given: excerpt(words), Source: near.Text()}}
	case credited && strings.EqualFold(speaker, "the council"):
		a.Finding, a.Lead = answers.Misattributed, "These words are in the article, but somebody else is credited:"
		a.Quotes = []corpus.Passage{found}
	default:
		a.Finding, a.Lead = answers.Exact, ExactLead
		a.Quotes = []corpus.Passage{found}
	}
	a.Turn = answers.Turn{Kind: a.Kind}
	return a
}

// excerpt is the beginning of a text, cut at 200 bytes.
func excerpt(text string) string {
	if len(text) > 200 {
		return strings.ToValidUTF8(text[:200], "") + "…"
	}
	return text
}

// Complete returns the known questions that contain a beginning.
func (e *Engine) Complete(beginning, _ string, n int) []string {
	var out []string
	for _, q := range e.About("").Questions {
		if len(out) < n && strings.Contains(strings.ToLower(q), strings.ToLower(beginning)) {
			out = append(out, q)
		}
	}
	return out
}

// About describes the corpus.
func (e *Engine) About(string) answers.About {
	return answers.About{
		Title:     e.corpus.Sources()[0].Title(),
		Sources:   1,
		Welcome:   "Ask me about “The lamp at Ardell Point”. Every quote is checked, character by character, against the article.",
		KeyPoints: []corpus.Passage{e.PassageByID("lamp"), e.PassageByID("row"), e.PassageByID("honest")},
		Questions: []string{AskLamp, AskRow, AskBuilt, AskNotice, AskSkippers, AskSong},
	}
}

// Sources returns the one source of the corpus.
func (e *Engine) Sources() []*corpus.Source { return e.corpus.Sources() }

// Source finds a source by its id.
func (e *Engine) Source(name string) (*corpus.Source, error) {
	if s := e.corpus.Source(name); s != nil {
		return s, nil
	}
	return nil, errors.New("there is no article called “" + name + "” here")
}

// Passage finds a passage by its quote's key.
func (e *Engine) Passage(key string) (corpus.Passage, bool) { return e.corpus.Passage(key) }
