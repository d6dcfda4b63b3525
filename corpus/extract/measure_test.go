package extract

import (
	"context"
	"fmt"
	"html"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"verbatim/corpus/words"
)

// readingTexts are public texts, one paragraph a line with the title first, that are
// kept beside the project and not in it.
const readingTexts = "../../../shared/reading"

// templates are pages of three kinds with what usually stands around an article.
// %[1]s is the title, %[2]s the paragraphs.
var templates = map[string]string{
	"news site": `<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>%[1]s | The Daily Gull</title>
<meta property="og:site_name" content="The Daily Gull"><meta property="og:title" content="%[1]s"><link rel="canonical" href="https://gull.example/a/1">
<script type="application/ld+json">{"@context":"https://schema.org","@type":"NewsArticle","headline":"Story","datePublished":"2024-05-06T08:00:00+02:00","author":{"@type":"Person","name":"Ida Brandt"},"publisher":{"@type":"Organization","name":"The Daily Gull"}}</script>
<style>.x{color:red}</style><script>window.dataLayer=[];</script></head><body>
<div id="cookie-banner" class="cookie-consent" role="dialog"><p>We and our 842 partners use cookies to store information on your device. You can change your mind at any time.</p><button>Accept all</button><button>Reject</button></div>
<header class="site-header"><a href="/">The Daily Gull</a><nav><ul><li><a href="/world">World</a></li><li><a href="/money">Money</a></li><li><a href="/sport">Sport and leisure</a></li></ul></nav></header>
<main><article class="story"><h1>%[1]s</h1><p class="byline">By <a rel="author" href="/ida">Ida Brandt</a></p><div class="share-buttons"><ul><li><a href="#">Share on Facebook</a></li><li><a href="#">Tweet this</a></li></ul></div>
<div class="article-body">%[2]s</div>
<p><a href="/b">Read more: Gulls are back in the old harbour this spring</a></p></article>
<aside class="related"><h2>Related stories</h2><ul><li><a href="/c">The ferry that nobody wanted has found a buyer in the north</a><p>The shipyard had waited for two years and nobody had called.</p></li><li><a href="/d">Why the herring went away, and who misses it most of all</a></li></ul></aside>
<section id="comments" class="comments"><h3>3 comments</h3><div class="comment"><b>seadog44</b><p>I never believed a word of this, and my neighbour agrees with me.</p></div><div class="comment"><b>Marta</b><p>Thank you for the article, it was a pleasure to read it on the train.</p></div></section></main>
<footer><p>© 2024 The Daily Gull. All rights reserved, also those of translation.</p><ul><li><a href="/imprint">Imprint</a></li><li><a href="/privacy">Privacy</a></li></ul></footer></body></html>`,

	"blog": `<html lang="en-GB"><head><meta charset="utf-8"><title>%[1]s - Notes from the pier</title></head><body class="single-post">
<div id="page"><div id="masthead"><h2 class="site-title"><a href="/">Notes from the pier</a></h2><div class="menu"><a href="/about">About me</a> <a href="/archive">Archive of all posts</a></div></div>
<div id="content" class="site-content"><div class="post hentry"><h1 class="entry-title">%[1]s</h1><div class="entry-meta">Posted on <time datetime="2023-02-01">1 February 2023</time> by <span class="author vcard">Jon Hale</span></div>
<div class="entry-content">%[2]s<div class="sharedaddy"><h3>Share this:</h3><ul><li><a href="#">Email</a></li><li><a href="#">Print</a></li></ul></div></div>
<div class="post-navigation"><a href="/p">Previous post: the winter when the pier froze</a> <a href="/n">Next post: how to mend a net</a></div></div>
<div id="comments"><h3>2 thoughts</h3><ol class="commentlist"><li class="comment"><p>First! I have been waiting for this one since last week.</p></li><li class="comment"><p>You should write more often, Jon, we all like it here.</p></li></ol><form><p>Your email address will not be published.</p><textarea></textarea></form></div></div>
<div id="sidebar" class="widget-area"><div class="widget"><h3>Recent posts</h3><ul><li><a href="/1">The winter when the pier froze over twice</a></li><li><a href="/2">Mending nets without a needle</a></li></ul></div><div class="widget"><h3>Newsletter</h3><p>Get one letter a month, no more, and never any spam at all.</p></div></div></div>
<div class="cc-window cc-banner"><span>This website uses cookies to ensure you get the best experience on our website.</span> <a href="/cookies">Learn more</a></div></body></html>`,

	"old tables": `<HTML><HEAD><META http-equiv="Content-Type" content="text/html; charset=utf-8"><TITLE>%[1]s</TITLE></HEAD><BODY bgcolor=white>
<TABLE width="100%%"><TR><TD colspan=2><A href="index.html">Institute of Tides</A> | <A href="pubs.html">Publications</A> | <A href="staff.html">Staff</A></TD></TR>
<TR><TD width=150 class="leftnav"><A href="a.html">Tide tables for the west coast</A><BR><A href="b.html">Tide tables for the east coast</A><BR><A href="c.html">Maps</A></TD>
<TD><H1>%[1]s</H1>%[2]s<HR><P><FONT size=1><A href="print.html">Printer friendly version</A></FONT></P></TD></TR>
<TR><TD colspan=2><CENTER><FONT size=1>Webmaster: tides@example.org. This page was last built by a script on a Tuesday.</FONT></CENTER></TD></TR></TABLE></BODY></HTML>`,
}

