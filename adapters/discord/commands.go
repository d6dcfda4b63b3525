package discord

import (
	"cmp"
	"context"
	_ "embed"
	"encoding/json"
	"net/http"
	"slices"
	"strings"

	"github.com/bwmarrin/discordgo"

	"verbatim/adapters"
	"verbatim/answers"
)

// The commands and their options.
const (
	commandAsk     = "ask"
	commandQuote   = "quote"
	commandArticle = "article"
	commandBot     = "verbatim"
	commandCheck   = "Check this quote" // on a message
	subCheck       = "check"
	optionQuestion = "question"
	optionText     = "text"
	optionPrivate  = "private"
	optionArticle  = "article"
	subSettings    = "settings"
	optionChannel  = "channel"
	optionAnswer   = "answer"
	optionHide     = "hide"
	// optionEverywhere has the bot answer in all channels.
	optionEverywhere = "everywhere"
)

//go:embed commands.yaml
var commandsFile []byte

// commandTexts are what people see of the commands and of their options, by the name;
// commands.yaml says more. Spanish is the same to Discord's two kinds of it.
var commandTexts = func() map[string]commandText {
	texts := adapters.Data[map[string]commandText](commandsFile)
	for _, t := range texts {
		for _, in := range []map[discordgo.Locale]string{t.Names, t.Descriptions} {
			if in != nil {
				in[discordgo.SpanishLATAM] = in[discordgo.SpanishES]
			}
		}
	}
	return texts
}()

type commandText struct {
	Names        map[discordgo.Locale]string
	Description  string
	Descriptions map[discordgo.Locale]string
}

func newCommand(kind discordgo.ApplicationCommandType, name string, options ...*discordgo.ApplicationCommandOption) *discordgo.ApplicationCommand {
	t := commandTexts[name]
	c := &discordgo.ApplicationCommand{Type: kind, Name: name, NameLocalizations: &t.Names, Description: t.Description, Options: options}
	if t.Descriptions != nil {
		c.DescriptionLocalizations = &t.Descriptions
	}
	return c
}

func newOption(kind discordgo.ApplicationCommandOptionType, name string, options ...*discordgo.ApplicationCommandOption) *discordgo.ApplicationCommandOption {
	t, ok := commandTexts["option "+name] // there is a command of the same name
	if !ok {
		t = commandTexts[name]
	}
	return &discordgo.ApplicationCommandOption{Type: kind, Name: name, NameLocalizations: t.Names,
		Description: t.Description, DescriptionLocalizations: t.Descriptions, Options: options}
}

// commands are what the bot registers: everywhere, or in one server, where the
// contexts cannot be given.
func commands(guild string) []*discordgo.ApplicationCommand {
	question := newOption(discordgo.ApplicationCommandOptionString, optionQuestion)
	question.Required, question.Autocomplete = true, true
	private := newOption(discordgo.ApplicationCommandOptionBoolean, optionPrivate)
	article := newOption(discordgo.ApplicationCommandOptionString, optionArticle)
	article.Autocomplete = true
	out := []*discordgo.ApplicationCommand{
		newCommand(discordgo.ChatApplicationCommand, commandAsk, question, article, private),
		newCommand(discordgo.ChatApplicationCommand, commandQuote, newOption(discordgo.ApplicationCommandOptionSubCommand, subCheck,
			newOption(discordgo.ApplicationCommandOptionString, optionText), private)),
		newCommand(discordgo.ChatApplicationCommand, commandArticle),
		newCommand(discordgo.MessageApplicationCommand, commandCheck),
	}
	settings := newCommand(discordgo.ChatApplicationCommand, commandBot, newOption(discordgo.ApplicationCommandOptionSubCommand, subSettings,
		newOption(discordgo.ApplicationCommandOptionChannel, optionChannel), article,
		newOption(discordgo.ApplicationCommandOptionBoolean, optionAnswer), newOption(discordgo.ApplicationCommandOptionBoolean, optionEverywhere),
		newOption(discordgo.ApplicationCommandOptionBoolean, optionHide)))
	manage := int64(discordgo.PermissionManageGuild)
	settings.DefaultMemberPermissions = &manage
	if guild == "" {
		for _, c := range out {
			c.Contexts = &[]discordgo.InteractionContextType{discordgo.InteractionContextGuild, discordgo.InteractionContextBotDM, discordgo.InteractionContextPrivateChannel}
			c.IntegrationTypes = &[]discordgo.ApplicationIntegrationType{discordgo.ApplicationIntegrationGuildInstall, discordgo.ApplicationIntegrationUserInstall}
		}
		settings.Contexts = &[]discordgo.InteractionContextType{discordgo.InteractionContextGuild}
		settings.IntegrationTypes = &[]discordgo.ApplicationIntegrationType{discordgo.ApplicationIntegrationGuildInstall}
	}
	return append(out, settings)
}

