package extract

import (
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"strings"

	"golang.org/x/net/html/charset"
)

// walkXML reads XML and calls start, end and text for what it finds, names without
// their prefixes. Where start returns false, the element is left out with all that
// is in it. Entities that a document defines are not expanded.
func walkXML(data []byte, start func(name string, attributes []xml.Attr) bool, end func(name string), text func(string)) error {
	d := xml.NewDecoder(bytes.NewReader(data))
	d.Strict = false
	d.CharsetReader = charset.NewReaderLabel
	depth, skipped := 0, 0
	for {
		token, err := d.RawToken()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return errDamaged
		}
		switch t := token.(type) {
		case xml.StartElement:
			if depth++; depth > maxDepth {
				return errors.New("its elements lie too deep in each other to be a document that somebody reads")
			}
			if skipped > 0 || start != nil && !start(t.Name.Local, t.Attr) {
				skipped++
			}
		case xml.EndElement:
			depth--
			if skipped > 0 {
				skipped--
			} else if end != nil {
				end(t.Name.Local)
			}
		case xml.CharData:
			if skipped == 0 && text != nil {
				text(string(t))
			}
		}
	}
}

// value returns the value of an attribute by its name without prefix, or "".
func value(attributes []xml.Attr, name string) string {
	for _, a := range attributes {
		if a.Name.Local == name {
			return a.Value
		}
	}
	return ""
}

// properties reads the elements of a file that hold one text each, such as the
// title: the first of each name that is not empty, by its name without prefix.
func properties(data []byte) map[string]string {
	out := map[string]string{}
	var name string
	var b strings.Builder
	_ = walkXML(data, // what comes before damage still tells
		func(n string, _ []xml.Attr) bool { name = n; b.Reset(); return true },
		func(n string) {
			switch v := oneLine(b.String()); {
			case n != name || v == "":
			case out[n] == "":
				out[n] = v
			case n == "creator" && !strings.Contains(out[n], v):
				out[n] += ", " + v // a book has several
			}
			name = ""
		},
		func(s string) { b.WriteString(s) })
	return out
}
