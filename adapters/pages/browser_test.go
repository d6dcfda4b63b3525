package pages

import (
	"encoding/json"
	"fmt"
	"html"
	"net/http"
	"net/http/httptest"
	"os"
	"strings"
	"testing"
	"testing/fstest"

	"verbatim/adapters"
	"verbatim/corpus"
)

// TestBrowser reads pages in a real browser, as they are seen: by day and by night, on
// a phone and on paper, with and without JavaScript.
func TestBrowser(t *testing.T) {
	b := newTab(t)
	for _, domain := range []string{"Page", "Runtime", "Log"} {
		b.call(domain+".enable", nil, nil)
	}
	s, c := site(t)
	links := adapters.Links{Pages: s.URL}
	spoken := passage(t, c.Source("pier"), "“The old pier is rotten,”")
	cited := links.Page(spoken.Quote)

	for _, l := range []look{
		{"light", 1000, 700, "light", "screen"}, {"dark", 1000, 700, "dark", "screen"},
		{"phone", 320, 640, "light", "screen"}, {"phone-dark", 390, 844, "dark", "screen"}, {"print", 794, 1123, "light", "print"},
	} {
		b.look(l)
		b.open(cited)
		if got := b.eval(`document.querySelectorAll("mark").length + document.querySelector("mark").textContent`); got != "1“The old pier is rotten,”" {
			t.Errorf("%s: marked is %v", l.name, got)
		}
		if wide := b.eval(`document.documentElement.scrollWidth > innerWidth`); wide != false {
			t.Errorf("%s: it has to be scrolled sideways", l.name)
		}
		if seen := b.eval(`(r => r.top >= 0 && r.bottom <= innerHeight)(document.querySelector("mark").getBoundingClientRect())`); seen != true {
			t.Errorf("%s: the marked words are not in view", l.name)
		}
		b.shoot(l.name)
		b.accessible(l.name)
	}

	b.look(look{"", 1000, 700, "light", "screen"})
	b.copies(s.URL, cited)

	b.reaches()
	b.open(s.URL + "/a/minutes")
	b.accessible("404")
	b.complaints = nil // the browser notes that the server said 404

	b.call("Emulation.setScriptExecutionDisabled", map[string]any{"value": true}, nil)
	b.open(cited)
	if got := b.eval(`[...document.querySelectorAll("button")].filter(x => x.checkVisibility({visibilityProperty: true})).length`); got != 0.0 {
		t.Errorf("without JavaScript %v buttons do nothing", got)
	}
	b.shoot("without-javascript")
	for _, complaint := range b.complaints {
		t.Errorf("the browser complains: %s", complaint)
	}
}

// copies presses the buttons that copy, on a page that marks words.
func (b *tab) copies(origin, cited string) {
	b.t.Helper()
	b.call("Browser.grantPermissions", map[string]any{"origin": origin, "permissions": []string{"clipboardReadWrite", "clipboardSanitizedWrite"}}, nil)
	b.call("Page.bringToFront", nil, nil)
	about := "The pier goes in March · Ida Brandt · Skarvik Post · 2024-03-05"
	const here = "#p3 .copy"
	for _, test := range []struct{ name, do, want string }{
		{"the citation", `document.querySelector(".cited .copy").click()`,
			"“The old pier is rotten,”\n— direct quote · Ann Lee · ¶ 3 · " + about + "\n" + cited},
		{"a paragraph", `document.querySelector("` + here + `").click()`,
			"“The old pier is rotten,” said Ann Lee. “We all know it.”\n— ¶ 3 · " + about + "\n" + origin + "/a/pier#p3"},
		{"what is selected of one", `getSelection().setBaseAndExtent(document.querySelector("#p3 p").lastChild, 0, document.querySelector("#p3 p").lastChild, 14); document.querySelector("` + here + `").click()`,
			"“said Ann Lee.”\n— ¶ 3 · " + about + "\n" + origin + "/a/pier#p3"},
	} {
		b.open(cited)
		b.eval(test.do)
		b.until(`document.querySelector(".status").textContent == "Copied"`)
		if got := b.eval(`navigator.clipboard.readText()`); got != test.want {
			b.t.Errorf("copied of %s is\n%v\nwant\n%s", test.name, got, test.want)
		}
	}
}

// reaches follows links to the words at a source's own place: the browser finds them by
// the text directive, and scrolls to them.
func (b *tab) reaches() {
	b.t.Helper()
	lines := []string{
		"The bell rang at noon, and nobody heard it.", "A fee-paying boat, a bell & the fog: 100% of it.",
		"“It rang – très fort – at noon,” said Zoë Ång. “It rang at noon, and then it rang again, as it always has on days like this one.”",
		"At noon, said the mayor, the bell rang at noon. The bell rang at noon.", "它响了。", "The last line.",
	}
	original := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		_, _ = fmt.Fprintf(w, "<!doctype html><meta charset=utf-8><style>p{margin:120vh 0}</style><p>%s</p>", strings.ReplaceAll(html.EscapeString(strings.Join(lines, "\n")), "\n", "</p><p>"))
	}))
	b.t.Cleanup(original.Close)
	c, err := corpus.Load(fstest.MapFS{
		"bell/article.txt": {Data: []byte(strings.Join(lines, "\n"))}, "bell/source.yaml": {Data: []byte("url: " + original.URL + "/bell\n")},
	})
	if err != nil {
		b.t.Fatal(err)
	}
	for _, p := range c.Sources()[0].Passages() {
		b.open(adapters.Links{}.Source(p.Quote))
		b.until(`scrollY > 0`)
		if got := b.eval(`[...document.querySelectorAll("p")].findIndex(p => (r => r.top >= 0 && r.bottom <= innerHeight)(p.getBoundingClientRect())) + 1`); got != float64(p.Quote.Paragraph()) {
			b.t.Errorf("%q: the browser shows paragraph %v, not %d", p.Quote.Text(), got, p.Quote.Paragraph())
		}
	}
}

// accessible looks for what keeps people from reading the page, with axe-core, whose
// file AXE names.
func (b *tab) accessible(name string) {
	b.t.Helper()
	file := os.Getenv("AXE")
	if file == "" {
		b.t.Logf("%s: not held against axe-core: make browser fetches it", name)
		return
	}
	axe, err := os.ReadFile(file)
	if err != nil {
		b.t.Fatal(err)
	}
	b.eval(string(axe) + "; true")
	data, err := json.Marshal(b.eval(`axe.run().then(r => r.violations.map(v => v.id + ": " + v.help + " " + v.nodes.map(n => n.html).join(" ")))`))
	if err != nil {
		b.t.Fatal(err)
	}
	if string(data) != "[]" {
		b.t.Errorf("%s: %s", name, data)
	}
}
