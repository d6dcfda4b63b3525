package gaps

import (
	"math"
	"slices"

	"verbatim/answers/reader"
	"verbatim/answers/retrieval"
	"verbatim/corpus/words"
)

// The constants were chosen on journals made of the validation rows of BANKING77,
// HWU64 and CLINC150: some 50 questions of 6 intents, some 125 of 40, few of which
// are asked often, and all rows (1,150 of 77, 1,147 of 64, 3,000 of 150). How well
// the groups agree with the intents (BenchmarkAgreement; the adjusted Rand index, and
// of the pairs of questions in a group the share that is of one intent, and the other
// way about):
//
//	           6 intents                 40 intents                all intents
//	           index precision recall    index precision recall    index precision recall
//	BANKING77  0.70  0.81      0.71      0.49  0.48      0.55      0.32  0.37      0.30
//	HWU64      0.82  0.96      0.77      0.63  0.62      0.68      0.45  0.61      0.37
//	CLINC150   0.95  0.97      0.95      0.80  0.78      0.86      0.61  0.68      0.56
//
// On the mean of the three sets at 40 intents, each at its best threshold of those
// tried, sentence vectors alone reach 0.54, words alone 0.51 and both 0.64
// (BenchmarkSweep tries other values). A threshold that does not grow with the number
// of texts joins too much of many.
const (
	// wordShare is how much of the likeness of two questions is that of their
	// words; the rest is that of their sentence vectors.
	wordShare = 0.6
	// alike is the least likeness, on average, of the questions of two groups that
	// are made one, where there are alikeAt texts; with twice as many it is alikeStep
	// more, since more come near one another by chance, and never under alikeLeast.
	alike      = 0.15
	alikeAt    = 125
	alikeStep  = 0.02
	alikeLeast = 0.12
	// framingWeight is what a word like "what" or "say" weighs of a word that tells
	// what is asked about.
	framingWeight = 0.25
)

// bag is the words of a text, or the sum of several: ids in ascending order, with
// weights.
type bag []weighted

type weighted struct {
	word   int32
	weight float32
}

// node is a group on its way: the sums of the vectors of its texts. The average
// likeness of two groups is the product of their sums over that of their sizes, so
// that no matrix of all pairs is needed.
type node struct {
	texts  []int
	vector []float32
	bag    bag
}

// anyQuestions are questions to anything: what the vectors and words of these and
// of a corpus's own questions have in common tells no two questions apart.
var anyQuestions = []string{
	"what did he say about it?", "who said that?", "when was this?", "where did it happen?", "why is that so?",
	"how does it work?", "how much does it cost?", "how many are there?", "is it true that it was changed?",
	"what is the plan for next year?", "can you explain the difference?", "what happened after that?",
	"which one is better?", "will it be available?", "who is in charge?", "what are the risks?",
	"I want to know more about this", "tell me about the company", "does it say anything on the law", "any news",
}

// centred returns vectors without what they and those of the background have in
// common, each of length 1 again.
func centred(vectors, background [][]float32) [][]float32 {
	mean := make([]float32, reader.Dim)
	for _, vs := range [][][]float32{background, vectors} {
		for _, v := range vs {
			for i, x := range v {
				mean[i] += x
			}
		}
	}
	out := make([][]float32, len(vectors))
	for i, v := range vectors {
		out[i] = make([]float32, len(v))
		for j, x := range v {
			out[i][j] = x - mean[j]/float32(len(vectors)+len(background))
		}
		reader.Normalise(out[i])
	}
	return out
}

// bags returns the words of each text, weighted by how rare they are among the
// texts and brought to length 1, and how many different words there are.
func bags(texts []string) ([]bag, int) {
	ids := map[string]int32{}
	var in []int          // of each word, how many texts have it
	var weights []float64 // of each word, before how rare it is
	all := make([]bag, len(texts))
	for i, text := range texts {
		for _, t := range words.Tokens(text) {
			id, ok := ids[t.Stem]
			if !ok {
				id = int32(len(ids))
				ids[t.Stem] = id
				weight := 1.0
				if retrieval.Framing(t.Word) {
					weight = framingWeight
				}
				in, weights = append(in, 0), append(weights, weight)
			}
			if !slices.ContainsFunc(all[i], func(w weighted) bool { return w.word == id }) {
				all[i] = append(all[i], weighted{id, 1})
				in[id]++
			}
		}
	}
	for _, b := range all {
		var squares float64
		for j, w := range b {
			weight := weights[w.word] * math.Log(1+float64(len(texts))/float64(in[w.word]))
			b[j].weight = float32(weight)
			squares += weight * weight
		}
		for j := range b {
			b[j].weight /= float32(math.Sqrt(squares))
		}
		slices.SortFunc(b, func(x, y weighted) int { return int(x.word - y.word) })
	}
	return all, len(ids)
}

