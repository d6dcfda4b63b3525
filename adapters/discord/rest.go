package discord

import (
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"net/http"
	"net/url"
	"os"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/bwmarrin/discordgo"

	"verbatim/adapters"
)

// requestTime bounds one request: Discord answers within a second as a rule, and an
// answer that is slower than this is not coming.
const requestTime = 10 * time.Second

// rest makes requests to Discord by the library's session. It repeats what may
// be repeated, waits for rate limits no longer than its context, keeps nothing
// per token, and its errors hold no secret: the library does none of that.
type rest struct {
	session *discordgo.Session
	base    string // of all addresses
	limits  *limits
	signals *adapters.Signals
	// unauthorized is called where Discord does not know the token.
	unauthorized func()
}

// newRest returns a client for the bot of a complete configuration.
func newRest(config Config) *rest {
	s, _ := discordgo.New("Bot " + config.Token) // there is never an error
	t := http.DefaultTransport.(*http.Transport).Clone()
	t.MaxIdleConns, t.MaxIdleConnsPerHost = room, room
	s.Client = &http.Client{Transport: transport{t}, Timeout: 2 * requestTime}
	s.UserAgent += " verbatim"
	s.LogLevel = -1 // below LogError: its messages may hold tokens and what people wrote
	s.ShouldRetryOnRateLimit, s.MaxRestRetries = false, 0
	return &rest{session: s, base: config.base(), limits: newLimits(), signals: config.Signals, unauthorized: func() {}}
}

// close ends connections that are kept for later requests.
func (r *rest) close() { r.session.Client.CloseIdleConnections() }

// request is one to Discord's interface.
type request struct {
	// name says what it is for, in errors.
	name         string
	method, path string
	body         any // sent as JSON; nil: none
	// attempt bounds each attempt; 0 means requestTime.
	attempt time.Duration
	// once: it is not repeated by itself where it may have taken effect.
	once bool
}

// limit names the rate limit that it counts against: that of its route; "" where Discord
// has none, for the answers to interactions.
func (q request) limit() string {
	route, _, _ := strings.Cut(q.path, "?")
	if strings.HasPrefix(route, "interactions/") || strings.HasPrefix(route, "webhooks/") {
		return ""
	}
	return q.method + " " + route
}

// failure is why a request failed. It holds nothing that was sent.
type failure struct {
	name    string
	status  int    // HTTP status; 0: there was no response
	code    int    // Discord's code; 0: none
	message string // Discord's words, or the network's
}

func (f *failure) Error() string {
	switch {
	case f.status == 0:
		return fmt.Sprintf("%s: no response: %s", f.name, f.message)
	case f.code != 0:
		return fmt.Sprintf("%s: Discord says %q (HTTP %d, code %d)", f.name, f.message, f.status, f.code)
	}
	return fmt.Sprintf("%s: Discord says %q (HTTP %d)", f.name, f.message, f.status)
}

// code is the code of Discord's that an error carries, 0 where it carries none; status the
// HTTP status, 0 where there was no response.
func code(err error) int   { return failureOf(err).code }
func status(err error) int { return failureOf(err).status }

func failureOf(err error) failure {
	var f *failure
	if errors.As(err, &f) {
		return *f
	}
	return failure{}
}

// do makes a request, again where that is safe. The response is decoded into out, if
// that is not nil.
func (r *rest) do(ctx context.Context, q request, out any) error {
	var body []byte
	if q.body != nil {
		var err error
		if body, err = compact(q.body); err != nil {
			return fmt.Errorf("%s: %w", q.name, err)
		}
	}
	return r.signals.Repeat(ctx, !q.once, func(ctx context.Context) error {
		if q.limit() != "" && r.limits.wait(ctx, q.limit()) != nil {
			return &adapters.Failure{Outcome: adapters.NoTime, Err: &failure{name: q.name, message: "it had to wait too long for a rate limit"}}
		}
		data, m, err := r.once(ctx, q, body)
		if q.limit() != "" || m.global {
			r.limits.learn(q.limit(), m)
		}
		switch {
		case err != nil:
			return &adapters.Failure{Outcome: r.judge(q, err), After: m.retryAfter, Err: err}
		case out == nil:
			return nil
		case json.Unmarshal(data, out) != nil:
			return &failure{name: q.name, status: m.status, message: "a response that is not as expected"}
		}
		return nil
	})
}

// get asks Discord for something.
func (r *rest) get(ctx context.Context, name, path string, out any) error {
	return r.do(ctx, request{name: name, method: http.MethodGet, path: path}, out)
}

// slowDown is the wait where Discord asks to slow down but does not say for how long.
const slowDown = 100 * time.Millisecond

// judge tells the outcome of an attempt that failed.
func (r *rest) judge(q request, err error) adapters.Outcome {
	switch status := status(err); {
	case status == http.StatusTooManyRequests:
		return adapters.TooMany
	case status == http.StatusUnauthorized && q.limit() != "":
		r.unauthorized()
		return adapters.Refused
	case status != 0 && status < 500: // repeating it changes nothing
		return adapters.Refused
	}
	return adapters.Uncertain
}

