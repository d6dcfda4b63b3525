package reader

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"verbatim/corpus/words"
)

// Paragraph is a line of a text, cut into sentences.
type Paragraph struct {
	Text      string
	Sentences []words.Span // in order, without overlap; byte offsets into Text
}

// Window is a run of sentences that the reader reads together.
type Window struct {
	// Context is what a reader of the page would have in mind here: the heading, or
	// who speaks and what was asked, and the end of the sentence before. It is read
	// and never an answer.
	Context string
	// Sentences are the sentences' texts, in order.
	Sentences []string
	// First is the number of the first sentence, counted over the whole text from 0.
	First int
}

const (
	// windowWords is how many words a window holds at most, unless its one sentence
	// has more. About 95 word pieces: long enough for a paragraph of news.
	windowWords = 72
	// windowSentences bounds the sentences of a window, for lists of short lines.
	windowSentences = 8
	// contextWords is how many words of each part of the context are kept.
	contextWords = 16
)

// Windows cuts a text into windows. Every sentence is in exactly one.
func Windows(text []Paragraph) []Window {
	var out []Window
	var at surroundings
	n := 0
	size := 0 // words in the last window
	for i, p := range text {
		at.enter(p, i == 0)
		for j, s := range p.Sentences {
			sentence := p.Text[s.Start:s.End]
			count := len(strings.Fields(sentence))
			if len(out) == 0 || size+count > windowWords || len(out[len(out)-1].Sentences) == windowSentences {
				out = append(out, Window{Context: at.context(p, i == 0, j == 0), First: n})
				size = 0
			}
			w := &out[len(out)-1]
			w.Sentences = append(w.Sentences, sentence)
			size += count
			at.before = sentence
			n++
		}
		at.leave(p)
	}
	return out
}

// surroundings is what a reader of the page has in mind at a sentence.
type surroundings struct {
	title, heading string
	before         string // the sentence before
	asked          string // the last question that ended a paragraph, while the next one lasts
}

// enter notes what a paragraph heads; first: it is the first of the text.
func (a *surroundings) enter(p Paragraph, first bool) {
	switch {
	case !IsHeading(p.Text):
	case first:
		a.title = p.Text
	default:
		a.heading = p.Text
	}
}

// leave notes what a paragraph asks at its end.
func (a *surroundings) leave(p Paragraph) {
	if a.asked = ""; strings.HasSuffix(strings.TrimRight(p.Text, "\"”’)"), "?") {
		a.asked = a.before
	}
}

// context is that of a window that begins in a paragraph. first: the paragraph is the first
// of the text; begins: the window begins with it.
func (a *surroundings) context(p Paragraph, first, begins bool) string {
	above := a.heading
	if begins {
		if IsHeading(p.Text) {
			above = ""
		}
	} else { // in the middle of what somebody says, or of an answer
		if speaker := Label(p.Text); speaker != "" {
			above = speaker + ":"
		}
		if a.asked != "" {
			above = strings.TrimSpace(lastWords(a.asked) + " " + above)
		}
	}
	if above == "" && !first {
		above = a.title
	}
	context := firstWords(above)
	if a.before != "" {
		context = strings.TrimSpace(context + " | " + lastWords(a.before))
	}
	return context
}

// Label returns the name before the colon with which a line of a transcript begins,
// "" where there is none.
func Label(line string) string {
	at := strings.IndexByte(line, ':')
	if at < 1 || at > 48 || at+1 < len(line) && line[at+1] != ' ' {
		return ""
	}
	name := strings.Trim(line[:at], "*[]() ")
	fields := strings.Fields(name)
	if len(fields) == 0 || len(fields) > 5 {
		return ""
	}
	for _, f := range fields {
		if r, _ := utf8.DecodeRuneInString(f); !unicode.IsUpper(r) && !strings.ContainsRune("(“\"", r) && len(f) > 3 {
			return ""
		}
	}
	return name
}

// IsHeading reports whether a line reads like a heading: short, no sentence and no turn
// of a conversation.
func IsHeading(line string) bool {
	return Label(line) == "" && len(strings.Fields(line)) <= 12 && !strings.ContainsAny(line[len(line)-1:], ".!?:;,\"") && !strings.HasSuffix(line, "”")
}

func firstWords(s string) string {
	f := strings.Fields(s)
	return strings.Join(f[:min(contextWords, len(f))], " ")
}

func lastWords(s string) string {
	f := strings.Fields(s)
	return strings.Join(f[max(0, len(f)-contextWords):], " ")
}
