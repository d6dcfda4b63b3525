package slack

import (
	"bytes"
	"encoding/json"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"verbatim/adapters/adaptertest"
	"verbatim/adapters/slackfake"
)

// send sends a request to the adapter's own server and returns status and body.
func send(t *testing.T, h http.Handler, method, path, body string, change func(*http.Request)) (int, string) {
	t.Helper()
	r := httptest.NewRequest(method, path, strings.NewReader(body))
	r.Header.Set("Content-Type", "application/json")
	if path != "/slack/events" {
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	}
	slackfake.Sign(r.Header, []byte(body), time.Now())
	if change != nil {
		change(r)
	}
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	data, err := io.ReadAll(w.Result().Body)
	if err != nil {
		t.Fatal(err)
	}
	return w.Code, string(data)
}

func TestSignatures(t *testing.T) {
	t.Parallel()
	b := start(t, setting{http: true})
	h := b.adapter.Handler()
	event := `{"type":"event_callback","team_id":"T00000001","event_id":"Ev1","event":{"type":"app_mention","user":"UANN","channel":"CGENERAL","text":"<@U0000BOT1> hello","ts":"1.1"}}`
	b.Channel("general")
	for _, path := range []string{"/slack/events", "/slack/interactivity", "/slack/commands"} {
		for name, tt := range map[string]struct {
			change func(*http.Request)
			want   int
		}{
			"missing":        {func(r *http.Request) { r.Header.Del("X-Slack-Signature") }, 401},
			"no time":        {func(r *http.Request) { r.Header.Del("X-Slack-Request-Timestamp") }, 401},
			"malformed":      {func(r *http.Request) { r.Header.Set("X-Slack-Signature", "v0=zz") }, 401},
			"another's":      {func(r *http.Request) { slackfake.Sign(r.Header, []byte("another body"), time.Now()) }, 401},
			"stale":          {func(r *http.Request) { slackfake.Sign(r.Header, []byte(event), time.Now().Add(-6*time.Minute)) }, 401},
			"from to-morrow": {func(r *http.Request) { slackfake.Sign(r.Header, []byte(event), time.Now().Add(6*time.Minute)) }, 401},
			"time changed": {func(r *http.Request) {
				slackfake.Sign(r.Header, []byte(event), time.Now().Add(-time.Minute))
				r.Header.Set("X-Slack-Request-Timestamp", "1")
			}, 401},
		} {
			before := b.counts.of(t, CountRejected)
			if got, body := send(t, h, "POST", path, event, tt.change); got != tt.want {
				t.Errorf("%s, signature %s: %d %s", path, name, got, body)
			}
			if b.counts.of(t, CountRejected) != before+1 {
				t.Errorf("%s, signature %s: not counted", path, name)
			}
		}
		large := strings.Repeat("x", maxBody+1)
		if got, _ := send(t, h, "POST", path, large, nil); got != http.StatusRequestEntityTooLarge {
			t.Errorf("%s: a body of %d bytes gets %d", path, len(large), got)
		}
		if got, _ := send(t, h, "GET", path, "", nil); got != http.StatusMethodNotAllowed {
			t.Errorf("GET %s gets %d", path, got)
		}
	}
	if n := len(b.Messages()); n != 0 {
		t.Errorf("%d messages though nothing was signed", n)
	}
}

func TestURLVerification(t *testing.T) {
	t.Parallel()
	b := start(t, setting{http: true, idle: true})
	got, body := send(t, b.adapter.Handler(), "POST", "/slack/events", `{"type":"url_verification","challenge":"3eZbrw1aB"}`, nil)
	if got != http.StatusOK || body != "3eZbrw1aB" {
		t.Errorf("%d %s", got, body)
	}
}

func TestHTTPMalformed(t *testing.T) {
	t.Parallel()
	b := start(t, setting{http: true})
	h := b.adapter.Handler()
	for _, tt := range []struct {
		path, body string
		want       int
	}{
		{"/slack/events", `{`, 200}, // delivered again it would be no better
		{"/slack/events", `{"type":"event_callback","event":{"type":"invented"}}`, 200},
		{"/slack/events", `{"type":"app_rate_limited"}`, 200},
		{"/slack/interactivity", ``, 400},
		{"/slack/interactivity", `payload=`, 400},
		{"/slack/interactivity", `payload={`, 400},
		{"/slack/interactivity", url.Values{"payload": {`{"type":"invented"}`}}.Encode(), 200},
		{"/slack/commands", `%zz`, 400},
		{"/slack/commands", ``, 200},
		{"/slack/else", ``, 404},
	} {
		if got, body := send(t, h, "POST", tt.path, tt.body, nil); got != tt.want {
			t.Errorf("%s %q: %d %s, want %d", tt.path, tt.body, got, body, tt.want)
		}
	}
}

