package slack

import (
	"testing"
	"time"
)

func TestPace(t *testing.T) {
	p := pace{every: time.Second, next: map[string]time.Time{}}
	now := time.Now()
	for i, want := range []time.Duration{0, time.Second, 2 * time.Second} {
		if got := p.reserve("a", now); got != want {
			t.Errorf("place %d is %s away, want %s", i, got, want)
		}
	}
	p.posted("a", now.Add(2500*time.Millisecond)) // the third took half a second to arrive
	if got := p.reserve("a", now); got != 3500*time.Millisecond {
		t.Errorf("after a slow post the next is %s away", got)
	}
	if got := p.reserve("b", now); got != 0 {
		t.Errorf("another channel waits %s", got)
	}
	if got := p.reserve("a", now.Add(10*time.Second)); got != 0 {
		t.Errorf("after a pause it waits %s", got)
	}
	for i := range 2000 {
		p.reserve(string(rune('a'+i%26))+string(rune(i)), now.Add(time.Duration(i)*time.Second))
	}
	if len(p.next) > 1001 {
		t.Errorf("%d channels are remembered", len(p.next))
	}
}
