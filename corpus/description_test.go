package corpus

import (
	"strings"
	"testing"
	"testing/fstest"

	"github.com/goccy/go-yaml"
)

const describedText = "The pier goes\n\nBy Ida Brandt\n\nWhat it costs\n\nThe county pays 400,000 kroner. “It is rotten,” said Ann Lee.\n\nThe pier in 1910.\n"

func describedFolder(description, curation string) fstest.MapFS {
	folder := fstest.MapFS{"pier/article.txt": {Data: []byte(describedText)}}
	if description != "" {
		folder["pier/source.yaml"] = &fstest.MapFile{Data: []byte(description)}
	}
	if curation != "" {
		folder["pier/curation.yaml"] = &fstest.MapFile{Data: []byte(curation)}
	}
	return folder
}

const description = `title: The pier goes in March
author: Ida Brandt
publisher: Skarvik Post
published: 2024-03-05
url: https://post.example/pier
language: en
hash: sha256:00
original: {file: original.html, from: https://post.example/pier, format: HTML, hash: sha256:00}
structure:
  headings: [The pier goes, What it costs]
  furniture: [The pier in 1910., By Ida Brandt]
`

// TestDescribed: source.yaml tells the citation, which lines are no passages and
// which are not quoted at all.
func TestDescribed(t *testing.T) {
	c, err := Load(describedFolder(description, ""))
	if err != nil {
		t.Fatal(err)
	}
	s := c.Sources()[0]
	want := Meta{Title: "The pier goes in March", Author: "Ida Brandt", Publisher: "Skarvik Post", Published: "2024-03-05", URL: "https://post.example/pier", Language: "en"}
	if s.Meta() != want || s.Title() != want.Title {
		t.Errorf("got %+v, want %+v", s.Meta(), want)
	}
	if n := len(s.Paragraphs()); n != 3 {
		t.Errorf("%d paragraphs, want 3: headings are counted, furniture is not", n)
	}
	for _, p := range s.Passages() {
		for _, no := range []string{"The pier goes", "What it costs", "By Ida Brandt", "The pier in 1910."} {
			if p.Quote.Text() == no {
				t.Errorf("%q is a passage", no)
			}
		}
	}
	first := s.Passages()[0]
	if got := first.Citation().String(); got != "the article’s words · ¶ 3 · The pier goes in March · Ida Brandt · Skarvik Post · 2024-03-05" {
		t.Errorf("cited as %q", got)
	}
}

// TestCurationGoesFirst: what a curator says of a source goes before what it tells.
func TestCurationGoesFirst(t *testing.T) {
	c, err := Load(describedFolder(description, "title: A better title\npublished: spring 2024\nfurniture: [What it costs]\n"))
	if err != nil {
		t.Fatal(err)
	}
	s := c.Sources()[0]
	if m := s.Meta(); m.Title != "A better title" || m.Published != "spring 2024" || m.Author != "Ida Brandt" || m.URL != "https://post.example/pier" {
		t.Errorf("got %+v", m)
	}
	if n := len(s.Paragraphs()); n != 2 {
		t.Errorf("%d paragraphs, want 2", n)
	}
}

// TestDescriptionChangesTheHash, and a corpus without one has the hash of before.
func TestDescriptionChangesTheHash(t *testing.T) {
	hash := func(description, curation string) [32]byte {
		c, err := Load(describedFolder(description, curation))
		if err != nil {
			t.Fatal(err)
		}
		return c.Hash()
	}
	if hash("", "") == hash(description, "") || hash("", "title: T") == hash(description, "title: T") {
		t.Error("source.yaml does not change the hash")
	}
	read, err := Read("pier", describedText)
	if err != nil {
		t.Fatal(err)
	}
	alone := &Corpus{sources: []*Source{read}}
	if alone.Hash() != hash("", "") {
		t.Error("a text has another hash than a folder with nothing but it")
	}
}

