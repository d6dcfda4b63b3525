package answers

import (
	"math"
	"testing"
)

func TestIsStated(t *testing.T) {
	for text, want := range map[string]bool{
		"the ferry runs in winter, right?":         true,
		"is it true that the ferry runs in winter": true,
		"so the ferry runs in winter?":             true,
		"does the ferry run in winter?":            false,
		"are dogs allowed?":                        false,
		"can I bring my dog?":                      false,
	} {
		if got := isStated(text); got != want {
			t.Errorf("%q is stated: %v", text, got)
		}
	}
}

func TestSettledOdds(t *testing.T) {
	neither, supports, refutes := settled{-6, -5}, settled{5, -4}, settled{-4, 5}
	if a, b := supports.either(), refutes.either(); math.Abs(a-b) > 1e-9 || a < 5 || a > 5.001 {
		t.Errorf("either is %v and %v", a, b)
	}
	if supports.turned() != -9 || refutes.turned() != 9 {
		t.Errorf("turned by %v and %v", supports.turned(), refutes.turned())
	}
	for _, p := range []float64{0.1, 0.5, 0.9} {
		if low, high := settledOdds(p, neither), settledOdds(p, refutes); !(0 < low && low < high && high < 1) {
			t.Errorf("what answers with %v settles with %v where it says neither and %v where it does", p, low, high)
		}
	}
}

// What is read with a statement is the sentence and the one before, across paragraphs and not across sources.
func TestAsRead(t *testing.T) {
	e := plainEngine(t, map[string]string{
		"ferry": "The ferry\nThe ferry sails at noon. It is old.\nDogs are allowed on board.\n",
		"pier":  "The pier is closed to all visitors in May.\n",
	})
	before := map[string]string{
		"It is old.":                                 "The ferry sails at noon.",
		"Dogs are allowed on board.":                 "It is old.",
		"The pier is closed to all visitors in May.": "",
	}
	for i, p := range e.library.passages {
		want, known := before[p.Quote.Text()]
		if got := e.library.asRead(i); known && (got.Before != want || got.Text != p.Quote.Text()) {
			t.Errorf("%q is read behind %q, want %q", got.Text, got.Before, want)
		}
	}
}

// A statement is told apart from its contrary, whichever of two like sentences settles it; what is asked is not read so.
func TestSettling(t *testing.T) {
	e := plainEngine(t, map[string]string{"harbour": "The harbour\nThe old lighthouse was sold to a family from Bergen in 1994.\n" +
		"The new lighthouse still belongs to the harbour board.\nThe café in the lighthouse is open all year.\nTickets for the museum cost four euros.\n"})
	for _, tt := range []struct {
		text string
		want Finding
	}{
		{"someone from Bergen bought the old lighthouse", Supported},
		{"a museum ticket is four euros", Supported},
		{"the café shuts for the winter, right?", Contradicted},
		{"museum tickets are free", Contradicted},
		{"the museum has a collection of anchors", Absent},
	} {
		if a := e.Ask(Question{Text: tt.text}); a.Kind != Verdict || a.Finding != tt.want {
			t.Errorf("%q: %s %s, want %s", tt.text, a.Kind, a.Finding, tt.want)
		}
	}
	r := e.read(Question{Text: "is the café open in winter?"})
	if found := e.look(r, e.rank(r)); found.judged {
		t.Error("a question is read as a statement")
	}
}
