package slackfake

import (
	"encoding/json"
	"strings"
)

// Reading is what a person sees of a message or a view, with all markup undone.
type Reading struct {
	// Text is all of it, a line for each piece, buttons left out.
	Text string
	// Quoted are the runs that look like quotations.
	Quoted []string
	// Small are the lines of context blocks.
	Small []string
	// Buttons are what can be pressed, feedback buttons as two.
	Buttons []Button
	// Mentions are the people who are named as such.
	Mentions []string
}

// Button is something to press.
type Button struct {
	Type, Action, Block, Value, Label string
}

// Button finds one by its action id, or its label.
func (r Reading) Button(name string) (Button, bool) {
	for _, b := range r.Buttons {
		if b.Action == name || b.Label == name {
			return b, true
		}
	}
	return Button{}, false
}

// Read reads a message: its blocks, or its text where it has none.
func Read(m Message) Reading {
	if m.Blocks == nil {
		return Reading{Text: unescape(m.Text)}
	}
	return ReadBlocks(m.Blocks)
}

// node is any part of Block Kit.
type node struct {
	Type     string          `json:"type"`
	Block    string          `json:"block_id"`
	Action   string          `json:"action_id"`
	Value    string          `json:"value"`
	User     string          `json:"user_id"`
	Text     json.RawMessage `json:"text"`
	Elements []node          `json:"elements"`
	Positive *node           `json:"positive_button"`
	Negative *node           `json:"negative_button"`
}

// words reads a text that is a string or a text object.
func (n node) words() string {
	var text string
	if json.Unmarshal(n.Text, &text) == nil {
		return text
	}
	var object struct{ Type, Text string }
	if json.Unmarshal(n.Text, &object) != nil {
		return ""
	}
	if object.Type == "mrkdwn" {
		return unescape(object.Text)
	}
	return object.Text
}

// ReadBlocks reads blocks.
func ReadBlocks(blocks json.RawMessage) Reading {
	var r Reading
	var list []node
	if err := json.Unmarshal(blocks, &list); err != nil {
		return r
	}
	var lines []string
	for _, b := range list {
		switch b.Type {
		case "section", "header":
			lines = append(lines, b.words())
		case "context":
			for _, e := range b.Elements {
				lines, r.Small = append(lines, e.words()), append(r.Small, e.words())
			}
		case "rich_text":
			for _, e := range b.Elements {
				lines = append(lines, r.runs(e))
			}
		case "actions", "context_actions":
			for _, e := range b.Elements {
				r.buttons(b, e)
			}
		}
	}
	r.Text = strings.Join(lines, "\n")
	return r
}

// runs reads the runs of a rich text element.
func (r *Reading) runs(e node) string {
	var text strings.Builder
	for _, run := range e.Elements {
		if run.Type == "user" {
			text.WriteString("@" + run.User)
			r.Mentions = append(r.Mentions, run.User)
		}
		text.WriteString(run.words())
	}
	if e.Type == "rich_text_quote" {
		r.Quoted = append(r.Quoted, text.String())
	}
	return text.String()
}

// buttons reads a control of a block.
func (r *Reading) buttons(b, e node) {
	if e.Type != "feedback_buttons" || e.Positive == nil || e.Negative == nil {
		r.Buttons = append(r.Buttons, Button{e.Type, e.Action, b.Block, e.Value, e.words()})
		return
	}
	for _, side := range []*node{e.Positive, e.Negative} {
		r.Buttons = append(r.Buttons, Button{e.Type, e.Action, b.Block, side.Value, side.words()})
	}
}

func unescape(s string) string {
	return strings.NewReplacer("&amp;", "&", "&lt;", "<", "&gt;", ">").Replace(s)
}
