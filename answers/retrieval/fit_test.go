package retrieval

import (
	"bytes"
	"flag"
	"fmt"
	"go/format"
	"math"
	"os"
	"slices"
	"strings"
	"testing"

	"verbatim/corpus"
)

var update = flag.Bool("update", false, "fit the weights to testdata/questions and write weights.go")

// example is a question with its candidates.
type example struct {
	group      int // the text, or article, that it is about: folds are made of them
	candidates []features
	right      []bool
}

// fitted is how many candidates of a question are fitted: the best by a rough
// score, and those that answer.
const fitted = 25

// rough ranks candidates before there are weights.
var rough = features{sameWords: 1, kinWords: 1, blockWords: 1, tellsKind: 5}

func newExample(group int, hits []Hit, right func(passage int) bool) example {
	slices.SortStableFunc(hits, func(a, b Hit) int { return cmpFloat(b.features.dot(&rough), a.features.dot(&rough)) })
	e := example{group: group}
	for i, h := range hits {
		if ok := right(h.Passage); i < fitted || ok {
			e.candidates = append(e.candidates, h.features)
			e.right = append(e.right, ok)
		}
	}
	return e
}

func cmpFloat(a, b float64) int {
	switch {
	case a < b:
		return -1
	case a > b:
		return 1
	}
	return 0
}

// fitWeights fits the weights but those of the utterances, so that the exponential of
// a candidate's score is in proportion to the probability that it answers: the
// likelihood of the right candidates is made highest (conditional logistic
// regression), with a penalty l2 on the squared weights of standardised features.
func fitWeights(examples []example, l2 float64, use func(group int) bool) features {
	const n = withoutUtterances
	type row struct {
		f     []float64
		right bool
	}
	var data [][]row
	var deviation features
	count := 0.0
	for _, e := range examples {
		if !use(e.group) || !slices.Contains(e.right, true) {
			continue
		}
		mean := make([]float64, n)
		for _, c := range e.candidates {
			for j := range mean {
				mean[j] += c[j] / float64(len(e.candidates))
			}
		}
		rows := make([]row, len(e.candidates))
		for k, c := range e.candidates {
			rows[k] = row{make([]float64, n), e.right[k]}
			for j := range mean {
				rows[k].f[j] = c[j] - mean[j]
				deviation[j] += rows[k].f[j] * rows[k].f[j]
			}
			count++
		}
		data = append(data, rows)
	}
	for j := range n {
		deviation[j] = math.Sqrt(deviation[j]/count) + 1e-9
	}
	for _, rows := range data {
		for _, r := range rows {
			for j := range r.f {
				r.f[j] /= deviation[j]
			}
		}
	}
	w := minimise(n, func(w, gradient []float64) {
		for j := range gradient {
			gradient[j] = l2 * w[j]
		}
		for _, rows := range data {
			score := make([]float64, len(rows))
			top := math.Inf(-1)
			for k, r := range rows {
				for j, v := range r.f {
					score[k] += w[j] * v
				}
				top = math.Max(top, score[k])
			}
			all, right := 0.0, 0.0
			for k, r := range rows {
				score[k] = math.Exp(score[k] - top)
				all += score[k]
				if r.right {
					right += score[k]
				}
			}
			for k, r := range rows {
				d := score[k] / all
				if r.right {
					d -= score[k] / right
				}
				for j, v := range r.f {
					gradient[j] += d * v
				}
			}
		}
	})
	var out features
	for j := range n {
		out[j] = w[j] / deviation[j]
	}
	return out
}

