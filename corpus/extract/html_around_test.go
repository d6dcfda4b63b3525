package extract

import (
	"context"
	"fmt"
	"maps"
	"net/url"
	"slices"
	"strings"
	"testing"
)

// sold is said by what stands around an article, and nowhere in one.
const sold = "The cooper sold nine barrels of herring."

// TestHTMLAround: what pages put around an article is told by its place and by its names, in
// the words of many makers of pages.
func TestHTMLAround(t *testing.T) {
	for _, format := range []string{
		`<div class="cookie-notice">%s</div>`, `<div id="gdpr">%s</div>`, `<div id="cookie-consent">%s</div>`, `<section class="newsletter-signup"><p>%s</p></section>`,
		`<aside class="related">%s</aside>`, `<div class="related-posts"><h3>%s</h3></div>`, `<div class="article__recommended recommended">%s</div>`, `<ul class="sharing"><li>%s</li></ul>`,
		`<div class="sharedaddy"><p>%s</p></div>`, `<div class="author-bio"><p>%s</p></div>`, `<div class="about-the-author">%s</div>`, `<div class="ad-slot">%s</div>`, `<div class="ads"><p>%s</p></div>`,
		`<div data-component="advertisement">%s</div>`, `<div data-testid="most-read">%s</div>`, `<div class="promo">%s</div>`, `<div class="post-tags tags">%s</div>`, `<div class="breadcrumbs">%s</div>`,
		`<div class="pagination">%s</div>`, `<div class="table-of-contents"><p>%s</p></div>`, `<span class="sr-only">%s</span>`, `<p class="screen-reader-text">%s</p>`, `<div class="visually-hidden">%s</div>`,
		`<amp-ad>%s</amp-ad>`, `<figure class="bookmark-card"><p>%s</p></figure>`, `<div class="trending"><p>%s</p></div>`, `<div class="sponsored"><p>%s</p></div>`, `<div id="taboola">%s</div>`,
		`<div class="subscribe"><p>%s</p><form><input type="email"></form></div>`, `<div><p>%s</p><form><input TYPE="EMAIL"></form></div>`, `<nav><ul><li>%s</li></ul></nav>`,
		`<noscript>%s</noscript>`, `<dialog open>%s</dialog>`, `<div hidden>%s</div>`, `<div style="display:none">%s</div>`, `<template>%s</template>`,
		`<h3>Comments (3)</h3><p>%s</p>`, `<h3>1 Comment</h3><p>%s</p>`, `<p>14 thoughts on “The weir holds”</p><p>%s</p>`, `<h2>Related articles</h2><p>%s</p>`, `<h3>You may also like</h3><p>%s</p>`,
		`<h2>Leave a comment</h2><p>%s</p>`, `<h4>About the author</h4><p>%s</p>`, `<h2>More from The Valley</h2><p>%s</p>`, `<h2>Was this page helpful?</h2><p>%s</p>`,
	} {
		part := fmt.Sprintf(format, sold)
		doc := htmlRead(t, format, "", htmlPage("<title>The weir holds</title>", "<article><h1>The weir holds</h1>"+weir+part+"</article>"))
		got := doc.Text()
		if strings.Contains(got, sold) {
			t.Errorf("%s is in the article:\n%s", format, got)
		}
		if !strings.Contains(got, "eleven metres wide") || !strings.Contains(got, "an hour to give") {
			t.Errorf("%s takes the article along:\n%s", format, got)
		}
	}
}

