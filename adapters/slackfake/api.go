package slackfake

import (
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"time"
)

// method is one method of the Web API.
type method struct {
	app    bool     // it wants the app-level token
	scopes []string // any of them will do
	args   []string // that must be there
	run    func(s *Server, v url.Values) (map[string]any, string)
}

var methods map[string]method

func init() {
	methods = map[string]method{
		"auth.test":                             {run: (*Server).authTest},
		"apps.connections.open":                 {app: true, scopes: []string{"connections:write"}, run: (*Server).openConnection},
		"chat.postMessage":                      {scopes: []string{"chat:write"}, args: []string{"channel"}, run: (*Server).postMessage},
		"chat.postEphemeral":                    {scopes: []string{"chat:write"}, args: []string{"channel", "user"}, run: (*Server).postEphemeral},
		"views.open":                            {args: []string{"trigger_id", "view"}, run: (*Server).openView},
		"views.push":                            {args: []string{"trigger_id", "view"}, run: (*Server).pushView},
		"views.update":                          {args: []string{"view_id", "view"}, run: (*Server).updateView},
		"views.publish":                         {args: []string{"user_id", "view"}, run: (*Server).publishView},
		"assistant.threads.setStatus":           {scopes: []string{"chat:write", "assistant:write"}, args: []string{"channel_id", "thread_ts", "status"}, run: (*Server).setStatus},
		"assistant.threads.setTitle":            {scopes: []string{"assistant:write"}, args: []string{"channel_id", "thread_ts", "title"}, run: (*Server).setTitle},
		"assistant.threads.setSuggestedPrompts": {scopes: []string{"assistant:write"}, args: []string{"channel_id", "prompts"}, run: (*Server).setPrompts},
		"conversations.history":                 {args: []string{"channel"}, run: (*Server).history},
		"conversations.replies":                 {args: []string{"channel", "ts"}, run: (*Server).history},
	}
}

// serveAPI serves one call of the Web API.
func (s *Server) serveAPI(w http.ResponseWriter, r *http.Request) {
	name := r.PathValue("method")
	values, token, err := arguments(r)
	if err != nil {
		http.Error(w, err.Error(), http.StatusBadRequest)
		return
	}
	s.mu.Lock()
	s.calls[name]++
	f := s.fault(name)
	var result map[string]any
	var failed string
	if f.Take || !f.fails() {
		result, failed = s.dispatch(name, token, values)
		s.happened()
	}
	s.mu.Unlock()
	if s.wentWrong(w, r, f) {
		return
	}
	w.Header().Set("Content-Type", "application/json; charset=utf-8")
	scopes := s.o.Scopes
	if strings.HasPrefix(token, "xapp-") {
		scopes = s.o.AppScopes
	}
	w.Header().Set("X-OAuth-Scopes", strings.Join(scopes, ","))
	if failed == "ratelimited" {
		w.Header().Set("Retry-After", "1")
		w.WriteHeader(http.StatusTooManyRequests)
	}
	if result == nil {
		result = map[string]any{}
	}
	result["ok"] = failed == ""
	if failed != "" {
		result["error"] = failed
	}
	json.NewEncoder(w).Encode(result)
}

// arguments reads a call's arguments, from a form or from JSON, and its token.
func arguments(r *http.Request) (url.Values, string, error) {
	token := strings.TrimPrefix(r.Header.Get("Authorization"), "Bearer ")
	if strings.HasPrefix(r.Header.Get("Content-Type"), "application/json") {
		var body map[string]json.RawMessage
		if err := json.NewDecoder(r.Body).Decode(&body); err != nil && err != io.EOF {
			return nil, "", err
		}
		v := url.Values{}
		for k, raw := range body {
			var text string
			if json.Unmarshal(raw, &text) != nil {
				text = string(raw)
			}
			v.Set(k, text)
		}
		return v, token, nil
	}
	if err := r.ParseForm(); err != nil {
		return nil, "", err
	}
	if t := r.Form.Get("token"); t != "" {
		token = t
	}
	return r.Form, token, nil
}

