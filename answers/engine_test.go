package answers

import (
	"bufio"
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/fstest"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"

	"verbatim/corpus"
	"verbatim/corpus/words"
)

// article is an engine on the embedded article.
var article = sync.OnceValue(func() *Engine {
	c, err := corpus.Embedded()
	if err != nil {
		panic(err)
	}
	m, ok := EmbeddedModel(c)
	if !ok {
		panic("the embedded model is not of the embedded article: make compile")
	}
	return New(c, m)
})

// TestEmbeddedModel: the model in the program is of the article in the program.
func TestEmbeddedModel(t *testing.T) {
	c, err := corpus.Embedded()
	if err != nil {
		t.Fatal(err)
	}
	if _, ok := EmbeddedModel(c); !ok {
		t.Fatal("the embedded model is not of the embedded article: make compile")
	}
}

// trains is an engine on a small curated corpus and a small plain one.
var trains = sync.OnceValue(func() *Engine {
	c, err := corpus.Load(fstest.MapFS{
		"trains/article.txt": {Data: []byte("On trains\n“Trains are the best way to travel,” Ann Lee said. “I never fly.”\nTrains are often late because the rails are old.\nIn 2019, the city bought 12 trains.\nHe argued that planes are worse.\n")},
		"trains/curation.yaml": {Data: []byte(`
title: On trains
subjects:
  - {id: trains, names: [trains, train, railway]}
  - {id: ann, names: [ann lee, ann, lee]}
foreign: [bob stone]
key_points: [late]
passages:
  - {id: best, quote: "“Trains are the best way to travel,”", attribution: direct, speaker: Ann Lee, frame: "On travel, Lee said:", tells: {opinion: the best way to travel}, about: [trains, ann]}
  - {id: fly, quote: “I never fly.”, attribution: direct, speaker: Ann Lee, frame: "On flying, Lee said:", about: [ann]}
  - {id: late, quote: Trains are often late because the rails are old., attribution: article, frame: "On delays, the article says:", tells: {reason: because the rails are old}, about: [trains]}
  - {id: bought, quote: "In 2019, the city bought 12 trains.", attribution: article, frame: "On the purchase, the article says:", tells: {date: "In 2019", number: "12 trains", organisation: the city}, about: [trains]}
  - {id: planes, quote: He argued that planes are worse., attribution: reported, speaker: Bob, frame: "The article reports:", about: []}
intents:
  - {id: best, passages: [best], asks: opinion, subjects: [trains, ann], utterances: [what does ann lee say about trains, which way to travel is best, her view of the railway, is the train the best, what is her favourite way to travel]}
  - {id: fly, passages: [fly], asks: opinion, subjects: [ann], utterances: [does she fly, what about planes and ann, does lee take the plane, how often does she fly]}
  - {id: late, passages: [late], asks: opinion, subjects: [trains], utterances: [are trains on time, are they punctual, do the trains run late, how reliable is the railway]}
  - {id: late-why, passages: [late], asks: reason, subjects: [trains], utterances: [why are the trains late, what causes the delays, reason for the late trains, how come they are not punctual]}
  - {id: bought, passages: [bought], asks: number, subjects: [trains], utterances: [how many trains were bought, when did the city buy trains, who bought the trains, number of new trains]}
  - {id: fares, not_covered: true, nearest: [bought], asks: number, subjects: [trains], utterances: [what does a ticket cost, how much is the fare, price of a ticket, are tickets expensive]}
  - {id: weather, not_covered: true, utterances: [what is the weather like, will it rain tomorrow, is it sunny, temperature today]}
  - {id: hello, chat: greeting, utterances: [hi, hello, good morning, hey there]}
`)},
	})
	if err != nil {
		panic(err)
	}
	m, err := Compile(c)
	if err != nil {
		panic(err)
	}
	return New(c, m)
})

