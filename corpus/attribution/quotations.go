package attribution

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"verbatim/corpus/words"
)

// quotation is a run in quotation marks within one paragraph; offsets are bytes of
// the text.
type quotation struct {
	words.Span // with its marks
	inner      words.Span
	paragraph  int
	// closed: it ends with a mark of its own. One that does not goes on in the
	// next paragraph, or its mark was forgotten.
	closed bool
	// goesOn: the next paragraph's first quotation is the same speech.
	goesOn bool
}

// maxQuotation bounds the search for a closing mark, in bytes: a quotation that
// is longer is read as unclosed. Chosen above the longest paragraph of 13
// encyclopedia articles, 2,172 bytes.
const maxQuotation = 10_000

const doubleMarks, singleMarks = "“”„\"«»‟″", "‘’‚'‹›"

// longSpeech bounds the paragraphs of one pair of quotation marks.
const longSpeech = 40

// quotations finds the outermost quotation marks of every paragraph.
func quotations(text string, paragraphs []words.Span) [][]quotation {
	out := make([][]quotation, len(paragraphs))
	shown := func(i int) string { return straight(text[paragraphs[i].Start:paragraphs[i].End]) }
	for i := 0; i < len(paragraphs); i++ {
		from := 0
		if n := len(out[i]); n > 0 { // a quotation goes on from the paragraph before
			from = out[i][0].End - paragraphs[i].Start
		}
		next := ""
		if i+1 < len(paragraphs) {
			next = shown(i + 1)
		}
		for _, q := range inParagraph(shown(i), from, next) {
			q.paragraph = i
			q.move(paragraphs[i].Start)
			out[i] = append(out[i], q)
		}
		n := len(out[i])
		if n == 0 || out[i][n-1].closed || i+1 == len(paragraphs) {
			continue
		}
		q := &out[i][n-1]
		open, _ := utf8.DecodeRuneInString(text[q.Start:])
		if begins(shown(i+1), open) {
			q.goesOn = true
			continue
		}
		last := i + 1
		for last < len(paragraphs) && last <= i+longSpeech && continuation(shown(last)) == 0 && !leftOpen(shown(last)) {
			last++
		}
		if last == len(paragraphs) || last > i+longSpeech || leftOpen(shown(last)) {
			continue // the mark was forgotten
		}
		q.goesOn = true
		for k := i + 1; k <= last; k++ {
			whole := quotation{Span: paragraphs[k], inner: paragraphs[k], paragraph: k, goesOn: k < last}
			if k == last {
				end := continuation(shown(k))
				_, width := utf8.DecodeLastRuneInString(shown(k)[:end])
				whole.End = paragraphs[k].Start + end
				whole.inner.End, whole.closed = whole.End-width, true
			}
			out[k] = append(out[k], whole)
		}
		i = last - 1
	}
	withWholeMarks(out, text)
	return out
}

// withWholeMarks makes every mark that is typed as two whole.
func withWholeMarks(quotations [][]quotation, text string) {
	for _, all := range quotations {
		for k := range all {
			all[k].wholeMarks(text)
		}
	}
}

// straight returns a paragraph with every mark that is typed as two apostrophes or two grave
// accents as a straight one, in as many bytes.
func straight(t string) string {
	if !strings.Contains(t, "''") && !strings.Contains(t, "``") {
		return t
	}
	b := []byte(t)
	for i := 0; i+1 < len(b); i++ {
		if b[i] != b[i+1] || b[i] != '\'' && b[i] != '`' {
			continue
		}
		b[i], b[i+1] = '"', ' '
		if i+2 < len(b) && b[i+2] != ' ' && (i == 0 || strings.IndexByte(" (", b[i-1]) >= 0) {
			b[i+1] = '\'' // one that opens stands before a word
		}
		i++
	}
	return string(b)
}

// wholeMarks makes the second half of a mark that is typed as two a part of the mark.
func (q *quotation) wholeMarks(text string) {
	if second := text[q.Start+1 : q.inner.End]; text[q.Start] < utf8.RuneSelf && text[q.Start] != '"' && strings.HasPrefix(second, text[q.Start:q.Start+1]) {
		q.inner.Start++
	}
	if q.closed && q.End < len(text) && strings.HasPrefix(text[q.inner.End:], "''") && q.End == q.inner.End+1 {
		q.End++
	}
}

func (q *quotation) move(by int) {
	q.Start, q.End, q.inner.Start, q.inner.End = q.Start+by, q.End+by, q.inner.Start+by, q.inner.End+by
}

// opensWithMark reports whether a paragraph begins with an opening mark.
func opensWithMark(t string) bool {
	r, _ := utf8.DecodeRuneInString(t)
	return strings.ContainsRune(doubleMarks, r) && begins(t, r)
}

// leftOpen reports whether a paragraph begins with a mark that it does not close.
func leftOpen(t string) bool {
	if !opensWithMark(t) {
		return false
	}
	q := inParagraph(t, 0, "")
	return len(q) > 0 && !q[0].closed
}

