package slack

import (
	"crypto/sha256"
	"encoding/hex"
	"slices"
	"strings"

	"github.com/slack-go/slack"
	"github.com/slack-go/slack/slackevents"
)

// The names of what people press or type, as in slack-manifest.yaml.
const (
	commandAsk    = "/ask"
	shortcutCheck = "check_quote"
)

// hearEvent makes a job of an event, or reports false where it is not for us.
func (a *Adapter) hearEvent(e slackevents.EventsAPIEvent) (job, bool) {
	id := ""
	if cb, ok := e.Data.(*slackevents.EventsAPICallbackEvent); ok {
		id = cb.EventID
	}
	switch ev := e.InnerEvent.Data.(type) {
	case *slackevents.AppMentionEvent:
		if ev.Edited != nil || ev.BotID != "" || !slices.Contains(mentions(ev.Text), a.me.user) {
			return job{}, false
		}
		return a.said(e.TeamID, ev.Channel, ev.ThreadTimeStamp, ev.TimeStamp, ev.User, ev.Text, false)
	case *slackevents.MessageEvent:
		return a.hearMessage(e.TeamID, ev)
	case *slackevents.AppHomeOpenedEvent:
		j := job{ID: id, Team: e.TeamID, User: ev.User, Channel: ev.Channel}
		switch ev.Tab {
		case "home":
			j.Do = doHome
		case "messages":
			j.Do, j.To = doGreet, toThread
		default:
			return job{}, false
		}
		return j, ev.User != ""
	case *slackevents.AssistantThreadStartedEvent:
		t := ev.AssistantThread
		return job{ID: id, Do: doGreet, To: toThread, Team: e.TeamID, User: t.UserID, Channel: t.ChannelID, Thread: t.ThreadTimeStamp}, t.ChannelID != ""
	}
	return job{}, false
}

// hearMessage makes a job of a message: any in a direct conversation, and in a
// channel those in a thread that the bot is in.
func (a *Adapter) hearMessage(team string, ev *slackevents.MessageEvent) (job, bool) {
	switch ev.SubType {
	case "", "thread_broadcast", "file_share": // what a person says; the rest tells of edits, joins and the like
	default:
		return job{}, false
	}
	if ev.BotID != "" || ev.User == "" || ev.User == a.me.user {
		return job{}, false
	}
	if ev.Message != nil && (ev.Message.BotID != "" || ev.Message.Edited != nil) {
		return job{}, false
	}
	if ev.ChannelType == "im" {
		return a.said(team, ev.Channel, ev.ThreadTimeStamp, ev.TimeStamp, ev.User, ev.Text, true)
	}
	// Whoever mentions us comes as app_mention; whoever mentions others speaks to them.
	if ev.ThreadTimeStamp == "" || strings.Contains(ev.Text, "<@"+a.me.user) || len(mentions(ev.Text)) > 0 {
		return job{}, false
	}
	j, ok := a.said(team, ev.Channel, ev.ThreadTimeStamp, ev.TimeStamp, ev.User, ev.Text, false)
	j.Overheard = true
	return j, ok
}

// said makes a job of what somebody wrote to the bot. A message is known by its
// channel and time, since Slack may tell of one in two events.
func (a *Adapter) said(team, channel, thread, ts, user, text string, direct bool) (job, bool) {
	if user == "" || user == a.me.user || !direct && !a.allowed(channel) {
		return job{}, false
	}
	j := job{ID: key(team, channel, ts), Do: doAsk, To: toThread, Team: team, Channel: channel, Thread: thread, User: user,
		Text: plain(text, a.me.user), Direct: direct}
	if direct {
		// Where there is an agent pane, each message of a direct conversation
		// begins a thread or belongs to one.
		j.Pane = a.me.pane
		if j.Pane && thread == "" {
			j.Thread = ts
		}
	} else if thread == "" {
		j.Thread = ts
	}
	if j.Text == "" {
		j.Do = doHelp
	}
	return j, true
}

