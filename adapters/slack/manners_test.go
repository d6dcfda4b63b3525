package slack

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"verbatim/adapters"
	"verbatim/adapters/adaptertest"
	"verbatim/adapters/slackfake"
	"verbatim/state"
)

// TestPaneKeepsOneConversation: what is asked in the agent pane at its top level
// goes on from what was asked there before, and a thread from what began it.
func TestPaneKeepsOneConversation(t *testing.T) {
	t.Parallel()
	b := start(t, setting{})
	direct := b.Direct("ann")
	ts := b.Say("ann", direct, "", adaptertest.AskLamp)
	b.answered(t, 0, direct, ts, lamp)
	next := b.Say("ann", direct, "", adaptertest.AskBefore)
	b.answered(t, 0, direct, next, "“My father lit it by hand.”")
	before := b.Mark()
	b.Say("ann", direct, ts, adaptertest.AskBefore)
	b.answered(t, before, direct, ts, "“My father lit it by hand.”")
}

// TestOneGreeting: one opening of the pane is greeted once, however many events tell
// of it.
func TestOneGreeting(t *testing.T) {
	t.Parallel()
	for _, view := range []string{"agent", "assistant"} {
		b := start(t, setting{fake: slackfake.Options{View: "assistant"}})
		direct := b.Direct("ann")
		if view == "agent" {
			b.OpenHome("ann", "messages")
			b.OpenHome("ann", "messages")
			b.OpenThread("ann")
		} else {
			b.OpenThread("ann")
			b.OpenHome("ann", "messages")
		}
		ts := b.Say("ann", direct, "", adaptertest.AskLamp)
		b.answered(t, 1, direct, ts, lamp)
		b.stop()
		if n := len(b.In(direct, "")) - 1; n != 1 {
			t.Errorf("%s: %d greetings", view, n)
		}
	}
}

// TestMentionAddedByAnEdit is answered once, whether or not it was there before.
func TestMentionAddedByAnEdit(t *testing.T) {
	t.Parallel()
	b := start(t, setting{})
	general := b.Channel("general")
	ts := b.Say("ann", general, "", adaptertest.AskLamp)
	b.Edit("ann", general, ts, mention+adaptertest.AskLamp)
	b.answered(t, 0, general, ts, lamp)
	b.Edit("ann", general, ts, mention+adaptertest.AskLamp+"!")
	other := b.Say("ann", general, "", mention+adaptertest.AskBuilt)
	b.answered(t, 0, general, other, "The tower was built in 1871")
	b.Edit("ann", general, other, mention+adaptertest.AskLamp)
	b.Acked()
	b.stop()
	if n := len(b.Messages()); n != 2 {
		t.Errorf("%d answers to two messages", n)
	}
}

// TestConnect: what people of other workspaces get is the operator's to say.
func TestConnect(t *testing.T) {
	t.Parallel()
	for value, want := range map[string]string{"": "everybody", "answer": "everybody", "private": "one", "ignore": "nobody"} {
		t.Run("connect "+value, func(t *testing.T) {
			t.Parallel()
			b := start(t, setting{config: func(c *Config) { c.Connect = value }})
			shared, general := b.Shared("shared"), b.Channel("general")
			b.Say("eve", shared, "", mention+adaptertest.AskLamp)
			b.SayWith("eve", general, "", mention+adaptertest.AskLamp, map[string]any{"user_team": "T0000OTHER"})
			ts := b.Say("ann", general, "", mention+adaptertest.AskBuilt)
			b.answered(t, 0, general, ts, "The tower was built in 1871")
			b.Acked()
			b.stop()
			got := map[string]int{}
			for _, m := range b.Messages() {
				switch {
				case !strings.Contains(m.Text, lamp):
				case m.OnlyFor == "":
					got["everybody"]++
				case m.OnlyFor == slackfake.User("eve"):
					got["one"]++
				}
			}
			if total := got["everybody"] + got["one"]; got[want] != total || total != wanted(want) {
				t.Errorf("%v, want %s", got, want)
			}
		})
	}
	c := Config{BotToken: "xoxb-1", AppToken: "xapp-1", Connect: "maybe"}
	if err := c.check(); err == nil || !strings.Contains(err.Error(), "SLACK_CONNECT") {
		t.Errorf("an unknown value: %v", err)
	}
}

