package discord

import (
	"cmp"
	"encoding/json"
	"slices"
	"strings"

	"verbatim/adapters"

	"github.com/bwmarrin/discordgo"
)

// The events, as far as the adapter looks at them. They are decoded here and not
// by the library, which drops a whole event where one part of it is new to it.

type message struct {
	ID         string                      `json:"id"`
	ChannelID  string                      `json:"channel_id"`
	GuildID    string                      `json:"guild_id"`
	Type       discordgo.MessageType       `json:"type"`
	Content    string                      `json:"content"`
	Author     *discordgo.User             `json:"author"`
	WebhookID  string                      `json:"webhook_id"`
	Mentions   []discordgo.User            `json:"mentions"`
	Reference  *discordgo.MessageReference `json:"message_reference"`
	Referenced *message                    `json:"referenced_message"`
	Embeds     embeds                      `json:"embeds"`
	Components components                  `json:"components"`
	Flags      discordgo.MessageFlags      `json:"flags"`
	Poll       *discordgo.Poll             `json:"poll"`
	// MentionRoles are the roles that it mentions.
	MentionRoles []string `json:"mention_roles"`
	Snapshots    []struct {
		Message message `json:"message"`
	} `json:"message_snapshots"`
}

type interaction struct {
	ID            string                    `json:"id"`
	ApplicationID string                    `json:"application_id"`
	Type          discordgo.InteractionType `json:"type"`
	Token         string                    `json:"token"`
	GuildID       string                    `json:"guild_id"`
	ChannelID     string                    `json:"channel_id"`
	// Context is 0 in a server, 1 alone with the bot, 2 in other private channels;
	// nil where the server does not say.
	Context *int  `json:"context"`
	Channel where `json:"channel"`
	Member  *struct {
		User        *discordgo.User `json:"user"`
		Nick        string          `json:"nick"`
		Permissions int64           `json:"permissions,string"`
	} `json:"member"`
	User    *discordgo.User `json:"user"`
	Message *message        `json:"message"`
	// Owners says who installed the app where it is used: "0" the server, "1" a person.
	Owners map[string]string `json:"authorizing_integration_owners"`
	Data   struct {
		Name     string    `json:"name"`
		TargetID string    `json:"target_id"`
		Options  []*option `json:"options"`
		Resolved struct {
			Messages map[string]*message `json:"messages"`
			Channels map[string]where    `json:"channels"`
		} `json:"resolved"`
		CustomID string   `json:"custom_id"`
		Values   []string `json:"values"`
		// Components are the fields of a form that was sent.
		Components components `json:"components"`
	} `json:"data"`
}

// where is a channel or a thread.
type where struct {
	ID       string                `json:"id"`
	GuildID  string                `json:"guild_id"`
	Type     discordgo.ChannelType `json:"type"`
	ParentID string                `json:"parent_id"`
}

// parent is the channel that a thread belongs to, "" for what is no thread.
func (p where) parent() string {
	if (&discordgo.Channel{Type: p.Type}).IsThread() {
		return p.ParentID
	}
	return ""
}

type option = discordgo.ApplicationCommandInteractionDataOption

// valueOf returns the value of an option by name; zero where there is none, or one of
// another type.
func valueOf[T any](options []*option, name string) (value T) {
	for _, o := range options {
		if o.Name == name {
			value, _ = o.Value.(T)
		}
	}
	return value
}

// byPerson reports whether a message is whole, an ordinary one, and written by a person.
func (m *message) byPerson() bool {
	ordinary := m.Type == discordgo.MessageTypeDefault || m.Type == discordgo.MessageTypeReply
	return ordinary && m.ID != "" && m.ChannelID != "" && m.WebhookID == "" && m.Author != nil && m.Author.ID != "" && !m.Author.Bot && !m.Author.System
}

