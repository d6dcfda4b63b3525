// Package statetest says what a state.Store must do, as tests that every one
// passes.
package statetest

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"verbatim/state"
)

// Harness is what the suite needs of a kind of store.
type Harness interface {
	// Store is the store under test, with nothing in it.
	Store() state.Store
	// Again is a second view of what the store keeps: another client of it, or the
	// store closed and opened again. Store may not be used after it.
	Again() state.Store
	// Advance lets time pass for the store.
	Advance(d time.Duration)
}

const (
	// short runs out within a test, by Advance(over); long does not, however slow
	// the machine.
	short = 200 * time.Millisecond
	over  = 300 * time.Millisecond
	long  = 10 * time.Minute
)

// Run runs the suite; open makes a store for each test.
func Run(t *testing.T, open func(t *testing.T) Harness) {
	tests := []struct {
		name string
		test func(t *testing.T, h Harness)
	}{
		{"claim is taken, pending, done", claimOnce},
		{"claim is renewed by its holder alone", claimRenewed},
		{"claim whose lease ran out is taken", claimRunOut},
		{"claim is forgotten after its keep", claimForgotten},
		{"claim outlives the process", claimOutlives},
		{"claim is taken once by many", claimByMany},
		{"abandoned claims are those of the platform whose lease ran out", abandoned},
		{"abandoned claims are taken once by many", abandonedByMany},
		{"abandoned claim that is done or forgotten is not given out", abandonedGone},
		{"conversation", conversation},
		{"conversation expires", conversationExpires},
		{"limit", limit},
		{"limit holds for many", limitOfMany},
		{"lease", lease},
		{"lease has one owner of many", leaseOfMany},
		{"journal keeps order", journal},
		{"journal of many", journalOfMany},
		{"salt stays", salt},
		{"kept until it is forgotten", kept},
		{"space has keys of its own", space},
		{"space is forgotten as a whole", spaceForgotten},
		{"bad arguments", badArguments},
		{"ended context", endedContext},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			test.test(t, open(t))
		})
	}
}

func claim(key string) state.Claim {
	return state.Claim{Key: key, Platform: "slack", Payload: []byte("payload of " + key), Keep: long, Holder: "holder of " + key}
}

func mustClaim(t *testing.T, s state.Store, c state.Claim, lease time.Duration, want state.Claimed) {
	t.Helper()
	got, err := s.Claim(t.Context(), c, lease)
	if err != nil || got != want {
		t.Fatalf("Claim(%s, holder %q) = %v, %v; want %v", c.Key, c.Holder, got, err, want)
	}
}

func mustFinish(t *testing.T, s state.Store, key string) {
	t.Helper()
	if err := s.Finish(t.Context(), key); err != nil {
		t.Fatalf("Finish(%s): %v", key, err)
	}
}

func mustAbandoned(t *testing.T, s state.Store, platform string, max int, lease time.Duration) []state.Claim {
	t.Helper()
	claims, err := s.Abandoned(t.Context(), platform, max, lease)
	if err != nil {
		t.Fatalf("Abandoned(%s): %v", platform, err)
	}
	return claims
}

func keys(claims []state.Claim) []string {
	var r []string
	for _, c := range claims {
		r = append(r, c.Key)
	}
	slices.Sort(r)
	return r
}

func diff(t *testing.T, what string, got, want any) {
	t.Helper()
	if d := cmp.Diff(want, got); d != "" {
		t.Errorf("%s (-want +got):\n%s", what, d)
	}
}

func claimOnce(t *testing.T, h Harness) {
	s := h.Store()
	c := claim("a")
	mustClaim(t, s, c, long, state.Taken)
	other := c
	other.Holder = "another"
	mustClaim(t, s, other, long, state.Pending)
	other.Holder = ""
	mustClaim(t, s, other, long, state.Pending)
	mustClaim(t, s, claim("b"), long, state.Taken)
	mustFinish(t, s, "a")
	mustFinish(t, s, "a")
	mustClaim(t, s, c, long, state.Done)
	mustClaim(t, s, other, long, state.Done)
	if err := s.Finish(t.Context(), "never claimed"); !errors.Is(err, state.ErrNotFound) {
		t.Errorf("Finish of an unknown claim: %v; want ErrNotFound", err)
	}
}

