package words

import (
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
)

func TestTokens(t *testing.T) {
	for _, tt := range []struct{ text, want string }{
		{"What did Zuckerberg say about Windows?", "what did zuckerberg say about windows"},
		{"Meta’s Llama 3.1", "meta llama 3.1"},
		{"llama3.1 vs Llama2 and GPT-4", "llama 3.1 versus llama 2 and gpt 4"},
		{"whats up w ppl", "what is up with people"},
		{"what's that", "what is that"},
		{"open-source", "open source"},
		{"ＦＵＬＬ width", "full width"},
		{"“incredible gift”", "incredible gift"},
		{"zero\u200bwidth \u202eflip", "zero width flip"},
		{"10-15 years", "10 15 years"},
		{"don’t", "do not"},
		{"\xff\xfebad bytes\x80", "bad bytes"},
		{"🦙!! …", ""},
		{"", ""},
	} {
		var got []string
		for _, tok := range Tokens(tt.text) {
			got = append(got, tok.Word)
		}
		if diff := cmp.Diff(tt.want, strings.Join(got, " ")); diff != "" {
			t.Errorf("Tokens(%q) (-want +got):\n%s", tt.text, diff)
		}
	}
}

func TestSentences(t *testing.T) {
	for _, tt := range []struct {
		text string
		want []string
	}{
		{"One. Two? Three!", []string{"One.", "Two?", "Three!"}},
		{"A platform.On a podcast, he spoke.Meta released it.", []string{"A platform.", "On a podcast, he spoke.", "Meta released it."}},
		{"Dr. Smith met J. Doe. They spoke.", []string{"Dr. Smith met J. Doe.", "They spoke."}},
		{"Llama 3.1 came in July. It was good.", []string{"Llama 3.1 came in July.", "It was good."}},
		{"Line one\nline two", []string{"Line one", "line two"}},
		{"  \n ", nil},
	} {
		var got []string
		for _, s := range Sentences(tt.text) {
			got = append(got, tt.text[s.Start:s.End])
		}
		if diff := cmp.Diff(tt.want, got); diff != "" {
			t.Errorf("Sentences(%q) (-want +got):\n%s", tt.text, diff)
		}
	}
}

func TestDistance(t *testing.T) {
	for _, c := range []struct {
		a, b        string
		limit, want int
	}{
		{"quote", "quote", 2, 0}, {"qoute", "quote", 2, 1}, {"quot", "quote", 2, 1}, {"quotes", "quote", 1, 1}, {"quite", "quote", 2, 1},
		{"quiet", "quote", 2, 2}, {"passages", "quote", 2, 3}, {"frame", "famer", 1, 2}, {"", "ab", 2, 2}, {strings.Repeat("a", 40), strings.Repeat("a", 40), 2, 3},
	} {
		for _, got := range []int{Distance(c.a, c.b, c.limit), Distance(c.b, c.a, c.limit)} {
			if got != c.want {
				t.Errorf("from %s to %s: %d, want %d", c.a, c.b, got, c.want)
			}
		}
	}
}

func FuzzTokens(f *testing.F) {
	for _, s := range []string{"Meta’s Llama2", "\xff a\xc3", "ﬁ Ⅷ ½ ١٢", "a.b_c'd's", "ﷺ whats"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		last := 0
		for _, tok := range Tokens(text) {
			if tok.Start < 0 || tok.Start >= tok.End || tok.End > len(text) || tok.Start < last && tok.Start != 0 && tok.End < last {
				t.Fatalf("token %+v is no run of %q", tok, text)
			}
			last = tok.Start
			if tok.Word == "" || !utf8.ValidString(tok.Word) || strings.ContainsAny(tok.Word, " \t\n") {
				t.Fatalf("word %q of %q", tok.Word, text)
			}
		}
	})
}

func FuzzSentences(f *testing.F) {
	f.Add("One. Two? “Three,” he said.\nFour")
	f.Add("a.B c.D\r\n\xff.")
	f.Fuzz(func(t *testing.T, text string) {
		last := 0
		for _, s := range Sentences(text) {
			if s.Start < last || s.Start >= s.End || s.End > len(text) {
				t.Fatalf("sentence %+v after %d in %q", s, last, text)
			}
			last = s.End
		}
	})
}
