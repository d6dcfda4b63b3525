package slack

import (
	"context"
	"errors"
	"slices"

	"github.com/slack-go/slack"

	"verbatim/adapters"
)

// plainerHelps are the errors after which a message without blocks may be taken.
var plainerHelps = []string{"invalid_blocks", "invalid_blocks_format", "msg_too_long", "msg_blocks_too_long", "no_text", "blocks_too_long"}

// wantsPlainer reports whether an error is one of the form of a message. A response
// URL does not say what it refuses, but 400.
func wantsPlainer(err error) bool {
	var status slack.StatusCodeError
	return slices.Contains(plainerHelps, said(err)) || errors.As(err, &status) && status.Code == 400
}

// gone are the errors of what is no longer there: nobody needs to be told.
var gone = []string{"message_not_found", "thread_not_found", "cannot_reply_to_message", "expired_url", "used_url", "no_more_uses", "user_not_found",
	"invalid_trigger_id", "expired_trigger_id", "exchanged_trigger_id", "not_found", "view_not_found", "message_limit_exceeded"}

// refusedChannels say what to do where Slack does not let the bot post in a channel.
var refusedChannels = map[string]string{
	"not_in_channel":                           "I am not in that channel: invite me with /invite, then ask again.",
	"channel_not_found":                        "I cannot post in that channel: invite me with /invite, then ask again.",
	"is_archived":                              "That channel is archived, so that nothing can be posted there.",
	"restricted_action":                        "The settings of that channel do not let me post there. An admin can allow it under the channel's settings, Posting permissions.",
	"restricted_action_read_only_channel":      "That channel is read-only, so that I cannot post there. An admin can allow it under the channel's settings, Posting permissions.",
	"restricted_action_thread_only_channel":    "That channel takes only replies in threads. Ask me in a thread there.",
	"restricted_action_non_threadable_channel": "That channel has no threads, in which I answer. An admin can allow them under the channel's settings.",
	"restricted_action_thread_locked":          "That thread is locked. Ask me in another one.",
	"access_denied":                            "The workspace does not let me post there. An admin can allow it under Manage apps.",
	"team_access_not_granted":                  "The workspace does not let me post there. An admin can allow it under Manage apps.",
	"ekm_access_denied":                        "The workspace's admins have suspended posting there.",
	"missing_scope":                            "I lack a permission to post there. An admin can install the app again to grant it.",
	"no_permission":                            "I lack a permission to post there. An admin can install the app again to grant it.",
}

// refusedFor tells a person in private that Slack does not take an answer, and what
// an admin can do. A channel that refuses is left alone for a while.
func (a *Adapter) refusedFor(ctx context.Context, j job, err error) {
	code := said(err)
	if errors.Is(err, errHopeless) || errors.Is(err, errUnsound) || code == "" || slices.Contains(gone, code) || slices.Contains(credentials, code) {
		return
	}
	why, ok := refusedChannels[code]
	if !ok {
		why = "Slack does not take my answer there (" + code + "). An admin of the workspace can find out why; bot doctor helps."
	}
	if !j.public() {
		a.private(ctx, j, why)
		return
	}
	a.refusals.Add(j.Channel, why)
	a.log.Error("Slack does not let the bot post in a channel; it is left alone for a while", "channel", j.Channel, "code", code, "remedy", why, "for", adapters.LeaveAlone)
	a.tellRefusal(ctx, j)
}

// tellRefusal tells a person once why the bot does not answer in a channel.
func (a *Adapter) tellRefusal(ctx context.Context, j job) {
	if why := a.refusals.Tell(j.Channel, j.person()); why != "" {
		a.private(ctx, j, why)
	}
}

// private tells a person something where nobody else sees it: in place, else in a
// direct message.
func (a *Adapter) private(ctx context.Context, j job, text string) {
	if err := a.note(ctx, j, text); err != nil {
		a.log.Warn("could not tell a person why there is no answer", "job", j.ID, "error", err)
	}
}
