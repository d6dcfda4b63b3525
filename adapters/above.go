package adapters

import (
	"iter"
	"slices"
	"strings"
	"unicode"

	"verbatim/answers"
	"verbatim/corpus"
)

// Earlier is a message that stands above another one.
type Earlier struct {
	Pointed
	// Text is what it says, as plain text, and ID the platform's own id.
	Text, ID string
	// Bot: it is the bot's own.
	Bot bool
}

// Asked is Asked of a message that is meant by a remark; ok is false for nil, too.
func (m *Earlier) Asked() (text string, check []string, ok bool) {
	if m == nil {
		return "", nil, false
	}
	return Asked("", Pointed{Forwarded: m.Candidates()})
}

// Above finds the message that somebody means who asks, without naming any, whether
// something is right, or has something answered. earlier are those above the remark, the
// newest first; direct: whoever wrote the remark is alone with the bot. ours: the remark goes
// on with the bot's last answer. Where nothing tells what is meant found is nil and ours
// false. What is found shows no words where the platform hides them.
//
// Talk ("ok thanks", "hello") is never meant. Alone with the bot what was said last is
// meant, unless it was a question or named a topic: then it is the bot's answer to it.
func Above(engine Engine, remark string, direct bool, earlier iter.Seq[Earlier]) (found *Earlier, ours bool) {
	for m := range earlier {
		if m.Bot && !direct {
			return nil, true
		}
		ours = ours || direct // whatever was said there has been answered
		if m.Bot {
			continue
		}
		switch meantBy(engine, remark, m, direct) {
		case theMessage:
			return &m, false
		case theAnswer:
			return nil, true
		}
	}
	return nil, ours
}

// What may be meant by a remark: neither a message nor the answer to it, but something
// further up; the message; or the bot's last answer.
const (
	furtherUp = iota
	theMessage
	theAnswer
)

// meantBy tells what is meant by a remark that stands under a message of a person.
func meantBy(engine Engine, remark string, m Earlier, direct bool) int {
	given := len(m.Forwarded)+len(m.Quoted) > 0
	if !given && m.Text != "" && (PointsAt(m.Text) || PassesOn(m.Text)) {
		return furtherUp
	}
	candidates := m.Candidates()
	if len(candidates) == 0 {
		if m.Text == "" && !direct {
			return theMessage // hidden, or a picture
		}
		return furtherUp
	}
	asks := Asks(candidates[0])
	if PassesOn(remark) {
		if len(m.Forwarded) > 0 || asks && !direct {
			return theMessage
		}
		return theAnswer // it is a remark on nothing
	}
	few := len(unfilled(candidates[0])) < fewWords
	switch {
	case direct && asks:
		return theAnswer
	case given:
		return theMessage
	case talk(engine, candidates[0]):
		return furtherUp
	case few && direct:
		return theAnswer // to a topic
	case few:
		return furtherUp
	}
	return theMessage
}

// talk reports whether a text is small talk: one that names nothing, or that the engine
// takes for such.
func talk(engine Engine, text string) bool {
	words := unfilled(text[:min(len(text), maxWords)])
	return !slices.ContainsFunc(words, func(w string) bool { return !slices.Contains(subjectless, w) }) ||
		engine.Ask(answers.Question{Text: Bounded(text)}).Kind == answers.Chat
}

// ToUs reports whether what was overheard among people was put to the bot, to whose
// answer it was said; asked: whoever said it has asked the bot before, in the same place.
// People say of much what the article speaks of, too, and a pronoun may stand for anybody:
// where the article does not answer, only what names it, or somebody whom it quotes, was put
// to the bot. Whether something is so is told as well to whoever asked before, in words
// most of which stand in the passages that tell it, and to a doubt in the bot's answer.
func ToUs(text string, asked bool, a answers.Answer, sources []*corpus.Source) bool {
	switch KindOf(a) {
	case answers.Quote, answers.List:
		return true
	case answers.Verdict:
		return PointsAt(text) || asked && repeats(text, a.Quotes) || names(text, sources)
	case answers.NotCovered, answers.Clarify:
		return asked && names(text, sources)
	}
	return false
}

// names reports whether a text names an article or somebody whom one quotes.
func names(text string, sources []*corpus.Source) bool {
	said := wordsOf(text)
	if slices.ContainsFunc(said, func(w string) bool { return slices.Contains(itself, w) }) {
		return true
	}
	for _, s := range sources {
		for _, p := range s.Passages() {
			for name := range strings.FieldsSeq(p.Speaker) {
				first := []rune(name)[0]
				if !p.Unsure && unicode.IsUpper(first) && len(name) >= shortestName && slices.Contains(said, strings.Join(wordsOf(name), " ")) {
					return true
				}
			}
		}
	}
	return false
}

// shortestName is how many letters a word of a name must have: "Mr", "Jo" and "The" are
// or may be other words.
const shortestName = 4

// repeats reports whether more than half of the words by which a question is about
// something stand in passages.
func repeats(text string, passages []corpus.Passage) bool {
	var shown []string
	for _, p := range passages {
		shown = append(shown, wordsOf(p.Quote.Text())...)
	}
	all, there := 0, 0
	for _, w := range unfilled(text) {
		if slices.Contains(subjectless, w) {
			continue
		}
		if all++; slices.Contains(shown, w) {
			there++
		}
	}
	return 2*there > all
}
