package slack

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"verbatim/adapters"
	"verbatim/adapters/adaptertest"
	"verbatim/adapters/slackfake"
)

// object is JSON in a test.
type object = map[string]any

func list(v ...any) []any { return v }

// TestCheckReadsWhatIsShown: the shortcut reads a message as people see it.
func TestCheckReadsWhatIsShown(t *testing.T) {
	t.Parallel()
	b := start(t, setting{})
	run := func(text string) object { return object{"type": "text", "text": text} }
	rich := func(kind string, runs ...any) object {
		return object{"type": "rich_text", "elements": list(object{"type": kind, "elements": runs})}
	}
	sect := func(s string) object {
		return object{"type": "section", "text": object{"type": "mrkdwn", "text": s}}
	}
	unfurl := object{"from_url": "https://example.com", "original_url": "https://example.com", "title": "News", "text": "Rain is expected in the evening again"}
	for name, m := range map[string]object{
		"its text":                  {"text": adaptertest.LampWords},
		"with an unfurl":            {"text": adaptertest.LampWords + " <https://example.com>", "attachments": list(unfurl)},
		"a channel and a day":       {"text": "<#C1|general> <!date^1392734382^{date}|yesterday> " + adaptertest.LampWords},
		"addresses":                 {"text": "<mailto:a@b.example|a@b.example> <http://example.com|example.com> " + adaptertest.LampWords},
		"everybody":                 {"text": "<!channel> <!subteam^S1|@team> " + adaptertest.LampWords},
		"emoji next to each other":  {"text": ":joy::100::100:" + adaptertest.LampWords + ":+1::skin-tone-2:"},
		"emoji and a mention":       {"text": "<@U0000BEN1> :point_right::skin-tone-2: " + adaptertest.LampWords + " :fire:"},
		"a quoted line in chatter":  {"text": "omg look what I found\n&gt; " + adaptertest.LampWords + "\nwhat do we do now"},
		"a labelled channel":        {"text": adaptertest.LampWords + " <#C1|>"},
		"only blocks, rich text":    {"text": "", "blocks": list(rich("rich_text_section", object{"type": "emoji", "name": "wave"}, run("The lamp stays lit, "), run("whatever the council decides,")))},
		"only blocks, a quotation":  {"text": "", "blocks": list(rich("rich_text_section", run("so I heard")), rich("rich_text_quote", run(adaptertest.LampWords)))},
		"only blocks, a section":    {"text": "", "blocks": list(object{"type": "section", "text": object{"type": "mrkdwn", "text": "*" + adaptertest.LampWords + "*"}})},
		"only blocks, fields":       {"text": "", "blocks": list(object{"type": "section", "fields": list(object{"type": "plain_text", "text": "Quote of the day"}, object{"type": "mrkdwn", "text": adaptertest.LampWords})})},
		"only blocks, a context":    {"text": "", "blocks": list(object{"type": "context", "elements": list(object{"type": "mrkdwn", "text": adaptertest.LampWords})})},
		"a fallback and blocks":     {"text": "A new message", "blocks": list(object{"type": "section", "text": object{"type": "mrkdwn", "text": adaptertest.LampWords}})},
		"forwarded":                 {"text": "", "attachments": list(object{"is_share": true, "is_msg_unfurl": true, "from_url": "https://fake.slack.com/x", "text": adaptertest.LampWords})},
		"forwarded with a comment":  {"text": "did you all see this", "attachments": list(object{"is_msg_unfurl": true, "from_url": "https://fake.slack.com/x", "text": "&gt; " + adaptertest.LampWords})},
		"forwarded, text in blocks": {"text": "", "attachments": list(object{"is_share": true, "blocks": list(rich("rich_text_section", run(adaptertest.LampWords)))})},
		"forwarded, announced":      {"text": "", "attachments": list(object{"is_share": true, "text": "A new message", "blocks": list(sect(adaptertest.LampWords))})},
		"forwarded, only its blocks": {"text": "", "attachments": list(object{"is_share": true, "is_msg_unfurl": true, "fallback": "[November 27th, 2024 8:37 AM] verbatim: ",
			"message_blocks": list(object{"team": "T1", "channel": "C1", "ts": "1.1", "message": object{"blocks": list(rich("rich_text_section", run(adaptertest.LampWords)))}})})},
		"forwarded, its fallback":  {"text": "", "attachments": list(object{"is_share": true, "fallback": "[November 27th, 2024 8:37 AM] ann: " + adaptertest.LampWords})},
		"a table":                  {"text": "", "blocks": list(object{"type": "table", "rows": list(list(object{"type": "raw_text", "text": "Quote"}, object{"type": "raw_text", "text": adaptertest.LampWords}))})},
		"a table of rich text":     {"text": "", "blocks": list(object{"type": "table", "rows": list(list(rich("rich_text_section", run(adaptertest.LampWords))))})},
		"a markdown block":         {"text": "", "blocks": list(object{"type": "markdown", "text": "so she said:\n\n> **The lamp** stays lit, whatever the __council__ decides,"})},
		"an unknown block":         {"text": "", "blocks": list(object{"type": "callout_of_2027", "text": object{"type": "mrkdwn", "text": adaptertest.LampWords}})},
		"a fallback alone":         {"text": "", "attachments": list(object{"is_share": true, "fallback": adaptertest.LampWords})},
		"an attachment":            {"text": "", "attachments": list(object{"pretext": "From the feed", "title": "Maro", "text": adaptertest.LampWords})},
		"an attachment's field":    {"text": "", "attachments": list(object{"fields": list(object{"title": "Quote", "value": adaptertest.LampWords})})},
		"own words before a share": {"text": adaptertest.LampWords, "attachments": list(object{"is_share": true, "text": "Rain is expected in the evening again"})},
		"only a link":              {"text": "<https://example.com/a>", "attachments": list(object{"from_url": "https://example.com/a", "text": adaptertest.LampWords})},
	} {
		before := b.Mark()
		b.ShortcutOn("ann", b.Elsewhere("elsewhere"), shortcutCheck, m)
		r := slackfake.Read(b.Next(before, onlyFor("ann")))
		if !strings.Contains(r.Text, adaptertest.ExactLead) {
			t.Errorf("%s shows:\n%s", name, r.Text)
		}
		if strings.Contains(r.Text, "U0000BEN1") || strings.Contains(r.Text, ":fire:") || strings.Contains(r.Text, "https:") {
			t.Errorf("%s repeats what is no word:\n%s", name, r.Text)
		}
	}
	for name, m := range map[string]object{
		"nothing":       {"text": ""},
		"only an emoji": {"text": ":wave:"},
		"only controls": {"text": "", "blocks": list(object{"type": "actions", "elements": list(object{"type": "button", "action_id": "x", "text": object{"type": "plain_text", "text": adaptertest.LampWords}})})},
	} {
		before := b.Mark()
		b.ShortcutOn("ann", b.Elsewhere("elsewhere"), shortcutCheck, m)
		if r := slackfake.Read(b.Next(before, onlyFor("ann"))); !strings.Contains(r.Text, "shows no words") {
			t.Errorf("%s shows:\n%s", name, r.Text)
		}
	}
}

