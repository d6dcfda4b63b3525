package extract

import (
	"encoding/xml"
	"errors"
	"net/url"
	"path"
	"strings"

	"golang.org/x/net/html"
)

// readEPUB reads a book: its parts in the order in which they are read.
func readEPUB(in Input, _ string) (*Document, error) {
	a, err := openArchive(in.Data)
	if err != nil {
		return nil, err
	}
	if err := a.encrypted(); err != nil {
		return nil, err
	}
	container, err := a.read("META-INF/container.xml")
	if err != nil {
		return nil, err
	}
	book := ""
	if err := walkXML(container, func(name string, attributes []xml.Attr) bool {
		if name == "rootfile" && book == "" {
			book = value(attributes, "full-path")
		}
		return true
	}, nil, nil); err != nil {
		return nil, err
	}
	data, err := a.read(book)
	if err != nil {
		return nil, err
	}
	parts, err := bookParts(data, path.Dir(book))
	if err != nil {
		return nil, err
	}
	doc := &Document{}
	doc.known("title", properties(data)["title"])
	for _, part := range parts {
		page, err := a.read(part)
		if err != nil {
			return nil, err
		}
		if err := doc.part(page); err != nil {
			return nil, err
		}
	}
	p := properties(data)
	doc.Author, doc.Publisher, doc.Published, doc.Language = p["creator"], p["publisher"], date(p["date"]), language(p["language"])
	doc.titled()
	return doc, nil
}

// part appends the blocks of a part of a book, unless it is the list of contents.
func (d *Document) part(page []byte) error {
	root, err := html.Parse(strings.NewReader(string(page)))
	if err != nil {
		return errors.New("a part of it lies too deep in itself to be a text that somebody reads")
	}
	for n := range root.Descendants() {
		if kind := attribute(n, "epub:type"); kind == "toc" || kind == "titlepage" || kind == "cover" {
			return nil
		}
	}
	d.flowed(root)
	return nil
}

// bookParts lists the files of a book in the order of reading.
func bookParts(data []byte, dir string) ([]string, error) {
	files, contents, read := map[string]string{}, map[string]bool{}, map[string]bool{}
	var parts []string
	err := walkXML(data, func(name string, attributes []xml.Attr) bool {
		switch name {
		case "item":
			file, err := url.PathUnescape(value(attributes, "href"))
			if kind := value(attributes, "media-type"); err == nil && (kind == "application/xhtml+xml" || kind == "text/html") {
				id := value(attributes, "id")
				files[id] = path.Join(dir, file)
				contents[id] = strings.Contains(" "+value(attributes, "properties")+" ", " nav ")
			}
		case "itemref":
			id := value(attributes, "idref")
			if file := files[id]; file != "" && !read[file] && !contents[id] && value(attributes, "linear") != "no" {
				parts = append(parts, file)
				read[file] = true // a part that is named twice is read once
			}
		}
		return true
	}, nil, nil)
	return parts, err
}

// encrypted reports a book that only programs of its shop read. Fonts may be
// encrypted in any book.
func (a *archive) encrypted() error {
	if a.has("META-INF/rights.xml") || a.has("META-INF/sinf.xml") {
		return errProtected
	}
	data, err := a.read("META-INF/encryption.xml")
	if err != nil {
		return err
	}
	text := false
	if err := walkXML(data, func(name string, attributes []xml.Attr) bool {
		if name == "CipherReference" {
			switch suffix(value(attributes, "URI")) {
			case ".xhtml", ".html", ".htm", ".opf":
				text = true
			}
		}
		return true
	}, nil, nil); err != nil {
		return err
	}
	if text {
		return errProtected
	}
	return nil
}

var errProtected = errors.New("it is protected by its shop (DRM) and only that shop's programs read it; add a copy without protection")
