package classifier

import (
	"encoding/binary"
	"errors"
	"hash/crc32"
	"slices"
	"strings"
)

// The stored form, little endian throughout: magic, the model's parts, each behind how
// many values it has, and the CRC-32 of all before.

// magic names the form. Its last byte is raised when the form changes.
const magic = "verbatim classifier\x02"

var (
	errForeign = errors.New("classifier model: not one, or of another version; train it anew")
	errDamaged = errors.New("classifier model: damaged; train it anew")
)

// part is a list of numbers that is stored.
type part interface {
	append(to []byte) []byte
	// read reads from the front of data and returns the rest, false where it is too short.
	read(data []byte) (rest []byte, ok bool)
}

type list[T byte | int8 | uint16 | uint32 | float32] struct{ of *[]T }

func (l list[T]) append(to []byte) []byte {
	to = binary.LittleEndian.AppendUint32(to, uint32(len(*l.of)))
	to, _ = binary.Append(to, binary.LittleEndian, *l.of) // errs only for what has no fixed size
	return to
}

func (l list[T]) read(data []byte) (rest []byte, ok bool) {
	if len(data) < 4 {
		return nil, false
	}
	n, data := uint64(binary.LittleEndian.Uint32(data)), data[4:]
	size := n * uint64(binary.Size(T(0)))
	if size > uint64(len(data)) {
		return nil, false
	}
	*l.of = make([]T, n)
	_, err := binary.Decode(data[:size], binary.LittleEndian, *l.of)
	return data[size:], err == nil
}

// parts are what is stored of a model, in order, with its labels as lines and its single
// numbers as a list.
func (m *Model) parts(labels *[]byte, numbers *[]float32) []part {
	return []part{
		list[byte]{labels}, list[float32]{numbers}, list[uint32]{&m.vocabulary.hashes}, list[float32]{&m.vocabulary.idf},
		list[float32]{&m.bias}, list[float32]{&m.base}, list[float32]{&m.steps}, list[uint32]{&m.starts},
		list[uint16]{&m.label}, list[int8]{&m.delta}, list[int8]{&m.dense}, list[float32]{&m.denseSteps},
	}
}

// MarshalBinary returns the model as bytes, the same for the same model. The
// error is always nil.
func (m *Model) MarshalBinary() ([]byte, error) {
	labels := []byte(strings.Join(m.labels, "\n"))
	numbers := []float32{m.length, m.temperature, m.slope, m.shift}
	w := []byte(magic)
	for _, p := range m.parts(&labels, &numbers) {
		w = p.append(w)
	}
	return binary.LittleEndian.AppendUint32(w, crc32.ChecksumIEEE(w)), nil
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
	rest, ok := body[len(magic):], true
	read := Model{vocabulary: &vocabulary{}}
	var labels []byte
	var numbers []float32
	for _, p := range read.parts(&labels, &numbers) {
		if rest, ok = p.read(rest); !ok {
			return errDamaged
		}
	}
	read.labels = strings.Split(string(labels), "\n")
	if len(rest) > 0 || len(numbers) != 4 || !read.sound() {
		return errDamaged
	}
	read.length, read.calibration = numbers[0], calibration{numbers[1], numbers[2], numbers[3]}
	read.dim = len(read.dense) / len(read.labels)
	read.vocabulary.index()
	*m = read
	return nil
}

// sound reports whether what was read fits together, so that nothing is looked for where
// there is none.
func (m *Model) sound() bool {
	labels, features := len(m.labels), len(m.vocabulary.hashes)
	if len(m.bias) != labels || len(m.vocabulary.idf) != features || len(m.base) != features || len(m.steps) != features ||
		len(m.starts) != features+1 || len(m.delta) != len(m.label) || len(m.dense)%labels != 0 || len(m.dense) > 0 && len(m.denseSteps) != labels {
		return false
	}
	return slices.IsSorted(m.labels) && slices.IsSorted(m.vocabulary.hashes) &&
		slices.IsSorted(m.starts) && m.starts[0] == 0 && int(m.starts[features]) == len(m.label) &&
		!slices.ContainsFunc(m.label, func(y uint16) bool { return int(y) >= labels })
}
