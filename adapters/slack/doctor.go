package slack

import (
	"context"
	"errors"
	"net/http"
	"strings"
	"time"

	"verbatim/adapters"

	"github.com/gorilla/websocket"
	"github.com/slack-go/slack"
)

// doctorTime bounds each of the doctor's calls.
const doctorTime = 15 * time.Second

// Doctor checks a configuration against Slack: the kinds of the tokens, what they
// may do, and whether events can come. It goes on after a problem where it can.
func Doctor(ctx context.Context, config Config) (found adapters.Findings) {
	if err := config.check(); err != nil {
		found.Mistakes(err)
		if config.BotToken == "" {
			return found
		}
	} else {
		found.Good("The configuration is complete: events come over %s.", map[bool]string{true: "HTTP", false: "Socket Mode"}[config.http()])
	}
	if config.APIURL != defaultAPIURL {
		found.Good("The Web API is at %s, not at Slack's own address.", config.APIURL)
	}
	web := &http.Client{Timeout: doctorTime, Transport: transport()}
	defer web.CloseIdleConnections()
	api := newClient(config, web)

	who, err := api.AuthTestContext(ctx)
	switch {
	case err != nil:
		found.Bad("SLACK_BOT_TOKEN: %s", why(err))
	case who.BotID == "":
		found.Bad("SLACK_BOT_TOKEN: this token is a person's, not a bot's: copy the “Bot User OAuth Token” (xoxb-…) from OAuth & Permissions of your app")
	default:
		found.Good("The bot token works: %s in the workspace %s.", who.User, who.Team)
		examineScopes(&found, scopesOf(who.Header))
	}
	switch {
	case config.AppToken != "":
		if err := openSocket(ctx, api); err != nil {
			found.Bad("SLACK_APP_TOKEN: %s", why(err))
		} else {
			found.Good("Socket Mode works.")
		}
	case config.SigningSecret != "":
		found.Good("The signing secret cannot be checked from here: Slack verifies the Request URL (…/slack/events) when you save it under Event Subscriptions.")
	}
	return found
}

// examineScopes says what the bot token may do.
func examineScopes(found *adapters.Findings, have []string) {
	if len(have) == 0 {
		found.Good("The server does not tell the token's scopes.")
		return
	}
	_, missing := missingScopes(have)
	for _, m := range missing {
		found.Bad("The bot token lacks the scope %s: add it under OAuth & Permissions and install the app again.", m)
	}
	if len(missing) == 0 {
		found.Good("The bot token has all scopes that it needs.")
	}
	if hearsFollowUps(have) {
		found.Good("Follow-ups in a thread need no new mention.")
	} else {
		found.Good("Follow-ups in a thread need a new mention; to spare it grant the optional scopes %s.", strings.Join(optionalScopes, " and "))
	}
}

// openSocket opens a socket and closes it when Slack greets.
func openSocket(ctx context.Context, api *slack.Client) error {
	ctx, cancel := context.WithTimeout(ctx, doctorTime)
	defer cancel()
	_, address, err := api.StartSocketModeContext(ctx)
	if err != nil {
		return err
	}
	ws, resp, err := websocket.DefaultDialer.DialContext(ctx, address, nil)
	if err != nil {
		return errors.New("the socket cannot be opened; see whether a proxy or firewall stands between (WebSocket over port 443)")
	}
	resp.Body.Close()
	defer ws.Close()
	ws.SetReadDeadline(time.Now().Add(doctorTime))
	var hello struct{ Type, Reason string }
	if err := ws.ReadJSON(&hello); err != nil || hello.Type != "hello" {
		return errors.New("the socket does not greet; try again, and see whether too many others are open (Slack allows ten)")
	}
	return nil
}

// why explains an error.
func why(err error) string {
	if f := fatal(err); f != nil {
		return f.Error()
	}
	if code := said(err); code != "" {
		return "Slack refuses: " + code
	}
	return "Slack cannot be reached: " + safe(err).Error()
}
