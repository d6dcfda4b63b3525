package attribution

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"verbatim/corpus/words"
)

// person is somebody, or a body, that a text names.
type person struct {
	name    string // the longest form the text has
	last    string // the last word in small letters, "Jr." aside
	given   string // the first word in small letters, of names of several words
	second  string // the second word in small letters, likewise
	gender  gender
	count   int
	body    bool // an organisation or a place
	human   int  // how much speaks for a person: a title, a given name, a role
	speaks  int  // how often it stands before a verb of saying
	roles   map[string]bool
	he, she int // pronouns that stood for it
	first   int // where the text names it for the first time
}

// isPerson reports whether "he" or "she" can stand for p. A name that only speaks may
// be a company's.
func (p *person) isPerson() bool {
	return !p.body && (p.human > 0 || p.speaks > 0 && p.given != "")
}

// fits reports whether somebody of a gender can be p.
func (p *person) fits(g gender) bool { return p.isPerson() && p.sex().fits(g) }

// hasTitle reports whether p has a title elsewhere in the text, perhaps a shorter form of it: "Sen."
// is "Senator".
func (p *person) hasTitle(title string) bool {
	for w := range p.roles {
		if len(w) > 2 && len(title) > 2 && (strings.HasPrefix(w, title) || strings.HasPrefix(title, w)) {
			return true
		}
	}
	return false
}

// isDeputy reports whether p has the role below another: a vice president is no president.
func (p *person) isDeputy() bool {
	for w := range p.roles {
		if in("deputies", w) {
			return true
		}
	}
	return false
}

// kin reports whether the text tells whose relative p is.
func (p *person) kin() bool {
	for w := range p.roles {
		if r, _ := roleOf(w); r.kin {
			return true
		}
	}
	return false
}

// sex is the gender of p, from the name or else from the pronouns that stood for it.
func (p *person) sex() gender {
	switch {
	case p.gender != anyGender:
		return p.gender
	case p.he > 2*p.she:
		return man
	case p.she > 2*p.he:
		return woman
	}
	return anyGender
}

// cast is everybody that a text names.
type cast struct {
	all     []*person
	byKey   map[string]*person // "given last"
	byLast  map[string][]*person
	byGiven map[string][]*person
	inside  map[string][]*person // by the words of a name between its first and its last
	listed  int                  // how many of all inside has
}

// name is a run of capitalised tokens.
type name struct {
	from, to int // tokens, to not included; without titles before it
	titles   []string
}

// nameEnd returns the index after the name that begins at tokens[i], or i.
func nameEnd(tokens []token, i int) int {
	if !beginsName(tokens, i) {
		return i
	}
	end := i + 1
	for end < len(tokens) && (!tokens[end-1].possessive || strings.HasSuffix(tokens[end-1].low, "s") && words.Organisation(tokens[end].low) && tokens[end].capital) { // "Builders' Union"
		more := nameGoesOn(tokens, i, end)
		if more == 0 {
			break
		}
		end += more
	}
	for end > i+1 && weekday(tokens[end-1].low) { // "Brown Monday"
		end--
	}
	return end
}

// beginsName reports whether tokens[i] can begin a name.
func beginsName(tokens []token, i int) bool {
	if i < 0 || i >= len(tokens) {
		return false
	}
	t := tokens[i]
	switch {
	case t.quote != nil, !t.capital && !joinedParticle(t.low), strings.HasPrefix(t.low, "i'"), strings.HasPrefix(t.low, "i’"), i == 0 && opensSentence(tokens),
		strings.Count(t.low, "-") > 1 && strings.ContainsAny(t.low, "0123456789"): // a document: "M-23-22"
		return false
	}
	if base, ending, cut := strings.Cut(strings.ReplaceAll(t.low, "’", "'"), "'"); cut && lex().notNames[base] && slices.Contains([]string{"ve", "re", "ll", "d", "m"}, ending) {
		return false // "We've"
	}
	return !lex().notNames[t.low] || alsoName(tokens, i) || shortened(tokens, i)
}

