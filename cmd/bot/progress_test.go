package main

import (
	"os"
	"strings"
	"testing"
	"testing/fstest"
	"testing/synctest"
	"time"

	"verbatim/corpus"
)

// TestProgressLine: the rate, and the time that is left at that rate, where the number
// of parts is known.
func TestProgressLine(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		done, all int
		now       string
		took      time.Duration
		want      string
	}{
		{0, 0, "", 12 * time.Second, "adding: 12s"},
		{0, 200, "a.pdf", 3 * time.Second, "adding: 0 of 200, 3s: a.pdf"},
		{50, 200, "b.pdf", 10 * time.Second, "adding: 50 of 200, 5.0 a second, 30s left: b.pdf"},
		{1, 200, "", time.Minute, "adding: 1 of 200, 0.0 a second, 3h19m0s left"},
		{200, 200, "", 10 * time.Second, "adding: 200 of 200, 20.0 a second"},
		{30, 0, "", 10 * time.Second, "adding: 30, 3.0 a second"},
	} {
		p := &progress{what: "adding", done: c.done, all: c.all, now: c.now}
		if got := p.line(c.took); got != c.want {
			t.Errorf("%d of %d: %q, want %q", c.done, c.all, got, c.want)
		}
	}
}

// TestProgressOnTerminal: nothing within the first second, then one line that is
// written anew, fits, is away while something else is written, and at the end.
func TestProgressOnTerminal(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var out strings.Builder
		p := startProgress(&out, 40, "adding", 10)
		time.Sleep(900 * time.Millisecond)
		synctest.Wait()
		if out.Len() > 0 {
			t.Errorf("%q within the first second", out.String())
		}
		p.Did()
		p.doing("a name\x1b[31m that is much too long for the line")
		time.Sleep(200 * time.Millisecond)
		synctest.Wait()
		const line = "adding: 1 of 10, 1.0 a second, 9s left: "
		if want := "\r" + line[:39]; out.String() != want {
			t.Errorf("the terminal shows %q, want %q", out.String(), want)
		}
		out.Reset()
		p.printf(&out, "a line of the output\n")
		p.stop()
		time.Sleep(time.Minute)
		synctest.Wait()
		if want := "\r" + strings.Repeat(" ", 39) + "\ra line of the output\n"; out.String() != want {
			t.Errorf("then it shows %q, want %q", out.String(), want)
		}
	})
}

// TestProgressElsewhere: a line now and then, and none where there is little to wait for.
func TestProgressElsewhere(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var out strings.Builder
		p := newProgress(&out, "adding", 4)
		time.Sleep(9 * time.Second)
		synctest.Wait()
		if out.Len() > 0 {
			t.Errorf("%q within nine seconds", out.String())
		}
		p.Did()
		time.Sleep(12 * time.Second)
		p.stop()
		if want := "adding: 1 of 4, 0.1 a second, 30s left\nadding: 1 of 4, 0.1 a second, 1m0s left\n"; out.String() != want {
			t.Errorf("the log has %q, want %q", out.String(), want)
		}
	})
}

// TestProgressOfStages: each stage of some work has its own count, rate and time left.
func TestProgressOfStages(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var out strings.Builder
		p := startProgress(&out, 0, "compiling", 0)
		p.Begin("reading", 30)
		time.Sleep(500 * time.Millisecond)
		for range 20 {
			time.Sleep(time.Second)
			p.Did()
		}
		p.Begin("learning", 4)
		time.Sleep(12 * time.Second)
		p.Did()
		time.Sleep(9 * time.Second)
		p.stop()
		want := "compiling: 9 of 30, 0.9 a second, 23s left: reading\n" +
			"compiling: 19 of 30, 0.9 a second, 12s left: reading\n" +
			"compiling: 0 of 4, 10s: learning\n" +
			"compiling: 1 of 4, 0.1 a second, 59s left: learning\n"
		if out.String() != want {
			t.Errorf("it tells\n%swant\n%s", out.String(), want)
		}
	})
}

// TestWatchedFS: every source of a corpus is counted once, before it is read and after.
func TestWatchedFS(t *testing.T) {
	t.Parallel()
	p := &progress{}
	files := fstest.MapFS{
		"a/article.txt": {Data: []byte("One is a number.\n")}, "b/article.txt": {Data: []byte("Two is a number.\n")},
		"c/notes.txt": {Data: []byte("No source.\n")}, "readme": {Data: []byte("No folder.\n")},
	}
	c, err := corpus.Load(watchedFS{files, p})
	if err != nil || len(c.Sources()) != 2 || p.done != 2 || p.all != 2 {
		t.Errorf("%d of %d are read (%v)", p.done, p.all, err)
	}
}

func TestTerminalWidth(t *testing.T) {
	f, err := os.Create(t.TempDir() + "/log")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if n := terminalWidth(f) + terminalWidth(&strings.Builder{}); n != 0 {
		t.Errorf("what is no terminal has a width of %d", n)
	}
}
