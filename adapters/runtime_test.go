package adapters_test

import (
	"context"
	"encoding/json"
	"errors"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"verbatim/adapters"
	"verbatim/adapters/adaptertest"
	"verbatim/answers"
	"verbatim/corpus"
	"verbatim/state"
)

// note is the job of a platform that only writes down.
type note struct {
	ID   string `json:"id"`
	Text string `json:"text"`
}

// platform is a driver that writes down what it is to do.
type platform struct {
	*adapters.Runtime[*note]
	send    func(text string) error // nil: all is well
	found   bool
	unknown bool

	mu                     sync.Mutex
	answered, sent, toldTo []string
}

func (p *platform) Task(n *note) adapters.Task {
	return adapters.Task{Key: "pad:" + n.ID, Kept: true, Lanes: []string{"all"}, Person: "ada"}
}

func (p *platform) Accepts(context.Context, *note) bool      { return true }
func (p *platform) Ignore(context.Context, *note) error      { return nil }
func (p *platform) Sent(context.Context, *note) (bool, bool) { return p.found, !p.unknown }
func (p *platform) Remedy(_ *note, err error) adapters.Refusal {
	return adapters.Refusal{Why: "ask an admin: " + err.Error()}
}
func (p *platform) Words(_ *note, text string) adapters.Payload {
	return adapters.NewPayload(text, nil)
}

func (p *platform) Answer(ctx context.Context, n *note) (*adapters.Payload, error) {
	p.write(&p.answered, n.Text)
	a := p.Handle(ctx, adapters.Message{Text: n.Text})
	made := adapters.NewPayload(a.Lead+" #"+string(rune('0'+len(p.read(&p.answered)))), a.Quotes)
	return &made, nil
}

func (p *platform) Send(_ context.Context, _ *note, payload adapters.Payload) error {
	var text string
	if err := json.Unmarshal(payload.Body, &text); err != nil {
		return err
	}
	p.write(&p.sent, text)
	if p.send != nil {
		return p.send(text)
	}
	return nil
}

func (p *platform) Tell(_ context.Context, _ *note, text string) error {
	p.write(&p.toldTo, text)
	return nil
}

func (p *platform) write(to *[]string, text string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	*to = append(*to, text)
}

func (p *platform) read(from *[]string) []string {
	p.mu.Lock()
	defer p.mu.Unlock()
	return slices.Clone(*from)
}

// editions is an engine whose article may be another from some time on.
type editions struct {
	*adaptertest.Engine
	changed func() bool
}

func (e editions) Passage(key string) (corpus.Passage, bool) {
	if e.changed() {
		return corpus.Passage{}, false
	}
	return e.Engine.Passage(key)
}

// serve runs a platform until the test ends, or stop is called.
func serve(t *testing.T, store state.Store, engine adapters.Engine, p *platform) (stop func()) {
	t.Helper()
	handler := adapters.HandlerFunc(func(_ context.Context, m adapters.Message) answers.Answer {
		if m.Text == "panic" {
			panic("as asked")
		}
		return engine.Ask(answers.Question{Text: m.Text})
	})
	p.Runtime = adapters.NewRuntime(adapters.Options{Platform: "pad", Title: "Pad", Keep: time.Hour, Room: 100, Lease: aLease, Land: time.Millisecond,
		Grace: time.Millisecond, Log: quiet}, p, engine, handler, store)
	ctx, cancel := context.WithCancel(t.Context())
	ended := make(chan error, 1)
	go func() { ended <- p.Run(ctx, func(ctx context.Context) error { <-ctx.Done(); return nil }) }()
	eventually(t, "it runs", p.Hearing)
	stop = sync.OnceFunc(func() {
		cancel()
		if err := <-ended; err != nil {
			t.Errorf("Run: %v", err)
		}
	})
	t.Cleanup(stop)
	return stop
}

func fails(outcome adapters.Outcome) func(string) error {
	return func(string) error { return &adapters.Failure{Outcome: outcome, Err: errAway} }
}

