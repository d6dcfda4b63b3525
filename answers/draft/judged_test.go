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

// judgedTexts are ten texts of different kinds: three were written for the tests, the
// others are public ones that are kept beside the project and not in it.
var judgedTexts = []string{"ferry", "workshop", "library", "history-drawbridge", "bio-dvorak", "news-soccer", "press-debut-challenge",
	"textbook-stats", "report-rural-mail", "interview-peres"}

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

// textOf reads a text that questions were judged of; false where it is not there.
func textOf(name string) (string, bool) {
	for _, dir := range []string{"testdata", "../../../shared/reading/texts"} {
		if data, err := os.ReadFile(filepath.Join(dir, name+".txt")); err == nil {
			return string(data), true
		}
	}
	return "", false
}

// draftedOf drafts the questions of a text, each with the sentence that it was made of.
func draftedOf(t *testing.T, name, text string) []judgement {
	t.Helper()
	source, err := corpus.Read(name, text)
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

// TestJudged holds what people said of drafted questions: of a hundred that were chosen
// blindly at least 95 are good, and what was judged bad is not drafted again, nor is what
// an earlier generator wrote.
func TestJudged(t *testing.T) {
	if *sample {
		chooseAnew(t)
	}
	judged := judgements(t, "testdata/judged.tsv")
	good := 0
	for _, j := range judged {
		switch j.verdict {
		case "good":
			good++
		case "bad":
		default:
			t.Errorf("%s: %q is judged %q", j.text, j.question, j.verdict)
		}
	}
	if len(judged) != judgedQuestions || good < 95 {
		t.Errorf("%d of %d questions are good; want 95 of %d", good, len(judged), judgedQuestions)
	}
	all := append(judged, judgements(t, "testdata/refused.tsv")...)
	drafted := map[string]map[string]bool{}
	again, there := 0, 0
	for _, j := range all {
		if drafted[j.text] == nil {
			text, ok := textOf(j.text)
			if !ok {
				continue
			}
			drafted[j.text] = map[string]bool{}
			for _, d := range draftedOf(t, j.text, text) {
				drafted[j.text][strings.ToLower(d.question)] = true
			}
		}
		is := drafted[j.text][strings.ToLower(j.question)]
		if is && j.verdict == "bad" {
			t.Errorf("%s: %q was judged bad and is drafted again", j.text, j.question)
		}
		if j.verdict == "good" {
			there++
			if is {
				again++
			}
		}
	}
	if 2*again < there {
		t.Errorf("only %d of %d questions that were judged good are still drafted: choose anew (-sample) and judge those", again, there)
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
		text, ok := textOf(name)
		if !ok {
			t.Fatalf("the text %s is not here", name)
		}
		all = append(all, draftedOf(t, name, text)...)
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
