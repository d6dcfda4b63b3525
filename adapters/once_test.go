package adapters_test

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"verbatim/adapters"
	"verbatim/state"
)

// aLease is short, for tests that wait for one to run out; a process that is kept from
// running for a part of it must not lose it.
const aLease = time.Second

func event(i int) state.Claim {
	return state.Claim{Key: fmt.Sprint("event ", i), Payload: []byte(fmt.Sprint("payload ", i)), Keep: time.Hour}
}

func begin(t *testing.T, o *adapters.Once, c state.Claim, want state.Claimed) {
	t.Helper()
	if got, err := o.Begin(t.Context(), c); err != nil || got != want {
		t.Errorf("Begin(%s) = %v, %v; want %v", c.Key, got, err, want)
	}
}

// run runs an Once until the returned function is called.
func run(t *testing.T, o *adapters.Once, answer func(context.Context, []byte) error) (stop func()) {
	t.Helper()
	ctx, cancel := context.WithCancel(t.Context())
	done := make(chan struct{})
	go func() {
		defer close(done)
		o.Run(ctx, func([]byte) time.Time { return time.Time{} }, func(ctx context.Context, payload []byte) func() error {
			return func() error { return answer(ctx, payload) }
		})
	}()
	stop = sync.OnceFunc(func() {
		cancel()
		<-done
	})
	t.Cleanup(stop)
	return stop
}

func nothingLeft(t *testing.T) func(context.Context, []byte) error {
	return func(_ context.Context, payload []byte) error {
		t.Errorf("%s was given out again", payload)
		return nil
	}
}

func eventually(t *testing.T, what string, ok func() bool) {
	t.Helper()
	for range 9000 {
		if ok() {
			return
		}
		time.Sleep(10 * time.Millisecond)
	}
	t.Fatal("still not after a minute and a half: " + what)
}

func TestOnce(t *testing.T) {
	t.Parallel()
	s := open(t)
	one := adapters.NewOnce(s, "slack", 0, quiet, nil)
	two := adapters.NewOnce(s, "slack", 0, quiet, nil)
	begin(t, one, event(1), state.Taken)
	begin(t, one, event(1), state.Pending)
	begin(t, two, event(1), state.Pending)
	if !one.Holds("event 1") || two.Holds("event 1") || one.Holds("event 2") {
		t.Error("the event is held by another than who took it")
	}
	if err := one.Done(t.Context(), "event 1"); err != nil {
		t.Fatal(err)
	}
	begin(t, one, event(1), state.Done)
	begin(t, two, event(1), state.Done)
	begin(t, two, event(1), state.Done)
	if one.Holds("event 1") {
		t.Error("an answered event is held")
	}
	if err := one.Done(t.Context(), "event 1"); err != nil {
		t.Error(err)
	}
	if err := one.Done(t.Context(), "never begun"); err != nil {
		t.Error(err)
	}
	one.Failed("never begun")
}

// holders records who claims what.
type holders struct {
	state.Store
	mu     sync.Mutex
	claims map[string][]string // by key
	lost   atomic.Bool         // another holds what is claimed
}

func (h *holders) Claim(ctx context.Context, c state.Claim, lease time.Duration) (state.Claimed, error) {
	h.mu.Lock()
	h.claims[c.Key] = append(h.claims[c.Key], c.Holder)
	h.mu.Unlock()
	if h.lost.Load() {
		return state.Pending, nil
	}
	return h.Store.Claim(ctx, c, lease)
}

func (h *holders) of(key string) []string {
	h.mu.Lock()
	defer h.mu.Unlock()
	return slices.Clone(h.claims[key])
}

