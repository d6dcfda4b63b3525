package slack

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"verbatim/adapters"
	"verbatim/adapters/adaptertest"
	"verbatim/adapters/slackfake"
	"verbatim/answers"
	"verbatim/corpus"
)

// minimal are the scopes without the optional ones.
var minimal = []string{"app_mentions:read", "chat:write", "im:history", "commands", "assistant:write"}

// once asks one question in a channel while something is wrong, and checks that
// there is exactly one answer.
func (b *bot) once(t *testing.T, channel string) {
	t.Helper()
	ts := b.Say("ann", channel, "", mention+adaptertest.AskLamp)
	m := b.Next(0, func(m slackfake.Message) bool { return strings.Contains(m.Text, lamp) })
	if m.Thread != ts {
		t.Errorf("the answer is in %q, asked was in %q", m.Thread, ts)
	}
	b.Acked()
	if err := b.stop(); err != nil { // all that has begun is finished
		t.Errorf("Run: %v", err)
	}
	n := 0
	for _, m := range b.Messages() {
		if strings.Contains(m.Text, lamp) {
			n++
		}
	}
	if n != 1 {
		t.Errorf("%d answers to one question", n)
	}
}

// TestPostFaults: whatever goes wrong with a post, there is one answer.
func TestPostFaults(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		name    string
		faults  []slackfake.Fault
		counted string
	}{
		{"429 with Retry-After", []slackfake.Fault{{Status: 429, RetryAfter: "1"}}, adapters.CountRateLimited},
		{"429 without", []slackfake.Fault{{Status: 429}, {Status: 429}}, adapters.CountRateLimited},
		{"429 that is not a number", []slackfake.Fault{{Status: 429, RetryAfter: "soon"}}, adapters.CountRetried},
		{"ratelimited", []slackfake.Fault{{Error: "ratelimited"}}, adapters.CountRateLimited},
		{"500", []slackfake.Fault{{Status: 500, Body: "<html>"}}, adapters.CountRetried},
		{"503 after it was taken", []slackfake.Fault{{Status: 503, Take: true}}, ""},
		{"fatal_error after it was taken", []slackfake.Fault{{Error: "fatal_error", Take: true}}, ""},
		{"hung up", []slackfake.Fault{{HangUp: true}}, adapters.CountRetried},
		{"hung up after it was taken", []slackfake.Fault{{HangUp: true, Take: true}}, ""},
		{"hung up twice, taken the second time", []slackfake.Fault{{HangUp: true}, {HangUp: true, Take: true}}, adapters.CountRetried},
		{"nonsense after it was taken", []slackfake.Fault{{Body: "ok", Take: true}}, ""},
		{"slow", []slackfake.Fault{{Slow: 500 * time.Millisecond}}, ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			b := start(t, setting{})
			b.Fault("chat.postMessage", tt.faults...)
			b.once(t, b.Channel("general"))
			if tt.counted != "" && b.counts.of(t, tt.counted) == 0 {
				t.Errorf("%s was not counted", tt.counted)
			}
		})
	}
}

// TestUncertainPost: without the scope to look for a message, one that may have
// been taken is not repeated, and the person is told.
func TestUncertainPost(t *testing.T) {
	t.Parallel()
	for _, took := range []bool{true, false} {
		t.Run(fmt.Sprint("taken ", took), func(t *testing.T) {
			t.Parallel()
			b := start(t, setting{fake: slackfake.Options{Scopes: minimal}})
			b.Fault("chat.postMessage", slackfake.Fault{HangUp: true, Take: took})
			b.Say("ann", b.Channel("general"), "", mention+adaptertest.AskLamp)
			m := b.Next(0, onlyFor("ann"))
			if !strings.Contains(m.Text, "Slack did not confirm my answer") {
				t.Errorf("ann is told %q", m.Text)
			}
			b.stop()
			if n, want := len(b.Messages())-1, map[bool]int{true: 1, false: 0}[took]; n != want {
				t.Errorf("%d answers, want %d", n, want)
			}
			if b.counts.of(t, adapters.CountUncertain) != 1 {
				t.Error("it was not counted")
			}
		})
	}
}

