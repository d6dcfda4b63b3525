package answers

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"verbatim/corpus"
)

// prices are two press releases of which the later takes back what the earlier says, and a
// third text.
func prices(t testing.TB) *Engine {
	t.Helper()
	file := func(text string) *fstest.MapFile { return &fstest.MapFile{Data: []byte(text)} }
	return engineOn(t, fstest.MapFS{
		"ferry-2023/article.txt": file("Ferry prices\nA ticket for the night ferry costs four pounds.\n“We keep it cheap,” said Ida Marsh.\nThe boat has 120 seats.\n"),
		"ferry-2023/source.yaml": file("title: Ferry prices in spring\npublished: 2023-03-01\n"),
		"ferry-2024/article.txt": file("Ferry prices\nA ticket for the night ferry costs five pounds.\n“Fuel is dear,” said Tom Berg.\nDogs travel on the upper deck.\n"),
		"ferry-2024/source.yaml": file("title: Ferry prices in autumn\npublished: 2024-10-01\n"),
		"ferry-2024/curation.yaml": file(`
passages:
  - id: dogs
    quote: Dogs travel on the upper deck.
    attribution: article
intents:
  - id: dogs
    passages: [dogs]
    utterances: [where do dogs travel?, may I bring my dog?, are dogs allowed on board?]
`),
		"library/article.txt": file(hours),
	})
}

func TestSource(t *testing.T) {
	e := prices(t)
	for _, tt := range []struct {
		question, source string
		want             string // is in the first quote; empty where the source does not say
	}{
		{"how much is a ticket for the night ferry?", "ferry-2023", "four pounds"},
		{"how much is a ticket for the night ferry?", "Ferry Prices in Autumn", "five pounds"},
		{"in ferry-2023: how much is a ticket for the night ferry?", "", "four pounds"},
		{"article: “Ferry prices in autumn”, how much is a ticket for the night ferry?", "", "five pounds"},
		{"in ferry-2023: how much is a ticket for the night ferry?", "ferry-2024", "four pounds"}, // the text names another
		{"where do dogs travel?", "ferry-2024", "upper deck"},
		{"where do dogs travel?", "ferry-2023", ""},
		{"when does the library open?", "ferry-2024", ""},
		{"who said “Fuel is dear”?", "ferry-2024", "Fuel is dear"},
		{"who said “Fuel is dear”?", "ferry-2023", ""},
		{"did Tom Berg say “Fuel is dear”?", "library", ""},
		{"find seats", "ferry-2023", "120 seats"},
		{"what is the article about?", "library", "opens at nine"},
		{"who is quoted?", "ferry-2024", "Fuel is dear"},
	} {
		a := e.Ask(Question{Text: tt.question, Source: tt.source})
		switch {
		case tt.want == "" && len(a.Quotes) > 0:
			t.Errorf("%q in %q is answered with %q", tt.question, tt.source, a.Quotes[0].Quote.Text())
		case tt.want != "" && (len(a.Quotes) == 0 || !strings.Contains(a.Quotes[0].Quote.Text(), tt.want)):
			t.Errorf("%q in %q: %s %v, want %q", tt.question, tt.source, a.Kind, a.Quotes, tt.want)
		}
		for _, p := range append(a.Quotes, a.Nearest...) {
			if first := e.sources[SourceName(tt.source)]; first != nil && !strings.HasPrefix(tt.question, "in ") && p.Quote.Source() != first {
				t.Errorf("%q in %q shows %s of %s", tt.question, tt.source, p.Quote.Text(), p.Quote.Source().ID())
			}
		}
	}
	if a := e.Ask(Question{Text: "how many paragraphs are there?", Source: "library"}); a.Lead != "“library” has 4 paragraphs." {
		t.Errorf("the source is counted as %q", a.Lead)
	}
	if a := e.Check(Question{Text: "Fuel is dear", Source: "ferry-2023"}); a.Finding == Exact {
		t.Errorf("words of another source are %s", a.Finding)
	}
	if a := e.Check(Question{Text: "in ferry-2024: Fuel is dear"}); a.Finding != Exact {
		t.Errorf("words of the source are %s", a.Finding)
	}
}

func TestUnknownSource(t *testing.T) {
	e := prices(t)
	for _, a := range []Answer{e.Ask(Question{Text: "what does a ticket cost?", Source: "trains"}), e.Check(Question{Text: "Fuel is dear", Source: "trains"})} {
		if a.Kind != Chat || a.Lead != "There is no article called “trains” here." || len(a.Quotes) > 0 {
			t.Errorf("an unknown source is answered with %s %q", a.Kind, a.Lead)
		}
	}
	if _, err := e.Source("Ferry prices in spring"); err != nil {
		t.Error(err)
	}
	if _, err := e.Source("trains"); err == nil {
		t.Error("an unknown source has no error")
	}
}

