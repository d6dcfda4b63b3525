package corpus

import (
	"bufio"
	"encoding/json"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// sharedReading holds texts with claims about them, where the checkout has it beside
// it.
const sharedReading = "../../shared/reading"

// claimRow is a claim about a text: see the README beside the claims.
type claimRow struct {
	Q, Form, Verdict, Speaker string
	Evidence                  []string
}

// asksWhoSaid tells a question for a speaker from other questions for a person.
var asksWhoSaid = regexp.MustCompile(`(?i)\b(?:said|says|saying|wrote|argued|claimed|quote|quoted|told|called it|words)\b`)

// TestClaims compares the speakers that are read from the texts with those of the
// claims about them: of words said to be exact, and of questions who said something.
// The texts that are kept for measuring are left out.
func TestClaims(t *testing.T) {
	heldout, err := os.ReadFile(filepath.Join(sharedReading, "heldout.txt"))
	if err != nil {
		t.Skip("no texts with claims beside the checkout")
	}
	aside, _ := os.ReadFile("testdata/attribution/texts.txt")
	files, _ := filepath.Glob(filepath.Join(sharedReading, "claims", "*.jsonl"))
	right, unnamed, wrong, own := 0, 0, 0, 0
	for _, file := range files {
		id := strings.TrimSuffix(filepath.Base(file), ".jsonl")
		if hasLine(heldout, id) || hasLine(aside, id) {
			continue
		}
		text, err := os.ReadFile(filepath.Join(sharedReading, "texts", id+".txt"))
		if err != nil {
			t.Fatal(err)
		}
		s, err := Read(id, string(text))
		if err != nil {
			t.Fatal(err)
		}
		for _, row := range readClaims(t, file) {
			if row.Speaker == "" || row.Speaker == "article" || len(row.Evidence) == 0 || row.Verdict != "exact" && !(row.Form == "who" && row.Verdict == "supported" && asksWhoSaid.MatchString(row.Q)) {
				continue
			}
			p, ok := smallest(s, row.Evidence[0])
			switch {
			case !ok:
			case p.Attribution == Article:
				own++
				t.Logf("%s: %q is the article’s, want %s", id, row.Evidence[0], row.Speaker)
			case sameSpeaker(p.Speaker, row.Speaker):
				right++
			case p.Attribution == Others:
				unnamed++
				t.Logf("%s: %q is left to %s, want %s", id, row.Evidence[0], p.Speaker, row.Speaker)
			default:
				wrong++
				t.Logf("%s: %q is %s’s, want %s", id, row.Evidence[0], p.Speaker, row.Speaker)
			}
		}
	}
	t.Logf("speakers right %d, wrong %d, left unnamed %d, words taken for the article’s %d", right, wrong, unnamed, own)
	if right+wrong > 0 && float64(right)/float64(right+wrong) < 0.9 {
		t.Errorf("of %d speakers named %d are right", right+wrong, right)
	}
}

func hasLine(list []byte, line string) bool {
	return strings.Contains("\n"+string(list)+"\n", "\n"+line+"\n")
}

func readClaims(t *testing.T, file string) []claimRow {
	t.Helper()
	f, err := os.Open(file)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	var out []claimRow
	for lines := bufio.NewScanner(f); lines.Scan(); {
		var row claimRow
		if err := json.Unmarshal(lines.Bytes(), &row); err != nil {
			t.Fatal(err)
		}
		out = append(out, row)
	}
	return out
}

// smallest returns the shortest passage that holds words, or most of them.
func smallest(s *Source, text string) (Passage, bool) {
	start := strings.Index(s.Text(), text)
	if start < 0 {
		return Passage{}, false
	}
	end := start + len(text)
	best, found := Passage{}, false
	overlap := func(p Passage) int { return min(p.Quote.End(), end) - max(p.Quote.Start(), start) }
	for _, p := range s.Passages() {
		o := overlap(p)
		if o <= 0 {
			continue
		}
		if !found || o > overlap(best) || o == overlap(best) && p.Quote.End()-p.Quote.Start() < best.Quote.End()-best.Quote.Start() {
			best, found = p, true
		}
	}
	return best, found
}

// sameSpeaker reports whether two names share their last word, or one stands in the
// other.
func sameSpeaker(a, b string) bool {
	a, b = strings.ToLower(a), strings.ToLower(b)
	last := func(s string) string {
		f := strings.Fields(s)
		return strings.Trim(f[len(f)-1], ".,")
	}
	return a != "" && b != "" && (last(a) == last(b) || strings.Contains(a, b) || strings.Contains(b, a))
}
