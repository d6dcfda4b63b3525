package matrix

import (
	"slices"
	"sync"
)

// kernel is a way to compute what the package offers. All give the same bits.
type kernel struct {
	name  string
	block int  // outputs whose weights are packed together
	group int  // inputs of an output whose weights lie together: 1, 2 or 4
	bytes bool // activations are bytes, with 128 added, rather than words

	// tile sets 4 rows of dst, which start every stride elements, to a block of
	// w's outputs for the rows of x from row on.
	tile func(dst []float32, stride int, x *Rows, row int, w *Weights, block int)

	// The following work on a single row, but for product and gelu.
	peak          func(x []float32) float32 // greatest magnitude
	quantiseWords func(q []int16, x []float32, by float32)
	quantiseBytes func(q []uint8, x []float32, by float32)
	softmax       func(x []float32)
	addNorm       func(x, y, gain, bias []float32)

	gelu    func(x []float32)
	product func(dst []float32, ds int, a []float32, as int, b []float32, bs int, m, k, n int)
}

// Kernel returns the name of the kernel in use: avx512vnni, avx2 or portable. It is the
// fastest that the processor has and that computes a small example right.
func Kernel() string { return chosen().name }

var chosen = sync.OnceValue(func() *kernel { return choose(available()) })

// choose returns the first of the kernels, given fastest first, that agrees with
// the portable one, which it returns when none does.
func choose(kernels []*kernel) *kernel {
	kernels = append(slices.Clone(kernels), portable)
	for _, k := range kernels {
		if k == portable || slices.Equal(k.example(), portable.example()) {
			return k
		}
	}
	panic("unreachable")
}

// example computes a little of everything, with rows and columns that do not fill
// the last tile. It takes some microseconds.
func (k *kernel) example() []float32 {
	const rows, in, out = 5, 52, 100
	var random uint32 = 1
	// The generator of Numerical Recipes, chapter 7.1; the upper bits are the
	// better ones.
	next := func() int {
		random = random*1664525 + 1013904223
		return int(random>>16)%255 - 127
	}
	floats := func(n int) []float32 {
		x := make([]float32, n)
		for i := range x {
			x[i] = float32(next()) / 32
		}
		return x
	}
	weights := make([]int8, in*out)
	for i := range weights {
		weights[i] = int8(next())
	}
	w := k.weights(weights, floats(out), floats(out), in, out)
	var q Rows
	q.quantise(k, floats(rows*in), rows, in)
	x := make([]float32, rows*out)
	w.Apply(x, &q)

	k.addNormRows(x, floats(rows*out), floats(out), floats(out), out)
	result := make([]float32, rows*in)
	k.multiply(result, in, x, out, floats(out*in), in, rows, out, in)
	result = append(result, x...)
	k.gelu(x)
	result = append(result, x...)
	k.softmaxRows(x, out-1, out)
	return append(result, x...)
}
