package extract

import (
	"context"
	"net/url"
	"strings"
	"testing"
)

// TestOtherText: text that is written for a program is no plain text, and is called by its name.
func TestOtherText(t *testing.T) {
	const pipe = "The pipe organ of Lerwald has 41 stops, and two of them are silent.\n"
	for _, c := range []struct{ name, data, want string }{
		{"a.xml", "<?xml version='1.0'?>\n<report><p>" + pipe + "</p></report>", "it is XML"},
		{"a.txt", "<?xml version='1.0'?>\n<!-- x -->\n<report><p>" + pipe + "</p></report>", "it is XML"},
		{"", "<?xml version='1.0'?>\n<rss version='2.0'><channel><title>Lerwald</title></channel></rss>", "it is a feed and no text to be read as it stands; add the addresses of its articles"},
		{"feed", "<feed xmlns='http://www.w3.org/2005/Atom'><title>Lerwald</title></feed>", "it is a feed"},
		{"a.rss", pipe, "it is a feed"},
		{"organ.svg", "<svg xmlns='http://www.w3.org/2000/svg'><text>" + pipe + "</text></svg>", "it is a drawing (SVG)"},
		{"", "<!-- by hand -->\n<svg width='3'><text>" + pipe + "</text></svg>", "it is a drawing (SVG)"},
		{"", "<?xml version='1.0'?><tt xmlns='http://www.w3.org/ns/ttml'><body><p>" + pipe + "</p></body></tt>", "it is a file of captions in TTML"},
		{"organ.tex", pipe, "it is LaTeX and no text to be read as it stands; make a PDF of it"},
		{"organ.txt", "% by hand\n\\documentclass{article}\n\\begin{document}\n" + pipe, "it is LaTeX"},
		{"", "\\section{The organ}\n" + pipe, "it is LaTeX"},
		{"organ.adoc", "= The organ\n\n" + pipe, "it is AsciiDoc"},
		{"organ.txt", "= The organ\nAnn Lee\n:toc:\n\n== Stops\n\n" + pipe, "it is AsciiDoc"},
		{"organ.ass", "[Script Info]\nTitle: x\n", "it is a file of captions in ASS"},
		{"", "\ufeff[Script Info]\r\nTitle: x\r\n", "it is a file of captions in ASS"},
		{"", "0:00:01.000,0:00:04.000\nThe organ has 41 stops.\n", "it is a file of captions in SBV"},
		{"a.txt", "{0}{25}The organ has 41 stops.\n{26}{50}Two are silent.\n", "it is a file of captions in SUB"},
		{"", "[ti:The organ]\n[00:01.00]It has 41 stops\n[00:04.00]Two are silent\n", "it is a file of captions in LRC"},
		{"stops.py", "\"\"\"" + pipe + "\"\"\"\n", "it is the source of a program"},
		{"stops", "import os\nfrom sys import argv\n\ndef stops(n):\n    return n + 1\n\nprint(stops(41))\n", "it is the source of a program"},
		{"stops.txt", "package main\n\nimport \"fmt\"\n\nfunc main() {\n\tfmt.Println(41)\n}\n", "it is the source of a program"},
		{"", "# how many there are\nimport os\nstops = 41\nfor s in range(stops):\n    print(s)\n", "it is the source of a program"},
		{"", "#!/bin/sh\necho 41 stops\n", "it is the source of a program"},
		{"organ.yaml", "organ: 41 stops\n", "it is YAML and no text to be read as it stands; save the questions and answers in it as JSON"},
		{"organ.txt", "organ:\n  stops: 41\n  silent:\n    - vox humana\n    - tremulant\nchurch: Lerwald\n", "it is YAML"},
		{"organ.txt", "<h2>The organ</h2>\n<p>It has <b>41 stops</b>.</p>\n", "it is HTML and no text to be read as it stands; give its file a name that ends with .html"},
		{"", "The organ has 41 stops.<br>\nTwo are silent.<br/>\nNobody hears them.", "it is HTML"},
		{"organ.org", "* The organ\n" + pipe, "it is Org"},
		{"", "#+TITLE: The organ\n" + pipe, "it is Org"},
		{"organ.ipynb", `{"cells": []}`, "it is a notebook"},
		{"organ.txt", `{"stops": 41, "silent": 2}`, "JSON should be like"},
		{"organ.jsonl", "{\"question\": \"How many stops?\", \"answer\": \"41.\"}\n{\"question\": \"And sil", "it is no valid JSON"},
	} {
		doc, err := Read(context.Background(), Input{Name: c.name, Data: []byte(c.data)})
		switch {
		case err == nil:
			t.Errorf("%s, %.20q: was read as %s: %q", c.name, c.data, doc.Format, doc.Text())
		case !strings.Contains(err.Error(), c.want) || strings.Contains(err.Error(), "\n"):
			t.Errorf("%s, %.20q: got %q, want %q", c.name, c.data, err, c.want)
		}
	}
}

