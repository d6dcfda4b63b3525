package adaptertest

import (
	"testing"

	"verbatim/adapters"
	"verbatim/state"
)

// Harness drives one adapter as a person would. A conversation is any word: the
// harness makes it a thread, a direct message or whatever the platform has, the
// same for the same word. All methods fail t where nothing comes back in time.
type Harness interface {
	// Say has a person say text and returns what the person then sees.
	Say(t *testing.T, conversation, text string) Shown
	// SayPrivately has a person ask so that nobody else sees the answer; false
	// where the platform knows no such way.
	SayPrivately(t *testing.T, conversation, text string) (Shown, bool)
	// Check has a person ask whether words were said.
	Check(t *testing.T, conversation, words string) Shown
	// Press has a person ("ann", "ben", …) press a control of what was shown and
	// returns what it leads to: what that person sees, and after Share what
	// everybody sees. It returns false where the platform has no such control.
	Press(t *testing.T, on Shown, c Control, person string) (Shown, bool)
}

// Control is something to press: one of the constants, or the text of a
// suggestion.
type Control string

// The controls of an answer.
const (
	InContext Control = "in context"
	Share     Control = "share"
	VoteUp    Control = "vote up"
	VoteDown  Control = "vote down"
)

// Shown is what a person sees of one answer: the platform's markup is undone, as
// the platform undoes it when it shows the message.
type Shown struct {
	// Text is all there is to read, in order: Quoted and Citations are in it too.
	Text string
	// Quoted are the texts that wear quotation styling as the answer or as the
	// nearest passage.
	Quoted []string
	// Citations are the lines that say where passages stand.
	Citations []string
	// Suggestions are the questions offered to ask next.
	Suggestions []string
	// Private: only the person who asked sees it.
	Private bool
	// Ref is the harness's own, to find the message again.
	Ref any
}

// Start starts an adapter for one run of the script and returns the harness that
// drives it. It stops it by t.Cleanup.
type Start func(t *testing.T, handler adapters.Handler, engine adapters.Engine, store state.Store) Harness
