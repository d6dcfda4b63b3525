package attribution

import (
	"slices"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"verbatim/corpus/words"
)

// reader holds what was read of a text so far.
type reader struct {
	text       string
	paragraphs []words.Span
	quotes     [][]quotation
	sentences  [][]sentence
	cast       *cast
	topic      *person // whom the headline names, and nobody else
	author     voice   // who writes the text in the first person
	byLine     int     // the paragraph that names the author
	letter     int     // where the author's letter begins that the text shows, see shownLetter
	turns      map[int]turn
	smallWords map[string]bool                 // see small
	namings    map[*person]naming              // see namedByOthers
	initialled map[string]map[string]mentioned // see rolesByInitials
	out        []Speech
	quoted     []Speech // see Result.Quoted

	at        int // the paragraph being read
	past      []heard
	announced voice // a credit with a colon at the end of the paragraph before
	issued    heard // who made "the following statement", and where the text tells that
	chain     voice // who speaks the quotation that goes on from the paragraph before
	pending   []int // speeches of a quotation that went on before it was credited
}

// Result is what Read found in a text.
type Result struct {
	// Speeches are in text order. A Partial lies within a sentence that may be a
	// Report by itself.
	Speeches []Speech
	// Author is who writes or speaks the whole text in the first person: TheAuthor
	// where that is not told, empty where it is no such text.
	Author string
	// Quoted are the quotations inside turns that the turn credits to somebody whom it names
	// or describes, in text order: My teacher used to say, “…”
	Quoted []Speech

	cast func() *cast
}

// Who returns the full name of the person or body whom a name means as people type
// it: a surname, a given name, the beginning of one, a name with a title, a role
// ("the mayor"), in any case of letters. It returns false where nobody or several fit.
func (r *Result) Who(name string) (full string, ok bool) {
	if r.cast == nil {
		return "", false
	}
	var fields []string
	sex := anyGender
	for f := range strings.FieldsSeq(strings.ToLower(name)) {
		f = strings.Trim(f, ".,:;?!’'\"“”()")
		f = strings.TrimSuffix(strings.TrimSuffix(f, "'s"), "’s")
		if f == "" || in("determiners", f) {
			continue
		}
		if known, isRole := roleOf(f); isRole && known.title && known.gender != anyGender {
			sex = known.gender
		}
		fields = append(fields, f)
	}
	p := r.cast().meant(fields, sex)
	if p == nil {
		return "", false
	}
	return p.name, true
}

// IsPerson reports whether somebody of that full name is a person for sure: by a title, a role, or
// pronouns that stood for them.
func (r *Result) IsPerson(name string) bool {
	return r.cast != nil && slices.ContainsFunc(r.cast().all, func(p *person) bool {
		return p.name == name && !p.body && (p.human > 0 || p.he+p.she > 1)
	})
}

// Read finds who says what in a text. paragraphs are the runs of the text to be
// read, in order and apart; author is who is known to have written it, or empty.
func Read(text string, paragraphs []words.Span, author string) Result {
	r := readText(text, paragraphs, author)
	// The cast takes four times the memory of the text, and few texts are asked for it: it
	// is read again then.
	cast := sync.OnceValue(func() *cast { return readText(text, paragraphs, author).cast })
	found := Result{Speeches: r.out, Quoted: r.quoted, Author: r.author.name, cast: cast}
	if r.letter > 0 {
		found.Author = "" // of the letter only
	}
	return found
}

func readText(text string, paragraphs []words.Span, author string) *reader {
	r := &reader{text: text, paragraphs: paragraphs, cast: newCast()}
	r.quotes = quotations(text, paragraphs)
	for i, p := range paragraphs {
		r.sentences = append(r.sentences, joinCredits(text, sentencesOf(text, p, i, r.quotes[i])))
	}
	r.meet()
	r.turns = r.transcript()
	r.findAuthor(author)
	for i := range paragraphs {
		r.paragraph(i)
	}
	r.onlySpeaker()
	r.pulled()
	slices.SortStableFunc(r.out, func(a, b Speech) int { return a.Start - b.Start })
	return r
}

// leastQuotes is how often the only speaker of a text must be quoted by name before
// quotations without any credit are taken for that speaker's.
const leastQuotes = 2

// onlySpeaker gives quotations that nobody is credited with to the one person whom
// the text quotes: a portrait tells once whose words they all are.
func (r *reader) onlySpeaker() {
	quoted := map[string]int{}
	for _, sp := range r.out {
		if sp.Form == Quotation && !sp.Unsure {
			quoted[sp.Speaker]++
		}
	}
	if p := r.portrayed(); len(quoted) == 0 && p != nil {
		quoted[p.name] = leastQuotes
	}
	if len(quoted) != 1 {
		return
	}
	for name, n := range quoted {
		only := slices.IndexFunc(r.cast.all, func(p *person) bool { return p.name == name })
		if n < leastQuotes || only < 0 {
			return
		}
		for i := range r.out {
			if sp := &r.out[i]; sp.Form == Quotation && r.mayBeOnly(sp, r.cast.all[only]) {
				sp.Speaker, sp.Kind, sp.Unsure = name, Direct, false
			}
		}
	}
}

// mayBeOnly reports whether a quotation that is credited to nobody by name is that of the only
// speaker: no role stands beside it, and "he" or "she" can be nobody else in the text.
func (r *reader) mayBeOnly(sp *Speech, only *person) bool {
	if sp.Speaker == Unnamed {
		return true
	}
	sex, ok := map[string]gender{"he": man, "she": woman}[sp.Speaker]
	return ok && sp.Unsure && only.sex() == sex &&
		!slices.ContainsFunc(r.cast.all, func(p *person) bool { return p != only && p.fits(sex) })
}

