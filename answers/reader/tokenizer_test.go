package reader

import (
	"bufio"
	"encoding/json"
	"os"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
)

// pieces are what a text is cut into.
func pieces(t testing.TB, text string, limit int) []string {
	t.Helper()
	r := Default()
	names := make([]string, r.shape.Vocabulary)
	for p, id := range r.tokenizer.pieces {
		names[id] = p
	}
	out := []string{}
	for _, id := range r.tokenizer.append(nil, text, limit) {
		out = append(out, names[id])
	}
	return out
}

// testdata/pieces.jsonl was written with the tokenizers library from the base model's
// own tokenizer file; but the letters of Chinese, Japanese and Korean are unknown here (see train/export.py).
func TestTokenizerAgreesWithTheBaseModels(t *testing.T) {
	f, err := os.Open("testdata/pieces.jsonl")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	n := 0
	for lines := bufio.NewScanner(f); lines.Scan(); n++ {
		var c struct {
			Text   string
			Pieces []string
		}
		if err := json.Unmarshal(lines.Bytes(), &c); err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(c.Pieces, pieces(t, c.Text, 1000)); diff != "" {
			t.Errorf("%q (- base model, + here):\n%s", c.Text, diff)
		}
	}
	if n < 20 {
		t.Errorf("%d cases", n)
	}
}

func TestTokenizerKeepsToItsLimit(t *testing.T) {
	for limit := range 6 {
		if got := pieces(t, "an unbelievably electroencephalographic café", limit); len(got) != limit {
			t.Errorf("limit %d: %q", limit, got)
		}
	}
}

// A control piece written out in a text is text.
func TestTokenizerReadsNoControlPieces(t *testing.T) {
	if diff := cmp.Diff([]string{"[", "sep", "]", "[", "cl", "##s", "]"}, pieces(t, "[SEP][CLS]", 20)); diff != "" {
		t.Error(diff)
	}
}

// The time to cut a text must not grow with what is cut off, nor with the square of a
// word's length.
func TestTokenizerTimeIsBounded(t *testing.T) {
	for name, text := range map[string]string{
		"one word": strings.Repeat("a", 3_000_000), "marks": strings.Repeat("\u0301", 1_000_000), "words": strings.Repeat("word ", 600_000),
	} {
		start := time.Now()
		pieces(t, text, 48)
		if d := time.Since(start); d > 5*time.Second {
			t.Errorf("%s: %v", name, d)
		}
	}
}

func FuzzTokenizer(f *testing.F) {
	f.Add("What did “she” say?")
	f.Add("\xff\xfe")
	f.Fuzz(func(t *testing.T, text string) {
		ids := Default().tokenizer.append(nil, text, 30)
		if len(ids) > 30 {
			t.Errorf("%d pieces", len(ids))
		}
		if utf8.RuneCountInString(text) == 0 && len(ids) > 0 {
			t.Errorf("%v from nothing", ids)
		}
	})
}
