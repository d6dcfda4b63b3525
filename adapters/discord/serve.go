package discord

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"runtime/debug"
	"time"

	"verbatim/adapters"
	"verbatim/state"
)

const (
	// jobTime is how long a job may take, rate limits included.
	jobTime = 60 * time.Second
	// lease is how long a question is left to a replica that gives no sign of life:
	// an interaction must be answered or deferred within 3 seconds, whoever does it.
	lease = 1500 * time.Millisecond
	// jobKeep is how long a question is remembered: as long as an interaction's
	// token is good, and longer than Discord delivers anything again.
	jobKeep = 15 * time.Minute
)

// take takes a job that was heard; it does not wait. Where there is no room
// somebody is asked to try again.
func (a *Adapter) take(j job, arrived time.Time) {
	if !a.seen.add(j.ID) {
		a.count(adapters.CountDuplicate)
		return
	}
	if a.jobs.add(j.queues(), func(turn func(context.Context)) { a.begin(j, arrived, turn) }) {
		return
	}
	a.count(CountBusy)
	if j.Do == doComplete || !a.notes.add(nil, func(func(context.Context)) {
		j.Do, j.Text, j.Private = doExplain, "I am busy right now. Please ask again in a minute.", true
		a.begin(j, arrived, func(context.Context) {})
	}) {
		a.count(CountDropped)
		a.log.Warn("too much at once: something was dropped", "do", string(j.Do))
	}
}

// begin does a job that was heard, once.
func (a *Adapter) begin(j job, arrived time.Time, turn func(context.Context)) {
	ctx, cancel := context.WithTimeout(a.work, jobTime)
	defer cancel()
	if !j.isInteraction() && (!a.isForUs(ctx, j) || !a.allowed(ctx, &j)) {
		return
	}
	r := a.respondTo(ctx, j, arrived)
	defer r.close()
	if click := j.click(); click != "" && !a.once.First(ctx, click, adapters.DoubleClick) {
		a.count(adapters.CountDuplicate)
		if err := r.silence(ctx); err != nil {
			a.log.Debug("a second click could not be acknowledged", "error", err)
		}
		return
	}
	if j.lasting() {
		claimed, err := a.once.Begin(ctx, j.stored())
		if err != nil {
			a.log.Debug("the store is away; only this process knows of a question", "job", j.ID, "error", err)
		}
		if claimed != state.Taken {
			return
		}
	}
	if !j.isInteraction() {
		// The messages of a channel wait for each other: the time of each begins with
		// its turn.
		turn(a.work)
		cancel()
		ctx, cancel = context.WithTimeout(a.work, jobTime)
		defer cancel()
	}
	var err error
	if a.admits(ctx, j, r) {
		err = a.attempt(ctx, j, r, turn)
	}
	switch {
	case !j.lasting():
	case err != nil:
		a.once.Failed(j.claim())
	default:
		ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), storeTime)
		defer cancel()
		if err := a.once.Done(ctx, j.claim()); err != nil {
			a.log.Debug("the store is away; it is told later that a question was answered", "job", j.ID, "error", err)
		}
	}
}

// admits reports whether a job is done. Who does too much at once is told so in
// private, and then ignored for a while.
func (a *Adapter) admits(ctx context.Context, j job, r responder) bool {
	if j.Do == doComplete {
		if a.gate.Type(ctx, j.person()) {
			return true
		}
		if err := r.open(ctx, offer([]choice{})); err != nil {
			a.log.Debug("a completion could not be answered", "error", err)
		}
		return false
	}
	switch a.gate.Enter(ctx, j.person()) {
	case adapters.Ignored:
		return false
	case adapters.TooMuch:
		if !j.isInteraction() {
			a.private(ctx, j, a.gate.Text())
		} else if err := r.send(ctx, plainCard(a.gate.Text()), true); err != nil {
			a.log.Warn("could not say that it was too much at once", "error", err)
		}
		return false
	}
	return true
}

// again does a job that was left: by a replica that went away, or because Discord
// could not be reached.
func (a *Adapter) again(ctx context.Context, payload []byte) error {
	var j job
	if err := json.Unmarshal(payload, &j); err != nil {
		a.log.Error("a stored question cannot be read")
		return nil // nor will it ever
	}
	j.Again = true
	done := make(chan error, 1)
	if !a.jobs.add(j.queues(), func(turn func(context.Context)) {
		turn(ctx)
		ctx, cancel := context.WithTimeout(ctx, jobTime)
		defer cancel()
		r := a.respondTo(ctx, j, time.Now())
		defer r.close()
		done <- a.attempt(ctx, j, r, turn)
	}) {
		return errNoRoom
	}
	return <-done
}

// errNoRoom: too much is under way, or the adapter is to end.
var errNoRoom = errors.New("there is no room for it")

