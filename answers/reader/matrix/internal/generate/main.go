// Command generate writes the assembly of package matrix and the Go
// declarations that go with it. It runs as `go generate` in that package's
// folder.
package main

import (
	"fmt"
	"math"

	. "github.com/mmcloughlin/avo/build"
	. "github.com/mmcloughlin/avo/operand"
	. "github.com/mmcloughlin/avo/reg"
)

// rows is the number of rows of activations that a tile takes at once.
const rows = 4

func main() {
	Package("verbatim/answers/reader/matrix")
	ConstraintExpr("amd64")

	tileAVX2()
	tileVNNI()
	quantise("quantiseWords", "int16")
	quantise("quantiseBytes", "uint8")
	maximum("maximum", false)
	maximum("peak", true)
	gelu()
	expSum()
	multiply()
	addSum()
	squareSum()
	normalise()
	for _, r := range []int{rows, 1} {
		product(fmt.Sprintf("product%dx16", r), r, 2, false)
		product(fmt.Sprintf("product%dx8", r), r, 1, false)
		product(fmt.Sprintf("product%dxMasked", r), r, 1, true)
	}
	Generate()
}

// function starts a function whose pointers are not kept.
func function(name, doc, signature string) {
	TEXT(name, NOSPLIT, signature)
	Pragma("noescape")
	Doc(doc)
}

// constants holds the tables of eight equal numbers made so far, by their bits.
var constants = map[uint32]Mem{}

// bits returns a vector of eight times the same 32 bits.
func bits(v uint32) Mem {
	m, ok := constants[v]
	if !ok {
		m = GLOBL(fmt.Sprintf("all%08x", v), RODATA|NOPTR)
		for i := range 8 {
			DATA(4*i, U32(v))
		}
		constants[v] = m
	}
	return m
}

// float returns a vector of eight times the same number.
func float(v float32) Mem { return bits(math.Float32bits(v)) }

// rowAddresses returns where four rows lie that are stride bytes apart.
func rowAddresses(first, stride Register) []Mem {
	third := GP64()
	LEAQ(Mem{Base: stride, Index: stride, Scale: 2}, third)
	return []Mem{
		{Base: first},
		{Base: first, Index: stride, Scale: 1},
		{Base: first, Index: stride, Scale: 2},
		{Base: first, Index: third, Scale: 1},
	}
}

// tileSignature is what the tile kernels share. Strides are in bytes; steps
// counts groups of four inputs.
const tileSignature = "dst *float32, dstStride int, x *%s, xStride int, w *int8, steps int, rowScale, scale, bias *float32%s"

// dequantise turns a tile's sums into floats, scales them and stores them.
func dequantise(acc [][]VecVirtual, vector func() VecVirtual) {
	width := int(acc[0][0].Size())
	scale, bias := Load(Param("scale"), GP64()), Load(Param("bias"), GP64())
	rowScale := Load(Param("rowScale"), GP64())
	dst := Load(Param("dst"), GP64())
	out := rowAddresses(dst, Load(Param("dstStride"), GP64()))
	for r := range acc {
		s := vector()
		VBROADCASTSS(Mem{Base: rowScale, Disp: 4 * r}, s)
		for c, a := range acc[r] {
			VCVTDQ2PS(a, a)
			VMULPS(s, a, a)
			VMULPS(Mem{Base: scale, Disp: width * c}, a, a)
			VADDPS(Mem{Base: bias, Disp: width * c}, a, a)
			VMOVUPS(a, out[r].Offset(width*c))
		}
	}
	VZEROUPPER()
	RET()
}

func accumulators(r, c int, vector func() VecVirtual) [][]VecVirtual {
	acc := make([][]VecVirtual, r)
	for i := range acc {
		for range c {
			acc[i] = append(acc[i], vector())
		}
	}
	return acc
}