// dispatch checks a call as Slack does and makes it. The lock is held.
func (s *Server) dispatch(name, token string, v url.Values) (map[string]any, string) {
	m, ok := methods[name]
	if !ok {
		s.problem("%s was called, which the fake does not know", name)
		return nil, "unknown_method"
	}
	own := s.oauth.access[token]
	switch {
	case token == "":
		return nil, "not_authed"
	case own != nil:
		if failed := s.refused(own, v); failed != "" {
			return nil, failed
		}
		if m.app {
			return nil, "not_allowed_token_type"
		}
	case s.revoked != "" && token == BotToken:
		return nil, s.revoked
	case token != BotToken && token != AppToken && token != UserToken:
		return nil, "invalid_auth"
	case (token == AppToken) != m.app && name != "auth.test", token == UserToken && name != "auth.test":
		return nil, "not_allowed_token_type"
	}
	have := s.o.Scopes
	if m.app {
		have = s.o.AppScopes
	}
	if len(m.scopes) > 0 && !slices.ContainsFunc(m.scopes, func(scope string) bool { return slices.Contains(have, scope) }) {
		return map[string]any{"needed": m.scopes[0], "provided": strings.Join(have, ",")}, "missing_scope"
	}
	for _, a := range m.args {
		if v.Get(a) == "" {
			return nil, "invalid_arguments"
		}
	}
	if own != nil && name == "auth.test" {
		return s.authTestOf(own), ""
	}
	return m.run(s, v)
}

func (s *Server) authTest(v url.Values) (map[string]any, string) {
	return map[string]any{"url": s.http.URL, "team": "Fake", "user": "verbatim", "team_id": Team, "user_id": BotUser, "bot_id": BotID}, ""
}

func (s *Server) openConnection(url.Values) (map[string]any, string) {
	if s.o.NoSocketMode {
		return nil, "socket_mode_not_enabled"
	}
	ticket := secret()
	s.tickets[ticket] = true
	return map[string]any{"url": "ws" + strings.TrimPrefix(s.http.URL, "http") + "/link?ticket=" + ticket}, ""
}

// unescaped finds control sequences that call people, or link.
var unescaped = regexp.MustCompile(`<[!#]|<(https?|mailto|tel):`)

func (s *Server) postMessage(v url.Values) (map[string]any, string) {
	id := v.Get("channel")
	if strings.HasPrefix(id, "U") { // a person: the direct conversation
		id = "D" + id[1:]
		if s.channels[id] == nil {
			s.channels[id] = &channel{id: id, kind: "im", user: "U" + id[1:], member: true, threads: map[string]bool{}}
		}
	}
	m, failed := s.message(id, v)
	if failed != "" {
		return nil, failed
	}
	if s.o.PostEvery > 0 {
		// So many at once after a rest, then one after each PostEvery.
		now := time.Now()
		free := s.lastPost[id]
		if free.Before(now) {
			free = now
		}
		if free.Sub(now) > time.Duration(max(0, s.o.PostBurst-1))*s.o.PostEvery {
			return nil, "ratelimited"
		}
		s.lastPost[id] = free.Add(s.o.PostEvery)
	}
	s.keep(m)
	s.echo(m)
	return map[string]any{"channel": id, "ts": m.TS, "message": map[string]any{"ts": m.TS, "text": m.Text, "bot_id": BotID, "user": BotUser}}, ""
}

func (s *Server) postEphemeral(v url.Values) (map[string]any, string) {
	m, failed := s.message(v.Get("channel"), v)
	if failed != "" {
		return nil, failed
	}
	m.OnlyFor = v.Get("user")
	s.keep(m)
	return map[string]any{"message_ts": m.TS}, ""
}

// message makes the bot's message of a call's arguments.
func (s *Server) message(channel string, v url.Values) (Message, string) {
	ch := s.channels[channel]
	switch {
	case ch == nil:
		return Message{}, "channel_not_found"
	case ch.refuses != "":
		return Message{}, ch.refuses
	case !ch.member:
		return Message{}, "not_in_channel"
	}
	m := Message{Channel: channel, Thread: v.Get("thread_ts"), User: ch.bot(), Bot: true, Text: v.Get("text"), TS: s.ts(), At: time.Now()}
	if m.Thread != "" && !ch.threads[m.Thread] {
		return m, "thread_not_found"
	}
	if b := v.Get("blocks"); b != "" {
		m.Blocks = json.RawMessage(b)
	}
	if v.Get("unfurl_links") != "false" && strings.Contains(m.Text, "://") {
		s.problem("a message may unfurl links")
	}
	return m, s.fit(m)
}

// fit checks what any message must be.
func (s *Server) fit(m Message) string {
	switch {
	case m.Text == "" && m.Blocks == nil:
		return "no_text"
	case m.Text == "":
		s.problem("a message has blocks but no text for notifications")
	case len(m.Text) > 40_000:
		return "msg_too_long"
	}
	if at := unescaped.FindString(m.Text); at != "" {
		s.problem("a message holds %q unescaped: %.80q", at, m.Text)
	}
	if m.Blocks != nil {
		if p := Validate(OnMessage, m.Blocks); len(p) > 0 {
			s.problem("invalid blocks: %s", strings.Join(p, "; "))
			return "invalid_blocks"
		}
	}
	return ""
}

