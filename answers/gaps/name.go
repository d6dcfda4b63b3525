package gaps

import (
	"cmp"
	"math"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"verbatim/answers/retrieval"
	"verbatim/corpus"
	"verbatim/corpus/words"
)

const (
	// nameWords is how many words an id is made of, and wordLength how many
	// characters each has at the most: an id of 40 fits wherever one is kept.
	nameWords  = 3
	wordLength = 12
)

// namer makes ids of the words of groups.
type namer struct {
	texts int
	in    map[string]int  // of each stem, how many texts have it
	taken map[string]bool // ids
}

func newNamer(texts []string, c *corpus.Corpus) *namer {
	n := &namer{texts: len(texts), in: map[string]int{}, taken: map[string]bool{}}
	for _, t := range texts {
		for stem := range stemsOf(t) {
			n.in[stem]++
		}
	}
	for _, s := range c.Sources() {
		for _, in := range s.Intents() {
			n.taken[in.ID] = true
		}
	}
	return n
}

// stemsOf returns the stems of a text that tell what it is about, each with the
// word that stands for it in an id.
func stemsOf(text string) map[string]string {
	out := map[string]string{}
	for _, t := range words.Tokens(text) {
		if w := inID(t.Word); w != "" && !retrieval.Framing(t.Word) && out[t.Stem] == "" {
			out[t.Stem] = w
		}
	}
	return out
}

// inID is a word as it stands in an id: its letters and digits.
func inID(word string) string {
	kept := []rune(strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return r
		}
		return -1
	}, word))
	return string(kept[:min(len(kept), wordLength)])
}

// name makes an id that is not taken: of the words that most of the utterances
// have and few others do, in the order in which the utterance that has the most of
// them has them.
func (n *namer) name(utterances []string) string {
	scores := map[string]float64{}
	for _, u := range utterances {
		for stem := range stemsOf(u) {
			scores[stem] += math.Log(1 + float64(n.texts)/float64(n.in[stem]))
		}
	}
	stems := make([]string, 0, len(scores))
	for s := range scores {
		stems = append(stems, s)
	}
	slices.SortFunc(stems, func(a, b string) int { return cmp.Or(cmp.Compare(scores[b], scores[a]), cmp.Compare(a, b)) })
	stems = stems[:min(len(stems), nameWords)]
	var best []string
	for _, u := range utterances {
		var parts []string
		for _, t := range words.Tokens(u) {
			if w := inID(t.Word); w != "" && slices.Contains(stems, t.Stem) && !slices.Contains(parts, w) {
				parts = append(parts, w)
			}
		}
		if parts = parts[:min(len(parts), nameWords)]; len(parts) > len(best) {
			best = parts
		}
	}
	id := strings.Join(best, "-")
	if id == "" {
		id = "question"
	}
	for i, base := 2, id; n.taken[id]; i++ {
		id = base + "-" + strconv.Itoa(i)
	}
	n.taken[id] = true
	return id
}
