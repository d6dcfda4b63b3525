package encoder

import (
	"math"
	"runtime"
	"slices"
	"strings"
	"sync"
	"testing"
	"unicode/utf8"

	"github.com/viterin/vek/vek32"

	"verbatim/answers/encoder/internal/modelfile"
)

// checkVector fails the test unless v has Dim values and length 1.
func checkVector(t *testing.T, text string, v []float32) {
	t.Helper()
	if len(v) != Dim {
		t.Fatalf("vector of %.60q has %d values, want %d", text, len(v), Dim)
	}
	// Also false for NaN.
	if length := math.Sqrt(float64(dot(v, v))); !(math.Abs(length-1) < 1e-5) {
		t.Errorf("vector of %.60q has length %v, want 1", text, length)
	}
}

func TestEncodeAnyBytes(t *testing.T) {
	t.Parallel()
	for name, text := range map[string]string{
		"empty":               "",
		"not UTF-8":           "\xff\xfe\x80\x00",
		"UTF-8 cut short":     "caf\xc3",
		"surrogates":          "\xed\xa0\x80 and \xed\xb0\x80",
		"NUL":                 "a\x00b",
		"invalid and known":   "what\xffdoes\xc0\xafit say",
		"a megabyte of words": strings.Repeat("many words ", 100_000),
		"a megabyte of marks": "e" + strings.Repeat("\u0301", 500_000),
		"one long word":       strings.Repeat("z", 1<<20),
	} {
		t.Run(name, func(t *testing.T) {
			checkVector(t, text, Default().Encode(text))
		})
	}
}

// What stands behind the first 128 pieces is cut off, and so is what stands
// behind maxText, even within a character.
func TestEncodeCutsOff(t *testing.T) {
	t.Parallel()
	e := Default()
	words := strings.Repeat("word ", maxPieces-1) // each a piece
	if a, b := e.Encode(words+"good"), e.Encode(words+"good and more"); !slices.Equal(a, b) {
		t.Error("a word after the 128th piece changes the vector")
	}
	if a, b := e.Encode(words+"good"), e.Encode(words+"bad"); slices.Equal(a, b) {
		t.Error("the 128th piece does not change the vector")
	}
	long := strings.Repeat("語", maxText/len("語")+1)
	if a, b := e.Encode(long), e.Encode(long+" hello"); !slices.Equal(a, b) {
		t.Error("a word after maxText changes the vector")
	}
}

func TestEncodeIsSafeForConcurrentUse(t *testing.T) {
	t.Parallel()
	e := Default()
	texts := []string{"", "a", "who said that?", "what does the article say about the cost of it all?"}
	var want [][]float32
	for _, text := range texts {
		want = append(want, e.Encode(text))
	}
	var workers sync.WaitGroup
	for worker := range 8 {
		workers.Go(func() {
			for i := range 12 {
				n := (worker + i) % len(texts)
				if !slices.Equal(e.Encode(texts[n]), want[n]) {
					t.Errorf("vector of %q differs when texts are encoded at once", texts[n])
				}
			}
		})
	}
	workers.Wait()
}

// The vectors are the same to the last bit however many processors there are.
func TestEncodeAllIsDeterministic(t *testing.T) {
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(0))
	e := Default()
	var texts []string
	var want [][]float32
	for _, r := range readReference(t, "testdata/reference.jsonl") {
		texts = append(texts, r.Text)
		want = append(want, e.Encode(r.Text))
	}
	for _, processors := range []int{1, 2, 5} {
		runtime.GOMAXPROCS(processors)
		for i, v := range e.EncodeAll(texts) {
			if !slices.Equal(v, want[i]) {
				t.Errorf("with %d processors, the vector of %.60q differs", processors, texts[i])
			}
		}
	}
	if got := e.EncodeAll(nil); len(got) != 0 {
		t.Errorf("EncodeAll of no texts gives %d vectors", len(got))
	}
}

