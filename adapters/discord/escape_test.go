package discord

import (
	"strings"
	"testing"
	"unicode/utf8"

	"verbatim/adapters"
	"verbatim/adapters/adaptertest"
	"verbatim/adapters/discordfake"
)

func TestEscape(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{"“In the PC era, Windows with the open ecosystem was the leader.”", "“In the PC era, Windows with the open ecosystem was the leader.”"},
		{"a (mostly) open-source AI model: 10-15 years", `a \(mostly\) open-source AI model: 10-15 years`},
		{"*a* _b_ ~c~ `d` |e| [f] <g> \\h", "\\*a\\* \\_b\\_ \\~c\\~ \\`d\\` \\|e\\| \\[f\\] \\<g\\> \\\\h"},
		{"# a\n-# b\n- c\n+ d\n > e\n1. f\n 23. g\n2) h", "\\# a\n\\-# b\n\\- c\n\\+ d\n \\> e\n1\\. f\n 23\\. g\n2\\) h"},
		{"@everyone <@1> <#2> <t:0:R> :wave: a@b", `\@everyone \<\@1\> \<#2\> \<t\:0\:R\> \:wave: a\@b`},
		{"https://example.com discord.gg/abc discord.com/INVITE/x", `https\://example.com discord\.gg/abc discord\.com/INVITE/x`},
		{"3.1 and 4. and 5", `3\.1 and 4. and 5`},
	} {
		if got := escape(c.text); got != c.want {
			t.Errorf("escape(%q)\n got %q\nwant %q", c.text, got, c.want)
		}
	}
}

// harmless checks that a text is shown as it is, however it is used.
func harmless(t *testing.T, text string) {
	t.Helper()
	escaped := escape(text)
	if got := unescape(escaped); got != text {
		t.Errorf("%q came back as %q", text, got)
	}
	if got, ok := unquoted(quoted(escaped)); !ok || got != escaped {
		t.Errorf("%q in quotation styling came back as %q", text, got)
	}
	shown := discordfake.Render(escaped)
	if shown.Plain != text || shown.Effects != nil {
		t.Errorf("%q is shown as %q with %q", text, shown.Plain, shown.Effects)
	}
	if q := discordfake.Render(quoted(escaped)); len(q.Quoted) != 1 || q.Quoted[0] != text || len(q.Effects) != 1 {
		t.Errorf("%q is quoted as %q with %q", text, q.Quoted, q.Effects)
	}
}

func TestHostileTextIsHarmless(t *testing.T) {
	for _, h := range adaptertest.Hostile {
		text := adapters.Clip(h.Text, 2000)
		harmless(t, text)
		if got := adapters.Clean(text); strings.ContainsAny(got, "\n\r\x00\u202e\u2066") || !utf8.ValidString(got) {
			t.Errorf("adapters.Clean(%q) = %q", text, got)
		}
	}
	for _, s := range adaptertest.Corpus().Sources() {
		for _, p := range s.Passages() {
			harmless(t, p.Quote.Text())
		}
	}
}

func TestClip(t *testing.T) {
	for _, c := range []struct {
		text  string
		limit int
		want  string
	}{
		{"short", 5, "short"}, {"longer than that", 7, "longer…"}, {"🔥🔥🔥", 5, "🔥🔥…"}, {"", 3, ""},
	} {
		if got := adapters.Clip(c.text, c.limit); got != c.want || adapters.Units(got) > c.limit {
			t.Errorf("adapters.Clip(%q, %d) = %q, want %q", c.text, c.limit, got, c.want)
		}
		if adapters.Units(c.text) != discordfake.Units(c.text) {
			t.Errorf("%q has %d units, the fake counts %d", c.text, adapters.Units(c.text), discordfake.Units(c.text))
		}
	}
}

func FuzzEscape(f *testing.F) {
	for _, h := range adaptertest.Hostile {
		f.Add(adapters.Clip(h.Text, 500))
	}
	f.Fuzz(func(t *testing.T, text string) {
		if len(text) < 4000 {
			harmless(t, text)
		}
	})
}
