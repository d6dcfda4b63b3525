package adapters_test

import (
	"net/url"
	"strings"
	"testing"
	"testing/fstest"

	"verbatim/adapters"
	"verbatim/corpus"
)

const linkedText = "The old pier is rotten.\n\n" +
	"“The old pier is rotten, and we all know that it is,” said Ann Lee.\n\n" +
	"A fee-paying boat, a bell, and the fog.\n" +
	"One two three four five six seven eight five six seven eight nine.\n" +
	"Tick tick tick tick tick tick tick tick tick\n"

func linkedSource(t *testing.T, description string) *corpus.Source {
	t.Helper()
	c, err := corpus.Load(fstest.MapFS{
		"pier/article.txt": {Data: []byte(linkedText)}, "pier/source.yaml": {Data: []byte(description)},
	})
	if err != nil {
		t.Fatal(err)
	}
	return c.Sources()[0]
}

func quoteOf(t *testing.T, s *corpus.Source, text string) corpus.Quote {
	t.Helper()
	for _, p := range s.Passages() {
		if p.Quote.Text() == text {
			return p.Quote
		}
	}
	t.Fatalf("there is no passage %q", text)
	return corpus.Quote{}
}

// TestLinks: to the source's own place with its words, and to the page where that is public.
func TestLinks(t *testing.T) {
	const short, long = "The old pier is rotten.", "One two three four five six seven eight five six seven eight nine."
	spoken := "“The old pier is rotten, and we all know that it is,”"
	tests := []struct {
		name, description, text string
		source, page            string
	}{
		{"neither public nor on the web", "title: Pier", short, "", ""},
		{"all of a short quote", "url: https://post.example/pier", short,
			"https://post.example/pier#:~:text=The%20old%20pier%20is%20rotten.", ""},
		{"both ends of a longer one", "url: https://post.example/pier", spoken,
			"https://post.example/pier#:~:text=%E2%80%9CThe%20old%20pier%20is,know%20that%20it%20is%2C%E2%80%9D", ""},
		{"what a directive gives a meaning is encoded", "url: https://post.example/pier", "A fee-paying boat, a bell, and the fog.",
			"https://post.example/pier#:~:text=A%20fee%2Dpaying%20boat%2C%20a%20bell%2C%20and%20the%20fog.", ""},
		{"the end is the only one after the beginning", "url: https://post.example/pier", long,
			"https://post.example/pier#:~:text=One%20two%20three%20four,six%20seven%20eight%20nine.", ""},
		{"all of a long one whose end is everywhere", "url: https://post.example/pier", "Tick tick tick tick tick tick tick tick tick",
			"https://post.example/pier#:~:text=Tick%20tick%20tick%20tick%20tick%20tick%20tick%20tick%20tick", ""},
		{"after a fragment of its own", "url: https://post.example/pier#top", short,
			"https://post.example/pier#top:~:text=The%20old%20pier%20is%20rotten.", ""},
		{"without a password", "url: https://ann:secret@post.example/pier", short,
			"https://post.example/pier#:~:text=The%20old%20pier%20is%20rotten.", ""},
		{"no link to what is no page", "url: javascript:alert(1)", short, "", ""},
		{"no link to a path", "url: /pier", short, "", ""},
		{"public", "public: true", short, "", "https://bot.example/a/pier?q=KEY#p1"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			q := quoteOf(t, linkedSource(t, test.description), test.text)
			l := adapters.Links{Pages: "https://bot.example"}
			if got := l.Source(q); got != test.source {
				t.Errorf("the source's link is\n%s, want\n%s", got, test.source)
			}
			if got := strings.Replace(l.Page(q), q.Key(), "KEY", 1); got != test.page {
				t.Errorf("the page's link is %s, want %s", got, test.page)
			}
		})
	}
	q := quoteOf(t, linkedSource(t, "public: true"), short)
	if got := (adapters.Links{}).Page(q); got != "" {
		t.Errorf("without PUBLIC_URL there is a page %s", got)
	}
	if got := (adapters.Links{}).Of(corpus.Quote{}); len(got) != 0 {
		t.Errorf("no quote has links %v", got)
	}
}

// TestPrefix: a quote whose words stand in the text earlier, too, is told from them by
// what stands before it.
func TestPrefix(t *testing.T) {
	c, err := corpus.Load(fstest.MapFS{
		"bell/article.txt": {Data: []byte("It rang, twice.\nAt noon, in the fog, it rang, twice. It rang, twice.\nOn and on.\nThe fog came\n")},
		"bell/source.yaml": {Data: []byte("url: https://post.example/bell\n")},
		"bell/curation.yaml": {Data: []byte("passages:\n" +
			"  - {id: second, quote: \"It rang, twice.\", paragraph: 2, attribution: article}\n" +
			"  - {id: lines, quote: \"On and on.\\nThe fog came\", attribution: article}\n")},
	})
	if err != nil {
		t.Fatal(err)
	}
	for id, want := range map[string]string{
		"second": "fog%2C%20it%20rang%2C%20twice.-,It%20rang%2C%20twice.",
		"lines":  "On%20and%20on.,The%20fog%20came",
	} {
		for _, p := range c.Sources()[0].Passages() {
			if p.ID != id {
				continue
			}
			_, directive, _ := strings.Cut((adapters.Links{}).Source(p.Quote), "#:~:text=")
			if directive != want {
				t.Errorf("%s: %s, want %s", id, directive, want)
			}
		}
	}
}

// TestDirectiveIsTheText: whatever a text holds, each part of a directive is a run of it.
func TestDirectiveIsTheText(t *testing.T) {
	c, err := corpus.Embedded()
	if err != nil {
		t.Fatal(err)
	}
	text := c.Sources()[0].Text()
	described := fstest.MapFS{
		"a/article.txt": {Data: []byte(text)}, "a/source.yaml": {Data: []byte("url: https://post.example/a\n")},
	}
	if c, err = corpus.Load(described); err != nil {
		t.Fatal(err)
	}
	n := 0
	for _, p := range c.Sources()[0].Passages() {
		_, directive, _ := strings.Cut((adapters.Links{}).Source(p.Quote), ":~:text=")
		for _, part := range strings.Split(directive, ",") {
			words, err := url.PathUnescape(strings.TrimSuffix(part, "-"))
			if err != nil || !strings.Contains(text, words) {
				t.Errorf("%s: %q is not in the text: %v", p.ID, words, err)
			}
			n++
		}
	}
	if n < 20 {
		t.Errorf("only %d parts were looked at", n)
	}
}
