// Package question reads what was asked: what kind of question it is, which words it
// holds up against the source, and whom it puts them in the mouth of. It knows no source.
package question

import (
	"regexp"
	"slices"
	"strconv"
	"strings"

	"verbatim/answers/asks"
	"verbatim/corpus/words"
)

// Kind is a kind of question.
type Kind string

const (
	// Content: what does the source say. All that is nothing else.
	Content Kind = ""
	// Quotation: do these words stand in the source, and did that person say them.
	Quotation Kind = "quotation"
	// Who: who says something; with Quoted, those words.
	Who Kind = "who"
	// Claim: a statement in other words, or whether something is so.
	Claim Kind = "claim"

	// What any source can be asked.
	Summary         Kind = "summary"
	Author          Kind = "author"
	Published       Kind = "published"
	Publisher       Kind = "publisher"
	Headline        Kind = "headline"
	Voices          Kind = "voices"       // who is quoted
	Quotes          Kind = "quotes"       // all quotes, or those of Thing
	CountQuotes     Kind = "count-quotes" // how many there are
	CountVoices     Kind = "count-voices"
	CountWords      Kind = "count-words"
	CountParagraphs Kind = "count-paragraphs"
	Paragraph       Kind = "paragraph" // the one of Number
	Sentence        Kind = "sentence"  // the one of Number
	Beginning       Kind = "beginning"
	End             Kind = "end"
	Next            Kind = "next" // what follows what was shown
	More            Kind = "more" // more on it, or what follows
	Previous        Kind = "previous"
	Place           Kind = "place"     // where what was shown stands
	Again           Kind = "again"     // what was shown, once more
	SaidThat        Kind = "said-that" // whether Thing said what was shown
	Find            Kind = "find"      // where the words of Thing stand
	Compare         Kind = "compare"   // what the two of Thing say

	// What a bot is asked.
	Sources  Kind = "sources" // which texts there are
	Identity Kind = "identity"
	Privacy  Kind = "privacy"
	Install  Kind = "install"
	Own      Kind = "own"   // how to ask about another text
	Wrong    Kind = "wrong" // an answer is wrong
	Hush     Kind = "hush"
	Nod      Kind = "nod"     // "ok", "lol"
	Tongues  Kind = "tongues" // which languages are spoken
	Greeting Kind = "greeting"
	Thanks   Kind = "thanks"
	Bye      Kind = "bye"
	Praise   Kind = "praise"
	Insult   Kind = "insult"
	Help     Kind = "help"
)

// IsTalk reports whether a kind is small talk or about the bot.
func (k Kind) IsTalk() bool {
	switch k {
	case Identity, Privacy, Install, Own, Wrong, Hush, Nod, Tongues, Greeting, Thanks, Bye, Praise, Insult, Help:
		return true
	}
	return false
}

// IsGeneral reports whether a kind is what any source or bot can be asked.
func (k Kind) IsGeneral() bool { return k != Content && k != Quotation && k != Who && k != Claim }

// Question is what was asked.
type Question struct {
	Kind Kind
	// Text is the question as it was typed.
	Text string
	// Wants is the kind of thing that is asked for.
	Wants asks.Asked
	// Quoted are the runs of words between quotation marks, as they were typed. A Quotation
	// without any is a text that may have been pasted; its words are then in Pasted.
	Quoted []string
	// Pasted are the readings of a text without quotation marks as words of the source and
	// something said about them, the likeliest first; empty where there are quotation marks.
	Pasted []string
	// Said is what follows the verb of saying where it is asked whether somebody said so ("did
	// she say it is open?"), without quotation marks; empty elsewhere.
	Said string
	// Told is what follows the verb where it is asked who says or thinks something ("who says it
	// is open?", "which of them brings up the rent?"), empty elsewhere.
	Told string
	// Options are the two that a question offers to choose from ("who paid, Ada or Bob?"), as they
	// are typed, and Open the question without them; empty elsewhere.
	Options []string
	Open    string
	// Rest is the question without the words between quotation marks.
	Rest string
	// Sayers are whom the question may put words in the mouth of, as they are typed, the
	// likeliest first: a name, a role, a pronoun, the source itself.
	Sayers []string
	// YesOrNo: it begins as a question that is answered by yes or no.
	YesOrNo bool
	// labelled: a name stands before a colon and the words, or after them and a dash.
	labelled bool
	// OfText: the words are put in the mouth of the source itself ("does the article say …").
	OfText bool
	// Credits: the question says or asks that somebody says something.
	Credits bool
	// Thing is what is looked for, or whose quotes are asked for; folded.
	Thing string
	// Number is that of a paragraph or sentence, from 1; -1 is the last, -2 the one before it.
	Number int
	// Frame says how to answer. What the words alone answer (see ChecksQuotation) has none.
	Frame Frame
}

