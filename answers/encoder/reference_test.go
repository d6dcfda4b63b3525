package encoder

import (
	"bufio"
	"encoding/base64"
	"encoding/binary"
	"encoding/json"
	"flag"
	"math"
	"os"
	"slices"
	"testing"
)

// referencePath names a file as testdata/reference.cjs writes it. Another
// one, of other texts, measures the agreement on those.
var referencePath = flag.String("reference", "testdata/reference.jsonl", "file of texts with their pieces and vectors")

// leastCosine between our vectors and the reference's. Rounding the weights
// to 8 bits is what parts them; see docs/decisions/eight-bit-weights.md.
const leastCosine = 0.999

type reference struct {
	Text   string
	Pieces []int32
	Vector []byte // as testdata/reference.cjs writes it
}

func readReference(t testing.TB, path string) []reference {
	t.Helper()
	file, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	var list []reference
	lines := bufio.NewScanner(file)
	lines.Buffer(nil, 1<<20)
	for lines.Scan() {
		var line struct {
			Text   string
			Pieces []int32
			Vector string
		}
		if err := json.Unmarshal(lines.Bytes(), &line); err != nil {
			t.Fatalf("%s: line %d: %v", path, len(list)+1, err)
		}
		vector, err := base64.StdEncoding.DecodeString(line.Vector)
		if err != nil || len(vector) != 2*Dim {
			t.Fatalf("%s: line %d: vector of %d bytes, error %v", path, len(list)+1, len(vector), err)
		}
		list = append(list, reference{line.Text, line.Pieces, vector})
	}
	if err := lines.Err(); err != nil {
		t.Fatal(err)
	}
	return list
}

// cosine compares a vector with the reference's.
func (r *reference) cosine(vector []float32) float64 {
	var dot, a, b float64
	for i, v := range vector {
		w := float64(int16(binary.LittleEndian.Uint16(r.Vector[2*i:])))
		dot += float64(v) * w
		a += float64(v) * float64(v)
		b += w * w
	}
	return dot / math.Sqrt(a*b)
}

func TestReference(t *testing.T) {
	t.Parallel()
	list := readReference(t, *referencePath)
	e := Default()
	texts := make([]string, len(list))
	for i, r := range list {
		texts[i] = r.Text
	}
	vectors := e.EncodeAll(texts)
	least, sum := 1.0, 0.0
	var l lattice
	for i, r := range list {
		if pieces := e.tokenizer.pieces(r.Text, &l); !slices.Equal(pieces, r.Pieces) {
			t.Errorf("pieces of %.60q:\n got %v\nwant %v", r.Text, pieces, r.Pieces)
		}
		c := r.cosine(vectors[i])
		if c < leastCosine {
			t.Errorf("vector of %.60q has cosine %.6f, below %v", r.Text, c, leastCosine)
		}
		least = min(least, c)
		sum += c
	}
	t.Logf("%d texts: cosine at least %.6f, %.6f on average", len(list), least, sum/float64(len(list)))
}
