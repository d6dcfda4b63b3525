package extract

import (
	"bytes"
	"math"
	"strconv"

	"github.com/ledongthuc/pdf"
)

// operand is a number, a text or a list in a content stream. A name is a text.
type operand struct {
	number float64
	text   string
	list   []operand // of an array; names and values of a dictionary in turn
}

// scanner reads a content stream or a CMap, whatever its bytes are.
type scanner struct {
	data []byte
	at   int
}

// next returns an operand, or an operator by its name, or false at the end.
func (s *scanner) next() (tok operand, operator string, ok bool) {
	return s.token(0)
}

const (
	spaces     = "\x00\t\n\f\r "
	delimiters = "()<>[]{}/%"
)

func (s *scanner) token(depth int) (tok operand, operator string, ok bool) {
	s.skipBlank()
	if s.at >= len(s.data) {
		return tok, "", false
	}
	switch c := s.data[s.at]; {
	case c == '(':
		return operand{text: s.literal()}, "", true
	case c == '<' && s.peek(1) == '<':
		s.at += 2
		return operand{list: s.list(">>", depth)}, "", true
	case c == '<':
		return operand{text: s.hex()}, "", true
	case c == '[':
		s.at++
		return operand{list: s.list("]", depth)}, "", true
	case c == '>' && s.peek(1) == '>':
		s.at += 2
		return tok, ">>", true
	case c == '/':
		s.at++
		return operand{text: s.word()}, "", true
	case bytes.IndexByte([]byte(delimiters), c) >= 0:
		s.at++
		return tok, string(c), true
	}
	word := s.word()
	if n, err := strconv.ParseFloat(word, 64); err == nil && !math.IsNaN(n) && !math.IsInf(n, 0) {
		return operand{number: n}, "", true
	}
	return tok, word, true
}

func (s *scanner) peek(n int) byte {
	if s.at+n < len(s.data) {
		return s.data[s.at+n]
	}
	return 0
}

func (s *scanner) skipBlank() {
	for s.at < len(s.data) {
		c := s.data[s.at]
		if c == '%' {
			for s.at < len(s.data) && s.data[s.at] != '\n' && s.data[s.at] != '\r' {
				s.at++
			}
		} else if bytes.IndexByte([]byte(spaces), c) < 0 {
			return
		} else {
			s.at++
		}
	}
}

func (s *scanner) word() string {
	from := s.at
	for s.at < len(s.data) && bytes.IndexByte([]byte(spaces+delimiters), s.data[s.at]) < 0 {
		s.at++
	}
	return string(s.data[from:s.at])
}

// list reads operands up to an end. Operators in it are left out, as is what lies
// deeper than anything that draws text.
func (s *scanner) list(end string, depth int) []operand {
	out := []operand{}
	for {
		var tok operand
		var operator string
		ok := s.at < len(s.data)
		if ok && depth < maxNested {
			tok, operator, ok = s.token(depth + 1)
		} else if ok {
			s.at++
			operator = string(s.data[s.at-1])
		}
		if !ok || operator == end || operator == ">>" {
			return out
		}
		if operator == "" {
			out = append(out, tok)
		}
	}
}

// escapes are the characters that a letter after a backslash stands for.
var escapes = map[byte]byte{'n': '\n', 'r': '\r', 't': '\t', 'b': '\b', 'f': '\f'}

// literal reads a text in brackets.
func (s *scanner) literal() string {
	var out []byte
	depth := 0
	for s.at < len(s.data) {
		c := s.data[s.at]
		s.at++
		switch c {
		case '(':
			if depth++; depth == 1 {
				continue
			}
		case ')':
			if depth--; depth == 0 {
				return string(out)
			}
		case '\\':
			out = s.escape(out)
			continue
		}
		out = append(out, c)
	}
	return string(out)
}

// escape appends what stands after a backslash.
func (s *scanner) escape(out []byte) []byte {
	if s.at >= len(s.data) {
		return out
	}
	c := s.data[s.at]
	s.at++
	if e, ok := escapes[c]; ok {
		return append(out, e)
	}
	switch {
	case c == '\r':
		if s.at < len(s.data) && s.data[s.at] == '\n' {
			s.at++
		}
		return out
	case c == '\n':
		return out
	case c >= '0' && c <= '7':
		n := int(c - '0')
		for i := 0; i < 2 && s.at < len(s.data) && s.data[s.at] >= '0' && s.data[s.at] <= '7'; i++ {
			n = n*8 + int(s.data[s.at]-'0')
			s.at++
		}
		return append(out, byte(n))
	}
	return append(out, c)
}

