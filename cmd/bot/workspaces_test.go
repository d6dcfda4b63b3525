package main

import (
	"net/http"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"verbatim/adapters/slackfake"
)

// many is the environment of a bot for many workspaces of Slack.
func many(t testing.TB, s *slackfake.Server) map[string]string {
	return map[string]string{
		"CORPUS":               "testdata/corpus",
		"LISTEN_ADDR":          "127.0.0.1:0",
		"STATE_URL":            "bolt:" + filepath.Join(t.TempDir(), "state.db"),
		"SLACK_API_URL":        s.APIURL(),
		"SLACK_CLIENT_ID":      slackfake.ClientID,
		"SLACK_CLIENT_SECRET":  slackfake.ClientSecret,
		"SLACK_SIGNING_SECRET": slackfake.SigningSecret,
		"SLACK_TOKEN_KEY":      "MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=",
	}
}

// TestWorkspaces runs the whole program for two workspaces of Slack: it is installed,
// asked, restarted, looked at by bot doctor, uninstalled in one; and it refuses to
// start with another key.
func TestWorkspaces(t *testing.T) {
	t.Parallel()
	s := slackfake.New(t, slackfake.Options{TokenLife: 12 * time.Hour, AckTime: slackfake.Wait})
	env := many(t, s)
	env["CORPUS"] = copyCorpus(t)
	first, second := s.Workspace("T1", "Acme", ""), s.Workspace("T2", "Umbrella", "")
	question := func(w *slackfake.Workspace) {
		t.Helper()
		channel, before := w.Channel("GENERAL"), s.Mark()
		s.Say("ann", channel, "", w.Mention()+askSeals)
		expect(t, "Slack", slackfake.Read(s.Next(before, func(m slackfake.Message) bool { return m.Channel == channel })).Text, sealsQuote)
	}
	bot := start(t, program(t), env)
	bot.ready()
	s.DeliverTo(bot.address())
	for _, w := range []*slackfake.Workspace{first, second} {
		if status, page := w.Install(bot.address()+"/slack/install", slackfake.Choice{}); status != http.StatusOK {
			t.Fatalf("status %d: %s", status, page)
		}
		question(w)
	}
	bot.stop()

	doctor := func(env map[string]string) string {
		t.Helper()
		cmd := exec.Command(program(t), "doctor")
		cmd.Env, cmd.Dir = append(clean(), "CACHE_DIR="+cacheDir(t)), t.TempDir()
		for name, value := range env {
			cmd.Env = append(cmd.Env, name+"="+value)
		}
		out, _ := cmd.CombinedOutput()
		return string(out)
	}
	for _, want := range []string{"Slack knows the client id", "fits the store. The app is installed in 2.", "Acme (T1): its token works."} {
		expect(t, "bot doctor", doctor(env), want)
	}

	bot = start(t, program(t), env)
	bot.ready()
	s.DeliverTo(bot.address())
	question(first)
	first.Uninstall()
	bot.says(`msg="the app was uninstalled[^"]*".* workspace=(T1)`)
	question(second)
	bot.stop()

	env["SLACK_TOKEN_KEY"] = strings.Repeat("A", 43) + "="
	expect(t, "bot doctor with another key", doctor(env), "SLACK_TOKEN_KEY is not the key")
	wrong := start(t, program(t), env)
	if code := wrong.wait(); code != 1 || !strings.Contains(wrong.out.String(), "SLACK_TOKEN_KEY is not the key") {
		t.Errorf("with another key: exit code %d", code)
	}
	for _, secret := range s.Issued() {
		if strings.Contains(bot.out.String()+wrong.out.String()+doctor(env), secret) {
			t.Errorf("the output holds %q", secret)
		}
	}
}

// TestWorkspacesConfiguration: what is missing or mistaken is told at the start, by its
// name and never its value.
func TestWorkspacesConfiguration(t *testing.T) {
	t.Parallel()
	s := slackfake.New(t, slackfake.Options{})
	for _, tt := range []struct {
		name  string
		set   map[string]string
		wants []string
	}{
		{"key is missing", map[string]string{"SLACK_TOKEN_KEY": ""}, []string{"SLACK_TOKEN_KEY is not set", "openssl rand -base64 32"}},
		{"key is too short", map[string]string{"SLACK_TOKEN_KEY": "aHVudGVyMg=="}, []string{"SLACK_TOKEN_KEY is not a key of 32 bytes"}},
		{"key is no base64", map[string]string{"SLACK_TOKEN_KEY": "hunter2!"}, []string{"SLACK_TOKEN_KEY is not a key of 32 bytes"}},
		{"all but the key is missing", map[string]string{"SLACK_CLIENT_ID": "", "SLACK_CLIENT_SECRET": "", "SLACK_SIGNING_SECRET": "", "LISTEN_ADDR": ""},
			[]string{"SLACK_CLIENT_ID is not set", "SLACK_CLIENT_SECRET is not set", "SLACK_SIGNING_SECRET is not set"}},
		{"no address", map[string]string{"LISTEN_ADDR": ""}, []string{"LISTEN_ADDR is not set: with SLACK_CLIENT_ID"}},
		{"one and many", map[string]string{"SLACK_BOT_TOKEN": slackfake.BotToken}, []string{"SLACK_CLIENT_ID serves many workspaces", "take out either"}},
		{"a token as signing secret", map[string]string{"SLACK_SIGNING_SECRET": "xapp-hunter2"}, []string{"SLACK_SIGNING_SECRET holds an app-level token"}},
		{"names for ids", map[string]string{"SLACK_CHANNELS": "#general"}, []string{"SLACK_CHANNELS holds a name"}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			env := many(t, s)
			for name, value := range tt.set {
				env[name] = value
			}
			p := start(t, program(t), env)
			if code := p.wait(); code != 1 {
				t.Errorf("exit code %d", code)
			}
			for _, want := range tt.wants {
				if !strings.Contains(p.out.String(), want) {
					t.Errorf("it does not say %q:\n%s", want, p.out)
				}
			}
			if strings.Contains(p.out.String(), "hunter2") {
				t.Errorf("it tells a secret:\n%s", p.out)
			}
		})
	}
}
