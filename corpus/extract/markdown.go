package extract

import (
	"bytes"
	"fmt"
	"regexp"
	"strings"

	"github.com/goccy/go-yaml"
	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/extension"
	renderer "github.com/yuin/goldmark/renderer/html"
	"golang.org/x/net/html"
)

// markdown makes HTML of Markdown as GitHub reads it, HTML in it included.
var markdown = goldmark.New(
	goldmark.WithExtensions(extension.GFM, extension.DefinitionList, extension.Footnote),
	goldmark.WithRendererOptions(renderer.WithUnsafe()), // it is read, never shown
)

// readMarkdown reads Markdown, with the metadata that may stand before it.
func readMarkdown(_ Input, text string) (*Document, error) {
	text = strings.ReplaceAll(text, "\r\n", "\n")
	doc := &Document{}
	text = doc.frontMatter(text)
	var page bytes.Buffer
	if err := markdown.Convert([]byte(text), &page); err != nil {
		return nil, errDamaged
	}
	if err := doc.markup(page.Bytes()); err != nil {
		return nil, err
	}
	doc.titleLine()
	doc.firstHeading()
	return doc, nil
}

// markup appends the blocks of HTML that is all text, without anything around it.
func (d *Document) markup(page []byte) error {
	root, err := html.Parse(bytes.NewReader(page))
	if err != nil {
		return fmt.Errorf("its parts lie too deep in each other to be a text that somebody reads")
	}
	d.flowed(root)
	return nil
}

// firstHeading takes the first heading for the title, unless the title is known.
func (d *Document) firstHeading() {
	if d.Title == "" && len(d.Blocks) > 0 && d.Blocks[0].Kind == Heading {
		d.Title = d.Blocks[0].Text
	}
	d.titled()
}

// frontMatter takes metadata in YAML from the beginning of a text and returns the rest.
func (d *Document) frontMatter(text string) string {
	rest, ok := strings.CutPrefix(text, "---\n")
	if !ok {
		return text
	}
	head, body, ok := strings.Cut(rest, "\n---\n")
	if !ok || len(head) > 1<<16 {
		return text
	}
	var known map[string]any
	if yaml.Unmarshal([]byte(head), &known) != nil || known == nil {
		return text
	}
	for key, v := range known {
		d.known(strings.ToLower(key), told(v))
	}
	return body
}

// known takes one thing that a document tells of itself.
func (d *Document) known(key, value string) {
	switch key {
	case "title":
		d.Title = value
	case "author", "authors", "byline":
		d.Author = value
	case "publisher", "organization", "site_name":
		d.Publisher = value
	case "date", "published", "pubdate":
		d.Published = date(value)
	case "url", "canonical_url", "canonical", "link", "source":
		if strings.HasPrefix(value, "https://") || strings.HasPrefix(value, "http://") {
			d.URL = value
		}
	case "lang", "language":
		d.Language = language(value)
	}
}

// told is a value of YAML on one line; of a list and of names with more about each,
// the names.
func told(v any) string {
	switch v := v.(type) {
	case nil:
		return ""
	case []any:
		var all []string
		for _, e := range v {
			if s := told(e); s != "" {
				all = append(all, s)
			}
		}
		return strings.Join(all, ", ")
	case map[string]any:
		return told(v["name"])
	}
	return oneLine(fmt.Sprint(v))
}

var isoDate = regexp.MustCompile(`^\d{4}(?:-\d\d(?:-\d\d)?)?`)

// date is a date as YYYY-MM-DD as far as it can be, else as it stands.
func date(s string) string {
	if at := isoDate.FindString(s); at != "" {
		return at
	}
	if len(s) > 40 {
		return ""
	}
	return asDate(s)
}

var (
	markdownHeading = regexp.MustCompile(`(?m)^#{1,6} +\S`)
	markdownLink    = regexp.MustCompile(`\[[^\]\n]+\]\((?:https?:|/|#)[^)\s]*\)`)
	markdownStrong  = regexp.MustCompile(`\*\*[^*\n]+\*\*`)
)

// markdownLike reports whether text without a name is Markdown: it has headings of
// its kind and not only hash signs, or several of its other marks.
func markdownLike(text string) bool {
	headings := len(markdownHeading.FindAllString(text, 3))
	marks := len(markdownLink.FindAllString(text, 3)) + len(markdownStrong.FindAllString(text, 3))
	return headings > 1 || headings == 1 && strings.HasPrefix(strings.TrimSpace(text), "#") || headings+marks >= 3
}
