package extract

import (
	"bytes"
	"context"
	"fmt"
	"strings"
	"testing"
)

// The fonts of the test pages. Without widths, of their own or of a standard font, all characters
// are half as wide as high, so that where a line ends can be counted.
const (
	pdfPlain = "<</Type /Font /Subtype /Type1 /BaseFont /Gulden /Encoding /WinAnsiEncoding>>"
	pdfBold  = "<</Type /Font /Subtype /Type1 /BaseFont /Gulden-Bold /Encoding /WinAnsiEncoding>>"
)

// printed is a PDF of pages, which draw with the fonts F (plain), B (bold) and X, and the form
// or image O. More are objects from number 8 on.
func printed(fontX, object string, pages []string, more ...string) []byte {
	objects := []string{"<</Type /Catalog /Pages 2 0 R /Lang (sv-SE)>>", "", pdfPlain, pdfBold, fontX, object, "<</Title (Bryggan) /Author (Ylva Ek)>>"}
	objects = append(objects, more...)
	kids := ""
	for _, p := range pages {
		kids += fmt.Sprintf("%d 0 R ", len(objects)+1)
		objects = append(objects, fmt.Sprintf("<</Type /Page /Parent 2 0 R /Contents %d 0 R>>", len(objects)+2), stream("", p))
	}
	objects[1] = "<</Type /Pages /Kids [" + kids + "] /Count 1 /Resources <</Font <</F 3 0 R /B 4 0 R /X 5 0 R>> /XObject <</O 6 0 R>>>>>>"
	return pdfOf(objects...)
}

// at draws a line of text.
func at(font string, size, x, y float64, text string) string {
	return fmt.Sprintf("BT /%s %g Tf %g %g Td (%s) Tj ET\n", font, size, x, y, text)
}

// below draws lines below each other in the plain font.
func below(x, y float64, text ...string) string {
	var b strings.Builder
	for i, l := range text {
		b.WriteString(at("F", 10, x, y-12*float64(i), l))
	}
	return b.String()
}

// readHere reads a PDF in this process: quicker than in one of its own.
func readHere(data []byte) (*Document, error) {
	return pdfFormat.document(Input{Data: data}, "")
}

// running are lines that tell how large and wide the text of a page is.
var running = []string{"The quay of Ystholm was laid in stone by two brothers from", "Fjell who had never seen a harbour and who never left it", "again, as the parish clerk noted in the spring of that year."}

const runningText = "The quay of Ystholm was laid in stone by two brothers from Fjell who had never seen a harbour and who never left it again, as the parish clerk noted in the spring of that year."

