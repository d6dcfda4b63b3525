package encoder

import (
	"slices"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"verbatim/answers/encoder/internal/modelfile"
)

const (
	// reservedPieces is how many pieces at the front of the vocabulary never
	// match text: the unknown piece, the sentence marks, and spares.
	reservedPieces = 6

	// unknownPiece stands for a character that no piece begins with.
	unknownPiece = 0

	// wordStart is the character that SentencePiece puts for a space, and
	// before the text.
	wordStart = '▁'

	// graphemeJoiner is what norm inserts into more than 30 combining marks in
	// a row (the stream-safe format), and what the reference does not.
	graphemeJoiner = '\u034f'

	// maxText is how much of a text is read, in bytes. The longest piece has 16
	// characters, so the 128 pieces that the model takes are at most a few KiB
	// of text, unless very long runs of unknown characters, of which each is
	// one piece, are among them.
	maxText = 64 << 10
)

// tokenizer cuts text into vocabulary pieces as the reference's tokenizer
// does, with its habits: a text's best segmentation has the highest sum of
// scores (Kudo, "Subword Regularization", 2018, section 3.2), but an unknown
// character scores 0, which is more than any usual piece; a sum of exactly 0
// counts as none; and of two equal sums that with the shorter last piece wins.
type tokenizer struct {
	next  map[edge]int32 // the trie's edges
	piece []int32        // by trie node: the piece that ends there, or unknownPiece
	score []float64      // by piece
	runes []int          // by piece: its length in characters
}

// edge leads from a trie node along a character.
type edge struct {
	node int32
	char rune
}

func newTokenizer(pieces []modelfile.Piece) *tokenizer {
	t := &tokenizer{
		// Measured: 2.4 nodes a piece.
		next:  make(map[edge]int32, 5*len(pieces)/2),
		piece: make([]int32, 1, 5*len(pieces)/2),
		score: make([]float64, len(pieces)),
		runes: make([]int, len(pieces)),
	}
	for i, p := range pieces {
		t.score[i] = p.Score
		t.runes[i] = utf8.RuneCountInString(p.Text)
		if i < reservedPieces {
			continue
		}
		var node int32
		for _, c := range p.Text {
			e := edge{node, c}
			child, ok := t.next[e]
			if !ok {
				child = int32(len(t.piece))
				t.piece = append(t.piece, unknownPiece)
				t.next[e] = child
			}
			node = child
		}
		t.piece[node] = int32(i) // of a piece listed twice, the last counts
	}
	return t
}

// whole reports whether a word is one piece at the beginning of a word.
func (t *tokenizer) whole(word string) bool {
	var node int32
	for _, c := range "▁" + word {
		child, ok := t.next[edge{node, c}]
		if !ok {
			return false
		}
		node = child
	}
	return t.piece[node] != unknownPiece
}

// lattice is the memory that cutting one text takes.
type lattice struct {
	normal []byte
	chars  []rune
	best   []float64 // by end position: the highest sum of scores
	last   []int32   // by end position: the last piece of the best segmentation
	pieces []int32
}

// pieces returns the numbers of the pieces of text, none for an empty text.
// They are valid until the lattice is used again.
func (t *tokenizer) pieces(text string, l *lattice) []int32 {
	l.normalize(text)
	chars := l.chars
	l.best = append(l.best[:0], make([]float64, len(chars)+1)...)
	l.last = append(l.last[:0], make([]int32, len(chars)+1)...)
	reach := func(end int, piece int32, sum float64) {
		if l.best[end] == 0 || sum >= l.best[end] {
			l.best[end] = sum
			l.last[end] = piece
		}
	}
	for start := range chars {
		var node int32
		known := false
		for end := start; end < len(chars); end++ {
			child, ok := t.next[edge{node, chars[end]}]
			if !ok {
				break
			}
			node = child
			if p := t.piece[node]; p != unknownPiece {
				known = true
				reach(end+1, p, t.score[p]+l.best[start])
			}
		}
		if !known {
			reach(start+1, unknownPiece, l.best[start])
		}
	}

	// Follow the best segmentation back from the end; a run of unknown
	// characters becomes one piece.
	l.pieces = l.pieces[:0]
	for end := len(chars); end > 0; {
		p := l.last[end]
		if n := len(l.pieces); p != unknownPiece || n == 0 || l.pieces[n-1] != unknownPiece {
			l.pieces = append(l.pieces, p)
		}
		end -= t.runes[p]
	}
	slices.Reverse(l.pieces)
	return l.pieces
}

// normalize sets chars to text as the vocabulary has it: in Unicode's form
// NFKC, every space and the beginning marked. Each byte that is not UTF-8
// counts as U+FFFD, which is unknown.
func (l *lattice) normalize(text string) {
	l.chars = l.chars[:0]
	if text == "" {
		return
	}
	text = text[:min(len(text), maxText)]
	l.normal = norm.NFKC.AppendString(l.normal[:0], text)
	keepJoiners := strings.ContainsRune(text, graphemeJoiner)
	l.chars = append(l.chars, wordStart)
	for rest := l.normal; len(rest) > 0; {
		c, size := utf8.DecodeRune(rest)
		rest = rest[size:]
		switch {
		case c == ' ':
			c = wordStart
		case c == graphemeJoiner && !keepJoiners:
			continue
		}
		l.chars = append(l.chars, c)
	}
}
