package discord

import (
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"github.com/bwmarrin/discordgo"
)

// apiVersion is that of the library's requests.
var apiVersion = discordgo.APIVersion

// transport sends the library's requests where Config.APIURL says, and notes
// down what the library throws away of the responses.
type transport struct {
	base *url.URL
	next *http.Transport
}

// newTransport returns a transport to an address such as Config.base returns.
func newTransport(base *url.URL) *transport {
	next := http.DefaultTransport.(*http.Transport).Clone()
	next.MaxIdleConns, next.MaxIdleConnsPerHost = room, room
	return &transport{base: base, next: next}
}

// RoundTrip sends one request.
func (t *transport) RoundTrip(r *http.Request) (*http.Response, error) {
	r = r.Clone(r.Context())
	path := strings.TrimPrefix(r.URL.Path, "/api/v"+apiVersion)
	raw := strings.TrimPrefix(r.URL.EscapedPath(), "/api/v"+apiVersion)
	r.URL.Scheme, r.URL.Host, r.Host = t.base.Scheme, t.base.Host, ""
	r.URL.Path, r.URL.RawPath = t.base.Path+path, t.base.EscapedPath()+raw
	resp, err := t.next.RoundTrip(r)
	if err != nil {
		return nil, err
	}
	if m, ok := r.Context().Value(metaKey{}).(*meta); ok {
		m.read(resp)
	}
	// The library takes a response for failed where these are odd.
	for name := range resp.Header {
		if strings.HasPrefix(name, "X-Ratelimit") {
			resp.Header.Del(name)
		}
	}
	return resp, nil
}

// CloseIdleConnections is what http.Client asks for.
func (t *transport) CloseIdleConnections() { t.next.CloseIdleConnections() }

type metaKey struct{}

// meta is what a response says besides its body.
type meta struct {
	status     int
	retryAfter time.Duration // of a 429, else 0
	global     bool          // the 429 holds for all requests
	limited    bool          // the rest is there
	remaining  int
	resetAfter time.Duration
}

func (m *meta) read(r *http.Response) {
	m.status = r.StatusCode
	seconds := func(name string) (time.Duration, bool) {
		f, err := strconv.ParseFloat(r.Header.Get(name), 64)
		if err != nil || f < 0 || f > 24*3600 {
			return 0, false
		}
		return time.Duration(f * float64(time.Second)), true
	}
	if r.StatusCode == http.StatusTooManyRequests {
		m.retryAfter, _ = seconds("Retry-After")
		m.global = r.Header.Get("X-RateLimit-Global") != ""
	}
	var err error
	m.remaining, err = strconv.Atoi(r.Header.Get("X-RateLimit-Remaining"))
	m.resetAfter, m.limited = seconds("X-RateLimit-Reset-After")
	m.limited = m.limited && err == nil
}
