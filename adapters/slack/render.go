package slack

import (
	"cmp"
	"fmt"
	"strings"

	"github.com/slack-go/slack"

	"verbatim/adapters"
	"verbatim/answers"
	"verbatim/corpus"
)

// Limits of what is shown, in UTF-16 units, as Slack counts. Block Kit allows a
// text 3,000, a button 75 and its value 2,000, a message 50 blocks, and all blocks
// together about 13,000: what is below adds up to less.
const (
	// maxLine bounds a line that is not a quote: a frame, a lead, a citation.
	maxLine = 1000
	// maxAsked bounds the question where it is shown again.
	maxAsked = 300
	// maxButton bounds a button's label.
	maxButton = 75
	// maxCard bounds the passages of one card together, with frames and citations.
	maxCard = 8500
	// maxPassages bounds them in number: two blocks each, and at most 13 others.
	maxPassages = 18
	// maxSuggestions bounds the suggestions of one card, a row of buttons.
	maxSuggestions = 5
	// maxValue bounds what a button carries.
	maxValue = 2000
	// maxChanges bounds the differences that a verdict lists, maxChange each side.
	maxChanges, maxChange = 6, 150
	// maxText bounds the text for notifications, in bytes: Slack cuts it after some
	// 4,000 characters there, and refuses 40,000.
	maxText = 6000
	// maxAround bounds, in bytes, what is shown of a paragraph before and after a
	// passage.
	maxAround = 1500
	// maxLinks bounds the links of a citation, in bytes: a text holds no more than 3,000.
	maxLinks = 2000
)

// The ids of what can be pressed. An id may go on after a dot, since ids are
// unique in a block.
const (
	pressAsk     = "ask"
	pressContext = "context"
	pressShare   = "share"
	pressDismiss = "dismiss"
	pressVote    = "vote"
	// closedSuffix ends the id of a suggestion whose answer is not to be shared.
	closedSuffix = ".closed"
)

// card is a message to be sent.
type card struct {
	blocks []slack.Block
	// text is what notifications and screen readers give: escaped, never empty.
	text string
	// quotes are the passages shown, in order, and shows how each is. What is sent is
	// checked against them.
	quotes []corpus.Passage
	shows  []shows
	// full: there is no room in text for more.
	full bool
	// closed: the answers to what it suggests are not to be shared.
	closed bool
	// links are those of citations.
	links adapters.Links
}

// shows says how a passage is shown.
type shows struct {
	// Spoken: with quotation styling.
	Spoken bool `json:"spoken,omitempty"`
	// Around: with what stands around it in its paragraph.
	Around bool `json:"around,omitempty"`
	// Said: the text for notifications holds it, too.
	Said bool `json:"said,omitempty"`
}

// texts are the passages as they are shown.
func (c card) texts() (out []string) {
	for i, p := range c.quotes {
		text := p.Quote.Text()
		if c.shows[i].Around {
			before, rest := around(p)
			text = before + text + rest
		}
		out = append(out, text)
	}
	return out
}

// look is how an answer is shown.
type look struct {
	// private: only the person who asked sees it, and may share or dismiss it.
	private bool
	// modal: it is shown in a view, which has no votes and is closed by itself.
	modal bool
	// asked names the question, and by whom, where that is not seen otherwise.
	asked, askedBy string
	// question is what the feedback buttons carry; it is not shown.
	question string
	// shared is what the Share button carries; empty where nothing can be shared. closed:
	// nor can the answers to what is suggested.
	shared string
	closed bool
	// links are those of citations.
	links adapters.Links
}

// blocks renders an answer. It is pure: the same answer gives the same card.
func blocks(a answers.Answer, as look) card {
	c := card{links: as.links, closed: as.closed}
	if as.asked != "" {
		c.asked(as)
	}
	lead := cmp.Or(clean(a.Lead, maxLine), "…")
	shown, left := c.fit(a.Quotes, maxCard)
	// A frame is not shown twice, and the first one stands with its passage.
	led := len(shown) > 0 && clean(shown[0].Frame, maxLine) == lead
	if !led {
		c.line(lead)
	}
	for i, p := range shown {
		c.passage(p, p.Spoken(), i == 0 && led || clean(p.Frame, maxLine) != lead)
	}
	switch {
	case len(left) > 0 && len(shown) == 0:
		at := left[0].Citation()
		c.line(clean(fmt.Sprintf("The passage is too long for a message in Slack. It stands in ¶ %d of %s.", at.Paragraph, at.Title), maxLine))
	case len(left) > 0:
		c.line(fmt.Sprintf("%d more did not fit into a message in Slack.", len(left)))
	}
	for _, ch := range a.Changes[:min(len(a.Changes), maxChanges)] {
		c.line(adapters.Difference(ch, func(text string) string { return clean(text, maxChange) }))
	}
	if nearest, _ := c.fit(a.Nearest, maxCard-c.size(shown...)); len(nearest) > 0 && len(shown)+len(nearest) <= maxPassages {
		c.line("Not an answer, but the nearest that the article says:")
		for _, p := range nearest {
			c.passage(p, false, false)
		}
	}
	c.buttons(a, shown, as)
	return c
}

