package adaptertest

import (
	"testing"
	"testing/fstest"

	"verbatim/answers"
	"verbatim/corpus"
)

// The articles of NewLamps by their ids, and a question that each answers otherwise, with the
// words that are in each answer.
const (
	Lamps2023, Lamps2024         = "lamp-prices-2023", "lamp-prices-2024"
	LampsTitle2023               = "Lamp prices in 2023"
	LampsTitle2024               = "Lamp prices in 2024"
	AskPrice                     = "how much does the harbour lamp cost?"
	LampsAnswer2023, LampsAnswer = "The harbour lamp costs forty crowns.", "The harbour lamp costs fifty crowns."
)

// NewLamps returns an answers.Engine on two articles that say otherwise of the same thing.
func NewLamps(t testing.TB) *answers.Engine {
	t.Helper()
	file := func(text string) *fstest.MapFile { return &fstest.MapFile{Data: []byte(text)} }
	c, err := corpus.Load(fstest.MapFS{
		Lamps2023 + "/article.txt": file("The lamps\n" + LampsAnswer2023 + "\nIt is made of brass and is sold at the quay.\n"),
		Lamps2023 + "/source.yaml": file("title: " + LampsTitle2023 + "\npublished: 2023-02-01\n"),
		Lamps2024 + "/article.txt": file("The lamps\n" + LampsAnswer + "\nIt is made of steel and is sold at the market.\n"),
		Lamps2024 + "/source.yaml": file("title: " + LampsTitle2024 + "\npublished: 2024-02-01\n"),
	})
	if err != nil {
		t.Fatal(err)
	}
	m, err := answers.Compile(c)
	if err != nil {
		t.Fatal(err)
	}
	return answers.New(c, m)
}
