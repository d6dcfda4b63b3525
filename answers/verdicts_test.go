package answers

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// TestVerdictOfWords: words that are held up against an article, in the dress that people
// give them, and whom they name.
func TestVerdictOfWords(t *testing.T) {
	for _, tt := range []struct {
		article, text string
		finding       Finding
		quote, lead   string // parts of the first quote and of the lead
	}{
		// The marks of any language or keyboard.
		{"landslip", `"Nobody was hurt"`, Exact, "Nobody was hurt", ""},
		{"landslip", `„Nobody was hurt“ – Faoláin`, Exact, "Nobody was hurt", ""},
		{"landslip", `did Faoláin say «Nobody was hurt»?`, Exact, "Nobody was hurt", ""},
		{"landslip", "did Faolain say “NOBODY WAS HURT!!!”", Exact, "Nobody was hurt", ""},
		{"landslip", "did Brid say “Nobody was hurt”?", Exact, "Nobody was hurt", ""},
		{"landslip", "did Kerekes say “Nobody was hurt”?", Misattributed, "Nobody was hurt", "Faoláin"},
		{"landslip", "did zoltan kerekes say “the sensors gave us nine hours”?", Exact, "nine hours", "Kerekes"},
		{"landslip", "did Mei-Ling Strand say “a small miracle”?", Exact, "a small miracle", ""},
		{"landslip", "did Strand say “a small miracle”?", Exact, "a small miracle", ""},
		{"landslip", "did the councillor say “a small miracle”?", Exact, "a small miracle", ""},
		{"landslip", "did the engineer say “a small miracle”?", Misattributed, "a small miracle", "Strand"},
		{"landslip", "did the engineer say “and we used every one of them”?", Exact, "every one", "Kerekes"},
		// What is said before and after "he said" is one text to who quotes it.
		{"landslip", "“I have lived here since 1968, and I am not moving” – Bríd Faoláin", Exact, "1968", ""},
		{"landslip", "did Faoláin say “I have lived here since 1968 and I am moving”?", Altered, "1968", "Not quite"},
		// Something left out.
		{"landslip", "“We heard a crack … and then the lamp posts went over”", Exact, "crack", ""},
		{"landslip", "“We heard a crack [...] the lamp posts went over”", Exact, "crack", ""},
		{"landslip", "“The sensors gave us nine hours ... we used every one of them” Kerekes", Exact, "nine hours", ""},
		{"landslip", "“the lamp posts went over … We heard a crack”", Altered, "", ""},
		{"clock", "“The clock has been four minutes fast … My husband missed his train” – Baptiste", Exact, "four minutes", ""},
		// Several fragments.
		{"landslip", "did Faoláin say “a crack like thunder” and “Nobody was hurt”?", Exact, "crack", ""},
		{"landslip", "Faoláin spoke of “a crack like thunder” and, later, of “thunder”. True?", Exact, "crack", ""},
		{"landslip", "did Faoláin say “Nobody was hurt”? who said “Nobody was hurt”?", Exact, "hurt", ""},
		{"glass", "Quandt speaks of “dirty hands” and “the pieces in a drawer”", Exact, "", ""},
		// The article's own words, and its reports.
		{"landslip", "did Strand say “the county should buy the five houses below the road”?", Reported, "five houses", "report of what Mei-Ling Strand said"},
		{"landslip", "did Kerekes say “the slope had been watched since 2011”?", Reported, "2011", ""},
		{"landslip", "did Faoláin say “the slope had been watched since 2011”?", Misattributed, "2011", ""},
		{"landslip", "did Kerekes say “A bypass over the moor would cost 3.2 million crowns”?", Misattributed, "3.2 million", ""},
		{"landslip", "is “A bypass over the moor would cost 3.2 million crowns” in there?", Exact, "3.2 million", ""},
		{"landslip", "does the article say “A bypass over the moor would cost 4.2 million crowns”?", Altered, "3.2 million", ""},
		{"landslip", "who said “A bypass over the moor would cost 3.2 million crowns”?", Absent, "3.2 million", ""},
		{"recall", "did Oddvar Seeds say “The packets were sold between 2 May and 30 June at 19 shops”?", Exact, "19 shops", ""},
		{"recall", "did Signe Aalto say “The packets were sold between 2 May and 30 June at 19 shops”?", Misattributed, "19 shops", ""},
		{"recall", "did the head of quality say “We apologise to every gardener”?", Exact, "apologise", "Aalto"},
		{"straight", "did her lawyer say “the rent hadn't been paid since May”?", Reported, "rent", ""},
		{"straight", "did Vanterpool say “the rent hadn’t been paid since May”?", Misattributed, "rent", ""},
		// A text in the first person is its author's.
		{"telephone", "did Hamza Lindgren write “I have regretted it only twice”?", Exact, "regretted", ""},
		{"telephone", "did the author say “I miss the maps”?", Exact, "maps", ""},
		{"telephone", "did he say “my rope was simply short”?", Exact, "rope", ""},
		{"telephone", "did Marchetti say “silence is a muscle”?", Exact, "muscle", "Marchetti"},
		{"telephone", "did the surgeon say “I miss the maps”?", Misattributed, "maps", ""},
		{"telephone", "Hamza Lindgren: “I miss the apps”", Altered, "maps", ""},
		// Turns of talk.
		{"clock", "did Noor say “We have 850”?", Exact, "850", "NOOR"},
		{"clock", "did Councillor Baptiste say “We have 850”?", Misattributed, "850", "NOOR"},
		{"clock", "did the clerk say “Then let us hold a cake sale”?", Misattributed, "cake sale", "BAPTISTE"},
		{"glass", "did Tariq Belo say “We test our blood twice a year”?", Misattributed, "blood", "Quandt"},
		{"glass", "did Ilse Quandt say “Is lead dangerous?”", Misattributed, "lead", "Belo"},
		{"glass", "did Anselm Ruge say “I still keep the pieces in a drawer”?", Misattributed, "drawer", "Quandt"},
		{"glass", "“We test our blood twice a week” – Quandt", Altered, "twice a year", ""},
		// Straight marks, emoji and links.
		{"straight", "did Vanterpool say \"They clapped!\"", Exact, "They clapped", ""},
		{"straight", "did Kofi say 'It’s only bricks'?", Exact, "bricks", "Kofi Adu"},
		{"straight", "did Roswitha Engel say “It's only bricks”?", Misattributed, "bricks", "Kofi Adu"},
		{"straight", "did the choir write “Thank you all 🎉🎉 we'll be back 💪”?", Exact, "Thank you all", ""},
		{"straight", "did the choir write “Thank you all we'll be back”? 🤔🤔", Exact, "Thank you all", ""},
		{"straight", "omg 😂 did Vanterpool rly say “We sang for the bailiffs” lol", Exact, "bailiffs", ""},
		{"straight", "https://social.example/p/77 claims Vanterpool said “We sang for the bailiffs”", Exact, "bailiffs", ""},
		{"straight", "<@U123> hey bot, did Vanterpool say “We sang for the bailiffs”?", Exact, "bailiffs", ""},
		{"straight", "**Vanterpool**: _“We sang for the bailiffs”_", Exact, "bailiffs", ""},
		// A heading.
		{"straight", "“Choir loses its hall”", Exact, "", "not a quote of anybody"},
		{"landslip", "“Landslip closes the coast road”", Altered, "", "not a quote of anybody"},
		// Nowhere.
		{"landslip", "did Kerekes say “the road will be open again by Christmas”?", Absent, "", "does not have these words"},
		{"recall", "“our seeds are the best in the north”", Absent, "", "does not have these words"},
		{"clock", "Noor: “I would rather melt the clock down”", Absent, "", "does not have these words"},
		{"rink", "did she say “the”?", Absent, "", "too little"},
	} {
		a := kind(t, tt.article).Ask(Question{Text: tt.text})
		if a.Kind != Verdict || a.Finding != tt.finding || !strings.Contains(first(a), tt.quote) || !strings.Contains(a.Lead, tt.lead) {
			t.Errorf("%s: %q: %s %s %q %q, want %s %q %q", tt.article, tt.text, a.Kind, a.Finding, a.Lead, allText(a), tt.finding, tt.quote, tt.lead)
		}
		if a.Finding == Absent && !strings.HasPrefix(tt.text, "who said") && len(a.Quotes) > 0 {
			t.Errorf("%s: %q is absent and shows %q", tt.article, tt.text, allText(a))
		}
		verbatim(t, a)
	}
}

