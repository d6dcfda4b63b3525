package slack

import (
	"slices"
	"strings"
	"testing"
	"unicode"

	"verbatim/adapters"
	"verbatim/adapters/adaptertest"
)

func TestPlain(t *testing.T) {
	for _, tt := range []struct{ name, in, want string }{
		{"mention", "<@UME> what did he say?", "what did he say?"},
		{"mention in the middle", "hey <@UME>, what did he say?", "hey , what did he say?"},
		{"mention of another", "what did <@U2|ann> say to <@U3>?", "what did @ann say to @someone?"},
		{"escaped", "a &amp; b &lt;c&gt; &amp;lt;", "a & b <c> &lt;"},
		{"link", "see <https://example.com/a_b?c=1&amp;d=2>", "see https://example.com/a_b?c=1&d=2"},
		{"labelled link", "see <https://example.com|the article>", "see the article"},
		{"channel", "in <#C1|general> or <#C2>", "in #general or #channel"},
		{"calls", "<!here> <!channel> <!subteam^S1|@crew> <!date^1^{date}|today>", "@here @channel @crew today"},
		{"bold and so on", "*what* did _he_ ~not~ say", "what did he not say"},
		{"nested", "*_what_* did he say", "what did he say"},
		{"next to punctuation", "“*open*” (_platform_), *that*.", "“open” (platform), that."},
		{"marks in words stay", "a_b_c 2*3*4 x~y~z", "a_b_c 2*3*4 x~y~z"},
		{"lone marks stay", "* a _ b ~", "* a _ b ~"},
		{"code", "is `a_b` or ```*c*\n_d_``` right", "is a_b or *c*\n_d_ right"},
		{"quoted lines", "&gt; “Sell it,”\n&gt; he said\nreally?", "“Sell it,”\nhe said\nreally?"},
		{"nested quoted lines", "&gt;&gt; twice", "twice"},
		{"quoted and styled", "&gt; *bold* words", "bold words"},
		{"empty", "<@UME>", ""},
		{"emoji name", ":wave: hello", ":wave: hello"},
		{"open bracket", "a < b <", "a < b <"},
		{"empty label", "<https://example.com|>", "https://example.com"},
		{"empty target", "<|x>", "x"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if got := plain(tt.in, "UME"); got != tt.want {
				t.Errorf("plain(%q) = %q, want %q", tt.in, got, tt.want)
			}
		})
	}
}

func TestMentions(t *testing.T) {
	for _, tt := range []struct {
		name, in string
		want     []string
	}{
		{"plain", "<@UME> hello <@U2|ann>", []string{"UME", "U2"}},
		{"in code", "write `<@UME> hello`", nil},
		{"in a block of code", "```\n<@UME> hello\n```", nil},
		{"in a quoted line", "&gt; <@UME> hello\nlook at that", nil},
		{"in a quoted line and outside", "&gt; <@UME> hello\n<@UME> is that right?", []string{"UME"}},
		{"escaped", "&lt;@UME&gt; hello", nil},
		{"none", "hello", nil},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if got := mentions(tt.in); !slices.Equal(got, tt.want) {
				t.Errorf("mentions(%q) = %q, want %q", tt.in, got, tt.want)
			}
		})
	}
}

func TestClean(t *testing.T) {
	for _, tt := range []struct {
		in, want string
		limit    int
	}{
		{"hello", "hello", 5},
		{"hello!", "hell…", 5},
		{"well hello", "well…", 6},
		{"🔥🔥🔥", "🔥🔥🔥", 6},
		{"🔥🔥🔥", "🔥🔥…", 5},
		{"🔥🔥🔥", "🔥…", 4},
		{"a\x00b\x1bc\u202ed\u2066e\u2028f\ufffeg", "abcde fg", 50},
		{"a\tb\nc", "a b\nc", 50},
		{"a\xffb", "a\ufffdb", 50},
		{"  x ", "x", 50},
	} {
		if got := clean(tt.in, tt.limit); got != tt.want {
			t.Errorf("clean(%q, %d) = %q, want %q", tt.in, tt.limit, got, tt.want)
		}
	}
}

// FuzzMarkup: what is escaped reads as it was, no text makes reading panic, and
// what was typed without markup is heard as it was typed.
func FuzzMarkup(f *testing.F) {
	for _, h := range adaptertest.Hostile {
		f.Add(h.Text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		if got := unescape(escape(text)); got != text {
			t.Errorf("%q comes back as %q", text, got)
		}
		if strings.ContainsAny(escape(text), "<>") {
			t.Errorf("escape(%q) leaves a bracket", text)
		}
		mentions(text)
		plain(text, "UME")
		if strings.ContainsFunc(text, func(r rune) bool { return strings.ContainsRune("*_~`>", r) || unicode.IsSpace(r) && r != ' ' }) {
			return
		}
		if got := plain(escape(text), "UME"); got != strings.TrimSpace(text) {
			t.Errorf("%q is heard as %q", text, got)
		}
		for _, limit := range []int{1, 75, 1000} {
			if got := clean(text, limit); adapters.Units(got) > limit {
				t.Errorf("clean(%q, %d) has %d units", text, limit, adapters.Units(got))
			}
		}
	})
}
