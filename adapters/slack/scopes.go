package slack

import (
	"net/http"
	"slices"
	"strings"
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

// missingScopes are those that the bot needs and has not, each with what it is for. A
// server that does not tell scopes is believed to grant them.
func missingScopes(have []string) (names, uses []string) {
	for _, s := range scopes {
		if len(have) > 0 && !slices.Contains(have, s.name) {
			names, uses = append(names, s.name), append(uses, s.name+", needed "+s.why)
		}
	}
	return names, uses
}

// hearsFollowUps reports whether scopes bring follow-ups without a mention.
func hearsFollowUps(have []string) bool {
	return len(have) == 0 || slices.ContainsFunc(optionalScopes, func(s string) bool { return slices.Contains(have, s) })
}
