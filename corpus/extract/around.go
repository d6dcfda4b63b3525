package extract

import (
	"cmp"
	"regexp"
	"slices"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

var (
	// aroundClass is a class, or part of one, by which pages mark what is none of an article.
	aroundClass = regexp.MustCompile(`(?i)(?:^|[-_])(?:cookies?|consent|gdpr|newsletters?|signup|sign-up|subscri(?:be|ption)|related|relatedposts|recommend(?:ed|ations?)|` +
		`share|sharing|sharedaddy|author-?(?:bio|box|card)|about-?(?:the-)?author|adverts?|advertisement|ads?|ad-?(?:slot|unit)|sponsored|promo|taboola|outbrain|` +
		`breadcrumbs?|pagination|paginav|toc|table-of-contents|on-this-page|in-this-article|most-?(?:read|popular)|trending|tags|bookmark-card|` +
		`editsection|no-?print|print-none|hidden-print|screen-reader-text|sr-only|visually-hidden|` +
		`sitenotice|sitesub|hatnote|dablink|[acfot]?mbox|navbox|catlinks|sistersitebox|printfooter|authority-control|inline-template|cite-backlink|reflist|references)(?:$|[-_])`)
	// metaClass is a class of what stands below a title: who wrote it, when, how long it takes.
	metaClass = regexp.MustCompile(`(?i)(?:^|[-_])(?:byline|meta|author|posted-on|dateline|timestamp)(?:$|[-_])`)
	// anchorSign is all that a link has which leads to the heading it stands in.
	anchorSign = regexp.MustCompile(`^[#¶§^↑🔗\x{fe0e}\x{fe0f}\s]*$`)
)

const (
	// mostAround is the share of a page's text that an element has at most which its class
	// calls none of the article: a class may be of the whole page.
	mostAround = 0.25
	// longestMeta is how many bytes the line below a title has at most, and longestForm those
	// of a form with what invites to fill it in.
	longestMeta = 200
	longestBy   = 3 // "By", "Par", "Von" is not parted from the name
	longestForm = 400
)

// preparing is a page that is made ready to be read.
type preparing struct {
	most  int          // how many bytes an element has at most that may be taken away
	away  []*html.Node // what is none of the article
	apart []*html.Node // whose parts are to be set apart
}

// prepare takes out of a page what its markup says is none of the article, and lets be seen
// what a page shows at a click: that is the article's own. It reports whether what it takes
// out asks people to pay or to sign in before they read on.
func prepare(root *html.Node) (walled bool) {
	p := preparing{most: int(mostAround * float64(len(textOf(root))))}
	for n := range root.Descendants() {
		if n.Type == html.ElementNode {
			p.element(n)
		}
	}
	for _, n := range p.apart {
		if !longer(n, longestMeta) {
			setApart(n)
		}
	}
	for _, n := range p.away {
		if n.Parent != nil {
			walled = walled || !inside(n, atom.Header, atom.Nav) && !longer(n, longestForm) && toReadOn.MatchString(textOf(n))
			n.Parent.RemoveChild(n)
		}
	}
	return walled
}

// element notes what is to become of an element.
func (p *preparing) element(n *html.Node) {
	switch {
	case n.DataAtom == atom.Button:
		unfold(n)
	case contents(n):
		p.away = append(p.away, n)
		if before := elementBefore(n); before != nil && kindOf[before.DataAtom] == Heading {
			p.away = append(p.away, before)
		}
	case (around(n) || pageFooter(n)) && !longer(n, p.most), consent(n):
		p.away = append(p.away, n)
	case n.DataAtom == atom.Input && strings.EqualFold(attribute(n, "type"), "email"):
		if box := formOf(n); box != nil {
			p.away = append(p.away, box)
		}
	case n.DataAtom == atom.Time && n.Parent != nil && (len(p.apart) == 0 || p.apart[len(p.apart)-1] != n.Parent):
		p.apart = append(p.apart, n.Parent)
	case metaClass.MatchString(classes(n)):
		p.apart = append(p.apart, n)
	}
	if folded(n) {
		n.Attr = nil
	}
}

var (
	// consentName is what boxes are called that ask whether cookies may be set, also by those
	// that sell them.
	consentName = regexp.MustCompile(`(?i)cookie|consent|gdpr|ccpa|privacy|onetrust|didomi|usercentrics|truste|quantcast|(?:^|[-_])(?:qc-)?cmp|sp_message`)
	// consentWords are what such a box speaks of, and consentChoice is what its buttons say.
	consentWords  = regexp.MustCompile(`(?i)\bcookies?\b|\bconsent\b|\b(?:your|data) privacy\b|\bprivacy (?:policy|notice|choices|settings)\b|\bpersonal data\b|\blegitimate interests?\b|\bstore and/or access\b`)
	consentChoice = regexp.MustCompile(`(?i)^(?:(?:yes,? )?i (?:agree|accept|understand)|(?:alle )?(?:akzeptieren|zustimmen|ablehnen)|(?:tout )?(?:accepter|refuser)|aceptar|accetta|` +
		`(?:accept|agree|allow|reject|decline|refuse|deny|disagree|continue|essential|necessary|only|ok(?:ay)?|got it|manage|customi[sz]e|save|confirm|understood)\b)`)
)

const (
	// longestConsent is how many bytes such a box has at most, and longestChoice what a button
	// in it says. In so many bytes it speaks at least once of cookies, where its name tells what
	// it is, and where it does not.
	longestConsent = 4000
	longestChoice  = 40
	// mostInConsent is how many nodes it has at most, so that deep pages are read in time.
	mostInConsent = 2000
	namedConsent  = 400
	plainConsent  = 200
)

// consent reports whether an element asks whether cookies may be set, and does no more than
// that. It may be all that a page shows without JavaScript, so its share of the page tells
// nothing.
func consent(n *html.Node) bool {
	switch n.DataAtom {
	case atom.Div, atom.Aside, atom.Section, atom.Form, atom.Dialog, atom.Footer, atom.P:
	default:
		return false
	}
	nodes := 0
	for range n.Descendants() {
		if nodes++; nodes > mostInConsent {
			return false
		}
	}
	if longer(n, longestConsent) || holds(n, atom.H1, atom.Main, atom.Article) {
		return false
	}
	text, seldom := oneLine(textOf(n)), plainConsent
	role := attribute(n, "role")
	if n.DataAtom == atom.Dialog || role == "dialog" || role == "alertdialog" || consentName.MatchString(classes(n)+"--"+attribute(n, "id")+"--"+attribute(n, "aria-label")) {
		seldom = namedConsent
	}
	if len(text) > seldom*len(consentWords.FindAllString(text, -1)) {
		return false
	}
	for c := range n.Descendants() {
		chooses := c.DataAtom == atom.Button || c.DataAtom == atom.A || c.DataAtom == atom.Input || attribute(c, "role") == "button"
		if text := oneLine(cmp.Or(textOf(c), attribute(c, "value"))); chooses && len(text) <= longestChoice && consentChoice.MatchString(text) {
			return true
		}
	}
	return false
}

// outside counts the bytes of text in a node that stand in nothing that calls itself none of the
// article.
func outside(n *html.Node) int {
	switch {
	case n.Type == html.TextNode:
		return len(strings.TrimSpace(n.Data))
	case n.Type == html.ElementNode && (notShown[n.DataAtom] || around(n) || pageFooter(n) || consent(n)):
		return 0
	}
	sum := 0
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		sum += outside(c)
	}
	return sum
}

