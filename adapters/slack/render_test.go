package slack

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"
	"github.com/slack-go/slack"

	"verbatim/adapters"
	"verbatim/adapters/adaptertest"
	"verbatim/adapters/slackfake"
	"verbatim/answers"
	"verbatim/corpus"
)

// TestCards holds every card to its golden file, to Block Kit's limits and to
// the source.
func TestCards(t *testing.T) {
	e := adaptertest.NewEngine()
	ask := func(text string) answers.Answer { return e.Ask(answers.Question{Text: text}) }
	private := func(a answers.Answer, asked string) card {
		return blocks(a, look{private: true, asked: asked, shared: share(a, job{Text: asked}, e.Passage)})
	}
	long := longCorpus(t)
	a := &Adapter{engine: e}
	several := ask(adaptertest.AskLamp)
	several.Quotes = append(several.Quotes, e.PassageByID("row"), e.PassageByID("honest"))
	hostile := ask(adaptertest.AskLamp)
	ampersands := ask(adaptertest.AskLamp)
	ampersands.Lead = strings.Repeat("&", 3000)
	linked := adaptertest.LinkedPassage()
	links := adapters.Links{Pages: "https://bot.example"}
	hostile.Lead = "*bold* <!channel> <https://example.com|x> :wave: & \u202egnp\x00\n`code`"

	cards := map[string]card{
		"quote":            blocks(ask(adaptertest.AskLamp), look{}),
		"quote-private":    private(ask(adaptertest.AskLamp), adaptertest.AskLamp),
		"quote-modal":      blocks(ask(adaptertest.AskLamp), look{modal: true, private: true, asked: adaptertest.AskLamp}),
		"quote-asked":      blocks(ask(adaptertest.AskLamp), look{asked: adaptertest.AskLamp, askedBy: "UANN"}),
		"quote-several":    blocks(several, look{}),
		"quote-markup":     blocks(ask(adaptertest.AskNotice), look{}),
		"quote-paragraphs": blocks(ask(adaptertest.AskSong), look{}),
		"quote-scripts":    blocks(ask(adaptertest.AskLine), look{}),
		"quote-linked":     blocks(answers.Answer{Kind: answers.Quote, Lead: linked.Frame, Quotes: []corpus.Passage{linked}}, look{links: links}),
		"context-linked":   inContext([]corpus.Passage{linked}, links),
		"list":             blocks(ask(adaptertest.AskQuotes), look{}),
		"reported":         blocks(ask(adaptertest.AskRow), look{}),
		"article":          blocks(ask(adaptertest.AskBuilt), look{}),
		"others":           blocks(ask(adaptertest.AskSkippers), look{}),
		"exact":            private(e.Check(answers.Question{Text: "The lamp stays lit, whatever the council decides,"}), "The lamp stays lit"),
		"altered":          private(e.Check(answers.Question{Text: "The lamp stays dark, whatever the council decides"}), "The lamp stays dark"),
		"misattributed":    private(e.Check(answers.Question{Text: "the council: My father lit it by hand."}), "the council: My father lit it by hand."),
		"absent":           private(e.Check(answers.Question{Text: "Sell the tower"}), "Sell the tower"),
		"not-covered":      blocks(ask(adaptertest.AskPay), look{}),
		"not-covered-private": private(ask("<!channel> *why* & <https://example.com|so>?\n> “Sell it,” said Maro"),
			"<!channel> *why* & <https://example.com|so>?\n> “Sell it,” said Maro"),
		"clarify":        blocks(ask(adaptertest.AskBefore), look{}),
		"chat":           blocks(ask(adaptertest.Hello), look{}),
		"in-context":     inContext([]corpus.Passage{e.PassageByID("lamp"), e.PassageByID("notice")}, adapters.Links{}),
		"hostile-lead":   blocks(hostile, look{}),
		"long-lead":      blocks(ampersands, look{}),
		"help":           a.help(job{To: toThread}),
		"help-private":   a.help(job{To: toPrivate}),
		"home":           a.homeTab(),
		"changed":        changed(),
		"too-many":       blocks(answers.Answer{Kind: answers.List, Lead: "All of it:", Quotes: long[:40]}, look{}),
		"too-long":       blocks(answers.Answer{Kind: answers.Quote, Lead: long[41].Frame, Quotes: long[41:]}, look{}),
		"long-paragraph": inContext(long[40:41], adapters.Links{}),
		"in-context-all": inContext(long, adapters.Links{}),
	}
	for name, c := range cards {
		t.Run(name, func(t *testing.T) {
			data, err := json.Marshal(slack.Blocks{BlockSet: c.blocks})
			if err != nil {
				t.Fatal(err)
			}
			surface := slackfake.OnMessage
			switch name {
			case "home":
				surface = slackfake.OnHome
			case "quote-modal":
				surface = slackfake.OnModal
			}
			for _, p := range slackfake.Validate(surface, data) {
				t.Error(p)
			}
			if err := verify(data, c.text, c); err != nil {
				t.Error(err)
			}
			var pretty bytes.Buffer
			enc := json.NewEncoder(&pretty)
			enc.SetEscapeHTML(false)
			enc.SetIndent("", "  ")
			if err := enc.Encode(map[string]any{"text": c.text, "blocks": json.RawMessage(data)}); err != nil {
				t.Fatal(err)
			}
			golden(t, name+".json", pretty.Bytes())
		})
	}
	files, err := filepath.Glob("testdata/cards/*.json")
	if err != nil || len(files) != len(cards) {
		t.Errorf("%d golden files for %d cards: %v", len(files), len(cards), err)
	}
}

