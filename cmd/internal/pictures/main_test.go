package main

import (
	"bytes"
	"encoding/json"
	"html"
	"os"
	"regexp"
	"strings"
	"testing"
)

// TestCards: what a card says stands on its picture, with the platform's markup undone.
func TestCards(t *testing.T) {
	for _, test := range []struct {
		platform, golden string
		shown            []string
	}{
		{"slack", "altered", []string{"You asked: The lamp stays dark", "“The lamp stays lit, whatever the council decides,”", "verified word for word", "In context", "Share"}},
		{"slack", "quote-linked", []string{"“The bell is the town’s - and ours, & nobody else’s,”"}},
		{"discord", "quote-private", []string{"You asked: What did Maro say about the lamp?", "“The lamp stays lit, whatever the council decides,”", "Ines Maro", "When was the tower built?"}},
		{"discord", "quote-markup", []string{"“_Two *short*, one ~long~_ & 5 < 6 > 4 :wave:"}},
	} {
		data, err := os.ReadFile("../../../adapters/" + test.platform + "/testdata/cards/" + test.golden + ".json")
		if err != nil {
			t.Fatal(err)
		}
		var card any
		if err := json.Unmarshal(data, &card); err != nil {
			t.Fatal(err)
		}
		var page bytes.Buffer
		if err := pages.ExecuteTemplate(&page, test.platform, card); err != nil {
			t.Fatal(err)
		}
		body := page.String()[strings.Index(page.String(), "</style>"):]
		text := html.UnescapeString(regexp.MustCompile(`<[^>]*>`).ReplaceAllString(body, ""))
		for _, want := range test.shown {
			if !strings.Contains(text, want) {
				t.Errorf("%s, %s: there is no %q in %s", test.platform, test.golden, want, text)
			}
		}
	}
}

// TestLineOf: lines are broken as in a terminal, and no word is lost.
func TestLineOf(t *testing.T) {
	long := strings.Repeat("word ", 40) + "end"
	for _, text := range []string{"short", "  - a question", "  ┃ “" + long + "”", "  — direct quote · " + long, long} {
		var all []string
		for _, l := range lineOf(text) {
			if n := len([]rune(l.Bar + l.Text)); n > columns {
				t.Errorf("a line of %d characters: %s", n, l.Text)
			}
			if strings.HasPrefix(text, quoteBar) && (l.Kind != "quote" || l.Bar != quoteBar) {
				t.Errorf("a line of a quote is %+v", l)
			}
			all = append(all, strings.Fields(l.Text)...)
		}
		if want := strings.Fields(strings.TrimPrefix(text, quoteBar)); strings.Join(all, " ") != strings.Join(want, " ") {
			t.Errorf("%q became %q", want, all)
		}
	}
}
