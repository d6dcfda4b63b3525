package discord

import (
	"context"
	"encoding/json"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/bwmarrin/discordgo"

	"verbatim/adapters"
	"verbatim/adapters/adaptertest"
	"verbatim/adapters/discordfake"
	"verbatim/answers"
	"verbatim/corpus"
	"verbatim/state"
)

// TestWhatIsAnswered: the bot answers where it is addressed, and is silent
// everywhere else.
func TestWhatIsAnswered(t *testing.T) {
	t.Parallel()
	fake := discordfake.New(t, fakeOptions())
	start(t, fake, setup{})
	online(t, fake, 0)
	general, dm := fake.Channel("general"), fake.DM("ann")
	mention, lamp := discordfake.Mention, adaptertest.AskLamp
	answer := fake.Reply(t, fake.Say(discordfake.Said{By: "ann", Channel: general, Text: mention + " " + lamp}))
	commanded := fake.Use(discordfake.Used{By: "ann", Channel: general, Name: "ask", Options: map[string]any{"question": lamp}}).Answer(t)
	other := fake.Say(discordfake.Said{By: "ben", Channel: general, Text: "nice lamp"})
	thread := fake.Thread("talk", general)
	inThread := fake.Reply(t, fake.Say(discordfake.Said{By: "ann", Channel: thread, Text: mention + " " + lamp}))

	for name, c := range map[string]struct {
		said discordfake.Said
		want bool
	}{
		"a mention":                        {discordfake.Said{Channel: general, Text: mention + " " + lamp}, true},
		"a mention by nickname":            {discordfake.Said{Channel: general, Text: "<@!" + discordfake.BotID + "> " + lamp}, true},
		"a mention at the end":             {discordfake.Said{Channel: general, Text: lamp + " " + mention}, true},
		"a mention alone":                  {discordfake.Said{Channel: general, Text: mention}, true},
		"a mention with a quotation":       {discordfake.Said{Channel: general, Text: mention + " did she say\n> the lamp stays lit"}, true},
		"a mention in a thread":            {discordfake.Said{Channel: thread, Text: mention + " " + lamp}, true},
		"a reply in a thread":              {discordfake.Said{Channel: thread, Text: adaptertest.AskBefore, ReplyTo: inThread.ID}, true},
		"a reply from a thread":            {discordfake.Said{Channel: thread, Text: adaptertest.AskBefore, ReplyTo: answer.ID}, true},
		"a mention in reply to somebody":   {discordfake.Said{Channel: general, Text: mention + " " + lamp, ReplyTo: other}, true},
		"a reply to an answer":             {discordfake.Said{Channel: general, Text: adaptertest.AskBefore, ReplyTo: answer.ID}, true},
		"a direct message":                 {discordfake.Said{Channel: dm, Text: lamp}, true},
		"a direct message without text":    {discordfake.Said{Channel: dm, Text: ""}, true},
		"a reply in a direct message":      {discordfake.Said{Channel: dm, Text: lamp, ReplyTo: other}, true},
		"talk":                             {discordfake.Said{Channel: general, Text: lamp}, false},
		"the name alone":                   {discordfake.Said{Channel: general, Text: "verbatim, " + lamp}, false},
		"everyone":                         {discordfake.Said{Channel: general, Text: "@everyone @here " + lamp, More: map[string]any{"mention_everyone": true}}, false},
		"a role":                           {discordfake.Said{Channel: general, Text: "<@&" + discordfake.BotID + "> " + lamp}, false},
		"somebody else":                    {discordfake.Said{Channel: general, Text: "<@100000000000000009> " + lamp}, false},
		"a mention in code":                {discordfake.Said{Channel: general, Text: "`" + mention + "` " + lamp}, false},
		"a mention in a code block":        {discordfake.Said{Channel: general, Text: "```\n" + mention + " " + lamp + "\n```"}, false},
		"a mention in a quotation":         {discordfake.Said{Channel: general, Text: "> " + mention + " " + lamp + "\nha"}, false},
		"a mention in a long quotation":    {discordfake.Said{Channel: general, Text: "look\n>>> " + mention + " " + lamp}, false},
		"talk in a thread":                 {discordfake.Said{Channel: thread, Text: lamp}, false},
		"a reply without a ping":           {discordfake.Said{Channel: general, Text: lamp, ReplyTo: answer.ID, Quiet: true}, false},
		"a reply to a command's answer":    {discordfake.Said{Channel: general, Text: lamp, ReplyTo: commanded.ID}, false},
		"another bot":                      {discordfake.Said{Channel: general, Text: mention + " " + lamp, Bot: true}, false},
		"another bot in a direct message":  {discordfake.Said{Channel: dm, Text: lamp, Bot: true}, false},
		"a webhook":                        {discordfake.Said{Channel: general, Text: mention + " " + lamp, Webhook: true}, false},
		"a pin":                            {discordfake.Said{Channel: general, Text: mention, Type: 6}, false},
		"somebody joins":                   {discordfake.Said{Channel: general, Text: mention, Type: 7}, false},
		"the system":                       {discordfake.Said{Channel: dm, Text: lamp, More: map[string]any{"author": map[string]any{"id": "643945264868098049", "system": true}}}, false},
		"the bot itself":                   {discordfake.Said{Channel: dm, Text: lamp, More: map[string]any{"author": map[string]any{"id": discordfake.BotID}}}, false},
		"a mention that is an older event": {discordfake.Said{Channel: general, Text: mention, More: map[string]any{"id": ""}}, false},
	} {
		t.Run(name, func(t *testing.T) {
			said := c.said
			said.By = "ann"
			id := fake.Say(said)
			if c.want {
				m := fake.Reply(t, id)
				if look(m).Text == "" {
					t.Error("the answer is empty")
				}
				return
			}
			// An answer to what is said after it shows that it was passed over.
			fake.Reply(t, fake.Say(discordfake.Said{By: "ann", Channel: said.Channel, Text: mention + " " + lamp}))
			if n := len(fake.Replies(id)); n != 0 {
				t.Errorf("%d answers", n)
			}
		})
	}
	// An edit is not a question.
	fake.Dispatch(0, "MESSAGE_UPDATE", map[string]any{"id": "1", "channel_id": general, "content": mention + " " + lamp})
}

