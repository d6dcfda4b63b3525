//go:build linux

package main

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"golang.org/x/sys/unix"

	"verbatim/adapters/adaptertest"
	"verbatim/corpus"
)

// atTerminal starts the program at a terminal of its own, in an empty folder. What is
// written to the returned file is typed.
func atTerminal(t *testing.T, env []string, args ...string) (*process, *os.File) {
	t.Helper()
	user, err := os.OpenFile("/dev/ptmx", os.O_RDWR, 0)
	if err != nil {
		t.Skipf("there is no terminal to be had: %v", err)
	}
	t.Cleanup(func() { user.Close() })
	number, err := unix.IoctlGetInt(int(user.Fd()), unix.TIOCGPTN)
	if err != nil {
		t.Fatal(err)
	}
	if err := unix.IoctlSetPointerInt(int(user.Fd()), unix.TIOCSPTLCK, 0); err != nil {
		t.Fatal(err)
	}
	if err := unix.IoctlSetWinsize(int(user.Fd()), unix.TIOCSWINSZ, &unix.Winsize{Row: 40, Col: 100}); err != nil {
		t.Fatal(err)
	}
	tty, err := os.OpenFile(fmt.Sprintf("/dev/pts/%d", number), os.O_RDWR|syscall.O_NOCTTY, 0)
	if err != nil {
		t.Fatal(err)
	}
	defer tty.Close()

	p := &process{t: t, cmd: exec.Command(program(t), args...), out: &adaptertest.Log{}, ended: make(chan struct{})}
	p.cmd.Env = append(append(clean(), "CACHE_DIR="+cacheDir(t), "TERM=xterm", "NO_COLOR="), env...)
	p.cmd.Dir = t.TempDir()
	p.cmd.Stdin, p.cmd.Stdout, p.cmd.Stderr = tty, tty, tty
	p.cmd.SysProcAttr = &syscall.SysProcAttr{Setsid: true, Setctty: true}
	if err := p.cmd.Start(); err != nil {
		t.Fatal(err)
	}
	shown := make(chan struct{})
	go func() {
		defer close(shown)
		for b := make([]byte, 4096); ; {
			n, err := user.Read(b)
			_, _ = p.out.Write(b[:n])
			if err != nil { // nobody has the terminal open any more
				return
			}
		}
	}()
	go func() {
		p.err = p.cmd.Wait()
		<-shown
		close(p.ended)
	}()
	t.Cleanup(func() {
		_ = p.cmd.Process.Kill()
		<-p.ended
		if t.Failed() {
			t.Logf("the terminal shows:\n%q", p.out.String())
		}
	})
	return p, user
}

// keys types.
func keys(t *testing.T, terminal *os.File, text string) {
	t.Helper()
	if _, err := terminal.WriteString(text); err != nil {
		t.Fatal(err)
	}
}

const ctrlC = "\x03"

const dahl = "We have waited eleven years for this timetable,"

func harbourCorpus(t *testing.T) string {
	t.Helper()
	dir, err := filepath.Abs("testdata/corpus")
	if err != nil {
		t.Fatal(err)
	}
	return dir
}

// TestPaste: what is pasted is one question, when Enter is pressed; Ctrl-C ends.
func TestPaste(t *testing.T) {
	t.Parallel()
	p, terminal := atTerminal(t, nil, "--corpus", harbourCorpus(t))
	p.says(`> `)
	keys(t, terminal, "\x1b[200~what did Dahl say\rabout the timetable?\r\x1b[201~")
	p.says(`what did Dahl say↵about the timetable\?↵`)
	if strings.Contains(p.out.String(), dahl) {
		t.Error("a paste is answered before Enter")
	}
	keys(t, terminal, "\r")
	p.says(dahl)
	keys(t, terminal, "what happens to the old ferry?\r")
	p.says(`the Petrel, goes to the museum`)
	if n := strings.Count(p.out.String(), dahl); n != 1 {
		t.Errorf("the paste is answered %d times", n)
	}
	p.says(`\x1b\[36m`)
	keys(t, terminal, ctrlC)
	if code := p.wait(); code != exitDone {
		t.Errorf("exit code %d after Ctrl-C in a conversation", code)
	}
	if shown := p.out.String(); !strings.Contains(shown, "\x1b[?2004h") || !strings.HasSuffix(shown, "\x1b[?2004l") {
		t.Error("the terminal's paste mode is not as it was")
	}
}

