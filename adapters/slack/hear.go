package slack

import (
	"cmp"
	"encoding/json"
	"errors"
	"slices"
	"strconv"
	"strings"
	"time"

	"verbatim/adapters"

	"github.com/slack-go/slack"
)

// The names of what people press or type, as in slack-manifest.yaml.
const (
	commandAsk    = "/ask"
	shortcutCheck = "check_quote"
)

// errUnknown: what was delivered is not as Slack delivers it.
var errUnknown = errors.New("a delivery that is not known")

// hear makes a job of what Slack delivers, by its kind as an envelope of Socket Mode names
// it; it reports false where that is not for us. An error says that it cannot be read.
func (a *Adapter) hear(kind string, payload []byte) (j job, ok bool, err error) {
	switch kind {
	case deliversEvents:
		var e event
		if err = legible(json.Unmarshal(payload, &e)); err == nil && e.Event == nil {
			err = errUnknown
		}
		if err == nil {
			j, ok = a.hearEvent(e)
		}
	case deliversCommands:
		var c slack.SlashCommand
		if err = json.Unmarshal(payload, &c); err == nil {
			j, ok = a.hearCommand(c)
		}
	case deliversInteractions:
		var i interaction
		if err = legible(json.Unmarshal(payload, &i)); err == nil && i.Type == "" {
			err = errUnknown
		}
		if err == nil {
			j, ok = a.hearInteraction(i)
		}
	default:
		err = errUnknown
	}
	return j, ok, err
}

// What Slack delivers, as Socket Mode names it.
const (
	deliversEvents       = "events_api"
	deliversCommands     = "slash_commands"
	deliversInteractions = "interactive"
)

// The events and interactions, as far as the adapter looks at them. They are read here
// and not by the library, which drops a whole message where one part of it is new to it.

type event struct {
	ID     string `json:"event_id"`
	Team   string `json:"team_id"`
	Shared bool   `json:"is_ext_shared_channel"`
	Event  *struct {
		content
		Type      string `json:"type"`
		Tab       string `json:"tab"`
		Assistant struct {
			User    string `json:"user_id"`
			Channel string `json:"channel_id"`
			Thread  string `json:"thread_ts"`
		} `json:"assistant_thread"`
	} `json:"event"`
}

type interaction struct {
	Type        string `json:"type"`
	Callback    string `json:"callback_id"`
	Trigger     string `json:"trigger_id"`
	ResponseURL string `json:"response_url"`
	Team        struct {
		ID string `json:"id"`
	} `json:"team"`
	User struct {
		ID   string `json:"id"`
		Team string `json:"team_id"`
	} `json:"user"`
	Channel struct {
		ID string `json:"id"`
	} `json:"channel"`
	Message   content `json:"message"`
	MessageTS string  `json:"message_ts"`
	Container struct {
		Message   string `json:"message_ts"`
		Channel   string `json:"channel_id"`
		Thread    string `json:"thread_ts"`
		Ephemeral bool   `json:"is_ephemeral"`
	} `json:"container"`
	View struct {
		ID   string         `json:"id"`
		Type slack.ViewType `json:"type"`
	} `json:"view"`
	Actions []press `json:"actions"`
}

// press is a button that was pressed.
type press struct {
	ID    string `json:"action_id"`
	Value string `json:"value"`
}

// hearEvent makes a job of an event, or reports false where it is not for us.
func (a *Adapter) hearEvent(e event) (job, bool) {
	ev := e.Event
	h := utterance{content: ev.content, team: e.Team, outside: e.Shared || foreign(e.Team, ev.UserTeam, ev.SourceTeam)}
	switch ev.Type {
	case "app_mention":
		if h.Bot != "" || !slices.Contains(mentions(h.Text), a.me.user) || h.Edited != nil && stale(h.TS) {
			return job{}, false
		}
		return a.said(h)
	case "message":
		return a.hearMessage(h)
	case "app_home_opened":
		j := job{ID: e.ID, Team: e.Team, User: ev.User, Channel: ev.Channel}
		switch ev.Tab {
		case "home":
			j.Do = doHome
		case "messages":
			j.Do, j.To = doGreet, toThread
		default:
			return job{}, false
		}
		return j, ev.User != ""
	case "assistant_thread_started":
		t := ev.Assistant
		return job{ID: e.ID, Do: doGreet, To: toThread, Team: e.Team, User: t.User, Channel: t.Channel, Thread: t.Thread}, t.Channel != ""
	}
	return job{}, false
}

// utterance is a message that somebody wrote, from whatever event.
type utterance struct {
	content
	team string
	// direct: in a direct conversation; outside: of a person of another workspace, or
	// in a channel that is shared with one.
	direct, outside bool
}

// foreign reports whether a person is of another workspace than the app's.
func foreign(team string, of ...string) bool {
	return team != "" && slices.ContainsFunc(of, func(t string) bool { return t != "" && t != team })
}

// editTime is how old a message may be for a mention that is added to it to count:
// half the time for which it is known whether it was answered.
const editTime = jobKeep / 2

// stale reports whether a message is older than that.
func stale(ts string) bool {
	seconds, _, _ := strings.Cut(ts, ".")
	at, err := strconv.ParseInt(seconds, 10, 64)
	return err != nil || time.Since(time.Unix(at, 0)) > editTime
}

