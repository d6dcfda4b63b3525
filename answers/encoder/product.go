package encoder

import "github.com/viterin/vek/vek32"

// A product multiplies matrices given row by row: with m rows in x and n in
// w, all of length k, it sets dst[i*n+j] to the dot product of x's row i and
// w's row j. The sum that it forms depends on the two rows alone, so that a
// text's vector does not depend on what else is computed.
type product func(dst, x, w []float32, k int)

// fastestProduct is the product for this machine. See
// docs/decisions/vek-for-products.md for what was measured.
func fastestProduct() product {
	if vek32.Info().Acceleration {
		return vectorProduct
	}
	return plainProduct
}

// vectorProduct is fast with AVX2 and FMA. Going through x in blocks that the
// processor's first-level cache holds changed nothing measurable, up to 128
// rows.
func vectorProduct(dst, x, w []float32, k int) {
	m, n := len(x)/k, len(w)/k
	for j := range n {
		row := w[j*k:][:k]
		for i := range m {
			dst[i*n+j] = vek32.Dot(x[i*k:][:k], row)
		}
	}
}

// plainProduct is for every other machine. It computes two rows by four at a
// time, so that each value read serves several products.
func plainProduct(dst, x, w []float32, k int) {
	m, n := len(x)/k, len(w)/k
	i := 0
	for ; i+2 <= m; i += 2 {
		x0 := x[i*k:][:k]
		x1 := x[(i+1)*k:][:len(x0)]
		j := 0
		for ; j+4 <= n; j += 4 {
			w0 := w[j*k:][:len(x0)]
			w1 := w[(j+1)*k:][:len(x0)]
			w2 := w[(j+2)*k:][:len(x0)]
			w3 := w[(j+3)*k:][:len(x0)]
			var s00, s01, s02, s03, s10, s11, s12, s13 float32
			for p, a := range x0 {
				b := x1[p]
				v0, v1, v2, v3 := w0[p], w1[p], w2[p], w3[p]
				s00 += a * v0
				s01 += a * v1
				s02 += a * v2
				s03 += a * v3
				s10 += b * v0
				s11 += b * v1
				s12 += b * v2
				s13 += b * v3
			}
			d := dst[i*n+j:][:4]
			d[0], d[1], d[2], d[3] = s00, s01, s02, s03
			d = dst[(i+1)*n+j:][:4]
			d[0], d[1], d[2], d[3] = s10, s11, s12, s13
		}
		for ; j < n; j++ {
			row := w[j*k:][:k]
			dst[i*n+j] = dot(x0, row)
			dst[(i+1)*n+j] = dot(x1, row)
		}
	}
	if i < m {
		x0 := x[i*k:][:k]
		for j := range n {
			dst[i*n+j] = dot(x0, w[j*k:][:k])
		}
	}
}

// dot sums in the same order as plainProduct's tiles.
func dot(a, b []float32) float32 {
	b = b[:len(a)]
	var sum float32
	for i, v := range a {
		sum += v * b[i]
	}
	return sum
}
