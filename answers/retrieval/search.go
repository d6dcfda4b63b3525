package retrieval

import (
	"cmp"
	"container/heap"
	"encoding/binary"
	"math"
	"math/bits"
	"slices"

	"verbatim/answers/asks"
)

// BM25's parameters: k1 bounds what a repeated word adds, b is how far a long
// passage is held against its words. k1 is the usual value, b half of it: the
// lengths of sentences say less than those of documents. Not tuned.
const (
	k1 = 1.2
	b  = 0.4
)

// budget is how many postings are read for a question at most, the rarest words
// first: the cost does not grow with the corpus. (Moffat and Zobel,
// “Self-indexing inverted files for fast text retrieval”, 1996.) A question to
// 10,000 articles reads some 2 bytes a posting, so 150,000 take half a
// millisecond.
const budget = 150_000

// maxCandidates is how many passages are ranked with all features. An article of
// 300 sentences is ranked whole.
const maxCandidates = 600

// A Hit is a passage that may answer a question.
type Hit struct {
	// Passage is its index among those given to Build.
	Passage int
	// Share is the probability, 0 to 1, that this passage answers if any does that the
	// question has words in common with.
	Share float64

	features features
}

// candidate is a passage to be ranked.
type candidate struct {
	doc      int32
	block    int32
	features features
	score    float64
}

// seen is what a passage has of the question's words, one bit a word.
type seen struct {
	same, kin uint64
	names     bool // it names somebody or something that the question does not
	figures   bool // it has a figure that the question does not
}

func (s seen) all() uint64 { return s.same | s.kin }

// scratch is the memory of one search.
type scratch struct {
	question   question
	scores     []float32 // per block
	touched    []int32
	heap       []int32
	candidates []candidate
	passages   []seen
	slots      [512]int16 // hash of a term to its place in entries, +1
	entries    []entry
}

type entry struct {
	term int32
	word int8
	how  how
	next int16
}

// Search ranks the passages for a question and returns the n best, the best
// first; none where nothing in the corpus has anything to do with it.
func (x *Index) Search(text string, n int) []Hit { return x.SearchIn(text, 0, len(x.docs), n) }

// SearchIn is Search among the passages from one index up to another.
func (x *Index) SearchIn(text string, from, to, n int) []Hit {
	s, _ := x.scratch.Get().(*scratch)
	if s == nil {
		s = &scratch{}
	}
	defer x.scratch.Put(s)
	x.understand(text, &s.question)
	x.collect(s, int32(from), int32(to))
	if len(s.candidates) == 0 || n <= 0 {
		return nil
	}
	x.describe(s)
	order(s.candidates, &wordWeights)
	return s.hits(n)
}

// order sorts candidates by their score.
func order(candidates []candidate, w *features) {
	for i := range candidates {
		candidates[i].score = candidates[i].features.dot(w)
	}
	slices.SortFunc(candidates, func(a, b candidate) int {
		if c := cmp.Compare(b.score, a.score); c != 0 {
			return c
		}
		return cmp.Compare(a.doc, b.doc)
	})
}

// hits returns the n best of ordered candidates. The weights are fitted so that the scores'
// exponentials are in the proportion of the probabilities.
func (s *scratch) hits(n int) []Hit {
	best, sum := s.candidates[0].score, 0.0
	for _, c := range s.candidates {
		sum += math.Exp(c.score - best)
	}
	out := make([]Hit, min(n, len(s.candidates)))
	for i := range out {
		c := &s.candidates[i]
		out[i] = Hit{int(c.doc), math.Exp(c.score-best) / sum, c.features}
	}
	return out
}

// collect finds the blocks that share words with the question, by BM25, and have a passage
// between two indices; their passages there are the candidates.
func (x *Index) collect(s *scratch, from, to int32) {
	x.scoreBlocks(s, from, to)
	s.candidates = s.candidates[:0]
	for i, at := range x.bestBlocks(s) {
		bl := x.blocks[at]
		if len(s.candidates)+int(bl.last-bl.first) > maxCandidates && i > 0 {
			continue
		}
		for d := max(from, bl.first); d < min(to, bl.last); d++ {
			c := candidate{doc: d, block: at}
			c.features[blockWords] = float64(s.scores[at])
			s.candidates = append(s.candidates, c)
		}
	}
	for _, at := range s.touched {
		s.scores[at] = 0
	}
}

// weighed is a term that a question looks for, and what it counts.
type weighed struct {
	term   int32
	weight float64
}

// rarestFirst returns the terms that a question looks for.
func (x *Index) rarestFirst(q *question) []weighed {
	var out []weighed
	for _, w := range q.terms {
		for _, a := range w.alike {
			weight := w.weight
			if a.how != same {
				weight *= kinShare
			}
			out = append(out, weighed{a.term, weight})
		}
	}
	slices.SortFunc(out, func(a, c weighed) int {
		return cmp.Or(cmp.Compare(x.blockDF[a.term], x.blockDF[c.term]), cmp.Compare(a.term, c.term))
	})
	return out
}

