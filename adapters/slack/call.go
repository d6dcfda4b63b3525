package slack

import (
	"context"
	"errors"
	"fmt"
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
	// slowDown is the wait where Slack says “too many” but not how long: its posting
	// limit is one a second.
	slowDown = time.Second
	// firstWait is the wait before Slack is asked a second time who the bot is; it
	// doubles with each.
	firstWait = 250 * time.Millisecond
)

// judge tells an error's outcome, and after a refusal for rate how long to wait.
func judge(err error) (adapters.Outcome, time.Duration) {
	var limited *slack.RateLimitedError
	var status slack.StatusCodeError
	var said slack.SlackErrorResponse
	var op *net.OpError
	var dns *net.DNSError
	switch {
	case errors.As(err, &limited):
		return adapters.TooMany, max(limited.RetryAfter, slowDown)
	case errors.As(err, &status):
		switch {
		case status.Code == http.StatusTooManyRequests:
			return adapters.TooMany, slowDown
		case status.Code >= 500:
			return adapters.Uncertain, 0
		}
		return adapters.Refused, 0
	case errors.As(err, &said) && slices.Contains(credentials, said.Err):
		return adapters.NoTime, 0 // with a token that works it can be done
	case errors.As(err, &said):
		switch said.Err {
		case "ratelimited", "rate_limited", "message_limit_exceeded":
			return adapters.TooMany, slowDown
		case "internal_error", "fatal_error", "service_unavailable", "request_timeout":
			return adapters.Uncertain, 0
		}
		return adapters.Refused, 0
	case errors.As(err, &dns), errors.As(err, &op) && op.Op == "dial":
		return adapters.Unsent, 0
	}
	return adapters.Uncertain, 0
}

// call makes a call of the Web API, again where that is safe; twice: it may take
// effect twice.
func (a *Adapter) call(ctx context.Context, what string, twice bool, f func(context.Context) error) error {
	return a.config.Signals.Repeat(ctx, twice, func(ctx context.Context) error {
		ctx, cancel := context.WithTimeout(ctx, callTimeout)
		defer cancel()
		err := f(ctx)
		if err == nil || errors.Is(err, adapters.ErrUnquoted) {
			return safe(err)
		}
		out, after := judge(err)
		if slices.Contains(credentials, said(err)) {
			a.runtime.Revoke(fmt.Errorf("SLACK_BOT_TOKEN: %w", fatal(err)))
		}
		return &adapters.Failure{Outcome: out, After: after, Err: fmt.Errorf("%s: %w", what, safe(err))}
	})
}

// credentials are the errors that say that the bot token works no longer.
var credentials = []string{"token_revoked", "account_inactive", "token_expired", "invalid_auth", "not_authed", "app_not_found"}

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