// nameGoesOn returns how many of the tokens from end on belong to the name that
// begins at i: 0 where it ends.
func nameGoesOn(tokens []token, i, end int) int {
	next, before := tokens[end], tokens[end-1]
	initial := (before.End-before.Start <= 2 || strings.Contains(before.low, ".")) && next.gap == "." // "C.A. Brown"
	title := next.gap == "." && titled(before.low)
	if next.quote != nil || next.gap != "" && next.gap != "&" && !initial && !title {
		return 0
	}
	follows := end+1 < len(tokens)
	if next.capital && (next.low != "i" || follows && tokens[end+1].gap == ".") || joinedParticle(next.low) {
		return 1
	}
	if next.low == "of" && endsPerson(tokens, i, end) {
		return 0
	}
	if !in("particles", next.low) && !unicode.IsDigit(rune(next.low[0])) {
		return 0
	}
	for k := end + 1; k < len(tokens) && k < end+3 && tokens[k].quote == nil && tokens[k].gap == ""; k++ { // "van der Rohe"
		if tokens[k].capital {
			return k + 1 - end
		}
		if !in("particles", tokens[k].low) {
			break
		}
	}
	return 0
}

// endsPerson reports whether a run of tokens is a person's name in full, so that "of" tells only where that one belongs: "Sen. Ada
// Brown of Acme".
func endsPerson(tokens []token, i, end int) bool {
	for i < end-2 && titled(tokens[i].low) {
		i++
	}
	_, given := givenName(tokens[i].low)
	return given && end-i > 1
}

// joinedParticle reports whether a word is a surname with its particle: "al-Amr".
func joinedParticle(low string) bool {
	return strings.HasPrefix(low, "al-") || strings.HasPrefix(low, "el-")
}

// shortened reports whether a word is an acronym among words that are none: WHO, IT.
func shortened(tokens []token, i int) bool {
	return tokens[i].upper && (i+1 >= len(tokens) || !tokens[i+1].upper) && (i == 0 || !tokens[i-1].upper)
}

// opensSentence reports whether the first word of a sentence has its capital letter
// from there: "Clearly", "Becoming weary,".
func opensSentence(tokens []token) bool {
	low := tokens[0].low
	if _, given := givenName(low); !given && !tokens[0].elsewhere && strings.HasSuffix(low, "ed") && len(tokens) > 1 && in("prepositions", tokens[1].low) && !isRole(low) {
		return true // "Influenced by the storm,"
	}
	if tokens[0].elsewhere || !strings.HasSuffix(low, "ly") && !strings.HasSuffix(low, "ing") {
		return false
	}
	if _, given := givenName(low); given || len(tokens) > 1 && tokens[1].capital && tokens[1].gap == "" {
		return !given && (strings.HasSuffix(low, "ly") || len(tokens) == 2 || !tokens[2].capital && tokens[2].quote == nil && tokens[2].gap == "") // "Joining Brown in Leeds"
	}
	_, says := verbAt(tokens, skipAdverbs(tokens, 1))
	return !says
}

// alsoName reports whether a word that is no name as a rule is one here: "said Will
// on Monday", "May said".
func alsoName(tokens []token, i int) bool {
	if !in("also names", tokens[i].low) {
		return false
	}
	if i > 0 && tokens[i].gap == "" && tokens[i-1].quote == nil {
		return !in("prepositions", tokens[i-1].low) && !unicode.IsDigit(rune(tokens[i-1].low[0]))
	}
	if i > 0 && tokens[i].gap == "," && tokens[i-1].quote == nil && isRole(tokens[i-1].low) {
		return true // "his wife, May,"
	}
	v, ok := verbAt(tokens, i+1)
	return ok && !v.participle && tokens[i+1].low != v.lemma && tokens[i+1].gap == ""
}

func weekday(w string) bool { return strings.HasSuffix(w, "day") && lex().notNames[w] }

