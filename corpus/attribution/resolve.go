package attribution

import (
	"slices"
	"strings"
	"unicode/utf8"
)

// voice is who speaks, as far as the text tells.
type voice struct {
	name    string
	who     *person // nil for several, or somebody unnamed
	unnamed bool    // "some officials"
	unsure  bool    // a pronoun that fits nobody or two
	many    bool
	thing   bool // "the report"
	body    bool // "the council"
	sex     gender
}

func (v voice) zero() bool { return v.name == "" }

// heard is what was read of one sentence: who is named in it, and who speaks.
type heard struct {
	paragraph int
	mentions  []mention
	speaker   voice
	about     voice // whom its subject calls by what they are: "my aunt lives far away"
	both      bool  // it speaks of two without a name: "neither would say more"
}

// mention is a person named in a sentence, outside quotation marks.
type mention struct {
	who     *person
	at      int  // its first token
	subject bool // something is said of it, and it is no object
	owner   bool // it only tells whose something is: "Brown's house"
}

// window is how many paragraphs back somebody named may still be "he".
const window = 3

// mentions returns who a sentence names, in order.
func (r *reader) mentions(s *sentence) []mention {
	var out []mention
	for i := 0; i < len(s.tokens); i++ {
		n, ok := nameAt(s.tokens, i)
		if !ok || strings.Contains(s.tokens[i].gap, "/") { // "Windows/Mac"
			continue
		}
		if n.to-n.from == 1 && len(n.titles) == 0 && s.beforeRole(n) {
			continue // "the German pope"
		}
		p := r.find(s, n)
		before := n.from - len(n.titles) - 1
		object := before >= 0 && s.tokens[before+1].gap == "" && s.tokens[before].quote == nil &&
			(in("prepositions", s.tokens[before].low) || strings.HasSuffix(s.tokens[before].low, "ing"))
		apposed := before > 0 && s.tokens[before+1].gap == "," // "Another expert, Ada Brown of Leeds, …"
		follows := n.to < len(s.tokens) && (s.tokens[n.to].quote != nil || !in("prepositions", s.tokens[n.to].low) || s.tokens[n.to].gap != "" || apposed)
		earlier := slices.ContainsFunc(out, func(m mention) bool { return m.subject })
		owner := s.tokens[n.to-1].possessive
		out = append(out, mention{p, i, follows && !object && !owner && !earlier, owner})
		i = n.to - 1
	}
	return out
}

// resolve returns who the subject of a credit is.
func (r *reader) resolve(s *sentence, who subject) (voice, bool) {
	switch {
	case who.nobody:
		return voice{name: Unnamed, unnamed: true, unsure: true}, true
	case len(who.names) > 0:
		return r.named(s, who)
	case who.pronoun != "":
		return r.pronoun(s, who)
	case who.role != "":
		return r.role(s, who)
	}
	return voice{}, false
}

func (r *reader) named(s *sentence, who subject) (voice, bool) {
	var v voice
	for i, n := range who.names {
		p := r.find(s, n)
		if last := s.tokens[n.to-1].low; n.to-n.from > 1 && in("laws", last) {
			return voice{}, false // a law "calls for" something, and says nothing
		}
		if i > 0 {
			joint := " and "
			if i+1 < len(who.names) {
				joint = ", "
			}
			v.name, v.who, v.many = v.name+joint+p.name, nil, true
			continue
		}
		v.name, v.who = p.name, p
		if who.known { // "The chair of the union, Ada Brown, said"
			p.learn([]string{who.role})
		}
	}
	return v, v.name != ""
}

// find returns who a name of a sentence stands for: "Mrs. Brown" is not Tom Brown.
func (r *reader) find(s *sentence, n name) *person {
	run := s.tokens[n.from:n.to]
	p := r.cast.find(r.text, run)
	if sex := titleGender(n.titles); sex != anyGender && len(run) == 1 && (p.given == "" || !p.sex().fits(sex)) {
		return r.other(p, sex)
	}
	if len(run) == 1 && p.given == "" {
		if t := r.titledOf(p, n.titles); t != p {
			return t
		}
		return r.namedBefore(p, run[0].Start)
	}
	return p
}

