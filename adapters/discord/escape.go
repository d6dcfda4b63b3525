package discord

import "strings"

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
