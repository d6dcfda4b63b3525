package main

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"time"

	"verbatim/answers"
	"verbatim/corpus"
)

// residentMB is this process's resident memory in MB, 0 where the system does
// not tell.
func residentMB() int { return statusMB("/proc/self/status") }

func statusMB(file string) int {
	data, err := os.ReadFile(file)
	if err != nil {
		return 0
	}
	_, rest, _ := strings.Cut(string(data), "VmRSS:")
	kb, _ := strconv.Atoi(strings.Fields(rest)[0])
	return kb / 1024
}

// speedSection measures the embedded article: in the process, and the program
// as a whole.
func speedSection(w *bytes.Buffer) error {
	c, err := corpus.Embedded()
	if err != nil {
		return err
	}
	m, ok := answers.EmbeddedModel(c)
	if !ok {
		return fmt.Errorf("the embedded model is not of the embedded article: make compile")
	}
	e := answers.New(c, m)
	var words, vectors []time.Duration
	for _, in := range c.Sources()[0].Intents() {
		for _, u := range in.Utterances[:min(4, len(in.Utterances))] {
			e.Ask(answers.Question{Text: u}) // warm
			began := time.Now()
			_, why := e.Explain(answers.Question{Text: u})
			took := time.Since(began)
			if why.Encoded {
				vectors = append(vectors, took)
			} else {
				words = append(words, took)
			}
		}
	}
	slices.Sort(words)
	slices.Sort(vectors)
	fmt.Fprint(w, "| what | figure |\n|---|---|\n")
	row := func(name string, t []time.Duration) {
		if len(t) > 0 {
			fmt.Fprintf(w, "| %s, median / p99 of %d | %.0f / %.0f µs |\n", name, len(t), float64(t[len(t)/2].Nanoseconds())/1000, float64(t[len(t)*99/100].Nanoseconds())/1000)
		}
	}
	row("a question decided by words alone", words)
	row("a question that needs the sentence vector", vectors)
	return process(w)
}

// process measures the program from outside.
func process(w *bytes.Buffer) error {
	dir, err := os.MkdirTemp("", "verbatim-bench-*")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	bot := filepath.Join(dir, "bot")
	if out, err := exec.Command("go", "build", "-trimpath", "-o", bot, "./cmd/bot").CombinedOutput(); err != nil {
		return fmt.Errorf("build: %w\n%s", err, out)
	}
	info, err := os.Stat(bot)
	if err != nil {
		return err
	}
	var starts []time.Duration
	rss := 0
	for range 11 {
		cmd := exec.Command(bot, "ask", "--batch")
		in, err := cmd.StdinPipe()
		if err != nil {
			return err
		}
		out, err := cmd.StdoutPipe()
		if err != nil {
			return err
		}
		began := time.Now()
		if err := cmd.Start(); err != nil {
			return err
		}
		fmt.Fprintln(in, `{"id": 1, "text": "what did he say about the company from Cupertino, in so many words?"}`)
		if _, err := out.Read(make([]byte, 1)); err != nil {
			return err
		}
		starts = append(starts, time.Since(began))
		rss = max(rss, statusMB(fmt.Sprintf("/proc/%d/status", cmd.Process.Pid)))
		in.Close()
		go func() { // the rest of the answer
			for b := make([]byte, 4096); ; {
				if _, err := out.Read(b); err != nil {
					return
				}
			}
		}()
		if err := cmd.Wait(); err != nil {
			return err
		}
	}
	slices.Sort(starts)
	fmt.Fprintf(w, "| start to first answer, median of %d | %.0f ms |\n", len(starts), starts[len(starts)/2].Seconds()*1000)
	fmt.Fprintf(w, "| memory of the process then | %d MB |\n| size of the program | %.1f MB |\n", rss, float64(info.Size())/1e6)
	return nil
}