// TestPDFLayout: what stands on a page becomes paragraphs in the order in which they are read.
func TestPDFLayout(t *testing.T) {
	left := []string{"The quay of Ystholm was laid in", "stone by two brothers who had", "never seen a harbour before and", "who never left it again, as the", "parish clerk of the time noted", "in the spring of that very year."}
	right := []string{"Their pay was three barrels of", "herring and a cow, which they", "had to share, and for which the", "elder had to build a shed, says", "the same book on the page that", "follows it, in another ink."}
	const leftText = "The quay of Ystholm was laid in stone by two brothers who had never seen a harbour before and who never left it again, as the parish clerk of the time noted in the spring of that very year."
	const rightText = "Their pay was three barrels of herring and a cow, which they had to share, and for which the elder had to build a shed, says the same book on the page that follows it, in another ink."
	text := below(50, 700, running...)
	names := strings.Fields("Ylva Tor Anders Saga Nils Greta Olof Berit Sixten Kerstin Bo Ingegerd")
	told := func(n int) (all []string) { // what page n tells: the same of others
		for _, name := range names[4*n : 4*n+4] {
			all = append(all, name+" carried stones over the ice in that long winter.")
		}
		return all
	}
	page := func(n int) string {
		return at("F", 10, 50, 780, "Ystholm yearbook") + at("F", 10, 450, 780, fmt.Sprintf("Volume %d", 7+n)) + below(50, 700, told(n)...) + at("F", 10, 290, 30, fmt.Sprintf("- %d -", 1+n))
	}
	for _, c := range []struct {
		name  string
		pages []string
		want  string
	}{
		{"lines of one paragraph", []string{text}, "P " + runningText},
		{"paragraphs apart", []string{text + below(50, 640, "It stands.")}, "P " + runningText + "\nP It stands."},
		{"paragraphs that are set in", []string{text + below(65, 664, "It stands.")}, "P " + runningText + "\nP It stands."},
		{"drawn from below", []string{below(50, 640, "It stands.") + text}, "P " + runningText + "\nP It stands."},
		{"a larger title", []string{at("F", 18, 50, 740, "The quay") + text}, "H The quay\nP " + runningText},
		{"a title on two lines", []string{at("F", 18, 50, 760, "The quay of the") + at("F", 18, 50, 739, "two brothers") + text}, "H The quay of the two brothers\nP " + runningText},
		{"a bold heading", []string{text + at("B", 10, 50, 640, "The stones") + below(50, 622, "They are of granite.")}, "P " + runningText + "\nH The stones\nP They are of granite."},
		{"a bold word in a line", []string{text + at("B", 10, 50, 640, "They") + at("F", 10, 75, 640, "are of granite.")}, "P " + runningText + "\nP They are of granite."},
		{"who wrote it, in large letters", []string{at("F", 18, 50, 760, "The quay") + at("F", 12, 50, 735, "By Ylva Ek") + text}, "H The quay\nC By Ylva Ek\nP " + runningText},
		{"columns", []string{below(50, 700, left...) + below(300, 700, right...)}, "P " + leftText + "\nP " + rightText},
		{"columns that stand close, drawn line by line", []string{func() (s string) {
			for i := range left {
				s += below(50, 700-12*float64(i), left[i]) + below(225, 700-12*float64(i), right[i])
			}
			return s
		}()}, "P " + leftText + "\nP " + rightText},
		{"a title over columns", []string{at("F", 18, 50, 740, "The quay of the two brothers and of the cow") + below(50, 700, left...) + below(300, 700, right...)}, "H The quay of the two brothers and of the cow\nP " + leftText + "\nP " + rightText},
		{"a paragraph that goes on in the next column", []string{below(50, 700, left[:5]...) + below(300, 700, append([]string{"in the spring of that very year."}, right...)...)},
			"P " + leftText + " " + rightText},
		{"rows of a table", []string{text + below(50, 640, "Stones") + below(150, 640, "412 carts") + below(50, 622, "Cows") + below(150, 622, "one")}, "P " + runningText + "\nP Stones 412 carts\nP Cows one"},
		{"a word that is parted", []string{below(50, 700, "The quay of Ystholm was laid in stone by two brothers and a car-", "penter who had never seen a harbour.")}, "P The quay of Ystholm was laid in stone by two brothers and a carpenter who had never seen a harbour."},
		{"a hyphen of the text", []string{below(50, 700, "The well-known quay of Ystholm was laid in stone by two well-", "known brothers who had never seen a harbour.")}, "P The well-known quay of Ystholm was laid in stone by two well-known brothers who had never seen a harbour."},
		{"a hyphen before a name", []string{below(50, 700, "The quay of Ystholm was laid in stone by the brothers of Nord-", "Ystholm who had never seen a harbour.")}, "P The quay of Ystholm was laid in stone by the brothers of Nord-Ystholm who had never seen a harbour."},
		{"items", []string{text + below(60, 640, "\\225 granite from Fjell, which is red", "  and hard", "\\225 larch")}, "P " + runningText + "\nI granite from Fjell, which is red and hard\nI larch"},
		{"what stands at a picture", []string{text + at("F", 8, 50, 600, "Figure 3: The quay in 1904")}, "P " + runningText + "\nC Figure 3: The quay in 1904"},
		{"notes stand at the end", []string{text + below(50, 640, "It stands.") + at("F", 7, 50, 60, "1 Parish book, page 12."), below(50, 700, "Everybody walks there on Sundays.")},
			"P " + runningText + "\nP It stands.\nP Everybody walks there on Sundays.\nP 1 Parish book, page 12."},
		{"the number of a note", []string{text + below(50, 640, "It stands") + "BT /F 6 Tf 95 640 Td 4 Ts (12) Tj 0 Ts ET\n" + below(102, 640, " there.") + "BT /F 6 Tf 50 63 Td (12) Tj /F 8 Tf 6 -3 Td (Parish book, page 4.) Tj ET\n"}, "P " + runningText + "\nP It stands there.\nP Parish book, page 4."},
		{"raised and lowered characters", []string{text + "BT /F 10 Tf 50 640 Td (It held 10) Tj 4 Ts /F 6 Tf (6) Tj 0 Ts /F 10 Tf ( t of CO) Tj -2 Ts /F 6 Tf (2) Tj 0 Ts /F 10 Tf ( on 40 m) Tj 4 Ts /F 6 Tf (2) Tj 0 Ts /F 10 Tf ( from the 3) Tj 4 Ts /F 6 Tf (rd) Tj 0 Ts /F 10 Tf ( of May.) Tj 4 Ts /F 6 Tf (1) Tj ET\n" +
			below(50, 622, "2. Nobody knows why.")}, "P " + runningText + "\nP It held 10⁶ t of CO2 on 40 m² from the 3rd of May.¹\nP 2. Nobody knows why."},
		{"raised characters that are drawn before the others", []string{text + at("F", 6, 100, 644, "6") + at("F", 6, 156, 644, "th") + at("F", 10, 50, 640, "It held 10") + at("F", 10, 106, 640, "t on the 4") + at("F", 10, 162, 640, " of May.")},
			"P " + runningText + "\nP It held 10⁶ t on the 4th of May."},
		{"lines of a list of contents", []string{text + below(50, 640, "1. Stones ........................ 2", "2. Ropes and men ................. 31")}, "P " + runningText + "\nC 1. Stones ........................ 2\nC 2. Ropes and men ................. 31"},
		{"running heads and page numbers", []string{page(0), page(1), page(2)}, "P " + strings.Join(told(0), " ") + "\nP " + strings.Join(told(1), " ") + "\nP " + strings.Join(told(2), " ")},
		{"a paragraph that goes on on the next page", []string{text + below(50, 60, "They came over the ice with a sledge and with two"), below(50, 700, "horses, and nobody asked them why.")},
			"P " + runningText + "\nP They came over the ice with a sledge and with two horses, and nobody asked them why."},
		{"a page on its side", []string{"BT /F 10 Tf 0 1 -1 0 100 50 Tm (" + running[0] + ") Tj 0 -12 Td (" + running[1] + ") Tj 0 -12 Td (" + running[2] + ") Tj ET"}, "P " + runningText},
		{"a stamp in the margin", []string{text + "BT /F 10 Tf 0 1 -1 0 20 300 Tm (Received 4 May) Tj ET"}, "P " + runningText},
		{"what a browser prints around a page", []string{at("F", 8, 30, 800, "5/14/24, 9:03 AM") + at("F", 8, 300, 800, "The quay - Ystholm") + text + at("F", 8, 30, 20, "https://ystholm.example/quay") + at("F", 8, 500, 20, "1/1")}, "P " + runningText},
		{"an address of the text", []string{text + below(50, 640, "https://ystholm.example/quay")}, "P " + runningText + "\nP https://ystholm.example/quay"},
		{"turns", []string{below(50, 700, "Ylva Ek: Who laid the quay of Ystholm?", "Tor Moe: Two brothers from Fjell did.", "Ylva Ek: What were they paid for it?", "Tor Moe: A cow and three barrels.")},
			"T Ylva Ek: Who laid the quay of Ystholm?\nT Tor Moe: Two brothers from Fjell did.\nT Ylva Ek: What were they paid for it?\nT Tor Moe: A cow and three barrels."},
	} {
		doc, err := readHere(printed(pdfPlain, "<<>>", c.pages))
		if err != nil {
			t.Errorf("%s: %v", c.name, err)
		} else if got := lines(doc); got != c.want {
			t.Errorf("%s: got\n%s\nwant\n%s", c.name, got, c.want)
		}
	}
}