// TestChangesWordByWord: what differs is told as both sides wrote it, and nothing else is.
func TestChangesWordByWord(t *testing.T) {
	for _, tt := range []struct {
		article, text string
		changes       []Change
	}{
		{"landslip", "“We heard a bang like thunder, and then the lamp posts went over”", []Change{{"bang", "crack"}}},
		{"landslip", "“We heard a crack like thunder, and the lamp posts went over”", []Change{{"", "then"}}},
		{"landslip", "“We never heard a crack like thunder, and then the lamp posts went over”", []Change{{"never", ""}}},
		{"landslip", "“We saw a crack like thunder, and then the lamp posts fell over”", []Change{{"saw", "heard"}, {"fell", "went"}}},
		{"landslip", "“WE HEARD A CRACK LIKE LIGHTNING; and, then, the lamp posts went over.”", []Change{{"LIGHTNING", "thunder"}}},
		{"landslip", "“A bypass over the moor would cost 2.3 million crowns”", []Change{{"2.3", "3.2"}}},
		{"landslip", "“The sensors gave us nine hours today”", []Change{{"today", ""}}},
		{"landslip", "“and I am moving”", []Change{{"", "not"}}},
		{"landslip", "“I lived here since 1968”", []Change{{"", "have"}}},
		{"landslip", "“Nobody was hurt at all”", []Change{{"at all", ""}}},
		{"landslip", "“The bus to Skerrow now takes 40 minutes more”", []Change{{"more", "longer"}}},
		{"landslip", "“A bypass over the moor would cost 3.2 billion crowns.”", []Change{{"billion", "million"}}},
		{"recall", "“We apologize to every single gardener” – Aalto", []Change{{"apologize", "apologise"}, {"single", ""}}},
		{"recall", "“The packets were sold between 2 May and 30 July at 19 shops”", []Change{{"July", "June"}}},
		{"straight", "“the rent had been paid since May”", []Change{{"had", "hadn't"}}},
		{"telephone", "“You need to follow me. We are all tethered to something”", []Change{{"to", "not"}}},
		{"clock", "“The clock has been forty minutes slow since Easter”", []Change{{"forty", "four"}, {"slow", "fast"}}},
	} {
		a := kind(t, tt.article).Ask(Question{Text: tt.text})
		if a.Finding != Altered {
			t.Errorf("%s: %q is %s %q", tt.article, tt.text, a.Finding, a.Lead)
		}
		if diff := cmp.Diff(tt.changes, a.Changes); diff != "" {
			t.Errorf("%s: %q (-want +got):\n%s", tt.article, tt.text, diff)
		}
	}
}

