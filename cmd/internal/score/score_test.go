package score

import (
	"slices"
	"testing"

	"verbatim/answers"
	"verbatim/corpus"
)

// text is a source of four passages, one a line.
const text = `The harbour was built in 1931 by two brothers from the north.
The “Old Mill” burned down twice.
Ferries leave at seven.
Nobody knows who painted the lighthouse red.`

// passages returns the passages of text in order; the first is number 0.
func passages(t *testing.T, numbers ...int) []corpus.Passage {
	t.Helper()
	s, err := corpus.Read("harbour", text)
	if err != nil {
		t.Fatal(err)
	}
	var out []corpus.Passage
	for _, n := range numbers {
		out = append(out, s.Passages()[n])
	}
	return out
}

func TestRight(t *testing.T) {
	one := []string{"built in 1931"}
	for _, c := range []struct {
		name         string
		turn         Turn
		kind         answers.Kind
		quotes       []int
		shown, right bool
	}{
		{"the right passage", Turn{Any: one}, answers.Quote, []int{0}, true, true},
		{"one of several right ones", Turn{Any: []string{"no such words", "burned down"}}, answers.Quote, []int{1}, true, true},
		{"another passage", Turn{Any: one}, answers.Quote, []int{2}, true, false},
		{"another passage first", Turn{Any: one}, answers.Quote, []int{2, 0}, true, false},
		{"declined though the text says", Turn{Any: one}, answers.NotCovered, nil, false, false},
		{"a choice offered", Turn{Any: one}, answers.Clarify, nil, false, false},
		{"small talk", Turn{Any: one}, answers.Chat, nil, false, false},

		{"a list, the right one first", Turn{Any: one}, answers.List, []int{0, 1, 2, 3}, true, true},
		{"a list, half of it right", Turn{Any: []string{"1931", "leave"}}, answers.List, []int{1, 0, 2, 3}, true, true},
		{"a list, less than half of it right", Turn{Any: one}, answers.List, []int{1, 0, 2}, true, false},

		{"a verdict on the right passage", Turn{Any: one}, answers.Verdict, []int{0}, true, true},
		{"a verdict on another passage", Turn{Any: one}, answers.Verdict, []int{3}, true, false},
		{"a verdict that the words are absent", Turn{Any: one}, answers.Verdict, nil, false, false},
		{"the same, and so it is", Turn{}, answers.Verdict, nil, false, true},

		{"the text does not say", Turn{}, answers.NotCovered, nil, false, true},
		{"the text does not say, small talk", Turn{}, answers.Chat, nil, false, true},
		{"the text does not say, shown all the same", Turn{}, answers.Quote, []int{0}, true, false},

		{"a false premise, declined", Turn{Any: one, AbstainOK: true}, answers.NotCovered, nil, false, true},
		{"a false premise, quoted", Turn{Any: one, AbstainOK: true}, answers.Quote, []int{0}, true, true},
		{"a false premise, quoted among others", Turn{Any: one, AbstainOK: true}, answers.Quote, []int{1, 0}, true, true},
		{"a false premise, something else quoted", Turn{Any: one, AbstainOK: true}, answers.Quote, []int{1}, true, false},
		{"a false premise, nothing to quote", Turn{AbstainOK: true}, answers.Quote, []int{1}, true, false},

		{"typography, case and spaces do not count", Turn{Any: []string{"the  \"OLD mill\""}}, answers.Quote, []int{1}, true, true},
		{"a long passage that holds the quote", Turn{Any: []string{"It is late. Ferries leave at seven. The last one is small."}}, answers.Quote, []int{2}, true, true},
		{"a long passage that holds some of the quote", Turn{Any: []string{"seven. Nobody knows"}}, answers.Quote, []int{2}, true, false},
	} {
		row := &Row{Turns: []Turn{c.turn}}
		got := judge(row, 0, answers.Answer{Kind: c.kind, Quotes: passages(t, c.quotes...)})
		if got.Shown != c.shown || got.Right != c.right {
			t.Errorf("%s: shown %v and right %v; want %v and %v", c.name, got.Shown, got.Right, c.shown, c.right)
		}
	}
}

// TestShortPart: a short quote is not right for standing in a longer right passage.
func TestShortPart(t *testing.T) {
	turn := Turn{Any: []string{"Then the harbour master, two brothers and a dog named Äpfel rowed out."}}
	for quote, want := range map[string]bool{
		"the harbour":             false,
		"brothers and a dog ":     false, // 18 without the space at its end
		"two brothers and a d":    true,  // 20
		"a dog named Äpfel ro":    true,  // 20 characters, 21 bytes
		"dog named Äpfel row":     false, // 19 characters, 20 bytes
		"two brothers and no dog": false,
	} {
		if got := turn.rightQuote(quote); got != want {
			t.Errorf("%q: %v; want %v", quote, got, want)
		}
	}
}

