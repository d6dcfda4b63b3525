package local

import (
	"context"
	"strings"
	"testing"

	"verbatim/adapters"
	"verbatim/adapters/adaptertest"
	"verbatim/answers"
)

// TestScript has the adapter go through the script of all adapters.
func TestScript(t *testing.T) {
	adaptertest.Run(t, func(_ *testing.T, b adaptertest.Bot) adaptertest.Harness {
		return &harness{handler: b.Handler, engine: b.Engine}
	})
}

// harness pipes each message through an adapter of its own. A terminal is one
// conversation, so that the harness names it to the handler, and one person, whose words
// stand alone: there is nothing to pass on, to press or to refuse, and no limit.
type harness struct {
	adaptertest.Plain
	handler adapters.Handler
	engine  adapters.Engine
}

func (h *harness) Say(t *testing.T, conversation, text string) adaptertest.Shown {
	t.Helper()
	var out strings.Builder
	a := &Adapter{
		Handler: adapters.HandlerFunc(func(ctx context.Context, m adapters.Message) answers.Answer {
			m.Conversation = conversation
			return h.handler.Handle(ctx, m)
		}),
		Engine: h.engine, In: strings.NewReader(oneLine(text) + "\n"), Out: &out,
	}
	if err := a.Run(t.Context()); err != nil {
		t.Fatal(err)
	}
	return shown(out.String())
}

// oneLine is text as it is typed at a terminal: Enter ends it.
func oneLine(text string) string {
	return strings.Map(func(r rune) rune {
		if r == '\n' || r == '\r' {
			return ' '
		}
		return r
	}, text)
}

// shown reads what a terminal shows: spoken words behind a bar, where they stand
// after a dash.
func shown(text string) adaptertest.Shown {
	var s adaptertest.Shown
	var lines []string
	barred := false
	for line := range strings.SplitSeq(text, "\n") {
		words, bar := strings.CutPrefix(line, "  ┃ ")
		switch {
		case bar && barred:
			s.Quoted[len(s.Quoted)-1] += "\n" + words
		case bar:
			s.Quoted = append(s.Quoted, words)
		case strings.HasPrefix(line, "  — "):
			s.Citations = append(s.Citations, line)
		case strings.HasPrefix(line, "  - "):
			s.Suggestions = append(s.Suggestions, strings.TrimPrefix(line, "  - "))
		}
		if !bar {
			words = line
		}
		lines, barred = append(lines, words), bar
	}
	s.Text = strings.Join(lines, "\n")
	return s
}

func (h *harness) Check(t *testing.T, conversation, words string) adaptertest.Shown {
	t.Helper()
	return h.Say(t, conversation, adaptertest.AskCheck+words)
}
