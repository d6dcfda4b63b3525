package discord

import (
	"context"
	"net/http"
	"strings"
	"time"

	"github.com/bwmarrin/discordgo"

	"verbatim/adapters"
	"verbatim/state"
)

const (
	// room is how many jobs are worked on at once. A job is some milliseconds of work
	// and some tenths of a second of waiting for Discord, so that at 200 questions a
	// second about 60 are under way; the rest is room for Discord being slow.
	room = 1024
	// lease is how long a question is left to a replica that gives no sign of life:
	// an interaction must be answered or deferred within 3 seconds, whoever does it.
	lease = 1500 * time.Millisecond
	// jobKeep is how long a question is remembered: as long as an interaction's
	// token is good, and longer than Discord delivers anything again.
	jobKeep = 15 * time.Minute
	// landTime is how long a message may take to be found: Discord tells of it at once,
	// and the nonce keeps it from being posted twice.
	landTime = 100 * time.Millisecond
)

// driver is what the runtime has Discord do.
type driver struct{ *Adapter }

func (d driver) Task(j *job) adapters.Task {
	t := adapters.Task{Key: j.claim(), Kept: j.lasting(), Lanes: j.lanes(), Person: j.person(), Click: j.click()}
	if j.Do == doComplete {
		t.Costs = adapters.Typing
	}
	if !j.isInteraction() && j.Guild != "" && j.Do != doForget {
		t.Places = []string{j.Channel}
	}
	if j.isInteraction() {
		t.Ended, t.Done = func() { d.responseTo(j).close() }, func() { d.responseTo(j).withdraw() }
	}
	return t
}

// Accepts reports whether a message is for the bot, in a channel where it answers.
// Whoever uses a command elsewhere is told so.
func (d driver) Accepts(ctx context.Context, j *job) bool {
	if j.Do == doForget {
		return true
	}
	if !j.isInteraction() && !d.isForUs(ctx, *j) {
		return false
	}
	d.settle(ctx, j)
	if j.isInteraction() {
		d.responseTo(j).deferLate()
		return true
	}
	return !j.Away
}

func (d driver) Ignore(ctx context.Context, j *job) error { return d.responseTo(j).silence(ctx) }

// Answer does what a job is for.
func (d driver) Answer(ctx context.Context, j *job) (*adapters.Payload, error) {
	if j.Away && (j.Do == doShare || !j.Own && (j.asks() || j.Do == doForm)) {
		return private("I do not answer in this channel. Ask me in a direct message, or in a channel that I was given."), nil
	}
	switch j.Do {
	case doAsk:
		if !d.resolve(ctx, j) {
			return j.instead(), nil
		}
		answer := d.runtime.Handle(ctx, j.message())
		return embed(answer, d.view(*j)).payload(j.Private), nil
	case doAbout:
		return about(d.engine.About(j.Source), d.view(*j)).payload(j.Private), nil
	case doComplete:
		offered := choices(d.engine, j.Text, j.Source)
		if j.titles {
			offered = titles(d.engine, j.Text)
		}
		return nil, d.responseTo(j).open(ctx, offer(offered))
	case doForm:
		return nil, d.responseTo(j).open(ctx, quoteForm(*j))
	case doContext:
		if passage, ok := d.engine.Passage(j.pressed.control); ok {
			return inContext(passage, d.config.Links).payload(true), nil
		}
		return private(outdated), nil
	case doShare:
		return d.share(ctx, j), nil
	case doVote:
		return d.vote(ctx, j), nil
	case doSettings:
		return d.change(ctx, j), nil
	case doForget:
		return nil, d.forget(ctx, j)
	case doExplain:
		return private(j.Text), nil
	}
	return nil, nil
}

// view is how the answer to j is shown. A reply stands under its question; what
// else is asked is repeated above the answer.
func (a *Adapter) view(j job) view {
	v := view{Share: j.Private && !j.Away, Conversation: j.Conversation, Links: a.config.Links}
	if (j.isInteraction() || j.Pointed) && j.Do == doAsk {
		who := j.Who
		if j.Private || who == "" {
			who = you
		}
		v.Asked = echo(who, j.Text, j.Check)
	}
	return v
}

// private is a text for the one person.
func private(text string) *adapters.Payload { return plainCard(text).payload(true) }

// outdated is said where a passage is no longer in the corpus.
const outdated = "The article has changed since this answer. Ask again for a new one."

func (d driver) Words(j *job, text string) adapters.Payload {
	return *plainCard(text).payload(j.Private)
}

// share shows everybody what one person sees, once.
func (a *Adapter) share(ctx context.Context, j *job) *adapters.Payload {
	if j.pressed == nil { // who was to share it died before
		return private("I could not share this; please press Share again.")
	}
	c, ok := j.pressed.share(j.Who, a.engine.Passage)
	switch {
	case !ok:
		return private(outdated)
	case !a.runtime.Once().Own(ctx, j.shareKey(), j.claim(), jobKeep):
		return private("You have shared this already.")
	}
	return c.payload(false)
}