// maxGeneral is how many words a question of a general kind has at most; longer ones are
// about what the source says.
const maxGeneral = 16

// Read reads a question.
func Read(text string) Question { return Of(text, words.Tokens(text)) }

// Of is Read for a text whose tokens are known.
func Of(text string, tokens []words.Token) Question {
	q := unframed(text, tokens)
	if !q.ChecksQuotation() {
		q.Frame = frameOf(text, tokens)
	}
	return q
}

func unframed(text string, tokens []words.Token) Question {
	q := Question{Text: text, Wants: asks.OfTokens(text, tokens)}
	quoted, around := split(text)
	q.Quoted, q.Rest = quoted, strings.TrimSpace(strings.Join(around, " "))
	rest := tokens
	if len(q.Quoted) > 0 {
		rest = words.Tokens(q.Rest)
	}
	whole := plainOf(rest)
	plain := trimChatter(whole)
	q.Credits = has(plain, lists["say"]) || has(plain, lists["words"]) || has(plain, lists["think"])
	q.YesOrNo = len(plain) > 0 && lists["auxiliary"][plain[0]]
	q.OfText = slices.ContainsFunc(plain, func(w string) bool { return lists["text"][w] })
	if len(q.Quoted) > 0 {
		q.Sayers = sayers(around[0], around[1:]...)
		signed := strings.IndexAny(strings.TrimLeft(around[1], " \n.,"), "-–—~") == 0
		q.labelled = len(q.Sayers) > 0 && (signed || strings.HasSuffix(strings.TrimSpace(around[0]), ":"))
		if q.Kind = ofQuoted(q, plain); q.Kind == Content && q.general(trimChatter(plainOf(tokens))) && q.Kind != Find {
			q.Kind, q.Thing = Content, "" // “find "harbour"” looks for the word
		}
		return q
	}
	if len(plain) == 0 {
		q.general(whole)
		return q
	}
	if len(plain) <= maxGeneral && q.generalIn(whole, plain) {
		return q
	}
	switch {
	case asksWho(plain) && (saysIn(plain) || has(plain, lists["words"])):
		q.Kind = Who
	case states(text, tokens, plain):
		q.Kind = Claim
	}
	q.Told = q.told(tokens)
	q.Options, q.Open = choice(text, tokens)
	if q.Kind != Content || len(plain) >= leastPasted && !lists["wh"][plain[0]] {
		q.Pasted = Pasted(text)
	}
	if q.Kind == Who { // "who said it is open?" holds up no "who"
		q.Pasted = slices.DeleteFunc(q.Pasted, opensWithWh)
	}
	m := saying.FindStringIndex(text)
	if m != nil && q.Kind == Claim {
		q.Sayers = sayers(text[:m[1]])
	}
	if m != nil && q.Kind == Claim && lists["auxiliary"][plain[0]] {
		if said := unasked(text[m[1]:]); len(strings.Fields(said)) >= leastSaid {
			q.Said = said
		}
	}
	return q
}

// opensWithWh reports whether a text begins with "who", "when" and the like.
func opensWithWh(text string) bool {
	first, _, _ := strings.Cut(text, " ")
	t := words.Tokens(first)
	return len(t) > 0 && lists["wh"][t[0].Word]
}

// ChecksQuotation reports whether a question holds words between quotation marks up against
// the source.
func (q Question) ChecksQuotation() bool {
	return len(q.Quoted) > 0 && (q.Kind == Quotation || q.Kind == Who)
}

// Around returns the question as it stands around a part of it that is taken for words of
// the source.
func (q Question) Around(text string) Question {
	before, after, _ := strings.Cut(q.Text, text)
	q.Rest, q.Sayers = before+" "+after, sayers(before, after)
	return q
}

