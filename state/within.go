package state

import (
	"context"
	"time"
)

const (
	// withinSteps is in how many steps Within counts: fine enough to be on time.
	withinSteps = 20
	// withinStalls is after how many times as long a call is given up in any case,
	// by the clock.
	withinStalls = 3
)

// Within calls f and waits up to d for it. It counts in steps, and a step that
// lasts longer than it should counts once: where the process was kept from running
// (a processor's quota, a machine that pauses) an answer that came meanwhile is
// still taken. It returns what f returned, or context.DeadlineExceeded, and how
// much of d was used. f gets a context that ends when Within returns; what it does
// after that is lost.
func Within[T any](ctx context.Context, d time.Duration, f func(context.Context) (T, error)) (T, time.Duration, error) {
	step := max(d/withinSteps, time.Millisecond)
	tick := time.NewTicker(step)
	defer tick.Stop()
	return within(ctx, d, step, tick.C, f)
}

// within is Within with a clock; each tick is a step.
func within[T any](ctx context.Context, d, step time.Duration, tick <-chan time.Time, f func(context.Context) (T, error)) (result T, used time.Duration, err error) {
	ctx, cancel := context.WithTimeout(ctx, withinStalls*d)
	defer cancel()
	type returned struct {
		result T
		err    error
		panic  any
	}
	done := make(chan returned, 1)
	go func() {
		var r returned
		defer func() {
			r.panic = recover()
			done <- r
		}()
		r.result, r.err = f(ctx)
	}()
	for used < d {
		select {
		case r := <-done:
			if r.panic != nil {
				panic(r.panic) // where it can be recovered from
			}
			return r.result, used, r.err
		case <-tick:
			used += step
		}
	}
	return result, used, context.DeadlineExceeded
}
