package discord

import (
	"context"
	"fmt"
	"math/rand/v2"
	"time"
)

// storeTime bounds a call to the store that nobody waits for.
const storeTime = time.Second

// leasing decides which shards this process runs, by leases that the replicas
// share. One goroutine uses it.
type leasing struct {
	*shards
	part        part
	mine        map[int]*running // by the shard's number
	concurrency int              // how many may be starting at a time

	answered bool      // the store has answered at least once
	failing  time.Time // since when it does not; zero while it does
	modest   time.Time // until when to leave free shards to others
	looked   time.Time // when it was last looked who runs how many
	fewer    int       // how often in a row somebody ran fewer
}

// renew renews the leases of this process, and leaves what it lost. The error is
// that of a shard that cannot be connected.
func (l *leasing) renew(ctx context.Context) error {
	for id, r := range l.mine {
		select {
		case <-r.done:
			if r.err != nil {
				return r.err
			}
			delete(l.mine, id)
			l.release(shard{id, l.part.Count})
			continue
		default:
		}
		if time.Since(r.renewed) < l.timing.leaseFor/3 {
			continue
		}
		switch ok, err := l.lease(ctx, id); {
		case err != nil:
			// From a store that is away nobody else gets the lease either.
		case ok:
			r.renewed = time.Now()
		default:
			l.log.Warn("another replica has the shard now", "shard", id)
			r.cancel(errLost)
			<-r.done
			delete(l.mine, id)
		}
	}
	return nil
}

// takeAnother takes a shard that nobody runs: one at a time, so that replicas that
// start together share them out; and not right after the store was away, when
// each renews its own first.
func (l *leasing) takeAnother(ctx context.Context) {
	if l.starting() >= l.concurrency || time.Now().Before(l.modest) {
		return
	}
	n := l.part.To - l.part.From + 1
	for k, first := 0, rand.IntN(n); k < n; k++ {
		id := l.part.From + (first+k)%n
		if l.mine[id] != nil {
			continue
		}
		ok, err := l.lease(ctx, id)
		if ctx.Err() != nil {
			return
		}
		if err != nil {
			l.alone(ctx, err)
			return
		}
		if ok {
			l.retract(ctx)
			l.mine[id] = l.start(ctx, shard{id, l.part.Count})
			return
		}
	}
}

// alone runs all shards where the store has not answered since the start, for
// longer than leases last. Others may do the same; Discord itself takes each
// answer once, and better all shards twice than none.
func (l *leasing) alone(ctx context.Context, err error) {
	if l.answered || len(l.mine) > 0 || time.Since(l.failing) < l.timing.leaseFor {
		return
	}
	l.log.Warn("the store leases no shards; running all of them", "error", err)
	for id := l.part.From; id <= l.part.To; id++ {
		l.mine[id] = l.start(ctx, shard{id, l.part.Count})
	}
}

// starting is how many shards were started and are not ready yet. One that takes
// too long is not waited for.
func (l *leasing) starting() (n int) {
	for _, r := range l.mine {
		select {
		case <-r.ready:
		default:
			if time.Since(r.started) < l.timing.ready {
				n++
			}
		}
	}
	return n
}

// lease takes or renews the lease of a shard.
func (l *leasing) lease(ctx context.Context, id int) (bool, error) {
	ok, err := l.shards.renew(ctx, shard{id, l.part.Count})
	switch now := time.Now(); {
	case err == nil:
		if !l.failing.IsZero() && now.Sub(l.failing) > l.timing.leaseFor/3 {
			l.modest = now.Add(l.timing.leaseFor) // leases may have run out meanwhile
		}
		l.answered, l.failing = true, time.Time{}
	case l.failing.IsZero():
		l.failing = now
	}
	return ok, err
}

// runs names the lease that says: this replica runs so many shards.
func (l *leasing) runs(n int) string {
	return fmt.Sprintf("discord:%s:runs:%d:%d", l.bot, n, l.part.Count)
}

func (l *leasing) retract(ctx context.Context) {
	l.store.Release(ctx, l.runs(len(l.mine)), l.owner)
}

// shareOut leaves a shard where some replica runs at least two fewer than this
// one. Each says how many it runs by a lease that is named after the number:
// who cannot take that name for a moment knows that somebody has it.
func (l *leasing) shareOut(ctx context.Context) {
	all := l.part.To - l.part.From + 1
	every := l.timing.shareEvery
	if all == 1 || l.starting() > 0 || time.Since(l.looked) < every || !l.failing.IsZero() || time.Now().Before(l.modest) {
		return
	}
	l.looked = time.Now()
	n := len(l.mine)
	if n < all {
		l.store.Lease(ctx, l.runs(n), l.owner, 3*every)
	}
	if !l.somebodyRunsFewer(ctx, n) {
		l.fewer = 0
		return
	}
	// Twice in a row, since a look may come across somebody else's look.
	if l.fewer++; l.fewer < 2 {
		return
	}
	l.fewer = 0
	l.retract(ctx)
	for id, r := range l.mine {
		l.log.Info("leaving a shard to a replica that runs fewer", "shard", id)
		r.cancel(nil)
		<-r.done
		delete(l.mine, id)
		l.release(shard{id, l.part.Count})
		break
	}
	l.modest = time.Now().Add(every)
}

func (l *leasing) somebodyRunsFewer(ctx context.Context, n int) bool {
	for k := 0; k+2 <= n; k++ {
		ok, err := l.store.Lease(ctx, l.runs(k), l.owner, l.timing.leaseEvery)
		if err != nil {
			return false
		}
		if !ok {
			return true
		}
		l.store.Release(ctx, l.runs(k), l.owner)
	}
	return false
}
