package adaptertest_test

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"verbatim/adapters"
	"verbatim/adapters/adaptertest"
	"verbatim/answers"
	"verbatim/state"
)

// plain is the least of adapters: it calls the handler and shows the answer as
// it is. It proves that the script can be passed.
type plain struct {
	handler adapters.Handler
}

func (p plain) show(a answers.Answer) adaptertest.Shown {
	var s adaptertest.Shown
	lines := []string{a.Lead}
	for _, c := range a.Changes {
		lines = append(lines, fmt.Sprintf("you have %q, the article has %q", c.Given, c.Source))
	}
	for _, q := range a.Quotes {
		lines = append(lines, q.Frame, q.Quote.Text(), q.Citation().String())
		if q.Spoken() {
			s.Quoted = append(s.Quoted, q.Quote.Text())
		}
		s.Citations = append(s.Citations, q.Citation().String())
	}
	for _, q := range a.Nearest {
		lines = append(lines, "Not an answer, but nearest:", q.Quote.Text(), q.Citation().String())
		s.Citations = append(s.Citations, q.Citation().String())
	}
	s.Text, s.Suggestions = strings.Join(lines, "\n"), a.Suggestions
	return s
}

func (p plain) Say(t *testing.T, conversation, text string) adaptertest.Shown {
	return p.show(p.handler.Handle(context.Background(), adapters.Message{Conversation: conversation, Text: text}))
}

func (p plain) Check(t *testing.T, conversation, words string) adaptertest.Shown {
	return p.show(p.handler.Handle(context.Background(), adapters.Message{Conversation: conversation, Text: words, Check: true}))
}

func (p plain) SayPrivately(*testing.T, string, string) (adaptertest.Shown, bool) {
	return adaptertest.Shown{}, false
}

func (p plain) Press(*testing.T, adaptertest.Shown, adaptertest.Control, string) (adaptertest.Shown, bool) {
	return adaptertest.Shown{}, false
}

func TestScriptCanBePassed(t *testing.T) {
	adaptertest.Run(t, func(_ *testing.T, handler adapters.Handler, _ adapters.Engine, _ state.Store) adaptertest.Harness {
		return plain{handler}
	})
}

func TestHostile(t *testing.T) {
	if len(adaptertest.Hostile) < 60 {
		t.Errorf("%d kinds of hostile text, want 60", len(adaptertest.Hostile))
	}
	var names, texts []string
	for _, h := range adaptertest.Hostile {
		names, texts = append(names, h.Name), append(texts, h.Text)
		if strings.HasPrefix(h.Name, "40,000") && utf8.RuneCountInString(h.Text) < 40_000 {
			t.Errorf("%s: %d characters", h.Name, utf8.RuneCountInString(h.Text))
		}
	}
	for _, list := range [][]string{names, texts} {
		slices.Sort(list)
		if len(slices.Compact(slices.Clone(list))) != len(list) {
			t.Error("something is there twice")
		}
	}
}
