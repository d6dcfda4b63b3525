package discord

import (
	"bytes"
	"compress/zlib"
	"context"
	"crypto/tls"
	"crypto/x509"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/bwmarrin/discordgo"
	"github.com/gorilla/websocket"
)

// peer is the gateway's side of a connection, as a test plays it.
type peer struct {
	t      *testing.T
	socket *websocket.Conn
}

// say sends a payload.
func (p *peer) say(payload string) {
	if err := p.socket.WriteMessage(websocket.TextMessage, []byte(payload)); err != nil {
		p.t.Error("the gateway cannot send:", err)
	}
}

// greet sends HELLO with an interval of heartbeats that no test waits for.
func (p *peer) greet() { p.say(`{"op":10,"d":{"heartbeat_interval":41250}}`) }

// hear reads a payload of the bot's.
func (p *peer) hear() (op int, data map[string]any) {
	var got struct {
		Op int `json:"op"`
		D  any `json:"d"`
	}
	p.socket.SetReadDeadline(time.Now().Add(10 * time.Second))
	if err := p.socket.ReadJSON(&got); err != nil {
		p.t.Error("the gateway cannot read:", err)
		return -1, nil
	}
	data, _ = got.D.(map[string]any)
	if n, ok := got.D.(float64); ok {
		data = map[string]any{"seq": n}
	}
	return got.Op, data
}

// ready greets, and begins a session that ends with sequence number 1.
func (p *peer) ready() {
	p.greet()
	p.hear()
	p.say(`{"op":0,"t":"READY","s":1,"d":{"session_id":"one","resume_gateway_url":"ws://there","user":{"id":"11"},"application":{"id":"22"}}}`)
}

// played is how a connection went.
type played struct {
	end    error
	heard  []string
	at     place
	ready  bool
	closed int // the code of the bot's close frame, 1006 where it sent none
}

// play has a connection go on from a place, with a gateway that acts like act and
// then reads until the bot is gone. leave, where not "", is the event at which the
// bot is to stop.
func play(t *testing.T, from place, leave string, act func(*peer)) (p played) {
	t.Helper()
	gone := make(chan int, 1)
	srv := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		u := websocket.Upgrader{}
		socket, err := u.Upgrade(w, r, nil)
		if err != nil {
			t.Error(err)
			return
		}
		defer socket.Close()
		act(&peer{t, socket})
		socket.SetReadDeadline(time.Now().Add(10 * time.Second))
		for err == nil {
			_, _, err = socket.ReadMessage()
		}
		var closed *websocket.CloseError
		if errors.As(err, &closed) {
			gone <- closed.Code
		} else {
			gone <- websocket.CloseAbnormalClosure
		}
	}))
	defer srv.Close()
	ctx, cancel := context.WithTimeout(t.Context(), 20*time.Second)
	defer cancel()
	g := &gateway{token: "token", log: slog.New(slog.DiscardHandler), timing: quick, ready: func(identity) {},
		event: func(name string, _ json.RawMessage) {
			if p.heard = append(p.heard, name); name == leave {
				cancel()
			}
		}}
	c := g.newConnection(shard{2, 4}, from)
	p.end = c.run(ctx, "ws"+strings.TrimPrefix(srv.URL, "http"))
	p.at, p.ready, p.closed = c.at(), c.wasReady(), <-gone
	return p
}

// TestCloseCodes: what each close code of Discord's means for the session, and that
// none is answered by a close frame, which would end it.
func TestCloseCodes(t *testing.T) {
	const (
		resume = "resume"
		begin  = "begin"
		stop   = "stop"
	)
	for code, want := range map[int]string{
		1000: resume, 1001: resume, 1005: resume, 1011: resume, 4000: resume, 4001: resume, 4002: resume, 4003: resume, 4005: resume, 4008: resume,
		4007: begin, 4009: begin,
		4004: stop, 4010: stop, 4011: stop, 4012: stop, 4013: stop, 4014: stop,
	} {
		t.Run(fmt.Sprint(code), func(t *testing.T) {
			p := play(t, place{}, "", func(p *peer) {
				p.ready()
				p.socket.WriteControl(websocket.CloseMessage, websocket.FormatCloseMessage(code, "why"), time.Now().Add(time.Second))
			})
			got := begin
			switch {
			case fatal(p.end):
				got = stop
			case resumable(p.end):
				got = resume
			}
			if got != want || p.end != (closed{code}) {
				t.Errorf("after %+v it is to %s, want %s", p.end, got, want)
			}
			if p.closed != websocket.CloseAbnormalClosure || !p.ready {
				t.Errorf("the bot closed with %d, ready %v", p.closed, p.ready)
			}
		})
	}
	t.Run("broken off", func(t *testing.T) {
		p := play(t, place{}, "", func(p *peer) { p.ready(); p.socket.NetConn().Close() })
		if _, ok := p.end.(closed); ok || p.end == nil || !resumable(p.end) {
			t.Errorf("ended with %+v", p.end)
		}
	})
}

