package matrix

import (
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"strconv"
	"sync"
	"testing"
)

// kernels returns the kernels that this machine has, the portable one last.
func kernels() []*kernel { return append(available(), portable) }

// forEach runs a test once for each kernel.
func forEach(t *testing.T, test func(t *testing.T, k *kernel)) {
	t.Helper()
	for _, k := range kernels() {
		t.Run(k.name, func(t *testing.T) { test(t, k) })
	}
}

func source(seed uint64) *rand.Rand { return rand.New(rand.NewPCG(seed, 0)) }

// floats returns n numbers from -size to size whose distribution takes no
// function of package math, which may differ between machines.
func floats(r *rand.Rand, n int, size float32) []float32 {
	x := make([]float32, n)
	for i := range x {
		x[i] = float32((r.Float32()*2 - 1) * size)
	}
	return x
}

func weights(r *rand.Rand, n int) []int8 {
	w := make([]int8, n)
	for i := range w {
		w[i] = int8(r.IntN(255) - 127)
	}
	return w
}

// same fails the test unless two slices have the same bits.
func same(t *testing.T, what string, got, want []float32) {
	t.Helper()
	if len(got) != len(want) {
		t.Fatalf("%s: %d numbers, want %d", what, len(got), len(want))
	}
	for i := range got {
		if math.Float32bits(got[i]) != math.Float32bits(want[i]) {
			t.Fatalf("%s: element %d is %v (%08x), want %v (%08x)", what, i,
				got[i], math.Float32bits(got[i]), want[i], math.Float32bits(want[i]))
		}
	}
}

// near fails the test unless got is within tolerance of want, or of its share.
func near(t *testing.T, what string, got float32, want, tolerance float64) {
	t.Helper()
	if d := math.Abs(float64(got) - want); !(d <= tolerance*max(1, math.Abs(want))) {
		t.Errorf("%s is %v, want %v: off by %v", what, got, want, d)
	}
}

func apply(k *kernel, w []int8, scale, bias, x []float32, rows, in, out int) []float32 {
	var q Rows
	q.quantise(k, x, rows, in)
	dst := make([]float32, rows*out)
	k.weights(w, scale, bias, in, out).Apply(dst, &q)
	return dst
}

// shape is rows, inputs and outputs.
type shape struct{ rows, in, out int }

func shapes(r *rand.Rand) []shape {
	list := []shape{{1, 1, 1}, {4, 2, 24}, {4, 4, 48}, {5, 3, 49}, {3, 16, 47}, {2, 384, 1152}, {7, 1536, 72}}
	for rows := 1; rows <= 9; rows++ {
		list = append(list, shape{rows, 1 + r.IntN(100), 1 + r.IntN(200)})
	}
	return list
}

func TestApplySameBits(t *testing.T) {
	t.Parallel()
	forEach(t, func(t *testing.T, k *kernel) {
		r := source(1)
		for _, s := range shapes(r) {
			w, x := weights(r, s.in*s.out), floats(r, s.rows*s.in, 3)
			scale, bias := floats(r, s.out, 0.01), floats(r, s.out, 2)
			got := apply(k, w, scale, bias, x, s.rows, s.in, s.out)
			same(t, fmt.Sprint(s), got, apply(portable, w, scale, bias, x, s.rows, s.in, s.out))
		}
	})
}

// The largest sums are beyond what a float32 holds exactly, and beyond what a
// kernel that adds in 16 bits could hold at all.
func TestApplyExtremes(t *testing.T) {
	t.Parallel()
	forEach(t, func(t *testing.T, k *kernel) {
		for _, in := range []int{384, 1535, 1536} {
			for _, signs := range [][2]int8{{127, 127}, {127, -127}, {-127, 127}, {-127, -127}} {
				w, x := make([]int8, in*50), make([]float32, 5*in)
				for i := range w {
					w[i] = signs[0]
				}
				for i := range x {
					x[i] = float32(signs[1])
				}
				one, zero := make([]float32, 50), make([]float32, 50)
				for i := range one {
					one[i] = 1
				}
				want := float32(in * int(signs[0]) * int(signs[1]))
				for i, got := range apply(k, w, one, zero, x, 5, in, 50) {
					if got != want {
						t.Fatalf("%d inputs %v: output %d is %v, want %v", in, signs, i, got, want)
					}
				}
			}
		}
	})
}

