package discordfake

import (
	"bytes"
	"encoding/json"
	"fmt"
	"regexp"
	"strings"
	"unicode/utf16"
)

// Discord's limits, counted in UTF-16 units, which are never fewer than runes.
const (
	maxContent     = 2000
	maxEmbeds      = 10
	maxEmbedsTotal = 6000
	maxTitle       = 256
	maxDescription = 4096
	maxFields      = 25
	maxFieldName   = 256
	maxFieldValue  = 1024
	maxFooter      = 2048
	maxAuthor      = 256
	maxRows        = 5
	maxButtons     = 5
	maxCustomID    = 100
	maxLabel       = 80
	maxOptions     = 25
	maxOptionText  = 100
	maxPlaceholder = 150
	maxChoices     = 25
	maxNonce       = 25

	// Of a message of components (Components V2), everything nested counted.
	maxComponents   = 40
	maxDisplayed    = 4000
	maxSectionTexts = 3
	maxColour       = 0xffffff
)

// The types of components that hold others or text.
const (
	rowType       = 1
	buttonType    = 2
	sectionType   = 9
	textType      = 10
	separatorType = 14
	containerType = 17
)

// isLayout is the flag of a message that is made of components alone (Components V2).
const isLayout = 1 << 15

// Units is the length of a text as Discord counts it.
func Units(text string) int { return len(utf16.Encode([]rune(text))) }

// outgoing is what a client may send as a message.
type outgoing struct {
	Content         *string         `json:"content"`
	TTS             bool            `json:"tts"`
	Embeds          json.RawMessage `json:"embeds"`
	Components      json.RawMessage `json:"components"`
	AllowedMentions json.RawMessage `json:"allowed_mentions"`
	Flags           int             `json:"flags"`
	Nonce           any             `json:"nonce"`
	EnforceNonce    bool            `json:"enforce_nonce"`
	Reference       *struct {
		MessageID       string `json:"message_id"`
		ChannelID       string `json:"channel_id"`
		GuildID         string `json:"guild_id"`
		FailIfNotExists *bool  `json:"fail_if_not_exists"`
	} `json:"message_reference"`
	Choices json.RawMessage `json:"choices"`
}

// emptyLabel finds a label or description of a control that should be left out.
var emptyLabel = regexp.MustCompile(`"(?:label|description)":\s*""`)

// ReadMessage reads a message to be sent, and lists what Discord, or the rules of a
// quiet bot, would refuse in it.
func ReadMessage(payload []byte) (m Message, problems []string) {
	var o outgoing
	if err := json.Unmarshal(payload, &o); err != nil {
		return m, []string{fmt.Sprintf("not a message: %v", err)}
	}
	return o.check()
}

// check validates a message and returns it in its parts.
func (o outgoing) check() (m Message, problems []string) {
	bad := func(format string, a ...any) { problems = append(problems, fmt.Sprintf(format, a...)) }
	limit := func(what, text string, most int) {
		if n := Units(text); n > most {
			bad("%s has %d characters, more than %d", what, n, most)
		}
	}
	required := func(what, text string, most int) {
		if strings.TrimSpace(text) == "" {
			bad("%s is empty", what)
		}
		limit(what, text, most)
	}
	if o.TTS {
		bad("it is read aloud (tts)")
	}
	if o.Content != nil {
		m.Text = *o.Content
		limit("content", m.Text, maxContent)
	}
	m.embeds, m.components = o.Embeds, o.Components
	if len(o.Embeds) > 0 {
		if err := json.Unmarshal(o.Embeds, &m.Embeds); err != nil {
			bad("embeds: %v", err)
		}
	}
	if len(o.Components) > 0 {
		if err := json.Unmarshal(o.Components, &m.Rows); err != nil {
			bad("components: %v", err)
		}
		if emptyLabel.Match(o.Components) {
			bad("a label that is there and empty")
		}
	}
	ids := map[string]bool{}
	if m.Layout = o.Flags&isLayout != 0; m.Layout {
		if o.Content != nil || len(m.Embeds) > 0 {
			bad("content or embeds in a message that is made of components")
		}
		checkLayout(m.Rows, ids, bad, limit, required)
	} else {
		if strings.TrimSpace(m.Text) == "" && len(m.Embeds) == 0 {
			bad("the message is empty")
		}
		checkEmbeds(m.Embeds, bad, limit, required)
		if len(m.Rows) > maxRows {
			bad("%d rows of controls, more than %d", len(m.Rows), maxRows)
		}
		for _, r := range m.Rows {
			if r.Type != rowType {
				bad("a row of controls of type %d: it must be 1 without the flag of a message of components", r.Type)
			}
			checkRow(r, ids, bad, limit, required)
		}
	}
	checkMentions(o.AllowedMentions, bad)
	switch nonce := o.Nonce.(type) {
	case nil:
	case string:
		required("nonce", nonce, maxNonce)
		m.Nonce = nonce
	default:
		bad("nonce is not a string")
	}
	return m, problems
}

