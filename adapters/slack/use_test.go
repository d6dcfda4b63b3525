package slack

import (
	"strings"
	"testing"

	"verbatim/adapters/adaptertest"
	"verbatim/adapters/slackfake"
)

// TestUse: /ask use sets the article of a channel, for everybody to see and over a restart;
// a question may name another.
func TestUse(t *testing.T) {
	b := start(t, setting{engine: adaptertest.NewLamps(t)})
	general, elsewhere := b.Channel("general"), b.Elsewhere("elsewhere")
	all := func(slackfake.Message) bool { return true }
	command := func(channel, text string) slackfake.Message {
		t.Helper()
		before := b.Mark()
		b.Command("ann", channel, "/ask", text)()
		return b.Next(before, all)
	}
	expect := func(m slackfake.Message, want string) {
		t.Helper()
		if !strings.Contains(m.Text, want) {
			t.Errorf("got %q, want %q", m.Text, want)
		}
	}
	expect(command(general, "use"), "Questions in this channel are asked of all articles. /ask use and a title sets one for the channel.\nThere are:\n• "+adaptertest.LampsTitle2023)
	expect(command(general, "use ships"), "There is no article called “ships”.")
	set := command(general, "use "+adaptertest.LampsTitle2023)
	expect(set, "<@"+slackfake.User("ann")+"> has set that questions here are asked of “"+adaptertest.LampsTitle2023+"” alone.")
	if set.OnlyFor != "" {
		t.Error("only one person sees that a channel has an article")
	}
	b.restart(t)
	check := func(m slackfake.Message, has, lacks string) {
		t.Helper()
		if expect(m, has); lacks != "" && strings.Contains(m.Text, lacks) {
			t.Errorf("got %q with %q", m.Text, lacks)
		}
	}
	check(command(general, adaptertest.AskPrice), adaptertest.LampsAnswer2023, adaptertest.LampsAnswer)
	before := b.Mark()
	b.Say("ben", general, "", mention+adaptertest.AskPrice)
	check(b.Next(before, all), adaptertest.LampsAnswer2023, adaptertest.LampsAnswer)
	check(command(general, "in "+adaptertest.Lamps2024+": "+adaptertest.AskPrice), adaptertest.LampsAnswer, adaptertest.LampsAnswer2023)
	check(command(elsewhere, adaptertest.AskPrice), adaptertest.LampsAnswer2023, "")
	expect(command(general, "check “The harbour lamp costs fifty crowns.”"), "Not quite")
	expect(command(general, "use"), "Questions in this channel are asked of “"+adaptertest.LampsTitle2023+"” alone.")
	expect(command(general, "use of brass in the lamp?"), "brass")
	expect(command(general, "use all"), "asked of all articles again.")
	check(command(general, adaptertest.AskPrice), adaptertest.LampsTitle2024, "")
}
