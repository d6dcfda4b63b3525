// Package ops shows operators how the bot does, over HTTP: /healthz, /readyz and
// /metrics.
package ops

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
	"github.com/prometheus/client_golang/prometheus/promhttp"

	"verbatim/adapters"
	"verbatim/state"
)

const (
	// headerTime and idleTime bound how long a client may take and stay. Probes and
	// platforms send at once; a minute of idling saves them connecting anew.
	headerTime = 5 * time.Second
	idleTime   = time.Minute
	// requestTime bounds reading and answering one request; a platform's is answered
	// in its 3 s.
	requestTime = 10 * time.Second
	// pingTime bounds how long /readyz waits for the store. Probes wait for a second
	// by default.
	pingTime = 500 * time.Millisecond
	// drainTime is how long requests that have begun may take at the end.
	drainTime = 10 * time.Second
)

// Server serves
//
//	/healthz   200 as long as the process serves
//	/readyz    200 while all adapters are connected, else 503; in JSON, with the
//	           store, which does not decide: without it answers go on
//	/metrics   what Gatherer has, for Prometheus
//
// and what platforms send over HTTP, where they do.
type Server struct {
	// Addr is what to listen on (":8080").
	Addr string
	// Metrics knows which adapters are connected.
	Metrics *adapters.Metrics
	// Gatherer is where Metrics was registered.
	Gatherer prometheus.Gatherer
	// Store is pinged by /readyz; nil: there is none.
	Store state.Store
	// Handlers are others to serve, by http.ServeMux's form of path.
	Handlers map[string]http.Handler
	// Log is told of errors in serving; it gets no headers and no bodies.
	Log *slog.Logger
}

// Readiness is what /readyz tells.
type Readiness struct {
	Ready bool `json:"ready"`
	// Adapters are "connected" or "not connected".
	Adapters map[string]string `json:"adapters"`
	// State is "ok", "degraded" or "none".
	State string `json:"state"`
}

// NewRegistry returns a registry that has the Go runtime's and the process's
// metrics.
func NewRegistry() *prometheus.Registry {
	r := prometheus.NewRegistry()
	r.MustRegister(collectors.NewGoCollector(), collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}))
	return r
}

// Handler returns what is served.
func (s *Server) Handler() http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /healthz", func(w http.ResponseWriter, r *http.Request) {
		_, _ = w.Write([]byte("ok\n"))
	})
	mux.HandleFunc("GET /readyz", s.readyz)
	mux.Handle("GET /metrics", promhttp.HandlerFor(s.Gatherer, promhttp.HandlerOpts{ErrorLog: errorLog{s.Log}}))
	for path, h := range s.Handlers {
		mux.Handle(path, h)
	}
	return mux
}

func (s *Server) readyz(w http.ResponseWriter, r *http.Request) {
	answer := Readiness{Ready: true, Adapters: map[string]string{}, State: "none"}
	for name, connected := range s.Metrics.Connected() {
		answer.Adapters[name] = "connected"
		if !connected {
			answer.Adapters[name], answer.Ready = "not connected", false
		}
	}
	if s.Store != nil {
		ctx, cancel := context.WithTimeout(r.Context(), pingTime)
		defer cancel()
		answer.State = "ok"
		if s.Store.Ping(ctx) != nil {
			answer.State = "degraded" // why is in the log
		}
	}
	w.Header().Set("Content-Type", "application/json")
	if !answer.Ready {
		w.WriteHeader(http.StatusServiceUnavailable)
	}
	_ = json.NewEncoder(w).Encode(answer)
}

// Listen begins to listen on Addr.
func (s *Server) Listen() (net.Listener, error) {
	l, err := net.Listen("tcp", s.Addr)
	if err != nil {
		return nil, fmt.Errorf("LISTEN_ADDR: cannot listen on %q: %w", s.Addr, err)
	}
	return l, nil
}

// Serve serves on l until ctx ends, then finishes the requests that have begun and
// returns nil.
func (s *Server) Serve(ctx context.Context, l net.Listener) error {
	server := &http.Server{
		Handler:           s.Handler(),
		ReadHeaderTimeout: headerTime,
		ReadTimeout:       requestTime,
		WriteTimeout:      requestTime,
		IdleTimeout:       idleTime,
		ErrorLog:          slog.NewLogLogger(s.Log.Handler(), slog.LevelWarn),
	}
	done := make(chan error, 1)
	go func() { done <- server.Serve(l) }()
	select {
	case err := <-done:
		return fmt.Errorf("serve on %s: %w", l.Addr(), err)
	case <-ctx.Done():
	}
	late, cancel := context.WithTimeout(context.WithoutCancel(ctx), drainTime)
	defer cancel()
	err := server.Shutdown(late)
	<-done
	if errors.Is(err, context.DeadlineExceeded) {
		s.Log.Warn("requests that took too long were cut off")
		return server.Close()
	}
	return err
}

type errorLog struct{ log *slog.Logger }

func (l errorLog) Println(v ...any) { l.log.Warn("metrics: " + fmt.Sprint(v...)) }