// TestFollowUps: a reply goes on with the conversation of the answer it replies
// to, whoever writes it; who asks anew goes on with their own.
func TestFollowUps(t *testing.T) {
	t.Parallel()
	fake := discordfake.New(t, fakeOptions())
	start(t, fake, setup{})
	online(t, fake, 0)
	general := fake.Channel("general")
	say := func(by, text, to string) discordfake.Message {
		return fake.Reply(t, fake.Say(discordfake.Said{By: by, Channel: general, Text: text, ReplyTo: to}))
	}
	father := adaptertest.NewEngine().PassageByID("father").Quote.Text()
	knows := func(m discordfake.Message) bool { return strings.Contains(look(m).Text, father) }

	first := say("ann", discordfake.Mention+" "+adaptertest.AskLamp, "")
	if !knows(say("ben", adaptertest.AskBefore, first.ID)) {
		t.Error("somebody else's reply to the answer does not go on with it")
	}
	if knows(say("ben", discordfake.Mention+" "+adaptertest.AskBefore, "")) {
		t.Error("ben's own conversation knows what ann asked")
	}
	say("ann", discordfake.Mention+" "+adaptertest.AskLamp, "")
	if !knows(say("ann", discordfake.Mention+" "+adaptertest.AskBefore, "")) {
		t.Error("ann's second mention does not go on with her first")
	}
	ask := func(by, question string) discordfake.Message {
		return fake.Use(discordfake.Used{By: by, Channel: fake.Channel("other"), Name: "ask", Options: map[string]any{"question": question}}).Answer(t)
	}
	ask("ann", adaptertest.AskLamp)
	if !knows(ask("ann", adaptertest.AskBefore)) || knows(ask("ben", adaptertest.AskBefore)) {
		t.Error("commands of one person are not one conversation")
	}
}

// TestOrder: what one person asks in one conversation is handled in order, even
// if it is asked all at once.
func TestOrder(t *testing.T) {
	t.Parallel()
	fake := discordfake.New(t, fakeOptions())
	var order []string
	engine := adaptertest.NewEngine()
	var busy atomic.Int32
	start(t, fake, setup{handler: adapters.HandlerFunc(func(_ context.Context, m adapters.Message) answers.Answer {
		if busy.Add(1) > 1 {
			t.Error("two questions of one conversation at once")
		}
		defer busy.Add(-1)
		time.Sleep(time.Millisecond)
		order = append(order, m.Text)
		return engine.Ask(answers.Question{Text: m.Text})
	})})
	online(t, fake, 0)
	var want, ids []string
	for i := range 30 {
		want = append(want, fmt.Sprintf("question %d", i))
		ids = append(ids, fake.Say(discordfake.Said{By: "ann", Channel: fake.DM("ann"), Text: want[i]}))
	}
	for _, id := range ids {
		fake.Reply(t, id)
	}
	if !slices.Equal(order, want) {
		t.Errorf("handled in the order %q", order)
	}
}

