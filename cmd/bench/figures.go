package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"time"
)

// figure is one row of a table: what was measured, what came out, and what was
// wanted, empty for none.
type figure struct{ what, value, goal string }

// writeFigures writes a table, with a column for the goals where there are any.
func writeFigures(w *bytes.Buffer, figures []figure) {
	goals := slices.ContainsFunc(figures, func(f figure) bool { return f.goal != "" })
	if goals {
		w.WriteString("| what | figure | goal |\n|---|---|---|\n")
	} else {
		w.WriteString("| what | figure |\n|---|---|\n")
	}
	for _, f := range figures {
		fmt.Fprintf(w, "| %s | %s |", f.what, f.value)
		if goals {
			fmt.Fprintf(w, " %s |", f.goal)
		}
		w.WriteByte('\n')
	}
}

// percentile returns the least time that more than percent of all do not exceed,
// 0 of none. The 50th is the median, the upper one of an even number.
func percentile(took []time.Duration, percent int) time.Duration {
	if len(took) == 0 {
		return 0
	}
	sorted := slices.Sorted(slices.Values(took))
	return sorted[min(len(sorted)*percent/100, len(sorted)-1)]
}

// millis and micros are a time as a number.
func millis(d time.Duration) float64 { return d.Seconds() * 1e3 }
func micros(d time.Duration) float64 { return d.Seconds() * 1e6 }

// cpuName returns the processor's name out of the text of /proc/cpuinfo, empty where
// it has none.
func cpuName(cpuinfo string) string {
	for line := range strings.Lines(cpuinfo) {
		if name, value, ok := strings.Cut(line, ":"); ok && strings.TrimSpace(name) == "model name" {
			return strings.Join(strings.Fields(value), " ")
		}
	}
	return ""
}

// residentMB is this process's resident memory in MB, 0 where the system does
// not tell.
func residentMB() int { return processMB(os.Getpid(), "VmRSS") }

// processMB is a size of a process in MB: VmRSS is its resident memory, VmHWM the
// most that was; 0 where the system does not tell.
func processMB(pid int, size string) int {
	data, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", pid))
	if err != nil {
		return 0
	}
	return statusMB(string(data), size)
}

// statusMB finds a size in the text of a /proc/PID/status.
func statusMB(status, size string) int {
	for line := range strings.Lines(status) {
		if fields := strings.Fields(line); len(fields) > 1 && fields[0] == size+":" {
			kb, _ := strconv.Atoi(fields[1])
			return kb / 1024
		}
	}
	return 0
}

// buildBot builds the program into a folder, as a release does, and returns its file.
func buildBot(dir string) (string, error) {
	bot := filepath.Join(dir, "bot")
	cmd := exec.Command("go", "build", "-trimpath", "-o", bot, "./cmd/bot")
	cmd.Env = append(os.Environ(), "CGO_ENABLED=0")
	if out, err := cmd.CombinedOutput(); err != nil {
		return "", fmt.Errorf("build: %w\n%s", err, out)
	}
	return bot, nil
}

// firstAnswers starts the built program some times, each time with nothing kept from
// before, and returns the median time until its first answer and the most memory that
// it had taken by then. corpus is the folder of a corpus, empty for the embedded one.
//
// The question comes on standard input, which stays open: the program then still runs
// when its memory is looked at. The memory that the system accounts to a process when
// it has ended includes what its parent had when it was started, and this one is large.
func firstAnswers(bot, corpus, question string, runs int) (median time.Duration, mb int, err error) {
	var took []time.Duration
	for range runs {
		d, m, err := firstAnswer(bot, corpus, question)
		if err != nil {
			return 0, 0, fmt.Errorf("%s ask: %w", filepath.Base(bot), err)
		}
		took, mb = append(took, d), max(mb, m)
	}
	return percentile(took, 50), mb, nil
}

func firstAnswer(bot, corpus, question string) (took time.Duration, mb int, err error) {
	cache, err := os.MkdirTemp("", "verbatim-bench-*")
	if err != nil {
		return 0, 0, err
	}
	defer os.RemoveAll(cache)
	line, err := json.Marshal(map[string]string{"text": question})
	if err != nil {
		return 0, 0, err
	}
	args := []string{"ask", "--batch"}
	if corpus != "" {
		args = append(args, "--corpus", corpus)
	}
	cmd := exec.Command(bot, args...)
	cmd.Dir = cache // where no .env is
	cmd.Env = append(os.Environ(), "CACHE_DIR="+cache, "CORPUS=")
	cmd.Stderr = os.Stderr
	in, err := cmd.StdinPipe()
	if err != nil {
		return 0, 0, err
	}
	out := &waiting{first: make(chan time.Time, 1)}
	cmd.Stdout = out
	began := time.Now()
	if err := cmd.Start(); err != nil {
		return 0, 0, err
	}
	ended := make(chan error, 1)
	in.Write(append(line, '\n')) // a process that is gone by now shows below
	go func() { ended <- cmd.Wait() }()
	select {
	case at := <-out.first:
		took, mb = at.Sub(began), processMB(cmd.Process.Pid, "VmHWM")
		in.Close()
		return took, mb, <-ended
	case err := <-ended:
		return 0, 0, errors.Join(errors.New("it ended without an answer"), err)
	}
}

// waiting is a writer that tells when it is first written to, and keeps nothing.
type waiting struct {
	first chan time.Time
	begun bool
}

func (w *waiting) Write(p []byte) (int, error) {
	if !w.begun {
		w.begun = true
		w.first <- time.Now()
	}
	return len(p), nil
}
