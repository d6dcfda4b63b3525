package slack

import (
	"fmt"
	"strings"
	"testing"

	"verbatim/adapters/slackfake"
)

func TestDoctor(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		name   string
		fake   slackfake.Options
		config func(*Config)
		ok     bool
		want   []string
	}{
		{name: "all is well", ok: true, want: []string{"events come over Socket Mode", "The bot token works: verbatim in the workspace Fake", "all scopes", "Socket Mode works", "need no new mention"}},
		{name: "over HTTP", ok: true, config: func(c *Config) { c.AppToken, c.SigningSecret = "", slackfake.SigningSecret }, want: []string{"over HTTP", "/slack/events"}},
		{name: "minimal scopes", ok: true, fake: slackfake.Options{Scopes: minimal}, want: []string{"grant the optional scopes channels:history and groups:history"}},
		{name: "scopes are missing", fake: slackfake.Options{Scopes: []string{"chat:write"}}, want: []string{"lacks the scope im:history, needed to hear direct messages", "app_mentions:read", "commands", "assistant:write"}},
		{name: "nothing is set", config: func(c *Config) { *c = Config{} }, want: []string{"SLACK_BOT_TOKEN is not set", "neither SLACK_APP_TOKEN nor SLACK_SIGNING_SECRET"}},
		{name: "tokens in each other's place", config: func(c *Config) { c.BotToken, c.AppToken = c.AppToken, c.BotToken }, want: []string{"SLACK_BOT_TOKEN holds an app-level token", "SLACK_APP_TOKEN holds a bot token"}},
		{name: "a person's token", config: func(c *Config) { c.BotToken = slackfake.UserToken }, want: []string{"SLACK_BOT_TOKEN holds a user token"}},
		{name: "a token as secret", config: func(c *Config) { c.AppToken, c.SigningSecret = "", slackfake.AppToken }, want: []string{"SLACK_SIGNING_SECRET holds an app-level token"}},
		{name: "a token that Slack does not know", config: func(c *Config) { c.BotToken = "xoxb-secret" }, want: []string{"SLACK_BOT_TOKEN: Slack does not know this token"}},
		{name: "no connections:write", fake: slackfake.Options{AppScopes: []string{"authorizations:read"}}, want: []string{"SLACK_APP_TOKEN: the token lacks a scope: add connections:write"}},
		{name: "Socket Mode off", fake: slackfake.Options{NoSocketMode: true}, want: []string{"SLACK_APP_TOKEN: Socket Mode is off: turn it on"}},
		{name: "no server", config: func(c *Config) { c.APIURL = "http://127.0.0.1:1/api/" }, want: []string{"Slack cannot be reached"}},
		{name: "not an address", config: func(c *Config) { c.APIURL = "slack.com" }, want: []string{"SLACK_API_URL is not the address of a server"}},
		{name: "names for ids", config: func(c *Config) { c.Channels = []string{"#general"} }, want: []string{"SLACK_CHANNELS holds a name (#general)"}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			s := slackfake.New(t, tt.fake)
			c := Config{BotToken: slackfake.BotToken, AppToken: slackfake.AppToken, APIURL: s.APIURL()}
			if tt.config != nil {
				tt.config(&c)
			}
			ok, text := true, ""
			for _, f := range Doctor(t.Context(), c) {
				ok = ok && f.OK
				text += fmt.Sprintln(f.OK, f.Text)
			}
			if ok != tt.ok {
				t.Errorf("ok is %v:\n%s", ok, text)
			}
			for _, want := range tt.want {
				if !strings.Contains(text, want) {
					t.Errorf("it does not say %q:\n%s", want, text)
				}
			}
			for _, secret := range []string{slackfake.BotToken, slackfake.AppToken, slackfake.UserToken, slackfake.SigningSecret, "xoxb-secret", "ticket"} {
				if strings.Contains(text, secret) {
					t.Errorf("it tells a secret:\n%s", text)
				}
			}
		})
	}
}