func TestCommandsAreRegisteredOnce(t *testing.T) {
	t.Parallel()
	for _, guild := range []string{"", discordfake.GuildID} {
		fake := discordfake.New(t, fakeOptions())
		config, store := func(c *Config) { c.GuildID = guild }, shared(t)
		for range 3 {
			b := start(t, fake, setup{config: config, store: store})
			fake.Wait(t, "the commands", func() bool { return fake.CommandPuts() == 1 && fake.Requests("commands") >= 2 })
			online(t, fake, 0)
			b.stop(t)
		}
		if n := fake.CommandPuts(); n != 1 {
			t.Errorf("registered %d times", n)
		}
		for _, want := range []string{`"ask"`, `"quote"`, `"article"`, `"Check this quote"`} {
			if !strings.Contains(fake.Commands(guild), want) {
				t.Errorf("%s is not registered", want)
			}
		}
		other := map[string]string{"": discordfake.GuildID, discordfake.GuildID: ""}[guild]
		if fake.Commands(other) != "" {
			t.Error("the commands are registered twice, and would be shown twice")
		}
	}
}

// TestCommandTexts: every command and option has a name and a description in each
// language, of a form and a length that Discord takes (the fake looks at that, too),
// and they are registered anew where one of them differs, and only then.
func TestCommandTexts(t *testing.T) {
	t.Parallel()
	fits := func(what, text string, most int) {
		if text == "" || adapters.Units(text) > most {
			t.Errorf("%s has %d characters: %q", what, adapters.Units(text), text)
		}
	}
	languages := []discordgo.Locale{discordgo.German, discordgo.French, discordgo.SpanishES, discordgo.SpanishLATAM, discordgo.PortugueseBR, discordgo.Japanese, discordgo.Korean}
	for name, texts := range commandTexts {
		described := name != commandCheck
		if described {
			fits(name, texts.Description, 100)
		}
		if len(texts.Names) != len(languages) || described && len(texts.Descriptions) != len(languages) {
			t.Errorf("%s has names in %d languages, descriptions in %d", name, len(texts.Names), len(texts.Descriptions))
		}
		for _, language := range languages {
			what := name + " in " + string(language)
			fits(what, texts.Names[language], 32)
			if described {
				fits(what, texts.Descriptions[language], 100)
				if n := texts.Names[language]; strings.ContainsAny(n, " ’") || n != strings.ToLower(n) {
					t.Errorf("%s: %q", what, n)
				}
			}
		}
	}
	fake := discordfake.New(t, fakeOptions())
	store := shared(t)
	for _, change := range []struct{ from, to string }{{}, {`"de":"fragen"`, `"de":"frag"`}, {"Só você vê a resposta", "Só você"}, {"이 인용문 확인", "확인"}, {`,"ja":"非公開"`, ""}} {
		puts := fake.CommandPuts()
		changed := strings.ReplaceAll(fake.Commands(""), change.from, change.to)
		if change.from != "" && changed == fake.Commands("") {
			t.Fatalf("%q is not registered:\n%s", change.from, changed)
		}
		fake.Register("", changed)
		b := start(t, fake, setup{store: store})
		fake.Wait(t, "the commands", func() bool { return fake.CommandPuts() == puts+1 && strings.Contains(fake.Commands(""), change.from) })
		b.stop(t)
	}
}

// TestCommandsThatCannotBeRegistered: the bot answers all the same.
func TestCommandsThatCannotBeRegistered(t *testing.T) {
	t.Parallel()
	fake := discordfake.New(t, fakeOptions())
	fake.OnRequest("commands", discordfake.RESTFault{Status: 503}, discordfake.RESTFault{Status: 403, Code: 50001})
	b := start(t, fake, setup{})
	online(t, fake, 0)
	fake.Wait(t, "word of it", func() bool { return strings.Contains(b.log.String(), "cannot be registered") })
	a := newAsker(fake)
	a.ask()
	a.answered(t)
}

