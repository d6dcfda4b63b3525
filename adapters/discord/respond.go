package discord

import (
	"context"
	"net/http"
	"strings"
	"sync"
	"time"

	"github.com/bwmarrin/discordgo"
)

const (
	// callbackTime is what Discord gives for the first response to an interaction,
	// less what the way there may take.
	callbackTime = 2900 * time.Millisecond
	// callbackAttempt bounds one attempt, so that a second one is possible.
	callbackAttempt = 1200 * time.Millisecond
)

// responder shows people what a job came to.
type responder interface {
	// send shows a card. Private: only to the person who asked, where the platform
	// can do that.
	send(ctx context.Context, c card, private bool) error
	// silence acknowledges a second press, or a form sent twice, that has no effect.
	silence(ctx context.Context) error
	// open responds with what is no message: choices for somebody who is typing, or a form.
	open(ctx context.Context, c callback) error
	close()
}

// respondTo returns what responds to a job. An interaction is deferred by itself
// when its answer takes too long.
func (a *Adapter) respondTo(ctx context.Context, j job, arrived time.Time) responder {
	if !j.isInteraction() {
		return &reply{a, j}
	}
	r := &response{adapter: a, job: j, arrived: arrived}
	if j.Do != doComplete && j.Do != doForm { // nothing else may come before these
		r.late = time.AfterFunc(time.Until(arrived.Add(a.timing.deferAfter)), func() { r.deferIt(ctx) })
	}
	return r
}

// response is the response to one interaction: first a callback within three
// seconds, the answer or word that it takes longer; then, in the latter case, an
// edit that brings the answer.
type response struct {
	adapter *Adapter
	job     job
	arrived time.Time
	late    *time.Timer

	mu       sync.Mutex // held while a callback is under way
	deferred bool
	answered bool
}

// callback is the first response.
type callback struct {
	Type discordgo.InteractionResponseType `json:"type"`
	Data any                               `json:"data"`
}

type deferral struct {
	Flags discordgo.MessageFlags `json:"flags,omitempty"`
}

func (r *response) close() {
	if r.late != nil {
		r.late.Stop()
	}
}

// deferIt says that the answer takes longer.
func (r *response) deferIt(ctx context.Context) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.answered || r.deferred || ctx.Err() != nil {
		return
	}
	var d deferral
	if r.job.Private {
		d.Flags = discordgo.MessageFlagsEphemeral
	}
	err := r.call(ctx, callback{discordgo.InteractionResponseDeferredChannelMessageWithSource, d})
	if err != nil && code(err) != codeAcknowledged {
		r.adapter.log.Warn("an interaction could not be deferred", "error", err)
		return
	}
	r.deferred = true
}

// send answers the interaction, in plain text where Discord does not take the card.
func (r *response) send(ctx context.Context, c card, private bool) error {
	r.close()
	r.mu.Lock()
	defer r.mu.Unlock()
	r.answered = true
	err := r.answer(ctx, c.message(), private)
	if plainerHelps(err) && len(c.Embeds) > 0 {
		r.adapter.log.Warn("Discord does not take a card; answering in plain text", "error", err)
		err = r.answer(ctx, c.withoutEmbeds().message(), private)
	}
	return err
}

// answer sends a message as the answer. With mu held.
func (r *response) answer(ctx context.Context, m outgoing, private bool) error {
	if r.job.Again && !r.deferred {
		// Whoever left it may have deferred it, or answered it.
		if err := r.edit(ctx, m); err == nil || code(err) != codeUnknownWebhook {
			return err
		}
	}
	if !r.deferred {
		if private {
			m.Flags = discordgo.MessageFlagsEphemeral
		}
		err := r.call(ctx, callback{discordgo.InteractionResponseChannelMessageWithSource, m})
		if code(err) != codeAcknowledged {
			return err
		}
		// A response went through that seemed to fail: this one, or the deferral.
		m.Flags = 0
	}
	return r.edit(ctx, m)
}

// silence answers a press with nothing. A form that a command opened stands on no
// message that could be left as it is; Discord wants a word there.
func (r *response) silence(ctx context.Context) error {
	r.close()
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.answered || r.deferred {
		return nil
	}
	r.answered = true
	nothing := callback{discordgo.InteractionResponseDeferredMessageUpdate, struct{}{}}
	if r.job.pressed.id == "" {
		m := plainCard("You have just sent the same words; the answer to them is here already, or on its way.").message()
		m.Flags = discordgo.MessageFlagsEphemeral
		nothing = callback{discordgo.InteractionResponseChannelMessageWithSource, m}
	}
	return r.call(ctx, nothing)
}

// open answers an autocomplete, or opens a form.
func (r *response) open(ctx context.Context, c callback) error {
	err := r.call(ctx, c)
	if code(err) == codeAcknowledged || r.job.Do == doComplete && code(err) == codeUnknownInteraction {
		return nil // it went through before, or they have typed on
	}
	return err
}

