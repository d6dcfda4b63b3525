package answers

import (
	"strings"
	"testing"
	"testing/fstest"
)

const quarry = `Quarry stays shut

The quarry will stay shut this winter. Foreman Otto Lind, who has run it for ten years, told the council.

"We will open when the road is mended," said Otto Lind. "Not a day before."

Mayor Greta Holm denied that she had said "the road is fine". She did not say "we have no money" either.

If the baker Ines Falk says "we have bread", there is bread.

"The noise was worse," said Ines Falk, the baker.

Nils Berg said the noise was worse at night. Asked whether he had said "close it for good", Berg laughed.

Hanna Voss met Rita Ek at the gate. "They never wrote to me," she said.

- What about the dust on the road?
`

// What a sentence says of the words in it counts, and a role is that of whom the source gives it.
func TestVerdictsOfQuotations(t *testing.T) {
	e := engineOn(t, fstest.MapFS{"quarry/article.txt": {Data: []byte(quarry)}})
	for _, test := range []struct {
		question string
		finding  Finding
		lead     string // a part of it
	}{
		{"Did Otto Lind say “We will open when the road is mended”?", Exact, "Otto Lind said"},
		{"Did Greta Holm say “the road is fine”?", Contradicted, "not said"},
		{"Who said “the road is fine”?", Contradicted, "not said"},
		{"“we have no money” – Holm", Contradicted, "not said"},
		{"Did Ines Falk say “we have bread”?", Absent, "does not say that anybody said them"},
		{"was it Berg who said “close it for good”?", Absent, "does not say that anybody said them"},
		{"Did the baker say “The noise was worse”?", Exact, "Ines Falk"},
		{"Did the mayor say “The noise was worse”?", Misattributed, "Ines Falk"},
		{"Did the foreman say “Not a day before”?", Exact, "Otto Lind"},
		{"Did the baker say “Not a day before”?", Misattributed, "Otto Lind"},
		{"Did the CEO say “Not a day before”?", Exact, "Otto Lind"}, // whoever that is
		{"Did Berg say “the noise was worse”?", Reported, "reports this"},
		{"Did Holm say “the noise was worse”?", Misattributed, "Falk"},
		{"Did Rita Ek say “They never wrote to me”?", Exact, "leaves open who that is"},
	} {
		a := e.Ask(Question{Text: test.question})
		if a.Finding != test.finding || !strings.Contains(a.Lead, test.lead) {
			t.Errorf("%s: %s, %q", test.question, a.Finding, a.Lead)
		}
		if a.Finding == Absent && len(a.Quotes) > 0 || a.Finding == Absent && len(a.Nearest) == 0 {
			t.Errorf("%s shows %v, and near it %v", test.question, a.Quotes, a.Nearest)
		}
	}
}

// A short question that nearly stands in the text is no quote of it.
func TestShortQuestionIsNoQuote(t *testing.T) {
	e := engineOn(t, fstest.MapFS{"quarry/article.txt": {Data: []byte(quarry)}})
	for _, question := range []string{"what about the dust in the road?", "and the noise was worse when?"} {
		if a := e.Ask(Question{Text: question}); a.Finding == Altered || a.Finding == Exact {
			t.Errorf("%s: %s, %q", question, a.Finding, a.Lead)
		}
	}
}
