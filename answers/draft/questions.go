package draft

import (
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"verbatim/answers/asks"
	"verbatim/corpus"
	"verbatim/corpus/words"
)

const (
	// An intent has at least leastQuestions and at most mostQuestions; a question has at
	// most longestQuestion characters.
	leastQuestions, mostQuestions = 3, 5
	longestQuestion               = 110
)

// questions are those drafted for one passage, in order.
type questions []string

// add makes a question of its parts. One that is too long is nothing that people type.
func (q *questions) add(parts ...string) {
	text := strings.Join(strings.Fields(strings.Join(parts, " ")), " ")
	text = capital(strings.TrimRight(text, " ,;:.")) + "?"
	if utf8.RuneCountInString(text) <= longestQuestion && !slices.Contains(*q, text) {
		*q = append(*q, text)
	}
}

// free returns the questions that are not taken.
func (q questions) free(taken map[string]bool) []string {
	return slices.DeleteFunc(slices.Clone(q), func(text string) bool { return taken[text] })
}

func capital(s string) string {
	_, n := utf8.DecodeRuneInString(s)
	return strings.ToUpper(s[:n]) + s[n:]
}

var (
	number = regexp.MustCompile(`^(?:[0-9][0-9,.]*|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|twenty|thirty|forty|fifty)$`)
	// counted is a figure with what is counted, at the beginning of what follows a verb.
	counted = regexp.MustCompile(`^(?:(?:about|over|some|nearly|almost|approximately|around|exactly) |more than |at least )?([0-9][0-9,.]*|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|twenty|thirty|forty|fifty) ((?:[a-z-]+ ){0,2}?[a-z-]+s)(?: ((?:in|on|at|by|from|for|with|to|against|across|during|between|into|per) .*)|)$`)
	// notCounted is what a figure goes on with before what is counted.
	notCounted = words.Set("more million billion thousand hundred dozen percent per")
	place      = regexp.MustCompile(`^(born|located|situated|based|headquartered|buried|held|built|published|found|raised|educated) (?:in|at|near|outside) (?:the )?\p{Lu}[^,]*$`)
	went       = regexp.MustCompile(`^(?:in|at|to|near) (?:the )?\p{Lu}[\p{L}’' .-]*$`)
	agent      = regexp.MustCompile(`^(\p{Ll}+) by (\p{Lu}[\p{L}’'.-]*(?: \p{Lu}[\p{L}’'.-]*)*)((?: (?:in|at|on|for) .*)?)$`)
	acronym    = regexp.MustCompile(`((?:\p{Lu}[\p{L}’'-]+)(?: (?:(?:of|the|and|for|in) )*\p{Lu}[\p{L}’'-]+)+) \((\p{Lu}{2,8})\)`)
	isA        = regexp.MustCompile(`^(?:an? |the (?:\S+ )+?(?:of|in|on|for|at|to|between|from|that|which|who) )`)
)

// goes are verbs that go with a place, and do not want the word in a question.
var goes = words.Set("live move travel work emigrate migrate study die settle land retire")

// mostLetters is how many letters are asked about that stand for something: a technical
// text has dozens.
const mostLetters = 4

