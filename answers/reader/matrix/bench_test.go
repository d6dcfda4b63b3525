package matrix

import (
	"fmt"
	"slices"
	"testing"
)

// each runs a benchmark for each kernel that this machine has.
func each(b *testing.B, bench func(b *testing.B, k *kernel)) {
	b.Helper()
	for _, k := range kernels() {
		b.Run(k.name, func(b *testing.B) { bench(b, k) })
	}
}

// perElement reports the time for each of n elements, and drops that for all.
func perElement(b *testing.B, n int) {
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/float64(n), "ns/element")
}

// BenchmarkApply reports products of a weight and an activation, in thousand
// millions a second.
func BenchmarkApply(b *testing.B) {
	for _, s := range []shape{{128, 384, 1536}, {128, 1536, 384}, {16, 384, 1152}} {
		b.Run(fmt.Sprintf("%dx%dto%d", s.rows, s.in, s.out), func(b *testing.B) {
			each(b, func(b *testing.B, k *kernel) {
				r := source(1)
				w := k.weights(weights(r, s.in*s.out), floats(r, s.out, 1), floats(r, s.out, 1), s.in, s.out)
				var q Rows
				q.quantise(k, floats(r, s.rows*s.in, 1), s.rows, s.in)
				dst := make([]float32, s.rows*s.out)
				for b.Loop() {
					w.Apply(dst, &q)
				}
				b.ReportMetric(float64(s.rows*s.in*s.out)*float64(b.N)/float64(b.Elapsed().Nanoseconds()), "GMAC/s")
			})
		})
	}
}

// BenchmarkProduct is a head's scores and their use, for 128 words.
func BenchmarkProduct(b *testing.B) {
	for _, s := range []shape{{128, 32, 128}, {128, 128, 32}} {
		b.Run(fmt.Sprintf("%dx%dx%d", s.rows, s.in, s.out), func(b *testing.B) {
			each(b, func(b *testing.B, k *kernel) {
				r := source(1)
				x, y := floats(r, s.rows*s.in, 1), floats(r, s.in*s.out, 1)
				dst := make([]float32, s.rows*s.out)
				for b.Loop() {
					k.multiply(dst, s.out, x, s.in, y, s.out, s.rows, s.in, s.out)
				}
				b.ReportMetric(float64(s.rows*s.in*s.out)*float64(b.N)/float64(b.Elapsed().Nanoseconds()), "GMAC/s")
				perElement(b, s.rows*s.out)
			})
		})
	}
}

func BenchmarkQuantise(b *testing.B) {
	each(b, func(b *testing.B, k *kernel) {
		x := floats(source(1), 128*384, 1)
		var q Rows
		for b.Loop() {
			q.quantise(k, x, 128, 384)
		}
		perElement(b, len(x))
	})
}

func BenchmarkGelu(b *testing.B) {
	each(b, func(b *testing.B, k *kernel) {
		from := floats(source(1), 16*1536, 5)
		x := slices.Clone(from)
		for b.Loop() {
			copy(x, from)
			k.gelu(x)
		}
		perElement(b, len(x))
	})
}

func BenchmarkSoftmax(b *testing.B) {
	each(b, func(b *testing.B, k *kernel) {
		from := floats(source(1), 128*128, 5)
		x := slices.Clone(from)
		for b.Loop() {
			copy(x, from)
			k.softmaxRows(x, 125, 128)
		}
		perElement(b, len(x))
	})
}

func BenchmarkAddNorm(b *testing.B) {
	each(b, func(b *testing.B, k *kernel) {
		r := source(1)
		x, y := floats(r, 128*384, 1), floats(r, 128*384, 1)
		gain, bias := floats(r, 384, 1), floats(r, 384, 1)
		for b.Loop() {
			k.addNormRows(x, y, gain, bias, 384)
		}
		perElement(b, len(x))
	})
}
