package retrieval

import (
	"math/bits"
	"slices"
	"strings"

	"verbatim/corpus/words"
)

// A word that a corpus does not have may be one of its words misspelt: in one
// place if it has oneEdit letters, in two if it has twoEdits. Shorter words are
// too often one edit from another word. Found on testdata/questions and on its
// questions put to the other texts: with four letters for one edit, more foreign
// questions found an answer.
const (
	oneEdit  = 5
	twoEdits = 8
)

// maxMeant is how many words may be meant by a misspelt one.
const maxMeant = 4

// sound is the first letter and the length of a word: what a misspelling of it
// keeps, nearly.
type sound struct {
	first  byte
	length int
}

// Speller finds the words that a misspelt one may stand for.
type Speller struct {
	words  []string
	number map[string]int32 // of each word
	often  []int32
	alike  map[sound][]spelt
}

// spelt is a term and the letters it has, one bit each: two words that are one
// edit apart differ in two letters at most.
type spelt struct {
	term    int32
	letters uint32
}

func letters(w string) (set uint32) {
	for i := 0; i < len(w); i++ {
		set |= 1 << (w[i] & 31)
	}
	return set
}

// NewSpeller returns a speller for words, with the number of each, its place among them, and
// how often each occurs. They are not copied.
func NewSpeller(words []string, number map[string]int32, often []int32) *Speller {
	s := &Speller{words: words, number: number, often: often, alike: map[sound][]spelt{}}
	for id, w := range words {
		if plain(w) && len(w) >= oneEdit-1 {
			key := sound{w[0], len(w)}
			s.alike[key] = append(s.alike[key], spelt{int32(id), letters(w)})
		}
	}
	return s
}

// plain reports whether a word is made of small letters a to z.
func plain(w string) bool {
	for i := 0; i < len(w); i++ {
		if w[i] < 'a' || w[i] > 'z' {
			return false
		}
	}
	return w != ""
}

// longestMisspelt is the length of the longest word that is looked for in other spellings.
const longestMisspelt = 40

// Meant returns the numbers of up to maxMeant words nearest to one that is none of them, the
// most frequent first,
// with a letter added, left out, replaced, or changed over with the next (Damerau,
// “A technique for computer detection and correction of spelling errors”, 1964).
// Most misspellings keep the first letter; others are looked for in one edit only. Words of
// fewer than shortest bytes, which is 4 at least, mean nothing else.
func (s *Speller) Meant(word string, shortest int) []int32 {
	if len(word) < shortest || len(word) > longestMisspelt || !plain(word) {
		return nil
	}
	allowed := 1
	if len(word) >= twoEdits {
		allowed = 2
	}
	var out []int32
	best := allowed + 1
	has := letters(word)
	for n := len(word) - allowed; n <= len(word)+allowed; n++ {
		for _, other := range s.alike[sound{word[0], n}] {
			id := other.term
			if bits.OnesCount32(has^other.letters) > 2*allowed {
				continue
			}
			if d := words.Distance(word, s.words[id], min(best, allowed)); d <= min(best, allowed) {
				if d < best {
					best, out = d, out[:0]
				}
				out = append(out, id)
			}
		}
	}
	if best > 1 {
		if first := s.firstWrong(word); len(first) > 0 {
			out = first
		}
	}
	slices.SortFunc(out, func(a, b int32) int {
		if d := s.often[b] - s.often[a]; d != 0 {
			return int(d)
		}
		return strings.Compare(s.words[a], s.words[b])
	})
	return out[:min(len(out), maxMeant)]
}

// firstWrong returns the words that differ from word in the first letter.
func (s *Speller) firstWrong(word string) (out []int32) {
	try := func(w string) {
		if id, ok := s.number[w]; ok && w != word {
			out = append(out, id)
		}
	}
	try(word[1:])
	try(word[1:2] + word[:1] + word[2:])
	for c := 'a'; c <= 'z'; c++ {
		try(string(c) + word)
		try(string(c) + word[1:])
	}
	return out
}

// misspelt returns the terms that a word may stand for which the corpus does not have.
func (x *Index) misspelt(word string) []int32 {
	x.spell.Do(func() { x.speller = NewSpeller(x.words, x.terms, x.df) })
	return x.speller.Meant(word, oneEdit)
}
