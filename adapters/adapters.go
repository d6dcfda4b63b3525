// Package adapters says what a platform must do.
//
// An adapter is a server and a Handler is what it serves: the adapter hears a
// message, has the handler answer it, renders the answer and sends it, until
// its context ends. Metrics, logging, recovery and limits wrap the handler. Runtime is
// what adapters of platforms have in common, over what each does as a Driver.
package adapters

import (
	"context"

	"verbatim/answers"
	"verbatim/corpus"
)

// Message is one thing that a person said to the bot.
type Message struct {
	// ID is the platform's own id of the event, the same at each redelivery.
	ID string
	// Platform is the adapter's name.
	Platform string
	// Space is the space of the store that all that is stored of it is in (see
	// state.In): what is of one customer of many. Mostly empty.
	Space string
	// Conversation is an opaque key: messages with the same key are one
	// conversation, in order. Empty where the message stands alone.
	Conversation string
	// Branch is the key of a conversation that begins with this message and goes on
	// from where Conversation is then; mostly empty.
	Branch string
	// Person is an opaque key of who said it, unique on the platform.
	Person string
	// Text is what was said, as plain text: the platform's markup is undone and a
	// mention of the bot is taken out.
	Text string
	// Check means that Text is not a question but words to check against the
	// source ("did he say that?").
	Check bool
	// Source is the id or title of the source to answer from; empty: of all.
	Source string
	// Meant, where it is set, tells by the answer whether the message was put to the bot.
	// Of one that was not nothing is kept: not in the conversation, nor in the journal.
	Meant func(answers.Answer) bool
}

func (m Message) meant(a answers.Answer) bool { return m.Meant == nil || m.Meant(a) }

// Handler answers messages. It is called from many goroutines.
type Handler interface {
	Handle(ctx context.Context, m Message) answers.Answer
}

// HandlerFunc is a function as a Handler.
type HandlerFunc func(ctx context.Context, m Message) answers.Answer

// Handle calls f.
func (f HandlerFunc) Handle(ctx context.Context, m Message) answers.Answer { return f(ctx, m) }

// Engine is what adapters need of the answer engine; *answers.Engine is one.
type Engine interface {
	// Ask answers a question.
	Ask(q answers.Question) answers.Answer
	// Check says whether words stand in a source, and who said them. The answer
	// is a Verdict.
	Check(q answers.Question) answers.Answer
	// Complete returns up to n questions that can be asked, of a source where one is
	// given, and that a beginning, or what it means, leads to; the best first.
	Complete(beginning, source string, n int) []string
	// About describes a source by its id or title, or the corpus where there is none.
	About(source string) answers.About
	// Sources are those of the corpus, and Source is the one of an id or a title; the
	// error says that there is none.
	Sources() []*corpus.Source
	Source(name string) (*corpus.Source, error)
	// Passage finds a passage again by its quote's key; false where the corpus
	// has it no more.
	Passage(key string) (corpus.Passage, bool)
}

// Adapter is a platform's server.
type Adapter interface {
	// Name is the platform in lower case ("slack").
	Name() string
	// Run serves until ctx ends, then finishes what it has begun and returns nil.
	// It returns early only with an error that trying again cannot mend; the
	// error says what to fix and holds no secret.
	Run(ctx context.Context) error
}
