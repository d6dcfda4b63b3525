package workspaces

import (
	"context"
	"errors"
	"sync"
	"time"

	"verbatim/adapters"
	"verbatim/adapters/slack"
	"verbatim/state"
)

const (
	// takeUpEvery is how often it is looked for what was left: as often as an adapter
	// of one workspace does.
	takeUpEvery = adapters.DefaultLease / 5
	// maxTakenUp is how many claims that were left are taken at a time, for all
	// workspaces together.
	maxTakenUp = 64
	// startTime is how long a request, or a claim, waits for its workspace's adapter.
	startTime = 2 * time.Second
)

// left are claims that were left, by a replica that is gone or for want of Slack, until
// the adapter of their workspace asks for them.
type left struct {
	mu     sync.Mutex
	claims map[string][]leftClaim
}

type leftClaim struct {
	state.Claim
	until time.Time // when others may take it
}

func (l *left) add(id string, c leftClaim) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.claims[id] = append(l.claims[id], c)
}

// take takes up to max claims of a workspace that are still ours.
func (l *left) take(id string, max int) []state.Claim {
	l.mu.Lock()
	defer l.mu.Unlock()
	var out []state.Claim
	rest := l.claims[id]
	for len(rest) > 0 && len(out) < max {
		if time.Now().Before(rest[0].until) {
			out = append(out, rest[0].Claim)
		}
		rest = rest[1:]
	}
	if l.claims[id] = rest; len(rest) == 0 {
		delete(l.claims, id)
	}
	return out
}

// takeUp takes claims that were left, of whatever workspace, and wakes the adapters
// that are to do them. One look into the store serves all workspaces, however many.
func (a *Adapter) takeUp(ctx context.Context) {
	claims, err := a.store.Abandoned(ctx, slack.Name, maxTakenUp, adapters.DefaultLease)
	if err != nil {
		return // the store tells
	}
	until := time.Now().Add(adapters.DefaultLease)
	wake := map[string]bool{}
	for _, c := range claims {
		id, key, ok := state.CutSpace(c.Key)
		if !ok {
			continue // of a bot for one workspace, on the same store
		}
		c.Key = key
		a.left.add(id, leftClaim{c, until})
		wake[id] = true
	}
	for id := range wake {
		one, cancel := context.WithTimeout(ctx, startTime)
		if _, err := a.serving(one, id); errors.Is(err, errNotInstalled) || errors.Is(err, errDead) {
			a.left.take(id, maxTakenUp)
		}
		cancel()
	}
}

// view is a workspace's part of the store.
type view struct {
	state.Store
	id   string
	left *left
}

// Abandoned returns what takeUp has taken for the workspace.
func (v view) Abandoned(_ context.Context, _ string, max int, _ time.Duration) ([]state.Claim, error) {
	return v.left.take(v.id, max), nil
}