// TestHTMLNotAround: the article's own, though a name or a place looks like that.
func TestHTMLNotAround(t *testing.T) {
	for _, format := range []string{
		`<p class="adventure">%s</p>`, `<div class="shadow"><p>%s</p></div>`, `<div class="broadsheet"><p>%s</p></div>`,
		`<div class="stages"><p>%s</p></div>`, `<h2>Comments</h2><p>%s</p>` + weir, `<h2>Cookies</h2><p>%s</p>`, `<div class="section-newsletter-history"><h1>The weir holds</h1><p>%s</p></div>`,
		`<p>Follow the stream. %s</p>`, `<p>© is a sign that nobody here knows. %s</p>`, `<h2>About the author</h2><p>%s</p>` + weir, `<table class="tocs"><tr><td>%s</td></tr></table>`,
		`<ul><li>%s</li><li>The weir holds.</li></ul>`, `<details><summary>Who sold what?</summary><p>%s</p></details>`, `<blockquote><p>%s</p></blockquote>`,
	} {
		part := strings.Replace(format, "%s", sold, 1)
		doc := htmlRead(t, format, "", htmlPage("<title>The weir holds</title>", "<article>"+strings.Repeat("<h1>The weir holds</h1>", 1-strings.Count(part, "<h1>"))+weir+part+weir+"</article>"))
		if !strings.Contains(doc.Text(), sold) {
			t.Errorf("%s is gone:\n%s", format, doc.Text())
		}
	}
}

// TestHTMLTails: headings behind which no more of an article comes, and those that only look
// so, by how much comes.
func TestHTMLTails(t *testing.T) {
	for heading, tail := range map[string]bool{
		"More stories": true, "Latest news": true, "Related": true, "RELATED CONTENT": true, "Most popular": true, "Trending now": true, "Recommended for you": true, "Keep reading": true,
		"Share this article": true, "Written by Noor Adlam": true, "Member discussion": true, "Leave a Reply": true, "Is this page useful?": true, "You might also enjoy": true,
		"Reactions": false, "More eels": false, "The latest": false, "Relatedness": false, "Readers": false, "What was sold": false, "Is the weir useful?": false,
	} {
		page := htmlPage("<title>The weir holds</title>", "<article><h1>The weir holds</h1>"+weir+"<h2>"+heading+"</h2><p>"+sold+"</p></article>")
		if got := htmlRead(t, heading, "", page).Text(); strings.Contains(got, sold) == tail {
			t.Errorf("behind %q the article goes on: %v\n%s", heading, !tail, got)
		}
		// A third of the article behind it is a chapter of its own.
		page = htmlPage("<title>The weir holds</title>", "<article><h1>The weir holds</h1>"+weir+"<h2>"+heading+"</h2><p>"+sold+"</p>"+weir+"</article>")
		if got := htmlRead(t, heading, "", page).Text(); !strings.Contains(got, sold) {
			t.Errorf("the chapter %q is gone:\n%s", heading, got)
		}
	}
}

// TestHTMLInvitations: lines that ask readers for something.
func TestHTMLInvitations(t *testing.T) {
	for _, line := range []string{
		"Follow Noor Adlam on Bluesky.", "Sign up for our weekly newsletter", "Subscribe to the podcast today", "Thanks for reading!", "Thank you for reading The Valley.", "Join 12,000 readers",
		"Join more than 3k+ subscribers", "Click to share on Mastodon", "Get the day’s news delivered to your inbox", "Never miss a story", "© 2021 The Valley", "Copyright (c) 2021 Noor Adlam",
		"All rights reserved.", "The Valley Press, Fellham. All rights reserved", "Was this article helpful? Yes No", "View in your browser", "You're receiving this email because you asked for it", "Unsubscribe from this list",
		"Categories: Mills", "Tags: mills, larch, eels", "Filed under: Mills", "Posted in: Mills and weirs", "Hits: 4711", "Powered by Millpress", "4 min read", "12 minutes read",
	} {
		page := htmlPage("<title>The weir holds</title>", "<article><h1>The weir holds</h1>"+weir+"<p>"+line+"</p></article>")
		if got := lines(htmlRead(t, line, "", page)); strings.Contains(got, line) {
			t.Errorf("%q is in the article:\n%s", line, got)
		}
	}
	for _, line := range []string{
		"Follow the stream on foot to the old bridge.", "Sign up the eels, he said.", "Thanks to the larch it holds.", "Join the two boys at the weir.", "Get the eels into a bucket.", "Never miss the tide.",
		"Rights of way are reserved by the parish.", "Copyright is what the log speaks of.", "Four minutes read aloud is enough.", "Views: from the weir they are wide, and from the mill wider, as the miller and his guests of the summer like to say to all who come by.",
		"Powered by water since the year in which it was built.", "Unsubscribed copies went to the school.",
	} {
		page := htmlPage("<title>The weir holds</title>", "<article><h1>The weir holds</h1>"+weir+"<p>"+line+"</p>"+weir+"</article>")
		if got := lines(htmlRead(t, line, "", page)); !strings.Contains(got, "P "+line) {
			t.Errorf("%q is gone:\n%s", line, got)
		}
	}
}

