package classifier

import (
	"bufio"
	"encoding/json"
	"errors"
	"io/fs"
	"math"
	"os"
	"path/filepath"
	"slices"
	"sync"
	"testing"

	"verbatim/answers/reader"
	"verbatim/corpus/words"
)

// The public sets lie beside the repository; nothing of them is part of it.
const publicSets = "../../../shared/bench"

// outOfScope is the intent of questions that have none.
const outOfScope = "oos"

// rows returns the rows of a split with their vectors, or skips the benchmark
// where there are none. What was encoded is kept.
func rows(b *testing.B, set, split string) []Example {
	b.Helper()
	path := filepath.Join(publicSets, set, split+".jsonl")
	encoded.Lock()
	defer encoded.Unlock()
	if found, ok := encoded.rows[path]; ok {
		return found
	}
	f, err := os.Open(path)
	if errors.Is(err, fs.ErrNotExist) {
		b.Skipf("%s is missing: put the public intent sets there to measure on them", path)
	}
	if err != nil {
		b.Fatal(err)
	}
	defer f.Close()
	var found []Example
	var texts []string
	for lines := bufio.NewScanner(f); lines.Scan(); {
		var row struct{ Text, Intent string }
		if err := json.Unmarshal(lines.Bytes(), &row); err != nil {
			b.Fatalf("%s: %v", path, err)
		}
		found = append(found, Example{Text: row.Text, Label: row.Intent})
		texts = append(texts, row.Text)
	}
	for i, v := range reader.Default().EncodeAll(texts) {
		found[i].Vector = v
	}
	encoded.rows[path] = found
	return found
}

var encoded = struct {
	sync.Mutex
	rows map[string][]Example
}{rows: map[string][]Example{}}

// BenchmarkPublic trains on a public set and reports what the validation split
// comes to. Time is that of training with the vectors at hand.
func BenchmarkPublic(b *testing.B) {
	for _, split := range []string{"train10_s0", "train"} {
		for _, set := range []string{"clinc150", "banking77", "hwu64"} {
			b.Run(set+"/"+split, func(b *testing.B) {
				examples := rows(b, set, split)
				val := rows(b, set, "val")
				var m *Model
				for b.Loop() {
					m = train(b, examples)
				}
				measure(b, m, val)
			})
		}
	}
}

// measure reports, of questions whose labels are known:
//
//	accuracy-%         of those in scope, the likeliest label is right
//	macro-%            the same, averaged over labels
//	oos-recall-%@94    of those out of scope, are declined where as few of those
//	                   in scope are declined that 94% are still answered rightly
//	in-scope-%@half    answered rightly with a probability of at least one half
//	oos-recall-%@half  the likeliest label has a probability below one half
func measure(b *testing.B, m *Model, val []Example) {
	b.Helper()
	right, of := map[string]float64{}, map[string]float64{}
	var sure, unknown []float64 // probabilities of those answered rightly, and out of scope
	for _, e := range val {
		r := m.Classify(words.Tokens(e.Text), nil, e.Vector, 1)
		if e.Label == outOfScope {
			unknown = append(unknown, r.Choices[0].Probability)
			continue
		}
		of[e.Label]++
		if r.Choices[0].Label == e.Label {
			right[e.Label]++
			sure = append(sure, r.Choices[0].Probability)
		}
	}
	n := float64(len(val) - len(unknown))
	macro := 0.0
	for label := range of {
		macro += right[label] / of[label] / float64(len(of))
	}
	slices.Sort(sure)
	slices.Sort(unknown)
	below := func(sorted []float64, limit float64) float64 {
		i, _ := slices.BinarySearch(sorted, limit)
		return float64(i)
	}
	b.ReportMetric(100*float64(len(sure))/n, "accuracy-%")
	b.ReportMetric(100*macro, "macro-%")
	b.ReportMetric(100*(float64(len(sure))-below(sure, 0.5))/n, "in-scope-%@half")
	b.ReportMetric(float64(len(stored(b, m)))/1e6, "MB")
	if len(unknown) == 0 {
		return
	}
	b.ReportMetric(100*below(unknown, 0.5)/float64(len(unknown)), "oos-recall-%@half")
	if need := int(math.Ceil(0.94 * n)); need <= len(sure) {
		b.ReportMetric(100*below(unknown, sure[len(sure)-need])/float64(len(unknown)), "oos-recall-%@94")
	}
}

// BenchmarkClassify reports the time of one question whose vector is at hand.
func BenchmarkClassify(b *testing.B) {
	m := train(b, rows(b, "clinc150", "train"))
	val := rows(b, "clinc150", "val")
	i := 0
	for b.Loop() {
		e := val[i%len(val)]
		m.Classify(words.Tokens(e.Text), nil, e.Vector, 3)
		i++
	}
}

// BenchmarkUnmarshal reports the time of loading a model of 150 labels.
func BenchmarkUnmarshal(b *testing.B) {
	data := stored(b, train(b, rows(b, "clinc150", "train")))
	b.SetBytes(int64(len(data)))
	for b.Loop() {
		if _, err := unmarshal(data); err != nil {
			b.Fatal(err)
		}
	}
}
