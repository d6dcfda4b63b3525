package slack

import (
	"context"
	"encoding/json"
	"errors"
	"slices"
	"strings"
	"time"

	"github.com/slack-go/slack"

	"verbatim/adapters"
	"verbatim/answers"
	"verbatim/state"
)

// paneTime bounds the status and the title together: the answer waits for them,
// since a status that came after it would stay.
const paneTime = 2 * time.Second

// working shows in the agent pane that the bot is at work, and gives a new thread
// its title. It is decoration: what fails is only logged.
func (a *Adapter) working(ctx context.Context, j job) {
	if !j.Pane || j.Thread == "" {
		return
	}
	ctx, cancel := context.WithTimeout(ctx, paneTime)
	defer cancel()
	err := a.call(ctx, "assistant.threads.setStatus", true, func(ctx context.Context) error {
		return a.api.SetAssistantThreadsStatusContext(ctx, slack.AssistantThreadsSetStatusParameters{
			ChannelID: j.Channel, ThreadTS: j.Thread, Status: "is looking it up…"})
	})
	if a.runtime.Once().First(ctx, key("titled", j.Team, j.Channel, j.Thread), threadKeep) {
		title := clean(strings.ReplaceAll(j.Text, "\n", " "), maxButton)
		err = errors.Join(err, a.call(ctx, "assistant.threads.setTitle", true, func(ctx context.Context) error {
			return a.api.SetAssistantThreadsTitleContext(ctx, slack.AssistantThreadsSetTitleParameters{
				ChannelID: j.Channel, ThreadTS: j.Thread, Title: title})
		}))
	}
	if err != nil && ctx.Err() == nil {
		a.log.Warn("the agent pane shows no status or title", "error", err)
	}
}

// A thread that the bot is in is remembered with those who asked it there, and with
// who spoke last.
type thread struct {
	Askers []string `json:"askers"`
	// Ours: the last message is the bot's.
	Ours bool `json:"ours"`
}

// joined remembers that the bot is in a thread of a channel, and spoke last.
func (a *Adapter) joined(ctx context.Context, j job) {
	if j.To != toThread || j.Direct || j.Thread == "" || !hearsFollowUps(a.me.scopes) {
		return
	}
	th, _ := a.thread(ctx, j)
	if !j.Overheard && !slices.Contains(th.Askers, j.User) {
		th.Askers = append(th.Askers, j.User)
	}
	th.Ours = true
	a.remember(ctx, j, th)
}

// passed remembers that somebody else spoke last in a thread.
func (a *Adapter) passed(ctx context.Context, j job) {
	if th, ok := a.thread(ctx, j); ok && th.Ours {
		th.Ours = false
		a.remember(ctx, j, th)
	}
}

func (a *Adapter) remember(ctx context.Context, j job, th thread) {
	data, err := json.Marshal(th)
	if err == nil {
		err = a.store.SetConversation(ctx, threadKey(j), data, threadKeep)
	}
	if err != nil {
		a.log.Warn("the store does not answer; follow-ups in a thread need a mention", "error", err)
	}
}

// thread is what is known of the thread of a job; false where the bot is not in it.
func (a *Adapter) thread(ctx context.Context, j job) (th thread, ok bool) {
	data, err := a.store.Conversation(ctx, threadKey(j))
	switch {
	case errors.Is(err, state.ErrNotFound):
		return th, false
	case err != nil:
		a.log.Warn("the store does not answer; follow-ups in a thread need a mention", "error", err)
		return th, false
	}
	return th, json.Unmarshal(data, &th) == nil // an older version's is not known
}

// follows reports whether a message that was overheard is plainly a question to the
// bot: it is in a thread of the bot's, the last message before it is the bot's, and
// it reads as a question. Any other is noted as said by somebody else.
func (a *Adapter) follows(ctx context.Context, j job) bool {
	th, ok := a.thread(ctx, j)
	if !ok || !th.Ours {
		return false
	}
	if !j.Check && (adapters.ReadsAsQuestion(j.Text) || adapters.PointsAt(j.Text) && strings.HasSuffix(j.Text, "?")) {
		return true
	}
	a.passed(ctx, j)
	return false
}

// meant reports whether the answer to an overheard question shows that it was put to
// the bot.
func (a *Adapter) meant(ctx context.Context, j job, answer answers.Answer) bool {
	th, _ := a.thread(ctx, j)
	return adapters.ToUs(j.Text, slices.Contains(th.Askers, j.User), answer, a.engine.Sources())
}

func threadKey(j job) string { return key("thread", j.Team, j.Channel, j.Thread) }