// The layout of weights that AVX-512 wants, and the activations without a sign,
// can be tried without AVX-512.
func TestApplyBytesSameBits(t *testing.T) {
	t.Parallel()
	k := *portable
	k.name, k.block, k.group, k.bytes = "bytes", 48, 4, true
	k.tile = func(dst []float32, stride int, x *Rows, row int, w *Weights, block int) {
		for r := range tileRows {
			for c := range k.block {
				o := block*k.block + c
				sum := w.start[o]
				for i := range w.depth {
					at := ((block*(w.depth/4)+i/4)*k.block+c)*4 + i%4
					sum += int32(x.bytes[(row+r)*x.stride+i]) * int32(w.packed[at])
				}
				scaled := float32(float32(sum) * x.scale[row+r])
				dst[r*stride+c] = float32(scaled*w.scale[o]) + w.bias[o]
			}
		}
	}
	r := source(11)
	for _, s := range shapes(r) {
		w, x := weights(r, s.in*s.out), floats(r, s.rows*s.in, 3)
		scale, bias := floats(r, s.out, 0.01), floats(r, s.out, 2)
		got := apply(&k, w, scale, bias, x, s.rows, s.in, s.out)
		same(t, fmt.Sprint(s), got, apply(portable, w, scale, bias, x, s.rows, s.in, s.out))
	}
}

// What is exported uses the kernel chosen, and goroutines may share weights and
// rows.
func TestExported(t *testing.T) {
	t.Parallel()
	const rows, in, out = 6, 40, 56
	r := source(12)
	w, x, y := weights(r, in*out), floats(r, rows*in, 3), floats(r, rows*out, 3)
	scale, bias := floats(r, out, 0.01), floats(r, out, 2)
	layer := NewWeights(w, scale, bias, in, out)
	var q Rows
	q.Quantise(x, rows, in)

	applied := apply(portable, w, scale, bias, x, rows, in, out)
	normed := slices.Clone(applied)
	portable.addNormRows(normed, y, scale, bias, out)
	activated := slices.Clone(applied)
	portable.gelu(activated)
	probable := slices.Clone(applied)
	portable.softmaxRows(probable, out-3, out)
	multiplied := make([]float32, rows*in)
	portable.multiply(multiplied, in, y, out, x, in, rows, rows, in)

	var group sync.WaitGroup
	for range 4 {
		group.Go(func() {
			got := make([]float32, rows*out)
			layer.Apply(got, &q)
			if !slices.Equal(got, applied) {
				t.Error("Apply differs")
			}
			AddNorm(got, y, scale, bias, out)
			if !slices.Equal(got, normed) {
				t.Error("AddNorm differs")
			}
			copy(got, applied)
			Gelu(got)
			if !slices.Equal(got, activated) {
				t.Error("Gelu differs")
			}
			copy(got, applied)
			Softmax(got, out-3, out)
			if !slices.Equal(got, probable) {
				t.Error("Softmax differs")
			}
			product := make([]float32, rows*in)
			Product(product, in, y, out, x, in, rows, rows, in)
			if !slices.Equal(product, multiplied) {
				t.Error("Product differs")
			}
		})
	}
	group.Wait()
}

// The sums of products are exact, so that a float64 has them too.
func TestApplyAccuracy(t *testing.T) {
	t.Parallel()
	forEach(t, func(t *testing.T, k *kernel) {
		const rows, in, out = 6, 384, 96
		r := source(2)
		w, x := weights(r, in*out), floats(r, rows*in, 3)
		scale, bias := floats(r, out, 0.001), floats(r, out, 1)
		got := apply(k, w, scale, bias, x, rows, in, out)
		for i := range rows {
			row := x[i*in:][:in]
			var peak float64
			for _, v := range row {
				peak = max(peak, math.Abs(float64(v)))
			}
			for o := range out {
				var sum float64
				for j, v := range row {
					// Rounding in float32 may come out other than here near a half.
					sum += math.RoundToEven(float64(float32(v*float32(127/float32(peak))))) * float64(w[o*in+j])
				}
				near(t, fmt.Sprintf("row %d, output %d", i, o), got[i*out+o], sum*peak/127*float64(scale[o])+float64(bias[o]), 1e-5)
			}
		}
	})
}

