package attribution

import (
	"slices"
	"strings"

	"verbatim/corpus/words"
)

// subject is who a verb of saying is said of, as the sentence puts it.
type subject struct {
	from, to int // tokens, to not included
	pronoun  string
	names    []name // two for "Brown and Hale"
	role     string // the head of a phrase without a name: "minister"
	known    bool   // the head is a word for people
	owner    *name  // whose sister, whose letter
	ownedBy  string // "his" in "his sister"
	definite bool   // "the minister", not "a minister"
	acronym  bool   // the name is in capital letters, as a body's may be
	plural   bool   // the name is one of several people: "Liberal Democrats"
	nobody   bool   // the sentence leaves open who speaks: "she was told"
}

// credit is a run of a sentence that says who speaks.
type credit struct {
	who      subject
	from, to int // tokens of the subject and the verb, to not included
	verb     verb
	at       int  // the verb's token, -1 where there is none ("according to")
	inverted bool // "said Brown"
	passive  bool // "was quoted as saying"
	colon    bool // only a colon credits: "Brown was angry: “…”"
	foremost bool // "as Brown put it": whoever else speaks in the sentence
}

// verbAt returns the verb of saying at tokens[i].
func verbAt(tokens []token, i int) (verb, bool) {
	if i < 0 || i >= len(tokens) || tokens[i].quote != nil || tokens[i].possessive {
		return verb{}, false
	}
	v, ok := lex().verbs[tokens[i].low]
	return v, ok
}

func skipAdverbs(tokens []token, i int) int {
	for i < len(tokens) && tokens[i].gap == "" && adverbAt(tokens, i) {
		i++
	}
	return i
}

// adverbAt reports whether tokens[i] is a word that stands between a speaker and the verb, and
// no name that only looks like one: "Reilly".
func adverbAt(tokens []token, i int) bool {
	t := tokens[i]
	return t.quote == nil && adverb(t.low) && !(t.capital && (alsoName(tokens, i) || strings.HasSuffix(t.low, "ly") && beginsName(tokens, i)))
}

func adverb(w string) bool {
	return in("adverbs", w) || strings.HasSuffix(w, "ly") && len(w) > 4 && w != "family" && w != "only"
}

// credits finds every credit of a sentence, in order.
func (s *sentence) credits() []credit {
	var out []credit
	for i := range s.tokens {
		if c, ok := s.accordingTo(i); ok {
			out = append(out, c)
			continue
		}
		if c, ok := s.withoutVerb(i); ok {
			out = append(out, c)
			continue
		}
		v, ok := verbAt(s.tokens, i)
		if !ok || s.tokens[i].capital && i > 0 || s.isNoun(i, v) {
			continue
		}
		c, ok := s.inverted(i, v)
		if !ok {
			c, ok = s.straight(i, v)
		}
		// "A quick search reveals": what is no word for people speaks with the plainest verbs only.
		if c.from > 0 && (s.isWord(c.from-1, "if") || s.isWord(c.from-1, "unless")) && c.who.from == c.from {
			continue // nobody said it yet
		}
		if ok && (c.verb.clause || c.passive || c.who.known || c.who.role == "" || len(c.who.names) > 0 || s.announcesAt(c.to) && !c.verb.weak) {
			out = append(out, c)
		}
	}
	return out
}

// isNoun reports whether a verb of saying at tokens[i], in the present, is a noun that another has for
// its subject: "Conservative estimates suggest".
func (s *sentence) isNoun(i int, v verb) bool {
	if v.past || v.participle || i+1 >= len(s.tokens) || s.tokens[i+1].gap != "" || !strings.HasSuffix(s.tokens[i].low, "s") {
		return false
	}
	if i > 0 && s.tokens[i].gap == "" && s.tokens[i-1].quote == nil && (strings.HasSuffix(s.tokens[i-1].low, "ing") || in("quantities", s.tokens[i-1].low)) && (i == 1 || !s.tokens[i-1].capital) {
		return true // "making claims", "many claims"
	}
	next, ok := verbAt(s.tokens, i+1)
	return ok && s.tokens[i+1].low == next.lemma && !next.past || s.isWord(i, "thanks") && s.isWord(i+1, "to")
}

// withoutVerb reads what credits at tokens[i] without a verb of saying and its subject.
func (s *sentence) withoutVerb(i int) (credit, bool) {
	if c, ok := s.givesWord(i); ok {
		return c, true
	}
	if c, ok := s.sayingOf(i); ok {
		return c, true
	}
	if s.isWord(i, "from") && (s.isWord(i-1, "heard") || s.isWord(i-1, "hears")) { // "heard from Brown that"
		who, ok := s.phrase(i + 1)
		return credit{who: who, from: i, to: who.to, verb: verb{lemma: "hear", that: true, clause: true}, at: i}, ok && s.isWord(who.to, "that")
	}
	if v, ok := verbAt(s.tokens, i+1); ok && v.past && !v.weak && !v.name && !v.wrote && i > 0 && s.isWord(i, "as") && s.isWord(i+2, "by") { // "a week, as recommended by Brown"
		who, ok := s.phrase(i + 3)
		return credit{who: who, from: i, to: who.to, at: -1}, ok
	}
	return credit{}, false
}

// givesWord reads a verb that says something with a noun: "Brown issued an apology", "the board made a plea for rain".
func (s *sentence) givesWord(i int) (credit, bool) {
	if i == 0 || !in("issued", s.tokens[i].low) || s.tokens[i].quote != nil {
		return credit{}, false
	}
	if at := s.madeClear(i + 1); at > 0 {
		who, ok := s.issuer(i)
		return credit{who: who, from: who.from, to: at, verb: verb{lemma: "say", that: true, clause: true}, at: i}, ok
	}
	if !s.isWord(i+1, "a") && !s.isWord(i+1, "an") {
		return credit{}, false
	}
	for k := i + 2; k < len(s.tokens) && k < i+5 && s.tokens[k].quote == nil && s.tokens[k].gap == ""; k++ {
		if in("pleas", s.tokens[k].low) {
			who, ok := s.issuer(i)
			return credit{who: who, from: who.from, to: k + 1, verb: verb{lemma: s.tokens[k].low, act: true}, at: i}, ok && !s.isWord(i-1, "to")
		}
	}
	return credit{}, false
}

// madeClear returns the index of "that" behind "clear", "it known", "the point", which stand at tokens[i] behind "made"; 0 where none do.
func (s *sentence) madeClear(i int) int {
	if s.isWord(i, "it") || s.isWord(i, "the") {
		i++
	}
	for _, w := range []string{"clear", "plain", "known", "point", "case", "argument"} {
		if s.isWord(i, w) && s.isWord(i+1, "that") {
			return i + 1
		}
	}
	return 0
}

