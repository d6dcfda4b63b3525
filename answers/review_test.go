package answers

import (
	"strings"
	"testing"
	"testing/fstest"
)

// TestReview: what lies nearer to another intent's passage is told, and what the text says
// though its curator says it does not; what is right is not.
func TestReview(t *testing.T) {
	e := engineOn(t, fstest.MapFS{
		"mill/article.txt": {Data: []byte("The mill on the Ask\nThe mill was built in 1742 by Peder Holm.\nVisitors pay 40 kroner, and children get in for nothing.\nThe sails were renewed in 2019.\n")},
		"mill/curation.yaml": {Data: []byte(`
passages:
  - {id: built, quote: The mill was built in 1742 by Peder Holm., attribution: article}
  - {id: price, quote: "Visitors pay 40 kroner, and children get in for nothing.", attribution: article}
intents:
  - id: built
    passages: [built]
    utterances: [when was the mill built?, who built the mill?, what do visitors pay?]
  - {id: price, passages: [price], utterances: [how much do visitors pay?, what do children pay?]}
  - {id: sails, not_covered: true, utterances: [when were the sails renewed?, in which year were the sails renewed?]}
  - {id: owner, not_covered: true, utterances: [who owns the mill today?, what is the name of the owner?]}
  - {id: hello, chat: greeting, utterances: [hello]}
`)},
	})
	var steps counter
	found, err := e.Review(t.Context(), e.corpus.Sources()[0], &steps)
	if err != nil {
		t.Fatal(err)
	}
	want := []string{
		`:6: intent "built": of the 3 utterances that were asked 1 lie nearer to the passage of "price" (line 9), such as "what do visitors pay?"`,
		`:10: intent "sails" is not covered, and ¶ 4 seems to answer 2 of the 2 utterances that were asked, such as "when were the sails renewed?": "The sails were renewed in 2019."`,
	}
	if len(found) != len(want) {
		t.Errorf("%d warnings, want %d: %v", len(found), len(want), found)
	}
	for i := range min(len(found), len(want)) {
		if got := strings.TrimPrefix(found[i].String(), "mill/curation.yaml"); got != want[i] {
			t.Errorf("warning %s, want %s", got, want[i])
		}
	}
	if steps != 4 {
		t.Errorf("it tells of %d intents, and there are 4 that can be asked", steps)
	}
}

// counter counts parts of work.
type counter int

func (c *counter) Begin(string, int) {}
func (c *counter) Did()              { *c++ }