func TestQuantise(t *testing.T) {
	t.Parallel()
	forEach(t, func(t *testing.T, k *kernel) {
		for name, test := range map[string]struct {
			x     []float32
			want  []int
			scale float32
		}{
			"zeros":          {make([]float32, 9), make([]int, 9), 0},
			"next to none":   {[]float32{1e-40, -1e-38}, []int{0, 0}, 0},
			"little":         {[]float32{1e-30, -5e-31}, []int{127, -64}, float32(1e-30) / 127},
			"halves to even": {[]float32{127, 0.5, 1.5, 2.5, -0.5, -1.5, -2.5, 126.5, -127, 3.5}, []int{127, 0, 2, 2, 0, -2, -2, 126, -127, 4}, 1},
			"negative peak":  {[]float32{1, 2, 3, 4, 5, 6, 7, 8, -254}, []int{0, 1, 2, 2, 2, 3, 4, 4, -127}, 2},
		} {
			var r Rows
			// The buffer is used again, and what it held must not matter.
			r.quantise(k, floats(source(3), 40, 1), 2, 20)
			r.quantise(k, test.x, 1, len(test.x))
			if r.scale[0] != test.scale {
				t.Errorf("%s: scale is %v, want %v", name, r.scale[0], test.scale)
			}
			for i, want := range test.want {
				if got := activation(&r, i); got != want {
					t.Errorf("%s: %v becomes %d, want %d", name, test.x[i], got, want)
				}
			}
		}
	})
}

func activation(r *Rows, i int) int {
	if r.kernel.bytes {
		return int(r.bytes[i]) - 128
	}
	return int(r.words[i])
}

// Bytes are for a kernel that few machines have, but the instructions that make
// them are not.
func TestQuantiseBytesSameBits(t *testing.T) {
	t.Parallel()
	forEach(t, func(t *testing.T, k *kernel) {
		r := source(4)
		for n := 1; n < 70; n++ {
			x := floats(r, n, 127)
			got, want := make([]uint8, n), make([]uint8, n)
			k.quantiseBytes(got, x, 1)
			for i, v := range x {
				want[i] = uint8(128 + int(math.RoundToEven(float64(v))))
			}
			if !slices.Equal(got, want) {
				t.Fatalf("%d numbers: %v become %v, want %v", n, x, got, want)
			}
		}
	})
}

func TestGeluSameBits(t *testing.T) {
	t.Parallel()
	forEach(t, func(t *testing.T, k *kernel) {
		for n := 1; n < 40; n++ {
			got := floats(source(uint64(n)), n, 20)
			got[0] = float32(math.Copysign(0, -1))
			want := slices.Clone(got)
			k.gelu(got)
			geluGo(want)
			same(t, strconv.Itoa(n), got, want)
		}
	})
}

func TestGeluAccuracy(t *testing.T) {
	t.Parallel()
	forEach(t, func(t *testing.T, k *kernel) {
		var x []float32
		for v := float32(-20); v <= 20; v += 1.0 / 512 {
			x = append(x, v)
		}
		x = append(x, -1e4, 1e4, 0, 1e-30, -1e-30)
		got := slices.Clone(x)
		k.gelu(got)
		for i, v := range x {
			exact := float64(v) * 0.5 * math.Erfc(-float64(v)/math.Sqrt2)
			near(t, fmt.Sprintf("GELU of %v", v), got[i], exact, 1e-6)
		}
	})
}

func TestExpAccuracy(t *testing.T) {
	t.Parallel()
	for x := float32(-80); x <= 1; x += 1.0 / 256 {
		want := math.Exp(float64(x))
		if got := float64(exp(x)); !(math.Abs(got/want-1) < 2e-7) {
			t.Errorf("exp(%v) is %v, want %v", x, got, want)
		}
	}
	if exp(-1000) != exp(-80) {
		t.Error("exp(-1000) is not exp(-80)")
	}
}

func TestSoftmaxSameBits(t *testing.T) {
	t.Parallel()
	forEach(t, func(t *testing.T, k *kernel) {
		r := source(5)
		for cols := 1; cols < 60; cols++ {
			stride := cols + r.IntN(9)
			got := floats(r, 3*stride, 50)
			want := slices.Clone(got)
			k.softmaxRows(got, cols, stride)
			portable.softmaxRows(want, cols, stride)
			same(t, fmt.Sprintf("%d of %d", cols, stride), got, want)
		}
	})
}

func TestSoftmaxAccuracy(t *testing.T) {
	t.Parallel()
	forEach(t, func(t *testing.T, k *kernel) {
		const cols, stride = 109, 112
		x := floats(source(6), 2*stride, 10)
		got := slices.Clone(x)
		k.softmaxRows(got, cols, stride)
		for i := 0; i < len(x); i += stride {
			var sum float64
			for _, v := range x[i : i+cols] {
				sum += math.Exp(float64(v))
			}
			for j, v := range x[i : i+cols] {
				near(t, fmt.Sprintf("element %d", i+j), got[i+j], math.Exp(float64(v))/sum, 1e-6)
			}
			for _, v := range got[i+cols : i+stride] {
				if v != 0 {
					t.Errorf("%v stands after a row, want 0", v)
				}
			}
		}
	})
}

