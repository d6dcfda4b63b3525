package local

import (
	"context"
	"flag"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"

	"verbatim/adapters"
	"verbatim/answers"
	"verbatim/corpus"
)

var update = flag.Bool("update", false, "write the golden files anew")

// answersOf returns one answer of each kind, with passages of the article.
func answersOf(t *testing.T) map[string]answers.Answer {
	t.Helper()
	c, err := corpus.Embedded()
	if err != nil {
		t.Fatal(err)
	}
	p := map[string]corpus.Passage{}
	for _, x := range c.Sources()[0].Passages() {
		p[x.ID] = x
	}
	bare := func(id string) corpus.Passage {
		x := p[id]
		x.Frame = ""
		return x
	}
	return map[string]answers.Answer{
		"quote":       {Kind: answers.Quote, Lead: "On the PC era, Zuckerberg said:", Quotes: []corpus.Passage{bare("windows")}},
		"reported":    {Kind: answers.Quote, Lead: "On his defence, the article reports:", Quotes: []corpus.Passage{bare("elsewhere")}},
		"list":        {Kind: answers.List, Lead: "On his goal, Zuckerberg said:", Quotes: []corpus.Passage{bare("goal"), p["vibrant"], p["closed-secure"]}},
		"altered":     {Kind: answers.Verdict, Finding: answers.Altered, Lead: "Not quite: the words differ.", Quotes: []corpus.Passage{bare("windows")}, Changes: []answers.Change{{Given: "king", Source: "leader"}, {Given: "really"}, {Source: "open"}}},
		"not_covered": {Kind: answers.NotCovered, Lead: "The article does not say.", Nearest: []corpus.Passage{p["gift"]}, Suggestions: []string{"Who called it a gift?"}},
		"clarify":     {Kind: answers.Clarify, Lead: "That can mean two things.", Suggestions: []string{"The open model?", "The closed model?"}},
		"hostile":     {Kind: answers.Chat, Lead: "a\x1b[31mred\x07 \u202eflipped\u202c"},
	}
}

func TestText(t *testing.T) {
	for name, a := range answersOf(t) {
		for _, look := range []struct {
			name string
			style
		}{{"plain", style{}}, {"terminal", style{color: true, width: 60}}} {
			file := filepath.Join("testdata", name+"."+look.name+".txt")
			got := look.text(a) + "\n"
			if *update {
				if err := os.MkdirAll("testdata", 0o755); err != nil {
					t.Fatal(err)
				}
				if err := os.WriteFile(file, []byte(got), 0o644); err != nil {
					t.Fatal(err)
				}
			}
			want, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(string(want), got); diff != "" {
				t.Errorf("%s (-want +got):\n%s", file, diff)
			}
		}
	}
}

// TestWrapped: broken lines join up to the quote again, byte for byte.
func TestWrapped(t *testing.T) {
	for name, a := range answersOf(t) {
		for _, p := range append(a.Quotes, a.Nearest...) {
			for _, width := range []int{0, 30, 47, 200} {
				lines := style{width: width}.wrap(p.Quote.Text(), 4)
				if got := strings.Join(lines, " "); got != p.Quote.Text() {
					t.Errorf("%s at %d: %q", name, width, got)
				}
				for _, l := range lines {
					if width > 0 && strings.Contains(l, " ") && utf8.RuneCountInString(l) > width-4 {
						t.Errorf("%s at %d: %q is too long", name, width, l)
					}
				}
			}
		}
	}
}

func TestPipe(t *testing.T) {
	m := &Mock{Handler: adapters.HandlerFunc(func(_ context.Context, m adapters.Message) answers.Answer {
		return answers.Answer{Kind: answers.Chat, Lead: strings.ToUpper(m.Text)}
	})}
	var out strings.Builder
	a := &Adapter{Handler: adapters.HandlerFunc(func(ctx context.Context, message adapters.Message) answers.Answer {
		return m.Say(ctx, message).Answer
	}), In: strings.NewReader("one\n\n  \ntwo"), Out: &out}
	if err := a.Run(t.Context()); err != nil {
		t.Fatal(err)
	}
	if got, want := out.String(), "ONE\n\nTWO\n\n"; got != want {
		t.Errorf("the pipe answered %q, want %q", got, want)
	}
	if said := m.Said(); len(said) != 2 || said[1].Message.Text != "two" || said[1].Text != "TWO" || said[0].Message.Platform != Name {
		t.Errorf("the mock heard %+v", said)
	}
	a.In = strings.NewReader(strings.Repeat("x", maxLine+2))
	if err := a.Run(t.Context()); err == nil || !strings.Contains(err.Error(), "break it up") {
		t.Errorf("a line without an end: %v", err)
	}
}

// TestLongWord: a line of one endless word is answered as any other.
func TestLongWord(t *testing.T) {
	t.Parallel()
	var got string
	a := &Adapter{In: strings.NewReader(strings.Repeat("x", 300_000) + "\n"), Out: io.Discard,
		Handler: adapters.HandlerFunc(func(_ context.Context, m adapters.Message) answers.Answer {
			got = m.Text
			return answers.Answer{Kind: answers.Chat, Lead: "ok"}
		})}
	if err := a.Run(t.Context()); err != nil {
		t.Fatal(err)
	}
	if len(got) == 0 || len(got) > 1000 {
		t.Errorf("the handler gets %d bytes", len(got))
	}
}