// asked tells who asked what, in the words of the person but without effect.
func (c *card) asked(as look) {
	var in []slack.RichTextSectionElement
	name := ""
	if as.askedBy != "" {
		in = append(in, slack.NewRichTextSectionUserElement(as.askedBy, nil))
		name = "<@" + as.askedBy + ">"
	} else {
		in, name = append(in, run("You", false)), "You"
	}
	question := clean(strings.ReplaceAll(as.asked, "\n", " "), maxAsked)
	in = append(in, run(" asked: "+question, false))
	c.blocks = append(c.blocks, slack.NewRichTextBlock("", slack.NewRichTextSection(in...)))
	c.text = name + " asked: " + escape(question)
}

// line adds a line that is not a passage.
func (c *card) line(text string) {
	if text == "" {
		return
	}
	c.blocks = append(c.blocks, slack.NewRichTextBlock("", section(text)))
	c.say(text)
}

// say adds to the text for notifications, or reports false where it is full.
func (c *card) say(text string) bool {
	line := escape(text)
	if c.full = c.full || len(c.text)+1+len(line) > maxText; c.full {
		if c.text == "" {
			c.text = "…"
		}
		return false
	}
	if c.text != "" {
		c.text += "\n"
	}
	c.text += line
	return true
}

// passage adds a passage, its frame above it and under it where it stands.
func (c *card) passage(p corpus.Passage, quoted, framed bool) {
	var in []slack.RichTextElement
	if frame := clean(p.Frame, maxLine); framed && frame != "" {
		in = append(in, section(frame))
		c.say(frame)
	}
	text := p.Quote.Text()
	if quoted {
		in = append(in, &slack.RichTextQuote{Type: slack.RTEQuote, Elements: []slack.RichTextSectionElement{run(text, false)}})
	} else {
		in = append(in, section(text))
	}
	citation := clean(p.Citation().String(), maxLine)
	c.quotes, c.shows = append(c.quotes, p), append(c.shows, shows{Spoken: quoted, Said: c.say(text)})
	c.say("— " + citation)
	c.blocks = append(c.blocks, slack.NewRichTextBlock("", in...), c.cited(p, citation))
}

// cited is the line under a passage, with links to where it stands.
func (c *card) cited(p corpus.Passage, citation string) *slack.ContextBlock {
	block := slack.NewContextBlock("", label(citation+verified))
	if links := c.linked(p); links != "" {
		block.ContextElements.Elements = append(block.ContextElements.Elements, slack.NewTextBlockObject(slack.MarkdownType, links, false, true))
	}
	return block
}

// linked are the links to where a passage stands; empty where there are none, or they
// are too long.
func (c *card) linked(p corpus.Passage) string {
	var links []string
	for _, l := range c.links.Of(p.Quote) {
		links = append(links, "<"+escape(l.Address)+"|"+l.Label+">")
	}
	if text := strings.Join(links, " · "); len(text) <= maxLinks {
		return text
	}
	return ""
}

// verified ends the line under a passage: it is true of all that is shown, since
// nothing else is sent.
const verified = " · verified word for word"

// buttons adds what can be pressed.
func (c *card) buttons(a answers.Answer, shown []corpus.Passage, as look) {
	var row []slack.BlockElement
	if keys := keys(shown); keys != "" {
		row = append(row, button(pressContext, keys, "In context"))
	}
	if as.private && !as.modal {
		if as.shared != "" && len(as.shared) <= maxValue && len(shown) > 0 {
			row = append(row, button(pressShare, as.shared, "Share"))
		}
		row = append(row, button(pressDismiss, "", "Dismiss"))
	}
	if len(row) > 0 {
		c.blocks = append(c.blocks, slack.NewActionBlock("", row...))
	}
	if a.Kind == answers.NotCovered || a.Kind == answers.Clarify || a.Kind == answers.Chat {
		n := maxSuggestions
		if a.Kind == answers.NotCovered {
			n = 3
		}
		c.suggest(a.Suggestions, n)
	}
	if as.modal || a.Kind == answers.Chat || a.Kind == answers.Clarify {
		return
	}
	c.blocks = append(c.blocks, slack.NewContextActionsBlock("", slack.NewFeedbackButtonsBlockElement(pressVote,
		slack.NewFeedbackButton(label("Good answer"), voteValue(1, a, as.question)),
		slack.NewFeedbackButton(label("Bad answer"), voteValue(-1, a, as.question)))))
}