// TestPDFBreaks: a sentence goes on over the end of a column and of a page, whatever it goes on
// with, and nothing else does.
func TestPDFBreaks(t *testing.T) {
	column := func(last string) []string {
		return []string{"The mill above Orrby was bought by", "a baker of the next valley who had", "never owned a wheel, as the papers", "of that year do not tire to repeat", last}
	}
	const before = "The mill above Orrby was bought by a baker of the next valley who had never owned a wheel, as the papers of that year do not tire to repeat "
	for _, c := range []struct {
		name, last, next string
		one              bool
	}{
		{"a name", "and who asked the county engineer", "Maj Holm to look at the dam for him.", true},
		{"a number", "and he paid for the house and land", "14,000 crowns, which was not little.", true},
		{"a bracket", "and for the two fields behind it a", "(smaller) sum that nobody wrote down.", true},
		{"a quotation mark", "and in the book of guests he wrote", "\\223Flour is made of patience\\224 in ink.", true},
		{"a colon", "and he had three reasons for that:", "Rye was cheap, and water cost nothing.", true},
		{"an abbreviation", "and the first to be there was Mrs.", "Holm, with a lamp and with her dog.", true},
		{"what was asked", "and \\223Is it really for sale at all?\\224", "was all that he ever said about it.", true},
		{"an end", "and it had cost him all he had got.", "Maj Holm looked at the dam in April.", false},
		{"a short line", "and the dam of the mill", "Maj Holm looked at the dam in April.", false},
		{"a short line with a colon", "and he gave reasons:", "Maj Holm looked at the dam in April.", false},
		{"an item", "and he asked the county engineer to", "\\225 look at the dam and at the sluice", false},
		{"an item with a number", "and he asked the county engineer to", "1. Look at the dam and at the sluice", false},
		{"a speaker", "and he asked the county engineer to", "Maj Holm: I looked at the dam twice.", false},
		{"a caption", "and he asked the county engineer to", "Figure 2: The dam above Orrby, 1904", false},
	} {
		kind := "P"
		next := strings.NewReplacer("\\223", "“", "\\224", "”").Replace(c.next)
		last := strings.NewReplacer("\\223", "“", "\\224", "”").Replace(c.last)
		switch {
		case strings.HasPrefix(next, "\\225 "):
			kind, next = "I", next[5:]
		case strings.HasPrefix(next, "Figure"):
			kind = "C"
		}
		want := "P " + before + last + "\n" + kind + " " + next
		if c.one {
			want = "P " + before + last + " " + next
		}
		filler := []string{"It was the year in which the trains", "came to Orrby, and it was the wettest", "summer since the church was painted."}
		for where, pages := range map[string][]string{
			"column": {below(50, 700, column(c.last)...) + below(300, 700, c.next) + below(300, 670, filler...)},
			"page":   {below(50, 108, column(c.last)...), below(50, 700, c.next) + below(50, 670, filler...)},
		} {
			doc, err := readHere(printed(pdfPlain, "<<>>", pages))
			if err != nil {
				t.Errorf("%s: %v", c.name, err)
			} else if got, want := lines(doc), want+"\nP "+strings.Join(filler, " "); got != want {
				t.Errorf("%s, in the next %s: got\n%s\nwant\n%s", c.name, where, got, want)
			}
		}
	}
	// Lines that fill nothing but themselves: a cover, and rows of a table.
	for name, pages := range map[string][]string{
		"a cover": {at("F", 18, 200, 500, "The mill") + at("F", 10, 170, 470, "Orrby Heritage Society"), below(50, 700, running...)},
		"rows":    {below(50, 700, running...) + below(50, 640, "Stones of granite") + below(250, 640, "412 carts of them"), below(50, 700, "Cows of the parish") + below(250, 700, "one of them blind")},
	} {
		doc, err := readHere(printed(pdfPlain, "<<>>", pages))
		if err != nil {
			t.Fatal(err)
		}
		if got := lines(doc); strings.Contains(got, "Society The") || strings.Contains(got, "them Cows") {
			t.Errorf("%s: %s", name, got)
		}
	}
}

