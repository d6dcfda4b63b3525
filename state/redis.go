package state

import (
	"context"
	"crypto/rand"
	"crypto/tls"
	_ "embed"
	"encoding/json"
	"errors"
	"fmt"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/redis/go-redis/v9"
	"github.com/redis/go-redis/v9/logging"
	"github.com/redis/go-redis/v9/maintnotifications"
)

// journalPage is how many entries are read from a Redis at once: some 100 KB.
const journalPage = 500

// scanPage is about how many keys are looked at in one command, some 0.1 ms of the
// server's time.
const scanPage = 500

// defaultPrefix begins the keys in a Redis.
const defaultPrefix = "verbatim"

// The scripts take the time from the server, so that replicas' clocks do not
// matter. Each says above its lines what its keys and arguments are.
var (
	//go:embed lua/claim.lua
	luaClaim string
	//go:embed lua/finish.lua
	luaFinish string
	//go:embed lua/abandoned.lua
	luaAbandoned string
	//go:embed lua/allow.lua
	luaAllow string
	//go:embed lua/lease.lua
	luaLease string
	//go:embed lua/release.lua
	luaRelease string

	scriptClaim     = redis.NewScript(luaClaim)
	scriptFinish    = redis.NewScript(luaFinish)
	scriptAbandoned = redis.NewScript(luaAbandoned)
	scriptAllow     = redis.NewScript(luaAllow)
	scriptLease     = redis.NewScript(luaLease)
	scriptRelease   = redis.NewScript(luaRelease)
)

// remote is a Store in a Redis. Its keys are
//
//	PREFIX:{claims}:event:KEY          hash: platform, holder, until, payload; or done. Expires by Keep.
//	PREFIX:{claims}:pending:PLATFORM   sorted set: keys of pending claims by their lease's end
//	PREFIX:conversation:KEY            the turn; expires
//	PREFIX:limit:KEY                   a counter; expires with its window
//	PREFIX:lease:NAME                  the owner; expires
//	PREFIX:journal                     stream: e = an Entry in JSON; trimmed by age
//	PREFIX:salt
//	PREFIX:kept                        hash: what is kept, by key
//
// All claims are on one slot of a cluster, so that a script may change a claim and
// its place in the sorted set at once.
type remote struct {
	c      redis.UniversalClient
	prefix string
	keep   time.Duration
}

func openRedis(raw string, o Options) (*remote, error) {
	u, err := url.Parse(raw)
	if err != nil || u.Host == "" {
		// The error of url.Parse would repeat the URL, password and all.
		return nil, errors.New("state: STATE_URL is not a valid URL: use redis://HOST:PORT, and write special characters of a password as %XX")
	}
	values := u.Query()
	prefix := values.Get("prefix")
	if prefix == "" {
		prefix = defaultPrefix
	}
	if strings.ContainsAny(prefix, "{}") {
		return nil, errors.New("state: the prefix in STATE_URL must have no braces")
	}
	values.Del("prefix")
	u.RawQuery = values.Encode()
	scheme, form, _ := strings.Cut(u.Scheme, "-")
	u.Scheme = scheme

	// An outage is told once, by guard; the client would tell of it in its own words
	// at each attempt.
	logging.Disable()
	c, err := dial(u, form)
	if err != nil {
		return nil, fmt.Errorf("state: STATE_URL: %w", err)
	}
	return &remote{c: c, prefix: prefix, keep: o.JournalKeep}, nil
}

// dial makes a client; it connects at the first command. The time of a command is
// its context's, connecting included, and the servers need tell nothing of their
// maintenance.
func dial(u *url.URL, form string) (redis.UniversalClient, error) {
	quiet := &maintnotifications.Config{Mode: maintnotifications.ModeDisabled}
	switch form {
	case "sentinel":
		o, err := redis.ParseFailoverURL(u.String())
		if err != nil {
			return nil, err
		}
		if o.MasterName == "" {
			return nil, errors.New("redis-sentinel needs master_name, as in redis-sentinel://HOST:26379?master_name=NAME")
		}
		o.ContextTimeoutEnabled, o.DisableIdentity = true, true
		o.TLSConfig = modern(o.TLSConfig)
		return redis.NewFailoverClient(o), nil
	case "cluster":
		o, err := redis.ParseClusterURL(u.String())
		if err != nil {
			return nil, err
		}
		o.ContextTimeoutEnabled, o.DisableIdentity = true, true
		o.TLSConfig = modern(o.TLSConfig)
		o.MaintNotificationsConfig = quiet
		return redis.NewClusterClient(o), nil
	}
	o, err := redis.ParseURL(u.String())
	if err != nil {
		return nil, err
	}
	o.ContextTimeoutEnabled, o.DisableIdentity = true, true
	o.TLSConfig = modern(o.TLSConfig)
	o.MaintNotificationsConfig = quiet
	return redis.NewClient(o), nil
}

