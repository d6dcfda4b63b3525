package main

import (
	"errors"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"
)

// TestEnvExample holds .env.example equal to what the program reads.
func TestEnvExample(t *testing.T) {
	const file = "../../.env.example"
	want := environmentExample()
	if *update {
		if err := os.WriteFile(file, []byte(want), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	got, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if string(got) != want {
		t.Errorf("%s differs from what the program reads; write it anew with go test ./cmd/bot -update", file)
	}
}

// TestVariables: each is described, and the program reads no other.
func TestVariables(t *testing.T) {
	names := map[string]bool{"NO_COLOR": true, "TERM": true} // of terminals, not of the bot: https://no-color.org
	for _, v := range variables() {
		if names[v.Name] {
			t.Errorf("%s is there twice", v.Name)
		}
		names[v.Name] = true
		if v.Description == "" {
			t.Errorf("%s has no description", v.Name)
		}
	}
	read := regexp.MustCompile(`os\.(?:Getenv|LookupEnv)\("(\w+)"\)`)
	err := filepath.WalkDir("../..", func(path string, d fs.DirEntry, err error) error {
		if err != nil || filepath.Ext(path) != ".go" || strings.HasSuffix(path, "_test.go") || strings.HasSuffix(filepath.Dir(path), "test") {
			return err
		}
		data, err := os.ReadFile(path)
		for _, m := range read.FindAllStringSubmatch(string(data), -1) {
			if !names[m[1]] {
				t.Errorf("%s reads %s, which config does not have", path, m[1])
			}
		}
		return err
	})
	if err != nil {
		t.Error(err)
	}
}

// bare takes what the program reads out of the environment, until the test ends.
func bare(t *testing.T) {
	t.Helper()
	for _, v := range variables() {
		t.Setenv(v.Name, "") // has it restored
		os.Unsetenv(v.Name)
	}
	t.Chdir(t.TempDir()) // no .env
}

func TestEnvironment(t *testing.T) {
	bare(t)
	t.Setenv("JOURNAL_DAYS", "") // empty is as good as not set
	t.Setenv("LOG_LEVEL", "debug")
	t.Setenv("JOURNAL_TEXT", "OFF")
	t.Setenv("DISCORD_CHANNELS", "1,2")
	if err := os.WriteFile(".env", []byte("# a comment\nLOG_LEVEL=error\nLOG_FORMAT=JSON\nRATE_LIMIT=\"5/1h\"\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	c, err := environment()
	if err != nil {
		t.Fatal(err)
	}
	if c.LogLevel != slog.LevelDebug || c.LogFormat != "json" || c.RateLimit != (rate{5, time.Hour}) || c.JournalDays != 90 ||
		bool(c.JournalText) || !bool(c.Journal) || c.ConversationTTL != time.Hour || len(c.Discord.Channels) != 2 || c.StateURL != "bolt:./data/verbatim.db" {
		t.Errorf("read %+v", c)
	}
	if wanted[Slack]() || !wanted[Discord]() {
		t.Error("Discord is wanted, and Slack is not")
	}
}

// TestMalformed: a value that cannot be is told by the variable's name alone.
func TestMalformed(t *testing.T) {
	for name, values := range map[string][]string{
		"CONVERSATION_TTL": {"hunter2", "10", "0s", "-1h"},
		"SHUTDOWN_TIMEOUT": {"hunter2", "0s"},
		"STATE_TIMEOUT":    {"hunter2", "1ms"},
		"RATE_LIMIT":       {"hunter2", "20", "0/1m", "20/hunter2", "20/0s", "-1/1m", "/"},
		"JOURNAL":          {"hunter2"},
		"JOURNAL_TEXT":     {"hunter2"},
		"JOURNAL_DAYS":     {"hunter2", "0", "-1", "1.5"},
		"LOG_LEVEL":        {"hunter2"},
		"LOG_FORMAT":       {"hunter2"},
		"CONTACT":          {"hunter2", "https://", "https://x.org/hunter2 (me)", "ann@x.org\r\nhunter2: x", "hunter2@", "Ann <hunter2@x.org>"},
		"LISTEN_ADDR":      {"hunter2", "localhost:", ":hunter2", ":99999"},
		"PUBLIC_URL":       {"hunter2", "ftp://hunter2", "https://", "https://ann:hunter2@x.org", "https://x.org?hunter2", "https://x.org#hunter2", ":hunter2"},
	} {
		for _, value := range values {
			t.Run(name+"="+value, func(t *testing.T) {
				bare(t)
				t.Setenv(name, value)
				_, err := environment()
				if err == nil || !regexp.MustCompile(name+` must be \w+`).MatchString(err.Error()) || strings.Contains(err.Error(), "hunter2") {
					t.Errorf("the error is %v", err)
				}
			})
		}
	}
}

func TestRedacting(t *testing.T) {
	bare(t)
	c := config{StateURL: "redis://bot:p%40ssword@redis:6379/0"}
	c.Slack.BotToken, c.Slack.AppToken, c.Discord.Token = "xoxb-hunter2", "xapp-hunter3", "hunter4.hunter5"
	var out strings.Builder
	log := newLogger(&out, c)
	log.Info("Get https://xoxb-hunter2@slack.com", "error", errors.New("xapp-hunter3: "+c.StateURL), "token", "hunter4.hunter5", "decoded", "p@ssword")
	if strings.Contains(out.String(), "hunter") || strings.Contains(out.String(), "ssword") || strings.Count(out.String(), redacted) != 5 {
		t.Errorf("the log has %s", out.String())
	}
	err := c.redact(errors.New("dial xoxb-hunter2"))
	if err.Error() != "dial "+redacted {
		t.Error(err)
	}
	if plain := errors.New("plain"); c.redact(plain) != plain || c.redact(nil) != nil {
		t.Error("an error without secrets is no longer itself")
	}
}
