package discord

import (
	"context"
	"sync"
)

const (
	// maxInFlight is how many jobs are worked on at once. A job is some
	// milliseconds of work and some tenths of a second of waiting for Discord, so
	// that at 200 questions a second about 60 are under way; the rest is room for
	// Discord being slow.
	maxInFlight = 1024
	// maxNotes is how many people are told at once that the bot is busy.
	maxNotes = 64
)

// inFlight is what is being worked on: so many jobs at once, those of one queue one
// after the other, in the order in which they were heard.
type inFlight struct {
	slots chan struct{}
	group sync.WaitGroup

	mu     sync.Mutex
	tails  map[string]chan struct{} // the last job of each queue, closed when it is done
	closed bool
}

func newInFlight(room int) *inFlight {
	return &inFlight{slots: make(chan struct{}, room), tails: map[string]chan struct{}{}}
}

// add has work done, after what was added before to the same queues; without any it
// waits for nothing. It does not wait, and reports false where there is no room or all
// is to end. turn, which work calls, waits until it is first in all its queues.
func (f *inFlight) add(queues []string, work func(turn func(context.Context))) bool {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.closed {
		return false
	}
	select {
	case f.slots <- struct{}{}:
	default:
		return false
	}
	done := make(chan struct{})
	var before []chan struct{}
	for _, q := range queues {
		if tail := f.tails[q]; tail != nil {
			before = append(before, tail)
		}
		f.tails[q] = done
	}
	f.group.Go(func() {
		defer func() { <-f.slots }()
		defer f.leave(queues, done)
		work(func(ctx context.Context) {
			for _, b := range before {
				select {
				case <-b:
				case <-ctx.Done():
					return
				}
			}
		})
	})
	return true
}

func (f *inFlight) leave(queues []string, done chan struct{}) {
	close(done)
	f.mu.Lock()
	defer f.mu.Unlock()
	for _, q := range queues {
		if f.tails[q] == done {
			delete(f.tails, q)
		}
	}
}

// close takes nothing more; wait waits for what was taken.
func (f *inFlight) close() {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.closed = true
}

func (f *inFlight) wait() { f.group.Wait() }

// seen remembers the last ids it was told, a limited number of them.
type seen struct {
	mu   sync.Mutex
	ids  map[string]bool
	ring []string
	next int
}

// maxSeen covers what Discord may deliver again when a session is taken up: at
// 200 events a second more than a minute's.
const maxSeen = 16_384

func newSeen() *seen { return &seen{ids: map[string]bool{}, ring: make([]string, maxSeen)} }

// add reports whether id is new.
func (s *seen) add(id string) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.ids[id] {
		return false
	}
	delete(s.ids, s.ring[s.next])
	s.ids[id], s.ring[s.next] = true, id
	s.next = (s.next + 1) % len(s.ring)
	return true
}
