package slack

import (
	"context"
	"strings"
	"sync"
	"testing"

	"verbatim/adapters"
	"verbatim/adapters/adaptertest"
	"verbatim/adapters/slackfake"
	"verbatim/answers"
)

// lamp is what an answer to AskLamp holds.
const lamp = "“The lamp stays lit, whatever the council decides,”"

// answered waits for an answer in a channel and thread, and checks that it holds
// some text.
func (b *bot) answered(t *testing.T, before int, channel, thread, text string) slackfake.Message {
	t.Helper()
	m := b.Next(before, func(m slackfake.Message) bool { return m.Channel == channel && m.Thread == thread })
	if r := slackfake.Read(m); !strings.Contains(r.Text, text) {
		t.Errorf("the answer does not hold %q:\n%s", text, r.Text)
	}
	return m
}

func TestMentionIsAnsweredInItsThread(t *testing.T) {
	t.Parallel()
	b := start(t, setting{})
	for _, channel := range []string{b.Channel("general"), b.Private("council")} {
		ts := b.Say("ann", channel, "", mention+adaptertest.AskLamp)
		m := b.answered(t, 0, channel, ts, lamp)
		if m.Text == "" || !strings.Contains(m.Text, lamp) {
			t.Errorf("the text for notifications is %q", m.Text)
		}
	}
}

// TestOneAnswerForTwoEvents: with the optional scopes Slack tells of a mention
// twice, as app_mention and as message.
func TestOneAnswerForTwoEvents(t *testing.T) {
	t.Parallel()
	b := start(t, setting{})
	general := b.Channel("general")
	for range 5 {
		ts := b.Say("ann", general, "", mention+adaptertest.AskLamp)
		b.answered(t, 0, general, ts, lamp)
	}
	b.Acked()
	if n := len(b.Messages()); n != 5 {
		t.Errorf("%d answers to 5 questions", n)
	}
}

func TestDirectMessage(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		name, view string
		scopes     []string
		threaded   bool
	}{
		{"with the agent pane", "agent", nil, true},
		{"without", "none", []string{"app_mentions:read", "chat:write", "im:history", "commands"}, false},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			b := start(t, setting{fake: slackfake.Options{View: tt.view, Scopes: tt.scopes}})
			direct := b.Direct("ann")
			ts := b.Say("ann", direct, "", adaptertest.AskLamp)
			thread := ""
			if tt.threaded {
				thread = ts
			}
			b.answered(t, 0, direct, thread, lamp)

			before := b.Mark()
			b.Say("ann", direct, thread, adaptertest.AskBefore)
			b.answered(t, before, direct, thread, "“My father lit it by hand.”")
		})
	}
}

// TestSilence: the bot says nothing where it was not addressed.
func TestSilence(t *testing.T) {
	t.Parallel()
	b := start(t, setting{config: func(c *Config) { c.Channels = []string{"CGENERAL"} }})
	general, elsewhere := b.Channel("general"), b.Channel("elsewhere")
	say := func(text string, more map[string]any) {
		b.SayWith("ann", general, "", text, more)
	}
	say("no mention at all", nil)
	say("<@U0000OTHER> "+adaptertest.AskLamp, nil)
	say("type `<@"+slackfake.BotUser+"> "+adaptertest.AskLamp+"`", nil)
	say("```\n<@"+slackfake.BotUser+"> "+adaptertest.AskLamp+"\n```", nil)
	say("&gt; <@"+slackfake.BotUser+"> "+adaptertest.AskLamp+"\nfunny, that", nil)
	say(mention+adaptertest.AskLamp, map[string]any{"bot_id": "B0000OTHER"})
	say("ann has joined the channel", map[string]any{"subtype": "channel_join"})
	say(mention+adaptertest.AskLamp, map[string]any{"subtype": "bot_message", "bot_id": "B0000OTHER"})
	say(mention+"from ourselves", map[string]any{"user": slackfake.BotUser})
	b.Say("ann", elsewhere, "", mention+adaptertest.AskLamp)
	ts := b.Say("ann", general, "", "something else")
	b.Edit("ann", general, ts, adaptertest.AskLamp)
	b.Edit("ann", general, "1000000000.000100", mention+adaptertest.AskLamp) // long ago
	b.Say("ann", general, ts, "in a thread that the bot is not in")
	b.Event(map[string]any{"type": "message", "subtype": "message_deleted", "channel": general, "channel_type": "channel", "deleted_ts": ts, "ts": ts})
	b.Event(map[string]any{"type": "member_joined_channel", "channel": general, "channel_type": "C", "user": slackfake.BotUser})
	direct := b.Direct("ann")
	b.SayWith("ann", direct, "", "edited", map[string]any{"subtype": "message_changed"})
	b.SayWith("ann", direct, "", adaptertest.AskLamp, map[string]any{"bot_id": slackfake.BotID, "user": slackfake.BotUser})

	at := b.Say("ann", general, "", mention+adaptertest.AskLamp)
	b.answered(t, 0, general, at, lamp)
	b.Acked()
	if all := b.Messages(); len(all) != 1 {
		t.Errorf("%d messages, want the one answer: %+v", len(all), all)
	}
}

