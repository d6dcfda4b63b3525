package answers

import (
	"cmp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"verbatim/corpus"
	"verbatim/corpus/words"
)

// replies are what is said to small talk and about the bot, by kind.
var replies = map[string]string{
	"thanks":   "You are welcome.",
	"bye":      "Goodbye.",
	"praise":   "Thank you. The words are the article’s; I only find them.",
	"insult":   "Sorry that I did not help. Try to ask in other words, or ask what I can answer.",
	"tongues":  "I read questions and texts in English, so far in no other language.",
	"hush":     "I will be quiet. Mention me when you want to ask something.",
	"identity": "I am Verbatim, a program that finds the passage that answers a question. No language model writes my answers: every quote is cut from the source and checked, character by character.",
	"privacy":  Privacy,
	"install":  "Whoever runs me can add me where your team talks: the README says how, in a few steps.",
	"own":      "Whoever runs me can add your text, be it a web page, a PDF or another document: “bot add” does it, and the README says how.",
	"wrong":    "Thank you for saying so. Vote the answer down where there are buttons, or tell whoever runs me: what people miss is listed for them.",
}

// chat returns the reply to small talk of a kind (see corpus.ChatKinds and
// question.Kind.IsTalk); to any other, what can be asked.
func (e *Engine) chat(r *reading, kind string) Answer {
	if reply, ok := replies[kind]; ok {
		return Answer{Kind: Chat, Confidence: 1, Lead: reply}
	}
	about := e.describing(r.within)
	if kind == "greeting" && about.Sources > 1 {
		return Answer{Kind: Chat, Confidence: 1, Lead: "Hello. " + e.articlesHere(), Suggestions: about.Questions[:min(3, len(about.Questions))]}
	}
	if kind == "greeting" {
		return Answer{Kind: Chat, Confidence: 1, Lead: "Hello. Ask me about “" + about.Title + "”.", Suggestions: about.Questions[:min(3, len(about.Questions))]}
	}
	return Answer{Kind: Chat, Confidence: 1, Lead: about.Welcome, Suggestions: about.Questions[:min(4, len(about.Questions))]}
}

// Privacy says what is kept of what people type. docs/privacy.md begins with it, and a test
// holds the two together.
const Privacy = "What you type is read on the machine that I run on and passed on to nobody, and to no other service. " +
	"I keep the last question of a conversation for an hour, so that I can follow it. Questions that I could not answer well, and votes, " +
	"go into a journal for whoever runs me, for 90 days and without your name. They may have set other times or turned the journal off, " +
	"and can remove what is kept of you: ask them."

// inLanguage says, in a language that questions are not read in, that they are read in
// English. In reply %s stands for two questions.
func (e *Engine) inLanguage(r *reading, reply string) Answer {
	about := e.describing(r.within)
	examples := about.Questions[:min(2, len(about.Questions))]
	return Answer{Kind: Chat, Confidence: 0.9, Lead: strings.ReplaceAll(reply, "%s", "“"+strings.Join(examples, "” “")+"”"), Suggestions: examples}
}

// About describes the source of an id or a title, or the corpus where there is none.
func (e *Engine) About(source string) About {
	s, _ := e.Source(source)
	return e.describing(s)
}

// describing describes one source, or the corpus.
func (e *Engine) describing(within *corpus.Source) About {
	sources := e.corpus.Sources()
	if within != nil {
		sources = []*corpus.Source{within}
	}
	first := sources[0]
	about := About{
		Title:     first.Title(),
		Sources:   len(sources),
		Welcome:   "Ask what the article says, who said it, or whether somebody said it. I answer with its exact words, checked character by character, and say so when it does not say.",
		KeyPoints: first.KeyPoints()[:min(maxKeyPoints, len(first.KeyPoints()))],
		Questions: slices.Clone(first.Questions()[:min(maxQuestions, len(first.Questions()))]),
	}
	for i := range e.intents {
		if len(about.Questions) >= 4 {
			break
		}
		if in := &e.intents[i]; len(in.Passages) > 0 && (within == nil || e.home[i] == within) {
			if q, ok := short(in.Utterances); ok && !slices.Contains(about.Questions, q) {
				about.Questions = append(about.Questions, q)
			}
		}
	}
	if len(about.Questions) == 0 {
		about.Questions = []string{"What is it about?"}
		if slices.ContainsFunc(first.Passages(), func(p corpus.Passage) bool { return p.Attribution == corpus.Direct }) {
			about.Questions = append(about.Questions, "Who is quoted?", "Show all quotes")
		}
	}
	return about
}

