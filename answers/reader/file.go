package reader

import (
	"bytes"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"strings"
	"sync"
	"unsafe"

	"verbatim/answers/reader/matrix"
)

// magic begins the file of the weights.
const magic = "verbatim reader 4\n"

// shape is the header of the file of the weights, as JSON behind its length in 4 bytes.
//
// Behind it stand, all little endian: the vocabulary, one piece a line, behind its length
// in 4 bytes; the word embeddings (vocabulary × hidden, 8 bits, then one scale each); the
// embeddings of positions (16 bits) and of the two kinds of sequence; the gain and the bias of their
// normalisation; each layer (see layer); the head (two outputs, see Odds, their
// biases and the weight of the cosine); and what changes each layer for Same (see thin) with the head of
// that (one output), and for Settles (three, and a weight of no use). A linear layer is its weights (out
// × in, 8 bits), one scale and one bias for each output. What has no width is float32.
type shape struct {
	Layers, Joint, Hidden, Heads, Inner, Vocabulary, Positions, Rank int
}

// layerSize is how many bytes a layer takes.
func (s shape) layerSize() int {
	weights := 4*s.Hidden*s.Hidden + 2*s.Hidden*s.Inner
	scalesAndBiases := 2 * (3*s.Hidden + s.Hidden + s.Inner + s.Hidden)
	return weights + 4*(scalesAndBiases+4*s.Hidden)
}

// adapterSize is how many bytes what changes a layer takes: two thin matrices, with one scale for
// each row, for each of its linear layers.
func (s shape) adapterSize() int {
	out := 3*s.Hidden + s.Hidden + s.Inner + s.Hidden
	in := 3*s.Hidden + s.Inner
	return s.Rank*(in+out) + 4*(4*s.Rank+out)
}

// file takes values from the front of the weights; after the first error it gives zeros.
type file struct {
	rest []byte
	err  error
}

func (f *file) bytes(n int) []byte {
	if n < 0 || n > len(f.rest) {
		if f.err == nil {
			f.err = errors.New("the weights end too soon")
		}
		return make([]byte, max(0, min(n, 1<<26)))
	}
	b := f.rest[:n]
	f.rest = f.rest[n:]
	return b
}

func (f *file) block() []byte { return f.bytes(int(binary.LittleEndian.Uint32(f.bytes(4)))) }

func (f *file) floats(n int) []float32 {
	b := f.bytes(4 * n)
	out := make([]float32, n)
	for i := range out {
		out[i] = math.Float32frombits(binary.LittleEndian.Uint32(b[4*i:]))
	}
	return out
}

// halves takes numbers of 16 bits (IEEE 754, binary16) that are finite and not too small to have all of their digits.
func (f *file) halves(n int) []float32 {
	b := f.bytes(2 * n)
	out := make([]float32, n)
	for i := range out {
		h := uint32(binary.LittleEndian.Uint16(b[2*i:]))
		if h&0x7c00 != 0 {
			out[i] = math.Float32frombits(h&0x8000<<16 | (h&0x7fff+(127-15)<<10)<<13)
		}
	}
	return out
}

// task takes what changes the layers for one, and its outputs.
func (f *file) task(s *shape, layers []byte, outputs int) task {
	adapters := f.bytes(s.Layers * s.adapterSize())
	return task{
		layers: sync.OnceValue(func() []layer { return s.adapted(layers, adapters) }),
		head:   heads{weights: f.floats(outputs * 2 * s.Hidden), bias: f.floats(outputs), alike: f.floats(1)[0]},
	}
}

// small returns the bytes themselves, not a copy: a copy of all weights takes as long as
// packing them.
func (f *file) small(n int) []int8 {
	b := f.bytes(n)
	return unsafe.Slice((*int8)(unsafe.Pointer(unsafe.SliceData(b))), len(b))
}

func (f *file) linear(in, out int) *matrix.Weights {
	w := f.small(in * out)
	return matrix.NewWeights(w, f.floats(out), f.floats(out), in, out)
}

