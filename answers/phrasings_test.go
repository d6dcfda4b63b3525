package answers

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"verbatim/corpus/words"
)

// phrased returns an engine on one of the short articles in testdata/phrasings.
func phrased(t testing.TB, name string) *Engine {
	t.Helper()
	if e, ok := engines.Load(name); ok {
		return e.(*Engine)
	}
	text, err := os.ReadFile(filepath.Join("testdata", "phrasings", name, "article.txt"))
	if err != nil {
		t.Fatal(err)
	}
	e := plainEngine(t, map[string]string{name: string(text)})
	engines.Store(name, e)
	return e
}

var engines sync.Map

// said is words of somebody in one of the articles.
type said struct{ article, words, speaker, other string }

var sayings = []said{
	{"report", "We cannot repair a roof that was built for half as many trams", "Jo Hart", "Sam Hart"},
	{"report", "Nobody asked the drivers", "Sam Hart", "Ines Okoro"},
	{"interview", "We took down the signs that asked for silence", "Lena Brandt", "Paul Reyes"},
	{"interview", "We gave them a quiet room on the second floor", "Lena Brandt", "Paul Reyes"},
	{"release", "With these boats we will cut our use of diesel by a third", "Marta Lindqvist", "Tomas Abel"},
	{"release", "It is the largest order that our yard has had in ten years", "Tomas Abel", "Marta Lindqvist"},
	{"transcript", "The water is too cold, and the showers have been broken since January", "Mr Osei", "Ms Vance"},
	{"transcript", "It is possible, but I would not recommend it", "Ms Vance", "Mr Lindt"},
}

// TestWhoSaidIt: in whatever words people ask who said something.
func TestWhoSaidIt(t *testing.T) {
	for _, form := range []string{
		"who said “%s”?", "who says “%s”", "Who is quoted as saying “%s”?", "whose words are “%s”?", "whose quote is this: “%s”", "“%s” – who said that?",
		"“%s” whose words are these?", "who was it that said “%s”?", "who is being quoted here: “%s”", "“%s” is attributed to whom?", "to whom is “%s” attributed?",
		"what is the source of the line “%s”?", "source of this line: “%s”", "who wrote “%s”?", "who came up with “%s”?", "who used the words “%s”?",
		"who is credited with “%s”?", "“%s” said who?", "\"%s\" - says who", "by whom is “%s”?", "who do the words “%s” come from?", "tell me who said \"%s\"",
		"do you know who said “%s”?", "can you find out who said “%s”?", "name the person who said “%s”", "which person said “%s”?", "so who exactly said '%s'",
		"lol who said “%s” 😂",
	} {
		for _, s := range sayings {
			q := fmt.Sprintf(form, s.words)
			a := phrased(t, s.article).Ask(Question{Text: q})
			if a.Kind != Verdict || a.Finding != Exact || !credits(a, s) {
				t.Errorf("%s: %q: %s %s %q, want exact, %s", s.article, q, a.Kind, a.Finding, a.Lead, s.speaker)
			}
		}
	}
}

// credits reports whether an answer shows somebody's words as theirs.
func credits(a Answer, s said) bool {
	if len(a.Quotes) == 0 {
		return false
	}
	surname := strings.Fields(s.speaker)
	return strings.Contains(words.Fold(a.Quotes[0].Speaker), words.Fold(surname[len(surname)-1])) && strings.Contains(a.Quotes[0].Quote.Text(), s.words[:20])
}