// TestHTMLLinks: lists and lines of links inside an article and at its edges.
func TestHTMLLinks(t *testing.T) {
	const pars = "<p>The weir above the mill was mended with larch in the dry summer, and it has held the stream since, as the miller never tires of saying.</p>"
	for _, c := range []struct {
		name, body, line string
		there            bool
	}{
		{"a line at the end", weir + `<p><a href="/n">The wheel of iron</a></p>`, "The wheel of iron", false},
		{"two lines and what heads them", weir + `<h3>Elsewhere</h3><p><a href="/n">The wheel of iron</a></p><p><a href="/m">A bridge of tin</a></p>`, "Elsewhere", false},
		{"a line before it", `<p><a href="/p">Version to print</a></p><h1>The weir holds</h1>` + weir, "Version to print", false},
		{"a sentence that is a link", weir + `<p><a href="/n">The log says how many eels there were.</a></p>`, "The log says how many eels there were.", true},
		{"a link in a sentence", weir + `<p>The log is <a href="/n">with the miller</a>, who shows it</p>`, "The log is with the miller, who shows it", true},
		{"a line in the middle", weir + `<p><a href="/n">The wheel of iron</a></p>` + weir, "The wheel of iron", true},
		{"a list in the middle", weir + `<ul><li><a href="/n">The wheel of iron</a></li><li><a href="/m">A bridge of tin</a></li></ul>` + weir, "A bridge of tin", false},
		{"a list below a heading", weir + `<h2>What to read</h2><ul><li><a href="/n">The wheel of iron</a></li><li><a href="/m">A bridge of tin</a></li></ul>` + weir, "A bridge of tin", true},
		{"a list with more than links", weir + `<ul><li><a href="/n">The wheel of iron</a>, a story of the smith</li><li><a href="/m">A bridge of tin</a></li></ul>` + weir, "A bridge of tin", true},
		{"contents of the page", `<ol><li><a href="#a">The wheel of iron</a></li><li><a href="#b">A bridge of tin</a></li></ol>` + weir, "A bridge of tin", false},
		{"a heading of nothing", weir + "<h2>Share</h2><h2>How it holds</h2>" + pars, "Share", false},
		{"a heading of nothing, at the end", weir + "<h3>Comments</h3>", "Comments", false},
		{"a heading of links", weir + `<h3>Related</h3><p><a href="/n">The wheel of iron</a></p>` + weir, "Related", false},
		{"a heading of text", weir + "<h2>Share</h2>" + weir, "Share", true},
		{"whose a text is, that the article is about", weir + "<p>© 1931 Noor Adlam, says the log</p>" + weir + weir, "© 1931", true},
		{"a field for mail in the article itself", weir + `<p>The miller answers all that is asked of him.</p><input type="email">` + pars, "The miller answers", true},
		{"a field for mail in a box with the title", `<div><h1>The weir holds</h1><input type="email"><p>The miller answers all that is asked of him.</p></div>` + weir, "The miller answers", true},
		{"one link to a place on the page", weir + `<ul><li><a href="#a">The wheel of iron</a></li><li>A bridge of tin</li></ul>` + pars, "The wheel of iron", true},
	} {
		body := c.body
		if !strings.Contains(body, "<h1>") {
			body = "<h1>The weir holds</h1>" + body
		}
		page := htmlPage("<title>The weir holds</title>", "<article>"+body+"</article>")
		if got := lines(htmlRead(t, c.name, "", page)); strings.Contains(got, c.line) != c.there {
			t.Errorf("%s: it should be there: %v\n%s", c.name, c.there, got)
		}
	}
}

