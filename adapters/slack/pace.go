package slack

import (
	"sync"
	"time"
)

// pace spaces what is posted to one channel as Slack documents it: about one message
// a second over time, with short bursts allowed.
type pace struct {
	every time.Duration
	// burst is how many may be posted at once after a rest.
	burst int
	mu    sync.Mutex
	next  map[string]time.Time // when a channel that is posted to steadily is free again
}

// reserve takes the next place in a channel and returns how long to wait for it.
func (p *pace) reserve(channel string, now time.Time) time.Duration {
	p.mu.Lock()
	defer p.mu.Unlock()
	if len(p.next) > 1000 { // only places in the future matter
		for ch, at := range p.next {
			if at.Before(now) {
				delete(p.next, ch)
			}
		}
	}
	at := p.next[channel]
	if at.Before(now) {
		at = now
	}
	p.next[channel] = at.Add(p.every)
	return max(0, at.Add(-time.Duration(max(0, p.burst-1))*p.every).Sub(now))
}

// posted notes that a post has arrived: where posts are spaced, the next one is a
// full interval after it, since on a slow network two could come close together.
func (p *pace) posted(channel string, now time.Time) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if at := now.Add(p.every); p.next[channel].Before(at) {
		p.next[channel] = at
	}
}
