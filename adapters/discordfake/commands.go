package discordfake

import (
	"encoding/json"
	"fmt"
	"net/http"
	"regexp"
	"slices"
	"strings"
)

// getCommands tells of the commands that are registered, without their texts in other
// languages unless it is asked for them.
func (s *Server) getCommands(args []string, r *http.Request, _ []byte) reply {
	if args[1] != AppID {
		return refuse(http.StatusForbidden, 20012, "You are not authorized to perform this action on this application")
	}
	var commands any = []any{}
	if raw := s.commands[args[2]]; len(raw) > 0 {
		if err := json.Unmarshal(raw, &commands); err != nil {
			panic(err)
		}
	}
	if r.URL.Query().Get("with_localizations") != "true" {
		inOneLanguage(commands)
	}
	return reply{status: 200, body: commands}
}

func inOneLanguage(tree any) {
	switch tree := tree.(type) {
	case []any:
		for _, e := range tree {
			inOneLanguage(e)
		}
	case map[string]any:
		delete(tree, "name_localizations")
		delete(tree, "description_localizations")
		inOneLanguage(tree["options"])
	}
}

// putCommands stores commands as Discord does: with ids and defaults filled in.
func (s *Server) putCommands(args []string, _ *http.Request, body []byte) reply {
	if args[1] != AppID {
		return refuse(http.StatusForbidden, 20012, "You are not authorized to perform this action on this application")
	}
	var commands []map[string]any
	if err := json.Unmarshal(body, &commands); err != nil {
		return s.invalid("commands", []string{err.Error()})
	}
	if args[2] == "" && strings.Contains(string(s.commands[""]), `"type":4`) && !slices.ContainsFunc(commands, func(c map[string]any) bool { return c["type"] == 4.0 }) {
		return refuse(http.StatusBadRequest, 50240, "You cannot remove this app's Entry Point command in a bulk update operation. Please include the Entry Point command in your update request or delete it separately.")
	}
	var problems []string
	kinds := map[any][]map[string]any{}
	for _, c := range commands {
		problems = append(problems, checkCommand(c, args[2])...)
		c["id"], c["application_id"], c["version"] = s.snowflake(), AppID, s.snowflake()
		for key, value := range map[string]any{"type": 1.0, "description": "", "default_member_permissions": nil, "nsfw": false} {
			if c[key] == nil {
				c[key] = value
			}
		}
		if args[2] != "" {
			c["guild_id"] = args[2]
		}
		kinds[c["type"]] = append(kinds[c["type"]], c)
	}
	for _, list := range kinds {
		problems = append(problems, checkUnique("command", list)...)
	}
	if problems != nil {
		return s.invalid("commands", problems)
	}
	raw, err := json.Marshal(commands)
	if err != nil {
		panic(err)
	}
	s.commands[args[2]] = raw
	s.commandPuts++
	s.notify()
	return reply{status: 200, body: json.RawMessage(raw)}
}

// commandName is what Discord takes as the name of a command that is typed, or of an
// option: letters of any script, in lower case where the script has that.
var commandName = regexp.MustCompile(`^[-_'\p{L}\p{N}\p{Devanagari}\p{Thai}]{1,32}$`)

func isCommandName(name string) bool {
	return commandName.MatchString(name) && strings.ToLower(name) == name
}

// locales are those that Discord knows.
var locales = strings.Fields("id da de en-GB en-US es-ES es-419 fr hr it lt hu nl no pl pt-BR ro fi sv-SE vi tr cs el bg ru uk hi th zh-CN ja zh-TW ko")

// The types of commands and options that matter here.
const (
	onMessage  = 3.0
	entryPoint = 4.0
	maxNested  = 25 // options
)

func checkCommand(c map[string]any, guild string) (problems []string) {
	bad := func(format string, a ...any) { problems = append(problems, fmt.Sprintf(format, a...)) }
	if c["type"] == entryPoint {
		return nil
	}
	checkTexts(c, c["type"] == onMessage, bad)
	if c["type"] == onMessage && c["options"] != nil {
		bad("message command %q with options", c["name"])
	}
	if guild != "" && (c["contexts"] != nil || c["integration_types"] != nil) {
		bad("command %q of a guild with contexts or integration types", c["name"])
	}
	checkOptions(c, bad)
	return problems
}

func checkOptions(of map[string]any, bad func(string, ...any)) {
	list, _ := of["options"].([]any)
	if len(list) > maxNested {
		bad("%q has %d options", of["name"], len(list))
	}
	var options []map[string]any
	optional := false
	for _, o := range list {
		o, _ := o.(map[string]any)
		options = append(options, o)
		checkTexts(o, false, bad)
		required, _ := o["required"].(bool)
		if required && optional {
			bad("option %q is required, but stands after one that is not", o["name"])
		}
		optional = optional || !required
		checkOptions(o, bad)
	}
	for _, problem := range checkUnique("option", options) {
		bad("%s", problem)
	}
}

// checkTexts holds the name and the description of a command or an option to Discord's
// rules, in each language; a command on a message may have any name and no description.
func checkTexts(of map[string]any, isOnMessage bool, bad func(string, ...any)) {
	name, _ := of["name"].(string)
	check := func(where, name string, described bool, description string) {
		if n := Units(name); n < 1 || n > 32 || !isOnMessage && !isCommandName(name) {
			bad("name %q%s", name, where)
		}
		if n := Units(description); described && (isOnMessage && n > 0 || !isOnMessage && (n < 1 || n > 100)) {
			bad("description of %q%s has %d characters", name, where, n)
		}
	}
	description, _ := of["description"].(string)
	check("", name, true, description)
	names, _ := of["name_localizations"].(map[string]any)
	for locale, text := range names {
		text, _ := text.(string)
		check(" in "+locale, text, false, "")
	}
	descriptions, _ := of["description_localizations"].(map[string]any)
	for locale, text := range descriptions {
		text, _ := text.(string)
		check(" in "+locale, name, true, text)
		if isOnMessage {
			bad("message command %q with a description in %s", name, locale)
		}
	}
	for _, texts := range []map[string]any{names, descriptions} {
		for locale := range texts {
			if !slices.Contains(locales, locale) {
				bad("%q has a text in %q, which is no locale of Discord's", name, locale)
			}
		}
	}
}

// checkUnique: in no language do two commands of a type, or two options of a command,
// have the same name.
func checkUnique(what string, list []map[string]any) (problems []string) {
	for _, locale := range append([]string{""}, locales...) {
		seen := map[any]bool{}
		for _, c := range list {
			name := c["name"]
			if names, _ := c["name_localizations"].(map[string]any); names[locale] != nil {
				name = names[locale]
			}
			if seen[name] {
				problems = append(problems, fmt.Sprintf("%s name %q is there twice in %q", what, name, locale))
			}
			seen[name] = true
		}
	}
	return problems
}