func TestDescriptionErrors(t *testing.T) {
	for _, c := range []struct{ name, data, want string }{
		{"no YAML", "title: [", "pier/source.yaml:1:8: "},
		{"a field that is not known", "title: T\nautor: A\n", "pier/source.yaml:2:1: "},
		{"a wrong kind", "structure:\n  headings: {}\n", "pier/source.yaml:2:13: this is a mapping; it must be a "},
		{"not UTF-8", "title: \xff\n", "pier/source.yaml:1: not UTF-8 at byte 7"},
	} {
		_, err := Load(describedFolder(c.data, ""))
		if err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: got %v, want %q", c.name, err, c.want)
		}
	}
}

// TestDescriptionIsReadAsWritten, whatever documents tell of themselves.
func TestDescriptionIsReadAsWritten(t *testing.T) {
	for _, odd := range []string{"2024", "2024-03-05", "yes", "null", "~", "- a", "# a", "a: b", "“a”: b", "'a' \"b\"", "a #b", "{a}", "[a]", "&a", "*a", "!a", "%a", "@a", "`a`", "|", ">",
		"0x1F", "1e3", "a\\n", "a:", ": a", "?", "---", "...", "<<", "é ü 漢字 😀", "a\u00a0b", "\u202e", "=", ",", "true", "12:30", "a ", "?a: b", "0777"} {
		d := Description{Title: odd, Author: odd, Published: odd, Structure: Structure{Headings: []string{odd}, Furniture: []string{odd, "x"}}}
		data, err := yaml.Marshal(d)
		if err != nil {
			t.Fatal(err)
		}
		got, _, err := ReadDescription(fstest.MapFS{"source.yaml": {Data: data}}, ".")
		if err != nil {
			t.Errorf("%q: %v", odd, err)
		} else if got.Title != d.Title || got.Published != odd || got.Structure.Headings[0] != odd || len(got.Structure.Furniture) != 2 {
			t.Errorf("%q: read as %+v from\n%s", odd, got, data)
		}
	}
}

// TestPublic: a text is for everybody only where source.yaml says so, and is found by its
// name; its headings are known.
func TestPublic(t *testing.T) {
	for file, want := range map[string]bool{"": false, description: false, "public: false\n": false, description + "public: true\n": true} {
		c, err := Load(describedFolder(file, ""))
		if err != nil {
			t.Fatal(err)
		}
		s := c.Source("pier")
		if s == nil || s.Public() != want {
			t.Errorf("%q: public is %v, want %v", file, !want, want)
		}
		for _, name := range []string{"", "a", "pie", "pier ", "z"} {
			if c.Source(name) != nil {
				t.Errorf("there is a source %q", name)
			}
		}
		if heading := s.Heading(s.Paragraphs()[0]); heading != strings.HasPrefix(file, description) {
			t.Errorf("%q: the first line is a heading: %v", file, heading)
		}
	}
	if _, err := Load(describedFolder("public: perhaps\n", "")); err == nil || !strings.Contains(err.Error(), "public is") {
		t.Errorf("the error is %v", err)
	}
}

// TestQuoteByKey: a key finds its run again, be it a passage or not, and no other.
func TestQuoteByKey(t *testing.T) {
	c, err := Load(describedFolder(description, ""))
	if err != nil {
		t.Fatal(err)
	}
	for _, q := range c.Source("pier").Paragraphs() {
		if got, ok := c.Quote(q.Key()); !ok || got != q {
			t.Errorf("%q is not found by its key", q.Text())
		}
	}
	first := c.Source("pier").Paragraphs()[0]
	if _, ok := c.Passage(first.Key()); ok {
		t.Error("a heading is a passage")
	}
	source, _, _ := strings.Cut(first.Key(), ".")
	for _, key := range []string{"", source, source + ".0", source + ".x.4", source + ".0.y", source + ".4.0", source + ".0.100000", "0" + source[1:] + ".0.4x"} {
		if _, ok := c.Quote(key); ok {
			t.Errorf("the key %q finds a quote", key)
		}
	}
}
