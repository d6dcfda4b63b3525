// Package retrieval ranks the passages of a corpus for a question.
//
// Blocks (a paragraph, or a dozen sentences of a long one) that share words with
// the question are found through an inverted index; their passages are ranked
// by a linear model over what the words, the kinds of things asked for and told,
// the surroundings and the ways in which people may ask say. The words are weighed
// as in BM25 (S. Robertson and H. Zaragoza, “The Probabilistic Relevance Framework:
// BM25 and Beyond”, 2009). Package reader then tells which of the passages answers.
//
// An Index does not change after it is built and may be used by many goroutines.
// The same index and question give the same hits on any machine.
package retrieval

import (
	"cmp"
	"encoding/binary"
	"math"
	"runtime"
	"slices"
	"strings"
	"sync"

	"verbatim/answers/asks"
	"verbatim/corpus"
	"verbatim/corpus/words"
)

// blockLength is how many passages of one paragraph make a block at most.
// Longest paragraph of 13 encyclopedia articles: 24 sentences; half of that
// keeps the passages of a block about one thing.
const blockLength = 12

// Index is a searchable corpus.
type Index struct {
	docs   []document // one per passage, in the order given
	blocks []block
	terms  map[string]int32 // a word's term, see term
	words  []string         // the terms
	df     []int32          // in how many passages a term occurs
	// forward holds the terms of every passage in order, as varints: twice the
	// term's number, plus 1 if it is written with a capital.
	forward []byte
	// postings hold, per term, the differences of the blocks it occurs in, as
	// varints: those of term t are postings[at[t]:at[t+1]].
	postings []byte
	at       []uint32
	blockDF  []int32

	utterances [][]utterance // of each passage that ask for a kind of thing; nil where there are none

	counted    int            // passages that count for df: those not inside another
	meanLength float64        // of a passage, in terms
	meanBlock  float64        // of a block, in terms
	names      map[int32]bool // terms written with a capital within a sentence
	byRoot     []int32        // the terms, ordered by their roots
	spell      sync.Once
	speller    *Speller
	scratch    sync.Pool
}

// document is what is known about one passage.
type document struct {
	forward uint32 // where its terms begin
	block   int32
	length  uint16   // in terms that are not function words
	tells   asks.Set // kinds of things it tells
	speaker [2]int32 // terms of its speaker's last names, -1 for none
	flags   flags
	// before is how many passages away the nearest one before it in its block is that
	// does not overlap it, 0 for none.
	before uint8
}

type flags uint8

const (
	nested flags = 1 << iota // lies inside another passage, or overlaps the one before
	spoken                   // somebody's own words
)

// block is a run of passages of one paragraph.
type block struct {
	first, last int32 // passages first to last (last not included)
	source      int32
	length      uint16
}

// Build indexes passages, which are in the order of their sources and texts. utterances,
// which may be nil, say how people may ask for them: utterances[i] are those of passage
// i. A question that is like an utterance, and asks for the same kind of thing, speaks
// for its passage. (R. Nogueira and others, “Document Expansion by Query Prediction”,
// 2019.)
func Build(passages []*corpus.Passage, utterances [][]string) *Index {
	x := &Index{terms: make(map[string]int32), names: map[int32]bool{}}
	x.docs = make([]document, len(passages))
	x.read(passages)
	x.invert()
	x.orderRoots()
	x.neighbours(passages)
	x.addUtterances(utterances)
	return x
}

// orderRoots fills byRoot: a table of roots would take as much memory as the words.
func (x *Index) orderRoots() {
	roots := make([]string, len(x.words))
	x.byRoot = make([]int32, len(x.words))
	for id, w := range x.words {
		roots[id], x.byRoot[id] = root(w), int32(id)
	}
	slices.SortFunc(x.byRoot, func(a, b int32) int {
		return cmp.Or(strings.Compare(roots[a], roots[b]), cmp.Compare(a, b))
	})
}