// register registers the commands where they differ from those that are there.
func (a *Adapter) register(ctx context.Context) {
	err := adapters.Persist(ctx, a.log, "the commands could not be registered; trying again", a.timing.backoff(), func() error {
		err := a.registerOnce(ctx)
		if s := status(err); s >= 400 && s < 500 && s != http.StatusTooManyRequests {
			return adapters.Final{Err: err}
		}
		return err
	})
	if err != nil {
		a.log.Error("the commands cannot be registered; people can still mention the bot. Check DISCORD_APPLICATION_ID and DISCORD_GUILD_ID, and invite the bot with the scope applications.commands", "error", err)
	}
}

func (a *Adapter) registerOnce(ctx context.Context) error {
	app, err := a.application(ctx)
	if err != nil {
		return err
	}
	guild := a.config.GuildID
	have, kept, err := a.rest.commands(ctx, app, guild, replaceable)
	if want := commands(guild); err == nil && !same(have, want) {
		a.log.Info("registering the commands", "guild", guild)
		for _, c := range want {
			kept = append(kept, c)
		}
		err = a.rest.overwrite(ctx, app, guild, kept)
	}
	if err == nil && guild == "" {
		err = a.removeCopies(ctx, app)
	}
	return err
}

// overwrite registers commands in place of all that are there.
func (r *rest) overwrite(ctx context.Context, app, guild string, all []any) error {
	return r.do(ctx, request{name: "register the commands", method: http.MethodPut, path: commandsPath(app, guild), body: all}, nil)
}

// maxCopies is in how many servers copies of the commands are looked for: they come
// from a run with DISCORD_GUILD_ID, and a bot in more servers is not in development.
const maxCopies = 25

// removeCopies removes the commands from servers in which a run with DISCORD_GUILD_ID
// registered them: people there would see each twice. Commands that are not the bot's
// own stay.
func (a *Adapter) removeCopies(ctx context.Context, app string) error {
	in, err := a.rest.servers(ctx)
	if err != nil || len(in) > maxCopies {
		return err
	}
	for _, s := range in {
		copies, others, err := a.rest.commands(ctx, app, s.ID, isCopy)
		if err != nil {
			a.log.Debug("the commands of a server cannot be listed", "guild", s.ID, "error", err)
			continue
		}
		if len(copies) == 0 {
			continue
		}
		a.log.Info("removing the commands of a server, which are there everywhere", "guild", s.ID)
		if err := a.rest.overwrite(ctx, app, s.ID, others); err != nil {
			return err
		}
	}
	return nil
}

// commands are the bot's own commands among those that are registered, and the others as
// they are; with their texts in all languages, which Discord leaves out where it is not
// asked for them.
func (r *rest) commands(ctx context.Context, app, guild string, own func(*discordgo.ApplicationCommand) bool) (have []*discordgo.ApplicationCommand, others []any, err error) {
	var raw []json.RawMessage
	err = r.get(ctx, "list the commands", commandsPath(app, guild)+"?with_localizations=true", &raw)
	others = []any{}
	for _, c := range raw {
		var has discordgo.ApplicationCommand
		_ = json.Unmarshal(c, &has) // what cannot be read is none of the bot's as it is now
		if own(&has) {
			have = append(have, &has)
		} else {
			others = append(others, c)
		}
	}
	return have, others, err
}

