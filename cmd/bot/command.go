package main

import (
	"strings"

	"github.com/spf13/cobra"
)

// newCommand returns the program's command line.
func newCommand() *cobra.Command {
	var corpusDir string
	root := &cobra.Command{
		Use:   "bot",
		Short: "Answers questions about an article with the exact passage",
		Long: `Verbatim answers questions about an article with the exact passage, who said
it and where it stands, and says so when the article does not say.

Without a command it runs in Slack and in Discord if their variables are set
(see below), else it starts a conversation in the terminal.`,
		Args:          cobra.NoArgs,
		SilenceUsage:  true,
		SilenceErrors: true,
		RunE: func(cmd *cobra.Command, args []string) error {
			return run(cmd, corpusDir)
		},
	}
	root.CompletionOptions.DisableDefaultCmd = true
	root.PersistentFlags().StringVar(&corpusDir, "corpus", "", "folder with one folder per source (default: $CORPUS, else ./corpus-data where it is there, else the embedded article)")
	root.SetUsageTemplate(root.UsageTemplate() + "{{if not .HasParent}}\n" + strings.ReplaceAll(environmentHelp(), "{{", "{ {") + "{{end}}")
	root.AddCommand(
		addCommand(&corpusDir),
		listCommand(&corpusDir),
		renameCommand(&corpusDir),
		removeCommand(&corpusDir),
		askCommand(&corpusDir),
		checkCommand(&corpusDir),
		evalCommand(&corpusDir),
		compileCommand(&corpusDir),
		draftCommand(),
		doctorCommand(&corpusDir),
		journalCommand(&corpusDir),
		versionCommand(),
	)
	return root
}
