package slack

import (
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strings"

	"github.com/slack-go/slack"
)

// scopes are what the bot token needs, and why.
var scopes = []struct{ name, why string }{
	{"app_mentions:read", "to hear mentions"},
	{"chat:write", "to answer"},
	{"im:history", "to hear direct messages"},
	{"commands", "for /ask and the shortcut “Check this quote”"},
	{"assistant:write", "for the suggested questions and titles of the agent pane"},
}

// optionalScopes let it hear follow-ups in its threads without a new mention.
// They bring every message of the channels that the bot is in.
var optionalScopes = []string{"channels:history", "groups:history", "mpim:history"}

// AllScopes are the scopes that are asked for when the app is installed. Those that the
// app's manifest calls optional may be left out by whoever installs it.
func AllScopes() []string {
	var names []string
	for _, s := range scopes {
		names = append(names, s.name)
	}
	return append(names, optionalScopes...)
}

// scopesOf reads the scopes of a token from an answer's header.
func scopesOf(h http.Header) []string {
	var out []string
	for s := range strings.SplitSeq(h.Get("X-OAuth-Scopes"), ",") {
		if s = strings.TrimSpace(s); s != "" {
			out = append(out, s)
		}
	}
	return out
}

// missingScopes are those that the bot needs and has not. A server that does not
// tell scopes is believed to grant them.
func missingScopes(have []string) []string {
	var out []string
	for _, s := range scopes {
		if len(have) > 0 && !slices.Contains(have, s.name) {
			out = append(out, s.name)
		}
	}
	return out
}

// remedies say what to do about errors that trying again cannot mend.
var remedies = map[string]string{
	"invalid_auth":               "Slack does not know this token: copy it again",
	"not_authed":                 "Slack got no token: set it",
	"account_inactive":           "the app was removed from the workspace, or its user deactivated: install it again",
	"token_revoked":              "this token was revoked: install the app again and copy the new one",
	"token_expired":              "this token has expired, since token rotation is on: turn it off for this app and copy a token that stays",
	"not_allowed_token_type":     "this is a token of another kind: the bot token begins with xoxb-, the app-level token with xapp-",
	"missing_scope":              "the token lacks a scope",
	"no_permission":              "the token lacks a permission",
	"org_login_required":         "the workspace is being moved to an organization: try again when that is done",
	"ekm_access_denied":          "the workspace's administrators have suspended access",
	"team_access_not_granted":    "the app was not granted to this workspace: have an administrator of the organization add it",
	"forbidden_team":             "this workspace cannot use Socket Mode",
	"socket_mode_not_enabled":    "Socket Mode is off: turn it on under Socket Mode of the app",
	"socket_mode_disabled":       "Socket Mode is off: turn it on under Socket Mode of the app",
	"apps_connections_not_found": "Socket Mode is off: turn it on under Socket Mode of the app",
	"app_not_found":              "the app of this token is gone: create it again",
}

// fatal returns an error that says what to fix where trying again cannot mend
// err, else nil.
func fatal(err error) error {
	var said slack.SlackErrorResponse
	if !errors.As(err, &said) {
		var status slack.StatusCodeError
		if errors.As(err, &status) && status.Code == http.StatusNotFound {
			return fmt.Errorf("there is no Slack API at SLACK_API_URL: it answers %d", status.Code)
		}
		return nil
	}
	remedy, ok := remedies[said.Err]
	if !ok {
		return nil
	}
	if said.Err == "missing_scope" && said.Needed != "" {
		remedy += ": add " + said.Needed
	}
	return fmt.Errorf("%s (%s)", remedy, said.Err)
}
