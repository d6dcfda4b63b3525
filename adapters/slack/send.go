package slack

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/slack-go/slack"

	"verbatim/adapters"
)

const (
	// landTime is how long a message may take to be found after it was posted.
	landTime = time.Second
)

// send shows a card where a job's answer goes.
func (a *Adapter) send(ctx context.Context, j job, c card) error {
	return a.guarded(j, c, func(c card) error {
		switch j.To {
		case toPrivate:
			if j.ResponseURL == "" {
				return a.whisper(ctx, j, c)
			}
			return a.reply(ctx, j, c, slack.ResponseTypeEphemeral)
		case toModal:
			return a.modal(ctx, j, c)
		}
		return a.post(ctx, j, c)
	})
}

// guarded sends a card, in its plainer form where Slack does not take its blocks, and
// in its place a word of regret where it was held back.
func (a *Adapter) guarded(j job, c card, send func(card) error) error {
	err := send(c)
	if wantsPlainer(err) {
		a.log.Warn("Slack does not take a card; sending it as text alone", "job", j.ID, "error", safe(err))
		err = send(c.plainer())
	}
	if errors.Is(err, errUnsound) {
		a.count(CountUnquoted)
		a.log.Error("a quote was held back", "job", j.ID, "error", safe(err))
		var regret card
		regret.line("I found a passage but cannot show it here word for word, so I do not show it at all.")
		err = send(regret)
	}
	return err
}

// whisper shows a card to one person in a channel, where there is no response URL.
func (a *Adapter) whisper(ctx context.Context, j job, c card) error {
	options := []slack.MsgOption{slack.MsgOptionText(c.text, false), slack.MsgOptionDisableMarkdown()}
	if len(c.blocks) > 0 {
		options = append(options, slack.MsgOptionBlocks(c.blocks...))
	}
	if j.Thread != "" {
		options = append(options, slack.MsgOptionTS(j.Thread))
	}
	return a.call(carrying(ctx, c), "chat.postEphemeral", false, func(ctx context.Context) error {
		_, err := a.api.PostEphemeralContext(ctx, j.Channel, j.User, options...)
		return err
	})
}

// post posts a card to a channel, once. Where Slack does not say whether it took
// the message, it is looked for; where that is impossible, the person is told.
func (a *Adapter) post(ctx context.Context, j job, c card) error {
	mark := hashed(j.ID)
	c = marked(c, mark)
	options := []slack.MsgOption{
		slack.MsgOptionText(c.text, false), slack.MsgOptionDisableMarkdown(),
		slack.MsgOptionDisableLinkUnfurl(), slack.MsgOptionDisableMediaUnfurl(),
	}
	if len(c.blocks) > 0 {
		options = append(options, slack.MsgOptionBlocks(c.blocks...))
	}
	if j.Thread != "" {
		options = append(options, slack.MsgOptionTS(j.Thread))
	}
	if j.Again {
		if found, _ := a.landed(ctx, j, mark); found {
			return nil
		}
	}
	for {
		if !sleep(ctx, a.pace.reserve(j.Channel, time.Now())) {
			return ctx.Err()
		}
		err := a.call(carrying(ctx, c), "chat.postMessage", false, func(ctx context.Context) error {
			_, _, err := a.api.PostMessageContext(ctx, j.Channel, options...)
			return err
		})
		a.pace.posted(j.Channel, time.Now())
		if !errors.Is(err, errUncertain) {
			return err
		}
		sleep(ctx, a.land)
		found, known := a.landed(ctx, j, mark)
		if found {
			return nil
		}
		if !known {
			a.unsure(ctx, j)
			return err
		}
		a.count(adapters.CountRetried)
	}
}

// landed looks for a message by its mark. It is not known where the scopes do not
// allow to look, or Slack does not answer.
func (a *Adapter) landed(ctx context.Context, j job, mark string) (found, known bool) {
	err := a.pages(ctx, j.Channel, j.Thread, since(), "", func(messages []slack.Message) bool {
		for _, m := range messages {
			for _, b := range m.Blocks.BlockSet {
				found = found || b.ID() == mark
			}
		}
		return !found
	})
	return found, err == nil
}

// since is the time before which no message of ours needs to be looked for.
func since() string { return fmt.Sprintf("%d.000000", time.Now().Add(-jobKeep).Unix()) }

// unsure tells the person that the answer may be missing.
func (a *Adapter) unsure(ctx context.Context, j job) {
	if err := a.note(ctx, j, "Slack did not confirm my answer. If you do not see it, please ask again."); err != nil {
		a.log.Warn("could not say that an answer may be missing", "job", j.ID, "error", err)
	}
}

// note tells the person something in passing, in private where there are others.
func (a *Adapter) note(ctx context.Context, j job, text string) error {
	if j.Do == doHome || j.Do == doGreet || j.Do == doDismiss || j.User == "" {
		return nil
	}
	err := a.noteInPlace(ctx, j, text)
	if out, _ := judge(err); out != refused || j.Direct {
		return err
	}
	return a.call(ctx, "chat.postMessage", false, func(ctx context.Context) error {
		_, _, err := a.api.PostMessageContext(ctx, j.User, slack.MsgOptionText(escape(text), false))
		return err
	})
}

