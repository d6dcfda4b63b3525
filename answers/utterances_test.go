package answers

import (
	"slices"
	"testing"
	"testing/fstest"

	"verbatim/corpus"
	"verbatim/corpus/words"
)

// The utterances that are compared are the nearest by meaning, few of each intent, and of those
// intents alone that may be meant.
func TestNearestUtterances(t *testing.T) {
	u := utterancesOf([]corpus.Intent{
		{Utterances: []string{"what does a ticket cost", "ticket price", "how much is the fare", "is it expensive to travel", "fare for adults", "price of a day ticket"}},
		{Utterances: []string{"when does the boat leave", "departure time"}},
	})
	q := &reading{asTyped: "what's the price of a ticket"}
	e := &Engine{}
	near := u.nearest(e.inConversation(q), func(int) bool { return true })
	if len(near) != comparedOf+2 {
		t.Fatalf("%d are compared", len(near))
	}
	if u.intent[near[0]] != 0 || !slices.Contains(near, 1) {
		t.Errorf("the nearest are %v", near)
	}
	for _, i := range u.nearest(e.inConversation(q), func(intent int) bool { return intent == 1 }) {
		if u.intent[i] != 1 {
			t.Errorf("%q is of an intent that cannot be meant", u.texts[i])
		}
	}
}

// Words in common are counted by their stems, without those that mean little.
func TestInWordsOf(t *testing.T) {
	u := utterancesOf([]corpus.Intent{{Utterances: []string{"are dogs allowed", "pets?"}}, {Utterances: []string{"when will the ferry sail today"}}})
	got := u.inWordsOf(words.Tokens("when does the ferry sail?"), 2)
	if got[0] != 0 || got[1] <= 0.5 || got[1] >= 1 {
		t.Errorf("%v", got)
	}
	if many := utterancesOf(make([]corpus.Intent, 3)); len(many.inWordsOf(nil, 3)) != 3 {
		t.Error("intents without utterances")
	}
}

// What asks the same in other words is likelier than what shares the words and asks for something else.
func TestSameAs(t *testing.T) {
	e := &Engine{intents: []corpus.Intent{
		{ID: "closes", Utterances: []string{"when does the museum close?", "closing time"}},
		{ID: "built", Utterances: []string{"when was the museum built?", "year the museum was built"}},
	}}
	e.utterances = utterancesOf(e.intents)
	for question, want := range map[string]int{"until what time is the museum open?": 0, "how old is the museum building?": 1} {
		same := e.sameAs(&reading{asTyped: question})
		if same[want] <= same[1-want] {
			t.Errorf("%q: %v, want the most for %d", question, same, want)
		}
	}
}

// Of an intent's passages the one that answers comes first, also for a question that is one of its utterances.
func TestBestPassageFirst(t *testing.T) {
	e := engineOn(t, fstest.MapFS{
		"port/article.txt": {Data: []byte("The port of Orrin\nThe mail boat leaves from the north quay.\nThe car ferry leaves from the south quay.\nFishing boats lie in the old basin.\n")},
		"port/curation.yaml": {Data: []byte(`passages:
  - {id: mail, quote: "The mail boat leaves from the north quay.", attribution: article}
  - {id: ferry, quote: "The car ferry leaves from the south quay.", attribution: article}
  - {id: fishing, quote: "Fishing boats lie in the old basin.", attribution: article}
intents:
  - {id: where, passages: [mail, ferry, fishing], utterances: [where do the fishing boats lie?, from which quay does it leave?, which boat is where?]}
  - {id: tickets, not_covered: true, utterances: [what does a ticket cost?, ticket price, is it expensive?]}
`)},
	})
	for question, want := range map[string]string{
		"where does the car ferry leave from?": "The car ferry leaves from the south quay.",
		"where do the fishing boats lie?":      "Fishing boats lie in the old basin.",
		"where does the mail boat leave?":      "The mail boat leaves from the north quay.",
	} {
		a := e.Ask(Question{Text: question})
		if a.Kind != List || len(a.Quotes) != 3 || first(a) != want {
			t.Errorf("%q: %s %q, want %q first of three", question, a.Kind, allText(a), want)
		}
	}
}