// sayingOf reads a noun of saying with whose it is: "Brown's claim that the bridge fell", "her view is that".
func (s *sentence) sayingOf(i int) (credit, bool) {
	t := s.tokens
	if i == 0 || !in("claimed", t[i].low) || t[i].quote != nil || t[i].gap != "" {
		return credit{}, false
	}
	that := i + 1
	if s.isWord(that, "is") || s.isWord(that, "was") {
		that++
	}
	if !s.isWord(that, "that") && !(that > i+1 && s.announcesAt(that)) {
		return credit{}, false
	}
	c := credit{to: that, verb: verb{lemma: t[i].low, that: true, clause: true}, at: i}
	if pronoun := nominative[t[i-1].low]; (pronoun == "he" || pronoun == "she") && possessiveWord(t[i-1].low) {
		c.who, c.from = subject{from: i - 1, to: i, pronoun: pronoun}, i-1
		return c, true
	}
	if t[i-1].possessive && isRole(t[i-1].low) && !t[i-1].capital {
		return s.sayingOfRole(c, i-1)
	}
	for from := max(0, i-longestName); from < i; from++ {
		if _, answers := verbAt(t, from-1); answers { // "Hale rejected Brown's claim that"
			continue
		}
		if n, ok := nameAt(t, from); ok && n.to == i && t[i-1].possessive {
			c.who, c.from = subject{from: from, to: i, names: []name{n}}, from
			return c, true
		}
	}
	return credit{}, false
}

// sayingOfRole completes a credit with the role at tokens[i] whose saying it is: "her lawyer's claim that".
func (s *sentence) sayingOfRole(c credit, i int) (credit, bool) {
	for from := i - 1; from >= max(0, i-longestName) && s.tokens[from+1].gap == ""; from-- {
		low := s.tokens[from].low
		if !in("determiners", low) {
			continue
		}
		if _, answers := verbAt(s.tokens, from-1); answers {
			return credit{}, false
		}
		c.who = subject{from: from, to: i + 1, role: s.tokens[i].low, known: true, definite: low == "the" || possessiveWord(low)}
		c.from = from
		return c, true
	}
	return credit{}, false
}

// announcesAt reports whether tokens[i] is a quotation that a comma or colon announces.
func (s *sentence) announcesAt(i int) bool {
	return i < len(s.tokens) && s.tokens[i].quote != nil && s.tokens[i].gap != ""
}

// accordingTo reads "according to Brown", "in the words of Brown", "in Brown's
// words", "as Brown put it", and "quoting Brown".
func (s *sentence) accordingTo(i int) (credit, bool) {
	t := s.tokens
	from := 0
	switch {
	case s.isWord(i, "according") && s.isWord(i+1, "to"):
		from = i + 2
	case s.isWord(i, "words") && s.isWord(i+1, "of") && i > 0 && !(i > 1 && in("be", t[i-2].low)):
		from = i + 2
	case s.isWord(i, "quoting"):
		if _, ok := nameAt(t, i+1); !ok {
			return credit{}, false // "quoting an old song"
		}
		from = i + 1
	case s.isWord(i, "as") && (i == 0 || strings.HasSuffix(t[i].gap, ",") || t[i-1].quote != nil):
		who, ok := s.phrase(i + 1)
		if !ok {
			return credit{}, false
		}
		at := s.habit(skipAdverbs(t, who.to))
		v, said := verbAt(t, at)
		if !said || v.now || v.weak && v.lemma != "put" || at+1 < len(t) && t[at+1].gap == "" && !s.isWord(at+1, "it") && !s.isWord(at+1, "out") && !in("prepositions", t[at+1].low) {
			return credit{}, false
		}
		return credit{who: who, from: i, to: at + 1, at: -1, foremost: true}, true
	case s.isWord(i, "in") && i+3 < len(t) && possessiveWord(t[i+1].low) && t[i+2].low == "own" && t[i+3].low == "words":
		pronoun := nominative[t[i+1].low]
		return credit{who: subject{from: i + 1, to: i + 2, pronoun: pronoun}, from: i, to: i + 4, at: -1}, pronoun != ""
	case s.isWord(i, "in") && i+1 < len(t):
		if n, ok := nameAt(t, i+1); ok && t[n.to-1].possessive && n.to < len(t) && (t[n.to].low == "words" || t[n.to].low == "view" || t[n.to].low == "opinion" || t[n.to].low == "own" && s.isWord(n.to+1, "words")) {
			return credit{who: subject{from: i + 1, to: n.to, names: []name{n}}, from: i, to: n.to + 1, at: -1}, true
		}
		return credit{}, false
	default:
		return credit{}, false
	}
	who, ok := s.phrase(from)
	if pronoun := nominative[t[min(from, len(t)-1)].low]; pronoun != "" { // "according to him"
		who, ok = subject{from: from, to: from + 1, pronoun: pronoun}, true
	}
	return credit{who: who, from: i, to: who.to, at: -1}, ok
}

// nominative is the pronoun that speaks, by its other forms.
var nominative = map[string]string{"his": "he", "him": "he", "her": "she", "their": "they", "them": "they"}

// habit returns the index after "used to", if it stands at tokens[i]: "as Brown used to
// say".
func (s *sentence) habit(i int) int {
	if s.isWord(i+1, "to") && (s.isWord(i, "used") || s.isWord(i, "likes") || s.isWord(i, "liked")) {
		return i + 2
	}
	return i
}

func (s *sentence) isWord(i int, w string) bool {
	return i >= 0 && i < len(s.tokens) && s.tokens[i].quote == nil && s.tokens[i].low == w
}

// inverted reads "said Brown" and "asked the minister", after a quotation or at the
// beginning of a sentence, or after a comma.
func (s *sentence) inverted(i int, v verb) (credit, bool) {
	t := s.tokens
	if v.participle || t[i].low == v.lemma && !v.past || v.hear && !v.inverts || i+1 >= len(t) || t[i+1].quote != nil || t[i+1].gap != "" {
		return credit{}, false
	}
	k := i
	for k > 0 && t[k].gap == "" && adverbAt(t, k-1) {
		k--
	}
	switch {
	case k == 0 && s.leads(): // “Really?” ends the sentence before
	case k > 0 && t[k-1].quote != nil:
	case k > 0 && k == i && strings.ContainsAny(t[k].gap, ",?!") && !v.weak && !v.name && !v.hear && !s.afterName(k-1):
	default:
		return credit{}, false
	}
	who, ok := s.phrase(i + 1)
	if !ok || who.pronoun != "" && !slices.Contains([]string{"he", "she", "they", "i"}, who.pronoun) {
		return credit{}, false
	}
	if k > 0 && t[k-1].quote == nil && !s.closes(who) {
		return credit{}, false
	}
	return credit{who: who, from: i, to: who.to, verb: v, at: i, inverted: true}, true
}

