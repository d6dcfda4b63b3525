package main

import (
	"net/http/httptest"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"

	"verbatim/adapters/slackfake"
)

// TestTonight runs the commands of docs/tonight.md, with a fake in place of Slack and a
// page of this machine in place of one on the web.
func TestTonight(t *testing.T) {
	t.Parallel()
	documents, err := filepath.Abs("../../corpus/extract/testdata")
	if err != nil {
		t.Fatal(err)
	}
	site := httptest.NewServer(webSite(t.TempDir(), documents))
	t.Cleanup(site.Close)
	slack := slackfake.New(t, slackfake.Options{AckTime: slackfake.Wait})
	cache := cacheDir(t)
	testscript.Run(t, testscript.Params{
		Dir: "testdata/tonight",
		Setup: func(e *testscript.Env) error {
			e.Setenv("SITE", site.URL)
			e.Setenv("HOME", e.WorkDir)
			e.Setenv("CACHE_DIR", cache)
			e.Setenv("SLACK_API_URL", slack.APIURL())
			tokens := "SLACK_APP_TOKEN=" + slackfake.AppToken + "\nSLACK_BOT_TOKEN=" + slackfake.BotToken + "\n"
			if err := usePlain(e); err != nil {
				return err
			}
			return os.WriteFile(filepath.Join(e.WorkDir, ".env"), []byte(tokens), 0o600)
		},
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			// slack COMMAND REGEXP: what somebody types in Slack, and what they see then.
			"slack": func(ts *testscript.TestScript, _ bool, args []string) {
				slack.AwaitSockets(2) // as many as a bot keeps open
				before := slack.Mark()
				command, text, _ := strings.Cut(args[0], " ")
				slack.Command("ann", slack.Channel("general"), command, text)()
				m := slack.Next(before, func(m slackfake.Message) bool { return m.OnlyFor == slackfake.User("ann") })
				if seen := slackfake.Read(m).Text; !regexp.MustCompile(args[1]).MatchString(seen) {
					ts.Fatalf("%s shows %s", args[0], seen)
				}
			},
		},
	})

	// What the page has people type, the script has typed, in this order.
	page, err := os.ReadFile("../../docs/tonight.md")
	if err != nil {
		t.Fatal(err)
	}
	script, err := os.ReadFile("testdata/tonight/tonight.txtar")
	if err != nil {
		t.Fatal(err)
	}
	// A script quotes with ' where a shell takes " too.
	typed := strings.NewReplacer(`"`, "'", "bot add https://www.velden.example/library.html", "bot add --private $SITE/documents/library-pelican.html")
	left, n := string(script), 0
	for _, m := range regexp.MustCompile(`(?m)^       ((?:bot|/ask)(?: .*)?)$`).FindAllStringSubmatch(string(page), -1) {
		_, after, ok := strings.Cut(left, typed.Replace(m[1]))
		if !ok {
			t.Errorf("docs/tonight.md has people type %q, and the script does not", m[1])
		}
		left = after
		n++
	}
	if n != 6 {
		t.Errorf("docs/tonight.md has %d commands", n)
	}
}
