package answers

import (
	"cmp"
	"math"
	"regexp"
	"slices"
	"sort"
	"strings"

	"verbatim/answers/question"
	"verbatim/answers/reader"
	"verbatim/corpus"
	"verbatim/corpus/attribution"
	"verbatim/corpus/words"
)

const (
	// alteredAt is the least closeness at which given words count as an altered
	// form of the source's. A quote with two words in five replaced is still
	// recognised by readers; below that chance matches begin.
	alteredAt = 0.6
	// pieceWords bounds the words that are aligned at once, so that the cost of a
	// very long text grows with its length and not with its square.
	pieceWords = 200
	// minAltered is the least number of words that can be told to be an altered
	// quote; shorter runs are exact or absent.
	minAltered = 4
)

// standing returns the passages that hold one of the runs in quotation marks
// word for word, each the smallest that does.
func (e *Engine) standing(runs []string, within *corpus.Source) []corpus.Passage {
	var out []corpus.Passage
	for _, run := range runs {
		if e.bare(run) {
			continue
		}
		for _, s := range e.streams(run, within) {
			if m := s.match([]string{run}); m.closeness == 1 {
				out = append(out, m.passages()...)
				break
			}
		}
	}
	return out
}

// stream is a source's text without furniture as a run of words.
type stream struct {
	source *corpus.Source
	plain  []string
	at     []words.Span
	// spoken: only words in quotation marks are in it.
	spoken bool
}

func newStream(s *corpus.Source) stream {
	out := stream{source: s}
	for _, p := range s.Paragraphs() {
		plain, at := rawWords(p.Text())
		out.plain = append(out.plain, plain...)
		for _, a := range at {
			out.at = append(out.at, words.Span{Start: a.Start + p.Start(), End: a.End + p.Start()})
		}
	}
	return out
}

// newSpoken is a source's direct quotations as one run of words: what somebody says before and
// after "said Hart" is one text to who quotes it.
func newSpoken(s *corpus.Source) stream {
	out := stream{source: s, spoken: true}
	for _, sp := range s.Speeches() {
		if sp.Form != attribution.Quotation && sp.Form != attribution.Partial {
			continue
		}
		plain, at := rawWords(sp.Words.Text())
		out.plain = append(out.plain, plain...)
		for _, a := range at {
			out.at = append(out.at, words.Span{Start: a.Start + sp.Words.Start(), End: a.End + sp.Words.Start()})
		}
	}
	return out
}

// rawWords returns the words of a text as they stand there but for case and the
// shape of quotation marks: a checked quote is not read with abbreviations
// written out.
func rawWords(text string) (plain []string, at []words.Span) {
	for _, t := range words.Tokens(text) {
		if n := len(at); n > 0 && at[n-1].Start == t.Start {
			continue
		}
		at = append(at, words.Span{Start: t.Start, End: t.End})
		plain = append(plain, strings.Trim(words.Fold(text[t.Start:t.End]), "'_."))
	}
	return plain, at
}

// match is where claimed words stand in a source.
type match struct {
	stream    *stream
	closeness float64
	given     int
	runs      [][2]int // of words in the stream, one a piece
	changes   []Change
}

// quotation says whether words that are put between quotation marks, or were pasted, stand
// in the corpus, and whether they are the words of whom they are put in the mouth of.
func (e *Engine) quotation(given []string, q question.Question, within *corpus.Source) Answer {
	best := e.closest(given, within)
	several := e.spokenAt(given, best, within)
	if len(several) > 0 {
		best = several[0]
	}
	for _, m := range several { // the place where the one who is named says so, if there is one
		if p, _ := m.credited(m.passages()[0]); e.claimant(e.sayerIn(q, p.Quote.Source()), p) == same {
			best = m
			break
		}
	}
	if !best.holds() {
		return Answer{Kind: Verdict, Finding: Absent, Confidence: 1 - best.closeness, Lead: "The article does not have these words."}
	}
	passages := best.passages()
	if len(passages) == 0 { // no passage is made of a heading
		return best.heading()
	}
	first, spoken := best.credited(passages[0])
	if !spoken {
		first, spoken = e.byAuthor(q, first)
	}
	if !spoken && e.bare(strings.Join(given, " ")) { // "did she say “a”?": every text has that
		return Answer{Kind: Verdict, Finding: Absent, Confidence: 0.5, Lead: "That is too little to look for. Give me more of the quote."}
	}
	if best.closeness < 1 {
		return Answer{Kind: Verdict, Finding: Altered, Confidence: best.closeness, Quotes: passages, Changes: best.changes,
			Lead: "Not quite: the words differ. " + credit(first)}
	}
	if c, ok := best.turned(); ok {
		return Answer{Kind: Verdict, Finding: Altered, Confidence: 1, Quotes: passages, Changes: []Change{c},
			Lead: "Not quite: what stands beside these words turns their meaning. " + credit(first)}
	}
	before, _ := best.beside(first)
	switch unsaid(before) {
	case deniedSaying:
		return Answer{Kind: Verdict, Finding: Contradicted, Confidence: 1, Quotes: passages, Lead: "The article says that this was not said:"}
	case supposedSaying:
		return Answer{Kind: Verdict, Finding: Absent, Confidence: 1, Nearest: passages, Lead: "The article has these words, and does not say that anybody said them."}
	}
	a := Answer{Kind: Verdict, Finding: Exact, Confidence: 1, Quotes: passages, Lead: "These words are in the article. " + credit(first)}
	if q.Kind == question.Who {
		return saidBy(a, first, best, several)
	}
	return e.putIn(a, e.sayerIn(q, first.Quote.Source()), given, best, first, spoken)
}

