package answers

import (
	"fmt"
	"strings"
	"sync"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"

	"verbatim/answers/reader"
	"verbatim/corpus"
)

// plainEngine is an engine on texts that nobody curated, by their ids.
func plainEngine(t testing.TB, texts map[string]string) *Engine {
	t.Helper()
	fsys := fstest.MapFS{}
	for id, text := range texts {
		fsys[id+"/article.txt"] = &fstest.MapFile{Data: []byte(text)}
	}
	return engineOn(t, fsys)
}

// engineOn is an engine on a corpus.
func engineOn(t testing.TB, fsys fstest.MapFS) *Engine {
	t.Helper()
	c, err := corpus.Load(fsys)
	if err != nil {
		t.Fatal(err)
	}
	m, err := Compile(c)
	if err != nil {
		t.Fatal(err)
	}
	return New(c, m)
}

const ferry = `The night ferry comes back
The council of Port Ellis voted on Tuesday to bring back the night ferry.
The boat will leave the harbour at 11 p.m. from the first of May, and a ticket will cost four pounds.
“Nurses and cooks have walked home along the motorway for six years,” said Ida Marsh, who runs the harbour. “That ends now.”
Her predecessor, Paul Orr, had stopped the service because the old engine broke down twice a week.
The new boat was built in Gdynia and carries 120 passengers, but no cars.
Ticket prices
Children under ten travel free of charge.
Dogs have to stay on the upper deck.
`

const hours = `Library opening hours
The library opens at nine on weekdays and at noon on Saturdays.
It is closed on Sundays.
Members may borrow eight books for three weeks.
`

func TestPlainText(t *testing.T) {
	e := plainEngine(t, map[string]string{"ferry": ferry})
	for _, tt := range []struct {
		question string
		want     string // is in the first quote; empty where the text does not say
	}{
		{"what will a ticket cost?", "four pounds"},
		{"do children pay?", "free of charge"},
		{"when does the boat leave?", "11 p.m."},
		{"why was the ferry stopped?", "the old engine broke down"},
		{"where was the new boat built?", "Gdynia"},
		{"how many passengers does the new boat carry?", "120 passengers"},
		{"who is the captain?", ""},
		{"what colour is the new boat?", ""},
		{"who won the handball cup in Norway?", ""},
	} {
		a := e.Ask(Question{Text: tt.question})
		switch {
		case tt.want == "" && a.Kind != NotCovered:
			t.Errorf("%q is answered with %q", tt.question, a.Quotes[0].Quote.Text())
		case tt.want != "" && (len(a.Quotes) == 0 || !strings.Contains(a.Quotes[0].Quote.Text(), tt.want)):
			t.Errorf("%q: %s %v, want %q", tt.question, a.Kind, a.Quotes, tt.want)
		}
	}
}

// A question that leans on the one before is read with it, and one that stands alone as
// if nothing had been asked.
func TestPlainFollowUps(t *testing.T) {
	e := plainEngine(t, map[string]string{"ferry": ferry})
	first := e.Ask(Question{Text: "where was the new boat built?"})
	if len(first.Quotes) == 0 || !strings.Contains(first.Quotes[0].Quote.Text(), "Gdynia") {
		t.Fatalf("%s %v", first.Kind, first.Quotes)
	}
	if first.Turn.Question != "where was the new boat built?" {
		t.Errorf("the turn has the question %q", first.Turn.Question)
	}
	for _, tt := range []struct{ question, want string }{
		{"and how many passengers does it carry?", "120 passengers"},
		{"can I bring my dog?", "upper deck"},
	} {
		a := e.Ask(Question{Text: tt.question, Previous: first.Turn})
		if len(a.Quotes) == 0 || !strings.Contains(a.Quotes[0].Quote.Text(), tt.want) {
			t.Errorf("%q: %s %v, want %q", tt.question, a.Kind, a.Quotes, tt.want)
		}
	}
}

