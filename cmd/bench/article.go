package main

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
)

// articleSection scores the practice questions of the repository and the sample.
func articleSection(w *bytes.Buffer, data string) error {
	files, err := filepath.Glob("answers/testdata/questions/*.jsonl")
	if err != nil {
		return err
	}
	if sample := data + "/questions/sample.jsonl"; !missing(sample) {
		files = append(files, sample)
	}
	fmt.Fprint(w, "| questions | answered right | abstained right | premise right | follow-up right | speaker right | wrong quote shown |\n|---|---|---|---|---|---|---|\n")
	for _, f := range files {
		cmd := exec.Command("go", "run", "./cmd/bot", "eval", f)
		cmd.Stderr = os.Stderr
		out, err := cmd.Output()
		if err != nil {
			return fmt.Errorf("%s: %w", strings.Join(cmd.Args, " "), err)
		}
		figure := func(name string) string {
			_, rest, _ := strings.Cut(string(out), "\n"+name)
			line, _, _ := strings.Cut(rest, "\n")
			return strings.TrimSpace(line)
		}
		fmt.Fprintf(w, "| %s | %s | %s | %s | %s | %s | %s |\n", filepath.Base(f), figure("answered right"), figure("abstained right"),
			figure("premise right"), figure("follow-up right"), figure("speaker right"), figure("wrong quote shown as the answer:"))
	}
	return nil
}