func TestAddNormSameBits(t *testing.T) {
	t.Parallel()
	forEach(t, func(t *testing.T, k *kernel) {
		r := source(7)
		for _, cols := range []int{1, 7, 8, 9, 15, 16, 31, 384, 389} {
			got, y := floats(r, 3*cols, 4), floats(r, 3*cols, 4)
			gain, bias := floats(r, cols, 2), floats(r, cols, 1)
			want := slices.Clone(got)
			k.addNormRows(got, y, gain, bias, cols)
			portable.addNormRows(want, y, gain, bias, cols)
			same(t, strconv.Itoa(cols), got, want)
		}
	})
}

func TestAddNormAccuracy(t *testing.T) {
	t.Parallel()
	forEach(t, func(t *testing.T, k *kernel) {
		const cols = 387
		r := source(8)
		x, y := floats(r, 2*cols, 4), floats(r, 2*cols, 4)
		gain, bias := floats(r, cols, 2), floats(r, cols, 1)
		got := slices.Clone(x)
		k.addNormRows(got, y, gain, bias, cols)
		for i := 0; i < len(x); i += cols {
			var mean, variance float64
			for j := range cols {
				mean += float64(x[i+j]) + float64(y[i+j])
			}
			mean /= cols
			for j := range cols {
				d := float64(x[i+j]) + float64(y[i+j]) - mean
				variance += d * d / cols
			}
			for j := range cols {
				d := float64(x[i+j]) + float64(y[i+j]) - mean
				near(t, fmt.Sprintf("element %d", i+j), got[i+j], d/math.Sqrt(variance+1e-12)*float64(gain[j])+float64(bias[j]), 2e-6)
			}
		}
	})
}

// A row whose elements are equal has no variance.
func TestAddNormConstantRow(t *testing.T) {
	t.Parallel()
	forEach(t, func(t *testing.T, k *kernel) {
		x, y, gain, bias := make([]float32, 16), make([]float32, 16), make([]float32, 16), make([]float32, 16)
		for i := range x {
			x[i], y[i], gain[i], bias[i] = 1, 2, 3, float32(i)
		}
		k.addNormRows(x, y, gain, bias, 16)
		same(t, "constant row", x, bias)
	})
}

func TestProductSameBits(t *testing.T) {
	t.Parallel()
	forEach(t, func(t *testing.T, k *kernel) {
		r := source(9)
		for i := range 200 {
			m, n, depth := 1+i%9, 1+r.IntN(50), r.IntN(40)
			ds, as, bs := n+r.IntN(4), depth+r.IntN(4), n+r.IntN(4)
			a, b := floats(r, m*as, 1), floats(r, max(0, (depth-1)*bs+n), 1)
			// What lies between the rows of the destination must stay.
			got := floats(r, m*ds, 1)
			want := slices.Clone(got)
			k.multiply(got, ds, a, as, b, bs, m, depth, n)
			portable.multiply(want, ds, a, as, b, bs, m, depth, n)
			same(t, fmt.Sprintf("%d×%d by %d×%d", m, depth, depth, n), got, want)
			for row := range m {
				for c := range n {
					var sum float64
					for j := range depth {
						sum += float64(a[row*as+j]) * float64(b[j*bs+c])
					}
					near(t, "product", got[row*ds+c], sum, 1e-5)
				}
			}
		}
	})
}

func TestWrongLengthsPanic(t *testing.T) {
	t.Parallel()
	x := make([]float32, 12)
	var q Rows
	q.Quantise(x, 3, 4)
	w := NewWeights(make([]int8, 8), x[:2], x[:2], 4, 2)
	for name, call := range map[string]func(){
		"weights":          func() { NewWeights(make([]int8, 7), x[:2], x[:2], 4, 2) },
		"quantise":         func() { new(Rows).Quantise(x, 3, 5) },
		"rows not set":     func() { w.Apply(x[:6], new(Rows)) },
		"destination":      func() { w.Apply(x[:5], &q) },
		"inputs":           func() { NewWeights(make([]int8, 10), x[:2], x[:2], 5, 2).Apply(x[:6], &q) },
		"softmax":          func() { Softmax(x, 4, 5) },
		"normalisation":    func() { AddNorm(x, x, x[:4], x[:3], 4) },
		"product beyond b": func() { Product(make([]float32, 4), 2, x, 6, x, 2, 2, 7, 2) },
		"product in dst":   func() { Product(make([]float32, 3), 2, x, 6, x, 2, 2, 6, 2) },
	} {
		func() {
			defer func() {
				if recover() == nil {
					t.Errorf("%s: no panic", name)
				}
			}()
			call()
		}()
	}
}

