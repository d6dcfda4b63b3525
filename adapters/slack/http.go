package slack

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"time"

	"github.com/slack-go/slack"
	"github.com/slack-go/slack/slackevents"

	"verbatim/adapters"
)

// maxBody bounds a request's body in bytes: a message of 40,000 characters comes
// to some 500 KB with its blocks.
const maxBody = 1 << 20

// Handler receives Slack's requests: /slack/events, /slack/interactivity and
// /slack/commands. It answers 404 where events come over the socket and 503
// while the adapter does not run, so that Slack delivers again.
func (a *Adapter) Handler() http.Handler {
	mux := http.NewServeMux()
	if !a.config.http() {
		return mux
	}
	mux.Handle("POST /slack/events", a.signed(a.serveEvent))
	mux.Handle("POST /slack/interactivity", a.signed(a.serveInteraction))
	mux.Handle("POST /slack/commands", a.signed(a.serveCommand))
	return mux
}

// signed lets requests through whose signature is Slack's, with their body read.
func (a *Adapter) signed(next func(w http.ResponseWriter, r *http.Request, body []byte)) http.HandlerFunc {
	return Signed(a.config.SigningSecret, a.reject, next)
}

// Signed lets requests through whose signature is Slack's and not older than five minutes,
// with their body read; the request's own can be read again. reject answers all others, with
// what was wrong.
func Signed(secret string, reject func(w http.ResponseWriter, status int, why string), next func(w http.ResponseWriter, r *http.Request, body []byte)) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		verifier, err := slack.NewSecretsVerifier(r.Header, secret)
		if err != nil {
			reject(w, http.StatusUnauthorized, "the signature is missing, malformed or too old")
			return
		}
		body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, maxBody))
		var large *http.MaxBytesError
		if errors.As(err, &large) {
			reject(w, http.StatusRequestEntityTooLarge, "the body is too large")
			return
		}
		if err != nil {
			reject(w, http.StatusBadRequest, "the body cannot be read")
			return
		}
		if _, err := verifier.Write(body); err != nil || verifier.Ensure() != nil {
			reject(w, http.StatusUnauthorized, "the signature is wrong; compare SLACK_SIGNING_SECRET with Basic Information of the app")
			return
		}
		r.Body = io.NopCloser(bytes.NewReader(body))
		next(w, r, body)
	}
}

// reject answers a request that is not taken.
func (a *Adapter) reject(w http.ResponseWriter, status int, why string) {
	a.count(CountRejected)
	a.log.Warn("a request was rejected", "status", status, "reason", why)
	http.Error(w, http.StatusText(status), status)
}

func (a *Adapter) serveEvent(w http.ResponseWriter, r *http.Request, body []byte) {
	e, err := slackevents.ParseEvent(body, slackevents.OptionNoVerifyToken())
	if err != nil { // Slack would only deliver it again
		a.count(adapters.CountBadMessage)
		a.log.Warn("a delivery cannot be understood")
		return
	}
	if e.Type == slackevents.URLVerification {
		if v, ok := e.Data.(*slackevents.EventsAPIURLVerificationEvent); ok {
			w.Header().Set("Content-Type", "text/plain")
			io.WriteString(w, v.Challenge)
		}
		return
	}
	a.wait(w, r, func() (job, bool) { return a.hearEvent(e) })
}

func (a *Adapter) serveInteraction(w http.ResponseWriter, r *http.Request, _ []byte) {
	i, err := slack.InteractionCallbackParse(r)
	if err != nil {
		a.reject(w, http.StatusBadRequest, "the payload cannot be read")
		return
	}
	a.wait(w, r, func() (job, bool) { return a.hearInteraction(i, []byte(r.PostForm.Get("payload"))) })
}

func (a *Adapter) serveCommand(w http.ResponseWriter, r *http.Request, _ []byte) {
	c, err := slack.SlashCommandParse(r)
	if err != nil {
		a.reject(w, http.StatusBadRequest, "the form cannot be read")
		return
	}
	a.wait(w, r, func() (job, bool) { return a.hearCommand(c) })
}

// wait takes a job and answers the request when it is acknowledged.
func (a *Adapter) wait(w http.ResponseWriter, r *http.Request, hear func() (job, bool)) {
	if !a.runtime.Hearing() {
		http.Error(w, "not running", http.StatusServiceUnavailable)
		return
	}
	j, ok := hear()
	acks := make(chan any, 1)
	a.heard(j, ok, delivery{arrived: time.Now(), again: r.Header.Get("X-Slack-Retry-Num") != "", ack: func(payload any) { acks <- payload }})
	late := time.NewTimer(a.ackTime)
	defer late.Stop()
	select {
	case payload := <-acks:
		if payload != nil {
			w.Header().Set("Content-Type", "application/json")
			if err := json.NewEncoder(w).Encode(payload); err != nil {
				a.log.Warn("an acknowledgement could not be written", "error", err)
			}
		}
	case <-late.C: // not taken: Slack delivers again
		http.Error(w, "busy", http.StatusServiceUnavailable)
	case <-r.Context().Done():
	}
}
