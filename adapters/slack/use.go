package slack

import (
	"cmp"
	"context"
	"fmt"
	"strings"

	"github.com/slack-go/slack"

	"verbatim/adapters"
	"verbatim/corpus"
)

// maxTitles is how many articles are listed to choose from.
const maxTitles = 20

// hearUse makes a command that sets a channel's article of one that begins with "use";
// false where that begins a question.
func (a *Adapter) hearUse(j *job, name string) bool {
	_, err := a.engine.Source(name)
	if name != "" && err != nil && !strings.EqualFold(name, adapters.AllArticles) && len(strings.Fields(name)) > 1 {
		return false
	}
	j.Do, j.Text = doUse, name
	return true
}

// set has a job ask the article of its channel, if it has one.
func (a *Adapter) set(ctx context.Context, j *job) {
	if j.Channel != "" {
		set := a.settings.Of(ctx, j.Team)
		j.Source = set.Article(j.Channel, a.engine)
	}
}

// use sets the article of a channel, and tells everybody there; without a name it tells
// who asks what is set. Anybody in a channel may, as they may set its topic.
func (a *Adapter) use(ctx context.Context, j *job) (*adapters.Payload, error) {
	if j.Text == "" {
		a.set(ctx, j)
		return line(a.choice(j.Source, cmp.Or(j.Value, commandAsk))).payload(*j), nil
	}
	var source *corpus.Source
	says := "asked of all articles again."
	if !strings.EqualFold(j.Text, adapters.AllArticles) {
		var err error
		if source, err = a.engine.Source(j.Text); err != nil {
			return line("There is no article called “" + clean(j.Text, maxAsked) + "”.\n" + a.titles()).payload(*j), nil
		}
		says = fmt.Sprintf("asked of “%s” alone. %s use %s takes that back.", source.Title(), cmp.Or(j.Value, commandAsk), adapters.AllArticles)
	}
	if _, err := a.settings.Change(ctx, j.Team, func(s *adapters.Settings) { s.Use(j.Channel, source) }); err != nil {
		a.log.Warn("the article of a channel could not be kept", "error", err)
		return line("That could not be kept; please try again in a minute.").payload(*j), nil
	}
	j.Open = true
	var c card
	says = clean("has set that questions here are "+says, maxLine)
	c.blocks = []slack.Block{slack.NewRichTextBlock("", slack.NewRichTextSection(slack.NewRichTextSectionUserElement(j.User, nil), run(" "+says, false)))}
	c.text = "<@" + j.User + "> " + escape(says)
	return c.payload(*j), nil
}

// choice says which article a channel has and how to set another.
func (a *Adapter) choice(id, command string) string {
	is := "Questions in this channel are asked of all articles."
	if s, err := a.engine.Source(id); err == nil {
		is = "Questions in this channel are asked of “" + clean(s.Title(), maxAsked) + "” alone."
	}
	return is + " " + command + " use and a title sets one for the channel.\n" + a.titles()
}

// titles lists the articles.
func (a *Adapter) titles() string {
	var b strings.Builder
	b.WriteString("There are:")
	for _, t := range adapters.Titles(a.engine, "", maxTitles) {
		b.WriteString("\n• " + clean(t.Title, maxAsked))
	}
	if n := len(a.engine.Sources()) - maxTitles; n > 0 {
		fmt.Fprintf(&b, "\nand %d more", n)
	}
	return b.String()
}

// several says how a channel is given its article, where there are several.
func (a *Adapter) several(command string) string {
	if len(a.engine.Sources()) < 2 {
		return ""
	}
	return " " + command + " use and a title has questions in this channel asked of that article alone."
}
