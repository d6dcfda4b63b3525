package discord

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/bwmarrin/discordgo"

	"verbatim/adapters"
	"verbatim/adapters/adaptertest"
	"verbatim/adapters/discordfake"
	"verbatim/answers"
	"verbatim/state"
)

// TestDeletedQuestion: an answer to a message that is deleted meanwhile is posted nowhere, nor in
// another form, and nobody is told.
func TestDeletedQuestion(t *testing.T) {
	t.Parallel()
	fake := discordfake.New(t, fakeOptions())
	engine := adaptertest.NewEngine()
	handler := adaptertest.NewHandler(engine)
	deleted := make(chan struct{})
	b := start(t, fake, setup{engine: engine, handler: adapters.HandlerFunc(func(ctx context.Context, m adapters.Message) answers.Answer {
		<-deleted
		return handler.Handle(ctx, m)
	})})
	online(t, fake, 0)
	before, posts := len(fake.FromBot()), fake.Requests("post")
	asked := fake.Say(discordfake.Said{By: "ann", Channel: fake.Channel("general"), Text: discordfake.Mention + " " + adaptertest.AskLamp})
	fake.Delete(asked)
	close(deleted)
	fake.Wait(t, "the refusal", func() bool { return b.metrics.of(adapters.CountFailed) > 0 })
	b.stop(t)
	if n := fake.Requests("post") - posts; n != 1 || len(fake.FromBot()) != before {
		t.Errorf("%d attempts to post, and %v is shown", n, fake.FromBot()[before:])
	}
}

// TestRoleMention: a mention of the bot's own role is an address; where Discord hides
// the text, the bot says so.
func TestRoleMention(t *testing.T) {
	t.Parallel()
	for _, hide := range []bool{false, true} {
		o := fakeOptions()
		o.HideRoleMentions = hide
		fake := discordfake.New(t, o)
		start(t, fake, setup{})
		online(t, fake, 0)
		general := fake.Channel("general")
		other := fake.Say(discordfake.Said{By: "ann", Channel: general, Text: "<@&300000000000000002> " + adaptertest.AskLamp})
		coded := fake.Say(discordfake.Said{By: "ann", Channel: general, Text: "> <@&" + discordfake.RoleID + ">\nha"})
		got := look(fake.Reply(t, fake.Say(discordfake.Said{By: "ann", Channel: general, Text: "<@&" + discordfake.RoleID + "> " + adaptertest.AskLamp})))
		if want := map[bool]string{false: "On the lamp", true: "mention me by name"}[hide]; !strings.Contains(got.Text, want) {
			t.Errorf("hidden %v: %s", hide, got.Text)
		}
		if n := len(fake.Replies(other)); n > 0 {
			t.Errorf("%d answers to who mentions another role", n)
		}
		if n := len(fake.Replies(coded)); n > 0 && !hide {
			t.Errorf("%d answers to a mention in a quotation", n)
		}
		if n := fake.Requests("roles"); n != 1 {
			t.Errorf("roles were looked at %d times", n)
		}
	}
}

// TestGuildCopies: after a run in one server its copies of the commands are removed,
// and nobody else's; doctor tells of them before.
func TestGuildCopies(t *testing.T) {
	t.Parallel()
	o := fakeOptions()
	o.IdentifyEvery = time.Millisecond // two bots begin, one after the other
	fake := discordfake.New(t, o)
	b := start(t, fake, setup{config: func(c *Config) { c.GuildID = discordfake.GuildID }})
	online(t, fake, 0)
	fake.Wait(t, "the server's commands", func() bool { return strings.Contains(fake.Commands(discordfake.GuildID), commandCheck) })
	b.stop(t)
	var have []any
	if err := json.Unmarshal([]byte(fake.Commands(discordfake.GuildID)), &have); err != nil {
		t.Fatal(err)
	}
	more, err := json.Marshal(append(have, object{"id": "1", "type": 1, "name": "theirs", "description": "of somebody else"}))
	if err != nil {
		t.Fatal(err)
	}
	fake.Register(discordfake.GuildID, string(more))
	found := fmt.Sprint(Doctor(t.Context(), Config{Token: fake.Token(), APIURL: fake.URL()}))
	if !strings.Contains(found, "has copies of the commands") {
		t.Errorf("doctor does not tell: %s", found)
	}
	start(t, fake, setup{})
	online(t, fake, 0)
	fake.Wait(t, "the copies to be gone", func() bool {
		left := fake.Commands(discordfake.GuildID)
		return strings.Contains(left, "theirs") && !strings.Contains(left, commandCheck)
	})
	if !strings.Contains(fake.Commands(""), commandCheck) {
		t.Error("the commands are not registered everywhere")
	}
}

