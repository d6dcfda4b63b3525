package classifier

import (
	"encoding/binary"
	"errors"
	"hash/crc32"
	"reflect"
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

// parts points to the lists that are stored of a model, in order, with its labels as lines and
// its single numbers as a list.
func (m *Model) parts(labels *[]byte, numbers *[]float32) []any {
	return []any{
		labels, numbers, &m.vocabulary.hashes, &m.vocabulary.idf, &m.bias, &m.base, &m.steps, &m.starts,
		&m.label, &m.delta, &m.dense, &m.denseSteps,
	}
}

// MarshalBinary returns the model as bytes, the same for the same model. The
// error is always nil.
func (m *Model) MarshalBinary() ([]byte, error) {
	labels := []byte(strings.Join(m.labels, "\n"))
	numbers := []float32{m.length, m.temperature, m.slope, m.shift}
	w := []byte(magic)
	for _, p := range m.parts(&labels, &numbers) {
		list := reflect.ValueOf(p).Elem()
		w = binary.LittleEndian.AppendUint32(w, uint32(list.Len()))
		w, _ = binary.Append(w, binary.LittleEndian, list.Interface()) // errs only for what has no fixed size
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
	rest := body[len(magic):]
	read := Model{vocabulary: &vocabulary{}}
	var labels []byte
	var numbers []float32
	for _, p := range read.parts(&labels, &numbers) {
		if len(rest) < 4 {
			return errDamaged
		}
		n := uint64(binary.LittleEndian.Uint32(rest))
		if rest = rest[4:]; n > uint64(len(rest)) {
			return errDamaged
		}
		list := reflect.ValueOf(p).Elem()
		list.Set(reflect.MakeSlice(list.Type(), int(n), int(n)))
		size := binary.Size(list.Interface())
		if size > len(rest) {
			return errDamaged
		}
		_, _ = binary.Decode(rest[:size], binary.LittleEndian, list.Interface()) // errs only where there is too little
		rest = rest[size:]
	}
	read.labels = strings.Split(string(labels), "\n")
	if len(rest) > 0 || len(numbers) != 4 || !read.sound() {
		return errDamaged
	}
	read.length, read.calibration = numbers[0], calibration{numbers[1], numbers[2], numbers[3]}
	read.dim = len(read.dense) / len(read.labels)
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