// afterName reports whether the aside that ends at tokens[end] is nothing but a name: "The
// mayor, Ada Brown, told".
func (s *sentence) afterName(end int) bool {
	parts := s.parts(end)
	last := parts[len(parts)-1]
	n, ok := nameAt(s.tokens, last.Start)
	return ok && n.to == last.End && len(parts) > 1
}

// closes reports whether a speaker ends a clause: "The ferry sank, said Brown."
func (s *sentence) closes(who subject) bool {
	if who.pronoun != "" || len(who.names) == 0 && !who.known {
		return false
	}
	return who.to >= len(s.tokens) || s.tokens[who.to].gap != "" || in("prepositions", s.tokens[who.to].low)
}

// leads reports whether a sentence begins with a small letter or a verb, as what
// follows a quotation does.
func (s *sentence) leads() bool {
	return len(s.tokens) > 0 && (!s.tokens[0].capital || s.tokens[0].low == "said" || s.tokens[0].low == "says")
}

// phrase reads the name, role or pronoun that begins at tokens[i], with what
// belongs to it: "Ada Brown", "the minister for trade, Ada Brown", "one of the
// miners".
func (s *sentence) phrase(i int) (subject, bool) {
	t := s.tokens
	if i >= len(t) || t[i].quote != nil {
		return subject{}, false
	}
	if pronounToken(t[i]) {
		return subject{from: i, to: i + 1, pronoun: t[i].low}, true
	}
	if n, ok := nameAt(t, i); ok && !t[n.to-1].possessive && !s.beforeRole(n) {
		if officer, ok := s.officerBehind(n); ok {
			return subject{from: i, to: officer.to, names: []name{officer}}, true
		}
		who := subject{from: i, to: n.to, names: []name{n}}
		if n.to+1 < len(t) && t[n.to].low == "and" && t[n.to].gap == "" {
			if other, ok := nameAt(t, n.to+1); ok && !t[other.to-1].possessive {
				who.names, who.to = append(who.names, other), other.to
			}
		}
		return who, true
	}
	end := s.phraseEnd(i)
	who, ok := s.nounPhrase(i, end)
	// "the minister, Ada Brown": the name behind the comma is meant.
	if r, _ := roleOf(who.role); ok && len(who.names) == 0 && who.role != "" && !r.body && !r.thing && !r.many && end < len(t) && t[end].gap == "," {
		if n, found := nameAt(t, end); found && !bodyName(t[n.from:n.to]) {
			who.names, who.to = []name{n}, n.to
		}
	}
	return who, ok
}

// pronounToken reports whether a word is a pronoun, and no acronym such as WHO.
func pronounToken(t token) bool { return in("pronouns", t.low) && !t.upper }

// beforeRole reports whether a name only tells whose officer is meant: "Acme founder
// Ada Brown".
func (s *sentence) beforeRole(n name) bool {
	if n.to >= len(s.tokens) {
		return false
	}
	next := s.tokens[n.to]
	_, says := verbAt(s.tokens, n.to)
	return !s.tokens[n.to-1].possessive && next.quote == nil && !next.capital && next.gap == "" && isRole(next.low) && !says && !in("determiners", next.low)
}

// officerBehind reads whom a name tells the place of, behind some small words of which the last is a role: "Northern Region duty
// officer Ada Brown".
func (s *sentence) officerBehind(n name) (name, bool) {
	t := s.tokens
	for k := n.to; k < len(t) && k < n.to+longOffice && t[k].quote == nil && t[k].gap == ""; k++ {
		if officer, ok := nameAt(t, k); ok {
			return officer, k > n.to && isRole(t[k-1].low) && s.isFull(officer)
		}
		_, says := verbAt(t, k)
		if says || t[k].capital || in("prepositions", t[k].low) || in("determiners", t[k].low) || in("clause", t[k].low) || in("be", t[k].low) || adverb(t[k].low) {
			break
		}
	}
	return name{}, false
}

// longOffice bounds the small words between the name of a place or body and that of its officer.
const longOffice = 5

// isPersonal reports whether a name begins with a given name and goes on with a last one.
func (s *sentence) isPersonal(n name) bool {
	_, given := givenName(s.tokens[n.from].low)
	return given && s.isFull(n)
}

// isFull reports whether a name has several words and is that of no body or place, so that it may be a person's.
func (s *sentence) isFull(n name) bool { return n.to-n.from > 1 && !bodyName(s.tokens[n.from:n.to]) }

// longestPhrase bounds the words of a phrase that is read from its beginning.
const longestPhrase = 9

// phraseEnd returns where the phrase that begins at tokens[i] ends: at a mark, a verb
// or a conjunction.
func (s *sentence) phraseEnd(i int) int {
	t := s.tokens
	end := i + 1
	for ; end < len(t) && end < i+longestPhrase && t[end].quote == nil; end++ {
		if !s.tight(end) && t[end].gap != "(" && t[end].gap != "&" || in("clause", t[end].low) || in("be", t[end].low) || in("predicate", t[end].low) || in("acts", t[end].low) || in("issued", t[end].low) || s.habit(end) > end {
			break
		}
		if pronounToken(t[end]) && t[end].low != "you" && t[end].low != "who" {
			break // "told the paper she"
		}
		if isRole(t[end-1].low) && !t[end].capital && !isRole(t[end].low) && strings.HasSuffix(t[end].low, "ed") {
			break // "one reporter questioned"
		}
		if v, ok := verbAt(t, skipAdverbs(t, end)); ok && !v.participle && !isRole(t[end].low) && !(end == i+1 && in("determiners", t[i].low)) {
			break // "the paper had claimed"
		}
	}
	for end > i+1 && adverbAt(t, end-1) {
		end--
	}
	return end
}

// nounPhrase reads tokens from i to end as one phrase that can speak.
func (s *sentence) nounPhrase(i, end int) (subject, bool) {
	for i < end && s.tokens[i].quote == nil && (adverbAt(s.tokens, i) && !s.isWord(i+1, "of") || in("clause", s.tokens[i].low) && s.tokens[i].low != "what") {
		i++
	}
	if i >= end {
		return subject{}, false
	}
	t := s.tokens[i:end]
	if slices.Contains([]string{"nobody", "none", "no", "neither"}, t[0].low) {
		return subject{}, false
	}
	if last := t[len(t)-1]; pronounToken(last) && (len(t) == 1 || last.low != "who" && last.gap == "") { // "everything they"
		return subject{from: end - 1, to: end, pronoun: last.low}, true
	}
	if in("prepositions", t[0].low) {
		return s.afterPhrase(i, end)
	}
	for k := range t { // "Undersecretary for Trade Mr. Brown", "Minister of the Interior Ada Brown"
		n, ok := nameAt(s.tokens, i+k)
		if ok && n.to == end && !s.tokens[n.to-1].possessive && (titleGender(n.titles) != anyGender || k > 0 && s.isFull(n) && s.holdsOffice(n, i)) {
			return subject{from: i, to: end, names: []name{n}}, true
		}
	}
	who := subject{from: i, to: end, definite: t[0].low == "the" || t[0].low == "this" || t[0].low == "that" || possessiveWord(t[0].low)}
	if possessiveWord(t[0].low) {
		who.ownedBy = t[0].low
	}
	return s.headed(who, i, i+headEnd(t), end)
}