// call makes the first response, for as long as Discord takes one.
func (r *response) call(ctx context.Context, c callback) error {
	ctx, cancel := context.WithDeadline(ctx, r.arrived.Add(callbackTime))
	defer cancel()
	err := r.adapter.rest.do(ctx, request{
		name: "answer an interaction", method: http.MethodPost,
		path: "interactions/" + r.job.ID + "/" + r.job.Token + "/callback",
		body: c, attempt: callbackAttempt,
	}, nil)
	if err == nil {
		r.adapter.config.Signals.Acked(time.Since(r.arrived))
	}
	return err
}

// edit brings the answer to an interaction that was responded to before.
func (r *response) edit(ctx context.Context, m outgoing) error {
	return r.adapter.rest.do(ctx, request{
		name: "edit the answer to an interaction", method: http.MethodPatch,
		path: "webhooks/" + r.job.App + "/" + r.job.Token + "/messages/@original", body: m,
	}, nil)
}

// reply answers an ordinary message by one that references it.
type reply struct {
	adapter *Adapter
	job     job
}

func (r *reply) close() {}

func (r *reply) silence(context.Context) error { return nil }

func (r *reply) open(context.Context, callback) error { return nil }

// send posts the reply, once: a repetition carries the nonce that Discord knows
// the first one by, and before it the channel is looked at.
func (r *reply) send(ctx context.Context, c card, _ bool) error {
	if r.job.Again && r.posted(ctx) {
		return nil
	}
	m := c.message()
	err := r.post(ctx, m)
	if plainerHelps(err) && len(m.Embeds) > 0 {
		why := "Discord does not take a card; answering in plain text"
		if code(err) == codeMissingPermissions {
			why = "the bot may not embed links in a channel; answering in plain text. Give it the permission Embed Links"
		}
		r.adapter.log.Warn(why, "channel", r.job.Channel, "error", err)
		c = c.withoutEmbeds()
		err = r.post(ctx, c.message())
	}
	if code(err) == codeNoReadHistory || code(err) == codeMissingPermissions && r.job.Guild != "" {
		// A reply needs to see what it replies to; another message only has to say whom
		// it is for.
		again := c
		again.Content = head(smallLetters+"For "+escape(clip(clean(r.job.Who), maxName))+":\n"+c.Content, maxContent)
		if refusal := r.write(ctx, again.message()); refusal == nil {
			r.adapter.log.Warn("the bot may not reply in a channel; answering without. Give it the permission Read Message History", "channel", r.job.Channel)
			return nil
		}
	}
	return err
}

// post posts the reply.
func (r *reply) post(ctx context.Context, m outgoing) error {
	goOn := false
	m.Reference = &discordgo.MessageReference{MessageID: r.job.ID, ChannelID: r.job.Channel, GuildID: r.job.Guild, FailIfNotExists: &goOn}
	return r.write(ctx, m)
}

// write writes a message to the channel of the question.
func (r *reply) write(ctx context.Context, m outgoing) error {
	m.Nonce, m.EnforceNonce = r.job.ID, true
	return r.adapter.rest.do(ctx, request{
		name: "reply to a message", method: http.MethodPost, path: "channels/" + r.job.Channel + "/messages",
		body: m, limit: "post " + r.job.Channel, unsure: r.posted,
	}, nil)
}

// posted reports whether the reply is in the channel already.
func (r *reply) posted(ctx context.Context) bool {
	var after []message
	err := r.adapter.rest.do(ctx, request{
		name: "look for a reply", method: http.MethodGet,
		path: "channels/" + r.job.Channel + "/messages?limit=100&after=" + r.job.ID, limit: "messages " + r.job.Channel,
	}, &after)
	if err != nil {
		return false
	}
	for _, m := range after {
		if m.Author != nil && m.Author.ID == r.adapter.user() && m.Reference != nil && m.Reference.MessageID == r.job.ID {
			return true
		}
	}
	return false
}

// plainerHelps reports whether a message may be taken as text alone that was refused
// as a card.
func plainerHelps(err error) bool {
	return code(err) == codeMissingPermissions || code(err) == codeInvalidForm
}

// withoutEmbeds is the card as text alone, as much of it as a message holds.
func (c card) withoutEmbeds() card {
	text := c.Content
	for i, e := range c.Embeds {
		part := ""
		if i >= len(c.said) || c.said[i].text != c.said[i].passage.Quote.Text() { // it does not stand there already
			if e.Title != "" {
				part += "\n" + e.Title
			}
			part += "\n" + e.Description
			if e.Footer != nil {
				part += "\n" + smallLetters + escape(e.Footer.Text)
			}
		}
		for _, f := range e.Fields {
			part += "\n" + f.Value
		}
		if units(text+part) > maxContent-contentSpare {
			text += "\n" + smallLetters + "There is more, but to show it I need the permission Embed Links here."
			break
		}
		text += part
	}
	return card{Content: strings.TrimSpace(text), Components: c.Components}
}