// putIn says of words that stand in the source, as an answer has them, whether they are those of whom they are put in the mouth
// of: first is who is credited with them, be it that these are spoken or told.
func (e *Engine) putIn(a Answer, who sayer, given []string, best match, first corpus.Passage, spoken bool) Answer {
	before, after := best.beside(first)
	switch is := e.claimant(who, first); {
	case is == nobody, is == same && (spoken || e.issues(who.names, first)): // an issuer's own text
	case first.Attribution == corpus.Article:
		if best.inMarks(best.paragraph()) {
			if a.Lead = creditsNobody; len(who.names) > 0 && !near(who.names, first) {
				a.Finding = Misattributed
			}
			return a
		}
		a.Finding, a.Lead = e.ownWords(who, best, first, a.Lead)
	case is != same && spoken && (a.Quotes[0].Spoken() || first.Speaker == attribution.TheAuthor) && !who.pronoun && e.reports(who, before, after, first):
		if best.inMarks(first.Quote) {
			a.Lead = "These words are in the article, between quotation marks, where somebody else says that they said so. " + credit(first)
			return a
		}
		a.Finding = Reported
		a.Lead = "Somebody else says there that they said so: it is no direct quote of theirs. " + credit(first)
	case is == another:
		if m, ok := e.reportedAt(given, best, who); ok {
			return Answer{Kind: Verdict, Finding: Reported, Confidence: 1, Quotes: m.passages(), Lead: "The article reports this in its own words; it is no direct quote:"}
		}
		a.Finding = Misattributed
		a.Lead = "The words are real, but not said by the one you name. " + credit(first)
	case !spoken: // a report, by somebody named or not
		a.Finding, a.Lead = Reported, credit(first)
		if last := e.lastSayer(before, first); len(who.names) > 0 && last >= 0 && !e.meansIn(who, first)(before, last) {
			a.Finding, a.Lead = Misattributed, "The words are real, but the article reports them of another:"
		}
	}
	return a
}

// creditsNobody is said of a quotation that the source credits to nobody.
const creditsNobody = "These words are in the article, between quotation marks; it does not say there whose they are:"

// heading says that the matched words are those of a heading.
func (m match) heading() Answer {
	a := Answer{Kind: Verdict, Finding: Exact, Confidence: m.closeness, Changes: m.changes, Lead: "These words are a heading of the article; it quotes nobody with them."}
	if m.closeness < 1 {
		a.Finding, a.Lead = Altered, "Not quite: the words differ from those of a heading of the article."
	}
	return a
}

// saidBy makes an answer that some words stand in the article one that tells who said them: the
// one credited first, the several who did, or nobody.
func saidBy(a Answer, first corpus.Passage, best match, several []match) Answer {
	switch {
	case first.Attribution == corpus.Article && best.inMarks(best.paragraph()):
		a.Finding, a.Lead = Absent, creditsNobody
	case first.Attribution == corpus.Article:
		a.Finding, a.Lead = Absent, credit(first)
	case len(several) > 1:
		a.Quotes, a.Lead = nil, "More than one said this:"
		for _, m := range several {
			a.Quotes = append(a.Quotes, m.passages()[0])
		}
	}
	return a
}

// byAuthor returns a passage that tells what somebody said in the author's words, in a text
// that its author writes in the first person, as the author's, where nobody else is asked
// about; and whether it is spoken now.
func (e *Engine) byAuthor(q question.Question, p corpus.Passage) (corpus.Passage, bool) {
	s := p.Quote.Source()
	if s.Author() == "" || p.Curated() || p.Speaker == "" {
		return p, false
	}
	own := p
	own.Speaker, own.Attribution, own.Unsure = s.Author(), corpus.Direct, false
	if s.Author() == attribution.TheAuthor {
		own.Attribution, own.Unsure = corpus.Others, true
	}
	who := e.sayerIn(q, s)
	if who.pronoun || who.isNobody() || e.claimant(who, own) == same {
		return own, true
	}
	return p, false
}

