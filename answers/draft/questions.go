package draft

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"verbatim/answers/asks"
	"verbatim/corpus"
	"verbatim/corpus/words"
)

// maxUtterances bounds what is drafted for one passage: more differ by a word.
const maxUtterances = 8

// utterances are the questions drafted for one passage, in order. What was drafted
// for another passage is not drafted again: it tells neither from the other.
type utterances struct {
	list  []string
	taken map[string]bool // of the whole draft, as words
}

func (u *utterances) add(parts ...string) {
	q := strings.Join(strings.Fields(strings.Join(parts, " ")), " ")
	q = strings.TrimRight(q, " ,;:.?!") + "?"
	if n := utf8.RuneCountInString(q); n < 6 || n > maxLength || len(u.list) == maxUtterances {
		return
	}
	key := ""
	for _, t := range words.Tokens(q) {
		key += t.Word + " "
	}
	if u.taken[key] {
		return
	}
	u.taken[key] = true
	u.list = append(u.list, q)
}

// maxLength is the length of the longest utterance, in characters.
const maxLength = 160

// ask drafts questions from a clause. who is the name to put for a pronoun that
// is its subject, or empty; person says whether the subject is a person.
func (u *utterances) ask(c clause, who string, person bool) {
	subject := c.subject
	if personal[strings.ToLower(c.subject)] {
		if who == "" {
			return
		}
		subject = who
	} else if who != "" {
		if head, rest, ok := strings.Cut(c.subject, " "); ok && possessive[strings.ToLower(head)] {
			subject = who + "’s " + rest
		}
	}
	if pronouns[strings.ToLower(subject)] || possessive[strings.ToLower(firstWord(subject))] {
		return
	}
	// did Ann Lee | move | to Prague in 1880
	before, verb := c.verb, ""
	if c.base != "" {
		before, verb = "did", c.base
		if _, ok := present[c.verb]; ok {
			before = "does"
		} else if c.verb == "have" {
			before = "do"
		}
	}
	turned := func(rest string) string { return before + " " + subject + " " + verb + " " + rest }

	if when, grain, ok := thing(mainPart(c.rest), asks.Date); ok {
		if rest, ok := without(c.rest, when, datePrepositions); ok {
			u.add("when", turned(rest))
			if grain == asks.Year {
				u.add("in what year", turned(rest))
			}
		}
	} else if when, _, ok := thing(c.lead, asks.Date); ok && when != "" {
		u.add("when", turned(c.rest))
	}
	if where, _, ok := thing(mainPart(c.rest), asks.Place); ok {
		if rest, ok := without(c.rest, where, placePreps); ok {
			u.add("where", turned(rest))
		}
	}
	for _, because := range []string{" because ", " due to ", " in order to ", " so that "} {
		if head, _, ok := strings.Cut(c.rest, because); ok {
			u.add("why", turned(head))
		}
	}
	if n, noun, rest, ok := counted(c.rest); ok {
		u.add(n, noun, turned(rest))
	}
	if by, rest, ok := agent(c.rest); ok && c.base == "" {
		u.add("who", c.verb, subject, by, "by", rest)
	}
	switch {
	case forms[c.verb] && definition(c.rest):
		if person {
			u.add("who", c.verb, subject)
		} else {
			u.add("what", c.verb, subject)
		}
	case c.base != "":
		if rest, ok := afterObject(c.rest); ok {
			u.add("what", turned(rest))
		}
	}
	asked := "what"
	if person || len(asks.Told(subject)[asks.Group]) > 0 {
		asked = "who"
	}
	u.add(asked, c.verb, c.rest)
	u.add(turned(c.rest))
}

var possessive = set("his her its their")

func firstWord(s string) string {
	w, _, _ := strings.Cut(s, " ")
	return w
}

// lowerFirst writes the first word of a sentence small unless a name begins with it.
func (c *curation) lowerFirst(s string) string {
	w := firstWord(s)
	low := strings.ToLower(w)
	if determiners[low] || pronouns[low] || possessive[low] || leads[low] || !c.begins[strings.TrimSuffix(strings.TrimSuffix(w, "’s"), "'s")] && w != strings.ToUpper(w) {
		return low + s[len(w):]
	}
	return s
}

func lastRune(s string) rune {
	r, _ := utf8.DecodeLastRuneInString(s)
	return r
}

// counted reads a figure with its noun at the beginning of a clause's rest:
// "won 12 medals in 1880" asks "how many medals", with "in 1880" left.
func counted(rest string) (asked, noun, left string, ok bool) {
	f := strings.Fields(rest)
	at := 0
	for at < len(f) && (strings.EqualFold(f[at], "about") || strings.EqualFold(f[at], "over") || strings.EqualFold(f[at], "approximately") || strings.EqualFold(f[at], "nearly")) {
		at++
	}
	if at+1 >= len(f) {
		return
	}
	things := asks.Told(strings.Join(f[at:], " "))[asks.Number]
	if len(things) == 0 || things[0].Start > 1 {
		return
	}
	switch things[0].Grain {
	case asks.Money:
		return "how much", "", strings.Join(f[at+1:], " "), true
	case asks.Count:
		n := at + 1
		for n < len(f) && (number(f[n]) || f[n] == "million" || f[n] == "billion" || f[n] == "thousand" || f[n] == "hundred") {
			n++
		}
		end := n
		for end < len(f) && end < n+3 && !prepWords[strings.ToLower(f[end])] && !auxiliaries[strings.ToLower(f[end])] {
			end++
			if strings.HasSuffix(f[end-1], "s") {
				break
			}
		}
		if end == n {
			return
		}
		return "how many", strings.Join(f[n:end], " "), strings.Join(f[end:], " "), true
	}
	return
}

