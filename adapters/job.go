package adapters

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"runtime/debug"
	"slices"
	"time"

	"verbatim/corpus"
)

// kept is a job as its claim keeps it: what was heard and, from when it is known, what
// is sent for it.
type kept[J any] struct {
	Job J `json:"job"`
	// Heard is when: what was left is done in the order in which it was heard.
	Heard   time.Time   `json:"heard,omitzero"`
	Payload *keptAnswer `json:"payload,omitempty"`
	// Tries is how often it was given up for a while; Unsure: it may have been sent
	// when it was.
	Tries  int  `json:"tries,omitempty"`
	Unsure bool `json:"unsure,omitempty"`
}

// keptAnswer is a payload with its passages by their keys, which hold the hash of
// their source's text.
type keptAnswer struct {
	Body   json.RawMessage `json:"body"`
	Quotes []string        `json:"quotes,omitempty"`
}

func (k *kept[J]) stored() []byte {
	data, err := json.Marshal(k)
	if err != nil {
		panic(err) // jobs are made of strings, numbers and lists
	}
	return data
}

var (
	errNoRoom = errors.New("there is no room for it, or the adapter is to end")
	errLost   = errors.New("another process has it")
	errUnsure = errors.New("it may have been sent, and there was no time to look for it")
)

// heard is when a stored job was heard.
func heard[J any](data []byte) time.Time {
	k := new(kept[J])
	_ = json.Unmarshal(data, k) // what cannot be read is told when it is to be done
	return k.Heard
}

// again begins to do a job that was left: by a process that went away, or since the
// platform could not be reached. It waits in its lanes as others do, from now on; what it
// returns waits until it is done.
func (r *Runtime[J]) again(ctx context.Context, data []byte) (wait func() error) {
	done := make(chan error, 1)
	wait = func() error { return <-done }
	k := new(kept[J])
	if err := json.Unmarshal(data, k); err != nil {
		r.Log.Error("a stored job cannot be read")
		done <- nil // nor will it ever
		return wait
	}
	t := r.driver.Task(k.Job)
	if !r.lanes.add(t.Lanes, false, func(turn func(context.Context) bool) {
		defer t.ended()
		if !turn(ctx) {
			done <- ctx.Err()
			return
		}
		done <- r.serve(ctx, k, t, true)
	}) {
		done <- errNoRoom
	}
	return wait
}

// serve does a job whose turn has come. One that could not be done for a reason that
// passes is taken up again later, by whoever is there then, and serve returns why.
func (r *Runtime[J]) serve(ctx context.Context, k *kept[J], t Task, again bool) error {
	err := r.attempt(ctx, k, t, again)
	switch {
	case err == nil:
		r.done(t)
	case errors.Is(err, errLost):
	case !t.Kept:
		r.Log.Warn("something could not be answered", "job", t.Key, "error", err)
		r.done(t)
	default:
		wait := min(lastTry, r.once.lease<<min(k.Tries, 10))
		if ctx.Err() != nil { // the adapter ends; what comes after it is to be taken up after it
			wait = r.once.lease
		}
		k.Tries++
		r.Log.Warn("an answer could not be sent; it is tried again later", "job", t.Key, "wait", wait, "error", err)
		r.once.Later(context.WithoutCancel(ctx), t.Key, k.stored(), wait)
	}
	return err
}

// attempt does a job and returns an error where trying again later may help.
func (r *Runtime[J]) attempt(ctx context.Context, k *kept[J], t Task, again bool) (err error) {
	ctx, cancel := context.WithTimeout(ctx, jobTime)
	defer cancel()
	defer func() {
		if p := recover(); p != nil { // its value may hold what was asked
			r.Signals.Count(CountFailed)
			r.Log.Error("a job panicked", "job", t.Key, "panic", Panicked(p), "stack", string(debug.Stack()))
			err = nil
		}
	}()
	for _, place := range t.Places {
		if r.refusals.Alone(place) {
			r.tell(ctx, k.Job, t, r.refusals.Tell(place, t.Person))
			return nil
		}
	}
	if t.Kept && !r.once.Holds(t.Key) {
		return errLost
	}
	p, err := r.payload(ctx, k, t)
	switch {
	case err != nil || p == nil:
	case again:
		err = r.deliverAgain(ctx, k, *p)
	default:
		err = r.Deliver(ctx, k.Job, *p)
	}
	k.Unsure = errors.Is(err, errUnsure)
	return r.settle(ctx, k.Job, t, err)
}

