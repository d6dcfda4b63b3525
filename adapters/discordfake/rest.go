package discordfake

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/gorilla/websocket"
)

// How long Discord takes a first callback, and anything else, for.
const (
	callbackWithin = 3 * time.Second
	tokenWithin    = 15 * time.Minute
	nonceWithin    = 5 * time.Minute
)

// reply is what a route answers.
type reply struct {
	status int
	body   any
	header map[string]string
}

type route struct {
	name, method string
	path         *regexp.Regexp
	open         bool // needs no authorization: the path holds a token
	serve        func(s *Server, args []string, r *http.Request, body []byte) reply
}

var routes = []route{
	{"gateway", "GET", at(`gateway`), true, (*Server).getGateway},
	{"gateway/bot", "GET", at(`gateway/bot`), false, (*Server).getGatewayBot},
	{"me", "GET", at(`users/@me`), false, (*Server).getMe},
	{"guilds", "GET", at(`users/@me/guilds`), false, (*Server).getGuilds},
	{"application", "GET", at(`applications/@me`), false, (*Server).getApplication},
	{"commands", "GET", at(`applications/(\d+)(?:/guilds/(\d+))?/commands`), false, (*Server).getCommands},
	{"commands", "PUT", at(`applications/(\d+)(?:/guilds/(\d+))?/commands`), false, (*Server).putCommands},
	{"roles", "GET", at(`guilds/(\d+)/roles`), false, (*Server).getRoles},
	{"direct", "POST", at(`users/@me/channels`), false, (*Server).openDM},
	{"channel", "GET", at(`channels/(\d+)`), false, (*Server).getChannel},
	{"messages", "GET", at(`channels/(\d+)/messages`), false, (*Server).getMessages},
	{"post", "POST", at(`channels/(\d+)/messages`), false, (*Server).postMessage},
	{"callback", "POST", at(`interactions/(\d+)/([^/]+)/callback`), true, (*Server).callback},
	{"followup", "POST", at(`webhooks/(\d+)/([^/]+)`), true, (*Server).followup},
	{"original", "GET", at(`webhooks/(\d+)/([^/]+)/messages/@original`), true, (*Server).getOriginal},
	{"edit", "PATCH", at(`webhooks/(\d+)/([^/]+)/messages/@original`), true, (*Server).editOriginal},
	{"delete", "DELETE", at(`webhooks/(\d+)/([^/]+)/messages/@original`), true, (*Server).deleteOriginal},
}

func at(path string) *regexp.Regexp { return regexp.MustCompile(`^/api/v(?:9|10)/` + path + `$`) }

// serve takes every HTTP request.
func (s *Server) serve(w http.ResponseWriter, r *http.Request) {
	if websocket.IsWebSocketUpgrade(r) {
		s.connect(w, r)
		return
	}
	body, err := io.ReadAll(io.LimitReader(r.Body, 1<<20))
	if err != nil {
		return
	}
	for _, route := range routes {
		args := route.path.FindStringSubmatch(r.URL.Path)
		if args == nil || route.method != r.Method {
			continue
		}
		s.mu.Lock()
		s.requests[route.name]++
		fault := s.fault(route.name)
		s.notify()
		s.mu.Unlock()
		time.Sleep(fault.Delay)
		if dropped(r, fault.DropBefore, fault.HangBefore) {
			hangUp(w)
			return
		}
		if fault.Status != 0 {
			fault.write(w)
			return
		}
		s.mu.Lock()
		var out reply
		switch {
		case !route.open && (s.revoked || r.Header.Get("Authorization") != "Bot "+s.options.Token):
			out = refuse(http.StatusUnauthorized, 0, "401: Unauthorized")
		case !strings.HasPrefix(r.UserAgent(), "DiscordBot ("):
			s.violate("User-Agent %q is not that of a bot", r.UserAgent())
			out = refuse(http.StatusForbidden, 40333, "internal network error")
		case len(body) > 0 && r.Header.Get("Content-Type") != "application/json":
			s.violate("Content-Type %q", r.Header.Get("Content-Type"))
			out = refuse(http.StatusBadRequest, 50109, "The request body contains invalid JSON.")
		case len(body) > 0 && !json.Valid(body):
			s.violate("%s: the body is not JSON", route.name)
			out = refuse(http.StatusBadRequest, 50109, "The request body contains invalid JSON.")
		case hasNull(body):
			out = s.invalid(route.name, []string{"a field is null that should be left out"})
		default:
			out = route.serve(s, args, r, body)
		}
		if out.status == http.StatusTooManyRequests {
			s.limited++
		}
		s.mu.Unlock()
		if dropped(r, fault.DropAfter, fault.HangAfter) {
			hangUp(w)
			return
		}
		out.write(w)
		return
	}
	s.mu.Lock()
	s.violate("there is no route %s %s", r.Method, r.URL.Path)
	s.mu.Unlock()
	refuse(http.StatusNotFound, 0, "404: Not Found").write(w)
}

