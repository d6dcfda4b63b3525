package adapters_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"log/slog"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/testutil"
	"go.uber.org/goleak"

	"verbatim/adapters"
	"verbatim/adapters/adaptertest"
	"verbatim/answers"
	"verbatim/corpus"
	"verbatim/state"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

var quiet = slog.New(slog.DiscardHandler)

// open opens a real store in a file of the test's own.
func open(t *testing.T) state.Store {
	t.Helper()
	s, err := state.Open("bolt:"+filepath.Join(t.TempDir(), "state.db"), state.Options{Wait: time.Minute, Log: quiet})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.Close() })
	return s
}

// failing is a store that may be away, or hang until its caller gives up.
type failing struct {
	state.Store
	away, hangs atomic.Bool
	calls       atomic.Int32
}

var errAway = errors.New("away")

func (f *failing) fail(ctx context.Context) error {
	f.calls.Add(1)
	if f.hangs.Load() {
		<-ctx.Done()
		return ctx.Err()
	}
	if f.away.Load() {
		return errAway
	}
	return nil
}

func (f *failing) Claim(ctx context.Context, c state.Claim, lease time.Duration) (state.Claimed, error) {
	if err := f.fail(ctx); err != nil {
		return 0, err
	}
	return f.Store.Claim(ctx, c, lease)
}

func (f *failing) Finish(ctx context.Context, key string) error {
	if err := f.fail(ctx); err != nil {
		return err
	}
	return f.Store.Finish(ctx, key)
}

func (f *failing) Abandoned(ctx context.Context, platform string, max int, lease time.Duration) ([]state.Claim, error) {
	if err := f.fail(ctx); err != nil {
		return nil, err
	}
	return f.Store.Abandoned(ctx, platform, max, lease)
}

func (f *failing) Conversation(ctx context.Context, key string) ([]byte, error) {
	if err := f.fail(ctx); err != nil {
		return nil, err
	}
	return f.Store.Conversation(ctx, key)
}

func (f *failing) SetConversation(ctx context.Context, key string, turn []byte, ttl time.Duration) error {
	if err := f.fail(ctx); err != nil {
		return err
	}
	return f.Store.SetConversation(ctx, key, turn, ttl)
}

func (f *failing) Allow(ctx context.Context, key string, limit state.Limit) (bool, error) {
	if err := f.fail(ctx); err != nil {
		return false, err
	}
	return f.Store.Allow(ctx, key, limit)
}

// engine answers with what it was asked, and a turn that counts questions.
type engine struct{}

func (engine) Ask(q answers.Question) answers.Answer {
	a := answers.Answer{Kind: answers.Quote, Intent: "asked " + q.Text, Confidence: 0.9, Lead: "after " + q.Previous.Intent}
	a.Turn = answers.Turn{Intent: q.Text, Kind: a.Kind, Seen: append(q.Previous.Seen, q.Text)}
	return a
}

func (engine) Check(q answers.Question) answers.Answer {
	return answers.Answer{Kind: answers.Verdict, Finding: answers.Absent, Lead: "checked " + q.Text}
}

func (engine) Complete(string, string, int) []string { return nil }
func (engine) About(string) answers.About            { return answers.About{} }
func (engine) Sources() []*corpus.Source             { return nil }
func (engine) Source(string) (*corpus.Source, error) { return nil, nil }
func (engine) Passage(string) (corpus.Passage, bool) { return corpus.Passage{}, false }

func ask(t *testing.T, h adapters.Handler, conversation, text string, check bool) answers.Answer {
	t.Helper()
	return h.Handle(t.Context(), adapters.Message{
		ID: "Ev1", Platform: "slack", Conversation: conversation, Person: "U123", Text: text, Check: check,
	})
}

