package discord

import (
	"bytes"
	"compress/zlib"
	"context"
	"crypto/tls"
	"crypto/x509"
	"encoding/binary"
	"errors"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/gorilla/websocket"
)

const upgrade = "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\n\r\n"

// frame is a frame of a server.
func frame(kind byte, payload []byte) []byte {
	switch n := len(payload); {
	case n < 126:
		return append([]byte{0x80 | kind, byte(n)}, payload...)
	case n < 1<<16:
		return append(binary.BigEndian.AppendUint16([]byte{0x80 | kind, 126}, uint16(n)), payload...)
	default:
		return append(binary.BigEndian.AppendUint64([]byte{0x80 | kind, 127}, uint64(n)), payload...)
	}
}

func deflated(text string) []byte {
	var b bytes.Buffer
	z := zlib.NewWriter(&b)
	io.WriteString(z, text)
	z.Close()
	return b.Bytes()
}

// through sends bytes through a wire and returns what the library reads, and why
// the connection ended.
func through(t testing.TB, sent []byte) ([]byte, end) {
	t.Helper()
	near, far := net.Pipe()
	w := newWire(near, nil, 5*time.Second)
	go func() {
		far.Write(sent)
		far.Close()
	}()
	got, _ := io.ReadAll(w)
	w.Close()
	return got, w.why()
}

// TestWirePasses: what concerns only the library passes unchanged, whatever its size.
func TestWirePasses(t *testing.T) {
	for _, n := range []int{0, 1, 125, 126, 127, maxControl - 1, maxControl, maxControl + 1, 1<<16 - 1, 1 << 16, 300_000} {
		for _, kind := range []byte{0, frameText, frameBinary, 9, 10} {
			sent := append([]byte(upgrade), frame(kind, bytes.Repeat([]byte("x"), n))...)
			sent = append(sent, frame(frameText, []byte(`{"op":0,"t":"X","s":1,"d":{"op":7}}`))...)
			if got, _ := through(t, sent); !bytes.Equal(got, sent) {
				t.Errorf("a frame of kind %d with %d bytes does not pass unchanged", kind, n)
			}
		}
	}
	refusal := []byte("HTTP/1.1 503 Service Unavailable\r\nContent-Length: 3\r\n\r\n\x88\x02\x03\xe8")
	if got, e := through(t, refusal); !bytes.Equal(got, refusal) || e.code != 0 {
		t.Errorf("a refusal comes as %q, %v", got, e)
	}
}

// TestWireStops: what the library would answer in its own way ends the connection,
// and the library does not see it.
func TestWireStops(t *testing.T) {
	for name, c := range map[string]struct {
		frame []byte
		want  end
	}{
		"op 7":             {frame(frameText, []byte(`{"t":null,"s":null,"op":7,"d":null}`)), end{reconnect: true}},
		"op 7, compressed": {frame(frameBinary, deflated(`{"t":null,"s":null,"op":7,"d":null}`)), end{reconnect: true}},
		"op 9":             {frame(frameText, []byte(`{"op":9,"d":false}`)), end{invalid: true}},
		"op 9, null":       {frame(frameText, []byte(`{"op":9,"d":null}`)), end{invalid: true}},
		"op 9, resumable":  {frame(frameText, []byte(`{"op":9,"d": true }`)), end{retry: true}},
		"close":            {frame(frameClose, append([]byte{0x0f, 0xa4}, "Authentication failed."...)), end{code: 4004}},
		"close, no code":   {frame(frameClose, nil), end{code: 1005}},
	} {
		t.Run(name, func(t *testing.T) {
			before := append([]byte(upgrade), frame(frameText, []byte(`{"op":10,"d":{"heartbeat_interval":41250}}`))...)
			after := frame(frameText, []byte(`{"op":11}`))
			got, e := through(t, append(append(bytes.Clone(before), c.frame...), after...))
			if !bytes.Equal(got, before) {
				t.Errorf("the library reads %q", got)
			}
			if e.err = nil; e != c.want {
				t.Errorf("it ended with %+v, want %+v", e, c.want)
			}
		})
	}
}

