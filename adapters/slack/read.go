package slack

import (
	"context"
	"encoding/json"
	"slices"
	"strings"

	"github.com/slack-go/slack"

	"verbatim/adapters"
)

// pointedAt is a message as somebody reads it who points at it: its text, its blocks,
// what it shares and what it attaches.
func pointedAt(text string, blocks slack.Blocks, attachments []slack.Attachment) adapters.Pointed {
	p := adapters.Pointed{Own: words(text)}
	p.Quoted, _ = quotations(text)
	shown, quoted := readBlocks(blocks)
	p.Cards, p.Quoted = shown, append(p.Quoted, quoted...)
	for _, a := range attachments {
		shown, _ := readBlocks(a.Blocks)
		quoted, _ := quotations(a.Text)
		text := words(a.Text)
		switch {
		case a.IsShare || a.IsMsgUnfurl:
			if p.Forwarded = append(append(p.Forwarded, quoted...), text); text == "" {
				p.Forwarded = append(p.Forwarded, orFallback(a, shown)...)
			}
		case a.FromURL != "" || a.OriginalURL != "":
			p.Unfurled = append(p.Unfurled, text, words(a.Title))
		default:
			shown = append([]string{text}, shown...)
			for _, f := range a.Fields {
				shown = append(shown, words(f.Value))
			}
			p.Cards = append(p.Cards, orFallback(a, append(shown, words(a.Pretext), words(a.Title)))...)
		}
	}
	return p
}

// orFallback are the texts that an attachment shows, or its fallback where it shows none.
func orFallback(a slack.Attachment, shown []string) []string {
	if strings.TrimSpace(strings.Join(shown, "")) == "" {
		return []string{words(a.Fallback)}
	}
	return shown
}

// readBlocks returns the texts of blocks, whole and then each, and those that are set
// as quotations. It goes by their JSON, so that blocks the library is too old for are
// read too.
func readBlocks(blocks slack.Blocks) (texts, quoted []string) {
	if len(blocks.BlockSet) == 0 {
		return nil, nil
	}
	data, err := json.Marshal(blocks)
	if err != nil {
		return nil, nil
	}
	var tree any
	if err := json.Unmarshal(data, &tree); err != nil {
		return nil, nil
	}
	r := reading{}
	r.node(tree)
	if len(r.texts) > 1 {
		texts = append(texts, strings.Join(r.texts, "\n"))
	}
	return append(texts, r.texts...), r.quoted
}

type reading struct{ texts, quoted []string }

// node reads a part of a block. Controls are not read: they are no words of anybody.
func (r *reading) node(n any) {
	switch n := n.(type) {
	case []any:
		for _, e := range n {
			r.node(e)
		}
	case map[string]any:
		kind, _ := n["type"].(string)
		switch kind {
		case "actions", "context_actions", "input", "button", "image", "feedback_buttons":
			return
		case "mrkdwn", "plain_text", "markdown":
			text, _ := n["text"].(string)
			if kind != "plain_text" {
				text = words(text)
			}
			r.add(text)
			return
		case "rich_text_section", "rich_text_quote", "rich_text_preformatted":
			text := richText(n)
			r.add(text)
			if kind == "rich_text_quote" && text != "" {
				r.quoted = append(r.quoted, text)
			}
			return
		}
		for _, field := range []string{"text", "title", "subtitle", "body", "fields", "elements", "blocks", "rows", "description"} {
			r.node(n[field])
		}
	}
}

func (r *reading) add(text string) {
	if text = strings.TrimSpace(text); text != "" {
		r.texts = append(r.texts, text)
	}
}

// richText is the text of a rich text element: mentions and emoji are left out, and
// so are links that show only their address.
func richText(n map[string]any) string {
	var b strings.Builder
	elements, _ := n["elements"].([]any)
	for _, e := range elements {
		e, _ := e.(map[string]any)
		switch e["type"] {
		case "text", "link", "date":
			text, _ := e["text"].(string)
			b.WriteString(text)
		}
	}
	return strings.TrimSpace(b.String())
}