// hex reads a text in hexadecimal digits.
func (s *scanner) hex() string {
	var out []byte
	digits, n := 0, 0
	for s.at++; s.at < len(s.data); s.at++ {
		c := s.data[s.at]
		if c == '>' {
			s.at++
			break
		}
		d, err := strconv.ParseUint(string(c), 16, 8)
		if err != nil {
			continue
		}
		n = n<<4 | int(d)
		if digits++; digits%2 == 0 {
			out = append(out, byte(n))
			n = 0
		}
	}
	if digits%2 == 1 {
		out = append(out, byte(n<<4))
	}
	return string(out)
}

// skipImage leaves out the data of an image in the stream, up to its end.
func (s *scanner) skipImage() {
	for s.at < len(s.data) {
		i := bytes.Index(s.data[s.at:], []byte("EI"))
		if i < 0 {
			s.at = len(s.data)
			return
		}
		end := s.at + i
		s.at = end + 2
		before := end == 0 || bytes.IndexByte([]byte(spaces), s.data[end-1]) >= 0
		after := s.at == len(s.data) || bytes.IndexByte([]byte(spaces), s.data[s.at]) >= 0
		if before && after {
			return
		}
	}
}

// matrix is an affine map (a b c d e f) as PDF writes it.
type matrix [6]float64

var identity = matrix{1, 0, 0, 1, 0, 0}

// times returns the map that does m first and then n.
func (m matrix) times(n matrix) matrix {
	return matrix{
		m[0]*n[0] + m[1]*n[2], m[0]*n[1] + m[1]*n[3],
		m[2]*n[0] + m[3]*n[2], m[2]*n[1] + m[3]*n[3],
		m[4]*n[0] + m[5]*n[2] + n[4], m[4]*n[1] + m[5]*n[3] + n[5],
	}
}

// graphics is the state in which text is drawn.
type graphics struct {
	ctm                                 matrix
	font                                *pdfFont
	size, charSpace, wordSpace, leading float64
	stretch, rise                       float64
}

func newGraphics() graphics { return graphics{ctm: identity, stretch: 1} }

// glyph is one character where it stands on a page.
type glyph struct {
	text         string
	x, y         float64 // of its left end on the baseline
	width, size  float64
	dirX, dirY   float64 // in which direction it is read
	bold, raised bool
}

// maxGlyphs is how many characters a page has at most.
const maxGlyphs = 200_000

// canvas draws a page.
type canvas struct {
	reader   *pdfReader
	state    graphics
	saved    []graphics
	text     matrix // where the next character stands
	line     matrix // where its line begins
	hidden   int    // how many marks are open, from the first that is no text of the page
	marks    int
	replaced *string // what the next characters stand for, where a mark tells
	glyphs   []glyph
	forms    int
}

// draw draws a content stream.
func (c *canvas) draw(data []byte, resources pdf.Value, depth int) error {
	s := scanner{data: data}
	var args []operand
	for {
		tok, op, ok := s.next()
		if !ok {
			return nil
		}
		if op == "" {
			if len(args) < 100 {
				args = append(args, tok)
			}
			continue
		}
		switch op {
		case "ID":
			s.skipImage()
		case "Do":
			if err := c.object(args, resources, depth); err != nil {
				return err
			}
		case "Tf":
			if len(args) == 2 {
				if v := resources.Key("Font").Key(args[0].text); v.Kind() == pdf.Dict {
					c.state.font = c.reader.font(v)
				}
				c.state.size = args[1].number
			}
		default:
			c.operator(op, args)
		}
		args = args[:0]
		if len(c.glyphs) > maxGlyphs {
			return nil
		}
	}
}

// object draws a form, which has a content stream of its own, and counts images.
func (c *canvas) object(args []operand, resources pdf.Value, depth int) error {
	if len(args) != 1 || depth > maxNested {
		return nil
	}
	x := resources.Key("XObject").Key(args[0].text)
	switch x.Key("Subtype").Name() {
	case "Image":
		c.reader.images++
	case "Form":
		if c.forms++; c.forms > 1000 {
			return nil
		}
		data, err := c.reader.data(x)
		if err != nil {
			return err
		}
		state, saved := c.state, c.saved
		if m := x.Key("Matrix"); m.Len() == 6 {
			var inner matrix
			for i := range inner {
				inner[i] = m.Index(i).Float64()
			}
			c.state.ctm = inner.times(c.state.ctm)
		}
		own := x.Key("Resources")
		if own.Kind() != pdf.Dict {
			own = resources
		}
		err = c.draw(data, own, depth+1)
		c.state, c.saved = state, saved
		return err
	}
	return nil
}

