package classifier

import (
	"math"
	"slices"
)

// packed is a linear model made small. A feature's weights are a base that all
// labels have, and for the few labels that differ from it, by how much, at 8
// bits.
type packed struct {
	dim         int
	bias        []float32
	base, steps []float32 // by feature
	starts      []uint32  // by feature, and the end: into the next two
	label       []uint16
	delta       []int8
	dense       []int8    // labels × dim
	denseSteps  []float32 // by label
}

// leastDelta is the least difference that is kept, as a share of the root mean
// square of all. Found on the public sets: 0.5 keeps one weight in ten and
// changes 0 to 2 answers in 1,147; 1 changes twice as many.
const leastDelta = 0.5

func pack(m *linear) packed {
	p := packed{
		dim:    m.dim,
		bias:   m.bias,
		base:   make([]float32, m.features),
		steps:  make([]float32, m.features),
		starts: make([]uint32, m.features+1),
	}
	sorted := make([]float32, m.labels)
	squares := 0.0
	for f := range m.features {
		w := m.sparse[f*m.labels:][:m.labels]
		copy(sorted, w)
		slices.Sort(sorted)
		p.base[f] = sorted[len(sorted)/2]
		for _, v := range w {
			squares += float64(v-p.base[f]) * float64(v-p.base[f])
		}
	}
	least := float32(leastDelta * math.Sqrt(squares/float64(max(1, len(m.sparse)))))
	for f := range m.features {
		w := m.sparse[f*m.labels:][:m.labels]
		p.steps[f] = steps8(w, p.base[f])
		for y, v := range w {
			if v -= p.base[f]; v > least || v < -least {
				p.label = append(p.label, uint16(y))
				p.delta = append(p.delta, quantise(v, p.steps[f]))
			}
		}
		p.starts[f+1] = uint32(len(p.label))
	}
	for y := range m.labels {
		w := m.dense[y*m.dim:][:m.dim]
		step := steps8(w, 0)
		p.denseSteps = append(p.denseSteps, step)
		for _, v := range w {
			p.dense = append(p.dense, quantise(v, step))
		}
	}
	return p
}

// steps8 returns the step at which 8 bits reach all that w has around base.
func steps8(w []float32, base float32) float32 {
	var largest float32
	for _, v := range w {
		largest = max(largest, v-base, base-v)
	}
	return largest / math.MaxInt8
}

func quantise(v, scale float32) int8 {
	if scale == 0 {
		return 0
	}
	return int8(max(-math.MaxInt8, min(math.MaxInt8, math.Round(float64(v/scale)))))
}

// scores sets out to the score of each label; dense may be empty.
func (p *packed) scores(out []float32, sparse []entry, dense []float32) {
	copy(out, p.bias)
	var base float32
	for _, e := range sparse {
		base += float32(e.value * p.base[e.id])
		scale := e.value * p.steps[e.id]
		from, to := p.starts[e.id], p.starts[e.id+1]
		delta := p.delta[from:to]
		for i, y := range p.label[from:to] {
			out[y] += float32(scale * float32(delta[i]))
		}
	}
	for y := range out {
		out[y] += base
	}
	if len(dense) == 0 {
		return
	}
	for y := range out {
		out[y] += float32(p.denseSteps[y] * dot8(dense, p.dense[y*p.dim:][:p.dim]))
	}
}

// dot8 is the inner product of two vectors of the same length.
func dot8(a []float32, b []int8) float32 {
	var s0, s1, s2, s3 float32
	for len(a) >= 4 && len(b) >= 4 {
		s0 += float32(a[0] * float32(b[0]))
		s1 += float32(a[1] * float32(b[1]))
		s2 += float32(a[2] * float32(b[2]))
		s3 += float32(a[3] * float32(b[3]))
		a, b = a[4:], b[4:]
	}
	b = b[:len(a)]
	for i, v := range a {
		s0 += float32(v * float32(b[i]))
	}
	return (s0 + s1) + (s2 + s3)
}
