package discord

import (
	"fmt"
	"slices"
	"strings"

	"github.com/bwmarrin/discordgo"

	"verbatim/adapters"
	"verbatim/answers"
	"verbatim/corpus"
)

// Discord's limits, in the units of units.
const (
	maxContent      = 2000
	maxEmbeds       = 10
	maxEmbedsTotal  = 6000
	maxTitle        = 256
	maxDescription  = 4096
	maxFieldValue   = 1024
	maxFooter       = 2048
	maxAuthor       = 256
	maxButtons      = 5 // in a row
	maxCustomID     = 100
	maxLabel        = 80
	maxMenuOptions  = 25
	maxOptionLabel  = 100
	maxChoices      = 25
	maxChoiceLength = 100
)

// maxEcho is how much of a question is repeated above its answer: a line and a
// half on a phone, enough to know it again.
const maxEcho = 200

// Colours of a card's edge say at a glance what it is; the text says it too.
const (
	colourQuote   = 0x5865f2 // an answer
	colourExact   = 0x2e8b57 // said so
	colourAltered = 0xc98a00 // said so, but not quite, or not by them
	colourAbsent  = 0xb3383e // not said
	colourNearest = 0x80848e // not an answer
)

// nearestTitle stands above what comes nearest where nothing answers.
const nearestTitle = "Not an answer, but the nearest that the article says"

// card is an answer as it is kept until it has arrived. A message shows it in one of the
// forms of forms.go.
type card struct {
	// Lead is what stands above the passages; the whole text of a card that shows none.
	Lead string `json:"content,omitempty"`
	// Embeds are the passages with who said them and where they stand, one for each of
	// Shows, as embeds show them.
	Embeds []*discordgo.MessageEmbed `json:"embeds,omitempty"`
	Shows  []shows                   `json:"shows,omitempty"`
	// Share, Form: with the button that shares it, and the one that opens the form for
	// checking a quote.
	Share bool `json:"share,omitempty"`
	Form  bool `json:"form,omitempty"`
	// Private: only the person sees it.
	Private bool `json:"private,omitempty"`
	// Vote is what the buttons that vote say of the answer; "": it has none.
	Vote string `json:"vote,omitempty"`
	// Ask are questions that buttons ask.
	Ask   []string       `json:"ask,omitempty"`
	links adapters.Links // of citations
}

// shows says that the description of an embed is a passage.
type shows struct {
	passage corpus.Passage
	// Cut: only its beginning is there; Among: it stands among other text.
	Cut   bool `json:"cut,omitempty"`
	Among bool `json:"among,omitempty"`
	// said is what a message's content holds of it, the whole or its beginning.
	said string
}

// view is what a card depends on besides the answer.
type view struct {
	// Asked is the question's echo, escaped, where the platform does not show the
	// question above the answer; see echo.
	Asked string
	// Share: only the person who asked sees it, and may share it.
	Share bool
	// Conversation goes into the controls, so that a reply to the card goes on with it.
	Conversation string
	// Links are those of citations.
	Links adapters.Links
}

// embed renders an answer.
func embed(a answers.Answer, v view) card {
	c := card{Lead: content(v.Asked, a.Lead), Ask: a.Suggestions, links: v.Links}
	for i, p := range a.Quotes {
		title := p.Frame
		if i == 0 && p.Frame == a.Lead {
			title = ""
		}
		var differences []*discordgo.MessageEmbedField
		if i == 0 {
			differences = changes(a.Changes)
		}
		if !c.show(p, title, colour(a), differences) {
			c.Lead += fmt.Sprintf("\n-# %d more did not fit here; ask about one of them.", len(a.Quotes)-i)
			break
		}
	}
	for _, p := range a.Nearest {
		if !c.show(p, nearestTitle, colourNearest, nil) {
			break
		}
	}
	if a.Kind != answers.Chat && a.Kind != answers.Clarify {
		c.Vote = packVote(string(a.Kind), a.Intent, v.Conversation)
	}
	c.Share = v.Share && len(c.Shows) > 0
	return c
}

// about describes the corpus to somebody who has not asked yet.
func about(a answers.About, v view) card {
	lead := a.Welcome
	if a.Sources > 1 {
		lead += fmt.Sprintf("\nIt is one of %d sources that I know.", a.Sources)
	}
	c := card{Lead: content("", lead+"\n"+howChecked), Form: true, Ask: a.Questions, links: v.Links}
	for i, p := range a.KeyPoints {
		title := ""
		if i == 0 {
			title = "Key points: " + a.Title
		}
		if !c.show(p, title, colourQuote, nil) {
			break
		}
	}
	c.Share = v.Share && len(c.Shows) > 0
	return c
}