// kinOf returns the terms of a root.
func (x *Index) kinOf(of string) []int32 {
	start, _ := slices.BinarySearchFunc(x.byRoot, of, func(id int32, of string) int { return strings.Compare(root(x.words[id]), of) })
	end := start
	for end < len(x.byRoot) && root(x.words[x.byRoot[end]]) == of {
		end++
	}
	return x.byRoot[start:end]
}

func overlap(a, b corpus.Quote) bool {
	return a.Source() == b.Source() && a.Start() < b.End() && b.Start() < a.End()
}

// neighbours finds the passage before each in its block.
func (x *Index) neighbours(passages []*corpus.Passage) {
	for _, bl := range x.blocks {
		for i := bl.first; i < bl.last; i++ {
			for j := i - 1; j >= bl.first; j-- {
				if !overlap(passages[i].Quote, passages[j].Quote) {
					x.docs[i].before = uint8(i - j)
					break
				}
			}
		}
	}
}

// analysed is a passage's tokens and kinds, read by one of several goroutines.
type analysed struct {
	tokens []words.Token
	tells  asks.Set
}

// analyseAhead is how many passages are read at a time.
const analyseAhead = 4096

// read fills docs, blocks, terms, forward and df.
func (x *Index) read(passages []*corpus.Passage) {
	r := indexer{Index: x, passages: passages, sources: -1}
	buffer := make([]analysed, min(len(passages), analyseAhead))
	for from := 0; from < len(passages); from += analyseAhead {
		batch := passages[from:min(len(passages), from+analyseAhead)]
		analyse(batch, buffer)
		for k := range batch {
			r.add(int32(from+k), &buffer[k])
		}
	}
	x.df = append(x.df, make([]int32, max(0, len(x.words)-len(x.df)))...)[:len(x.words)]
	x.meanLength = float64(r.total) / float64(max(1, x.counted))
	x.meanBlock = float64(r.blockTotal) / float64(max(1, len(x.blocks)))
}

// indexer adds passages to an index, one after the other.
type indexer struct {
	*Index
	passages          []*corpus.Passage
	sources           int32   // the number of the source of the last passage
	seen              []int32 // per term, the passage it was last seen in, +1
	total, blockTotal int
}

// add adds passage i.
func (r *indexer) add(i int32, read *analysed) {
	p := r.passages[i]
	if i == 0 || r.passages[i-1].Quote.Source() != p.Quote.Source() {
		r.sources++
	}
	d := &r.docs[i]
	*d = document{forward: uint32(len(r.forward)), tells: read.tells, speaker: [2]int32{-1, -1}}
	for j := i - 1; j >= 0 && j >= i-4; j-- {
		if overlap(r.passages[j].Quote, p.Quote) {
			d.flags |= nested
		}
	}
	if p.Attribution.Spoken() {
		d.flags |= spoken
	}
	r.addTerms(i, p.Quote.Text(), read.tokens)
	if d.flags&nested == 0 {
		r.counted++
		r.total += int(d.length)
	}
	if p.Speaker != "" {
		named := words.Tokens(p.Speaker)
		for n, t := range named[max(0, len(named)-2):] {
			d.speaker[n] = r.id(t)
		}
	}
	r.addToBlock(i)
}

// addTerms adds the terms of passage i.
func (r *indexer) addTerms(i int32, text string, tokens []words.Token) {
	d := &r.docs[i]
	for n, t := range tokens {
		id := r.id(t)
		capital := uint64(0)
		if c := text[t.Start]; 'A' <= c && c <= 'Z' {
			capital = 1
			if n > 0 {
				r.names[id] = true
			}
		}
		r.forward = binary.AppendUvarint(r.forward, uint64(id)<<1|capital)
		if !function[t.Word] && d.length < math.MaxUint16 {
			d.length++
		}
		if int(id) >= len(r.seen) {
			r.seen = append(r.seen, make([]int32, int(id)+1-len(r.seen))...)
			r.df = append(r.df, make([]int32, len(r.seen)-len(r.df))...)
		}
		if r.seen[id] != i+1 && d.flags&nested == 0 {
			r.seen[id] = i + 1
			r.df[id]++
		}
	}
}