// namedBefore returns the one person whom the text has named in full before an offset and whose name p's is a part of, the last
// one first; or p: another of that name comes later.
func (r *reader) namedBefore(p *person, offset int) *person {
	for _, all := range [][]*person{r.cast.byLast[p.last], r.cast.byLast["al-"+p.last], r.cast.byGiven[p.last], r.cast.within(p.last)} {
		found := slices.DeleteFunc(people(all), func(o *person) bool { return o.given == "" || o.first >= offset })
		if len(found) > 0 {
			if len(found) > 1 {
				break
			}
			return found[0]
		}
	}
	return p
}

// titledOf returns the one person of p's last name who has a title elsewhere in the text that
// stands before p's name here, or p: "Senator Brown", where Ada Brown is a senator and Tom
// Brown is none.
func (r *reader) titledOf(p *person, titles []string) *person {
	found := slices.DeleteFunc(people(r.cast.byLast[p.last]), func(o *person) bool {
		return o.given == "" || !slices.ContainsFunc(titles, o.hasTitle)
	})
	if len(found) != 1 {
		return p
	}
	return found[0]
}

// titleGender returns whom "Mr" and "Mrs" say a name is of.
func titleGender(titles []string) gender {
	for _, t := range titles {
		if r, ok := roleOf(t); ok && r.gender != anyGender {
			return r.gender
		}
	}
	return anyGender
}

// other returns the one person of p's last name that a gender fits, or else the one of the
// kin that the text calls by a given name only ("his wife, Ada"); p where several do, and where
// nobody does a new one, whom the text calls by a title: "Mrs. Brown".
func (r *reader) other(p *person, sex gender) *person {
	var named, kin []*person
	for _, o := range r.cast.all {
		switch {
		case o.sex() != sex:
		case o.given != "" && o.last == p.last:
			named = append(named, o)
		case o.given == "" && o.kin():
			kin = append(kin, o)
		}
	}
	if len(named) == 0 && p.given != "" && p.sex() != anyGender {
		named = kin
	}
	switch {
	case len(named) == 1:
		return named[0]
	case len(named) > 1 || p.given == "" || p.sex() == anyGender:
		return p
	}
	title := map[gender]string{man: "Mr.", woman: "Mrs."}[sex]
	key := title + " " + p.last
	if r.cast.byKey[key] == nil {
		r.cast.byKey[key] = &person{name: title + " " + Surname(p.name), last: p.last, gender: sex, human: 1, roles: map[string]bool{}}
	}
	return r.cast.byKey[key]
}

func (r *reader) pronoun(s *sentence, who subject) (voice, bool) {
	sex := anyGender
	switch who.pronoun {
	case "he":
		sex = man
	case "she":
		sex = woman
	case "i", "we":
		if !r.author.zero() {
			return r.author, true
		}
		return voice{name: TheAuthor, unnamed: true, unsure: true}, who.pronoun == "i"
	case "they", "it":
		return r.bodyOrMany(who.pronoun)
	case "you":
		if n, ok := nameAt(s.tokens, 0); ok && n.to == who.from && s.tokens[n.to].gap == "," { // "Ada, you told me"
			return voiceOf(r.cast.find(r.text, s.tokens[n.from:n.to])), true
		}
		return voice{name: who.pronoun, unnamed: true, unsure: true}, true
	default:
		return voice{}, false
	}
	if v := r.antecedent(s, who.from, sex); !v.zero() {
		return v, true
	}
	return voice{name: who.pronoun, unnamed: true, unsure: true}, true
}

// unnamedSubject returns whom a sentence is about where it calls one person by what they
// are, or tells a name by saying so: "The mayor is against it", "There was a man called Tom".
// In a sentence with no subject that is named, that may be the subject of any of its clauses;
// several is true where they differ.
func (r *reader) unnamedSubject(s *sentence, named []mention) (about voice, several bool) {
	t := s.tokens
	subject := slices.ContainsFunc(named, func(m mention) bool { return m.subject })
	opened := len(t) > 0 && (in("prepositions", t[0].low) || in("clause", t[0].low)) // "When it rained, a man came"
	for i := range t {
		if s.isWord(i, "name") && i > 0 && in("be", t[min(i+1, len(t)-1)].low) && nominative[t[i-1].low] != "" {
			if n, ok := nameAt(t, i+2); ok { // "Her name is Ada"
				return r.metAs(t[n.from:n.to]), false
			}
		}
		begins := i == skipAdverbs(t, 0) || i > 0 && t[i-1].quote == nil && (opened && strings.HasSuffix(t[i].gap, ",") || strings.HasSuffix(t[i].gap, ":") || in("clause", t[i-1].low) || i > 1 && s.isWord(i-2, "there") && in("be", t[i-1].low))
		if !begins || t[i].quote != nil || !in("determiners", t[i].low) || subject && !s.leading(i) {
			continue
		}
		v := r.unnamedAt(s, i)
		switch {
		case v.zero():
		case about.zero():
			about = v
		case about.name != v.name:
			return voice{}, true
		}
	}
	return about, false
}

