package extract

import (
	"archive/zip"
	"bytes"
	"context"
	"net/url"
	"strings"
	"testing"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/encoding/unicode/utf32"
)

// lines shows the blocks of a document for comparing: H for a heading, and so on.
func lines(d *Document) string {
	var out []string
	for _, b := range d.Blocks {
		out = append(out, string("PHIQCT"[b.Kind])+" "+b.Text)
	}
	return strings.Join(out, "\n")
}

func mustRead(t *testing.T, in Input) *Document {
	t.Helper()
	doc, err := Read(context.Background(), in)
	if err != nil {
		t.Fatal(err)
	}
	return doc
}

// TestEncodings: text is the same whatever it is encoded in, and it is told.
func TestEncodings(t *testing.T) {
	const western = "The café on the quay\n\n“We sell 40 crêpes a day – at €3 each,” said Zoë Müller. The naïve clerk agreed, and Señor Núñez paid.\n"
	latin := strings.NewReplacer("“", "\"", "”", "\"", "–", "-", "€3", "3 kr").Replace(western)
	const polish = "Żółta łódź płynie powoli przez spokojną rzekę. Rybak śpi, a jego córka łowi ryby i śpiewa wesołą piosenkę o morzu, wietrze i o dalekiej podróży do domu."
	const russian = "Старый паром ходит через пролив два раза в день. Капитан говорит, что новый паром будет быстрее и возьмёт на борт сто двадцать человек."
	const greek = "Το παλιό πλοίο περνάει το στενό δύο φορές την ημέρα. Ο καπετάνιος λέει ότι το καινούργιο θα είναι πιο γρήγορο και πιο μεγάλο."
	withMark := func(e unicode.Endianness) encoding.Encoding { return unicode.UTF16(e, unicode.UseBOM) }
	without := func(e unicode.Endianness) encoding.Encoding { return unicode.UTF16(e, unicode.IgnoreBOM) }
	for _, c := range []struct {
		name, text string
		encoding   encoding.Encoding
		want       string
	}{
		{"UTF-8", western, encoding.Nop, ""},
		{"UTF-8 with a mark", "\ufeff" + western, encoding.Nop, ""},
		{"UTF-16 little", western, withMark(unicode.LittleEndian), "UTF-16"},
		{"UTF-16 big", western, withMark(unicode.BigEndian), "UTF-16"},
		{"UTF-16 little without a mark", western, without(unicode.LittleEndian), "UTF-16"},
		{"UTF-16 big without a mark", western, without(unicode.BigEndian), "UTF-16"},
		{"Windows-1252", western, charmap.Windows1252, "windows-1252"},
		{"ISO 8859-1", latin, charmap.ISO8859_1, "ISO-8859-1"},
		{"ISO 8859-15", strings.ReplaceAll(latin, "3 kr", "€3"), charmap.ISO8859_15, "ISO-8859-15"},
		{"ISO 8859-2", polish, charmap.ISO8859_2, "ISO-8859-2"},
		{"ISO 8859-5", russian, charmap.ISO8859_5, "ISO-8859-5"},
		{"ISO 8859-7", greek, charmap.ISO8859_7, "ISO-8859-7"},
		{"Windows-1251", russian, charmap.Windows1251, "windows-1251"},
		{"UTF-32 little", western, utf32.UTF32(utf32.LittleEndian, utf32.UseBOM), "UTF-32"},
		{"UTF-32 big", western, utf32.UTF32(utf32.BigEndian, utf32.UseBOM), "UTF-32"},
		{"UTF-8 beyond two bytes", "東京は雨。😀 नमस्ते", encoding.Nop, ""},
		{"UTF-16 of Greek", greek, withMark(unicode.BigEndian), "UTF-16"},
	} {
		data, err := c.encoding.NewEncoder().Bytes([]byte(c.text))
		if err != nil {
			t.Fatalf("%s: %v", c.name, err)
		}
		doc, err := Read(context.Background(), Input{Name: "a.txt", Data: data})
		if err != nil {
			t.Errorf("%s: %v", c.name, err)
			continue
		}
		if got, want := doc.Text(), strings.TrimPrefix(c.text, "\ufeff"); strings.TrimSpace(got) != strings.TrimSpace(want) {
			t.Errorf("%s: got %q, want %q", c.name, got, want)
		}
		if !strings.EqualFold(doc.Encoding, c.want) || (c.want != "") != (len(doc.Notes) > 0) {
			t.Errorf("%s: told %q and %q, want %q", c.name, doc.Encoding, doc.Notes, c.want)
		}
	}
}

