package extract

import (
	"strconv"
	"strings"
	"unicode/utf16"

	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/htmlindex"
)

// rtfState is what a group of RTF inherits from the one around it.
type rtfState struct {
	skip    bool // nothing of the group is text
	unicode int  // how many characters after a \u stand for it
	hidden  bool
	deleted bool // by somebody whose changes are tracked
	bold    bool
	high    bool
	info    string // the property that is being read
	styles  bool   // the group lists styles
}

// rtfReader reads RTF: a stream of words of control, groups and text.
type rtfReader struct {
	textDocument
	state     rtfState
	stack     []rtfState
	decode    func(byte) string
	pending   int    // characters that a \u has stood for already
	surrogate uint16 // the first half of a pair
	kind      Kind   // of the paragraph being read
	styleKind map[int]paragraph
	style     int             // that is being listed
	name      strings.Builder // of the style or the value of a property
	info      map[string]string
}

// rtfSkipped are groups that hold no text of the document.
var rtfSkipped = map[string]bool{"fonttbl": true, "colortbl": true, "pict": true, "object": true, "header": true, "headerl": true, "headerr": true,
	"headerf": true, "footer": true, "footerl": true, "footerr": true, "footerf": true, "footnote": true, "annotation": true, "fldinst": true,
	"listtext": true, "pntext": true, "themedata": true, "datastore": true, "nonshppict": true, "filetbl": true, "revtbl": true, "rsidtbl": true,
	"generator": true, "listtable": true, "listoverridetable": true, "xmlnstbl": true, "bkmkstart": true, "bkmkend": true, "atnid": true, "atnauthor": true, "tc": true, "xe": true}

// rtfChars are words of control that stand for a character.
var rtfChars = map[string]string{"emdash": "—", "endash": "–", "lquote": "‘", "rquote": "’", "ldblquote": "“", "rdblquote": "”", "bullet": "•",
	"tab": " ", "~": "\u00a0", "_": "-", "emspace": " ", "enspace": " ", "qmspace": " ", "\\": "\\", "{": "{", "}": "}"}

// readRTF reads Rich Text Format.
func readRTF(in Input, _ string) (*Document, error) {
	r := &rtfReader{textDocument: textDocument{doc: &Document{}}, state: rtfState{unicode: 1}, styleKind: map[int]paragraph{}, info: map[string]string{}}
	r.codePage(1252)
	r.begin()
	for data := in.Data; len(data) > 0; {
		switch c := data[0]; c {
		case '{':
			if len(r.stack) >= maxDepth {
				return nil, errDamaged
			}
			r.stack = append(r.stack, r.state)
			data = data[1:]
		case '}':
			r.endGroup()
			data = data[1:]
		case '\\':
			data = r.control(data[1:])
		case '\r', '\n':
			data = data[1:]
		default:
			r.char(r.decode(c))
			data = data[1:]
		}
	}
	r.state.skip = false
	r.paragraph() // the last has no end of its own
	if r.rows > 0 {
		r.endRow()
	}
	r.finish()
	r.doc.described(map[string]string{"title": r.info["title"], "creator": r.info["author"]})
	return r.doc, nil
}

func (r *rtfReader) endGroup() {
	if r.state.info != "" && (len(r.stack) == 0 || r.stack[len(r.stack)-1].info != r.state.info) {
		r.info[r.state.info] = oneLine(r.name.String())
	}
	if n := len(r.stack); n > 0 {
		r.state, r.stack = r.stack[n-1], r.stack[:n-1]
	}
	r.pending = 0
}

// control reads a word of control after its backslash and returns what follows.
func (r *rtfReader) control(data []byte) []byte {
	n := 0
	for n < len(data) && (data[n] >= 'a' && data[n] <= 'z' || data[n] >= 'A' && data[n] <= 'Z') {
		n++
	}
	if n == 0 {
		return r.symbol(data)
	}
	word := string(data[:min(n, 32)])
	data = data[n:]
	n = 0
	if n < len(data) && data[n] == '-' {
		n++
	}
	for n < len(data) && data[n] >= '0' && data[n] <= '9' {
		n++
	}
	value, err := strconv.Atoi(string(data[:min(n, 11)]))
	given := err == nil
	if data = data[n:]; len(data) > 0 && data[0] == ' ' {
		data = data[1:]
	}
	if word == "bin" && given {
		return data[max(0, min(value, len(data))):]
	}
	r.word(word, value, given)
	return data
}

