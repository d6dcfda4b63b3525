package words

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/clipperhouse/uax29/v2/sentences"
)

// Span is a run of a text, in byte offsets.
type Span struct{ Start, End int }

// Set is the words of a list, which white space parts.
func Set(list string) map[string]bool {
	m := map[string]bool{}
	for w := range strings.FieldsSeq(list) {
		m[w] = true
	}
	return m
}

var (
	// titles stand before a name: their full stop never ends a sentence.
	titles = Set("mr mrs ms dr prof gen col lt sgt capt cmdr rep reps sen sens gov rev hon st vs e.g i.e cf fr adm maj messrs mme mlle")

	// abbreviations may stand at the end of a sentence; it goes on unless a word
	// follows that begins one.
	abbreviations = Set(`jr sr al approx ca dept est inc ltd co corp bros jan feb mar apr jun jul aug sep sept oct nov dec
		mon tue wed thu fri sat sun ave blvd rd mt ft univ assn u.s v`)

	// closing mostly stand at the end of a sentence where a capital letter follows, unless
	// it is that of a name that belongs to a time of day ("9 p.m. Eastern", "9 p.m. GMT",
	// "9 p.m. Monday").
	closing = Set("etc a.m p.m")
	ofTime  = Set(`eastern central mountain pacific atlantic greenwich standard daylight british indian japan local
		monday tuesday wednesday thursday friday saturday sunday january february march april may june july august september october
		november december mon tue wed thu fri sat sun jan feb mar apr jun jul aug sep sept oct nov dec`)

	// numbered stand before a number ("No. 5", "Fig. 2"); elsewhere they are words
	// of their own.
	numbered = Set("no nos vol vols fig figs p pp ch sec art op c ca ps cap ver approx eq ref")

	// openers are words that begin sentences and hardly ever follow an
	// abbreviation within one.
	openers = Set(`the a an this that these those he she it they we you i his her its their our my in on at by for from with as after before during since
		when while where if although though because but and or so yet however there then thus therefore meanwhile later today some many most several each
		what who how why which not no both one two three another other under over between among despite according within until once his`)
)

// maxAside is how far an opened bracket may reach over full stops before it is
// taken for a slip: the longest bracket in 13 encyclopedia articles has 421 bytes.
const maxAside = 450

// Sentences returns the sentences of a text in order, without the white space
// around them. The boundaries are those of Unicode Standard Annex 29, except that
//
//   - abbreviations, initials and "U.S." do not end a sentence, unless a word
//     follows that begins one;
//   - nothing ends within brackets, or where a small letter follows
//     ("“Really?” he asked");
//   - a sentence may begin with a figure ("It grew. 15,000 came"), after a note
//     ("[3] Then"), and right after a full stop when a capital letter follows
//     ("platform.On").
func Sentences(text string) []Span {
	var out []Span
	open := false // the last span goes on
	add := func(start, end int) {
		trimmed := strings.TrimSpace(text[start:end])
		if trimmed == "" {
			return
		}
		start += strings.Index(text[start:end], trimmed)
		end = start + len(trimmed)
		if open {
			out[len(out)-1].End = end
		} else {
			out = append(out, Span{start, end})
		}
		rest := text[end:]
		if i := strings.IndexByte(rest, '\n'); i >= 0 {
			rest = rest[:i]
		}
		open = goesOn(text[out[len(out)-1].Start:end], rest)
	}
	segments := sentences.FromString(text)
	cut := runOn(text, 0)
	for segments.Next() {
		start, end := segments.Start(), segments.End()
		if cut > 0 && cut <= start {
			cut = runOn(text, start)
		}
		for ; start < cut && cut < end; cut = runOn(text, cut) {
			add(start, cut)
			start = cut
		}
		add(start, end)
	}
	return out
}

// runOn returns where the next sentence begins after from that Annex 29 does not
// see, or 0.
func runOn(s string, from int) int {
	for i := max(1, from); i+2 < len(s); i++ {
		if s[i] != '.' && s[i] != '?' && s[i] != '!' {
			continue
		}
		if glued(s, i) {
			return i + 1
		}
		at := afterClosers(s, i+1)
		note := afterNotes(s, at)
		if note+1 >= len(s) || s[note] != ' ' {
			continue
		}
		r, _ := utf8.DecodeRuneInString(s[note+1:])
		if note > at && (unicode.IsUpper(r) || '0' <= r && r <= '9') || s[i] == '.' && '0' <= r && r <= '9' && endsWord(s[:i]) {
			return note
		}
	}
	return 0
}