// notShown are elements that are no text of a page.
var notShown = map[atom.Atom]bool{atom.Head: true, atom.Script: true, atom.Style: true, atom.Noscript: true, atom.Template: true, atom.Nav: true, atom.Button: true}

// unfold makes text of a button that is a question, or stands in a heading: at a click it
// shows the answer.
func unfold(n *html.Node) {
	switch {
	case inside(n, atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6, atom.Dt, atom.Summary):
		n.Data, n.DataAtom = "span", atom.Span
	case (attribute(n, "aria-expanded") != "" || unfolds.MatchString(classes(n))) && strings.HasSuffix(oneLine(textOf(n)), "?"):
		n.Data, n.DataAtom = "h3", atom.H3
	}
}

// unfolds is a class, or part of one, of a button that shows an answer.
var unfolds = regexp.MustCompile(`(?i)accordion|collaps|expand|toggle|unfold|faq|question`)

// toReadOn asks people to pay or to sign in before they read on.
var toReadOn = regexp.MustCompile(`(?i)(?:subscribe|register|(?:sign|log) in|join|create (?:a free )?account) (?:now )?to (?:continue|read on|unlock|keep reading)|\bto continue reading\b|this (?:article|content|story) is (?:reserved )?for (?:our )?(?:subscribers|members)`)

