package local

import (
	"context"
	"sync"

	"verbatim/adapters"
	"verbatim/answers"
)

// Mock is an adapter without a platform, for tests: what is said to it is
// answered at once by the handler, and kept. The zero Conversation is its own.
type Mock struct {
	Handler adapters.Handler

	mu   sync.Mutex
	said []Exchange
}

// Exchange is a message and what was answered.
type Exchange struct {
	Message adapters.Message
	Answer  answers.Answer
	// Text is the answer as a terminal shows it.
	Text string
}

// Name returns "local".
func (m *Mock) Name() string { return Name }

// Run waits for ctx to end: a Mock hears only what Say tells it.
func (m *Mock) Run(ctx context.Context) error {
	<-ctx.Done()
	return nil
}

// Say has a message answered.
func (m *Mock) Say(ctx context.Context, message adapters.Message) Exchange {
	if message.Platform == "" {
		message.Platform = Name
	}
	a := m.Handler.Handle(ctx, message)
	e := Exchange{message, a, Text(a)}
	m.mu.Lock()
	defer m.mu.Unlock()
	m.said = append(m.said, e)
	return e
}

// Said returns all exchanges so far, in the order in which they were answered.
func (m *Mock) Said() []Exchange {
	m.mu.Lock()
	defer m.mu.Unlock()
	return append([]Exchange(nil), m.said...)
}