// pulled gives a quotation that is credited to nobody, and that the text has again with its
// speaker, to that one: magazines set the best words of an article apart.
func (r *reader) pulled() {
	bare := func(s string) string { return strings.Trim(s, ".,!?… ") }
	said := map[string]string{} // who said sentences that stand together; empty where two did
	for _, sp := range r.out {
		if sp.Form != Quotation || sp.Kind != Direct || sp.Unsure {
			continue
		}
		whole := r.text[sp.Words.Start:sp.Words.End]
		all := words.Sentences(whole)
		for i, first := range all {
			for _, last := range all[i:min(len(all), i+longPulled)] {
				key := bare(whole[first.Start:last.End])
				if who, ok := said[key]; ok && who != sp.Speaker {
					said[key] = ""
					continue
				}
				said[key] = sp.Speaker
			}
		}
	}
	for i := range r.out {
		sp := &r.out[i]
		if who := said[bare(r.text[sp.Words.Start:sp.Words.End])]; who != "" && sp.Form == Quotation && sp.Speaker == Unnamed {
			sp.Speaker, sp.Kind, sp.Unsure = who, Direct, false
		}
	}
}

// longPulled is the most sentences of words that are set apart.
const longPulled = 3

// portrayed returns whom the headline of a text names first, if the text names nobody else
// half as often.
func (r *reader) portrayed() *person {
	if len(r.past) == 0 || len(r.past[0].mentions) == 0 {
		return nil
	}
	first := r.past[0].mentions[0].who
	named := map[*person]int{}
	for _, h := range r.past {
		for _, m := range h.mentions {
			if m.who.given != "" && !m.who.body {
				named[m.who]++
			}
		}
	}
	if named[first] < leastPortrayed {
		return nil
	}
	for who, n := range named {
		if who != first && 2*n >= named[first] {
			return nil
		}
	}
	return first
}

// leastPortrayed is how often a portrait names the one whom it is about at least.
const leastPortrayed = 3

// meet learns who is who before anything is credited to anybody.
func (r *reader) meet() {
	var all []*sentence
	for i := range r.paragraphs {
		for k := range r.sentences[i] {
			all = append(all, &r.sentences[i][k])
		}
	}
	ordinary(all)
	r.collect(all)
	for k, s := range all {
		if s.shouted() {
			r.cast.softenCapitals(s)
		}
		r.cast.observe(r.text, s)
		if k > 0 && all[k-1].paragraph == s.paragraph {
			r.observePronoun(all[k-1], s)
		}
	}
	if len(r.sentences) > 0 && len(r.sentences[0]) == 1 {
		m := slices.DeleteFunc(r.mentions(&r.sentences[0][0]), func(m mention) bool { return !m.who.isPerson() })
		if len(m) > 0 {
			r.topic = single(m)
		}
	}
}

// collect notes the full names of the text, also those that stand in a quotation only.
func (r *reader) collect(all []*sentence) {
	for _, s := range all {
		if !s.shouted() {
			r.cast.collect(r.text, s)
		}
	}
	for i := range r.paragraphs {
		for _, q := range r.quotes[i] {
			for _, s := range sentencesOf(r.text, q.inner, i, nil) {
				r.cast.collect(r.text, &s)
			}
		}
	}
	r.cast.joinTrades()
}

// observePronoun lets "He" or "She" at the beginning of a sentence tell the gender
// of the one person that the sentence before names.
func (r *reader) observePronoun(before, s *sentence) {
	if len(s.tokens) == 0 || s.tokens[0].quote != nil {
		return
	}
	he, she := s.tokens[0].low == "he", s.tokens[0].low == "she"
	if !he && !she {
		return
	}
	m := r.mentions(before)
	m = slices.DeleteFunc(m, func(m mention) bool { return m.who.body })
	if len(m) == 0 || single(m) == nil {
		return
	}
	if he {
		m[0].who.he++
	} else {
		m[0].who.she++
	}
}

// joinCredits joins a sentence that is nothing but a credit to the quotation that
// ends the sentence before: “Really?” Brown said.
func joinCredits(text string, all []sentence) []sentence {
	var out []sentence
	for _, s := range all {
		if n := len(out); n > 0 && out[n-1].endsWithQuote() && s.onlyCredits(text[:out[n-1].tokens[len(out[n-1].tokens)-1].quote.inner.End]) {
			last := &out[n-1]
			last.End, last.end = s.End, s.end
			last.tokens = append(last.tokens, s.tokens...)
			continue
		}
		out = append(out, s)
	}
	return out
}

func (s *sentence) endsWithQuote() bool {
	n := len(s.tokens)
	return n > 0 && s.tokens[n-1].quote != nil && strings.Trim(s.end, "()[]sict") == ""
}

// onlyCredits reports whether a sentence credits the quotation before it, whose
// words end with quoted, and says nothing else. After a full stop only the plainest
// verbs do: “It is old.” Brown said.
func (s *sentence) onlyCredits(quoted string) bool {
	for _, c := range s.credits() {
		if c.from != 0 || c.at < 0 || c.verb.participle || strings.HasSuffix(quoted, ".") && !strings.HasSuffix(quoted, "..") && !c.verb.clause {
			continue
		}
		if c.to >= len(s.tokens) {
			return s.end != ":"
		}
		next := s.tokens[c.to]
		if next.quote != nil {
			return c.inverted || next.gap == "," || next.gap == ""
		}
		if c.inverted {
			return true
		}
		if n, ok := nameAt(s.tokens, c.to); ok && c.verb.hear && n.to == len(s.tokens) {
			return s.end != ":" // “Really?” Brown asked Hale
		}
		return !strings.Contains(s.end, ":") && !s.hasQuote() && (in("prepositions", next.low) && len(s.tokens)-c.to < 8 || strings.HasPrefix(next.gap, ",") || weekday(next.low))
	}
	return false
}

func (s *sentence) hasQuote() bool {
	return slices.ContainsFunc(s.tokens, func(t token) bool { return t.quote != nil })
}

func (r *reader) paragraph(i int) {
	r.at = i
	announced := r.announced
	r.announced = voice{}
	if t, ok := r.turns[i]; ok {
		r.turn(t)
		r.quotedIn(i)
		return
	}
	if r.blockquote(i, announced) || r.block(i, announced) || r.signedBelow(i) {
		return
	}
	for k := range r.sentences[i] {
		s := &r.sentences[i][k]
		speaker := r.sentence(s, k, announced)
		named := r.mentions(s)
		about, several := r.unnamedSubject(s, named)
		r.past = append(r.past, heard{i, named, speaker, about, several || s.ofBoth()})
		if v := r.issues(s); !v.zero() {
			r.issued = heard{paragraph: i, speaker: v}
		}
	}
	if n := len(r.sentences[i]); n > 0 && strings.HasSuffix(r.sentences[i][n-1].end, ":") {
		r.announced = r.announces(&r.sentences[i][n-1])
		if v := r.issued.speaker; !v.zero() && r.issued.paragraph == i {
			r.announced = v
		}
	}
}

