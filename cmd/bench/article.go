package main

import (
	"bytes"
	"fmt"
	"path/filepath"

	"verbatim/answers"
	"verbatim/cmd/internal/score"
	"verbatim/corpus"
)

// articleSection scores the practice questions of the repository and the sample.
func articleSection(w *bytes.Buffer, data string) error {
	files, err := filepath.Glob("answers/testdata/questions/*.jsonl")
	if err != nil {
		return err
	}
	if sample := data + "/questions/sample.jsonl"; !missing(sample) {
		files = append(files, sample)
	}
	c, err := corpus.Embedded()
	if err != nil {
		return err
	}
	m, ok := answers.EmbeddedModel(c)
	if !ok { // the article or the engine has changed since the model was compiled
		if m, err = answers.Compile(c); err != nil {
			return err
		}
	}
	e := answers.New(c, m)
	fmt.Fprint(w, "In brackets: percent, and the interval that holds the true one at 95%.\n\n"+
		"| questions | answered | declined | premise | follow-ups | speakers | wrong passages shown |\n|---|---|---|---|---|---|---|\n")
	totals, err := each(files, func(file string) (score.Totals, error) {
		rows, err := score.ReadFile(file)
		if err != nil {
			return score.Totals{}, err
		}
		return score.Sum(score.Run(rows, e, score.Options{})), nil
	})
	if err != nil {
		return err
	}
	for i, f := range files {
		t := totals[i]
		fmt.Fprintf(w, "| %s | %v | %v | %v | %v | %v | %v |\n", filepath.Base(f), t.Answered, t.Declined, t.Premise, t.FollowUps, t.Speakers, t.WrongShown)
	}
	return nil
}
