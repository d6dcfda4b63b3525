package discord

import (
	"bufio"
	"compress/zlib"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"math/rand/v2"
	"net"
	"net/http"
	"net/url"
	"runtime"
	"runtime/debug"
	"sync/atomic"
	"time"

	"github.com/bwmarrin/discordgo"
	"github.com/gorilla/websocket"

	"verbatim/adapters"
)

// intents are what the bot hears of: what concerns servers as such, and messages
// there and in direct messages. Without the privileged message content intent
// Discord shows a message's text only where the bot is meant: mentions, direct
// messages, replies to it, and the message that a message command is used on.
const intents = discordgo.IntentGuilds | discordgo.IntentGuildMessages | discordgo.IntentDirectMessages

// closeToResume is the close code with which the bot leaves: any but 1000 and
// 1001 leaves the session to be taken up again, by the next process too.
const closeToResume = 4000

// Operations of the gateway.
const (
	opDispatch       = 0
	opHeartbeat      = 1
	opIdentify       = 2
	opResume         = 6
	opReconnect      = 7
	opInvalidSession = 9
	opHello          = 10
	opHeartbeatACK   = 11
)

// shard is one part of the servers that a bot is in.
type shard struct{ ID, Count int }

func (s shard) String() string { return fmt.Sprintf("%d/%d", s.ID, s.Count) }

// place is how far a session with the gateway was heard: enough to take it up again.
type place struct {
	Session string `json:"session"`
	Seq     int64  `json:"seq"`
	// URL is where to take it up.
	URL string `json:"url,omitempty"`
	// Me is who the bot is, which Discord tells only at a session's beginning.
	Me identity `json:"me"`
}

// identity is who the bot is on Discord.
type identity struct {
	User string `json:"user"`
	App  string `json:"app"`
}

// gateway is what all connections to Discord's gateway have in common.
type gateway struct {
	token  string
	timing timing
	log    *slog.Logger
	// event is called for each event, in order, from one goroutine at a time for
	// each connection. It must not wait.
	event func(name string, data json.RawMessage)
	// ready is called with who the bot is, as far as Discord tells, before the
	// events of a session.
	ready func(identity)
}

// connection is one connection, from dialling to its end. It does not connect again
// by itself. Only the goroutine of run changes it.
type connection struct {
	gateway *gateway
	shard   shard
	socket  *websocket.Conn
	place   atomic.Pointer[place]
	isReady chan struct{} // closed at READY or RESUMED

	late     *time.Timer // runs out where READY takes too long
	beat     *time.Timer // runs out when a heartbeat is due
	interval time.Duration
	acked    bool // the last heartbeat was acknowledged
}

// newConnection returns a connection of a shard that goes on from a place; the zero
// place begins a session.
func (g *gateway) newConnection(s shard, from place) *connection {
	if from.Session != "" {
		g.ready(from.Me)
	}
	c := &connection{gateway: g, shard: s, isReady: make(chan struct{}),
		late: time.NewTimer(g.timing.ready), beat: time.NewTimer(0), acked: true}
	c.beat.Stop()
	c.place.Store(&from)
	return c
}

// run connects to the gateway at an address and serves until the connection ends
// or ctx does. It returns why.
func (c *connection) run(ctx context.Context, address string) (err error) {
	defer c.late.Stop()
	defer c.beat.Stop()
	dialer := websocket.Dialer{Proxy: http.ProxyFromEnvironment, HandshakeTimeout: c.gateway.timing.ready}
	if c.socket, err = dial(ctx, dialer, address); err != nil {
		return err
	}
	payloads := make(chan *discordgo.Event)
	var broken error
	go func() {
		defer close(payloads)
		broken = receive(websocket.JoinMessages(c.socket, ""), payloads)
	}()
	defer func() {
		c.socket.Close()
		for range payloads { // what comes now is left to whoever takes the session up
		}
	}()
	for ctx.Err() == nil && err == nil {
		select {
		case <-ctx.Done():
		case <-c.late.C:
			err = errLate
		case <-c.beat.C:
			err = c.heartbeat()
		case p, ok := <-payloads:
			var closing *websocket.CloseError
			switch {
			case ok && ctx.Err() != nil: // left to whoever takes the session up
			case ok:
				err = c.take(p)
			case errors.As(broken, &closing) && closing.Code != websocket.CloseAbnormalClosure:
				err = closed{closing.Code}
			default:
				err = broken
			}
		}
	}
	if err == nil {
		c.socket.WriteControl(websocket.CloseMessage, websocket.FormatCloseMessage(closeToResume, ""), time.Now().Add(time.Second))
		err = ctx.Err()
	}
	return err
}

// take takes in what the gateway sent. Where the connection ends with it, it returns
// why.
func (c *connection) take(p *discordgo.Event) error {
	switch p.Operation {
	case opDispatch:
		c.hear(p)
	case opHeartbeat: // Discord wants one at once
		return c.send(opHeartbeat, c.at().Seq)
	case opReconnect:
		return errReconnect
	case opInvalidSession:
		if string(p.RawData) == "true" {
			return errAgain
		}
		return errInvalid
	case opHello:
		return c.hello(p.RawData)
	case opHeartbeatACK:
		c.acked = true
	}
	return nil
}

