package slack

import (
	"cmp"
	"context"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"verbatim/adapters"
)

// content is what people see of a message. It is read from Slack's own JSON: the library
// leaves out what it does not know, such as the blocks of a message that is shared.
type content struct {
	Channel    string `json:"channel"`
	Kind       string `json:"channel_type"`
	Thread     string `json:"thread_ts"`
	TS         string `json:"ts"`
	User       string `json:"user"`
	Bot        string `json:"bot_id"`
	UserTeam   string `json:"user_team"`
	SourceTeam string `json:"source_team"`
	Subtype    string `json:"subtype"`
	Edited     any    `json:"edited"`
	Replies    int    `json:"reply_count"`

	Text        string `json:"text"`
	Blocks      any    `json:"blocks"`
	Attachments []struct {
		Share    bool   `json:"is_share"`
		Unfurl   bool   `json:"is_msg_unfurl"`
		From     string `json:"from_url"`
		Original string `json:"original_url"`
		Text     string `json:"text"`
		Title    string `json:"title"`
		Pretext  string `json:"pretext"`
		Fallback string `json:"fallback"`
		Blocks   any    `json:"blocks"`
		// Messages are the blocks of what is shared.
		Messages []struct {
			Message struct {
				Blocks any `json:"blocks"`
			} `json:"message"`
		} `json:"message_blocks"`
		Fields []struct {
			Value string `json:"value"`
		} `json:"fields"`
	} `json:"attachments"`
}

// attribution begins the fallback of a message that is shared: when and by whom it was written.
var attribution = regexp.MustCompile(`^\[[^\]\n]{5,40}\] [^:\n]{1,80}: `)

// pointedAt is a message as somebody reads it who points at it: its text, its blocks,
// what it shares and what it attaches.
func pointedAt(m content) adapters.Pointed {
	p := adapters.Pointed{Own: words(m.Text)}
	p.Quoted, _ = quotations(m.Text)
	texts, quoted := readBlocks(m.Blocks)
	p.Cards, p.Quoted = texts, append(p.Quoted, quoted...)
	for _, a := range m.Attachments {
		quoted, _ := quotations(a.Text)
		texts, set := readBlocks(a.Blocks)
		for _, m := range a.Messages {
			t, q := readBlocks(m.Message.Blocks)
			texts, set = append(texts, t...), append(set, q...)
		}
		text := words(a.Text)
		empty := strings.TrimSpace(strings.Join(append(texts, text), "")) == ""
		switch {
		case a.Share || a.Unfurl: // a text beside blocks may only announce them
			if p.Forwarded = slices.Concat(p.Forwarded, quoted, set, texts, []string{text}); empty {
				p.Forwarded = append(p.Forwarded, words(attribution.ReplaceAllString(a.Fallback, "")))
			}
		case a.From != "" || a.Original != "":
			p.Unfurled = append(p.Unfurled, text, words(a.Title))
		default:
			texts = append([]string{text}, texts...)
			for _, f := range a.Fields {
				texts = append(texts, words(f.Value))
			}
			if texts = append(texts, words(a.Pretext), words(a.Title)); strings.TrimSpace(strings.Join(texts, "")) == "" {
				texts = []string{words(a.Fallback)}
			}
			p.Cards = append(p.Cards, texts...)
		}
	}
	return p
}

