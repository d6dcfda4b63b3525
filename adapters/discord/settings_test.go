package discord

import (
	"strings"
	"testing"
	"time"

	"verbatim/adapters/adaptertest"
	"verbatim/adapters/discordfake"
)

// shown is all that a message shows.
func shown(m discordfake.Message) string { return look(m).Text }

// TestArticleOption: /ask article: narrows a question, with a list of titles to choose from.
func TestArticleOption(t *testing.T) {
	t.Parallel()
	fake := discordfake.New(t, fakeOptions())
	start(t, fake, setup{engine: adaptertest.NewLamps(t)})
	online(t, fake, 0)
	ask := func(options map[string]any) string {
		options["question"] = adaptertest.AskPrice
		return shown(fake.Use(discordfake.Used{By: "ann", Channel: fake.DM("ann"), Name: commandAsk, Options: options}).Answer(t))
	}
	for article, want := range map[string]string{
		adaptertest.Lamps2023: adaptertest.LampsAnswer2023, adaptertest.LampsTitle2024: adaptertest.LampsAnswer,
		"ships": "There is no article called “ships” here.",
	} {
		got := ask(map[string]any{"article": article})
		if !strings.Contains(got, want) || strings.Contains(got, adaptertest.LampsAnswer2023) != (want == adaptertest.LampsAnswer2023) {
			t.Errorf("%s answers %q, want %q", article, got, want)
		}
	}
	both := ask(map[string]any{})
	newer, older := strings.Index(both, adaptertest.LampsTitle2024), strings.Index(both, adaptertest.LampsTitle2023)
	if newer < 0 || older < newer {
		t.Errorf("the two articles do not stand with their answers, the newest first: %q", both)
	}
	for typed, want := range map[string]string{"2023": adaptertest.Lamps2023, "lamp prices in 2024": adaptertest.Lamps2024, "": adaptertest.Lamps2023, "ships": ""} {
		choices := fake.Use(discordfake.Used{By: "ann", Channel: fake.DM("ann"), Name: commandAsk, Focused: "article",
			Options: map[string]any{"article": typed}}).Choices(t)
		switch {
		case want == "" && len(choices) > 0:
			t.Errorf("%q offers %v", typed, choices)
		case want != "" && (len(choices) == 0 || choices[0].Value != want || !strings.HasPrefix(choices[0].Name, "Lamp prices in")):
			t.Errorf("%q offers %v, want %s", typed, choices, want)
		}
	}
}

// TestSettings: who may manage a server sets the article of a channel, where to answer, and
// that it is in private; it holds after a restart.
func TestSettings(t *testing.T) {
	t.Parallel()
	fake := discordfake.New(t, fakeOptions())
	store := shared(t)
	b := start(t, fake, setup{engine: adaptertest.NewLamps(t), store: store})
	online(t, fake, 0)
	press, general := fake.Channel("press"), fake.Channel("general")
	thread := fake.Thread("old lamps", press)
	set := func(options map[string]any) string {
		answer := fake.Use(discordfake.Used{By: "ann", Channel: press, Name: commandBot, Options: options, Manages: true}).Answer(t)
		if answer.OnlyFor == "" {
			t.Error("everybody sees the settings")
		}
		return shown(answer)
	}
	ask := func(channel, question string) discordfake.Message {
		return fake.Use(discordfake.Used{By: "bob", Channel: channel, Name: commandAsk, Options: map[string]any{"question": question}}).Answer(t)
	}
	expect := func(got, want string) {
		t.Helper()
		if !strings.Contains(got, want) {
			t.Errorf("got %q, want %q", got, want)
		}
	}

	refused := fake.Use(discordfake.Used{By: "bob", Channel: press, Name: commandBot, Options: map[string]any{"settings/article": adaptertest.Lamps2023}}).Answer(t)
	expect(shown(refused), "Only who has the permission Manage Server")
	expect(set(map[string]any{"settings/article": "ships"}), "There is no article called ships.")
	choices := fake.Use(discordfake.Used{By: "ann", Channel: press, Name: commandBot, Focused: "settings/article",
		Options: map[string]any{"settings/article": "2023"}, Manages: true}).Choices(t)
	if len(choices) != 1 || choices[0].Value != adaptertest.Lamps2023 {
		t.Errorf("the settings offer %v", choices)
	}
	expect(set(map[string]any{"settings/article": adaptertest.Lamps2023}), "Questions in <#"+press+"> are asked of “"+adaptertest.LampsTitle2023+"”.")

	for _, in := range []string{press, thread} {
		got := shown(ask(in, adaptertest.AskPrice))
		expect(got, adaptertest.LampsAnswer2023)
		if strings.Contains(got, adaptertest.LampsAnswer) {
			t.Errorf("a channel with an article has the other's answer: %q", got)
		}
	}
	expect(shown(ask(press, "in "+adaptertest.Lamps2024+": "+adaptertest.AskPrice)), adaptertest.LampsAnswer)
	expect(shown(ask(general, adaptertest.AskPrice)), adaptertest.LampsAnswer)
	said := fake.Say(discordfake.Said{By: "bob", Channel: press, Text: discordfake.Mention + " " + adaptertest.AskPrice})
	expect(shown(fake.Reply(t, said)), adaptertest.LampsAnswer2023)

	expect(set(map[string]any{"settings/answer": true, "settings/hide": true}), "I answer in <#"+press+">.\nAnswers to commands are seen only by who asks")
	b.stop(t)
	start(t, fake, setup{engine: adaptertest.NewLamps(t), store: store})
	online(t, fake, 0)
	if got := ask(thread, adaptertest.AskPrice); got.OnlyFor == "" || !strings.Contains(shown(got), adaptertest.LampsAnswer2023) {
		t.Errorf("after a restart everybody sees %q", shown(got))
	}
	expect(shown(ask(general, adaptertest.AskPrice)), "I do not answer in this channel.")
	expect(set(map[string]any{"settings/answer": false, "settings/hide": false, "settings/article": "all"}), "I answer in all channels.\nAnswers to commands are seen by everybody")
	if got := ask(general, adaptertest.AskPrice); got.OnlyFor != "" {
		t.Error("the answer is still private")
	}
	expect(shown(ask(press, adaptertest.AskPrice)), adaptertest.LampsAnswer)
}

