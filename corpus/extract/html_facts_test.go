package extract

import (
	"context"
	"net/url"
	"strings"
	"testing"
)

// weir is an article of three paragraphs without a name or a date in it.
const weir = "<p>The weir above the mill was mended with larch in the dry summer, and it has held the stream since, as the miller never tires of saying.</p>\n" +
	"<p>It is eleven metres wide and lets eels through on the left, where two boys count them on every morning of the season and write down how many there were.</p>\n" +
	"<p>The parish paid for the larch. The stones came from the old bridge, which nobody had missed, and were carried down by whoever had a cart and an hour to give.</p>\n"

// htmlPage is a page with an article.
func htmlPage(head, body string) string {
	return "<!doctype html><html><head>" + head + "</head><body>" + body + "</body></html>"
}

// htmlRead reads a page from an address, which may be empty.
func htmlRead(t *testing.T, name, address, page string) *Document {
	t.Helper()
	in := Input{Data: []byte(page), ContentType: "text/html"}
	if address != "" {
		u, err := url.Parse(address)
		if err != nil {
			t.Fatal(err)
		}
		in.Address = u
	}
	doc, err := Read(context.Background(), in)
	if err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	return doc
}

// TestHTMLAddress: a page's own word on its address goes first where it is one of the web.
func TestHTMLAddress(t *testing.T) {
	const from = "https://mill.example/2020/weir?utm=mail#top"
	for _, c := range []struct{ name, from, head, want string }{
		{"none", "", "", ""},
		{"where it was read", from, "", from},
		{"its own", from, `<link rel="canonical" href="https://www.mill.example/weir">`, "https://www.mill.example/weir"},
		{"its own, of a saved page", "", `<link rel="canonical" href="https://www.mill.example/weir">`, "https://www.mill.example/weir"},
		{"without a host", from, `<link rel="canonical" href="/weir">`, "https://mill.example/weir"},
		{"beside it", from, `<link rel="canonical" href="weir-2">`, "https://mill.example/2020/weir-2"},
		{"without a scheme", from, `<link rel="canonical" href="//www.mill.example/weir">`, "https://www.mill.example/weir"},
		{"without a host, of a saved page", "", `<link rel="canonical" href="/weir">`, ""},
		{"blanks around it", from, `<link rel="Canonical" href=" https://www.mill.example/weir ">`, "https://www.mill.example/weir"},
		{"of OpenGraph", from, `<meta property="og:url" content="https://www.mill.example/weir">`, "https://www.mill.example/weir"},
		{"of OpenGraph first, then another", from, `<meta property="og:url" content="https://social.example/weir"><link rel="canonical" href="https://www.mill.example/weir">`, "https://www.mill.example/weir"},
		{"of OpenGraph behind another", from, `<link rel="canonical" href="https://www.mill.example/weir"><meta property="og:url" content="https://social.example/weir">`, "https://www.mill.example/weir"},
		{"two", from, `<link rel="canonical" href="https://www.mill.example/weir"><link rel="canonical" href="https://copy.example/weir">`, "https://www.mill.example/weir"},
		{"empty", from, `<link rel="canonical" href="">`, from},
		{"a script", from, `<link rel="canonical" href="javascript:alert(1)">`, from},
		{"a file", from, `<link rel="canonical" href="file:///home/ada/weir.html">`, from},
		{"of data", "", `<link rel="canonical" href="data:text/html,x">`, ""},
		{"no address", from, `<link rel="canonical" href="http://[::1">`, from},
		{"of something else", from, `<link rel="stylesheet" href="https://www.mill.example/a.css"><link rel="amphtml" href="https://amp.example/weir">`, from},
	} {
		doc := htmlRead(t, c.name, c.from, htmlPage("<title>The weir holds</title>"+c.head, "<article><h1>The weir holds</h1>"+weir+"</article>"))
		if doc.URL != c.want {
			t.Errorf("%s: %q, want %q", c.name, doc.URL, c.want)
		}
	}
}