// nameAt reads a name at tokens[i] and its titles; false where there is none.
func nameAt(tokens []token, i int) (name, bool) {
	n := name{from: i, to: nameEnd(tokens, i)}
	if n.to <= i {
		return name{}, false
	}
	if end := lawEnd(tokens, n); end > 0 {
		return name{from: i, to: end}, true
	}
	n.dropTitles(tokens)
	n.dropHeading(tokens)
	if tokens[n.from].low == "of" {
		return name{}, false
	}
	if n.to-n.from > longestTitle && !slices.ContainsFunc(tokens[n.from:n.to], func(t token) bool { return !t.upper && t.End-t.Start > 1 }) {
		return name{}, false // a line in capital letters
	}
	if only := tokens[n.from].low; n.to-n.from == 1 && (titled(only) || in("addresses", only)) {
		return name{}, false // "Prime Minister" and "Transcript" name nobody
	}
	if _, given := givenName(tokens[n.from].low); !given && (office(tokens[n.to-1].low) || n.to-n.from > 1 && titled(tokens[n.to-1].low) && (leadsPortfolio(tokens, n.to) || leadsHolder(tokens, n.to))) {
		return name{}, false // "Medical Director", "Peruvian Minister of Trade", "Anglican Bishop, Ada Brown,"
	}
	return n, true
}

// longestTitle is how many words in capital letters may be a name; more are a headline.
const longestTitle = 5

// leadsPortfolio reports whether tokens[i] goes on with what an office is for: "of State", "for Home Affairs".
func leadsPortfolio(tokens []token, i int) bool {
	if i+1 >= len(tokens) || tokens[i].gap != "" || tokens[i].low != "of" && tokens[i].low != "for" {
		return false
	}
	if i++; tokens[i].low == "the" && i+1 < len(tokens) {
		i++
	}
	for i+1 < len(tokens) && tokens[i].capital && !in("portfolios", tokens[i].low) {
		i++ // "Foreign Affairs"
	}
	return tokens[i].capital && in("portfolios", tokens[i].low)
}

// leadsHolder reports whether the name of a person follows at tokens[i] between commas.
func leadsHolder(tokens []token, i int) bool {
	if i >= len(tokens) || tokens[i].gap != "," {
		return false
	}
	k := i
	for k < len(tokens) && titled(tokens[k].low) && tokens[k].capital {
		k++
	}
	end := nameEnd(tokens, k)
	return end > k && (k > i || end > k+1) && end < len(tokens) && tokens[end].gap == ","
}

// lawEnd returns where the name of a law ends that begins with n, 0 where it is none: "Ada Brown Aid to
// Sailors Act".
func lawEnd(tokens []token, n name) int {
	for k := n.from + 1; k < len(tokens) && k < n.from+longApposition+longApposition; k++ {
		t := tokens[k]
		if t.quote != nil || t.gap != "" && t.gap != "&" || !t.capital && !in("prepositions", t.low) && t.low != "and" && t.low != "the" {
			return 0
		}
		if t.capital && in("laws", t.low) {
			return k + 1
		}
	}
	return 0
}

// office reports whether a word is one for what people do, and no last name as a rule.
func office(word string) bool {
	r, ok := roleOf(word)
	return ok && r.plain && !r.body && !r.thing && !r.title && !r.many
}

// dropTitles takes titles and roles off the beginning of a name.
func (n *name) dropTitles(tokens []token) {
	for k := n.from; k < n.to-1; k++ {
		role, _ := roleOf(tokens[k].low)
		if words.Organisation(tokens[k+1].low) || !titled(tokens[k].low) || role.many && !role.title && k+2 == n.to && !leadsSeveral(tokens, n.to) {
			continue // "Cooks Weekly" is no Weekly
		}
		for _, t := range tokens[n.from : k+1] {
			n.titles = append(n.titles, t.low)
		}
		n.from = k + 1
	}
	for k := n.to - 3; k > n.from; k-- { // "Leeds Mayor Ada Brown"
		if r, ok := roleOf(tokens[k].low); ok && r.plain && !r.body && !r.thing && !r.many && !words.Organisation(tokens[n.to-1].low) && !words.Place(tokens[n.to-1].low) {
			n.titles, n.from = append(n.titles, tokens[k].low), k+1
			return
		}
	}
}

// leadsSeveral reports whether another name goes with the one that ends before tokens[end]:
// "Senators Brown and Hale".
func leadsSeveral(tokens []token, end int) bool {
	return end+1 < len(tokens) && tokens[end].low == "and" && tokens[end].gap == "" && tokens[end+1].capital
}

