package discord

import (
	"bytes"
	"context"
	"encoding/json"
	"net/http"
	"slices"
	"strings"
	"time"

	"github.com/bwmarrin/discordgo"

	"verbatim/adapters"
)

// The commands and their options.
const (
	commandAsk     = "ask"
	commandQuote   = "quote"
	commandArticle = "article"
	commandCheck   = "Check this quote" // on a message
	subCheck       = "check"
	optionQuestion = "question"
	optionText     = "text"
	optionPrivate  = "private"
)

// commands are what the bot registers: everywhere, or in one server, where the
// contexts cannot be given.
func commands(guild string) []*discordgo.ApplicationCommand {
	private := &discordgo.ApplicationCommandOption{Type: discordgo.ApplicationCommandOptionBoolean, Name: optionPrivate,
		Description: "Only you see the answer"}
	out := []*discordgo.ApplicationCommand{
		{Type: discordgo.ChatApplicationCommand, Name: commandAsk, Description: "Ask the article; the answer is its exact words",
			Options: []*discordgo.ApplicationCommandOption{
				{Type: discordgo.ApplicationCommandOptionString, Name: optionQuestion, Description: "What you want to know", Required: true, Autocomplete: true},
				private}},
		{Type: discordgo.ChatApplicationCommand, Name: commandQuote, Description: "Quotes and whether they are right",
			Options: []*discordgo.ApplicationCommandOption{
				{Type: discordgo.ApplicationCommandOptionSubCommand, Name: subCheck, Description: "Did they say that? Checks words against the article",
					Options: []*discordgo.ApplicationCommandOption{
						{Type: discordgo.ApplicationCommandOptionString, Name: optionText, Description: "The words to check", Required: true},
						private}}}},
		{Type: discordgo.ChatApplicationCommand, Name: commandArticle, Description: "What the article is, its key points, and how answers are checked"},
		{Type: discordgo.MessageApplicationCommand, Name: commandCheck},
	}
	if guild == "" {
		for _, c := range out {
			c.Contexts = &[]discordgo.InteractionContextType{discordgo.InteractionContextGuild, discordgo.InteractionContextBotDM, discordgo.InteractionContextPrivateChannel}
			c.IntegrationTypes = &[]discordgo.ApplicationIntegrationType{discordgo.ApplicationIntegrationGuildInstall, discordgo.ApplicationIntegrationUserInstall}
		}
	}
	return out
}

// register registers the commands where they differ from those that are there.
func (a *Adapter) register(ctx context.Context) {
	b := backoff{first: a.timing.again, last: a.timing.againAtMost}
	for ctx.Err() == nil {
		err := a.registerOnce(ctx)
		if err == nil || ctx.Err() != nil {
			return
		}
		if s := status(err); s >= 400 && s < 500 && s != http.StatusTooManyRequests {
			a.log.Error("the commands cannot be registered; people can still mention the bot. Check DISCORD_APPLICATION_ID and DISCORD_GUILD_ID, and invite the bot with the scope applications.commands", "error", err)
			return
		}
		wait := b.wait()
		a.log.Warn("the commands could not be registered; trying again", "error", err, "wait", wait.Round(time.Millisecond))
		sleep(ctx, wait)
	}
}

func (a *Adapter) registerOnce(ctx context.Context) error {
	app, err := a.application(ctx)
	if err != nil {
		return err
	}
	have, err := a.rest.commands(ctx, app, a.config.GuildID)
	if err != nil {
		return err
	}
	want := commands(a.config.GuildID)
	if same(have, want) {
		return nil
	}
	a.log.Info("registering the commands", "guild", a.config.GuildID)
	return a.rest.do(ctx, request{name: "register the commands", method: http.MethodPut, path: commandsPath(app, a.config.GuildID),
		body: want, limit: "commands"}, nil)
}

// application is the application's id: as configured, as READY told, or as
// Discord tells when asked. A server that does not tell is taken to use the
// bot's own id, as Discord does for all newer applications.
func (a *Adapter) application(ctx context.Context) (string, error) {
	if a.config.ApplicationID != "" {
		return a.config.ApplicationID, nil
	}
	if me := a.me.Load(); me != nil && me.App != "" {
		return me.App, nil
	}
	app, err := a.rest.application(ctx)
	if status(err) == http.StatusNotFound {
		return a.user(), nil
	}
	return app.ID, err
}

func commandsPath(app, guild string) string {
	if guild == "" {
		return "applications/" + app + "/commands"
	}
	return "applications/" + app + "/guilds/" + guild + "/commands"
}

// commands are the commands that are registered.
func (r *rest) commands(ctx context.Context, app, guild string) (have []*discordgo.ApplicationCommand, err error) {
	err = r.do(ctx, request{name: "list the commands", method: http.MethodGet, path: commandsPath(app, guild), limit: "commands"}, &have)
	return have, err
}

// same reports whether commands are those that are wanted, as far as the bot says
// anything of them; what Discord fills in does not count.
func same(have, want []*discordgo.ApplicationCommand) bool {
	return bytes.Equal(essence(have), essence(want))
}

func essence(list []*discordgo.ApplicationCommand) []byte {
	type option struct {
		Type                   discordgo.ApplicationCommandOptionType
		Name, Description      string
		Required, Autocomplete bool
		Options                []option
	}
	type command struct {
		Type              discordgo.ApplicationCommandType
		Name, Description string
		Options           []option
		Contexts, Types   []int
	}
	var options func([]*discordgo.ApplicationCommandOption) []option
	options = func(in []*discordgo.ApplicationCommandOption) (out []option) {
		for _, o := range in {
			out = append(out, option{o.Type, o.Name, o.Description, o.Required, o.Autocomplete, options(o.Options)})
		}
		return out
	}
	out := []command{}
	for _, c := range list {
		e := command{Type: c.Type, Name: c.Name, Description: c.Description, Options: options(c.Options)}
		if c.Contexts != nil {
			for _, v := range *c.Contexts {
				e.Contexts = append(e.Contexts, int(v))
			}
		}
		if c.IntegrationTypes != nil {
			for _, v := range *c.IntegrationTypes {
				e.Types = append(e.Types, int(v))
			}
		}
		slices.Sort(e.Contexts)
		slices.Sort(e.Types)
		out = append(out, e)
	}
	slices.SortFunc(out, func(a, b command) int { return strings.Compare(a.Name, b.Name) })
	data, err := json.Marshal(out)
	if err != nil {
		panic(err) // strings, numbers and booleans
	}
	return data
}

// choice is a question that is offered while somebody types.
type choice struct {
	Name  string `json:"name"`
	Value string `json:"value"`
}

// choices are the questions that a beginning leads to; not nil.
func choices(engine adapters.Engine, beginning string) []choice {
	beginning = clip(clean(beginning), maxEcho)
	questions := engine.Complete(beginning, maxChoices)
	if beginning == "" && len(questions) == 0 {
		questions = engine.About().Questions
	}
	out := []choice{}
	seen := map[string]bool{}
	for _, q := range questions {
		q = clean(q)
		if q == "" || seen[q] || units(q) > maxChoiceLength || len(out) == maxChoices {
			continue
		}
		seen[q] = true
		out = append(out, choice{q, q})
	}
	return out
}