// TestEntryPoint: the command that opens an app's Activity stays.
func TestEntryPoint(t *testing.T) {
	t.Parallel()
	fake := discordfake.New(t, fakeOptions())
	fake.Register("", `[{"id":"700000000000000001","type":4,"name":"launch","description":"","handler":2,"integration_types":[0,1],"contexts":[0,1,2],"name_localizations":{"de":"starten"}}]`)
	start(t, fake, setup{})
	online(t, fake, 0)
	fake.Wait(t, "the commands", func() bool { return strings.Contains(fake.Commands(""), commandCheck) })
	if got := fake.Commands(""); !strings.Contains(got, `"launch"`) || !strings.Contains(got, `"handler":2`) || !strings.Contains(got, `"starten"`) {
		t.Errorf("the commands are %s", got)
	}
	puts := fake.CommandPuts()
	time.Sleep(2 * fakeOptions().IdentifyEvery) // the two share no store that would space them
	start(t, fake, setup{})
	fake.Wait(t, "the commands to be looked at", func() bool { return fake.Requests("commands") >= 4 })
	if fake.CommandPuts() != puts {
		t.Error("they are registered again")
	}
}

// TestOverwriteNamesTheField: what Discord finds wrong in a list of commands is named.
func TestOverwriteNamesTheField(t *testing.T) {
	t.Parallel()
	fake := discordfake.New(t, fakeOptions())
	fake.OnRequest("commands", discordfake.RESTFault{}, discordfake.RESTFault{Status: http.StatusBadRequest, Body: `{"code": 50035, "message": "Invalid Form Body", "errors":
		{"1": {"options": {"0": {"description": {"_errors": [{"code": "BASE_TYPE_BAD_LENGTH", "message": "Must be between 1 and 100 in length."}]}}}}}}`})
	b := start(t, fake, setup{})
	online(t, fake, 0)
	const want = "1.options.0.description: Must be between 1 and 100 in length. (BASE_TYPE_BAD_LENGTH)"
	fake.Wait(t, "the error", func() bool { return strings.Contains(b.log.String(), want) })
}

func TestCompact(t *testing.T) {
	got, err := compact(object{"a": nil, "b": []any{object{"c": nil, "d": 12345678901234567}}, "e": "null", "f": []any{}})
	if want := `{"b":[{"d":12345678901234567}],"e":"null","f":[]}`; err != nil || string(got) != want {
		t.Errorf("%s, %v, want %s", got, err, want)
	}
}

// TestLongAutocomplete: a long text that begins no question offers those near to it.
func TestLongAutocomplete(t *testing.T) {
	t.Parallel()
	for typed, want := range map[string]bool{strings.Repeat("what was said on that evening at the harbour ", 3): true, strings.Repeat("w", 5000): true, "zzz": false} {
		if got := choices(adaptertest.NewEngine(), typed, ""); len(got) > 0 != want {
			t.Errorf("%.20q offers %v", typed, got)
		}
	}
	var asked string
	choices(asking{adaptertest.NewEngine(), &asked}, strings.Repeat("what was said ", 20), "")
	if !strings.HasPrefix(asked, "what was said") || strings.HasSuffix(asked, "…") {
		t.Errorf("the engine is asked %q", asked)
	}
}

type asking struct {
	*adaptertest.Engine
	asked *string
}

func (a asking) Ask(q answers.Question) answers.Answer {
	*a.asked = q.Text
	return a.Engine.Ask(q)
}

