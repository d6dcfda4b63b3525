// Package encoder turns a sentence into a vector, such that sentences alike
// in meaning have vectors that point in like directions. It runs Universal
// Sentence Encoder Lite (Cer et al., "Universal Sentence Encoder", 2018) from
// weights that are part of the binary.
package encoder

import (
	"fmt"
	"math"
	"runtime"
	"sync"
	"sync/atomic"

	"verbatim/answers/encoder/internal/modelfile"
)

// The model's shape, which its file confirms.
const (
	// Dim is the length of every vector.
	Dim = 512

	embeddingDim = 256  // of a piece, and of the first layer's attention
	feedDim      = 1536 // between a layer's two dense layers
	heads        = 4    // of the attention
	maxPieces    = 128  // more are cut off, as the model does
)

// The model's small constants.
const (
	normEpsilon   = 1e-6  // added to a layer normalisation's variance
	lengthEpsilon = 1e-12 // the least squared length that the last step divides by
)

// Encoder turns texts into vectors. It is safe for concurrent use.
type Encoder struct {
	tokenizer  *tokenizer
	embeddings *modelfile.Matrix
	positions  []float32 // maxPieces × embeddingDim
	residual   dense
	layers     [2]layer
	output     dense

	product product
	scratch sync.Pool // of *scratch
}

// HasWord reports whether a lower-case word is a piece of the model's vocabulary
// by itself, as some 5,000 of the commonest English words are.
func (e *Encoder) HasWord(word string) bool { return word != "" && e.tokenizer.whole(word) }

// dense is a layer y = weights·x + bias, a row of weights for each output.
type dense struct {
	weights []float32
	bias    []float32
	in      int // length of a row
}

type layer struct {
	dim           int // of the attention
	attentionNorm modelfile.Norm
	qkv           dense
	attentionOut  dense
	feedNorm      modelfile.Norm
	feedIn        dense
	feedOut       dense
}

// Encode returns the vector of text: Dim values, of length 1. Any bytes will
// do. Only the first 128 vocabulary pieces count (about a hundred English
// words). The empty text has a fixed vector: what the model makes of no pieces.
//
// The same text gives the same vector to the last bit on the same machine;
// machines with other instruction sets differ in the last bits.
func (e *Encoder) Encode(text string) []float32 {
	s := e.scratch.Get().(*scratch)
	defer e.scratch.Put(s)
	pieces := e.tokenizer.pieces(text, &s.lattice)
	pieces = pieces[:min(len(pieces), maxPieces)]
	s.resize(len(pieces))
	if len(pieces) > 0 {
		e.embed(s.narrow, pieces)
		e.apply(s.wide, s.narrow, &e.residual)

		e.attend(s, &e.layers[0], s.narrow)
		e.feed(s, &e.layers[0])
		e.apply(s.change, s.inner, &e.layers[0].feedOut)
		add(s.wide, s.change)

		e.attend(s, &e.layers[1], s.wide)
		e.feed(s, &e.layers[1])
	}
	return e.pool(s)
}

// EncodeAll returns the vector of each text, as Encode does, and uses all
// processors that Go may use.
func (e *Encoder) EncodeAll(texts []string) [][]float32 {
	vectors := make([][]float32, len(texts))
	var next atomic.Int64
	var workers sync.WaitGroup
	for range min(runtime.GOMAXPROCS(0), len(texts)) {
		workers.Go(func() {
			for i := int(next.Add(1)) - 1; i < len(texts); i = int(next.Add(1)) - 1 {
				vectors[i] = e.Encode(texts[i])
			}
		})
	}
	workers.Wait()
	return vectors
}

// embed sets a row of dst for each piece: its embedding and its position.
func (e *Encoder) embed(dst []float32, pieces []int32) {
	for i, p := range pieces {
		row := dst[i*embeddingDim:][:embeddingDim]
		e.embeddings.Row(row, int(p))
		add(row, row) // the model adds the embeddings to what holds them already
		add(row, e.positions[i*embeddingDim:][:embeddingDim])
	}
}

// apply sets dst to the layer's outputs for each row of x.
func (e *Encoder) apply(dst, x []float32, d *dense) {
	e.product(dst, x, d.weights, d.in)
	for len(dst) > 0 {
		add(dst[:len(d.bias)], d.bias)
		dst = dst[len(d.bias):]
	}
}

