package answers

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
)

// fourArticles is an engine on four articles: two releases on one thing, an interview and a column.
func fourArticles(t testing.TB) *Engine {
	t.Helper()
	file := func(text string) *fstest.MapFile { return &fstest.MapFile{Data: []byte(text)} }
	return engineOn(t, fstest.MapFS{
		"kiosk-a/article.txt": file("Kiosk opens\nThe kiosk on Gull Street sells coffee for two florins.\n“It is a start,” said Eskil Mbeki, who runs the kiosk.\n"),
		"kiosk-a/source.yaml": file("title: The kiosk on Gull Street\npublished: 2019-04-02\nauthor: Runa Petrov\npublisher: Gull Street Post\nurl: https://post.example/kiosk\n"),
		"kiosk-b/article.txt": file("Kiosk closes\nThe kiosk on Gull Street sold its last coffee for nine florins.\n“It was a good run,” said Eskil Mbeki, who ran the kiosk. “Thank you.”\n"),
		"kiosk-b/source.yaml": file("title: The end of a kiosk\npublished: 2022-11-30\n"),
		"talk/article.txt":    file(kinds["glass"]),
		"talk/source.yaml":    file("title: “Glass remembers everything”\n"),
		"river/article.txt":   file(kinds["telephone"]),
	})
}

// TestOneOfSeveral: a question says in many ways which article it is about, and is answered
// from that one alone.
func TestOneOfSeveral(t *testing.T) {
	e := fourArticles(t)
	for _, tt := range []struct {
		text, source string // what is asked, and what a platform narrows to
		from         string // the id of the source that everything shown is from
		kind         Kind
		part         string // of the first quote, or of the lead where there is none
	}{
		{"in kiosk-a: who is quoted?", "", "kiosk-a", Quote, "It is a start"},
		{"In The kiosk on Gull Street: who is quoted?", "", "kiosk-a", Quote, "It is a start"},
		{"in “the END of a kiosk”: who is quoted?", "", "kiosk-b", Quote, "good run"},
		{"in river: who wrote it?", "", "river", Chat, "Hamza Lindgren"},
		{"in kiosk-a: who wrote it?", "", "kiosk-a", Chat, "Runa Petrov"},
		{"in kiosk-a: when was it published?", "", "kiosk-a", Chat, "2019-04-02"},
		{"in kiosk-a: where was this published?", "", "kiosk-a", Chat, "Gull Street Post, https://post.example/kiosk"},
		{"in kiosk-b: what is the headline?", "", "kiosk-b", Chat, "The end of a kiosk"},
		{"who is quoted?", "kiosk-a", "kiosk-a", Quote, "It is a start"},
		{"who is quoted?", "The end of a kiosk", "kiosk-b", Quote, "good run"},
		{"who is quoted?", "  “THE END OF A   KIOSK” ", "kiosk-b", Quote, "good run"},
		{"in kiosk-b: who is quoted?", "kiosk-a", "kiosk-b", Quote, "good run"}, // the text goes before
		{"find coffee", "kiosk-b", "kiosk-b", Quote, "nine florins"},
		{"find zzyzx", "kiosk-b", "kiosk-b", NotCovered, "“zzyzx” is nowhere"},
		{"did Eskil Mbeki say “It is a start”?", "kiosk-a", "kiosk-a", Verdict, "It is a start"},
		{"did Eskil Mbeki say “It is a start”?", "kiosk-b", "kiosk-b", Verdict, "does not have these words"},
		{"who said “On my second day”?", "river", "river", Verdict, "does not have these words"},
		{"how many people are quoted?", "kiosk-b", "kiosk-b", Chat, "“The end of a kiosk” quotes 1 person: Eskil Mbeki."},
		{"how many paragraphs?", "talk", "talk", Chat, "8 paragraphs"},
		{"paragraph 2", "kiosk-b", "kiosk-b", Quote, "nine florins"},
		{"everything Eskil Mbeki said", "kiosk-b", "kiosk-b", List, "good run"},
		{"everything Ilse Quandt said", "talk", "talk", List, "On my second day"},
	} {
		a := e.Ask(Question{Text: tt.text, Source: tt.source})
		got := a.Lead
		if len(a.Quotes) > 0 {
			got = first(a)
		}
		if a.Kind != tt.kind || !strings.Contains(got, tt.part) {
			t.Errorf("%q of %q: %s %s %q %q, want %s %q", tt.text, tt.source, a.Kind, a.Finding, a.Lead, allText(a), tt.kind, tt.part)
		}
		for _, p := range slices.Concat(a.Quotes, a.Nearest) {
			if id := p.Quote.Source().ID(); id != tt.from {
				t.Errorf("%q of %q shows %q of %s", tt.text, tt.source, p.Quote.Text(), id)
			}
		}
	}
}