// TestSourceNamedBefore: a follow-up stays with the source that the question before it named,
// and a question that stands by itself does not.
func TestSourceNamedBefore(t *testing.T) {
	e := prices(t)
	first := e.Ask(Question{Text: "in ferry-2023: who is quoted?", Source: "ferry-2024"})
	if first.Turn.Source != "ferry-2023" {
		t.Fatalf("the turn is of %q", first.Turn.Source)
	}
	a := e.Ask(Question{Text: "who said that?", Source: "ferry-2024", Previous: first.Turn})
	if len(a.Quotes) == 0 || a.Quotes[0].Speaker != "Ida Marsh" || a.Turn.Source != "ferry-2023" {
		t.Errorf("the follow-up is answered with %v of %q", a.Quotes, a.Turn.Source)
	}
	a = e.Ask(Question{Text: "where do the dogs travel on the ferry?", Source: "ferry-2024", Previous: first.Turn})
	if len(a.Quotes) == 0 || a.Turn.Source != "" {
		t.Errorf("a question of its own is answered with %v of %q", a.Quotes, a.Turn.Source)
	}
}

func TestNewestFirst(t *testing.T) {
	a := prices(t).Ask(Question{Text: "how much does a ticket for the night ferry cost?"})
	if len(a.Quotes) != 2 || a.Quotes[0].Quote.Source().ID() != "ferry-2024" || a.Quotes[1].Quote.Source().ID() != "ferry-2023" {
		t.Fatalf("the articles answer %v", a.Quotes)
	}
	if want := "2 articles say something on that, the newest first:"; a.Lead != want {
		t.Errorf("it begins with %q, want %q", a.Lead, want)
	}
}

// TestOfSomethingElse: what another source says is no second answer where it has fewer of the
// question's words, however sure the reader is of it.
func TestOfSomethingElse(t *testing.T) {
	const lamp, bus = "Each lamp costs 310 crowns.", "The night bus costs the city 900,000 crowns a year."
	e := engineOn(t, fstest.MapFS{
		"lamps/article.txt": {Data: []byte("New street lamps\nForty street lamps stand in Harbour Lane.\n" + lamp + "\n")},
		"bus/article.txt":   {Data: []byte("A bus at night\nA bus goes to the hospital every hour.\n" + bus + "\n")},
	})
	sure := func(text string) sentence {
		i := slices.IndexFunc(e.library.passages, func(p *corpus.Passage) bool { return p.Quote.Text() == text })
		return sentence{passage: i, at: e.library.at[i], odds: 4}
	}
	for question, want := range map[string]int{"what do the street lamps cost?": 1, "what are the costs?": 2} {
		found := candidates{list: []sentence{sure(lamp), sure(bus)}}
		a := e.quote(e.read(Question{Text: question}), found, *e.library.passages[found.list[0].passage], 0.9)
		if len(a.Quotes) != want || a.Quotes[0].Quote.Text() != lamp {
			t.Errorf("%q: %v", question, a.Quotes)
		}
	}
}

// TestCuratedNewestFirst: what a curation answers does not stand alone either where other
// sources say otherwise, whether these are curated, too, or not.
func TestCuratedNewestFirst(t *testing.T) {
	const text, curation = "The %s\n%s\nIt was built of oak by hand.\n", `
passages:
  - {id: price, quote: %q, attribution: article}
intents:
  - id: price-%s
    passages: [price]
    utterances: [what does the lamp cost?, how dear is it?, the price of a lamp, %s]
`
	file := func(format string, a ...any) *fstest.MapFile {
		return &fstest.MapFile{Data: fmt.Appendf(nil, format, a...)}
	}
	const first, second, third = "A lamp costs forty crowns in the shop.", "People pay fifty crowns for a lamp now.", "A lamp costs sixty crowns in the shop."
	e := engineOn(t, fstest.MapFS{
		"first/article.txt":    file(text, "lamp", first),
		"first/source.yaml":    file("published: 2021-01-01\n"),
		"first/curation.yaml":  file(curation, first, "first", "lamp price please"),
		"second/article.txt":   file(text, "lamp", second),
		"second/source.yaml":   file("published: 2022-01-01\n"),
		"second/curation.yaml": file(curation, second, "second", "what do I pay?"),
		"third/article.txt":    file(text, "lamp", third),
		"third/source.yaml":    file("published: 2023-01-01\n"),
		"chair/article.txt":    file(text, "chair", "A chair of the same oak costs ninety crowns."),
		"chair/source.yaml":    file("title: The chair\npublished: 2024-01-01\n"),
		"chair/curation.yaml":  file(curation, "A chair of the same oak costs ninety crowns.", "chair", "what does the chair cost?"),
	})
	for question, want := range map[string]string{
		"what does the lamp cost?":  "third second first",
		"the price of a lamp":       "third second first",
		"what does the chair cost?": "chair",
	} {
		a := e.Ask(Question{Text: question})
		var got []string
		for _, q := range a.Quotes {
			got = append(got, q.Quote.Source().ID())
		}
		if strings.Join(got, " ") != want || a.Lead == "" {
			t.Errorf("%q: %s %v under %q, want %s under a line", question, a.Kind, got, a.Lead, want)
		}
	}
}