// TestDeferredInPrivate: who sees an answer is known before an interaction is deferred, also
// of one that waits for another, since it cannot be changed after.
func TestDeferredInPrivate(t *testing.T) {
	t.Parallel()
	for name, where := range map[string]struct {
		used    discordfake.Used
		exclude bool // the channel is not on the list
	}{
		"a user install elsewhere":    {discordfake.Used{InstalledByUser: true}, true},
		"a channel left out":          {discordfake.Used{}, true},
		"a server that hides answers": {discordfake.Used{}, false},
	} {
		fake := discordfake.New(t, fakeOptions())
		general, release := fake.Channel("general"), make(chan struct{})
		start(t, fake, setup{handler: waiting(release), config: func(c *Config) {
			if where.exclude {
				c.Channels = []string{fake.Channel("home")}
			}
		}, timing: func(tm *timing) { tm.deferAfter = time.Nanosecond }})
		online(t, fake, 0)
		if !where.exclude {
			fake.Use(discordfake.Used{By: "boss", Channel: general, Name: commandBot, Options: map[string]any{"settings/hide": true}, Manages: true}).Answer(t)
		}
		where.used.By, where.used.Channel, where.used.Name, where.used.Options = "ann", general, commandAsk, map[string]any{"question": adaptertest.AskLamp}
		for _, i := range []*discordfake.Interaction{fake.Use(where.used), fake.Use(where.used)} {
			fake.Wait(t, "a first response", func() bool { first, _ := i.Answered(); return first != 0 })
			defer func() {
				if m := i.Answer(t); m.OnlyFor == "" {
					t.Errorf("%s: everybody sees %q", name, shown(m))
				}
			}()
		}
		close(release)
	}
}

// TestShareElsewhere: who uses the bot for themselves in a channel that it does not answer in
// cannot share an answer there, nor can anybody once the channel is no longer answered in.
func TestShareElsewhere(t *testing.T) {
	t.Parallel()
	fake := discordfake.New(t, fakeOptions())
	general := fake.Channel("general")
	start(t, fake, setup{})
	online(t, fake, 0)
	ask := discordfake.Used{By: "ann", Channel: general, Name: commandAsk, InstalledByUser: true, Options: map[string]any{"question": adaptertest.AskLamp, "private": true}}
	before := fake.Use(ask).Answer(t)
	fake.Use(discordfake.Used{By: "boss", Channel: fake.Channel("home"), Name: commandBot, Options: map[string]any{"settings/answer": true}, Manages: true}).Answer(t)
	i, err := fake.Press("ann", before.ID, pressShare)
	if err != nil {
		t.Fatal(err)
	}
	if m := i.Answer(t); m.OnlyFor == "" || !strings.Contains(shown(m), "I do not answer in this channel.") {
		t.Errorf("sharing shows %q", shown(m))
	}
	if _, err := fake.Press("ann", fake.Use(ask).Answer(t).ID, pressShare); err == nil {
		t.Error("there is a button that shares")
	}
}
