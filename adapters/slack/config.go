package slack

import (
	"errors"
	"fmt"
	"log/slog"
	"strings"

	"verbatim/adapters"
	"verbatim/state"
)

// Name is the platform's name in metrics, logs and messages.
const Name = "slack"

// Config is what an operator sets.
type Config struct {
	BotToken      string   `envconfig:"SLACK_BOT_TOKEN" desc:"Slack: bot token (xoxb-…); setting it turns Slack on"`
	AppToken      string   `envconfig:"SLACK_APP_TOKEN" desc:"Slack: app-level token (xapp-…, scope connections:write) for Socket Mode"`
	SigningSecret string   `envconfig:"SLACK_SIGNING_SECRET" desc:"Slack: signing secret; set it instead of the app token to receive events over HTTP on LISTEN_ADDR"`
	APIURL        string   `envconfig:"SLACK_API_URL" default:"https://slack.com/api/" desc:"Slack: the Web API's address; change it for GovSlack or a server that speaks Slack's API"`
	Channels      []string `envconfig:"SLACK_CHANNELS" desc:"Slack: ids of the channels to answer in, separated by commas; empty: wherever it is invited. Direct messages are always answered"`

	Connect string `envconfig:"SLACK_CONNECT" default:"answer" desc:"Slack: what people of other workspaces get, and everybody in a channel that is shared with one: answer, private (only who asked sees the answer) or ignore"`

	// Limit is how much each person may do in a window; without events there is none.
	Limit state.Limit `ignored:"true"`
	// Links are those of citations.
	Links adapters.Links `ignored:"true"`
	// Log receives what operators need to know; nil: nothing is logged. It never
	// gets a token or the text of a message.
	Log *slog.Logger `ignored:"true"`
	// Signals counts what happens; nil: nothing is counted.
	Signals *adapters.Signals `ignored:"true"`
}

// What is counted besides what adapters names.
const (
	CountRedelivered = "redelivered" // Slack delivered something again
	CountRejected    = "rejected"    // a request over HTTP with a bad signature, or too large
)

// The values of Config.Connect.
const (
	connectAnswer  = "answer"
	connectPrivate = "private"
	connectIgnore  = "ignore"
)

// http reports whether events come over HTTP, not over the socket.
func (c Config) http() bool { return c.SigningSecret != "" && c.AppToken == "" }

// defaultAPIURL is Slack's own.
const defaultAPIURL = "https://slack.com/api/"

// tokenKinds are the beginnings of tokens that Slack issues.
var tokenKinds = map[string]string{
	"xoxb-": "a bot token",
	"xapp-": "an app-level token",
	"xoxp-": "a user token",
	"xoxe.": "a configuration token",
	"xoxe-": "a refresh token",
	"xoxc-": "a browser token",
	"xoxa-": "a workspace token",
	"xoxs-": "a browser token",
}

// check completes c and says what is missing or mistaken. The error holds no secret.
func (c *Config) check() error {
	var problems []error
	problem := func(format string, a ...any) { problems = append(problems, fmt.Errorf(format, a...)) }

	c.BotToken, c.AppToken = strings.TrimSpace(c.BotToken), strings.TrimSpace(c.AppToken)
	c.SigningSecret = strings.TrimSpace(c.SigningSecret)
	address, err := adapters.Address("SLACK_API_URL", c.APIURL, defaultAPIURL)
	problems = append(problems, err)
	c.APIURL = strings.TrimSuffix(address, "/") + "/"

	if c.BotToken == "" {
		problem("SLACK_BOT_TOKEN is not set: copy the “Bot User OAuth Token” (xoxb-…) from OAuth & Permissions of your app")
	} else if p := c.wrongKind(c.BotToken, "xoxb-"); p != "" {
		problem("SLACK_BOT_TOKEN %s: copy the “Bot User OAuth Token” (xoxb-…) from OAuth & Permissions of your app", p)
	}
	switch {
	case c.AppToken == "" && c.SigningSecret == "":
		problem("neither SLACK_APP_TOKEN nor SLACK_SIGNING_SECRET is set: for Socket Mode create an app-level token (xapp-…) with connections:write under Basic Information; for HTTP copy the signing secret from there")
	case c.AppToken != "":
		if p := c.wrongKind(c.AppToken, "xapp-"); p != "" {
			problem("SLACK_APP_TOKEN %s: create an app-level token (xapp-…) with connections:write under Basic Information of your app", p)
		}
	default:
		if kind := kindOf(c.SigningSecret); kind != "" {
			problem("SLACK_SIGNING_SECRET holds %s: copy the signing secret from Basic Information of your app", kind)
		}
	}

	switch c.Connect = strings.ToLower(strings.TrimSpace(c.Connect)); c.Connect {
	case "":
		c.Connect = connectAnswer
	case connectAnswer, connectPrivate, connectIgnore:
	default:
		problem("SLACK_CONNECT is %q: write answer, private or ignore", c.Connect)
	}
	c.Channels = adapters.Trimmed(c.Channels)
	for _, ch := range c.Channels {
		if strings.HasPrefix(ch, "#") {
			problem("SLACK_CHANNELS holds a name (%s): give ids (C…), to be found at the bottom of a channel's details", ch)
		}
	}
	return errors.Join(problems...)
}

// wrongKind says what is wrong with the kind of a token, or returns "". A server
// that is not Slack's may issue tokens of a form of its own.
func (c Config) wrongKind(token, want string) string {
	if strings.HasPrefix(strings.TrimPrefix(token, "xoxe."), want) { // one that expires begins so
		return ""
	}
	if kind := kindOf(token); kind != "" {
		return "holds " + kind
	}
	if c.APIURL == defaultAPIURL {
		return "holds no token of Slack's"
	}
	return ""
}

// kindOf is the kind of a token by how it begins, "" where it is none of Slack's.
func kindOf(token string) string {
	for prefix, kind := range tokenKinds {
		if strings.HasPrefix(token, prefix) {
			return kind
		}
	}
	return ""
}
