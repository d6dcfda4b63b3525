package extract

import (
	"encoding/xml"
	"slices"
	"strconv"
	"strings"
)

// textDocument makes blocks of the paragraphs of a word processor, as the elements
// of its XML begin and end.
type textDocument struct {
	doc   *Document
	open  []*paragraph // a text box is a paragraph inside another
	cells [][]Block    // of the row that is being read; nil outside tables
	rows  int          // how many rows are open: a table may lie in a cell
	bold  bool         // what is being read is set in bold
	high  bool         // and raised
}

// paragraph is one that is being read.
type paragraph struct {
	kind  Kind
	title bool // the title of the document
	drop  bool
	text  strings.Builder
	bold  int // how many bytes of the text are bold, without blanks
}

// allBold reports whether nothing of a paragraph is not bold.
func (p *paragraph) allBold() bool {
	return p.bold > 0 && p.bold >= letters(p.text.String())
}

// letters counts the bytes of a text without its blanks.
func letters(s string) int { return len(s) - strings.Count(s, " ") }

func (t *textDocument) begin() *paragraph {
	p := &paragraph{}
	t.open = append(t.open, p)
	return p
}

// current is the paragraph that is being read, or nil.
func (t *textDocument) current() *paragraph {
	if len(t.open) == 0 {
		return nil
	}
	return t.open[len(t.open)-1]
}

func (t *textDocument) write(s string) {
	p := t.current()
	if p == nil {
		return
	}
	if t.bold {
		p.bold += letters(s)
	}
	if t.high {
		s = asPower(s)
	}
	p.text.WriteString(s)
}

// lineBreak ends a line of a paragraph: a paragraph of its own where a sentence ends, or
// where the line heads the next by being bold or says who wrote the document.
func (t *textDocument) lineBreak() {
	p := t.current()
	if p == nil {
		return
	}
	if text := p.text.String(); endsSentence(text) || p.allBold() || named.MatchString(oneLine(text)) {
		t.add(p, text)
		p.text.Reset()
		p.bold = 0
		return
	}
	p.text.WriteByte(' ')
}

func (t *textDocument) end() {
	p := t.current()
	if p == nil {
		return
	}
	t.open = t.open[:len(t.open)-1]
	t.add(p, p.text.String())
}

func (t *textDocument) add(p *paragraph, text string) {
	if p.drop {
		return
	}
	if p.title && t.doc.Title == "" {
		t.doc.Title = oneLine(text)
	}
	if len(t.cells) > 0 {
		part := Document{}
		part.add(p.kind, text)
		last := len(t.cells) - 1
		t.cells[last] = append(t.cells[last], part.Blocks...)
		return
	}
	before := len(t.doc.Blocks)
	t.doc.add(p.kind, text)
	if len(t.doc.Blocks) > before {
		t.doc.Blocks[before].bold = p.allBold()
	}
}

func (t *textDocument) beginRow() {
	if t.rows++; t.rows == 1 {
		t.cells = nil
	}
}

func (t *textDocument) beginCell() {
	if t.rows == 1 {
		t.cells = append(t.cells, nil)
	}
}

// endRow makes one line of a row of data, and blocks of one that lays out text.
func (t *textDocument) endRow() {
	if t.rows--; t.rows != 0 {
		return
	}
	cells := t.cells
	t.cells = nil
	data := !slices.ContainsFunc(cells, func(c []Block) bool { return len(c) > 1 || len(c) == 1 && len(c[0].Text) > cellWidth })
	var row []string
	for _, cell := range cells {
		for _, b := range cell {
			if data {
				row = append(row, b.Text)
			} else {
				t.doc.Blocks = append(t.doc.Blocks, b)
			}
		}
	}
	t.doc.add(Paragraph, strings.Join(row, " | "))
}

// finish marks what the whole document tells: turns, quotations, the title.
func (t *textDocument) finish() {
	d := t.doc
	all := d.Blocks
	d.Blocks = nil
	quotation := -1
	for _, b := range all {
		switch {
		case b.Kind == Quotation && quotation < 0:
			quotation = len(d.Blocks)
		case b.Kind != Quotation && quotation >= 0:
			d.markQuotation(quotation)
			quotation = -1
		}
		d.Blocks = append(d.Blocks, b)
	}
	if quotation >= 0 {
		d.markQuotation(quotation)
	}
	d.Blocks = withTurns(d.Blocks, 0)
	d.Blocks = slices.CompactFunc(d.Blocks, func(a, b Block) bool { return a.Kind == Heading && a == b })
	d.titleLine()
}

