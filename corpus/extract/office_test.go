package extract

import (
	"strings"
	"testing"
)

// wordStyles are styles as Word has them: the name tells what a paragraph is, the id is any.
const wordStyles = `<w:styles><w:style w:styleId="a1"><w:name w:val="heading 1"/></w:style>
<w:style w:styleId="a2"><w:name w:val="House style"/><w:basedOn w:val="a1"/></w:style>
<w:style w:styleId="a3"><w:name w:val="Title"/></w:style><w:style w:styleId="a4"><w:name w:val="toc 1"/></w:style>
<w:style w:styleId="a5"><w:name w:val="Intense Quote"/></w:style><w:style w:styleId="a6"><w:name w:val="caption"/></w:style>
<w:style w:styleId="a7"><w:name w:val="List Bullet 2"/></w:style><w:style w:styleId="x"><w:name w:val="X"/><w:basedOn w:val="y"/></w:style>
<w:style w:styleId="y"><w:name w:val="Y"/><w:basedOn w:val="x"/></w:style></w:styles>`

// word packs the body of a document of Word, with its styles and its properties.
func word(t testing.TB, body, properties string) []byte {
	t.Helper()
	return zipped(t, "[Content_Types].xml", "<Types/>", "word/styles.xml", wordStyles,
		"word/document.xml", `<w:document xmlns:w="w"><w:body>`+body+"</w:body></w:document>", "docProps/core.xml", "<cp>"+properties+"</cp>")
}

// wp is a paragraph of Word with one run.
func wp(text string) string { return "<w:p><w:r><w:t>" + text + "</w:t></w:r></w:p>" }

// wstyled is one in a style.
func wstyled(style, text string) string {
	return `<w:p><w:pPr><w:pStyle w:val="` + style + `"/></w:pPr><w:r><w:t>` + text + "</w:t></w:r></w:p>"
}

// wbold is a bold one.
func wbold(text string) string {
	return "<w:p><w:r><w:rPr><w:b/></w:rPr><w:t>" + text + "</w:t></w:r></w:p>"
}

