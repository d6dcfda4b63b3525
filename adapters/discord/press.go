package discord

import (
	"encoding/json"
	"strings"

	"github.com/bwmarrin/discordgo"

	"verbatim/adapters"
	"verbatim/corpus"
)

// pressedOn is the message that a control was pressed on, or that the form was opened on
// that was sent, as Discord hands it back, and what the control was.
type pressedOn struct {
	message
	customID string
	control  string // what it is about: a key, a conversation
	value    string // chosen from a menu, or written into a form
}

// component is a part of a message or of a form: a text, a control, a field, or what holds
// such. Others are known by their type alone.
type component struct {
	Type     discordgo.ComponentType `json:"type"`
	Content  string                  `json:"content"` // of a text
	CustomID string                  `json:"custom_id"`
	Options  []struct {
		Value string `json:"value"`
	} `json:"options"`
	Value     string     `json:"value"` // of a field of a form
	Colour    int        `json:"accent_color"`
	Inner     components `json:"components"`
	Accessory *component `json:"accessory"`
}

// components are the parts of a message. One that cannot be read is left out.
type components []component

// UnmarshalJSON reads those that can be read.
func (c *components) UnmarshalJSON(data []byte) error {
	*c = readable[component](data)
	return nil
}

// readable are the items of a list in JSON that can be read.
func readable[T any](data []byte) (list []T) {
	var items []json.RawMessage
	_ = json.Unmarshal(data, &items) // what is no list has none
	for _, item := range items {
		var one T
		if json.Unmarshal(item, &one) == nil {
			list = append(list, one)
		}
	}
	return list
}

// each calls f for the components and all that they hold, in order.
func (c components) each(f func(component)) {
	for _, one := range c {
		f(one)
		one.Inner.each(f)
		if one.Accessory != nil {
			f(*one.Accessory)
		}
	}
}

// controls are those that have a name, wherever they are nested.
func (c components) controls() (out []component) {
	c.each(func(one component) {
		if one.CustomID != "" {
			out = append(out, one)
		}
	})
	return out
}

// texts are those that are shown, wherever they are nested.
func (c components) texts() (out []string) {
	c.each(func(one component) {
		if one.Type == discordgo.TextDisplayComponent && one.Content != "" {
			out = append(out, one.Content)
		}
	})
	return out
}

// vote is what the buttons that vote say of an answer of the bot's, "" where it has none.
func (m *message) vote() string {
	for _, c := range m.Components.controls() {
		if about, ok := strings.CutPrefix(c.CustomID, pressUp+":"); ok {
			return about
		}
	}
	return ""
}

// questionOf is the question that an answer of the bot's answers, as far as the
// message tells: an answer to a command repeats it, another is a reply to it.
func questionOf(m *message) string {
	me := ""
	if m.Author != nil {
		me = m.Author.ID
	}
	lead, _ := m.card()
	line, _, _ := strings.Cut(lead, "\n")
	if line, ok := strings.CutPrefix(line, smallLetters); ok {
		for _, verb := range asked {
			if _, question, ok := strings.Cut(line, verb); ok {
				return plainText(question, me, nil)
			}
		}
	}
	if to := m.Referenced; to != nil && (to.Author == nil || to.Author.ID != me) {
		return plainText(to.Content, me, to.Mentions)
	}
	return ""
}

// press fills in what a control asks for.
func (j *job) press(i interaction) {
	what, about, _ := strings.Cut(i.Data.CustomID, ":")
	p := &pressedOn{customID: i.Data.CustomID, control: about}
	if i.Message != nil {
		p.message = *i.Message
	}
	j.Private = p.Flags&discordgo.MessageFlagsEphemeral != 0
	if len(i.Data.Values) > 0 {
		p.value = i.Data.Values[0]
	}
	j.pressed = p
	switch what {
	case pressContext:
		j.Do, j.Private = doContext, true
		if p.control == "" {
			p.control = p.value
		}
	case pressShare:
		j.Do, j.Private = doShare, false
	case pressUp, pressDown:
		j.Do, j.Private, j.Text = doVote, true, questionOf(&p.message)
	case pressAsk:
		if j.Do, j.Text = doAsk, about; about == "" {
			j.Do = doAbout
		}
	case pressCheck:
		j.Do = doForm
	default:
		j.explain("This button is of an older answer. Ask again for a new one.")
	}
}

// submit fills in what a form that was sent asks for.
func (j *job) submit(i interaction) {
	what, about, _ := strings.Cut(i.Data.CustomID, ":")
	j.pressed = &pressedOn{customID: i.Data.CustomID}
	if i.Message != nil { // the form was opened by a button there
		j.pressed.message = *i.Message
	}
	for _, field := range i.Data.Components.controls() {
		if field.CustomID == optionText {
			j.pressed.value = field.Value
		}
	}
	j.Do, j.Check, j.Private, j.Text = doAsk, true, strings.HasSuffix(about, ":"+optionPrivate), strings.TrimSpace(j.pressed.value)
	switch {
	case what != pressCheck:
		j.explain("This form is of an older version of mine. Open it again for a new one.")
	case j.Text == "":
		j.explain("There are no words to check.")
	}
}

// keys are the keys of the passages that a message shows.
func (p *pressedOn) keys() (keys []string) {
	for _, c := range p.Components.controls() {
		if what, about, _ := strings.Cut(c.CustomID, ":"); what == pressContext {
			if about != "" {
				keys = append(keys, about)
			}
			for _, o := range c.Options {
				keys = append(keys, o.Value)
			}
		}
	}
	return keys
}

// share makes what one person sees a card for everybody. Its passages are cut
// from the source once more; false where one is not what the source has now.
func (p *pressedOn) share(by string, find func(string) (corpus.Passage, bool)) (card, bool) {
	var passages []corpus.Passage
	for _, key := range p.keys() {
		passage, ok := find(key)
		if !ok {
			return card{}, false
		}
		passages = append(passages, passage)
	}
	lead, embeds := p.card()
	who := smallLetters + escape(adapters.Clip(adapters.Clean(by), maxName))
	c := card{Lead: who + " shared:\n" + lead, Vote: p.vote()}
	for _, verb := range asked {
		if rest, ok := strings.CutPrefix(lead, smallLetters+you+verb); ok {
			c.Lead = who + verb + rest
		}
	}
	for _, e := range embeds {
		held, ok := holder(passages, e.Description)
		if !ok {
			return card{}, false
		}
		c.Shows = append(c.Shows, held)
		c.Embeds = append(c.Embeds, &discordgo.MessageEmbed{Type: discordgo.EmbedTypeRich, Title: e.Title, Description: e.Description,
			Color: e.Color, Author: e.Author, Footer: e.Footer, Fields: e.Fields})
	}
	return c, len(c.Embeds) > 0
}

// holder finds the passage that a description is, whole or cut.
func holder(passages []corpus.Passage, description string) (shows, bool) {
	for _, cut := range []bool{false, true} {
		for _, p := range passages {
			if s := (shows{passage: p, Cut: cut}); s.holds(description) {
				return s, true
			}
		}
	}
	return shows{}, false
}
