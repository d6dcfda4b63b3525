// Command bot answers questions about an article with the exact passage, in
// Slack, in Discord and in a terminal.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"syscall"

	"github.com/spf13/cobra"

	"verbatim/adapters/local"
	"verbatim/corpus/extract"
)

func main() {
	extract.Child()
	cobra.MousetrapHelpText = "" // on Windows a double click starts the conversation
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	context.AfterFunc(ctx, stop) // a second signal ends the program at once
	cmd, err := newCommand().ExecuteContextC(ctx)
	if code := report(ctx, err, cmd, os.Stderr); code != exitDone {
		os.Exit(code)
	}
}

// The exit codes, as docs/operations.md and the manual page describe them.
const (
	exitDone        = 0
	exitFailed      = 1
	exitUsage       = 2
	exitInterrupted = 130 // as shells have it for a program that Ctrl-C ended
)

// errReported ends a command whose output has said what is wrong.
var errReported = errors.New("reported")

// usageError says that a command was not typed as it is to be used.
type usageError struct{ error }

// report says on out how a command ended, unless that is said already, and returns
// the exit code.
func report(ctx context.Context, err error, cmd *cobra.Command, out io.Writer) int {
	var usage usageError
	switch {
	case err == nil:
		return exitDone
	case errors.Is(err, errReported):
		return exitFailed
	case ctx.Err() != nil && errors.Is(err, context.Canceled):
		fmt.Fprintln(out, "bot: interrupted")
		return exitInterrupted
	case errors.As(err, &usage):
		fmt.Fprintf(out, "bot: %s\nSee %s --help.\n", local.Printable(err.Error()), cmd.CommandPath())
		return exitUsage
	}
	fmt.Fprintln(out, "bot:", local.Printable(err.Error())) // which may hold a stranger's text
	return exitFailed
}
