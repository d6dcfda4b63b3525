package discord

import (
	"cmp"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/bwmarrin/discordgo"

	"verbatim/adapters/adaptertest"
	"verbatim/adapters/discordfake"
	"verbatim/state"
)

// way is how a person talks to the bot.
type way string

const (
	byMention way = "mentions and replies"
	byDM      way = "direct messages"
	byCommand way = "commands"
)

func TestScript(t *testing.T) {
	for _, w := range []way{byMention, byDM, byCommand} {
		t.Run(string(w), func(t *testing.T) {
			t.Parallel()
			adaptertest.Run(t, func(t *testing.T, b adaptertest.Bot) adaptertest.Harness {
				fake := discordfake.New(t, fakeOptions())
				set := setup{handler: b.Handler, engine: b.Engine, store: b.Store, config: func(c *Config) { c.Limit = b.Limit },
					timing: func(tm *timing) { tm.grace = cmp.Or(b.Grace, 300*time.Millisecond) }}
				bot := start(t, fake, set)
				online(t, fake, 0)
				return &harness{fake: fake, bot: bot, set: set, way: w, last: map[string]string{}}
			})
		})
	}
}

// harness is a person in Discord.
type harness struct {
	fake *discordfake.Server
	bot  *bot
	set  setup
	way  way
	last map[string]string // the bot's last message by conversation
	// asked is the conversation in which something was said last, without waiting.
	asked string
	// controls counts the questions that were asked to see whether others were heard.
	controls int
	// failed reports whether what is to go wrong did.
	failed func() bool
}

func (h *harness) channel(conversation string) string {
	if h.way == byDM {
		return h.fake.DM(conversation)
	}
	return h.fake.Channel(conversation)
}

func (h *harness) Say(t *testing.T, conversation, text string) adaptertest.Shown {
	t.Helper()
	if h.way == byCommand {
		return look(h.use(conversation, false, text).Answer(t))
	}
	m := h.fake.Reply(t, h.said(conversation, text))
	h.last[conversation] = m.ID
	return look(m)
}

// said has a person say text in a message, and returns its id.
func (h *harness) said(conversation, text string) string {
	said := discordfake.Said{By: "ann", Channel: h.channel(conversation), Text: text}
	switch h.way {
	case byDM:
		said.By = conversation
	case byMention:
		// Whoever begins mentions the bot, whoever goes on replies to it.
		if said.ReplyTo = h.last[conversation]; said.ReplyTo == "" {
			said.Text = discordfake.Mention + " " + text
		}
	}
	return h.fake.Say(said)
}

// asks has a person say text, whichever way, and does not wait.
func (h *harness) asks(conversation, text string) {
	if h.way == byCommand {
		h.use(conversation, false, text)
	} else {
		h.said(conversation, text)
	}
}

func (h *harness) Twice(t *testing.T, conversation, text string) ([]adaptertest.Shown, bool) {
	t.Helper()
	before := h.mark()
	h.asks(conversation, text)
	h.fake.Replay(0, 1, false)
	return h.since(t, before), true
}

func (h *harness) Revoked(t *testing.T, conversation, text string) (error, bool) {
	t.Helper()
	h.fake.Wait(t, "the commands", func() bool { return h.fake.CommandPuts() > 0 && h.fake.Requests("guilds") > 0 })
	h.fake.Revoke()
	if h.way == byCommand { // an interaction is answered without the token, a message is not
		h.fake.Say(discordfake.Said{By: "ann", Channel: h.channel(conversation), Text: discordfake.Mention + " " + text})
	} else {
		h.said(conversation, text)
	}
	select {
	case err := <-h.bot.ended:
		h.bot.ended <- nil // for whoever stops it
		return err, true
	case <-time.After(discordfake.Wait):
		t.Fatal("Run goes on")
		return nil, true
	}
}

func (h *harness) Interrupted(t *testing.T, do, settled func()) ([]adaptertest.Shown, bool) {
	t.Helper()
	before := h.mark()
	do()
	h.bot.stop(t)
	h.bot = start(t, h.fake, h.set)
	online(t, h.fake, 0)
	settled()
	if h.way == byMention && h.mark() > before { // it is replied to
		h.last[h.asked] = h.fake.FromBot()[before].ID
	}
	return h.since(t, before), true
}

func (h *harness) Asks(_ *testing.T, conversation, text string, follow bool) bool {
	if follow { // Discord shows the bot no message that is not for it
		return false
	}
	h.asked = conversation
	h.asks(conversation, text)
	return true
}

