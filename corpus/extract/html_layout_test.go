package extract

import (
	"strings"
	"testing"
)

// TestHTMLUnfolded: an answer that a page shows at a click on its question is part of the
// article, however the page folds it; what opens a menu or a dialogue is not.
func TestHTMLUnfolded(t *testing.T) {
	const pairs = "H Does it hold?\nP The weir holds since the dry summer, and nobody has seen it leak.\nH Who paid?\nP The parish paid for the larch, and the carters gave their time.\nH May I fish?\nP Only the two boys may, since they count the eels for the log."
	asked := []string{"Does it hold?", "Who paid?", "May I fish?"}
	said := []string{"The weir holds since the dry summer, and nobody has seen it leak.", "The parish paid for the larch, and the carters gave their time.", "Only the two boys may, since they count the eels for the log."}
	for name, format := range map[string]string{
		"details":                   "<details><summary>%q</summary><p>%a</p></details>",
		"details with a heading":    "<details><summary><h3>%q</h3></summary><div><p>%a</p></div></details>",
		"a button in a heading":     `<h3><button aria-expanded="false">%q</button></h3><div hidden><p>%a</p></div>`,
		"a button":                  `<button aria-expanded="false">%q</button><div hidden>%a</div>`,
		"a button in a box":         `<div><button aria-expanded="true"><span>%q</span></button></div><div style="display:none"><p>%a</p></div>`,
		"a heading":                 `<h4>%q</h4><div aria-hidden="true"><p>%a</p></div>`,
		"a heading with a sign":     `<h3>%q<svg aria-hidden="true"><path/></svg></h3><div aria-hidden="true" style="visibility: hidden"><p>%a</p></div>`,
		"terms":                     `<dl><dt><button>%q</button></dt><dd hidden>%a</dd></dl>`,
		"a heading, nothing folded": "<h2>%q</h2><p>%a</p>",
		"bold":                      "<p><strong>%q</strong></p><p>%a</p>",
		"bold, in one paragraph":    "<p><b>%q</b><br>%a</p>",
		"lines like any other":      "<p>%q</p><p>%a</p>",
	} {
		var b strings.Builder
		for i := range asked {
			b.WriteString(strings.NewReplacer("%q", asked[i], "%a", said[i]).Replace(format))
		}
		doc := htmlRead(t, name, "", htmlPage("<title>The weir, asked</title>", "<main><h1>The weir, asked</h1>"+b.String()+"</main>"))
		if got := strings.TrimPrefix(lines(doc), "H The weir, asked\n"); got != pairs {
			t.Errorf("%s:\n%s", name, got)
		}
	}
	for name, part := range map[string]string{
		"a menu":             `<button aria-expanded="false">Menu</button><div hidden><p>` + sold + `</p></div>`,
		"a dialogue":         `<h3>Leave?</h3><div role="dialog" hidden><p>` + sold + `</p></div>`,
		"below a statement":  `<h3>The log</h3><div hidden><p>` + sold + `</p></div>`,
		"hidden by itself":   `<div hidden><p>` + sold + `</p></div>`,
		"a button of itself": `<button>` + sold + `</button>`,
	} {
		doc := htmlRead(t, name, "", htmlPage("<title>The weir holds</title>", "<main><h1>The weir holds</h1>"+weir+part+"</main>"))
		if strings.Contains(doc.Text(), sold) {
			t.Errorf("%s: it is in the article:\n%s", name, doc.Text())
		}
	}
}

