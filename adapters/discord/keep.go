package discord

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"time"

	"verbatim/adapters"
)

const (
	// sessionKeep is how long a session's place is kept. Discord keeps sessions for
	// some minutes after the connection; a place that is too old costs one attempt.
	sessionKeep = 5 * time.Minute
	// lastAttempt is how many attempts to take a session up are made before a new one
	// is begun: where its address does not answer three times, it is gone.
	lastAttempt = 3
)

// keep keeps a shard connected until ctx ends, its lease is lost, or connecting
// again is of no use. ready is closed when it is connected for the first time.
func (s *shards) keep(ctx context.Context, sh shard, ready chan struct{}) error {
	log := s.log.With("shard", sh.String())
	b := s.timing.backoff()
	at := s.load(ctx, sh)
	failed := 0 // attempts in a row that did not get as far as READY
	for first := true; ; first = false {
		if !first {
			s.config.Signals.Count(adapters.CountReconnect)
		}
		began := time.Now()
		c, err := s.connect(ctx, sh, at, ready)
		if c != nil {
			at = c.at()
		}
		if ctx.Err() != nil {
			if c != nil && context.Cause(ctx) != errLost {
				s.save(sh, at)
			}
			return nil
		}
		if ok, err := s.holds(ctx, sh); err == nil && !ok {
			return nil // whoever has it goes on from where it was
		}
		switch {
		case status(err) == http.StatusUnauthorized:
			return closed{4004}
		case fatal(err):
			return err
		case c == nil:
			wait := b.Wait()
			log.Warn(unreachable, "error", err, "wait", wait.Round(time.Millisecond))
			adapters.Sleep(ctx, wait)
			continue
		}
		wasReady := c.wasReady()
		if failed++; wasReady {
			failed = 0
		}
		if time.Since(began) >= s.timing.steady {
			b.Reset()
		}
		wait := b.Wait()
		switch {
		case !resumable(err) || failed >= lastAttempt:
			at = place{}
			wait = max(wait, s.timing.invalid+adapters.Jitter(4*s.timing.invalid))
		case wasReady && b.Early():
			wait = adapters.Jitter(s.timing.again / 4) // the first time at once, or nearly
		}
		log.Warn("the gateway connection ended; connecting again", "why", err, "resume", at.Session != "", "wait", wait.Round(time.Millisecond))
		s.save(sh, at)
		adapters.Sleep(ctx, wait)
	}
}

// connect connects a shard from a place and serves until the connection ends, for
// the reason returned. Where it did not come to a connection that is nil.
func (s *shards) connect(ctx context.Context, sh shard, at place, ready chan struct{}) (*connection, error) {
	address, err := s.address(ctx, at)
	if err != nil {
		return nil, err
	}
	identified := func() {}
	if at.Session == "" {
		if identified, err = s.mayIdentify(ctx, sh); err != nil {
			return nil, err
		}
		s.config.Signals.Count(CountIdentify)
	} else {
		s.config.Signals.Count(CountResume)
	}
	defer identified()
	c := s.gateway.newConnection(sh, at)
	ended := make(chan struct{})
	go func() { defer close(ended); err = c.run(ctx, address) }()
	tick := time.NewTicker(s.timing.save)
	defer tick.Stop()
	var saved place
	for isReady := c.isReady; ; {
		select {
		case <-ended:
			return c, err
		case <-isReady:
			isReady = nil
			s.config.Signals.Connected(s.connected.Add(1) > 0)
			defer func() { s.config.Signals.Connected(s.connected.Add(-1) > 0) }()
			s.log.Info("connected to the gateway", "shard", sh.String())
			identified()
			select {
			case <-ready:
			default:
				close(ready)
				s.began()
			}
		case <-tick.C: // how far it was heard is noted
			if at := c.at(); at != saved && ctx.Err() == nil {
				saved = at
				s.save(sh, at)
			}
		}
	}
}

// address is where to connect: where the session was begun, or Discord's address.
func (s *shards) address(ctx context.Context, at place) (string, error) {
	if at.URL != "" {
		return at.URL, nil
	}
	var g struct {
		URL string `json:"url"`
	}
	err := s.rest.get(ctx, "ask for the gateway's address", "gateway", &g)
	if err == nil && g.URL == "" {
		err = errors.New("ask for the gateway's address: the answer holds none")
	}
	return g.URL, err
}

// load returns where a session was left, by this process or another; the zero
// place where there is none to go on with.
func (s *shards) load(ctx context.Context, sh shard) (at place) {
	data, err := s.store.Conversation(ctx, s.key("session", sh))
	if err != nil || json.Unmarshal(data, &at) != nil {
		return place{}
	}
	return at
}

// save notes how far a session was heard.
func (s *shards) save(sh shard, at place) {
	data, err := json.Marshal(at)
	if err != nil {
		return
	}
	ctx, cancel := context.WithTimeout(context.Background(), storeTime)
	defer cancel()
	if err := s.store.SetConversation(ctx, s.key("session", sh), data, sessionKeep); err != nil {
		s.log.Debug("a session's place could not be stored", "shard", sh.String(), "error", err)
	}
}
