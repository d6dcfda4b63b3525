package score

import (
	"math"
	"testing"

	"verbatim/answers"
)

// TestInterval compares with limits worked out from the formula of Wilson (1927) by
// other programs.
func TestInterval(t *testing.T) {
	for _, c := range []struct {
		s         Share
		low, high float64
	}{
		{Share{0, 0}, 0, 100},
		{Share{0, 10}, 0, 27.75},
		{Share{10, 10}, 72.25, 100},
		{Share{1, 2}, 9.45, 90.55},
		{Share{5, 10}, 23.66, 76.34},
		{Share{157, 173}, 85.50, 94.23},
		{Share{900, 1000}, 87.98, 91.71},
	} {
		low, high := c.s.Interval()
		if math.Abs(low-c.low) > 0.01 || math.Abs(high-c.high) > 0.01 {
			t.Errorf("%d of %d: %.2f to %.2f; want %.2f to %.2f", c.s.Count, c.s.All, low, high, c.low, c.high)
		}
	}
}

func TestShareString(t *testing.T) {
	for s, want := range map[Share]string{
		{}:       "–",
		{1, 2}:   "1/2 (50.0%, 9.5–90.5)",
		{0, 10}:  "0/10 (0.0%, 0.0–27.8)",
		{10, 10}: "10/10 (100.0%, 72.2–100.0)",
	} {
		if got := s.String(); got != want {
			t.Errorf("%q; want %q", got, want)
		}
	}
}

func TestSum(t *testing.T) {
	var asked []string
	e := echo{t, map[string]int{"built": 0, "mill": 1, "when": 1, "ferries": 2, "red": 1}, nil, &asked}
	rows := harbourRows()
	rows[0].Turns[0].Speaker = "zuckerberg" // the passage is the article's own
	rows = append(rows, &Row{Turns: []Turn{{Q: "?", Any: []string{"x"}, AbstainOK: true}, {Q: "built", AbstainOK: true}}})
	got := Sum(Run(rows, e, Options{}))
	want := Totals{
		Answered:   Share{3, 4}, // red is wrong
		Declined:   Share{0, 1}, // when
		Premise:    Share{1, 2},
		FollowUps:  Share{1, 4}, // ferries; not when, red and built
		Leaning:    Share{0, 1},
		StandAlone: Share{1, 2},
		Speakers:   Share{0, 1},
		WrongShown: Share{3, 7},
	}
	if got != want {
		t.Errorf("%+v\nwant %+v", got, want)
	}
	if got.Turns() != 7 {
		t.Errorf("%d turns; want 7", got.Turns())
	}
	if half := Sum(Run(rows[:1], e, Options{})).Plus(Sum(Run(rows[1:], e, Options{}))); half != want {
		t.Errorf("two halves together are %+v\nwant %+v", half, want)
	}
}

func TestCompareHistory(t *testing.T) {
	rows := harbourRows()
	right := func(right ...bool) (out []Result) {
		for i, r := range right {
			out = append(out, Result{Row: rows[1], Number: i, Answer: answers.Answer{}, Right: r})
		}
		return out
	}
	single := Result{Row: rows[0], Right: true}
	for _, c := range []struct {
		name          string
		with, without []Result
		want          History
		cost          float64
		text          string
	}{
		{"nothing to compare", nil, nil, History{}, 0, "0.0 points (0 of 0 lost, 0 won)"},
		{"the same", right(true, true, true, false), right(true, true, true, false),
			History{Share{1, 2}, Share{1, 2}, 0, 0}, 0, "0.0 points (0 of 2 lost, 0 won)"},
		{"one lost", right(true, true, false, true), right(true, true, true, true),
			History{Share{1, 2}, Share{2, 2}, 1, 0}, 50, "50.0 points (1 of 2 lost, 0 won)"},
		{"one lost, one won", right(true, true, false, true), right(true, true, true, false),
			History{Share{1, 2}, Share{1, 2}, 1, 1}, 0, "0.0 points (1 of 2 lost, 1 won)"},
		{"history helps", right(true, true, true, true), right(true, true, false, false),
			History{Share{2, 2}, Share{0, 2}, 0, 2}, -100, "-100.0 points (0 of 2 lost, 2 won)"},
		{"first turns and leaning ones do not count", right(false, false, true, true), right(true, true, true, true),
			History{Share{2, 2}, Share{2, 2}, 0, 0}, 0, "0.0 points (0 of 2 lost, 0 won)"},
		{"what only one of them has is left out", append([]Result{single}, right(true, true, true, true)...), right(true, true, true),
			History{Share{1, 1}, Share{1, 1}, 0, 0}, 0, "0.0 points (0 of 1 lost, 0 won)"},
	} {
		got := CompareHistory(c.with, c.without)
		if got != c.want || got.Cost() != c.cost || got.String() != c.text {
			t.Errorf("%s: %+v, cost %v, %q; want %+v, %v, %q", c.name, got, got.Cost(), got, c.want, c.cost, c.text)
		}
	}
	one := History{Share{1, 2}, Share{2, 2}, 1, 0}
	if got, want := one.Plus(one), (History{Share{2, 4}, Share{4, 4}, 2, 0}); got != want {
		t.Errorf("twice %+v is %+v; want %+v", one, got, want)
	}
}
