package extract

import (
	"context"
	"strings"
	"testing"
)

// piers are paragraphs, enough for an article.
var piers = strings.Repeat("<p>The pier was built of oak in 1931, and it has stood in the water since then, without much help from anybody.</p>\n", 6)

// TestAroundTheArticle: what pages put around an article and into it is none of it, and
// what only looks like that stays.
func TestAroundTheArticle(t *testing.T) {
	for _, c := range []struct {
		name, body, sentence string
		kind                 Kind
		there                bool
	}{
		{"a line under a picture", piers + `<div><img src="a.jpg"><div>The lock in winter. Photograph: Municipal archive</div></div>` + piers,
			"The lock in winter. Photograph: Municipal archive", Caption, true},
		{"a sentence about a picture", piers + "<p>She said of the Photo: it is old. Nobody else had seen it before, and nobody asked for it.</p>" + piers, "She said of the Photo", Paragraph, true},
		{"what readers say, with their number", piers + "<h3>Reactions (4)</h3><div>I never believed a word of this.</div>", "never believed", Paragraph, false},
		{"what readers say, with the title", piers + "<h3>2 thoughts on “The pier goes”</h3><p>I never believed a word of this.</p>", "never believed", Paragraph, false},
		{"a chapter on reactions", piers + "<h3>Reactions</h3><p>The mayor never believed a word of this, and told everybody so.</p>", "never believed", Paragraph, true},
		{"a number of responses", piers + "<p>12 responses to the plan were sent in.</p><p>The mayor never believed a word of them, and told everybody so.</p>", "never believed", Paragraph, true},
		{"who wrote it", piers + "<h4>About the author</h4><p>Noor Adlam writes about towns and rivers.</p>", "Noor Adlam", Paragraph, false},
		{"a chapter on an author", piers + "<h4>About the author</h4><p>Noor Adlam grew up beside the pier.</p>" + piers, "Noor Adlam grew up", Paragraph, true},
		{"navigation in a cell", `<table><tr><td><a href="/a">Tide tables for the west</a> <a href="/b">and for the east</a></td><td>` + piers + "</td></tr></table>", "Tide tables", Paragraph, false},
		{"a table of facts", piers + "<table><tr><td>Height of the pier</td><td>12 metres</td></tr></table>" + piers, "Height of the pier | 12 metres", Paragraph, true},
	} {
		page := "<html><head><title>The pier goes</title></head><body><h1>The pier goes</h1>" + c.body + "</body></html>"
		doc, err := Read(context.Background(), Input{Data: []byte(page), ContentType: "text/html"})
		if err != nil {
			t.Errorf("%s: %v", c.name, err)
			continue
		}
		there, kind := false, Paragraph
		for _, b := range doc.Blocks {
			if strings.Contains(b.Text, c.sentence) {
				there, kind = true, b.Kind
			}
		}
		if there != c.there || kind != c.kind {
			t.Errorf("%s: it is there: %v, as kind %d; want %v, %d\n%s", c.name, there, kind, c.there, c.kind, doc.Text())
		}
	}
}