// TestRuntimeKeepsAnswers: an answer that could not be sent is sent as it was, by
// whoever is there, and not computed again.
func TestRuntimeKeepsAnswers(t *testing.T) {
	t.Parallel()
	store, engine := open(t), adaptertest.NewEngine()
	one := &platform{send: fails(adapters.NoTime)}
	stop := serve(t, store, engine, one)
	one.Hear(&note{"1", adaptertest.AskLamp}, adapters.Delivery{})
	eventually(t, "it is tried twice", func() bool { return len(one.read(&one.sent)) >= 2 })
	stop()
	two := &platform{}
	serve(t, store, engine, two)
	eventually(t, "another sends it", func() bool { return len(two.read(&two.sent)) == 1 })
	if len(one.read(&one.answered)) != 1 || len(two.read(&two.answered)) != 0 || one.sent[0] != two.sent[0] {
		t.Errorf("answered %q and %q, sent %q and %q", one.answered, two.answered, one.sent, two.sent)
	}
	time.Sleep(2 * aLease)
	if n := len(two.read(&two.sent)); n != 1 {
		t.Errorf("it is sent %d times", n)
	}
}

// TestRuntimeHoldsAnswersAgainstTheSource: of an article that has changed nothing is
// shown that was kept.
func TestRuntimeHoldsAnswersAgainstTheSource(t *testing.T) {
	t.Parallel()
	p := &platform{}
	p.send = func(text string) error {
		if strings.Contains(text, "has changed") {
			return nil
		}
		return &adapters.Failure{Outcome: adapters.NoTime, Err: errAway}
	}
	serve(t, open(t), editions{adaptertest.NewEngine(), func() bool { return len(p.read(&p.sent)) > 0 }}, p)
	p.Hear(&note{"1", adaptertest.AskLamp}, adapters.Delivery{})
	eventually(t, "the person is told", func() bool { return len(p.read(&p.sent)) == 2 })
	if got := p.read(&p.sent)[1]; !strings.Contains(got, "Please ask again") || len(p.read(&p.answered)) != 1 {
		t.Errorf("sent %q, answered %q", got, p.answered)
	}
}

// TestRuntimeWithoutTheStore: what is to be tried again is not lost with the store.
func TestRuntimeWithoutTheStore(t *testing.T) {
	t.Parallel()
	store := &failing{Store: open(t)}
	store.away.Store(true)
	p := &platform{}
	var arrived atomic.Int32
	p.send = func(string) error {
		if store.away.Load() {
			return &adapters.Failure{Outcome: adapters.NoTime, Err: errAway}
		}
		arrived.Add(1)
		return nil
	}
	serve(t, store, adaptertest.NewEngine(), p)
	p.Hear(&note{"1", adaptertest.AskLamp}, adapters.Delivery{})
	eventually(t, "it is tried", func() bool { return len(p.read(&p.sent)) >= 1 })
	time.Sleep(2 * aLease)
	store.away.Store(false)
	eventually(t, "it is tried again", func() bool { return arrived.Load() == 1 })
	if sent := p.read(&p.sent); len(p.read(&p.answered)) != 1 || len(sent) < 2 || len(slices.Compact(sent)) != 1 {
		t.Errorf("answered %q, sent %q", p.answered, p.sent)
	}
}

// TestRuntimeOutcomes: what becomes of a job by what becomes of its payload.
func TestRuntimeOutcomes(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct {
		text          string
		p             *platform
		sends, told   int
		word          string
		uncertainOnce bool
	}{
		"all is well":                  {"?", &platform{}, 1, 0, "", false},
		"refused":                      {"?", &platform{send: fails(adapters.Refused)}, 1, 1, "ask an admin", false},
		"uncertain, and found":         {"?", &platform{send: fails(adapters.Uncertain), found: true}, 1, 0, "", false},
		"uncertain, and cannot look":   {"?", &platform{send: fails(adapters.Uncertain), unknown: true}, 1, 1, "Pad did not confirm", false},
		"uncertain, and not there":     {"?", &platform{}, 2, 0, "", true},
		"a quote that is none, always": {"?", &platform{send: func(string) error { return adapters.ErrUnquoted }}, 2, 0, "", false},
		"a panic":                      {"panic", &platform{}, 0, 0, "", false},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			store := open(t)
			if tt.uncertainOnce {
				tt.p.send = func(string) error {
					if len(tt.p.read(&tt.p.sent)) == 1 {
						return &adapters.Failure{Outcome: adapters.Uncertain, Err: errAway}
					}
					return nil
				}
			}
			stop := serve(t, store, adaptertest.NewEngine(), tt.p)
			for range 3 { // it is delivered three times
				tt.p.Hear(&note{"1", tt.text}, adapters.Delivery{})
			}
			eventually(t, "it is done", func() bool { return len(tt.p.read(&tt.p.answered)) > 0 && tt.p.Idle() })
			stop()
			if len(tt.p.answered) != 1 || len(tt.p.sent) != tt.sends || len(tt.p.toldTo) != tt.told || tt.told > 0 && !strings.Contains(tt.p.toldTo[0], tt.word) {
				t.Errorf("answered %q, sent %q, told %q", tt.p.answered, tt.p.sent, tt.p.toldTo)
			}
		})
	}
}