// maxPages is how many pages of a conversation are read at most; pageSize is how
// many messages are asked for in each. Slack gives apps from outside its marketplace
// 15 of them.
const maxPages, pageSize = 20, 200

// pages calls yield with the messages of a thread, or of a conversation where thread
// is empty, page by page, until it returns false. Threads come oldest first,
// conversations newest first. latest bounds them; empty: the newest.
func (a *Adapter) pages(ctx context.Context, channel, thread, oldest, latest string, yield func([]slack.Message) bool) error {
	cursor := ""
	for range maxPages {
		var messages []slack.Message
		more := false
		err := a.call(ctx, "conversations.history", true, func(ctx context.Context) (err error) {
			if thread != "" {
				messages, more, cursor, err = a.api.GetConversationRepliesContext(ctx, &slack.GetConversationRepliesParameters{
					ChannelID: channel, Timestamp: thread, Oldest: oldest, Latest: latest, Limit: pageSize, Cursor: cursor})
				return err
			}
			h, err := a.api.GetConversationHistoryContext(ctx, &slack.GetConversationHistoryParameters{
				ChannelID: channel, Oldest: oldest, Latest: latest, Limit: pageSize, Cursor: cursor})
			if err == nil {
				messages, more, cursor = h.Messages, h.HasMore, h.ResponseMetaData.NextCursor
			}
			return err
		})
		if err != nil {
			return err
		}
		if !yield(messages) || !more || cursor == "" {
			return nil
		}
	}
	return nil
}

// cannotSee is said where the message that somebody asks about cannot be seen.
const cannotSee = "I cannot see the message that you mean. Use Check this quote in its menu (More actions), or write: is this quote right? and the words in quotation marks."

// above returns the message above one of somebody who asks whether it is right; nil
// where none can be seen.
func (a *Adapter) above(ctx context.Context, j job) (found *slack.Message) {
	thread := j.Thread
	if thread == j.Asked {
		thread = "" // it begins one
	}
	err := a.pages(ctx, j.Channel, thread, "", j.Asked, func(messages []slack.Message) bool {
		for _, m := range messages {
			if m.Timestamp < j.Asked && !adapters.PointsAt(plain(m.Text, a.me.user)) && (found == nil || m.Timestamp > found.Timestamp) {
				found = &m
			}
		}
		return thread != "" // a conversation's newest page has it
	})
	if err != nil {
		a.log.Debug("the message above a question cannot be read", "channel", j.Channel, "error", err)
		return nil
	}
	return found
}

// resolve finds out what words a job is to check; false where they cannot be seen. Where
// the message above is the bot's own, the question is one to its answer.
func (a *Adapter) resolve(ctx context.Context, j *job) bool {
	if j.Above {
		m := a.above(ctx, *j)
		if m == nil {
			return false
		}
		if m.User != a.me.user {
			if j.Words = pointedAt(m.Text, m.Blocks, m.Attachments).Candidates(); len(j.Words) == 0 {
				return false
			}
			j.Check, j.Named = true, true
		}
	}
	if j.Check && len(j.Words) > 0 {
		j.Text = adapters.Meant(a.engine.Check, j.Source, j.Words)
	}
	return true
}

// wants fills in what somebody asks who wrote a text with what it shares, or points
// at the message above.
func (j *job) wants(text, me string, blocks slack.Blocks, attachments []slack.Attachment) {
	j.Text = plain(text, me)
	quoted, own := quotations(text)
	remark := j.Text
	if len(quoted) > 0 {
		remark = plain(own, me)
	}
	p := pointedAt("", slack.Blocks{}, attachments)
	p.Forwarded = slices.Concat(quoted, p.Forwarded)
	if asked, check, ok := adapters.Asked(remark, p); ok {
		j.Text, j.Check, j.Words, j.Named = asked, check != nil, check, true
		return
	}
	if j.Text == "" {
		// Some messages have their text in blocks alone.
		if shown, _ := readBlocks(blocks); len(shown) > 0 {
			j.Text = shown[0]
		}
	}
	j.Above = adapters.PointsAt(j.Text)
}