func TestConversations(t *testing.T) {
	t.Parallel()
	s := open(t)
	// Two replicas, one store: a follow-up may reach either.
	one := adapters.Chain(adapters.Conversations(engine{}, s, time.Hour), adapters.StateTime(time.Minute))
	two := adapters.Chain(adapters.Conversations(engine{}, s, time.Hour), adapters.StateTime(time.Minute))
	for _, tt := range []struct {
		h                  adapters.Handler
		conversation, text string
		check              bool
		lead               string
		seen               []string
	}{
		{one, "c", "windows", false, "after ", []string{"windows"}},
		{two, "c", "apple", false, "after windows", []string{"windows", "apple"}},
		{one, "d", "llama", false, "after ", []string{"llama"}},
		{one, "c", "did he say so", true, "checked did he say so", nil},
		{one, "c", "linux", false, "after apple", []string{"windows", "apple", "linux"}},
		{one, "", "alone", false, "after ", []string{"alone"}},
		{one, "", "alone too", false, "after ", []string{"alone too"}},
	} {
		a := ask(t, tt.h, tt.conversation, tt.text, tt.check)
		if a.Lead != tt.lead || !cmp.Equal(a.Turn.Seen, tt.seen) {
			t.Errorf("%q in %q: lead %q, seen %q; want %q, %q", tt.text, tt.conversation, a.Lead, a.Turn.Seen, tt.lead, tt.seen)
		}
	}
	// A space has conversations of its own, and they are forgotten with it.
	spaced := func(text string) string {
		return one.Handle(t.Context(), adapters.Message{Platform: "slack", Space: "w", Conversation: "c", Text: text}).Lead
	}
	if first, next := spaced("meta"), spaced("google"); first != "after " || next != "after meta" {
		t.Errorf("in a space: lead %q, then %q", first, next)
	}
	if err := s.Forget(t.Context(), "w"); err != nil {
		t.Fatal(err)
	}
	if lead := spaced("google"); lead != "after " {
		t.Errorf("in a space that was forgotten: lead %q", lead)
	}
	// What an older version left, or anything else, is as good as nothing.
	if err := s.SetConversation(t.Context(), "c", []byte(`{"intent":["no"]`), time.Hour); err != nil {
		t.Fatal(err)
	}
	if a := ask(t, one, "c", "apple", false); a.Lead != "after " {
		t.Errorf("after a turn that cannot be read: %q", a.Lead)
	}
	var turn answers.Turn
	stored, err := s.Conversation(t.Context(), "c")
	if err != nil || json.Unmarshal(stored, &turn) != nil || turn.Intent != "apple" {
		t.Errorf("stored is %s, %v", stored, err)
	}
}

// TestStateAway: a store that is away, or hangs for good, costs the follow-up and
// the limit, not the answer.
func TestStateAway(t *testing.T) {
	t.Parallel()
	s := &failing{Store: open(t)}
	h := adapters.Conversations(engine{}, s, time.Hour)
	ask(t, h, "c", "windows", false)

	s.away.Store(true)
	for range 3 {
		if a := ask(t, h, "c", "apple", false); a.Lead != "after " || a.Kind != answers.Quote {
			t.Errorf("while away: %+v", a)
		}
	}
	s.away.Store(false)

	synctest.Test(t, func(t *testing.T) { // with its own clock, which nothing keeps from running
		s := &failing{Store: adaptertest.NewStore()}
		h := adapters.Conversations(engine{}, s, time.Hour)
		s.hangs.Store(true)
		// A handler that waited for the store would never come back.
		if a := ask(t, h, "c", "apple", false); a.Lead != "after " || a.Kind != answers.Quote {
			t.Errorf("while it hangs: %+v", a)
		}
		if n := s.calls.Load(); n != 1 {
			t.Errorf("%d calls were made; want 1, which takes all the time there is", n)
		}
		s.hangs.Store(false)
		if a := ask(t, h, "c", "more", false); a.Kind != answers.Quote {
			t.Errorf("back again: %+v", a)
		}
	})

	gate := adapters.NewGate(s, state.Limit{Events: 1, Per: time.Hour}, "slack", nil)
	s.away.Store(true)
	for range 3 {
		if got := gate.Enter(t.Context(), "ada", adapters.Counted); got != adapters.Admitted {
			t.Errorf("while away: %d", got)
		}
	}
	s.away.Store(false)
}

// slow is a store that takes its time to say what a conversation was about.
type slow struct{ state.Store }

