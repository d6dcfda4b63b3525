package corpus

import (
	"crypto/sha256"
	"sort"
	"strings"
	"sync"
	"unicode/utf8"

	"verbatim/corpus/attribution"
	"verbatim/corpus/words"
)

// Source is one text of a corpus with its passages and intents. It does not
// change after it is loaded.
type Source struct {
	id, key    string
	digest     [sha256.Size]byte // of text and curation
	text       string
	meta       Meta
	paragraphs []words.Span // without furniture and blank lines
	passages   []Passage
	intents    []Intent
	subjects   []Subject
	foreign    []string
	keyPoints  []Passage
	questions  []string
	public     bool // everybody may read the whole text
	curated    bool // passages are a curator's, not read from the text

	reading sync.Once // of who says what
	said    attribution.Result

	headings, furniture map[string]bool // lines, as source.yaml tells them
}

// Meta is what is known about a source as a whole. Fields that the source does
// not tell are empty.
type Meta struct {
	Title, Author, Publisher, URL, Published, Language string
}

// Subject is somebody or something that a source is about, with the ways that
// people name it.
type Subject struct {
	ID    string   `yaml:"id"`
	Names []string `yaml:"names"`
}

// Intent is a named thing that people ask.
type Intent struct {
	ID string
	// Passages answer it: the first is the answer, several make a list. Empty
	// for a NotCovered and for a Chat intent.
	Passages []Passage
	// NotCovered: people ask it, the source does not say.
	NotCovered bool
	// Nearest comes closest to a NotCovered intent.
	Nearest []Passage
	// Chat is the kind of small talk (greeting, thanks, help, …), or empty.
	Chat string
	// Asks is the kind of thing asked for (see Passage.Tells), or empty.
	Asks string
	// Subjects are the ids of what is asked about.
	Subjects []string
	// Drafted: the utterances were generated from the passage and nobody has
	// reviewed them. They help to find the passage, and are not learned from.
	Drafted bool
	// Utterances are example phrasings; there is at least one.
	Utterances []string
	// Line is where it stands in curation.yaml, from 1.
	Line  int
	lines []int // of the utterances
}

// UtteranceLine is where utterance i stands in curation.yaml, from 1.
func (in Intent) UtteranceLine(i int) int {
	if i < len(in.lines) {
		return in.lines[i]
	}
	return in.Line
}

// ID is the name of the source's folder.
func (s *Source) ID() string { return s.id }

// Text returns the source, byte for byte.
func (s *Source) Text() string { return s.text }

// Title returns the title that the curator gave or the source tells, else the id.
func (s *Source) Title() string {
	if s.meta.Title != "" {
		return s.meta.Title
	}
	return s.id
}

// Meta returns what is known about the source.
func (s *Source) Meta() Meta { return s.meta }

// Public reports whether everybody may read the whole text: source.yaml says so.
func (s *Source) Public() bool { return s.public }

// Heading reports whether a paragraph heads others, as source.yaml tells.
func (s *Source) Heading(paragraph Quote) bool { return s.headings[paragraph.Text()] }

// Curated reports whether a curator chose passages; where none is, they are read from
// the text.
func (s *Source) Curated() bool { return s.curated }

// Passages returns the curated passages in curation order, then those that were read from
// the text, in text order. The slice is shared: do not change it.
func (s *Source) Passages() []Passage { return s.passages }

// Intents returns the curated intents. The slice is shared: do not change it.
func (s *Source) Intents() []Intent { return s.intents }

// Subjects returns the curated subjects. The slice is shared: do not change it.
func (s *Source) Subjects() []Subject { return s.subjects }

// Foreign returns names that people ask about and the source does not mention.
func (s *Source) Foreign() []string { return s.foreign }

// KeyPoints returns the passages that sum the source up, as its curator chose
// them. The slice is shared: do not change it.
func (s *Source) KeyPoints() []Passage { return s.keyPoints }

// Questions returns questions to try, as the curator chose them, each at most
// MaxQuestion characters. The slice is shared: do not change it.
func (s *Source) Questions() []string { return s.questions }

// Paragraphs returns the source's lines without furniture and blank lines, in
// order; the quote at index i is paragraph i+1.
func (s *Source) Paragraphs() []Quote {
	out := make([]Quote, len(s.paragraphs))
	for i, p := range s.paragraphs {
		out[i] = Quote{s, p.Start, p.End}
	}
	return out
}

// paragraphAt returns the index of the paragraph that holds a byte offset, or
// the last that begins before it.
func (s *Source) paragraphAt(offset int) int {
	return max(0, sort.Search(len(s.paragraphs), func(i int) bool { return s.paragraphs[i].Start > offset })-1)
}

// quote makes a quote of a span outside furniture, or reports false.
func (s *Source) quote(start, end int) (Quote, bool) {
	if start < 0 || end > len(s.text) || start >= end || len(s.paragraphs) == 0 {
		return Quote{}, false
	}
	if !utf8.RuneStart(s.text[start]) || end < len(s.text) && !utf8.RuneStart(s.text[end]) {
		return Quote{}, false
	}
	at := s.paragraphAt(start)
	if start < s.paragraphs[at].Start || start >= s.paragraphs[at].End {
		return Quote{}, false
	}
	// A span may run over several paragraphs if nothing but white space, so no
	// furniture, lies between them.
	for ; end > s.paragraphs[at].End; at++ {
		if at+1 == len(s.paragraphs) || end <= s.paragraphs[at+1].Start ||
			strings.TrimSpace(s.text[s.paragraphs[at].End:s.paragraphs[at+1].Start]) != "" {
			return Quote{}, false
		}
	}
	return Quote{s, start, end}, true
}

// find returns the places outside furniture at which text occurs, in order.
func (s *Source) find(text string) []Quote {
	var found []Quote
	for from := 0; text != ""; {
		i := strings.Index(s.text[from:], text)
		if i < 0 {
			break
		}
		start := from + i
		if q, ok := s.quote(start, start+len(text)); ok {
			found = append(found, q)
		}
		from = start + 1
	}
	return found
}

// setParagraphs cuts the text into lines, leaving out blank lines and those
// that read like one of furniture, or of the furniture that source.yaml tells. It
// returns the furniture that did not occur.
func (s *Source) setParagraphs(furniture []string) (missing []string) {
	seen := make(map[string]bool, len(furniture))
	for _, f := range furniture {
		seen[strings.TrimSpace(f)] = false
	}
	for start := 0; start < len(s.text); {
		end := len(s.text)
		if i := strings.IndexByte(s.text[start:], '\n'); i >= 0 {
			end = start + i
		}
		line := s.text[start:end]
		trimmed := strings.TrimSpace(strings.TrimPrefix(line, "\ufeff"))
		if _, ok := seen[trimmed]; ok {
			seen[trimmed] = true
		} else if trimmed != "" && !s.furniture[trimmed] {
			at := start + strings.Index(line, trimmed)
			s.paragraphs = append(s.paragraphs, words.Span{Start: at, End: at + len(trimmed)})
		}
		start = end + 1
	}
	for _, f := range furniture {
		if !seen[strings.TrimSpace(f)] {
			missing = append(missing, f)
		}
	}
	return missing
}
