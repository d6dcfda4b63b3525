package discord

import (
	"context"
	"fmt"
	"log/slog"
	"net/http"
	"sync"
	"time"

	"github.com/bwmarrin/discordgo"

	"verbatim/adapters"
	"verbatim/state"
)

// identifies says when a session may be begun by IDENTIFY. Discord allows
// max_concurrency of them each five seconds and some 1,000 a day, by all replicas
// together; past that it resets the bot's token.
type identifies struct {
	rest   *rest
	store  state.Store
	bot    string // names the bot in the store
	owner  string // names this process
	timing timing
	log    *slog.Logger

	mu     sync.Mutex
	groups map[int]chan struct{} // one slot each: shards of a group wait for each other
	number int
}

// ask asks Discord how sessions may be begun. A server that does not know is
// taken to want one shard.
func (i *identifies) ask(ctx context.Context) (s discordgo.GatewayBotResponse, err error) {
	err = i.rest.get(ctx, "ask for the gateway", "gateway/bot", &s)
	if status(err) == http.StatusNotFound {
		err = nil
	}
	limit := &s.SessionStartLimit
	s.Shards, limit.MaxConcurrency = max(1, s.Shards), max(1, limit.MaxConcurrency)
	if limit.Total == 0 { // it has no limit, or does not tell
		limit.Remaining = max(1, limit.Remaining)
	}
	return s, err
}

// wait waits until a shard may IDENTIFY. done is to be called once it has, or will
// not: the time from one to the next counts from then. How many remain is asked
// for each time, since other replicas spend them too.
func (i *identifies) wait(ctx context.Context, s shard) (done func(), err error) {
	concurrency := 1
	for {
		starts, err := i.ask(ctx)
		if err != nil {
			return nil, err
		}
		limit := starts.SessionStartLimit
		if limit.Remaining > 0 {
			concurrency = limit.MaxConcurrency
			break
		}
		reset := time.Duration(limit.ResetAfter)*time.Millisecond + adapters.Jitter(i.timing.again)
		i.log.Error("Discord allows no more sessions today; waiting, since one more would reset the bot's token. Look for what makes it connect so often",
			"total", limit.Total, "wait", reset.Round(time.Second))
		if !adapters.Sleep(ctx, reset) {
			return nil, ctx.Err()
		}
	}
	group := s.ID % concurrency
	slot := i.slot(group)
	select {
	case slot <- struct{}{}:
	case <-ctx.Done():
		return nil, ctx.Err()
	}
	// A name of its own for each, since an owner's lease is renewed at once.
	i.mu.Lock()
	i.number++
	name, owner := fmt.Sprintf("discord:%s:identify:%d", i.bot, group), fmt.Sprintf("%s#%d", i.owner, i.number)
	i.mu.Unlock()
	for {
		ok, err := i.store.Lease(ctx, name, owner, 3*i.timing.identifyEvery)
		if ctx.Err() != nil {
			<-slot
			return nil, ctx.Err()
		}
		if ok || err != nil { // without the store each replica paces for itself
			break
		}
		if !adapters.Sleep(ctx, i.timing.identifyEvery/20) {
			<-slot
			return nil, ctx.Err()
		}
	}
	return sync.OnceFunc(func() {
		ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), storeTime)
		defer cancel()
		_, _ = i.store.Lease(ctx, name, owner, i.timing.identifyEvery) // else it ends by itself
		time.AfterFunc(i.timing.identifyEvery, func() { <-slot })
	}), nil
}

func (i *identifies) slot(group int) chan struct{} {
	i.mu.Lock()
	defer i.mu.Unlock()
	if i.groups[group] == nil {
		i.groups[group] = make(chan struct{}, 1)
	}
	return i.groups[group]
}
