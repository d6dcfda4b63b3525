package reader

import (
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"flag"
	"os"
	"strings"
	"testing"
)

var update = flag.Bool("update", false, "write what the weights come to on this machine")

// The weights come to the same bits on every machine; `make arm64` runs this test on
// another kind of processor than most of us have.
func TestSameBitsEverywhere(t *testing.T) {
	r := Default()
	q := r.Ask("When does it close?", &Before{Question: "Is the pool in Lindby open?", Shown: "It is open."})
	p := r.Prepare(Window{Context: "Pool", Sentences: []string{"It is open.", "The doors close at 9 p.m."}})
	hash := sha256.New()
	for _, part := range []any{p.Vectors[0], p.Vectors[1], q.Vector, r.Read(q, p), r.Same("When does it close?", nil, []string{"closing time", "When does it open?"}),
		r.Settles("it closes at nine", []Passage{{Before: "It is open.", Text: "The doors close at 9 p.m."}})} {
		if err := binary.Write(hash, binary.LittleEndian, part); err != nil {
			t.Fatal(err)
		}
	}
	const file = "testdata/bits.golden"
	got := hex.EncodeToString(hash.Sum(nil))
	if *update {
		if err := os.WriteFile(file, []byte(got+"\n"), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if got != strings.TrimSpace(string(want)) {
		t.Errorf("hash is %s, want %s", got, want)
	}
}
