package corpus

import (
	"fmt"
	"strings"
	"unicode/utf8"

	"verbatim/corpus/attribution"
)

// Attribution says whose words a passage is and how the source credits them.
type Attribution = attribution.Kind

const (
	// Direct: the speaker's own words: in quotation marks in the source, a turn of a
	// transcript, or a text that its author writes in the first person.
	Direct = attribution.Direct
	// Reported: the source tells in its own words what a speaker said.
	Reported = attribution.Reported
	// Article: the source's own statement.
	Article = attribution.Article
	// Others: words that the source credits to somebody unnamed, or to one of
	// several without saying which.
	Others = attribution.Others
)

// Passage is a run of a source with what a curator, or the reading of the
// source, knows about it.
type Passage struct {
	// ID is unique in its source.
	ID string
	// Quote is the passage's text.
	Quote Quote
	// Attribution and Speaker say who is credited; Speaker is empty for the
	// article's own words.
	Attribution Attribution
	Speaker     string
	// Words are the runs of the passage that somebody spoke, without their quotation
	// marks, in order: one for a whole quote, one for each part of a sentence that
	// is quoted, none where nothing is, or where a curator made the passage.
	Words []Quote
	// Unsure: Speaker is a pronoun or nobody is credited ("he", "somebody the
	// article does not name"): the words may be anybody's.
	Unsure bool
	// Frame is the line to show above the passage ("On the bridge, the mayor said:").
	Frame string
	// Tells maps a kind of thing (date, place, person, number, reason, …) to the
	// words of the passage that tell it; nil where nobody said.
	Tells map[string]string
	// About lists the ids of the subjects that the passage is about.
	About []string
	// Line is where the passage stands in curation.yaml, from 1; 0 where it was
	// read from the text.
	Line int
}

// Curated reports whether a curator made the passage; else it was read from the text.
func (p Passage) Curated() bool { return p.Line > 0 }

// Spoken reports whether the passage may wear quotation styling: it is somebody's own
// words. Reported speech and the article's statements may not, nor a sentence of the
// article that holds some words of others ("which some called a “gift”").
func (p Passage) Spoken() bool {
	if p.Attribution == Others {
		text := p.Quote.Text()
		first, _ := utf8.DecodeRuneInString(text)
		last, _ := utf8.DecodeLastRuneInString(text)
		return strings.ContainsRune("“\"«„‘'»", first) && strings.ContainsRune("”\"»“’'«", last) || len(p.Words) == 1 && p.Words[0] == p.Quote
	}
	return p.Attribution == Direct
}

// Citation is where a passage stands, in words that people read.
type Citation struct {
	// Attribution is the kind in words ("direct quote").
	Attribution string
	// Speaker is empty for the article's own words.
	Speaker string
	// Paragraph counts from 1.
	Paragraph int
	// Title is the source's title, or its id where it has none.
	Title string
	// Author, Publisher and Published are empty where the source does not tell them.
	Author, Publisher, Published string
}

// label is the attribution in words, which tells a sentence that holds spoken words (“I
// know,” she said) from a report without any.
func (p Passage) label() string {
	if p.Attribution == Reported && len(p.Words) > 0 {
		return "partly quoted"
	}
	return p.Attribution.Label()
}

// Citation returns where p stands.
func (p Passage) Citation() Citation {
	c := Citation{Attribution: p.label(), Speaker: p.Speaker, Paragraph: p.Quote.Paragraph()}
	if s := p.Quote.Source(); s != nil {
		c.Title = s.Title()
		c.Author, c.Publisher, c.Published = s.meta.Author, s.meta.Publisher, s.meta.Published
	}
	return c
}

// String is the citation on one line: kind · speaker · ¶ number · title, and
// author, publisher and date as far as they are known.
func (c Citation) String() string {
	parts := []string{c.Attribution}
	if c.Speaker != "" {
		parts = append(parts, c.Speaker)
	}
	parts = append(parts, fmt.Sprintf("¶ %d", c.Paragraph), c.Title)
	for _, known := range []string{c.Author, c.Publisher, c.Published} {
		if known != "" {
			parts = append(parts, known)
		}
	}
	return strings.Join(parts, " · ")
}