func TestAsk(t *testing.T) {
	for _, tt := range []struct {
		text string
		kind Kind
		want string // the first quote, or a part of the lead
	}{
		{"what does Ann Lee say about trains?", Quote, "“Trains are the best way to travel,”"},
		{"how many trains were bought", Quote, "In 2019, the city bought 12 trains."},
		{"hwo many trians were bought", Quote, "In 2019, the city bought 12 trains."},
		{"what does a ticket cost?", NotCovered, "does not say"},
		{"will it rain tomorrow", Verdict, "does not say"},
		{"hello", Chat, "On trains"},
		{"", Chat, "exact words"},
		{"🚂🚂", Chat, "exact words"},
	} {
		a := trains().Ask(Question{Text: tt.text})
		got := a.Lead
		if len(a.Quotes) > 0 {
			got = a.Quotes[0].Quote.Text()
		}
		if a.Kind != tt.kind || !strings.Contains(got, tt.want) {
			t.Errorf("Ask(%q) = %s %q, want %s %q", tt.text, a.Kind, got, tt.kind, tt.want)
		}
	}
}

func TestVerdict(t *testing.T) {
	for _, tt := range []struct {
		text    string
		finding Finding
		quote   string
		changes []Change
	}{
		{`did she say "Trains are the best way to travel"?`, Exact, "“Trains are the best way to travel,”", nil},
		{`did Ann Lee say “trains are the best way to travel”?`, Exact, "“Trains are the best way to travel,”", nil},
		{`did Bob say "I never fly"?`, Misattributed, "“I never fly.”", nil},
		{`did Lee say "trains are often late"?`, Misattributed, "Trains are often late because the rails are old.", nil},
		{`does the article say "trains are often late"?`, Exact, "Trains are often late because the rails are old.", nil},
		{`"Trains are the worst way to travel," Ann Lee said`, Altered, "“Trains are the best way to travel,”", []Change{{"worst", "best"}}},
		{`did she say "trains are surely a best way to travel"?`, Altered, "“Trains are the best way to travel,”", []Change{{"surely a", "the"}}},
		{`is this quote right: trains … way to travel`, Exact, "“Trains are the best way to travel,”", nil},
		{`did she say "the moon is made of green cheese"?`, Absent, "", nil},
		{`who said "I never fly"?`, Exact, "“I never fly.”", nil},
		{`whose words are "planes are worse"?`, Exact, "He argued that planes are worse.", nil},
	} {
		a := trains().Ask(Question{Text: tt.text})
		quote := ""
		if len(a.Quotes) > 0 {
			quote = a.Quotes[0].Quote.Text()
		}
		if a.Kind != Verdict || a.Finding != tt.finding || quote != tt.quote {
			t.Errorf("Ask(%q) = %s %s %q, want %s %q", tt.text, a.Kind, a.Finding, quote, tt.finding, tt.quote)
		}
		if diff := cmp.Diff(tt.changes, a.Changes); diff != "" {
			t.Errorf("Ask(%q) changes (-want +got):\n%s", tt.text, diff)
		}
	}
}

// TestCheckLong: a pasted text of any length is checked, in pieces.
func TestCheckLong(t *testing.T) {
	whole := article().corpus.Sources()[0].Text()
	a := article().Check(Question{Text: strings.Repeat("word ", 8000)})
	if a.Finding != Absent {
		t.Errorf("8,000 words that do not occur are %s", a.Finding)
	}
	from := strings.Index(whole, "“We face")
	to := strings.Index(whole, "the leader.”")
	if a := article().Check(Question{Text: whole[from:to]}); a.Finding != Exact || len(a.Quotes) < 3 {
		t.Errorf("two paragraphs of the article are %s with %d passages", a.Finding, len(a.Quotes))
	}
}

