package state

import (
	"context"
	"errors"
	"time"

	"go.etcd.io/bbolt"
)

// WithClock gives a bbolt store another clock.
func (o Options) WithClock(now func() time.Time) Options {
	o.now = now
	return o
}

// Sweep sweeps a bbolt store until nothing is left to delete.
func Sweep(s Store) error {
	b := s.(*guard).s.(*bolt)
	for {
		n, err := b.sweep(context.Background())
		if n == 0 || err != nil {
			return errors.Join(err, b.files.sweep())
		}
	}
}

// Count returns how many records each bucket of a bbolt store has.
func Count(s Store) map[string]int {
	r := map[string]int{}
	_ = s.(*guard).s.(*bolt).db.View(func(tx *bbolt.Tx) error {
		for _, name := range buckets {
			r[string(name)] = tx.Bucket(name).Stats().KeyN
		}
		return nil
	})
	return r
}

// Path returns the file of a bbolt store.
func Path(s Store) string { return s.(*guard).s.(*bolt).path }