// ask drafts questions about a passage; plain are those that ask for yes or no.
func (d *drafter) ask(p corpus.Passage) (q, plain questions) {
	text := p.Quote.Text()
	q.who(text, d)
	if d.letters < mostLetters {
		q.letters(text)
	}
	speaker := p.Attribution != corpus.Article && !p.Unsure && d.people[p.Speaker]
	if p.Attribution == corpus.Direct && !d.transcript && !d.writes(p.Speaker) && !strings.ContainsAny(text[:min(len(text), 3)], "“\"‘'«„") {
		return q, plain // a label that is no speaker's
	}
	switch {
	case p.Attribution == corpus.Reported && speaker:
		if m := reported.FindStringSubmatch(text); m != nil && strings.Contains(text, corpus.Surname(p.Speaker)) {
			q.about(m[1], p.Speaker, d)
		}
	case p.Attribution == corpus.Article, p.Attribution == corpus.Direct && !p.Unsure:
		said := strings.TrimRight(strings.Trim(text, "“”\"‘’' "), ",.!") + "."
		if p.Attribution == corpus.Article && !strings.HasSuffix(text, ".") {
			return q, plain // a heading, or what somebody calls out
		}
		if c, ok := read(said, d.known); ok {
			q.clause(c, d.person)
			if p.Attribution == corpus.Article { // what somebody says may not be so
				plain.whether(c)
			}
		}
		if speaker && len(q) < leastQuestions {
			q.about(said, p.Speaker, d)
		}
	}
	if len(q) > 0 && strings.Contains(q[0], "stand for") {
		d.letters++
	}
	return q[:min(len(q), mostQuestions)], plain
}

// writes reports whether somebody writes the text in the first person, and it says more
// of them than a name.
func (d *drafter) writes(name string) bool {
	return name == d.author && (name == d.byline || strings.Count(d.text, name) > 1)
}

// whether drafts questions that are answered with yes or no.
func (q *questions) whether(c clause) {
	if n := len(strings.Fields(c.rest)); c.base != "" || c.cut || c.led || n < 3 || n > 9 || c.verb == "may" || c.verb == "might" || indefinite(c.subject) || notAsked[first(c.rest)] || opinion.MatchString(c.rest) || ordinal.MatchString(c.subject) || c.because != "" || strings.ContainsAny(c.subject, "'’") || noDefinition[head(strings.TrimPrefix(c.subject, "the "))] || noDefinition[head(c.rest)] || lettered.MatchString(strings.TrimPrefix(c.subject, "the ")) {
		return
	}
	q.add(c.turned(c.rest + " " + c.when))
	q.add("do you know whether", c.told(c.rest+" "+c.when))
	q.add("is it true that", c.told(c.rest+" "+c.when))
}

// opinion is what somebody finds, which nobody asks as if it were so.
var opinion = regexp.MustCompile(`\b(?:very|really|extremely|truly|particularly|quite|great|among the most)\b`)

// ordinal is one of a row that the sentences before it count.
var ordinal = regexp.MustCompile(`^the (?:first|second|third|fourth|fifth|next|last|final|other)\b`)

// notAsked are words that a question for yes or no does not go on with behind its subject:
// "is the aim the old quay" is turned round badly.
var notAsked = words.Set("not to the how what why when where who that")

// indefinite reports whether a subject is one of many.
func indefinite(subject string) bool {
	return strings.HasPrefix(subject, "a ") || strings.HasPrefix(subject, "an ")
}

// clause drafts questions about a statement; is tells whether a name is somebody's.
func (q *questions) clause(c clause, is func(string) bool) {
	rest, person := c.rest, is(c.subject)
	if indefinite(c.subject) { // "When was a bridge built?": nobody knows which
		if c.verb == "is" && !oneOfMany.MatchString(c.subject) && indefinite(rest) {
			q.definition(c, false)
		}
		return
	}
	if c.because != "" {
		q.add("why", c.turned(rest))
		q.add("do you know why", c.told(rest))
		q.add("can you tell me why", c.told(rest))
	}
	q.where(c)
	if c.when != "" && c.happens() && !year.MatchString(rest) {
		q.when(c, person)
	}
	if m := counted.FindStringSubmatch(rest); m != nil && c.base != "" && !notCounted[first(m[2])] {
		q.add("how many", m[2], c.turned(m[3]+" "+c.when))
		q.add("do you know how many", m[2], c.told(m[3]+" "+c.when))
		q.add("can you tell me how many", m[2], c.told(m[3]+" "+c.when))
	}
	q.agent(c, is)
	if forms[c.verb] && isA.MatchString(rest) && c.when == "" {
		q.definition(c, person)
	}
	if person && c.base != "" && past[c.verb] != "" && !ownWords(rest) && !(c.when != "" && year.MatchString(rest)) && len(strings.Fields(rest+" "+c.when)) > 2 {
		q.add("who", c.verb, rest, c.when)
		q.add("do you know who", c.verb, rest, c.when)
		q.add("who was it that", c.verb, rest, c.when)
	}
}