// TestDidTheySayIt: the same words in the mouth of the one who said them, and of another.
func TestDidTheySayIt(t *testing.T) {
	for _, form := range []string{
		"did NAME say “%s”?", "did NAME really say \"%s\"?", "NAME said “%s”, right?", "“%s” – NAME", "“%s,” said NAME.", "is it true that NAME said “%s”?",
		"Was it NAME who said “%s”?", "NAME: “%s”", "NAME: “%s” – is this a real quote?", "is this NAME? “%s”", "can I quote NAME with “%s”?", "NAME is quoted as saying “%s”, correct?",
		"what a line by NAME: “%s”", "so NAME claims: '%s' ?", "“%s” – that's NAME, yeah?", "does NAME say “%s” in this?", "> %s\n– NAME", "fact check: NAME said “%s”",
		"I read that NAME said “%s”. True?", "“%s ... NAME said this?", "NAME's words: “%s”", "NAME - %s", "NAME: %s. NAME's words?",
		"what about this, “%s” - NAME", "NAME began with “%s”", "%s. that's NAME isn't it",
	} {
		for _, s := range sayings {
			e := phrased(t, s.article)
			q := fmt.Sprintf(strings.ReplaceAll(form, "NAME", s.speaker), s.words)
			if a := e.Ask(Question{Text: q}); a.Finding != Exact || !credits(a, s) {
				t.Errorf("%s: %q: %s %s %q, want exact", s.article, q, a.Kind, a.Finding, a.Lead)
			}
			if form == "“%s ... NAME said this?" {
				continue // what the open mark takes in is no name
			}
			q = fmt.Sprintf(strings.ReplaceAll(form, "NAME", s.other), s.words)
			if a := e.Ask(Question{Text: q}); a.Finding != Misattributed || !credits(a, s) {
				t.Errorf("%s: %q: %s %s %q, want misattributed, by %s", s.article, q, a.Kind, a.Finding, a.Lead, s.speaker)
			}
		}
	}
}