func modern(c *tls.Config) *tls.Config {
	if c != nil {
		c.MinVersion = tls.VersionTLS12
	}
	return c
}

func (r *remote) key(parts ...string) string { return r.prefix + ":" + strings.Join(parts, ":") }

func (r *remote) claims() string { return r.key("{claims}", "event") + ":" }

func (r *remote) pending() string { return r.key("{claims}", "pending") + ":" }

func (r *remote) Close() error { return r.c.Close() }

func (r *remote) Ping(ctx context.Context) error { return r.c.Ping(ctx).Err() }

func (r *remote) Claim(ctx context.Context, c Claim, lease time.Duration) (Claimed, error) {
	n, err := scriptClaim.Run(ctx, r.c, []string{r.claims() + c.Key, r.pending() + c.Platform},
		c.Key, c.Platform, c.Holder, c.Payload, lease.Milliseconds(), c.Keep.Milliseconds()).Int()
	return Claimed(n), err
}

func (r *remote) Finish(ctx context.Context, key string) error {
	n, err := scriptFinish.Run(ctx, r.c, []string{r.claims() + key}, key, r.pending()).Int()
	if err == nil && n == 0 {
		return ErrNotFound
	}
	return err
}

func (r *remote) Abandoned(ctx context.Context, platform string, max int, lease time.Duration) ([]Claim, error) {
	holder := rand.Text()
	rows, err := scriptAbandoned.Run(ctx, r.c, []string{r.pending() + platform},
		r.claims(), holder, max, lease.Milliseconds()).Slice()
	if err != nil {
		return nil, err
	}
	var claims []Claim
	for i := 0; i+2 < len(rows); i += 3 {
		key, _ := rows[i].(string)
		payload, _ := rows[i+1].(string)
		left, _ := rows[i+2].(int64)
		claims = append(claims, Claim{
			Key: key, Platform: platform, Payload: []byte(payload), Holder: holder,
			Keep: time.Duration(left) * time.Millisecond,
		})
	}
	return claims, nil
}

func (r *remote) Conversation(ctx context.Context, key string) ([]byte, error) {
	turn, err := r.c.Get(ctx, r.key("conversation", key)).Bytes()
	if errors.Is(err, redis.Nil) {
		return nil, ErrNotFound
	}
	return turn, err
}

func (r *remote) SetConversation(ctx context.Context, key string, turn []byte, ttl time.Duration) error {
	return r.c.Set(ctx, r.key("conversation", key), turn, ttl.Truncate(time.Millisecond)).Err()
}

func (r *remote) Allow(ctx context.Context, key string, limit Limit) (bool, error) {
	return scriptAllow.Run(ctx, r.c, []string{r.key("limit", key)}, limit.Events, limit.Per.Milliseconds()).Bool()
}

func (r *remote) Lease(ctx context.Context, name, owner string, d time.Duration) (bool, error) {
	return scriptLease.Run(ctx, r.c, []string{r.key("lease", name)}, owner, d.Milliseconds()).Bool()
}

func (r *remote) Release(ctx context.Context, name, owner string) error {
	return scriptRelease.Run(ctx, r.c, []string{r.key("lease", name)}, owner).Err()
}

func (r *remote) Append(ctx context.Context, entries ...Entry) error {
	now := time.Now()
	stream := r.key("journal")
	_, err := r.c.Pipelined(ctx, func(p redis.Pipeliner) error {
		for i, e := range entries {
			if e.At.IsZero() {
				e.At = now
			}
			e.At = e.At.UTC()
			line, err := json.Marshal(e)
			if err != nil {
				return err
			}
			add := &redis.XAddArgs{Stream: stream, Values: []any{"e", line}}
			if i == 0 {
				add.MinID = streamID(now.Add(-r.keep))
			}
			p.XAdd(ctx, add)
		}
		// Where nobody writes any more, nobody trims: the last entries leave so.
		p.PExpire(ctx, stream, r.keep)
		return nil
	})
	return err
}

func streamID(t time.Time) string { return strconv.FormatInt(max(t.UnixMilli(), 0), 10) }

// clockSkew is how far the clocks of a bot and of its Redis may be apart without
// costing a reader entries.
const clockSkew = time.Minute

func (r *remote) Journal(ctx context.Context, since time.Time, yield func(Entry) bool) error {
	if oldest := time.Now().Add(-r.keep); since.Before(oldest) {
		since = oldest
	}
	// An entry's id in the stream is when it was stored, which is after it happened.
	return r.pages(ctx, streamID(since.Add(-clockSkew)), func(page []redis.XMessage) (bool, error) {
		for _, m := range page {
			if e, ok := entryOf(m); ok && !e.At.Before(since) && !yield(e) {
				return false, nil
			}
		}
		return true, nil
	})
}

