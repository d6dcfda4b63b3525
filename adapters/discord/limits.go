package discord

import (
	"context"
	"sync"
	"time"
)

// limits are Discord's rate limits as its responses tell them. A limit is
// forgotten once its window is over, so that they take no memory for channels
// that were written to long ago.
type limits struct {
	mu      sync.Mutex
	buckets map[string]*bucket
	global  time.Time // until when nothing may be sent
	sweepAt int       // the number of buckets at which old ones are dropped
}

type bucket struct {
	remaining int
	reset     time.Time
}

// minSweep is the number of buckets below which looking for old ones is not
// worth it.
const minSweep = 256

func newLimits() *limits { return &limits{buckets: map[string]*bucket{}, sweepAt: minSweep} }

// wait waits until a request to a route may be sent, or ctx ends.
func (l *limits) wait(ctx context.Context, route string) error {
	for {
		d := l.take(route)
		if d <= 0 {
			return ctx.Err()
		}
		if deadline, ok := ctx.Deadline(); ok && time.Until(deadline) < d {
			return context.DeadlineExceeded
		}
		if !sleep(ctx, d) {
			return ctx.Err()
		}
	}
}

// take counts a request, or returns how long to wait before trying again.
func (l *limits) take(route string) time.Duration {
	l.mu.Lock()
	defer l.mu.Unlock()
	if d := time.Until(l.global); d > 0 {
		return d
	}
	b := l.buckets[route]
	switch {
	case b == nil:
		return 0
	case !time.Now().Before(b.reset):
		delete(l.buckets, route) // what its window is now the response will say
		return 0
	case b.remaining <= 0:
		return time.Until(b.reset)
	}
	b.remaining--
	return 0
}

// learn takes in what a response said.
func (l *limits) learn(route string, m meta) {
	l.mu.Lock()
	defer l.mu.Unlock()
	now := time.Now()
	switch {
	case m.retryAfter > 0 && m.global:
		l.global = now.Add(m.retryAfter)
	case m.retryAfter > 0:
		l.buckets[route] = &bucket{0, now.Add(m.retryAfter)}
	case m.limited && route != "":
		// Requests under way have been counted here and not yet there.
		b := l.buckets[route]
		if b == nil || !now.Before(b.reset) {
			l.buckets[route] = &bucket{m.remaining, now.Add(m.resetAfter)}
		} else {
			b.remaining, b.reset = min(b.remaining, m.remaining), now.Add(m.resetAfter)
		}
	}
	if len(l.buckets) >= l.sweepAt {
		for key, b := range l.buckets {
			if !now.Before(b.reset) {
				delete(l.buckets, key)
			}
		}
		l.sweepAt = max(minSweep, 2*len(l.buckets))
	}
}

// sleep waits; false where ctx ended first.
func sleep(ctx context.Context, d time.Duration) bool {
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-t.C:
		return true
	case <-ctx.Done():
		return false
	}
}
