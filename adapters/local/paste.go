package local

import (
	"io"
	"strings"
)

// What a terminal in bracketed paste mode sends before and after what is pasted.
const (
	pasteBegins = "\x1b[200~"
	pasteEnds   = "\x1b[201~"
)

// lineMark stands for a line break in a pasted text, while its line is edited.
const lineMark = "↵"

// unmarked is a line as it was pasted, with its line breaks.
func unmarked(line string) string { return strings.ReplaceAll(line, lineMark, "\n") }

// pastes is what a terminal in bracketed paste mode sends, with line breaks inside a
// paste as lineMark. A pasted text is so one line, and asked when Enter is pressed.
type pastes struct {
	in io.Reader

	pasting bool
	matched int  // how many bytes of the end or the beginning of a paste have come
	cr      bool // the last byte was a carriage return in a paste
	ready   []byte
	err     error
}

// Read gives what has come.
func (p *pastes) Read(b []byte) (int, error) {
	for len(p.ready) == 0 {
		if p.err != nil {
			return 0, p.err
		}
		var raw [256]byte
		var n int
		n, p.err = p.in.Read(raw[:])
		for _, c := range raw[:n] {
			p.take(c)
		}
	}
	n := copy(b, p.ready)
	p.ready = p.ready[n:]
	return n, nil
}

// take takes one byte.
func (p *pastes) take(c byte) {
	wanted := pasteBegins
	if p.pasting {
		wanted = pasteEnds
	}
	switch {
	case c == wanted[p.matched]:
		p.matched++
	case c == wanted[0]:
		p.matched = 1
	default:
		p.matched = 0
	}
	if p.matched == len(wanted) {
		p.pasting, p.matched = !p.pasting, 0
	}
	afterCR := p.cr
	p.cr = p.pasting && c == '\r'
	switch {
	case p.pasting && c == '\n' && afterCR: // the break was written already
	case p.pasting && (c == '\r' || c == '\n'):
		p.ready = append(p.ready, lineMark...)
	case p.pasting && c == '\t': // the terminal would move the cursor unnoticed
		p.ready = append(p.ready, ' ')
	default:
		p.ready = append(p.ready, c)
	}
}
