package attribution

import (
	"slices"
	"strings"
	"unicode"

	"verbatim/corpus/words"
)

const (
	// leastFirstPerson is how many words of the first person singular make a text its
	// author's own, where a byline or a headline names the author: a report has none
	// outside quotation marks, or one in a note.
	leastFirstPerson = 3
	// bylineWithin is among how many paragraphs at the beginning a byline stands.
	bylineWithin = 5
	// signatureWithin is among how many paragraphs at the end a signature stands.
	signatureWithin = 4
	// perOwn is in how many paragraphs of a text that names its author one speaks in the
	// first person at least, and two in all: a report has a witness's account set off.
	perOwn = 3
	// leastAppeal is how many paragraphs of an appeal speak in the first person at least: fewer
	// are a list of questions with short answers.
	leastAppeal = 5
	// longHeading is the most words of a heading.
	longHeading = 14
)

// firstPersons counts the words of one and of several who speak of themselves, outside
// quotations.
func (r *reader) firstPersons() (singular, plural int) {
	for i, p := range r.paragraphs {
		if r.text[p.End-1] == '?' && len(r.sentences[i]) < 2 {
			continue // of a list of questions: "How do I pay?"
		}
		n := r.firstPersonSingular(i)
		singular += n
		plural += r.firstPerson(i) - n
	}
	return singular, plural
}

// findAuthor finds who writes or speaks a text in the first person: from a byline,
// a signature, a headline ("Remarks by Ada Brown"), or what is known beside the text.
func (r *reader) findAuthor(known string) {
	if len(r.turns) > 0 {
		return
	}
	singular, plural := r.firstPersons()
	if singular+plural > 0 && r.findWriter() {
		return
	}
	own, all := r.ownParagraphs()
	spread := own > 1 && perOwn*own >= all || 2*own >= all
	if p, at := r.byline(); p != nil && singular >= leastFirstPerson && spread {
		r.setAuthor(p, at)
		return
	}
	if FullName(known) && singular >= leastFirstPerson && spread {
		r.author, r.byLine = voice{name: known}, -1
		return
	}
	if p := r.introduced(); p != nil && singular >= leastFirstPerson {
		r.setAuthor(p, -1)
		return
	}
	if p, at := r.delivered(); p != nil && singular+plural >= leastFirstPerson {
		r.setAuthor(p, at)
		return
	}
	if p, cue := r.addressed(); p != nil && (singular+plural >= leastFirstPerson || cue && singular+plural > 0) {
		r.setAuthor(p, 0)
		return
	}
	if v, at := r.onlyLabel(); !v.zero() && singular+plural >= leastFirstPerson {
		r.author, r.byLine = v, at
		return
	}
	speech := r.salutes() && singular+plural >= leastFirstPerson
	essay := singular >= 2*leastFirstPerson && 2*own >= all
	appeal := singular > 1 && own >= leastAppeal && 5*own >= 4*all // "we must"
	if !speech && !essay && !appeal {
		return
	}
	r.author, r.byLine = voice{name: TheAuthor, unnamed: true, unsure: true}, -1
	if known != "" {
		r.author = voice{name: known}
	}
}

// findWriter finds who signs a text, or a letter that it shows; several may sign one, or nobody.
func (r *reader) findWriter() bool {
	at := r.shownLetter()
	if p, line := r.signed(); p != nil {
		r.setAuthor(p, line)
	} else if at > 0 {
		r.author, r.byLine = voice{name: TheAuthor, unnamed: true, unsure: true}, r.letterEnd(at)
	}
	r.letter = at
	return !r.author.zero()
}

// salutes reports whether a text begins as a speech does: "Madam Speaker, …", "My fellow
// citizens:", "Good evening, everyone."
func (r *reader) salutes() bool {
	for i := 0; i < len(r.sentences) && i < 3; i++ {
		if len(r.sentences[i]) == 0 {
			continue
		}
		s := &r.sentences[i][0]
		t := s.tokens
		switch {
		case len(t) == 0 || t[0].quote != nil:
		case in("salutations", t[0].low) && (len(t) < 4 || slices.ContainsFunc(t[1:4], func(t token) bool { return strings.Contains(t.gap, ",") })),
			t[0].low == "good" && len(t) > 1 && in("day times", t[1].low),
			len(t) < longSalutation && strings.HasSuffix(s.end, ":") && slices.ContainsFunc(t, func(t token) bool { return t.low == "fellow" }):
			return true
		}
	}
	return false
}