// hello begins a session or takes one up again, and begins the heartbeats: the first
// after a part of the interval, so that a fleet does not send them in step.
func (c *connection) hello(data json.RawMessage) error {
	var hello struct {
		Interval int64 `json:"heartbeat_interval"` // milliseconds
	}
	if json.Unmarshal(data, &hello) != nil || hello.Interval <= 0 {
		return errors.New("the gateway's greeting says nothing of heartbeats")
	}
	c.interval = time.Duration(hello.Interval) * time.Millisecond
	c.beat.Reset(rand.N(c.interval))
	token := "Bot " + c.gateway.token
	if at := c.at(); at.Session != "" {
		return c.send(opResume, map[string]any{"token": token, "session_id": at.Session, "seq": at.Seq})
	}
	return c.send(opIdentify, map[string]any{"token": token, "intents": intents, "shard": []int{c.shard.ID, c.shard.Count},
		"properties": map[string]string{"os": runtime.GOOS, "browser": "verbatim", "device": "verbatim"}})
}

// heartbeat sends the heartbeat that is due. Where the one before it was not
// acknowledged nobody is there any more, whatever the network says. Before READY the
// time for that decides: until then there is no session to take up again.
func (c *connection) heartbeat() error {
	if !c.acked && c.wasReady() {
		return errLate
	}
	c.acked = false
	c.beat.Reset(c.interval)
	return c.send(opHeartbeat, c.at().Seq)
}

// send sends a payload.
func (c *connection) send(op int, data any) error {
	c.socket.SetWriteDeadline(time.Now().Add(requestTime))
	return c.socket.WriteJSON(map[string]any{"op": op, "d": data})
}

// at is how far the session was heard.
func (c *connection) at() place { return *c.place.Load() }

// hear takes an event. It counts as heard once it was handed on, even if that panicked.
func (c *connection) hear(e *discordgo.Event) {
	defer func() {
		if p := recover(); p != nil {
			c.gateway.log.Error("an event panicked", "event", e.Type, "panic", adapters.Panicked(p), "stack", string(debug.Stack()))
		}
		at := c.at()
		at.Seq = max(at.Seq, e.Sequence)
		c.place.Store(&at)
	}()
	switch e.Type {
	case "READY":
		c.begun(e)
		c.nowReady()
	case "RESUMED":
		c.nowReady()
	default:
		c.gateway.event(e.Type, e.RawData)
	}
}

// begun takes in what READY says of a session.
func (c *connection) begun(e *discordgo.Event) {
	var r struct {
		SessionID         string `json:"session_id"`
		URL               string `json:"resume_gateway_url"`
		User, Application struct {
			ID string `json:"id"`
		}
	}
	if json.Unmarshal(e.RawData, &r) != nil || r.SessionID == "" || r.User.ID == "" {
		c.gateway.log.Error("READY is not as expected; the session cannot be taken up again")
		return
	}
	c.place.Store(&place{r.SessionID, e.Sequence, r.URL, identity{r.User.ID, r.Application.ID}})
	c.gateway.ready(c.at().Me)
}

func (c *connection) nowReady() {
	c.late.Stop()
	c.acked = true
	if !c.wasReady() {
		close(c.isReady)
	}
}

// wasReady reports whether it ever came to READY or RESUMED.
func (c *connection) wasReady() bool {
	select {
	case <-c.isReady:
		return true
	default:
		return false
	}
}

// dial opens a websocket to the gateway at an address. It gives up when ctx ends.
func dial(ctx context.Context, d websocket.Dialer, address string) (*websocket.Conn, error) {
	u, err := url.Parse(address)
	if err != nil {
		return nil, errors.New("the gateway's address is not one")
	}
	q := u.Query()
	q.Set("v", discordgo.APIVersion)
	q.Set("encoding", "json")
	q.Set("compress", "zlib-stream")
	u.RawQuery = q.Encode()
	release := func() bool { return true }
	d.NetDialContext = func(ctxOfDialer context.Context, network, addr string) (net.Conn, error) {
		conn, err := new(net.Dialer).DialContext(ctxOfDialer, network, addr)
		if err == nil { // the dialer itself does not look at ctx while a proxy or the server is silent
			release = context.AfterFunc(ctx, func() { conn.Close() })
		}
		return conn, err
	}
	socket, resp, err := d.DialContext(ctx, u.String(), nil)
	release()
	switch {
	case ctx.Err() != nil && err != nil:
		return nil, ctx.Err()
	case resp != nil && err != nil:
		return nil, fmt.Errorf("the gateway refuses the connection: %s", resp.Status)
	case err != nil:
		return nil, fmt.Errorf("the gateway cannot be reached: %w", err)
	}
	// A close frame is not answered: code 1000 would end the session.
	socket.SetCloseHandler(func(int, string) error { return nil })
	return socket, nil
}

// zlibHeader is the first byte of what is compressed, and of no JSON.
const zlibHeader = 0x78

// receive reads payloads from a connection's messages, which are one stream, until
// that ends, and returns why it did. A server may leave out compressing.
func receive(messages io.Reader, payloads chan<- *discordgo.Event) error {
	buffered := bufio.NewReader(messages)
	var stream io.Reader = buffered
	first, err := buffered.Peek(1)
	if err == nil && first[0] == zlibHeader {
		stream, err = zlib.NewReader(buffered)
	}
	if err != nil {
		return err
	}
	decoder := json.NewDecoder(stream)
	for {
		var p discordgo.Event
		switch err := decoder.Decode(&p); {
		case errors.As(err, new(*json.UnmarshalTypeError)):
			// One payload that is not as Discord writes them is passed over.
		case err != nil:
			return err
		default:
			payloads <- &p
		}
	}
}
