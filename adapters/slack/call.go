package slack

import (
	"context"
	_ "embed"
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

// meanings are what Slack's errors mean; errors.yaml says more.
var meanings = adapters.Data[struct {
	Operator, Person                                   map[string]string
	Thread, Soon, Dead, Gone, Plainer, Slow, Uncertain []string
}](errorsFile)

//go:embed errors.yaml
var errorsFile []byte

// judge tells an error's outcome, and after a refusal for rate how long to wait.
func judge(err error) (adapters.Outcome, time.Duration) {
	var limited *slack.RateLimitedError
	var status slack.StatusCodeError
	var op *net.OpError
	var dns *net.DNSError
	code := said(err)
	switch {
	case errors.As(err, &limited):
		return adapters.TooMany, max(limited.RetryAfter, slowDown)
	case slices.Contains(meanings.Slow, code), errors.As(err, &status) && status.Code == http.StatusTooManyRequests:
		return adapters.TooMany, slowDown
	case slices.Contains(meanings.Dead, code):
		return adapters.NoTime, 0 // with a token that works it can be done
	case slices.Contains(meanings.Uncertain, code), status.Code >= 500:
		return adapters.Uncertain, 0
	case code != "", status.Code != 0:
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
		if slices.Contains(meanings.Dead, said(err)) {
			a.runtime.Revoke(fmt.Errorf("SLACK_BOT_TOKEN: %w", fatal(err)))
		}
		return &adapters.Failure{Outcome: out, After: after, Err: fmt.Errorf("%s: %w", what, safe(err))}
	})
}

// said is the code with which Slack refused something, "" where it did not.
func said(err error) string {
	var e slack.SlackErrorResponse
	if errors.As(err, &e) {
		return e.Err
	}
	return ""
}

// fatal returns an error that says what to fix where trying again cannot mend
// err, else nil.
func fatal(err error) error {
	var refused slack.SlackErrorResponse
	var status slack.StatusCodeError
	switch {
	case errors.As(err, &refused) && meanings.Operator[refused.Err] != "":
		remedy := meanings.Operator[refused.Err]
		if refused.Err == "missing_scope" && refused.Needed != "" {
			remedy += ": add " + refused.Needed
		}
		return fmt.Errorf("%s (%s)", remedy, refused.Err)
	case errors.As(err, &status) && status.Code == http.StatusNotFound:
		return fmt.Errorf("there is no Slack API at SLACK_API_URL: it answers %d", status.Code)
	}
	return nil
}

// safe is an error without addresses, which may hold a token (response URLs and
// the socket's address do).
func safe(err error) error {
	if err == nil || !strings.Contains(err.Error(), "://") {
		return err
	}
	inner := err
	for e := err; e != nil; e = errors.Unwrap(e) {
		inner = e
	}
	if strings.Contains(inner.Error(), "://") {
		return fmt.Errorf("%T", err)
	}
	return inner
}
