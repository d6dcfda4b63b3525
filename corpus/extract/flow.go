package extract

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// flow makes blocks of the nodes of a page.
type flow struct {
	doc *Document
	// text is of the block that is being read, linked how many of its bytes are links.
	text   strings.Builder
	linked int
	links  int // elements that are links around the text being read
	quotes int // and those that are short quotations
	// bolds is how many elements around it are bold, and bold how many of its bytes are.
	bolds, bold int
	kinds       []Kind
	// credit says whose words the quotation being read is, where an element does.
	credit *html.Node
}

// flowed appends the blocks of a node and what is in it.
func (d *Document) flowed(n *html.Node) {
	f := &flow{doc: d}
	f.node(n)
	f.flush()
	d.Blocks = withTurns(d.Blocks, 0)
}

// left out, with all that is in them.
var unread = map[atom.Atom]bool{
	atom.Head: true, atom.Script: true, atom.Style: true, atom.Noscript: true, atom.Template: true, atom.Nav: true, atom.Button: true,
	atom.Select: true, atom.Textarea: true, atom.Input: true, atom.Svg: true, atom.Math: true, atom.Iframe: true, atom.Object: true,
	atom.Audio: true, atom.Video: true, atom.Canvas: true, atom.Dialog: true, atom.Datalist: true, atom.Meter: true, atom.Progress: true,
	atom.Map: true, atom.Rt: true, atom.Rp: true, atom.Noframes: true, atom.Noembed: true,
}

// blocks begin and end a paragraph.
var blocks = map[atom.Atom]bool{
	atom.P: true, atom.Div: true, atom.Section: true, atom.Article: true, atom.Main: true, atom.Header: true, atom.Footer: true, atom.Aside: true,
	atom.Ul: true, atom.Ol: true, atom.Dl: true, atom.Dd: true, atom.Table: true, atom.Thead: true, atom.Tbody: true, atom.Tfoot: true,
	atom.Form: true, atom.Fieldset: true, atom.Legend: true, atom.Figure: true, atom.Details: true, atom.Address: true, atom.Hr: true,
	atom.Body: true, atom.Center: true, atom.Pre: true, atom.Hgroup: true, atom.Menu: true,
}

// kindOf are elements whose text is of a kind.
var kindOf = map[atom.Atom]Kind{
	atom.H1: Heading, atom.H2: Heading, atom.H3: Heading, atom.H4: Heading, atom.H5: Heading, atom.H6: Heading,
	atom.Dt: Heading, atom.Summary: Heading, atom.Li: Item, atom.Blockquote: Quotation, atom.Figcaption: Caption, atom.Caption: Caption,
}

// node reads a node and what is in it. The parser lets no tree be deeper than 512.
func (f *flow) node(n *html.Node) {
	switch n.Type {
	case html.TextNode:
		f.write(n.Data)
		return
	case html.ElementNode:
		f.element(n)
		return
	case html.DocumentNode:
		f.children(n)
	}
}

func (f *flow) children(n *html.Node) {
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		f.node(c)
	}
}

func (f *flow) element(n *html.Node) {
	if unread[n.DataAtom] || hidden(n) || footnoteMark(n) || replaced(n) || n.DataAtom == atom.Footer && len(f.kinds) == 0 {
		return
	}
	kind, named := kindOf[n.DataAtom]
	if n.DataAtom == atom.Figure && !holds(n, atom.Blockquote, atom.Table, atom.Pre, atom.Ul, atom.Ol) {
		kind, named = Caption, true
	}
	switch {
	case n.DataAtom == atom.A && anchorSign.MatchString(textOf(n)):
	case n == f.credit:
		f.credited(n)
	case n.DataAtom == atom.Blockquote:
		f.quotation(n)
	case named:
		f.flush()
		f.kinds = append(f.kinds, kind)
		f.children(n)
		f.flush()
		f.kinds = f.kinds[:len(f.kinds)-1]
	case n.DataAtom == atom.Pre:
		f.preformatted(n)
	case n.DataAtom == atom.Tr:
		f.row(n)
	case blocks[n.DataAtom]:
		f.flush()
		f.children(n)
		f.flush()
	case n.DataAtom == atom.Br:
		f.lineBreak(n)
	case n.DataAtom == atom.A:
		f.links++
		f.children(n)
		f.links--
	case n.DataAtom == atom.B || n.DataAtom == atom.Strong:
		f.bolds++
		f.children(n)
		f.bolds--
	case n.DataAtom == atom.Q:
		begin, end := "“", "”" // as browsers show it
		if f.quotes%2 == 1 {
			begin, end = "‘", "’"
		}
		f.text.WriteString(begin)
		f.quotes++
		f.children(n)
		f.quotes--
		f.text.WriteString(end)
	case n.DataAtom == atom.Sup && power.MatchString(strings.TrimSpace(textOf(n))):
		f.text.WriteString(asPower(textOf(n)))
	case n.DataAtom == atom.Wbr:
	default:
		f.children(n)
	}
}