// spokenAt returns the places where somebody says words as they stand where best is one of
// them, one for each who does.
func (e *Engine) spokenAt(given []string, best match, within *corpus.Source) []match {
	var out []match
	var speakers []string
	for _, m := range e.placesOf(given, best, within) {
		if p, spoken := m.credited(m.passages()[0]); spoken && !slices.Contains(speakers, p.Speaker) {
			out, speakers = append(out, m), append(speakers, p.Speaker)
		}
	}
	return out
}

// reportedAt returns the place in the source of best where the article tells in these words
// what somebody said, false where there is none.
func (e *Engine) reportedAt(given []string, best match, who sayer) (match, bool) {
	for _, m := range e.placesOf(given, best, best.stream.source) {
		p := m.passages()[0]
		before, after := m.beside(p)
		if _, spoken := m.credited(p); !spoken && !p.Spoken() && e.reports(who, before, after, p) {
			return m, true
		}
	}
	return match{}, false
}

// placesOf returns the places where words stand as they are, if best is one of them; those of
// a heading aside.
func (e *Engine) placesOf(given []string, best match, within *corpus.Source) []match {
	if len(given) != 1 || best.closeness < 1 || best.given > pieceWords {
		return nil
	}
	wanted, _ := rawWords(given[0])
	var out []match
	places := 0
	for _, s := range e.streams(given[0], within) {
		for at := indexOf(wanted, s.plain, 0); at >= 0 && places < mostPlaces; at = indexOf(wanted, s.plain, at+len(wanted)) {
			places++
			m := match{stream: s, closeness: 1, given: len(wanted), runs: [][2]int{{at, at + len(wanted)}}}
			if len(m.passages()) > 0 {
				out = append(out, m)
			}
		}
	}
	return out
}

// mostPlaces bounds the places that are looked at for who says some words: what stands in more
// of them is a word that anybody says.
const mostPlaces = 50

// leftUnsaid is what a sentence makes of words that it does not say anybody said.
type leftUnsaid int

const (
	wasSaid        leftUnsaid = iota
	deniedSaying              // "did not say that", "denied having said"
	supposedSaying            // "if she says", "whether he had said"
)

// unsaid reports whether the words before a statement say that it was not made, or only what
// if it were.
func unsaid(before []words.Token) leftUnsaid {
	before = before[max(0, len(before)-unsaidWithin):]
	for i, t := range before {
		says := func(within int) bool {
			return slices.ContainsFunc(before[i+1:min(len(before), i+1+within)], func(t words.Token) bool { return question.In("say", t.Word) })
		}
		switch t.Word {
		case "denied", "denies", "deny", "denying":
			return deniedSaying
		case "not", "never":
			if says(2) {
				return deniedSaying
			}
		case "if", "unless", "whether":
			if says(6) {
				return supposedSaying
			}
		}
	}
	return wasSaid
}

// turned returns what stands beside the matched words, turns their meaning and was left out: a negation right before them
// ("no lead was found") or between two pieces of them, or an exception right behind them ("open daily except on Mondays").
func (m match) turned() (Change, bool) {
	if m.given < leastTurned {
		return Change{}, false
	}
	text := m.stream.source.Text()
	for i, run := range m.runs {
		start, end := m.stream.at[run[0]].Start, m.stream.at[run[1]-1].End
		from := max(0, start-besideWithin)
		if i > 0 {
			from = m.stream.at[m.runs[i-1][1]-1].End
		}
		if start-from > besideWithin || start < from {
			continue // pieces of different places
		}
		from += strings.LastIndexAny(text[from:start], clauseEnds) + 1
		tokens := words.Tokens(text[from:start])
		for k := len(tokens) - 1; k >= 0; k-- {
			plain := plainWords(tokens[k : k+1])
			if slices.ContainsFunc(plain, func(w string) bool { return question.In("turns", w) }) {
				return Change{Source: text[from+tokens[k].Start : from+tokens[len(tokens)-1].End]}, true
			}
			if i == 0 && !slices.ContainsFunc(plain, func(w string) bool { return question.In("reached", w) }) {
				break
			}
		}
		if i < len(m.runs)-1 {
			continue
		}
		after := strings.TrimLeft(text[end:min(len(text), end+besideWithin)], " ,")
		if tokens := words.Tokens(after); len(tokens) > 0 && tokens[0].Start == 0 && question.In("exception", tokens[0].Word) {
			return Change{Source: after[:tokens[0].End]}, true
		}
	}
	return Change{}, false
}

const (
	// leastTurned is how many words are no mere name or thing that a negation before them leaves as it is.
	leastTurned = 3
	// besideWithin is how many bytes beside them, or between two pieces, are looked at.
	besideWithin = 80
	// clauseEnds are the characters that a negation does not reach over.
	clauseEnds = ".!?;:,()“”\"\n"
)