// scoreBlocks fills scores, and touched with the blocks that have one.
func (x *Index) scoreBlocks(s *scratch, from, to int32) {
	if len(s.scores) < len(x.blocks) {
		s.scores = make([]float32, len(x.blocks))
	}
	s.touched = s.touched[:0]
	read := 0
	for _, l := range x.rarestFirst(&s.question) {
		if read += int(x.blockDF[l.term]); read > budget && len(s.touched) > 0 {
			break
		}
		at := int32(-1)
		for p := x.postings[x.at[l.term]:x.at[l.term+1]]; len(p) > 0; {
			d, k := binary.Uvarint(p)
			p = p[k:]
			at += int32(d)
			if x.blocks[at].last <= from || x.blocks[at].first >= to {
				continue
			}
			length := float64(x.blocks[at].length) / x.meanBlock
			if s.scores[at] == 0 {
				s.touched = append(s.touched, at)
			}
			s.scores[at] += float32(l.weight / (1 + k1*(1-b+b*length)) * (1 + k1))
		}
	}
}

// bestBlocks returns the blocks that were touched, the best first if there are
// more than can be ranked.
func (x *Index) bestBlocks(s *scratch) []int32 {
	if len(x.docs) <= maxCandidates {
		return s.touched
	}
	best := blockHeap{s.scores, s.heap[:0]}
	for _, at := range s.touched {
		if len(best.blocks) < maxCandidates/2 {
			if best.blocks = append(best.blocks, at); len(best.blocks) == maxCandidates/2 {
				heap.Init(&best)
			}
		} else if best.worse(best.blocks[0], at) {
			best.blocks[0] = at
			heap.Fix(&best, 0)
		}
	}
	slices.SortFunc(best.blocks, func(a, b int32) int {
		if best.worse(b, a) {
			return -1
		}
		return 1
	})
	s.heap = best.blocks
	return s.heap
}

// blockHeap is a heap of the best blocks so far, the worst of them on top. Nothing is pushed,
// which would box every block.
type blockHeap struct {
	scores []float32
	blocks []int32
}

func (h *blockHeap) worse(a, b int32) bool {
	return h.scores[a] < h.scores[b] || h.scores[a] == h.scores[b] && a > b
}

func (h *blockHeap) Len() int           { return len(h.blocks) }
func (h *blockHeap) Less(i, j int) bool { return h.worse(h.blocks[i], h.blocks[j]) }
func (h *blockHeap) Swap(i, j int)      { h.blocks[i], h.blocks[j] = h.blocks[j], h.blocks[i] }
func (h *blockHeap) Push(any)           {}
func (h *blockHeap) Pop() any           { return nil }

// kinShare is how much a word of the same root counts in the search for blocks.
const kinShare = 0.5

// describe fills the features of the candidates.
func (x *Index) describe(s *scratch) {
	q := &s.question
	clear(s.slots[:])
	s.entries = s.entries[:0]
	for i, w := range q.terms {
		for _, a := range w.alike {
			slot := &s.slots[a.term%int32(len(s.slots))]
			s.entries = append(s.entries, entry{a.term, int8(i), a.how, *slot})
			*slot = int16(len(s.entries))
		}
	}
	for i := 0; i < len(s.candidates); {
		// One block at a time, and the passage on either side of it.
		bl := x.blocks[s.candidates[i].block]
		n := int(bl.last - bl.first)
		from, to := bl.first, bl.last
		s.passages = s.passages[:0]
		for d := from; d < to; d++ {
			p := x.look(s, int(d), &s.candidates[i+int(d-bl.first)].features)
			s.passages = append(s.passages, p)
		}
		for d := max(from, bl.first); d < min(to, bl.last); d++ {
			x.surroundings(s, &s.candidates[i+int(d-bl.first)], int(d-from))
		}
		i += n
	}
	top := 0.0
	for i := range s.candidates {
		f := &s.candidates[i].features
		top = math.Max(top, f[sameWords]+kinShare*f[kinWords])
	}
	for i := range s.candidates {
		if f := &s.candidates[i].features; top > 0 {
			f[relative] = (f[sameWords] + kinShare*f[kinWords]) / top
		}
	}
	x.recall(s)
}

// maxPlaces is how many places of the question's words are looked at in a
// passage; they are used to see how close together the words stand.
const maxPlaces = 96

// finds is where a passage has the question's words.
type finds struct {
	seen
	count  [maxTerms]uint8 // how often it has each
	places [maxPlaces]place
	n      int  // places used
	years  bool // it has a year that the question has
}

// look reads one passage for the question's words; f gets the features of the passage
// itself.
func (x *Index) look(s *scratch, doc int, f *features) seen {
	var p finds
	x.findTerms(s, doc, &p)
	x.findSpeaker(&s.question, doc, &p)
	x.weighWords(&s.question, doc, &p, f)
	x.weighKinds(&s.question, doc, &p, f)
	return p.seen
}