// TestSourceOfMany: one of thousands of sources is searched as if it stood alone.
func TestSourceOfMany(t *testing.T) {
	fsys := fstest.MapFS{}
	const n = 2000
	for i := range n {
		fsys[fmt.Sprintf("release-%04d/article.txt", i)] = &fstest.MapFile{Data: fmt.Appendf(nil, "Release\nThe price of the lamp is %d crowns.\nIt was made in a factory by the sea.\n", 100+i)}
	}
	c, err := corpus.Load(fsys)
	if err != nil {
		t.Fatal(err)
	}
	e := New(c, &Model{})
	for _, i := range []int{0, 777, n - 1} {
		a := e.Ask(Question{Text: "what is the price of the lamp?", Source: fmt.Sprintf("release-%04d", i)})
		if want := fmt.Sprintf("%d crowns", 100+i); len(a.Quotes) != 1 || !strings.Contains(a.Quotes[0].Quote.Text(), want) {
			t.Errorf("source %d answers %s %v, want %s", i, a.Kind, a.Quotes, want)
		}
	}
}

// TestTitleTells: of many releases that say the same of different things, the one is found
// whose title has what is asked for, be the reader sure of it or not.
func TestTitleTells(t *testing.T) {
	fsys := fstest.MapFS{}
	for i, thing := range strings.Fields("ferry bridge library school harbour tram park museum clinic market") {
		for k, town := range strings.Fields("Halden Strand Moss Vik Berg Lund Ask Holm Ness Dal") {
			fsys[fmt.Sprintf("release-%d-%d/article.txt", k, i)] = &fstest.MapFile{Data: fmt.Appendf(nil,
				"The %s in %s\n%s, 3 May. The council announced it today.\nThe %s cost %d million crowns.\nIt was built by %d workers.\n", thing, town, town, thing, 100+10*k+i, 20+k)}
			fsys[fmt.Sprintf("release-%d-%d/source.yaml", k, i)] = &fstest.MapFile{Data: fmt.Appendf(nil, "title: The %s in %s\n", thing, town)}
		}
	}
	e := engineOn(t, fsys)
	for question, want := range map[string]string{
		"how much did the ferry in Dal cost?":    "190 million",
		"what did the museum in Strand cost?":    "117 million",
		"how much did the library in Lund cost?": "152 million",
	} {
		a := e.Ask(Question{Text: question})
		if found := append(a.Quotes, a.Nearest...); len(found) != 1 || !strings.Contains(found[0].Quote.Text(), want) {
			t.Errorf("%q: %s %v, want %s", question, a.Kind, found, want)
		}
	}
}

// What every source answers in another way is not answered from the first of several, but
// where one is named or talked about.
func TestWhichSource(t *testing.T) {
	e := engineOn(t, fstest.MapFS{
		"quarry/article.txt": {Data: []byte(quarry)},
		"ferry/article.txt":  {Data: []byte(ferry)},
	})
	for _, question := range []string{"what is it about?", "who is quoted?", "how many words does it have?", "show paragraph 2"} {
		a := e.Ask(Question{Text: question})
		if a.Kind != Chat || !strings.Contains(a.Lead, "“quarry”") || !strings.Contains(a.Lead, "2 articles") {
			t.Errorf("%s: %s, %q", question, a.Kind, a.Lead)
		}
		if a := e.Ask(Question{Text: question, Source: "quarry"}); strings.Contains(a.Lead, "2 articles") {
			t.Errorf("%s, of one: %q", question, a.Lead)
		}
	}
	first := e.Ask(Question{Text: "what did Otto Lind say about the road?"})
	if a := e.Ask(Question{Text: "who is quoted in it?", Previous: first.Turn}); !strings.Contains(a.Lead, "Otto Lind") {
		t.Errorf("in a conversation about one: %q", a.Lead)
	}
}

// An intent on a person does not answer who is quoted.
func TestVoicesBesideIntents(t *testing.T) {
	e := engineOn(t, fstest.MapFS{"quarry/article.txt": {Data: []byte(quarry)}, "quarry/curation.yaml": {Data: []byte(`
intents:
  - {id: lind, passages: [p2s2], utterances: [who is Otto Lind, who is the foreman, who runs it, who is quoted as foreman]}
  - {id: holm, passages: [p4s1], utterances: [who is Greta Holm, who is the mayor, who governs the town]}
`)}})
	if a := e.Ask(Question{Text: "Who is quoted?"}); !strings.Contains(a.Lead, "Ines Falk") {
		t.Errorf("%s: %q", a.Kind, a.Lead)
	}
}
