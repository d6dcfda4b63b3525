package slack

import (
	"cmp"
	"encoding/json"
	"slices"
	"strings"
	"testing"
	"time"

	"verbatim/adapters/adaptertest"
	"verbatim/adapters/slackfake"
	"verbatim/state"
)

// TestScript has the adapter go through the script of all adapters, over both
// transports.
func TestScript(t *testing.T) {
	for _, transport := range []string{"socket", "http"} {
		t.Run(transport, func(t *testing.T) {
			t.Parallel()
			adaptertest.Run(t, func(t *testing.T, b adaptertest.Bot) adaptertest.Harness {
				return &harness{bot: start(t, setting{handler: b.Handler, engine: b.Engine, store: b.Store, http: transport == "http",
					fake:   slackfake.Options{Retry: slices.Repeat([]time.Duration{100 * time.Millisecond}, 50)}, // what meets a server between two adapters
					config: func(c *Config) { c.Limit = b.Limit },
					adapter: func(a *Adapter) {
						a.runtime.Lease, a.runtime.Grace = time.Second, cmp.Or(b.Grace, 300*time.Millisecond)
					}}), threads: map[string]string{}}
			})
		})
	}
}

// harness speaks for the people of the script: a conversation is a thread in a
// channel of its own, begun by a mention.
type harness struct {
	*bot
	threads map[string]string
}

// typed is text as Slack passes on what somebody typed.
func typed(text string) string { return escape(text) }

const mention = "<@" + slackfake.BotUser + "> "

func (h *harness) Say(t *testing.T, conversation, text string) adaptertest.Shown {
	t.Helper()
	before := h.Mark()
	channel, thread := h.said(conversation, text, h.bot.Say)
	return shown(h.Next(before, func(m slackfake.Message) bool { return m.Channel == channel && m.Thread == thread }))
}

func (h *harness) SayPrivately(t *testing.T, conversation, text string) (adaptertest.Shown, bool) {
	t.Helper()
	channel := h.Elsewhere(strings.ReplaceAll(conversation, " ", ""))
	before := h.Mark()
	h.Command("ann", channel, "/ask", text)()
	return shown(h.Next(before, func(m slackfake.Message) bool { return m.Channel == channel })), true
}

func (h *harness) Check(t *testing.T, conversation, words string) adaptertest.Shown {
	t.Helper()
	got, _ := h.SayPrivately(t, conversation, "check “"+words+"”")
	return got
}

func (h *harness) Press(t *testing.T, on adaptertest.Shown, c adaptertest.Control, person string) (adaptertest.Shown, bool) {
	t.Helper()
	m := on.Ref.(slackfake.Message)
	before := h.Mark()
	want := func(m slackfake.Message) bool { return m.OnlyFor == slackfake.User(person) }
	switch c {
	case adaptertest.InContext:
		h.bot.Press(person, m, "In context")
	case adaptertest.Share:
		h.bot.Press(person, m, "Share")
		want = func(m slackfake.Message) bool { return m.OnlyFor == "" }
	case adaptertest.VoteUp:
		h.bot.Press(person, m, "Good answer")
		return adaptertest.Shown{}, true
	case adaptertest.VoteDown:
		h.bot.Press(person, m, "Bad answer")
		return adaptertest.Shown{}, true
	default:
		h.bot.Press(person, m, string(c))
		if m.OnlyFor == "" {
			want = func(n slackfake.Message) bool { return n.Thread == m.Thread }
		}
	}
	return shown(h.Next(before, want)), true
}

func (h *harness) Point(t *testing.T, conversation, words, remark string) (adaptertest.Shown, bool) {
	t.Helper()
	channel := h.Channel(strings.ReplaceAll(conversation, " ", ""))
	before := h.Mark()
	h.SayWith("ann", channel, "", mention+typed(remark), map[string]any{"attachments": []any{map[string]any{"is_share": true, "text": typed(words)}}})
	return shown(h.Next(before, func(m slackfake.Message) bool { return m.Channel == channel })), true
}

func (h *harness) Directly(t *testing.T, person, text string) (adaptertest.Shown, bool) {
	t.Helper()
	ts := h.bot.Say(person, h.Direct(person), "", typed(text))
	return shown(h.Next(0, func(m slackfake.Message) bool { return m.Thread == ts })), true
}

func (h *harness) All(t *testing.T, conversation, person, text string) ([]adaptertest.Shown, bool) {
	t.Helper()
	before := h.Mark()
	h.bot.Say(person, h.Channel(strings.ReplaceAll(conversation, " ", "")), "", mention+typed(text))
	return h.since(t, before), true
}

func (h *harness) PressTwice(t *testing.T, on adaptertest.Shown, c adaptertest.Control, person string) ([]adaptertest.Shown, bool) {
	t.Helper()
	before := h.Mark()
	for range 2 {
		h.bot.Press(person, on.Ref.(slackfake.Message), string(c))
	}
	return h.since(t, before), true
}

func (h *harness) Refuse(t *testing.T, conversation string) bool {
	h.bot.Server.Refuse(h.Channel(strings.ReplaceAll(conversation, " ", "")), "restricted_action")
	return true
}

