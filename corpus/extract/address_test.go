package extract

import (
	"net/url"
	"testing"
)

// TestAddresses: whatever is read from the web keeps where it was, unless it says better.
func TestAddresses(t *testing.T) {
	const from = "https://skarvik.example/talks/pier"
	text := "The pier goes.\n\nIt had stood in the water since 1887, and nobody had asked it.\n"
	for _, c := range []struct{ name, kind, data, want string }{
		{"plain text", "text/plain", text, from},
		{"Markdown", "text/markdown", "# The pier\n\n" + text, from},
		{"Markdown that knows better", "text/markdown", "---\nurl: https://skarvik.example/pier\n---\n" + text, "https://skarvik.example/pier"},
		{"captions", "text/vtt", "WEBVTT\n\n00:01.000 --> 00:02.000\nThe pier goes.\n", from},
		{"JSON", "application/json", `{"Does the pier go?": "In March."}`, from},
		{"PDF, which another process reads", "application/pdf", string(printed(pdfPlain, "<<>>", []string{below(50, 700, running...)})), from},
		{"DOCX", "", string(zipped(t, "word/document.xml", "<w:document><w:body><w:p><w:r><w:t>The pier goes.</w:t></w:r></w:p></w:body></w:document>")), from},
		{"a page that was saved elsewhere", "text/html", "<!-- saved from url=(0022)https://other.example/ -->\n<html><body>" + piers, from},
	} {
		address, err := url.Parse(from)
		if err != nil {
			t.Fatal(err)
		}
		if got := mustRead(t, Input{Address: address, ContentType: c.kind, Data: []byte(c.data)}).URL; got != c.want {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
	}
}

// TestSavedPages: a page that was saved from a browser tells where that was.
func TestSavedPages(t *testing.T) {
	const chrome = "<!DOCTYPE html>\n<!-- saved from url=(0037)https://skarvik.example/2024/pier.html -->\n"
	for _, c := range []struct{ name, head, want string }{
		{"by Chrome", chrome + "<html><head></head>", "https://skarvik.example/2024/pier.html"},
		{"by SingleFile", "<!DOCTYPE html> <html lang=en><!--\n Page saved with SingleFile \n url: https://skarvik.example/2024/pier.html \n saved date: Tue Mar 05 2024\n--><head></head>", "https://skarvik.example/2024/pier.html"},
		{"with an address of its own", chrome + `<html><head><link rel="canonical" href="https://skarvik.example/pier"></head>`, "https://skarvik.example/pier"},
		{"with an address of its own, in short", chrome + `<html><head><link rel="canonical" href="/pier"></head>`, "https://skarvik.example/pier"},
		{"from the same disk", "<!-- saved from url=(0024)file:///home/ann/pier.html -->\n<html><head></head>", ""},
		{"from nowhere", "<!-- saved from url=(0014)about:internet -->\n<html><head></head>", ""},
		{"a remark", "<!-- see https://skarvik.example/pier -->\n<html><head></head>", ""},
	} {
		if got := mustRead(t, Input{Name: "pier.html", Data: []byte(c.head + "<body><h1>The pier</h1>" + piers + "</body></html>")}).URL; got != c.want {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
	}
}