// Stated returns the words of a statement without what only asks for a yes or a no: a
// beginning such as "is it true that", an end such as "isn't it" or "right".
func Stated(text string) []string {
	plain := trimChatter(plainOf(words.Tokens(text)))
	for len(plain) > 2 && lists["tag"][plain[len(plain)-1]] {
		plain = plain[:len(plain)-1]
	}
	if n := len(plain); n > 4 && lists["auxiliary"][plain[n-3]] && plain[n-2] == "not" && lists["subject"][plain[n-1]] {
		plain = plain[:n-3]
	}
	return plain
}

// leastPasted is how many words a text without quotation marks has at least that may have
// been pasted from the source.
const leastPasted = 4

// leastSaid is the same for what somebody is asked about to have said.
const leastSaid = 3

// shortQuote is the number of words in quotation marks below which they may be no more
// than a term that the question is about.
const shortQuote = 3

// longQuote is the number of words from which on they are no term, but a quote.
const longQuote = 6

// ofQuoted is the kind of a question with words in quotation marks and others around them.
func ofQuoted(q Question, rest []string) Kind {
	if asksWho(rest) {
		return Who
	}
	n := 0
	for _, run := range q.Quoted {
		n += len(strings.Fields(run))
	}
	if q.labelled && len(rest) <= longLabel && (!has(rest, lists["wh"]) || exclaims(rest)) {
		return Quotation
	}
	asking := len(rest) > 0 && lists["wh"][rest[0]] && !exclaims(rest)
	whether := n < longQuote && len(rest) > 3 && lists["auxiliary"][rest[0]] && !q.Credits && !q.OfText && !lists["around"][rest[1]]
	switch {
	case (asking || whether) && !q.isCheck(rest):
		return Content
	case n >= shortQuote, len(rest) == 0, q.isCheck(rest), q.OfText, q.Credits && (lists["auxiliary"][rest[0]] || len(q.Sayers) > 0 && !lists["order"][rest[0]]):
		return Quotation
	}
	return Content
}

// longLabel is how many words stand around short words between quotation marks at most where
// a name before a colon or after a dash says whose they are.
const longLabel = 6

// exclaims: "what a quote", "what about this", which ask nothing.
func exclaims(rest []string) bool {
	return len(rest) > 1 && (rest[0] == "what" && rest[1] == "a" || (rest[0] == "what" || rest[0] == "how") && rest[1] == "about")
}

// isCheck reports whether the words around a quotation ask whether it is right: one of
// them does, or none says anything else.
func (q Question) isCheck(rest []string) bool {
	return has(rest, lists["check"]) || !slices.ContainsFunc(rest, func(w string) bool { return !isAround(w) })
}

// isAround reports whether a word stands around words that are held up and says nothing of
// what is asked.
func isAround(w string) bool {
	return slices.ContainsFunc([]string{"around", "wh", "auxiliary", "pronoun", "text", "words", "chatter", "tag"}, func(list string) bool { return lists[list][w] })
}

// asksWho reports whether a question asks for a person.
func asksWho(plain []string) bool {
	for i, w := range plain {
		switch w {
		case "who", "whom", "whose":
			if i == 0 || i < 7 && !relative(plain, i) && !pointsAt(plain) || lists["order"][plain[0]] && i+1 < len(plain) && lists["voice"][plain[i+1]] {
				return true
			}
		case "which":
			if i <= 1 && i+1 < len(plain) && !lists["words"][plain[i+1]] {
				return true
			}
		}
	}
	// "is it Hume or Hutcheson who …", "was it X that said …"
	return len(plain) > 4 && (plain[0] == "is" || plain[0] == "was") && (plain[1] == "it" || plain[1] == "that") && slices.Contains(plain, "or") &&
		(slices.Contains(plain, "who") || slices.Contains(plain, "that"))
}

// saysIn reports whether a question has a verb by which it asks who says something: not
// "who has the say".
func saysIn(plain []string) bool {
	for i, w := range plain {
		if lists["voice"][w] && (i == 0 || !lists["article"][plain[i-1]]) {
			return true
		}
	}
	return false
}