// begins reports whether a paragraph begins with an opening mark like open.
func begins(t string, open rune) bool {
	r, n := utf8.DecodeRuneInString(t)
	return r == open && opening(t, 0, r, n)
}

// continuation returns the end of the words that go on from a quotation left open
// in a paragraph before: where a mark closes that the paragraph did not open. 0 where
// there is none.
func continuation(t string) int {
	depth := 0
	for i, r := range t {
		if !strings.ContainsRune(doubleMarks, r) {
			continue
		}
		n := utf8.RuneLen(r)
		switch {
		case opening(t, i, r, n) && !(depth > 0 && closing(t, i, r, n)):
			depth++
		case closing(t, i, r, n) && depth > 0:
			depth--
		case closing(t, i, r, n):
			return i + n
		}
	}
	return 0
}

// opening reports whether the mark r at i can open a quotation: a word follows
// it, and white space or a bracket stands before it.
func opening(t string, i int, r rune, n int) bool {
	before, _ := utf8.DecodeLastRuneInString(t[:i])
	after, _ := utf8.DecodeRuneInString(t[i+n:])
	if strings.ContainsRune(".,;:!?)]", after) && !strings.HasPrefix(t[i+n:], "..") {
		return false
	}
	if r == '"' && i > 1 && unicode.IsSpace(before) && looseOpening(t, i) {
		return true
	}
	if i+n >= len(t) || unicode.IsSpace(after) {
		return r == '«' && i+n < len(t) && (i == 0 || unicode.IsSpace(before)) // « French style »
	}
	if i == 0 || unicode.IsSpace(before) || strings.ContainsRune("([{—–-:/*_>", before) || strings.ContainsRune(doubleMarks+"‘'", before) {
		return r != '’' || unicode.IsUpper(after)
	}
	switch r {
	case '"':
		return strings.ContainsRune(".,", before) && unicode.IsLetter(after) // "said,"Well"
	case '“':
		return before == ',' && unicode.IsUpper(after)
	}
	return false
}

// looseOpening reports whether the straight mark at i, between white space, begins a
// sentence: he said. " We sold it."
func looseOpening(t string, i int) bool {
	next, _ := utf8.DecodeRuneInString(strings.TrimLeft(t[i+1:], " "))
	return strings.ContainsRune(".:,", lastRune(t[:i])) && unicode.IsUpper(next) && strings.HasPrefix(t[i+1:], " ")
}

// closing reports whether the mark r at i can close a quotation: a word or a full
// stop stands before it.
func closing(t string, i int, r rune, n int) bool {
	before, _ := utf8.DecodeLastRuneInString(t[:i])
	after, _ := utf8.DecodeRuneInString(t[i+n:])
	if i == 0 {
		return false
	}
	if unicode.IsSpace(before) {
		return r == '»' || r == '”' || i+n == len(t) || r == '"' && (i+n == len(t) || unicode.IsSpace(after) || strings.ContainsRune(".,;", after))
	}
	return r == '”' || r == '»' || i+n == len(t) || !unicode.IsLetter(after) && !unicode.IsDigit(after) || unicode.IsUpper(after) && strings.ContainsRune(".!?", before)
}

// inParagraph finds the quotations of a paragraph from an offset on; next is the next
// paragraph: if it begins with a mark, one left open may go on there.
func inParagraph(t string, from int, next string) []quotation {
	var out []quotation
	for i := from; i < len(t); {
		r, n := utf8.DecodeRuneInString(t[i:])
		double, single := strings.ContainsRune(doubleMarks, r), strings.ContainsRune("‘'‚‹", r)
		if !double && !single || !opening(t, i, r, n) || single && elision(t[i+n:]) {
			i += n
			continue
		}
		var end, width int
		if double {
			end, width = closeDouble(t, i, i+n, r)
		} else {
			end, width = closeSingle(t, i+n, r)
		}
		if end >= 0 {
			out = append(out, quotation{Span: words.Span{Start: i, End: end + width}, inner: words.Span{Start: i + n, End: end}, closed: true})
			i = end + width
			continue
		}
		if cut := creditedAt(t, i+n); double && cut > 0 {
			out = append(out, quotation{Span: words.Span{Start: i, End: cut}, inner: words.Span{Start: i + n, End: cut}, closed: true})
			i = cut
			continue
		}
		goesOn := r == '‘' && begins(next, r) && !elision(next[n:]) // as British papers set a speech
		if (double || goesOn) && mayStayOpen(t, i, i+n, goesOn || opensWithMark(next)) {
			return append(out, quotation{Span: words.Span{Start: i, End: len(t)}, inner: words.Span{Start: i + n, End: len(t)}})
		}
		i += n
	}
	return out
}

