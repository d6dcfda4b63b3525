package main

import (
	"fmt"
	"io"
	"os"
	"strings"
	"sync"
	"time"
	"unicode/utf8"

	"golang.org/x/term"

	"verbatim/adapters/local"
)

const (
	// progressAfter is how long work may take before it is told how far it is.
	progressAfter = time.Second
	// redrawEvery is how often the line on a terminal changes: often enough to look
	// alive, and too seldom to cost anything.
	redrawEvery = 250 * time.Millisecond
	// lineEvery is how often a line goes elsewhere, where every line stays.
	lineEvery = 10 * time.Second
)

// progress tells somebody who waits how far a piece of work is, once it takes over a
// second: on a terminal in one line that changes, elsewhere in a line now and then.
// It may be used from several goroutines.
type progress struct {
	out   io.Writer
	what  string
	width int // of the terminal, in characters; 0 elsewhere
	quit  chan struct{}
	ended chan struct{}

	mu        sync.Mutex
	began     time.Time // the stage that it is in
	done, all int       // what is done of how many; 0 where that is not known
	now       string    // what is being done
	shown     int       // how many characters stand in the terminal's line
}

// newProgress begins to tell of work, which may have any number of parts, or none.
func newProgress(out io.Writer, what string, all int) *progress {
	return startProgress(out, terminalWidth(out), what, all)
}

func startProgress(out io.Writer, width int, what string, all int) *progress {
	p := &progress{out: out, what: what, all: all, width: width, began: time.Now(), quit: make(chan struct{}), ended: make(chan struct{})}
	go p.tell()
	return p
}

// terminalWidth is how many characters fit into a line of a terminal that can write a
// line anew, and 0 for anything else.
func terminalWidth(out io.Writer) int {
	f, ok := out.(*os.File)
	if !ok || os.Getenv("TERM") == "dumb" || !term.IsTerminal(int(f.Fd())) {
		return 0
	}
	if width, _, err := term.GetSize(int(f.Fd())); err == nil && width > 0 {
		return width
	}
	const usual = 80
	return usual
}

// tell shows how far the work is until it ends.
func (p *progress) tell() {
	defer close(p.ended)
	every := lineEvery
	if p.width > 0 {
		every = redrawEvery
	}
	ticks := time.NewTicker(every)
	defer ticks.Stop()
	for {
		select {
		case <-p.quit:
			return
		case <-ticks.C:
			p.show()
		}
	}
}

func (p *progress) show() {
	p.mu.Lock()
	defer p.mu.Unlock()
	took := time.Since(p.began)
	line := p.line(took)
	switch {
	case took < progressAfter:
	case p.width == 0:
		fmt.Fprintln(p.out, line)
	default:
		if runes := []rune(line); len(runes) >= p.width { // a longer line could not be written anew
			line = string(runes[:p.width-1])
		}
		length := utf8.RuneCountInString(line)
		fmt.Fprint(p.out, "\r"+line+strings.Repeat(" ", max(0, p.shown-length)))
		p.shown = length
	}
}

// line says how far the work is after some time.
func (p *progress) line(took time.Duration) string {
	text := p.what + ": "
	if p.all > 0 {
		text += fmt.Sprintf("%d of %d", p.done, p.all)
	} else if p.done > 0 {
		text += fmt.Sprint(p.done)
	}
	if p.done > 0 {
		text += fmt.Sprintf(", %.1f a second", float64(p.done)/took.Seconds())
	}
	switch left := time.Duration(float64(took) * float64(p.all-p.done) / float64(max(1, p.done))); {
	case p.all == 0 && p.done == 0:
		text += took.Round(time.Second).String()
	case p.all > 0 && p.done == 0:
		text += ", " + took.Round(time.Second).String()
	case p.all > p.done:
		text += ", " + left.Round(time.Second).String() + " left"
	}
	if p.now != "" {
		text += ": " + p.now
	}
	return text
}

// doing says what is being done now.
func (p *progress) doing(what string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.now = printable(what)
}

// more says that there is one part more to do than was known.
func (p *progress) more() {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.all++
}

// Begin says that a stage of the work begins, of so many parts.
func (p *progress) Begin(what string, parts int) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.now, p.began, p.done, p.all = what, time.Now(), 0, parts
}

// Did says that a part is done.
func (p *progress) Did() {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.done++
}

// printf writes to w without that the terminal's line gets into it, and without what a
// terminal would obey: names and texts are those of strangers.
func (p *progress) printf(w io.Writer, format string, a ...any) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.clear()
	fmt.Fprint(w, local.Printable(fmt.Sprintf(format, a...)))
}

func (p *progress) clear() {
	if p.shown > 0 {
		fmt.Fprint(p.out, "\r"+strings.Repeat(" ", p.shown)+"\r")
		p.shown = 0
	}
}

// stop ends it; the terminal's line is empty again.
func (p *progress) stop() {
	close(p.quit)
	<-p.ended
	p.mu.Lock()
	defer p.mu.Unlock()
	p.clear()
}
