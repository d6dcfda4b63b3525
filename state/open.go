package state

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"strings"
	"sync"
	"time"
)

// DefaultURL is the store of a bot that was not told otherwise.
const DefaultURL = "bolt:./data/verbatim.db"

const (
	// DefaultWait bounds each call that an answer may wait for. A claim in a
	// bbolt file on a plain SSD takes some milliseconds and one in a near Redis
	// less than one; a call that takes 20 times that is not coming back soon, and
	// two of them still leave an answer within 200 ms.
	DefaultWait = 100 * time.Millisecond
	// DefaultJournalKeep is how long the journal keeps an entry: a quarter of a
	// year shows what people ask between two revisions of a curation.
	DefaultJournalKeep = 90 * 24 * time.Hour

	// slowWait bounds the calls that no answer waits for (the journal's, Salt,
	// Ping). A page of the journal is read well within it from a spinning disk.
	slowWait = 3 * time.Second

	// outageQuiet is how long no call must have failed for an outage to be over: long
	// enough for one log line where a Redis restarts or fails over.
	outageQuiet = 10 * time.Second

	// maxValue bounds a payload and a turn, in bytes: a turn of 50 passages has
	// about 2 KB and a platform's interaction about 10 KB, so that more is a
	// mistake.
	maxValue = 256 << 10
	// maxKept bounds the key of what is kept, in bytes: a space and a name.
	maxKept = 1 << 10
	// maxName bounds a platform's name, in bytes.
	maxName = 64
)

// Options are the choices of Open; the zero value is good.
type Options struct {
	// Log is told of outages, once when one begins and once when it ends, and of a
	// damaged file that was set aside. slog.Default() where it is nil.
	Log *slog.Logger
	// Failed, where it is set, is called for each failed call with its name in
	// lower case ("claim"), from many goroutines.
	Failed func(call string)
	// Wait bounds each call that an answer may wait for; DefaultWait where it is 0.
	Wait time.Duration
	// JournalKeep is how long journal entries are kept; DefaultJournalKeep where it
	// is 0.
	JournalKeep time.Duration

	now func() time.Time // the clock of a bbolt store, for tests
}

func (o Options) withDefaults() Options {
	if o.Log == nil {
		o.Log = slog.Default()
	}
	if o.Wait == 0 {
		o.Wait = DefaultWait
	}
	if o.JournalKeep == 0 {
		o.JournalKeep = DefaultJournalKeep
	}
	if o.now == nil {
		o.now = time.Now
	}
	return o
}

// Open opens the store at a URL; empty means DefaultURL.
//
//	bolt:PATH                                 a bbolt file, for one process; the journal is in PATH's
//	                                          folder, with .journal for its last suffix
//	redis://[USER:PASSWORD@]HOST[:PORT][/DB]  a Redis or Valkey server
//	redis-sentinel://HOST:PORT[/DB]?master_name=NAME[&addr=HOST:PORT]…
//	                                          one behind Sentinels
//	redis-cluster://HOST:PORT[?addr=HOST:PORT]…
//	                                          a cluster
//
// rediss, rediss-sentinel and rediss-cluster are the same over TLS. The options
// of go-redis's URLs may follow (pool_size, skip_verify…), and prefix, the
// beginning of all keys ("verbatim" if it is left out), for several bots that
// share one server.
//
// A bbolt file that another process has open is an error that names it. One that
// is damaged is renamed, logged, and a fresh one started. A Redis that is away is
// no error here: calls fail until it is back. No error holds a password.
func Open(url string, o Options) (Store, error) {
	o = o.withDefaults()
	if url == "" {
		url = DefaultURL
	}
	scheme, rest, _ := strings.Cut(url, ":")
	var s Store
	var err error
	switch scheme {
	case "bolt":
		s, err = openBolt(boltPath(rest), o)
	case "redis", "rediss", "redis-sentinel", "rediss-sentinel", "redis-cluster", "rediss-cluster":
		s, err = openRedis(url, o)
	default:
		err = unknownURL(url)
	}
	if err != nil {
		return nil, err
	}
	return &guard{s: s, o: o}, nil
}

// OpenJournal opens the journal of the store at a URL for reading, also while a
// bot is writing to it. Close it when done.
func OpenJournal(url string, o Options) (interface {
	Journal
	io.Closer
}, error) {
	if url == "" {
		url = DefaultURL
	}
	if path, ok := strings.CutPrefix(url, "bolt:"); ok {
		if boltPath(path) == "" {
			return nil, errors.New("state: bolt: needs a path, as in " + DefaultURL)
		}
		o = o.withDefaults()
		return &files{dir: journalDir(boltPath(path)), keep: o.JournalKeep, now: o.now}, nil
	}
	return Open(url, o)
}