// TestPhrasings: one question a row with its whole verdict.
func TestPhrasings(t *testing.T) {
	for _, tt := range []struct {
		article, text string
		kind          Kind
		finding       Finding
		quote         string // a part of the first quote
	}{
		// The words as they stand, in other dress.
		{"report", "“we cannot repair a roof that was built for half as many trams”", Verdict, Exact, "We cannot repair"},
		{"report", "“The new hall will be ready in May", Verdict, Exact, "ready in May"},
		{"report", "The new hall will be ready in May.", Verdict, Exact, "ready in May"},
		{"report", "The tram depot opened in 1984 and holds 36 trams", Verdict, Altered, "opened in 1984"},
		{"report", "does the article say “The depot opened in 1984 and holds 36 trams”?", Verdict, Exact, "opened in 1984"},
		{"report", "“Nobody asked the drivers … The new hall is an hour's walk from the last stop”", Verdict, Exact, "Nobody asked"},
		{"report", "“I will miss the smell of oil in the morning” – his words?", Verdict, Exact, "smell of oil"},
		// Changed.
		{"report", "“We can repair a roof that was built for half as many trams”", Verdict, Altered, "We cannot repair"},
		{"report", "“The new hall will not be ready in May”", Verdict, Altered, "ready in May"},
		{"report", "did Jo Hart say “I will miss the smell of coffee in the morning”?", Verdict, Altered, "smell of oil"},
		{"release", "“It is the largest order that our yard has had in twenty years”", Verdict, Altered, "ten years"},
		{"faq", "“The first hour is free”", Verdict, Altered, "first half hour"},
		// Not there.
		{"report", "did Jo Hart say “I will chain myself to the gate”?", Verdict, Absent, ""},
		{"release", "“We are proud to be the first in the world”", Verdict, Absent, ""},
		{"column", "“Grass is the opium of the suburbs” – Stone-Baker", Verdict, Absent, ""},
		// The article's own words.
		{"report", "who said “The depot opened in 1984 and holds 36 trams”?", Verdict, Absent, "opened in 1984"},
		{"report", "did Sam Hart say “The depot opened in 1984 and holds 36 trams”?", Verdict, Misattributed, "opened in 1984"},
		{"report", "did Ines Okoro say “the move would save 1.4 million euros a year”?", Verdict, Reported, "1.4 million"},
		{"report", "My boss said “The depot opened in 1984 and holds 36 trams”", Verdict, Misattributed, "opened in 1984"},
		{"report", "the transport ministry: “The depot opened in 1984 and holds 36 trams” right?", Verdict, Misattributed, "opened in 1984"},
		{"report", "The embassy in Oslo says “The depot opened in 1984 and holds 36 trams”", Verdict, Misattributed, "opened in 1984"},
		{"report", "“We cannot repair a roof that was built for half as many trams. The new hall will be ready in May.” – Jo Hart", Verdict, Exact, "We cannot repair"},
		{"report", "did my sister say “Nobody asked the drivers”?", Verdict, Misattributed, "Nobody asked"},
		{"report", "ramona iversk said “Nobody asked the drivers”", Verdict, Misattributed, "Nobody asked"},
		{"report", "did he say “of a”?", Verdict, Absent, ""},
		{"dispatch", "HM: “Not one picture was lost”", Verdict, Misattributed, "Not one picture"},
		{"report", "who is the council leader?", Quote, "", "Ines Okoro"},
		{"release", "who's the chief executive", Quote, "", "Marta Lindqvist"},
		{"dispatch", "who was the mayor?", Quote, "", "Henrik Moe"},
		{"letter", "Tilman: I have driven the night bus between Elmford and the airport for twelve years. true?", Verdict, Altered, "eleven years"},
		{"report", "“Tram depot to close after forty years”", Verdict, Exact, ""},
		{"report", "did Hart say “Tram depot to close after fifty years”?", Verdict, Altered, ""},
		{"report", "check: “The depot opened in 1984 and holds 36 trams”", Verdict, Exact, "opened in 1984"},
		{"report", "saw this on a forum: “The depot opened in 1984 and holds 36 trams”, taken from here?", Verdict, Exact, "opened in 1984"},
		{"report", "does the fact sheet say “The depot opened in 1984 and holds 36 trams”?", Verdict, Exact, "opened in 1984"},
		{"report", "is it their line? “The depot opened in 1984 and holds 36 trams”", Verdict, Exact, "opened in 1984"},
		{"column", "“I have not mown my lawn since April” – Oliver Stone-Baker", Verdict, Exact, "since April"},
		{"column", "did Nasser write “a lawn is a desert with good manners”?", Verdict, Exact, "desert"},
		{"release", "did Brightwater Ferries announce “the order of two electric ferries for the line between Halden and Strand”?", Verdict, Exact, "two electric ferries"},
		// What any article is asked.
		{"report", "what is this article about?", List, "", "close the tram depot"},
		{"faq", "tl;dr", List, "", ""},
		{"transcript", "summarize this please", List, "", ""},
		{"report", "who is quoted?", List, "", "We cannot repair"},
		{"report", "how many people does it quote?", Chat, "", ""},
		{"interview", "how many words does this have", Chat, "", ""},
		{"report", "show me paragraph 4", List, "", "We cannot repair"},
		{"column", "what does the last paragraph say?", List, "", "What I miss"},
		{"release", "the first sentence", Quote, "", ""},
		{"column", "how does it end", List, "", "What I miss"},
		{"report", "does it mention oil?", Quote, "", "smell of oil"},
		{"transcript", "find showers", List, "", "showers have been broken"},
		{"report", "does it mention submarines?", NotCovered, "", ""},
		{"report", "everything Sam Hart said", List, "", "Nobody asked"},
		{"transcript", "what does Ms Vance say?", List, "", "repair costs"},
		{"report", "are you an AI?", Chat, "", ""},
		{"report", "do you store what I type?", Chat, "", ""},
		{"report", "how do I add you to my server?", Chat, "", ""},
		{"report", "can I ask about my own article", Chat, "", ""},
		{"report", "shut up", Chat, "", ""},
		{"report", "thanks a lot!", Chat, "", ""},
		{"report", "good morning", Chat, "", ""},
		// A question that stands there as a heading: its answer, never itself.
		{"faq", "How do I hire a bike?", List, "", "Scan the code"},
		{"faq", "may i take a child along", List, "", "No."},
		// Other languages.
		{"report", "wovon handelt der Artikel?", Chat, "", ""},
		{"report", "Qui a dit que le dépôt va fermer ?", Chat, "", ""},
		{"report", "¿Quién dijo que el depósito cerrará?", Chat, "", ""},
		{"report", "この記事は何についてですか", Chat, "", ""},
		{"report", "ما هو موضوع المقال؟", Chat, "", ""},
	} {
		a := phrased(t, tt.article).Ask(Question{Text: tt.text})
		got := ""
		if len(a.Quotes) > 0 {
			got = a.Quotes[0].Quote.Text()
		}
		if a.Kind != tt.kind || a.Finding != tt.finding || !strings.Contains(got, tt.quote) {
			t.Errorf("%s: %q: %s %s %q %q, want %s %s %q", tt.article, tt.text, a.Kind, a.Finding, a.Lead, got, tt.kind, tt.finding, tt.quote)
		}
	}
}

