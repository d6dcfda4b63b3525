package classifier

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"hash/crc32"
	"math"
	"math/rand/v2"
	"runtime"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"verbatim/corpus/words"
)

// The made sets: what is asked of each subject, and in which ways.
var (
	subjects = []string{"windows", "linux", "apple", "android", "robots", "glasses", "prices", "chips", "safety", "hiring", "oceans", "music"}
	ways     = []string{
		"what did he say about %s", "tell me about %s", "%s?", "does he mention %s anywhere", "his view on %s please",
		"any words on %s", "why is %s important to him", "how does %s come up",
	}
)

// made returns per utterances for each of labels subjects, with vectors of dim
// dimensions that point roughly the same way for the same label.
func made(labels, per, dim int) []Example {
	random := rand.New(rand.NewPCG(1, 1))
	var examples []Example
	for y, subject := range subjects[:labels] {
		for i := range per {
			e := Example{Text: fmt.Sprintf(ways[i%len(ways)], subject), Label: "about-" + subject}
			if dim > 0 {
				e.Vector = direction(random, y, dim)
			}
			examples = append(examples, e)
		}
	}
	return examples
}

// direction returns a unit vector near that of label y.
func direction(random *rand.Rand, y, dim int) []float32 {
	v := make([]float32, dim)
	length := 0.0
	for j := range v {
		v[j] = float32(random.NormFloat64() * 0.1)
		if j%len(subjects) == y {
			v[j] += 0.5
		}
		length += float64(v[j] * v[j])
	}
	for j := range v {
		v[j] /= float32(math.Sqrt(length))
	}
	return v
}

func train(t testing.TB, examples []Example) *Model {
	t.Helper()
	m, err := Train(examples, func() {})
	if err != nil {
		t.Fatal(err)
	}
	return m
}

func ask(m *Model, text string, vector []float32) Result {
	return m.Classify(words.Tokens(text), nil, vector, 3)
}

func TestLearns(t *testing.T) {
	t.Parallel()
	for _, dim := range []int{0, 24} {
		for _, per := range []int{1, 2, 6} {
			m := train(t, made(len(subjects), per, dim))
			random := rand.New(rand.NewPCG(2, 2))
			for y, subject := range subjects {
				var vector []float32
				if dim > 0 {
					vector = direction(random, y, dim)
				}
				r := ask(m, "so what about "+subject+" then", vector)
				if got := r.Choices[0].Label; got != "about-"+subject {
					t.Errorf("%d utterances a label, %d dimensions: %q is taken for %q", per, dim, subject, got)
				}
			}
		}
	}
}

func TestProbabilities(t *testing.T) {
	t.Parallel()
	m := train(t, made(len(subjects), 6, 0))
	known := ask(m, "his view on linux", nil)
	unknown := ask(m, "zebra crossing fjord", nil)
	empty := ask(m, "", nil)
	for _, r := range []Result{known, unknown, empty} {
		all := m.Classify(words.Tokens("his view on linux"), nil, nil, 1000)
		sum := 0.0
		for i, c := range all.Choices {
			sum += c.Probability
			if i > 0 && c.Probability > all.Choices[i-1].Probability {
				t.Errorf("choice %d is likelier than the one before", i)
			}
		}
		if len(all.Choices) != len(subjects) || math.Abs(sum-all.Fits) > 1e-6 {
			t.Errorf("%d choices add up to %v, want %d that add up to %v", len(all.Choices), sum, len(subjects), all.Fits)
		}
		if r.Fits < 0 || r.Fits > 1 || math.IsNaN(r.Fits) {
			t.Errorf("fits with probability %v", r.Fits)
		}
	}
	if known.Choices[0].Probability < 0.5 {
		t.Errorf("a known subject has probability %v, want at least one half", known.Choices[0].Probability)
	}
	if unknown.Choices[0].Probability >= 0.5 || empty.Choices[0].Probability >= 0.5 {
		t.Errorf("unknown words have probability %v and no words %v, want less than one half",
			unknown.Choices[0].Probability, empty.Choices[0].Probability)
	}
}

