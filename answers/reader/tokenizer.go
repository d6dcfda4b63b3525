package reader

import (
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// Word pieces with a meaning of their own.
const (
	unknownPiece   = "[UNK]"
	firstPiece     = "[CLS]" // begins every sequence
	separatorPiece = "[SEP]" // ends every part of one
)

// maxWord is the length in characters of the longest word that is cut into pieces; a
// longer one is unknown.
const maxWord = 100

// tokenizer cuts text into the word pieces of an uncased BERT (Devlin et al. 2018; Wu et
// al. 2016 for word pieces): letters in lower case and without accents, cut at white
// space and at punctuation, each word the longest pieces of the vocabulary from the left.
type tokenizer struct {
	pieces                    map[string]int32
	unknown, first, separator int32
}

func newTokenizer(vocabulary []string) *tokenizer {
	t := &tokenizer{pieces: make(map[string]int32, len(vocabulary))}
	for i, p := range vocabulary {
		t.pieces[p] = int32(i)
	}
	t.unknown, t.first, t.separator = t.pieces[unknownPiece], t.pieces[firstPiece], t.pieces[separatorPiece]
	return t
}

// append adds the pieces of text to ids, at most limit of them. It looks at no more of
// the text than those need, so its time does not grow with what is cut off.
func (t *tokenizer) append(ids []int32, text string, limit int) []int32 {
	end := len(ids) + limit
	var word []byte
	flush := func() {
		ids = t.appendWord(ids, word)
		word = word[:0]
	}
	// A character can become several under decomposition, so each goes through it alone.
	var buffer [utf8.UTFMax]byte
	for _, r := range text {
		if len(ids) >= end {
			break
		}
		switch {
		case r == '\t' || r == '\n' || r == '\r' || unicode.Is(unicode.Zs, r):
			flush()
			continue
		case r < ' ' || r == utf8.RuneError || unicode.Is(unicode.C, r):
			continue // control and format characters are left out
		case r < utf8.RuneSelf:
			if isPunctuation(r) {
				flush()
				word = append(word, byte(r))
				flush()
				continue
			}
			if 'A' <= r && r <= 'Z' {
				r += 'a' - 'A'
			}
			word = append(word, byte(r))
			continue
		case isIdeograph(r):
			flush()
			word = utf8.AppendRune(word, r)
			flush()
			continue
		}
		for _, d := range string(norm.NFD.Append(nil, buffer[:utf8.EncodeRune(buffer[:], r)]...)) {
			switch {
			case unicode.Is(unicode.Mn, d):
			case isPunctuation(d):
				flush()
				word = utf8.AppendRune(word, d)
				flush()
			default:
				word = utf8.AppendRune(word, unicode.ToLower(d))
			}
		}
		if len(word) > utf8.UTFMax*(maxWord+1) {
			word = word[:utf8.UTFMax*(maxWord+1)] // unknown already
		}
	}
	flush()
	return ids[:min(len(ids), end)]
}

func (t *tokenizer) appendWord(ids []int32, word []byte) []int32 {
	if len(word) == 0 {
		return ids
	}
	if utf8.RuneCount(word) > maxWord {
		return append(ids, t.unknown)
	}
	start, before := 0, len(ids)
	piece := make([]byte, 0, 64)
	for start < len(word) {
		end := len(word)
		for ; end > start; end-- {
			if end < len(word) && !utf8.RuneStart(word[end]) {
				continue
			}
			piece = piece[:0]
			if start > 0 {
				piece = append(piece, "##"...)
			}
			if id, ok := t.pieces[string(append(piece, word[start:end]...))]; ok {
				ids = append(ids, id)
				break
			}
		}
		if end == start {
			return append(ids[:before], t.unknown)
		}
		start = end
	}
	return ids
}

// isPunctuation reports whether a character stands by itself: all of ASCII that is
// neither letter, figure nor white space, and what Unicode calls punctuation.
func isPunctuation(r rune) bool {
	if r < utf8.RuneSelf {
		return r > ' ' && r < 0x7f && (r < '0' || r > '9') && (r < 'A' || r > 'Z') && (r < 'a' || r > 'z')
	}
	return unicode.IsPunct(r)
}

// isIdeograph reports whether a character is of the CJK blocks that BERT reads
// character by character.
func isIdeograph(r rune) bool {
	return r >= 0x4E00 && r <= 0x9FFF || r >= 0x3400 && r <= 0x4DBF || r >= 0x20000 && r <= 0x2A6DF || r >= 0x2A700 && r <= 0x2B73F ||
		r >= 0x2B740 && r <= 0x2B81F || r >= 0x2B820 && r <= 0x2CEAF || r >= 0xF900 && r <= 0xFAFF || r >= 0x2F800 && r <= 0x2FA1F
}