// holdsOffice reports whether a name at the end of a phrase from tokens[i] on is of the one whose office stands before it, and
// not of whose sister or which of two that is: "the Minister of the Interior Ada Brown", but "the sister of Mayor Ada Brown".
func (s *sentence) holdsOffice(n name, i int) bool {
	t := s.tokens
	before := t[n.from-1]
	if before.possessive || t[n.from].gap != "" {
		return false
	}
	if !before.capital {
		k := n.from - 1
		for k > i && !t[k].capital && !in("prepositions", t[k].low) && !in("determiners", t[k].low) && !in("clause", t[k].low) {
			k--
		}
		if k == n.from-1 {
			return false
		}
		if in("determiners", t[k].low) && k > i {
			k--
		}
		return s.isPersonal(n) && !in("prepositions", t[k].low) // "a show with her boyfriend Tom Brown"
	}
	if titled(before.low) || !in("portfolios", before.low) && !s.isPersonal(n) {
		return false
	}
	heading := n.from - 1
	for heading > i && t[heading-1].quote == nil && (t[heading-1].capital || t[heading-1].low == "and") && t[heading].gap == "" {
		heading--
	}
	if heading > i && in("determiners", t[heading-1].low) {
		heading--
	}
	return heading > i+1 && in("prepositions", t[heading-1].low) && isRole(t[heading-2].low)
}

// afterPhrase reads the name or phrase that ends a run of tokens that begins with a
// preposition and is not its object: "On Monday Brown", "At the inn her brother".
func (s *sentence) afterPhrase(i, end int) (subject, bool) {
	for from := i + 1; from < end; from++ {
		before := s.tokens[from-1]
		object := in("prepositions", before.low) || in("determiners", before.low) || before.possessive || before.low == "and"
		if !object && in("determiners", s.tokens[from].low) {
			return s.nounPhrase(from, end)
		}
		n, ok := nameAt(s.tokens, from)
		if ok && !object && n.to == end && !s.apposedObject(from, i) {
			return subject{from: from, to: end, names: []name{n}}, true
		}
		if ok {
			from = n.to - 1
		}
	}
	return subject{}, false
}

// apposedObject reports whether the name at tokens[from] tells who or what the object of a
// preposition is, which stands after tokens[i]: "with the local paper Echo".
func (s *sentence) apposedObject(from, i int) bool {
	k := from
	for k-1 > i && !s.tokens[k-1].capital && !in("prepositions", s.tokens[k-1].low) && !in("determiners", s.tokens[k-1].low) {
		k--
	}
	return k < from && isRole(s.tokens[from-1].low) && !isThing(s.tokens[from-1].low)
}

// headEnd returns where the head of a phrase ends: before its first preposition.
func headEnd(t []token) int {
	for k := 1; k < len(t); k++ {
		if !in("prepositions", t[k].low) || t[k].capital {
			continue
		}
		inside := k+1 < len(t) && t[k-1].capital && t[k+1].capital && in("particles", t[k].low) && t[k].low != "of"
		if !inside {
			return k
		}
	}
	return len(t)
}

func possessiveWord(w string) bool {
	return w == "his" || w == "her" || w == "their" || w == "its" || w == "my" || w == "our"
}

// headed finds the name or role that a phrase's part before the first preposition,
// tokens from i to head, ends with.
func (s *sentence) headed(who subject, i, head, end int) (subject, bool) {
	t := s.tokens
	if at := s.oneOfSeveral(i, head, end); at > 0 {
		who.role, who.known = t[at-1].low, true
		return who, true
	}
	if ok, done := s.namedHead(&who, i, &head, end); done {
		return who, ok
	}
	if slices.ContainsFunc(t[i:head], func(t token) bool { return t.quote == nil && t.low == "no" }) {
		return subject{}, false // "so far no party"
	}
	for k := head - 2; k > i; k-- { // "something your mayor": the phrase begins at "your"
		if in("determiners", t[k].low) && t[k].quote == nil {
			who.from, i = k, k
			break
		}
	}
	if (in("determiners", t[i].low) || in("quantities", t[i].low) || t[i].low == "half") && head == i+1 && s.isWord(head, "of") && s.oneOf(&who, head, end) {
		return who, true
	}
	for k := head - 1; k >= i; k-- { // a word for people, or for what carries words
		if t[k].quote != nil {
			return subject{}, false
		}
		r, ok := roleOf(t[k].low)
		if !ok || k < head-1 && in("determiners", t[k].low) || r.modifier {
			continue
		}
		who.role, who.known = t[k].low, true
		if r.thing {
			s.carried(&who, head, end)
		}
		return who, true
	}
	if last := t[head-1]; !last.capital && (in("determiners", t[i].low) && head > i+1 || who.owner != nil) {
		who.role = last.low
		return who, true
	}
	return subject{}, false
}

// oneOfSeveral returns where a phrase ends that names nobody: "one", "another", "a third", "most
// Districts"; 0 where it is none.
func (s *sentence) oneOfSeveral(i, head, end int) int {
	switch t := s.tokens; {
	case end == i+1 && (s.isWord(i, "one") || s.isWord(i, "another")),
		end == i+2 && t[i].low == "a" && in("ordinals", t[i+1].low):
		return end
	case in("quantities", t[i].low) && head > i+1:
		return head
	}
	return 0
}

// namedHead looks for a name at the end of a phrase's head, and notes whose the head
// is ("Brown's sister"). done tells that no role need be looked for.
func (s *sentence) namedHead(who *subject, i int, head *int, end int) (ok, done bool) {
	t := s.tokens
	for k := i; k < *head; k++ {
		n, found := nameAt(t, k)
		if !found {
			if e := nameEnd(t[:*head], k); e > k+1 {
				k = e - 1
			}
			continue
		}
		if n.to > *head && n.to <= end { // "Bank of England"
			*head = n.to
		}
		if n.to < *head && t[n.to].gap == "(" && n.to-n.from > 1 && !bodyName(t[n.from:n.to]) { // "minister Ada Brown (Labour)"
			*head = n.to
		}
		if n.to < end && s.beforeRole(n) {
			if s.isFull(n) && s.isWord(n.to+1, "of") && k == i {
				who.names = []name{n} // "Ada Brown president of the council"
				return true, true
			}
			*head = n.to + headEnd(t[n.to:end])
			k = n.to - 1
			continue
		}
		if t[n.to-1].possessive {
			owner := n
			who.owner, who.definite = &owner, true
		} else if n.to == *head {
			return s.acceptName(who, n, i, end), true
		}
		k = n.to - 1
	}
	return false, false
}