// TestUncertainPostInADirectMessage can be looked for with the minimal scopes.
func TestUncertainPostInADirectMessage(t *testing.T) {
	t.Parallel()
	b := start(t, setting{fake: slackfake.Options{Scopes: minimal}})
	b.Fault("chat.postMessage", slackfake.Fault{HangUp: true, Take: true}, slackfake.Fault{HangUp: true})
	direct := b.Direct("ann")
	for n := range 2 {
		before := b.Mark()
		ts := b.Say("ann", direct, "", adaptertest.AskLamp)
		b.answered(t, before, direct, ts, lamp)
		b.Acked()
		_ = n
	}
	b.stop()
	if n := len(b.Messages()); n != 2 {
		t.Errorf("%d answers to two questions", n)
	}
}

// TestUncertainPlainerForm: of a text without blocks, by which an answer would be found
// again, it is not known whether it was taken; it is not sent twice, and the person is told.
func TestUncertainPlainerForm(t *testing.T) {
	t.Parallel()
	for name, fault := range map[string]slackfake.Fault{"hung up": {HangUp: true, Take: true}, "500": {Status: 500, Take: true}, "500, not taken": {Status: 500}} {
		for _, direct := range []bool{false, true} {
			t.Run(fmt.Sprint(name, ", direct ", direct), func(t *testing.T) {
				t.Parallel()
				b := start(t, setting{})
				b.Fault("chat.postMessage", slackfake.Fault{Error: "invalid_blocks"}, fault)
				if direct {
					b.Say("ann", b.Direct("ann"), "", adaptertest.AskLamp)
				} else {
					b.Say("ann", b.Channel("general"), "", mention+adaptertest.AskLamp)
				}
				b.idle(t)
				answers, told := 0, 0
				for _, m := range b.Messages() {
					if strings.Contains(m.Text, "did not confirm") {
						told++
					} else {
						answers++
					}
				}
				// What was surely not taken is sent again, in its first form.
				if want := map[bool]int{true: 1, false: 0}[fault.Take]; answers != 1 || told != want {
					t.Errorf("%d answers, told %d times, want one and %d", answers, told, want)
				}
			})
		}
	}
}

// TestResponseFaults: an answer to a command that may have been taken is not
// repeated; one that was not is.
func TestResponseFaults(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		name   string
		fault  slackfake.Fault
		answer bool
		told   bool
	}{
		{"429", slackfake.Fault{Status: 429, RetryAfter: "1"}, true, false},
		{"hung up after it was taken", slackfake.Fault{HangUp: true, Take: true}, true, true},
		{"500", slackfake.Fault{Status: 500}, false, true},
		{"gone", slackfake.Fault{Status: 404, Body: "expired_url"}, false, false},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			b := start(t, setting{})
			b.Fault("response_url", tt.fault)
			b.Command("ann", b.Channel("general"), "/ask", adaptertest.AskLamp)()
			b.Acked()
			b.stop()
			got, told := 0, 0
			for _, m := range b.Messages() {
				if strings.Contains(m.Text, lamp) {
					got++
				}
				if strings.Contains(m.Text, "did not confirm") {
					told++
				}
			}
			if (got == 1) != tt.answer || (told == 1) != tt.told {
				t.Errorf("%d answers, told %d times", got, told)
			}
		})
	}
}

