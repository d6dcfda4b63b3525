package pages

import (
	"compress/gzip"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"verbatim/adapters"
	"verbatim/corpus"
)

const pierText = `The pier goes in March
It is “rotten” & nobody mends it.
“The old pier is rotten,” said Ann Lee. “We all know it.”
What it costs
Some <b>say</b> 400,000 kroner.
`

const pierDescription = `title: The pier goes in March
author: Ida Brandt
publisher: Skarvik Post
published: 2024-03-05
url: https://post.example/pier
language: en
public: true
structure: {headings: [The pier goes in March, What it costs]}
`

// site serves the pages of three sources: one that is public, one with a name as
// people give them, and one that is not public.
func site(t testing.TB) (*httptest.Server, *corpus.Corpus) {
	t.Helper()
	c, err := corpus.Load(fstest.MapFS{
		"pier/article.txt":       {Data: []byte(pierText)},
		"pier/source.yaml":       {Data: []byte(pierDescription)},
		"minutes/article.txt":    {Data: []byte("The board met.\n")},
		"minutes/source.yaml":    {Data: []byte("title: Minutes\n")},
		"où & quand/article.txt": {Data: []byte("À midi.\n")},
		"où & quand/source.yaml": {Data: []byte("public: true\nlanguage: not a language\nauthor: O'Hara \"the <i>pen</i>\"\n")},
	})
	if err != nil {
		t.Fatal(err)
	}
	s := httptest.NewUnstartedServer(nil)
	s.Config.Handler = Handler{Corpus: func() *corpus.Corpus { return c }, Links: adapters.Links{Pages: "http://" + s.Listener.Addr().String()}}
	s.Start()
	t.Cleanup(s.Close)
	return s, c
}

// passage is the passage of a source that has a text.
func passage(t testing.TB, s *corpus.Source, text string) corpus.Passage {
	t.Helper()
	all := s.Passages()
	i := slices.IndexFunc(all, func(p corpus.Passage) bool { return p.Quote.Text() == text })
	if i < 0 {
		t.Fatalf("there is no passage %q", text)
	}
	return all[i]
}

func get(t testing.TB, address string, header ...string) (*http.Response, string) {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), http.MethodGet, address, nil)
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("Accept-Encoding", "identity") // else the client asks for gzip by itself
	for i := 0; i+1 < len(header); i += 2 {
		r.Header.Set(header[i], header[i+1])
	}
	resp, err := http.DefaultTransport.RoundTrip(r)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	body, err := io.ReadAll(resp.Body)
	if err != nil {
		t.Fatal(err)
	}
	return resp, string(body)
}

func wants(t *testing.T, body string, all ...string) {
	t.Helper()
	for _, want := range all {
		if !strings.Contains(body, want) {
			t.Errorf("the page has no %s", want)
		}
	}
}

// TestPage: the text with its numbers, and no markup of its own taking effect.
func TestPage(t *testing.T) {
	s, _ := site(t)
	resp, body := get(t, s.URL+"/a/pier")
	if resp.StatusCode != http.StatusOK || resp.Header.Get("Content-Type") != "text/html; charset=utf-8" {
		t.Errorf("%s, %s", resp.Status, resp.Header.Get("Content-Type"))
	}
	wants(t, body, `<h1 dir="auto" lang="en" id="p1">The pier goes in March</h1>`, `<link rel="canonical" href="https://post.example/pier">`,
		`<span>Ida Brandt</span> <span>Skarvik Post</span> <span>2024-03-05</span>`, `<div class="paragraph" id="p2">`,
		`<h2 dir="auto">What it costs</h2>`, `Some &lt;b&gt;say&lt;/b&gt; 400,000 kroner.`)
	for _, no := range []string{"<mark>", "<figure", `id="p6"`, "the text is not what it was"} {
		if strings.Contains(body, no) {
			t.Errorf("the page has %s", no)
		}
	}
	resp, body = get(t, s.URL+"/a/o%C3%B9%20&%20quand")
	if resp.StatusCode != http.StatusOK {
		t.Error(resp.Status)
	}
	wants(t, body, "<article>", "À midi.", `· O&#39;Hara &#34;the &lt;i&gt;pen&lt;/i&gt;&#34;" data-link="`, `<span>O&#39;Hara &#34;the &lt;i&gt;pen&lt;/i&gt;&#34;</span>`)
}

