package discord

import (
	"fmt"
	"strings"

	"verbatim/adapters"

	"github.com/bwmarrin/discordgo"
)

// What the controls of a card are called. What follows the colon is what they
// are about; Discord hands it back when one is pressed.
const (
	pressContext = "context" // context:KEY, or a menu whose values are keys
	pressShare   = "share"
	pressUp      = "up"    // up:KIND:INTENT:CONVERSATION
	pressDown    = "down"  // down:KIND:INTENT:CONVERSATION
	pressAsk     = "ask"   // ask:QUESTION
	pressCheck   = "check" // and the form that it opens: check:INTERACTION, or check:INTERACTION:private
)

// packVote is what follows the name of a button that votes on an answer. Of an intent
// that does not fit there is the beginning, and an ellipsis.
func packVote(kind, intent, conversation string) string {
	room := maxCustomID - adapters.Units(pressDown+":"+kind+"::"+conversation)
	if room < 2 {
		return kind + "::" + conversation
	}
	return kind + ":" + adapters.Clip(intent, room) + ":" + conversation
}

// unpackVote takes apart what packVote made; only an intent may have a colon.
func unpackVote(about string) (kind, intent, conversation string) {
	kind, rest, _ := strings.Cut(about, ":")
	if i := strings.LastIndexByte(rest, ':'); i >= 0 {
		return kind, rest[:i], rest[i+1:]
	}
	return kind, rest, ""
}

// rows are the rows of controls of a card. With inContext those that show a passage in
// context are among them; else each stands beside its passage.
func (c card) rows(inContext bool) []discordgo.MessageComponent {
	rows := []discordgo.MessageComponent{}
	var row []discordgo.MessageComponent
	add := func(row ...discordgo.MessageComponent) {
		if row != nil {
			rows = append(rows, discordgo.ActionsRow{Components: row})
		}
	}
	if keys := c.keys(); inContext && len(keys) == 1 {
		row = append(row, contextButton(keys[0]))
	} else if inContext && len(keys) > 1 {
		add(c.menu(keys))
	}
	if c.Share {
		row = append(row, discordgo.Button{Label: "Share", Style: discordgo.SecondaryButton, CustomID: pressShare})
	}
	if c.Form {
		row = append(row, discordgo.Button{Label: "Check a quote", Style: discordgo.SecondaryButton, CustomID: pressCheck})
	}
	if c.Vote != "" {
		row = append(row, discordgo.Button{Label: "👍", Style: discordgo.SecondaryButton, CustomID: pressUp + ":" + c.Vote},
			discordgo.Button{Label: "👎", Style: discordgo.SecondaryButton, CustomID: pressDown + ":" + c.Vote})
	}
	add(row...)
	row = nil
	for _, q := range distinct(c.Ask, maxButtons, maxCustomID-len(pressAsk+":")) {
		row = append(row, discordgo.Button{Label: adapters.Clip(q, maxLabel), Style: discordgo.PrimaryButton, CustomID: pressAsk + ":" + q})
	}
	add(row...)
	return rows
}

// contextButton shows a passage in context.
func contextButton(key string) discordgo.Button {
	return discordgo.Button{Label: "In context", Style: discordgo.SecondaryButton, CustomID: pressContext + ":" + key}
}

// menu is one from which to choose the passage to see in context.
func (c card) menu(keys []string) discordgo.SelectMenu {
	m := discordgo.SelectMenu{CustomID: pressContext, Placeholder: "See a passage in context"}
	for _, s := range c.Shows {
		if len(keys) == 0 || len(m.Options) == maxMenuOptions {
			break
		}
		if key := s.passage.Quote.Key(); key == keys[0] {
			keys = keys[1:]
			m.Options = append(m.Options, discordgo.SelectMenuOption{Value: key,
				Label:       adapters.Clip(fmt.Sprintf("¶ %d · %s", s.passage.Quote.Paragraph(), adapters.Clean(s.passage.Quote.Text())), maxOptionLabel),
				Description: adapters.Clip(s.passage.Attribution.Label()+" · "+author(s.passage), maxOptionLabel)})
		}
	}
	return m
}

// maxFormText is how much a field of a form takes: Discord's most.
const maxFormText = 4000

// quoteForm is one for words to check that are too long for a command. Its name is its own,
// so that the same words in two forms are not taken for a form that is sent twice.
func quoteForm(j job) callback {
	id := pressCheck + ":" + j.ID
	if j.Private {
		id += ":" + optionPrivate
	}
	return callback{discordgo.InteractionResponseModal, map[string]any{
		"custom_id": id, "title": "Check a quote",
		"components": []discordgo.MessageComponent{discordgo.ActionsRow{Components: []discordgo.MessageComponent{discordgo.TextInput{
			CustomID: optionText, Label: "Did they say that?", Style: discordgo.TextInputParagraph, Required: true, MaxLength: maxFormText,
			Placeholder: "The words to check against the article, with or without who is said to have said them"}}}}}}
}
