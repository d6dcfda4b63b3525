package main

import (
	"encoding/binary"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"

	"verbatim/answers/encoder/internal/modelfile"
)

func TestConvertRefusesOtherFiles(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		dist fstest.MapFS
		want string
	}{
		"missing": {fstest.MapFS{}, "vocab.json"},
		"altered": {fstest.MapFS{"vocab.json": {Data: []byte(`[["a", -1]]`)}}, "vocab.json: SHA-256 is"},
	} {
		if _, err := convert(test.dist); err == nil || !strings.Contains(err.Error(), test.want) {
			t.Errorf("%s: error is %v, want one with %q", name, err, test.want)
		}
	}
}

func TestParseVocabulary(t *testing.T) {
	t.Parallel()
	got, err := parseVocabulary([]byte(`[["\ufffd", 0], ["▁the", -3.56637144089], [":", null]]`))
	if err != nil {
		t.Fatal(err)
	}
	want := []modelfile.Piece{{Text: "\ufffd"}, {Text: "▁the", Score: -3.56637144089}, {Text: ":"}}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("vocabulary (-want +got):\n%s", diff)
	}
	for _, bad := range []string{`{}`, `[["a", "b"]]`, `[[1, 2]]`, `[["a"]]`} {
		if got, err := parseVocabulary([]byte(bad)); err == nil {
			t.Errorf("no error for %s, but %v", bad, got)
		}
	}
}

func TestTensors(t *testing.T) {
	t.Parallel()
	const rows, cols = modelfile.Group, 2 * modelfile.Group
	m, err := parseManifest([]byte(`{"weightsManifest": [{"paths": ["a", "b"], "weights": [
		{"name": "count", "dtype": "int32", "shape": []},
		{"name": "kernel", "dtype": "float32", "shape": [1, 1, 64, 128]},
		{"name": "bias", "dtype": "float32", "shape": [2]}]}]}`))
	if err != nil {
		t.Fatal(err)
	}
	var values []float32
	for i := range rows * cols {
		values = append(values, float32(i%127))
	}
	values = append(values, 0.5, -0.5)
	data := make([]byte, 4) // the count
	data, err = binary.Append(data, binary.LittleEndian, values)
	if err != nil {
		t.Fatal(err)
	}
	g, err := m.parse(data)
	if err != nil {
		t.Fatal(err)
	}

	if diff := cmp.Diff([]float32{0.5, -0.5}, g.vector("bias")); diff != "" {
		t.Errorf("bias (-want +got):\n%s", diff)
	}
	straight, turned := g.rows("kernel"), g.columns("kernel")
	if straight.Rows != rows || straight.Cols != cols || turned.Rows != cols || turned.Cols != rows {
		t.Fatalf("kernel is %d×%d, turned %d×%d", straight.Rows, straight.Cols, turned.Rows, turned.Cols)
	}
	row := make([]float32, cols)
	column := make([]float32, rows)
	straight.Row(row, 3)
	turned.Row(column, 5)
	for name, pair := range map[string][2]float32{
		"row 3, column 5":    {row[5], values[3*cols+5]},
		"column 5, row 3":    {column[3], values[3*cols+5]},
		"row 3, last column": {row[cols-1], values[4*cols-1]},
		"column 5, last row": {column[rows-1], values[(rows-1)*cols+5]},
	} {
		if diff := pair[0] - pair[1]; diff > 0.51 || diff < -0.51 {
			t.Errorf("%s is %v, want %v", name, pair[0], pair[1])
		}
	}

	if err := g.errs; len(err) != 0 {
		t.Errorf("errors: %v", err)
	}
	g.vector("lost")
	g.rows("bias")
	if len(g.errs) != 2 {
		t.Errorf("for a lost tensor and a vector taken for a matrix, the errors are %v", g.errs)
	}
	if _, err := m.parse(data[:len(data)-1]); err == nil || !strings.Contains(err.Error(), "end within bias") {
		t.Errorf("for weights cut short, the error is %v", err)
	}
	if _, err := m.parse(append(data, 0)); err == nil || !strings.Contains(err.Error(), "too many") {
		t.Errorf("for a byte too many, the error is %v", err)
	}
	if _, err := parseManifest([]byte(`{}`)); err == nil {
		t.Error("no error for a graph without weights")
	}
}