// TestHTMLLanguage: the language as standards write it, and none that is only said in words.
func TestHTMLLanguage(t *testing.T) {
	for tag, want := range map[string]string{
		"en": "en", "nb-NO": "nb-NO", "pt_BR": "pt-BR", "zh-Hant-TW": "zh-Hant-TW", " cy ": "cy", "": "", "English": "", "en US": "", "x": "", "en-": "", "de-DE-1996": "de-DE-1996",
		`"><script>`: "", "e1": "", "*": "",
	} {
		if got := language(tag); got != want {
			t.Errorf("%q: %q, want %q", tag, got, want)
		}
	}
	page := `<html lang="gd"><head><title>The weir holds</title></head><body><h1>The weir holds</h1>` + weir + "</body></html>"
	if doc := htmlRead(t, "Gaelic", "", page); doc.Language != "gd" {
		t.Errorf("the page's language is %q", doc.Language)
	}
}

// TestHTMLBylines: a name without what pages put around it.
func TestHTMLBylines(t *testing.T) {
	for byline, want := range map[string]string{
		"By Noor Adlam":                          "Noor Adlam",
		"BY NOOR ADLAM":                          "NOOR ADLAM",
		"by Noor Adlam\nHarbour reporter":        "Noor Adlam",
		"Written by Noor Adlam":                  "Noor Adlam",
		"Posted by Noor Adlam":                   "Noor Adlam",
		"Author: Noor Adlam":                     "Noor Adlam",
		"Text: Zoë Ó Briain":                     "Zoë Ó Briain",
		"Noor Adlam | Harbour reporter":          "Noor Adlam",
		"Noor Adlam · 3 May 2021":                "Noor Adlam",
		"Noor Adlam • The Valley":                "Noor Adlam",
		"Noor Adlam – The Valley":                "Noor Adlam",
		"Noor Adlam, 3 May 2021":                 "Noor Adlam",
		"Noor Adlam 12:30":                       "Noor Adlam",
		"Jean-Luc Ó Briain":                      "Jean-Luc Ó Briain",
		"Byron Lund":                             "Byron Lund",
		"Noor Adlam and Ida Lund":                "Noor Adlam and Ida Lund",
		"https://social.example/noor":            "",
		"":                                       "",
		"  ":                                     "",
		strings.Repeat("Noor Adlam and ", 20):    "",
		"李娜":                                     "李娜",
		"By Siân ap Rhys | 3 min read | 5 likes": "Siân ap Rhys",
	} {
		if got := author(byline); got != want {
			t.Errorf("%q: %q, want %q", byline, got, want)
		}
	}
}