func TestSpeaker(t *testing.T) {
	for _, c := range []struct {
		name, speaker string
		tags          []string
		attribution   corpus.Attribution
		by            string
		quote         int
		want          Comparison
	}{
		{"the quoted person", "zuckerberg", nil, corpus.Direct, "Mark Zuckerberg", 0, Agrees},
		{"the full name", "Mark Zuckerberg", nil, corpus.Direct, "Mark Zuckerberg", 0, Agrees},
		{"the same, by the attribution", "direct", nil, corpus.Direct, "Mark Zuckerberg", 0, Agrees},
		{"another who is quoted", "zuckerberg", nil, corpus.Direct, "Ann Lee", 0, Differs},
		{"a part of a word", "mark", nil, corpus.Direct, "Ann Markham", 0, Differs},
		{"the article's report of the person", "zuckerberg", nil, corpus.Reported, "Mark Zuckerberg", 0, Differs},
		{"unnamed others", "execs", nil, corpus.Others, "some industry execs", 0, Agrees},
		{"reported", "reported", nil, corpus.Reported, "Mark Zuckerberg", 0, Agrees},
		{"the article", "article", nil, corpus.Article, "", 0, Agrees},
		{"the wrong one", "article", nil, corpus.Direct, "Mark Zuckerberg", 0, Differs},
		{"not known", "", nil, corpus.Direct, "Mark Zuckerberg", 0, NotCompared},
		{"several at once", "article", []string{"mixed-speaker"}, corpus.Direct, "Mark Zuckerberg", 0, NotCompared},
		{"of a wrong answer", "article", nil, corpus.Article, "", 1, NotCompared},
	} {
		quotes := passages(t, c.quote)
		quotes[0].Attribution, quotes[0].Speaker = c.attribution, c.by
		row := &Row{Tags: c.tags, Turns: []Turn{{Any: []string{"1931"}, Speaker: c.speaker}}}
		if got := judge(row, 0, answers.Answer{Kind: answers.Quote, Quotes: quotes}); got.Speaker != c.want {
			t.Errorf("%s: %v; want %v", c.name, got.Speaker, c.want)
		}
	}
}

// echo answers a question with the passage of that number where the question before
// it was want, or anything where want is empty, and otherwise declines.
type echo struct {
	t      *testing.T
	number map[string]int
	want   map[string]string
	asked  *[]string // "previous>text" of each question
}

func (e echo) Ask(q answers.Question) answers.Answer {
	*e.asked = append(*e.asked, q.Previous.Intent+">"+q.Text)
	a := answers.Answer{Kind: answers.NotCovered, Turn: answers.Turn{Intent: q.Text}}
	if n, ok := e.number[q.Text]; ok && (e.want[q.Text] == "" || e.want[q.Text] == q.Previous.Intent) {
		a.Kind, a.Quotes = answers.Quote, passages(e.t, n)
	}
	return a
}

// harbourRows are a single question and a dialogue of four turns, of which the third
// changes the subject.
func harbourRows() []*Row {
	yes, no := true, false
	return []*Row{
		{ID: "1", Turns: []Turn{{Q: "built", Any: []string{"1931"}}}},
		{ID: "2", Turns: []Turn{
			{Q: "mill", Any: []string{"burned"}, Leans: &no},
			{Q: "when", Leans: &yes},
			{Q: "ferries", Any: []string{"seven"}, Leans: &no},
			{Q: "red", Any: []string{"lighthouse"}, Leans: &no},
		}},
	}
}

func TestRun(t *testing.T) {
	for _, c := range []struct {
		o     Options
		asked []string
		right []bool
	}{
		{Options{}, []string{">built", ">mill", "mill>when", "when>ferries", "ferries>red"}, []bool{true, true, true, true, false}},
		{Options{WithoutHistory: true}, []string{">built", ">mill", ">when", ">ferries", ">red"}, []bool{true, true, true, false, false}},
	} {
		var asked []string
		e := echo{t, map[string]int{"built": 0, "mill": 1, "ferries": 2, "red": 1}, map[string]string{"ferries": "when"}, &asked}
		var right []bool
		for _, r := range Run(harbourRows(), e, c.o) {
			right = append(right, r.Right)
		}
		if !slices.Equal(asked, c.asked) {
			t.Errorf("%+v: asked %q; want %q", c.o, asked, c.asked)
		}
		if !slices.Equal(right, c.right) {
			t.Errorf("%+v: right %v; want %v", c.o, right, c.right)
		}
	}
}
