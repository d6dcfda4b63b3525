package slackfake

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"
)

// callback wraps an event. The lock is held.
func (s *Server) callback(event map[string]any) map[string]any {
	id, _ := event["channel"].(string)
	shared := s.channels[id] != nil && s.channels[id].shared
	return map[string]any{
		"is_ext_shared_channel": shared, "type": "event_callback", "token": "verification", "team_id": Team, "api_app_id": App, "event_id": s.id("Ev"),
		"event_time": time.Now().Unix(), "event": event,
		"authorizations": []any{map[string]any{"team_id": Team, "user_id": BotUser, "is_bot": true}},
	}
}

// Say has a person write a message, in a thread where one is named, and returns
// its time. The app hears of it as its scopes allow: <@U0000BOT1> mentions it.
func (s *Server) Say(name, channel, thread, text string) string {
	return s.SayWith(name, channel, thread, text, nil)
}

// SayWith is Say with more fields in the event (a subtype, say).
func (s *Server) SayWith(name, channel, thread, text string, more map[string]any) string {
	s.mu.Lock()
	defer s.mu.Unlock()
	ch := s.channels[channel]
	m := Message{Channel: channel, Thread: thread, TS: s.ts(), User: User(name), Text: text, At: time.Now(), more: more}
	if !s.o.Forget {
		s.messages = append(s.messages, m)
	}
	ch.threads[m.TS] = true
	for _, e := range s.events(ch, m, more) {
		s.deliver("events_api", s.callback(e))
	}
	s.happened()
	return m.TS
}

// SayBefore stores what a person wrote some time ago, before the app was there: it is not
// told of it. Messages must be stored in the order of their times.
func (s *Server) SayBefore(name, channel, thread, text string, ago time.Duration) string {
	s.mu.Lock()
	defer s.mu.Unlock()
	at := time.Now().Add(-ago)
	_, part, _ := strings.Cut(s.ts(), ".")
	m := Message{Channel: channel, Thread: thread, TS: fmt.Sprintf("%d.%s", at.Unix(), part), User: User(name), Text: text, At: at}
	s.messages = append(s.messages, m)
	s.channels[channel].threads[m.TS] = true
	return m.TS
}

// events are what the app is told of a message. The lock is held.
func (s *Server) events(ch *channel, m Message, more map[string]any) []map[string]any {
	var out []map[string]any
	if ch.kind != "im" && ch.member && strings.Contains(m.Text, "<@"+ch.bot()) && s.grants("app_mentions:read") && more["subtype"] == nil {
		e := m.event()
		e["type"] = "app_mention"
		out = append(out, e)
	}
	scope := histories[ch.kind]
	if ch.member && s.grants(scope) {
		e := m.event()
		e["channel_type"], e["client_msg_id"] = ch.kind, secret()
		out = append(out, e)
	}
	for _, e := range out {
		for k, v := range more {
			e[k] = v
		}
	}
	return out
}

// SayTwice is Say, with each event delivered on two sockets.
func (s *Server) SayTwice(name, channel, thread, text string) string {
	s.mu.Lock()
	defer s.mu.Unlock()
	ch := s.channels[channel]
	m := Message{Channel: channel, Thread: thread, TS: s.ts(), User: User(name), Text: text, At: time.Now()}
	s.messages = append(s.messages, m)
	ch.threads[m.TS] = true
	for _, e := range s.events(ch, m, nil) {
		payload := s.callback(e)
		s.deliver("events_api", payload)
		s.deliver("events_api", payload)
	}
	return m.TS
}

// Event delivers any event.
func (s *Server) Event(event map[string]any) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.deliver("events_api", s.callback(event))
}

// Envelope delivers anything at all; with quiet it may go unacknowledged.
func (s *Server) Envelope(kind string, payload any, quiet bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.deliver(kind, payload).quiet = quiet
}