// TestPDFDrawing: the ways in which a page draws the same words.
func TestPDFDrawing(t *testing.T) {
	const want = "P The quay of Ystholm (laid in stone) still stands today."
	begin := "BT /F 10 Tf 50 700 Td "
	for _, c := range []struct{ name, drawing, form string }{
		{"one text", begin + `(The quay of Ystholm \(laid in stone\) still stands today.) Tj ET`, ""},
		{"brackets that pair", begin + `(The quay of Ystholm (laid in stone) still stands today.) Tj ET`, ""},
		{"octal digits", begin + `(The\040quay of \131stholm \50laid in stone\051 still stands today.) Tj ET`, ""},
		{"a line that is broken by a backslash", begin + "(The quay of Ys\\\ntholm \\(laid in stone\\) still \\\r\nstands today.) Tj ET", ""},
		{"a backslash before a letter that stands for itself", begin + `(The quay of Ysthol\m) Tj ( \(la\id in stone\) still stands today.) Tj ET`, ""},
		{"hexadecimal digits", begin + `(The quay of ) Tj <597374 686F 6C6d> Tj ( \(laid in stone\) still stands today.) Tj ET`, ""},
		{"gaps in the place of blanks", begin + `[(The)-250(quay)-250(of)-250(Ystholm)-250(\(laid)-250(in)-250(st)10(one\))-250(still)-250(stands)-250(today.)] TJ ET`, ""},
		{"words in any order", "BT /F 10 Tf 1 0 0 1 200 700 Tm (stone\\) still stands today.) Tj 1 0 0 1 50 700 Tm (The quay of Ystholm \\(laid in) Tj ET", ""},
		{"lines by their distance", begin + `14 TL (The quay of Ystholm) Tj T* (\(laid in stone\)) Tj (still stands today.) ' ET`, ""},
		{"lines with spaces", begin + `14 TL (The quay of Ystholm) Tj 0 0 (\(laid in stone\)) " (still stands today.) ' ET`, ""},
		{"lines by their shift", begin + `(The quay of Ystholm) Tj 0 -14 TD (\(laid in stone\)) Tj T* (still stands today.) Tj ET`, ""},
		{"letters apart", begin + `0.5 Tc 2 Tw (The quay of Ystholm \(laid in stone\) still stands today.) Tj ET`, ""},
		{"narrow letters", begin + `60 Tz (The quay of Ystholm \(laid in stone\) still stands today.) Tj ET`, ""},
		{"a page that is made larger", "q 2 0 0 2 10 10 cm " + begin + `(The quay of Ystholm \(laid in stone\)) Tj ET Q BT /F 20 Tf 650 1410 Td (still stands today.) Tj ET`, ""},
		{"a size that the matrix tells", `BT /F 1 Tf 10 0 0 10 50 700 Tm (The quay of Ystholm \(laid in stone\) still stands today.) Tj ET`, ""},
		{"drawn twice to look bold", begin + `(The quay of Ystholm \(laid in stone\) still stands today.) Tj ET BT /F 10 Tf 50.2 700 Td (The quay of Ystholm \(laid in stone\) still stands today.) Tj ET`, ""},
		{"a running head that says so", "/Artifact <</Type /Pagination>> BDC BT /F 10 Tf 50 780 Td (Yearbook) Tj ET EMC " + begin + `(The quay of Ystholm \(laid in stone\) still stands today.) Tj ET`, ""},
		{"marks in a running head", "/Artifact BMC /Span BMC BT /F 10 Tf 50 780 Td (Year) Tj EMC (book) Tj ET EMC /P BMC " + begin + `(The quay of Ystholm \(laid in stone\) still stands today.) Tj ET EMC`, ""},
		{"a text that stands for what is drawn", begin + `(The quay of ) Tj /Span <</ActualText <FEFF0059007300740068006F006C006D>>> BDC (*******) Tj EMC ( \(laid in stone\) still stands today.) Tj ET`, ""},
		{"a hyphen that only parts a word", begin + `(The quay of Yst) Tj /Span <</ActualText <FEFF00AD>>> BDC (-) Tj EMC 0 -12 Td (holm) Tj ET BT /F 10 Tf 80 688 Td (\(laid in stone\) still stands today.) Tj ET`, ""},
		{"an image in the stream", begin + `(The quay of Ystholm ) Tj ET BI /W 8 /H 1 /BPC 1 ID (EI) EIxEI ` + "\x00\xff(" + ` EI BT /F 10 Tf 150 700 Td (\(laid in stone\) still stands today.) Tj ET`, ""},
		{"remarks", begin + "% (no text) Tj\n" + `(The quay of Ystholm \(laid in stone\) still stands today.) Tj ET`, ""},
		{"letters too small to be seen", begin + `(The quay of Ystholm \(laid in stone\) still stands today.) Tj /F 0.2 Tf 0 -40 Td (buy now) Tj ET`, ""},
		{"a form", "/O Do", begin + `(The quay of Ystholm \(laid in stone\) still stands today.) Tj ET`},
		{"a form that changes the state, and text behind it", "q " + begin + `(The quay of Ystholm ) Tj ET /O Do BT 150 700 Td (\(laid in stone\) still stands today.) Tj ET Q`, "BT /B 30 Tf ET q 9 0 0 9 0 0 cm"},
		{"a font that is not there", begin + `(The quay of Ystholm \(laid in stone\) still stands today.) Tj /Nowhere 10 Tf ( ) Tj ET`, ""},
		{"more ends than beginnings", "Q Q EMC ET ] >> ) " + begin + `(The quay of Ystholm \(laid in stone\) still stands today.) Tj ET`, ""},
	} {
		doc, err := readHere(printed(pdfPlain, stream("/Type /XObject /Subtype /Form", c.form), []string{c.drawing}))
		if err != nil {
			t.Errorf("%s: %v", c.name, err)
		} else if got := lines(doc); got != want {
			t.Errorf("%s: %s", c.name, got)
		}
	}
}