// dropped reports whether a request gets no answer; with hang only when whoever asks has
// given up.
func dropped(r *http.Request, drop, hang bool) bool {
	if hang {
		<-r.Context().Done()
	}
	return drop || hang
}

// fault takes the next fault of a route. With mu held.
func (s *Server) fault(route string) (f RESTFault) {
	if len(s.restFaults[route]) == 0 && (route == "post" || route == "callback") {
		route = "answer"
	}
	if all := s.restFaults[route]; len(all) > 0 {
		f, s.restFaults[route] = all[0], all[1:]
	}
	return f
}

// hasNull reports whether there is a null anywhere in a body.
func hasNull(body []byte) bool {
	var tree any
	if json.Unmarshal(body, &tree) != nil {
		return false
	}
	var has func(any) bool
	has = func(v any) bool {
		switch v := v.(type) {
		case nil:
			return true
		case []any:
			return slices.ContainsFunc(v, has)
		case map[string]any:
			for _, e := range v {
				if has(e) {
					return true
				}
			}
		}
		return false
	}
	return has(tree)
}

func hangUp(w http.ResponseWriter) {
	conn, _, err := w.(http.Hijacker).Hijack()
	if err != nil {
		return
	}
	if tcp, ok := conn.(*net.TCPConn); ok {
		tcp.SetLinger(0)
	}
	conn.Close()
}

func (f RESTFault) write(w http.ResponseWriter) {
	if f.Status == http.StatusTooManyRequests {
		w.Header().Set("Retry-After", strconv.FormatFloat(f.RetryAfter, 'f', -1, 64))
		if !f.HTML {
			w.Header().Set("X-RateLimit-Reset-After", strconv.FormatFloat(f.RetryAfter, 'f', -1, 64))
			w.Header().Set("X-RateLimit-Remaining", "0")
		}
		if f.Global {
			w.Header().Set("X-RateLimit-Global", "true")
		}
	}
	if f.HTML {
		w.Header().Set("Content-Type", "text/html")
		w.WriteHeader(f.Status)
		fmt.Fprint(w, "<html><body>You are being rate limited.</body></html>")
		return
	}
	if f.Body != "" {
		reply{status: f.Status, body: json.RawMessage(f.Body)}.write(w)
		return
	}
	body := map[string]any{"message": http.StatusText(f.Status), "code": f.Code}
	if f.Status == http.StatusTooManyRequests {
		body["retry_after"], body["global"] = f.RetryAfter, f.Global
	}
	reply{status: f.Status, body: body}.write(w)
}

func (r reply) write(w http.ResponseWriter) {
	for name, value := range r.header {
		w.Header().Set(name, value)
	}
	if r.body == nil {
		w.WriteHeader(r.status)
		return
	}
	data, err := json.Marshal(r.body)
	if err != nil {
		panic(err)
	}
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(r.status)
	w.Write(data)
}

func refuse(status, code int, message string) reply {
	return reply{status: status, body: map[string]any{"code": code, "message": message}}
}

// invalid refuses a body and remembers why.
func (s *Server) invalid(what string, problems []string) reply {
	for _, p := range problems {
		s.violate("%s: %s", what, p)
	}
	return reply{status: http.StatusBadRequest, body: map[string]any{"code": 50035, "message": "Invalid Form Body", "errors": problems}}
}

func (s *Server) getGateway([]string, *http.Request, []byte) reply {
	return reply{status: 200, body: map[string]any{"url": s.gatewayURL}}
}

func (s *Server) getGatewayBot([]string, *http.Request, []byte) reply {
	return reply{status: 200, body: map[string]any{"url": s.gatewayURL, "shards": s.options.Shards, "session_start_limit": map[string]any{
		"total": 1000, "remaining": max(0, s.options.SessionStarts-len(s.identifies)),
		"reset_after": 14400000, "max_concurrency": s.options.MaxConcurrency}}}
}

