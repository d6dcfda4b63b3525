package matrix

import "math"

// Every product below is converted to float32 before it is added to something:
// the language lets a compiler fuse the two otherwise, and on arm64 it does.

var portable = &kernel{
	name:  "portable",
	block: 2,
	group: 1,
	tile:  tileGo,

	peak:          peakGo,
	quantiseWords: quantiseWordsGo,
	quantiseBytes: quantiseBytesGo,
	softmax:       softmaxGo,
	addNorm:       addNormGo,
	gelu:          geluGo,
	product:       productGo,
}

// tileGo computes 4 rows of 2 outputs, which is as many sums as fit registers.
func tileGo(dst []float32, stride int, x *Rows, row int, w *Weights, block int) {
	n := w.depth
	q := x.words[row*x.stride:]
	x0, x1 := q[:n], q[x.stride:][:n]
	x2, x3 := q[2*x.stride:][:n], q[3*x.stride:][:n]
	weights := w.packed[2*n*block:][:2*n]
	var s00, s01, s10, s11, s20, s21, s30, s31 int32
	for i := range x0 {
		w0, w1 := int32(weights[2*i]), int32(weights[2*i+1])
		v := int32(x0[i])
		s00 += v * w0
		s01 += v * w1
		v = int32(x1[i])
		s10 += v * w0
		s11 += v * w1
		v = int32(x2[i])
		s20 += v * w0
		s21 += v * w1
		v = int32(x3[i])
		s30 += v * w0
		s31 += v * w1
	}
	for r, s := range [tileRows][2]int32{{s00, s01}, {s10, s11}, {s20, s21}, {s30, s31}} {
		for c, v := range s {
			o := 2*block + c
			scaled := float32(float32(v) * x.scale[row+r])
			dst[r*stride+c] = float32(scaled*w.scale[o]) + w.bias[o]
		}
	}
}

// lanes are the eight parts of a sum over a row.
type lanes [8]float32

func (l *lanes) sum() float32 {
	return ((l[0] + l[4]) + (l[2] + l[6])) + ((l[1] + l[5]) + (l[3] + l[7]))
}

func peakGo(x []float32) float32 {
	var peak float32
	for _, v := range x {
		peak = max(peak, math.Float32frombits(math.Float32bits(v)&^(1<<31)))
	}
	return peak
}

// rounder, added to a number below 2^22, leaves no bits for a fraction, so that
// the addition rounds to a whole number, half to even.
const rounder float32 = 3 << 22

func quantiseWordsGo(q []int16, x []float32, by float32) {
	for i, v := range x {
		q[i] = int16(float32(float32(v*by)+rounder) - rounder)
	}
}

func quantiseBytesGo(q []uint8, x []float32, by float32) {
	for i, v := range x {
		q[i] = uint8(int32(float32(float32(v*by)+rounder)-rounder) + 128)
	}
}

// exp returns e to the power of x, or of -80 where that is more; x is not more
// than 80. It is that of the Cephes library, expf: x is n·ln 2 plus a rest, ln 2
// being subtracted in two parts, and a polynomial serves for the rest.
func exp(x float32) float32 {
	x = max(x, -80)
	t := float32(x*1.44269504088896341) + rounder
	n := t - rounder
	x -= float32(n * 0.693359375)
	x -= float32(n * -2.12194440e-4)
	var p float32 = 1.9875691500e-4
	p = float32(p*x) + 1.3981999507e-3
	p = float32(p*x) + 8.3334519073e-3
	p = float32(p*x) + 4.1665795894e-2
	p = float32(p*x) + 1.6666665459e-1
	p = float32(p*x) + 5.0000001201e-1
	square := float32(x * x)
	p = float32(p*square) + x
	p++
	// The low bits of t are n, for the exponent.
	return math.Float32frombits(math.Float32bits(p) + math.Float32bits(t)<<23)
}

func geluGo(x []float32) {
	for i, v := range x {
		magnitude := math.Float32frombits(math.Float32bits(v) &^ (1 << 31))
		// The argument of erf is the magnitude by √2, and half of the polynomial is
		// wanted: what is exact to do, the constants do.
		t := 1 / (float32(magnitude*(0.3275911*math.Sqrt2/2)) + 1)
		var p float32 = 1.061405429 / 2
		p = float32(p*t) + -1.453152027/2
		p = float32(p*t) + 1.421413741/2
		p = float32(p*t) + -0.284496736/2
		p = float32(p*t) + 0.254829592/2
		p = float32(p * t)
		p = float32(p * exp(float32(float32(magnitude*magnitude)*-0.5)))
		positive := float32(0)
		if v > 0 {
			positive = v
		}
		x[i] = positive - float32(p*magnitude)
	}
}

func softmaxGo(x []float32) {
	top := x[0]
	for _, v := range x {
		top = max(top, v)
	}
	var sum lanes
	expSumGo(x, top, &sum)
	multiplyGo(x, 1/sum.sum())
}

func expSumGo(x []float32, top float32, sum *lanes) {
	for i, v := range x {
		x[i] = exp(v - top)
		sum[i%8] += x[i]
	}
}

func multiplyGo(x []float32, by float32) {
	for i := range x {
		x[i] *= by
	}
}

func addNormGo(x, y, gain, bias []float32) {
	var sum, squares lanes
	addSumGo(x, y, &sum)
	mean := sum.sum() / float32(len(x))
	squareSumGo(x, mean, &squares)
	normaliseGo(x, mean, inverseDeviation(&squares, len(x)), gain, bias)
}

// inverseDeviation returns what a row of n elements is multiplied by, given the
// sum of the squared distances from its mean.
func inverseDeviation(squares *lanes, n int) float32 {
	variance := squares.sum() / float32(n)
	// A square root in float64 of a float32, rounded, is that in float32.
	return 1 / float32(math.Sqrt(float64(variance+epsilon)))
}

func addSumGo(x, y []float32, sum *lanes) {
	for i, v := range y[:len(x)] {
		x[i] += v
		sum[i%8] += x[i]
	}
}

func squareSumGo(x []float32, mean float32, sum *lanes) {
	for i, v := range x {
		d := v - mean
		sum[i%8] += float32(d * d)
	}
}

func normaliseGo(x []float32, mean, by float32, gain, bias []float32) {
	gain, bias = gain[:len(x)], bias[:len(x)]
	for i, v := range x {
		x[i] = float32(float32((v-mean)*by)*gain[i]) + bias[i]
	}
}

func productGo(dst []float32, ds int, a []float32, as int, b []float32, bs int, m, k, n int) {
	for i := range m {
		row := dst[i*ds:][:n]
		clear(row)
		for j, v := range a[i*as:][:k] {
			for c, u := range b[j*bs:][:n] {
				row[c] += float32(v * u)
			}
		}
	}
}
