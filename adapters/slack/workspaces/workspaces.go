package workspaces

import (
	"context"
	"errors"
	"log/slog"
	"net/http"
	"strings"
	"sync"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"golang.org/x/sync/singleflight"

	"verbatim/adapters"
	"verbatim/adapters/slack"
	"verbatim/answers"
	"verbatim/state"
)

const (
	// lookEvery is how long an installation is used without a look into the store,
	// where another process may have renewed or removed it.
	lookEvery = 30 * time.Second
	// idleTime is how long a workspace's adapter stays without a request: longer than
	// an event may be redelivered, or left to be tried again.
	idleTime = time.Hour
	// deadTime is how long a workspace is left alone whose token works no longer.
	deadTime = time.Minute
	// maxDeaths is how many tokens may stop working one after the other, and be renewed:
	// in a renewal it happens to the one before.
	maxDeaths = 3
	// readyTime bounds starting a workspace's adapter, its token's renewal included.
	readyTime = renewTime + callTime
	// grace is how long what has begun may go on when the bot is to end, as in an
	// adapter for one workspace.
	grace = 8 * time.Second
)

var (
	errNotInstalled = errors.New("the app is not installed")
	errDead         = errors.New("the token works no longer")
	errExpired      = errors.New("the token may have expired")
	errEnding       = errors.New("the bot ends")
)

// Adapter is the server for any number of Slack workspaces.
type Adapter struct {
	config  Config
	common  slack.Config
	handler adapters.Handler
	engine  adapters.Engine
	store   state.Store
	log     *slog.Logger
	signals *adapters.Signals
	web     *http.Client
	tokens  *tokens
	key     []byte // signs the state of an installation
	left    left
	looks   singleflight.Group
	idle    time.Duration

	mu      sync.Mutex
	ctx     context.Context // of what the adapters do; nil: Run has not begun
	ending  bool
	running map[string]*workspace
	dead    map[string]death
	busy    sync.WaitGroup
}

// workspace is a running adapter. What is not constant is under the Adapter's mu.
type workspace struct {
	installation installation
	http         http.Handler
	stop         context.CancelFunc
	ready, ended chan struct{}
	looked, used time.Time
	teams        map[string]access
	over         bool // Run has ended
}

// death is a token that worked no longer.
type death struct {
	token string
	at    time.Time
	nth   int // of several, each within deadTime of the one before
	// until then the workspace is left alone.
	until time.Time
}

// New returns an adapter, or an error that says what in the configuration is missing
// or mistaken. common is what all workspaces have in common: it has no tokens. It
// does not talk to Slack or the store; Run does.
func New(config Config, common slack.Config, handler adapters.Handler, engine adapters.Engine, store state.Store) (*Adapter, error) {
	keys, err := config.check(&common)
	if err != nil {
		return nil, err
	}
	if common.Log == nil {
		common.Log = slog.New(slog.DiscardHandler)
	}
	if common.Signals == nil {
		common.Signals = adapters.NewMetrics(prometheus.NewRegistry()).Platform(slack.Name)
	}
	a := &Adapter{
		config: config, common: common, handler: handler, engine: engine, store: store, key: keys[0],
		log: common.Log.With("platform", slack.Name), signals: common.Signals, web: &http.Client{Timeout: callTime},
		left: left{claims: map[string][]leftClaim{}}, idle: idleTime, running: map[string]*workspace{}, dead: map[string]death{},
	}
	if a.tokens, err = newTokens(config, common.APIURL, keys, a.web, store, a.log); err != nil {
		return nil, err
	}
	// What else all have in common is mistaken for none or for each.
	_, err = a.adapterFor(installation{Token: "xoxb-"}, a.signals)
	return a, err
}

// adapterFor makes the adapter of one installation.
func (a *Adapter) adapterFor(i installation, signals *adapters.Signals) (*slack.Adapter, error) {
	c := a.common
	c.BotToken, c.Signals, c.Log = i.Token, signals, a.common.Log.With("workspace", i.ID)
	h := adapters.HandlerFunc(func(ctx context.Context, m adapters.Message) answers.Answer {
		m.Space = i.ID
		return a.handler.Handle(ctx, m)
	})
	return slack.New(c, h, a.engine, view{state.In(a.store, i.ID), i.ID, &a.left})
}