func TestAutocomplete(t *testing.T) {
	t.Parallel()
	fake := discordfake.New(t, fakeOptions())
	start(t, fake, setup{})
	online(t, fake, 0)
	for typed, want := range map[string][]string{
		"what did maro": {adaptertest.AskLamp},
		"zzz":           {},
		"tower":         {adaptertest.AskBuilt},
	} {
		var got []string
		for _, c := range fake.Use(discordfake.Used{By: "ann", Channel: fake.DM("ann"), Name: "ask", Focused: "question",
			Options: map[string]any{"question": typed}}).Choices(t) {
			got = append(got, c.Value)
		}
		if !slices.Equal(got, want) {
			t.Errorf("%q offers %q, want %q", typed, got, want)
		}
	}
	if got := fake.Use(discordfake.Used{By: "ann", Channel: fake.DM("ann"), Name: "ask", Focused: "question",
		Options: map[string]any{"question": ""}}).Choices(t); len(got) != 6 {
		t.Errorf("nothing typed offers %d questions", len(got))
	}
	for _, h := range adaptertest.Hostile {
		fake.Use(discordfake.Used{By: "ann", Channel: fake.DM("ann"), Name: "ask", Focused: "question", Options: map[string]any{"question": h.Text}}).Choices(t)
	}
}

// TestCommands goes through what commands can be given.
func TestCommands(t *testing.T) {
	t.Parallel()
	fake := discordfake.New(t, fakeOptions())
	start(t, fake, setup{})
	online(t, fake, 0)
	general := fake.Channel("general")
	use := func(u discordfake.Used) adaptertest.Shown {
		u.By, u.Channel = "ann", general
		return look(fake.Use(u).Answer(t))
	}
	said := fake.Say(discordfake.Said{By: "ben", Channel: general, Text: "> **The lamp stays lit**, whatever the council decides,"})
	empty := fake.Say(discordfake.Said{By: "ben", Channel: general, Text: ""})
	card := fake.Use(discordfake.Used{By: "ann", Channel: general, Name: "ask", Options: map[string]any{"question": adaptertest.AskNotice}}).Answer(t)
	for name, c := range map[string]struct {
		use     discordfake.Used
		want    string
		private bool
	}{
		"ask":                 {discordfake.Used{Name: "ask", Options: map[string]any{"question": adaptertest.AskLamp}}, "ann asked: " + adaptertest.AskLamp, false},
		"ask in private":      {discordfake.Used{Name: "ask", Options: map[string]any{"question": adaptertest.AskLamp, "private": true}}, "You asked: " + adaptertest.AskLamp, true},
		"ask nothing":         {discordfake.Used{Name: "ask", Options: map[string]any{"question": "  "}}, "and compared with it", false},
		"check":               {discordfake.Used{Name: "quote", Options: map[string]any{"check/text": "The lamp stays lit, whatever the council decides,"}}, "word for word", false},
		"check in private":    {discordfake.Used{Name: "quote", Options: map[string]any{"check/text": "Sell it", "check/private": true}}, "no such words", true},
		"article":             {discordfake.Used{Name: "article"}, "The lamp at Ardell Point", true},
		"menu":                {discordfake.Used{Name: "Check this quote", Target: said}, "word for word", true},
		"menu, no text":       {discordfake.Used{Name: "Check this quote", Target: empty}, "no text to check", true},
		"menu, no message":    {discordfake.Used{Name: "Check this quote", Target: "1"}, "no text to check", true},
		"menu, on an answer":  {discordfake.Used{Name: "Check this quote", Target: card.ID}, "word for word", true},
		"unknown":             {discordfake.Used{Name: "gone"}, "no longer know", true},
		"installed by a user": {discordfake.Used{Name: "ask", Options: map[string]any{"question": adaptertest.AskLamp}, InstalledByUser: true}, "On the lamp", false},
		"an odd option":       {discordfake.Used{Name: "ask", Options: map[string]any{"question": true}}, "and compared with it", false},
	} {
		t.Run(name, func(t *testing.T) {
			got := use(c.use)
			if !strings.Contains(got.Text, c.want) || got.Private != c.private {
				t.Errorf("shown, private %v:\n%s\nwant %q, private %v", got.Private, got.Text, c.want, c.private)
			}
		})
	}
}

