// Package matrix does the arithmetic of a small transformer in 8 bits. Its
// results are the same, bit for bit, on every machine: sums of integer products
// are exact, and every operation on float32 is a single IEEE 754 operation in a
// fixed order, never a fused multiply-add. On amd64 the work is done with AVX2
// or AVX-512 VNNI where the processor has them, else in Go.
//
// A sum over a row is the sum of eight lanes. Lane i adds up the elements i,
// i+8, i+16 and so on, in order, and the lanes l0 to l7 are added as
// ((l0+l4)+(l2+l6)) + ((l1+l5)+(l3+l7)).
//
// Nothing here starts a goroutine. A Weights may be used by several at once, and
// so may a Rows while nobody quantises into it. Numbers are meant to be finite:
// what becomes of infinities and NaN differs between machines.
package matrix

import "slices"

// tileRows is the number of rows that the kernels compute at once.
const tileRows = 4

// Weights is a linear layer: a matrix of 8-bit weights with a scale and a bias
// for each output, packed for the kernel in use.
type Weights struct {
	kernel  *kernel
	in, out int
	depth   int       // in, rounded up to a multiple of 4
	packed  []int8    // [block][depth/group][kernel.block][group]
	scale   []float32 // one for each output of each block, as is bias
	bias    []float32
	start   []int32 // for each output -128 times the sum of its weights
}

// NewWeights packs the matrix w of out rows of in weights, each -127 to 127. An
// output is its sum of products times scale, plus bias; there are out of either.
// The arguments are not kept.
func NewWeights(w []int8, scale, bias []float32, in, out int) *Weights {
	return chosen().weights(w, scale, bias, in, out)
}

func (k *kernel) weights(w []int8, scale, bias []float32, in, out int) *Weights {
	if in <= 0 || out <= 0 || len(w) != in*out || len(scale) != out || len(bias) != out {
		panic("matrix: a layer's weights, scales or biases are not as many as its inputs and outputs want")
	}
	padded := roundUp(out, k.block)
	p := &Weights{
		kernel: k, in: in, out: out, depth: roundUp(in, 4),
		scale: make([]float32, padded), bias: make([]float32, padded), start: make([]int32, padded),
	}
	copy(p.scale, scale)
	copy(p.bias, bias)
	p.packed = make([]int8, padded*p.depth)
	groups := p.depth / k.group
	for o := range out {
		row, to := w[o*in:(o+1)*in], p.packed[(o/k.block*groups*k.block+o%k.block)*k.group:]
		pack(to, row, k.group, k.block*k.group)
		if k.bytes {
			sum := int32(0)
			for _, v := range row {
				sum += int32(v)
			}
			p.start[o] = -128 * sum
		}
	}
	return p
}

// pack copies a row of weights in groups, which begin every step elements of to. Every
// weight of the model comes through here at each start: an array of known size is moved in
// a fifth of the time that its bytes take one by one.
func pack(to, row []int8, group, step int) {
	n := len(row) / group * group
	switch group {
	case 1:
		for i, v := range row {
			to[i*step] = v
		}
	case 2:
		for i := 0; i < n; i += 2 {
			*(*[2]int8)(to[i/2*step:]) = *(*[2]int8)(row[i:])
		}
	case 4:
		for i := 0; i < n; i += 4 {
			*(*[4]int8)(to[i/4*step:]) = *(*[4]int8)(row[i:])
		}
	}
	if n < len(row) { // the last group is not filled
		copy(to[n/group*step:], row[n:])
	}
}

// Apply sets dst, whose rows have as many elements as w has outputs, to the
// layer's outputs for each row of x. An output is its sum of products times the
// row's scale, times the output's scale, plus the output's bias.
func (w *Weights) Apply(dst []float32, x *Rows) {
	switch {
	case x.kernel != w.kernel:
		panic("matrix: the rows are not quantised for the kernel of these weights")
	case x.cols != w.in:
		panic("matrix: the rows' columns are not as many as the layer's inputs")
	case len(dst) != x.rows*w.out:
		panic("matrix: the destination does not fit the layer's outputs")
	}
	k := w.kernel
	var spare []float32 // a tile that reaches beyond dst
	// A block of weights stays in the first-level cache while the rows pass.
	for b := 0; b*k.block < w.out; b++ {
		first := b * k.block
		columns := min(k.block, w.out-first)
		for row := 0; row < x.rows; row += tileRows {
			rows := min(tileRows, x.rows-row)
			if rows == tileRows && columns == k.block {
				k.tile(dst[row*w.out+first:], w.out, x, row, w, b)
				continue
			}
			if spare == nil {
				spare = make([]float32, tileRows*k.block)
			}
			k.tile(spare, k.block, x, row, w, b)
			for r := range rows {
				copy(dst[(row+r)*w.out+first:][:columns], spare[r*k.block:])
			}
		}
	}
}

// Rows are rows of activations in 8 bits with one scale each. The zero value is
// ready for Quantise, which may be called again and again.
type Rows struct {
	kernel     *kernel
	rows, cols int
	stride     int       // elements from a row to the next
	words      []int16   // rows for a kernel that takes words; rows are padded to whole tiles
	bytes      []uint8   // rows for a kernel that takes bytes, 128 added to each
	scale      []float32 // of each row
}