// where drafts questions for a place.
func (q *questions) where(c clause) {
	if m := place.FindStringSubmatch(c.rest); m != nil && forms[c.verb] {
		q.add("where", c.turned(m[1]))
		q.add("do you know where", c.subject, c.verb, m[1])
		q.add("in which place", c.turned(m[1]))
	} else if c.base != "" && goes[c.base] && went.MatchString(c.rest) {
		q.add("where", c.turned(""))
		q.add("do you know where", c.told(""))
	}
}

// happens reports whether a statement tells of something that happens at a time, and not
// of how things are.
func (c clause) happens() bool {
	passive := forms[c.verb] && pastOf[first(c.rest)] != ""
	to := strings.TrimPrefix(c.rest, "be ")
	return c.base != "" && past[c.verb] != "" || passive || modals[c.verb] && (first(c.rest) != "be" || pastOf[first(to)] != "")
}

// agent drafts questions for who did what was done by somebody, and not by something ("the
// film was followed by The Ferry").
func (q *questions) agent(c clause, is func(string) bool) {
	m := agent.FindStringSubmatch(c.rest)
	if m == nil || !is(strings.TrimSpace(m[2])) || !forms[c.verb] || pastOf[m[1]] == "" {
		return
	}
	if c.verb == "was" || c.verb == "were" {
		q.add("who", pastOf[m[1]], c.subject, m[3])
	}
	q.add("by whom", c.verb, c.subject, m[1], m[3])
	q.add("who", c.verb, c.subject, m[1], "by", m[3])
}

// oneOfMany is a subject that is none by itself.
var oneOfMany = regexp.MustCompile(`^an? (?:first|second|third|further|final|key|main|major|good|great|big|better|new|related|common|recent|similar|different|number|lot|part|total|masterpiece)\b|\b(?:aspect|example|problem|reason|way|thing|part|question|issue|point|fact|result|difference|idea|goal)$`)

// definition drafts questions for what or who something or somebody is. Where what is
// said of a name may be of a person or not, there are none.
func (q *questions) definition(c clause, person bool) {
	what := head(c.rest)
	if c.led || !c.defines(what) {
		return
	}
	word := "what"
	switch named := unicode.IsUpper(initial(c.subject)); {
	case named && words.Place(lower(c.subject)) && isRole(what): // "Norway is a producer of wool"
		return
	case isRole(what):
		word = "who"
	case isRole(head(strings.TrimPrefix(c.subject, "the "))), // "The mother of museums is a shed"
		person, titles[first(c.subject)], named && given(c.subject), named && perhapsRole.MatchString(what),
		strings.HasPrefix(c.subject, "the ") && c.subject == lower(c.subject), // "the text": the one that is meant there
		bareNoun(c.subject) && !indefinite(c.rest),
		strings.HasPrefix(c.verb, "w"), // "The car was an extra": what it is it is no more
		c.also, superlative.MatchString(c.rest), strings.HasSuffix(what, "est"):
		return
	}
	q.add(word, c.verb, c.subject)
	q.add("do you know", word, c.subject, c.verb)
	q.add("can you tell me", word, c.subject, c.verb)
}

// defines reports whether what is said of a subject, which begins with a noun, tells what
// it is, and the subject is what people ask about.
func (c clause) defines(what string) bool {
	subject := strings.TrimPrefix(c.subject, "the ")
	where := func(w string) bool { return prepositions[w] && w != "of" } // "work without pay"
	return !noDefinition[what] && !noDefinition[head(subject)] && !praise.MatchString(c.rest) && !strings.HasPrefix(c.rest, "the only ") &&
		!number.MatchString(first(subject)) && !lettered.MatchString(subject) && !slices.ContainsFunc(strings.Fields(subject), where)
}

