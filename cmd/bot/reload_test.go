package main

import (
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// TestReloadDefault: a bot that was started in an empty folder, on the embedded article,
// has at each hangup what bot add and bot remove have made of ./corpus-data.
func TestReloadDefault(t *testing.T) {
	t.Parallel()
	address := free(t)
	bot := start(t, program(t), map[string]string{
		"LISTEN_ADDR": address, "PUBLIC_URL": "http://" + address, "STATE_URL": "bolt:" + filepath.Join(t.TempDir(), "state.db"),
	})
	folder := bot.cmd.Dir
	command := func(args ...string) {
		t.Helper()
		cmd := exec.Command(program(t), args...)
		cmd.Dir, cmd.Env = folder, bot.cmd.Env
		if out, err := cmd.CombinedOutput(); err != nil {
			t.Fatalf("bot %q: %v: %s", args, err, out)
		}
	}
	said := func(text string, times int) {
		t.Helper()
		eventually(t, text, func() bool { return strings.Count(bot.out.String(), text) == times })
	}
	page := func(name string, want int) {
		t.Helper()
		if status, _ := get(t, "http://"+address+"/a/"+name); status != want {
			t.Errorf("the page of %s answers %d, want %d", name, status, want)
		}
	}
	for name, text := range map[string]string{"boat.txt": "A boat sails at noon.", "lamp.txt": "The lamp is lit at six."} {
		if err := os.WriteFile(filepath.Join(folder, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}

	said("the corpus is loaded", 1)
	hangUp(t, bot)
	said("the corpus has not changed", 1)
	command("add", "--public", "boat.txt")
	page("boat", http.StatusNotFound)
	hangUp(t, bot)
	said("the corpus is loaded", 2)
	page("boat", http.StatusOK)
	command("add", "--public", "lamp.txt")
	hangUp(t, bot)
	said("the corpus is loaded", 3)
	page("lamp", http.StatusOK)

	// The last source leaves the folder behind where something else is in it.
	if err := os.WriteFile(filepath.Join(folder, defaultCorpus, "notes"), nil, 0o600); err != nil {
		t.Fatal(err)
	}
	command("remove", "boat", "lamp")
	hangUp(t, bot)
	said("the corpus is loaded", 4)
	page("boat", http.StatusNotFound)
	page("lamp", http.StatusNotFound)
	command("list")
	bot.stop()
}