// leading reports whether nothing but words that begin a clause stands before tokens[i].
func (s *sentence) leading(i int) bool {
	return !slices.ContainsFunc(s.tokens[:i], func(t token) bool { return t.quote != nil || !in("clause", t.low) && !adverb(t.low) })
}

// metAs is the voice of somebody whose name a text tells by saying so, which makes it a
// person's.
func (r *reader) metAs(run []token) voice {
	p := r.cast.find(r.text, run)
	p.human++
	return voiceOf(p)
}

// unnamedAt returns the one person whom the phrase at tokens[from] calls by what they are, if
// something is said of them.
func (r *reader) unnamedAt(s *sentence, from int) voice {
	t := s.tokens
	end := from + 1 // after the word for people
	for k := from + 1; k < len(t) && k < from+longestPhrase && t[k].gap == "" && t[k].quote == nil; k++ {
		if t[k-1].possessive && !office(t[k].low) {
			break // "the captain's boat", and not "her party's treasurer"
		}
		if known, ok := roleOf(t[k].low); ok && !known.modifier {
			end = k + 1
		} else if end > from+1 {
			break
		}
	}
	if end == from+1 || end >= len(t) || t[end-1].possessive || !s.acts(end) {
		return voice{}
	}
	first := t[from].low
	definite := first == "the" || first == "this" || first == "that" || possessiveWord(first)
	v, ok := r.role(s, subject{from: from, to: end, role: t[end-1].low, known: true, definite: definite})
	if !ok || !v.one() {
		return voice{}
	}
	for k := end; k < len(t) && t[k].gap == "" && t[k].quote == nil; k++ { // "The man was called Tom"
		if n, ok := nameAt(t, k+1); ok && (t[k].low == "called" || t[k].low == "named") {
			return r.metAs(t[n.from:n.to])
		}
	}
	if n, ok := s.holder(end); ok {
		if p := r.find(s, n); p.isPerson() {
			return voiceOf(p)
		}
	}
	return v
}

// holder returns who the sentence says, behind its subject, that the subject is: "The mayor is
// Ada Brown", "Her deputy is a former sailor, Tom Hale".
func (s *sentence) holder(i int) (name, bool) {
	t := s.tokens
	if !in("be", t[i].low) || i+1 >= len(t) {
		return name{}, false
	}
	at := i + 1
	if in("determiners", t[at].low) {
		at += len(phraseFrom(t, at))
		if at >= len(t) || t[at].gap != "," || !isRole(t[at-1].low) {
			return name{}, false
		}
	}
	n, ok := nameAt(t, at)
	return n, ok && !in("peoples", t[n.to-1].low)
}

// one reports whether a voice is one human being.
func (v voice) one() bool { return !v.zero() && !v.many && !v.thing && !v.body && !v.unsure }

// acts reports whether tokens[i] can begin what is said of the subject before it.
func (s *sentence) acts(i int) bool {
	next := s.tokens[i]
	if next.quote != nil || next.capital || next.gap != "" {
		return next.gap == "," && next.low == "who"
	}
	_, says := verbAt(s.tokens, i)
	return says || in("be", next.low) || in("predicate", next.low) || in("acts", next.low) || in("prepositions", next.low) || adverb(next.low) ||
		next.low == "who" || strings.HasSuffix(next.low, "ed") || strings.HasSuffix(next.low, "s") && !strings.HasSuffix(next.low, "ss")
}

// bodyOrMany returns whom "they" or "it" stands for: who spoke last, if that is
// several or a body.
func (r *reader) bodyOrMany(pronoun string) (voice, bool) {
	for k := len(r.past) - 1; k >= 0 && r.past[k].paragraph >= r.at-1; k-- {
		last := r.past[k].speaker
		if last.zero() {
			if len(r.past[k].mentions) > 0 {
				break
			}
			continue
		}
		if pronoun == "they" && last.many || last.who != nil && last.who.body || last.body {
			return last, true
		}
		break
	}
	return voice{name: pronoun, unnamed: true, unsure: true, thing: pronoun == "it"}, true
}

