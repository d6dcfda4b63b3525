package main

import (
	"bytes"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"slices"

	"golang.org/x/sync/errgroup"

	"verbatim/answers"
	"verbatim/cmd/internal/score"
)

// claimSection asks texts the claims about them, each text a corpus of its own and
// without curation. dir holds texts/ and claims/, a file for each name. What is judged
// wrong is written to wrong.
func claimSection(w *bytes.Buffer, dir string, names []string, wrong io.Writer) error {
	figures := make([]score.Claims, len(names))
	missed := make([]bytes.Buffer, len(names))
	var g errgroup.Group
	g.SetLimit(runtime.GOMAXPROCS(0))
	for i, name := range names {
		g.Go(func() error {
			e, err := plainEngine(dir, name)
			if err != nil {
				return err
			}
			claims, err := score.ReadClaims(filepath.Join(dir, "claims", name+".jsonl"))
			if err != nil {
				return err
			}
			figures[i] = score.RunClaims(claims, e, func(c score.Claim, a answers.Answer, right bool) {
				if !right {
					shown := ""
					if len(a.Quotes) > 0 {
						shown = fmt.Sprintf("%s, %s: %s", a.Quotes[0].Attribution, a.Quotes[0].Speaker, a.Quotes[0].Quote.Text())
					}
					fmt.Fprintf(&missed[i], "%s %s %s: %s\n  wants %s of %q: %q\n  got %s %s (%.2f) %s\n", name, c.ID, c.Form, c.Q, c.Verdict, c.Speaker, c.Evidence, a.Kind, a.Finding, a.Confidence, shown)
				}
			})
			return nil
		})
	}
	if err := g.Wait(); err != nil {
		return err
	}
	var total score.Claims
	for i, f := range figures {
		total = total.Plus(f)
		if _, err := missed[i].WriteTo(wrong); err != nil {
			return err
		}
	}
	fmt.Fprintf(w, "Claims about %d texts, each alone and without curation; judged right by the verdict, the evidence shown and, of who said it, the surname. "+
		"In brackets: percent, and its interval at 95%%.\n\n", len(names))
	fmt.Fprint(w, "| quotes | statements in other words | who said it | exact quotes called misattributed |\n|---|---|---|---|\n")
	fmt.Fprintf(w, "| %v | %v | %v | %v |\n\n", total.Quote, total.Indirect, total.Who, total.TrueQuotes)
	fmt.Fprint(w, "| form | right verdict | verdicts given |\n|---|---|---|\n")
	rows := map[[2]string]string{}
	var keys [][3]string
	for k := range total.Confusion {
		keys = append(keys, k)
	}
	slices.SortFunc(keys, func(a, b [3]string) int { return slices.Compare(a[:], b[:]) })
	var order [][2]string
	for _, k := range keys {
		row := [2]string{k[0], k[1]}
		if _, ok := rows[row]; !ok {
			order = append(order, row)
		}
		rows[row] += fmt.Sprintf(" %s %d", k[2], total.Confusion[k])
	}
	for _, row := range order {
		fmt.Fprintf(w, "| %s | %s |%s |\n", row[0], row[1], rows[row])
	}
	return nil
}

// plainEngine returns an engine for one text without curation.
func plainEngine(dir, name string) (*answers.Engine, error) {
	text, err := os.ReadFile(filepath.Join(dir, "texts", name+".txt"))
	if err != nil {
		return nil, err
	}
	c, err := plainCorpus(map[string]string{name: string(text)})
	if err != nil {
		return nil, err
	}
	m, err := answers.Compile(c)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	return answers.New(c, m), nil
}
