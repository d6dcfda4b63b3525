// Package reader is the one neural model: it reads a question and a run of sentences
// together and says how likely each sentence answers it, and it turns sentences and
// questions into vectors that are alike where one may answer the other.
//
// The model is a BERT of twelve layers (Devlin et al. 2018). Its lower layers read the
// question and each window of the text apart, so that a text is read once; its upper
// layers read the two together (MacAvaney et al. 2020, "Efficient Document Re-Ranking for
// Transformers by Precomputing Term Representations"). How it was trained, on what, and
// how well it does stands in MODEL.md.
//
// Every result is the same to the last bit on every machine (see package matrix).
package reader

import (
	"crypto/sha256"
	_ "embed"
	"encoding/hex"
	"fmt"
	"math"
	"runtime"
	"slices"
	"sync"
	"sync/atomic"

	"verbatim/answers/reader/matrix"
)

//go:embed reader.bin
var weights []byte

// Dim is the length of a vector.
const Dim = 384

// How many word pieces are read of each part; what is beyond them is not read.
const (
	maxQuestion = 48
	maxBefore   = 24 // of the question before
	maxShown    = 40 // of what was shown as its answer
	maxContext  = 48
	maxSentence = 110
	maxWindow   = 250 // from here on only the first leastPieces of each sentence
	leastPieces = 4
	maxSequence = maxWindow + 1 + (windowSentences-1)*(leastPieces+1)
)

// The two kinds of sequence.
const (
	windowKind = iota
	questionKind
)

// heads are the outputs of a model for a sentence.
type heads struct {
	weights []float32 // outputs × 2 × hidden: of a sentence's mean and of the separator behind it
	bias    []float32 // outputs
	alike   float32   // weight of the cosine of sentence and question
}

// The outputs of the head: that a sentence answers, and that it contradicts.
const (
	answersOutput = iota
	contradictsOutput
	outputs
)

// Reader is the model. It is safe for concurrent use.
type Reader struct {
	shape       shape
	tokenizer   *tokenizer
	words       []int8 // vocabulary × hidden
	wordScale   []float32
	positions   []float32 // positions × hidden
	kinds       []float32 // 2 × hidden
	gain, bias  []float32 // of the embeddings' normalisation
	layers      []layer
	head        heads
	asksSame    task
	settling    task
	scratchPool sync.Pool
	running     atomic.Int32 // runs of layers at this moment
}

// task is what all layers tell of one sequence when they are changed for it, with outputs of its own.
type task struct {
	layers func() []layer // put together when they are first needed
	head   heads
}

// layer is one layer of the transformer, in the order in which it is applied.
type layer struct {
	qkv, out     *matrix.Weights // queries (divided by the root of their length), keys and values of all heads
	gain1, bias1 []float32
	up, down     *matrix.Weights
	gain2, bias2 []float32
}

// Default returns the reader of the embedded weights, which the first call decodes.
func Default() *Reader { return loadDefault() }

var loadDefault = sync.OnceValue(func() *Reader {
	r, err := parse(weights)
	if err != nil {
		panic(err) // the binary was built from a broken file
	}
	return r
})

// version is raised when the same weights come to give other results.
const version = 1

// Fingerprint names what results depend on, the weights and this package's way of
// running them, for keys of stored vectors: 16 hexadecimal digits.
func Fingerprint() string { return fingerprint() }

var fingerprint = sync.OnceValue(func() string {
	h := sha256.New()
	fmt.Fprintf(h, "%d\n", version)
	h.Write(weights)
	return hex.EncodeToString(h.Sum(nil)[:8])
})

// HasWord reports whether a lower-case word is in the model's vocabulary as a whole, as
// some 20,000 of the commonest English words are.
func (r *Reader) HasWord(word string) bool { return word != "" && r.tokenizer.has(word) }

// Asked is a question that the lower layers have read.
type Asked struct {
	// Vector is the question's, of length 1; with a turn before it, of both.
	Vector []float32
	hidden []float32 // pieces × hidden
	own    int       // pieces of the question itself; the rest is the turn before
}

// Before is the turn before a question.
type Before struct {
	Question string // what was asked
	Shown    string // the sentence that was shown as its answer, or empty
}

// Ask reads a question, and the turn before it where there is one.
func (r *Reader) Ask(question string, before *Before) *Asked {
	ids, own := r.questionPieces(question, before)
	a := &Asked{hidden: r.lower(ids, questionKind), own: own}
	a.Vector = r.mean(a.hidden, 1, len(ids)-1)
	Normalise(a.Vector)
	return a
}

