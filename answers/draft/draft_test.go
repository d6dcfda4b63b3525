package draft

import (
	"bytes"
	"errors"
	"flag"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"verbatim/corpus"
)

var update = flag.Bool("update", false, "write the golden files anew")

// source reads a text that nobody curated.
func source(t testing.TB, text string) *corpus.Source {
	t.Helper()
	s, err := corpus.Read("s", text)
	if err != nil {
		t.Fatalf("%q: %v", text, err)
	}
	return s
}

// TestGolden compares drafts with testdata/*.yaml; the texts stand beside them.
func TestGolden(t *testing.T) {
	for _, name := range []string{"trains", "library"} {
		text, err := os.ReadFile(filepath.Join("testdata", name+".txt"))
		if err != nil {
			t.Fatal(err)
		}
		got, err := Draft(source(t, string(text)))
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		golden := filepath.Join("testdata", name+".yaml")
		if *update {
			if err := os.WriteFile(golden, got, 0o644); err != nil {
				t.Fatal(err)
			}
		}
		want, err := os.ReadFile(golden)
		if err != nil {
			t.Fatal(err)
		}
		if d := cmp.Diff(string(want), string(got)); d != "" {
			t.Errorf("%s (-want +got):\n%s", golden, d)
		}
	}
}

var awkward = []string{
	"The rail is a thing.\x00\u0085\u2028\u00a0 The rail\tis a bar of steel\\ with “\"marks\"”.",
	"The Rail: is a thing. # The Rail is a bar of 'steel'.",
	"Yes. Yes. Yes.\nThe end is a beginning. The end is a beginning.",
	"\ufeffWhat is it?\nIt is a test.\nWho did it?\nNobody did.\nWhen?\nOn 3 May.\n",
	"1. What is a rail?\n  A bar: of steel # here.\nQ: Is it long?\nA: Yes.\nQ2. How long is it?\nA2. Ten metres.",
	"true\nnull\nA true is a null.\nA yes (YES) is a sign: of # it.",
	"東京は日本の首都です。人口は約1400万人です。",
	"A 🚂 is a train. A train is a 🚂.",
	strings.Repeat("The same sentence is a sentence. ", 300),
	"A" + strings.Repeat("x", 3000) + ".",
}

// check drafts a text: it is an error, or the same bytes each time, which load.
func check(t testing.TB, text string) *corpus.Source {
	t.Helper()
	s, err := corpus.Read("s", text)
	if err != nil {
		return nil
	}
	out, err := Draft(s)
	if errors.Is(err, ErrNothing) {
		return nil
	}
	if err != nil {
		t.Fatalf("%q: %v", text, err)
	}
	if again, err := Draft(s); err != nil || !bytes.Equal(out, again) {
		t.Fatalf("%q: a second draft differs (%v)", text, err)
	}
	curated, err := corpus.ReadCurated("s", text, out)
	if err != nil {
		t.Fatalf("%q: %v\n%s", text, err, out)
	}
	return curated
}

func TestAwkwardTexts(t *testing.T) {
	some := 0
	for _, text := range awkward {
		if check(t, text) != nil {
			some++
		}
	}
	if some < 4 {
		t.Errorf("only %d texts have a draft", some)
	}
}

// FuzzDraft drafts any text.
func FuzzDraft(f *testing.F) {
	for _, text := range awkward[:len(awkward)-2] {
		f.Add(text)
	}
	f.Add("Ann Lee, a pilot, said: “The bridge is late.” In 1880, the National Train League (NTL) had $5 tickets and 12 clubs because people came.")
	f.Fuzz(func(t *testing.T, text string) { check(t, text) })
}

// TestDraftsHaveNoWarnings drafts real texts: few intents with three to five questions
// each, and nothing that bot check warns of.
func TestDraftsHaveNoWarnings(t *testing.T) {
	files, err := filepath.Glob("../retrieval/testdata/questions/*.txt")
	if err != nil || len(files) == 0 {
		t.Fatal("no texts", err)
	}
	for _, file := range files {
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		s := check(t, string(data))
		if s == nil {
			continue
		}
		for _, w := range s.Review() {
			t.Errorf("%s: %v", file, w)
		}
		if n := len(s.Intents()); n > mostIntents {
			t.Errorf("%s: %d intents", file, n)
		}
		for _, in := range s.Intents() {
			if n := len(in.Utterances); n < leastQuestions || n > mostQuestions {
				t.Errorf("%s: the intent %s has %d questions", file, in.ID, n)
			}
		}
	}
}

