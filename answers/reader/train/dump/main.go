// Command dump writes texts as the reader cuts them, for training: one JSON object for
// each text, with its sentences and its windows.
package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"verbatim/answers/reader"
	"verbatim/corpus/words"
)

type text struct {
	Name    string          `json:"name"`
	Windows []reader.Window `json:"windows"`
}

func main() {
	if err := run(os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, "dump:", err)
		os.Exit(1)
	}
}

// run reads text files, and files of SQuAD articles as JSON lines (.jsonl).
func run(files []string) error {
	out := bufio.NewWriter(os.Stdout)
	encode := json.NewEncoder(out)
	encode.SetEscapeHTML(false)
	for _, file := range files {
		data, err := os.ReadFile(file)
		if err != nil {
			return err
		}
		name := strings.TrimSuffix(filepath.Base(file), filepath.Ext(file))
		if filepath.Ext(file) != ".jsonl" {
			if err := encode.Encode(text{name, windows(strings.Split(string(data), "\n"))}); err != nil {
				return err
			}
			continue
		}
		for line := range strings.Lines(string(data)) {
			var article struct {
				ID, Title  string
				Paragraphs []string
			}
			if err := json.Unmarshal([]byte(line), &article); err != nil {
				return fmt.Errorf("%s: %w", file, err)
			}
			if err := encode.Encode(text{article.ID, windows(append([]string{article.Title}, article.Paragraphs...))}); err != nil {
				return err
			}
		}
	}
	return out.Flush()
}

func windows(lines []string) []reader.Window {
	var paragraphs []reader.Paragraph
	for _, l := range lines {
		if l = strings.TrimSpace(strings.TrimPrefix(l, "\ufeff")); l != "" {
			paragraphs = append(paragraphs, reader.Paragraph{Text: l, Sentences: words.Sentences(l)})
		}
	}
	return reader.Windows(paragraphs)
}
