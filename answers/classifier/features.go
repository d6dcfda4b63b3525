package classifier

import (
	"hash/fnv"
	"io"
	"math"
	"slices"
	"strings"

	"verbatim/corpus/words"
)

// What is read of a text. Found on the public sets (see
// docs/decisions/large-margin-softmax.md): more of any of it lifted nothing.
const (
	maxWordRun = 2 // stems in a row
	minCharRun = 2 // characters in a row, within a word and its two ends
	maxCharRun = 5

	// maxTokens is how many words of a text are read. A question has 3 to 60;
	// the rest of a pasted page would only cost time.
	maxTokens = 256
)

// A kind keeps apart what looks the same but is read in another way. Each has
// its own length in a text's sparse vector.
type kind uint8

const (
	wordRuns kind = iota // stems, one and two in a row
	charRuns             // characters of words as written
	named                // the caller's features
	kinds
)

// weights is the length of each kind's part of a sparse vector. Words and
// characters: the best of 0.7 to 1.5 each on the public sets, where 1.1 and
// 0.7 lead by 0.1 to 0.3 points. Named features are taken to say as much as
// words.
var weights = [kinds]float32{wordRuns: 1.1, charRuns: 0.7, named: 1.1}

// feature is something read in a text: a hash that stands for it, and what
// kind it is. Two features whose hashes agree are one; of 100,000 features one
// pair does.
type feature struct {
	hash uint32
	kind kind
}

// mix makes 32 bits of 64, such that the upper ones are well spread.
func mix(h uint64) uint32 {
	h ^= h >> 32
	h *= 0x9e3779b97f4a7c15 // 2^64 over the golden ratio (Knuth, vol. 3, 6.4)
	return uint32(h >> 32)
}

// read appends to features what is in the text's tokens and the caller's named
// features, with repetitions, in order.
func read(features []feature, tokens []words.Token, extra []string) []feature {
	tokens = tokens[:min(len(tokens), maxTokens)]
	h := fnv.New64a()
	begin := func(k kind) {
		h.Reset()
		h.Write([]byte{byte(k)})
	}
	add := func(k kind) { features = append(features, feature{mix(h.Sum64()), k}) }
	for i := range tokens {
		begin(wordRuns)
		for j := i; j < len(tokens) && j < i+maxWordRun; j++ {
			io.WriteString(h, tokens[j].Stem+" ")
			add(wordRuns)
		}
	}
	for _, t := range tokens {
		letters := strings.Split(" "+t.Word+" ", "")
		for i := range letters {
			begin(charRuns)
			for n, letter := range letters[i:min(len(letters), i+maxCharRun)] {
				io.WriteString(h, letter)
				if n+1 >= minCharRun {
					add(charRuns)
				}
			}
		}
	}
	for _, f := range extra {
		begin(named)
		io.WriteString(h, f)
		add(named)
	}
	return features
}

// entry is one value of a sparse vector.
type entry struct {
	id    int32 // of the feature
	value float32
}

// vocabulary knows the features of a corpus.
type vocabulary struct {
	hashes []uint32  // ascending; a feature's id is its place here
	idf    []float32 // by id: the inverse document frequency
}

// newVocabulary knows the features of the texts. Those that occur in a single
// one count: without them, HWU64 loses a point.
func newVocabulary(texts [][]feature) *vocabulary {
	var all []uint32
	for _, t := range texts {
		hashes := make([]uint32, 0, len(t))
		for _, f := range t {
			hashes = append(hashes, f.hash)
		}
		slices.Sort(hashes)
		all = append(all, slices.Compact(hashes)...)
	}
	slices.Sort(all)
	v := &vocabulary{}
	for len(all) > 0 {
		n := 1
		for n < len(all) && all[n] == all[0] {
			n++
		}
		v.hashes = append(v.hashes, all[0])
		v.idf = append(v.idf, float32(math.Log(float64(1+len(texts))/float64(1+n))+1))
		all = all[n:]
	}
	return v
}

// vector returns the sparse vector of what was read, by ascending id: tf-idf
// with a logarithmic tf (Manning, Raghavan and Schütze, "Introduction to
// Information Retrieval", 2008, 6.4.1), each kind's part at its own length.
// Features that the corpus does not have are left out.
func (v *vocabulary) vector(features []feature) []entry {
	type known struct {
		id   int32
		kind kind
	}
	found := make([]known, 0, len(features))
	for _, f := range features {
		if id, ok := slices.BinarySearch(v.hashes, f.hash); ok {
			found = append(found, known{int32(id), f.kind})
		}
	}
	slices.SortFunc(found, func(a, b known) int { return int(a.id - b.id) })
	entries := make([]entry, 0, len(found))
	at := make([]kind, 0, len(found))
	var squares [kinds]float32
	for len(found) > 0 {
		n := 1
		for n < len(found) && found[n].id == found[0].id {
			n++
		}
		value := v.idf[found[0].id]
		if n > 1 {
			value *= float32(1 + math.Log(float64(n)))
		}
		entries = append(entries, entry{found[0].id, value})
		at = append(at, found[0].kind)
		squares[found[0].kind] += value * value
		found = found[n:]
	}
	var scale [kinds]float32
	for k, s := range squares {
		if s > 0 {
			scale[k] = weights[k] / float32(math.Sqrt(float64(s)))
		}
	}
	for i := range entries {
		entries[i].value *= scale[at[i]]
	}
	return entries
}
