// Package asks tells what kind of thing a question asks for, and what kinds of
// things a passage tells.
//
// It is rules over closed word lists, for English in any register: no model, no
// dictionary of names. A few microseconds a text.
package asks

import (
	"slices"
	"strings"

	"verbatim/corpus/words"
)

// Kind is a kind of thing that can be asked for. Its values are also the keys
// of corpus.Passage.Tells and the values of corpus.Intent.Asks.
type Kind string

const (
	// Open: anything may answer ("what did he say about Windows").
	Open         Kind = ""
	Person       Kind = "person"
	Group        Kind = "group" // people without a name: a team's fans, a tribe
	Organisation Kind = "organisation"
	Date         Kind = "date"
	Duration     Kind = "duration"
	Place        Kind = "place"
	Number       Kind = "number"
	Reason       Kind = "reason"
	Reaction     Kind = "reaction"
	Comparison   Kind = "comparison"
	Manner       Kind = "manner"
	Consequence  Kind = "consequence"
	Example      Kind = "example"
	Definition   Kind = "definition"
	Opinion      Kind = "opinion"
	Name         Kind = "name" // what something is called, or a named thing that is none of the above
	YesNo        Kind = "yesno"
)

// Grain is a finer kind of Date or Number; empty where any will do.
type Grain string

const (
	AnyGrain Grain = ""

	Year    Grain = "year"
	Month   Grain = "month"
	Day     Grain = "day" // a day of a month or of the week
	Time    Grain = "time"
	Decade  Grain = "decade"
	Century Grain = "century"
	Season  Grain = "season"

	Count      Grain = "count"
	Percentage Grain = "percentage"
	Money      Grain = "money"
	Measure    Grain = "measure" // a length, weight, speed, temperature, …
	Age        Grain = "age"
)

// Asked is what a question asks for.
type Asked struct {
	Kind  Kind
	Grain Grain
	// Head is the noun that says what is asked for ("senator" in "which
	// senator", "goals" in "how many goals"), normalised; empty where there is none.
	Head string
	// Word is the word that asks ("who", "how", "name"), empty where none does.
	Word string
}

// Of reads a question.
func Of(question string) Asked { return OfTokens(question, words.Tokens(question)) }

// OfTokens is Of for a question whose tokens are known.
func OfTokens(question string, tokens []words.Token) Asked {
	var buffer [48]string
	w := buffer[:0]
	for _, t := range tokens {
		word := t.Word
		if right, ok := misspelt[word]; ok {
			word = right
		}
		w = append(w, word)
	}
	if len(w) == 0 {
		return Asked{}
	}
	if at := interrogative(question, tokens, w); at >= 0 {
		return asking(question, tokens, w, at)
	}
	return plain(w)
}

// interrogative returns the index of the word that asks, or -1.
func interrogative(question string, tokens []words.Token, w []string) int {
	i := slices.IndexFunc(w, func(word string) bool { return asksWord[word] })
	if i < 0 {
		return -1
	}
	relative := relates(question, tokens, w, i)
	// "When Tesla died, who inherited …": the first word opens a clause.
	opens := i == 0 && w[0] == "when" && len(w) > 1 && !auxiliary[w[1]]
	if relative || opens { // not asking, if something else does
		if later := nextAsking(w, i+1); later > 0 {
			return later
		}
	}
	if relative && auxiliary[w[0]] && !(len(w) > 1 && w[1] == "you") {
		return -1
	}
	if auxiliary[w[0]] && i > 0 && !polite(w) && !verbsOfAsking[w[i-1]] && w[i-1] != "me" && w[i-1] != "reason" {
		return -1 // "Did he win when …": yes or no
	}
	return i
}

// relates reports whether a word that may ask begins a relative clause: "the senator who
// asked", "the year when".
func relates(question string, tokens []words.Token, w []string, i int) bool {
	if i == 0 || w[i] != "who" && w[i] != "which" && w[i] != "when" && w[i] != "where" && w[i] != "that" {
		return false
	}
	before := w[i-1]
	return !strings.ContainsAny(between(question, tokens, i), ",;:") &&
		!prepositions[before] && !verbsOfAsking[before] && before != "and" && before != "me" && before != "us"
}

// polite: "can you tell me", "do you know", "is there": the real question follows.
func polite(w []string) bool {
	return len(w) > 2 && (w[1] == "you" || w[1] == "we" || w[1] == "i" || w[1] == "anyone" || w[1] == "somebody" || w[1] == "there")
}

func nextAsking(w []string, from int) int {
	for i := from; i < len(w); i++ {
		if asksWord[w[i]] && w[i] != "that" {
			return i
		}
	}
	return -1
}

