package reader

import (
	"bufio"
	"encoding/json"
	"math"
	"os"
	"runtime"
	"testing"
)

// reference is a case that the model's float weights were asked, see train/export.py.
type reference struct {
	Question, Before, Shown string
	Context                 string
	Sentences               []string
	Scores, Contrary        []float64 // log-odds of each sentence to answer, and to contradict
	Similar                 []float64
	Others                  []string    // other questions, in the order in which they are read
	Same                    []float64   // log-odds that each asks the same
	First                   string      // the sentence before the first
	Settled                 [][]float64 // how each settles the question as a statement: that it supports, and that it contradicts it
}

func references(t testing.TB) []reference {
	t.Helper()
	f, err := os.Open("testdata/reference.jsonl")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	var out []reference
	for d := json.NewDecoder(bufio.NewReader(f)); d.More(); {
		var r reference
		if err := d.Decode(&r); err != nil {
			t.Fatal(err)
		}
		out = append(out, r)
	}
	return out
}

func (c reference) before() *Before {
	if c.Before == "" {
		return nil
	}
	return &Before{Question: c.Before, Shown: c.Shown}
}

// passages are the sentences, each with the one before.
func (c reference) passages() []Passage {
	out := []Passage{}
	before := c.First
	for _, s := range c.Sentences {
		out = append(out, Passage{Before: before, Text: s})
		before = s
	}
	return out
}

// The weights in 8 bits are to say what they say in 32: on 200 questions the log-odds of
// a sentence differ by at most 0.15 on average and 1.2 at worst, those of how it settles a statement, which are larger, by 0.25 and
// 2.5, a cosine by 0.03, and the same sentence comes first for 97 of 100.
func TestReadAgreesWithFloatWeights(t *testing.T) {
	r := Default()
	var sum, worst, worstCosine, sumSettled, worstSettled float64
	n, settled, firsts := 0, 0, 0
	cases := references(t)
	for _, c := range cases {
		q := r.Ask(c.Question, c.before())
		p := r.Prepare(Window{Context: c.Context, Sentences: c.Sentences})
		got := r.Read(q, p)
		if len(got) != len(c.Scores) {
			t.Fatalf("%q: %d scores for %d sentences", c.Question, len(got), len(c.Scores))
		}
		for i, v := range r.Same(c.Question, c.before(), c.Others) {
			d := math.Abs(float64(v) - c.Same[i])
			sum, worst, n = sum+d, max(worst, d), n+1
		}
		for i, v := range r.Settles(c.Question, c.passages()) {
			for k, got := range []float32{v.Supports, v.Contradicts} {
				d := math.Abs(float64(got) - c.Settled[i][k])
				sumSettled, worstSettled, settled = sumSettled+d, max(worstSettled, d), settled+1
			}
		}
		best, wanted := 0, 0
		for i, v := range got {
			for _, d := range []float64{math.Abs(float64(v.Answers) - c.Scores[i]), math.Abs(float64(v.Contradicts) - c.Contrary[i])} {
				sum, worst, n = sum+d, max(worst, d), n+1
			}
			worstCosine = max(worstCosine, math.Abs(float64(Dot(q.Vector, p.Vectors[i]))-c.Similar[i]))
			if v.Answers > got[best].Answers {
				best = i
			}
			if c.Scores[i] > c.Scores[wanted] {
				wanted = i
			}
		}
		if best == wanted {
			firsts++
		}
	}
	if len(cases) < 200 || sum/float64(n) > 0.15 || worst > 1.2 || worstCosine > 0.03 || 100*firsts < 97*len(cases) {
		t.Error("the weights in 8 bits do not say what they say in 32")
	}
	if sumSettled/float64(settled) > 0.25 || worstSettled > 2.5 {
		t.Error("how passages settle statements is not said in 8 bits as in 32")
	}
	t.Logf("how passages settle statements differs by %.3f on average, %.3f at most", sumSettled/float64(settled), worstSettled)
	t.Logf("log-odds differ by %.3f on average, %.3f at most; cosines by %.4f at most; the same sentence first in %d of %d", sum/float64(n), worst, worstCosine, firsts, len(cases))
}

func TestParseRefuses(t *testing.T) {
	for name, data := range map[string][]byte{
		"nothing":             nil,
		"another file":        []byte("%PDF-1.7 and so on"),
		"the magic alone":     []byte(magic),
		"a header cut short":  weights[:len(magic)+10],
		"half of the weights": weights[:len(weights)/2],
		"one byte less":       weights[:len(weights)-1],
		"one byte more":       append(weights[:len(weights):len(weights)], 0),
	} {
		if _, err := parse(data); err == nil {
			t.Errorf("%s is taken for weights", name)
		}
	}
}

// A question, a history or a window may be anything.
func TestAnyTextIsRead(t *testing.T) {
	r := Default()
	for _, text := range []string{"", " ", "?", "\xff", "漢字 and more", "word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word"} {
		q := r.Ask(text, &Before{Question: text, Shown: text})
		p := r.Prepare(Window{Context: text, Sentences: []string{text, "It opens on Monday.", text}})
		for _, v := range r.Settles(text, []Passage{{text, text}, {"", text}, {text, ""}}) {
			if math.IsNaN(float64(v.Supports + v.Contradicts)) {
				t.Errorf("%.20q: settled with log-odds of %v", text, v)
			}
		}
		for _, v := range r.Same(text, &Before{Question: text, Shown: text}, []string{text, "When?", text, text, text, text, text, text, text}) {
			if math.IsNaN(float64(v)) || math.IsInf(float64(v), 0) {
				t.Errorf("%.20q: asks the same with log-odds of %v", text, v)
			}
		}
		for _, odds := range r.Read(q, p) {
			for _, v := range []float32{odds.Answers, odds.Contradicts} {
				if math.IsNaN(float64(v)) || math.IsInf(float64(v), 0) {
					t.Errorf("%.20q: log-odds of %v", text, v)
				}
			}
		}
		if length := Dot(q.Vector, q.Vector); math.Abs(float64(length)-1) > 1e-3 {
			t.Errorf("%.20q: a vector of squared length %v", text, length)
		}
	}
}

// How many goroutines read, and what was read before, changes nothing.
func TestReadAtOnce(t *testing.T) {
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(4)) // the rows of a window that is read alone are shared
	r := Default()
	windows := []*Prepared{}
	for _, c := range references(t)[:6] {
		windows = append(windows, r.Prepare(Window{Context: c.Context, Sentences: c.Sentences}))
	}
	q := r.Ask("what did he say about Windows?", nil)
	atOnce := make([][]Odds, len(windows))
	InParallel(len(windows), func(i int) { atOnce[i] = r.Read(q, windows[i]) })
	for i, all := range atOnce {
		for j, v := range r.Read(q, windows[i]) {
			if all[j] != v {
				t.Errorf("window %d, sentence %d: %v and %v", i, j, all[j], v)
			}
		}
	}
}

func BenchmarkRead(b *testing.B) {
	r := Default()
	c := references(b)[0]
	q, p := r.Ask(c.Question, nil), r.Prepare(Window{Context: c.Context, Sentences: c.Sentences})
	b.ReportMetric(float64(p.Pieces()), "pieces")
	for b.Loop() {
		r.Read(q, p)
	}
}

func BenchmarkPrepare(b *testing.B) {
	r := Default()
	c := references(b)[0]
	for b.Loop() {
		r.Prepare(Window{Context: c.Context, Sentences: c.Sentences})
	}
}

func BenchmarkLoad(b *testing.B) {
	for b.Loop() {
		if _, err := parse(weights); err != nil {
			b.Fatal(err)
		}
	}
}
