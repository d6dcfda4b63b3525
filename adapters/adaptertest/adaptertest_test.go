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
)

// plain is the least of adapters: it calls the handler and shows the answer as
// it is. It proves that the script can be passed.
type plain struct {
	adaptertest.Plain
	adaptertest.Bot
	gate    *adapters.Gate
	refused map[string]bool
	told    map[string]bool
}

func (p *plain) Point(t *testing.T, conversation, words, remark string) (adaptertest.Shown, bool) {
	text, check, ok := adapters.Asked(remark, adapters.Pointed{Forwarded: []string{words}})
	if !ok {
		text = remark
	}
	if check != nil {
		return p.Check(t, conversation, adapters.Meant(p.Engine.Check, "", check)), true
	}
	return p.Say(t, conversation, text), true
}

func (p *plain) All(t *testing.T, conversation, person, text string) ([]adaptertest.Shown, bool) {
	switch p.gate.Enter(context.Background(), person, adapters.Counted) {
	case adapters.Ignored:
		return nil, true
	case adapters.TooMuch:
		return []adaptertest.Shown{{Text: p.gate.Text(), Private: true}}, true
	}
	if p.refused[conversation] {
		if p.told[person] {
			return nil, true
		}
		p.told[person] = true
		return []adaptertest.Shown{{Text: "I cannot post there.", Private: true}}, true
	}
	return []adaptertest.Shown{p.Say(t, conversation, text)}, true
}

func (p *plain) PressTwice(t *testing.T, on adaptertest.Shown, c adaptertest.Control, person string) ([]adaptertest.Shown, bool) {
	return p.All(t, "a conversation of its own", person, string(c))
}

func (p *plain) Refuse(_ *testing.T, conversation string) bool {
	p.refused, p.told = map[string]bool{conversation: true}, map[string]bool{}
	return true
}

func (p *plain) show(a answers.Answer) adaptertest.Shown {
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

func (p *plain) Say(t *testing.T, conversation, text string) adaptertest.Shown {
	return p.show(p.Handler.Handle(context.Background(), adapters.Message{Conversation: conversation, Text: text}))
}

func (p *plain) Check(t *testing.T, conversation, words string) adaptertest.Shown {
	return p.show(p.Handler.Handle(context.Background(), adapters.Message{Conversation: conversation, Text: words, Check: true}))
}

func TestScriptCanBePassed(t *testing.T) {
	adaptertest.Run(t, func(_ *testing.T, b adaptertest.Bot) adaptertest.Harness {
		return &plain{Bot: b, gate: adapters.NewGate(b.Store, b.Limit, "plain", nil)}
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