func (s slow) Conversation(ctx context.Context, key string) ([]byte, error) {
	select {
	case <-time.After(150 * time.Millisecond):
		return s.Store.Conversation(ctx, key)
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

// TestStateTime: who gives a slow store more time keeps the follow-ups.
func TestStateTime(t *testing.T) {
	t.Parallel()
	h := adapters.Chain(adapters.Conversations(engine{}, slow{open(t)}, time.Hour), adapters.StateTime(time.Minute))
	ask(t, h, "c", "windows", false)
	if a := ask(t, h, "c", "apple", false); a.Lead != "after windows" {
		t.Errorf("%+v; want the follow-up", a)
	}
}

// reader is an engine that keeps what it was given.
type reader struct {
	engine
	got *string
}

func (r reader) Ask(q answers.Question) answers.Answer {
	*r.got = q.Text
	return r.engine.Ask(q)
}

// TestLongMessages: what an engine is given is bounded, in length and in the length
// of words; texts without spaces stay whole.
func TestLongMessages(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct {
		text string
		want int
	}{
		"a long word":              {strings.Repeat("x", 300_000) + " y", 256},
		"a long word and another":  {strings.Repeat("x", 1000) + " " + strings.Repeat("д", 1000), 256 + 1 + 2*256},
		"a long text":              {strings.Repeat("word ", 100_000), 40_000},
		"a text without spaces":    {strings.Repeat("灯", 2000), 6000},
		"an ordinary long message": {strings.Repeat("what did she say? ", 100), 1800},
	} {
		var got string
		adapters.Conversations(reader{got: &got}, open(t), time.Hour).Handle(t.Context(), adapters.Message{Text: tt.text})
		if len(got) != tt.want {
			t.Errorf("%s: %d bytes, want %d", name, len(got), tt.want)
		}
	}
}

// windows is a store of limits on a clock of its own.
type windows struct {
	state.Store
	now   time.Duration
	until map[string]time.Duration
	n     map[string]int
}

func (w *windows) Allow(_ context.Context, key string, limit state.Limit) (bool, error) {
	if w.now >= w.until[key] {
		w.until[key], w.n[key] = w.now+limit.Per, 0
	}
	if w.n[key] >= limit.Events {
		return false, nil
	}
	w.n[key]++
	return true, nil
}

// TestToldInEachWindow: who is over the limit is told once in each window, however late in
// the one before they were.
func TestToldInEachWindow(t *testing.T) {
	t.Parallel()
	w := &windows{until: map[string]time.Duration{}, n: map[string]int{}}
	gate := adapters.NewGate(w, state.Limit{Events: 1, Per: time.Hour}, "slack", nil)
	for _, tt := range []struct {
		minute time.Duration
		want   adapters.Admission
	}{{0, adapters.Admitted}, {50, adapters.TooMuch}, {51, adapters.Ignored}, {61, adapters.Admitted}, {62, adapters.TooMuch}, {63, adapters.Ignored}} {
		w.now = tt.minute * time.Minute
		if got := gate.Enter(t.Context(), "ada", adapters.Counted); got != tt.want {
			t.Errorf("minute %d: %d, want %d", tt.minute, got, tt.want)
		}
	}
}

func TestGate(t *testing.T) {
	t.Parallel()
	synctest.Test(t, gate) // a store that is slow lets everybody in
}

func gate(t *testing.T) {
	s := adaptertest.NewStore()
	defer s.Close()
	limit := state.Limit{Events: 2, Per: time.Minute}
	gates := map[string]*adapters.Gate{"slack": adapters.NewGate(s, limit, "slack", nil), "discord": adapters.NewGate(s, limit, "discord", nil),
		"off": adapters.NewGate(s, state.Limit{}, "off", nil)}
	for i, tt := range []struct {
		platform, person string
		want             adapters.Admission
	}{
		{"slack", "ada", adapters.Admitted},
		{"slack", "ada", adapters.Admitted},
		{"slack", "ada", adapters.TooMuch},
		{"discord", "ada", adapters.Admitted},
		{"slack", "bob", adapters.Admitted},
		{"slack", "", adapters.Admitted},
		{"slack", "", adapters.Admitted},
		{"slack", "", adapters.Admitted},
		{"slack", "ada", adapters.Ignored},
		{"slack", "ada", adapters.Ignored},
		{"off", "ada", adapters.Admitted},
		{"off", "ada", adapters.Admitted},
		{"off", "ada", adapters.Admitted},
	} {
		if got := gates[tt.platform].Enter(t.Context(), tt.person, adapters.Counted); got != tt.want {
			t.Errorf("%d: %s on %s: %d; want %d", i, tt.person, tt.platform, got, tt.want)
		}
	}
	if got := gates["slack"].Text(); got != "That was a lot at once: I answer up to 2 questions in one minute. Please ask again in a while." {
		t.Errorf("text: %s", got)
	}
	n := 0
	for gates["slack"].Enter(t.Context(), "eve", adapters.Typing) == adapters.Admitted && n < 1000 {
		n++
	}
	if n != 10*limit.Events {
		t.Errorf("%d completions; want %d", n, 10*limit.Events)
	}
	if got := gates["slack"].Enter(t.Context(), "eve", adapters.Counted); got != adapters.Admitted {
		t.Errorf("who typed much may not ask: %d", got)
	}
}

// lines is a log in memory.
type lines struct {
	mu  sync.Mutex
	buf bytes.Buffer
}

func (l *lines) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.buf.Write(p)
}

func (l *lines) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.buf.String()
}

