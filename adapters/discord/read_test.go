package discord

import (
	"strings"
	"testing"
	"time"

	"verbatim/adapters"
	"verbatim/adapters/adaptertest"
	"verbatim/adapters/discordfake"
)

type object = map[string]any

func list(v ...any) []any { return v }

// TestCheckReadsWhatIsShown: the message command reads a message as people see it.
func TestCheckReadsWhatIsShown(t *testing.T) {
	t.Parallel()
	fake := discordfake.New(t, fakeOptions())
	start(t, fake, setup{})
	online(t, fake, 0)
	general := fake.Channel("general")
	display := object{"type": 10, "content": "# Today\n> " + adaptertest.LampWords}
	for name, said := range map[string]discordfake.Said{
		"its text":                 {Text: adaptertest.LampWords},
		"emoji and mentions":       {Text: "<@100000000000000009> <:lamp:123456789012345678> " + adaptertest.LampWords + " 🔥 <@&200000000000000009> <#300000000000000009>"},
		"everybody":                {Text: "@everyone @here " + adaptertest.LampWords},
		"a quoted line in chatter": {Text: "omg look\n> " + adaptertest.LampWords + "\nwhat now?"},
		"a long quotation":         {Text: "omg look\n>>> " + adaptertest.LampWords},
		"with a preview":           {Text: adaptertest.LampWords + " https://example.com", More: object{"embeds": list(object{"type": "article", "title": "News", "description": "Rain is expected in the evening again"})}},
		"forwarded":                {More: object{"message_snapshots": list(object{"message": object{"content": adaptertest.LampWords}})}},
		"a forwarded embed":        {More: object{"message_snapshots": list(object{"message": object{"content": "", "embeds": list(object{"type": "rich", "description": adaptertest.LampWords})}})}},
		"an embed":                 {Bot: true, More: object{"embeds": list(object{"type": "rich", "title": "Quote of the day", "description": adaptertest.LampWords})}},
		"an embed's title":         {Bot: true, More: object{"embeds": list(object{"type": "rich", "title": adaptertest.LampWords})}},
		"an embed's field":         {Bot: true, More: object{"embeds": list(object{"type": "rich", "title": "Today", "fields": list(object{"name": "Quote", "value": adaptertest.LampWords})})}},
		"a webhook's embed":        {Webhook: true, Text: "New post", More: object{"embeds": list(object{"type": "rich", "description": adaptertest.LampWords})}},
		"components":               {Bot: true, More: object{"components": list(object{"type": 17, "components": list(display)})}},
		"a section":                {Bot: true, More: object{"components": list(object{"type": 9, "components": list(display), "accessory": object{"type": 2, "custom_id": "x"}})}},
		"a poll":                   {More: object{"poll": object{"question": object{"text": adaptertest.LampWords}, "answers": list(object{"poll_media": object{"text": "yes"}})}}},
		"a masked link":            {Text: "[" + adaptertest.LampWords + "](https://example.com \"a title\")"},
		"a time in it":             {Text: "<t:1700000000:s> " + adaptertest.LampWords},
	} {
		said.By, said.Channel = "ben", general
		i := fake.Use(discordfake.Used{By: "ann", Channel: general, Name: "Check this quote", Target: fake.Say(said)})
		if got := look(i.Answer(t)); !strings.Contains(got.Text, adaptertest.ExactLead) {
			t.Errorf("%s shows:\n%s", name, got.Text)
		} else if strings.Contains(got.Text, "0000000") || strings.Contains(got.Text, ":lamp:") || strings.Contains(got.Text, "https:") {
			t.Errorf("%s repeats what is no word:\n%s", name, got.Text)
		}
	}
	// A preview of what a person links to is not their word, whatever it says.
	preview := object{"embeds": list(object{"type": "rich", "url": "https://example.com/1", "author": object{"name": "someone"}, "description": adaptertest.LampWords})}
	const words = "Sell the tower to the highest bidder, she said https://example.com/1?s=20"
	for name, said := range map[string]discordfake.Said{
		"a person's preview":  {Text: words, More: preview},
		"a forwarded preview": {More: object{"message_snapshots": list(object{"message": object{"content": words, "embeds": preview["embeds"]}})}},
	} {
		said.By, said.Channel = "ben", general
		got := look(fake.Use(discordfake.Used{By: "ann", Channel: general, Name: commandCheck, Target: fake.Say(said)}).Answer(t))
		if strings.Contains(got.Text, adaptertest.ExactLead) || !strings.Contains(got.Text, "Sell the tower") {
			t.Errorf("%s speaks for the person:\n%s", name, got.Text)
		}
	}
	own := fake.Reply(t, fake.Say(discordfake.Said{By: "ann", Channel: general, Text: discordfake.Mention + " " + adaptertest.AskLamp}))
	i := fake.Use(discordfake.Used{By: "ben", Channel: general, Name: "Check this quote", Target: own.ID})
	if got := look(i.Answer(t)); !own.Layout || !strings.Contains(got.Text, adaptertest.ExactLead) {
		t.Errorf("an answer of the bot's shows:\n%s", got.Text)
	}
}