// TestOfAllArticles: what differs from article to article is asked back, words are found in
// all, and a quotation is checked against all.
func TestOfAllArticles(t *testing.T) {
	e := fourArticles(t)
	for _, text := range []string{"how many quotes are there?", "how many words?", "paragraph 2", "the last sentence", "how does it begin?", "how many paragraphs does it have?", "who wrote it?", "who is quoted?"} {
		a := e.Ask(Question{Text: text})
		if a.Kind != Chat || len(a.Quotes) > 0 || !strings.Contains(a.Lead, "different in each article") || !strings.Contains(a.Lead, "“The end of a kiosk”") {
			t.Errorf("%q: %s %q %q", text, a.Kind, a.Lead, allText(a))
		}
	}
	for _, tt := range []struct {
		text string
		ids  []string // of the sources that are shown, in order
		lead string
	}{
		{"find coffee", []string{"kiosk-a", "kiosk-b"}, "2 times"},
		{"find drawer", []string{"talk"}, "once"},
		{"find zzyzx", nil, "nowhere in the articles"},
		{"who said “It was a good run”?", []string{"kiosk-b"}, "Eskil Mbeki"},
		{"did Eskil Mbeki say “I miss the maps”?", []string{"river"}, "not said by the one you name"},
		{"did Ilse Quandt say “On my second day”?", []string{"talk"}, "Ilse Quandt said"},
		{"“It was a bad run”", []string{"kiosk-b"}, "Not quite"},
		{"which articles do you have?", nil, "I answer from 4 articles: "},
	} {
		a := e.Ask(Question{Text: tt.text})
		var ids []string
		for _, p := range a.Quotes {
			ids = append(ids, p.Quote.Source().ID())
		}
		if !slices.Equal(ids, tt.ids) || !strings.Contains(a.Lead, tt.lead) {
			t.Errorf("%q: %s %q of %v, want %q of %v", tt.text, a.Kind, a.Lead, ids, tt.lead, tt.ids)
		}
		verbatim(t, a)
	}
}

// TestNoSuchArticle: a name that no article has is told as it was typed, not guessed at, and
// however long it is.
func TestNoSuchArticle(t *testing.T) {
	e := fourArticles(t)
	for _, name := range []string{"kiosk", "kiosk-c", "The kiosk", "../kiosk-a", "kiosk-a/article.txt", "кафе", "🙂", "%s", "<b>talk</b>"} {
		for _, a := range []Answer{e.Ask(Question{Text: "who is quoted?", Source: name}), e.Check(Question{Text: "It is a start", Source: name})} {
			if want := "There is no article called “" + name + "” here."; a.Kind != Chat || a.Lead != want || len(a.Quotes)+len(a.Nearest) > 0 {
				t.Errorf("%q: %s %q %q, want %q", name, a.Kind, a.Lead, allText(a), want)
			}
		}
	}
	if a := e.Ask(Question{Text: "who is quoted?", Source: strings.Repeat("kiosk ", 10_000)}); a.Kind != Chat || len(a.Lead) > 300 {
		t.Errorf("a long name is answered with %d bytes", len(a.Lead))
	}
	// What only begins like one is a question like any other.
	for _, text := range []string{"in spring: who is quoted?", "in the end of a kiosk who drinks coffee?"} {
		if a := e.Ask(Question{Text: text}); a.Turn.Source != "" || strings.Contains(a.Lead, "no article called") {
			t.Errorf("%q is taken for the name of an article: %q", text, a.Lead)
		}
	}
	if _, err := e.Source(""); err == nil {
		t.Error("no name finds an article")
	}
	for _, name := range []string{"kiosk-a", "KIOSK-A", "the kiosk on gull street", "“The Kiosk on Gull Street”", "glass remembers everything"} {
		if _, err := e.Source(name); err != nil {
			t.Errorf("%q: %v", name, err)
		}
	}
}

