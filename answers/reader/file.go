package reader

import (
	"bytes"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"strings"
	"unsafe"

	"verbatim/answers/reader/matrix"
)

// magic begins the file of the weights.
const magic = "verbatim reader 2\n"

// shape is the header of the file of the weights, as JSON behind its length in 4 bytes.
//
// Behind it stand, all little endian: the vocabulary, one piece a line, behind its length
// in 4 bytes; the word embeddings (vocabulary × hidden, 8 bits, then one scale each); the
// embeddings of positions and of the two kinds of sequence; the gain and the bias of their
// normalisation; each layer (see layer); and the head (two outputs, see Odds, their
// biases and the weight of the cosine). A linear layer is its weights (out
// × in, 8 bits), one scale and one bias for each output. What has no width is float32.
type shape struct {
	Layers, Joint, Hidden, Heads, Inner, Vocabulary, Positions int
}

// layerSize is how many bytes a layer takes.
func (s shape) layerSize() int {
	weights := 4*s.Hidden*s.Hidden + 2*s.Hidden*s.Inner
	scalesAndBiases := 2 * (3*s.Hidden + s.Hidden + s.Inner + s.Hidden)
	return weights + 4*(scalesAndBiases+4*s.Hidden)
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
		s.Inner < 2 || s.Positions < maxSequence || s.Vocabulary < 3 || max(s.Layers, s.Hidden, s.Inner, s.Positions, s.Vocabulary) > 1<<17 {
		return nil, fmt.Errorf("weights of a shape that this reader does not have: %+v", *s)
	}
	r.tokenizer = newTokenizer(strings.Split(string(f.block()), "\n"))
	if len(r.tokenizer.pieces) != s.Vocabulary {
		return nil, fmt.Errorf("%d word pieces for %d embeddings", len(r.tokenizer.pieces), s.Vocabulary)
	}
	r.words, r.wordScale = f.small(s.Vocabulary*s.Hidden), f.floats(s.Vocabulary)
	r.positions, r.kinds = f.floats(s.Positions*s.Hidden), f.floats(2*s.Hidden)
	r.gain, r.bias = f.floats(s.Hidden), f.floats(s.Hidden)
	// Packing the weights takes most of the time of a start.
	layers := f.bytes(s.Layers * s.layerSize())
	if f.err != nil {
		return nil, f.err
	}
	r.layers = make([]layer, s.Layers)
	InParallel(s.Layers, func(i int) {
		f := &file{rest: layers[i*s.layerSize():]}
		l := &r.layers[i]
		l.qkv, l.out = f.linear(s.Hidden, 3*s.Hidden), f.linear(s.Hidden, s.Hidden)
		l.gain1, l.bias1 = f.floats(s.Hidden), f.floats(s.Hidden)
		l.up, l.down = f.linear(s.Hidden, s.Inner), f.linear(s.Inner, s.Hidden)
		l.gain2, l.bias2 = f.floats(s.Hidden), f.floats(s.Hidden)
	})
	r.head, r.headBias, r.alike = f.floats(2*2*s.Hidden), f.floats(2), f.floats(1)[0]
	if f.err == nil && len(f.rest) > 0 {
		f.err = fmt.Errorf("%d bytes behind the weights", len(f.rest))
	}
	return r, f.err
}
