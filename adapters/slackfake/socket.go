package slackfake

import (
	"encoding/json"
	"maps"
	"net/http"
	"slices"
	"sync"
	"time"

	"github.com/gorilla/websocket"
)

// conn is one socket of the app.
type conn struct {
	ws   *websocket.Conn
	out  sync.Mutex // one writer at a time
	gone chan struct{}
}

// send writes one message.
func (c *conn) send(v any) error {
	c.out.Lock()
	defer c.out.Unlock()
	c.ws.SetWriteDeadline(time.Now().Add(Wait))
	if text, ok := v.(string); ok {
		return c.ws.WriteMessage(websocket.TextMessage, []byte(text))
	}
	return c.ws.WriteJSON(v)
}

// envelope is one thing delivered, until it is acknowledged.
type envelope struct {
	id, kind string
	payload  any
	tries    int
	first    time.Time // when it was first sent
	sent     time.Time
	acked    bool
	answer   json.RawMessage // what the acknowledgement carried
	quiet    bool            // it may go unacknowledged
	lost     bool            // the socket that it went to is gone
}

func (s *Server) serveSocket(w http.ResponseWriter, r *http.Request) {
	s.mu.Lock()
	ticket := r.URL.Query().Get("ticket")
	ok := s.tickets[ticket]
	delete(s.tickets, ticket)
	f := s.fault("link")
	s.mu.Unlock()
	if f.fails() {
		f.answer(w)
		return
	}
	if !ok {
		http.Error(w, "bad ticket", http.StatusUnauthorized)
		return
	}
	up := websocket.Upgrader{CheckOrigin: func(*http.Request) bool { return true }} // the library sends one
	ws, err := up.Upgrade(w, r, nil)
	if err != nil {
		return
	}
	c := &conn{ws: ws, gone: make(chan struct{})}
	s.mu.Lock()
	select {
	case <-s.stop:
		s.mu.Unlock()
		ws.Close()
		return
	default:
	}
	s.opened++
	s.conns = append(s.conns, c)
	n := len(s.conns)
	s.work.Add(2)
	s.mu.Unlock()

	c.send(map[string]any{"type": "hello", "num_connections": n, "connection_info": map[string]any{"app_id": App},
		"debug_info": map[string]any{"host": "applink-fake", "approximate_connection_time": 3600}})
	if n > 10 {
		c.send(map[string]any{"type": "disconnect", "reason": "too_many_websockets"})
	}
	go s.ping(c)
	s.mu.Lock()
	waiting := s.waiting
	s.waiting = nil
	for _, e := range waiting {
		s.sendEnvelope(e)
	}
	s.happened()
	s.mu.Unlock()
	go s.read(c)
}

// ping keeps a socket alive.
func (s *Server) ping(c *conn) {
	defer s.work.Done()
	if s.o.PingEvery < 0 {
		<-c.gone
		return
	}
	tick := time.NewTicker(s.o.PingEvery)
	defer tick.Stop()
	for {
		select {
		case <-c.gone:
			return
		case <-tick.C:
			c.ws.WriteControl(websocket.PingMessage, []byte("ping"), time.Now().Add(Wait))
		}
	}
}

// read takes acknowledgements until the socket is gone.
func (s *Server) read(c *conn) {
	defer s.work.Done()
	for {
		var ack struct {
			ID      string          `json:"envelope_id"`
			Payload json.RawMessage `json:"payload"`
		}
		if err := c.ws.ReadJSON(&ack); err != nil {
			break
		}
		s.mu.Lock()
		s.ack(ack.ID, ack.Payload)
		s.happened()
		s.mu.Unlock()
	}
	c.ws.Close()
	close(c.gone)
	s.mu.Lock()
	s.conns = slices.DeleteFunc(s.conns, func(other *conn) bool { return other == c })
	for e := range maps.Values(s.envelopes) {
		if !e.acked {
			e.lost = true
		}
	}
	s.happened()
	s.mu.Unlock()
}

// ack notes an acknowledgement. The lock is held.
func (s *Server) ack(id string, payload json.RawMessage) {
	e := s.envelopes[id]
	if e == nil {
		s.problem("an acknowledgement of %q, which was not delivered", id)
		return
	}
	if e.acked {
		return
	}
	e.acked, e.answer = true, payload
	s.acks = append(s.acks, time.Since(e.sent))
	if s.o.Forget {
		delete(s.envelopes, id)
	}
}

