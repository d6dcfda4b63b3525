package adapters

import (
	"cmp"
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"log/slog"
	"runtime/debug"
	"slices"
	"sync"
	"time"

	"verbatim/state"
)

const (
	// DefaultLease is how long a claim is left to a replica that gives no sign of
	// life. Answers are posted within a second and a busy platform asks to wait for
	// some; a replica that is gone costs this long and a fifth more, well within the
	// 30 s after which who asked asks again.
	DefaultLease = 15 * time.Second

	// ticks is how often leases are renewed, and left events looked for, in the time
	// of a lease: four signs of life may fail before one is taken for dead.
	ticks = 5
	// maxTakenOver is how many left events are answered at a time. After a crash there
	// are some hundred at most, and new ones go first.
	maxTakenOver = 8
	// maxKnown bounds the events a process remembers, some 200 bytes each: eight
	// minutes of 200 a second.
	maxKnown = 100_000
	// drainTime is how long Run waits at its end for the left events it is answering.
	drainTime = 10 * time.Second
)

// Once has each event answered once: by one replica, over restarts and
// redeliveries. Events are claimed in a store; their leases are renewed while Run
// runs. While the store is away a process still answers each event once that it
// hears, and tells the store when that is back.
//
// An event is answered twice only where a replica dies, or loses the store for
// longer than a lease, after posting and before it could say so.
type Once struct {
	store    state.Store
	platform string
	lease    time.Duration
	log      *slog.Logger
	signals  *Signals

	mu    sync.Mutex
	known map[string]*known
	last  uint64 // the number of the last one
}

// known is what a process knows of an event that it took or saw answered.
type known struct {
	claim   state.Claim // its Payload is let go of with finished
	number  uint64      // in the order in which they were taken
	until   time.Time   // when its lease runs out
	expires time.Time
	lost    context.CancelFunc // ends the work on it
	done    bool               // answered
	told    bool               // and the store knows
	left    bool               // to be taken up again later
	// storing is held while its claim is stored, so that an older payload does not
	// come after a newer one.
	storing sync.Mutex
}

// NewOnce returns the Once of a platform's adapter. lease is DefaultLease where it
// is 0; log names the platform already; signals may be nil.
func NewOnce(store state.Store, platform string, lease time.Duration, log *slog.Logger, signals *Signals) *Once {
	if lease == 0 {
		lease = DefaultLease
	}
	return &Once{store: store, platform: platform, lease: lease, log: log, signals: signals, known: map[string]*known{}}
}

// Begin claims an event, of which Key, Payload and Keep are given. Taken means
// that the caller answers it and then calls Done or Failed; Pending and Done, that
// it does nothing. The outcome holds with an error too, which says that the store
// is away and only this process knows of it.
func (o *Once) Begin(ctx context.Context, c state.Claim) (state.Claimed, error) {
	c.Platform, c.Holder = o.platform, rand.Text()
	k := &known{claim: c, until: time.Now().Add(o.lease), expires: time.Now().Add(c.Keep), lost: func() {}}
	if was := o.enter(k); was != 0 {
		o.signals.Count(CountDuplicate)
		return was, nil
	}
	got, err := o.store.Claim(ctx, c, o.lease)
	if err != nil {
		return state.Taken, err
	}
	if got == state.Taken {
		return got, nil
	}
	o.signals.Count(CountDuplicate)
	o.mu.Lock()
	defer o.mu.Unlock()
	if got == state.Done {
		k.done, k.told, k.claim.Payload = true, true, nil
	} else if o.known[c.Key] == k {
		delete(o.known, c.Key)
	}
	return got, nil
}

// DoubleClick is how long the same press of the same person on the same control
// counts as one: a second click that is meant comes later.
const DoubleClick = 3 * time.Second

// First reports whether something happens for the first time in keep, on all
// replicas together; while the store is away, in this process. Nothing is left to be
// done with it.
func (o *Once) First(ctx context.Context, key string, keep time.Duration) bool {
	if !o.Heard(key, keep) {
		return false
	}
	got, err := o.store.Claim(ctx, state.Claim{Key: key, Platform: o.platform + " first", Keep: keep}, keep)
	return err != nil || got == state.Taken
}

// Own reports whether what happens once in keep, on all replicas together, is for its
// owner to do, a job, which may ask again; while the store is away it is for all.
func (o *Once) Own(ctx context.Context, key, owner string, keep time.Duration) bool {
	got, err := o.store.Claim(ctx, state.Claim{Key: key, Platform: o.platform + " only", Holder: owner, Keep: keep}, keep)
	return err != nil || got == state.Taken
}

// Disown leaves to others what its owner could not do.
func (o *Once) Disown(ctx context.Context, key, owner string, keep time.Duration) {
	c := state.Claim{Key: key, Platform: o.platform + " only", Holder: owner, Keep: keep}
	if _, err := o.store.Claim(ctx, c, time.Millisecond); err != nil {
		o.log.Debug("the store is away; something that failed cannot be tried again for a while", "error", err)
	}
}