// glued reports whether a sentence ends with the mark at i and the next begins right
// after it: "platform.On".
func glued(s string, i int) bool {
	if i < 2 || !lower(s[i-1]) || !lower(s[i-2]) {
		return false
	}
	r, n := utf8.DecodeRuneInString(s[i+1:])
	next, _ := utf8.DecodeRuneInString(s[i+1+n:])
	return unicode.IsUpper(r) && (unicode.IsLower(next) || next == ' ')
}

// afterNotes returns the offset after notes in brackets: "[3]", "[note 1]".
func afterNotes(s string, i int) int {
	for i < len(s) && s[i] == '[' {
		end := strings.IndexByte(s[i:], ']')
		if end < 0 || end > 24 {
			break
		}
		i += end + 1
	}
	return i
}

// endsWord reports whether a full stop after s ends a sentence even before a figure:
// s ends with a word and not with an abbreviation.
func endsWord(s string) bool {
	last := lastWord(s)
	return last != "" && !titles[last] && !abbreviations[last] && !numbered[last] && utf8.RuneCountInString(last) >= 2 && !strings.Contains(last, ".")
}

// afterClosers returns the offset after closing quotation marks and brackets.
func afterClosers(s string, i int) int {
	for i < len(s) {
		r, n := utf8.DecodeRuneInString(s[i:])
		if !strings.ContainsRune("\"'”’)]»", r) {
			break
		}
		i += n
	}
	return i
}

func lower(b byte) bool { return 'a' <= b && b <= 'z' }

// lastWord returns the word that s ends with, in small letters.
func lastWord(s string) string {
	return strings.ToLower(strings.TrimLeft(s[strings.LastIndexAny(s, " \t\n\u00a0")+1:], "(“\"‘['"))
}

// goesOn reports whether a sentence that seems to end goes on in what follows.
func goesOn(s, rest string) bool {
	rest = strings.TrimLeft(rest, " \t\u00a0")
	if rest == "" {
		return false
	}
	next, _ := utf8.DecodeRuneInString(rest)
	if unicode.IsLower(next) && !strings.HasPrefix(rest, "β") && isTerminal(s) {
		return true
	}
	if opened := unclosed(s[max(0, len(s)-2*maxAside):]); opened != 0 {
		ahead := rest[:min(len(rest), maxAside)]
		other := byte('(')
		if opened == ']' {
			other = '['
		}
		if closing := strings.IndexByte(ahead, opened); closing >= 0 {
			if i := strings.IndexByte(ahead, other); i < 0 || i > closing {
				return true
			}
		}
	}
	if !strings.HasSuffix(s, ".") {
		return false
	}
	last := lastWord(s[:len(s)-1])
	raw := s[len(s)-1-min(len(s)-1, len(last)) : len(s)-1]
	switch {
	case titles[last]:
		return true
	case numbered[last] && '0' <= next && next <= '9':
		return true
	case utf8.RuneCountInString(last) == 1 && strings.ToLower(raw) != raw: // an initial
		return !opens(rest) || last != "i" && len(rest) > 2 && rest[1] == '.'
	case closing[last]:
		word := firstWord(rest)
		return ofTime[strings.ToLower(word)] || len(word) > 1 && word == strings.ToUpper(word)
	case abbreviations[last], initials(last):
		return !opens(rest)
	}
	return false
}

// isTerminal reports whether s ends in a mark that ends sentences, closers aside.
func isTerminal(s string) bool {
	s = strings.TrimRight(s, "\"'”’)]»")
	return strings.HasSuffix(s, "?") || strings.HasSuffix(s, "!") || strings.HasSuffix(s, "…") || strings.HasSuffix(s, ".")
}

// opens reports whether text begins with a word that begins sentences.
func opens(text string) bool { return openers[strings.ToLower(firstWord(text))] }

// firstWord returns the letters that text begins with, marks that open aside.
func firstWord(text string) string {
	text = strings.TrimLeft(text, "\"“‘'([")
	if end := strings.IndexFunc(text, func(r rune) bool { return !unicode.IsLetter(r) }); end >= 0 {
		return text[:end]
	}
	return text
}

// initials reports whether a word is letters with full stops between ("u.s", "j.r.r").
func initials(w string) bool {
	if len(w) < 3 || len(w)%2 == 0 {
		return false
	}
	for i := 0; i < len(w); i++ {
		if i%2 == 0 && !lower(w[i]) || i%2 == 1 && w[i] != '.' {
			return false
		}
	}
	return true
}

// unclosed returns the bracket that would close the last one left open, or 0.
func unclosed(s string) byte {
	var round, square int
	for i := 0; i < len(s); i++ {
		switch s[i] {
		case '(':
			round++
		case ')':
			round = max(0, round-1)
		case '[':
			square++
		case ']':
			square = max(0, square-1)
		}
	}
	switch {
	case square > 0:
		return ']'
	case round > 0:
		return ')'
	}
	return 0
}
