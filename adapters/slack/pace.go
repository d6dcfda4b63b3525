package slack

import (
	"sync"
	"time"
)

// pace spaces what is posted to one channel: Slack takes about one message a
// second there.
type pace struct {
	every time.Duration
	mu    sync.Mutex
	next  map[string]time.Time
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
	return at.Sub(now)
}

// posted pushes the next place off to a full interval after a post has arrived,
// whenever it did: on a slow network two could come close together otherwise.
func (p *pace) posted(channel string, now time.Time) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if at := now.Add(p.every); p.next[channel].Before(at) {
		p.next[channel] = at
	}
}