// questionPieces returns the pieces of a question and the turn before it, and how many of them are
// its own.
func (r *Reader) questionPieces(question string, before *Before) (ids []int32, own int) {
	ids = append(make([]int32, 0, 64), r.tokenizer.first)
	ids = append(r.tokenizer.append(ids, question, maxQuestion), r.tokenizer.separator)
	own = len(ids)
	if before != nil {
		ids = append(r.tokenizer.append(ids, before.Question, maxBefore), r.tokenizer.separator)
		if before.Shown != "" {
			ids = r.tokenizer.append(ids, before.Shown, maxShown)
		}
		ids = append(ids, r.tokenizer.separator)
	}
	return ids, own
}

// Encode returns the vector of a question that stands by itself: Dim values, of length 1.
// Any text has one.
func (r *Reader) Encode(text string) []float32 { return r.Ask(text, nil).Vector }

// EncodeAll returns the vector of each text, as Encode does, and uses all processors that
// Go may use.
func (r *Reader) EncodeAll(texts []string) [][]float32 {
	out := make([][]float32, len(texts))
	InParallel(len(texts), func(i int) { out[i] = r.Encode(texts[i]) })
	return out
}

// Prepared is a window that the lower layers have read.
type Prepared struct {
	// Vectors are those of its sentences, of length 1.
	Vectors [][]float32
	hidden  []float32 // pieces × hidden
	spans   [][2]int  // the pieces of each sentence; its separator stands at the end
}

// Size is how many bytes it takes, about.
func (p *Prepared) Size() int { return 4 * (len(p.hidden) + len(p.Vectors)*Dim) }

// Pieces is how many word pieces it has.
func (p *Prepared) Pieces() int { return len(p.hidden) / Dim }

// Prepare reads a window.
func (r *Reader) Prepare(w Window) *Prepared {
	ids, spans := r.windowPieces(w)
	p := &Prepared{hidden: r.lower(ids, windowKind), spans: spans}
	for _, s := range spans {
		v := r.mean(p.hidden, s[0], s[1])
		Normalise(v)
		p.Vectors = append(p.Vectors, v)
	}
	return p
}

func (r *Reader) windowPieces(w Window) (ids []int32, spans [][2]int) {
	ids = append(make([]int32, 0, 160), r.tokenizer.first)
	ids = append(r.tokenizer.append(ids, w.Context, maxContext), r.tokenizer.separator)
	for _, s := range w.Sentences {
		start := len(ids)
		ids = r.tokenizer.append(ids, s, min(maxSentence, max(leastPieces, maxWindow-start)))
		spans = append(spans, [2]int{start, len(ids)})
		ids = append(ids, r.tokenizer.separator)
	}
	return ids, spans
}

// Odds are what reading a question with a sentence comes to, as log-odds.
type Odds struct {
	// Answers: that the sentence answers the question.
	Answers float32
	// Contradicts: that the sentence, if it settles a statement that is asked about, says
	// otherwise. It means nothing where no statement is asked about.
	Contradicts float32
}

// Read returns the odds for each sentence of a window.
func (r *Reader) Read(q *Asked, w *Prepared) []Odds {
	d := r.shape.Hidden
	x := make([]float32, 0, len(q.hidden)+len(w.hidden))
	x = append(append(x, q.hidden...), w.hidden...)
	r.run(x, r.layers[len(r.layers)-r.shape.Joint:])
	question := r.mean(x, 0, q.own)
	Normalise(question)
	at := len(q.hidden) / d
	out := make([]Odds, len(w.spans))
	for i, s := range w.spans {
		mean := r.mean(x, at+s[0], at+s[1])
		separator := x[(at+s[1])*d:][:d]
		out[i].Answers, out[i].Contradicts = r.head.of(answersOutput, mean, separator), r.head.of(contradictsOutput, mean, separator)
		Normalise(mean)
		out[i].Answers += float32(r.head.alike * Dot(mean, question))
	}
	return out
}

const (
	// together is how many utterances are read in one sequence, as it was trained.
	together = 8
	// maxUtterance is how many word pieces are read of each.
	maxUtterance = 24
	maxTogether  = (maxQuestion + 2) + (maxBefore + 1) + (maxShown + 1) + together*(maxUtterance+1)
)

// Same returns the log-odds that each of some utterances asks the same as a question after the turn
// before it, where there is one. Eight are read with the question as one sequence, and weighed against each other.
func (r *Reader) Same(question string, before *Before, utterances []string) []float32 {
	ids, own := r.questionPieces(question, before)
	out := make([]float32, len(utterances))
	InParallel((len(out)+together-1)/together, func(i int) {
		from, to := i*together, min(len(out), (i+1)*together)
		r.same(out[from:to], ids, own, utterances[from:to])
	})
	return out
}

