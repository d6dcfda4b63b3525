package main

import (
	"errors"
	"fmt"
	"regexp"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"verbatim/state"
)

// personForm is how a person is named: as the adapters do.
var personForm = regexp.MustCompile(`^(?:slack:[A-Z0-9]+:[UW][A-Z0-9]+|discord:\d{15,20})$`)

func forgetCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "forget PERSON",
		Short: "Remove what the store keeps of a person",
		Long: `Removes what the store at STATE_URL keeps of a person: their questions and votes in
the journal, what they asked and nobody has answered yet, and, since they do not
say whose they are, all conversations: follow-ups have to be asked in full again.

PERSON is slack:TEAM:MEMBER or discord:USER, with the platform's ids:

  bot forget slack:T024BE7LH:U012AB3CD
  bot forget discord:80351110224678912

In Slack, Copy member ID is in the menu of a profile, and the team's id (T…) stands
in the address of the workspace in a browser. In Discord, Copy User ID is in a
person's menu with Developer Mode on.

With state in a file the bot must be stopped for it; with Redis it may run on.
docs/privacy.md says what else there may be.`,
		Args: cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			person := args[0]
			if !personForm.MatchString(person) {
				return usageError{errors.New("a person is written slack:TEAM:MEMBER, like slack:T024BE7LH:U012AB3CD, or discord:USER, like discord:80351110224678912")}
			}
			env, err := environment()
			if err != nil {
				return err
			}
			platform, _, _ := strings.Cut(person, ":")
			gone, err := state.ForgetPerson(cmd.Context(), env.StateURL, state.Options{JournalKeep: time.Duration(env.JournalDays) * 24 * time.Hour}, platform, person)
			if errors.Is(err, state.ErrInUse) {
				return errors.New("the bot is running and has the state file open: stop it, forget, and start it again")
			}
			if err != nil {
				return env.redact(err)
			}
			fmt.Fprintf(cmd.OutOrStdout(), "removed: %s of the journal, %s not yet answered, %s, %s of limits\n", plural(gone.Entries, "line"),
				plural(gone.Events, "event"), plural(gone.Conversations, "conversation"), plural(gone.Limits, "count"))
			for _, file := range gone.Left {
				fmt.Fprintf(cmd.ErrOrStderr(), "bot: %s is damaged and was not searched; delete it\n", file)
			}
			return nil
		},
	}
}
