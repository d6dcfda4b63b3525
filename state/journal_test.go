package state_test

import (
	"context"
	"errors"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"verbatim/state"
)

func entries(t *testing.T, j state.Journal) []state.Entry {
	t.Helper()
	var r []state.Entry
	if err := j.Journal(t.Context(), time.Time{}, func(e state.Entry) bool { r = append(r, e); return true }); err != nil {
		t.Fatal(err)
	}
	return r
}

func TestJournalWriter(t *testing.T) {
	t.Parallel()
	for _, text := range []bool{true, false} {
		t.Run(fmt.Sprint("text=", text), func(t *testing.T) {
			t.Parallel()
			s := mustOpen(t, "bolt:"+filepath.Join(t.TempDir(), "state.db"), patient())
			w := state.NewJournalWriter(s, state.JournalOptions{Text: text, Log: quiet})
			long := strings.Repeat("é", 5000)
			w.Add(state.Entry{What: "question", Platform: "slack", Person: "U1", Text: "who is ada?", Confidence: 0.5})
			w.Add(state.Entry{What: "question", Platform: "slack", Person: "U1", Text: "\xff" + long, Confidence: math.NaN()})
			w.Add(state.Entry{What: "vote", Platform: "discord", Person: "U1", Subject: "m", Vote: 1})
			if err := w.Store().Append(t.Context(), state.Entry{What: "vote", Platform: "discord", Subject: "m", Vote: -1}); err != nil {
				t.Error(err)
			}
			if err := w.Close(t.Context()); err != nil {
				t.Fatal(err)
			}
			w.Add(state.Entry{What: "question", Text: "too late"})
			got := entries(t, s)
			want := []state.Entry{
				{What: "question", Platform: "slack", Text: "who is ada?", Confidence: 0.5},
				{What: "question", Platform: "slack", Text: "\uFFFD" + long[:2*999]},
				{What: "vote", Platform: "discord", Subject: "m", Vote: 1},
				{What: "vote", Platform: "discord", Subject: "m", Vote: -1},
			}
			if !text {
				want[0].Text, want[1].Text = "", ""
			}
			if d := cmp.Diff(want, got, cmpopts.IgnoreFields(state.Entry{}, "At", "Person")); d != "" {
				t.Errorf("journal (-want +got):\n%s", d)
			}
			if p := got[0].Person; len(p) != 32 || p != got[1].Person || p == got[2].Person || got[3].Person != "" {
				t.Errorf("persons are %q, %q, %q, %q; want one hash on a platform, none for nobody", p, got[1].Person, got[2].Person, got[3].Person)
			}
			// Neither the key of a person nor, if so set, a text is anywhere on the disk.
			for _, secret := range []string{"U1", "who is ada"} {
				found := onDisk(t, filepath.Dir(pathOf(t, s)), secret)
				if found != (text && secret == "who is ada") {
					t.Errorf("%q on the disk: %v", secret, found)
				}
			}
		})
	}
}

func pathOf(t *testing.T, s state.Store) string { t.Helper(); return state.Path(s) }