func TestFollowUps(t *testing.T) {
	var turn Turn
	for _, tt := range []struct {
		text, want string
		kind       Kind
	}{
		{"how many trains were bought?", "In 2019, the city bought 12 trains.", Quote},
		{"when?", "In 2019, the city bought 12 trains.", Quote},
		{"who said that?", "In 2019, the city bought 12 trains.", Verdict},
		{"are trains on time?", "Trains are often late because the rails are old.", Verdict},
		{"why?", "Trains are often late because the rails are old.", Quote},
		{"is that a direct quote or a paraphrase?", "Trains are often late because the rails are old.", Verdict},
		{"exact words?", "Trains are often late because the rails are old.", Quote},
		{"really?", "Trains are often late because the rails are old.", Verdict},
		{"can I put that in quotation marks?", "Trains are often late because the rails are old.", Verdict},
		{"go on", "In 2019, the city bought 12 trains.", Quote},
	} {
		a := trains().Ask(Question{Text: tt.text, Previous: turn})
		got := ""
		if len(a.Quotes) > 0 {
			got = a.Quotes[0].Quote.Text()
		}
		if a.Kind != tt.kind || got != tt.want {
			t.Errorf("%q: %s %q, want %s %q", tt.text, a.Kind, got, tt.kind, tt.want)
		}
		// A turn survives being stored.
		data, err := json.Marshal(a.Turn)
		if err != nil {
			t.Fatal(err)
		}
		turn = Turn{}
		if err := json.Unmarshal(data, &turn); err != nil {
			t.Fatal(err)
		}
	}
}

// TestSecondQuestions asks the article a second question that leans on the first.
func TestSecondQuestions(t *testing.T) {
	for _, tt := range []struct {
		first, second string
		kind          Kind
		want          string // a part of the first quote
	}{
		{"what did zuckerberg say about windows", "when did he say that?", Quote, "last week"},
		{"what is his goal for the next years?", "where did he say it", Quote, "San Francisco"},
		{"is the closed model more secure?", "who wrote that?", NotCovered, ""},
		{"who called llama 3.1 an incredible gift?", "who else?", NotCovered, ""},
		{"what about bad actors?", "next sentence?", Quote, "anthrax"},
		{"what did he say about windows", "are you sure?", Verdict, "Windows"},
		{"how big was the audience?", "really?", NotCovered, ""},
	} {
		first := article().Ask(Question{Text: tt.first})
		a := article().Ask(Question{Text: tt.second, Previous: first.Turn})
		got := ""
		if len(a.Quotes) > 0 {
			got = a.Quotes[0].Quote.Text()
		}
		if a.Kind != tt.kind || !strings.Contains(got, tt.want) {
			t.Errorf("%q, then %q: %s %q, want %s %q", tt.first, tt.second, a.Kind, got, tt.kind, tt.want)
		}
	}
	if a := article().Ask(Question{Text: "vibrant?"}); a.Kind != Quote {
		t.Errorf("a word of the article by itself is %s", a.Kind)
	}
}

func TestPremises(t *testing.T) {
	for _, tt := range []struct{ text, lead string }{
		{"why did he say Windows was closed?", "The article says otherwise. "},
		{"why did Zuckerberg say that the closed model is more secure?", "The article says this itself and credits nobody. "},
		{"what did zuckerberg say about windows", "On the PC era, Zuckerberg said:"},
	} {
		a := article().Ask(Question{Text: tt.text})
		if a.Kind == NotCovered {
			continue // declining is right too
		}
		if !strings.HasPrefix(a.Lead, tt.lead) {
			t.Errorf("Ask(%q) leads with %q, want %q", tt.text, a.Lead, tt.lead)
		}
	}
}

// TestSuggestions: whatever is offered can be asked and is answered.
func TestSuggestions(t *testing.T) {
	e := article()
	offered := append(e.About("").Questions, e.Complete("", "", 25)...)
	for _, q := range []string{"what did he", "llama", "zuckerberg", "risks of", "meaning of open"} {
		got := e.Complete(q, "", 25)
		if len(got) == 0 {
			t.Errorf("Complete(%q) offers nothing", q)
		}
		offered = append(offered, got...)
	}
	offered = append(offered, e.Ask(Question{Text: "how many people were in the audience?"}).Suggestions...)
	declined := 0
	for _, q := range offered {
		if n := utf8.RuneCountInString(q); n == 0 || n > corpus.MaxQuestion {
			t.Errorf("%q has %d characters", q, n)
		}
		if a := e.Ask(Question{Text: q}); a.Kind == NotCovered || a.Kind == Chat {
			declined++
		}
	}
	// One of the questions to try is there to show a refusal.
	if declined > 2+len(offered)/20 {
		t.Errorf("%d of %d questions offered are not answered", declined, len(offered))
	}
}

