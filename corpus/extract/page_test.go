package extract

import (
	"context"
	"strings"
	"testing"
)

// piers are paragraphs, enough for an article.
var piers = strings.Repeat("<p>The pier was built of oak in 1931, and it has stood in the water since then, without much help from anybody.</p>\n", 6)

// TestAroundTheArticle: what pages put around an article and into it is none of it, and
// what only looks like that stays.
func TestAroundTheArticle(t *testing.T) {
	for _, c := range []struct {
		name, body, sentence string
		kind                 Kind
		there                bool
	}{
		{"a line under a picture", piers + `<div><img src="a.jpg"><div>The lock in winter. Photograph: Municipal archive</div></div>` + piers,
			"The lock in winter. Photograph: Municipal archive", Caption, true},
		{"a sentence about a picture", piers + "<p>She said of the Photo: it is old. Nobody else had seen it before, and nobody asked for it.</p>" + piers, "She said of the Photo", Paragraph, true},
		{"what readers say, with their number", piers + "<h3>Reactions (4)</h3><div>I never believed a word of this.</div>", "never believed", Paragraph, false},
		{"what readers say, with the title", piers + "<h3>2 thoughts on “The pier goes”</h3><p>I never believed a word of this.</p>", "never believed", Paragraph, false},
		{"a chapter on reactions", piers + "<h3>Reactions</h3><p>The mayor never believed a word of this, and told everybody so.</p>", "never believed", Paragraph, true},
		{"a number of responses", piers + "<p>12 responses to the plan were sent in.</p><p>The mayor never believed a word of them, and told everybody so.</p>", "never believed", Paragraph, true},
		{"who wrote it", piers + "<h4>About the author</h4><p>Noor Adlam writes about towns and rivers.</p>", "Noor Adlam", Paragraph, false},
		{"a chapter on an author", piers + "<h4>About the author</h4><p>Noor Adlam grew up beside the pier.</p>" + piers, "Noor Adlam grew up", Paragraph, true},
		{"navigation in a cell", `<table><tr><td><a href="/a">Tide tables for the west</a> <a href="/b">and for the east</a></td><td>` + piers + "</td></tr></table>", "Tide tables", Paragraph, false},
		{"a table of facts", piers + "<table><tr><td>Height of the pier</td><td>12 metres</td></tr></table>" + piers, "Height of the pier | 12 metres", Paragraph, true},
	} {
		page := "<html><head><title>The pier goes</title></head><body><h1>The pier goes</h1>" + c.body + "</body></html>"
		doc, err := Read(context.Background(), Input{Data: []byte(page), ContentType: "text/html"})
		if err != nil {
			t.Errorf("%s: %v", c.name, err)
			continue
		}
		there, kind := false, Paragraph
		for _, b := range doc.Blocks {
			if strings.Contains(b.Text, c.sentence) {
				there, kind = true, b.Kind
			}
		}
		if there != c.there || kind != c.kind {
			t.Errorf("%s: it is there: %v, as kind %d; want %v, %d\n%s", c.name, there, kind, c.there, c.kind, doc.Text())
		}
	}
}