// TestOnceRenews: who began an event goes on renewing its lease until it is done.
func TestOnceRenews(t *testing.T) {
	t.Parallel()
	s := &holders{Store: open(t), claims: map[string][]string{}}
	o := adapters.NewOnce(s, "slack", time.Second, quiet, nil)
	run(t, o, nothingLeft(t))
	begin(t, o, event(1), state.Taken)
	begin(t, o, event(2), state.Taken)
	if err := o.Done(t.Context(), "event 2"); err != nil {
		t.Fatal(err)
	}
	eventually(t, "the lease is renewed", func() bool { return len(s.of("event 1")) > ticks })
	if err := o.Done(t.Context(), "event 1"); err != nil {
		t.Fatal(err)
	}
	all := s.of("event 1")
	if len(slices.Compact(slices.Clone(all))) != 1 || all[0] == "" {
		t.Errorf("the lease was renewed as %q; want one holder", all)
	}
	// At most a renewal that was on its way when the event was done.
	if n := len(s.of("event 2")); n > 2 {
		t.Errorf("the lease of an answered event was renewed %d times", n-1)
	}
}

const ticks = 5

// TestOnceTakesOver: events that a replica left are answered once by another.
func TestOnceTakesOver(t *testing.T) {
	t.Parallel()
	s := open(t)
	dead := adapters.NewOnce(s, "slack", aLease, quiet, nil) // it is not run: it gives no sign of life
	const events = 30
	for i := range events {
		begin(t, dead, event(i), state.Taken)
	}
	other := adapters.NewOnce(s, "discord", aLease, quiet, nil)
	begin(t, other, event(1000), state.Taken)

	var mu sync.Mutex
	answered := map[string]int{}
	tries := map[string]int{}
	var most, now atomic.Int32
	answer := func(ctx context.Context, payload []byte) error {
		if n := now.Add(1); n > most.Load() {
			most.Store(n)
		}
		defer now.Add(-1)
		mu.Lock()
		defer mu.Unlock()
		tries[string(payload)]++
		switch n := tries[string(payload)]; {
		case string(payload) == "payload 3" && n < 3:
			return errors.New("the platform is away")
		case string(payload) == "payload 4" && n == 1:
			panic("oh")
		}
		answered[string(payload)]++
		return nil
	}
	var stops []func()
	for range 3 {
		stops = append(stops, run(t, adapters.NewOnce(s, "slack", aLease, quiet, nil), answer))
	}
	eventually(t, "all events are answered", func() bool {
		mu.Lock()
		defer mu.Unlock()
		return len(answered) == events
	})
	for _, stop := range stops {
		stop()
	}
	for payload, n := range answered {
		if n != 1 {
			t.Errorf("%s was answered %d times", payload, n)
		}
	}
	if n := tries["payload 3"]; n != 3 {
		t.Errorf("an event that failed twice was tried %d times", n)
	}
	for i := range events {
		begin(t, adapters.NewOnce(s, "slack", aLease, quiet, nil), event(i), state.Done)
	}
	if n := most.Load(); n > 3*8 {
		t.Errorf("%d events were answered at a time", n)
	}
}

// TestOnceKeepsOrder: events that were left are begun in the order in which they were heard,
// whatever the order of their leases, and one after the other.
func TestOnceKeepsOrder(t *testing.T) {
	t.Parallel()
	s := open(t)
	dead := adapters.NewOnce(s, "slack", aLease, quiet, nil)
	const events = 8
	for i := range events {
		begin(t, dead, event((i+3)%events), state.Taken)
	}
	time.Sleep(aLease + 10*time.Millisecond)
	number := func(payload []byte) (n int) { _, _ = fmt.Sscanf(string(payload), "payload %d", &n); return n }
	var begun []int
	all := make(chan struct{})
	ctx, cancel := context.WithCancel(t.Context())
	done := make(chan struct{})
	go func() {
		defer close(done)
		adapters.NewOnce(s, "slack", aLease, quiet, nil).Run(ctx, func(payload []byte) time.Time {
			return time.Unix(int64(number(payload)), 0)
		}, func(_ context.Context, payload []byte) func() error {
			if begun = append(begun, number(payload)); len(begun) == events {
				close(all)
			}
			return func() error { return nil }
		})
	}()
	<-all
	cancel()
	<-done
	if !slices.IsSorted(begun) {
		t.Errorf("they are begun in the order %v", begun)
	}
}