// TestConnectPrivateIsNotShared: what is answered in private, since a channel is shared with
// another workspace, has no button that shares it, nor has what is asked from there.
func TestConnectPrivateIsNotShared(t *testing.T) {
	t.Parallel()
	b := start(t, setting{config: func(c *Config) { c.Connect = connectPrivate }})
	shared := b.Shared("shared")
	for _, question := range []string{adaptertest.AskLamp, adaptertest.AskPay, ""} {
		before := b.Mark()
		b.Say("ann", shared, "", mention+question)
		m := b.Next(before, onlyFor("ann"))
		for _, button := range slackfake.Read(m).Buttons {
			if button.Label == "Share" {
				t.Errorf("the answer to %q can be shared", question)
			}
		}
		if question == adaptertest.AskLamp {
			continue
		}
		before = b.Mark()
		b.Press("ann", m, adaptertest.AskRow)
		if m := b.Next(before, onlyFor("ann")); strings.Contains(string(m.Blocks), `"Share"`) {
			t.Errorf("the answer to a suggestion can be shared: %s", m.Blocks)
		}
	}
}

func wanted(who string) int {
	if who == "nobody" {
		return 0
	}
	return 2
}

// TestRefusals: where Slack lets nothing be posted, the person is told once in
// private what to do, and the channel is left alone.
func TestRefusals(t *testing.T) {
	t.Parallel()
	for code, want := range map[string]string{
		"is_archived": "in 10 minutes", "restricted_action_read_only_channel": "Posting permissions", "not_in_channel": "/invite, then ask again. I try there again in one minute.",
	} {
		t.Run(code, func(t *testing.T) {
			t.Parallel()
			b := start(t, setting{})
			general := b.Channel("general")
			b.Refuse(general, code)
			for range 3 {
				b.Say("ann", general, "", mention+adaptertest.AskLamp)
			}
			// An ephemeral message is refused as well: it comes as a direct message.
			m := b.Next(0, func(m slackfake.Message) bool { return m.Channel == b.directOf("ann") })
			if !strings.Contains(m.Text, want) {
				t.Errorf("ann is told %q", m.Text)
			}
			b.Say("ben", general, "", mention+adaptertest.AskLamp)
			b.Next(0, func(m slackfake.Message) bool { return m.Channel == b.directOf("ben") })
			other := b.Channel("other")
			ts := b.Say("ann", other, "", mention+adaptertest.AskBuilt)
			b.answered(t, 0, other, ts, "The tower was built in 1871")
			b.stop()
			if n := len(b.Messages()); n != 3 {
				t.Errorf("%d messages, want one word to each and the answer elsewhere", n)
			}
			if n := b.Calls("chat.postMessage"); n != 4 {
				t.Errorf("%d posts, want one that is refused, two words in private and the answer elsewhere", n)
			}
		})
	}
}

// TestRefusedAlone: where Slack refuses a message, or a thread, the rest of the channel is
// answered as before.
func TestRefusedAlone(t *testing.T) {
	t.Parallel()
	for code, inThread := range map[string]bool{"restricted_action_thread_locked": false, "something_new": true, "invalid_arguments": true} {
		b := start(t, setting{})
		general := b.Channel("general")
		b.Fault("chat.postMessage", slackfake.Fault{Error: code})
		ts := b.Say("ann", general, "", mention+adaptertest.AskLamp)
		if m := b.Next(0, onlyFor("ann")); code == "something_new" && !strings.Contains(m.Text, code) {
			t.Errorf("%s: ann is told %q", code, m.Text)
		}
		other := b.Say("ann", general, "", mention+adaptertest.AskBuilt)
		b.answered(t, 0, general, other, "The tower was built in 1871")
		before := b.Mark()
		b.Say("ann", general, ts, mention+adaptertest.AskBuilt)
		b.idle(t)
		if n := len(b.After(before)); (n == 1) != inThread {
			t.Errorf("%s: %d messages in the thread", code, n)
		}
	}
}

// directOf is the direct conversation of a person, which posting to them makes.
func (b *bot) directOf(name string) string { return "D" + strings.ToUpper(name) }