// TestOfTheArticle: what becomes of the parts of a page, as lines.
func TestOfTheArticle(t *testing.T) {
	const one = "The mill stood idle for nineteen years before a baker from the next valley bought it and the two fields behind it in 1998."
	const two = "It grinds rye and barley on three days of the week, and on the others people may look at the stones and ask the miller."
	const three = "The county paid for the new wheel, which was made of larch by two carpenters, and for the road, which was not made at all."
	pars := "<p>" + one + "</p><p>" + two + "</p><p>" + three + "</p>"
	const plain = "P " + one + "\nP " + two + "\nP " + three
	const faq = "H May I bring a dog?\nP " + one + "\nH Is there a shop?\nP " + two + "\nH What does it cost?\nP " + three
	answered := func(format string) string {
		return strings.NewReplacer("Q1", "May I bring a dog?", "A1", one, "Q2", "Is there a shop?", "A2", two, "Q3", "What does it cost?", "A3", three).Replace(format)
	}
	for _, c := range []struct{ name, body, want string }{
		{"breaks in the place of paragraphs", "<font>" + one + "<br><br>" + two + "<br><br>" + three + "</font>", plain},
		{"a notice on cookies", `<div id="cookie-bar"><span>We use cookies so that the mill turns.</span></div>` + pars, plain},
		{"an invitation to a newsletter", pars[:len(pars)/2] + `</p><div class="letterbox"><h3>The mill in your inbox</h3><p>News of the wheel on Mondays.</p><form><input type="email"></form></div>` + pars, ""},
		{"related links inside", "<p>" + one + `</p><ul><li><a href="/a">Larch lasts longest</a></li><li><a href="/b">A wheel of iron</a></li></ul><p>` + two + "</p><p>" + three + "</p>", plain},
		{"links that are announced", "<p>" + one + `</p><p>The winners:</p><ul><li><a href="/a">Ada Mill</a></li><li><a href="/b">Bo Weir</a></li></ul><p>` + two + "</p><p>" + three + "</p>",
			"P " + one + "\nP The winners:\nI Ada Mill\nI Bo Weir\nP " + two + "\nP " + three},
		{"other stories behind", pars + "<h2>Top stories</h2><p>A storm comes.</p>", plain},
		{"a chapter of that name", "<p>" + one + "</p><h2>Top stories</h2><p>" + two + "</p><p>" + three + "</p>", "P " + one + "\nH Top stories\nP " + two + "\nP " + three},
		{"readers asked to follow", pars + "<p><i>Follow The Mill on Facebook and Instagram.</i></p><p>© 2019 The Mill</p>", plain},
		{"whose the picture is", pars + `<figure><div><img src="a.jpg"><span>Lars Bach</span></div></figure>` + pars, ""},
		{"a sign that links to a heading", "<p>" + one + `</p><h2>The wheel<a href="#wheel">¶</a></h2><p>` + two + "</p><p>" + three + "</p>", "P " + one + "\nH The wheel\nP " + two + "\nP " + three},
		{"a heading that is only bold", "<p>" + one + "</p><p><b>The wheel</b></p><p>" + two + "</p><p>" + three + "</p>", "P " + one + "\nH The wheel\nP " + two + "\nP " + three},
		{"a bold sentence", "<p><b>" + one + "</b></p><p>" + two + "</p><p>" + three + "</p>", plain},
		{"bold questions, answers after a break", answered("<p><b>Q1</b><br>A1</p><p><b>Q2</b><br>A2</p><p><b>Q3</b><br>A3</p>"), faq},
		{"questions to be unfolded", answered(`<div><h2><button aria-expanded="false">Q1</button></h2><div aria-hidden="true"><p>A1</p></div><h2><button>Q2</button></h2><div aria-hidden="true"><p>A2</p></div><h2><button>Q3</button></h2><div style="display: none"><p>A3</p></div></div>`), faq},
		{"speakers as terms", answered("<dl><dt>Ada Mill</dt><dd>Q1</dd><dt>Bo Weir</dt><dd>A1</dd><dt>Ada Mill</dt><dd>Q2</dd><dt>Bo Weir</dt><dd>A2</dd></dl>"),
			"T Ada Mill: May I bring a dog?\nT Bo Weir: " + one + "\nT Ada Mill: Is there a shop?\nT Bo Weir: " + two},
		{"speakers above, with the time", answered("<div><b>Ada Mill</b> <i>0:02</i></div><p>Q1</p><div><b>Bo Weir</b> <i>0:09</i></div><p>A1</p><div><b>Ada Mill</b> <i>1:02</i></div><p>Q2</p><div><b>Bo Weir</b> <i>1:12</i></div><p>A2</p>"),
			"T Ada Mill: May I bring a dog?\nT Bo Weir: " + one + "\nT Ada Mill: Is there a shop?\nT Bo Weir: " + two},
		{"a table with paragraphs in its cells", pars + "<table><tr><td><p>Height</p></td><td><p>12 metres</p></td></tr></table>", plain + "\nP Height | 12 metres"},
		{"contents of the page", `<h2>On this page</h2><ul><li><a href="#a">The wheel</a></li><li><a href="#b">The road</a></li></ul>` + pars, plain},
		{"a chapter that is called like a button", "<p>" + one + "</p><h2>Sign in</h2><p>" + two + "</p><p>" + three + "</p>", "P " + one + "\nH Sign in\nP " + two + "\nP " + three},
		{"what is not printed", "<p>" + one + `<sup class="noprint">[who says so?]</sup></p><p>` + two + "</p><p>" + three + "</p>", plain},
		{"an item of a word processor", pars + "<p class=MsoListParagraph><span>·<span>&nbsp;&nbsp;&nbsp; </span></span>Open on Mondays.</p>", plain + "\nI Open on Mondays."},
		{"labels", pars + "<div>Category: <a href='/c'>Mills</a></div><p>Hits: 12</p>", plain},
		{"a kind of text and a date", "<p>1 August 2020 | Press release</p>" + pars, "C 1 August 2020 | Press release\n" + plain},
		{"who and when", `<div class="post-meta"><a href="/ada">Ada Mill</a><time datetime="2020-02-03">Feb 3, 2020</time><span>2 min read</span></div>` + pars, "C Ada Mill · Feb 3, 2020 · 2 min read\n" + plain},
	} {
		page := `<html><head><title>The mill turns</title><meta name="author" content="Ada Mill"></head><body><main><h1>The mill turns</h1>` + c.body + "</main></body></html>"
		doc := mustRead(t, Input{Data: []byte(page), ContentType: "text/html"})
		got := strings.TrimPrefix(lines(doc), "H The mill turns\n")
		if c.want == "" && (strings.Contains(got, "inbox") || strings.Contains(got, "Mondays") || strings.Contains(got, "P Lars")) || c.want != "" && got != c.want {
			t.Errorf("%s:\n%s\nwant:\n%s", c.name, got, c.want)
		}
	}
}