// TestPDFFonts: what the codes of a font mean, as its dictionary and its table tell.
func TestPDFFonts(t *testing.T) {
	table := func(body string) string {
		return stream("", "/CIDInit /ProcSet findresource begin begincmap 1 begincodespacerange <0000> <ffff> endcodespacerange "+body+" endcmap end")
	}
	wide := "<</Type /Font /Subtype /Type0 /BaseFont /Gulden /Encoding /Identity-H /ToUnicode 8 0 R /DescendantFonts [<</Type /Font /Subtype /CIDFontType2 /DW 500 /W %s>>]>>"
	const long = "which is more than thirty characters of text"
	for _, c := range []struct{ name, font, table, drawn, want string }{
		{"Windows", "<</Subtype /Type1 /Encoding /WinAnsiEncoding>>", "", `(Sm\370rebr\370d \226 5\200)`, "Smørebrød – 5€"},
		{"Macintosh", "<</Subtype /Type1 /Encoding /MacRomanEncoding>>", "", `(Sm\277rebr\277d \320 \312caf\216)`, "Smørebrød – \u00a0café"},
		{"names of glyphs", "<</Subtype /Type1 /Encoding <</Differences [1 /S /m /oslash /r /e /b /d]>>>>", "", `(\001\002\003\004\005\006\004\003\007)`, "Smørebrød"},
		{"ligatures", "<</Subtype /Type1 /Encoding <</Differences [1 /fi /fl]>>>>", "", `(\001nes, \002ytting)`, "fines, flytting"},
		{"a table for one byte", "<</Subtype /TrueType /ToUnicode 8 0 R>>", stream("", "2 beginbfchar <21> <0141> <22> <00F300640141> endbfchar"), `(!")`, "ŁódŁ"},
		{"a range", fmt.Sprintf(wide, "[]"), table("1 beginbfrange <0003> <0010> <0430> endbfrange"), "<00030004000500060007>", "абвгд"},
		{"a range with a list", fmt.Sprintf(wide, "[]"), table("1 beginbfrange <0003> <0005> [<0141> <00F3> <0064>] endbfrange"), "<000300040005>", "Łód"},
		{"a range over a border of bytes", fmt.Sprintf(wide, "[]"), table("1 beginbfrange <00FE> <0101> <0061> endbfrange"), "<00FE00FF01000101>", "abcd"},
		{"characters of two halves", fmt.Sprintf(wide, "[]"), table("1 beginbfchar <0003> <D83DDE00> endbfchar 1 beginbfchar <0004> <0061> endbfchar"), "<00030004>", "😀a"},
		{"a ligature in the table", fmt.Sprintf(wide, "[]"), table("2 beginbfchar <0003> <00660066006C> <0004> <0065> endbfchar"), "<00040003>", "effl"},
		{"wide and narrow letters", fmt.Sprintf(wide, "[3 [200 1000] 5 6 300]"), table("1 beginbfrange <0003> <0006> <0061> endbfrange"), "<0003000400050006>", "abcd"},
		{"codes of one byte in a font of two", fmt.Sprintf(wide, "[]"), stream("", "1 begincodespacerange <00> <ff> endcodespacerange 1 beginbfrange <41> <44> <0061> endbfrange"), "(ABCD)", "abcd"},
		{"a table that ends in the middle", fmt.Sprintf(wide, "[]"), table("1 beginbfchar <0003> <0061> endbfchar 2 beginbfchar <0004> <00"), "<0003>", "a"},
		{"letters that are drawings", "<</Subtype /Type3 /FontMatrix [0.01 0 0 0.01 0 0] /FirstChar 97 /Widths [50 50] /Encoding <</Differences [97 /a /b]>> /CharProcs <<>>>>", "", "(ab)", "ab"},
	} {
		data := printed(c.font, "<<>>", []string{"BT /X 10 Tf 50 700 Td " + c.drawn + " Tj ET " + at("F", 10, 50, 688, long)}, c.table+" ")
		doc, err := readHere(data)
		if err != nil {
			t.Errorf("%s: %v", c.name, err)
		} else if got, want := lines(doc), "P "+c.want+" "+long; got != want {
			t.Errorf("%s: got %q, want %q", c.name, got, want)
		}
	}
}

