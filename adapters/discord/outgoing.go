package discord

import (
	"encoding/json"
	"errors"

	"github.com/bwmarrin/discordgo"

	"verbatim/adapters"
	"verbatim/corpus"
)

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

// parcel is a card as it is kept until it has arrived. Private: only the person sees it.
type parcel struct {
	card
	Private bool `json:"private,omitempty"`
}

// payload is the card as it is sent.
func (c card) payload(private bool) *adapters.Payload {
	var quotes []corpus.Passage
	for _, s := range c.Shows {
		quotes = append(quotes, s.passage)
	}
	made := adapters.NewPayload(parcel{c, private}, quotes)
	return &made
}

// opened is the card of a payload.
func opened(p adapters.Payload) (c card, private bool, err error) {
	var got parcel
	if err := json.Unmarshal(p.Body, &got); err != nil || len(got.Shows) != len(p.Quotes) {
		return c, false, &adapters.Failure{Outcome: adapters.Refused, Err: errors.New("what was kept cannot be read")}
	}
	c = got.card
	c.Lead = leadOf(c.Lead, c.Embeds) // versions before kept the passages with it
	for i, q := range p.Quotes {
		if c.Shows[i].Among { // among others' words it is set in no quotation
			q = corpus.Passage{Quote: q.Quote}
		}
		c.Shows[i].passage = q
	}
	return c, got.Private, nil
}
