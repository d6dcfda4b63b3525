package discord

import (
	"encoding/json"
	"errors"
	"fmt"

	"github.com/bwmarrin/discordgo"

	"verbatim/adapters"
	"verbatim/corpus"
)

// outgoing is a message as Discord's interface takes it. The library's own types
// cannot say all of it (nonces), nor an empty list where one is needed.
type outgoing struct {
	Content         string                           `json:"content"`
	Embeds          []*discordgo.MessageEmbed        `json:"embeds"`
	Components      []discordgo.MessageComponent     `json:"components"`
	AllowedMentions discordgo.MessageAllowedMentions `json:"allowed_mentions"`
	Flags           discordgo.MessageFlags           `json:"flags,omitempty"`
	// Nonce, enforced, makes Discord return the message that it has rather than
	// post it twice.
	Nonce        string                      `json:"nonce,omitempty"`
	EnforceNonce bool                        `json:"enforce_nonce,omitempty"`
	Reference    *discordgo.MessageReference `json:"message_reference,omitempty"`
}

// message makes a card a message that pings nobody.
func (c card) message() outgoing {
	m := outgoing{Content: c.Content, Embeds: c.Embeds, Components: c.Components,
		AllowedMentions: discordgo.MessageAllowedMentions{Parse: []discordgo.AllowedMentionType{}}}
	if m.Embeds == nil {
		m.Embeds = []*discordgo.MessageEmbed{}
	}
	if m.Components == nil {
		m.Components = []discordgo.MessageComponent{}
	}
	return m
}

// check holds the card against the source once more: it must show its passages byte for
// byte.
func (c card) check() error {
	payload, err := json.Marshal(c.message())
	if err == nil {
		err = check(payload, c.shows)
	}
	if err != nil {
		return fmt.Errorf("%w: %w", adapters.ErrUnquoted, err)
	}
	return nil
}

// parcel is a card as it is kept until it has arrived. Private: only the person sees it.
type parcel struct {
	Content    string                    `json:"content,omitempty"`
	Embeds     []*discordgo.MessageEmbed `json:"embeds,omitempty"`
	Components []rawComponent            `json:"components,omitempty"`
	Shows      []shows                   `json:"shows,omitempty"`
	Private    bool                      `json:"private,omitempty"`
}

// rawComponent is a row of controls as it was rendered: the library would write another
// than it reads.
type rawComponent struct{ json.RawMessage }

// Type is that of a row.
func (rawComponent) Type() discordgo.ComponentType { return discordgo.ActionsRowComponent }

// payload is the card as it is sent.
func (c card) payload(private bool) *adapters.Payload {
	p := parcel{c.Content, c.Embeds, nil, c.shows, private}
	for _, row := range c.Components {
		data, err := json.Marshal(row)
		if err != nil {
			panic(err) // rows are made of texts
		}
		p.Components = append(p.Components, rawComponent{data})
	}
	var quotes []corpus.Passage
	for _, s := range c.shows {
		quotes = append(quotes, s.passage)
	}
	made := adapters.NewPayload(p, quotes)
	return &made
}

// opened is the card of a payload.
func opened(p adapters.Payload) (c card, private bool, err error) {
	var got parcel
	if err := json.Unmarshal(p.Body, &got); err != nil || len(got.Shows) != len(p.Quotes) {
		return c, false, &adapters.Failure{Outcome: adapters.Refused, Err: errors.New("what was kept cannot be read")}
	}
	c = card{Content: got.Content, Embeds: got.Embeds, shows: got.Shows}
	for i, q := range p.Quotes {
		if c.shows[i].Among { // among others' words it is set in no quotation
			q = corpus.Passage{Quote: q.Quote}
		}
		c.shows[i].passage = q
	}
	for _, row := range got.Components {
		c.Components = append(c.Components, row)
	}
	return c, got.Private, nil
}
