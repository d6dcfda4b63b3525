package main

import (
	"bytes"
	"context"
	"io"
	"math/rand/v2"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"verbatim/corpus"
	"verbatim/corpus/extract"
)

// TestAddDamaged adds 200 damaged documents: what cannot be read leaves nothing
// behind, what can is a corpus that loads.
func TestAddDamaged(t *testing.T) {
	files, err := filepath.Glob("../../corpus/extract/testdata/*.*")
	if err != nil {
		t.Fatal(err)
	}
	r := rand.New(rand.NewPCG(3, 4))
	kept, refused := 0, 0
	for n := 0; n < 200; {
		for _, file := range files {
			if filepath.Ext(file) == ".golden" {
				continue
			}
			n++
			data, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			if n%2 == 0 {
				data = data[:r.IntN(len(data))]
			} else {
				for range 1 + len(data)/500 {
					data[r.IntN(len(data))] = byte(r.UintN(256))
				}
			}
			a := &adder{library: library{filepath.Join(t.TempDir(), "corpus")}, name: "a", in: bytes.NewReader(data), out: io.Discard, log: io.Discard}
			if err := a.add(context.Background(), "-"); err != nil {
				refused++
				if _, err := os.Lstat(a.dir); err == nil {
					t.Fatalf("%s: %s is left behind", file, a.dir)
				}
				continue
			}
			kept++
			if _, err := corpus.LoadDir(a.dir); err != nil {
				t.Errorf("%s: %v", file, err)
			}
			if entries, err := os.ReadDir(a.dir); err != nil || len(entries) != 1 {
				t.Errorf("%s: the corpus holds %v (%v)", file, entries, err)
			}
		}
	}
	if kept == 0 || refused == 0 {
		t.Errorf("%d were kept and %d refused: the damage is no test", kept, refused)
	}
}

// TestAddLimits: files that are too large to read are not read, and links that lead
// around in a circle are not followed.
func TestAddLimits(t *testing.T) {
	dir := t.TempDir()
	large := filepath.Join(dir, "large.pdf")
	if err := os.WriteFile(large, []byte("%PDF-1.4\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	if err := os.Truncate(large, 1<<30); err != nil {
		t.Fatal(err)
	}
	a := &adder{library: library{filepath.Join(dir, "corpus")}, out: io.Discard, log: io.Discard}
	if err := a.add(context.Background(), large); err == nil || !strings.Contains(err.Error(), "more than 64 MB") {
		t.Errorf("got %v", err)
	}
	circle := filepath.Join(dir, "circle")
	if err := os.Mkdir(circle, 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink(circle, filepath.Join(circle, "again")); err != nil {
		t.Skip("no symbolic links here")
	}
	if err := a.add(context.Background(), circle); err == nil || !strings.Contains(err.Error(), "no document in it") {
		t.Errorf("got %v", err)
	}
	if _, err := os.Lstat(a.dir); err == nil {
		t.Error("a folder is left behind")
	}
}

// TestUserAgent: sites are told the version that bot --version prints.
func TestUserAgent(t *testing.T) {
	before := release
	t.Cleanup(func() { release = before })
	for _, release = range []string{"", "1.2.0"} {
		product, _, _ := strings.Cut(strings.TrimPrefix(userAgent("bot@example.org"), "Verbatim/"), " ")
		if product == "" || !strings.Contains(version(), product) || release != "" && product != release {
			t.Errorf("Verbatim/%s reads pages, and bot --version says %s", product, version())
		}
	}
}

func TestAddCancelled(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	a := &adder{library: library{filepath.Join(t.TempDir(), "corpus")}, name: "a", in: strings.NewReader("A boat sails."), out: io.Discard, log: io.Discard}
	if err := a.add(ctx, "-"); err == nil {
		t.Error("it was added")
	}
	if _, err := os.Lstat(a.dir); err == nil {
		t.Error("a folder is left behind")
	}
}

func TestSlug(t *testing.T) {
	for in, want := range map[string]string{
		"Velden library":      "velden-library",
		"  Über die Brücke! ": "uber-die-brucke",
		"it’s_a (new) day":    "its-a-new-day",
		"Паром 12":            "паром-12",
		"...":                 "",
		"..":                  "",
		"The long title of an article that goes on and on and never seems to come to its end": "the-long-title-of-an-article-that-goes-on-and-on-and-never",
		strings.Repeat("x", 100): strings.Repeat("x", maxName),
	} {
		if got := slug(in); got != want {
			t.Errorf("%q: got %q, want %q", in, got, want)
		}
	}
}

// TestNames: a file, a page or a title names the source.
func TestNames(t *testing.T) {
	page := func(address, name string) extract.Input {
		u, err := url.Parse(address)
		if err != nil {
			t.Fatal(err)
		}
		return extract.Input{Address: u, Name: name}
	}
	titled := &extract.Document{Title: "The pier goes"}
	for _, c := range []struct {
		in   extract.Input
		doc  *extract.Document
		want string
	}{
		{extract.Input{Name: "My Talk (final).pdf"}, titled, "my-talk-final"},
		{extract.Input{}, titled, "the-pier-goes"},
		{page("https://post.example/2024/pier-goes.html", "pier-goes.html"), titled, "pier-goes"},
		{page("https://post.example/2024/", "2024"), titled, "the-pier-goes"},
		{page("https://post.example/index.html", "index.html"), titled, "the-pier-goes"},
		{page("https://www.post.example/", "/"), &extract.Document{}, "www-post-example"},
	} {
		if got := nameOf(c.in, c.doc); got != c.want {
			t.Errorf("%q: got %q, want %q", c.in.Name, got, c.want)
		}
	}
}
