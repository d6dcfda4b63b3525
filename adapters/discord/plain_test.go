package discord

import (
	"testing"
	"unicode/utf8"

	"github.com/bwmarrin/discordgo"

	"verbatim/adapters"
	"verbatim/adapters/adaptertest"
)

func TestPlainText(t *testing.T) {
	const bot = "100000000000000001"
	mentioned := []discordgo.User{{ID: "100000000000000002", Username: "Ben"}}
	for _, c := range []struct{ content, want string }{
		{"<@100000000000000001> what did she say?", "what did she say?"},
		{"hey <@!100000000000000001>, what did <@100000000000000002> say to <@100000000000000003>?", "hey  , what did @Ben say to @someone?"},
		{"**bold** *it* _it_ __u__ ~~s~~ ||x|| `code` ``co`de``", "bold it it u s x code co`de"},
		{"```go\nfunc main()\n```", "func main()"},
		{"> “The lamp stays lit,”\n> she said", "“The lamp stays lit,”\nshe said"},
		{">>> all\nof it", "all\nof it"},
		{"# heading\n-# small", "heading\nsmall"},
		{"[the article](https://example.com/a) <https://example.com/b>", "the article <https://example.com/b>"},
		{"<:lamp:123456789012345678> <a:lamp:123456789012345678> <t:0:R> <#123456789012345678> <@&123456789012345678>", ":lamp: :lamp:  #channel @role"},
		{`\*not bold\* \_ \\ C:\lamp`, `*not bold* _ \ C:\lamp`},
		{"snake_case_name 2*3*4", "snake_case_name 234"}, // Discord shows the latter in italics too
		{"a\\`b\\`c `*x*`", "a`b`c *x*"},
		{`[the [old] tower](https://example.com "A title") [x] [a](b) [q](http://x.org/a_(b)?c) ]( [`, `the [old] tower [x] [a](b) q ]( [`},
		{"<t:1700000000:S>at <t:1700000000> </ask:123456789012345678> <id:customize>", "at  /ask"},
		{"\\`not code\\` `code \\` x`", "`not code` code \\ x`"},
		{"  ", ""}, {"", ""}, {"<@100000000000000001>", ""},
	} {
		if got := plainText(c.content, bot, mentioned); got != c.want {
			t.Errorf("%q\n got %q\nwant %q", c.content, got, c.want)
		}
	}
	for _, p := range adaptertest.Corpus().Sources()[0].Passages() {
		if got := plainText(quoted(escape(p.Quote.Text())), bot, nil); got != p.Quote.Text() {
			t.Errorf("a card's passage is read as\n%q\nnot\n%q", got, p.Quote.Text())
		}
	}
}

func FuzzPlainText(f *testing.F) {
	for _, h := range adaptertest.Hostile {
		f.Add(adapters.Clip(h.Text, 500))
	}
	f.Fuzz(func(t *testing.T, text string) {
		got := plainText(text, "1", nil)
		if utf8.ValidString(text) && !utf8.ValidString(got) {
			t.Errorf("%q became %q", text, got)
		}
		addresses(text, userMention, "1")
	})
}
