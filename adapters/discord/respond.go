package discord

import (
	"context"
	"net/http"
	"strings"
	"sync"
	"time"

	"github.com/bwmarrin/discordgo"

	"verbatim/adapters"
)

// callbackAttempt bounds one attempt at a first response, so that a second one is possible.
const callbackAttempt = 1200 * time.Millisecond

// responseTo is what answers an interaction, which is deferred by itself when its answer
// takes too long.
func (a *Adapter) responseTo(j *job) *response {
	if j.response == nil { // somebody else left it
		j.response = &response{adapter: a, job: j, arrived: time.Now(), again: true}
	}
	return j.response
}

// deferLate has the interaction deferred where its answer takes too long. From then on who
// sees the answer cannot be changed, so that it is to be known before.
func (r *response) deferLate() {
	if r.job.Do != doComplete && r.job.Do != doForm { // nothing else may come before these
		r.late = time.AfterFunc(time.Until(r.arrived.Add(r.adapter.timing.deferAfter)), r.deferIt)
	}
}

// response is the response to one interaction: first a callback within three
// seconds, the answer or word that it takes longer; then, in the latter case, an
// edit that brings the answer.
type response struct {
	adapter *Adapter
	job     *job
	arrived time.Time
	late    *time.Timer
	again   bool // somebody may have deferred it already, or answered it

	mu       sync.Mutex // held while a callback is under way
	deferred bool
	answered bool // or tried to be
	shown    bool // the answer, or a word in its place
}

// callback is the first response.
type callback struct {
	Type discordgo.InteractionResponseType `json:"type"`
	Data any                               `json:"data"`
}

// deferral says that the answer takes longer; it holds nothing but who will see it.
func deferral(private bool) callback {
	d := map[string]discordgo.MessageFlags{}
	if private {
		d["flags"] = discordgo.MessageFlagsEphemeral
	}
	return callback{discordgo.InteractionResponseDeferredChannelMessageWithSource, d}
}

func (r *response) close() {
	if r.late != nil {
		r.late.Stop()
	}
}

// deferIt says that the answer takes longer.
func (r *response) deferIt() {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.answered || r.deferred {
		return
	}
	err := r.call(context.Background(), deferral(r.job.Private))
	if err != nil && code(err) != discordgo.ErrCodeInteractionHasAlreadyBeenAcknowledged {
		r.adapter.log.Warn("an interaction could not be deferred", "error", err)
		return
	}
	r.deferred = true
}

// send answers the interaction.
func (r *response) send(ctx context.Context, c card) error {
	r.close()
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.show(ctx, c)
}

// show shows a card as the answer. With mu held.
func (r *response) show(ctx context.Context, c card) error {
	r.answered = true
	forms := c.forms()
	if r.deferred { // what comes by an edit is no layout
		forms = forms[1:]
	}
	err := r.adapter.inForms(forms, func(m outgoing) error { return r.answer(ctx, m, c.Private) })
	r.shown = r.shown || err == nil || adapters.OutcomeOf(err) == adapters.Uncertain
	return err
}

// tell tells the person something in private: in place of an answer where nothing else is
// shown yet, but for a sign to everybody that one is coming, which is taken away.
func (r *response) tell(ctx context.Context, c card) error {
	r.close()
	r.mu.Lock()
	defer r.mu.Unlock()
	if !r.shown && (!r.deferred || r.job.Private) {
		return r.show(ctx, c)
	}
	r.takeBack(ctx)
	return r.adapter.inForms(c.forms()[1:], func(m outgoing) error {
		m.Flags |= discordgo.MessageFlagsEphemeral
		return r.adapter.rest.do(ctx, request{
			name: "tell a person in private", method: http.MethodPost, path: "webhooks/" + r.job.App + "/" + r.job.Token, body: m, once: true,
		}, nil)
	})
}

// withdraw takes the sign away that an answer is coming, where none came: nothing more does.
func (r *response) withdraw() {
	r.close()
	r.mu.Lock()
	defer r.mu.Unlock()
	ctx, cancel := context.WithTimeout(context.Background(), requestTime)
	defer cancel()
	r.takeBack(ctx)
	r.answered = true
}

// takeBack is withdraw with mu held.
func (r *response) takeBack(ctx context.Context) {
	if !r.deferred || r.shown {
		return
	}
	err := r.adapter.rest.do(ctx, request{name: "take a deferral back", method: http.MethodDelete, path: r.original()}, nil)
	if err != nil {
		r.adapter.log.Warn("an interaction that was deferred is left without an answer", "error", err)
	}
	r.shown = true
}

// original is the path of what the interaction was responded with.
func (r *response) original() string {
	return "webhooks/" + r.job.App + "/" + r.job.Token + "/messages/@original"
}

