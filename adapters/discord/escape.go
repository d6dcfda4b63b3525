package discord

import (
	"strings"
	"unicode"
	"unicode/utf16"
)

// escape returns text so that Discord shows it as it is: no markup, mention,
// emoji, timestamp or link in it takes effect. unescape undoes it, byte for byte.
//
// A backslash before any character but a letter, a digit or white space makes
// Discord show that character as it is; so one goes before what markup begins with.
func escape(text string) string {
	var b strings.Builder
	b.Grow(len(text) + 16)
	line := blank
	for i := 0; i < len(text); i++ {
		c := text[i]
		if strings.IndexByte("\\*_~`|[]()<>", c) >= 0 ||
			(c == '@' || c == ':') && i+1 < len(text) && !isSpace(text[i+1]) ||
			line == blank && (c == '#' || c == '-' || c == '+') ||
			c == '.' && (line == number || beginsInvitation(text[i:])) {
			b.WriteByte('\\')
		}
		b.WriteByte(c)
		switch {
		case c == '\n' || c == '\r':
			line = blank
		case line == blank && isSpace(c):
		case line != words && c >= '0' && c <= '9':
			line = number
		default:
			line = words
		}
	}
	return b.String()
}

// What a line holds so far: nothing but spaces, then a number alone, which with a
// dot would begin a list, or more.
const (
	blank = iota
	number
	words
)

func isSpace(c byte) bool { return c == ' ' || c == '\n' || c == '\t' || c == '\r' }

// beginsInvitation reports whether a text that begins at the dot of an address
// goes on like an invitation, which Discord unfurls without https:// too.
func beginsInvitation(text string) bool {
	for _, s := range []string{".gg/", ".com/invite/"} {
		if len(text) >= len(s) && strings.EqualFold(text[:len(s)], s) {
			return true
		}
	}
	return false
}

// unescape takes the backslashes away that Discord takes away.
func unescape(text string) string {
	var b strings.Builder
	b.Grow(len(text))
	for i := 0; i < len(text); i++ {
		if text[i] == '\\' && i+1 < len(text) && isPunctuation(text[i+1]) {
			i++
		}
		b.WriteByte(text[i])
	}
	return b.String()
}

// isPunctuation reports whether c is printable ASCII, but no letter, digit or space.
func isPunctuation(c byte) bool {
	return c > ' ' && c < 0x7f && !(c >= '0' && c <= '9' || c >= 'A' && c <= 'Z' || c >= 'a' && c <= 'z')
}

// quoteLine goes before every line of a quotation: ">>>" would swallow all that
// comes after it.
const quoteLine = "> "

// quoted puts escaped text in quotation styling.
func quoted(escaped string) string {
	return quoteLine + strings.ReplaceAll(escaped, "\n", "\n"+quoteLine)
}

// unquoted takes quotation styling away; false where a line has none.
func unquoted(text string) (string, bool) {
	var b strings.Builder
	for line := range strings.SplitAfterSeq(text, "\n") {
		rest, ok := strings.CutPrefix(line, quoteLine)
		if !ok {
			return "", false
		}
		b.WriteString(rest)
	}
	return b.String(), true
}

// clean makes text that people typed fit to be shown among other text: control
// characters and those that turn the direction of what follows become spaces,
// runs of white space become one. The result is one line of valid UTF-8.
func clean(text string) string {
	text = strings.Map(func(r rune) rune {
		if unicode.IsControl(r) || unicode.Is(unicode.Bidi_Control, r) || r == '\u2028' || r == '\u2029' {
			return ' '
		}
		return r
	}, strings.ToValidUTF8(text, "\uFFFD"))
	return strings.Join(strings.Fields(text), " ")
}

// units is the length of a text as Discord's limits count it at their
// strictest: in UTF-16 units, which are never fewer than characters.
func units(text string) int {
	n := 0
	for _, r := range text {
		n += max(1, utf16.RuneLen(r))
	}
	return n
}

// clip cuts a text to at most limit units, with an ellipsis where it was longer.
func clip(text string, limit int) string {
	if units(text) <= limit {
		return text
	}
	return head(text, limit-1) + "…"
}

// head is the longest beginning of a text of at most limit units, without the
// white space it may end in.
func head(text string, limit int) string {
	for i, r := range text {
		if limit -= max(1, utf16.RuneLen(r)); limit < 0 {
			return strings.TrimRightFunc(text[:i], unicode.IsSpace)
		}
	}
	return text
}
