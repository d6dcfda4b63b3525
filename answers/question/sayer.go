package question

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"verbatim/corpus/words"
)

// sayers returns whom words may be put in the mouth of by what stands before and after them,
// as it is typed: "Hart" in “Hart said: …” and in “…” – Hart, “her sister” in “did her sister
// really write …”. What stands nearest before the words comes first, then what follows them.
func sayers(before string, after ...string) []string {
	var out []string
	add := func(s string) {
		if s != "" && len(out) < mostSayers {
			out = append(out, s)
		}
	}
	if len(before) > longAround {
		before = strings.ToValidUTF8(before[len(before)-longAround:], "")
	}
	clauses := clausesOf(before)
	labelled := Labels(before)
	for i, c := range slices.Backward(clauses) {
		n := len(out)
		add(c.sayer(false))
		owned := len(c.tokens) > 0 && c.possessive(len(c.tokens)-1) && strings.HasSuffix(strings.TrimSpace(before), "s") // Hart's “…”
		if len(out) > n || !labelled && !owned || i < len(clauses)-1 {
			continue
		}
		if i > 0 && clauses[i-1].isName() {
			c = clauses[i-1] // "Hart, the ranger:"
		}
		add(c.endingAt(len(c.tokens)))
	}
	for _, text := range after[:min(len(after), mostSayers)] {
		text = strings.ToValidUTF8(text[:min(len(text), longAround)], "")
		signed := strings.IndexAny(strings.TrimLeft(text, " \n.,?!"), "-–—~(")
		for i, c := range clausesOf(text) {
			n := len(out)
			if add(c.sayer(true)); len(out) == n && i == 0 && signed == 0 {
				add(c.startingAt(0))
			}
		}
	}
	return out
}

// Labels reports whether what stands before some words ends as a speaker's label does: with a
// colon or a dash.
func Labels(before string) bool {
	before = strings.TrimSpace(before)
	return strings.HasSuffix(before, ":") || strings.HasSuffix(before, " -") || strings.HasSuffix(before, "–") || strings.HasSuffix(before, "—")
}

const (
	// mostSayers bounds how many may be the sayer, and longAround how many bytes before and
	// after the words are read for them: a question is short, a hostile text need not be.
	mostSayers = 8
	longAround = 500
)

// clause is a run of words without punctuation that parts them.
type clause struct {
	text   string
	tokens []words.Token
}

func clausesOf(text string) []clause {
	tokens := words.Tokens(text)
	var out []clause
	from := 0
	for i, t := range tokens {
		if i+1 == len(tokens) || parted(text[t.End:max(t.End, tokens[i+1].Start)]) {
			out = append(out, clause{text, tokens[from : i+1]})
			from = i + 1
		}
	}
	return out
}

// isName reports whether a clause is no more than a name.
func (c clause) isName() bool {
	return len(c.tokens) < 4 && c.capital(0) && !c.ends(0) && !c.in("pronoun", 0)
}

func (c clause) capital(i int) bool {
	r, _ := utf8.DecodeRuneInString(c.text[c.tokens[i].Start:])
	return unicode.IsUpper(r)
}

// name reports whether the i-th word is written as a name, with one capital.
func (c clause) name(i int) bool {
	t := c.tokens[i]
	return c.capital(i) && strings.ToUpper(c.text[t.Start:t.End]) != c.text[t.Start:t.End]
}

// parted reports whether what stands between two words parts clauses. A full stop does
// not: it may be that of an abbreviation.
func parted(between string) bool {
	return strings.ContainsAny(between, ",;:!?()[]–—~<>\n") || strings.Contains(between, " - ") || strings.Contains(between, "..")
}

// sayer returns whom a clause makes the sayer: by words that are somebody's, by them or from
// them, or by a verb of saying. In a clause that follows the words, the sayer may stand behind
// the verb.
func (c clause) sayer(follows bool) string {
	n := len(c.tokens)
	for i := range c.tokens {
		if s := c.sayerBeside(i); s != "" {
			return s
		}
	}
	for i := n - 1; i >= 0; i-- {
		if !c.says(i) {
			continue
		}
		if s := c.endingAt(i); s != "" {
			return s
		}
		if follows && i == 0 {
			return c.startingAt(1)
		}
	}
	if n > 2 && c.in("auxiliary", 0) && c.capital(2) && c.points(1) {
		return c.startingAt(2) // "is this Hart?"
	}
	if follows && n > 2 && c.points(0) && (c.tokens[1].Word == "is" || c.tokens[1].Word == "was") {
		return c.startingAt(2) // "that's Hart, isn't it?"
	}
	return ""
}

