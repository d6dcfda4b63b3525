package extract

import (
	"bytes"
	"errors"
	"fmt"
	"strings"
	"unicode/utf8"

	"github.com/gogs/chardet"
	"golang.org/x/net/html/charset"
	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/htmlindex"
	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/encoding/unicode/utf32"
)

// marks are byte order marks, the longer ones first.
var marks = []struct {
	mark, name string
	encoding   encoding.Encoding
}{
	{"\x00\x00\xfe\xff", "UTF-32", utf32.UTF32(utf32.BigEndian, utf32.UseBOM)},
	{"\xff\xfe\x00\x00", "UTF-32", utf32.UTF32(utf32.LittleEndian, utf32.UseBOM)},
	{"\xfe\xff", "UTF-16", unicode.UTF16(unicode.BigEndian, unicode.UseBOM)},
	{"\xff\xfe", "UTF-16", unicode.UTF16(unicode.LittleEndian, unicode.UseBOM)},
}

// decode returns the text of in as UTF-8 and the name of its encoding, which is
// empty for UTF-8. What a person says goes first, then a byte order mark, then valid
// UTF-8, then what the server or the page says, then what the bytes look like.
func decode(in Input) (text, name string, err error) {
	data := in.Data
	if in.Encoding != "" {
		return decodeAs(data, in.Encoding)
	}
	for _, m := range marks {
		if bytes.HasPrefix(data, []byte(m.mark)) {
			return converted(data, m.encoding, m.name)
		}
	}
	if utf8.Valid(data) && !wide(data) {
		return strings.TrimPrefix(string(data), "\ufeff"), "", nil
	}
	if order, ok := wideOrder(data); ok {
		return converted(data, unicode.UTF16(order, unicode.IgnoreBOM), "UTF-16")
	}
	if _, label, certain := charset.DetermineEncoding(data, in.ContentType); label != "utf-8" && (certain || label != unsaid) {
		return decodeAs(data, label)
	}
	return guessed(data)
}

// unsaid is what charset calls the encoding of what says none.
const unsaid = "windows-1252"

// guessed decodes data by what it looks like.
func guessed(data []byte) (text, name string, err error) {
	if bytes.IndexByte(data, 0) >= 0 {
		return "\x00", "", nil // binary; whoever asked says so
	}
	label := "windows-1252"
	if r, err := chardet.NewTextDetector().DetectBest(data[:min(len(data), 1<<16)]); err == nil && r.Charset != "UTF-8" {
		if _, err := htmlindex.Get(r.Charset); err == nil {
			label = r.Charset
		}
	}
	latin := strings.EqualFold(label, "ISO-8859-1") || strings.EqualFold(label, "windows-1252")
	if latin {
		label = latinLabel(data)
	}
	return decodeAs(data, label)
}

// latinLabel tells the encodings of western Europe from each other. Windows-1252 has
// quotation marks and dashes where ISO 8859 has control characters, and ISO 8859-15
// has the euro where the others have a sign that nobody uses.
func latinLabel(data []byte) string {
	euro := false
	for _, b := range data {
		if b >= 0x80 && b < 0xa0 {
			return "windows-1252"
		}
		euro = euro || b == 0xa4
	}
	if euro {
		return "ISO-8859-15"
	}
	return "ISO-8859-1"
}

// decodeAs decodes data as an encoding that is called by one of its names.
func decodeAs(data []byte, label string) (text, name string, err error) {
	e, err := htmlindex.Get(label)
	if err != nil {
		return "", "", fmt.Errorf("the encoding %q is not known; give a name like windows-1252, iso-8859-2 or utf-16", label)
	}
	text, name, err = converted(data, e, label)
	if canonical, err := htmlindex.Name(e); err == nil && canonical == "utf-8" {
		name = ""
	}
	return text, name, err
}

func converted(data []byte, e encoding.Encoding, name string) (string, string, error) {
	out, err := e.NewDecoder().Bytes(data)
	if err != nil {
		return "", "", errors.New("its characters are not in " + name)
	}
	return strings.TrimPrefix(string(out), "\ufeff"), name, nil
}

// wide reports whether data looks like UTF-16 without a mark: text of Europe in it
// has a zero in every second byte.
func wide(data []byte) bool {
	_, ok := wideOrder(data)
	return ok
}

func wideOrder(data []byte) (order unicode.Endianness, ok bool) {
	sample := data[:min(len(data), 4096)&^1]
	if len(sample) < 8 || len(data)%2 != 0 {
		return order, false
	}
	var zeros [2]int
	for i, b := range sample {
		if b == 0 {
			zeros[i%2]++
		}
	}
	half := len(sample) / 2
	switch {
	case zeros[0]*10 >= half*7 && zeros[1]*20 < half:
		return unicode.BigEndian, true
	case zeros[1]*10 >= half*7 && zeros[0]*20 < half:
		return unicode.LittleEndian, true
	}
	return order, false
}
