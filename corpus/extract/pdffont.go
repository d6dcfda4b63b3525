package extract

import (
	_ "embed"
	"math"
	"strconv"
	"strings"
	"sync"
	"unicode/utf16"
	"unicode/utf8"

	"github.com/ledongthuc/pdf"
	"golang.org/x/text/encoding/charmap"
)

// pdfFont knows what the codes of a font mean and how wide they are.
type pdfFont struct {
	bold    bool
	wide    bool              // codes have two bytes
	unicode map[string]string // code to text, as the font's own table tells
	lengths [5]bool           // which lengths codes have in that table
	simple  [256]string       // text of codes of one byte
	widths  map[int]float64   // in thousandths of the size
	usual   float64           // width of codes that widths does not have
}

// font returns the font that a dictionary describes.
func (p *pdfReader) font(v pdf.Value) *pdfFont {
	key := v.String()
	if f := p.fonts[key]; f != nil {
		return f
	}
	f := &pdfFont{widths: map[int]float64{}, usual: 500}
	p.fonts[key] = f
	name := v.Key("BaseFont").Name()
	low := strings.ToLower(name)
	f.bold = strings.Contains(low, "bold") || strings.Contains(low, "black") || strings.Contains(low, "heavy") || strings.Contains(low, "semibold")
	if data, err := p.data(v.Key("ToUnicode")); err == nil && len(data) > 0 {
		f.readTable(data)
	}
	if v.Key("Subtype").Name() == "Type0" {
		f.wide = true
		f.compositeWidths(v.Key("DescendantFonts").Index(0))
		return f
	}
	f.simpleCodes(v)
	first := int(v.Key("FirstChar").Int64())
	widths := v.Key("Widths")
	if widths.Len() == 0 {
		f.standardWidths(low)
	}
	scale := 1.0
	if v.Key("Subtype").Name() == "Type3" {
		if m := v.Key("FontMatrix").Index(0).Float64(); m > 0 {
			scale = m * 1000
		}
	}
	for i := range min(widths.Len(), 256) {
		f.widths[first+i] = widths.Index(i).Float64() * scale
	}
	return f
}

// simpleCodes finds out the text of codes of one byte.
func (f *pdfFont) simpleCodes(v pdf.Value) {
	encoding := v.Key("Encoding")
	base := encoding.Name()
	if encoding.Kind() == pdf.Dict {
		base = encoding.Key("BaseEncoding").Name()
	}
	table := charmap.Windows1252
	if base == "MacRomanEncoding" {
		table = charmap.Macintosh
	}
	for i := range f.simple {
		if r := table.DecodeByte(byte(i)); r >= ' ' && r != utf8.RuneError {
			f.simple[i] = string(r)
		}
	}
	if encoding.Kind() != pdf.Dict {
		return
	}
	// The library knows the names of glyphs. A code that it gives back as it is has
	// no name of its own.
	named := (&pdf.Font{V: v}).Encoder()
	for i := range f.simple {
		if text := named.Decode(string([]byte{byte(i)})); text != string(rune(i)) && text != "" {
			f.simple[i] = text
		}
	}
}

//go:embed standardfonts.txt
var standardFonts string

// standardWidths returns the widths of characters in Windows-1252 by the name of the font.
var standardWidths = sync.OnceValue(func() map[string][]float64 {
	all := map[string][]float64{}
	for line := range strings.Lines(standardFonts) {
		fields := strings.Fields(line)
		if fields[0] == "#" {
			continue
		}
		widths := make([]float64, firstStandard, 256)
		for _, w := range fields[1:] {
			n, _ := strconv.ParseFloat(w, 64) // a test reads them all
			widths = append(widths, n)
		}
		all[fields[0]] = widths
	}
	return all
})

// firstStandard is the code of the first character that has a width there.
const firstStandard = 32

// standardWidths gives a font that tells no widths those of the standard font of its name, in
// small letters, or of the one that stands in for it where documents are shown.
func (f *pdfFont) standardWidths(name string) {
	slanted := strings.Contains(name, "italic") || strings.Contains(name, "oblique")
	standard := ""
	switch {
	case strings.Contains(name, "courier"):
		f.usual = 600
		return
	case strings.Contains(name, "times"):
		standard = map[[2]bool]string{{}: "Times-Roman", {true, false}: "Times-Bold", {false, true}: "Times-Italic", {true, true}: "Times-BoldItalic"}[[2]bool{f.bold, slanted}]
	case strings.Contains(name, "helvetica") || strings.Contains(name, "arial"):
		standard = map[bool]string{false: "Helvetica", true: "Helvetica-Bold"}[f.bold]
	default:
		return
	}
	widths := standardWidths()[standard]
	for code, text := range f.simple {
		r, _ := utf8.DecodeRuneInString(text)
		if c, ok := charmap.Windows1252.EncodeRune(r); ok && widths[c] > 0 {
			f.widths[code] = widths[c]
		}
	}
}