// every is of how many rows of practice questions one is asked: with the race detector all
// take a quarter of an hour. cmd/bench asks all.
const every = 8

// TestPractice holds the quality on questions that are no utterances.
func TestPractice(t *testing.T) {
	files, err := filepath.Glob("testdata/questions/*.jsonl")
	if err != nil || len(files) == 0 {
		t.Fatal("no practice questions", err)
	}
	for _, file := range files {
		var answerable, answered, empty, declined int
		for i, turns := range practice(t, file) {
			if i%every != 0 {
				continue
			}
			var previous Turn
			for _, q := range turns {
				a := article().Ask(Question{Text: q.Q, Previous: previous})
				previous = a.Turn
				verbatim(t, a)
				shown := len(a.Quotes) > 0
				switch {
				case q.AbstainOK:
				case len(q.Any) == 0:
					empty++
					if !shown {
						declined++
					}
				default:
					answerable++
					if shown && slices.ContainsFunc(q.Any, func(s string) bool {
						return strings.Contains(words.Fold(a.Quotes[0].Quote.Text()), words.Fold(s))
					}) {
						answered++
					}
				}
			}
		}
		t.Logf("%s: %d of %d answered by the first quote, %d of %d declined", file, answered, answerable, declined, empty)
		if 100*answered < 75*answerable || 100*declined < 75*empty {
			t.Errorf("%s: %d of %d answered, %d of %d declined; at least 75%% of each is wanted", file, answered, answerable, declined, empty)
		}
	}
}

type practised struct {
	Q         string   `json:"q"`
	Any       []string `json:"any"`
	AbstainOK bool     `json:"abstain_ok"`
}

func practice(t *testing.T, file string) [][]practised {
	t.Helper()
	f, err := os.Open(file)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	var out [][]practised
	lines := bufio.NewScanner(f)
	for lines.Scan() {
		var row struct {
			practised
			Turns []practised `json:"turns"`
		}
		if err := json.Unmarshal(lines.Bytes(), &row); err != nil {
			t.Fatalf("%s: %v", file, err)
		}
		if len(row.Turns) == 0 {
			row.Turns = []practised{row.practised}
		}
		out = append(out, row.Turns)
	}
	return out
}

// verbatim fails unless every passage of an answer is its source's own bytes.
func verbatim(t *testing.T, a Answer) {
	t.Helper()
	if a.Lead == "" {
		t.Error("an answer without a lead")
	}
	for _, p := range slices.Concat(a.Quotes, a.Nearest) {
		q := p.Quote
		if q.IsZero() || q.Source().Text()[q.Start():q.End()] != q.Text() || q.Text() == "" {
			t.Errorf("%q is not verbatim", q.Text())
		}
	}
	if a.Confidence < 0 || a.Confidence > 1 {
		t.Errorf("confidence %v", a.Confidence)
	}
}

// TestDeterminism: the same questions get the same bytes, also at the same time.
func TestDeterminism(t *testing.T) {
	questions := practice(t, "testdata/questions/practice-1.jsonl")[:20]
	run := func() []string {
		var out []string
		for _, turns := range questions {
			var previous Turn
			for _, q := range turns {
				a := article().Ask(Question{Text: q.Q, Previous: previous})
				previous = a.Turn
				a.Quotes, a.Nearest = nil, nil // their keys are in the turn
				data, err := json.Marshal(a)
				if err != nil {
					panic(err)
				}
				out = append(out, string(data))
			}
		}
		return out
	}
	want := run()
	var wg sync.WaitGroup
	for range 3 {
		wg.Go(func() {
			if diff := cmp.Diff(want, run()); diff != "" {
				t.Errorf("another run differs:\n%s", diff)
			}
		})
	}
	wg.Wait()
}

