package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"

	"verbatim/adapters/adaptertest"
	"verbatim/adapters/discordfake"
	"verbatim/adapters/ops"
	"verbatim/adapters/slackfake"
	"verbatim/state"
)

// patience is how long these tests wait for anything before it counts as missing.
const patience = 90 * time.Second

// What the small corpus of testdata/corpus answers.
const (
	askSeals   = "what did Lund say about the seals?"
	askWho     = "who said that?"
	askCaptain = "who is the captain of the ferry?"
	sealsQuote = "A boat that is silent brings the seals back,"
	mention    = "<@" + slackfake.BotUser + "> "
)

// process is the program, running.
type process struct {
	t     testing.TB
	cmd   *exec.Cmd
	out   *adaptertest.Log
	ended chan struct{}
	err   error // once ended
}

// start starts the program with an environment and, whatever becomes of the test,
// looks that no secret was written.
func start(t testing.TB, path string, env map[string]string, args ...string) *process {
	t.Helper()
	p := &process{t: t, cmd: exec.Command(path, args...), out: &adaptertest.Log{}, ended: make(chan struct{})}
	p.cmd.Env = append(clean(), "CACHE_DIR="+cacheDir(t))
	for _, name := range slices.Sorted(maps.Keys(env)) {
		p.cmd.Env = append(p.cmd.Env, name+"="+env[name])
	}
	p.cmd.Dir = t.TempDir() // no .env
	p.cmd.Stdout, p.cmd.Stderr = p.out, p.out
	if err := p.cmd.Start(); err != nil {
		t.Fatal(err)
	}
	go func() {
		p.err = p.cmd.Wait()
		close(p.ended)
	}()
	t.Cleanup(func() {
		_ = p.cmd.Process.Kill() // if it still runs
		<-p.ended
		out := p.out.String()
		for _, name := range []string{"SLACK_CLIENT_SECRET", "SLACK_TOKEN_KEY", "SLACK_BOT_TOKEN", "SLACK_APP_TOKEN", "SLACK_SIGNING_SECRET", "DISCORD_BOT_TOKEN"} {
			if env[name] != "" && strings.Contains(out, env[name]) {
				t.Errorf("%s is in the output", name)
			}
		}
		for _, text := range []string{askSeals, "interaction-token", "/response/"} {
			if strings.Contains(out, text) {
				t.Errorf("%q is in the output", text)
			}
		}
		if t.Failed() {
			t.Logf("the output:\n%s", out)
		}
	})
	return p
}

// wait waits for the end and returns the exit code.
func (p *process) wait() int {
	p.t.Helper()
	select {
	case <-p.ended:
	case <-time.After(patience):
		p.t.Fatal("the program does not end")
	}
	return p.cmd.ProcessState.ExitCode()
}

// stop ends the program as a supervisor does; it must exit with 0.
func (p *process) stop() {
	p.t.Helper()
	if err := p.cmd.Process.Signal(syscall.SIGTERM); err != nil {
		p.t.Fatal(err)
	}
	if code := p.wait(); code != 0 {
		p.t.Errorf("exit code %d after SIGTERM", code)
	}
}

// says waits until the program's output matches, and returns the first submatch,
// if there is one.
func (p *process) says(expression string) string {
	p.t.Helper()
	re := regexp.MustCompile(expression)
	var found []string
	eventually(p.t, "the output has "+expression, func() bool {
		found = re.FindStringSubmatch(p.out.String())
		return found != nil
	})
	return found[len(found)-1]
}

// address is where the program listens.
func (p *process) address() string {
	return "http://" + p.says(`msg=listening address=(\S+)`)
}

// ready waits until the program is ready.
func (p *process) ready() {
	p.t.Helper()
	address := p.address()
	eventually(p.t, "it is ready", func() bool { status, _ := readiness(p.t, address); return status == http.StatusOK })
}

func readiness(t testing.TB, address string) (int, ops.Readiness) {
	t.Helper()
	status, body := get(t, address+"/readyz")
	var r ops.Readiness
	if err := json.Unmarshal([]byte(body), &r); err != nil {
		t.Fatalf("readyz says %q", body)
	}
	return status, r
}