// TestOwnInstall: who has the bot for themselves gets an answer in private where the
// list of channels says no.
func TestOwnInstall(t *testing.T) {
	t.Parallel()
	fake := discordfake.New(t, fakeOptions())
	home, other := fake.Channel("home"), fake.Channel("other")
	start(t, fake, setup{config: func(c *Config) { c.Channels = []string{home} }})
	online(t, fake, 0)
	for channel, private := range map[string]bool{home: false, other: true} {
		got := look(fake.Use(discordfake.Used{By: "ann", Channel: channel, Name: "ask", InstalledByUser: true,
			Options: map[string]any{"question": adaptertest.AskLamp}}).Answer(t))
		if !strings.Contains(got.Text, "On the lamp") || got.Private != private {
			t.Errorf("private %v: %s", got.Private, got.Text)
		}
	}
}

// TestRefusals: where Discord lets nothing be written, the person is told once in a
// direct message what to do, and the channel is left alone.
func TestRefusals(t *testing.T) {
	t.Parallel()
	o := fakeOptions()
	o.NoSend = true
	fake := discordfake.New(t, o)
	b := start(t, fake, setup{})
	online(t, fake, 0)
	general := fake.Channel("general")
	for range 3 {
		fake.Say(discordfake.Said{By: "ann", Channel: general, Text: discordfake.Mention + " " + adaptertest.AskLamp})
	}
	fake.Say(discordfake.Said{By: "ben", Channel: general, Text: discordfake.Mention + " " + adaptertest.AskLamp})
	for _, name := range []string{"ann", "ben"} {
		dm := fake.DM(name)
		fake.Wait(t, "a word to "+name, func() bool { return len(fake.Messages(dm)) > 0 })
		if got := fake.Messages(dm)[0].Text; !strings.Contains(got, "Send Messages") {
			t.Errorf("%s is told %q", name, got)
		}
	}
	b.stop(t)
	if n := len(fake.Messages(fake.DM("ann"))); n != 1 {
		t.Errorf("ann is told %d times", n)
	}
	if n := fake.Requests("post"); n > 6 {
		t.Errorf("%d posts: the channel is not left alone", n)
	}
}

// TestNoReadHistory: where the bot may not reply, it answers without a reference.
func TestNoReadHistory(t *testing.T) {
	t.Parallel()
	for _, plain := range []bool{false, true} {
		o := fakeOptions()
		o.NoReadHistory, o.NoEmbedLinks, o.NoLayouts = true, plain, plain
		fake := discordfake.New(t, o)
		b := start(t, fake, setup{})
		online(t, fake, 0)
		general := fake.Channel("general")
		fake.Say(discordfake.Said{By: "ann", Channel: general, Text: discordfake.Mention + " " + adaptertest.AskLamp})
		answer := func() (out []discordfake.Message) {
			for _, m := range fake.Messages(general) {
				if m.Bot {
					out = append(out, m)
				}
			}
			return out
		}
		fake.Wait(t, "an answer", func() bool { return len(answer()) > 0 })
		m := answer()[0]
		if got := look(m); m.ReplyTo != "" || !strings.Contains(got.Text, "For ann") || len(got.Quoted) != 1 || m.Layout == plain {
			t.Errorf("the answer is %+v, to %q", got, m.ReplyTo)
		}
		b.stop(t)
		if n := len(answer()); n != 1 {
			t.Errorf("%d answers", n)
		}
	}
}

// TestPlainerForms: a card that Discord does not take comes in a plainer form, as embeds and at
// last as text alone; and who does not see embeds reads the passage in any.
func TestPlainerForms(t *testing.T) {
	t.Parallel()
	want := adaptertest.NewEngine().PassageByID("notice").Quote.Text()
	for refusals, form := range []string{"layout", "embeds", "text"} {
		for _, route := range ways {
			fake := discordfake.New(t, fakeOptions())
			start(t, fake, setup{})
			online(t, fake, 0)
			fake.OnRequest(route, repeat(discordfake.RESTFault{Status: http.StatusBadRequest, Code: discordgo.ErrCodeInvalidFormBody}, refusals)...)
			general := fake.Channel("general")
			var m discordfake.Message
			if route == "post" {
				m = fake.Reply(t, fake.Say(discordfake.Said{By: "ann", Channel: general, Text: discordfake.Mention + " " + adaptertest.AskNotice}))
			} else {
				m = fake.Use(discordfake.Used{By: "ann", Channel: general, Name: "ask", Options: map[string]any{"question": adaptertest.AskNotice}}).Answer(t)
			}
			got := map[bool]string{true: "layout", false: map[bool]string{true: "embeds", false: "text"}[len(m.Embeds) > 0]}[m.Layout]
			m.Embeds = nil // as for who has them switched off
			if _, quoted := m.Shown(); got != form || !slices.Equal(quoted, []string{want}) {
				t.Errorf("%s: %s, not %s, that shows %q", route, got, form, quoted)
			}
		}
	}
	altered := embed(adaptertest.NewEngine().Check(answers.Question{Text: "The lamp stays dark, whatever the council decides"}), view{})
	if f, _ := altered.plain(); !strings.Contains(f.message.Content, "Given: **The lamp stays dark") {
		t.Errorf("what differs is not told: %q", f.message.Content)
	}
}

