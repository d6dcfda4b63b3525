package main

import (
	"bytes"
	"errors"
	"fmt"
	"strings"
	"time"

	"verbatim/answers"
	"verbatim/answers/draft"
	"verbatim/corpus"
)

// told is how a source answers: in percent of the questions of its own, the first
// quoted passage is a marked one (declining counts as wrong) and there is an answer;
// in percent of another article's, it declines.
type told struct {
	hit, answered, declined int
	own, foreign            int
}

func (t told) add(o told) told {
	return told{t.hit + o.hit, t.answered + o.answered, t.declined + o.declined, t.own + o.own, t.foreign + o.foreign}
}

func (t told) String() string {
	pc := func(n, of int) float64 { return 100 * float64(n) / float64(max(1, of)) }
	return fmt.Sprintf("%.1f | %.1f | %.1f", pc(t.hit, t.own), pc(t.answered, t.own), pc(t.declined, t.foreign))
}

// draftSection asks each article its own and the next one's questions, as it is and
// with the curation that is drafted of it.
func draftSection(w *bytes.Buffer, dir string) error {
	articles, byArticle, err := squad(dir)
	if err != nil {
		return err
	}
	fmt.Fprintf(w, "The 13 articles as they are, and with the curation that `bot draft` writes, unreviewed. In %%: the first quoted passage is the marked sentence "+
		"(declining counts as wrong); own questions answered; another article's declined. Every %dth question is asked. The rules were written without these articles in sight, but for the weight of the utterances.\n\n", draftEach)
	fmt.Fprint(w, "| article | as it is: first | answered | declined | drafted: first | answered | declined |\n|---|---|---|---|---|---|---|\n")
	var sums [2]told // as it is and drafted
	var took time.Duration
	for i, a := range articles {
		text := strings.Join(a.Paragraphs, "\n")
		var row [2]told
		for k := range row {
			var curation []byte
			if k == 1 {
				began := time.Now()
				if curation, err = drafted(a.ID, text); err != nil {
					return fmt.Errorf("%s: %w", a.ID, err)
				}
				took += time.Since(began)
			}
			e, err := engine(source(a.ID, text, curation))
			if err != nil {
				return err
			}
			row[k] = a.ask(e, thinned(byArticle[a.ID], draftEach), thinned(byArticle[articles[(i+1)%len(articles)].ID], draftEach))
			sums[k] = sums[k].add(row[k])
		}
		fmt.Fprintf(w, "| %s | %s | %s |\n", strings.ReplaceAll(a.ID, "_", " "), row[0], row[1])
	}
	fmt.Fprintf(w, "| **all** | %s | %s |\n", sums[0], sums[1])
	fmt.Fprintf(w, "\nA draft, with its verification: %.0f ms an article.\n", took.Seconds()*1000/float64(len(articles)))
	return nil
}

// drafted is the curation that is drafted of a text, nil where none is.
func drafted(id, text string) ([]byte, error) {
	source, err := corpus.Read(id, text)
	if err != nil {
		return nil, err
	}
	curation, err := draft.Draft(source)
	if errors.Is(err, draft.ErrNothing) {
		return nil, nil
	}
	return curation, err
}

// ask counts how an engine answers an article's own questions and others.
func (a squadArticle) ask(e *answers.Engine, own, others []squadQuestion) told {
	t := told{own: len(own), foreign: len(others)}
	for _, q := range own {
		got := e.Ask(answers.Question{Text: q.Question})
		if got.Kind != answers.NotCovered {
			t.answered++
		}
		if a.marked(q, got.Quotes) {
			t.hit++
		}
	}
	for _, q := range others {
		if e.Ask(answers.Question{Text: q.Question}).Kind == answers.NotCovered {
			t.declined++
		}
	}
	return t
}
