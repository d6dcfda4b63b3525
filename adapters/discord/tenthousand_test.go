package discord

import (
	"context"
	"fmt"
	"math/rand/v2"
	"sync"
	"testing"
	"time"

	"verbatim/adapters"
	"verbatim/adapters/adaptertest"
	"verbatim/adapters/discordfake"
	"verbatim/answers"
)

const (
	// underWay is how many of the questions of TestTenThousand are not answered at a
	// time: with those whose answer is being noted fewer than there is room for.
	underWay = 300
	// faulty is the part of all requests that go wrong, and of all events that come
	// twice.
	faulty = 0.05
)

// TestTenThousand asks ten thousand questions, by mention and by command, of which one
// in twenty is delivered twice, while one request in twenty goes wrong in one of many
// ways: at Discord's side each has one answer.
func TestTenThousand(t *testing.T) {
	fake := discordfake.New(t, fakeOptions())
	var mu sync.Mutex
	answered, events := adaptertest.Answered{}, adaptertest.Many()
	free := make(chan struct{}, underWay)
	fake.OnPost(func(m discordfake.Message) {
		mu.Lock()
		defer mu.Unlock()
		to := m.ReplyTo + m.Interaction
		if answered[to]++; answered[to] == 1 {
			<-free
		}
	})
	b := start(t, fake, setup{handler: adapters.HandlerFunc(func(context.Context, adapters.Message) answers.Answer {
		return answers.Answer{Kind: answers.Chat, Lead: "an answer"}
	})})
	online(t, fake, 0)
	kinds := []discordfake.RESTFault{{Status: 500}, {Status: 502, HTML: true}, {DropBefore: true}, {DropAfter: true}, {DropAfter: true},
		{Delay: 50 * time.Millisecond}, {Status: 429, RetryAfter: 0.05}}
	chance := rand.New(rand.NewPCG(1, 2))
	for _, route := range []string{"post", "callback", "edit"} {
		faults := make([]discordfake.RESTFault, events)
		for i := range faults {
			if chance.Float64() < faulty {
				faults[i] = kinds[chance.IntN(len(kinds))]
			}
		}
		fake.OnRequest(route, faults...)
	}

	began := time.Now()
	var asked []string
	for i := range events {
		free <- struct{}{}
		by, channel := fmt.Sprint("p", i%500), fake.Channel(fmt.Sprint("c", i%200))
		if i%2 == 0 {
			asked = append(asked, fake.Say(discordfake.Said{By: by, Channel: channel, Text: discordfake.Mention + " well?"}))
		} else {
			asked = append(asked, fake.Use(discordfake.Used{By: by, Channel: channel, Name: commandAsk, Options: map[string]any{optionQuestion: "well?"}}).ID)
		}
		if chance.Float64() < faulty {
			fake.Replay(0, 1, false)
		}
	}
	fake.Wait(t, "all answers", func() bool { return len(free) == 0 })
	fake.Wait(t, "the end of it", b.runtime.Idle)
	took := time.Since(began)
	mu.Lock()
	defer mu.Unlock()
	if lost, twice := answered.Wrong(asked); lost > 0 || twice > 0 || len(answered) != events {
		t.Errorf("of %d questions %d have no answer and %d more than one; the bot was busy %d times", events, lost, twice, b.metrics.of(adapters.CountBusy))
	}
	t.Logf("%d questions in %s, %d requests made again", events, took.Round(time.Millisecond), b.metrics.of(adapters.CountRetried))
}
