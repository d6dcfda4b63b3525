package discord

import (
	"time"

	"verbatim/adapters"
)

// timing are the waits of an adapter. Tests shorten them.
type timing struct {
	ready         time.Duration // from dialling to READY
	identifyEvery time.Duration
	invalid       time.Duration // at least, before a new session in place of an invalid one
	again         time.Duration // before the first attempt to connect again
	againAtMost   time.Duration
	steady        time.Duration // a connection that lived so long was a good one
	leaseFor      time.Duration // of a shard
	leaseEvery    time.Duration // how often it is looked which shards are to be leased
	shareEvery    time.Duration // how often it is looked who runs how many
	save          time.Duration // how often it is noted how far a session was heard
	deferAfter    time.Duration // when an interaction is told that its answer takes longer
	callback      time.Duration // how long a first response to one is tried
	grace         time.Duration // for what has begun when the adapter is to end
}

var defaultTiming = timing{
	// Discord takes about a second to READY; a gateway that is restarting up to ten.
	ready: 30 * time.Second,
	// Discord's 5 seconds for each IDENTIFY, and half of one for the way from the
	// permission to the IDENTIFY.
	identifyEvery: 5500 * time.Millisecond,
	// Discord asks to wait between 1 and 5 seconds.
	invalid: time.Second,
	again:   time.Second,
	// A minute keeps 1,000 IDENTIFYs from being used up in a day even if each fails.
	againAtMost: time.Minute,
	steady:      time.Minute,
	// A dead replica's shards are taken over within leaseFor, leaseEvery and the time
	// to connect, so that a command given in that moment can still be answered within
	// Discord's 3 seconds. A replica that only stood still for so long finds its
	// session taken up by another, and leaves it: that costs one RESUME.
	leaseFor:   2 * time.Second,
	leaseEvery: 250 * time.Millisecond,
	// A shard is moved at the second look: while replicas are replaced one after
	// the other there is not a move for each.
	shareEvery: 5 * time.Second,
	// What was heard since is delivered again to whoever takes the session up, and
	// known by its claim: a second of it is little.
	save: time.Second,
	// Of Discord's 3 seconds: half for us, half for the network and a repetition.
	deferAfter: 1500 * time.Millisecond,
	// Discord's 3 seconds, less what the way there may take.
	callback: 2900 * time.Millisecond,
	// A container gets ten seconds between the signal and the kill.
	grace: 8 * time.Second,
}

// backoff is the wait before connecting again.
func (t timing) backoff() adapters.Backoff {
	return adapters.Backoff{First: t.again, Last: t.againAtMost}
}
