package adapters

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"log/slog"
	"sync"
	"time"

	"verbatim/answers"
	"verbatim/corpus"
	"verbatim/state"
)

const (
	// jobTime is how long a job may take once its turn has come, waits included.
	jobTime = 60 * time.Second
	// claimTime bounds a claim: platforms want to hear from us within three seconds.
	claimTime = 2 * time.Second
	// defaultGrace is how long what has begun may go on when the adapter is to end: a
	// container gets ten seconds between the signal and the kill.
	defaultGrace = 8 * time.Second
	// landTime is how long a message may take to be found after it was sent.
	landTime = time.Second
	// handling is how many questions are answered at once. Answers take milliseconds of
	// a processor, so that more of them at a time would only be slower each.
	handling = 64
	// notesRoom is how many people are told at once that the bot is busy.
	notesRoom = 64
	// lastTry is the longest wait before a job is taken up again.
	lastTry = time.Minute
)

// Driver is what a platform does for a Runtime. J is the platform's job, a pointer to
// what somebody did and is to be reacted to once; it is stored as JSON.
type Driver[J any] interface {
	// Task is what the runtime needs to know of a job.
	Task(j J) Task
	// Accepts reports whether a job is for the bot, where that takes a look.
	Accepts(ctx context.Context, j J) bool
	// Answer does what a job asks for and renders what is to be sent for it; nil:
	// nothing is. It is called once for a job, unless it fails.
	Answer(ctx context.Context, j J) (*Payload, error)
	// Send sends a payload. Its errors are Failures, or ErrUnquoted.
	Send(ctx context.Context, j J, p Payload) error
	// Sent looks for what Send sent. It is known where it is surely not there, or may
	// be sent twice without harm.
	Sent(ctx context.Context, j J) (found, known bool)
	// Words renders a text to be sent in place of an answer.
	Words(j J, text string) Payload
	// Tell tells the person something in private.
	Tell(ctx context.Context, j J, text string) error
	// Ignore acknowledges a click that has no effect.
	Ignore(ctx context.Context, j J) error
	// Remedy says what follows where the platform refuses for good what was sent.
	Remedy(j J, err error) Refusal
}

// Task is what a Runtime knows of a job.
type Task struct {
	// Key names the job, the same at each redelivery.
	Key string
	// Kept: it is stored until it is done, so that another process finishes it where
	// this one dies.
	Kept bool
	// Overheard: whether it is for the bot is seen when its turn comes; most is not. It takes
	// no room from what was asked.
	Overheard bool
	// Lanes name what it waits in: jobs of one lane are done one after the other.
	Lanes []string
	// Person is the key of who did it.
	Person string
	// Costs is what it counts as for the person's limit.
	Costs Cost
	// Click names the press of a person on a control, the same for a double click.
	Click string
	// Places are where everybody sees what it leads to (the channel, the thread); none
	// where one person does.
	Places []string
	// Ended, where it is set, is called when no more comes of it for now; Done before that,
	// when nothing more comes of it at all.
	Ended, Done func()
}

// Cost is what a job counts as for a person's limit.
type Cost int

const (
	Counted Cost = iota // a question, a press
	Typing              // a completion of what somebody types
	Free                // what people see without asking
)

// Payload is what is sent for a job: the rendered answer, as it is kept until it has
// arrived.
type Payload struct {
	// Body is the platform's own.
	Body json.RawMessage
	// Quotes are the passages that it shows, in order.
	Quotes []corpus.Passage
}

// NewPayload makes a payload of a body that can be written as JSON.
func NewPayload(body any, quotes []corpus.Passage) Payload {
	data, err := json.Marshal(body)
	if err != nil {
		panic(err) // bodies are made of strings, numbers and lists
	}
	return Payload{data, quotes}
}

// ErrUnquoted: what was about to be sent differs from the source.
var ErrUnquoted = errors.New("a quote is not what the source has")

// Delivery is how something was heard.
type Delivery struct {
	Arrived time.Time
	// Ack, where it is set, tells the platform that it was heard. It is called once; a
	// text that the person is to be told is shown with it, or it reports false.
	Ack func(text string) bool
}

// Options set a Runtime up. Platform, Title, Keep and Room are needed.
type Options struct {
	// Platform is the adapter's name, Title what people call it.
	Platform, Title string
	// Lease is that of a claim; 0: DefaultLease. Keep is how long a job is remembered.
	Lease, Keep time.Duration
	// Grace is how long what has begun may go on at the end, Land how long a message may
	// take to be found after it was sent; 0: the default.
	Grace, Land time.Duration
	// Room is how many jobs wait at most, Depth how many in one lane; 0: Room.
	Room, Depth int
	// Acks: deliveries are acknowledged over the connection that they come by, so that
	// it is kept until they are.
	Acks bool
	// Limit is how much each person may do in a window; without events there is none.
	Limit   state.Limit
	Log     *slog.Logger
	Signals *Signals
}