// styled gives a paragraph what the name of its style says.
func (p *paragraph) styled(name string) {
	name = strings.ToLower(strings.ReplaceAll(name, "_20_", " "))
	switch {
	case name == "title":
		p.kind, p.title = Heading, true
	case strings.HasPrefix(name, "toc ") || strings.HasPrefix(name, "contents ") || name == "toc heading" || name == "header" || name == "footer":
		p.drop = true
	case strings.HasPrefix(name, "heading") || name == "subtitle":
		p.kind = Heading
	case name == "quote" || name == "intense quote" || name == "quotations" || name == "block text":
		p.kind = Quotation
	case name == "caption" || strings.HasSuffix(name, " caption") || slices.Contains([]string{"illustration", "figure", "drawing", "table"}, name):
		p.kind = Caption
	case strings.HasPrefix(name, "list bullet") || strings.HasPrefix(name, "list number"):
		p.kind = Item
	}
}

// style is one of a word processor's, with the one that it is made of.
type style struct {
	name, parent string
	bold, high   bool
}

// nameOf returns the first name of a style, or of those that it is made of, that
// tells what a paragraph is. Styles that are made of each other end the search.
func nameOf(styles map[string]style, id string) string {
	for range 20 {
		s, ok := styles[id]
		if !ok {
			return id
		}
		var p paragraph
		if p.styled(s.name); p.kind != Paragraph || p.drop {
			return s.name
		}
		if s.parent == "" {
			return s.name
		}
		id = s.parent
	}
	return ""
}

// readDOCX reads a document of Word.
func readDOCX(in Input, _ string) (*Document, error) {
	a, err := openArchive(in.Data)
	if err != nil {
		return nil, err
	}
	styles := map[string]style{}
	data, err := a.read("word/styles.xml")
	if err != nil {
		return nil, err
	}
	if err := walkXML(data, docxStyles(styles), nil, nil); err != nil {
		return nil, err
	}
	if data, err = a.read("word/document.xml"); err != nil {
		return nil, err
	}
	r := docxReader{textDocument: textDocument{doc: &Document{}}, styles: styles}
	if err := walkXML(data, r.start, r.ended, r.chars); err != nil {
		return nil, err
	}
	r.finish()
	if data, err = a.read("docProps/core.xml"); err != nil {
		return nil, err
	}
	r.doc.described(properties(data))
	return r.doc, nil
}

// described takes what the properties of a document tell and its text does not.
func (d *Document) described(p map[string]string) {
	if d.Title == "" {
		d.Title = properTitle(p["title"])
	}
	for _, name := range []string{"creator", "initial-creator"} {
		if d.Author == "" {
			d.Author = properAuthor(p[name])
		}
	}
	d.Language = language(p["language"])
}

// properTitle is a title that somebody gave, not one that a program made.
func properTitle(s string) string {
	low := strings.ToLower(s)
	if strings.HasPrefix(low, "microsoft word") || strings.HasPrefix(low, "untitled") || strings.HasPrefix(low, "document") && len(low) < 12 || Known(s) || strings.HasSuffix(low, ".doc") {
		return ""
	}
	return s
}

// properAuthor is an author's name, not the name of a program or of an account.
func properAuthor(s string) string {
	low := strings.ToLower(s)
	for _, account := range []string{"admin", "administrator", "user", "owner", "microsoft office user", "super user", "python-docx", "unknown", "author", "root", "anonymous", "(anonymous)", "unspecified", "(unspecified)"} {
		if low == account {
			return ""
		}
	}
	return s
}

// docxStyles collects the styles of a document.
func docxStyles(styles map[string]style) func(string, []xml.Attr) bool {
	id := ""
	return func(name string, attributes []xml.Attr) bool {
		s := styles[id]
		switch name {
		case "style":
			id = value(attributes, "styleId")
			return true
		case "name":
			s.name = value(attributes, "val")
		case "basedOn":
			s.parent = value(attributes, "val")
		default:
			return true
		}
		if id != "" {
			styles[id] = s
		}
		return true
	}
}

type docxReader struct {
	textDocument
	styles map[string]style
	inText bool
	hidden bool // the run is not shown
}

func (r *docxReader) start(name string, attributes []xml.Attr) bool {
	switch name {
	case "Fallback", "moveFrom", "rt", "instrText", "delText":
		return false
	case "p":
		r.begin()
	case "r":
		r.hidden, r.bold, r.high = false, false, false
	case "vertAlign":
		r.high = value(attributes, "val") == "superscript"
	case "b":
		r.bold = value(attributes, "val") != "0" && value(attributes, "val") != "false"
	case "vanish":
		r.hidden = value(attributes, "val") != "0" && value(attributes, "val") != "false"
	case "t":
		r.inText = true
	case "tab":
		r.space(" ")
	case "br", "cr":
		if value(attributes, "type") == "" {
			r.lineBreak()
		}
	case "noBreakHyphen":
		r.space("-")
	case "tr":
		r.beginRow()
	case "tc":
		r.beginCell()
	default:
		r.property(name, attributes)
	}
	return true
}

