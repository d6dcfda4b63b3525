package slack

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"runtime/debug"
	"slices"
	"time"

	"verbatim/adapters"
	"verbatim/state"
)

// delivery is how something was heard.
type delivery struct {
	arrived time.Time
	// again: Slack delivers it once more. That may be the only delivery that
	// arrives, so it is treated as any other.
	again bool
	// ack tells Slack that it was heard; payload may be nil. It is called once.
	ack func(payload any)
}

// take takes a job: it claims it, acknowledges the delivery and puts it in its
// lane. Where there is no room somebody is asked to try again.
func (a *Adapter) take(j job, d delivery) {
	if d.again {
		a.count(CountRedelivered)
	}
	a.open.RLock()
	defer a.open.RUnlock()
	if a.closed || a.lanes == nil {
		return // not acknowledged: Slack delivers it again, to somebody who runs
	}
	// The place in the lane is taken at once, to keep the order; the claim may
	// take some milliseconds and many of them go on at a time.
	claimed := make(chan bool, 1)
	if !a.lanes.add(j.lane(), func(ctx context.Context) {
		if <-claimed && (!j.Overheard || a.follows(ctx, j) && a.claimSoon(j)) {
			a.serve(ctx, j)
		}
	}) {
		a.busy(j, d)
		return
	}
	a.taking.Go(func() {
		// What is overheard is mostly not for us and is not stored until its turn
		// shows that it is.
		ours := j.Overheard || a.claimSoon(j)
		a.acked(d, nil)
		claimed <- ours
	})
}

// claimSoon is claim within claimTime.
func (a *Adapter) claimSoon(j job) bool {
	ctx, cancel := context.WithTimeout(context.Background(), claimTime)
	defer cancel()
	return a.claim(ctx, j)
}

// claimTime bounds a claim: Slack wants to hear from us within three seconds.
const claimTime = 2 * time.Second

// acked acknowledges a delivery.
func (a *Adapter) acked(d delivery, payload any) {
	d.ack(payload)
	a.config.Signals.Acked(time.Since(d.arrived))
}

// claim takes a job for this replica, or reports false where it was taken before.
func (a *Adapter) claim(ctx context.Context, j job) bool {
	payload, err := json.Marshal(j)
	if err != nil {
		a.log.Error("a job cannot be stored", "job", j.ID, "error", err)
		return false
	}
	c, err := a.once.Begin(ctx, state.Claim{Key: j.ID, Payload: payload, Keep: jobKeep})
	if err != nil {
		a.log.Debug("the store is away; only this process knows of a job", "job", j.ID, "error", err)
	}
	if c == state.Taken && j.Press != "" && j.Do != doVote && !a.once.First(ctx, j.click(), adapters.DoubleClick) {
		a.count(adapters.CountDuplicate)
		a.finished(j)
		return false
	}
	return c == state.Taken
}

// serve does a job. One that could not be done for a reason that passes is taken
// up again later.
func (a *Adapter) serve(ctx context.Context, j job) {
	if !a.admits(ctx, j) {
		a.finished(j)
		return
	}
	if err := a.attempt(ctx, j); err != nil {
		a.log.Warn("an answer could not be sent; it is tried again later", "job", j.ID, "do", j.Do, "error", err)
		a.once.Failed(j.ID)
		return
	}
	a.finished(j)
}

// admits reports whether a job is done. Who does too much at once is told so, and then
// ignored for a while. What only the person sees without asking is not counted.
func (a *Adapter) admits(ctx context.Context, j job) bool {
	if j.Do == doHome || j.Do == doGreet || j.Do == doDismiss {
		return true
	}
	switch a.gate.Enter(ctx, j.person()) {
	case adapters.Ignored:
		return false
	case adapters.TooMuch:
		if err := a.note(ctx, j, a.gate.Text()); err != nil {
			a.log.Warn("could not say that it was too much at once", "job", j.ID, "error", err)
		}
		return false
	}
	return true
}

// attempt does a job and returns an error where trying again later may help.
func (a *Adapter) attempt(ctx context.Context, j job) (err error) {
	if !a.once.Holds(j.ID) {
		return nil // another replica has it
	}
	ctx, cancel := context.WithTimeout(ctx, jobTime)
	defer cancel()
	defer func() {
		if p := recover(); p != nil { // its value may hold what was asked
			a.count(CountFailed)
			a.log.Error("a job panicked", "job", j.ID, "do", j.Do, "panic", fmt.Sprintf("%T", p), "stack", string(debug.Stack()))
			err = nil
		}
	}()
	if j.public() && a.refusals.Alone(j.Channel) {
		a.tellRefusal(ctx, j)
		return nil
	}
	err = a.do(ctx, j)
	out, _ := judge(err)
	switch {
	case err == nil:
	case slices.Contains(credentials, said(err)):
		a.count(CountFailed)
		return err // with a token that works it can be done
	case errors.Is(err, errUncertain):
		a.count(CountUncertain)
		a.log.Warn("an answer may not have arrived", "job", j.ID, "do", j.Do, "error", err)
	case out == refused || errors.Is(err, errHopeless):
		a.count(CountFailed)
		a.log.Warn("Slack refuses an answer", "job", j.ID, "do", j.Do, "channel", j.Channel, "error", err)
		a.refusedFor(ctx, j, err)
	default:
		a.count(CountFailed)
		return err
	}
	return nil
}

// errHopeless: trying again later is of no use.
var errHopeless = errors.New("it cannot be done any more")

// finished marks a job as done.
func (a *Adapter) finished(j job) {
	ctx, cancel := context.WithTimeout(context.Background(), claimTime)
	defer cancel()
	if err := a.once.Done(ctx, j.ID); err != nil {
		a.log.Debug("the store is away; it is told later that a job is done", "job", j.ID, "error", err)
	}
}

// again does a job that was left: by a replica that went away, or because Slack
// could not be reached. It waits in its lane as others do.
func (a *Adapter) again(ctx context.Context, payload []byte) error {
	var j job
	if err := json.Unmarshal(payload, &j); err != nil {
		a.log.Error("a stored job cannot be read", "error", err)
		return nil // nor will it ever
	}
	j.Again = true
	done := make(chan error, 1)
	if !a.lanes.add(j.lane(), func(ctx context.Context) { done <- a.attempt(ctx, j) }) {
		return errors.New("there is no room for it")
	}
	select {
	case err := <-done:
		return err
	case <-ctx.Done():
		return ctx.Err()
	}
}

// busy asks somebody to try again. Only a few are told at a time; a bot with more
// to tell has no room for that either.
func (a *Adapter) busy(j job, d delivery) {
	a.count(CountBusy)
	const text = "I am busy right now. Please ask again in a minute."
	if j.Command {
		a.acked(d, map[string]any{"response_type": "ephemeral", "text": text})
		return
	}
	select {
	case a.notes <- struct{}{}:
	default:
		a.acked(d, nil)
		return
	}
	a.taking.Go(func() {
		defer func() { <-a.notes }()
		ctx, cancel := context.WithTimeout(context.Background(), callTimeout)
		defer cancel()
		ours := !j.Overheard && a.claimSoon(j)
		a.acked(d, nil)
		if !ours {
			return
		}
		a.finished(j)
		if err := a.note(ctx, j, text); err != nil {
			a.log.Warn("could not say that the bot is busy", "error", err)
		}
	})
}