// TestIsThisRight: what somebody points at is read, where it can be.
func TestIsThisRight(t *testing.T) {
	t.Parallel()
	fake := discordfake.New(t, fakeOptions())
	start(t, fake, setup{})
	online(t, fake, 0)
	general, dm := fake.Channel("general"), fake.DM("ann")
	say := func(channel, text string, s discordfake.Said) string {
		t.Helper()
		s.By, s.Channel, s.Text = "ann", channel, text
		return look(fake.Reply(t, fake.Say(s))).Text
	}
	holds := func(name, got, want string) {
		t.Helper()
		if !strings.Contains(got, want) {
			t.Errorf("%s shows:\n%s", name, got)
		}
	}
	// A message that the bot may see, since it mentions it.
	seen := fake.Say(discordfake.Said{By: "ben", Channel: general, Text: "`" + "x` " + adaptertest.LampWords, More: object{"mentions": list(object{"id": discordfake.BotID, "username": "verbatim", "bot": true}), "content": adaptertest.LampWords}})
	hidden := fake.Say(discordfake.Said{By: "ben", Channel: general, Text: adaptertest.LampWords})
	for _, text := range []string{"is this right?", "did he really say this?", "hm, true?"} {
		holds("a reply", say(general, discordfake.Mention+" "+text, discordfake.Said{ReplyTo: seen}), adaptertest.ExactLead)
		holds("a reply to what is hidden", say(general, discordfake.Mention+" "+text, discordfake.Said{ReplyTo: hidden}), "I cannot see the message")
		say(dm, adaptertest.LampWords, discordfake.Said{})
		fake.Say(discordfake.Said{By: "ann", Channel: dm, Text: adaptertest.LampWords})
		holds("forwarded", say(dm, text, discordfake.Said{More: object{"message_snapshots": list(object{"message": object{"content": adaptertest.LampWords}})}}), adaptertest.ExactLead)
		holds("with a quotation", say(general, discordfake.Mention+" "+text+"\n> "+adaptertest.LampWords, discordfake.Said{}), adaptertest.ExactLead)
	}
	holds("forwarded without a word", say(dm, "", discordfake.Said{More: object{"message_snapshots": list(object{"message": object{"content": adaptertest.LampWords}})}}), adaptertest.ExactLead)
	holds("a question that is forwarded", say(dm, "", discordfake.Said{More: object{"message_snapshots": list(object{"message": object{"content": adaptertest.AskBuilt}})}}), "The tower was built in 1871")
	holds("a question that is passed on", say(dm, "can you answer this?", discordfake.Said{More: object{"message_snapshots": list(object{"message": object{"content": adaptertest.AskBuilt}})}}), "The tower was built in 1871")
	// In a thread without a reply: what stands above is hidden.
	thread := fake.Thread("talk", general)
	fake.Say(discordfake.Said{By: "ben", Channel: thread, Text: adaptertest.LampWords})
	holds("in a thread", say(thread, discordfake.Mention+" is this right?", discordfake.Said{}), "I cannot see the message")
	holds("help", say(thread, discordfake.Mention+" help", discordfake.Said{}), "does not say anything on this: help")
	// Whoever doubts the bot's own answer asks a question of it.
	answer := fake.Reply(t, fake.Say(discordfake.Said{By: "ann", Channel: general, Text: discordfake.Mention + " " + adaptertest.AskLamp}))
	holds("of its own answer", say(general, "is this right?", discordfake.Said{ReplyTo: answer.ID}), "does not say anything on this")
}

// TestAboveInADirectMessage: in a direct message what was written before is seen.
func TestAboveInADirectMessage(t *testing.T) {
	t.Parallel()
	fake := discordfake.New(t, fakeOptions())
	dm := fake.DM("ann")
	// Written before the bot ran: it has not answered it.
	fake.Say(discordfake.Said{By: "ann", Channel: dm, Text: "> " + adaptertest.LampWords})
	start(t, fake, setup{})
	online(t, fake, 0)
	got := look(fake.Reply(t, fake.Say(discordfake.Said{By: "ann", Channel: dm, Text: "is this right?"})))
	if !strings.Contains(got.Text, adaptertest.ExactLead) || !strings.Contains(got.Text, "asked to check: "+adaptertest.LampWords) {
		t.Errorf("shown:\n%s", got.Text)
	}
}