// TestIsThisRight: what somebody points at is read, where it can be.
func TestIsThisRight(t *testing.T) {
	t.Parallel()
	b := start(t, setting{})
	for _, text := range []string{"is this right?", "did he really say this?", "hm, did Ines Maro actually say that?", "who said this?", "please check", "legit?"} {
		// In a thread that somebody else began.
		general := b.Channel("general")
		thread := b.Say("ben", general, "", "my summary")
		b.Say("eve", general, thread, "&gt; "+adaptertest.LampWords)
		b.Say("eve", general, thread, "true?")
		b.Say("eve", general, thread, "wow ok")
		b.Say("eve", general, thread, ":eyes:")
		before := b.Mark()
		b.Say("ann", general, thread, mention+text)
		b.answered(t, before, general, thread, adaptertest.ExactLead)
		// The one that begins it.
		thread = b.Say("ben", general, "", adaptertest.LampWords)
		before = b.Mark()
		b.Say("ann", general, thread, mention+text)
		b.answered(t, before, general, thread, adaptertest.ExactLead)
		// In a direct message, after it.
		direct := b.Direct("ann")
		b.Say("ann", direct, "", adaptertest.LampWords)
		before = b.Mark()
		ts := b.Say("ann", direct, "", "is this right?")
		b.answered(t, before, direct, ts, adaptertest.ExactLead)
	}
	// With what it shares, in a direct message and in a channel.
	shared := object{"attachments": list(object{"is_share": true, "text": adaptertest.LampWords})}
	for _, text := range []string{"", "is this right?", "thoughts?"} {
		direct := b.Direct("ann")
		before := b.Mark()
		ts := b.SayWith("ann", direct, "", text, shared)
		b.answered(t, before, direct, ts, adaptertest.ExactLead)
	}
	general := b.Channel("general")
	before := b.Mark()
	ts := b.SayWith("ann", general, "", mention+"did she really say this?", shared)
	b.answered(t, before, general, ts, adaptertest.ExactLead)
	// With a quotation of its own.
	before = b.Mark()
	ts = b.Say("ann", general, "", mention+"is this right?\n&gt; "+adaptertest.LampWords)
	b.answered(t, before, general, ts, adaptertest.ExactLead)
	// A question that is passed on is answered; a question of its own is, too.
	asked := object{"attachments": list(object{"is_share": true, "text": adaptertest.AskBuilt})}
	before = b.Mark()
	ts = b.SayWith("ann", general, "", mention+"can you answer this?", asked)
	b.answered(t, before, general, ts, "The tower was built in 1871")
	before = b.Mark()
	ts = b.SayWith("ann", general, "", mention+adaptertest.AskLamp, asked)
	b.answered(t, before, general, ts, lamp)
}