// TestResponseRefused: where a response URL refuses an answer, or what is shared, for good
// the person is told why elsewhere.
func TestResponseRefused(t *testing.T) {
	t.Parallel()
	for body, want := range map[string]string{"action_prohibited": "admins do not let me post", "channel_is_archived": "archived", "no_such_thing": "(no_such_thing)", "<html>": "(403 Forbidden)"} {
		fault := slices.Repeat([]slackfake.Fault{{Status: 403, Body: body}}, 2)
		for _, b := range []*bot{start(t, setting{}), start(t, setting{})} {
			for _, channel := range []string{b.Channel("general"), b.Elsewhere("elsewhere")} {
				b.Command("ann", channel, "/ask", adaptertest.AskLamp)()
				m := b.Next(0, func(m slackfake.Message) bool { return m.Channel == channel })
				b.idle(t)
				before := b.Mark()
				b.Fault("response_url", fault...)
				b.Command("ann", channel, "/ask", adaptertest.AskLamp)()
				b.idle(t)
				b.Fault("response_url", fault...)
				b.Press("ann", m, "Share")
				b.idle(t)
				got := b.After(before)
				for _, m := range got {
					if private := m.OnlyFor == slackfake.User("ann") || m.Channel == b.directOf("ann"); !private || !strings.Contains(m.Text, want) {
						t.Errorf("%s: private %v: %s", body, private, m.Text)
					}
				}
				if len(got) != 2 {
					t.Errorf("%s: %d messages, want one on the answer and one on sharing it", body, len(got))
				}
			}
		}
	}
}

// TestPostsKeepToTheLimit: with a post a second allowed, none is refused.
func TestPostsKeepToTheLimit(t *testing.T) {
	t.Parallel()
	b := start(t, setting{fake: slackfake.Options{PostEvery: 190 * time.Millisecond, PostBurst: postBurst}, adapter: func(a *Adapter) { a.pace.every = 200 * time.Millisecond }})
	general, other := b.Channel("general"), b.Channel("other")
	for range 8 {
		b.Say("ann", general, "", mention+adaptertest.AskLamp)
		b.Say("ann", other, "", mention+adaptertest.AskLamp)
	}
	eventually(t, "all are answered", func() bool { return len(b.Messages()) == 16 })
	b.stop()
	if n, limited := len(b.Messages()), b.counts.of(t, adapters.CountRateLimited); n != 16 || limited > 0 {
		t.Errorf("%d answers, %d times refused", n, limited)
	}
}

// TestTwoSockets: the same event on both is answered once.
func TestTwoSockets(t *testing.T) {
	t.Parallel()
	b := start(t, setting{fake: slackfake.Options{Scopes: minimal}})
	general := b.Channel("general")
	for range 20 {
		ts := b.SayTwice("ann", general, "", mention+adaptertest.AskLamp)
		b.answered(t, 0, general, ts, lamp)
	}
	b.Acked()
	b.stop()
	if n := len(b.Messages()); n != 20 {
		t.Errorf("%d answers to 20 questions", n)
	}
	if n := b.counts.of(t, adapters.CountDuplicate); n != 20 {
		t.Errorf("%d duplicates were counted, want 20", n)
	}
}

// TestOnlyDeliveryIsARetry: a redelivery is answered where nothing came before,
// and not where something did.
func TestOnlyDeliveryIsARetry(t *testing.T) {
	t.Parallel()
	for _, transport := range []string{"socket", "http"} {
		t.Run(transport, func(t *testing.T) {
			t.Parallel()
			b := start(t, setting{idle: true, http: transport == "http",
				fake: slackfake.Options{Scopes: minimal, Lenient: true, AckTime: 200 * time.Millisecond, Retry: make([]time.Duration, 100)}})
			if transport == "http" {
				// The first deliveries meet a server that refuses them.
				var n atomic.Int32
				app := b.adapter.Handler()
				serve(t, b, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
					if n.Add(1) <= 2 {
						w.WriteHeader(http.StatusBadGateway)
						return
					}
					app.ServeHTTP(w, r)
				}))
				b.run(t)
			} else {
				// The first delivery meets a socket that breaks off.
				deaf := b.deaf(t)
				ts := b.Say("ann", b.Channel("general"), "", mention+adaptertest.AskLamp)
				_ = ts
				deaf()
				b.run(t)
			}
			if transport == "http" {
				b.Say("ann", b.Channel("general"), "", mention+adaptertest.AskLamp)
			}
			b.Next(0, func(m slackfake.Message) bool { return strings.Contains(m.Text, lamp) })
			b.Acked()
			b.stop()
			if b.counts.of(t, CountRedelivered) == 0 {
				t.Error("nothing was delivered again")
			}
			if n := len(b.Messages()); n != 1 {
				t.Errorf("%d answers", n)
			}
		})
	}
}