// longSalutation bounds the words of a line that greets a hall of people.
const longSalutation = 40

// ownParagraphs counts the paragraphs that speak in the first person, and all, headings
// aside: in a report, a paragraph with a witness's account may do so.
func (r *reader) ownParagraphs() (own, all int) {
	for i, p := range r.paragraphs {
		if !strings.ContainsRune(".!?…:", lastRune(r.text[p.Start:p.End])) {
			continue
		}
		all++
		if r.firstPerson(i) > 0 {
			own++
		}
	}
	return own, all
}

// onlyLabel returns whom the one label of a text names, if the text begins with it
// ("PM: Thank you …"), and its paragraph.
func (r *reader) onlyLabel() (voice, int) {
	for i := 0; i < len(r.paragraphs) && i < bylineWithin; i++ {
		l, ok := r.labelAt(i)
		if ok && !l.dash && !l.stop && r.namesPerson(l) && l.body.End-l.body.Start > longLabel && !r.wholeQuote(i, l.body) {
			return r.labelVoice(l), -1
		}
	}
	return voice{}, 0
}

func (r *reader) setAuthor(p *person, at int) {
	r.author = voice{name: p.name, who: p}
	r.byLine = at
}

// byline returns whom a line at the beginning names as the author, and its paragraph.
func (r *reader) byline() (*person, int) {
	for i := 0; i < len(r.sentences) && i < bylineWithin; i++ {
		if len(r.sentences[i]) == 0 {
			continue
		}
		s := &r.sentences[i][0]
		from := -1
		switch {
		case s.isWord(0, "by"), s.isWord(0, "author"), s.isWord(0, "authors"):
			from = 1
		default:
			from = s.authoredBy()
		}
		if from < 0 || from >= len(s.tokens) {
			continue
		}
		n, ok := nameAt(s.tokens, from)
		if !ok || n.to-n.from < 2 || n.to < len(s.tokens) && s.tokens[n.to].gap == "" && s.tokens[n.to].low != "on" {
			continue
		}
		p := r.cast.find(r.text, s.tokens[n.from:n.to])
		if n.to+1 < len(s.tokens) && s.tokens[n.to].low == "and" {
			return nil, 0
		}
		return p, i
	}
	return nil, 0
}

// authoredBy returns the number of the token behind "written by", "a guest post by" and the
// like, -1 where a sentence has none at its beginning.
func (s *sentence) authoredBy() int {
	for i := 1; i < len(s.tokens) && i <= leadToByline; i++ {
		if s.isWord(i, "by") && in("authoring", s.tokens[i-1].low) {
			return i + 1
		}
	}
	return -1
}

// leadToByline bounds the words before the "by" of "This is a guest post by Ada Brown".
const leadToByline = 7

// signed returns whose name stands below a text, and its paragraph: after a closing
// ("Yours sincerely,"), or after a dash.
func (r *reader) signed() (*person, int) {
	n := len(r.sentences)
	for i := max(1, n-signatureWithin); i < n; i++ {
		if len(r.sentences[i]) == 0 {
			continue
		}
		s := &r.sentences[i][0]
		from := 0
		for from < len(s.tokens) && s.tokens[from].quote == nil && in("closings", s.tokens[from].low) {
			from++
		}
		closing := from > 0
		if from == 0 && len(r.sentences[i-1]) > 0 {
			before := r.sentences[i-1][len(r.sentences[i-1])-1]
			closing = strings.HasSuffix(before.end, ",") && len(before.tokens) <= longClosing && len(before.tokens) > 0 && in("closings", before.tokens[len(before.tokens)-1].low)
		}
		if from >= len(s.tokens) {
			continue
		}
		if r.quotedAbove(i) {
			continue // it is the quotation that is signed
		}
		dash := from == 0 && strings.ContainsAny(s.tokens[0].gap, dashes) || strings.ContainsAny(r.text[max(0, s.Start-4):s.Start], "—–―~")
		found, ok := nameAt(s.tokens, from)
		if !ok || !closing && !dash || len(s.tokens)-found.to > 10 || found.to < len(s.tokens) && !strings.HasPrefix(s.tokens[found.to].gap, ",") && !strings.HasPrefix(s.tokens[found.to].gap, "(") {
			continue
		}
		p := r.cast.find(r.text, s.tokens[found.from:found.to])
		if !p.body {
			return p, i
		}
	}
	return nil, 0
}

