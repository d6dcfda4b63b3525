package answers

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// TestAnyArticle: what any article is asked is answered from its structure, whatever it is
// about. One question a row, with the beginnings of all quotes in order.
func TestAnyArticle(t *testing.T) {
	for _, tt := range []struct {
		article, text string
		kind          Kind
		quotes        []string // how each quote begins; nil is none
		lead          string   // a part of it
	}{
		// What is it about: the first sentence of each paragraph, without heading and byline.
		{"landslip", "what is this about?", List, []string{"The coast road", "“We heard", "County engineer", "Councillor", "A bypass"}, ""},
		{"recall", "summarise it please", List, []string{"Oddvar Seeds is recalling", "“A labelling", "The packets", "Customers", "Oddvar Seeds has grown"}, ""},
		{"telephone", "TL;DR", List, []string{"I put my telephone", "My daughter", "I do not miss", "A friend", "We are all"}, ""},
		// Who wrote it, when, what it is called.
		{"landslip", "who wrote it?", Chat, nil, "Wanjiru Tamm"},
		{"landslip", "WHO IS THE AUTHOR OF THIS ARTICLE", Chat, nil, "Wanjiru Tamm"},
		{"telephone", "who's the author?", Chat, nil, "Hamza Lindgren"},
		// Who is quoted, how often.
		{"landslip", "who is quoted?", List, []string{"“We heard", "“The sensors", "Councillor Mei-Ling"}, "3 people: Bríd Faoláin, Zoltán Kerekes, Mei-Ling Strand"},
		{"landslip", "how many people are quoted?", Chat, nil, "3 people"},
		{"landslip", "how many quotes are there?", Chat, nil, "5 quotes"},
		{"recall", "how many people are quoted?", Chat, nil, "1 person: Signe Aalto"},
		{"recall", "who is quoted in this article", Quote, []string{"“A labelling"}, "1 person: Signe Aalto"},
		{"rink", "who is quoted?", NotCovered, nil, "quotes nobody"},
		{"rink", "how many people are quoted?", Chat, nil, "quotes nobody"},
		{"rink", "how many quotes are in it?", Chat, nil, "0 quotes"},
		{"rink", "how many paragraphs does it have?", Chat, nil, "7 paragraphs"},
		{"rink", "how many words?", Chat, nil, "56 words"},
		{"straight", "show all quotes", List, []string{"\"We sang", "\"They clapped", "'It's only bricks", "On its page"}, ""},
		// Its parts.
		{"landslip", "paragraph 7", List, []string{"A bypass", "The bus"}, ""},
		{"landslip", "show me the seventh paragraph", List, []string{"A bypass", "The bus"}, ""},
		{"landslip", "the second to last paragraph please", List, []string{"A bypass", "The bus"}, ""},
		{"landslip", "what does the first sentence say?", Quote, []string{"The coast road"}, ""},
		{"landslip", "last sentence?", Quote, []string{"“I have lived"}, ""},
		{"landslip", "how does it begin?", Quote, []string{"The coast road"}, ""},
		{"landslip", "paragraph 70", NotCovered, nil, "no such part: it has 8 paragraphs"},
		{"landslip", "paragraph 0", NotCovered, nil, ""},
		{"landslip", "sentence 999999999999999999999", NotCovered, nil, ""},
		{"rink", "paragraph 3", Quote, []string{"From ten"}, ""},
		{"clock", "how does the transcript end?", Quote, []string{"I second it"}, ""},
		{"glass", "the last paragraph", List, []string{"Sleep", "Then I shall"}, ""},
		// Where words stand.
		{"landslip", "does it mention the moor?", Quote, []string{"A bypass"}, "stands there once"},
		{"landslip", "find road", List, []string{"Landslip closes", "The coast road", "She argued"}, "3 times"},
		{"landslip", "where does the word “Skerrow” appear?", List, []string{"The coast road", "The bus"}, "2 times"},
		{"landslip", "is “lamp posts” in the text?", Verdict, []string{"“We heard"}, ""},
		{"landslip", "does it mention zzyzx?", NotCovered, nil, "“zzyzx” is nowhere in the article"},
		{"straight", "find 🎉", NotCovered, nil, ""},
		{"clock", "how many times is the clock mentioned", List, []string{"Item one", "The clock"}, ""},
		{"clock", "find pounds", Quote, []string{"A clockmaker"}, "once"},
		// Everything that somebody said.
		{"landslip", "everything Faoláin said", List, []string{"“We heard", "“Nobody", "“I have lived"}, ""},
		{"landslip", "all quotes by faolain", List, []string{"“We heard", "“Nobody", "“I have lived"}, ""},
		{"landslip", "show me all quotes of Zoltán Kerekes", Quote, []string{"“The sensors"}, ""},
		{"clock", "everything Noor said", List, []string{"A clockmaker", "We have 850", "I second it"}, ""},
		{"clock", "all of Baptiste's quotes", List, []string{"The clock", "My husband", "Then let us"}, ""},
		{"glass", "list everything Tariq Belo says", List, []string{"When did", "Is lead", "What will"}, ""},
		// Two people.
		{"clock", "compare Noor and Baptiste", List, []string{"A clockmaker", "We have 850", "I second it", "The clock", "My husband", "Then let us"}, "NOOR"},
		{"landslip", "compare Faoláin with Kerekes", List, []string{"“We heard", "“Nobody", "“I have lived", "“The sensors"}, "and then Zoltán Kerekes"},
		{"landslip", "do Kerekes and Strand agree?", List, []string{"“The sensors", "Councillor"}, "What Zoltán Kerekes says, and then Mei-Ling Strand"},
		// A question that stands there as a heading.
		{"rink", "when is the rink open", Quote, []string{"From ten"}, ""},
		{"rink", "CAN I BRING MY OWN SKATES???", List, []string{"Yes", "Sharpening"}, ""},
		{"rink", "Are there lockers?", List, []string{"There are 120", "They take"}, ""},
	} {
		a := kind(t, tt.article).Ask(Question{Text: tt.text})
		begin := len(a.Quotes) == len(tt.quotes)
		for i, q := range a.Quotes {
			begin = begin && strings.HasPrefix(q.Quote.Text(), tt.quotes[i])
		}
		if a.Kind != tt.kind || !begin || !strings.Contains(a.Lead, tt.lead) {
			t.Errorf("%s: %q: %s %q\n%s\nwant %s %q %q", tt.article, tt.text, a.Kind, a.Lead, allText(a), tt.kind, tt.lead, tt.quotes)
		}
		verbatim(t, a)
	}
}