// asking reads a question whose word at the index asks.
func asking(question string, tokens []words.Token, w []string, at int) Asked {
	word, rest := w[at], w[at+1:]
	a := Asked{Word: word}
	switch word {
	case "who", "whom", "whose", "whoever":
		a.Kind = Person
		if word == "whose" && len(rest) > 0 {
			a.Head = rest[0]
		}
		if word == "who" && len(rest) > 1 && isWord(rest[0]) && isName(question, tokens[at+2:]) {
			a.Kind, a.Head = Definition, "" // "Who is Ada Lovelace?"
		}
		if len(rest) > 0 && rest[len(rest)-1] == "for" && has(rest, "work", "play", "vote") {
			a.Kind = Organisation
		}
	case "when", "whenever":
		a.Kind = Date
	case "where", "wherever", "whereabouts":
		a.Kind = Place
	case "why":
		a.Kind = Reason
	case "how":
		return how(a, rest)
	default: // what, which
		return what(a, w, at)
	}
	return a
}

// how reads what follows "how".
func how(a Asked, rest []string) Asked {
	a.Kind = Manner
	if len(rest) == 0 {
		return a
	}
	next := ""
	if len(rest) > 1 {
		next = rest[1]
	}
	switch rest[0] {
	case "many":
		return howMany(a, rest[1:])
	case "much":
		a.Kind = Number
		if anyIn(rest, paying) {
			a.Grain = Money
		} else if next == "time" {
			a.Kind = Duration
		} else {
			a.Head, a.Grain = headBehindOf(rest[1:]), Measure
			if n, ok := nouns[a.Head]; ok && n.kind == Number {
				a.Grain = n.grain
			}
		}
		return a
	case "long":
		a.Kind = Duration
		if next == "ago" {
			a.Kind = Date
		}
		return a
	}
	if n, ok := afterHow[rest[0]]; ok {
		a.Kind, a.Grain = n.kind, n.grain
		return a
	}
	for _, verbs := range howVerbs {
		if anyIn(rest, verbs.any) {
			a.Kind = verbs.kind
			break
		}
	}
	return a
}

// howMany reads what follows "how many".
func howMany(a Asked, rest []string) Asked {
	a.Kind, a.Grain, a.Head = Number, Count, headBehindOf(rest)
	if n, ok := nouns[a.Head]; ok && n.grain == Percentage {
		a.Grain = Percentage
	}
	if timeUnits[a.Head] && (anyIn(rest, lasting) || rest[0] == a.Head) && !has(rest, "ago") {
		a.Kind, a.Grain = Duration, AnyGrain
	}
	return a
}

// what reads what follows "what" or "which" at w[at].
func what(a Asked, w []string, at int) Asked {
	rest := w[at+1:]
	if len(rest) == 0 { // "Tesla moved to the city of what?"
		if at > 1 && w[at-1] == "of" {
			if n, ok := nouns[w[at-2]]; ok {
				a.Kind, a.Grain, a.Head = n.kind, n.grain, w[at-2]
			}
		}
		return a
	}
	if rest[0] == "for" || rest[0] == "made" || rest[0] == "caused" || rest[0] == "causes" || rest[0] == "led" || rest[0] == "prompted" || rest[0] == "triggered" || rest[0] == "motivated" || rest[0] == "drove" || rest[0] == "inspired" {
		a.Kind = Reason
		return a
	}
	if rest[0] == "about" || rest[0] == "else" || rest[0] == "if" {
		return a
	}
	if rest[0] == "happened" || rest[0] == "happens" {
		a.Kind = Consequence
		return a
	}
	if rest[0] == "of" || rest[0] == "one" || rest[0] == "ones" { // "which of the senators"
		a.Head = headBehindOf(rest)
		if n, ok := lookup(a.Head); ok {
			a.Kind, a.Grain = n.kind, n.grain
		} else {
			a.Kind = Name
		}
		return a
	}
	if !auxiliary[rest[0]] {
		return kindOfHead(a, rest)
	}
	// what is, what did, what has …
	if isWord(rest[0]) && len(rest) > 1 {
		return whatIs(a, rest[1:])
	}
	return whatDid(a, rest[1:])
}

// headBehindOf is headOf for what may begin with "of the three" or "one of the".
func headBehindOf(w []string) string {
	if len(w) > 0 && (w[0] == "of" || w[0] == "one" || w[0] == "ones") {
		w = w[1:]
		for len(w) > 0 && (articles[w[0]] || w[0] == "of" || numberWord(w[0])) {
			w = w[1:]
		}
	}
	if len(w) > 0 && pronouns[w[0]] { // "of them"
		return ""
	}
	return headOf(w)
}