// TestEndingOperations: reconnect and invalid session end a connection, before READY
// and after.
func TestEndingOperations(t *testing.T) {
	for payload, want := range map[string]error{
		`{"t":null,"s":null,"op":7,"d":null}`: errReconnect,
		`{"op":9,"d":true}`:                   errAgain,
		`{"op":9,"d":false}`:                  errInvalid,
		`{"op":9,"d":null}`:                   errInvalid,
		`{"op":9}`:                            errInvalid,
	} {
		for name, before := range map[string]func(*peer){"in place of HELLO": func(*peer) {}, "in place of READY": func(p *peer) { p.greet(); p.hear() }, "live": (*peer).ready} {
			t.Run(payload+" "+name, func(t *testing.T) {
				p := play(t, place{}, "", func(p *peer) { before(p); p.say(payload) })
				if p.end != want || p.closed != websocket.CloseAbnormalClosure {
					t.Errorf("it ended with %+v, want %+v; the bot closed with %d", p.end, want, p.closed)
				}
			})
		}
	}
}

// TestHello: a session is begun, or taken up again where there is one.
func TestHello(t *testing.T) {
	for _, c := range []struct {
		from place
		op   int
		want map[string]any
	}{
		{place{}, opIdentify, map[string]any{"token": "Bot token", "intents": float64(intents), "shard": []any{2.0, 4.0}}},
		{place{Session: "one", Seq: 42}, opResume, map[string]any{"token": "Bot token", "session_id": "one", "seq": 42.0}},
	} {
		play(t, c.from, "", func(p *peer) {
			p.greet()
			op, data := p.hear()
			if properties, _ := data["properties"].(map[string]any); op == opIdentify && (properties["os"] == "" || properties["browser"] != "verbatim") {
				t.Errorf("the bot says that it is %v", properties)
			}
			delete(data, "properties")
			if op != c.op || !reflect.DeepEqual(data, c.want) {
				t.Errorf("op %d with %v, want op %d with %v", op, data, c.op, c.want)
			}
			p.say(`{"op":7}`)
		})
	}
	p := play(t, place{}, "", func(p *peer) { p.say(`{"op":10,"d":{}}`) })
	if p.end == nil || !strings.Contains(p.end.Error(), "heartbeats") {
		t.Errorf("ended with %+v", p.end)
	}
}

// TestEvents: events are handed on in order and counted; what is of no use is passed
// over; once the bot is to stop it hears no more and leaves the session to be resumed.
func TestEvents(t *testing.T) {
	p := play(t, place{}, "LAST", func(p *peer) {
		p.ready()
		p.say(`{"op":0,"t":"FIRST","s":4,"d":{"op":7}}`)
		p.say(`{"op":0,"t":"REPLAYED","s":2,"d":1}`)
		p.say(`{"op":"none"}`)
		p.say(`{"op":99,"d":{}}`)
		p.say(`{"op":0,"t":"READY","s":5,"d":"nonsense"}`)
		p.say(`{"op":0,"t":"LAST","s":6,"d":null}{"op":0,"t":"LATE","s":7,"d":null}`)
	})
	if want := []string{"FIRST", "REPLAYED", "LAST"}; !slices.Equal(p.heard, want) {
		t.Errorf("heard %q, want %q", p.heard, want)
	}
	if want := (place{"one", 6, "ws://there", identity{"11", "22"}}); p.at != want {
		t.Errorf("the session is at %+v, want %+v", p.at, want)
	}
	if !errors.Is(p.end, context.Canceled) || p.closed != closeToResume {
		t.Errorf("ended with %+v, closed with %d", p.end, p.closed)
	}

	p = play(t, place{"one", 3, "ws://there", identity{"11", "22"}}, "", func(p *peer) {
		p.greet()
		p.hear()
		p.say(`{"op":0,"t":"MISSED","s":4,"d":{}}`)
		p.say(`{"op":0,"t":"RESUMED","s":5,"d":{}}`)
		p.say(`{"op":7}`)
	})
	if !p.ready || p.at.Seq != 5 || !slices.Equal(p.heard, []string{"MISSED"}) {
		t.Errorf("resumed: %+v", p)
	}
}

