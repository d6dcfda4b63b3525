package corpus

import (
	"fmt"
	"strings"
	"unicode/utf8"
)

// Attribution says whose words a passage is and how the source credits them.
type Attribution string

const (
	// Direct: the speaker's own words, in quotation marks in the source.
	Direct Attribution = "direct"
	// Reported: the source tells in its own words what a speaker said.
	Reported Attribution = "reported"
	// Article: the source's own statement.
	Article Attribution = "article"
	// Others: words that the source credits to somebody unnamed.
	Others Attribution = "others"
)

// Valid reports whether a is one of the four kinds.
func (a Attribution) Valid() bool {
	return a == Direct || a == Reported || a == Article || a == Others
}

// Spoken reports whether it is of somebody's own words.
func (a Attribution) Spoken() bool { return a == Direct || a == Others }

// Label is the kind in words that people read.
func (a Attribution) Label() string {
	switch a {
	case Direct:
		return "direct quote"
	case Reported:
		return "reported speech"
	case Others:
		return "words credited to others"
	}
	return "the article’s words"
}

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
	// Frame is the line to show above the passage ("On the PC era, Zuckerberg said:").
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

// Spoken reports whether the passage may wear quotation styling: it is somebody's own
// words. Reported speech and the article's statements may not, nor a sentence of the
// article that holds some words of others ("which some called a “gift”").
func (p Passage) Spoken() bool {
	if p.Attribution == Others {
		first, _ := utf8.DecodeRuneInString(p.Quote.Text())
		return strings.ContainsRune("“\"«„‘'", first)
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
}

// Citation returns where p stands.
func (p Passage) Citation() Citation {
	c := Citation{Attribution: p.Attribution.Label(), Speaker: p.Speaker, Paragraph: p.Quote.Paragraph()}
	if s := p.Quote.Source(); s != nil {
		c.Title = s.Title()
	}
	return c
}

// String is the citation on one line: kind · speaker · ¶ number · title.
func (c Citation) String() string {
	parts := []string{c.Attribution}
	if c.Speaker != "" {
		parts = append(parts, c.Speaker)
	}
	parts = append(parts, fmt.Sprintf("¶ %d", c.Paragraph), c.Title)
	return strings.Join(parts, " · ")
}