func TestVectorSaysWhatWordsDoNot(t *testing.T) {
	t.Parallel()
	m := train(t, made(len(subjects), 8, 24))
	apple := direction(rand.New(rand.NewPCG(3, 3)), 2, 24)
	if r := ask(m, "and cupertino", apple); r.Choices[0].Label != "about-apple" {
		t.Errorf("unknown words with the vector of apple: %q", r.Choices[0].Label)
	}
	without := ask(m, "and cupertino", nil)
	if diff := cmp.Diff(without, ask(m, "and cupertino", make([]float32, 7))); diff != "" {
		t.Errorf("no vector and one of another length (-no +other):\n%s", diff)
	}
}

func TestFeaturesTellApartWhatWordsDoNot(t *testing.T) {
	t.Parallel()
	var examples []Example
	for _, way := range ways {
		for _, asks := range []string{"date", "person"} {
			examples = append(examples, Example{Text: fmt.Sprintf(way, "it"), Label: asks, Features: []string{"asks:" + asks}})
		}
	}
	m := train(t, examples)
	for _, asks := range []string{"date", "person"} {
		r := m.Classify(words.Tokens("tell me more about it"), []string{"asks:" + asks}, nil, 1)
		if r.Choices[0].Label != asks {
			t.Errorf("asks:%s is taken for %q", asks, r.Choices[0].Label)
		}
	}
}

func TestSmallAndOddCorpora(t *testing.T) {
	t.Parallel()
	vector := direction(rand.New(rand.NewPCG(4, 4)), 1, 24)
	texts := []string{"", "   ", "?!", "windows", "\xff\xfe", strings.Repeat("windows linux ", 100_000), strings.Repeat("x", 1_000_000), "日本語 слово 🙂"}
	for name, examples := range map[string][]Example{
		"one example":      made(1, 1, 24),
		"one label":        made(1, 5, 24),
		"two labels":       made(2, 1, 24),
		"one each":         made(len(subjects), 1, 24),
		"empty texts":      {{Text: "", Label: "a"}, {Text: "", Label: "b"}},
		"same texts":       {{Text: "x", Label: "a"}, {Text: "x", Label: "b"}, {Text: "x", Label: "b"}},
		"some vectors":     append(made(3, 3, 24), Example{Text: "none here", Label: "other"}),
		"without vectors":  made(4, 4, 0),
		"uneven":           append(made(1, 8, 24), made(len(subjects), 1, 24)...),
		"unknown alphabet": {{Text: "日本", Label: "a"}, {Text: "слово", Label: "b"}},
	} {
		m := train(t, examples)
		for _, text := range texts {
			for _, v := range [][]float32{nil, vector} {
				r := ask(m, text, v)
				if want := min(3, len(m.labels)); len(r.Choices) != want {
					t.Errorf("%s: %d choices, want %d", name, len(r.Choices), want)
				}
				if math.IsNaN(r.Fits) || r.Fits < 0 || r.Fits > 1 {
					t.Errorf("%s: fits with probability %v", name, r.Fits)
				}
			}
		}
	}
}

func TestTrainErrors(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name     string
		examples []Example
		want     string
	}{
		{"none", nil, "no examples"},
		{"no label", []Example{{Text: "a", Label: "x"}, {Text: "b"}}, "example 1 has no label"},
		{"two lines", []Example{{Text: "a", Label: "x\ny"}}, "example 0 has no label"},
		{"lengths", []Example{{Label: "x", Vector: make([]float32, 4)}, {Label: "y", Vector: make([]float32, 5)}}, "example 1 has 5 dimensions, others 4"},
	} {
		if _, err := Train(c.examples, func() {}); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: error %v, want one with %q", c.name, err, c.want)
		}
	}
}

// stored returns the model's bytes.
func stored(t testing.TB, m *Model) []byte {
	t.Helper()
	data, err := m.MarshalBinary()
	if err != nil {
		t.Fatal(err)
	}
	return data
}

func TestSameBytesWithAnyNumberOfProcessors(t *testing.T) {
	// Not parallel: it sets how many processors there are.
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(0))
	examples := made(len(subjects), 7, 24)
	var want []byte
	for _, n := range []int{1, 2, 5} {
		runtime.GOMAXPROCS(n)
		got := stored(t, train(t, examples))
		if want == nil {
			want = got
		} else if !bytes.Equal(got, want) {
			t.Errorf("other bytes with %d processors", n)
		}
	}
}

