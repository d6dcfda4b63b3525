// Package state keeps what must outlive a message: which events were answered,
// what a conversation was about, who runs what, how often somebody asked, and
// the journal of what went unanswered.
//
// Open gives a Store: an embedded bbolt file for one process, or a Redis or
// Valkey that many share. The suite in statetest says what both must do.
package state

import (
	"context"
	"errors"
	"log/slog"
	"time"
)

// ErrNotFound: there is nothing under that key, or it has expired.
var ErrNotFound = errors.New("not found")

// Store keeps state, in one process or shared by many. All keys are opaque and
// not empty; all durations are positive, to the millisecond. All methods may be
// called from many goroutines and return promptly when ctx ends; whether the
// store then did what was asked is unknown.
type Store interface {
	// Claim takes an event for the caller: it is stored as pending until lease has
	// passed. Taken means that the caller answers it; Pending that somebody else
	// holds it; Done that it was answered. A pending claim whose lease ran out is
	// taken by whoever claims it next. The claim's own Holder is told Taken again,
	// with a new lease and the payload it gives: that is how a lease is renewed.
	Claim(ctx context.Context, c Claim, lease time.Duration) (Claimed, error)
	// Finish marks a claim as answered and forgets its payload. It stays known
	// until its Keep has passed. ErrNotFound where there is no such claim.
	Finish(ctx context.Context, key string) error
	// Abandoned takes up to max pending claims of a platform whose lease ran out,
	// each for the caller with a new lease and a new Holder. Their Keep is what is
	// left of it.
	Abandoned(ctx context.Context, platform string, max int, lease time.Duration) ([]Claim, error)

	// Conversation returns what was put under a conversation's key, or ErrNotFound.
	Conversation(ctx context.Context, key string) ([]byte, error)
	// SetConversation stores a conversation's turn; it expires after ttl.
	SetConversation(ctx context.Context, key string, turn []byte, ttl time.Duration) error

	// Allow counts one event under key and reports whether it is within limit. An
	// event that is not allowed is not counted.
	Allow(ctx context.Context, key string, limit Limit) (bool, error)

	// Lease takes or renews a named lease for owner, for d; false while another
	// owner holds it. The owner counts d from before it called.
	Lease(ctx context.Context, name, owner string, d time.Duration) (bool, error)
	// Release gives up a lease if owner holds it.
	Release(ctx context.Context, name, owner string) error

	// Keep keeps a value under a key, in place of what was there. It does not expire.
	Keep(ctx context.Context, key string, value []byte) error
	// Kept returns what is kept under a key, or ErrNotFound.
	Kept(ctx context.Context, key string) ([]byte, error)
	// KeptKeys returns the keys under which something is kept, in order.
	KeptKeys(ctx context.Context) ([]string, error)

	// Forget removes all that is in a space: see In. What is stored there meanwhile
	// may stay.
	Forget(ctx context.Context, space string) error

	// Append adds entries to the journal, all or, with an error, perhaps some.
	Append(ctx context.Context, entries ...Entry) error
	Journal

	// Salt returns the 32 random bytes with which this store's journal hashes
	// persons; they are made at the first call and stay the same.
	Salt(ctx context.Context) ([]byte, error)
	// Ping reports whether the store works.
	Ping(ctx context.Context) error

	Close() error
}

// Journal is read access to the journal.
type Journal interface {
	// Journal calls yield for each entry since a time, until yield returns false.
	// They come in the order in which they were stored, the oldest first; those of
	// one process are in order of time.
	Journal(ctx context.Context, since time.Time, yield func(Entry) bool) error
}

// Claimed is the outcome of a claim.
type Claimed int

const (
	Taken Claimed = iota + 1
	Pending
	Done
)

// String returns the outcome's name.
func (c Claimed) String() string {
	switch c {
	case Taken:
		return "taken"
	case Pending:
		return "pending"
	case Done:
		return "done"
	}
	return "unknown"
}

// Claim is one event to be answered once.
type Claim struct {
	// Key is unique to the event, the same at each redelivery.
	Key string
	// Platform is the adapter's name.
	Platform string
	// Payload is what the adapter needs to answer the event later, or elsewhere.
	// It may hold a platform's short-lived token and is never logged.
	Payload []byte
	// Keep is how long the claim is remembered in all, from when it was first
	// taken (Slack redelivers for some minutes; a Discord token lives for 15).
	Keep time.Duration
	// Holder says who takes the claim, and is unique to this taking; only so can it
	// be renewed. Where it is empty the store makes one up that nobody knows.
	Holder string
}

// String names the claim without its payload.
func (c Claim) String() string { return "claim " + c.Platform + " " + c.Key }

// GoString is String: a claim's payload is never printed.
func (c Claim) GoString() string { return c.String() }

// LogValue is the claim without its payload.
func (c Claim) LogValue() slog.Value { return slog.StringValue(c.String()) }

// Limit is a rate: Events in each window of Per. A window begins with the first
// event after the one before it is over.
type Limit struct {
	Events int
	Per    time.Duration
}

// Entry is one line of the journal.
type Entry struct {
	// At is when it happened, UTC; where it is zero, when it was stored.
	At time.Time `json:"at"`
	// What is "question" or "vote".
	What string `json:"what"`
	// Platform is the adapter's name.
	Platform string `json:"platform"`
	// Space is the space that the entry is in, "" where it is in none: see In.
	Space string `json:"space,omitempty"`
	// Text is the question, of a vote the one that was answered where the platform
	// tells it; empty where the journal is kept without text.
	Text string `json:"text,omitempty"`
	// Kind and Intent are the answer's; Confidence is from 0 to 1.
	Kind       string  `json:"kind,omitempty"`
	Intent     string  `json:"intent,omitempty"`
	Confidence float64 `json:"confidence,omitempty"`
	// Person is a salted hash of who asked or voted, the same for both.
	Person string `json:"person,omitempty"`
	// Subject of a vote is the key of the answer that was voted on (the message);
	// the last vote of a person on it counts.
	Subject string `json:"subject,omitempty"`
	// Vote is +1 or -1, 0 for a question or for a vote taken back.
	Vote int `json:"vote,omitempty"`
}
