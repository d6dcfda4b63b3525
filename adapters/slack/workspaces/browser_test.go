package workspaces

import (
	"net/http/httptest"
	"os"
	"os/exec"
	"strings"
	"testing"

	"verbatim/adapters/adaptertest"
	"verbatim/adapters/slackfake"
)

// TestBrowser installs the app in a real browser: its cookie survives the way over Slack,
// and the page shows what it is to show.
func TestBrowser(t *testing.T) {
	t.Parallel()
	chromium, err := exec.LookPath("chromium")
	if err != nil && os.Getenv("BROWSER") != "needed" {
		t.Skip("there is no Chromium on this machine: make browser installs it and runs this test")
	}
	s, p, _ := begin(t, 0)
	w := s.Workspace("T1", "Acme <& Sons>", "")
	server := httptest.NewTLSServer(p.Handler())
	t.Cleanup(server.Close)
	show := func(path string) string {
		t.Helper()
		cmd := exec.CommandContext(t.Context(), chromium, "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run",
			"--ignore-certificate-errors", "--user-data-dir="+adaptertest.Folder(t), "--dump-dom", server.URL+path)
		out, err := cmd.Output()
		if err != nil {
			t.Fatalf("Chromium does not start: %v", err)
		}
		return string(out)
	}
	w.Browse(server.URL+"/slack/oauth_redirect", slackfake.Choice{})
	if got := show("/slack/install"); !strings.Contains(got, "<h1>Installed in Acme &lt;&amp; Sons&gt;</h1>") {
		t.Errorf("after it was allowed the browser shows:\n%s", got)
	}
	expect(t, s, w, w.Channel("GENERAL"))
	w.Browse(server.URL+"/slack/oauth_redirect", slackfake.Choice{Deny: true})
	if got := show("/slack/install"); !strings.Contains(got, "was not allowed in Slack") || !strings.Contains(got, `<a href="/slack/install">Try again</a>`) {
		t.Errorf("after it was denied the browser shows:\n%s", got)
	}
	if got := show("/slack/oauth_redirect?code=x&state=y"); !strings.Contains(got, "in the same browser") {
		t.Errorf("without a beginning the browser shows:\n%s", got)
	}
}