// TestHTMLBold: a line in bold heads what follows where it reads like a heading.
func TestHTMLBold(t *testing.T) {
	const text = "The weir holds since the dry summer, and nobody has seen it leak since."
	for _, c := range []struct{ name, line, want string }{
		{"bold", "<p><b>How it holds</b></p>", "H How it holds"},
		{"strong, in two parts", "<p><strong>How</strong> <strong>it holds</strong></p>", "H How it holds"},
		{"bold and slanted", "<p><i><b>How it holds</b></i></p>", "H How it holds"},
		{"bold with a colon", "<p><b>How it holds:</b></p>", "H How it holds:"},
		{"half of it", "<p><b>How</b> it holds</p>", "P How it holds"},
		{"slanted", "<p><i>How it holds</i></p>", "P How it holds"},
		{"a sentence", "<p><b>It holds.</b></p>", "P It holds."},
		{"one question", "<p><b>Does it hold?</b></p>", "P Does it hold?"},
		{"a long line", "<p><b>" + strings.Repeat("weir and mill and ", 6) + "eels</b></p>", "P " + strings.Repeat("weir and mill and ", 6) + "eels"},
		{"in a list", "<ul><li><b>How it holds</b></li></ul>", "I How it holds"},
		{"a box", "<div><b>How it holds</b></div>", "H How it holds"},
		{"a cell", "<table><tr><td><b>How it holds</b></td></tr></table>", ""},
	} {
		page := htmlPage("<title>The weir</title>", "<main><h1>The weir</h1>"+weir+c.line+"<p>"+text+"</p></main>")
		got := lines(htmlRead(t, c.name, "", page))
		if c.want != "" && !strings.HasSuffix(got, "\n"+c.want+"\nP "+text) || !strings.HasSuffix(got, "P "+text) {
			t.Errorf("%s: want %q\n%s", c.name, c.want, got)
		}
	}
	last := htmlRead(t, "at the end", "", htmlPage("<title>The weir</title>", "<main><h1>The weir</h1>"+weir+"<p><b>The parish of Fellham</b></p></main>"))
	if n := len(last.Blocks) - 1; last.Blocks[n].Kind != Paragraph || last.Blocks[n].Text != "The parish of Fellham" {
		t.Errorf("a bold line that heads nothing:\n%s", lines(last))
	}
}

// TestHTMLSpeakers: a transcript has one turn for each speech, whatever elements tell the
// speakers.
func TestHTMLSpeakers(t *testing.T) {
	const want = "T Ida Lund: Does the weir hold this summer?\nT Bo Weir: It has held since it was mended.\nT Ida Lund: And who counts the eels?\nT Bo Weir: Two boys do, on every morning.\nT Ida Lund: Do they like it?\nT Bo Weir: They have never said."
	turns := strings.Split(strings.ReplaceAll(want, "T ", ""), "\n")
	for name, format := range map[string]string{
		"bold before":        "<p><strong>%n:</strong> %s</p>",
		"colon behind bold":  "<p><b>%n</b>: %s</p>",
		"capital letters":    "<p>%n: %s</p>",
		"terms":              "<dl><dt>%n</dt><dd>%s</dd></dl>",
		"above, in bold":     "<p><b>%n</b></p><p>%s</p>",
		"above, in boxes":    `<div class="turn"><div>%n</div><div>%s</div></div>`,
		"headings":           "<h4>%n</h4><p>%s</p>",
		"cells":              "<table><tr><td>%n</td><td>%s</td></tr></table>",
		"breaks":             "<b>%n:</b> %s<br><br>",
		"a time before":      "<p>[00:0%i:10] %n: %s</p>",
		"a time in brackets": "<p><b>%n (0%i:10):</b> %s</p>",
	} {
		var b strings.Builder
		for i, turn := range turns {
			who, what, _ := strings.Cut(turn, ": ")
			b.WriteString(strings.NewReplacer("%n", who, "%s", what, "%i", string(rune('0'+i))).Replace(format))
		}
		doc := htmlRead(t, name, "", htmlPage("<title>The weir, asked</title>", "<main><h1>The weir, asked</h1>"+b.String()+"</main>"))
		if got := strings.TrimPrefix(lines(doc), "H The weir, asked\n"); got != want {
			t.Errorf("%s:\n%s", name, got)
		}
	}
}