// TestLinkedCardsFit: where each citation has links, too, a card is within Block Kit's
// limits, and what there is no room for is told.
func TestLinkedCardsFit(t *testing.T) {
	many := slices.Repeat([]corpus.Passage{adaptertest.LinkedPassage()}, 40)
	as := look{links: adapters.Links{Pages: "https://" + strings.Repeat("long.", 40) + "example"}}
	c := blocks(answers.Answer{Kind: answers.List, Lead: "All of it:", Quotes: many}, as)
	data, err := json.Marshal(slack.Blocks{BlockSet: c.blocks})
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range slackfake.Validate(slackfake.OnMessage, data) {
		t.Error(p)
	}
	if n := strings.Count(string(data), "In the whole text"); n < 5 || n >= len(many) || !strings.Contains(c.text, "did not fit into a message") {
		t.Errorf("%d passages are shown: %s", n, c.text)
	}
	as.links.Pages = "https://" + strings.Repeat("long.", 400) + "example"
	if text, err := json.Marshal(blocks(answers.Answer{Kind: answers.List, Quotes: many[:1]}, as).blocks); err != nil || strings.Contains(string(text), "https://") {
		t.Errorf("an address that is too long is in the card: %v", err)
	}
}

// golden compares with a golden file, or writes it anew.
func golden(t *testing.T, name string, got []byte) {
	t.Helper()
	path := filepath.Join("testdata", "cards", name)
	if *update {
		if err := os.WriteFile(path, got, 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), string(got)); diff != "" {
		t.Errorf("%s (-want +got):\n%s", path, diff)
	}
}

// longCorpus has 40 passages of 300 characters, one of a paragraph of 6,000 and
// one of 12,000.
func longCorpus(t testing.TB) []corpus.Passage {
	t.Helper()
	var text strings.Builder
	for i := range 40 {
		fmt.Fprintf(&text, "Sentence %d %s.\n", i, strings.Repeat("goes on ", 36))
	}
	fmt.Fprintf(&text, "%sHere it is. %s\n", strings.Repeat("Before it. ", 280), strings.Repeat("After it. ", 280))
	fmt.Fprintf(&text, "%s\n", strings.Repeat("too long ", 1400))
	c, err := corpus.Load(fstest.MapFS{"long/article.txt": {Data: []byte(text.String())}})
	if err != nil {
		t.Fatal(err)
	}
	var out []corpus.Passage
	all := c.Sources()[0].Passages()
	out = append(out, all[:40]...)
	for _, p := range all[40:] {
		if p.Quote.Text() == "Here it is." {
			out = append(out, p)
		}
	}
	out = append(out, all[len(all)-1])
	if len(out) != 42 || len(out[41].Quote.Text()) < 12_000 {
		t.Fatalf("%d passages, the last of %d bytes", len(out), len(out[41].Quote.Text()))
	}
	return out
}

