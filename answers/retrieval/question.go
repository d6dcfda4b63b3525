package retrieval

import (
	"slices"

	"verbatim/answers/asks"
	"verbatim/corpus/words"
)

// maxTerms is how many different words of a question count: one bit each.
// The longest of 4,557 questions about 13 articles has 25.
const maxTerms = 64

// question is what a question says to the index.
type question struct {
	asked  asks.Asked
	tells  asks.Set // the kinds of things in the question itself
	terms  []wanted
	pairs  [][2]int8 // terms that stand side by side
	saying bool      // it asks for what somebody said
	total  float64   // sum of the terms' weights
	head   int8      // the term of asked.Head, -1 for none
}

// wanted is one word of the question.
type wanted struct {
	word   string  // its term
	weight float64 // idf, less for words that ask
	name   bool    // capitalised, or a figure
	year   bool
	asking bool
	// alike are the terms that may stand for it.
	alike []alike
}

// alike is a term of the corpus that may stand for a word of the question.
type alike struct {
	term int32
	how  how
}

// how a term of the corpus stands for a word of the question.
type how uint8

const (
	same how = iota
	kin      // another word of the same root
	typo     // a word that is spelt almost so
)

// understand reads a question.
func (x *Index) understand(text string, q *question) {
	tokens := words.Tokens(text)
	*q = question{asked: asks.OfTokens(text, tokens), tells: asks.SetOf(text, tokens), terms: q.terms[:0], pairs: q.pairs[:0], head: -1}
	shouted := shouts(text, tokens) // capitals say nothing where all are
	previous := int8(-1)
	for n, t := range tokens {
		if sayingWords[t.Word] {
			q.saying = true
		}
		if function[t.Word] {
			continue
		}
		form := term(t)
		at := int8(slices.IndexFunc(q.terms, func(w wanted) bool { return w.word == form }))
		if at < 0 {
			if len(q.terms) == maxTerms {
				continue
			}
			at = int8(len(q.terms))
			x.want(q, t, form, text[t.Start], n > 0 && !shouted)
		}
		if q.asked.Head == t.Word {
			q.head = at
		}
		if previous >= 0 && previous != at {
			q.pairs = append(q.pairs, [2]int8{previous, at})
		}
		previous = at
	}
}

// shouts reports whether most words of a question begin with a capital.
func shouts(text string, tokens []words.Token) bool {
	capitals := 0
	for _, t := range tokens {
		if c := text[t.Start]; 'A' <= c && c <= 'Z' {
			capitals++
		}
	}
	return capitals > 2*(len(tokens)-capitals)
}

// want adds a word to a question; first is the letter that it begins with, and capitals
// says whether a capital there makes it a name.
func (x *Index) want(q *question, t words.Token, form string, first byte, capitals bool) {
	figure := '0' <= first && first <= '9'
	q.terms = append(q.terms, wanted{
		word: form, asking: askingWords[t.Word] || sayingWords[t.Word],
		name: 'A' <= first && first <= 'Z' && capitals || figure,
		year: len(form) == 4 && figure,
	})
	w := &q.terms[len(q.terms)-1]
	x.find(w)
	q.total += w.weight
}

// find looks up the terms that may stand for a word.
func (x *Index) find(w *wanted) {
	w.alike = w.alike[:0]
	df := int32(0)
	if id, ok := x.terms[w.word]; ok {
		w.alike = append(w.alike, alike{id, same})
		df = x.df[id]
	}
	if !w.name || len(w.alike) == 0 {
		for _, id := range x.kinOf(root(w.word)) {
			if x.words[id] != w.word {
				w.alike = append(w.alike, alike{id, kin})
				df = max(df, x.df[id])
			}
		}
	}
	if len(w.alike) == 0 {
		for _, id := range x.misspelt(w.word) {
			w.alike = append(w.alike, alike{id, typo})
			df = max(df, x.df[id])
		}
	}
	w.weight = x.idf(df)
	if w.asking {
		w.weight *= askingShare
	}
}

// askingShare is how much a word counts that carries what kind of thing is asked
// for ("year", "type") rather than what about.
const askingShare = 0.4