// TestPlainerForm: a card that Slack does not take comes as text alone.
func TestPlainerForm(t *testing.T) {
	t.Parallel()
	for _, code := range []string{"invalid_blocks", "msg_too_long"} {
		b := start(t, setting{})
		b.Fault("chat.postMessage", slackfake.Fault{Error: code})
		general := b.Channel("general")
		ts := b.Say("ann", general, "", mention+adaptertest.AskNotice)
		m := b.answered(t, 0, general, ts, b.engine.(*adaptertest.Engine).PassageByID("notice").Quote.Text())
		if m.Blocks != nil {
			t.Errorf("%s: it has blocks", code)
		}
		b.Fault("response_url", slackfake.Fault{Status: 400, Body: code})
		before := b.Mark()
		b.Command("ann", general, "/ask", adaptertest.AskLamp)
		if m := b.Next(before, onlyFor("ann")); m.Blocks != nil || !strings.Contains(m.Text, lamp) {
			t.Errorf("%s: the command shows %q", code, m.Text)
		}
	}
}

// TestPlainerIsBounded: passages that do not fit into a plainer card are left out
// whole.
func TestPlainerIsBounded(t *testing.T) {
	t.Parallel()
	var c card
	for _, p := range longCorpus(t)[:40] {
		c.passage(p, p.Spoken(), true)
	}
	p := c.plainer()
	if len(p.text) > plainText+10 || !p.shows[0].Said || p.shows[39].Said {
		t.Errorf("%d bytes, shown %v", len(p.text), p.shows)
	}
	if err := verify(nil, p.text, p); err != nil {
		t.Error(err)
	}
}

// TestTokenDies: a bot token that works no longer ends Run with what to fix.
func TestTokenDies(t *testing.T) {
	t.Parallel()
	for _, code := range []string{"token_revoked", "account_inactive", "token_expired", "invalid_auth"} {
		for _, http := range []bool{false, true} {
			t.Run(fmt.Sprint(code, " http ", http), func(t *testing.T) {
				t.Parallel()
				b := start(t, setting{idle: true, http: http})
				if http {
					serve(t, b, b.adapter.Handler())
				}
				ended := make(chan error, 1)
				go func() { ended <- b.adapter.Run(t.Context()) }()
				if http {
					eventually(t, "the adapter runs", b.adapter.runtime.Hearing)
				} else {
					b.AwaitSockets(connections)
				}
				b.Revoke(code)
				b.Say("ann", b.Channel("general"), "", mention+adaptertest.AskLamp)
				select {
				case err := <-ended:
					var revoked adapters.Revoked
					if !errors.As(err, &revoked) || !strings.Contains(err.Error(), "SLACK_BOT_TOKEN") || !strings.Contains(err.Error(), code) {
						t.Errorf("Run: %v", err)
					}
				case <-time.After(slackfake.Wait):
					t.Fatal("Run goes on")
				}
			})
		}
	}
}

// TestLimit: every surface counts; who is over the limit is told once, in private.
func TestLimit(t *testing.T) {
	t.Parallel()
	b := start(t, setting{config: func(c *Config) { c.Limit = state.Limit{Events: 4, Per: time.Hour} }})
	general := b.Channel("general")
	b.Say("ann", general, "", mention)
	ts := b.Say("ann", general, "", mention+adaptertest.AskLamp)
	m := b.answered(t, 0, general, ts, lamp)
	b.Press("ann", m, "In context")
	b.Next(0, onlyFor("ann"))
	b.Press("ann", m, "Good answer")
	eventually(t, "the vote is counted", func() (voted bool) {
		err := b.store.Journal(t.Context(), time.Time{}, func(state.Entry) bool { voted = true; return false })
		return voted && err == nil
	})
	before := b.Mark()
	b.Say("ann", general, "", strings.TrimSpace(mention))
	if m := b.Next(before, func(slackfake.Message) bool { return true }); m.OnlyFor != slackfake.User("ann") || !strings.Contains(m.Text, "a lot at once") {
		t.Errorf("she is told %q, only she: %q", m.Text, m.OnlyFor)
	}
	before = b.Mark()
	b.Say("ann", general, "", mention+adaptertest.AskLamp)
	b.Command("ann", general, "/ask", adaptertest.AskLamp)
	b.Press("ann", m, "In context")
	b.Say("ann", b.Direct("ann"), "", adaptertest.AskLamp)
	at := b.Say("ben", general, "", mention+adaptertest.AskBuilt)
	b.answered(t, before, general, at, "The tower was built in 1871")
	b.Acked()
	b.stop()
	if n := len(b.Messages()); n != 5 {
		t.Errorf("%d messages, want 5", n)
	}
}