func (h *harness) Shares(t *testing.T, on adaptertest.Shown) {
	t.Helper()
	if _, err := h.fake.Press("ann", on.Ref.(string), pressShare); err != nil {
		t.Fatal(err)
	}
}

func (h *harness) Left(t *testing.T, conversation string, texts ...string) ([]adaptertest.Shown, bool) {
	t.Helper()
	if h.way != byMention {
		return nil, false
	}
	before, channel := h.mark(), h.channel(conversation)
	ann := h.fake.Person("ann")
	for _, text := range texts {
		id := h.fake.Say(discordfake.Said{By: "ann", Channel: channel, Text: "a message that the bot does not hear"})
		j := job{ID: id, Do: doAsk, Guild: discordfake.GuildID, Channel: channel, Person: ann.ID, Who: ann.Name, Text: text, Conversation: conversationOf(channel, ann.ID, false)}
		payload, err := json.Marshal(map[string]job{"job": j})
		if err != nil {
			t.Fatal(err)
		}
		if c, err := h.set.store.Claim(t.Context(), state.Claim{Key: j.claim(), Platform: Name, Payload: payload, Keep: jobKeep}, time.Millisecond); c != state.Taken {
			t.Fatal(c, err)
		}
	}
	h.fake.Wait(t, "all to be answered", func() bool { return h.mark() == before+len(texts) })
	return h.since(t, before), true
}

func (h *harness) use(conversation string, private bool, text string) *discordfake.Interaction {
	return h.fake.Use(discordfake.Used{By: "ann", Channel: h.channel(conversation), Name: "ask",
		Options: map[string]any{"question": text, "private": private}})
}

func (h *harness) SayPrivately(t *testing.T, conversation, text string) (adaptertest.Shown, bool) {
	return look(h.use(conversation, true, text).Answer(t)), true
}

func (h *harness) Check(t *testing.T, conversation, words string) adaptertest.Shown {
	if h.way == byMention { // on what somebody else wrote
		said := h.fake.Say(discordfake.Said{By: "ben", Channel: h.channel(conversation), Text: words})
		return look(h.fake.Use(discordfake.Used{By: "ann", Channel: h.channel(conversation), Name: "Check this quote", Target: said}).Answer(t))
	}
	if h.way == byDM { // in a form
		opened := h.fake.Use(discordfake.Used{By: conversation, Channel: h.channel(conversation), Name: "quote"})
		opened.Form(t)
		sent, err := opened.Submit(map[string]string{"text": words})
		if err != nil {
			t.Fatal(err)
		}
		return look(sent.Answer(t))
	}
	return look(h.fake.Use(discordfake.Used{By: "ann", Channel: h.channel(conversation), Name: "quote",
		Options: map[string]any{"check/text": words}}).Answer(t))
}

func (h *harness) Press(t *testing.T, on adaptertest.Shown, c adaptertest.Control, person string) (adaptertest.Shown, bool) {
	t.Helper()
	m, ok := h.fake.Message(on.Ref.(string))
	if !ok {
		t.Fatal("the message is gone")
	}
	prefix := map[adaptertest.Control]string{adaptertest.InContext: "context:", adaptertest.Share: "share",
		adaptertest.VoteUp: "up:", adaptertest.VoteDown: "down:"}[c]
	if prefix == "" {
		prefix = "ask:" + string(c)
	}
	i := slices.IndexFunc(m.Components(), func(c discordfake.Component) bool { return strings.HasPrefix(c.CustomID, prefix) })
	if i < 0 {
		return adaptertest.Shown{}, false
	}
	pressed, err := h.fake.Press(person, m.ID, m.Components()[i].CustomID)
	if err != nil {
		t.Fatal(err)
	}
	return look(pressed.Answer(t)), true
}

func (h *harness) Point(t *testing.T, conversation, words, remark string) (adaptertest.Shown, bool) {
	t.Helper()
	said := discordfake.Said{By: conversation, Channel: h.fake.DM(conversation), Text: remark,
		More: map[string]any{"message_snapshots": []any{map[string]any{"message": map[string]any{"content": words}}}}}
	switch h.way {
	case byCommand:
		return adaptertest.Shown{}, false
	case byMention:
		said = discordfake.Said{By: "ann", Channel: h.channel(conversation), Text: discordfake.Mention + " " + remark, More: said.More}
	}
	return look(h.fake.Reply(t, h.fake.Say(said))), true
}

func (h *harness) Directly(t *testing.T, person, text string) (adaptertest.Shown, bool) {
	t.Helper()
	return look(h.fake.Reply(t, h.fake.Say(discordfake.Said{By: person, Channel: h.fake.DM(person), Text: text}))), true
}

