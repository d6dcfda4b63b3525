package discord

import (
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"

	"verbatim/corpus"

	"github.com/bwmarrin/discordgo"

	"verbatim/adapters"
)

// form is a card as a message shows it, and what it is to show.
type form struct {
	message outgoing
	shown   []shows
}

// check holds a message against the source once more: it must show its passages byte for
// byte.
func (f form) check() error {
	payload, err := json.Marshal(f.message)
	if err == nil {
		err = check(payload, f.shown)
	}
	if err != nil {
		return fmt.Errorf("%w: %w", adapters.ErrUnquoted, err)
	}
	return nil
}

// forms are those of a card, the best first.
func (c card) forms() []func() (form, bool) {
	return []func() (form, bool){c.layout, c.classic, c.plain}
}

// quiet is a message that pings nobody, with a text, if there is one.
func quiet(text string, rows []discordgo.MessageComponent) outgoing {
	m := outgoing{Content: text, Components: rows, AllowedMentions: discordgo.MessageAllowedMentions{Parse: []discordgo.AllowedMentionType{}}}
	if text != "" {
		m.Embeds = []*discordgo.MessageEmbed{}
	}
	return m
}

// What a message of components (Components V2) may hold, everything nested counted.
const (
	maxComponents = 40
	maxDisplayed  = 4000
)

// layout is the card as components: each passage in a container, beside it the button that
// shows it in context. False where the card has no passage, or does not fit.
func (c card) layout() (form, bool) {
	var parts []discordgo.MessageComponent
	count, length := 0, adapters.Units(c.Lead)
	if c.Lead != "" {
		parts = append(parts, discordgo.TextDisplay{Content: c.Lead})
		count++
	}
	keys := c.keys()
	for i, e := range c.Embeds {
		var texts []discordgo.MessageComponent
		for _, text := range displays(e) {
			texts = append(texts, discordgo.TextDisplay{Content: text})
			length += adapters.Units(text)
		}
		count += 1 + len(texts)
		if at := slices.Index(keys, c.Shows[i].passage.Quote.Key()); at >= 0 && !c.Shows[i].Among {
			texts = []discordgo.MessageComponent{discordgo.Section{Components: texts, Accessory: contextButton(keys[at])}}
			keys = slices.Delete(keys, at, at+1)
			count += 2
		}
		parts = append(parts, discordgo.Container{AccentColor: &e.Color, Components: texts})
	}
	rows := c.rows(false)
	for _, r := range rows {
		count += 1 + len(r.(discordgo.ActionsRow).Components)
	}
	m := quiet("", append(parts, rows...))
	m.Flags = discordgo.MessageFlagsIsComponentsV2
	return form{m, c.Shows}, len(c.Embeds) > 0 && count <= maxComponents && length <= maxDisplayed
}

// displays are the three texts of a container: who said it, the passage, and the rest.
func displays(e *discordgo.MessageEmbed) [3]string {
	top := bold(e.Title)
	if e.Author != nil {
		top = strings.TrimSpace(bold(escape(e.Author.Name)) + "\n" + e.Title)
	}
	var rest []string
	for _, f := range e.Fields {
		if f.Name == whereField {
			rest = append(rest, smallLetters+f.Value)
		} else {
			rest = append(rest, bold(f.Name), f.Value)
		}
	}
	if e.Footer != nil {
		rest = append(rest, smallLetters+escape(e.Footer.Text))
	}
	return [3]string{top, e.Description, strings.Join(rest, "\n")}
}

// embedOf undoes displays.
func embedOf(texts []string, colour int) *discordgo.MessageEmbed {
	name, title, _ := strings.Cut(texts[0], "\n")
	name = unescape(strings.TrimSuffix(strings.TrimPrefix(name, "**"), "**"))
	e := &discordgo.MessageEmbed{Title: title, Description: texts[1], Color: colour, Author: &discordgo.MessageEmbedAuthor{Name: name}}
	for line := range strings.SplitSeq(texts[2], "\n") {
		small, isSmall := strings.CutPrefix(line, smallLetters)
		field, isField := strings.CutPrefix(line, "**")
		field, ends := strings.CutSuffix(field, "**")
		switch {
		case isSmall && strings.HasPrefix(small, "["):
			e.Fields = append(e.Fields, &discordgo.MessageEmbedField{Name: whereField, Value: small})
		case isSmall:
			e.Footer = &discordgo.MessageEmbedFooter{Text: unescape(small)}
		case isField && ends && !strings.Contains(field, "**"):
			e.Fields = append(e.Fields, &discordgo.MessageEmbedField{Name: field})
		case len(e.Fields) > 0:
			last := e.Fields[len(e.Fields)-1]
			last.Value = strings.TrimPrefix(last.Value+"\n"+line, "\n")
		}
	}
	return e
}

// embeds are those of a message. One that cannot be read is left out.
type embeds []*discordgo.MessageEmbed

// UnmarshalJSON reads those that can be read.
func (e *embeds) UnmarshalJSON(data []byte) error {
	*e = readable[*discordgo.MessageEmbed](data)
	return nil
}