// thin reads a linear layer as another task has it: to its weights is added the product of two
// thin matrices (Hu et al. 2021, "LoRA"), rank × in and out × rank.
func (f *file) thin(from *file, in, out, rank int) *matrix.Weights {
	w, scale := from.small(in*out), from.floats(out)
	into, intoScale := f.small(rank*in), f.floats(rank)
	back, backScale := f.small(out*rank), f.floats(out)
	first := make([]float32, rank*in)
	for i := range first {
		first[i] = float32(float32(into[i]) * intoScale[i/in])
	}
	sum, merged, scales := make([]float32, in), make([]int8, in*out), make([]float32, out)
	for o := range out {
		for i := range sum {
			sum[i] = float32(float32(w[o*in+i]) * scale[o])
		}
		for k := range rank {
			by := float32(float32(back[o*rank+k]) * backScale[o])
			for i, v := range first[k*in:][:in] {
				sum[i] += float32(by * v)
			}
		}
		largest := float32(1e-12)
		for _, v := range sum {
			largest = max(largest, v, -v)
		}
		scales[o] = largest / 127
		for i, v := range sum {
			merged[o*in+i] = int8(math.RoundToEven(float64(v / scales[o])))
		}
	}
	return matrix.NewWeights(merged, scales, from.floats(out), in, out)
}

// adapted returns the layers as a task runs them, from their bytes and those of what changes them.
func (s shape) adapted(layers, adapters []byte) []layer {
	out := make([]layer, s.Layers)
	InParallel(s.Layers, func(i int) {
		from, f := &file{rest: layers[i*s.layerSize():]}, &file{rest: adapters[i*s.adapterSize():]}
		s.read(&out[i], from, func(in, out int) *matrix.Weights { return f.thin(from, in, out, s.Rank) })
	})
	return out
}

// read reads a layer.
func (s shape) read(l *layer, f *file, linear func(in, out int) *matrix.Weights) {
	l.qkv, l.out = linear(s.Hidden, 3*s.Hidden), linear(s.Hidden, s.Hidden)
	l.gain1, l.bias1 = f.floats(s.Hidden), f.floats(s.Hidden)
	l.up, l.down = linear(s.Hidden, s.Inner), linear(s.Inner, s.Hidden)
	l.gain2, l.bias2 = f.floats(s.Hidden), f.floats(s.Hidden)
}

// parse reads the weights.
func parse(data []byte) (*Reader, error) {
	if !bytes.HasPrefix(data, []byte(magic)) {
		return nil, errors.New("not the weights of a reader")
	}
	f := &file{rest: data[len(magic):]}
	r := &Reader{}
	s := &r.shape
	if err := json.Unmarshal(f.block(), s); err != nil {
		return nil, fmt.Errorf("the shape of the weights: %w", err)
	}
	if s.Layers < 1 || s.Joint < 0 || s.Joint > s.Layers || s.Hidden < 8 || s.Hidden%8 != 0 || s.Heads < 1 || s.Hidden%s.Heads != 0 ||
		s.Inner < 2 || s.Rank < 1 || s.Positions < max(maxSequence, maxTogether, maxStatement) || s.Vocabulary < 3 || max(s.Layers, s.Hidden, s.Inner, s.Positions, s.Vocabulary, s.Rank) > 1<<17 {
		return nil, fmt.Errorf("weights of a shape that this reader does not have: %+v", *s)
	}
	r.tokenizer = newTokenizer(strings.Split(string(f.block()), "\n"))
	if len(r.tokenizer.pieces) != s.Vocabulary {
		return nil, fmt.Errorf("%d word pieces for %d embeddings", len(r.tokenizer.pieces), s.Vocabulary)
	}
	r.words, r.wordScale = f.small(s.Vocabulary*s.Hidden), f.floats(s.Vocabulary)
	r.positions, r.kinds = f.halves(s.Positions*s.Hidden), f.floats(2*s.Hidden)
	r.gain, r.bias = f.floats(s.Hidden), f.floats(s.Hidden)
	// Packing the weights takes most of the time of a start.
	layers := f.bytes(s.Layers * s.layerSize())
	if f.err != nil {
		return nil, f.err
	}
	r.layers = make([]layer, s.Layers)
	InParallel(s.Layers, func(i int) {
		f := &file{rest: layers[i*s.layerSize():]}
		s.read(&r.layers[i], f, f.linear)
	})
	r.head = heads{weights: f.floats(outputs * 2 * s.Hidden), bias: f.floats(outputs), alike: f.floats(1)[0]}
	r.asksSame, r.settling = f.task(s, layers, 1), f.task(s, layers, settledOutputs)
	if f.err == nil && len(f.rest) > 0 {
		f.err = fmt.Errorf("%d bytes behind the weights", len(f.rest))
	}
	return r, f.err
}
