package slack

import (
	"os"
	"slices"
	"testing"
	"unicode/utf8"

	"github.com/goccy/go-yaml"
	"github.com/slack-go/slack"

	"verbatim/adapters"
	"verbatim/adapters/adaptertest"
	"verbatim/adapters/slackfake"
)

func manifest(t *testing.T) slack.Manifest {
	t.Helper()
	data, err := os.ReadFile("../../slack-manifest.yaml")
	if err != nil {
		t.Fatal(err)
	}
	var m slack.Manifest
	if err := yaml.UnmarshalWithOptions(data, &m, yaml.Strict()); err != nil {
		t.Fatal(err)
	}
	return m
}

// botEvents are the events that the app subscribes to, each with the scope that
// brings it; empty: none is needed. Apps with the legacy assistant_view subscribe
// to assistant_thread_started too.
var botEvents = []struct{ name, scope string }{
	{"app_mention", "app_mentions:read"},
	{"message.im", "im:history"},
	{"app_home_opened", ""},
	{"message.channels", "channels:history"},
	{"message.groups", "groups:history"},
	{"message.mpim", "mpim:history"},
}

// TestManifest holds the manifest equal to what the code uses.
func TestManifest(t *testing.T) {
	m := manifest(t)
	equal := func(what string, got, want []string) {
		t.Helper()
		got, want = slices.Sorted(slices.Values(got)), slices.Sorted(slices.Values(want))
		if !slices.Equal(got, want) {
			t.Errorf("%s: the manifest has %q, the code %q", what, got, want)
		}
	}
	var needed, events []string
	for _, s := range scopes {
		needed = append(needed, s.name)
	}
	equal("scopes", m.OAuthConfig.Scopes.Bot, append(needed, optionalScopes...))
	equal("optional scopes", m.OAuthConfig.Scopes.BotOptional, optionalScopes)
	for _, e := range botEvents {
		events = append(events, e.name)
		if e.scope != "" && !slices.Contains(m.OAuthConfig.Scopes.Bot, e.scope) {
			t.Errorf("the event %s needs the scope %s", e.name, e.scope)
		}
	}
	equal("events", m.Settings.EventSubscriptions.BotEvents, events)
	if len(m.OAuthConfig.Scopes.User)+len(m.OAuthConfig.Scopes.UserOptional) > 0 {
		t.Error("it asks for scopes of persons")
	}
	if c := m.Features.SlashCommands; len(c) != 1 || c[0].Command != commandAsk || !c[0].ShouldEscape {
		t.Errorf("commands: %+v", c)
	}
	if s := m.Features.Shortcuts; len(s) != 1 || s[0].CallbackID != shortcutCheck || s[0].Type != slack.MessageShortcut || len(s[0].Name) > 24 {
		t.Errorf("shortcuts: %+v", s)
	}
	if h := m.Features.AppHome; !h.HomeTabEnabled || !h.MessagesTabEnabled || h.MessagesTabReadOnlyEnabled {
		t.Errorf("app home: %+v", h)
	}
	if m.Features.AgentView == nil || m.Features.AssistantView != nil || utf8.RuneCountInString(m.Features.AgentView.AgentDescription) > 300 {
		t.Errorf("the agent pane: %+v", m.Features.AgentView)
	}
	if !m.Settings.SocketModeEnabled || m.Settings.TokenRotationEnabled || m.Settings.Interactivity == nil || !m.Settings.Interactivity.IsEnabled {
		t.Errorf("settings: %+v", m.Settings)
	}
	for what, n := range map[string][2]int{
		"name":             {utf8.RuneCountInString(m.Display.Name), 35},
		"description":      {utf8.RuneCountInString(m.Display.Description), 140},
		"long description": {utf8.RuneCountInString(m.Display.LongDescription), 4000},
	} {
		if n[0] == 0 || n[0] > n[1] {
			t.Errorf("the %s has %d characters, %d are allowed", what, n[0], n[1])
		}
	}
	if n := utf8.RuneCountInString(m.Display.LongDescription); n < 175 {
		t.Errorf("the long description has %d characters, 175 are needed", n)
	}
}

// TestManifestScopesSuffice: with the scopes that are not optional, and Slack as
// strict as it is, everything but follow-ups without a mention works.
func TestManifestScopesSuffice(t *testing.T) {
	t.Parallel()
	m := manifest(t)
	granted := slices.DeleteFunc(slices.Clone(m.OAuthConfig.Scopes.Bot), func(s string) bool {
		return slices.Contains(m.OAuthConfig.Scopes.BotOptional, s)
	})
	b := start(t, setting{fake: slackfake.Options{Scopes: granted}})
	general, direct := b.Channel("general"), b.Direct("ann")
	ts := b.Say("ann", general, "", mention+adaptertest.AskLamp)
	b.answered(t, 0, general, ts, lamp)
	b.OpenHome("ann", "messages")
	b.Prompts(direct, "")
	before := b.Mark()
	ts = b.Say("ann", direct, "", adaptertest.AskLamp)
	b.Next(before, func(m slackfake.Message) bool { return m.Thread == ts })
	if b.Title(ts) == "" {
		t.Error("the thread has no title")
	}
	before = b.Mark()
	b.Command("ann", general, "/ask", adaptertest.AskLamp)
	b.Next(before, onlyFor("ann"))
	b.OpenHome("ann", "home")
	b.PressView("ann", b.Home("ann"), adaptertest.AskLamp)
	b.Modal("ann", 1, 0)
	b.Acked()
	if n := b.counts.of(t, adapters.CountFailed); n != 0 {
		t.Errorf("%d things failed", n)
	}
}