const (
	maxKeyPoints = 5
	maxQuestions = 8
)

// Complete returns up to n questions that the corpus answers, or the source of an id or a
// title: first those that
// go on as the beginning does, then those that hold its words, then those that
// mean the like. Each is at most corpus.MaxQuestion characters, one an intent.
func (e *Engine) Complete(beginning, source string, n int) []string {
	within, _ := e.Source(source)
	given := plainWords(words.Tokens(beginning))
	if len(given) == 0 {
		about := e.describing(within)
		return about.Questions[:min(n, len(about.Questions))]
	}
	phrasings := e.phrasings()
	best := make([][]string, 3)
	for i := range e.intents {
		in := &e.intents[i]
		if len(in.Passages) == 0 || within != nil && e.home[i] != within {
			continue
		}
		rank, text := len(best), ""
		for _, u := range phrasings[i] {
			if r := u.continues(given); r < rank {
				rank, text = r, u.text
			}
		}
		if rank < len(best) {
			best[rank] = append(best[rank], text)
		}
	}
	var out []string
	for _, list := range best {
		for _, q := range list {
			if len(out) < n && !slices.Contains(out, q) {
				out = append(out, q)
			}
		}
	}
	if len(out) > 0 || len(given) < 2 {
		return out
	}
	return e.alike(Question{Text: beginning, Source: source}, n)
}

// alike returns questions whose intents are likeliest for one.
func (e *Engine) alike(q Question, n int) []string {
	p := e.rank(e.read(q))
	phrasings := e.phrasings()
	order := make([]int, 0, len(p))
	for i := range p {
		if len(e.intents[i].Passages) > 0 && len(phrasings[i]) > 0 && p[i] > nearestAt {
			order = append(order, i)
		}
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(p[b], p[a]) })
	var out []string
	for _, i := range order[:min(n, len(order))] {
		out = append(out, phrasings[i][0].text)
	}
	return out
}

// phrasing is an utterance that can be offered.
type phrasing struct {
	text  string
	words []string
}

// offered returns the utterances of an intent that are short enough to offer.
func offered(utterances []string) []phrasing {
	var out []phrasing
	for _, u := range utterances {
		if utf8.RuneCountInString(u) <= corpus.MaxQuestion {
			out = append(out, phrasing{capital(u), plainWords(words.Tokens(u))})
		}
	}
	return out
}

// continues says how a phrasing goes on from given words: 0 it begins with
// them, 1 they are in it in order, 2 they are all in it, 3 not. The last word
// may be unfinished.
func (p phrasing) continues(given []string) int {
	last := len(given) - 1
	matches := func(i int, w string) bool { return w == given[i] || i == last && strings.HasPrefix(w, given[i]) }
	at, inOrder := 0, 0
	for _, w := range p.words {
		if inOrder <= last && matches(inOrder, w) {
			inOrder++
		}
		if at >= 0 && at <= last {
			if matches(at, w) {
				at++
			} else {
				at = -1
			}
		}
	}
	switch {
	case at > last:
		return 0
	case inOrder > last:
		return 1
	}
	for i := range given {
		if !slices.ContainsFunc(p.words, func(w string) bool { return matches(i, w) }) {
			return 3
		}
	}
	return 2
}

// short returns the first utterance that can be offered.
func short(utterances []string) (string, bool) {
	for _, u := range utterances {
		if utf8.RuneCountInString(u) <= corpus.MaxQuestion {
			return capital(u), true
		}
	}
	return "", false
}

// capital begins a question with a capital letter.
func capital(s string) string {
	r, n := utf8.DecodeRuneInString(s)
	return string(unicode.ToUpper(r)) + s[n:]
}

// nearestAt is the least probability of an intent whose question is offered.
const nearestAt = 0.05