// TestHTMLBody: the article of a page, wherever the page puts it.
func TestHTMLBody(t *testing.T) {
	const menu = `<nav><ul><li><a href="/">Home of the valley</a></li><li><a href="/m">All our mills</a></li></ul></nav>`
	const cards = `<div class="cards"><div><a href="/a"><h3>The wheel of iron</h3></a><p>` + sold + `</p></div><div><a href="/b"><h3>A bridge of tin</h3></a><p>The smith bought two of them.</p></div></div>`
	const foot = `<footer><p>` + sold + `</p><p>Fellham, Mill Lane 4</p></footer>`
	for name, body := range map[string]string{
		"article":             menu + "<article><h1>The weir holds</h1>" + weir + "</article>" + foot,
		"main":                menu + "<main><h1>The weir holds</h1>" + weir + "</main>" + foot,
		"role":                menu + `<div role="main"><h1>The weir holds</h1>` + weir + "</div>" + foot,
		"boxes":               menu + `<div><div><div><h1>The weir holds</h1><div><div>` + weir + "</div></div></div></div></div>" + foot,
		"boxes for each line": menu + `<div id="content"><h1>The weir holds</h1><div>` + strings.NewReplacer("<p>", "<div><p>", "</p>", "</p></div>").Replace(weir) + "</div></div>" + foot,
		"no elements for it":  menu + "<h1>The weir holds</h1>" + weir + foot,
		"a table":             `<table><tr><td width="20%"><a href="/">Home of the valley</a><br><a href="/m">All our mills</a></td><td><h1>The weir holds</h1>` + weir + "</td></tr></table>" + foot,
		"cards behind it":     menu + "<main><article><h1>The weir holds</h1>" + weir + "</article>" + cards + "</main>" + foot,
		"cards that call themselves articles": menu + "<main><article><h1>The weir holds</h1>" + weir + "</article>" +
			strings.NewReplacer("<div><a", "<article><a", "</p></div>", "</p></article>").Replace(cards) + "</main>" + foot,
		"an aside in it": menu + "<article><h1>The weir holds</h1>" + weir + "<aside class=related><p>" + sold + "</p></aside></article>" + foot,
		"old elements":   "<font face=serif><center><h1>The weir holds</h1></center>" + weir + "</font>" + foot,
		"XHTML":          menu + "<div><h1>The weir holds</h1>" + weir + "<br/><hr/></div>" + foot,
	} {
		got := lines(htmlRead(t, name, "", htmlPage("<title>The weir holds</title>", body)))
		want := "H The weir holds\nP " + strings.Join(strings.Split(strings.NewReplacer("<p>", "", "</p>", "").Replace(strings.TrimSpace(weir)), "\n"), "\nP ")
		if got != want {
			t.Errorf("%s:\n%s", name, got)
		}
	}
}

// TestHTMLShort: what is too short for an article is read where nothing else stands on the page.
func TestHTMLShort(t *testing.T) {
	for _, c := range []struct{ name, body, want string }{
		{"one sentence", "<p>The weir holds.</p>", "P The weir holds."},
		{"text by itself", "The weir holds.", "P The weir holds."},
		{"a heading and a sentence", "<h1>Weir</h1><p>It holds.</p>", "H Weir\nP It holds."},
		{"in main, with a menu", "<nav>Home of the valley</nav><main><h1>Weir</h1><p>It holds.</p></main><footer>Mill Lane 4</footer>", "H Weir\nP It holds."},
		{"a question", "<h2>Does it hold?</h2><p>Yes.</p>", "H Does it hold?\nP Yes."},
		{"a table", "<table><tr><td>Width</td><td>11 m</td></tr></table>", "P Width | 11 m"},
		{"a poem", "<p>The stream goes by,<br>the weir holds on,<br>the eels go home</p>", "P The stream goes by, the weir holds on, the eels go home"},
	} {
		if got := lines(htmlRead(t, c.name, "", htmlPage("", c.body))); got != c.want {
			t.Errorf("%s:\n%s\nwant\n%s", c.name, got, c.want)
		}
	}
}