// TestMalformed: what cannot be read is acknowledged, and what comes after it is
// heard.
func TestMalformed(t *testing.T) {
	t.Parallel()
	b := start(t, setting{})
	b.Envelope("events_api", map[string]any{"type": "event_callback", "event_id": "Ev1", "event": map[string]any{"type": "invented_in_2027"}}, false)
	b.Envelope("events_api", map[string]any{"type": "event_callback", "event_id": "Ev2", "event": "not an object"}, false)
	b.Envelope("events_api", map[string]any{"type": "event_callback", "event_id": "Ev3"}, false)
	b.Envelope("events_api", "nonsense", false)
	b.Envelope("interactive", []any{1, 2}, false)
	b.Envelope("interactive", map[string]any{"type": "invented"}, false)
	b.Envelope("interactive", map[string]any{"type": "block_actions", "actions": []any{}}, false)
	b.Envelope("slash_commands", "x", false)
	b.Envelope("invented", map[string]any{}, false)
	b.SendRaw(`{"type":"events_api"`)
	b.SendRaw(`[]`)
	b.SendRaw(`{"type":"hello","num_connections":"many"}`)
	b.once(t, b.Channel("general"))
	if n := b.counts.of(t, adapters.CountBadMessage); n < 7 {
		t.Errorf("%d bad messages were counted", n)
	}
}

// TestReconnect: after each way in which Slack ends a socket there are two again,
// and what is asked meanwhile is answered once.
func TestReconnect(t *testing.T) {
	t.Parallel()
	for name, end := range map[string]func(*bot){
		"warning":  func(b *bot) { b.Disconnect("warning") },
		"refresh":  func(b *bot) { b.Disconnect("refresh_requested") },
		"too many": func(b *bot) { b.Disconnect("too_many_websockets") },
		"broken":   func(b *bot) { b.CloseSockets() },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			b := start(t, setting{fake: slackfake.Options{Lenient: true, AckTime: 300 * time.Millisecond, Retry: make([]time.Duration, 100)}})
			general := b.Channel("general")
			for n := range 3 {
				ts := b.Say("ann", general, "", mention+adaptertest.AskLamp)
				end(b)
				b.AwaitOpened(connections * (n + 2))
				b.answered(t, 0, general, ts, lamp)
			}
			b.once2(t, general, 3)
			if b.counts.of(t, adapters.CountReconnect) == 0 {
				t.Error("no reconnection was counted")
			}
		})
	}
}

// once2 asks once more, after n questions, and checks that each has one answer.
func (b *bot) once2(t *testing.T, channel string, n int) {
	t.Helper()
	ts := b.Say("ann", channel, "", mention+adaptertest.AskLamp)
	b.answered(t, 0, channel, ts, lamp)
	b.Acked()
	b.stop()
	if got := len(b.Messages()); got != n+1 {
		t.Errorf("%d answers to %d questions", got, n+1)
	}
}

// TestNoPings: a socket on which Slack falls silent is given up.
func TestNoPings(t *testing.T) {
	t.Parallel()
	b := start(t, setting{fake: slackfake.Options{PingEvery: -1}, adapter: func(a *Adapter) { a.ping = 300 * time.Millisecond }})
	b.AwaitOpened(2 * connections)
}