var (
	// perhapsRole are words that may say what somebody is.
	perhapsRole = regexp.MustCompile(`(?:er|or|ist|ian|man|men|ee|est|ant|ers|ors|ists|ians)$`)
	// superlative says how something compares, and not what it is.
	superlative = regexp.MustCompile(`^the (?:[a-z]+est|most|only|main|first|second|third|primary|principal|dominant|leading|focus|center|centre|heart|core|key)\b`)
	// lettered is a name with letters behind it, which nobody types ("Ann Lee OBE").
	lettered = regexp.MustCompile(`\p{Ll} \p{Lu}{2,}\b`)
	// praise says how somebody finds something, and not what it is.
	praise = regexp.MustCompile(`^an? (?:very |really |fundamental |integral |great|good|bad|important|key|core|crucial|vital|big|huge|wonderful|nice|perfect|popular|critical|powerful|useful|valuable|real|major|true|hot|significant|exciting|amazing|fantastic|excellent)\b`)
	// noDefinition are words that do not say what something is, nor what is meant.
	noDefinition = words.Set(`issue challenge example part problem way step reason matter fact case sign result lot priority success failure hit mistake year time day
		area point idea question answer history truth thing pair couple situation difference goal aim set figure table design list archenemy enemy people years cases questions topic rest world reality cause focus news future achievement`)
)

// bareNoun reports whether a subject is a noun in general, of which only "a …" says what it
// is ("complexity is the enemy").
func bareNoun(subject string) bool {
	return subject == lower(subject) && !determiners[first(subject)]
}

// head is the noun that a text begins with ("mathematician" in "a Swiss mathematician of
// note").
func head(text string) string {
	fields := strings.Fields(text)
	end := 1
	for end < len(fields) && !prepositions[fields[end]] && !noNoun[fields[end]] && !strings.HasSuffix(fields[end-1], ",") {
		if before := fields[end-1]; (pastOf[fields[end]] != "" || strings.HasSuffix(fields[end], "ed")) && !determiners[before] && !strings.HasSuffix(before, "ly") {
			break // "a doctor based in Bergen"
		}
		end++
	}
	return strings.Trim(fields[end-1], ",.")
}

// isRole reports whether a noun is what people are.
func isRole(noun string) bool { return asks.Of("Which "+lower(noun)+" was it?").Kind == asks.Person }

// when drafts questions for a date.
func (q *questions) when(c clause, person bool) {
	q.add("when", c.turned(c.rest))
	switch {
	case strings.HasSuffix(c.when, "century"):
		q.add("in which century", c.turned(c.rest))
	case strings.HasSuffix(c.when, "00s"): // a century, or its first years
	case strings.HasSuffix(c.when, "0s"):
		q.add("in which decade", c.turned(c.rest))
	case strings.HasPrefix(c.when, "on "):
		q.add("on what date", c.turned(c.rest))
	case year.MatchString(c.when):
		q.add("in what year", c.turned(c.rest))
	default:
		q.add("in which month", c.turned(c.rest))
	}
	q.add("do you know when", c.told(c.rest))
	if person && c.base != "" && c.base != "die" {
		q.add("what did", c.subject, "do", c.when)
	}
}

// who drafts questions for somebody whom a sentence introduces: "Ann Lee, the mayor of
// Wexmouth, …".
func (q *questions) who(text string, d *drafter) {
	for _, m := range introduced.FindAllStringSubmatch(text, -1) {
		if len(*q) == 0 && d.people[m[1]] && isRole(head(m[2])) && !strings.Contains(text, "a "+m[1]) && !slices.ContainsFunc(strings.Fields(before(m[2])), func(w string) bool { return auxiliary[w] }) {
			q.add("who is", m[1])
			q.add("do you know who", m[1], "is")
			q.add("can you tell me who", m[1], "is")
		}
	}
}