// TestDOCX: what the elements of a document of Word become.
func TestDOCX(t *testing.T) {
	const first, last = "Es begann am Sonntag in Übersee, wo niemand damit rechnete.", "Danach war Ruhe."
	for _, c := range []struct{ name, body, want string }{
		{"styles by their names", wstyled("a1", "Der Deich") + wp(last), "H Der Deich\nP " + last},
		{"a style made of a heading", wstyled("a2", "Der Deich") + wp(last), "H Der Deich\nP " + last},
		{"styles made of each other", wstyled("x", first), "P " + first},
		{"a style that is nowhere", wstyled("Heading3", "Der Deich") + wp(last), "H Der Deich\nP " + last},
		{"a list of contents", wstyled("a4", "Der Deich 3") + wp(first), "P " + first},
		{"a quotation that is announced", wp("Sie schrieb:") + wstyled("a5", "Der Deich hält.") + wp(last), "P Sie schrieb:\nQ “Der Deich hält.”\nP " + last},
		{"a quotation at the end", wp("Sie schrieb:") + wstyled("a5", "Der Deich hält.") + wstyled("a5", "Ich war dort."), "P Sie schrieb:\nQ “Der Deich hält.\nQ “Ich war dort.”"},
		{"a quotation that is nobody's", wp(first) + wstyled("a5", "Der Deich hält."), "P " + first + "\nQ Der Deich hält."},
		{"what stands at a picture", wp(first) + wstyled("a6", "Der Deich 1912"), "P " + first + "\nC Der Deich 1912"},
		{"an item by its style", wp(first) + wstyled("a7", "Sand"), "P " + first + "\nI Sand"},
		{"an item by its number", wp(first) + `<w:p><w:pPr><w:numPr><w:ilvl w:val="0"/></w:numPr></w:pPr><w:r><w:t>Sand</w:t></w:r></w:p>`, "P " + first + "\nI Sand"},
		{"a numbered heading", `<w:p><w:pPr><w:pStyle w:val="a1"/><w:numPr/></w:pPr><w:r><w:t>Der Deich</w:t></w:r></w:p>` + wp(last), "H Der Deich\nP " + last},
		{"a heading by its level", `<w:p><w:pPr><w:outlineLvl w:val="1"/></w:pPr><w:r><w:t>Der Deich</w:t></w:r></w:p>` + wp(last), "H Der Deich\nP " + last},
		{"the level of running text", `<w:p><w:pPr><w:outlineLvl w:val="9"/></w:pPr><w:r><w:t>` + first + `</w:t></w:r></w:p>`, "P " + first},
		{"a heading that is only bold", wp(first) + wbold("Der Deich") + wp(last), "P " + first + "\nH Der Deich\nP " + last},
		{"bold that is switched off", wp(first) + `<w:p><w:r><w:rPr><w:b w:val="0"/></w:rPr><w:t>Der Deich</w:t></w:r></w:p>` + wp(last), "P " + first + "\nP Der Deich\nP " + last},
		{"a bold word in a paragraph", wp(first) + `<w:p><w:r><w:rPr><w:b/></w:rPr><w:t>Der Deich</w:t></w:r><w:r><w:t> hielt</w:t></w:r></w:p>` + wp(last), "P " + first + "\nP Der Deich hielt\nP " + last},
		{"a bold line with a break behind it", wp(first) + `<w:p><w:r><w:rPr><w:b/></w:rPr><w:t>Der Deich</w:t><w:br/></w:r><w:r><w:t>` + last + "</w:t></w:r></w:p>", "P " + first + "\nH Der Deich\nP " + last},
		{"a break behind a sentence", `<w:p><w:r><w:t>` + first + `</w:t><w:br/><w:t>` + last + "</w:t></w:r></w:p>", "P " + first + "\nP " + last},
		{"a break in a sentence", `<w:p><w:r><w:t>Es begann</w:t><w:br/><w:t>am Sonntag.</w:t></w:r></w:p>`, "P Es begann am Sonntag."},
		{"a break between pages in a sentence", `<w:p><w:r><w:t xml:space="preserve">Es begann. </w:t><w:br w:type="page"/><w:t>Am Sonntag.</w:t></w:r></w:p>`, "P Es begann. Am Sonntag."},
		{"tabs and hyphens", `<w:p><w:r><w:t>Groß</w:t><w:noBreakHyphen/><w:t>Borstel</w:t><w:tab/><w:t>liegt höher.</w:t></w:r></w:p>`, "P Groß-Borstel liegt höher."},
		{"a word cut into runs", `<w:p><w:r><w:t>Über</w:t></w:r><w:r><w:t>see</w:t></w:r><w:r><w:t xml:space="preserve"> liegt am See.</w:t></w:r></w:p>`, "P Übersee liegt am See."},
		{"text that is deleted, text that is new", `<w:p><w:del><w:r><w:delText>Nie</w:delText></w:r></w:del><w:ins><w:r><w:t>Immer</w:t></w:r></w:ins><w:r><w:t xml:space="preserve"> am Sonntag.</w:t></w:r></w:p>`, "P Immer am Sonntag."},
		{"a raised number", `<w:p><w:r><w:t>Höchstens 30</w:t></w:r><w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr><w:t>1</w:t></w:r><w:r><w:t xml:space="preserve"> km am 3</w:t></w:r><w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr><w:t>ten</w:t></w:r><w:r><w:t>.</w:t></w:r></w:p>`, "P Höchstens 30¹ km am 3ten."},
		{"text that was moved", `<w:p><w:moveFrom><w:r><w:t>Am Sonntag.</w:t></w:r></w:moveFrom></w:p>` + wp(first) + `<w:p><w:moveTo><w:r><w:t>Am Sonntag.</w:t></w:r></w:moveTo></w:p>`, "P " + first + "\nP Am Sonntag."},
		{"hidden text", `<w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>Geheim</w:t><w:tab/></w:r><w:r><w:t>Offen.</w:t></w:r></w:p>`, "P Offen."},
		{"text that is not hidden after all", `<w:p><w:r><w:rPr><w:vanish w:val="false"/></w:rPr><w:t>Offen.</w:t></w:r></w:p>`, "P Offen."},
		{"the code of a field", `<w:p><w:r><w:instrText>HYPERLINK "https://deich.example"</w:instrText></w:r><w:r><w:t>Die Seite</w:t></w:r><w:r><w:t xml:space="preserve"> sagt mehr.</w:t></w:r></w:p>`, "P Die Seite sagt mehr."},
		{"marks of notes", `<w:p><w:r><w:t>Er hielt</w:t></w:r><w:r><w:footnoteReference w:id="2"/></w:r><w:r><w:t>.</w:t></w:r></w:p>`, "P Er hielt."},
		{"readings of characters", `<w:p><w:r><w:ruby><w:rt><w:r><w:t>とうきょう</w:t></w:r></w:rt><w:rubyBase><w:r><w:t>東京</w:t></w:r></w:rubyBase></w:ruby></w:r><w:r><w:t>は雨。</w:t></w:r></w:p>`, "P 東京は雨。"},
		{"a text box", `<w:p><w:r><w:t>Vor dem Kasten </w:t><mc:AlternateContent><mc:Choice><w:txbxContent>` + wp("Im Kasten.") + `</w:txbxContent></mc:Choice><mc:Fallback>` + wp("Im Kasten.") + `</mc:Fallback></mc:AlternateContent></w:r><w:r><w:t>geht es weiter.</w:t></w:r></w:p>`,
			"P Im Kasten.\nP Vor dem Kasten geht es weiter."},
		{"a row of data", "<w:tbl><w:tr><w:tc>" + wp("Höhe") + "</w:tc><w:tc>" + wp("") + "</w:tc><w:tc>" + wp("8,50 m") + "</w:tc></w:tr></w:tbl>", "P Höhe | 8,50 m"},
		{"a table for layout", "<w:tbl><w:tr><w:tc>" + wp(first) + wp(last) + "</w:tc><w:tc>" + wp("Daneben.") + "</w:tc></w:tr></w:tbl>", "P " + first + "\nP " + last + "\nP Daneben."},
		{"a table in a cell", "<w:tbl><w:tr><w:tc>" + wp("Die Höhe:") + "<w:tbl><w:tr><w:tc>" + wp("8,50 m") + "</w:tc></w:tr></w:tbl></w:tc></w:tr></w:tbl>" + wp(last), "P Die Höhe:\nP 8,50 m\nP " + last},
		{"a paragraph of signs", wp("***") + wp(first), "P " + first},
		{"turns", wbold("Jörg Aal:") + wp("Hält er?") + wbold("Ute Bär:") + wp("Er hält.") + wbold("Jörg Aal:") + wp("Wie lange?") + wbold("Ute Bär:") + wp("Bis Mai."),
			"T Jörg Aal: Hält er?\nT Ute Bär: Er hält.\nT Jörg Aal: Wie lange?\nT Ute Bär: Bis Mai."},
		{"bold questions", wbold("Hält er?") + wp("Er hält.") + wbold("Wie lange?") + wp("Bis Mai.") + wbold("Und dann?") + wp("Dann nicht."), "H Hält er?\nP Er hält.\nH Wie lange?\nP Bis Mai.\nH Und dann?\nP Dann nicht."},
	} {
		if got := lines(mustRead(t, Input{Name: "deich.docx", Data: word(t, c.body, "")})); got != c.want {
			t.Errorf("%s: got\n%s\nwant\n%s", c.name, got, c.want)
		}
	}
}

