package extract

import (
	"archive/zip"
	"bytes"
	"compress/zlib"
	"context"
	"errors"
	"fmt"
	"io"
	"maps"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/ledongthuc/pdf"
)

// documents are the test documents by name.
func documents(t testing.TB) map[string][]byte {
	t.Helper()
	files, err := filepath.Glob("testdata/*.*")
	if err != nil {
		t.Fatal(err)
	}
	out := map[string][]byte{}
	for _, f := range files {
		if strings.HasSuffix(f, ".golden") {
			continue
		}
		data, err := os.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		out[filepath.Base(f)] = data
	}
	return out
}

// zipped packs files; each is name and content in turn.
func zipped(t testing.TB, files ...string) []byte {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for i := 0; i < len(files); i += 2 {
		w, err := z.Create(files[i])
		if err == nil {
			_, err = io.WriteString(w, files[i+1])
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// pdfOf writes a PDF of objects, the first of which is its root.
func pdfOf(objects ...string) []byte {
	var b bytes.Buffer
	b.WriteString("%PDF-1.4\n")
	var offsets []int
	for i, o := range objects {
		offsets = append(offsets, b.Len())
		fmt.Fprintf(&b, "%d 0 obj\n%s\nendobj\n", i+1, o)
	}
	at := b.Len()
	fmt.Fprintf(&b, "xref\n0 %d\n0000000000 65535 f \n", len(objects)+1)
	for _, o := range offsets {
		fmt.Fprintf(&b, "%010d 00000 n \n", o)
	}
	fmt.Fprintf(&b, "trailer\n<</Size %d /Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n", len(objects)+1, at)
	return b.Bytes()
}

func stream(head, data string) string {
	return fmt.Sprintf("<<%s /Length %d>>\nstream\n%s\nendstream", head, len(data), data)
}

func deflated(t testing.TB, data string) string {
	t.Helper()
	var b bytes.Buffer
	z := zlib.NewWriter(&b)
	if _, err := io.WriteString(z, data); err != nil {
		t.Fatal(err)
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// TestHostile: documents that were made to do harm end within limits.
func TestHostile(t *testing.T) {
	const n = 50_000
	paragraph := "<w:p><w:r><w:t>" + strings.Repeat("far too much ", 1000) + "</w:t></w:r></w:p>"
	page := "<</Type /Page /Parent 2 0 R /Resources <</Font <</F 4 0 R>> /XObject <</X 5 0 R>>>> /Contents 5 0 R>>"
	cyclic, err := os.ReadFile("testdata/damaged/cyclic.pdf")
	if err != nil {
		t.Fatal(err)
	}
	font := "<</Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding>>"
	for _, c := range []struct {
		name, file string
		data       []byte
		fails      bool // it must be an error; else it may be read
	}{
		{"too large", "a.txt", make([]byte, MaxSize+1), true},
		{"a bomb of one part", "a.docx", zipped(t, "word/document.xml", strings.Repeat(" ", maxPart+1)), true},
		{"a bomb of text", "a.docx", zipped(t, "word/document.xml", strings.Repeat(paragraph, MaxText/len(paragraph)+100)), true},
		{"too many files", "a.docx", zipped(t, strings.Split(strings.Repeat("word/document.xml\x00x\x00", maxEntries+1), "\x00")[:2*maxEntries+2]...), true},
		{"deep XML", "a.docx", zipped(t, "word/document.xml", strings.Repeat("<w:p>", n)), true},
		{"entities in entities", "a.odt", zipped(t, "mimetype", "application/vnd.oasis.opendocument.text", "content.xml",
			`<!DOCTYPE x [<!ENTITY a "lol"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]><x><p>&b;&b;</p></x>`), false},
		{"styles of each other", "a.odt", zipped(t, "mimetype", "application/vnd.oasis.opendocument.text", "styles.xml",
			`<x><style name="A" parent-style-name="B"/><style name="B" parent-style-name="A"/></x>`, "content.xml", `<x><p style-name="A">Text.</p></x>`), false},
		{"a book of itself", "a.epub", zipped(t, "mimetype", "application/epub+zip", "META-INF/container.xml", `<rootfile full-path="b.opf"/>`, "b.opf",
			`<package><item id="a" href="b.opf" media-type="application/xhtml+xml"/>`+strings.Repeat(`<itemref idref="a"/>`, n)+`</package>`), false},
		{"spans without end", "a.odt", odt(t, strings.Repeat("<span>", maxDepth-10)+"x", "", ""), true},
		{"ends without beginnings", "a.odt", odt(t, strings.Repeat("</span></p></list></table-row></table-cell>", n)+"<p>Text.</p>", "", ""), false},
		{"rows without end", "a.docx", word(t, strings.Repeat("<w:tr><w:tc>", 200)+wp("Text."), ""), true},
		{"ends of rows", "a.docx", word(t, wp("Text.")+strings.Repeat("</w:tr>", n), ""), false},
		{"a book of one part, many times", "a.epub", book(t, strings.Repeat(`<item id="a" href="a" media-type="text/html"/><itemref idref="a"/>`, n), "OEBPS/a", "<p>Text.</p>"), false},
		{"many rows", "a.csv", []byte("question,answer\n" + strings.Repeat("?,\n", n) + "Is it open?,Yes.\n"), false},
		{"a quotation mark without end", "a.csv", []byte("question,answer\n\"" + strings.Repeat("Is it open?,Yes.\n", n)), false},
		{"many names", "a.json", []byte("{" + strings.Repeat(`"faq": {`, 5*maxNested) + strings.Repeat("}", 5*maxNested+1)), true},
		{"styles without end", "a.rtf", []byte(`{\rtf1{\stylesheet` + strings.Repeat(`{\s1 x`, maxDepth-2)), true},
		{"metadata of metadata", "a.md", []byte("---\na: &a [x]\nb: &b [*a, *a, *a]\nc: &c [*b, *b, *b]\ntitle: [*c, *c, *c]\n---\nText.\n"), false},
		{"metadata without end", "a.md", []byte("---\n" + strings.Repeat("title: x\n", n)), false},
		{"speakers without end", "a.txt", []byte(strings.Repeat("Ana Ibarra (0:02): Text.\nIker:\n", n/10)), false},
		{"marks without end", "a.rst", []byte(strings.Repeat("*a `b ``c |d ", n/10)), false},
		{"lines of a table", "a.rst", []byte(strings.Repeat("= ", 500) + "=\n" + strings.Repeat("a b c\n", 5000)), false},
		{"deep page", "a.html", []byte("<html>" + strings.Repeat("<div>", n) + "x"), true},
		{"many open elements", "a.html", []byte("<html><p>" + strings.Repeat("<b><i><u>", n/3) + "x"), true},
		{"deep groups", "a.rtf", []byte(`{\rtf1 ` + strings.Repeat("{", n)), true},
		{"a paragraph without end", "a.rtf", []byte(`{\rtf1 ` + strings.Repeat(`\u-1000000000000?x`, n)), false},
		{"deep JSON", "a.json", []byte(strings.Repeat(`[`, n)), true},
		{"deep lists", "a.md", []byte(strings.Repeat(">", 20_000) + " x"), false},
		{"many brackets", "a.md", []byte(strings.Repeat("[", 50_000) + "x"), false},
		{"many stars", "a.md", []byte(strings.Repeat("*a _b ", 50_000)), false},
		{"deep indents", "a.rst", []byte(strings.Repeat(".. note::\n   ", 1) + nested(2000)), false},
		{"many cues", "a.vtt", []byte("WEBVTT\n\n" + strings.Repeat("00:01.000 --> 00:02.000\nsame words\n\n", n)), false},
		{"deep mail", "a.eml", []byte("From: a@b.example\nSubject: x\n" + strings.Repeat("Content-Type: multipart/mixed; boundary=b\n\n--b\n", 1000) + "\ntext"), false},
		{"one long line", "a.txt", []byte(strings.Repeat("x", MaxText)), false},
		{"pages of themselves", "a.pdf", pdfOf("<</Type /Catalog /Pages 2 0 R>>", "<</Type /Pages /Kids [2 0 R 2 0 R] /Count 2>>"), true},
		{"a form in itself", "a.pdf", pdfOf("<</Type /Catalog /Pages 2 0 R>>", "<</Type /Pages /Kids [3 0 R] /Count 1>>", page, font,
			stream("/Type /XObject /Subtype /Form", "BT /F 12 Tf (Text.) Tj ET /X Do /X Do")), false},
		{"a bomb of a page", "a.pdf", pdfOf("<</Type /Catalog /Pages 2 0 R>>", "<</Type /Pages /Kids [3 0 R] /Count 1>>", page, font,
			stream("/Filter /FlateDecode", deflated(t, strings.Repeat(" ", maxContent+1)))), true},
		{"deep arrays on a page", "a.pdf", pdfOf("<</Type /Catalog /Pages 2 0 R>>", "<</Type /Pages /Kids [3 0 R] /Count 1>>", page, font,
			stream("", strings.Repeat("[", n)+strings.Repeat("<<", n)+strings.Repeat("(", n))), true},
		{"deep arrays in a PDF", "a.pdf", pdfOf("<</Type /Catalog /Pages 2 0 R>>", strings.Repeat("[", n)), true},
		{"objects in a stream that lies in itself", "a.pdf", cyclic, true},
		{"a page that is its own parent", "a.pdf", pdfOf("<</Type /Catalog /Pages 2 0 R>>", "<</Type /Pages /Kids [3 0 R] /Count 1>>", "<</Type /Page /Parent 3 0 R /Contents 3 0 R>>"), true},
	} {
		t.Run(c.name, func(t *testing.T) {
			began := time.Now()
			doc, err := Read(context.Background(), Input{Name: c.file, Data: c.data})
			if took := time.Since(began); took > maxTime+10*time.Second {
				t.Errorf("it took %v", took)
			}
			if c.fails && err == nil {
				t.Errorf("it was read as %s with %d blocks", doc.Format, len(doc.Blocks))
			}
		})
	}
}

// nested is paragraphs each of which is set in deeper than the one before.
func nested(n int) string {
	var b strings.Builder
	for i := range n {
		b.WriteString(strings.Repeat(" ", i) + ".. note:: x\n\n")
	}
	return b.String()
}

func TestCancelled(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if doc, err := Read(ctx, Input{Name: "a.txt", Data: bytes.Repeat([]byte("A line.\n"), 100_000)}); err == nil && doc == nil {
		t.Error("neither a document nor an error")
	}
}

// TestWithin: what reads too long is given up and told to stop, and a panic is damage.
func TestWithin(t *testing.T) {
	stopped, done := make(chan bool, 1), make(chan bool)
	defer close(done)
	_, err := within(t.Context(), 20*time.Millisecond, func(ctx context.Context) (*Document, error) {
		<-ctx.Done()
		stopped <- true
		<-done
		return nil, nil
	})
	if err == nil || !strings.Contains(err.Error(), "takes longer than 20ms to read") {
		t.Errorf("too long: %v", err)
	}
	select {
	case <-stopped:
	case <-time.After(10 * time.Second):
		t.Error("it was not told to stop")
	}
	if _, err := within(t.Context(), time.Minute, func(context.Context) (*Document, error) { panic("out of range") }); !errors.Is(err, errDamaged) {
		t.Errorf("a panic: %v", err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	if _, err := within(ctx, time.Minute, func(ctx context.Context) (*Document, error) { cancel(); <-ctx.Done(); select {} }); !errors.Is(err, context.Canceled) {
		t.Errorf("cancelled: %v", err)
	}
}

// TestArchive: what the parts of a packed document may unpack to is counted over all of them,
// and a part that lies about itself is damage or a secret.
func TestArchive(t *testing.T) {
	a, err := openArchive(zipped(t, "a", "12345678", "b", "12345678", "a", "other"))
	if err != nil {
		t.Fatal(err)
	}
	a.left = 12
	if data, err := a.read("a"); string(data) != "12345678" || err != nil {
		t.Errorf("the first of two of a name: %q, %v", data, err)
	}
	if _, err := a.read("b"); err == nil || !strings.Contains(err.Error(), `its part "b" unpacks to more`) {
		t.Errorf("more than is left: %v", err)
	}
	if data, err := a.read("c"); data != nil || err != nil {
		t.Errorf("none: %q, %v", data, err)
	}
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for name, head := range map[string]zip.FileHeader{"secret": {Flags: 1}, "wrong sum": {CRC32: 7, CompressedSize64: 4, UncompressedSize64: 4}, "unknown packing": {Method: 99, CompressedSize64: 4, UncompressedSize64: 4}} {
		head.Name = name
		w, err := z.CreateRaw(&head)
		if err == nil {
			_, err = io.WriteString(w, "text")
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	if a, err = openArchive(b.Bytes()); err != nil {
		t.Fatal(err)
	}
	for name, want := range map[string]error{"secret": errEncrypted, "wrong sum": errDamaged, "unknown packing": errDamaged} {
		if data, err := a.read(name); !errors.Is(err, want) {
			t.Errorf("%s: %q, %v, want %v", name, data, err, want)
		}
	}
}

// mutated damages a document in one of several ways.
func mutated(r *rand.Rand, data []byte) []byte {
	out := bytes.Clone(data)
	at := func() int { return r.IntN(len(out)) }
	switch r.IntN(5) {
	case 0: // it breaks off
		return out[:at()]
	case 1: // some bytes are others
		for range 1 + r.IntN(20) {
			out[at()] = byte(r.UintN(256))
		}
	case 2: // a piece is missing
		from := at()
		return append(out[:from], out[min(len(out), from+1+r.IntN(200)):]...)
	case 3: // a piece is there many times
		from := at()
		piece := out[from:min(len(out), from+1+r.IntN(100))]
		return append(out[:from:from], append(bytes.Repeat(piece, 1+r.IntN(500)), data[from:]...)...)
	case 4: // digits are others: lengths, offsets, counts
		for i, b := range out {
			if b >= '0' && b <= '9' && r.IntN(20) == 0 {
				out[i] = byte('0' + r.IntN(10))
			}
		}
	}
	return out
}

// TestMutated reads 200 damaged documents: each is an error of one line, or a
// document whose text can be kept.
func TestMutated(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	all := documents(t)
	for n := 0; n < 200; {
		for _, name := range slices.Sorted(maps.Keys(all)) {
			check(t, name, mutated(r, all[name]))
			n++
		}
	}
}

// check reads a document and holds what Read promises.
func check(t *testing.T, name string, data []byte) {
	t.Helper()
	doc, err := Read(context.Background(), Input{Name: name, Data: data})
	if err != nil {
		if err.Error() == "" || strings.Contains(err.Error(), "\n") {
			t.Errorf("%s: the error is %q", name, err)
		}
		return
	}
	text := doc.Text()
	if strings.TrimSpace(text) == "" || strings.ToValidUTF8(text, "") != text {
		t.Errorf("%s: the text is %.100q", name, text)
	}
	for _, b := range doc.Blocks {
		if b.Text != oneLine(b.Text) {
			t.Errorf("%s: a block is not one line: %.100q", name, b.Text)
		}
	}
}

// FuzzRead reads whatever comes. The first byte of the data chooses the name, so that
// every format of text is tried. PDFs are read in other processes, and FuzzDrawing is
// for what is ours of that.
func FuzzRead(f *testing.F) {
	names := []string{"a.html", "a.md", "a.rst", "a.vtt", "a.srt", "a.json", "a.csv", "a.eml", "a.txt", "a"}
	for name, data := range documents(f) {
		kind := len(names) - 1
		for i, n := range names {
			if suffix(n) == suffix(name) {
				kind = i
			}
		}
		f.Add(append([]byte{byte(kind)}, data...))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		if len(data) == 0 || len(data) > 1<<20 || bytes.Contains(data[:min(len(data), 1025)], []byte("%PDF-")) {
			return
		}
		check(t, names[int(data[0])%len(names)], data[1:])
	})
}

// FuzzDrawing lays out whatever a page of a PDF draws, in a font with a table of its
// own.
func FuzzDrawing(f *testing.F) {
	table := "1 begincodespacerange <00> <ff> endcodespacerange 1 beginbfrange <41> <5a> <0041> endbfrange 1 beginbfchar <61> <00660069> endbfchar"
	for _, drawing := range []string{
		"BT /F 12 Tf 72 700 Td (HELLO) Tj 0 -14 Td [(W) -250 (ORLD)] TJ ET",
		"q 1 0 0 1 50 50 cm BT 14 TL 1 0 0 1 0 0 Tm <48454C> ' T* 1 2 (A\\051\\(B) \" ET Q",
		"/Artifact BMC BT (HEAD) Tj ET EMC /Span <</ActualText <FEFF0041>>> BDC BT (XY) Tj ET EMC",
		"BI /W 1 /H 1 ID \x00\xff EI BT 0 1 -1 0 9 9 Tm (UP) Tj ET",
		"[[[ << ( <41",
	} {
		f.Add([]byte(drawing), []byte(table))
	}
	f.Fuzz(func(t *testing.T, drawing, table []byte) {
		if len(drawing)+len(table) > 1<<16 {
			return
		}
		font := &pdfFont{widths: map[int]float64{}, usual: 500}
		font.readTable(table)
		c := &canvas{reader: &pdfReader{fonts: map[string]*pdfFont{}}, state: newGraphics()}
		c.state.font, c.state.size = font, 10
		if err := c.draw(drawing, pdf.Value{}, 0); err != nil {
			t.Fatal(err)
		}
		var doc Document
		layOut(&doc, [][]glyph{c.glyphs, c.glyphs})
		for _, b := range doc.Blocks {
			if b.Text != oneLine(b.Text) || b.Text == "" {
				t.Errorf("a block is %q", b.Text)
			}
		}
	})
}
