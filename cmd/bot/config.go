package main

import (
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"net"
	"net/url"
	"os"
	"reflect"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/joho/godotenv"
	"github.com/kelseyhightower/envconfig"

	"verbatim/adapters"
	"verbatim/adapters/discord"
	"verbatim/adapters/slack"
	"verbatim/adapters/slack/workspaces"
	"verbatim/state"
)

// The platforms' own variables, under names that can be embedded side by side.
type (
	Slack      = slack.Config
	Workspaces = workspaces.Config
	Discord    = discord.Config
)

// config is what the environment sets. Every field names its variable and says
// what it does; .env.example and --help list them in this order.
type config struct {
	Corpus string `envconfig:"CORPUS" desc:"Folder with one folder per source; empty: ./corpus-data where bot add made it, else the embedded article. SIGHUP has it read again"`

	Slack
	Workspaces
	Discord

	StateURL     string        `envconfig:"STATE_URL" default:"bolt:./data/verbatim.db" desc:"Where state is kept: bolt:PATH for one process; redis://, redis-sentinel:// or redis-cluster:// (rediss… over TLS) for several replicas"`
	StateTimeout time.Duration `envconfig:"STATE_TIMEOUT" default:"100ms" desc:"How long a question may wait for the store to claim it, and as long again for the rest; then it is answered without. More where the store is far away"`
	ListenAddr   string        `envconfig:"LISTEN_ADDR" desc:"Address to listen on, like :8080, for /healthz, /readyz, /metrics, the pages of PUBLIC_URL and, with SLACK_SIGNING_SECRET, Slack's requests; empty: none"`
	PublicURL    string        `envconfig:"PUBLIC_URL" desc:"Address under which people reach LISTEN_ADDR, like https://bot.example.org: articles that are public are shown there as pages, and citations lead to them; empty: no pages"`

	ConversationTTL time.Duration `envconfig:"CONVERSATION_TTL" default:"1h" desc:"How long a conversation may rest before a follow-up begins a new one"`
	RateLimit       rate          `envconfig:"RATE_LIMIT" default:"20/1m" desc:"How many questions each person may ask in how long, or off"`

	Journal     onOff `envconfig:"JOURNAL" default:"on" desc:"Whether questions that went unanswered and votes are written down for whoever curates: on or off"`
	JournalText onOff `envconfig:"JOURNAL_TEXT" default:"on" desc:"Whether the journal has the text of questions: on or off"`
	JournalDays int   `envconfig:"JOURNAL_DAYS" default:"90" desc:"How many days the journal keeps an entry"`

	LogLevel        slog.Level    `envconfig:"LOG_LEVEL" default:"info" desc:"What is logged: debug, info, warn or error"`
	LogFormat       logFormat     `envconfig:"LOG_FORMAT" default:"text" desc:"How it is logged: text or json"`
	ShutdownTimeout time.Duration `envconfig:"SHUTDOWN_TIMEOUT" default:"25s" desc:"How long finishing what has begun may take at the end"`
	CacheDir        string        `envconfig:"CACHE_DIR" desc:"Folder for compiled corpora; empty: verbatim in the user's cache folder"`
	Contact         string        `envconfig:"CONTACT" desc:"Address or e-mail of who runs the bot, told to the sites that bot add reads, like https://example.org/bot or bot@example.org; empty: they are told none"`
}

// environment reads the configuration, after adding what a file .env sets and
// the environment does not. A variable that is empty counts as not set. No error
// shows a value, which may be a secret in the wrong place.
func environment() (config, error) {
	var c config
	if err := godotenv.Load(); err != nil && !errors.Is(err, fs.ErrNotExist) {
		if errors.Is(err, fs.ErrPermission) {
			return c, errors.New(".env cannot be read: permission denied")
		}
		return c, errors.New(".env cannot be read: every line must be NAME=value, a comment or empty")
	}
	for _, v := range variables() {
		if value, set := os.LookupEnv(v.Name); set && strings.TrimSpace(value) == "" {
			_ = os.Unsetenv(v.Name) // cannot fail for a name that was found
		}
	}
	if err := envconfig.Process("", &c); err != nil {
		var parse *envconfig.ParseError
		if errors.As(err, &parse) {
			return c, fmt.Errorf("%s must be %s", parse.KeyName, forms[parse.TypeName])
		}
		return c, err
	}
	return c, c.check()
}

