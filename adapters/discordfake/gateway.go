package discordfake

import (
	"bytes"
	"compress/zlib"
	"encoding/json"
	"errors"
	"fmt"
	"net"
	"net/http"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/gorilla/websocket"
)

// Intents, as far as the fake looks at them.
const (
	intentGuilds         = 1 << 0
	intentGuildMessages  = 1 << 9
	intentDirectMessages = 1 << 12
	intentMessageContent = 1 << 15
	privileged           = 1<<1 | 1<<8 | intentMessageContent
	allIntents           = 1<<26 - 1
)

// session is what a client can resume.
type session struct {
	id           string
	shard, count int
	intents      int
	seq          int64
	events       []event
	valid        bool
	conn         *gatewayConn // nil while nobody is connected
}

type event struct {
	seq     int64
	payload []byte
}

type identified struct {
	at    time.Time
	shard int
}

// gatewayConn is one websocket.
type gatewayConn struct {
	server   *Server
	socket   *websocket.Conn
	fault    ConnFault
	resuming bool // it came to the address for resuming

	mu       sync.Mutex   // writes
	stream   *zlib.Writer // into deflated; nil where the client wants no compression
	deflated bytes.Buffer
	session  *session // under server.mu
}

// connect serves one websocket from beginning to end.
func (s *Server) connect(w http.ResponseWriter, r *http.Request) {
	s.mu.Lock()
	s.conns++
	c := &gatewayConn{server: s, resuming: strings.HasPrefix(r.URL.Path, "/resume")}
	if len(s.onConnect) > 0 {
		c.fault, s.onConnect = s.onConnect[0], s.onConnect[1:]
	}
	if r.URL.Query().Get("encoding") != "json" || r.URL.Query().Get("v") == "" {
		s.violate("gateway address %s without v and encoding=json", r.URL)
	}
	if r.URL.Query().Get("compress") == "zlib-stream" {
		c.stream = zlib.NewWriter(&c.deflated)
	}
	s.notify()
	s.mu.Unlock()
	if c.fault.Refuse != 0 {
		http.Error(w, "refused", c.fault.Refuse)
		return
	}
	upgrader := websocket.Upgrader{CheckOrigin: func(*http.Request) bool { return true }}
	socket, err := upgrader.Upgrade(w, r, nil)
	if err != nil {
		return
	}
	c.socket = socket
	s.mu.Lock()
	if s.closed {
		s.mu.Unlock()
		socket.Close()
		return
	}
	s.live[c] = true
	s.mu.Unlock()
	defer c.gone()
	if c.fault.CloseAtHello != 0 {
		c.close(c.fault.CloseAtHello)
		return
	}
	if !c.fault.SilentHello {
		c.send(map[string]any{"op": 10, "d": map[string]any{
			"heartbeat_interval": s.options.Heartbeat.Milliseconds(), "_trace": []string{`["gateway-prd","v":1]`}}})
	}
	for {
		_, data, err := socket.ReadMessage()
		if err != nil {
			var closed *websocket.CloseError
			if errors.As(err, &closed) && (closed.Code == 1000 || closed.Code == 1001) {
				s.mu.Lock()
				if c.session != nil {
					c.session.valid = false
				}
				s.mu.Unlock()
			}
			return
		}
		if !c.receive(data) {
			return
		}
	}
}

// has reports whether a session of a shard is the connection's; -1 means any. It is
// not where a newer connection took the session up. The caller holds the server's lock.
func (c *gatewayConn) has(shard int) bool {
	return c.session != nil && c.session.conn == c && (shard < 0 || c.session.shard == shard)
}

// gone forgets a connection; its session may be resumed.
func (c *gatewayConn) gone() {
	c.socket.Close()
	s := c.server
	s.mu.Lock()
	defer s.mu.Unlock()
	delete(s.live, c)
	if c.session != nil && c.session.conn == c {
		c.session.conn = nil
	}
	s.notify()
}

// receive handles one payload of the client; false ends the connection.
func (c *gatewayConn) receive(data []byte) bool {
	var p struct {
		Op int             `json:"op"`
		D  json.RawMessage `json:"d"`
	}
	switch {
	case len(data) > 4096:
		c.close(4002)
		return false
	case json.Unmarshal(data, &p) != nil:
		c.close(4002)
		return false
	}
	s := c.server
	s.mu.Lock()
	authenticated, drop := c.session != nil, s.dropACKs
	s.mu.Unlock()
	switch {
	case p.Op == 1:
		if !drop {
			c.send(map[string]any{"op": 11})
		}
	case p.Op == 2 && !authenticated:
		return c.identify(p.D)
	case p.Op == 6 && !authenticated:
		return c.resume(p.D)
	case p.Op == 2 || p.Op == 6:
		s.mu.Lock()
		s.violate("op %d on a connection that is authenticated", p.Op)
		s.mu.Unlock()
		c.close(4005)
		return false
	case !authenticated:
		c.close(4003)
		return false
	default:
		c.close(4001)
		return false
	}
	return true
}

