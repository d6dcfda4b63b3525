package discord

import (
	"cmp"
	"errors"
	"fmt"
	"log/slog"
	"regexp"
	"strconv"
	"strings"

	"github.com/bwmarrin/discordgo"

	"verbatim/adapters"
	"verbatim/state"
)

// Name is the platform's name in metrics, logs and messages.
const Name = "discord"

// Config is what an operator sets.
type Config struct {
	Token         string   `envconfig:"DISCORD_BOT_TOKEN" desc:"Discord: bot token (page Bot of the application); setting it turns Discord on"`
	ApplicationID string   `envconfig:"DISCORD_APPLICATION_ID" desc:"Discord: id of the application; empty: Discord is asked"`
	GuildID       string   `envconfig:"DISCORD_GUILD_ID" desc:"Discord: id of a server to register the commands in, for development: they show at once, and only there; empty: everywhere"`
	Channels      []string `envconfig:"DISCORD_CHANNELS" desc:"Discord: ids of the channels to answer in, separated by commas, their threads included; empty: wherever the bot is. Direct messages are always answered"`
	Shards        string   `envconfig:"DISCORD_SHARDS" desc:"Discord: the shards to run, like 0-3/8 (the first four of eight); empty: as many as Discord recommends, shared out among the replicas"`
	APIURL        string   `envconfig:"DISCORD_API_URL" default:"https://discord.com" desc:"Discord: address of the REST interface; change it for a proxy (nirn-proxy) or a server that speaks Discord's API, whose /gateway says where the gateway is"`

	// Limit is how much each person may do in a window; without events there is none.
	Limit state.Limit `ignored:"true"`
	// Links are those of citations.
	Links adapters.Links `ignored:"true"`
	// Log receives what operators need to know; nil: nothing is logged. It never
	// gets a token or the text of a message.
	Log *slog.Logger `ignored:"true"`
	// Signals counts what happens; nil: nothing is counted.
	Signals *adapters.Signals `ignored:"true"`
}

// What is counted besides what adapters names.
const (
	CountIdentify = "identify" // a gateway session was begun
	CountResume   = "resume"   // a gateway session was to be taken up again
)

// defaultAPIURL is Discord's own.
const defaultAPIURL = "https://discord.com"

var (
	snowflake  = regexp.MustCompile(`^\d{17,20}$`)
	shardsForm = regexp.MustCompile(`^(\d+)(?:-(\d+))?/(\d+)$`)
	versioned  = regexp.MustCompile(`/api/v\d+$`)
)

// complete fills in what is left out and says what is mistaken. The error holds
// no secret.
func (c *Config) complete() error {
	var problems []error
	problem := func(format string, a ...any) { problems = append(problems, fmt.Errorf(format, a...)) }

	c.Token = strings.TrimPrefix(strings.TrimSpace(c.Token), "Bot ")
	switch {
	case c.Token == "":
		problem("DISCORD_BOT_TOKEN is not set: copy it from the page Bot of your application in the developer portal (Reset Token shows it)")
	case strings.ContainsAny(c.Token, " \t\r\n\"'"):
		problem("DISCORD_BOT_TOKEN holds spaces or quotation marks: copy the token alone, from the page Bot of your application")
	case snowflake.MatchString(c.Token):
		problem("DISCORD_BOT_TOKEN holds an id, not a token: copy the token from the page Bot of your application")
	}
	for _, id := range []struct{ name, value string }{{"DISCORD_APPLICATION_ID", c.ApplicationID}, {"DISCORD_GUILD_ID", c.GuildID}} {
		if id.value != "" && !snowflake.MatchString(id.value) {
			problem("%s is not an id of 17 to 20 digits: turn on Developer Mode in Discord and use Copy ID", id.name)
		}
	}
	c.Channels = adapters.Trimmed(c.Channels)
	for _, ch := range c.Channels {
		if !snowflake.MatchString(ch) {
			problem("DISCORD_CHANNELS holds %q, which is not an id: turn on Developer Mode in Discord and use Copy Channel ID", ch)
		}
	}
	_, err := parseShards(c.Shards)
	problems = append(problems, err)
	c.APIURL, err = adapters.Address("DISCORD_API_URL", c.APIURL, defaultAPIURL)
	problems = append(problems, err)
	if c.Log == nil {
		c.Log = slog.New(slog.DiscardHandler)
	}
	return errors.Join(problems...)
}

// base is the address that requests go to, up to and with the version of the
// interface: an address may be given with or without /api or /api/v10.
func (c Config) base() string {
	if versioned.MatchString(c.APIURL) {
		return c.APIURL
	}
	return strings.TrimSuffix(c.APIURL, "/api") + "/api/v" + discordgo.APIVersion
}

// part is a range of shards: From to To of Count. The zero part stands for all.
type part struct{ From, To, Count int }

// maxShards is more than any bot has; a greater number is a mistake.
const maxShards = 10_000

// parseShards reads DISCORD_SHARDS: "0-3/8" or "2/8".
func parseShards(text string) (part, error) {
	text = strings.ReplaceAll(text, " ", "")
	if text == "" {
		return part{}, nil
	}
	m := shardsForm.FindStringSubmatch(text)
	if m == nil {
		return part{}, fmt.Errorf("DISCORD_SHARDS is %q; write it like 0-3/8, the first four of eight shards", text)
	}
	var n [3]int
	for i, digits := range []string{m[1], cmp.Or(m[2], m[1]), m[3]} {
		var err error
		if n[i], err = strconv.Atoi(digits); err != nil || n[i] > maxShards {
			return part{}, fmt.Errorf("DISCORD_SHARDS is %q: the numbers are too great", text)
		}
	}
	p := part{n[0], n[1], n[2]}
	if p.From > p.To || p.To >= p.Count {
		return part{}, fmt.Errorf("DISCORD_SHARDS is %q: of %d shards the last is number %d", text, p.Count, p.Count-1)
	}
	return p, nil
}
