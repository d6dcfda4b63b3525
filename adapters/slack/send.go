package slack

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"regexp"
	"slices"
	"strings"
	"time"

	"github.com/slack-go/slack"

	"verbatim/adapters"
)

// parcel is a card as it is kept until it has arrived.
type parcel struct {
	Blocks []rawBlock `json:"blocks,omitempty"`
	Text   string     `json:"text"`
	Shows  []shows    `json:"shows,omitempty"`
}

// rawBlock is a block as it was rendered: the library does not read all blocks that it
// can write.
type rawBlock struct{ json.RawMessage }

func (b rawBlock) field(name string) (value string) {
	var fields map[string]json.RawMessage
	_ = json.Unmarshal(b.RawMessage, &fields)
	_ = json.Unmarshal(fields[name], &value) // empty where it is none
	return value
}

// BlockType is the block's type.
func (b rawBlock) BlockType() slack.MessageBlockType { return slack.MessageBlockType(b.field("type")) }

// ID is the block's id.
func (b rawBlock) ID() string { return b.field("block_id") }

// payload is the card as it is sent for a job. Where everybody sees it its first block has
// an id by which the message is found again.
func (c card) payload(j job) *adapters.Payload {
	p := parcel{Text: c.text, Shows: c.shows}
	for i, b := range c.blocks {
		if first, ok := b.(*slack.RichTextBlock); ok && i == 0 && j.marked() {
			marked := *first
			marked.BlockID = hashed(j.ID)
			b = &marked
		}
		data, err := json.Marshal(b)
		if err != nil {
			panic(err) // blocks are made of texts
		}
		p.Blocks = append(p.Blocks, rawBlock{data})
	}
	made := adapters.NewPayload(p, c.quotes)
	return &made
}

// opened is the card of a payload.
func opened(p adapters.Payload) (card, error) {
	var got parcel
	if err := json.Unmarshal(p.Body, &got); err != nil || len(got.Shows) != len(p.Quotes) {
		return card{}, hopeless("what was kept cannot be read")
	}
	c := card{text: got.Text, shows: got.Shows, quotes: p.Quotes}
	for _, b := range got.Blocks {
		c.blocks = append(c.blocks, b)
	}
	return c, nil
}

// Send shows a card where a job's answer goes, in its plainer form where Slack does not
// take its blocks.
func (d driver) Send(ctx context.Context, j *job, p adapters.Payload) error {
	c, err := opened(p)
	if err != nil {
		return err
	}
	err = d.send(ctx, *j, c)
	if wantsPlainer(err) {
		d.log.Warn("Slack does not take a card; sending it as text alone", "job", j.ID, "error", err)
		err = d.send(ctx, *j, c.plainer())
	}
	if j.Do == doShare {
		d.shared(ctx, *j, err)
	}
	return err
}

func (a *Adapter) send(ctx context.Context, j job, c card) error {
	switch {
	case j.Do == doHome:
		return a.publishHome(ctx, j, c)
	case j.Do == doShare, j.Open:
		return a.paced(ctx, j.Channel, func() error { return a.reply(ctx, j, c, slack.ResponseTypeInChannel) })
	case j.To == toModal:
		return a.modal(ctx, j, c)
	case j.To == toPrivate && j.ResponseURL != "":
		return a.reply(ctx, j, c, slack.ResponseTypeEphemeral)
	case j.To == toPrivate:
		return a.postMessage(carrying(ctx, c), j.Channel, j.User, j.options(c)...)
	}
	return a.post(ctx, j, c)
}

// wantsPlainer reports whether an error is one of the form of a message. A response
// URL may only say so with a 400.
func wantsPlainer(err error) bool {
	var status slack.StatusCodeError
	return slices.Contains(meanings.Plainer, said(err)) || errors.As(err, &status) && status.Code == 400
}

// options are what a card is posted with.
func (j job) options(c card) []slack.MsgOption {
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
	return options
}

// postMessage makes one call of chat.postMessage, or of chat.postEphemeral where only
// somebody is to see it.
func (a *Adapter) postMessage(ctx context.Context, channel, only string, options ...slack.MsgOption) error {
	if only != "" {
		return a.call(ctx, "chat.postEphemeral", false, func(ctx context.Context) error {
			_, err := a.api.PostEphemeralContext(ctx, channel, only, options...)
			return err
		})
	}
	return a.call(ctx, "chat.postMessage", false, func(ctx context.Context) error {
		_, _, err := a.api.PostMessageContext(ctx, channel, options...)
		return err
	})
}