func TestEncodingSaid(t *testing.T) {
	data, err := charmap.CodePage866.NewEncoder().Bytes([]byte("Паром"))
	if err != nil {
		t.Fatal(err)
	}
	if got := mustRead(t, Input{Name: "a.txt", Data: data, Encoding: "ibm866"}).Text(); got != "Паром\n" {
		t.Errorf("got %q", got)
	}
	if _, err := Read(context.Background(), Input{Data: data, Encoding: "klingon"}); err == nil || !strings.Contains(err.Error(), `the encoding "klingon" is not known`) {
		t.Errorf("got %v", err)
	}
}

// TestPageEncodings: the server's word, the page's own, and what the bytes are.
func TestPageEncodings(t *testing.T) {
	text := "<p>Das Fährschiff fährt über den Fluß – jeden Tag.</p>"
	for _, c := range []struct {
		name, page, header string
		encoding           encoding.Encoding
	}{
		{"header", text, "text/html; charset=windows-1252", charmap.Windows1252},
		{"meta", `<meta charset="windows-1252">` + text, "text/html", charmap.Windows1252},
		{"old meta", `<meta http-equiv="content-type" content="text/html; charset=iso-8859-1">` + text, "text/html", charmap.Windows1252},
		{"nothing", text, "text/html", encoding.Nop},
		{"UTF-8 that says Latin", `<meta charset="iso-8859-1">` + text, "text/html; charset=iso-8859-1", encoding.Nop},
	} {
		data, err := c.encoding.NewEncoder().Bytes([]byte("<!doctype html><html><head></head><body>" + c.page + "</body></html>"))
		if err != nil {
			t.Fatal(err)
		}
		doc, err := Read(context.Background(), Input{Data: data, ContentType: c.header})
		if err != nil {
			t.Errorf("%s: %v", c.name, err)
		} else if got := lines(doc); got != "P Das Fährschiff fährt über den Fluß – jeden Tag." {
			t.Errorf("%s: %q", c.name, got)
		}
	}
}

