package corpus

import (
	"slices"
	"strconv"

	"verbatim/corpus/attribution"
	"verbatim/corpus/words"
)

// read makes passages of a text that nobody curated, in text order:
//
//   - every sentence ("p3s2": the second sentence of paragraph 3), reported speech
//     where the text credits it or a part of it to a speaker, else the article's own
//     words; a turn of a transcript begins after the speaker's name;
//   - every direct quote that is not a sentence by itself ("p3q1"), after the
//     sentence that it begins in. A quote may run over several sentences.
//
// Nothing is taken for furniture: whether a line belongs to the article is a
// curator's to say. No passage is made of a line that source.yaml calls a heading.
func (s *Source) read() {
	all := s.attributed().Speeches
	names := newNames(all)
	next := 0 // the first speech that may concern a paragraph
	for i, p := range s.paragraphs {
		for next < len(all) && all[next].End <= p.Start {
			next++
		}
		var here []attribution.Speech
		for _, sp := range all[next:] {
			if sp.Start >= p.End {
				break
			}
			here = append(here, sp)
		}
		if !s.headings[s.text[p.Start:p.End]] {
			s.readParagraph(i, here, names)
		}
	}
	s.passages = slices.Clone(s.passages) // without room for more
}

// readParagraph makes the passages of a paragraph, whose speeches are known.
func (s *Source) readParagraph(i int, speeches []attribution.Speech, names names) {
	p := s.paragraphs[i]
	quotes := 0
	for j, sentence := range words.Sentences(s.text[p.Start:p.End]) {
		sentence.Start, sentence.End = sentence.Start+p.Start, sentence.End+p.Start
		if sentence = afterLabel(sentence, speeches); sentence.Start >= sentence.End {
			continue
		}
		sentence = withQuotation(sentence, speeches)
		made := s.sentencePassage(sentence, speeches, names)
		made.ID = "p" + strconv.Itoa(i+1) + "s" + strconv.Itoa(j+1)
		s.passages = append(s.passages, made)
		for _, sp := range speeches {
			if !whole(sp) || sp.Start < sentence.Start || sp.Start >= sentence.End || sp.Span == sentence {
				continue
			}
			quotes++
			s.passages = append(s.passages, Passage{
				ID:    "p" + strconv.Itoa(i+1) + "q" + strconv.Itoa(quotes),
				Quote: Quote{s, sp.Start, sp.End}, Attribution: sp.Kind, Speaker: sp.Speaker, Unsure: sp.Unsure,
				Frame: names.frame(sp, sp.Kind), Words: []Quote{{s, sp.Words.Start, sp.Words.End}},
			})
		}
	}
}

// whole reports whether a speech is a quote by itself.
func whole(sp attribution.Speech) bool {
	return sp.Form == attribution.Quotation && sp.Kind.Spoken()
}

// afterLabel cuts the speaker's name off the first sentence of a turn. Where the name is
// a sentence by itself ("Mr. LUND."), nothing is left of it.
func afterLabel(sentence words.Span, speeches []attribution.Speech) words.Span {
	for _, sp := range speeches {
		if sp.Form == attribution.Turn && sentence.Start < sp.Start {
			sentence.Start = sp.Start
		}
	}
	return sentence
}

// longestShown is how many bytes a quotation of several sentences has at most that is shown
// whole with the sentence that it begins in.
const longestShown = 400

// withQuotation lets a sentence that breaks off inside a quotation that it introduces go on
// to the end of the quotation: He told me, "It is late. I go."
func withQuotation(sentence words.Span, speeches []attribution.Speech) words.Span {
	for _, sp := range speeches {
		if whole(sp) && sentence.Start < sp.Start && sp.Start < sentence.End && sentence.End < sp.End && sp.End-sp.Start <= longestShown {
			sentence.End = sp.End
		}
	}
	return sentence
}

// sentencePassage makes the passage of a sentence: somebody's own words where it
// lies in a speech, else a report where the text credits it or a part of it.
func (s *Source) sentencePassage(sentence words.Span, speeches []attribution.Speech, names names) Passage {
	p := Passage{Quote: Quote{s, sentence.Start, sentence.End}, Attribution: Article, Frame: "The article says:"}
	for _, sp := range speeches {
		if sp.End <= sentence.Start || sentence.End <= sp.Start {
			continue
		}
		if start, end := max(sp.Words.Start, sentence.Start), min(sp.Words.End, sentence.End); start < end {
			p.Words = append(p.Words, Quote{s, start, end})
		}
		covers := sp.Start <= sentence.Start && sentence.End <= sp.End
		switch {
		case covers && sp.Form != attribution.Partial && sp.Form != attribution.Report && !p.Attribution.Spoken():
			p.Attribution, p.Speaker, p.Unsure, p.Frame = sp.Kind, sp.Speaker, sp.Unsure, names.frame(sp, sp.Kind)
		case p.Attribution == Article || p.Attribution == Others && !sp.Unsure && sp.Kind != Others:
			p.Attribution, p.Speaker, p.Unsure = Reported, sp.Speaker, sp.Unsure
			if sp.Kind == Others {
				p.Attribution = Others
			}
			p.Frame = names.frame(sp, p.Attribution)
			switch {
			case p.Attribution == Reported && len(p.Words) > 0 && !p.Unsure:
				p.Frame = names.short(p.Speaker) + " said what stands between quotation marks:"
			case p.Attribution == Reported:
				p.Frame = "The article reports what " + names.short(p.Speaker) + " said:"
			}
		}
	}
	return p
}

// names tells by a surname how many speakers of a text have it.
type names map[string]int

func newNames(all []attribution.Speech) names {
	n, seen := names{}, map[string]bool{}
	for _, sp := range all {
		if !seen[sp.Speaker] {
			seen[sp.Speaker] = true
			n[Surname(sp.Speaker)]++
		}
	}
	return n
}

// short is a speaker's surname where no other speaker of the text has it, else the name.
func (n names) short(speaker string) string {
	if surname := Surname(speaker); n[surname] < 2 {
		return surname
	}
	return speaker
}

// frame is the line to show above a speech that a passage of a kind holds.
func (n names) frame(sp attribution.Speech, kind Attribution) string {
	switch {
	case sp.Speaker == attribution.TheAuthor:
		return "The author says:"
	case sp.Unsure:
		return "The article does not make clear who said this:"
	case kind == Others && sp.Form == attribution.Report:
		return "The article reports what " + sp.Speaker + " said:"
	case kind == Others:
		return "The article quotes " + sp.Speaker + ":"
	case sp.Wrote:
		return n.short(sp.Speaker) + " wrote:"
	}
	return n.short(sp.Speaker) + " said:"
}

// Surname is how a text calls somebody it has introduced: by the last name, where
// the full name is a person’s.
func Surname(speaker string) string { return attribution.Surname(speaker) }
