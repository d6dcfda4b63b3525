package discord

import (
	"bytes"
	"regexp"
	"slices"
	"strings"

	"github.com/bwmarrin/discordgo"

	"verbatim/adapters"
)

// What Discord writes for things that clients show as words.
var (
	userMention    = regexp.MustCompile(`<@!?(\d+)>`)
	roleMention    = regexp.MustCompile(`<@&(\d+)>`)
	channelMention = regexp.MustCompile(`<#\d+>`)
	everybody      = regexp.MustCompile(`@(?:everyone|here)\b`)
	customEmoji    = regexp.MustCompile(`<a?(:\w+:)\d+>`)
	timeMark       = regexp.MustCompile(`<t:-?\d+(?::[A-Za-z])?>`)
	commandMention = regexp.MustCompile(`</([^:<>\n]+):\d+>`)
	guildLink      = regexp.MustCompile(`<id:\w+(?::\d+)?>`)
	codeLanguage   = regexp.MustCompile("^[A-Za-z0-9_+-]+\n")
	// target is what follows the brackets of a masked link, up to its end.
	target       = regexp.MustCompile(`^\(\s*<?https?://[^\s()<>]*(?:\([^\s()<>]*\)[^\s()<>]*)*>?\s*(?:"[^"\n]*"\s*|'[^'\n]*'\s*)?\)`)
	lineMarkup   = regexp.MustCompile(`(?m)^[ \t]*(?:>>> |> |#{1,3} |-# )+`)
	pairedMarkup = []*regexp.Regexp{
		regexp.MustCompile(`(?s)\|\|(.+?)\|\|`),
		regexp.MustCompile(`(?s)\*\*(.+?)\*\*`),
		regexp.MustCompile(`(?s)__(.+?)__`),
		regexp.MustCompile(`(?s)~~(.+?)~~`),
		regexp.MustCompile(`\*([^\s*](?:[^*\n]*[^\s*])?)\*`),
		regexp.MustCompile(`\b_([^\s_](?:[^_\n]*[^\s_])?)_\b`),
	}
)

// plainText undoes the markup of what somebody wrote and takes mentions of the
// bot out of it. mentioned are the users that it mentions.
func plainText(content, bot string, mentioned []discordgo.User) string {
	return undo(content, func(text string) string {
		text = userMention.ReplaceAllStringFunc(text, func(m string) string {
			id := userMention.FindStringSubmatch(m)[1]
			if id == bot {
				return " "
			}
			for _, u := range mentioned {
				if u.ID == id {
					return "@" + u.DisplayName()
				}
			}
			return "@someone"
		})
		text = roleMention.ReplaceAllString(text, "@role")
		text = channelMention.ReplaceAllString(text, "#channel")
		return customEmoji.ReplaceAllString(text, "$1")
	})
}

// wordsOf is plainText for a text that is to be checked: mentions and emoji are no part
// of it.
func wordsOf(content string) string {
	return undo(content, func(text string) string {
		for _, p := range []*regexp.Regexp{userMention, roleMention, channelMention, everybody, customEmoji} {
			text = p.ReplaceAllString(text, " ")
		}
		return text
	})
}

// undo undoes markup; marks says what is shown for mentions and emoji.
func undo(content string, marks func(string) string) string {
	text := marks(literals(content))
	text = commandMention.ReplaceAllString(text, "/$1")
	text = guildLink.ReplaceAllString(text, "")
	text = timeMark.ReplaceAllString(text, "")
	text = unlinked(text)
	text = lineMarkup.ReplaceAllString(text, "")
	for _, p := range pairedMarkup {
		text = p.ReplaceAllString(text, "$1")
	}
	return strings.TrimSpace(unhide(text))
}

// literals hides what holds no markup: escaped characters, and code, of which the
// backticks are taken away.
func literals(content string) string {
	var b strings.Builder
	escaped := func(text string) {
		for i := 0; i < len(text); i++ {
			if text[i] == '\\' && i+1 < len(text) && isPunctuation(text[i+1]) {
				i++
				b.WriteString(hide(text[i : i+1]))
				continue
			}
			b.WriteByte(text[i])
		}
	}
	last := 0
	for _, s := range adapters.CodeSpans(content, true) {
		escaped(content[last:s.Start])
		code := strings.Trim(content[s.Start:s.End], "`")
		if strings.HasPrefix(content[s.Start:s.End], "```") {
			code = codeLanguage.ReplaceAllString(code, "")
		}
		b.WriteString(hide(code))
		last = s.End
	}
	escaped(content[last:])
	return b.String()
}

// unlinked is a text with the words of masked links in place of the links, whatever
// brackets the words hold.
func unlinked(text string) string {
	if !strings.Contains(text, "](") {
		return text
	}
	var open []int // places in out of brackets that are not closed
	out := make([]byte, 0, len(text))
	for i := 0; i < len(text); i++ {
		switch text[i] {
		case '\n':
			open = open[:0]
		case '[':
			open = append(open, len(out))
		case ']':
			if len(open) == 0 {
				break
			}
			from := open[len(open)-1]
			open = open[:len(open)-1]
			if m := target.FindString(text[i+1 : min(len(text), i+1+longestTarget)]); m != "" {
				out[from] = dropped
				i += len(m)
				continue
			}
		}
		out = append(out, text[i])
	}
	return string(bytes.ReplaceAll(out, []byte{dropped}, nil))
}

// dropped stands for a bracket that is taken away: no text in UTF-8 holds it.
const dropped = 0xFF

// longestTarget bounds the address and the title of a masked link, in bytes: Discord
// takes addresses of 2,048.
const longestTarget = 4096

// hideBase begins the run of private-use characters that stand for punctuation
// which is no markup.
const hideBase = 0xF4000

// hide keeps punctuation from being read as markup.
func hide(text string) string {
	return strings.Map(func(r rune) rune {
		if r < 0x80 && isPunctuation(byte(r)) {
			return hideBase + r
		}
		return r
	}, text)
}

func unhide(text string) string {
	return strings.Map(func(r rune) rune {
		if r > hideBase && r < hideBase+0x7f {
			return r - hideBase
		}
		return r
	}, text)
}

// addresses reports whether a text mentions one of some ids outside code and quotations:
// what merely repeats somebody else's words does not ask anything.
func addresses(content string, mention *regexp.Regexp, ids ...string) bool {
	_, own := quotations(adapters.Uncoded(content, true))
	return slices.ContainsFunc(mention.FindAllStringSubmatch(own, -1), func(m []string) bool { return slices.Contains(ids, m[1]) })
}

// quotations are the runs of lines of a message that are set as quotations, and the
// other lines.
func quotations(content string) (runs []string, rest string) {
	return adapters.Quotations(content, func(line string) (is, on bool) {
		line = strings.TrimLeft(line, " \t")
		return strings.HasPrefix(line, quoteLine), strings.HasPrefix(line, ">>> ")
	}, wordsOf)
}