// TestNotRunning: before Run and after it Slack is told to come again.
func TestNotRunning(t *testing.T) {
	t.Parallel()
	b := start(t, setting{http: true, idle: true})
	h := b.adapter.Handler()
	bodies := map[string]string{
		"/slack/events":        `{"type":"event_callback","event_id":"Ev1","event":{"type":"message","channel_type":"im","channel":"D1","user":"U1","text":"x","ts":"1.1"}}`,
		"/slack/interactivity": url.Values{"payload": {`{"type":"message_action"}`}}.Encode(),
		"/slack/commands":      url.Values{"command": {"/ask"}, "user_id": {"U1"}}.Encode(),
	}
	check := func(when string) {
		for path, body := range bodies {
			if got, _ := send(t, h, "POST", path, body, nil); got != http.StatusServiceUnavailable {
				t.Errorf("%s %s gets %d", when, path, got)
			}
		}
	}
	check("before")
	b.run(t)
	b.stop()
	check("after")
}

func TestNoHandlerInSocketMode(t *testing.T) {
	t.Parallel()
	b := start(t, setting{idle: true})
	if got, _ := send(t, b.adapter.Handler(), "POST", "/slack/events", `{"type":"url_verification","challenge":"x"}`, nil); got != http.StatusNotFound {
		t.Errorf("status %d", got)
	}
}

// TestCommandOverHTTP: the acknowledgement of a command is empty, its answer
// comes to the response URL.
func TestCommandOverHTTP(t *testing.T) {
	t.Parallel()
	b := start(t, setting{http: true})
	if said := b.Command("ann", b.Elsewhere("elsewhere"), "/ask", adaptertest.AskLamp)(); said != "" {
		t.Errorf("the acknowledgement said %q", said)
	}
	if r := slackfake.Read(b.Next(0, onlyFor("ann"))); !strings.Contains(r.Text, lamp) {
		t.Errorf("it shows:\n%s", r.Text)
	}
}

// TestNothingLeaks: neither tokens nor what people wrote get into the log.
func TestNothingLeaks(t *testing.T) {
	t.Parallel()
	var log adaptertest.Log
	b := start(t, setting{config: func(c *Config) {
		c.Log = slog.New(slog.NewJSONHandler(&log, &slog.HandlerOptions{Level: slog.LevelDebug}))
	}})
	general := b.Channel("general")
	secret := "only-ann-knows-this"
	for range 2 {
		b.Fault("chat.postMessage", slackfake.Fault{HangUp: true}, slackfake.Fault{Error: "is_archived"}, slackfake.Fault{Status: 500})
		b.Fault("response_url", slackfake.Fault{HangUp: true}, slackfake.Fault{Status: 500}, slackfake.Fault{Status: 404})
		b.Fault("views.open", slackfake.Fault{HangUp: true})
		b.Fault("apps.connections.open", slackfake.Fault{HangUp: true}, slackfake.Fault{Status: 500})
		b.Fault("link", slackfake.Fault{Status: 500})
		b.Say("ann", general, "", mention+secret)
		b.Command("ann", general, "/ask", secret)()
		b.Shortcut("ann", general, shortcutCheck, "ben", secret)
		b.Envelope("events_api", map[string]any{"type": "event_callback", "event": map[string]any{"type": "invented", "text": secret}}, false)
		b.OpenHome("ann", "home")
		b.PressView("ann", b.Home("ann"), adaptertest.AskLamp)
		b.Acked()
		opened := b.Opened()
		b.CloseSockets()
		b.AwaitOpened(opened + connections)
	}
	b.stop()
	text := log.String()
	if text == "" {
		t.Fatal("nothing was logged")
	}
	for _, no := range []string{secret, slackfake.BotToken, slackfake.AppToken, "/response/", "ticket=", "1.2.0"} {
		if strings.Contains(text, no) {
			at := strings.Index(text, no)
			t.Errorf("the log holds %q: …%s…", no, text[max(0, at-200):min(len(text), at+100)])
		}
	}
	if !json.Valid(bytes.Split([]byte(text), []byte("\n"))[0]) {
		t.Error("the log is not JSON")
	}
}
