package slack

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf16"
)

// escape writes the three characters that Slack reads as control characters so
// that it shows them. It disarms calls (<!channel>, <@U…>) and links.
func escape(s string) string { return escaper.Replace(s) }

// unescape undoes escape.
func unescape(s string) string { return unescaper.Replace(s) }

var (
	escaper   = strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;")
	unescaper = strings.NewReplacer("&amp;", "&", "&lt;", "<", "&gt;", ">")
)

// clean makes text that is not a quote fit to be shown: without control and
// bidirectional characters and at most limit UTF-16 units long, ending in “…”
// where something was cut.
func clean(text string, limit int) string {
	text = strings.ToValidUTF8(text, "\uFFFD")
	text = strings.Map(func(r rune) rune {
		switch {
		case r == '\n':
			return r
		case r == '\t':
			return ' '
		case unicode.IsControl(r), unicode.Is(unicode.Bidi_Control, r), unicode.Is(unicode.Noncharacter_Code_Point, r),
			r == '\u2028', r == '\u2029':
			return -1
		}
		return r
	}, text)
	text = strings.TrimSpace(text)
	if units(text) <= limit {
		return text
	}
	n := 1 // for the “…”
	for i, r := range text {
		if n += max(1, utf16.RuneLen(r)); n > limit {
			return strings.TrimRightFunc(text[:i], unicode.IsSpace) + "…"
		}
	}
	return text
}

// units is a text's length as Slack counts it.
func units(text string) int {
	n := 0
	for _, r := range text {
		n += max(1, utf16.RuneLen(r))
	}
	return n
}

// control is anything between angle brackets: a link, a mention, a call.
var control = regexp.MustCompile(`<([^<>\n]+)>`)

// code is a fenced or an inline run of code.
var code = regexp.MustCompile("(?s)```.*?```|`[^`\n]+`")

// styled is a run in bold, italics or struck out: the mark stands at the border
// of a word on both sides.
var styled = map[string]*regexp.Regexp{
	"*": regexp.MustCompile(`(^|[\s(\[“"'‘—–-])\*([^\s*](?:[^*\n]*[^\s*])?)\*($|[\s)\]”"'’.,;:!?…—–-])`),
	"_": regexp.MustCompile(`(^|[\s(\[“"'‘—–-])_([^\s_](?:[^_\n]*[^\s_])?)_($|[\s)\]”"'’.,;:!?…—–-])`),
	"~": regexp.MustCompile(`(^|[\s(\[“"'‘—–-])~([^\s~](?:[^~\n]*[^\s~])?)~($|[\s)\]”"'’.,;:!?…—–-])`),
}

// mentions returns the users that a message speaks to: those mentioned outside
// code and quoted lines.
func mentions(text string) []string {
	var out []string
	for line := range strings.Lines(code.ReplaceAllString(text, " ")) {
		if strings.HasPrefix(strings.TrimSpace(line), "&gt;") {
			continue
		}
		for _, m := range control.FindAllStringSubmatch(line, -1) {
			if id, ok := strings.CutPrefix(m[1], "@"); ok {
				id, _, _ = strings.Cut(id, "|")
				out = append(out, id)
			}
		}
	}
	return out
}

// plain undoes Slack's markup of a message: what a person reads, without the
// mention of me. Quoted lines and code keep their words.
func plain(text, me string) string {
	text = control.ReplaceAllStringFunc(text, func(run string) string { return readable(run[1:len(run)-1], me) })
	var b strings.Builder
	last := 0
	for _, at := range code.FindAllStringIndex(text, -1) {
		b.WriteString(unstyled(text[last:at[0]]))
		b.WriteString(strings.Trim(text[at[0]:at[1]], "`"))
		last = at[1]
	}
	b.WriteString(unstyled(text[last:]))
	var lines []string
	for line := range strings.SplitSeq(b.String(), "\n") {
		for strings.HasPrefix(strings.TrimSpace(line), "&gt;") {
			line = strings.TrimPrefix(strings.TrimPrefix(strings.TrimSpace(line), "&gt;"), " ")
		}
		lines = append(lines, line)
	}
	return strings.TrimSpace(unescape(strings.Join(lines, "\n")))
}

// readable is what is shown for the inside of angle brackets.
func readable(inside, me string) string {
	target, label, labelled := strings.Cut(inside, "|")
	switch {
	case target == "":
		return label
	case target[0] == '@' && target[1:] == me:
		return ""
	case target[0] == '@' || target[0] == '#':
		if labelled && label != "" {
			return target[:1] + label
		}
		return target
	case target[0] == '!':
		if labelled && label != "" {
			return label
		}
		name, _, _ := strings.Cut(target[1:], "^")
		return "@" + name
	case labelled && label != "":
		return label
	}
	return target
}

// unstyled takes the marks of bold, italics and struck-out runs away.
func unstyled(text string) string {
	for range 3 { // runs may be nested, and may share a border
		before := text
		for _, mark := range []string{"*", "_", "~"} {
			if strings.Count(text, mark) > 1 {
				text = styled[mark].ReplaceAllString(text, "$1$2$3")
			}
		}
		if text == before {
			break
		}
	}
	return text
}