// leads are the lines below the title of an article that readability leaves out where they
// stand in a header.
func leads(root *html.Node) []Block {
	var title *html.Node
	for n := range root.Descendants() {
		if n.DataAtom == atom.H1 {
			if title != nil {
				return nil
			}
			title = n
		}
	}
	if title == nil {
		return nil
	}
	for title.Parent != nil && oneLine(textOf(title.Parent)) == oneLine(textOf(title)) {
		title = title.Parent
	}
	var out []Block
	beside := 0
	for n := title.NextSibling; n != nil && beside < mostLeads; n = n.NextSibling {
		if n.Type != html.ElementNode {
			continue
		}
		if beside++; longer(n, longestLead) || metaClass.MatchString(classes(n)) {
			break
		}
		line := &Document{}
		if line.flowed(n); !oneParagraph(n) || len(line.Blocks) != 1 || line.Blocks[0].Kind != Paragraph {
			continue
		}
		if text := line.Blocks[0].Text; len(strings.Fields(text)) >= fewestLead && !writtenDate.MatchString(text) && !named.MatchString(text) {
			out = append(out, Block{Text: text})
		}
	}
	return out
}

// oneParagraph reports whether an element is one paragraph, or a box around it.
func oneParagraph(n *html.Node) bool {
	if n.DataAtom == atom.P {
		return !holds(n, atom.Br)
	}
	for c := range n.Descendants() {
		if c.DataAtom == atom.P {
			return n.DataAtom == atom.Div && !holds(c, atom.Br) && oneLine(textOf(c)) == oneLine(textOf(n))
		}
	}
	return false
}

const (
	// mostLeads is how many elements beside the title may hold such lines, longestLead how
	// many bytes one has at most, and fewestLead how many words at least.
	mostLeads   = 3
	longestLead = 300
	fewestLead  = 4
)

// withLeads puts lines behind the title that are not there.
func (d *Document) withLeads(leads []Block) {
	if len(d.Blocks) == 0 || d.Blocks[0].Kind != Heading {
		return
	}
	text := d.Text()
	leads = slices.DeleteFunc(leads, func(b Block) bool { return strings.Contains(text, withoutClock(b.Text)) })
	d.Blocks = slices.Insert(d.Blocks, 1, leads...)
}

// classes are what an element is called, as one pattern can be held against it: with hyphens
// between.
func classes(n *html.Node) string {
	return strings.Join(strings.Fields(attribute(n, "class")+" "+attribute(n, "data-component")+" "+attribute(n, "data-testid")), "--")
}

// around reports whether an element calls itself something that is none of the article. What
// holds the title is not that; the names of sections are made of their headings.
func around(n *html.Node) bool {
	switch n.DataAtom {
	case atom.Div, atom.Aside, atom.Section, atom.Ul, atom.Ol, atom.Table, atom.Figure, atom.P, atom.Span, atom.Sup, atom.Header, atom.Footer:
	default:
		if !strings.HasPrefix(n.Data, "amp-") {
			return false
		}
	}
	name := classes(n)
	if n.DataAtom == atom.Div && !strings.Contains(name, "section") {
		name += "--" + attribute(n, "id")
	}
	return (aroundClass.MatchString(name) || aroundClass.MatchString(n.Data)) && !holds(n, atom.H1, atom.Main)
}

