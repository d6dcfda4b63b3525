package discord

import (
	"context"
	"encoding/json"
	"errors"
	"log/slog"
	"testing"
	"time"

	"github.com/bwmarrin/discordgo"

	"verbatim/adapters/adaptertest"
	"verbatim/adapters/discordfake"
)

// TestSessionSettings: what the library would do by itself, it does not.
func TestSessionSettings(t *testing.T) {
	s := newRest(Config{Token: "token"}).session
	if s.Debug || s.ShouldRetryOnRateLimit || s.MaxRestRetries != 0 || s.LogLevel >= discordgo.LogError {
		t.Errorf("%+v", s)
	}
	if privileged := discordgo.IntentMessageContent | discordgo.IntentGuildMembers | discordgo.IntentGuildPresences; intents&privileged != 0 {
		t.Errorf("intents %b are privileged", intents)
	}
}

// testConnection is a connection whose events are collected.
func testConnection(heard func(string)) *connection {
	g := &gateway{log: slog.New(slog.DiscardHandler), timing: quick, ready: func(identity) {},
		event: func(name string, _ json.RawMessage) { heard(name) }}
	return g.newConnection(shard{0, 1}, place{})
}

// TestEventPanics: an event that panics is the only one that suffers.
func TestEventPanics(t *testing.T) {
	n := 0
	c := testConnection(func(name string) {
		n++
		if name == "BAD" {
			panic("bad")
		}
	})
	c.hear(&discordgo.Event{Type: "BAD", Sequence: 1})
	c.hear(&discordgo.Event{Type: "GOOD", Sequence: 2})
	if n != 2 || c.at().Seq != 2 {
		t.Errorf("%d events, up to %d", n, c.at().Seq)
	}
}

// TestEditsDoNotWaitForEachOther: the library would have one wait for the other.
func TestEditsDoNotWaitForEachOther(t *testing.T) {
	t.Parallel()
	fake := discordfake.New(t, fakeOptions())
	fake.OnRequest("edit", discordfake.RESTFault{Delay: 3 * time.Second})
	release := make(chan struct{})
	start(t, fake, setup{handler: waiting(release), timing: func(tm *timing) { tm.deferAfter = 20 * time.Millisecond }})
	online(t, fake, 0)
	use := func(by string) *discordfake.Interaction {
		return fake.Use(discordfake.Used{By: by, Channel: fake.Channel("general"), Name: "ask", Options: map[string]any{"question": adaptertest.AskLamp}})
	}
	first, second := use("ann"), use("ben")
	thinking := func(i *discordfake.Interaction) bool { _, thinking := i.Answered(); return thinking }
	fake.Wait(t, "both to be deferred", func() bool { return thinking(first) && thinking(second) })
	close(release)
	fake.Wait(t, "one of them", func() bool { return !thinking(first) || !thinking(second) })
	if !thinking(first) && !thinking(second) {
		t.Error("the edit that was not slow waited for the other")
	}
	first.Answer(t)
	second.Answer(t)
}

func TestLimits(t *testing.T) {
	l := newLimits()
	take := func(route string, want bool) {
		t.Helper()
		if d, _ := l.take(route); d <= 0 != want {
			t.Errorf("%s may be sent after %v, want at once: %v", route, d, want)
		}
	}
	take("a", true)
	take("a", false) // before the first has found out what the limit is
	l.learn("a", meta{})
	take("a", true) // nothing was found out
	l.learn("a", meta{limited: true, remaining: 2, resetAfter: time.Hour})
	take("a", true)
	take("a", true)
	take("a", false)
	take("b", true)
	l.learn("a", meta{limited: true, remaining: 1, resetAfter: time.Hour}) // of an earlier request
	take("a", false)
	l.learn("b", meta{status: 429, retryAfter: time.Hour})
	take("b", false)
	l.learn("c", meta{status: 429, retryAfter: time.Millisecond})
	time.Sleep(2 * time.Millisecond)
	take("c", true)
	take("d", true)
	l.learn("d", meta{status: 429, retryAfter: time.Hour, global: true})
	take("e", false)

	// A wait ends with its context, at once where it would take longer than that.
	ctx, cancel := context.WithTimeout(t.Context(), 20*time.Millisecond)
	defer cancel()
	if err := l.wait(ctx, "e"); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("wait: %v", err)
	}
	ended, end := context.WithCancel(t.Context())
	time.AfterFunc(10*time.Millisecond, end)
	if err := l.wait(ended, "e"); !errors.Is(err, context.Canceled) {
		t.Errorf("wait: %v", err)
	}
}