// Edit has a person edit a message.
func (s *Server) Edit(name, channel, ts, text string) {
	s.mu.Lock()
	thread := ""
	if i := slices.IndexFunc(s.messages, func(m Message) bool { return m.Channel == channel && m.TS == ts }); i >= 0 {
		thread = s.messages[i].Thread
	}
	s.mu.Unlock()
	s.Event(map[string]any{"type": "message", "subtype": "message_changed", "channel": channel, "channel_type": s.kind(channel), "ts": ts, "event_ts": ts, "hidden": true,
		"message":          map[string]any{"type": "message", "user": User(name), "text": text, "ts": ts, "edited": map[string]any{"user": User(name), "ts": ts}},
		"previous_message": map[string]any{"type": "message", "user": User(name), "text": "before", "ts": ts}})
	if strings.Contains(text, "<@"+BotUser) {
		e := map[string]any{"type": "app_mention", "channel": channel, "user": User(name), "text": text, "ts": ts, "event_ts": ts,
			"edited": map[string]any{"user": User(name), "ts": ts}}
		if thread != "" {
			e["thread_ts"] = thread
		}
		s.Event(e)
	}
}

func (s *Server) kind(channel string) string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.channels[channel].kind
}

// OpenHome has a person open the app's home at a tab ("home" or "messages").
func (s *Server) OpenHome(name, tab string) {
	s.Event(map[string]any{"type": "app_home_opened", "user": User(name), "channel": s.Direct(name), "tab": tab, "event_ts": "1.1"})
}

// OpenThread has a person begin a thread in the legacy assistant pane, and
// returns its time.
func (s *Server) OpenThread(name string) string {
	channel := s.Direct(name)
	s.mu.Lock()
	ts := s.ts()
	s.channels[channel].threads[ts] = true
	s.mu.Unlock()
	s.Event(map[string]any{"type": "assistant_thread_started", "event_ts": ts,
		"assistant_thread": map[string]any{"user_id": User(name), "channel_id": channel, "thread_ts": ts, "context": map[string]any{}}})
	return ts
}

// Command has a person type a command. What the acknowledgement said is returned
// by a call of the function that it returns, which waits for it.
func (s *Server) Command(name, channel, command, text string) func() string {
	s.mu.Lock()
	e := s.deliver("slash_commands", map[string]any{
		"token": "verification", "team_id": Team, "team_domain": "fake", "channel_id": channel, "channel_name": "somewhere",
		"user_id": User(name), "user_name": name, "command": command, "text": text, "api_app_id": App, "is_enterprise_install": "false",
		"response_url": s.responseURL(channel, "", User(name), ""), "trigger_id": s.trigger(User(name), ""),
	})
	s.mu.Unlock()
	return func() string {
		s.t.Helper()
		if !s.await(Wait, func() bool { return e.acked }) {
			s.t.Fatalf("slackfake: %s was not acknowledged", command)
		}
		return string(e.answer)
	}
}

// Press has a person press a button of a message: the one with an action id, or
// with a label.
func (s *Server) Press(name string, m Message, button string) {
	s.t.Helper()
	b, ok := Read(m).Button(button)
	if !ok {
		s.t.Fatalf("slackfake: there is no button %q on %s", button, m.Blocks)
	}
	s.mu.Lock()
	container := map[string]any{"type": "message", "message_ts": m.TS, "channel_id": m.Channel, "is_ephemeral": m.OnlyFor != ""}
	if m.Thread != "" {
		container["thread_ts"] = m.Thread
	}
	p := s.pressed(name, b, "")
	p["container"], p["channel"] = container, map[string]any{"id": m.Channel, "name": "somewhere"}
	p["response_url"] = s.responseURL(m.Channel, m.Thread, User(name), m.TS)
	if m.OnlyFor == "" { // of a message for one person Slack tells no more
		e := m.event()
		e["blocks"] = m.Blocks
		p["message"] = e
	}
	s.press(p)
}

// press delivers a press and waits until it is acknowledged: until then the
// button turns. The lock is held, and given up.
func (s *Server) press(p map[string]any) {
	s.t.Helper()
	e := s.deliver("interactive", p)
	s.mu.Unlock()
	if !s.await(Wait, func() bool { return e.acked }) {
		s.t.Errorf("slackfake: a press was not acknowledged within %s", Wait)
	}
}

// PressView has a person press a button of a view.
func (s *Server) PressView(name string, v View, button string) {
	s.t.Helper()
	b, ok := ReadBlocks(v.Blocks).Button(button)
	if !ok {
		s.t.Fatalf("slackfake: there is no button %q on %s", button, v.Blocks)
	}
	s.mu.Lock()
	modal := ""
	if v.Type == "modal" {
		modal = v.ID
	}
	p := s.pressed(name, b, modal)
	p["container"] = map[string]any{"type": "view", "view_id": v.ID}
	p["view"] = map[string]any{"id": v.ID, "type": v.Type, "team_id": Team, "blocks": v.Blocks, "hash": "1", "state": map[string]any{"values": map[string]any{}}}
	s.press(p)
}