// TestStillPlain: what only looks a little like text for a program is read.
func TestStillPlain(t *testing.T) {
	for _, text := range []string{
		"In HTML, <p> begins a paragraph and </p> ends it, <b> is bold, and </b> is not.\n",
		"Write to Ann Lee <ann@lerwald.example> or to Bo Ek <bo@lerwald.example>.\n",
		"interviewer: How many stops has it?\norganist: It has 41.\ninterviewer: Do all of them play?\norganist: Two are silent.\n",
		"Stops: 41\nSilent: 2\nPlayed: on Sundays\n",
		"Section 1\n(a) the organist;\n(b) the sexton (of both churches);\n(c) the council; and\n(d) whoever holds the key.\n",
		"[Laughter] The organ has 41 stops. [Applause]\n",
		"= 41 stops in all =\n\nThe organ is large.\n",
		"if you hear nothing:\nreturn to the door.\nThe organ is out.\nIt is for nobody to repair.\n",
		"O silent pipe;\nO stop that no hand pulls;\nO wind;\nyou wait for Lerwald's feast.\n",
		"needed:\n- two pipes of tin\n- leather\n\nBring them by noon.\n",
		"---\n\nThe organ has 41 stops.\n\n---\n\nTwo are silent.\n",
	} {
		if doc, err := Read(context.Background(), Input{Name: "a.txt", Data: []byte(text)}); err != nil || doc.Format != "plain text" {
			t.Errorf("%.20q: %v, %v", text, doc, err)
		}
	}
}

// TestJSONLines: questions with answers are read, one of them a line, whatever tells the format.
func TestJSONLines(t *testing.T) {
	const want = "H How many stops has it?\nP It has 41.\nH Do all play?\nP Two are silent."
	const lined = "{\"question\": \"How many stops has it?\", \"answer\": \"It has 41.\"}\n{\"question\": \"Do all play?\", \"answer\": \"Two are silent.\"}\n"
	for _, in := range []Input{
		{Name: "organ.jsonl", Data: []byte(lined)},
		{Name: "organ.ndjson", Data: []byte("\ufeff" + strings.ReplaceAll(lined, "\n", "\r\n\r\n"))},
		{Name: "organ.txt", Data: []byte(lined)},
		{Data: []byte(lined)},
		{ContentType: "application/x-ndjson", Data: []byte(lined)},
		{Name: "organ.jsonl", Data: []byte("{\"title\": \"How many stops has it?\", \"text\": \"It has 41.\"}\n{\"title\": \"Do all play?\", \"text\": \"Two are silent.\"}")},
	} {
		if doc := mustRead(t, in); lines(doc) != want || doc.Title != "" || doc.Format != "JSON" {
			t.Errorf("%s: %s, %q\n%s", in.Name, doc.Format, doc.Title, lines(doc))
		}
	}
	if !Known("organ.jsonl") {
		t.Error("of a folder, JSON lines are left out")
	}
}

// TestPagesOfPrograms: a page is one whatever program made it.
func TestPagesOfPrograms(t *testing.T) {
	address, _ := url.Parse("https://lerwald.example/organ.php?id=3")
	for name, in := range map[string]Input{
		"HTML":       {Name: "organ.php", ContentType: "text/html", Address: address, Data: []byte("<p>The organ has 41 stops.</p>")},
		"plain text": {Name: "organ.php", ContentType: "text/plain", Address: address, Data: []byte("The organ has 41 stops.")},
	} {
		if doc := mustRead(t, in); doc.Format != name {
			t.Errorf("%s: %s", name, doc.Format)
		}
	}
	page := "<!--\n made by hand\n-->\n<!DOCTYPE html><html><body><p>The organ has 41 stops.</p></body></html>"
	if doc := mustRead(t, Input{Name: "organ.xml", Data: []byte(page)}); doc.Format != "HTML" {
		t.Error(doc.Format)
	}
}
