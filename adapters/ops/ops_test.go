package ops_test

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"log/slog"
	"net"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"go.uber.org/goleak"

	"verbatim/adapters"
	"verbatim/adapters/ops"
	"verbatim/state"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

var quiet = slog.New(slog.DiscardHandler)

// newServer returns a server on a free port, its metrics, and a real store.
func newServer(t *testing.T) (*ops.Server, *adapters.Metrics, state.Store) {
	t.Helper()
	r := ops.NewRegistry()
	m := adapters.NewMetrics(r)
	s, err := state.Open("bolt:"+filepath.Join(t.TempDir(), "state.db"), state.Options{Log: quiet, Wait: time.Minute, Failed: m.StateFailed})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.Close() })
	return &ops.Server{Addr: "127.0.0.1:0", Metrics: m, Gatherer: r, Store: s, Log: quiet}, m, s
}

func get(t *testing.T, h http.Handler, path string) (int, string) {
	t.Helper()
	w := httptest.NewRecorder()
	h.ServeHTTP(w, httptest.NewRequestWithContext(t.Context(), http.MethodGet, path, nil))
	return w.Code, w.Body.String()
}

func TestHandler(t *testing.T) {
	t.Parallel()
	server, m, _ := newServer(t)
	server.Handlers = map[string]http.Handler{"POST /slack/": http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { w.WriteHeader(http.StatusTeapot) })}
	h := server.Handler()
	if code, body := get(t, h, "/healthz"); code != 200 || body != "ok\n" {
		t.Errorf("/healthz: %d %q", code, body)
	}
	m.Platform("slack").Count(adapters.CountReconnect)
	code, body := get(t, h, "/metrics")
	for _, want := range []string{`verbatim_platform_events_total{event="reconnect",platform="slack"} 1`, "go_goroutines", "process_"} {
		if code != 200 || !strings.Contains(body, want) {
			t.Errorf("/metrics: %d, lacks %q", code, want)
		}
	}
	w := httptest.NewRecorder()
	h.ServeHTTP(w, httptest.NewRequestWithContext(t.Context(), http.MethodPost, "/slack/events", nil))
	if w.Code != http.StatusTeapot {
		t.Errorf("a platform's request: %d", w.Code)
	}
	if code, _ := get(t, h, "/other"); code != 404 {
		t.Errorf("/other: %d", code)
	}
}

func TestReady(t *testing.T) {
	t.Parallel()
	server, m, store := newServer(t)
	h := server.Handler()
	var slack, discord *adapters.Signals
	for _, tt := range []struct {
		name string
		then func()
		code int
		want ops.Readiness
	}{
		{"no adapters", func() {}, 200, ops.Readiness{Ready: true, Adapters: map[string]string{}, State: "ok"}},
		{"two that are not connected", func() { slack, discord = m.Platform("slack"), m.Platform("discord") },
			503, ops.Readiness{Adapters: map[string]string{"slack": "not connected", "discord": "not connected"}, State: "ok"}},
		{"one connected", func() { slack.Connected(true) },
			503, ops.Readiness{Adapters: map[string]string{"slack": "connected", "discord": "not connected"}, State: "ok"}},
		{"both connected", func() { discord.Connected(true) },
			200, ops.Readiness{Ready: true, Adapters: map[string]string{"slack": "connected", "discord": "connected"}, State: "ok"}},
		{"store away", func() { _ = store.Close() },
			200, ops.Readiness{Ready: true, Adapters: map[string]string{"slack": "connected", "discord": "connected"}, State: "degraded"}},
		{"no store", func() { server.Store = nil },
			200, ops.Readiness{Ready: true, Adapters: map[string]string{"slack": "connected", "discord": "connected"}, State: "none"}},
		{"one lost", func() { slack.Connected(false) },
			503, ops.Readiness{Adapters: map[string]string{"slack": "not connected", "discord": "connected"}, State: "none"}},
	} {
		tt.then()
		code, body := get(t, h, "/readyz")
		var got ops.Readiness
		if err := json.Unmarshal([]byte(body), &got); err != nil {
			t.Fatalf("%s: %v: %s", tt.name, err, body)
		}
		if d := cmp.Diff(tt.want, got); d != "" || code != tt.code {
			t.Errorf("%s: %d, want %d (-want +got):\n%s", tt.name, code, tt.code, d)
		}
	}
}

// TestServe: a request that has begun when the end comes is finished.
func TestServe(t *testing.T) {
	t.Parallel()
	server, _, _ := newServer(t)
	begun, finish := make(chan struct{}), make(chan struct{})
	server.Handlers = map[string]http.Handler{"/slow": http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		close(begun)
		<-finish
		_, _ = io.WriteString(w, "finished")
	})}
	l, err := server.Listen()
	if err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(t.Context())
	done := make(chan error, 1)
	go func() { done <- server.Serve(ctx, l) }()
	client := &http.Client{Transport: &http.Transport{}}
	defer client.CloseIdleConnections()
	type result struct {
		body string
		err  error
	}
	results := make(chan result, 1)
	go func() {
		r, err := client.Get("http://" + l.Addr().String() + "/slow")
		if err != nil {
			results <- result{err: err}
			return
		}
		body, err := io.ReadAll(r.Body)
		results <- result{string(body), errors.Join(err, r.Body.Close())}
	}()
	<-begun
	stop()
	// The end has come: nobody is let in any more, and the request goes on.
	for refused := false; !refused; {
		c, err := net.Dial("tcp", l.Addr().String())
		if refused = err != nil; !refused {
			_ = c.Close()
		}
	}
	close(finish)
	if r := <-results; r.err != nil || r.body != "finished" {
		t.Errorf("the request that had begun: %q, %v", r.body, r.err)
	}
	if err := <-done; err != nil {
		t.Errorf("Serve: %v", err)
	}
}

func TestListenError(t *testing.T) {
	t.Parallel()
	one, _, _ := newServer(t)
	l, err := one.Listen()
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = l.Close() }()
	two, _, _ := newServer(t)
	two.Addr = l.Addr().String()
	if _, err := two.Listen(); err == nil || !strings.Contains(err.Error(), "LISTEN_ADDR") || !strings.Contains(err.Error(), two.Addr) {
		t.Errorf("Listen on an address in use: %v; want an error that names it and the variable", err)
	}
}
