package corpus

import (
	"strconv"
	"strings"

	"verbatim/corpus/words"
)

// read makes passages of a text that nobody curated, in text order:
//
//   - every sentence ("p3s2": the second sentence of paragraph 3), reported speech
//     where the text credits it to a speaker, else the article's own words;
//   - every direct quote that is not a sentence by itself ("p3q1"), after the
//     sentence that it begins in. A quote may run over several sentences.
//
// Nothing is taken for furniture: whether a line belongs to the article is a
// curator's to say.
func (s *Source) read() {
	r := newReading(s.text, s.paragraphs)
	for i, p := range s.paragraphs {
		text := s.text[p.Start:p.End]
		sentences := words.Sentences(text)
		speeches := r.speeches(i)
		id := func(kind byte, n int) string {
			return "p" + strconv.Itoa(i+1) + string(kind) + strconv.Itoa(n)
		}
		quotes := 0
		add := func(id string, span words.Span, attribution Attribution, speaker, frame string) {
			s.passages = append(s.passages, Passage{
				ID: id, Quote: Quote{s, p.Start + span.Start, p.Start + span.End},
				Attribution: attribution, Speaker: speaker, Frame: frame,
			})
		}
		for j, sentence := range sentences {
			attribution, speaker, frame := Article, "", "The article says:"
			covered := false // the sentence is a quote, or lies in one
			for _, sp := range speeches {
				if sp.Start <= sentence.Start && sentence.End <= sp.End && sp.attribution.Spoken() {
					attribution, speaker, frame = sp.attribution, sp.speaker, sp.frame()
					covered = true
					break
				}
				if sp.Start < sentence.End && sentence.Start < sp.End && sp.attribution != Others && attribution == Article {
					attribution, speaker = Reported, sp.speaker
					frame = "The article reports what " + Surname(speaker) + " said:"
				}
			}
			add(id('s', j+1), sentence, attribution, speaker, frame)
			for _, sp := range speeches {
				whole := covered && sp.Start == sentence.Start && sp.End == sentence.End
				if sp.attribution.Spoken() && !whole && sentence.Start <= sp.Start && sp.Start < sentence.End {
					quotes++
					add(id('q', quotes), sp.Span, sp.attribution, sp.speaker, sp.frame())
				}
			}
		}
	}
}

// frame is the line to show above a quote.
func (s speech) frame() string {
	switch {
	case s.attribution == Others:
		return "The article quotes " + s.speaker + ":"
	case s.wrote:
		return Surname(s.speaker) + " wrote:"
	}
	return Surname(s.speaker) + " said:"
}

// Surname is how a text calls somebody it has introduced: by the last name, where
// the full name is a person’s.
func Surname(speaker string) string {
	fields := strings.Fields(speaker)
	n := len(fields)
	for n > 1 && (generation[strings.ToLower(strings.Trim(fields[n-1], ".,"))]) {
		n--
	}
	if n < 2 || !personLike(fields[:n]) {
		return speaker
	}
	for _, f := range fields[:n-1] {
		if particles[strings.ToLower(f)] || regnal[f] {
			return speaker
		}
	}
	if regnal[fields[n-1]] {
		return speaker
	}
	return strings.Join(fields[n-1:], " ")
}

// personLike reports whether nothing in a name is a word of organisations or places.
func personLike(fields []string) bool {
	for _, f := range fields {
		w := strings.ToLower(strings.Trim(f, ".,’'"))
		if f != "" && (words.Organisation(w) || words.Place(w) && !words.GivenName(w)) || w == "the" {
			return false
		}
	}
	return true
}