// answer sends a message as the answer. With mu held.
func (r *response) answer(ctx context.Context, m outgoing, private bool) error {
	if r.again && !r.deferred {
		if err := r.edit(ctx, m); err == nil || code(err) != discordgo.ErrCodeUnknownWebhook {
			return err
		}
	}
	if !r.deferred {
		first := m
		if private {
			first.Flags |= discordgo.MessageFlagsEphemeral
		}
		err := r.call(ctx, callback{discordgo.InteractionResponseChannelMessageWithSource, first})
		if code(err) != discordgo.ErrCodeInteractionHasAlreadyBeenAcknowledged {
			return err
		}
		// A response went through that seemed to fail: this one, or the deferral.
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
	if r.job.pressed.ID == "" {
		m := quiet("You have just sent the same words; the answer to them is here already, or on its way.", []discordgo.MessageComponent{})
		m.Flags = discordgo.MessageFlagsEphemeral
		nothing = callback{discordgo.InteractionResponseChannelMessageWithSource, m}
	}
	return r.call(ctx, nothing)
}

// open answers an autocomplete, or opens a form.
func (r *response) open(ctx context.Context, c callback) error {
	err := r.call(ctx, c)
	if code(err) == discordgo.ErrCodeInteractionHasAlreadyBeenAcknowledged || r.job.Do == doComplete && code(err) == discordgo.ErrCodeUnknownInteraction {
		return nil // it went through before, or they have typed on
	}
	return err
}

// call makes the first response, for as long as Discord takes one.
func (r *response) call(ctx context.Context, c callback) error {
	ctx, cancel := context.WithDeadline(ctx, r.arrived.Add(r.adapter.timing.callback))
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

// edit brings the answer to an interaction that was responded to before. What that made
// of it, a layout or not, it stays.
func (r *response) edit(ctx context.Context, m outgoing) error {
	m.Flags = 0
	return r.adapter.rest.do(ctx, request{
		name: "edit the answer to an interaction", method: http.MethodPatch, path: r.original(), body: m,
	}, nil)
}

// reply posts a card as the reply to a message. A repetition carries the nonce that
// Discord knows the first one by.
func (a *Adapter) reply(ctx context.Context, j *job, c card) error {
	to := &discordgo.MessageReference{MessageID: j.ID, ChannelID: j.Channel, GuildID: j.Guild}
	err := a.write(ctx, j, c, to, true)
	if code(err) == discordgo.ErrCodeCannotReplyWithoutPermissionToReadMessageHistory || code(err) == discordgo.ErrCodeMissingPermissions && j.Guild != "" {
		// A reply needs to see what it replies to; another message only has to say whom
		// it is for.
		c.Lead = strings.TrimSpace(smallLetters + "For " + escape(adapters.Clip(adapters.Clean(j.Who), maxName)) + ":\n" + c.Lead)
		if refusal := a.write(ctx, j, c, nil, true); adapters.OutcomeOf(refusal) != adapters.Refused {
			a.log.Warn("the bot may not reply in a channel; answering without. Give it the permission Read Message History", "channel", j.Channel)
			return refusal
		}
	}
	return err
}

// write writes a card to the channel of a job; once: Sent is to look for it before it
// is repeated.
func (a *Adapter) write(ctx context.Context, j *job, c card, to *discordgo.MessageReference, once bool) error {
	return a.inForms(c.forms(), func(m outgoing) error {
		m.Nonce, m.EnforceNonce, m.Reference = j.ID, true, to
		return a.rest.do(ctx, request{
			name: "reply to a message", method: http.MethodPost, path: "channels/" + j.Channel + "/messages",
			body: m, once: once,
		}, nil)
	})
}

// inForms sends a card in the first form that Discord takes. Each is held against the
// source before it is sent.
func (a *Adapter) inForms(forms []func() (form, bool), send func(outgoing) error) (err error) {
	for _, shown := range forms {
		f, ok := shown()
		if !ok || code(err) == discordgo.ErrCodeMissingPermissions && len(f.message.Embeds) > 0 {
			continue
		}
		if err != nil {
			a.log.Warn("Discord does not take a card; trying a plainer form. If the bot may not embed links, give it the permission Embed Links", "error", err)
		}
		if err := f.check(); err != nil {
			return err
		}
		if err = send(f.message); !plainerHelps(err) {
			return err
		}
	}
	return err
}

// plainerHelps reports whether a message may be taken in a plainer form.
func plainerHelps(err error) bool {
	return code(err) == discordgo.ErrCodeMissingPermissions || code(err) == discordgo.ErrCodeInvalidFormBody || code(err) == discordgo.ErrCodeCannotSendEmptyMessage
}