func (h *harness) All(t *testing.T, conversation, person, text string) ([]adaptertest.Shown, bool) {
	t.Helper()
	before := h.mark()
	switch h.way {
	case byCommand:
		h.fake.Use(discordfake.Used{By: person, Channel: h.channel(conversation), Name: "ask", Options: map[string]any{"question": text}})
	case byDM:
		h.fake.Say(discordfake.Said{By: person, Channel: h.fake.DM(person), Text: text})
	case byMention:
		h.fake.Say(discordfake.Said{By: person, Channel: h.channel(conversation), Text: discordfake.Mention + " " + text})
	}
	return h.since(t, before), true
}

func (h *harness) PressTwice(t *testing.T, on adaptertest.Shown, c adaptertest.Control, person string) ([]adaptertest.Shown, bool) {
	t.Helper()
	before := h.mark()
	for range 2 {
		if _, err := h.fake.Press(person, on.Ref.(string), pressAsk+":"+string(c)); err != nil {
			t.Fatal(err)
		}
	}
	return h.since(t, before), true
}

func (h *harness) Refuse(t *testing.T, conversation string) bool {
	if h.way != byMention { // nothing keeps the bot from answering a command, or in a direct message
		return false
	}
	h.fake.Refuse(h.channel(conversation))
	return true
}

func (h *harness) Fails(_ *testing.T, f adaptertest.Fault) bool {
	fault := map[adaptertest.Fault]discordfake.RESTFault{
		adaptertest.OtherForm: {Status: 400, Code: discordgo.ErrCodeInvalidFormBody}, adaptertest.Gone: {Status: 404, Code: discordgo.ErrCodeUnknownChannel},
		adaptertest.Busy: {Status: 429, RetryAfter: 0.2}, adaptertest.Down: {Status: 500}, adaptertest.Unconfirmed: {DropAfter: true},
		adaptertest.Closed: {Status: 429, RetryAfter: 60}, adaptertest.Silent: {HangBefore: true}, adaptertest.SilentTaken: {HangAfter: true},
	}[f]
	if f == adaptertest.Gone && h.way == byCommand {
		fault.Code = discordgo.ErrCodeUnknownInteraction
	}
	requests := func() int { return h.fake.Requests("post") + h.fake.Requests("callback") }
	before := requests()
	h.failed = func() bool { return requests() > before }
	h.fake.OnRequest("answer", fault)
	return true
}

func (h *harness) Use(t *testing.T, conversation, title string) bool {
	t.Helper()
	if h.way == byDM {
		return false
	}
	h.fake.Use(discordfake.Used{By: "ann", Channel: h.channel(conversation), Name: commandBot, Manages: true,
		Options: map[string]any{"settings/article": title}}).Answer(t)
	return true
}

// mark are the bot's messages so far.
func (h *harness) mark() int { return len(h.fake.FromBot()) }

// since waits until nothing is under way, and returns what was shown after a mark.
// Events are heard in order: when one that comes after is answered, those before it
// have been taken.
func (h *harness) since(t *testing.T, mark int) []adaptertest.Shown {
	t.Helper()
	if h.failed != nil { // it is not to go wrong with the control
		h.fake.Wait(t, "what goes wrong", h.failed)
		h.failed = nil
	}
	h.controls++
	control := h.fake.Reply(t, h.fake.Say(discordfake.Said{By: fmt.Sprint("control ", h.controls), Channel: h.fake.DM(fmt.Sprint("control ", h.controls)), Text: adaptertest.AskBuilt}))
	h.fake.Wait(t, "nothing to be under way", h.bot.runtime.Idle)
	var out []adaptertest.Shown
	for _, m := range h.fake.FromBot()[mark:] {
		if m.ID == control.ID {
			continue
		}
		s := look(m)
		s.Private = s.Private || h.fake.IsDM(m.Channel)
		out = append(out, s)
	}
	return out
}

// look is what a person sees of a message, and what of it wears quotation styling.
func look(m discordfake.Message) adaptertest.Shown {
	s := adaptertest.Shown{Private: m.OnlyFor != "", Ref: m.ID}
	s.Text, s.Quoted = m.Shown()
	for line := range strings.SplitSeq(s.Text, "\n") {
		if strings.HasSuffix(line, verified) {
			s.Citations = append(s.Citations, line)
		}
	}
	for _, c := range m.Components() {
		if strings.HasPrefix(c.CustomID, "ask:") {
			s.Suggestions = append(s.Suggestions, c.Label)
		}
	}
	return s
}
