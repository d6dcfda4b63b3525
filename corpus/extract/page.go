package extract

import (
	"bytes"
	"cmp"
	"encoding/json"
	"errors"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"unicode"

	readability "codeberg.org/readeck/go-readability/v2"
	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// readPage reads a web page: the article in it, without what stands around it.
func readPage(in Input, text string) (*Document, error) {
	root, err := html.Parse(strings.NewReader(text))
	if err != nil {
		return nil, errors.New("its elements lie too deep in each other to be a page that somebody reads")
	}
	doc := &Document{}
	officeTitle(root)
	facts := pageFacts(root)
	doc.URL = facts.address(in.Address)
	base := in.Address
	if base == nil {
		base, _ = url.Parse(doc.URL)
	}
	facts.bare = facts.heads == 0 && outside(root) < shortPage/5
	facts.walled = prepare(root)
	below := leads(root)
	parser := readability.NewParser()
	found, err := parser.ParseDocument(root, base)
	if err == nil && found.Node != nil {
		for n := range found.Node.Descendants() {
			n.DataAtom = atom.Lookup([]byte(n.Data)) // readability renames elements without it
		}
		doc.articleOf(found.Node)
	}
	if n := articleNode(root); n != nil {
		called := &Document{}
		if called.articleOf(n); called.characters() >= shortPage && !doc.within(called) {
			doc.Blocks = called.Blocks
		}
	}
	if doc.characters() < shortPage {
		whole := &Document{}
		whole.articleOf(facts.body(root))
		if len(whole.Blocks) > 0 && (len(doc.Blocks) == 0 || !facts.framed) {
			doc.Blocks = whole.Blocks // too short for readability to find an article in it
		}
	}
	if err := doc.withAnswers(facts.pairs); err != nil {
		return nil, err
	}
	if doc.characters() < shortPage && facts.leads != "" {
		return nil, facts.led(base)
	}
	if err := facts.withheld(doc, text); err != nil {
		return nil, err
	}
	doc.Title = facts.title(found.Title())
	if facts.heads == 1 && len(doc.Blocks) > 0 && !slices.Contains(facts.under, doc.Title) && strings.EqualFold(doc.Blocks[0].Text, facts.heading) {
		doc.Title = facts.heading
	}
	doc.Author = facts.writers(properAuthor(author(found.Byline())))
	doc.Publisher = cmp.Or(found.SiteName(), facts.publisher)
	doc.Language = language(found.Language())
	if at, err := found.PublishedTime(); err == nil {
		doc.Published = at.Format("2006-01-02")
	} else {
		doc.Published = cmp.Or(facts.date, facts.shown)
	}
	doc.titled()
	doc.withLeads(below)
	return doc, nil
}

// articleOf appends the blocks of a node but those that are none of an article.
func (d *Document) articleOf(n *html.Node) {
	d.flowed(n)
	d.withoutTail()
	d.withoutInvitations()
	d.withoutLinksAround()
}

// articleNode is the element that a page calls its article: the one with the main heading in
// it, else the only one, or nil.
func articleNode(root *html.Node) *html.Node {
	var all []*html.Node
	for n := range root.Descendants() {
		if n.DataAtom != atom.Article || inside(n, atom.Article) {
			continue
		}
		if holds(n, atom.H1) {
			return n
		}
		all = append(all, n)
	}
	if len(all) != 1 {
		return nil
	}
	return all[0]
}

// within reports whether at least half of a text stands in another. Readability prefers
// paragraphs: of an article of lists it may find what readers say of it.
func (d *Document) within(o *Document) bool {
	text, there := o.Text(), 0
	for _, b := range d.Blocks {
		if strings.Contains(text, b.Text) {
			there += len(b.Text)
		}
	}
	return 2*there >= d.characters()
}

// officeTitle makes the main heading of what a word processor calls the title.
func officeTitle(root *html.Node) {
	var title *html.Node
	for n := range root.Descendants() {
		switch {
		case n.DataAtom == atom.H1:
			return
		case n.DataAtom == atom.P && title == nil && slices.ContainsFunc(strings.Fields(attribute(n, "class")), func(c string) bool { return c == "MsoTitle" || c == "title" }):
			title = n
		}
	}
	if title != nil {
		title.Data, title.DataAtom = "h1", atom.H1
	}
}

// withoutLinksAround takes away lines before and after the article that are nothing
// but a link, to a list, a version to print, the next page, and what heads such.
func (d *Document) withoutLinksAround() {
	around := func(b Block) bool { return b.link && !endsSentence(b.Text) }
	for len(d.Blocks) > 1 && around(d.Blocks[len(d.Blocks)-1]) {
		d.Blocks = d.Blocks[:len(d.Blocks)-1]
	}
	if n := len(d.Blocks); n > 1 && d.Blocks[n-1].Kind == Heading && d.Blocks[n-2].Kind != Heading {
		d.Blocks = d.Blocks[:n-1]
	}
	for len(d.Blocks) > 1 && around(d.Blocks[0]) {
		d.Blocks = d.Blocks[1:]
	}
}

var (
	// reactions head what readers say of an article: with how many there are, so that no
	// chapter is taken for them.
	reactions = regexp.MustCompile(`(?i)^(?:(?:comments|reactions|responses|replies|discussion) ?\([0-9]+\)|[0-9]+ (?:comments?|reactions?|responses?|replies|thoughts?)(?: (?:on|to|about) .*)?)$`)
	// aboutAuthor heads what a page says of whoever wrote the article.
	aboutAuthor = regexp.MustCompile(`(?i)^about the authors?:?$`)
)

const (
	// longestAuthor is how many blocks a page has at most on who wrote the article.
	longestAuthor = 3
	// leastBefore is how many bytes of text stand at least before what is said of it: the
	// number of comments may stand below the title, too.
	leastBefore = 150
	// longestHead is how many bytes the line has at most that heads what readers say.
	longestHead = 120
)

// withoutTail takes away what stands behind an article: what readers say of it, who wrote
// it, and what leads to others.
func (d *Document) withoutTail() {
	all, before := float64(d.characters()), 0
	for i, b := range d.Blocks {
		if before >= leastBefore && d.tail(i, 1-float64(before)/all) {
			d.Blocks = d.Blocks[:i]
			return
		}
		before += len(b.Text)
	}
}

// tail reports whether with a block begins what stands behind the article. rest is the share
// of the text that is left.
func (d *Document) tail(i int, rest float64) bool {
	b := d.Blocks[i]
	switch {
	case aboutAuthor.MatchString(b.Text):
		return len(d.Blocks)-i-1 <= longestAuthor
	case b.Kind == Heading && tailHead.MatchString(b.Text):
		return rest <= longestTail
	}
	return reactions.MatchString(b.Text) && len(b.Text) <= longestHead && !endsSentence(b.Text)
}

const (
	// shortPage is how many bytes of text an article has that readability finds with
	// certainty (its own threshold is 500 characters).
	shortPage = 500
	// wallWithin is in how many of the last blocks a page says that it withholds the rest.
	wallWithin = 3
	// teaser is how many bytes of text a page shows at most that withholds the rest.
	teaser = 2500
)

// facts are what a page tells beside its text.
type facts struct {
	canonical string
	shared    string // the address by which it is shared
	saved     string // the address that a browser noted when it saved the page
	date      string
	shown     string // the date that stands above the text
	began     bool   // the text has begun
	heading   string // the only h1
	heads     int    // how many h1 there are
	headings  []string
	under     []string // the texts of h2 and h3
	within    []string // of those that stand in what the page calls its article
	author    string   // as JSON-LD has it, like the next
	publisher string
	authors   []string // as metadata has them
	headed    bool     // the h1 stands in what the page calls its article
	called    bool     // its class calls it a title
	tab       string   // the title that a browser shows
	main      *html.Node
	framed    bool   // it has navigation, so not all of it is the article
	paid      bool   // it says that it is not free to read
	walled    bool   // so does what stands around the article
	bare      bool   // without a main heading, nothing is in it but what stands around an article
	scripts   int    // without those that hold data
	pairs     []pair // questions and answers, as JSON-LD has them
	password  bool
	leads     string // the address that a browser goes on to by itself
	bodyOf    *html.Node
}

func pageFacts(root *html.Node) facts {
	var f facts
	for n := range root.Descendants() {
		switch n.Type {
		case html.ElementNode:
			f.element(n)
		case html.CommentNode:
			if m := savedFrom.FindStringSubmatch(n.Data); m != nil {
				f.saved = cmp.Or(f.saved, m[1])
			}
		}
	}
	return f
}

// savedFrom is the comment in which a browser, or SingleFile, notes where it saved a page from.
var savedFrom = regexp.MustCompile(`^\s*(?:saved from url=\(\d+\)|Page saved with SingleFile\s+url:\s*)(https?://\S+)`)

// element takes what one element tells. Of several that tell the same thing the first
// counts.
func (f *facts) element(n *html.Node) {
	switch n.DataAtom {
	case atom.Link:
		if strings.EqualFold(attribute(n, "rel"), "canonical") {
			f.canonical = cmp.Or(f.canonical, attribute(n, "href"))
		}
	case atom.Meta:
		f.meta(n)
	case atom.H1:
		f.heads++
		f.heading = strings.TrimRight(oneLine(textOf(n)), "#¶§🔗 ")
		f.headings = append(f.headings, f.heading)
		f.headed = inside(n, atom.Main, atom.Article)
		f.called = strings.Contains(strings.ToLower(attribute(n, "class")), "title")
	case atom.H2, atom.H3:
		f.under = append(f.under, oneLine(textOf(n)))
		if inside(n, atom.Main, atom.Article) {
			f.within = append(f.within, oneLine(textOf(n)))
		}
	case atom.Title:
		f.tab = cmp.Or(f.tab, oneLine(textOf(n)))
	case atom.Main, atom.Article:
		f.main = cmp.Or(f.main, n)
	case atom.Nav, atom.Aside:
		f.framed = true
	case atom.Body:
		f.bodyOf = n
	case atom.Script:
		if attribute(n, "type") == "application/ld+json" {
			f.linkedData(textOf(n))
		} else {
			f.scripts++
		}
	case atom.Time, atom.Abbr:
		if f.shown != "" || n.Parent != nil && !longer(n.Parent, longestMeta) && changed.MatchString(textOf(n.Parent)) {
			return
		}
		if publication.MatchString(attribute(n, "class")+" "+attribute(n, "itemprop")) || n.DataAtom == atom.Time && !f.began {
			f.shown = cmp.Or(f.shown, isoDate.FindString(cmp.Or(attribute(n, "datetime"), attribute(n, "title"))))
		}
	case atom.P:
		f.began = f.began || longer(n, firstParagraph)
	case atom.Input:
		f.password = f.password || attribute(n, "type") == "password"
	}
}

func (f *facts) meta(n *html.Node) {
	if attribute(n, "property") == "og:url" {
		f.shared = cmp.Or(f.shared, attribute(n, "content"))
	}
	content := oneLine(attribute(n, "content"))
	if m := leadsOn.FindStringSubmatch(content); m != nil && strings.EqualFold(attribute(n, "http-equiv"), "refresh") {
		f.leads = cmp.Or(f.leads, m[1])
	}
	switch name := strings.ToLower(attribute(n, "name")); {
	case dateNames[name]:
		f.date = cmp.Or(f.date, isoDate.FindString(date(strings.ReplaceAll(content, "/", "-"))))
	case name == "author" || name == "citation_author" || name == "dc.creator" || name == "dcterms.creator":
		if who := firstLast(author(content)); who != "" && !slices.Contains(f.authors, who) {
			f.authors = append(f.authors, who)
		}
	case name == "citation_journal_title" || name == "dc.publisher" || name == "citation_publisher":
		f.publisher = cmp.Or(f.publisher, content)
	}
}

// leadsOn is where a page has a browser go, as it says in a refresh.
var leadsOn = regexp.MustCompile(`(?i)^\d*(?:\.\d*)?\s*[;,]\s*url\s*=\s*["']?([^"']+)`)

// led says that a page is none but leads to another. base is where it was read, or nil.
func (f *facts) led(base *url.URL) error {
	to := f.leads
	if u, err := url.Parse(to); err == nil && base != nil {
		to = base.ResolveReference(u).String()
	}
	return errors.New("the page only leads on to " + to + "; add that")
}

// writers are all that a page names as its authors, where those are more than the byline has.
func (f *facts) writers(byline string) string {
	for _, all := range []string{strings.Join(f.authors, ", "), properAuthor(author(f.author))} {
		if all != "" && strings.Contains(all, firstLast(byline)) {
			byline = all
		}
	}
	return byline
}

// publication marks the element that tells when a page was published.
var publication = regexp.MustCompile(`(?i)\b(?:published|datePublished|pubdate|entry-date)\b`)

// changed says that a date is of a later version.
var changed = regexp.MustCompile(`(?i)\b(?:updated|modified|edited|reviewed|changed)\b`)

// firstParagraph is how many bytes a paragraph has more than with which a text begins.
const firstParagraph = 80

// dateNames are of metadata with the date of publication.
var dateNames = map[string]bool{"date": true, "dc.date": true, "dc.date.issued": true, "dcterms.date": true, "dcterms.issued": true,
	"citation_publication_date": true, "citation_date": true, "publish-date": true, "publication_date": true, "pubdate": true}

// body is the element that holds a short page's text.
func (f facts) body(root *html.Node) *html.Node {
	switch {
	case f.main != nil:
		return f.main
	case f.bodyOf != nil:
		return f.bodyOf
	}
	return root
}

// address is the page's address by its own account, if that is one of the web, else
// the one it was read from, or from which a browser saved it.
func (f facts) address(from *url.URL) string {
	if saved, err := url.Parse(f.saved); from == nil && err == nil && saved.Host != "" {
		from = saved
	}
	own := cmp.Or(f.canonical, f.shared)
	if u, err := url.Parse(strings.TrimSpace(own)); err == nil && own != "" {
		if from != nil {
			u = from.ResolveReference(u)
		}
		if (u.Scheme == "http" || u.Scheme == "https") && u.Host != "" {
			return u.String()
		}
	}
	if from != nil {
		return from.String()
	}
	return ""
}

// title is the page's only main heading where that stands in its article, or the title that
// the page gives to browsers or to search engines is the same with the site's name, else the
// latter.
func (f facts) title(given string) string {
	given = oneLine(given)
	heading, low := strings.ToLower(f.heading), strings.ToLower(given)
	if slices.Contains(f.under, given) {
		return given // the main heading is the site's name
	}
	for _, h := range f.within {
		if f.heads != 1 || f.headed || heading == "" {
			break
		}
		rest, first := strings.CutPrefix(low, strings.ToLower(h))
		rest, last := strings.CutSuffix(rest, heading)
		if h != "" && first && last && !strings.ContainsFunc(rest, unicode.IsLetter) {
			return h // so it is, and the window shows both
		}
	}
	if f.heads == 1 && heading != "" && (f.headed || f.called || strings.Contains(low, heading) || strings.HasPrefix(heading, low) || strings.Contains(strings.ToLower(f.tab), heading)) {
		return f.heading
	}
	for _, h := range f.headings {
		if h != "" && strings.HasPrefix(low, strings.ToLower(h)) {
			return h // another is the site's name
		}
	}
	return given
}

var (
	walls = regexp.MustCompile(`(?i)subscribe to (?:continue|read|unlock)|subscribers? only|already a subscriber|for subscribers|create (?:a free )?account to (?:continue|read)|(?:sign|log) in to (?:continue|read)|(?:reached|read) your (?:last|limit of)? ?free articles?|to continue reading|this (?:article|content|story) is (?:reserved )?for (?:our )?(?:subscribers|members)|premium content`)
	empty = regexp.MustCompile(`(?i)(?:enable|requires?|needs?|turn on|activate|without) javascript|javascript (?:is )?(?:required|disabled|not enabled|to run this app)`)
	robot = regexp.MustCompile(`(?i)checking your browser|verify (?:that )?you are (?:a )?human|are you a robot|captcha|unusual traffic|just a moment\.\.\.`)
)

// withheld says why a page has no article that can be read.
func (f facts) withheld(doc *Document, page string) error {
	n := doc.characters()
	if n > teaser {
		return nil
	}
	text := doc.Text()
	switch {
	case n < shortPage && robot.MatchString(page):
		return errors.New("the site asks whether a person is reading; open the page in a browser, save it (Ctrl+S) and add that file")
	case f.paid || f.walled || walls.MatchString(doc.end()) || n < shortPage && walls.MatchString(page):
		return errors.New("the page shows the article only to subscribers or after a sign-in; open it in a browser where you may read it, save it (Ctrl+S) and add that file")
	case n < shortPage && f.password:
		return errors.New("the page is a sign-in; open the article in a browser, save it (Ctrl+S) and add that file")
	case n < shortPage && empty.MatchString(text), n < shortPage && f.bare && f.scripts > 0, n < shortPage/5 && f.scripts > 0:
		return errors.New("the page is empty without JavaScript; open it in a browser, save it (Ctrl+S, complete) and add that file")
	case n == 0:
		return errors.New("the page has no text")
	}
	return nil
}

// end is the text of the last blocks, where a page says that it withholds the rest: a page
// that helps people to sign in says so in other places.
func (d *Document) end() string {
	last := Document{Blocks: d.Blocks[max(0, len(d.Blocks)-wallWithin):]}
	return last.Text()
}

// linkedData takes from JSON-LD what readability does not: it knows few kinds of pages, and
// not whether they are free to read.
func (f *facts) linkedData(data string) {
	var value any
	if json.Unmarshal([]byte(data), &value) != nil {
		return
	}
	names := map[string]string{} // of what other things mean by its @id
	var look func(v any, depth int)
	look = func(v any, depth int) {
		switch v := v.(type) {
		case []any:
			for _, e := range v[:min(len(v), mostLinked)] {
				look(e, depth+1)
			}
		case map[string]any:
			if depth > maxLinked {
				return
			}
			switch free := v["isAccessibleForFree"].(type) {
			case bool:
				f.paid = f.paid || !free
			case string:
				f.paid = f.paid || strings.EqualFold(free, "false")
			}
			if isArticle(v["@type"]) {
				at, _ := v["datePublished"].(string)
				made, _ := v["dateCreated"].(string)
				f.date = cmp.Or(f.date, isoDate.FindString(date(at)), isoDate.FindString(date(made)))
				f.author = cmp.Or(f.author, nameIn(v["author"], names))
				f.publisher = cmp.Or(f.publisher, nameIn(v["publisher"], names))
			}
			if kinds, _ := json.Marshal(v["@type"]); bytes.Contains(kinds, []byte(`"FAQPage"`)) {
				f.pairs = append(f.pairs, jsonPairs(v, 0)...)
			}
			look(v["@graph"], depth+1)
			look(v["mainEntity"], depth+1)
		}
	}
	namesOf(value, names, 0)
	look(value, 0)
}

// namesOf gathers the names of things by their @id.
func namesOf(v any, names map[string]string, depth int) {
	switch v := v.(type) {
	case []any:
		for _, e := range v[:min(len(v), mostLinked)] {
			namesOf(e, names, depth+1)
		}
	case map[string]any:
		id, _ := v["@id"].(string)
		if name, ok := v["name"].(string); ok && id != "" {
			names[id] = name
		}
		for _, e := range v {
			if depth <= maxLinked {
				namesOf(e, names, depth+1)
			}
		}
	}
}

// article are the kinds of things in JSON-LD that are read as one.
var article = regexp.MustCompile(`(?:Article|Posting|Page|Report)$`)

// isArticle reports whether a kind in JSON-LD, or one of several, is read as an article.
func isArticle(kind any) bool {
	switch kind := kind.(type) {
	case string:
		return article.MatchString(kind)
	case []any:
		return slices.ContainsFunc(kind, isArticle)
	}
	return false
}

const (
	// maxLinked is how deep things in JSON-LD may lie in each other, and mostLinked how many
	// of a list are looked at.
	maxLinked  = 8
	mostLinked = 100
)

// nameIn is the name of somebody in JSON-LD, or the names of several; names has those of whom it
// tells elsewhere.
func nameIn(v any, names map[string]string) string {
	switch v := v.(type) {
	case string:
		return v
	case []any:
		var all []string
		for _, e := range v[:min(len(v), mostLinked)] {
			if name := nameIn(e, names); name != "" {
				all = append(all, name)
			}
		}
		return strings.Join(all, ", ")
	case map[string]any:
		name, _ := v["name"].(string)
		id, _ := v["@id"].(string)
		return cmp.Or(name, names[id])
	}
	return ""
}

var (
	byWord      = regexp.MustCompile(`(?i)^(?:by|written by|posted by|author:?|text:?)\s+`)
	afterByline = regexp.MustCompile(`\s*(?:[|·•\n]|\s[–—-]\s|,?\s+\d).*$`)
)

// author is a byline without "By" and what pages put after the name.
func author(byline string) string {
	byline = strings.TrimSpace(byline)
	byline = byWord.ReplaceAllString(byline, "")
	byline = oneLine(afterByline.ReplaceAllString(byline, ""))
	if strings.HasPrefix(byline, "http") || len(byline) > 120 {
		return ""
	}
	return byline
}

var languageTag = regexp.MustCompile(`^[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{2,8})*$`)

// language is a language tag as standards write it, or "".
func language(tag string) string {
	tag = strings.TrimSpace(tag)
	if !languageTag.MatchString(tag) {
		return ""
	}
	return strings.ReplaceAll(tag, "_", "-")
}

// textOf returns all text in a node.
func textOf(n *html.Node) string {
	var b bytes.Buffer
	for c := range n.Descendants() {
		if c.Type == html.TextNode {
			b.WriteString(c.Data)
		}
	}
	return b.String()
}