// TestSocketCannotBeOpened: what passes is waited for.
func TestSocketCannotBeOpened(t *testing.T) {
	t.Parallel()
	b := start(t, setting{idle: true})
	b.Fault("apps.connections.open", slackfake.Fault{Status: 503}, slackfake.Fault{HangUp: true}, slackfake.Fault{Status: 429, RetryAfter: "1"}, slackfake.Fault{Error: "internal_error"})
	b.Fault("link", slackfake.Fault{Status: 500}, slackfake.Fault{HangUp: true})
	b.Fault("auth.test", slackfake.Fault{Status: 503}, slackfake.Fault{HangUp: true})
	b.run(t)
	b.once(t, b.Channel("general"))
}

// TestFatal: what trying again cannot mend ends Run with what to fix, and no
// secret.
func TestFatal(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		name   string
		fake   slackfake.Options
		config func(*Config)
		method string
		err    string
		want   []string
	}{
		{name: "unknown bot token", config: func(c *Config) { c.BotToken = "xoxb-unknown-secret" }, want: []string{"SLACK_BOT_TOKEN", "copy it again", "invalid_auth"}},
		{name: "unknown app token", config: func(c *Config) { c.AppToken = "xapp-unknown-secret" }, want: []string{"SLACK_APP_TOKEN", "copy it again"}},
		{name: "app token without its scope", fake: slackfake.Options{AppScopes: []string{"authorizations:read"}}, want: []string{"SLACK_APP_TOKEN", "lacks a scope", "connections:write"}},
		{name: "Socket Mode off", fake: slackfake.Options{NoSocketMode: true}, want: []string{"Socket Mode is off"}},
		{name: "bot token expired", method: "auth.test", err: "token_expired", want: []string{"SLACK_BOT_TOKEN", "token rotation"}},
		{name: "bot token revoked", method: "auth.test", err: "token_revoked", want: []string{"SLACK_BOT_TOKEN", "revoked"}},
		{name: "app removed", method: "auth.test", err: "account_inactive", want: []string{"install it again"}},
		{name: "app token expired", method: "apps.connections.open", err: "token_expired", want: []string{"SLACK_APP_TOKEN", "token rotation"}},
		{name: "app token of another kind", method: "apps.connections.open", err: "not_allowed_token_type", want: []string{"SLACK_APP_TOKEN", "another kind"}},
		{name: "no API there", config: func(c *Config) { c.APIURL = strings.TrimSuffix(c.APIURL, "api/") + "nothing/here/" }, want: []string{"no Slack API at SLACK_API_URL"}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			b := start(t, setting{idle: true, fake: tt.fake, config: tt.config})
			if tt.err != "" {
				b.Fault(tt.method, slices.Repeat([]slackfake.Fault{{Error: tt.err}}, 2)...)
			}
			ctx, cancel := context.WithTimeout(t.Context(), slackfake.Wait)
			defer cancel()
			err := b.adapter.Run(ctx)
			if err == nil {
				t.Fatal("Run goes on")
			}
			for _, want := range tt.want {
				if !strings.Contains(err.Error(), want) {
					t.Errorf("%q does not say %q", err, want)
				}
			}
			if strings.Contains(err.Error(), "secret") || strings.Contains(err.Error(), "fake-") {
				t.Errorf("%q holds a token", err)
			}
		})
	}
}

// TestRevokedWhileRunning: a token that is revoked ends Run at the next socket.
func TestRevokedWhileRunning(t *testing.T) {
	t.Parallel()
	b := start(t, setting{idle: true})
	ended := make(chan error, 1)
	go func() { ended <- b.adapter.Run(t.Context()) }()
	b.AwaitSockets(connections)
	b.Fault("apps.connections.open", slackfake.Fault{Error: "token_revoked"}, slackfake.Fault{Error: "token_revoked"})
	b.Disconnect("refresh_requested")
	select {
	case err := <-ended:
		if err == nil || !strings.Contains(err.Error(), "revoked") {
			t.Errorf("Run: %v", err)
		}
	case <-time.After(slackfake.Wait):
		t.Fatal("Run goes on")
	}
}

