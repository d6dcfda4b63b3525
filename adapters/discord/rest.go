package discord

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"math/rand/v2"
	"net/http"
	"net/url"
	"os"
	"slices"
	"strings"
	"sync/atomic"
	"time"

	"github.com/bwmarrin/discordgo"

	"verbatim/adapters"
)

const (
	// requestTime bounds one request: Discord answers within a second as a rule,
	// and an answer that is slower than this is not coming.
	requestTime = 10 * time.Second
	// firstRetry is the wait before the first repetition; it doubles from one to
	// the next up to lastRetry. Half of each is chance, so that many do not come
	// back together.
	firstRetry = 100 * time.Millisecond
	lastRetry  = 5 * time.Second
	// tellAfter bounds the repetitions where the context does not: whoever asks is
	// told after so long that Discord cannot be reached, and tells the operator.
	tellAfter = 10 * time.Second
)

// rest makes requests to Discord by the library's session. It repeats what may
// be repeated, waits for rate limits no longer than its context, keeps nothing
// per token, and its errors hold no secret: the library does none of that.
type rest struct {
	session   *discordgo.Session
	limits    *limits
	signals   *adapters.Signals
	tellAfter time.Duration
	// unauthorized is called where Discord does not know the token; nil: nobody is.
	unauthorized atomic.Pointer[func()]
}

// revoked has f called where Discord does not know the token any more.
func (r *rest) revoked(f func()) { r.unauthorized.Store(&f) }

// newRest returns a client for a bot.
func newRest(token string, t http.RoundTripper, signals *adapters.Signals) (*rest, error) {
	s, err := newSession(token, t)
	if err != nil {
		return nil, err
	}
	return &rest{session: s, limits: newLimits(), signals: signals, tellAfter: tellAfter}, nil
}

// newSession returns a session of the library that neither logs, nor retries,
// nor reconnects, nor keeps state by itself.
func newSession(token string, t http.RoundTripper) (*discordgo.Session, error) {
	s, err := discordgo.New("Bot " + token)
	if err != nil {
		return nil, err
	}
	s.Client = &http.Client{Transport: t, Timeout: 2 * requestTime}
	s.UserAgent += " verbatim"
	s.LogLevel = -1 // below LogError: its messages may hold tokens and what people wrote
	s.ShouldReconnectOnError, s.ShouldReconnectVoiceOnSessionError = false, false
	s.ShouldRetryOnRateLimit, s.MaxRestRetries = false, 0
	s.StateEnabled = false
	return s, nil
}

// request is one to Discord's interface.
type request struct {
	// name says what it is for, in errors.
	name         string
	method, path string
	body         any // sent as JSON; nil: none
	// limit names the rate limit that it counts against; "" where Discord has
	// none, as for interactions.
	limit string
	// attempt bounds each attempt; 0 means requestTime.
	attempt time.Duration
	// unsure is called before a request is repeated that may have taken effect;
	// it reports whether it did.
	unsure func(context.Context) bool
}

