package discord

import (
	"context"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"time"
)

// doctorTime bounds each of the doctor's questions.
const doctorTime = 10 * time.Second

// Finding is one thing that Doctor looked at.
type Finding struct {
	// OK: it is as it should be.
	OK bool
	// Text says what was found and, where it is not OK, what to do. It holds no secret.
	Text string
}

// permissions are those that a quiet bot needs, by the names that Discord's
// settings give them.
var permissions = []struct {
	bit  uint64
	name string
}{
	{1 << 10, "View Channels"},
	{1 << 11, "Send Messages"},
	{1 << 38, "Send Messages in Threads"},
	{1 << 14, "Embed Links"},
	{1 << 16, "Read Message History"},
}

// administrator stands for all permissions.
const administrator = 1 << 3

// allPermissions is the sum of permissions.
func allPermissions() (sum uint64) {
	for _, p := range permissions {
		sum |= p.bit
	}
	return sum
}

// InviteLink is where to add the bot of an application to a server, with the
// permissions that it needs and no more.
func InviteLink(application string) string {
	return fmt.Sprintf("https://discord.com/oauth2/authorize?client_id=%s&permissions=%d&scope=bot+applications.commands", application, allPermissions())
}

// application is what Discord tells of the bot's application.
type application struct {
	ID                   string         `json:"id"`
	Name                 string         `json:"name"`
	RequireCodeGrant     bool           `json:"bot_require_code_grant"`
	InteractionsEndpoint string         `json:"interactions_endpoint_url"`
	IntegrationTypes     map[string]any `json:"integration_types_config"`
}

func (r *rest) application(ctx context.Context) (app application, err error) {
	err = r.do(ctx, request{name: "look at the application", method: http.MethodGet, path: "applications/@me", limit: "application"}, &app)
	return app, err
}

// server is what Discord tells of a server that the bot is in.
type server struct {
	ID          string `json:"id"`
	Name        string `json:"name"`
	Permissions uint64 `json:"permissions,string"`
}

// Doctor checks a configuration against Discord: the token, the application and
// its settings, the commands, and what the bot may do where it is. It goes on
// after a problem where it can. The last finding is the invite link.
func Doctor(ctx context.Context, config Config) []Finding {
	d := &doctor{ctx: ctx, config: config}
	if err := d.config.complete(); err != nil {
		for line := range strings.Lines(err.Error()) {
			d.bad("%s", strings.TrimSpace(line))
		}
		return d.found
	}
	base, err := d.config.base()
	if err != nil {
		d.bad("%v", err)
		return d.found
	}
	t := newTransport(base)
	defer t.CloseIdleConnections()
	if d.rest, err = newRest(d.config.Token, t, nil); err != nil {
		d.bad("%v", err)
		return d.found
	}
	if d.config.APIURL != defaultAPIURL {
		d.good("The REST interface is at %s, not at Discord's own address.", d.config.APIURL)
	}
	if !d.token() {
		return d.found
	}
	d.gateway()
	app := d.application()
	d.commands(app)
	d.servers()
	d.channels()
	if app != "" {
		d.good("Invite the bot with: %s", InviteLink(app))
	}
	return d.found
}

type doctor struct {
	ctx    context.Context
	config Config
	rest   *rest
	found  []Finding
}

func (d *doctor) good(format string, a ...any) {
	d.found = append(d.found, Finding{true, fmt.Sprintf(format, a...)})
}
func (d *doctor) bad(format string, a ...any) {
	d.found = append(d.found, Finding{false, fmt.Sprintf(format, a...)})
}

// get asks Discord for something.
func (d *doctor) get(name, path string, out any) error {
	ctx, cancel := context.WithTimeout(d.ctx, doctorTime)
	defer cancel()
	return d.rest.do(ctx, request{name: name, method: http.MethodGet, path: path}, out)
}

// token looks whether Discord knows the token; where not, the rest has no point.
func (d *doctor) token() bool {
	var me user
	switch err := d.get("ask who the bot is", "users/@me", &me); {
	case status(err) == http.StatusUnauthorized:
		d.bad("%v", closed{4004})
		return false
	case err != nil:
		d.bad("Discord cannot be reached: %v. Look at the network, and at DISCORD_API_URL if it is set.", err)
		return false
	case !me.Bot:
		d.bad("DISCORD_BOT_TOKEN is a person's token, not a bot's: copy the token from the page Bot of your application.")
		return false
	default:
		d.good("The token works: the bot is called %s.", me.Username)
		return true
	}
}

// gateway looks whether sessions can be begun.
func (d *doctor) gateway() {
	var starts sessionStarts
	err := d.get("ask for the gateway", "gateway/bot", &starts)
	p, _ := parseShards(d.config.Shards) // complete has checked it
	switch {
	case err != nil:
		d.bad("The gateway cannot be asked for: %v", err)
	case starts.Limit.Total > 0 && starts.Limit.Remaining == 0:
		d.bad("Discord allows no more sessions for %s: something has connected too often. The bot waits by itself.",
			(time.Duration(starts.Limit.ResetAfter) * time.Millisecond).Round(time.Minute))
	case p.Count > 0 && p.Count < starts.Shards:
		d.bad("DISCORD_SHARDS counts %d shards, but Discord recommends %d: raise the number after the slash, or leave it out.", p.Count, starts.Shards)
	default:
		d.good("The gateway is open: %d of %d sessions remain today, %d shard(s) are recommended. The bot asks for no privileged intent.",
			starts.Limit.Remaining, starts.Limit.Total, max(1, starts.Shards))
	}
}