// dropHeading takes words off the beginning of a name that are none of it: "Meet Ada
// Brown", "Innovation Prize Winner Ada Brown".
func (n *name) dropHeading(tokens []token) {
	k, first := n.to-2, tokens[n.from].low
	if heads := in("interviews", first) || in("addresses", first); k <= n.from+1 && !(heads && k > n.from) || tokens[k].gap != "" {
		return
	}
	_, begins := givenName(first)
	_, given := givenName(tokens[k].low)
	if !begins && given && !words.Organisation(tokens[k+1].low) && !words.Place(tokens[k+1].low) {
		n.from = k
	}
}

// bodyName reports whether a name is that of an organisation or a place.
func bodyName(tokens []token) bool {
	for i, t := range tokens {
		if words.Organisation(t.low) || t.low == "the" || len(tokens) > 1 && in("laws", t.low) || strings.Contains(t.gap, "&") && i > 0 {
			return true
		}
		if r, ok := roleOf(t.low); ok && r.body && len(tokens) > 1 {
			return true
		}
		if words.Place(t.low) {
			if _, named := lex().given[t.low]; named && i == 0 && len(tokens) > 1 {
				continue // "Georgia Brown"
			}
			if _, given := givenName(tokens[0].low); !given || len(tokens) == 1 {
				return true
			}
		}
	}
	if len(tokens) == 1 {
		w := tokens[0].low
		return strings.HasSuffix(w, "ians") || strings.HasSuffix(w, "ans") && len(w) > 5 || strings.Contains(w, ".")
	}
	return false
}

// acronym reports whether a name is one word in capital letters.
func acronym(text string, tokens []token) bool {
	if len(tokens) != 1 {
		return false
	}
	s := surface(text, tokens)
	return utf8.RuneCountInString(s) > 1 && s == strings.ToUpper(s)
}

// nameText is a name as the text has it, with the full stop of an initial at its end: "Ada B.", "U.S."
func nameText(text string, run []token) string {
	name, last := surface(text, run), run[len(run)-1]
	initial := last.End-last.Start == 1 && last.capital || strings.Contains(last.low, ".")
	if initial && !last.possessive && strings.HasPrefix(text[last.End:], ".") {
		name += "."
	}
	return name
}

func newCast() *cast {
	return &cast{byKey: map[string]*person{}, byLast: map[string][]*person{}, byGiven: map[string][]*person{}, inside: map[string][]*person{}}
}

// lastOf returns the index of the last word of a name, "Jr." and "III" aside.
func lastOf(tokens []token) int {
	last := len(tokens) - 1
	for last > 0 && in("generations", tokens[last].low) {
		last--
	}
	return last
}

// withoutHonours takes off a name of several words what stands behind it and is none of it: "Ada Brown MP".
func withoutHonours(run []token) []token {
	for n := len(run); n > 2 && run[n-1].upper && in("honours", run[n-1].low); n-- {
		run = run[:n-1]
	}
	return run
}

// ordinary takes the capital from the first word of a sentence if the text has the word
// in small letters elsewhere, and never with a capital inside a sentence: "Consumers
// say".
func ordinary(all []*sentence) {
	small, capital := map[string]bool{}, map[string]bool{}
	for _, s := range all {
		for i, t := range s.tokens {
			switch {
			case t.quote != nil:
			case !t.capital && !joinedParticle(t.low):
				small[t.low] = true
			case i > 0 && t.gap == "" && !t.upper && s.tokens[i-1].quote == nil:
				capital[t.low] = true
			}
		}
	}
	for _, s := range all {
		if len(s.tokens) == 0 || s.tokens[0].quote != nil {
			continue
		}
		t := &s.tokens[0]
		t.elsewhere = capital[t.low]
		if small[t.low] && !t.elsewhere {
			t.capital = false
		}
	}
}

