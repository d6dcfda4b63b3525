package state_test

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"verbatim/state"
)

// TestBoltSweep: what has expired leaves the file, and nothing else.
func TestBoltSweep(t *testing.T) {
	t.Parallel()
	c := newClock()
	s := mustOpen(t, "bolt:"+filepath.Join(t.TempDir(), "state.db"), patient().WithClock(c.Now))
	ctx := t.Context()
	const n = 700 // more than a batch
	for i := range n {
		keep := time.Minute
		if i%7 == 0 {
			keep = time.Hour
		}
		e := event(i)
		e.Keep = keep
		_, err := s.Claim(ctx, e, time.Second)
		if i%2 == 0 {
			err = errors.Join(err, s.Finish(ctx, e.Key))
		}
		err2 := s.SetConversation(ctx, fmt.Sprint(i), []byte("turn"), keep)
		_, err3 := s.Allow(ctx, fmt.Sprint(i), state.Limit{Events: 2, Per: keep})
		_, err4 := s.Lease(ctx, fmt.Sprint(i), "a", keep)
		if err := errors.Join(err, err2, err3, err4); err != nil {
			t.Fatal(err)
		}
	}
	sweep := func(want map[string]int) {
		t.Helper()
		if err := state.Sweep(s); err != nil {
			t.Fatal(err)
		}
		if d := cmp.Diff(want, state.Count(s)); d != "" {
			t.Errorf("records (-want +got):\n%s", d)
		}
	}
	sweep(map[string]int{"claims": n, "conversations": n, "limits": n, "leases": n, "expiries": 4 * n, "pending": n / 2, "meta": 0, "kept": 0})
	c.Advance(time.Minute)
	sweep(map[string]int{"claims": n / 7, "conversations": n / 7, "limits": n / 7, "leases": n / 7, "expiries": 4 * n / 7, "pending": n / 14, "meta": 0, "kept": 0})
	c.Advance(time.Hour)
	sweep(map[string]int{"claims": 0, "conversations": 0, "limits": 0, "leases": 0, "expiries": 0, "pending": 0, "meta": 0, "kept": 0})
}

// TestBoltAgainstModel does the same things, at random, to a store and to a model
// of it, with time passing and sweeps between them.
func TestBoltAgainstModel(t *testing.T) {
	t.Parallel()
	for seed := range uint64(4) {
		t.Run(fmt.Sprint("seed ", seed), func(t *testing.T) {
			t.Parallel()
			random := rand.New(rand.NewPCG(seed, 1))
			c := newClock()
			s := mustOpen(t, "bolt:"+filepath.Join(t.TempDir(), "state.db"), patient().WithClock(c.Now))
			ctx := t.Context()

			type claim struct {
				holder         string
				until, expires time.Time
				done           bool
			}
			type turn struct {
				text    string
				expires time.Time
			}
			claims, turns := map[string]*claim{}, map[string]turn{}
			some := func(n int) time.Duration { return time.Duration(1+random.IntN(n)) * time.Second }
			for step := range 800 {
				key := fmt.Sprint(random.IntN(12))
				now := c.Now()
				if m := claims[key]; m != nil && !now.Before(m.expires) {
					delete(claims, key)
				}
				m := claims[key]
				switch random.IntN(7) {
				case 0, 1:
					in := state.Claim{Key: key, Platform: "slack", Keep: some(30), Holder: fmt.Sprint(random.IntN(3))}
					lease := some(10)
					got, err := s.Claim(ctx, in, lease)
					want := state.Taken
					switch {
					case m == nil:
						claims[key] = &claim{in.Holder, now.Add(lease), now.Add(in.Keep), false}
					case m.done:
						want = state.Done
					case now.Before(m.until) && m.holder != in.Holder:
						want = state.Pending
					default:
						m.holder, m.until = in.Holder, now.Add(lease)
					}
					if err != nil || got != want {
						t.Fatalf("step %d: Claim(%s) = %v, %v; want %v", step, key, got, err, want)
					}
				case 2:
					err := s.Finish(ctx, key)
					if (m == nil) != errors.Is(err, state.ErrNotFound) || m != nil && err != nil {
						t.Fatalf("step %d: Finish(%s) = %v; the model has %v", step, key, err, m)
					}
					if m != nil {
						m.done = true
					}
				case 3:
					lease := some(10)
					got, err := s.Abandoned(ctx, "slack", 100, lease)
					if err != nil {
						t.Fatal(err)
					}
					given := map[string]bool{}
					for _, g := range got {
						given[g.Key] = true
					}
					for k, m := range claims {
						if want := !m.done && !now.Before(m.until) && now.Before(m.expires); given[k] != want {
							t.Fatalf("step %d: Abandoned gives %s: %v; want %v", step, k, given[k], want)
						}
					}
					for _, g := range got {
						claims[g.Key].holder, claims[g.Key].until = g.Holder, now.Add(lease)
					}
				case 4:
					ttl := some(30)
					text := fmt.Sprint(step)
					if err := s.SetConversation(ctx, key, []byte(text), ttl); err != nil {
						t.Fatal(err)
					}
					turns[key] = turn{text, now.Add(ttl)}
				case 5:
					got, err := s.Conversation(ctx, key)
					want, ok := turns[key]
					if ok = ok && now.Before(want.expires); ok != (err == nil) || ok && string(got) != want.text {
						t.Fatalf("step %d: Conversation(%s) = %q, %v; want %q, %v", step, key, got, err, want.text, ok)
					}
				case 6:
					c.Advance(some(4))
					if random.IntN(3) == 0 {
						if err := state.Sweep(s); err != nil {
							t.Fatal(err)
						}
					}
				}
			}
			// Every record has one entry in the index, every pending claim another.
			n := state.Count(s)
			if n["expiries"] != n["claims"]+n["conversations"] {
				t.Errorf("%d index entries for %d claims and %d conversations", n["expiries"], n["claims"], n["conversations"])
			}
			if n["pending"] > n["claims"] {
				t.Errorf("%d pending claims of %d", n["pending"], n["claims"])
			}
			c.Advance(time.Hour)
			if err := state.Sweep(s); err != nil {
				t.Fatal(err)
			}
			for bucket, n := range state.Count(s) {
				if n != 0 {
					t.Errorf("%s has %d records after all expired", bucket, n)
				}
			}
		})
	}
}