// TestDoubleClick: a control that is pressed twice takes effect once.
func TestDoubleClick(t *testing.T) {
	t.Parallel()
	b := start(t, setting{})
	general := b.Channel("general")
	b.Command("ann", general, "/ask", adaptertest.AskLamp)
	private := b.Next(0, onlyFor("ann"))
	ts := b.Say("ann", general, "", mention+adaptertest.AskPay)
	public := b.answered(t, 0, general, ts, "The article does not say.")
	before := b.Mark()
	for range 2 {
		b.Press("ann", private, "Share")
		b.Press("ann", public, adaptertest.AskBuilt)
	}
	b.answered(t, before, general, ts, "The tower was built in 1871")
	b.Next(before, func(m slackfake.Message) bool { return m.OnlyFor == "" && strings.Contains(m.Text, lamp) })
	b.Press("ben", public, adaptertest.AskBuilt) // another person's is another
	b.Acked()
	b.stop()
	if n := len(b.In(general, "")); n != 4 { // the private one is gone
		t.Errorf("%d messages, want the answer, what was shared, and two suggestions", n)
	}
}

// TestBusyThreadIsSearched: an answer that may have been posted is found in a thread
// of many pages, and not posted again.
func TestBusyThreadIsSearched(t *testing.T) {
	t.Parallel()
	b := start(t, setting{fake: slackfake.Options{PageMost: 5}})
	general := b.Channel("general")
	thread := b.Say("ben", general, "", "let us talk here")
	for n := range 24 {
		b.Say("ben", general, thread, fmt.Sprint("message ", n))
	}
	before := b.Mark()
	b.Fault("chat.postMessage", slackfake.Fault{HangUp: true, Take: true})
	b.Say("ann", general, thread, mention+adaptertest.AskLamp)
	b.answered(t, before, general, thread, lamp)
	for n := range 20 {
		b.Say("ben", general, thread, fmt.Sprint("more ", n))
	}
	b.Acked()
	b.stop()
	if n := len(b.Messages()); n != 1 {
		t.Errorf("%d answers to one question", n)
	}
}

// TestBurst: after a rest some posts go out at once, later ones a second apart.
func TestBurst(t *testing.T) {
	p := pace{every: time.Second, burst: 3, next: map[string]time.Time{}}
	now := time.Now()
	for i, want := range []time.Duration{0, 0, 0, time.Second, 2 * time.Second} {
		if got := p.reserve("C1", now); got != want {
			t.Errorf("post %d waits %s, want %s", i, got, want)
		}
	}
	if got := p.reserve("C1", now.Add(time.Minute)); got != 0 {
		t.Errorf("after a rest: %s", got)
	}
}

// TestConnectPresses: a button that somebody of another workspace presses leads where
// the setting says.
func TestConnectPresses(t *testing.T) {
	t.Parallel()
	for value, want := range map[string]place{connectAnswer: toThread, connectPrivate: toPrivate, connectIgnore: ""} {
		b := start(t, setting{idle: true, config: func(c *Config) { c.Connect = value }})
		press := func(action, team string) (job, bool) {
			j, ok, err := b.adapter.hear(deliversInteractions, fmt.Appendf(nil, `{"type":"block_actions","team":{"id":%q},"user":{"id":"UEVE","team_id":%q},
				"container":{"message_ts":"1.1","channel_id":"CGENERAL"},"actions":[{"action_id":%q,"value":"who built it?"}]}`, slackfake.Team, team, action))
			if err != nil {
				t.Error(err)
			}
			return j, ok
		}
		if j, ok := press(pressAsk+".0", "T0000OTHER"); ok != (want != "") || j.To != want {
			t.Errorf("%s: to %q, %v", value, j.To, ok)
		}
		if _, ok := press(pressShare, "T0000OTHER"); ok != (value == connectAnswer) {
			t.Errorf("%s: sharing: %v", value, ok)
		}
		if j, ok := press(pressAsk+".0", slackfake.Team); !ok || j.To != toThread {
			t.Errorf("%s: of our own: to %q, %v", value, j.To, ok)
		}
	}
}