// TestRuntimeTakesUpWhatWasLeft: a job; an answer, as it is; one that may have been sent, not again where it cannot be looked for.
func TestRuntimeTakesUpWhatWasLeft(t *testing.T) {
	t.Parallel()
	store := open(t)
	for key, payload := range map[string]string{"pad:1": `{"job":{"id":"1","text":"hello"}}`, "pad:2": `not a job`,
		"pad:3": `{"job":{"id":"3","text":"?"},"payload":{"body":"kept"},"tries":1}`, "pad:4": `{"job":{"id":"4","text":"?"},"payload":{"body":"kept"},"unsure":true}`} {
		c := state.Claim{Key: key, Platform: "pad", Payload: []byte(payload), Keep: time.Hour}
		if _, err := store.Claim(t.Context(), c, time.Millisecond); err != nil {
			t.Fatal(err)
		}
	}
	p := &platform{unknown: true}
	serve(t, store, adaptertest.NewEngine(), p)
	eventually(t, "all are seen to", func() bool { return len(p.read(&p.sent)) == 2 && len(p.read(&p.toldTo)) == 1 })
	if sent := p.read(&p.sent); !slices.Contains(sent, "kept") || len(p.read(&p.answered)) != 1 {
		t.Errorf("answered %q, sent %q", p.answered, sent)
	}
}

// TestRuntimeRevoked: credentials that work no longer end Run, with what to fix.
func TestRuntimeRevoked(t *testing.T) {
	t.Parallel()
	p := &platform{}
	p.Runtime = adapters.NewRuntime(adapters.Options{Platform: "pad", Keep: time.Hour, Room: 1, Acks: true, Log: quiet}, p, adaptertest.NewEngine(), nil, open(t))
	for range 2 {
		p.Revoke(errAway)
	}
	err := p.Run(t.Context(), func(ctx context.Context) error { <-ctx.Done(); return nil })
	var revoked adapters.Revoked
	if !errors.As(err, &revoked) || !errors.Is(err, errAway) {
		t.Errorf("Run: %v", err)
	}
}

// TestRepeat: what is made again, and what is not.
func TestRepeat(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct {
		outcome adapters.Outcome
		after   time.Duration
		twice   bool
		calls   int
		end     adapters.Outcome
	}{
		"refused":              {adapters.Refused, 0, true, 1, adapters.Refused},
		"unsent":               {adapters.Unsent, 0, false, 2, 0},
		"too many":             {adapters.TooMany, time.Millisecond, false, 2, 0},
		"too many, for long":   {adapters.TooMany, time.Hour, false, 1, adapters.NoTime},
		"uncertain":            {adapters.Uncertain, 0, false, 1, adapters.Uncertain},
		"uncertain, but twice": {adapters.Uncertain, 0, true, 2, 0},
	} {
		calls := 0
		var signals *adapters.Signals
		err := signals.Repeat(t.Context(), tt.twice, func(context.Context) error {
			if calls++; calls > 1 {
				return nil
			}
			return &adapters.Failure{Outcome: tt.outcome, After: tt.after, Err: errAway}
		})
		if calls != tt.calls || adapters.OutcomeOf(err) != tt.end {
			t.Errorf("%s: %d calls, %v", name, calls, err)
		}
	}
}
