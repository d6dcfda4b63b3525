package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// floors, from the bottom: a package imports only from its own floor or below.
// Two platforms never import each other.
var floors = []string{"corpus", "answers", "state", "adapters", "cmd"}

func floor(pkg string) int {
	first, _, _ := strings.Cut(strings.TrimPrefix(pkg, "verbatim/"), "/")
	for i, f := range floors {
		if f == first {
			return i
		}
	}
	return -1
}

func TestImportsPointDown(t *testing.T) {
	out, err := exec.Command("go", "list", "-f", `{{.ImportPath}} {{join .Imports " "}}`, "verbatim/...").Output()
	if err != nil {
		t.Fatal(err)
	}
	platforms := []string{"verbatim/adapters/slack", "verbatim/adapters/discord", "verbatim/adapters/local"}
	for line := range strings.Lines(string(out)) {
		f := strings.Fields(line)
		pkg := f[0]
		if floor(pkg) < 0 {
			t.Errorf("%s is on no floor", pkg)
		}
		for _, dep := range f[1:] {
			if !strings.HasPrefix(dep, "verbatim/") {
				continue
			}
			if floor(dep) > floor(pkg) {
				t.Errorf("%s imports %s, which lies above it", pkg, dep)
			}
			if strings.HasPrefix(pkg, "verbatim/adapters") {
				for _, p := range platforms {
					if strings.HasPrefix(dep, p) && !strings.HasPrefix(pkg, p) {
						t.Errorf("%s imports %s: platforms do not know each other", pkg, dep)
					}
				}
			}
			if strings.HasSuffix(pkg, "/state") && strings.HasPrefix(dep, "verbatim/") {
				t.Errorf("%s imports %s: state keeps bytes and knows nothing of them", pkg, dep)
			}
		}
	}
}

// TestPlatformWords: what belongs to a platform stays inside its package.
func TestPlatformWords(t *testing.T) {
	words := regexp.MustCompile(`(?i)\b(slack|discord|guilds?|embeds|workspaces?|app_mention|block kit|webhooks?)\b`)
	for _, dir := range []string{"../../corpus", "../../answers"} {
		err := filepath.WalkDir(dir, func(path string, d os.DirEntry, err error) error {
			if err != nil || filepath.Ext(path) != ".go" {
				return err
			}
			data, err := os.ReadFile(path)
			if err != nil {
				return err
			}
			if w := words.Find(data); w != nil {
				t.Errorf("%s speaks of %q", path, w)
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
}