// A kernel that computes one thing wrong must not be used, whatever it is.
func TestChoose(t *testing.T) {
	t.Parallel()
	good := *portable
	good.name = "good"
	broken := func(name string, spoil func(k *kernel)) *kernel {
		k := *portable
		k.name = name
		spoil(&k)
		return &k
	}
	last := func(x []float32) {
		x[len(x)-1] = math.Nextafter32(x[len(x)-1], 2)
	}
	tile := broken("tile", func(k *kernel) {
		k.tile = func(dst []float32, stride int, x *Rows, row int, w *Weights, block int) {
			tileGo(dst, stride, x, row, w, block)
			last(dst[:2])
		}
	})
	gelu := broken("gelu", func(k *kernel) { k.gelu = func(x []float32) { geluGo(x); last(x) } })
	softmax := broken("softmax", func(k *kernel) { k.softmax = func(x []float32) { softmaxGo(x); last(x) } })
	norm := broken("norm", func(k *kernel) {
		k.addNorm = func(x, y, gain, bias []float32) { addNormGo(x, y, gain, bias); last(x) }
	})
	product := broken("product", func(k *kernel) {
		k.product = func(dst []float32, ds int, a []float32, as int, b []float32, bs int, m, n, o int) {
			productGo(dst, ds, a, as, b, bs, m, n, o)
			last(dst)
		}
	})
	for name, test := range map[string]struct {
		kernels []*kernel
		want    string
	}{
		"none":           {nil, "portable"},
		"first":          {[]*kernel{&good, tile}, "good"},
		"broken tile":    {[]*kernel{tile, &good}, "good"},
		"broken gelu":    {[]*kernel{gelu, &good}, "good"},
		"broken softmax": {[]*kernel{softmax, &good}, "good"},
		"broken norm":    {[]*kernel{norm, &good}, "good"},
		"broken product": {[]*kernel{product, &good}, "good"},
		"all broken":     {[]*kernel{tile, gelu}, "portable"},
	} {
		if got := choose(test.kernels).name; got != test.want {
			t.Errorf("%s: %s is chosen, want %s", name, got, test.want)
		}
	}
	if Kernel() == "" {
		t.Error("the kernel in use has no name")
	}
}

// golden is what a fixed computation must come to on every machine.
const golden = "b3c798dc5c5610c35d075b2be63cb1f6e987cf35f33ca44e6de4515c5dbe50f7"

func TestGolden(t *testing.T) {
	t.Parallel()
	forEach(t, func(t *testing.T, k *kernel) {
		// A layer of a transformer, with one head, for 21 words.
		const words, hidden, inner = 21, 96, 384
		r := source(10)
		layer := func(in, out int) *Weights {
			return k.weights(weights(r, in*out), floats(r, out, 0.002), floats(r, out, 0.1), in, out)
		}
		x := floats(r, words*hidden, 2)
		hash := sha256.New()
		for range 3 {
			var q Rows
			q.quantise(k, x, words, hidden)
			mixed := make([]float32, words*3*hidden)
			layer(hidden, 3*hidden).Apply(mixed, &q)
			keys := make([]float32, hidden*words)
			for i := range words {
				for j := range hidden {
					keys[j*words+i] = mixed[i*3*hidden+hidden+j]
				}
			}
			scores := make([]float32, words*24)
			k.multiply(scores, 24, mixed, 3*hidden, keys, words, words, hidden, words)
			k.softmaxRows(scores, words, 24)
			y := make([]float32, words*hidden)
			k.multiply(y, hidden, scores, 24, mixed[2*hidden:], 3*hidden, words, words, hidden)
			k.addNormRows(x, y, floats(r, hidden, 2), floats(r, hidden, 1), hidden)

			q.quantise(k, x, words, hidden)
			wide := make([]float32, words*inner)
			layer(hidden, inner).Apply(wide, &q)
			k.gelu(wide)
			q.quantise(k, wide, words, inner)
			layer(inner, hidden).Apply(y, &q)
			k.addNormRows(x, y, floats(r, hidden, 2), floats(r, hidden, 1), hidden)
			if err := binary.Write(hash, binary.LittleEndian, x); err != nil {
				t.Fatal(err)
			}
		}
		if got := hex.EncodeToString(hash.Sum(nil)); got != golden {
			t.Errorf("hash is %s, want %s", got, golden)
		}
	})
}