// TestHTMLTold: author, publisher and date by what a page tells in its head, in the places
// where pages tell it. What it does not tell stays empty.
func TestHTMLTold(t *testing.T) {
	linked := func(data string) string { return `<script type="application/ld+json">` + data + "</script>" }
	for _, c := range []struct{ name, head, author, publisher, published string }{
		{"nothing", "", "", "", ""},
		{"author", `<meta name="author" content="Noor Adlam">`, "Noor Adlam", "", ""},
		{"author of an article", `<meta property="article:author" content="Noor Adlam">`, "Noor Adlam", "", ""},
		{"an address as the author", `<meta property="article:author" content="https://social.example/noor">`, "", "", ""},
		{"site", `<meta property="og:site_name" content="The Valley">`, "", "The Valley", ""},
		{"published", `<meta property="article:published_time" content="2021-05-03T08:00:00Z">`, "", "", "2021-05-03"},
		{"published late in the evening", `<meta property="article:published_time" content="2021-05-03T23:59:00-11:00">`, "", "", "2021-05-03"},
		{"Dublin Core", `<meta name="DC.date.issued" content="2021-05-03">`, "", "", "2021-05-03"},
		{"Dublin Core terms, without a day", `<meta name="dcterms.issued" content="2021-05">`, "", "", "2021-05"},
		{"a journal", `<meta name="citation_publication_date" content="2021">`, "", "", "2021"},
		{"a date in words", `<meta name="pubdate" content="May 3, 2021">`, "", "", "2021-05-03"},
		{"a date that is none", `<meta name="date" content="yesterday">`, "", "", ""},
		{"a date of much text", `<meta name="date" content="` + strings.Repeat("in the summer ", 9) + `2021">`, "", "", ""},
		{"two dates", `<meta name="date" content="2021-05-03"><meta name="dc.date" content="2022-06-04">`, "", "", "2021-05-03"},
		{"a date of something else", `<meta name="last-modified" content="2021-05-03"><meta name="expires" content="2021-05-04">`, "", "", ""},
		{"linked", linked(`{"@context":"https://schema.org","@type":"NewsArticle","headline":"The weir holds","author":{"@type":"Person","name":"Noor Adlam"},"publisher":{"@type":"Organization","name":"The Valley"},"datePublished":"2021-05-03T08:00:00+02:00"}`), "Noor Adlam", "The Valley", "2021-05-03"},
		{"linked without a context", linked(`{"@type":"BlogPosting","author":"Noor Adlam","datePublished":"2021-05-03"}`), "Noor Adlam", "", "2021-05-03"},
		{"linked in a list", linked(`[{"@type":"BreadcrumbList"},{"@type":"Report","author":{"name":"Noor Adlam"},"publisher":"The Valley"}]`), "Noor Adlam", "The Valley", ""},
		{"linked in a graph in a graph", linked(`{"@graph":[{"@type":"WebSite","name":"x","@graph":[{"@type":"TechArticle","author":[{"name":"Noor Adlam"}]}]}]}`), "Noor Adlam", "", ""},
		{"linked with several kinds", linked(`{"@type":["Article","NewsArticle"],"author":{"name":"Noor Adlam"},"datePublished":"2021-05-03"}`), "Noor Adlam", "", "2021-05-03"},
		{"linked with a date in words", linked(`{"@type":"AboutPage","datePublished":"3 May 2021"}`), "", "", "2021-05-03"},
		{"linked, of something else", linked(`{"@type":"Recipe","author":{"name":"Bo Weir"},"datePublished":"2020-01-01"}`), "", "", ""},
		{"linked, with nobody", linked(`{"@type":"Report","author":[],"publisher":{},"datePublished":2021}`), "", "", ""},
		{"linked, with names that are none", linked(`{"@type":"Report","author":{"name":7},"publisher":[[]],"datePublished":null}`), "", "", ""},
		{"linked, broken off", linked(`{"@type":"Report","author":{"name":"Noor Adlam"`), "", "", ""},
		{"linked, broken off, then whole", linked(`{"@type":`) + linked(`{"@type":"Report","author":{"name":"Noor Adlam"}}`), "Noor Adlam", "", ""},
		{"linked twice", linked(`{"@type":"Report","author":{"name":"Noor Adlam"}}`) + linked(`{"@type":"Report","author":{"name":"Bo Weir"}}`), "Noor Adlam", "", ""},
		{"a script that only looks so", `<script type="application/json">{"@type":"Report","author":{"name":"Noor Adlam"}}</script>`, "", "", ""},
		{"linked to itself without end", linked(strings.Repeat(`{"@graph":[`, 40) + `{"@type":"Report","author":{"name":"Noor Adlam"}}` + strings.Repeat("]}", 40)), "", "", ""},
	} {
		doc := htmlRead(t, c.name, "", htmlPage("<title>The weir holds</title>"+c.head, "<article><h1>The weir holds</h1>"+weir+"</article>"))
		if doc.Author != c.author || doc.Publisher != c.publisher || doc.Published != c.published {
			t.Errorf("%s: by %q, of %q, on %q; want %q, %q, %q", c.name, doc.Author, doc.Publisher, doc.Published, c.author, c.publisher, c.published)
		}
	}
}

