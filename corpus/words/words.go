// Package words splits text into words that remember where they stood.
//
// Matching works on normalised forms (Unicode NFKC, lower case, straight
// quotation marks, English stems); every token keeps the byte offsets of the
// text it came from, so that what is shown is always cut from the original.
package words

import (
	"strings"
	"sync/atomic"
	"unicode"
	"unicode/utf8"

	"github.com/clipperhouse/uax29/v2/words"
	"github.com/kljensen/snowball/english"
	"golang.org/x/text/unicode/norm"
)

// Token is one word of a text.
type Token struct {
	// Start and End are byte offsets: text[Start:End] is the word as it was written.
	Start, End int
	// Word is the normalised word: NFKC, lower case, straight apostrophes,
	// without a possessive 's. Chat abbreviations are written out ("ppl" is
	// "people"); where that takes several words ("whats" is "what is"), each is
	// a Token of its own with the offsets of the whole.
	Word string
	// Stem is the English (Porter 2) stem of Word.
	Stem string
}

// Tokens returns the words of a text in order, by the word boundaries of
// Unicode Standard Annex 29; letters that run into digits ("llama2") are two
// words. Punctuation, symbols, emoji and white space are left out. Any bytes
// are accepted: invalid UTF-8 never becomes part of a word.
func Tokens(text string) []Token {
	tokens := make([]Token, 0, len(text)/5+1)
	segments := words.FromString(text)
	for segments.Next() {
		raw, start := segments.Value(), segments.Start()
		if !hasWord(raw) {
			continue
		}
		if cut := letters(raw); cut > 1 && cut < len(raw) {
			tokens = appendToken(tokens, raw[:cut], start)
			raw, start = raw[cut:], start+cut
		}
		tokens = appendToken(tokens, raw, start)
	}
	return tokens
}

// appendToken adds the word or words that raw stands for.
func appendToken(tokens []Token, raw string, start int) []Token {
	end := start + len(raw)
	for word := range strings.FieldsSeq(Normalise(raw)) {
		tokens = append(tokens, Token{Start: start, End: end, Word: word, Stem: Stem(word)})
	}
	return tokens
}

// letters returns how many ASCII letters s begins with if a digit follows
// them, else 0.
func letters(s string) int {
	for i := 0; i < len(s); i++ {
		switch c := s[i]; {
		case 'a' <= c|0x20 && c|0x20 <= 'z':
		case '0' <= c && c <= '9':
			return i
		default:
			return 0
		}
	}
	return 0
}

// hasWord reports whether a segment holds a letter or a digit.
func hasWord(s string) bool {
	return strings.ContainsFunc(s, func(r rune) bool {
		return r != utf8.RuneError && (unicode.IsLetter(r) || unicode.IsNumber(r))
	})
}

// Normalise returns the form under which a word is compared: NFKC, lower case,
// without a possessive 's, with a chat abbreviation written out (then it may
// be several words, separated by spaces).
func Normalise(word string) string {
	w := strings.Trim(fold(word), "'_.")
	if long, ok := chat[w]; ok {
		return long
	}
	w = strings.TrimSuffix(w, "'s")
	if long, ok := chat[w]; ok {
		return long
	}
	return w
}

// fold brings text to NFKC, lower case and straight quotation marks.
func fold(s string) string {
	ascii := true
	for i := 0; i < len(s); i++ {
		if s[i] >= utf8.RuneSelf {
			ascii = false
			break
		}
	}
	if ascii {
		return strings.ToLower(s)
	}
	s = norm.NFKC.String(apart.Replace(strings.ToValidUTF8(s, "")))
	return strings.Map(func(r rune) rune {
		switch r {
		case '‘', '’', '‛', 'ʼ', '＇', '`':
			return '\''
		case '“', '”', '„', '‟', '«', '»':
			return '"'
		}
		if unicode.Is(unicode.Cf, r) {
			return -1 // zero-width and bidirectional controls say nothing
		}
		return unicode.ToLower(r)
	}, s)
}

// apart are the quotation marks that NFKC would take apart.
var apart = strings.NewReplacer("´", "'", "″", `"`)

// Fold returns text in the form under which running text is compared: NFKC,
// lower case, straight quotation marks, white space runs as one space.
func Fold(text string) string {
	return strings.Join(strings.Fields(fold(text)), " ")
}

// Stem returns the English stem of a normalised word. Words with digits stay
// as they are.
func Stem(word string) string {
	slot := &stems[hash(word)%uint32(len(stems))]
	if known := slot.Load(); known != nil && known.word == word {
		return known.stem
	}
	stem := word
	if !strings.ContainsFunc(word, func(r rune) bool { return r >= utf8.RuneSelf || r < 'a' && r != '\'' }) {
		stem = english.Stem(word, true)
	}
	slot.Store(&stemmed{strings.Clone(word), strings.Clone(stem)})
	return stem
}

// stems remembers the stems of words: stemming costs twenty times the look-up.
// A word takes the place of another that has its hash; 32,768 places hold the
// words of many articles.
var stems [32768]atomic.Pointer[stemmed]

type stemmed struct{ word, stem string }

// hash is FNV-1a.
func hash(s string) uint32 {
	h := uint32(2166136261)
	for i := 0; i < len(s); i++ {
		h = (h ^ uint32(s[i])) * 16777619
	}
	return h
}