// unsaidWithin bounds the words between a denial and what was not said.
const unsaidWithin = 8

// credited returns a passage with whom the source credits with the matched words, who may
// have said only them and not all of the passage, and whether they are spoken words.
func (m match) credited(p corpus.Passage) (corpus.Passage, bool) {
	if p.Curated() {
		return p, p.Spoken()
	}
	start, end := m.stream.at[m.runs[0][0]].Start, m.stream.at[m.runs[0][1]-1].End
	if q, ok := p.Quote.Source().QuotedIn(start, end); ok {
		p.Speaker, p.Unsure, p.Attribution, p.Words = q.Speaker, false, corpus.Reported, []corpus.Quote{q.Words}
		return p, true
	}
	for _, s := range p.Quote.Source().SpeechesIn(start, end) {
		if s.Spoken() && s.Words.Start() <= start && (end <= s.Words.End() || s.Form == attribution.Authored || m.stream.spoken) {
			p.Speaker, p.Unsure, p.Attribution = s.Speaker, s.Unsure, corpus.Direct
			if s.Unsure || s.Attribution == corpus.Others {
				p.Attribution = corpus.Others
			}
			return p, true
		}
	}
	return p, p.Attribution == corpus.Direct
}

// inMarks reports whether the first of the matched runs stands between quotation marks within a
// run of the source, its paragraph or a passage.
func (m match) inMarks(within corpus.Quote) bool {
	at := m.stream.at[m.runs[0][0]].Start - within.Start()
	text := within.Text()
	if at < 0 || at >= len(text) {
		return false
	}
	before := text[:at]
	straight := strings.Count(before, `"`)
	if i := strings.IndexByte(before, '"'); i > 0 && !strings.ContainsRune(" ([-—", rune(before[i-1])) {
		straight-- // it closes a quotation that begins before
	}
	return strings.LastIndex(before, "“") > strings.LastIndex(before, "”") || straight%2 == 1
}

// paragraph returns the paragraph that the first of the matched runs begins in.
func (m match) paragraph() corpus.Quote {
	start := m.stream.at[m.runs[0][0]].Start
	all := m.stream.source.Paragraphs()
	i := slices.IndexFunc(all, func(p corpus.Quote) bool { return p.Start() <= start && start < p.End() })
	return all[i]
}

// beside returns the words of a passage that stand before and after the matched ones.
func (m match) beside(p corpus.Passage) (before, after []words.Token) {
	start, end := m.stream.at[m.runs[0][0]].Start-p.Quote.Start(), m.stream.at[m.runs[0][1]-1].End-p.Quote.Start()
	for _, t := range words.Tokens(p.Quote.Text()) {
		switch {
		case t.Start < start:
			before = append(before, t)
		case t.End > end:
			after = append(after, t)
		}
	}
	return before, after
}

// ownWords says what it is to put the article's own words in the mouth of somebody: its
// report of what they said, its author's or issuer's own, or misattributed.
func (e *Engine) ownWords(who sayer, m match, p corpus.Passage, lead string) (Finding, string) {
	s := p.Quote.Source()
	before, after := m.beside(p)
	switch {
	case who.pronoun && e.speaksItself(s), e.issues(who.names, p), isSignedBy(who.described, s), e.speaksFor(who.names, s):
		return Exact, lead
	case e.reports(who, before, after, p):
		return Reported, "The article reports this in its own words; it is no direct quote:"
	case e.mayBeOurs(who, p):
		return Exact, lead
	}
	return Misattributed, "The words are real, but not a quote of the one you name. " + credit(p)
}

// reports reports whether a sentence tells that somebody said or thought some words of it, by
// what stands before and after them: a verb or noun of saying behind the one who says it, or
// right before, and what follows the words soon after them.
func (e *Engine) reports(who sayer, before, after []words.Token, p corpus.Passage) bool {
	is := e.meansIn(who, p)
	last := e.lastSayer(before, p)
	for i := range before {
		by := hasWord(before[max(0, i-3):i], "by") && (who.isNobody() || tellsSaying(before[:i]))
		if is(before, i) && (i >= last || len(who.names) == 0 || is(before, last)) && (by || tellsSaying(before[max(0, i-3):]) || hasWord(before[max(0, i-accordingTo):i], "according")) {
			return true
		}
	}
	after = after[:min(len(after), saidAfter)]
	for i := range after {
		near := after[max(0, i-3):]
		if is(after, i) && (hasWord(near, "by") || tellsSaying(near) || hasWord(after[max(0, i-accordingTo):i], "according")) {
			return true
		}
	}
	return false
}