// FuzzAsk: any bytes have an answer, whatever was said before, and it is verbatim.
func FuzzAsk(f *testing.F) {
	for _, s := range []string{"", "\xff\xfe", "“", `"""'''`, "did she say “”?", "…", ": :", "who said", "“a” “b” said he", strings.Repeat("a ", 3000), "\u202e\u0000", "why? when? who?", "{{.}} %s %n"} {
		f.Add(s, "Trains?")
	}
	f.Fuzz(func(t *testing.T, text, before string) {
		first := trains().Ask(Question{Text: before})
		verbatim(t, first)
		verbatim(t, trains().Ask(Question{Text: text, Previous: first.Turn}))
		verbatim(t, trains().Check(Question{Text: text}))
		for _, q := range trains().Complete(text, "", 5) {
			if utf8.RuneCountInString(q) > corpus.MaxQuestion {
				t.Errorf("offered %q", q)
			}
		}
	})
}

// A question of any length and make takes a time that its length grows with and no more.
func BenchmarkAskLong(b *testing.B) {
	for _, bm := range []struct{ name, text string }{
		{"word", strings.Repeat("a", 300_000)}, {"words", strings.Repeat("word ", 60_000)}, {"quotes", strings.Repeat("“a b c d” ", 20_000)}, {"marks", strings.Repeat("' ", 100_000)},
	} {
		b.Run(bm.name, func(b *testing.B) {
			for b.Loop() {
				trains().Ask(Question{Text: bm.text})
			}
		})
	}
}

func BenchmarkAsk(b *testing.B) {
	e := article()
	for _, bm := range []struct{ name, text string }{
		{"words", "what did Zuckerberg say about Windows?"},
		{"vector", "whose recipe stays hidden from curious strangers, would you say?"},
		{"check", `did he say "the open platforms will win"?`},
	} {
		b.Run(bm.name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				e.Ask(Question{Text: bm.text})
			}
		})
	}
}

func BenchmarkComplete(b *testing.B) {
	e := article()
	e.Complete("warm", "", 1)
	b.ReportAllocs()
	for b.Loop() {
		e.Complete("what did zuck", "", 25)
	}
}

// TestClarify: where two readings are even, both are offered, and each can be asked.
func TestClarify(t *testing.T) {
	c, err := corpus.Load(fstest.MapFS{
		"ferry/article.txt": {Data: []byte("The old boat sails at noon.\nThe new boat sails at dusk.\n")},
		"ferry/curation.yaml": {Data: []byte(`passages:
  - {id: old, quote: The old boat sails at noon., attribution: article}
  - {id: new, quote: The new boat sails at dusk., attribution: article}
intents:
  - {id: old, passages: [old], utterances: [When does the old boat sail?, departure of the old boat, when does the boat sail, boat departure, at what time does the boat sail, when is the boat leaving, what time is the boat, when will the boat sail, time of the boat]}
  - {id: new, passages: [new], utterances: [When does the new boat sail?, departure of the new boat, when does the boat sail, boat departure, at what time does the boat sail, when is the boat leaving, what time is the boat, when will the boat sail, time of the boat]}
  - {id: fare, not_covered: true, utterances: [what does a ticket cost, price of a ticket, how much is the fare, are tickets dear]}
`)},
	})
	if err != nil {
		t.Fatal(err)
	}
	m, err := Compile(c)
	if err != nil {
		t.Fatal(err)
	}
	e := New(c, m)
	a := e.Ask(Question{Text: "when does the boat sail"})
	if a.Kind != Clarify || len(a.Quotes) > 0 || len(a.Suggestions) != 2 {
		t.Fatalf("%s %q with %d quotes, want two choices", a.Kind, a.Suggestions, len(a.Quotes))
	}
	for _, q := range a.Suggestions {
		if got := e.Ask(Question{Text: q}); got.Kind != Quote {
			t.Errorf("the choice %q is answered by %s", q, got.Kind)
		}
	}
}