// plus is the sum of two bags.
func (b bag) plus(c bag) bag {
	sum := make(bag, 0, len(b)+len(c))
	for len(b) > 0 && len(c) > 0 {
		switch {
		case b[0].word < c[0].word:
			sum, b = append(sum, b[0]), b[1:]
		case b[0].word > c[0].word:
			sum, c = append(sum, c[0]), c[1:]
		default:
			sum, b, c = append(sum, weighted{b[0].word, b[0].weight + c[0].weight}), b[1:], c[1:]
		}
	}
	return append(append(sum, b...), c...)
}

// Cluster puts texts into groups that are alike in meaning, and returns the
// indices of the texts of each: ascending in a group, the groups in the order of
// their first. The same texts in the same order give the same groups. Time grows
// with the square of the number of texts, memory with the number.
func Cluster(texts, background []string) [][]int {
	background = slices.Concat(anyQuestions, background)
	vectors := reader.Default().EncodeAll(slices.Concat(background, texts))
	n := len(background)
	return cluster(texts, background, centred(vectors[n:], vectors[:n]), wordShare, threshold(len(texts)))
}

// threshold is alike for so many texts.
func threshold(texts int) float64 {
	return max(alikeLeast, alike+alikeStep*math.Log2(float64(max(texts, 1))/alikeAt))
}

// clusterer joins groups by average linkage. It follows chains of nearest
// neighbours: two groups that are the nearest of each other are joined. With
// average linkage that gives the same groups as always joining the nearest pair
// of all (J. Juan, “Programme de classification hiérarchique par l'algorithme de
// la recherche en chaîne des voisins réciproques”, 1982).
type clusterer struct {
	share, least float64
	nodes        []*node // nil once joined to another, or done
	active       []int   // of nodes, ascending
	spread       []float32
}

func cluster(texts, background []string, vectors [][]float32, share, least float64) [][]int {
	all, n := bags(slices.Concat(texts, background))
	c := &clusterer{share: share, least: least, spread: make([]float32, n)}
	for i := range texts {
		c.nodes = append(c.nodes, &node{[]int{i}, vectors[i], all[i]})
		c.active = append(c.active, i)
	}
	var groups [][]int
	done := func(i int) {
		slices.Sort(c.nodes[i].texts)
		groups = append(groups, c.nodes[i].texts)
		c.remove(i)
	}
	var chain []int
	for len(c.active) > 0 {
		if len(chain) == 0 {
			chain = append(chain, c.active[0])
		}
		top, before := chain[len(chain)-1], -1
		if len(chain) > 1 {
			before = chain[len(chain)-2]
		}
		next := c.nearest(top, before)
		switch at := slices.Index(chain, next); {
		case next < 0:
			// Nothing comes near enough, and joining others will not change that: a
			// joined group is no nearer than the nearer of its parts was.
			done(top)
			chain = chain[:len(chain)-1]
		case next == before:
			c.join(min(top, before), max(top, before))
			chain = chain[:len(chain)-2]
		case at >= 0:
			chain = chain[:at+1] // the last bits of a sum have changed what was nearest
		default:
			chain = append(chain, next)
		}
	}
	slices.SortFunc(groups, func(a, b []int) int { return a[0] - b[0] })
	return groups
}

// nearest returns the group nearest to group i, -1 where none comes near enough.
// Where several are as near it is before, else the first.
func (c *clusterer) nearest(i, before int) int {
	a := c.nodes[i]
	for _, w := range a.bag {
		c.spread[w.word] = w.weight
	}
	best, most := -1, c.least
	look := func(j int) {
		b := c.nodes[j]
		var shared float32
		for _, w := range b.bag {
			shared += w.weight * c.spread[w.word]
		}
		likeness := (1-c.share)*float64(reader.Dot(a.vector, b.vector)) + c.share*float64(shared)
		likeness /= float64(len(a.texts)) * float64(len(b.texts))
		if likeness > most || best < 0 && likeness >= most {
			best, most = j, likeness
		}
	}
	if before >= 0 {
		look(before)
	}
	for _, j := range c.active {
		if j != i && j != before {
			look(j)
		}
	}
	for _, w := range a.bag {
		c.spread[w.word] = 0
	}
	return best
}

// join makes group j part of group i.
func (c *clusterer) join(i, j int) {
	a, b := c.nodes[i], c.nodes[j]
	a.texts = append(a.texts, b.texts...)
	for k, v := range b.vector {
		a.vector[k] += v
	}
	a.bag = a.bag.plus(b.bag)
	c.remove(j)
}

func (c *clusterer) remove(i int) {
	at, _ := slices.BinarySearch(c.active, i)
	c.active = slices.Delete(c.active, at, at+1)
	c.nodes[i] = nil
}
