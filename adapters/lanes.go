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
	held   int
	tails  map[string]*tail
	closed bool
	done   sync.WaitGroup
}

// tail is the end of a lane: its last job, and how many there are in it.
type tail struct {
	last   chan struct{} // closed when that job is done
	length int
}

func newLanes(room, depth int) *lanes {
	return &lanes{room: room, depth: depth, tails: map[string]*tail{}}
}

// add has work done, after what was added before to the same lanes; without any it
// waits for nothing. It does not wait, and reports false where there is no room or all
// is to end. turn, which work calls, waits until it is first in all its lanes; it
// reports false where its context ends before.
func (l *lanes) add(names []string, work func(turn func(context.Context) bool)) bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.closed || l.held >= l.room {
		return false
	}
	for _, name := range names {
		if t := l.tails[name]; l.depth > 0 && t != nil && t.length >= l.depth {
			return false
		}
	}
	l.held++
	done := make(chan struct{})
	var before []chan struct{}
	for _, name := range names {
		t := l.tails[name]
		if t == nil {
			t = &tail{}
			l.tails[name] = t
		} else {
			before = append(before, t.last)
		}
		t.last = done
		t.length++
	}
	l.done.Go(func() {
		defer l.leave(names, done)
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

func (l *lanes) leave(names []string, done chan struct{}) {
	close(done)
	l.mu.Lock()
	defer l.mu.Unlock()
	l.held--
	for _, name := range names {
		if l.tails[name].length--; l.tails[name].length == 0 {
			delete(l.tails, name)
		}
	}
}

// close takes nothing more; what was taken goes on.
func (l *lanes) close() {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.closed = true
}

// wait returns when all jobs are done.
func (l *lanes) wait() { l.done.Wait() }