// attend runs the first half of a transformer layer, whose input is x, and
// adds its result to s.wide, which holds the input's residual.
func (e *Encoder) attend(s *scratch, l *layer, x []float32) {
	n := len(s.wide) / Dim
	normed := s.normed[:n*l.dim]
	normalizeRows(normed, x, &l.attentionNorm)
	qkv := s.inner[:n*3*l.dim]
	e.apply(qkv, normed, &l.qkv)
	e.attention(s, normed, qkv, l.dim)
	e.apply(s.change, normed, &l.attentionOut)
	add(s.wide, s.change)
}

// attention sets dst to the scaled dot-product attention (Vaswani et al.,
// "Attention Is All You Need", 2017) of qkv, whose rows hold query, key and
// value of length dim.
func (e *Encoder) attention(s *scratch, dst, qkv []float32, dim int) {
	n := len(dst) / dim
	size := dim / heads
	scale := float32(1 / math.Sqrt(float64(size)))
	query, key, value, out := s.query[:n*size], s.key[:n*size], s.value[:n*size], s.head[:n*size]
	for h := range heads {
		for i := range n {
			row := qkv[i*3*dim+h*size:]
			for c, v := range row[:size] {
				query[i*size+c] = v * scale
			}
			copy(key[i*size:][:size], row[dim:])
			for c, v := range row[2*dim:][:size] {
				value[c*n+i] = v // a row for each dimension, to multiply by
			}
		}
		e.product(s.weights, query, key, size)
		for i := range n {
			softmax(s.weights[i*n:][:n])
		}
		e.product(out, s.weights, value, n)
		for i := range n {
			copy(dst[i*dim+h*size:][:size], out[i*size:])
		}
	}
}

// feed runs the second half of a transformer layer up to its rectifier, on
// s.wide. What comes out, in s.inner, goes through l.feedOut and is added to
// s.wide.
func (e *Encoder) feed(s *scratch, l *layer) {
	normalizeRows(s.normed, s.wide, &l.feedNorm)
	e.apply(s.inner, s.normed, &l.feedIn)
	for i, v := range s.inner {
		s.inner[i] = max(v, 0)
	}
}

// pool finishes the last layer and makes the text's vector of its pieces'
// vectors: their mean, through one more layer, at length 1. The mean is taken
// before the layer's last step, which is linear, so that the step is run once
// and not for every piece.
func (e *Encoder) pool(s *scratch) []float32 {
	mean, change := s.mean[:], s.meanChange[:]
	average(mean, s.wide)
	if len(s.wide) > 0 {
		average(s.meanInner[:], s.inner)
		e.apply(change, s.meanInner[:], &e.layers[1].feedOut)
		add(mean, change)
	}
	vector := make([]float32, Dim)
	e.apply(vector, mean, &e.output)
	var sum float64
	for i, v := range vector {
		t := math.Tanh(float64(v))
		vector[i] = float32(t)
		sum += t * t
	}
	scale := float32(1 / math.Sqrt(max(sum, lengthEpsilon)))
	for i := range vector {
		vector[i] *= scale
	}
	return vector
}

// average sets dst to the mean of the rows of x, 0 where there is none.
func average(dst, x []float32) {
	n := float32(max(1, len(x)/len(dst)))
	clear(dst)
	for ; len(x) > 0; x = x[len(dst):] {
		add(dst, x[:len(dst)])
	}
	for i := range dst {
		dst[i] /= n
	}
}

// normalizeRows sets each row of dst to that of x with mean 0 and variance 1,
// then scaled and shifted (Ba et al., "Layer Normalization", 2016).
func normalizeRows(dst, x []float32, by *modelfile.Norm) {
	dim := len(by.Scale)
	for ; len(x) > 0; x, dst = x[dim:], dst[dim:] {
		var sum float32
		for _, v := range x[:dim] {
			sum += v
		}
		mean := sum / float32(dim)
		var squares float32
		for _, v := range x[:dim] {
			squares += (v - mean) * (v - mean)
		}
		scale := float32(1 / math.Sqrt(float64(squares)/float64(dim)+normEpsilon))
		for i, v := range x[:dim] {
			dst[i] = (v-mean)*scale*by.Scale[i] + by.Bias[i]
		}
	}
}

