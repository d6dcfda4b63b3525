package corpus

import (
	"fmt"
	"hash/fnv"
	"strconv"
)

// Quote is a run of a source, verbatim. It has no exported fields: only a
// loaded source makes one, and its text is cut from the source's bytes. The
// zero Quote is empty and belongs to no source.
type Quote struct {
	source     *Source
	start, end int
}

// IsZero reports whether q is the zero Quote.
func (q Quote) IsZero() bool { return q.source == nil }

// Text returns the exact bytes of the source from Start to End.
func (q Quote) Text() string {
	if q.source == nil {
		return ""
	}
	return q.source.text[q.start:q.end]
}

// Source returns the source that q was cut from, nil for the zero Quote.
func (q Quote) Source() *Source { return q.source }

// Start is the byte offset in the source at which q begins.
func (q Quote) Start() int { return q.start }

// End is the byte offset in the source right after q.
func (q Quote) End() int { return q.end }

// Paragraph counts the source's lines from 1, leaving out furniture and blank
// lines; it is the line on which q begins, 0 for the zero Quote.
func (q Quote) Paragraph() int {
	if q.source == nil {
		return 0
	}
	return q.source.paragraphAt(q.start) + 1
}

// InParagraph returns the paragraph that q begins in: what stands before q,
// and after it (q itself may reach beyond the paragraph; then after is empty).
func (q Quote) InParagraph() (before, after Quote) {
	if q.source == nil {
		return
	}
	p := q.source.paragraphs[q.source.paragraphAt(q.start)]
	before = Quote{q.source, p.Start, q.start}
	after = Quote{q.source, q.end, max(q.end, p.End)}
	return before, after
}

// Contains reports whether other is a run of the same source inside q.
func (q Quote) Contains(other Quote) bool {
	return q.source != nil && q.source == other.source && q.start <= other.start && other.end <= q.end
}

// Key names the span in a few characters (at most 40), for a button or a stored
// conversation; Corpus.Passage finds it again. It changes when the source's
// text does, so that a key never points at other words than it was made for.
func (q Quote) Key() string {
	if q.source == nil {
		return ""
	}
	return q.source.key + "." + strconv.Itoa(q.start) + "." + strconv.Itoa(q.end)
}

// sourceKey is the part of a Key that stands for a source.
func sourceKey(id, text string) string {
	h := fnv.New64a()
	h.Write([]byte(id))
	h.Write([]byte{0})
	h.Write([]byte(text))
	return fmt.Sprintf("%016x", h.Sum64())
}
