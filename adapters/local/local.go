// Package local is the adapter that needs no platform: a conversation in a
// terminal, or line by line through a pipe. Tests talk to it too.
package local

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"

	"golang.org/x/term"

	"verbatim/adapters"
	"verbatim/answers"
)

// Name is the platform's name in metrics and logs.
const Name = "local"

// maxLine is the longest line, in bytes, that is read from a pipe.
const maxLine = 1 << 20

// Adapter talks on In and Out.
type Adapter struct {
	Handler adapters.Handler
	Engine  adapters.Engine
	// In is read line by line. Where it and Out are a terminal, lines can be
	// edited, with a history, and there is a welcome and a mark to type at.
	// Source is the id or title of the source that is talked about; empty: all.
	Source string
	Links  adapters.Links
	In     io.Reader
	Out    io.Writer
	// NoColor keeps a terminal plain. What is not a terminal is always plain.
	NoColor bool
	// Dumb says that the terminal shows what it is sent and obeys nothing of it, as
	// TERM=dumb has it: a line is then what the system takes for one.
	Dumb bool
}

// Name returns "local".
func (a *Adapter) Name() string { return Name }

// Run answers line after line until the input or ctx ends. Ctrl-C and Ctrl-D
// end it at once.
func (a *Adapter) Run(ctx context.Context) error {
	in, inOK := a.In.(*os.File)
	out, outOK := a.Out.(*os.File)
	switch {
	case !inOK || !outOK || !term.IsTerminal(int(in.Fd())) || !term.IsTerminal(int(out.Fd())):
		return a.pipe(ctx, "")
	case a.Dumb || !obeys(out):
		fmt.Fprintln(out, welcome(style{}, a.Engine.About(a.Source)))
		defer fmt.Fprintln(out)
		return a.pipe(ctx, "> ")
	}
	return a.converse(ctx, in, out)
}

// Ask has one message answered in the conversation that Run holds.
func (a *Adapter) Ask(ctx context.Context, text string) answers.Answer {
	return a.Handler.Handle(ctx, adapters.Message{Platform: Name, Conversation: Name, Person: Name, Text: adapters.Bounded(text), Source: a.Source})
}

// pipe answers each line of In, whatever it holds, with an empty line between answers
// and a mark to type at before each line.
func (a *Adapter) pipe(ctx context.Context, mark string) error {
	lines := make(chan string)
	var readErr error
	go func() { // ctx may end while nobody writes
		defer close(lines)
		in := bufio.NewScanner(a.In)
		in.Buffer(nil, maxLine)
		for in.Scan() {
			select {
			case lines <- in.Text():
			case <-ctx.Done():
				return
			}
		}
		readErr = in.Err()
	}()
	for {
		if _, err := io.WriteString(a.Out, mark); err != nil {
			return fmt.Errorf("write to the terminal: %w", err)
		}
		var line string
		var more bool
		select {
		case line, more = <-lines:
		case <-ctx.Done():
			return nil
		}
		switch {
		case !more && errors.Is(readErr, bufio.ErrTooLong):
			return fmt.Errorf("a line is longer than %d bytes; break it up", maxLine)
		case !more:
			return readErr
		case strings.TrimSpace(line) == "":
			continue
		case mark != "" && leaves(line):
			return nil
		}
		if _, err := fmt.Fprintf(a.Out, "%s\n\n", Linked(a.Ask(ctx, line), a.Links)); err != nil {
			return fmt.Errorf("write the answer: %w", err)
		}
	}
}

// leaves reports whether a line ends a conversation at a terminal, where no article is asked
// for one of these words.
func leaves(line string) bool {
	switch strings.ToLower(strings.TrimSpace(line)) {
	case "exit", "quit", ":q":
		return true
	}
	return false
}

// converse is a conversation at a terminal.
func (a *Adapter) converse(ctx context.Context, in, out *os.File) error {
	before, err := term.MakeRaw(int(in.Fd()))
	if err != nil {
		return fmt.Errorf("set up the terminal: %w", err)
	}
	defer term.Restore(int(in.Fd()), before)

	st := style{color: !a.NoColor, links: &a.Links}
	t := term.NewTerminal(struct {
		io.Reader
		io.Writer
	}{&pastes{in: in}, out}, st.paint(cyan, "> "))
	t.SetBracketedPasteMode(true)
	defer t.SetBracketedPasteMode(false)
	fit := func() { // before each answer: a window may have another size by then
		if w, h, err := term.GetSize(int(out.Fd())); err == nil && w > 0 {
			_ = t.SetSize(w, h) // it returns what writing a line break does
			st.width = w
		}
	}
	fit()
	fmt.Fprintln(t, welcome(st, a.Engine.About(a.Source)))
	for {
		var line string
		err := unless(ctx, func() (err error) {
			line, err = t.ReadLine()
			return err
		})
		if leaves(line) {
			return nil
		}
		var answer answers.Answer
		if err == nil && strings.TrimSpace(line) != "" {
			// While the answer is looked for, Ctrl-C ends the program as it does anywhere.
			_ = term.Restore(int(in.Fd()), before)
			err = unless(ctx, func() error {
				answer = a.Ask(ctx, unmarked(line))
				return nil
			})
			_, _ = term.MakeRaw(int(in.Fd())) // it worked before
		}
		switch {
		case errors.Is(err, io.EOF) || ctx.Err() != nil: // Ctrl-C and Ctrl-D come as io.EOF
			fmt.Fprint(out, "\r\n")
			return nil
		case err != nil:
			return fmt.Errorf("read from the terminal: %w", err)
		case strings.TrimSpace(line) != "":
			fit()
			fmt.Fprintf(t, "\n%s\n\n", st.text(answer))
		}
	}
}

// unless does what may take long, and does not wait for its end when ctx ends.
func unless(ctx context.Context, do func() error) error {
	done := make(chan error, 1)
	go func() { done <- do() }()
	select {
	case err := <-done:
		return err
	case <-ctx.Done():
		return ctx.Err()
	}
}

// welcome says what the corpus is and what to try.
func welcome(st style, about answers.About) string {
	var b strings.Builder
	b.WriteString(st.paint(bold, "Verbatim") + " · " + Printable(about.Title))
	if about.Sources > 1 {
		fmt.Fprintf(&b, " and %d more", about.Sources-1)
	}
	b.WriteString("\n" + strings.Join(st.wrap(Printable(about.Welcome), 0), "\n") + "\n")
	if len(about.Questions) > 0 {
		b.WriteString("\nTry:\n")
		for _, q := range about.Questions[:min(4, len(about.Questions))] {
			b.WriteString("  " + Printable(q) + "\n")
		}
	}
	b.WriteString("\n" + st.paint(dim, "Ctrl-D ends."))
	return b.String()
}