// TestHTMLShown: who wrote an article and when, where only its text says so. Such a line is
// furniture.
func TestHTMLShown(t *testing.T) {
	for _, c := range []struct{ name, above, author, published, line string }{
		{"a byline", "<p>By Noor Adlam</p>", "Noor Adlam", "", "C By Noor Adlam"},
		{"a byline with a date", "<p>By Noor Adlam, 3 May 2021</p>", "Noor Adlam", "2021-05-03", "C By Noor Adlam, 3 May 2021"},
		{"a date", "<p>3 May 2021</p>", "", "2021-05-03", "C 3 May 2021"},
		{"a time", `<p><time datetime="2021-05-03">yesterday</time></p>`, "", "2021-05-03", ""},
		{"a time without one", "<p><time>3 May 2021</time></p>", "", "2021-05-03", "C 3 May 2021"},
		{"a time in a class", `<span class="entry-date" title="2021-05-03">3.5.</span>`, "", "", ""},
		{"a time with microdata", `<time itemprop="datePublished" datetime="2021-05-03T10:00">3.5.</time>`, "", "2021-05-03", ""},
		{"a later version", `<p>Updated: <time datetime="2022-06-04">4 June</time></p>`, "", "", ""},
		{"published, then a later version", `<p><time datetime="2021-05-03">3 May</time></p><p>Edited <time datetime="2022-06-04">4 June</time></p>`, "", "2021-05-03", ""},
		{"a later version, then published", `<p>Edited <time datetime="2022-06-04">4 June</time></p><p><time datetime="2021-05-03">3 May</time></p>`, "", "2021-05-03", ""},
		{"a report", "<p>FELLHAM, May 3, 2021 (Valley Wire) — The weir holds.</p>", "", "2021-05-03", "P FELLHAM, May 3, 2021 (Valley Wire) — The weir holds."},
	} {
		doc := htmlRead(t, c.name, "", htmlPage("<title>The weir holds</title>", "<article><h1>The weir holds</h1>"+c.above+weir+"</article>"))
		if doc.Author != c.author || doc.Published != c.published || c.line != "" && !strings.Contains("\n"+lines(doc)+"\n", "\n"+c.line+"\n") {
			t.Errorf("%s: by %q on %q, want %q, %q\n%s", c.name, doc.Author, doc.Published, c.author, c.published, lines(doc))
		}
	}
}

// TestHTMLTitles: the title is what the article is called, without the name of the site, and
// stands once, as the first heading.
func TestHTMLTitles(t *testing.T) {
	for _, c := range []struct{ name, head, body, want string }{
		{"the window alone", "<title>The weir holds</title>", weir, "The weir holds"},
		{"the heading alone", "", "<h1>The weir holds</h1>" + weir, "The weir holds"},
		{"nothing", "", weir, ""},
		{"an empty window", "<title> \n </title>", "<h1>The weir holds</h1>" + weir, "The weir holds"},
		{"lines in it", "<title>The weir\n   holds</title>", "<h1>The weir<br>holds</h1>" + weir, "The weir holds"},
		{"an entity", "<title>Mill &amp; weir &#8211; The Valley</title>", "<h1>Mill &amp; weir</h1>" + weir, "Mill & weir"},
		{"in other letters", "<title>THE WEIR HOLDS | THE VALLEY</title>", "<h1>The weir holds</h1>" + weir, "The weir holds"},
		{"the site before it", "<title>The Valley: The weir holds</title>", "<h1>The weir holds</h1>" + weir, "The weir holds"},
		{"a sign of a drawing", "", "<svg><title>Open the menu</title></svg><h1>The weir holds</h1>" + weir, "The weir holds"},
		{"shortened for the window", "<title>The weir holds</title>", "<h1>The weir holds, and the miller tires of nothing</h1>" + weir, "The weir holds, and the miller tires of nothing"},
		{"marks in the heading", "<title>The weir holds</title>", "<h1>The <em>weir</em> <span>holds</span></h1>" + weir, "The weir holds"},
		{"in a page with its name above all", "<title>The weir holds - The Valley</title>", `<header><h1><a href="/">The Valley</a></h1></header><article><h2>The weir holds</h2>` + weir + "</article>", "The weir holds"},
		{"the site is a chapter, too", "<title>The Valley: The weir holds</title>", "<main><h1>The weir holds</h1>" + weir + "<h2>The Valley</h2><p>It is long.</p></main>", "The weir holds"},
		{"OpenGraph", `<meta property="og:title" content="The weir holds">`, weir, "The weir holds"},
	} {
		doc := htmlRead(t, c.name, "", htmlPage(c.head, c.body))
		if doc.Title != c.want {
			t.Errorf("%s: %q, want %q", c.name, doc.Title, c.want)
		}
		times := 0
		for i, b := range doc.Blocks {
			if b.Text == c.want && b.Kind == Heading {
				if times++; i != 0 {
					t.Errorf("%s: it is block %d", c.name, i)
				}
			}
		}
		if c.want != "" && times != 1 {
			t.Errorf("%s: it stands %d times:\n%s", c.name, times, lines(doc))
		}
		if !strings.Contains(doc.Text(), "eleven metres wide") {
			t.Errorf("%s: the article is gone:\n%s", c.name, lines(doc))
		}
	}
}