// tellsSaying reports whether some words tell that something was said or thought, and not that it would be: "as Hart would agree".
func tellsSaying(list []words.Token) bool {
	for i, t := range list {
		if i > 0 && question.In("modal", list[i-1].Word) {
			continue
		}
		if attribution.Says(t.Word) || question.In("tells", t.Word) || question.In("words", t.Word) {
			return true
		}
	}
	return false
}

// lastSayer returns which of the words before some others is the last name of a speaker of whom they tell that something was said,
// -1 for none.
func (e *Engine) lastSayer(before []words.Token, p corpus.Passage) int {
	for i := len(before) - 1; i >= 0; i-- {
		if e.isSpeaker(before[i].Word, p.Quote.Source()) && tellsSaying(before[i+1:min(len(before), i+1+saidWithin)]) {
			return i
		}
	}
	return -1
}

// saidWithin bounds the words between a name and the verb that it says something with.
const saidWithin = 3

// meansIn returns what tells whether the i-th of the words of a passage may stand for somebody: a
// part of the name, a role that the source gives them, or a pronoun where they are named shortly
// before, in a transcript by the same speaker.
func (e *Engine) meansIn(who sayer, p corpus.Passage) func(list []words.Token, i int) bool {
	s := p.Quote.Source()
	names := who.names
	if len(names) == 0 {
		names = who.described
	}
	if full, ok := s.Who(strings.Join(who.names, " ")); ok { // "Albert", and the sentence has Einstein
		names = slices.Concat(names, plainWords(words.Tokens(full)))
	}
	names = slices.DeleteFunc(slices.Clone(names), func(n string) bool { return question.In("preposition", n) || question.In("article", n) })
	from := max(0, p.Quote.Start()-nearBefore)
	for _, turn := range s.SpeechesIn(p.Quote.Start(), p.Quote.End()) {
		if turn.Form == attribution.Turn {
			from = max(from, turn.Quote.Start())
		}
	}
	earlier := words.Tokens(s.Text()[min(from, p.Quote.Start()):p.Quote.Start()])
	named := slices.ContainsFunc(earlier, func(t words.Token) bool { return slices.Contains(names, t.Word) })
	several := len(names) > 0 && strings.HasSuffix(names[len(names)-1], "s")
	return func(list []words.Token, i int) bool {
		t := list[i]
		if who.isNobody() {
			return true
		}
		switch t.Word {
		case "he", "she":
			return who.pronoun || named
		case "his", "hers", "her": // "her lawyer" is somebody else
			return (who.pronoun || named) && !(i+1 < len(list) && isRole(list[i+1]))
		case "him":
			return (who.pronoun || named) && i > 0 && (list[i-1].Word == "by" || list[i-1].Word == "to")
		case "they", "them":
			return named && several
		}
		if slices.ContainsFunc(strings.Split(t.Word, "-"), func(part string) bool { return slices.Contains(names, part) }) { // "Rashid-al-Din"
			return true
		}
		return i > 0 && list[i-1].Word == "the" && isRole(t) && isRoleOf("the "+t.Word, who.names, s)
	}
}

func hasWord(list []words.Token, word string) bool {
	return slices.ContainsFunc(list, func(t words.Token) bool { return t.Word == word })
}

// accordingTo bounds the words from "according" to the name: "to the works of the historian".
const accordingTo = 10

// saidAfter is within how many words behind what was said the one who said it stands.
const saidAfter = 8

// nearBefore is how many bytes before a sentence a pronoun of it may stand for somebody.
const nearBefore = 400

// closest returns where given words stand in the corpus, or what comes closest.
func (e *Engine) closest(given []string, within *corpus.Source) match {
	var best match
	for _, s := range e.streams(strings.Join(given, " "), within) {
		if m := s.match(given); m.closeness > best.closeness {
			best = m
		}
	}
	if best.closeness > 0 && best.closeness < 1 {
		spoken := newSpoken(best.stream.source)
		if m := spoken.match(given); m.closeness > best.closeness {
			best = m
		}
	}
	return best
}

// holds reports whether the source has the words, be it in another form.
func (m match) holds() bool {
	return m.given > 0 && m.closeness >= alteredAt && (m.closeness == 1 || m.given >= minAltered)
}

// differing is how many of the given words differ from the source's.
func (m match) differing() int { return int(math.Round((1 - m.closeness) * float64(m.given))) }

// states reports whether the words are more than a heading or a question that somebody asks
// in the source, which do not answer the same question.
func (m match) states() bool {
	if len(m.runs) == 0 {
		return false
	}
	passages := m.passages()
	return len(passages) > 0 && !strings.HasSuffix(strings.TrimRight(passages[0].Quote.Text(), "”\"’' "), "?")
}

// contradicts reports whether the passage that has a statement's words contradicts it. Where
// it has them as they are, only what stands beside them can: "I do not think that …".
func (m match) contradicts(statement string, p corpus.Passage) bool {
	if m.closeness == 1 {
		before, after := m.beside(p)
		return denies(plainWords(slices.Concat(before, after)))
	}
	return contrary(statement, p.Quote.Text())
}

