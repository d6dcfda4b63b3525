package draft

import (
	"flag"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"verbatim/corpus"
)

// sample writes testdata/judged.tsv anew: questions to be judged by hand, with those that
// were judged before.
var sample = flag.Bool("sample", false, "choose the questions of testdata/judged.tsv anew")

// judgedTexts are ten public texts of different kinds that no rule was written with; where
// they are from, and their licences, is in testdata/judged/sources.tsv.
var judgedTexts = []string{"wn-bonner", "wn-barry", "wn-airasia", "wn-arrests", "dg-switchboard", "dg-innovators", "dg-medlineplus",
	"18f-design-speakers", "18f-automating", "soc-societies"}

const judgedQuestions = 100

// judgement is a drafted question with what somebody who read the text says of it: good is
// correct English that its passage answers.
type judgement struct{ text, sentence, question, verdict string }

// judgements reads a file of them.
func judgements(t *testing.T, file string) []judgement {
	t.Helper()
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	var out []judgement
	for line := range strings.Lines(string(data)) {
		f := strings.Split(strings.TrimSuffix(line, "\n"), "\t")
		if len(f) != 4 {
			t.Fatalf("%s: %q has %d columns, not 4", file, line, len(f))
		}
		out = append(out, judgement{f[0], f[1], f[2], f[3]})
	}
	return out
}

// textOf reads a text that questions were judged of.
func textOf(t *testing.T, name string) string {
	t.Helper()
	data, err := os.ReadFile(filepath.Join("testdata", "judged", name+".txt"))
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

// draftedOf drafts the questions of a text, each with the sentence that it was made of.
func draftedOf(t *testing.T, name string) []judgement {
	t.Helper()
	source, err := corpus.Read(name, textOf(t, name))
	if err != nil {
		t.Fatal(name, err)
	}
	var out []judgement
	for _, in := range intents(source) {
		id := ""
		for _, p := range source.Passages() {
			if p.Quote.Start() == in.start {
				id = p.ID
			}
		}
		for _, q := range in.questions {
			out = append(out, judgement{text: name, sentence: id, question: q})
		}
	}
	return out
}

// TestJudged holds what somebody said of drafted questions who read the texts: of a hundred
// that were chosen blindly at least 95 are good, most of those are still drafted, and what
// was refused before is not drafted again.
func TestJudged(t *testing.T) {
	if *sample {
		chooseAnew(t)
	}
	drafted := map[string]map[string]bool{}
	for _, name := range judgedTexts {
		drafted[name] = map[string]bool{}
		for _, d := range draftedOf(t, name) {
			drafted[name][d.question] = true
		}
	}
	judged := judgements(t, "testdata/judged.tsv")
	good, still := 0, 0
	for _, j := range judged {
		switch j.verdict {
		case "good":
			good++
			if drafted[j.text][j.question] {
				still++
			}
		case "bad":
		default:
			t.Errorf("%s: %q is judged %q", j.text, j.question, j.verdict)
		}
	}
	if len(judged) != judgedQuestions || good < 95 {
		t.Errorf("%d of %d questions are good; want 95 of %d", good, len(judged), judgedQuestions)
	}
	if 2*still < good {
		t.Errorf("only %d of %d questions that were judged good are still drafted: choose anew (-sample) and judge those", still, good)
	}
	for _, j := range judgements(t, "testdata/refused.tsv") {
		if drafted[j.text] == nil {
			t.Errorf("%s: %q is of a text that is not judged", j.text, j.question)
		} else if drafted[j.text][j.question] {
			t.Errorf("%s: %q was refused and is drafted again", j.text, j.question)
		}
	}
}

// chooseAnew writes the questions to judge.
func chooseAnew(t *testing.T) {
	verdicts := map[judgement]string{}
	for _, j := range judgements(t, "testdata/judged.tsv") {
		verdicts[judgement{text: j.text, question: j.question}] = j.verdict
	}
	var all []judgement
	for _, name := range judgedTexts {
		all = append(all, draftedOf(t, name)...)
	}
	chosen := rand.New(rand.NewPCG(14, 2)).Perm(len(all))[:judgedQuestions]
	slices.Sort(chosen)
	var b strings.Builder
	for _, i := range chosen {
		j := all[i]
		fmt.Fprintf(&b, "%s\t%s\t%s\t%s\n", j.text, j.sentence, j.question, verdicts[judgement{text: j.text, question: j.question}])
	}
	if err := os.WriteFile("testdata/judged.tsv", []byte(b.String()), 0o644); err != nil {
		t.Fatal(err)
	}
}