// enter notes an event that is not known yet, and returns 0; else it returns what
// has become of it.
func (o *Once) enter(k *known) state.Claimed {
	o.mu.Lock()
	defer o.mu.Unlock()
	now := time.Now()
	if had := o.known[k.claim.Key]; had != nil && now.Before(had.expires) {
		if had.done {
			return state.Done
		}
		return state.Pending
	}
	for key, had := range o.known {
		if len(o.known) < maxKnown {
			break
		}
		if had.done || !now.Before(had.expires) {
			delete(o.known, key)
		}
	}
	o.last++
	k.number = o.last
	o.known[k.claim.Key] = k
	return 0
}

// Holds says whether a taken event is still this process's to answer. It is not
// where its lease ran out while the store, or the process, was away, and another
// took it.
func (o *Once) Holds(key string) bool {
	o.mu.Lock()
	defer o.mu.Unlock()
	k := o.known[key]
	return k != nil && !k.done
}

// Done says that an event was answered. Where the store is away it is told later,
// by Run.
func (o *Once) Done(ctx context.Context, key string) error {
	o.mu.Lock()
	k := o.known[key]
	if k == nil || k.told {
		o.mu.Unlock()
		return nil
	}
	k.done = true
	o.mu.Unlock()
	return o.tell(context.WithoutCancel(ctx), k)
}

// tell tells the store that an event was answered.
func (o *Once) tell(ctx context.Context, k *known) error {
	o.mu.Lock()
	c := k.claim
	o.mu.Unlock()
	err := o.store.Finish(ctx, c.Key)
	if errors.Is(err, state.ErrNotFound) {
		// It was away when the event was taken, or has lost it since.
		if _, err = o.store.Claim(ctx, c, o.lease); err == nil {
			err = o.store.Finish(ctx, c.Key)
		}
	}
	if err != nil {
		return err
	}
	o.mu.Lock()
	defer o.mu.Unlock()
	k.told, k.claim.Payload = true, nil
	return nil
}

// Failed says that an event could not be answered. Once its lease has run out it
// is tried again, here or elsewhere, until its Keep has passed.
func (o *Once) Failed(key string) {
	o.mu.Lock()
	defer o.mu.Unlock()
	if k := o.known[key]; k != nil && !k.done && !k.left {
		delete(o.known, key)
	}
}

// Known reports whether this process took an event, or saw it answered; it counts one
// that is as a duplicate.
func (o *Once) Known(key string) bool {
	o.mu.Lock()
	defer o.mu.Unlock()
	k := o.known[key]
	if k == nil || !time.Now().Before(k.expires) {
		return false
	}
	o.signals.Count(CountDuplicate)
	return true
}

// Heard is Begin for what nobody else is to answer: it reports whether this process
// hears it for the first time.
func (o *Once) Heard(key string, keep time.Duration) bool {
	return o.enter(&known{claim: state.Claim{Key: key}, expires: time.Now().Add(keep), lost: func() {}, done: true, told: true}) == 0
}

// Keep puts another payload into the claim of an event. It reports whether the event
// is still this process's to answer; while the store is away it is. Its lease stays as it
// is: events are taken over in the order of their leases.
func (o *Once) Keep(ctx context.Context, key string, payload []byte) bool {
	var rest time.Duration
	k := o.change(key, func(k *known) { k.claim.Payload, rest = payload, time.Until(k.until) })
	if k == nil {
		return false
	}
	if got, err := o.claim(ctx, k, max(rest, o.lease/ticks, time.Millisecond)); err != nil || got == state.Taken {
		return true
	}
	o.forget(k) // its lease ran out; else this process would renew what it does not answer
	return false
}

// Later is Failed for an event that is to be tried again after a wait, with another
// payload. While the store is away it is kept here until that can be told.
func (o *Once) Later(ctx context.Context, key string, payload []byte, wait time.Duration) {
	k := o.change(key, func(k *known) { k.claim.Payload, k.left = payload, true })
	if k == nil {
		return
	}
	if _, err := o.claim(ctx, k, wait); err == nil {
		o.forget(k)
	}
}

// change changes an event that this process answers, nil where it is none.
func (o *Once) change(key string, change func(*known)) *known {
	o.mu.Lock()
	defer o.mu.Unlock()
	k := o.known[key]
	if k == nil || k.done {
		return nil
	}
	change(k)
	return k
}

// claim stores the claim of an event as it is now.
func (o *Once) claim(ctx context.Context, k *known, lease time.Duration) (state.Claimed, error) {
	k.storing.Lock()
	defer k.storing.Unlock()
	o.mu.Lock()
	c := k.claim
	k.until = time.Now().Add(lease)
	if k.done || o.known[c.Key] != k {
		o.mu.Unlock()
		return state.Taken, nil // nothing is to be stored any more
	}
	o.mu.Unlock()
	return o.store.Claim(ctx, c, lease)
}