// said has ann say text, by say, in the thread of a conversation.
func (h *harness) said(conversation, text string, say func(name, channel, thread, text string) string) (channel, thread string) {
	channel = h.Channel(strings.ReplaceAll(conversation, " ", ""))
	ts := say("ann", channel, h.threads[conversation], mention+typed(text))
	if h.threads[conversation] == "" {
		h.threads[conversation] = ts
	}
	return channel, h.threads[conversation]
}

func (h *harness) Fails(_ *testing.T, f adaptertest.Fault) bool {
	h.Fault("post", map[adaptertest.Fault]slackfake.Fault{
		adaptertest.OtherForm: {Error: "invalid_blocks"}, adaptertest.Gone: {Error: "thread_not_found"}, adaptertest.Busy: {Status: 429, RetryAfter: "1"},
		adaptertest.Down: {Status: 500}, adaptertest.Unconfirmed: {HangUp: true, Take: true},
		adaptertest.Closed: {Status: 429, RetryAfter: "60"}, adaptertest.Silent: {Slow: slackfake.Wait, HangUp: true},
		adaptertest.SilentTaken: {Slow: slackfake.Wait, HangUp: true, Take: true},
	}[f])
	return true
}

func (h *harness) Use(t *testing.T, conversation, title string) bool {
	t.Helper()
	before := h.Mark()
	h.Command("ann", h.Channel(strings.ReplaceAll(conversation, " ", "")), "/ask", "use "+title)()
	h.Next(before, func(m slackfake.Message) bool { return m.OnlyFor == "" })
	return true
}

func (h *harness) Twice(t *testing.T, conversation, text string) ([]adaptertest.Shown, bool) {
	t.Helper()
	before := h.Mark()
	h.said(conversation, text, h.SayTwice)
	return h.since(t, before), true
}

func (h *harness) Revoked(t *testing.T, conversation, text string) (error, bool) {
	t.Helper()
	h.bot.Revoke("token_revoked")
	h.said(conversation, text, h.bot.Say)
	return h.ended(t), true
}

func (h *harness) Asks(t *testing.T, conversation, text string, follow bool) bool {
	t.Helper()
	switch {
	case follow && text == "": // it is asked whether it can
	case follow:
		h.bot.Say("ann", h.Channel(strings.ReplaceAll(conversation, " ", "")), h.threads[conversation], typed(text))
	default:
		h.said(conversation, text, h.bot.Say)
	}
	return true
}

func (h *harness) Shares(t *testing.T, on adaptertest.Shown) {
	t.Helper()
	h.bot.Press("ann", on.Ref.(slackfake.Message), "Share")
}

func (h *harness) Interrupted(t *testing.T, do, settled func()) ([]adaptertest.Shown, bool) {
	t.Helper()
	before := h.Mark()
	do()
	h.Acked() // what tells of the same question a second time, too
	h.restart(t)
	settled()
	return h.since(t, before), true
}

func (h *harness) Left(t *testing.T, conversation string, texts ...string) ([]adaptertest.Shown, bool) {
	t.Helper()
	channel, before := h.Channel(strings.ReplaceAll(conversation, " ", "")), h.Mark()
	var thread string
	for _, text := range texts {
		ts := h.bot.Say("ann", channel, "", "a message that the bot does not hear")
		thread = cmp.Or(thread, ts)
		j := job{ID: key(slackfake.Team, channel, ts), Do: doAsk, To: toThread, Team: slackfake.Team, Channel: channel, Thread: thread, User: slackfake.User("ann"), Asked: ts, Text: text}
		leave(t, h.store, j.ID, j)
	}
	eventually(t, "all is answered", func() bool { return len(h.In(channel, thread)) == len(texts) })
	return h.since(t, before), true
}

// leave claims a job as somebody leaves it who dies at once.
func leave(t *testing.T, store state.Store, id string, j job) {
	t.Helper()
	payload, err := json.Marshal(map[string]job{"job": j})
	if err != nil {
		t.Fatal(err)
	}
	if c, err := store.Claim(t.Context(), state.Claim{Key: id, Platform: Name, Payload: payload, Keep: jobKeep}, time.Millisecond); c != state.Taken {
		t.Fatal(c, err)
	}
}

// since waits until nothing is under way, and returns what was shown after a mark.
func (h *harness) since(t *testing.T, mark int) []adaptertest.Shown {
	t.Helper()
	h.Acked()
	eventually(t, "nothing is under way", h.adapter.runtime.Idle)
	var out []adaptertest.Shown
	for _, m := range h.After(mark) {
		out = append(out, shown(m))
	}
	return out
}

// shown is what the script is told of a message.
func shown(m slackfake.Message) adaptertest.Shown {
	r := slackfake.Read(m)
	s := adaptertest.Shown{Text: r.Text, Quoted: r.Quoted, Citations: r.Small, Private: m.OnlyFor != "" || strings.HasPrefix(m.Channel, "D"), Ref: m}
	for _, b := range r.Buttons {
		if strings.HasPrefix(b.Action, pressAsk) {
			s.Suggestions = append(s.Suggestions, b.Value)
		}
	}
	return s
}
