package answers

import (
	"strings"
	"testing"
	"testing/fstest"

	"verbatim/answers/draft"
	"verbatim/corpus"
)

const station = `The station of Wexmouth was built by Ann Lee in 1880.
She left the town in 1890 because the council would not pay her.
“The roof will outlast every one of us,” Lee said in her diary. “Nobody thanked me for the roof.”
The roof fell down in 1902, and 14 people were hurt.
Bo Chan built a new roof of glass three years later.
`

// engineOf makes an engine of a text and its curation.
func engineOf(t *testing.T, text, curation string) *Engine {
	t.Helper()
	return engineOn(t, fstest.MapFS{
		"s/article.txt":   {Data: []byte(text)},
		"s/curation.yaml": {Data: []byte(curation)},
	})
}

func draftOf(t *testing.T, text string) string {
	t.Helper()
	source, err := corpus.Read("s", text)
	if err != nil {
		t.Fatal(err)
	}
	curation, err := draft.Draft(source)
	if err != nil {
		t.Fatal(err)
	}
	return string(curation)
}

func TestDraftedSource(t *testing.T) {
	e := engineOf(t, station, draftOf(t, station))
	if len(e.intents) > 0 || e.model.Intents != nil {
		t.Fatalf("%d drafted intents are learned from", len(e.intents))
	}
	for _, tt := range []struct {
		question string
		kind     Kind
		want     string // is in the first quote
	}{
		{"when was the station built?", Quote, "by Ann Lee in 1880"},
		{"why did Ann Lee leave?", Quote, "because the council would not pay her"},
		{"how many people were hurt?", Quote, "14 people were hurt"},
		{"what did Lee say about the roof?", Quote, "roof"},
		{"what are the quotes of Lee?", List, "outlast every one of us"},
		{"show me all quotes by Ann Lee", List, "outlast every one of us"},
		{"hello", Chat, ""},
		{"who won the handball cup in Norway?", NotCovered, ""},
	} {
		a := e.Ask(Question{Text: tt.question})
		if a.Kind != tt.kind {
			t.Errorf("%q is answered with a %s, want %s", tt.question, a.Kind, tt.kind)
			continue
		}
		if tt.want != "" && !strings.Contains(a.Quotes[0].Quote.Text(), tt.want) {
			t.Errorf("%q is answered with %q, want %q", tt.question, a.Quotes[0].Quote.Text(), tt.want)
		}
	}
}

// A few reviewed intents must not draw the questions to all other passages.
func TestReviewedBesideDrafted(t *testing.T) {
	curation := draftOf(t, station)
	e := engineOf(t, station, strings.Replace(curation, "    drafted: true # review\n", "", 2))
	if len(e.intents) != 2 {
		t.Fatalf("%d intents are learned from, want 2", len(e.intents))
	}
	for question, want := range map[string]string{
		"when was the station of Wexmouth built?": "built by Ann Lee in 1880",
		"how many people were hurt?":              "14 people were hurt",
		"when did the roof fall down?":            "1902",
		"what did Bo Chan build?":                 "a new roof of glass",
	} {
		a := e.Ask(Question{Text: question})
		if len(a.Quotes) == 0 || !strings.Contains(a.Quotes[0].Quote.Text(), want) {
			t.Errorf("%q is answered with %s %v, want %q", question, a.Kind, a.Quotes, want)
		}
	}
}

// Asked for an example after a passage with which nothing shares a subject.
func TestExampleWithoutMore(t *testing.T) {
	e := engineOf(t, station, "title: The station")
	first := e.Ask(Question{Text: "when did the roof fall down?"})
	if a := e.Ask(Question{Text: "for example?", Previous: first.Turn}); a.Kind != NotCovered {
		t.Errorf("the answer is a %s", a.Kind)
	}
}
