package score

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"

	"verbatim/answers"
	"verbatim/corpus"
)

func TestReadClaims(t *testing.T) {
	file := filepath.Join(t.TempDir(), "claims.jsonl")
	for data, want := range map[string]string{
		`{"id": "1", "q": "did she?", "form": "indirect", "verdict": "absent"}` + "\n\n": "",
		`{"id": "1", "q": "did she?", "form": "indirect"}`:                               `line 1: "q", "form" or "verdict" is missing`,
		"\n{": "line 2: ",
	} {
		if err := os.WriteFile(file, []byte(data), 0o600); err != nil {
			t.Fatal(err)
		}
		claims, err := ReadClaims(file)
		if want == "" && (err != nil || len(claims) != 1 || claims[0].Verdict != answers.Absent) {
			t.Errorf("%q: %v, %v", data, claims, err)
		}
		if want != "" && (err == nil || !strings.Contains(err.Error(), want)) {
			t.Errorf("%q: %v, want %q", data, err, want)
		}
	}
	if _, err := ReadClaims(file + "x"); err == nil {
		t.Error("a file that is not there is read")
	}
}

// scripted gives the same answer to everything.
type scripted answers.Answer

func (s scripted) Ask(answers.Question) answers.Answer { return answers.Answer(s) }

func TestRunClaims(t *testing.T) {
	c, err := corpus.Load(fstest.MapFS{"pool/article.txt": {Data: []byte("“The water is much too cold for children,” Ruth Adler said.\nThe pool is open in the morning and at night.\n")}})
	if err != nil {
		t.Fatal(err)
	}
	passages := c.Sources()[0].Passages()
	said, own := passages[:1], passages[len(passages)-1:]
	const cold, open = "The water is much too cold", "The pool is open in the morning"
	for _, tt := range []struct {
		name   string
		claim  Claim
		answer answers.Answer
		right  bool
	}{
		{"the verdict and the evidence", Claim{Form: "quote", Verdict: answers.Exact, Evidence: []string{cold}}, answers.Answer{Kind: answers.Verdict, Finding: answers.Exact, Quotes: said}, true},
		{"another verdict", Claim{Form: "quote", Verdict: answers.Exact, Evidence: []string{cold}}, answers.Answer{Kind: answers.Verdict, Finding: answers.Misattributed, Quotes: said}, false},
		{"another passage", Claim{Form: "quote", Verdict: answers.Exact, Evidence: []string{open}}, answers.Answer{Kind: answers.Verdict, Finding: answers.Exact, Quotes: said}, false},
		{"absent", Claim{Form: "indirect", Verdict: answers.Absent}, answers.Answer{Kind: answers.Verdict, Finding: answers.Absent}, true},
		{"declined", Claim{Form: "indirect", Verdict: answers.Absent}, answers.Answer{Kind: answers.NotCovered}, true},
		{"an answer is no verdict", Claim{Form: "indirect", Verdict: answers.Supported, Evidence: []string{open}}, answers.Answer{Kind: answers.Quote, Quotes: own}, false},
		{"who, with the surname", Claim{Form: "who", Verdict: answers.Supported, Speaker: "Ruth Adler", Evidence: []string{cold}}, answers.Answer{Kind: answers.Quote, Quotes: said}, true},
		{"who, of somebody else", Claim{Form: "who", Verdict: answers.Supported, Speaker: "Tom Beck", Evidence: []string{cold}}, answers.Answer{Kind: answers.Verdict, Finding: answers.Exact, Quotes: said}, false},
		{"who, the article's own", Claim{Form: "who", Verdict: answers.Supported, Speaker: "article", Evidence: []string{open}}, answers.Answer{Kind: answers.Quote, Quotes: own}, true},
	} {
		called := false
		got := RunClaims([]Claim{tt.claim}, scripted(tt.answer), func(_ Claim, _ answers.Answer, right bool) { called = right == tt.right })
		sum := got.Plus(Claims{})
		if n := sum.Quote.Count + sum.Indirect.Count + sum.Who.Count; !called || n != one(tt.right) || sum.Quote.All+sum.Indirect.All+sum.Who.All != 1 || len(sum.Confusion) != 1 {
			t.Errorf("%s: %+v, want right: %v", tt.name, sum, tt.right)
		}
	}
	wrongly := RunClaims([]Claim{{Form: "quote", Verdict: answers.Exact}}, scripted{Kind: answers.Verdict, Finding: answers.Misattributed}, nil)
	if wrongly.TrueQuotes != (Share{1, 1}) {
		t.Errorf("a true quote that was called misattributed is counted as %v", wrongly.TrueQuotes)
	}
}

func one(b bool) int {
	if b {
		return 1
	}
	return 0
}
