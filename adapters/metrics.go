package adapters

import (
	"context"
	"maps"
	"sync"
	"time"

	"github.com/prometheus/client_golang/prometheus"

	"verbatim/answers"
)

// Metrics counts what the bot does, for Prometheus. No label and no value tells
// what was asked, or by whom.
type Metrics struct {
	questions    *prometheus.CounterVec   // platform, kind
	seconds      *prometheus.HistogramVec // platform, kind
	acks         *prometheus.HistogramVec // platform
	events       *prometheus.CounterVec   // platform, event
	connected    *prometheus.GaugeVec     // platform
	limited      *prometheus.CounterVec   // platform
	stateErrors  *prometheus.CounterVec   // call
	journalDrops prometheus.Counter

	mu  sync.Mutex
	now map[string]bool // platform: connected
}

// NewMetrics registers the metrics with r, once.
func NewMetrics(r prometheus.Registerer) *Metrics {
	// From 0.1 ms, since an answer takes some, to the 3 s that platforms wait.
	buckets := []float64{.0001, .00025, .0005, .001, .0025, .005, .01, .025, .05, .1, .25, .5, 1, 3}
	m := &Metrics{
		questions: prometheus.NewCounterVec(prometheus.CounterOpts{
			Name: "verbatim_questions_total", Help: "Questions answered, by platform and kind of answer."}, []string{"platform", "kind"}),
		seconds: prometheus.NewHistogramVec(prometheus.HistogramOpts{
			Name: "verbatim_answer_seconds", Help: "Time to an answer, state included and posting not.", Buckets: buckets}, []string{"platform", "kind"}),
		acks: prometheus.NewHistogramVec(prometheus.HistogramOpts{
			Name: "verbatim_ack_seconds", Help: "Time from a platform's event to its acknowledgement.", Buckets: buckets}, []string{"platform"}),
		events: prometheus.NewCounterVec(prometheus.CounterOpts{
			Name: "verbatim_platform_events_total", Help: "What happened between a platform and its adapter: retried, reconnect, rate_limited and others."}, []string{"platform", "event"}),
		connected: prometheus.NewGaugeVec(prometheus.GaugeOpts{
			Name: "verbatim_connected", Help: "1 while the adapter is connected to its platform."}, []string{"platform"}),
		limited: prometheus.NewCounterVec(prometheus.CounterOpts{
			Name: "verbatim_limited_total", Help: "What was not answered since a person did too much at once."}, []string{"platform"}),
		stateErrors: prometheus.NewCounterVec(prometheus.CounterOpts{
			Name: "verbatim_state_errors_total", Help: "Failed calls of the store."}, []string{"call"}),
		journalDrops: prometheus.NewCounter(prometheus.CounterOpts{
			Name: "verbatim_journal_dropped_total", Help: "Journal entries lost while the store was away."}),
		now: map[string]bool{},
	}
	r.MustRegister(m.questions, m.seconds, m.acks, m.events, m.connected, m.limited, m.stateErrors, m.journalDrops)
	return m
}

// Answers counts and times answers.
func (m *Metrics) Answers() Middleware {
	return func(next Handler) Handler {
		return HandlerFunc(func(ctx context.Context, msg Message) answers.Answer {
			began := time.Now()
			a := next.Handle(ctx, msg)
			m.questions.WithLabelValues(msg.Platform, string(a.Kind)).Inc()
			m.seconds.WithLabelValues(msg.Platform, string(a.Kind)).Observe(time.Since(began).Seconds())
			return a
		})
	}
}

// StateFailed counts a failed call of the store; it is state.Options.Failed.
func (m *Metrics) StateFailed(call string) { m.stateErrors.WithLabelValues(call).Inc() }

// JournalDropped counts a lost entry; it is state.JournalOptions.Dropped.
func (m *Metrics) JournalDropped() { m.journalDrops.Inc() }

// Connected says of each platform that Platform was called for whether its adapter
// is connected.
func (m *Metrics) Connected() map[string]bool {
	m.mu.Lock()
	defer m.mu.Unlock()
	return maps.Clone(m.now)
}

// Platform is what the adapter of a platform counts with. From now on the platform
// is expected to be connected.
func (m *Metrics) Platform(name string) *Signals {
	s := &Signals{m: m, platform: name}
	s.Connected(false)
	return s
}

// Names of what Signals counts; an adapter may have others.
const (
	CountRetried     = "retried"      // a call of the platform was made again
	CountReconnect   = "reconnect"    // the connection was opened again
	CountRateLimited = "rate_limited" // the platform asked to slow down
	CountDuplicate   = "duplicate"    // an event that had been taken before
	CountTakenOver   = "taken_over"   // an event that another replica had left
	CountBadMessage  = "bad_message"  // a delivery that could not be understood
	CountBusy        = "busy"         // too much at once: somebody was asked to try again
	CountDropped     = "dropped"      // too much at once even to say so
	CountFailed      = "failed"       // an answer could not be sent
	CountUncertain   = "uncertain"    // a post that may have been taken was not repeated
	CountUnquoted    = "unquoted"     // a rendered quote differed from the source and was held back
)

// Signals is how an adapter tells what happens between it and its platform. The
// nil *Signals is told and counts nothing.
type Signals struct {
	m         *Metrics
	platform  string
	connected func(bool) // told in place of the metric
}

// Part is what one of several adapters of a platform counts with: all count together,
// and whether this one is connected is told to a function.
func (s *Signals) Part(connected func(bool)) *Signals {
	return &Signals{m: s.m, platform: s.platform, connected: connected}
}

// Acked: an event was acknowledged, so long after it arrived.
func (s *Signals) Acked(after time.Duration) {
	if s != nil {
		s.m.acks.WithLabelValues(s.platform).Observe(after.Seconds())
	}
}

// Count adds one to a named counter. The names are few and the adapter's own.
func (s *Signals) Count(name string) {
	if s != nil {
		s.m.events.WithLabelValues(s.platform, name).Inc()
	}
}

// Limited: something was not answered since a person did too much at once.
func (s *Signals) Limited() {
	if s != nil {
		s.m.limited.WithLabelValues(s.platform).Inc()
	}
}

// Connected says whether the adapter can hear its platform.
func (s *Signals) Connected(yes bool) {
	if s == nil {
		return
	}
	if s.connected != nil {
		s.connected(yes)
		return
	}
	n := 0.0
	if yes {
		n = 1
	}
	s.m.connected.WithLabelValues(s.platform).Set(n)
	s.m.mu.Lock()
	defer s.m.mu.Unlock()
	s.m.now[s.platform] = yes
}
