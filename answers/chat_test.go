package answers

import (
	"slices"
	"strings"
	"testing"

	"verbatim/corpus/words"
)

func TestContinues(t *testing.T) {
	for _, tt := range []struct {
		given, question string
		want            int
	}{
		{"how many tra", "How many trams are there?", 0},
		{"many there", "How many trams are there?", 1},
		{"there many", "How many trams are there?", 2},
		{"how many buses", "How many trams are there?", 3},
		{"tra are", "How many trams are there?", 3}, // only the last word may be unfinished
	} {
		p := offered([]string{tt.question})[0]
		if got := p.continues(plainWords(words.Tokens(tt.given))); got != tt.want {
			t.Errorf("%q goes on from %q as %d, want %d", tt.question, tt.given, got, tt.want)
		}
	}
}

func TestOffered(t *testing.T) {
	long := strings.Repeat("a very long question ", 5) + "?"
	if got := offered([]string{long, "who runs it?"}); len(got) != 1 || got[0].text != "Who runs it?" {
		t.Errorf("offered %v; want the one that is short enough, with a capital letter", got)
	}
	if _, ok := short([]string{long}); ok {
		t.Error("a long question is offered")
	}
}

func TestTimesIn(t *testing.T) {
	for _, tt := range []struct {
		text, wanted string
		want         int
	}{
		{"The tram line and the tram lines.", "tram line", 2},
		{"The line of trams.", "tram line", 0},
		{"The trams’ lines run.", "", 0},
	} {
		if got := timesIn(tt.text, words.Tokens(tt.wanted)); got != tt.want {
			t.Errorf("%q stands %d times in %q, want %d", tt.wanted, got, tt.text, tt.want)
		}
	}
}

func TestVocabularyFindsTheLongestName(t *testing.T) {
	v := &vocabulary{names: map[string][]name{"harbour": {{[]string{"harbour", "line"}, "line"}, {[]string{"harbour"}, "port"}}, "wexmouth": {{[]string{"wexmouth"}, ""}}}}
	text := "Does the harbour line or the harbour of Wexmouth come up?"
	if got := v.subjects(words.Tokens(text)); !slices.Equal(got, []string{"line", "port"}) {
		t.Errorf("subjects %v", got)
	}
	if got := v.foreign(text, words.Tokens(text)); !slices.Equal(got, []string{"Wexmouth"}) {
		t.Errorf("foreign names %v", got)
	}
}

func TestWantsMore(t *testing.T) {
	for text, want := range map[string]bool{
		"go on": true, "what else?": true, "next": true, "and what comes after that?": true,
		"go there": false, "what else did the mayor say about the harbour line": false, "who runs it": false,
	} {
		if got := wantsMore(words.Tokens(text)); got != want {
			t.Errorf("wantsMore(%q) = %v", text, got)
		}
	}
}

func TestTowards(t *testing.T) {
	for text, want := range map[string]int{"go on": 1, "what comes next?": 1, "and before that?": -1, "more on it": 0, "anything else": 0} {
		if got := towards(words.Tokens(text)); got != want {
			t.Errorf("towards(%q) = %d, want %d", text, got, want)
		}
	}
}
