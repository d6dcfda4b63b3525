package main

import (
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"
)

var update = flag.Bool("update", false, "write the golden files anew")

// TestMain makes the program a command of the scripts, and of the tests that run
// it as a process of its own.
func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){"bot": main})
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

// TestScripts runs the program as a person does: testdata/script/*.txtar.
func TestScripts(t *testing.T) {
	cache := cacheDir(t)
	t.Setenv("CACHE_DIR", cache)
	if _, err := loadEngine(""); err != nil { // compiled once, not by every script
		t.Fatal(err)
	}
	harbour, err := filepath.Abs("testdata/corpus")
	if err != nil {
		t.Fatal(err)
	}
	testscript.Run(t, testscript.Params{
		Dir: "testdata/script",
		Setup: func(e *testscript.Env) error {
			e.Setenv("HOME", e.WorkDir)
			e.Setenv("CACHE_DIR", cache)
			e.Setenv("HARBOUR", harbour) // a small corpus
			return nil
		},
	})
}