// TestParagraphsInTurn: every paragraph can be had by its number, in numerals, as a word and
// with what people put around it, and what is shown stands in that paragraph.
func TestParagraphsInTurn(t *testing.T) {
	ordinals := []string{"first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth"}
	for name := range kinds {
		e := kind(t, name)
		n := len(e.Sources()[0].Paragraphs())
		for i := range n {
			for _, text := range []string{fmt.Sprintf("paragraph %d", i+1), fmt.Sprintf("show me paragraph %d, please!", i+1), fmt.Sprintf("¶%d", i+1), "what does the " + ordinals[i] + " paragraph say?"} {
				a := e.Ask(Question{Text: text})
				if a.Kind == NotCovered && strings.Contains(a.Lead, "is a heading") {
					continue
				}
				if len(a.Quotes) == 0 {
					t.Errorf("%s: %q is answered with %s %q", name, text, a.Kind, a.Lead)
				}
				for _, p := range a.Quotes {
					if p.Quote.Paragraph() != i+1 {
						t.Errorf("%s: %q shows paragraph %d", name, text, p.Quote.Paragraph())
					}
				}
			}
		}
		if a := e.Ask(Question{Text: fmt.Sprintf("paragraph %d", n+1)}); a.Kind != NotCovered || !strings.Contains(a.Lead, fmt.Sprintf("%d paragraphs", n)) {
			t.Errorf("%s: the paragraph behind the last is %s %q", name, a.Kind, a.Lead)
		}
	}
}

