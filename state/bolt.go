package state

import (
	"bytes"
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
	"runtime/debug"
	"strings"
	"sync"
	"time"

	"go.etcd.io/bbolt"
	berrors "go.etcd.io/bbolt/errors"
)

const (
	// lockWait is how long opening waits for another process to let go of the file:
	// longer than a stopping bot takes to close it.
	lockWait = 2 * time.Second
	// maxBatch is how many waiting writes one commit takes. At 1,000 the writes of
	// a commit take a few milliseconds, as long as its fsync.
	maxBatch = 1000
	// maxWaiting bounds the calls that wait for the disk, and with them memory when
	// the disk hangs: 200 questions a second, four calls each, for a second.
	maxWaiting = 1024
	// sweepEvery and sweepBatch set how expired records leave: 500 in one commit
	// hold up a claim for some 5 ms, and there is a pause of sweepPause before the
	// next 500. That is over 10,000 a second, far more than a bot writes.
	sweepEvery = time.Second
	sweepBatch = 500
	sweepPause = 10 * time.Millisecond
	// asideEvery and asideMax keep a disk that damages all that is written from
	// being filled: the time between two files set aside while serving, and how
	// many of them are kept.
	asideEvery = time.Minute
	asideMax   = 3
)

// The buckets. Those of expiring records have as keys the first 16 bytes of the
// SHA-256 of the caller's key, and as values
//
//	expiry (8 bytes, Unix milliseconds, big endian) | body
//
// Each such record has an empty-valued entry  expiry | kind | key  in expiries,
// where a sweep finds what has expired at the front. A pending claim has another,
// platform | 0 | lease's end | key, in pending. A key in a space has 32 bytes: 16 of
// the space's name, which are the same for all of the space, and 16 of the key there.
//
// In kept the keys are the caller's own, and there is no expiry.
var (
	bucketClaims        = []byte("claims")
	bucketConversations = []byte("conversations")
	bucketLimits        = []byte("limits")
	bucketLeases        = []byte("leases")
	bucketExpiries      = []byte("expiries")
	bucketPending       = []byte("pending")
	bucketMeta          = []byte("meta")
	bucketKept          = []byte("kept")

	kinds   = [][]byte{bucketClaims, bucketConversations, bucketLimits, bucketLeases} // index: the kind byte
	buckets = append(kinds[:len(kinds):len(kinds)], bucketExpiries, bucketPending, bucketMeta, bucketKept)

	keySalt = []byte("salt")
)

const (
	kindClaim = iota
	kindConversation
	kindLimit
	kindLease
)

// bolt is a Store in one bbolt file, with its journal in files beside it.
//
// All writes pass through one goroutine, which commits whatever has come
// together while the commit before was syncing. (bbolt's own Batch starts a
// commit by the clock: too early it queues syncs, too late it keeps a lone claim
// waiting.)
type bolt struct {
	files // the journal

	path string
	log  *slog.Logger
	now  func() time.Time

	mu     sync.RWMutex // read: db is in use; write: db is exchanged
	db     *bbolt.DB    // nil: it could not be opened again
	broken error        // of the last write, under mu
	aside  time.Time    // when a file was last set aside; the writer's own
	stuck  bool         // a write broke off in bbolt; the writer's own

	waiting chan struct{}
	writes  chan *write
	damaged chan error // a reader found damage
	stop    chan struct{}
	stopped sync.WaitGroup
	gone    chan struct{} // the writer has ended
	closing sync.Once
	closed  error
}

type write struct {
	ctx  context.Context
	fn   func(*bbolt.Tx) error
	done chan error
}

// ErrInUse: another process has the state file open.
var ErrInUse = errors.New("in use by another process")

// errDamaged wraps what was found wrong with a file.
var errDamaged = errors.New("the state file is damaged")

func openBolt(path string, o Options) (*bolt, error) {
	if path == "" {
		return nil, errors.New("state: bolt: needs a path, as in " + DefaultURL)
	}
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return nil, fmt.Errorf("state: make the folder of the state file: %w", err)
	}
	b := &bolt{
		files:   files{dir: journalDir(path), keep: o.JournalKeep, now: o.now},
		path:    path,
		log:     o.Log,
		now:     o.now,
		waiting: make(chan struct{}, maxWaiting),
		writes:  make(chan *write, maxBatch),
		damaged: make(chan error, 1),
		stop:    make(chan struct{}),
		gone:    make(chan struct{}),
	}
	var err error
	if b.db, err = b.open(); err != nil {
		return nil, err
	}
	b.stopped.Go(b.writer)
	b.stopped.Go(b.sweeper)
	return b, nil
}

