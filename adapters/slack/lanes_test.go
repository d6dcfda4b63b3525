package slack

import (
	"context"
	"slices"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"
)

func TestLanesKeepOrderAndBounds(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		l := newLanes(t.Context(), 100, 30, 4)
		var mu sync.Mutex
		var working, most atomic.Int32
		got := map[string][]int{}
		for i := range 20 {
			for _, lane := range []string{"a", "b", "c", "d", "e"} {
				if !l.add(lane, func(ctx context.Context) {
					most.Store(max(most.Load(), working.Add(1)))
					mu.Lock()
					got[lane] = append(got[lane], i)
					mu.Unlock()
					working.Add(-1)
					sleep(ctx, time.Second) // leaves its place to others
				}) {
					t.Fatalf("no room for task %d of %s", i, lane)
				}
			}
		}
		if l.add("f", func(context.Context) {}) {
			t.Error("there is room for more than 100")
		}
		began := time.Now()
		l.wait()
		if took := time.Since(began); took != 20*time.Second {
			t.Errorf("five lanes of twenty seconds took %s side by side", took)
		}
		for lane, order := range got {
			if len(order) != 20 || !slices.IsSorted(order) {
				t.Errorf("lane %s ran %v", lane, order)
			}
		}
		if most.Load() > 4 {
			t.Errorf("%d tasks worked at once, want 4 at most", most.Load())
		}
		if len(l.queues) != 0 || l.held != 0 {
			t.Errorf("%d lanes and %d tasks are left", len(l.queues), l.held)
		}
	})
}

func TestLaneDepth(t *testing.T) {
	l := newLanes(t.Context(), 100, 3, 4)
	hold := make(chan struct{})
	started := make(chan struct{})
	l.add("a", func(context.Context) { close(started); <-hold })
	<-started
	for i := range 3 {
		if !l.add("a", func(context.Context) {}) {
			t.Errorf("no room for task %d", i)
		}
	}
	if l.add("a", func(context.Context) {}) {
		t.Error("a lane takes more than its depth")
	}
	if !l.add("b", func(context.Context) {}) {
		t.Error("a full lane keeps others from theirs")
	}
	close(hold)
	l.wait()
}

func TestPace(t *testing.T) {
	p := pace{every: time.Second, next: map[string]time.Time{}}
	now := time.Now()
	for i, want := range []time.Duration{0, time.Second, 2 * time.Second} {
		if got := p.reserve("a", now); got != want {
			t.Errorf("place %d is %s away, want %s", i, got, want)
		}
	}
	p.posted("a", now.Add(2500*time.Millisecond)) // the third took half a second to arrive
	if got := p.reserve("a", now); got != 3500*time.Millisecond {
		t.Errorf("after a slow post the next is %s away", got)
	}
	if got := p.reserve("b", now); got != 0 {
		t.Errorf("another channel waits %s", got)
	}
	if got := p.reserve("a", now.Add(10*time.Second)); got != 0 {
		t.Errorf("after a pause it waits %s", got)
	}
	for i := range 2000 {
		p.reserve(string(rune('a'+i%26))+string(rune(i)), now.Add(time.Duration(i)*time.Second))
	}
	if len(p.next) > 1001 {
		t.Errorf("%d channels are remembered", len(p.next))
	}
}
