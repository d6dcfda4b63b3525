package discord

import (
	"context"
	"crypto/rand"
	"fmt"
	"net/http"
	"sync"
	"time"

	"github.com/bwmarrin/discordgo"

	"verbatim/adapters"
)

// ask asks Discord how sessions may be begun. A server that does not know is
// taken to want one shard.
func (s *shards) ask(ctx context.Context) (starts discordgo.GatewayBotResponse, err error) {
	err = s.rest.get(ctx, "ask for the gateway", "gateway/bot", &starts)
	if status(err) == http.StatusNotFound {
		err = nil
	}
	limit := &starts.SessionStartLimit
	starts.Shards, limit.MaxConcurrency = max(1, starts.Shards), max(1, limit.MaxConcurrency)
	if limit.Total == 0 { // it has no limit, or does not tell
		limit.Remaining = max(1, limit.Remaining)
	}
	return starts, err
}

// mayIdentify waits until a shard may begin a session by IDENTIFY. Discord allows
// max_concurrency of them each five seconds and some 1,000 a day, by all replicas
// together; past that it resets the bot's token. done is to be called once it has, or
// will not: the time from one to the next counts from then. How many remain is asked
// for each time, since other replicas spend them too.
func (s *shards) mayIdentify(ctx context.Context, sh shard) (done func(), err error) {
	concurrency := 1
	for {
		starts, err := s.ask(ctx)
		if err != nil {
			return nil, err
		}
		limit := starts.SessionStartLimit
		if limit.Remaining > 0 {
			concurrency = limit.MaxConcurrency
			break
		}
		reset := time.Duration(limit.ResetAfter)*time.Millisecond + adapters.Jitter(s.timing.again)
		s.log.Error("Discord allows no more sessions today; waiting, since one more would reset the bot's token. Look for what makes it connect so often",
			"total", limit.Total, "wait", reset.Round(time.Second))
		if !adapters.Sleep(ctx, reset) {
			return nil, ctx.Err()
		}
	}
	group := sh.ID % concurrency
	mine, _ := s.groups.LoadOrStore(group, make(chan struct{}, 1))
	slot := mine.(chan struct{}) // shards of a group wait for each other
	select {
	case slot <- struct{}{}:
	case <-ctx.Done():
		return nil, ctx.Err()
	}
	// A name of its own for each, since an owner's lease is renewed at once.
	name, owner := fmt.Sprintf("discord:%s:identify:%d", s.bot, group), s.owner+rand.Text()
	for {
		ok, err := s.store.Lease(ctx, name, owner, 3*s.timing.identifyEvery)
		if ctx.Err() == nil && (ok || err != nil) { // without the store each replica paces for itself
			break
		}
		if !adapters.Sleep(ctx, s.timing.identifyEvery/20) {
			<-slot
			return nil, ctx.Err()
		}
	}
	return sync.OnceFunc(func() {
		ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), storeTime)
		defer cancel()
		_, _ = s.store.Lease(ctx, name, owner, s.timing.identifyEvery) // else it ends by itself
		time.AfterFunc(s.timing.identifyEvery, func() { <-slot })
	}), nil
}
