package main

import (
	"bytes"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"verbatim/answers"
	"verbatim/corpus"
)

type squadArticle struct {
	ID         string
	Paragraphs []string
	Sentences  [][3]int
}

type squadQuestion struct {
	Article   string
	Question  string
	GoldSents []int `json:"gold_sents"`
}

// marked reports whether the first of passages is a sentence in which a question's
// answer was marked, or holds it, or is the better part of it.
func (a squadArticle) marked(q squadQuestion, passages []corpus.Passage) bool {
	return len(passages) > 0 && slices.ContainsFunc(q.GoldSents, func(s int) bool {
		span := a.Sentences[s]
		text := string([]rune(a.Paragraphs[span[0]])[span[1]:span[2]])
		quote := passages[0].Quote.Text()
		return strings.Contains(quote, text) || len(quote)*2 > len(text) && strings.Contains(text, quote)
	})
}

// Of an article's questions every so many are asked: each is read, and all would take
// a quarter of an hour and more.
const (
	squadEach = 5
	draftEach = 10
)

// thinned returns every nth of questions.
func thinned(questions []squadQuestion, n int) []squadQuestion {
	var out []squadQuestion
	for i := 0; i < len(questions); i += n {
		out = append(out, questions[i])
	}
	return out
}

// squad reads the articles and, by the id of its article, each question.
func squad(dir string) ([]squadArticle, map[string][]squadQuestion, error) {
	articles, err := readLines[squadArticle](filepath.Join(dir, "articles.jsonl"))
	if err != nil {
		return nil, nil, err
	}
	questions, err := readLines[squadQuestion](filepath.Join(dir, "questions.jsonl"))
	if err != nil {
		return nil, nil, err
	}
	byArticle := map[string][]squadQuestion{}
	for _, q := range questions {
		byArticle[q.Article] = append(byArticle[q.Article], q)
	}
	return articles, byArticle, nil
}

// squadSection asks encyclopedia articles their questions, one article at a
// time and without curation.
func squadSection(w *bytes.Buffer, dir string) error {
	articles, byArticle, err := squad(dir)
	if err != nil {
		return err
	}
	var all, hit, answered, foreign, declined int
	var own, others []float64
	var took []time.Duration
	for i, a := range articles {
		e, err := engine(source(a.ID, strings.Join(a.Paragraphs, "\n"), nil))
		if err != nil {
			return err
		}
		e.Warm()
		for _, q := range thinned(byArticle[a.ID], squadEach) {
			began := time.Now()
			got := e.Ask(answers.Question{Text: q.Question})
			took = append(took, time.Since(began))
			all++
			if a.marked(q, append(slices.Clone(got.Quotes), got.Nearest...)) {
				hit++
			}
			sure := got.Confidence
			if got.Kind == answers.NotCovered {
				sure = 1 - sure
			} else {
				answered++
			}
			own = append(own, sure)
		}
		// As many questions of the next article, which this one does not answer.
		for _, q := range thinned(byArticle[articles[(i+1)%len(articles)].ID], squadEach) {
			got := e.Ask(answers.Question{Text: q.Question})
			foreign++
			sure := got.Confidence
			if got.Kind == answers.NotCovered {
				declined++
				sure = 1 - sure
			}
			others = append(others, sure)
		}
	}
	slices.Sort(own)
	threshold := own[len(own)/20] // keeps 95% of an article's own questions
	below := 0
	for _, s := range others {
		if s < threshold {
			below++
		}
	}
	pc := func(n, of int) float64 { return 100 * float64(n) / float64(of) }
	fmt.Fprintf(w, "%d questions to %d articles (SQuAD 1.1, CC BY-SA 4.0), every %dth of them, each article alone. "+
		"The reader has learned from these questions, so the figures flatter it.\n\n| what | figure |\n|---|---|\n", all, len(articles), squadEach)
	fmt.Fprintf(w, "| first passage is the marked sentence | %.1f%% |\n", pc(hit, all))
	fmt.Fprintf(w, "| own questions answered, as it stands | %.1f%% |\n", pc(answered, all))
	fmt.Fprintf(w, "| another article's questions declined, as it stands | %.1f%% |\n", pc(declined, foreign))
	fmt.Fprintf(w, "| another article's questions declined where 95%% of its own are answered | %.1f%% |\n", pc(below, len(others)))
	fmt.Fprintf(w, "| a question, median / p99 | %.2f / %.2f ms |\n", millis(percentile(took, 50)), millis(percentile(took, 99)))
	return nil
}