// findTerms looks for the question's words among a passage's terms.
func (x *Index) findTerms(s *scratch, doc int, p *finds) {
	at := int16(0)
	for terms := x.termsOf(doc); len(terms) > 0; at++ {
		v, k := binary.Uvarint(terms)
		terms = terms[k:]
		id := int32(v >> 1)
		found := false
		for e := s.slots[id%int32(len(s.slots))]; e > 0; e = s.entries[e-1].next {
			if entry := &s.entries[e-1]; entry.term == id {
				found = true
				p.note(entry, at)
				p.years = p.years || s.question.terms[entry.word].year
			}
		}
		if found {
			continue
		}
		if v&1 == 1 && (at > 0 || x.names[id]) {
			p.names = true
		}
		if c := x.words[id][0]; '0' <= c && c <= '9' {
			p.figures = true
		}
	}
}

// note keeps that a word of the question stands at a place.
func (p *finds) note(e *entry, at int16) {
	bit := uint64(1) << e.word
	if e.how == same {
		p.same |= bit
	} else {
		p.kin |= bit
	}
	p.count[e.word]++
	if p.n < len(p.places) {
		p.places[p.n] = place{at, e.word}
		p.n++
	}
}

// findSpeaker looks for the question's words, those that the passage does not have, in
// the name of its speaker.
func (x *Index) findSpeaker(q *question, doc int, p *finds) {
	for _, id := range x.docs[doc].speaker {
		for i := range q.terms {
			if a := q.terms[i].alike; id >= 0 && len(a) > 0 && a[0].term == id && p.all()&(1<<i) == 0 {
				p.same |= 1 << i
				p.count[i] = 1
			}
		}
	}
}

// weighWords fills the features of the words found, and of how they stand.
func (x *Index) weighWords(q *question, doc int, p *finds, f *features) {
	norm := k1 * (1 - b + b*float64(x.docs[doc].length)/x.meanLength)
	for m := p.all(); m != 0; m &= m - 1 {
		i := bits.TrailingZeros64(m)
		w := &q.terms[i]
		tf := float64(p.count[i])
		v := w.weight * tf * (1 + k1) / (tf + norm)
		if p.same&(1<<i) != 0 {
			f[sameWords] += v
		} else {
			f[kinWords] += v
		}
		f[coverage] += w.weight
	}
	if q.total > 0 {
		f[coverage] /= q.total
	}
	places := p.places[:p.n]
	for _, pair := range q.pairs {
		for i := range places {
			if places[i].word == pair[0] && sideBySide(places, i, pair[1]) {
				f[pairs] += min(q.terms[pair[0]].weight, q.terms[pair[1]].weight)
				break
			}
		}
	}
	if n := len(places); n > 1 {
		f[spread] = float64(bits.OnesCount64(p.all())) / float64(places[n-1].at-places[0].at+1)
	}
	f[heads] = b2f(q.head >= 0 && p.all()&(1<<max(q.head, 0)) != 0)
}

// weighKinds fills the features of what the question asks for and the passage tells.
func (x *Index) weighKinds(q *question, doc int, p *finds, f *features) {
	d := &x.docs[doc]
	fit := q.asked.In(d.tells)
	switch q.asked.Kind {
	case asks.Person, asks.Group, asks.Organisation, asks.Place, asks.Name:
		f[newThing] = b2f(p.names)
		f[lacksKind] = b2f(fit == asks.Missing)
	case asks.Date, asks.Number, asks.Duration:
		f[newThing] = b2f(p.figures)
		f[lacksKind] = b2f(fit == asks.Missing)
	}
	f[tellsKind] = b2f(fit == asks.Exact)
	f[yearClash] = b2f(!p.years && q.tells.Has(asks.Date, asks.Year) && d.tells.Has(asks.Date, asks.Year))
	f[isNested] = b2f(d.flags&nested != 0)
	f[saysSpoken] = b2f(q.saying && d.flags&spoken != 0)
}

// place is where in a passage a word of the question stands.
type place struct {
	at   int16
	word int8
}

// sideBySide reports whether a word stands at most one word after place i, or
// right before it.
func sideBySide(places []place, i int, word int8) bool {
	for j := range places {
		if gap := places[j].at - places[i].at; places[j].word == word && -1 <= gap && gap <= 2 {
			return true
		}
	}
	return false
}

// surroundings fills the features that look at the passages around one.
func (x *Index) surroundings(s *scratch, c *candidate, at int) {
	q := &s.question
	f := &c.features
	var before uint64 // the question's words that the passage before it has
	if back := int(x.docs[c.doc].before); back > 0 {
		before = s.passages[at-back].all()
	}
	f[coverageBefore] = f[coverage]
	for m := before &^ s.passages[at].all(); m != 0; m &= m - 1 {
		w := q.terms[bits.TrailingZeros64(m)].weight
		f[beforeOnly] += w
		f[coverageBefore] += w / q.total
	}
}

func b2f(v bool) float64 {
	if v {
		return 1
	}
	return 0
}
