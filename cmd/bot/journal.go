package main

import (
	"context"
	"encoding/csv"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode"

	"github.com/spf13/cobra"

	"verbatim/adapters/local"
	"verbatim/state"
)

// maxDays bounds what --since takes: a century is as good as all.
const maxDays = 36_500

func journalCommand(corpusDir *string) *cobra.Command {
	var since string
	var f filter
	format := formats("text", "json", "csv")
	cmd := &cobra.Command{
		Use:   "journal",
		Short: "List what went unanswered or was voted on; gaps and votes sum it up",
		Long: `Lists the journal of the store in STATE_URL, the oldest entry first, also while a
bot runs: questions that were not answered, or not with confidence, and votes.
Persons are salted hashes. Times are UTC.

As json each entry is a line of its own. csv is as RFC 4180 has it; a text that
begins with = + - @ or a tab gets an apostrophe before it, so that no spreadsheet
takes it for a formula. What a terminal would obey is replaced or escaped.`,
		Example: `  bot journal --since 7d
  bot journal --what question --kind not_covered,clarify
  bot journal --below 0.5 --limit 20
  bot journal --since 2026-08-01 --format csv > journal.csv`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, args []string) error {
			if err := f.check(); err != nil {
				return usageError{err}
			}
			j, err := openJournal(cmd, since)
			if err != nil {
				return err
			}
			defer j.close()
			return j.list(cmd.Context(), cmd.OutOrStdout(), f, format.value)
		},
	}
	cmd.PersistentFlags().StringVar(&since, "since", "", "leave out what is older: a time like 7d or 24h, or a date like 2026-08-01")
	f.flags(cmd)
	format.flag(cmd)
	cmd.AddCommand(gapsCommand(corpusDir, &since), votesCommand(corpusDir, &since))
	return cmd
}

// choice is a flag with one of several values, the first of which is the default.
type choice struct {
	value string
	all   []string
}

func formats(all ...string) *choice { return &choice{all[0], all} }

// String, Set and Type make it a flag's value.
func (c *choice) String() string { return c.value }

// Set takes one of the values.
func (c *choice) Set(value string) error {
	if !slices.Contains(c.all, value) {
		return fmt.Errorf("must be %s", orList(c.all))
	}
	c.value = value
	return nil
}

// Type is what --help calls the value.
func (c *choice) Type() string { return "format" }

// flag makes it the flag --format of a command.
func (c *choice) flag(cmd *cobra.Command) {
	cmd.Flags().Var(c, "format", orList(c.all))
	_ = cmd.RegisterFlagCompletionFunc("format", cobra.FixedCompletions(c.all, cobra.ShellCompDirectiveNoFileComp)) // the flag is there
}

// orList is "a, b or c".
func orList(all []string) string {
	n := len(all) - 1
	if n == 0 {
		return all[0]
	}
	return strings.Join(all[:n], ", ") + " or " + all[n]
}

// journal is the journal of the configured store, to be read.
type journal struct {
	state.Journal
	close func() error
	env   config
	since time.Time
	err   io.Writer // for what is to be said beside the output
	seen  int       // entries read
}

// openJournal opens the journal for a command, and looks whether the store answers.
func openJournal(cmd *cobra.Command, since string) (*journal, error) {
	from, err := sinceTime(since, time.Now())
	if err != nil {
		return nil, usageError{err}
	}
	env, err := environment()
	if err != nil {
		return nil, err
	}
	opened, err := state.OpenJournal(env.StateURL, state.Options{
		Log: slog.New(slog.DiscardHandler), JournalKeep: time.Duration(env.JournalDays) * 24 * time.Hour,
	})
	if err != nil {
		return nil, env.redact(fmt.Errorf("STATE_URL: %w", err))
	}
	if p, ok := opened.(interface{ Ping(context.Context) error }); ok {
		if err := p.Ping(cmd.Context()); err != nil {
			_ = opened.Close()
			return nil, env.redact(fmt.Errorf("STATE_URL: the store does not answer (%w): see whether it runs and can be reached from here", err))
		}
	}
	return &journal{Journal: opened, close: opened.Close, env: env, since: from, err: cmd.ErrOrStderr()}, nil
}

