package extract

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/ledongthuc/pdf"
)

const (
	// maxPages is how many pages of a PDF are read.
	maxPages = 5000
	// maxNodes is how many nodes the tree of pages may have, which may hold itself.
	maxNodes = 4 * maxPages
	// maxNested is how deep forms may lie in forms, and pages in their tree.
	maxNested = 20
	// maxContent is the most that the drawing of one page may unpack to, in bytes.
	maxContent = 32 << 20
)

// readPDF reads the text of a PDF from where it stands on the pages.
func readPDF(in Input, _ string) (*Document, error) {
	data := headed(in.Data)
	r, err := pdf.NewReader(bytes.NewReader(data), int64(len(data)))
	switch {
	case errors.Is(err, pdf.ErrInvalidPassword):
		return nil, errEncrypted
	case err != nil && strings.Contains(err.Error(), "encrypt"):
		return nil, errEncrypted
	case err != nil:
		return nil, errDamaged
	}
	p := &pdfReader{fonts: map[string]*pdfFont{}}
	root := r.Trailer().Key("Root")
	if err := p.tree(root.Key("Pages"), pdf.Value{}, 0); err != nil {
		return nil, err
	}
	doc := &Document{}
	layOut(doc, p.pages)
	if err := p.unreadable(doc); err != nil {
		return nil, err
	}
	info := r.Trailer().Key("Info")
	if doc.Title == "" {
		doc.Title = properTitle(info.Key("Title").Text())
	}
	doc.Author = properAuthor(oneLine(info.Key("Author").Text()))
	doc.Language = language(root.Key("Lang").Text())
	return doc, nil
}

// pdfHead is the first line of a PDF.
const pdfHead = "%PDF-1.7\n"

// headed is a PDF with the first line that the library wants, and nothing before it: that
// of a newer one, or of one with more on that line, says nothing of how it is read.
func headed(data []byte) []byte {
	at := bytes.Index(data, []byte(pdfHead[:5]))
	if at < 0 || len(data)-at < len(pdfHead) {
		return data
	}
	data = bytes.Clone(data[at:])
	copy(data, pdfHead)
	return data
}

// pdfReader collects what stands on the pages.
type pdfReader struct {
	fonts   map[string]*pdfFont // by what their dictionaries say
	pages   [][]glyph
	nodes   int
	content int // bytes of drawing read so far
	images  int
	dark    int // characters whose font does not tell what they mean
	broken  int // streams that could not be unpacked
}

// tree reads the pages in a node of the tree of pages.
func (p *pdfReader) tree(node, resources pdf.Value, depth int) error {
	if p.nodes++; p.nodes > maxNodes || depth > maxNested {
		return errors.New("its pages hold themselves or are too many; print it to a new PDF and add that")
	}
	if own := node.Key("Resources"); own.Kind() == pdf.Dict {
		resources = own
	}
	kids := node.Key("Kids")
	if kids.Kind() != pdf.Array {
		if len(p.pages) == maxPages {
			return fmt.Errorf("it has more than %d pages; split it", maxPages)
		}
		return p.page(node, resources)
	}
	for i := range kids.Len() {
		if err := p.tree(kids.Index(i), resources, depth+1); err != nil {
			return err
		}
	}
	return nil
}

// page reads one page.
func (p *pdfReader) page(page, resources pdf.Value) error {
	var streams []pdf.Value
	switch contents := page.Key("Contents"); contents.Kind() {
	case pdf.Stream:
		streams = append(streams, contents)
	case pdf.Array:
		for i := range min(contents.Len(), 10_000) {
			streams = append(streams, contents.Index(i))
		}
	}
	var drawing bytes.Buffer
	for _, s := range streams {
		data, err := p.data(s)
		if err != nil {
			return err
		}
		drawing.Write(data)
		drawing.WriteByte('\n')
	}
	c := &canvas{reader: p, state: newGraphics()}
	if err := c.draw(drawing.Bytes(), resources, 0); err != nil {
		return err
	}
	p.pages = append(p.pages, c.glyphs)
	return nil
}

// data unpacks a stream. One in a form that the library does not read is empty: it
// is an image more often than text.
func (p *pdfReader) data(stream pdf.Value) (data []byte, err error) {
	if stream.Kind() != pdf.Stream {
		return nil, nil
	}
	defer func() {
		if recover() != nil {
			p.broken++
			data = nil
		}
	}()
	r := stream.Reader()
	defer r.Close()
	data, damage := io.ReadAll(io.LimitReader(r, maxContent+1))
	if damage != nil && len(data) == 0 {
		p.broken++
	}
	p.content += len(data)
	if len(data) > maxContent || p.content > maxParts*2 {
		return nil, fmt.Errorf("its pages unpack to more than %d MB; print it to a new PDF and add that", maxContent>>20)
	}
	return data, nil
}

// scanText is how many characters a page has on average at least that is text; a
// stamp on a scan has fewer.
const scanText = 30

// unreadable says why a PDF has no text.
func (p *pdfReader) unreadable(doc *Document) error {
	n := doc.characters()
	switch {
	case n >= scanText*len(p.pages):
		return nil
	case p.broken > 0:
		return errors.New("its pages are packed or protected in a way that is not read; print it to a new PDF and add that")
	case p.dark > n:
		return errors.New("its fonts do not tell which letters they draw; print it to a new PDF, or run a recogniser of text over it (ocrmypdf --force-ocr in.pdf out.pdf) and add that")
	case p.images > 0:
		return errors.New("it is a scan, pictures of pages without text; run a recogniser of text over it (ocrmypdf in.pdf out.pdf) and add that")
	case n == 0:
		return errors.New("it has no text; where it shows some, that is drawn: run a recogniser of text over it (ocrmypdf --force-ocr in.pdf out.pdf) and add that")
	}
	return nil
}