// TestOfficeFacts: what a document tells of itself is kept, and what its program wrote there is
// not taken for it.
func TestOfficeFacts(t *testing.T) {
	const text = "Es begann am Sonntag in Übersee, wo niemand damit rechnete."
	for _, c := range []struct{ name, body, properties, title, author, language string }{
		{"told", wp(text), "<dc:title>Der Deich</dc:title><dc:creator>Ute Bär</dc:creator><dc:language>de-DE</dc:language>", "Der Deich", "Ute Bär", "de-DE"},
		{"nothing", wp(text), "", "", "", ""},
		{"the text goes first", wstyled("a3", "Der Deich hält") + wp(text), "<dc:title>Deich</dc:title>", "Der Deich hält", "", ""},
		{"a title that a program made", wp(text), "<dc:title>Microsoft Word - deich3.doc</dc:title>", "", "", ""},
		{"no title", wp(text), "<dc:title>Untitled</dc:title>", "", "", ""},
		{"a number", wp(text), "<dc:title>Document12</dc:title>", "", "", ""},
		{"a title with that word", wp(text), "<dc:title>Documents of the dyke</dc:title>", "Documents of the dyke", "", ""},
		{"the name of a file", wp(text), "<dc:title>deich-final.docx</dc:title>", "", "", ""},
		{"an account", wp(text), "<dc:creator>Administrator</dc:creator>", "", "", ""},
		{"a program", wp(text), "<dc:creator>python-docx</dc:creator>", "", "", ""},
		{"a name on lines", wp(text), "<dc:title>Der\n  Deich</dc:title><dc:creator> Ute\tBär </dc:creator>", "Der Deich", "Ute Bär", ""},
		{"an empty one before a full one", wp(text), "<dc:creator> </dc:creator><dc:creator>Ute Bär</dc:creator>", "", "Ute Bär", ""},
		{"two who wrote it", wp(text), "<dc:creator>Ute Bär</dc:creator><dc:creator>Jörg Aal</dc:creator>", "", "Ute Bär, Jörg Aal", ""},
		{"no language", wp(text), "<dc:language>Deutsch (neu)</dc:language>", "", "", ""},
		{"properties that break off", wp(text), "<dc:title>Der Deich</dc:title><dc:creator", "Der Deich", "", ""},
	} {
		doc := mustRead(t, Input{Name: "deich.docx", Data: word(t, c.body, c.properties)})
		if doc.Title != c.title || doc.Author != c.author || doc.Language != c.language {
			t.Errorf("%s: %q by %q in %q, want %q by %q in %q", c.name, doc.Title, doc.Author, doc.Language, c.title, c.author, c.language)
		}
	}
	doc := mustRead(t, Input{Data: odt(t, "<p>"+text+"</p>", "", "<initial-creator>Ute Bär</initial-creator><title>Der Deich</title><language>de</language>")})
	if doc.Title != "Der Deich" || doc.Author != "Ute Bär" || doc.Language != "de" {
		t.Errorf("ODT: %q by %q in %q", doc.Title, doc.Author, doc.Language)
	}
}