// TestPageTitles: the title is the main heading of the article, not the site's name.
func TestPageTitles(t *testing.T) {
	for _, c := range []struct{ name, title, body string }{
		{"a sign behind it", "The mill turns — Valley handbook", "<h1>The mill turns<a href='#a'>¶</a></h1>"},
		{"the site's name is a heading, too", "The mill turns — Valley handbook", "<div><h1>Valley handbook</h1></div><h1>The mill turns</h1>"},
		{"the site's name is the main heading", "Valley handbook: The mill turns</title><meta property='og:title' content='The mill turns'>", "<h1>Valley handbook</h1><h3>The mill turns</h3>"},
		{"a paragraph that a word processor calls so", "Mill v3", "<p class='c1 title'>The mill turns</p>"},
		{"the window shows the site's name alone", "Valley handbook", "<main><h1>The mill turns</h1></main>"},
	} {
		doc := mustRead(t, Input{Data: []byte("<html><head><title>" + c.title + "</title></head><body>" + c.body + piers + "</body></html>"), ContentType: "text/html"})
		if doc.Title != "The mill turns" {
			t.Errorf("%s: %q", c.name, doc.Title)
		}
	}
}

// TestPageLeads: the line below the title is read, wherever it stands, and none is that only
// stands near it.
func TestPageLeads(t *testing.T) {
	const lead = "It stood idle for nineteen years"
	for name, c := range map[string]struct {
		head  string
		there bool
	}{
		"in a box of its own":  {"<div><div><h1>The mill turns</h1></div></div><div><p>" + lead + "</p></div>", true},
		"in the header":        {"<header><h1>The mill turns</h1><p>" + lead + "</p></header>", true},
		"behind two others":    {"<div><h1>The mill turns</h1><div>a</div><div>b</div><div>c</div><p>" + lead + "</p></div>", false},
		"in a list of stories": {"<div><h1>The mill turns</h1><ul><li><p>" + lead + "</p></li></ul></div>", false},
	} {
		page := "<html><head><title>The mill turns</title></head><body><article>" + c.head + `<div class="body">` + piers + "</div></article></body></html>"
		if got := mustRead(t, Input{Data: []byte(page), ContentType: "text/html"}).Text(); strings.Contains(got, lead) != c.there || strings.Count(got, lead) > 1 {
			t.Errorf("%s: there should be it: %v\n%s", name, c.there, got)
		}
	}
}

