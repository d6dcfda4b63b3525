package answers

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"
)

// settledPairs are pairs of statements or questions for a yes or a no about one sentence of a
// short text, one of which it bears out and one it contradicts, alike in wording and length.
func settledPairs(t *testing.T, each func(e *Engine, text string, holds bool)) {
	t.Helper()
	files, err := filepath.Glob("testdata/settled/*.txt")
	if err != nil || len(files) == 0 {
		t.Fatal("no pairs", err)
	}
	for _, name := range files {
		data, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		text, pairs, _ := strings.Cut(string(data), "\n\n")
		e := engineOn(t, fstest.MapFS{"text/article.txt": {Data: []byte(text + "\n")}})
		for line := range strings.Lines(pairs) {
			each(e, strings.TrimSpace(line[2:]), line[0] == '+')
		}
	}
}

// A short question is told to be contradicted only where it is: close wording is no contradiction.
func TestSettled(t *testing.T) {
	var all, right, holding, denied, told int
	settledPairs(t, func(e *Engine, text string, holds bool) {
		a := e.Ask(Question{Text: text})
		all++
		holding += one(holds)
		contradicted := a.Kind == Verdict && (a.Finding == Contradicted || a.Finding == Altered)
		denied += one(contradicted && holds)
		told += one(contradicted)
		good := contradicted == !holds && len(a.Quotes) > 0
		right += one(good)
		if !good {
			t.Logf("%v %q: %s %s %q", holds, text, a.Kind, a.Finding, firstQuote(a))
		}
	})
	t.Logf("%d of %d right; told to be contradicted %d, of them wrongly %d of %d that hold", right, all, told, denied, holding)
	if 100*right < 60*all || 100*denied > 30*holding { // at chance half of each are
		t.Errorf("%d of %d right, %d of %d true ones denied", right, all, denied, holding)
	}
}

func firstQuote(a Answer) string {
	if len(a.Quotes) == 0 {
		return ""
	}
	return a.Quotes[0].Quote.Text()
}
