package main

import (
	"os/exec"
	"strings"
	"testing"

	"verbatim/adapters/slackfake"
)

// TestForget: what somebody asked is gone from the state of a bot that was stopped.
func TestForget(t *testing.T) {
	t.Parallel()
	p := fakes(t, copyCorpus(t))
	bot := start(t, program(t), p.env)
	bot.ready()
	p.askSlack("", askCaptain) // not covered, and so in the journal
	forget := func() (string, error) {
		cmd := exec.Command(program(t), "forget", "slack:"+slackfake.Team+":"+slackfake.User("ann"))
		cmd.Env = append(clean(), "STATE_URL="+p.env["STATE_URL"])
		out, err := cmd.CombinedOutput()
		return string(out), err
	}
	if out, err := forget(); err == nil || !strings.Contains(out, "bot: the bot is running and has the state file open: stop it") {
		t.Errorf("while it runs: %s, %v", out, err)
	}
	bot.stop()
	out, err := forget()
	if err != nil || !strings.Contains(out, "removed: 1 line of the journal") {
		t.Errorf("forgotten: %s, %v", out, err)
	}
	if out, err := forget(); err != nil || out != "removed: 0 lines of the journal, 0 events not yet answered, 0 conversations, 0 counts of limits\n" {
		t.Errorf("forgotten twice: %s, %v", out, err)
	}
}