// once makes one attempt.
func (r *rest) once(ctx context.Context, q request, body []byte) ([]byte, meta, error) {
	var m meta
	ctx, cancel := context.WithTimeout(context.WithValue(ctx, metaKey{}, &m), cmp.Or(q.attempt, requestTime))
	defer cancel()
	// A bucket of its own: the library's would be kept for ever, one for each
	// interaction, and its wait for a limit does not end with ctx.
	free := discordgo.NewRatelimiter().LockBucket("")
	data, err := r.session.RequestWithLockedBucket(q.method, r.base+"/"+q.path, "application/json", body, free, 0, discordgo.WithContext(ctx))
	taken := m.status >= 200 && m.status < 300
	if taken && err == nil {
		return data, m, nil
	}
	f := &failure{name: q.name, status: m.status, message: http.StatusText(m.status)}
	var said struct {
		Code       int             `json:"code"`
		Message    string          `json:"message"`
		Errors     json.RawMessage `json:"errors"`
		RetryAfter float64         `json:"retry_after"`
		Global     bool            `json:"global"`
	}
	switch {
	case taken || m.status == 0: // there was no response, or it broke off
		f.status, f.message = 0, reason(err)
	case json.Unmarshal(data, &said) == nil: // else it is a page of some proxy
		f.code, f.message = said.Code, said.Message
		if fields := fieldsOf(said.Errors); fields != "" {
			f.message += ": " + fields
			if strings.Contains(fields, "(REPLIES_UNKNOWN_MESSAGE)") {
				f.code = discordgo.ErrCodeUnknownMessage // and not just a body that is wrong somewhere
			}
		}
		if m.status == http.StatusTooManyRequests && said.RetryAfter > 0 && said.RetryAfter < 24*3600 {
			m.retryAfter, m.global = time.Duration(said.RetryAfter*float64(time.Second)), m.global || said.Global
		}
	}
	return data, m, f
}

// compact is a body as JSON in which what is not set is left out: Discord refuses null
// where it has no meaning, and the library writes it for lists that are empty.
func compact(body any) ([]byte, error) {
	return without(body, func(v any) bool { return v == nil })
}

// without is a body as JSON without the fields whose values are to be dropped.
func without(body any, drop func(any) bool) ([]byte, error) {
	data, err := json.Marshal(body)
	if err != nil {
		return nil, err
	}
	var tree any
	d := json.NewDecoder(bytes.NewReader(data))
	d.UseNumber()
	if err := d.Decode(&tree); err != nil {
		return nil, err
	}
	var walk func(any)
	walk = func(v any) {
		switch v := v.(type) {
		case map[string]any:
			for k, e := range v {
				if walk(e); drop(e) {
					delete(v, k)
				}
			}
		case []any:
			for _, e := range v {
				walk(e)
			}
		}
	}
	walk(tree)
	return json.Marshal(tree)
}

// maxFields bounds the fields that an error names.
const maxFields = 5

// fieldsOf names the fields that Discord found wrong in a body, and why: what they
// held is not told.
func fieldsOf(raw json.RawMessage) string {
	var tree map[string]any
	if json.Unmarshal(raw, &tree) != nil {
		return ""
	}
	var out []string
	var walk func(path string, node map[string]any)
	walk = func(path string, node map[string]any) {
		if list, ok := node["_errors"].([]any); ok {
			for _, e := range list {
				e, _ := e.(map[string]any)
				why, _ := e["message"].(string)
				code, _ := e["code"].(string)
				out = append(out, path+": "+why+" ("+code+")")
			}
		}
		for _, key := range slices.Sorted(maps.Keys(node)) {
			if inner, ok := node[key].(map[string]any); ok {
				walk(strings.TrimPrefix(path+"."+key, "."), inner)
			}
		}
	}
	walk("", tree)
	return strings.Join(out[:min(len(out), maxFields)], "; ")
}

// reason is why there was no response, without the address, which may hold a token.
func reason(err error) string {
	var u *url.Error
	switch {
	case err == nil:
		return "unknown"
	case errors.Is(err, context.DeadlineExceeded) || errors.Is(err, os.ErrDeadlineExceeded):
		return "it took too long"
	case errors.Is(err, context.Canceled):
		return "the bot is stopping"
	case errors.As(err, &u):
		return u.Err.Error()
	}
	return "the connection broke off"
}

// transport notes down what the library throws away of the responses.
type transport struct{ *http.Transport }

// RoundTrip makes one request.
func (t transport) RoundTrip(r *http.Request) (*http.Response, error) {
	resp, err := t.Transport.RoundTrip(r)
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
		m.retryAfter = cmp.Or(m.retryAfter, slowDown)
		m.global = r.Header.Get("X-RateLimit-Global") != ""
	}
	var err error
	m.remaining, err = strconv.Atoi(r.Header.Get("X-RateLimit-Remaining"))
	m.resetAfter, m.limited = seconds("X-RateLimit-Reset-After")
	m.limited = m.limited && err == nil
}