// TestMarkup: what elements of a page become.
func TestMarkup(t *testing.T) {
	for _, c := range []struct{ name, page, want string }{
		{"paragraphs and white space", "<p>One\n  two&nbsp;<b>th</b>ree.</p>Four.<div>Five.</div>", "P One two\u00a0three.\nP Four.\nP Five."},
		{"headings", "<h1>Top</h1><h3>Under <i>it</i></h3><p>Text.</p>", "H Top\nH Under it\nP Text."},
		{"lists", "<ul><li>One<ul><li>Inner.</li></ul></li><li><p>Two.</p></li></ul>", "I One\nI Inner.\nI Two."},
		{"terms", "<dl><dt>May I swim?</dt><dd>Yes, at low tide.</dd></dl>", "H May I swim?\nP Yes, at low tide."},
		{"details", "<details><summary>Who pays?</summary>The town.</details>", "H Who pays?\nP The town."},
		{"quotation announced", "<p>She wrote:</p><blockquote><p>The pier is rotten.</p></blockquote>", "P She wrote:\nQ “The pier is rotten.”"},
		{"quotation credited", "<p>Much was said.</p><blockquote><p>The pier is rotten.</p><footer>— Ann Lee</footer></blockquote>", "P Much was said.\nQ “The pier is rotten.” — Ann Lee"},
		{"quotation of two paragraphs", "<p>She wrote:</p><blockquote><p>One.</p><p>Two.</p></blockquote>", "P She wrote:\nQ “One.\nQ “Two.”"},
		{"quotation with its marks", "<p>She wrote:</p><blockquote><p>“The pier is rotten.”</p></blockquote>", "P She wrote:\nQ “The pier is rotten.”"},
		{"set off, nobody's", "<p>A note follows.</p><blockquote><p>The office is closed.</p></blockquote>", "P A note follows.\nQ The office is closed."},
		{"short quotation", "<p>It is <q>rotten</q>, she said.</p>", "P It is “rotten”, she said."},
		{"caption", "<figure><img alt='x'><figcaption>The pier in 1910.</figcaption></figure><p>Text.</p>", "C The pier in 1910.\nP Text."},
		{"breaks", "<p>One line.<br>Another line<br>goes on.<br><br>Third</p>", "P One line.\nP Another line goes on.\nP Third"},
		{"table of data", "<table><tr><th>Day</th><th>Boat</th></tr><tr><td>Monday</td><td>Aurora</td></tr></table>", "P Day | Boat\nP Monday | Aurora"},
		{"table for layout", "<table><tr><td><p>One.</p><p>Two.</p></td><td>Three.</td></tr></table>", "P One.\nP Two.\nP Three."},
		{"not shown", "<p>Seen.</p><p hidden>A</p><p style='display: none'>B</p><script>C</script><noscript>D</noscript><template>E</template><button>F</button>", "P Seen."},
		{"notes", "<p>It leaks<sup><a href='#n1'>1</a></sup> badly, on 10<sup>3</sup> sides.</p>", "P It leaks badly, on 10³ sides."},
		{"soft hyphens", "<p>A stor\u00adm\u200bgale.</p>", "P A stormgale."},
		{"buttons in words", "<p>Text.</p><p>Share this article</p><p><b>Read more:</b> <a href='/x'>The hall leaks again</a></p><p>Read more books, she said.</p>", "P Text.\nP Read more books, she said."},
		{"preformatted", "<pre>One\n  two</pre>", "P One\nP two"},
		{"transcript", "<p><b>Ann:</b> A.</p><p><b>Bo:</b> B.</p><p><b>Ann:</b> C.</p><p><b>Bo:</b> D.</p>", "T Ann: A.\nT Bo: B.\nT Ann: C.\nT Bo: D."},
	} {
		doc := &Document{}
		if err := doc.markup([]byte(c.page)); err != nil {
			t.Fatal(err)
		}
		if got := lines(doc); got != c.want {
			t.Errorf("%s: got\n%s\nwant\n%s", c.name, got, c.want)
		}
	}
}

const story = `<p>The old pier of Skarvik is to be pulled down in March, the harbour board decided on Monday after a debate of four hours. It had stood since 1887.</p>
<p>“We all know that it is rotten,” said Ann Lee, who chairs the board. “A pier that nobody may walk on is a fence.” The vote was seven to two, and nobody spoke for the other side.</p>
<p>The county pays 400,000 kroner of the cost, and the rest comes from the sale of the ticket office. Two iron posts are to be kept, since they are older than the pier itself.</p>`

func TestPageFacts(t *testing.T) {
	page := `<!doctype html><html lang="en-NO"><head><title>Pier goes | Skarvik Post</title><meta property="og:site_name" content="Skarvik Post">
<link rel="canonical" href="/2024/pier"><meta property="article:published_time" content="2024-03-05T23:30:00-05:00"><meta name="author" content="By Ida Brandt | Reporter"></head>
<body><nav><a href="/">Home page</a></nav><article><h1>The pier goes in March</h1>` + story + `</article></body></html>`
	address, _ := url.Parse("https://skarvik.example/2024/pier?utm=1")
	doc := mustRead(t, Input{Data: []byte(page), Address: address, ContentType: "text/html"})
	doc.Blocks = nil
	want := Document{Format: "HTML", Extension: ".html", Title: "The pier goes in March", Author: "Ida Brandt", Publisher: "Skarvik Post",
		Published: "2024-03-05", URL: "https://skarvik.example/2024/pier", Language: "en-NO"}
	if doc.Title != want.Title || doc.Author != want.Author || doc.Publisher != want.Publisher || doc.Published != want.Published || doc.URL != want.URL || doc.Language != want.Language {
		t.Errorf("got %+v\nwant %+v", *doc, want)
	}
	bare := mustRead(t, Input{Data: []byte("<html><body>" + story + "</body></html>")})
	if bare.Title+bare.Author+bare.Publisher+bare.Published+bare.URL+bare.Language != "" {
		t.Errorf("made up: %+v", *bare)
	}
}