// Name returns "slack".
func (a *Adapter) Name() string { return slack.Name }

// Run serves until ctx ends, then finishes what it has begun and returns nil. It
// returns early only where the tokens in the store cannot be read with the key.
func (a *Adapter) Run(ctx context.Context) error {
	defer a.web.CloseIdleConnections()
	err := adapters.Persist(ctx, a.log, "the workspaces' tokens cannot be read yet; trying again", adapters.Backoff{First: time.Second, Last: time.Minute}, func() error {
		err := a.tokens.checkKey(ctx)
		if errors.Is(err, errWrongKey) {
			return adapters.Final{Err: err}
		}
		return err
	})
	if err != nil || ctx.Err() != nil {
		return err
	}
	if err := a.tokens.sealAnew(ctx); err != nil {
		a.log.Warn("some tokens are still encrypted with SLACK_TOKEN_KEY_OLD; they are encrypted anew when they are used", "error", err)
	}
	work, stop := context.WithCancel(context.WithoutCancel(ctx))
	defer stop()
	context.AfterFunc(ctx, func() { time.AfterFunc(grace, stop) })
	a.mu.Lock()
	a.ctx = work
	a.mu.Unlock()
	a.log.Info("receiving events over HTTP, for all workspaces that install the app at /slack/install")
	a.signals.Connected(true)

	tick := time.NewTicker(takeUpEvery)
	defer tick.Stop()
	for ctx.Err() == nil {
		a.takeUp(ctx)
		a.endIdle()
		a.tokens.saveRest(ctx)
		select {
		case <-tick.C:
		case <-ctx.Done():
		}
	}
	a.signals.Connected(false)
	a.mu.Lock()
	a.ending = true
	for _, w := range a.running {
		w.stop()
	}
	a.mu.Unlock()
	a.busy.Wait()
	last, cancel := context.WithTimeout(work, callTime)
	defer cancel()
	a.tokens.saveRest(last)
	return nil
}

// begin notes something that Run waits for at its end; false where Run does not run.
func (a *Adapter) begin() (context.Context, bool) {
	a.mu.Lock()
	defer a.mu.Unlock()
	if a.ctx == nil || a.ending {
		return nil, false
	}
	a.busy.Add(1)
	return a.ctx, true
}

