package discord

import (
	"slices"
	"strings"
	"testing"

	"verbatim/adapters"
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
			adaptertest.Run(t, func(t *testing.T, handler adapters.Handler, _ adapters.Engine, store state.Store) adaptertest.Harness {
				fake := discordfake.New(t, fakeOptions())
				start(t, fake, setup{handler: handler, store: store})
				online(t, fake, 0)
				return &harness{fake: fake, way: w, last: map[string]string{}}
			})
		})
	}
}

// harness is a person in Discord.
type harness struct {
	fake *discordfake.Server
	way  way
	last map[string]string // the bot's last message by conversation
}

func (h *harness) channel(conversation string) string {
	if h.way == byDM {
		return h.fake.DM(conversation)
	}
	return h.fake.Channel(conversation)
}

func (h *harness) Say(t *testing.T, conversation, text string) adaptertest.Shown {
	t.Helper()
	said := discordfake.Said{By: "ann", Channel: h.channel(conversation), Text: text}
	switch h.way {
	case byCommand:
		return look(h.use(conversation, false, text).Answer(t))
	case byDM:
		said.By = conversation
	case byMention:
		// Whoever begins mentions the bot, whoever goes on replies to it.
		if said.ReplyTo = h.last[conversation]; said.ReplyTo == "" {
			said.Text = discordfake.Mention + " " + text
		}
	}
	m := h.fake.Reply(t, h.fake.Say(said))
	h.last[conversation] = m.ID
	return look(m)
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

// look is what a person sees of a message, and what of it wears quotation styling.
func look(m discordfake.Message) adaptertest.Shown {
	s := adaptertest.Shown{Private: m.OnlyFor != "", Ref: m.ID}
	lines := []string{discordfake.Render(m.Text).Plain}
	for _, e := range m.Embeds {
		if e.Author != nil {
			lines = append(lines, e.Author.Name)
		}
		description := discordfake.Render(e.Description)
		lines = append(lines, discordfake.Render(e.Title).Plain, description.Plain)
		s.Quoted = append(s.Quoted, description.Quoted...)
		for _, f := range e.Fields {
			lines = append(lines, f.Name, discordfake.Render(f.Value).Plain)
		}
		if e.Footer != nil {
			lines = append(lines, e.Footer.Text)
			s.Citations = append(s.Citations, e.Footer.Text)
		}
	}
	for _, c := range m.Components() {
		if strings.HasPrefix(c.CustomID, "ask:") {
			s.Suggestions = append(s.Suggestions, c.Label)
		}
	}
	s.Text = strings.Join(lines, "\n")
	return s
}