// Runtime is what all platforms have in common: it takes what was heard, keeps order in
// each conversation, admits and claims, has each job answered once and its payload sent
// once, over restarts, and finishes at the end what it has begun. A platform hears,
// renders and sends, as its Driver.
type Runtime[J any] struct {
	// Options may be changed until Run.
	Options
	driver  Driver[J]
	engine  Engine
	handler Handler
	store   state.Store

	once      *Once
	gate      *Gate
	refusals  Refusals
	handling  chan struct{}
	notes     chan struct{}
	revoked   chan error
	lanes     *lanes
	work      context.Context // of what is under way; it ends some time after Run's
	open      sync.RWMutex    // held to write when hearing begins and ends
	hearing   bool
	delivered sync.WaitGroup // deliveries that are not acknowledged
}

// NewRuntime returns a runtime of a platform.
func NewRuntime[J any](o Options, driver Driver[J], engine Engine, handler Handler, store state.Store) *Runtime[J] {
	return &Runtime[J]{Options: o, driver: driver, engine: engine, handler: handler, store: store,
		gate: NewGate(store, o.Limit, o.Platform, o.Signals), revoked: make(chan error, 1),
		handling: make(chan struct{}, handling), notes: make(chan struct{}, notesRoom)}
}

// Run has serve hear until ctx ends, then finishes what it has begun, for some seconds
// at most, and returns nil. It returns early with serve's error, or a Revoked.
func (r *Runtime[J]) Run(ctx context.Context, serve func(context.Context) error) error {
	work, stop := context.WithCancel(context.WithoutCancel(ctx))
	defer stop()
	r.open.Lock()
	r.once = NewOnce(r.store, r.Platform, r.Lease, r.Log, r.Signals)
	r.lanes, r.work, r.hearing = newLanes(r.Room, r.Depth), work, true
	r.open.Unlock()

	renewing, enough := context.WithCancel(work)
	defer enough()
	renewed := make(chan struct{})
	go func() { defer close(renewed); r.once.Run(renewing, heard[J], r.again) }()
	serving, leave := context.WithCancel(context.WithoutCancel(ctx))
	defer leave()
	gone := make(chan error, 1)
	go func() { gone <- serve(serving) }()

	var err error
	hears := true
	select {
	case err = <-gone:
		hears = false
	case <-ctx.Done():
	case err = <-r.revoked:
		err = Revoked{err}
	}
	defer time.AfterFunc(cmp.Or(r.Grace, defaultGrace), stop).Stop()
	if hears {
		if r.Acks {
			r.shut()
		}
		leave()
		<-gone // what it returns is that it ended since it was to
	}
	r.shut()
	r.Signals.Connected(false)
	r.lanes.wait()
	enough()
	<-renewed
	return err
}

// shut takes nothing more, and waits until what was taken is acknowledged.
func (r *Runtime[J]) shut() {
	r.open.Lock()
	r.hearing = false
	r.lanes.close()
	r.open.Unlock()
	r.delivered.Wait()
}

// Hearing reports whether Run has begun and not ended.
func (r *Runtime[J]) Hearing() bool {
	r.open.RLock()
	defer r.open.RUnlock()
	return r.hearing
}

// Revoke has Run end: the credentials work no longer. The error says what to fix.
func (r *Runtime[J]) Revoke(err error) {
	select {
	case r.revoked <- err:
	default: // it is known
	}
}

// Once is what has something take place once. It is there while Run runs.
func (r *Runtime[J]) Once() *Once { return r.once }

// Handle has a message answered.
func (r *Runtime[J]) Handle(ctx context.Context, m Message) answers.Answer {
	r.handling <- struct{}{}
	defer func() { <-r.handling }()
	return r.handler.Handle(ctx, m)
}

// Vote writes a vote into the journal. The last one of a person on a subject counts.
func (r *Runtime[J]) Vote(ctx context.Context, e state.Entry) error {
	e.At, e.What, e.Platform = time.Now().UTC(), "vote", r.Platform
	return r.store.Append(ctx, e)
}

// Idle reports whether nothing is under way.
func (r *Runtime[J]) Idle() bool {
	r.delivered.Wait()
	return r.lanes.idle()
}

// Hear takes a job; it does not wait. Where there is no room somebody is asked to try
// again. Before Run and after its end nothing is taken, nor acknowledged: the platform
// delivers again, to somebody who runs.
func (r *Runtime[J]) Hear(j J, d Delivery) {
	t := r.driver.Task(j)
	r.open.RLock()
	defer r.open.RUnlock()
	if !r.hearing {
		t.ended()
		return
	}
	r.delivered.Add(1)
	if r.once.Known(t.Key) { // it takes no room
		r.acknowledge(d, "")
		t.ended()
		return
	}
	k := &kept[J]{Job: j, Heard: time.Now()}
	if !r.lanes.add(t.Lanes, t.Overheard, func(turn func(context.Context) bool) {
		defer t.ended()
		r.begin(k, t, d, turn)
	}) {
		r.busy(k, t, d)
	}
}

