package answers

import (
	"strings"

	"verbatim/answers/reader"
	"verbatim/corpus/words"
)

// speller mends words that are nearly some that it knows.
//
// It is the symmetric delete method (W. Garbe, SymSpell, 2012): two words are
// one edit apart if deleting at most one letter from each makes them the same.
type speller struct {
	known   map[string]int // how often a word occurs
	deleted map[string][]string
}

// minMended is the length, in bytes, of the shortest word that is mended:
// shorter ones are near to too many others.
const minMended = 4

// newSpeller returns a speller for words and how often they occur. What occurs
// once may be a typo itself and mends nothing.
func newSpeller(known map[string]int) *speller {
	s := &speller{known: known, deleted: map[string][]string{}}
	for w, n := range known {
		if n > 1 {
			s.index(w)
		}
	}
	return s
}

func (s *speller) index(w string) {
	if len(w) < minMended {
		return
	}
	s.deleted[w] = append(s.deleted[w], w)
	for i := range w {
		d := w[:i] + w[i+1:]
		s.deleted[d] = append(s.deleted[d], w)
	}
}

// maxMended is the length of the longest word that is mended: the time grows with its
// square, and no English word is longer.
const maxMended = 40

// mend returns the known word nearest to an unknown one, or the word itself; a
// common English word is no typo, though no utterance has it.
func (s *speller) mend(w string) string {
	if len(w) < minMended || len(w) > maxMended || s.known[w] > 0 || strings.ContainsAny(w, "0123456789") || reader.Default().HasWord(w) {
		return w
	}
	best := w
	try := func(key string) {
		for _, k := range s.deleted[key] {
			if n := s.known[k]; (best == w || n > s.known[best] || n == s.known[best] && k < best) && oneEdit(w, k) {
				best = k
			}
		}
	}
	try(w)
	for i := range w {
		try(w[:i] + w[i+1:])
	}
	return best
}

// oneEdit reports whether two words differ by one letter added, left out or
// replaced, or by two neighbours swapped (Damerau's distance of 1), and begin
// with the same letter, as most typos do.
func oneEdit(a, b string) bool {
	if a[0] != b[0] {
		return false
	}
	if len(a) > len(b) {
		a, b = b, a
	}
	i := 0
	for i < len(a) && a[i] == b[i] {
		i++
	}
	switch len(b) - len(a) {
	case 0:
		if i == len(a) || a[i+1:] == b[i+1:] {
			return true
		}
		return i+1 < len(a) && a[i] == b[i+1] && a[i+1] == b[i] && a[i+2:] == b[i+2:]
	case 1:
		return a[i:] == b[i+1:]
	}
	return false
}

// mendText returns a text with its typos mended, and whether there were any.
func (s *speller) mendText(text string, tokens []words.Token) (string, bool) {
	var b strings.Builder
	last := 0
	for _, t := range tokens {
		if m := s.mend(t.Word); m != t.Word && t.Start >= last {
			b.WriteString(text[last:t.Start])
			b.WriteString(m)
			last = t.End
		}
	}
	if last == 0 {
		return text, false
	}
	b.WriteString(text[last:])
	return b.String(), true
}
