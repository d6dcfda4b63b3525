package attribution

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"verbatim/corpus/words"
)

// token is a word of a sentence outside quotation marks, or a whole quotation.
type token struct {
	words.Span
	low        string // in small letters, without a possessive ending
	capital    bool
	upper      bool // all in capital letters, of two at least
	possessive bool
	elsewhere  bool       // a sentence's first word that has its capital letter inside another, too
	quote      *quotation // nil for a word
	// gap is what stands between the token before and this one, without white
	// space, notes and links.
	gap string
}

// sentence is a sentence of a paragraph in which a quotation is one token.
type sentence struct {
	words.Span
	tokens    []token
	paragraph int
	end       string // what stands after the last token
}

// plain hides from a paragraph what is no word of it: the inside of quotations,
// the targets of links, notes ("[3]") and marks of emphasis. The result has the
// same length.
func plain(text string, p words.Span, quotes []quotation) string {
	b := []byte(text[p.Start:p.End])
	blank := func(start, end int) {
		for i := start; i < end; i++ {
			b[i] = ' '
		}
	}
	for i := 0; i < len(b); i++ {
		switch {
		case b[i] == '[' && noteEnd(b, i) > 0:
			end := noteEnd(b, i)
			blank(i, end)
			i = end - 1
		case b[i] == ']' && i+1 < len(b) && b[i+1] == '(':
			if end := strings.IndexByte(string(b[i:]), ')'); end > 0 {
				if open := strings.LastIndexByte(string(b[:i]), '['); open >= 0 {
					blank(open, open+1)
				}
				blank(i, i+end+1)
				i += end
			}
		case b[i] == '*' || b[i] == '_' && (i == 0 || b[i-1] == ' ' || i+1 == len(b) || b[i+1] == ' '):
			b[i] = ' '
		}
	}
	for _, q := range quotes {
		inner := b[q.inner.Start-p.Start : q.inner.End-p.Start]
		last, n := utf8.DecodeLastRune(inner)
		first, _ := utf8.DecodeRune([]byte(strings.TrimLeft(text[q.inner.Start:q.inner.End], "[(“‘'\"…. ")))
		keep := 0
		if strings.ContainsRune(".!?", last) {
			keep = n
		}
		for i := range inner[:len(inner)-keep] {
			inner[i] = 'q'
		}
		if len(inner) > keep && !unicode.IsLower(first) {
			inner[0] = 'Q'
		}
	}
	return string(b)
}

// noteEnd returns the end of a note of figures that begins at i ("[3]", "[note 1]"), or 0.
func noteEnd(b []byte, i int) int {
	end := strings.IndexByte(string(b[i:min(len(b), i+24)]), ']')
	if end < 0 {
		return 0
	}
	body := strings.TrimPrefix(strings.TrimPrefix(string(b[i+1:i+end]), "note "), "^")
	if body == "" || strings.ContainsFunc(body, func(r rune) bool { return !unicode.IsDigit(r) && !strings.ContainsRune(", –-", r) }) && body != "citation needed" && body != "a" && body != "b" {
		return 0
	}
	return i + end + 1
}

// sentencesOf cuts a paragraph into sentences, quotations kept whole.
func sentencesOf(text string, p words.Span, paragraph int, quotes []quotation) []sentence {
	shown := plain(text, p, quotes)
	var out []sentence
	for _, span := range words.Sentences(shown) {
		s := sentence{Span: words.Span{Start: p.Start + span.Start, End: p.Start + span.End}, paragraph: paragraph}
		out = append(out, s)
	}
	for i := range out {
		out[i].tokens, out[i].end = scan(text, shown, p.Start, out[i].Span, quotes)
	}
	if len(out) > 0 {
		out[0].dropTime(text)
		out[0].dropDateline()
	}
	return out
}

// dropTime takes the time off the beginning of an entry of a live blog: "19:05 “Stay …”".
func (s *sentence) dropTime(text string) {
	end := s.Start + timestamp(text[s.Start:s.End])
	k := 0
	for k < len(s.tokens) && s.tokens[k].End <= end {
		k++
	}
	if k > 0 && k < len(s.tokens) {
		s.tokens = s.tokens[k:]
		s.tokens[0].gap = ""
	}
}

