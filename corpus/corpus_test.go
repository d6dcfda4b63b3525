package corpus

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"

	"verbatim/corpus/words"
)

const text = "Title line\nA Photographer\n“I like trains,” Ann Lee said. “I like trains,” she said.\nTrains are often late.\n"

func load(t *testing.T, curation string) (*Corpus, error) {
	t.Helper()
	fsys := fstest.MapFS{"trains/article.txt": {Data: []byte(text)}}
	if curation != "" {
		fsys["trains/curation.yaml"] = &fstest.MapFile{Data: []byte(curation)}
	}
	return Load(fsys)
}

const good = `
title: Trains
furniture: ["A Photographer"]
subjects:
  - {id: train, names: [train, railway]}
passages:
  - id: late
    quote: Trains are often late.
    attribution: article
    frame: "On punctuality, the article says:"
    tells: {opinion: often late}
    about: [train]
intents:
  - id: late
    passages: [late]
    utterances: [are they on time?]
  - id: fares
    not_covered: true
    nearest: [late]
    utterances: [what does a ticket cost?]
`

func TestCuratedSource(t *testing.T) {
	c, err := load(t, good)
	if err != nil {
		t.Fatal(err)
	}
	s := c.Sources()[0]
	p := s.Passages()[0]
	if got, want := p.Quote.Text(), "Trains are often late."; got != want {
		t.Errorf("quote is %q, want %q", got, want)
	}
	if got, want := p.Citation().String(), "the article’s words · ¶ 3 · Trains"; got != want {
		t.Errorf("citation is %q, want %q", got, want)
	}
	if got, ok := c.Passage(p.Quote.Key()); !ok || got.ID != "late" {
		t.Errorf("Passage(%q) = %v, %v", p.Quote.Key(), got.ID, ok)
	}
	if n := len(p.Quote.Key()); n > 40 {
		t.Errorf("the key has %d characters", n)
	}
	for _, key := range []string{"", "x", "a.b.c", s.key + ".0.5", s.key + ".-1.5", "0." + s.key} {
		if _, ok := c.Passage(key); ok {
			t.Errorf("Passage(%q) found something", key)
		}
	}
}

func TestUncuratedSource(t *testing.T) {
	c, err := load(t, "")
	if err != nil {
		t.Fatal(err)
	}
	s := c.Sources()[0]
	if s.Curated() || len(s.Passages()) == 0 {
		t.Fatalf("curated %v, %d passages", s.Curated(), len(s.Passages()))
	}
	if s.Title() != "trains" {
		t.Errorf("title %q", s.Title())
	}
}