// softenCapitals takes the capitals from the words of a line in capital letters, except
// from those that other sentences have as names.
func (c *cast) softenCapitals(s *sentence) {
	for i := range s.tokens {
		t := &s.tokens[i]
		t.capital = t.capital && (c.has(t.low) || titled(t.low))
		t.upper = false
	}
	for i := 0; i+2 < len(s.tokens); i++ { // "THE HON ADA BROWN"
		if _, given := givenName(s.tokens[i+1].low); given && honourable(s.tokens[i].low) {
			s.tokens[i+1].capital, s.tokens[i+2].capital = true, true
		}
	}
}

// inSmall writes a name in capital letters as names are written: "ADA BROWN-MCKAY" is "Ada Brown-McKay".
func inSmall(name string) string {
	var b strings.Builder
	begins := true
	for _, c := range strings.ToLower(name) {
		if begins {
			c = unicode.ToUpper(c)
		}
		b.WriteRune(c)
		begins = !unicode.IsLetter(c) || strings.HasSuffix(b.String(), "Mc")
	}
	return b.String()
}

// honourable reports whether a word is the title of members of parliaments, which often stands behind
// their office: "the Prime Minister the Hon Ada Brown".
func honourable(word string) bool {
	return word == "hon" || word == "honourable" || word == "honorable"
}

// shouted reports whether a sentence is a line in capital letters.
func (s *sentence) shouted() bool {
	words, upper := 0, 0
	for _, t := range s.tokens {
		if t.quote == nil && len(t.low) > 1 && !unicode.IsDigit(rune(t.low[0])) {
			words++
			if t.upper {
				upper++
			}
		}
	}
	return words >= leastShouted && upper == words
}

// leastShouted is from how many words on a line in capital letters is no acronym.
const leastShouted = 4

// collect notes the names of a sentence that have several words.
func (c *cast) collect(text string, s *sentence) {
	for i := 0; i < len(s.tokens); i++ {
		n, ok := nameAt(s.tokens, i)
		if !ok {
			continue
		}
		i = n.to - 1
		if n.to-n.from < 2 {
			continue
		}
		run := withoutHonours(s.tokens[n.from:n.to])
		last := run[lastOf(run)].low
		key := run[0].low + " " + last
		p := c.byKey[key]
		if p == nil {
			p = &person{last: last, given: run[0].low, second: run[1].low, first: run[0].Start, roles: map[string]bool{}, body: bodyName(run)}
			p.gender, _ = givenName(p.given)
			c.byKey[key] = p
			c.all = append(c.all, p)
			c.byLast[last] = append(c.byLast[last], p)
			c.byGiven[p.given] = append(c.byGiven[p.given], p)
		}
		p.count++
		if full := nameText(text, run); len(full) > len(p.name) || p.name == strings.ToUpper(p.name) && strings.EqualFold(full, p.name) {
			p.name = full
		}
	}
}

// joinTrades makes one person of two whom the text names with another word before the name
// and without it: "Potter Ada Brown" and "Brave Ada" are "Ada Brown"; and of a surname that
// begins with a particle and the full name.
func (c *cast) joinTrades() {
	same := map[*person]bool{}
	shortest := slices.SortedStableFunc(slices.Values(c.all), func(a, b *person) int { return len(a.name) - len(b.name) })
	for _, p := range shortest {
		q := c.byKey[p.second+" "+p.last]
		if named := people(c.byGiven[p.last]); p.second == p.last && len(named) == 1 {
			q = named[0] // "Brave Ada"
		}
		if in("particles", p.given) {
			q = c.ofSurname(p)
		}
		if _, given := givenName(p.given); q == nil || q == p || given && !in("particles", p.given) || p.body || q.body {
			continue
		}
		q.count, q.first = q.count+p.count, min(q.first, p.first)
		c.byKey[p.given+" "+p.last] = q
		same[p] = true
	}
	if len(same) == 0 {
		return
	}
	without := func(all []*person) []*person {
		return slices.DeleteFunc(all, func(p *person) bool { return same[p] })
	}
	c.all = without(c.all)
	for _, index := range []map[string][]*person{c.byLast, c.byGiven} {
		for key, all := range index {
			index[key] = without(all)
		}
	}
}