// operator does what an operator of the state of graphics or text says.
func (c *canvas) operator(op string, args []operand) {
	number := func(i int) float64 {
		if i < len(args) {
			return args[i].number
		}
		return 0
	}
	st := &c.state
	switch op {
	case "q":
		if len(c.saved) < 1000 {
			c.saved = append(c.saved, *st)
		}
	case "Q":
		if n := len(c.saved); n > 0 {
			*st, c.saved = c.saved[n-1], c.saved[:n-1]
		}
	case "cm":
		st.ctm = matrix{number(0), number(1), number(2), number(3), number(4), number(5)}.times(st.ctm)
	case "BT":
		c.text, c.line = identity, identity
	case "Tm":
		c.line = matrix{number(0), number(1), number(2), number(3), number(4), number(5)}
		c.text = c.line
	case "Td":
		c.move(number(0), number(1))
	case "TD":
		st.leading = -number(1)
		c.move(number(0), number(1))
	case "T*":
		c.move(0, -st.leading)
	case "Tc":
		st.charSpace = number(0)
	case "Tw":
		st.wordSpace = number(0)
	case "Tz":
		st.stretch = number(0) / 100
	case "TL":
		st.leading = number(0)
	case "Ts":
		st.rise = number(0)
	case "BMC", "BDC", "EMC":
		c.mark(op, args)
	default:
		c.show(op, args)
	}
}

// show draws text.
func (c *canvas) show(op string, args []operand) {
	switch {
	case op == "Tj" && len(args) > 0:
		c.write(args[0].text)
	case op == "TJ" && len(args) > 0:
		for _, a := range args[0].list {
			if a.text == "" {
				c.advance(-a.number / 1000 * c.state.size * c.state.stretch)
			}
			c.write(a.text)
		}
	case op == "'" && len(args) > 0:
		c.move(0, -c.state.leading)
		c.write(args[0].text)
	case op == "\"" && len(args) > 2:
		c.state.wordSpace, c.state.charSpace = args[0].number, args[1].number
		c.move(0, -c.state.leading)
		c.write(args[2].text)
	}
}

// mark begins or ends a part that is marked: as none of the page's text (running
// heads), or with the text that it stands for.
func (c *canvas) mark(op string, args []operand) {
	if op == "EMC" {
		c.marks = max(0, c.marks-1)
		if c.marks < c.hidden {
			c.hidden = 0
		}
		c.replaced = nil
		return
	}
	c.marks++
	if len(args) == 0 {
		return
	}
	if args[0].text == "Artifact" && c.hidden == 0 {
		c.hidden = c.marks
	}
	if len(args) < 2 {
		return
	}
	for i := 0; i+1 < len(args[1].list); i += 2 {
		if args[1].list[i].text == "ActualText" {
			text := args[1].list[i+1].text
			if len(text) > 1 && text[:2] == "\xfe\xff" {
				text = fromUTF16(text[2:])
			}
			c.replaced = &text
		}
	}
}

func (c *canvas) move(x, y float64) {
	c.line = matrix{1, 0, 0, 1, x, y}.times(c.line)
	c.text = c.line
}

func (c *canvas) advance(x float64) {
	c.text = matrix{1, 0, 0, 1, x, 0}.times(c.text)
}

// write draws the characters of a text.
func (c *canvas) write(s string) {
	st := &c.state
	if st.font == nil {
		return
	}
	for s != "" && len(c.glyphs) <= maxGlyphs {
		code, size, text, known := st.font.decode(s)
		space := size == 1 && s[0] == ' '
		s = s[size:]
		if !known {
			c.reader.dark++
		}
		if c.replaced != nil {
			text, *c.replaced = *c.replaced, ""
		}
		width := st.font.width(code) / 1000 * st.size
		c.place(text, width)
		width += st.charSpace
		if space {
			width += st.wordSpace
		}
		c.advance(width * st.stretch)
	}
}

// place notes a character where it stands.
func (c *canvas) place(text string, width float64) {
	if text == "" || c.hidden > 0 {
		return
	}
	m := matrix{c.state.stretch, 0, 0, 1, 0, c.state.rise}.times(c.text).times(c.state.ctm)
	along := math.Hypot(m[0], m[1])
	size := math.Abs(c.state.size) * math.Hypot(m[2], m[3])
	if along == 0 || size < 0.5 || size > 2000 || math.IsNaN(m[4]+m[5]) || math.Abs(m[4])+math.Abs(m[5]) > 1e6 {
		return
	}
	c.glyphs = append(c.glyphs, glyph{
		text: text, x: m[4], y: m[5], width: math.Abs(width) * along, size: size,
		dirX: m[0] / along, dirY: m[1] / along, bold: c.state.font.bold, raised: c.state.rise > 0,
	})
}
