package slack

import (
	"context"
	"time"

	"verbatim/state"
)

// vote writes a vote into the journal. The last one of a person on a message
// counts.
func (a *Adapter) vote(ctx context.Context, j job) error {
	vote, kind, intent, ok := readVote(j.Value)
	if !ok {
		return nil
	}
	return a.store.Append(ctx, state.Entry{At: time.Now().UTC(), What: "vote", Platform: Name, Kind: kind, Intent: intent,
		Person: j.person(), Subject: key(j.Team, j.Channel, j.Message), Vote: vote})
}