// pageFooter reports whether an element is the footer of the whole page.
func pageFooter(n *html.Node) bool {
	return n.DataAtom == atom.Footer && n.Parent != nil && (n.Parent.DataAtom == atom.Body || n.Parent.DataAtom == atom.Div && !inside(n, atom.Article, atom.Main, atom.Blockquote, atom.Figure))
}

// contents reports whether a list leads to the parts of the page itself.
func contents(n *html.Node) bool {
	if n.DataAtom != atom.Ul && n.DataAtom != atom.Ol {
		return false
	}
	linked, links := 0, 0
	for c := range n.Descendants() {
		if c.DataAtom == atom.A {
			if !strings.HasPrefix(attribute(c, "href"), "#") {
				return false
			}
			linked += letters(oneLine(textOf(c)))
			links++
		}
	}
	return links > 1 && linked >= letters(oneLine(textOf(n)))
}

// inside reports whether an element is in one of these kinds.
func inside(n *html.Node, kinds ...atom.Atom) bool {
	for p := n.Parent; p != nil; p = p.Parent {
		if slices.Contains(kinds, p.DataAtom) {
			return true
		}
	}
	return false
}

// longer reports whether the text in a node has more than so many bytes.
func longer(n *html.Node, most int) bool {
	for c := range n.Descendants() {
		if c.Type == html.TextNode {
			if most -= len(c.Data); most < 0 {
				return true
			}
		}
	}
	return false
}

// holds reports whether an element of one of these kinds is in another.
func holds(n *html.Node, kinds ...atom.Atom) bool {
	for c := range n.Descendants() {
		if c.DataAtom != 0 && slices.Contains(kinds, c.DataAtom) {
			return true
		}
	}
	return false
}

// formOf is the largest box around a field of a form that holds little else.
func formOf(n *html.Node) *html.Node {
	var box *html.Node
	for p := n.Parent; p != nil && !longer(p, longestForm) && !holds(p, atom.H1); p = p.Parent {
		switch p.DataAtom {
		case atom.Form, atom.Div, atom.Section, atom.Aside:
			box = p
		case atom.Article, atom.Main, atom.Body:
			return box
		}
	}
	return box
}

// setApart puts signs between the parts of the line below a title, which pages part by their
// style alone.
func setApart(n *html.Node) {
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		if next := c.NextSibling; next != nil && c.Type == html.ElementNode && next.Type == html.ElementNode && len(oneLine(textOf(c))) > longestBy {
			n.InsertBefore(&html.Node{Type: html.TextNode, Data: " · "}, next)
		}
		setApart(c)
	}
}

// elementBefore is the element before a node, of those in the same one, or nil.
func elementBefore(n *html.Node) *html.Node {
	before := n.PrevSibling
	for before != nil && before.Type != html.ElementNode {
		before = before.PrevSibling
	}
	return before
}

// folded reports whether an element is shown at a click on the heading before it.
func folded(n *html.Node) bool {
	if attribute(n, "aria-hidden") != "true" && !hidden(n) || attribute(n, "role") == "dialog" {
		return false
	}
	before := elementBefore(n)
	if before == nil || n.Data == "svg" || strings.TrimSpace(textOf(n)) == "" {
		return false
	}
	if n.DataAtom == atom.Div && before.DataAtom == atom.Div && strings.HasSuffix(oneLine(textOf(before)), "?") && !longer(before, longestMeta) && !holds(before, atom.P, atom.Div) {
		before.Data, before.DataAtom = "h3", atom.H3
	}
	heads := kindOf[before.DataAtom] == Heading || before.DataAtom == atom.Button || holds(before, atom.Button, atom.H2, atom.H3, atom.H4) // a button may be a heading by now
	return heads && strings.HasSuffix(oneLine(textOf(before)), "?")
}

