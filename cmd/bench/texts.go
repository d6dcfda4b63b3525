package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"testing/fstest"

	"golang.org/x/sync/errgroup"

	"verbatim/answers"
	"verbatim/corpus"
)

// source returns a corpus of one text and its curation, nil for none.
func source(id, text string, curation []byte) (*corpus.Corpus, error) {
	files := fstest.MapFS{id + "/article.txt": {Data: []byte(text)}}
	if curation != nil {
		files[id+"/curation.yaml"] = &fstest.MapFile{Data: curation}
	}
	return corpus.Load(files)
}

// engine returns an engine on a corpus.
func engine(c *corpus.Corpus, err error) (*answers.Engine, error) {
	if err != nil {
		return nil, err
	}
	m, err := answers.Compile(c)
	if err != nil {
		return nil, err
	}
	return answers.New(c, m), nil
}

// engineOn returns an engine on a text of ../shared/reading and its curation, nil for none.
func engineOn(dir, name string, curation []byte) (*answers.Engine, error) {
	text, err := os.ReadFile(filepath.Join(dir, "texts", name+".txt"))
	if err != nil {
		return nil, err
	}
	e, err := engine(source(name, string(text), curation))
	if err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	return e, nil
}

// writeArticle adds a text without curation to the folder of a corpus.
func writeArticle(dir, id, text string) error {
	folder := filepath.Join(dir, id)
	if err := os.Mkdir(folder, 0o755); err != nil {
		return err
	}
	return os.WriteFile(filepath.Join(folder, "article.txt"), []byte(text), 0o644)
}

// each does something for each of some names on all processors, and returns what came of it
// in their order.
func each[T any](names []string, do func(name string) (T, error)) ([]T, error) {
	out := make([]T, len(names))
	var g errgroup.Group
	g.SetLimit(runtime.GOMAXPROCS(0))
	for i, name := range names {
		g.Go(func() (err error) {
			out[i], err = do(name)
			return err
		})
	}
	return out, g.Wait()
}

// readLines reads a file of JSON values.
func readLines[T any](file string) ([]T, error) {
	f, err := os.Open(file)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	var out []T
	d := json.NewDecoder(bufio.NewReader(f))
	for {
		var v T
		if err := d.Decode(&v); err == io.EOF {
			return out, nil
		} else if err != nil {
			return nil, fmt.Errorf("%s: %w", file, err)
		}
		out = append(out, v)
	}
}
