package discordfake

import (
	"encoding/json"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"
)

// Person returns the person of a name, always the same.
func (s *Server) Person(name string) Person {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.person(name)
}

func (s *Server) person(name string) Person {
	p, ok := s.people[name]
	if !ok {
		p = Person{s.snowflake(), name}
		s.people[name] = p
	}
	return p
}

// Channel returns the id of a text channel of the guild.
func (s *Server) Channel(name string) string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.channel("#"+name, GuildID, "", Person{})
}

// Thread returns the id of a thread in a channel of the guild.
func (s *Server) Thread(name, parent string) string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.channel("~"+name, GuildID, parent, Person{})
}

// DM returns the id of the channel in which a person and the bot talk alone.
func (s *Server) DM(name string) string {
	s.mu.Lock()
	defer s.mu.Unlock()
	p := s.person(name)
	return s.channel("@"+name, "", "", p)
}

func (s *Server) channel(name, guild, parent string, dm Person) string {
	for id, c := range s.channels {
		if c.name == name {
			return id
		}
	}
	c := &channel{id: s.snowflake(), name: name, guild: guild, parent: parent, dm: dm}
	s.channels[c.id] = c
	return c.id
}

// Message is one message as it is stored.
type Message struct {
	ID, Channel string
	Author      Person
	Bot         bool // written by the bot
	Text        string
	Embeds      []Embed
	// Layout says that it is made of components alone (Components V2).
	Layout bool
	// Rows are its components; where it is no layout, rows of controls.
	Rows    []Component
	ReplyTo string // the id of the message it references
	// Interaction is the id of the interaction that it answers, or empty.
	Interaction string
	// OnlyFor is the id of the one person who sees it (ephemeral), or empty.
	OnlyFor string
	Nonce   string
	Edited  bool
	At      time.Time
	Type    int

	embeds, components json.RawMessage
	mentions           []Person
	roles              []string       // those mentioned
	raw                map[string]any // more fields, for odd messages
}

// Embed is a card of a message.
type Embed struct {
	Title       string `json:"title"`
	Description string `json:"description"`
	URL         string `json:"url"`
	Color       int    `json:"color"`
	Author      *struct {
		Name string `json:"name"`
	} `json:"author"`
	Footer *struct {
		Text string `json:"text"`
	} `json:"footer"`
	Fields []struct {
		Name  string `json:"name"`
		Value string `json:"value"`
	} `json:"fields"`
}

// Component is a button, a menu, a text, or what holds such.
type Component struct {
	Type  int    `json:"type"`
	Style int    `json:"style"`
	Label string `json:"label"`
	Emoji *struct {
		Name string `json:"name"`
	} `json:"emoji"`
	CustomID    string `json:"custom_id"`
	Placeholder string `json:"placeholder"`
	Options     []struct {
		Label       string `json:"label"`
		Value       string `json:"value"`
		Description string `json:"description"`
	} `json:"options"`
	Content     string      `json:"content"`
	AccentColor int         `json:"accent_color"`
	Components  []Component `json:"components"`
	Accessory   *Component  `json:"accessory"`
}

// all calls f for the component and all that it holds, in the order in which they are shown.
func (c Component) all(f func(Component)) {
	f(c)
	for _, inner := range c.Components {
		inner.all(f)
	}
	if c.Accessory != nil {
		c.Accessory.all(f)
	}
}

// Components are all controls of a message.
func (m Message) Components() (out []Component) {
	Component{Components: m.Rows}.all(func(c Component) {
		if c.CustomID != "" {
			out = append(out, c)
		}
	})
	return out
}

// Shown is what people read in a message, its markup undone: its text, its embeds, its
// components; and what of it stands in quotation styling.
func (m Message) Shown() (text string, quoted []string) {
	var lines []string
	marked := func(texts ...string) {
		for _, t := range texts {
			if r := Render(t); t != "" {
				lines, quoted = append(lines, r.Plain), append(quoted, r.Quoted...)
			}
		}
	}
	if len(m.Embeds) == 0 {
		marked(m.Text)
	} else {
		lines = append(lines, Render(m.Text).Plain) // it quotes what the embeds quote
	}
	for _, e := range m.Embeds {
		if e.Author != nil {
			lines = append(lines, e.Author.Name)
		}
		marked(e.Title, e.Description)
		for _, f := range e.Fields {
			lines = append(lines, f.Name)
			marked(f.Value)
		}
		if e.Footer != nil {
			lines = append(lines, e.Footer.Text)
		}
	}
	Component{Components: m.Rows}.all(func(c Component) { marked(c.Content) })
	return strings.Join(lines, "\n"), quoted
}

