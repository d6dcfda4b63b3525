package main

import (
	"bytes"
	"context"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"verbatim/adapters/discordfake"
	"verbatim/adapters/slackfake"
	"verbatim/corpus"
	"verbatim/state"
	"verbatim/state/statetest"
)

// TestJournalLoop asks a running bot what its corpus does not say, votes, and reads
// the journal while the bot runs, on both kinds of store.
func TestJournalLoop(t *testing.T) {
	t.Parallel()
	for name, url := range map[string]func(*testing.T) string{
		"bolt":  func(t *testing.T) string { return "bolt:" + filepath.Join(t.TempDir(), "state.db") },
		"redis": func(t *testing.T) string { return statetest.StartRedis(t).URL() },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			folder := copyCorpus(t)
			p := fakes(t, folder)
			p.env["STATE_URL"] = url(t)
			bot := start(t, program(t), p.env)
			bot.ready()

			const skipper, name, hostile = "what is the name of the skipper", "Skipper's name?", "skipper: # what\x1b[31m *is* it?"
			expect(t, "Discord", p.askDiscord(t, skipper), "The new boat carries 120 passengers")
			p.askDiscord(t, hostile)
			p.askSlack("", askCaptain)
			channel := p.slack.Channel("general")
			before := p.slack.Mark()
			ts := p.slack.Say("ann", channel, "", mention+name)
			answer := p.slack.Next(before, func(m slackfake.Message) bool { return m.Thread == ts })
			p.slack.Press("ann", answer, "Bad answer")
			before = p.slack.Mark()
			ts = p.slack.Say("ann", channel, "", mention+"does the boat take cars?")
			answer = p.slack.Next(before, func(m slackfake.Message) bool { return m.Thread == ts })
			p.slack.Press("eve", answer, "Bad answer")
			i := p.discord.Use(discordfake.Used{By: "cy", Channel: p.discord.Channel("general"), Name: "ask", Options: map[string]any{"question": "does the boat take cars?"}})
			m := i.Answer(t)
			up := m.Components()[slices.IndexFunc(m.Components(), func(c discordfake.Component) bool { return strings.HasPrefix(c.CustomID, "up:") })]
			if _, err := p.discord.Press("cy", m.ID, up.CustomID); err != nil {
				t.Fatal(err)
			}

			reads := func(args ...string) string {
				t.Helper()
				read := start(t, program(t), p.env, append([]string{"journal"}, args...)...)
				if code := read.wait(); code != 0 {
					t.Fatalf("bot journal %v: exit code %d\n%s", args, code, read.out.String())
				}
				return read.out.String()
			}
			eventually(t, "the journal has it all", func() bool { return strings.Count(reads("--format", "json"), "\n") == 7 })
			list := reads("--what", "question")
			for _, want := range []string{skipper, name, askCaptain, "slack     question   not_covered", "discord   question   not_covered"} {
				expect(t, "bot journal", list, want)
			}
			votes := reads("votes")
			for _, want := range []string{
				"    1      1       2  verdict      boat\n", "    1      0       1  not_covered  captain\n", "  does the boat take cars?\n", "  " + name + "\n",
			} {
				expect(t, "bot journal votes", votes, want)
			}
			if strings.Contains(list+votes, "\x1b") {
				t.Error("a control character was printed")
			}

			// What gaps prints is pasted, and the corpus has it.
			report := start(t, program(t), p.env, "journal", "gaps", "--min", "1")
			if code := report.wait(); code != 0 {
				t.Fatalf("bot journal gaps: exit code %d", code)
			}
			_, printed, _ := strings.Cut(report.out.String(), "# For ") // what stands before it tells how far the program is
			printed = "# For " + strings.Split(printed, "bot: ")[0]
			file := filepath.Join(folder, "harbour", "curation.yaml")
			curation, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			if err := os.WriteFile(file, append(curation, printed...), 0o600); err != nil {
				t.Fatal(err)
			}
			c, err := corpus.LoadDir(folder)
			if err != nil {
				t.Fatalf("what was printed does not load: %v\n%s", err, printed)
			}
			intents := c.Sources()[0].Intents()
			added := intents[len(intents)-1]
			if !slices.Contains(added.Utterances, skipper) || !slices.Contains(added.Utterances, name) || !added.NotCovered || len(added.Nearest) == 0 {
				t.Errorf("the corpus has the intent %+v", added)
			}
			for _, in := range intents[len(intents)-1:] {
				if slices.Contains(in.Utterances, askCaptain) {
					t.Error("an utterance of the corpus was printed")
				}
			}
			bot.stop()
		})
	}
}

