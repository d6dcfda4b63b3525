package answers

import (
	"strings"
	"unicode/utf8"

	"verbatim/corpus"
)

// Kind says what sort of answer an Answer is.
type Kind string

const (
	// Quote: one passage answers; it is first, passages that add to it may follow.
	Quote Kind = "quote"
	// List: several passages are the answer together.
	List Kind = "list"
	// Verdict: whether words were said, and by whom; see Answer.Verdict.
	Verdict Kind = "verdict"
	// NotCovered: the source does not say; Nearest may hold what comes closest.
	NotCovered Kind = "not_covered"
	// Clarify: two readings are equally likely; Suggestions hold the choices.
	Clarify Kind = "clarify"
	// Chat: greeting, thanks, help, who are you, what is this article.
	Chat Kind = "chat"
)

// Finding is what a check of words against the source found.
type Finding string

const (
	// Exact: the words stand in the source as they were given.
	Exact Finding = "exact"
	// Altered: the source has these words, but not quite; see Answer.Changes.
	Altered Finding = "altered"
	// Misattributed: the source has the words and credits somebody else.
	Misattributed Finding = "misattributed"
	// Reported: the source has the words, as its own report of what that person said.
	Reported Finding = "reported"
	// Supported: the source says what was claimed in other words.
	Supported Finding = "supported"
	// Contradicted: the source says otherwise, or another said it.
	Contradicted Finding = "contradicted"
	// Absent: nothing in the source settles it.
	Absent Finding = "absent"
)

// Question is what a person asked.
type Question struct {
	// Text is any text, as it was typed.
	Text string
	// Previous is the Turn of the answer before it in the same conversation; the
	// zero Turn where it stands alone.
	Previous Turn
	// Source is the id or title of the source to answer from; empty: of all. A text that
	// begins with the name of another (see question.Narrowed) goes before it, and so does
	// the source that the question before named where this one leans on it.
	Source string
}

// Turn is what the next question of a conversation needs to know of this one. It is
// stored as JSON for as long as the conversation lasts, and holds the question that was
// typed, cut to MaxTurnQuestion bytes: a question that leans on it cannot be read without.
type Turn struct {
	// Question is what was asked, or its beginning.
	Question string `json:"question,omitempty"`
	// Intent is the intent that was answered, or empty.
	Intent string `json:"intent,omitempty"`
	// Kind is the answer's kind.
	Kind Kind `json:"kind,omitempty"`
	// Shown are the keys of the passages shown as the answer, in order, and
	// Nearest of those shown as not the answer (see corpus.Quote.Key).
	Shown   []string `json:"shown,omitempty"`
	Nearest []string `json:"nearest,omitempty"`
	// Seen are the keys of all passages shown in the conversation, oldest first,
	// at most 50.
	Seen []string `json:"seen,omitempty"`
	// Asks is the kind of thing that was asked for, or empty.
	Asks string `json:"asks,omitempty"`
	// Source is the id of the source that the question named, or empty.
	Source string `json:"source,omitempty"`
	// Subjects are the ids of what was asked about.
	Subjects []string `json:"subjects,omitempty"`
}

// MaxTurnQuestion is the length in bytes to which a question is kept for the next one.
const MaxTurnQuestion = 200

// brief is the beginning of a text, at most n bytes, with its white space as single
// spaces.
func brief(text string, n int) string {
	text = strings.ToValidUTF8(text[:min(len(text), 4*n)], "")
	text = strings.Join(strings.Fields(text), " ")
	if len(text) > n {
		for n > 0 && !utf8.RuneStart(text[n]) {
			n--
		}
		text = text[:n]
	}
	return text
}

// Answer is what to say, as data; each platform renders it in its own way. All
// of it is plain text: a renderer escapes what its platform would read as
// markup.
type Answer struct {
	Kind Kind
	// Intent is the intent that was recognised, or empty.
	Intent string
	// Confidence is the probability that the answer is right, 0 to 1.
	Confidence float64
	// Lead is the line to show first: what is said about the quotes, or all there
	// is to say where there are none. It is never empty. For a Quote it is the
	// first passage's frame.
	Lead string
	// Quotes are the answer, the best first. Where there are several, each is
	// shown under its own Frame if that differs from Lead.
	Quotes []corpus.Passage
	// Finding is set on a Verdict.
	Finding Finding
	// Changes, on an altered quote, are the runs of the source's text and of the
	// given text in which they differ.
	Changes []Change
	// Nearest is what comes closest where nothing answers. It is shown labelled
	// as not an answer.
	Nearest []corpus.Passage
	// Suggestions are questions to ask next, each at most 75 characters and
	// answerable as it stands. On a Clarify they are the choices.
	Suggestions []string
	// Turn goes into the next Question of the conversation.
	Turn Turn
}

// Change is one difference between words that were given and the source.
type Change struct {
	// Given is what the person had, empty where they left something out.
	Given string
	// Source is what the source has, empty where the person added something.
	Source string
}

// About describes a corpus to somebody who has not asked yet.
type About struct {
	// Title is the source's title; with several sources, of the first.
	Title string
	// Sources is how many there are.
	Sources int
	// Welcome is one or two plain sentences: what can be asked, how answers are checked.
	Welcome string
	// KeyPoints are passages that sum the source up, at most 5; may be empty.
	KeyPoints []corpus.Passage
	// Questions are some to try, at most 8, each at most 75 characters.
	Questions []string
}