func (s *Server) getMe([]string, *http.Request, []byte) reply {
	return reply{status: 200, body: map[string]any{"id": BotID, "username": "verbatim", "bot": true, "discriminator": "0000"}}
}

func (s *Server) getGuilds([]string, *http.Request, []byte) reply {
	return reply{status: 200, body: []any{map[string]any{"id": GuildID, "name": "the guild", "owner": false,
		"permissions": strconv.FormatInt(s.options.Permissions, 10)}}}
}

func (s *Server) getApplication([]string, *http.Request, []byte) reply {
	app := map[string]any{"id": AppID, "name": "Verbatim", "flags": 0, "bot_public": true,
		"bot_require_code_grant": false, "interactions_endpoint_url": nil,
		"integration_types_config": map[string]any{"0": map[string]any{}, "1": map[string]any{}}}
	if s.options.InteractionsEndpoint != "" {
		app["interactions_endpoint_url"] = s.options.InteractionsEndpoint
	}
	return reply{status: 200, body: app}
}

func (s *Server) getRoles(args []string, _ *http.Request, _ []byte) reply {
	if args[1] != GuildID {
		return refuse(http.StatusNotFound, 10004, "Unknown Guild")
	}
	return reply{status: 200, body: []any{map[string]any{"id": GuildID, "name": "@everyone"},
		map[string]any{"id": "300000000000000002", "name": "keepers"}, map[string]any{"id": RoleID, "name": "Verbatim", "managed": true, "tags": map[string]any{"bot_id": BotID}}}}
}

// openDM opens the channel in which a person and the bot talk alone.
func (s *Server) openDM(_ []string, _ *http.Request, body []byte) reply {
	var to struct {
		ID string `json:"recipient_id"`
	}
	if err := json.Unmarshal(body, &to); err != nil {
		return s.invalid("direct message", []string{err.Error()})
	}
	for _, p := range s.people {
		if p.ID == to.ID {
			return reply{status: 200, body: map[string]any{"id": s.channel("@"+p.Name, "", "", p), "type": 1}}
		}
	}
	return refuse(http.StatusBadRequest, 50033, "Invalid Recipient(s)")
}

func (s *Server) getChannel(args []string, _ *http.Request, _ []byte) reply {
	c := s.channels[args[1]]
	if c == nil {
		return refuse(http.StatusNotFound, 10003, "Unknown Channel")
	}
	out := map[string]any{"id": c.id, "name": strings.TrimLeft(c.name, "#~@"), "type": 0}
	switch {
	case c.guild == "":
		out["type"] = 1
	case c.parent != "":
		out["type"], out["parent_id"], out["guild_id"] = 11, c.parent, c.guild
	default:
		out["guild_id"] = c.guild
	}
	return reply{status: 200, body: out}
}

func (s *Server) getMessages(args []string, r *http.Request, _ []byte) reply {
	if c := s.channels[args[1]]; c != nil && c.guild != "" && s.options.NoReadHistory {
		return refuse(http.StatusForbidden, 50001, "Missing Access")
	}
	after, before := r.URL.Query().Get("after"), r.URL.Query().Get("before")
	limit, err := strconv.Atoi(r.URL.Query().Get("limit"))
	if err != nil || limit < 1 || limit > 100 {
		limit = 50
	}
	less := func(a, b string) bool { return len(a) < len(b) || len(a) == len(b) && a < b }
	var all []*Message
	for _, id := range s.order {
		if m := s.messages[id]; m.Channel == args[1] && m.OnlyFor == "" && less(after, id) && (before == "" || less(id, before)) {
			all = append(all, m)
		}
	}
	// After a message the oldest come, else the newest; in either case the newest first.
	if n := len(all) - limit; n > 0 && after != "" {
		all = all[:limit]
	} else if n > 0 {
		all = all[n:]
	}
	out := []any{}
	for _, m := range slices.Backward(all) {
		out = append(out, s.object(m, 0, true))
	}
	return reply{status: 200, body: out}
}

func (s *Server) postMessage(args []string, _ *http.Request, body []byte) reply {
	c := s.channels[args[1]]
	if c == nil {
		return refuse(http.StatusNotFound, 10003, "Unknown Channel")
	}
	header, no := s.limit(c)
	if no != nil {
		return *no
	}
	out := s.postIn(c, body)
	out.header = header
	return out
}

