package modelfile

import (
	"math"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// small returns a model with a little of everything.
func small() *Model {
	values := make([]float32, 3*2*Group)
	for i := range values {
		values[i] = float32(math.Sin(float64(i))) * float32(1+i/Group)
	}
	clear(values[:Group]) // a group of zeros has no scale
	matrix := Quantize(values, 3, 2*Group)
	m := &Model{
		Pieces:     []Piece{{"�", 0}, {"▁the", -3.56637144089}, {"", 1}},
		Embeddings: matrix,
		Frequency:  []float32{1, 0.5, float32(math.Inf(1))},
	}
	for i, t := range m.tensors() {
		switch t := t.(type) {
		case *Matrix:
			*t = matrix
		case *[]float32:
			*t = []float32{float32(i), -1}
		}
	}
	return m
}

func TestRoundTrip(t *testing.T) {
	t.Parallel()
	want := small()
	data, err := want.Marshal()
	if err != nil {
		t.Fatal(err)
	}
	got, err := Unmarshal(data)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("after writing and reading (-want +got):\n%s", diff)
	}
}

func TestMarshalRefusesLongPiece(t *testing.T) {
	t.Parallel()
	m := small()
	m.Pieces[1].Text = strings.Repeat("a", 256)
	if _, err := m.Marshal(); err == nil || !strings.Contains(err.Error(), "piece 1 has 256 bytes") {
		t.Errorf("error is %v", err)
	}
}

func TestUnmarshalRefuses(t *testing.T) {
	t.Parallel()
	data, err := small().Marshal()
	if err != nil {
		t.Fatal(err)
	}
	for size := range data {
		if _, err := Unmarshal(data[:size]); err == nil {
			t.Errorf("no error for the first %d of %d bytes", size, len(data))
		}
	}
	if _, err := Unmarshal(append(data, 0)); err == nil || !strings.Contains(err.Error(), "1 bytes too many") {
		t.Errorf("with a byte more, the error is %v", err)
	}
	if _, err := Unmarshal([]byte("verbatim sentence encoder 0\n")); err == nil || !strings.Contains(err.Error(), "does not begin") {
		t.Errorf("for another version, the error is %v", err)
	}
}

func TestQuantize(t *testing.T) {
	t.Parallel()
	const rows, cols = 4, 3 * Group
	values := make([]float32, rows*cols)
	for i := range values {
		values[i] = float32(math.Sin(float64(3*i))) * float32(math.Exp(float64(i/Group-6)))
	}
	m := Quantize(values, rows, cols)
	row := make([]float32, cols)
	for r := range rows {
		m.Row(row, r)
		for c, got := range row {
			want := values[r*cols+c]
			scale := m.Scales[(r*cols+c)/Group]
			if diff := math.Abs(float64(got - want)); diff > 0.501*float64(scale) {
				t.Errorf("row %d, column %d: %v became %v, more than half of %v away", r, c, want, got, scale)
			}
		}
	}
	// The largest of each group takes the whole range.
	for g := range m.Scales {
		var largest int8
		for _, b := range m.Data[g*Group:][:Group] {
			largest = max(largest, int8(b), -int8(b))
		}
		if largest != 127 {
			t.Errorf("group %d reaches %d, want 127", g, largest)
		}
	}
}

func FuzzUnmarshal(f *testing.F) {
	data, err := small().Marshal()
	if err != nil {
		f.Fatal(err)
	}
	f.Add(data)
	f.Add(data[:len(magic)+4])
	f.Fuzz(func(t *testing.T, data []byte) {
		m, err := Unmarshal(data)
		if err != nil {
			return
		}
		again, err := m.Marshal()
		if err != nil {
			t.Fatal(err)
		}
		if string(again) != string(data) {
			t.Error("reading and writing changes the file")
		}
	})
}