// agent reads a passive: "written by Ann Lee in 1880" has "written", "in 1880".
func agent(rest string) (participled, left string, ok bool) {
	f := strings.Fields(rest)
	for i, w := range f {
		if w == "by" && i > 0 && i < 6 && participle(strings.ToLower(f[i-1])) {
			end := i + 1
			for end < len(f) && !prepWords[strings.ToLower(f[end])] {
				end++
			}
			if end == i+1 {
				return
			}
			return strings.Join(f[:i], " "), strings.Join(f[end:], " "), true
		}
	}
	return
}

// definition reports whether what follows a form of "to be" says what something is.
func definition(rest string) bool {
	switch strings.ToLower(firstWord(rest)) {
	case "a", "an", "the", "one":
		return true
	}
	return false
}

// afterObject takes the object from behind a verb: "founded the museum in 1880"
// has "in 1880" left; false where no object follows at once.
func afterObject(rest string) (string, bool) {
	f := strings.Fields(rest)
	if len(f) == 0 || prepWords[strings.ToLower(f[0])] || adverb(strings.ToLower(f[0])) {
		return "", false
	}
	for i, w := range f {
		if i > 0 && prepWords[strings.ToLower(w)] && w != "of" && w != "and" && w != "or" {
			return strings.Join(f[i:], " "), true
		}
	}
	return "", true
}

// phrases returns the nouns that a text is about, as it writes them: names first,
// then what stands behind a determiner, each once.
func (c *curation) phrases(text string) []string {
	var out []string
	add := func(p string) {
		p = strings.TrimSpace(p)
		if utf8.RuneCountInString(p) < 3 || utf8.RuneCountInString(p) > 60 {
			return
		}
		for _, o := range out {
			if strings.Contains(strings.ToLower(o), strings.ToLower(p)) {
				return
			}
		}
		out = append(out, p)
	}
	for _, n := range asks.Told(text)[asks.Name] {
		if name := text[n.Start:n.End]; c.mentions[strings.TrimPrefix(strings.TrimSuffix(strings.TrimSuffix(name, "’s"), "'s"), "The ")] != nil {
			add(strings.TrimSuffix(strings.TrimSuffix(name, "’s"), "'s"))
		}
	}
	t := words.Tokens(text)
	for i := 0; i < len(t); i++ {
		if !determiners[t[i].Word] {
			continue
		}
		end := i + 1
		for end < len(t) && end <= i+3 && joined(text[t[end-1].End:max(t[end-1].End, t[end].Start)]) && noun(t[end].Word) {
			end++
		}
		if end > i+1 && !vague[t[end-1].Word] {
			add(text[t[i+1].Start:t[end-1].End])
			i = end - 1
		}
	}
	return out
}

func joined(gap string) bool { return gap == " " || gap == "-" }

// vague words say nothing at the end of a noun phrase.
var vague = set(`own lot next same first second third last most more much other such few way ways part kind type number rest end day time times year years several
	former latter latest previous following new old good bad great large small many less least very so different various certain similar single whole entire
	main major minor early late high low long short only open closed also even further another best better`)

// noun reports whether a word may be part of a noun phrase.
func noun(w string) bool {
	if auxiliaries[w] || prepWords[w] || determiners[w] || pronouns[w] || relative[w] || adverb(w) || number(w) || past[w] != "" || present[w] != "" {
		return false
	}
	r, _ := utf8.DecodeRuneInString(w)
	return unicode.IsLetter(r)
}

// spoken drafts questions for what somebody is credited with.
func (u *utterances) spoken(p corpus.Passage, about []string) {
	if p.Speaker == "" || p.Attribution == corpus.Article {
		return
	}
	who := lastName(p.Speaker)
	n := 0
	for _, a := range about {
		if topic, ok := topicOf(p.Quote.Text(), a); ok && !strings.Contains(a, who) && n < 2 {
			u.add("what did", who, "say about", topic)
			n++
		}
	}
	if p.Spoken() {
		if f := strings.Fields(strings.Trim(p.Quote.Text(), "“”\"‘’'.,!? ")); len(f) > 3 {
			u.add("who said “" + strings.Trim(strings.Join(f[:min(6, len(f))], " "), ",.;:“”\"") + "”")
		}
	}
}

// topicOf returns a noun phrase as it can stand behind "about": a name, or what the
// text has "the" before; false for others, which are too often half a phrase.
func topicOf(text, phrase string) (string, bool) {
	with := withArticle(text, phrase)
	return with, strings.HasPrefix(with, "the ") || unicode.IsUpper([]rune(phrase)[0])
}

// withArticle puts "the" before a noun that the text has with it.
func withArticle(text, phrase string) string {
	for _, article := range []string{"the ", "a ", "an "} {
		if strings.Contains(text, article+phrase) || strings.Contains(text, capital(article)+phrase) {
			return article + phrase
		}
	}
	return phrase
}