var (
	power  = regexp.MustCompile(`^[-−–+]?\d{1,3}$`)
	raised = strings.NewReplacer("0", "⁰", "1", "¹", "2", "²", "3", "³", "4", "⁴", "5", "⁵", "6", "⁶", "7", "⁷", "8", "⁸", "9", "⁹", "-", "⁻", "−", "⁻", "–", "⁻", "+", "⁺")
)

// asPower is raised text as it is written without markup: 10³ is not 103.
func asPower(text string) string {
	if number := strings.TrimSpace(text); power.MatchString(number) {
		return raised.Replace(number)
	}
	return text
}

// write appends text to the block that is being read.
func (f *flow) write(text string) {
	if f.links > 0 {
		f.linked += len(strings.TrimSpace(text))
	}
	if f.bolds > 0 {
		f.bold += letters(oneLine(text))
	}
	f.text.WriteString(text)
}

// allBold reports whether nothing of the text being read is not bold.
func (f *flow) allBold(text string) bool {
	return f.bold > 0 && f.bold >= letters(text)
}

// flush ends the block that is being read.
func (f *flow) flush() {
	text := oneLine(f.text.String())
	linked, bold := f.linked, f.allBold(text)
	f.text.Reset()
	f.linked, f.bold = 0, 0
	kind := Paragraph
	if mark := officeBullet.FindString(text); mark != "" {
		kind, text = Item, text[len(mark):]
	}
	for _, k := range f.kinds { // a caption in an item is a caption, an item in a quotation one of it
		kind = max(kind, k)
		if k == Caption || k == Heading {
			kind = k
			break
		}
	}
	if linked > 0 && len(text) <= longestMark && !strings.ContainsFunc(text, unicode.IsLetter) {
		return // the number of a note
	}
	if text == "" || kind != Heading && chrome(text, linked) { // "Sign in" may head a chapter
		return
	}
	before := len(f.doc.Blocks)
	f.doc.add(kind, text)
	if len(f.doc.Blocks) > before {
		f.doc.Blocks[before].link = linked*10 >= len(text)*9
		f.doc.Blocks[before].bold = bold
	}
}

// officeBullet begins an item of a list in the pages of word processors.
var officeBullet = regexp.MustCompile(`^[·•▪●§][ \x{a0}]{2,}`)

// longestMark is how many bytes the number of a note has at most.
const longestMark = 5

// lineBreak ends a paragraph where two breaks stand together, a sentence ends, or what stands
// before heads the rest: it is bold, or says who wrote it.
func (f *flow) lineBreak(n *html.Node) {
	next := n.NextSibling
	for next != nil && next.Type == html.TextNode && strings.TrimSpace(next.Data) == "" {
		next = next.NextSibling
	}
	double := next != nil && next.Type == html.ElementNode && next.DataAtom == atom.Br
	text := oneLine(f.text.String())
	if double || endsSentence(text) || f.allBold(text) || named.MatchString(text) {
		f.flush()
		return
	}
	f.text.WriteByte(' ')
}

// preformatted reads text whose lines are kept.
func (f *flow) preformatted(n *html.Node) {
	f.flush()
	f.children(n)
	lines := strings.Split(f.text.String(), "\n")
	f.text.Reset()
	for _, l := range lines {
		f.text.WriteString(l)
		f.flush()
	}
}

// cellWidth is how many characters a cell of data has at most. One with more, or
// with paragraphs of its own, is part of a page that is laid out as a table.
const cellWidth = 200

// row reads a row of a table: the cells on one line, or each a block of its own.
func (f *flow) row(n *html.Node) {
	f.flush()
	var cells []string
	linked := 0
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		if c.DataAtom != atom.Td && c.DataAtom != atom.Th {
			continue
		}
		before := len(f.doc.Blocks)
		f.children(c)
		text := oneLine(f.text.String())
		if added := f.doc.Blocks[before:]; text == "" && len(added) == 1 && added[0].Kind == Paragraph && len(added[0].Text) <= cellWidth {
			text = added[0].Text // a cell with one paragraph
			f.doc.Blocks = f.doc.Blocks[:before]
		}
		if len(f.doc.Blocks) > before || len(text) > cellWidth {
			f.flush()
			continue
		}
		if text != "" {
			cells = append(cells, text)
			linked += f.linked
		}
		f.text.Reset()
		f.linked, f.bold = 0, 0
	}
	f.text.WriteString(strings.Join(cells, " | "))
	f.linked = linked
	f.flush()
}

