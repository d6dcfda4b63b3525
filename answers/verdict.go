package answers

import (
	"regexp"
	"slices"
	"sort"
	"strings"
	"unicode"

	"verbatim/corpus"
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

// claim is a statement that somebody said some words.
type claim struct {
	// pieces are the runs of words that are claimed, in order.
	pieces []string
	// speaker is who is claimed to have said them as the person named them, or empty.
	speaker string
	// article: the claim is that the source has the words, whoever said them.
	article bool
	// doubtful: the words might not be meant as a quote; without a match the
	// question is to be read in another way.
	doubtful bool
}

// standing returns the passages that hold one of the runs in quotation marks
// word for word, each the smallest that does.
func (e *Engine) standing(runs []string) []corpus.Passage {
	var out []corpus.Passage
	for _, run := range runs {
		if e.bare(run) {
			continue
		}
		for _, s := range e.streams(run) {
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

// check says whether claimed words stand in the corpus.
func (e *Engine) check(c claim) Answer {
	var best match
	for _, s := range e.streams(strings.Join(c.pieces, " ")) {
		if m := s.match(c.pieces); m.closeness > best.closeness {
			best = m
		}
	}
	switch {
	case best.given == 0 || best.closeness < alteredAt || best.closeness < 1 && best.given < minAltered:
		return Answer{Kind: Verdict, Finding: Absent, Confidence: 1 - best.closeness,
			Lead: "The article does not have these words."}
	case best.closeness < 1:
		passages := best.passages()
		return Answer{Kind: Verdict, Finding: Altered, Confidence: best.closeness, Quotes: passages, Changes: best.changes,
			Lead: "Not quite: the words differ. " + credit(passages[0])}
	}
	passages := best.passages()
	a := Answer{Kind: Verdict, Finding: Exact, Confidence: 1, Quotes: passages, Lead: "These words are in the article. " + credit(passages[0])}
	if !c.article && c.speaker != "" && !e.credited(c.speaker, passages[0]) {
		a.Finding = Misattributed
		a.Lead = "The words are real, but not said by the one you name. " + credit(passages[0])
	}
	return a
}

// credit says who is credited with a passage.
func credit(p corpus.Passage) string {
	switch p.Attribution {
	case corpus.Direct:
		return p.Speaker + " said, word for word:"
	case corpus.Reported:
		return "This is the article’s report of what " + p.Speaker + " said, not a direct quote:"
	case corpus.Others:
		return "The article credits " + p.Speaker + ":"
	}
	return "These are the article’s own words, not a quote of anybody:"
}

// match aligns the pieces of a claim one after the other.
func (s *stream) match(pieces []string) match {
	m := match{stream: s}
	distance, from := 0, 0
	for _, piece := range pieces {
		given, at := rawWords(piece)
		for len(given) > 0 {
			n := min(len(given), pieceWords)
			a := words.Align(given[:n], s.plain[from:])
			m.given += n
			distance += a.Distance
			if a.Start < a.End {
				m.runs = append(m.runs, [2]int{from + a.Start, from + a.End})
			}
			m.changes = append(m.changes, s.changes(a, from, piece, at)...)
			if a.Distance == 0 {
				from += a.End // an exact piece fixes where the next one may stand
			}
			given, at = given[n:], at[n:]
		}
	}
	if m.given > 0 && len(m.runs) > 0 {
		m.closeness = max(0, 1-float64(distance)/float64(m.given))
	}
	return m
}

// changes joins neighbouring edits of an alignment into runs, as both sides wrote them.
func (s *stream) changes(a words.Alignment, from int, piece string, at []words.Span) []Change {
	var out []Change
	for i := 0; i < len(a.Edits); {
		if a.Edits[i].Same {
			i++
			continue
		}
		g0, g1, t0, t1 := -1, -1, -1, -1
		for ; i < len(a.Edits) && !a.Edits[i].Same; i++ {
			if g := a.Edits[i].Given; g >= 0 {
				if g0 < 0 {
					g0 = at[g].Start
				}
				g1 = at[g].End
			}
			if t := a.Edits[i].Text; t >= 0 {
				if t0 < 0 {
					t0 = s.at[from+t].Start
				}
				t1 = s.at[from+t].End
			}
		}
		var c Change
		if g0 >= 0 {
			c.Given = piece[g0:g1]
		}
		if t0 >= 0 {
			c.Source = s.source.Text()[t0:t1]
		}
		out = append(out, c)
	}
	return out
}

// passages returns the passages that hold the matched runs, each the smallest
// that holds the most of what is left.
func (m match) passages() []corpus.Passage {
	var out []corpus.Passage
	for _, run := range m.runs {
		start, end := m.stream.at[run[0]].Start, m.stream.at[run[1]-1].End
		for start < end {
			best, reach := -1, start
			all := m.stream.source.Passages()
			for i, p := range all {
				if p.Quote.Start() > start || p.Quote.End() <= start {
					continue
				}
				covers := min(p.Quote.End(), end)
				if covers > reach || covers == reach && best >= 0 && size(p) < size(all[best]) {
					best, reach = i, covers
				}
			}
			if best >= 0 {
				if !slices.ContainsFunc(out, func(p corpus.Passage) bool { return p.ID == all[best].ID }) {
					out = append(out, all[best])
				}
				start = reach
			}
			// Between passages stand the words that name a speaker: go on behind them.
			next := sort.Search(len(m.stream.at), func(i int) bool { return m.stream.at[i].Start >= start })
			if best < 0 {
				next = sort.Search(len(m.stream.at), func(i int) bool { return m.stream.at[i].Start > start })
			}
			if next == len(m.stream.at) {
				break
			}
			start = m.stream.at[next].Start
		}
	}
	return out
}

func size(p corpus.Passage) int { return p.Quote.End() - p.Quote.Start() }

// credited reports whether a passage is the words of somebody, named in any way
// that the corpus knows.
func (e *Engine) credited(name string, p corpus.Passage) bool {
	if p.Speaker == "" {
		return false
	}
	folded := words.Fold(name)
	if pronouns[folded] {
		return true
	}
	speaker := words.Fold(p.Speaker)
	for w := range strings.FieldsSeq(folded) {
		if len(w) > 2 && slices.Contains(strings.Fields(speaker), strings.TrimSuffix(w, "'s")) {
			return true
		}
	}
	return len(common(e.vocabulary.subjects(words.Tokens(name)), e.vocabulary.subjects(words.Tokens(p.Speaker)))) > 0
}

var pronouns = map[string]bool{"he": true, "she": true, "they": true, "him": true, "her": true, "them": true, "someone": true, "somebody": true, "anyone": true, "anybody": true}

// Check says whether words stand in a source, and who is credited with them.
// The text may be a bare quote, or name who is claimed to have said it (“…,” he
// said; — Name). The answer is a Verdict.
func (e *Engine) Check(text string) Answer {
	c, ok := claimOf(text)
	if !ok {
		c = claim{pieces: pieces(text)}
	}
	a := e.check(c)
	if a.Finding == Absent {
		a.Nearest = e.nearest(text)
	}
	return e.finish(a, Question{}, nil)
}

var (
	quotedRuns = regexp.MustCompile(`“([^”]+)”?|"([^"]+)"?|«([^»]+)»|„([^“”]+)[“”]|(?:^|[\s(:])'([^']+(?:'[a-z][^']*)*)'(?:[\s,.:;?!)]|$)|(?:^|[\s(:])‘([^’]+(?:’[a-z][^’]*)*)’(?:[\s,.:;?!)]|$)`)
	elided     = regexp.MustCompile(`\s*(?:\[\s*)?(?:…|\.\.\.+)(?:\s*\])?\s*`)
	// asked before the words, and after them
	didSay  = regexp.MustCompile(`(?i)^\W*(?:so |and |but |hey,? |wait,? )*(?:did|does|has|had|would)\s+(.{1,60}?)\s+(?:really |ever |actually |literally |just |once |in fact )*(?:say|said|says|state|stated|claim|claimed|tell|told|call|called|use|used|write|written|argue|argued|mention|mentioned|contain|have)\b\s*(?:us |people |everyone |anyone )?(?:that |the words? |the phrase |it |this )*[:,]?\s*(.*)$`)
	whoSaid = regexp.MustCompile(`(?i)\b(?:who|whos|who's|who’s|whose)\b[^“"'‘:]{0,40}\b(?:said|says|say|called|calls|words?|quote|wrote|claimed|argued|stated|phrase|coined|used|from|is)\b[^“"'‘]{0,30}`)
	isRight = regexp.MustCompile(`(?i)\b(?:quote|quotation|wording|correct|accurate|accurately|exact|exactly|verbatim|real|genuine|legit|fake|check|verify|misquote|misquoted|true|confirm|attributed|right)\b`)
	// ends what stands before a colon and a quote without quotation marks
	quoteNext  = regexp.MustCompile(`(?i)\b(?:quote|quotation|wording|misquote|said|say|words|sentence|statement)\b[^:]{0,25}$`)
	heSaid     = regexp.MustCompile(`(?i)^\W*(?:so |and )?((?:he|she|they|zuck\w*|mark|[A-Z]\w+(?:\s[A-Z]\w+){0,2}))\s+(?:said|says|claimed|claims|stated|told \w+|argued|wrote)\b\s*(?:that )?[:,]?\s*(.*?)(?:,?\s*(?:right|correct|true|is that right|is that true|yes|no|did he not|didn't he|y/n)\s*)?\?*\s*$`)
	saidBy     = regexp.MustCompile(`(?i)^\W*(?:said|says|by|according to|[-–—~])\s*((?:\p{Lu}[\p{L}.’'-]*\s*){1,4})|^\W*((?:\p{Lu}[\p{L}.’'-]*\s*){1,4}|he|she|they)\s+(?:said|says|told|claimed|stated|wrote|argued)\b`)
	articleHas = regexp.MustCompile(`(?i)\b(?:article|piece|text|story|report|it|page)\b`)
)

// claimOf reads a question as a claim that somebody said some words; false
// where it is none.
func claimOf(text string) (claim, bool) {
	quoted := quotedIn(text)
	if len(quoted.runs) == 0 {
		return unquotedClaim(text)
	}
	rest := strings.TrimSpace(quoted.rest)
	n := 0
	for _, r := range quoted.runs {
		n += len(strings.Fields(r))
	}
	c := claim{doubtful: n < 3}
	for _, r := range quoted.runs {
		c.pieces = append(c.pieces, pieces(r)...)
	}
	if m := didSay.FindStringSubmatch(rest); m != nil {
		c.speaker = m[1]
		c.article = articleHas.MatchString(m[1])
		return c, true
	}
	if whoSaid.MatchString(rest) {
		return c, true
	}
	if m := saidBy.FindStringSubmatch(rest); m != nil {
		c.speaker = strings.TrimSpace(m[1] + m[2])
		return c, true
	}
	if left := len(strings.FieldsFunc(rest, func(r rune) bool { return !unicode.IsLetter(r) })); left == 0 {
		c.doubtful = false
		return c, true
	} else if isRight.MatchString(rest) && left <= 14 {
		return c, true
	}
	return claim{}, false
}

// unquotedClaim reads "did he say that …" and "who said …" without quotation
// marks. Unless the words are found, such a question means its content.
func unquotedClaim(text string) (claim, bool) {
	if m := didSay.FindStringSubmatch(text); m != nil && long(m[2]) {
		return claim{pieces: pieces(m[2]), speaker: m[1], article: articleHas.MatchString(m[1]), doubtful: true}, true
	}
	if m := heSaid.FindStringSubmatch(text); m != nil && long(m[2]) {
		return claim{pieces: pieces(m[2]), speaker: m[1], doubtful: true}, true
	}
	if at := whoSaid.FindStringIndex(text); at != nil && at[0] < 20 && long(text[at[1]:]) {
		return claim{pieces: pieces(text[at[1]:]), doubtful: true}, true
	}
	if before, after, ok := strings.Cut(text, ":"); ok && quoteNext.MatchString(before) && long(after) {
		return claim{pieces: pieces(after)}, true
	}
	return claim{}, false
}

func long(s string) bool { return len(strings.Fields(s)) >= minAltered }

// quoted is a text's runs in quotation marks and what stands around them.
type quoted struct {
	runs []string
	rest string
}

func quotedIn(text string) quoted {
	var q quoted
	from := 0
	for _, m := range quotedRuns.FindAllStringSubmatchIndex(text, -1) {
		for g := 2; g < len(m); g += 2 {
			if m[g] >= 0 {
				q.runs = append(q.runs, text[m[g]:m[g+1]])
			}
		}
		q.rest += text[from:m[0]] + " "
		from = m[1]
	}
	q.rest += text[from:]
	return q
}

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