func TestTurnKeepsTheBeginningOfTheQuestion(t *testing.T) {
	for text, want := range map[string]string{
		"":                        "",
		" who\n runs \t it? ":     "who runs it?",
		strings.Repeat("ä", 300):  strings.Repeat("ä", MaxTurnQuestion/2),
		"\xff" + "who said that?": "who said that?",
	} {
		if got := brief(text, MaxTurnQuestion); got != want {
			t.Errorf("%q is kept as %q", text, got)
		}
	}
}

// A title is no answer; what stands under it is.
func TestTitleIsNoAnswer(t *testing.T) {
	e := plainEngine(t, map[string]string{"ferry": ferry})
	for _, q := range []string{"the night ferry comes back", "does the night ferry come back?"} {
		for _, p := range e.Ask(Question{Text: q}).Quotes {
			if p.Quote.Paragraph() == 1 {
				t.Errorf("%q is answered with the title", q)
			}
		}
	}
}

// Every sentence that may answer has its place, and each place its sentence.
func TestLibraryPlaces(t *testing.T) {
	e := plainEngine(t, map[string]string{"ferry": ferry, "library": hours})
	l := e.library
	for i, p := range l.passages {
		at := l.at[i]
		if at.window < 0 {
			t.Errorf("%s/%s stands nowhere", p.Quote.Source().ID(), p.ID)
			continue
		}
		if s := l.text(int(at.window)).Sentences[at.sentence]; !strings.Contains(s, p.Quote.Text()) && !strings.Contains(p.Quote.Text(), s) {
			t.Errorf("%q is placed at %q", p.Quote.Text(), s)
		}
	}
	for i := range l.windows {
		text := l.text(i).Sentences
		for j, s := range l.in(i) {
			if s.passage >= 0 && !strings.Contains(text[j], l.passages[s.passage].Quote.Text()) {
				t.Errorf("%q is answered with %q", text[j], l.passages[s.passage].Quote.Text())
			}
		}
	}
}

// However many sources there are, words that stand in one are found there.
func TestQuoteAmongManySources(t *testing.T) {
	texts := map[string]string{"ferry": ferry}
	for i := range 3 * manySources {
		texts[fmt.Sprintf("notes-%d", i)] = fmt.Sprintf("Notes of day %d\nNothing much was said about ferries, nurses or the harbour on day %d.\n", i, i)
	}
	e := plainEngine(t, texts)
	a := e.Ask(Question{Text: "who said “Nurses and cooks have walked home along the motorway for six years”?"})
	if a.Kind != Verdict || a.Finding != Exact || len(a.Quotes) == 0 || a.Quotes[0].Speaker != "Ida Marsh" {
		t.Errorf("%s %s %v", a.Kind, a.Finding, a.Quotes)
	}
	if a := e.Check(Question{Text: "Nurses and cooks have walked home along the river for six years"}); a.Finding != Altered {
		t.Errorf("an altered quote is %s", a.Finding)
	}
	if a := e.Check(Question{Text: "The moon is made of green cheese and very old bread"}); a.Finding != Absent {
		t.Errorf("words that stand nowhere are %s", a.Finding)
	}
}

// Where there are no vectors, what stands in the window that has the question's words is
// answered from it alone; what stands nowhere is looked for in all that are to be read.
func TestWordsAloneReadAsFarAsNeeded(t *testing.T) {
	texts := map[string]string{"ferry": ferry}
	for i := range maxRead {
		texts[fmt.Sprintf("notes-%d", i)] = fmt.Sprintf("Notes of day %d\nOn day %d the boat of the rowing club was painted and built anew.\n", i, i)
	}
	e := plainEngine(t, texts)
	e.library.vectors = nil
	for question, want := range map[string]int{"Where was the new boat to carry 120 passengers built?": 1, "Who painted the boat of the rowing club?": maxRead} {
		a, why := e.Explain(Question{Text: question})
		if len(why.Windows) != want {
			t.Errorf("%s: %d windows were read, want %d: %s %v", question, len(why.Windows), want, a.Kind, a.Quotes)
		}
	}
}