// TestFormOfAnEdit: an answer that went through though its response was lost stays what it
// is; and who takes an interaction over finds out what was answered to it.
func TestFormOfAnEdit(t *testing.T) {
	t.Parallel()
	fake := discordfake.New(t, fakeOptions())
	b := start(t, fake, setup{})
	online(t, fake, 0)
	general := fake.Channel("general")
	for name, faults := range map[string][]discordfake.RESTFault{
		"the response is lost":         {{DropAfter: true}},
		"and the next request is, too": {{DropAfter: true}, {DropBefore: true}},
	} {
		fake.OnRequest("callback", faults...)
		i := fake.Use(discordfake.Used{By: "ann", Channel: general, Name: "ask", Options: map[string]any{"question": adaptertest.AskLamp}})
		m := i.Answer(t)
		if got := look(m); !m.Layout || len(got.Quoted) != 1 {
			t.Errorf("%s: %+v", name, got)
		}
	}
	answer := func(i *discordfake.Interaction) error {
		left := job{ID: i.ID, Channel: general, Person: i.By.ID, Token: i.Token, App: discordfake.AppID, Do: doAsk}
		return driver{b.Adapter}.Send(t.Context(), &left, *embed(ask(adaptertest.AskLamp), view{}).payload(false))
	}
	for name, before := range map[string]any{
		"nothing was answered": nil,
		"it was deferred":      callback{5, struct{}{}},
		"it was answered":      callback{4, quiet("x", []discordgo.MessageComponent{})},
	} {
		i := fake.Prepare("ann", general, 2, map[string]any{"name": "ask"})
		if before != nil {
			err := b.rest.do(t.Context(), request{name: "answer", method: http.MethodPost, path: "interactions/" + i.ID + "/" + i.Token + "/callback", body: before}, nil)
			if err != nil {
				t.Fatal(err)
			}
		}
		for n := range 2 { // and once more, over what has been answered then
			if err := answer(i); err != nil {
				t.Errorf("%s, attempt %d: %v", name, n, err)
			}
			if m := i.Answer(t); len(look(m).Quoted) != 1 || m.Layout != (before == nil) {
				t.Errorf("%s, attempt %d: %+v", name, n, look(m))
			}
		}
	}
}

// TestTokenDies: a token that works no longer ends Run with what to fix.
func TestTokenDies(t *testing.T) {
	t.Parallel()
	for name, die := range map[string]func(*discordfake.Server){
		"401": func(f *discordfake.Server) {
			f.Revoke()
			f.Say(discordfake.Said{By: "ann", Channel: f.Channel("general"), Text: discordfake.Mention + " " + adaptertest.AskLamp})
		},
		"4004": func(f *discordfake.Server) { f.CloseShard(0, 4004) },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			fake := discordfake.New(t, fakeOptions())
			b := prepare(t, fake, setup{})
			b.run()
			online(t, fake, 0)
			fake.Wait(t, "the commands", func() bool { return fake.CommandPuts() > 0 && fake.Requests("guilds") > 0 })
			die(fake)
			select {
			case err := <-b.ended:
				var revoked adapters.Revoked
				if !errors.As(err, &revoked) || !strings.Contains(err.Error(), "DISCORD_BOT_TOKEN") {
					t.Errorf("Run: %v", err)
				}
			case <-time.After(20 * time.Second):
				t.Fatal("Run goes on")
			}
			if b.metrics.connected() {
				t.Error("it still counts as connected")
			}
			b.cancel()
		})
	}
}

