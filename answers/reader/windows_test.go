package reader

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"verbatim/corpus/words"
)

// paragraphs makes a text of lines.
func paragraphs(lines ...string) []Paragraph {
	var out []Paragraph
	for _, l := range lines {
		out = append(out, Paragraph{Text: l, Sentences: words.Sentences(l)})
	}
	return out
}

// long is a sentence of n words.
func long(word string, n int) string {
	return "The " + strings.Repeat(word+" ", n-2) + "end."
}

func TestWindows(t *testing.T) {
	tests := []struct {
		name string
		text []Paragraph
		want []Window
	}{
		{"nothing", nil, nil},
		{"a short text is one window", paragraphs("A lamp shop opens", "It opens on Monday. Tea is free."),
			[]Window{{Sentences: []string{"A lamp shop opens", "It opens on Monday.", "Tea is free."}}}},
		{"a full window ends; the next has the title and the sentence before", paragraphs("A lamp shop opens", long("lamp", 60), long("tea", 20)),
			[]Window{{Sentences: []string{"A lamp shop opens", long("lamp", 60)}},
				{Context: "A lamp shop opens | " + strings.Repeat("lamp ", 15) + "end.", Sentences: []string{long("tea", 20)}, First: 2}}},
		{"the nearest heading counts", paragraphs("Rules", "Holidays", long("day", 70), "Sick leave", long("ill", 50), long("note", 40)),
			[]Window{{Sentences: []string{"Rules", "Holidays", long("day", 70)}},
				{Context: "Rules | " + strings.Repeat("day ", 15) + "end.", Sentences: []string{"Sick leave", long("ill", 50)}, First: 3},
				{Context: "Sick leave | " + strings.Repeat("ill ", 15) + "end.", Sentences: []string{long("note", 40)}, First: 5}}},
		{"within an answer stand the question and who speaks", paragraphs("Q: Why lamps?", "Ana Ruiz: "+long("light", 70)+" They last."),
			[]Window{{Sentences: []string{"Q: Why lamps?"}},
				{Context: "| Q: Why lamps?", Sentences: []string{"Ana Ruiz: " + long("light", 70)}, First: 1},
				{Context: "Q: Why lamps? Ana Ruiz: | " + strings.Repeat("light ", 15) + "end.", Sentences: []string{"They last."}, First: 2}}},
		{"lines of a list", paragraphs("One.", "Two.", "Three.", "Four.", "Five.", "Six.", "Seven.", "Eight.", "Nine."),
			[]Window{{Sentences: []string{"One.", "Two.", "Three.", "Four.", "Five.", "Six.", "Seven.", "Eight."}},
				{Context: "| Eight.", Sentences: []string{"Nine."}, First: 8}}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if diff := cmp.Diff(tt.want, Windows(tt.text)); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// Every sentence is in one window, in order, whatever the text.
func TestWindowsHoldEverySentence(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		lines := rapid.SliceOf(rapid.StringMatching(`[A-Z][a-z]{0,9}( [a-z.?!:]{1,9}){0,90}[.?!:]?`)).Draw(t, "lines")
		text := paragraphs(lines...)
		var want, got []string
		for _, p := range text {
			for _, s := range p.Sentences {
				want = append(want, p.Text[s.Start:s.End])
			}
		}
		for _, w := range Windows(text) {
			if w.First != len(got) {
				t.Fatalf("a window begins at %d after %d sentences", w.First, len(got))
			}
			if len(w.Sentences) == 0 || len(w.Sentences) > windowSentences {
				t.Fatalf("%d sentences in a window", len(w.Sentences))
			}
			got = append(got, w.Sentences...)
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Fatal(diff)
		}
	})
}

func TestLabel(t *testing.T) {
	for line, want := range map[string]string{
		"Ana Ruiz: We will.": "Ana Ruiz", "Q: Why?": "Q", "**Tom:** No.": "", "The CHAIRMAN: Order.": "The CHAIRMAN", "Dr. van der Berg: Yes.": "Dr. van der Berg",
		"we had one rule: no lamps": "", "https://a.example": "", "12:30 lunch": "", ": nothing": "", "": "",
		"Long lines that only come to a colon much later: no": "",
	} {
		if got := Label(line); got != want {
			t.Errorf("Label(%q) = %q, want %q", line, got, want)
		}
	}
}

func TestIsHeading(t *testing.T) {
	for line, want := range map[string]bool{
		"Sick leave": true, "How do I apply": true, "How do I apply?": false, "It opens on Monday.": false, "Tom Beck: No": false, "He said “no”": false,
		"a line of more than twelve words that ends without a full stop is no heading": false,
	} {
		if got := IsHeading(line); got != want {
			t.Errorf("IsHeading(%q) = %v", line, got)
		}
	}
}