// serving returns what takes the requests of a workspace. It makes the workspace's
// adapter where there is none, or none with a token that works.
func (a *Adapter) serving(ctx context.Context, id string) (http.Handler, error) {
	a.mu.Lock()
	w, now := a.running[id], time.Now()
	if w != nil {
		w.used = now
	}
	usable := w != nil && !w.installation.expired(a.tokens.now())
	fresh := usable && now.Sub(w.looked) < lookEvery
	dead := now.Before(a.dead[id].until)
	a.mu.Unlock()
	switch {
	case fresh:
		return w.http, nil
	case dead:
		return nil, errDead
	}
	look := a.looks.DoChan(id, func() (any, error) { return a.look(id) })
	if usable {
		return w.http, nil // the look goes on
	}
	select {
	case r := <-look:
		if r.Err != nil {
			return nil, r.Err
		}
		return r.Val.(*workspace).http, nil
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

// look looks into the store for a workspace's installation, and has an adapter run
// with it.
func (a *Adapter) look(id string) (*workspace, error) {
	w, err := a.lookOnce(id)
	if errors.Is(err, errExpired) {
		w, err = a.lookOnce(id)
	}
	return w, err
}

func (a *Adapter) lookOnce(id string) (*workspace, error) {
	work, ok := a.begin()
	if !ok {
		return nil, errEnding
	}
	defer a.busy.Done()
	ctx, cancel := context.WithTimeout(work, readyTime)
	defer cancel()
	a.mu.Lock()
	w, dead := a.running[id], a.dead[id]
	a.mu.Unlock()
	i, err := a.tokens.current(ctx, id, dead.token)
	switch {
	case errors.Is(err, state.ErrNotFound):
		a.drop(id)
		return nil, errNotInstalled
	case errors.Is(err, errWrongKey):
		i.ID = id
		fallthrough
	case hopeless(err):
		a.bury(i, err)
		return nil, errDead
	case err != nil:
		a.log.Warn("a workspace cannot be served now", "workspace", id, "error", err)
		return nil, err
	}
	if w != nil && w.installation.Token == i.Token {
		a.mu.Lock()
		defer a.mu.Unlock()
		w.looked, w.teams = time.Now(), i.Teams
		return w, nil
	}
	return a.start(ctx, i)
}

// start has an adapter run with an installation, in place of the one that did.
func (a *Adapter) start(ctx context.Context, i installation) (*workspace, error) {
	w := &workspace{installation: i, ready: make(chan struct{}), ended: make(chan struct{}), looked: time.Now(), used: time.Now(), teams: i.Teams}
	ready := sync.OnceFunc(func() { close(w.ready) })
	adapter, err := a.adapterFor(i, a.signals.Part(func(up bool) {
		if up {
			ready()
		}
	}))
	if err != nil {
		return nil, err
	}
	w.http = adapter.Handler()
	work, ok := a.begin()
	if !ok {
		return nil, errEnding
	}
	work, w.stop = context.WithCancel(work)
	go func() {
		defer a.busy.Done()
		defer w.stop()
		err := adapter.Run(work)
		a.ended(w, err)
		close(w.ended)
	}()
	select {
	case <-w.ready:
	case <-w.ended:
	case <-ctx.Done():
		w.stop()
		return nil, ctx.Err()
	}
	a.mu.Lock()
	defer a.mu.Unlock()
	switch {
	case w.over && a.dead[i.ID].until.IsZero():
		return nil, errExpired
	case w.over:
		return nil, errDead
	}
	if before := a.running[i.ID]; before != nil {
		before.stop() // it finishes what it has begun
	}
	a.running[i.ID] = w
	if a.ending {
		w.stop()
	}
	return w, nil
}

// ended notes that an adapter has ended: its token works no longer, or it was stopped.
func (a *Adapter) ended(w *workspace, err error) {
	i := w.installation
	a.mu.Lock()
	w.over = true
	if a.running[i.ID] == w {
		delete(a.running, i.ID)
	}
	d := death{token: i.Token, at: time.Now(), nth: 1}
	if last := a.dead[i.ID]; time.Since(last.at) < deadTime {
		d.nth += last.nth
	}
	if err != nil && i.Refresh != "" && d.nth <= maxDeaths {
		// It may only have expired: it is renewed when it is needed next.
		a.dead[i.ID] = d
		err = nil
	}
	a.mu.Unlock()
	if err != nil {
		a.bury(i, err)
	}
}

// bury has a workspace left alone for a while whose token works no longer, and tells
// so once.
func (a *Adapter) bury(i installation, err error) {
	a.mu.Lock()
	last := a.dead[i.ID]
	a.dead[i.ID] = death{token: i.Token, at: time.Now(), until: time.Now().Add(deadTime)}
	a.mu.Unlock()
	if last.token != i.Token || last.until.IsZero() {
		a.log.Error("a workspace is not served any more: have the app installed there anew, at /slack/install", "workspace", i.ID,
			"error", strings.TrimPrefix(err.Error(), "SLACK_BOT_TOKEN: "))
	}
}

// drop stops a workspace's adapter, and returns it, or nil.
func (a *Adapter) drop(id string) *workspace {
	a.mu.Lock()
	defer a.mu.Unlock()
	w := a.running[id]
	if w != nil {
		w.stop()
		delete(a.running, id)
	}
	return w
}

// installed has the store looked at anew for a workspace.
func (a *Adapter) installed(id string) {
	a.mu.Lock()
	defer a.mu.Unlock()
	delete(a.dead, id)
	if w := a.running[id]; w != nil {
		w.looked = time.Time{}
	}
}

// endIdle ends the adapters that had nothing to do for long.
func (a *Adapter) endIdle() {
	a.mu.Lock()
	defer a.mu.Unlock()
	for id, w := range a.running {
		if time.Since(w.used) > a.idle {
			w.stop()
			delete(a.running, id)
		}
	}
	for id, d := range a.dead {
		if time.Since(d.at) > a.idle {
			delete(a.dead, id)
		}
	}
}
