package extract

import (
	"context"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

var update = flag.Bool("update", false, "write the golden files anew")

func TestMain(m *testing.M) {
	Child()
	m.Run()
}

// TestDocuments reads every document in testdata and compares what was made of it
// with its golden file.
func TestDocuments(t *testing.T) {
	files, err := filepath.Glob("testdata/*.*")
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range files {
		if strings.HasSuffix(file, ".golden") {
			continue
		}
		t.Run(filepath.Base(file), func(t *testing.T) {
			data, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			got := shown(Read(context.Background(), Input{Name: filepath.Base(file), Data: data}))
			golden := file + ".golden"
			if *update {
				if err := os.WriteFile(golden, []byte(got), 0o644); err != nil {
					t.Fatal(err)
				}
			}
			want, err := os.ReadFile(golden)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(string(want), got); diff != "" {
				t.Error(diff)
			}
		})
	}
}

var kinds = []string{"paragraph", "heading", "item", "quotation", "caption", "turn"}

// shown is a document for a golden file.
func shown(doc *Document, err error) string {
	if err != nil {
		return "error: " + err.Error() + "\n"
	}
	var b strings.Builder
	for _, f := range []struct{ name, value string }{
		{"format", doc.Format}, {"encoding", doc.Encoding}, {"title", doc.Title}, {"author", doc.Author}, {"publisher", doc.Publisher},
		{"published", doc.Published}, {"url", doc.URL}, {"language", doc.Language}, {"notes", strings.Join(doc.Notes, "; ")},
	} {
		if f.value != "" {
			fmt.Fprintf(&b, "%s: %s\n", f.name, f.value)
		}
	}
	b.WriteByte('\n')
	for _, block := range doc.Blocks {
		fmt.Fprintf(&b, "%-9s  %s\n", kinds[block.Kind], block.Text)
	}
	return b.String()
}
