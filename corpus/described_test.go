package corpus

import (
	"strings"
	"testing"
)

// TestWithCuration: a curation that is not in a file yet is held to the text, and to what
// source.yaml tells of it.
func TestWithCuration(t *testing.T) {
	s, err := ReadDescribed("pier", "The pier\nA picture\nIt is old.\nIt is wet.", Description{Title: "The pier", Author: "Ann Lee", Structure: Structure{Headings: []string{"The pier"}, Furniture: []string{"A picture"}}})
	if err != nil {
		t.Fatal(err)
	}
	if n := len(s.Paragraphs()); n != 3 || len(s.Passages()) != 2 {
		t.Errorf("%d paragraphs and %d passages; want 3 and 2", n, len(s.Passages()))
	}
	curated, err := s.WithCuration([]byte("title: A pier\npassages:\n  - {id: wet, quote: It is wet., paragraph: 3, attribution: article}\nintents:\n  - {id: wet, passages: [wet], utterances: [is it wet]}\n"))
	if err != nil {
		t.Fatal(err)
	}
	if m := curated.Meta(); m.Title != "A pier" || m.Author != "Ann Lee" || !curated.Curated() || len(curated.Intents()) != 1 || s.Curated() {
		t.Errorf("%+v, %d intents", m, len(curated.Intents()))
	}
	for curation, want := range map[string]string{
		"passages:\n  - {id: a, quote: A picture, attribution: article}\n": `curation.yaml:2:5: passage "a": the quote "A picture" does not occur`,
		"title: \xff\n": "curation.yaml:1: not UTF-8",
	} {
		if _, err := s.WithCuration([]byte(curation)); err == nil || !strings.HasPrefix(err.Error(), want) {
			t.Errorf("%q: %v; want %s", curation, err, want)
		}
	}
}
