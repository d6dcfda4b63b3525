package slack

import (
	"context"
	"encoding/json"
	"errors"
	"slices"
	"strings"
	"time"

	"github.com/slack-go/slack"

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
	if a.firstTime(ctx, key("titled", j.Team, j.Channel, j.Thread)) {
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

// firstTime reports whether something happens for the first time in threadKeep.
func (a *Adapter) firstTime(ctx context.Context, key string) bool {
	if _, err := a.store.Conversation(ctx, key); err == nil {
		return false
	}
	if err := a.store.SetConversation(ctx, key, []byte("1"), threadKeep); err != nil {
		a.log.Warn("the store does not answer", "error", err)
	}
	return true
}

// A thread that the bot is in is remembered with those who asked it there.

// joined remembers that the bot is in a thread of a channel.
func (a *Adapter) joined(ctx context.Context, j job) {
	if j.To != toThread || j.Direct || j.Thread == "" || !a.hearsThreads() {
		return
	}
	askers := a.askers(ctx, j)
	if !j.Overheard && !slices.Contains(askers, j.User) {
		askers = append(askers, j.User)
	}
	data, err := json.Marshal(askers)
	if err == nil {
		err = a.store.SetConversation(ctx, threadKey(j), data, threadKeep)
	}
	if err != nil {
		a.log.Warn("the store does not answer; follow-ups in a thread need a mention", "error", err)
	}
}

// hearsThreads reports whether the workspace granted what brings follow-ups
// without a mention.
func (a *Adapter) hearsThreads() bool {
	return len(a.me.scopes) == 0 || slices.ContainsFunc(optionalScopes, func(s string) bool { return slices.Contains(a.me.scopes, s) })
}

// follows reports whether the bot is in the thread of a job.
func (a *Adapter) follows(ctx context.Context, j job) bool {
	_, err := a.store.Conversation(ctx, threadKey(j))
	if err != nil && !errors.Is(err, state.ErrNotFound) {
		a.log.Warn("the store does not answer; follow-ups in a thread need a mention", "error", err)
	}
	return err == nil
}

// asker reports whether whom a job is of has asked in the thread before.
func (a *Adapter) asker(ctx context.Context, j job) bool {
	return slices.Contains(a.askers(ctx, j), j.User)
}

func (a *Adapter) askers(ctx context.Context, j job) []string {
	var askers []string
	if data, err := a.store.Conversation(ctx, threadKey(j)); err == nil {
		if err := json.Unmarshal(data, &askers); err != nil {
			a.log.Error("what is stored of a thread cannot be read", "error", err)
		}
	}
	return askers
}

func threadKey(j job) string { return key("thread", j.Team, j.Channel, j.Thread) }