// softmax makes x positive with sum 1.
func softmax(x []float32) {
	largest := x[0]
	for _, v := range x {
		largest = max(largest, v)
	}
	var sum float32
	for i, v := range x {
		x[i] = float32(math.Exp(float64(v - largest)))
		sum += x[i]
	}
	for i := range x {
		x[i] /= sum
	}
}

func add(dst, x []float32) {
	x = x[:len(dst)]
	for i := range dst {
		dst[i] += x[i]
	}
}

// scratch is the memory that encoding one text takes, for n pieces.
type scratch struct {
	lattice lattice
	memory  []float32 // all of the following

	narrow  []float32 // n × embeddingDim: the first layer's input
	wide    []float32 // n × Dim: between the layers
	normed  []float32 // n × Dim
	change  []float32 // n × Dim
	inner   []float32 // n × feedDim: query, key and value, or the feed layers'
	weights []float32 // n × n: of the attention
	query   []float32 // n × Dim/heads; likewise the next three, a head's part
	key     []float32
	value   []float32
	head    []float32

	mean, meanChange [Dim]float32
	meanInner        [feedDim]float32
}

// resize makes room for n pieces.
func (s *scratch) resize(n int) {
	parts := []struct {
		slice *[]float32
		size  int
	}{
		{&s.narrow, n * embeddingDim},
		{&s.wide, n * Dim},
		{&s.normed, n * Dim},
		{&s.change, n * Dim},
		{&s.inner, n * feedDim},
		{&s.weights, n * n},
		{&s.query, n * Dim / heads},
		{&s.key, n * Dim / heads},
		{&s.value, n * Dim / heads},
		{&s.head, n * Dim / heads},
	}
	total := 0
	for _, p := range parts {
		total += p.size
	}
	if total > len(s.memory) {
		s.memory = make([]float32, total)
	}
	rest := s.memory
	for _, p := range parts {
		*p.slice, rest = rest[:p.size:p.size], rest[p.size:]
	}
}

// newEncoder builds an encoder from a model file's bytes.
func newEncoder(data []byte) (*Encoder, error) {
	m, err := modelfile.Unmarshal(data)
	if err != nil {
		return nil, err
	}
	if err := checkShape(m); err != nil {
		return nil, fmt.Errorf("model file: %w; generate it anew", err)
	}
	e := &Encoder{
		tokenizer:  newTokenizer(m.Pieces),
		embeddings: &m.Embeddings,
		positions:  positions(m.Frequency),
		residual:   newDense(&m.Residual),
		output:     newDense(&m.Output),
		product:    fastestProduct(),
	}
	for i := range m.Layers {
		l := &m.Layers[i]
		e.layers[i] = layer{
			dim:           len(l.AttentionNorm.Scale),
			attentionNorm: l.AttentionNorm,
			qkv:           newDense(&l.QKV),
			attentionOut:  newDense(&l.AttentionOut),
			feedNorm:      l.FeedNorm,
			feedIn:        newDense(&l.FeedIn),
			feedOut:       newDense(&l.FeedOut),
		}
	}
	e.scratch.New = func() any { return new(scratch) }
	return e, nil
}

// newDense widens the weights to float32, which the products need.
func newDense(d *modelfile.Dense) dense {
	w := &d.Weights
	weights := make([]float32, w.Rows*w.Cols)
	for r := range w.Rows {
		w.Row(weights[r*w.Cols:][:w.Cols], r)
	}
	return dense{weights: weights, bias: d.Bias, in: w.Cols}
}

// positions returns what is added to the embedding at each position: sines,
// then cosines, of the position times each frequency.
func positions(frequency []float32) []float32 {
	table := make([]float32, maxPieces*embeddingDim)
	for i := range maxPieces {
		row := table[i*embeddingDim:][:embeddingDim]
		for j, f := range frequency {
			sin, cos := math.Sincos(float64(float32(i) * f))
			row[j], row[j+embeddingDim/2] = float32(sin), float32(cos)
		}
	}
	return table
}