// JournalDir is the folder that holds the journal of the store at a URL, false where
// it is not in files.
func JournalDir(url string) (dir string, ok bool) {
	if url == "" {
		url = DefaultURL
	}
	path, ok := strings.CutPrefix(url, "bolt:")
	if !ok {
		return "", false
	}
	return journalDir(boltPath(path)), true
}

// boltPath is the path of what follows "bolt:", which may also be written as a
// URL of three slashes.
func boltPath(rest string) string {
	if strings.HasPrefix(rest, "///") {
		return rest[2:]
	}
	return rest
}

// unknownURL says nothing of url but its scheme, since it may hold a password.
func unknownURL(url string) error {
	scheme, _, ok := strings.Cut(url, ":")
	if !ok {
		scheme = ""
	}
	return fmt.Errorf("state: no store has a URL that begins with %q: use bolt:PATH, redis://HOST:PORT, redis-sentinel://HOST:PORT or redis-cluster://HOST:PORT", scheme+":")
}

// guard is a Store in front of another: it checks arguments, bounds time, and
// tells outages.
type guard struct {
	s Store
	o Options

	mu     sync.Mutex
	began  time.Time // when the outage began; zero while there is none
	failed time.Time // when a call last failed
}

// ask makes a call within a time, or in its own where that is 0, and tells how it
// went.
func ask[T any](ctx context.Context, g *guard, call string, within time.Duration, f func(context.Context) (T, error)) (T, error) {
	var r T
	var err error
	if within > 0 {
		r, _, err = Within(ctx, within, f)
	} else {
		r, err = f(ctx)
	}
	switch {
	case err == nil || errors.Is(err, ErrNotFound):
		g.tell(call, nil)
		return r, err
	case ctx.Err() == context.Canceled:
		// The caller went away: that says nothing of the store.
	default:
		if g.o.Failed != nil {
			g.o.Failed(call)
		}
		g.tell(call, err)
	}
	return r, fmt.Errorf("state: %s: %w", call, err)
}

// do is ask for a call that returns nothing.
func (g *guard) do(ctx context.Context, call string, within time.Duration, f func(context.Context) error) error {
	_, err := ask(ctx, g, call, within, func(ctx context.Context) (struct{}, error) { return struct{}{}, f(ctx) })
	return err
}

// tell logs the beginning and the end of an outage. It has ended when a call
// works and none has failed for a while, so that a store which works now and then
// does not fill the log.
func (g *guard) tell(call string, err error) {
	g.mu.Lock()
	defer g.mu.Unlock()
	now := time.Now()
	switch {
	case err != nil:
		g.failed = now
		if g.began.IsZero() {
			g.began = now
			g.o.Log.Error("state: the store fails; answers go on without it", "call", call, "error", err)
		}
	case !g.began.IsZero() && now.Sub(g.failed) >= outageQuiet:
		g.o.Log.Info("state: the store works again", "away", g.failed.Sub(g.began).Round(time.Second))
		g.began = time.Time{}
	}
}

func need(what string, ok bool) error {
	if ok {
		return nil
	}
	return fmt.Errorf("state: %s", what)
}

func (g *guard) Claim(ctx context.Context, c Claim, lease time.Duration) (Claimed, error) {
	if err := errors.Join(
		need("a claim needs a key", c.Key != ""),
		checkPlatform(c.Platform),
		need("a claim's payload is too large", len(c.Payload) <= maxValue),
		need("a claim's keep and lease must be at least a millisecond", c.Keep >= time.Millisecond && lease >= time.Millisecond),
	); err != nil {
		return 0, err
	}
	if c.Holder == "" {
		c.Holder = rand.Text()
	}
	return ask(ctx, g, "claim", g.o.Wait, func(ctx context.Context) (Claimed, error) { return g.s.Claim(ctx, c, lease) })
}

func checkPlatform(p string) error {
	return need("a platform's name must have 1 to 64 bytes, none of them zero",
		p != "" && len(p) <= maxName && !strings.Contains(p, "\x00"))
}

func (g *guard) Finish(ctx context.Context, key string) error {
	return g.do(ctx, "finish", g.o.Wait, func(ctx context.Context) error { return g.s.Finish(ctx, key) })
}