// issues returns who makes a statement that follows in the text, by a sentence that has no quotation:
// "The mayor, Ada Brown, made the following statement on Monday."
func (r *reader) issues(s *sentence) voice {
	for i := 1; i+2 < len(s.tokens); i++ {
		words := s.tokens[i+2].low
		if !s.isWord(i, "the") || !s.isWord(i+1, "following") || !isThing(words) && !in("addresses", words) || !in("issued", s.tokens[i-1].low) || s.hasQuote() {
			continue
		}
		if who, ok := s.issuer(i - 1); ok {
			v, _ := r.resolve(s, who)
			return v
		}
	}
	return voice{}
}

// issuer reads the subject of the verb at token i, over the adverbs before it.
func (s *sentence) issuer(i int) (subject, bool) {
	k := i - 1
	for k >= 0 && s.tokens[k+1].gap == "" && adverbAt(s.tokens, k) {
		k--
	}
	if k < 0 {
		return subject{}, false
	}
	who, ok := s.subjectBefore(k)
	s.joinedBefore(&who, k)
	return who, ok && (who.known || len(who.names) > 0)
}

// issuedWithin is how many paragraphs below "made the following statement" the words may begin:
// one may stand between that tells what they are about.
const issuedWithin = 2

// ofBoth reports whether a sentence speaks of two people at once.
func (s *sentence) ofBoth() bool {
	return slices.ContainsFunc(s.tokens, func(t token) bool { return t.quote == nil && (t.low == "neither" || t.low == "both") })
}

// block reads a paragraph that does not begin with a quotation as the words of whom
// the line before it credits with a colon: "The minister, Ada Brown, said:".
func (r *reader) block(i int, announced voice) bool {
	p := r.paragraphs[i]
	text := r.text[p.Start:p.End]
	if open := strings.LastIndexByte(text, '('); open > 0 && strings.HasSuffix(text, ")") {
		text = strings.TrimSpace(text[:open]) // "… as we are. (Brown 1994, 6)"
	}
	if announced.zero() || announced.unsure || i == 0 || len(r.quotes[i]) > 0 && r.quotes[i][0].Start == p.Start || !strings.ContainsRune(".!?", lastRune(text)) {
		return false
	}
	before := r.sentences[i-1]
	s := &before[len(before)-1]
	all := s.credits()
	said := false
	if n := len(all) - 1; n >= 0 && all[n].at >= 0 {
		last := all[n]
		said = last.to >= len(s.tokens)-2 && !last.verb.weak || s.isWord(last.who.from-1, "as") // "As Brown writes, all is well:"
	}
	if !said && !s.showsWords() {
		return false
	}
	r.turn(turn{p, announced})
	r.past = append(r.past, heard{i, nil, announced, voice{}, false})
	return true
}

// quotedBlock reports whether a paragraph is marked as quoted, as Markdown and letters mark it
// ("> …"), in a text that is not so marked itself.
func (r *reader) quotedBlock(i int) bool {
	return i > 0 && i < len(r.paragraphs) && r.text[r.paragraphs[i].Start] == '>' && r.text[r.paragraphs[0].Start] != '>'
}

// blockquote reads a paragraph that is marked as quoted as the words of whom the line before
// it credits, or the line below the block; of nobody the text names where none does.
func (r *reader) blockquote(i int, announced voice) bool {
	if !r.quotedBlock(i) || len(r.quotes[i]) > 0 {
		return false
	}
	if _, ok := r.creditLine(i); ok {
		return true
	}
	v := announced
	switch {
	case !v.zero():
	case r.quotedBlock(i - 1):
		v = r.chain
	}
	end := i + 1
	for r.quotedBlock(end) {
		end++
	}
	for _, at := range []int{end - 1, end} {
		if below, ok := r.creditLine(at); ok && v.zero() {
			v = below
		}
	}
	if v.zero() {
		v = voice{name: Unnamed, unnamed: true, unsure: true}
	}
	p := r.paragraphs[i]
	body := words.Span{Start: p.Start + markup(r.text[p.Start:p.End], 0), End: p.End}
	if body.Start < body.End {
		r.turn(turn{body, v})
	}
	r.chain = v
	r.past = append(r.past, heard{i, nil, v, voice{}, false})
	return true
}

// signedBelow reads a paragraph without quotation marks as the words of whom a line right below it names behind a dash, as pages set
// off what somebody said; the last line of a text is its author's.
func (r *reader) signedBelow(i int) bool {
	if i == 0 || i+2 >= len(r.paragraphs) || len(r.quotes[i]) > 0 || !strings.ContainsRune(longDashes, firstRune(r.unmarked(i+1))) {
		return false
	}
	p := r.paragraphs[i]
	text := r.text[p.Start:p.End]
	v, ok := r.creditLine(i + 1)
	if !ok || len(strings.Fields(text)) < leastSigned || !strings.ContainsRune(".!?…", lastRune(text)) {
		return false
	}
	r.turn(turn{p, v})
	r.past = append(r.past, heard{i, nil, v, voice{}, false})
	return true
}

// leastSigned is how many words a paragraph without quotation marks has at least that the line below it signs.
const leastSigned = 8

