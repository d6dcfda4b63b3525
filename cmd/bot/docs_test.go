package main

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"verbatim/answers"
)

// TestPrivacy: what the bot says of itself is what the page on it begins with.
func TestPrivacy(t *testing.T) {
	page, err := os.ReadFile("../../docs/privacy.md")
	if err != nil {
		t.Fatal(err)
	}
	if text := strings.Join(strings.Fields(strings.ReplaceAll(string(page), "\n> ", " ")), " "); !strings.Contains(text, answers.Privacy) {
		t.Errorf("docs/privacy.md does not have what the bot answers: %s", answers.Privacy)
	}
}

const (
	// longestReadme is how many lines the README may have.
	longestReadme = 120
	// largestPicture is how many bytes a picture may have.
	largestPicture = 80_000
)

// TestDocs: what the documents link to is there, and what is seen first is short.
func TestDocs(t *testing.T) {
	pages, err := filepath.Glob("../../docs/*.md")
	if err != nil {
		t.Fatal(err)
	}
	link := regexp.MustCompile(`(?:\]\(|src=")([^)"\s]+)[)"]`)
	for _, page := range append(pages, "../../README.md", "../../CONTRIBUTING.md") {
		data, err := os.ReadFile(page)
		if err != nil {
			t.Fatal(err)
		}
		if n := strings.Count(string(data), "\n"); strings.HasSuffix(page, "README.md") && n > longestReadme {
			t.Errorf("the README has %d lines, more than %d", n, longestReadme)
		}
		for _, m := range link.FindAllStringSubmatch(string(data), -1) {
			if strings.Contains(m[1], "://") {
				continue
			}
			file, heading, _ := strings.Cut(m[1], "#")
			target := page
			if file != "" {
				target = filepath.Join(filepath.Dir(page), file)
			}
			there, err := os.ReadFile(target)
			if info, statErr := os.Stat(target); statErr == nil && info.IsDir() {
				continue
			}
			if err != nil || heading != "" && !hasHeading(string(there), heading) {
				t.Errorf("%s links to %s, which is not there", page, m[1])
			}
		}
	}
	pictures, err := filepath.Glob("../../docs/pictures/*")
	if err != nil || len(pictures) == 0 {
		t.Fatal(len(pictures), err)
	}
	for _, p := range pictures {
		if info, err := os.Stat(p); err != nil || info.Size() > largestPicture {
			t.Errorf("%s: %d bytes, %v", p, info.Size(), err)
		}
	}
}

// hasHeading reports whether a page has a heading of that anchor, as GitHub makes them.
func hasHeading(page, anchor string) bool {
	for line := range strings.Lines(page) {
		if title, ok := strings.CutPrefix(strings.TrimLeft(line, "#"), " "); ok && strings.HasPrefix(line, "#") {
			made := regexp.MustCompile(`[^\p{L}\p{N} -]`).ReplaceAllString(strings.ToLower(strings.TrimSpace(title)), "")
			if strings.ReplaceAll(made, " ", "-") == anchor {
				return true
			}
		}
	}
	return false
}
