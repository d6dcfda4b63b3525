package slack

import (
	"cmp"
	"context"
	"flag"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"os"
	"testing"
	"time"

	"github.com/gorilla/websocket"
	"github.com/slack-go/slack"
	"go.uber.org/goleak"

	"verbatim/adapters"
	"verbatim/adapters/adaptertest"
	"verbatim/adapters/slackfake"
	"verbatim/state"
)

var update = flag.Bool("update", false, "write the golden files anew")

func TestMain(m *testing.M) {
	flag.Parse()
	goleak.VerifyTestMain(m)
}

// bot is a running adapter and the fake Slack that it talks to.
type bot struct {
	*slackfake.Server
	adapter *Adapter
	engine  adapters.Engine
	store   state.Store
	stop    func() error
	counts  *counts
	set     setting
	// ended waits until the adapter ends by itself, and returns why.
	ended func(t testing.TB) error
}

// setting is how a test starts a bot; its zero value is Socket Mode with
// everything allowed and no limit on posting.
type setting struct {
	fake    slackfake.Options
	config  func(*Config)
	adapter func(*Adapter)
	handler adapters.Handler
	engine  adapters.Engine
	store   state.Store
	http    bool
	// idle: Run is left to the test.
	idle bool
}

// start starts a bot and waits until Slack can reach it. It is stopped when the
// test ends, and must end without an error.
func start(t testing.TB, set setting) *bot {
	t.Helper()
	// Slack waits three seconds: BenchmarkLoad holds the bot to it. A test that runs
	// beside others on a slow machine tells nothing by that.
	set.fake.AckTime = cmp.Or(set.fake.AckTime, slackfake.Wait/3)
	b := &bot{engine: set.engine, store: set.store, counts: newCounts(), set: set}
	if b.engine == nil {
		b.engine = adaptertest.NewEngine()
	}
	if b.store == nil {
		b.store = boltStore(t)
	}
	if b.set.handler == nil {
		b.set.handler = adaptertest.NewHandler(b.engine)
	}
	b.Server = slackfake.New(t, set.fake)
	b.make(t)
	if set.idle {
		return b
	}
	b.begin(t)
	return b
}

// make makes the bot's adapter.
func (b *bot) make(t testing.TB) {
	t.Helper()
	set := b.set
	config := Config{BotToken: slackfake.BotToken, AppToken: slackfake.AppToken, APIURL: b.APIURL(), Log: logger(t), Signals: b.counts.signals}
	if set.http {
		config.AppToken, config.SigningSecret = "", slackfake.SigningSecret
	}
	if set.config != nil {
		set.config(&config)
	}
	a, err := New(config, set.handler, b.engine, b.store)
	if err != nil {
		t.Fatal(err)
	}
	a.pace.every, a.runtime.Land, a.ackTime, a.settings.Wait = 0, 10*time.Millisecond, slackfake.Wait, slackfake.Wait
	if set.adapter != nil {
		set.adapter(a)
	}
	b.adapter = a
}

// begin runs the adapter.
func (b *bot) begin(t testing.TB) {
	t.Helper()
	if b.set.http {
		serve(t, b, b.adapter.Handler())
	}
	b.run(t)
}

// restart ends the adapter and starts another with the same store.
func (b *bot) restart(t testing.TB) {
	t.Helper()
	if err := b.stop(); err != nil {
		t.Errorf("Run: %v", err)
	}
	b.make(t)
	b.begin(t)
}

// serve has Slack deliver over HTTP to a handler.
func serve(t testing.TB, b *bot, h http.Handler) {
	t.Helper()
	server := httptest.NewServer(h)
	t.Cleanup(server.Close)
	b.DeliverTo(server.URL)
}

// deaf opens a socket that hears and acknowledges nothing, and returns how to
// break it off.
func (b *bot) deaf(t testing.TB) func() {
	t.Helper()
	api := slack.New(slackfake.BotToken, slack.OptionAppLevelToken(slackfake.AppToken), slack.OptionAPIURL(b.APIURL()))
	_, url, err := api.StartSocketModeContext(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	ws, resp, err := websocket.DefaultDialer.Dial(url, nil)
	if err != nil {
		t.Fatal(err)
	}
	resp.Body.Close()
	b.AwaitSockets(1)
	return func() { ws.Close(); b.AwaitSockets(0); http.DefaultClient.CloseIdleConnections() }
}

// boltStore opens a store in a file of the test's own.
func boltStore(t testing.TB) state.Store {
	t.Helper()
	s, err := state.Open("bolt:"+t.TempDir()+"/state.db", state.Options{Log: logger(t), Wait: slackfake.Wait})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	return s
}

// run runs the adapter until the test ends, or stop is called.
func (b *bot) run(t testing.TB) {
	t.Helper()
	ctx, cancel := context.WithCancel(context.Background())
	ended := make(chan error, 1)
	go func() { ended <- b.adapter.Run(ctx) }()
	stopped := false
	b.ended = func(t testing.TB) error {
		t.Helper()
		stopped = true
		select {
		case err := <-ended:
			cancel()
			return err
		case <-time.After(slackfake.Wait):
			t.Error("the adapter does not end")
			return nil
		}
	}
	b.stop = func() error {
		if stopped {
			return nil
		}
		cancel()
		return b.ended(t)
	}
	t.Cleanup(func() {
		if err := b.stop(); err != nil {
			t.Errorf("Run: %v", err)
		}
	})
	if b.adapter.config.http() {
		eventually(t, "the adapter runs", b.adapter.runtime.Hearing)
	} else {
		b.AwaitSockets(connections)
	}
}

// logger writes to the test's log, at debug level where SLACK_TEST_LOG is set.
func logger(t testing.TB) *slog.Logger {
	if os.Getenv("SLACK_TEST_LOG") == "" {
		return slog.New(slog.DiscardHandler)
	}
	return slog.New(slog.NewTextHandler(t.Output(), nil))
}

// eventually waits until ok.
func eventually(t testing.TB, what string, ok func() bool) {
	t.Helper()
	for end := time.Now().Add(slackfake.Wait); !ok(); time.Sleep(2 * time.Millisecond) {
		if time.Now().After(end) {
			t.Fatalf("it does not come about that %s", what)
		}
	}
}