func checkEmbeds(embeds []Embed, bad func(string, ...any), limit, required func(string, string, int)) {
	total := 0
	if len(embeds) > maxEmbeds {
		bad("%d embeds, more than %d", len(embeds), maxEmbeds)
	}
	for n, e := range embeds {
		what := fmt.Sprintf("embed %d ", n+1)
		if e.Title == "" && e.Description == "" && e.Author == nil && e.Footer == nil && len(e.Fields) == 0 {
			bad("%sis empty", what)
		}
		limit(what+"title", e.Title, maxTitle)
		limit(what+"description", e.Description, maxDescription)
		total += Units(e.Title) + Units(e.Description)
		if e.Author != nil {
			required(what+"author", e.Author.Name, maxAuthor)
			total += Units(e.Author.Name)
		}
		if e.Footer != nil {
			required(what+"footer", e.Footer.Text, maxFooter)
			total += Units(e.Footer.Text)
		}
		if len(e.Fields) > maxFields {
			bad("%s%d fields, more than %d", what, len(e.Fields), maxFields)
		}
		for _, f := range e.Fields {
			required(what+"field name", f.Name, maxFieldName)
			required(what+"field value", f.Value, maxFieldValue)
			total += Units(f.Name) + Units(f.Value)
		}
	}
	if total > maxEmbedsTotal {
		bad("embeds have %d characters in all, more than %d", total, maxEmbedsTotal)
	}
}

// checkLayout checks the components of a message that is made of them alone.
func checkLayout(parts []Component, ids map[string]bool, bad func(string, ...any), limit, required func(string, string, int)) {
	count, length := 0, 0
	var check func(c Component, in int)
	check = func(c Component, in int) {
		count++
		switch {
		case c.Type == rowType && in != sectionType:
			count += len(c.Components)
			checkRow(c, ids, bad, limit, required)
		case c.Type == textType:
			required("a text", c.Content, maxDisplayed)
			length += Units(c.Content)
		case c.Type == separatorType && in != sectionType:
		case c.Type == sectionType && in != sectionType:
			if n := len(c.Components); n < 1 || n > maxSectionTexts {
				bad("a section of %d texts", n)
			}
			if c.Accessory == nil || c.Accessory.Type != buttonType {
				bad("a section without a button beside it")
			} else {
				count++
				checkControl(*c.Accessory, ids, bad, limit, required)
			}
			for _, inner := range c.Components {
				check(inner, sectionType)
			}
		case c.Type == containerType && in == 0:
			if len(c.Components) == 0 {
				bad("a container that holds nothing")
			}
			if c.AccentColor < 0 || c.AccentColor > maxColour {
				bad("an accent colour of %d", c.AccentColor)
			}
			for _, inner := range c.Components {
				check(inner, containerType)
			}
		default:
			bad("a component of type %d in one of type %d", c.Type, in)
		}
	}
	for _, c := range parts {
		check(c, 0)
	}
	if count == 0 || count > maxComponents {
		bad("%d components, not 1 to %d", count, maxComponents)
	}
	if length > maxDisplayed {
		bad("texts have %d characters in all, more than %d", length, maxDisplayed)
	}
}

