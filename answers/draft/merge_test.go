package draft

import (
	"os"
	"strings"
	"testing"

	"verbatim/corpus"
)

// workshop is a text with several drafted intents, and its draft.
func workshop(t *testing.T) (*corpus.Source, string) {
	t.Helper()
	text, err := os.ReadFile("testdata/workshop.txt")
	if err != nil {
		t.Fatal(err)
	}
	s := source(t, string(text))
	drafted, err := Draft(s)
	if err != nil {
		t.Fatal(err)
	}
	return s, string(drafted)
}

func merged(t *testing.T, s *corpus.Source, curation string) (string, int) {
	t.Helper()
	out, n, err := Merge(s, []byte(curation))
	if err != nil {
		t.Fatalf("%v\n%s", err, curation)
	}
	return string(out), n
}

func TestMergeNothingNew(t *testing.T) {
	s, drafted := workshop(t)
	if out, n := merged(t, s, drafted); n != 0 || out != drafted {
		t.Errorf("a draft merged into itself adds %d", n)
	}
	// What is reviewed, or taken out, is not drafted again.
	edited := strings.Replace(drafted, "    drafted: true # review\n", "", 1)
	edited = strings.Replace(edited, "      - What is a shift?\n", "      - how long is a shift # mine\n", 1)
	from := strings.LastIndex(edited, "  - id: ")
	edited = edited[:from]
	if out, n := merged(t, s, edited); n != 0 || out != edited {
		t.Errorf("an edited draft gets %d more", n)
	}
}

// TestMergeKeeps adds to curations as people write them, and keeps every line of theirs.
func TestMergeKeeps(t *testing.T) {
	s, _ := workshop(t)
	for name, curation := range map[string]string{
		"empty":           "",
		"a comment":       "# mine\n",
		"a title":         "title: The workshop # mine\n",
		"no line's end":   "title: The workshop",
		"lists of both":   "# mine\nintents:\n- id: a\n  passages: [x] # here\n  utterances:\n  - how long\n  # the end\n\n# of passages\npassages:\n- id: x\n  quote: Volunteers must sign the list at the door before they begin.\n  attribution: article\n\n# the very end\n",
		"deep lists":      "passages:\n    -   id: x\n        quote: Donations are put in the yellow box\n        attribution: article\nintents:\n    - id: a\n      passages: [x]\n      utterances: [how]\nquestions: [how]\n",
		"keys of nothing": "intents:\npassages:\ntitle: x\n",
		"an id like ours": "intents:\n  - id: shift-period-three-hours\n    not_covered: true\n    utterances: [why]\n",
		"Windows":         "title: x\r\nintents:\r\n  - id: a\r\n    not_covered: true\r\n    utterances: [why]\r\n",
	} {
		out, n := merged(t, s, curation)
		if n < 5 {
			t.Errorf("%s: only %d are added", name, n)
		}
		rest := out
		for line := range strings.Lines(curation) {
			_, after, ok := strings.Cut(rest, strings.TrimSuffix(line, "\n"))
			if !ok {
				t.Errorf("%s: the line %q is gone or moved:\n%s", name, line, out)
				break
			}
			rest = after
		}
		again, n := merged(t, s, out)
		if n != 0 || again != out {
			t.Errorf("%s: merging again adds %d", name, n)
		}
	}
}

func TestMergeRefuses(t *testing.T) {
	s, _ := workshop(t)
	for _, c := range []struct{ name, curation, want string }{
		{"what does not load", "intents:\n  - id: a\n", "curation.yaml:2"},
		{"brackets", "intents: [{id: a, not_covered: true, utterances: [why]}]\n", "written in brackets"},
		{"JSON", `{"title": "x"}`, "written in brackets"},
	} {
		if _, _, err := Merge(s, []byte(c.curation)); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %v; want %q", c.name, err, c.want)
		}
	}
	if _, _, err := Merge(source(t, strings.Repeat("a ", MaxText)), nil); err == nil {
		t.Error("a text that is too long is merged")
	}
}
