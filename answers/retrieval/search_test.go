package retrieval

import (
	"fmt"
	"reflect"
	"strings"
	"sync"
	"testing"
	"testing/fstest"

	"verbatim/corpus"
	"verbatim/corpus/words"
)

// read loads texts that nobody curated.
func read(t testing.TB, texts ...string) []*corpus.Passage {
	t.Helper()
	fsys := fstest.MapFS{}
	for i, text := range texts {
		fsys[fmt.Sprintf("%03d/article.txt", i)] = &fstest.MapFile{Data: []byte(text)}
	}
	c, err := corpus.Load(fsys)
	if err != nil {
		t.Fatal(err)
	}
	var passages []*corpus.Passage
	for _, s := range c.Sources() {
		passages = append(passages, pointers(s.Passages())...)
	}
	return passages
}

const town = `Port Orvane is a city on Sallow Bay. It had 412,600 inhabitants in 2011.
Bishop Aldwin rebuilt the chapel in stone because it had burned twice. The chapel was founded by fishermen in 702.
The engineer Josine Marr proposed stone piers. They were finished in 1712, and a statue of her faces the sea.
“The channel is open again,” Marr wrote in her diary. The theatre closed in 1921. A new one opened in 1950.`

func TestSearch(t *testing.T) {
	passages := read(t, town)
	x := Build(passages, nil)
	for _, c := range []struct{ name, question, want string }{
		{"words", "Which bay is the city on?", "Port Orvane is a city on Sallow Bay."},
		{"another form", "Who were the founders of the chapel?", "The chapel was founded by fishermen in 702."},
		{"irregular form", "Why did the chapel burn?", "Bishop Aldwin rebuilt the chapel in stone because it had burned twice."},
		{"number", "How many inhabitants did it have?", "It had 412,600 inhabitants in 2011."},
		{"the kind asked for", "When was the chapel founded?", "The chapel was founded by fishermen in 702."},
		{"the reason", "why was the chapel rebuilt", "Bishop Aldwin rebuilt the chapel in stone because it had burned twice."},
		{"one edit", "who was the enginer", "The engineer Josine Marr proposed stone piers."},
		{"two edits", "how many inhabitents", "It had 412,600 inhabitants in 2011."},
		{"first letter", "what did zosine propose", "The engineer Josine Marr proposed stone piers."},
		{"American spelling", "when did the theater close", "The theatre closed in 1921."},
		{"the sentence before", "When were the stone piers finished?", "They were finished in 1712, and a statue of her faces the sea."},
		{"the year asked about", "what happened to the theatre in 1921", "The theatre closed in 1921."},
		{"speaker", "what did Marr say about the channel", "“The channel is open again,”"},
	} {
		t.Run(c.name, func(t *testing.T) {
			hits := x.Search(c.question, 3)
			if len(hits) == 0 {
				t.Fatalf("%q found nothing", c.question)
			}
			if got := passages[hits[0].Passage].Quote.Text(); got != c.want {
				t.Errorf("%q: first is %q, want %q", c.question, got, c.want)
			}
		})
	}
}

func TestSearchFindsNothing(t *testing.T) {
	x := Build(read(t, town), nil)
	for _, q := range []string{"", "?!", "what is it about", "zzzz qqqq", "\xff\xfe"} {
		if hits := x.Search(q, 3); len(hits) > 0 {
			t.Errorf("Search(%q) = %v", q, hits)
		}
	}
	if hits := x.Search("chapel", 0); len(hits) > 0 {
		t.Errorf("asked for none, got %v", hits)
	}
	if hits := Build(nil, nil).Search("chapel", 3); len(hits) > 0 {
		t.Errorf("nothing is indexed, got %v", hits)
	}
}

func TestHit(t *testing.T) {
	x := Build(read(t, town), nil)
	hits := x.Search("Who founded the chapel in the eighth century?", 4)
	if len(hits) != 2 { // the paragraph has two passages
		t.Fatalf("%d hits, want 2", len(hits))
	}
	if first, second := hits[0].Share, hits[1].Share; first < second || second <= 0 || first+second > 1 || first+second < 0.99 {
		t.Errorf("the shares are %g and %g", first, second)
	}
	if alone := x.Search("Who founded the chapel in the eighth century?", 1); len(alone) != 1 || alone[0].Share != hits[0].Share {
		t.Errorf("of those that are not wanted the first has the share: %v, want %g", alone, hits[0].Share)
	}
}

// TestUtterances checks that an utterance speaks for its passage, if it asks for what
// the question asks for.
func TestUtterances(t *testing.T) {
	passages := read(t, "The mill burned in 1701.\nThe farm burned in 1702.")
	const question = "when was the fire that burned"
	for _, c := range []struct {
		utterances [][]string
		want       int
	}{
		{nil, 0}, // the first of two that are as good
		{[][]string{{"when did it burn"}, nil}, 0},
		{[][]string{nil, {"where", "when did it burn"}}, 1},
		{[][]string{nil, {"who burned it", "did it burn"}}, 0},
	} {
		hits := Build(passages, c.utterances).Search(question, 2)
		if len(hits) != 2 || hits[0].Passage != c.want {
			t.Fatalf("with %q: %v, want passage %d first", c.utterances, hits, c.want)
		}
		counts := hits[0].features[sameAsked] > 0
		if asks := len(c.utterances) > 0 && len(c.utterances[c.want]) > 0; counts != asks {
			t.Errorf("with %q: the utterance counts: %t, want %t", c.utterances, counts, asks)
		}
	}
}

