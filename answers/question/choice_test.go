package question

import (
	"slices"
	"strings"
	"testing"
)

func TestChoice(t *testing.T) {
	for _, c := range []struct {
		text    string
		options []string
		open    string
	}{
		{"Who paid for the pier, Ada or the mayor?", []string{"Ada", "the mayor"}, "Who paid for the pier?"},
		{"who took it to the board – Bell or Cruz", []string{"Bell", "Cruz"}, "who took it to the board?"},
		{"whose idea was the tram - the city's or the state's?", []string{"the city's", "the state's"}, "whose idea was the tram?"},
		{"which member asks about rents, is it Bell or Cruz?", []string{"Bell", "Cruz"}, "which member asks about rents?"},
		{"when does it open (in May or in June)?", []string{"in May", "in June"}, "when does it open?"},
		{"Is it Bell or Cruz who asks about rents?", []string{"Bell", "Cruz"}, "who asks about rents?"},
		{"was it the driver or the guard that pulled the brake?", []string{"the driver", "the guard"}, "who pulled the brake?"},
		{"is that bell or cruz moaning about the rent", []string{"bell", "cruz"}, "who is moaning about the rent"},
		{"who's paid for it, he's or she's?", []string{"he's", "she's"}, "who's paid for it?"},
		{"don't they or don't we, what's or who's or it's", nil, ""},
		{"who says rents rise or fall?", nil, ""},
		{"Did Ada or Bob pay?", nil, ""},
		{"Tea or coffee?", nil, ""},
		{"who paid or", nil, ""},
		{"or", nil, ""},
		{"Is it open, or is the door of the old hall on the north side still locked?", nil, ""},
	} {
		q := Read(c.text)
		if !slices.Equal(q.Options, c.options) || q.Open != c.open {
			t.Errorf("%q offers %q and asks %q, want %q and %q", c.text, q.Options, q.Open, c.options, c.open)
		}
	}
}

// Who asks who said something holds up what was said, and not the word that asks.
func TestWhoHoldsUpWhatWasSaid(t *testing.T) {
	for text, want := range map[string]string{
		"who said that the pier would open again?":          "the pier would open again",
		"which of them says the pier will be open in June?": "the pier will be open in June",
		"The pier will be open again in June":               "The pier will be open again in June",
	} {
		got := Read(text).Pasted
		if !slices.ContainsFunc(got, func(p string) bool { return strings.TrimRight(p, "?") == want }) ||
			slices.ContainsFunc(got, func(p string) bool { return strings.HasPrefix(p, "wh") }) {
			t.Errorf("%q holds up %q, want %q", text, got, want)
		}
	}
}