// limit counts a request to post in a channel, also one that is refused later, and
// returns the headers that tell of the limit, or the answer where it is used up.
func (s *Server) limit(c *channel) (header map[string]string, no *reply) {
	limit := s.options.PostsPer5s
	if limit == 0 {
		return nil, nil
	}
	w := s.windows[c.id]
	if w == nil || time.Since(w.began) >= s.options.Window {
		w = &window{began: time.Now()}
		s.windows[c.id] = w
	}
	wait := (s.options.Window - time.Since(w.began)).Seconds()
	header = map[string]string{"X-RateLimit-Limit": strconv.Itoa(limit), "X-RateLimit-Remaining": strconv.Itoa(max(0, limit-w.used-1)),
		"X-RateLimit-Reset-After": strconv.FormatFloat(wait, 'f', 3, 64), "X-RateLimit-Bucket": "posts"}
	if w.used >= limit {
		return header, &reply{http.StatusTooManyRequests, map[string]any{"message": "You are being rate limited.", "retry_after": wait, "global": false}, header}
	}
	w.used++
	return header, nil
}

// postIn posts a message in a channel.
func (s *Server) postIn(c *channel, body []byte) reply {
	var o outgoing
	if err := json.Unmarshal(body, &o); err != nil {
		return s.invalid("message", []string{err.Error()})
	}
	m, problems := o.check()
	if problems != nil {
		return s.invalid("message", problems)
	}
	if no := s.forbidden(c, o, m); no != nil {
		return *no
	}
	if m.Layout && s.options.NoLayouts {
		return refuse(http.StatusBadRequest, 50035, "Invalid Form Body")
	}
	if o.Reference != nil {
		m.ReplyTo = o.Reference.MessageID
		if s.messages[m.ReplyTo] == nil {
			if o.Reference.FailIfNotExists == nil || *o.Reference.FailIfNotExists {
				return reply{status: http.StatusBadRequest, body: map[string]any{"code": 50035, "message": "Invalid Form Body", "errors": map[string]any{
					"message_reference": map[string]any{"_errors": []any{map[string]any{"code": "REPLIES_UNKNOWN_MESSAGE", "message": "Unknown message"}}}}}}
			}
			m.ReplyTo = ""
		}
	}
	if m.Nonce != "" && o.EnforceNonce && !s.options.NoNonce {
		if had, ok := s.nonces[m.Nonce]; ok && s.now().Sub(had.at) < nonceWithin {
			if old := s.messages[had.message]; old != nil {
				return reply{status: 200, body: s.object(old, intentMessageContent, true)}
			}
		}
	}
	m.ID, m.Channel, m.Bot, m.At = s.snowflake(), c.id, true, s.now()
	m.Author = Person{BotID, "verbatim"}
	if m.ReplyTo != "" {
		m.Type = 19
	}
	if m.Nonce != "" && !s.forget {
		s.nonces[m.Nonce] = nonce{m.ID, m.At}
	}
	if to := s.messages[m.ReplyTo]; to != nil && s.answerTook != nil {
		s.answerTook(m.At.Sub(to.At))
	}
	s.post(&m)
	return reply{status: 200, body: s.object(&m, intentMessageContent, true)}
}

// forbidden is the answer to who may not post a message in a channel, nil where they may.
func (s *Server) forbidden(c *channel, o outgoing, m Message) *reply {
	var r reply
	switch {
	case c.guild == "":
		return nil
	case s.options.NoSend || c.refuses || s.options.NoEmbedLinks && len(m.Embeds) > 0:
		r = refuse(http.StatusForbidden, 50013, "Missing Permissions")
	case s.options.NoReadHistory && o.Reference != nil:
		r = refuse(http.StatusBadRequest, 160002, "Cannot reply without permission to read message history")
	default:
		return nil
	}
	return &r
}

// find returns the interaction of a path, or what to answer.
func (s *Server) find(i *Interaction, token string) (*Interaction, *reply) {
	if i == nil || i.Token != token {
		r := refuse(http.StatusNotFound, 10062, "Unknown interaction")
		return nil, &r
	}
	return i, nil
}