// TestReadThrough: from the beginning, "next" comes to the end, in text order and with
// nothing twice, and "before" goes back the same way.
func TestReadThrough(t *testing.T) {
	for name := range kinds {
		e := kind(t, name)
		a := e.Ask(Question{Text: "how does it begin?"})
		var keys []string
		at := -1
		for range 40 {
			if a.Kind == NotCovered {
				break
			}
			for _, p := range a.Quotes {
				if p.Quote.Start() <= at {
					t.Fatalf("%s: %q comes behind what stands after it", name, p.Quote.Text())
				}
				at = p.Quote.Start()
				keys = append(keys, p.Quote.Key())
			}
			a = e.Ask(Question{Text: "next sentence", Previous: a.Turn})
		}
		if a.Kind != NotCovered || !strings.Contains(a.Lead, "no more of it") {
			t.Errorf("%s does not end: %s %q", name, a.Kind, a.Lead)
		}
		paragraphs := e.Sources()[0].Paragraphs()
		if end := paragraphs[len(paragraphs)-1]; at < end.Start() {
			t.Errorf("%s ends at %d, before its last paragraph", name, at)
		}
		a = e.Ask(Question{Text: "the last sentence"})
		if back := e.Ask(Question{Text: "and the sentence before that?", Previous: a.Turn}); len(keys) > 1 && (len(back.Turn.Shown) != 1 || back.Turn.Shown[0] != keys[len(keys)-2]) {
			t.Errorf("%s: before the last stands %q", name, allText(back))
		}
	}
}

// TestOneOf: counts of one are told in the singular.
func TestOneOf(t *testing.T) {
	e := plainEngine(t, map[string]string{"note": "“Hello,” said Ulla Brandvold, who keeps bees.\n"})
	for text, want := range map[string]string{
		"how many quotes are there?":      "The article has 1 quote.",
		"how many paragraphs?":            "The article has 1 paragraph.",
		"how many people are quoted?":     "The article quotes 1 person: Ulla Brandvold.",
		"how many words does it have?":    "The article has 7 words.",
		"how many words are in the text?": "The article has 7 words.",
	} {
		if a := e.Ask(Question{Text: text}); a.Kind != Chat || a.Lead != want {
			t.Errorf("%q: %s %q, want %q", text, a.Kind, a.Lead, want)
		}
	}
}

// TestManyOccurrences: all places are counted, and no more shown than a list holds.
func TestManyOccurrences(t *testing.T) {
	var text strings.Builder
	text.WriteString("The log of the lighthouse\n")
	for i := range 60 {
		fmt.Fprintf(&text, "On night %d the lamp burned, and the keeper slept.\n", i+1)
	}
	a := plainEngine(t, map[string]string{"log": text.String()}).Ask(Question{Text: "find lamp"})
	if a.Kind != List || len(a.Quotes) != listed || !strings.Contains(a.Lead, "60 times") {
		t.Errorf("%s %q with %d quotes", a.Kind, a.Lead, len(a.Quotes))
	}
	for i, p := range a.Quotes {
		if p.Quote.Paragraph() != i+2 {
			t.Errorf("place %d is in paragraph %d", i+1, p.Quote.Paragraph())
		}
	}
}

// TestAboutWithoutText: an article of a heading alone, of a byline, of one word.
func TestAboutWithoutText(t *testing.T) {
	for _, text := range []string{"Closed", "Closed.\n", "By Ngozi Halvorsen\n", "Closed\n\n\n", "🙂", "?!", "١٢٣", "“Hm.”"} {
		e := plainEngine(t, map[string]string{"short": text})
		for _, asked := range []string{"what is it about?", "who is quoted?", "paragraph 1", "the last sentence", "how does it begin?", "how many words?", "who wrote it?", "find closed", "“closed”", "more"} {
			verbatim(t, e.Ask(Question{Text: asked}))
		}
	}
}

// TestAboutAnArticle: what somebody is told who has not asked yet, and that it can be asked.
func TestAboutAnArticle(t *testing.T) {
	for name, want := range map[string][]string{
		"landslip": {"What is it about?", "Who is quoted?", "Show all quotes"},
		"rink":     {"What is it about?"},
	} {
		e := kind(t, name)
		about := e.About("")
		if diff := cmp.Diff(want, about.Questions); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
		if about.Sources != 1 || about.Title == "" || about.Welcome == "" {
			t.Errorf("%s: %+v", name, about)
		}
		for _, q := range about.Questions {
			if a := e.Ask(Question{Text: q}); len(a.Quotes) == 0 {
				t.Errorf("%s: %q, which is offered, is answered with %s %q", name, q, a.Kind, a.Lead)
			}
		}
		if diff := cmp.Diff(want[:1], e.Complete("", "", 1)); diff != "" {
			t.Errorf("%s offers (-want +got):\n%s", name, diff)
		}
	}
}
