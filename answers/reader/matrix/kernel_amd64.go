package matrix

import "golang.org/x/sys/cpu"

// The assembly takes what fills whole registers of eight floats; what is left
// over is the portable code's.

var avx2 = &kernel{
	name:  "avx2",
	block: 24,
	group: 2,
	tile: func(dst []float32, stride int, x *Rows, row int, w *Weights, block int) {
		o := block * 24
		tileAVX2(&dst[0], 4*stride, &x.words[row*x.stride], 2*x.stride, &w.packed[o*w.depth], w.depth/4,
			&x.scale[row], &w.scale[o], &w.bias[o])
	},

	peak:          peakAVX2,
	quantiseWords: quantiseWordsAVX2,
	quantiseBytes: quantiseBytesAVX2,
	softmax:       softmaxAVX2,
	addNorm:       addNormAVX2,
	gelu:          geluAVX2,
	product:       productAVX2,
}

// vnni differs from avx2 in the products of integers only: they are most of the
// work, and wider registers do little for the rest.
var vnni = func() *kernel {
	k := *avx2
	k.name, k.block, k.group, k.bytes = "avx512vnni", 48, 4, true
	k.tile = func(dst []float32, stride int, x *Rows, row int, w *Weights, block int) {
		o := block * 48
		tileVNNI(&dst[0], 4*stride, &x.bytes[row*x.stride], x.stride, &w.packed[o*w.depth], w.depth/4,
			&x.scale[row], &w.scale[o], &w.bias[o], &w.start[o])
	}
	return &k
}()

// available returns the kernels that processor and operating system support,
// fastest first. Package cpu reports AVX2 and AVX-512 only where the operating
// system saves their registers.
func available() []*kernel {
	var kernels []*kernel
	has := &cpu.X86
	if !has.HasAVX2 {
		return nil
	}
	if has.HasAVX512F && has.HasAVX512BW && has.HasAVX512VL && has.HasAVX512VNNI {
		kernels = append(kernels, vnni)
	}
	return append(kernels, avx2)
}

func peakAVX2(x []float32) float32 {
	n := len(x) &^ 7
	if n == 0 {
		return peakGo(x)
	}
	return max(peak(&x[0], n), peakGo(x[n:]))
}

func quantiseWordsAVX2(q []int16, x []float32, by float32) {
	n := len(x) &^ 7
	if n > 0 {
		quantiseWords(&q[0], &x[0], n, by)
	}
	quantiseWordsGo(q[n:], x[n:], by)
}

func quantiseBytesAVX2(q []uint8, x []float32, by float32) {
	n := len(x) &^ 7
	if n > 0 {
		quantiseBytes(&q[0], &x[0], n, by)
	}
	quantiseBytesGo(q[n:], x[n:], by)
}

func geluAVX2(x []float32) {
	n := len(x) &^ 7
	if n > 0 {
		gelu(&x[0], n)
	}
	geluGo(x[n:])
}

func softmaxAVX2(x []float32) {
	n := len(x) &^ 7
	if n == 0 {
		softmaxGo(x)
		return
	}
	top := maximum(&x[0], n)
	for _, v := range x[n:] {
		top = max(top, v)
	}
	var sum lanes
	expSum(&x[0], n, top, (*[8]float32)(&sum))
	if rest := x[n:]; len(rest) > 0 {
		// Rows of scores often end like this, and seven exponentials in Go would take
		// as long as the rest of the row.
		var eight [8]float32
		var unused lanes
		copy(eight[:], rest)
		for i := len(rest); i < len(eight); i++ {
			eight[i] = top
		}
		expSum(&eight[0], 8, top, (*[8]float32)(&unused))
		copy(rest, eight[:])
		for i, v := range rest {
			sum[i] += v
		}
	}
	by := 1 / sum.sum()
	multiply(&x[0], n, by)
	multiplyGo(x[n:], by)
}

func addNormAVX2(x, y, gain, bias []float32) {
	n := len(x) &^ 7
	if n == 0 {
		addNormGo(x, y, gain, bias)
		return
	}
	var sum, squares lanes
	addSum(&x[0], &y[0], n, (*[8]float32)(&sum))
	addSumGo(x[n:], y[n:], &sum)
	mean := sum.sum() / float32(len(x))
	squareSum(&x[0], n, mean, (*[8]float32)(&squares))
	squareSumGo(x[n:], mean, &squares)
	by := inverseDeviation(&squares, len(x))
	normalise(&x[0], n, mean, by, &gain[0], &bias[0])
	normaliseGo(x[n:], mean, by, gain[n:], bias[n:])
}

// masks has, from element 8-n on, a mask of eight that names the first n.
var masks = [16]int32{-1, -1, -1, -1, -1, -1, -1, -1}

func productAVX2(dst []float32, ds int, a []float32, as int, b []float32, bs int, m, k, n int) {
	for c := 0; c < n; {
		width := n - c
		for row := 0; row < m; {
			d, x, y := &dst[row*ds+c], &a[row*as], &b[c]
			if m-row >= tileRows {
				switch {
				case width >= 16:
					product4x16(d, 4*ds, x, 4*as, y, 4*bs, k)
				case width >= 8:
					product4x8(d, 4*ds, x, 4*as, y, 4*bs, k)
				default:
					product4xMasked(d, 4*ds, x, 4*as, y, 4*bs, k, &masks[8-width])
				}
				row += tileRows
				continue
			}
			switch {
			case width >= 16:
				product1x16(d, 4*ds, x, 4*as, y, 4*bs, k)
			case width >= 8:
				product1x8(d, 4*ds, x, 4*as, y, 4*bs, k)
			default:
				product1xMasked(d, 4*ds, x, 4*as, y, 4*bs, k, &masks[8-width])
			}
			row++
		}
		switch {
		case width >= 16:
			c += 16
		case width >= 8:
			c += 8
		default:
			c = n
		}
	}
}