// TestReplyToWhatIsGone: where the message that somebody replies to is gone, no other one is
// taken for it.
func TestReplyToWhatIsGone(t *testing.T) {
	t.Parallel()
	fake := discordfake.New(t, fakeOptions())
	start(t, fake, setup{})
	online(t, fake, 0)
	dm := fake.DM("ann")
	said := fake.Say(discordfake.Said{By: "ann", Channel: dm, Text: adaptertest.LampWords})
	fake.Reply(t, said)
	gone := fake.Say(discordfake.Said{By: "ann", Channel: dm, Text: "The lamp stays dark, whatever the council decides"})
	fake.Reply(t, gone)
	fake.Delete(gone)
	got := look(fake.Reply(t, fake.Say(discordfake.Said{By: "ann", Channel: dm, Text: "is this right?", ReplyTo: gone})))
	if !strings.Contains(got.Text, "I cannot see the message") {
		t.Errorf("shown:\n%s", got.Text)
	}
	got = look(fake.Reply(t, fake.Say(discordfake.Said{By: "ann", Channel: dm, Text: adaptertest.AskBuilt, ReplyTo: gone})))
	if !strings.Contains(got.Text, "1871") {
		t.Errorf("a question of its own shows:\n%s", got.Text)
	}
}

// TestCommentOnAForward: what is said with a forwarded message comes right after it, as a
// message of its own, and the forwarded one has been answered. Later it is answered again.
func TestCommentOnAForward(t *testing.T) {
	t.Parallel()
	fake := discordfake.New(t, fakeOptions())
	bot := start(t, fake, setup{})
	online(t, fake, 0)
	fake.Freeze() // a slow machine is no later comment
	h := &harness{fake: fake, bot: bot, way: byDM}
	dm := fake.DM("ann")
	for words, want := range map[string]string{adaptertest.AskBuilt: "The tower was built in 1871", adaptertest.LampWords: adaptertest.ExactLead} {
		forward := discordfake.Said{By: "ann", Channel: dm, More: object{"message_snapshots": list(object{"message": object{"content": words}})}}
		for _, comment := range []string{"can you answer this?", "any idea?", "thoughts?", "help"} {
			fake.Reply(t, fake.Say(forward))
			before := h.mark()
			fake.Say(discordfake.Said{By: "ann", Channel: dm, Text: comment})
			if shown := h.since(t, before); len(shown) > 0 {
				t.Errorf("%q, sent with it, is answered: %s", comment, shown[0].Text)
			}
			fake.Advance(time.Minute)
			if got := look(fake.Reply(t, fake.Say(discordfake.Said{By: "ann", Channel: dm, Text: comment}))); !strings.Contains(got.Text, want) {
				t.Errorf("%q, a minute later, shows:\n%s", comment, got.Text)
			}
		}
		// Another question is one of its own.
		fake.Reply(t, fake.Say(forward))
		if got := look(fake.Reply(t, fake.Say(discordfake.Said{By: "ann", Channel: dm, Text: adaptertest.AskLamp}))); !strings.Contains(got.Text, adaptertest.LampWords) {
			t.Errorf("a question shows:\n%s", got.Text)
		}
	}
}

// FuzzReadLinear holds the reading of a message to time linear in its length.
func FuzzReadLinear(f *testing.F) {
	for _, part := range []string{"x", "x ", "`a` ", "```", "<@1> ", "<", "> ", "*a* ", "_", "~~a", "\n", "[", "](", "[a](http://a ", "](http://", "||", "**", "\\`", "\\", "<t:1", ">>> ", "[a](http://b) "} {
		f.Add(part, "")
		f.Add(part, "```")
		f.Add(part, "[")
	}
	f.Fuzz(func(t *testing.T, part, before string) {
		if part == "" {
			return
		}
		text := before + strings.Repeat(part, 60_000/len(part)+1)
		began := time.Now()
		plainText(text, "1", nil)
		addresses(text, userMention, "1")
		adapters.Clean(text)
		escapeWithin(text, maxContent)
		pointedAt(&message{Content: text}).Candidates()
		var j job
		j.wants(message{Content: text}, "1")
		echo("ann", text, false)
		adapters.CleanLines(text)
		if took := time.Since(began); adaptertest.Slow(took, 3*time.Second) {
			t.Errorf("%.40q, repeated to %d bytes, took %s", part, len(text), took)
		}
	})
}

// BenchmarkNestedLinks reads masked links in each other, 300,000 bytes of them.
func BenchmarkNestedLinks(b *testing.B) {
	const link = "](https://a)"
	n := 300_000 / (len(link) + 1)
	text := strings.Repeat("[", n) + strings.Repeat(link, n)
	for b.Loop() {
		if got := unlinked(text); got != "" {
			b.Fatalf("%.20q is left", got)
		}
	}
}