func (g *guard) Abandoned(ctx context.Context, platform string, max int, lease time.Duration) ([]Claim, error) {
	if err := errors.Join(checkPlatform(platform),
		need("abandoned claims need a lease of at least a millisecond", lease >= time.Millisecond)); err != nil || max < 1 {
		return nil, err
	}
	return ask(ctx, g, "abandoned", g.o.Wait, func(ctx context.Context) ([]Claim, error) { return g.s.Abandoned(ctx, platform, max, lease) })
}

func (g *guard) Conversation(ctx context.Context, key string) ([]byte, error) {
	return ask(ctx, g, "conversation", g.o.Wait, func(ctx context.Context) ([]byte, error) { return g.s.Conversation(ctx, key) })
}

func (g *guard) SetConversation(ctx context.Context, key string, turn []byte, ttl time.Duration) error {
	if err := errors.Join(
		need("a conversation needs a key", key != ""),
		need("a conversation's turn is too large", len(turn) <= maxValue),
		need("a conversation needs a ttl of at least a millisecond", ttl >= time.Millisecond),
	); err != nil {
		return err
	}
	return g.do(ctx, "set conversation", g.o.Wait, func(ctx context.Context) error {
		return g.s.SetConversation(ctx, key, turn, ttl)
	})
}

func (g *guard) Allow(ctx context.Context, key string, limit Limit) (bool, error) {
	if err := need("a limit must be of at least a millisecond", limit.Per >= time.Millisecond); err != nil || limit.Events < 1 {
		return false, err
	}
	return ask(ctx, g, "allow", g.o.Wait, func(ctx context.Context) (bool, error) { return g.s.Allow(ctx, key, limit) })
}

func (g *guard) Lease(ctx context.Context, name, owner string, d time.Duration) (bool, error) {
	if err := errors.Join(need("a lease needs a name and an owner", name != "" && owner != ""),
		need("a lease must be of at least a millisecond", d >= time.Millisecond)); err != nil {
		return false, err
	}
	return ask(ctx, g, "lease", g.o.Wait, func(ctx context.Context) (bool, error) { return g.s.Lease(ctx, name, owner, d) })
}

func (g *guard) Release(ctx context.Context, name, owner string) error {
	return g.do(ctx, "release", g.o.Wait, func(ctx context.Context) error { return g.s.Release(ctx, name, owner) })
}

func (g *guard) Keep(ctx context.Context, key string, value []byte) error {
	if err := errors.Join(need("what is kept needs a key of at most a kilobyte", key != "" && len(key) <= maxKept),
		need("what is kept is too large", len(value) <= maxValue)); err != nil {
		return err
	}
	return g.do(ctx, "keep", slowWait, func(ctx context.Context) error { return g.s.Keep(ctx, key, value) })
}

func (g *guard) Kept(ctx context.Context, key string) ([]byte, error) {
	return ask(ctx, g, "kept", slowWait, func(ctx context.Context) ([]byte, error) { return g.s.Kept(ctx, key) })
}

func (g *guard) KeptKeys(ctx context.Context) ([]string, error) {
	return ask(ctx, g, "kept keys", slowWait, g.s.KeptKeys)
}

func (g *guard) Forget(ctx context.Context, space string) error {
	if err := need("a space needs a name without zero bytes", space != "" && !strings.Contains(space, "\x00")); err != nil {
		return err
	}
	// A long journal may take long to go through: only ctx bounds it.
	return g.do(ctx, "forget", 0, func(ctx context.Context) error { return g.s.Forget(ctx, space) })
}

func (g *guard) Append(ctx context.Context, entries ...Entry) error {
	if len(entries) == 0 {
		return nil
	}
	return g.do(ctx, "append", slowWait, func(ctx context.Context) error { return g.s.Append(ctx, entries...) })
}

func (g *guard) Journal(ctx context.Context, since time.Time, yield func(Entry) bool) error {
	// A long journal may take long to read: only ctx bounds it.
	return g.do(ctx, "journal", 0, func(ctx context.Context) error { return g.s.Journal(ctx, since, yield) })
}

func (g *guard) Salt(ctx context.Context) ([]byte, error) {
	return ask(ctx, g, "salt", slowWait, func(ctx context.Context) ([]byte, error) { return g.s.Salt(ctx) })
}

func (g *guard) Ping(ctx context.Context) error {
	return g.do(ctx, "ping", slowWait, g.s.Ping)
}

func (g *guard) Close() error { return g.s.Close() }