// minimise finds the least of a function by its gradient (Kingma and Ba, “Adam”, 2015).
func minimise(n int, gradient func(w, gradient []float64)) []float64 {
	const steps, rate = 150, 0.1
	w, g, m, v := make([]float64, n), make([]float64, n), make([]float64, n), make([]float64, n)
	for i := 1; i <= steps; i++ {
		gradient(w, g)
		step := rate * math.Min(1, 3-3*float64(i-1)/steps)
		for j := range w {
			m[j] = 0.9*m[j] + 0.1*g[j]
			v[j] = 0.999*v[j] + 0.001*g[j]*g[j]
			w[j] -= step * m[j] / (1 - math.Pow(0.9, float64(i))) / (math.Sqrt(v[j]/(1-math.Pow(0.999, float64(i)))) + 1e-8)
		}
	}
	return w
}

// firstRight returns the share of the examples whose best candidate answers.
func firstRight(examples []example, w *features, use func(group int) bool) (right, all int) {
	for _, e := range examples {
		if !use(e.group) {
			continue
		}
		all++
		best, ok := math.Inf(-1), false
		for k := range e.candidates {
			if s := e.candidates[k].dot(w); s > best {
				best, ok = s, e.right[k]
			}
		}
		if ok {
			right++
		}
	}
	return right, all
}

// crossValidate fits on all groups but one, for each in turn, and returns the
// share that comes first on the one left out, in percent.
func crossValidate(examples []example, groups int, l2 float64) float64 {
	right, all := 0, 0
	for g := range groups {
		w := fitWeights(examples, l2, func(group int) bool { return group != g })
		r, a := firstRight(examples, &w, func(group int) bool { return group == g })
		right, all = right+r, all+a
	}
	return 100 * float64(right) / float64(all)
}

// all returns all candidates with their features.
func (x *Index) all(text string) []Hit {
	s := &scratch{}
	x.understand(text, &s.question)
	x.collect(s, 0, int32(len(x.docs)))
	if len(s.candidates) == 0 {
		return nil
	}
	x.describe(s)
	order(s.candidates, &rough)
	return s.hits(len(s.candidates))
}

// examplesOf asks every question of its own text, and of all texts together.
func examplesOf(samples []*sample) []example {
	var passages []*corpus.Passage
	for _, s := range samples {
		passages = append(passages, s.passages...)
	}
	together := Build(passages, nil)
	var out []example
	base := 0
	for g, s := range samples {
		alone := Build(s.passages, nil)
		for _, q := range s.questions {
			out = append(out,
				newExample(g, alone.all(q.text), func(p int) bool { return q.gold[p] }),
				newExample(g, together.all(q.text), func(p int) bool { return q.gold[p-base] }))
		}
		base += len(s.passages)
	}
	return out
}

// featureNames are the names of the constants.
var featureNames = strings.Fields("sameWords kinWords coverage coverageBefore relative blockWords beforeOnly pairs spread heads tellsKind lacksKind newThing yearClash isNested saysSpoken")

// TestFit fits the weights with -update. It is a test so that it may look inside.
func TestFit(t *testing.T) {
	if !*update {
		t.Skip("run with -update to fit the weights again")
	}
	samples := samples(t)
	examples := examplesOf(samples)
	best, l2 := 0.0, 0.0
	for _, try := range []float64{1, 3, 10, 30, 100} {
		cv := crossValidate(examples, len(samples), try)
		t.Logf("penalty %g: %.2f%% first, cross-validated", try, cv)
		if cv > best {
			best, l2 = cv, try
		}
	}
	everything := func(int) bool { return true }
	w := fitWeights(examples, l2, everything)
	var file bytes.Buffer
	fmt.Fprint(&file, "// Code generated by go test ./answers/retrieval -run TestFit -update; DO NOT EDIT.\n\npackage retrieval\n\nvar wordWeights = features{\n")
	for j := range withoutUtterances {
		fmt.Fprintf(&file, "%s: %.4f,\n", featureNames[j], w[j])
	}
	fmt.Fprint(&file, "sameAsked: utteranceWeight,\n}\n")
	source, err := format.Source(file.Bytes())
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile("weights.go", source, 0o644); err != nil {
		t.Fatal(err)
	}
}