// longClosing bounds the words of a line that ends a letter: "With best wishes and warm regards,".
const longClosing = 7

// quotedAbove reports whether a paragraph stands below a quotation or in a quoted block.
func (r *reader) quotedAbove(i int) bool {
	above, quotes := r.paragraphs[i-1], r.quotes[i-1]
	return r.quotedBlock(i) || r.quotedBlock(i-1) || len(quotes) == 1 && quotes[0].Start == above.Start && quotes[0].End >= above.End
}

// introduced returns who says at the beginning who they are: "I'm Ada Brown", "my name is …".
func (r *reader) introduced() *person {
	for i := 0; i < len(r.sentences) && i < bylineWithin; i++ {
		if _, labelled := r.labelAt(i); labelled {
			continue // one of several who speak
		}
		for k := range r.sentences[i] {
			s := &r.sentences[i][k]
			for at := range s.tokens {
				from := at + 1
				switch {
				case s.isWord(at, "i'm"):
				case s.isWord(at, "i") && s.isWord(at+1, "am"):
					from++
				case s.isWord(at, "my") && s.isWord(at+1, "name") && s.isWord(at+2, "is"):
					from += 2
				default:
					continue
				}
				if n, ok := nameAt(s.tokens, from); ok && n.to-n.from > 1 {
					if p := r.cast.find(r.text, s.tokens[n.from:n.to]); !p.body {
						return p
					}
				}
			}
		}
	}
	return nil
}

// delivered returns who is said at the beginning to have spoken what follows: "Mayor Ada
// Brown delivered remarks on …", and the paragraph if it tells nothing else, or -1.
func (r *reader) delivered() (*person, int) {
	for i := 1; i < len(r.sentences) && i < bylineWithin; i++ {
		for k := range r.sentences[i] {
			s := &r.sentences[i][k]
			at := slices.IndexFunc(s.tokens, func(t token) bool {
				return t.quote == nil && (t.low == "delivered" || t.low == "gave" || t.low == "made")
			})
			if at < 1 || !slices.ContainsFunc(s.tokens[at:min(len(s.tokens), at+5)], func(t token) bool { return t.quote == nil && in("addresses", t.low) }) {
				continue
			}
			if who, ok := s.endingAt(at - 1); ok && len(who.names) == 1 {
				n := who.names[0]
				at := i
				if len(r.sentences[i]) > 1 {
					at = -1
				}
				return r.cast.find(r.text, s.tokens[n.from:n.to]), at
			}
		}
	}
	return nil, -1
}

// addressed returns who speaks or writes the whole text by its headline: "Remarks by
// Ada Brown", "Ada Brown: a letter to the town", "… (Ada Brown, 3 May 2020)".
// Such a word as "remarks" makes it sure.
func (r *reader) addressed() (found *person, cue bool) {
	if len(r.sentences) == 0 {
		return nil, false
	}
	cue = r.hasWordOf(0, "addresses")
	for k := range r.sentences[0] {
		s := &r.sentences[0][k]
		for i := 0; i < len(s.tokens); i++ {
			n, ok := nameAt(s.tokens, i)
			if !ok || in("addresses", s.tokens[i].low) { // "Remarks of Ada Brown"
				continue
			}
			first := i == 0 && k == 0 && n.to < len(s.tokens) && strings.HasPrefix(s.tokens[n.to].gap, ":")
			bracket := strings.HasSuffix(s.tokens[i].gap, "(")
			by := s.addressOf(i)
			owner := s.tokens[n.to-1].possessive && n.to < len(s.tokens) && in("addresses", s.tokens[n.to].low)
			p := r.cast.find(r.text, s.tokens[n.from:n.to])
			several := n.to-n.from > 1
			// A word alone in brackets or before a colon may be a disease.
			beside := (first || bracket) && (several || p.isPerson())
			if (cue && (beside || by || owner) || bracket && n.to < len(s.tokens) && several) && !p.body && !hasDigit(p.name) && found == nil {
				found = p
			}
			i = n.to - 1
		}
	}
	if cue && found == nil {
		found = r.belowHeadline()
	}
	return found, cue
}