// card is what a message of the bot's shows: what stands above the passages, and those.
func (m *message) card() (lead string, shown []*discordgo.MessageEmbed) {
	if m.Flags&discordgo.MessageFlagsIsComponentsV2 == 0 {
		return leadOf(m.Content, m.Embeds), m.Embeds
	}
	for _, part := range m.Components {
		switch texts := part.Inner.texts(); {
		case part.Type == discordgo.TextDisplayComponent:
			lead = part.Content
		case part.Type == discordgo.ContainerComponent && len(texts) == len(displays(&discordgo.MessageEmbed{})):
			shown = append(shown, embedOf(texts, part.Colour))
		}
	}
	return lead, shown
}

// classic is the card as text, embeds and rows of controls.
func (c card) classic() (form, bool) {
	text, shown := c.said()
	f := form{quiet(text, c.rows(true)), shown}
	if c.Embeds != nil {
		f.message.Embeds = c.Embeds
	}
	return f, true
}

// plain is the card as text alone, as much of it as a message holds. False where that is
// no other form.
func (c card) plain() (form, bool) {
	text, shown := c.said()
	more := false
	for i, e := range c.Embeds {
		more = more || shown[i].said != shown[i].passage.Quote.Text()
		for _, f := range e.Fields {
			if adapters.Units(text+f.Value) < maxContent-contentSpare {
				text += "\n" + f.Value
			}
		}
	}
	if more {
		text += "\n" + smallLetters + "There is more, but to show it I need the permission Embed Links here."
	}
	shown = slices.DeleteFunc(shown, func(s shows) bool { return s.said == "" })
	return form{quiet(text, c.rows(true)), shown}, len(c.Embeds) > 0
}

// leastSaid is how much of a passage there must be room for in the content to show its
// beginning, in units: some words.
const leastSaid = 200

// said is the content of a classic message: people who have embeds switched off see the
// passages there, with where they stand, as many as there is room for; of the first, if it
// is too long, the beginning.
func (c card) said() (string, []shows) {
	content, shown := c.Lead, slices.Clone(c.Shows)
	for i := range shown {
		s, e := &shown[i], c.Embeds[i]
		before, after := aboveSaid(e), ""
		if e.Footer != nil {
			after = "\n" + smallLetters + escape(strings.TrimSuffix(e.Footer.Text, verified))
		}
		room := func() int { return maxContent - contentSpare - adapters.Units(content+before+after) }
		text, cut := s.text(room())
		if cut {
			after += " · the beginning; the card has more"
			if i > 0 || room() < leastSaid {
				break
			}
			text, _ = s.text(room())
		}
		content = strings.TrimPrefix(content+before+text+after, "\n")
		if s.said = s.passage.Quote.Text(); cut {
			s.said = text
			if s.passage.Spoken() {
				s.said, _ = unquoted(text)
			}
			s.said = unescape(s.said)
			break
		}
	}
	return content, shown
}

// text is a passage as the content shows it, and whether it had to be cut.
func (s shows) text(room int) (string, bool) {
	if s.Among {
		return paragraph(s.passage, room, func(text string) string { return text })
	}
	return describe(s.passage, room)
}

// aboveSaid is what goes before a passage in the content.
func aboveSaid(e *discordgo.MessageEmbed) string {
	if e.Title == "" {
		return "\n"
	}
	return "\n" + e.Title + "\n"
}

// leadOf is the lead of a classic message: its content up to the first passage.
func leadOf(content string, embeds []*discordgo.MessageEmbed) string {
	if len(embeds) > 0 {
		line, _, _ := strings.Cut(embeds[0].Description, "\n")
		content, _, _ = strings.Cut(content, aboveSaid(embeds[0])+adapters.Head(line, leastSaid/4))
	}
	return content
}

// outgoing is a message as Discord's interface takes it. The library's own types
// cannot say all of it (nonces), nor an empty list where one is needed.
type outgoing struct {
	// Content and Embeds are left out where components show everything.
	Content         string                           `json:"content,omitempty"`
	Embeds          []*discordgo.MessageEmbed        `json:"embeds,omitzero"`
	Components      []discordgo.MessageComponent     `json:"components"`
	AllowedMentions discordgo.MessageAllowedMentions `json:"allowed_mentions"`
	Flags           discordgo.MessageFlags           `json:"flags,omitempty"`
	// Nonce, enforced, makes Discord return the message that it has rather than
	// post it twice.
	Nonce        string                      `json:"nonce,omitempty"`
	EnforceNonce bool                        `json:"enforce_nonce,omitempty"`
	Reference    *discordgo.MessageReference `json:"message_reference,omitempty"`
}

// payload is the card as it is sent.
func (c card) payload(private bool) *adapters.Payload {
	var quotes []corpus.Passage
	for _, s := range c.Shows {
		quotes = append(quotes, s.passage)
	}
	c.Private = private
	made := adapters.NewPayload(c, quotes)
	return &made
}

// opened is the card of a payload.
func opened(p adapters.Payload) (c card, err error) {
	if err := json.Unmarshal(p.Body, &c); err != nil || len(c.Shows) != len(p.Quotes) {
		return c, &adapters.Failure{Outcome: adapters.Refused, Err: errors.New("what was kept cannot be read")}
	}
	for i, q := range p.Quotes {
		if c.Shows[i].Among { // among others' words it is set in no quotation
			q = corpus.Passage{Quote: q.Quote}
		}
		c.Shows[i].passage = q
	}
	return c, nil
}
