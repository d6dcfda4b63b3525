package adapters_test

import (
	"log/slog"
	"path/filepath"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"verbatim/adapters"
	"verbatim/adapters/adaptertest"
	"verbatim/state"
	"verbatim/state/statetest"
)

// TestKept: settings are kept by place in either store, seen by another process, and stay as
// they were read while the store is away.
func TestKept(t *testing.T) {
	t.Parallel()
	redis := statetest.StartRedis(t)
	lamps := adaptertest.NewLamps(t).Sources()
	for name, url := range map[string]string{"bolt": "bolt:" + filepath.Join(t.TempDir(), "state.db"), "redis": redis.URL()} {
		store, err := state.Open(url, state.Options{Log: slog.New(slog.DiscardHandler), Wait: time.Second})
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { store.Close() })
		ctx := t.Context()
		here, there := adapters.NewKept(store, "discord"), adapters.NewKept(store, "discord")
		for _, change := range []func(*adapters.Settings){
			func(s *adapters.Settings) { s.Use("press", lamps[0]); s.Use("general", lamps[1]) },
			func(s *adapters.Settings) {
				s.Answer("press", true)
				s.Answer("press", true)
				s.Answer("general", true)
			},
			func(s *adapters.Settings) { s.Use("general", nil); s.Answer("general", false); s.Private = true },
		} {
			if _, err := here.Change(ctx, "G1", change); err != nil {
				t.Fatalf("%s: %v", name, err)
			}
		}
		want := adapters.Settings{Channels: []string{"press"}, Private: true,
			Articles: map[string]string{"press": lamps[0].ID()}, Titles: map[string]string{"press": lamps[0].Title()}}
		if got := there.Of(ctx, "G1"); !cmp.Equal(got, want) {
			t.Errorf("%s: the settings are %+v, want %+v", name, got, want)
		}
		if got := there.Of(ctx, "G2"); !cmp.Equal(got, adapters.Settings{}) {
			t.Errorf("%s: another place has %+v", name, got)
		}
		if name == "redis" {
			redis.Stop()
		} else if err := store.Close(); err != nil {
			t.Fatal(err)
		}
		if got := there.Of(ctx, "G1"); !cmp.Equal(got, want) {
			t.Errorf("%s: while the store is away the settings are %+v, want %+v", name, got, want)
		}
		if _, err := here.Change(ctx, "G1", func(s *adapters.Settings) { s.Private = false }); err == nil {
			t.Errorf("%s: a change that cannot be kept has no error", name)
		}
	}
}

func TestTitles(t *testing.T) {
	t.Parallel()
	e := adaptertest.NewLamps(t)
	for typed, want := range map[string][]string{
		"":           {adaptertest.Lamps2023, adaptertest.Lamps2024},
		"LAMP":       {adaptertest.Lamps2023, adaptertest.Lamps2024},
		"in 2024":    {adaptertest.Lamps2024},
		"prices-202": {adaptertest.Lamps2023, adaptertest.Lamps2024},
		"ships":      nil,
	} {
		var got []string
		for _, s := range adapters.Titles(e, typed, 5) {
			got = append(got, s.ID)
		}
		if !cmp.Equal(got, want) {
			t.Errorf("%q: %q, want %q", typed, got, want)
		}
	}
	if got := adapters.Titles(e, "", 1); len(got) != 1 {
		t.Errorf("one of two is %v", got)
	}
}

// TestArticle: a channel's article is found again where it was renamed or given another
// title, and is not taken for another that has its name now.
func TestArticle(t *testing.T) {
	t.Parallel()
	engine := adaptertest.NewLamps(t)
	for name, c := range map[string]struct{ id, title, want string }{
		"as it was":                     {adaptertest.Lamps2023, adaptertest.LampsTitle2023, adaptertest.Lamps2023},
		"renamed":                       {"old-prices", adaptertest.LampsTitle2023, adaptertest.Lamps2023},
		"renamed, the name has gone on": {adaptertest.Lamps2024, adaptertest.LampsTitle2023, adaptertest.Lamps2023},
		"with another title":            {adaptertest.Lamps2023, "Prices", adaptertest.Lamps2023},
		"set by an older bot":           {adaptertest.Lamps2023, "", adaptertest.Lamps2023},
		"removed":                       {"gone", "Gone", "gone"},
		"none":                          {"", "", ""},
	} {
		s := adapters.Settings{Articles: map[string]string{"press": c.id}, Titles: map[string]string{"press": c.title}}
		if got := s.Article("press", engine); got != c.want {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
	}
}
