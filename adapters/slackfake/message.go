package slackfake

import (
	"encoding/json"
	"maps"
	"net/http"
	"slices"
	"time"
)

// Message is a message as people see it.
type Message struct {
	Channel, Thread, TS string
	// User is who wrote it; Bot: the bot did.
	User string
	Bot  bool
	Text string
	// Blocks is JSON, nil where there are none.
	Blocks json.RawMessage
	// OnlyFor is the one person who sees it; empty: all.
	OnlyFor string
	Deleted bool
	At      time.Time

	more map[string]any // fields of its event
}

// event is the message as Slack tells of it.
func (m Message) event() map[string]any {
	e := map[string]any{"type": "message", "channel": m.Channel, "user": m.User, "text": m.Text, "ts": m.TS, "event_ts": m.TS, "team": Team}
	if m.Thread != "" {
		e["thread_ts"] = m.Thread
	}
	if m.Blocks != nil {
		e["blocks"] = m.Blocks
	}
	if m.Bot {
		e["bot_id"] = BotID
		e["app_id"] = App
	}
	maps.Copy(e, m.more)
	return e
}

// echo tells the app of its own message, as Slack does where the scopes bring it.
func (s *Server) echo(m Message) {
	ch := s.channels[m.Channel]
	if ch == nil || m.OnlyFor != "" || s.o.Forget {
		return
	}
	scope := histories[ch.kind]
	if !s.grants(scope) {
		return
	}
	e := m.event()
	e["channel_type"] = ch.kind
	s.deliver("events_api", s.callback(e))
}

// Messages are the bot's messages that are still there, oldest first.
func (s *Server) Messages() []Message {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.fromBot(func(Message) bool { return true })
}

// In are the bot's messages in a channel, and in a thread where one is named.
func (s *Server) In(channel, thread string) []Message {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.fromBot(func(m Message) bool { return m.Channel == channel && (thread == "" || m.Thread == thread) })
}

func (s *Server) fromBot(want func(Message) bool) []Message {
	var out []Message
	for _, m := range s.messages {
		if m.Bot && !m.Deleted && want(m) {
			out = append(out, m)
		}
	}
	return out
}

// Next waits for the bot's first message that is not among those of before and
// that want accepts. It fails the test where none comes.
func (s *Server) Next(before int, want func(Message) bool) Message {
	s.t.Helper()
	var found []Message
	if !s.await(Wait, func() bool {
		all := s.messages
		if before < len(all) {
			found = nil
			for _, m := range all[before:] {
				if m.Bot && !m.Deleted && want(m) {
					found = append(found, m)
				}
			}
		}
		return len(found) > 0
	}) {
		s.t.Fatalf("slackfake: no message from the bot within %s", Wait)
	}
	return found[0]
}

// After are the bot's messages after a mark that are still there.
func (s *Server) After(mark int) []Message {
	s.mu.Lock()
	defer s.mu.Unlock()
	var out []Message
	for _, m := range s.messages[mark:] {
		if m.Bot && !m.Deleted {
			out = append(out, m)
		}
	}
	return out
}

// Mark is a point in the course of messages, for Next.
func (s *Server) Mark() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return len(s.messages)
}

// responseURL is where a command or a button is answered.
type responseURL struct {
	channel, thread, user string
	message               string // what a button belongs to
	uses                  int
	until                 time.Time
}

// responseURL makes one. The lock is held.
func (s *Server) responseURL(channel, thread, user, message string) string {
	token := secret()
	s.urls[token] = &responseURL{channel: channel, thread: thread, user: user, message: message, until: time.Now().Add(30 * time.Minute)}
	return s.http.URL + "/response/" + token
}

func (s *Server) serveResponse(w http.ResponseWriter, r *http.Request) {
	s.mu.Lock()
	s.calls["response_url"]++
	f := s.fault("response_url")
	status, body := 0, ""
	if f.Take || !f.fails() {
		status, body = s.respond(r)
		s.happened()
	}
	s.mu.Unlock()
	if s.wentWrong(w, r, f) {
		return
	}
	w.WriteHeader(status)
	w.Write([]byte(body))
}

// respond takes what is posted to a response URL.
func (s *Server) respond(r *http.Request) (int, string) {
	u := s.urls[r.PathValue("token")]
	switch {
	case u == nil:
		return http.StatusNotFound, "no_such_url"
	case time.Now().After(u.until):
		return http.StatusNotFound, "expired_url"
	case u.uses == 5:
		return http.StatusNotFound, "used_url"
	}
	u.uses++
	var p struct {
		Text         string          `json:"text"`
		Blocks       json.RawMessage `json:"blocks"`
		ResponseType string          `json:"response_type"`
		Replace      bool            `json:"replace_original"`
		Delete       bool            `json:"delete_original"`
		Thread       string          `json:"thread_ts"`
	}
	if err := json.NewDecoder(r.Body).Decode(&p); err != nil {
		return http.StatusBadRequest, "invalid_payload"
	}
	at := slices.IndexFunc(s.messages, func(m Message) bool { return u.message != "" && m.TS == u.message })
	if p.Delete {
		if at >= 0 {
			s.messages[at].Deleted = true
		}
		return http.StatusOK, "ok"
	}
	m := Message{Channel: u.channel, Thread: p.Thread, User: BotUser, Bot: true, Text: p.Text, Blocks: p.Blocks, TS: s.ts(), At: time.Now()}
	if p.ResponseType != "in_channel" {
		m.OnlyFor = u.user
	}
	if failed := s.fit(m); failed != "" {
		return http.StatusBadRequest, failed
	}
	if p.Replace && at >= 0 {
		m.TS = s.messages[at].TS
		s.messages[at] = m
		return http.StatusOK, "ok"
	}
	s.keep(m)
	return http.StatusOK, "ok"
}