// TestFitCountsAsSlackDoes: characters beyond the basic plane count twice.
func TestFitCountsAsSlackDoes(t *testing.T) {
	text := strings.Repeat("🔥", maxCard/2) + "\n" + strings.Repeat("🔥", maxCard/2) + "\n"
	c, err := corpus.Load(fstest.MapFS{"fire/article.txt": {Data: []byte(text)}})
	if err != nil {
		t.Fatal(err)
	}
	passages := c.Sources()[0].Passages()
	if shown, left := (&card{}).fit(passages, maxCard); len(shown) != 0 || len(left) != 2 {
		t.Errorf("%d shown, %d left; with its frame each is too long", len(shown), len(left))
	}
}

// TestSharedIsTheSame: what is shared is the answer as it was, frames and all.
func TestSharedIsTheSame(t *testing.T) {
	e := adaptertest.NewEngine()
	a := e.Check(answers.Question{Text: "The lamp stays dark, whatever the council decides"})
	b := e.Ask(answers.Question{Text: adaptertest.AskQuotes})
	c := e.Ask(answers.Question{Text: adaptertest.AskLamp})
	c.Quotes[0].Frame = ""
	for _, want := range []answers.Answer{a, b, c} {
		s, got, ok := unshare(share(want, job{Text: "so?", Check: true}, e.Passage), e.Passage)
		if !ok || s.Question != "so?" || !s.Check {
			t.Fatalf("it carries %+v", s)
		}
		if diff := cmp.Diff(blocks(want, look{}).text, blocks(got, look{}).text); diff != "" {
			t.Errorf("shared (-want +got):\n%s", diff)
		}
	}
	if _, _, ok := unshare(`{"l":"x","p":["0.1.2"]}`, e.Passage); ok {
		t.Error("a key of another text is found")
	}
}

// FuzzBlocks: whatever stands in the lead, the question and the suggestions, the
// card is one that Slack takes, and calls nobody.
func FuzzBlocks(f *testing.F) {
	for _, h := range adaptertest.Hostile {
		f.Add(h.Text, "kind")
	}
	e := adaptertest.NewEngine()
	long := longCorpus(f)
	f.Fuzz(func(t *testing.T, text, kind string) {
		for i, kind := range []answers.Kind{answers.Quote, answers.List, answers.NotCovered, answers.Verdict, answers.Chat, answers.Kind(kind)} {
			quotes := [][]corpus.Passage{{e.PassageByID("notice")}, long, {}}[i%3]
			a := answers.Answer{Kind: kind, Intent: text, Lead: text, Quotes: quotes,
				Nearest: []corpus.Passage{e.PassageByID("row")}, Suggestions: []string{text, text},
				Changes: []answers.Change{{Given: text, Source: "x"}, {Source: text}, {Given: text}}}
			c := blocks(a, look{private: true, asked: text, askedBy: "UANN", shared: share(a, job{Text: text}, e.Passage)})
			data, err := json.Marshal(slack.Blocks{BlockSet: c.blocks})
			if err != nil {
				t.Fatal(err)
			}
			for _, p := range slackfake.Validate(slackfake.OnMessage, data) {
				t.Error(p)
			}
			if err := verify(data, c.text, c); err != nil {
				t.Error(err)
			}
			if len(c.text) > maxText {
				t.Errorf("the text has %d bytes", len(c.text))
			}
			if strings.Contains(strings.ReplaceAll(c.text, "<@UANN>", ""), "<") {
				t.Errorf("the text holds a control sequence: %q", c.text)
			}
		}
	})
}