// openFile opens a bbolt file and looks whether it can be what was written; the
// error is errDamaged where it cannot.
func openFile(path string) (db *bbolt.DB, err error) {
	defer debug.SetPanicOnFault(debug.SetPanicOnFault(true))
	defer func() {
		if p := recover(); p != nil {
			// The lock is on the damaged file: it does not hinder a fresh one.
			db, err = nil, fmt.Errorf("%w: %v", errDamaged, p)
		}
	}()
	db, err = bbolt.Open(path, 0o600, &bbolt.Options{
		Timeout:      lockWait,
		FreelistType: bbolt.FreelistMapType,
		NoStatistics: true,
	})
	var pathError *os.PathError
	switch {
	case err == nil:
	case errors.Is(err, berrors.ErrTimeout):
		return nil, fmt.Errorf("state: %s is %w: stop that one, or give this one another STATE_URL", path, ErrInUse)
	case errors.As(err, &pathError):
		return nil, fmt.Errorf("state: open the state file: %w", err)
	case errors.Is(err, berrors.ErrInvalid), errors.Is(err, berrors.ErrChecksum), errors.Is(err, berrors.ErrVersionMismatch),
		strings.Contains(err.Error(), "file size too small"):
		return nil, fmt.Errorf("%w: %v", errDamaged, err)
	default:
		return nil, fmt.Errorf("state: open %s: %w", path, err)
	}
	if err := inspect(db); err != nil {
		_ = db.Close()
		return nil, err
	}
	return db, nil
}

// inspect makes sure that the file is as long as it says and that its buckets are
// there, one page of each. Damage further in shows when it is met.
func inspect(db *bbolt.DB) error {
	missing := false
	err := db.View(func(tx *bbolt.Tx) error {
		info, err := os.Stat(db.Path())
		if err != nil {
			return err
		}
		if info.Size() < tx.Size() {
			return fmt.Errorf("%w: it has %d bytes of %d", errDamaged, info.Size(), tx.Size())
		}
		for _, name := range buckets {
			if b := tx.Bucket(name); b != nil {
				b.Cursor().First()
				b.Cursor().Last()
			} else {
				missing = true
			}
		}
		return nil
	})
	if err != nil || !missing {
		return err
	}
	return db.Update(func(tx *bbolt.Tx) error {
		for _, name := range buckets {
			if _, err := tx.CreateBucketIfNotExists(name); err != nil {
				return err
			}
		}
		return nil
	})
}

// open opens the file; a damaged one it sets aside, and begins another.
func (b *bolt) open() (*bbolt.DB, error) {
	db, err := openFile(b.path)
	if !errors.Is(err, errDamaged) {
		return db, err
	}
	if err := b.setAside(err); err != nil {
		return nil, err
	}
	return openFile(b.path)
}

// setAside renames the damaged file, and deletes those set aside long ago.
func (b *bolt) setAside(why error) error {
	aside := b.path + ".damaged-" + time.Now().UTC().Format("20060102T150405.000Z")
	if err := os.Rename(b.path, aside); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("state: %w; it cannot be set aside: %w", why, err)
	}
	b.aside = time.Now()
	b.log.Error("state: the state file is damaged: it was set aside and a fresh one started; claims and conversations begin anew",
		"file", b.path, "set_aside", aside, "error", why)
	all, _ := filepath.Glob(b.path + ".damaged-*") // sorted, and so by time
	for len(all) > asideMax {
		_ = os.Remove(all[0])
		all = all[1:]
	}
	return nil
}

func (b *bolt) Close() error {
	b.closing.Do(func() {
		close(b.stop)
		b.stopped.Wait()
		b.mu.Lock()
		defer b.mu.Unlock()
		if b.db != nil && !b.stuck {
			b.closed = b.db.Close()
		}
	})
	return b.closed
}

var errClosed = errors.New("the store is closed")

// enter waits for a place among the calls that wait for the disk.
func (b *bolt) enter(ctx context.Context) error {
	select {
	case b.waiting <- struct{}{}:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	case <-b.stop:
		return errClosed
	}
}

