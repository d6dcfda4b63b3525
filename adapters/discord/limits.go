package discord

import (
	"context"
	"maps"
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

// bucket is how many requests may be sent until reset. Of one that is not known, a
// single request finds it out: told is closed when its response is there, at the latest
// at reset, and until then nothing else is sent.
type bucket struct {
	remaining int
	reset     time.Time
	told      chan struct{} // nil where it is known
}

// minSweep is the number of buckets below which looking for old ones is not
// worth it.
const minSweep = 256

func newLimits() *limits { return &limits{buckets: map[string]*bucket{}, sweepAt: minSweep} }

// wait waits until a request to a route may be sent, or ctx ends.
func (l *limits) wait(ctx context.Context, route string) error {
	for ctx.Err() == nil {
		d, told := l.take(route)
		if d <= 0 {
			return nil
		}
		if deadline, ok := ctx.Deadline(); ok && told == nil && time.Until(deadline) < d {
			return context.DeadlineExceeded
		}
		t := time.NewTimer(d)
		select {
		case <-t.C:
		case <-told:
		case <-ctx.Done():
		}
		t.Stop()
	}
	return ctx.Err()
}

// take counts a request, or returns how long to wait before trying again, or until told
// is closed.
func (l *limits) take(route string) (d time.Duration, told chan struct{}) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if d := time.Until(l.global); d > 0 {
		return d, nil
	}
	b := l.buckets[route]
	switch {
	case b == nil || !time.Now().Before(b.reset):
		l.buckets[route] = &bucket{0, time.Now().Add(requestTime), make(chan struct{})}
		return 0, nil
	case b.remaining <= 0:
		return time.Until(b.reset), b.told
	}
	b.remaining--
	return 0, nil
}

// learn takes in what a response said.
func (l *limits) learn(route string, m meta) {
	l.mu.Lock()
	defer l.mu.Unlock()
	now := time.Now()
	b := l.buckets[route]
	if b != nil && b.told != nil {
		close(b.told)
		delete(l.buckets, route)
		b = nil
	}
	switch {
	case m.retryAfter > 0 && m.global:
		l.global = now.Add(m.retryAfter)
	case m.retryAfter > 0:
		l.buckets[route] = &bucket{0, now.Add(m.retryAfter), nil}
	case m.limited && route != "":
		// Requests under way have been counted here and not yet there.
		if b == nil || !now.Before(b.reset) {
			l.buckets[route] = &bucket{m.remaining, now.Add(m.resetAfter), nil}
		} else {
			b.remaining, b.reset = min(b.remaining, m.remaining), now.Add(m.resetAfter)
		}
	}
	if len(l.buckets) >= l.sweepAt {
		maps.DeleteFunc(l.buckets, func(_ string, b *bucket) bool { return !now.Before(b.reset) })
		l.sweepAt = max(minSweep, 2*len(l.buckets))
	}
}