func TestStored(t *testing.T) {
	t.Parallel()
	many := made(2, 2, 0)
	for i := range 300 { // so many that a label takes two bytes
		many = append(many, Example{Text: fmt.Sprint("number ", i), Label: fmt.Sprint("n", i)})
	}
	for name, examples := range map[string][]Example{
		"vectors": made(len(subjects), 4, 24), "words": made(3, 2, 0), "one label": made(1, 2, 3), "many labels": many,
	} {
		m := train(t, examples)
		data := stored(t, m)
		got, err := unmarshal(data)
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		if diff := cmp.Diff(m.labels, got.labels); diff != "" || m.dim != got.dim {
			t.Errorf("%s: labels (-want +got):\n%s", name, diff)
		}
		if !bytes.Equal(stored(t, got), data) {
			t.Errorf("%s: stored again, the bytes differ", name)
		}
		for i, e := range examples[:2] {
			want, again := ask(m, e.Text, e.Vector), ask(got, e.Text, e.Vector)
			if diff := cmp.Diff(want, again); diff != "" {
				t.Errorf("%s: example %d (-want +got):\n%s", name, i, diff)
			}
		}
	}
}

func unmarshal(data []byte) (*Model, error) {
	m := new(Model)
	return m, m.UnmarshalBinary(data)
}

// TestEightBits: the largest weight takes all of eight bits, and every other is within half a step.
func TestEightBits(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		weights []float32
		base    float32
	}{{[]float32{0.5, -1, 0.25}, 0}, {[]float32{3, 5, 4.5}, 4}, {[]float32{2, 2}, 2}, {nil, 0}} {
		step := steps8(c.weights, c.base)
		var largest int8
		for _, w := range c.weights {
			q := quantise(w-c.base, step)
			if off := math.Abs(float64(float32(q)*step + c.base - w)); off > float64(step)/2+1e-6 {
				t.Errorf("%v of %v is off by %v", w, c.weights, off)
			}
			largest = max(largest, q, -q)
		}
		if step > 0 && largest != math.MaxInt8 {
			t.Errorf("the largest of %v is %d", c.weights, largest)
		}
	}
	if got := minimum(0.2, 20, func(x float64) float64 { return (x - 3) * (x - 3) }); math.Abs(got-3) > 0.01 {
		t.Errorf("the least of a parabola around 3 is at %v", got)
	}
}

// TestGaps: a list comes back as it was, with a byte for each number that is little more than
// the one before.
func TestGaps(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		list  []uint32
		limit uint64
		bytes int
	}{
		{nil, 1 << 32, 0},
		{[]uint32{0}, 1, 1},
		{[]uint32{0, 0, 0}, 1, 3},
		{[]uint32{3, 9, 100, 227}, 348, 4},
		{[]uint32{3, 9, 347, 0, 1, 346}, 348, 8}, // it falls to 0, and rises far twice
		{[]uint32{5, 1 << 31, 1<<32 - 1, 2}, 1 << 32, 12},
	} {
		data := gaps(c.list, c.limit)
		got, ok := fromGaps[uint32](data, c.limit)
		if !ok || !slices.Equal(got, c.list) || len(data) != c.bytes {
			t.Errorf("%v below %d: %v, %v, in %d bytes, want %d", c.list, c.limit, got, ok, len(data), c.bytes)
		}
	}
	for name, data := range map[string][]byte{
		"ends within a number": {1, 0x80}, "too large": {0xdc, 0x02}, "too long": {0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 1},
	} {
		if got, ok := fromGaps[uint16](data, 348); ok {
			t.Errorf("%s: %v", name, got)
		}
	}
}

func TestDamagedIsAnError(t *testing.T) {
	t.Parallel()
	data := stored(t, train(t, made(3, 2, 3)))
	for i := range data {
		if _, err := unmarshal(data[:i]); err == nil {
			t.Fatalf("no error for the first %d of %d bytes", i, len(data))
		}
		other := bytes.Clone(data)
		other[i] ^= 0x10
		if _, err := unmarshal(other); err == nil {
			t.Fatalf("no error with byte %d changed", i)
		}
	}
	var m Model
	if err := m.UnmarshalBinary(nil); err == nil || m.labels != nil {
		t.Errorf("nothing: error %v", err)
	}
}