func TestRecoverAndLog(t *testing.T) {
	t.Parallel()
	const secret = "my private question"
	for _, tt := range []struct {
		name    string
		handler adapters.HandlerFunc
		kind    answers.Kind
		logged  []string
	}{
		{"an answer", func(ctx context.Context, m adapters.Message) answers.Answer {
			return answers.Answer{Kind: answers.Quote, Intent: "windows", Confidence: 0.5, Lead: m.Text}
		}, answers.Quote, []string{"msg=answered", "kind=quote", "intent=windows", "confidence=0.5", "platform=slack", "event=Ev1", "took="}},
		{"a panic with words", func(ctx context.Context, m adapters.Message) answers.Answer { panic("cannot answer " + m.Text) },
			answers.Chat, []string{"panic=string", "middleware_test.go", "kind=chat"}},
		{"a panic of the runtime", func(ctx context.Context, m adapters.Message) answers.Answer {
			var none []string
			return answers.Answer{Lead: none[len(m.Text)]}
		}, answers.Chat, []string{"index out of range", "kind=chat"}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			log := &lines{}
			l := slog.New(slog.NewTextHandler(log, nil))
			inner := ""
			h := adapters.Chain(adapters.HandlerFunc(func(ctx context.Context, m adapters.Message) answers.Answer {
				inner = adapters.RequestID(ctx)
				return tt.handler(ctx, m)
			}), adapters.Log(l), adapters.Recover(l))
			a := ask(t, h, "secret conversation", secret, false)
			if a.Kind != tt.kind || a.Lead == "" {
				t.Errorf("answer %+v; want a %s", a, tt.kind)
			}
			got := log.String()
			for _, want := range append(tt.logged, "request="+inner) {
				if !strings.Contains(got, want) {
					t.Errorf("the log lacks %q:\n%s", want, got)
				}
			}
			for _, s := range []string{secret, "secret conversation", "U123"} {
				if strings.Contains(got, s) {
					t.Errorf("the log has %q:\n%s", s, got)
				}
			}
			if len(inner) != 12 {
				t.Errorf("request id %q", inner)
			}
		})
	}
	if id := adapters.RequestID(t.Context()); id != "" {
		t.Errorf("request id outside of a request: %q", id)
	}
}

func TestChain(t *testing.T) {
	t.Parallel()
	var order []string
	mark := func(name string) adapters.Middleware {
		return func(next adapters.Handler) adapters.Handler {
			return adapters.HandlerFunc(func(ctx context.Context, m adapters.Message) answers.Answer {
				order = append(order, name)
				return next.Handle(ctx, m)
			})
		}
	}
	h := adapters.Chain(adapters.Conversations(engine{}, open(t), time.Hour), mark("first"), mark("second"))
	ask(t, h, "", "x", false)
	if d := cmp.Diff([]string{"first", "second"}, order); d != "" {
		t.Errorf("order (-want +got):\n%s", d)
	}
}

