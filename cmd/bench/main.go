// Command bench measures the program and writes docs/benchmarks.md.
//
// The public data sets are not part of the repository; the sections that need
// them say so and are left as they are in the file where they are missing.
//
//	go run ./cmd/bench                       every section
//	go run ./cmd/bench -only reading,speed   some; the others stay as they are
//	go run ./cmd/bench -texts NAME,NAME      the reading section on other texts
//	go run ./cmd/bench -only claims -texts …  the claims about other texts
//
// The texts of the reading and claims sections, and the first group of the attribution section,
// are held out: the engine is not developed with them in sight. For development, -texts names others; their figures go to standard
// output and never into the document.
//
// The reader section has ONNX Runtime do the reader's work beside it, where there are
// the virtual environment and the weights that make reader leaves in .train, and in that
// environment what onnx/requirements.txt names:
//
//	.train/venv/bin/pip install -r cmd/bench/onnx/requirements.txt
//
// Elsewhere it says that this was not measured.
package main

import (
	"bytes"
	"flag"
	"fmt"
	"io"
	"os"
	"os/exec"
	"runtime"
	"strings"
)

// section is one part of the document.
type section struct {
	name  string
	title string
	// needs is a file or folder that must be there, or empty.
	needs string
	run   func(w *bytes.Buffer) error
}

func main() {
	data := flag.String("data", "../shared", "folder with bench/, questions/ and reading/")
	out := flag.String("out", "docs/benchmarks.md", "document to write")
	only := flag.String("only", "", "sections to measure, separated by commas (default: all)")
	seconds := flag.Int("seconds", 30, "length of each load run")
	texts := flag.String("texts", "", "texts to read instead of the held-out ones: names separated by commas, or a file with one a line; the figures are printed, and the document is left as it is")
	python := flag.String("python", ".train/venv/bin/python", "the Python that runs ONNX Runtime in the reader section; it needs what onnx/requirements.txt names")
	weights := flag.String("weights", ".train/reader.pt", "the reader's weights for ONNX Runtime, as make reader keeps them")
	flag.Parse()
	var err error
	switch {
	case *texts == "":
		err = bench(*data, *out, *only, *seconds, onnx{*python, *weights})
	case *only == "" || *only == "reading" || *only == "claims" || *only == "curated":
		err = otherTexts(*data, *texts, *only)
	default:
		err = fmt.Errorf("-texts goes with -only reading, claims or curated, not with -only %s", *only)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
		os.Exit(1)
	}
}

// otherTexts prints the reading section, or that of the claims with all that was judged
// wrong, of texts that are not held out.
func otherTexts(data, list, section string) error {
	names, err := textNames(list)
	if err != nil {
		return err
	}
	var body bytes.Buffer
	switch section {
	case "claims":
		err = claimSection(&body, data+"/reading", names, os.Stdout)
	case "curated":
		err = curatedSection(&body, data+"/reading", names)
	default:
		err = readingSection(&body, data+"/reading", names)
	}
	if err != nil {
		return err
	}
	_, err = body.WriteTo(os.Stdout)
	return err
}

