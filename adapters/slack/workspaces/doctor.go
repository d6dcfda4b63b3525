package workspaces

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/http"

	slackapi "github.com/slack-go/slack"

	"verbatim/adapters"
	"verbatim/adapters/slack"
	"verbatim/state"
)

// maxExamined is how many workspaces' tokens Doctor tries: each is a call of Slack.
const maxExamined = 20

// Doctor checks a configuration against Slack, and the tokens in the store; store is nil
// where it cannot be opened now. It renews no token.
func Doctor(ctx context.Context, config Config, common slack.Config, store state.Store) (found adapters.Findings) {
	keys, err := config.check(&common)
	if err != nil {
		found.Mistakes(err)
		return found
	}
	found.Good("The configuration is complete: all workspaces that install the app are served, over HTTP.")
	web := &http.Client{Timeout: callTime}
	defer web.CloseIdleConnections()
	// Slack looks at a code only where it knows the app.
	_, err = slackapi.GetOAuthV2ResponseContext(ctx, web, config.ClientID, config.ClientSecret, "none", "", slackapi.OAuthOptionAPIURL(common.APIURL))
	switch err := said(err).Error(); err {
	case "invalid_code":
		found.Good("Slack knows the client id and the client secret.")
	case "invalid_client_id":
		found.Bad("SLACK_CLIENT_ID: Slack does not know it: copy the client id from Basic Information of your app.")
	case "bad_client_secret":
		found.Bad("SLACK_CLIENT_SECRET: it is not that of this client id: copy the client secret from Basic Information of your app.")
	default:
		found.Bad("The client id and the client secret cannot be checked: %s.", err)
	}
	found.Good("The signing secret cannot be checked from here: Slack verifies the Request URL (…/slack/events) when you save it. The app's Redirect URL is …/slack/oauth_redirect.")
	if store == nil {
		found.Good("The workspaces' tokens cannot be looked at now, since the store cannot be opened beside the bot.")
		return found
	}
	t, err := newTokens(config, common.APIURL, keys, web, store, slog.New(slog.DiscardHandler))
	if err != nil {
		found.Bad("SLACK_TOKEN_KEY: %v", err)
		return found
	}
	t.examine(ctx, &found)
	return found
}

// examine checks the tokens in the store.
func (t *tokens) examine(ctx context.Context, found *adapters.Findings) {
	switch err := t.knownKey(ctx); {
	case errors.Is(err, state.ErrNotFound):
		found.Good("No workspace has installed the app yet: that is done at https://HOST/slack/install, HOST being where the bot is reached.")
		return
	case err != nil:
		found.Bad("%v", err)
		return
	}
	ids, err := t.ids(ctx)
	if err != nil {
		found.Bad("The store does not tell which workspaces have installed the app: %v", err)
		return
	}
	found.Good("SLACK_TOKEN_KEY fits the store. The app is installed in %d.", len(ids))
	for n, id := range ids {
		if n == maxExamined {
			found.Good("The other %d are not tried.", len(ids)-n)
			break
		}
		t.try(ctx, found, id)
	}
}

// try tries the token of an installation.
func (t *tokens) try(ctx context.Context, found *adapters.Findings, id string) {
	i, err := t.read(ctx, id)
	if err != nil {
		found.Bad("%s: its token cannot be read: %v", id, err)
		return
	}
	name := fmt.Sprintf("%s (%s)", i.Name, id)
	if i.old {
		name += ", still encrypted with SLACK_TOKEN_KEY_OLD"
	}
	if i.expired(t.now()) {
		found.Good("%s: its token has expired, and is renewed when the bot gets the next question from there.", name)
	} else if err := t.test(ctx, i); err != nil {
		found.Bad("%s: its token does not work (%v): have the app installed there anew.", name, said(err))
	} else {
		found.Good("%s: its token works.", name)
	}
}