// TestHTMLWalls: which pages are refused, with what helps, and which only have such words.
func TestHTMLWalls(t *testing.T) {
	const help = "save it (Ctrl+S"
	long := strings.Repeat(weir, 7)
	for _, c := range []struct{ name, head, body, want string }{
		{"to subscribers, at the end", "", weir + "<p>This article is reserved for our subscribers.</p>", "only to subscribers"},
		{"to members", "", weir + "<p>This story is for members</p>", "only to subscribers"},
		{"free articles are read", "", weir + "<p>You have reached your last free article.</p>", "only to subscribers"},
		{"an account", "", weir + "<p>Create a free account to continue</p>", "only to subscribers"},
		{"linked data", `<script type="application/ld+json">{"@graph":[{"@type":"NewsArticle","isAccessibleForFree":false}]}</script>`, weir, "only to subscribers"},
		{"linked data of free text", `<script type="application/ld+json">{"@type":"NewsArticle","isAccessibleForFree":true}</script>`, weir, ""},
		{"linked data of free text, in words", `<script type="application/ld+json">{"@type":"NewsArticle","isAccessibleForFree":"True"}</script>`, weir, ""},
		{"linked data, and the whole text", `<script type="application/ld+json">{"@type":"NewsArticle","isAccessibleForFree":false}</script>`, long, ""},
		{"words of a wall below the whole text", "", long + "<p>Subscribe to continue reading.</p>", ""},
		{"words of a wall in the middle", "", "<p>“Already a subscriber?” asks the door of the mill.</p>" + weir + weir, ""},
		{"JavaScript", "", "<p>This app requires JavaScript.</p>", "empty without JavaScript"},
		{"JavaScript, said by the way", "", weir + "<p>Without JavaScript the log cannot be searched.</p>" + weir, ""},
		{"a root and a script", `<script src="/a.js"></script>`, `<div id="app"></div>`, "empty without JavaScript"},
		{"a root, a spinner and a script", `<script src="/a.js"></script>`, `<div id="app">Loading</div><p>One moment, please</p>`, "empty without JavaScript"},
		{"nothing", "", "<p> </p>", "has no text"},
		{"nothing but a picture", "", `<img src="weir.jpg" alt="The weir">`, "has no text"},
		{"nothing but frames", "", `</body><frameset cols="*,*"><frame src="a.html"><noframes><p>The weir holds.</p></noframes></frameset>`, "has no text"},
		{"nothing but a frame", "", `<iframe src="https://mill.example/weir"></iframe>`, "has no text"},
		{"a riddle", "", "<h1>Are you a robot?</h1><p>Tick the boats to go on.</p>", "asks whether a person is reading"},
		{"a riddle of another kind", "", "<p>We noticed unusual traffic from your network.</p>", "asks whether a person is reading"},
		{"on riddles", "", weir + "<p>The captcha of the mill asks for eels.</p>" + weir, ""},
		{"a sign-in", "", `<h1>The Valley</h1><form><label>Name</label><input><label>Word</label><input type="password"></form>`, "is a sign-in"},
		{"an article with a sign-in above", "", `<form><input name="u"><input type="password"></form>` + weir + weir, ""},
	} {
		in := Input{Data: []byte(htmlPage("<title>The weir holds</title>"+c.head, "<article><h1>The weir holds</h1>"+c.body+"</article>")), ContentType: "text/html"}
		if strings.Contains(c.body, "<h1>") || strings.Contains(c.body, "id=\"app\"") || strings.Contains(c.want, "no text") {
			in.Data = []byte(htmlPage(c.head, c.body))
		}
		doc, err := Read(context.Background(), in)
		switch {
		case c.want == "" && err != nil:
			t.Errorf("%s: %v", c.name, err)
		case c.want != "" && err == nil:
			t.Errorf("%s: it is read:\n%s", c.name, lines(doc))
		case c.want != "" && !strings.Contains(err.Error(), c.want):
			t.Errorf("%s: %q, want %q", c.name, err, c.want)
		case c.want != "" && !strings.Contains(c.want, "no text") && !strings.Contains(err.Error(), help):
			t.Errorf("%s: nothing that helps is said: %q", c.name, err)
		}
	}
}