// forms says of each type what its values look like.
var forms = map[string]string{
	reflect.TypeFor[time.Duration]().String(): "a duration like 30s, 5m or 1h",
	reflect.TypeFor[slog.Level]().String():    "debug, info, warn or error",
	reflect.TypeFor[int]().String():           "a whole number",
	reflect.TypeFor[logFormat]().String():     "text or json",
	reflect.TypeFor[onOff]().String():         "on or off",
	reflect.TypeFor[rate]().String():          "a number of questions per duration, like 20/1m, or off",
}

// check says which values make no sense.
func (c config) check() error {
	var problems []error
	for _, d := range []struct {
		name         string
		value, least time.Duration
	}{
		{"CONVERSATION_TTL", c.ConversationTTL, time.Second},
		{"SHUTDOWN_TIMEOUT", c.ShutdownTimeout, time.Second},
		{"STATE_TIMEOUT", c.StateTimeout, 10 * time.Millisecond},
	} {
		if d.value < d.least {
			problems = append(problems, fmt.Errorf("%s must be at least %s", d.name, d.least))
		}
	}
	if c.JournalDays < 1 {
		problems = append(problems, errors.New("JOURNAL_DAYS must be at least 1; to write nothing down set JOURNAL=off"))
	}
	if c.ListenAddr != "" {
		_, port, err := net.SplitHostPort(c.ListenAddr)
		if _, bad := strconv.ParseUint(port, 10, 16); err != nil || bad != nil {
			problems = append(problems, errors.New("LISTEN_ADDR must be an address with a port, like :8080 or 127.0.0.1:8080"))
		}
	}
	if c.Contact != "" && !contact.MatchString(c.Contact) {
		problems = append(problems, errors.New("CONTACT must be an address like https://example.org/bot, or an e-mail like bot@example.org"))
	}
	return errors.Join(append(problems, c.checkPublic())...)
}

// contact is what may stand in a comment of a header: nothing in it ends the comment.
var contact = regexp.MustCompile(`^(?:https?://[\w.~:/?#@!$&*+,=%-]+|[\w.+-]+@[\w.-]+)$`)

// checkPublic says what is wrong with the address of pages.
func (c config) checkPublic() error {
	if c.PublicURL == "" {
		return nil
	}
	u, err := url.Parse(c.PublicURL)
	if err != nil || u.Host == "" || u.Scheme != "https" && u.Scheme != "http" || u.User != nil || u.RawQuery != "" || u.Fragment != "" {
		return errors.New("PUBLIC_URL must be an address like https://bot.example.org, without a user, a query and a fragment")
	}
	if c.ListenAddr == "" {
		return errors.New("LISTEN_ADDR is not set: with PUBLIC_URL pages are served there; set an address like :8080")
	}
	return nil
}

// links are those of citations.
func (c config) links() adapters.Links {
	return adapters.Links{Pages: strings.TrimRight(c.PublicURL, "/")}
}

// wanted reports whether a platform is to be served: any of the variables of its
// configuration C is set. What is missing then is an error.
func wanted[C any]() bool {
	return slices.ContainsFunc(variablesOf(reflect.TypeFor[C]()), func(v variable) bool { return os.Getenv(v.Name) != "" })
}

// overHTTP reports whether Slack delivers over HTTP, not over the socket.
func (c config) overHTTP() bool { return c.Slack.AppToken == "" && c.Slack.SigningSecret != "" }

// checkAddress says whether there is no address where one is needed.
func (c config) checkAddress() error {
	if c.overHTTP() && c.ListenAddr == "" {
		if wanted[Workspaces]() {
			return errors.New("LISTEN_ADDR is not set: with SLACK_CLIENT_ID Slack delivers over HTTP; set an address that it reaches, like :8080")
		}
		return errors.New("LISTEN_ADDR is not set: with SLACK_SIGNING_SECRET alone Slack delivers over HTTP; set an address that it reaches, like :8080, or set SLACK_APP_TOKEN for Socket Mode")
	}
	return nil
}

// unknown lists variables that look like a platform's and are not read, such as
// a misspelt one.
func unknown() []string {
	var out []string
	for _, pair := range os.Environ() {
		name, _, _ := strings.Cut(pair, "=")
		platform := strings.HasPrefix(name, "SLACK_") || strings.HasPrefix(name, "DISCORD_")
		if platform && !slices.ContainsFunc(variables(), func(v variable) bool { return v.Name == name }) {
			out = append(out, name)
		}
	}
	return out
}