func claimRenewed(t *testing.T, h Harness) {
	s := h.Store()
	c := claim("a")
	mustClaim(t, s, c, short, state.Taken)
	c.Payload = []byte("half done")
	mustClaim(t, s, c, long, state.Taken)
	h.Advance(over)
	other := claim("a")
	other.Holder = "another"
	mustClaim(t, s, other, long, state.Pending)
	mustClaim(t, s, c, short, state.Taken)
	h.Advance(over)
	got := mustAbandoned(t, s, "slack", 10, long)
	if len(got) != 1 || string(got[0].Payload) != "half done" {
		t.Fatalf("Abandoned = %v; want the claim with the payload it was renewed with", got)
	}
	// The one who lost it is told so.
	mustClaim(t, s, c, long, state.Pending)
	if got[0].Holder == "" || got[0].Holder == c.Holder {
		t.Errorf("the holder of the claim taken over is %q", got[0].Holder)
	}
	mustClaim(t, s, got[0], long, state.Taken)
}

func claimRunOut(t *testing.T, h Harness) {
	s := h.Store()
	mustClaim(t, s, claim("a"), short, state.Taken)
	h.Advance(over)
	other := claim("a")
	other.Holder = "another"
	mustClaim(t, s, other, long, state.Taken)
	mustClaim(t, s, claim("a"), long, state.Pending)
}

func claimForgotten(t *testing.T, h Harness) {
	s := h.Store()
	done, open := claim("done"), claim("open")
	done.Keep, open.Keep = short, short
	mustClaim(t, s, done, long, state.Taken)
	mustClaim(t, s, open, long, state.Taken)
	mustFinish(t, s, "done")
	h.Advance(over)
	if err := s.Finish(t.Context(), "open"); !errors.Is(err, state.ErrNotFound) {
		t.Errorf("Finish of a forgotten claim: %v; want ErrNotFound", err)
	}
	for _, c := range []state.Claim{done, open} {
		c.Holder = "another"
		mustClaim(t, s, c, long, state.Taken)
	}
}

func claimOutlives(t *testing.T, h Harness) {
	s := h.Store()
	mustClaim(t, s, claim("done"), long, state.Taken)
	mustFinish(t, s, "done")
	mustClaim(t, s, claim("open"), long, state.Taken)
	mustClaim(t, s, claim("left"), short, state.Taken)
	h.Advance(over)
	s = h.Again()
	mustClaim(t, s, claim("done"), long, state.Done)
	other := claim("open")
	other.Holder = "another"
	mustClaim(t, s, other, long, state.Pending)
	got := mustAbandoned(t, s, "slack", 10, long)
	if len(got) != 1 || got[0].Key != "left" || string(got[0].Payload) != "payload of left" {
		t.Errorf("Abandoned after a restart = %v; want the one whose lease ran out", got)
	}
}

const many = 16

func claimByMany(t *testing.T, h Harness) {
	s := h.Store()
	const events = 50
	var taken [events]atomic.Int32
	var wg sync.WaitGroup
	for i := range many {
		wg.Go(func() {
			for e := range events {
				c := claim(fmt.Sprint("event ", e))
				c.Holder = fmt.Sprint(i)
				got, err := s.Claim(t.Context(), c, long)
				if err != nil {
					t.Error(err)
					return
				}
				if got == state.Taken {
					taken[e].Add(1)
				}
			}
		})
	}
	wg.Wait()
	for e := range taken {
		if n := taken[e].Load(); n != 1 {
			t.Errorf("event %d was taken %d times", e, n)
		}
	}
}

