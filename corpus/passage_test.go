package corpus

import (
	"testing"
	"testing/fstest"
)

// TestSpoken: only somebody's own words may look like a quotation.
func TestSpoken(t *testing.T) {
	c, err := Load(fstest.MapFS{
		"s/article.txt": {Data: []byte("“We sail,” Rye said. She thanked the crew.\n“A gift,” some said of the boat, which others called a “wreck” then.\n")},
		"s/curation.yaml": {Data: []byte(`passages:
  - {id: sail, quote: "“We sail,”", attribution: direct, speaker: Rye}
  - {id: crew, quote: She thanked the crew., attribution: reported, speaker: Rye}
  - {id: gift, quote: "“A gift,”", attribution: others, speaker: some}
  - {id: wreck, quote: "which others called a “wreck” then.", attribution: others, speaker: others}
  - {id: all, quote: "“A gift,” some said of the boat", attribution: article}
`)},
	})
	if err != nil {
		t.Fatal(err)
	}
	want := map[string]bool{"sail": true, "gift": true}
	for _, p := range c.Sources()[0].Passages() {
		if p.Spoken() != want[p.ID] {
			t.Errorf("%s, %q: spoken %v", p.Attribution, p.Quote.Text(), p.Spoken())
		}
	}
}