func (r *remote) Keep(ctx context.Context, key string, value []byte) error {
	return r.c.HSet(ctx, r.key("kept"), key, value).Err()
}

func (r *remote) Kept(ctx context.Context, key string) ([]byte, error) {
	value, err := r.c.HGet(ctx, r.key("kept"), key).Bytes()
	if errors.Is(err, redis.Nil) {
		return nil, ErrNotFound
	}
	return value, err
}

func (r *remote) KeptKeys(ctx context.Context) ([]string, error) {
	keys, err := r.c.HKeys(ctx, r.key("kept")).Result()
	slices.Sort(keys)
	return keys, err
}

// Forget deletes the keys of a space. A claim's place in the sorted set of pending ones
// goes when Abandoned comes to it.
func (r *remote) Forget(ctx context.Context, space string) error {
	kept, err := r.KeptKeys(ctx)
	if err != nil {
		return err
	}
	for _, key := range kept {
		if strings.HasPrefix(key, spacePrefix(space)) {
			if err := r.c.HDel(ctx, r.key("kept"), key).Err(); err != nil {
				return err
			}
		}
	}
	for _, before := range []string{r.claims(), r.key("conversation") + ":", r.key("limit") + ":", r.key("lease") + ":"} {
		if _, err := r.deleteAll(ctx, before+spacePrefix(space)); err != nil {
			return err
		}
	}
	_, err = r.forgetEntries(ctx, func(e Entry) bool { return e.Space == space })
	return err
}

// globbed escapes what has a meaning in a pattern of Redis.
var globbed = strings.NewReplacer(`\`, `\\`, `*`, `\*`, `?`, `\?`, `[`, `\[`, `]`, `\]`, `^`, `\^`)

// deleteAll deletes the keys that begin with a prefix, on all nodes, and returns how many.
func (r *remote) deleteAll(ctx context.Context, prefix string) (n int, err error) {
	err = r.eachKey(ctx, prefix, func(key string) error {
		gone, err := r.c.Unlink(ctx, key).Result()
		n += int(gone)
		return err
	})
	return n, err
}

// eachKey calls do for the keys that begin with a prefix, one after the other, on all nodes.
func (r *remote) eachKey(ctx context.Context, prefix string, do func(key string) error) error {
	node := func(ctx context.Context, c redis.Cmdable) error {
		keys := c.Scan(ctx, 0, globbed.Replace(prefix)+"*", scanPage).Iterator()
		for keys.Next(ctx) {
			if err := do(keys.Val()); err != nil {
				return err
			}
		}
		return keys.Err()
	}
	cluster, ok := r.c.(*redis.ClusterClient)
	if !ok {
		return node(ctx, r.c)
	}
	var one sync.Mutex // the masters would be asked at once
	return cluster.ForEachMaster(ctx, func(ctx context.Context, c *redis.Client) error {
		one.Lock()
		defer one.Unlock()
		return node(ctx, c)
	})
}

// forgetEntries deletes entries of the journal, and what is no entry, and returns how many.
func (r *remote) forgetEntries(ctx context.Context, gone func(Entry) bool) (n int, err error) {
	err = r.pages(ctx, "-", func(page []redis.XMessage) (bool, error) {
		var ids []string
		for _, m := range page {
			if e, ok := entryOf(m); !ok || gone(e) {
				ids = append(ids, m.ID)
			}
		}
		if len(ids) == 0 {
			return true, nil
		}
		deleted, err := r.c.XDel(ctx, r.key("journal"), ids...).Result()
		n += int(deleted)
		return true, err
	})
	return n, err
}

// pages reads the journal from an id on, a page at a time, until yield says no.
func (r *remote) pages(ctx context.Context, from string, yield func([]redis.XMessage) (bool, error)) error {
	for {
		page, err := r.c.XRangeN(ctx, r.key("journal"), from, "+", journalPage).Result()
		if err != nil || len(page) == 0 {
			return err
		}
		if more, err := yield(page); err != nil || !more || len(page) < journalPage {
			return err
		}
		from = "(" + page[len(page)-1].ID
	}
}

// entryOf reads an entry of the stream.
func entryOf(m redis.XMessage) (e Entry, ok bool) {
	line, _ := m.Values["e"].(string)
	ok = json.Unmarshal([]byte(line), &e) == nil
	return e, ok
}

func (r *remote) Salt(ctx context.Context) ([]byte, error) {
	key := r.key("salt")
	if err := r.c.SetNX(ctx, key, newSalt(), 0).Err(); err != nil {
		return nil, err
	}
	return r.c.Get(ctx, key).Bytes()
}