// secrets are the values that nobody may see.
func (c config) secrets() []string {
	all := []string{c.Slack.BotToken, c.Slack.AppToken, c.Slack.SigningSecret, c.Workspaces.ClientSecret, c.Workspaces.TokenKey, c.Workspaces.OldTokenKey, c.Discord.Token}
	if u, err := url.Parse(c.StateURL); err == nil && u.User != nil {
		password, _ := u.User.Password()
		_, raw, _ := strings.Cut(u.User.String(), ":")
		all = append(all, password, raw)
	}
	return slices.DeleteFunc(all, func(s string) bool { return len(s) < 4 }) // "" and what is in every text
}

// onOff is a choice.
type onOff bool

// Decode reads what people write for yes and no.
func (o *onOff) Decode(value string) error {
	switch strings.ToLower(value) {
	case "on", "true", "yes", "1":
		*o = true
	case "off", "false", "no", "0":
		*o = false
	default:
		return errors.New("neither on nor off")
	}
	return nil
}

// logFormat is "text" or "json".
type logFormat string

// Decode takes the two formats.
func (f *logFormat) Decode(value string) error {
	*f = logFormat(strings.ToLower(value))
	if *f != "text" && *f != "json" {
		return errors.New("neither text nor json")
	}
	return nil
}

// rate is how often a person may ask; the zero rate is no limit.
type rate state.Limit

// Decode reads 20/1m, or off.
func (r *rate) Decode(value string) error {
	if strings.EqualFold(value, "off") {
		*r = rate{}
		return nil
	}
	number, per, ok := strings.Cut(value, "/")
	if !ok {
		return errors.New("no rate")
	}
	n, err := strconv.Atoi(strings.TrimSpace(number))
	if err != nil || n < 1 {
		return errors.New("no number")
	}
	d, err := time.ParseDuration(strings.TrimSpace(per))
	if err != nil || d < time.Second {
		return errors.New("no duration")
	}
	*r = rate{Events: n, Per: d}
	return nil
}

// variable is one environment variable that the program reads.
type variable struct{ Name, Default, Description string }

// variables lists what the program reads, in the order of config.
func variables() []variable { return variablesOf(reflect.TypeFor[config]()) }

func variablesOf(t reflect.Type) []variable {
	var out []variable
	for f := range fields(t) {
		if name := f.Tag.Get("envconfig"); name != "" {
			out = append(out, variable{name, f.Tag.Get("default"), f.Tag.Get("desc")})
		} else if f.Type.Kind() == reflect.Struct {
			out = append(out, variablesOf(f.Type)...)
		}
	}
	return out
}

func fields(t reflect.Type) func(func(reflect.StructField) bool) {
	return func(yield func(reflect.StructField) bool) {
		for i := range t.NumField() {
			if !yield(t.Field(i)) {
				return
			}
		}
	}
}

// environmentHelp lists the variables for --help.
func environmentHelp() string {
	var b strings.Builder
	b.WriteString("Environment (also read from a file .env):\n")
	for _, v := range variables() {
		text := v.Description
		if v.Default != "" {
			text += " (default " + v.Default + ")"
		}
		const margin = 25
		for i, line := range wrapped(text, 100-margin) {
			name := ""
			if i == 0 {
				name = v.Name
			}
			fmt.Fprintf(&b, "  %-*s%s\n", margin-2, name, line)
		}
	}
	return b.String()
}

// environmentExample is .env.example. All is commented out: a line that sets a
// default would keep an image or a unit from setting its own.
func environmentExample() string {
	var b strings.Builder
	b.WriteString("# Copy this file to .env and set what you need, without the # before the name.\n" +
		"# What is left out or empty has the value shown here.\n")
	for _, v := range variables() {
		b.WriteString("\n")
		for _, line := range wrapped(v.Description, 78) {
			b.WriteString("# " + line + "\n")
		}
		b.WriteString("#" + v.Name + "=" + v.Default + "\n")
	}
	return b.String()
}

// wrapped breaks a text into lines of at most width bytes, or one word.
func wrapped(text string, width int) []string {
	var lines []string
	line := ""
	for _, word := range strings.Fields(text) {
		if line != "" && len(line)+1+len(word) > width {
			lines = append(lines, line)
			line = ""
		}
		line = strings.TrimSpace(line + " " + word)
	}
	return append(lines, line)
}