// TestHTMLOdd: pages that break the rules are read as browsers read them.
func TestHTMLOdd(t *testing.T) {
	for _, c := range []struct{ name, page, want string }{
		{"a tag that breaks off", "<html><body><p>The weir holds.</p><p>It is wide.<a hre", "P The weir holds.\nP It is wide."},
		{"a tag without an end", "<html><body><p>The weir holds.</p <p>It is wide.", "P The weir holds.\nP It is wide."},
		{"quotation marks that nothing closes", "<html><body><p class=\"a>The weir holds.</p><p>It is wide.</p>\n<p id=\"x\">It is long.</p>", "P It is long."},
		{"elements that cross", "<html><body><p><b>The weir <i>holds.</b> It</i> is wide.</p>", "P The weir holds. It is wide."},
		{"ends without a beginning", "<html><body></div></p></b><p>The weir holds.</span></p>", "P The weir holds."},
		{"text behind the page", "<html><body><p>The weir holds.</p></body></html><p>It is wide.</p>", "P The weir holds.\nP It is wide."},
		{"two bodies", "<html><body><p>The weir holds.</p></body><body><p>It is wide.</p></body></html>", "P The weir holds.\nP It is wide."},
		{"text in the head", "<html><head><p>The weir holds.</p></head><body><p>It is wide.</p></body></html>", "P The weir holds.\nP It is wide."},
		{"a script with markup in it", `<html><body><script>var a = "<p>sold</p>"; if (1 < 2) {}</script><p>The weir holds, and it has held since it was mended with larch in the dry summer, as the miller never tires of saying.</p>`,
			"P The weir holds, and it has held since it was mended with larch in the dry summer, as the miller never tires of saying."},
		{"a comment that nothing closes", "<html><body><p>The weir holds.</p><!-- sold <p>sold</p>", "P The weir holds."},
		{"CDATA", "<html><body><p>The weir holds.</p><![CDATA[ sold ]]><p>It is wide.</p>", "P The weir holds.\nP It is wide."},
		{"an instruction of a server", "<html><body><?php echo 'sold' ?><p>The weir holds.</p>", "P The weir holds."},
		{"XHTML with its head", "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<!DOCTYPE html PUBLIC \"-//W3C//DTD XHTML 1.0 Strict//EN\" \"x\">\n<html xmlns=\"http://www.w3.org/1999/xhtml\"><body><p>The weir holds.</p></body></html>", "P The weir holds."},
		{"Windows lines", "<html>\r\n<body>\r\n<p>The weir\r\nholds.</p>\r\n</body>\r\n</html>\r\n", "P The weir holds."},
		{"links in links", `<html><body><p><a href="/a">The weir <a href="/b">holds</a></a> and is wide.</p>`, "P The weir holds and is wide."},
		{"an attribute twice", `<html><body><p class="a" class="b" hidden="until-found" hidden>The weir holds.</p>`, "P The weir holds."},
		{"a quarter of a megabyte of an attribute", `<html><body><p data-x="` + strings.Repeat("sold ", 50_000) + `">The weir holds.</p>`, "P The weir holds."},
	} {
		if got := lines(htmlRead(t, c.name, "", c.page)); got != c.want {
			t.Errorf("%s:\n%s\nwant\n%s", c.name, got, c.want)
		}
	}
}

// TestHTMLMany: a page of many things of a kind is read, and its article is there.
func TestHTMLMany(t *testing.T) {
	const n = 1000
	for name, part := range map[string]string{
		"paragraphs":        strings.Repeat("<p>It holds.</p>", n),
		"breaks":            strings.Repeat("It holds<br>", n),
		"fields for mail":   strings.Repeat(`<input type="email">`, n),
		"fields in boxes":   strings.Repeat(`<div><input type="email"></div>`, n),
		"times":             strings.Repeat(`<time datetime="2021-05-03">x</time>`, n),
		"bylines":           strings.Repeat(`<span class="byline">x</span>`, n),
		"buttons":           strings.Repeat(`<button aria-expanded="false">x?</button><div hidden>y</div>`, n),
		"lists of contents": strings.Repeat(`<ul><li><a href="#a">x</a></li><li><a href="#b">y</a></li></ul>`, n),
		"headings":          strings.Repeat("<h2>x</h2>", n),
		"cells":             "<table><tr>" + strings.Repeat("<td>It holds.", n) + "</table>",
		"quotations":        strings.Repeat("<p>She wrote:</p><blockquote>It holds.</blockquote>", n),
		"lists in lists":    strings.Repeat("<ul><li>x", 100) + strings.Repeat("</ul>", 100),
		"links":             strings.Repeat(`<ul><li><a href="/a">x y</a></li></ul>`, n),
		"one long word":     "<p>" + strings.Repeat("x", 20*n) + "</p>",
		"linked data":       strings.Repeat(`<script type="application/ld+json">{"@type":"Report"}</script>`, n),
		"deep linked data":  `<script type="application/ld+json">` + strings.Repeat("[", n) + strings.Repeat("]", n) + `</script>`,
	} {
		page := htmlPage("<title>The weir holds</title>", "<article><h1>The weir holds</h1>"+weir+part+"</article>")
		doc := htmlRead(t, name, "", page)
		if !strings.Contains(doc.Text(), "eleven metres wide") || doc.Title != "The weir holds" {
			t.Errorf("%s: %q\n%.300s", name, doc.Title, doc.Text())
		}
	}
}

