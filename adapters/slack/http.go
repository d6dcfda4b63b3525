package slack

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"time"

	"github.com/slack-go/slack"
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
	var verification struct {
		Type      string `json:"type"`
		Challenge string `json:"challenge"`
	}
	if json.Unmarshal(body, &verification) == nil && verification.Type == "url_verification" {
		w.Header().Set("Content-Type", "text/plain")
		io.WriteString(w, verification.Challenge)
		return
	}
	a.take(w, r, func() (job, bool, error) { return a.hear(deliversEvents, body) }, func() {
		a.bad("a delivery cannot be understood", deliversEvents) // Slack would only deliver it again
	})
}

func (a *Adapter) serveInteraction(w http.ResponseWriter, r *http.Request, _ []byte) {
	a.take(w, r, func() (job, bool, error) { return a.hear(deliversInteractions, []byte(r.PostFormValue("payload"))) }, func() {
		a.reject(w, http.StatusBadRequest, "the payload cannot be read")
	})
}

func (a *Adapter) serveCommand(w http.ResponseWriter, r *http.Request, _ []byte) {
	a.take(w, r, func() (job, bool, error) {
		c, err := slack.SlashCommandParse(r)
		if err != nil {
			return job{}, false, err
		}
		j, ok := a.hearCommand(c)
		return j, ok, nil
	}, func() { a.reject(w, http.StatusBadRequest, "the form cannot be read") })
}

// take takes a job and answers the request when it is acknowledged; one that cannot be read
// is bad.
func (a *Adapter) take(w http.ResponseWriter, r *http.Request, hear func() (job, bool, error), bad func()) {
	if !a.runtime.Hearing() { // it is not known who the bot is
		http.Error(w, "not running", http.StatusServiceUnavailable)
		return
	}
	j, ok, err := hear()
	if err != nil {
		bad()
		return
	}
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