// application looks at the application's settings and returns its id.
func (d *doctor) application() string {
	var app application
	if err := d.get("look at the application", "applications/@me", &app); err != nil {
		d.bad("The application cannot be looked at: %v", err)
		return d.config.ApplicationID
	}
	if d.config.ApplicationID != "" && d.config.ApplicationID != app.ID {
		d.bad("DISCORD_APPLICATION_ID is not the id of the token's application, which is %s: correct it, or leave it out.", app.ID)
	}
	if app.InteractionsEndpoint != "" {
		d.bad("The application has an Interactions Endpoint URL, so that commands go there and not to the bot: clear it on the page General Information.")
	}
	if app.RequireCodeGrant {
		d.bad("The application requires an OAuth2 code grant, so that the invite link does not work: turn that off on the page Bot.")
	}
	if app.IntegrationTypes != nil {
		if _, ok := app.IntegrationTypes["1"]; ok {
			d.good("People can install the bot for themselves, too.")
		} else {
			d.good("People cannot install the bot for themselves; to allow it tick User Install on the page Installation.")
		}
	}
	return app.ID
}

// commands looks whether the commands are registered, once.
func (d *doctor) commands(app string) {
	if app == "" {
		return
	}
	list := func(guild string) (bool, int, error) {
		ctx, cancel := context.WithTimeout(d.ctx, doctorTime)
		defer cancel()
		have, _, err := d.rest.commands(ctx, app, guild)
		return same(have, commands(guild)), len(have), err
	}
	good, n, err := list(d.config.GuildID)
	switch {
	case err != nil:
		d.bad("The commands cannot be listed: %v. Invite the bot with the scope applications.commands.", err)
		return
	case good:
		d.good("The commands are registered.")
	case n == 0:
		d.good("The commands are not registered yet; the bot does that when it starts.")
	default:
		d.good("The commands are those of another version; the bot registers its own when it starts.")
	}
	if d.config.GuildID == "" {
		d.copies(app)
		return
	}
	if _, n, err := list(""); err == nil && n > 0 {
		d.bad("Commands are registered everywhere and in the server DISCORD_GUILD_ID: people there see them twice. Leave DISCORD_GUILD_ID out: the bot then removes the copies of that server.")
	}
}

// copies looks for servers that have copies of the commands.
func (d *doctor) copies(app string) {
	var in []server
	if err := d.get("list the servers", "users/@me/guilds?limit=200", &in); err != nil {
		return // servers tells
	}
	for _, s := range in[:min(len(in), maxCopies)] {
		ctx, cancel := context.WithTimeout(d.ctx, doctorTime)
		n, _, err := d.rest.copies(ctx, app, s.ID)
		cancel()
		if err == nil && n > 0 {
			d.bad("The server %q has copies of the commands, from a run with DISCORD_GUILD_ID: people there see them twice. The bot removes them when it starts without DISCORD_GUILD_ID.", clean(s.Name))
		}
	}
}

// servers are the servers that the bot is in, the first 200.
func (r *rest) servers(ctx context.Context) (in []server, err error) {
	err = r.do(ctx, request{name: "list the servers", method: http.MethodGet, path: "users/@me/guilds?limit=200", limit: "guilds"}, &in)
	return in, err
}

// servers looks at what the bot may do in the servers it is in.
func (d *doctor) servers() {
	var in []server
	if err := d.get("list the servers", "users/@me/guilds?limit=200", &in); err != nil {
		d.bad("The servers that the bot is in cannot be listed: %v", err)
		return
	}
	if len(in) == 0 {
		d.bad("The bot is in no server yet: open the invite link below.")
		return
	}
	lacking := 0
	for _, s := range in {
		var missing []string
		for _, p := range permissions {
			if s.Permissions&(p.bit|administrator) == 0 {
				missing = append(missing, p.name)
			}
		}
		if missing != nil {
			lacking++
			d.bad("In the server %q the bot lacks %s: give its role these permissions, or invite it again by the link below.", clean(s.Name), strings.Join(missing, ", "))
		}
	}
	if lacking == 0 {
		d.good("The bot is in %d server(s) and has the permissions it needs. Channels may still take them away.", len(in))
	}
	if id := d.config.GuildID; id != "" && !slices.ContainsFunc(in, func(s server) bool { return s.ID == id }) {
		d.bad("The bot is not in the server of DISCORD_GUILD_ID: invite it there, or correct the id.")
	}
}

// channels looks whether the channels of the allow list are there.
func (d *doctor) channels() {
	for _, id := range d.config.Channels {
		var c struct {
			Name string `json:"name"`
		}
		if err := d.get("look at a channel", "channels/"+id, &c); err != nil {
			d.bad("The channel %s of DISCORD_CHANNELS cannot be seen: %v. Correct the id, or let the bot view the channel.", id, err)
		} else {
			d.good("The bot answers in #%s.", clean(c.Name))
		}
	}
}
