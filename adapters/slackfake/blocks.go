package slackfake

import (
	"encoding/json"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"unicode/utf16"
)

// Surface is where blocks are shown.
type Surface string

// The surfaces.
const (
	OnMessage Surface = "message"
	OnModal   Surface = "modal"
	OnHome    Surface = "home"
)

// rule says what a part of Block Kit may have. Lengths count UTF-16 units.
type rule struct {
	fields   []string // beside type and block_id, or action_id
	required []string
	on       []Surface // nil: everywhere
}

var blockRules = map[string]rule{
	"section":         {fields: []string{"text", "fields", "accessory", "expand"}},
	"context":         {fields: []string{"elements"}, required: []string{"elements"}},
	"actions":         {fields: []string{"elements"}, required: []string{"elements"}},
	"header":          {fields: []string{"text", "level"}, required: []string{"text"}},
	"divider":         {},
	"rich_text":       {fields: []string{"elements"}, required: []string{"elements"}},
	"context_actions": {fields: []string{"elements"}, required: []string{"elements"}, on: []Surface{OnMessage}},
}

// Validate checks blocks against Block Kit's limits and returns what is wrong.
func Validate(on Surface, blocks json.RawMessage) []string {
	v := &validator{on: on, ids: map[string]bool{}}
	var list []map[string]any
	if err := json.Unmarshal(blocks, &list); err != nil {
		return []string{"the blocks are not a list of objects"}
	}
	most := 50
	if on != OnMessage {
		most = 100
	}
	if len(list) == 0 || len(list) > most {
		v.bad("%d blocks; 1 to %d are allowed", len(list), most)
	}
	for i, b := range list {
		v.at = fmt.Sprintf("block %d (%v)", i, b["type"])
		v.block(b)
	}
	v.at = "all blocks"
	if v.total > 13_000 {
		v.bad("%d characters; 13,000 are allowed", v.total)
	}
	return v.problems
}

type validator struct {
	on       Surface
	at       string
	ids      map[string]bool
	total    int
	problems []string
}

func (v *validator) bad(format string, a ...any) {
	v.problems = append(v.problems, v.at+": "+fmt.Sprintf(format, a...))
}

// length counts as Slack does.
func length(s string) int { return len(utf16.Encode([]rune(s))) }

func (v *validator) only(o map[string]any, fields ...string) {
	for k := range o {
		if k != "type" && !slices.Contains(fields, k) {
			v.bad("has no field %q", k)
		}
	}
}

func (v *validator) block(b map[string]any) {
	kind, _ := b["type"].(string)
	r, ok := blockRules[kind]
	if !ok {
		v.bad("is of a type that is not known")
		return
	}
	if r.on != nil && !slices.Contains(r.on, v.on) {
		v.bad("is not allowed on %s", v.on)
	}
	v.only(b, append(slices.Clone(r.fields), "block_id")...)
	for _, f := range r.required {
		if b[f] == nil {
			v.bad("needs %s", f)
		}
	}
	if id, ok := b["block_id"].(string); ok {
		if id == "" || length(id) > 255 {
			v.bad("its id has %d characters", length(id))
		}
		if v.ids[id] {
			v.bad("its id is there twice")
		}
		v.ids[id] = true
	}
	elements, _ := b["elements"].([]any)
	switch kind {
	case "section":
		if b["text"] == nil && b["fields"] == nil {
			v.bad("needs text or fields")
		}
		if b["text"] != nil {
			v.text(b["text"], 3000, "plain_text", "mrkdwn")
		}
	case "header":
		v.text(b["text"], 150, "plain_text")
	case "context":
		v.number(elements, 10)
		for _, e := range elements {
			v.text(e, 3000, "plain_text", "mrkdwn")
		}
	case "actions":
		v.number(elements, 25)
		v.elements(elements, "button")
	case "context_actions":
		v.number(elements, 5)
		v.elements(elements, "feedback_buttons", "icon_button")
	case "rich_text":
		v.number(elements, 100)
		for _, e := range elements {
			v.rich(e)
		}
	}
}