// acceptName makes a name at the end of a phrase the subject, unless the phrase is
// about something else: "an Acme", "the History of the Hales".
func (s *sentence) acceptName(who *subject, n name, i, end int) bool {
	t := s.tokens
	single := n.to-n.from == 1
	switch {
	case n.to < end && single && t[i].low == "the" && s.isWord(n.to, "of"):
		return false
	case single && t[i].low == "the" && in("peoples", t[n.from].low):
		who.role = t[n.from].low
		return true
	case n.from == i+1 && (t[i].low == "a" || t[i].low == "an"):
		return false
	}
	and := n.from - 1
	if in("determiners", t[max(0, and)].low) { // "both the Ocean Board and the Harbour Board"
		and--
	}
	if and > i && t[and].low == "and" {
		begin := i
		if in("determiners", t[i].low) {
			begin++
		}
		if first, ok := nameAt(t, begin); ok && first.to == and-len(n.titles) {
			who.names = []name{first}
		}
	}
	who.names = append(who.names, n)
	return true
}

// oneOf reads "one of the sailors", whose head ends at of.
func (s *sentence) oneOf(who *subject, of, end int) bool {
	for k := end - 1; k > of; k-- {
		if low := s.tokens[k].low; isRole(low) && !in("determiners", low) || low == "them" || low == "those" {
			who.role, who.known, who.definite = low, true, false
			return true
		}
	}
	return false
}

// carried finds whose words a letter or statement is: "a statement from Brown",
// "Brown's letter".
func (s *sentence) carried(who *subject, head, end int) {
	if who.owner != nil {
		who.names = []name{*who.owner}
		return
	}
	if pronoun := nominative[who.ownedBy]; pronoun != "" {
		who.pronoun = pronoun
		return
	}
	if head < end && slices.Contains([]string{"from", "by", "of"}, s.tokens[head].low) {
		for k := head + 1; k < end; k++ {
			if n, ok := nameAt(s.tokens, k); ok && !s.beforeRole(n) {
				who.names = []name{n}
				return
			}
		}
	}
}

// straight reads "Brown said", "Brown, who runs the lab, said", "Brown rose and
// said", "Brown was quoted as saying", and "…, saying".
func (s *sentence) straight(i int, v verb) (credit, bool) {
	if v.participle {
		return s.participle(i, v)
	}
	t := s.tokens
	k := i - 1 // the last token of the subject
	for k >= 0 && t[k+1].gap == "" && adverbAt(t, k) {
		k--
	}
	if k < 0 || t[k].quote != nil {
		return credit{}, false
	}
	if s.isWord(k, "to") {
		if c, ok, done := s.beforeTo(i, k, v); done {
			return c, ok
		}
	}
	if c, ok := s.passive(i, k, v); ok {
		return c, true
	}
	if s.suffers(i, k, v) {
		return credit{}, false
	}
	if in("be", t[k].low) && (v.lemma == "quote" || v.lemma == "cite") { // "was quoted"
		c, ok := s.straight(k, verb{lemma: "be", past: true, weak: true})
		c.at, c.to, c.passive, c.verb = i, i+1, true, v
		return c, ok
	}
	if t[k+1].gap == "" && (in("blocked", t[k].low) && !t[k].capital || in("be", t[k].low) || s.beforeNoun(k)) {
		return credit{}, false
	}
	who, ok := s.subjectBefore(k)
	s.joinedBefore(&who, k)
	who.acronym = len(who.names) == 1 && t[who.names[0].from].upper
	who.plural = s.isWord(k, "al") || !v.name && s.namesSeveral(who, k)
	if !ok || t[i].low == v.lemma && !v.past && !who.several() {
		return credit{}, false
	}
	return credit{who: who, from: who.from, to: i + 1, verb: v, at: i}, true
}

// suffers reports whether what stands before a verb at token i, up to k, is not who says so: "the plan announced by Brown", "Brown
// has been told", "the mayor criticised over the ferry".
func (s *sentence) suffers(i, k int, v verb) bool {
	switch {
	case !v.past:
		return false
	case s.isWord(i-1, "been"):
		return true
	case i+1 >= len(s.tokens) || s.tokens[i+1].quote != nil:
		return false
	}
	next := s.tokens[i+1]
	return next.gap == "" && next.low == "by" && !in("be", s.tokens[k].low) ||
		v.act && next.gap == "" && (next.low == "over" || next.low == "after" || next.low == "amid") // "a mayor criticised over rain"
}

// namesSeveral reports whether a subject that ends with token k, right before a verb, is the name of several people: "Liberal
// Democrats".
func (s *sentence) namesSeveral(who subject, k int) bool {
	t := s.tokens
	if len(who.names) != 1 || k+2 >= len(t) || t[k+1].gap != "" || t[k+2].gap != "" || t[k+2].quote != nil || in("prepositions", t[k+2].low) {
		return false
	}
	n := who.names[0]
	return n.to == k+1 && (n.from == 0 || t[n.from].gap != "") && (k > 0 || t[k].elsewhere) && !t[k].possessive && strings.HasSuffix(t[k].low, "s") && !strings.HasSuffix(t[k].low, "ss")
}

// beforeTo reads the subject of a verb at token i behind "to" at k: "tried to say", "liked to
// say", "is said to have replied". done is false where "to" tells nothing.
func (s *sentence) beforeTo(i, k int, v verb) (c credit, ok, done bool) {
	t := s.tokens
	switch {
	case s.isWord(k-1, "on") && (s.isWord(k-2, "went") || s.isWord(k-2, "goes")):
		c, ok = s.straight(k-2, v)
	case k > 1 && in("begun", t[k-1].low) && t[k].gap == "":
		c, ok = s.straight(k-1, v)
		c.at, c.to = i, i+1
	case k > 2 && in("be", t[k-2].low) && in("hearsay", t[k-1].low):
		c.who, ok = s.subjectBefore(k - 3)
		c = credit{who: c.who, from: c.who.from, to: i + 1, verb: v, at: i}
	case s.habit(k-1) > k-1:
		c, ok = s.straight(k-1, v)
	default:
		return c, false, false
	}
	return c, ok, true
}

// beforeNoun reports whether the word after tokens[k] is a noun: "Brown's claims",
// "any claims".
func (s *sentence) beforeNoun(k int) bool {
	low := s.tokens[k].low
	return s.tokens[k].possessive || in("determiners", low) && !in("pronouns", low) && !isRole(low) && low != "one" && low != "another"
}

