package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"verbatim/adapters"
	"verbatim/adapters/discord"
	"verbatim/adapters/slack"
	"verbatim/adapters/slack/workspaces"
	"verbatim/state"
)

func doctorCommand(corpusDir *string) *cobra.Command {
	return &cobra.Command{
		Use:   "doctor",
		Short: "Check the configuration: tokens, state and corpus",
		Long: `Checks the corpus, the store of state and, with the platforms that are
configured, tokens and what they may do. Each line is one finding; what is broken
says what to do. No secret is shown. It exits 1 if something is broken.`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, args []string) error {
			env, err := environment()
			if err != nil {
				return err
			}
			d := &doctor{out: redacting{cmd.OutOrStdout(), env.secrets()}, log: cmd.ErrOrStderr()}
			err = until(cmd.Context(), func() error {
				d.examine(cmd.Context(), env, *corpusDir)
				return nil
			})
			if err != nil {
				return err
			}
			if d.broken {
				return errReported
			}
			return nil
		},
	}
}

// doctor prints findings.
type doctor struct {
	out    io.Writer
	log    io.Writer // for what is said beside the findings
	broken bool
}

// find prints one finding about a part.
func (d *doctor) find(ok bool, part, text string) {
	mark := "ok    "
	if !ok {
		mark, d.broken = "broken", true
	}
	fmt.Fprintf(d.out, "%s  %-7s  %s\n", mark, part, printable(strings.Join(strings.Fields(text), " ")))
}

// examine checks everything.
func (d *doctor) examine(ctx context.Context, env config, corpusDir string) {
	d.corpus(ctx, corpusDir, env.links())
	var store state.Store // nil where it cannot be opened now
	if !wantsSlack() && !wanted[Discord]() {
		d.find(true, "bot", "No platform is configured: bot talks in the terminal, without state. To change that see .env.example.")
	} else {
		if store = d.state(ctx, env); store != nil {
			defer store.Close()
		}
	}
	if wantsSlack() {
		found := slack.Doctor
		if wanted[Workspaces]() {
			found = func(ctx context.Context, c slack.Config) adapters.Findings {
				return workspaces.Doctor(ctx, env.Workspaces, c, store)
			}
		}
		for _, f := range found(ctx, env.Slack) {
			d.find(f.OK, slack.Name, f.Text)
		}
		if err := env.checkAddress(); err != nil {
			d.find(false, slack.Name, err.Error())
		}
	}
	if wanted[Discord]() {
		for _, f := range discord.Doctor(ctx, env.Discord) {
			d.find(f.OK, discord.Name, f.Text)
		}
	}
	for _, name := range unknown() {
		d.find(false, "bot", name+" "+isUnknown+".")
	}
}

// corpus loads the corpus, which verifies its quotes, and says which of it has pages.
func (d *doctor) corpus(ctx context.Context, dir string, links adapters.Links) {
	c, err := loadCorpus(ctx, d.log, dir)
	if err != nil {
		for line := range strings.Lines(err.Error()) {
			d.find(false, "corpus", line)
		}
		return
	}
	passages, public := 0, 0
	for _, s := range c.Sources() {
		passages += len(s.Passages())
		if s.Public() {
			public++
		}
	}
	d.find(true, "corpus", fmt.Sprintf("All quotes are verified (sources: %d, passages: %d).", len(c.Sources()), passages))
	if links.Pages != "" {
		d.find(true, "pages", fmt.Sprintf("%d of %s can be read by everybody, at %s/NAME; bot add --public, or public: true in source.yaml, makes one so.",
			public, plural(len(c.Sources()), "source"), links.Pages+strings.TrimSuffix(adapters.PagePath(""), "/")))
	}
	if _, ok := compiled(c); !ok {
		d.find(true, "corpus", "It is not compiled yet: the first start does that, which may take minutes; to do it ahead run bot compile"+corpusFlag(dir)+".")
	}
}

// state looks whether the store can be opened and works, and returns it then, else nil.
// It creates no file.
func (d *doctor) state(ctx context.Context, env config) state.Store {
	if path, ok := strings.CutPrefix(env.StateURL, "bolt:"); ok {
		if _, err := os.Stat(path); errors.Is(err, os.ErrNotExist) {
			d.newFile(path)
			return nil
		}
	}
	s, err := state.Open(env.StateURL, state.Options{Log: slog.New(slog.DiscardHandler)})
	switch {
	case errors.Is(err, state.ErrInUse):
		d.find(true, "state", "The file is in use, as it is while a bot runs.")
		return nil
	case err != nil:
		d.find(false, "state", "STATE_URL: "+err.Error())
		return nil
	}
	began := time.Now()
	if err := s.Ping(ctx); err != nil {
		d.find(false, "state", fmt.Sprintf("STATE_URL: the store does not answer (%v): see whether it runs and can be reached from here.", err))
		_ = s.Close()
		return nil
	}
	d.find(true, "state", fmt.Sprintf("The store answers, in %s.", time.Since(began).Round(100*time.Microsecond)))
	return s
}

// newFile looks whether a file could be created.
func (d *doctor) newFile(path string) {
	dir := filepath.Dir(path)
	for {
		if _, err := os.Stat(dir); err == nil || dir == filepath.Dir(dir) {
			break
		}
		dir = filepath.Dir(dir)
	}
	f, err := os.CreateTemp(dir, ".verbatim-*")
	if err != nil {
		d.find(false, "state", fmt.Sprintf("STATE_URL: no file can be created in %s: let the bot write there, or name another place.", dir))
		return
	}
	f.Close()
	os.Remove(f.Name())
	d.find(true, "state", "The first start creates the file of STATE_URL.")
}
