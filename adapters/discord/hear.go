package discord

import (
	"encoding/json"
	"strings"

	"github.com/bwmarrin/discordgo"
)

// The events, as far as the adapter looks at them. They are decoded here and not
// by the library, which drops a whole event where one part of it is new to it.

type user struct {
	ID         string `json:"id"`
	Username   string `json:"username"`
	GlobalName string `json:"global_name"`
	Bot        bool   `json:"bot"`
	System     bool   `json:"system"`
}

// name is what people see.
func (u *user) name() string {
	if u.GlobalName != "" {
		return u.GlobalName
	}
	return u.Username
}

type message struct {
	ID         string          `json:"id"`
	ChannelID  string          `json:"channel_id"`
	GuildID    string          `json:"guild_id"`
	Type       int             `json:"type"`
	Content    string          `json:"content"`
	Author     *user           `json:"author"`
	WebhookID  string          `json:"webhook_id"`
	Mentions   []user          `json:"mentions"`
	Referenced *message        `json:"referenced_message"`
	Embeds     json.RawMessage `json:"embeds"`
	Components json.RawMessage `json:"components"`
	Flags      int             `json:"flags"`
	Reference  *struct {
		MessageID string `json:"message_id"`
	} `json:"message_reference"`
}

type interaction struct {
	ID            string `json:"id"`
	ApplicationID string `json:"application_id"`
	Type          int    `json:"type"`
	Token         string `json:"token"`
	GuildID       string `json:"guild_id"`
	ChannelID     string `json:"channel_id"`
	// Context is 0 in a server, 1 alone with the bot, 2 in other private channels;
	// nil where the server does not say.
	Context *int `json:"context"`
	Channel struct {
		Type     discordgo.ChannelType `json:"type"`
		ParentID string                `json:"parent_id"`
	} `json:"channel"`
	Member *struct {
		User *user  `json:"user"`
		Nick string `json:"nick"`
	} `json:"member"`
	User    *user    `json:"user"`
	Message *message `json:"message"`
	Data    struct {
		Name     string   `json:"name"`
		TargetID string   `json:"target_id"`
		Options  []option `json:"options"`
		Resolved struct {
			Messages map[string]*message `json:"messages"`
		} `json:"resolved"`
		CustomID string   `json:"custom_id"`
		Values   []string `json:"values"`
	} `json:"data"`
}

type option struct {
	Name    string          `json:"name"`
	Value   json.RawMessage `json:"value"`
	Focused bool            `json:"focused"`
	Options []option        `json:"options"`
}

// textOf returns the string value of an option by name.
func textOf(options []option, name string) (s string) {
	for _, o := range options {
		if o.Name == name {
			_ = json.Unmarshal(o.Value, &s) // what is not a string counts as none
		}
	}
	return s
}

// isSet returns the boolean value of an option by name.
func isSet(options []option, name string) (b bool) {
	for _, o := range options {
		if o.Name == name {
			_ = json.Unmarshal(o.Value, &b)
		}
	}
	return b
}

// fromMessage returns the job that a message asks for; false where it asks for
// none: the bot is silent where it was not addressed.
func fromMessage(data json.RawMessage, me string) (job, bool, error) {
	var m message
	if err := json.Unmarshal(data, &m); err != nil {
		return job{}, false, err
	}
	ordinary := m.Type == int(discordgo.MessageTypeDefault) || m.Type == int(discordgo.MessageTypeReply)
	if m.ID == "" || m.ChannelID == "" || m.Author == nil || m.Author.ID == "" ||
		m.Author.Bot || m.Author.System || m.WebhookID != "" || m.Author.ID == me || !ordinary {
		return job{}, false, nil
	}
	names := map[string]string{}
	mentioned := false
	for _, u := range m.Mentions {
		names[u.ID] = u.name()
		mentioned = mentioned || u.ID == me
	}
	direct := m.GuildID == ""
	toUs := m.Referenced != nil && m.Referenced.Author != nil && m.Referenced.Author.ID == me
	if !direct && (!mentioned || !toUs && !addresses(m.Content, me)) {
		return job{}, false, nil
	}
	j := job{ID: m.ID, Do: doAsk, Guild: m.GuildID, Channel: m.ChannelID, Person: m.Author.ID, Who: m.Author.name(),
		Text: plainText(m.Content, me, names), Conversation: conversationOf(m.ChannelID, m.Author.ID, direct)}
	if toUs && !direct {
		if c := conversationIn(m.Referenced); c != "" {
			j.Conversation = c
		}
	}
	if j.Text == "" {
		j.Do = doAbout
	}
	return j, true, nil
}