// TestMarked: a link marks the words of its quote and no others.
func TestMarked(t *testing.T) {
	s, c := site(t)
	pier := c.Source("pier")
	links := adapters.Links{Pages: s.URL}
	spoken := passage(t, pier, "“The old pier is rotten,”")
	_, body := get(t, links.Page(spoken.Quote))
	wants(t, body, `<p dir="auto"><mark>“The old pier is rotten,”</mark> said Ann Lee. “We all know it.”</p>`,
		`<blockquote dir="auto" lang="en">“The old pier is rotten,”</blockquote>`,
		`— direct quote · Ann Lee · ¶ 3 · The pier goes in March · Ida Brandt · Skarvik Post · 2024-03-05`,
		`<a href="https://post.example/pier#:~:text=%E2%80%9CThe%20old%20pier%20is%20rotten%2C%E2%80%9D">At the source</a>`)
	own := passage(t, pier, "It is “rotten” & nobody mends it.")
	_, body = get(t, links.Page(own.Quote))
	wants(t, body, `<mark>It is “rotten” &amp; nobody mends it.</mark>`)
	if strings.Contains(body, "<blockquote") {
		t.Error("the article’s own words have quotation styling")
	}

	// Of a run that is no passage nobody has said whose words it is.
	first, _, _ := strings.Cut(spoken.Quote.Key(), ".")
	_, body = get(t, s.URL+"/a/pier?q="+first+".0.22")
	wants(t, body, "<mark>The pier goes in March</mark>", "— ¶ 1 · The pier goes in March · Ida Brandt")

	// A text that has changed, another source's words, and what is no key at all.
	minutes := c.Source("minutes").Passages()[0].Quote.Key()
	for _, key := range []string{"0000000000000000.0.3", minutes, "x", first + ".0.99999999", first + ".-1.5", "<script>"} {
		resp, body := get(t, s.URL+"/a/pier?q="+url.QueryEscape(key))
		if resp.StatusCode != http.StatusOK || strings.Contains(body, "<mark>") || strings.Contains(body, "<script>x") || strings.Contains(body, "The board met") {
			t.Errorf("%s: %s", key, resp.Status)
		}
		wants(t, body, "The text is not what it was when these words were cited")
	}
}

// TestNotFound: what is not public, or no source, cannot be told apart.
func TestNotFound(t *testing.T) {
	s, _ := site(t)
	_, want := get(t, s.URL+"/a/nothing")
	for _, path := range []string{"/a/minutes", "/a/", "/a", "/", "/a/pier/", "/a/pier/article.txt", "/a/..%2fminutes", "/a/../a/minutes",
		"/a/%2e%2e/pier", "/a/pier%00", "/a/%70ier/..", "//a/pier", "/a/pier%0d%0aX: y", "/a/" + strings.Repeat("x", 10_000), "/a/%ff"} {
		resp, body := get(t, s.URL+path)
		if resp.StatusCode != http.StatusNotFound || body != want || resp.Header.Get("ETag") != "" {
			t.Errorf("%.40s: %s", path, resp.Status)
		}
	}
	wants(t, want, "There is no such page")
	before := httptest.NewRecorder()
	Handler{Corpus: func() *corpus.Corpus { return nil }}.ServeHTTP(before, httptest.NewRequest(http.MethodGet, "/a/pier", nil))
	if before.Code != http.StatusNotFound {
		t.Errorf("before a corpus is loaded: %d", before.Code)
	}
}

// TestHeaders: nothing foreign may run, nothing is sent twice, and what is sent is small.
func TestHeaders(t *testing.T) {
	s, _ := site(t)
	resp, plain := get(t, s.URL+"/a/pier")
	csp := resp.Header.Get("Content-Security-Policy")
	for _, want := range []string{"default-src 'none'", "script-src 'sha256-", "style-src 'sha256-", "frame-ancestors 'none'", "base-uri 'none'", "form-action 'none'"} {
		if !strings.Contains(csp, want) {
			t.Errorf("the policy %s has no %s", csp, want)
		}
	}
	for name, want := range map[string]string{"X-Content-Type-Options": "nosniff", "Referrer-Policy": "no-referrer", "Cache-Control": "no-cache", "Vary": "Accept-Encoding", "Set-Cookie": ""} {
		if got := resp.Header.Get(name); got != want {
			t.Errorf("%s is %q, want %q", name, got, want)
		}
	}
	for _, test := range []struct {
		accepted string
		small    bool
	}{{"gzip, deflate, br", true}, {"br, GZIP ; q=0.5", true}, {"gzip;q=0", false}, {"gzip; q=0.000", false}, {"gzip;q=1.0", true}, {"br", false}, {"", false}} {
		resp, body := get(t, s.URL+"/a/pier", "Accept-Encoding", test.accepted)
		if small := resp.Header.Get("Content-Encoding") == "gzip"; small != test.small {
			t.Errorf("%q: compressed: %v", test.accepted, small)
		} else if small {
			z, err := gzip.NewReader(strings.NewReader(body))
			if err != nil {
				t.Fatal(err)
			}
			whole, err := io.ReadAll(z)
			if err != nil || string(whole) != plain || len(body) >= len(plain) {
				t.Errorf("%q: not the same page, in less: %v", test.accepted, err)
			}
		}
		tag := resp.Header.Get("ETag")
		again, body := get(t, s.URL+"/a/pier", "Accept-Encoding", test.accepted, "If-None-Match", tag)
		if tag == "" || again.StatusCode != http.StatusNotModified || body != "" {
			t.Errorf("%q: with the tag %s: %s", test.accepted, tag, again.Status)
		}
	}
	first, _ := get(t, s.URL+"/a/pier?q=x")
	if first.Header.Get("ETag") == resp.Header.Get("ETag") {
		t.Error("two pages have one tag")
	}
	for method, want := range map[string]int{http.MethodHead: http.StatusOK, http.MethodPost: http.StatusMethodNotAllowed, http.MethodDelete: http.StatusMethodNotAllowed} {
		r, err := http.NewRequestWithContext(t.Context(), method, s.URL+"/a/pier", nil)
		if err != nil {
			t.Fatal(err)
		}
		resp, err := http.DefaultClient.Do(r)
		if err != nil {
			t.Fatal(err)
		}
		resp.Body.Close()
		if resp.StatusCode != want {
			t.Errorf("%s: %s", method, resp.Status)
		}
	}
}