// ofSurname returns the one person whose name ends with all of p's, which begins with a
// particle of surnames: "De Vries" is Piet de Vries.
func (c *cast) ofSurname(p *person) *person {
	var found []*person
	for _, q := range c.byLast[p.last] {
		if q != p && strings.HasSuffix(strings.ToLower(q.name), " "+strings.ToLower(p.name)) {
			found = append(found, q)
		}
	}
	if len(found) != 1 {
		return nil
	}
	return found[0]
}

// observe notes what a sentence tells about the people it names.
func (c *cast) observe(text string, s *sentence) {
	var only *person
	people := 0
	for i := 0; i < len(s.tokens); i++ {
		n, ok := nameAt(s.tokens, i)
		if !ok {
			continue
		}
		p := c.find(text, s.tokens[n.from:n.to])
		c.evidence(s, n, p)
		if only != p && !p.body {
			only = p
			people++
		}
		i = n.to - 1
	}
	if people != 1 {
		return
	}
	for i, t := range s.tokens {
		if _, says := verbAt(s.tokens, i-1); says && (t.low == "him" || t.low == "her") {
			continue // whom the one person spoke to is another
		}
		switch t.low {
		case "he", "his", "him", "himself":
			only.he++
		case "she", "her", "herself":
			only.she++
		}
	}
}

// evidence notes what stands around a name: a title, a role, a verb of saying.
func (c *cast) evidence(s *sentence, n name, p *person) {
	tokens := s.tokens
	_, given := givenName(tokens[n.from].low)
	start := n.from - len(n.titles)
	alone := start == 0 || tokens[start].gap != "" || tokens[start-1].quote != nil || !in("prepositions", tokens[start-1].low) && !in("determiners", tokens[start-1].low)
	if given && (n.to-n.from > 1 || p.given == "" && alone) {
		p.human++
	}
	if sex := titleGender(n.titles); sex != anyGender && n.to-n.from > 1 {
		p.gender = sex // "Mr. Robin Roth"
	}
	if n.to+1 < len(tokens) && n.from == 0 && !tokens[0].possessive && tokens[n.to+1].gap == "" && !tokens[n.to].capital { // "Brown shook his head"
		if owner := tokens[n.to+1].low; owner == "his" || owner == "her" {
			p.human++
		}
	}
	roles := append(rolesBefore(tokens, start), n.titles...)
	if n.to < len(tokens) {
		roles = append(roles, apposed(tokens, n.to)...)
		if v, ok := verbAt(tokens, skipAdverbs(tokens, n.to)); ok && !v.weak && tokens[n.to].gap == "" && !tokens[n.to-1].possessive {
			p.speaks++
		}
	}
	p.learn(roles)
}

// rolesBefore returns the words before a name at tokens[start] that tell who it is: "council
// leader Ada Brown", "an engineer named Brown", "his sister, Ada Brown".
func rolesBefore(tokens []token, start int) []string {
	var roles []string
	if start > 1 && honourable(tokens[start].low) && tokens[start-1].low == "the" && tokens[start-1].gap == "" {
		start--
	}
	for k := start - 1; k >= 0 && k >= start-4 && tokens[k+1].gap == ""; k-- {
		if tokens[k].quote != nil || tokens[k].possessive || in("determiners", tokens[k].low) || k == start-1 && strings.HasSuffix(tokens[k].low, "ed") {
			break // "the captain saved Ada Brown"
		}
		_, says := verbAt(tokens, k)
		if _, ok := roleOf(tokens[k].low); !ok && (tokens[k].capital || says || in("prepositions", tokens[k].low) || in("acts", tokens[k].low)) {
			break // "the captain told Ada Brown"
		}
		roles = append(roles, tokens[k].low)
	}
	if start > 1 && (tokens[start-1].low == "named" || tokens[start-1].low == "called") && tokens[start].gap == "" {
		roles = append(roles, tokens[start-2].low)
	}
	if start > 1 && tokens[start].gap == "," {
		if r, ok := roleOf(tokens[start-1].low); ok && !r.many && (!tokens[start-2].possessive || r.kin) {
			roles = append(roles, tokens[start-1].low)
		}
	}
	return roles
}