func (o *Once) forget(k *known) {
	o.mu.Lock()
	defer o.mu.Unlock()
	if o.known[k.claim.Key] == k {
		delete(o.known, k.claim.Key)
	}
}

// A TakeUp begins to answer an event that was left, from its payload, and does not wait.
// What it returns waits until that is done; with an error it is tried again later. Its
// context ends where the event is lost to another replica.
type TakeUp func(ctx context.Context, payload []byte) (wait func() error)

// Run renews leases, and has the events answered that were left: by a replica that died,
// by this one before it was started again, or with Failed. Those that are there together
// are begun one after the other, in the order in which they were heard. Run returns when
// ctx ends, after what it has begun.
func (o *Once) Run(ctx context.Context, heard func(payload []byte) time.Time, takeUp TakeUp) {
	work, cancel := context.WithCancel(context.WithoutCancel(ctx))
	defer cancel()
	var working sync.WaitGroup
	places := make(chan struct{}, maxTakenOver)
	tick := time.NewTicker(max(o.lease/ticks, time.Millisecond))
	defer tick.Stop()
	var failed time.Time // when the store was last away
	for ctx.Err() == nil {
		if err := o.renew(ctx); err != nil {
			failed = time.Now()
		}
		// After an outage those who still work on an event renew their leases first.
		if time.Since(failed) > o.lease {
			if err := o.takeOver(ctx, work, places, &working, heard, takeUp); err != nil {
				failed = time.Now()
			}
		}
		select {
		case <-tick.C:
		case <-ctx.Done():
		}
	}
	// What is still being answered has a whole lease to be finished in.
	_ = o.renew(work)
	defer time.AfterFunc(drainTime, cancel).Stop()
	working.Wait()
}

// renew renews the leases of events being answered and tells the store of answers
// that it has not heard of. It ends at the first error.
func (o *Once) renew(ctx context.Context) error {
	o.mu.Lock()
	var open []*known
	now := time.Now()
	for key, k := range o.known {
		switch {
		case !now.Before(k.expires):
			delete(o.known, key)
		case !k.told:
			open = append(open, k)
		}
	}
	o.mu.Unlock()
	slices.SortFunc(open, func(a, b *known) int { return cmp.Compare(a.number, b.number) })
	for _, k := range open {
		o.mu.Lock()
		done, left, c := k.done, k.left, k.claim
		o.mu.Unlock()
		if done {
			if err := o.tell(ctx, k); err != nil {
				return err
			}
			continue
		}
		got, err := o.claim(ctx, k, o.lease)
		if err != nil {
			return err
		}
		if left && got == state.Taken {
			o.forget(k)
		}
		if got == state.Taken {
			continue
		}
		o.mu.Lock()
		if !k.done && o.known[c.Key] == k && k.claim.Holder == c.Holder {
			o.log.Warn("an event was lost to another replica while it was being answered", "event", c.Key)
			k.lost()
			delete(o.known, c.Key)
		}
		o.mu.Unlock()
	}
	return nil
}

// takeOver begins to answer events that were left.
func (o *Once) takeOver(ctx, work context.Context, places chan struct{}, working *sync.WaitGroup, heard func([]byte) time.Time, takeUp TakeUp) error {
	left, err := o.store.Abandoned(ctx, o.platform, cap(places)-len(places), o.lease)
	if err != nil {
		return err
	}
	// They come in the order of their leases, which is nearly the one.
	slices.SortStableFunc(left, func(a, b state.Claim) int { return heard(a.Payload).Compare(heard(b.Payload)) })
	for _, c := range left {
		mine, lost := context.WithCancel(work)
		k := &known{claim: c, until: time.Now().Add(o.lease), expires: time.Now().Add(c.Keep), lost: lost}
		if was := o.enter(k); was != 0 {
			// It was never away from here: the store was.
			lost()
			o.mu.Lock()
			if had := o.known[c.Key]; had != nil {
				had.claim.Holder, had.told = c.Holder, false
			}
			o.mu.Unlock()
			continue
		}
		o.signals.Count(CountTakenOver)
		o.log.Info("answering an event that was left", "event", c.Key)
		places <- struct{}{}
		var wait func() error
		err := careful(func() error { wait = takeUp(mine, c.Payload); return nil })
		working.Go(func() {
			defer func() { <-places }()
			defer lost()
			if err == nil {
				err = careful(wait)
			}
			if err != nil {
				o.log.Warn("an event that was left could not be answered yet", "event", c.Key, "error", err)
				o.Failed(c.Key)
				return
			}
			_ = o.Done(mine, c.Key) // Run tells it again
		})
	}
	return nil
}

// careful makes a call. A panic is an error, whose value may hold what was asked and is
// not told.
func careful(call func() error) (err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("a panic: %s\n%s", Panicked(p), debug.Stack())
		}
	}()
	return call()
}