// isSaid reports whether a message of a subtype is what somebody said: the rest tells of
// edits, joins and the like.
func isSaid(subtype string) bool {
	return slices.Contains([]string{"", "thread_broadcast", "file_share", "bot_message", "me_message"}, subtype)
}

// hearMessage makes a job of a message: any in a direct conversation, and in a
// channel those in a thread that the bot is in.
func (a *Adapter) hearMessage(h utterance) (job, bool) {
	if !isSaid(h.Subtype) {
		return job{}, false
	}
	byBot := h.Bot != "" || h.Subtype == "bot_message"
	h.direct = h.Kind == "im"
	switch {
	case h.User == a.me.user, byBot && h.Bot == a.me.bot, !byBot && h.User == "", h.Edited != nil:
		return job{}, false
	case h.direct && !byBot:
		return a.said(h)
	case h.direct, h.Thread == "", !byBot && strings.Contains(h.Text, "<@"+a.me.user): // who mentions us comes as app_mention
		return job{}, false
	}
	j, ok := a.said(h)
	if byBot || !ok || len(mentions(h.Text)) > 0 {
		// It is not to us, but somebody else has spoken, or to somebody else.
		j = job{Team: h.team, Channel: h.Channel, Thread: h.Thread, To: toThread, User: h.User}
	}
	// An edit may add a mention, which is another job.
	j.ID, j.Do, j.Overheard, j.Asked = key(h.team, h.Channel, h.TS, "overheard"), doAsk, true, h.TS
	return j, a.allowed(h.Channel)
}

// said makes a job of what somebody wrote to the bot. A message is known by its
// channel and time, since Slack may tell of one in two events.
func (a *Adapter) said(h utterance) (job, bool) {
	if h.User == "" || h.User == a.me.user || !h.direct && !a.allowed(h.Channel) || h.outside && a.config.Connect == connectIgnore {
		return job{}, false
	}
	j := job{ID: key(h.team, h.Channel, h.TS), Do: doAsk, To: toThread, Team: h.team, Channel: h.Channel, Thread: h.Thread, User: h.User,
		Asked: h.TS, Direct: h.direct}
	j.wants(h.content, a.me.user)
	if h.direct {
		// Where there is an agent pane, each message of a direct conversation
		// begins a thread or belongs to one.
		j.Pane = a.me.pane
		if j.Pane && h.Thread == "" {
			j.Thread, j.Top = h.TS, true
		}
	} else if h.Thread == "" {
		j.Thread = h.TS
	}
	if h.outside && !h.direct && a.config.Connect == connectPrivate {
		j.To, j.Thread, j.Closed = toPrivate, h.Thread, true
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
	case strings.EqualFold(first, "use") && a.hearUse(&j, strings.TrimSpace(rest)):
	}
	return j, c.UserID != ""
}

// hearInteraction makes a job of a pressed button or a message shortcut.
func (a *Adapter) hearInteraction(i interaction) (job, bool) {
	outside := foreign(i.Team.ID, i.User.Team)
	j := job{ID: hashed(i.Trigger), To: toPrivate, Team: i.Team.ID, Channel: i.Channel.ID, User: i.User.ID,
		ResponseURL: i.ResponseURL, Trigger: i.Trigger, Closed: outside && a.config.Connect == connectPrivate}
	switch slack.InteractionType(i.Type) {
	case slack.InteractionTypeMessageAction:
		if i.Callback != shortcutCheck {
			return job{}, false
		}
		j.Do, j.Check = doAsk, true
		j.Words = pointedAt(i.Message).Candidates()
		j.Thread = i.Message.Thread
		switch {
		case !a.allowed(j.Channel):
			j.Do = doRefuse
		case len(j.Words) == 0:
			j.Do = doWordless
		}
		return j, !outside || a.config.Connect != connectIgnore
	case slack.InteractionTypeBlockActions:
		if len(i.Actions) == 0 || outside && a.config.Connect == connectIgnore {
			return job{}, false
		}
		return a.hearPress(j, i, i.Actions[0])
	}
	return job{}, false
}

// hearPress makes a job of a pressed button.
func (a *Adapter) hearPress(j job, i interaction, press press) (job, bool) {
	j.Value, j.Press = press.Value, press.ID
	j.Message = cmp.Or(i.Container.Message, i.Message.TS, i.MessageTS)
	j.Channel = cmp.Or(j.Channel, i.Container.Channel)
	j.Thread = cmp.Or(i.Container.Thread, i.Message.Thread)
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
	id, _, _ := strings.Cut(press.ID, ".")
	j.Closed = j.Closed || strings.HasSuffix(press.ID, closedSuffix)
	switch id {
	case pressAsk:
		j.Do, j.Text, j.Named = doAsk, press.Value, true
		if !inView && !i.Container.Ephemeral && !j.Closed {
			j.To = toThread
			j.Direct = strings.HasPrefix(j.Channel, "D")
			if j.Thread == "" && (!j.Direct || a.me.pane) {
				j.Thread = j.Message
			}
		}
	case pressContext:
		j.Do = doContext
	case pressShare:
		if j.Do = doShare; j.Closed {
			return job{}, false
		}
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
func hashed(parts ...string) string { return key(adapters.Hashed(parts...)) }