// failure is why a request failed. It holds nothing that was sent.
type failure struct {
	name    string
	status  int    // HTTP status; 0: there was no response
	code    int    // Discord's code; 0: none
	message string // Discord's words, or the network's
	cause   error
	final   bool // there is no time to try again
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

func (f *failure) Unwrap() error { return f.cause }

// Codes of Discord's that mean something to the adapter.
const (
	codeUnknownChannel      = 10003
	codeUnknownMessage      = 10008
	codeUnknownWebhook      = 10015
	codeUnknownInteraction  = 10062
	codeAcknowledged        = 40060
	codeMissingAccess       = 50001
	codeMissingPermissions  = 50013
	codeInvalidForm         = 50035
	codeNoReadHistory       = 160002 // to reply one must be able to read
	codeThreadLocked        = 160005
	codeInvalidWebhookToken = 50027
)

// code is the code of Discord's that an error carries, 0 where it carries none.
func code(err error) int {
	var f *failure
	if errors.As(err, &f) {
		return f.code
	}
	return 0
}

// status is the HTTP status that an error carries, 0 where there was no response.
func status(err error) int {
	var f *failure
	if errors.As(err, &f) {
		return f.status
	}
	return 0
}

// do makes a request until it succeeds, is refused, or ctx ends; where that has
// no deadline, for tellAfter. The response is decoded into out, if that is not nil.
func (r *rest) do(ctx context.Context, q request, out any) error {
	if _, ok := ctx.Deadline(); !ok {
		var cancel context.CancelFunc
		ctx, cancel = context.WithTimeout(ctx, r.tellAfter)
		defer cancel()
	}
	var body []byte
	if q.body != nil {
		var err error
		if body, err = compact(q.body); err != nil {
			return fmt.Errorf("%s: %w", q.name, err)
		}
	}
	for wait := firstRetry; ; wait = min(2*wait, lastRetry) {
		data, m, err := r.try(ctx, q, body, wait)
		if err == nil {
			return decode(q, data, m, out)
		}
		pause, again := r.again(q, m, wait)
		if f, ok := err.(*failure); ok && f.final {
			return err
		}
		if end, ok := ctx.Deadline(); !again || ok && time.Until(end) < pause || !sleep(ctx, pause) {
			return err
		}
		if m.status != http.StatusTooManyRequests && q.unsure != nil && q.unsure(ctx) {
			return nil
		}
		r.signals.Count(adapters.CountRetried)
	}
}

// try makes one attempt when its rate limit allows, and takes in what the response
// says of that.
func (r *rest) try(ctx context.Context, q request, body []byte, wait time.Duration) ([]byte, meta, error) {
	if q.limit != "" {
		if err := r.limits.wait(ctx, q.limit); err != nil {
			return nil, meta{}, &failure{name: q.name, message: "it had to wait too long for a rate limit", cause: err}
		}
	}
	data, m, err := r.once(ctx, q, body)
	if m.status == http.StatusTooManyRequests {
		r.signals.Count(adapters.CountRateLimited)
		if m.retryAfter == 0 {
			m.retryAfter = wait
		}
	}
	if q.limit != "" || m.global {
		r.limits.learn(q.limit, m)
	}
	return data, m, err
}

// again reports whether a request that failed may be made again, and after what pause.
func (r *rest) again(q request, m meta, wait time.Duration) (time.Duration, bool) {
	switch {
	case m.status == http.StatusTooManyRequests:
		return m.retryAfter, true
	case m.status == http.StatusUnauthorized && q.limit != "":
		if f := r.unauthorized.Load(); f != nil {
			(*f)()
		}
		return 0, false
	case m.status != 0 && m.status < 500: // refused: repeating it changes nothing
		return 0, false
	}
	return wait/2 + rand.N(wait/2), true
}

// decode decodes a response into out, if that is not nil.
func decode(q request, data []byte, m meta, out any) error {
	if out == nil {
		return nil
	}
	if err := json.Unmarshal(data, out); err != nil {
		return &failure{name: q.name, status: m.status, message: "a response that is not as expected"}
	}
	return nil
}

// once makes one attempt.
func (r *rest) once(ctx context.Context, q request, body []byte) ([]byte, meta, error) {
	var m meta
	limit := q.attempt
	if limit == 0 {
		limit = requestTime
	}
	ctx, cancel := context.WithTimeout(context.WithValue(ctx, metaKey{}, &m), limit)
	defer cancel()
	// A bucket of its own: the library's would be kept for ever, one for each
	// interaction, and its wait for a limit does not end with ctx.
	free := discordgo.NewRatelimiter().LockBucket("")
	data, err := r.session.RequestWithLockedBucket(q.method, discordgo.EndpointAPI+q.path, "application/json", body, free, 0,
		discordgo.WithContext(ctx), discordgo.WithRetryOnRatelimit(false), discordgo.WithRestRetries(0))
	if m.status >= 200 && m.status < 300 && err == nil {
		return data, m, nil
	}
	f := &failure{name: q.name, status: m.status}
	var said struct {
		Code       int             `json:"code"`
		Message    string          `json:"message"`
		Errors     json.RawMessage `json:"errors"`
		RetryAfter float64         `json:"retry_after"`
		Global     bool            `json:"global"`
	}
	switch {
	case m.status >= 200 && m.status < 300: // the response broke off
		f.status, m.status, f.message = 0, 0, reason(err)
	case m.status == 0:
		f.message = reason(err)
	case json.Unmarshal(data, &said) == nil:
		f.code, f.message = said.Code, said.Message
		if fields := fieldsOf(said.Errors); fields != "" {
			f.message += ": " + fields
		}
		if m.status == http.StatusTooManyRequests && said.RetryAfter > 0 && said.RetryAfter < 24*3600 {
			m.retryAfter, m.global = time.Duration(said.RetryAfter*float64(time.Second)), m.global || said.Global
		}
	default:
		f.message = http.StatusText(m.status) // a page of some proxy
	}
	if ctx.Err() != nil && f.status == 0 {
		f.cause = ctx.Err()
	}
	return data, m, f
}

// compact is a body as JSON in which what is not set is left out: Discord refuses null
// where it has no meaning, and the library writes it for lists that are empty.
func compact(body any) ([]byte, error) {
	data, err := json.Marshal(body)
	if err != nil {
		return nil, err
	}
	if !bytes.Contains(data, []byte("null")) {
		return data, nil
	}
	var tree any
	d := json.NewDecoder(bytes.NewReader(data))
	d.UseNumber()
	if err := d.Decode(&tree); err != nil {
		return nil, err
	}
	return json.Marshal(withoutNull(tree))
}

func withoutNull(v any) any {
	switch v := v.(type) {
	case map[string]any:
		for k, e := range v {
			if e == nil {
				delete(v, k)
			} else {
				v[k] = withoutNull(e)
			}
		}
	case []any:
		for i, e := range v {
			v[i] = withoutNull(e)
		}
	}
	return v
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