// tileAVX2 multiplies 4 rows by 24 outputs. Pairs of 16-bit products are summed
// exactly; 12 of the 16 registers hold sums.
func tileAVX2() {
	function("tileAVX2", "tileAVX2 computes 4 rows of 24 outputs; it needs AVX2.", fmt.Sprintf("func("+tileSignature+")", "int16", ""))
	const columns = 3
	acc := accumulators(rows, columns, YMM)
	for _, a := range acc {
		for _, v := range a {
			VPXOR(v, v, v)
		}
	}
	x := Load(Param("x"), GP64())
	in := rowAddresses(x, Load(Param("xStride"), GP64()))
	w := Load(Param("w"), GP64())
	steps := Load(Param("steps"), GP64())

	Label("step")
	for pair := range 2 {
		weights := func(c int) VecVirtual {
			v := YMM()
			VPMOVSXBW(Mem{Base: w, Disp: 48*pair + 16*c}, v)
			return v
		}
		w0, w1 := weights(0), weights(1)
		for r := range rows {
			a, b := YMM(), YMM()
			VPBROADCASTD(in[r].Offset(4*pair), a)
			VPMADDWD(w0, a, b)
			VPADDD(b, acc[r][0], acc[r][0])
			VPMADDWD(w1, a, a)
			VPADDD(a, acc[r][1], acc[r][1])
		}
		// Loading the activations again is cheaper than a 17th register.
		w2 := weights(2)
		for r := range rows {
			a := YMM()
			VPBROADCASTD(in[r].Offset(4*pair), a)
			VPMADDWD(w2, a, a)
			VPADDD(a, acc[r][2], acc[r][2])
		}
	}
	ADDQ(Imm(96), w)
	ADDQ(Imm(8), x)
	DECQ(steps)
	JNZ(LabelRef("step"))
	dequantise(acc, YMM)
}

// tileVNNI multiplies 4 rows by 48 outputs. The instruction wants one side
// without a sign, so that the activations come with 128 added; start holds what
// that adds to each output, negated.
func tileVNNI() {
	function("tileVNNI", "tileVNNI computes 4 rows of 48 outputs; it needs AVX-512 F and VNNI.", fmt.Sprintf("func("+tileSignature+")", "uint8", ", start *int32"))
	const columns = 3
	acc := accumulators(rows, columns, ZMM)
	start := Load(Param("start"), GP64())
	for r := range acc {
		for c, v := range acc[r] {
			VMOVDQU32(Mem{Base: start, Disp: 64 * c}, v)
		}
	}
	x := Load(Param("x"), GP64())
	in := rowAddresses(x, Load(Param("xStride"), GP64()))
	w := Load(Param("w"), GP64())
	steps := Load(Param("steps"), GP64())

	Label("step")
	var weights []VecVirtual
	for c := range columns {
		v := ZMM()
		VMOVDQU32(Mem{Base: w, Disp: 64 * c}, v)
		weights = append(weights, v)
	}
	for r := range rows {
		a := ZMM()
		VPBROADCASTD(in[r], a)
		for c := range columns {
			VPDPBUSD(weights[c], a, acc[r][c])
		}
	}
	ADDQ(Imm(64*columns), w)
	ADDQ(Imm(4), x)
	DECQ(steps)
	JNZ(LabelRef("step"))
	dequantise(acc, ZMM)
}

// loop runs body for each eight of n numbers, of which there is at least one
// eight, and moves the pointers on by as many bytes each.
func loop(body func(), pointers map[Register]int, order ...Register) {
	n := Load(Param("n"), GP64())
	SHRQ(Imm(3), n)
	Label("next")
	body()
	for _, p := range order {
		ADDQ(Imm(uint64(pointers[p])), p)
	}
	DECQ(n)
	JNZ(LabelRef("next"))
}

// floats runs body for each eight floats that the pointers point to.
func floats(body func(), pointers ...Register) {
	by := map[Register]int{}
	for _, p := range pointers {
		by[p] = 32
	}
	loop(body, by, pointers...)
}

func pointer(name string) Register { return Load(Param(name), GP64()) }

func broadcast(name string) VecVirtual {
	v := YMM()
	m, err := Param(name).Resolve()
	if err != nil {
		panic(err)
	}
	VBROADCASTSS(m.Addr, v)
	return v
}

func load(p Register) VecVirtual {
	v := YMM()
	VMOVUPS(Mem{Base: p}, v)
	return v
}

func quantise(name, kind string) {
	doc := name + " sets q to the n numbers x times by, rounded half to even"
	if kind == "uint8" {
		doc += ", plus 128"
	}
	function(name, doc+"; n is a multiple of 8 and not 0.", fmt.Sprintf("func(q *%s, x *float32, n int, by float32)", kind))
	q, x, by := pointer("q"), pointer("x"), broadcast("by")
	size := map[string]int{"int16": 16, "uint8": 8}[kind]
	loop(func() {
		v := load(x)
		VMULPS(by, v, v)
		VCVTPS2DQ(v, v)
		high := XMM()
		VEXTRACTI128(Imm(1), v, high)
		low := v.AsX()
		VPACKSSDW(high, low, low)
		if kind == "int16" {
			VMOVDQU(low, Mem{Base: q})
			return
		}
		VPADDW(bits(128<<16|128), low, low)
		VPACKUSWB(low, low, low)
		VMOVQ(low, Mem{Base: q})
	}, map[Register]int{q: size, x: 32}, q, x)
	VZEROUPPER()
	RET()
}

