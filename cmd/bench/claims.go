package main

import (
	"bytes"
	"fmt"
	"io"
	"maps"
	"path/filepath"
	"slices"

	"verbatim/answers"
	"verbatim/cmd/internal/score"
)

// claimSection asks texts the claims about them, each text a corpus of its own and
// without curation. dir holds texts/ and claims/, a file for each name. What is judged
// wrong is written to wrong.
func claimSection(w *bytes.Buffer, dir string, names []string, wrong io.Writer) error {
	type judged struct {
		claims score.Claims
		wrong  bytes.Buffer
	}
	all, err := each(names, func(name string) (*judged, error) {
		e, err := engineOn(dir, name, nil)
		if err != nil {
			return nil, err
		}
		claims, err := score.ReadClaims(filepath.Join(dir, "claims", name+".jsonl"))
		if err != nil {
			return nil, err
		}
		var j judged
		j.claims = score.RunClaims(claims, e, func(c score.Claim, a answers.Answer, right bool) {
			if !right {
				shown := ""
				if len(a.Quotes) > 0 {
					shown = fmt.Sprintf("%s, %s: %s", a.Quotes[0].Attribution, a.Quotes[0].Speaker, a.Quotes[0].Quote.Text())
				}
				fmt.Fprintf(&j.wrong, "%s %s %s: %s\n  wants %s of %q: %q\n  got %s %s (%.2f) %s\n", name, c.ID, c.Form, c.Q, c.Verdict, c.Speaker, c.Evidence, a.Kind, a.Finding, a.Confidence, shown)
			}
		})
		return &j, nil
	})
	if err != nil {
		return err
	}
	var total score.Claims
	for _, j := range all {
		total = total.Plus(j.claims)
		if _, err := j.wrong.WriteTo(wrong); err != nil {
			return err
		}
	}
	fmt.Fprintf(w, "Claims about %d texts, each alone and without curation; judged right by the verdict, the evidence shown and, of who said it, the surname. "+
		"In brackets: percent, and its interval at 95%%.\n\n", len(names))
	fmt.Fprint(w, "| quotes | statements in other words | who said it | exact quotes called misattributed |\n|---|---|---|---|\n")
	fmt.Fprintf(w, "| %v | %v | %v | %v |\n\n", total.Quote, total.Indirect, total.Who, total.TrueQuotes)
	fmt.Fprint(w, "| form | right verdict | verdicts given |\n|---|---|---|\n")
	keys := slices.SortedFunc(maps.Keys(total.Confusion), func(a, b [3]string) int { return slices.Compare(a[:], b[:]) })
	for i, k := range keys {
		if i == 0 || k[0] != keys[i-1][0] || k[1] != keys[i-1][1] {
			fmt.Fprintf(w, "| %s | %s |", k[0], k[1])
		}
		fmt.Fprintf(w, " %s %d", k[2], total.Confusion[k])
		if i+1 == len(keys) || k[0] != keys[i+1][0] || k[1] != keys[i+1][1] {
			fmt.Fprint(w, " |\n")
		}
	}
	return nil
}
