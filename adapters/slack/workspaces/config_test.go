package workspaces

import (
	"bytes"
	"context"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"verbatim/adapters/adaptertest"
	"verbatim/adapters/slackfake"
	"verbatim/state"
)

func TestReadKey(t *testing.T) {
	t.Parallel()
	key := bytes.Repeat([]byte{0xfb, 0xff, 0x3e, 0x01}, keySize/4)
	for _, text := range []string{
		base64.StdEncoding.EncodeToString(key), base64.RawStdEncoding.EncodeToString(key),
		base64.URLEncoding.EncodeToString(key), base64.RawURLEncoding.EncodeToString(key), " " + base64.StdEncoding.EncodeToString(key) + "\n",
	} {
		if got, err := readKey("SLACK_TOKEN_KEY", text); err != nil || !bytes.Equal(got, key) {
			t.Errorf("%q is read as %x, %v", text, got, err)
		}
	}
	for _, text := range []string{"", "hunter2", strings.Repeat("A", 42), strings.Repeat("A", 64), strings.Repeat("é", 22)} {
		if got, err := readKey("SLACK_TOKEN_KEY", text); err == nil || strings.Contains(err.Error(), "hunter2") {
			t.Errorf("%q is read as %x, %v", text, got, err)
		}
	}
}

func TestAuthorizeURL(t *testing.T) {
	t.Parallel()
	for api, want := range map[string]string{
		"https://slack.com/api/":     "https://slack.com/oauth/v2/authorize",
		"https://slack-gov.com/api/": "https://slack-gov.com/oauth/v2/authorize",
	} {
		if u, err := authorizeURL(api); err != nil || u.String() != want {
			t.Errorf("%s: %v, %v", api, u, err)
		}
	}
}

// TestDocs: docs/slack.md names what can be set.
func TestDocs(t *testing.T) {
	t.Parallel()
	data, err := os.ReadFile("../../../docs/slack.md")
	if err != nil {
		t.Fatal(err)
	}
	for f := range reflect.TypeFor[Config]().Fields() {
		if name := f.Tag.Get("envconfig"); !strings.Contains(string(data), "`"+name+"`") {
			t.Errorf("docs/slack.md does not name %s", name)
		}
	}
}

// TestPlace: what a request belongs to is read from all three forms of request.
func TestPlace(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		name, path, body string
		want             []string
	}{
		{"event", "/slack/events", `{"type":"event_callback","team_id":"T1","event":{}}`, []string{"T1"}},
		{"event of an organization", "/slack/events", `{"type":"event_callback","team_id":"T1","enterprise_id":"E1","authorizations":[{"enterprise_id":"E1","team_id":null,"is_enterprise_install":true}],"event":{}}`, []string{"E1"}},
		{"event in a shared channel", "/slack/events", `{"type":"event_callback","team_id":"T9","authorizations":[{"team_id":"T1","is_enterprise_install":false}],"event":{}}`, []string{"T1"}},
		{"event of a workspace of an organization", "/slack/events", `{"type":"event_callback","team_id":"T1","enterprise_id":"E1","authorizations":[{"enterprise_id":"E1","team_id":"T1","is_enterprise_install":false}],"event":{}}`, []string{"T1", "E1"}},
		{"interaction", "/slack/interactivity", payload(`{"type":"block_actions","team":{"id":"T1"},"enterprise":null,"is_enterprise_install":false}`), []string{"T1"}},
		{"interaction of an organization", "/slack/interactivity", payload(`{"type":"block_actions","team":null,"enterprise":{"id":"E1"},"is_enterprise_install":true}`), []string{"E1"}},
		{"interaction in another's view", "/slack/interactivity", payload(`{"type":"block_actions","team":{"id":"T9"},"view":{"app_installed_team_id":"T1"}}`), []string{"T1"}},
		{"command", "/slack/commands", "command=/ask&team_id=T1&is_enterprise_install=false", []string{"T1"}},
		{"command in an organization", "/slack/commands", "command=/ask&team_id=T1&enterprise_id=E1&is_enterprise_install=true", []string{"E1", "T1"}},
		{"of nowhere", "/slack/events", `{"type":"app_rate_limited"}`, nil},
	} {
		var got []string
		a := listening(t, &got)
		if status, _ := send(t, a, tt.path, tt.body, nil); status != http.StatusOK {
			t.Errorf("%s: status %d", tt.name, status)
		}
		if !slices.Equal(got, tt.want) {
			t.Errorf("%s: %q is looked for; want %q", tt.name, got, tt.want)
		}
	}
}