// hearCommand makes a job of a slash command.
func (a *Adapter) hearCommand(c slack.SlashCommand) (job, bool) {
	j := job{ID: hashed(c.TriggerID), Do: doAsk, To: toPrivate, Team: c.TeamID, Channel: c.ChannelID, User: c.UserID,
		ResponseURL: c.ResponseURL, Trigger: c.TriggerID, Command: true, Value: c.Command, Text: plain(c.Text, a.me.user)}
	if !a.allowed(c.ChannelID) {
		j.Do = doRefuse
		return j, true
	}
	first, rest, _ := strings.Cut(j.Text, " ")
	switch {
	case j.Text == "" || strings.EqualFold(j.Text, "check"):
		j.Do = doHelp
	case strings.EqualFold(first, "check"):
		j.Text, j.Check = strings.TrimSpace(rest), true
	}
	return j, c.UserID != ""
}

// hearInteraction makes a job of a pressed button or a message shortcut.
func (a *Adapter) hearInteraction(i slack.InteractionCallback) (job, bool) {
	j := job{ID: hashed(i.TriggerID), To: toPrivate, Team: i.Team.ID, Channel: i.Channel.ID, User: i.User.ID,
		ResponseURL: i.ResponseURL, Trigger: i.TriggerID}
	switch i.Type {
	case slack.InteractionTypeMessageAction:
		if i.CallbackID != shortcutCheck {
			return job{}, false
		}
		j.Do, j.Check, j.Text = doAsk, true, plain(i.Message.Text, a.me.user)
		j.Thread = i.Message.ThreadTimestamp
		if !a.allowed(j.Channel) {
			j.Do = doRefuse
		}
		if j.Text == "" {
			j.Do = doHelp
		}
		return j, true
	case slack.InteractionTypeBlockActions:
		if len(i.ActionCallback.BlockActions) == 0 {
			return job{}, false
		}
		return a.hearPress(j, i, *i.ActionCallback.BlockActions[0])
	}
	return job{}, false
}

// hearPress makes a job of a pressed button.
func (a *Adapter) hearPress(j job, i slack.InteractionCallback, press slack.BlockAction) (job, bool) {
	j.Value = press.Value
	j.Message = first(i.Container.MessageTs, i.Message.Timestamp, i.MessageTs)
	j.Channel = first(j.Channel, i.Container.ChannelID)
	j.Thread = first(i.Container.ThreadTs, i.Message.ThreadTimestamp)
	inView := i.View.ID != ""
	if inView {
		j.To = toModal
		if i.View.Type == slack.VTModal {
			j.View = i.View.ID
		}
	} else if j.Channel != "" && !a.allowed(j.Channel) {
		j.Do = doRefuse
		return j, true
	}
	id, _, _ := strings.Cut(press.ActionID, ".")
	switch id {
	case pressAsk:
		j.Do, j.Text, j.Named = doAsk, press.Value, true
		if !inView && !i.Container.IsEphemeral {
			j.To = toThread
			j.Direct = strings.HasPrefix(j.Channel, "D")
			if j.Thread == "" && (!j.Direct || a.me.pane) {
				j.Thread = j.Message
			}
		}
	case pressContext:
		j.Do = doContext
	case pressShare:
		j.Do = doShare
	case pressDismiss:
		j.Do = doDismiss
	case pressVote:
		j.Do = doVote
	default:
		return job{}, false
	}
	return j, j.User != ""
}

// allowed reports whether the bot may speak in a channel. Direct messages, whose
// ids begin with D, are always allowed.
func (a *Adapter) allowed(channel string) bool {
	return len(a.config.Channels) == 0 || strings.HasPrefix(channel, "D") || slices.Contains(a.config.Channels, channel)
}

// hashed makes an id of a trigger, which is a short-lived token itself.
func hashed(trigger string) string {
	h := sha256.Sum256([]byte(trigger))
	return key(hex.EncodeToString(h[:12]))
}

// first returns the first text that is not empty.
func first(texts ...string) string {
	for _, t := range texts {
		if t != "" {
			return t
		}
	}
	return ""
}