// howChecked says what stands behind the word “verified”.
const howChecked = "How that is checked: each passage is cut from the article’s own text, and right before it is sent the message is " +
	"read back, with Discord’s markup undone, and compared with it once more."

// plainCard is a card of words alone.
func plainCard(text string) card { return card{Lead: content("", text)} }

// contentSpare is left for a line on what did not fit, and one on who shared it.
const contentSpare = 300

// content is the text above the passages: the question's echo and the lead.
func content(asked, lead string) string {
	lead = escapeWithin(adapters.CleanLines(lead), maxContent-adapters.Units(asked)-contentSpare)
	switch {
	case asked == "" && lead == "":
		return "There is nothing that I could say to that."
	case asked == "":
		return lead
	}
	return asked + "\n" + lead
}

// echo is the line that says who asked what, or what words to check, escaped, in
// small letters.
func echo(who, text string, check bool) string {
	return smallLetters + escape(adapters.Clip(adapters.Clean(who), maxName)) + asked[check] + escape(adapters.Clip(adapters.Clean(text), maxEcho))
}

const (
	// smallLetters begin a line of them.
	smallLetters = "-# "
	// maxName is how much of a person's name is shown; Discord's are at most 32.
	maxName = 64
)

// asked stands between who asked and what.
var asked = map[bool]string{false: " asked: ", true: " asked to check: "}

// you is who asked, where only they see the answer.
const you = "You"

// show adds an embed for a passage; false where there is no room for it.
func (c *card) show(p corpus.Passage, title string, colour int, fields []*discordgo.MessageEmbedField) bool {
	e := &discordgo.MessageEmbed{
		Type:   discordgo.EmbedTypeRich,
		Author: &discordgo.MessageEmbedAuthor{Name: adapters.Clip(author(p), maxAuthor)},
		Title:  escapeWithin(adapters.Clean(title), maxTitle),
		Footer: &discordgo.MessageEmbedFooter{Text: adapters.Clip(p.Citation().String()+verified, maxFooter)},
		Color:  colour,
		Fields: fields,
	}
	if links := c.links.Of(p.Quote); len(c.Embeds) < maxLinked {
		if field := linked(links); field != nil {
			e.Author.URL, e.Fields = links[0].Address, append(e.Fields, field...)
		}
	}
	room := maxEmbedsTotal - embedUnits(e)
	for _, other := range c.Embeds {
		room -= embedUnits(other)
	}
	first := len(c.Embeds) == 0
	text, cut := describe(p, min(maxDescription, room))
	if cut && first {
		text, cut = describe(p, min(maxDescription, room-maxCutNote))
	}
	if cut && !first || len(c.Embeds) == maxEmbeds {
		return false
	}
	e.Description = text
	if cut {
		e.Fields = append(e.Fields, &discordgo.MessageEmbedField{Name: "Cut here",
			Value: fmt.Sprintf("The passage is too long to show whole: it has %d characters. The rest is in ¶ %d.",
				adapters.Units(p.Quote.Text()), p.Quote.Paragraph())})
	}
	c.Shows = append(c.Shows, shows{passage: p, Cut: cut})
	c.Embeds = append(c.Embeds, e)
	return true
}

// verified stands behind every citation.
const verified = " · verified"

// maxLinked is how many passages of a card have links: addresses count as text, and
// those of more would take the room of passages.
const maxLinked = 3

// linked is a field with links, none where they are too long for one.
func linked(links []adapters.Link) []*discordgo.MessageEmbedField {
	var out []string
	for _, l := range links {
		out = append(out, "["+l.Label+"]("+l.Address+")")
	}
	if value := strings.Join(out, " · "); value != "" && adapters.Units(value) <= maxFieldValue {
		return []*discordgo.MessageEmbedField{{Name: whereField, Value: value}}
	}
	return nil
}

// whereField is the name of the field with links.
const whereField = "Where it stands"

// maxCutNote is more than the note on a cut passage takes.
const maxCutNote = 150

// author says whose words stand below. Who is only reported to have said
// something did not say it in these words.
func author(p corpus.Passage) string {
	switch {
	case p.Attribution == corpus.Article || p.Speaker == "":
		return "The article"
	case p.Attribution == corpus.Reported:
		return p.Speaker + ", as the article reports it"
	}
	return p.Speaker
}