func TestErrors(t *testing.T) {
	if _, err := Draft(source(t, strings.Repeat("a ", MaxText))); err == nil || !strings.Contains(err.Error(), "800000 bytes; a draft is for at most 400000") {
		t.Errorf("a long text: %v", err)
	}
	if _, err := Draft(source(t, "He was there. Perhaps.")); !errors.Is(err, ErrNothing) {
		t.Errorf("a text that nothing can be asked of: %v", err)
	}
}

func TestVerbs(t *testing.T) {
	for form, want := range map[string]string{
		"moved": "move", "visited": "visit", "carried": "carry", "stopped": "stop", "wrote": "write", "founded": "found", "found": "find",
		"played": "play", "opened": "open", "referred": "refer", "table": "",
	} {
		if past[form] != want {
			t.Errorf("the infinitive of %q is %q, want %q", form, past[form], want)
		}
	}
	for form, want := range map[string]string{"carries": "carry", "passes": "", "reaches": "", "goes": "go", "has": "have", "plans": ""} {
		if present[form] != want {
			t.Errorf("the infinitive of %q is %q, want %q", form, present[form], want)
		}
	}
}

func TestQuestions(t *testing.T) {
	for _, tt := range []struct{ text, want string }{
		{"In 1880, Ann Lee moved to Prague.", "When did Ann Lee move to Prague?"},
		{"In 1880, Ann Lee moved to Prague.", "Where did Ann Lee move?"},
		{"The bridge was built by the town in May 1902.", "When was the bridge built by the town?"},
		{"The museum will open on 4 July 2027.", "On what date will the museum open?"},
		{"The team won 12 medals in 1908.", "How many medals did the team win in 1908?"},
		{"The open model is often more secure because its code is public.", "Why is the open model often more secure?"},
		{"A permit is a paper that the town gives.", "What is a permit?"},
		{"The castle is located in Wales.", "Where is the castle located?"},
		{"It rained. Ann Lee, a pilot from Wales, said that it would. Ann Lee laughed. “No,” said Ann Lee.", "Who is Ann Lee?"},
		{"The National Train League (NTL) counted the trains.", "What does NTL stand for?"},
		{"“The roof will outlast the council,” Ann Lee said. It is a roof of lead. No roof leaks less.", "What did Ann Lee say about the roof?"},
		{"Ann Lee is a pilot. Ann Lee said that the roof will outlast the council. It is a roof of lead. No roof leaks less.", "What has Ann Lee said about the roof?"},
		{"The old station is closed on Sundays and Mondays.", "Is the old station closed on Sundays and Mondays?"},
	} {
		if got := drafts(t, tt.text); !slices.Contains(got, tt.want) {
			t.Errorf("%q: no %q in\n%s", tt.text, tt.want, strings.Join(got, "\n"))
		}
	}
}

// drafts returns all questions that are drafted of a text.
func drafts(t *testing.T, text string) (out []string) {
	for _, in := range intents(source(t, text)) {
		out = append(out, in.questions...)
	}
	return out
}

// TestNotAsked: sentences that cannot be asked about without more are left out.
func TestNotAsked(t *testing.T) {
	for _, text := range []string{
		"She founded a museum there in 1880.",
		"The house built in 1880 was sold by the owner.",
		"The crowd asked to leave.",
		"The show produced by Lee was late.",
		"If it rains, the match is a draw.",
		"A man was the first.",
		"The second is a house.",
		"Sweden had higher hopes.",
	} {
		if got := drafts(t, text); len(got) > 0 {
			t.Errorf("%q: %q", text, got)
		}
	}
}