// subjectBefore reads the subject of a verb, whose last token is k.
func (s *sentence) subjectBefore(k int) (subject, bool) {
	t := s.tokens
	if s.isWord(k, "al") && s.isWord(k-1, "et") && k > 1 { // "Brown et al. suggest"
		who, ok := s.endingAt(k - 2)
		return who, ok && len(who.names) > 0
	}
	if gap := t[k+1].gap; gap != "" && !s.tight(k+1) {
		if strings.HasSuffix(gap, ",") || strings.HasSuffix(gap, ")") || strings.HasSuffix(gap, "—") || strings.HasSuffix(gap, "–") {
			return s.beforeAside(k)
		}
		return subject{}, false
	}
	if t[k].upper {
		return s.endingAt(k)
	}
	switch t[k].low {
	case "and", "but", "then":
		return s.firstSubject(k)
	case "who", "which":
		return s.beforeWho(k)
	}
	who, ok := s.endingAt(k)
	if named, found := s.namedBeforeAside(k); found {
		return named, true
	}
	if ok && (who.known || who.role == "") {
		return who, true
	}
	if before, found := s.beforeRelative(k); found {
		return before, true
	}
	return who, ok
}

// namedBeforeAside reads the name before what stands in front of a verb and only tells who that is, where no comma closes it:
// "Ada Brown, a lawyer at the court said", "Ada Brown, who runs the lab said". end is the last token before the verb.
func (s *sentence) namedBeforeAside(end int) (subject, bool) {
	t, from := s.tokens, end
	for from > 0 && end-from < longAside && t[from].quote == nil && (t[from].gap == "" || t[from].gap == "(" || t[from].gap == ")") {
		from--
	}
	role, office := roleOf(t[from].low)
	if from == 0 || t[from].gap != "," || !s.isWord(from, "who") && !s.isWord(from, "a") && !s.isWord(from, "an") && (!office || role.many) {
		return subject{}, false
	}
	if end+2 < len(t) && strings.ContainsAny(t[end+2].gap, ",—–") && t[end+2].quote == nil {
		return subject{}, false // "Ada Brown, a neighbour said, was late."
	}
	for k := max(0, from-longestPhrase); k < from; k++ {
		n, ok := nameAt(t, k)
		if !ok || n.to != from || !s.isFull(n) {
			continue
		}
		if k == 0 || t[k].gap != "" || t[k-1].quote != nil || in("clause", t[k-1].low) || titled(t[k-1].low) && (k == 1 || t[k-1].gap != "") {
			return subject{from: k, to: end + 1, names: []name{n}}, true
		}
	}
	return subject{}, false
}

// beforeWho reads the subject of a clause that "who" at tokens[k] begins.
func (s *sentence) beforeWho(k int) (subject, bool) {
	t := s.tokens
	if k == 0 {
		return subject{}, false
	}
	if who, ok := s.beforeApposition(k); ok {
		return who, true
	}
	for from := max(0, k-4); from < k; from++ { // "met with Brown, who had said"
		if n, ok := nameAt(t, from); ok && n.to == k && !t[k-1].possessive {
			return subject{from: from, to: k, names: []name{n}}, true
		}
	}
	if who, ok := s.endingAt(k - 1); ok {
		return who, ok
	}
	if parts := s.parts(k - 1); t[k].gap == "," && len(parts) > 1 { // "it was Brown, 17, who said"
		if who, ok := s.endingAt(parts[len(parts)-1].Start - 1); ok && len(who.names) > 0 {
			return who, ok
		}
	}
	if t[k].gap != "," || !isRole(t[k-1].low) {
		return subject{}, false
	}
	from := k - 1 // "heard from residents, who said"
	for from > 0 && t[from].gap == "" && !in("prepositions", t[from-1].low) && !t[from-1].possessive {
		from--
	}
	return s.nounPhrase(from, k)
}

// beforeApposition reads the name that what stands before "who" at tokens[k] only tells who that is: "Ada Brown, an expert from
// Acme, who said".
func (s *sentence) beforeApposition(k int) (subject, bool) {
	parts := s.parts(k - 1)
	if len(parts) < 2 || s.tokens[k].gap != "," {
		return subject{}, false
	}
	last := parts[len(parts)-1]
	if !s.isWord(last.Start, "a") && !s.isWord(last.Start, "an") {
		return subject{}, false
	}
	for from := max(0, last.Start-longestName); from < last.Start; from++ {
		if n, ok := nameAt(s.tokens, from); ok && n.to == last.Start && s.isFull(n) {
			return subject{from: from, to: n.to, names: []name{n}}, true
		}
	}
	return subject{}, false
}

// longestName is how many words a name has at most that is looked for from its end.
const longestName = 4

// longRelative bounds the words of a clause between a subject and its verb.
const longRelative = 10

// beforeRelative reads the subject before a clause without commas that ends at
// tokens[k]: "A driver who asked not to be named said".
func (s *sentence) beforeRelative(k int) (subject, bool) {
	for i := k; i > 0 && k-i < longRelative && s.tight(i) && s.tokens[i].quote == nil; i-- {
		if s.isWord(i, "who") {
			return s.endingAt(i - 1)
		}
	}
	return subject{}, false
}

// several reports whether a subject goes with a verb without an ending: "critics say".
func (who subject) several() bool {
	if r, ok := roleOf(who.role); ok && len(who.names) == 0 {
		return r.many || r.thing && strings.HasSuffix(who.role, "s")
	}
	return len(who.names) > 1 || who.acronym || who.plural || who.pronoun == "i" || who.pronoun == "we" || who.pronoun == "they" || who.pronoun == "you"
}

// passive reads "was described by Brown as", where be is the verb's token before.
func (s *sentence) passive(i, be int, v verb) (credit, bool) {
	if !v.past || !in("be", s.tokens[be].low) || v.lemma == "quote" || v.lemma == "cite" {
		return credit{}, false
	}
	for k := i + 1; k < len(s.tokens) && k < i+5; k++ {
		if s.tokens[k].gap != "" || s.tokens[k].quote != nil || in("clause", s.tokens[k].low) {
			break
		}
		if s.isWord(k, "by") {
			who, ok := s.phrase(k + 1)
			v.weak, v.that, v.clause, v.act = false, false, false, v.act && !v.name && v.lemma != "deny" && !s.isWord(be-1, "will")
			return credit{who: who, from: i, to: who.to, verb: v, at: i, passive: true}, ok
		}
	}
	return credit{}, false
}

