package slack

import (
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf16"

	"verbatim/adapters"
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
	for line := range strings.Lines(uncoded(text)) {
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

// uncoded is a text with a space in place of each run of code.
func uncoded(text string) string {
	var b strings.Builder
	last := 0
	for _, s := range adapters.CodeSpans(text, false) {
		b.WriteString(text[last:s.Start] + " ")
		last = s.End
	}
	b.WriteString(text[last:])
	return b.String()
}

// plain undoes Slack's markup of a message: what a person reads, without the
// mention of me. Quoted lines and code keep their words.
func plain(text, me string) string {
	return undo(text, func(inside string) string { return readable(inside, me) })
}

// words is plain for a text that is to be checked: mentions are no part of it.
func words(text string) string {
	return undo(text, func(inside string) string {
		if target, label, _ := strings.Cut(inside, "|"); strings.HasPrefix(target, "@") || strings.HasPrefix(target, "!") && !strings.HasPrefix(target, "!date") {
			return ""
		} else if strings.HasPrefix(target, "#") {
			return label
		}
		return readable(inside, "")
	})
}

// undo undoes markup; angle says what is shown for the inside of angle brackets.
func undo(text string, angle func(inside string) string) string {
	text = control.ReplaceAllStringFunc(text, func(run string) string { return angle(run[1 : len(run)-1]) })
	var b strings.Builder
	last := 0
	for _, at := range adapters.CodeSpans(text, false) {
		b.WriteString(unstyled(text[last:at.Start]))
		b.WriteString(strings.Trim(text[at.Start:at.End], "`"))
		last = at.End
	}
	b.WriteString(unstyled(text[last:]))
	var lines []string
	for line := range strings.SplitSeq(b.String(), "\n") {
		for isQuoted(line) {
			line = strings.TrimPrefix(strings.TrimPrefix(strings.TrimSpace(line), quoteMark), " ")
		}
		lines = append(lines, line)
	}
	return strings.TrimSpace(unescape(strings.Join(lines, "\n")))
}

// quoteMark begins a line that is set as a quotation.
const quoteMark = "&gt;"

func isQuoted(line string) bool { return strings.HasPrefix(strings.TrimSpace(line), quoteMark) }

// quotedRuns are the runs of lines of a message that are set as quotations.
func quotedRuns(text string) []string {
	var out []string
	var run []string
	for line := range strings.SplitSeq(text+"\n", "\n") {
		if isQuoted(line) {
			run = append(run, line)
			continue
		}
		if t := words(strings.Join(run, "\n")); t != "" {
			out = append(out, t)
		}
		run = nil
	}
	return out
}

// unquoted is a message without its lines that are set as quotations.
func unquoted(text string) string {
	return strings.Join(slices.DeleteFunc(strings.Split(text, "\n"), isQuoted), "\n")
}

// readable is what is shown for the inside of angle brackets.
func readable(inside, me string) string {
	target, label, labelled := strings.Cut(inside, "|")
	switch {
	case target == "":
		return label
	case target[0] == '@' && target[1:] == me:
		return ""
	case target[0] == '@' || target[0] == '#': // an id says nothing to a person
		if labelled && label != "" {
			return target[:1] + label
		}
		return map[byte]string{'@': "@someone", '#': "#channel"}[target[0]]
	case target[0] == '!':
		if labelled && label != "" {
			return label
		}
		name, _, _ := strings.Cut(target[1:], "^")
		if name == "subteam" {
			name = "group"
		}
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
