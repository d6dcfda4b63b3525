package slack

import (
	"slices"
	"strings"
	"testing"
	"time"

	"verbatim/adapters/adaptertest"
	"verbatim/adapters/slackfake"
)

func onlyFor(name string) func(slackfake.Message) bool {
	return func(m slackfake.Message) bool { return m.OnlyFor == slackfake.User(name) }
}

func TestAgentPane(t *testing.T) {
	t.Parallel()
	b := start(t, setting{})
	direct := b.Direct("ann")
	b.OpenHome("ann", "messages")
	if got := b.Prompts(direct, ""); len(got) != 4 || got[0] != adaptertest.AskLamp {
		t.Errorf("suggested prompts: %q", got)
	}
	b.answered(t, 0, direct, "", b.engine.About("").Welcome)

	b.OpenHome("ann", "messages") // again: prompts, but no second greeting
	b.OpenHome("ann", "about")
	ts := b.Say("ann", direct, "", adaptertest.AskLamp)
	b.answered(t, 1, direct, ts, lamp)
	if got := b.Title(ts); got != adaptertest.AskLamp {
		t.Errorf("the thread's title is %q", got)
	}
	before := b.Mark()
	b.Say("ann", direct, ts, adaptertest.AskBefore)
	b.answered(t, before, direct, ts, "“My father lit it by hand.”")
	b.Acked()
	if got := b.Title(ts); got != adaptertest.AskLamp {
		t.Errorf("the title changed to %q", got)
	}
	if got := b.Statuses(); len(got) != 2 || got[0] == "" {
		t.Errorf("statuses: %q", got)
	}
	if n := len(b.Messages()); n != 3 {
		t.Errorf("%d messages, want a greeting and two answers", n)
	}
}

func TestLegacyPane(t *testing.T) {
	t.Parallel()
	b := start(t, setting{fake: slackfake.Options{View: "assistant"}})
	direct := b.Direct("ann")
	for range 2 { // each thread is greeted
		before := b.Mark()
		thread := b.OpenThread("ann")
		if got := b.Prompts(direct, thread); len(got) != 4 {
			t.Errorf("suggested prompts: %q", got)
		}
		b.answered(t, before, direct, thread, b.engine.About("").Welcome)
		before = b.Mark()
		b.Say("ann", direct, thread, adaptertest.AskLamp)
		b.answered(t, before, direct, thread, lamp)
		if got := b.Title(thread); got != adaptertest.AskLamp {
			t.Errorf("the thread's title is %q", got)
		}
	}
}

// TestPaneIsDecoration: an answer comes though status, title and prompts fail.
func TestPaneIsDecoration(t *testing.T) {
	t.Parallel()
	b := start(t, setting{})
	down := slackfake.Fault{Error: "method_deprecated"}
	b.Fault("assistant.threads.setStatus", down)
	b.Fault("assistant.threads.setTitle", down)
	b.Fault("assistant.threads.setSuggestedPrompts", down)
	direct := b.Direct("ann")
	b.OpenHome("ann", "messages")
	b.answered(t, 0, direct, "", b.engine.About("").Welcome)
	ts := b.Say("ann", direct, "", adaptertest.AskLamp)
	b.answered(t, 1, direct, ts, lamp)
}