func (t Task) ended() {
	if t.Ended != nil {
		t.Ended()
	}
}

// acknowledge acknowledges a delivery. It reports whether the person was told a text
// with it.
func (r *Runtime[J]) acknowledge(d Delivery, text string) (told bool) {
	defer r.delivered.Done()
	if d.Ack != nil {
		told = d.Ack(text)
		r.Signals.Acked(time.Since(d.Arrived))
	}
	return told
}

// begin does a job that was heard, once.
func (r *Runtime[J]) begin(k *kept[J], t Task, d Delivery, turn func(context.Context) bool) {
	// What is overheard is mostly not for us and is not stored until its turn shows
	// that it is.
	ours := t.Overheard || r.takes(r.work, k, t)
	r.acknowledge(d, "")
	if !ours {
		return
	}
	if !turn(r.work) {
		// The adapter ends: another takes up what is claimed. What was overheard is, if it
		// is for the bot by what has been said so far: it was acknowledged.
		if t.Overheard {
			r.takes(context.WithoutCancel(r.work), k, t)
		}
		return
	}
	if t.Overheard && !r.takes(r.work, k, t) {
		return
	}
	if !t.Overheard && !r.admits(k.Job, t) {
		r.done(t)
		return
	}
	_ = r.serve(r.work, k, t, false) // it sees to what has become of it
}

// takes reports whether a job is for the bot and is taken for this process.
func (r *Runtime[J]) takes(ctx context.Context, k *kept[J], t Task) bool {
	ctx, cancel := context.WithTimeout(ctx, jobTime)
	defer cancel()
	if !r.driver.Accepts(ctx, k.Job) || !r.claim(ctx, k, t) {
		return false
	}
	if t.Click == "" || r.once.First(ctx, t.Click, DoubleClick) {
		return true
	}
	r.Signals.Count(CountDuplicate)
	if err := r.driver.Ignore(ctx, k.Job); err != nil {
		r.Log.Debug("a second click could not be acknowledged", "job", t.Key, "error", err)
	}
	r.done(t)
	return false
}

// claim takes a job for this process; false where it was taken before.
func (r *Runtime[J]) claim(ctx context.Context, k *kept[J], t Task) bool {
	if !t.Kept {
		return r.once.Heard(t.Key, r.Keep)
	}
	ctx, cancel := context.WithTimeout(ctx, claimTime)
	defer cancel()
	c, err := r.once.Begin(ctx, state.Claim{Key: t.Key, Payload: k.stored(), Keep: r.Keep})
	if err != nil {
		r.Log.Debug("the store is away; only this process knows of a job", "job", t.Key, "error", err)
	}
	return c == state.Taken
}

// done marks a job as done.
func (r *Runtime[J]) done(t Task) {
	if t.Done != nil {
		t.Done()
	}
	if !t.Kept {
		return
	}
	ctx, cancel := context.WithTimeout(context.Background(), claimTime)
	defer cancel()
	if err := r.once.Done(ctx, t.Key); err != nil {
		r.Log.Debug("the store is away; it is told later that a job is done", "job", t.Key, "error", err)
	}
}

// admits reports whether a job is done. Who does too much at once is told so, and then
// ignored for a while.
func (r *Runtime[J]) admits(j J, t Task) bool {
	ctx, cancel := context.WithTimeout(r.work, jobTime)
	defer cancel()
	switch r.gate.Enter(ctx, t.Person, t.Costs) {
	case Admitted:
		return true
	case TooMuch:
		r.tell(ctx, j, t, r.gate.Text())
	}
	return false
}

// tell tells a person something in private.
func (r *Runtime[J]) tell(ctx context.Context, j J, t Task, text string) {
	if text == "" {
		return
	}
	if err := r.driver.Tell(ctx, j, text); err != nil {
		r.Log.Warn("a person could not be told in private", "job", t.Key, "error", err)
	}
}

// busy asks somebody to try again. Only a few are told at a time; a bot with more to
// tell has no room for that either.
func (r *Runtime[J]) busy(k *kept[J], t Task, d Delivery) {
	r.Signals.Count(CountBusy)
	const text = "I am busy right now. Please ask again in a minute."
	if r.acknowledge(d, text) || t.Overheard || t.Costs == Typing {
		t.ended()
		return
	}
	select {
	case r.notes <- struct{}{}:
	default:
		r.Signals.Count(CountDropped)
		r.Log.Warn("too much at once: something was dropped", "job", t.Key)
		t.ended()
		return
	}
	r.delivered.Go(func() {
		defer func() { <-r.notes }()
		defer t.ended()
		ctx, cancel := context.WithTimeout(r.work, tellAfter)
		defer cancel()
		if r.driver.Accepts(ctx, k.Job) && r.claim(ctx, k, t) {
			r.tell(ctx, k.Job, t, text)
			r.done(t)
		}
	})
}