// kindOfHead reads "what NOUN …".
func kindOfHead(a Asked, rest []string) Asked {
	a.Head = headOf(rest)
	n, ok := lookup(a.Head)
	if !ok {
		return a
	}
	if n.kind == Open && len(rest) > 2 && rest[1] == "of" { // "what kind of engine"
		of := headOf(rest[2:])
		if inner, ok := lookup(of); ok {
			n = inner
			if n.kind == Person || n.kind == Place || n.kind == Organisation || n.kind == Number || n.kind == Date {
				n = noun{} // "what kind of man": not his name
			}
		}
		a.Head = of
		a.Kind, a.Grain = n.kind, n.grain
		return a
	}
	a.Kind, a.Grain = n.kind, n.grain
	return a
}

// whatIs reads what follows "what is".
func whatIs(a Asked, rest []string) Asked {
	last := rest[len(rest)-1]
	switch {
	case last == "called" || last == "named" || last == "titled" || last == "nicknamed" || last == "dubbed" || last == "as" && has(rest, "known", "referred"):
		a.Kind = Name
		return a
	case last == "for" && has(rest, "used", "needed", "meant", "intended", "built", "designed"):
		a.Kind = Reason
		return a
	case has(rest, "named", "called") && has(rest, "after", "for"):
		a.Kind = Name
		return a
	case has(rest, "difference", "differences", "similarity", "similarities"):
		a.Kind = Comparison
		return a
	}
	if rest[0] == "some" || rest[0] == "a" && len(rest) > 1 && rest[1] == "few" || rest[0] == "examples" || rest[0] == "an" && len(rest) > 1 && rest[1] == "example" {
		a.Kind = Example
		return a
	}
	switch rest[0] {
	case "the", "his", "her", "its", "their", "a", "an", "being":
		return whatIsThe(a, rest)
	}
	// "what is the mayor's opinion", "what was Tesla's nationality": the noun
	// that ends the phrase says what.
	a.Head = headOf(rest)
	if n, ok := lookup(a.Head); ok && len(rest) > 1 && n.kind != Open {
		a.Kind, a.Grain = n.kind, n.grain
		return a
	}
	if len(rest) <= 3 && !has(rest, "it", "that", "this", "there", "he", "she", "they", "up", "he", "going", "said") {
		a.Kind = Definition
	}
	return a
}

// whatIsThe reads what follows "what is" where it begins with an article or the like.
func whatIsThe(a Asked, rest []string) Asked {
	one := rest[0] == "a" || rest[0] == "an"
	a.Head = headOf(rest[1:])
	n, ok := lookup(a.Head)
	if !ok {
		if len(rest) <= 4 && one || len(rest) <= 3 {
			a.Kind = Definition
		}
		return a
	}
	a.Kind, a.Grain = n.kind, n.grain
	if (n.kind != Open || a.Head == "") && one && len(rest) <= 3 { // not "what is the type of …"
		a.Kind, a.Grain = Definition, AnyGrain // "what is a city"
	}
	return a
}

// whatDid reads what follows "what did", "what can", "what has".
func whatDid(a Asked, rest []string) Asked {
	if len(rest) == 0 {
		return a
	}
	last := rest[len(rest)-1]
	switch {
	case has(rest, "mean", "means") || last == "to" && has(rest, "refer", "referred") || has(rest, "stand") && has(rest, "for"):
		a.Kind = Definition
	case has(rest, "think", "thinks", "believe", "believes", "feel", "feels", "argue", "argues", "opine"):
		a.Kind = Opinion
	case has(rest, "cause", "causes", "caused", "lead", "happen", "happened") || has(rest, "result") && has(rest, "in"):
		a.Kind = Consequence
	case has(rest, "call", "called", "name", "named", "nickname", "dub", "dubbed", "rename", "renamed"):
		a.Kind = Name
	case has(rest, "response", "reaction"):
		a.Kind = Reaction
	case has(rest, "cost", "costs"):
		a.Kind, a.Grain = Number, Money
	case has(rest, "weigh", "weighs"):
		a.Kind, a.Grain = Number, Measure
	}
	return a
}