// vote writes a vote down, with the question where the message tells it and the same
// key of the person as a question has.
func (a *Adapter) vote(ctx context.Context, j *job) *adapters.Payload {
	vote, thanks := -1, "Noted: this answer did not help. Thank you."
	if strings.HasPrefix(j.pressed.customID, pressUp) {
		vote, thanks = 1, "Noted: this answer helped. Thank you."
	}
	kind, intent, _ := unpackVote(j.pressed.control)
	err := a.runtime.Vote(ctx, state.Entry{Text: j.Text, Kind: kind, Intent: intent, Person: j.person(), Subject: Name + ":" + j.Channel + ":" + j.pressed.ID, Vote: vote})
	if err != nil {
		a.log.Warn("a vote could not be written down", "error", err)
		return private("That could not be noted; please try again in a minute.")
	}
	return private(thanks)
}

// Send shows a card.
func (d driver) Send(ctx context.Context, j *job, p adapters.Payload) error {
	c, err := opened(p)
	if err != nil {
		return err
	}
	if !j.isInteraction() {
		return d.reply(ctx, j, c)
	}
	err = d.responseTo(j).send(ctx, c)
	if j.Do == doShare && j.pressed != nil && adapters.OutcomeOf(err) == adapters.Refused { // it may be shared again
		d.runtime.Once().Disown(ctx, j.shareKey(), j.claim(), jobKeep)
	}
	return err
}

// Sent reports whether the reply to a message is in the channel. Where it cannot be
// looked for it may be sent again, since it has a nonce; so may the answer to an
// interaction, which is edited.
func (d driver) Sent(ctx context.Context, j *job) (found, known bool) {
	if j.isInteraction() {
		return false, true
	}
	var after []message
	if err := d.rest.get(ctx, "look for a reply", "channels/"+j.Channel+"/messages?limit=100&after="+j.ID, &after); err != nil {
		d.log.Debug("a reply cannot be looked for", "channel", j.Channel, "error", err)
		return false, true
	}
	for _, m := range after {
		if m.Author != nil && m.Author.ID == d.user() && m.Reference != nil && m.Reference.MessageID == j.ID {
			return true, true
		}
	}
	return false, true
}

// gone are the codes of what is no longer there: nobody needs to be told.
var gone = map[int]bool{discordgo.ErrCodeUnknownChannel: true, discordgo.ErrCodeUnknownMessage: true, discordgo.ErrCodeUnknownWebhook: true, discordgo.ErrCodeUnknownInteraction: true, discordgo.ErrCodeInvalidWebhookTokenProvided: true, discordgo.ErrCodeInteractionHasAlreadyBeenAcknowledged: true}

// refusedChannels say what to do where Discord does not let the bot write.
var refusedChannels = map[int]string{
	discordgo.ErrCodeMissingAccess:      "I may not see that channel. An admin can give my role View Channel and Send Messages there.",
	discordgo.ErrCodeMissingPermissions: "I may not write in that channel. An admin can give my role Send Messages there, and in threads Send Messages in Threads.",
	discordgo.ErrCodeThreadIsLocked:     "That thread is locked, so that nothing can be written there.",
}

func (d driver) Remedy(j *job, err error) adapters.Refusal {
	if gone[code(err)] || status(err) == http.StatusUnauthorized {
		return adapters.Refusal{}
	}
	if j.Guild == "" {
		return adapters.Refusal{Why: "Discord does not take my answer here. Please ask in other words, or later."}
	}
	if why, ok := refusedChannels[code(err)]; ok {
		return adapters.Refusal{Why: why, Place: j.Channel}
	}
	return adapters.Refusal{Why: "Discord does not take my answer there. An admin of the server can look at my role's permissions in that channel."}
}

// Tell tells a person something: in answer to their interaction, else in a direct
// message.
func (d driver) Tell(ctx context.Context, j *job, text string) error {
	c := card{Lead: content("", text), Private: true}
	switch {
	case j.Do == doComplete:
		return d.responseTo(j).open(ctx, offer([]choice{}))
	case j.Do == doForget:
		return nil
	case j.isInteraction():
		if err := d.responseTo(j).tell(ctx, c); adapters.OutcomeOf(err) != adapters.Refused {
			return err
		}
	case j.Guild == "":
		return d.reply(ctx, j, c)
	}
	var dm discordgo.Channel
	if err := d.rest.do(ctx, request{name: "open a direct message", method: http.MethodPost, path: "users/@me/channels",
		body: map[string]string{"recipient_id": j.Person}}, &dm); err != nil {
		return err
	}
	there := *j
	there.Channel = dm.ID
	return d.write(ctx, &there, c, nil, false)
}