// Message returns a message by id.
func (s *Server) Message(id string) (Message, bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	m, ok := s.messages[id]
	if !ok {
		return Message{}, false
	}
	return *m, true
}

// Messages are the messages of a channel, oldest first.
func (s *Server) Messages(channel string) []Message {
	s.mu.Lock()
	defer s.mu.Unlock()
	var out []Message
	for _, id := range s.order {
		if m := s.messages[id]; m.Channel == channel {
			out = append(out, *m)
		}
	}
	return out
}

// FromBot are all messages of the bot, oldest first.
func (s *Server) FromBot() []Message {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.replies(func(*Message) bool { return true })
}

// IsDM reports whether a channel is one in which a person and the bot talk alone.
func (s *Server) IsDM(channel string) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	c := s.channels[channel]
	return c != nil && c.guild == ""
}

// Refuse takes the permission to write in a channel from the bot.
func (s *Server) Refuse(channel string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.channels[channel].refuses = true
}

// Replies are the bot's messages that reference a message.
func (s *Server) Replies(to string) []Message {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.replies(func(m *Message) bool { return m.ReplyTo == to })
}

// replies, with mu held.
func (s *Server) replies(want func(*Message) bool) (out []Message) {
	for _, id := range s.order {
		if m := s.messages[id]; m.Bot && want(m) {
			out = append(out, *m)
		}
	}
	return out
}

// Reply waits for the one reply to a message.
func (s *Server) Reply(t testing.TB, to string) Message {
	t.Helper()
	s.Wait(t, "a reply", func() bool { return len(s.Replies(to)) > 0 })
	return s.Replies(to)[0]
}

// Mention is what mentions the bot in a text.
const Mention = "<@" + BotID + ">"

// Said is what somebody writes.
type Said struct {
	By, Channel, Text string
	// ReplyTo is the id of a message; the reply pings its author unless Quiet.
	ReplyTo string
	Quiet   bool
	// Bot says that By is another bot; Webhook that a webhook wrote it; Type is
	// the type of message, by default that of an ordinary one.
	Bot     bool
	Webhook bool
	Type    int
	// More are fields to add, for odd messages.
	More map[string]any
}

var (
	codeSpans   = regexp.MustCompile("(?s)```.*?```|`[^`\n]*`")
	userMention = regexp.MustCompile(`<@!?(\d+)>`)
	roleMention = regexp.MustCompile(`<@&(\d+)>`)
)

// Say has somebody write a message and returns its id.
func (s *Server) Say(said Said) string {
	s.mu.Lock()
	defer s.mu.Unlock()
	m := &Message{ID: s.snowflake(), Channel: said.Channel, Author: s.person(said.By), Text: said.Text,
		ReplyTo: said.ReplyTo, At: s.now(), Type: said.Type, raw: map[string]any{}}
	if said.Bot {
		m.raw["author"] = map[string]any{"id": m.Author.ID, "username": said.By, "bot": true}
	}
	if said.Webhook {
		m.raw["webhook_id"] = s.snowflake()
	}
	for k, v := range said.More {
		m.raw[k] = v
	}
	for _, id := range userMention.FindAllStringSubmatch(codeSpans.ReplaceAllString(said.Text, ""), -1) {
		if id[1] == BotID {
			m.mentions = append(m.mentions, Person{BotID, "verbatim"})
		}
	}
	for _, id := range roleMention.FindAllStringSubmatch(codeSpans.ReplaceAllString(said.Text, ""), -1) {
		m.roles = append(m.roles, id[1])
	}
	if to := s.messages[said.ReplyTo]; to != nil {
		m.Type = 19
		if to.Bot && to.Interaction == "" && !said.Quiet {
			m.mentions = append(m.mentions, Person{BotID, "verbatim"})
		}
	}
	s.post(m)
	return m.ID
}

// Delete has whoever wrote a message delete it.
func (s *Server) Delete(id string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	c := s.channels[s.messages[id].Channel]
	delete(s.messages, id)
	s.order = slices.DeleteFunc(s.order, func(other string) bool { return other == id })
	s.dispatch(s.shardOf(c), "MESSAGE_DELETE", map[string]any{"id": id, "channel_id": c.id, "guild_id": c.guild})
	s.notify()
}

