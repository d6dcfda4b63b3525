package adapters

import (
	"context"
	"errors"
	"log/slog"
	"testing"
	"time"
)

func TestBackoff(t *testing.T) {
	b := Backoff{First: time.Second, Last: 10 * time.Second}
	for range 3 {
		for _, want := range []time.Duration{1, 2, 4, 8, 10, 10} {
			if d := b.Wait(); d < want*time.Second/2 || d > want*time.Second {
				t.Errorf("a wait of %v, want at most %d s and at least half", d, want)
			}
		}
		b.Reset()
	}
}

func TestPersist(t *testing.T) {
	mistaken := errors.New("mistaken")
	for name, tt := range map[string]struct {
		errs []error
		want error
	}{
		"at once":          {[]error{nil}, nil},
		"the third time":   {[]error{errors.New("away"), errors.New("away"), nil}, nil},
		"of no use":        {[]error{errors.New("away"), Final{mistaken}}, mistaken},
		"until it is over": {[]error{errors.New("away"), context.Canceled}, nil},
	} {
		ctx, cancel := context.WithCancel(t.Context())
		n := 0
		got := Persist(ctx, slog.New(slog.DiscardHandler), "away", Backoff{First: time.Microsecond, Last: time.Millisecond}, func() error {
			err := tt.errs[n]
			if n++; err == context.Canceled {
				cancel()
			}
			return err
		})
		if got != tt.want || n != len(tt.errs) {
			t.Errorf("%s: %v after %d calls", name, got, n)
		}
		cancel()
	}
}
