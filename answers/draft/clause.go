package draft

import (
	"regexp"
	"strings"

	"verbatim/answers/asks"
	"verbatim/corpus/words"
)

// clause is the first statement of a sentence, cut into what a question turns
// round. All fields but base are as the sentence writes them.
type clause struct {
	lead    string // what stands before the subject ("In 1880"), without its comma
	subject string // "Ann Lee"
	// first is the word of the subject's first name or noun that says whether it is a person.
	verb  string // the finite verb: "moved", "was", "can"
	base  string // its infinitive, empty for an auxiliary
	rest  string // what follows the verb, up to the clause's end
	whole string // the sentence without its end mark
}

// longestSubject bounds the words of a subject: beyond it the verb found is
// mostly that of a part of it.
const longestSubject = 9

var (
	determiners = set("the a an this that these those his her its their our my your some many most several all both each every any no another one two three four five six seven eight nine ten")
	articles    = set("the a an his her its their our my your no another every")
	relative    = set("who which that whom whose where when while because if although though since whether what how why as")
	// leads begin a phrase that stands before the subject.
	leads = set(`in on at by from for since until after before during under with within without throughout over through despite following according as when while although
		though because if once upon among between around despite unlike like besides instead given due`)
	// adverbs may stand before a subject or between it and its verb.
	adverbs = set(`however later then also thus therefore meanwhile today now soon finally eventually initially originally instead moreover furthermore nevertheless still
		already never always often usually sometimes only not first again even once long ever just both all currently generally typically approximately`)
	pronouns  = set("nobody somebody everybody everyone someone anyone nothing something everything he she it they we i you this these that those there who what one some many most others both each all")
	personal  = set("he she it they")
	prepWords = set(`of in on at by for from with to into onto about over under after before during between among against through as than within without upon near behind toward
		towards since until besides across along around throughout despite via per due because that which who and or but`)
)

func adverb(w string) bool { return adverbs[w] || strings.HasSuffix(w, "ly") && len(w) > 4 }

// parse reads the first statement of a sentence; false where its subject or verb
// cannot be told.
func parse(sentence string) (clause, bool) {
	sentence = asides.ReplaceAllString(sentence, "")
	text := strings.TrimRight(strings.TrimSpace(sentence), ".!?…;:, \"”’")
	t := words.Tokens(text)
	c := clause{whole: text}
	if len(t) < 3 || strings.HasSuffix(strings.TrimSpace(sentence), "?") {
		return c, false
	}
	at := 0
	if w := t[0].Word; leads[w] || adverb(w) {
		comma := -1
		for i := 1; i < len(t) && i <= 14; i++ {
			if strings.HasPrefix(text[t[i-1].End:], ",") && !dateComma(t, i) {
				comma = i
				break
			}
		}
		switch {
		case comma > 0:
			c.lead, at = text[t[0].Start:t[comma-1].End], comma
		case adverb(w):
			c.lead, at = text[t[0].Start:t[0].End], 1
		case len(t) > 3 && number(t[1].Word): // "In 1880 he moved"
			c.lead, at = text[t[0].Start:t[1].End], 2
		default:
			return c, false
		}
	}
	v := finite(text, t, at)
	if v < 0 {
		return c, false
	}
	c.subject = strings.TrimSpace(text[t[at].Start:t[v].Start])
	// An aside between commas is not of the subject.
	if i := strings.Index(c.subject, ","); i > 0 {
		if !strings.HasSuffix(c.subject, ",") {
			return c, false
		}
		c.subject = c.subject[:i]
	}
	for adverbial := strings.Fields(c.subject); len(adverbial) > 1 && adverb(strings.ToLower(adverbial[len(adverbial)-1])); adverbial = adverbial[:len(adverbial)-1] {
		c.subject = strings.Join(adverbial[:len(adverbial)-1], " ")
	}
	if c.subject == "" || strings.ContainsAny(c.subject, "“”\"()[];:") {
		return c, false
	}
	c.verb = text[t[v].Start:t[v].End]
	if !auxiliaries[t[v].Word] || v+1 == len(t) {
		c.base, _ = infinitive(t[v].Word)
	} else if haves[t[v].Word] && !participle(t[v+1].Word) && !adverb(t[v+1].Word) && t[v+1].Word != "been" && t[v+1].Word != "to" {
		c.base = "have"
	}
	c.rest = strings.TrimSpace(text[t[v].End:end(text, t, v)])
	return c, c.rest != "" || c.base != ""
}

// asides are brackets and notes: what stands in them is no part of a question.
var asides = regexp.MustCompile(`\s?(?:\([^()]*\)|\[[^\[\]]*\])`)

var haves = set("has have had")

// dateComma reports whether the comma before token i stands inside a date ("July 4, 1776").
func dateComma(t []words.Token, i int) bool {
	return len(t[i].Word) == 4 && number(t[i].Word) && number(t[i-1].Word)
}

func number(w string) bool { return w != "" && '0' <= w[0] && w[0] <= '9' }