func TestMetrics(t *testing.T) {
	t.Parallel()
	r := prometheus.NewRegistry()
	m := adapters.NewMetrics(r)
	signals := m.Platform("slack")
	if d := cmp.Diff(map[string]bool{"slack": false}, m.Connected()); d != "" {
		t.Errorf("connected (-want +got):\n%s", d)
	}
	kind := answers.Quote
	h := m.Answers()(adapters.HandlerFunc(func(context.Context, adapters.Message) answers.Answer { return answers.Answer{Kind: kind} }))
	for _, kind = range []answers.Kind{answers.Quote, answers.Quote, answers.NotCovered} {
		ask(t, h, "", "x", false)
	}
	signals.Connected(true)
	signals.Acked(time.Second / 20)
	signals.Count(adapters.CountRetried)
	signals.Count(adapters.CountRetried)
	signals.Count(adapters.CountRateLimited)
	m.StateFailed("claim")
	m.JournalDropped()
	signals.Limited()
	want := `
# HELP verbatim_connected 1 while the adapter is connected to its platform.
# TYPE verbatim_connected gauge
verbatim_connected{platform="slack"} 1
# HELP verbatim_journal_dropped_total Journal entries lost while the store was away.
# TYPE verbatim_journal_dropped_total counter
verbatim_journal_dropped_total 1
# HELP verbatim_limited_total What was not answered since a person did too much at once.
# TYPE verbatim_limited_total counter
verbatim_limited_total{platform="slack"} 1
# HELP verbatim_platform_events_total What happened between a platform and its adapter: retried, reconnect, rate_limited and others.
# TYPE verbatim_platform_events_total counter
verbatim_platform_events_total{event="rate_limited",platform="slack"} 1
verbatim_platform_events_total{event="retried",platform="slack"} 2
# HELP verbatim_questions_total Questions answered, by platform and kind of answer.
# TYPE verbatim_questions_total counter
verbatim_questions_total{kind="not_covered",platform="slack"} 1
verbatim_questions_total{kind="quote",platform="slack"} 2
# HELP verbatim_state_errors_total Failed calls of the store.
# TYPE verbatim_state_errors_total counter
verbatim_state_errors_total{call="claim"} 1
`
	if err := testutil.GatherAndCompare(r, strings.NewReader(want), "verbatim_connected", "verbatim_journal_dropped_total",
		"verbatim_limited_total", "verbatim_platform_events_total", "verbatim_questions_total", "verbatim_state_errors_total"); err != nil {
		t.Error(err)
	}
	for name, n := range map[string]int{"verbatim_answer_seconds": 2, "verbatim_ack_seconds": 1} {
		if got, err := testutil.GatherAndCount(r, name); err != nil || got != n {
			t.Errorf("%s has %d series, %v; want %d", name, got, err, n)
		}
	}
	// One of several adapters counts with all, and tells only its own function whether it is
	// connected.
	up := true
	part := signals.Part(func(yes bool) { up = yes })
	part.Connected(false)
	part.Count(adapters.CountRetried)
	if !m.Connected()["slack"] || up {
		t.Errorf("after a part went: slack is connected: %v, the part: %v", m.Connected()["slack"], up)
	}
	if err := testutil.GatherAndCompare(r, strings.NewReader(`
# HELP verbatim_platform_events_total What happened between a platform and its adapter: retried, reconnect, rate_limited and others.
# TYPE verbatim_platform_events_total counter
verbatim_platform_events_total{event="rate_limited",platform="slack"} 1
verbatim_platform_events_total{event="retried",platform="slack"} 3
`), "verbatim_platform_events_total"); err != nil {
		t.Error(err)
	}
	if problems, err := testutil.GatherAndLint(r); err != nil || len(problems) != 0 {
		t.Errorf("lint: %v, %v", problems, err)
	}
	var none *adapters.Signals
	none.Acked(time.Second)
	none.Count("x")
	none.Connected(true)
}

func TestJournal(t *testing.T) {
	t.Parallel()
	s := open(t)
	w := state.NewJournalWriter(s, state.JournalOptions{Text: true, Log: quiet})
	a := answers.Answer{}
	h := adapters.Journal(w, 0.6)(adapters.HandlerFunc(func(context.Context, adapters.Message) answers.Answer { return a }))
	for _, a = range []answers.Answer{
		{Kind: answers.Quote, Intent: "sure", Confidence: 0.9},
		{Kind: answers.Quote, Intent: "doubtful", Confidence: 0.4},
		{Kind: answers.NotCovered, Intent: "linux", Confidence: 0.95},
		{Kind: answers.Clarify, Confidence: 0.8},
		{Kind: answers.Chat},
	} {
		ask(t, h, "c", "about "+a.Intent, false)
	}
	if err := w.Close(t.Context()); err != nil {
		t.Fatal(err)
	}
	var got []state.Entry
	if err := s.Journal(t.Context(), time.Time{}, func(e state.Entry) bool { got = append(got, e); return true }); err != nil {
		t.Fatal(err)
	}
	want := []state.Entry{
		{What: "question", Platform: "slack", Text: "about doubtful", Kind: "quote", Intent: "doubtful", Confidence: 0.4},
		{What: "question", Platform: "slack", Text: "about linux", Kind: "not_covered", Intent: "linux", Confidence: 0.95},
		{What: "question", Platform: "slack", Text: "about ", Kind: "clarify", Confidence: 0.8},
	}
	if d := cmp.Diff(want, got, cmpopts.IgnoreFields(state.Entry{}, "At", "Person")); d != "" {
		t.Errorf("journal (-want +got):\n%s", d)
	}
	for _, e := range got {
		if e.Person == "" || e.Person == "U123" {
			t.Errorf("person is %q; want a hash", e.Person)
		}
	}
}
