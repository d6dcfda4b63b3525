package slackfake

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"
)

// TestValidate: what Block Kit refuses is found.
func TestValidate(t *testing.T) {
	text := func(n int) string { return strings.Repeat("x", n) }
	section := func(s string) string {
		return fmt.Sprintf(`{"type":"section","text":{"type":"plain_text","text":%q}}`, s)
	}
	button := func(id, label, value string) string {
		return fmt.Sprintf(`{"type":"button","action_id":%q,"value":%q,"text":{"type":"plain_text","text":%q}}`, id, value, label)
	}
	actions := func(elements ...string) string {
		return `{"type":"actions","elements":[` + strings.Join(elements, ",") + `]}`
	}
	rich := func(element, run string) string {
		return `{"type":"rich_text","elements":[{"type":"` + element + `","elements":[` + run + `]}]}`
	}
	const votes = `{"type":"context_actions","elements":[{"type":"feedback_buttons","action_id":"v","positive_button":{"text":{"type":"plain_text","text":"y"},"value":"1"},"negative_button":{"text":{"type":"plain_text","text":"n"},"value":"0"}}]}`
	for _, tt := range []struct {
		name   string
		on     Surface
		blocks []string
		ok     bool
	}{
		{"good", OnMessage, []string{section("x"), actions(button("a", "A", "1"), button("b", "B", "")), rich("rich_text_quote", `{"type":"text","text":"x"}`), votes}, true},
		{"no blocks", OnMessage, nil, false},
		{"50 blocks", OnMessage, repeat(section("x"), 50), true},
		{"51 blocks", OnMessage, repeat(section("x"), 51), false},
		{"51 blocks at home", OnHome, repeat(section("x"), 51), true},
		{"101 blocks at home", OnHome, repeat(section("x"), 101), false},
		{"a text of 3,000", OnMessage, []string{section(text(3000))}, true},
		{"a text of 3,001", OnMessage, []string{section(text(3001))}, false},
		{"a text of 1,501 emoji", OnMessage, []string{section(strings.Repeat("🔥", 1501))}, false},
		{"no text", OnMessage, []string{section("")}, false},
		{"13,001 in all", OnMessage, append(repeat(section(text(3000)), 4), section(text(1001))), false},
		{"a button of 76", OnMessage, []string{actions(button("a", text(76), ""))}, false},
		{"a value of 2,001", OnMessage, []string{actions(button("a", "A", text(2001)))}, false},
		{"an action id twice", OnMessage, []string{actions(button("a", "A", ""), button("a", "B", ""))}, false},
		{"no action id", OnMessage, []string{actions(button("", "A", ""))}, false},
		{"26 buttons", OnMessage, []string{actions(numbered(26, button)...)}, false},
		{"no buttons", OnMessage, []string{actions()}, false},
		{"votes in a view", OnModal, []string{votes}, false},
		{"a block id twice", OnMessage, []string{`{"type":"divider","block_id":"d"}`, `{"type":"divider","block_id":"d"}`}, false},
		{"a type that is not known", OnMessage, []string{`{"type":"carousel_of_horrors"}`}, false},
		{"a field that is not known", OnMessage, []string{`{"type":"divider","colour":"red"}`}, false},
		{"mrkdwn that calls", OnMessage, []string{`{"type":"section","text":{"type":"mrkdwn","text":"<!channel>"}}`}, false},
		{"a broadcast", OnMessage, []string{rich("rich_text_section", `{"type":"broadcast","range":"channel"}`)}, false},
		{"a link", OnMessage, []string{rich("rich_text_section", `{"type":"link","url":"https://example.com"}`)}, false},
		{"an empty run", OnMessage, []string{rich("rich_text_section", `{"type":"text","text":""}`)}, false},
		{"an empty quote", OnMessage, []string{rich("rich_text_quote", ``)}, false},
		{"a control character", OnMessage, []string{section("\x00")}, false},
		{"a header of 151", OnMessage, []string{`{"type":"header","text":{"type":"plain_text","text":"` + text(151) + `"}}`}, false},
	} {
		t.Run(tt.name, func(t *testing.T) {
			blocks := strings.ReplaceAll("["+strings.Join(tt.blocks, ",")+"]", `\x00`, `\u0000`)
			if got := Validate(tt.on, json.RawMessage(blocks)); (len(got) == 0) != tt.ok {
				t.Errorf("problems: %q", got)
			}
		})
	}
}

