package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"os"
	"os/signal"
	"syscall"
	"time"

	"github.com/spf13/cobra"
	"golang.org/x/sync/errgroup"
	"golang.org/x/term"

	"verbatim/adapters"
	"verbatim/adapters/discord"
	"verbatim/adapters/local"
	"verbatim/adapters/ops"
	"verbatim/adapters/pages"
	"verbatim/adapters/slack"
	"verbatim/adapters/slack/workspaces"
	"verbatim/answers"
	"verbatim/state"
)

const (
	// sure is the confidence under which an answer is doubtful and goes into the
	// journal. Confidence is calibrated, so that of the answers under it more than
	// one in four is wrong: enough of them for whoever curates to look at.
	sure = 0.75

	// journalTime is how long what waits for the journal may take to be written at
	// the end. A store that works takes milliseconds.
	journalTime = 3 * time.Second
)

// isUnknown is said of a variable that looks like a platform's.
const isUnknown = "is set, but is none of this program; look for a misspelling, bot --help lists all"

// run serves the platforms that are configured, or the terminal.
func run(cmd *cobra.Command, corpusDir, source string) error {
	env, err := environment()
	if err != nil {
		return err
	}
	if !wantsSlack() && !wanted[Discord]() && (env.ListenAddr == "" || env.PublicURL == "") {
		for _, name := range unknown() {
			fmt.Fprintf(cmd.ErrOrStderr(), "bot: %s %s\n", name, isUnknown)
		}
		return talk(cmd.Context(), cmd.ErrOrStderr(), env.links(), corpusDir, source)
	}
	if source != "" {
		return usageError{errors.New("--source is for the terminal; in Slack and Discord a channel is given its article (docs/adding.md)")}
	}
	return env.redact(serve(cmd.Context(), env, corpusDir, cmd.ErrOrStderr()))
}

// talk holds a conversation on the terminal or a pipe. It keeps no state and uses
// no network.
func talk(ctx context.Context, log io.Writer, links adapters.Links, corpusDir, source string) error {
	engine, err := loadEngine(ctx, log, corpusDir)
	if err != nil {
		return err
	}
	if err := hasSource(engine, source); err != nil {
		return err
	}
	asked := false
	var turn answers.Turn
	h := adapters.HandlerFunc(func(_ context.Context, m adapters.Message) answers.Answer {
		asked = true
		p := newProgress(log, "reading", 0)
		defer p.stop()
		a := engine.Ask(answers.Question{Text: m.Text, Source: m.Source, Previous: turn})
		turn = a.Turn
		return a
	})
	a := &local.Adapter{
		Handler: h, Engine: engine, Source: source, Links: links, In: os.Stdin, Out: os.Stdout,
		NoColor: os.Getenv("NO_COLOR") != "", Dumb: os.Getenv("TERM") == "dumb",
	}
	err = a.Run(ctx)
	if err != nil || term.IsTerminal(int(os.Stdin.Fd())) {
		return err
	}
	if ctx.Err() == nil && !asked {
		// As in a container that was given no tokens.
		fmt.Fprintln(log, "bot: no platform is configured, and standard input holds no question; bot --help lists what to set")
	}
	return ctx.Err() // lines of the pipe may be left that are not answered
}

