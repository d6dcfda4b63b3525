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

// checker collects what is wrong with a message.
type checker struct {
	problems []string
	ids      map[string]bool // of its controls
	// count and length are of the components of a message that is made of them.
	count, length int
}

func (k *checker) bad(format string, a ...any) {
	k.problems = append(k.problems, fmt.Sprintf(format, a...))
}

func (k *checker) limit(what, text string, most int) {
	if n := Units(text); n > most {
		k.bad("%s has %d characters, more than %d", what, n, most)
	}
}

func (k *checker) required(what, text string, most int) {
	if strings.TrimSpace(text) == "" {
		k.bad("%s is empty", what)
	}
	k.limit(what, text, most)
}

// check validates a message and returns it in its parts.
func (o outgoing) check() (m Message, problems []string) {
	k := checker{ids: map[string]bool{}}
	if o.TTS {
		k.bad("it is read aloud (tts)")
	}
	if o.Content != nil {
		m.Text = *o.Content
		k.limit("content", m.Text, maxContent)
	}
	m.embeds, m.components = o.Embeds, o.Components
	if len(o.Embeds) > 0 {
		if err := json.Unmarshal(o.Embeds, &m.Embeds); err != nil {
			k.bad("embeds: %v", err)
		}
	}
	if len(o.Components) > 0 {
		if err := json.Unmarshal(o.Components, &m.Rows); err != nil {
			k.bad("components: %v", err)
		}
		if emptyLabel.Match(o.Components) {
			k.bad("a label that is there and empty")
		}
	}
	if m.Layout = o.Flags&isLayout != 0; m.Layout {
		if o.Content != nil || len(m.Embeds) > 0 {
			k.bad("content or embeds in a message that is made of components")
		}
		k.layout(m.Rows)
	} else {
		if strings.TrimSpace(m.Text) == "" && len(m.Embeds) == 0 {
			k.bad("the message is empty")
		}
		k.embeds(m.Embeds)
		k.rows(m.Rows)
	}
	k.mentions(o.AllowedMentions)
	switch nonce := o.Nonce.(type) {
	case nil:
	case string:
		k.required("nonce", nonce, maxNonce)
		m.Nonce = nonce
	default:
		k.bad("nonce is not a string")
	}
	return m, k.problems
}

func (k *checker) embeds(embeds []Embed) {
	total := 0
	if len(embeds) > maxEmbeds {
		k.bad("%d embeds, more than %d", len(embeds), maxEmbeds)
	}
	for n, e := range embeds {
		what := fmt.Sprintf("embed %d ", n+1)
		if e.Title == "" && e.Description == "" && e.Author == nil && e.Footer == nil && len(e.Fields) == 0 {
			k.bad("%sis empty", what)
		}
		k.limit(what+"title", e.Title, maxTitle)
		k.limit(what+"description", e.Description, maxDescription)
		total += Units(e.Title) + Units(e.Description)
		if e.Author != nil {
			k.required(what+"author", e.Author.Name, maxAuthor)
			total += Units(e.Author.Name)
		}
		if e.Footer != nil {
			k.required(what+"footer", e.Footer.Text, maxFooter)
			total += Units(e.Footer.Text)
		}
		if len(e.Fields) > maxFields {
			k.bad("%s%d fields, more than %d", what, len(e.Fields), maxFields)
		}
		for _, f := range e.Fields {
			k.required(what+"field name", f.Name, maxFieldName)
			k.required(what+"field value", f.Value, maxFieldValue)
			total += Units(f.Name) + Units(f.Value)
		}
	}
	if total > maxEmbedsTotal {
		k.bad("embeds have %d characters in all, more than %d", total, maxEmbedsTotal)
	}
}

// layout checks the components of a message that is made of them alone.
func (k *checker) layout(parts []Component) {
	for _, c := range parts {
		k.part(c, 0)
	}
	if k.count == 0 || k.count > maxComponents {
		k.bad("%d components, not 1 to %d", k.count, maxComponents)
	}
	if k.length > maxDisplayed {
		k.bad("texts have %d characters in all, more than %d", k.length, maxDisplayed)
	}
}

// part checks one of them, in one of a type; 0: in the message.
func (k *checker) part(c Component, in int) {
	k.count++
	switch {
	case c.Type == rowType && in != sectionType:
		k.count += len(c.Components)
		k.row(c)
	case c.Type == textType:
		k.required("a text", c.Content, maxDisplayed)
		k.length += Units(c.Content)
	case c.Type == separatorType && in != sectionType:
	case c.Type == sectionType && in != sectionType:
		k.section(c)
	case c.Type == containerType && in == 0:
		if len(c.Components) == 0 {
			k.bad("a container that holds nothing")
		}
		if c.AccentColor < 0 || c.AccentColor > maxColour {
			k.bad("an accent colour of %d", c.AccentColor)
		}
		for _, inner := range c.Components {
			k.part(inner, containerType)
		}
	default:
		k.bad("a component of type %d in one of type %d", c.Type, in)
	}
}

