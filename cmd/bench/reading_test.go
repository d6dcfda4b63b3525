package main

import (
	"bytes"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// write makes a file of lines in a folder, which is made as well.
func write(t *testing.T, file string, lines ...string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(file, []byte(strings.Join(lines, "\n")+"\n"), 0o644); err != nil {
		t.Fatal(err)
	}
}

func TestReadingSection(t *testing.T) {
	dir := t.TempDir()
	for _, name := range []string{"news-mill", "bio-mill", "news-mill-again"} {
		write(t, filepath.Join(dir, "texts", name+".txt"), "The old mill", "The old mill burned down in 1904.", "Ferries leave the harbour at seven.", "A baker bought the ruin for nine crowns.")
		write(t, filepath.Join(dir, "questions", name+".jsonl"),
			`{"id": "1", "q": "When did the old mill burn down?", "any": ["burned down in 1904"], "tags": []}`,
			`{"id": "2", "q": "Which football team won the cup?", "any": [], "near": "Ferries leave", "tags": []}`)
		write(t, filepath.Join(dir, "dialogues", name+".jsonl"),
			`{"id": "3", "turns": [{"q": "When do ferries leave the harbour?", "any": ["at seven"], "leans": false}, {"q": "What did the baker pay for the ruin?", "any": ["nine crowns"], "leans": false}], "tags": []}`)
	}
	var w bytes.Buffer
	if err := readingSection(&w, dir, []string{"news-mill", "bio-mill", "news-mill-again"}); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{
		"3 texts, each alone and without curation.",
		"\n| bio (1) | 4 | ",
		"\n| news (2) | 8 | ",
		"\n| **all** | 12 | ",
		"\n| with history | 6 | ",
		"\n| without | 6 | ",
		"\nHistory costs follow-ups that stand alone ",
		" of 3 lost, ",
	} {
		if !strings.Contains(w.String(), want) {
			t.Errorf("%q is missing in\n%s", want, w.String())
		}
	}
	// Every text is the same, so every genre has the same percentages.
	var wrong []string
	for line := range strings.Lines(w.String()) {
		if cells := strings.Split(line, " | "); len(cells) == 6 && strings.HasPrefix(line, "| ") && strings.Contains(line, "%") {
			_, percent, _ := strings.Cut(cells[5], "(")
			percent, _, _ = strings.Cut(percent, ",")
			wrong = append(wrong, percent)
		}
	}
	if len(wrong) != 3 || len(slices.Compact(wrong)) != 1 {
		t.Errorf("wrong passages shown: %q; want three that are the same", wrong)
	}
}

func TestReadingSectionNamesWhatIsMissing(t *testing.T) {
	dir := t.TempDir()
	ask := func() error { return readingSection(new(bytes.Buffer), dir, []string{"a"}) }
	for _, file := range []string{"texts/a.txt", "questions/a.jsonl", "dialogues/a.jsonl"} {
		if err := ask(); err == nil || !strings.Contains(err.Error(), filepath.FromSlash(file)) {
			t.Errorf("without %s: %v", file, err)
		}
		write(t, filepath.Join(dir, file), `{"q": "Who?", "any": []}`)
	}
	if err := ask(); err != nil {
		t.Errorf("with all files: %v", err)
	}
	write(t, filepath.Join(dir, "dialogues/a.jsonl"), "{")
	if err := ask(); err == nil || !strings.Contains(err.Error(), "a.jsonl: line 1: ") {
		t.Errorf("with a broken line: %v", err)
	}
}

func TestTextNames(t *testing.T) {
	file := filepath.Join(t.TempDir(), "names.txt")
	write(t, file, "news-a", "", " bio-b ")
	for _, c := range []struct {
		list string
		want []string
		err  string
	}{
		{"news-a", []string{"news-a"}, ""},
		{"news-a, bio-b,", []string{"news-a", "bio-b"}, ""},
		{file, []string{"news-a", "bio-b"}, ""},
		{file + "x", nil, "names.txtx"},
		{"news-a,bio-b,news-a", nil, "named twice"},
		{",", nil, "no text is named"},
	} {
		got, err := textNames(c.list)
		if !slices.Equal(got, c.want) || (err == nil) != (c.err == "") || err != nil && !strings.Contains(err.Error(), c.err) {
			t.Errorf("%q: %q, %v; want %q, %q", c.list, got, err, c.want, c.err)
		}
	}
}
