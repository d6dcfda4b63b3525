package extract

import "testing"

// TestPlainTitles: the first line of plain text is its title where it stands apart and reads like
// one, with a colon or a mark at its end, too.
func TestPlainTitles(t *testing.T) {
	const story = "\n\nThe ferry to Lomsund stays in the dock until May, the county said on Monday.\n\nIts engine had run since 1974, and nobody makes its parts.\n"
	for name, c := range map[string]struct {
		text, want string
	}{
		"a place":                       {"Lomsund: no ferry until the spring" + story, "Lomsund: no ferry until the spring"},
		"a topic of two words":          {"Ferry Traffic: what the county plans" + story, "Ferry Traffic: what the county plans"},
		"a question":                    {"Where has the ferry gone?" + story, "Where has the ferry gone?"},
		"a call":                        {"Give us our ferry back!" + story, "Give us our ferry back!"},
		"a topic with a question":       {"Lomsund: where has the ferry gone?" + story, "Lomsund: where has the ferry gone?"},
		"below what kind of text it is": {"FOR IMMEDIATE RELEASE\n\nLomsund: no ferry until the spring" + story, "Lomsund: no ferry until the spring"},
		"above a conversation": {"Harbour Talk: the ferry that stays away\n\nAnn Lee: Where is it?\n\nBo Ek: In the dock.\n\nAnn Lee: Until when?\n\nBo Ek: Until May.\n",
			"Harbour Talk: the ferry that stays away"},
		"a speaker":          {"Ann Lee: Where has the ferry gone?\n\nBo Ek: In the dock.\n\nAnn Lee: Until when?\n\nBo Ek: Until May.\n", ""},
		"who asks once":      {"Ann Lee: Where has the ferry gone?\n\nBo Ek: In the dock, until May, as the county said.\n", ""},
		"a first sentence":   {"The ferry to Lomsund is in the dock." + story, ""},
		"a label":            {"Note: the ferry is in the dock" + story, ""},
		"a greeting":         {"Hello everybody!" + story, ""},
		"a salutation":       {"Dear Ms Lee!" + story, ""},
		"whoever wrote it":   {"Words: Ann Lee" + story, ""},
		"no blank line":      {"Where has the ferry gone?\nIt is in the dock.\nThere it stays.\n", ""},
		"several questions":  {"Where is the ferry?\n\nIn the dock.\n\nUntil when?\n\nUntil May, says the county.\n\nWho pays for it?\n\nThe county does.\n", ""},
		"what somebody says": {"“Where has the ferry gone?”" + story, ""},
		"a long line":        {"Lomsund: it was on the evening of the first of March that somebody saw the ferry go out" + story, ""},
	} {
		if got := mustRead(t, Input{Name: "a.txt", Data: []byte(c.text)}).Title; got != c.want {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
	}
}
