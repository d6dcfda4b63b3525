package attribution

import "verbatim/corpus/words"

// Kind says whose words a run of text is and how the text credits them.
type Kind string

const (
	// Direct: the speaker's own words, in quotation marks in the source, in a turn
	// of a transcript, or in a text that its author writes in the first person.
	Direct Kind = "direct"
	// Reported: the source tells in its own words what a speaker said.
	Reported Kind = "reported"
	// Article: the source's own statement.
	Article Kind = "article"
	// Others: words that the source credits to somebody unnamed, or to one of
	// several without saying which.
	Others Kind = "others"
)

// Valid reports whether k is one of the four kinds.
func (k Kind) Valid() bool {
	return k == Direct || k == Reported || k == Article || k == Others
}

// Spoken reports whether it is of somebody's own words.
func (k Kind) Spoken() bool { return k == Direct || k == Others }

// Label is the kind in words that people read.
func (k Kind) Label() string {
	switch k {
	case Direct:
		return "direct quote"
	case Reported:
		return "reported speech"
	case Others:
		return "words credited to others"
	}
	return "the article’s words"
}

// Unnamed is the speaker of words in quotation marks that the text credits to nobody.
const Unnamed = "somebody the article does not name"

// TheAuthor is the speaker of a text in the first person that does not name its
// author.
const TheAuthor = "the author"

// Form is how a text gives a speech.
type Form int

const (
	// Quotation: whole sentences in quotation marks.
	Quotation Form = iota
	// Partial: a part of a sentence in quotation marks, within a sentence of the text.
	Partial
	// Report: a sentence that tells what somebody said.
	Report
	// Turn: what stands behind a speaker's name in a transcript.
	Turn
	// Authored: a text's own sentences, where its author writes in the first person.
	Authored
)

// Speech is a run of a text that the text credits to somebody. Offsets are bytes
// of the whole text.
type Speech struct {
	// Span is the run: a quotation with its marks, a sentence that reports, or a
	// turn without its speaker's name.
	words.Span
	// Words is what was spoken, without quotation marks; empty for a Report.
	Words words.Span
	Kind  Kind
	Form  Form
	// Speaker is the fullest name that the text has, or how the text calls
	// somebody it does not name ("some officials", "he").
	Speaker string
	// Unsure: the speaker is a pronoun or nobody is credited, so that any person
	// might be meant.
	Unsure bool
	// Wrote: the words were written.
	Wrote bool
}