func repeat(s string, n int) []string {
	out := make([]string, n)
	for i := range out {
		out[i] = s
	}
	return out
}

func numbered(n int, button func(id, label, value string) string) []string {
	var out []string
	for i := range n {
		out = append(out, button(fmt.Sprint(i), "x", ""))
	}
	return out
}

// TestStrict: the Web API refuses what Slack refuses, and notes what nobody
// should send.
func TestStrict(t *testing.T) {
	s := New(t, Options{Scopes: []string{"chat:write"}, TriggerLife: 50 * time.Millisecond})
	s.Channel("general")
	s.Elsewhere("elsewhere")
	s.Direct("ann")
	call := func(method, token string, args ...string) string {
		t.Helper()
		v := url.Values{"token": {token}}
		for i := 0; i < len(args); i += 2 {
			v.Set(args[i], args[i+1])
		}
		resp, err := http.PostForm(s.APIURL()+method, v)
		if err != nil {
			t.Fatal(err)
		}
		defer resp.Body.Close()
		var r struct{ Error string }
		if err := json.NewDecoder(resp.Body).Decode(&r); err != nil {
			t.Fatal(err)
		}
		return r.Error
	}
	expired := s.Trigger("ann")
	time.Sleep(60 * time.Millisecond)
	modal := `{"type":"modal","title":{"type":"plain_text","text":"x"},"blocks":[{"type":"divider"}]}`
	for _, tt := range []struct {
		want, method, token string
		args                []string
	}{
		{"not_authed", "auth.test", "", nil},
		{"invalid_auth", "auth.test", "xoxb-other", nil},
		{"not_allowed_token_type", "chat.postMessage", AppToken, []string{"channel", "CGENERAL", "text", "x"}},
		{"not_allowed_token_type", "apps.connections.open", BotToken, nil},
		{"unknown_method", "chat.shout", BotToken, nil},
		{"missing_scope", "assistant.threads.setTitle", BotToken, []string{"channel_id", "DANN", "thread_ts", "1", "title", "x"}},
		{"missing_scope", "conversations.history", BotToken, []string{"channel", "CGENERAL"}},
		{"invalid_arguments", "chat.postMessage", BotToken, []string{"text", "x"}},
		{"channel_not_found", "chat.postMessage", BotToken, []string{"channel", "CNOWHERE", "text", "x"}},
		{"not_in_channel", "chat.postMessage", BotToken, []string{"channel", "CELSEWHERE", "text", "x"}},
		{"thread_not_found", "chat.postMessage", BotToken, []string{"channel", "CGENERAL", "text", "x", "thread_ts", "1.1"}},
		{"no_text", "chat.postMessage", BotToken, []string{"channel", "CGENERAL"}},
		{"msg_too_long", "chat.postMessage", BotToken, []string{"channel", "CGENERAL", "text", strings.Repeat("x", 40_001)}},
		{"invalid_blocks", "chat.postMessage", BotToken, []string{"channel", "CGENERAL", "text", "x", "blocks", `[{"type":"x"}]`}},
		{"expired_trigger_id", "views.open", BotToken, []string{"trigger_id", expired, "view", modal}},
		{"invalid_trigger_id", "views.open", BotToken, []string{"trigger_id", "1", "view", modal}},
		{"", "chat.postMessage", BotToken, []string{"channel", "CGENERAL", "text", "look, <!channel>"}},
	} {
		if got := call(tt.method, tt.token, tt.args...); got != tt.want {
			t.Errorf("%s %v: %q, want %q", tt.method, tt.args, got, tt.want)
		}
	}
	trigger := s.Trigger("ann")
	if got := call("views.open", BotToken, "trigger_id", trigger, "view", modal); got != "" {
		t.Errorf("views.open: %s", got)
	}
	if got := call("views.open", BotToken, "trigger_id", trigger, "view", modal); got != "exchanged_trigger_id" {
		t.Errorf("views.open a second time: %q", got)
	}
	problems := strings.Join(s.Forgive(), "\n")
	for _, want := range []string{"chat.shout", "invalid blocks", "<!"} {
		if !strings.Contains(problems, want) {
			t.Errorf("%q is not noted in:\n%s", want, problems)
		}
	}
}