func get(t testing.TB, url string) (int, string) {
	t.Helper()
	resp, err := http.Get(url)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	body, err := io.ReadAll(resp.Body)
	if err != nil {
		t.Fatal(err)
	}
	return resp.StatusCode, string(body)
}

func eventually(t testing.TB, what string, ok func() bool) {
	t.Helper()
	for end := time.Now().Add(patience); time.Now().Before(end); time.Sleep(20 * time.Millisecond) {
		if ok() {
			return
		}
	}
	t.Fatal("it never came about that " + what)
}

// program is the path of this program, as TestMain made it.
func program(t testing.TB) string {
	t.Helper()
	path, err := exec.LookPath("bot")
	if err != nil {
		t.Fatal(err)
	}
	return path
}

// copyCorpus copies the small corpus to a folder that the test may change.
func copyCorpus(t testing.TB) string {
	t.Helper()
	dir := t.TempDir()
	if err := os.CopyFS(dir, os.DirFS("testdata/corpus")); err != nil {
		t.Fatal(err)
	}
	return dir
}

// change replaces text in a file.
func change(t testing.TB, file, from, to string) {
	t.Helper()
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Contains(data, []byte(from)) {
		t.Fatalf("%s has no %q", file, from)
	}
	if err := os.WriteFile(file, bytes.ReplaceAll(data, []byte(from), []byte(to)), 0o600); err != nil {
		t.Fatal(err)
	}
}

// platforms are both fakes and the environment that leads to them.
type platforms struct {
	slack   *slackfake.Server
	discord *discordfake.Server
	env     map[string]string
}

func fakes(t testing.TB, corpus string) platforms {
	t.Helper()
	p := platforms{slackfake.New(t, slackfake.Options{AckTime: slackfake.Wait}), discordfake.New(t, discordfake.Options{}), nil}
	p.discord.Freeze() // a slow machine is not late
	p.env = map[string]string{
		"STATE_TIMEOUT":   "30s",
		"CORPUS":          corpus,
		"LISTEN_ADDR":     "127.0.0.1:0",
		"STATE_URL":       "bolt:" + filepath.Join(t.TempDir(), "state.db"),
		"SLACK_BOT_TOKEN": slackfake.BotToken, "SLACK_APP_TOKEN": slackfake.AppToken, "SLACK_API_URL": p.slack.APIURL(),
		"DISCORD_BOT_TOKEN": p.discord.Token(), "DISCORD_API_URL": p.discord.URL(),
	}
	return p
}

// askSlack asks in a thread, or begins one, and returns what is answered and the thread.
func (p platforms) askSlack(thread, text string) (answer, in string) {
	channel := p.slack.Channel("general")
	before := p.slack.Mark()
	ts := p.slack.Say("ann", channel, thread, mention+text)
	if thread == "" {
		thread = ts
	}
	m := p.slack.Next(before, func(m slackfake.Message) bool { return m.Thread == thread })
	return slackfake.Read(m).Text, thread
}

// askDiscord asks in a direct message.
func (p platforms) askDiscord(t testing.TB, text string) string {
	t.Helper()
	answer, _ := p.discord.Reply(t, p.discord.Say(discordfake.Said{By: "bo", Channel: p.discord.DM("bo"), Text: text})).Shown()
	return answer
}

func expect(t testing.TB, where, answer, want string) {
	t.Helper()
	if !strings.Contains(answer, want) {
		t.Errorf("%s: the answer has no %q:\n%s", where, want, answer)
	}
}

