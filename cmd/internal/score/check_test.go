package score

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"verbatim/corpus"
)

// harbour is a corpus of the test's text and of some lines more.
func harbour(t *testing.T) *corpus.Corpus {
	t.Helper()
	more := "\n“It is the sea that wins,” Ann Lee said.\n" + strings.Repeat("The harbour is small.\nThe harbour is old.\nThe harbour is grey.\n", 3)
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "article.txt"), []byte(text+more), 0o644); err != nil {
		t.Fatal(err)
	}
	c, err := corpus.LoadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func TestCheck(t *testing.T) {
	yes := `{"id": "y", "q": "when?", "any": ["built in 1931"]}` + "\n"
	no := `{"id": "n", "q": "why?", "any": []}` + "\n"
	for _, c := range []struct {
		name, in string
		want     []string // what the problems begin with
	}{
		{"both kinds", yes + no, nil},
		{"typography, case and spaces do not count", no + `{"id": "a", "q": "what?", "any": ["the  \"OLD mill\""]}`, nil},
		{"words that hold a whole passage", no + `{"id": "a", "q": "when?", "any": ["burned down twice. Ferries leave at seven. Nobody knows"]}`, nil},
		{"one of two runs over the end of a sentence", no + `{"id": "a", "q": "when?", "any": ["seven. Nobody", "at seven"]}`, nil},
		{"who is quoted", no + `{"id": "a", "q": "who wins?", "any": ["the sea that wins"], "speaker": "lee"}`, nil},
		{"a dialogue with both", `{"id": "d", "turns": [{"q": "when?", "any": ["built in 1931"]}, {"q": "why?", "any": []}]}`, nil},
		{"a false premise beside them", yes + no + `{"id": "p", "q": "?", "any": [], "abstain_ok": true}`, nil},

		{"another corpus", yes + no + "\n" + `{"id": "a", "q": "what?", "any": ["Windows was the leader"]}`, []string{`line 4: no passage of the corpus holds "Windows was the leader"`}},
		{"over the end of a sentence", no + `{"id": "a", "q": "when?", "any": ["seven. Nobody"]}`, []string{`line 2: no passage of the corpus holds "seven. Nobody"`}},
		{"a word that stands everywhere", no + `{"id": "a", "q": "what?", "any": ["harbour"]}`, []string{`line 2: "harbour" stands at 10 places`}},
		{"nobody's words", no + `{"id": "a", "q": "who wins?", "any": ["the sea that wins"], "speaker": "Bo Chan"}`, []string{`line 2: "speaker" is "Bo Chan", but no passage is theirs`}},
		{"an id twice", yes + no + yes, []string{`line 3: the id "y" is that of line 1, too`}},
		{"no id", yes + no + `{"q": "how?", "any": []}`, []string{`line 3: "id" is missing`}},
		{"only answered ones", yes, []string{"lines 1 to 1: every question has an answer, so whoever always quotes"}},
		{"only declined ones", no, []string{"lines 1 to 1: no question has an answer, so whoever never quotes"}},
		{"nothing", "", []string{"there is no question that has an answer or has none"}},
		{"only false premises", `{"id": "p", "q": "?", "any": [], "abstain_ok": true}`, []string{"there is no question"}},
	} {
		rows, err := Read(strings.NewReader(c.in))
		if err != nil {
			t.Fatalf("%s: %v", c.name, err)
		}
		got := Check(rows, harbour(t))
		if len(got) != len(c.want) {
			t.Errorf("%s: %q; want %q", c.name, got, c.want)
			continue
		}
		for i, err := range got {
			if !strings.HasPrefix(err.Error(), c.want[i]) {
				t.Errorf("%s: %q; want %q", c.name, err, c.want[i])
			}
		}
	}
}
