package pages

import (
	"bytes"
	"fmt"
	"html"
)

// markup is HTML in the making. Package html/template would do as well, but it calls methods
// by names that are known only at run time: the linker then keeps every exported method of
// every library, some 10 MB of the program.
type markup struct{ bytes.Buffer }

// put writes HTML. Each %v of it stands in text or between double quotation marks, and gets
// its value with all markup in it escaped.
func (m *markup) put(format string, values ...any) {
	for i, v := range values {
		values[i] = html.EscapeString(fmt.Sprint(v))
	}
	fmt.Fprintf(m, format, values...)
}

// putIf is put with the value that it depends on; nothing is written of "" and 0.
func (m *markup) putIf(value any, format string) {
	if value != "" && value != 0 {
		m.put(format, value)
	}
}

// html is the page as HTML.
func (p page) html() []byte {
	var m markup
	m.put("<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n" +
		"<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n")
	m.put("<title>%v</title>\n", p.Title)
	m.putIf(p.Address, "<link rel=\"canonical\" href=\"%v\">\n")
	m.WriteString("<style>" + pageCSS + "</style>\n</head>\n<body>\n")
	m.put("<main data-about=\"%v\" data-link=\"%v\">\n<header>\n<h1 dir=\"auto\"", p.Cite, p.Link)
	m.putIf(p.Language, ` lang="%v"`)
	m.putIf(p.TitleNumber, ` id="p%v"`)
	m.put(">%v</h1>\n", p.Title)
	if len(p.Byline) > 0 || p.Address != "" {
		m.put(`<p class="byline">`)
		for _, known := range p.Byline {
			m.put("<span>%v</span> ", known)
		}
		m.putIf(p.Address, `<span><a href="%v">The original</a></span>`)
		m.put("</p>\n")
	}
	if p.Gone {
		m.put("<p class=\"note\">The text is not what it was when these words were cited, so that nothing is marked.</p>\n")
	}
	m.put("</header>\n<article")
	m.putIf(p.Language, ` lang="%v"`)
	m.put(">\n")
	for _, one := range p.Paragraphs {
		one.put(&m)
		if one.Cited != nil {
			one.Cited.put(&m, p.Language)
		}
	}
	m.put("</article>\n<p class=\"status\" role=\"status\"></p>\n</main>\n")
	if len(p.Paragraphs) > 0 {
		m.put("<footer><p>Each word stands here as in the source. Paragraphs are numbered as citations number them; " +
			"what is marked was cut from the text, character by character.</p></footer>\n")
	}
	m.WriteString("<script>" + pageJS + "</script>\n</body>\n</html>\n")
	return m.Bytes()
}

// put writes a paragraph with its number, and unless it is a heading with a button that copies it.
func (p paragraph) put(m *markup) {
	m.put("<div class=\"paragraph\" id=\"p%v\">\n", p.Number)
	m.put("<a class=\"number\" href=\"#p%v\" lang=\"en\"><span class=\"aside\">Paragraph </span>%v</a>\n", p.Number, p.Number)
	tag := "p"
	if p.Heading {
		tag = "h2"
	}
	m.put(`<%v dir="auto">`, tag)
	for _, r := range p.Runs {
		if r.Marked {
			m.put("<mark>%v</mark>", r.Text)
		} else {
			m.put("%v", r.Text)
		}
	}
	m.put("</%v>", tag)
	if !p.Heading {
		m.put("\n<button type=\"button\" class=\"copy\" lang=\"en\" hidden>Copy with citation</button>")
	}
	m.put("\n</div>\n")
}

// put writes a citation. language is that of the text, empty where it is not known.
func (c *cited) put(m *markup, language string) {
	tag := "p"
	if c.Spoken {
		tag = "blockquote"
	}
	m.put("<figure class=\"cited\" lang=\"en\">\n<%v dir=\"auto\"", tag)
	m.putIf(language, ` lang="%v"`)
	m.put(">%v</%v>\n<figcaption><p class=\"citation\">— %v</p>\n<p class=\"links\">", c.Text, tag, c.Citation)
	m.putIf(c.AtSource, `<a href="%v">At the source</a> `)
	m.put("<a class=\"here\" href=\"%v\">Link to these words</a> "+
		"<button type=\"button\" class=\"copy\" hidden>Copy with citation</button></p></figcaption>\n</figure>\n", c.Here)
}