// before returns what stands before a relative clause.
func before(text string) string {
	if at := relative.FindStringIndex(text); at != nil {
		return text[:at[0]]
	}
	return text
}

var relative = regexp.MustCompile(` (?:who|which|that|whose|where) `)

var introduced = regexp.MustCompile(`(\p{Lu}[\p{L}’'-]+(?: \p{Lu}\.)?(?: \p{Lu}[\p{L}’'-]+){1,2}), ((?:a|an|the) [^,;:“”"()]{4,80})[,.]`)

// letters drafts questions for letters that stand for the words before them.
func (q *questions) letters(text string) {
	for _, m := range acronym.FindAllStringSubmatch(text, -1) {
		letters := ""
		for _, w := range strings.Fields(m[1]) {
			if r := initial(w); unicode.IsUpper(r) {
				letters += string(r)
			}
		}
		if strings.HasSuffix(letters, m[2]) && len(*q) == 0 {
			q.add("what does", m[2], "stand for")
			q.add("what does the abbreviation", m[2], "mean")
			q.add("what is", m[2], "short for")
		}
	}
}

// reported is a report of what somebody said.
var reported = regexp.MustCompile(`^[^“”"]* (?:said|says|argued|argues|added|noted|explained|claimed|warned|stated) (?:that )?([^“”"]+)$`)

// oftenSaid is how often a noun stands in a text that people ask by it what somebody said:
// "the teammate" of one sentence is nobody's question.
const oftenSaid = 3

// topic reports whether a subject can be asked about without more: a name, or what the text
// speaks of again and again.
func (d *drafter) topic(subject string) bool {
	fields := strings.Fields(subject)
	noun := head(strings.TrimPrefix(subject, "the "))
	if noun == lower(noun) && (d.words[noun] < oftenSaid || number.MatchString(fields[0])) {
		return false
	}
	return !indefinite(subject) && len(fields) <= 6 && !strings.ContainsAny(subject, "0123456789") && !noDefinition[noun]
}

// about drafts questions for what somebody says of something.
func (q *questions) about(said, speaker string, d *drafter) {
	c, _, ok := begin(capital(said), d.known)
	if !ok || bareNoun(c.subject) && !strings.HasSuffix(c.subject, "s") && strings.Contains(d.text, "said that "+c.subject) || // "that fight": which one?
		!d.topic(c.subject) || d.person(c.subject) && corpus.Surname(c.subject) == corpus.Surname(speaker) {
		return
	}
	name := speaker
	if surname := corpus.Surname(speaker); d.alone(surname) {
		name = surname
	}
	q.add("what did", name, "say about", c.subject)
	q.add("what does", name, "say about", c.subject)
	q.add("what did", speaker, "say about", c.subject)
	q.add("what has", speaker, "said about", c.subject)
}

// alone reports whether the text calls somebody by a surname without another word of the
// name before it: "Guire" is no name of Hugh Mc Guire's, nor is a given name that stands last.
func (d *drafter) alone(surname string) bool {
	before := ""
	for w := range strings.FieldsSeq(d.text) {
		if strings.TrimSuffix(strings.TrimSuffix(bare(w), "’s"), "'s") == surname && (!capitalised.MatchString(before) || titles[before]) {
			return true
		}
		before = w
	}
	return false
}

// titles stand before a surname.
var titles = words.Set("Mr Mr. Mrs Mrs. Ms Ms. Dr Dr. Professor President Senator Justice Judge Minister Sir Dame Lord Lady Captain General")

func first(s string) string {
	w, _, _ := strings.Cut(s, " ")
	return w
}

// ownWords reports whether a text has a word that stands for the subject.
func ownWords(text string) bool {
	return slices.ContainsFunc(strings.Fields(lower(text)), func(w string) bool { return possessives[w] })
}
