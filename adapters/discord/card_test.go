package discord

import (
	"bytes"
	"encoding/json"
	"errors"
	"flag"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/bwmarrin/discordgo"
	"github.com/google/go-cmp/cmp"

	"verbatim/adapters"
	"verbatim/adapters/adaptertest"
	"verbatim/adapters/discordfake"
	"verbatim/answers"
	"verbatim/corpus"
)

var update = flag.Bool("update", false, "write the golden files anew")

// article returns passages of the embedded article by their ids.
func article(t testing.TB, ids ...string) (out []corpus.Passage) {
	t.Helper()
	c, err := corpus.Embedded()
	if err != nil {
		t.Fatal(err)
	}
	for _, id := range ids {
		i := slices.IndexFunc(c.Sources()[0].Passages(), func(p corpus.Passage) bool { return p.ID == id })
		if i < 0 {
			t.Fatalf("the article has no passage %s", id)
		}
		out = append(out, c.Sources()[0].Passages()[i])
	}
	return out
}

func ask(text string) answers.Answer {
	return adaptertest.NewEngine().Ask(answers.Question{Text: text})
}

func TestCards(t *testing.T) {
	engine := adaptertest.NewEngine()
	here := view{Conversation: "300000000000000001.400000000000000001"}
	private := view{Conversation: here.Conversation, Share: true, Asked: echo(you, adaptertest.AskLamp, false)}
	windows := article(t, "windows")
	linked := adaptertest.LinkedPassage()
	linking := view{Conversation: here.Conversation, Links: adapters.Links{Pages: "https://bot.example"}}
	for name, c := range map[string]card{
		"linked":         embed(answers.Answer{Kind: answers.Quote, Lead: linked.Frame, Quotes: []corpus.Passage{linked}}, linking),
		"context-linked": inContext(linked, linking.Links),
		"quote":          embed(ask(adaptertest.AskLamp), here),
		"quote-private":  embed(ask(adaptertest.AskLamp), private),
		"quote-markup":   embed(ask(adaptertest.AskNotice), here),
		"quote-lines":    embed(ask(adaptertest.AskSong), here),
		"reported":       embed(ask(adaptertest.AskRow), here),
		"article":        embed(ask(adaptertest.AskWrecks), here),
		"others":         embed(ask(adaptertest.AskSkippers), here),
		"list":           embed(ask(adaptertest.AskQuotes), here),
		"not-covered":    embed(ask(adaptertest.AskPay), here),
		"clarify":        embed(ask(adaptertest.AskBefore), here),
		"chat":           embed(ask(adaptertest.Hello), here),
		"exact":          embed(engine.Check(answers.Question{Text: "The lamp stays lit, whatever the council decides,"}), here),
		"altered":        embed(engine.Check(answers.Question{Text: "The lamp stays dark, whatever the council decides"}), here),
		"misattributed":  embed(engine.Check(answers.Question{Text: "the council: My father lit it by hand."}), here),
		"absent":         embed(engine.Check(answers.Question{Text: "Sell the tower to the highest bidder"}), here),
		"about":          about(engine.About(""), view{Share: true, Conversation: here.Conversation}),
		"context":        inContext(engine.PassageByID("lamp"), adapters.Links{}),
		"context-markup": inContext(engine.PassageByID("notice"), adapters.Links{}),
		"context-lines":  inContext(engine.PassageByID("song"), adapters.Links{}),
		"echo":           embed(ask(adaptertest.AskLamp), view{Asked: echo("_Ann_ @here", "**what** did\nshe say? @everyone", false), Conversation: here.Conversation}),
		"windows":        embed(answers.Answer{Kind: answers.Quote, Lead: windows[0].Frame, Quotes: windows}, here),
	} {
		t.Run(name, func(t *testing.T) {
			sound(t, c)
			f, ok := c.layout()
			if !ok {
				f, _ = c.classic()
			}
			golden(t, name, f)
			if slices.Contains([]string{"quote-private", "list", "altered", "context", "linked"}, name) {
				f, _ = c.classic()
				golden(t, name+"-classic", f)
				f, _ = c.plain()
				golden(t, name+"-plain", f)
			}
		})
	}
}