func (s *Server) byToken(app, token string) (*Interaction, *reply) {
	if app == AppID {
		if i := s.interactions[strings.TrimPrefix(token, "interaction-token-")]; i != nil && i.Token == token {
			if s.now().Sub(i.At) > tokenWithin {
				r := refuse(http.StatusUnauthorized, 50027, "Invalid Webhook Token")
				return nil, &r
			}
			return i, nil
		}
	}
	r := refuse(http.StatusNotFound, 10015, "Unknown Webhook")
	return nil, &r
}

// allowedCallbacks are the types of callback by type of interaction. A form that a
// command opened stands on no message that could be left as it is (6) or changed (7).
var allowedCallbacks = map[int][]int{2: {4, 5, 9}, 3: {4, 5, 6, 7, 9}, 4: {8}, 5: {4, 5, 6, 7}}

func (s *Server) callback(args []string, _ *http.Request, body []byte) reply {
	i, no := s.find(s.interactions[args[1]], args[2])
	if no != nil {
		return *no
	}
	var c struct {
		Type int      `json:"type"`
		Data outgoing `json:"data"`
	}
	var raw struct {
		Data json.RawMessage `json:"data"`
	}
	if err := errors.Join(json.Unmarshal(body, &c), json.Unmarshal(body, &raw)); err != nil {
		return s.invalid("callback", []string{err.Error()})
	}
	if i.answered != 0 {
		return refuse(http.StatusBadRequest, 40060, "Interaction has already been acknowledged.")
	}
	age := s.now().Sub(i.At)
	if age > callbackWithin {
		return refuse(http.StatusNotFound, 10062, "Unknown interaction")
	}
	if !slices.Contains(allowedCallbacks[i.Type], c.Type) || i.Type == 5 && i.source == "" && (c.Type == 6 || c.Type == 7) {
		return s.invalid("callback", []string{fmt.Sprintf("type %d for an interaction of type %d", c.Type, i.Type)})
	}
	if refused := s.respond(i, c.Type, c.Data, raw.Data); refused != nil {
		return *refused
	}
	i.answered, i.ephemeral = c.Type, c.Data.Flags&64 != 0
	if s.answerTook != nil && c.Type != 5 {
		s.answerTook(age)
	}
	if s.forget {
		delete(s.interactions, i.ID)
		if i.loading {
			s.interactions[i.ID] = i
		}
	}
	s.notify()
	return reply{status: http.StatusNoContent, body: nil}
}

// respond takes the data of a first callback, or returns what to refuse it with.
func (s *Server) respond(i *Interaction, kind int, data outgoing, raw json.RawMessage) *reply {
	refusal := func(r reply) *reply { return &r }
	switch kind {
	case 5, 6:
		if data.Flags&^64 != 0 || data.Content != nil || len(data.Embeds) > 0 || len(data.Components) > 0 {
			return refusal(s.invalid("callback", []string{"a deferred callback with more than the ephemeral flag"}))
		}
		i.loading = kind == 5
	case 8:
		if problems := checkChoices(data.Choices); problems != nil {
			return refusal(s.invalid("choices", problems))
		}
		i.choices = data.Choices
	case 9:
		form, problems := readForm(raw)
		if problems != nil {
			return refusal(s.invalid("form", problems))
		}
		i.form = &form
	case 4, 7:
		if data.Flags&^(64|4|isLayout) != 0 {
			return refusal(s.invalid("callback", []string{fmt.Sprintf("flags %d", data.Flags)}))
		}
		old := s.messages[i.source]
		if kind == 7 && old == nil {
			return refusal(refuse(http.StatusNotFound, 10008, "Unknown Message"))
		}
		if kind == 7 {
			data.Flags |= old.flags()
		}
		m, problems := data.check()
		if problems != nil {
			return refusal(s.invalid("callback", problems))
		}
		if m.Layout && s.options.NoLayouts {
			return refusal(refuse(http.StatusBadRequest, 50035, "Invalid Form Body"))
		}
		if kind == 7 {
			old.edit(m)
			i.original = old.ID
			break
		}
		s.answer(i, &m, data.Flags&64 != 0)
		i.original = m.ID
	}
	return nil
}

// flags are those that an edit leaves as they are.
func (m *Message) flags() int {
	if m.Layout {
		return isLayout
	}
	return 0
}

// edit makes a message show what another does.
func (m *Message) edit(to Message) {
	m.Text, m.Embeds, m.Rows, m.embeds, m.components, m.Edited = to.Text, to.Embeds, to.Rows, to.embeds, to.components, true
}