func TestSearchSame(t *testing.T) {
	samples := samples(t)
	var passages []*corpus.Passage
	for _, s := range samples {
		passages = append(passages, s.passages...)
	}
	x, y := Build(passages, nil), Build(passages, nil)
	want := make([][]Hit, len(samples))
	for i, s := range samples {
		want[i] = x.Search(s.questions[0].text, 5)
	}
	var wg sync.WaitGroup
	for range 4 {
		wg.Go(func() {
			for i, s := range samples {
				for _, index := range []*Index{x, y} {
					if got := index.Search(s.questions[0].text, 5); !reflect.DeepEqual(got, want[i]) {
						t.Errorf("%q: %v, then %v", s.questions[0].text, want[i], got)
					}
				}
			}
		})
	}
	wg.Wait()
}

// TestShipped guards the shipped weights, on the texts that they were fitted to.
func TestShipped(t *testing.T) {
	right, all := 0, 0
	for _, s := range samples(t) {
		x := Build(s.passages, nil)
		for _, q := range s.questions {
			all++
			if hits := x.Search(q.text, 1); len(hits) > 0 && q.gold[hits[0].Passage] {
				right++
			}
		}
	}
	if share := 100 * float64(right) / float64(all); share < 70 {
		t.Errorf("%.1f%% of %d questions find their sentence first, want 70%%", share, all)
	}
}

// TestLarge checks that candidates are found among more than can be ranked.
func TestLarge(t *testing.T) {
	var texts []string
	for i := range 400 {
		texts = append(texts, fmt.Sprintf("Village %d lies on a river. It has a mill and %d houses.\nThe mill was built in %d by a man called %s.", i, i+1000, 1200+i, name(i)))
	}
	passages := read(t, texts...)
	x := Build(passages, nil)
	for _, i := range []int{0, 7, 399} {
		hits := x.Search("when was the mill built by "+name(i), 1)
		if len(hits) == 0 || !strings.Contains(passages[hits[0].Passage].Quote.Text(), name(i)) {
			t.Errorf("%s: %v", name(i), hits)
		}
	}
}

func name(i int) string {
	return "Xa" + string([]byte{'a' + byte(i%26), 'a' + byte(i/26)}) + "rundor"
}

func TestTerm(t *testing.T) {
	for _, c := range []struct{ a, b string }{
		{"won", "wins"}, {"founded", "founding"}, {"organisation", "organization"}, {"colours", "colors"}, {"theatres", "theaters"},
		{"third", "3rd"}, {"seven", "7"}, {"children", "child"}, {"travelled", "traveled"}, {"defence", "defense"}, {"analyse", "analyze"}, {"died", "death"},
		{"programme", "program"}, {"written", "wrote"}, {"built", "builds"},
	} {
		a, b := term(words.Tokens(c.a)[0]), term(words.Tokens(c.b)[0])
		if a != b {
			t.Errorf("%s is %q, %s is %q", c.a, a, c.b, b)
		}
	}
	for _, c := range []struct{ a, b string }{{"director", "direction"}, {"founder", "founded"}, {"inventor", "invention"}, {"Mongolia", "Mongolian"}, {"independence", "independent"}} {
		a, b := root(term(words.Tokens(c.a)[0])), root(term(words.Tokens(c.b)[0]))
		if a != b {
			t.Errorf("the root of %s is %q, of %s %q", c.a, a, c.b, b)
		}
	}
	for _, c := range []struct{ a, b string }{{"one", "1"}, {"house", "horse"}, {"found", "fund"}} {
		if a, b := term(words.Tokens(c.a)[0]), term(words.Tokens(c.b)[0]); a == b {
			t.Errorf("%s and %s are both %q", c.a, c.b, a)
		}
	}
}

func TestMisspelt(t *testing.T) {
	x := Build(read(t, "The engineer built a lighthouse in Zuckerberg with inhabitants and a channel, but no boat or coat."), nil)
	for _, c := range []struct{ word, want string }{
		{"enginer", "engin"}, {"chanel", "channel"}, {"chnanel", "channel"}, {"channell", "channel"}, {"shannel", "channel"}, {"hcannel", "channel"},
		{"zuckerburg", "zuckerberg"}, {"zukerburg", "zuckerberg"}, {"lihgthouse", "lighthous"}, {"goat", ""}, {"bridge", ""}, {"chahnehl", "channel"}, {"1957", ""}, {"", ""},
	} {
		got := ""
		if ids := x.misspelt(words.Stem(c.word)); len(ids) > 0 {
			got = x.words[ids[0]]
		}
		if got != c.want {
			t.Errorf("%s is taken for %q, want %q", c.word, got, c.want)
		}
	}
}

func FuzzSearch(f *testing.F) {
	for _, q := range []string{"Who founded the chapel?", "enginer", "In what year did Marr's 3rd pier open, in 1712 or 1713?", "\xff“’", strings.Repeat("stone pier ", 100)} {
		f.Add(q, town)
	}
	f.Fuzz(func(t *testing.T, question, text string) {
		c, err := corpus.Load(fstest.MapFS{"a/article.txt": {Data: []byte(text)}})
		if err != nil {
			return
		}
		passages := pointers(c.Sources()[0].Passages())
		utterances := make([][]string, len(passages))
		for i := range utterances {
			utterances[i] = []string{question, ""}
		}
		for i, h := range Build(passages, utterances).Search(question, 5) {
			if h.Passage < 0 || h.Passage >= len(passages) || !(h.Share >= 0 && h.Share <= 1) || i > 4 {
				t.Errorf("%q: %+v", question, h)
			}
		}
	})
}