// compositeWidths reads the widths of a font whose codes have two bytes.
func (f *pdfFont) compositeWidths(v pdf.Value) {
	f.usual = 1000
	if w := v.Key("DW"); !w.IsNull() {
		f.usual = w.Float64()
	}
	list := v.Key("W")
	for i := 0; i+1 < min(list.Len(), 1<<17); {
		first := int(list.Index(i).Int64())
		if each := list.Index(i + 1); each.Kind() == pdf.Array {
			for k := range min(each.Len(), 1<<16) {
				f.widths[first+k] = each.Index(k).Float64()
			}
			i += 2
			continue
		}
		last, width := int(list.Index(i+1).Int64()), list.Index(i+2).Float64()
		for k := first; k <= min(last, first+1<<16); k++ {
			f.widths[k] = width
		}
		i += 3
	}
}

// maxCodes is how many codes the table of a font may have.
const maxCodes = 1 << 17

// readTable reads a font's table from codes to text (a ToUnicode CMap).
func (f *pdfFont) readTable(data []byte) {
	f.unicode = map[string]string{}
	s := scanner{data: data}
	var args []operand
	for {
		tok, op, ok := s.next()
		if !ok {
			return
		}
		if op == "" {
			args = append(args, tok)
			continue
		}
		switch op {
		case "endcodespacerange":
			for _, a := range args {
				if n := len(a.text); n > 0 && n < len(f.lengths) {
					f.lengths[n] = true
				}
			}
		case "endbfchar":
			for i := 0; i+1 < len(args); i += 2 {
				f.define(args[i].text, args[i+1].text)
			}
		case "endbfrange":
			for i := 0; i+2 < len(args); i += 3 {
				f.defineRange(args[i].text, args[i+1].text, args[i+2])
			}
		}
		args = args[:0]
	}
}

// define says which text, in UTF-16, a code means.
func (f *pdfFont) define(code, text string) {
	if len(code) == 0 || len(code) >= len(f.lengths) || len(f.unicode) >= maxCodes {
		return
	}
	f.lengths[len(code)] = true
	f.unicode[code] = fromUTF16(text)
}

func (f *pdfFont) defineRange(low, high string, to operand) {
	first, last := number(low), number(high)
	for n := first; n <= last && n-first < 1<<16 && len(f.unicode) < maxCodes; n++ {
		code := []byte(low)
		for i, rest := len(code)-1, n; i >= 0; i-- {
			code[i] = byte(rest)
			rest >>= 8
		}
		if to.list != nil {
			if n-first < len(to.list) {
				f.define(string(code), to.list[n-first].text)
			}
			continue
		}
		text := []byte(to.text)
		if len(text) < 2 {
			return
		}
		tail := int(text[len(text)-2])<<8 + int(text[len(text)-1]) + n - first
		text[len(text)-2], text[len(text)-1] = byte(tail>>8), byte(tail)
		f.define(string(code), string(text))
	}
}

func number(code string) int {
	n := 0
	for i := range min(len(code), 4) {
		n = n<<8 | int(code[i])
	}
	return n
}

func fromUTF16(s string) string {
	if len(s) == 1 {
		return s
	}
	units := make([]uint16, 0, len(s)/2)
	for i := 0; i+1 < len(s); i += 2 {
		units = append(units, uint16(s[i])<<8|uint16(s[i+1]))
	}
	return strings.ToValidUTF8(string(utf16.Decode(units)), "")
}

// decode takes one code from the beginning of s. The text is empty for a code that
// has none, and known reports whether the font tells.
func (f *pdfFont) decode(s string) (code int, size int, text string, known bool) {
	size = 1
	if f.wide {
		size = 2
		if f.lengths[1] && !f.lengths[2] {
			size = 1
		}
	}
	size = min(size, len(s))
	code = number(s[:size])
	if text, ok := f.unicode[s[:size]]; ok {
		return code, size, text, true
	}
	if !f.wide {
		text = f.simple[s[0]]
		return code, size, text, true
	}
	return code, size, "", false
}

// width of a code, in thousandths of the size.
func (f *pdfFont) width(code int) float64 {
	if w, ok := f.widths[code]; ok && !math.IsNaN(w) && w >= 0 && w < 10_000 {
		return w
	}
	return f.usual
}