func bench(data, out, only string, seconds int, other onnx) error {
	heldOut := data + "/reading/heldout.txt"
	onHeldOut := func(section func(w *bytes.Buffer, dir string, names []string) error) func(w *bytes.Buffer) error {
		return func(w *bytes.Buffer) error {
			names, err := textNames(heldOut)
			if err != nil {
				return err
			}
			return section(w, data+"/reading", names)
		}
	}
	sections := []section{
		{"article", "Questions to the article", "", func(w *bytes.Buffer) error { return articleSection(w, data) }},
		{"intents", "Intent sets", data + "/bench/clinc150", func(w *bytes.Buffer) error { return intentSection(w, data+"/bench") }},
		{"squad", "Articles without curation", data + "/bench/squad", func(w *bytes.Buffer) error { return squadSection(w, data+"/bench/squad") }},
		{"reading", "Texts without curation", heldOut, onHeldOut(readingSection)},
		{"claims", "Claims about texts", heldOut, onHeldOut(func(w *bytes.Buffer, dir string, names []string) error {
			return claimSection(w, dir, names, io.Discard)
		})},
		{"attribution", "Who says what", data + "/reading/texts", func(w *bytes.Buffer) error { return attributionSection(w, data+"/reading/texts", labelFile) }},
		{"curated", "Texts with little curation", heldOut, func(w *bytes.Buffer) error {
			names, err := curatedNames()
			if err != nil {
				return err
			}
			return curatedSection(w, data+"/reading", names)
		}},
		{"draft", "Drafted curations", data + "/bench/squad", func(w *bytes.Buffer) error { return draftSection(w, data+"/bench/squad") }},
		{"extraction", "Articles out of pages", heldOut, func(w *bytes.Buffer) error { return extractionSection(w, data+"/reading") }},
		{"speed", "Speed and size", "", speedSection},
		{"reader", "Reading a question", data + "/bench/squad", func(w *bytes.Buffer) error { return readerSection(w, data+"/bench/squad", other) }},
		{"scale", "Ten thousand articles", data + "/bench/squad", func(w *bytes.Buffer) error { return scaleSection(w, data+"/bench/squad") }},
		{"state", "State", "", func(w *bytes.Buffer) error { return goBench(w, "./state", "Claim", "5s") }},
		{"slack", "Slack under load", "", func(w *bytes.Buffer) error {
			return goBench(w, "./adapters/slack", "Load", "1x", "-args", fmt.Sprintf("-load.for=%ds", seconds))
		}},
		{"discord", "Discord under load", "", func(w *bytes.Buffer) error {
			return goBench(w, "./adapters/discord", "Load", "1x", "-args", fmt.Sprintf("-load.seconds=%d", seconds))
		}},
		{"fleet", "Three replicas, one killed every few seconds", "", func(w *bytes.Buffer) error {
			return goBench(w, "./cmd/bot", "Fleet", "1x", "-args", fmt.Sprintf("-fleet.for=%ds", 2*seconds))
		}},
	}
	old, err := os.ReadFile(out)
	if err != nil && !os.IsNotExist(err) {
		return err
	}
	var doc bytes.Buffer
	fmt.Fprintf(&doc, "# Benchmarks\n\nWritten by `make bench`. Each part names its command: `go run ./cmd/bench -only NAME`.\n"+
		"Machine: %s/%s, %d cores, %s. Shared machines are noisy: compare figures of one run.\n", runtime.GOOS, runtime.GOARCH, runtime.NumCPU(), runtime.Version())
	for _, s := range sections {
		var body bytes.Buffer
		kept := keep(old, s.title)
		switch {
		case only != "" && !strings.Contains(","+only+",", ","+s.name+","):
			body.WriteString(kept)
		case s.needs != "" && missing(s.needs):
			fmt.Fprintf(os.Stderr, "%s: %s is not there; its figures are left as they were\n", s.name, s.needs)
			body.WriteString(kept)
		default:
			fmt.Fprintln(os.Stderr, s.name)
			if err := s.run(&body); err != nil {
				return fmt.Errorf("%s: %w", s.name, err)
			}
		}
		if body.Len() > 0 {
			fmt.Fprintf(&doc, "\n## %s\n\n`go run ./cmd/bench -only %s`\n\n%s\n", s.title, s.name, strings.TrimSpace(body.String()))
		}
	}
	return os.WriteFile(out, doc.Bytes(), 0o644)
}

func missing(path string) bool {
	_, err := os.Stat(path)
	return err != nil
}

// keep returns the body of a section of an older document.
func keep(doc []byte, title string) string {
	_, rest, ok := strings.Cut(string(doc), "\n## "+title+"\n")
	if !ok {
		return ""
	}
	body, _, _ := strings.Cut(rest, "\n## ")
	_, body, _ = strings.Cut(strings.TrimSpace(body), "\n") // the command
	return strings.TrimSpace(body)
}

// goBench runs a package's benchmarks and shows their lines.
func goBench(w *bytes.Buffer, pkg, pattern, benchtime string, more ...string) error {
	args := append([]string{"test", "-run", "^$", "-bench", pattern, "-benchtime", benchtime, "-timeout", "60m", pkg}, more...)
	cmd := exec.Command("go", args...)
	cmd.Stderr = os.Stderr
	out, err := cmd.Output()
	if err != nil {
		return fmt.Errorf("%s: %w\n%s", strings.Join(cmd.Args, " "), err, out)
	}
	fmt.Fprintf(w, "`%s`\n\n```\n", strings.Join(cmd.Args, " "))
	for line := range strings.Lines(string(out)) {
		if strings.HasPrefix(line, "Benchmark") {
			w.WriteString(line)
		}
	}
	w.WriteString("```\n")
	return nil
}
