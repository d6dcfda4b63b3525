package state

import (
	"cmp"
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"log/slog"
	"math"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"time"
)

const (
	// DefaultJournalRoom is how many entries wait while the store is away: with some
	// 300 bytes each, 3 MB; with ten doubtful questions a minute, most of a day.
	DefaultJournalRoom = 10_000

	// journalBatch is how many entries go into the store at once. They share a
	// sync; 200 are one second of a very busy bot.
	journalBatch = 200
	// retryFirst and retryMost are the pauses between attempts while the store is
	// away; each is twice the one before it. A store that is back is written to
	// within half a minute.
	retryFirst = 250 * time.Millisecond
	retryMost  = 30 * time.Second
	// flushLook is how often it is looked whether what waited is written. A batch takes
	// milliseconds.
	flushLook = 5 * time.Millisecond
	// maxText bounds the text of an entry, in characters: a question is a line or
	// two, and what is longer was pasted.
	maxText = 1000
)

// JournalOptions are the choices of NewJournalWriter.
type JournalOptions struct {
	// Text says whether the text of questions is kept.
	Text bool
	// Room is how many entries wait while the store is away; DefaultJournalRoom
	// where it is 0. What exceeds it is dropped.
	Room int
	// Dropped, where it is set, is called for each entry dropped, from many
	// goroutines.
	Dropped func()
	// Log is told when entries begin to be dropped and, once the store works
	// again, how many were. slog.Default() where it is nil.
	Log *slog.Logger
}

// JournalWriter writes to a store's journal without keeping anybody waiting.
type JournalWriter struct {
	store   Store
	o       JournalOptions
	entries chan Entry
	dropped atomic.Int64 // since the store last worked
	added   atomic.Int64 // entries in all
	written atomic.Int64

	mu     sync.RWMutex // write: closed is set
	closed bool
	stop   context.CancelFunc
	done   chan struct{}
}

// NewJournalWriter starts a writer. Close it before the store.
func NewJournalWriter(store Store, o JournalOptions) *JournalWriter {
	if o.Room == 0 {
		o.Room = DefaultJournalRoom
	}
	if o.Log == nil {
		o.Log = slog.Default()
	}
	if o.Dropped == nil {
		o.Dropped = func() {}
	}
	ctx, stop := context.WithCancel(context.Background())
	w := &JournalWriter{store: store, o: o, entries: make(chan Entry, o.Room), stop: stop, done: make(chan struct{})}
	go w.run(ctx)
	return w
}

// Add adds an entry and returns at once. Its Person is the platform's key of a
// person; what is stored is a salted hash of that and of the platform. Where the
// entry has no time it gets the present one.
func (w *JournalWriter) Add(e Entry) {
	if e.At.IsZero() {
		e.At = time.Now().UTC()
	}
	if !w.o.Text {
		e.Text = ""
	}
	e.Text = clip(strings.ToValidUTF8(e.Text, "\uFFFD"), maxText)
	if math.IsNaN(e.Confidence) || math.IsInf(e.Confidence, 0) {
		e.Confidence = 0 // JSON has no such number
	}
	w.mu.RLock()
	defer w.mu.RUnlock()
	if !w.closed {
		select {
		case w.entries <- e:
			w.added.Add(1)
			return
		default:
		}
	}
	w.o.Dropped()
	if w.dropped.Add(1) == 1 {
		w.o.Log.Warn("journal: entries are dropped until the store works again", "waiting", len(w.entries))
	}
}

// clip cuts s after n characters.
func clip(s string, n int) string {
	for i := range s {
		if n == 0 {
			return s[:i]
		}
		n--
	}
	return s
}

// Store is the writer's store, but Append is Add: whoever is given it writes to
// the journal without waiting, and persons are hashed.
func (w *JournalWriter) Store() Store { return throughWriter{w.store, w} }

type throughWriter struct {
	Store
	w *JournalWriter
}

func (t throughWriter) Append(_ context.Context, entries ...Entry) error {
	for _, e := range entries {
		t.w.Add(e)
	}
	return nil
}

// Forget is the store's, after what waits for the journal is written.
func (t throughWriter) Forget(ctx context.Context, space string) error {
	for added := t.w.added.Load(); t.w.written.Load() < added; {
		select {
		case <-time.After(flushLook):
		case <-ctx.Done():
			return ctx.Err()
		}
	}
	return t.Store.Forget(ctx, space)
}

// Close writes what waits and ends the writer; it gives up, with ctx's error,
// when ctx ends.
func (w *JournalWriter) Close(ctx context.Context) error {
	w.mu.Lock()
	if !w.closed {
		w.closed = true
		close(w.entries)
	}
	w.mu.Unlock()
	defer w.stop()
	select {
	case <-w.done:
		return nil
	case <-ctx.Done():
		w.stop()
		<-w.done
		return ctx.Err()
	}
}

func (w *JournalWriter) run(ctx context.Context) {
	defer close(w.done)
	var salt []byte
	for e := range w.entries {
		batch := []Entry{e}
		for len(batch) < journalBatch && len(w.entries) > 0 {
			if e, ok := <-w.entries; ok {
				batch = append(batch, e)
			}
		}
		for pause := retryFirst; ; pause = min(2*pause, retryMost) {
			var err error
			if salt == nil {
				salt, err = w.store.Salt(ctx)
			}
			if err == nil {
				err = w.store.Append(ctx, hashed(batch, salt)...)
			}
			if err == nil {
				break
			}
			select {
			case <-time.After(pause):
			case <-ctx.Done():
				return
			}
		}
		w.written.Add(int64(len(batch)))
		if n := w.dropped.Swap(0); n > 0 {
			w.o.Log.Warn("journal: written again", "dropped", n)
		}
	}
}

// hashed returns entries with hashes for persons.
func hashed(entries []Entry, salt []byte) []Entry {
	r := slices.Clone(entries)
	for i, e := range r {
		if e.Person == "" {
			continue
		}
		h := hmac.New(sha256.New, salt)
		h.Write([]byte(e.Platform))
		h.Write([]byte{0})
		h.Write([]byte(e.Person))
		r[i].Person = hex.EncodeToString(h.Sum(nil)[:16])
	}
	return r
}

// Votes returns the votes of a journal that count since a time, the oldest first:
// the last one of each person on each subject, unless it was taken back.
func Votes(ctx context.Context, j Journal, since time.Time) ([]Entry, error) {
	type ballot struct{ platform, person, subject string }
	votes := map[ballot]Entry{}
	err := j.Journal(ctx, since, func(e Entry) bool {
		if e.What == "vote" {
			b := ballot{e.Platform, e.Person, e.Subject}
			if last, ok := votes[b]; !ok || !e.At.Before(last.At) {
				votes[b] = e
			}
		}
		return true
	})
	var r []Entry
	for _, e := range votes {
		if e.Vote != 0 {
			r = append(r, e)
		}
	}
	slices.SortFunc(r, func(a, b Entry) int {
		return cmp.Or(a.At.Compare(b.At), cmp.Compare(a.Platform, b.Platform), cmp.Compare(a.Subject, b.Subject), cmp.Compare(a.Person, b.Person))
	})
	return r, err
}