// TestHTMLNothingMadeUp: every line that is read of a page stands on it, and reading it again
// gives the same.
func TestHTMLNothingMadeUp(t *testing.T) {
	pages := documents(t)
	for _, name := range slices.Sorted(maps.Keys(pages)) {
		if suffix(name) != ".html" {
			continue
		}
		first := mustRead(t, Input{Name: name, Data: pages[name]})
		if again := mustRead(t, Input{Name: name, Data: pages[name]}); lines(again) != lines(first) || again.Title != first.Title || again.Author != first.Author {
			t.Errorf("%s is read in two ways", name)
		}
		// What was read is read the same when it is a page of its own.
		var b strings.Builder
		for _, block := range first.Blocks {
			if strings.ContainsAny(block.Text, "<>&") || block.Kind == Turn {
				continue
			}
			b.WriteString("<p>" + block.Text + "</p>")
		}
		bare := &Document{}
		if err := bare.markup([]byte(b.String())); err != nil {
			t.Fatal(err)
		}
		for _, block := range bare.Blocks {
			if block.Kind != Turn && !strings.Contains(first.Text(), block.Text) {
				t.Errorf("%s: %q is another line the second time", name, block.Text)
			}
		}
	}
}

// TestAnswersBesideText: questions that buttons show at a click, and those that only the page's data
// tells.
func TestAnswersBesideText(t *testing.T) {
	data := `<script type="application/ld+json">{"@type":"FAQPage","mainEntity":[{"@type":"Question","name":"Where is my parcel?","acceptedAnswer":{"@type":"Answer","text":"Look it up <b>under Tracking</b>."}},{"@type":"Question","name":"What does it cost?","acceptedAnswer":{"@type":"Answer","text":"It costs 6.90 euros."}}]}</script>`
	const want = "H Parcels\nH Where is my parcel?\nP Look it up under Tracking.\nH What does it cost?\nP It costs 6.90 euros."
	for _, c := range []struct{ name, page string }{
		{"buttons of an accordion", `<button class="accordion">Where is my parcel?</button><div class="panel" style="display:none"><p>Look it up under Tracking.</p></div><button class="accordion">What does it cost?</button><div class="panel" style="display:none"><p>It costs 6.90 euros.</p></div>`},
		{"folded boxes", `<div class="q">Where is my parcel?</div><div class="a" style="display:none">Look it up under Tracking.</div><div class="q">What does it cost?</div><div class="a" style="display:none">It costs 6.90 euros.</div>`},
		{"data alone", data},
		{"data, and questions without answers", data + `<p>Where is my parcel?</p><p>What does it cost?</p>`},
		{"data, and answers without questions", data + `<button>Where is my parcel?</button><p>Look it up under Tracking.</p><button>What does it cost?</button><p>It costs 6.90 euros.</p>`},
	} {
		if got := lines(mustRead(t, Input{Name: "a.html", Data: []byte("<html><head><title>Parcels</title></head><body><main><h1>Parcels</h1>" + c.page + "</main></body></html>")})); got != want {
			t.Errorf("%s: got\n%s", c.name, got)
		}
	}
}