func maximum(name string, absolute bool) {
	doc := name + " returns the greatest of n numbers"
	if absolute {
		doc = name + " returns the greatest magnitude of n numbers"
	}
	function(name, doc+"; n is a multiple of 8 and not 0.", "func(x *float32, n int) float32")
	x := pointer("x")
	top := load(x)
	if absolute {
		VANDPS(bits(0x7fffffff), top, top)
	}
	floats(func() {
		v := load(x)
		if absolute {
			VANDPS(bits(0x7fffffff), v, v)
		}
		VMAXPS(v, top, top)
	}, x)
	other, low := XMM(), top.AsX()
	VEXTRACTF128(Imm(1), top, other)
	VMAXPS(other, low, low)
	VMOVHLPS(low, low, other)
	VMAXPS(other, low, low)
	VMOVSHDUP(low, other)
	VMAXSS(other, low, low)
	VZEROUPPER()
	Store(low, ReturnIndex(0))
	RET()
}

// expCoefficients are those of the polynomial but the first, in the order that
// exp in portable.go uses them. This and all other numbers must be the same there:
// the package's tests compare the two bit for bit.
var expCoefficients = []float32{1.3981999507e-3, 8.3334519073e-3, 4.1665795894e-2, 1.6666665459e-1, 5.0000001201e-1}

// exp turns x into e to the power of x; see exp in portable.go.
func exp(x VecVirtual) {
	t, n, p := YMM(), YMM(), YMM()
	VMAXPS(float(-80), x, x)
	VMULPS(float(1.44269504088896341), x, t)
	VADDPS(float(12582912), t, t)
	VSUBPS(float(12582912), t, n)
	VMULPS(float(0.693359375), n, p)
	VSUBPS(p, x, x)
	VMULPS(float(-2.12194440e-4), n, p)
	VSUBPS(p, x, x)
	VMULPS(float(1.9875691500e-4), x, p)
	for i, c := range expCoefficients {
		if i > 0 {
			VMULPS(x, p, p)
		}
		VADDPS(float(c), p, p)
	}
	VMULPS(x, x, n)
	VMULPS(n, p, p)
	VADDPS(x, p, p)
	VADDPS(float(1), p, p)
	VPSLLD(Imm(23), t, t)
	VPADDD(t, p, x)
}

func gelu() {
	function("gelu", "gelu applies GELU to n numbers; n is a multiple of 8 and not 0.", "func(x *float32, n int)")
	p := pointer("x")
	floats(func() {
		x := load(p)
		a, t, s, e := YMM(), YMM(), YMM(), YMM()
		VANDPS(bits(0x7fffffff), x, a)
		VMULPS(float(0.3275911*math.Sqrt2/2), a, t)
		VADDPS(float(1), t, t)
		VMOVUPS(float(1), s)
		VDIVPS(t, s, t)
		VMULPS(float(1.061405429/2), t, s)
		for _, c := range []float64{-1.453152027, 1.421413741, -0.284496736, 0.254829592} {
			VADDPS(float(float32(c/2)), s, s)
			VMULPS(t, s, s)
		}
		VMULPS(a, a, e)
		VMULPS(float(-0.5), e, e)
		exp(e)
		VMULPS(e, s, s)
		VMULPS(a, s, s)
		VXORPS(e, e, e)
		VMAXPS(e, x, x)
		VSUBPS(s, x, x)
		VMOVUPS(x, Mem{Base: p})
	}, p)
	VZEROUPPER()
	RET()
}

const lanesNote = "; n is a multiple of 8 and not 0."

func expSum() {
	function("expSum", "expSum sets n numbers x to exp(x - top) and adds each to its lane"+lanesNote, "func(x *float32, n int, top float32, lanes *[8]float32)")
	p, l, top := pointer("x"), pointer("lanes"), broadcast("top")
	sum := load(l)
	floats(func() {
		x := load(p)
		VSUBPS(top, x, x)
		exp(x)
		VADDPS(x, sum, sum)
		VMOVUPS(x, Mem{Base: p})
	}, p)
	VMOVUPS(sum, Mem{Base: l})
	VZEROUPPER()
	RET()
}