func TestCommand(t *testing.T) {
	t.Parallel()
	b := start(t, setting{})
	elsewhere := b.Elsewhere("elsewhere") // it works where the bot is not in
	ask := func(text string) slackfake.Message {
		t.Helper()
		before := b.Mark()
		if said := b.Command("ann", elsewhere, "/ask", text)(); strings.Contains(said, "text") {
			t.Errorf("the acknowledgement said %s", said)
		}
		return b.Next(before, onlyFor("ann"))
	}

	help := slackfake.Read(ask(""))
	if _, ok := help.Button(adaptertest.AskLamp); !ok || !strings.Contains(help.Text, "/ask check") {
		t.Errorf("/ask alone shows:\n%s\n%v", help.Text, help.Buttons)
	}
	if r := slackfake.Read(ask("check")); r.Text != help.Text {
		t.Errorf("/ask check alone shows:\n%s", r.Text)
	}
	if r := slackfake.Read(ask("check “The lamp stays lit, whatever the council decides,”")); !strings.Contains(r.Text, "Yes, word for word") {
		t.Errorf("the check shows:\n%s", r.Text)
	}

	m := ask(adaptertest.AskLamp)
	if r := slackfake.Read(m); !strings.Contains(r.Text, lamp) || !strings.Contains(r.Text, "You asked: "+adaptertest.AskLamp) {
		t.Errorf("the answer shows:\n%s", r.Text)
	}
	follow := ask(adaptertest.AskBefore)
	if r := slackfake.Read(follow); !slices.Equal(r.Quoted, []string{"“My father lit it by hand.”"}) {
		t.Errorf("the follow-up shows:\n%s", r.Text)
	}

	before := b.Mark()
	b.Press("ann", m, "Share")
	shared := b.Next(before, func(m slackfake.Message) bool { return m.OnlyFor == "" })
	r := slackfake.Read(shared)
	if !slices.Equal(r.Mentions, []string{slackfake.User("ann")}) || !strings.Contains(r.Text, "asked: "+adaptertest.AskLamp) || !strings.Contains(r.Text, lamp) {
		t.Errorf("what is shared shows:\n%s", r.Text)
	}
	if _, ok := r.Button("Share"); ok {
		t.Error("what is shared can be shared")
	}
	b.Press("ann", follow, "Dismiss")
	b.gone(t, m, follow)

	// The suggestion of an answer in private is answered in private.
	before = b.Mark()
	b.Press("ann", ask(""), adaptertest.AskBuilt)
	if r := slackfake.Read(b.Next(before+1, onlyFor("ann"))); !strings.Contains(r.Text, "The tower was built in 1871") {
		t.Errorf("the suggestion leads to:\n%s", r.Text)
	}
}

// gone waits until messages are no longer there.
func (b *bot) gone(t *testing.T, messages ...slackfake.Message) {
	t.Helper()
	eventually(t, "the message is gone", func() bool {
		return !slices.ContainsFunc(b.Messages(), func(m slackfake.Message) bool {
			return slices.ContainsFunc(messages, func(g slackfake.Message) bool { return g.TS == m.TS })
		})
	})
}

// TestHostileIsShared: what somebody typed has no effect where it is told to others.
func TestHostileIsShared(t *testing.T) {
	t.Parallel()
	b := start(t, setting{})
	general := b.Channel("general")
	for _, h := range adaptertest.Hostile {
		before := b.Mark()
		b.Command("ann", general, "/ask", "check “The lamp stays lit, whatever the council decides,” "+typed(h.Text))
		m := b.Next(before, onlyFor("ann"))
		if _, ok := slackfake.Read(m).Button("Share"); !ok {
			continue // no passage in it, or too long to be carried
		}
		before = b.Mark()
		b.Press("ann", m, "Share")
		r := slackfake.Read(b.Next(before, func(m slackfake.Message) bool { return m.OnlyFor == "" }))
		if !slices.Equal(r.Mentions, []string{slackfake.User("ann")}) {
			t.Errorf("%s: mentions %q", h.Name, r.Mentions)
		}
	}
}

func TestCheckShortcut(t *testing.T) {
	t.Parallel()
	b := start(t, setting{})
	elsewhere := b.Elsewhere("elsewhere")
	for text, want := range map[string]string{
		"&gt; The lamp stays lit, whatever the council decides,": "Yes, word for word:",
		"*The lamp stays dark, whatever the council decides*":    "The article has it a little differently",
		"No such words, not one of them":                         "the article has no such words",
		"":                                                       "That message shows no words",
	} {
		before := b.Mark()
		b.Shortcut("ann", elsewhere, shortcutCheck, "ben", text)
		if r := slackfake.Read(b.Next(before, onlyFor("ann"))); !strings.Contains(r.Text, want) {
			t.Errorf("checking %q shows:\n%s", text, r.Text)
		}
	}
	b.Shortcut("ann", elsewhere, "somebody_elses", "ben", "x")
	b.Acked()
}

func TestHome(t *testing.T) {
	t.Parallel()
	b := start(t, setting{})
	b.OpenHome("ann", "home")
	home := b.Home("ann")
	r := slackfake.ReadBlocks(home.Blocks)
	about := b.engine.About("")
	for _, want := range []string{about.Title, about.Welcome, "How answers are checked", lamp, "Maro told the council that she would sooner row out", "¶ 2"} {
		if !strings.Contains(r.Text, want) {
			t.Errorf("the home tab does not show %q:\n%s", want, r.Text)
		}
	}
	if len(r.Quoted) != 2 { // the third key point is reported speech
		t.Errorf("with quotation styling: %q", r.Quoted)
	}

	// A question is answered in a view, where more can be pressed.
	b.PressView("ann", home, adaptertest.AskLamp)
	answer := b.Modal("ann", 1, 0)
	if r := slackfake.ReadBlocks(answer.Blocks); !slices.Equal(r.Quoted, []string{lamp}) {
		t.Errorf("the view shows:\n%s", r.Text)
	}
	b.PressView("ann", answer, "In context")
	if r := slackfake.ReadBlocks(b.Modal("ann", 2, 0).Blocks); !strings.Contains(r.Text, "who has kept it since 1998") {
		t.Errorf("in context the view shows:\n%s", r.Text)
	}
	if n := len(b.Messages()); n != 0 {
		t.Errorf("%d messages besides", n)
	}
}