// golden compares a message with a golden file.
func golden(t *testing.T, name string, f form) {
	t.Helper()
	got, err := json.MarshalIndent(f.message, "", "  ")
	if err != nil {
		t.Fatal(err)
	}
	file := filepath.Join("testdata", "cards", name+".json")
	if *update {
		if err := os.WriteFile(file, append(got, '\n'), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(strings.TrimSpace(string(want)), string(got)); diff != "" {
		t.Errorf("not as in %s (-want +got):\n%s", file, diff)
	}
}

// TestLinkedCardsFit: where citations have links, too, a card is within Discord's limits.
func TestLinkedCardsFit(t *testing.T) {
	many := slices.Repeat([]corpus.Passage{adaptertest.LinkedPassage()}, 20)
	v := view{Links: adapters.Links{Pages: "https://" + strings.Repeat("long.", 40) + "example"}}
	c := embed(answers.Answer{Kind: answers.List, Lead: "All of it:", Quotes: many}, v)
	sound(t, c)
	if len(c.Embeds) != maxEmbeds || c.Embeds[maxLinked-1].Author.URL == "" || c.Embeds[maxLinked].Author.URL != "" {
		t.Errorf("%d passages are shown", len(c.Embeds))
	}
	v.Links.Pages = "https://" + strings.Repeat("long.", 400) + "example"
	if c := embed(answers.Answer{Kind: answers.List, Quotes: many[:1]}, v); c.Embeds[0].Author.URL != "" || c.Embeds[0].Fields != nil {
		t.Errorf("an address that is too long is in the card: %+v", c.Embeds[0])
	}
}

// sound checks what must hold for any card in each of its forms: Discord takes it, the
// passages are there byte for byte, and no markup takes effect but the card's own.
func sound(t testing.TB, c card) {
	t.Helper()
	for i, shown := range c.forms() {
		f, ok := shown()
		if !ok {
			continue
		}
		payload, err := json.Marshal(f.message)
		if err != nil {
			t.Fatal(err)
		}
		m, problems := discordfake.ReadMessage(payload)
		for _, problem := range problems {
			t.Errorf("form %d: Discord would refuse the card: %s", i, problem)
		}
		if err := f.check(); err != nil {
			t.Errorf("form %d: the last check: %v", i, err)
		}
		onlyItsOwn(t, m)
		text, quoted := m.Shown()
		var spoken, said []string
		for _, s := range f.shown {
			if passage := s.passage.Quote.Text(); !s.Cut && s.said == "" && !strings.Contains(text, passage) {
				t.Errorf("form %d: people see %q, not %q", i, text, passage)
			}
			if s.passage.Spoken() && s.said != "" {
				said = append(said, s.said)
			}
			if s.passage.Spoken() {
				spoken = append(spoken, s.passage.Quote.Text())
			}
		}
		if got := discordfake.Render(m.Text).Quoted; !slices.Equal(got, said) {
			t.Errorf("form %d: the content quotes %q, want %q", i, got, said)
		}
		if f.message.Content == "" || len(m.Embeds) > 0 {
			for n, q := range quoted {
				if n >= len(spoken) || !strings.HasPrefix(spoken[n], q) {
					t.Errorf("form %d: %q is quoted, not %q", i, quoted, spoken)
				}
			}
		}
		if len(f.shown) > 0 && m.Text != "" && len(m.Text) < maxContent/2 && !slices.ContainsFunc(f.shown, func(s shows) bool { return s.said != "" }) {
			t.Errorf("form %d: with embeds switched off people see nothing of a passage", i)
		}
	}
}

// onlyItsOwn: no markup takes effect in a message but what the card has of its own.
func onlyItsOwn(t testing.TB, m discordfake.Message) {
	t.Helper()
	only := func(what, text string, allowed ...string) {
		for _, e := range discordfake.Render(text).Effects {
			if !slices.Contains(allowed, e) {
				t.Errorf("%s has the effect %q: %q", what, e, text)
			}
		}
	}
	if len(m.Embeds) > 0 || m.Layout {
		only("the content", m.Text, "subtext", "quote")
	} else {
		only("the content", m.Text, "subtext", "quote", "link", "bold")
	}
	for _, e := range m.Embeds {
		only("a title", e.Title)
		only("a description", e.Description, "quote", "bold")
		for _, f := range e.Fields {
			if f.Name == whereField {
				only("links", f.Value, "link")
			} else {
				only("a field", f.Value, "bold")
			}
		}
	}
	for _, part := range m.Rows {
		only("the lead", part.Content, "subtext")
		for _, inner := range part.Components {
			for n, text := range inner.Components {
				only("a text", text.Content, [][]string{{"bold"}, {"quote", "bold"}, {"subtext", "bold", "link"}}[n%3]...)
			}
		}
	}
}

func TestHostileTextInCards(t *testing.T) {
	engine := adaptertest.NewEngine()
	for _, h := range adaptertest.Hostile {
		t.Run(h.Name, func(t *testing.T) {
			t.Parallel()
			sound(t, embed(engine.Ask(answers.Question{Text: h.Text}), view{Asked: echo(h.Text, h.Text, false)}))
			sound(t, embed(engine.Check(answers.Question{Text: h.Text}), view{Asked: echo(you, h.Text, true), Share: true}))
			// An engine that hands everything on.
			p := engine.PassageByID("lamp")
			sound(t, embed(answers.Answer{Kind: answers.Verdict, Finding: answers.Altered, Lead: h.Text, Quotes: []corpus.Passage{p, p},
				Changes:     []answers.Change{{Given: h.Text, Source: "x"}, {Given: h.Text}, {Source: h.Text}},
				Nearest:     []corpus.Passage{p},
				Suggestions: []string{h.Text, h.Text, adapters.Clip(h.Text, 75)}}, view{}))
		})
	}
}

// long is a corpus of one line that is not curated.
func long(t *testing.T, text string) corpus.Passage {
	t.Helper()
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "article.txt"), []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, "curation.yaml"), []byte(
		"passages:\n- id: long\n  attribution: direct\n  speaker: "+strings.Repeat("Ann ", 200)+"\n  quote: "+quoteYAML(text)+"\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	c, err := corpus.LoadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	return c.Sources()[0].Passages()[0]
}

func quoteYAML(text string) string {
	b, _ := json.Marshal(text)
	return string(b)
}

// TestLongPassages: what is too long is cut, says so, and stays a verbatim beginning.
func TestLongPassages(t *testing.T) {
	for name, text := range map[string]string{
		"words":  strings.TrimSpace(strings.Repeat("The *lamp* stays lit, ", 1000)),
		"emoji":  strings.Repeat("🔥", 5000),
		"stars":  strings.Repeat("*", 5000),
		"fits":   strings.Repeat("x", 4000),
		"barely": strings.Repeat("x", 4094),
	} {
		t.Run(name, func(t *testing.T) {
			p := long(t, text)
			a := answers.Answer{Kind: answers.List, Lead: "x", Quotes: []corpus.Passage{p, p, p}}
			c := embed(a, view{})
			sound(t, c)
			cut := strings.Contains(c.Embeds[0].Description, "…") || len(c.Embeds[0].Fields) > 0
			if want := adapters.Units(quoted(escape(text))) > maxDescription; cut != want {
				t.Errorf("cut: %v, want %v", cut, want)
			}
			if len(c.Embeds) < 3 && !strings.Contains(c.Lead, "did not fit") {
				t.Error("some passages are left out and nothing says so")
			}
			sound(t, inContext(p, adapters.Links{}))
			// With embeds switched off people read its beginning, also once it is shared.
			head := string([]rune(text)[:100])
			for i, c := range []card{c, inContext(p, adapters.Links{})} {
				content, said := c.said()
				shown := discordfake.Render(content)
				if !strings.Contains(shown.Plain, head) || len(shown.Quoted) != 1-i || said[0].said == text {
					t.Errorf("the content is %.200q", content)
				}
			}
			content, said := c.said()
			on := pressedOn{message: message{Content: content, Embeds: c.Embeds, Components: components{{CustomID: pressContext + ":" + p.Quote.Key()}}}}
			again, ok := on.share("ann", func(string) (corpus.Passage, bool) { return p, true })
			sound(t, again)
			if shared, there := again.said(); !ok || there[0].said == "" || !strings.HasPrefix(said[0].said, there[0].said) || !strings.HasPrefix(shared, smallLetters+"ann shared:\nx\n") {
				t.Errorf("shared, %v: %.200q", ok, shared)
			}
		})
	}
	many := slices.Repeat([]corpus.Passage{adaptertest.NewEngine().PassageByID("lamp")}, 30)
	c := embed(answers.Answer{Kind: answers.List, Lead: "x", Quotes: many, Nearest: many}, view{Share: true})
	sound(t, c)
	if len(c.Embeds) != maxEmbeds || !strings.Contains(c.Lead, "20 more") {
		t.Errorf("%d embeds, %q", len(c.Embeds), c.Lead)
	}
}

// TestCheckCatches: a message that does not show its passages exactly does not pass.
func TestCheckCatches(t *testing.T) {
	c := embed(ask(adaptertest.AskLamp), view{})
	sound(t, c)
	lit := "The lamp stays lit"
	for name, spoil := range map[string]func(string) string{
		"a word changed":          func(m string) string { return strings.ReplaceAll(m, lit, "The lamp stays dark") },
		"no quotation styling":    func(m string) string { return strings.ReplaceAll(m, `\u003e “`, `“`) },
		"a word more":             func(m string) string { return strings.ReplaceAll(m, `decides,”`, `decides,”!`) },
		"not escaped":             func(m string) string { return strings.ReplaceAll(m, lit, "*"+lit+"*") },
		"quotation of no passage": func(m string) string { return strings.ReplaceAll(m, `On the lamp`, `\u003e “Sell it.”\n`) },
	} {
		for i, shown := range c.forms() {
			f, _ := shown()
			payload, err := json.Marshal(f.message)
			if err != nil {
				t.Fatal(err)
			}
			spoilt := spoil(string(payload))
			if spoilt == string(payload) || check([]byte(spoilt), f.shown) == nil {
				t.Errorf("%s passes in form %d: %s", name, i, spoilt)
			}
		}
	}
	f, _ := c.layout()
	for name, spoil := range map[string]func(f *form){
		"the container gone": func(f *form) { f.message.Components = f.message.Components[:1] },
		"another passage":    func(f *form) { f.shown = embed(ask(adaptertest.AskRow), view{}).Shows },
		"quotation of no passage": func(f *form) {
			f.message.Components = append(f.message.Components, discordgo.TextDisplay{Content: "> x"})
		},
		"an empty one passes as cut": func(f *form) {
			f.message.Components[1] = discordgo.Container{Components: []discordgo.MessageComponent{discordgo.TextDisplay{Content: "a"}, discordgo.TextDisplay{Content: "> “The"}, discordgo.TextDisplay{Content: "b"}}}
		},
	} {
		spoilt := form{f.message, slices.Clone(f.shown)}
		spoilt.message.Components = slices.Clone(f.message.Components)
		spoil(&spoilt)
		if err := spoilt.check(); !errors.Is(err, adapters.ErrUnquoted) {
			t.Errorf("%s: %v", name, err)
		}
	}
	// The article's own words must not look spoken.
	c = embed(ask(adaptertest.AskWrecks), view{})
	c.Embeds[0].Description = quoted(c.Embeds[0].Description)
	if f, _ := c.layout(); f.check() == nil {
		t.Error("the article's words passed in quotation styling")
	}
}

func FuzzCard(f *testing.F) {
	for _, h := range adaptertest.Hostile {
		f.Add(adapters.Clip(h.Text, 300), "a", "b")
	}
	p := adaptertest.NewEngine().PassageByID("notice")
	f.Fuzz(func(t *testing.T, lead, given, suggestion string) {
		sound(t, embed(answers.Answer{Kind: answers.Verdict, Lead: lead, Quotes: []corpus.Passage{p},
			Changes: []answers.Change{{Given: given, Source: lead}}, Suggestions: []string{suggestion, given}},
			view{Asked: echo(given, lead, true), Share: true, Conversation: "1.2"}))
	})
}

func TestEmptyListsStayInTheJSON(t *testing.T) {
	f, _ := plainCard("hello").classic()
	payload, err := json.Marshal(f.message)
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{`"parse":[]`, `"embeds":[]`, `"components":[]`} {
		if !bytes.Contains(payload, []byte(want)) {
			t.Errorf("%s is not in %s", want, payload)
		}
	}
}