// sayerBeside returns whom the i-th word makes the sayer, no verb of saying: "according to
// Hart", "a quote by Hart", "Hart's words"; empty where it makes nobody.
func (c clause) sayerBeside(i int) string {
	n := len(c.tokens)
	switch w := c.tokens[i].Word; {
	case w == "according" && i+2 < n:
		return c.startingAt(i + 2)
	case w == "by", w == "from" && (i == 0 || c.in("words", i-1) || c.in("auxiliary", i-2)),
		(w == "of" || w == "to") && (c.in("words", i-1) || c.in("check", i-1)),
		(w == "quote" || w == "quotes" || w == "quoted" || w == "cite") && c.says(i) && i+1 < n && !c.in("preposition", i+1):
		return c.startingAt(i + 1)
	case c.owns(i):
		return c.endingAt(i + 1)
	}
	return ""
}

// points reports whether the i-th word stands for the words held up.
func (c clause) points(i int) bool {
	return slices.Contains([]string{"this", "that", "it", "these", "those"}, c.tokens[i].Word)
}

// owns reports whether the i-th word is the owner of words: "Hart's exact words", "their quote".
func (c clause) owns(i int) bool {
	if !c.possessive(i) && !slices.Contains(owners, c.tokens[i].Word) {
		return false
	}
	for k := i + 1; k < min(i+4, len(c.tokens)) && !c.says(k); k++ {
		if c.in("words", k) {
			return true
		}
	}
	return false
}

var owners = []string{"his", "her", "their", "hers", "theirs"}

// possessive reports whether the i-th word is written as an owner: "Hart's", "Burrows'".
func (c clause) possessive(i int) bool {
	t := c.tokens[i]
	after := words.Fold(c.text[t.End:min(len(c.text), t.End+len("’"))])
	return words.Fold(c.text[t.Start:t.End]) == t.Word+"'s" || strings.HasSuffix(t.Word, "s") && strings.HasPrefix(after, "'")
}

// says reports whether the i-th word is a verb of saying or thinking, and not a noun.
func (c clause) says(i int) bool {
	if c.in("opens", i) && i+1 < len(c.tokens) && c.tokens[i+1].Word == "with" {
		return true
	}
	if slices.Contains([]string{"use", "uses", "used", "using"}, c.tokens[i].Word) { // "used those very words"
		return slices.ContainsFunc(c.tokens[i:min(i+5, len(c.tokens))], func(t words.Token) bool { return lists["words"][t.Word] })
	}
	if !c.in("say", i) && !c.in("think", i) || c.in("text", i) || i > 0 && c.tokens[i-1].Word == "united" { // "the United States"
		return false
	}
	return i == 0 || !c.in("article", i-1) && !c.in("check", i-1) && c.tokens[i-1].Word != "this" && !c.possessive(i-1)
}

func (c clause) in(list string, i int) bool { return i >= 0 && lists[list][c.tokens[i].Word] }

// ends reports whether the i-th word is no part of what names somebody: it stands before or
// after that.
func (c clause) ends(i int) bool {
	switch c.tokens[i].Word {
	case "and", "or":
		return false
	case "that": // "the author of that piece"
		return i == 0 || !c.in("preposition", i-1)
	case "as", "not", "if":
		return true
	}
	if c.in("auxiliary", i) && c.tokens[i].Start > 0 && c.name(i) { // "– Will?"
		return false
	}
	return c.says(i) || slices.ContainsFunc([]string{"adverb", "chatter", "auxiliary", "wh", "tag", "check"}, func(list string) bool { return c.in(list, i) })
}

// startingAt returns what names somebody at or soon after the i-th word.
func (c clause) startingAt(i int) string {
	for i < len(c.tokens) && c.ends(i) {
		i++
	}
	end := i
	for end < len(c.tokens) && (end == i || !c.ends(end)) && !(c.tokens[end].Word == "in" && c.in("text", min(end+2, len(c.tokens)-1))) {
		end++
	}
	return c.typed(i, end)
}

// endingAt returns what names somebody right before the i-th word.
func (c clause) endingAt(i int) string {
	for i > 0 && c.ends(i-1) {
		i--
	}
	from := i
	for from > 0 && !c.ends(from-1) {
		from--
	}
	if from > 0 && from < i && c.in("preposition", from) { // "Hart is on record saying"
		return c.endingAt(from)
	}
	return c.typed(from, i)
}

// typed returns the words from i to before end as they were typed, without what only leads
// to a name ("it was Hart") and what makes it an owner.
func (c clause) typed(i, end int) string {
	if i < end-1 && c.in("subject", end-1) { // "my cousin swears it"
		i = end - 1
	}
	for i < end-1 && slices.Contains([]string{"it", "this", "these", "those", "and"}, c.tokens[i].Word) {
		i++
	}
	for end > i && (c.tokens[end-1].Word == "and" || c.tokens[end-1].Word == "or") {
		end--
	}
	if i >= end || c.in("preposition", i) { // "on the page:"
		return ""
	}
	s := c.text[c.tokens[i].Start:c.tokens[end-1].End]
	if c.possessive(end - 1) {
		s = strings.TrimSuffix(strings.TrimSuffix(s, "'s"), "’s")
	}
	return s
}