// TestQuestionsOfTheirOwn: what names something of its own is not asked of the message above;
// a question above is answered for who points at it.
func TestQuestionsOfTheirOwn(t *testing.T) {
	t.Parallel()
	b := start(t, setting{})
	general := b.Channel("general")
	for _, text := range []string{"is it expensive?", "was it his idea?"} {
		thread := b.Say("ben", general, "", "we should buy a new one tomorrow")
		before := b.Mark()
		b.Say("ann", general, thread, mention+text)
		b.answered(t, before, general, thread, "The article does not say anything on this: "+text)
	}
	thread := b.Say("ben", general, "", adaptertest.AskBuilt)
	before := b.Mark()
	b.Say("ann", general, thread, mention+"can you answer this?")
	b.answered(t, before, general, thread, "The tower was built in 1871")
}

// TestAboveInALongThread: in a long thread the message above is read where Slack gives one page a
// minute, and what is further up where it gives more. The channel does not wait a minute.
func TestAboveInALongThread(t *testing.T) {
	t.Parallel()
	limited := slackfake.Fault{Status: 429, RetryAfter: "60"}
	for _, tt := range []struct {
		between int
		ago     time.Duration
		faults  []slackfake.Fault
		want    string
	}{
		{40, 10 * time.Minute, []slackfake.Fault{{}, limited}, adaptertest.ExactLead},
		{40, 10 * time.Hour, nil, adaptertest.ExactLead},
		{40, 10 * time.Hour, []slackfake.Fault{{}, limited}, "I cannot see"},
		// Nothing is between what began the thread and the question.
		{0, 0, []slackfake.Fault{{}, limited}, adaptertest.ExactLead},
	} {
		b := start(t, setting{fake: slackfake.Options{PageMost: 15}})
		general := b.Channel("general")
		thread := b.SayBefore("ben", general, "", adaptertest.LampWords, 50*time.Hour)
		if tt.between > 0 {
			for n := range tt.between {
				b.SayBefore("ben", general, thread, fmt.Sprint("this is the message of the number ", n), 49*time.Hour)
			}
			b.SayBefore("eve", general, thread, adaptertest.LampWords, tt.ago)
		}
		b.Fault("conversations.replies", tt.faults...)
		began := time.Now()
		b.Say("ann", general, thread, mention+"is this right?")
		b.answered(t, 0, general, thread, tt.want)
		if took := time.Since(began); adaptertest.Slow(took, 2*aboveTime) {
			t.Errorf("the channel waited %s", took)
		}
	}
}