func payload(json string) string { return url.Values{"payload": {json}}.Encode() }

// listening is an adapter that runs with an empty store, and notes what is looked for in it.
func listening(t *testing.T, looked *[]string) *Adapter {
	t.Helper()
	store, _ := openBolt(t)
	config, common := configs(slackWith(t, 0))
	a, err := New(config, common, nil, adaptertest.NewEngine(), keptIn{store, looked})
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	ended := make(chan error, 1)
	go func() { ended <- a.Run(ctx) }()
	t.Cleanup(func() {
		cancel()
		if err := <-ended; err != nil {
			t.Error(err)
		}
	})
	eventually(t, "it runs", func() bool {
		_, ok := a.begin()
		if ok {
			a.busy.Done()
		}
		return ok
	})
	return a
}

// keptIn notes the spaces in which something kept is looked for.
type keptIn struct {
	state.Store
	looked *[]string
}

func (k keptIn) Kept(ctx context.Context, key string) ([]byte, error) {
	if space, _, ok := state.CutSpace(key); ok {
		*k.looked = append(*k.looked, space) // one request after another
	}
	return k.Store.Kept(ctx, key)
}

// send sends a signed request, after change has changed it.
func send(t *testing.T, a *Adapter, path, body string, change func(*http.Request)) (int, string) {
	t.Helper()
	r := httptest.NewRequest("POST", path, strings.NewReader(body))
	slackfake.Sign(r.Header, []byte(body), time.Now())
	if change != nil {
		change(r)
	}
	w := httptest.NewRecorder()
	a.Handler().ServeHTTP(w, r)
	return w.Code, w.Body.String()
}

// TestRequests: only what Slack signed is looked at, and what cannot be read is told.
func TestRequests(t *testing.T) {
	t.Parallel()
	var looked []string
	a := listening(t, &looked)
	event := `{"type":"event_callback","team_id":"T1","event":{"type":"app_uninstalled"}}`
	for name, change := range map[string]func(*http.Request){
		"missing":   func(r *http.Request) { r.Header.Del("X-Slack-Signature") },
		"another's": func(r *http.Request) { slackfake.Sign(r.Header, []byte("another body"), time.Now()) },
		"stale":     func(r *http.Request) { slackfake.Sign(r.Header, []byte(event), time.Now().Add(-6*time.Minute)) },
	} {
		for _, path := range []string{"/slack/events", "/slack/interactivity", "/slack/commands"} {
			if status, _ := send(t, a, path, event, change); status != http.StatusUnauthorized {
				t.Errorf("%s, signature %s: status %d", path, name, status)
			}
		}
	}
	if len(looked) > 0 {
		t.Errorf("%q is looked for though nothing was signed", looked)
	}
	for _, tt := range []struct {
		path, body string
		status     int
	}{
		{"/slack/events", strings.Repeat("x", 2<<20), http.StatusRequestEntityTooLarge},
		{"/slack/events", "{", http.StatusOK}, // delivered again it would be no better
		{"/slack/interactivity", "payload={", http.StatusBadRequest},
		{"/slack/interactivity", "%zz", http.StatusBadRequest},
		{"/slack/commands", "%zz", http.StatusBadRequest},
		{"/slack/events", `{"type":"event_callback","event":{"type":"app_uninstalled"}}`, http.StatusOK},
		{"/slack/events", `{"type":"event_callback","team_id":"T1","event":{"type":"tokens_revoked","tokens":{"oauth":["U1"]}}}`, http.StatusOK},
	} {
		if status, _ := send(t, a, tt.path, tt.body, nil); status != tt.status {
			t.Errorf("%s %.80s: status %d; want %d", tt.path, tt.body, status, tt.status)
		}
	}
	if status, body := send(t, a, "/slack/events", `{"type":"url_verification","challenge":"3eZbrw1aB"}`, nil); status != http.StatusOK || body != "3eZbrw1aB" {
		t.Errorf("url_verification: status %d, %q", status, body)
	}
	_, body := send(t, a, "/slack/commands", "command=/ask&team_id=T1", nil)
	var said map[string]string
	if err := json.Unmarshal([]byte(body), &said); err != nil || said["response_type"] != "ephemeral" || !strings.Contains(said["text"], "https://example.com/slack/install") {
		t.Errorf("a command where the app is not installed: %q", body)
	}
}