// suggest adds up to n questions as buttons that ask.
func (c *card) suggest(questions []string, n int) {
	var row []slack.BlockElement
	suffix := ""
	if c.closed {
		suffix = closedSuffix
	}
	for i, q := range questions[:min(n, len(questions))] {
		if q = clean(q, maxValue); q != "" {
			row = append(row, button(fmt.Sprintf("%s.%d%s", pressAsk, i, suffix), q, clean(q, maxButton)))
		}
	}
	if len(row) > 0 {
		c.blocks = append(c.blocks, slack.NewActionBlock("", row...))
	}
}

// inContext renders the paragraphs around passages, as many as there is room for.
func inContext(passages []corpus.Passage, links adapters.Links) card {
	c := card{links: links}
	room := maxCard
	for _, p := range passages[:min(len(passages), maxPassages)] {
		text := p.Quote.Text()
		before, rest := around(p)
		if room -= c.size(p) + adapters.Units(before) + adapters.Units(rest); room < 0 {
			break
		}
		var in []slack.RichTextSectionElement
		for i, part := range []string{before, text, rest} {
			if part != "" {
				in = append(in, run(part, i == 1))
			}
		}
		at := p.Citation()
		citation := clean(fmt.Sprintf("¶ %d · %s", at.Paragraph, at.Title), maxLine)
		c.quotes, c.shows = append(c.quotes, p), append(c.shows, shows{Around: true, Said: c.say(before + text + rest)})
		c.say("— " + citation)
		c.blocks = append(c.blocks, slack.NewRichTextBlock("", slack.NewRichTextSection(in...)), c.cited(p, citation))
	}
	if len(c.blocks) == 0 {
		c.line("The paragraph is too long for a message in Slack.")
	}
	return c
}

// around is what is shown of a passage's paragraph before and after it.
func around(p corpus.Passage) (before, rest string) {
	q, after := p.Quote.InParagraph()
	return ending(q.Text(), maxAround), beginning(after.Text(), maxAround)
}

// ending is the end of a text where it is longer than limit bytes, from a word's
// beginning on and after “…”.
func ending(text string, limit int) string {
	if len(text) <= limit {
		return text
	}
	text = text[len(text)-limit:]
	if i := strings.IndexByte(text, ' '); i >= 0 {
		text = text[i:]
	}
	return "…" + strings.ToValidUTF8(text, "")
}

// beginning is the beginning of a text, up to a word's end and before “…”.
func beginning(text string, limit int) string {
	if len(text) <= limit {
		return text
	}
	text = text[:limit]
	if i := strings.LastIndexByte(text, ' '); i >= 0 {
		text = text[:i+1]
	}
	return strings.ToValidUTF8(text, "") + "…"
}

// fit returns the passages that there is room for, and those that are left.
func (c *card) fit(passages []corpus.Passage, room int) (shown, left []corpus.Passage) {
	for _, p := range passages {
		if n := c.size(p); n <= room && len(shown) < maxPassages {
			room -= n
			shown = append(shown, p)
		} else {
			left = append(left, p)
		}
	}
	return shown, left
}

// size is how much of a card passages take, with what stands around them.
func (c *card) size(passages ...corpus.Passage) int {
	n := 0
	for _, p := range passages {
		n += adapters.Units(p.Quote.Text()) + min(adapters.Units(p.Frame), maxLine) + min(adapters.Units(p.Citation().String()), maxLine) + adapters.Units(verified) + len(c.linked(p))
	}
	return n
}

// keys joins the keys of passages, as many as a button carries.
func keys(passages []corpus.Passage) string {
	var out string
	for _, p := range passages {
		key := p.Quote.Key()
		if len(out)+1+len(key) > maxValue {
			break
		}
		out = strings.TrimSpace(out + " " + key)
	}
	return out
}

// run is a run of plain text: rich text elements know no markup.
func run(text string, bold bool) *slack.RichTextSectionTextElement {
	var style *slack.RichTextSectionTextStyle
	if bold {
		style = &slack.RichTextSectionTextStyle{Bold: true}
	}
	return slack.NewRichTextSectionTextElement(text, style)
}

func section(text string) *slack.RichTextSection { return slack.NewRichTextSection(run(text, false)) }

// label is plain text in which emoji names stay names.
func label(text string) *slack.TextBlockObject {
	return slack.NewTextBlockObject(slack.PlainTextType, text, false, false)
}

func button(id, value, text string) *slack.ButtonBlockElement {
	return slack.NewButtonBlockElement(id, value, label(text))
}