// longDateline bounds the words of a dateline.
const longDateline = 10

// dropDateline takes the place and date off the beginning of a report, which neither speak
// nor are spoken of: "LEEDS, England, March 3 (Wire) — ".
func (s *sentence) dropDateline() {
	t := s.tokens
	if len(t) == 0 || !t[0].upper || len(t[0].low) < 4 {
		return
	}
	end := 0
	for i := 1; i < len(t) && i <= longDateline; i++ {
		if strings.ContainsAny(t[i].gap, "—–-") && (t[i].capital || t[i].quote != nil) {
			end = i
		}
		if t[i].quote != nil || !t[i].capital && !unicode.IsDigit(rune(t[i].low[0])) {
			break
		}
	}
	if end > 0 {
		s.tokens = t[end:]
		s.tokens[0].gap = ""
	}
}

// scan cuts a sentence into tokens. shown is its paragraph, which begins at base,
// with what is no word hidden.
func scan(text, shown string, base int, s words.Span, quotes []quotation) ([]token, string) {
	var out []token
	at := s.Start // the end of the last token
	gap := func(to int) string { return strings.Join(strings.Fields(shown[at-base:to-base]), "") }
	for i := s.Start; i < s.End; {
		if q := quoteAt(quotes, i); q != nil {
			end := min(q.End, s.End)
			out = append(out, token{Span: words.Span{Start: i, End: end}, quote: q, gap: gap(i)})
			i, at = end, end
			continue
		}
		r, n := utf8.DecodeRuneInString(shown[i-base:])
		if !wordRune(r) {
			i += n
			continue
		}
		end := wordEnd(shown, i-base, s.End-base) + base
		t := token{Span: words.Span{Start: i, End: end}, capital: unicode.IsUpper(r), gap: gap(i)}
		t.low = strings.ToLower(text[i:end])
		t.upper = end-i > 1 && t.low != text[i:end] && strings.ToUpper(text[i:end]) == text[i:end]
		for _, ending := range []string{"'s", "’s"} {
			if stem, ok := strings.CutSuffix(t.low, ending); ok {
				t.low, t.possessive = stem, true
			}
		}
		if !t.possessive && strings.HasSuffix(t.low, "s") && (strings.HasPrefix(shown[end-base:], "’ ") || strings.HasPrefix(shown[end-base:], "' ")) {
			t.possessive = true
			_, n := utf8.DecodeRuneInString(shown[end-base:])
			end += n
		}
		out = append(out, t)
		i, at = end, end
	}
	return out, gap(s.End)
}

func quoteAt(quotes []quotation, at int) *quotation {
	for i := range quotes {
		if quotes[i].Start == at {
			return &quotes[i]
		}
	}
	return nil
}

func wordRune(r rune) bool { return unicode.IsLetter(r) || unicode.IsNumber(r) || unicode.IsMark(r) }

// wordEnd returns the end of the word at i: letters and digits with apostrophes,
// hyphens and full stops inside ("U.S").
func wordEnd(s string, i, limit int) int {
	for i < limit {
		r, n := utf8.DecodeRuneInString(s[i:])
		if !wordRune(r) {
			next, _ := utf8.DecodeRuneInString(s[min(len(s), i+n):])
			if !strings.ContainsRune("'’-‐‑.@&_", r) || !unicode.IsLetter(next) && !(unicode.IsNumber(next) && r != '.') {
				break
			}
		}
		i += n
	}
	return i
}

// surface returns the words of tokens from to to (not included) as the text has
// them, without a possessive ending.
func surface(text string, tokens []token) string {
	if len(tokens) == 0 {
		return ""
	}
	last := tokens[len(tokens)-1]
	end := last.End
	if last.possessive {
		for _, ending := range []string{"'s", "’s"} {
			if strings.HasSuffix(text[last.Start:last.End], ending) {
				end -= len(ending)
			}
		}
	}
	return strings.Join(strings.Fields(text[tokens[0].Start:end]), " ")
}