// TestRevokedInSilence: that a bot token works no longer is noticed though nobody asks.
func TestRevokedInSilence(t *testing.T) {
	t.Parallel()
	for _, http := range []bool{false, true} {
		t.Run(fmt.Sprint("http ", http), func(t *testing.T) {
			t.Parallel()
			b := start(t, setting{http: http, adapter: func(a *Adapter) {
				if http {
					a.watchTime = 10 * time.Millisecond
				}
			}})
			b.Revoke("token_revoked")
			b.Disconnect("refresh_requested")
			if err := b.ended(t); !errors.As(err, new(adapters.Revoked)) || !strings.Contains(err.Error(), "SLACK_BOT_TOKEN") {
				t.Errorf("Run: %v", err)
			}
		})
	}
}

// TestLongThread: in a thread that has more pages than are read it is not known whether a
// message arrived, which is not sent again.
func TestLongThread(t *testing.T) {
	t.Parallel()
	b := start(t, setting{fake: slackfake.Options{PageMost: 1}})
	general := b.Channel("general")
	thread := b.Say("ben", general, "", "let us talk here")
	for n := range maxPages {
		b.Say("ben", general, thread, fmt.Sprint("message ", n))
	}
	b.Fault("chat.postMessage", slackfake.Fault{HangUp: true, Take: true})
	b.Say("ann", general, thread, mention+adaptertest.AskLamp)
	b.Next(0, onlyFor("ann"))
	b.idle(t)
	if n := len(b.In(general, thread)); n != 2 {
		t.Errorf("%d messages, want the answer and a word to ann", n)
	}
}

// TestBusy: past the room there is a polite word, at once, and no more.
func TestBusy(t *testing.T) {
	t.Parallel()
	for _, transport := range []string{"socket", "http"} {
		t.Run(transport, func(t *testing.T) {
			t.Parallel()
			hold := make(chan struct{})
			var release sync.Once
			handler := adaptertest.NewHandler(adaptertest.NewEngine())
			b := start(t, setting{
				http:    transport == "http",
				adapter: func(a *Adapter) { a.runtime.Room = 2 },
				handler: adapters.HandlerFunc(func(ctx context.Context, m adapters.Message) answers.Answer {
					<-hold
					return handler.Handle(ctx, m)
				}),
			})
			defer release.Do(func() { close(hold) })
			for _, name := range []string{"ann", "ben"} {
				b.Say(name, b.Direct(name), "", adaptertest.AskLamp)
			}
			b.Acked() // though nothing is answered yet
			if said := b.Command("cat", b.Channel("general"), "/ask", adaptertest.AskLamp)(); !strings.Contains(said, "I am busy right now") {
				t.Errorf("the acknowledgement said %q", said)
			}
			b.Say("cat", b.Channel("general"), "", mention+adaptertest.AskLamp)
			if m := b.Next(0, onlyFor("cat")); !strings.Contains(m.Text, "I am busy right now") {
				t.Errorf("cat is told %q", m.Text)
			}
			before := b.Mark()
			ts := b.Say("dan", b.Direct("dan"), "", adaptertest.AskLamp)
			b.answered(t, before, "DDAN", ts, "I am busy right now")
			b.Acked()
			release.Do(func() { close(hold) })
			for _, direct := range []string{"DANN", "DBEN"} {
				b.Next(0, func(m slackfake.Message) bool { return m.Channel == direct && strings.Contains(m.Text, lamp) })
			}
			b.stop()
			if n := len(b.Messages()); n != 4 {
				t.Errorf("%d messages, want two answers and two words of regret", n)
			}
			if b.counts.of(t, adapters.CountBusy) != 3 {
				t.Errorf("counted %d times", b.counts.of(t, adapters.CountBusy))
			}
		})
	}
}