// update runs fn in a writing transaction, with others', and returns when it is
// on the disk. fn must be good for being run twice; it may still run after
// update has returned with ctx's error, so its results leave through fn's own
// variables only where err is nil.
func (b *bolt) update(ctx context.Context, fn func(*bbolt.Tx) error) error {
	if err := b.enter(ctx); err != nil {
		return err
	}
	defer func() { <-b.waiting }()
	w := &write{ctx: ctx, fn: fn, done: make(chan error, 1)}
	select {
	case b.writes <- w:
	case <-ctx.Done():
		return ctx.Err()
	case <-b.stop:
		return errClosed
	}
	select {
	case err := <-w.done:
		return err
	case <-ctx.Done():
		return ctx.Err()
	case <-b.gone:
		return errClosed
	}
}

// view runs fn in a reading transaction. The warning about results at update
// holds here too.
func (b *bolt) view(ctx context.Context, fn func(*bbolt.Tx) error) error {
	return b.apart(ctx, func() (err error) {
		b.mu.RLock()
		defer b.mu.RUnlock()
		defer debug.SetPanicOnFault(debug.SetPanicOnFault(true))
		defer func() {
			if p := recover(); p != nil {
				err = fmt.Errorf("%w: %v", errDamaged, p)
				select {
				case b.damaged <- err:
				default:
				}
			}
		}()
		if b.db == nil {
			return berrors.ErrDatabaseNotOpen
		}
		return b.db.View(fn)
	})
}

// apart runs fn in a goroutine of its own, since the disk knows no context.
func (b *bolt) apart(ctx context.Context, fn func() error) error {
	if err := b.enter(ctx); err != nil {
		return err
	}
	done := make(chan error, 1)
	go func() {
		defer func() { <-b.waiting }()
		done <- fn()
	}()
	select {
	case err := <-done:
		return err
	case <-ctx.Done():
		return ctx.Err()
	}
}

func (b *bolt) writer() {
	defer close(b.gone)
	var looked time.Time
	for {
		select {
		case w := <-b.writes:
			batch := []*write{w}
			for len(batch) < maxBatch {
				select {
				case w := <-b.writes:
					batch = append(batch, w)
					continue
				default:
				}
				break
			}
			b.commit(batch)
			if b.db != nil && time.Since(looked) >= mappedEvery {
				looked = time.Now()
				giveBack(b.db)
			}
		case err := <-b.damaged:
			b.replace(err)
		case <-b.stop:
			return
		}
	}
}

// commit runs a batch of writes in one transaction, without those whose callers
// have gone.
func (b *bolt) commit(batch []*write) {
	live := batch[:0]
	for _, w := range batch {
		if err := w.ctx.Err(); err != nil {
			w.done <- err
			continue
		}
		live = append(live, w)
	}
	if len(live) == 0 {
		return
	}
	var failed *write
	err := b.transact(func(tx *bbolt.Tx) error {
		for _, w := range live {
			if err := w.fn(tx); err != nil {
				failed = w
				return err
			}
		}
		return nil
	})
	if failed != nil && len(live) > 1 {
		// One write is at fault: it must not cost the others.
		for _, w := range live {
			w.done <- b.transact(w.fn)
		}
		return
	}
	for _, w := range live {
		w.done <- err
	}
	if errors.Is(err, errDamaged) || errors.Is(err, berrors.ErrInvalidMapping) || errors.Is(err, berrors.ErrDatabaseNotOpen) {
		b.replace(err)
	}
}

// transact runs fn and commits it. Only the writer calls it.
func (b *bolt) transact(fn func(*bbolt.Tx) error) (err error) {
	defer debug.SetPanicOnFault(debug.SetPanicOnFault(true))
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("%w: %v", errDamaged, p)
			b.stuck = true
		}
		b.mu.Lock()
		b.broken = err
		b.mu.Unlock()
	}()
	if b.db == nil {
		return berrors.ErrDatabaseNotOpen
	}
	return b.db.Update(fn)
}