// sinceTime reads a time of the past: a duration before now, a date or a time.
// Empty is the beginning.
func sinceTime(s string, now time.Time) (time.Time, error) {
	if s == "" {
		return time.Time{}, nil
	}
	if days, ok := strings.CutSuffix(s, "d"); ok {
		if n, err := strconv.Atoi(days); err == nil && n >= 0 && n <= maxDays {
			return now.Add(-time.Duration(n) * 24 * time.Hour), nil
		}
	}
	if d, err := time.ParseDuration(s); err == nil && d >= 0 {
		return now.Add(-d), nil
	}
	for _, form := range []string{time.DateOnly, time.RFC3339} {
		if t, err := time.Parse(form, s); err == nil {
			return t, nil
		}
	}
	return time.Time{}, fmt.Errorf("--since is %q; it must be a time like 7d or 24h, or a date like 2026-08-01", s)
}

// each calls yield for the entries since --since.
func (j *journal) each(ctx context.Context, yield func(state.Entry) error) error {
	var failed error
	err := j.Journal.Journal(ctx, j.since, func(e state.Entry) bool {
		j.seen++
		failed = yield(e)
		return failed == nil
	})
	if failed != nil {
		return failed
	}
	if err != nil {
		return j.env.redact(fmt.Errorf("read the journal: %w", err))
	}
	return nil
}

func (j *journal) say(format string, a ...any) {
	fmt.Fprintf(j.err, "bot: "+format+"\n", a...)
}

// explain says why there is little to see: shown is how much was shown of what was
// read, what is its name, and textless how many questions have no text.
func (j *journal) explain(shown int, what string, textless int) {
	switch {
	case j.seen == 0 && j.since.IsZero():
		j.say("the journal is empty: since it began, nothing went unanswered and nobody voted")
	case j.seen == 0:
		j.say("the journal has nothing since %s", j.since.UTC().Format("2006-01-02 15:04 UTC"))
	case shown == 0:
		j.say("no %s (entries read: %d)", what, j.seen)
	}
	if j.seen == 0 {
		if dir, ok := state.JournalDir(j.env.StateURL); ok {
			if abs, err := filepath.Abs(dir); err == nil {
				dir = abs
			}
			j.say("it is read from %s; see that STATE_URL is the bot's own", dir)
		}
	}
	if textless > 0 {
		j.say("questions without their text: %d; they were written down with JOURNAL_TEXT=off", textless)
	}
	switch {
	case !bool(j.env.Journal):
		j.say("JOURNAL=off: nothing is written down now")
	case !bool(j.env.JournalText):
		j.say("JOURNAL_TEXT=off: questions are written down without their text now")
	}
}

// oneLine is a text in one line, without what a terminal obeys.
func oneLine(s string) string { return strings.Join(strings.Fields(local.Printable(s)), " ") }

// jsonLine writes a value as a line of JSON in which nothing is left that a
// terminal obeys.
func jsonLine(w io.Writer, v any) error {
	var b strings.Builder
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(v); err != nil {
		return err
	}
	var safe strings.Builder
	for _, r := range strings.TrimSuffix(b.String(), "\n") {
		// The encoder escapes controls of ASCII; these others are of four digits, and
		// only in strings.
		if unicode.IsControl(r) || unicode.Is(unicode.Bidi_Control, r) {
			fmt.Fprintf(&safe, `\u%04x`, r)
		} else {
			safe.WriteRune(r)
		}
	}
	safe.WriteByte('\n')
	_, err := io.WriteString(w, safe.String())
	return err
}

// newCSV writes as RFC 4180 has it, with CRLF.
func newCSV(w io.Writer) *csv.Writer {
	c := csv.NewWriter(w)
	c.UseCRLF = true
	return c
}

// cell is a text for a spreadsheet. One that it would take for a formula gets an
// apostrophe before it, as spreadsheets have it for text.
func cell(s string) string {
	s = local.Printable(strings.ReplaceAll(s, "\r", " "))
	if strings.HasPrefix(s, "\t") || strings.ContainsAny(firstRune(strings.TrimSpace(s)), "=+-@＝＋－＠") {
		return "'" + s
	}
	return s
}

func firstRune(s string) string {
	for _, r := range s {
		return string(r)
	}
	return ""
}

var errLimit = errors.New("--limit must be at least 1, or 0 for all")