// keep stores a message of the bot.
func (s *Server) keep(m Message) {
	s.posts++
	if !s.o.Forget {
		s.messages = append(s.messages, m)
	}
	if ch := s.channels[m.Channel]; ch != nil && m.OnlyFor == "" && !s.o.Forget {
		ch.threads[m.TS] = true
	}
	if s.o.Posted != nil {
		s.o.Posted(m)
	}
}

func (s *Server) setStatus(v url.Values) (map[string]any, string) {
	if s.channels[v.Get("channel_id")] == nil {
		return nil, "channel_not_found"
	}
	if !s.o.Forget {
		s.statuses = append(s.statuses, v.Get("status"))
	}
	return nil, ""
}

func (s *Server) setTitle(v url.Values) (map[string]any, string) {
	ch := s.channels[v.Get("channel_id")]
	if ch == nil || ch.kind != "im" {
		return nil, "channel_not_found"
	}
	if !ch.threads[v.Get("thread_ts")] {
		return nil, "invalid_thread_ts"
	}
	s.titles[v.Get("thread_ts")] = v.Get("title")
	return nil, ""
}

func (s *Server) setPrompts(v url.Values) (map[string]any, string) {
	var prompts []struct{ Title, Message string }
	if err := json.Unmarshal([]byte(v.Get("prompts")), &prompts); err != nil || len(prompts) == 0 || len(prompts) > 4 {
		return nil, "invalid_arguments"
	}
	ch, thread := s.channels[v.Get("channel_id")], v.Get("thread_ts")
	switch {
	case ch == nil || ch.kind != "im":
		return nil, "channel_not_found"
	case s.o.View == "none":
		return nil, "not_allowed"
	case s.o.View == "assistant" && thread == "":
		return nil, "invalid_arguments"
	case s.o.View == "assistant" && !ch.threads[thread]:
		return nil, "invalid_thread_ts"
	case s.o.View == "agent" && thread != "":
		s.problem("suggested prompts for a thread show nowhere under agent_view")
		return nil, "" // silently nothing
	}
	var titles []string
	for _, p := range prompts {
		titles = append(titles, p.Message)
	}
	s.prompts[ch.id+thread] = titles
	return nil, ""
}

// said are the messages of a channel, the newest first, or of a thread of it (ts), the oldest
// first and always with what began it, from one time until before another; and how many replies
// each thread has.
func (s *Server) said(channel, ts, oldest, latest string) (all []Message, replies map[string]int) {
	replies = map[string]int{}
	for _, m := range s.messages {
		if m.Channel != channel || m.OnlyFor != "" || m.Deleted {
			continue
		}
		if m.Thread != "" {
			replies[m.Thread]++
		}
		inside := m.TS >= oldest && (latest == "" || m.TS < latest)
		if m.TS == ts || inside && m.Thread == ts {
			all = append(all, m)
		}
	}
	if ts == "" {
		slices.Reverse(all)
	}
	return all, replies
}

// history serves conversations.history and, with ts, conversations.replies.
func (s *Server) history(v url.Values) (map[string]any, string) {
	ch := s.channels[v.Get("channel")]
	if ch == nil {
		return nil, "channel_not_found"
	}
	scope := histories[ch.kind]
	if !s.grants(scope) {
		return map[string]any{"needed": scope, "provided": strings.Join(s.o.Scopes, ",")}, "missing_scope"
	}
	if !ch.member {
		return nil, "not_in_channel"
	}
	limit := 100
	if l := v.Get("limit"); l != "" {
		fmt.Sscan(l, &limit)
	}
	if s.o.PageMost > 0 {
		limit = min(limit, s.o.PageMost)
	}
	from := 0
	if c := v.Get("cursor"); c != "" {
		if _, err := fmt.Sscanf(c, "next:%d", &from); err != nil {
			return nil, "invalid_cursor"
		}
	}
	all, replies := s.said(ch.id, v.Get("ts"), v.Get("oldest"), v.Get("latest"))
	out := []map[string]any{}
	for _, m := range all[min(from, len(all)):min(from+limit, len(all))] {
		e := m.event()
		if n := replies[m.TS]; n > 0 {
			e["reply_count"] = n
		}
		out = append(out, e)
	}
	more := from+limit < len(all)
	answer := map[string]any{"messages": out, "has_more": more}
	if more {
		answer["response_metadata"] = map[string]any{"next_cursor": fmt.Sprint("next:", from+limit)}
	}
	return answer, ""
}