// plain reads a question in which no word asks: an order, a yes-or-no question,
// a catchword.
func plain(w []string) Asked {
	if auxiliary[w[0]] && !polite(w) || w[0] == "true" && has(w, "false") {
		if has(w, "or") && !has(w, "true", "no", "not") {
			return Asked{Word: w[0]}
		}
		return Asked{Kind: YesNo, Word: w[0]}
	}
	last := w[len(w)-1]
	if last == "right" || last == "correct" || last == "true" {
		return Asked{Kind: YesNo, Word: last}
	}
	for i, word := range w {
		if a, ok := ordered(w, i); ok {
			return a
		}
		if kind, ok := askedByName[word]; ok {
			return Asked{Kind: kind, Word: word}
		}
	}
	// A catchword: "names?", "date of the interview", "the price".
	if len(w) <= 6 {
		a := Asked{Head: headOf(w)}
		if n, ok := lookup(a.Head); ok && (n.kind != Person && n.kind != Place && n.kind != Organisation && n.kind != Group || len(w) <= 2) {
			a.Kind, a.Grain = n.kind, n.grain
			return a
		}
	}
	return Asked{}
}

// askedByName are words that say by themselves what is asked for.
var askedByName = map[string]Kind{
	"define": Definition, "definition": Definition, "meaning": Definition,
	"compare": Comparison, "difference": Comparison, "differences": Comparison, "versus": Comparison, "comparison": Comparison,
	"example": Example, "examples": Example,
	"thoughts": Opinion, "opinion": Opinion, "opinions": Opinion, "stance": Opinion, "views": Opinion,
	"reason": Reason, "reasons": Reason,
}

// ordered reads an order at i: "name the ship"; false where there is none.
func ordered(w []string, i int) (Asked, bool) {
	word, rest := w[i], w[i+1:]
	if !orders[word] {
		return Asked{}, false
	}
	for len(rest) > 0 && (rest[0] == "me" || rest[0] == "us" || articles[rest[0]] || rest[0] == "any" || rest[0] == "all" || rest[0] == "some" || rest[0] == "of" || numberWord(rest[0])) {
		rest = rest[1:]
	}
	if word != "name" && len(rest) == 0 {
		return Asked{}, false
	}
	if word == "name" && i > 0 && w[i-1] != "please" && w[i-1] != "you" && w[i-1] != "to" && w[i-1] != "and" {
		return Asked{Kind: Name, Word: word}, true
	}
	a := Asked{Word: word, Head: headOf(rest)}
	if n, ok := lookup(a.Head); ok {
		a.Kind, a.Grain = n.kind, n.grain
	} else if word == "name" {
		a.Kind = Name
	}
	if has(rest, "why") {
		a.Kind = Reason
	}
	return a, true
}

// headOf returns the noun of the noun phrase that w begins with: the last word
// before a verb, a preposition or a clause begins; a word of the noun list is
// preferred over one after it that is not ("what year Luther …").
func headOf(w []string) string {
	head := ""
	for i, word := range w {
		if i > 0 && (auxiliary[word] || prepositions[word] || asksWord[word] || pronouns[word] || word == "and" || word == "or" || articles[word]) || i > 5 {
			break
		}
		if articles[word] || prepositions[word] || auxiliary[word] || numberWord(word) {
			continue
		}
		if _, ok := lookup(head); ok {
			if _, ok := lookup(word); !ok {
				break
			}
		}
		head = word
	}
	return head
}

// lookup finds a noun, in the singular or the plural.
func lookup(word string) (noun, bool) {
	if n, ok := nouns[word]; ok {
		return n, true
	}
	if s, ok := strings.CutSuffix(word, "ies"); ok {
		n, ok := nouns[s+"y"]
		return n, ok
	}
	if s, ok := strings.CutSuffix(word, "s"); ok {
		if n, ok := nouns[s]; ok {
			return n, true
		}
		if s, ok = strings.CutSuffix(s, "e"); ok {
			n, ok := nouns[s]
			return n, ok
		}
	}
	return noun{}, false
}

func isWord(w string) bool {
	return w == "is" || w == "was" || w == "are" || w == "were" || w == "be"
}

// isName reports whether the tokens are written as one name: all capitalised.
func isName(text string, tokens []words.Token) bool {
	if len(tokens) == 0 || len(tokens) > 4 {
		return false
	}
	for _, t := range tokens {
		if c := text[t.Start]; c < 'A' || c > 'Z' {
			return false
		}
		if strings.HasSuffix(text[t.Start:t.End], "s") && t.End-t.Start > 2 && (text[t.End-2] == '\'' || strings.HasSuffix(text[t.Start:t.End], "’s")) {
			return false
		}
	}
	return true
}

// has reports whether any of the words occurs in w.
func has(w []string, any ...string) bool {
	return slices.ContainsFunc(w, func(word string) bool { return slices.Contains(any, word) })
}

// anyIn reports whether any word of w is in a list.
func anyIn(w []string, list map[string]bool) bool {
	return slices.ContainsFunc(w, func(word string) bool { return list[word] })
}

func numberWord(w string) bool {
	return numbers[w] || w != "" && '0' <= w[0] && w[0] <= '9'
}
