package draft

import (
	"bytes"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"verbatim/corpus"
	"verbatim/corpus/words"
)

var update = flag.Bool("update", false, "write the golden files anew")

// TestGolden compares drafts with testdata/*.yaml; the texts stand beside them.
func TestGolden(t *testing.T) {
	files, err := filepath.Glob("testdata/*.txt")
	if err != nil || len(files) == 0 {
		t.Fatal("no texts in testdata", err)
	}
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		got, err := Draft(string(text))
		if err != nil {
			t.Fatalf("%s: %v", file, err)
		}
		golden := strings.TrimSuffix(file, ".txt") + ".yaml"
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

// drafted drafts a text and loads the draft.
func drafted(t testing.TB, text string) *corpus.Source {
	t.Helper()
	out, err := Draft(text)
	if err != nil {
		t.Fatalf("%q: %v", text, err)
	}
	again, err := Draft(text)
	if err != nil || !bytes.Equal(out, again) {
		t.Fatalf("%q: a second draft differs (%v)", text, err)
	}
	s, err := corpus.ReadCurated("s", text, out)
	if err != nil {
		t.Fatalf("%q: %v\n%s", text, err, out)
	}
	return s
}

// covered fails unless every sentence of a source is inside a passage.
func covered(t testing.TB, s *corpus.Source) {
	t.Helper()
	for _, p := range s.Paragraphs() {
		for _, sentence := range words.Sentences(p.Text()) {
			start, end := p.Start()+sentence.Start, p.Start()+sentence.End
			in := false
			for _, q := range s.Passages() {
				in = in || q.Quote.Start() <= start && end <= q.Quote.End()
			}
			if !in {
				t.Errorf("%q: no passage holds the sentence %q", s.Text(), s.Text()[start:end])
			}
		}
	}
}

var awkward = []string{
	"One sentence.",
	"no punctuation at all",
	"A heading\r\n\r\nTrains are late.\r\nThey were built in 1880.\r\n",
	"Yes. Yes. Yes.",
	"Yes.\nNo.\nYes. Yes, it is.",
	"It rains. It rains. It pours. It rains.",
	"aaa aaa aaa\naaa",
	"“We won,” Ann Lee said. “We won,” Ann Lee said.",
	"- not a list\n# not a comment\n--- not a document\n{not: a map}\n[no, list]\n",
	"key: value # comment\n'single' \"double\" \\ back\n!tag &anchor *alias %directive @at `tick`",
	"  Two  spaces   stand here and there is a long  run  of words with them so that it must be folded  at  some  place.  \n",
	"\ufeffA mark stands first.\nNothing else.",
	"Zero\x00byte, bell\x07, escape\x1b, next\u0085line, wide\u2028break, tab\there.",
	"true\nnull\nno\n~\n1e5\n0x10\n2020-01-01\n",
	"東京は日本の首都です。人口は約1400万人です。",
	"\u200b\n.\n?\n!!!\n…",
	"🚂 trains 🚂 are late. 👩‍👩‍👧 family.",
	strings.Repeat("word ", 5000),
	"A" + strings.Repeat("x", 3000) + ".",
	strings.Repeat("The same sentence. ", 300),
	"Photo: Ann Lee\nBy Bo Chan\nShare on Facebook\nTrains are late because the rails are old.\nWe use cookies to improve the site.\nNo comments\n",
}

func TestAwkwardTexts(t *testing.T) {
	for _, text := range awkward {
		covered(t, drafted(t, text))
	}
}

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
		s := drafted(t, string(data))
		covered(t, s)
		for _, w := range s.Review() {
			t.Errorf("%s: %v", file, w)
		}
	}
}