// told returns what somebody says or thinks where the question asks who does.
func (q Question) told(tokens []words.Token) string {
	if q.Kind != Who && q.Kind != Content {
		return ""
	}
	i := slices.IndexFunc(tokens, func(t words.Token) bool { return t.Word == "who" || t.Word == "which" })
	if i < 0 || i >= longestOpening {
		return ""
	}
	verb := i + slices.IndexFunc(tokens[i:], func(t words.Token) bool { return lists["tells"][t.Word] })
	if verb <= i || verb-i > longestOpening || tokens[i].Word == "who" && slices.ContainsFunc(tokens[i+1:verb], func(t words.Token) bool { return lists["subject"][t.Word] }) {
		return ""
	}
	rest := tokens[verb+1:]
	for len(rest) > 0 && lists["opensTold"][rest[0].Word] {
		rest = rest[1:]
	}
	if len(rest) < leastSaid {
		return ""
	}
	return unasked(q.Text[rest[0].Start:])
}

// longestOpening is how many words stand at most before "who", and between it and the verb:
// "which of the two men says".
const longestOpening = 6

// pointsAt reports whether a question asks about one whom it names: "was it Tom Will who …".
func pointsAt(plain []string) bool {
	return len(plain) > 3 && (plain[0] == "is" || plain[0] == "was") && plain[1] == "it"
}

// relative reports whether a word that could ask begins a clause of what stands before it:
// "the man who", "a friend whose".
func relative(plain []string, i int) bool {
	before := plain[i-1]
	return !lists["auxiliary"][before] && before != "exactly" && before != "of" && before != "by" && before != "from" && before != "to" && before != "and" && before != "me"
}

// states reports whether a text states something, or asks whether it is so; plain are its words
// without chatter.
func states(text string, tokens []words.Token, plain []string) bool {
	if len(plain) < 3 || lists["order"][plain[0]] || lists["asked"][plain[0]] || lists["auxiliary"][plain[0]] && plain[1] == "you" {
		return false // "can you give an example"
	}
	if choice := slices.Index(plain, "or"); choice > 0 && lists["auxiliary"][plain[0]] && choice < len(plain)-1 && plain[choice+1] != "not" && plain[choice+1] != "what" {
		return false // "is it free or paid"
	}
	first := slices.IndexFunc(plain, func(w string) bool { return lists["wh"][w] })
	if lists["auxiliary"][plain[0]] {
		// "do they say how much …" asks how much, "was he there when …" does not ask when.
		return !(first > 0 && (lists["say"][plain[first-1]] || plain[first-1] == "you" || plain[first-1] == "know") && first+1 < len(plain) && plain[first] != "that")
	}
	if lists["article"][plain[0]] && lists["asked"][plain[1]] && !lists["auxiliary"][plain[2]] {
		return false // "the price of a ticket"
	}
	if lists["own"][plain[0]] && !has(plain, lists["modal"]) && !strings.Contains(text, "?") && !lists["tag"][tokens[len(tokens)-1].Word] {
		return false // "my filter is dirty"
	}
	return len(plain) > 3 && (statesSomething(text, tokens) || tokens[0].Word == "so" && !has(plain, lists["wh"]))
}

// generalIn reads what any source or bot can be asked from all of a question's words, from
// those without chatter, and from a clause in which it is asked; false where it is none of that.
func (q *Question) generalIn(whole, plain []string) bool {
	if strings.ContainsAny(q.Text, "¶§") {
		whole = plainOf(words.Tokens(paragraphSigns.Replace(q.Text)))
		plain = whole
	}
	if q.general(whole) || len(plain) < len(whole) && q.general(plain) {
		return true
	}
	m := opening.FindStringSubmatch(strings.Join(plain, " "))
	return m != nil && q.general(strings.Fields(m[1]))
}

var paragraphSigns = strings.NewReplacer("¶", " paragraph ", "§", " paragraph ")

// general reads what any source or bot can be asked; false where it is nothing of that.
func (q *Question) general(plain []string) bool {
	text := strings.Join(plain, " ")
	for _, k := range kinds() {
		m := k.pattern.FindStringSubmatch(text)
		if m == nil {
			continue
		}
		thing := ""
		for _, group := range m[1:] {
			if group != "" {
				thing = group
			}
		}
		number := 0
		switch k.kind {
		case Quotes, Find, SaidThat:
			if thing != "" && !isThing(k.kind, thing) {
				continue
			}
		case Paragraph, Sentence:
			if number, thing = numberOf(thing), ""; number == 0 {
				continue
			}
		}
		q.Kind, q.Thing, q.Number = k.kind, thing, number
		return true
	}
	return false
}

