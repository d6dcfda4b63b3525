package slack

import (
	"testing"

	"verbatim/adapters"
	"verbatim/adapters/adaptertest"
	"verbatim/adapters/slackfake"
)

// odd are parts of a message that the library cannot read, and with them the message.
var odd = map[string]map[string]any{
	"an unknown element in actions": {"blocks": []any{map[string]any{"type": "actions", "elements": []any{map[string]any{"type": "invented", "action_id": 7}}}}},
	"an unknown element in context": {"blocks": []any{map[string]any{"type": "context", "elements": []any{map[string]any{"type": "invented"}}}}},
	"an unknown element in input":   {"blocks": []any{map[string]any{"type": "input", "element": map[string]any{"type": "invented"}}}},
	"an unknown table cell":         {"blocks": []any{map[string]any{"type": "table", "rows": []any{[]any{map[string]any{"type": "invented", "text": 5}}}}}},
	"an attachment with no time":    {"attachments": []any{map[string]any{"text": "a card", "ts": ""}}},
	"an attachment with a word id":  {"attachments": []any{map[string]any{"text": "a card", "id": "one"}}},
	"a field that is a number":      {"attachments": []any{map[string]any{"fields": []any{map[string]any{"title": "n", "value": 5, "short": "yes"}}}}},
	"files and metadata":            {"files": []any{map[string]any{"size": "big"}}, "metadata": "none", "reactions": map[string]any{"count": 1}},
}

// TestOddParts: a message is read though the library cannot read some part of it: where it
// asks, where it is checked by its menu, and where it stands in a thread that is looked through.
func TestOddParts(t *testing.T) {
	t.Parallel()
	for _, transport := range []string{"socket", "http"} {
		for name, more := range odd {
			t.Run(transport+", "+name, func(t *testing.T) {
				t.Parallel()
				b := start(t, setting{http: transport == "http"})
				general := b.Channel("general")
				ts := b.SayWith("ann", general, "", mention+adaptertest.AskLamp, more)
				b.answered(t, 0, general, ts, lamp)

				message := map[string]any{"user": "UBEN", "text": adaptertest.LampWords}
				for k, v := range more {
					message[k] = v
				}
				before := b.Mark()
				b.ShortcutOn("ann", general, shortcutCheck, message)
				if m := b.Next(before, onlyFor("ann")); slackfake.Read(m).Text == "" {
					t.Error("nothing is said of its words")
				}

				thread := b.SayWith("ben", general, "", adaptertest.LampWords, more)
				b.answered(t, b.Mark(), general, b.sayIn("ann", general, thread, mention+"is this right?"), adaptertest.ExactLead)

				b.Fault("chat.postMessage", slackfake.Fault{HangUp: true, Take: true})
				before = b.Mark()
				b.answered(t, before, general, b.sayIn("ann", general, thread, mention+adaptertest.AskRow), "row out")
				b.idle(t)
				if got := b.After(before); len(got) != 1 {
					t.Errorf("%d answers to one question", len(got))
				}
				if n := b.counts.of(t, adapters.CountBadMessage); n > 0 {
					t.Errorf("%d bad messages were counted", n)
				}
			})
		}
	}
}

// sayIn has somebody say text in a thread, and returns that.
func (b *bot) sayIn(name, channel, thread, text string) string {
	b.Say(name, channel, thread, text)
	return thread
}