// TestPlainTerminals: NO_COLOR and TERM=dumb are respected.
func TestPlainTerminals(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ set, unwanted string }{
		{"NO_COLOR=1", "\x1b[36m"}, // lines are edited all the same
		{"TERM=dumb", "\x1b"},
	} {
		t.Run(c.set, func(t *testing.T) {
			t.Parallel()
			p, terminal := atTerminal(t, []string{c.set}, "--corpus", harbourCorpus(t))
			p.says(`> `)
			keys(t, terminal, "what did Dahl say about the timetable?\r")
			p.says(dahl)
			keys(t, terminal, ctrlC)
			if code := p.wait(); code != exitDone {
				t.Errorf("exit code %d", code)
			}
			if strings.Contains(p.out.String(), c.unwanted) {
				t.Errorf("the terminal is sent %q", c.unwanted)
			}
		})
	}
}

// TestInterrupted: Ctrl-C in the middle of work ends it, and leaves nothing behind.
func TestInterrupted(t *testing.T) {
	t.Parallel()
	var utterances strings.Builder // enough for seconds on many processors, too
	for i := range 12_000 {
		fmt.Fprintf(&utterances, "      - what does it say about number %d?\n", i)
	}
	large := t.TempDir()
	writeFile(t, filepath.Join(large, "long", articleName), "Numbers are many.\n")
	writeFile(t, filepath.Join(large, "long", "curation.yaml"), `passages:
  - id: many
    quote: Numbers are many.
    attribution: article
intents:
  - id: numbers
    passages: [many]
    utterances:
`+utterances.String())
	site := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) { <-r.Context().Done() }))
	defer site.CloseClientConnections()
	cache := t.TempDir()
	for _, c := range []struct {
		name, shown string
		args        []string
	}{
		{"add", `adding http\S+: [1-9]s`, []string{"add", "--private", site.URL + "/page.html"}},
		{"compile", `compiling the corpus, once: [0-9]+ of `, []string{"compile", "--corpus", large}},
		{"conversation", `compiling the corpus, once: [0-9]+ of `, []string{"--corpus", large}},
		{"standard input", `adding -: [1-9]s`, []string{"add", "-"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			p, terminal := atTerminal(t, []string{"CACHE_DIR=" + cache}, c.args...)
			p.says(c.shown)
			keys(t, terminal, ctrlC)
			if code := p.wait(); code != exitInterrupted {
				t.Errorf("exit code %d after Ctrl-C", code)
			}
			p.says(`\r {10,}\r(\^C)?bot: interrupted`)
			for _, dir := range []string{p.cmd.Dir, cache} {
				if left, err := os.ReadDir(dir); err != nil || len(left) > 0 {
					t.Errorf("%v is left behind (%v)", left, err)
				}
			}
		})
	}
}

// TestInterruptedFolder: a folder tells the rate and the time left; what was added
// when Ctrl-C comes stays, whole.
func TestInterruptedFolder(t *testing.T) {
	t.Parallel()
	document, err := os.ReadFile("../../corpus/extract/testdata/press.pdf")
	if err != nil {
		t.Fatal(err)
	}
	folder := t.TempDir()
	const all = 300
	for i := range all {
		writeFile(t, filepath.Join(folder, fmt.Sprintf("report-%d.pdf", i)), string(document))
	}
	p, terminal := atTerminal(t, nil, "add", folder)
	p.says(`\radding: \d+ of 300, \d+\.\d a second, [1-9][0-9ms]* left: report-\d+\.pdf`)
	keys(t, terminal, ctrlC)
	if code := p.wait(); code != exitInterrupted {
		t.Errorf("exit code %d after Ctrl-C", code)
	}
	added := p.says(`interrupted: (\d+) sources? of 300 are in corpus-data`)
	dir := filepath.Join(p.cmd.Dir, defaultCorpus)
	c, err := corpus.LoadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	left, err := os.ReadDir(dir)
	if err != nil || fmt.Sprint(len(left)) != added || len(left) != len(c.Sources()) {
		t.Errorf("%s sources are said to be added; the folder holds %d, and %d are sources (%v)", added, len(left), len(c.Sources()), err)
	}
}

func writeFile(t *testing.T, name, text string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(name, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
}
