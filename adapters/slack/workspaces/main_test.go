package workspaces

import (
	"bytes"
	"context"
	"encoding/base64"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"go.uber.org/goleak"

	"verbatim/adapters"
	"verbatim/adapters/adaptertest"
	"verbatim/adapters/slack"
	"verbatim/adapters/slackfake"
	"verbatim/state"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// lamp is in the answer to adaptertest.AskLamp.
const lamp = "lamp"

var testKey = base64.StdEncoding.EncodeToString(bytes.Repeat([]byte("k"), keySize))

// process is a running adapter, with the handler and the journal that the program has.
type process struct {
	*Adapter
	metrics *adapters.Metrics
	// ahead is how far its clock is ahead.
	ahead atomic.Int64
	stop  func() error
}

// slackWith starts a fake Slack.
func slackWith(t *testing.T, life time.Duration) *slackfake.Server {
	return slackfake.New(t, slackfake.Options{TokenLife: life, AckTime: slackfake.Wait / 3, Retry: []time.Duration{0, time.Second, time.Second}})
}

func configs(s *slackfake.Server) (Config, slack.Config) {
	return Config{ClientID: slackfake.ClientID, ClientSecret: slackfake.ClientSecret, TokenKey: testKey},
		slack.Config{SigningSecret: slackfake.SigningSecret, APIURL: s.APIURL()}
}

func openBolt(t *testing.T) (store state.Store, path string) {
	t.Helper()
	path = filepath.Join(t.TempDir(), "state.db")
	return openStore(t, "bolt:"+path), path
}

func openStore(t *testing.T, url string) state.Store {
	t.Helper()
	s, err := state.Open(url, state.Options{Wait: slackfake.Wait, Log: slog.New(slog.DiscardHandler)})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.Close() })
	return s
}

// newProcess makes a process that does not run yet. What it logs and counts is searched
// for secrets at the end of the test.
func newProcess(t *testing.T, s *slackfake.Server, store state.Store) *process {
	t.Helper()
	var log adaptertest.Log
	registry := prometheus.NewRegistry()
	p := &process{metrics: adapters.NewMetrics(registry)}
	config, common := configs(s)
	common.Log, common.Signals = slog.New(slog.NewJSONHandler(&log, &slog.HandlerOptions{Level: slog.LevelDebug})), p.metrics.Platform(slack.Name)
	engine := adaptertest.NewEngine()
	journal := state.NewJournalWriter(store, state.JournalOptions{Text: true, Log: common.Log})
	h := adapters.Chain(adapters.Conversations(engine, store, time.Hour), adapters.Log(common.Log), p.metrics.Answers(), adapters.Journal(journal, 1.1), adapters.StateTime(slackfake.Wait))
	a, err := New(config, common, h, engine, journal.Store())
	if err != nil {
		t.Fatal(err)
	}
	a.tokens.now = func() time.Time { return time.Now().Add(time.Duration(p.ahead.Load())) }
	p.Adapter = a
	t.Cleanup(func() {
		if err := p.stop(); err != nil {
			t.Errorf("Run: %v", err)
		}
		if err := journal.Close(context.Background()); err != nil {
			t.Error(err)
		}
		counted, err := registry.Gather()
		if err != nil || len(counted) == 0 {
			t.Errorf("%d metrics, %v", len(counted), err)
		}
		noSecrets(t, s, "the log", log.String())
		noSecrets(t, s, "the metrics", fmt.Sprint(counted))
		if t.Failed() {
			t.Logf("the log:\n%s", log.String())
		}
	})
	return p
}

// noSecrets looks that a text has none of what must not be told.
func noSecrets(t *testing.T, s *slackfake.Server, what, text string) {
	t.Helper()
	for _, secret := range append(s.Issued(), slackfake.ClientSecret, slackfake.SigningSecret, testKey, adaptertest.AskLamp) {
		if strings.Contains(text, secret) {
			t.Errorf("%s holds %q", what, secret)
		}
	}
}

// run runs the process until the test ends, or stop is called.
func (p *process) run(t *testing.T) *process {
	t.Helper()
	ctx, cancel := context.WithCancel(context.Background())
	ended := make(chan error, 1)
	go func() { ended <- p.Run(ctx) }()
	p.stop = sync.OnceValue(func() error {
		cancel()
		select {
		case err := <-ended:
			return err
		case <-time.After(slackfake.Wait):
			return errors.New("it does not end")
		}
	})
	eventually(t, "the process is connected", func() bool { return p.metrics.Connected()[slack.Name] })
	return p
}

// serve has Slack deliver to processes in turn, and returns the address of the page on
// which the app is installed.
func serve(t *testing.T, s *slackfake.Server, processes ...*process) string {
	t.Helper()
	var n atomic.Int64
	var handlers []http.Handler
	for _, p := range processes {
		handlers = append(handlers, p.Handler())
	}
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		handlers[n.Add(1)%int64(len(handlers))].ServeHTTP(w, r)
	}))
	t.Cleanup(server.Close)
	s.DeliverTo(server.URL)
	return server.URL + "/slack/install"
}

// begin starts a fake Slack and one process with a store in a file.
func begin(t *testing.T, life time.Duration) (*slackfake.Server, *process, string) {
	t.Helper()
	s := slackWith(t, life)
	store, _ := openBolt(t)
	p := newProcess(t, s, store).run(t)
	return s, p, serve(t, s, p)
}

// install installs the app in a workspace.
func install(t *testing.T, w *slackfake.Workspace, page string, c slackfake.Choice) {
	t.Helper()
	if status, text := w.Install(page, c); status != http.StatusOK || !strings.Contains(text, "Installed in ") {
		t.Fatalf("status %d: %s", status, text)
	}
}

// ask has a person ask in a channel, and returns what is answered and the thread.
func ask(t *testing.T, s *slackfake.Server, w *slackfake.Workspace, channel, thread, text string) (slackfake.Message, string) {
	t.Helper()
	before := s.Mark()
	ts := s.Say("ann", channel, thread, w.Mention()+text)
	if thread == "" {
		thread = ts
	}
	return s.Next(before, func(m slackfake.Message) bool { return m.Channel == channel && m.Thread == thread }), thread
}

// expect has a person ask for the lamp and looks at the answer.
func expect(t *testing.T, s *slackfake.Server, w *slackfake.Workspace, channel string) (slackfake.Message, string) {
	t.Helper()
	m, thread := ask(t, s, w, channel, "", adaptertest.AskLamp)
	if got := slackfake.Read(m).Text; !strings.Contains(got, lamp) {
		t.Fatalf("the answer is:\n%s", got)
	}
	return m, thread
}

func eventually(t *testing.T, what string, ok func() bool) {
	t.Helper()
	for end := time.Now().Add(slackfake.Wait); !ok(); time.Sleep(5 * time.Millisecond) {
		if time.Now().After(end) {
			t.Fatalf("it does not come about that %s", what)
		}
	}
}