var (
	// tailHead heads what stands behind an article and leads to others.
	tailHead = regexp.MustCompile(`(?i)^(?:more (?:on this (?:story|topic)|stories|news|from .{1,60})|(?:top|latest|other) (?:stories|news)|related (?:articles?|stories|posts?|content|news|topics|coverage|reading)|related|` +
		`also from this source|latest posts|most (?:read|popular)|trending(?: now)?|you (?:may|might) also (?:like|enjoy)|recommended(?: for you| reading| stories)?|keep reading|read more|read next|up next|` +
		`updates to this page|share this(?: page| article| story)?:?|written by .{1,60}|member discussion|discussion about this post|comments|leave a (?:comment|reply)|was this (?:article|page) helpful\??|is this page useful\??)$`)
	// invitation is a line that asks readers to follow, to sign up or to pass the page on, or
	// that says whose the page is.
	invitation = regexp.MustCompile(`(?i)^(?:follow .{1,60} on (?:facebook|twitter|x|instagram|linkedin|bluesky|mastodon|threads|youtube|tiktok)\b|(?:sign up|subscribe)\b.*\b(?:newsletters?|inbox|channel|podcast)\b|` +
		`thank(?:s| you) for reading\b|join (?:over |more than )?[\d,.]+[km]?\+? (?:readers|subscribers|others|people who)\b|click to (?:share|email|print)\b|get .{1,80} (?:in|into|to|delivered to) your inbox\b|never miss (?:a|an) (?:story|post|update)\b|` +
		`(?:copyright(?: ©| \(c\))?|©|\(c\)) ?\d{4}\b|.{0,60}\ball rights reserved\.?$|was this (?:article|page|answer) helpful\b|view (?:this )?(?:e-?mail|message|newsletter)? ?in (?:your|a) (?:web )?browser|you(?:’re|'re| are)? (?:receive|receiving|received) this (?:e-?mail|message|newsletter) because\b|unsubscribe\b|(?:\[?(?:caution|warning|external|attention)\]?\W+)+(?:this )?(?:e-?mail|message|sender)\b.{0,40}\b(?:outside|external)\b|` +
		`this (?:e-?mail|message)(?: \(?(?:and|including) any .{1,40})? (?:is|are|may be|(?:may )?contains?) .{0,60}\b(?:confidential|privileged)\b|(?:categor(?:y|ies)|tags?|labels?|filed under|posted in|hits|views)\s?: .{1,80}$|powered by \S+$|\d+ min(?:ute)?s? read$)`)
)

// owner is a line that says whose a text is.
var owner = regexp.MustCompile(`(?i)^(?:copyright|©|\(c\))|all rights reserved`)

const (
	// longestTail is the share of a page's text that stands at most behind a heading which
	// leads to other pages.
	longestTail = 0.34
	// longestInvitation is how many bytes such a line has at most.
	longestInvitation = 250
	// ownerWithin is among how many of the last lines a page says whose it is.
	ownerWithin = 5
)

// withoutInvitations takes away lines that ask readers for something, headings of what a page
// has around its article, and lists inside it that are nothing but links, unless what stands
// before announces them.
func (d *Document) withoutInvitations() {
	kept := d.Blocks[:0:0]
	for i, b := range d.Blocks {
		switch {
		case b.Kind == Heading && chrome(b.Text, 0) && (i+1 == len(d.Blocks) || d.Blocks[i+1].Kind == Heading || d.Blocks[i+1].link):
		case i < len(d.Blocks)-ownerWithin && owner.MatchString(b.Text):
			kept = append(kept, b) // of something that the text is about
		case len(b.Text) <= longestInvitation && b.Kind != Item && b.Kind != Turn && invitation.MatchString(b.Text):
		case b.Kind == Item && b.link && onlyLinks(d.Blocks, i) && len(kept) > 0 && kept[len(kept)-1].Kind != Heading && !strings.HasSuffix(kept[len(kept)-1].Text, ":") && kept[len(kept)-1].Kind != Item:
		default:
			kept = append(kept, b)
		}
	}
	d.Blocks = kept
}

// onlyLinks reports whether all items of the list around one are links that end no sentence.
func onlyLinks(blocks []Block, i int) bool {
	from, to := i, i+1
	for from > 0 && blocks[from-1].Kind == Item {
		from--
	}
	for to < len(blocks) && blocks[to].Kind == Item {
		to++
	}
	for _, b := range blocks[from:to] {
		if !b.link || endsSentence(b.Text) {
			return false
		}
	}
	return true
}