// TestBadCuration: every problem is named with its file and line.
func TestBadCuration(t *testing.T) {
	for _, tt := range []struct{ name, curation, want string }{
		{"altered quote", "passages:\n  - id: a\n    quote: Trains are always late.\n    attribution: article\n",
			`trains/curation.yaml:2:5: passage "a": the quote "Trains are always late." does not occur in article.txt outside furniture; the nearest text that does is "Trains are often late" (paragraph 4)`},
		{"unlike anything", "passages:\n  - {id: a, quote: zzz, attribution: article}\n", `does not occur in article.txt outside furniture, nor does anything like it`},
		{"twice in the text", "passages:\n  - {id: a, quote: “I like trains, attribution: direct, speaker: Ann Lee}\n", `the quote occurs 2 times (paragraphs 3, 3)`},
		{"furniture quoted", "furniture: [A Photographer]\npassages:\n  - {id: a, quote: A Photographer, attribution: article}\n", `does not occur in article.txt outside furniture`},
		{"across furniture", "furniture: [A Photographer]\npassages:\n  - {id: a, quote: \"Title line\\nA Photographer\\n“I\", attribution: article}\n", `does not occur in article.txt outside furniture`},
		{"no such furniture", "furniture: [A Painter]\n", `furniture "A Painter" is not a line of article.txt`},
		{"no speaker", "passages:\n  - {id: a, quote: Title line, attribution: direct}\n", `a direct passage needs a speaker`},
		{"article with speaker", "passages:\n  - {id: a, quote: Title line, attribution: article, speaker: Bob}\n", `has no speaker, but names "Bob"`},
		{"attribution", "passages:\n  - {id: a, quote: Title line, attribution: said}\n", `attribution is "said"`},
		{"unknown key", "passages:\n  - {id: a, qoute: Title line, attribution: article}\n", `trains/curation.yaml:2:13: unknown field "qoute"; did you mean "quote"?`},
		{"wrong type", "passages:\n  - id: a\n    quote: [Title line]\n    attribution: article\n", `trains/curation.yaml:3:12: quote is a list; it must be text`},
		{"a mistyped attribution", "passages:\n  - id: a\n    quote: Title line\n    attribution: artcle\n", `attribution is "artcle"; it must be direct, reported, article or others; did you mean "article"?`},
		{"no list", "passages: none\n", `trains/curation.yaml:1:11: this is a string; it must be a sequence`},
		{"no mapping", "subjects:\n  - trains\n", `trains/curation.yaml:2:5: this is a string; it must be a mapping`},
		{"not UTF-8", "title: T\npublisher: \xff\n", `trains/curation.yaml:2: not UTF-8 at byte 20; save the file as UTF-8`},
		{"furniture that is not there", "title: T\nfurniture:\n  - No such line\n", `trains/curation.yaml:2:1: furniture "No such line" is not a line of article.txt`},
		{"a key point that is none", "title: T\n\nkey_points: [b]\n", `trains/curation.yaml:3:1: key_points: there is no passage "b"`},
		{"unknown passage", "intents:\n  - {id: a, passages: [b], utterances: [x]}\n", `trains/curation.yaml:2:5: intent "a": there is no passage "b"`},
		{"both kinds", "passages:\n  - {id: a, quote: Title line, attribution: article}\nintents:\n  - {id: a, passages: [a], not_covered: true, utterances: [x]}\n", `exactly one of`},
		{"no utterances", "intents:\n  - {id: a, not_covered: true}\n", `it has no utterances`},
		{"tells", "passages:\n  - {id: a, quote: Title line, attribution: article, tells: {date: 2023}}\n", `tells date: "2023" is not in the quote`},
		{"twice", "passages:\n  - {id: a, quote: Title line, attribution: article}\n  - {id: a, quote: Title, attribution: article}\n", `trains/curation.yaml:3:5: passage "a" is there twice`},
		{"not YAML", "passages: [", `trains/curation.yaml:1:11: not valid YAML`},
		{"a mistyped list", "pasages:\n  - {id: a, quote: Title line, attribution: article}\n", `trains/curation.yaml:1:1: unknown field "pasages"; did you mean "passages"?`},
		{"letters exchanged", "intents:\n  - id: a\n    not_covered: true\n    uttreances: [x]\n", `trains/curation.yaml:4:5: unknown field "uttreances"; did you mean "utterances"?`},
		{"chat kind", "intents:\n  - {id: a, chat: gossip, utterances: [x]}\n", `chat is "gossip"`},
		{"subject", "intents:\n  - {id: a, not_covered: true, subjects: [moon], utterances: [x]}\n", `there is no subject "moon"`},
	} {
		t.Run(tt.name, func(t *testing.T) {
			_, err := load(t, tt.curation)
			if err == nil {
				t.Fatal("no error")
			}
			if !strings.Contains(err.Error(), tt.want) {
				t.Errorf("error is\n%v\nwant in it\n%s", err, tt.want)
			}
		})
	}
}

func TestNotACorpus(t *testing.T) {
	dir := t.TempDir()
	file := filepath.Join(dir, "file")
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	for name, want := range map[string]string{
		dir:                             "no sources: want one folder per source",
		file:                            "is a file",
		filepath.Join(dir, "not there"): "no such file",
	} {
		if _, err := LoadDir(name); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("LoadDir(%s): %v, want %q", name, err, want)
		}
	}
	if _, err := Load(fstest.MapFS{"a/article.txt": {Data: []byte("ok\n\xff")}}); err == nil || !strings.Contains(err.Error(), "a/article.txt:2: not UTF-8 at byte 3") {
		t.Errorf("invalid UTF-8: %v", err)
	}
	if _, err := Load(fstest.MapFS{"a/article.txt": {Data: []byte("\n \n")}}); err == nil || !strings.Contains(err.Error(), "it has no text") {
		t.Errorf("empty: %v", err)
	}
}

// TestEmbedded: every sentence of the article belongs to a passage, save the
// words that only name a speaker, and no passage is furniture.
func TestEmbedded(t *testing.T) {
	c, err := Embedded()
	if err != nil {
		t.Fatal(err)
	}
	s := c.Sources()[0]
	covered := make([]bool, len(s.Text()))
	for _, p := range s.Passages() {
		for i := p.Quote.Start(); i < p.Quote.End(); i++ {
			covered[i] = true
		}
		if strings.Contains(p.Quote.Text(), "Zalubowski") {
			t.Errorf("passage %s quotes the photo credit", p.ID)
		}
	}
	said := map[string]bool{"he": true, "zuckerberg": true, "said": true}
	for _, p := range s.Paragraphs() {
		for _, w := range words.Tokens(p.Text()) {
			if !covered[p.Start()+w.Start] && !said[w.Word] {
				t.Errorf("no passage holds %q at byte %d", w.Word, p.Start()+w.Start)
			}
		}
	}
}

func TestNearest(t *testing.T) {
	c, err := load(t, good)
	if err != nil {
		t.Fatal(err)
	}
	s := c.Sources()[0]
	for _, tt := range []struct {
		text, want string
		closeness  float64
	}{
		{"TRAINS are “often” late", "Trains are often late", 1},
		{"trains are never late", "Trains are often late", 0.75},
		{"i like", "I like", 1},
		{"elephants", "", 0},
		{"", "", 0},
	} {
		q, c := s.Nearest(tt.text)
		if diff := cmp.Diff(tt.want, q.Text()); diff != "" || c != tt.closeness {
			t.Errorf("Nearest(%q) closeness %v, want %v (-want +got):\n%s", tt.text, c, tt.closeness, diff)
		}
	}
}

