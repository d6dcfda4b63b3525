// Package discord hears and shows in Discord, by the library discordgo.
//
// What happens to a message reads straight down Adapter.hear and the driver: it is
// heard, accepted, answered and sent. The gateway, its shards and its sessions are in
// gateway.go and shards.go.
package discord

import (
	"context"
	"crypto/rand"
	"encoding/json"
	"errors"
	"log/slog"
	"sync/atomic"
	"time"

	"verbatim/adapters"
	"verbatim/state"
)

// Adapter is the server for Discord.
type Adapter struct {
	config  Config
	part    part
	engine  adapters.Engine
	store   state.Store
	log     *slog.Logger
	timing  timing
	rest    *rest
	runtime *adapters.Runtime[*job]

	running  atomic.Bool
	me       atomic.Pointer[identity]
	settings *adapters.Kept // of servers
	told     *memo          // the channel of each thread, the bot's role in each server
	owner    string         // names this process in the store, and no other
}

// New returns an adapter, or an error that says what in the configuration is
// missing or mistaken. It does not talk to Discord; Run does. Votes go into the
// store's journal with the person's key, which the store is to hash (see
// state.JournalWriter.Store).
func New(config Config, handler adapters.Handler, engine adapters.Engine, store state.Store) (*Adapter, error) {
	if err := config.complete(); err != nil {
		return nil, err
	}
	part, _ := parseShards(config.Shards) // complete has checked it
	r := newRest(config)
	a := &Adapter{
		config: config, part: part, engine: engine, store: store,
		log: config.Log.With("platform", Name), timing: defaultTiming, rest: r,
		settings: adapters.NewKept(store, Name), told: newMemo(), owner: rand.Text(),
	}
	a.runtime = adapters.NewRuntime(adapters.Options{
		Platform: Name, Title: "Discord", Lease: lease, Keep: jobKeep, Land: landTime, Room: room,
		Limit: config.Limit, Log: a.log, Signals: config.Signals,
	}, driver{a}, engine, handler, store)
	r.unauthorized = func() { a.runtime.Revoke(closed{4004}) }
	return a, nil
}

// Name returns "discord".
func (a *Adapter) Name() string { return Name }

// Run serves until ctx ends, then finishes what it has begun and returns nil. It
// returns early only with an error that trying again cannot mend. An adapter runs
// once.
func (a *Adapter) Run(ctx context.Context) error {
	if !a.running.CompareAndSwap(false, true) {
		return errors.New("the Discord adapter has run already")
	}
	defer a.rest.close()
	shards := a.shards()
	if err := shards.plan(ctx); err != nil || ctx.Err() != nil {
		return err
	}
	a.runtime.Grace = a.timing.grace
	return a.runtime.Run(ctx, func(ctx context.Context) error {
		err := shards.run(ctx)
		if c, ok := err.(closed); ok && c.code == 4004 { // the token worked
			err = adapters.Revoked{Err: err}
		}
		return err
	})
}

// unreachable is logged while Discord does not answer.
const unreachable = "Discord cannot be reached; trying again"

// shards makes what runs the gateway's shards.
func (a *Adapter) shards() *shards {
	return &shards{Adapter: a, bot: adapters.Hashed("bot", a.config.Token),
		gateway: &gateway{token: a.config.Token, timing: a.timing, log: a.log, event: a.hear,
			ready: func(me identity) { a.me.Store(&me) }}}
}

// user is the bot's own id, "" before it is known.
func (a *Adapter) user() string {
	if me := a.me.Load(); me != nil {
		return me.User
	}
	return ""
}

// hear takes an event of the gateway. It does not wait.
func (a *Adapter) hear(name string, data json.RawMessage) {
	arrived := time.Now()
	var j job
	var ok bool
	var err error
	switch name {
	case "MESSAGE_CREATE":
		j, ok, err = fromMessage(data, a.user())
	case "INTERACTION_CREATE":
		j, ok, err = fromInteraction(data)
	case "CHANNEL_DELETE":
		j, ok, err = fromDeleted(data)
	}
	if err != nil {
		a.config.Signals.Count(adapters.CountBadMessage)
		a.log.Warn("an event could not be understood", "event", name)
	}
	if ok {
		if j.isInteraction() {
			j.response = &response{adapter: a, job: &j, arrived: arrived}
		}
		a.runtime.Hear(&j, adapters.Delivery{Arrived: arrived})
	}
}
