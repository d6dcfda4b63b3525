package retrieval

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"

	"verbatim/corpus"
)

// A sample is one text of testdata/questions with what is asked about it.
type sample struct {
	name      string
	passages  []*corpus.Passage
	questions []asked
}

// pointers returns where passages lie.
func pointers(passages []corpus.Passage) []*corpus.Passage {
	out := make([]*corpus.Passage, len(passages))
	for i := range passages {
		out[i] = &passages[i]
	}
	return out
}

type asked struct {
	text  string
	words string       // of the passage that answers
	gold  map[int]bool // indexes of the passages that answer
}

// samples reads testdata/questions. A file holds a text and, after each
// paragraph, the questions that it answers: “? question | words of the sentence
// that answers”.
func samples(t testing.TB) []*sample {
	t.Helper()
	files, err := filepath.Glob("testdata/questions/*.txt")
	if err != nil || len(files) == 0 {
		t.Fatal("no files in testdata/questions", err)
	}
	var out []*sample
	fsys := fstest.MapFS{}
	for _, file := range files {
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		s := &sample{name: strings.TrimSuffix(filepath.Base(file), ".txt")}
		var text strings.Builder
		for line := range strings.Lines(string(data)) {
			if q, ok := strings.CutPrefix(line, "? "); ok {
				question, answer, ok := strings.Cut(strings.TrimSpace(q), " | ")
				if !ok {
					t.Fatalf("%s: %q has no answer", file, line)
				}
				s.questions = append(s.questions, asked{text: question, words: answer})
				continue
			}
			text.WriteString(line)
		}
		fsys[s.name+"/article.txt"] = &fstest.MapFile{Data: []byte(text.String())}
		out = append(out, s)
	}
	c, err := corpus.Load(fsys)
	if err != nil {
		t.Fatal(err)
	}
	for i, src := range c.Sources() {
		s := out[i]
		s.passages = pointers(src.Passages())
		for k := range s.questions {
			q := &s.questions[k]
			q.gold = map[int]bool{}
			sentences := 0
			for j, p := range s.passages {
				if strings.Contains(p.Quote.Text(), q.words) {
					q.gold[j] = true
					if strings.Contains(p.ID, "s") {
						sentences++
					}
				}
			}
			if sentences != 1 {
				t.Errorf("%s: %q: %q is in %d sentences", s.name, q.text, q.words, sentences)
			}
		}
	}
	return out
}
