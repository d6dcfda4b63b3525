package slack

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"time"

	"github.com/gorilla/websocket"
	"github.com/slack-go/slack"
)

// doctorTime bounds each of the doctor's calls.
const doctorTime = 15 * time.Second

// Finding is one thing that Doctor looked at.
type Finding struct {
	// OK: it is as it should be.
	OK bool
	// Text says what was found and, where it is not OK, what to do. It holds no secret.
	Text string
}

// Doctor checks a configuration against Slack: the kinds of the tokens, what they
// may do, and whether events can come. It goes on after a problem where it can.
func Doctor(ctx context.Context, config Config) []Finding {
	var out []Finding
	good := func(format string, a ...any) { out = append(out, Finding{true, fmt.Sprintf(format, a...)}) }
	bad := func(format string, a ...any) { out = append(out, Finding{false, fmt.Sprintf(format, a...)}) }

	if err := config.check(); err != nil {
		for line := range strings.Lines(err.Error()) {
			bad("%s", strings.TrimSpace(line))
		}
		if config.BotToken == "" {
			return out
		}
	} else {
		good("The configuration is complete: events come over %s.", map[bool]string{true: "HTTP", false: "Socket Mode"}[config.http()])
	}
	if config.APIURL != defaultAPIURL {
		good("The Web API is at %s, not at Slack's own address.", config.APIURL)
	}
	web := &http.Client{Timeout: doctorTime, Transport: transport()}
	defer web.CloseIdleConnections()
	api := newClient(config, web)

	who, err := authTest(ctx, api)
	switch {
	case err != nil:
		bad("SLACK_BOT_TOKEN: %s", why(err))
	case who.BotID == "":
		bad("SLACK_BOT_TOKEN: this token is a person's, not a bot's: copy the “Bot User OAuth Token” (xoxb-…) from OAuth & Permissions of your app")
	default:
		good("The bot token works: %s in the workspace %s.", who.User, who.Team)
		have := scopesOf(who.Header)
		lacks := false
		for _, s := range scopes {
			if len(have) > 0 && !slices.Contains(have, s.name) {
				lacks = true
				bad("The bot token lacks the scope %s, needed %s: add it under OAuth & Permissions and install the app again.", s.name, s.why)
			}
		}
		switch {
		case len(have) == 0:
			good("The server does not tell the token's scopes.")
		case !lacks:
			good("The bot token has all scopes that it needs.")
		}
		if len(have) > 0 {
			if slices.ContainsFunc(optionalScopes, func(s string) bool { return slices.Contains(have, s) }) {
				good("Follow-ups in a thread need no new mention.")
			} else {
				good("Follow-ups in a thread need a new mention; to spare it grant the optional scopes %s.", strings.Join(optionalScopes, " and "))
			}
		}
	}
	switch {
	case config.AppToken != "":
		if err := openSocket(ctx, api); err != nil {
			bad("SLACK_APP_TOKEN: %s", why(err))
		} else {
			good("Socket Mode works.")
		}
	case config.SigningSecret != "":
		good("The signing secret cannot be checked from here: Slack verifies the Request URL (…/slack/events) when you save it under Event Subscriptions.")
	}
	return out
}

func authTest(ctx context.Context, api *slack.Client) (*slack.AuthTestResponse, error) {
	ctx, cancel := context.WithTimeout(ctx, doctorTime)
	defer cancel()
	return api.AuthTestContext(ctx)
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
	var said slack.SlackErrorResponse
	if errors.As(err, &said) {
		return "Slack refuses: " + said.Err
	}
	return "Slack cannot be reached: " + safe(err).Error()
}
