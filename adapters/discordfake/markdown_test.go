package discordfake

import (
	"slices"
	"testing"
)

// TestRender holds the fake to what Discord's clients show.
func TestRender(t *testing.T) {
	for _, c := range []struct {
		text, plain string
		effects     []string
	}{
		{"plain words, 1. and - no list", "plain words, 1. and - no list", nil},
		{"**bold** and *italic*", "bold and italic", []string{"bold", "italic"}},
		{"__under__ ~~struck~~ ||hidden||", "under struck hidden", []string{"underline", "strike", "spoiler"}},
		{`\*not\* \_this\_ \\ C:\lamp`, `*not* _this_ \ C:\lamp`, nil},
		{"`a *b*` ```c```", "`a *b*` ```c```", []string{"code", "code"}},
		{"> said\n> twice\nafter", "said\ntwice\nafter", []string{"quote"}},
		{">>> all\nof it", "all\nof it", []string{"quote"}},
		{">no quote", ">no quote", nil},
		{"# heading\n- item\n1. item\n-# small", "heading\nitem\nitem\nsmall", []string{"heading", "list", "list", "subtext"}},
		{"#no heading -no item", "#no heading -no item", nil},
		{"[text](https://example.com)", "text", []string{"link"}},
		{`\[text\]\(https\://example.com\)`, "[text](https://example.com)", nil},
		{"see https://example.com/a_b", "see https://example.com/a_b", []string{"link"}},
		{"discord.gg/abc", "discord.gg/abc", []string{"link"}},
		{"@everyone <@1> <@&2> <#3>", "@everyone <@1> <@&2> <#3>", []string{"mention", "mention", "mention", "mention"}},
		{`\@everyone \<@1\>`, "@everyone <@1>", nil},
		{":wave: <:a:1> <t:0:R>", ":wave: <:a:1> <t:0:R>", []string{"emoji", "emoji", "timestamp"}},
		{"at 10:30:15 o'clock", "at 10:30:15 o'clock", []string{"emoji"}}, // errs towards markup
		{"漁師の灯 👩‍🚒", "漁師の灯 👩‍🚒", nil},
	} {
		got := Render(c.text)
		if got.Plain != c.plain || !slices.Equal(got.Effects, c.effects) {
			t.Errorf("%q is shown as %q with %q, want %q with %q", c.text, got.Plain, got.Effects, c.plain, c.effects)
		}
	}
	if got := Render("lead\n> “one\n> two”\ntail").Quoted; !slices.Equal(got, []string{"“one\ntwo”"}) {
		t.Errorf("quoted: %q", got)
	}
}
