package answers

import (
	"maps"
	"slices"
	"strings"
	"sync"

	"verbatim/answers/question"
	"verbatim/answers/reader"
	"verbatim/answers/retrieval"
	"verbatim/corpus/words"
)

// inGeneral spells the words of questions that any source or bot can be asked.
var inGeneral = sync.OnceValue(func() *generalWords {
	count := question.Words()
	g := &generalWords{words: slices.Sorted(maps.Keys(count)), number: map[string]int32{}}
	var often []int32
	for i, w := range g.words {
		g.number[w] = int32(i)
		often = append(often, int32(count[w]))
	}
	g.speller = retrieval.NewSpeller(g.words, g.number, often)
	return g
})

// generalWords are words with a speller for them.
type generalWords struct {
	words   []string
	number  map[string]int32
	speller *retrieval.Speller
}

// shortestMended is the length, in bytes, of the shortest word that is mended: "waht".
const shortestMended = 4

// mended returns a text with those words that are no English words and nearly some of these
// spelled right, and whether there were any.
func (g *generalWords) mended(text string, tokens []words.Token) (string, bool) {
	var b strings.Builder
	last := 0
	for _, t := range tokens {
		if _, known := g.number[t.Word]; known || reader.Default().HasWord(t.Word) || t.Start < last {
			continue
		}
		if meant := g.speller.Meant(t.Word, shortestMended); len(meant) > 0 {
			b.WriteString(text[last:t.Start])
			b.WriteString(g.words[meant[0]])
			last = t.End
		}
	}
	b.WriteString(text[last:])
	return b.String(), last > 0
}
