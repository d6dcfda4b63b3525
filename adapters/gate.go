package adapters

import (
	"context"
	"fmt"
	"time"

	"verbatim/state"
)

// Admission says what is to become of something that a person did.
type Admission int

const (
	// Admitted: it is answered.
	Admitted Admission = iota
	// TooMuch: the person is over the limit and is told so, in private; see Gate.Text.
	TooMuch
	// Ignored: the person is over the limit and was told.
	Ignored
)

// letters is how much more often than anything else the questions that complete
// what somebody types may be asked for: a question of some forty letters asks for
// them about ten times.
const letters = 10

// Gate lets each person of a platform do so much in a window of time, on all
// replicas together: ask, press, type. It protects a channel from a person who asks
// too much: that person is told once, in private, and then ignored until the window
// ends. The nil *Gate lets everything through.
type Gate struct {
	store    state.Store
	limit    state.Limit
	platform string
	signals  *Signals
}

// NewGate returns the gate of a platform, nil where limit has no events. signals may
// be nil.
func NewGate(store state.Store, limit state.Limit, platform string, signals *Signals) *Gate {
	if limit.Events < 1 {
		return nil
	}
	return &Gate{store: store, limit: limit, platform: platform, signals: signals}
}

// Enter counts one thing that a person did. It is called once for each, never for a
// repetition. While the store is away everybody is let through.
func (g *Gate) Enter(ctx context.Context, person string, costs Cost) Admission {
	if g == nil || person == "" || costs == Free {
		return Admitted
	}
	what, limit := "person", g.limit
	if costs == Typing {
		what, limit.Events = "typing", letters*limit.Events
	}
	if g.allow(ctx, what, person, limit) {
		return Admitted
	}
	g.signals.Limited()
	limit.Events++ // telling counts as one more, so that it is for the same window
	if costs == Typing || g.allow(ctx, what, person, limit) {
		return TooMuch
	}
	return Ignored
}

func (g *Gate) allow(ctx context.Context, what, person string, limit state.Limit) bool {
	ok, _, err := state.Within(ctx, stateWait, func(ctx context.Context) (bool, error) {
		return g.store.Allow(ctx, what+" "+g.platform+" "+person, limit)
	})
	return err != nil || ok
}

// Text is what a person is told who is over the limit.
func (g *Gate) Text() string {
	return fmt.Sprintf("That was a lot at once: I answer up to %d questions in %s. Please ask again in a while.", g.limit.Events, spoken(g.limit.Per))
}

// spoken is a duration as one says it.
func spoken(d time.Duration) string {
	for _, u := range []struct {
		d    time.Duration
		name string
	}{{time.Hour, "hour"}, {time.Minute, "minute"}, {time.Second, "second"}} {
		if n := d / u.d; n*u.d == d && n > 0 {
			if n == 1 {
				return "one " + u.name
			}
			return fmt.Sprintf("%d %ss", n, u.name)
		}
	}
	return d.String()
}
