package words

import (
	"math"
	"math/rand/v2"
	"strings"
	"testing"
)

func TestAlign(t *testing.T) {
	const text = "the toll on the old bridge rose by a pound in may and the ferry stopped"
	for _, tt := range []struct {
		name, given, run string
		edits            string // = same, x replaced, - left out, + added
		distance         int
		closeness        float64
	}{
		{"exact", "old bridge rose", "old bridge rose", "===", 0, 1},
		{"all of it", text, text, strings.Repeat("=", 16), 0, 1},
		{"a word replaced", "the old bridge fell by a pound", "the old bridge rose by a pound", "===x===", 1, 6. / 7},
		{"the last word replaced", "rose by a penny", "rose by a pound", "===x", 1, 3. / 4},
		{"a word put in", "the old stone bridge rose", "the old bridge rose", "==-==", 1, 4. / 5},
		{"a word left out", "old bridge by a pound", "old bridge rose by a pound", "==+===", 1, 4. / 5},
		{"two left out", "rose by a pound and the ferry stopped", "rose by a pound in may and the ferry stopped", "====++====", 2, 3. / 4},
		{"nothing of it", "six grey geese", "", "", 3, 0},
	} {
		given, words := strings.Fields(tt.given), strings.Fields(text)
		a := Align(given, words)
		if a.Distance != tt.distance || math.Abs(a.Closeness(len(given))-tt.closeness) > 1e-9 {
			t.Errorf("%s: distance %d, closeness %v, want %d, %v", tt.name, a.Distance, a.Closeness(len(given)), tt.distance, tt.closeness)
		}
		if tt.run == "" { // every run is as close
			continue
		}
		if got := strings.Join(words[a.Start:a.End], " "); got != tt.run || marks(a) != tt.edits {
			t.Errorf("%s: %q by %s, want %q by %s", tt.name, got, marks(a), tt.run, tt.edits)
		}
	}
}

func TestAlignNothing(t *testing.T) {
	for _, tt := range []struct {
		given, text []string
		distance    int
	}{
		{nil, nil, 0},
		{nil, []string{"a"}, 0},
		{[]string{"a", "b"}, nil, 2},
	} {
		a := Align(tt.given, tt.text)
		if a.Distance != tt.distance || a.Start != a.End || a.Closeness(len(tt.given)) != 0 {
			t.Errorf("Align(%q, %q) = %+v", tt.given, tt.text, a)
		}
	}
	if c := (Alignment{Distance: 5}).Closeness(2); c != 0 {
		t.Errorf("closeness %v, want none where more differs than was given", c)
	}
}

func marks(a Alignment) string {
	var b strings.Builder
	for _, e := range a.Edits {
		switch {
		case e.Same:
			b.WriteByte('=')
		case e.Text < 0:
			b.WriteByte('-')
		case e.Given < 0:
			b.WriteByte('+')
		default:
			b.WriteByte('x')
		}
	}
	return b.String()
}

// No run of the text is closer than the one that is found, and the edits turn the given words
// into that run, each word once and in order.
func TestAlignFindsTheClosest(t *testing.T) {
	random := rand.New(rand.NewPCG(7, 11))
	some := func(n int) []string {
		out := make([]string, random.IntN(n))
		for i := range out {
			out[i] = string(rune('a' + random.IntN(4)))
		}
		return out
	}
	for range 500 {
		given, text := some(6), some(10)
		a := Align(given, text)
		least := len(given)
		for start := range text {
			for end := start; end <= len(text); end++ {
				least = min(least, editDistance(given, text[start:end]))
			}
		}
		if a.Distance != least {
			t.Fatalf("Align(%q, %q) is %d apart, the closest run is %d", given, text, a.Distance, least)
		}
		i, j, differ := 0, a.Start, 0
		for _, e := range a.Edits {
			if e.Given >= 0 && e.Given != i || e.Text >= 0 && e.Text != j || e.Given < 0 && e.Text < 0 {
				t.Fatalf("Align(%q, %q): edit %+v after %d and %d words", given, text, e, i, j)
			}
			if e.Same != (e.Given >= 0 && e.Text >= 0 && given[e.Given] == text[e.Text]) {
				t.Fatalf("Align(%q, %q): edit %+v is not the same or is", given, text, e)
			}
			if e.Given >= 0 {
				i++
			}
			if e.Text >= 0 {
				j++
			}
			if !e.Same {
				differ++
			}
		}
		if len(text) > 0 && (i != len(given) || j != a.End || differ != a.Distance) {
			t.Fatalf("Align(%q, %q) = %+v: the edits end at %d and %d with %d changes", given, text, a, i, j, differ)
		}
	}
}

// editDistance is the edit distance of two runs of words, by its definition.
func editDistance(a, b []string) int {
	switch {
	case len(a) == 0:
		return len(b)
	case len(b) == 0:
		return len(a)
	case a[0] == b[0]:
		return editDistance(a[1:], b[1:])
	}
	return 1 + min(editDistance(a[1:], b[1:]), editDistance(a[1:], b), editDistance(a, b[1:]))
}
