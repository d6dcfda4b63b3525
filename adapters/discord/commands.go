package discord

import (
	"bytes"
	"context"
	_ "embed"
	"encoding/json"
	"net/http"
	"slices"
	"strings"
	"time"

	"github.com/bwmarrin/discordgo"
	"github.com/goccy/go-yaml"

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
)

//go:embed commands.yaml
var commandsFile []byte

// commandTexts are what people see of the commands and of their options, by the name;
// commands.yaml says more.
var commandTexts = func() (texts map[string]struct {
	Names        map[discordgo.Locale]string
	Description  string
	Descriptions map[discordgo.Locale]string
}) {
	if err := yaml.Unmarshal(commandsFile, &texts); err != nil {
		panic(err) // the file is embedded
	}
	return texts
}()

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
		newOption(discordgo.ApplicationCommandOptionBoolean, optionAnswer), newOption(discordgo.ApplicationCommandOptionBoolean, optionHide)))
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
		adapters.Sleep(ctx, wait)
	}
}

func (a *Adapter) registerOnce(ctx context.Context) error {
	app, err := a.application(ctx)
	if err != nil {
		return err
	}
	have, kept, err := a.rest.commands(ctx, app, a.config.GuildID)
	if err != nil {
		return err
	}
	want := commands(a.config.GuildID)
	if !same(have, want) {
		a.log.Info("registering the commands", "guild", a.config.GuildID)
		if err := a.rest.overwrite(ctx, app, a.config.GuildID, want, kept); err != nil {
			return err
		}
	}
	if a.config.GuildID == "" {
		return a.removeCopies(ctx, app)
	}
	return nil
}

// overwrite registers commands, beside those that are kept.
func (r *rest) overwrite(ctx context.Context, app, guild string, want []*discordgo.ApplicationCommand, kept []json.RawMessage) error {
	all := []any{}
	for _, c := range want {
		all = append(all, c)
	}
	for _, c := range kept {
		all = append(all, c)
	}
	return r.do(ctx, request{name: "register the commands", method: http.MethodPut, path: commandsPath(app, guild), body: all, limit: "commands"}, nil)
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
		copies, others, err := a.rest.copies(ctx, app, s.ID)
		if err != nil {
			a.log.Debug("the commands of a server cannot be listed", "guild", s.ID, "error", err)
			continue
		}
		if copies == 0 {
			continue
		}
		a.log.Info("removing the commands of a server, which are there everywhere", "guild", s.ID)
		if err := a.rest.overwrite(ctx, app, s.ID, nil, others); err != nil {
			return err
		}
	}
	return nil
}

// copies counts the commands of a server that are registered everywhere too, and
// returns the others.
func (r *rest) copies(ctx context.Context, app, guild string) (n int, others []json.RawMessage, err error) {
	raw, err := r.registered(ctx, app, guild)
	for _, c := range raw {
		var has discordgo.ApplicationCommand
		if json.Unmarshal(c, &has) == nil && slices.ContainsFunc(commands(guild), func(w *discordgo.ApplicationCommand) bool {
			return w.Name == has.Name && max(1, w.Type) == max(1, has.Type)
		}) {
			n++
			continue
		}
		others = append(others, c)
	}
	return n, others, err
}

