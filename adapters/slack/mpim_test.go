package slack

import (
	"strings"
	"testing"

	"verbatim/adapters/adaptertest"
	"verbatim/adapters/slackfake"
)

// TestGroupMessages: in a direct message of several people the bot answers a mention, and
// with the optional scope a follow-up without one and what somebody asks about above.
func TestGroupMessages(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		name   string
		scopes []string
		above  string
	}{
		{"granted", append([]string{"mpim:history"}, minimal...), adaptertest.ExactLead},
		{"not granted", minimal, "I cannot see the message"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			b := start(t, setting{fake: slackfake.Options{Scopes: tt.scopes}})
			group := b.Group("three")
			thread := b.Say("ann", group, "", mention+adaptertest.AskLamp)
			b.answered(t, 0, group, thread, lamp)
			if tt.name == "granted" {
				before := b.Mark()
				b.Say("ann", group, thread, adaptertest.AskBefore)
				b.Next(before, func(m slackfake.Message) bool { return m.Thread == thread })
			}
			other := b.Say("ben", group, "", adaptertest.LampWords)
			before := b.Mark()
			b.Say("ann", group, other, mention+"is this right?")
			m := b.Next(before, func(m slackfake.Message) bool { return m.Thread == other })
			if got := slackfake.Read(m).Text; !strings.Contains(got, tt.above) {
				t.Errorf("asked about the message above it shows:\n%s", got)
			}
		})
	}
}
