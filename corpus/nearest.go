package corpus

import "verbatim/corpus/words"

// Nearest returns the run of the source that is closest to text, word by word,
// and how close it is: 1 for the same words, 0 for none in common; the zero
// Quote then. The run lies outside furniture and within one paragraph. See
// words.Align.
func (s *Source) Nearest(text string) (Quote, float64) {
	given := plain(words.Tokens(text))
	var best Quote
	var closest float64
	for _, p := range s.Paragraphs() {
		have := words.Tokens(p.Text())
		a := words.Align(given, plain(have))
		if c := a.Closeness(len(given)); c > closest && a.Start < a.End {
			best = Quote{s, p.start + have[a.Start].Start, p.start + have[a.End-1].End}
			closest = c
		}
	}
	return best, closest
}

func plain(tokens []words.Token) []string {
	out := make([]string, len(tokens))
	for i, t := range tokens {
		out[i] = t.Word
	}
	return out
}