func (v *validator) number(elements []any, most int) {
	if len(elements) == 0 || len(elements) > most {
		v.bad("%d elements; 1 to %d are allowed", len(elements), most)
	}
}

// text checks a text object.
func (v *validator) text(o any, most int, kinds ...string) {
	t, ok := o.(map[string]any)
	if !ok {
		v.bad("has no text object")
		return
	}
	kind, _ := t["type"].(string)
	if !slices.Contains(kinds, kind) {
		v.bad("has text of type %q", kind)
	}
	v.only(t, "text", "emoji", "verbatim")
	if kind == "mrkdwn" && t["emoji"] != nil {
		v.bad("mrkdwn has no emoji")
	}
	v.words(t["text"], most)
	if text, _ := t["text"].(string); kind == "mrkdwn" && !onlyLinks.MatchString(text) && unescaped.MatchString(text) {
		v.bad("mrkdwn holds %q", unescaped.FindString(text))
	}
}

// onlyLinks is a line of links that an app made itself: their labels hold no markup.
var onlyLinks = regexp.MustCompile(`^<https?://[^<>|\s]+\|[A-Za-z ]+>(?: · <https?://[^<>|\s]+\|[A-Za-z ]+>)*$`)

// words checks a text's length and characters, and counts it.
func (v *validator) words(o any, most int) {
	text, ok := o.(string)
	if !ok || text == "" || length(text) > most {
		v.bad("a text of %d characters; 1 to %d are allowed", length(text), most)
	}
	if i := strings.IndexFunc(text, func(r rune) bool { return r < ' ' && r != '\n' && r != '\t' }); i >= 0 {
		v.bad("a text holds a control character")
	}
	v.total += length(text)
}

func (v *validator) short(o any, what string, most int) {
	if text, ok := o.(string); o != nil && (!ok || length(text) > most) {
		v.bad("its %s has %d characters; %d are allowed", what, length(text), most)
	}
}

// elements checks what can be pressed.
func (v *validator) elements(elements []any, kinds ...string) {
	ids := map[string]bool{}
	for _, o := range elements {
		e, _ := o.(map[string]any)
		kind, _ := e["type"].(string)
		if !slices.Contains(kinds, kind) {
			v.bad("holds a %q", kind)
			continue
		}
		id, _ := e["action_id"].(string)
		if id == "" || length(id) > 255 || ids[id] {
			v.bad("the action id %q is empty, too long or there twice", id)
		}
		ids[id] = true
		switch kind {
		case "button":
			v.only(e, "action_id", "text", "value", "style", "url", "confirm", "accessibility_label")
			v.text(e["text"], 75, "plain_text")
			v.short(e["value"], "value", 2000)
		case "feedback_buttons":
			v.only(e, "action_id", "positive_button", "negative_button")
			for _, side := range []string{"positive_button", "negative_button"} {
				b, ok := e[side].(map[string]any)
				if !ok {
					v.bad("needs %s", side)
					continue
				}
				v.only(b, "text", "value", "accessibility_label")
				v.text(b["text"], 75, "plain_text")
				v.short(b["value"], "value", 2000)
			}
		}
	}
}

// rich checks an element of rich text.
func (v *validator) rich(o any) {
	e, _ := o.(map[string]any)
	kind, _ := e["type"].(string)
	switch kind {
	case "rich_text_section", "rich_text_quote", "rich_text_preformatted":
		v.only(e, "elements", "border")
	default:
		v.bad("holds rich text of type %q", kind)
		return
	}
	runs, _ := e["elements"].([]any)
	v.number(runs, 1000)
	for _, o := range runs {
		r, _ := o.(map[string]any)
		switch kind, _ := r["type"].(string); kind {
		case "text":
			v.only(r, "text", "style")
			v.words(r["text"], 13_000)
		case "user":
			v.only(r, "user_id", "style")
			if id, _ := r["user_id"].(string); !strings.HasPrefix(id, "U") {
				v.bad("names a user %q", id)
			}
		default: // a broadcast, a link, an emoji, …: nothing that this bot should send
			v.bad("holds a run of type %q", kind)
		}
	}
}