// TestOnceLeasesKeepOrder: leases run out in the order in which events were taken, though one
// was kept and all were renewed meanwhile.
func TestOnceLeasesKeepOrder(t *testing.T) {
	t.Parallel()
	s := open(t)
	o := adapters.NewOnce(s, "slack", aLease, quiet, nil)
	stop := run(t, o, nothingLeft(t))
	const events = 20
	for i := range events {
		begin(t, o, event(i), state.Taken)
		if i == 5 {
			time.Sleep(aLease / 3)
			o.Keep(t.Context(), event(2).Key, []byte("payload 2"))
		}
	}
	time.Sleep(aLease / 2)
	stop()
	var got []int
	eventually(t, "all are left", func() bool {
		left, err := s.Abandoned(t.Context(), "slack", events, time.Minute)
		if err != nil {
			t.Fatal(err)
		}
		for _, c := range left {
			var n int
			_, _ = fmt.Sscanf(string(c.Payload), "payload %d", &n)
			got = append(got, n)
		}
		return len(got) == events
	})
	// Two that were renewed within a millisecond may change places.
	for i, n := range got {
		if n < i-3 || n > i+3 {
			t.Fatalf("they are left in the order %v", got)
		}
	}
}

// TestOnceLost: an event whose lease ran out while it was being answered, so that this
// process is told to leave it, is answered all the same.
func TestOnceLost(t *testing.T) {
	t.Parallel()
	s := &holders{Store: open(t), claims: map[string][]string{}}
	o := adapters.NewOnce(s, "slack", aLease, quiet, nil)
	answered := make(chan struct{}, 2)
	run(t, o, func(context.Context, []byte) error { answered <- struct{}{}; return nil })
	begin(t, o, event(1), state.Taken)
	s.lost.Store(true)
	if o.Keep(t.Context(), "event 1", []byte("an answer")) {
		t.Error("what another holds is still ours to answer")
	}
	s.lost.Store(false)
	select {
	case <-answered:
	case <-time.After(90 * time.Second):
		t.Fatal("nobody answers it")
	}
}

// TestOnceStoreAway: while the store is away each event is answered once by the
// process that hears it, and the store is told when it is back.
func TestOnceStoreAway(t *testing.T) {
	t.Parallel()
	real := open(t)
	s := &failing{Store: real}
	o := adapters.NewOnce(s, "slack", aLease, quiet, nil)
	run(t, o, nothingLeft(t))
	begin(t, o, event(1), state.Taken) // before
	s.away.Store(true)
	begin(t, o, event(1), state.Pending) // heard again
	for i := 2; i < 6; i++ {
		if got, err := o.Begin(t.Context(), event(i)); got != state.Taken || !errors.Is(err, errAway) {
			t.Errorf("Begin while away = %v, %v; want taken, and the error", got, err)
		}
		begin(t, o, event(i), state.Pending)
	}
	for _, i := range []int{1, 2, 3} {
		if err := o.Done(t.Context(), event(i).Key); !errors.Is(err, errAway) {
			t.Errorf("Done while away: %v", err)
		}
		begin(t, o, event(i), state.Done)
	}
	o.Failed(event(4).Key) // to be tried again, if it is heard again
	if got, _ := o.Begin(t.Context(), event(4)); got != state.Taken {
		t.Errorf("Begin of a failed event = %v", got)
	}
	s.away.Store(false)
	for _, i := range []int{1, 2, 3} {
		eventually(t, "the store knows of answers given while it was away", func() bool {
			c := event(i)
			c.Platform = "slack"
			got, err := real.Claim(t.Context(), c, time.Millisecond)
			return err == nil && got == state.Done
		})
	}
	if err := o.Done(t.Context(), event(5).Key); err != nil {
		t.Error(err)
	}
	begin(t, adapters.NewOnce(real, "slack", aLease, quiet, nil), event(5), state.Done)
	if err := o.Done(t.Context(), event(4).Key); err != nil {
		t.Error(err)
	}
}