func abandoned(t *testing.T, h Harness) {
	s := h.Store()
	if got := mustAbandoned(t, s, "slack", 10, long); len(got) != 0 {
		t.Errorf("Abandoned of an empty store = %v", got)
	}
	for _, k := range []string{"a", "b", "c"} {
		mustClaim(t, s, claim(k), short, state.Taken)
	}
	discord := claim("d")
	discord.Platform = "discord"
	mustClaim(t, s, discord, short, state.Taken)
	mustClaim(t, s, claim("held"), long, state.Taken)
	h.Advance(over)

	first := mustAbandoned(t, s, "slack", 2, long)
	if len(first) != 2 {
		t.Fatalf("Abandoned(max 2) = %v", first)
	}
	rest := mustAbandoned(t, s, "slack", 10, long)
	diff(t, "claims of slack", keys(append(first, rest...)), []string{"a", "b", "c"})
	if got := mustAbandoned(t, s, "slack", 10, long); len(got) != 0 {
		t.Errorf("Abandoned once more = %v; want none, their leases are new", got)
	}
	for _, c := range append(first, rest...) {
		if string(c.Payload) != "payload of "+c.Key || c.Platform != "slack" || c.Keep <= 0 || c.Keep > long {
			t.Errorf("%s has payload %q, platform %q, keep %v", c.Key, c.Payload, c.Platform, c.Keep)
		}
	}
	// A platform whose name begins another's has its own.
	if got := mustAbandoned(t, s, "disco", 10, long); len(got) != 0 {
		t.Errorf("Abandoned(disco) = %v", got)
	}
	diff(t, "claims of discord", keys(mustAbandoned(t, s, "discord", 10, long)), []string{"d"})
}

func abandonedByMany(t *testing.T, h Harness) {
	s := h.Store()
	const events = 40
	for e := range events {
		mustClaim(t, s, claim(fmt.Sprint(e)), short, state.Taken)
	}
	h.Advance(over)
	var mu sync.Mutex
	times := map[string]int{}
	var wg sync.WaitGroup
	for range many {
		wg.Go(func() {
			for {
				claims, err := s.Abandoned(t.Context(), "slack", 3, long)
				if err != nil {
					t.Error(err)
				}
				if len(claims) == 0 {
					return
				}
				mu.Lock()
				for _, c := range claims {
					times[c.Key]++
				}
				mu.Unlock()
			}
		})
	}
	wg.Wait()
	if len(times) != events {
		t.Errorf("%d of %d abandoned claims were taken", len(times), events)
	}
	for k, n := range times {
		if n != 1 {
			t.Errorf("claim %s was taken %d times", k, n)
		}
	}
}

func abandonedGone(t *testing.T, h Harness) {
	s := h.Store()
	mustClaim(t, s, claim("done"), short, state.Taken)
	mustFinish(t, s, "done")
	forgotten := claim("forgotten")
	forgotten.Keep = short
	mustClaim(t, s, forgotten, short, state.Taken)
	h.Advance(over)
	mustClaim(t, s, claim("left"), short, state.Taken)
	h.Advance(over)
	diff(t, "abandoned", keys(mustAbandoned(t, s, "slack", 10, long)), []string{"left"})
}

func conversation(t *testing.T, h Harness) {
	s := h.Store()
	ctx := t.Context()
	if _, err := s.Conversation(ctx, "c"); !errors.Is(err, state.ErrNotFound) {
		t.Errorf("Conversation of an empty store: %v; want ErrNotFound", err)
	}
	for _, turn := range []string{`{"intent":"windows"}`, "\x00\xff", ""} {
		if err := s.SetConversation(ctx, "c", []byte(turn), long); err != nil {
			t.Fatal(err)
		}
		got, err := s.Conversation(ctx, "c")
		if err != nil || string(got) != turn {
			t.Errorf("Conversation = %q, %v; want %q", got, err, turn)
		}
	}
	if _, err := s.Conversation(ctx, "another"); !errors.Is(err, state.ErrNotFound) {
		t.Errorf("Conversation of another key: %v; want ErrNotFound", err)
	}
	if err := s.SetConversation(ctx, "c", []byte("last"), long); err != nil {
		t.Fatal(err)
	}
	if got, err := h.Again().Conversation(ctx, "c"); err != nil || string(got) != "last" {
		t.Errorf("Conversation after a restart = %q, %v", got, err)
	}
}

func conversationExpires(t *testing.T, h Harness) {
	s := h.Store()
	ctx := t.Context()
	for _, c := range []struct {
		key  string
		ttls []time.Duration
	}{{"gone", []time.Duration{short}}, {"prolonged", []time.Duration{short, long}}, {"cut", []time.Duration{long, short}}} {
		for _, ttl := range c.ttls {
			if err := s.SetConversation(ctx, c.key, []byte("turn"), ttl); err != nil {
				t.Fatal(err)
			}
		}
	}
	h.Advance(over)
	for key, want := range map[string]error{"gone": state.ErrNotFound, "prolonged": nil, "cut": state.ErrNotFound} {
		if _, err := s.Conversation(ctx, key); !errors.Is(err, want) {
			t.Errorf("Conversation(%s): %v; want %v", key, err, want)
		}
	}
}