// odt packs the text of a document of OpenDocument, with styles of its own and its properties.
func odt(t testing.TB, body, styles, meta string) []byte {
	t.Helper()
	return zipped(t, "mimetype", "application/vnd.oasis.opendocument.text", "META-INF/manifest.xml", "<m/>",
		"styles.xml", `<s><style:style style:name="Heading_20_1"/><style:style style:name="Quotations"/><style:style style:name="Contents_20_1"/></s>`,
		"content.xml", "<c><automatic-styles>"+styles+`<style:style style:name="P1" style:parent-style-name="Heading_20_1"/><style:style style:name="P2" style:parent-style-name="Quotations"/>`+
			`<style:style style:name="P3"><style:text-properties fo:font-weight="bold"/></style:style></automatic-styles><body><text>`+body+"</text></body></c>",
		"meta.xml", "<meta>"+meta+"</meta>")
}

// TestODT: what the elements of a document of OpenDocument become.
func TestODT(t *testing.T) {
	const first, last = "La digue a tenu jusqu’à l’été, disait-on à Étretat.", "Puis plus rien."
	p := func(style, text string) string {
		return `<text:p text:style-name="` + style + `">` + text + "</text:p>"
	}
	for _, c := range []struct{ name, body, want string }{
		{"headings", `<text:h text:outline-level="2">La digue</text:h>` + p("", last), "H La digue\nP " + last},
		{"a style made of a heading", p("P1", "La digue") + p("", last), "H La digue\nP " + last},
		{"a quotation that is announced", p("", "Elle écrivit :") + p("P2", "La digue tient.") + p("", last), "P Elle écrivit :\nQ “La digue tient.”\nP " + last},
		{"a list of contents", `<text:table-of-content>` + p("Contents_20_1", "La digue 3") + `</text:table-of-content>` + p("", first), "P " + first},
		{"a line that looks like contents", p("Contents_20_1", "La digue 3") + p("", first), "P " + first},
		{"blanks, tabs and breaks", p("", `La<text:s/>digue<text:tab/>tient<text:line-break/>bon.`), "P La digue tient bon."},
		{"a break behind a sentence", p("", first+"<text:line-break/>"+last), "P " + first + "\nP " + last},
		{"lists", p("", first) + `<text:list><text:list-item>` + p("", "sable") + `<text:list><text:list-item>` + p("", "gros") + `</text:list-item></text:list></text:list-item></text:list>` + p("", last), "P " + first + "\nI sable\nI gros\nP " + last},
		{"notes and remarks", p("", `La digue<text:note><text:note-body><text:p>Une note.</text:p></text:note-body></text:note> tient<office:annotation><text:p>Vraiment ?</text:p></office:annotation>.`), "P La digue tient."},
		{"text that is deleted", `<text:tracked-changes><text:p>Jamais.</text:p></text:tracked-changes>` + p("", first), "P " + first},
		{"a heading that is only bold", p("", first) + p("P3", "La digue") + p("", last), "P " + first + "\nH La digue\nP " + last},
		{"a bold span", p("", first) + p("", `<text:span text:style-name="P3">La digue</text:span>`) + p("", last), "P " + first + "\nH La digue\nP " + last},
		{"a bold word in a paragraph", p("", first) + p("", `<text:span text:style-name="P3">La digue</text:span> tient`) + p("", last), "P " + first + "\nP La digue tient\nP " + last},
		{"a span in a bold span", p("", first) + p("", `<text:span text:style-name="P3">La <text:span>vieille</text:span> digue</text:span>`) + p("", last), "P " + first + "\nH La vieille digue\nP " + last},
		{"a table", `<table:table><table:table-row><table:table-cell>` + p("", "Hauteur") + `</table:table-cell><table:table-cell>` + p("", "8,50 m") + "</table:table-cell></table:table-row></table:table>", "P Hauteur | 8,50 m"},
		{"the words of a picture for the blind", p("", `<draw:frame><svg:title>Photo</svg:title><svg:desc>Une vague.</svg:desc></draw:frame>La digue tient.`), "P La digue tient."},
		{"readings of characters", p("", "<text:ruby><text:ruby-base>東京</text:ruby-base><text:ruby-text>とうきょう</text:ruby-text></text:ruby>は雨。"), "P 東京は雨。"},
		{"an end without a beginning", p("", "La digue</text:span> tient."), "P La digue tient."},
	} {
		if got := lines(mustRead(t, Input{Name: "digue.odt", Data: odt(t, c.body, "", "")})); got != c.want {
			t.Errorf("%s: got\n%s\nwant\n%s", c.name, got, c.want)
		}
	}
}

