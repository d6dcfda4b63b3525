// Package classifier tells which of a corpus's intents a question has, how
// likely that is, and when none fits. It learns from labelled utterances: a
// linear model over runs of words and of characters, and over sentence vectors
// where there are some.
package classifier

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strings"

	"verbatim/corpus/words"
)

// Example is a text whose label is known.
type Example struct {
	Text string
	// Label is any non-empty line. What people ask and a corpus does not
	// answer is best given as labels of its own, as many as there are subjects.
	Label string
	// Vector is the text's sentence vector, of length 1, or nil. All vectors
	// have as many dimensions.
	Vector []float32
	// Features are anything else that was found in the text, by name
	// ("subject:apple"). A name weighs as a word does.
	Features []string
}

// Model is what was learned. It is safe for concurrent use.
type Model struct {
	labels     []string // ascending
	vocabulary *vocabulary

	packed
	calibration
	length float32 // of vectors
}

// Result says which labels a text may have.
type Result struct {
	// Choices are the likeliest labels, the best first.
	Choices []Choice
	// Fits is the probability that any label does, 0 to 1.
	Fits float64
}

// Choice is one label that a text may have.
type Choice struct {
	Label string
	// Probability, 0 to 1, that this is the text's label. Those of all labels
	// add up to Result.Fits. Below one half, the text more likely has none or
	// another.
	Probability float64
}

// maxLabels is the most that the stored form can tell apart.
const maxLabels = 1 << 16

// Train learns from examples, in any order; the model depends on their order
// only in that it is the same for the same order, with any number of
// processors. It errs if there is nothing to learn from, if a label is empty,
// or if vectors differ in length. It takes up to Fits steps, and calls stepped after each.
func Train(examples []Example, stepped func()) (*Model, error) {
	d, err := newData(examples)
	if err != nil {
		return nil, err
	}
	d.stepped = stepped
	s := defaults
	s.dense = d.denseLength(s)
	m := &Model{labels: d.labels, vocabulary: d.vocabulary, length: s.dense}
	m.packed = pack(d.fit(d.rows(s.dense), d.label, len(d.labels), len(d.vocabulary.hashes), s))
	m.calibration = d.calibrate(s)
	return m, nil
}

// Classify returns the k likeliest labels of a text, given its tokens, its
// named features, and its vector, which must have been made as those of the
// examples were; one of another length counts as none.
func (m *Model) Classify(tokens []words.Token, features []string, vector []float32, k int) Result {
	if len(vector) != m.dim {
		vector = nil
	}
	scores := make([]float32, len(m.labels))
	m.scores(scores, m.vocabulary.vector(read(nil, tokens, features)), scaled(vector, m.length))
	fits := m.confidence(scores)
	order := make([]int, len(scores))
	for i := range order {
		order[i] = i
	}
	slices.SortFunc(order, func(a, b int) int { return cmp.Or(cmp.Compare(scores[b], scores[a]), cmp.Compare(a, b)) })
	k = max(0, min(k, len(order)))
	r := Result{Fits: fits, Choices: make([]Choice, k)}
	for i, y := range order[:k] {
		r.Choices[i] = Choice{m.labels[y], fits * float64(scores[y])}
	}
	return r
}

// data is the examples as the fits need them.
type data struct {
	labels     []string
	vocabulary *vocabulary
	label      []int // by example
	sparse     [][]entry
	vectors    [][]float32
	dim        int
	stepped    func() // see Train
}

func newData(examples []Example) (*data, error) {
	if len(examples) == 0 {
		return nil, errors.New("train a classifier: there are no examples; give at least one")
	}
	d := &data{
		label:   make([]int, len(examples)),
		sparse:  make([][]entry, len(examples)),
		vectors: make([][]float32, len(examples)),
	}
	for i, e := range examples {
		if e.Label == "" || strings.Contains(e.Label, "\n") {
			return nil, fmt.Errorf("train a classifier: example %d has no label; give it one, of one line", i)
		}
		d.labels = append(d.labels, e.Label)
		if len(e.Vector) > 0 && d.dim > 0 && len(e.Vector) != d.dim {
			return nil, fmt.Errorf("train a classifier: the vector of example %d has %d dimensions, others %d; use one encoder for all", i, len(e.Vector), d.dim)
		}
		d.dim = max(d.dim, len(e.Vector))
	}
	slices.Sort(d.labels)
	d.labels = slices.Clip(slices.Compact(d.labels))
	if len(d.labels) > maxLabels {
		return nil, fmt.Errorf("train a classifier: %d labels; %d is the most", len(d.labels), maxLabels)
	}
	found := make([][]feature, len(examples))
	parallel(len(examples), func(i int) {
		found[i] = read(nil, words.Tokens(examples[i].Text), examples[i].Features)
	})
	d.vocabulary = newVocabulary(found)
	parallel(len(examples), func(i int) {
		d.label[i], _ = slices.BinarySearch(d.labels, examples[i].Label)
		d.sparse[i] = d.vocabulary.vector(found[i])
		d.vectors[i] = examples[i].Vector
		if len(d.vectors[i]) == 0 {
			d.vectors[i] = make([]float32, d.dim)
		}
	})
	return d, nil
}

// rows returns the examples with vectors of the given length.
func (d *data) rows(length float32) []row {
	rows := make([]row, len(d.sparse))
	for i := range rows {
		rows[i] = row{d.sparse[i], scaled(d.vectors[i], length)}
	}
	return rows
}

func scaled(v []float32, by float32) []float32 {
	out := make([]float32, len(v))
	for i, x := range v {
		out[i] = x * by
	}
	return out
}