func TestPackedScoresAsLinear(t *testing.T) {
	t.Parallel()
	d, err := newData(made(len(subjects), 8, 24))
	if err != nil {
		t.Fatal(err)
	}
	rows := d.rows(defaults.dense)
	m := fit(rows, d.label, len(d.labels), len(d.vocabulary.hashes), defaults)
	p := pack(m)
	for i, r := range rows {
		want, got := make([]float32, len(d.labels)), make([]float32, len(d.labels))
		m.scores(want, r)
		p.scores(got, r.sparse, r.dense)
		for y := range want {
			if math.Abs(float64(want[y]-got[y])) > 0.5 {
				t.Fatalf("example %d, label %d: score %v, packed %v", i, y, want[y], got[y])
			}
		}
	}
}

// TestFitReachesTheOptimum checks the condition of the optimum: the weights
// are those that the examples' softmax calls for.
func TestFitReachesTheOptimum(t *testing.T) {
	t.Parallel()
	d, err := newData(made(5, 8, 24))
	if err != nil {
		t.Fatal(err)
	}
	s := defaults
	s.tolerance, s.rounds = 0, 500
	rows := d.rows(s.dense)
	m := fit(rows, d.label, len(d.labels), len(d.vocabulary.hashes), s)
	bias := make([]float64, len(d.labels)) // has input 1 in each row
	scores := make([]float32, len(d.labels))
	for i, r := range rows {
		m.scores(scores, r)
		scores[d.label[i]] -= s.margin
		for y := range scores {
			target := 0.0
			if y == d.label[i] {
				target = 1
			}
			bias[y] += float64(s.cost) * (target - math.Exp(logSoftmax(scores, y, 1)))
		}
	}
	for y := range bias {
		if math.Abs(bias[y]-float64(m.bias[y])) > 0.02 {
			t.Errorf("label %d: bias %v, want %v", y, m.bias[y], bias[y])
		}
	}
}

func TestVectorLengths(t *testing.T) {
	t.Parallel()
	found := read(nil, words.Tokens("what did he say about windows"), []string{"subject:windows"})
	v := newVocabulary([][]feature{found, read(nil, words.Tokens("tell me"), nil)})
	of := map[uint32]kind{}
	for _, f := range found {
		of[f.hash] = f.kind
	}
	var squares [kinds]float64
	last := int32(-1)
	for _, e := range v.vector(found) {
		if e.id <= last {
			t.Errorf("id %d after %d", e.id, last)
		}
		last = e.id
		squares[of[v.hashes[e.id]]] += float64(e.value * e.value)
	}
	for k, got := range squares {
		if want := float64(weights[k] * weights[k]); math.Abs(got-want) > 1e-4 {
			t.Errorf("kind %d has squared length %v, want %v", k, got, want)
		}
	}
	if got := v.vector(read(nil, words.Tokens("zzz qqq"), nil)); len(got) > 0 {
		t.Errorf("unknown words have %d features", len(got))
	}
}

func FuzzUnmarshal(f *testing.F) {
	f.Add(stored(f, train(f, made(3, 2, 3))))
	f.Add(stored(f, train(f, made(2, 1, 0))))
	f.Fuzz(func(t *testing.T, data []byte) {
		if len(data) < 4 {
			return
		}
		// With the right checksum, so that what comes after it is tried.
		data = bytes.Clone(data)
		end := len(data) - 4
		binary.LittleEndian.PutUint32(data[end:], crc32.ChecksumIEEE(data[:end]))
		m, err := unmarshal(data)
		if err != nil {
			return
		}
		ask(m, "what about windows", make([]float32, m.dim))
	})
}

func FuzzClassify(f *testing.F) {
	m := train(f, made(5, 3, 24))
	f.Add("what did he say about linux")
	f.Add("")
	f.Add("\xf0\x28 ’s ﬁ")
	f.Fuzz(func(t *testing.T, text string) {
		r := ask(m, text, nil)
		again := ask(m, text, nil)
		if diff := cmp.Diff(r, again); diff != "" {
			t.Errorf("asked twice (-first +second):\n%s", diff)
		}
		if p := r.Choices[0].Probability; math.IsNaN(p) || p < 0 || p > 1 {
			t.Errorf("probability %v", p)
		}
	})
}
