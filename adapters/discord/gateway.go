package discord

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"runtime/debug"
	"sync"
	"time"

	"github.com/bwmarrin/discordgo"
)

// intents are what the bot hears of: what concerns servers as such, and messages
// there and in direct messages. Without the privileged message content intent
// Discord shows a message's text only where the bot is meant: mentions, direct
// messages, replies to it, and the message that a message command is used on.
const intents = discordgo.IntentGuilds | discordgo.IntentGuildMessages | discordgo.IntentDirectMessages

// closeToResume is the close code with which the bot leaves: any but 1000 and
// 1001 leaves the session to be taken up again, by the next process too.
const closeToResume = 4000

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

// gateway makes connections to Discord's gateway by the library. It connects
// once, with a fresh session of the library for each connection: the library's
// own reconnecting can hang for ever, and goes on after it was closed.
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
	// leftovers are sessions of the library that are closing.
	leftovers sync.WaitGroup
}

// connection is one connection, from dialling to its end.
type connection struct {
	gateway *gateway
	wire    *wire // under mu, as all that follows
	mu      sync.Mutex
	place   place
	stopped bool
	isReady chan struct{} // closed at READY or RESUMED
	ready   bool
	gone    chan struct{} // closed when the library has closed its session
}

// newConnection returns a connection that goes on from a place; the zero place
// begins a session.
func (g *gateway) newConnection(from place) *connection {
	if from.Session != "" {
		g.ready(from.Me)
	}
	return &connection{gateway: g, place: from, isReady: make(chan struct{}), gone: make(chan struct{})}
}

// run connects to a gateway at an address and serves until the connection ends
// or ctx does.
func (c *connection) run(ctx context.Context, s shard, address string) end {
	session, err := newSession(c.gateway.token, known(address))
	if err != nil {
		return end{err: err}
	}
	session.SyncEvents = true // in order, and without a goroutine for each
	session.ShardID, session.ShardCount = s.ID, s.Count
	session.Identify.Intents = intents
	session.Dialer = dialing{}.dialer(ctx, c.wrap)
	session.AddHandler(func(_ *discordgo.Session, e *discordgo.Event) { c.hear(e) })
	var once sync.Once
	session.AddHandler(func(*discordgo.Session, *discordgo.Disconnect) { once.Do(func() { close(c.gone) }) })

	opened := make(chan error, 1)
	go func() { opened <- session.Open() }()
	watchdog := time.NewTimer(c.gateway.timing.watchdog)
	defer watchdog.Stop()
	select {
	case err = <-opened:
	case <-ctx.Done():
		c.stop()
		c.abandon(opened, session)
		return end{err: ctx.Err()}
	case <-watchdog.C:
		c.stop()
		c.abandon(opened, session)
		c.gateway.log.Error("the gateway connection hangs and is given up", "shard", s.String())
		return end{late: true}
	}
	if err != nil {
		c.stop()
		return c.failed(err)
	}
	w := c.getWire()
	select {
	case <-w.done:
		c.stop()
		c.gateway.leftovers.Go(func() { c.awaitGone() })
		return w.why()
	case <-ctx.Done():
		c.stop()
		w.leave()
		c.gateway.leftovers.Go(func() { session.CloseWithCode(closeToResume) })
		return end{err: ctx.Err()}
	}
}

// awaitGone waits until the library has noticed that its connection is gone. It
// takes a second over it.
func (c *connection) awaitGone() {
	select {
	case <-c.gone:
	case <-time.After(c.gateway.timing.watchdog):
	}
}

// abandon gives an Open up that has not returned: its connection is closed, and
// what it comes to later is closed too.
func (c *connection) abandon(opened <-chan error, session *discordgo.Session) {
	if w := c.getWire(); w != nil {
		w.Close()
	}
	c.gateway.leftovers.Go(func() {
		select {
		case err := <-opened:
			if err == nil {
				session.CloseWithCode(closeToResume)
			}
		case <-time.After(c.gateway.timing.watchdog): // it has locked itself in
		}
	})
}

// failed is why Open failed.
func (c *connection) failed(err error) end {
	if w := c.getWire(); w != nil {
		select {
		case <-w.done:
			if e := w.why(); e.err == nil || e.late {
				return e
			}
		default:
			w.Close()
		}
	}
	return end{err: err}
}

// wrap makes the network connection a wire.
func (c *connection) wrap(conn net.Conn) net.Conn {
	c.mu.Lock()
	defer c.mu.Unlock()
	var resume []byte
	if c.place.Session != "" {
		resume = resumePayload(c.gateway.token, c.place.Session, c.place.Seq)
	}
	c.wire = newWire(conn, resume, c.gateway.timing.ready)
	if c.stopped {
		c.wire.Close()
	}
	return c.wire
}

func (c *connection) getWire() *wire {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.wire
}

// stop has the connection hear nothing more: what comes now is left to whoever
// takes the session up again.
func (c *connection) stop() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.stopped = true
}

// wasReady reports whether it ever came to READY or RESUMED.
func (c *connection) wasReady() bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.ready
}

// at is how far the session was heard.
func (c *connection) at() place {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.place
}

// hear takes an event from the library. The library's own decoding of it is not
// used: one field that it does not know makes it drop the whole.
func (c *connection) hear(e *discordgo.Event) {
	defer func() {
		if p := recover(); p != nil {
			c.gateway.log.Error("an event panicked", "event", e.Type, "panic", p, "stack", string(debug.Stack()))
		}
	}()
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.stopped {
		return
	}
	c.place.Seq = max(c.place.Seq, e.Sequence)
	switch e.Type {
	case "READY":
		var r struct {
			SessionID string `json:"session_id"`
			URL       string `json:"resume_gateway_url"`
			User      struct {
				ID string `json:"id"`
			} `json:"user"`
			Application struct {
				ID string `json:"id"`
			} `json:"application"`
		}
		if json.Unmarshal(e.RawData, &r) != nil || r.SessionID == "" || r.User.ID == "" {
			c.gateway.log.Error("READY is not as expected; the session cannot be taken up again")
		}
		c.place = place{r.SessionID, e.Sequence, r.URL, identity{r.User.ID, r.Application.ID}}
		c.gateway.ready(c.place.Me)
		c.nowReady()
	case "RESUMED":
		c.nowReady()
	default:
		c.gateway.event(e.Type, e.RawData)
	}
}

func (c *connection) nowReady() {
	c.wire.isReady()
	if !c.ready {
		c.ready = true
		close(c.isReady)
	}
}

// known answers the library's question for the gateway's address, which the
// adapter has already: from /gateway, or from the session to take up again.
type known string

// RoundTrip answers GET /gateway.
func (k known) RoundTrip(r *http.Request) (*http.Response, error) {
	body, err := json.Marshal(map[string]string{"url": string(k)})
	if err != nil {
		return nil, err
	}
	return &http.Response{StatusCode: http.StatusOK, Status: "200 OK", Proto: "HTTP/1.1", ProtoMajor: 1, ProtoMinor: 1,
		Header: http.Header{"Content-Type": {"application/json"}}, Body: io.NopCloser(bytes.NewReader(body)), Request: r}, nil
}