// book packs an EPUB: what its package says, and its parts by name.
func book(t testing.TB, opf string, parts ...string) []byte {
	t.Helper()
	return zipped(t, append([]string{"mimetype", "application/epub+zip", "META-INF/container.xml",
		`<container><rootfiles><rootfile full-path="OEBPS/book.opf"/><rootfile full-path="other.opf"/></rootfiles></container>`, "OEBPS/book.opf", "<package>" + opf + "</package>"}, parts...)...)
}

// TestEPUB: the parts of a book in their order, without what is no text of it.
func TestEPUB(t *testing.T) {
	item := func(id, file string) string {
		return `<item id="` + id + `" href="` + file + `" media-type="application/xhtml+xml"/>`
	}
	items := item("b", "b.xhtml") + item("a", "text/a%20b.xhtml") + `<item id="n" href="nav.xhtml" media-type="application/xhtml+xml" properties="scripted nav"/>` +
		`<item id="i" href="i.png" media-type="image/png"/>`
	parts := []string{"OEBPS/b.xhtml", "<html><body><h1>Dos</h1><p>La isla es verde.</p></body></html>", "OEBPS/text/a b.xhtml", "<html><body><h1>Uno</h1><p>El mar es azul.</p></body></html>",
		"OEBPS/nav.xhtml", "<html><body><p>Contenido</p></body></html>", "OEBPS/i.png", "\x89PNG"}
	for _, c := range []struct {
		name, opf string
		parts     []string
		want      string
	}{
		{"the order is that of the spine", items + `<itemref idref="a"/><itemref idref="b"/>`, parts, "H Uno\nP El mar es azul.\nH Dos\nP La isla es verde."},
		{"a part twice", items + `<itemref idref="a"/><itemref idref="a"/>`, parts, "H Uno\nP El mar es azul."},
		{"a part under two names", items + item("c", "b.xhtml") + `<itemref idref="b"/><itemref idref="c"/>`, parts, "H Dos\nP La isla es verde."},
		{"a part beside the order", items + `<itemref idref="a"/><itemref idref="b" linear="no"/>`, parts, "H Uno\nP El mar es azul."},
		{"contents, a picture, nothing", items + `<itemref idref="n"/><itemref idref="i"/><itemref idref="z"/><itemref idref="b"/>`, parts, "H Dos\nP La isla es verde."},
		{"a part that is missing", items + item("m", "m.xhtml") + `<itemref idref="m"/><itemref idref="b"/>`, parts, "H Dos\nP La isla es verde."},
		{"a title page and a cover", items + item("t", "t.xhtml") + item("c", "c.xhtml") + `<itemref idref="c"/><itemref idref="t"/><itemref idref="b"/>`,
			append(parts, "OEBPS/t.xhtml", `<html><body epub:type="titlepage"><p>La isla, una novela</p></body></html>`, "OEBPS/c.xhtml", `<html><body><section epub:type="cover"><p>Portada</p></section></body></html>`), "H Dos\nP La isla es verde."},
		{"the title before the parts", "<dc:title>La isla</dc:title>" + items + `<itemref idref="b"/>`, parts, "H La isla\nH Dos\nP La isla es verde."},
		{"the title that the text begins with", "<dc:title>DOS</dc:title>" + items + `<itemref idref="b"/>`, parts, "H Dos\nP La isla es verde."},
		{"notes", items + `<itemref idref="b"/>`, []string{"OEBPS/b.xhtml", `<html><body><p>La isla<a epub:type="noteref" href="#n">1</a> es verde.</p></body></html>`}, "P La isla es verde."},
	} {
		if got := lines(mustRead(t, Input{Name: "isla.epub", Data: book(t, c.opf, c.parts...)})); got != c.want {
			t.Errorf("%s: got\n%s\nwant\n%s", c.name, got, c.want)
		}
	}
	doc := mustRead(t, Input{Data: book(t, "<dc:title>La isla</dc:title><dc:creator>Inés Peña</dc:creator><dc:publisher>Casa del Mar</dc:publisher><dc:date>2019-04-01T00:00:00Z</dc:date><dc:language>es_ES</dc:language>"+
		items+`<itemref idref="b"/>`, parts...)})
	if got := strings.Join([]string{doc.Format, doc.Title, doc.Author, doc.Publisher, doc.Published, doc.Language}, "|"); got != "EPUB|La isla|Inés Peña|Casa del Mar|2019-04-01|es-ES" {
		t.Error(got)
	}
}