// TestStatements: statements in other words are judged by the reader, which is not always
// right. It is to be right of three in five of these, and to call no more than a few of
// those that the article does not settle anything but absent.
func TestStatements(t *testing.T) {
	var right, absent, settled int
	rows := []struct {
		article, text string
		finding       Finding
	}{
		{"report", "did Hart say the roof can be repaired?", Contradicted},
		{"report", "so the depot closes in the summer, in June?", Supported},
		{"report", "the drivers were asked before, right?", Contradicted},
		{"report", "according to Okoro drivers will be fired", Contradicted},
		{"report", "did she promise that all drivers keep their jobs?", Supported},
		{"report", "is the depot more than a hundred years old?", Contradicted},
		{"report", "did the union call a strike?", Absent},
		{"report", "is the museum going to charge an entrance fee?", Absent},
		{"report", "did Hart promise to resign?", Absent},
		{"report", "a museum would like to have the building", Supported},
		{"interview", "so she thinks a library should be silent?", Contradicted},
		{"interview", "did most of those who complained stay members?", Supported},
		{"interview", "they have stopped buying books on paper, haven't they?", Contradicted},
		{"interview", "would she open at the weekend if she could pay for it?", Supported},
		{"interview", "does the library lend out computers?", Absent},
		{"interview", "has she written a book herself?", Absent},
		{"interview", "most of the books they buy are for adults, right?", Contradicted},
		{"interview", "has she been in charge for less than a year?", Contradicted},
		{"release", "will tickets become more expensive?", Contradicted},
		{"release", "so the crews had a say in the design?", Supported},
		{"release", "did they order three ships?", Contradicted},
		{"release", "it's the yard's biggest order for a decade", Supported},
		{"release", "will the crews get higher wages?", Absent},
		{"release", "did the state pay for a part of it?", Absent},
		{"release", "can they carry cars?", Supported},
		{"release", "the company was founded only last year, yes?", Contradicted},
		{"column", "he still mows it every week?", Contradicted},
		{"column", "does he like the sound of the mower?", Supported},
		{"column", "his wife is happy with the long grass, isn't she?", Contradicted},
		{"column", "are there more sorts of plants than in spring?", Supported},
		{"column", "did the council fine him?", Absent},
		{"column", "does he want everyone to stop mowing?", Contradicted},
		{"column", "has he got a dog?", Absent},
		{"faq", "can two people ride on one bike?", Contradicted},
		{"faq", "is the first half hour for nothing?", Supported},
		{"faq", "do they rent helmets?", Contradicted},
		{"faq", "is there a discount for students?", Absent},
		{"faq", "you never pay more than twelve euros a day, correct?", Supported},
		{"faq", "are the bikes electric?", Absent},
		{"transcript", "so Vance says there's enough money for the repair this year?", Contradicted},
		{"transcript", "would Osei pay more?", Supported},
		{"transcript", "did they vote on it that evening?", Contradicted},
		{"transcript", "the showers don't work, do they?", Supported},
		{"transcript", "will the pool get a new slide?", Absent},
		{"transcript", "did Osei say he cannot swim?", Contradicted},
		{"report", "did Ines Okoro say nobody asked the drivers?", Contradicted},
		{"report", "did Sam Hart say nobody asked the drivers?", Supported},
		{"transcript", "did Osei say we will vote on it?", Contradicted},
		{"column", "did Nasser say a lawn is a desert?", Supported},
		{"release", "did Lindqvist say our crews helped to design the bridge?", Supported},
		{"transcript", "has the mayor resigned?", Absent},
		{"dispatch", "is the harbour museum closed again?", Contradicted},
		{"report", "will the city open the tram depot on Canal Street in June?", Contradicted},
	}
	for _, tt := range rows {
		a := phrased(t, tt.article).Ask(Question{Text: tt.text})
		if a.Kind != Verdict {
			t.Errorf("%s: %q is answered by %s", tt.article, tt.text, a.Kind)
		}
		if a.Finding == tt.finding {
			right++
		} else {
			t.Logf("%s: %q: %s (%.2f) %q, wants %s", tt.article, tt.text, a.Finding, a.Confidence, a.Lead, tt.finding)
		}
		if tt.finding == Absent {
			absent++
			if a.Finding != Absent {
				settled++
			}
		}
	}
	t.Logf("%d of %d right; of %d that the article does not settle %d are called otherwise", right, len(rows), absent, settled)
	if 5*right < 3*len(rows) || 3*settled > absent {
		t.Error("fewer than three in five are right, or more than a third of what is absent is called otherwise")
	}
}