// symbol reads a control of one character that is no letter.
func (r *rtfReader) symbol(data []byte) []byte {
	if len(data) == 0 {
		return nil
	}
	switch c := data[0]; c {
	case '\'':
		if len(data) < 3 {
			return nil
		}
		if b, err := strconv.ParseUint(string(data[1:3]), 16, 8); err == nil {
			r.char(r.decode(byte(b)))
		}
		return data[3:]
	case '*':
		r.state.skip = r.state.skip || !strings.HasPrefix(string(data[1:min(len(data), 12)]), `\shppict`)
	case '\n', '\r':
		r.paragraph()
	default:
		if s, ok := rtfChars[string(c)]; ok {
			r.char(s)
		}
	}
	return data[1:]
}

// word does what a word of control says.
func (r *rtfReader) word(word string, value int, given bool) {
	switch {
	case rtfSkipped[word]:
		r.state.skip = true
	case rtfChars[word] != "":
		r.char(rtfChars[word])
	}
	switch word {
	case "ansicpg":
		r.codePage(value)
	case "mac":
		r.decode = charmapped(charmap.Macintosh)
	case "pc":
		r.decode = charmapped(charmap.CodePage437)
	case "uc":
		r.state.unicode = max(0, min(value, 10))
	case "u":
		r.unicodeChar(uint16(value))
	case "plain":
		r.state.hidden, r.state.bold, r.state.high = false, false, false
	case "deleted":
		r.state.deleted = !given || value != 0
	case "super":
		r.state.high = !given || value != 0
	case "nosupersub", "sub":
		r.state.high = false
	case "b":
		r.state.bold = !given || value != 0
	case "par", "sect", "page":
		r.paragraph()
	case "line":
		if !r.state.skip {
			r.lineBreak()
		}
	case "pard":
		r.kind = Paragraph
	case "outlinelevel":
		if value < 9 {
			r.kind = Heading
		}
	case "ls", "pnlvlblt", "pnlvlbody":
		if r.kind == Paragraph {
			r.kind = Item
		}
	case "v":
		r.state.hidden = !given || value != 0
	case "stylesheet":
		r.state.styles, r.state.skip = true, true
	case "s":
		r.useStyle(value)
	case "title", "author":
		r.state.info, r.state.skip = word, true
		r.name.Reset()
	case "info":
		r.state.skip = true
	case "trowd", "intbl":
		if r.rows == 0 && !r.state.skip {
			r.beginRow()
			r.beginCell()
		}
	case "cell":
		r.paragraph()
		r.beginCell()
	case "row":
		if r.rows > 0 {
			r.endRow()
		}
	}
}

// useStyle gives a paragraph its style, or begins one in the list of styles.
func (r *rtfReader) useStyle(number int) {
	if r.state.styles {
		r.style = number
		r.name.Reset()
		return
	}
	if p, ok := r.styleKind[number]; ok && p.kind != Paragraph {
		r.kind = p.kind
	}
}

// char takes one character of text.
func (r *rtfReader) char(s string) {
	if r.pending > 0 {
		r.pending--
		return
	}
	switch {
	case r.state.styles:
		if s == ";" {
			var p paragraph
			p.styled(strings.TrimSpace(r.name.String()))
			r.styleKind[r.style] = p
			r.style = 0
			r.name.Reset()
			return
		}
		r.name.WriteString(s)
	case r.state.info != "":
		r.name.WriteString(s)
	case !r.state.skip && !r.state.hidden && !r.state.deleted:
		r.bold, r.high = r.state.bold, r.state.high
		r.write(s)
	}
}

// unicodeChar takes a character as half of UTF-16, which others after it stand for.
func (r *rtfReader) unicodeChar(unit uint16) {
	r.pending = 0
	switch {
	case utf16.IsSurrogate(rune(unit)) && unit < 0xdc00:
		r.surrogate = unit
	case utf16.IsSurrogate(rune(unit)):
		r.char(string(utf16.DecodeRune(rune(r.surrogate), rune(unit))))
	default:
		r.char(string(rune(unit)))
	}
	r.pending = r.state.unicode
}

// paragraph ends one and begins the next, which is of the same kind until it says
// otherwise.
func (r *rtfReader) paragraph() {
	if r.state.skip {
		return
	}
	p := r.current()
	p.kind = r.kind
	text := strings.TrimSpace(p.text.String())
	p.text.Reset()
	if mark := bullet(text); mark != "" {
		p.kind = Item
		text = withoutBullet(text)
	}
	p.text.WriteString(text)
	r.end()
	r.begin()
}

func (r *rtfReader) codePage(number int) {
	r.decode = charmapped(charmap.Windows1252)
	for _, name := range []string{"windows-" + strconv.Itoa(number), "ibm" + strconv.Itoa(number)} {
		if e, err := htmlindex.Get(name); err == nil {
			if m, ok := e.(*charmap.Charmap); ok {
				r.decode = charmapped(m)
			}
		}
	}
}

func charmapped(m *charmap.Charmap) func(byte) string {
	return func(b byte) string { return string(m.DecodeByte(b)) }
}