// answer stores a message that answers an interaction.
func (s *Server) answer(i *Interaction, m *Message, ephemeral bool) {
	m.ID, m.Channel, m.Bot, m.At, m.Interaction = s.snowflake(), i.Channel, true, s.now(), i.ID
	m.Author, m.Type = Person{BotID, "verbatim"}, 20
	if i.source != "" {
		m.Type, m.ReplyTo = 19, i.source
	}
	if ephemeral {
		m.OnlyFor = i.By.ID
	}
	s.post(m)
}

func (s *Server) followup(args []string, _ *http.Request, body []byte) reply {
	i, no := s.byToken(args[1], args[2])
	if no != nil {
		return *no
	}
	if i.answered == 0 {
		return refuse(http.StatusNotFound, 10015, "Unknown Webhook")
	}
	var o outgoing
	if err := json.Unmarshal(body, &o); err != nil {
		return s.invalid("followup", []string{err.Error()})
	}
	m, problems := o.check()
	if problems != nil {
		return s.invalid("followup", problems)
	}
	if i.loading { // it ends the deferral, and is seen by whom that was
		i.loading = false
		s.answer(i, &m, i.ephemeral)
		i.original = m.ID
	} else {
		s.answer(i, &m, o.Flags&64 != 0)
	}
	return reply{status: 200, body: s.object(&m, intentMessageContent, true)}
}

func (s *Server) deleteOriginal(args []string, _ *http.Request, _ []byte) reply {
	i, no := s.byToken(args[1], args[2])
	if no != nil {
		return *no
	}
	m := s.messages[i.original]
	switch {
	case i.answered == 0:
		return refuse(http.StatusNotFound, 10015, "Unknown Webhook")
	case i.loading:
		i.loading = false
	case m == nil:
		return refuse(http.StatusNotFound, 10008, "Unknown Message")
	default:
		delete(s.messages, m.ID)
		s.order = slices.DeleteFunc(s.order, func(other string) bool { return other == m.ID })
	}
	s.notify()
	return reply{status: http.StatusNoContent, body: nil}
}

func (s *Server) getOriginal(args []string, _ *http.Request, _ []byte) reply {
	i, no := s.byToken(args[1], args[2])
	if no != nil {
		return *no
	}
	m := s.messages[i.original]
	switch {
	case i.answered == 0:
		return refuse(http.StatusNotFound, 10015, "Unknown Webhook")
	case i.loading:
		return reply{status: 200, body: map[string]any{"id": i.ID, "channel_id": i.Channel, "flags": 128, "content": "", "embeds": []any{}}}
	case m == nil:
		return refuse(http.StatusNotFound, 10008, "Unknown Message")
	}
	return reply{status: 200, body: s.object(m, intentMessageContent, true)}
}

func (s *Server) editOriginal(args []string, _ *http.Request, body []byte) reply {
	i, no := s.byToken(args[1], args[2])
	if no != nil {
		return *no
	}
	if i.answered == 0 {
		return refuse(http.StatusNotFound, 10015, "Unknown Webhook")
	}
	var o outgoing
	if err := json.Unmarshal(body, &o); err != nil {
		return s.invalid("edit", []string{err.Error()})
	}
	if o.Flags != 0 {
		return s.invalid("edit", []string{fmt.Sprintf("an edit with flags %d", o.Flags)})
	}
	old := s.messages[i.original]
	if old != nil { // what it is made of it stays
		o.Flags = old.flags()
	}
	m, problems := o.check()
	if !m.Layout && slices.ContainsFunc(m.Rows, func(c Component) bool { return c.Type != rowType }) {
		// Whoever does not know what was answered cannot know what an edit may hold.
		return refuse(http.StatusBadRequest, 50035, "Invalid Form Body")
	}
	if problems != nil {
		return s.invalid("edit", problems)
	}
	switch {
	case i.loading:
		i.loading = false
		s.answer(i, &m, i.ephemeral)
		i.original = m.ID
		if s.answerTook != nil {
			s.answerTook(s.now().Sub(i.At))
		}
		if s.forget {
			delete(s.interactions, i.ID)
		}
		return reply{status: 200, body: s.object(&m, intentMessageContent, true)}
	case old == nil:
		return refuse(http.StatusNotFound, 10008, "Unknown Message")
	}
	old.edit(m)
	s.notify()
	return reply{status: 200, body: s.object(old, intentMessageContent, true)}
}
