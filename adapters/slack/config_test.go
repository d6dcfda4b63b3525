package slack

import (
	"slices"
	"strings"
	"testing"

	"github.com/kelseyhightower/envconfig"

	"verbatim/adapters/slackfake"
)

// TestEnvironment reads a Config as a part of a larger one, as the program does.
func TestEnvironment(t *testing.T) {
	t.Setenv("SLACK_BOT_TOKEN", "xoxb-1")
	t.Setenv("SLACK_APP_TOKEN", "xapp-1")
	t.Setenv("SLACK_SIGNING_SECRET", "secret")
	t.Setenv("SLACK_CHANNELS", "C1,C2")
	var c struct{ Slack Config }
	if err := envconfig.Process("", &c); err != nil {
		t.Fatal(err)
	}
	got := c.Slack
	if got.BotToken != "xoxb-1" || got.AppToken != "xapp-1" || got.SigningSecret != "secret" || got.APIURL != defaultAPIURL || !slices.Equal(got.Channels, []string{"C1", "C2"}) {
		t.Errorf("%+v", got)
	}
	if got.http() {
		t.Error("with an app token events come over HTTP")
	}
	got.AppToken = ""
	if !got.http() {
		t.Error("with a signing secret alone events come over the socket")
	}
}

// TestConfigIsChecked: New says all that is wrong at once.
func TestConfigIsChecked(t *testing.T) {
	for name, c := range map[string]Config{
		"empty":           {},
		"no transport":    {BotToken: slackfake.BotToken},
		"user token":      {BotToken: slackfake.UserToken, AppToken: slackfake.AppToken},
		"no token at all": {BotToken: "hunter2", AppToken: slackfake.AppToken},
	} {
		if _, err := New(c, nil, nil, nil); err == nil || strings.Contains(err.Error(), "hunter2") || strings.Contains(err.Error(), "fake") {
			t.Errorf("%s: %v", name, err)
		}
	}
	// A server of another kind has tokens of another kind.
	if _, err := New(Config{BotToken: "token-1", AppToken: "token-2", APIURL: "https://chat.example.com/api"}, nil, nil, nil); err != nil {
		t.Error(err)
	}
}
