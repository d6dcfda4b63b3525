package discord

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/bwmarrin/discordgo"

	"verbatim/adapters"
)

// pointedAt is a message as somebody reads it who points at it: its text, its embeds
// and components, its poll, and what it forwards.
func pointedAt(m *message) (p adapters.Pointed) {
	if m == nil {
		return p
	}
	read := func(text string) string {
		runs, _ := quotations(text)
		p.Quoted = append(p.Quoted, runs...)
		return wordsOf(text)
	}
	p.Own = read(m.Content)
	byPerson := m.Author != nil && !m.Author.Bot && m.WebhookID == ""
	for _, e := range m.Embeds {
		var texts []string
		for _, f := range e.Fields {
			texts = append(texts, wordsOf(f.Value))
		}
		texts = append(texts, wordsOf(e.Title))
		// People cannot post embeds: theirs are previews of links. What is forwarded has no
		// author; a preview there has the address of a link in the text.
		preview := byPerson || e.URL != "" && m.Author == nil && strings.Contains(m.Content, "://") || e.Type != "" && e.Type != discordgo.EmbedTypeRich
		if preview && e.Type != "poll_result" {
			p.Unfurled = append(append(p.Unfurled, wordsOf(e.Description)), texts...)
		} else {
			p.Cards = append(append(p.Cards, read(e.Description)), texts...)
		}
	}
	for _, text := range m.Components.texts() {
		p.Cards = append(p.Cards, read(text))
	}
	if m.Poll != nil {
		p.Cards = append(p.Cards, wordsOf(m.Poll.Question.Text))
		for _, a := range m.Poll.Answers {
			p.Cards = append(p.Cards, wordsOf(a.Media.Text))
		}
	}
	for _, s := range m.Snapshots {
		inner := pointedAt(&s.Message)
		p.Forwarded = append(p.Forwarded, inner.Candidates()...)
	}
	return p
}

// wants fills in what somebody asks with a message: of what it forwards or quotes, of
// the message that it replies to, or of the one above it.
func (j *job) wants(m message, me string) {
	j.Text = plainText(m.Content, me, m.Mentions)
	quoted, own := quotations(m.Content)
	remark := j.Text
	if len(quoted) > 0 {
		remark = plainText(own, me, m.Mentions)
	}
	p := pointedAt(&message{Snapshots: m.Snapshots})
	p.Forwarded = slices.Concat(quoted, p.Forwarded)
	replies := m.Referenced != nil && (m.Referenced.Author == nil || m.Referenced.Author.ID != me)
	if replies && len(p.Forwarded) == 0 {
		p.Cards = pointedAt(m.Referenced).Candidates() // a reply may as well say something of its own
	}
	if text, check, ok := adapters.Asked(remark, p); ok {
		j.Text, j.Check, j.Words, j.Pointed = text, check != nil, check, true
		return
	}
	if j.Text != "" && (adapters.PointsAt(j.Text) || adapters.PassesOn(j.Text)) {
		gone := m.Referenced == nil && m.Reference != nil && len(m.Snapshots) == 0
		j.Unseen = replies || gone // Discord did not show what it replies to
		j.Above = !j.Unseen && m.Referenced == nil
	}
}

// cannotSee is said where the message that somebody asks about cannot be seen.
const cannotSee = "I cannot see the message that you mean: Discord shows me only those that mention me, and none that is gone. " +
	"Use Apps → Check this quote in its menu, or /quote check with the words."

const (
	// maxAbove is how many messages above a question are looked at: one page.
	maxAbove = 50
	// commentTime is how soon after a forwarded message what is said to it is a comment that
	// was sent with it: Discord sends the two at once, as two messages.
	commentTime = 5 * time.Second
)

// above returns the message that is meant by a remark on what stands above it; see
// adapters.Above.
func (a *Adapter) above(ctx context.Context, j job) (found *adapters.Earlier, ours bool) {
	var before []message
	path := fmt.Sprintf("channels/%s/messages?limit=%d&before=%s", j.Channel, maxAbove, j.ID)
	if err := a.rest.get(ctx, "look at the message above", path, &before); err != nil {
		a.log.Debug("the message above a question cannot be read", "channel", j.Channel, "error", err)
		return nil, false
	}
	return adapters.Above(a.engine, j.Text, j.Guild == "", func(yield func(adapters.Earlier) bool) {
		for _, m := range before { // the newest first
			e := adapters.Earlier{ID: m.ID, Bot: m.Author != nil && m.Author.ID == a.user(), Text: plainText(m.Content, a.user(), nil), Pointed: pointedAt(&m)}
			if !yield(e) {
				return
			}
		}
	})
}

// resolve finds out what a job is to answer or what words to check; false where that is
// not done, and instead says what is.
func (a *Adapter) resolve(ctx context.Context, j *job) bool {
	if j.Above {
		found, ours := a.above(ctx, *j)
		if text, check, ok := found.Asked(); ok {
			if len(found.Forwarded) > 0 && j.Guild == "" && between(found.ID, j.ID) < commentTime {
				j.comment = true
				return false
			}
			j.Text, j.Check, j.Words, j.Pointed = text, check != nil, check, true
		} else if !ours && adapters.PointsAt(j.Text) {
			return false
		}
	}
	if j.Check && len(j.Words) > 0 {
		j.Text = strings.TrimSpace(adapters.Meant(a.engine.Check, j.Source, j.Words))
	}
	return !j.Unseen
}

// instead is said where a job is not done: nothing to a comment on a forwarded message,
// which was answered itself.
func (j job) instead() *adapters.Payload {
	if j.comment {
		return nil
	}
	return private(cannotSee)
}

// between is the time between two messages, by their ids; 0 where one is none.
func between(first, second string) time.Duration {
	a, errA := discordgo.SnowflakeTimestamp(first)
	b, errB := discordgo.SnowflakeTimestamp(second)
	if errA != nil || errB != nil {
		return 0
	}
	return b.Sub(a)
}
