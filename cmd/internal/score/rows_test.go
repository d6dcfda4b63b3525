package score

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
)

func TestRead(t *testing.T) {
	yes, no := true, false
	for _, c := range []struct {
		name, in string
		want     []*Row
	}{
		{"a question", `{"id": "1", "q": "who?", "any": ["she did"], "speaker": "article", "tags": ["short"]}`,
			[]*Row{{ID: "1", Tags: []string{"short"}, Turns: []Turn{{Q: "who?", Any: []string{"she did"}, Speaker: "article"}}}}},
		{"one without an answer, with the nearest sentence", `{"id": "1", "q": "when?", "any": [], "near": "she did"}`,
			[]*Row{{ID: "1", Turns: []Turn{{Q: "when?", Any: []string{}}}}}},
		{"null for what is not known", `{"id": "1", "q": "when?", "any": [], "near": null, "speaker": null, "leans": null, "tags": null}`,
			[]*Row{{ID: "1", Turns: []Turn{{Q: "when?", Any: []string{}}}}}},
		{"a dialogue", `{"id": "2", "turns": [{"q": "who?", "any": ["she did"], "leans": false}, {"q": "when?", "any": [], "near": "she did", "leans": true}]}`,
			[]*Row{{ID: "2", Turns: []Turn{{Q: "who?", Any: []string{"she did"}, Leans: &no}, {Q: "when?", Any: []string{}, Leans: &yes}}}}},
		{"abstain_ok of a dialogue is its turns'", `{"id": "2", "abstain_ok": true, "turns": [{"q": "a", "any": []}, {"q": "b", "any": ["c"]}]}`,
			[]*Row{{ID: "2", Turns: []Turn{{Q: "a", Any: []string{}, AbstainOK: true}, {Q: "b", Any: []string{"c"}, AbstainOK: true}}}}},
		{"abstain_ok of a turn is its own", `{"id": "2", "turns": [{"q": "a", "any": []}, {"q": "b", "any": ["c"], "abstain_ok": true}]}`,
			[]*Row{{ID: "2", Turns: []Turn{{Q: "a", Any: []string{}}, {Q: "b", Any: []string{"c"}, AbstainOK: true}}}}},
		{"empty lines", "\n{\"q\": \"a\", \"any\": []}\n \n\n{\"q\": \"b\", \"any\": []}",
			[]*Row{{Turns: []Turn{{Q: "a", Any: []string{}}}}, {Turns: []Turn{{Q: "b", Any: []string{}}}}}},
		{"an empty question is asked, too", `{"q": "", "any": []}`, []*Row{{Turns: []Turn{{Any: []string{}}}}}},
		{"nothing", "", nil},
	} {
		got, err := Read(strings.NewReader(c.in))
		if err != nil {
			t.Errorf("%s: %v", c.name, err)
		} else if diff := cmp.Diff(c.want, got, cmpopts.IgnoreFields(Row{}, "Line")); diff != "" {
			t.Errorf("%s:\n%s", c.name, diff)
		}
	}
}

func TestReadRefuses(t *testing.T) {
	good := `{"q": "a", "any": []}` + "\n"
	for _, c := range []struct{ name, in, want string }{
		{"half a line", `{"id": `, "line 1: unexpected end"},
		{"the third line", good + "\n" + `{"q": 3, "any": []}`, "line 3: json: cannot unmarshal"},
		{"two objects in a line", `{"q": "a", "any": []} {"q": "b", "any": []}`, "line 1: invalid character"},
		{"a list", `["a"]`, "line 1: json: cannot unmarshal"},
		{"no question", `{"text": "a", "any": []}`, `line 1: "q", the question, is missing`},
		{"no answer", `{"q": "a", "answer": "b"}`, `line 1: "any" is missing`},
		{"null for the answer", `{"q": "a", "any": null}`, `line 1: "any" is missing`},
		{"text for the answer", `{"q": "a", "any": "b"}`, "line 1: json: cannot unmarshal"},
		{"an empty answer", `{"q": "a", "any": ["b", " "]}`, `line 1: "any" holds an empty text`},
		{"no turns", good + `{"turns": []}`, `line 2: "turns" is empty`},
		{"a turn without an answer", `{"turns": [{"q": "a", "any": []}, {"q": "b"}]}`, `line 1: turn 1: "any" is missing`},
		{"both a question and turns", `{"q": "a", "any": [], "turns": [{"q": "a", "any": []}]}`, "line 1: a row has either"},
		{"too long a line", good + strings.Repeat("x", longestLine+1), "line 2: bufio.Scanner: token too long"},
	} {
		rows, err := Read(strings.NewReader(c.in))
		if err == nil || !strings.HasPrefix(err.Error(), c.want) {
			t.Errorf("%s: %d rows and the error %v; want %s", c.name, len(rows), err, c.want)
		}
	}
}

func TestReadFile(t *testing.T) {
	name := filepath.Join(t.TempDir(), "q.jsonl")
	if _, err := ReadFile(name); err == nil || !strings.Contains(err.Error(), "q.jsonl") {
		t.Errorf("a file that is not there: %v", err)
	}
	if err := os.WriteFile(name, []byte("{}"), 0o644); err != nil {
		t.Fatal(err)
	}
	if _, err := ReadFile(name); err == nil || !strings.HasPrefix(err.Error(), name+": line 1: ") {
		t.Errorf("a file with a broken line: %v", err)
	}
	if err := os.WriteFile(name, []byte(`{"q": "a", "any": []}`), 0o644); err != nil {
		t.Fatal(err)
	}
	if rows, err := ReadFile(name); err != nil || len(rows) != 1 {
		t.Errorf("%d rows, %v; want 1", len(rows), err)
	}
}
