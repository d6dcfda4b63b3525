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
	for name, url := range map[string]string{"bolt": "bolt:" + filepath.Join(t.TempDir(), "state.db"), "redis": redis.URL()} {
		store, err := state.Open(url, state.Options{Log: slog.New(slog.DiscardHandler), Wait: time.Second})
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { store.Close() })
		ctx := t.Context()
		here, there := adapters.NewKept(store, "discord"), adapters.NewKept(store, "discord")
		for _, change := range []func(*adapters.Settings){
			func(s *adapters.Settings) { s.Use("press", "lamps"); s.Use("general", "ships") },
			func(s *adapters.Settings) {
				s.Answer("press", true)
				s.Answer("press", true)
				s.Answer("general", true)
			},
			func(s *adapters.Settings) { s.Use("general", ""); s.Answer("general", false); s.Private = true },
		} {
			if _, err := here.Change(ctx, "G1", change); err != nil {
				t.Fatalf("%s: %v", name, err)
			}
		}
		want := adapters.Settings{Channels: []string{"press"}, Private: true, Articles: map[string]string{"press": "lamps"}}
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
