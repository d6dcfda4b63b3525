package extract

import "testing"

// TestMarkdown: text without its marks, links by what they show.
func TestMarkdown(t *testing.T) {
	const end = "\n\nIt opens in May.\n"
	for _, c := range []struct{ name, text, want string }{
		{"headings of both kinds", "The lido\n===\n\nPrices\n---\n\nIt is free." + end, "H The lido\nH Prices\nP It is free.\nP It opens in May."},
		{"closed headings", "## The lido ##" + end, "H The lido\nP It opens in May."},
		{"emphasis and code", "The *old* lido is __deep__, `really`." + end, "P The old lido is deep, really.\nP It opens in May."},
		{"stars that are none", "It is 3 * 4 * 2 metres, snake_case_word." + end, "P It is 3 * 4 * 2 metres, snake_case_word.\nP It opens in May."},
		{"links and pictures", "See [the lido](https://lido.example 'x') and ![a wave](w.png)here." + end, "P See the lido and here.\nP It opens in May."},
		{"links by reference", "See [the lido][1].\n\n[1]: https://lido.example" + end, "P See the lido.\nP It opens in May."},
		{"bare addresses", "See <https://lido.example>." + end, "P See https://lido.example.\nP It opens in May."},
		{"lists", "Bring:\n\n* a towel\n* soap\n    1. for hair" + end, "P Bring:\nI a towel\nI soap\nI for hair\nP It opens in May."},
		{"tasks", "- [x] a towel\n- [ ] soap" + end, "I a towel\nI soap\nP It opens in May."},
		{"a table", "It costs little.\n\n| Day | Fee |\n|---|--:|\n| Mon | 5 |" + end, "P It costs little.\nP Day | Fee\nP Mon | 5\nP It opens in May."},
		{"a quotation", "She wrote:\n\n> It is deep.\n> And cold." + end, "P She wrote:\nQ “It is deep. And cold.”\nP It opens in May."},
		{"terms", "Towel\n: It is lent." + end, "H Towel\nP It is lent.\nP It opens in May."},
		{"a line between parts", "It is cold.\n\n***" + end, "P It is cold.\nP It opens in May."},
		{"hard breaks", "It is cold.  \nIt is deep." + end, "P It is cold.\nP It is deep.\nP It opens in May."},
		{"soft breaks", "It is\ncold." + end, "P It is cold.\nP It opens in May."},
		{"HTML", "<div>It is <b>cold</b>.</div><!-- no --><script>x()</script>" + end, "P It is cold.\nP It opens in May."},
		{"entities and escapes", "Fish &amp; chips, \\*not\\* &lt;warm&gt;." + end, "P Fish & chips, *not* <warm>.\nP It opens in May."},
		{"Windows lines", "# The lido\r\n\r\nIt is\r\ncold." + end, "H The lido\nP It is cold.\nP It opens in May."},
		{"nobody's metadata", "---\nIt is cold.\n---" + end, "H It is cold.\nP It opens in May."},
		{"a title in the metadata", "---\ntitle: The lido\n---\n\nIt is cold.", "H The lido\nP It is cold."},
		{"a title in both", "---\ntitle: The Lido\n---\n\n# The lido\n\nIt is cold.", "H The lido\nP It is cold."},
	} {
		if got := lines(mustRead(t, Input{Name: "lido.md", Data: []byte(c.text)})); got != c.want {
			t.Errorf("%s: got\n%s\nwant\n%s", c.name, got, c.want)
		}
	}
}

// TestFrontMatter: what stands before the text tells of it, in the forms that programs write.
func TestFrontMatter(t *testing.T) {
	for _, c := range []struct {
		name, head                                         string
		title, author, publisher, published, url, language string
	}{
		{"all", "title: The lido\nauthor: Eoin Roche\npublisher: The Strand\ndate: 2024-05-01T10:00:00Z\nurl: https://lido.example/a\nlang: en_IE", "The lido", "Eoin Roche", "The Strand", "2024-05-01", "https://lido.example/a", "en-IE"},
		{"in capitals", "Title: The lido\nAuthor: Eoin Roche", "The lido", "Eoin Roche", "", "", "", ""},
		{"several authors", "authors: [Eoin Roche, Úna Daly]", "", "Eoin Roche, Úna Daly", "", "", "", ""},
		{"authors with more about each", "authors:\n  - name: Eoin Roche\n    mail: e@lido.example\n  - name: Úna Daly\n  -", "", "Eoin Roche, Úna Daly", "", "", "", ""},
		{"a month and a year", "date: 2024-05", "", "", "", "2024-05", "", ""},
		{"a date in words", "date: May 1, 2024", "", "", "", "2024-05-01", "", ""},
		{"a year", "date: 2024", "", "", "", "2024", "", ""},
		{"no address", "url: javascript:alert(1)\nsource: the archive", "", "", "", "", "", ""},
		{"a colon in the title", "title: \"The lido: a life\"", "The lido: a life", "", "", "", "", ""},
		{"a title on lines", "title: >\n  The\n  lido", "The lido", "", "", "", "", ""},
		{"nothing in them", "title:\nauthor: ''", "", "", "", "", "", ""},
		{"a number", "title: 1984", "1984", "", "", "", "", ""},
	} {
		doc := mustRead(t, Input{Name: "lido.md", Data: []byte("---\n" + c.head + "\n---\nIt is cold in there, and it was always so.\n")})
		if doc.Title != c.title || doc.Author != c.author || doc.Publisher != c.publisher || doc.Published != c.published || doc.URL != c.url || doc.Language != c.language {
			t.Errorf("%s: got %q, %q, %q, %q, %q, %q", c.name, doc.Title, doc.Author, doc.Publisher, doc.Published, doc.URL, doc.Language)
		}
	}
}
