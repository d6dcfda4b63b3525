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
const magic = "verbatim classifier\x03"

var (
	errForeign = errors.New("classifier model: not one, or of another version; train it anew")
	errDamaged = errors.New("classifier model: damaged; train it anew")
)

// storedForm is what is kept of a model in another form than it is used in.
type storedForm struct {
	labels                []byte // as lines
	numbers               []float32
	hashes, starts, label []byte // as gaps
}

// parts points to the lists that are stored of a model, in order.
func (m *Model) parts(s *storedForm) []any {
	return []any{
		&s.labels, &s.numbers, &s.hashes, &m.vocabulary.idf, &m.bias, &m.base, &m.steps, &s.starts,
		&s.label, &m.delta, &m.dense, &m.denseSteps,
	}
}

// gaps are the differences of the numbers of a list, all below limit, as varints: where it
// mostly rises by little a byte does for each. A number that is lower than the one before is
// as far from it as if limit came to 0 again.
func gaps[T uint16 | uint32](list []T, limit uint64) []byte {
	var out []byte
	last := uint64(0)
	for _, v := range list {
		out = binary.AppendUvarint(out, (uint64(v)+limit-last)%limit)
		last = uint64(v)
	}
	return out
}

// fromGaps returns the list that was made into gaps, false where it is none.
func fromGaps[T uint16 | uint32](data []byte, limit uint64) (list []T, ok bool) {
	n := 0 // a varint ends with a byte below 0x80
	for _, b := range data {
		n += 1 - int(b>>7)
	}
	list = make([]T, 0, n)
	var last, gap uint64
	shift := 0
	for _, b := range data {
		gap |= uint64(b&0x7f) << shift
		if shift += 7; gap >= limit || shift > 35 {
			return nil, false
		}
		if b < 0x80 {
			if last += gap; last >= limit {
				last -= limit
			}
			list = append(list, T(last))
			gap, shift = 0, 0
		}
	}
	return list, shift == 0
}

// MarshalBinary returns the model as bytes, the same for the same model. The
// error is always nil.
func (m *Model) MarshalBinary() ([]byte, error) {
	s := storedForm{
		[]byte(strings.Join(m.labels, "\n")), []float32{m.length, m.temperature, m.slope, m.shift},
		gaps(m.vocabulary.hashes, 1<<32), gaps(m.starts, 1<<32), gaps(m.label, uint64(len(m.labels))),
	}
	w := []byte(magic)
	for _, p := range m.parts(&s) {
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
	var s storedForm
	for _, p := range read.parts(&s) {
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
	read.labels = strings.Split(string(s.labels), "\n")
	var ok [3]bool
	read.vocabulary.hashes, ok[0] = fromGaps[uint32](s.hashes, 1<<32)
	read.starts, ok[1] = fromGaps[uint32](s.starts, 1<<32)
	read.label, ok[2] = fromGaps[uint16](s.label, uint64(len(read.labels)))
	if slices.Contains(ok[:], false) || len(rest) > 0 || len(s.numbers) != 4 || !read.sound() {
		return errDamaged
	}
	read.length, read.calibration = s.numbers[0], calibration{s.numbers[1], s.numbers[2], s.numbers[3]}
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
		slices.IsSorted(m.starts) && m.starts[0] == 0 && int(m.starts[features]) == len(m.label)
}