// finite returns the token of the first finite verb after a subject that begins
// at token at, or -1.
func finite(text string, t []words.Token, at int) int {
	for i := at + 1; i < len(t) && i <= at+longestSubject+4; i++ {
		w := t[i].Word
		gap := text[t[i-1].End:max(t[i-1].End, t[i].Start)]
		aside := strings.HasSuffix(strings.TrimSpace(gap), ",")
		if strings.ContainsAny(gap, ";:—–") {
			return -1
		}
		if relative[w] && !aside && strings.TrimSpace(gap) == "" && i < at+longestSubject {
			if w == "that" || w == "who" || w == "which" || w == "where" || w == "when" || w == "because" || w == "if" || w == "while" {
				return -1
			}
		}
		if aside && (w == "who" || w == "which" || w == "where" || w == "whose") { // to the end of the aside
			for i++; i < len(t) && !strings.HasPrefix(text[t[i].End:], ","); i++ {
			}
			continue
		}
		if auxiliaries[w] {
			return i
		}
		if _, ok := infinitive(w); !ok {
			continue
		}
		if before := t[i-1].Word; articles[before] || determiners[before] && i-1 > at || prepWords[before] {
			continue // "the advanced", "of united"
		}
		if strings.HasSuffix(w, "ed") && reduced(text, t, i) {
			continue
		}
		return i
	}
	return -1
}

// reduced reports whether a form in -ed at i belongs to its noun ("the show
// produced by Lee was …") because a finite verb follows soon.
func reduced(text string, t []words.Token, i int) bool {
	if i+1 < len(t) && (t[i+1].Word == "by" || t[i+1].Word == "in" || t[i+1].Word == "as" || t[i+1].Word == "on" || t[i+1].Word == "from" || t[i+1].Word == "at") {
		for k := i + 2; k < len(t) && k <= i+8; k++ {
			if strings.ContainsAny(text[t[k-1].End:max(t[k-1].End, t[k].Start)], ",;:") || relative[t[k].Word] || t[k].Word == "and" {
				return false
			}
			if auxiliaries[t[k].Word] {
				return true
			}
		}
	}
	return false
}

// end returns where the clause of the verb at token v ends.
func end(text string, t []words.Token, v int) int {
	for i := v + 1; i < len(t); i++ {
		gap := text[t[i-1].End:max(t[i-1].End, t[i].Start)]
		switch {
		case strings.ContainsAny(gap, ";:—–\"“”()[]"), strings.Contains(gap, " - "), strings.Contains(gap, ". "):
			if i-v > 1 {
				return t[i-1].End
			}
		case strings.Contains(gap, ",") && !dateComma(t, i) && i-v > 1:
			return t[i-1].End
		}
	}
	return len(text)
}

// without takes a phrase out of a clause's rest, together with the preposition
// and the determiner before it; false where it is not in it.
func without(rest, phrase string, prepositions map[string]bool) (string, bool) {
	i := strings.Index(rest, phrase)
	if i < 0 {
		return rest, false
	}
	before := strings.Fields(rest[:i])
	n := len(before)
	for n > 0 && (determiners[strings.ToLower(before[n-1])] || timeQualifiers[strings.ToLower(before[n-1])]) {
		n--
	}
	if n == 0 || !prepositions[strings.ToLower(before[n-1])] {
		return rest, false
	}
	before = before[:n-1]
	return strings.TrimSpace(strings.Join(before, " ") + " " + strings.TrimLeft(rest[i+len(phrase):], ", ")), true
}

var (
	timeQualifiers   = set("early late mid about around approximately the end beginning middle of")
	datePrepositions = set("in on at by since until from during around before after between")
	placePreps       = set("in at near from to into on outside across throughout around through")
)

// subordinate introduces another clause: when and where that one was is not asked of
// the first.
var subordinate = regexp.MustCompile(`\b(?:because|that|which|who|whom|whose|when|where|while|although|though|if|after|before|until|since) `)

// mainPart cuts what follows a verb where another clause begins.
func mainPart(rest string) string {
	if at := subordinate.FindStringIndex(rest); at != nil {
		return rest[:at[0]]
	}
	return rest
}

// thing returns the first thing of a kind in a text, as it is written with what
// belongs to it: a month goes with its day and year, a figure with its sign.
func thing(text string, kind asks.Kind) (string, asks.Grain, bool) {
	things := asks.Told(text)[kind]
	if len(things) == 0 {
		return "", asks.AnyGrain, false
	}
	first := things[0]
	start, end := first.Start, first.End
	if kind == asks.Date {
		for _, next := range things[1:] {
			if gap := text[end:max(end, next.Start)]; gap == " " || gap == ", " {
				end = next.End
			} else if next.Start > end {
				break
			}
		}
	}
	return widen(text, start, end), first.Grain, true
}

// widen takes in the rest of the words at either end: "$", "%".
func widen(text string, start, end int) string {
	for start > 0 && strings.ContainsRune("$£€¥", lastRune(text[:start])) {
		start -= len(string(lastRune(text[:start])))
	}
	if strings.HasPrefix(text[end:], "%") {
		end++
	}
	return text[start:end]
}