// creditLine returns whom a paragraph names that is nothing but a dash and a name, "— Ada
// Brown, mayor", or below a paragraph that is all quoted a full name without a dash.
func (r *reader) creditLine(i int) (voice, bool) {
	if i < 1 || i >= len(r.paragraphs) || len(r.sentences[i]) == 0 {
		return voice{}, false
	}
	p := r.paragraphs[i]
	t := strings.TrimLeft(r.text[p.Start:p.End], "> *_")
	dash := strings.ContainsRune(dashes, firstRune(t))
	if n := len(strings.Fields(t)); n > longSignature || n > shortSignature && !dash || !dash && (!r.wholeQuote(i-1, r.paragraphs[i-1]) || strings.ContainsRune(".!?:;,", lastRune(t)) || len(r.quotes[i]) > 0) {
		return voice{}, false
	}
	if handle := strings.TrimLeft(strings.TrimLeft(t, dashes), " [*_"); dash && strings.HasPrefix(handle, "@") {
		end := strings.IndexFunc(handle, func(c rune) bool { return !wordRune(c) && !strings.ContainsRune("@_-.", c) })
		if end < 0 {
			end = len(handle)
		}
		return voice{name: strings.TrimRight(handle[:end], ".")}, end > 1
	}
	s := &r.sentences[i][0]
	n, ok := nameAt(s.tokens, 0)
	if !ok || s.tokens[n.to-1].possessive || n.to < len(s.tokens) && s.tokens[n.to].gap == "" || len(s.credits()) > 0 {
		return voice{}, false
	}
	who := r.cast.find(r.text, s.tokens[n.from:n.to])
	if !dash && !who.isPerson() {
		return voice{}, false
	}
	return voiceOf(who), true
}

// longSignature bounds the words of a line that credits what stands above it, and shortSignature those of one without a dash.
const (
	longSignature  = 28
	shortSignature = 14
)

const (
	dashes     = "-—–―~"
	longDashes = "—–―"
)

func firstRune(s string) rune {
	r, _ := utf8.DecodeRuneInString(s)
	return r
}

// showsWords reports whether a line before a colon tells that words follow: "Her
// letter begins like this:", "He made the following statement:".
func (s *sentence) showsWords() bool {
	thing := false
	for _, t := range s.tokens {
		r, _ := roleOf(t.low)
		thing = thing || t.quote == nil && r.thing
	}
	n := len(s.tokens)
	return n > 0 && s.isWord(n-1, "words") || thing && n > 0 && (s.isWord(n-1, "this") || s.isWord(n-1, "follows") || slices.ContainsFunc(s.tokens, func(t token) bool { return t.low == "following" }))
}

// announces returns whom a sentence that ends with a colon credits with what
// follows it: who says or writes, or whom the sentence is about.
func (r *reader) announces(s *sentence) voice {
	c, ok := s.label(len(s.tokens))
	if all := s.credits(); !ok && len(all) > 0 {
		c = all[len(all)-1]
		ok = c.who.role == "" || c.who.known
	}
	if !ok {
		c, ok = s.deliveredBy()
	}
	if !ok {
		c, ok = s.aboutOne(len(s.tokens))
	}
	v, found := r.resolve(s, c.who)
	if !ok || !found || c.colon && v.who != nil && !v.who.isPerson() {
		return voice{}
	}
	return v
}

// deliveredBy reads whose words a sentence announces: "Here is a speech delivered by Ada Brown on Monday:".
func (s *sentence) deliveredBy() (credit, bool) {
	for i := 1; i < len(s.tokens); i++ {
		if before := s.tokens[i-1].low; s.isWord(i, "by") && (in("issued", before) || in("authoring", before)) {
			if n, ok := nameAt(s.tokens, i+1); ok && !s.tokens[n.to-1].possessive {
				return credit{who: subject{from: i + 1, to: n.to, names: []name{n}}, from: i, to: n.to, at: -1, colon: true}, true
			}
		}
	}
	return credit{}, false
}

// aboutOne reads the one whom a sentence before token end is about: by name, or "he" or "she".
func (s *sentence) aboutOne(end int) (credit, bool) {
	who, ok := s.firstSubject(end - 1)
	if !ok || len(who.names) == 0 && who.pronoun != "he" && who.pronoun != "she" {
		return credit{}, false
	}
	return credit{who: who, from: who.from, to: who.to, at: -1, colon: !isThing(who.role)}, true
}

// label reads a name or role that stands by itself before token end, which a colon
// precedes ("Brown:"), and the name at the end of "a remark by Brown:".
func (s *sentence) label(end int) (credit, bool) {
	if end == 0 {
		return credit{}, false
	}
	if who, ok := s.phrase(0); ok && who.to == end && who.pronoun == "" {
		return credit{who: who, to: end, at: -1}, true
	}
	if s.isWord(0, "from") { // "From our correspondent Ada Brown in Leeds:"
		for k := 1; k < end && s.tight(k); k++ {
			if n, ok := nameAt(s.tokens, k); ok && !s.tokens[n.to-1].possessive {
				return credit{who: subject{from: k, to: n.to, names: []name{n}}, to: n.to, at: -1}, true
			}
		}
	}
	return s.wordsOf(end, true)
}

// sentence reads one sentence and returns who speaks in it.
func (r *reader) sentence(s *sentence, k int, announced voice) voice {
	all := s.credits()
	var speaker voice
	var spoke []int // tokens of the quotations that somebody was credited with
	for i, t := range s.tokens {
		if t.quote == nil {
			continue
		}
		c, ok := r.creditFor(s, all, i)
		if ok {
			v, found := r.resolve(s, c.who)
			if !found || v.thing && v.unsure && r.partial(s, i) || c.colon && (v.who == nil || !v.who.isPerson() || r.partial(s, i)) {
				continue
			}
			speaker = v
			r.quote(s, i, v, c)
			spoke = append(spoke, i)
			continue
		}
		v, ok := r.uncredited(s, k, i, announced)
		if !ok && len(all) == 0 {
			continue
		}
		if ok {
			speaker = v
			r.quote(s, i, v, credit{at: -1})
			spoke = append(spoke, i)
		}
	}
	if v, ok := r.report(s, all, len(spoke) > 0); ok && speaker.zero() {
		speaker = v
	}
	if speaker.zero() {
		r.authored(s, len(spoke) > 0)
	}
	return speaker
}

// quote notes a quotation of a sentence.
func (r *reader) quote(s *sentence, i int, v voice, c credit) {
	q := s.tokens[i].quote
	sp := Speech{Span: q.Span, Words: q.inner, Kind: Direct, Speaker: v.name, Unsure: v.unsure, Wrote: c.at >= 0 && c.verb.wrote}
	if r.partial(s, i) {
		sp.Form, sp.Kind = Partial, Reported
	}
	if v.unnamed {
		sp.Kind = Others
	}
	r.out = append(r.out, sp)
	if v.name != Unnamed {
		for _, k := range r.pending {
			r.out[k].Speaker, r.out[k].Unsure, r.out[k].Kind = v.name, v.unsure, Direct
			if v.unnamed {
				r.out[k].Kind = Others
			}
		}
		r.pending = nil
	}
	r.chain = voice{}
	if q.goesOn {
		r.chain = v
		if v.name == Unnamed {
			r.pending = append(r.pending, len(r.out)-1)
		}
	}
}