// participle reads the subject of "…, saying" and "by saying": the sentence's own.
func (s *sentence) participle(i int, v verb) (credit, bool) {
	if i == 0 || v.weak {
		return credit{}, false
	}
	t := s.tokens
	if (in("be", t[i-1].low) || in("begun", t[i-1].low)) && t[i-1].quote == nil && t[i].gap == "" && i > 1 { // "was saying"
		v.participle = false
		c, ok := s.straight(i-1, v)
		c.at, c.to = i, i+1
		return c, ok
	}
	if _, ok := verbAt(t, i-2); ok && s.isWord(i-1, "by") { // "begins by saying"
		c, ok := s.straight(i-2, plainVerb(t, i-2))
		c.at, c.to, c.verb = i, i+1, v
		c.verb.participle = false
		return c, ok
	}
	if s.isWord(i-1, "as") && i > 2 { // "was quoted by the paper as saying"
		for k := i - 2; k > 0; k-- {
			if t[k].low == "quoted" && in("be", t[k-1].low) {
				c, ok := s.straight(k, lex().verbs["quoted"])
				c.to, c.verb = i+1, v
				c.verb.participle = false
				return c, ok
			}
		}
	}
	who, with := s.withSpeaker(i)
	free := with || strings.HasSuffix(t[i].gap, ",") || t[i].gap == "" && s.announcesAt(i+1) || t[i-1].quote != nil || s.isWord(i-1, "by") || s.isWord(i-1, "after") || s.isWord(i-1, "before") || s.isWord(i-1, "and") || s.isWord(i-1, "while")
	if !free {
		return credit{}, false
	}
	ok := with
	if !with {
		who, ok = s.firstSubject(i - 1)
		if near, found := s.endingAt(i - 1); t[i].gap == "" && found && near.known && len(near.names) == 0 && (s.isWord(near.from, "a") || s.isWord(near.from, "an")) && !isThing(near.role) && !IsBody(near.role) {
			who, ok = near, true // "shows a man asking, “…”"
		}
	}
	return credit{who: who, from: i, to: i + 1, verb: v, at: i}, ok
}

// plainVerb returns the verb of saying at tokens[i], as if it were no participle.
func plainVerb(t []token, i int) verb {
	v, _ := verbAt(t, i)
	v.participle = false
	return v
}

// withSpeaker reads "with one poster writing".
func (s *sentence) withSpeaker(i int) (subject, bool) {
	for k := i - 1; k >= 0 && k > i-longestPhrase; k-- {
		if n, ok := nameAt(s.tokens, k+1); ok && s.isWord(k, "with") && s.isPersonal(n) && n.to < i && isRole(s.tokens[n.to].low) {
			return subject{from: k + 1, to: i, names: []name{n}}, true // "with Ada Brown chief executive of Acme saying"
		}
		if s.isWord(k, "with") {
			return s.nounPhrase(k+1, i)
		}
		if s.tokens[k+1].gap != "" {
			break
		}
	}
	return subject{}, false
}

// endingAt reads the phrase whose last token is end.
func (s *sentence) endingAt(end int) (subject, bool) {
	t := s.tokens
	from := end
	for from > 0 && end-from < 14 && s.tight(from) && t[from-1].quote == nil {
		before := t[from-1]
		if (in("clause", before.low) || in("be", before.low)) && !s.joins(from-1) {
			break
		}
		if _, ok := verbAt(t, from-1); ok && !in("prepositions", before.low) {
			if r, isRole := roleOf(before.low); (!isRole || r.thing) && !before.capital {
				break
			}
		}
		from--
	}
	return s.nounPhrase(from, end+1)
}

// tight reports whether nothing but the full stop of a title or an initial, or the sign
// between the names of a firm, stands before tokens[i].
func (s *sentence) tight(i int) bool {
	before := s.tokens[i-1]
	if s.tokens[i].gap == "" || s.tokens[i].gap == "&" && before.capital && s.tokens[i].capital {
		return true
	}
	return s.tokens[i].gap == "." && (titled(before.low) || (before.End-before.Start <= 2 || strings.Contains(before.low, ".")) && before.capital)
}

// joins reports whether the "and" at i stands between two names, behind "both" also with "the".
func (s *sentence) joins(i int) bool {
	next := i + 1
	if s.isWord(next, "the") {
		next++
	}
	if i == 0 || next >= len(s.tokens) || !s.isWord(i, "and") || !s.tokens[i-1].capital || !s.tokens[next].capital || s.tokens[i].gap != "" || s.tokens[next].gap != "" {
		return false
	}
	return next == i+1 || slices.ContainsFunc(s.tokens[max(0, i-longestPhrase):i], func(t token) bool { return t.quote == nil && t.low == "both" })
}

// beforeAside reads the subject of a verb that a comma precedes: what stands
// before the aside ("Brown, 43, of Leeds, told"), or the name in it ("the minister
// for trade, Ada Brown, said"). end is the last token before the verb.
func (s *sentence) beforeAside(end int) (subject, bool) {
	parts := s.parts(end)
	if s.isWord(parts[0].Start, "neither") {
		return subject{}, false
	}
	if len(parts) < 2 {
		who, ok := s.nounPhrase(parts[0].Start, parts[0].End) // "Brown for the board, says"
		return who, ok && len(who.names) > 0
	}
	parts = s.lastClause(parts)
	if who, ok := s.roleBefore(parts, end); ok {
		return who, true
	}
	var vague *subject // "after the match", if nothing better comes
	for k, part := range parts[:len(parts)-1] {
		if s.besideBracket(part) {
			continue
		}
		who, ok := s.nounPhrase(part.Start, part.End)
		if !ok || who.pronoun != "" && k > 0 {
			who, ok = s.endingAt(part.End - 1) // "but Brown"
			if !ok || who.from <= part.Start || who.pronoun != "" {
				continue
			}
		}
		if len(who.names) == 0 && who.pronoun == "" {
			s.namedBehind(&who, parts[k+1:])
		}
		if len(who.names) == 0 && who.pronoun == "" && !who.known {
			if vague == nil {
				vague = &who
			}
			continue
		}
		return who, true
	}
	if vague != nil {
		return *vague, true
	}
	return subject{}, false
}

// besideBracket reports whether a part of what stands before a verb is in brackets, or goes on right behind them.
func (s *sentence) besideBracket(part words.Span) bool {
	gap := s.tokens[part.Start].gap
	return strings.Contains(gap, "(") || gap == ")"
}

// listedBefore adds to a subject of two names those that stand before it between commas, if nothing else does.
func (s *sentence) listedBefore(who *subject, parts []words.Span) {
	var all []name
	for _, part := range parts[:len(parts)-1] {
		n, ok := nameAt(s.tokens, part.Start)
		if !ok || n.from != part.Start || n.to != part.End || s.tokens[n.to-1].possessive {
			return
		}
		all = append(all, n)
	}
	if len(all) > 0 {
		who.from, who.names = all[0].from, append(all, who.names...)
	}
}

