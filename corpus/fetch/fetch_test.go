package fetch

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
)

var client = Client{Private: true, UserAgent: "test/1 (+https://example.org)", MaxSize: 1 << 20}

func server(t *testing.T) *httptest.Server {
	t.Helper()
	mux := http.NewServeMux()
	mux.HandleFunc("/page", func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		fmt.Fprintf(w, "<p>for %s</p>", r.UserAgent())
	})
	mux.Handle("/moved", http.RedirectHandler("/page", http.StatusMovedPermanently))
	mux.Handle("/circle", http.RedirectHandler("/circle", http.StatusFound))
	mux.Handle("/file", http.RedirectHandler("file:///etc/hostname", http.StatusFound))
	mux.HandleFunc("/endless", func(w http.ResponseWriter, r *http.Request) {
		for r.Context().Err() == nil {
			if _, err := io.WriteString(w, strings.Repeat("more ", 1000)); err != nil {
				return
			}
		}
	})
	mux.HandleFunc("/large", func(w http.ResponseWriter, r *http.Request) { w.Header().Set("Content-Length", "99999999") })
	for _, code := range []int{401, 403, 404, 410, 429, 500} {
		mux.HandleFunc(fmt.Sprintf("/%d", code), func(w http.ResponseWriter, r *http.Request) { w.WriteHeader(code) })
	}
	s := httptest.NewServer(mux)
	t.Cleanup(s.Close)
	return s
}

func TestGet(t *testing.T) {
	s := server(t)
	for _, path := range []string{"/page", "/moved", "/page#part"} {
		page, err := client.Get(context.Background(), s.URL+path)
		if err != nil {
			t.Fatalf("%s: %v", path, err)
		}
		if got := string(page.Data); got != "<p>for test/1 (+https://example.org)</p>" {
			t.Errorf("%s: got %q", path, got)
		}
		if page.Address.String() != s.URL+"/page" || page.ContentType != "text/html; charset=utf-8" {
			t.Errorf("%s: found at %s as %s", path, page.Address, page.ContentType)
		}
	}
}

func TestRefusals(t *testing.T) {
	s := server(t)
	for _, c := range []struct{ address, want string }{
		{s.URL + "/circle", "more than 10 times"},
		{s.URL + "/file", "not of the web"},
		{s.URL + "/endless", "more than 1 MB"},
		{s.URL + "/large", "more than 1 MB"},
		{s.URL + "/401", "does not give it to programs"},
		{s.URL + "/403", "does not give it to programs"},
		{s.URL + "/429", "does not give it to programs"},
		{s.URL + "/404", "any more"},
		{s.URL + "/410", "any more"},
		{s.URL + "/500", "try again later"},
		{"ftp://example.org/a", "begins with https://"},
		{"https:///a", "begins with https://"},
		{"https://user:secret@example.org/", "user name"},
		{"http://127.0.0.1:1/", "no answer"},
		{"http://host.invalid/", "no host host.invalid"},
	} {
		_, err := client.Get(context.Background(), c.address)
		if err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: got %v, want %q", c.address, err, c.want)
		}
		if err != nil && strings.Contains(err.Error(), "secret") {
			t.Errorf("%s: the error shows the password", c.address)
		}
	}
}

func TestGone(t *testing.T) {
	if _, err := client.Get(context.Background(), server(t).URL+"/404"); !errors.Is(err, ErrGone) {
		t.Errorf("got %v", err)
	}
}

// TestPrivate: addresses of one's own network are refused by what is dialled, whatever
// name leads there.
func TestPrivate(t *testing.T) {
	s := server(t)
	public := client
	public.Private = false
	port := s.URL[strings.LastIndexByte(s.URL, ':'):]
	for _, host := range []string{"127.0.0.1", "localhost", "[::1]", "[::ffff:127.0.0.1]", "0.0.0.0"} {
		if _, err := public.Get(context.Background(), "http://"+host+port+"/page"); !errors.Is(err, ErrPrivate) {
			t.Errorf("%s: got %v", host, err)
		}
	}
	for address, want := range map[string]bool{
		"93.184.215.14:443": true, "[2606:2800:21f:cb07:6820:80da:af6b:8b2c]:443": true,
		"10.1.2.3:80": false, "172.16.0.1:80": false, "192.168.1.1:80": false, "169.254.169.254:80": false, "100.64.0.1:80": false,
		"[fe80::1%eth0]:80": false, "[fc00::1]:80": false, "[64:ff9b::7f00:1]:80": false, "[2002:7f00:1::]:80": false,
		"224.0.0.1:80": false, "255.255.255.255:80": false, "0.0.0.0:80": false, "nonsense": false,
	} {
		if err := checkAddress(address); (err == nil) != want {
			t.Errorf("%s: %v", address, err)
		}
	}
}

func TestCancelled(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := client.Get(ctx, server(t).URL+"/page"); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
}