// TestPDFStandardFonts: a standard font that tells no widths has its own, by which columns that
// stand close are told apart; all of those that are known are complete.
func TestPDFStandardFonts(t *testing.T) {
	left := []string{"The elm bridge was opened in May", "and it sways by nine centimetres", "in a westerly wind; the city has", "closed it on 41 days of the year", "and nobody was hurt in that time", "as the warden wrote to the mayor."}
	right := []string{"Twelve sensors were mounted to", "the deck and measured for eight", "months until it was found that", "the swaying sets in with a wind", "of fourteen metres per second,", "which nobody at all expected."}
	for _, name := range []string{"Times-Roman", "Times-BoldItalic", "Helvetica", "ArialMT"} {
		font := "<</Type /Font /Subtype /Type1 /BaseFont /" + name + ">>"
		draw := ""
		for i := range left {
			y := 700 - 12*float64(i)
			draw += at("X", 10, 50, y, left[i]) + at("X", 10, 212, y, right[i])
		}
		doc, err := readHere(printed(font, "<<>>", []string{draw}))
		if want := strings.Join(left, " ") + " " + strings.Join(right, " "); err != nil || strings.ReplaceAll(doc.Text(), "\n\n", " ") != want+"\n" {
			t.Errorf("%s: %v\n%s", name, err, lines(doc))
		}
	}
	for name, widths := range standardWidths() {
		if len(widths) != 256 || widths['W'] < 2*widths['i'] {
			t.Errorf("%s: %d widths, W is %g wide", name, len(widths), widths['W'])
		}
	}
}