// TestUnknownPartsOfAnEvent: a component of a kind that is new does not keep a
// command or a button from working.
func TestUnknownPartsOfAnEvent(t *testing.T) {
	t.Parallel()
	fake := discordfake.New(t, fakeOptions())
	start(t, fake, setup{})
	online(t, fake, 0)
	general := fake.Channel("general")
	odd := []any{map[string]any{"type": 99, "components": "x"}, map[string]any{"type": 1, "components": []any{map[string]any{"type": 77, "custom_id": 5}}}, "?"}
	said := fake.Say(discordfake.Said{By: "ben", Channel: general, Text: "The lamp stays lit, whatever the council decides,", More: map[string]any{"components": odd, "embeds": []any{7}}})
	if got := look(fake.Use(discordfake.Used{By: "ann", Channel: general, Name: "Check this quote", Target: said}).Answer(t)); !strings.Contains(got.Text, "word for word") {
		t.Errorf("shown: %s", got.Text)
	}
	i := fake.Prepare("ann", general, 3, map[string]any{"custom_id": "ask:" + adaptertest.AskLamp, "component_type": 99})
	p := i.Payload()
	p["message"] = map[string]any{"id": "1", "components": odd, "embeds": "?", "flags": 64}
	fake.Dispatch(0, "INTERACTION_CREATE", p)
	// What cannot be read at all is passed over; this one can, but for the odd parts.
	if got := look(i.Answer(t)); !strings.Contains(got.Text, "On the lamp") || !got.Private {
		t.Errorf("shown: %+v", got)
	}
}

// TestControls presses what can be pressed, and what cannot any more.
func TestControls(t *testing.T) {
	t.Parallel()
	fake := discordfake.New(t, fakeOptions())
	store := adaptertest.NewStore()
	b := start(t, fake, setup{store: store})
	online(t, fake, 0)
	general := fake.Channel("general")
	ask := func(question string, private bool) discordfake.Message {
		return fake.Use(discordfake.Used{By: "ann", Channel: general, Name: "ask", Options: map[string]any{"question": question, "private": private}}).Answer(t)
	}
	press := func(by string, m discordfake.Message, id string, values ...string) adaptertest.Shown {
		t.Helper()
		i, err := fake.Press(by, m.ID, id, values...)
		if err != nil {
			t.Fatal(err)
		}
		return look(i.Answer(t))
	}
	engine := adaptertest.NewEngine()

	// Each passage has its button.
	list := ask(adaptertest.AskQuotes, true)
	father := engine.PassageByID("father")
	if got := press("ann", list, "context:"+father.Quote.Key()); !strings.Contains(got.Text, father.Quote.Text()) || !got.Private || !strings.Contains(got.Text, "paragraph 2") {
		t.Errorf("in context: %+v", got)
	}
	// Shared, once, with all its passages, by name.
	shared := press("ann", list, "share")
	if shared.Private || len(shared.Quoted) != 5 || !strings.Contains(shared.Text, "ann asked: "+adaptertest.AskQuotes) {
		t.Errorf("shared: %+v", shared)
	}
	if got := press("ann", list, "share"); !got.Private || !strings.Contains(got.Text, "already") {
		t.Errorf("shared again: %+v", got)
	}
	// Where sharing fails it can be tried again.
	again := ask(adaptertest.AskLamp, true)
	fake.OnRequest("callback", discordfake.RESTFault{Status: 403, Code: 50001})
	if _, err := fake.Press("ann", again.ID, "share"); err != nil {
		t.Fatal(err)
	}
	fake.Wait(t, "the failure", func() bool { return b.metrics.of(adapters.CountFailed) >= 1 })
	time.Sleep(3 * time.Second)
	if got := press("ann", again, "share"); got.Private {
		t.Errorf("shared after a failure: %+v", got)
	}
	// A verdict, with what differs.
	check := fake.Use(discordfake.Used{By: "ann", Channel: general, Name: "quote", Options: map[string]any{
		"check/text": "The lamp stays *dark*, whatever the council decides", "check/private": true}}).Answer(t)
	if got := press("ann", check, "share"); got.Private || !strings.Contains(got.Text, "ann asked to check: The lamp stays *dark*") || !strings.Contains(got.Text, "What differs") {
		t.Errorf("shared: %+v", got)
	}
	// What the article is.
	article := fake.Use(discordfake.Used{By: "ann", Channel: general, Name: "article"}).Answer(t)
	if got := press("ann", article, "share"); got.Private || !strings.Contains(got.Text, "ann shared:") || len(got.Citations) != 3 {
		t.Errorf("shared: %+v", got)
	}
	// A vote says of what.
	m := ask(adaptertest.AskLamp, false)
	press("ben", m, "up:quote:lamp:"+general+"."+fake.Person("ann").ID)
	var votes []state.Entry
	store.Journal(t.Context(), time.Time{}, func(e state.Entry) bool { votes = append(votes, e); return true })
	if len(votes) != 1 || votes[0].Vote != 1 || votes[0].Kind != "quote" || votes[0].Intent != "lamp" || votes[0].Person != "discord:"+fake.Person("ben").ID {
		t.Errorf("votes: %+v", votes)
	}
	// Controls of an older bot, or of a corpus that has changed.
	for id, want := range map[string]string{
		"context:0000000000000000.0.10": "has changed", "context": "has changed", "gone:x": "older answer", "": "older answer",
		"share": "has changed", "ask:": "and compared with it", "up": "helped", "down:x": "did not help",
	} {
		i := fake.Prepare("ann", general, 3, map[string]any{"custom_id": id, "component_type": 2})
		fake.Dispatch(0, "INTERACTION_CREATE", i.Payload())
		if got := look(i.Answer(t)); !strings.Contains(got.Text, want) {
			t.Errorf("%q: %q, want %q", id, got.Text, want)
		}
	}
	// A message whose passages are not what the source has is not shared.
	i := fake.Prepare("ann", general, 3, map[string]any{"custom_id": "share", "component_type": 2})
	p := i.Payload()
	p["message"] = map[string]any{"id": "1", "flags": 64, "content": "x", "embeds": []any{map[string]any{"description": "> “Sell it.”"}},
		"components": []any{map[string]any{"type": 1, "components": []any{map[string]any{"type": 2, "custom_id": "context:" + father.Quote.Key()}}}}}
	fake.Dispatch(0, "INTERACTION_CREATE", p)
	if got := look(i.Answer(t)); !got.Private || strings.Contains(got.Text, "Sell it") {
		t.Errorf("shared: %+v", got)
	}
}

