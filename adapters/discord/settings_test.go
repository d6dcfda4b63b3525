package discord

import (
	"strings"
	"testing"

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