// partial reports whether a quotation is a part of a sentence of the text, which by
// itself may say something else.
func (r *reader) partial(s *sentence, i int) bool {
	q := s.tokens[i].quote
	if r.fragment(q) && !(i == 0 && i+1 < len(s.tokens) && strings.HasPrefix(s.tokens[i+1].gap, ",") && unicode.IsUpper(firstLetter(r.inner(q)))) {
		return !q.goesOn && !(i == 0 && r.chained(q))
	}
	unfinished := i+2 < len(s.tokens) && !r.ends(q)
	if unfinished {
		for k := i + 1; k < len(s.tokens); k++ {
			if next := s.tokens[k]; next.quote != nil {
				return r.fragment(next.quote) && strings.HasSuffix(next.gap, ",")
			}
		}
	}
	whole := i == 0 && i+1 < len(s.tokens) && strings.HasPrefix(s.tokens[i+1].gap, ",") // „So ist es“, said
	return !r.sentenceLike(q) && !whole
}

// chained reports whether a quotation goes on from the paragraph before.
func (r *reader) chained(q *quotation) bool {
	if q.paragraph == 0 {
		return false
	}
	before := r.quotes[q.paragraph-1]
	return len(before) > 0 && before[len(before)-1].goesOn && r.quotes[q.paragraph][0].Start == q.Start
}

// leastQuoted is how many words in quotation marks may be speech without a full
// stop; fewer are names, titles and scare quotes. Found by reading the longer
// quotations of 13 encyclopedia articles.
const leastQuoted = 4

func (r *reader) inner(q *quotation) string {
	return strings.TrimSpace(r.text[q.inner.Start:q.inner.End])
}

// sentenceLike reports whether a quotation reads as one or more sentences.
func (r *reader) sentenceLike(q *quotation) bool {
	inner := r.inner(q)
	n := len(strings.Fields(inner))
	return inner != "" && !unicode.IsLower(firstLetter(inner)) && (n >= leastQuoted || n >= 1 && (!q.closed || strings.ContainsRune(".,!?…—–-", lastRune(inner))))
}

// fragment reports whether a quotation is the middle of a sentence: it begins with a
// small letter, or is too short to say anything.
func (r *reader) fragment(q *quotation) bool {
	inner := r.inner(q)
	return unicode.IsLower(firstLetter(inner)) || len(strings.Fields(inner)) < 3 && !strings.ContainsAny(inner, ",.!?…")
}

// ends reports whether a quotation ends a sentence.
func (r *reader) ends(q *quotation) bool {
	return !q.closed || strings.ContainsRune(".!?…", lastRune(r.inner(q))) || strings.HasPrefix(r.text[q.End:], ".")
}

func firstLetter(s string) rune {
	first, _ := utf8.DecodeRuneInString(strings.TrimLeft(s, "[(“‘'\"«„…. "))
	return first
}

func lastRune(s string) rune {
	last, _ := utf8.DecodeLastRuneInString(strings.TrimRight(s, "”’'\"»)] "))
	return last
}

// isTitle reports whether the quotation at token i is the name of a work or a body: every
// long word of it begins with a capital letter, and it ends without a full stop, or stands
// behind a word for such a thing: "her memoir, “Cold Work.”"
func (r *reader) isTitle(s *sentence, i int) bool {
	inner := r.inner(s.tokens[i].quote)
	fields := strings.Fields(inner)
	if len(fields) == 0 || strings.ContainsRune(".!?…", lastRune(inner)) && !s.behindWork(i) {
		return false
	}
	for _, f := range fields {
		if first := firstLetter(f); unicode.IsLower(first) && (len(f) > 4 || len(fields) == 1) {
			return false
		}
	}
	return unicode.IsUpper(firstLetter(inner)) || unicode.IsDigit(firstLetter(inner))
}

// behindWork reports whether a word for a work or a body stands right before tokens[i].
func (s *sentence) behindWork(i int) bool {
	if i == 0 || s.tokens[i-1].quote != nil {
		return false
	}
	before, gap := s.tokens[i-1].low, s.tokens[i].gap
	known, _ := roleOf(before)
	return in("works", before) && (gap == "" || gap == ",") || known.body && gap == ""
}

// creditFor finds which credit of a sentence is of the quotation at token i.
func (r *reader) creditFor(s *sentence, all []credit, i int) (credit, bool) {
	t := s.tokens
	gap := t[i].gap
	if s.talkedAbout(i) {
		return credit{}, false
	}
	if k := slices.IndexFunc(all, func(c credit) bool { return c.foremost }); k >= 0 {
		return all[k], true
	}
	if v, ok := verbAt(t, i-1); ok && v.hear && i > 1 && in("be", t[i-2].low) && gap != "" {
		return credit{who: subject{to: i, nobody: true}, to: i, at: -1}, true // "Brown was told: “…”"
	}
	before, after := r.beside(s, all, i)
	if before != nil && strings.ContainsAny(gap, ",:") && !strings.ContainsAny(gap, ".;!?") && i-before.to <= longIntroduction {
		switch near := i - before.to; {
		case !strings.Contains(gap, ":") && r.isTitle(s, i) && (near > 3 && !r.ends(t[i].quote) || near == 0 && before.verb.wrote || s.behindWork(i)):
			return credit{}, false
		case after == nil || near == 0:
			return *before, true
		}
	}
	switch {
	case before != nil && before.to == i && before.verb.name:
		return *before, true // "in what Brown called “a wreck”"
	case after != nil:
		return *after, true
	}
	if c, ok := s.beforeDash(i); ok {
		return c, true
	}
	if before != nil {
		return r.reaching(s, all, i)
	}
	return r.otherwise(s, all, i)
}

