package discord

import (
	"regexp"
	"strings"
)

// What Discord writes for things that clients show as words.
var (
	userMention    = regexp.MustCompile(`<@!?(\d+)>`)
	roleMention    = regexp.MustCompile(`<@&\d+>`)
	channelMention = regexp.MustCompile(`<#\d+>`)
	customEmoji    = regexp.MustCompile(`<a?(:\w+:)\d+>`)
	timeMark       = regexp.MustCompile(`<t:-?\d+(?::[tTdDfFR])?>`)
	// literal is what holds no markup: an escaped character, or code.
	literal      = regexp.MustCompile("(?s)\\\\[!-/:-@\\[-`{-~]|```.+?```|``.+?``|`[^`\n]+`")
	codeLanguage = regexp.MustCompile("^[A-Za-z0-9_+-]+\n")
	codeFence    = regexp.MustCompile("(?s)```.+?```")
	codeSpan     = regexp.MustCompile("(?s)``.+?``|`[^`\n]+`")
	maskedLink   = regexp.MustCompile(`\[([^\[\]\n]*)\]\(\s*<?https?://[^\s()]+>?\s*\)`)
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
// bot out of it. names gives a mentioned user's name by id.
func plainText(content, bot string, names map[string]string) string {
	text := literal.ReplaceAllStringFunc(content, func(m string) string {
		if m[0] == '\\' {
			return hide(m[1:])
		}
		code := strings.Trim(m, "`")
		if strings.HasPrefix(m, "```") {
			code = codeLanguage.ReplaceAllString(code, "")
		}
		return hide(code)
	})
	text = userMention.ReplaceAllStringFunc(text, func(m string) string {
		switch id := userMention.FindStringSubmatch(m)[1]; {
		case id == bot:
			return " "
		case names[id] != "":
			return "@" + names[id]
		}
		return "@someone"
	})
	text = roleMention.ReplaceAllString(text, "@role")
	text = channelMention.ReplaceAllString(text, "#channel")
	text = customEmoji.ReplaceAllString(text, "$1")
	text = timeMark.ReplaceAllString(text, "")
	text = maskedLink.ReplaceAllString(text, "$1")
	text = lineMarkup.ReplaceAllString(text, "")
	for _, p := range pairedMarkup {
		text = p.ReplaceAllString(text, "$1")
	}
	return strings.TrimSpace(unhide(text))
}

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

// addresses reports whether a text mentions the bot outside code and quotations:
// what merely repeats somebody else's words does not ask anything.
func addresses(content, bot string) bool {
	text := codeFence.ReplaceAllString(content, "")
	text = codeSpan.ReplaceAllString(text, "")
	for line := range strings.Lines(text) {
		trimmed := strings.TrimLeft(line, " \t")
		if strings.HasPrefix(trimmed, ">>> ") {
			break
		}
		if strings.HasPrefix(trimmed, "> ") {
			continue
		}
		for _, m := range userMention.FindAllStringSubmatch(line, -1) {
			if m[1] == bot {
				return true
			}
		}
	}
	return false
}
