package slackfake

import (
	"bytes"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"
	"time"
)

// DeliverTo has the fake deliver over HTTP, to an app's server at an address.
func (s *Server) DeliverTo(address string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.app = strings.TrimSuffix(address, "/")
}

// Sign signs a request's body as Slack does, at a time.
func Sign(h http.Header, body []byte, at time.Time) {
	stamp := fmt.Sprint(at.Unix())
	mac := hmac.New(sha256.New, []byte(SigningSecret))
	fmt.Fprintf(mac, "v0:%s:%s", stamp, body)
	h.Set("X-Slack-Request-Timestamp", stamp)
	h.Set("X-Slack-Signature", "v0="+hex.EncodeToString(mac.Sum(nil)))
}

// request makes the request that an envelope comes as.
func (s *Server) request(e *envelope) (path, kind string, body []byte) {
	switch e.kind {
	case "events_api":
		body, _ = json.Marshal(e.payload)
		return "/slack/events", "application/json", body
	case "interactive":
		data, _ := json.Marshal(e.payload)
		return "/slack/interactivity", "application/x-www-form-urlencoded", []byte(url.Values{"payload": {string(data)}}.Encode())
	}
	form := url.Values{}
	for k, v := range e.payload.(map[string]any) {
		form.Set(k, fmt.Sprint(v))
	}
	return "/slack/commands", "application/x-www-form-urlencoded", []byte(form.Encode())
}

// post delivers an envelope over HTTP, and again where it fails.
func (s *Server) post(e *envelope) {
	for {
		s.mu.Lock()
		e.tries++
		e.sent = time.Now()
		if e.first.IsZero() {
			e.first = e.sent
		}
		app, tries := s.app, e.tries
		path, kind, body := s.request(e)
		s.mu.Unlock()
		r, err := http.NewRequest(http.MethodPost, app+path, bytes.NewReader(body))
		if err != nil {
			return
		}
		r.Header.Set("Content-Type", kind)
		Sign(r.Header, body, time.Now())
		if tries > 1 {
			r.Header.Set("X-Slack-Retry-Num", fmt.Sprint(tries-1))
			r.Header.Set("X-Slack-Retry-Reason", "http_error")
		}
		resp, err := s.client.Do(r)
		var answer []byte
		status := 0
		if err == nil {
			answer, _ = io.ReadAll(resp.Body)
			resp.Body.Close()
			status = resp.StatusCode
		}
		s.mu.Lock()
		if status == http.StatusOK {
			if took := time.Since(e.sent); took > s.o.AckTime && !s.o.Lenient {
				s.problem("%s %s was acknowledged after %s", e.kind, e.id, took)
			}
			s.ack(e.id, answer)
			s.happened()
			s.mu.Unlock()
			return
		}
		again := e.kind == "events_api" && e.tries-1 < len(s.o.Retry)
		var wait time.Duration
		if again {
			wait = s.o.Retry[e.tries-1]
		} else if !e.quiet {
			s.problem("%s %s got status %d", e.kind, e.id, status)
		}
		s.happened()
		s.mu.Unlock()
		if !again || !s.pause(wait) {
			return
		}
	}
}