// TestJournalStreams: entries are written as they are read, so that a journal of any
// length takes the same memory, and --limit keeps the latest.
func TestJournalStreams(t *testing.T) {
	t.Parallel()
	for _, format := range []string{"text", "json", "csv"} {
		read, wrote := 0, 0
		j := &journal{err: io.Discard, Journal: journalFunc(func(yield func(state.Entry) bool) {
			for read < 200_000 && yield(state.Entry{What: "question", Text: strings.Repeat("x", 1000)}) {
				read++
			}
		})}
		full := errors.New("full")
		err := j.list(t.Context(), writerFunc(func(b []byte) (int, error) {
			if wrote += len(b); wrote > 1<<20 {
				return 0, full
			}
			return len(b), nil
		}), filter{}, format)
		if !errors.Is(err, full) || read > 2000 {
			t.Errorf("%s: %v after %d entries were read", format, err, read)
		}
	}
	for _, limit := range []int{1, 3, 10, 11} {
		var out bytes.Buffer
		j := &journal{err: io.Discard, Journal: journalFunc(func(yield func(state.Entry) bool) {
			for i := range 10 {
				yield(state.Entry{What: "question", Text: fmt.Sprint(i)})
			}
		})}
		if err := j.list(t.Context(), &out, filter{limit: limit}, "csv"); err != nil {
			t.Fatal(err)
		}
		rows, err := csv.NewReader(&out).ReadAll()
		if err != nil {
			t.Fatal(err)
		}
		var got, want []string
		for _, r := range rows[1:] {
			got = append(got, r[len(r)-1])
		}
		for i := max(0, 10-limit); i < 10; i++ {
			want = append(want, fmt.Sprint(i))
		}
		if !slices.Equal(got, want) {
			t.Errorf("--limit %d gives %q, want %q", limit, got, want)
		}
	}
}

func TestSinceTime(t *testing.T) {
	t.Parallel()
	now := time.Date(2026, 8, 20, 12, 0, 0, 0, time.UTC)
	for s, want := range map[string]time.Time{
		"": {}, "7d": now.AddDate(0, 0, -7), "24h": now.Add(-24 * time.Hour), "90m": now.Add(-90 * time.Minute), "0d": now,
		"2026-08-01": time.Date(2026, 8, 1, 0, 0, 0, 0, time.UTC), "2026-08-01T10:00:00+02:00": time.Date(2026, 8, 1, 8, 0, 0, 0, time.UTC),
	} {
		got, err := sinceTime(s, now)
		if err != nil || !got.Equal(want) {
			t.Errorf("%q is %v (%v), want %v", s, got, err, want)
		}
	}
	for _, s := range []string{"7", "d", "-1d", "-1h", "1.5d", "36501d", "2026-13-01", "01.08.2026", "now", " "} {
		if got, err := sinceTime(s, now); err == nil {
			t.Errorf("%q is taken for %v", s, got)
		}
	}
}

func TestCell(t *testing.T) {
	t.Parallel()
	for s, want := range map[string]string{
		"plain": "plain", "": "", "=1+1": "'=1+1", "+1": "'+1", "-1": "'-1", "@sum": "'@sum", "\t=1": "'\t=1", " =1": "' =1", "\n=1": "'\n=1",
		"\r=1": "' =1", "＝1": "'＝1", "a=1": "a=1", "\x1b[31m": "\uFFFD[31m", "a\u202eb": "a\uFFFDb",
	} {
		if got := cell(s); got != want {
			t.Errorf("%q is %q, want %q", s, got, want)
		}
	}
}

func TestJSONLine(t *testing.T) {
	t.Parallel()
	var b strings.Builder
	if err := jsonLine(&b, []string{"<a> & \u2028 \u009b \x7f \u202e \x1b \\u009b é"}); err != nil {
		t.Fatal(err)
	}
	const want = `["<a> & \u2028 \u009b \u007f \u202e \u001b \\u009b é"]` + "\n"
	if d := cmp.Diff(want, b.String()); d != "" {
		t.Errorf("a line (-want +got):\n%s", d)
	}
}

// journalFunc is a journal of what a function yields.
type journalFunc func(yield func(state.Entry) bool)

func (f journalFunc) Journal(_ context.Context, _ time.Time, yield func(state.Entry) bool) error {
	f(yield)
	return nil
}

type writerFunc func([]byte) (int, error)

func (f writerFunc) Write(b []byte) (int, error) { return f(b) }