// TestArticlesFromPages measures how much of an article comes out of a page byte for
// byte, and how much that is not of it.
func TestArticlesFromPages(t *testing.T) {
	files, err := filepath.Glob(filepath.Join(readingTexts, "texts", "*.txt"))
	if err != nil || len(files) == 0 {
		t.Skip("there is no " + readingTexts + "/texts")
	}
	held, err := os.ReadFile(filepath.Join(readingTexts, "heldout.txt"))
	if err != nil {
		t.Fatal(err)
	}
	files = slices.DeleteFunc(files, func(f string) bool {
		return slices.Contains(strings.Fields(string(held)), strings.TrimSuffix(filepath.Base(f), ".txt"))
	})
	const pages = 30
	step := len(files) / pages
	want, got, foreign, all := 0, 0, 0, 0
	for i := range pages {
		data, err := os.ReadFile(files[i*step])
		if err != nil {
			t.Fatal(err)
		}
		for name, template := range templates {
			w, g, f, n := measure(t, string(data), name, template)
			want, got, foreign, all = want+w, got+g, foreign+f, all+n
			if g*100 < w*95 || f*100 > n*5 {
				t.Logf("%s in %s: %d of %d sentences, %d of %d foreign", filepath.Base(files[i*step]), name, g, w, f, n)
			}
		}
	}
	t.Logf("%d pages: %d of %d sentences byte for byte (%.2f %%), %d of %d foreign (%.2f %%)",
		pages*len(templates), got, want, 100*float64(got)/float64(want), foreign, all, 100*float64(foreign)/float64(all))
	if got*100 < want*98 {
		t.Error("fewer than 98 % of the sentences are there")
	}
	if foreign*100 > all {
		t.Error("more than 1 % of the sentences are foreign")
	}
}

// inside stands in the middle of an article.
const inside = `<figure><img src="gull.jpg" alt="A gull"><figcaption>A gull sits on a post in the harbour. Photo: M. Lind</figcaption></figure>
<div class="related-inline"><p><strong>Read more:</strong> <a href="/g">Gulls have learnt to open the bins of the fish market</a></p></div>
<div class="ad-slot" aria-label="Advertisement"><span>Advertisement</span></div>
`

// marked makes HTML of a line: its second word leads elsewhere, its fifth is stressed.
func marked(line string) string {
	fields := strings.Split(line, " ")
	for i := range fields {
		fields[i] = html.EscapeString(fields[i])
	}
	if len(fields) > 6 {
		fields[1] = `<a href="/w/1">` + fields[1] + "</a>"
		fields[4] = "<em>" + fields[4] + "</em>"
	}
	return strings.Join(fields, " ")
}

// measure makes a page of a text and counts the sentences of the text, those that are
// in what was read, the foreign ones there, and all there.
func measure(t *testing.T, text, name, template string) (want, got, foreign, all int) {
	title, page, sentences := pageOf(text, template)
	address, _ := url.Parse("https://gull.example/a/1")
	doc, err := Read(context.Background(), Input{Data: []byte(page), ContentType: "text/html", Address: address})
	if err != nil {
		t.Errorf("%s in %s: %v", title, name, err)
		return len(sentences), 0, 0, 0
	}
	read := doc.Text()
	for s := range sentences {
		if strings.Contains(read, s) {
			got++
		} else if testing.Verbose() {
			t.Logf("%s: lost %.100q", name, s)
		}
	}
	for _, b := range doc.Blocks {
		if b.Kind == Caption {
			continue // never quoted
		}
		for _, s := range words.Sentences(b.Text) {
			all++
			if sentence := b.Text[s.Start:s.End]; !strings.Contains(text, sentence) {
				foreign++
				if testing.Verbose() {
					t.Logf("%s: foreign %.100q", name, sentence)
				}
			}
		}
	}
	return len(sentences), got, foreign, all
}

// pageOf makes a page of a text, and lists the sentences that are to come out of it.
func pageOf(text, template string) (title, page string, sentences map[string]bool) {
	title, body, _ := strings.Cut(strings.TrimPrefix(text, "\ufeff"), "\n")
	title = strings.TrimSpace(title)
	sentences = map[string]bool{title: true}
	var paragraphs strings.Builder
	n := 0
	for line := range strings.Lines(body) {
		if line = strings.TrimSpace(line); line == "" {
			continue
		}
		tag := "p"
		if headingLike(line) {
			tag = "h2"
		}
		fmt.Fprintf(&paragraphs, "<%s>%s</%s>\n", tag, marked(line), tag)
		if n++; n == 3 {
			paragraphs.WriteString(inside)
		}
		for _, s := range words.Sentences(line) {
			sentences[line[s.Start:s.End]] = true
		}
	}
	return title, fmt.Sprintf(template, html.EscapeString(title), paragraphs.String()), sentences
}