// isHeading reports whether the words are those of a title or heading, which a question
// may well repeat.
func (m match) isHeading() bool {
	if len(m.runs) == 0 {
		return false
	}
	last := m.runs[len(m.runs)-1]
	start, end := m.stream.at[last[0]].Start, m.stream.at[last[1]-1].End
	for i, p := range m.stream.source.Paragraphs() {
		if p.Start() <= start && start < p.End() {
			return i == 0 && end <= p.End() && reader.IsHeading(p.Text())
		}
	}
	return false
}

// match aligns the pieces of a claim one after the other.
func (s *stream) match(pieces []string) match {
	m := match{stream: s}
	distance, from := 0, 0
	var exact [][]string // of each run, its words if they stand there as they are
	for _, piece := range pieces {
		given, at := rawWords(piece)
		for len(given) > 0 {
			n := min(len(given), pieceWords)
			a := align(given[:n], s.plain[from:])
			m.given += n
			distance += a.Distance
			if a.Start < a.End {
				m.runs = append(m.runs, [2]int{from + a.Start, from + a.End})
				exact = append(exact, nil)
				if a.Distance == 0 {
					exact[len(exact)-1] = given[:n]
				}
			}
			m.changes = append(m.changes, s.changes(a, from, piece, at)...)
			if a.Distance == 0 {
				from += a.End // an exact piece fixes where the next one may stand
			}
			given, at = given[n:], at[n:]
		}
	}
	// Pieces stand near to each other: of several places the last before the next piece.
	for i := len(m.runs) - 2; i >= 0; i-- {
		for at := m.runs[i+1][0] - len(exact[i]); len(exact[i]) > 0 && at > m.runs[i][0]; at-- {
			if slices.Equal(s.plain[at:at+len(exact[i])], exact[i]) {
				m.runs[i] = [2]int{at, at + len(exact[i])}
			}
		}
	}
	if m.given > 0 && len(m.runs) > 0 {
		m.closeness = max(0, 1-float64(distance)/float64(m.given))
	}
	return m
}

// align finds given words in a text: where they stand as they are, which is quick to see,
// else the run that is closest.
func align(given, text []string) words.Alignment {
	if i := indexOf(given, text, 0); i >= 0 {
		return words.Alignment{Start: i, End: i + len(given)}
	}
	a := words.Align(given, text)
	return leftOutFirst(a, given, text)
}

// leftOutFirst returns an alignment whose first given word, which is told as replaced, stands shortly before: what is between them was
// left out ("I joke" of "I do not joke").
func leftOutFirst(a words.Alignment, given, text []string) words.Alignment {
	if len(a.Edits) == 0 || a.Edits[0].Same || a.Edits[0].Given != 0 || a.Edits[0].Text != a.Start {
		return a
	}
	for at := a.Start - 1; at >= max(0, a.Start-mostLeftOut); at-- {
		if text[at] != given[0] {
			continue
		}
		edits := []words.Edit{{Given: 0, Text: at, Same: true}}
		for t := at + 1; t <= a.Start; t++ {
			edits = append(edits, words.Edit{Given: -1, Text: t})
		}
		a.Edits, a.Start = append(edits, a.Edits[1:]...), at
		return a
	}
	return a
}

// mostLeftOut is how many words may be left out behind the first.
const mostLeftOut = 3

// indexOf returns where given words stand in a text as they are, at from or behind it; -1 where
// they do not.
func indexOf(given, text []string, from int) int {
	for i := from; i+len(given) <= len(text); i++ {
		if text[i] == given[0] && slices.Equal(text[i:i+len(given)], given) {
			return i
		}
	}
	return -1
}

// changes joins neighbouring edits of an alignment into runs, as both sides wrote them.
func (s *stream) changes(a words.Alignment, from int, piece string, at []words.Span) []Change {
	var out []Change
	for i := 0; i < len(a.Edits); {
		if a.Edits[i].Same {
			i++
			continue
		}
		first := i
		g, t := words.Span{Start: -1}, words.Span{Start: -1}
		for ; i < len(a.Edits) && !a.Edits[i].Same; i++ {
			if n := a.Edits[i].Given; n >= 0 {
				g = joinedWith(g, at[n])
			}
			if n := a.Edits[i].Text; n >= 0 {
				t = joinedWith(t, s.at[from+n])
			}
		}
		var c Change
		if g.Start >= 0 {
			c.Given = piece[g.Start:g.End]
		}
		added := g.Start >= 0 && i == len(a.Edits) && first > 0
		if t.Start >= 0 && !(added && s.ends(from+a.Edits[first-1].Text, t.Start)) {
			c.Source = s.source.Text()[t.Start:t.End]
		}
		out = append(out, c)
	}
	return out
}

