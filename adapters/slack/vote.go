package slack

import (
	"context"
	"time"

	"verbatim/state"
)

// vote writes a vote into the journal, with the question and the same key of the
// person as a question has. The last one of a person on a message counts.
func (a *Adapter) vote(ctx context.Context, j job) error {
	b, ok := readVote(j.Value)
	if !ok {
		return nil
	}
	return a.store.Append(ctx, state.Entry{At: time.Now().UTC(), What: "vote", Platform: Name, Text: b.question, Kind: b.kind, Intent: b.intent,
		Person: j.person(), Subject: key(j.Team, j.Channel, j.Message), Vote: b.vote})
}