// reaching returns the last credit that reaches the quotation at token i.
func (r *reader) reaching(s *sentence, all []credit, i int) (credit, bool) {
	for k := len(all) - 1; k >= 0; k-- {
		c := &all[k]
		if k > 0 && c.to < i && s.isWord(c.who.from-1, "that") && all[k-1].to == c.who.from-1 {
			continue // told of somebody: "Brown denied that Hale threatened to leave"
		}
		if c.to <= i && r.reaches(s, c, i) {
			return *c, true
		}
	}
	return credit{}, false
}

// talkedAbout reports whether the words in the quotation at token i are talked about: "the phrase
// “too old”", "the definition of “old”".
func (s *sentence) talkedAbout(i int) bool {
	if s.isWord(i-1, "of") {
		return i > 1 && in("mentions", s.tokens[i-2].low)
	}
	return i > 0 && s.tokens[i].gap == "" && s.tokens[i-1].quote == nil && in("mentions", s.tokens[i-1].low)
}

// otherwise reads what credits the quotation at token i without a verb of saying beside it.
func (r *reader) otherwise(s *sentence, all []credit, i int) (credit, bool) {
	if c, ok := s.carriedBefore(i); ok {
		return c, true
	}
	if c, ok := s.beforeColon(i); ok {
		return c, true
	}
	if c, ok := r.ofPredicate(s, i); ok {
		return c, true
	}
	if c, ok := r.closingCredit(s, all, i); ok {
		return c, true
	}
	if c, ok := r.calledByNobody(s, i); ok {
		return c, true
	}
	if c, ok := s.cited(i); ok {
		return c, true
	}
	if r.takenWords(s, i) {
		return credit{who: subject{to: i, nobody: true}, to: i, at: -1}, true
	}
	return r.rareVerb(s, i)
}

// leastTaken is how many words a part of a sentence in quotation marks has at least that is plainly
// taken from somebody who is not told; fewer are terms, names and scare quotes.
const leastTaken = 6

// takenWords reports whether the quotation at token i is such a part, and no word before a noun: "a
// “let it be as it will” attitude".
func (r *reader) takenWords(s *sentence, i int) bool {
	inner := r.inner(s.tokens[i].quote)
	return i > 0 && s.tokens[i].quote.closed && len(strings.Fields(inner)) >= leastTaken && unicode.IsLower(firstLetter(inner)) && !s.isWord(i-1, "a") && !s.isWord(i-1, "an")
}

// cited reads whose words a note in brackets says that the quotation at token i is: “…”
// (Brown 1994, 6).
func (s *sentence) cited(i int) (credit, bool) {
	if i+2 >= len(s.tokens) || s.tokens[i+1].gap != "(" || s.tokens[i+1].quote != nil {
		return credit{}, false
	}
	who, ok := s.phrase(i + 1)
	if !ok || len(who.names) == 0 || who.to >= len(s.tokens) {
		return credit{}, false
	}
	year := s.tokens[who.to]
	if year.quote != nil || len(year.low) < 4 || strings.ContainsFunc(year.low[:4], func(r rune) bool { return !unicode.IsDigit(r) }) {
		return credit{}, false
	}
	return credit{who: who, from: i + 1, to: who.to, at: -1}, true
}

// calledByNobody reads words that somebody is said to have used, who is not told: it "has been
// described as “a wreck”".
func (r *reader) calledByNobody(s *sentence, i int) (credit, bool) {
	v, ok := verbAt(s.tokens, i-2)
	if !ok || !v.name || !v.act || !s.isWord(i-1, "as") || r.isTitle(s, i) {
		return credit{}, false
	}
	for k := i - 3; k > 0; k-- {
		if in("be", s.tokens[k].low) {
			return credit{who: subject{to: i, nobody: true}, to: i, at: -1}, true
		}
		if !adverbAt(s.tokens, k) {
			break
		}
	}
	return credit{}, false
}

// ofPredicate reads the subject right before a quotation that goes on with what is said of
// it: Brown “never meant to stay”.
func (r *reader) ofPredicate(s *sentence, i int) (credit, bool) {
	if i == 0 || s.tokens[i].gap != "" || s.tokens[i-1].quote != nil || s.tokens[i-1].possessive {
		return credit{}, false
	}
	fields := strings.Fields(strings.ToLower(r.inner(s.tokens[i].quote)))
	if len(fields) < leastPredicate || !in("predicate", strings.ReplaceAll(fields[0], "’", "'")) {
		return credit{}, false
	}
	who, ok := s.endingAt(i - 1)
	if _, says := verbAt(s.tokens, who.from-1); says || !ok || len(who.names) == 0 && who.pronoun != "he" && who.pronoun != "she" && !isKin(who.role) {
		return credit{}, false // "The records say he “never meant to stay”"
	}
	return credit{who: who, from: who.from, to: who.to, at: -1, foremost: true}, true
}

// leastPredicate is how many words in quotation marks can be what somebody says of themselves;
// fewer are a nickname or a phrase.
const leastPredicate = 3

// longIntroduction bounds the words between a credit and the comma or colon before a
// quotation: "said at a meeting in the town hall on Monday evening:".
const longIntroduction = 12

// beside returns the last credit before the quotation at token i and the credit right
// after it, nil where there is none.
func (r *reader) beside(s *sentence, all []credit, i int) (before, after *credit) {
	for k := range all {
		c := &all[k]
		if c.to <= i {
			before = c
		}
		if c.from == i+1 && after == nil && r.mayFollow(s, i) {
			after = c
		}
	}
	return before, after
}

// beforeColon reads a name before a colon and the quotation at token i, and what
// carries somebody's words: "Brown: “…”", "Brown's letter is clear: “…”".
func (s *sentence) beforeColon(i int) (credit, bool) {
	if i == 0 {
		return credit{}, false
	}
	colon := strings.HasSuffix(s.tokens[i].gap, ":")
	if c, ok := s.myQuestion(i); ok && (colon || strings.HasSuffix(s.tokens[i].gap, ",")) {
		return c, true
	}
	if !colon {
		return credit{}, false
	}
	if c, ok := s.label(i); ok {
		return c, true
	}
	return s.aboutOne(i)
}