// post stores a message and tells of it. With mu held.
func (s *Server) post(m *Message) {
	switch {
	case !s.forget:
		s.messages[m.ID] = m
		s.order = append(s.order, m.ID)
	case m.Bot:
		delete(s.messages, m.ReplyTo)
	default: // until it is answered
		s.messages[m.ID] = m
	}
	if m.OnlyFor == "" {
		c := s.channels[m.Channel]
		if c == nil {
			panic("discordfake: no channel " + m.Channel)
		}
		s.dispatch(s.shardOf(c), "MESSAGE_CREATE", messageEvent{s, m})
	}
	if m.Bot && s.posted != nil {
		s.posted(*m)
	}
	s.notify()
}

// object is a channel as Discord tells of it. With mu held.
func (c *channel) object() map[string]any {
	return map[string]any{"id": c.id, "type": map[bool]int{false: 0, true: 11}[c.parent != ""], "parent_id": c.parent}
}

// DeleteChannel deletes a channel of the guild.
func (s *Server) DeleteChannel(id string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	c := s.channels[id]
	event := c.object()
	event["guild_id"] = c.guild
	s.dispatch(s.shardOf(c), "CHANNEL_DELETE", event)
	s.notify()
}

// shardOf is the shard that a channel's events go to, by the shards that are there.
func (s *Server) shardOf(c *channel) int {
	count := s.options.Shards
	for _, sess := range s.sessions {
		if sess.valid {
			count = sess.count
		}
	}
	if c.guild == "" {
		return 0
	}
	return shardOf(c.guild, count)
}

// messageEvent is a message as the intents let the client see it.
type messageEvent struct {
	s *Server
	m *Message
}

func (e messageEvent) as(intents int) any {
	c := e.s.channels[e.m.Channel]
	need := intentGuildMessages
	if c.guild == "" {
		need = intentDirectMessages
	}
	if intents&need == 0 {
		return nil
	}
	return e.s.object(e.m, intents, true)
}

// object is a message as JSON. Its content is blank where the client may not
// see it: without the message content intent only in direct messages, where
// the bot is mentioned, and in the bot's own messages.
func (s *Server) object(m *Message, intents int, references bool) map[string]any {
	c := s.channels[m.Channel]
	o := map[string]any{
		"id": m.ID, "channel_id": m.Channel, "type": m.Type, "timestamp": m.At.UTC().Format(time.RFC3339Nano),
		"author":  map[string]any{"id": m.Author.ID, "username": strings.ToLower(m.Author.Name), "global_name": m.Author.Name},
		"content": m.Text, "embeds": list(m.embeds), "components": list(m.components),
		"mentions": []any{}, "mention_roles": []any{}, "attachments": []any{}, "mention_everyone": false,
	}
	if m.Bot {
		o["author"] = map[string]any{"id": BotID, "username": "verbatim", "bot": true}
		o["application_id"] = AppID
	}
	flags := 0
	if m.OnlyFor != "" {
		flags |= 64
	}
	if m.Layout {
		flags |= isLayout
	}
	o["flags"] = flags
	if m.Interaction != "" {
		o["interaction_metadata"] = map[string]any{"id": m.Interaction, "type": 2}
		o["webhook_id"] = AppID
	}
	if c.guild != "" {
		o["guild_id"] = c.guild
		o["member"] = map[string]any{"nick": nil, "roles": []any{}}
	}
	var mentions []any
	mentioned := false
	for _, p := range m.mentions {
		mentions = append(mentions, map[string]any{"id": p.ID, "username": p.Name, "bot": p.ID == BotID})
		mentioned = mentioned || p.ID == BotID
	}
	if mentions != nil {
		o["mentions"] = mentions
	}
	if m.roles != nil {
		o["mention_roles"] = m.roles
		mentioned = mentioned || !s.options.HideRoleMentions && slices.Contains(m.roles, RoleID)
	}
	if c.guild != "" && !mentioned && !m.Bot && intents&intentMessageContent == 0 {
		o["content"], o["embeds"], o["components"], o["attachments"] = "", []any{}, []any{}, []any{}
	}
	if m.ReplyTo != "" {
		o["message_reference"] = map[string]any{"message_id": m.ReplyTo, "channel_id": m.Channel, "guild_id": c.guild}
		if to := s.messages[m.ReplyTo]; references {
			o["referenced_message"] = nil
			if to != nil {
				o["referenced_message"] = s.object(to, intents, false)
			}
		}
	}
	for k, v := range m.raw {
		o[k] = v
	}
	return o
}