// TestLimit: every surface counts; who is over the limit is told once, in private.
func TestLimit(t *testing.T) {
	t.Parallel()
	fake := discordfake.New(t, fakeOptions())
	start(t, fake, setup{store: adaptertest.NewStore(), config: func(c *Config) { c.Limit = state.Limit{Events: 4, Per: time.Hour} }})
	online(t, fake, 0)
	general := fake.Channel("general")
	mention := func(by, text string) string {
		return fake.Say(discordfake.Said{By: by, Channel: general, Text: discordfake.Mention + " " + text})
	}
	use := func(by, name string) *discordfake.Interaction {
		return fake.Use(discordfake.Used{By: by, Channel: general, Name: name})
	}
	m := fake.Reply(t, mention("ann", adaptertest.AskLamp))
	fake.Reply(t, mention("ann", ""))
	use("ann", commandArticle).Answer(t)
	press := func() *discordfake.Interaction {
		t.Helper()
		for _, c := range m.Components() {
			if strings.HasPrefix(c.CustomID, pressContext) {
				i, err := fake.Press("ann", m.ID, c.CustomID)
				if err != nil {
					t.Fatal(err)
				}
				return i
			}
		}
		t.Fatal("no control")
		return nil
	}
	press().Answer(t)
	silent := mention("ann", adaptertest.AskLamp)
	dm := fake.DM("ann")
	fake.Wait(t, "a word in private", func() bool { return len(fake.Messages(dm)) > 0 })
	if got := fake.Messages(dm)[0].Text; !strings.Contains(got, "a lot at once") {
		t.Errorf("ann is told %q", got)
	}
	ignored := []*discordfake.Interaction{use("ann", commandArticle), use("ann", commandAsk)}
	more := mention("ann", "")
	fake.Reply(t, mention("ben", adaptertest.AskLamp))
	for _, i := range ignored {
		if callback, _ := i.Answered(); callback != 0 {
			t.Errorf("a command is answered by %d", callback)
		}
	}
	if n := len(fake.Replies(silent)) + len(fake.Replies(more)); n > 0 || len(fake.Messages(dm)) != 1 {
		t.Errorf("%d answers, %d words in private", n, len(fake.Messages(dm)))
	}
	// Typing has a limit of its own; past it nothing is offered.
	complete := func() int {
		return len(fake.Use(discordfake.Used{By: "eve", Channel: general, Name: commandAsk, Focused: optionQuestion, Options: map[string]any{optionQuestion: "tower"}}).Choices(t))
	}
	for i := range 10 * 4 {
		if complete() == 0 {
			t.Fatalf("nothing is offered at the %dth letter", i)
		}
	}
	if n := complete(); n != 0 {
		t.Errorf("%d are offered past the limit", n)
	}
	// Over the limit by a command she is told in its answer.
	for range 5 {
		i := use("zoe", commandArticle)
		if got := look(i.Answer(t)); !got.Private {
			t.Errorf("not private: %s", got.Text)
		}
	}
}

// TestDoubleClick: a control that is pressed twice takes effect once, and both presses
// are acknowledged.
func TestDoubleClick(t *testing.T) {
	t.Parallel()
	fake := discordfake.New(t, fakeOptions())
	start(t, fake, setup{})
	online(t, fake, 0)
	general := fake.Channel("general")
	m := fake.Reply(t, fake.Say(discordfake.Said{By: "ann", Channel: general, Text: discordfake.Mention + " " + adaptertest.AskPay}))
	before := len(fake.Messages(general))
	var pressed []*discordfake.Interaction
	for _, by := range []string{"ann", "ann", "ben"} {
		i, err := fake.Press(by, m.ID, pressAsk+":"+adaptertest.AskBuilt)
		if err != nil {
			t.Fatal(err)
		}
		pressed = append(pressed, i)
	}
	fake.Wait(t, "three responses", func() bool {
		for _, i := range pressed {
			if callback, _ := i.Answered(); callback == 0 {
				return false
			}
		}
		return true
	})
	if n := len(fake.Messages(general)) - before; n != 2 {
		t.Errorf("%d answers, want one to each", n)
	}
}