// TestTalkTakesNoRoom: while a post waits, people who talk in another thread do not keep
// those out who ask.
func TestTalkTakesNoRoom(t *testing.T) {
	t.Parallel()
	b := start(t, setting{})
	general := b.Channel("general")
	other := b.Say("ben", general, "", "let us talk here")
	b.Fault("chat.postMessage", slackfake.Fault{Status: 429, RetryAfter: "2"})
	asked := b.Say("ann", general, "", mention+adaptertest.AskLamp)
	eventually(t, "a post waits", func() bool { return b.Calls("chat.postMessage") > 0 })
	for n := range laneDepth + 20 {
		b.Say("ben", general, other, fmt.Sprint("message ", n))
		b.Say("ben", general, asked, fmt.Sprint("message ", n))
	}
	ts := b.Say("cy", general, "", mention+adaptertest.AskRow)
	b.answered(t, 0, general, asked, lamp)
	b.answered(t, 0, general, ts, "row out")
	b.idle(t)
	if n := len(b.Messages()); n != 2 {
		t.Errorf("%d messages, want two answers", n)
	}
}

// TestHearsWhileWorking: deliveries are heard and acknowledged, three times as many
// as the library buffers, while not one answer is ready.
func TestHearsWhileWorking(t *testing.T) {
	t.Parallel()
	hold := make(chan struct{})
	handler := adaptertest.NewHandler(adaptertest.NewEngine())
	b := start(t, setting{fake: slackfake.Options{Scopes: minimal}, handler: adapters.HandlerFunc(func(ctx context.Context, m adapters.Message) answers.Answer {
		<-hold
		return handler.Handle(ctx, m)
	})})
	for n := range 150 {
		b.Say("ann", b.Channel(fmt.Sprint("c", n)), "", mention+adaptertest.AskLamp)
	}
	b.Acked()
	if n := len(b.Messages()); n != 0 {
		t.Errorf("%d answers before there can be any", n)
	}
	close(hold)
	eventually(t, "all are answered", func() bool { return len(b.Messages()) == 150 })
}

// TestShutdown: what was heard before the end is answered before it.
func TestShutdown(t *testing.T) {
	t.Parallel()
	slow := adaptertest.NewHandler(adaptertest.NewEngine())
	b := start(t, setting{handler: adapters.HandlerFunc(func(ctx context.Context, m adapters.Message) answers.Answer {
		time.Sleep(100 * time.Millisecond)
		return slow.Handle(ctx, m)
	})})
	for n := range 10 {
		b.Say("ann", b.Channel(fmt.Sprint("c", n)), "", mention+adaptertest.AskLamp)
	}
	b.Acked()
	if err := b.stop(); err != nil {
		t.Errorf("Run: %v", err)
	}
	if n := len(b.Messages()); n != 10 {
		t.Errorf("%d answers to 10 questions", n)
	}
}

// TestShutdownDoesNotHang: what takes too long is left, for somebody else.
func TestShutdownDoesNotHang(t *testing.T) {
	t.Parallel()
	b := start(t, setting{adapter: func(a *Adapter) { a.runtime.Grace = 200 * time.Millisecond }})
	b.Fault("chat.postMessage", slackfake.Fault{Status: 429, RetryAfter: "30"})
	b.Say("ann", b.Channel("general"), "", mention+adaptertest.AskLamp)
	eventually(t, "the answer is posted", func() bool { return b.Calls("chat.postMessage") > 0 })
	if err := b.stop(); err != nil {
		t.Errorf("Run: %v", err)
	}
	left, err := b.store.Abandoned(t.Context(), Name, 10, time.Minute)
	if err != nil || len(left) != 0 {
		t.Errorf("%d jobs are given up already: %v", len(left), err)
	}
}

