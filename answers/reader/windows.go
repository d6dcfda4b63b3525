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
	var heading, before string // the sentence before
	title := ""
	asked := "" // the last question that ended a paragraph, while the next one lasts
	n := 0
	size := 0 // words in the last window
	for i, p := range text {
		if i == 0 && IsHeading(p.Text) {
			title = p.Text
		} else if IsHeading(p.Text) {
			heading = p.Text
		}
		for j, s := range p.Sentences {
			sentence := p.Text[s.Start:s.End]
			count := len(strings.Fields(sentence))
			if len(out) == 0 || size+count > windowWords || len(out[len(out)-1].Sentences) == windowSentences {
				above := heading
				if j > 0 { // in the middle of what somebody says, or of an answer
					if speaker := Label(p.Text); speaker != "" {
						above = speaker + ":"
					}
					if asked != "" {
						above = strings.TrimSpace(lastWords(asked) + " " + above)
					}
				} else if IsHeading(p.Text) {
					above = ""
				}
				if above == "" && i > 0 {
					above = title
				}
				context := firstWords(above)
				if before != "" {
					context = strings.TrimSpace(context + " | " + lastWords(before))
				}
				out = append(out, Window{Context: context, First: n})
				size = 0
			}
			w := &out[len(out)-1]
			w.Sentences = append(w.Sentences, sentence)
			size += count
			before = sentence
			n++
		}
		if asked = ""; strings.HasSuffix(strings.TrimRight(p.Text, "\"”’)"), "?") {
			asked = before
		}
	}
	return out
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