// learn notes the roles that stood around a name.
func (p *person) learn(roles []string) {
	if p.body {
		for _, w := range roles {
			if r, ok := roleOf(w); ok && r.body {
				p.roles[w] = true
			}
		}
		return
	}
	for _, w := range roles {
		r, ok := roleOf(w)
		if !ok || r.many || r.thing {
			continue
		}
		if r.body || r.modifier {
			p.roles[w] = true
			continue
		}
		p.human += 2
		p.roles[w] = true
		if p.gender == anyGender {
			p.gender = r.gender
		}
	}
}

// apposed returns the words for people that tell who the name before tokens[i] is:
// "Ada Brown, the mayor of Leeds", "Ada Brown is the mayor".
func apposed(tokens []token, i int) []string {
	if tokens[i].quote != nil {
		return nil
	}
	if n, ok := nameAt(tokens, i); ok && len(n.titles) > 0 || tokens[i].capital && titleGender([]string{tokens[i].low}) != anyGender {
		return nil // "In Leeds, Mr. Brown", "Thanks, Mr. Speaker"
	}
	switch {
	case tokens[i].gap == "," || tokens[i].gap == "(":
		if tokens[i].low == "who" || tokens[i].low == "born" {
			return []string{"person"}
		}
		if unicode.IsDigit(rune(tokens[i].low[0])) && len(tokens[i].low) <= 3 && i+1 < len(tokens) && strings.ContainsAny(tokens[i+1].gap, ",)") {
			return []string{"person"} // "Ada Brown, 43,"
		}
	case in("be", tokens[i].low) && i+1 < len(tokens) && in("determiners", tokens[i+1].low):
		i++
	default:
		return nil
	}
	return phraseFrom(tokens, i)
}

// longApposition bounds the words that tell who a name is.
const longApposition = 7

// phraseFrom returns the words from tokens[i] to the next mark, preposition or verb.
func phraseFrom(tokens []token, i int) []string {
	var out []string
	for k := i; k < len(tokens) && k < i+longApposition; k++ {
		if tokens[k].quote != nil || k > i && strings.ContainsAny(tokens[k].gap, ",;:)(") || in("prepositions", tokens[k].low) {
			break
		}
		if _, ok := verbAt(tokens, k); ok && k > i {
			if _, isRole := roleOf(tokens[k].low); !isRole {
				break
			}
		}
		out = append(out, tokens[k].low)
	}
	return out
}

// find returns who a name stands for, a new person where nobody fits.
func (c *cast) find(text string, run []token) *person {
	run = withoutHonours(run)
	last := run[lastOf(run)].low
	if len(run) > 1 {
		if p := c.byKey[run[0].low+" "+last]; p != nil {
			return p
		}
	}
	if p := c.known(last); p != nil && len(run) == 1 {
		if name := surface(text, run); p.given == "" && p.name == strings.ToUpper(p.name) && name != p.name {
			p.name, p.body = name, bodyName(run) // a headline in capital letters had it first
		}
		return p
	}
	p := &person{name: nameText(text, run), last: last, first: run[0].Start, roles: map[string]bool{}, body: bodyName(run) || acronym(text, run)}
	if len(run) > 1 {
		p.given = run[0].low
		if !run[0].upper && p.name == strings.ToUpper(p.name) {
			p.name = inSmall(p.name) // of a line in capital letters
		}
	}
	p.gender, _ = givenName(run[0].low)
	if len(run) == 1 {
		p.gender = anyGender
		if g, ok := givenName(last); ok {
			p.gender = g
		}
	}
	c.byKey[strings.TrimSpace(p.given+" "+last)] = p
	c.all = append(c.all, p)
	c.byLast[last] = append(c.byLast[last], p)
	return p
}

// known returns whom a single word names: by the last name, a given name, or the
// beginning of one of them; nil where nobody or several fit.
func (c *cast) known(word string) *person {
	if p := c.byKey[word]; p != nil {
		return p
	}
	if found := people(slices.Concat(c.byLast[word], c.byGiven[word])); len(found) > 0 {
		return foremost(found)
	}
	if utf8.RuneCountInString(word) < 4 || words.Place(word) {
		return nil
	}
	var found []*person
	for _, p := range c.all {
		if !p.body && p.given != "" && (strings.HasPrefix(p.last, word) || strings.HasPrefix(p.given, word)) {
			found = append(found, p)
		}
	}
	if len(found) == 1 {
		return found[0]
	}
	return nil
}

