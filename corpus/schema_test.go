package corpus

import (
	"encoding/json"
	"reflect"
	"slices"
	"strings"
	"testing"
)

// schema is as much of a JSON Schema as the one of curation.yaml uses.
type schema struct {
	Properties map[string]*schema `json:"properties"`
	Items      *schema            `json:"items"`
	Required   []string           `json:"required"`
	Enum       []string           `json:"enum"`
	MaxLength  int                `json:"maxLength"`
}

// TestSchema holds the schema to what is read: it has the same keys and the same values.
func TestSchema(t *testing.T) {
	var s schema
	if err := json.Unmarshal(Schema, &s); err != nil {
		t.Fatal(err)
	}
	passage, intent := s.Properties["passages"].Items, s.Properties["intents"].Items
	for name, c := range map[string]struct {
		schema *schema
		form   any
	}{
		"curation": {&s, curation{}}, "subject": {s.Properties["subjects"].Items, Subject{}},
		"passage": {passage, curatedPassage{}}, "intent": {intent, curatedIntent{}},
	} {
		form := reflect.TypeOf(c.form)
		for i := range form.NumField() {
			key, _, _ := strings.Cut(form.Field(i).Tag.Get("yaml"), ",")
			if c.schema.Properties[key] == nil {
				t.Errorf("%s: the schema lacks %q", name, key)
			}
		}
		if got, want := len(c.schema.Properties), form.NumField(); got != want {
			t.Errorf("%s: the schema has %d keys, and %d are read", name, got, want)
		}
		for _, key := range c.schema.Required {
			if c.schema.Properties[key] == nil {
				t.Errorf("%s: the schema requires %q, which it has not", name, key)
			}
		}
	}
	if got := intent.Properties["chat"].Enum; !slices.Equal(got, ChatKinds) {
		t.Errorf("chat is one of %q; want %q", got, ChatKinds)
	}
	for _, a := range passage.Properties["attribution"].Enum {
		if !Attribution(a).Valid() {
			t.Errorf("there is no attribution %q", a)
		}
	}
	if got := s.Properties["questions"].Items.MaxLength; got != MaxQuestion {
		t.Errorf("a question has at most %d characters; want %d", got, MaxQuestion)
	}
}