// TestBoltJournalKept: days leave the journal when they are old.
func TestBoltJournalKept(t *testing.T) {
	t.Parallel()
	c := newClock()
	path := filepath.Join(t.TempDir(), "state.db")
	o := patient().WithClock(c.Now)
	o.JournalKeep = 3 * 24 * time.Hour
	s := mustOpen(t, "bolt:"+path, o)
	for day := range 6 {
		if err := s.Append(t.Context(), state.Entry{What: "question", Intent: fmt.Sprint(day)}); err != nil {
			t.Fatal(err)
		}
		c.Advance(24 * time.Hour)
	}
	// A curator's file in the folder is not ours.
	notes := filepath.Join(filepath.Dir(path), "state.journal", "notes.txt")
	if err := os.WriteFile(notes, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	read := func() (r []string) {
		for _, e := range entries(t, s) {
			r = append(r, e.Intent)
		}
		return r
	}
	want := []string{"3", "4", "5"}
	if d := cmp.Diff(want, read()); d != "" {
		t.Errorf("before the sweep (-want +got):\n%s", d)
	}
	if err := state.Sweep(s); err != nil {
		t.Fatal(err)
	}
	if d := cmp.Diff(want, read()); d != "" {
		t.Errorf("after the sweep (-want +got):\n%s", d)
	}
	files, err := filepath.Glob(filepath.Join(filepath.Dir(path), "state.journal", "*"))
	if err != nil || len(files) > 5 {
		t.Errorf("after the sweep the folder has %d files, %v; want 4 days at most, and the notes", len(files), err)
	}
	if _, err := os.Stat(notes); err != nil {
		t.Error(err)
	}
	for _, f := range files {
		if info, err := os.Stat(f); err == nil && info.Mode().Perm() != 0o600 {
			t.Errorf("%s can be read by others: %v", f, info.Mode())
		}
	}
}

func TestOpenErrors(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "file"), nil, 0o600); err != nil {
		t.Fatal(err)
	}
	for url, want := range map[string]string{
		"bolt:":                                   "needs a path",
		"bolt:" + dir:                             dir,
		"bolt:" + dir + "/file/state.db":          dir,
		"mysql://user:secret@host":                `"mysql:"`,
		"secret":                                  "use bolt:PATH",
		"redis://user:secret@":                    "not a valid URL",
		"redis://user:sec%ret@host":               "not a valid URL",
		"redis://user:secret@host/x":              "database",
		"redis://user:secret@host?wait=3":         "wait",
		"redis://user:secret@host?prefix={a}":     "braces",
		"redis-sentinel://user:secret@host:26379": "master_name",
		"redis-cluster://user:secret@host?x=1":    "x",
		"redis-ring://user:secret@host":           `"redis-ring:"`,
	} {
		s, err := state.Open(url, state.Options{Log: quiet})
		if err == nil {
			_ = s.Close()
			t.Errorf("Open(%q) is no error", url)
			continue
		}
		if got := err.Error(); !strings.Contains(got, want) || strings.Contains(got, "secret") {
			t.Errorf("Open(%q): %v; want %q in it and no password", url, err, want)
		}
	}
}

func TestClaimIsNotPrinted(t *testing.T) {
	t.Parallel()
	c := state.Claim{Key: "k", Platform: "discord", Payload: []byte("token"), Holder: "h"}
	log := &logged{}
	log.logger().Info("claim", "claim", c)
	for _, got := range []string{fmt.Sprint(c), fmt.Sprintf("%+v", c), fmt.Sprintf("%#v", c), fmt.Sprintf("%v", []state.Claim{c}), log.lines.String()} {
		if strings.Contains(got, "token") || strings.Contains(got, "116 111") || strings.Contains(got, "0x74") || !strings.Contains(got, "discord k") {
			t.Errorf("a claim is printed as %s", got)
		}
	}
}
