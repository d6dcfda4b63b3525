// Package pages shows articles to everybody with a browser: the whole text of each
// source that is public, its paragraphs numbered as citations number them, with the
// words marked that a citation is of.
package pages

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	_ "embed"
	"encoding/base64"
	"encoding/hex"
	"fmt"
	"net/http"
	"strings"
	"time"

	"golang.org/x/text/language"

	"verbatim/adapters"
	"verbatim/corpus"
)

// Handler serves the page of each public source at /a/NAME, and 404 for all else.
// With ?q=KEY (see corpus.Quote.Key) the page marks the words of a quote.
type Handler struct {
	// Corpus returns what is served at the moment; nil while there is none yet.
	Corpus func() *corpus.Corpus
	// Links are those of the articles' own citations.
	Links adapters.Links
}

// ServeHTTP serves a page, or 404.
func (h Handler) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if r.Method != http.MethodGet && r.Method != http.MethodHead {
		w.Header().Set("Allow", "GET, HEAD")
		http.Error(w, "pages are read with GET", http.StatusMethodNotAllowed)
		return
	}
	c := h.Corpus()
	if s := public(c, r.URL.Path); s != nil {
		send(w, r, http.StatusOK, h.page(c, s, r.URL.Query().Get("q")))
		return
	}
	send(w, r, http.StatusNotFound, page{Title: "There is no such page"})
}

// public is the public source of a corpus that a path names, nil where there is none.
func public(c *corpus.Corpus, path string) *corpus.Source {
	id, ok := strings.CutPrefix(path, adapters.PagePath(""))
	if !ok || c == nil {
		return nil
	}
	if s := c.Source(id); s != nil && s.Public() {
		return s
	}
	return nil
}

// page is what is shown.
type page struct {
	Title string
	// Language is that of the text, in the form of BCP 47; empty where it is not known.
	Language string
	// TitleNumber is the number of the paragraph that the title is; 0 where it is none.
	TitleNumber int
	Byline      []string
	// Address is where the source itself stands.
	Address string
	// Cite and Link end each citation that is copied: what is known of the source, and
	// the page's address.
	Cite, Link string
	// Gone: the quote that was to be marked does not stand in the text.
	Gone       bool
	Paragraphs []paragraph
}

// paragraph is one of the text.
type paragraph struct {
	Number  int
	Heading bool
	Runs    []run
	// Cited follows the last paragraph of the quote that is marked.
	Cited *cited
}

// run is a run of text, marked or not.
type run struct {
	Text   string
	Marked bool
}

// cited is the citation of the quote that is marked.
type cited struct {
	Text, Citation string
	// Spoken: the words are somebody's, and may wear quotation styling.
	Spoken bool
	// AtSource leads to the words at the source's own place; empty where it has none.
	AtSource string
	// Here leads to them on the page.
	Here string
}

// page is the page of a source, with the quote of a key marked.
func (h Handler) page(c *corpus.Corpus, s *corpus.Source, key string) page {
	about := s.Meta()
	p := page{Title: s.Title(), Address: adapters.SourceAddress(s), Link: h.Links.Pages + adapters.PagePath(s.ID())}
	if tag, err := language.Parse(about.Language); err == nil {
		p.Language = tag.String()
	}
	for _, known := range []string{about.Author, about.Publisher, about.Published} {
		if known != "" {
			p.Byline = append(p.Byline, known)
		}
	}
	p.Cite = strings.Join(append([]string{p.Title}, p.Byline...), " · ")
	quote, ok := c.Quote(key)
	ok = ok && quote.Source() == s
	p.Gone = key != "" && !ok
	for i, q := range s.Paragraphs() {
		one := paragraph{Number: i + 1, Heading: s.Heading(q), Runs: []run{{Text: q.Text()}}}
		if ok {
			one.Runs = runs(q, quote)
			if q.Start() < quote.End() && quote.End() <= q.End() {
				one.Cited = h.cited(c, quote, p.Cite)
			}
		}
		if i == 0 && q.Text() == p.Title && one.Cited == nil {
			p.TitleNumber = 1
			continue
		}
		p.Paragraphs = append(p.Paragraphs, one)
	}
	return p
}

// runs cuts a paragraph at the ends of a quote.
func runs(paragraph, quote corpus.Quote) []run {
	text := paragraph.Text()
	start := min(max(quote.Start()-paragraph.Start(), 0), len(text))
	end := min(max(quote.End()-paragraph.Start(), start), len(text))
	var out []run
	for _, r := range []run{{text[:start], false}, {text[start:end], true}, {text[end:], false}} {
		if r.Text != "" {
			out = append(out, r)
		}
	}
	return out
}

// cited is the citation of a quote. Of one that is no passage nobody has said whose
// words it is.
func (h Handler) cited(c *corpus.Corpus, q corpus.Quote, cite string) *cited {
	out := &cited{Text: q.Text(), Citation: fmt.Sprintf("¶ %d · %s", q.Paragraph(), cite), AtSource: h.Links.Source(q), Here: h.Links.Page(q)}
	if p, ok := c.Passage(q.Key()); ok {
		out.Citation, out.Spoken = p.Citation().String(), p.Spoken()
	}
	return out
}

var (
	//go:embed page.css
	pageCSS string
	//go:embed page.js
	pageJS string

	// policy allows the page's own style and script, and nothing else.
	policy = "default-src 'none'; style-src " + hashed(pageCSS) + "; script-src " + hashed(pageJS) +
		"; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)

func hashed(text string) string {
	sum := sha256.Sum256([]byte(text))
	return "'sha256-" + base64.StdEncoding.EncodeToString(sum[:]) + "'"
}

// send renders a page and sends it, compressed where the browser takes that, unless
// it has the same already.
func send(w http.ResponseWriter, r *http.Request, status int, p page) {
	body := p.html()
	sum := sha256.Sum256(body)
	tag := hex.EncodeToString(sum[:12])
	header := w.Header()
	header.Set("Content-Type", "text/html; charset=utf-8")
	header.Set("Content-Security-Policy", policy)
	header.Set("X-Content-Type-Options", "nosniff")
	header.Set("Referrer-Policy", "no-referrer")
	header.Set("Cache-Control", "no-cache")
	header.Set("Vary", "Accept-Encoding")
	if takesGzip(r.Header.Values("Accept-Encoding")) {
		var small bytes.Buffer
		z := gzip.NewWriter(&small)
		_, _ = z.Write(body) // a buffer takes all
		_ = z.Close()
		body, tag = small.Bytes(), tag+"-gzip"
		header.Set("Content-Encoding", "gzip")
	}
	if status != http.StatusOK {
		w.WriteHeader(status)
		if r.Method != http.MethodHead {
			_, _ = w.Write(body)
		}
		return
	}
	header.Set("ETag", `"`+tag+`"`)
	http.ServeContent(w, r, "", time.Time{}, bytes.NewReader(body))
}

// takesGzip reports whether a browser takes gzip.
func takesGzip(accepted []string) bool {
	for _, coding := range strings.Split(strings.Join(accepted, ","), ",") {
		name, quality, _ := strings.Cut(strings.ReplaceAll(coding, " ", ""), ";")
		if strings.EqualFold(name, "gzip") {
			return strings.TrimRight(quality, ".0") != "q="
		}
	}
	return false
}
