package slackfake

import (
	"encoding/json"
	"net/http"
	"time"
)

// Fault is what goes wrong with one call.
type Fault struct {
	// Take: the call takes effect before it goes wrong.
	Take bool
	// Slow delays the answer.
	Slow time.Duration
	// HangUp: the connection is closed without an answer.
	HangUp bool
	// Status is the HTTP status of the answer, 0 for 200.
	Status int
	// RetryAfter is the header of that name.
	RetryAfter string
	// Error is the error of an answer that is "ok": false.
	Error string
	// Body is the answer's body where it is not Slack's JSON.
	Body string
}

// Fault has the next calls of a method go wrong, one fault a call; a zero Fault
// lets one call pass. "response_url" and "link" (the socket) are methods too; "post" is
// whichever comes first of chat.postMessage and response_url.
func (s *Server) Fault(method string, faults ...Fault) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.faults[method] = append(s.faults[method], faults...)
}

// fault takes the next fault of a method. The lock is held.
func (s *Server) fault(method string) Fault {
	if len(s.faults[method]) == 0 && (method == "chat.postMessage" || method == "response_url") {
		method = "post"
	}
	f := s.faults[method]
	if len(f) == 0 {
		return Fault{}
	}
	s.faults[method] = f[1:]
	return f[0]
}

// wentWrong delays an answer as a fault wants, and gives its own where there is one.
func (s *Server) wentWrong(w http.ResponseWriter, r *http.Request, f Fault) bool {
	if f.Slow > 0 {
		select {
		case <-time.After(f.Slow):
		case <-s.stop:
		case <-r.Context().Done():
		}
	}
	if f.fails() {
		f.answer(w)
		return true
	}
	return false
}

// fails reports whether a fault keeps a call from its usual answer.
func (f Fault) fails() bool { return f.HangUp || f.Status != 0 || f.Error != "" || f.Body != "" }

// answer writes what a fault has to say.
func (f Fault) answer(w http.ResponseWriter) {
	if f.HangUp {
		if h, ok := w.(http.Hijacker); ok {
			if c, _, err := h.Hijack(); err == nil {
				c.Close()
			}
		}
		return
	}
	if f.RetryAfter != "" {
		w.Header().Set("Retry-After", f.RetryAfter)
	}
	if f.Error != "" {
		w.Header().Set("Content-Type", "application/json")
		w.WriteHeader(max(f.Status, http.StatusOK))
		json.NewEncoder(w).Encode(map[string]any{"ok": false, "error": f.Error})
		return
	}
	w.WriteHeader(max(f.Status, http.StatusOK))
	w.Write([]byte(f.Body))
}
