package adapters

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"math/rand/v2"
	"time"
)

// Outcome is what became of a call of a platform.
type Outcome int

const (
	// Refused: the platform said no, and would again.
	Refused Outcome = iota + 1
	// TooMany: it asks to slow down.
	TooMany
	// Unsent: the call surely had no effect; it may be made again.
	Unsent
	// Uncertain: it may have taken effect.
	Uncertain
	// NoTime: there was no time to make it, or to make it again where it may be made twice.
	NoTime
)

// Failure is why a call of a platform failed. It holds no secret.
type Failure struct {
	Outcome Outcome
	// After is how long the platform asks to wait, else 0.
	After time.Duration
	Err   error
}

func (f *Failure) Error() string {
	if f.Outcome == Uncertain {
		return "whether it was taken is not known: " + f.Err.Error()
	}
	return f.Err.Error()
}

// Unwrap returns what went wrong.
func (f *Failure) Unwrap() error { return f.Err }

// OutcomeOf is the outcome that an error tells of, 0 where it tells of none.
func OutcomeOf(err error) Outcome {
	var f *Failure
	if errors.As(err, &f) {
		return f.Outcome
	}
	return 0
}

const (
	// firstRetry is the wait before the first repetition of a call; it doubles from one
	// to the next up to lastRetry. Half of each is chance, so that many do not come back
	// together.
	firstRetry = 100 * time.Millisecond
	lastRetry  = 5 * time.Second
	// tellAfter bounds the repetitions where the context does not: whoever asks is told
	// after so long that the platform cannot be reached, and tells the operator.
	tellAfter = 10 * time.Second
)

// Repeat makes a call of a platform, whose errors are Failures, until it succeeds, is
// refused, or ctx ends; where that has no deadline, for ten seconds. A call that may
// have taken effect is made again only where it may be made twice. The wait that the
// platform asks for is kept to, unless there is no time for it.
func (s *Signals) Repeat(ctx context.Context, twice bool, call func(context.Context) error) error {
	if _, ok := ctx.Deadline(); !ok {
		var cancel context.CancelFunc
		ctx, cancel = context.WithTimeout(ctx, tellAfter)
		defer cancel()
	}
	for wait := firstRetry; ; wait = min(2*wait, lastRetry) {
		err := call(ctx)
		var f *Failure
		if !errors.As(err, &f) || f.Outcome == Refused || f.Outcome == NoTime || f.Outcome == Uncertain && !twice {
			return err
		}
		if f.Outcome == TooMany {
			s.Count(CountRateLimited)
		}
		pause := Jitter(wait)
		if f.After > 0 {
			pause = max(pause, f.After+rand.N(f.After/8+1))
		}
		if end, ok := ctx.Deadline(); ok && time.Until(end) < pause || !Sleep(ctx, pause) {
			return &Failure{NoTime, 0, fmt.Errorf("%w, and there is no time for another attempt", f.Err)}
		}
		s.Count(CountRetried)
	}
}

// Backoff is the wait before trying again: it doubles from First up to Last, and half of
// it is chance.
type Backoff struct{ First, Last, next time.Duration }

// Wait returns the next wait.
func (b *Backoff) Wait() time.Duration {
	d := max(b.First, b.next)
	b.next = min(2*d, b.Last)
	return Jitter(d)
}

// Early reports whether the next wait is hardly longer than the first.
func (b *Backoff) Early() bool { return b.next <= 2*b.First }

// Reset begins anew.
func (b *Backoff) Reset() { b.next = 0 }

// Final is an error that trying again cannot mend.
type Final struct{ Err error }

func (f Final) Error() string { return f.Err.Error() }

// Persist makes a call until it succeeds or ctx ends, and then returns nil, or until the
// call returns a Final, whose error it returns. It logs a message for each that fails.
func Persist(ctx context.Context, log *slog.Logger, message string, wait Backoff, call func() error) error {
	for {
		err := call()
		if final, ok := err.(Final); ok {
			return final.Err
		}
		if err == nil || ctx.Err() != nil {
			return nil
		}
		pause := wait.Wait()
		log.Warn(message, "error", err, "wait", pause.Round(time.Millisecond))
		if !Sleep(ctx, pause) {
			return nil
		}
	}
}

// Jitter is a random duration between half of d and d, so that many do not come back
// together.
func Jitter(d time.Duration) time.Duration { return d/2 + rand.N(d/2+1) }

// Sleep waits; false where ctx ended first.
func Sleep(ctx context.Context, d time.Duration) bool {
	if d <= 0 {
		return ctx.Err() == nil
	}
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-t.C:
		return true
	case <-ctx.Done():
		return false
	}
}