func list(raw json.RawMessage) any {
	if len(raw) == 0 || string(raw) == "null" {
		return []any{}
	}
	return raw
}

// Interaction is one use of a command or a control.
type Interaction struct {
	ID, Token, Channel string
	By                 Person
	Type               int
	At                 time.Time

	server *Server
	// The rest is under server.mu.
	answered  int // the type of the first callback, 0 before it
	ephemeral bool
	loading   bool
	original  string // the id of the message that answers it
	choices   json.RawMessage
	form      *Form
	source    string // the message that a control is on
	payload   map[string]any
}

// Used is a use of a command.
type Used struct {
	By, Channel, Name string
	// Options are the options by name; those of a subcommand are under "sub/name".
	Options map[string]any
	// Focused names the option that is being typed: an autocomplete is asked for.
	Focused string
	// Target is the id of the message that a message command is used on.
	Target string
	// Manages says that the person may manage the server.
	Manages bool
	// InstalledByUser says that the app is installed by the person, not the guild.
	InstalledByUser bool
}

// Use has somebody use a command.
func (s *Server) Use(u Used) *Interaction {
	s.mu.Lock()
	defer s.mu.Unlock()
	data := map[string]any{"id": s.snowflake(), "name": u.Name, "type": 1}
	kind := 2
	if u.Focused != "" {
		kind = 4
	}
	var top []any
	subs := map[string][]any{}
	for _, name := range slices.Sorted(mapKeys(u.Options)) {
		o := option(name, u.Options[name])
		if name == u.Focused {
			o["focused"] = true
		}
		if sub, rest, ok := strings.Cut(name, "/"); ok {
			o["name"] = rest
			subs[sub] = append(subs[sub], o)
			continue
		}
		top = append(top, o)
	}
	for name, options := range subs {
		top = append(top, map[string]any{"name": name, "type": 1, "options": options})
	}
	if top != nil {
		data["options"] = top
	}
	if u.Target != "" {
		data["type"], data["target_id"] = 3, u.Target
		if m := s.messages[u.Target]; m != nil {
			// The target of a message command is shown in full.
			o := s.object(m, intentMessageContent, false)
			data["resolved"] = map[string]any{"messages": map[string]any{u.Target: o}}
		}
	}
	for _, value := range u.Options {
		id, _ := value.(string)
		if c := s.channels[id]; c != nil && c.guild != "" {
			data["resolved"] = map[string]any{"channels": map[string]any{id: c.object()}}
		}
	}
	i := s.interaction(u.By, u.Channel, kind, data, "")
	if member, ok := i.payload["member"].(map[string]any); ok && u.Manages {
		member["permissions"] = "32"
	}
	if u.InstalledByUser {
		i.payload["authorizing_integration_owners"] = map[string]any{"1": i.By.ID}
	}
	s.dispatchInteraction(i)
	return i
}

func mapKeys(m map[string]any) func(func(string) bool) {
	return func(yield func(string) bool) {
		for k := range m {
			if !yield(k) {
				return
			}
		}
	}
}

func option(name string, value any) map[string]any {
	kind := 3
	if _, ok := value.(bool); ok {
		kind = 5
	}
	return map[string]any{"name": name, "type": kind, "value": value}
}

// Press has somebody press a control of a message; a menu gets values. It fails
// where the message has no such control, or that person cannot see it.
func (s *Server) Press(by, message, customID string, values ...string) (*Interaction, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	m := s.messages[message]
	if m == nil {
		return nil, fmt.Errorf("no message %s", message)
	}
	at := slices.IndexFunc(m.Components(), func(c Component) bool { return c.CustomID == customID })
	if at < 0 {
		return nil, fmt.Errorf("the message has no control %q", customID)
	}
	if p := s.person(by); m.OnlyFor != "" && m.OnlyFor != p.ID {
		return nil, fmt.Errorf("%s cannot see the message", by)
	}
	data := map[string]any{"custom_id": customID, "component_type": m.Components()[at].Type}
	if values != nil {
		data["values"] = values
	}
	i := s.interaction(by, m.Channel, 3, data, message)
	s.dispatchInteraction(i)
	return i, nil
}

