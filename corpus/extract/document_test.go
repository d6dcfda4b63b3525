package extract

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"verbatim/corpus"
)

// TestPlainBeginnings: what plain text begins with is its title, when it was published, or the
// head of a letter, whose date stays to be quoted.
func TestPlainBeginnings(t *testing.T) {
	for _, c := range []struct{ name, text, lines, title, published string }{
		{"title and date", "The pier goes\n\nMarch 5, 2024\n\nThe pier will be taken down.\n", "H The pier goes\nC March 5, 2024\nP The pier will be taken down.", "The pier goes", "2024-03-05"},
		{"weekday and of", "The pier goes\n\nPosted on Tuesday, 5th of March 2024\n\nThe pier will be taken down.\n", "H The pier goes\nC Posted on Tuesday, 5th of March 2024\nP The pier will be taken down.", "The pier goes", "2024-03-05"},
		{"date first", "Skarvik, 5 March 2024\n\nThe pier will be taken down.\n", "P Skarvik, 5 March 2024\nP The pier will be taken down.", "", ""},
		{"title with a date", "The storm of 5 March 2024\n\nThe pier was taken away.\n", "H The storm of 5 March 2024\nP The pier was taken away.", "The storm of 5 March 2024", ""},
		{"letter", "Harbour Street 4\n\n12 March 1871\n\nMy dear Anna,\n\nWe shall be with you on Sunday.\n", "P Harbour Street 4\nP 12 March 1871\nP My dear Anna,\nP We shall be with you on Sunday.", "", ""},
		{"no letter", "Dear bread\n\n12 March 1871\n\nBread was dear in the spring of that year.\n", "H Dear bread\nC 12 March 1871\nP Bread was dear in the spring of that year.", "Dear bread", "1871-03-12"},
		{"questions", "Can I have hens?\nYes, up to six.\nCan I have hens in a flat?\nNo.\nMay I have bees? And wasps?\nBees.\nCan I have a dog?\nYes.\n",
			"H Can I have hens?\nP Yes, up to six.\nH Can I have hens in a flat?\nP No.\nP May I have bees? And wasps?\nP Bees.\nH Can I have a dog?\nP Yes.", "", ""},
		{"two questions", "The pier goes\nWhy now?\nIt is old.\nWhat comes next?\nA new one.\n", "H The pier goes\nP Why now?\nP It is old.\nP What comes next?\nP A new one.", "The pier goes", ""},
	} {
		d := mustRead(t, Input{Name: "a.txt", Data: []byte(c.text)})
		if got := lines(d); got != c.lines || d.Title != c.title || d.Published != c.published {
			t.Errorf("%s: title %q, published %q\n%s\nwant %q, %q\n%s", c.name, d.Title, d.Published, got, c.title, c.published, c.lines)
		}
	}
}

// TestDescription: what source.yaml says of a text. A sentence that is also running text stays to
// be quoted, whatever else it is; a heading that also stands in a list stays a heading.
func TestDescription(t *testing.T) {
	doc := &Document{
		Format: "PDF", Encoding: "UTF-16", Title: "The dam", Author: "Iker Otxoa", Publisher: "The Valley", Published: "2024-05", URL: "https://dam.example/", Language: "eu",
		Blocks: []Block{{Kind: Heading, Text: "The dam"}, {Kind: Caption, Text: "By Iker Otxoa"}, {Text: "It holds."}, {Kind: Heading, Text: "It holds."}, {Kind: Heading, Text: "The dam"},
			{Kind: Caption, Text: "The dam in 1904"}, {Kind: Heading, Text: "Costs"}, {Kind: Item, Text: "Costs"}, {Kind: Caption, Text: "The dam in 1904"}},
	}
	want := corpus.Description{
		Title: "The dam", Author: "Iker Otxoa", Publisher: "The Valley", Published: "2024-05", URL: "https://dam.example/", Language: "eu", Hash: corpus.Hash([]byte(doc.Text())),
		Original:  corpus.Original{Format: "PDF", Encoding: "UTF-16"},
		Structure: corpus.Structure{Headings: []string{"The dam", "Costs"}, Furniture: []string{"By Iker Otxoa", "The dam in 1904"}},
	}
	if diff := cmp.Diff(want, doc.Description()); diff != "" {
		t.Error(diff)
	}
}