// joinedWith returns a span, none if it begins at -1, up to the end of the next.
func joinedWith(s, next words.Span) words.Span {
	if s.Start < 0 {
		return next
	}
	return words.Span{Start: s.Start, End: next.End}
}

// ends reports whether a sentence or a quotation ends behind a word and before an offset: what follows there is no other form of
// what was added.
func (s *stream) ends(word, offset int) bool {
	return strings.ContainsAny(s.source.Text()[s.at[word].End:offset], ".!?;:”\"»")
}

// passages returns the passages that hold the matched runs, each the smallest
// that holds the most of what is left.
func (m match) passages() []corpus.Passage {
	var out []corpus.Passage
	all := m.stream.source.Passages()
	for _, run := range m.runs {
		start, end := m.stream.at[run[0]].Start, m.stream.at[run[1]-1].End
		for start < end {
			best, reach := holding(all, start, end)
			if best >= 0 && !slices.ContainsFunc(out, func(p corpus.Passage) bool { return p.ID == all[best].ID }) {
				out = append(out, all[best])
			}
			if best < 0 {
				reach++
			}
			// Between passages stand the words that name a speaker: go on behind them.
			next := sort.Search(len(m.stream.at), func(i int) bool { return m.stream.at[i].Start >= reach })
			if next == len(m.stream.at) {
				break
			}
			start = m.stream.at[next].Start
		}
	}
	return out
}

// holding returns the passage that holds the most of a run of bytes from its start on, the
// smallest of several, and how far it does; -1 and the start where none does.
func holding(all []corpus.Passage, start, end int) (best, reach int) {
	best, reach = -1, start
	for i, p := range all {
		if p.Quote.Start() > start || p.Quote.End() <= start {
			continue
		}
		covers := min(p.Quote.End(), end)
		if covers > reach || covers == reach && best >= 0 && size(p) < size(all[best]) {
			best, reach = i, covers
		}
	}
	return best, reach
}

func size(p corpus.Passage) int { return p.Quote.End() - p.Quote.Start() }

// Check says whether words stand in a source, and who is credited with them.
// The question's text may be a bare quote, or name who is claimed to have said it (“…,” he
// said; — Name). The answer is a Verdict.
func (e *Engine) Check(q Question) Answer {
	r := &reading{asTyped: q.Text}
	e.narrow(r, Question{Text: q.Text, Source: q.Source})
	if r.unknown != nil {
		return e.answer(r)
	}
	read := question.Read(r.asTyped)
	a, ok := e.checked(read, r.within)
	if !ok {
		a = e.quotation(pieces(r.asTyped), read, r.within)
	}
	if declines(a) && len(a.Nearest) == 0 {
		a.Nearest = e.nearest(r.asTyped, r.within)
	}
	return e.finish(a, Question{}, nil)
}

// checked answers a question that holds words up against the corpus; false where its words
// are not between quotation marks and may mean their content.
func (e *Engine) checked(q question.Question, within *corpus.Source) (Answer, bool) {
	if a, ok := e.pastedWithMarks(q, within); ok {
		return a, true
	}
	if len(q.Quoted) > 0 {
		if !q.ChecksQuotation() {
			return Answer{}, false
		}
		var given []string
		for _, run := range e.inTextOrder(q.Quoted, within) {
			given = append(given, pieces(run)...)
		}
		return e.quotation(given, q, within), true
	}
	if a, ok := e.saidInItsWords(q, within); ok {
		return a, true
	}
	if text, around, ok := e.pasted(q, within); ok {
		return e.quotation(pieces(text), around, within), true
	}
	return Answer{}, false
}

// inTextOrder returns quotations in the order in which they stand in the source that has them all
// as they are, without those that stand within another; as they are given where none does.
func (e *Engine) inTextOrder(runs []string, within *corpus.Source) []string {
	if len(runs) < 2 {
		return runs
	}
	var given []string
	for _, run := range runs {
		given = append(given, pieces(run)...)
	}
	for _, s := range e.streams(strings.Join(runs, " "), within) {
		if s.match(given).closeness == 1 {
			return runs
		}
		at := map[string][2]int{}
		for _, run := range runs {
			if m := s.match(pieces(run)); m.closeness == 1 {
				at[run] = [2]int{m.runs[0][0], m.runs[len(m.runs)-1][1]}
			}
		}
		if slices.ContainsFunc(runs, func(run string) bool { return at[run] == [2]int{} }) {
			continue
		}
		out := slices.SortedStableFunc(slices.Values(runs), func(a, b string) int {
			return cmp.Or(at[a][0]-at[b][0], at[b][1]-at[a][1])
		})
		end := 0
		return slices.DeleteFunc(out, func(run string) bool {
			held := at[run][1] <= end
			end = max(end, at[run][1])
			return held
		})
	}
	return runs
}

