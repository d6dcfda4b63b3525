package slack

import (
	"regexp"
	"strings"

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

// clean makes text that is not a quote fit to be shown, at most limit units of it.
func clean(text string, limit int) string { return adapters.Clip(adapters.CleanLines(text), limit) }

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
func mentions(text string) (users []string) {
	_, own := quotations(adapters.Uncoded(text, false))
	for _, m := range control.FindAllStringSubmatch(own, -1) {
		if id, ok := strings.CutPrefix(m[1], "@"); ok {
			id, _, _ = strings.Cut(id, "|")
			users = append(users, id)
		}
	}
	return users
}

// plain undoes Slack's markup of a message: what a person reads, without the
// mention of me. Quoted lines and code keep their words.
func plain(text, me string) string {
	return undo(text, func(inside string) string { return readable(inside, me) })
}

// words is plain for a text that is to be checked: mentions, channels and dates are no part
// of it, and an address stands as such, which is none either.
func words(text string) string {
	return undo(text, func(inside string) string {
		target, label, _ := strings.Cut(inside, "|")
		switch {
		case strings.ContainsAny(target[:min(1, len(target))], "@!#"):
			return ""
		case strings.Contains(target, "://") && strings.HasSuffix(strings.TrimRight(target, "/"), strings.TrimRight(label, "/")):
			return target
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

// quotations are the runs of lines of a message that are set as quotations, and the
// other lines.
func quotations(text string) (runs []string, rest string) {
	return adapters.Quotations(text, func(line string) (is, on bool) { return isQuoted(line), false }, words)
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