// antecedent returns whom "he" or "she" at a token of a sentence stands for, nobody
// where two people fit or none does.
func (r *reader) antecedent(s *sentence, at int, sex gender) voice {
	here := r.fitting(r.mentions(s), sex, at)
	if len(here) > 1 && here[0].subject { // "Hale sold Brown's house, and he said"
		here = slices.DeleteFunc(here, func(m mention) bool { return m.owner })
	}
	if len(here) > 0 {
		if p := single(here); p != nil && here[0].subject {
			return voiceOf(p)
		}
		if last := r.lastSpeaker(sex); last == nil || single(here) != nil && !r.spokeHere() || !slices.ContainsFunc(here, func(m mention) bool { return m.who != last }) {
			return voiceOf(single(here))
		}
	}
	for k := len(r.past) - 1; k >= 0 && r.past[k].paragraph >= r.at-window; k-- {
		if v, ok := r.meantIn(k, len(here) > 0, sex); ok {
			return v
		}
	}
	return voiceOf(r.topicOf(sex))
}

// meantIn returns whom a sentence before says that "he" or "she" stands for, nobody where two
// fit; false where the sentence does not tell. here: somebody who fits is named behind it.
func (r *reader) meantIn(k int, here bool, sex gender) (voice, bool) {
	h := r.past[k]
	switch v := h.speaker; {
	case v.who != nil && r.fits(v.who, sex):
		return voiceOf(v.who), true
	case v.who == nil && v.one() && v.name != Unnamed && v.sex.fits(sex) && !here:
		return v, true // "The baker said … She added"
	}
	if p := h.about.who; p != nil && !here && r.fits(p, sex) {
		return h.about, true // "The mayor is Ada Brown"
	}
	found := r.fitting(h.mentions, sex, -1)
	switch about := h.about; {
	case !about.zero() && about.who == nil && about.sex.fits(sex):
		if len(found) > 0 || here {
			return voice{}, true // "The mayor met Brown. She said"
		}
		return about, true
	case len(found) == 0:
		return voice{}, h.both
	}
	before := r.subjectBefore(k, sex)
	p := single(found)
	switch {
	case p != nil && (before == nil || before == p || found[0].subject):
		return voiceOf(p), true
	}
	return voice{}, true
}

// voiceOf is the voice of somebody who is named, or nobody's.
func voiceOf(p *person) voice {
	if p == nil {
		return voice{}
	}
	return voice{name: p.name, who: p}
}

// fits reports whether "he" or "she" can be p: the author of a text is "I" in it.
func (r *reader) fits(p *person, sex gender) bool { return p != r.author.who && p.fits(sex) }

// fitting returns the mentions of people of a gender before a token, -1 for all.
func (r *reader) fitting(all []mention, sex gender, before int) []mention {
	var out []mention
	sure, strong := false, false
	for _, m := range all {
		if r.fits(m.who, sex) && (before < 0 || m.at < before) {
			out = append(out, m)
			sure = sure || m.who.sex() == sex
			strong = strong || m.who.human > 0
		}
	}
	if strong { // a name that only speaks may be a company's
		out = slices.DeleteFunc(out, func(m mention) bool { return m.who.human == 0 })
	}
	if sure { // one whose gender is known goes before those of whom nothing is known, unless these are whom a sentence is about
		out = slices.DeleteFunc(out, func(m mention) bool { return m.who.sex() != sex && !(m.subject && m.who.given != "") })
	}
	return out
}

func single(found []mention) *person {
	for _, m := range found[1:] {
		if m.who != found[0].who {
			return nil
		}
	}
	return found[0].who
}

func subjectOf(found []mention) *person {
	for _, m := range found {
		if m.subject {
			return m.who
		}
	}
	return nil
}

// subjectBefore returns who was spoken of, or spoke, in the same paragraph before
// sentence k of the past.
func (r *reader) subjectBefore(k int, sex gender) *person {
	for j := k - 1; j >= 0 && r.past[j].paragraph == r.past[k].paragraph; j-- {
		if p := r.past[j].speaker.who; p != nil && r.fits(p, sex) {
			return p
		}
		if found := r.fitting(r.past[j].mentions, sex, -1); len(found) > 0 {
			if p := subjectOf(found); p != nil {
				return p
			}
			return single(found)
		}
	}
	return nil
}