// fromMessage returns the job that a message asks for; false where it asks for
// none: the bot is silent where it was not addressed.
func fromMessage(data json.RawMessage, me string) (job, bool, error) {
	var m message
	if err := json.Unmarshal(data, &m); err != nil {
		return job{}, false, err
	}
	if !m.byPerson() || m.Author.ID == me {
		return job{}, false, nil
	}
	mentioned := slices.ContainsFunc(m.Mentions, func(u discordgo.User) bool { return u.ID == me })
	direct := m.GuildID == ""
	role := !direct && !mentioned && len(m.MentionRoles) > 0 && (m.Content == "" || addresses(m.Content, roleMention, m.MentionRoles...))
	toUs := m.Referenced != nil && m.Referenced.Author != nil && m.Referenced.Author.ID == me
	if !direct && !role && (!mentioned || !toUs && !addresses(m.Content, userMention, me)) {
		return job{}, false, nil
	}
	j := job{ID: m.ID, Do: doAsk, Guild: m.GuildID, Channel: m.ChannelID, Person: m.Author.ID, Who: m.Author.DisplayName(),
		Conversation: conversationOf(m.ChannelID, m.Author.ID, direct)}
	if role {
		j.roles = m.MentionRoles
		m.Content = roleMention.ReplaceAllString(m.Content, " ")
	}
	j.wants(m, me)
	if toUs && !direct {
		_, _, of := unpackVote(m.Referenced.vote())
		j.Conversation = cmp.Or(of, j.Conversation)
	}
	switch {
	case role && m.Content == "":
		j.Do, j.Text = doExplain, "Discord does not show me what you wrote, since you mention my role: mention me by name instead, and I answer."
	case j.Text == "":
		j.Do = doAbout
	}
	return j, true, nil
}

// fromDeleted returns the job that the end of a channel asks for.
func fromDeleted(data json.RawMessage) (job, bool, error) {
	var c where
	err := json.Unmarshal(data, &c)
	return job{ID: "deleted:" + c.ID, Do: doForget, Guild: c.GuildID, Channel: c.ID}, err == nil && c.GuildID != "", err
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
		who = by.DisplayName()
	}
	alone := i.GuildID == "" && (i.Context == nil || *i.Context == 1)
	j := job{ID: i.ID, Guild: i.GuildID, Channel: i.ChannelID, Person: by.ID, Who: who,
		Token: i.Token, App: i.ApplicationID, Conversation: conversationOf(i.ChannelID, by.ID, alone)}
	_, byGuild := i.Owners["0"]
	_, byPerson := i.Owners["1"]
	j.Own = byPerson && !byGuild
	j.Parent = i.Channel.parent()
	switch i.Type {
	case discordgo.InteractionApplicationCommand:
		j.command(i)
	case discordgo.InteractionMessageComponent:
		j.press(i)
	case discordgo.InteractionModalSubmit:
		j.submit(i)
	case discordgo.InteractionApplicationCommandAutocomplete:
		j.Do = doComplete
		j.completes(i.Data.Options)
	default:
		return job{}, false, nil
	}
	return j, true, nil
}

// command fills in what a command asks for.
func (j *job) command(i interaction) {
	options := i.Data.Options
	switch i.Data.Name {
	case commandAsk:
		j.Do, j.Text, j.Private = doAsk, adapters.Clean(valueOf[string](options, optionQuestion)), valueOf[bool](options, optionPrivate)
		j.Source = valueOf[string](options, optionArticle)
		if j.Text == "" {
			j.Do = doAbout
		}
	case commandQuote:
		for _, sub := range options {
			j.Text, j.Private = strings.TrimSpace(valueOf[string](sub.Options, optionText)), valueOf[bool](sub.Options, optionPrivate)
		}
		if j.Do, j.Check = doAsk, true; j.Text == "" {
			j.Do = doForm
		}
	case commandBot:
		j.Do, j.Private = doSettings, true
		for _, sub := range options {
			j.wanted = sub.Options
		}
		j.chosen, j.of = j.Channel, cmp.Or(j.Parent, j.Channel)
		if c := valueOf[string](j.wanted, optionChannel); c != "" {
			j.chosen, j.of = c, cmp.Or(i.Data.Resolved.Channels[c].parent(), c)
		}
		if i.Member != nil {
			j.manages = i.Member.Permissions&(discordgo.PermissionManageGuild|discordgo.PermissionAdministrator) != 0
		}
	case commandArticle:
		j.Do, j.Private = doAbout, true
	case commandCheck:
		j.Do, j.Check, j.Private = doAsk, true, true
		if j.Words = pointedAt(i.Data.Resolved.Messages[i.Data.TargetID]).Candidates(); len(j.Words) == 0 {
			j.explain("That message has no text to check.")
		}
	default:
		j.explain("I no longer know this command. Type / to see those that I know.")
	}
}

// explain has a person told in private why nothing else is done.
func (j *job) explain(why string) { j.Do, j.Text, j.Private = doExplain, why, true }

// completes fills in what somebody is typing: the name of an article, or a question, to the
// article that they chose.
func (j *job) completes(options []*option) {
	for _, o := range options {
		switch {
		case o.Options != nil: // of a subcommand
			j.completes(o.Options)
		case o.Focused:
			j.Text, j.titles = valueOf[string](options, o.Name), o.Name != optionQuestion
			j.Source = valueOf[string](options, optionArticle)
		}
	}
}
