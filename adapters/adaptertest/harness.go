package adaptertest

import (
	"testing"
	"time"

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
	// Point has a person pass on a message of somebody else's that says words, with a
	// remark of their own, and returns what the person then sees; false where the
	// platform knows no such way.
	Point(t *testing.T, conversation, words, remark string) (Shown, bool)
	// Directly has a person say text alone with the bot and returns what the person then
	// sees; false where the platform has no direct messages.
	Directly(t *testing.T, person, text string) (Shown, bool)
	// All has a person say text and returns everything that anybody is shown for it,
	// also nothing; false where the harness cannot tell.
	All(t *testing.T, conversation, person, text string) ([]Shown, bool)
	// PressTwice is Press with a double click; it returns everything that anybody is
	// shown for it.
	PressTwice(t *testing.T, on Shown, c Control, person string) ([]Shown, bool)
	// Refuse has the platform let the bot post nothing more where a conversation is;
	// false where a platform cannot.
	Refuse(t *testing.T, conversation string) bool
	// Fails has something go wrong when the next answer is sent; false where it cannot.
	Fails(t *testing.T, f Fault) bool
	// Use has a person who may give the place of a conversation an article of its own, by
	// its title; false where the platform has no such places.
	Use(t *testing.T, conversation, title string) bool
	// Twice has a person say text, which the platform delivers twice, and returns
	// everything that anybody is shown for it.
	Twice(t *testing.T, conversation, text string) ([]Shown, bool)
	// Revoked has the platform take back the bot's credentials while it runs, and a person
	// say text, and returns what the adapter's Run ends with; false where there are none.
	Revoked(t *testing.T, conversation, text string) (error, bool)
	// Asks has a person say text, as an answer to what was said before where follow is set,
	// without another sign that it is for the bot, and does not wait; false where the
	// platform knows no such way.
	Asks(t *testing.T, conversation, text string, follow bool) bool
	// Shares has a person press Share on what was shown to them, and does not wait.
	Shares(t *testing.T, on Shown)
	// Interrupted has something done and ends the adapter in the midst of it; then it starts
	// another with the same store, on a platform that works. When that has settled it returns
	// everything that anybody was shown since the beginning; false where it cannot.
	Interrupted(t *testing.T, do, settled func()) ([]Shown, bool)
	// Left claims what a person says, one after the other, as somebody leaves it who dies
	// at once, and returns what is shown for it, as much as was said; false where it cannot.
	Left(t *testing.T, conversation string, texts ...string) ([]Shown, bool)
}

// Plain is the part of a Harness that not every platform has: its methods say that this
// one has it not.
type Plain struct{}

func (Plain) SayPrivately(*testing.T, string, string) (Shown, bool)         { return Shown{}, false }
func (Plain) Press(*testing.T, Shown, Control, string) (Shown, bool)        { return Shown{}, false }
func (Plain) Point(*testing.T, string, string, string) (Shown, bool)        { return Shown{}, false }
func (Plain) Directly(*testing.T, string, string) (Shown, bool)             { return Shown{}, false }
func (Plain) All(*testing.T, string, string, string) ([]Shown, bool)        { return nil, false }
func (Plain) PressTwice(*testing.T, Shown, Control, string) ([]Shown, bool) { return nil, false }
func (Plain) Refuse(*testing.T, string) bool                                { return false }
func (Plain) Fails(*testing.T, Fault) bool                                  { return false }
func (Plain) Use(*testing.T, string, string) bool                           { return false }
func (Plain) Twice(*testing.T, string, string) ([]Shown, bool)              { return nil, false }
func (Plain) Revoked(*testing.T, string, string) (error, bool)              { return nil, false }
func (Plain) Asks(*testing.T, string, string, bool) bool                    { return false }
func (Plain) Shares(*testing.T, Shown)                                      {}
func (Plain) Interrupted(*testing.T, func(), func()) ([]Shown, bool)        { return nil, false }
func (Plain) Left(*testing.T, string, ...string) ([]Shown, bool)            { return nil, false }

// Bot is what an adapter is started with.
type Bot struct {
	Handler adapters.Handler
	Engine  adapters.Engine
	Store   state.Store
	// Limit is how much each person may do in a window; without events there is none.
	Limit state.Limit
	// Grace is how long what has begun may go on when the adapter is to end; 0: some tenths
	// of a second.
	Grace time.Duration
}

// Fault is what goes wrong once when an answer is sent.
type Fault string

const (
	OtherForm   Fault = "the platform does not take its form"
	Gone        Fault = "what it stood in, or the way to answer it, is gone"
	Busy        Fault = "the platform asks to wait"
	Down        Fault = "the platform fails, and takes nothing"
	Unconfirmed Fault = "the platform takes it and does not say so"
	// These last, so that the adapter can be ended in the midst of it.
	Closed      Fault = "the platform asks to wait for long"
	Silent      Fault = "the platform does not answer, and takes nothing"
	SilentTaken Fault = "the platform does not answer, and takes it"
)

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
	// Private: only one person sees it.
	Private bool
	// Ref is the harness's own, to find the message again.
	Ref any
}

// Start starts an adapter for one run of the script and returns the harness that
// drives it. It stops it by t.Cleanup.
type Start func(t *testing.T, b Bot) Harness
