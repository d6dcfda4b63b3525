package main

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"verbatim/answers"
	"verbatim/corpus"
)

// row is one labelled text of an intent set.
type row struct{ Text, Intent string }

func rows(file string) ([]row, error) {
	f, err := os.Open(file)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	var out []row
	lines := bufio.NewScanner(f)
	for lines.Scan() {
		var r row
		if err := json.Unmarshal(lines.Bytes(), &r); err != nil {
			return nil, fmt.Errorf("%s: %w", file, err)
		}
		out = append(out, r)
	}
	return out, lines.Err()
}

// intentCorpus makes a corpus of labelled texts: its article has one line an
// intent, the utterances are the texts.
func intentCorpus(train []row) (*corpus.Corpus, error) {
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
		Passages   []string `json:"passages"`
		Utterances []string `json:"utterances"`
	}
	var curation struct {
		Passages []passage `json:"passages"`
		Intents  []intent  `json:"intents"`
	}
	var article strings.Builder
	for i, id := range order {
		line := fmt.Sprintf("Entry %03d answers %s.", i, id)
		article.WriteString(line + "\n")
		curation.Passages = append(curation.Passages, passage{id, line, "article"})
		curation.Intents = append(curation.Intents, intent{id, []string{id}, utterances[id]})
	}
	dir, err := os.MkdirTemp("", "verbatim-bench-*")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(dir)
	data, err := json.Marshal(curation)
	if err != nil {
		return nil, err
	}
	folder := filepath.Join(dir, "set")
	if err := os.Mkdir(folder, 0o755); err != nil {
		return nil, err
	}
	if err := os.WriteFile(filepath.Join(folder, "article.txt"), []byte(article.String()), 0o644); err != nil {
		return nil, err
	}
	if err := os.WriteFile(filepath.Join(folder, "curation.yaml"), data, 0o644); err != nil {
		return nil, err
	}
	return corpus.LoadDir(dir)
}

// intentSection measures the public intent sets, trained on their training rows
// and scored on their validation rows.
func intentSection(w *bytes.Buffer, dir string) error {
	fmt.Fprint(w, "Accuracy in %, of the answer's intent, on the validation rows, whatever the answer's kind.\n"+
		"Out of scope: the share of out-of-scope rows that are less sure than the threshold at which the in-scope accuracy (declining counts as wrong) is as given.\n\n"+
		"| set | rows | accuracy | answered right as it stands | out of scope | compile | median | p99 |\n|---|---|---|---|---|---|---|---|\n")
	for _, set := range []struct{ name, train string }{
		{"clinc150", "train"}, {"banking77", "train"}, {"hwu64", "train"},
		{"clinc150", "train10_s0"}, {"banking77", "train10_s0"}, {"hwu64", "train10_s0"},
	} {
		train, err := rows(filepath.Join(dir, set.name, set.train+".jsonl"))
		if err != nil {
			return err
		}
		val, err := rows(filepath.Join(dir, set.name, "val.jsonl"))
		if err != nil {
			return err
		}
		c, err := intentCorpus(train)
		if err != nil {
			return err
		}
		began := time.Now()
		m, err := answers.Compile(c)
		if err != nil {
			return err
		}
		compiled := time.Since(began)
		e := answers.New(c, m)
		var right, kept, in, out, declined int
		var took []time.Duration
		var sure, outside []float64 // of right answers in scope; of out-of-scope rows
		for _, r := range val {
			began := time.Now()
			a := e.Ask(answers.Question{Text: r.Text})
			took = append(took, time.Since(began))
			answered := a.Kind == answers.Quote || a.Kind == answers.List
			sureness := a.Confidence
			if !answered {
				sureness = 1 - a.Confidence
			}
			if r.Intent == "oos" {
				out++
				if !answered {
					declined++
				}
				outside = append(outside, sureness)
				continue
			}
			in++
			if a.Intent == r.Intent {
				right++
				sure = append(sure, sureness)
				if answered {
					kept++
				}
			}
		}
		scope := "–"
		if out > 0 {
			scope = fmt.Sprintf("%.0f at 94.0 in scope; %.0f at 94.5; as it stands %.0f", recallAt(sure, outside, in, 0.94), recallAt(sure, outside, in, 0.945), 100*float64(declined)/float64(out))
		}
		fmt.Fprintf(w, "| %s %s | %d | %.1f | %.1f | %s | %.0f s | %.2f ms | %.1f ms |\n", set.name, set.train, len(train),
			100*float64(right)/float64(in), 100*float64(kept)/float64(in), scope, compiled.Seconds(),
			millis(percentile(took, 50)), millis(percentile(took, 99)))
	}
	return nil
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
