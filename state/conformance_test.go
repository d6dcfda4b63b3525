package state_test

import (
	"crypto/rand"
	"fmt"
	"log/slog"
	"net/url"
	"os"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"go.uber.org/goleak"

	"verbatim/state"
	"verbatim/state/statetest"
)

func TestMain(m *testing.M) {
	if name := os.Getenv(child); name != "" {
		runChild(name)
		return
	}
	goleak.VerifyTestMain(m)
}

// patient are options for tests that are not about waiting: a busy machine must
// not fail them.
func patient() state.Options {
	return state.Options{Wait: time.Minute, Log: quiet}
}

var quiet = slog.New(slog.DiscardHandler)

func mustOpen(t testing.TB, url string, o state.Options) state.Store {
	t.Helper()
	s, err := state.Open(url, o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.Close() })
	return s
}

// clock is a clock that stands still until it is told to go on.
type clock struct {
	mu  sync.Mutex
	now time.Time
}

func newClock() *clock { return &clock{now: time.Now()} }

func (c *clock) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.now
}

func (c *clock) Advance(d time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.now = c.now.Add(d)
}

type boltHarness struct {
	t   *testing.T
	url string
	*clock
	s state.Store
}

func (h *boltHarness) Store() state.Store { return h.s }

func (h *boltHarness) Again() state.Store {
	h.t.Helper()
	if err := h.s.Close(); err != nil {
		h.t.Fatal(err)
	}
	h.s = mustOpen(h.t, h.url, patient().WithClock(h.Now))
	return h.s
}

func TestBolt(t *testing.T) {
	statetest.Run(t, func(t *testing.T) statetest.Harness {
		h := &boltHarness{t: t, url: "bolt:" + filepath.Join(t.TempDir(), "state.db"), clock: newClock()}
		h.s = mustOpen(t, h.url, patient().WithClock(h.Now))
		return h
	})
}

type redisHarness struct {
	t   *testing.T
	url string
	s   state.Store
}

func (h *redisHarness) Store() state.Store { return h.s }

func (h *redisHarness) Again() state.Store {
	h.t.Helper()
	return mustOpen(h.t, h.url, patient())
}

func (h *redisHarness) Advance(d time.Duration) { time.Sleep(d) }

// onRedis makes harnesses of one server, each with keys of its own.
func onRedis(raw string) func(t *testing.T) statetest.Harness {
	return func(t *testing.T) statetest.Harness {
		u, err := url.Parse(raw)
		if err != nil {
			t.Fatal("REDIS_URL is not a valid URL")
		}
		q := u.Query()
		q.Set("prefix", "test-"+rand.Text())
		u.RawQuery = q.Encode()
		h := &redisHarness{t: t, url: u.String()}
		h.s = mustOpen(t, h.url, patient())
		return h
	}
}

// TestRedis runs on the server of REDIS_URL, or on one of its own.
func TestRedis(t *testing.T) {
	url := os.Getenv("REDIS_URL")
	if url == "" {
		url = statetest.StartRedis(t).URL()
	}
	statetest.Run(t, onRedis(url))
}

func TestRedisCluster(t *testing.T) {
	nodes := startCluster(t, 3)
	statetest.Run(t, onRedis(fmt.Sprintf("redis-cluster://%s?addr=%s", nodes[0].Addr, nodes[1].Addr)))
}

func TestRedisSentinel(t *testing.T) {
	server := statetest.StartRedis(t)
	statetest.Run(t, onRedis("redis-sentinel://"+startSentinel(t, server).Addr+"/0?master_name=main"))
}