// TestWhoseWords: who said some words is told by the article's credit, and nobody is made up.
func TestWhoseWords(t *testing.T) {
	for _, tt := range []struct{ article, words, speaker string }{
		{"landslip", "Nobody was hurt", "Bríd Faoláin"},
		{"landslip", "and I am not moving", "Bríd Faoláin"},
		{"landslip", "The sensors gave us nine hours", "Zoltán Kerekes"},
		{"landslip", "we used every one of them", "Zoltán Kerekes"},
		{"landslip", "a small miracle", "Mei-Ling Strand"},
		{"glass", "On my second day", "Ilse Quandt"},
		{"glass", "What will you do when you retire?", "Tariq Belo"},
		{"recall", "A labelling error at our warehouse mixed two lots", "Signe Aalto"},
		{"recall", "We apologise to every gardener", "Signe Aalto"},
		{"telephone", "silence is a muscle", "Odile Marchetti"},
		{"telephone", "I miss the maps", "Hamza Lindgren"},
		{"straight", "They clapped", "Piet Vanterpool"},
		{"straight", "It's only bricks", "Kofi Adu"},
		{"clock", "I second it, if somebody else bakes", "NOOR"},
		{"clock", "My husband missed his train", "BAPTISTE"},
	} {
		for _, form := range []string{"who said “WORDS”?", "“WORDS” – whose words are these?", "who is quoted as saying \"WORDS\"", "🤷 who said that: “WORDS”"} {
			a := kind(t, tt.article).Ask(Question{Text: strings.ReplaceAll(form, "WORDS", tt.words)})
			if a.Kind != Verdict || a.Finding != Exact || len(a.Quotes) == 0 || !strings.Contains(strings.ToUpper(a.Quotes[0].Speaker), strings.ToUpper(tt.speaker)) {
				t.Errorf("%s: %q in %q: %s %s %q %v, want %s", tt.article, tt.words, form, a.Kind, a.Finding, a.Lead, a.Quotes, tt.speaker)
			}
		}
	}
}

