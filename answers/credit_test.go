package answers

import (
	"strings"
	"testing"

	"verbatim/corpus/words"
)

// TestWhoseMouth: words put in somebody's mouth, in every way that people name them, on
// texts of several kinds.
func TestWhoseMouth(t *testing.T) {
	texts := map[string]string{
		"report": `New mayor for Kiel
Voters have elected Omar Hale as mayor. Omar Hale owns a ferry.
“There are no limits,” Hale told the paper. His wife, Nadja Hale, was not there.
“It leaked”
“It leaked,” said Tom Will, who runs the pier. “We counted 40 holes. It was not safe.”
Hale said the harbour was a “real America” in small.
“It costs too much for what it does,” Olander said.
`,
		"speech": `Speaker Ida Roth's Remarks on the Ferry
Speaker Ida Roth delivered remarks at the pier.
Thank you all. I have waited for this day. The Harbour Board is announcing that it will buy a boat.
My brother told me, “You will drown.” I did not drown, and I am proud of the boat that we have built.
`,
		"transcript": `Council meeting
The Chairman: We have ten minutes. Who wants to begin?
Mr. Sand: It would be insane to sell the boats now. It would be insane to sell the pier, too.
Oduya Wexrumbo: Thank you very much. I think that we have the data on all of the boats.
Mr. Sand: How many samples do you have of the water in the harbour?
Oduya Wexrumbo: We have forty.
Mr. Lind: Then let us vote on it.
`,
		"statement": `Lamps recalled
The lamps get hot. We are taking back every lamp that was sold in May.
We apologise to our customers. We will repay them.
“It was a mistake,” said Petra Olsen, the founder.
`,
		"dispatch": `Lamps are back
Nimbus Lamps, which makes them, has doubled its staff. “We are ready,” the company said in a statement.
Mayor Ruth Hall was not there. “I was ill,” the mayor wrote. The lamps are by Fred Roth, who paid her.
`,
		"portrait": `The woman who measures the sea
National Hydrographer Ada Moss keeps the charts of the coast.
“The old charts were wrong,” Moss said.
`,
		"column": `Counting boats
I’ve counted boats for years. We’ve never had so few, and I’ll say why.
The harbour is too shallow for big boats.
`,
	}
	for _, tt := range []struct {
		text, question string
		want           Finding
		speaker        string // of the first quote
	}{
		{"portrait", "did the Hydrographer say “The old charts were wrong”?", Exact, "Ada Moss"},
		{"portrait", "did the Astronomer say “The old charts were wrong”?", Misattributed, "Ada Moss"},
		{"column", "she wrote “The harbour is too shallow for big boats”, didn't she?", Exact, ""},
		{"report", "did Omar Hale say “There are no limits”?", Exact, "Omar Hale"},
		{"report", "did the mayor say “real America”?", Exact, "Omar Hale"},
		{"report", "Hale: “real America” right?", Exact, "Omar Hale"},
		{"report", "“real America” – Will?", Misattributed, "Omar Hale"},
		{"report", "did Will say “It leaked”?", Exact, "Tom Will"},
		{"report", "was it Tom Will who said “There are no limits”?", Misattributed, "Omar Hale"},
		{"report", "who said “It leaked”?", Exact, "Tom Will"},
		{"report", "did Tom Will say that We counted 40 holes. It was not safe?", Supported, "Tom Will"},
		{"report", "did Ada really say “It costs too much for what it does”?", Exact, "Olander"},
		{"report", "did Omar really say “It costs too much for what it does”?", Misattributed, "Olander"},
		{"dispatch", "did Nimbus say “We are ready”?", Exact, "the company"},
		{"dispatch", "did Ruth Hall say “We are ready”?", Misattributed, "the company"},
		{"speech", "did Ida Roth say “The Harbour Board is announcing that it will buy a boat”?", Exact, "Ida Roth"},
		{"speech", "did the Harbour Board say “it will buy a boat”?", Reported, "Harbour Board"},
		{"speech", "who said “it will buy a boat”?", Exact, "Ida Roth"},
		{"speech", "did Roth say “My brother told me, ‘You will drown.’ I did not drown”?", Exact, "Ida Roth"},
		{"transcript", "was it Mr. Sand who said “It would be insane to sell the boats now. It would be insane to sell the pier, too”?", Exact, "Mr. Sand"},
		{"transcript", "was it Mr. Sand who said “It would be insane to sell the boats today. It would be insane to sell the pier, too”?", Altered, "Mr. Sand"},
		{"transcript", "was it Mr. Lind who said “It would be insane to sell the boats now. It would be insane to sell the pier, too”?", Misattributed, "Mr. Sand"},
		{"transcript", "did Oduya Wexrumbo say “I think that we have the data on all of the boats”?", Exact, "Oduya Wexrumbo"},
		{"transcript", "did Sand say “We have ten minutes”?", Misattributed, "The Chairman"},
		{"transcript", "Sand: How many samples do you have of the water in the harbour?", Exact, "Mr. Sand"},
		{"statement", "Brightly Lamps: “We are taking back every lamp that was sold in May”", Exact, ""},
		{"statement", "did the company say “We will repay them”?", Exact, ""},
		{"statement", "did he say “We will repay them”?", Exact, ""},
		{"statement", "did my boss say “We will repay them”?", Misattributed, ""},
		{"statement", "did he say “The lamps get hot”?", Exact, ""},
		{"report", "did he say “Omar Hale owns a ferry”?", Misattributed, ""},
		{"statement", "did Petra Olsen say “We will repay them”?", Misattributed, ""},
	} {
		a := creditEngine(t, tt.text, texts[tt.text]).Ask(Question{Text: tt.question})
		speaker := ""
		if len(a.Quotes) > 0 {
			speaker = a.Quotes[0].Speaker
		}
		// The lead names whose words they are where the passage tells of somebody else's.
		credited := speaker == tt.speaker || strings.Contains(words.Fold(a.Lead), words.Fold(tt.speaker))
		if a.Kind != Verdict || a.Finding != tt.want || !credited {
			t.Errorf("%s: %q: %s %s of %q (%s), want %s of %q", tt.text, tt.question, a.Kind, a.Finding, speaker, a.Lead, tt.want, tt.speaker)
		}
	}
}

// creditEngine returns an engine on a text, the same for each name.
func creditEngine(t *testing.T, name, text string) *Engine {
	t.Helper()
	if e, ok := engines.Load("credit-" + name); ok {
		return e.(*Engine)
	}
	e := plainEngine(t, map[string]string{name: text})
	engines.Store("credit-"+name, e)
	return e
}
