package state

import (
	"context"
	"errors"
	"testing"
	"time"
)

func TestWithin(t *testing.T) {
	t.Parallel()
	const d, step = 20 * time.Millisecond, time.Millisecond
	never := make(chan time.Time)
	always := make(chan time.Time)
	close(always)
	answer := func(ctx context.Context) (string, error) { return "answer", nil }

	if got, used, err := within(t.Context(), d, step, never, answer); got != "answer" || used != 0 || err != nil {
		t.Errorf("a call that works: %q, %s, %v", got, used, err)
	}
	mine := errors.New("mine")
	if _, _, err := within(t.Context(), d, step, never, func(context.Context) (int, error) { return 0, mine }); err != mine {
		t.Errorf("a call that fails: %v", err)
	}
	// Twice d passes by the clock, and none of it while the process runs.
	got, used, err := within(t.Context(), d, step, never, func(context.Context) (string, error) {
		time.Sleep(2 * d)
		return "late", nil
	})
	if got != "late" || used != 0 || err != nil {
		t.Errorf("a process that stood still: %q, %s, %v", got, used, err)
	}
	// The process runs, and the answer does not come.
	ended := make(chan error, 1)
	_, used, err = within(t.Context(), d, step, always, func(ctx context.Context) (string, error) {
		<-ctx.Done()
		ended <- ctx.Err()
		return "", ctx.Err()
	})
	if used != d || !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("a slow call: %s, %v", used, err)
	}
	if err := <-ended; err == nil {
		t.Error("a slow call goes on")
	}
	// It ends in any case.
	if _, _, err := within(t.Context(), d, step, never, func(ctx context.Context) (string, error) {
		<-ctx.Done()
		return "", ctx.Err()
	}); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("a process that stands still for long: %v", err)
	}
	defer func() {
		if p := recover(); p != "oh" {
			t.Errorf("a call that panics: %v", p)
		}
	}()
	_, _, _ = Within(t.Context(), d, func(context.Context) (int, error) { panic("oh") })
}
