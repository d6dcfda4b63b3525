package discord

import (
	"context"
	"net/http"

	"verbatim/adapters"
)

// gone are the codes of what is no longer there: nobody needs to be told.
var gone = map[int]bool{codeUnknownChannel: true, codeUnknownMessage: true, codeUnknownWebhook: true, codeUnknownInteraction: true, codeInvalidWebhookToken: true, codeAcknowledged: true}

// refusedChannels say what to do where Discord does not let the bot write.
var refusedChannels = map[int]string{
	codeMissingAccess:      "I may not see that channel. An admin can give my role View Channel and Send Messages there.",
	codeMissingPermissions: "I may not write in that channel. An admin can give my role Send Messages there, and in threads Send Messages in Threads.",
	codeThreadLocked:       "That thread is locked, so that nothing can be written there.",
}

// refusedFor tells a person in a direct message that Discord does not take an answer
// to their message, and what an admin can do. The channel is left alone for a while.
// An interaction that is refused has no other way to be answered but the same.
func (a *Adapter) refusedFor(ctx context.Context, j job, err error) {
	if gone[code(err)] || status(err) == http.StatusUnauthorized || j.Guild == "" {
		return
	}
	why, ok := refusedChannels[code(err)]
	if !ok {
		why = "Discord does not take my answer there. An admin of the server can look at my role's permissions in that channel."
	}
	if !j.isInteraction() {
		a.refusals.Add(j.Channel, why)
		a.log.Error("Discord does not let the bot write in a channel; it is left alone for a while", "channel", j.Channel, "code", code(err), "remedy", why, "for", adapters.LeaveAlone)
		why = a.refusals.Tell(j.Channel, j.Person)
	}
	a.private(ctx, j, why)
}

// private tells a person something in a direct message.
func (a *Adapter) private(ctx context.Context, j job, text string) {
	if text == "" {
		return
	}
	if err := a.direct(ctx, j, plainCard(text)); err != nil {
		a.log.Warn("could not tell a person in a direct message", "job", j.ID, "error", err)
	}
}

// direct sends a card to a person in a direct message.
func (a *Adapter) direct(ctx context.Context, j job, c card) error {
	channel := j.Channel
	if j.Guild != "" {
		var dm struct {
			ID string `json:"id"`
		}
		if err := a.rest.do(ctx, request{name: "open a direct message", method: http.MethodPost, path: "users/@me/channels",
			body: map[string]string{"recipient_id": j.Person}, limit: "direct"}, &dm); err != nil {
			return err
		}
		channel = dm.ID
	}
	m := c.message()
	m.Nonce, m.EnforceNonce = j.ID, true
	return a.rest.do(ctx, request{name: "write a direct message", method: http.MethodPost, path: "channels/" + channel + "/messages",
		body: m, limit: "post " + channel}, nil)
}
