package discord

import (
	"context"
	"maps"
	"slices"
	"strings"

	"verbatim/adapters"
)

// settle has a job keep to what the operator and the managers of its server have set:
// whether the bot answers there, who sees the answer, and which article is asked, unless
// another was chosen.
func (a *Adapter) settle(ctx context.Context, j *job) {
	if j.Guild == "" {
		return
	}
	set := a.settings.Of(ctx, j.Guild)
	for _, channels := range [][]string{a.config.Channels, set.Channels} {
		j.Away = j.Away || set.Nowhere || len(channels) > 0 && !a.isIn(ctx, j, channels)
	}
	j.Private = j.Private || j.Away || set.Private && j.asks() && j.isInteraction()
	if j.Source != "" || len(set.Articles) == 0 {
		return
	}
	if j.Source = set.Article(j.Channel, a.engine); j.Source == "" && a.isIn(ctx, j, slices.Collect(maps.Keys(set.Articles))) {
		j.Source = set.Article(j.Parent, a.engine)
	}
}

// change changes what is set in a server, as far as the command says, and tells what is set
// then. Discord shows the command only to those who may use it, unless the server's own
// settings of the app say otherwise.
func (d driver) change(ctx context.Context, j *job) *adapters.Payload {
	if j.Guild == "" || !j.manages {
		return private("Only who has the permission Manage Server may see and change the settings, and only in a server.")
	}
	use := valueOf[string](j.wanted, optionArticle)
	source, err := d.engine.Source(use)
	if strings.EqualFold(use, adapters.AllArticles) {
		source = nil
	} else if use != "" && err != nil {
		return private("There is no article called " + use + ". Choose one from the list that shows while you type, or " + adapters.AllArticles + ".")
	}
	set := d.settings.Of(ctx, j.Guild)
	if len(j.wanted) > 0 {
		set, err = d.settings.Change(ctx, j.Guild, func(s *adapters.Settings) {
			if use != "" {
				s.Use(j.chosen, nil) // threads once had settings of their own
				s.Use(j.of, source)
			}
			if valueOf[bool](j.wanted, optionEverywhere) {
				s.Everywhere()
			}
			for _, o := range j.wanted {
				switch yes, _ := o.Value.(bool); o.Name {
				case optionAnswer:
					s.Answer(j.chosen, false)
					s.Answer(j.of, yes)
				case optionHide:
					s.Private = yes
				}
			}
		})
		if err != nil {
			d.log.Warn("the settings of a server could not be kept", "guild", j.Guild, "error", err)
			return private("That could not be kept; please try again in a minute.")
		}
	}
	return settingsCard(set, d.engine)
}

// forget takes a channel that is no more out of the settings of its server.
func (a *Adapter) forget(ctx context.Context, j *job) error {
	set := a.settings.Of(ctx, j.Guild)
	if !set.Forget(j.Channel) {
		return nil
	}
	_, err := a.settings.Change(ctx, j.Guild, func(s *adapters.Settings) { s.Forget(j.Channel) })
	return err
}

// settingsCard says what is set in a server.
func settingsCard(set adapters.Settings, engine adapters.Engine) *adapters.Payload {
	where, who := "I answer in all channels.", "Answers to commands are seen by everybody, unless private is chosen."
	if set.Nowhere {
		where = "I answer in no channel: those that I was to answer in are gone. Set another, or everywhere."
	}
	if len(set.Channels) > 0 {
		where = "I answer in " + mentioned(set.Channels) + "."
	}
	if set.Private {
		who = "Answers to commands are seen only by who asks, until they share them."
	}
	lines := []string{where, who}
	for _, c := range slices.Sorted(maps.Keys(set.Articles)) {
		title := set.Articles[c] + " (which is no longer there)"
		if s, err := engine.Source(set.Article(c, engine)); err == nil {
			title = "“" + s.Title() + "”"
		}
		lines = append(lines, "Questions in "+mentioned([]string{c})+" are asked of "+escape(adapters.Clean(title))+".")
	}
	c := card{Lead: adapters.Clip(strings.Join(lines, "\n"), maxContent)}
	return c.payload(true)
}

// mentioned names channels in a text.
func mentioned(channels []string) string {
	return "<#" + strings.Join(channels, ">, <#") + ">"
}