// TestTakesUpWhatWasLeft: a job that another replica claimed and did not finish is
// done, and not again where its answer stands there.
func TestTakesUpWhatWasLeft(t *testing.T) {
	t.Parallel()
	b := start(t, setting{idle: true, adapter: func(a *Adapter) {
		a.runtime.Lease = time.Second
	}})
	general := b.Channel("general")
	var left []job
	for n := range 2 {
		ts := b.Say("ann", general, "", "question "+fmt.Sprint(n))
		j := job{ID: key(slackfake.Team, general, ts), Do: doAsk, To: toThread, Team: slackfake.Team, Channel: general, Thread: ts, User: "UANN", Text: adaptertest.AskLamp}
		leave(t, b.store, j.ID, j)
		left = append(left, j)
	}
	// The first was answered before the other replica went away.
	answer := blocks(b.engine.Ask(answers.Question{Text: left[0].Text}), look{}).payload(left[0])
	if err := (driver{b.adapter}).Send(t.Context(), &left[0], *answer); err != nil {
		t.Fatal(err)
	}
	time.Sleep(5 * time.Millisecond) // their leases run out
	b.run(t)
	b.answered(t, 0, general, left[1].Thread, lamp)
	b.stop()
	if n := len(b.Messages()); n != 2 {
		t.Errorf("%d answers to two questions", n)
	}
}

// TestStoreIsAway: without the store there are answers all the same.
func TestStoreIsAway(t *testing.T) {
	t.Parallel()
	store := boltStore(t)
	b := start(t, setting{store: store})
	store.Close()
	b.once(t, b.Channel("general"))
}

// TestPanic: a job that panics does not end the others.
func TestPanic(t *testing.T) {
	t.Parallel()
	handler := adaptertest.NewHandler(adaptertest.NewEngine())
	b := start(t, setting{handler: adapters.HandlerFunc(func(ctx context.Context, m adapters.Message) answers.Answer {
		if m.Text == "panic" {
			panic("as asked")
		}
		return handler.Handle(ctx, m)
	})})
	general := b.Channel("general")
	b.Say("ann", general, "", mention+"panic")
	b.once(t, general)
	if b.counts.of(t, adapters.CountFailed) != 1 {
		t.Error("it was not counted")
	}
}

// TestHeldBack: a card whose quotes are not the source's never leaves, on any
// surface; a word of regret does.
func TestHeldBack(t *testing.T) {
	t.Parallel()
	b := start(t, setting{})
	general := b.Channel("general")
	ts := b.Say("ann", general, "", "hello")
	forged := blocks(b.engine.Ask(answers.Question{Text: adaptertest.AskLamp}), look{})
	forged.quotes = []corpus.Passage{b.engine.(*adaptertest.Engine).PassageByID("father")}
	for name, j := range map[string]job{
		"thread":  {ID: "1", Do: doAsk, To: toThread, Channel: general, Thread: ts, User: "UANN"},
		"private": {ID: "2", Do: doAsk, To: toPrivate, Channel: general, User: "UANN", ResponseURL: b.ResponseURL("ann", general)},
		"modal":   {ID: "3", Do: doAsk, To: toModal, User: "UANN", Trigger: b.Trigger("ann")},
	} {
		if err := b.adapter.runtime.Deliver(t.Context(), &j, *forged.payload(j)); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
	if n := b.counts.of(t, adapters.CountUnquoted); n != 3 {
		t.Errorf("%d cards were held back, want 3", n)
	}
	texts := []string{slackfake.ReadBlocks(b.Modal("ann", 1, 0).Blocks).Text}
	for _, m := range b.Messages() {
		texts = append(texts, slackfake.Read(m).Text)
	}
	if len(texts) != 3 {
		t.Errorf("%d cards arrived, want 3", len(texts))
	}
	for _, text := range texts {
		if strings.Contains(text, "lamp") || !strings.Contains(text, "cannot show it here word for word") {
			t.Errorf("it shows:\n%s", text)
		}
	}
}