// payload is what is to be sent for a job: what was kept of an earlier attempt, or else
// the answer, which is kept before it is sent. What is kept is held against the source
// again: of a source whose text is another now nothing is shown.
func (r *Runtime[J]) payload(ctx context.Context, k *kept[J], t Task) (*Payload, error) {
	if k.Payload != nil {
		p := Payload{Body: k.Payload.Body}
		for _, key := range k.Payload.Quotes {
			found, ok := r.engine.Passage(key)
			if !ok {
				changed := r.driver.Words(k.Job, "The article has changed since you asked. Please ask again.")
				return &changed, nil
			}
			p.Quotes = append(p.Quotes, found)
		}
		return &p, nil
	}
	p, err := r.driver.Answer(ctx, k.Job)
	if err != nil || p == nil {
		return nil, err
	}
	if t.Overheard && !r.admits(k.Job, t) { // talk that was not meant for the bot costs nobody anything
		return nil, nil
	}
	if !t.Kept {
		return p, nil
	}
	k.Payload = &keptAnswer{p.Body, keysOf(p.Quotes)}
	if !r.once.Keep(ctx, t.Key, k.stored()) {
		return nil, errLost
	}
	return p, nil
}

func keysOf(quotes []corpus.Passage) (keys []string) {
	for _, q := range quotes {
		keys = append(keys, q.Quote.Key())
	}
	return keys
}

// deliverAgain sends a payload that may have been sent before, after looking for it.
func (r *Runtime[J]) deliverAgain(ctx context.Context, k *kept[J], p Payload) error {
	found, known := r.driver.Sent(ctx, k.Job)
	switch {
	case found:
		return nil
	case k.Unsure && !known:
		return &Failure{Uncertain, 0, errUnsure}
	}
	return r.Deliver(ctx, k.Job, p)
}

// Deliver sends a payload, once. Where the platform does not say whether it took it,
// it is looked for.
func (r *Runtime[J]) Deliver(ctx context.Context, j J, p Payload) error {
	wait := r.Land
	if wait == 0 {
		wait = landTime
	}
	for ; ; wait *= 2 {
		err := r.driver.Send(ctx, j, p)
		if errors.Is(err, ErrUnquoted) {
			r.Signals.Count(CountUnquoted)
			r.Log.Error("a quote was held back", "error", err)
			p = r.driver.Words(j, "I found a passage but cannot show it here word for word, so I do not show it at all.")
			err = r.driver.Send(ctx, j, p)
		}
		if OutcomeOf(err) != Uncertain {
			return err
		}
		if !Sleep(ctx, wait) {
			return &Failure{NoTime, 0, fmt.Errorf("%w: %w", errUnsure, err)}
		}
		found, known := r.driver.Sent(ctx, j)
		switch {
		case found:
			return nil
		case !known:
			return err
		}
		r.Signals.Count(CountRetried)
	}
}

// settle sees to an error: it returns it where trying again later may help. A refusal
// is told in private; where it is the place that refuses, that is left alone for a while.
func (r *Runtime[J]) settle(ctx context.Context, j J, t Task, err error) error {
	switch OutcomeOf(err) {
	case Uncertain:
		r.Signals.Count(CountUncertain)
		r.Log.Warn("an answer may not have arrived", "job", t.Key, "error", err)
		r.tell(ctx, j, t, r.Title+" did not confirm my answer. If you do not see it, please ask again.")
		return nil
	case Refused:
		r.Signals.Count(CountFailed)
		r.Log.Warn("an answer is refused", "job", t.Key, "error", err)
		f := r.driver.Remedy(j, err)
		if f.Why != "" && slices.Contains(t.Places, f.Place) {
			r.refusals.Add(f)
			r.Log.Error("the platform does not let the bot post in a place; it is left alone for a while", "place", f.Place, "error", err, "remedy", f.Why, "for", f.lasts())
			f.Why = r.refusals.Tell(f.Place, t.Person)
		}
		r.tell(ctx, j, t, f.Why)
		return nil
	}
	if err != nil && !errors.Is(err, errLost) {
		r.Signals.Count(CountFailed)
	}
	return err
}
