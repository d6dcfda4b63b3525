package slack

import (
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"verbatim/adapters"
	"verbatim/adapters/adaptertest"
	"verbatim/adapters/slackfake"
	"verbatim/answers"
	"verbatim/corpus"
	"verbatim/state"
)

// idle waits until nothing is under way.
func (b *bot) idle(t *testing.T) {
	t.Helper()
	b.Acked()
	eventually(t, "nothing is under way", b.adapter.runtime.Idle)
}

// TestTalkInAThread: with the engine that people have, the bot is silent where colleagues
// talk to each other in a thread that it answered in.
func TestTalkInAThread(t *testing.T) {
	t.Parallel()
	c, err := corpus.Load(os.DirFS("../../cmd/bot/testdata/corpus"))
	if err != nil {
		t.Fatal(err)
	}
	m, err := answers.Compile(c)
	if err != nil {
		t.Fatal(err)
	}
	e := answers.New(c, m)
	b := start(t, setting{engine: e, handler: adapters.Conversations(e, adaptertest.NewStore(), time.Hour)})
	general := b.Channel("general")
	for text, answered := range map[string]int{
		"@ann did they reply to the customer?": 0, "@ann is he in today?": 0, "@ann has she signed the contract?": 0, "@ann are they coming on Friday?": 0,
		"@ann what does she think of the new logo?": 0, "@ann is this a joke?": 0, "is this a joke?": 0, "was it his idea?": 0, "true": 0, "is he right?": 0,
		"@ann did Lund buy a car?": 1, "@ann does the article say how old he is?": 1,
		"did the build pass?": 0, "is the server down?": 0, "was the deploy ok?": 0, "did Bob merge the PR?": 0, "is there cake?": 0,
		"Bob I think we should ship on Friday then": 0, "lol ok, lunch?": 0, "what did Mona Rye say about bread?": 1,
	} {
		ts := b.Say("ann", general, "", mention+"what did Lund say about the seals?")
		b.Next(0, func(m slackfake.Message) bool { return m.Thread == ts })
		b.idle(t)
		before := b.Mark()
		by := "ben"
		if own, ok := strings.CutPrefix(text, "@ann "); ok {
			by, text = "ann", own // who asked before
		}
		b.Say(by, general, ts, text)
		b.idle(t)
		if got := b.After(before); len(got) != answered {
			t.Errorf("%d answers to %q, want %d: %+v", len(got), text, answered, got)
		}
	}
}

// TestTalkIsFree: what people say to each other counts for nobody's limit; an answer does.
func TestTalkIsFree(t *testing.T) {
	t.Parallel()
	b := start(t, setting{config: func(c *Config) { c.Limit = state.Limit{Events: 2, Per: time.Hour} }})
	general, last := b.Channel("general"), ""
	for _, tt := range []struct{ name, text, want string }{
		{"ann", mention + adaptertest.AskLamp, lamp}, {"ben", "what is the weather there?", ""},
		{"ann", mention + adaptertest.AskLamp, lamp}, {"ben", "why is the build red?", ""},
		{"cy", mention + adaptertest.AskLamp, lamp}, {"ben", adaptertest.AskBuilt, "1871"}, {"ben", adaptertest.AskRow, "row out"}, {"ben", adaptertest.AskLamp, "a lot at once"},
	} {
		thread := ""
		if tt.name == "ben" {
			thread = last
		}
		before := b.Mark()
		ts := b.Say(tt.name, general, thread, tt.text)
		if thread == "" {
			last = ts
		}
		b.idle(t)
		got := b.After(before)
		if tt.want == "" && len(got) > 0 || tt.want != "" && (len(got) != 1 || !strings.Contains(slackfake.Read(got[0]).Text, tt.want)) {
			t.Fatalf("to %q there is %+v, want %q", tt.text, got, tt.want)
		}
	}
}