// pasted returns which reading of a text without quotation marks as words of the source and
// something said about them leaves the most words alike and the fewest different, and the
// question around it; false where none comes close.
func (e *Engine) pasted(q question.Question, within *corpus.Source) (text string, around question.Question, ok bool) {
	most := 0
	for _, t := range q.Pasted {
		before, _, _ := strings.Cut(q.Text, t)
		m, a, labelled := e.closest(pieces(t), within), q.Around(t), question.Labels(before)
		if m.given < minAltered || m.isHeading() || m.closeness < leastOf(q, t, labelled && len(a.Sayers) > 0) {
			continue
		}
		who := e.sayerIn(a, m.stream.source)
		named := !who.isNobody()
		if labelled && !named && !strings.HasSuffix(strings.TrimSpace(before), ":") {
			continue // a dash within the words
		}
		// A question that stands in the source asks the same, but not behind somebody's name.
		if !m.states() && !(m.closeness == 1 && len(a.Sayers) > 0 && a.Rest != "") {
			continue
		}
		alike := m.given - 2*m.differing()
		if named { // in a transcript the next turn may begin with that name, and a mark stands beside it
			alike += min(len(strings.Fields(a.Rest)), longestOf(a.Sayers, who.names)+1)
		}
		if alike > most {
			text, around, most = t, a, alike
		}
	}
	return text, around, most > 0
}

// longestOf is how many words the longest way has in which somebody is named.
func longestOf(sayers, names []string) int {
	n := len(names)
	for _, typed := range sayers {
		n = max(n, len(strings.Fields(typed)))
	}
	return n
}

// saidInItsWords answers whether somebody says what stands in the source in these words; false
// where it does not.
func (e *Engine) saidInItsWords(q question.Question, within *corpus.Source) (Answer, bool) {
	if q.Said == "" {
		return Answer{}, false
	}
	m := e.closest(pieces(q.Said), within)
	exact := m.closeness == 1 && (m.states() || m.given >= minAltered)
	if !exact && !(m.states() && m.holds() && m.closeness >= surelyMeant) {
		return Answer{}, false
	}
	quotes := m.passages()
	if len(quotes) == 0 {
		return Answer{}, false
	}
	return e.settle(q, Answer{Confidence: m.closeness, Quotes: quotes}, m.contradicts(q.Text, quotes[0])), true
}

// leastOf is the least closeness at which a text is taken for words of the source: "will Hart
// sell the boat" is no line of the article, nearly, nor is "and below the black mark?". What
// stands behind a speaker's label is meant to be.
func leastOf(q question.Question, text string, labelled bool) float64 {
	n := len(strings.Fields(text))
	switch {
	case labelled && n >= shortQuestion:
		return labelledMeant
	case q.YesOrNo, strings.HasSuffix(strings.TrimSpace(text), "?") && n < shortQuestion:
		return 1
	}
	return surelyMeant
}

// labelledMeant is the least closeness at which words behind a speaker's label are taken for
// words of the source. Not tuned.
const labelledMeant = 0.7

// shortQuestion is how many words a question has at least that may be a line of the source in
// another form.
const shortQuestion = 8

// pastedWithMarks answers a question that is a sentence of the source, or has one, with
// quotation marks in it: what stands around the marks is the source's, too.
func (e *Engine) pastedWithMarks(q question.Question, within *corpus.Source) (Answer, bool) {
	if len(q.Quoted) == 0 || len(strings.Fields(q.Rest)) <= 5 || len(q.Text) >= maxKept {
		return Answer{}, false
	}
	for _, text := range question.Pasted(q.Text) {
		given := pieces(text)
		around := q.Around(text)
		own := len(strings.Fields(q.Rest)) - len(strings.Fields(around.Rest))
		m := e.closest(given, within)
		if m.closeness < 1 && own <= longLead && e.closest(q.Quoted, within).closeness == 1 {
			continue // "Hart said …, am I right?"
		}
		if m.closeness >= nearlyWhole && !m.isHeading() && 2*m.differing() < own {
			return e.quotation(given, around, within), true
		}
	}
	return Answer{}, false
}

// longLead is how many words around quoted ones may be no more than a question about them.
const longLead = 6

// nearlyWhole is the least closeness at which a text with quotation marks in it is taken for
// one that was pasted from the source. Not tuned.
const nearlyWhole = 0.9

var elided = regexp.MustCompile(`\s*(?:\[\s*)?(?:…|\.\.\.+)(?:\s*\])?\s*`)

// pieces cuts claimed words where something is left out of them.
func pieces(text string) []string {
	var out []string
	for _, p := range elided.Split(text, -1) {
		if strings.TrimSpace(p) != "" {
			out = append(out, p)
		}
	}
	return out
}