// registered are the commands that are registered, with their texts in all languages:
// Discord leaves those out where it is not asked for them.
func (r *rest) registered(ctx context.Context, app, guild string) (raw []json.RawMessage, err error) {
	err = r.do(ctx, request{name: "list the commands", method: http.MethodGet, path: commandsPath(app, guild) + "?with_localizations=true", limit: "commands"}, &raw)
	return raw, err
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

// entryPoint is the type of the command with which an app's Activity is opened.
// Discord refuses to have it overwritten by a list without it.
const entryPoint = 4

// commands are the commands that are registered, and those that are to be kept as
// they are.
func (r *rest) commands(ctx context.Context, app, guild string) (have []*discordgo.ApplicationCommand, kept []json.RawMessage, err error) {
	raw, err := r.registered(ctx, app, guild)
	for _, c := range raw {
		var has discordgo.ApplicationCommand
		if json.Unmarshal(c, &has) == nil && has.Type == entryPoint {
			kept = append(kept, c)
		} else {
			have = append(have, &has)
		}
	}
	return have, kept, err
}

// same reports whether commands are those that are wanted, as far as the bot says
// anything of them; what Discord fills in does not count.
func same(have, want []*discordgo.ApplicationCommand) bool {
	return bytes.Equal(essence(have), essence(want))
}

func essence(list []*discordgo.ApplicationCommand) []byte {
	type texts = map[discordgo.Locale]string
	type option struct {
		Type                   discordgo.ApplicationCommandOptionType
		Name, Description      string
		Names, Descriptions    texts `json:",omitempty"`
		Required, Autocomplete bool
		Options                []option
	}
	type command struct {
		Type                discordgo.ApplicationCommandType
		Name, Description   string
		Names, Descriptions texts `json:",omitempty"`
		Options             []option
		Contexts            []discordgo.InteractionContextType
		Types               []discordgo.ApplicationIntegrationType
		Permissions         int64
	}
	var options func([]*discordgo.ApplicationCommandOption) []option
	options = func(in []*discordgo.ApplicationCommandOption) (out []option) {
		for _, o := range in {
			out = append(out, option{o.Type, o.Name, o.Description, o.NameLocalizations, o.DescriptionLocalizations, o.Required, o.Autocomplete, options(o.Options)})
		}
		return out
	}
	out := []command{}
	for _, c := range list {
		out = append(out, command{c.Type, c.Name, c.Description, value(c.NameLocalizations), value(c.DescriptionLocalizations), options(c.Options),
			slices.Sorted(slices.Values(value(c.Contexts))), slices.Sorted(slices.Values(value(c.IntegrationTypes))), value(c.DefaultMemberPermissions)})
	}
	slices.SortFunc(out, func(a, b command) int { return strings.Compare(a.Name, b.Name) })
	data, err := json.Marshal(out)
	if err != nil {
		panic(err) // strings, numbers and booleans
	}
	return data
}

// value is what p points at, the zero value where it points at nothing.
func value[T any](p *T) (v T) {
	if p != nil {
		v = *p
	}
	return v
}

// longBeginning is more than people type of a question that they want completed, in
// units: the longest that can be chosen has maxChoiceLength.
const longBeginning = 60

// choice is a question that is offered while somebody types.
type choice struct {
	Name  string `json:"name"`
	Value string `json:"value"`
}

// offer is the response to somebody who is typing.
func offer(choices []choice) callback {
	return callback{discordgo.InteractionApplicationCommandAutocompleteResult, struct {
		Choices []choice `json:"choices"`
	}{choices}}
}

// choices are the questions that a beginning leads to, of one source or of all; not nil.
func choices(engine adapters.Engine, beginning, source string) []choice {
	beginning = head(clean(beginning), maxEcho)
	questions := engine.Complete(beginning, source, maxChoices)
	switch {
	case len(questions) > 0:
	case beginning == "":
		questions = engine.About(source).Questions
	case units(beginning) > longBeginning: // nothing begins like that; what is near to it?
		questions = engine.Ask(answers.Question{Text: beginning, Source: source}).Suggestions
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

// titles are the articles whose name has what somebody typed; not nil. What Discord takes
// no choice of is left out: it can be typed in full.
func titles(engine adapters.Engine, typed string) []choice {
	out := []choice{}
	for _, t := range adapters.Titles(engine, typed, maxChoices) {
		if units(t.ID) <= maxChoiceLength {
			out = append(out, choice{clip(clean(t.Title), maxChoiceLength), t.ID})
		}
	}
	return out
}