// describe is a passage as a description of at most room units: in quotation
// styling if somebody spoke it, and only then. It is cut where it is too long.
func describe(p corpus.Passage, room int) (text string, cut bool) {
	style := func(s string) string { return s }
	if p.Spoken() {
		style = quoted
	}
	for shown := p.Quote.Text(); ; cut = true {
		text = style(escape(shown))
		over := adapters.Units(text) - room
		if over <= 0 || shown == "" {
			return text, cut
		}
		shown = adapters.Head(shown, adapters.Units(shown)-max(1, over/2))
	}
}

// changes shows in what given words and the article differ.
func changes(list []answers.Change) []*discordgo.MessageEmbedField {
	var lines []string
	total := 0
	for _, c := range list {
		line := adapters.Difference(c, func(text string) string {
			return bold(escape(adapters.Clip(adapters.Clean(text), maxEcho)))
		})
		if total += adapters.Units(line) + 1; total > maxFieldValue {
			break
		}
		lines = append(lines, line)
	}
	if lines == nil {
		return nil
	}
	return []*discordgo.MessageEmbedField{{Name: "What differs", Value: strings.Join(lines, "\n")}}
}

func colour(a answers.Answer) int {
	switch a.Finding {
	case answers.Exact:
		return colourExact
	case answers.Altered, answers.Misattributed, answers.Reported, answers.Contradicted:
		return colourAltered
	case answers.Absent:
		return colourAbsent
	}
	return colourQuote
}

func embedUnits(e *discordgo.MessageEmbed) int {
	n := adapters.Units(e.Title) + adapters.Units(e.Description)
	if e.Author != nil {
		n += adapters.Units(e.Author.Name)
	}
	if e.Footer != nil {
		n += adapters.Units(e.Footer.Text)
	}
	for _, f := range e.Fields {
		n += adapters.Units(f.Name) + adapters.Units(f.Value)
	}
	return n
}

// inContext shows the paragraph around a passage, with the passage in bold. What there is
// no room for is left out at the far ends.
func inContext(p corpus.Passage, links adapters.Links) card {
	s := shows{passage: corpus.Passage{Quote: p.Quote}, Among: true} // among others' words it is set in no quotation
	e := &discordgo.MessageEmbed{
		Type: discordgo.EmbedTypeRich, Color: colourQuote, Title: fmt.Sprintf("In context: paragraph %d", p.Quote.Paragraph()),
		Footer: &discordgo.MessageEmbedFooter{Text: adapters.Clip(p.Citation().String()+verified, maxFooter)}, Fields: linked(links.Of(p.Quote)),
	}
	e.Description, s.Cut = paragraph(s.passage, maxDescription-len("****"), bold)
	return card{Embeds: []*discordgo.MessageEmbed{e}, Shows: []shows{s}}
}

// paragraph is a passage in a style, with what stands around it, in at most room units
// besides the style's own; of a passage that is too long the beginning.
func paragraph(p corpus.Passage, room int, style func(string) string) (text string, cut bool) {
	before, after := p.Quote.InParagraph()
	text, cut = describe(p, room)
	if text = style(text); !cut {
		left := room - adapters.Units(text)
		text = tail(before.Text(), max(left/2, left-adapters.Units(escape(after.Text())))) + text
		text += escapeWithin(after.Text(), room-adapters.Units(text))
	}
	return strings.TrimSpace(text), cut
}

// bold puts escaped text in bold. White space at its ends stays outside, where
// it does not undo the markup.
func bold(escaped string) string {
	core := strings.TrimSpace(escaped)
	if core == "" {
		return escaped
	}
	before, after, _ := strings.Cut(escaped, core)
	return before + "**" + core + "**" + after
}

// tail escapes the end of a text, of at most room units.
func tail(text string, room int) string {
	runes, left, e := []rune(text), "", escape(text)
	for over := adapters.Units(e) - room; over > 0 && len(runes) > 0; over = adapters.Units(left+e) - room {
		runes, left = runes[min(len(runes), max(1, over/2)):], "…"
		e = escape(string(runes))
	}
	if len(runes) == 0 {
		return ""
	}
	return left + e
}

// escapeWithin escapes a text and cuts it to at most limit units.
func escapeWithin(text string, limit int) string {
	if limit <= 0 {
		return ""
	}
	e := escape(text)
	for n := limit; adapters.Units(e) > limit && n > 0; n -= max(1, (adapters.Units(e)-limit)/2) {
		e = escape(adapters.Clip(text, n))
	}
	return e
}

// keys are those of the passages that can be seen in context, each once, in order.
func (c card) keys() []string {
	var keys []string
	for _, s := range c.Shows {
		if key := s.passage.Quote.Key(); !s.Among && !slices.Contains(keys, key) {
			keys = append(keys, key)
		}
	}
	return keys
}
