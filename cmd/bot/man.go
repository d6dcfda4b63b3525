package main

import (
	"fmt"
	"strings"

	"github.com/spf13/cobra"
)

func manCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "man",
		Short: "Print the manual page",
		Long: `Prints the manual page of the program and all its commands, in the form that man
reads: bot man > /usr/local/share/man/man1/bot.1`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, args []string) error {
			_, err := fmt.Fprint(cmd.OutOrStdout(), manual(cmd.Root()))
			return err
		},
	}
}

// manual is the manual page of a program. It is written here, and not by the package
// that cobra has for it, which would bring a Markdown renderer into the program.
func manual(root *cobra.Command) string {
	var b strings.Builder
	b.WriteString(".TH " + strings.ToUpper(root.Name()) + " 1\n.SH NAME\n" + roff(root.Name()) + " \\- " + roff(lowerFirst(root.Short)) + "\n")
	b.WriteString(".SH SYNOPSIS\n.B " + roff(root.Name()) + "\n[\\fIcommand\\fR] [\\fIoptions\\fR]\n")
	b.WriteString(".SH DESCRIPTION\n" + block(root.Long) + ".SH OPTIONS\n" + options(root))
	b.WriteString(".SH COMMANDS\n")
	commands(&b, root)
	b.WriteString(".SH ENVIRONMENT\nVariables are also read from a file .env in the working directory.\n")
	for _, v := range variables() {
		text := v.Description
		if v.Default != "" {
			text += " (default " + v.Default + ")"
		}
		b.WriteString(entry(v.Name, text))
	}
	b.WriteString(entry("NO_COLOR", "Where it is set, nothing is coloured"))
	b.WriteString(entry("TERM", "Where it is dumb, nothing is coloured, and no line is edited or written anew"))
	b.WriteString(".SH EXIT STATUS\n")
	for _, e := range []struct {
		code int
		text string
	}{
		{exitDone, "What was asked for is done."},
		{exitFailed, "It failed, or what was checked is not as it should be."},
		{exitUsage, "The command was not typed as it is to be used; nothing was done."},
		{exitInterrupted, "Ctrl-C or SIGTERM ended it before it was done. A conversation and a bot that serves end with 0."},
	} {
		b.WriteString(entry(fmt.Sprint(e.code), e.text))
	}
	return b.String()
}

// commands writes the commands under cmd, each with those under it.
func commands(b *strings.Builder, cmd *cobra.Command) {
	for _, sub := range cmd.Commands() {
		if !sub.IsAvailableCommand() || sub.Name() == "help" {
			continue
		}
		b.WriteString(".SS " + roff(sub.UseLine()) + "\n" + block(sub.Short+".\n\n"+sub.Long))
		if sub.Example != "" {
			b.WriteString(".PP\n.nf\n" + roff(sub.Example) + "\n.fi\n")
		}
		b.WriteString(options(sub))
		commands(b, sub)
	}
}

// options lists the flags that a command has of its own, as --help does.
func options(cmd *cobra.Command) string {
	const width = 76 // of a page in a terminal of 80 characters, behind its margin
	usages := cmd.NonInheritedFlags().FlagUsagesWrapped(width)
	if usages == "" {
		return ""
	}
	return ".PP\n.nf\n" + roff(strings.TrimRight(usages, "\n")) + "\n.fi\n"
}

// entry is a term and what it means.
func entry(term, text string) string {
	return ".TP\n\\fB" + roff(term) + "\\fR\n" + roff(text) + "\n"
}

// block is paragraphs of text. One that is indented keeps its lines.
func block(text string) string {
	var b strings.Builder
	filled := true
	for line := range strings.Lines(strings.TrimSpace(text) + "\n") {
		line = strings.TrimRight(line, "\n")
		indented := strings.HasPrefix(line, "  ") || strings.HasPrefix(line, "\t")
		switch {
		case line == "":
			b.WriteString(".PP\n")
			continue
		case indented && filled:
			b.WriteString(".nf\n")
		case !indented && !filled:
			b.WriteString(".fi\n")
		}
		filled = !indented
		b.WriteString(roff(line) + "\n")
	}
	if !filled {
		b.WriteString(".fi\n")
	}
	return b.String()
}

// roff is text as it is written in a manual page: nothing in it is taken for markup.
func roff(text string) string {
	text = strings.NewReplacer(`\`, `\e`, "-", `\-`).Replace(text)
	lines := strings.Split(text, "\n")
	for i, line := range lines {
		if strings.HasPrefix(line, ".") || strings.HasPrefix(line, "'") {
			lines[i] = `\&` + line
		}
	}
	return strings.Join(lines, "\n")
}

func lowerFirst(s string) string { return strings.ToLower(s[:1]) + s[1:] }
