package adapters

import (
	"cmp"
	"sync"
	"time"
)

// LeaveAlone is how long a place is left alone that refused what the bot posted: an
// administrator needs some minutes to mend it, and people ask again after as many.
const LeaveAlone = 10 * time.Minute

// maxRefusals bounds the places remembered; past it all are forgotten and tried anew.
const maxRefusals = 4096

// Refusals remembers the places (channels, threads) whose platform refuses for good
// what the bot posts there. They are left alone for LeaveAlone; each person who asks
// there meanwhile is told why once, in private. Its zero value is ready for use.
type Refusals struct {
	mu     sync.Mutex
	places map[string]*refusal
}

// Refusal is what follows where a platform refuses something for good.
type Refusal struct {
	// Why is what the person is told; empty where what was to be answered is no more, so
	// that nobody needs to be told.
	Why string
	// Place is what refuses whatever is posted there; empty where that was refused alone.
	Place string
	// For is how long the place is left alone; 0: LeaveAlone.
	For time.Duration
}

func (f Refusal) lasts() time.Duration { return cmp.Or(f.For, LeaveAlone) }

type refusal struct {
	why   string
	until time.Time
	told  map[string]bool // by person
}

// Add notes that a place refused. People who ask there are told when it is tried again.
func (r *Refusals) Add(f Refusal) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.places == nil || len(r.places) >= maxRefusals {
		r.places = map[string]*refusal{}
	}
	r.places[f.Place] = &refusal{why: f.Why + " I try there again in " + spoken(f.lasts()) + ".", until: time.Now().Add(f.lasts()), told: map[string]bool{}}
}

// Alone reports whether a place is left alone now.
func (r *Refusals) Alone(place string) bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.at(place) != nil
}

// Tell returns what a person is to be told of a place that is left alone, "" where
// it is not, or where that person knows.
func (r *Refusals) Tell(place, person string) string {
	r.mu.Lock()
	defer r.mu.Unlock()
	f := r.at(place)
	if f == nil || f.told[person] {
		return ""
	}
	f.told[person] = true
	return f.why
}

// at is the refusal of a place that is left alone, else nil. With mu held.
func (r *Refusals) at(place string) *refusal {
	f := r.places[place]
	if f != nil && time.Now().After(f.until) {
		delete(r.places, place)
		return nil
	}
	return f
}

// Revoked is an error of credentials that worked and then did so no longer. It says
// what to fix and holds no secret.
type Revoked struct{ Err error }

func (r Revoked) Error() string { return r.Err.Error() }

// Unwrap returns what is wrong.
func (r Revoked) Unwrap() error { return r.Err }