// carriedBefore reads whose words a mark before the quotation at token i announces: "a quote
// from Ada Brown — “…”", "They have a saying about rain: “…”".
func (s *sentence) carriedBefore(i int) (credit, bool) {
	if i == 0 || !strings.ContainsAny(s.tokens[i].gap, ",:—–") {
		return credit{}, false
	}
	colon := strings.HasSuffix(s.tokens[i].gap, ":")
	if c, ok := s.wordsOf(i, colon); ok {
		return c, true
	}
	for k := i - 1; colon && k > 0 && s.tight(k) && i-k < myWords; k-- {
		for from := k - 1; in("sayings", s.tokens[k].low) && from >= max(0, k-3); from-- {
			if in("determiners", s.tokens[from].low) {
				return credit{who: subject{from: from, to: i, role: s.tokens[k].low}, from: from, to: i, at: -1}, true
			}
		}
	}
	return credit{}, false
}

// wordsOf reads the name that ends at token end, behind a word for what carries somebody's words:
// "a line of Brown". Before a colon "by" and "from" do by themselves.
func (s *sentence) wordsOf(end int, colon bool) (credit, bool) {
	for k := end - 1; k > 0 && s.tight(k); k-- {
		n, ok := nameAt(s.tokens, k)
		if !ok || n.to != end {
			continue
		}
		low := s.tokens[k-1].low
		carried := k > 1 && (isThing(s.tokens[k-2].low) || in("sayings", s.tokens[k-2].low))
		if (colon || carried) && (low == "by" || low == "from") || carried && low == "of" {
			return credit{who: subject{from: k, to: end, names: []name{n}}, from: k, to: end, at: -1}, true
		}
	}
	return credit{}, false
}

// beforeDash reads who speaks after a dash, to the end of the sentence: "Brown thought for
// a while—“…”".
func (s *sentence) beforeDash(i int) (credit, bool) {
	if i == 0 || i+1 < len(s.tokens) || !strings.HasSuffix(s.tokens[i].gap, "—") && !strings.HasSuffix(s.tokens[i].gap, "–") || s.hasQuoteBefore(i) {
		return credit{}, false
	}
	who, ok := s.firstSubject(i - 1)
	return credit{who: who, from: who.from, to: who.to, at: -1, colon: true}, ok && who.from == 0 && len(who.names) > 0
}

// myQuestion reads what tells that the author speaks in the quotation at token i: "my next
// question was:".
func (s *sentence) myQuestion(i int) (credit, bool) {
	for k := i - 1; k > 0 && k > i-myWords; k-- {
		if r, _ := roleOf(s.tokens[k].low); !r.thing && s.tokens[k].low != "question" || s.tokens[k].quote != nil {
			continue
		}
		for from := k - 1; from >= max(0, k-3); from-- {
			if s.isWord(from, "my") {
				return credit{who: subject{from: from, to: k + 1, pronoun: "i"}, from: from, to: k + 1, at: -1}, true
			}
		}
	}
	return credit{}, false
}

// myWords bounds the words between "my question" and what was asked.
const myWords = 8

func (s *sentence) hasQuoteBefore(i int) bool {
	return slices.ContainsFunc(s.tokens[:i], func(t token) bool { return t.quote != nil })
}

func isThing(word string) bool {
	r, _ := roleOf(word)
	return r.thing
}

func isKin(word string) bool {
	r, _ := roleOf(word)
	return r.kin
}

// reaches reports whether the quotation at token i, without a comma or colon, is
// what a credit before it credits: Brown said that the mill is “a wreck”.
func (r *reader) reaches(s *sentence, c *credit, i int) bool {
	t, q := s.tokens, s.tokens[i].quote
	near := i - c.to
	if r.isTitle(s, i) && !(near == 0 && !c.verb.wrote && r.ends(q)) && !(c.verb.name && near <= 3 && len(strings.Fields(r.inner(q))) < 2) {
		return false
	}
	if c.at < 0 {
		return near <= 12
	}
	if c.verb.weak {
		return near == 0 && (t[i].gap != "" || c.passive) || s.isWord(c.to, "that") && near <= longIntroduction
	}
	if c.verb.participle && c.verb.clause && near <= 6 && c.who.known && c.who.definite { // "the mayor …, saying the plan was “sad”"
		return true
	}
	return near == 0 || near == 1 && s.isWord(c.to, "with") && c.verb.that || near <= 3 && c.verb.clause || r.reports(s, c) || c.verb.name && (near <= 12 || s.isWord(i-1, "as")) || c.passive
}

// closingCredit finds the credit at the end of a sentence of which the quotation is
// a part: the mill is “a wreck”, Brown said.
func (r *reader) closingCredit(s *sentence, all []credit, i int) (credit, bool) {
	for _, c := range all {
		if c.from > i+1 && c.from > 0 && strings.ContainsAny(s.tokens[c.from].gap, ",—–") && (c.to == len(s.tokens) || s.tokens[c.to].gap != "" || c.inverted || len(s.tokens)-c.to < 6) && !c.verb.weak && !r.isTitle(s, i) {
			return c, true
		}
	}
	return credit{}, false
}

// rareVerb reads a credit whose verb is no verb of saying that is known, if nothing
// else follows a quotation that ends with a comma: “…,” Brown harrumphed.
func (r *reader) rareVerb(s *sentence, i int) (credit, bool) {
	t := s.tokens
	if i != 0 || len(t) < i+3 || !r.sentenceLike(t[i].quote) && !strings.HasPrefix(t[i+1].gap, ",") {
		return credit{}, false
	}
	if !strings.ContainsRune(",?!", lastRune(r.inner(t[i].quote))) && !strings.HasPrefix(t[i+1].gap, ",") {
		return credit{}, false
	}
	plain := func(k int) bool {
		return t[k].quote == nil && !t[k].capital && !in("prepositions", t[k].low) && !in("determiners", t[k].low) && !in("clause", t[k].low) && !in("be", t[k].low)
	}
	if who, ok := s.phrase(i + 1); ok && slices.Contains([]string{"he", "she", "i", "they"}, who.pronoun) && len(t) > i+2 && plain(i+2) && t[i+2].gap == "" && (len(t) == i+3 || strings.HasPrefix(t[i+3].gap, ",")) {
		return credit{who: who, from: i + 1, to: i + 3, at: -1}, true // “…,” she harrumphed
	}
	if n, ok := nameAt(t, i+1); ok && n.to == len(t)-1 && plain(n.to) && t[n.to].gap == "" && !t[n.to-1].possessive {
		return credit{who: subject{from: i + 1, to: n.to, names: []name{n}}, from: i + 1, to: len(t), at: -1}, true
	}
	if !plain(i + 1) {
		return credit{}, false
	}
	if n, ok := nameAt(t, i+2); ok && t[i+2].gap == "" && (n.to == len(t) || strings.HasPrefix(t[n.to].gap, ",")) && !t[n.to-1].possessive {
		return credit{who: subject{from: i + 2, to: n.to, names: []name{n}}, from: i + 1, to: n.to, at: -1}, true
	}
	return credit{}, false
}