// TestText: a line a block, and a blank line between them save in a list and a conversation.
func TestText(t *testing.T) {
	doc := &Document{Blocks: []Block{{Kind: Heading, Text: "The dam"}, {Text: "We need:"}, {Kind: Item, Text: "rock"}, {Kind: Item, Text: "clay"}, {Text: "They said:"},
		{Kind: Turn, Text: "Ana: Now?"}, {Kind: Turn, Text: "Iker: Now."}, {Kind: Item, Text: "sand"}}}
	const want = "The dam\n\nWe need:\n\nrock\nclay\n\nThey said:\n\nAna: Now?\nIker: Now.\n\nsand\n"
	if got := doc.Text(); got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

// TestContents: a list of the headings that follow is none of the text; headings stay so.
func TestContents(t *testing.T) {
	const want = "H The pump\nP It stands in the cellar.\nH Setting it\nP Turn the wheel to 20.\nH Cleaning it\nP Wash it in spring.\nH When it stops\nP Call Ivo."
	body := "## Setting it\n\nTurn the wheel to 20.\n\n## Cleaning it\n\nWash it in spring.\n\n## When it stops\n\nCall Ivo.\n"
	for name, c := range map[string]struct{ file, text, want string }{
		"a list under a heading": {"a.md", "# The pump\n\nIt stands in the cellar.\n\n## Contents\n\n- [Setting it](#a)\n- Cleaning it\n- When it stops\n\n" + body, want},
		"with numbers of pages":  {"a.md", "# The pump\n\nIt stands in the cellar.\n\n**Contents**\n\n1 Setting it 3\n\n2 Cleaning it 4\n\n3 When it stops 5\n\n" + body, want},
		"without markup":         {"a.txt", "The pump\n\nIt stands in the cellar.\n\nContents\n\nSetting it\nCleaning it\nWhen it stops\n\nSetting it\n\nTurn the wheel to 20.\n\nCleaning it\n\nWash it in spring.\n\nWhen it stops\n\nCall Ivo.\n", want},
		"one heading that is said again": {"a.md", "# The pump\n\nIt needs:\n\n- Setting it\n\n## Setting it\n\nTurn the wheel to 20.\n",
			"H The pump\nP It needs:\nI Setting it\nH Setting it\nP Turn the wheel to 20."},
		"a list of other things": {"a.txt", "The pump\n\nIt needs:\n\noil\nwater\ncare\n\nIt stands in the cellar.\n", "H The pump\nP It needs:\nP oil\nP water\nP care\nP It stands in the cellar."},
	} {
		doc := mustRead(t, Input{Name: c.file, Data: []byte(c.text)})
		if got := lines(doc); got != c.want {
			t.Errorf("%s: got\n%s\nwant\n%s", name, got, c.want)
		}
		if heads := doc.Description().Structure.Headings; len(heads) != strings.Count("\n"+c.want, "\nH ") {
			t.Errorf("%s: headings %q", name, heads)
		}
	}
}

// TestKnown: the names of files that a folder is searched for.
func TestKnown(t *testing.T) {
	for _, name := range strings.Fields("a.pdf A.PDF b/a.docx a.odt a.epub a.rtf a.htm a.xhtml a.md a.markdown a.rst a.vtt a.srt a.json a.csv a.tsv a.eml a.txt a.b.txt") {
		if !Known(name) {
			t.Errorf("%s is not known", name)
		}
	}
	for _, name := range strings.Fields("a a.doc a.xlsx a.png a.pdf/a pdf a.pdf~ .git a.go") {
		if Known(name) {
			t.Errorf("%s is known", name)
		}
	}
}

// TestOneLine: white space of markup is one blank, what nobody sees is gone, and what is part of
// the text stays.
func TestOneLine(t *testing.T) {
	for in, want := range map[string]string{
		"  a \t\n b\r\nc\f":            "a b c",
		"a\u2028b\u2029c\u0085d":       "a b c d",
		"12\u00a0000 €\u202f3":         "12\u00a0000 €\u202f3",
		"\u00a0a\u00a0":                "a",
		"Donau\u00addampf\u200bschiff": "Donaudampfschiff",
		"\ufeffa":                      "a",
		"a\xffb":                       "a\ufffdb",
		"a\x00b\x7fc":                  "a b c",
		"नमस्\u200dते":                 "नमस्\u200dते",
		"👩\u200d🌾":                     "👩\u200d🌾",
		"\u3000東京":                     "\u3000東京",
		"":                             "",
	} {
		if got := oneLine(in); got != want {
			t.Errorf("%q: got %q, want %q", in, got, want)
		}
	}
}

// TestPlainLetters: a letter has no title and no writer but what is its text.
func TestPlainLetters(t *testing.T) {
	for _, c := range []struct{ name, text, lines string }{
		{"to sirs", "The Old Mill\n\n4 May 1911\n\nGentlemen:\n\nThe wheel is broken.\n", "P The Old Mill\nP 4 May 1911\nP Gentlemen:\nP The wheel is broken."},
		{"by somebody", "My dearest Ana,\n\nBy Iker Otxoa\n\nThe wheel is broken.\n", "P My dearest Ana,\nP By Iker Otxoa\nP The wheel is broken."},
		{"a sentence that begins so", "Flour\n\nDear was the flour of that year, and dear the bread that was made of it by them.\n\nBy Iker Otxoa\n", "H Flour\nP Dear was the flour of that year, and dear the bread that was made of it by them.\nC By Iker Otxoa"},
	} {
		if d := mustRead(t, Input{Name: "a.txt", Data: []byte(c.text)}); lines(d) != c.lines {
			t.Errorf("%s: got\n%s\nwant\n%s", c.name, lines(d), c.lines)
		}
	}
}

// TestPlainCaptions: what stands at pictures and tables by its words is furniture.
func TestPlainCaptions(t *testing.T) {
	for text, kind := range map[string]Kind{
		"The dam at dawn. Photo: Ana Ibarra":                Caption,
		"The dam at dawn. Photograph Credit: Valley Museum": Caption,
		"Figure 3: The dam at dawn":                         Caption,
		"Table 12a. Water by month":                         Caption,
		"Figure 3 shows the dam at dawn.":                   Paragraph,
		"Table 12 is in the kitchen, the other outside.":    Paragraph,
		"He took a photo: it shows the dam. It is old.":     Paragraph,
		"Box 7 | What a dam is":                             Caption,
	} {
		doc := mustRead(t, Input{Name: "dam.txt", Data: []byte("The dam\n\nIt was built of rock, and then it held for years.\n\nIt still does.\n\n" + text + "\n\nNobody lives there.\n")})
		if got := doc.Blocks[3]; got.Kind != kind || got.Text != text {
			t.Errorf("%q is of kind %d, want %d", got.Text, got.Kind, kind)
		}
	}
}

// TestHardWrapped: lines that end where a column is full are joined, and words that were parted
// there become whole where the text has them elsewhere.
func TestHardWrapped(t *testing.T) {
	const head = "The dam above Otxandio was built of rock and clay by men who came\nfrom the coast, and who went back as soon as the last stone had been\nlaid and the last of the wine had been drunk, as Ana Ibarra tells in\n"
	const joined = "The dam above Otxandio was built of rock and clay by men who came from the coast, and who went back as soon as the last stone had been laid and the last of the wine had been drunk, as Ana Ibarra tells in "
	for _, c := range []struct{ name, rest, want string }{
		{"a short last line", "her book.\n", "P " + joined + "her book."},
		{"paragraphs", "her book.\n\nShe is right.\n", "P " + joined + "her book.\nP She is right."},
		{"items", "her book:\n- rock that was red, and that was carried over the pass on sledges\n  and in carts\n- clay\n", "P " + joined + "her book:\nI - rock that was red, and that was carried over the pass on sledges and in carts\nI - clay"},
		{"a part that the text has whole", "her fine work about the coast and other things that wine-drin-\nkers like. Drinkers do. She is right about wine.\n", "P " + joined + "her fine work about the coast and other things that wine-drin-kers like. Drinkers do. She is right about wine."},
		{"a word that stands elsewhere", "her fine work about the coast and about other things that drin-\nkers like. Such drinkers are right about wine.\n", "P " + joined + "her fine work about the coast and about other things that drinkers like. Such drinkers are right about wine."},
		{"a word with a hyphen", "her fine work about the coast and about other things that well-\nknown people like. Such well-known people are right.\n", "P " + joined + "her fine work about the coast and about other things that well-known people like. Such well-known people are right."},
		{"a mark where a word may part", "her fine work about the coast and about other things that drin\u00ad\nkers like.\n", "P " + joined + "her fine work about the coast and about other things that drinkers like."},
		{"a form feed", "her book.\fShe is right.\n", "P " + joined + "her book.\nP She is right."},
	} {
		doc := mustRead(t, Input{Name: "dam.txt", Data: []byte(head + c.rest)})
		if got := lines(doc); got != c.want || !strings.Contains(strings.Join(doc.Notes, ""), "joined to paragraphs") {
			t.Errorf("%s: got\n%s\n%q\nwant\n%s", c.name, got, doc.Notes, c.want)
		}
	}
	for name, text := range map[string]string{
		"verse":      "The dam is high, the dam is wide,\nAnd nobody is on its side,\nThe men who built it went away\nAnd left it standing in the clay.\n",
		"sentences":  "The dam above Otxandio was built of rock and clay by them.\nThe men came from the coast, and went back to it at once.\nThe last of the wine was drunk on the evening of that day.\nNobody knows who paid for the wine, or for the rock itself.\n",
		"long lines": head + strings.Repeat("She is right. ", 12) + "\n",
	} {
		doc := mustRead(t, Input{Name: "dam.txt", Data: []byte(text)})
		if got := strings.Count(doc.Text(), "\n\n") + 1; got != strings.Count(text, "\n") {
			t.Errorf("%s: %d paragraphs of %d lines", name, got, strings.Count(text, "\n"))
		}
	}
}
