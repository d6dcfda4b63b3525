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
// has one answer, or its person is told that it may be missing, where a form without blocks
// may have been taken. They are asked in direct messages, of which Slack tells once, and in
// which an answer can be looked for, each in one of its own, so that answers can be
// told apart.
func TestTenThousand(t *testing.T) {
	var mu sync.Mutex
	answered, told := adaptertest.Answered{}, 0
	free := make(chan struct{}, underWay)
	b := start(t, setting{
		fake: slackfake.Options{View: "none", Scopes: []string{"app_mentions:read", "chat:write", "im:history", "commands"}, Posted: func(m slackfake.Message) {
			mu.Lock()
			defer mu.Unlock()
			channel := strings.Clone(m.Channel) // it is cut from the request
			if strings.Contains(m.Text, "did not confirm") {
				if told++; answered[channel] == 0 {
					answered[channel]++
					<-free
				}
			} else if answered[channel]++; answered[channel] == 1 {
				<-free
			}
		}},
		handler: adapters.HandlerFunc(func(context.Context, adapters.Message) answers.Answer {
			return answers.Answer{Kind: answers.Chat, Lead: "an answer"}
		}),
	})
	kinds := []slackfake.Fault{
		{Status: 500}, {Status: 503, Take: true}, {HangUp: true}, {HangUp: true, Take: true}, {Body: "ok", Take: true},
		{Error: "fatal_error", Take: true}, {Error: "internal_error"}, {Slow: 50 * time.Millisecond}, {Status: 429, RetryAfter: "1"}, {Error: "invalid_blocks"},
	}
	chance, events := rand.New(rand.NewPCG(1, 2)), adaptertest.Many()
	faults := make([]slackfake.Fault, events)
	for i := 0; i < events; i++ {
		if chance.Float64() < faulty {
			if faults[i] = kinds[chance.IntN(len(kinds))]; faults[i].Error == "invalid_blocks" && i+1 < events {
				i++ // what comes then is the plainer form, mostly
				faults[i] = kinds[chance.IntN(len(kinds)-1)]
			}
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
	if told > events/50 {
		t.Errorf("%d people are told that an answer may be missing", told)
	}
	t.Logf("%d questions in %s, %d requests made again, %d people told that an answer may be missing", events, took.Round(time.Millisecond), b.counts.of(t, adapters.CountRetried), told)
}