// fromInteraction returns the job that a command or a control asks for; false
// where there is nothing to react to.
func fromInteraction(data json.RawMessage) (job, bool, error) {
	var i interaction
	if err := json.Unmarshal(data, &i); err != nil {
		return job{}, false, err
	}
	by := i.User
	who := ""
	if i.Member != nil {
		by, who = i.Member.User, i.Member.Nick
	}
	if i.ID == "" || i.Token == "" || i.ApplicationID == "" || by == nil {
		return job{}, false, nil
	}
	if who == "" {
		who = by.name()
	}
	alone := i.GuildID == "" && (i.Context == nil || *i.Context == 1)
	j := job{ID: i.ID, Guild: i.GuildID, Channel: i.ChannelID, Person: by.ID, Who: who,
		Token: i.Token, App: i.ApplicationID, Conversation: conversationOf(i.ChannelID, by.ID, alone)}
	if isThread(i.Channel.Type) {
		j.Parent = i.Channel.ParentID
	}
	switch discordgo.InteractionType(i.Type) {
	case discordgo.InteractionApplicationCommand:
		j.command(i)
	case discordgo.InteractionMessageComponent:
		j.press(i)
	case discordgo.InteractionApplicationCommandAutocomplete:
		j.Do = doComplete
		for _, o := range i.Data.Options {
			if o.Focused {
				j.Text = textOf(i.Data.Options, o.Name)
			}
		}
	default:
		return job{}, false, nil
	}
	return j, true, nil
}

// command fills in what a command asks for.
func (j *job) command(i interaction) {
	explain := func(why string) { j.Do, j.Text, j.Private = doExplain, why, true }
	options := i.Data.Options
	switch i.Data.Name {
	case commandAsk:
		j.Do, j.Text, j.Private = doAsk, clean(textOf(options, optionQuestion)), isSet(options, optionPrivate)
		if j.Text == "" {
			j.Do = doAbout
		}
	case commandQuote:
		for _, sub := range options {
			j.Text, j.Private = strings.TrimSpace(textOf(sub.Options, optionText)), isSet(sub.Options, optionPrivate)
		}
		if j.Do, j.Check = doAsk, true; j.Text == "" {
			explain("There are no words to check. Write them after text:")
		}
	case commandArticle:
		j.Do, j.Private = doAbout, true
	case commandCheck:
		j.Do, j.Check, j.Private = doAsk, true, true
		if j.Text = wordsOf(i.Data.Resolved.Messages[i.Data.TargetID]); j.Text == "" {
			explain("That message has no text to check.")
		}
	default:
		explain("I no longer know this command. Type / to see those that I know.")
	}
}

// wordsOf are the words of a message as plain text: those of its cards, if a bot
// wrote it, else its own.
func wordsOf(m *message) string {
	if m == nil {
		return ""
	}
	names := map[string]string{}
	for _, u := range m.Mentions {
		names[u.ID] = u.name()
	}
	own := plainText(m.Content, "", names)
	if own != "" && (m.Author == nil || !m.Author.Bot) {
		return own
	}
	for _, e := range embedsOf(m.Embeds) {
		if words := plainText(e.Description, "", nil); words != "" {
			return words
		}
	}
	return own
}