// TestHeartbeats: they are sent when due and when asked for, and a connection on which
// one is not acknowledged ends by itself.
func TestHeartbeats(t *testing.T) {
	const interval = 100 * time.Millisecond
	p := play(t, place{}, "", func(p *peer) {
		p.ready()
		p.say(`{"op":1,"d":null}`)
		if op, data := p.hear(); op != opHeartbeat || data["seq"] != 1.0 {
			t.Errorf("asked for a heartbeat the bot sends op %d with %v", op, data)
		}
		p.say(`{"op":7}`)
	})
	if p.end != errReconnect {
		t.Errorf("ended with %+v", p.end)
	}
	var last time.Time
	p = play(t, place{}, "", func(p *peer) {
		p.say(fmt.Sprintf(`{"op":10,"d":{"heartbeat_interval":%d}}`, interval.Milliseconds()))
		p.hear()
		for range 3 { // Discord may be slow at first
			p.hear()
		}
		p.say(`{"op":0,"t":"READY","s":1,"d":{"session_id":"one","user":{"id":"11"}}}`)
		for range 4 {
			if op, _ := p.hear(); op != opHeartbeat {
				t.Errorf("op %d in place of a heartbeat", op)
			}
			last = time.Now()
			p.say(`{"op":11}`)
		}
		p.hear() // and no more is said
	})
	if took := time.Since(last); p.end != errLate || took < interval || took > 20*interval {
		t.Errorf("ended with %+v, %v after the last acknowledged heartbeat", p.end, took)
	}
	if !resumable(p.end) || p.closed != websocket.CloseAbnormalClosure {
		t.Errorf("the session was given up: %+v, closed with %d", p.end, p.closed)
	}
}

// TestReceive reads payloads of all sizes, compressed as one stream and plain.
func TestReceive(t *testing.T) {
	for _, compress := range []bool{false, true} {
		near, far := net.Pipe()
		payloads := make(chan *discordgo.Event)
		ended := make(chan error, 1)
		go func() { ended <- receive(near, payloads) }()
		var b bytes.Buffer
		z := zlib.NewWriter(&b)
		for _, n := range []int{0, 1, 100, 4096, 1 << 16, 300_000} {
			text := fmt.Sprintf(`{"op":0,"t":"X","s":%d,"d":%q}`, n, strings.Repeat("x", n))
			b.Reset()
			if compress {
				io.WriteString(z, text)
				z.Flush()
			} else {
				b.WriteString(text)
			}
			go far.Write(bytes.Clone(b.Bytes()))
			// Each comes out before the next goes in.
			if p := <-payloads; p.Sequence != int64(n) || len(p.RawData) != n+2 {
				t.Errorf("compressed %v: %d bytes came as %d, number %d", compress, n, len(p.RawData), p.Sequence)
			}
		}
		far.Close()
		if err := <-ended; err == nil {
			t.Error("the end of the stream is no error")
		}
	}
}

func FuzzReceive(f *testing.F) {
	var b bytes.Buffer
	z := zlib.NewWriter(&b)
	io.WriteString(z, `{"op":9,"d":true}`)
	z.Flush()
	f.Add(b.Bytes())
	f.Add([]byte(`{"op":10,"d":{"heartbeat_interval":1}}{"op":7}`))
	f.Add([]byte(`{"op":0,"t":"READY","s":1,"d":[]}{"op":"x"}null`))
	f.Fuzz(func(t *testing.T, sent []byte) {
		payloads := make(chan *discordgo.Event)
		go func() {
			defer close(payloads)
			if err := receive(bytes.NewReader(sent), payloads); err == nil {
				t.Error("the end of the stream is no error")
			}
		}()
		c := testConnection(func(string) {})
		for p := range payloads {
			if p.Operation == opDispatch || p.Operation == opInvalidSession || p.Operation == opHeartbeatACK {
				c.take(p)
			}
		}
	})
}