// TestSaidTwice: words that two people said are credited to the one who is named, and to both
// where nobody is.
func TestSaidTwice(t *testing.T) {
	e := plainEngine(t, map[string]string{"bridge": `Two villages, one bridge
“The bridge must stay,” said Aino Rask, who farms on the north bank.
Across the water her cousin agreed. “The bridge must stay,” said Leopold Nuwa, the ferryman.
“Pull it down,” said Gudrun Saito, the mayor.
`})
	for name, want := range map[string]Finding{"Aino Rask": Exact, "Leopold Nuwa": Exact, "Nuwa": Exact, "the ferryman": Exact, "Gudrun Saito": Misattributed, "the mayor": Misattributed} {
		a := e.Ask(Question{Text: "did " + name + " say “The bridge must stay”?"})
		if a.Finding != want {
			t.Errorf("%s: %s %q, want %s", name, a.Finding, a.Lead, want)
		}
	}
	a := e.Ask(Question{Text: "did Nuwa say “The bridge must stay”?"})
	if len(a.Quotes) == 0 || a.Quotes[0].Speaker != "Leopold Nuwa" {
		t.Errorf("his words are shown as those of %v", a.Quotes)
	}
	a = e.Ask(Question{Text: "who said “The bridge must stay”?"})
	var who []string
	for _, p := range a.Quotes {
		who = append(who, p.Speaker)
	}
	if want := []string{"Aino Rask", "Leopold Nuwa"}; !cmp.Equal(who, want) || !strings.HasPrefix(a.Lead, "More than one") {
		t.Errorf("%q by %v, want %v", a.Lead, who, want)
	}
}

// TestSeveralQuotations: quotations in one question stand in the article in any order, also twice
// or one within another, and all have to.
func TestSeveralQuotations(t *testing.T) {
	for _, tt := range []struct {
		text    string
		finding Finding
		quotes  []string // how each begins
	}{
		{"she writes “every one of them” and “Nobody was hurt”", Exact, []string{"“Nobody", "“The sensors"}},
		{"is it “Nobody was hurt” or “a small miracle”?", Exact, []string{"“Nobody", "Councillor"}},
		{"“a small miracle”, “Nobody was hurt”, “a small miracle”", Exact, []string{"“Nobody", "Councillor"}},
		{"is “and then the lamp posts went over” in “We heard a crack like thunder, and then the lamp posts went over”?", Exact, []string{"“We heard"}},
		{"“I am not moving” … “We heard a crack … the lamp posts went over”", Exact, []string{"“We heard", "“I have lived"}},
		{"are “Nobody was hurt” and “all five houses were sold to the county for nothing” in it?", Absent, nil},
	} {
		a := kind(t, "landslip").Ask(Question{Text: tt.text})
		begin := len(a.Quotes) == len(tt.quotes)
		for i, q := range a.Quotes {
			begin = begin && strings.HasPrefix(q.Quote.Text(), tt.quotes[i])
		}
		if a.Finding != tt.finding || !begin {
			t.Errorf("%q: %s %q\n%s\nwant %s %q", tt.text, a.Finding, a.Lead, allText(a), tt.finding, tt.quotes)
		}
	}
}

