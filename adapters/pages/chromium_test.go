package pages

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/gorilla/websocket"

	"verbatim/adapters/adaptertest"
)

// chromiumNames are what Chromium is called on the machines that have it.
var chromiumNames = []string{"chromium", "chromium-browser", "google-chrome", "chrome"}

// startTime is how long Chromium may take to start, on a machine that is busy.
const startTime = 30 * time.Second

// without ends a test that has no browser: it is skipped, but where one is needed fails.
func without(t *testing.T, why string) {
	t.Helper()
	if os.Getenv("BROWSER") == "needed" {
		t.Fatal(why)
	}
	t.Skip(why)
}

// tab is a page in a Chromium without a window, driven by its DevTools protocol.
type tab struct {
	t    *testing.T
	conn *websocket.Conn
	last int
	// complaints are what the page reported: errors, and what its policy kept it from.
	complaints []string
}

// newTab starts Chromium, or skips the test where there is none.
func newTab(t *testing.T) *tab {
	t.Helper()
	program := ""
	for _, name := range chromiumNames {
		if path, err := exec.LookPath(name); err == nil {
			program = path
			break
		}
	}
	if program == "" {
		without(t, "there is no Chromium on this machine: make browser installs it and runs this test")
	}
	dir := adaptertest.Folder(t)
	ctx, stop := context.WithCancel(t.Context())
	cmd := exec.CommandContext(ctx, program, "--headless=new", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-extensions",
		"--disable-background-networking", "--disable-dev-shm-usage", "--hide-scrollbars", "--remote-debugging-port=0", "--user-data-dir="+dir, "about:blank")
	cmd.WaitDelay = 5 * time.Second
	if err := cmd.Start(); err != nil {
		stop()
		without(t, fmt.Sprintf("Chromium does not start: %v", err))
	}
	t.Cleanup(func() { stop(); _ = cmd.Wait() }) // it was killed
	return &tab{t: t, conn: connect(ctx, t, dir)}
}

// connect connects to the tab of a Chromium that keeps its profile in dir.
func connect(ctx context.Context, t *testing.T, dir string) *websocket.Conn {
	t.Helper()
	for end := time.Now().Add(startTime); time.Now().Before(end); time.Sleep(50 * time.Millisecond) {
		data, err := os.ReadFile(filepath.Join(dir, "DevToolsActivePort"))
		port, _, ok := strings.Cut(string(data), "\n")
		if err != nil || !ok {
			continue
		}
		_, body := get(t, "http://127.0.0.1:"+port+"/json/list")
		var tabs []struct {
			Type string `json:"type"`
			URL  string `json:"webSocketDebuggerUrl"`
		}
		if err := json.Unmarshal([]byte(body), &tabs); err != nil {
			t.Fatal(err)
		}
		for _, tab := range tabs {
			if tab.Type != "page" {
				continue
			}
			conn, resp, err := websocket.DefaultDialer.DialContext(ctx, tab.URL, nil)
			if err != nil {
				t.Fatal(err)
			}
			resp.Body.Close()
			t.Cleanup(func() { conn.Close() })
			return conn
		}
	}
	without(t, fmt.Sprintf("Chromium did not start in %v", startTime))
	return nil
}

// call calls a method and decodes its result into out, where that is not nil.
func (b *tab) call(method string, params, out any) {
	b.t.Helper()
	b.last++
	if err := b.conn.WriteJSON(map[string]any{"id": b.last, "method": method, "params": params}); err != nil {
		b.t.Fatal(err)
	}
	for {
		var m struct {
			ID             int
			Method         string
			Params, Result json.RawMessage
			Error          *struct{ Message string }
		}
		if err := b.conn.ReadJSON(&m); err != nil {
			b.t.Fatal(err)
		}
		switch {
		case m.Method == "Runtime.exceptionThrown" || m.Method == "Log.entryAdded":
			b.complaints = append(b.complaints, string(m.Params))
		case m.ID != b.last:
		case m.Error != nil:
			b.t.Fatalf("%s: %s", method, m.Error.Message)
		default:
			if out != nil {
				if err := json.Unmarshal(m.Result, out); err != nil {
					b.t.Fatal(err)
				}
			}
			return
		}
	}
}

// open opens an address.
func (b *tab) open(address string) {
	b.t.Helper()
	b.call("Page.navigate", map[string]any{"url": "about:blank"}, nil)
	b.call("Page.navigate", map[string]any{"url": address}, nil)
	b.until(`document.readyState == "complete" && location.href != "about:blank"`)
}

// until waits until an expression is true.
func (b *tab) until(expression string) {
	b.t.Helper()
	for end := time.Now().Add(startTime); b.eval(expression) != true; time.Sleep(20 * time.Millisecond) {
		if time.Now().After(end) {
			b.t.Fatalf("it never became true that %s", expression)
		}
	}
}

// eval is the value of an expression on the page, of a promise what it comes to.
func (b *tab) eval(expression string) any {
	b.t.Helper()
	var r struct {
		Result           struct{ Value any }
		ExceptionDetails json.RawMessage
	}
	b.call("Runtime.evaluate", map[string]any{"expression": expression, "returnByValue": true, "awaitPromise": true, "userGesture": true}, &r)
	if r.ExceptionDetails != nil {
		b.t.Fatalf("%.80s: %s", expression, r.ExceptionDetails)
	}
	return r.Result.Value
}

// look is how a page is looked at.
type look struct {
	name          string
	width, height int
	scheme, media string
}

func (b *tab) look(l look) {
	b.t.Helper()
	b.call("Emulation.setDeviceMetricsOverride", map[string]any{"width": l.width, "height": l.height, "deviceScaleFactor": 1, "mobile": l.width < 600}, nil)
	b.call("Emulation.setEmulatedMedia", map[string]any{"media": l.media, "features": []any{map[string]any{"name": "prefers-color-scheme", "value": l.scheme}}}, nil)
}

// shoot keeps a picture of the page in the folder that SCREENSHOTS names, if any.
func (b *tab) shoot(name string) {
	b.t.Helper()
	dir := os.Getenv("SCREENSHOTS")
	if dir == "" {
		return
	}
	var shot struct{ Data []byte }
	b.call("Page.captureScreenshot", map[string]any{"format": "png"}, &shot)
	if err := os.WriteFile(filepath.Join(dir, name+".png"), shot.Data, 0o644); err != nil {
		b.t.Fatal(err)
	}
}