func TestMentionWithoutAQuestionGetsHelp(t *testing.T) {
	t.Parallel()
	b := start(t, setting{})
	general := b.Channel("general")
	ts := b.Say("ann", general, "", strings.TrimSpace(mention))
	m := b.answered(t, 0, general, ts, b.engine.About("").Welcome)
	if _, ok := slackfake.Read(m).Button(adaptertest.AskLamp); !ok {
		t.Error("no question to try")
	}
}

func TestFollowUps(t *testing.T) {
	t.Parallel()
	t.Run("with the optional scopes", func(t *testing.T) {
		t.Parallel()
		b := start(t, setting{})
		for _, channel := range []string{b.Channel("general"), b.Private("council")} {
			ts := b.Say("ann", channel, "", mention+adaptertest.AskLamp)
			b.answered(t, 0, channel, ts, lamp)

			before := b.Mark()
			b.Say("ann", channel, ts, adaptertest.AskBefore)
			b.answered(t, before, channel, ts, "“My father lit it by hand.”")

			// Somebody else gets an answer, too.
			before = b.Mark()
			b.Say("ben", channel, ts, adaptertest.AskBuilt)
			b.answered(t, before, channel, ts, "The tower was built in 1871")
			before = b.Mark()
			b.Say("ann", channel, ts, "what does Maro earn, then?")
			b.answered(t, before, channel, ts, "The article does not say")
			if n := len(b.In(channel, ts)); n != 4 {
				t.Errorf("%d answers in the thread, want 4", n)
			}

			// Talk is passed over, and what comes after it, until the bot is asked again.
			// The two sockets do not keep their order: each message waits for the one before.
			say := func(name, text string) {
				b.Say(name, channel, ts, text)
				b.Acked()
			}
			say("ann", "Bob I think we should ship on Friday then")
			say("ben", adaptertest.AskBuilt)
			before = b.Mark()
			b.Say("ben", channel, ts, mention+adaptertest.AskLamp)
			b.answered(t, before, channel, ts, lamp)
			for _, talk := range []string{"lol ok, lunch?", "<@UANN> what did she say?", "thanks!", "can you send me the deck?", "what is the weather there?"} {
				say("ben", talk)
				say("ann", adaptertest.AskRow)
				before = b.Mark()
				b.Say("ann", channel, ts, mention+adaptertest.AskRow)
				b.answered(t, before, channel, ts, "Maro told the council")
			}
			if n := len(b.In(channel, ts)); n != 10 {
				t.Errorf("%d answers in the thread, want 10", n)
			}
		}
		b.Acked()
	})
	t.Run("without", func(t *testing.T) {
		t.Parallel()
		b := start(t, setting{fake: slackfake.Options{Scopes: []string{"app_mentions:read", "chat:write", "im:history", "commands", "assistant:write"}}})
		general := b.Channel("general")
		ts := b.Say("ann", general, "", mention+adaptertest.AskLamp)
		b.answered(t, 0, general, ts, lamp)
		b.Say("ann", general, ts, adaptertest.AskBuilt) // Slack does not tell of it
		before := b.Mark()
		b.Say("ann", general, ts, mention+adaptertest.AskBefore)
		b.answered(t, before, general, ts, "“My father lit it by hand.”")
	})
}

// TestSubtypesThatPeopleSay: a reply also sent to the channel, a message with a file and
// what is said with /me are questions as any other.
func TestSubtypesThatPeopleSay(t *testing.T) {
	t.Parallel()
	b := start(t, setting{})
	direct := b.Direct("ann")
	for _, subtype := range []string{"thread_broadcast", "file_share", "me_message"} {
		before := b.Mark()
		ts := b.SayWith("ann", direct, "", adaptertest.AskLamp, map[string]any{"subtype": subtype})
		b.answered(t, before, direct, ts, lamp)
	}
}

// TestMessage: what the handler gets is plain, and says who and where.
func TestMessage(t *testing.T) {
	t.Parallel()
	var mu sync.Mutex
	var got []adapters.Message
	b := start(t, setting{handler: adapters.HandlerFunc(func(_ context.Context, m adapters.Message) answers.Answer {
		mu.Lock()
		defer mu.Unlock()
		got = append(got, m)
		return answers.Answer{Kind: answers.Chat, Lead: "ok"}
	})})
	general := b.Channel("general")
	ts := b.Say("ann", general, "", "<@"+slackfake.BotUser+"> *what* did he say &amp; <https://example.com|where>?")
	b.answered(t, 0, general, ts, "ok")
	before := b.Mark()
	b.Say("ben", general, ts, mention+"and?")
	b.answered(t, before, general, ts, "ok")

	mu.Lock()
	defer mu.Unlock()
	if len(got) != 2 {
		t.Fatalf("%d messages", len(got))
	}
	a, c := got[0], got[1]
	if a.Text != "what did he say & where?" || a.Platform != Name || a.Check || a.ID == "" {
		t.Errorf("the message is %+v", a)
	}
	if a.Conversation == "" || a.Conversation != c.Conversation || a.ID == c.ID || a.Person == c.Person {
		t.Errorf("one thread, two people: %+v and %+v", a, c)
	}
}