// meant returns whom words in small letters mean: a name of several words, a single
// one, or a role; nil where nobody or several fit.
func (c *cast) meant(fields []string, sex gender) *person {
	if len(fields) > 1 && titled(fields[0]) && !c.has(fields[0]) {
		if p := c.meant(fields[1:], sex); p != nil {
			return p
		}
	}
	if len(fields) == 0 {
		return nil
	}
	last := fields[len(fields)-1]
	if len(fields) > 1 {
		if p := c.byKey[fields[0]+" "+last]; p != nil {
			return p
		}
	}
	var alone *person
	if len(fields) == 1 {
		alone = c.single(last, sex)
	}
	if alone != nil && alone.given != "" && alone.isPerson() {
		return alone // and not the one institute that is named after several
	}
	if p := c.containing(fields); p != nil {
		return p
	}
	if alone != nil {
		return alone
	}
	found := slices.DeleteFunc(c.withRole(last), func(p *person) bool {
		return p.body || slices.ContainsFunc(fields, func(f string) bool { return isRole(f) && !p.roles[f] }) || p.isDeputy() && !slices.ContainsFunc(fields, func(f string) bool { return in("deputies", f) })
	})
	if len(found) == 1 {
		return found[0]
	}
	return nil
}

// containing returns the one person whose name has all the words, or the one body
// whose name has the one word.
func (c *cast) containing(fields []string) *person {
	var found []*person
	for _, p := range c.all {
		names := strings.Fields(strings.ToLower(p.name))
		missing := slices.ContainsFunc(fields, func(f string) bool { return !slices.Contains(names, f) })
		if !missing && (len(fields) > 1 || p.body) {
			found = append(found, p)
		}
	}
	if len(found) != 1 {
		return nil
	}
	return found[0]
}

// within returns the people in whose names a word stands, neither first nor last.
func (c *cast) within(word string) []*person {
	for ; c.listed < len(c.all); c.listed++ {
		p := c.all[c.listed]
		for names := strings.Fields(strings.ToLower(p.name)); len(names) > 2; names = names[1:] {
			c.inside[names[1]] = append(c.inside[names[1]], p)
		}
	}
	return c.inside[word]
}

// single returns whom one word names, of several only one of a gender.
func (c *cast) single(word string, sex gender) *person {
	if p := c.known(word); p != nil {
		return p
	}
	for _, p := range people(c.byLast[word]) {
		if sex != anyGender && p.sex() == sex && p.given != "" {
			return p
		}
	}
	return nil
}

// has reports whether somebody has a word as the last or the given name.
func (c *cast) has(word string) bool { return len(c.byLast[word]) > 0 || len(c.byGiven[word]) > 0 }

// share reports whether several people with a full name have a word as their last name.
func (c *cast) share(word string) bool {
	n := 0
	for _, p := range c.byLast[word] {
		if !p.body && p.given != "" {
			n++
		}
	}
	return n > 1
}

func people(all []*person) []*person {
	return slices.DeleteFunc(slices.Clone(all), func(p *person) bool { return p.body })
}

// foremost returns the one that the text names most, or nil where another is named half
// as often or more, and as often or first.
func foremost(found []*person) *person {
	first := found[0]
	slices.SortStableFunc(found, func(a, b *person) int { return b.count - a.count })
	if len(found) > 1 && 2*found[1].count >= found[0].count && (found[0] != first || found[1].count == first.count) {
		return nil
	}
	return found[0]
}

// withRole returns the people who have a role, and the bodies whose name has the
// word ("the board": Harbour Board).
func (c *cast) withRole(head string) []*person {
	var out []*person
	for _, p := range c.all {
		if p.roles[head] || p.body && slices.Contains(strings.Fields(strings.ToLower(p.name)), head) {
			out = append(out, p)
		}
	}
	return out
}