// readBlocks returns the texts of blocks, whole and then each, and those that are set
// as quotations.
func readBlocks(blocks any) (texts, quoted []string) {
	r := reading{}
	r.node(blocks)
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
		text, _ := n["text"].(string)
		switch kind {
		case "actions", "context_actions", "input", "button", "image", "feedback_buttons":
			return
		case "plain_text", "raw_text", "raw_number":
			r.add(text)
			return
		case "markdown":
			text = markdown.Replace(text)
			fallthrough
		case "mrkdwn":
			quoted, _ := quotations(text)
			r.quoted = append(r.quoted, quoted...)
			r.add(words(text))
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

// markdown turns what Markdown sets otherwise than Slack into Slack's.
var markdown = strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;", "**", "*", "__", "_", "~~", "~")

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

// cannotSee is said where the message that somebody asks about cannot be seen.
const cannotSee = "I cannot see the message that you mean. Use Check this quote in its menu (More actions), or write: is this quote right? and the words in quotation marks."

const (
	// aboveTime is how long the message above is looked for: what else is posted to the
	// channel waits for it. A page comes in well under a second; where Slack asks to wait,
	// it is for up to a minute.
	aboveTime = 5 * time.Second
	// recent is how far back a thread is read first. Slack pages through threads from
	// their beginning, so that in a long one what is near is found only from a time on.
	recent = time.Hour
)

// above returns the message that is meant by a remark on what stands above it; see
// adapters.Above. Where it cannot be read the bot's answer is meant, if the bot is not known
// to have spoken before somebody else.
func (a *Adapter) above(ctx context.Context, j job) (found *adapters.Earlier, ours bool) {
	ctx, cancel := context.WithTimeout(ctx, aboveTime)
	defer cancel()
	thread, spans := j.Thread, []string{before(j.Asked, recent), ""}
	if thread == j.Asked { // it begins one
		thread = ""
	}
	if thread == "" {
		spans = spans[1:]
	}
	for _, since := range spans {
		messages, err := a.before(ctx, j, thread, since)
		if err != nil {
			a.log.Debug("the message above a question cannot be read", "channel", j.Channel, "error", err)
			return nil, a.lastSpoke(ctx, j)
		}
		found, ours = adapters.Above(a.engine, j.Text, j.Direct, func(yield func(adapters.Earlier) bool) {
			for _, m := range messages {
				if isSaid(m.Subtype) && !yield(adapters.Earlier{Bot: m.User == a.me.user, ID: m.TS, Text: plain(m.Text, a.me.user), Pointed: pointedAt(m)}) {
					return
				}
			}
		})
		if found != nil || ours {
			break
		}
	}
	return found, ours
}

// before are the messages before a question, the newest first, from a time on. Slack sends
// what began a thread with any part of it: it is left out where there may be others between.
func (a *Adapter) before(ctx context.Context, j job, thread, since string) (messages []content, err error) {
	latest := ""
	if thread == "" {
		latest = j.Asked // its newest page is read alone
	}
	replies := 0
	err = a.pages(ctx, j.Channel, thread, since, latest, func(page []content) bool {
		on := thread != ""
		for _, m := range page {
			if m.TS != thread {
				replies++
			}
			if m.TS < j.Asked {
				messages = append(messages, m)
			} else {
				on = false
			}
		}
		return on
	})
	slices.SortStableFunc(messages, func(a, b content) int { return cmp.Compare(b.TS, a.TS) })
	if n := len(messages); since != "" && n > 0 && messages[n-1].TS == thread && thread < since &&
		(messages[n-1].Replies == 0 || messages[n-1].Replies > replies) {
		messages = messages[:n-1]
	}
	return messages, err
}

// before is a time of Slack's some time earlier, in whole seconds; "" where it is none.
func before(ts string, by time.Duration) string {
	seconds, _, _ := strings.Cut(ts, ".")
	at, err := strconv.ParseInt(seconds, 10, 64)
	if err != nil {
		return ""
	}
	return strconv.FormatInt(at-int64(by.Seconds()), 10) + ".000000"
}

// lastSpoke reports whether, as far as is known without reading it, the bot spoke last where
// a question was asked.
func (a *Adapter) lastSpoke(ctx context.Context, j job) bool {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), callTimeout)
	defer cancel()
	if th, ok := a.thread(ctx, j); ok {
		return th.Ours
	}
	_, err := a.store.Conversation(ctx, j.conversation())
	return err == nil
}

// resolve finds out what a job is to answer or what words to check; false where they cannot
// be seen. Where the bot's own answer is meant, the question is one to it.
func (a *Adapter) resolve(ctx context.Context, j *job) bool {
	if j.Above && !j.Overheard { // what is overheard follows the bot's answer
		found, ours := a.above(ctx, *j)
		if text, check, ok := found.Asked(); ok {
			j.Text, j.Check, j.Words, j.Named = text, check != nil, check, true
		} else if !ours && adapters.PointsAt(j.Text) {
			return false
		}
	}
	if j.Check && len(j.Words) > 0 {
		j.Text = adapters.Meant(a.engine.Check, j.Source, j.Words)
	}
	return true
}

// wants fills in what somebody asks who wrote a message, with what it shares, or points
// at the message above.
func (j *job) wants(m content, me string) {
	j.Text = plain(m.Text, me)
	quoted, own := quotations(m.Text)
	remark := j.Text
	if len(quoted) > 0 {
		remark = plain(own, me)
	}
	p := pointedAt(content{Attachments: m.Attachments})
	p.Forwarded = slices.Concat(quoted, p.Forwarded)
	if asked, check, ok := adapters.Asked(remark, p); ok {
		j.Text, j.Check, j.Words, j.Named = asked, check != nil, check, true
		return
	}
	if j.Text == "" {
		// Some messages have their text in blocks alone.
		if texts, _ := readBlocks(m.Blocks); len(texts) > 0 {
			j.Text = texts[0]
		}
	}
	j.Above = j.Text != "" && (adapters.PointsAt(j.Text) || adapters.PassesOn(j.Text))
}
