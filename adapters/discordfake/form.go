package discordfake

import (
	"encoding/json"
	"fmt"
	"testing"
)

// Form is a window with fields that a person fills in (a modal).
type Form struct {
	CustomID string `json:"custom_id"`
	Title    string `json:"title"`
	Rows     []struct {
		Type   int     `json:"type"`
		Fields []Field `json:"components"`
	} `json:"components"`
}

// Field is a text field of a form.
type Field struct {
	Type        int    `json:"type"`
	CustomID    string `json:"custom_id"`
	Label       string `json:"label"`
	Style       int    `json:"style"`
	Placeholder string `json:"placeholder"`
	Value       string `json:"value"`
	Required    *bool  `json:"required"` // left out it is
	MinLength   *int   `json:"min_length"`
	MaxLength   *int   `json:"max_length"`
}

// Discord's limits for forms.
const (
	maxFormTitle        = 45
	maxFieldLabel       = 45
	maxFieldPlaceholder = 100
	maxFieldText        = 4000
)

// readForm reads the data of a callback that opens a form, and lists what Discord would
// refuse in it.
func readForm(data json.RawMessage) (f Form, problems []string) {
	if err := json.Unmarshal(data, &f); err != nil {
		return f, []string{err.Error()}
	}
	bad := func(format string, a ...any) { problems = append(problems, fmt.Sprintf(format, a...)) }
	length := func(what, text string, least, most int) {
		if n := Units(text); n < least || n > most {
			bad("%s has %d characters, not %d to %d", what, n, least, most)
		}
	}
	length("custom_id", f.CustomID, 1, maxCustomID)
	length("title", f.Title, 1, maxFormTitle)
	if len(f.Rows) < 1 || len(f.Rows) > maxRows {
		bad("%d rows of fields", len(f.Rows))
	}
	seen := map[string]bool{}
	for _, row := range f.Rows {
		if row.Type != 1 || len(row.Fields) != 1 || row.Fields[0].Type != 4 {
			bad("a row that does not hold one text field alone")
			continue
		}
		field := row.Fields[0]
		length("custom_id of a field", field.CustomID, 1, maxCustomID)
		length("label", field.Label, 1, maxFieldLabel)
		length("placeholder", field.Placeholder, 0, maxFieldPlaceholder)
		length("value", field.Value, 0, maxFieldText)
		if field.Style != 1 && field.Style != 2 {
			bad("a field of style %d", field.Style)
		}
		if seen[field.CustomID] {
			bad("custom_id %q is there twice", field.CustomID)
		}
		seen[field.CustomID] = true
		least, most := field.lengths()
		if least < 0 || most < 1 || least > most || most > maxFieldText {
			bad("a field of %d to %d characters", least, most)
		}
	}
	return f, problems
}

// lengths are the fewest and the most characters that a field takes.
func (f Field) lengths() (least, most int) {
	most = maxFieldText
	if f.MinLength != nil {
		least = *f.MinLength
	}
	if f.MaxLength != nil {
		most = *f.MaxLength
	}
	return least, most
}

// Form waits for the form that the interaction opens.
func (i *Interaction) Form(t testing.TB) Form {
	t.Helper()
	i.server.Wait(t, "a form", i.done)
	i.server.mu.Lock()
	defer i.server.mu.Unlock()
	if i.form == nil {
		t.Fatalf("the interaction was answered by callback type %d, which opens no form", i.answered)
	}
	return *i.form
}

// Submit has the person send the form that the interaction opened, with texts by the
// fields' ids. It fails where Discord would not let them.
func (i *Interaction) Submit(texts map[string]string) (*Interaction, error) {
	s := i.server
	s.mu.Lock()
	defer s.mu.Unlock()
	if i.form == nil {
		return nil, fmt.Errorf("there is no form")
	}
	var rows []any
	for n, row := range i.form.Rows {
		field := row.Fields[0]
		text := texts[field.CustomID]
		least, most := field.lengths()
		if required := field.Required == nil || *field.Required; text == "" && !required {
			least = 0
		} else if required {
			least = max(1, least)
		}
		if length := Units(text); length < least || length > most {
			return nil, fmt.Errorf("the field %q takes %d to %d characters, not %d", field.CustomID, least, most, length)
		}
		rows = append(rows, map[string]any{"type": 1, "id": 2*n + 1, "components": []any{
			map[string]any{"type": 4, "id": 2*n + 2, "custom_id": field.CustomID, "value": text}}})
	}
	sent := s.interaction(i.By.Name, i.Channel, 5, map[string]any{"custom_id": i.form.CustomID, "components": rows}, i.source)
	sent.payload["authorizing_integration_owners"] = i.payload["authorizing_integration_owners"]
	s.dispatchInteraction(sent)
	return sent, nil
}