// TestHTMLEncyclopedia: what MediaWiki puts around and into an article is none of it.
func TestHTMLEncyclopedia(t *testing.T) {
	body := "<p>The light of Holm was lit in 1871, and it can be seen for nineteen miles on a clear night in winter.</p><p>Its keeper stayed for forty-one years and never once went ashore, as the diary of his daughter tells.</p>"
	page := `<html><body class="mediawiki"><div id="siteNotice">Donate now</div><h1>Holm Light</h1><div id="siteSub">From the free encyclopedia</div><div class="mw-parser-output"><div role="note" class="hatnote">This is about the light. For the ship, see Holm.</div>` +
		`<table class="box-More ambox"><tr><td>This article needs more citations.</td></tr></table>` + body + `<h2>References</h2><ol class="references"><li><span class="mw-cite-backlink">^</span> Keepers. Light Society.</li></ol><div class="navbox">Lights of the north</div></div><div id="catlinks" class="catlinks">Lights</div></body></html>`
	if got, want := lines(htmlRead(t, "wiki", "", page)), "H Holm Light\nP "+strings.NewReplacer("<p>", "", "</p><p>", "\nP ", "</p>", "").Replace(body); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

// TestHTMLLeadsOn: a page that only leads on to another says so; an article that is read anew now
// and then is one.
func TestHTMLLeadsOn(t *testing.T) {
	page := func(content, body string) Input {
		u, _ := url.Parse("https://pier.example/old/a")
		return Input{Address: u, ContentType: "text/html", Data: []byte(`<html><head><meta http-equiv="Refresh" content="` + content + `"></head><body>` + body + "</body></html>")}
	}
	for content, want := range map[string]string{"0; url=https://pier.example/new": "https://pier.example/new", "5;URL='/new'": "https://pier.example/new", "0, url=b": "https://pier.example/old/b"} {
		if _, err := Read(t.Context(), page(content, "<p>The page has moved.</p>")); err == nil || err.Error() != "the page only leads on to "+want+"; add that" {
			t.Errorf("%s: %v", content, err)
		}
	}
	for content, body := range map[string]string{"300": "<p>The pier goes.</p>", "300; url=/a": "<p>" + strings.Repeat("The pier goes in March. ", 40) + "</p>"} {
		if _, err := Read(t.Context(), page(content, body)); err != nil {
			t.Errorf("%s: %v", content, err)
		}
	}
}

// TestHTMLWriters: all who wrote a page are named, also where it tells their names elsewhere.
func TestHTMLWriters(t *testing.T) {
	for _, c := range []struct{ name, head, author, publisher string }{
		{"several elements", `<meta name="author" content="Noor Adlam"><meta name="author" content="Ida Lund">`, "Noor Adlam, Ida Lund", ""},
		{"last names first", `<meta name="citation_author" content="Adlam, Noor"><meta name="citation_author" content="Lund, Ida"><meta name="citation_journal_title" content="Piers">`, "Noor Adlam, Ida Lund", "Piers"},
		{"a list", `<script type="application/ld+json">{"@type":"NewsArticle","author":["Noor Adlam",{"name":"Ida Lund"}],"publisher":"Courier"}</script>`, "Noor Adlam, Ida Lund", "Courier"},
		{"references", `<script type="application/ld+json">{"@graph":[{"@type":"Article","author":{"@id":"#a"},"publisher":{"@id":"#p"}},{"@type":"Person","@id":"#a","name":"Noor Adlam"},{"@type":"Organization","@id":"#p","name":"Courier"}]}</script>`, "Noor Adlam", "Courier"},
		{"references without names", `<script type="application/ld+json">{"@type":"Article","author":{"@id":"#a"}}</script>`, "", ""},
	} {
		doc := htmlRead(t, c.name, "", "<html><head>"+c.head+"</head><body><article><h1>The pier goes</h1><p>"+strings.Repeat("The pier goes in March. ", 30)+"</p></article></body></html>")
		if doc.Author != c.author || doc.Publisher != c.publisher {
			t.Errorf("%s: %q, %q", c.name, doc.Author, doc.Publisher)
		}
	}
}
