package main

import (
	"bytes"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"verbatim/cmd/internal/score"
)

// readingFigures is what is counted of a text, or of several.
type readingFigures struct {
	texts int
	// all is every question and dialogue; dialogues are those of dialogues/ alone,
	// and without the same, every turn asked as if it were the first.
	all, dialogues, without score.Totals
	history                 score.History
}

func (f readingFigures) plus(o readingFigures) readingFigures {
	return readingFigures{f.texts + o.texts, f.all.Plus(o.all), f.dialogues.Plus(o.dialogues), f.without.Plus(o.without), f.history.Plus(o.history)}
}

// readingSection asks texts their questions, each text a corpus of its own and
// without curation. dir holds texts/, questions/ and dialogues/, a file for each name.
func readingSection(w *bytes.Buffer, dir string, names []string) error {
	figures, err := each(names, func(name string) (readingFigures, error) { return readText(dir, name, nil) })
	if err != nil {
		return err
	}
	var total readingFigures
	byGenre := map[string]readingFigures{}
	for i, name := range names {
		genre, _, _ := strings.Cut(name, "-")
		byGenre[genre] = byGenre[genre].plus(figures[i])
		total = total.plus(figures[i])
	}

	fmt.Fprintf(w, "%d texts, each alone and without curation. In brackets: percent, and the interval that holds the true one at 95%% "+
		"if turns are independent; those of a text are not quite.\n\n", total.texts)
	fmt.Fprint(w, "| texts | turns | answered | declined | follow-ups | wrong passages shown |\n|---|---|---|---|---|---|\n")
	row := func(name string, t score.Totals) {
		fmt.Fprintf(w, "| %s | %d | %v | %v | %v | %v |\n", name, t.Turns(), t.Answered, t.Declined, t.FollowUps, t.WrongShown)
	}
	for _, genre := range slices.Sorted(maps.Keys(byGenre)) {
		f := byGenre[genre]
		row(fmt.Sprintf("%s (%d)", genre, f.texts), f.all)
	}
	row("**all**", total.all)

	fmt.Fprint(w, "\nThe dialogues whose turns are known to lean on the ones before or to stand alone, asked with those turns and without:\n\n"+
		"| dialogues | turns | answered | declined | follow-ups that lean | follow-ups that stand alone | wrong passages shown |\n|---|---|---|---|---|---|---|\n")
	for _, d := range []struct {
		name string
		t    score.Totals
	}{{"with history", total.dialogues}, {"without", total.without}} {
		fmt.Fprintf(w, "| %s | %d | %v | %v | %v | %v | %v |\n", d.name, d.t.Turns(), d.t.Answered, d.t.Declined, d.t.Leaning, d.t.StandAlone, d.t.WrongShown)
	}
	fmt.Fprintf(w, "\nHistory costs follow-ups that stand alone %v.\n", total.history)
	return nil
}

// readText scores what an engine on a text answers to its questions; curation is nil for none.
func readText(dir, name string, curation []byte) (readingFigures, error) {
	e, err := engineOn(dir, name, curation)
	if err != nil {
		return readingFigures{}, err
	}
	questions, err := score.ReadFile(filepath.Join(dir, "questions", name+".jsonl"))
	if err != nil {
		return readingFigures{}, err
	}
	dialogues, err := score.ReadFile(filepath.Join(dir, "dialogues", name+".jsonl"))
	if err != nil {
		return readingFigures{}, err
	}
	with := score.Run(dialogues, e, score.Options{})
	without := score.Run(dialogues, e, score.Options{WithoutHistory: true})
	f := readingFigures{texts: 1, dialogues: score.Sum(with), without: score.Sum(without), history: score.CompareHistory(with, without)}
	f.all = f.dialogues.Plus(score.Sum(score.Run(questions, e, score.Options{})))
	return f, nil
}

// textNames reads a list of names: a file with one a line, or names separated by
// commas. Each is wanted once, or a text would count twice.
func textNames(list string) ([]string, error) {
	data, err := os.ReadFile(list)
	switch {
	case err == nil:
		list = string(data)
	case strings.ContainsAny(list, `/\`): // no name has one, so a file was meant
		return nil, err
	default:
		list = strings.ReplaceAll(list, ",", "\n")
	}
	var names []string
	for line := range strings.Lines(list) {
		name := strings.TrimSpace(line)
		if name == "" {
			continue
		}
		if slices.Contains(names, name) {
			return nil, fmt.Errorf("the text %s is named twice", name)
		}
		names = append(names, name)
	}
	if len(names) == 0 {
		return nil, fmt.Errorf("no text is named")
	}
	return names, nil
}
