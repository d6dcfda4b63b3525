package main

import (
	"flag"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"

	"verbatim/corpus/extract"
)

var update = flag.Bool("update", false, "write the golden files anew")

// TestMain makes the program a command of the scripts, and of the tests that run
// it as a process of its own.
func TestMain(m *testing.M) {
	extract.Child()
	testscript.Main(suite{m}, map[string]func(){"bot": main})
}

// suite has a folder for the program that scripts run, while the tests run.
type suite struct{ *testing.M }

// Run runs the tests.
func (s suite) Run() int {
	dir, err := os.MkdirTemp("", "verbatim-plain-*")
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	defer os.RemoveAll(dir)
	plainDir = dir
	return s.M.Run()
}

var plainDir string

// plainProgram builds the program without the race detector, in which the reader takes a
// dozen times as long. Scripts run the program hundreds of times, one command at a time.
var plainProgram = sync.OnceValue(func() error {
	out, err := exec.Command("go", "build", "-o", filepath.Join(plainDir, "bot"), ".").CombinedOutput()
	if err != nil {
		return fmt.Errorf("%w: %s", err, out)
	}
	return nil
})

// usePlain has a script run the program without the race detector.
func usePlain(e *testscript.Env) error {
	if !underRace {
		return nil
	}
	e.Setenv("PATH", plainDir+string(os.PathListSeparator)+e.Getenv("PATH"))
	return plainProgram()
}

// cacheDir is where tests keep compiled corpora, from one run to the next: a
// corpus that has changed is compiled anew.
func cacheDir(t testing.TB) string {
	t.Helper()
	dir, err := os.UserCacheDir()
	if err != nil {
		t.Fatal(err)
	}
	return filepath.Join(dir, "verbatim-test")
}

// clean is the environment without what the program reads.
func clean() []string {
	var env []string
	for _, pair := range os.Environ() {
		name, _, _ := strings.Cut(pair, "=")
		known := false
		for _, v := range variables() {
			known = known || v.Name == name
		}
		if !known {
			env = append(env, pair)
		}
	}
	return env
}

// webSite serves the files of a script, the test documents, and what sites do that
// have no file: lead elsewhere, and look at who asks.
func webSite(files, documents string) http.Handler {
	mux := http.NewServeMux()
	mux.Handle("/", http.FileServer(http.Dir(files)))
	mux.Handle("/documents/", http.StripPrefix("/documents/", http.FileServer(http.Dir(documents))))
	mux.Handle("/moved", http.RedirectHandler("/documents/library-pelican.html", http.StatusMovedPermanently))
	mux.HandleFunc("/who", func(w http.ResponseWriter, r *http.Request) { fmt.Fprintln(w, r.UserAgent()) })
	mux.Handle("/circle", http.RedirectHandler("/circle", http.StatusFound))
	return mux
}

// TestScripts runs the program as a person does: testdata/script/*.txtar.
func TestScripts(t *testing.T) {
	cache := cacheDir(t)
	t.Setenv("CACHE_DIR", cache)
	if _, err := loadEngine(t.Context(), io.Discard, ""); err != nil { // compiled once, not by every script
		t.Fatal(err)
	}
	harbour, err := filepath.Abs("testdata/corpus")
	if err != nil {
		t.Fatal(err)
	}
	documents, err := filepath.Abs("../../corpus/extract/testdata")
	if err != nil {
		t.Fatal(err)
	}
	testscript.Run(t, testscript.Params{
		Dir: "testdata/script",
		Setup: func(e *testscript.Env) error {
			site := httptest.NewServer(webSite(filepath.Join(e.WorkDir, "web"), documents))
			e.Defer(site.Close)
			e.Setenv("SITE", site.URL)
			e.Setenv("DOCUMENTS", documents) // one or more of each format
			e.Setenv("HOME", e.WorkDir)
			e.Setenv("CACHE_DIR", cache)
			e.Setenv("HARBOUR", harbour) // a small corpus
			return usePlain(e)
		},
	})
}