func TestErrors(t *testing.T) {
	for _, tt := range []struct{ text, want string }{
		{"", "it has no text"},
		{" \n\t\r\n", "it has no text"},
		{"a\xffb", "not UTF-8 at byte 1"},
		{strings.Repeat("a", 5<<20), "it has 5242880 bytes; a draft is for at most 400000"},
		{strings.Repeat("It is. ", MaxSentences+1), "it has 3001 sentences; a draft is for at most 3000"},
	} {
		if _, err := Draft(tt.text); err == nil || !strings.Contains(err.Error(), tt.want) {
			t.Errorf("the error is %v, want %q", err, tt.want)
		}
	}
}

func TestQuoted(t *testing.T) {
	long := strings.Repeat("word ", 40) + "end"
	for _, tt := range []struct{ v, want string }{
		{`a "b" \c`, `"a \"b\" \\c"`},
		{"a\tb\nc\x00\u00a0\u2028\U000e0001", `"a\tb\nc\x00\xa0\u2028\U000e0001"`},
	} {
		if got := quoted(tt.v, 0, 2); got != tt.want {
			t.Errorf("quoted(%q) is %s, want %s", tt.v, got, tt.want)
		}
	}
	for line := range strings.Lines(quoted(long, 0, 4)) {
		if len(line) > width+1 {
			t.Errorf("a line of %d characters: %s", len(line), line)
		}
	}
}

func TestInfinitive(t *testing.T) {
	for verb, want := range map[string]string{
		"moved": "move", "visited": "visit", "carried": "carry", "stopped": "stop", "wrote": "write", "founded": "found", "produced": "produce",
		"opened": "open", "obtained": "obtain", "played": "play", "created": "create", "treated": "treat", "passed": "pass", "agreed": "",
		"hundred": "", "red": "", "table": "",
	} {
		if got, _ := infinitive(verb); got != want {
			t.Errorf("infinitive(%q) is %q, want %q", verb, got, want)
		}
	}
}

func TestQuestions(t *testing.T) {
	for _, tt := range []struct{ text, want string }{
		{"Ann Lee moved to Prague in 1880.", "when did Ann Lee move to Prague?"},
		{"Ann Lee moved to Prague in 1880.", "where did Ann Lee move in 1880?"},
		{"Ann Lee moved to Prague in 1880.", "who moved to Prague in 1880?"},
		{"Ann Lee moved to Prague. She founded a museum there.", "what did Ann Lee found?"},
		{"The team won 12 medals in 1908.", "how many medals did the team win in 1908?"},
		{"The bridge was built by Bo Chan in 1902.", "who was the bridge built by in 1902?"},
		{"The closed model is often more secure because its code is not public.", "why is the closed model often more secure?"},
		{"“Trains are the future of Wexmouth,” Ann Lee said.", "what did Lee say about Wexmouth?"},
		{"“Trains are the future of Wexmouth,” Ann Lee said.", "who said “Trains are the future of Wexmouth”?"},
	} {
		var all []string
		for _, in := range drafted(t, tt.text).Intents() {
			all = append(all, in.Utterances...)
			if !in.Drafted {
				t.Errorf("%q: the intent %s is not marked for review", tt.text, in.ID)
			}
		}
		if !contains(all, tt.want) {
			t.Errorf("%q: no %q in\n%s", tt.text, tt.want, strings.Join(all, "\n"))
		}
	}
}

func contains(list []string, s string) bool {
	for _, v := range list {
		if v == s {
			return true
		}
	}
	return false
}

// FuzzDraft drafts any text: it is an error, or the draft loads, is the same each
// time and leaves no sentence out.
func FuzzDraft(f *testing.F) {
	for _, text := range awkward[:len(awkward)-5] {
		f.Add(text)
	}
	f.Add("Ann Lee (born 10 July 1856) said: “It is late.” She founded the National Train League (NTL) in 1880 because she liked $5 tickets and 12% off.")
	f.Fuzz(func(t *testing.T, text string) {
		if _, err := Draft(text); err != nil {
			if strings.Contains(err.Error(), "fault of this program") {
				t.Fatalf("%q: %v", text, err)
			}
			return
		}
		covered(t, drafted(t, text))
	})
}
