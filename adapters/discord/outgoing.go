package discord

import (
	"encoding/json"

	"github.com/bwmarrin/discordgo"
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

// unshowable is sent in place of a card that did not pass its last check.
const unshowable = "I found a passage, but could not show it exactly as the article has it; so I do not show it."

// checked returns the card, or, where it would not show its passages byte for
// byte, one that says so, with the reason.
func (c card) checked() (card, error) {
	payload, err := json.Marshal(c.message())
	if err == nil {
		err = check(payload, c.shows, c.said)
	}
	if err != nil {
		return plainCard(unshowable), err
	}
	return c, nil
}
