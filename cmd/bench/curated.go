package main

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"

	"github.com/goccy/go-yaml"

	"verbatim/cmd/internal/score"
)

// curatedFolder holds intents for some held-out texts of ../shared/reading, which were written
// from the texts alone; validatedFolder those for texts that weights are fitted to.
const (
	curatedFolder   = "cmd/bench/testdata/curated"
	validatedFolder = "answers/testdata/curated"
)

// curatedSection asks texts their questions, as they are and with some 45 intents of five
// utterances.
func curatedSection(w *bytes.Buffer, dir string, names []string) error {
	with, err := each(names, func(name string) (readingFigures, error) {
		curation, err := curationOf(name)
		if err != nil {
			return readingFigures{}, err
		}
		return readText(dir, name, curation)
	})
	if err != nil {
		return err
	}
	without, err := each(names, func(name string) (readingFigures, error) { return readText(dir, name, nil) })
	if err != nil {
		return err
	}
	fmt.Fprint(w, "| text | turns | answered | declined | follow-ups | wrong passages shown |\n|---|---|---|---|---|---|\n")
	row := func(name string, t score.Totals) {
		fmt.Fprintf(w, "| %s | %d | %v | %v | %v | %v |\n", name, t.Turns(), t.Answered, t.Declined, t.FollowUps, t.WrongShown)
	}
	var sum [2]readingFigures
	for i, name := range names {
		row(name, without[i].all)
		row(name+", curated", with[i].all)
		sum[0], sum[1] = sum[0].plus(without[i]), sum[1].plus(with[i])
	}
	row("**all**", sum[0].all)
	row("**all, curated**", sum[1].all)

	steps, err := each(names, func(name string) ([]step, error) { return growth(dir, name) })
	if err != nil {
		return err
	}
	fmt.Fprint(w, "\nTheir single questions as intents are added, in a seeded order; lost and gained are answers and refusals that were right, or are, and not so one step before.\n\n"+
		"| intents | right | lost | gained |\n|---|---|---|---|\n")
	for k, n := range grownTo {
		var all step
		for i := range names {
			all.right, all.of, all.lost, all.gained = all.right+steps[i][k].right, all.of+steps[i][k].of, all.lost+steps[i][k].lost, all.gained+steps[i][k].gained
		}
		fmt.Fprintf(w, "| %d | %d of %d | %d | %d |\n", n, all.right, all.of, all.lost, all.gained)
	}
	return nil
}

// grownTo are the numbers of intents at which questions are asked; the last is more than
// any curation here has.
var grownTo = []int{0, 1, 2, 4, 8, 16, 32, 64}

// step is how many questions are right with so many intents.
type step struct{ right, of, lost, gained int }

// growth asks a text its questions as intents are added one after the other.
func growth(dir, name string) ([]step, error) {
	curation, err := curationOf(name)
	if err != nil {
		return nil, err
	}
	var whole struct{ Intents []map[string]any }
	if err := yaml.Unmarshal(curation, &whole); err != nil {
		return nil, err
	}
	rand.New(rand.NewPCG(1, uint64(len(name)))).Shuffle(len(whole.Intents), func(i, j int) {
		whole.Intents[i], whole.Intents[j] = whole.Intents[j], whole.Intents[i]
	})
	questions, err := score.ReadFile(filepath.Join(dir, "questions", name+".jsonl"))
	if err != nil {
		return nil, err
	}
	var out []step
	var before []bool
	intents := whole.Intents
	for _, n := range grownTo {
		whole.Intents = intents[:min(n, len(intents))]
		data, err := yaml.Marshal(whole)
		if err != nil {
			return nil, err
		}
		e, err := engineOn(dir, name, data)
		if err != nil {
			return nil, err
		}
		var one step
		var now []bool
		for i, r := range score.Run(questions, e, score.Options{}) {
			now = append(now, r.Right)
			one.of++
			one.right += number(r.Right)
			if before != nil {
				one.lost += number(before[i] && !r.Right)
				one.gained += number(r.Right && !before[i])
			}
		}
		before = now
		out = append(out, one)
	}
	return out, nil
}

func number(b bool) int {
	if b {
		return 1
	}
	return 0
}

// curationOf reads the curation of a text.
func curationOf(name string) ([]byte, error) {
	data, err := os.ReadFile(filepath.Join(curatedFolder, name+".yaml"))
	if errors.Is(err, fs.ErrNotExist) {
		data, err = os.ReadFile(filepath.Join(validatedFolder, name+".yaml"))
	}
	return data, err
}

// curatedNames are the held-out texts that have a curation.
func curatedNames() ([]string, error) {
	files, err := filepath.Glob(filepath.Join(curatedFolder, "*.yaml"))
	if err != nil {
		return nil, err
	}
	for i, f := range files {
		files[i] = strings.TrimSuffix(filepath.Base(f), ".yaml")
	}
	return files, nil
}