// TestPDFRefused: a PDF whose text cannot be read says why, and what would work.
func TestPDFRefused(t *testing.T) {
	dark := "<</Type /Font /Subtype /Type0 /BaseFont /Gulden /DescendantFonts [<<>>]>>"
	image := stream("/Type /XObject /Subtype /Image /Width 1 /Height 1", "x")
	text := below(50, 700, running...)
	for _, c := range []struct {
		name, font, object string
		pages              []string
		want               string
	}{
		{"a scan", pdfPlain, image, []string{"/O Do", "/O Do"}, "it is a scan"},
		{"a scan with a stamp", pdfPlain, image, []string{"/O Do " + at("F", 10, 50, 700, "Archive 12-b"), "/O Do"}, "it is a scan"},
		{"a picture beside text", pdfPlain, image, []string{"/O Do " + text}, ""},
		{"codes that mean nothing", dark, "<<>>", []string{"BT /X 10 Tf 50 700 Td <000100020003000400050006> Tj ET"}, "its fonts do not tell which letters they draw"},
		{"some codes that mean nothing", dark, "<<>>", []string{text + "BT /X 10 Tf 50 600 Td <000100020003000400050006> Tj ET"}, ""},
		{"text that is drawn", pdfPlain, "<<>>", []string{"0 0 m 10 10 l S"}, "it has no text; where it shows some, that is drawn"},
		{"no pages", pdfPlain, "<<>>", nil, "it has no text"},
		{"a few words", pdfPlain, "<<>>", []string{at("F", 10, 50, 700, "Closed.")}, ""},
		{"a form that is packed in a way that is not read", pdfPlain, stream("/Subtype /Form /Filter /Nonsense", "x"), []string{"/O Do"}, "packed or protected in a way that is not read"},
	} {
		doc, err := Read(t.Context(), Input{Data: printed(c.font, c.object, c.pages)})
		if c.want == "" && err != nil || c.want != "" && (err == nil || !strings.Contains(err.Error(), c.want)) {
			t.Errorf("%s: got %v and %v, want %q", c.name, doc, err, c.want)
		}
	}
}