// TestRefused: what cannot be read is called by its name, and what would work is said.
func TestRefused(t *testing.T) {
	packed := func(files ...string) string {
		var b bytes.Buffer
		z := zip.NewWriter(&b)
		for i := 0; i < len(files); i += 2 {
			w, err := z.Create(files[i])
			if err != nil {
				t.Fatal(err)
			}
			if _, err := w.Write([]byte(files[i+1])); err != nil {
				t.Fatal(err)
			}
		}
		if err := z.Close(); err != nil {
			t.Fatal(err)
		}
		return b.String()
	}
	page := func(body string) string { return "<!doctype html><html><body>" + body + "</body></html>" }
	for _, c := range []struct{ name, file, data, want string }{
		{"nothing", "a.txt", "", "it is empty"},
		{"blanks", "a.txt", " \n\t ", "it is empty"},
		{"an image", "a.txt", "\x89PNG\r\n\x1a\n\x00\x00", "it is an image (png); what can be added is a web page, PDF"},
		{"a recording", "a", "ID3\x04\x00", "it is a recording (mpeg)"},
		{"a program", "a", "\x7fELF\x02\x01\x01\x00\x00\x00\x00\x00\x00", "it is binary data and no text"},
		{"old Word", "a.doc", "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "save it as DOCX or PDF"},
		{"encrypted Office", "a.docx", "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 E\x00n\x00c\x00r\x00y\x00p\x00t\x00e\x00d\x00P\x00a\x00c\x00k\x00a\x00g\x00e\x00", "it is encrypted"},
		{"a workbook", "a.xlsx", packed("xl/workbook.xml", "<x/>"), "save the questions and answers in it as CSV"},
		{"slides", "a.pptx", packed("ppt/presentation.xml", "<x/>"), "save it as PDF"},
		{"an archive", "a.zip", packed("a.txt", "text"), "unpack it and add the folder"},
		{"sheets of OpenDocument", "a.ods", packed("mimetype", "application/vnd.oasis.opendocument.spreadsheet"), "save the questions and answers in it as CSV"},
		{"slides of OpenDocument", "a.odp", packed("mimetype", "application/vnd.oasis.opendocument.presentation"), "save it as PDF"},
		{"an empty archive", "a.zip", packed(), "unpack it and add the folder"},
		{"text with a NUL", "a.txt", "The boat\x00 sails.", "no text"},
		{"control characters", "a.txt", strings.Repeat("\x01\x02boat", 9), "no text"},
		{"only signs", "a.txt", "*** --- ***\n\n...\n", "it has no text"},
		{"a film", "a", "\x1aE\xdf\xa3webm", "a recording"},
		{"an archive of another kind", "a.gz", "\x1f\x8b\x08\x00", "it is a file of the kind application/x-gzip"},
		{"DOCX with damaged XML", "a.docx", packed("word/document.xml", "<w:p><w:t>Text</w:t"), "it is damaged"},
		{"DOCX with damaged styles", "a.docx", packed("word/styles.xml", "<w:s", "word/document.xml", "<w:p><w:t>Text</w:t></w:p>"), "it is damaged"},
		{"ODT with damaged XML", "a.odt", packed("mimetype", "application/vnd.oasis.opendocument.text", "content.xml", "<text:p>Text</text"), "it is damaged"},
		{"EPUB with a damaged list", "a.epub", packed("META-INF/container.xml", "<rootfile full-path='b'/>", "b", "<item"), "it is damaged"},
		{"EPUB without a list", "a.epub", packed("META-INF/container.xml", "<rootfile full-path='b'/>"), "it has no text"},
		{"half an archive", "a.docx", packed("word/document.xml", "<x/>")[:40], "it is damaged"},
		{"half a PDF", "a.pdf", "%PDF-1.7\n1 0 obj <<", "it is damaged"},
		{"DOCX without text", "a.docx", packed("word/document.xml", "<w:document><w:body><w:p/></w:body></w:document>"), "it has no text"},
		{"encrypted ODT", "a.odt", packed("mimetype", "application/vnd.oasis.opendocument.text", "META-INF/manifest.xml", "<m><encryption-data/></m>", "content.xml", "x"), "it is encrypted"},
		{"a book of a shop", "a.epub", packed("mimetype", "application/epub+zip", "META-INF/container.xml", "<x/>", "META-INF/rights.xml", "<x/>"), "protected by its shop (DRM)"},
		{"an encrypted mail", "a.eml", "From: a@b.example\nSubject: x\nContent-Type: multipart/encrypted; boundary=q\n\n--q--\n", "it is encrypted"},
		{"JSON that breaks off", "a.json", `[{"question": "A?"`, "it is no valid JSON"},
		{"JSON without pairs", "a.json", `{"name": "x", "list": [1, 2]}`, `JSON should be like [{"question"`},
		{"a table", "a.csv", "year,boats\n2019,4\n", "no columns that are headed question and answer"},
		{"a paywall", "a.html", page(`<script type="application/ld+json">{"@type":"NewsArticle","isAccessibleForFree":"False"}</script><article>` + story + `</article>`), "only to subscribers"},
		{"a teaser", "a.html", page(`<article>` + story + `<p>Subscribe to continue reading this story.</p></article>`), "only to subscribers"},
		{"a sign-in", "a.html", page(`<form><p>Welcome</p><input type="password"></form>`), "the page is a sign-in"},
		{"a page of JavaScript", "a.html", page(`<div id="root"></div><script src="app.js"></script>`), "empty without JavaScript"},
		{"a page that wants JavaScript", "a.html", page(`<noscript>You need to enable JavaScript to run this app.</noscript><p>Please enable JavaScript and load the page again, we cannot show you anything.</p>`), "empty without JavaScript"},
		{"a riddle", "a.html", page(`<h1>Just a moment...</h1><p>Checking your browser before you go on.</p>`), "asks whether a person is reading"},
	} {
		doc, err := Read(context.Background(), Input{Name: c.file, Data: []byte(c.data)})
		switch {
		case err == nil:
			t.Errorf("%s: was read as %s: %q", c.name, doc.Format, doc.Text())
		case !strings.Contains(err.Error(), c.want):
			t.Errorf("%s: got %q, want %q", c.name, err, c.want)
		case strings.Contains(err.Error(), "\n"):
			t.Errorf("%s: more than one line: %q", c.name, err)
		}
	}
}

// TestFormatsAreRecognised by their content where the name does not tell.
func TestFormatsAreRecognised(t *testing.T) {
	for _, c := range []struct{ name, kind, data, want string }{
		{"", "", "WEBVTT\n\n00:01.000 --> 00:02.000\nHello there.", "captions"},
		{"a.txt", "", "1\n00:00:01,000 --> 00:00:02,000\nHello there.", "captions"},
		{"a.txt", "", "<!-- saved -->\n<html><p>Hello there.</p></html>", "HTML"},
		{"", "text/html", "<p>Hello there, this is a page.</p>", "HTML"},
		{"page.php", "text/html; charset=utf-8", "<p>Hello there.</p>", "HTML"},
		{"", "", "From: a@b.example\nDate: Tue, 05 Mar 2024 09:12:44 +0100\nSubject: Boats\n\nHello there.", "mail"},
		{"", "", "# Boats\n\nHello **there**.", "Markdown"},
		{"", "", "{\\rtf1 Hello there.}", "RTF"},
		{"notes", "", "From here on we walk.\n\nHello there.", "plain text"},
		{"", "application/json", `{"What is it?": "A boat."}`, "JSON"},
		{"", "text/vtt", "WEBVTT - Boats\n\n00:01.000 --> 00:02.000\nHello there.", "captions"},
		{"boats.md", "text/plain; charset=utf-8", "Hello there.", "Markdown"},
		{"boats.txt", "text/markdown", "Hello there.", "Markdown"},
		{"BOATS.RST", "", "Hello there.", "reStructuredText"},
		{"boats", "Text/CSV; header=present", "question,answer\nWhat is it?,A boat.\n", "CSV"},
		{"boats.txt", "text/html", "Hello there, no page at all.", "plain text"},
		{"boats.txt", "", "# only one of a shell\necho Hello\n", "plain text"},
		{"", "", "See [the boat](https://boat.example), **now**, and **then**.", "Markdown"},
		{"", "", "Return-Path: <a@b.example>\r\nSubject: Boats\r\nFrom: a@b.example\r\n\r\nHello there.", "mail"},
		{"", "", "Subject: boats, and nothing else.\n\nHello there.", "plain text"},
		{"boats.pdf", "application/pdf", "Hello there, no PDF at all.", "plain text"},
		{"", "", "<?xml version='1.0'?>\n<!-- x --><!DOCTYPE html><html><p>Hello there.</p></html>", "HTML"},
		{"a.tsv", "", "question\tanswer\nWhat is it?\tA boat.\n", "CSV"},
	} {
		doc, err := Read(context.Background(), Input{Name: c.name, ContentType: c.kind, Data: []byte(c.data)})
		if err != nil {
			t.Errorf("%.20q: %v", c.data, err)
		} else if doc.Format != c.want {
			t.Errorf("%.20q: got %s, want %s", c.data, doc.Format, c.want)
		}
	}
}

func TestPlain(t *testing.T) {
	for _, c := range []struct{ name, text, want string }{
		{"a line a paragraph", "The boat\nIt sails at six.\nIt is blue.\n", "H The boat\nP It sails at six.\nP It is blue."},
		{"hard wrapped", "The boat that nobody wanted has at last found a buyer in the\nnorth, where the well-\nknown ship owner Ane Vik has a use for it and for its crew of\nnine. She pays in kind.\n\nThe crew has not been asked yet, says the captain, who has been\non board for twelve years.\n",
			"P The boat that nobody wanted has at last found a buyer in the north, where the well-known ship owner Ane Vik has a use for it and for its crew of nine. She pays in kind.\nP The crew has not been asked yet, says the captain, who has been on board for twelve years."},
		{"lists", "We need:\n- rope\n- tar\n", "P We need:\nI - rope\nI - tar"},
		{"turns", "Talk\n\nAnn Lee: One.\nBo: Two?\nAnn Lee: Three.\nBo: Four.\n", "H Talk\nT Ann Lee: One.\nT Bo: Two?\nT Ann Lee: Three.\nT Bo: Four."},
		{"no turns", "Note: bring boots.\nIt rains.\n", "P Note: bring boots.\nP It rains."},
		{"Windows lines", "One.\r\nTwo.\r\n", "P One.\nP Two."},
	} {
		if got := lines(mustRead(t, Input{Name: "a.txt", Data: []byte(c.text)})); got != c.want {
			t.Errorf("%s: got\n%s\nwant\n%s", c.name, got, c.want)
		}
	}
}

func TestRST(t *testing.T) {
	const text = "Boats\n=====\n\n:Author: Ann Lee\n:Date: 2024-03-05\n\n.. contents::\n   :depth: 2\n\nThe *Aurora* is **blue** and `fast <https://x.example>`_. See :ref:`the list <boats>` and ``code*``.[#n]_\n\n" +
		"She wrote:\n\n    The pier\n    is rotten.\n\n- one\n  more line\n- two\n\nTerm\n   What it means.\n\n.. note:: It leaks.\n\n==== ====\nDay  Boat\n==== ====\nTue  Aurora\n==== ====\n\n.. figure:: pier.png\n   :width: 3\n\n   The pier in 1910.\n\n.. [#n] A note.\n\nExample::\n\n   not text\n\n| A line\n"
	doc := mustRead(t, Input{Name: "a.rst", Data: []byte(text)})
	want := "H Boats\nP The Aurora is blue and fast. See the list and code*.\nP She wrote:\nQ “The pier is rotten.”\nI one more line\nI two\nH Term\nQ What it means.\nP It leaks.\nP Day | Boat\nP Tue | Aurora\nC The pier in 1910.\nP Example:\nP A line"
	if got := lines(doc); got != want || doc.Author != "Ann Lee" || doc.Published != "2024-03-05" || doc.Title != "Boats" {
		t.Errorf("got %q by %q on %q\n%s\nwant\n%s", doc.Title, doc.Author, doc.Published, got, want)
	}
}

func TestRTF(t *testing.T) {
	const text = `{\rtf1\ansi\ansicpg1252{\fonttbl{\f0 Arial;}}{\stylesheet{\s1 heading 1;}{\s2 Quote;}}{\info{\title Boats}{\author Ann Lee}}` +
		`{\header Running head\par}\pard\s1 Old boats\par\pard Caf\'e9 \u8220?quay\u8221? {\b bold}{\v hidden}\line here.\par{\pntext\'b7}\pard\ls1 An item\par` +
		`{\trowd\pard\intbl{Day\par}\cell{\pard\intbl Boat\par}\cell\row}{\trowd\pard\intbl Mon\cell Aurora\cell\trowd\row}\pard\ls1 ` +
		`{\*\generator Writer;}\uc2\u1046ab\uc1 \emdash x\par{\field{\*\fldinst HYPERLINK "x"}{\fldrslt a link}}\par\pard A \u-10179?\u-8704? face.}`
	doc := mustRead(t, Input{Name: "a.rtf", Data: []byte(text)})
	want := "H Old boats\nP Café “quay” bold here.\nI An item\nP Day | Boat\nP Mon | Aurora\nI Ж—x\nI a link\nP A 😀 face."
	if got := lines(doc); got != want || doc.Title != "Old boats" || doc.Author != "Ann Lee" {
		t.Errorf("got %q by %q\n%s\nwant\n%s", doc.Title, doc.Author, got, want)
	}
}

// TestMailing: a mail of HTML is read without what its sender's program puts around it, also
// where a part in plain text only says that there is HTML.
func TestMailing(t *testing.T) {
	const page = `<p>View this email in your browser</p><h1>The mill turns</h1><p>It grinds rye on Mondays, and on the other days the miller shows people its stones.</p><p>You are receiving this email because you asked for it. <a href="x">Unsubscribe</a></p>`
	const head = "From: Ada Mill <ada@mill.example>\nSubject: Re: Fwd: The mill turns\nDate: Tue, 2 Apr 2024 10:00:00 +0000\nMIME-Version: 1.0\n"
	const want = "H The mill turns\nP It grinds rye on Mondays, and on the other days the miller shows people its stones."
	for name, text := range map[string]string{
		"HTML alone": head + "Content-Type: text/html; charset=utf-8\n\n" + page,
		"two parts":  head + "Content-Type: multipart/alternative; boundary=b\n\n--b\nContent-Type: text/plain\n\nThis is HTML.\n--b\nContent-Type: text/html\n\n" + page + "\n--b--\n",
	} {
		doc := mustRead(t, Input{Name: "a.eml", Data: []byte(text)})
		if got := lines(doc); got != want || doc.Title != "The mill turns" {
			t.Errorf("%s: %q\n%s", name, doc.Title, got)
		}
	}
}