// spokeHere reports whether anybody spoke in this paragraph yet.
func (r *reader) spokeHere() bool {
	return slices.ContainsFunc(r.past, func(h heard) bool { return h.paragraph == r.at && !h.speaker.zero() })
}

// lastSpeaker returns who spoke last in this paragraph or the one before.
func (r *reader) lastSpeaker(sex gender) *person {
	for k := len(r.past) - 1; k >= 0 && r.past[k].paragraph >= r.at-1; k-- {
		if p := r.past[k].speaker.who; p != nil && r.fits(p, sex) {
			return p
		}
	}
	return nil
}

// topicOf returns whom the whole text is about, if its headline is a name.
func (r *reader) topicOf(sex gender) *person {
	if r.topic != nil && r.fits(r.topic, sex) {
		return r.topic
	}
	return nil
}

// role returns who "the minister" or "his sister" is: the one person who has the
// role in the text, else as it stands.
func (r *reader) role(s *sentence, who subject) (voice, bool) {
	known, _ := roleOf(who.role)
	v := voice{name: r.phraseText(s, who), unnamed: true, many: known.many, body: known.body, sex: known.gender}
	bare := who.from < len(s.tokens) && s.tokens[who.from].low == who.role // "says mayor"
	v.thing = known.thing
	if known.many || known.thing || !who.definite && !bare {
		return v, true
	}
	var found []*person
	for _, p := range r.cast.withRole(who.role) {
		if known.body != p.body || !p.sex().fits(known.gender) {
			continue
		}
		if r.hasRoles(p, s, who) {
			found = append(found, p)
		}
	}
	if len(found) == 1 && !(known.body && r.otherBody(found[0])) {
		return voiceOf(found[0]), true
	}
	aged := slices.ContainsFunc(s.tokens[who.from:who.to], func(t token) bool { return strings.HasSuffix(t.low, "-year-old") })
	if in("peoples", who.role) || aged { // somebody named before
		if meant := r.antecedent(s, who.from, anyGender); !meant.zero() {
			return meant, true
		}
	}
	return v, true
}

// otherBody reports whether the sentence before in the same paragraph is about another body, or one speaks in it, so
// that "the agency" may be that one.
func (r *reader) otherBody(p *person) bool {
	n := len(r.past)
	if n == 0 || r.past[n-1].paragraph != r.at {
		return false
	}
	before := r.past[n-1]
	return before.speaker.body && before.speaker.who != p || slices.ContainsFunc(before.mentions, func(m mention) bool { return m.subject && m.who.body && m.who != p })
}

// hasRoles reports whether every word for people in a phrase is said of p: "the
// prime minister" is not every minister.
func (r *reader) hasRoles(p *person, s *sentence, who subject) bool {
	for i := who.from; i < who.to && i < len(s.tokens); i++ {
		low := s.tokens[i].low
		if in("prepositions", low) {
			return true
		}
		if known, ok := roleOf(low); ok && !known.body && !p.roles[low] && low != "former" {
			return false
		}
		if low == who.role {
			return true
		}
	}
	return true
}

// longPhrase is the most words of a phrase that stands for somebody unnamed.
const longPhrase = 8

// phraseText is how the text calls somebody it does not name, from the phrase's
// first word on and in small letters: "some local officials".
func (r *reader) phraseText(s *sentence, who subject) string {
	to := who.to
	for k := who.from + 1; k < to; k++ { // "a leader with whom she spoke"
		if low := s.tokens[k].low; low == "who" || low == "whom" || low == "which" || low == "whose" {
			to = k
			if in("prepositions", s.tokens[k-1].low) {
				to--
			}
		}
	}
	if to-who.from > longPhrase {
		end := to
		for to = who.from + 1; to < end && s.tokens[to-1].low != who.role; to++ {
		}
		for v, _ := roleOf(who.role); v.body && s.isWord(to, "of") && to+1 < end; { // "the office of the Ocean Board"
			for to++; to < end && (!in("prepositions", s.tokens[to].low)); to++ {
			}
		}
	}
	phrase := surface(r.text, s.tokens[who.from:to])
	if first := s.tokens[who.from]; !first.capital || in("determiners", first.low) || lex().notNames[first.low] || isRole(first.low) {
		_, n := utf8.DecodeRuneInString(phrase)
		if !first.upper {
			phrase = strings.ToLower(phrase[:n]) + phrase[n:]
		}
	}
	return phrase
}

func isRole(w string) bool {
	_, ok := roleOf(w)
	return ok
}
