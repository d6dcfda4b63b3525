package slack

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"github.com/slack-go/slack"

	"verbatim/adapters"
	"verbatim/state"
)

const (
	// queueRoom is how many jobs wait at most: at 200 questions a second five
	// seconds' worth, which is as long as people wait before they ask again.
	queueRoom = 1000
	// laneDepth is how many wait for one channel: at Slack's one post a second they
	// are through within a minute.
	laneDepth = 60
	// webConnections is how many connections to the Web API are kept open: as many as are in
	// use at 200 questions a second, at a tenth of a second each.
	webConnections = 64
	// jobKeep is how long a job is remembered, so that a redelivery is known: Slack
	// redelivers within about six minutes.
	jobKeep = 20 * time.Minute
	// postEvery is Slack's limit for posting to one channel over time; postBurst is how
	// many may go out at once after a rest. Slack names no number for its “short
	// bursts”: three are a question, another and a word in between, and where Slack
	// does not take them it says how long to wait.
	postEvery, postBurst = time.Second, 3
	// threadKeep is how long the bot listens in a thread without a mention.
	threadKeep = 7 * 24 * time.Hour
	// watchEvery is how often Slack is asked whether the bot token still works, besides
	// after each connection: an operator learns of it before people do.
	watchEvery = 5 * time.Minute
)

// Adapter is the server for Slack.
type Adapter struct {
	config Config
	engine adapters.Engine
	store  state.Store
	log    *slog.Logger

	api      *slack.Client
	web      *http.Client // for response URLs
	pace     pace
	runtime  *adapters.Runtime[*job]
	settings *adapters.Kept // of the workspaces
	// ping, ackTime and watchTime are pingTime, ackTime and watchEvery; tests change them.
	ping, ackTime, watchTime time.Duration
	// opened tells of a socket that was opened.
	opened chan struct{}

	me      identity
	running atomic.Bool

	upMu sync.Mutex
	up   [connections]bool // the sockets that are open
	ever bool              // one was
}

// identity is who the bot is on Slack.
type identity struct {
	user, bot, team string
	scopes          []string
	// pane: the app has an agent pane, which needs assistant:write.
	pane bool
}

// New returns an adapter, or an error that says what in the configuration is
// missing or mistaken. It does not talk to Slack; Run does. Votes go into the
// store's journal with the person's key, which the store is to hash (see
// state.JournalWriter.Store).
func New(config Config, handler adapters.Handler, engine adapters.Engine, store state.Store) (*Adapter, error) {
	if err := config.check(); err != nil {
		return nil, err
	}
	if config.Log == nil {
		config.Log = slog.New(slog.DiscardHandler)
	}
	a := &Adapter{
		config: config, engine: engine, store: store, settings: adapters.NewKept(store, Name), log: config.Log.With("platform", Name),
		web:  &http.Client{Timeout: callTimeout, Transport: checking{transport()}},
		pace: pace{every: postEvery, burst: postBurst, next: map[string]time.Time{}}, ping: pingTime, ackTime: ackTime,
		watchTime: watchEvery, opened: make(chan struct{}, 1),
	}
	a.runtime = adapters.NewRuntime(adapters.Options{
		Platform: Name, Title: "Slack", Keep: jobKeep, Room: queueRoom, Depth: laneDepth, Acks: true,
		Limit: config.Limit, Log: a.log, Signals: config.Signals,
	}, driver{a}, engine, handler, store)
	a.api = newClient(config, a.web)
	return a, nil
}

// newClient returns a client of the Web API. The library's own has no time-out;
// its retries are left out, since Adapter.call knows what may be repeated.
func newClient(config Config, web *http.Client) *slack.Client {
	return slack.New(config.BotToken, slack.OptionHTTPClient(web), slack.OptionAppLevelToken(config.AppToken), slack.OptionAPIURL(config.APIURL))
}

// transport keeps enough connections open.
func transport() *http.Transport {
	t := http.DefaultTransport.(*http.Transport).Clone()
	t.MaxIdleConnsPerHost = webConnections
	t.ResponseHeaderTimeout = callTimeout
	return t
}

// Name returns "slack".
func (a *Adapter) Name() string { return Name }

// Run serves until ctx ends, then finishes what it has begun, for some seconds at
// most, and returns nil. It returns early only with an error that trying again
// cannot mend.
func (a *Adapter) Run(ctx context.Context) error {
	if !a.running.CompareAndSwap(false, true) {
		return errors.New("the Slack adapter runs already")
	}
	defer a.web.CloseIdleConnections()
	if err := a.identify(ctx); err != nil || ctx.Err() != nil {
		return err
	}
	return a.runtime.Run(ctx, func(ctx context.Context) error {
		err := a.serveTransport(ctx)
		if err != nil && a.wasUp() {
			err = adapters.Revoked{Err: err}
		}
		return err
	})
}

// serveTransport receives deliveries until ctx ends.
func (a *Adapter) serveTransport(ctx context.Context) error {
	var watching sync.WaitGroup
	defer watching.Wait()
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	watching.Go(func() { a.watch(ctx) })
	if a.config.http() {
		a.log.Info("receiving events over HTTP")
		a.config.Signals.Connected(true)
		<-ctx.Done()
		return nil
	}
	return a.sockets(ctx)
}

// watch notices a bot token that works no longer while nobody asks anything.
func (a *Adapter) watch(ctx context.Context) {
	tick := time.NewTicker(a.watchTime)
	defer tick.Stop()
	for {
		select {
		case <-tick.C:
		case <-a.opened:
		case <-ctx.Done():
			return
		}
		err := a.call(ctx, "auth.test", true, func(ctx context.Context) error {
			_, err := a.api.AuthTestContext(ctx)
			return err
		})
		if err != nil {
			a.log.Debug("whether the bot token works is not known", "error", err)
		}
	}
}

// wasUp reports whether a socket was ever open.
func (a *Adapter) wasUp() bool {
	a.upMu.Lock()
	defer a.upMu.Unlock()
	return a.ever
}

// identify asks Slack who the bot is and what it may do.
func (a *Adapter) identify(ctx context.Context) error {
	var who *slack.AuthTestResponse
	err := adapters.Persist(ctx, a.log, "Slack cannot be reached; trying again", adapters.Backoff{First: firstWait, Last: time.Minute}, func() error {
		err := a.call(ctx, "auth.test", true, func(ctx context.Context) (err error) {
			who, err = a.api.AuthTestContext(ctx)
			return err
		})
		if f := fatal(err); f != nil {
			return adapters.Final{Err: fmt.Errorf("SLACK_BOT_TOKEN: %w", f)}
		}
		return err
	})
	if err != nil || ctx.Err() != nil {
		return err
	}
	a.me = identity{user: who.UserID, bot: who.BotID, team: who.TeamID, scopes: scopesOf(who.Header)}
	a.me.pane = slices.Contains(a.me.scopes, "assistant:write")
	if missing, _ := missingScopes(a.me.scopes); len(missing) > 0 {
		a.log.Warn("the bot token lacks scopes; add them under OAuth & Permissions and install the app again", "missing", strings.Join(missing, ", "))
	}
	a.log.Info("connected", "team", who.TeamID, "bot", who.UserID)
	return nil
}

// count adds one to a counter.
func (a *Adapter) count(name string) { a.config.Signals.Count(name) }