// TestAllowList: in other channels than those on the list the bot is silent, but
// for a private word to who uses a command; threads count as their channels.
func TestAllowList(t *testing.T) {
	t.Parallel()
	fake := discordfake.New(t, fakeOptions())
	fake.OnRequest("channel", discordfake.RESTFault{Status: 503})
	home, other := fake.Channel("home"), fake.Channel("other")
	thread, otherThread := fake.Thread("at home", home), fake.Thread("elsewhere", other)
	start(t, fake, setup{config: func(c *Config) { c.Channels = []string{home} }})
	online(t, fake, 0)
	say := func(channel string) string {
		return fake.Say(discordfake.Said{By: "ann", Channel: channel, Text: discordfake.Mention + " " + adaptertest.AskLamp})
	}
	var silent []string
	for range 3 {
		silent = append(silent, say(other), say(otherThread))
	}
	for range 3 {
		fake.Reply(t, say(home))
		fake.Reply(t, say(thread))
		fake.Reply(t, say(fake.DM("ann")))
	}
	for _, id := range silent {
		if n := len(fake.Replies(id)); n != 0 {
			t.Errorf("%d answers elsewhere", n)
		}
	}
	if n := fake.Requests("channel"); n > 4 {
		t.Errorf("channels were looked at %d times", n)
	}
	use := func(channel string) adaptertest.Shown {
		return look(fake.Use(discordfake.Used{By: "ann", Channel: channel, Name: "ask", Options: map[string]any{"question": adaptertest.AskLamp}}).Answer(t))
	}
	for channel, want := range map[string]bool{home: true, thread: true, fake.DM("ann"): true, other: false, otherThread: false} {
		got := use(channel)
		if answered := len(got.Quoted) == 1; answered != want || got.Private == want {
			t.Errorf("a command is answered: %v, private: %v, want answered: %v", answered, got.Private, want)
		}
	}
}