func mustAllow(t *testing.T, s state.Store, key string, l state.Limit, want bool) {
	t.Helper()
	got, err := s.Allow(t.Context(), key, l)
	if err != nil || got != want {
		t.Fatalf("Allow(%s) = %v, %v; want %v", key, got, err, want)
	}
}

func limit(t *testing.T, h Harness) {
	s := h.Store()
	three := state.Limit{Events: 3, Per: long}
	for range 3 {
		mustAllow(t, s, "ada", three, true)
	}
	for range 3 {
		mustAllow(t, s, "ada", three, false)
	}
	mustAllow(t, s, "grace", three, true)
	mustAllow(t, s, "ada", state.Limit{Events: 4, Per: long}, true) // refusals were not counted
	mustAllow(t, s, "ada", state.Limit{Events: 0, Per: long}, false)

	soon := state.Limit{Events: 1, Per: short}
	mustAllow(t, s, "soon", soon, true)
	h.Advance(over)
	mustAllow(t, s, "soon", soon, true)
	mustAllow(t, h.Again(), "ada", three, false)
}

func limitOfMany(t *testing.T, h Harness) {
	s := h.Store()
	var allowed atomic.Int32
	var wg sync.WaitGroup
	for range many {
		wg.Go(func() {
			for range 10 {
				ok, err := s.Allow(t.Context(), "k", state.Limit{Events: 25, Per: long})
				if err != nil {
					t.Error(err)
				}
				if ok {
					allowed.Add(1)
				}
			}
		})
	}
	wg.Wait()
	if n := allowed.Load(); n != 25 {
		t.Errorf("%d events were allowed; want 25", n)
	}
}

func mustLease(t *testing.T, s state.Store, name, owner string, d time.Duration, want bool) {
	t.Helper()
	got, err := s.Lease(t.Context(), name, owner, d)
	if err != nil || got != want {
		t.Fatalf("Lease(%s, %s) = %v, %v; want %v", name, owner, got, err, want)
	}
}

func lease(t *testing.T, h Harness) {
	s := h.Store()
	release := func(name, owner string) {
		t.Helper()
		if err := s.Release(t.Context(), name, owner); err != nil {
			t.Fatal(err)
		}
	}
	mustLease(t, s, "shard 0", "a", long, true)
	mustLease(t, s, "shard 0", "b", long, false)
	mustLease(t, s, "shard 0", "a", long, true)
	mustLease(t, s, "shard 1", "b", long, true)
	release("shard 0", "b") // not its own
	mustLease(t, s, "shard 0", "b", long, false)
	release("shard 0", "a")
	release("shard 0", "a")
	release("never", "a")
	mustLease(t, s, "shard 0", "b", short, true)
	h.Advance(over)
	mustLease(t, s, "shard 0", "a", short, true)
	mustLease(t, s, "shard 0", "a", long, true) // renewed
	h.Advance(over)
	s = h.Again()
	mustLease(t, s, "shard 0", "b", long, false)
}

func leaseOfMany(t *testing.T, h Harness) {
	s := h.Store()
	for round := range 5 {
		name := fmt.Sprint("round ", round)
		var owners atomic.Int32
		var wg sync.WaitGroup
		for i := range many {
			wg.Go(func() {
				ok, err := s.Lease(t.Context(), name, fmt.Sprint(i), long)
				if err != nil {
					t.Error(err)
				}
				if ok {
					owners.Add(1)
				}
			})
		}
		wg.Wait()
		if n := owners.Load(); n != 1 {
			t.Errorf("round %d: %d owners", round, n)
		}
	}
}

func readJournal(t *testing.T, j state.Journal, since time.Time) []state.Entry {
	t.Helper()
	var r []state.Entry
	if err := j.Journal(t.Context(), since, func(e state.Entry) bool { r = append(r, e); return true }); err != nil {
		t.Fatal(err)
	}
	return r
}