// isThing reports whether what a pattern took for a name or a word can be one.
func isThing(kind Kind, thing string) bool {
	fields := strings.Fields(thing)
	if kind == SaidThat && slices.ContainsFunc(fields, func(w string) bool { return lists["nobody"][w] }) {
		return false
	}
	if kind == Quotes || kind == SaidThat {
		return len(fields) <= 4 && !slices.ContainsFunc(fields, func(w string) bool {
			return lists["say"][w] || w == "about" || w == "on" || lists["wh"][w] || lists["text"][w] || lists["part"][w] || lists["vague"][w]
		})
	}
	clause := len(fields) > 1 && slices.ContainsFunc(fields, func(w string) bool { return lists["say"][w] })
	return len(fields) >= 1 && len(fields) <= 3 && !clause && !lists["preposition"][fields[0]] && !slices.ContainsFunc(fields, func(w string) bool {
		return lists["wh"][w] || lists["pronoun"][w] || lists["vague"][w] || w == "whether" || w == "if" || w == "that" || w == "about" || w == "quote"
	})
}

// numberOf reads "3", "third", "last"; 0 where it is no number.
func numberOf(s string) int {
	digits := strings.TrimRight(s, "stndrh")
	if n, err := strconv.Atoi(digits); err == nil {
		return max(0, n)
	}
	return numbers[s]
}

var numbers = map[string]int{
	"first": 1, "opening": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5, "sixth": 6, "seventh": 7, "eighth": 8, "ninth": 9, "tenth": 10, "eleventh": 11, "twelfth": 12,
	"one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10, "eleven": 11, "twelve": 12,
	"last": -1, "final": -1, "closing": -1, "second last": -2, "second to last": -2, "penultimate": -2,
}

func trimChatter(plain []string) []string {
	for len(plain) > 1 && lists["chatter"][plain[0]] {
		plain = plain[1:]
	}
	for len(plain) > 1 && lists["chatter"][plain[len(plain)-1]] {
		plain = plain[:len(plain)-1]
	}
	return plain
}

func plainOf(tokens []words.Token) []string {
	out := make([]string, len(tokens))
	for i, t := range tokens {
		out[i] = t.Word
	}
	return out
}

func has(plain []string, list map[string]bool) bool {
	return slices.ContainsFunc(plain, func(w string) bool { return list[w] })
}

// In reports whether a word, in small letters, is in a list of the data file, such as
// "pronoun" or "say".
func In(list, word string) bool { return lists[list][word] }

// List returns such a list. Do not change it.
func List(name string) map[string]bool { return lists[name] }

var (
	quotedRuns = regexp.MustCompile(`“([^”]+)”?|"([^"]+)"?|«([^»]+)»|„([^“”]+)[“”]|(?:^|[\s(:])'([^']+(?:'\pL[^']*)*)'(?:[\s,.:;?!)]|$)|(?:^|[\s(:])‘([^’]+(?:’\pL[^’]*)*)’(?:[\s,.:;?!)]|$)`)
	// before is what stands before words that are given without quotation marks.
	colon  = regexp.MustCompile(`^(.{2,60}?)(?::|->|→)\s+`)
	saying = regexp.MustCompile(`(?i)^(.{2,60}?)\b(?:says?|said|claims?|claimed|wrote|writes|tells? \w+|told \w+|stated?|states|argue[sd]?|put it)\b[:,]?\s+(?:that\s+)?`)
	dashed = regexp.MustCompile(`^\pL\S*(?: \S+){0,2} +[-–—]+ +`)
	// signed is a line or a dash with a name at the end; remark a few words behind a sentence;
	// aside what follows an open quotation.
	signed = regexp.MustCompile(`(?:\n\s*[-–—~]+\s*|\s+[-–—~]\s+)[^\n–—]{2,60}$`)
	remark = regexp.MustCompile(`[.!…]\s+((?:[^\s.!…]+\s*){1,6})$`)
	aside  = regexp.MustCompile(`(?:\.\.\.|…|\s[-–—~]+)\s(?:\S+\s*){1,8}$`)
	ended  = regexp.MustCompile(`(?i)[,.–—-]?\s*(?:right|correct|true|is that right|is that true|is this true|yes|no|yeah|y/n|didn['’]t (?:he|she|they)|is it)?\s*\?*\s*$`)
)