// creditedAt returns where a quotation whose closing mark was forgotten ends: after a
// comma that a credit follows ("We sold it, says Brown. "It was …"). 0 where none does.
func creditedAt(t string, from int) int {
	for i := from; i < len(t); i++ {
		if t[i] != ',' || i+1 >= len(t) || t[i+1] != ' ' {
			continue
		}
		fields := strings.Fields(t[i+1 : min(len(t), i+60)])
		if len(fields) < 2 {
			return 0
		}
		said, ok := lex().verbs[bare(fields[0])]
		next, _ := utf8.DecodeRuneInString(fields[1])
		if ok && !said.participle && !said.weak && bare(fields[0]) != said.lemma && (unicode.IsUpper(next) && fields[1] != "I") {
			return i + 1
		}
	}
	return 0
}

// mayStayOpen reports whether an unclosed mark opens a quotation: it begins the
// paragraph, is announced, or begins a sentence and the next paragraph begins with
// a mark, too. Anywhere else it is a slip.
func mayStayOpen(t string, i, from int, nextOpens bool) bool {
	before := strings.TrimRight(t[:i], " \t\u00a0")
	return (before == "" || nextOpens && strings.ContainsRune(".!?", lastRune(before)) || strings.HasSuffix(before, ":") || strings.HasSuffix(before, ",")) && strings.IndexFunc(t[from:], unicode.IsLetter) >= 0
}

// elision reports whether a mark stands for letters left out: ’tis, ’em, ’90s.
func elision(rest string) bool {
	for _, w := range []string{"tis", "twas", "em", "cause", "til", "till", "n", "bout", "round"} {
		if after, ok := strings.CutPrefix(strings.ToLower(rest[:min(len(rest), 6)]), w); ok && (after == "" || !unicode.IsLetter(rune(after[0]))) {
			return true
		}
	}
	return len(rest) > 2 && '0' <= rest[0] && rest[0] <= '9' && '0' <= rest[1] && rest[1] <= '9' && rest[2] == 's'
}

// closeDouble returns where the closing mark of a quotation opened at open stands,
// and its width, or -1.
func closeDouble(t string, open, from int, mark rune) (int, int) {
	depth := 0
	for i, r := range t[from:min(len(t), from+maxQuotation)] {
		if !strings.ContainsRune(doubleMarks, r) {
			continue
		}
		i += from
		n := utf8.RuneLen(r)
		if r == '"' && mark == '“' && unicode.IsDigit(lastRune(t[:i])) && t[i-1] < utf8.RuneSelf && closesLater(t[i+n:]) {
			continue // 6' 2"
		}
		shut := closing(t, i, r, n) && (r != '„' && (r != '“' || mark == '„' || !opening(t, i, r, n)) && (r != '«' || mark == '»'))
		if shut && !(opening(t, i, r, n) && r != '"') {
			if depth == 0 {
				return i, n
			}
			depth--
			continue
		}
		if opening(t, i, r, n) {
			if r == mark && mark == '"' {
				return -1, 0 // a straight mark after white space opens another quotation
			}
			depth++
		}
	}
	return -1, 0
}

// closesLater reports whether the first curly mark of a text closes.
func closesLater(t string) bool {
	i := strings.IndexAny(t, "“”")
	return i >= 0 && strings.HasPrefix(t[i:], "”")
}

// deepest is how many single marks may be open within one: more are none that close.
const deepest = 4

// opensWithin reports whether r, which stands at i, opens a single quotation within one of mark.
func opensWithin(t string, i int, r, mark rune) bool {
	n := len("‘")
	return r == mark && mark == '‘' && opening(t, i, r, n) && !elision(t[i+n:])
}

// closeSingle is closeDouble for single marks, which are apostrophes, too.
func closeSingle(t string, from int, mark rune) (int, int) {
	want := map[rune]rune{'‘': '’', '\'': '\'', '‚': '‘', '‹': '›'}[mark]
	last, width := -1, 0
	depth, inner, innerWidth := 0, -1, 0 // of quotations inside, and where the last of them ends
	for i, r := range t[from:min(len(t), from+maxQuotation)] {
		i += from
		if opensWithin(t, i, r, mark) {
			depth++
			if depth > deepest {
				return -1, 0
			}
			continue
		}
		if r != want && !(mark == '‘' && r == '\'') && !(mark == '\'' && r == '’') {
			continue
		}
		n := utf8.RuneLen(r)
		before, _ := utf8.DecodeLastRuneInString(t[:i])
		after, _ := utf8.DecodeRuneInString(t[i+n:])
		switch {
		case unicode.IsSpace(before) || i+n < len(t) && (unicode.IsLetter(after) || unicode.IsDigit(after)):
			continue
		case depth > 0:
			depth--
			inner, innerWidth = i, n
			continue
		}
		if strings.ContainsRune(",.?!…”\"", before) {
			return i, n
		}
		next := strings.TrimLeft(t[i+n:], " ")
		follows, _ := utf8.DecodeRuneInString(next)
		if before == 's' && next != t[i+n:] && unicode.IsLower(follows) && last < 0 {
			last, width = i, n // "the boys’ books", unless nothing better comes
			continue
		}
		return i, n
	}
	if last >= 0 && strings.Count(t[from:], string(want)) == 1 {
		return last, width
	}
	return inner, innerWidth
}