// lastClause returns the parts of what stands before a verb from its last clause on, if that begins with a name: "The mayor left,
// while Ada Brown, the reeve, said".
func (s *sentence) lastClause(parts []words.Span) []words.Span {
	for k := len(parts) - 2; k > 0; k-- {
		from := parts[k].Start
		if slices.Contains([]string{"while", "but", "whereas"}, s.tokens[from].low) {
			if n, ok := nameAt(s.tokens, from+1); ok && !s.tokens[n.to-1].possessive {
				return append([]words.Span{{Start: from + 1, End: parts[k].End}}, parts[k+1:]...)
			}
		}
	}
	return parts
}

// joinedBefore adds to a subject of one name the names that go with it over asides, up to token
// end: "Ada Brown (Leeds), Eve Hale (York) and Tom Beck (Hull)".
func (s *sentence) joinedBefore(who *subject, end int) {
	parts, joined := s.parts(end), false
	if len(who.names) == 2 { // "Brown, Hale and Beck"
		s.listedBefore(who, parts)
	}
	if len(who.names) != 1 {
		return
	}
	var all []name
	for _, part := range parts {
		from := part.Start
		if s.isWord(from, "and") {
			from++
		}
		n, ok := nameAt(s.tokens, from)
		if !ok || n.to != part.End || n.to-n.from < 2 && n.from > part.Start || s.tokens[n.to-1].possessive || bodyName(s.tokens[n.from:n.to]) {
			continue
		}
		all, joined = append(all, n), joined || from > part.Start && len(all) > 0
	}
	if slices.ContainsFunc(all, func(n name) bool { return n.to-n.from > 1 }) { // the others are places and parties
		all = slices.DeleteFunc(all, func(n name) bool { return n.to-n.from == 1 })
	}
	if joined && slices.ContainsFunc(all, func(n name) bool { return n.from == who.names[0].from }) {
		who.from, who.names = all[0].from, all
	}
}

// namedBehind takes the name in asides for what stands before them: a role, or what is none
// of them: "The ferry sank, Ada Brown, 43, said".
func (s *sentence) namedBehind(who *subject, asides []words.Span) {
	s.nameInAside(who, asides)
	if len(who.names) > 0 && !who.known {
		who.from = who.names[0].from
	}
}

// roleBefore reads the last part but one, where the last one names who that is: "It rained all
// week, the reeve, Ada Brown, said".
func (s *sentence) roleBefore(parts []words.Span, end int) (subject, bool) {
	if !s.afterName(end) {
		return subject{}, false
	}
	last := len(parts) - 1
	who, ok := s.nounPhrase(parts[last-1].Start, parts[last-1].End)
	if !ok || !who.known || len(who.names) > 0 {
		return subject{}, false
	}
	s.nameInAside(&who, parts[last:])
	return who, len(who.names) > 0
}

// longAside bounds the words of an aside.
const longAside = 40

// abbreviated takes the full stop of an abbreviation from what stands between two words: "R-Ga.,".
var abbreviated = strings.NewReplacer(".,", ",", ".)", ")")

// parts cuts what stands before token end+1, back to a quotation or the end of a
// clause, at its commas and brackets. The spans are of tokens.
func (s *sentence) parts(end int) []words.Span {
	t := s.tokens
	var out []words.Span
	to, from := end+1, end
	for from > 0 && t[from-1].quote == nil && end-from < longAside && (s.tight(from) || !strings.ContainsAny(abbreviated.Replace(t[from].gap), ";:.")) {
		if !s.tight(from) {
			out = append(out, words.Span{Start: from, End: to})
			to = from
		}
		from--
	}
	out = append(out, words.Span{Start: from, End: to})
	slices.Reverse(out)
	return out
}

// nameInAside takes the name that ends an aside, the last one: "the minister of trade
// (Labour), Ada Brown,", "its founder, 19-year-old student Ada Brown,". A body's may be one
// word: "the union, ABC,", and a given name: "a reader, Ada,".
func (s *sentence) nameInAside(who *subject, asides []words.Span) {
	for _, part := range slices.Backward(asides) {
		if !strings.Contains(s.tokens[part.Start].gap, ",") {
			continue
		}
		for k := part.Start; k < part.End && !in("prepositions", s.tokens[k].low) && !in("clause", s.tokens[k].low) && !pronounToken(s.tokens[k]) && !in("be", s.tokens[k].low); k++ {
			n, ok := nameAt(s.tokens, k)
			if !ok {
				continue
			}
			if n.to < part.End && (k > part.Start || !in("prepositions", s.tokens[n.to].low)) || s.tokens[n.to-1].possessive {
				k = n.to - 1
				continue
			}
			k = n.to - 1
			_, given := givenName(s.tokens[n.from].low)
			if r, _ := roleOf(who.role); (n.to-part.Start > 1 || given) && !bodyName(s.tokens[n.from:n.to]) || r.body && n.to-n.from == 1 {
				who.names = []name{n}
				return
			}
		}
	}
}

// firstSubject reads the subject of the clause that holds token end: the first
// phrase after the last quotation.
func (s *sentence) firstSubject(end int) (subject, bool) {
	t := s.tokens
	if end < 0 || end >= len(t) {
		return subject{}, false
	}
	from := end
	for from > 0 && t[from-1].quote == nil && !strings.ContainsAny(t[from].gap, ";:") {
		from--
	}
	var vague *subject // "the first time", if nothing better comes
	for k := from; k <= end; k++ {
		if k > from && !strings.HasSuffix(t[k].gap, ",") && !in("clause", t[k-1].low) {
			continue
		}
		if in("clause", t[k].low) {
			continue
		}
		if in("prepositions", t[k].low) {
			if who, ok := s.afterOpening(k, end); ok {
				return who, true
			}
			continue
		}
		if who, ok := s.phrase(k); ok && (who.pronoun != "" || len(who.names) > 0 || who.role != "") {
			switch {
			case who.pronoun == "who" || who.pronoun == "it":
			case who.role == "" || who.known || len(who.names) > 0:
				return who, true
			case vague == nil:
				vague = &who
			}
		}
	}
	if vague != nil {
		return *vague, true
	}
	return subject{}, false
}

// longOpening bounds the words of a phrase that opens a sentence without a comma.
const longOpening = 7

// afterOpening reads the name or pronoun behind a phrase that opens a clause at tokens[i], with a
// preposition and without a comma: "In 2019 President Brown stood up".
func (s *sentence) afterOpening(i, end int) (subject, bool) {
	for k := i + 2; k <= end && k < i+longOpening && s.tight(k); k++ {
		if low := s.tokens[k].low; slices.Contains([]string{"he", "she", "they", "i"}, low) {
			return subject{from: k, to: k + 1, pronoun: low}, true
		}
		if n, ok := nameAt(s.tokens, k); ok && n.to <= end && (s.tight(n.to) || s.isWord(n.to, "who")) {
			return s.afterPhrase(i, n.to)
		}
	}
	return subject{}, false
}
