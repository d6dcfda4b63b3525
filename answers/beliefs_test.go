package answers

import (
	"math"
	"strings"
	"testing"
	"testing/fstest"

	"verbatim/corpus"
)

// A probability among the beliefs weighs nothing where nothing is known of the question,
// speaks for a passage where it is likely and against it where another is.
func TestBeliefsWeight(t *testing.T) {
	if w := (beliefs{0, 0}).weight(0, false); math.Abs(w) > 1e-9 {
		t.Errorf("where no intent fits a passage has %v", w)
	}
	sure := beliefs{0.98, 0.01}
	if w := sure.weight(0.98, true); w < 1.8 || w > 3 {
		t.Errorf("a passage that is surely meant has %v", w)
	}
	if w := sure.weight(0.01, true); w > -0.5 {
		t.Errorf("a passage beside one that is surely meant has %v", w)
	}
	if has, lacks := (beliefs{0.1}).weight(0, true), (beliefs{0.1}).weight(0, false); has > lacks-0.5 {
		t.Errorf("an answer to other questions has %v, what no intent is about %v", has, lacks)
	}
	last := math.Inf(-1)
	for p := 0.0; p <= 0.9; p += 0.1 {
		w := beliefs{p}.weight(p, true)
		if w < last {
			t.Errorf("%v has %v, and less %v", p, w, last)
		}
		last = w
	}
}

// An intent is meant the likelier the more speaks for it, beside the others and beside none.
func TestMeantOf(t *testing.T) {
	plain := [meantEvidence]float64{byClassifier: math.Log(0.3), anyClassified: 0, asksSame: -2, among: math.Log(40), anyway: 1}
	for k, more := range map[int]float64{byClassifier: math.Log(0.9), asksSame: 2, inWords: 0.8, among: math.Log(80)} {
		better := plain
		better[k] = more
		before := meantOf([][meantEvidence]float64{plain, plain}, &meantWeights)
		after := meantOf([][meantEvidence]float64{better, plain}, &meantWeights)
		if after[0] <= before[0] || after.none() >= before.none() || after[1] > before[1] {
			t.Errorf("with more of %d intents have %v, and %v before", k, after, before)
		}
	}
	if b := meantOf([][meantEvidence]float64{{anyway: 1e9}}, &[meantEvidence]float64{anyway: 1}); math.IsNaN(b[0]) || b[0] > 1 {
		t.Errorf("what speaks beyond measure gives %v", b)
	}
}

// Intents are trusted the more the more utterances they have.
func TestTrust(t *testing.T) {
	last := 0.0
	for _, n := range []int{1, 5, 20, 75, 300} {
		got := trustIn([]corpus.Intent{{Utterances: make([]string, n)}})
		if got < max(leastTrust, last) || got > 1 || n >= many && got != 1 {
			t.Errorf("%d utterances are trusted %v, and fewer %v", n, got, last)
		}
		last = got
	}
	if got := trustIn(nil); got != leastTrust {
		t.Errorf("no intents are trusted %v", got)
	}
}

// Curation is evidence beside the text: what no intent is about is read from it.
func TestCurationLeavesTheRest(t *testing.T) {
	e := engineOn(t, fstest.MapFS{"ferry/article.txt": {Data: []byte(ferry)}, "ferry/curation.yaml": {Data: []byte(`
passages:
  - {id: dogs, quote: Dogs have to stay on the upper deck., attribution: article}
intents:
  - {id: dogs, passages: [dogs], utterances: [can I bring my dog, are pets allowed, where do dogs go]}
  - {id: bikes, not_covered: true, utterances: [may I take a bicycle, is there room for bikes]}
`)}})
	for question, want := range map[string]string{
		"where was the new boat built?": "Gdynia",
		"what will a ticket cost?":      "four pounds",
		"do children pay?":              "free of charge",
		"Are pets allowed?":             "upper deck",
	} {
		a := e.Ask(Question{Text: question})
		if len(a.Quotes) == 0 || !strings.Contains(a.Quotes[0].Quote.Text(), want) {
			t.Errorf("%q: %s %v, want %q", question, a.Kind, a.Quotes, want)
		}
	}
	if a := e.Ask(Question{Text: "is there room for bikes?"}); a.Kind != NotCovered && a.Finding != Absent {
		t.Errorf("an utterance that is not covered is answered by %s %v", a.Kind, a.Quotes)
	}
	for _, question := range []string{"what is it about?", "who is quoted?", "thanks"} {
		if a := e.Ask(Question{Text: question}); a.Kind == NotCovered {
			t.Errorf("%q is not answered where there is a curation", question)
		}
	}
}

// shared tells the first passage of a list from the others and from those beside it.
func TestShared(t *testing.T) {
	p := trains().corpus.Sources()[0].Passages()
	list := []corpus.Passage{p[0], p[2]}
	for i, want := range []float64{1, 0, 0.5} {
		if got := shared(list, p[i]); got != want {
			t.Errorf("passage %d of the list has %v, want %v", i, got, want)
		}
	}
}

// A question is an utterance where its letters and figures are the same, whatever the case and
// what stands between them.
func TestSpelt(t *testing.T) {
	for _, c := range []struct {
		text, asked string
		want        bool
	}{
		{"Where do I moor?", "where do i moor", true},
		{"what’s on pier 7", "WHATS ON PIER-7?!", true},
		{"Où est le quai ?", "où est le quai", true},
		{"where do I moor", "where do I moor tonight", false},
		{"where do I moor tonight", "where do I moor", false},
		{"pier 7", "pier 8", false},
		{"…", "pier", false},
		{"\xff pier", "pier", true},
	} {
		if got := spelt(c.text, letters(c.asked)); got != c.want {
			t.Errorf("%q has the letters of %q: %v", c.text, c.asked, got)
		}
	}
}