// FuzzQuote: whatever span is asked for, a quote is the source's own bytes, on
// whole characters, and never touches furniture.
func FuzzQuote(f *testing.F) {
	c, err := Load(fstest.MapFS{
		"a/article.txt":   {Data: []byte(text)},
		"a/curation.yaml": {Data: []byte("furniture: [A Photographer]\n")},
	})
	if err != nil {
		f.Fatal(err)
	}
	s := c.Sources()[0]
	from := strings.Index(text, "A Photographer")
	f.Add(0, 10)
	f.Add(-1, 1<<40)
	f.Add(26, 60)
	f.Fuzz(func(t *testing.T, start, end int) {
		q, ok := s.quote(start, end)
		if !ok {
			return
		}
		if q.Text() != text[start:end] || !utf8.ValidString(q.Text()) || q.Paragraph() < 1 {
			t.Fatalf("quote %q of %d:%d", q.Text(), start, end)
		}
		if start < from+len("A Photographer") && end > from {
			t.Fatalf("%q touches furniture", q.Text())
		}
	})
}

// FuzzCuration: any bytes as curation.yaml load or give an error, and what
// loads quotes only the article.
func FuzzCuration(f *testing.F) {
	f.Add([]byte(good))
	f.Add([]byte("passages: [1, {}, []]"))
	f.Add([]byte("a: &a [*a]"))
	f.Add([]byte("\xff\x00{{"))
	f.Fuzz(func(t *testing.T, data []byte) {
		c, err := Load(fstest.MapFS{"a/article.txt": {Data: []byte(text)}, "a/curation.yaml": {Data: data}})
		if err != nil {
			return
		}
		for _, p := range c.Sources()[0].Passages() {
			if !strings.Contains(text, p.Quote.Text()) || p.Quote.Text() == "" {
				t.Fatalf("passage %q", p.Quote.Text())
			}
		}
	})
}

func TestLines(t *testing.T) {
	c, err := Load(fstest.MapFS{
		"a/article.txt": {Data: []byte("Trains are late.\nAnn likes trains.")},
		"a/curation.yaml": {Data: []byte(`title: Trains
passages:
  - id: late
    quote: Trains are late.
    attribution: article

  - id: ann
    quote: Ann likes trains.
    attribution: article
intents:
  - id: late
    passages: [late]
    utterances:
      - are they late?
      # asked often
      - when do they come?
  - {id: ann, passages: [ann], utterances: [who likes trains?]}
`)},
	})
	if err != nil {
		t.Fatal(err)
	}
	s := c.Sources()[0]
	p, in := s.Passages(), s.Intents()
	got := []int{p[0].Line, p[1].Line, in[0].Line, in[0].UtteranceLine(0), in[0].UtteranceLine(1), in[1].Line, in[1].UtteranceLine(0)}
	if diff := cmp.Diff([]int{3, 7, 11, 14, 16, 17, 17}, got); diff != "" {
		t.Errorf("lines (-want +got):\n%s", diff)
	}
}

// TestRestIsRead: what a curator made no passage of has those that are read from the text.
func TestRestIsRead(t *testing.T) {
	c, err := Load(fstest.MapFS{
		"a/article.txt":   {Data: []byte("Trains are late. “I like them,” Ann Lee said. The rails are old.")},
		"a/curation.yaml": {Data: []byte("search: true\npassages:\n  - {id: a, quote: \"“I like them,”\", attribution: direct, speaker: Ann Lee}\n")},
	})
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, p := range c.Sources()[0].Passages() {
		got = append(got, p.Quote.Text())
	}
	if diff := cmp.Diff([]string{"“I like them,”", "Trains are late.", "The rails are old."}, got); diff != "" {
		t.Errorf("passages (-want +got):\n%s", diff)
	}
}

func TestReadIsLoad(t *testing.T) {
	text := "Trains are late.\nAnn Lee said: “I like trains.”"
	got, err := Read("trains", text)
	if err != nil {
		t.Fatal(err)
	}
	c, err := Load(fstest.MapFS{"trains/article.txt": {Data: []byte(text)}})
	if err != nil {
		t.Fatal(err)
	}
	want := c.Sources()[0]
	if got.ID() != want.ID() || got.digest != want.digest || len(got.Passages()) != len(want.Passages()) {
		t.Errorf("Read gives another source than Load")
	}
	for i, p := range want.Passages() {
		if q := got.Passages()[i]; q.Quote.Key() != p.Quote.Key() || q.ID != p.ID {
			t.Errorf("passage %d is %s, want %s", i, q.ID, p.ID)
		}
	}
	for _, bad := range []string{"", " \n\t\n", "ok \xff"} {
		if _, err := Read("x", bad); err == nil {
			t.Errorf("Read(%q) gives no error", bad)
		}
	}
}
