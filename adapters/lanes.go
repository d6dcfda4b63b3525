package adapters

import (
	"context"
	"sync"
)

// lanes has jobs done side by side, those of one lane one after the other in the order
// in which they came. A job may be in several lanes.
type lanes struct {
	room  int // how many jobs there may be in all
	depth int // and in one lane; 0: as many as in all

	mu     sync.Mutex
	held   counts
	tails  map[string]*tail
	closed bool
	done   sync.WaitGroup
}

// tail is the end of a lane: its last job, and how many there are in it.
type tail struct {
	last   chan struct{} // closed when that job is done
	length counts
}

// counts are how many jobs there are, by whether they are talk: what was overheard has as
// much room of its own as what was asked, so that neither keeps the other out.
type counts map[bool]int

func newLanes(room, depth int) *lanes {
	return &lanes{room: room, depth: depth, held: counts{}, tails: map[string]*tail{}}
}

// add has work done, after what was added before to the same lanes; without any it
// waits for nothing. It does not wait, and reports false where there is no room or all
// is to end. turn, which work calls, waits until it is first in all its lanes; it
// reports false where its context ends before. talk: it was overheard.
func (l *lanes) add(names []string, talk bool, work func(turn func(context.Context) bool)) bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.closed || l.held[talk] >= l.room {
		return false
	}
	for _, name := range names {
		if t := l.tails[name]; l.depth > 0 && t != nil && t.length[talk] >= l.depth {
			return false
		}
	}
	l.held[talk]++
	done := make(chan struct{})
	var before []chan struct{}
	for _, name := range names {
		t := l.tails[name]
		if t == nil {
			t = &tail{length: counts{}}
			l.tails[name] = t
		} else {
			before = append(before, t.last)
		}
		t.last = done
		t.length[talk]++
	}
	l.done.Go(func() {
		defer l.leave(names, talk, done)
		work(func(ctx context.Context) bool {
			for _, b := range before {
				select {
				case <-b:
				case <-ctx.Done():
					return false
				}
			}
			return ctx.Err() == nil
		})
	})
	return true
}

func (l *lanes) leave(names []string, talk bool, done chan struct{}) {
	close(done)
	l.mu.Lock()
	defer l.mu.Unlock()
	l.held[talk]--
	for _, name := range names {
		length := l.tails[name].length
		if length[talk]--; length[true]+length[false] == 0 {
			delete(l.tails, name)
		}
	}
}

// idle reports whether there is no job.
func (l *lanes) idle() bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.held[true]+l.held[false] == 0
}

// close takes nothing more; what was taken goes on.
func (l *lanes) close() {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.closed = true
}

// wait returns when all jobs are done.
func (l *lanes) wait() { l.done.Wait() }
