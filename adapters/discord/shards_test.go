package discord

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"verbatim/adapters"
	"verbatim/adapters/adaptertest"
	"verbatim/adapters/discordfake"
	"verbatim/answers"
	"verbatim/state"
)

// shared opens a store that several adapters use at a time.
func shared(t testing.TB) state.Store {
	t.Helper()
	store, err := state.Open("bolt:"+filepath.Join(t.TempDir(), "state.db"), state.Options{Log: slog.New(slog.DiscardHandler), Wait: discordfake.Wait})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { store.Close() })
	return store
}

// cut is a store that a process can be cut off from.
type cut struct {
	state.Store
	off atomic.Bool
}

var errCut = errors.New("cut off")

func (c *cut) Claim(ctx context.Context, cl state.Claim, d time.Duration) (state.Claimed, error) {
	if c.off.Load() {
		return 0, errCut
	}
	return c.Store.Claim(ctx, cl, d)
}

func (c *cut) Finish(ctx context.Context, key string) error {
	if c.off.Load() {
		return errCut
	}
	return c.Store.Finish(ctx, key)
}

func (c *cut) Abandoned(ctx context.Context, p string, n int, d time.Duration) ([]state.Claim, error) {
	if c.off.Load() {
		return nil, errCut
	}
	return c.Store.Abandoned(ctx, p, n, d)
}

func (c *cut) SetConversation(ctx context.Context, key string, turn []byte, d time.Duration) error {
	if c.off.Load() {
		return errCut
	}
	return c.Store.SetConversation(ctx, key, turn, d)
}

func (c *cut) Lease(ctx context.Context, name, owner string, d time.Duration) (bool, error) {
	if c.off.Load() {
		return false, errCut
	}
	return c.Store.Lease(ctx, name, owner, d)
}

func (c *cut) Release(ctx context.Context, name, owner string) error {
	if c.off.Load() {
		return errCut
	}
	return c.Store.Release(ctx, name, owner)
}

func sharded(shards, concurrency int) discordfake.Options {
	o := fakeOptions()
	o.Shards, o.MaxConcurrency = shards, concurrency
	return o
}

// TestAllShards: one process runs all shards, their IDENTIFYs paced; the fake
// counts one that comes too soon as a violation.
func TestAllShards(t *testing.T) {
	for _, concurrency := range []int{1, 2, 16} {
		t.Run(fmt.Sprint(concurrency), func(t *testing.T) {
			t.Parallel()
			fake := discordfake.New(t, sharded(4, concurrency))
			start(t, fake, setup{})
			for id := range 4 {
				online(t, fake, id)
			}
			if n := fake.Identifies(); n != 4 {
				t.Errorf("%d IDENTIFYs for 4 shards", n)
			}
			a := newAsker(fake)
			a.ask()
			a.answered(t)
			if m := fake.Reply(t, fake.Say(discordfake.Said{By: "ann", Channel: fake.DM("ann"), Text: adaptertest.AskLamp})); look(m).Text == "" {
				t.Error("a direct message, which goes to shard 0, is not answered")
			}
		})
	}
}

func TestPartOfTheShards(t *testing.T) {
	t.Parallel()
	fake := discordfake.New(t, sharded(4, 1))
	start(t, fake, setup{config: func(c *Config) { c.Shards = "1-2/4" }})
	online(t, fake, 1)
	online(t, fake, 2)
	time.Sleep(300 * time.Millisecond)
	if fake.Live(0)+fake.Live(3) > 0 || fake.Identifies() != 2 {
		t.Errorf("%d IDENTIFYs, live: %d %d", fake.Identifies(), fake.Live(0), fake.Live(3))
	}
}

// TestReplicasShareOut: replicas on one store run each shard once, between them,
// evenly in the end, whenever they started.
func TestReplicasShareOut(t *testing.T) {
	t.Parallel()
	fake := discordfake.New(t, sharded(4, 1))
	store := shared(t)
	first := start(t, fake, setup{store: store})
	for id := range 4 {
		online(t, fake, id)
	}
	second := start(t, fake, setup{store: store})
	fake.Wait(t, "the second replica to have its share", func() bool { return second.metrics.of(CountResume) >= 2 })
	for id := range 4 {
		online(t, fake, id)
	}
	third := start(t, fake, setup{store: store})
	a := newAsker(fake)
	for range 10 {
		a.ask()
		time.Sleep(50 * time.Millisecond)
	}
	first.stop(t)
	fake.Wait(t, "the others to take the shards over", func() bool {
		return second.metrics.of(CountResume)+third.metrics.of(CountResume) >= 4
	})
	for id := range 4 {
		online(t, fake, id)
	}
	a.ask()
	a.answered(t)
	if n := fake.Identifies(); n != 4 {
		t.Errorf("%d IDENTIFYs: a shard that moves takes its session along", n)
	}
	if n := fake.MostLive(); n != 1 {
		t.Errorf("a shard was run %d times at once", n)
	}
}