// TestSameTitle: two articles of one title are told apart by their ids alone.
func TestSameTitle(t *testing.T) {
	fsys := fstest.MapFS{}
	for i, id := range []string{"monday", "tuesday"} {
		fsys[id+"/article.txt"] = &fstest.MapFile{Data: fmt.Appendf(nil, "Weather\nIt will be %d degrees warm at the lighthouse.\n", 11+i)}
		fsys[id+"/source.yaml"] = &fstest.MapFile{Data: []byte("title: Weather report\n")}
	}
	e := engineOn(t, fsys)
	if s, err := e.Source("Weather report"); err == nil {
		t.Errorf("a title of two finds %s", s.ID())
	}
	for id, want := range map[string]string{"monday": "11 degrees", "tuesday": "12 degrees"} {
		if a := e.Ask(Question{Text: "in " + id + ": find lighthouse"}); !strings.Contains(first(a), want) || len(a.Quotes) != 1 {
			t.Errorf("%s: %s %q", id, a.Kind, allText(a))
		}
	}
}

// TestTalkOfOneArticle: a conversation stays with the article it is on until another is named.
func TestTalkOfOneArticle(t *testing.T) {
	e := fourArticles(t)
	var turn Turn
	for _, tt := range []struct{ text, source, part string }{
		{"in kiosk-b: who is quoted?", "kiosk-b", "good run"},
		{"who said that?", "kiosk-b", "good run"},
		{"next", "kiosk-b", "Thank you"},
		{"in talk: who is quoted?", "talk", ""},
		{"next", "talk", ""},
		{"in kiosk-a: find coffee", "kiosk-a", "two florins"},
		{"really?", "kiosk-a", "two florins"},
	} {
		a := e.Ask(Question{Text: tt.text, Previous: turn})
		if a.Turn.Source != tt.source || !strings.Contains(allText(a), tt.part) {
			t.Errorf("%q: %s %q of %q, want %q of %q", tt.text, a.Kind, allText(a), a.Turn.Source, tt.part, tt.source)
		}
		for _, p := range a.Quotes {
			if p.Quote.Source().ID() != tt.source {
				t.Errorf("%q shows %q of %s", tt.text, p.Quote.Text(), p.Quote.Source().ID())
			}
		}
		turn = a.Turn
	}
	// What is asked of the article after a passage of it is asked of that one.
	a := e.Ask(Question{Text: "find drawer"})
	if a := e.Ask(Question{Text: "how many paragraphs does the article have?", Previous: a.Turn}); !strings.Contains(a.Lead, "8 paragraphs") {
		t.Errorf("after a passage of one article: %s %q", a.Kind, a.Lead)
	}
}

// TestNewest: of articles that tell when they were published the newest is shown first, and
// where one does not tell they stay as they are.
func TestNewest(t *testing.T) {
	e := fourArticles(t)
	passage := func(id string) string {
		for _, s := range e.Sources() {
			if s.ID() == id {
				return s.Passages()[1].Quote.Key()
			}
		}
		return ""
	}
	for _, tt := range []struct {
		given, want []string
		lead        string
	}{
		{[]string{"kiosk-a", "kiosk-b"}, []string{"kiosk-b", "kiosk-a"}, "2 articles say something on that, the newest first:"},
		{[]string{"kiosk-b", "kiosk-a"}, []string{"kiosk-b", "kiosk-a"}, "2 articles say something on that, the newest first:"},
		{[]string{"kiosk-a", "talk", "kiosk-b"}, []string{"kiosk-a", "talk", "kiosk-b"}, "3 articles say something on that:"},
		{[]string{"kiosk-a", "kiosk-a"}, []string{"kiosk-a", "kiosk-a"}, ""},
	} {
		quotes := e.shown(Turn{Shown: func() (keys []string) {
			for _, id := range tt.given {
				keys = append(keys, passage(id))
			}
			return keys
		}()})
		lead := newestFirst(quotes)
		var got []string
		for _, p := range quotes {
			got = append(got, p.Quote.Source().ID())
		}
		if lead != tt.lead || !slices.Equal(got, tt.want) {
			t.Errorf("%v: %v %q, want %v %q", tt.given, got, lead, tt.want, tt.lead)
		}
	}
}