// TestPageDates: when a page was published, not when it was changed.
func TestPageDates(t *testing.T) {
	const linked = `<script type="application/ld+json">{"@graph":[{"@type":"MedicalWebPage","datePublished":"2020-02-03T10:00","author":[{"name":"Ada Mill"}],"publisher":{"name":"The Valley"}}]}</script>`
	for name, c := range map[string]struct{ page, want, author string }{
		"JSON-LD of a rare kind": {linked + piers, "2020-02-03", "Ada Mill"},
		"in words":               {`<meta name="date" content="3 February 2020">` + piers, "2020-02-03", ""},
		"above the text":         {`<time datetime="2020-02-03T10:00">3 Feb</time>` + piers, "2020-02-03", ""},
		"changed":                {`<p>Last updated <time datetime="2021-02-03">3 Feb</time></p>` + piers, "", ""},
		"of a comment":           {piers + `<time datetime="2021-02-03">3 Feb</time>`, "", ""},
		"marked so":              {piers + `<abbr class="published" title="2020-02-03T07:00">7 AM</abbr>`, "2020-02-03", ""},
	} {
		doc := mustRead(t, Input{Data: []byte("<html><head><title>The mill turns</title></head><body><article><h1>The mill turns</h1>" + c.page + "</article></body></html>"), ContentType: "text/html"})
		if doc.Published != c.want || doc.Author != c.author {
			t.Errorf("%s: %q by %q, want %q by %q", name, doc.Published, doc.Author, c.want, c.author)
		}
	}
}

// TestWalls: a page that withholds the rest of an article is refused, one that only speaks of
// signing in is not.
func TestWalls(t *testing.T) {
	const wall = "<p>Subscribe to continue reading. Already a subscriber?</p>"
	for name, c := range map[string]struct {
		body    string
		refused bool
	}{
		"at the end":              {piers + wall, true},
		"in a box":                {piers + `<div class="subscribe-box">` + wall + "</div>", true},
		"with a form":             {piers + `<div class="meter"><p>Log in to continue reading</p><form><input type="email"></form></div>`, true},
		"in the header":           {`<header><div class="subscribe">` + wall + "</div></header>" + piers, false},
		"a letter to subscribers": {piers + `<div class="newsletter"><p>Sign up for our letter on piers.</p><form><input type="email"></form></div>`, false},
		"help with signing in":    {"<p>Press the key and log in to continue.</p>" + piers, false},
	} {
		_, err := Read(context.Background(), Input{Data: []byte("<html><head><title>The pier</title></head><body><article><h1>The pier</h1>" + c.body + "</article></body></html>"), ContentType: "text/html"})
		if (err != nil) != c.refused {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// TestArticleOfLists: what a page calls its article is read, also where comments have more
// paragraphs.
func TestArticleOfLists(t *testing.T) {
	const item = "<li>The wheel of the mill turns again since Monday</li>"
	page := "<html><head><title>The mill turns</title></head><body><main><article><h1>The mill turns</h1><p>1 comment</p><ul>" + strings.Repeat(item, 12) +
		`</ul></article><div class="said">` + piers + "</div></main></body></html>"
	got := mustRead(t, Input{Data: []byte(page), ContentType: "text/html"}).Text()
	if !strings.Contains(got, "The wheel of the mill") || strings.Contains(got, "built of oak") {
		t.Error(got)
	}
}
