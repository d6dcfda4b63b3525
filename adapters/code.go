package adapters

import "strings"

// Span is a run of a text: its first byte and the byte after its last.
type Span struct{ Start, End int }

// CodeSpans returns the runs of a text that are set as code, in order, with their
// backticks: between three of them, over lines, and between one on one line. With
// markdown there are runs between two of them, over lines, as well, and a backslash
// before a backtick keeps it from opening one. It takes time linear in the text's
// length, however many backticks are left open.
func CodeSpans(text string, markdown bool) []Span {
	var out []Span
	noFence, noDouble := false, false // none is closed from here on
	for at := 0; ; {
		i := strings.IndexByte(text[at:], '`')
		if i < 0 {
			return out
		}
		if markdown && escaped(text[at:at+i]) {
			at += i + 1
			continue
		}
		at += i
		end := -1
		if !noFence && strings.HasPrefix(text[at:], "```") {
			end = closing(text, at, "```")
			noFence = end < 0
		}
		if end < 0 && markdown && !noDouble && strings.HasPrefix(text[at:], "``") {
			end = closing(text, at, "``")
			noDouble = end < 0
		}
		if end < 0 {
			if n := strings.IndexAny(text[at+1:], "`\n"); n > 0 && text[at+1+n] == '`' {
				end = at + 1 + n + 1
			}
		}
		if end < 0 {
			at++
			continue
		}
		out = append(out, Span{at, end})
		at = end
	}
}

// escaped reports whether what follows a text is escaped by a backslash at its end,
// which is not escaped itself.
func escaped(text string) bool {
	return (len(text)-len(strings.TrimRight(text, "\\")))%2 == 1
}

// closing is where a run ends that begins with a mark at a place and holds at least
// a character, -1 where it is left open.
func closing(text string, at int, mark string) int {
	from := at + len(mark) + 1
	if from > len(text) {
		return -1
	}
	i := strings.Index(text[from:], mark)
	if i < 0 {
		return -1
	}
	return from + i + len(mark)
}
