package slack

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/slack-go/slack"

	"verbatim/adapters/adaptertest"
	"verbatim/answers"
)

// TestVerify: any change of what is sent is found.
func TestVerify(t *testing.T) {
	e := adaptertest.NewEngine()
	c := blocks(e.Ask(answers.Question{Text: adaptertest.AskNotice}), look{})
	told := blocks(e.Ask(answers.Question{Text: adaptertest.AskBuilt}), look{})
	for _, tt := range []struct {
		name   string
		card   card
		change func(blocks, text string) (string, string)
		ok     bool
	}{
		{"as it is", c, func(b, t string) (string, string) { return b, t }, true},
		{"told, as it is", told, func(b, t string) (string, string) { return b, t }, true},
		{"escaped twice", c, func(b, t string) (string, string) { return b, escape(t) }, false},
		{"a word in the blocks", c, func(b, t string) (string, string) { return strings.Replace(b, "short", "long", 1), t }, false},
		{"a word in the text", c, func(b, t string) (string, string) { return b, strings.Replace(t, "short", "long", 1) }, false},
		{"a space", c, func(b, t string) (string, string) { return strings.Replace(b, "Two *", "Two  *", 1), t }, false},
		{"escaped in the blocks", c, func(b, t string) (string, string) {
			return strings.Replace(b, `\u003c!channel\u003e`, `&lt;!channel&gt;`, 1), t
		}, false},
		{"no quotation styling", c, func(b, t string) (string, string) {
			return strings.ReplaceAll(b, "rich_text_quote", "rich_text_section"), t
		}, false},
		{"styled as a quotation", told, func(b, t string) (string, string) {
			return strings.ReplaceAll(b, "rich_text_section", "rich_text_quote"), t
		}, false},
		{"a word of what is told", told, func(b, t string) (string, string) { return strings.Replace(b, "1871", "1872", 1), t }, false},
		{"no text", c, func(b, t string) (string, string) { return b, "" }, false},
		{"no blocks", c, func(b, t string) (string, string) { return "[]", t }, false},
		{"not JSON", c, func(b, t string) (string, string) { return "[", t }, false},
	} {
		t.Run(tt.name, func(t *testing.T) {
			data, err := json.Marshal(slack.Blocks{BlockSet: tt.card.blocks})
			if err != nil {
				t.Fatal(err)
			}
			b, text := tt.change(string(data), tt.card.text)
			if !tt.ok && b == string(data) && text == tt.card.text {
				t.Fatal("nothing was changed")
			}
			if err := verify([]byte(b), text, tt.card); (err == nil) != tt.ok {
				t.Errorf("verify: %v", err)
			}
		})
	}
}