// Quantise sets r to x, which has rows of cols elements. A row is scaled by its
// greatest magnitude, which becomes 127, and rounded half to even. A row in which
// no magnitude reaches 1e-36 becomes zeros.
func (r *Rows) Quantise(x []float32, rows, cols int) { r.quantise(chosen(), x, rows, cols) }

func (r *Rows) quantise(k *kernel, x []float32, rows, cols int) {
	if rows < 0 || cols <= 0 || len(x) != rows*cols {
		panic("matrix: there are not rows times columns activations")
	}
	r.kernel, r.rows, r.cols, r.stride = k, rows, cols, roundUp(cols, 16)
	padded := roundUp(rows, tileRows)
	r.scale = resize(r.scale, padded)
	if k.bytes {
		r.bytes = resize(r.bytes, padded*r.stride)
	} else {
		r.words = resize(r.words, padded*r.stride)
	}
	// What stands beyond a row's columns meets weights of 0, and what stands beyond
	// the last row gives outputs that are dropped: neither is cleared.
	for i := range rows {
		row := x[i*cols : (i+1)*cols]
		peak := k.peak(row)
		by := float32(127) / peak
		if peak < minPeak {
			peak, by = 0, 0
		}
		r.scale[i] = peak / 127
		if k.bytes {
			k.quantiseBytes(r.bytes[i*r.stride:][:cols], row, by)
		} else {
			k.quantiseWords(r.words[i*r.stride:][:cols], row, by)
		}
	}
}

// minPeak is the least magnitude that 127 can be divided by, with some room.
const minPeak = 1e-36

// Gelu applies the Gaussian error linear unit, x·Φ(x), to each x in place. Φ
// comes from the approximation of erf by Abramowitz and Stegun, Handbook of
// Mathematical Functions, 7.1.26; the result is within 1e-6 of the exact one, or
// of its millionth part where that is more.
func Gelu(x []float32) { chosen().gelu(x) }

// Softmax sets the first cols elements of each row of x to their exponentials,
// divided by the sum of these. A row starts every stride elements, of which the
// others are set to 0. Exponentials below exp(-80), the greatest element's being
// 1, count as exp(-80).
func Softmax(x []float32, cols, stride int) { chosen().softmaxRows(x, cols, stride) }

func (k *kernel) softmaxRows(x []float32, cols, stride int) {
	if cols <= 0 || stride < cols || len(x)%stride != 0 {
		panic("matrix: softmax of rows that do not fit their stride")
	}
	for row := range slices.Chunk(x, stride) {
		k.softmax(row[:cols])
		clear(row[cols:])
	}
}

// epsilon keeps the normalisation of a constant row from dividing by zero; it is
// BERT's.
const epsilon = 1e-12

// AddNorm sets each row of cols elements of x to the layer normalisation of its
// sum with y's row: its distance from the row's mean, divided by the square root
// of the row's variance plus 1e-12, times gain, plus bias. The variance is the
// mean of the squared distances. There are cols of gain and of bias.
func AddNorm(x, y, gain, bias []float32, cols int) { chosen().addNormRows(x, y, gain, bias, cols) }

func (k *kernel) addNormRows(x, y, gain, bias []float32, cols int) {
	if cols <= 0 || len(x)%cols != 0 || len(y) != len(x) || len(gain) != cols || len(bias) != cols {
		panic("matrix: normalisation of rows that do not fit each other")
	}
	for i := 0; i < len(x); i += cols {
		k.addNorm(x[i:i+cols], y[i:i+cols], gain, bias)
	}
}

// Product sets dst (m×n) to the product of a (m×k) and b (k×n); a row of them
// starts every ds, as and bs elements. An element of dst is the sum of its k
// products in order, starting from 0. What lies between a row and the next is
// left alone. dst must not overlap a or b.
func Product(dst []float32, ds int, a []float32, as int, b []float32, bs int, m, k, n int) {
	chosen().multiply(dst, ds, a, as, b, bs, m, k, n)
}

func (kernel *kernel) multiply(dst []float32, ds int, a []float32, as int, b []float32, bs int, m, k, n int) {
	if m <= 0 || n <= 0 {
		return
	}
	if ds < n || as < k || bs < n || k < 0 {
		panic("matrix: product of matrices whose rows overlap")
	}
	// Reach for the last elements here: assembly would not notice their absence.
	dst = dst[:(m-1)*ds+n]
	if k == 0 {
		for i := range m {
			clear(dst[i*ds:][:n])
		}
		return
	}
	a, b = a[:(m-1)*as+k], b[:(k-1)*bs+n]
	kernel.product(dst, ds, a, as, b, bs, m, k, n)
}

func roundUp(n, to int) int { return (n + to - 1) / to * to }

// resize returns s with n elements, whatever they are.
func resize[T any](s []T, n int) []T { return slices.Grow(s[:0], n)[:n] }
