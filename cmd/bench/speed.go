package main

import (
	"bytes"
	"fmt"
	"os"
	"time"

	"verbatim/answers"
	"verbatim/corpus"
)

// speedSection measures the embedded article, which is curated: in the process, and
// the program as a whole. What a text without curation takes is measured by
// readerSection.
func speedSection(w *bytes.Buffer) error {
	c, err := corpus.Embedded()
	if err != nil {
		return err
	}
	m, ok := answers.EmbeddedModel(c)
	if !ok {
		return fmt.Errorf("the embedded model is not of the embedded article: make compile")
	}
	e := answers.New(c, m)
	var words, read []time.Duration
	for _, in := range c.Sources()[0].Intents() {
		for _, u := range in.Utterances[:min(4, len(in.Utterances))] {
			e.Explain(answers.Question{Text: u}) // warm
			began := time.Now()
			_, why := e.Explain(answers.Question{Text: u})
			took := time.Since(began)
			if len(why.Windows) > 0 {
				read = append(read, took)
			} else {
				words = append(words, took)
			}
		}
	}
	var figures []figure
	row := func(name string, took []time.Duration) {
		if len(took) > 0 {
			figures = append(figures, figure{what: fmt.Sprintf("%s, median / p99 of %d", name, len(took)),
				value: fmt.Sprintf("%.0f / %.0f µs", micros(percentile(took, 50)), micros(percentile(took, 99)))})
		}
	}
	row("a question decided by words alone", words)
	row("a question that is read", read)

	dir, err := os.MkdirTemp("", "verbatim-bench-*")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	bot, err := buildBot(dir)
	if err != nil {
		return err
	}
	info, err := os.Stat(bot)
	if err != nil {
		return err
	}
	const starts = 11
	first, mb, err := firstAnswers(bot, "", "what did he say about the company from Cupertino, in so many words?", starts)
	if err != nil {
		return err
	}
	writeFigures(w, append(figures,
		figure{what: fmt.Sprintf("start to first answer, median of %d", starts), value: fmt.Sprintf("%.0f ms", millis(first))},
		figure{what: "most memory of the process until then", value: fmt.Sprintf("%d MB", mb)},
		figure{what: "size of the program", value: fmt.Sprintf("%.1f MB", float64(info.Size())/1e6)}))
	return nil
}