// property reads what a paragraph's properties say.
func (r *docxReader) property(name string, attributes []xml.Attr) {
	p := r.current()
	if p == nil {
		return
	}
	switch name {
	case "pStyle":
		p.styled(nameOf(r.styles, value(attributes, "val")))
	case "outlineLvl":
		if n, err := strconv.Atoi(value(attributes, "val")); err == nil && n < 9 {
			p.kind = Heading
		}
	case "numPr":
		if p.kind == Paragraph {
			p.kind = Item
		}
	}
}

func (r *docxReader) space(s string) {
	if !r.hidden {
		r.write(s)
	}
}

func (r *docxReader) chars(s string) {
	if r.inText && !r.hidden {
		r.write(s)
	}
}

func (r *docxReader) ended(name string) {
	switch name {
	case "p":
		r.textDocument.end()
	case "t":
		r.inText = false
	case "tr":
		r.endRow()
	}
}

// readODT reads a document of OpenDocument.
func readODT(in Input, _ string) (*Document, error) {
	a, err := openArchive(in.Data)
	if err != nil {
		return nil, err
	}
	manifest, err := a.read("META-INF/manifest.xml")
	if err != nil {
		return nil, err
	}
	if strings.Contains(string(manifest), "encryption-data") {
		return nil, errEncrypted
	}
	r := odtReader{textDocument: textDocument{doc: &Document{}}, styles: map[string]style{}}
	common, err := a.read("styles.xml")
	if err != nil {
		return nil, err
	}
	if err := walkXML(common, r.style, nil, nil); err != nil {
		return nil, err
	}
	content, err := a.read("content.xml")
	if err != nil {
		return nil, err
	}
	if err := walkXML(content, r.start, r.ended, r.write); err != nil {
		return nil, err
	}
	r.finish()
	meta, err := a.read("meta.xml")
	if err != nil {
		return nil, err
	}
	r.doc.described(properties(meta))
	return r.doc, nil
}

type odtReader struct {
	textDocument
	styles map[string]style
	naming string  // the style that is being read
	lists  int     // how many lists are open
	spans  []style // what the text was like before those that are open
}

// style collects the styles.
func (r *odtReader) style(name string, attributes []xml.Attr) bool {
	switch name {
	case "style":
		r.naming = value(attributes, "name")
		r.styles[r.naming] = style{name: r.naming, parent: value(attributes, "parent-style-name")}
	case "text-properties":
		if s, ok := r.styles[r.naming]; ok {
			position := value(attributes, "text-position") // "super 58%", "33% 58%", "-33% 58%"
			s.bold = s.bold || value(attributes, "font-weight") == "bold"
			s.high = s.high || position != "" && !strings.HasPrefix(position, "sub") && !strings.HasPrefix(position, "-") && !strings.HasPrefix(position, "0")
			r.styles[r.naming] = s
		}
	}
	return true
}

func (r *odtReader) start(name string, attributes []xml.Attr) bool {
	switch name {
	case "note", "annotation", "tracked-changes", "ruby-text", "forms", "table-of-content", "illustration-index", "table-index",
		"alphabetical-index", "object-index", "user-index", "bibliography", "desc", "title", "sequence-decls":
		return false
	case "style", "text-properties":
		return r.style(name, attributes)
	case "span":
		r.spans = append(r.spans, style{bold: r.bold, high: r.high})
		of := r.styles[value(attributes, "style-name")]
		r.bold, r.high = r.bold || of.bold, r.high || of.high
	case "h":
		r.begin().kind = Heading
	case "p":
		p := r.begin()
		if r.lists > 0 {
			p.kind = Item
		}
		p.styled(nameOf(r.styles, value(attributes, "style-name")))
		r.bold = r.styles[value(attributes, "style-name")].bold
	case "list":
		r.lists++
	case "s", "tab":
		r.write(" ")
	case "line-break":
		r.lineBreak()
	case "table-row":
		r.beginRow()
	case "table-cell":
		r.beginCell()
	}
	return true
}

func (r *odtReader) ended(name string) {
	switch name {
	case "span":
		if n := len(r.spans); n > 0 {
			r.bold, r.high, r.spans = r.spans[n-1].bold, r.spans[n-1].high, r.spans[:n-1]
		}
	case "h", "p":
		r.end()
		r.bold, r.high = false, false
	case "list":
		r.lists--
	case "table-row":
		r.endRow()
	}
}