// A hundred people ask at once: each gets the answer that they would get alone.
func TestBurst(t *testing.T) {
	questions := []string{"how much is a ticket?", "where was the new boat built?", "who runs the harbour?", "when does the library open on Saturdays?", "how many books may I borrow?"}
	texts := map[string]string{"ferry": ferry, "library": hours}
	alone := plainEngine(t, texts)
	e := plainEngine(t, texts)
	var all sync.WaitGroup
	for i := range 100 {
		all.Go(func() {
			q := questions[i%len(questions)]
			if i >= 50 { // so that not all come from what is kept
				q += strings.Repeat("?", i)
			}
			if diff := cmp.Diff(alone.Ask(Question{Text: q}).Turn, e.Ask(Question{Text: q}).Turn); diff != "" {
				t.Errorf("%q (- alone, + in a burst): %s", q, diff)
			}
		})
	}
	all.Wait()
}

// What is dropped from memory is made again, and gives the same.
func TestPreparedAgain(t *testing.T) {
	e := plainEngine(t, map[string]string{"ferry": ferry})
	first := e.library.prepare(0)
	e.library.mu.Lock()
	e.library.size, e.library.order = 0, nil
	clear(e.library.prepared)
	e.library.mu.Unlock()
	second := e.library.prepare(0)
	if first == second {
		t.Fatal("it was kept")
	}
	if diff := cmp.Diff(first.Vectors, second.Vectors); diff != "" {
		t.Error(diff)
	}
}

// The vectors of a longer text are kept with its model, and no answer hangs on that.
func TestKeptVectors(t *testing.T) {
	var text strings.Builder
	text.WriteString(ferry)
	for i := range maxFresh {
		fmt.Fprintf(&text, "Member %d of the rowing club paid %d pounds.\n", i, i%7+3)
	}
	e := plainEngine(t, map[string]string{"club": text.String()})
	if e.model.Vectors == nil {
		t.Fatal("no vectors are kept")
	}
	data, err := e.model.MarshalBinary()
	if err != nil {
		t.Fatal(err)
	}
	m, err := ReadModel(e.corpus, data)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(e.model.Vectors, m.Vectors); diff != "" {
		t.Fatal(diff)
	}
	m.Vectors = nil
	q := Question{Text: "where was the new boat built?"}
	if diff := cmp.Diff(e.Ask(q).Turn, New(e.corpus, m).Ask(q).Turn); diff != "" {
		t.Error(diff)
	}
}

func TestExplainPlainText(t *testing.T) {
	e := plainEngine(t, map[string]string{"ferry": ferry})
	_, why := e.Explain(Question{Text: "where was the new boat built?"})
	if len(why.Evidence) != maxEvidence || !strings.Contains(why.Evidence[0].Text, "Gdynia") || why.Evidence[0].Words == 0 {
		t.Errorf("%+v", why.Evidence)
	}
	for _, want := range []string{"reader  meaning  words  intents  passage", "ferry/p6s1: The new boat was built in Gdynia", "is wanted"} {
		if !strings.Contains(why.String(), want) {
			t.Errorf("no %q in\n%s", want, why)
		}
	}
}

func TestHeadings(t *testing.T) {
	text := strings.Split("The title\nA first paragraph, which ends with a full stop.\nWhat to bring\nA pair of boots.\nPrices\nmilk\ntea\nbread\nThe list ends here.\nThe last line", "\n")
	var paragraphs []reader.Paragraph
	for _, l := range text {
		paragraphs = append(paragraphs, reader.Paragraph{Text: l})
	}
	var got []string
	for i := range text {
		if isHeading(paragraphs, i) {
			got = append(got, text[i])
		}
	}
	if diff := cmp.Diff([]string{"The title", "What to bring"}, got); diff != "" {
		t.Error(diff)
	}
}
