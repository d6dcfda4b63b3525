package discord

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"net/http"
	"sync"
	"sync/atomic"
	"time"

	"verbatim/adapters"
)

// shards runs the shards of the bot that this process has the leases of: replicas
// share them out, and take over those of one that died.
type shards struct {
	*Adapter
	gateway *gateway
	bot     string // names the bot in the store
	// connected is how many shards are.
	connected atomic.Int32
	// began is called when a shard is ready for the first time.
	began  func()
	groups sync.Map // of shards that IDENTIFY one after the other: one slot each

	// What follows decides which shards this process runs, by leases that the replicas
	// share. One goroutine uses it.
	mine        map[int]*running // by the shard's number
	concurrency int              // how many may be starting at a time
	answered    bool             // the store has answered at least once
	failing     time.Time        // since when it does not; zero while it does
	modest      time.Time        // until when to leave free shards to others
	looked      time.Time        // when it was last looked who runs how many
	fewer       int              // how often in a row somebody ran fewer
}

// errLost: another replica runs the shard now, and its place is no longer ours to note.
var errLost = errors.New("the lease is lost")

// running is one shard that this process runs.
type running struct {
	cancel  context.CancelCauseFunc // nil, or errLost
	done    chan struct{}
	err     error // why it ended, once done
	renewed time.Time
	ready   chan struct{} // closed when it was ready for the first time
	started time.Time
}

// run runs shards until ctx ends or trying again is of no use.
func (s *shards) run(ctx context.Context) error {
	s.log.Info("running shards of the gateway", "from", s.part.From, "to", s.part.To, "of", s.part.Count)

	s.mine = map[int]*running{}
	var registering sync.WaitGroup
	defer registering.Wait()
	s.began = sync.OnceFunc(func() { registering.Go(func() { s.register(ctx) }) })
	defer s.config.Signals.Connected(false)
	defer func() {
		for _, r := range s.mine {
			r.cancel(nil)
		}
		for id := range s.mine {
			s.leave(id)
		}
	}()
	tick := time.NewTicker(s.timing.leaseEvery)
	defer tick.Stop()
	for {
		if err := s.renew(ctx); err != nil {
			return err
		}
		s.takeAnother(ctx)
		s.shareOut(ctx)
		// Whoever runs none, since others run them all, has nothing to connect.
		s.config.Signals.Connected(len(s.mine) == 0 || s.connected.Load() > 0)
		select {
		case <-ctx.Done():
			return nil
		case <-tick.C:
		}
	}
}

// holds takes or renews the lease of a shard.
func (s *shards) holds(ctx context.Context, sh shard) (bool, error) {
	return s.store.Lease(ctx, s.key("shard", sh), s.owner, s.timing.leaseFor)
}

// leave ends a shard and gives up its lease.
func (s *shards) leave(id int) {
	r, sh := s.mine[id], shard{id, s.part.Count}
	r.cancel(nil)
	<-r.done
	delete(s.mine, id)
	ctx, cancel := context.WithTimeout(context.Background(), storeTime)
	defer cancel()
	if err := s.store.Release(ctx, s.key("shard", sh), s.owner); err != nil {
		s.log.Debug("a shard's lease could not be given up; it ends by itself", "shard", sh.String(), "error", err)
	}
}

// key names something of a shard in the store.
func (s *shards) key(what string, sh shard) string {
	return fmt.Sprintf("discord:%s:%s:%s", s.bot, what, sh)
}

// plan asks Discord which shards to run, until it answers.
func (s *shards) plan(ctx context.Context) error {
	return adapters.Persist(ctx, s.log, unreachable, s.timing.backoff(), func() error {
		starts, err := s.ask(ctx)
		if status(err) == http.StatusUnauthorized {
			return adapters.Final{Err: closed{4004}}
		}
		if s.concurrency = starts.SessionStartLimit.MaxConcurrency; s.part.Count == 0 && err == nil {
			s.part = part{0, starts.Shards - 1, starts.Shards}
		}
		return err
	})
}

// start runs a shard that this process has the lease of.
func (s *shards) start(ctx context.Context, id int) {
	ctx, cancel := context.WithCancelCause(ctx)
	r := &running{cancel: cancel, done: make(chan struct{}), ready: make(chan struct{}), renewed: time.Now(), started: time.Now()}
	go func() {
		defer close(r.done)
		defer cancel(nil)
		r.err = s.keep(ctx, shard{id, s.part.Count}, r.ready)
	}()
	s.mine[id] = r
}

// storeTime bounds a call to the store that nobody waits for.
const storeTime = time.Second