func (r *Reader) same(out []float32, ids []int32, own int, utterances []string) {
	ids = slices.Clip(ids)
	var spans [][2]int
	for _, u := range utterances {
		start := len(ids)
		ids = r.tokenizer.append(ids, u, maxUtterance)
		spans = append(spans, [2]int{start, len(ids)})
		ids = append(ids, r.tokenizer.separator)
	}
	x := r.embed(ids, questionKind)
	r.run(x, r.asksSame.layers())
	question := r.mean(x, 0, own)
	Normalise(question)
	for i, s := range spans {
		mean := r.mean(x, s[0], s[1])
		out[i] = r.asksSame.head.of(0, mean, x[s[1]*r.shape.Hidden:][:r.shape.Hidden])
		Normalise(mean)
		out[i] += float32(r.asksSame.head.alike * Dot(mean, question))
	}
}

// Passage is a sentence that may settle a statement, and the one before it, which is only read; empty where there is none.
type Passage struct{ Before, Text string }

// Settled is how a passage settles a statement: the log-odds that it bears it out, and that it contradicts it, each against
// that it does neither.
type Settled struct{ Supports, Contradicts float32 }

const (
	// How many word pieces are read of a passage, and of the end of the sentence before it, as it was trained.
	maxSettling  = 90
	maxLeading   = 24
	maxStatement = (maxQuestion + 2) + (maxLeading + 1) + (maxSettling + 1)
)

// Settles returns how each of some passages settles a statement. Each is read with it by itself.
func (r *Reader) Settles(statement string, passages []Passage) []Settled {
	ids, _ := r.questionPieces(statement, nil)
	out := make([]Settled, len(passages))
	InParallel(len(out), func(i int) { out[i] = r.settle(slices.Clip(ids), passages[i]) })
	return out
}

func (r *Reader) settle(ids []int32, p Passage) Settled {
	if leading := r.tokenizer.append(nil, p.Before, r.shape.Positions); len(leading) > 0 {
		ids = append(append(ids, leading[max(0, len(leading)-maxLeading):]...), r.tokenizer.separator)
	}
	start := len(ids)
	ids = r.tokenizer.append(ids, p.Text, maxSettling)
	end := len(ids)
	ids = append(ids, r.tokenizer.separator)
	x := r.embed(ids, questionKind)
	r.run(x, r.settling.layers())
	mean, separator := r.mean(x, start, end), x[end*r.shape.Hidden:][:r.shape.Hidden]
	neither := r.settling.head.of(neitherOutput, mean, separator)
	return Settled{r.settling.head.of(supportsOutput, mean, separator) - neither, r.settling.head.of(refutesOutput, mean, separator) - neither}
}

// The outputs of what tells how a passage settles a statement.
const (
	neitherOutput = iota
	supportsOutput
	refutesOutput
	settledOutputs
)

// of is output n.
func (h *heads) of(n int, mean, separator []float32) float32 {
	d := len(mean)
	weights := h.weights[n*2*d:][:2*d]
	sum := float32(0)
	for j, v := range mean {
		sum += float32(v * weights[j])
	}
	for j, v := range separator {
		sum += float32(v * weights[d+j])
	}
	return sum + h.bias[n]
}

// lower returns the hidden states (pieces × hidden) of a sequence read by itself.
func (r *Reader) lower(ids []int32, kind int) []float32 {
	x := r.embed(ids, kind)
	r.run(x, r.layers[:len(r.layers)-r.shape.Joint])
	return x
}

// embed returns what the layers begin with (pieces × hidden).
func (r *Reader) embed(ids []int32, kind int) []float32 {
	d := r.shape.Hidden
	x, zero := make([]float32, len(ids)*d), make([]float32, len(ids)*d)
	for i, id := range ids {
		row, scale := x[i*d:][:d], r.wordScale[id]
		word, position, k := r.words[int(id)*d:][:d], r.positions[i*d:][:d], r.kinds[kind*d:][:d]
		for j := range row {
			row[j] = float32(float32(word[j])*scale) + position[j] + k[j]
		}
	}
	matrix.AddNorm(x, zero, r.gain, r.bias, d)
	return x
}

// scratch is what a run of layers writes to: qkv for all of its rows, the rest for some.
type scratch struct {
	rows                              matrix.Rows
	qkv, keys, scores, mixed, up, sum []float32
}

func (r *Reader) scratch() *scratch {
	if s, ok := r.scratchPool.Get().(*scratch); ok {
		return s
	}
	return new(scratch)
}

func sized(s *[]float32, n int) []float32 {
	if cap(*s) < n {
		*s = make([]float32, n)
	}
	return (*s)[:n]
}

// leastRows is how many rows are worth another processor.
const leastRows = 16