// post posts a card to a channel.
func (a *Adapter) post(ctx context.Context, j job, c card) error {
	return a.paced(ctx, j.Channel, func() error { return a.postMessage(carrying(ctx, c), j.Channel, "", j.options(c)...) })
}

// paced posts to a channel when it is its turn.
func (a *Adapter) paced(ctx context.Context, channel string, post func() error) error {
	if !adapters.Sleep(ctx, a.pace.reserve(channel, time.Now())) {
		return ctx.Err()
	}
	defer func() { a.pace.posted(channel, time.Now()) }()
	return post()
}

// Sent looks for a message by its mark. It is not known where the scopes do not allow
// to look, or Slack does not answer; nor where a message of the bot's has no mark that
// came after the question: it may be this one in its plainer form.
func (d driver) Sent(ctx context.Context, j *job) (found, known bool) {
	if !j.marked() {
		return false, false
	}
	since := fmt.Sprintf("%d.000000", time.Now().Add(-jobKeep).Unix())
	mark, plain := hashed(j.ID), false
	err := d.pages(ctx, j.Channel, j.Thread, since, "", func(messages []content) bool {
		for _, m := range messages {
			id := m.mark()
			found = found || id == mark
			plain = plain || id == "" && m.User == d.me.user && m.TS > j.Asked
		}
		return !found
	})
	if found && j.Do == doShare {
		d.shared(ctx, *j, nil)
	}
	return found, err == nil && !plain
}

// mark is the id by which a message of the bot's is found again, "" where it has none.
func (c content) mark() string {
	blocks, _ := c.Blocks.([]any)
	for _, b := range blocks {
		b, _ := b.(map[string]any)
		if id, _ := b["block_id"].(string); strings.HasPrefix(id, key("")) {
			return id
		}
	}
	return ""
}

// reply sends a card to the response URL, which works in channels that the bot
// is not in, for one person or for everybody there.
func (a *Adapter) reply(ctx context.Context, j job, c card, to string) error {
	no := false
	m := &slack.WebhookMessage{Text: c.text, ResponseType: to, ThreadTimestamp: j.Thread, UnfurlLinks: &no, UnfurlMedia: &no}
	if len(c.blocks) > 0 {
		m.Blocks = &slack.Blocks{BlockSet: c.blocks}
	}
	return a.respond(carrying(ctx, c), j, m)
}

// respond posts to a response URL.
func (a *Adapter) respond(ctx context.Context, j job, m *slack.WebhookMessage) error {
	if j.ResponseURL == "" {
		return hopeless("there is no response URL")
	}
	return a.call(ctx, "the response URL", m.DeleteOriginal, func(ctx context.Context) error {
		code := ""
		web := http.Client{Timeout: a.web.Timeout, Transport: reading4xx{a.web.Transport, &code}}
		err := slack.PostWebhookCustomHTTPContext(ctx, j.ResponseURL, &web, m)
		if err != nil && code != "" {
			err = errors.Join(err, slack.SlackErrorResponse{Err: code})
		}
		return err
	})
}

// reading4xx reads the code in the body with which a response URL refuses something: the
// library tells only the status.
type reading4xx struct {
	http.RoundTripper
	code *string
}

var errorCode = regexp.MustCompile(`^[a-z_]{1,60}$`)

func (t reading4xx) RoundTrip(r *http.Request) (*http.Response, error) {
	resp, err := t.RoundTripper.RoundTrip(r)
	if err == nil && resp.StatusCode/100 == 4 {
		body, _ := io.ReadAll(io.LimitReader(resp.Body, 100)) // without it there is the status
		*t.code = string(errorCode.Find(bytes.TrimSpace(body)))
	}
	return resp, err
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
	if adapters.OutcomeOf(err) != adapters.Refused {
		return err
	}
	j.Channel, j.Thread = j.User, ""
	return a.post(ctx, j, c)
}

// plainText bounds the text of a plainer card, in bytes: what Slack shows of a text
// without cutting it.
const plainText = 3500

// plainer is a card as text alone: what notifications give, which holds the passages
// as they are.
func (c card) plainer() card {
	p := card{text: c.text, shows: slices.Clone(c.shows), quotes: c.quotes}
	if len(p.text) <= plainText {
		return p
	}
	// Whole lines are kept, and only the passages that they still hold are vouched for.
	p.text = p.text[:plainText]
	p.text = strings.ToValidUTF8(p.text[:max(0, strings.LastIndexByte(p.text, '\n'))], "") + "\n…"
	read := unescape(p.text)
	for i, text := range p.texts() {
		p.shows[i].Said = p.shows[i].Said && strings.Contains(read, text)
	}
	return p
}
