package encoder

import (
	"fmt"
	"testing"
)

// benchTexts are sentences by their number of words; they have 5, 12 and 47
// pieces.
var benchTexts = map[int]string{
	5:  "what did the author promise",
	12: "what does the article say about the cost of running large models",
	40: "the committee that met on tuesday heard two long reports, one about the yearly budget " +
		"and one about the old roof of the town library, and agreed to ask for a second estimate " +
		"before the spring meeting begins in earnest",
}

func benchmarkEncode(b *testing.B, words int) {
	e := Default()
	text := benchTexts[words]
	e.Encode(text)
	b.ReportAllocs()
	for b.Loop() {
		e.Encode(text)
	}
}

func BenchmarkEncode5Words(b *testing.B)  { benchmarkEncode(b, 5) }
func BenchmarkEncode12Words(b *testing.B) { benchmarkEncode(b, 12) }
func BenchmarkEncode40Words(b *testing.B) { benchmarkEncode(b, 40) }

// BenchmarkEncodePlain12Words is for a machine without AVX2.
func BenchmarkEncodePlain12Words(b *testing.B) {
	e, err := newEncoder(modelData)
	if err != nil {
		b.Fatal(err)
	}
	e.product = plainProduct
	for b.Loop() {
		e.Encode(benchTexts[12])
	}
}

func BenchmarkLoad(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		if _, err := newEncoder(modelData); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkPieces(b *testing.B) {
	t := Default().tokenizer
	var l lattice
	for b.Loop() {
		t.pieces(benchTexts[12], &l)
	}
}

// BenchmarkProduct multiplies texts of various lengths by the matrices of a
// feed layer, six copies of each so that they come from memory as they do
// when the whole model runs.
func BenchmarkProduct(b *testing.B) {
	const copies = 6
	for _, size := range []struct{ k, n int }{{Dim, feedDim}, {feedDim, Dim}} {
		weights := make([]float32, copies*size.k*size.n)
		for i := range weights {
			weights[i] = float32(i%17)*0.01 - 0.08
		}
		for _, m := range []int{1, 5, 12, 47, 128} {
			x := weights[:m*size.k]
			dst := make([]float32, m*size.n)
			for name, f := range map[string]product{"vector": vectorProduct, "plain": plainProduct} {
				b.Run(fmt.Sprintf("%dx%dx%d/%s", m, size.k, size.n, name), func(b *testing.B) {
					for i := 0; b.Loop(); i = (i + 1) % copies {
						f(dst, x, weights[i*size.k*size.n:][:size.k*size.n], size.k)
					}
					operations := 2 * float64(m*size.k*size.n) * float64(b.N)
					b.ReportMetric(operations/float64(b.Elapsed().Nanoseconds()), "GFLOP/s")
				})
			}
		}
	}
}