func (c *gatewayConn) identify(data []byte) bool {
	var id struct {
		Token      string         `json:"token"`
		Properties map[string]any `json:"properties"`
		Shard      *[2]int        `json:"shard"`
		Intents    *int           `json:"intents"`
	}
	s := c.server
	code := 0
	s.mu.Lock()
	err := json.Unmarshal(data, &id)
	shard := [2]int{0, 1}
	if id.Shard != nil {
		shard = *id.Shard
	}
	switch {
	case err != nil || id.Properties == nil:
		code = 4002
	case strings.TrimPrefix(id.Token, "Bot ") != s.options.Token:
		code = 4004
	case shard[0] < 0 || shard[0] >= shard[1]:
		code = 4010
	case shard[1] < s.options.Shards:
		code = 4011
	case id.Intents == nil || *id.Intents&^allIntents != 0:
		code = 4013
	case *id.Intents&privileged&^s.options.PrivilegedIntents != 0:
		code = 4014
	}
	if code != 0 {
		s.mu.Unlock()
		c.close(code)
		return false
	}
	now := time.Now()
	recent := 0
	for _, i := range s.identifies {
		// A little less than the window, for what the network takes.
		if i.shard%s.options.MaxConcurrency == shard[0]%s.options.MaxConcurrency && now.Sub(i.at) < s.options.IdentifyEvery*9/10 {
			recent++
		}
	}
	s.identifies = append(s.identifies, identified{now, shard[0]})
	if recent > 0 {
		s.violate("IDENTIFY of shard %d too soon after another", shard[0])
	}
	if len(s.identifies) > s.options.SessionStarts {
		s.violate("IDENTIFY number %d of a day that allows %d: the token would be reset", len(s.identifies), s.options.SessionStarts)
	}
	sess := &session{id: fmt.Sprintf("session-%s", s.snowflake()), shard: shard[0], count: shard[1],
		intents: *id.Intents, valid: true}
	s.sessions[sess.id] = sess
	s.mu.Unlock()
	return c.begin(sess, -1)
}

func (c *gatewayConn) resume(data []byte) bool {
	var r struct {
		Token     string `json:"token"`
		SessionID string `json:"session_id"`
		Seq       int64  `json:"seq"`
	}
	err := json.Unmarshal(data, &r)
	s := c.server
	s.mu.Lock()
	sess := s.sessions[r.SessionID]
	token, closed := strings.TrimPrefix(r.Token, "Bot ") == s.options.Token, 0
	if !c.resuming {
		s.violate("RESUME not at resume_gateway_url")
	}
	switch {
	case err != nil:
		closed = 4002
	case !token:
		closed = 4004
	case sess != nil && sess.valid && r.Seq > sess.seq:
		closed = 4007
	}
	usable := sess != nil && sess.valid
	if usable && sess.conn != nil { // the newer connection has it
		sess.conn.socket.Close()
		sess.conn = nil
	}
	s.mu.Unlock()
	if closed != 0 {
		c.close(closed)
		return false
	}
	if !usable {
		c.send(map[string]any{"op": 9, "d": false})
		return true
	}
	return c.begin(sess, r.Seq)
}

// begin sends READY (after is -1) or what a resumed session missed after a
// sequence number and RESUMED, unless a fault comes between.
func (c *gatewayConn) begin(sess *session, after int64) bool {
	s, f := c.server, c.fault
	switch {
	case f.SilentReady:
		return true
	case f.CloseAtIdentify != 0:
		c.close(f.CloseAtIdentify)
		return false
	case f.Op7:
		c.send(map[string]any{"op": 7, "d": nil})
		return true
	case f.Op9 != nil:
		s.mu.Lock()
		sess.valid = sess.valid && *f.Op9
		s.mu.Unlock()
		c.send(map[string]any{"op": 9, "d": *f.Op9})
		return true
	}
	s.mu.Lock()
	c.session, sess.conn = sess, c
	s.begun++
	key := fmt.Sprintf("%d/%d", sess.shard, sess.count)
	liveNow := 0
	for other := range s.live {
		if other.has(sess.shard) && other.session.count == sess.count {
			liveNow++
		}
	}
	s.mostLive[key] = max(s.mostLive[key], liveNow)
	if f.ResetInReady {
		s.mu.Unlock()
		c.reset()
		return false
	}
	if after >= 0 {
		s.resumed++
		for _, e := range sess.events {
			if e.seq > after {
				c.sendBytes(e.payload)
			}
		}
		s.dispatchTo(sess, "RESUMED", map[string]any{"_trace": []string{}})
	} else {
		ready := map[string]any{
			"v": 9, "session_id": sess.id, "resume_gateway_url": s.gatewayURL + "/resume",
			"user":             map[string]any{"id": BotID, "username": "verbatim", "bot": true, "discriminator": "0000"},
			"application":      map[string]any{"id": AppID, "flags": 0},
			"guilds":           []any{map[string]any{"id": GuildID, "unavailable": true}},
			"shard":            []int{sess.shard, sess.count},
			"private_channels": []any{}, "_trace": []string{strings.Repeat("x", 512)},
		}
		s.dispatchTo(sess, "READY", ready)
		if sess.intents&intentGuilds != 0 && shardOf(GuildID, sess.count) == sess.shard {
			s.dispatchTo(sess, "GUILD_CREATE", map[string]any{"id": GuildID, "name": "the guild", "channels": []any{}, "members": []any{}})
		}
	}
	s.notify()
	s.mu.Unlock()
	if f.CloseAfterReady != 0 {
		c.close(f.CloseAfterReady)
		return false
	}
	return true
}

