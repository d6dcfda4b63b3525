package discord

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"sync/atomic"
	"time"

	"github.com/bwmarrin/discordgo"

	"verbatim/adapters"
	"verbatim/state"
)

// shards runs the shards of the bot that this process has the leases of: replicas
// share them out, and take over those of one that died.
type shards struct {
	gateway    *gateway
	rest       *rest
	identifies *identifies
	store      state.Store
	bot, owner string
	part       part
	timing     timing
	log        *slog.Logger
	signals    *adapters.Signals
	// connected is how many shards are.
	connected atomic.Int32
	// began is called when a shard is ready for the first time.
	began func(shard)
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
	starts, err := s.plan(ctx)
	if err != nil || ctx.Err() != nil {
		return err
	}
	p, concurrency := s.part, max(1, starts.SessionStartLimit.MaxConcurrency)
	if p.Count == 0 {
		p = part{0, starts.Shards - 1, starts.Shards}
	}
	s.log.Info("running shards of the gateway", "from", p.From, "to", p.To, "of", p.Count)

	mine := map[int]*running{}
	defer s.signals.Connected(false)
	defer func() {
		for _, r := range mine {
			r.cancel(nil)
		}
		for id, r := range mine {
			<-r.done
			s.release(shard{id, p.Count})
		}
	}()
	l := leasing{shards: s, part: p, mine: mine, concurrency: concurrency}
	tick := time.NewTicker(s.timing.leaseEvery)
	defer tick.Stop()
	for {
		if err := l.renew(ctx); err != nil {
			return err
		}
		l.takeAnother(ctx)
		l.shareOut(ctx)
		// Whoever runs none, since others run them all, has nothing to connect.
		s.signals.Connected(len(mine) == 0 || s.connected.Load() > 0)
		select {
		case <-ctx.Done():
			return nil
		case <-tick.C:
		}
	}
}

// renew takes or renews the lease of a shard.
func (s *shards) renew(ctx context.Context, sh shard) (bool, error) {
	return s.store.Lease(ctx, s.key("shard", sh), s.owner, s.timing.leaseFor)
}

// release gives up the lease of a shard.
func (s *shards) release(sh shard) {
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

// plan asks Discord how many shards there should be, until it answers.
func (s *shards) plan(ctx context.Context) (starts discordgo.GatewayBotResponse, err error) {
	return starts, adapters.Persist(ctx, s.log, unreachable, s.timing.backoff(), func() (err error) {
		starts, err = s.identifies.ask(ctx)
		return withToken(err)
	})
}

// start runs a shard that this process has the lease of.
func (s *shards) start(ctx context.Context, sh shard) *running {
	ctx, cancel := context.WithCancelCause(ctx)
	r := &running{cancel: cancel, done: make(chan struct{}), ready: make(chan struct{}), renewed: time.Now(), started: time.Now()}
	go func() {
		defer close(r.done)
		defer cancel(nil)
		r.err = s.keep(ctx, sh, r.ready)
	}()
	return r
}
