package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"math"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"verbatim/answers"
	"verbatim/corpus"
)

// row is one labelled text of an intent set.
type row struct{ Text, Intent string }

// intentCorpus makes a corpus of labelled texts: its article has one line an
// intent, the utterances are the texts. Of those that are out of scope, if any, it makes
// an intent that the article does not cover.
func intentCorpus(train, outside []row) (*corpus.Corpus, error) {
	utterances := map[string][]string{}
	var order []string
	for _, r := range train {
		if utterances[r.Intent] == nil {
			order = append(order, r.Intent)
		}
		utterances[r.Intent] = append(utterances[r.Intent], r.Text)
	}
	type passage struct {
		ID          string `json:"id"`
		Quote       string `json:"quote"`
		Attribution string `json:"attribution"`
	}
	type intent struct {
		ID         string   `json:"id"`
		Passages   []string `json:"passages,omitempty"`
		NotCovered bool     `json:"not_covered,omitempty"`
		Utterances []string `json:"utterances"`
	}
	var curation struct {
		Passages []passage `json:"passages"`
		Intents  []intent  `json:"intents"`
	}
	if len(outside) > 0 {
		in := intent{ID: outOfScope, NotCovered: true}
		for _, r := range outside {
			in.Utterances = append(in.Utterances, r.Text)
		}
		curation.Intents = append(curation.Intents, in)
	}
	var article strings.Builder
	for i, id := range order {
		line := fmt.Sprintf("Entry %03d answers %s.", i, id)
		article.WriteString(line + "\n")
		curation.Passages = append(curation.Passages, passage{id, line, "article"})
		curation.Intents = append(curation.Intents, intent{ID: id, Passages: []string{id}, Utterances: utterances[id]})
	}
	data, err := json.Marshal(curation)
	if err != nil {
		return nil, err
	}
	return source("set", article.String(), data)
}

// outOfScope is the label of texts that none of the intents is meant by.
const outOfScope = "oos"

// intentEach says of how many validation rows one is asked: each may be read, and all
// would take an hour.
const intentEach = 4

// intentSet is a set of labelled texts, of which it learns from those of a file train,
// and from those of a file outside, if any, as from an intent that is not covered.
type intentSet struct{ name, train, outside string }

// intentSection measures the public intent sets, trained on their training rows
// and scored on their validation rows.
func intentSection(w *bytes.Buffer, dir string) error {
	fmt.Fprintf(w, "Accuracy in %%, of the answer's intent, on every %dth validation row, whatever the answer's kind.\n"+
		"Out of scope: the share of out-of-scope rows, of which all are asked, that are less sure than the threshold at which the in-scope accuracy (declining counts as wrong) is as given.\n\n"+
		"| set | rows | accuracy | answered right as it stands | out of scope | compile | median | p99 |\n|---|---|---|---|---|---|---|---|\n", intentEach)
	for _, set := range []intentSet{
		{"clinc150", "train", ""}, {"clinc150", "train", "train_oos"}, {"banking77", "train", ""}, {"hwu64", "train", ""},
		{"clinc150", "train10_s0", ""}, {"clinc150", "train10_s0", "train_oos"}, {"banking77", "train10_s0", ""}, {"hwu64", "train10_s0", ""},
	} {
		if err := set.measure(w, dir); err != nil {
			return err
		}
	}
	return nil
}

// measure writes the line of a set.
func (set intentSet) measure(w *bytes.Buffer, dir string) error {
	folder := filepath.Join(dir, set.name)
	train, err := readLines[row](filepath.Join(folder, set.train+".jsonl"))
	if err != nil {
		return err
	}
	name := set.name + " " + set.train
	var outside []row
	if set.outside != "" {
		if outside, err = readLines[row](filepath.Join(folder, set.outside+".jsonl")); err != nil {
			return err
		}
		name += fmt.Sprintf(", and %d not covered", len(outside))
	}
	val, err := readLines[row](filepath.Join(folder, "val.jsonl"))
	if err != nil {
		return err
	}
	c, err := intentCorpus(train, outside)
	if err != nil {
		return err
	}
	began := time.Now()
	e, err := engine(c, nil)
	if err != nil {
		return err
	}
	compiled := time.Since(began)
	got := askIntents(e, val)
	scope := "–"
	if len(got.outside) > 0 {
		scope = fmt.Sprintf("%.0f at 94.0 in scope; %.0f at 94.5; as it stands %.0f", recallAt(got.sure, got.outside, got.in, 0.94), recallAt(got.sure, got.outside, got.in, 0.945),
			100*float64(got.declined)/float64(len(got.outside)))
	}
	fmt.Fprintf(w, "| %s | %d | %.1f | %.1f | %s | %.0f s | %.2f ms | %.1f ms |\n", name, len(train),
		100*float64(len(got.sure))/float64(got.in), 100*float64(got.kept)/float64(got.in), scope, compiled.Seconds(),
		millis(percentile(got.took, 50)), millis(percentile(got.took, 99)))
	return nil
}

// intentScores are what is counted of labelled texts that were asked.
type intentScores struct {
	in, kept, declined int       // rows in scope; those answered right; rows out of scope that were declined
	sure, outside      []float64 // how sure right answers in scope are, and answers out of scope
	took               []time.Duration
}

// askIntents asks an engine labelled texts, all that are out of scope and some of the others.
func askIntents(e *answers.Engine, val []row) (s intentScores) {
	for i, r := range val {
		if r.Intent != outOfScope && i%intentEach != 0 {
			continue
		}
		began := time.Now()
		a := e.Ask(answers.Question{Text: r.Text})
		s.took = append(s.took, time.Since(began))
		answered := a.Kind == answers.Quote || a.Kind == answers.List
		sureness := a.Confidence
		if !answered {
			sureness = 1 - a.Confidence
		}
		if r.Intent == outOfScope {
			if !answered {
				s.declined++
			}
			s.outside = append(s.outside, sureness)
			continue
		}
		s.in++
		if a.Intent == r.Intent {
			s.sure = append(s.sure, sureness)
			if answered {
				s.kept++
			}
		}
	}
	return s
}

// recallAt returns the share, in percent, of out-of-scope rows below the highest
// threshold that keeps a share of the in-scope rows right.
func recallAt(sure, outside []float64, in int, keep float64) float64 {
	slices.Sort(sure)
	need := int(math.Ceil(keep * float64(in)))
	if need > len(sure) {
		return 0
	}
	threshold := sure[len(sure)-need]
	n := 0
	for _, s := range outside {
		if s < threshold {
			n++
		}
	}
	return 100 * float64(n) / float64(max(1, len(outside)))
}