// TestSomebodyElsesWords: what a person's lawyer or manager is told to have said is no report
// of what that person, or anybody else, said.
func TestSomebodyElsesWords(t *testing.T) {
	e := plainEngine(t, map[string]string{"yard": `Boatyard sold
The boatyard at Kvist was sold on Friday. “I sleep well again,” said Maren Oyelaran, who owned it for thirty years.
The buyer, Tomasz Lie, was at sea. His lawyer said the price was fair.
“The old slip was the best in the fjord, as Anders Berg would agree,” said Maren Oyelaran.
The slip is older than the church. The Harbour Board has no money to mend it.
She said the sheds would be painted blue, and his manager said the crane would go.
Oyelaran said the quay was sound, while Lie said it was a ruin. “I will mend it,” said Lie.
`})
	for _, tt := range []struct {
		text    string
		finding Finding
	}{
		{"did Maren Oyelaran say “I sleep well again”?", Exact},
		{"did Tomasz Lie say “I sleep well again”?", Misattributed},
		{"did she say “the sheds would be painted blue”?", Reported},
		{"did his lawyer say “the price was fair”?", Reported},
		{"did the lawyer say “the price was fair”?", Reported},
		{"did the manager say “the crane would go”?", Reported},
		{"did Oyelaran say “the quay was sound”?", Reported},
		{"did Lie say “it was a ruin”?", Reported},
		{"did Oyelaran say “it was a ruin”?", Misattributed},
		{"did Anders Berg say “The old slip was the best in the fjord”?", Misattributed},
		{"Harbour Board statement: “The slip is older than the church”, ok?", Misattributed},
		{"Boatyard statement: “The slip is older than the church”, ok?", Exact},
		{"does the article say “the price was fair”?", Exact},
	} {
		if a := e.Ask(Question{Text: tt.text}); a.Finding != tt.finding {
			t.Errorf("%q: %s %q, want %s", tt.text, a.Finding, a.Lead, tt.finding)
		}
	}
}

// TestNotTheirs: what a text credits to somebody, named or not, is misattributed to a role, a pronoun or a name of somebody else.
func TestNotTheirs(t *testing.T) {
	e := plainEngine(t, map[string]string{"dock": `Crane at the dock
Jan Falk, the mayor, came to look. The minister did not answer.
“The crane is safe,” said the engineer, Ola Berg. He has run it since 2011.
“Nobody buys stamps any more,” the owner said.
Paula Ott shook her head. “It groans at night,” she said.
`})
	for _, tt := range []struct {
		text    string
		finding Finding
	}{
		{"did the engineer say “The crane is safe”?", Exact},
		{"did he say “The crane is safe”?", Exact},
		{"did the operator say “The crane is safe”?", Exact}, // the text does not speak of one: it may be his role
		{"did the minister say “The crane is safe”?", Misattributed},
		{"“The crane is safe” – the minister's words?", Misattributed},
		{"did Jan Falk say “Nobody buys stamps any more”?", Misattributed},
		{"did the owner say “Nobody buys stamps any more”?", Exact},
		{"did she say “It groans at night”?", Exact},
		{"did he say “It groans at night”?", Misattributed},
	} {
		if a := e.Ask(Question{Text: tt.text}); a.Finding != tt.finding {
			t.Errorf("%q: %s %q, want %s", tt.text, a.Finding, a.Lead, tt.finding)
		}
	}
}

// TestCreditedToNobody: a quotation that the text credits to nobody is nobody's, and not of whom another part names.
func TestCreditedToNobody(t *testing.T) {
	e := plainEngine(t, map[string]string{"fair": `The fair at Orm
Nora Bell runs the fair. It has three rides.
It rained for a week.
On the wall was painted “Go home, all of you”. Tom Reed washed it off.
`})
	for _, tt := range []struct {
		text    string
		finding Finding
		lead    string
	}{
		{"did Nora Bell say “Go home, all of you”?", Misattributed, "does not say there whose"},
		{"did Tom Reed say “Go home, all of you”?", Exact, "does not say there whose"}, // he stands beside it
		{"who said “Go home, all of you”?", Absent, "does not say there whose"},
		{"“Go home, all of you”", Exact, ""},
	} {
		if a := e.Ask(Question{Text: tt.text}); a.Finding != tt.finding || !strings.Contains(a.Lead, tt.lead) {
			t.Errorf("%q: %s %q, want %s", tt.text, a.Finding, a.Lead, tt.finding)
		}
	}
}