// section checks texts with a button beside them.
func (k *checker) section(c Component) {
	if n := len(c.Components); n < 1 || n > maxSectionTexts {
		k.bad("a section of %d texts", n)
	}
	if c.Accessory == nil || c.Accessory.Type != buttonType {
		k.bad("a section without a button beside it")
	} else {
		k.count++
		k.control(*c.Accessory)
	}
	for _, inner := range c.Components {
		k.part(inner, sectionType)
	}
}

// rows checks the rows of controls of a message that is not made of components.
func (k *checker) rows(rows []Component) {
	if len(rows) > maxRows {
		k.bad("%d rows of controls, more than %d", len(rows), maxRows)
	}
	for _, r := range rows {
		if r.Type != rowType {
			k.bad("a row of controls of type %d: it must be 1 without the flag of a message of components", r.Type)
		}
		k.row(r)
	}
}

// row checks a row of controls.
func (k *checker) row(r Component) {
	if len(r.Components) == 0 || len(r.Components) > maxButtons {
		k.bad("%d controls in a row", len(r.Components))
	}
	for _, c := range r.Components {
		if c.Type == 3 && len(r.Components) != 1 {
			k.bad("a menu that is not alone in its row")
		}
		k.control(c)
	}
}

// control checks a button or a menu.
func (k *checker) control(c Component) {
	k.required("custom_id", c.CustomID, maxCustomID)
	if k.ids[c.CustomID] {
		k.bad("custom_id %q is there twice", c.CustomID)
	}
	k.ids[c.CustomID] = true
	switch c.Type {
	case buttonType:
		k.limit("label", c.Label, maxLabel)
		if c.Label == "" && c.Emoji == nil {
			k.bad("a button with neither label nor emoji")
		}
		if c.Style < 1 || c.Style > 4 {
			k.bad("a button of style %d", c.Style)
		}
	case 3:
		if len(c.Options) == 0 || len(c.Options) > maxOptions {
			k.bad("a menu of %d options", len(c.Options))
		}
		k.limit("placeholder", c.Placeholder, maxPlaceholder)
		values := map[string]bool{}
		for _, o := range c.Options {
			k.required("option label", o.Label, maxOptionText)
			k.required("option value", o.Value, maxOptionText)
			k.limit("option description", o.Description, maxOptionText)
			if values[o.Value] {
				k.bad("option value %q is there twice", o.Value)
			}
			values[o.Value] = true
		}
	default:
		k.bad("a control of type %d", c.Type)
	}
}

// mentions holds a message to pinging nobody.
func (k *checker) mentions(raw json.RawMessage) {
	var a struct {
		Parse       *[]string `json:"parse"`
		Users       []string  `json:"users"`
		Roles       []string  `json:"roles"`
		RepliedUser bool      `json:"replied_user"`
	}
	switch {
	case len(raw) == 0 || bytes.Equal(raw, []byte("null")):
		k.bad("allowed_mentions is missing: the text could ping")
	case json.Unmarshal(raw, &a) != nil:
		k.bad("allowed_mentions: %s", raw)
	case a.Parse == nil:
		k.bad(`allowed_mentions.parse is null or missing, not []`)
	case len(*a.Parse) > 0 || len(a.Users) > 0 || len(a.Roles) > 0 || a.RepliedUser:
		k.bad("allowed_mentions %s lets the message ping", raw)
	}
}

// checkChoices validates what an autocomplete offers.
func checkChoices(raw json.RawMessage) []string {
	var k checker
	var choices []Choice
	if len(raw) == 0 || bytes.Equal(raw, []byte("null")) {
		return []string{"choices are missing, not []"}
	}
	if err := json.Unmarshal(raw, &choices); err != nil {
		return []string{fmt.Sprintf("choices: %v", err)}
	}
	if len(choices) > maxChoices {
		k.bad("%d choices, more than %d", len(choices), maxChoices)
	}
	for _, c := range choices {
		if c.Name == "" || c.Value == "" || Units(c.Name) > maxOptionText || Units(c.Value) > maxOptionText {
			k.bad("choice %q with value %q: 1 to %d characters each", c.Name, c.Value, maxOptionText)
		}
	}
	return k.problems
}
