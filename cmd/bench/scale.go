package main

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"os"
	"runtime/debug"
	"strings"
	"time"

	"verbatim/answers"
	"verbatim/corpus"
)

const (
	scaleArticles   = 10_000
	scaleParagraphs = 20 // of each article
	scaleQuestions  = 50
)

// scaleSection measures an engine over ten thousand articles without curation, about a
// million sentences.
func scaleSection(w *bytes.Buffer, dir string) error {
	articles, byArticle, err := squad(dir)
	if err != nil {
		return err
	}
	folder, err := os.MkdirTemp("", "verbatim-bench-*")
	if err != nil {
		return err
	}
	defer os.RemoveAll(folder)
	if err := mixedArticles(folder, articles, scaleArticles, scaleParagraphs); err != nil {
		return err
	}
	debug.FreeOSMemory() // what sections before this one have left
	began := time.Now()
	c, err := corpus.LoadDir(folder)
	if err != nil {
		return err
	}
	loaded := time.Since(began)
	began = time.Now()
	e, err := engine(c, nil)
	if err != nil {
		return err
	}
	built := time.Since(began)
	e.Warm()
	// The first question of all also decodes the reader's weights, whatever is asked.
	e.Ask(answers.Question{Text: "What is this about, and who wrote it?"})
	var took []time.Duration
	for i := range scaleQuestions {
		own := byArticle[articles[i%len(articles)].ID]
		q := rename(own[i*7%len(own)].Question, i)
		began := time.Now()
		e.Ask(answers.Question{Text: q})
		took = append(took, time.Since(began))
	}
	passages := 0
	for _, s := range c.Sources() {
		passages += len(s.Passages())
	}
	fmt.Fprintf(w, "%d articles, made by mixing paragraphs of SQuAD 1.1 (CC BY-SA 4.0) and changing most names: %d passages, none curated. %d questions, each asked once.\n\n",
		len(c.Sources()), passages, scaleQuestions)
	writeFigures(w, []figure{
		{"a question, median", fmt.Sprintf("%.1f ms", millis(percentile(took, 50))), "100 ms"},
		{"a question, p99", fmt.Sprintf("%.1f ms", millis(percentile(took, 99))), ""},
		{"texts read in", fmt.Sprintf("%.1f s", loaded.Seconds()), ""},
		{"engine built in", fmt.Sprintf("%.1f s", built.Seconds()), ""},
		{"memory of the process after the questions", fmt.Sprintf("%d MB", residentMB()), "1500 MB"},
	})
	return nil
}

// mixedArticles writes a corpus of n articles, each of some paragraphs at random, with
// most names changed from article to article: in a collection most names are rare.
func mixedArticles(folder string, articles []squadArticle, n, paragraphs int) error {
	var pool []string
	for _, a := range articles {
		pool = append(pool, a.Paragraphs...)
	}
	for i := range n {
		random := rand.New(rand.NewPCG(uint64(i), 7))
		var text strings.Builder
		for range paragraphs {
			text.WriteString(rename(pool[random.IntN(len(pool))], random.IntN(1000)))
			text.WriteByte('\n')
		}
		if err := writeArticle(folder, fmt.Sprintf("%05d", i), text.String()); err != nil {
			return err
		}
	}
	return nil
}

// rename changes most of the names in a text, in the same way for the same number.
func rename(text string, to int) string {
	ending := string([]byte{'a' + byte(to%26), 'a' + byte(to/26%26), 'n'})
	fields := strings.Split(text, " ")
	for i, f := range fields {
		if i > 0 && len(f) > 4 && 'A' <= f[0] && f[0] <= 'Z' && f[len(f)-1] >= 'a' && f[len(f)-1] <= 'z' && (len(f)+to)%3 > 0 {
			fields[i] = f + ending
		}
	}
	return strings.Join(fields, " ")
}