// secureGateway is a gateway over TLS that says hello, and the pool that knows it.
func secureGateway(t *testing.T) (*httptest.Server, *x509.CertPool) {
	t.Helper()
	srv := httptest.NewTLSServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		u := websocket.Upgrader{}
		c, err := u.Upgrade(w, r, nil)
		if err != nil {
			return
		}
		defer c.Close()
		c.WriteMessage(websocket.TextMessage, []byte(`{"op":10}`))
		c.ReadMessage()
	}))
	t.Cleanup(srv.Close)
	pool := x509.NewCertPool()
	pool.AddCert(srv.Certificate())
	return srv, pool
}

// TestDialTLS dials a gateway over TLS, directly and through a proxy.
func TestDialTLS(t *testing.T) {
	srv, pool := secureGateway(t)
	address := "wss" + strings.TrimPrefix(srv.URL, "https")
	asked := make(chan *http.Request, 1)
	proxy := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		asked <- r
		if r.Header.Get("Proxy-Authorization") == "" {
			http.Error(w, "who are you?", http.StatusProxyAuthRequired)
			return
		}
		far, err := net.Dial("tcp", r.Host)
		if err != nil {
			http.Error(w, "no", http.StatusBadGateway)
			return
		}
		near, _, err := w.(http.Hijacker).Hijack()
		if err != nil {
			return
		}
		io.WriteString(near, "HTTP/1.1 200 Connection established\r\n\r\n")
		go func() { io.Copy(far, near); far.Close() }()
		io.Copy(near, far)
		near.Close()
	}))
	t.Cleanup(proxy.Close)
	by, err := url.Parse(proxy.URL)
	if err != nil {
		t.Fatal(err)
	}
	withUser := *by
	withUser.User = url.UserPassword("ann", "word")

	for name, c := range map[string]struct {
		proxy *url.URL
		want  string
	}{
		"directly": {nil, ""}, "by proxy": {&withUser, ""}, "refused by proxy": {by, "Proxy Authentication Required"},
		"by an odd proxy": {&url.URL{Scheme: "gopher", Host: "localhost:1"}, "unknown scheme: gopher"},
	} {
		t.Run(name, func(t *testing.T) {
			d := websocket.Dialer{Proxy: http.ProxyURL(c.proxy), TLSClientConfig: &tls.Config{RootCAs: pool}}
			conn, err := dial(t.Context(), d, address)
			if c.want != "" {
				if err == nil || !strings.Contains(err.Error(), c.want) {
					t.Errorf("%v, want %q", err, c.want)
				}
				if c.proxy.Host == by.Host {
					<-asked
				}
				return
			}
			if err != nil {
				t.Fatal(err)
			}
			defer conn.Close()
			if _, m, err := conn.ReadMessage(); err != nil || string(m) != `{"op":10}` {
				t.Errorf("%q, %v", m, err)
			}
			if c.proxy != nil {
				if r := <-asked; r.Method != http.MethodConnect || r.Host != srv.Listener.Addr().String() {
					t.Errorf("the proxy was asked: %s %s", r.Method, r.Host)
				}
			}
		})
	}

	// A certificate that nobody vouches for is not accepted.
	if _, err := dial(t.Context(), websocket.Dialer{}, address); err == nil {
		t.Error("connected to whoever")
	}
	// Dialling ends with its context, before it begins and while nobody answers.
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := dial(ctx, websocket.Dialer{}, address); !errors.Is(err, context.Canceled) {
		t.Errorf("dialling with an ended context: %v", err)
	}
	silent, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer silent.Close()
	ctx, cancel = context.WithCancel(t.Context())
	time.AfterFunc(50*time.Millisecond, cancel)
	if _, err := dial(ctx, websocket.Dialer{}, "ws://"+silent.Addr().String()); !errors.Is(err, context.Canceled) {
		t.Errorf("dialling a server that says nothing: %v", err)
	}
}