// TestPDFFacts: the largest heading is the title, else what the file says; no program's name.
func TestPDFFacts(t *testing.T) {
	text := below(50, 700, running...)
	for _, c := range []struct{ name, info, drawing, title, author string }{
		{"told", "<</Title (Bryggan) /Author (Ylva Ek)>>", text, "Bryggan", "Ylva Ek"},
		{"told in UTF-16", "<</Title <FEFF0042007200F6006E>>>", text, "Brön", ""},
		{"the page goes first", "<</Title (Bryggan)>>", at("F", 18, 50, 740, "The quay stands") + text, "The quay stands", ""},
		{"the largest of two", "<<>>", at("B", 12, 50, 770, "Yearbook") + at("B", 20, 50, 740, "The quay stands") + text, "The quay stands", ""},
		{"the name of a file", "<</Title (Microsoft Word - quay.docx) /Author (user)>>", text, "", ""},
		{"nothing", "<<>>", text, "", ""},
	} {
		data := bytes.Replace(printed(pdfPlain, "<<>>", []string{c.drawing}), []byte("/Root 1 0 R"), []byte("/Root 1 0 R /Info "+c.info), 1)
		doc, err := readHere(data)
		if err != nil {
			t.Errorf("%s: %v", c.name, err)
		} else if doc.Title != c.title || doc.Author != c.author || doc.Language != "sv-SE" {
			t.Errorf("%s: %q by %q in %q, want %q by %q", c.name, doc.Title, doc.Author, doc.Language, c.title, c.author)
		}
	}
}

// TestPDFHeads: what stands before a PDF and in its first line keeps nobody from reading it.
func TestPDFHeads(t *testing.T) {
	data := printed(pdfPlain, "<<>>", []string{below(50, 700, running...)})
	for name, head := range map[string]string{
		"a newer one":           "%PDF-2.0\n",
		"a blank behind it":     "%PDF-1.4 ",
		"a line before it":      "HTTP/1.1 200 OK\r\n\r\n%PDF-1.4\n",
		"a mark before it":      "\ufeff%PDF-1.4\n",
		"a newer one, in Mac's": "%PDF-2.0\r",
	} {
		doc, err := readHere(bytes.Replace(data, []byte("%PDF-1.4\n"), []byte(head), 1))
		if err != nil {
			t.Errorf("%s: %v", name, err)
		} else if got := lines(doc); got != "P "+runningText {
			t.Errorf("%s: %s", name, got)
		}
	}
}

// TestPDFApart: the end of a process of its own is awaited no longer than the context allows.
func TestPDFApart(t *testing.T) {
	data := printed(pdfPlain, "<<>>", []string{below(50, 700, running...)})
	if got := lines(mustRead(t, Input{Data: data})); got != "P "+runningText {
		t.Error(got)
	}
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if doc, err := Read(ctx, Input{Data: data}); err == nil {
		t.Errorf("it was read after its context had ended: %v", doc)
	}
}
