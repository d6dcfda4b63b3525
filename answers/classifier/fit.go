package classifier

import (
	"math"
	"math/rand/v2"
	"runtime"
	"slices"
	"sync"
)

// row is one text as the fit sees it.
type row struct {
	sparse []entry
	dense  []float32 // of the set's length; already scaled
}

// linear is a score for each label: bias + sparse part + dense part.
type linear struct {
	labels, features, dim int

	sparse []float32 // features × labels
	dense  []float32 // labels × dim
	bias   []float32
}

// scores sets out to the score of each label.
func (m *linear) scores(out []float32, r row) {
	copy(out, m.bias)
	for _, e := range r.sparse {
		addScaled(out, e.value, m.sparse[int(e.id)*m.labels:][:m.labels])
	}
	if m.dim == 0 {
		return
	}
	for label := range out {
		out[label] += dot(r.dense, m.dense[label*m.dim:][:m.dim])
	}
}

// settings are what a fit can be tuned by.
type settings struct {
	// cost is how much a misplaced example weighs against large weights.
	cost float32
	// margin is by how much the right label's score must lead before an example
	// counts as learned.
	margin float32
	// tolerance ends the fit: how much probability an example's dual variables
	// move in a round, on average.
	tolerance float64
	// rounds is the most that a fit takes.
	rounds int
	// dense is the length of the dense part of a vector.
	dense float32
}

// defaults were found on the training and validation splits of the public
// sets: cost from 1 to 40, margin from 0 to 20, tolerance from 0.002 to 0.05,
// dense from 0.7 to 3. See docs/decisions/large-margin-softmax.md.
var defaults = settings{cost: 10, margin: 6, tolerance: 0.01, rounds: 60, dense: 2}

const (
	// batch is how many examples are scored at once, to keep the processors
	// busy. It changes nothing else.
	batch = 16
	// negligible is the step of a dual variable that is not worth taking.
	negligible = 1e-5
	// shrink is by how much a step is shortened until it no longer overshoots.
	shrink = 0.6
)

// fit finds the weights that minimise
//
//	½‖W‖² + cost · Σᵢ −log softmax(W·xᵢ + log(share) − margin·yᵢ)[yᵢ]
//
// multinomial logistic regression that wants a margin (Wang et al., "Additive
// Margin Softmax", 2018) and takes out how many examples each label has, which
// says nothing about how often people ask (Menon et al., "Long-tail learning
// via logit adjustment", 2021). It ascends the dual, one example at a time
// (Shalev-Shwartz and Zhang, "Stochastic Dual Coordinate Ascent", 2013): each
// example has a distribution over labels and moves it towards the softmax of
// its present scores, as far as the dual rises.
//
// The result is the same whatever the number of processors.
func fit(rows []row, label []int, labels, features int, s settings) *linear {
	dim := 0
	if len(rows) > 0 {
		dim = len(rows[0].dense)
	}
	m := &linear{
		labels: labels, features: features, dim: dim,
		sparse: make([]float32, features*labels),
		dense:  make([]float32, labels*dim),
		bias:   make([]float32, labels),
	}
	if labels < 2 {
		return m
	}

	t := newTraining(m, rows, label, s)
	random := rand.New(rand.NewPCG(1, 2))
	order := random.Perm(len(rows))
	for range s.rounds {
		random.Shuffle(len(order), func(i, j int) { order[i], order[j] = order[j], order[i] })
		t.moved = 0
		for now := range slices.Chunk(order, batch) {
			t.learn(now)
		}
		if t.moved <= s.tolerance*float64(len(rows)) {
			break
		}
	}
	return m
}

// training is a fit in progress.
type training struct {
	*linear
	settings
	rows   []row
	label  []int
	prior  []float32 // shifts the scores while learning
	belief []float32 // the distribution of each example
	steps  []step    // of a batch
	moved  float64   // by how far the beliefs have moved in this round
}

func newTraining(m *linear, rows []row, label []int, s settings) *training {
	t := &training{linear: m, settings: s, rows: rows, label: label, steps: make([]step, batch)}
	t.prior = make([]float32, m.labels)
	for _, y := range label {
		t.prior[y]++
	}
	for y, n := range t.prior {
		t.prior[y] = float32(math.Log(float64(max(n, 1)) * float64(m.labels) / float64(len(rows))))
	}
	t.belief = make([]float32, len(rows)*m.labels)
	for i, y := range label { // all begin where they should end
		t.belief[i*m.labels+y] = 1
	}
	for k := range t.steps {
		t.steps[k].scores = make([]float32, m.labels)
		t.steps[k].change = make([]float32, m.labels)
	}
	return t
}

// learn takes the steps of a batch of examples.
func (t *training) learn(now []int) {
	// All scores from the weights as they are before the batch…
	parallel(len(now), func(k int) { t.score(now, k) })
	// … corrected by what the batch's earlier steps have changed, which is
	// as if the weights had been changed each time.
	for k, i := range now {
		st := &t.steps[k]
		for l := range k {
			g := st.gram[l]
			for _, y := range t.steps[l].active {
				st.scores[y] += g * t.steps[l].change[y]
			}
		}
		t.moved += st.take(t.belief[i*t.labels:][:t.labels], t.cost, st.gram[k])
	}
	workers := runtime.GOMAXPROCS(0)
	parallel(workers, func(w int) {
		from, to := int32(w*t.labels/workers), int32((w+1)*t.labels/workers)
		for k, i := range now {
			t.change(t.rows[i], &t.steps[k], from, to)
		}
	})
}

