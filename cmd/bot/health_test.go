package main

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
)

func TestHealth(t *testing.T) {
	t.Parallel()
	mux := http.NewServeMux()
	mux.HandleFunc("/healthz", func(w http.ResponseWriter, _ *http.Request) { _, _ = w.Write([]byte("ok\n")) })
	mux.HandleFunc("/readyz", func(w http.ResponseWriter, _ *http.Request) {
		w.WriteHeader(http.StatusServiceUnavailable)
		_, _ = w.Write([]byte(`{"ready":false}` + "\x1b[2J"))
	})
	server := httptest.NewServer(mux)
	address := server.Listener.Addr().String()
	var out strings.Builder
	if err := health(t.Context(), strings.Replace(address, "127.0.0.1", "", 1), "/healthz", &out); err != nil || out.String() != "ok\n" {
		t.Errorf("a bot that is well says %q (%v)", out.String(), err)
	}
	out.Reset()
	err := health(t.Context(), address, "/readyz", &out)
	if err == nil || !strings.Contains(err.Error(), "503") || strings.Contains(out.String(), "\x1b") || !strings.Contains(out.String(), `{"ready":false}`) {
		t.Errorf("a bot that is not ready says %q (%v)", out.String(), err)
	}
	server.Close()
	for listen, want := range map[string]string{address: "does not answer", "": "LISTEN_ADDR is not set"} {
		if err := health(t.Context(), listen, "/healthz", &out); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("at %q: %v", listen, err)
		}
	}
}
