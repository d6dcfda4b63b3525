package answers

import (
	"cmp"
	"math"
	"runtime"
	"slices"
	"sync"

	"verbatim/answers/reader"
	"verbatim/answers/retrieval"
	"verbatim/corpus"
	"verbatim/corpus/words"
)

// library is the text of a corpus as the reader reads it: in windows of a few
// sentences, each of which is made into what the upper layers need once, and kept.
type library struct {
	passages []corpus.Passage
	index    *retrieval.Index // of the passages, by their words
	windows  []window
	at       []place        // of each passage
	number   map[string]int // of each passage, by its quote's key

	sentences int // in all windows

	mu       sync.Mutex
	prepared map[int]*preparation
	order    []int // the windows in prepared, oldest first
	size     int   // bytes in prepared

	vectors func() [][]float32 // of every sentence, window by window; nil where there are too many
	reading chan struct{}      // one for each question that is read at the same time
}

// window is a run of sentences of one source.
type window struct {
	reader.Window
	source   *corpus.Source
	passages []int // of each sentence, its passage; -1 where it has none that may answer
}

// place is where a passage stands: a window and a sentence of it, −1 for nowhere.
type place struct{ window, sentence int }

// preparation is a window in the making, or made.
type preparation struct {
	once sync.Once
	done *reader.Prepared
}

const (
	// maxVectors is how many sentences are compared with a question by meaning; larger
	// corpora are searched by their words alone. Reading as many takes half a minute on two
	// cores.
	maxVectors = 5_000
	// maxFresh is how many sentences are read anew at every start; the vectors of more are
	// kept with the corpus's model.
	maxFresh = 500
	// maxPrepared bounds the prepared windows that are kept, in bytes: about 600, or 2,500
	// sentences. What is dropped is made again when it is read.
	maxPrepared = 96 << 20
)

// newLibrary returns the library of passages, which are in the order of their sources and
// texts. utterances are those of each passage, nil for none; vectors are what encode
// returned for the same passages, or nil.
func newLibrary(passages []corpus.Passage, utterances [][]string, vectors [][]float32) *library {
	l := cutLibrary(passages)
	l.index = retrieval.Build(passages, utterances)
	switch {
	case len(vectors) == len(l.windows):
		l.vectors = func() [][]float32 { return vectors }
	case l.sentences <= maxVectors:
		l.vectors = sync.OnceValue(l.encode)
	}
	return l
}

// cutLibrary returns a library that has windows and nothing to find them by.
func cutLibrary(passages []corpus.Passage) *library {
	l := &library{passages: passages, prepared: map[int]*preparation{}, reading: make(chan struct{}, runtime.GOMAXPROCS(0))}
	l.at = make([]place, len(passages))
	l.number = make(map[string]int, len(passages))
	for i, p := range passages {
		l.at[i] = place{-1, -1}
		l.number[p.Quote.Key()] = i
	}
	for start := 0; start < len(passages); {
		source, end := passages[start].Quote.Source(), start
		for end < len(passages) && passages[end].Quote.Source() == source {
			end++
		}
		l.cut(source, start, end)
		start = end
	}
	return l
}

// cut adds the windows of a source whose passages are those from start to end.
func (l *library) cut(source *corpus.Source, start, end int) {
	var text []reader.Paragraph
	type span struct{ start, end int } // in the source
	var spans []span
	for _, p := range source.Paragraphs() {
		sentences := words.Sentences(p.Text())
		text = append(text, reader.Paragraph{Text: p.Text(), Sentences: sentences})
		for _, s := range sentences {
			spans = append(spans, span{p.Start() + s.Start, p.Start() + s.End})
		}
	}
	// Each sentence's passage is the smallest that holds it, else the one with most of it.
	of := make([]int, len(spans))
	for i, s := range spans {
		best, most := -1, 0
		for p := start; p < end; p++ {
			q := l.passages[p].Quote
			if common := min(q.End(), s.end) - max(q.Start(), s.start); common > most ||
				common == most && common > 0 && size(l.passages[p]) < size(l.passages[best]) {
				best, most = p, common
			}
		}
		of[i] = best
	}
	headed := make([]bool, 0, len(spans)) // sentences that are headings
	for i, p := range text {
		for range p.Sentences {
			headed = append(headed, isHeading(text, i))
		}
	}
	for _, w := range reader.Windows(text) {
		mine := window{Window: w, source: source}
		for j := range w.Sentences {
			n := w.First + j
			p := of[n]
			if headed[n] {
				p = -1 // a heading is no answer
			}
			mine.passages = append(mine.passages, p)
		}
		l.windows = append(l.windows, mine)
		l.sentences += len(w.Sentences)
		for p := start; p < end; p++ {
			q := l.passages[p].Quote
			for j := range w.Sentences {
				if s := spans[w.First+j]; s.start <= q.Start() && q.Start() < s.end {
					l.at[p] = place{len(l.windows) - 1, j}
				}
			}
		}
	}
}