// interaction makes one. With mu held.
func (s *Server) interaction(by, channelID string, kind int, data any, source string) *Interaction {
	p, c := s.person(by), s.channels[channelID]
	if c == nil {
		panic("discordfake: no channel " + channelID)
	}
	i := &Interaction{server: s, ID: s.snowflake(), Channel: channelID, By: p, Type: kind, At: s.now(), source: source}
	i.Token = "interaction-token-" + i.ID
	s.interactions[i.ID] = i
	user := map[string]any{"id": p.ID, "username": strings.ToLower(p.Name), "global_name": p.Name}
	i.payload = map[string]any{
		"id": i.ID, "application_id": AppID, "type": kind, "token": i.Token, "version": 1, "data": data,
		"channel_id": channelID, "locale": "en-US", "app_permissions": "274877991936",
		"channel":                        c.object(),
		"authorizing_integration_owners": map[string]any{"0": GuildID}, "entitlements": []any{},
	}
	if c.guild != "" {
		i.payload["guild_id"], i.payload["context"] = c.guild, 0
		i.payload["member"] = map[string]any{"user": user, "nick": nil, "roles": []any{}, "permissions": "0"}
	} else {
		i.payload["user"], i.payload["context"] = user, 1
	}
	if source != "" {
		i.payload["message"] = s.object(s.messages[source], intentMessageContent, false)
	}
	return i
}

func (s *Server) dispatchInteraction(i *Interaction) {
	s.dispatch(s.shardOf(s.channels[i.Channel]), "INTERACTION_CREATE", i.payload)
	s.notify()
}

// Payload is the interaction as the gateway tells it, for tests that change it
// and dispatch it themselves.
func (i *Interaction) Payload() map[string]any {
	i.server.mu.Lock()
	defer i.server.mu.Unlock()
	out := map[string]any{}
	for k, v := range i.payload {
		out[k] = v
	}
	return out
}

// Prepare makes an interaction with any data and does not dispatch it.
func (s *Server) Prepare(by, channel string, kind int, data any) *Interaction {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.interaction(by, channel, kind, data, "")
}

// Answer waits for the message that answers the interaction, past "thinking".
func (i *Interaction) Answer(t testing.TB) Message {
	t.Helper()
	i.server.Wait(t, "the answer to an interaction", i.done)
	i.server.mu.Lock()
	defer i.server.mu.Unlock()
	m, ok := i.server.messages[i.original]
	if !ok {
		t.Fatalf("the interaction was answered by callback type %d, which shows no message", i.answered)
	}
	return *m
}

func (i *Interaction) done() bool {
	i.server.mu.Lock()
	defer i.server.mu.Unlock()
	return i.answered != 0 && !i.loading
}

// Answered is the type of the first callback, 0 before it came, and whether the
// answer still shows "thinking".
func (i *Interaction) Answered() (callback int, thinking bool) {
	i.server.mu.Lock()
	defer i.server.mu.Unlock()
	return i.answered, i.loading
}

// Choice is one that an autocomplete offers.
type Choice struct {
	Name  string `json:"name"`
	Value string `json:"value"`
}

// Choices waits for what an autocomplete offers.
func (i *Interaction) Choices(t testing.TB) []Choice {
	t.Helper()
	i.server.Wait(t, "choices", i.done)
	i.server.mu.Lock()
	defer i.server.mu.Unlock()
	var out []Choice
	if err := json.Unmarshal(i.choices, &out); err != nil {
		t.Fatalf("choices %s: %v", i.choices, err)
	}
	return out
}

// Followups are the bot's other messages to the interaction, oldest first.
func (i *Interaction) Followups() []Message {
	s := i.server
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.replies(func(m *Message) bool { return m.Interaction == i.ID && m.ID != i.original })
}

// Commands are the commands that are registered, global ("") or in a guild, as JSON.
func (s *Server) Commands(guild string) string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return string(s.commands[guild])
}

// Register stores commands, as JSON, as if somebody had registered them before.
func (s *Server) Register(guild, commands string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.commands[guild] = []byte(commands)
}

// CommandPuts is how often commands were registered.
func (s *Server) CommandPuts() int { s.mu.Lock(); defer s.mu.Unlock(); return s.commandPuts }

// Unanswered are the interactions that nobody answered, and those that still
// show "thinking".
func (s *Server) Unanswered() (out []*Interaction) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, i := range s.interactions {
		if i.answered == 0 || i.loading {
			out = append(out, i)
		}
	}
	return out
}