// deliver sends something to the app, over the socket or over HTTP, and again as
// long as it is not acknowledged. The lock is held.
func (s *Server) deliver(kind string, payload any) *envelope {
	s.addressed(payload)
	e := &envelope{id: s.id("env-"), kind: kind, payload: payload}
	s.envelopes[e.id] = e
	if s.app != "" {
		s.work.Go(func() { s.post(e) })
		return e
	}
	s.sendEnvelope(e)
	return e
}

// sendEnvelope sends over one of the sockets in turn, or when one is there.
func (s *Server) sendEnvelope(e *envelope) {
	if len(s.conns) == 0 {
		s.waiting = append(s.waiting, e)
		return
	}
	c := s.conns[s.nextConn%len(s.conns)]
	s.nextConn++
	e.sent, e.lost = time.Now(), false
	if e.first.IsZero() {
		e.first = e.sent
	}
	e.tries++
	m := map[string]any{"type": e.kind, "envelope_id": e.id, "payload": e.payload, "accepts_response_payload": e.kind != "events_api"}
	if e.tries > 1 {
		m["retry_attempt"], m["retry_reason"] = e.tries-1, "timeout"
	}
	s.work.Go(func() { c.send(m) })
	s.work.Go(func() { s.watch(e) })
}

// watch delivers an envelope again when nobody acknowledged it.
func (s *Server) watch(e *envelope) {
	if !s.pause(s.o.AckTime) {
		return
	}
	s.mu.Lock()
	if e.acked {
		s.mu.Unlock()
		return
	}
	if !e.quiet && !e.lost && !s.o.Lenient {
		s.problem("%s %s was not acknowledged within %s", e.kind, e.id, s.o.AckTime)
	}
	again := e.tries-1 < len(s.o.Retry) && e.kind == "events_api"
	var wait time.Duration
	if again {
		wait = s.o.Retry[e.tries-1]
	}
	s.mu.Unlock()
	if !again || !s.pause(wait) {
		return
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	select {
	case <-s.stop:
	default:
		if !e.acked {
			s.sendEnvelope(e)
		}
	}
}

// pause waits, or reports false when the fake is closed.
func (s *Server) pause(d time.Duration) bool {
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-t.C:
		return true
	case <-s.stop:
		return false
	}
}

// AwaitSockets waits until n sockets are open, and fails the test otherwise.
func (s *Server) AwaitSockets(n int) {
	s.t.Helper()
	if !s.await(Wait, func() bool { return len(s.conns) == n }) {
		s.t.Fatalf("slackfake: there are not %d sockets within %s", n, Wait)
	}
}

// AwaitOpened waits until n sockets were opened in all.
func (s *Server) AwaitOpened(n int) {
	s.t.Helper()
	if !s.await(Wait, func() bool { return s.opened >= n && len(s.conns) > 0 }) {
		s.t.Fatalf("slackfake: %d sockets were not opened within %s", n, Wait)
	}
}

// Opened is how many sockets were opened so far.
func (s *Server) Opened() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.opened
}

// CloseSockets breaks all connections off, without a word.
func (s *Server) CloseSockets() {
	s.mu.Lock()
	conns := slices.Clone(s.conns)
	s.mu.Unlock()
	for _, c := range conns {
		c.ws.NetConn().Close()
	}
}

// Disconnect tells all sockets to go, for a reason ("warning", "refresh_requested",
// "too_many_websockets").
func (s *Server) Disconnect(reason string) {
	s.mu.Lock()
	conns := slices.Clone(s.conns)
	s.mu.Unlock()
	for _, c := range conns {
		c.send(map[string]any{"type": "disconnect", "reason": reason, "debug_info": map[string]any{"host": "applink-fake"}})
	}
}

// SendRaw sends text as it is over a socket.
func (s *Server) SendRaw(text string) {
	s.mu.Lock()
	c := s.conns[0]
	s.mu.Unlock()
	c.send(text)
}

// Acked waits until everything that was delivered is acknowledged, and returns
// how long each took.
func (s *Server) Acked() []time.Duration {
	s.t.Helper()
	if !s.await(Wait, func() bool {
		for _, e := range s.envelopes {
			if !e.acked && !e.quiet {
				return false
			}
		}
		return len(s.waiting) == 0
	}) {
		s.t.Errorf("slackfake: not everything was acknowledged within %s", Wait)
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Clone(s.acks)
}