// serve runs the platforms until ctx ends, then finishes what has begun.
func serve(ctx context.Context, env config, corpusDir string, out io.Writer) error {
	log := newLogger(out, env)
	// Before anything is opened: what is missing or mistaken.
	if _, _, err := newAdapters(env, nil, nil, nil, nil, log); err != nil {
		return err
	}
	for _, name := range unknown() {
		log.Warn("a variable "+isUnknown, "variable", name)
	}
	hangups := make(chan os.Signal, 1)
	signal.Notify(hangups, syscall.SIGHUP)
	defer signal.Stop(hangups)

	registry := ops.NewRegistry()
	metrics := adapters.NewMetrics(registry)
	store, err := state.Open(env.StateURL, state.Options{
		Log: log, Failed: metrics.StateFailed, Wait: env.StateTimeout, JournalKeep: time.Duration(env.JournalDays) * 24 * time.Hour,
	})
	if err != nil {
		return fmt.Errorf("STATE_URL: %w", err)
	}
	defer store.Close()
	writer, journaled := newJournal(env, store, metrics, log)
	defer closeJournal(writer, log)

	engine := &liveEngine{}
	all, handlers, err := newAdapters(env, newHandler(env, engine, store, writer, metrics, log), engine, journaled, metrics, log)
	if err != nil {
		return err
	}
	group, running := errgroup.WithContext(ctx)
	serving, leave := context.WithCancel(context.WithoutCancel(ctx))
	defer leave()
	if env.ListenAddr != "" {
		if env.PublicURL != "" {
			handlers[adapters.PagePath("")] = pages.Handler{Corpus: engine.corpus, Links: env.links()}
		}
		server := &ops.Server{Addr: env.ListenAddr, Metrics: metrics, Gatherer: registry, Store: store, Handlers: handlers, Log: log}
		l, err := server.Listen()
		if err != nil {
			return err
		}
		log.Info("listening", "address", l.Addr().String())
		group.Go(func() error { return server.Serve(serving, l) })
	}
	group.Go(func() error {
		defer leave() // the server goes last, so that probes and metrics see the end
		if corpusDir == "" {
			corpusDir = env.Corpus
		}
		if err := until(running, func() error { return engine.load(corpusDir, log) }); err != nil {
			if running.Err() != nil {
				return nil
			}
			return err
		}
		reloading, enough := context.WithCancel(running)
		defer enough()
		go reload(reloading, hangups, engine, corpusDir, log)
		return serveAll(running, all, log)
	})
	defer context.AfterFunc(ctx, func() { log.Info("ending: what has begun is finished first") })()
	if err := within(ctx, env.ShutdownTimeout, group.Wait); err != nil {
		return err
	}
	log.Info("ended")
	return nil
}

// newAdapters returns the adapters of the platforms that are configured, and what
// is to be served for them over HTTP.
func newAdapters(env config, h adapters.Handler, engine adapters.Engine, store state.Store, metrics *adapters.Metrics, log *slog.Logger) ([]adapters.Adapter, map[string]http.Handler, error) {
	var all []adapters.Adapter
	var problems []error
	handlers := map[string]http.Handler{}
	if wantsSlack() {
		c := env.Slack
		c.Log, c.Limit, c.Links = log, state.Limit(env.RateLimit), env.links()
		if metrics != nil {
			c.Signals = metrics.Platform(slack.Name)
		}
		a, err := newSlack(env, c, h, engine, store)
		problems = append(problems, err, env.checkAddress())
		if err == nil && env.overHTTP() {
			handlers["/slack/"] = a.Handler()
		}
		all = append(all, a)
	}
	if wanted[Discord]() {
		c := env.Discord
		c.Log, c.Limit, c.Links = log, state.Limit(env.RateLimit), env.links()
		if metrics != nil {
			c.Signals = metrics.Platform(discord.Name)
		}
		a, err := discord.New(c, h, engine, store)
		problems = append(problems, err)
		all = append(all, a)
	}
	return all, handlers, errors.Join(problems...)
}

// wantsSlack reports whether Slack is to be served, one workspace or many.
func wantsSlack() bool { return wanted[Slack]() || wanted[Workspaces]() }

// slackAdapter is the adapter for one workspace, or for many.
type slackAdapter interface {
	adapters.Adapter
	Handler() http.Handler
}

func newSlack(env config, c Slack, h adapters.Handler, engine adapters.Engine, store state.Store) (slackAdapter, error) {
	if wanted[Workspaces]() {
		return workspaces.New(env.Workspaces, c, h, engine, store)
	}
	return slack.New(c, h, engine, store)
}

// newHandler returns what answers on every platform.
func newHandler(env config, engine adapters.Engine, store state.Store, writer *state.JournalWriter, metrics *adapters.Metrics, log *slog.Logger) adapters.Handler {
	// Recover is inside the other two: a panic is logged under its request's id and
	// counted as an answer.
	around := []adapters.Middleware{adapters.Log(log), metrics.Answers(), adapters.Recover(log), adapters.StateTime(env.StateTimeout)}
	if writer != nil {
		around = append(around, adapters.Journal(writer, sure))
	}
	return adapters.Chain(adapters.Conversations(engine, store, env.ConversationTTL), around...)
}