// Quoted returns the runs of a text between quotation marks and the text without them. A
// mark that is not closed reaches to the end.
func Quoted(text string) (runs []string, rest string) {
	runs, around := split(text)
	return runs, strings.TrimSpace(strings.Join(around, " "))
}

// split returns the runs of a text between quotation marks and what stands before the first
// of them, between them and after the last.
func split(text string) (runs, around []string) {
	from := 0
	for _, m := range quotedRuns.FindAllStringSubmatchIndex(text, -1) {
		end := m[1]
		for g := 2; g < len(m); g += 2 {
			if m[g] < 0 || strings.TrimSpace(text[m[g]:m[g+1]]) == "" {
				continue
			}
			run := text[m[g]:m[g+1]]
			if m[g+1] == len(text) { // not closed: what is said about it may follow a dash or dots
				if at := aside.FindStringIndex(run); at != nil {
					run, end = run[:at[0]], m[g]+at[1]
				}
			}
			runs = append(runs, run)
		}
		around = append(around, text[from:m[0]])
		from = end
	}
	return runs, append(around, text[from:])
}

// unasked is a statement without the end that makes a question of it.
func unasked(s string) string { return strings.TrimSpace(ended.ReplaceAllString(s, "")) }

// Pasted returns the parts of a text that may be words of a source, the likeliest first: what
// follows a colon, a verb of saying or a dash, and all of it, each also without what is said
// about it at the end; the lines marked as a quotation; and the text without up to two sentences
// at its beginning or end, which may be said about the others.
func Pasted(text string) []string {
	var out []string
	add := func(s string) {
		s = strings.TrimLeft(unasked(s), "> ")
		if len(strings.Fields(s)) >= leastPasted && !slices.Contains(out, s) {
			out = append(out, s)
		}
	}
	bodies := []string{strings.TrimSpace(text)}
	for _, before := range []*regexp.Regexp{dashed, saying, colon} {
		if m := before.FindStringIndex(text); m != nil {
			bodies = append(bodies, text[m[1]:])
		}
	}
	for _, body := range slices.Backward(bodies) {
		if m := remark.FindStringSubmatchIndex(body); m != nil && isRemark(body[m[2]:m[3]]) {
			add(body[:m[2]])
		}
		if m := signed.FindStringIndex(body); m != nil {
			add(body[:m[0]])
		}
		add(body)
	}
	add(quotedLines(text))
	ends := sentenceEnd.FindAllStringIndex(text, -1)
	for n := range min(2, len(ends)) {
		add(text[:ends[len(ends)-1-n][0]])
		add(text[ends[n][1]:])
	}
	return out
}

// sentenceEnd is where one sentence of a message ends and the next begins, in small letters or not.
var sentenceEnd = regexp.MustCompile(`[.!?…]["”’)]*\s+|\n+`)

// quotedLines is what stands from the first to the last line of a text that is marked as a
// quotation.
func quotedLines(text string) string {
	start, end, at := -1, 0, 0
	for line := range strings.Lines(text) {
		if strings.HasPrefix(strings.TrimSpace(line), ">") {
			if start < 0 {
				start = at
			}
			end = at + len(line)
		}
		at += len(line)
	}
	return text[max(0, start):end]
}

// isRemark reports whether some words at the end of a text are said about it: they ask, or
// all but a name are such as stand around a quotation.
func isRemark(text string) bool {
	plain, others := plainOf(words.Tokens(text)), 0
	if len(plain) > 0 && (plain[0] == "that" || plain[0] == "this" || plain[0] == "by") { // with a full name
		others--
	}
	for _, w := range plain {
		if w != "not" && !isAround(w) && !lists["check"][w] {
			others++
		}
	}
	return strings.HasSuffix(strings.TrimSpace(text), "?") || others <= 1
}