// renew renews the leases of this process, and leaves what it lost. The error is
// that of a shard that cannot be connected.
func (s *shards) renew(ctx context.Context) error {
	for id, r := range s.mine {
		select {
		case <-r.done:
			if r.err != nil {
				return r.err
			}
			s.leave(id)
			continue
		default:
		}
		if time.Since(r.renewed) < s.timing.leaseFor/3 {
			continue
		}
		switch ok, err := s.lease(ctx, id); {
		case err != nil:
			// From a store that is away nobody else gets the lease either.
		case ok:
			r.renewed = time.Now()
		default:
			s.log.Warn("another replica has the shard now", "shard", id)
			r.cancel(errLost)
			<-r.done
			delete(s.mine, id)
		}
	}
	return nil
}

// takeAnother takes a shard that nobody runs: one at a time, so that replicas that
// start together share them out; and not right after the store was away, when
// each renews its own first.
func (s *shards) takeAnother(ctx context.Context) {
	if s.starting() >= s.concurrency || time.Now().Before(s.modest) {
		return
	}
	n := s.part.To - s.part.From + 1
	for k, first := 0, rand.IntN(n); k < n; k++ {
		id := s.part.From + (first+k)%n
		if s.mine[id] != nil {
			continue
		}
		switch ok, err := s.lease(ctx, id); {
		case ctx.Err() != nil:
			return
		case err != nil:
			s.alone(ctx, err)
			return
		case ok:
			s.retract(ctx)
			s.start(ctx, id)
			return
		}
	}
}

// alone runs all shards where the store has not answered since the start, for
// longer than leases last. Others may do the same; Discord itself takes each
// answer once, and better all shards twice than none.
func (s *shards) alone(ctx context.Context, err error) {
	if s.answered || len(s.mine) > 0 || time.Since(s.failing) < s.timing.leaseFor {
		return
	}
	s.log.Warn("the store leases no shards; running all of them", "error", err)
	for id := s.part.From; id <= s.part.To; id++ {
		s.start(ctx, id)
	}
}

// starting is how many shards were started and are not ready yet. One that takes
// too long is not waited for.
func (s *shards) starting() (n int) {
	for _, r := range s.mine {
		select {
		case <-r.ready:
		default:
			if time.Since(r.started) < s.timing.ready {
				n++
			}
		}
	}
	return n
}

// lease takes or renews the lease of a shard.
func (s *shards) lease(ctx context.Context, id int) (bool, error) {
	ok, err := s.holds(ctx, shard{id, s.part.Count})
	switch now := time.Now(); {
	case err == nil:
		if !s.failing.IsZero() && now.Sub(s.failing) > s.timing.leaseFor/3 {
			s.modest = now.Add(s.timing.leaseFor) // leases may have run out meanwhile
		}
		s.answered, s.failing = true, time.Time{}
	case s.failing.IsZero():
		s.failing = now
	}
	return ok, err
}

// runs names the lease that says: this replica runs so many shards.
func (s *shards) runs(n int) string {
	return fmt.Sprintf("discord:%s:runs:%d:%d", s.bot, n, s.part.Count)
}

func (s *shards) retract(ctx context.Context) {
	s.store.Release(ctx, s.runs(len(s.mine)), s.owner)
}

// shareOut leaves a shard where some replica runs at least two fewer than this
// one. Each says how many it runs by a lease that is named after the number:
// who cannot take that name for a moment knows that somebody has it.
func (s *shards) shareOut(ctx context.Context) {
	all := s.part.To - s.part.From + 1
	every := s.timing.shareEvery
	if all == 1 || s.starting() > 0 || time.Since(s.looked) < every || !s.failing.IsZero() || time.Now().Before(s.modest) {
		return
	}
	s.looked = time.Now()
	n := len(s.mine)
	if n < all {
		s.store.Lease(ctx, s.runs(n), s.owner, 3*every)
	}
	if !s.somebodyRunsFewer(ctx, n) {
		s.fewer = 0
		return
	}
	// Twice in a row, since a look may come across somebody else's look.
	if s.fewer++; s.fewer < 2 {
		return
	}
	s.fewer = 0
	s.retract(ctx)
	for id := range s.mine {
		s.log.Info("leaving a shard to a replica that runs fewer", "shard", id)
		s.leave(id)
		break
	}
	s.modest = time.Now().Add(every)
}

func (s *shards) somebodyRunsFewer(ctx context.Context, n int) bool {
	for k := 0; k+2 <= n; k++ {
		ok, err := s.store.Lease(ctx, s.runs(k), s.owner, s.timing.leaseEvery)
		if err != nil {
			return false
		}
		if !ok {
			return true
		}
		s.store.Release(ctx, s.runs(k), s.owner)
	}
	return false
}