// quotation reads what a page sets off as quoted. Where the text around it says
// whose words they are, a colon before or a name after, and it has no quotation
// marks, it gets those that the page shows by setting it off.
func (f *flow) quotation(n *html.Node) {
	f.flush()
	from := len(f.doc.Blocks)
	f.kinds = append(f.kinds, Quotation)
	f.credit = creditIn(n)
	f.children(n)
	f.flush()
	if caption := captionOf(n); f.credit == nil && caption != nil {
		f.credited(caption)
		f.credit = caption // it is read
	}
	f.kinds = f.kinds[:len(f.kinds)-1]
	f.doc.markQuotation(from)
}

// credited reads an element that says whose words a quotation is, once, as a line that
// begins with a dash.
func (f *flow) credited(n *html.Node) {
	if len(f.kinds) == 0 {
		return // a caption that is read with its quotation
	}
	before := strings.TrimRight(f.text.String(), " \t\n—–-")
	f.text.Reset()
	f.text.WriteString(before)
	f.flush()
	from := len(f.doc.Blocks)
	f.children(n)
	f.flush()
	if len(f.doc.Blocks) > from && !creditLine.MatchString(f.doc.Blocks[from].Text) {
		f.doc.Blocks[from].Text = "— " + f.doc.Blocks[from].Text
	}
}

// creditIn returns the footer or the cite that ends a quotation, or nil. What ends a
// sentence of it, such as the title of a book, is none.
func creditIn(n *html.Node) *html.Node {
	before := ""
	for {
		last := n.LastChild
		for last != nil && (last.Type == html.CommentNode || last.Type == html.TextNode && strings.TrimSpace(last.Data) == "") {
			last = last.PrevSibling
		}
		if last == nil || last.Type != html.ElementNode {
			return nil
		}
		before = ""
		for c := n.FirstChild; c != last; c = c.NextSibling {
			if c.Type == html.TextNode {
				before += c.Data
			}
			before += textOf(c)
		}
		switch last.DataAtom {
		case atom.Footer:
			return last
		case atom.Cite:
			if before = strings.TrimRight(before, " \t\n—–-"); before == "" && n.DataAtom == atom.Blockquote || before != "" && !endsSentence(before) {
				return nil
			}
			return last
		case atom.P, atom.Div:
			n = last
		default:
			return nil
		}
	}
}

// captionOf returns the caption of a figure that is nothing but a quotation, or nil.
func captionOf(n *html.Node) *html.Node {
	if n.Parent == nil || n.Parent.DataAtom != atom.Figure {
		return nil
	}
	for c := n.NextSibling; c != nil; c = c.NextSibling {
		if c.DataAtom == atom.Figcaption {
			return c
		}
	}
	return nil
}

var creditLine = regexp.MustCompile(`^(?:—|–|―|--?)\s*\p{Lu}`)

// markQuotation puts quotation marks around the quoted blocks from an index on.
func (d *Document) markQuotation(from int) {
	quoted := d.Blocks[from:]
	for _, b := range quoted {
		if b.Kind != Quotation {
			return
		}
	}
	announced := from > 0 && strings.HasSuffix(d.Blocks[from-1].Text, ":") && d.Blocks[from-1].Kind == Paragraph
	credit := ""
	if n := len(quoted); n > 1 && creditLine.MatchString(quoted[n-1].Text) {
		credit = quoted[n-1].Text
		quoted = quoted[:n-1]
	}
	marked := len(quoted) > 0 && strings.ContainsAny(quoted[0].Text, quotationMarks)
	if len(quoted) == 0 || !announced && credit == "" || marked && !(credit != "" && betweenMarks(quoted)) {
		return
	}
	if !marked {
		mark(quoted)
	}
	if credit != "" {
		quoted[len(quoted)-1].Text += " " + credit
		d.Blocks = d.Blocks[:len(d.Blocks)-1]
	}
}

const quotationMarks = "“”\"«»„"

// betweenMarks reports whether quoted blocks have quotation marks around them.
func betweenMarks(quoted []Block) bool {
	first, _ := utf8.DecodeRuneInString(quoted[0].Text)
	last, _ := utf8.DecodeLastRuneInString(quoted[len(quoted)-1].Text)
	return strings.ContainsRune(quotationMarks, first) && strings.ContainsRune(quotationMarks, last)
}