// newJournal returns the journal's writer, nil where none is kept, and the store
// with which adapters write votes down.
func newJournal(env config, store state.Store, metrics *adapters.Metrics, log *slog.Logger) (*state.JournalWriter, state.Store) {
	if !env.Journal {
		return nil, unjournaled{store}
	}
	w := state.NewJournalWriter(store, state.JournalOptions{Text: bool(env.JournalText), Dropped: metrics.JournalDropped, Log: log})
	return w, w.Store()
}

// closeJournal writes what waits.
func closeJournal(w *state.JournalWriter, log *slog.Logger) {
	if w == nil {
		return
	}
	ctx, cancel := context.WithTimeout(context.Background(), journalTime)
	defer cancel()
	if err := w.Close(ctx); err != nil {
		log.Warn("journal: the last entries could not be written", "error", err)
	}
}

// unjournaled is a store without a journal.
type unjournaled struct{ state.Store }

// Append forgets the entries.
func (unjournaled) Append(context.Context, ...state.Entry) error { return nil }

// serveAll runs the adapters until ctx ends. One that cannot go on is left behind,
// told, and seen in /readyz, for as long as another serves; so is one whose
// credentials die while it serves, even where there is no other: starting it again
// would not mend them.
func serveAll(ctx context.Context, all []adapters.Adapter, log *slog.Logger) error {
	if len(all) == 0 {
		log.Info("no platform is configured; only pages are served")
		<-ctx.Done()
		return nil
	}
	for _, a := range all {
		log.Info("serving", "platform", a.Name(), "version", version())
	}
	type end struct {
		name string
		err  error
	}
	ends := make(chan end, len(all))
	for _, a := range all {
		go func() { ends <- end{a.Name(), a.Run(ctx)} }()
	}
	var failed []error
	died := false
	for range all {
		e := <-ends
		if e.err == nil {
			continue
		}
		failed = append(failed, fmt.Errorf("%s: %w", e.name, e.err))
		var revoked adapters.Revoked
		if errors.As(e.err, &revoked) && ctx.Err() == nil {
			died = true
			log.Error("the credentials of a platform work no longer; it is served again when the bot is started with others", "platform", e.name, "error", e.err)
			continue
		}
		if len(failed) < len(all) && ctx.Err() == nil {
			log.Error("a platform cannot be served; the others are, and this one when the bot is started again", "platform", e.name, "error", e.err)
		}
	}
	if len(failed) < len(all) {
		return nil
	}
	if died { // the log and /readyz tell
		<-ctx.Done()
		return nil
	}
	return errors.Join(failed...)
}

// reload loads the corpus again at each hangup.
func reload(ctx context.Context, hangups <-chan os.Signal, engine *liveEngine, dir string, log *slog.Logger) {
	for {
		select {
		case <-ctx.Done():
			return
		case <-hangups:
		}
		// Without a folder that is named, load looks each time whether bot add has made one
		// meanwhile, or bot remove has taken its last source away.
		log.Info("loading the corpus again")
		if err := until(ctx, func() error { return engine.load(dir, log) }); err != nil && ctx.Err() == nil {
			log.Error("the corpus was not loaded again; the one from before stays", "error", err)
		}
	}
}

// within waits for the end, for some time at most after ctx has ended.
func within(ctx context.Context, most time.Duration, wait func() error) error {
	done := make(chan error, 1)
	go func() { done <- wait() }()
	select {
	case err := <-done:
		return err
	case <-ctx.Done():
	}
	late := time.NewTimer(most)
	defer late.Stop()
	select {
	case err := <-done:
		return err
	case <-late.C:
		return fmt.Errorf("what had begun did not end within SHUTDOWN_TIMEOUT (%s); another replica answers it, or this one when it starts again", most)
	}
}