func journal(t *testing.T, h Harness) {
	s := h.Store()
	if got := readJournal(t, s, time.Time{}); len(got) != 0 {
		t.Errorf("the journal of an empty store: %v", got)
	}
	now := time.Now().UTC().Truncate(time.Microsecond)
	var want []state.Entry
	for i := range 1200 { // more than a page
		e := state.Entry{
			At: now.Add(time.Duration(i) * time.Microsecond), What: "question", Platform: "slack",
			Text: fmt.Sprintf("question %d, “quoted”\nwith two lines", i), Kind: "not_covered", Confidence: 0.25, Person: "p",
		}
		if i%3 == 0 {
			e = state.Entry{At: e.At, What: "vote", Platform: "discord", Intent: "windows", Person: "p", Subject: "m", Vote: -1}
		}
		want = append(want, e)
	}
	if err := s.Append(t.Context(), want[0]); err != nil {
		t.Fatal(err)
	}
	if err := s.Append(t.Context(), want[1:]...); err != nil {
		t.Fatal(err)
	}
	if err := s.Append(t.Context()); err != nil {
		t.Fatal(err)
	}
	diff(t, "all", readJournal(t, s, time.Time{}), want)
	diff(t, "since", readJournal(t, s, want[700].At), want[700:])
	var three []state.Entry
	if err := s.Journal(t.Context(), now, func(e state.Entry) bool { three = append(three, e); return len(three) < 3 }); err != nil {
		t.Fatal(err)
	}
	diff(t, "until yield says no", three, want[:3])
	s = h.Again()
	if err := s.Append(t.Context(), state.Entry{What: "question"}); err != nil {
		t.Fatal(err)
	}
	got := readJournal(t, s, now.Add(-time.Hour))
	if len(got) != len(want)+1 || got[len(want)].At.IsZero() {
		t.Errorf("after a restart there are %d entries, the last %+v; want %d and a time", len(got), got[len(got)-1], len(want)+1)
	}
}

func journalOfMany(t *testing.T, h Harness) {
	s := h.Store()
	now := time.Now()
	var wg sync.WaitGroup
	for i := range many {
		wg.Go(func() {
			for n := range 20 {
				e := state.Entry{At: now.Add(time.Duration(n)), What: "question", Person: fmt.Sprint(i), Text: fmt.Sprint(n)}
				if err := s.Append(t.Context(), e); err != nil {
					t.Error(err)
				}
			}
		})
	}
	wg.Wait()
	next := map[string]int{}
	for _, e := range readJournal(t, s, time.Time{}) {
		if e.Text != fmt.Sprint(next[e.Person]) {
			t.Fatalf("%s's entry %s comes where %d was due", e.Person, e.Text, next[e.Person])
		}
		next[e.Person]++
	}
	for i := range many {
		if n := next[fmt.Sprint(i)]; n != 20 {
			t.Errorf("%d has %d entries; want 20", i, n)
		}
	}
}

