package discord

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
)

// check undoes Discord's markup in a message that is about to be sent, and
// holds what then stands there against the source: each passage that it shows
// must be there byte for byte, and nothing else may look like a quotation.
func check(payload []byte, shown []shows) error {
	var m message
	if err := json.Unmarshal(payload, &m); err != nil {
		return fmt.Errorf("the message is not JSON: %w", err)
	}
	if err := checkContent(m.Content, shown); err != nil {
		return err
	}
	_, embeds := m.card()
	if len(embeds) == 0 && !slices.ContainsFunc(shown, func(s shows) bool { return s.said == "" }) {
		return nil // a message of text alone
	}
	var passages []string
	for i, s := range shown {
		if i >= len(embeds) {
			return fmt.Errorf("passage %s is not in the message", s.passage.ID)
		}
		text := embeds[i].Description
		if text != strings.TrimSpace(text) {
			return fmt.Errorf("passage %s begins or ends in white space, which Discord takes away", s.passage.ID)
		}
		if !s.holds(text) {
			return fmt.Errorf("passage %s (¶ %d) is not shown byte for byte", s.passage.ID, s.passage.Quote.Paragraph())
		}
		passages = append(passages, text)
	}
	others := m.Components.texts()
	for _, e := range embeds {
		others = append(others, e.Description)
	}
	for _, text := range others {
		if looksQuoted(text) && !slices.Contains(passages, text) {
			return fmt.Errorf("a text looks like a quotation of no passage")
		}
	}
	return nil
}

// checkContent holds the content against the passages that it is to
// hold: those that were spoken, and nothing else, stand there in quotation styling,
// in order; the others stand there too.
func checkContent(content string, shown []shows) error {
	var runs []string
	inRun := false
	for line := range strings.SplitSeq(content, "\n") {
		rest, quoted := strings.CutPrefix(line, quoteLine)
		switch {
		case !quoted && looksQuoted(line):
			return fmt.Errorf("the content looks like a quotation")
		case quoted && inRun:
			runs[len(runs)-1] += "\n" + rest
		case quoted:
			runs = append(runs, rest)
		}
		inRun = quoted
	}
	read := unescape(content)
	for _, s := range shown {
		p := s.passage
		switch {
		case s.said == "":
		case !strings.HasPrefix(p.Quote.Text(), s.said):
			return fmt.Errorf("passage %s (¶ %d) is not what the content has of it", p.ID, p.Quote.Paragraph())
		case !p.Spoken():
			if !strings.Contains(read, s.said) {
				return fmt.Errorf("passage %s (¶ %d) is not byte for byte in the content", p.ID, p.Quote.Paragraph())
			}
		case len(runs) == 0 || unescape(runs[0]) != s.said:
			return fmt.Errorf("passage %s (¶ %d) is not quoted byte for byte in the content", p.ID, p.Quote.Paragraph())
		default:
			runs = runs[1:]
		}
	}
	if len(runs) > 0 {
		return fmt.Errorf("the content has a quotation of no passage")
	}
	return nil
}

// holds undoes Discord's markup in a description and reports whether the passage
// is in it as it should be.
func (s shows) holds(description string) bool {
	passage, spoken := s.passage.Quote.Text(), s.passage.Spoken()
	if s.Among {
		text := unescape(strings.ReplaceAll(description, "**", ""))
		if s.Cut {
			return text != "" && strings.HasPrefix(passage, text)
		}
		return strings.Contains(text, passage)
	}
	text := description
	if spoken {
		var ok bool
		if text, ok = unquoted(description); !ok {
			return false
		}
	} else if looksQuoted(description) {
		return false
	}
	text = unescape(text)
	return text == passage || s.Cut && text != "" && strings.HasPrefix(passage, text)
}

// looksQuoted reports whether a line of a text has quotation styling.
func looksQuoted(text string) bool {
	for line := range strings.SplitSeq(text, "\n") {
		line = strings.TrimLeft(line, " ")
		if strings.HasPrefix(line, quoteLine) || strings.HasPrefix(line, ">>>") {
			return true
		}
	}
	return false
}
