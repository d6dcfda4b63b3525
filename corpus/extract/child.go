package extract

import (
	"bytes"
	"context"
	"encoding/gob"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"runtime/debug"
)

// childMark is set in the environment of a process that reads one document.
const childMark = "VERBATIM_READ_DOCUMENT"

// childStack is how much stack a process that reads a document may use, in bytes.
// The library for PDF follows references without end where a file makes it.
const childStack = 64 << 20

// reply is what such a process says.
type reply struct {
	Document *Document
	Error    string
}

// Child does the work of a process that Read has started, and does not return in
// one. In any other it does nothing. A program that reads documents calls it first
// thing in main.
func Child() {
	if os.Getenv(childMark) == "" {
		return
	}
	debug.SetMaxStack(childStack)
	var in Input
	var r reply
	if err := gob.NewDecoder(os.Stdin).Decode(&in); err != nil {
		r.Error = errDamaged.Error()
	} else if doc, err := within(context.Background(), maxTime, func(context.Context) (*Document, error) { return pdfFormat.document(in, "") }); err != nil {
		r.Error = err.Error()
	} else {
		r.Document = doc
	}
	if gob.NewEncoder(os.Stdout).Encode(r) != nil {
		os.Exit(1)
	}
	os.Exit(0)
}

// maxReply is how many bytes a process may say of a document.
const maxReply = 4 * MaxText

// readApart reads a PDF in a process of its own: a file can make the library for it
// use up the stack, which ends the process that it is in.
func readApart(ctx context.Context, in Input) (*Document, error) {
	if os.Getenv(childMark) != "" {
		return nil, errors.New("extract.Child is not called by this program")
	}
	program, err := os.Executable()
	if err != nil {
		return nil, fmt.Errorf("the program cannot start itself to read it: %w", err)
	}
	var question bytes.Buffer
	if err := gob.NewEncoder(&question).Encode(in); err != nil {
		return nil, err
	}
	cmd := exec.CommandContext(ctx, program)
	cmd.Args = os.Args[:1]
	cmd.Env = []string{childMark + "=1"} // no token of the program is there to be read
	cmd.Stdin = &question
	out, err := cmd.StdoutPipe()
	if err != nil {
		return nil, err
	}
	if err := cmd.Start(); err != nil {
		return nil, fmt.Errorf("the program cannot start itself to read it: %w", err)
	}
	var r reply
	decoding := gob.NewDecoder(io.LimitReader(out, maxReply)).Decode(&r)
	if decoding != nil {
		_ = cmd.Process.Kill()
	}
	ended := cmd.Wait()
	switch {
	case ctx.Err() != nil:
		return nil, ctx.Err()
	case decoding != nil || ended != nil:
		return nil, errDamaged
	case r.Error != "":
		return nil, errors.New(r.Error)
	case r.Document == nil:
		return nil, errDamaged
	}
	return r.Document, nil
}
