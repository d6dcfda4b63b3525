package discord

import (
	"context"
	"net/http"
	"slices"
	"strings"
	"time"

	"github.com/bwmarrin/discordgo"

	"verbatim/adapters"
)

// permissions are those that a quiet bot needs, by the names that Discord's
// settings give them.
var permissions = []struct {
	bit  int64
	name string
}{
	{discordgo.PermissionViewChannel, "View Channels"},
	{discordgo.PermissionSendMessages, "Send Messages"},
	{discordgo.PermissionSendMessagesInThreads, "Send Messages in Threads"},
	{discordgo.PermissionEmbedLinks, "Embed Links"},
	{discordgo.PermissionReadMessageHistory, "Read Message History"},
}

// application is what Discord tells of the bot's application.
type application struct {
	ID                   string         `json:"id"`
	RequireCodeGrant     bool           `json:"bot_require_code_grant"`
	InteractionsEndpoint string         `json:"interactions_endpoint_url"`
	IntegrationTypes     map[string]any `json:"integration_types_config"`
}

func (r *rest) application(ctx context.Context) (app application, err error) {
	return app, r.get(ctx, "look at the application", "applications/@me", &app)
}

// servers are the servers that the bot is in, the first 200.
func (r *rest) servers(ctx context.Context) (in []discordgo.UserGuild, err error) {
	return in, r.get(ctx, "list the servers", "users/@me/guilds?limit=200", &in)
}

// Doctor checks a configuration against Discord: the token, the application and
// its settings, the commands, and what the bot may do where it is. It goes on
// after a problem where it can. The last finding is the invite link.
func Doctor(ctx context.Context, config Config) adapters.Findings {
	d := &doctor{config: config}
	if err := d.config.complete(); err != nil {
		d.Mistakes(err)
		return d.Findings
	}
	d.rest = newRest(d.config)
	defer d.rest.close()
	if d.config.APIURL != defaultAPIURL {
		d.Good("The REST interface is at %s, not at Discord's own address.", d.config.APIURL)
	}
	if !d.token(ctx) {
		return d.Findings
	}
	d.gateway(ctx)
	app := d.application(ctx)
	in, err := d.rest.servers(ctx)
	if app != "" {
		d.commands(ctx, app, in)
	}
	if err != nil {
		d.Bad("The servers that the bot is in cannot be listed: %v", err)
	} else {
		d.servers(in)
	}
	d.channels(ctx)
	if app != "" {
		sum := int64(0)
		for _, p := range permissions {
			sum |= p.bit
		}
		d.Good("Invite the bot with: https://discord.com/oauth2/authorize?client_id=%s&permissions=%d&scope=bot+applications.commands", app, sum)
	}
	return d.Findings
}

type doctor struct {
	adapters.Findings
	config Config
	rest   *rest
}

// token looks whether Discord knows the token; where not, the rest has no point.
func (d *doctor) token(ctx context.Context) bool {
	var me discordgo.User
	switch err := d.rest.get(ctx, "ask who the bot is", "users/@me", &me); {
	case status(err) == http.StatusUnauthorized:
		d.Bad("%v", closed{4004})
	case err != nil:
		d.Bad("Discord cannot be reached: %v. Look at the network, and at DISCORD_API_URL if it is set.", err)
	case !me.Bot:
		d.Bad("DISCORD_BOT_TOKEN is a person's token, not a bot's: copy the token from the page Bot of your application.")
	default:
		d.Good("The token works: the bot is called %s.", me.Username)
		return true
	}
	return false
}

// gateway looks whether sessions can be begun.
func (d *doctor) gateway(ctx context.Context) {
	var starts discordgo.GatewayBotResponse
	err := d.rest.get(ctx, "ask for the gateway", "gateway/bot", &starts)
	limit := starts.SessionStartLimit
	p, _ := parseShards(d.config.Shards) // complete has checked it
	switch {
	case err != nil:
		d.Bad("The gateway cannot be asked for: %v", err)
	case limit.Total > 0 && limit.Remaining == 0:
		d.Bad("Discord allows no more sessions for %s: something has connected too often. The bot waits by itself.",
			(time.Duration(limit.ResetAfter) * time.Millisecond).Round(time.Minute))
	case p.Count > 0 && p.Count < starts.Shards:
		d.Bad("DISCORD_SHARDS counts %d shards, but Discord recommends %d: raise the number after the slash, or leave it out.", p.Count, starts.Shards)
	default:
		d.Good("The gateway is open: %d of %d sessions remain today, %d shard(s) are recommended. The bot asks for no privileged intent.",
			limit.Remaining, limit.Total, max(1, starts.Shards))
	}
}

