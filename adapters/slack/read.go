package slack

import (
	"context"
	"regexp"
	"slices"
	"strings"

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

// above returns the message above one of somebody who asks whether it is right; ours: it is
// the bot's own; nil where there is none or it cannot be seen. Alone with the bot that is
// what the person said last, unless it asked something: then the bot's answer is doubted.
func (a *Adapter) above(ctx context.Context, j job) (found *content, ours bool) {
	thread := j.Thread
	if thread == j.Asked {
		thread = "" // it begins one
	}
	last := ""
	err := a.pages(ctx, j.Channel, thread, "", j.Asked, func(messages []content) bool {
		for _, m := range messages {
			own := m.User == a.me.user
			switch {
			case m.TS >= j.Asked || m.TS < last || adapters.PointsAt(plain(m.Text, a.me.user)):
			case own && j.Direct:
				ours = true
			default:
				found, last, ours = &m, m.TS, own
			}
		}
		return thread != "" // a conversation's newest page has it
	})
	if err != nil {
		a.log.Debug("the message above a question cannot be read", "channel", j.Channel, "error", err)
		return nil, false
	}
	return found, ours
}

// resolve finds out what words a job is to check; false where they cannot be seen. Where
// the message above is the bot's own, the question is one to its answer.
func (a *Adapter) resolve(ctx context.Context, j *job) bool {
	if j.Above {
		m, ours := a.above(ctx, *j)
		if m != nil {
			j.Words = pointedAt(*m).Candidates()
		}
		asked := j.Direct && len(j.Words) > 0 && adapters.Asks(j.Words[0])
		switch {
		case ours && (!j.Direct || m == nil), asked:
			j.Words = nil
		case len(j.Words) == 0:
			return false
		default:
			j.Check, j.Named = true, true
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
	j.Above = adapters.PointsAt(j.Text)
}