// TestSuggestionInAView is answered in the same view.
func TestSuggestionInAView(t *testing.T) {
	t.Parallel()
	e := &asking{Engine: adaptertest.NewEngine(), questions: []string{adaptertest.AskPay}}
	b := start(t, setting{engine: e})
	b.OpenHome("ann", "home")
	b.PressView("ann", b.Home("ann"), adaptertest.AskPay)
	view := b.Modal("ann", 1, 0)
	b.PressView("ann", view, adaptertest.AskLamp)
	if r := slackfake.ReadBlocks(b.Modal("ann", 1, 1).Blocks); !slices.Equal(r.Quoted, []string{lamp}) {
		t.Errorf("the view shows:\n%s", r.Text)
	}
}

// TestExpiredTrigger: an answer that comes too late for a view is sent as a direct
// message.
func TestExpiredTrigger(t *testing.T) {
	t.Parallel()
	b := start(t, setting{fake: slackfake.Options{TriggerLife: time.Nanosecond}})
	b.OpenHome("ann", "home")
	b.PressView("ann", b.Home("ann"), adaptertest.AskLamp)
	b.answered(t, 0, "DANN", "", lamp)
}

func TestSuggestionInAThread(t *testing.T) {
	t.Parallel()
	b := start(t, setting{})
	general := b.Channel("general")
	ts := b.Say("ann", general, "", mention+adaptertest.AskPay)
	m := b.answered(t, 0, general, ts, "The article does not say.")
	before := b.Mark()
	b.Press("ben", m, adaptertest.AskBuilt)
	r := slackfake.Read(b.answered(t, before, general, ts, "The tower was built in 1871"))
	if !slices.Equal(r.Mentions, []string{slackfake.User("ben")}) {
		t.Errorf("who asked is not named:\n%s", r.Text)
	}
}

func TestChannelsThatAreNotAllowed(t *testing.T) {
	t.Parallel()
	b := start(t, setting{config: func(c *Config) { c.Channels = []string{"CGENERAL", " CMORE "} }})
	elsewhere := b.Channel("elsewhere")
	b.Command("ann", elsewhere, "/ask", adaptertest.AskLamp)
	if r := slackfake.Read(b.Next(0, onlyFor("ann"))); !strings.Contains(r.Text, "I do not answer in this channel") {
		t.Errorf("the command shows:\n%s", r.Text)
	}
	before := b.Mark()
	b.Shortcut("ann", elsewhere, shortcutCheck, "ben", "x")
	if r := slackfake.Read(b.Next(before, onlyFor("ann"))); !strings.Contains(r.Text, "I do not answer in this channel") {
		t.Errorf("the shortcut shows:\n%s", r.Text)
	}
	for _, channel := range []string{b.Channel("general"), b.Channel("more")} {
		ts := b.Say("ann", channel, "", mention+adaptertest.AskLamp)
		b.answered(t, 0, channel, ts, lamp)
	}
	direct := b.Direct("ann")
	ts := b.Say("ann", direct, "", adaptertest.AskLamp)
	b.answered(t, 0, direct, ts, lamp)
}

// TestButtonsOfAnOldText: a key of a text that has changed finds nothing.
func TestButtonsOfAnOldText(t *testing.T) {
	t.Parallel()
	b := start(t, setting{})
	general := b.Channel("general")
	ts := b.Say("ann", general, "", mention+adaptertest.AskLamp)
	m := b.answered(t, 0, general, ts, lamp)
	m.Blocks = []byte(strings.ReplaceAll(string(m.Blocks), "\"value\":\"", "\"value\":\"0"))
	before := b.Mark()
	b.Press("ann", m, "In context")
	if r := slackfake.Read(b.Next(before, onlyFor("ann"))); !strings.Contains(r.Text, "The article has changed since") {
		t.Errorf("it shows:\n%s", r.Text)
	}
}
