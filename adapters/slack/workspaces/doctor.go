package workspaces

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"strings"

	slackapi "github.com/slack-go/slack"

	"verbatim/adapters/slack"
	"verbatim/state"
)

// maxExamined is how many workspaces' tokens Doctor tries: each is a call of Slack.
const maxExamined = 20

// Doctor checks a configuration against Slack, and the tokens in the store; store is nil
// where it cannot be opened now. It renews no token.
func Doctor(ctx context.Context, config Config, common slack.Config, store state.Store) []slack.Finding {
	var out []slack.Finding
	find := func(ok bool, format string, a ...any) {
		out = append(out, slack.Finding{OK: ok, Text: fmt.Sprintf(format, a...)})
	}
	keys, err := config.check(&common)
	if err != nil {
		for line := range strings.Lines(err.Error()) {
			find(false, "%s", strings.TrimSpace(line))
		}
		return out
	}
	find(true, "The configuration is complete: all workspaces that install the app are served, over HTTP.")
	web := &http.Client{Timeout: callTime}
	defer web.CloseIdleConnections()
	// Slack looks at a code only where it knows the app.
	_, err = slackapi.GetOAuthV2ResponseContext(ctx, web, config.ClientID, config.ClientSecret, "none", "", slackapi.OAuthOptionAPIURL(common.APIURL))
	switch err := said(err).Error(); err {
	case "invalid_code":
		find(true, "Slack knows the client id and the client secret.")
	case "invalid_client_id":
		find(false, "SLACK_CLIENT_ID: Slack does not know it: copy the client id from Basic Information of your app.")
	case "bad_client_secret":
		find(false, "SLACK_CLIENT_SECRET: it is not that of this client id: copy the client secret from Basic Information of your app.")
	default:
		find(false, "The client id and the client secret cannot be checked: %s.", err)
	}
	find(true, "The signing secret cannot be checked from here: Slack verifies the Request URL (…/slack/events) when you save it. The app's Redirect URL is …/slack/oauth_redirect.")
	if store == nil {
		find(true, "The workspaces' tokens cannot be looked at now, since the store cannot be opened beside the bot.")
		return out
	}
	t, err := newTokens(config, common.APIURL, keys, web, store, slog.New(slog.DiscardHandler))
	if err != nil {
		find(false, "SLACK_TOKEN_KEY: %v", err)
		return out
	}
	return append(out, t.examine(ctx)...)
}

// examine checks the tokens in the store.
func (t *tokens) examine(ctx context.Context) []slack.Finding {
	var out []slack.Finding
	find := func(ok bool, format string, a ...any) {
		out = append(out, slack.Finding{OK: ok, Text: fmt.Sprintf(format, a...)})
	}
	switch err := t.knownKey(ctx); {
	case errors.Is(err, state.ErrNotFound):
		find(true, "No workspace has installed the app yet: that is done at https://HOST/slack/install, HOST being where the bot is reached.")
		return out
	case err != nil:
		find(false, "%v", err)
		return out
	}
	ids, err := t.ids(ctx)
	if err != nil {
		find(false, "The store does not tell which workspaces have installed the app: %v", err)
		return out
	}
	find(true, "SLACK_TOKEN_KEY fits the store. The app is installed in %d.", len(ids))
	for n, id := range ids {
		if n == maxExamined {
			find(true, "The other %d are not tried.", len(ids)-n)
			break
		}
		out = append(out, t.try(ctx, id))
	}
	return out
}

// try tries the token of an installation.
func (t *tokens) try(ctx context.Context, id string) slack.Finding {
	i, err := t.read(ctx, id)
	if err != nil {
		return slack.Finding{Text: fmt.Sprintf("%s: its token cannot be read: %v", id, err)}
	}
	name := fmt.Sprintf("%s (%s)", i.Name, id)
	if i.old {
		name += ", still encrypted with SLACK_TOKEN_KEY_OLD"
	}
	if i.expired(t.now()) {
		return slack.Finding{OK: true, Text: name + ": its token has expired, and is renewed when the bot gets the next question from there."}
	}
	if err := t.test(ctx, i); err != nil {
		return slack.Finding{Text: fmt.Sprintf("%s: its token does not work (%v): have the app installed there anew.", name, said(err))}
	}
	return slack.Finding{OK: true, Text: name + ": its token works."}
}