// mayFollow reports whether a credit may stand right after the quotation at token
// i: the quotation begins its clause, and has not ended with a full stop. In “His
// sermon “On Money,” Brown said” it is a title.
func (r *reader) mayFollow(s *sentence, i int) bool {
	q := s.tokens[i].quote
	if i+1 < len(s.tokens) && strings.ContainsAny(s.tokens[i+1].gap, ";:?!)") {
		return false
	}
	if i == 0 || s.tokens[i].gap != "" || r.fragment(q) {
		return true
	}
	_, said := verbAt(s.tokens, i-1)
	return said || s.tokens[i-1].quote != nil
}

// uncredited finds who speaks a quotation that its sentence credits to nobody: who
// was announced, who speaks already, whose words go on, or who was named last.
func (r *reader) uncredited(s *sentence, k, i int, announced voice) (voice, bool) {
	q := s.tokens[i].quote
	if r.chained(q) {
		if !r.chain.zero() {
			return r.chain, true
		}
	}
	if i > 0 && !(s.tokens[i-1].quote != nil && s.tokens[i].gap == "") {
		return voice{}, false
	}
	if r.fragment(q) && !q.goesOn || !r.sentenceLike(q) || r.isTitle(s, i) {
		return voice{}, false
	}
	if v, ok := r.signature(s, i); ok {
		return v, true
	}
	if k == 0 && !announced.zero() {
		return announced, true
	}
	if v := r.issued; (k == 0 || v.paragraph == r.at) && i == 0 && !v.speaker.zero() && r.at-v.paragraph <= issuedWithin && r.ends(q) {
		r.issued = heard{}
		return v.speaker, true
	}
	last := s.paragraph < len(r.sentences) && k == len(r.sentences[s.paragraph])-1 && i == len(s.tokens)-1
	if !r.ends(q) && !(last && k > 0) {
		return voice{}, false
	}
	if v := r.goesOnSpeaking(s, k); !v.zero() {
		return v, true
	}
	if !r.ends(q) {
		return voice{}, false
	}
	if len(strings.Fields(r.inner(q))) < leastQuoted {
		return voice{}, false
	}
	return voice{name: Unnamed, unnamed: true, unsure: true}, true
}

// goesOnSpeaking returns who spoke in the sentence before, or whom alone it is
// about.
func (r *reader) goesOnSpeaking(s *sentence, k int) voice {
	n := len(r.past)
	if n == 0 {
		return voice{}
	}
	last := r.past[n-1]
	if last.paragraph < r.at-1 {
		return voice{}
	}
	if !last.speaker.zero() {
		if last.speaker.unsure && last.paragraph != r.at || last.speaker.name == Unnamed {
			return voice{}
		}
		return last.speaker
	}
	found := slices.DeleteFunc(slices.Clone(last.mentions), func(m mention) bool { return !m.who.isPerson() })
	whole := k == 0 && len(r.sentences[r.at]) == 1 && len(s.tokens) == 1
	if len(found) > 0 && (single(found) != nil || whole && found[0].who.given != "") && found[0].subject {
		return voice{name: found[0].who.name, who: found[0].who}
	}
	if len(found) > 0 || !last.about.zero() {
		return voice{}
	}
	if last.paragraph != r.at || k == 0 {
		return r.onlyVoice(last.paragraph)
	}
	return voice{}
}

// onlyVoice returns who speaks in a paragraph, if nobody else does or is named in it.
func (r *reader) onlyVoice(paragraph int) voice {
	var only voice
	for k := len(r.past) - 1; k >= 0 && r.past[k].paragraph == paragraph; k-- {
		h := r.past[k]
		if v := h.speaker; !v.zero() {
			if v.unnamed || !only.zero() && only.name != v.name {
				return voice{}
			}
			only = v
		}
	}
	for k := len(r.past) - 1; k >= 0 && r.past[k].paragraph == paragraph; k-- {
		if slices.ContainsFunc(r.past[k].mentions, func(m mention) bool { return m.who.isPerson() && m.who != only.who }) {
			return voice{}
		}
	}
	return only
}

// signature reads a name that follows a quotation without a verb: “…” — Ada Brown,
// the mayor.
func (r *reader) signature(s *sentence, i int) (voice, bool) {
	rest, from := s, i+1
	if from >= len(s.tokens) { // the name is a sentence by itself, the paragraph's last
		all := r.sentences[s.paragraph]
		n := len(all)
		if all[n-1].Start == s.Start {
			return r.creditLine(s.paragraph + 1)
		}
		if n < 2 || all[n-2].Start != s.Start {
			return voice{}, false
		}
		rest, from = &all[n-1], 0
	} else if gap := s.tokens[from].gap; gap != "" && !strings.ContainsAny(gap, dashes+"(") {
		return voice{}, false
	}
	n, ok := nameAt(rest.tokens, from)
	if !ok || rest.tokens[n.to-1].possessive || len(rest.tokens)-n.to > 12 {
		return voice{}, false
	}
	if n.to < len(rest.tokens) {
		next := rest.tokens[n.to]
		dash := strings.ContainsAny(rest.tokens[from].gap, dashes)
		if !dash && !strings.HasPrefix(next.gap, ",") && !strings.HasPrefix(next.gap, "(") && next.low != "image" && next.low != "photo" {
			return voice{}, false
		}
	}
	if len(rest.credits()) > 0 {
		return voice{}, false
	}
	p := r.cast.find(r.text, rest.tokens[n.from:n.to])
	if !p.isPerson() && (!r.ends(s.tokens[i].quote) || p.given == "" && !p.body) {
		return voice{}, false
	}
	return voice{name: p.name, who: p}, true
}
