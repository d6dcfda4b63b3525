package score

import (
	"bytes"
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// ran makes results of single questions, right or wrong.
func ran(right string) []Result {
	var out []Result
	for i, r := range right {
		out = append(out, Result{Row: &Row{ID: string(rune('a' + i)), Turns: []Turn{{Q: "why <" + string(rune('a'+i)) + ">?"}}}, Right: r == '+'})
	}
	return out
}

// saved writes results to a file and reads them.
func saved(t *testing.T, results []Result) []Saved {
	t.Helper()
	var b bytes.Buffer
	if err := Save(&b, results); err != nil {
		t.Fatal(err)
	}
	name := filepath.Join(t.TempDir(), "run.jsonl")
	if err := os.WriteFile(name, b.Bytes(), 0o644); err != nil {
		t.Fatal(err)
	}
	out, err := ReadSaved(name)
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func TestCompare(t *testing.T) {
	for _, c := range []struct {
		name, before, now string
		want              string
		chance            float64
	}{
		{"the same", "+-+", "+-+", "right before 2/3, now 2/3: 0 won, 0 lost, nothing changed (p = 1.000)", 1},
		{"one won", "--+", "+-+", "right before 1/3, now 2/3: 1 won, 0 lost, which may be chance (p = 1.000)", 1},
		{"one won and one lost", "+-", "-+", "right before 1/2, now 1/2: 1 won, 1 lost, which may be chance (p = 1.000)", 1},
		{"six won", "-------", "++++++-", "right before 0/7, now 6/7: 6 won, 0 lost, which is hardly chance (p = 0.031)", 0.03125},
		{"one of nine lost", "+---------", "-++++++++-", "right before 1/10, now 8/10: 8 won, 1 lost, which is hardly chance (p = 0.039)", 20.0 / 512},
		{"other questions", "++-", "+", "right before 1/1, now 1/1: 0 won, 0 lost, nothing changed (p = 1.000); left out: 0 that are new, 2 that are gone", 1},
		{"more questions", "+", "+-", "right before 1/1, now 1/1: 0 won, 0 lost, nothing changed (p = 1.000); left out: 1 that are new, 0 that are gone", 1},
		{"nothing in common", "", "+", "none of the questions is in both runs", 1},
	} {
		got := Compare(saved(t, ran(c.before)), ran(c.now))
		if got.String() != c.want || math.Abs(got.Chance()-c.chance) > 1e-9 {
			t.Errorf("%s: %s (%v); want %s (%v)", c.name, got, got.Chance(), c.want, c.chance)
		}
	}
	changed := Compare(saved(t, ran("+-")), ran("-+"))
	if len(changed.Won) != 1 || changed.Won[0].Row.ID != "b" || len(changed.Lost) != 1 || changed.Lost[0].Row.ID != "a" {
		t.Errorf("won %v, lost %v", changed.Won, changed.Lost)
	}
	reworded := ran("-")
	reworded[0].Row.Turns[0].Q = "another question"
	if got := Compare(saved(t, ran("+")), reworded); got.Now.All != 0 || got.Added != 1 || got.Gone != 1 {
		t.Errorf("a question in other words is taken for the same: %+v", got)
	}
}

func TestReadSavedRefuses(t *testing.T) {
	if _, err := ReadSaved(filepath.Join(t.TempDir(), "run.jsonl")); err == nil {
		t.Error("a file that is not there is read")
	}
	for _, in := range []string{"{\"id\": \"1\", \"turn\": 0, \"q\": \"a\", \"right\": true}\nx\n", "{\"id\": \"1\", \"q\": \"a\", \"right\": true}\n{\"id\": \"1\", \"q\": \"a\", \"any\": []}\n"} {
		name := filepath.Join(t.TempDir(), "run.jsonl")
		if err := os.WriteFile(name, []byte(in), 0o644); err != nil {
			t.Fatal(err)
		}
		if _, err := ReadSaved(name); err == nil || !strings.Contains(err.Error(), "run.jsonl: line 2: ") {
			t.Errorf("%q: %v", in, err)
		}
	}
}
