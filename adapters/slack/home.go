package slack

import (
	"context"
	"fmt"
	"time"

	"github.com/slack-go/slack"

	"verbatim/adapters"
)

const (
	// keyPoints and homeQuestions are what the home tab shows of each.
	keyPoints     = 3
	homeQuestions = 8
)

// homeTab renders the home tab: what the article is, its key points, questions to
// try and how answers are checked.
func (a *Adapter) homeTab() card {
	about := a.engine.About("")
	c := card{links: a.config.Links}
	title := clean(about.Title, 150)
	if about.Sources > 1 {
		title = clean(about.Title, 120) + fmt.Sprintf(" and %d more", about.Sources-1)
	}
	if title != "" {
		c.head(title)
	}
	c.line(clean(about.Welcome, maxLine))
	points, _ := c.fit(about.KeyPoints[:min(keyPoints, len(about.KeyPoints))], maxCard)
	if len(points) > 0 {
		c.head("Key points")
		for _, p := range points {
			c.passage(p, p.Spoken(), true)
		}
	}
	if len(about.Questions) > 0 {
		c.head("Try asking")
		c.suggest(about.Questions, homeQuestions)
	}
	c.head("How answers are checked")
	c.line("Every word inside quotation marks was checked, character by character, against the source. " +
		"What somebody said stands as a quotation; what the article tells in its own words does not. " +
		"Where the article does not say, I say so.")
	return c
}

// head adds a heading.
func (c *card) head(text string) {
	c.blocks = append(c.blocks, slack.NewHeaderBlock(label(text)))
	c.say(text)
}

// publishHome publishes the home tab for somebody who opened it.
func (a *Adapter) publishHome(ctx context.Context, j job, c card) error {
	v := slack.HomeTabViewRequest{Type: slack.VTHomeTab, Blocks: slack.Blocks{BlockSet: c.blocks}}
	return a.call(carrying(ctx, c), "views.publish", true, func(ctx context.Context) error {
		_, err := a.api.PublishViewContext(ctx, slack.PublishViewContextRequest{UserID: j.User, View: v})
		return err
	})
}

// greet greets somebody who opened the agent pane and suggests questions. Under
// agent_view it is opened again and again, so that the greeting comes once, and
// a thread must not be named; under assistant_view each thread is new.
func (a *Adapter) greet(ctx context.Context, j *job) (*adapters.Payload, error) {
	about := a.engine.About("")
	var prompts []slack.AssistantThreadsPrompt
	for _, q := range about.Questions[:min(maxPrompts, len(about.Questions))] {
		prompts = append(prompts, slack.AssistantThreadsPrompt{Title: clean(q, maxButton), Message: clean(q, maxLine)})
	}
	if a.me.pane && len(prompts) > 0 {
		err := a.call(ctx, "assistant.threads.setSuggestedPrompts", true, func(ctx context.Context) error {
			return a.api.SetAssistantThreadsSuggestedPromptsContext(ctx, slack.AssistantThreadsSetSuggestedPromptsParameters{
				ChannelID: j.Channel, ThreadTS: j.Thread, Title: "Try asking", Prompts: prompts})
		})
		if err != nil { // they are decoration
			a.log.Warn("the agent pane shows no suggested prompts", "error", err)
		}
	}
	if !a.greets(ctx, *j) {
		return nil, nil
	}
	var c card
	c.line(clean(about.Welcome, maxLine))
	if !a.me.pane {
		c.suggest(about.Questions, maxPrompts)
	}
	return c.payload(*j), nil
}

const (
	// greetOnce is how long one opening of the pane lasts: Slack may tell of it in two
	// events.
	greetOnce = time.Minute
	// greetedKeep is how long it is remembered who was greeted.
	greetedKeep = 2 * 365 * 24 * time.Hour
)

// greets reports whether an opening is greeted: the first one of the app, and each
// thread of the legacy pane, but one opening once.
func (a *Adapter) greets(ctx context.Context, j job) bool {
	kind, other := "app", "thread"
	first := true
	if j.Thread != "" {
		kind, other = other, kind
	} else {
		first = a.runtime.Once().First(ctx, key("greeted", j.Team, j.User), greetedKeep)
	}
	last := key("opened", j.Team, j.User)
	by, err := a.store.Conversation(ctx, last)
	if err == nil && string(by) == other {
		return false
	}
	if err := a.store.SetConversation(ctx, last, []byte(kind), greetOnce); err != nil {
		a.log.Warn("the store does not answer", "error", err)
	}
	return first
}

// maxPrompts is how many suggested prompts Slack takes.
const maxPrompts = 4
