package extract

import "testing"

// TestHyphens: of a PDF, a hyphen at the end of a line is one of the word or one that parts it.
func TestHyphens(t *testing.T) {
	j := newJoiner("The decision-making was quick, a harbourmaster said, and left no low-lying field dry.", true)
	for _, want := range []string{
		"well-known", "self-made", "long-term", "short-lived", "half-empty", "non-stop", "high-speed", "low-cost", "full-time", "two-thirds", "three-year-old", "five-storey",
		"co-author", "co-founders", "co-operation", "ex-minister", "ex-wife", "so-called", "far-reaching", "all-party", "one-way", "ten-year", "part-time", "mid-week", "anti-war",
		"e-mail", "x-ray", "EU-wide", "12-year-old", "state-of-the-art", "up-to-date", "decision-making", "low-lying", "twenty-one", "vice-captain", "old-fashioned",
	} {
		for i, r := range want {
			if r == '-' {
				if got := j.join("It is "+want[:i+1], want[i+1:]+" here"); got != "It is "+want+" here" {
					t.Errorf("%s: %s", want, got)
				}
			}
		}
	}
	for _, want := range []string{
		"har-bour", "car-penter", "short-age", "high-er", "low-ered", "long-ing", "self-ish", "well-ington", "half-way", "open-ing", "hard-ship", "soft-ware", "wide-spread", "six-teen",
		"ten-ant", "al-low", "mid-dle", "part-ner", "ex-pect", "ex-ample", "co-logne", "so-cial", "far-ther", "non-sense", "one-self", "cross-ing", "anti-dote", "vice-roy", "harbour-master", "new-ly", "in-deed", "of-fice",
	} {
		for i, r := range want {
			if whole := want[:i] + want[min(i+1, len(want)):]; r == '-' {
				if got := j.join("It is "+want[:i+1], want[i+1:]+" here"); got != "It is "+whole+" here" {
					t.Errorf("%s: %s", want, got)
				}
			}
		}
	}
}