// TestIsThisRightUnseen: without the scope to read what stands above, the bot says
// that it cannot see it, and what to do.
func TestIsThisRightUnseen(t *testing.T) {
	t.Parallel()
	e, store := adaptertest.NewEngine(), boltStore(t)
	b := start(t, setting{fake: slackfake.Options{Scopes: minimal}, engine: e, store: store,
		handler: adapters.Chain(adapters.Conversations(e, store, time.Hour), adapters.StateTime(slackfake.Wait))})
	general := b.Channel("general")
	thread := b.Say("ben", general, "", adaptertest.LampWords)
	b.Say("ann", general, thread, mention+"is this right?")
	b.answered(t, 0, general, thread, "I cannot see the message that you mean")
	if n := b.counts.of(t, adapters.CountFailed); n != 0 {
		t.Errorf("%d failures", n)
	}
	// Under its own answer it goes on with it.
	ts := b.Say("ann", general, "", mention+adaptertest.AskLamp)
	b.answered(t, 0, general, ts, lamp)
	for _, text := range []string{"is it expensive?", "is this right?", "who said that?"} {
		before := b.Mark()
		b.Say("ann", general, ts, mention+text)
		b.answered(t, before, general, ts, "The article does not say anything on this: "+text)
	}
	// In a direct message it can.
	direct := b.Direct("ann")
	b.Say("ann", direct, "", adaptertest.LampWords)
	before := b.Mark()
	ts = b.Say("ann", direct, "", "is this right?")
	b.answered(t, before, direct, ts, adaptertest.ExactLead)
}

// TestIsThisRightWithoutThePane: in a direct message without an agent pane the bot's answer
// stands between what is meant and the question.
func TestIsThisRightWithoutThePane(t *testing.T) {
	t.Parallel()
	b := start(t, setting{fake: slackfake.Options{View: "none", Scopes: []string{"app_mentions:read", "chat:write", "im:history", "commands"}}})
	direct := b.Direct("ann")
	for _, tt := range []struct{ text, want string }{
		{"The lamp stays dark, whatever the council decides", "The article does not say"}, {"is this right?", "Not quite."}, {"really?", "Not quite."},
		{adaptertest.AskLamp, lamp}, {"is this right?", "The article does not say anything on this"},
	} {
		before := b.Mark()
		b.Say("ann", direct, "", tt.text)
		b.answered(t, before, direct, "", tt.want)
	}
}

// TestOnAnAnswer: whoever doubts the bot's own answer asks a question of it.
func TestOnAnAnswer(t *testing.T) {
	t.Parallel()
	b := start(t, setting{})
	general := b.Channel("general")
	ts := b.Say("ann", general, "", mention+adaptertest.AskLamp)
	b.answered(t, 0, general, ts, lamp)
	before := b.Mark()
	b.Say("ann", general, ts, mention+"is this right?")
	if m := b.answered(t, before, general, ts, "The article does not say anything on this"); strings.Contains(m.Text, adaptertest.ExactLead) {
		t.Errorf("it checked its own answer:\n%s", m.Text)
	}
}

// FuzzReadLinear holds the reading of a message to time linear in its length.
func FuzzReadLinear(f *testing.F) {
	for _, part := range []string{"x", "x ", "`a` ", "```", "<@U1> ", "<", "&gt; ", "*a* ", "_", "~a", "\n", "&lt;!channel&gt;", "```a", "*_~", "<!date^1^x|", ":a"} {
		f.Add(part, "")
		f.Add(part, "```")
		f.Add(part, "*")
	}
	f.Fuzz(func(t *testing.T, part, before string) {
		if part == "" {
			return
		}
		text := before + strings.Repeat(part, 60_000/len(part)+1)
		began := time.Now()
		plain(text, "U1")
		mentions(text)
		clean(text, maxLine)
		p := pointedAt(content{Text: text})
		p.Candidates()
		var j job
		j.wants(content{Text: text}, "U1")
		if took := time.Since(began); adaptertest.Slow(took, 3*time.Second) {
			t.Errorf("%.40q, repeated to %d bytes, took %s", part, len(text), took)
		}
	})
}

// BenchmarkLongMessage has a message of one word of 300,000 letters answered.
func BenchmarkLongMessage(b *testing.B) {
	s := start(b, setting{})
	direct := s.Direct("ann")
	text := strings.Repeat("x", 300_000)
	for b.Loop() {
		ts := s.Say("ann", direct, "", text)
		s.Next(0, func(m slackfake.Message) bool { return m.Thread == ts })
	}
}