// pressed is what Slack tells of any pressed button. The lock is held.
func (s *Server) pressed(name string, b Button, modal string) map[string]any {
	return map[string]any{
		"type": "block_actions", "token": "verification", "api_app_id": App, "trigger_id": s.trigger(User(name), modal),
		"team": map[string]any{"id": Team, "domain": "fake"}, "user": map[string]any{"id": User(name), "username": name, "team_id": Team},
		"actions": []any{map[string]any{"type": b.Type, "action_id": b.Action, "block_id": b.Block, "value": b.Value, "action_ts": s.ts(),
			"text": map[string]any{"type": "plain_text", "text": b.Label, "emoji": false}}},
	}
}

// Shortcut has a person use a message shortcut on somebody's message.
func (s *Server) Shortcut(name, channel, callback, author, text string) {
	s.ShortcutOn(name, channel, callback, map[string]any{"user": User(author), "text": text})
}

// ShortcutOn is Shortcut on a message of any form; its type and time are filled in.
func (s *Server) ShortcutOn(name, channel, callback string, message map[string]any) {
	s.mu.Lock()
	defer s.mu.Unlock()
	message = maps.Clone(message)
	message["type"], message["ts"] = "message", s.ts()
	s.deliver("interactive", map[string]any{
		"type": "message_action", "token": "verification", "callback_id": callback, "trigger_id": s.trigger(User(name), ""),
		"action_ts": s.ts(), "message_ts": s.ts(), "response_url": s.responseURL(channel, "", User(name), ""),
		"team": map[string]any{"id": Team}, "user": map[string]any{"id": User(name), "name": name}, "channel": map[string]any{"id": channel, "name": "somewhere"},
		"message": message,
	})
}

// Modal waits for the n-th modal (from 1) of a person in its u-th version (from 0).
func (s *Server) Modal(name string, n, u int) View {
	s.t.Helper()
	var found View
	if !s.await(Wait, func() bool {
		var mine []*View
		for _, v := range s.views {
			if v.User == User(name) {
				mine = append(mine, v)
			}
		}
		if len(mine) < n {
			return false
		}
		// Ids grow, so that the n-th in their order is the n-th opened.
		for _, v := range mine {
			before := 0
			for _, o := range mine {
				if o.ID < v.ID {
					before++
				}
			}
			if before == n-1 && v.Updates >= u {
				found = *v
				return true
			}
		}
		return false
	}) {
		s.t.Fatalf("slackfake: %s sees no modal within %s", name, Wait)
	}
	return found
}

// Home waits for a person's home tab.
func (s *Server) Home(name string) View {
	s.t.Helper()
	var v View
	if !s.await(Wait, func() (ok bool) { v, ok = s.homes[User(name)]; return ok }) {
		s.t.Fatalf("slackfake: %s has no home tab within %s", name, Wait)
	}
	return v
}

// Prompts waits for the suggested prompts of a direct conversation, or of a
// thread of it.
func (s *Server) Prompts(channel, thread string) []string {
	s.t.Helper()
	var p []string
	if !s.await(Wait, func() (ok bool) { p, ok = s.prompts[channel+thread]; return ok }) {
		s.t.Fatalf("slackfake: no suggested prompts within %s", Wait)
	}
	return p
}

// Statuses are all statuses that were set.
func (s *Server) Statuses() []string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return append([]string(nil), s.statuses...)
}

// Title is a thread's title, empty where it has none.
func (s *Server) Title(thread string) string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.titles[thread]
}

// String tells what was delivered last, for a failing test.
func (e *envelope) String() string {
	data, _ := json.Marshal(e.payload)
	return fmt.Sprintf("%s %s %s", e.kind, e.id, data)
}

// ResponseURL makes a response URL of a person in a channel.
func (s *Server) ResponseURL(name, channel string) string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.responseURL(channel, "", User(name), "")
}

// Trigger makes a trigger id of a person.
func (s *Server) Trigger(name string) string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.trigger(User(name), "")
}