// TestNotRunning: before Run, Slack is told to come again, and nothing is installed.
func TestNotRunning(t *testing.T) {
	t.Parallel()
	store, _ := openBolt(t)
	config, common := configs(slackWith(t, 0))
	a, err := New(config, common, nil, adaptertest.NewEngine(), store)
	if err != nil {
		t.Fatal(err)
	}
	for _, body := range []string{`{"type":"event_callback","team_id":"T1","event":{}}`, `{"type":"event_callback","team_id":"T1","event":{"type":"app_uninstalled"}}`} {
		if status, _ := send(t, a, "/slack/events", body, nil); status != http.StatusServiceUnavailable {
			t.Errorf("%s: status %d", body, status)
		}
	}
	for _, path := range []string{"/slack/install", "/slack/oauth_redirect"} {
		w := httptest.NewRecorder()
		a.Handler().ServeHTTP(w, httptest.NewRequest("GET", path, nil))
		if w.Code != http.StatusServiceUnavailable {
			t.Errorf("%s: status %d", path, w.Code)
		}
	}
}

func TestDoctor(t *testing.T) {
	t.Parallel()
	s := slackWith(t, 12*time.Hour)
	store, path := openBolt(t)
	p := newProcess(t, s, store).run(t)
	page := serve(t, s, p)
	works, gone := s.Workspace("T1", "Acme", ""), s.Workspace("T2", "Umbrella", "")
	install(t, works, page, slackfake.Choice{})
	install(t, gone, page, slackfake.Choice{})
	gone.Revoke("token_revoked")
	if err := p.stop(); err != nil {
		t.Fatal(err)
	}
	empty := openStore(t, "bolt:"+filepath.Join(filepath.Dir(path), "empty.db"))
	for _, tt := range []struct {
		name   string
		change func(*Config)
		empty  bool
		closed bool
		ok     bool
		want   []string
	}{
		{name: "nobody has installed it", empty: true, ok: true, want: []string{"configuration is complete", "Slack knows the client id", "No workspace has installed the app yet"}},
		{name: "two have", want: []string{"installed in 2", "true Acme (T1): its token works.", "false Umbrella (T2): its token does not work (token_revoked)"}},
		{name: "the bot runs", closed: true, ok: true, want: []string{"cannot be looked at now"}},
		{name: "another client id", empty: true, change: func(c *Config) { c.ClientID = "1.2" }, want: []string{"false SLACK_CLIENT_ID: Slack does not know it"}},
		{name: "another client secret", empty: true, change: func(c *Config) { c.ClientSecret = "hunter2" }, want: []string{"false SLACK_CLIENT_SECRET: it is not that of this client id"}},
		{name: "another key", change: func(c *Config) { c.TokenKey = strings.Repeat("A", 43) }, want: []string{"false SLACK_TOKEN_KEY is not the key"}},
		{name: "no key", change: func(c *Config) { c.TokenKey = "" }, want: []string{"false SLACK_TOKEN_KEY is not set"}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			config, common := configs(s)
			if tt.change != nil {
				tt.change(&config)
			}
			with := store
			if tt.empty {
				with = empty
			}
			if tt.closed {
				with = nil
			}
			ok, text := true, ""
			for _, f := range Doctor(t.Context(), config, common, with) {
				ok = ok && f.OK
				text += fmt.Sprintln(f.OK, f.Text)
			}
			if ok != tt.ok {
				t.Errorf("ok is %v:\n%s", ok, text)
			}
			for _, want := range tt.want {
				if !strings.Contains(text, want) {
					t.Errorf("it does not say %q:\n%s", want, text)
				}
			}
			noSecrets(t, s, "the findings", text)
			if strings.Contains(text, "hunter2") {
				t.Errorf("it tells a secret:\n%s", text)
			}
		})
	}
}