// TestBooksOfShops: a book whose text is encrypted is refused, one with encrypted fonts is read.
func TestBooksOfShops(t *testing.T) {
	const opf = `<item id="b" href="b.xhtml" media-type="application/xhtml+xml"/><itemref idref="b"/>`
	cipher := func(uri string) string {
		return `<encryption><EncryptedData><CipherData><CipherReference URI="` + uri + `"/></CipherData></EncryptedData></encryption>`
	}
	for _, c := range []struct{ name, file, text, refused string }{
		{"fonts", "META-INF/encryption.xml", cipher("OEBPS/fonts/serif.otf"), ""},
		{"the text", "META-INF/encryption.xml", cipher("OEBPS/b.XHTML"), "protected by its shop"},
		{"the list of parts", "META-INF/encryption.xml", cipher("OEBPS/book.opf"), "protected by its shop"},
		{"a key of another shop", "META-INF/sinf.xml", "<x/>", "protected by its shop"},
		{"a list that breaks off", "META-INF/encryption.xml", "<encryption><", "it is damaged"},
	} {
		got := shown(Read(t.Context(), Input{Data: book(t, opf, "OEBPS/b.xhtml", "<p>La isla es verde.</p>", c.file, c.text)}))
		if c.refused == "" && !strings.Contains(got, "La isla es verde.") || !strings.Contains(got, c.refused) {
			t.Errorf("%s: %s", c.name, got)
		}
	}
}