// Without AVX2 the plain product is used, with the same results up to
// rounding.
func TestEncodeWithoutAcceleration(t *testing.T) {
	accelerated := vek32.Info().Acceleration
	vek32.SetAcceleration(false)
	plain, err := newEncoder(modelData)
	vek32.SetAcceleration(accelerated)
	if err != nil {
		t.Fatal(err)
	}

	x, w := ramp(3*100), ramp(5*100)
	got, want := make([]float32, 15), make([]float32, 15)
	plain.product(got, x, w, 100)
	plainProduct(want, x, w, 100)
	if !slices.Equal(got, want) {
		t.Error("without acceleration, an encoder does not use the plain product")
	}

	for _, r := range readReference(t, "testdata/reference.jsonl") {
		a, b := plain.Encode(r.Text), Default().Encode(r.Text)
		checkVector(t, r.Text, a)
		for i := range a {
			// Vectors have values of about 0.04.
			if math.Abs(float64(a[i]-b[i])) > 1e-5 {
				t.Errorf("vector of %.60q: value %d is %v without acceleration, %v with it", r.Text, i, a[i], b[i])
				break
			}
		}
	}
}

// ramp returns n different small numbers, whose products round.
func ramp(n int) []float32 {
	values := make([]float32, n)
	for i := range values {
		values[i] = float32(math.Sin(float64(i)))
	}
	return values
}

func TestProducts(t *testing.T) {
	t.Parallel()
	for name, multiply := range map[string]product{"vector": vectorProduct, "plain": plainProduct} {
		for _, size := range []struct{ m, n, k int }{
			{1, 1, 1}, {1, 4, 8}, {2, 4, 16}, {2, 3, 5}, {3, 9, 33}, {5, 6, 7}, {7, 128, 64}, {4, 12, 513},
		} {
			x, w := ramp(size.m*size.k), ramp(size.n*size.k)
			dst := make([]float32, size.m*size.n)
			multiply(dst, x, w, size.k)
			for i := range size.m {
				for j := range size.n {
					var want float64
					for p := range size.k {
						want += float64(x[i*size.k+p]) * float64(w[j*size.k+p])
					}
					if got := float64(dst[i*size.n+j]); math.Abs(got-want) > 1e-6*float64(size.k) {
						t.Errorf("%s product %+v: row %d by row %d is %v, want %v", name, size, i, j, got, want)
					}
					// The sum must not depend on the rows around.
					var alone [1]float32
					multiply(alone[:], x[i*size.k:][:size.k], w[j*size.k:][:size.k], size.k)
					if alone[0] != dst[i*size.n+j] {
						t.Errorf("%s product %+v: row %d by row %d differs from the two alone", name, size, i, j)
					}
				}
			}
		}
	}
}

// Sentences alike in meaning are nearer to each other than to others.
func TestMeaning(t *testing.T) {
	t.Parallel()
	e := Default()
	for _, test := range []struct{ text, near, far string }{
		{"how much does it cost?", "what is the price?", "who wrote it?"},
		{"the minister resigned", "the minister stepped down", "the train was late"},
		{"where do they live", "what city is their home in", "why is the sky blue"},
	} {
		v := e.EncodeAll([]string{test.text, test.near, test.far})
		if near, far := dot(v[0], v[1]), dot(v[0], v[2]); near <= far {
			t.Errorf("%q: %q scores %.3f, %q %.3f", test.text, test.near, near, test.far, far)
		}
	}
}

// A new fingerprint makes every stored vector stale, so it changes only
// together with the model or the vectors.
func TestFingerprint(t *testing.T) {
	t.Parallel()
	const want = "8c26c4c02d0d6a99"
	if got := Fingerprint(); got != want {
		t.Errorf("fingerprint is %s, want %s", got, want)
	}
}

