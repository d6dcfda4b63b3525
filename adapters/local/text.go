package local

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"verbatim/adapters"
	"verbatim/answers"
	"verbatim/corpus"
)

// Text renders an answer as plain text, without a line break at the end. Words
// that somebody spoke stand behind a bar; reported speech and the article's own
// statements do not.
func Text(a answers.Answer) string { return style{}.text(a) }

// Linked is Text with a line under each citation that has a link: its first.
func Linked(a answers.Answer, links adapters.Links) string { return style{links: &links}.text(a) }

// style says how parts of an answer look; the zero style is plain and breaks no
// lines.
type style struct {
	color bool
	width int             // of a line, in characters; 0 for any
	links *adapters.Links // under citations; nil for none
}

// wrap breaks text at spaces so that its lines fit behind an indent. A word that
// is longer than a line stays whole.
func (s style) wrap(text string, indent int) []string {
	room := s.width - indent
	if s.width == 0 || room < 20 || utf8.RuneCountInString(text) <= room {
		return []string{text}
	}
	var lines []string
	line, length := "", 0
	for word := range strings.SplitSeq(text, " ") {
		n := utf8.RuneCountInString(word)
		if length > 0 && length+1+n > room {
			lines = append(lines, line)
			line, length = "", 0
		}
		if length > 0 {
			line += " "
			length++
		}
		line += word
		length += n
	}
	return append(lines, line)
}

const (
	reset = "\x1b[0m"
	bold  = "\x1b[1m"
	dim   = "\x1b[2m"
	cyan  = "\x1b[36m"
)

func (s style) paint(code, text string) string {
	if !s.color || text == "" {
		return text
	}
	return code + text + reset
}

func (s style) text(a answers.Answer) string {
	var b strings.Builder
	b.WriteString(strings.Join(s.wrap(Printable(a.Lead), 0), "\n"))
	for _, p := range a.Quotes {
		if p.Frame != "" {
			b.WriteString("\n" + Printable(p.Frame))
		}
		s.passage(&b, p)
	}
	for _, c := range a.Changes {
		b.WriteString("\n  " + adapters.Difference(c, Printable))
	}
	if len(a.Nearest) > 0 {
		b.WriteString("\nNot an answer, but the nearest that the article says:")
		for _, p := range a.Nearest {
			s.passage(&b, p)
		}
	}
	if len(a.Suggestions) > 0 {
		if a.Kind == answers.Clarify {
			b.WriteString("\nDid you mean:")
		} else {
			b.WriteString("\nYou could ask:")
		}
		for _, q := range a.Suggestions {
			b.WriteString("\n  - " + Printable(q))
		}
	}
	return b.String()
}

// passage writes a passage and, under it, where it stands.
func (s style) passage(b *strings.Builder, p corpus.Passage) {
	for line := range strings.Lines(Printable(p.Quote.Text())) {
		line = strings.TrimRight(line, "\n")
		if p.Spoken() {
			for _, l := range s.wrap(line, 4) {
				b.WriteString("\n  " + s.paint(cyan, "┃") + " " + s.paint(bold, l))
			}
			continue
		}
		for _, l := range s.wrap(line, 2) {
			b.WriteString("\n  " + l)
		}
	}
	for i, l := range s.wrap(Printable(p.Citation().String()), 4) {
		mark := "— "
		if i > 0 {
			mark = "  "
		}
		b.WriteString("\n  " + s.paint(dim, mark+l))
	}
	if s.links == nil {
		return
	}
	if links := s.links.Of(p.Quote); len(links) > 0 { // in one line, so that a terminal takes it for a link
		b.WriteString("\n    " + s.paint(dim, Printable(links[0].Address)))
	}
}

// Printable is a text with what a terminal would obey rather than show replaced;
// line breaks and tabs stay.
func Printable(s string) string {
	return strings.Map(func(r rune) rune {
		if r != '\n' && r != '\t' && (unicode.IsControl(r) || unicode.Is(unicode.Bidi_Control, r)) {
			return unicode.ReplacementChar
		}
		return r
	}, s)
}