// isHeading reports whether a paragraph heads those that follow: it is the title, or a
// short line before a longer one and not the end of a list of short lines.
func isHeading(text []reader.Paragraph, i int) bool {
	short := func(i int) bool { return i >= 0 && i < len(text) && reader.IsHeading(text[i].Text) }
	switch {
	case !short(i) || i+1 == len(text):
		return false
	case i == 0:
		return true
	}
	return !short(i+1) && !(short(i-1) && short(i-2))
}

// prepare returns a window as the lower layers have read it.
func (l *library) prepare(i int) *reader.Prepared {
	l.mu.Lock()
	p := l.prepared[i]
	if p == nil {
		p = new(preparation)
		l.prepared[i] = p
		l.order = append(l.order, i)
	}
	l.mu.Unlock()
	p.once.Do(func() {
		done := reader.Default().Prepare(l.windows[i].Window)
		l.mu.Lock()
		defer l.mu.Unlock()
		p.done = done
		for l.size += done.Size(); l.size > maxPrepared && l.order[0] != i; {
			if oldest := l.prepared[l.order[0]]; oldest.done != nil {
				l.size -= oldest.done.Size()
			}
			delete(l.prepared, l.order[0])
			l.order = l.order[1:]
		}
	})
	return p.done
}

// encode returns the vectors of all sentences of each window, one after the other.
func (l *library) encode() [][]float32 {
	out := make([][]float32, len(l.windows))
	reader.InParallel(len(l.windows), func(i int) {
		for _, v := range l.prepare(i).Vectors {
			out[i] = append(out[i], v...)
		}
	})
	return out
}

// warm prepares what every question needs, unless it is done.
func (l *library) warm() {
	if l.vectors != nil {
		l.vectors()
	}
}

const (
	// maxRead is how many windows are read for a question at most: some 25 sentences.
	maxRead = 6
	// firstRead is how many are read first; the rest is left unread if one of them
	// holds an answer of at least surelyRead. On the texts that validate, with eight windows
	// and no stopping early an answering sentence is among those read in 97.4 % and
	// first in 66.4 %; so in 95.2 % and 66.2 %, with 5.2 windows read on average.
	firstRead  = 3
	surelyRead = 2.0
)

// read asks the reader about the windows that may answer a question, and returns their
// sentences and which windows they were. lists are the passages found in other ways, each
// the best first.
func (l *library) read(q *reader.Asked, within *corpus.Source, lists ...[]int) ([]sentence, []int) {
	l.reading <- struct{}{}
	defer func() { <-l.reading }()
	order := l.candidates(q, within, lists)
	var out []sentence
	best, from := math.Inf(-1), 0
	for from < len(order) && best < surelyRead {
		to := len(order)
		if from == 0 {
			to = min(to, firstRead)
		}
		part := order[from:to]
		odds := make([][]float32, len(part))
		vectors := make([][][]float32, len(part))
		reader.InParallel(len(part), func(i int) {
			p := l.prepare(part[i])
			odds[i], vectors[i] = reader.Default().Read(q, p), p.Vectors
		})
		for i, w := range part {
			for j, o := range odds[i] {
				if p := l.windows[w].passages[j]; p >= 0 {
					out = append(out, sentence{passage: p, at: place{w, j}, rank: from + i, odds: float64(o),
						has: [sentenceEvidence]float64{cosine: float64(reader.Dot(vectors[i][j], q.Vector))}})
					best = max(best, float64(o))
				}
			}
		}
		from = to
	}
	return out, order[:from]
}

// candidates returns the windows to read, the most promising first: those of the nearest
// sentences by meaning and those of each list in turn.
func (l *library) candidates(q *reader.Asked, within *corpus.Source, lists [][]int) []int {
	var ranked [][]int
	if l.vectors != nil {
		vectors := l.vectors()
		nearest := make([]float32, len(l.windows))
		order := l.inText(within)
		for _, i := range order {
			nearest[i] = -1
			for v := vectors[i]; len(v) > 0; v = v[reader.Dim:] {
				nearest[i] = max(nearest[i], reader.Dot(v[:reader.Dim], q.Vector))
			}
		}
		slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(nearest[b], nearest[a]) })
		ranked = append(ranked, order)
	}
	for _, list := range lists {
		var order []int
		for _, p := range list {
			if at := l.at[p]; at.window >= 0 {
				order = append(order, at.window)
			}
		}
		ranked = append(ranked, order)
	}
	if l.vectors == nil && within != nil {
		ranked = append(ranked, l.inText(within)) // words may lead nowhere in one source
	}
	var out []int
	seen := map[int]bool{}
	for n := 0; len(out) < maxRead; n++ {
		more := false
		for _, order := range ranked {
			if n < len(order) {
				more = true
				if !seen[order[n]] && len(out) < maxRead {
					seen[order[n]] = true
					out = append(out, order[n])
				}
			}
		}
		if !more {
			break
		}
	}
	return out
}

// sourcesOf returns the sources that have the most of a text's words, the best first.
func (l *library) sourcesOf(text string, n int) []*corpus.Source {
	var out []*corpus.Source
	for _, h := range l.index.Search(text, 20*n) {
		if s := l.passages[h.Passage].Quote.Source(); !slices.Contains(out, s) && len(out) < n {
			out = append(out, s)
		}
	}
	return out
}