// run applies layers to x (pieces × hidden) in place. Processors that no other run needs
// share its rows, layer by layer: the last of several windows is soon read, too.
func (r *Reader) run(x []float32, layers []layer) {
	r.running.Add(1)
	defer r.running.Add(-1)
	d := r.shape.Hidden
	n := len(x) / d
	own := r.scratch()
	defer r.scratchPool.Put(own)
	qkv := sized(&own.qkv, n*3*d)
	for i := range layers {
		l := &layers[i]
		parts := max(1, min(runtime.GOMAXPROCS(0)/int(r.running.Load()), n/leastRows))
		r.share(n, parts, func(from, to int, s *scratch) {
			s.rows.Quantise(x[from*d:to*d], to-from, d)
			l.qkv.Apply(qkv[from*3*d:to*3*d], &s.rows)
		})
		r.share(n, parts, func(from, to int, s *scratch) { r.apply(l, x[from*d:to*d], qkv, from, s) })
	}
}

// share cuts n rows into parts and calls each for all of them at the same time.
func (r *Reader) share(n, parts int, each func(from, to int, s *scratch)) {
	InParallel(parts, func(i int) {
		s := r.scratch()
		defer r.scratchPool.Put(s)
		each(n*i/parts, n*(i+1)/parts, s)
	})
}

// apply applies a layer to some rows x of a sequence, from row first on; qkv are the
// queries, keys and values of the whole sequence.
func (r *Reader) apply(l *layer, x, qkv []float32, first int, s *scratch) {
	d, heads := r.shape.Hidden, r.shape.Heads
	all, n, h := len(qkv)/(3*d), len(x)/d, d/heads
	stride := (all + 7) / 8 * 8
	keys, scores := sized(&s.keys, h*stride), sized(&s.scores, n*stride)
	mixed, up, sum := sized(&s.mixed, n*d), sized(&s.up, n*r.shape.Inner), sized(&s.sum, n*d)
	for head := range heads {
		for j := range all { // the head's keys, a column for each piece
			for k, v := range qkv[j*3*d+d+head*h:][:h] {
				keys[k*stride+j] = v
			}
		}
		matrix.Product(scores, stride, qkv[first*3*d+head*h:], 3*d, keys, stride, n, h, all)
		matrix.Softmax(scores[:n*stride], all, stride)
		matrix.Product(mixed[head*h:], d, scores, stride, qkv[2*d+head*h:], 3*d, n, all, h)
	}
	s.rows.Quantise(mixed, n, d)
	l.out.Apply(sum, &s.rows)
	matrix.AddNorm(x, sum, l.gain1, l.bias1, d)
	s.rows.Quantise(x, n, d)
	l.up.Apply(up, &s.rows)
	matrix.Gelu(up)
	s.rows.Quantise(up, n, r.shape.Inner)
	l.down.Apply(sum, &s.rows)
	matrix.AddNorm(x, sum, l.gain2, l.bias2, d)
}

// mean returns the mean of rows from start to end of x.
func (r *Reader) mean(x []float32, start, end int) []float32 {
	d := r.shape.Hidden
	out := make([]float32, d)
	if start >= end {
		return out
	}
	for i := start; i < end; i++ {
		for j, v := range x[i*d:][:d] {
			out[j] += v
		}
	}
	n := float32(end - start)
	for j := range out {
		out[j] /= n
	}
	return out
}

// Dot is the product of two vectors of the same length, summed in one fixed order: the
// four sums of every fourth product, which a processor works on side by side.
func Dot(a, b []float32) float32 {
	var s0, s1, s2, s3 float32
	b = b[:len(a)]
	i := 0
	for ; i+4 <= len(a); i += 4 {
		s0 += float32(a[i] * b[i])
		s1 += float32(a[i+1] * b[i+1])
		s2 += float32(a[i+2] * b[i+2])
		s3 += float32(a[i+3] * b[i+3])
	}
	for ; i < len(a); i++ {
		s0 += float32(a[i] * b[i])
	}
	return (s0 + s2) + (s1 + s3)
}

// Normalise brings a vector to length 1; the zero vector stays.
func Normalise(v []float32) {
	length := float32(math.Sqrt(float64(Dot(v, v))))
	if length == 0 {
		return
	}
	for i := range v {
		v[i] /= length
	}
}

// InParallel calls each for 0 to n−1 on all processors that Go may use.
func InParallel(n int, each func(i int)) {
	if n == 1 {
		each(0)
		return
	}
	var next atomic.Int64
	var workers sync.WaitGroup
	for range min(runtime.GOMAXPROCS(0), n) {
		workers.Go(func() {
			for i := int(next.Add(1)) - 1; i < n; i = int(next.Add(1)) - 1 {
				each(i)
			}
		})
	}
	workers.Wait()
}