// TestOnceHangs: a store that hangs does not keep an event waiting.
func TestOnceHangs(t *testing.T) {
	t.Parallel()
	s := &failing{Store: open(t)}
	s.hangs.Store(true)
	o := adapters.NewOnce(s, "slack", aLease, quiet, nil)
	ctx, cancel := context.WithTimeout(t.Context(), 10*time.Millisecond)
	defer cancel()
	if got, err := o.Begin(ctx, event(1)); got != state.Taken || !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("Begin = %v, %v; want taken, and the error", got, err)
	}
}

// TestOnceLosesStore: a process that was cut off from the store while another
// took its event over stops working on it.
func TestOnceLosesStore(t *testing.T) {
	t.Parallel()
	real := open(t)
	cut := &failing{Store: real}
	log := &lines{}
	one := adapters.NewOnce(cut, "slack", aLease, slog.New(slog.NewTextHandler(log, nil)), nil)
	begin(t, adapters.NewOnce(real, "slack", aLease, quiet, nil), event(1), state.Taken) // by one who dies

	started, ended := make(chan struct{}), make(chan struct{})
	run(t, one, func(ctx context.Context, _ []byte) error {
		close(started)
		<-ctx.Done()
		close(ended)
		return ctx.Err()
	})
	<-started
	cut.away.Store(true)
	var took atomic.Int32
	stop := run(t, adapters.NewOnce(real, "slack", aLease, quiet, nil), func(context.Context, []byte) error {
		took.Add(1)
		return nil
	})
	eventually(t, "another takes over", func() bool { return took.Load() == 1 })
	stop()
	cut.away.Store(false)
	<-ended
	if !strings.Contains(log.String(), "lost to another replica") {
		t.Errorf("it was not told:\n%s", log.String())
	}
	if strings.Contains(log.String(), "payload") {
		t.Errorf("a payload was logged:\n%s", log.String())
	}
	if n := took.Load(); n != 1 {
		t.Errorf("it was answered %d times", n)
	}
}

// TestOnceManyReplicas delivers each event to several replicas at once, some of
// which die: each is answered exactly once.
func TestOnceManyReplicas(t *testing.T) {
	t.Parallel()
	s := open(t)
	const events, replicas = 120, 4
	var answered [events]atomic.Int32
	number := func(payload []byte) (i int) {
		if _, err := fmt.Sscanf(string(payload), "payload %d", &i); err != nil {
			t.Error(err)
		}
		return i
	}
	var wg sync.WaitGroup
	for r := range replicas {
		o := adapters.NewOnce(s, "slack", 2*time.Second, quiet, nil)
		dies := r == 0
		if !dies {
			run(t, o, func(_ context.Context, payload []byte) error {
				answered[number(payload)].Add(1)
				return nil
			})
		}
		wg.Go(func() {
			for i := range events {
				got, err := o.Begin(t.Context(), event(i))
				if err != nil {
					t.Error(err)
				}
				if got != state.Taken || dies {
					continue // who dies answers nothing of what it took
				}
				answered[i].Add(1)
				if err := o.Done(t.Context(), event(i).Key); err != nil {
					t.Error(err)
				}
			}
		})
	}
	wg.Wait()
	eventually(t, "every event is answered", func() bool {
		for i := range answered {
			if answered[i].Load() == 0 {
				return false
			}
		}
		return true
	})
	for i := range answered {
		if n := answered[i].Load(); n != 1 {
			t.Errorf("event %d was answered %d times", i, n)
		}
	}
}
