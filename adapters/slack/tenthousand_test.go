package slack

import (
	"context"
	"fmt"
	"math/rand/v2"
	"strings"
	"sync"
	"testing"
	"time"

	"verbatim/adapters"
	"verbatim/adapters/adaptertest"
	"verbatim/adapters/slackfake"
	"verbatim/answers"
)

const (
	// underWay is how many of the questions of TestTenThousand are not answered at a
	// time: with those whose answer is being noted fewer than there is room for.
	underWay = 300
	// faulty is the part of all posts that go wrong, and of all events that come twice.
	faulty = 0.05
)

// TestTenThousand asks ten thousand questions, of which one in twenty is delivered
// twice, while one post in twenty goes wrong in one of many ways: at Slack's side each
// has one answer. They are asked in direct messages, of which Slack tells once, and in
// which an answer can be looked for, each in one of its own, so that answers can be
// told apart.
func TestTenThousand(t *testing.T) {
	var mu sync.Mutex
	answered := adaptertest.Answered{}
	free := make(chan struct{}, underWay)
	b := start(t, setting{
		fake: slackfake.Options{View: "none", Scopes: []string{"app_mentions:read", "chat:write", "im:history", "commands"}, Posted: func(m slackfake.Message) {
			mu.Lock()
			defer mu.Unlock()
			channel := strings.Clone(m.Channel) // it is cut from the request
			if answered[channel]++; answered[channel] == 1 {
				<-free
			}
		}},
		handler: adapters.HandlerFunc(func(context.Context, adapters.Message) answers.Answer {
			return answers.Answer{Kind: answers.Chat, Lead: "an answer"}
		}),
	})
	kinds := []slackfake.Fault{
		{Status: 500}, {Status: 503, Take: true}, {HangUp: true}, {HangUp: true, Take: true}, {Body: "ok", Take: true},
		{Error: "fatal_error", Take: true}, {Error: "internal_error"}, {Slow: 50 * time.Millisecond}, {Status: 429, RetryAfter: "1"},
	}
	chance, events := rand.New(rand.NewPCG(1, 2)), adaptertest.Many()
	faults := make([]slackfake.Fault, events)
	for i := range faults {
		if chance.Float64() < faulty {
			faults[i] = kinds[chance.IntN(len(kinds))]
		}
	}
	b.Fault("chat.postMessage", faults...)

	began := time.Now()
	var asked []string
	for i := range events {
		free <- struct{}{}
		name, say := fmt.Sprint("p", i), b.Say
		if chance.Float64() < faulty {
			say = b.SayTwice
		}
		asked = append(asked, b.Direct(name))
		say(name, asked[i], "", adaptertest.AskLamp)
	}
	eventually(t, "all are answered", func() bool { return len(free) == 0 })
	b.Acked()
	took := time.Since(began)
	if err := b.stop(); err != nil {
		t.Errorf("Run: %v", err)
	}
	mu.Lock()
	defer mu.Unlock()
	if lost, twice := answered.Wrong(asked); lost > 0 || twice > 0 || len(answered) != events {
		t.Errorf("of %d questions %d have no answer and %d more than one; the bot was busy %d times", events, lost, twice, b.counts.of(t, adapters.CountBusy))
	}
	t.Logf("%d questions in %s, %d requests made again", events, took.Round(time.Millisecond), b.counts.of(t, adapters.CountRetried))
}