// TestPairs: questions that are followed by their answers become intents as they stand.
func TestPairs(t *testing.T) {
	type pair struct{ question, answer string }
	for _, tt := range []struct {
		name, text string
		want       []pair
	}{
		{"three lines with answers", "Who are we?\nA club.\nWhere do you meet?\nIn the old mill. Every week.\nWhat does it cost?\nNothing.\n",
			[]pair{{"Who are we?", "A club."}, {"Where do you meet?", "In the old mill. Every week."}, {"What does it cost?", "Nothing."}}},
		{"marked", "Q: Who are we?\nA: A club of people who mend what is broken.\nQ2. Where do you meet?\nA2. In the old mill beside the river, every week.\n3. What does it cost?\nNothing at all, and donations are welcome.",
			[]pair{{"Who are we?", "A club of people who mend what is broken."}, {"Where do you meet?", "In the old mill beside the river, every week."}, {"What does it cost?", "Nothing at all, and donations are welcome."}}},
		{"too few to tell", "Who are we?\nA club.\n", nil},
		{"an interview", "Who are you?\nI am Ann.\nWhere do you live?\nI’m from Wales.\nWhy?\nMy mother was.\n", nil},
		{"a heading behind an answer", "Who are we?\nA club.\nWhere do you meet?\nIn the mill.\nFares and times\nWhat does it cost?\nNothing at all, as the town pays for all of it.\n",
			[]pair{{"Who are we?", "A club."}, {"Where do you meet?", "In the mill."}, {"What does it cost?", "Nothing at all, as the town pays for all of it."}}},
		{"a heading for an answer", "Who are we?\nA club.\nWhere do you meet?\nIn the mill.\nWhat does it cost?\nFares and times\nWhen?\nAt noon.\n",
			[]pair{{"Who are we?", "A club."}, {"Where do you meet?", "In the mill."}, {"When?", "At noon."}}},
		{"an answer that goes on", "Who are we?\nA club.\nWhere do you meet?\nIn one of the three places that are listed below.\nThe old mill\nThe new mill\nWhat does it cost?\nNothing.\n",
			[]pair{{"Who are we?", "A club."}, {"Where do you meet?", "In one of the three places that are listed below.\nThe old mill\nThe new mill"}, {"What does it cost?", "Nothing."}}},
		{"an article that asks here and there", "Who are we?\nA club.\nWhere do you meet?\nIn the mill.\nWhat does it cost?\nNothing.\n" + strings.Repeat("The mill stands beside the river.\n", 20), nil},
		{"people with names", "Who are you?\nAnn Lee: A pilot.\nWhere do you live?\nAnn Lee: In Wales.\nWhy?\nAnn Lee: Nobody knows.\n", nil},
	} {
		var got []pair
		for _, in := range pairsOf(source(t, tt.text)) {
			got = append(got, pair{in.questions[0], in.quote})
		}
		if !slices.Equal(got, tt.want) {
			t.Errorf("%s: %q; want %q", tt.name, got, tt.want)
		}
	}
	headed, err := corpus.ReadDescribed("s", "Fares\nWhat does it cost?\nNothing, as the club pays for it.\nFor that it has a box.", corpus.Description{Structure: corpus.Structure{Headings: []string{"What does it cost?"}}})
	if err != nil {
		t.Fatal(err)
	}
	captioned, err := corpus.ReadDescribed("s", "A picture of it\nIs it free?\nYes, it is free for everybody who comes here.\nIs it really free?\nYes, it is free for everybody who comes here.",
		corpus.Description{Structure: corpus.Structure{Headings: []string{"Is it free?"}, Furniture: []string{"A picture of it"}}})
	if err != nil {
		t.Fatal(err)
	}
	if out, err := Draft(captioned); err != nil || !strings.Contains(string(out), "paragraph: 4") {
		t.Errorf("the same answer to two questions, behind a caption: %v\n%s", err, out)
	}
	if got := pairsOf(headed); len(got) != 1 || got[0].quote != "Nothing, as the club pays for it.\nFor that it has a box." || !got[0].own {
		t.Errorf("one that is a heading: %+v", got)
	}
}