func onDisk(t *testing.T, dir, what string) bool {
	t.Helper()
	found := false
	err := filepath.Walk(dir, func(path string, info os.FileInfo, err error) error {
		if err != nil || info.IsDir() {
			return err
		}
		data, err := os.ReadFile(path)
		found = found || strings.Contains(string(data), what)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return found
}

// away is a store that fails while it is told to.
type away struct {
	state.Store
	away atomic.Bool
}

var errAway = errors.New("away")

func (a *away) Append(ctx context.Context, e ...state.Entry) error {
	if a.away.Load() {
		return errAway
	}
	return a.Store.Append(ctx, e...)
}

// TestJournalWriterForgets: what waited for the journal is forgotten too.
func TestJournalWriterForgets(t *testing.T) {
	t.Parallel()
	s := mustOpen(t, "bolt:"+filepath.Join(t.TempDir(), "state.db"), patient())
	w := state.NewJournalWriter(s, state.JournalOptions{Text: true, Log: quiet})
	for range 500 {
		w.Add(state.Entry{What: "question", Space: "a", Text: "of a"})
	}
	w.Add(state.Entry{What: "question", Text: "of nobody"})
	if err := w.Store().Forget(t.Context(), "a"); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(t.Context()); err != nil {
		t.Fatal(err)
	}
	if got := entries(t, s); len(got) != 1 || got[0].Text != "of nobody" {
		t.Errorf("%d entries are left: %v", len(got), got)
	}
}

func TestJournalWriterWhileAway(t *testing.T) {
	t.Parallel()
	s := &away{Store: mustOpen(t, "bolt:"+filepath.Join(t.TempDir(), "state.db"), patient())}
	s.away.Store(true)
	var dropped atomic.Int32
	log := &logged{}
	w := state.NewJournalWriter(s, state.JournalOptions{Room: 10, Dropped: func() { dropped.Add(1) }, Log: log.logger()})
	const n = 500
	for i := range n {
		w.Add(state.Entry{What: "question", Confidence: float64(i)})
	}
	if d := dropped.Load(); d < n-journalBatchPlusRoom || d >= n {
		t.Errorf("%d of %d entries were dropped", d, n)
	}
	s.away.Store(false)
	if err := w.Close(t.Context()); err != nil {
		t.Fatal(err)
	}
	got := entries(t, s)
	if len(got) != n-int(dropped.Load()) || got[0].Confidence != 0 {
		t.Errorf("%d entries were written and %d dropped, of %d", len(got), dropped.Load(), n)
	}
	for i := range got[1:] {
		if got[i].Confidence >= got[i+1].Confidence {
			t.Errorf("entry %v comes before %v", got[i].Confidence, got[i+1].Confidence)
		}
	}
	if n := log.count("entries are dropped"); n != 1 {
		t.Errorf("dropping was told %d times; want once", n)
	}
	if n := log.count("written again"); n != 1 {
		t.Errorf("the end of it was told %d times; want once", n)
	}
}

// journalBatchPlusRoom is the most that a writer with room for 10 holds.
const journalBatchPlusRoom = 200 + 10

func TestJournalWriterGivesUp(t *testing.T) {
	t.Parallel()
	s := &away{Store: mustOpen(t, "bolt:"+filepath.Join(t.TempDir(), "state.db"), patient())}
	s.away.Store(true)
	w := state.NewJournalWriter(s, state.JournalOptions{Log: quiet})
	w.Add(state.Entry{What: "question"})
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if err := w.Close(ctx); !errors.Is(err, context.Canceled) {
		t.Errorf("Close with an ended context: %v; want context.Canceled", err)
	}
}

func TestVotes(t *testing.T) {
	t.Parallel()
	s := mustOpen(t, "bolt:"+filepath.Join(t.TempDir(), "state.db"), patient())
	at := time.Now().UTC().Truncate(time.Second).Add(-time.Hour)
	vote := func(minute int, person, subject string, v int) state.Entry {
		return state.Entry{At: at.Add(time.Duration(minute) * time.Minute), What: "vote", Platform: "slack", Person: person, Subject: subject, Vote: v}
	}
	all := []state.Entry{
		vote(0, "ada", "m1", 1), vote(1, "ada", "m1", -1), // changed her mind
		vote(2, "ada", "m2", 1),                          // another answer
		vote(3, "bob", "m1", 1), vote(4, "bob", "m1", 0), // took it back
		vote(6, "eve", "m1", -1), vote(5, "eve", "m1", 1), // told out of order
		{At: at, What: "question", Platform: "slack", Person: "ada"},
	}
	if err := s.Append(t.Context(), all...); err != nil {
		t.Fatal(err)
	}
	for _, tt := range []struct {
		since time.Time
		want  []state.Entry
	}{
		{time.Time{}, []state.Entry{all[1], all[2], all[5]}},
		{at.Add(2 * time.Minute), []state.Entry{all[2], all[5]}},
	} {
		got, err := state.Votes(t.Context(), s, tt.since)
		if err != nil {
			t.Fatal(err)
		}
		if d := cmp.Diff(tt.want, got); d != "" {
			t.Errorf("Votes since %v (-want +got):\n%s", tt.since, d)
		}
	}
}

func TestOpenJournal(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	for url, want := range map[string]string{
		"bolt:" + dir + "/state.db": dir + "/state.journal", "bolt://" + dir + "/a.b.db": dir + "/a.b.journal", "": "./data/verbatim.journal",
		"redis://127.0.0.1": "",
	} {
		if got, ok := state.JournalDir(url); got != want || ok != (want != "") {
			t.Errorf("the journal of %q is in %q (%v), want %q", url, got, ok, want)
		}
	}
	// A journal that nobody has begun is empty; one cannot be nowhere.
	j, err := state.OpenJournal("bolt:"+dir+"/state.db", state.Options{})
	if err != nil {
		t.Fatal(err)
	}
	if got := entries(t, j); len(got) != 0 {
		t.Errorf("entries %+v", got)
	}
	if err := j.Close(); err != nil {
		t.Error(err)
	}
	if _, err := state.OpenJournal("bolt:", state.Options{}); err == nil || !strings.Contains(err.Error(), "needs a path") {
		t.Errorf("a journal without a path: %v", err)
	}
}