// shardOf is the shard that a guild's events go to.
func shardOf(guild string, count int) int {
	var id uint64
	fmt.Sscan(guild, &id)
	return int(id >> 22 % uint64(count))
}

// dispatch sends an event to every session of a shard; what a session cannot
// get now it gets when it resumes. With mu held.
func (s *Server) dispatch(shard int, event string, data any) {
	sent := false
	for _, sess := range s.sessions {
		if sess.valid && sess.shard == shard {
			s.dispatchTo(sess, event, data)
			sent = true
		}
	}
	if !sent {
		s.undelivered++
	}
}

// keptEvents is how many events a session keeps for a resume.
const keptEvents = 20_000

func (s *Server) dispatchTo(sess *session, name string, data any) {
	if m, ok := data.(visible); ok {
		if data = m.as(sess.intents); data == nil {
			return
		}
	}
	sess.seq++
	payload, err := json.Marshal(map[string]any{"op": 0, "t": name, "s": sess.seq, "d": data})
	if err != nil {
		panic(err)
	}
	sess.events = append(sess.events, event{sess.seq, payload})
	kept := keptEvents
	if s.forget {
		kept = keptEvents / 100
	}
	if len(sess.events) > kept {
		sess.events = slices.Clone(sess.events[len(sess.events)-kept/2:])
	}
	if sess.conn != nil {
		sess.conn.sendBytes(payload)
	}
}

// visible is an event that looks different, or is not sent, by intents.
type visible interface{ as(intents int) any }

func (c *gatewayConn) send(payload map[string]any) {
	data, err := json.Marshal(payload)
	if err != nil {
		panic(err)
	}
	c.sendBytes(data)
}

// sendBytes sends a payload, as a part of the compressed stream where the client asked
// for one.
func (c *gatewayConn) sendBytes(data []byte) {
	c.mu.Lock()
	defer c.mu.Unlock()
	kind := websocket.TextMessage
	if c.stream != nil {
		c.deflated.Reset()
		c.stream.Write(data)
		c.stream.Flush()
		kind, data = websocket.BinaryMessage, c.deflated.Bytes()
	}
	c.socket.SetWriteDeadline(time.Now().Add(10 * time.Second))
	c.socket.WriteMessage(kind, data)
}

func (c *gatewayConn) close(code int) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.socket.WriteControl(websocket.CloseMessage, websocket.FormatCloseMessage(code, "closed by the fake"), time.Now().Add(time.Second))
	c.socket.Close()
}

// reset sends half a frame and breaks the connection off.
func (c *gatewayConn) reset() {
	c.mu.Lock()
	defer c.mu.Unlock()
	raw := c.socket.NetConn()
	raw.Write([]byte{0x81, 126, 0x10, 0x00, '{', '"', 'o', 'p'})
	if tcp, ok := raw.(*net.TCPConn); ok {
		tcp.SetLinger(0)
	}
	raw.Close()
}

// Live is how many connections of a shard are ready now.
func (s *Server) Live(shard int) int {
	s.mu.Lock()
	defer s.mu.Unlock()
	n := 0
	for c := range s.live {
		if c.has(shard) {
			n++
		}
	}
	return n
}

// MostLive is the most connections of one shard that were ready at one time.
func (s *Server) MostLive() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	most := 0
	for _, n := range s.mostLive {
		most = max(most, n)
	}
	return most
}

// Connections is how many websockets were opened so far, Identifies how many
// IDENTIFYs came and Resumed how many sessions were resumed.
func (s *Server) Connections() int { s.mu.Lock(); defer s.mu.Unlock(); return s.conns }

// Identifies is how many IDENTIFYs came that were not refused.
func (s *Server) Identifies() int { s.mu.Lock(); defer s.mu.Unlock(); return len(s.identifies) }

// Begun is how often a connection became ready: with a session of its own or one
// taken up again. Only such a connection hears what the tests send; one that is on
// its way, or about to go, does not.
func (s *Server) Begun() int { s.mu.Lock(); defer s.mu.Unlock(); return s.begun }

// Resumed is how many sessions were resumed.
func (s *Server) Resumed() int { s.mu.Lock(); defer s.mu.Unlock(); return s.resumed }

// Undelivered is how many events found no session to go to.
func (s *Server) Undelivered() int { s.mu.Lock(); defer s.mu.Unlock(); return s.undelivered }
