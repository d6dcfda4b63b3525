package discord

import (
	"fmt"
	"strings"
	"testing"

	"verbatim/adapters/discordfake"
)

func TestDoctor(t *testing.T) {
	t.Parallel()
	const link = "https://discord.com/oauth2/authorize?client_id=" + discordfake.AppID + "&permissions=274877991936&scope=bot+applications.commands"
	for name, c := range map[string]struct {
		options  discordfake.Options
		config   func(*Config, *discordfake.Server)
		fake     func(*discordfake.Server)
		bad      []string
		good     []string
		noInvite bool
	}{
		"all well":    {good: []string{"token works", "1 shard(s)", "not registered yet", "1 server(s)", link, "install the bot for themselves, too"}},
		"no token":    {config: func(c *Config, _ *discordfake.Server) { c.Token = "" }, bad: []string{"DISCORD_BOT_TOKEN is not set"}, noInvite: true},
		"wrong token": {config: func(c *Config, _ *discordfake.Server) { c.Token = "wrong-token" }, bad: []string{"Reset Token"}, noInvite: true},
		"two mistakes": {config: func(c *Config, _ *discordfake.Server) { c.GuildID, c.Shards = "x", "y" },
			bad: []string{"DISCORD_GUILD_ID", "DISCORD_SHARDS"}, noInvite: true},
		"unreachable":       {config: func(c *Config, _ *discordfake.Server) { c.APIURL = "http://127.0.0.1:1" }, bad: []string{"cannot be reached"}, noInvite: true},
		"other application": {config: func(c *Config, _ *discordfake.Server) { c.ApplicationID = "100000000000000009" }, bad: []string{"DISCORD_APPLICATION_ID"}},
		"endpoint":          {options: discordfake.Options{InteractionsEndpoint: "https://example.com"}, bad: []string{"Interactions Endpoint URL"}},
		"permissions":       {options: discordfake.Options{Permissions: 1<<10 | 1<<11 | 1<<38}, bad: []string{"lacks Embed Links, Read Message History"}},
		"administrator":     {options: discordfake.Options{Permissions: 1 << 3}, good: []string{"has the permissions"}},
		"another server":    {config: func(c *Config, _ *discordfake.Server) { c.GuildID = "200000000000000009" }, bad: []string{"not in the server of DISCORD_GUILD_ID"}},
		"channels": {config: func(c *Config, f *discordfake.Server) { c.Channels = []string{f.Channel("home"), "300000000000000009"} },
			good: []string{"#home"}, bad: []string{"300000000000000009"}},
		"too few shards": {options: discordfake.Options{Shards: 8}, config: func(c *Config, _ *discordfake.Server) { c.Shards = "0-3/4" }, bad: []string{"recommends 8"}},
		"commands listed twice": {config: func(c *Config, _ *discordfake.Server) { c.GuildID = discordfake.GuildID },
			fake: func(f *discordfake.Server) { f.Register("", `[{"name":"ask","description":"x"}]`) }, bad: []string{"twice"}},
		"other commands": {fake: func(f *discordfake.Server) { f.Register("", `[{"name":"ask","description":"x"}]`) }, good: []string{"another version"}},
		"no applications": {fake: func(f *discordfake.Server) {
			f.OnRequest("application", repeat(discordfake.RESTFault{Status: 404}, 5)...)
		},
			bad: []string{"application cannot be looked at"}, noInvite: true},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			fake := discordfake.New(t, c.options)
			if c.fake != nil {
				c.fake(fake)
			}
			config := Config{Token: fake.Token(), APIURL: fake.URL()}
			if c.config != nil {
				c.config(&config, fake)
			}
			found := Doctor(t.Context(), config)
			var all []string
			for _, f := range found {
				all = append(all, fmt.Sprint(f.OK, ": ", f.Text))
				if strings.Contains(f.Text, fake.Token()) || strings.Contains(f.Text, "wrong-token") {
					t.Errorf("a finding holds the token: %s", f.Text)
				}
			}
			report := strings.Join(all, "\n")
			holds := func(want string, ok bool) {
				for _, f := range found {
					if f.OK == ok && strings.Contains(f.Text, want) {
						return
					}
				}
				t.Errorf("no finding, OK %v, with %q in:\n%s", ok, want, report)
			}
			for _, want := range c.bad {
				holds(want, false)
			}
			for _, want := range c.good {
				holds(want, true)
			}
			if bad := strings.Count(report, "false: "); bad != len(c.bad) {
				t.Errorf("%d problems, want %d:\n%s", bad, len(c.bad), report)
			}
			if strings.Contains(report, link) == c.noInvite {
				t.Errorf("the invite link is there: %v\n%s", !c.noInvite, report)
			}
		})
	}
}
