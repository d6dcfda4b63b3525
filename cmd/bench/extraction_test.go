package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestExtraction holds the pages to the goal: 98 % of the sentences are there, and at most
// 1 % of those that came out are foreign.
func TestExtraction(t *testing.T) {
	const reading = "../../../shared/reading"
	if _, err := os.Stat(reading); err != nil {
		t.Skip("the texts are not here")
	}
	names, err := textsToExtract(reading)
	if err != nil {
		t.Fatal(err)
	}
	pages, err := templates("testdata/pages")
	if err != nil || len(pages) < 3 {
		t.Fatal(len(pages), "pages", err)
	}
	for _, page := range pages {
		var sum extracted
		for _, name := range names {
			text, err := os.ReadFile(filepath.Join(reading, "texts", name+".txt"))
			if err != nil {
				t.Fatal(err)
			}
			got, err := page.extract(string(text), func(what, sentence string) {
				if testing.Verbose() {
					t.Logf("%s in %s: %s %.120q", name, page.name, what, sentence)
				}
			})
			if err != nil {
				t.Errorf("%s in %s: %v", name, page.name, err)
			}
			sum = sum.add(got)
		}
		if !sum.good() {
			t.Errorf("%s: %v", page.name, sum)
		}
	}
}

// TestExtractionCounts: what is lost and what is foreign is counted.
func TestExtractionCounts(t *testing.T) {
	const text = "The pier goes\nThe pier was built in 1931 of oak, and it has stood in the water since then without much help.\nNobody mends it. A heading\nThe council has decided to take it down before the winter, because a boat that hits it would sink.\n"
	page := template{"page", "<html><title>{{title}}</title><body><article><h1>{{title}}</h1>{{article}}<p>Somebody else wrote this sentence here.</p></article></body></html>", "<p>Nor is this.</p>"}
	var told []string
	got, err := page.extract(strings.Replace(text, "Nobody mends it.", "Nobody\u00ad mends it.", 1), func(what, sentence string) { told = append(told, what+": "+sentence) })
	if err != nil {
		t.Fatal(err)
	}
	want := "1 | 4 of 5 (80.00) | 3 of 7 (42.86)"
	if got.String() != want || got.good() {
		t.Errorf("%v, good: %v; want %s\n%s", got, got.good(), want, strings.Join(told, "\n"))
	}
	if twice := got.add(got); twice.pages != 2 || twice.there != 8 || twice.out != 14 {
		t.Errorf("twice that is %v", twice)
	}
}

func TestMarked(t *testing.T) {
	if got, want := marked("one <two> three four five & seven"), `one <a href="/w/1">&lt;two&gt;</a> three four <em>five</em> &amp; seven`; got != want {
		t.Errorf("%q; want %q", got, want)
	}
	for line, want := range map[string]bool{"What comes next": true, "It came.": false, "“Yes”": false, "One two three four five six seven eight nine": false} {
		if heading(line) != want {
			t.Errorf("%q is a heading: %v", line, !want)
		}
	}
}