// TestServe runs the whole program against both platforms: questions and
// follow-ups, a corpus that changes under it, a restart, the end.
func TestServe(t *testing.T) {
	t.Parallel()
	corpus := copyCorpus(t)
	p := fakes(t, corpus)
	bot := start(t, program(t), p.env)
	bot.ready()

	answer, thread := p.askSlack("", askSeals)
	expect(t, "Slack", answer, sealsQuote)
	answer, _ = p.askSlack(thread, askWho)
	expect(t, "Slack, follow-up", answer, "Tor Lund")
	expect(t, "Discord", p.askDiscord(t, askSeals), sealsQuote)
	expect(t, "Discord, follow-up", p.askDiscord(t, askWho), "Tor Lund")
	expect(t, "Discord, not covered", p.askDiscord(t, askCaptain), "The new boat carries 120 passengers")
	i := p.discord.Use(discordfake.Used{By: "cy", Channel: p.discord.Channel("general"), Name: "ask", Options: map[string]any{"question": askSeals}})
	answer, _ = i.Answer(t).Shown()
	expect(t, "Discord, a command", answer, sealsQuote)

	_, metrics := get(t, bot.address()+"/metrics")
	for _, want := range []string{
		`verbatim_questions_total{kind="quote",platform="slack"} 1`,
		`verbatim_questions_total{kind="not_covered",platform="discord"} 1`,
		`verbatim_connected{platform="slack"} 1`,
		`verbatim_connected{platform="discord"} 1`,
	} {
		expect(t, "metrics", metrics, want)
	}
	for _, secret := range []string{slackfake.BotToken, slackfake.AppToken, p.discord.Token(), "seals"} {
		if strings.Contains(metrics, secret) {
			t.Errorf("the metrics hold %q", secret)
		}
	}

	doctor := start(t, program(t), p.env, "doctor")
	if code := doctor.wait(); code != 0 {
		t.Errorf("exit code %d of bot doctor", code)
	}
	for _, want := range []string{"All quotes are verified", "The file is in use", "Socket Mode works", "Invite the bot with"} {
		expect(t, "bot doctor", doctor.out.String(), want)
	}

	// A broken corpus is not taken over.
	curation := filepath.Join(corpus, "harbour", "curation.yaml")
	change(t, curation, "brings the seals back,", "brings the whales back,")
	hangUp(t, bot)
	bot.says(`level=ERROR .*the corpus was not loaded again; the one from before stays.*curation.yaml:\d+`)
	answer, _ = p.askSlack("", askSeals)
	expect(t, "Slack, after a broken corpus", answer, sealsQuote)
	// One that is whole is.
	change(t, curation, "brings the whales back,", "brings the seals back,")
	change(t, curation, "On the seals, Lund said:", "The keeper of the light said:")
	hangUp(t, bot)
	eventually(t, "the new corpus is loaded", func() bool { return strings.Count(bot.out.String(), "the corpus is loaded") == 2 })
	answer, thread = p.askSlack("", askSeals)
	expect(t, "Slack, after a reload", answer, "The keeper of the light said:")
	expect(t, "Discord, after a reload", p.askDiscord(t, askSeals), "The keeper of the light said:")
	bot.stop()

	// A conversation goes on after a restart, and the journal has what went unanswered.
	bot = start(t, program(t), p.env)
	bot.ready()
	answer, _ = p.askSlack(thread, askWho)
	expect(t, "Slack, after a restart", answer, "Tor Lund")
	bot.stop()
	j, err := state.OpenJournal(p.env["STATE_URL"], state.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer j.Close()
	var unanswered []string
	err = j.Journal(context.Background(), time.Time{}, func(e state.Entry) bool {
		unanswered = append(unanswered, fmt.Sprint(e.Platform, " ", e.Kind, " ", e.Text))
		return true
	})
	if want := []string{"discord not_covered " + askCaptain}; err != nil || !slices.Equal(unanswered, want) {
		t.Errorf("the journal has %q (%v), want %q", unanswered, err, want)
	}
}

func hangUp(t testing.TB, p *process) {
	t.Helper()
	if err := p.cmd.Process.Signal(syscall.SIGHUP); err != nil {
		t.Fatal(err)
	}
}

// TestServeHTTP has Slack deliver over HTTP, to the address of the operators' server.
func TestServeHTTP(t *testing.T) {
	t.Parallel()
	p := fakes(t, copyCorpus(t))
	for name := range p.env {
		if strings.HasPrefix(name, "DISCORD_") || name == "SLACK_APP_TOKEN" {
			delete(p.env, name)
		}
	}
	p.env["SLACK_SIGNING_SECRET"], p.env["LOG_FORMAT"], p.env["JOURNAL"] = slackfake.SigningSecret, "json", "off"
	p.env["LISTEN_ADDR"] = free(t)
	bot := start(t, program(t), p.env)
	bot.says(`"msg":"listening"`)
	address := "http://" + p.env["LISTEN_ADDR"]
	eventually(t, "it is ready", func() bool { status, _ := readiness(t, address); return status == http.StatusOK })
	p.slack.DeliverTo(address)
	answer, thread := p.askSlack("", askSeals)
	expect(t, "Slack", answer, sealsQuote)
	answer, _ = p.askSlack(thread, askWho)
	expect(t, "Slack, follow-up", answer, "Tor Lund")
	p.askSlack("", askCaptain)
	bot.stop()
	if _, err := os.Stat(strings.TrimPrefix(p.env["STATE_URL"], "bolt:")); err != nil {
		t.Error(err)
	}
	entries, err := filepath.Glob(filepath.Join(filepath.Dir(strings.TrimPrefix(p.env["STATE_URL"], "bolt:")), "*.journal", "*"))
	if err != nil || len(entries) > 0 {
		t.Errorf("there is a journal with JOURNAL=off: %q (%v)", entries, err)
	}
	for line := range strings.Lines(bot.out.String()) {
		if !json.Valid([]byte(line)) {
			t.Errorf("a line of the log is no JSON: %s", line)
		}
	}
}

// TestServeOneFails: a platform that cannot be served leaves the other one alone,
// and is the end where there is no other.
func TestServeOneFails(t *testing.T) {
	t.Parallel()
	p := fakes(t, copyCorpus(t))
	p.env["DISCORD_BOT_TOKEN"] = "not-the-token-that-the-fake-knows"
	bot := start(t, program(t), p.env)
	bot.says(`level=ERROR .*a platform cannot be served.* platform=discord .*DISCORD_BOT_TOKEN`)
	answer, _ := p.askSlack("", askSeals)
	expect(t, "Slack", answer, sealsQuote)
	status, r := readiness(t, bot.address())
	if status != http.StatusServiceUnavailable || r.Adapters["discord"] != "not connected" || r.Adapters["slack"] != "connected" {
		t.Errorf("readiness %d %+v", status, r)
	}
	bot.stop()

	for name := range p.env {
		if strings.HasPrefix(name, "SLACK_") {
			delete(p.env, name)
		}
	}
	bot = start(t, program(t), p.env)
	if code := bot.wait(); code != 1 {
		t.Errorf("exit code %d", code)
	}
	bot.says(`(?m)^bot: discord: .*DISCORD_BOT_TOKEN`)
}

// TestServeCredentialsDie: a token that is revoked while the bot serves is told once,
// with what to do, and seen in /readyz, on one platform and then on both.
func TestServeCredentialsDie(t *testing.T) {
	t.Parallel()
	p := fakes(t, copyCorpus(t))
	bot := start(t, program(t), p.env)
	bot.ready()
	p.slack.Revoke("token_revoked")
	general := p.slack.Channel("general")
	for range 3 {
		p.slack.Say("ann", general, "", mention+askCaptain)
	}
	bot.says(`level=ERROR .* platform=slack .*SLACK_BOT_TOKEN.*install the app again`)
	status, r := readiness(t, bot.address())
	if status != http.StatusServiceUnavailable || r.Adapters["slack"] != "not connected" || r.Adapters["discord"] != "connected" {
		t.Errorf("readiness %d %+v", status, r)
	}
	p.discord.Revoke()
	p.discord.Say(discordfake.Said{By: "ann", Channel: p.discord.Channel("general"), Text: discordfake.Mention + " " + askCaptain})
	bot.says(`level=ERROR .* platform=discord .*DISCORD_BOT_TOKEN`)
	status, r = readiness(t, bot.address())
	if status != http.StatusServiceUnavailable || r.Adapters["discord"] != "not connected" {
		t.Errorf("readiness %d %+v", status, r)
	}
	bot.stop()
	if n := strings.Count(bot.out.String(), "level=ERROR"); n != 2 {
		t.Errorf("%d errors are logged, want one for each platform", n)
	}
}

// TestServeEndsWhileLoading: a signal ends the program also while it compiles.
func TestServeEndsWhileLoading(t *testing.T) {
	t.Parallel()
	p := fakes(t, copyCorpus(t))
	p.env["CACHE_DIR"] = t.TempDir()
	bot := start(t, program(t), p.env)
	bot.address()
	bot.stop()
}

// free is an address that nobody listens on.
func free(t testing.TB) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	return l.Addr().String()
}