// TestHTMLLeads: the line below a title is read where the page sets it above its text, once,
// and as it stands.
func TestHTMLLeads(t *testing.T) {
	const lead = "Larch from the parish keeps the stream where it was"
	for _, c := range []struct{ name, head string }{
		{"a paragraph in a header", "<header><h1>The weir holds</h1><p>" + lead + "</p></header>"},
		{"a box in a header", "<header><h1>The weir holds</h1><div><p>" + lead + "</p></div></header>"},
		{"a byline first", `<header><h1>The weir holds</h1><p class="byline">By Noor Adlam</p><p>` + lead + "</p></header>"},
		{"beside a picture", `<header><h1>The weir holds</h1><img src="a.jpg"><p>` + lead + "</p></header>"},
		{"in a box of the title's own", "<header><div><span><h1>The weir holds</h1></span></div><p>" + lead + "</p></header>"},
		{"marks in it", "<header><h1>The weir holds</h1><p><em>Larch from</em> the parish keeps the stream where it was</p></header>"},
		{"with a note", "<header><h1>The weir holds</h1><p>Larch from the parish<sup><a href='#n1'>[1]</a></sup> keeps the stream where it was</p></header>"},
		{"with something hidden", "<header><h1>The weir holds</h1><p>Larch from the parish <span hidden>(sold)</span> keeps the stream where it was</p></header>"},
		{"without a header", "<h1>The weir holds</h1><p>Larch from the parish<sup><a href='#n1'>[1]</a></sup> keeps the stream where it was</p>"},
		{"with a break", "<header><h1>The weir holds</h1><p>Larch from the parish<br>keeps the stream where it was</p></header>"},
	} {
		page := htmlPage("<title>The weir holds</title>", "<article>"+c.head+`<div class="text">`+weir+"</div></article>")
		got := lines(htmlRead(t, c.name, "", page))
		if strings.Count(got, "P "+lead) != 1 || !strings.HasPrefix(got, "H The weir holds\n") {
			t.Errorf("%s: it should be there once:\n%s", c.name, got)
		}
	}
}

// TestHTMLOffice: pages that word processors save.
func TestHTMLOffice(t *testing.T) {
	const head = `<html xmlns:o="urn:schemas-microsoft-com:office:office"><head><meta name=Generator content="Writer 15"><title>Weir final v7</title><style>p.MsoNormal {margin:0}</style></head><body lang=EN-GB>`
	const text = "<p class=MsoNormal><span style='font-size:12pt'>The weir above the mill was mended with\nlarch in the dry summer<o:p></o:p></span></p>"
	for _, c := range []struct{ name, body, title, want string }{
		{"a title", "<p class=MsoTitle>The weir <b>holds</b></p>" + text + weir, "The weir holds", "H The weir holds\nP The weir above the mill was mended with larch in the dry summer"},
		{"a title beside another class", `<p class="c3 title c9">The weir holds</p>` + text + weir, "The weir holds", "H The weir holds\nP The weir above the mill was mended with larch in the dry summer"},
		{"a heading goes before", "<h1>The weir holds</h1><p class=MsoTitle>Fellham</p>" + text + weir, "The weir holds", "H The weir holds\nP Fellham"},
		{"an item", "<p class=MsoTitle>The weir holds</p>" + weir + "<p class=MsoListParagraph>§<span style='font:7.0pt'>&nbsp;&nbsp; </span>Larch</p>" + text, "The weir holds", "I Larch\nP The weir above the mill was mended with larch in the dry summer"},
		{"what the processor notes", "<p class=MsoTitle>The weir holds</p><!--[if gte mso 9]><xml>sold</xml><![endif]-->" + weir, "The weir holds", "H The weir holds\nP The weir above the mill"},
	} {
		doc := htmlRead(t, c.name, "", head+c.body+"</body></html>")
		if got := lines(doc); doc.Title != c.title || !strings.Contains(got, c.want) || strings.Contains(got, "P sold") {
			t.Errorf("%s: %q\n%s\nwant %q\n%s", c.name, doc.Title, got, c.title, c.want)
		}
	}
}
