package corpus

import (
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"
)

func TestReview(t *testing.T) {
	article := "Trains\n\nTrains are often late. Ann Lee likes trains.\nThe rails are old.\n“I like them,” said Ann Lee. “I do not,” said Tom Berg.\n"
	passage := `passages:
  - {id: late, quote: Trains are often late., attribution: article}
  - {id: lee, quote: Ann Lee likes trains., attribution: article}
  - {id: rails, quote: The rails are old., attribution: article}
`
	for name, tt := range map[string]struct {
		curation string
		want     []string
	}{
		"nothing to say": {
			`furniture: [Trains]
` + passage + `intents:
  - {id: a, passages: [late], utterances: [are trains late, how late r u, how late are you]}
  - {id: b, passages: [lee], utterances: [who likes trains]}
  - {id: c, not_covered: true, nearest: [rails], utterances: [who laid the rails]}
`, nil},
		"utterances that stand twice": {
			`furniture: [Trains]
` + passage + `intents:
  - id: a
    passages: [late]
    utterances:
      - are trains late?
      - Are trains late?
  - id: b
    passages: [lee]
    utterances:
      - who likes trains
      - are trains late
`, []string{
				`s/curation.yaml:11: intent "a" has the utterance "Are trains late?" twice`,
				`s/curation.yaml:16: the utterance "are trains late" is in two intents: "b" and "a" (line 10)`,
			}},
		"intents that overlap": {
			`furniture: [Trains]
` + passage + `intents:
  - {id: a, passages: [late], utterances: [are trains late, is a train late, why late trains]}
  - {id: b, passages: [rails], utterances: [late are trains, is late a train, trains late why, old rails]}
  - {id: c, passages: [late], utterances: [trains are late, a train is late, why trains late]}
`, []string{
				`s/curation.yaml:8: intents "b" and "a" (line 7) overlap: 3 utterances use the same words; join them, or tell them apart`,
				`s/curation.yaml:9: intents "c" and "b" (line 8) overlap: 3 utterances use the same words; join them, or tell them apart`,
				`s/curation.yaml:9: intents "c" and "a" (line 7) have the same passages and nothing that tells them apart; join them`,
			}},
		"intents that are one": {
			`furniture: [Trains]
` + passage + `intents:
  - {id: a, passages: [late], utterances: [are trains late]}
  - {id: b, passages: [late], utterances: [do they come on time]}
  - {id: c, passages: [late], asks: reason, utterances: [why do they come late]}
`, []string{
				`s/curation.yaml:8: intents "b" and "a" (line 7) have the same passages and nothing that tells them apart; join them`,
			}},
		"passages that the text credits otherwise": {
			`furniture: [Trains]
passages:
  - {id: tom, quote: "“I like them,”", attribution: direct, speaker: Tom Berg}
  - {id: ann, quote: "“I do not,”", attribution: direct, speaker: Berg}
  - {id: own, quote: "“I like them,”", attribution: article}
  - {id: said, quote: The rails are old., attribution: direct, speaker: Tom Berg}
  - {id: right, quote: "“I like them,”", attribution: direct, speaker: Lee}
`, []string{
				`s/curation.yaml:3: passage "tom" is credited to Tom Berg, and in article.txt to Ann Lee`,
				`s/curation.yaml:5: passage "own" is the article's own, and article.txt has it as words of Ann Lee`,
				`s/curation.yaml:6: passage "said" is direct, and article.txt does not have it as words that somebody spoke`,
			}},
		"a foreign name that the text has": {
			`furniture: [Trains]
foreign: [Boeing, ann lee]
` + passage,
			[]string{`s/curation.yaml:1: foreign: "ann lee" does occur in article.txt`}},
	} {
		t.Run(name, func(t *testing.T) {
			c, err := Load(fstest.MapFS{"s/article.txt": {Data: []byte(article)}, "s/curation.yaml": {Data: []byte(tt.curation)}})
			if err != nil {
				t.Fatal(err)
			}
			var got []string
			for _, w := range c.Sources()[0].Review() {
				got = append(got, w.String())
			}
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Error(diff)
			}
		})
	}
	s, err := Read("s", article)
	if err != nil {
		t.Fatal(err)
	}
	if w := s.Review(); w != nil {
		t.Errorf("a source that nobody curated gets warnings: %v", w)
	}
}