// replaceable reports whether a command may be left out of those that are registered. The
// one with which an app's Activity is opened, its Entry Point, may not.
func replaceable(c *discordgo.ApplicationCommand) bool {
	const entryPoint = 4
	return c.Type != entryPoint
}

// isCopy reports whether a command of a server is registered everywhere, too.
func isCopy(c *discordgo.ApplicationCommand) bool {
	return slices.ContainsFunc(commands(""), func(w *discordgo.ApplicationCommand) bool {
		return w.Name == c.Name && max(1, w.Type) == max(1, c.Type)
	})
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

// same reports whether commands are those that are wanted, as far as the bot says
// anything of them; what Discord fills in does not count.
func same(have, want []*discordgo.ApplicationCommand) bool {
	return essence(have) == essence(want)
}

// essence is what the bot says of commands, in an order of its own.
func essence(list []*discordgo.ApplicationCommand) string {
	all := []discordgo.ApplicationCommand{}
	for _, c := range list {
		all = append(all, discordgo.ApplicationCommand{Type: c.Type, Name: c.Name, NameLocalizations: c.NameLocalizations,
			Description: c.Description, DescriptionLocalizations: c.DescriptionLocalizations, Options: c.Options,
			Contexts: ordered(c.Contexts), IntegrationTypes: ordered(c.IntegrationTypes), DefaultMemberPermissions: c.DefaultMemberPermissions})
	}
	slices.SortFunc(all, func(a, b discordgo.ApplicationCommand) int { return strings.Compare(a.Name, b.Name) })
	data, err := without(all, func(v any) bool {
		list, isList := v.([]any)
		texts, isTexts := v.(map[string]any)
		return v == nil || v == false || isList && len(list) == 0 || isTexts && len(texts) == 0
	})
	if err != nil {
		panic(err) // strings, numbers and booleans
	}
	return string(data)
}

// ordered is a list in order.
func ordered[T cmp.Ordered](list *[]T) *[]T {
	if list == nil {
		return nil
	}
	sorted := slices.Sorted(slices.Values(*list))
	return &sorted
}

// longBeginning is more than people type of a question that they want completed, in
// units: the longest that can be chosen has maxChoiceLength.
const longBeginning = 60

type choice = discordgo.ApplicationCommandOptionChoice

// offer is the response to somebody who is typing.
func offer(choices []choice) callback {
	return callback{discordgo.InteractionApplicationCommandAutocompleteResult, map[string]any{"choices": choices}}
}

// choices are the questions that a beginning leads to, of one source or of all; not nil.
func choices(engine adapters.Engine, beginning, source string) []choice {
	beginning = adapters.Head(adapters.Clean(beginning), maxEcho)
	questions := engine.Complete(beginning, source, maxChoices)
	switch {
	case len(questions) > 0:
	case beginning == "":
		questions = engine.About(source).Questions
	case adapters.Units(beginning) > longBeginning: // nothing begins like that; what is near to it?
		questions = engine.Ask(answers.Question{Text: beginning, Source: source}).Suggestions
	}
	out := []choice{}
	for _, q := range distinct(questions, maxChoices, maxChoiceLength) {
		out = append(out, choice{Name: q, Value: q})
	}
	return out
}

// distinct are up to n questions that differ, each of at most limit units.
func distinct(questions []string, n, limit int) (out []string) {
	for _, q := range questions {
		if q = adapters.Clean(q); q != "" && !slices.Contains(out, q) && adapters.Units(q) <= limit && len(out) < n {
			out = append(out, q)
		}
	}
	return out
}

// titles are the articles whose name has what somebody typed; not nil. What Discord takes
// no choice of is left out: it can be typed in full.
func titles(engine adapters.Engine, typed string) []choice {
	out := []choice{}
	for _, t := range adapters.Titles(engine, typed, maxChoices) {
		if adapters.Units(t.ID) <= maxChoiceLength {
			out = append(out, choice{Name: adapters.Clip(adapters.Clean(t.Title), maxChoiceLength), Value: t.ID})
		}
	}
	return out
}