// TestHandlerPanics: one question is lost, and nothing else.
func TestHandlerPanics(t *testing.T) {
	t.Parallel()
	fake := discordfake.New(t, fakeOptions())
	engine := adaptertest.NewEngine()
	b := start(t, fake, setup{handler: adapters.HandlerFunc(func(_ context.Context, m adapters.Message) answers.Answer {
		if m.Text == "panic" {
			panic("something is wrong")
		}
		return engine.Ask(answers.Question{Text: m.Text})
	})})
	online(t, fake, 0)
	fake.Say(discordfake.Said{By: "ann", Channel: fake.DM("ann"), Text: "panic"})
	fake.Use(discordfake.Used{By: "ann", Channel: fake.DM("ann"), Name: "ask", Options: map[string]any{"question": "panic"}})
	fake.Wait(t, "both to fail", func() bool { return b.metrics.of(adapters.CountFailed) >= 2 })
	fake.Reply(t, fake.Say(discordfake.Said{By: "ann", Channel: fake.DM("ann"), Text: adaptertest.AskLamp}))
}

// TestBusy: past what can be worked on at once people are asked to try again, and
// what was taken is answered.
func TestBusy(t *testing.T) {
	t.Parallel()
	fake := discordfake.New(t, fakeOptions())
	release := make(chan struct{})
	b := prepare(t, fake, setup{handler: waiting(release)})
	b.runtime.Room = 3
	b.run()
	t.Cleanup(func() { b.stop(t) })
	online(t, fake, 0)
	use := func() *discordfake.Interaction {
		return fake.Use(discordfake.Used{By: "ann", Channel: fake.Channel("general"), Name: "ask", Options: map[string]any{"question": adaptertest.AskLamp}})
	}
	var taken []*discordfake.Interaction
	for range 3 {
		taken = append(taken, use())
	}
	for range 5 {
		if got := look(use().Answer(t)); !got.Private || !strings.Contains(got.Text, "busy") {
			t.Errorf("shown: %+v", got)
		}
	}
	if id := fake.Say(discordfake.Said{By: "ann", Channel: fake.DM("ann"), Text: adaptertest.AskLamp}); !strings.Contains(fake.Reply(t, id).Text, "busy") {
		t.Error("a message is not told that the bot is busy")
	} else { // and not once more, nor answered after all, where it is delivered again
		close(release)
		for _, i := range taken {
			i.Answer(t)
		}
		fake.Replay(0, 20, false)
		a := newAsker(fake)
		a.ask()
		a.answered(t)
		if n := len(fake.Replies(id)); n != 1 {
			t.Errorf("%d replies to who was told that the bot is busy", n)
		}
	}
	for _, i := range taken {
		if got := look(i.Answer(t)); len(got.Quoted) != 1 {
			t.Errorf("shown: %+v", got)
		}
	}
}

// TestForgedAnswer: an answer whose passage does not come out byte for byte is
// held back.
func TestForgedAnswer(t *testing.T) {
	t.Parallel()
	fake := discordfake.New(t, fakeOptions())
	p := corpus.Passage{ID: "none", Attribution: corpus.Direct, Speaker: "Ines Maro"} // of no source
	b := start(t, fake, setup{handler: adapters.HandlerFunc(func(context.Context, adapters.Message) answers.Answer {
		return answers.Answer{Kind: answers.Quote, Lead: "She said:", Quotes: []corpus.Passage{p}}
	})})
	online(t, fake, 0)
	got := fake.Reply(t, fake.Say(discordfake.Said{By: "ann", Channel: fake.DM("ann"), Text: "?"}))
	if !strings.Contains(got.Text, "cannot show it here word for word") || len(got.Embeds) != 0 || b.metrics.of(adapters.CountUnquoted) != 1 {
		t.Errorf("shown: %+v", got)
	}
}

// TestStoredJobHoldsWhatIsNeeded: a job that was stored can be answered elsewhere.
func TestStoredJobHoldsWhatIsNeeded(t *testing.T) {
	j := job{ID: "1", Do: doAsk, Guild: "2", Channel: "3", Parent: "4", Person: "5", Who: "ann", Token: "t", App: "6",
		Text: "x", Check: true, Words: []string{"x"}, Above: true, Unseen: true, Pointed: true, Own: true, Away: true, Private: true, Conversation: "3.5"}
	var got job
	if data, err := json.Marshal(j); err != nil || json.Unmarshal(data, &got) != nil {
		t.Fatal(err)
	}
	if !reflect.DeepEqual(got, j) {
		t.Errorf("%+v, want %+v", got, j)
	}
}
