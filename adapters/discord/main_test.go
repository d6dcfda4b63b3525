package discord

import (
	"context"
	"flag"
	"log/slog"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"go.uber.org/goleak"

	"verbatim/adapters"
	"verbatim/adapters/adaptertest"
	"verbatim/adapters/discordfake"
	"verbatim/answers"
	"verbatim/state"
)

func TestMain(m *testing.M) {
	flag.Parse()
	// Most tests wait rather than work; but on a slow machine each waits for the others.
	if err := flag.Set("test.parallel", "8"); err != nil {
		panic(err)
	}
	goleak.VerifyTestMain(m)
}

// quick are the waits of the adapter in tests.
var quick = timing{
	ready: 20 * time.Second, identifyEvery: 300 * time.Millisecond, invalid: 20 * time.Millisecond,
	again: 20 * time.Millisecond, againAtMost: 200 * time.Millisecond, steady: time.Minute,
	leaseFor: 2 * time.Second, leaseEvery: 50 * time.Millisecond, shareEvery: 500 * time.Millisecond, save: 20 * time.Millisecond,
	deferAfter: 20 * time.Second, callback: 40 * time.Second, grace: 8 * time.Second,
}

// fakeOptions are those of a fake that goes with quick.
func fakeOptions() discordfake.Options {
	return discordfake.Options{IdentifyEvery: 50 * time.Millisecond}
}

// bot is an adapter that runs against a fake.
type bot struct {
	*Adapter
	log     *adaptertest.Log
	metrics *metrics
	cancel  context.CancelFunc
	ended   chan error
}

// setup is what a test changes of a bot.
type setup struct {
	engine  adapters.Engine
	handler adapters.Handler
	store   state.Store
	config  func(*Config)
	timing  func(*timing)
}

// start runs an adapter until the end of the test.
func start(t testing.TB, fake *discordfake.Server, s setup) *bot {
	t.Helper()
	b := prepare(t, fake, s)
	b.run()
	t.Cleanup(func() { b.stop(t) })
	return b
}

func prepare(t testing.TB, fake *discordfake.Server, s setup) *bot {
	t.Helper()
	if _, ok := t.(*testing.T); ok {
		fake.Freeze()
	}
	if s.engine == nil {
		s.engine = adaptertest.NewEngine()
	}
	if s.handler == nil {
		s.handler = adaptertest.NewHandler(s.engine)
	}
	if s.store == nil {
		store, err := state.Open("bolt:"+filepath.Join(t.TempDir(), "state.db"), state.Options{Log: slog.New(slog.DiscardHandler), Wait: discordfake.Wait})
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { store.Close() })
		s.store = store
	}
	b := &bot{log: &adaptertest.Log{}, ended: make(chan error, 1)}
	registry := prometheus.NewRegistry()
	b.metrics = &metrics{registry}
	config := Config{Token: fake.Token(), APIURL: fake.URL(), Signals: adapters.NewMetrics(registry).Platform(Name),
		Log: slog.New(slog.NewTextHandler(b.log, &slog.HandlerOptions{Level: slog.LevelDebug}))}
	if s.config != nil {
		s.config(&config)
	}
	a, err := New(config, s.handler, s.engine, s.store)
	if err != nil {
		t.Fatal(err)
	}
	a.timing, a.settings.Wait = quick, discordfake.Wait
	if s.timing != nil {
		s.timing(&a.timing)
	}
	b.Adapter = a
	t.Cleanup(func() {
		// Whatever happened: no secret in the log, and nothing that people wrote.
		log := b.log.String()
		for _, secret := range []string{fake.Token(), "interaction-token", adaptertest.AskLamp} {
			if strings.Contains(log, secret) {
				t.Errorf("the log holds %q:\n%s", secret, log)
			}
		}
		if t.Failed() {
			t.Logf("the log:\n%s", log)
		}
	})
	return b
}

func (b *bot) run() {
	ctx, cancel := context.WithCancel(context.Background())
	b.cancel = cancel
	go func() { b.ended <- b.Adapter.Run(ctx) }()
}

// stop ends the adapter, which must return nil.
func (b *bot) stop(t testing.TB) {
	t.Helper()
	b.cancel()
	select {
	case err := <-b.ended:
		if err != nil {
			t.Errorf("Run returned %v", err)
		}
		b.ended <- err // for whoever asks again
	case <-time.After(30 * time.Second):
		t.Fatal("Run does not return")
	}
}

// online waits until a shard is connected.
func online(t testing.TB, fake *discordfake.Server, shard int) {
	t.Helper()
	fake.Wait(t, "a connection", func() bool { return fake.Live(shard) == 1 })
}

// metrics reads what was counted.
type metrics struct{ registry *prometheus.Registry }

func (m *metrics) of(name string) int {
	families, err := m.registry.Gather()
	if err != nil {
		panic(err)
	}
	for _, f := range families {
		for _, metric := range f.GetMetric() {
			for _, l := range metric.GetLabel() {
				if l.GetName() == "event" && l.GetValue() == name {
					return int(metric.GetCounter().GetValue())
				}
			}
		}
	}
	return 0
}

// connected is the gauge that says so.
func (m *metrics) connected() bool {
	families, err := m.registry.Gather()
	if err != nil {
		panic(err)
	}
	for _, f := range families {
		if f.GetName() == "verbatim_connected" {
			return f.GetMetric()[0].GetGauge().GetValue() == 1
		}
	}
	return false
}

// waiting is a handler that answers once release is closed.
func waiting(release <-chan struct{}) adapters.Handler {
	engine := adaptertest.NewEngine()
	return adapters.HandlerFunc(func(_ context.Context, m adapters.Message) answers.Answer {
		<-release
		return engine.Ask(answers.Question{Text: m.Text})
	})
}
