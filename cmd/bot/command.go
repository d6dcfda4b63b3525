package main

import (
	"errors"
	"fmt"

	"github.com/spf13/cobra"

	"verbatim/answers"
)

// newCommand returns the program's command line.
func newCommand() *cobra.Command {
	var corpusDir, source string
	var showVersion bool
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
			if showVersion {
				fmt.Fprintln(cmd.OutOrStdout(), version())
				return nil
			}
			return run(cmd, corpusDir, source)
		},
	}
	root.Flags().BoolVarP(&showVersion, "version", "v", false, "version for bot")
	root.PersistentFlags().StringVar(&corpusDir, "corpus", "", "folder with one folder per source (default: $CORPUS, else ./corpus-data where it is there, else the embedded article)")
	sourceFlag(root, &source, &corpusDir)
	_ = root.MarkPersistentFlagDirname("corpus") // fails only where there is no such flag
	// Templates would have the linker keep some 10 MB of methods that nothing calls.
	usual := root.UsageFunc()
	root.SetUsageFunc(func(cmd *cobra.Command) error {
		err := usual(cmd)
		if err == nil && !cmd.HasParent() {
			fmt.Fprint(cmd.OutOrStderr(), "\n"+environmentHelp())
		}
		return err
	})
	root.SetFlagErrorFunc(func(_ *cobra.Command, err error) error { return usageError{err} })
	root.AddCommand(
		addCommand(&corpusDir),
		listCommand(&corpusDir),
		renameCommand(&corpusDir),
		removeCommand(&corpusDir),
		askCommand(&corpusDir),
		checkCommand(&corpusDir),
		evalCommand(&corpusDir),
		forgetCommand(),
		compileCommand(&corpusDir),
		draftCommand(&corpusDir),
		doctorCommand(&corpusDir),
		healthCommand(),
		journalCommand(&corpusDir),
		manCommand(),
		schemaCommand(),
		versionCommand(),
	)
	root.InitDefaultCompletionCmd()
	explainUse(root)
	return root
}

// explainUse has a command and those under it say what is wrong with their
// arguments, and which command may have been meant. A shell completes files only where
// there can be an argument.
func explainUse(cmd *cobra.Command) {
	if check := cmd.Args; check != nil {
		if cmd.ValidArgsFunction == nil && check(cmd, []string{"FILE"}) != nil {
			cmd.ValidArgsFunction = cobra.NoFileCompletions
		}
		cmd.Args = func(cmd *cobra.Command, args []string) error {
			err := check(cmd, args)
			if err == nil {
				return nil
			}
			if cmd.HasSubCommands() {
				err = unknownCommand(cmd, args[0])
			}
			return usageError{err}
		}
	}
	if !cmd.Runnable() { // arguments are looked at only where there is something to run
		cmd.RunE = func(cmd *cobra.Command, _ []string) error { return cmd.Help() }
	}
	for _, sub := range cmd.Commands() {
		explainUse(sub)
	}
}

// likeCommands is how many letters a mistyped command may differ in from the one that
// was meant. Two takes a letter too many, too few or two exchanged; with three the
// short commands would be suggested for nearly anything.
const likeCommands = 2

// unknownCommand says that there is no command of that name under cmd.
func unknownCommand(cmd *cobra.Command, name string) error {
	text := fmt.Sprintf("unknown command %q for %q", name, cmd.CommandPath())
	cmd.SuggestionsMinimumDistance = likeCommands
	if like := cmd.SuggestionsFor(name); len(like) > 0 {
		return errors.New(text + "; did you mean " + orList(like) + "?")
	}
	if !cmd.HasParent() {
		text += `; a question is asked with bot ask "…"`
	}
	return errors.New(text)
}

// completeSources completes the names of sources, but for those that are given already,
// up to most of them.
func completeSources(corpusDir *string, most int) cobra.CompletionFunc {
	return func(_ *cobra.Command, args []string, _ string) ([]cobra.Completion, cobra.ShellCompDirective) {
		l, err := openLibrary(*corpusDir)
		if err != nil || len(args) >= most {
			return nil, cobra.ShellCompDirectiveNoFileComp
		}
		names, _ := l.names() // what cannot be read completes nothing
		given := map[string]bool{}
		for _, a := range args {
			given[a] = true
		}
		var left []cobra.Completion
		for _, n := range names {
			if !given[n] {
				left = append(left, n)
			}
		}
		return left, cobra.ShellCompDirectiveNoFileComp
	}
}

// sourceFlag gives a command the flag that narrows it to one source.
func sourceFlag(cmd *cobra.Command, source, corpusDir *string) {
	const name = "source"
	cmd.Flags().StringVar(source, name, "", "name or title of the one article to answer from (default: all)")
	complete := completeSources(corpusDir, 1)
	_ = cmd.RegisterFlagCompletionFunc(name, func(cmd *cobra.Command, _ []string, typed string) ([]cobra.Completion, cobra.ShellCompDirective) {
		return complete(cmd, nil, typed)
	}) // fails only where there is no such flag
}

// hasSource says whether there is no source of a name that was given.
func hasSource(engine *answers.Engine, name string) error {
	if name == "" {
		return nil
	}
	if _, err := engine.Source(name); err != nil {
		return fmt.Errorf("--source: %w; bot list lists them", err)
	}
	return nil
}