// noteInPlace is note where the person is.
func (a *Adapter) noteInPlace(ctx context.Context, j job, text string) error {
	options := []slack.MsgOption{slack.MsgOptionText(escape(text), false)}
	if j.Thread != "" {
		options = append(options, slack.MsgOptionTS(j.Thread))
	}
	switch {
	case j.ResponseURL != "":
		return a.respond(ctx, j, &slack.WebhookMessage{Text: escape(text), ResponseType: slack.ResponseTypeEphemeral, ThreadTimestamp: j.Thread})
	case j.Direct || j.Channel == "":
		return a.call(ctx, "chat.postMessage", false, func(ctx context.Context) error {
			_, _, err := a.api.PostMessageContext(ctx, first(j.Channel, j.User), options...)
			return err
		})
	}
	return a.call(ctx, "chat.postEphemeral", false, func(ctx context.Context) error {
		_, err := a.api.PostEphemeralContext(ctx, j.Channel, j.User, options...)
		return err
	})
}

// publish shows a card to everybody, through the response URL.
func (a *Adapter) publish(ctx context.Context, j job, c card) error {
	if !sleep(ctx, a.pace.reserve(j.Channel, time.Now())) {
		return ctx.Err()
	}
	defer func() { a.pace.posted(j.Channel, time.Now()) }()
	return a.guarded(j, c, func(c card) error { return a.reply(ctx, j, c, slack.ResponseTypeInChannel) })
}

// reply sends a card to the response URL, which works in channels that the bot
// is not in, for one person or for everybody there.
func (a *Adapter) reply(ctx context.Context, j job, c card, to string) error {
	no := false
	m := &slack.WebhookMessage{Text: c.text, ResponseType: to, ThreadTimestamp: j.Thread, UnfurlLinks: &no, UnfurlMedia: &no}
	if len(c.blocks) > 0 {
		m.Blocks = &slack.Blocks{BlockSet: c.blocks}
	}
	err := a.respond(carrying(ctx, c), j, m)
	if errors.Is(err, errUncertain) {
		a.unsure(ctx, j)
	}
	return err
}

// respond posts to a response URL.
func (a *Adapter) respond(ctx context.Context, j job, m *slack.WebhookMessage) error {
	if j.ResponseURL == "" {
		return fmt.Errorf("%w: there is no response URL", errHopeless)
	}
	return a.call(ctx, "the response URL", m.DeleteOriginal, func(ctx context.Context) error {
		return slack.PostWebhookCustomHTTPContext(ctx, j.ResponseURL, a.web, m)
	})
}

// dismiss takes the private message away that a button belongs to.
func (a *Adapter) dismiss(ctx context.Context, j job) error {
	return a.respond(ctx, j, &slack.WebhookMessage{DeleteOriginal: true})
}

// modal shows a card in a view. Where Slack no longer opens one, since its
// trigger lasts for three seconds, the answer comes as a direct message.
func (a *Adapter) modal(ctx context.Context, j job, c card) error {
	v := slack.ModalViewRequest{Type: slack.VTModal, Title: label("Verbatim"), Close: label("Close"), Blocks: slack.Blocks{BlockSet: c.blocks}}
	err := a.call(carrying(ctx, c), "views.open", false, func(ctx context.Context) (err error) {
		switch {
		case j.View == "":
			_, err = a.api.OpenViewContext(ctx, j.Trigger, v)
		case j.Do == doContext:
			_, err = a.api.PushViewContext(ctx, j.Trigger, v)
		default:
			_, err = a.api.UpdateViewContext(ctx, v, "", "", j.View)
		}
		return err
	})
	if out, _ := judge(err); out != refused || errors.Is(err, errUnsound) {
		return err
	}
	j.To, j.Channel, j.Thread, j.Direct = toThread, j.User, "", true
	return a.post(ctx, j, c)
}

// plainText bounds the text of a plainer card, in bytes: what Slack shows of a text
// without cutting it.
const plainText = 3500

// plainer is a card as text alone: what notifications give, which holds the passages
// as they are.
func (c card) plainer() card {
	p := card{text: c.text, said: c.said}
	if len(p.text) <= plainText {
		return p
	}
	// Whole lines are kept, and only the passages that they still hold are vouched for.
	p.text = p.text[:plainText]
	p.text = strings.ToValidUTF8(p.text[:max(0, strings.LastIndexByte(p.text, '\n'))], "") + "\n…"
	p.said = slices.DeleteFunc(slices.Clone(c.said), func(s string) bool { return !strings.Contains(unescape(p.text), s) })
	return p
}

// marked gives a card's first block an id by which the message is found again.
func marked(c card, mark string) card {
	if len(c.blocks) == 0 {
		return c
	}
	c.blocks = append([]slack.Block(nil), c.blocks...)
	if b, ok := c.blocks[0].(*slack.RichTextBlock); ok {
		first := *b
		first.BlockID = mark
		c.blocks[0] = &first
	}
	return c
}
