package adapters

import (
	"crypto/sha256"
	"encoding/hex"
	"strings"
	"unicode"
	"unicode/utf16"

	"verbatim/answers"
)

// Units is the length of a text as platforms' limits count it at their strictest: in
// UTF-16 units, which are never fewer than characters.
func Units(text string) int {
	n := 0
	for _, r := range text {
		n += max(1, utf16.RuneLen(r))
	}
	return n
}

// Head is the longest beginning of a text of at most limit units, without the white
// space it may end in.
func Head(text string, limit int) string {
	for i, r := range text {
		if limit -= max(1, utf16.RuneLen(r)); limit < 0 {
			return strings.TrimRightFunc(text[:i], unicode.IsSpace)
		}
	}
	return text
}

// Clip cuts a text to at most limit units, with an ellipsis where it was longer.
func Clip(text string, limit int) string {
	if Units(text) <= limit {
		return text
	}
	return Head(text, limit-1) + "…"
}

// Clean makes text that is no quote fit to be shown among other text: without characters
// that are not seen or turn the direction of what follows, and with one space for each
// run of white space. The result is one line of valid UTF-8.
func Clean(text string) string {
	text = strings.Map(func(r rune) rune {
		if !unicode.IsSpace(r) && unicode.In(r, unicode.Cc, unicode.Bidi_Control, unicode.Noncharacter_Code_Point) {
			return -1
		}
		return r
	}, strings.ToValidUTF8(text, "\uFFFD"))
	return strings.Join(strings.Fields(text), " ")
}

// CleanLines is Clean, line by line, with at most one empty line in a row.
func CleanLines(text string) string {
	var out []string
	for line := range strings.SplitSeq(strings.ReplaceAll(text, "\r", "\n"), "\n") {
		if line = Clean(line); line != "" || len(out) > 0 && out[len(out)-1] != "" {
			out = append(out, line)
		}
	}
	return strings.TrimSpace(strings.Join(out, "\n"))
}

// Difference tells in a line where given words and the source differ; show cleans and
// sets what either has.
func Difference(c answers.Change, show func(string) string) string {
	switch {
	case Clean(c.Given) == "":
		return "Left out: " + show(c.Source)
	case Clean(c.Source) == "":
		return "Not in the article: " + show(c.Given)
	}
	return "Given: " + show(c.Given) + " → the article: " + show(c.Source)
}

// Quotations returns the runs of lines of a message that are set as quotations, as words
// reads them, and the other lines as they are. quoted reports whether a line is quoted,
// and whether all that comes after it is, too.
func Quotations(text string, quoted func(line string) (is, on bool), words func(string) string) (runs []string, rest string) {
	var run, others []string
	end := func() {
		if read := words(strings.Join(run, "\n")); read != "" {
			runs = append(runs, read)
		}
		run = nil
	}
	all := false
	for line := range strings.SplitSeq(text, "\n") {
		is, on := quoted(line)
		if !all && (on || !is) {
			end()
		}
		if all = all || on; all || is {
			run = append(run, line)
		} else {
			others = append(others, line)
		}
	}
	end()
	return runs, strings.Join(others, "\n")
}

// Uncoded is a text with a space in place of each run of code; see CodeSpans.
func Uncoded(text string, markdown bool) string {
	var b strings.Builder
	last := 0
	for _, s := range CodeSpans(text, markdown) {
		b.WriteString(text[last:s.Start] + " ")
		last = s.End
	}
	return b.String() + text[last:]
}

// Hashed is a short hash of parts that are not to be stored themselves.
func Hashed(parts ...string) string {
	sum := sha256.Sum256([]byte(strings.Join(parts, "\x00")))
	return hex.EncodeToString(sum[:12])
}
