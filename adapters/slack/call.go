package slack

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"net"
	"net/http"
	"slices"
	"strings"
	"time"

	"github.com/slack-go/slack"

	"verbatim/adapters"
)

const (
	// callTimeout bounds one call of the Web API. Slack answers in well under a
	// second; ten bound a stall without giving up on a slow network.
	callTimeout = 10 * time.Second
	// callTries is how often a call is made in all where it was surely not taken.
	callTries = 5
	// slowDown is the wait where Slack says “too many” but not how long: its posting
	// limit is one a second.
	slowDown = time.Second
	// backoff is the wait before the second try; it doubles with each.
	backoff = 250 * time.Millisecond
)

// errUncertain: the call may have taken effect, or may not.
var errUncertain = errors.New("whether the call was taken is not known")

// outcome is what became of a call.
type outcome int

const (
	taken outcome = iota
	tooMany
	unsent    // surely without effect: trying again is safe
	uncertain // perhaps with effect
	refused   // Slack said no
)

// judge tells an error's outcome, and after a refusal for rate how long to wait.
func judge(err error) (outcome, time.Duration) {
	var limited *slack.RateLimitedError
	var status slack.StatusCodeError
	var said slack.SlackErrorResponse
	var op *net.OpError
	var dns *net.DNSError
	switch {
	case err == nil:
		return taken, 0
	case errors.Is(err, errUnsound):
		return refused, 0
	case errors.As(err, &limited):
		return tooMany, max(limited.RetryAfter, slowDown)
	case errors.As(err, &status):
		switch {
		case status.Code == http.StatusTooManyRequests:
			return tooMany, slowDown
		case status.Code >= 500:
			return uncertain, 0
		}
		return refused, 0
	case errors.As(err, &said):
		switch said.Err {
		case "ratelimited", "rate_limited", "message_limit_exceeded":
			return tooMany, slowDown
		case "internal_error", "fatal_error", "service_unavailable", "request_timeout":
			return uncertain, 0
		}
		return refused, 0
	case errors.As(err, &dns), errors.As(err, &op) && op.Op == "dial":
		return unsent, 0
	}
	return uncertain, 0
}

// call makes a call of the Web API until it is taken, refused or uncertain; an
// uncertain one only counts as such where it must not be made twice. The wait
// that Slack asks for is kept to, unless ctx ends before.
func (a *Adapter) call(ctx context.Context, what string, twice bool, f func(context.Context) error) error {
	for try := 1; ; try++ {
		one, cancel := context.WithTimeout(ctx, callTimeout)
		err := f(one)
		cancel()
		out, wait := judge(err)
		switch {
		case out == taken:
			return nil
		case out == refused:
			a.notRevoked(err)
			return fmt.Errorf("%s: %w", what, err)
		case out == uncertain && !twice:
			return fmt.Errorf("%s: %w: %w", what, errUncertain, safe(err))
		case ctx.Err() != nil || try == callTries:
			return fmt.Errorf("%s, tried %s: %w", what, count(try, "time", "times"), safe(err))
		case out == tooMany:
			a.count(adapters.CountRateLimited)
		}
		wait = max(wait, backoff<<(try-1))
		wait += rand.N(wait/4 + 1)
		if deadline, ok := ctx.Deadline(); ok && time.Until(deadline) < wait {
			return fmt.Errorf("%s: Slack asks to wait %s, which is too long: %w", what, wait.Round(time.Second), safe(err))
		}
		a.count(adapters.CountRetried)
		if !sleep(ctx, wait) {
			return fmt.Errorf("%s: %w", what, ctx.Err())
		}
	}
}

// credentials are the errors that say that the bot token works no longer.
var credentials = []string{"token_revoked", "account_inactive", "token_expired", "invalid_auth", "not_authed", "app_not_found"}

// notRevoked has Run end where an error says that the bot token works no longer.
func (a *Adapter) notRevoked(err error) {
	if slices.Contains(credentials, said(err)) {
		select {
		case a.revoked <- fatal(err):
		default: // it is known
		}
	}
}

// said is the code with which Slack refused something, "" where it did not.
func said(err error) string {
	var e slack.SlackErrorResponse
	if errors.As(err, &e) {
		return e.Err
	}
	return ""
}

// safe is an error without addresses, which may hold a token (response URLs and
// the socket's address do).
func safe(err error) error {
	if err == nil {
		return nil
	}
	text := err.Error()
	if strings.Contains(text, "://") {
		var inner error
		for e := err; e != nil; e = errors.Unwrap(e) {
			inner = e
		}
		if inner != nil && !strings.Contains(inner.Error(), "://") {
			return inner
		}
		return fmt.Errorf("%T", err)
	}
	return err
}