// attempt serves a job and survives it. It returns an error where trying again
// later may help.
func (a *Adapter) attempt(ctx context.Context, j job, r responder, turn func(context.Context)) (err error) {
	defer func() {
		if p := recover(); p != nil { // its value may hold what was asked
			a.count(CountFailed)
			a.log.Error("a job panicked", "job", j.ID, "do", string(j.Do), "panic", fmt.Sprintf("%T", p), "stack", string(debug.Stack()))
			err = nil
		}
	}()
	if !j.isInteraction() && a.refusals.Alone(j.Channel) {
		a.private(ctx, j, a.refusals.Tell(j.Channel, j.Person))
		return nil
	}
	err = a.serve(ctx, j, r, turn)
	switch {
	case err == nil:
		return nil
	case a.work.Err() != nil:
		return err // stopped on the way
	case refused(err):
		a.count(CountFailed)
		a.log.Warn("an answer could not be sent", "job", j.ID, "do", string(j.Do), "error", err)
		a.refusedFor(ctx, j, err)
		return nil
	}
	a.count(CountFailed)
	a.log.Warn("an answer could not be sent; it is tried again later if that can help", "job", j.ID, "do", string(j.Do), "error", err)
	return err
}

// refused reports whether Discord said no, so that trying again is of no use.
func refused(err error) bool {
	s := status(err)
	return s >= 400 && s < 500 && s != http.StatusTooManyRequests
}

// serve does a job: what was heard is handled, the answer rendered and sent.
func (a *Adapter) serve(ctx context.Context, j job, r responder, turn func(context.Context)) error {
	if j.isInteraction() && (j.lasting() || j.Do == doForm) && !a.allowed(ctx, &j) {
		if !j.Own {
			return a.notHere(ctx, r)
		}
		j.Private = true // who has the bot for themselves may use it, alone
	}
	switch j.Do {
	case doAsk:
		turn(ctx)
		if !a.resolve(ctx, &j) {
			return r.send(ctx, plainCard(cannotSee), true)
		}
		answer := a.handler.Handle(ctx, j.message())
		return r.send(ctx, a.checked(embed(answer, a.view(j))), j.Private)
	case doAbout:
		return r.send(ctx, a.checked(about(a.engine.About(), a.view(j))), j.Private)
	case doComplete:
		return r.open(ctx, offer(choices(a.engine, j.Text)))
	case doForm:
		return r.open(ctx, form(j))
	case doContext:
		passage, ok := a.engine.Passage(j.pressed.control)
		if !ok {
			return r.send(ctx, plainCard(outdated), true)
		}
		return r.send(ctx, a.checked(inContext(passage, a.config.Links)), true)
	case doShare:
		return a.share(ctx, j, r)
	case doVote:
		return a.vote(ctx, j, r)
	case doExplain:
		return r.send(ctx, plainCard(j.Text), true)
	}
	return nil
}

// view is how the answer to j is shown, with links to where it stands.
func (a *Adapter) view(j job) view {
	v := j.view()
	v.Links = a.config.Links
	return v
}

// notHere says that a channel is not on the list.
func (a *Adapter) notHere(ctx context.Context, r responder) error {
	return r.send(ctx, plainCard("I do not answer in this channel. Ask me in a direct message, or in a channel that I was given."), true)
}

// outdated is said where a passage is no longer in the corpus.
const outdated = "The article has changed since this answer. Ask again for a new one."

// checked holds a card against the source once more before it is sent.
func (a *Adapter) checked(c card) card {
	c, err := c.checked()
	if err != nil {
		a.count(CountUnquoted)
		a.log.Error("a passage would not be shown byte for byte and is held back", "error", err)
	}
	return c
}

// share shows everybody what one person sees, once.
func (a *Adapter) share(ctx context.Context, j job, r responder) error {
	c, ok := j.pressed.share(j.Who, a.engine.Passage)
	if !ok {
		return r.send(ctx, plainCard(outdated), true)
	}
	shared, err := a.once.Only(ctx, Name+":share:"+j.pressed.id, jobKeep, func() error { return r.send(ctx, a.checked(c), false) })
	if err != nil || shared {
		return err
	}
	return r.send(ctx, plainCard("You have shared this already."), true)
}

// vote writes a vote into the journal, with the question where the message tells it
// and the same key of the person as a question has; the last one of a person on a
// message counts.
func (a *Adapter) vote(ctx context.Context, j job, r responder) error {
	vote, thanks := -1, "Noted: this answer did not help. Thank you."
	if j.pressed.up {
		vote, thanks = 1, "Noted: this answer helped. Thank you."
	}
	kind, intent, _ := unpackVote(j.pressed.control)
	err := a.store.Append(ctx, state.Entry{At: time.Now().UTC(), What: "vote", Platform: Name, Text: j.Text, Kind: kind, Intent: intent,
		Person: j.person(), Subject: Name + ":" + j.Channel + ":" + j.pressed.id, Vote: vote})
	if err != nil {
		a.log.Warn("a vote could not be written down", "error", err)
	}
	return r.send(ctx, plainCard(thanks), true)
}

// count adds one to a counter.
func (a *Adapter) count(name string) { a.config.Signals.Count(name) }