// hasDigit reports whether a name has a number in it, as no person's has: "Covid-19".
func hasDigit(name string) bool { return strings.ContainsFunc(name, unicode.IsDigit) }

// addressOf reports whether the words before tokens[i] tell that whoever is named there speaks:
// "Address by", "Transcript of the Prime Minister the Hon".
func (s *sentence) addressOf(i int) bool {
	k := i - 1
	for k > 0 && (s.tokens[k].low == "the" || titled(s.tokens[k].low) || titled(s.tokens[k+1].low) && !in("prepositions", s.tokens[k].low)) {
		k-- // "by the Harbour Minister"
	}
	return k >= 0 && (s.isWord(k, "by") || s.isWord(k, "from") || s.isWord(k, "of") && k > 0 && in("addresses", s.tokens[k-1].low))
}

// hasWordOf reports whether a paragraph has a word of a list outside quotation marks.
func (r *reader) hasWordOf(paragraph int, list string) bool {
	return slices.ContainsFunc(r.sentences[paragraph], func(s sentence) bool {
		return slices.ContainsFunc(s.tokens, func(t token) bool { return t.quote == nil && in(list, t.low) })
	})
}

// belowHeadline returns whom the line below the headline begins with, if it says nothing:
// "Mayor Ada Brown, 3 May 2020".
func (r *reader) belowHeadline() *person {
	if len(r.sentences) < 2 || len(r.sentences[1]) != 1 {
		return nil
	}
	s := &r.sentences[1][0]
	n, ok := nameAt(s.tokens, 0)
	if !ok || n.to-n.from < 2 || len(s.tokens) > longHeading || strings.ContainsAny(s.end, ".!?:") {
		return nil
	}
	return r.cast.find(r.text, s.tokens[n.from:n.to])
}

// shownLetter returns the paragraph with which a letter begins that a text shows below what it tells of
// it, 0 where there is none: "Dear neighbours," behind a paragraph that is no address.
func (r *reader) shownLetter() int {
	told := false
	for i := 1; i < len(r.sentences); i++ {
		all := r.sentences[i]
		if told && len(all) == 1 && all[0].isWord(0, "dear") && len(all[0].tokens) <= longHeading && (all[0].end == ":" || all[0].end == ",") {
			return i
		}
		told = told || len(all) > 0 && strings.ContainsAny(all[len(all)-1].end, ".!?:") && len(all[0].tokens) > longHeading
	}
	return 0
}

// letterEnd returns the paragraph that ends the letter that begins with paragraph at: its closing, or
// a line such as "Contact: Ada Brown".
func (r *reader) letterEnd(at int) int {
	for i := at + 1; i < len(r.sentences); i++ {
		if len(r.sentences[i]) == 0 || len(r.sentences[i][0].tokens) == 0 {
			continue
		}
		t := r.sentences[i][0].tokens
		if in("closings", t[0].low) && len(t) <= longClosing || in("labels", t[0].low) && len(t) > 1 && strings.HasPrefix(t[1].gap, ":") {
			return i
		}
	}
	return len(r.sentences)
}

// authored notes a sentence of a text that its author writes in the first person.
func (r *reader) authored(s *sentence, quoted bool) {
	if r.author.zero() || quoted || s.paragraph == r.byLine || s.paragraph == 0 {
		return
	}
	if r.letter > 0 && (s.paragraph < r.letter || s.paragraph >= r.byLine) {
		return // what the text tells of the letter
	}
	if !strings.ContainsAny(s.end, ".!?…:") && len(s.tokens) <= longHeading && !s.hasQuote() {
		return // a heading
	}
	kind := Direct
	if r.author.unnamed {
		kind = Others
	}
	r.out = append(r.out, Speech{Span: s.Span, Words: words.Span{Start: s.Start, End: s.End}, Kind: kind, Form: Authored, Speaker: r.author.name, Unsure: r.author.unsure, Wrote: true})
}