func TestNewEncoderRefuses(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		change func(*modelfile.Model)
		want   string
	}{
		"no pieces":       {func(m *modelfile.Model) { m.Pieces = nil }, "0 pieces for 8002 embeddings"},
		"too many pieces": {func(m *modelfile.Model) { m.Pieces = make([]modelfile.Piece, 9000) }, "9000 pieces for 8002 embeddings"},
		"empty piece":     {func(m *modelfile.Model) { m.Pieces[7].Text = "" }, "piece 7 is empty"},
		"other dimension": {func(m *modelfile.Model) { m.Output.Weights.Rows /= 2 }, "output: rows is 256, not 512"},
		"bias too short":  {func(m *modelfile.Model) { m.Layers[1].FeedIn.Bias = nil }, "layer 1: feed in: biases is 0, not 1536"},
		"norm too short":  {func(m *modelfile.Model) { m.Layers[0].AttentionNorm.Scale = nil }, "layer 0: attention norm: scales is 0, not 256"},
		"frequencies":     {func(m *modelfile.Model) { m.Frequency = m.Frequency[1:] }, "frequencies is 127, not 128"},
	} {
		t.Run(name, func(t *testing.T) {
			m, err := modelfile.Unmarshal(modelData)
			if err != nil {
				t.Fatal(err)
			}
			test.change(m)
			err = checkShape(m)
			if err == nil || !strings.Contains(err.Error(), test.want) {
				t.Errorf("error is %v, want one with %q", err, test.want)
			}
		})
	}
	if _, err := newEncoder(modelData[:len(modelData)-1]); err == nil {
		t.Error("no error for a file cut short")
	}
}

// FuzzPieces checks what holds of every text's pieces: they are in the
// vocabulary, no two unknown ones are neighbours, and without an unknown one
// they make up the text.
func FuzzPieces(f *testing.F) {
	for _, r := range readReference(f, "testdata/reference.jsonl") {
		f.Add(r.Text)
	}
	f.Add("\xff\xfe")
	f.Add(":30:00")
	m, err := modelfile.Unmarshal(modelData)
	if err != nil {
		f.Fatal(err)
	}
	tokenizer := newTokenizer(m.Pieces)
	f.Fuzz(func(t *testing.T, text string) {
		var l lattice
		pieces := tokenizer.pieces(text, &l)
		if len(pieces) == 0 && text != "" {
			t.Errorf("no pieces for %q", text)
		}
		var joined strings.Builder
		for i, p := range pieces {
			if p < 0 || int(p) >= len(m.Pieces) || p != unknownPiece && p < reservedPieces {
				t.Fatalf("piece %d of %q is number %d", i, text, p)
			}
			if i > 0 && p == unknownPiece && pieces[i-1] == unknownPiece {
				t.Errorf("two unknown pieces in a row in %q", text)
			}
			joined.WriteString(m.Pieces[p].Text)
		}
		if !slices.Contains(pieces, unknownPiece) && joined.String() != string(l.chars) {
			t.Errorf("pieces of %q make up %q, want %q", text, joined.String(), string(l.chars))
		}
	})
}

func FuzzEncode(f *testing.F) {
	f.Add("who said that?")
	f.Add("\xed\xa0\x80")
	f.Add("")
	f.Fuzz(func(t *testing.T, text string) {
		v := Default().Encode(text)
		checkVector(t, text, v)
		if !slices.Equal(v, Default().Encode(text)) {
			t.Errorf("vector of %q differs the second time", text)
		}
		// Bytes that are not UTF-8 count as U+FFFD.
		if valid := strings.ToValidUTF8(text, "\ufffd"); !utf8.ValidString(text) && len(text) < maxText {
			if !slices.Equal(v, Default().Encode(valid)) {
				t.Errorf("vector of %q differs from that of %q", text, valid)
			}
		}
	})
}

func TestHasWord(t *testing.T) {
	for word, want := range map[string]bool{"what": true, "people": true, "peolpe": false, "": false, "zzyzx": false} {
		if got := Default().HasWord(word); got != want {
			t.Errorf("HasWord(%q) = %v", word, got)
		}
	}
}