// TestOthersBetween: after the word of another bot, or of somebody who is ignored, a
// question without a mention is no longer one to the bot.
func TestOthersBetween(t *testing.T) {
	t.Parallel()
	b := start(t, setting{config: func(c *Config) { c.Connect = connectIgnore }})
	general := b.Channel("general")
	for name, more := range map[string]object{
		"another bot":       {"subtype": "bot_message", "bot_id": "B0000OTHER", "user": ""},
		"a new one":         {"bot_id": "B0000OTHER", "user": "U0000OTHER"},
		"one of elsewhere":  {"user_team": "T0000OTHER"},
		"nobody in between": nil,
	} {
		ts := b.Say("ann", general, "", mention+adaptertest.AskLamp)
		b.answered(t, 0, general, ts, lamp)
		b.idle(t)
		want := 1
		if more != nil {
			want = 0
			b.SayWith("ben", general, ts, "It is done", more)
			b.idle(t)
		}
		before := b.Mark()
		b.Say("ann", general, ts, adaptertest.AskBuilt)
		b.idle(t)
		if got := b.After(before); len(got) != want {
			t.Errorf("%s: %d answers, want %d", name, len(got), want)
		}
	}
}

// TestMentionAddedToTalk: a mention that is added to what the bot overheard is answered,
// once, and not where it was answered without one.
func TestMentionAddedToTalk(t *testing.T) {
	t.Parallel()
	b := start(t, setting{})
	general := b.Channel("general")
	for text, want := range map[string]int{"what is the weather there?": 0, "I think it was built early": 0, adaptertest.AskBuilt: 1} {
		ts := b.Say("ann", general, "", mention+adaptertest.AskLamp)
		b.answered(t, 0, general, ts, lamp)
		b.idle(t)
		before := b.Mark()
		talk := b.Say("ben", general, ts, text)
		b.idle(t)
		if n := len(b.After(before)); n != want {
			t.Errorf("%d answers to %q without a mention, want %d", n, text, want)
		}
		for range 2 {
			b.Edit("ben", general, talk, mention+adaptertest.AskRow)
			b.idle(t)
		}
		if n := len(b.After(before)); n != 1 {
			t.Errorf("%d answers to %q after a mention was added, want 1", n, text)
		}
	}
}

// TestTalkIsForgotten: of talk that was not put to the bot nothing is kept, in the journal or
// in the conversation, which goes on from what was asked before it.
func TestTalkIsForgotten(t *testing.T) {
	t.Parallel()
	e, store := adaptertest.NewEngine(), boltStore(t)
	w := state.NewJournalWriter(store, state.JournalOptions{Text: true, Log: logger(t)})
	b := start(t, setting{engine: e, store: store, handler: adapters.Chain(adapters.Conversations(e, store, time.Hour), adapters.StateTime(slackfake.Wait), adapters.Journal(w, 0.5))})
	general := b.Channel("general")
	ts := b.Say("ann", general, "", mention+adaptertest.AskLamp)
	b.answered(t, 0, general, ts, lamp)
	b.idle(t)
	b.Say("ben", general, ts, "what is the weather there?")
	b.idle(t)
	before := b.Mark()
	b.Say("ann", general, ts, mention+adaptertest.AskBefore)
	b.answered(t, before, general, ts, "“My father lit it by hand.”")
	b.idle(t)
	before = b.Mark()
	const named = "What does Maro earn?"
	b.Say("ann", general, ts, named)
	b.answered(t, before, general, ts, "The article does not say anything on this")
	b.idle(t)
	if err := w.Close(t.Context()); err != nil {
		t.Fatal(err)
	}
	var texts []string
	if err := store.Journal(t.Context(), time.Time{}, func(e state.Entry) bool { texts = append(texts, e.Text); return true }); err != nil {
		t.Fatal(err)
	}
	if !slices.Equal(texts, []string{named}) {
		t.Errorf("the journal has %q", texts)
	}
}