func multiply() {
	function("multiply", "multiply multiplies n numbers; n is a multiple of 8 and not 0.", "func(x *float32, n int, by float32)")
	p, by := pointer("x"), broadcast("by")
	floats(func() {
		x := load(p)
		VMULPS(by, x, x)
		VMOVUPS(x, Mem{Base: p})
	}, p)
	VZEROUPPER()
	RET()
}

func addSum() {
	function("addSum", "addSum adds n numbers y to x and each sum to its lane"+lanesNote, "func(x, y *float32, n int, lanes *[8]float32)")
	p, q, l := pointer("x"), pointer("y"), pointer("lanes")
	sum := load(l)
	floats(func() {
		x := load(p)
		VADDPS(Mem{Base: q}, x, x)
		VADDPS(x, sum, sum)
		VMOVUPS(x, Mem{Base: p})
	}, p, q)
	VMOVUPS(sum, Mem{Base: l})
	VZEROUPPER()
	RET()
}

func squareSum() {
	function("squareSum", "squareSum adds the squares of n numbers' distances from the mean to their lanes"+lanesNote, "func(x *float32, n int, mean float32, lanes *[8]float32)")
	p, l, mean := pointer("x"), pointer("lanes"), broadcast("mean")
	sum := load(l)
	floats(func() {
		x := load(p)
		VSUBPS(mean, x, x)
		VMULPS(x, x, x)
		VADDPS(x, sum, sum)
	}, p)
	VMOVUPS(sum, Mem{Base: l})
	VZEROUPPER()
	RET()
}

func normalise() {
	function("normalise", "normalise sets n numbers x to (x - mean)·by·gain + bias; n is a multiple of 8 and not 0.", "func(x *float32, n int, mean, by float32, gain, bias *float32)")
	p, g, b := pointer("x"), pointer("gain"), pointer("bias")
	mean, by := broadcast("mean"), broadcast("by")
	floats(func() {
		x := load(p)
		VSUBPS(mean, x, x)
		VMULPS(by, x, x)
		VMULPS(Mem{Base: g}, x, x)
		VADDPS(Mem{Base: b}, x, x)
		VMOVUPS(x, Mem{Base: p})
	}, p, g, b)
	VZEROUPPER()
	RET()
}

// product multiplies r rows of a by c times eight columns of b, or by those of
// eight that a mask names.
func product(name string, r, c int, masked bool) {
	doc := fmt.Sprintf("%s computes %d×%d of a product of matrices; strides are in bytes, k is not 0.", name, r, 8*c)
	mask := ""
	if masked {
		doc = fmt.Sprintf("%s computes %d row(s) of up to 8 columns of a product of matrices: those whose mask is -1, not 0; strides are in bytes, k is not 0.", name, r)
		mask = ", mask *int32"
	}
	function(name, doc, fmt.Sprintf("func(dst *float32, dstStride int, a *float32, aStride int, b *float32, bStride int, k int%s)", mask))
	acc := accumulators(r, c, YMM)
	for _, row := range acc {
		for _, v := range row {
			VXORPS(v, v, v)
		}
	}
	addresses := func(first Register, name string) []Mem {
		if r == 1 {
			return []Mem{{Base: first}}
		}
		return rowAddresses(first, Load(Param(name), GP64()))
	}
	a, b, bStride, k := pointer("a"), pointer("b"), pointer("bStride"), pointer("k")
	in := addresses(a, "aStride")
	var m VecVirtual
	if masked {
		m = YMM()
		VMOVUPS(Mem{Base: pointer("mask")}, m)
	}

	Label("next")
	var columns []VecVirtual
	for i := range c {
		v := YMM()
		if masked {
			VMASKMOVPS(Mem{Base: b}, m, v)
		} else {
			VMOVUPS(Mem{Base: b, Disp: 32 * i}, v)
		}
		columns = append(columns, v)
	}
	for i := range r {
		one := YMM()
		VBROADCASTSS(in[i], one)
		for j := range c {
			v := YMM()
			VMULPS(columns[j], one, v)
			VADDPS(v, acc[i][j], acc[i][j])
		}
	}
	ADDQ(Imm(4), a)
	ADDQ(bStride, b)
	DECQ(k)
	JNZ(LabelRef("next"))

	out := addresses(pointer("dst"), "dstStride")
	for i := range r {
		for j := range c {
			if masked {
				VMASKMOVPS(acc[i][j], m, out[i])
			} else {
				VMOVUPS(acc[i][j], out[i].Offset(32*j))
			}
		}
	}
	VZEROUPPER()
	RET()
}