// addToBlock adds passage i to the block of the one before it, or to a new one.
func (r *indexer) addToBlock(i int32) {
	n := len(r.blocks)
	fits := n > 0 && r.blocks[n-1].source == r.sources && i-r.blocks[n-1].first < blockLength &&
		r.passages[r.blocks[n-1].first].Quote.Paragraph() == r.passages[i].Quote.Paragraph()
	if !fits {
		r.blocks = append(r.blocks, block{first: i, source: r.sources})
		n++
	}
	d, b := &r.docs[i], &r.blocks[n-1]
	b.last = i + 1
	if d.flags&nested == 0 {
		b.length += d.length
		r.blockTotal += int(d.length)
	}
	d.block = int32(n - 1)
}

// analyse reads the tokens and kinds of a batch on all processors.
func analyse(batch []*corpus.Passage, out []analysed) {
	var wg sync.WaitGroup
	workers := runtime.GOMAXPROCS(0)
	if len(batch) < 64 {
		workers = 1
	}
	for w := range workers {
		wg.Go(func() {
			for i := w; i < len(batch); i += workers {
				text := batch[i].Quote.Text()
				tokens := words.Tokens(text)
				out[i] = analysed{tokens, asks.SetOf(text, tokens)}
			}
		})
	}
	wg.Wait()
}

// id returns the number of a token's term, a new one if it is new.
func (x *Index) id(t words.Token) int32 {
	w := term(t)
	id, ok := x.terms[w]
	if !ok {
		id = int32(len(x.words))
		w = string([]byte(w)) // not a part of the article's text
		x.terms[w] = id
		x.words = append(x.words, w)
	}
	return id
}

// invert fills postings from forward.
func (x *Index) invert() {
	size := make([]uint32, len(x.words)+1)
	last := make([]int32, len(x.words)) // per term, its last block, +1
	x.blockDF = make([]int32, len(x.words))
	x.each(func(id, b int32) {
		if last[id] != b+1 {
			size[id] += uint32(uvarintLen(uint64(b + 1 - last[id])))
			last[id] = b + 1
			x.blockDF[id]++
		}
	})
	x.at = make([]uint32, len(x.words)+1)
	for t := range x.words {
		x.at[t+1] = x.at[t] + size[t]
	}
	x.postings = make([]byte, x.at[len(x.words)])
	copy(size, x.at)
	clear(last)
	x.each(func(id, b int32) {
		if last[id] != b+1 {
			size[id] += uint32(binary.PutUvarint(x.postings[size[id]:], uint64(b+1-last[id])))
			last[id] = b + 1
		}
	})
}

// each calls f for every term of every passage, and of its speaker.
func (x *Index) each(f func(term, block int32)) {
	for i, d := range x.docs {
		for terms := x.termsOf(i); len(terms) > 0; {
			id, n := binary.Uvarint(terms)
			terms = terms[n:]
			f(int32(id>>1), d.block)
		}
		for _, id := range d.speaker {
			if id >= 0 {
				f(id, d.block)
			}
		}
	}
}

// termsOf returns the terms of passage i, as varints.
func (x *Index) termsOf(i int) []byte {
	end := uint32(len(x.forward))
	if i+1 < len(x.docs) {
		end = x.docs[i+1].forward
	}
	return x.forward[x.docs[i].forward:end]
}

func uvarintLen(v uint64) int {
	n := 1
	for ; v >= 0x80; v >>= 7 {
		n++
	}
	return n
}

// idf is how telling a term is: near 0 for one that most passages have.
func (x *Index) idf(df int32) float64 {
	return math.Log(1 + (float64(x.counted)-float64(df)+0.5)/(float64(df)+0.5))
}