// score fills the scores of example k of a batch, and its products with those before it.
func (t *training) score(now []int, k int) {
	st, i := &t.steps[k], now[k]
	t.scores(st.scores, t.rows[i])
	for y, v := range t.prior {
		st.scores[y] += v
	}
	st.scores[t.label[i]] -= t.margin
	for l := range k + 1 {
		st.gram[l] = product(t.rows[i], t.rows[now[l]])
	}
}

// step is one example's step.
type step struct {
	scores []float32
	gram   [batch]float32 // products with the batch's earlier examples and itself
	change []float32      // of the scores' weights, by label; 0 where not active
	active []int32        // the labels whose weights change
}

// take moves belief towards the softmax of the scores and returns how far it
// went.
func (st *step) take(belief []float32, cost, square float32) (moved float64) {
	highest := st.scores[0]
	for _, v := range st.scores {
		highest = max(highest, v)
	}
	var sum float32
	for y, v := range st.scores {
		var e float32
		if v > highest-20 { // e^-20 is below a float32's precision beside 1
			e = float32(math.Exp(float64(v - highest)))
		}
		st.change[y] = e
		sum += e
	}
	var length float32
	for y, e := range st.change {
		d := e/sum - belief[y]
		st.change[y] = d
		length += float32(d * d)
	}
	// The dual's slope along the way falls; its sign tells whether a step of t is
	// too long. A step of least never is, as softmax is ½-Lipschitz.
	curve := cost * square
	least := 2 / (2 + curve)
	t := float32(1)
	for ; t > least; t *= shrink {
		slope := -curve * t * length
		for y, d := range st.change {
			if d > 1e-6 || d < -1e-6 {
				slope += d * (st.scores[y] - float32(math.Log(float64(belief[y]+t*d)+1e-30)))
			}
		}
		if slope >= 0 {
			break
		}
	}
	t = max(t, least)
	st.active = st.active[:0]
	for y, d := range st.change {
		d *= t
		if -negligible < d && d < negligible {
			st.change[y] = 0
			continue
		}
		belief[y] += d
		moved += math.Abs(float64(d))
		st.change[y] = -d * cost
		st.active = append(st.active, int32(y))
	}
	return moved
}

// change adds an example's step to the weights of the labels from ≤ y < to.
func (m *linear) change(r row, st *step, from, to int32) {
	active := st.active
	for len(active) > 0 && active[0] < from {
		active = active[1:]
	}
	for len(active) > 0 && active[len(active)-1] >= to {
		active = active[:len(active)-1]
	}
	for _, y := range active {
		m.bias[y] += st.change[y]
		if m.dim > 0 {
			addScaled(m.dense[int(y)*m.dim:][:m.dim], st.change[y], r.dense)
		}
	}
	for _, e := range r.sparse {
		w := m.sparse[int(e.id)*m.labels:][:m.labels]
		for _, y := range active {
			w[y] += float32(e.value * st.change[y])
		}
	}
}

// product is the inner product of two rows, and 1 for the bias.
func product(a, b row) float32 {
	sum := float32(1)
	i, j := 0, 0
	for i < len(a.sparse) && j < len(b.sparse) {
		switch x, y := a.sparse[i], b.sparse[j]; {
		case x.id == y.id:
			sum += float32(x.value * y.value)
			i++
			j++
		case x.id < y.id:
			i++
		default:
			j++
		}
	}
	return sum + dot(a.dense, b.dense)
}

// dot and addScaled round after each product, so that no processor joins it
// with the sum and all get the same bits.

// dot is the inner product of two vectors of the same length.
func dot(a, b []float32) float32 {
	var s0, s1, s2, s3, s4, s5, s6, s7 float32
	for len(a) >= 8 && len(b) >= 8 {
		s0 += float32(a[0] * b[0])
		s1 += float32(a[1] * b[1])
		s2 += float32(a[2] * b[2])
		s3 += float32(a[3] * b[3])
		s4 += float32(a[4] * b[4])
		s5 += float32(a[5] * b[5])
		s6 += float32(a[6] * b[6])
		s7 += float32(a[7] * b[7])
		a, b = a[8:], b[8:]
	}
	b = b[:len(a)]
	for i, v := range a {
		s0 += float32(v * b[i])
	}
	return ((s0 + s1) + (s2 + s3)) + ((s4 + s5) + (s6 + s7))
}

// addScaled adds scale·x to y.
func addScaled(y []float32, scale float32, x []float32) {
	for len(x) >= 8 && len(y) >= 8 {
		y[0] += float32(scale * x[0])
		y[1] += float32(scale * x[1])
		y[2] += float32(scale * x[2])
		y[3] += float32(scale * x[3])
		y[4] += float32(scale * x[4])
		y[5] += float32(scale * x[5])
		y[6] += float32(scale * x[6])
		y[7] += float32(scale * x[7])
		x, y = x[8:], y[8:]
	}
	y = y[:len(x)]
	for i, v := range x {
		y[i] += float32(scale * v)
	}
}

// parallel calls f for 0 to n-1 on all processors that Go may use.
func parallel(n int, f func(int)) {
	workers := min(runtime.GOMAXPROCS(0), n)
	var group sync.WaitGroup
	for w := range workers {
		group.Go(func() {
			for i := w; i < n; i += workers {
				f(i)
			}
		})
	}
	group.Wait()
}