// checkRow checks a row of controls.
func checkRow(r Component, ids map[string]bool, bad func(string, ...any), limit, required func(string, string, int)) {
	if len(r.Components) == 0 || len(r.Components) > maxButtons {
		bad("%d controls in a row", len(r.Components))
	}
	for _, c := range r.Components {
		if c.Type == 3 && len(r.Components) != 1 {
			bad("a menu that is not alone in its row")
		}
		checkControl(c, ids, bad, limit, required)
	}
}

// checkControl checks a button or a menu.
func checkControl(c Component, ids map[string]bool, bad func(string, ...any), limit, required func(string, string, int)) {
	required("custom_id", c.CustomID, maxCustomID)
	if ids[c.CustomID] {
		bad("custom_id %q is there twice", c.CustomID)
	}
	ids[c.CustomID] = true
	switch c.Type {
	case buttonType:
		limit("label", c.Label, maxLabel)
		if c.Label == "" && c.Emoji == nil {
			bad("a button with neither label nor emoji")
		}
		if c.Style < 1 || c.Style > 4 {
			bad("a button of style %d", c.Style)
		}
	case 3:
		if len(c.Options) == 0 || len(c.Options) > maxOptions {
			bad("a menu of %d options", len(c.Options))
		}
		limit("placeholder", c.Placeholder, maxPlaceholder)
		values := map[string]bool{}
		for _, o := range c.Options {
			required("option label", o.Label, maxOptionText)
			required("option value", o.Value, maxOptionText)
			limit("option description", o.Description, maxOptionText)
			if values[o.Value] {
				bad("option value %q is there twice", o.Value)
			}
			values[o.Value] = true
		}
	default:
		bad("a control of type %d", c.Type)
	}
}

// checkMentions holds a message to pinging nobody.
func checkMentions(raw json.RawMessage, bad func(string, ...any)) {
	var a struct {
		Parse       *[]string `json:"parse"`
		Users       []string  `json:"users"`
		Roles       []string  `json:"roles"`
		RepliedUser bool      `json:"replied_user"`
	}
	switch {
	case len(raw) == 0 || bytes.Equal(raw, []byte("null")):
		bad("allowed_mentions is missing: the text could ping")
	case json.Unmarshal(raw, &a) != nil:
		bad("allowed_mentions: %s", raw)
	case a.Parse == nil:
		bad(`allowed_mentions.parse is null or missing, not []`)
	case len(*a.Parse) > 0 || len(a.Users) > 0 || len(a.Roles) > 0 || a.RepliedUser:
		bad("allowed_mentions %s lets the message ping", raw)
	}
}

// checkChoices validates what an autocomplete offers.
func checkChoices(raw json.RawMessage) (problems []string) {
	bad := func(format string, a ...any) { problems = append(problems, fmt.Sprintf(format, a...)) }
	var choices []Choice
	if len(raw) == 0 || bytes.Equal(raw, []byte("null")) {
		return []string{"choices are missing, not []"}
	}
	if err := json.Unmarshal(raw, &choices); err != nil {
		return []string{fmt.Sprintf("choices: %v", err)}
	}
	if len(choices) > maxChoices {
		bad("%d choices, more than %d", len(choices), maxChoices)
	}
	for _, c := range choices {
		if c.Name == "" || c.Value == "" || Units(c.Name) > maxOptionText || Units(c.Value) > maxOptionText {
			bad("choice %q with value %q: 1 to %d characters each", c.Name, c.Value, maxOptionText)
		}
	}
	return problems
}
