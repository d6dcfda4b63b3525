package adapters

import (
	"context"
	"slices"
	"sync"
	"testing"
	"testing/synctest"
	"time"
)

func TestLanesKeepOrderAndBounds(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		l := newLanes(100, 30)
		var mu sync.Mutex
		got := map[string][]int{}
		add := func(i int, names ...string) bool {
			return l.add(names, false, func(turn func(context.Context) bool) {
				if !turn(t.Context()) {
					t.Error("there is no turn")
				}
				mu.Lock()
				for _, name := range names {
					got[name] = append(got[name], i)
				}
				mu.Unlock()
				time.Sleep(time.Second)
			})
		}
		for i := range 20 {
			for _, lane := range []string{"a", "b", "c"} {
				if !add(i, lane) {
					t.Fatalf("no room for job %d of %s", i, lane)
				}
			}
		}
		if !add(20, "a", "b") || !add(21, "b", "c") {
			t.Fatal("no room for a job in two lanes")
		}
		began := time.Now()
		l.wait()
		// The last one waits for the one before it in lane b, which waited for all others.
		if took := time.Since(began); took != 22*time.Second {
			t.Errorf("three lanes of twenty seconds, and two jobs in two of them, took %s", took)
		}
		for lane, order := range got {
			if len(order) < 21 || !slices.IsSorted(order) {
				t.Errorf("lane %s ran %v", lane, order)
			}
		}
		if len(l.tails) != 0 || !l.idle() {
			t.Errorf("%d lanes and %v jobs are left", len(l.tails), l.held)
		}
	})
}

func TestLaneDepth(t *testing.T) {
	l := newLanes(6, 3)
	hold := make(chan struct{})
	wait := func(func(context.Context) bool) { <-hold }
	for i := range 3 {
		if !l.add([]string{"a"}, false, wait) {
			t.Errorf("no room for job %d", i)
		}
	}
	if l.add([]string{"a"}, false, wait) || l.add([]string{"b", "a"}, false, wait) {
		t.Error("a lane takes more than its depth")
	}
	if !l.add([]string{"b"}, false, wait) || !l.add(nil, false, wait) || !l.add(nil, false, wait) {
		t.Error("a full lane keeps others from theirs")
	}
	if l.add([]string{"c"}, false, wait) {
		t.Error("there is room for more than six")
	}
	// Talk has as much room of its own.
	for i := range 3 {
		if !l.add([]string{"a"}, true, wait) {
			t.Errorf("no room for talk %d", i)
		}
	}
	if l.add([]string{"a"}, true, wait) {
		t.Error("a lane takes more talk than its depth")
	}
	close(hold)
	l.wait()
	if !l.add([]string{"a"}, false, func(turn func(context.Context) bool) {
		ended, end := context.WithCancel(t.Context())
		end()
		if turn(ended) {
			t.Error("it is the turn of what was ended")
		}
	}) {
		t.Error("the lane stays full")
	}
	l.close()
	if l.add(nil, false, wait) {
		t.Error("a job is taken after the end")
	}
	l.wait()
}