func salt(t *testing.T, h Harness) {
	s := h.Store()
	first, err := s.Salt(t.Context())
	if err != nil || len(first) != 32 || slices.Max(first) == 0 {
		t.Fatalf("Salt = %x, %v", first, err)
	}
	again, err := h.Again().Salt(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	diff(t, "salt", again, first)
}

func kept(t *testing.T, h Harness) {
	s := h.Store()
	ctx := t.Context()
	if _, err := s.Kept(ctx, "k"); !errors.Is(err, state.ErrNotFound) {
		t.Errorf("Kept of an empty store: %v; want ErrNotFound", err)
	}
	if keys, err := s.KeptKeys(ctx); err != nil || len(keys) != 0 {
		t.Errorf("KeptKeys of an empty store = %q, %v", keys, err)
	}
	for _, value := range []string{"first", "\x00\xff", ""} {
		if err := s.Keep(ctx, "k", []byte(value)); err != nil {
			t.Fatal(err)
		}
		if got, err := s.Kept(ctx, "k"); err != nil || string(got) != value {
			t.Errorf("Kept = %q, %v; want %q", got, err, value)
		}
	}
	if err := state.In(s, "a").Keep(ctx, "k", []byte("in a")); err != nil {
		t.Fatal(err)
	}
	h.Advance(over)
	s = h.Again()
	if got, err := state.In(s, "a").Kept(ctx, "k"); err != nil || string(got) != "in a" {
		t.Errorf("Kept after a restart = %q, %v", got, err)
	}
	keys, err := s.KeptKeys(ctx)
	if err != nil || len(keys) != 2 || keys[1] != "k" {
		t.Fatalf("KeptKeys = %q, %v", keys, err)
	}
	if space, key, ok := state.CutSpace(keys[0]); !ok || space != "a" || key != "k" {
		t.Errorf("CutSpace(%q) = %q, %q, %v", keys[0], space, key, ok)
	}
}

// fill stores one of everything under the same keys.
func fill(t *testing.T, s state.Store, text string) {
	t.Helper()
	ctx := t.Context()
	left := claim("left")
	left.Payload = []byte(text)
	mustClaim(t, s, left, short, state.Taken)
	mustClaim(t, s, claim("done"), long, state.Taken)
	mustFinish(t, s, "done")
	mustLease(t, s, "lease", text, long, true)
	mustAllow(t, s, "limit", state.Limit{Events: 1, Per: long}, true)
	if err := errors.Join(
		s.SetConversation(ctx, "c", []byte(text), long),
		s.Keep(ctx, "k", []byte(text)),
		s.Append(ctx, state.Entry{At: time.Now(), What: "question", Text: text}),
	); err != nil {
		t.Fatal(err)
	}
}

// mustHave looks that all that fill stored is there, but for the claim that was left.
func mustHave(t *testing.T, s state.Store, text string) {
	t.Helper()
	ctx := t.Context()
	if got, err := s.Conversation(ctx, "c"); err != nil || string(got) != text {
		t.Errorf("Conversation = %q, %v; want %q", got, err, text)
	}
	if got, err := s.Kept(ctx, "k"); err != nil || string(got) != text {
		t.Errorf("Kept = %q, %v; want %q", got, err, text)
	}
	mustClaim(t, s, claim("done"), long, state.Done)
	mustLease(t, s, "lease", "another", long, false)
	mustAllow(t, s, "limit", state.Limit{Events: 1, Per: long}, false)
}

// texts are the texts of a journal, in order, each with its space.
func texts(t *testing.T, s state.Store) []string {
	t.Helper()
	var out []string
	for _, e := range readJournal(t, s, time.Time{}) {
		out = append(out, e.Space+"/"+e.Text)
	}
	return out
}

func space(t *testing.T, h Harness) {
	s := h.Store()
	for _, name := range []string{"", "a", "ab", "*"} {
		fill(t, state.In(s, name), "of "+name)
	}
	h.Advance(over)
	for _, name := range []string{"", "a", "ab", "*"} {
		mustHave(t, state.In(s, name), "of "+name)
	}
	diff(t, "journal", texts(t, s), []string{"/of ", "a/of a", "ab/of ab", "*/of *"})
	var owners []string
	for _, c := range mustAbandoned(t, s, "slack", 10, long) {
		owner, key, _ := state.CutSpace(c.Key)
		owners = append(owners, owner)
		if key != "left" || string(c.Payload) != "of "+owner {
			t.Errorf("the claim left in %q is %q with %q", owner, key, c.Payload)
		}
		mustClaim(t, state.In(s, owner), state.Claim{Key: key, Platform: c.Platform, Holder: c.Holder, Keep: c.Keep}, long, state.Taken)
		mustFinish(t, state.In(s, owner), key)
	}
	slices.Sort(owners)
	diff(t, "spaces with a claim that was left", owners, []string{"", "*", "a", "ab"})
}

func spaceForgotten(t *testing.T, h Harness) {
	s := h.Store()
	ctx := t.Context()
	for _, name := range []string{"", "a", "ab", "*"} {
		fill(t, state.In(s, name), "of "+name)
	}
	for i := range 1200 { // more than is deleted at once
		if err := state.In(s, "a").SetConversation(ctx, fmt.Sprint(i), []byte("turn"), long); err != nil {
			t.Fatal(err)
		}
	}
	for _, name := range []string{"a", "*", "never"} {
		if err := s.Forget(ctx, name); err != nil {
			t.Fatalf("Forget(%q): %v", name, err)
		}
	}
	h.Advance(over)
	s = h.Again()
	for _, name := range []string{"", "ab"} {
		mustHave(t, state.In(s, name), "of "+name)
	}
	diff(t, "journal", texts(t, s), []string{"/of ", "ab/of ab"})
	diff(t, "claims left", len(mustAbandoned(t, s, "slack", 10, long)), 2)
	for _, name := range []string{"a", "*"} {
		gone := state.In(s, name)
		for _, key := range []string{"c", "0", "1199"} {
			if got, err := gone.Conversation(ctx, key); !errors.Is(err, state.ErrNotFound) {
				t.Errorf("%s: Conversation(%s) = %q, %v; want ErrNotFound", name, key, got, err)
			}
		}
		if got, err := gone.Kept(ctx, "k"); !errors.Is(err, state.ErrNotFound) {
			t.Errorf("%s: Kept = %q, %v; want ErrNotFound", name, got, err)
		}
		fill(t, gone, "of "+name) // all is as if it had never been there
		mustHave(t, gone, "of "+name)
	}
}

func badArguments(t *testing.T, h Harness) {
	s := h.Store()
	ctx := t.Context()
	bad := map[string]func(c *state.Claim){
		"no key":         func(c *state.Claim) { c.Key = "" },
		"no platform":    func(c *state.Claim) { c.Platform = "" },
		"zero byte":      func(c *state.Claim) { c.Platform = "a\x00b" },
		"no keep":        func(c *state.Claim) { c.Keep = 0 },
		"large payload":  func(c *state.Claim) { c.Payload = make([]byte, 1<<20) },
		"negative keeps": func(c *state.Claim) { c.Keep = -time.Second },
	}
	for name, spoil := range bad {
		c := claim("k")
		spoil(&c)
		if got, err := s.Claim(ctx, c, long); err == nil {
			t.Errorf("Claim with %s = %v", name, got)
		}
	}
	for name, f := range map[string]func() error{
		"Claim without lease":         func() error { _, err := s.Claim(ctx, claim("k"), 0); return err },
		"Abandoned without lease":     func() error { _, err := s.Abandoned(ctx, "slack", 1, 0); return err },
		"SetConversation without key": func() error { return s.SetConversation(ctx, "", nil, long) },
		"SetConversation without ttl": func() error { return s.SetConversation(ctx, "c", nil, 0) },
		"Allow without window":        func() error { _, err := s.Allow(ctx, "k", state.Limit{Events: 1}); return err },
		"Lease without owner":         func() error { _, err := s.Lease(ctx, "l", "", long); return err },
		"Lease without time":          func() error { _, err := s.Lease(ctx, "l", "a", 0); return err },
		"Keep without key":            func() error { return s.Keep(ctx, "", nil) },
		"Keep with a long key":        func() error { return s.Keep(ctx, string(make([]byte, 70_000)), nil) },
		"Keep of much":                func() error { return s.Keep(ctx, "k", make([]byte, 1<<20)) },
		"Forget of no space":          func() error { return s.Forget(ctx, "") },
		"Forget with a zero byte":     func() error { return s.Forget(ctx, "a\x00b") },
	} {
		if f() == nil {
			t.Errorf("%s is no error", name)
		}
	}
	// Any bytes and any length make a key.
	for _, key := range []string{"\x00", "\xff\xfe", "{a}{b}", string(make([]byte, 70_000))} {
		mustClaim(t, s, state.Claim{Key: key, Platform: "slack", Keep: long}, long, state.Taken)
		mustFinish(t, s, key)
		if err := s.SetConversation(ctx, key, []byte("x"), long); err != nil {
			t.Error(err)
		}
	}
}

func endedContext(t *testing.T, h Harness) {
	s := h.Store()
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := s.Claim(ctx, claim("a"), long); !errors.Is(err, context.Canceled) {
		t.Errorf("Claim with an ended context: %v; want context.Canceled", err)
	}
	if _, err := s.Conversation(ctx, "c"); !errors.Is(err, context.Canceled) {
		t.Errorf("Conversation with an ended context: %v; want context.Canceled", err)
	}
	if err := s.Ping(t.Context()); err != nil {
		t.Errorf("Ping: %v", err)
	}
}
