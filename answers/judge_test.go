package answers

import (
	"strings"
	"testing"
	"testing/fstest"
)

// TestOtherNumber: one number against one of the same kind, and nothing that only bounds it.
func TestOtherNumber(t *testing.T) {
	for _, tt := range []struct {
		statement, passage string
		want               bool
	}{
		{"she joined in 1982, right?", "Moss joined the harbour board in 1972.", true},
		{"so the ferry takes 120 people?", "It carries 80 passengers.", true},
		{"she joined in 1972?", "Moss joined the harbour board in 1972.", false},
		{"the ferry takes over 70 people?", "It carries 80 passengers.", false},
		{"she joined before 1982?", "Moss joined the harbour board in 1972.", false},
		{"the ferry took 120 people in 1972?", "In 1972 it carried 80 passengers.", false}, // which is meant?
		{"the ferry takes 80 people?", "It was built in 1972.", false},
		{"two people share the prize?", "They share $3,133.", false},
		{"she joined in 1982?", "Moss joined the harbour board as a girl.", false},
	} {
		if got := otherNumber(tt.statement, tt.passage); got != tt.want {
			t.Errorf("%q by %q: %v", tt.statement, tt.passage, got)
		}
	}
}

// TestOfAnother: what somebody is told to have said is no support for a statement about another.
func TestOfAnother(t *testing.T) {
	e := engineOn(t, fstest.MapFS{"hall/article.txt": {Data: []byte("The hall at Orm\nThe critic Amos Bale called the new concert hall “a shoebox”. Pia Thorn paid for it.\nThe choir of Orm moved in.\n")}})
	for text, want := range map[string]Finding{
		"so Thorn called the hall a shoebox?":       Contradicted,
		"did Bale call the concert hall a shoebox?": Supported,
	} {
		if a := e.Ask(Question{Text: text}); a.Finding != want {
			t.Errorf("%q: %s %s %q %q, want %s", text, a.Kind, a.Finding, a.Lead, allText(a), want)
		}
	}
}

// TestTeller: who says something in other words is found by what is said, and nobody is named for
// the contrary of what they say.
func TestTeller(t *testing.T) {
	e := engineOn(t, fstest.MapFS{"talk/article.txt": {Data: []byte("A talk with Ada Brown\n" +
		"REPORTER: Will the ferry to the island stop for good in winter?\n" +
		"ADA BROWN: The ferry will run all year, and the fares stay as they are.\n" +
		"REPORTER: And what happens to the old pier?\n" +
		"ADA BROWN: We cannot afford a new pier before 2030.\n")}})
	for _, tt := range []struct {
		question string
		named    bool
	}{
		{"who says that fares will not change?", true},
		{"who points out that there is no money for a pier?", true},
		{"who wonders whether the island loses its ferry in the winter months?", false},
	} {
		a := e.Ask(Question{Text: tt.question})
		if named := len(a.Quotes) > 0 && a.Quotes[0].Speaker == "Ada Brown"; named != tt.named {
			t.Errorf("%q: %s %s %v", tt.question, a.Kind, a.Finding, a.Quotes)
		}
	}
}

// A question that offers two to choose from takes neither for granted.
func TestChoiceTakesNothingForGranted(t *testing.T) {
	e := plainEngine(t, map[string]string{"bus": "Bus prices\nA single ticket costs 2.80 and a day ticket 6.50.\nDogs travel free, and bicycles cost 1.50.\n"})
	for _, text := range []string{"which is cheaper, a single or a day ticket?", "which is cheaper, a dog or a bicycle?", "which costs more, the day ticket or the single one?"} {
		if a := e.Ask(Question{Text: text}); strings.Contains(a.Lead, "otherwise") {
			t.Errorf("%q: %s %q", text, a.Kind, a.Lead)
		}
	}
}

// TestContrary: of a passage that was not read, only what it says otherwise of the statement's own
// words contradicts it.
func TestContrary(t *testing.T) {
	for _, tt := range []struct {
		statement, passage string
		want               bool
	}{
		{"the ferry runs in winter", "The ferry does not run in winter.", true},
		{"the pier is open", "The old pier is closed to visitors.", true},
		{"the ferry takes 120 people", "The ferry takes 80 people.", true},
		{"the ferry runs in winter", "The ferry runs in winter, but not on Sundays.", false},
		{"the ferry takes 80 people", "The ferry takes 80 people and no cars.", false},
		{"the pier was saved", "The town saved the pier.", false},
	} {
		if got := contrary(tt.statement, tt.passage); got != tt.want {
			t.Errorf("%q by %q: %v", tt.statement, tt.passage, got)
		}
	}
}

// A question that offers two to choose from is answered by what has one of them.
func TestChosen(t *testing.T) {
	for _, tt := range []struct{ text, part string }{
		{"who would hand over four pounds for a swim, Osei or Lindt?", "I would pay four pounds."},
		{"Is it Vance or Adler who puts the cost of the work at 260,000?", "The repair costs 260,000 pounds."},
		{"whose idea was a dearer ticket - Osei's or the chair's?", "raise the price of a ticket"},
		{"who heard about the school's third, Lindt or Vance?", "the school will pay a third"},
		{"who cleans the pool at night, Osei or Vance?", ""},
	} {
		a := phrased(t, "transcript").Ask(Question{Text: tt.text})
		if tt.part == "" != declines(a) || !strings.Contains(allText(a), tt.part) {
			t.Errorf("%q: %s %s %q, want %q", tt.text, a.Kind, a.Finding, allText(a), tt.part)
		}
	}
}