// mark puts quotation marks around blocks. A paragraph of a longer quotation is closed by
// the last one.
func mark(quoted []Block) {
	for i := range quoted {
		quoted[i].Text = "“" + quoted[i].Text
	}
	quoted[len(quoted)-1].Text += "”"
}

// hidden reports whether a page does not show an element.
func hidden(n *html.Node) bool {
	for _, a := range n.Attr {
		switch a.Key {
		case "hidden":
			return a.Val != "until-found"
		case "style":
			style := strings.ReplaceAll(strings.ToLower(a.Val), " ", "")
			if strings.Contains(style, "display:none") || strings.Contains(style, "visibility:hidden") {
				return true
			}
		}
	}
	return false
}

// replaced reports whether an element is deleted text with what was put in its place beside it.
func replaced(n *html.Node) bool {
	if n.DataAtom != atom.Del {
		return false
	}
	for _, beside := range []func(*html.Node) *html.Node{func(n *html.Node) *html.Node { return n.PrevSibling }, func(n *html.Node) *html.Node { return n.NextSibling }} {
		o := beside(n)
		for o != nil && (o.Type == html.TextNode && strings.TrimSpace(o.Data) == "" || o.DataAtom == atom.Del) {
			o = beside(o)
		}
		if o != nil && o.DataAtom == atom.Ins {
			return true
		}
	}
	return false
}

// footnoteMark reports whether an element is a number or a sign that leads to a note.
func footnoteMark(n *html.Node) bool {
	if n.DataAtom != atom.Sup && !(n.DataAtom == atom.A && noteClass.MatchString(classes(n))) && attribute(n, "role") != "doc-noteref" && attribute(n, "role") != "doc-backlink" && attribute(n, "epub:type") != "noteref" {
		return false
	}
	linked := n.DataAtom == atom.A
	text := ""
	for c := range n.Descendants() {
		linked = linked || c.DataAtom == atom.A
		if c.Type == html.TextNode {
			text += c.Data
		}
	}
	return linked && utf8.RuneCountInString(strings.TrimSpace(text)) <= 5
}

// noteClass is a class of a link that leads to a note, or back.
var noteClass = regexp.MustCompile(`(?i)(?:^|[-_])(?:foot-?note|end-?note|note-?ref|fn)(?:$|[-_])`)

// attribute returns the value of an attribute, or "".
func attribute(n *html.Node, key string) string {
	for _, a := range n.Attr {
		if a.Key == key {
			return a.Val
		}
	}
	return ""
}

// chromeLines are whole lines that pages put into articles and that are none of them,
// in small letters without punctuation.
var chromeLines = set(`share|share this|share this article|share this story|share this page|share on facebook|share on twitter|share on x|share on linkedin|
	share via email|tweet|tweet this|email|e-mail|print|print this page|copy link|copy the link|link copied|save|save article|save this story|bookmark|
	read more|read next|read also|more on this story|more on this topic|related|related articles|related stories|related posts|related topics|you may also like|recommended|
	recommended reading|trending|most read|most popular|advertisement|ad|sponsored|sponsored content|promoted|continue reading|story continues below|
	article continues below|story continues below advertisement|article continues after advertisement|subscribe|subscribe now|sign up|sign in|log in|login|register|
	newsletter|sign up for our newsletter|subscribe to our newsletter|follow us|follow us on facebook|follow us on twitter|comments|leave a comment|add a comment|
	leave a reply|reply|view comments|show comments|back to top|top|skip to content|skip to main content|menu|search|home|next|previous|next article|
	previous article|accept|accept all|accept cookies|cookie settings|manage cookies|listen to this article|listen|play|close|loading|edit this page|edit|permalink|
	on this page|in this article|contents|table of contents|
	note|tip|hint|warning|important|caution|danger|attention`)

// chromeLinks begin lines that are nothing but links to other pages.
var chromeLinks = regexp.MustCompile(`(?i)^(?:[←→]|(?:read more|read also|also read|read next|read|see also|related|more|more on this|don['’]t miss|recommended|watch|listen|next|previous|»|«|tags?|topics?|filed under|posted in)\b)`)

func set(list string) map[string]bool {
	m := map[string]bool{}
	for _, s := range strings.Split(list, "|") {
		m[strings.TrimSpace(s)] = true
	}
	return m
}

// chrome reports whether a block is of the page and not of the article: a line that
// stands for a button, or one of links to other pages. linked is how many of its
// bytes are links.
func chrome(text string, linked int) bool {
	if len(text) > 300 {
		return false
	}
	low := strings.TrimFunc(strings.ToLower(text), func(r rune) bool { return !unicode.IsLetter(r) })
	return chromeLines[low] || linked*10 >= len(text)*6 && chromeLinks.MatchString(text)
}
