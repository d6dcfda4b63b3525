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
	// workers is how many jobs are worked on at once. Answers take milliseconds of
	// a processor; the rest is waiting for Slack, about a tenth of a second each,
	// so that 64 do more than 200 a second.
	workers = 64
	// notesRoom is how many people are told at once that the bot is busy.
	notesRoom = 16
	// jobTime is how long a job may take once its turn has come, waits included.
	jobTime = 60 * time.Second
	// jobKeep is how long a job is remembered, so that a redelivery is known: Slack
	// redelivers within about six minutes.
	jobKeep = 20 * time.Minute
	// grace is how long what has begun may go on when the adapter is to end: a
	// container gets ten seconds between the signal and the kill.
	grace = 8 * time.Second
	// postEvery is Slack's limit for posting to one channel over time; postBurst is how
	// many may go out at once after a rest. Slack names no number for its “short
	// bursts”: three are a question, another and a word in between, and where Slack
	// does not take them it says how long to wait.
	postEvery, postBurst = time.Second, 3
	// threadKeep is how long the bot listens in a thread without a mention.
	threadKeep = 7 * 24 * time.Hour
)

// Adapter is the server for Slack.
type Adapter struct {
	config  Config
	handler adapters.Handler
	engine  adapters.Engine
	store   state.Store
	log     *slog.Logger

	api  *slack.Client
	web  *http.Client // for response URLs
	pace pace
	gate *adapters.Gate
	// refusals are the channels in which Slack does not let the bot post.
	refusals adapters.Refusals
	// revoked gets why the bot token works no longer.
	revoked chan error
	grace   time.Duration
	once    *adapters.Once
	// Tests shorten these.
	ping, land time.Duration
	room       int

	me      identity
	lanes   *lanes
	notes   chan struct{}
	running atomic.Bool
	open    sync.RWMutex   // held to write when nothing more is taken
	taking  sync.WaitGroup // deliveries that are being claimed, and busy notes
	closed  bool

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
		config: config, handler: handler, engine: engine, store: store, log: config.Log.With("platform", Name),
		web:  &http.Client{Timeout: callTimeout, Transport: checking{transport()}},
		pace: pace{every: postEvery, burst: postBurst, next: map[string]time.Time{}}, grace: grace,
		gate: adapters.NewGate(store, config.Limit, Name, config.Signals), revoked: make(chan error, 1),
		ping: pingTime, land: landTime, room: queueRoom, notes: make(chan struct{}, notesRoom),
	}
	a.once = adapters.NewOnce(store, Name, 0, a.log, config.Signals)
	a.api = newClient(config, a.web)
	return a, nil
}

// newClient returns a client of the Web API. The library's own has no time-out;
// its retries are left out, since Adapter.call knows what may be repeated.
func newClient(config Config, web *http.Client) *slack.Client {
	return slack.New(config.BotToken, slack.OptionHTTPClient(web), slack.OptionAppLevelToken(config.AppToken), slack.OptionAPIURL(config.APIURL))
}

// transport keeps enough connections open for the workers.
func transport() *http.Transport {
	t := http.DefaultTransport.(*http.Transport).Clone()
	t.MaxIdleConnsPerHost = workers
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
	if err := a.identify(ctx); err != nil {
		if ctx.Err() != nil {
			return nil
		}
		return err
	}
	work, stop := context.WithCancel(context.WithoutCancel(ctx))
	defer stop()
	a.open.Lock()
	a.lanes = newLanes(work, a.room, laneDepth, workers)
	a.open.Unlock()

	// What has been taken is acknowledged before the transport goes.
	serving, leave := context.WithCancel(context.WithoutCancel(ctx))
	defer leave()
	gone := make(chan error, 1)
	go func() { gone <- a.serveTransport(serving) }()
	renewing, enough := context.WithCancel(context.WithoutCancel(ctx))
	defer enough()
	renewed := make(chan struct{})
	go func() { defer close(renewed); a.once.Run(renewing, a.again) }()

	var err error
	select {
	case <-ctx.Done():
		a.shut()
		leave()
		<-gone
	case err = <-gone:
		a.shut()
		if err != nil && a.wasUp() {
			err = adapters.Revoked{Err: err}
		}
	case err = <-a.revoked:
		a.shut()
		leave()
		<-gone
		err = adapters.Revoked{Err: fmt.Errorf("SLACK_BOT_TOKEN: %w", err)}
	}
	a.config.Signals.Connected(false)
	enough()
	late := time.AfterFunc(a.grace, stop)
	defer late.Stop()
	<-renewed
	a.lanes.wait()
	return err
}

// serveTransport receives deliveries until ctx ends.
func (a *Adapter) serveTransport(ctx context.Context) error {
	if a.config.http() {
		a.log.Info("receiving events over HTTP")
		a.config.Signals.Connected(true)
		<-ctx.Done()
		return nil
	}
	return a.sockets(ctx)
}

// wasUp reports whether a socket was ever open.
func (a *Adapter) wasUp() bool {
	a.upMu.Lock()
	defer a.upMu.Unlock()
	return a.ever
}

// shut takes nothing more, and waits until what was taken is acknowledged.
func (a *Adapter) shut() {
	a.open.Lock()
	a.closed = true
	a.open.Unlock()
	a.taking.Wait()
}

// identify asks Slack who the bot is and what it may do.
func (a *Adapter) identify(ctx context.Context) error {
	var who *slack.AuthTestResponse
	for wait := backoff; ; wait = min(2*wait, time.Minute) {
		err := a.call(ctx, "auth.test", true, func(ctx context.Context) (err error) {
			who, err = a.api.AuthTestContext(ctx)
			return err
		})
		if err == nil {
			break
		}
		if f := fatal(err); f != nil {
			return fmt.Errorf("SLACK_BOT_TOKEN: %w", f)
		}
		a.log.Warn("Slack cannot be reached; trying again", "error", err, "wait", wait)
		if !sleep(ctx, wait) {
			return ctx.Err()
		}
	}
	a.me = identity{user: who.UserID, bot: who.BotID, team: who.TeamID, scopes: scopesOf(who.Header)}
	a.me.pane = slices.Contains(a.me.scopes, "assistant:write")
	if missing := missingScopes(a.me.scopes); len(missing) > 0 {
		a.log.Warn("the bot token lacks scopes; add them under OAuth & Permissions and install the app again", "missing", strings.Join(missing, ", "))
	}
	a.log.Info("connected", "team", who.TeamID, "bot", who.UserID)
	return nil
}

// count adds one to a counter.
func (a *Adapter) count(name string) { a.config.Signals.Count(name) }