// TestWireResumes: the library's IDENTIFY goes out as a RESUME, the rest as it is.
func TestWireResumes(t *testing.T) {
	for _, session := range []string{"s", strings.Repeat("long", 50)} {
		near, far := net.Pipe()
		w := newWire(near, resumePayload("token", session, 42), time.Second)
		read := make(chan []byte, 1)
		go func() { b, _ := io.ReadAll(far); read <- b }()
		http := []byte("GET /?v=9 HTTP/1.1\r\n\r\n")
		identify, heartbeat := masked([]byte(`{"op":2,"d":{}}`)), masked([]byte(`{"op":1,"d":7}`))
		for _, p := range [][]byte{http, identify, heartbeat} {
			if n, err := w.Write(p); n != len(p) || err != nil {
				t.Fatal(n, err)
			}
		}
		w.Close()
		got := <-read
		if !bytes.HasPrefix(got, http) || !bytes.HasSuffix(got, heartbeat) {
			t.Fatalf("sent: %q", got)
		}
		if payload := unmask(t, got[len(http):len(got)-len(heartbeat)]); payload != string(resumePayload("token", session, 42)) || !strings.Contains(payload, `"seq":42`) {
			t.Errorf("in place of IDENTIFY: %s", payload)
		}
	}
}

func unmask(t *testing.T, f []byte) string {
	t.Helper()
	n, at := int(f[1]&0x7f), 2
	if n == 126 {
		n, at = int(binary.BigEndian.Uint16(f[2:])), 4
	}
	mask, payload := f[at:at+4], bytes.Clone(f[at+4:])
	if f[0] != 0x81 || f[1]&0x80 == 0 || len(payload) != n {
		t.Fatalf("not a masked text frame: %q", f)
	}
	for i := range payload {
		payload[i] ^= mask[i%4]
	}
	return string(payload)
}

// TestWireHoldsTheCloseFrame: the library closes with a code that would end the
// session; it goes out only when the bot leaves, with a code that does not.
func TestWireHoldsTheCloseFrame(t *testing.T) {
	near, far := net.Pipe()
	w := newWire(near, nil, time.Second)
	read := make(chan []byte, 1)
	go func() { b, _ := io.ReadAll(far); read <- b }()
	closing := []byte{0x80 | frameClose, 0x82, 0, 0, 0, 0, 3, 0xe8}
	if _, err := w.Write(closing); err == nil {
		t.Error("the close frame was taken")
	}
	if got := <-read; len(got) > 0 {
		t.Errorf("sent: %q", got)
	}
	if e := w.why(); !e.late || !e.resumable() {
		t.Errorf("ended with %+v", e)
	}
}

// TestWireWaits: without a word the connection ends by itself.
func TestWireWaits(t *testing.T) {
	near, far := net.Pipe()
	defer far.Close()
	w := newWire(near, nil, 50*time.Millisecond)
	if _, err := w.Read(make([]byte, 10)); err == nil || !w.why().late {
		t.Errorf("%v, %+v", err, w.why())
	}
}

func FuzzWire(f *testing.F) {
	f.Add([]byte(upgrade))
	f.Add(append([]byte(upgrade), frame(frameText, []byte(`{"op":7}`))...))
	f.Add(append([]byte(upgrade), frame(frameBinary, deflated(`{"op":9,"d":true}`))...))
	f.Add(append([]byte(upgrade), 0x81, 127, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 1))
	f.Add(append([]byte(upgrade), 0x88, 0x01, 0x03))
	f.Fuzz(func(t *testing.T, sent []byte) {
		if got, _ := through(t, sent); !bytes.HasPrefix(sent, got) {
			t.Errorf("%q came as %q", sent, got)
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
		"directly": {nil, ""}, "by proxy": {&withUser, ""}, "refused by proxy": {by, "the proxy refuses"},
		"by an odd proxy": {&url.URL{Scheme: "socks5", Host: "localhost:1"}, "use an http proxy"},
	} {
		t.Run(name, func(t *testing.T) {
			d := dialing{proxy: func(*http.Request) (*url.URL, error) { return c.proxy, nil }, tls: &tls.Config{RootCAs: pool}}
			var w *wire
			ws := d.dialer(t.Context(), func(conn net.Conn) net.Conn { w = newWire(conn, nil, 5*time.Second); return w })
			conn, _, err := ws.Dial("wss"+strings.TrimPrefix(srv.URL, "https"), nil)
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
	if _, _, err := (dialing{}).dialer(t.Context(), func(c net.Conn) net.Conn { return c }).Dial("wss"+strings.TrimPrefix(srv.URL, "https"), nil); err == nil {
		t.Error("connected to whoever")
	}
	// Dialling ends with its context.
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, _, err := (dialing{}).dialer(ctx, func(c net.Conn) net.Conn { return c }).Dial("wss"+strings.TrimPrefix(srv.URL, "https"), nil); !errors.Is(err, context.Canceled) {
		t.Errorf("dialling with an ended context: %v", err)
	}
}