// TestTakeover: a replica dies in the middle of answers; another takes over its
// shard, its session and its questions, and each is answered once.
func TestTakeover(t *testing.T) {
	t.Parallel()
	fake := discordfake.New(t, fakeOptions())
	store := shared(t)
	engine := adaptertest.NewEngine()
	dying := &cut{Store: store}
	var begun atomic.Int32
	stuck := adapters.HandlerFunc(func(ctx context.Context, m adapters.Message) answers.Answer {
		begun.Add(1)
		<-ctx.Done() // dies before it has an answer
		return answers.Answer{}
	})
	first := prepare(t, fake, setup{store: dying, handler: stuck, timing: func(tm *timing) { tm.grace, tm.deferAfter = 0, 20*time.Millisecond }})
	first.run()
	online(t, fake, 0)
	a := newAsker(fake)
	a.ask()
	used := fake.Use(discordfake.Used{By: "ben", Channel: a.channel, Name: "ask", Options: map[string]any{"question": adaptertest.AskLamp}})
	fake.Wait(t, "both to be worked on", func() bool { return begun.Load() == 2 })
	fake.Wait(t, "the command to be deferred, so that its three seconds do not run out", func() bool {
		_, thinking := used.Answered()
		return thinking
	})
	fake.Wait(t, "the session's place to be kept", func() bool {
		at, err := store.Conversation(t.Context(), first.shards().key("session", shard{0, 1}))
		return err == nil && len(at) > 0
	})
	dying.off.Store(true)
	first.stop(t)
	a.ask() // while nobody is connected

	second := start(t, fake, setup{store: store, handler: adaptertest.NewHandler(engine)})
	a.answered(t)
	used.Answer(t)
	online(t, fake, 0)
	a.ask()
	a.answered(t)
	if second.metrics.of(CountResume) != 1 || fake.Identifies() != 1 {
		t.Errorf("%d resumed, %d IDENTIFYs", second.metrics.of(CountResume), fake.Identifies())
	}
}

// TestRestart: what is asked while the bot is restarted is answered, once, and
// no IDENTIFY is spent.
func TestRestart(t *testing.T) {
	t.Parallel()
	fake := discordfake.New(t, fakeOptions())
	store := shared(t)
	a := newAsker(fake)
	for range 3 {
		b := start(t, fake, setup{store: store})
		online(t, fake, 0)
		a.ask()
		a.answered(t)
		b.stop(t)
		a.ask()
	}
	start(t, fake, setup{store: store})
	a.answered(t)
	if n := fake.Identifies(); n != 1 {
		t.Errorf("%d IDENTIFYs in 4 starts", n)
	}
	if n := fake.CommandPuts(); n != 1 {
		t.Errorf("the commands were registered %d times", n)
	}
}

// TestConnected: a replica counts as connected when it runs a shard, or when others
// run all of them.
func TestConnected(t *testing.T) {
	t.Parallel()
	fake := discordfake.New(t, fakeOptions())
	store := shared(t)
	first := start(t, fake, setup{store: store})
	fake.Wait(t, "the first replica to count as connected", first.metrics.connected)
	online(t, fake, 0)
	second := start(t, fake, setup{store: store})
	fake.Wait(t, "the second replica to count as connected", second.metrics.connected)
	first.stop(t)
	if first.metrics.connected() {
		t.Error("a replica that has ended counts as connected")
	}
	online(t, fake, 0)
	if fake.MostLive() != 1 {
		t.Error("the shard was run twice")
	}
}

// TestUnreachable: an operator is told that Discord cannot be reached.
func TestUnreachable(t *testing.T) {
	t.Parallel()
	fake := discordfake.New(t, fakeOptions())
	b := prepare(t, fake, setup{config: func(c *Config) { c.APIURL = "http://127.0.0.1:1" }})
	b.run()
	fake.Wait(t, "the log to tell", func() bool { return strings.Contains(b.log.String(), "Discord cannot be reached; trying again") })
	if b.metrics.connected() {
		t.Error("it counts as connected")
	}
	b.stop(t)
}

// TestWithoutTheStore: a store that is away costs no answer, and none comes twice.
func TestWithoutTheStore(t *testing.T) {
	t.Parallel()
	fake := discordfake.New(t, sharded(2, 1))
	away := &cut{Store: shared(t)}
	away.off.Store(true)
	start(t, fake, setup{store: away})
	online(t, fake, 0)
	online(t, fake, 1)
	a := newAsker(fake)
	ask := func() {
		a.ask()
		fake.Use(discordfake.Used{By: "ann", Channel: a.channel, Name: "ask", Options: map[string]any{"question": adaptertest.AskLamp}}).Answer(t)
		a.answered(t)
	}
	ask()
	away.off.Store(false)
	time.Sleep(2 * quick.leaseFor)
	ask()
	away.off.Store(true)
	time.Sleep(2 * quick.leaseFor)
	ask()
	fake.ResetShard(-1)
	online(t, fake, 0)
	online(t, fake, 1)
	ask()
	if fake.MostLive() != 1 {
		t.Error("a shard was run twice")
	}
}