// application looks at the application's settings and returns its id.
func (d *doctor) application(ctx context.Context) string {
	app, err := d.rest.application(ctx)
	if err != nil {
		d.Bad("The application cannot be looked at: %v", err)
		return d.config.ApplicationID
	}
	if d.config.ApplicationID != "" && d.config.ApplicationID != app.ID {
		d.Bad("DISCORD_APPLICATION_ID is not the id of the token's application, which is %s: correct it, or leave it out.", app.ID)
	}
	if app.InteractionsEndpoint != "" {
		d.Bad("The application has an Interactions Endpoint URL, so that commands go there and not to the bot: clear it on the page General Information.")
	}
	if app.RequireCodeGrant {
		d.Bad("The application requires an OAuth2 code grant, so that the invite link does not work: turn that off on the page Bot.")
	}
	if _, ok := app.IntegrationTypes["1"]; ok {
		d.Good("People can install the bot for themselves, too.")
	} else if app.IntegrationTypes != nil {
		d.Good("People cannot install the bot for themselves; to allow it tick User Install on the page Installation.")
	}
	return app.ID
}

// commands looks whether the commands are registered, once.
func (d *doctor) commands(ctx context.Context, app string, in []discordgo.UserGuild) {
	guild := d.config.GuildID
	have, _, err := d.rest.commands(ctx, app, guild, replaceable)
	switch {
	case err != nil:
		d.Bad("The commands cannot be listed: %v. Invite the bot with the scope applications.commands.", err)
		return
	case same(have, commands(guild)):
		d.Good("The commands are registered.")
	case len(have) == 0:
		d.Good("The commands are not registered yet; the bot does that when it starts.")
	default:
		d.Good("The commands are those of another version; the bot registers its own when it starts.")
	}
	if guild != "" {
		if have, _, err := d.rest.commands(ctx, app, "", replaceable); err == nil && len(have) > 0 {
			d.Bad("Commands are registered everywhere and in the server DISCORD_GUILD_ID: people there see them twice. Leave DISCORD_GUILD_ID out: the bot then removes the copies of that server.")
		}
		return
	}
	for _, s := range in[:min(len(in), maxCopies)] {
		if copies, _, err := d.rest.commands(ctx, app, s.ID, isCopy); err == nil && len(copies) > 0 {
			d.Bad("The server %q has copies of the commands, from a run with DISCORD_GUILD_ID: people there see them twice. The bot removes them when it starts without DISCORD_GUILD_ID.", adapters.Clean(s.Name))
		}
	}
}

// servers looks at what the bot may do in the servers it is in.
func (d *doctor) servers(in []discordgo.UserGuild) {
	if len(in) == 0 {
		d.Bad("The bot is in no server yet: open the invite link below.")
		return
	}
	lacking := 0
	for _, s := range in {
		var missing []string
		for _, p := range permissions {
			if s.Permissions&(p.bit|discordgo.PermissionAdministrator) == 0 {
				missing = append(missing, p.name)
			}
		}
		if missing != nil {
			lacking++
			d.Bad("In the server %q the bot lacks %s: give its role these permissions, or invite it again by the link below.", adapters.Clean(s.Name), strings.Join(missing, ", "))
		}
	}
	if lacking == 0 {
		d.Good("The bot is in %d server(s) and has the permissions it needs. Channels may still take them away.", len(in))
	}
	if id := d.config.GuildID; id != "" && !slices.ContainsFunc(in, func(s discordgo.UserGuild) bool { return s.ID == id }) {
		d.Bad("The bot is not in the server of DISCORD_GUILD_ID: invite it there, or correct the id.")
	}
}

// channels looks whether the channels of the allow list are there.
func (d *doctor) channels(ctx context.Context) {
	for _, id := range d.config.Channels {
		var c discordgo.Channel
		if err := d.rest.get(ctx, "look at a channel", "channels/"+id, &c); err != nil {
			d.Bad("The channel %s of DISCORD_CHANNELS cannot be seen: %v. Correct the id, or let the bot view the channel.", id, err)
		} else {
			d.Good("The bot answers in #%s.", adapters.Clean(c.Name))
		}
	}
}