// replace opens the file again; a damaged one it first sets aside. Only the
// writer calls it.
func (b *bolt) replace(why error) {
	damaged := errors.Is(why, errDamaged)
	if damaged && !b.aside.IsZero() {
		select {
		case <-time.After(asideEvery - time.Since(b.aside)):
		case <-b.stop:
			return
		}
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	// A write that broke off holds bbolt's own locks for ever: the old file cannot
	// be closed then, and stays mapped until the process ends.
	if b.db != nil && !b.stuck {
		_ = b.db.Close()
	}
	b.stuck = false
	var err error
	if damaged {
		err = b.setAside(why)
	}
	if err == nil {
		var db *bbolt.DB
		if db, err = b.open(); err == nil {
			b.db = db
			return
		}
	}
	b.db = nil // the next write tries again
	b.log.Error("state: the state file cannot be opened again; answers go on without it", "file", b.path, "error", err)
}

func (b *bolt) Ping(ctx context.Context) error {
	b.mu.RLock()
	broken := b.broken
	b.mu.RUnlock()
	if broken == nil {
		return b.view(ctx, func(*bbolt.Tx) error { return nil })
	}
	// The last write failed: see whether one works by now.
	return b.update(ctx, func(tx *bbolt.Tx) error {
		return tx.Bucket(bucketMeta).Put([]byte("ping"), nil)
	})
}

// The records.

func hash(key string) []byte {
	space, key, in := CutSpace(key)
	if in {
		return append(hash16(space), hash16(key)...)
	}
	return hash16(key)
}

func hash16(text string) []byte {
	h := sha256.Sum256([]byte(text))
	return h[:16]
}

func expiryKey(expires int64, kind byte, key []byte) []byte {
	k := binary.BigEndian.AppendUint64(make([]byte, 0, 8+1+len(key)), uint64(expires))
	return append(append(k, kind), key...)
}

func pendingKey(platform string, until int64, key []byte) []byte {
	k := append(make([]byte, 0, len(platform)+1+8+len(key)), platform...)
	return append(binary.BigEndian.AppendUint64(append(k, 0), uint64(until)), key...)
}

// get returns a record's expiry and body, which are good until the next write; 0
// where there is none or it has expired by now.
func get(tx *bbolt.Tx, kind byte, key []byte, now int64) (expires int64, body []byte) {
	v := tx.Bucket(kinds[kind]).Get(key)
	if len(v) < 8 {
		return 0, nil
	}
	expires = int64(binary.BigEndian.Uint64(v))
	if expires <= now {
		return 0, nil
	}
	return expires, v[8:]
}

// put stores a record, and moves its entry in expiries.
func put(tx *bbolt.Tx, kind byte, key []byte, expires int64, body []byte) error {
	b, e := tx.Bucket(kinds[kind]), tx.Bucket(bucketExpiries)
	// Entries come in nearly in order: leave little room between them.
	e.FillPercent = 0.9
	if v := b.Get(key); len(v) >= 8 {
		if old := int64(binary.BigEndian.Uint64(v)); old != expires {
			if err := e.Delete(expiryKey(old, kind, key)); err != nil {
				return err
			}
		}
	}
	if err := e.Put(expiryKey(expires, kind, key), nil); err != nil {
		return err
	}
	return b.Put(key, append(binary.BigEndian.AppendUint64(make([]byte, 0, 8+len(body)), uint64(expires)), body...))
}

// remove deletes a record and its entry in expiries.
func remove(tx *bbolt.Tx, kind byte, key []byte) error {
	b := tx.Bucket(kinds[kind])
	v := b.Get(key)
	if len(v) < 8 {
		return b.Delete(key)
	}
	if err := tx.Bucket(bucketExpiries).Delete(expiryKey(int64(binary.BigEndian.Uint64(v)), kind, key)); err != nil {
		return err
	}
	return b.Delete(key)
}

// pending is the body of a claim that is not done; a done one's is empty.
type pending struct {
	Until    int64  `json:"u"` // the lease's end, Unix milliseconds
	Key      string `json:"k"`
	Platform string `json:"f"`
	Holder   string `json:"h"`
	Payload  []byte `json:"p,omitempty"`
}

// setPending stores a pending claim in place of what was there.
func setPending(tx *bbolt.Tx, key []byte, expires int64, old *pending, p pending) error {
	if err := dropPending(tx, key, old); err != nil {
		return err
	}
	if err := tx.Bucket(bucketPending).Put(pendingKey(p.Platform, p.Until, key), nil); err != nil {
		return err
	}
	body, err := json.Marshal(p)
	if err != nil {
		return err
	}
	return put(tx, kindClaim, key, expires, body)
}

func dropPending(tx *bbolt.Tx, key []byte, p *pending) error {
	if p == nil {
		return nil
	}
	return tx.Bucket(bucketPending).Delete(pendingKey(p.Platform, p.Until, key))
}

// readPending reads a claim's body; nil where the claim is done.
func readPending(body []byte) *pending {
	var p pending
	if len(body) == 0 || json.Unmarshal(body, &p) != nil {
		return nil
	}
	return &p
}

// The calls. Each takes its results out of the transaction by a channel, since
// the transaction may outlive the call.

func (b *bolt) millis() int64 { return b.now().UnixMilli() }

func (b *bolt) Claim(ctx context.Context, c Claim, lease time.Duration) (Claimed, error) {
	out := make(chan Claimed, 2)
	key := hash(c.Key)
	err := b.update(ctx, func(tx *bbolt.Tx) error {
		now := b.millis()
		expires, body := get(tx, kindClaim, key, now)
		old := readPending(body)
		switch {
		case expires == 0:
			// Whatever was there has expired, and so has its entry in pending.
			_, stale := get(tx, kindClaim, key, 0)
			old, expires = readPending(stale), now+c.Keep.Milliseconds()
		case old == nil:
			out <- Done
			return nil
		case old.Until > now && old.Holder != c.Holder:
			out <- Pending
			return nil
		}
		out <- Taken
		return setPending(tx, key, expires, old, pending{
			Until: now + lease.Milliseconds(), Key: c.Key, Platform: c.Platform, Holder: c.Holder, Payload: c.Payload,
		})
	})
	if err != nil {
		return 0, err
	}
	return last(out), nil
}

// last returns what was sent last: a write that was run again has sent twice.
func last[T any](c chan T) (v T) {
	for {
		select {
		case v = <-c:
		default:
			return v
		}
	}
}

func (b *bolt) Finish(ctx context.Context, key string) error {
	out := make(chan bool, 2)
	h := hash(key)
	err := b.update(ctx, func(tx *bbolt.Tx) error {
		expires, body := get(tx, kindClaim, h, b.millis())
		out <- expires != 0
		p := readPending(body)
		if p == nil {
			return nil
		}
		if err := dropPending(tx, h, p); err != nil {
			return err
		}
		return put(tx, kindClaim, h, expires, nil)
	})
	if err != nil {
		return err
	}
	if !last(out) {
		return ErrNotFound
	}
	return nil
}

func (b *bolt) Abandoned(ctx context.Context, platform string, max int, lease time.Duration) ([]Claim, error) {
	// Most of the time there are none: look before asking for a commit.
	some := make(chan bool, 1)
	from := append([]byte(platform), 0)
	err := b.view(ctx, func(tx *bbolt.Tx) error {
		k, _ := tx.Bucket(bucketPending).Cursor().Seek(from)
		some <- due(k, from, b.millis())
		return nil
	})
	if err != nil || !<-some {
		return nil, err
	}
	out := make(chan []Claim, 2)
	holder := rand.Text()
	err = b.update(ctx, func(tx *bbolt.Tx) error {
		now := b.millis()
		var keys [][]byte
		c := tx.Bucket(bucketPending).Cursor()
		for k, _ := c.Seek(from); len(keys) < max && due(k, from, now); k, _ = c.Next() {
			keys = append(keys, bytes.Clone(k))
		}
		var claims []Claim
		for _, k := range keys {
			h := k[len(from)+8:]
			expires, body := get(tx, kindClaim, h, now)
			p := readPending(body)
			if p == nil || p.Platform != platform {
				if err := tx.Bucket(bucketPending).Delete(k); err != nil {
					return err
				}
				continue
			}
			taken := *p
			taken.Until, taken.Holder = now+lease.Milliseconds(), holder
			if err := setPending(tx, h, expires, p, taken); err != nil {
				return err
			}
			claims = append(claims, Claim{
				Key: p.Key, Platform: platform, Payload: p.Payload, Holder: holder,
				Keep: time.Duration(expires-now) * time.Millisecond,
			})
		}
		out <- claims
		return nil
	})
	if err != nil {
		return nil, err
	}
	return last(out), nil
}

// due says whether k, a key of pending, is of the platform and has run out.
func due(k, platform []byte, now int64) bool {
	return len(k) >= len(platform)+8 && bytes.HasPrefix(k, platform) &&
		int64(binary.BigEndian.Uint64(k[len(platform):])) <= now
}

func (b *bolt) Conversation(ctx context.Context, key string) ([]byte, error) {
	out := make(chan []byte, 1)
	err := b.view(ctx, func(tx *bbolt.Tx) error {
		expires, body := get(tx, kindConversation, hash(key), b.millis())
		if expires == 0 {
			return ErrNotFound
		}
		out <- bytes.Clone(body)
		return nil
	})
	if err != nil {
		return nil, err
	}
	return <-out, nil
}

func (b *bolt) SetConversation(ctx context.Context, key string, turn []byte, ttl time.Duration) error {
	return b.update(ctx, func(tx *bbolt.Tx) error {
		return put(tx, kindConversation, hash(key), b.millis()+ttl.Milliseconds(), turn)
	})
}

func (b *bolt) Allow(ctx context.Context, key string, limit Limit) (bool, error) {
	out := make(chan bool, 2)
	h := hash(key)
	err := b.update(ctx, func(tx *bbolt.Tx) error {
		now := b.millis()
		expires, body := get(tx, kindLimit, h, now)
		n := uint32(0)
		if expires != 0 && len(body) == 4 {
			n = binary.BigEndian.Uint32(body)
		} else {
			expires = now + limit.Per.Milliseconds()
		}
		out <- int(n) < limit.Events
		if int(n) >= limit.Events {
			return nil
		}
		return put(tx, kindLimit, h, expires, binary.BigEndian.AppendUint32(nil, n+1))
	})
	if err != nil {
		return false, err
	}
	return last(out), nil
}

func (b *bolt) Lease(ctx context.Context, name, owner string, d time.Duration) (bool, error) {
	out := make(chan bool, 2)
	h := hash(name)
	err := b.update(ctx, func(tx *bbolt.Tx) error {
		now := b.millis()
		expires, body := get(tx, kindLease, h, now)
		ok := expires == 0 || string(body) == owner
		out <- ok
		if !ok {
			return nil
		}
		return put(tx, kindLease, h, now+d.Milliseconds(), []byte(owner))
	})
	if err != nil {
		return false, err
	}
	return last(out), nil
}

func (b *bolt) Release(ctx context.Context, name, owner string) error {
	h := hash(name)
	return b.update(ctx, func(tx *bbolt.Tx) error {
		if expires, body := get(tx, kindLease, h, b.millis()); expires == 0 || string(body) != owner {
			return nil
		}
		return remove(tx, kindLease, h)
	})
}

func (b *bolt) Append(ctx context.Context, entries ...Entry) error {
	return b.apart(ctx, func() error { return b.files.append(entries) })
}

func (b *bolt) Salt(ctx context.Context) ([]byte, error) {
	out := make(chan []byte, 2)
	err := b.update(ctx, func(tx *bbolt.Tx) error {
		m := tx.Bucket(bucketMeta)
		salt := bytes.Clone(m.Get(keySalt))
		if len(salt) == 0 {
			salt = newSalt()
			if err := m.Put(keySalt, salt); err != nil {
				return err
			}
		}
		out <- salt
		return nil
	})
	if err != nil {
		return nil, err
	}
	return last(out), nil
}

func (b *bolt) Keep(ctx context.Context, key string, value []byte) error {
	return b.update(ctx, func(tx *bbolt.Tx) error { return tx.Bucket(bucketKept).Put([]byte(key), value) })
}

func (b *bolt) Kept(ctx context.Context, key string) ([]byte, error) {
	out := make(chan []byte, 1)
	err := b.view(ctx, func(tx *bbolt.Tx) error {
		value := tx.Bucket(bucketKept).Get([]byte(key))
		if value == nil {
			return ErrNotFound
		}
		out <- bytes.Clone(value)
		return nil
	})
	if err != nil {
		return nil, err
	}
	return <-out, nil
}

func (b *bolt) KeptKeys(ctx context.Context) ([]string, error) {
	out := make(chan []string, 1)
	err := b.view(ctx, func(tx *bbolt.Tx) error {
		var keys []string
		err := tx.Bucket(bucketKept).ForEach(func(k, _ []byte) error {
			keys = append(keys, string(k))
			return nil
		})
		out <- keys
		return err
	})
	if err != nil {
		return nil, err
	}
	return <-out, nil
}

func (b *bolt) Forget(ctx context.Context, space string) error {
	for {
		out := make(chan int, 2)
		err := b.update(ctx, func(tx *bbolt.Tx) error {
			n, err := forget(tx, space, sweepBatch)
			out <- n
			return err
		})
		if err != nil {
			return err
		}
		if last(out) < sweepBatch {
			break
		}
	}
	return b.apart(ctx, func() error {
		_, err := b.files.forget(func(e Entry) bool { return e.Space == space })
		return err
	})
}

// forget removes up to most records of a space and returns how many.
func forget(tx *bbolt.Tx, space string, most int) (int, error) {
	n := 0
	prefix := hash16(space)
	for kind, name := range kinds {
		for _, key := range withPrefix(tx.Bucket(name), prefix, most-n) {
			if len(key) == len(prefix) {
				continue // of no space, by that name
			}
			if kind == kindClaim {
				_, body := get(tx, kindClaim, key, 0)
				if err := dropPending(tx, key, readPending(body)); err != nil {
					return n, err
				}
			}
			if err := remove(tx, byte(kind), key); err != nil {
				return n, err
			}
			n++
		}
	}
	kept := tx.Bucket(bucketKept)
	for _, key := range withPrefix(kept, []byte(spacePrefix(space)), most-n) {
		if err := kept.Delete(key); err != nil {
			return n, err
		}
		n++
	}
	return n, nil
}

// withPrefix returns up to most of a bucket's keys that begin with a prefix.
func withPrefix(b *bbolt.Bucket, prefix []byte, most int) [][]byte {
	var keys [][]byte
	c := b.Cursor()
	for k, _ := c.Seek(prefix); len(keys) < most && bytes.HasPrefix(k, prefix); k, _ = c.Next() {
		keys = append(keys, bytes.Clone(k))
	}
	return keys
}

func newSalt() []byte {
	salt := make([]byte, 32)
	rand.Read(salt) // never fails
	return salt
}

// Sweeping.

func (b *bolt) sweeper() {
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	tick := time.NewTicker(sweepEvery)
	defer tick.Stop()
	var journal time.Time // when the journal was last swept
	for {
		for {
			n, err := b.sweep(ctx)
			if n < sweepBatch || err != nil {
				break // an error is tried again at the next tick
			}
			select {
			case <-time.After(sweepPause):
			case <-b.stop:
				return
			}
		}
		if time.Since(journal) >= journalSweepEvery {
			journal = time.Now()
			if err := b.files.sweep(); err != nil {
				b.log.Error("state: old journal files cannot be deleted", "folder", b.files.dir, "error", err)
			}
		}
		select {
		case <-tick.C:
		case <-b.stop:
			return
		}
	}
}

// sweep deletes up to sweepBatch expired records and returns how many.
func (b *bolt) sweep(ctx context.Context) (int, error) {
	some := make(chan bool, 1)
	expired := func(k []byte) bool {
		return len(k) > 9 && int64(binary.BigEndian.Uint64(k)) <= b.millis() && int(k[8]) < len(kinds)
	}
	err := b.view(ctx, func(tx *bbolt.Tx) error {
		k, _ := tx.Bucket(bucketExpiries).Cursor().First()
		some <- expired(k)
		return nil
	})
	if err != nil || !<-some {
		return 0, err
	}
	out := make(chan int, 2)
	err = b.update(ctx, func(tx *bbolt.Tx) error {
		var keys [][]byte
		c := tx.Bucket(bucketExpiries).Cursor()
		for k, _ := c.First(); len(keys) < sweepBatch && expired(k); k, _ = c.Next() {
			keys = append(keys, bytes.Clone(k))
		}
		for _, k := range keys {
			kind, key := k[8], k[9:]
			if kind == kindClaim {
				_, body := get(tx, kindClaim, key, 0)
				if err := dropPending(tx, key, readPending(body)); err != nil {
					return err
				}
			}
			if err := remove(tx, kind, key); err != nil {
				return err
			}
			// remove has deleted the entry, unless the record was not there.
			if err := tx.Bucket(bucketExpiries).Delete(k); err != nil {
				return err
			}
		}
		out <- len(keys)
		return nil
	})
	if err != nil {
		return 0, err
	}
	return last(out), nil
}
