package discordfake

import "time"

// ConnFault is what goes wrong with one connection to the gateway. The zero
// value is a connection that works.
type ConnFault struct {
	// Refuse answers the handshake with an HTTP status.
	Refuse int
	// SilentHello never sends HELLO.
	SilentHello bool
	// SilentReady sends nothing after IDENTIFY or RESUME.
	SilentReady bool
	// CloseAtHello closes with a code in place of HELLO; CloseAtIdentify after
	// IDENTIFY or RESUME; CloseAfterReady after READY or RESUMED.
	CloseAtHello, CloseAtIdentify, CloseAfterReady int
	// Op7 sends "reconnect" in place of READY or RESUMED.
	Op7 bool
	// Op9 sends "invalid session" in place of READY or RESUMED; its value says
	// whether the session can be resumed.
	Op9 *bool
	// ResetInReady breaks the TCP connection off in the middle of READY or RESUMED.
	ResetInReady bool
}

// OnConnect sets what goes wrong with the next connections, one after the other.
func (s *Server) OnConnect(f ...ConnFault) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.onConnect = append(s.onConnect, f...)
}

// RESTFault is what goes wrong with one request.
type RESTFault struct {
	// Status is the answer, with a JSON body, or with an HTML page.
	Status int
	HTML   bool
	// RetryAfter comes with a 429, in seconds; Global says that it holds for all.
	RetryAfter float64
	Global     bool
	// DropBefore hangs up before the request takes effect, DropAfter once it has.
	DropBefore, DropAfter bool
	// HangBefore does not answer before whoever asks gives up, and takes nothing; HangAfter
	// once it has taken effect.
	HangBefore, HangAfter bool
	// Delay is waited before anything else.
	Delay time.Duration
	// Code is Discord's code in a JSON body; Body is the whole body, where it is not
	// to be made of the rest.
	Code int
	Body string
}

// OnRequest sets what goes wrong with the next requests to a route (see
// Requests), after what was set before; without faults that is forgotten. "answer" is
// whichever comes first of "post" and "callback".
func (s *Server) OnRequest(route string, f ...RESTFault) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if len(f) == 0 {
		delete(s.restFaults, route)
		return
	}
	s.restFaults[route] = append(s.restFaults[route], f...)
}

// each calls f for every live connection of a shard; -1 means all.
func (s *Server) each(shard int, f func(*gatewayConn)) {
	s.mu.Lock()
	var conns []*gatewayConn
	for c := range s.live {
		if c.has(shard) {
			conns = append(conns, c)
		}
	}
	s.mu.Unlock()
	for _, c := range conns {
		f(c)
	}
}

// Reconnect asks the live connections of a shard to reconnect (op 7).
func (s *Server) Reconnect(shard int) {
	s.each(shard, func(c *gatewayConn) { c.send(map[string]any{"op": 7, "d": nil}) })
}

// Invalidate tells the live connections of a shard that their session is
// invalid (op 9), and whether it can be resumed.
func (s *Server) Invalidate(shard int, resumable bool) {
	s.each(shard, func(c *gatewayConn) {
		if !resumable {
			s.mu.Lock()
			c.session.valid = false
			s.mu.Unlock()
		}
		c.send(map[string]any{"op": 9, "d": resumable})
	})
}

// HeartbeatNow asks the live connections of a shard for a heartbeat (op 1).
func (s *Server) HeartbeatNow(shard int) {
	s.each(shard, func(c *gatewayConn) { c.send(map[string]any{"op": 1, "d": nil}) })
}

// CloseShard closes the live connections of a shard with a code.
func (s *Server) CloseShard(shard, code int) {
	s.each(shard, func(c *gatewayConn) { c.close(code) })
}

// ResetShard breaks the TCP connections of a shard off in the middle of a frame.
func (s *Server) ResetShard(shard int) {
	s.each(shard, func(c *gatewayConn) { c.reset() })
}

// DropACKs stops, or starts again, answering heartbeats.
func (s *Server) DropACKs(drop bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.dropACKs = drop
}

// ExpireSessions makes every session impossible to resume.
func (s *Server) ExpireSessions() {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, sess := range s.sessions {
		sess.valid = false
	}
}

// SendRaw sends text to the live connections of a shard as it is.
func (s *Server) SendRaw(shard int, text string) {
	s.each(shard, func(c *gatewayConn) { c.sendBytes([]byte(text)) })
}

// Dispatch sends an event to a shard, as Discord would with its next sequence number.
func (s *Server) Dispatch(shard int, event string, data any) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.dispatch(shard, event, data)
}

// Replay sends the last n events of a shard again, in the order given by
// reverse, with the sequence numbers they had.
func (s *Server) Replay(shard, n int, reverse bool) {
	s.each(shard, func(c *gatewayConn) {
		s.mu.Lock()
		events := c.session.events[max(0, len(c.session.events)-n):]
		s.mu.Unlock()
		for i := range events {
			if reverse {
				i = len(events) - 1 - i
			}
			c.sendBytes(events[i].payload)
		}
	})
}
