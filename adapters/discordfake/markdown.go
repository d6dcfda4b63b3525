package discordfake

import (
	"regexp"
	"strings"
)

// Rendered is a text as Discord's clients show it.
type Rendered struct {
	// Plain is what there is to read, with all markup undone.
	Plain string
	// Quoted are the texts that stand behind a quotation bar.
	Quoted []string
	// Effects name the markup that took effect: "bold", "link", "mention", …
	Effects []string
}

var (
	quoteAll   = regexp.MustCompile(`^ *>>> ((?s:.*))`)
	quoteLines = regexp.MustCompile(`^ *> [^\n]*(?:\n *> [^\n]*)*`)
	quoteMark  = regexp.MustCompile(`(?m)^ *> `)
	heading    = regexp.MustCompile(`^ *#{1,3} +[^\n]`)
	subtext    = regexp.MustCompile(`^ *-# +[^\n]`)
	item       = regexp.MustCompile(`^ *(?:[-*+]|\d{1,10}[.)]) +[^\s]`)
	itemMark   = regexp.MustCompile(`^ *(?:#{1,3}|-#|[-*+]|\d{1,10}[.)]) +`)

	fence     = regexp.MustCompile("^```(?s:(.+?))```")
	code      = regexp.MustCompile("^(?:``((?s:.+?))``|`([^`]+)`)")
	bareLink  = regexp.MustCompile(`^(?i:https?|discord|mailto|tel)://[^\s<]+[^<.,:;"')\]\s]`)
	invite    = regexp.MustCompile(`^(?i:discord\.gg|discord(?:app)?\.com/invite)/\w+`)
	angleLink = regexp.MustCompile(`^<(?i:https?://|mailto:|tel:)[^ >]+>`)
	mention   = regexp.MustCompile(`^(?:@everyone|@here|<@[!&]?\d+>|<#\d+>|<id:\w+>|</[^>\n]+:\d+>)`)
	emoji     = regexp.MustCompile(`^(?:<a?:\w+:\d+>|:[A-Za-z0-9_+-]{2,}:)`)
	timestamp = regexp.MustCompile(`^<t:-?\d+(?::[tTdDfFR])?>`)
	masked    = regexp.MustCompile(`^\[((?:\\.|[^\[\]\\])*)\]\(\s*<?[^\s()]+>?[^()\n]*\)`)
)

// pairs are the markup around text, in the order in which Discord looks for them.
var pairs = []struct{ mark, effect string }{
	{"||", "spoiler"}, {"**", "bold"}, {"__", "underline"}, {"~~", "strike"}, {"*", "italic"}, {"_", "italic"},
}

// Render shows a text as Discord's clients do, as far as the rules are known.
// Where they are not, it errs towards markup that takes effect.
func Render(text string) Rendered {
	var r Rendered
	r.block(text)
	return r
}

func (r *Rendered) effect(name string) { r.Effects = append(r.Effects, name) }

// block renders text whose beginning is the beginning of a line.
func (r *Rendered) block(text string) {
	var plain strings.Builder
	for lineStart := true; text != ""; {
		if lineStart {
			if m := quoteAll.FindStringSubmatch(text); m != nil {
				r.effect("quote")
				r.quoted(&plain, m[1])
				break
			}
			if m := quoteLines.FindString(text); m != "" {
				r.effect("quote")
				r.quoted(&plain, quoteMark.ReplaceAllString(m, ""))
				text, lineStart = text[len(m):], false
				continue
			}
			for _, b := range []struct {
				rule   *regexp.Regexp
				effect string
			}{{heading, "heading"}, {subtext, "subtext"}, {item, "list"}} {
				if b.rule.MatchString(text) {
					r.effect(b.effect)
					text = text[len(itemMark.FindString(text)):]
				}
			}
		}
		if n := ordinary(text, isWord(plain.String())); n > 0 {
			plain.WriteString(text[:n])
			text, lineStart = text[n:], false
			continue
		}
		before := len(text)
		shown, rest := r.inline(text, !lineStart && isWord(plain.String()))
		plain.WriteString(shown)
		lineStart = strings.HasSuffix(text[:before-len(rest)], "\n")
		text = rest
	}
	r.Plain += plain.String()
}

func (r *Rendered) quoted(plain *strings.Builder, inner string) {
	sub := Render(inner)
	r.Effects = append(r.Effects, sub.Effects...)
	r.Quoted = append(r.Quoted, sub.Plain)
	plain.WriteString(sub.Plain)
}

// ordinary is how many bytes at the beginning of text no markup can begin with.
func ordinary(text string, afterWord bool) int {
	for i := 0; i < len(text); i++ {
		c := text[i]
		switch {
		case strings.IndexByte("\\*_~`|[<@:\n", c) >= 0:
			return i
		case strings.IndexByte("hHdDmMtT", c) >= 0 && !afterWord: // the beginnings of links
			return i
		}
		afterWord = isWord(text[i : i+1])
	}
	return len(text)
}

// isWord reports whether a text ends in a letter or digit.
func isWord(text string) bool {
	if text == "" {
		return false
	}
	c := text[len(text)-1]
	return c >= '0' && c <= '9' || c >= 'A' && c <= 'Z' || c >= 'a' && c <= 'z'
}

// inline renders the markup or the character at the beginning of text, which is
// not empty, and returns what is shown and what remains.
func (r *Rendered) inline(text string, afterWord bool) (shown, rest string) {
	if text[0] == '\\' && len(text) > 1 && escapable(text[1]) {
		return text[1:2], text[2:]
	}
	for _, rule := range []struct {
		re     *regexp.Regexp
		effect string
		word   bool // only where no word goes before
	}{
		{fence, "code", false}, {code, "code", false}, {angleLink, "link", false}, {bareLink, "link", true},
		{invite, "link", true}, {mention, "mention", false}, {emoji, "emoji", false}, {timestamp, "timestamp", false},
	} {
		if rule.word && afterWord {
			continue
		}
		if m := rule.re.FindString(text); m != "" {
			r.effect(rule.effect)
			return m, text[len(m):]
		}
	}
	if m := masked.FindStringSubmatch(text); m != nil {
		r.effect("link")
		return m[1], text[len(m[0]):]
	}
	for _, p := range pairs {
		if !strings.HasPrefix(text, p.mark) {
			continue
		}
		if end := closing(text[len(p.mark):], p.mark); end > 0 {
			r.effect(p.effect)
			inner := Render("\u200b" + text[len(p.mark):len(p.mark)+end]) // not a line's beginning
			r.Effects = append(r.Effects, inner.Effects...)
			return strings.TrimPrefix(inner.Plain, "\u200b"), text[2*len(p.mark)+end:]
		}
	}
	return text[:1], text[1:]
}

// escapable reports whether a backslash before c is taken away: before all but
// letters, digits and white space.
func escapable(c byte) bool {
	return !(c >= '0' && c <= '9' || c >= 'A' && c <= 'Z' || c >= 'a' && c <= 'z' || c == ' ' || c == '\n' || c == '\t' || c == '\r' || c == '\v' || c == '\f')
}

// closing is the offset of the mark that closes markup, past escapes, or -1.
func closing(text, mark string) int {
	for i := 0; i < len(text); i++ {
		if text[i] == '\\' {
			i++
			continue
		}
		if strings.HasPrefix(text[i:], mark) {
			return i
		}
	}
	return -1
}
