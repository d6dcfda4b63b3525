package main

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"verbatim/answers/reader"
)

func TestFirstSentences(t *testing.T) {
	paragraphs := []string{"One came. Two went.", "Three stayed. Four left. Five slept."}
	for n, want := range map[int][]string{
		1: {"One came."},
		2: {"One came. Two went."},
		3: {"One came. Two went.", "Three stayed."},
		5: paragraphs,
		6: nil,
	} {
		if got := firstSentences(paragraphs, n); !slices.Equal(got, want) {
			t.Errorf("%d: %q, want %q", n, got, want)
		}
	}
}

func TestShortArticle(t *testing.T) {
	// Places are counted in characters, of which some have several bytes.
	sentences := [][3]int{{0, 0, 9}, {0, 10, 20}, {1, 0, 13}, {1, 14, 24}}
	article := func(id string) squadArticle {
		return squadArticle{ID: id, Paragraphs: []string{"Öne cäme. Two wentt.", "Three stayed. Four left."}, Sentences: sentences}
	}
	articles := []squadArticle{{ID: "short", Paragraphs: []string{"One came."}, Sentences: sentences[:1]}, article("few"), article("many"), article("more")}
	byArticle := map[string][]squadQuestion{
		"short": {{Question: "a", GoldSents: []int{0}}},
		"few":   {{Question: "a", GoldSents: []int{0}}, {Question: "a", GoldSents: []int{1}}, {Question: "b", GoldSents: []int{3}}, {Question: "c", GoldSents: []int{2, 3}}, {Question: "d"}},
		"many":  {{Question: "a", GoldSents: []int{0}}, {Question: "b", GoldSents: []int{1, 2}}, {Question: "c", GoldSents: []int{2}}},
		"more":  {{Question: "a", GoldSents: []int{0}}, {Question: "b", GoldSents: []int{1}}, {Question: "c", GoldSents: []int{2}}},
	}
	for most, want := range map[int]string{
		1: "few [a]",
		2: "many [a b]",
		9: "many [a b c]", // as many as the last, and before it
	} {
		id, text, questions := shortArticle(articles, byArticle, 3, most)
		if got := fmt.Sprint(id, " ", questions); got != want || text != "Öne cäme. Two wentt.\nThree stayed." {
			t.Errorf("%d questions: %s of %q, want %s", most, got, text, want)
		}
	}
}

// A question's pieces are counted by way of a window, see workOf.
func TestQuestionPieces(t *testing.T) {
	r := reader.Default()
	for text, want := range map[string]int{"": 2, "Who came?": 5, strings.Repeat("word ", 100): 50} {
		if got := r.Prepare(reader.Window{Context: text}).Pieces(); got != want {
			t.Errorf("%.20q: %d pieces, want %d", text, got, want)
		}
	}
}

func TestRename(t *testing.T) {
	const text = "Where did Tesla meet Edison in Paris?"
	if got := rename(text, 1); got != rename(text, 1) || got == text || got == rename(text, 2) {
		t.Errorf("%q", got)
	}
}

func TestONNXSaysWhatItLacks(t *testing.T) {
	for name, c := range map[string]struct {
		o    onnx
		want string
	}{
		"no Python":  {onnx{"no/such/python", "reader_test.go"}, "-python"},
		"no weights": {onnx{"go", "no/such/weights"}, "-weights"},
		"no library": {onnx{"go", "reader_test.go"}, "requirements.txt"}, // go is no Python
	} {
		if got := c.o.lacks(); !strings.Contains(got, c.want) {
			t.Errorf("%s: %q lacks %q", name, got, c.want)
		}
	}
}
