package discord

import (
	"encoding/json"
	"fmt"
	"strings"

	"verbatim/corpus"
)

// check undoes Discord's markup in a message that is about to be sent, and
// holds what then stands there against the source: each passage that it shows
// must be there byte for byte, and nothing else may look like a quotation.
func check(payload []byte, shown []shows) error {
	var m struct {
		Content string `json:"content"`
		Embeds  []struct {
			Description string `json:"description"`
		} `json:"embeds"`
	}
	if err := json.Unmarshal(payload, &m); err != nil {
		return fmt.Errorf("the message is not JSON: %w", err)
	}
	if err := checkContent(m.Content, shown); err != nil {
		return err
	}
	holds := make(map[int]bool, len(shown))
	for _, s := range shown {
		if s.Embed >= len(m.Embeds) {
			return fmt.Errorf("passage %s has no embed", s.passage.ID)
		}
		holds[s.Embed] = true
		text := m.Embeds[s.Embed].Description
		if text != strings.TrimSpace(text) {
			return fmt.Errorf("passage %s begins or ends in white space, which Discord takes away", s.passage.ID)
		}
		if !s.holds(text) {
			return fmt.Errorf("passage %s (¶ %d) is not shown byte for byte", s.passage.ID, s.passage.Quote.Paragraph())
		}
	}
	for i, e := range m.Embeds {
		if !holds[i] && looksQuoted(e.Description) {
			return fmt.Errorf("embed %d looks like a quotation of no passage", i+1)
		}
	}
	return nil
}

// checkContent holds the text above the embeds against the passages that it is to
// hold: those that were spoken, and nothing else, stand there in quotation styling,
// in order; the others stand there too.
func checkContent(content string, shown []shows) error {
	var runs []string
	inRun := false
	for line := range strings.SplitSeq(content, "\n") {
		rest, quoted := strings.CutPrefix(line, quoteLine)
		switch {
		case !quoted && looksQuoted(line):
			return fmt.Errorf("the text above the embeds looks like a quotation")
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
		case s.Said == "":
		case !strings.HasPrefix(p.Quote.Text(), s.Said):
			return fmt.Errorf("passage %s (¶ %d) is not what the text above the embeds has of it", p.ID, p.Quote.Paragraph())
		case !p.Spoken():
			if !strings.Contains(read, s.Said) {
				return fmt.Errorf("passage %s (¶ %d) is not byte for byte in the text above the embeds", p.ID, p.Quote.Paragraph())
			}
		case len(runs) == 0 || unescape(runs[0]) != s.Said:
			return fmt.Errorf("passage %s (¶ %d) is not quoted byte for byte in the text above the embeds", p.ID, p.Quote.Paragraph())
		default:
			runs = runs[1:]
		}
	}
	if len(runs) > 0 {
		return fmt.Errorf("the text above the embeds has a quotation of no passage")
	}
	return nil
}

// standsIn undoes Discord's markup in a message's content and returns what it has of a
// passage: the whole, its beginning, or "". A line in small letters ends a passage.
func standsIn(content string, p corpus.Passage) string {
	// Markup makes four bytes of one at most: a line break in a quotation.
	longest := 4*len(p.Quote.Text()) + len(quoteLine)
	for part := range strings.SplitSeq(content, "\n"+smallLetters) {
		for more := true; more; _, part, more = strings.Cut(part, "\n") {
			if len(part) > longest {
				continue
			}
			text, ok := part, true
			if p.Spoken() {
				text, ok = unquoted(part)
			}
			if text = unescape(text); ok && text != "" && strings.HasPrefix(p.Quote.Text(), text) {
				return text
			}
		}
	}
	return ""
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