// TestTurned: what was cut off or left out beside a quotation and turns its meaning is told.
func TestTurned(t *testing.T) {
	e := plainEngine(t, map[string]string{"well": `The well at Orm
The chemist Ada Roos said that no lead was found in the water. She doubts that the well is safe.
“None of the tests failed,” said Tom Pike. “It is not true that I sold my shares.”
“We will not raise the tax on bread,” said Nora Blom. “We did not come because the road was closed.”
The well is open daily except on Mondays. It is open to all.
`})
	for _, tt := range []struct {
		text    string
		finding Finding
		left    string
	}{
		{"did Roos say “lead was found in the water”?", Altered, "no"},
		{"“the well is safe”", Altered, "doubts that"},
		{"did Pike say “the tests failed”?", Altered, "None of"},
		{"“I sold my shares”", Altered, "not true that"},
		{"Blom: “raise the tax on bread”", Altered, "not"},
		{"Blom: “We will … raise the tax on bread”", Altered, "not"},
		{"“The well is open daily.”", Altered, "except"},
		{"“We will not raise the tax on bread”", Exact, ""},
		{"“the road was closed”", Exact, ""},
		{"“None of the tests failed”", Exact, ""},
		{"“The well is open daily except on Mondays”", Exact, ""},
		{"“no lead was found”", Exact, ""},
	} {
		a := e.Ask(Question{Text: tt.text})
		left := ""
		if len(a.Changes) == 1 && a.Changes[0].Given == "" {
			left = a.Changes[0].Source
		}
		if a.Finding != tt.finding && !(tt.finding == Exact && a.Finding == Reported) || !strings.Contains(left, tt.left) {
			t.Errorf("%q: %s %q %q, want %s %q", tt.text, a.Finding, a.Lead, a.Changes, tt.finding, tt.left)
		}
	}
}

// TestCheckBare: a check takes a quote as it is, with or without marks and a name.
func TestCheckBare(t *testing.T) {
	for _, tt := range []struct {
		article, text string
		finding       Finding
	}{
		{"landslip", "Nobody was hurt", Exact},
		{"landslip", "Nobody was hurt.", Exact},
		{"landslip", "“Nobody was hurt,” said Bríd Faoláin.", Exact},
		{"landslip", "We heard a crack like thunder — Zoltán Kerekes", Misattributed},
		{"landslip", "The sensors gave us … every one of them", Exact},
		{"landslip", "The sensors gave us ten hours", Altered},
		{"recall", "A labelling error at our warehouse mixed three lots", Altered},
		{"recall", "We are sorry for the inconvenience that this has caused", Absent},
		{"rink", "There are 120 lockers behind the till.", Exact},
		{"rink", "There are 12 lockers behind the till.", Altered},
		{"straight", "we'll be back 💪", Exact},
		{"straight", "💪", Absent},
		{"straight", "", Absent},
		{"straight", "  \n\t ", Absent},
		{"straight", "…", Absent},
		{"straight", "“”", Absent},
		{"clock", "CLLR. NOOR: A clockmaker in Veldham asks 900 pounds. We have 850.", Exact},
		{"clock", "CLLR. BAPTISTE: A clockmaker in Veldham asks 900 pounds. We have 850.", Misattributed},
	} {
		a := kind(t, tt.article).Check(Question{Text: tt.text})
		if a.Kind != Verdict || a.Finding != tt.finding {
			t.Errorf("%s: %q: %s %s %q %q, want %s", tt.article, tt.text, a.Kind, a.Finding, a.Lead, allText(a), tt.finding)
		}
		verbatim(t, a)
	}
}

// TestPastedBack: an article that is pasted whole, or line by line, is neither altered nor
// absent, and nobody is called the wrong one.
func TestPastedBack(t *testing.T) {
	for name, text := range kinds {
		for _, given := range append(strings.Split(strings.TrimSpace(text), "\n"), text) {
			if len(strings.Fields(given)) < 5 {
				continue
			}
			if a := kind(t, name).Check(Question{Text: given}); a.Finding != Exact && a.Finding != Reported || len(a.Changes) > 0 {
				t.Errorf("%s: %q is %s %q %v", name, given, a.Finding, a.Lead, a.Changes)
			}
		}
	}
}
