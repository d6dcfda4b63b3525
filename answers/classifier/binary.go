package classifier

import (
	"encoding/binary"
	"errors"
	"fmt"
	"hash/crc32"
	"math"
	"slices"
)

// The stored form, little endian throughout:
//
//	magic, labels, features' hashes and idf, scale, certain, dim,
//	the packed model of the words, that of everything unless dim is 0,
//	CRC-32 of all before
//
// A list is its length and its values, one after the other. What has a value
// for each feature or label needs no length.

// magic names the form. Its last byte is raised when the form changes.
const magic = "verbatim classifier\x01"

var (
	errForeign = errors.New("classifier model: not one, or of another version; train it anew")
	errDamaged = errors.New("classifier model: damaged; train it anew")
)

// MarshalBinary returns the model as bytes, the same for the same model. The
// error is always nil.
func (m *Model) MarshalBinary() ([]byte, error) {
	w := []byte(magic)
	w = binary.LittleEndian.AppendUint32(w, uint32(len(m.labels)))
	for _, l := range m.labels {
		w = binary.LittleEndian.AppendUint32(w, uint32(len(l)))
		w = append(w, l...)
	}
	w = binary.LittleEndian.AppendUint32(w, uint32(len(m.vocabulary.hashes)))
	for _, h := range m.vocabulary.hashes {
		w = binary.LittleEndian.AppendUint32(w, h)
	}
	w = appendFloats(w, m.vocabulary.idf)
	w = appendFloats(w, []float32{m.scale, m.certain})
	w = binary.LittleEndian.AppendUint32(w, uint32(m.byAll.dim))
	w = m.byWords.append(w, len(m.labels))
	if m.byAll.dim > 0 {
		w = m.byAll.append(w, len(m.labels))
	}
	return binary.LittleEndian.AppendUint32(w, crc32.ChecksumIEEE(w)), nil
}

func (p *packed) append(w []byte, labels int) []byte {
	w = appendFloats(w, []float32{p.temperature, p.slope, p.shift})
	w = appendFloats(w, p.bias)
	w = appendFloats(w, p.base)
	w = appendFloats(w, p.scale)
	for _, s := range p.starts {
		w = binary.LittleEndian.AppendUint32(w, s)
	}
	for _, y := range p.label {
		if labels <= 1<<8 {
			w = append(w, byte(y))
		} else {
			w = binary.LittleEndian.AppendUint16(w, y)
		}
	}
	w = appendSigned(w, p.delta)
	w = appendSigned(w, p.dense)
	return appendFloats(w, p.denseScale)
}

func appendFloats(w []byte, values []float32) []byte {
	for _, v := range values {
		w = binary.LittleEndian.AppendUint32(w, math.Float32bits(v))
	}
	return w
}

func appendSigned(w []byte, values []int8) []byte {
	for _, v := range values {
		w = append(w, byte(v))
	}
	return w
}

// UnmarshalBinary sets the model to what MarshalBinary made, or errs and
// leaves it as it was. It does not keep data.
func (m *Model) UnmarshalBinary(data []byte) error {
	if len(data) < len(magic)+4 || string(data[:len(magic)]) != magic {
		return errForeign
	}
	body, sum := data[:len(data)-4], data[len(data)-4:]
	if crc32.ChecksumIEEE(body) != binary.LittleEndian.Uint32(sum) {
		return errDamaged
	}
	r := bytesReader{rest: body[len(magic):]}
	read := Model{vocabulary: &vocabulary{}}
	labels := r.count(maxLabels)
	for range labels {
		read.labels = append(read.labels, string(r.take(r.count(math.MaxInt32), 1)))
		if r.bad {
			break
		}
	}
	features := r.count(math.MaxInt32)
	read.vocabulary.hashes = r.numbers(features)
	read.vocabulary.idf = r.floats(features)
	if f := r.floats(2); len(f) == 2 {
		read.scale, read.certain = f[0], f[1]
	}
	dim := r.count(maxDim)
	r.packed(&read.byWords, labels, features, 0)
	if dim > 0 {
		r.packed(&read.byAll, labels, features, dim)
	}
	if r.bad || len(r.rest) > 0 || labels == 0 ||
		!slices.IsSorted(read.labels) || !slices.IsSorted(read.vocabulary.hashes) {
		return errDamaged
	}
	read.vocabulary.index()
	*m = read
	return nil
}

// Unmarshal returns the model that MarshalBinary made data of.
func Unmarshal(data []byte) (*Model, error) {
	m := new(Model)
	if err := m.UnmarshalBinary(data); err != nil {
		return nil, fmt.Errorf("load: %w", err)
	}
	return m, nil
}

// bytesReader reads from the front of rest. What it cannot read is zero or empty,
// and bad tells.
type bytesReader struct {
	rest []byte
	bad  bool
}

// take returns the next n things of the given size.
func (r *bytesReader) take(n, size int) []byte {
	if r.bad || n > len(r.rest)/size {
		r.bad = true
		return nil
	}
	data := r.rest[:n*size]
	r.rest = r.rest[n*size:]
	return data
}

// count reads a number of at most most.
func (r *bytesReader) count(most int) int {
	b := r.take(1, 4)
	if b == nil {
		return 0
	}
	n := binary.LittleEndian.Uint32(b)
	if uint64(n) > uint64(most) {
		r.bad = true
		return 0
	}
	return int(n)
}

func (r *bytesReader) numbers(n int) []uint32 {
	data := r.take(n, 4)
	out := make([]uint32, len(data)/4)
	for i := range out {
		out[i] = binary.LittleEndian.Uint32(data[4*i:])
	}
	return out
}

// floats reads numbers that are finite.
func (r *bytesReader) floats(n int) []float32 {
	data := r.take(n, 4)
	out := make([]float32, len(data)/4)
	for i := range out {
		out[i] = math.Float32frombits(binary.LittleEndian.Uint32(data[4*i:]))
		if v := float64(out[i]); math.IsNaN(v) || math.IsInf(v, 0) {
			r.bad = true
		}
	}
	return out
}

func (r *bytesReader) signed(n int) []int8 {
	data := r.take(n, 1)
	out := make([]int8, len(data))
	for i, b := range data {
		out[i] = int8(b)
	}
	return out
}

// packed reads a packed model of the given sizes.
func (r *bytesReader) packed(p *packed, labels, features, dim int) {
	p.dim = dim
	if f := r.floats(3); len(f) == 3 {
		p.calibration = calibration{f[0], f[1], f[2]}
		r.bad = r.bad || p.temperature <= 0
	}
	p.bias = r.floats(labels)
	p.base = r.floats(features)
	p.scale = r.floats(features)
	p.starts = r.numbers(features + 1)
	if r.bad {
		return
	}
	for f := range features {
		r.bad = r.bad || p.starts[f] > p.starts[f+1]
	}
	entries := int(p.starts[features])
	size := 1
	if labels > 1<<8 {
		size = 2
	}
	data := r.take(entries, size)
	p.label = make([]uint16, len(data)/size)
	for i := range p.label {
		if size == 1 {
			p.label[i] = uint16(data[i])
		} else {
			p.label[i] = binary.LittleEndian.Uint16(data[2*i:])
		}
		r.bad = r.bad || int(p.label[i]) >= labels
	}
	p.delta = r.signed(entries)
	p.dense = r.signed(labels * p.dim)
	if p.dim > 0 {
		p.denseScale = r.floats(labels)
	}
}
