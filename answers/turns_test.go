package answers

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
)

// TestOfTheOneNamed: who a passage names, and says nothing in it, is meant by a pronoun after it.
func TestOfTheOneNamed(t *testing.T) {
	e := plainEngine(t, map[string]string{"yard": `Boatyard sold
The boatyard at Kvist was sold. “I sleep well again,” said Maren Oyelaran.
Union leader Berit Aas was less certain. “Promises are cheap until the first bad winter,” Aas said.
Maren Oyelaran and Berit Aas went to school together.
`})
	for _, tt := range []struct{ first, second, quote string }{
		{"find certain", "what did she say?", "Promises are cheap"},
		{"find certain", "anything else from her?", "Promises are cheap"},
		{"find certain", "what did Oyelaran say?", "I sleep well"},
	} {
		a := e.Ask(Question{Text: tt.second, Previous: e.Ask(Question{Text: tt.first}).Turn})
		if !strings.Contains(first(a), tt.quote) {
			t.Errorf("%q, then %q: %s %q", tt.first, tt.second, a.Kind, allText(a))
		}
	}
	if a := e.Ask(Question{Text: "what did she say?", Previous: e.Ask(Question{Text: "find school"}).Turn}); a.Kind == List {
		t.Errorf("one of two is taken to be meant: %q", allText(a))
	}
}

// TestAfterATurn: what leans on the answer before it is answered from what was shown there.
func TestAfterATurn(t *testing.T) {
	for _, tt := range []struct {
		article, first, second string
		kind                   Kind
		finding                Finding
		quote, lead            string // parts of the first quote and of the lead
	}{
		// Who said it, and whether it stands there so.
		{"landslip", "paragraph 4", "who said that?", Verdict, Exact, "crack like thunder", "Bríd Faoláin said"},
		{"landslip", "paragraph 4", "who said this", Verdict, Exact, "crack like thunder", "Bríd Faoláin said"},
		{"landslip", "find moor", "who said that?", Verdict, Exact, "A bypass", "the article’s own words"},
		{"landslip", "find moor", "is that a direct quote?", Verdict, Exact, "A bypass", "the article’s own words"},
		{"landslip", "the last sentence", "is that a quote or a paraphrase?", Verdict, Exact, "1968", "Bríd Faoláin"},
		{"landslip", "find argued", "is that a direct quote?", Verdict, Reported, "She argued", "Mei-Ling Strand"},
		{"landslip", "find argued", "did she say that in those words?", Verdict, Reported, "She argued", "Mei-Ling Strand"},
		{"landslip", "paragraph 4", "did she really say it literally?", Verdict, Exact, "crack like thunder", "Bríd Faoláin said"},
		{"landslip", "find moor", "exact words?", Quote, "", "A bypass", ""},
		{"landslip", "find moor", "really?", Verdict, Exact, "A bypass", ""},
		{"landslip", "find moor", "ARE YOU SURE???", Verdict, Exact, "A bypass", ""},
		{"landslip", "find moor", "no way", Verdict, Exact, "A bypass", ""},
		{"landslip", "does it mention zzyzx?", "who is quoted?", List, "", "crack like thunder", "3 people"},
		// What stands beside it.
		{"landslip", "find moor", "next sentence", Quote, "", "The bus to Skerrow", ""},
		{"landslip", "find moor", "what comes after that?", Quote, "", "The bus to Skerrow", ""},
		{"landslip", "find moor", "what comes before that?", Quote, "", "She argued", ""},
		{"landslip", "find moor", "previous sentence", Quote, "", "She argued", ""},
		{"landslip", "find moor", "go on", Quote, "", "The bus to Skerrow", ""},
		{"landslip", "the last sentence", "go on", NotCovered, "", "", "no more of it"},
		{"clock", "how does it begin?", "and then?", Quote, "", "The clock", ""},
		{"glass", "find drawer", "next", Quote, "", "Is lead dangerous", ""},
		// Everything by the one who was shown.
		{"landslip", "find argued", "anything else from her?", Quote, "", "a small miracle", ""},
		{"clock", "find Veldham", "everything he said", List, "", "A clockmaker", ""},
		{"landslip", "did Kerekes say “nine hours”?", "all quotes by him", Quote, "", "The sensors", ""},
		// Where it stands, and once more.
		{"landslip", "find moor", "where does it say that?", Quote, "", "A bypass", "paragraph 7"},
		{"landslip", "find moor", "in which paragraph is that", Quote, "", "A bypass", "paragraph 7"},
		{"landslip", "find moor", "source?", Quote, "", "A bypass", "paragraph 7"},
		{"landslip", "find moor", "say that again", Quote, "", "A bypass", ""},
		// What another said.
		{"landslip", "what did Kerekes say?", "and Strand?", Quote, "", "a small miracle", ""},
		{"landslip", "what did Kerekes say?", "what about Faoláin", List, "", "crack like thunder", ""},
		{"landslip", "what did Kerekes say?", "what did he say?", Quote, "", "The sensors", ""},
		// Whether somebody else said it.
		{"landslip", "find crack", "did Faoláin say that?", Verdict, Exact, "crack like thunder", "Bríd Faoláin said"},
		{"landslip", "who said “The sensors gave us nine hours”?", "did Strand say that?", Verdict, Misattributed, "The sensors", "not said by the one"},
		{"landslip", "who said “The sensors gave us nine hours”?", "and did Kerekes?", Verdict, Exact, "The sensors", "Kerekes said"},
		{"landslip", "who said “The sensors gave us nine hours”?", "did she say that", Verdict, Misattributed, "The sensors", "not said by the one"},
		{"landslip", "who said “The sensors gave us nine hours”?", "did Strand say that too?", Verdict, Absent, "", "not say so of the one"},
		{"landslip", "find argued", "did Strand say so?", Verdict, Reported, "She argued", "Strand"},
		{"landslip", "who said “The sensors gave us nine hours”?", "and did Strand live?", Verdict, Absent, "", ""},
		{"landslip", "who said “zzyzx”?", "say that again", NotCovered, "", "", ""},
		// What asks nothing.
		{"landslip", "find moor", "lol", Chat, "", "", ""},
		{"landslip", "find moor", "ok", Chat, "", "", ""},
		{"landslip", "find moor", "omg thanks", Chat, "", "", "You are welcome"},
		{"landslip", "find moor", "do you speak german?", Chat, "", "", "English"},
		{"landslip", "find moor", "@ana thanks", Chat, "", "", "You are welcome"},
		{"landslip", "find moor", "@ana who is quoted?", List, "", "crack like thunder", "3 people"},
		// What does not lean on anything.
		{"landslip", "find moor", "paragraph 2", Quote, "", "By Wanjiru Tamm", ""},
		{"landslip", "find moor", "how many words does it have?", Chat, "", "", "words"},
		{"landslip", "find moor", "did Strand say “a small miracle”?", Verdict, Exact, "a small miracle", ""},
		{"landslip", "find moor", "who wrote the article?", Chat, "", "", "Wanjiru Tamm"},
		{"landslip", "find moor", "thanks!", Chat, "", "", "You are welcome"},
	} {
		e := kind(t, tt.article)
		before := e.Ask(Question{Text: tt.first})
		a := e.Ask(Question{Text: tt.second, Previous: before.Turn})
		verbatim(t, a)
		if a.Kind != tt.kind || a.Finding != tt.finding || !strings.Contains(first(a), tt.quote) || !strings.Contains(a.Lead, tt.lead) {
			t.Errorf("%s: %q, then %q: %s %s %q %q, want %s %s %q %q", tt.article, tt.first, tt.second, a.Kind, a.Finding, a.Lead, allText(a), tt.kind, tt.finding, tt.quote, tt.lead)
		}
	}
}

// TestNothingBefore: what leans on a turn and has none is met with an answer and shows nothing
// as if something had been shown.
func TestNothingBefore(t *testing.T) {
	for _, text := range []string{"next", "go on", "more", "and before that?", "next sentence please"} {
		for _, name := range []string{"landslip", "rink", "clock"} {
			if a := kind(t, name).Ask(Question{Text: text}); a.Kind != Chat || len(a.Quotes) > 0 {
				t.Errorf("%s: %q with nothing before it: %s %q %q", name, text, a.Kind, a.Lead, allText(a))
			}
		}
	}
}

// TestTurnHolds: what an answer keeps for the next question.
func TestTurnHolds(t *testing.T) {
	e := kind(t, "landslip")
	a := e.Ask(Question{Text: "  find \t the\n moor  "})
	if a.Turn.Question != "find the moor" || a.Turn.Kind != a.Kind || a.Turn.Source != "" {
		t.Errorf("the turn is %+v", a.Turn)
	}
	if diff := cmp.Diff([]string{a.Quotes[0].Quote.Key()}, a.Turn.Shown); diff != "" {
		t.Errorf("shown (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff(a.Turn.Shown, a.Turn.Seen); diff != "" {
		t.Errorf("seen (-want +got):\n%s", diff)
	}
	for _, key := range a.Turn.Shown {
		if p, ok := e.Passage(key); !ok || p.Quote != a.Quotes[0].Quote {
			t.Errorf("the key %q finds %v", key, p)
		}
	}
	// Small talk leaves the conversation where it was.
	thanks := e.Ask(Question{Text: "thanks a lot", Previous: a.Turn})
	if diff := cmp.Diff(a.Turn, thanks.Turn); diff != "" {
		t.Errorf("after thanks (-want +got):\n%s", diff)
	}
	who := e.Ask(Question{Text: "is that a direct quote?", Previous: thanks.Turn})
	if who.Kind != Verdict || len(who.Quotes) == 0 || who.Quotes[0].Quote != a.Quotes[0].Quote {
		t.Errorf("after thanks it leans on %s %q", who.Kind, allText(who))
	}
	// What declines shows nothing.
	none := e.Ask(Question{Text: "did Kerekes say “the road will be open by Christmas”?", Previous: a.Turn})
	if len(none.Turn.Shown) > 0 || none.Turn.Kind != Verdict || !slices.Equal(none.Turn.Seen, a.Turn.Seen) {
		t.Errorf("an absent quote leaves %+v", none.Turn)
	}
	if len(none.Turn.Nearest) != len(none.Nearest) {
		t.Errorf("the turn has %d of %d that come nearest", len(none.Turn.Nearest), len(none.Nearest))
	}
}

// TestSeenIsBounded: a long conversation keeps the fifty passages that were shown last, each
// once, and a turn has a size that it does not outgrow.
func TestSeenIsBounded(t *testing.T) {
	var text strings.Builder
	for i := range 120 {
		fmt.Fprintf(&text, "Watchman number %d walked round the harbour and saw nothing.\n", i+1)
	}
	e := plainEngine(t, map[string]string{"watch": text.String()})
	var turn Turn
	for i := range 120 {
		for range 2 {
			a := e.Ask(Question{Text: fmt.Sprintf("paragraph %d", i+1), Previous: turn})
			turn = a.Turn
			if len(turn.Shown) != 1 || turn.Seen[len(turn.Seen)-1] != turn.Shown[0] {
				t.Fatalf("paragraph %d: the turn is %+v", i+1, turn)
			}
		}
		if want := min(i+1, 50); len(turn.Seen) != want {
			t.Fatalf("after %d paragraphs %d are kept, want %d", i+1, len(turn.Seen), want)
		}
	}
	if first, ok := e.Passage(turn.Seen[0]); !ok || first.Quote.Paragraph() != 71 {
		t.Errorf("the oldest kept is %q", first.Quote.Text())
	}
	data, err := json.Marshal(turn)
	if err != nil || len(data) > 8<<10 {
		t.Errorf("the turn takes %d bytes (%v)", len(data), err)
	}
}

// TestTurnQuestion: a question is kept to MaxTurnQuestion bytes, as whole characters, and
// without what is none.
func TestTurnQuestion(t *testing.T) {
	for _, text := range []string{
		strings.Repeat("a", 5000), strings.Repeat("ñ", 500), "x" + strings.Repeat("ñ", 500), strings.Repeat("🙂", 300), "xyz" + strings.Repeat("🙂", 300),
		strings.Repeat(" ", 4000) + "find the moor", strings.Repeat("\xff", 900), "find\xff\xfe the moor", strings.Repeat("e\u0301", 400), "find\u0000moor", strings.Repeat("word ", 100),
	} {
		got := kind(t, "landslip").Ask(Question{Text: text, Previous: Turn{Kind: Quote}}).Turn.Question
		if len(got) > MaxTurnQuestion || !utf8.ValidString(got) || got != strings.TrimSpace(got) && len(got) < MaxTurnQuestion {
			t.Errorf("%.20q is kept as %q, %d bytes", text, got, len(got))
		}
		if data, err := json.Marshal(Turn{Question: got}); err != nil || strings.Contains(string(data), `\ufffd`) {
			t.Errorf("%.20q is stored as %s (%v)", text, data, err)
		}
	}
	for in, want := range map[string]string{"": "", "  ": "", "a  b\n\tc": "a b c", strings.Repeat("a", 201): strings.Repeat("a", 200), strings.Repeat("a", 199) + "é": strings.Repeat("a", 199)} {
		if got := brief(in, MaxTurnQuestion); got != want {
			t.Errorf("brief(%.20q) = %q, want %q", in, got, want)
		}
	}
}

// TestForeignTurn: a turn of another article, of another time, or made up by hand never breaks
// an answer, and keys that find nothing count for nothing.
func TestForeignTurn(t *testing.T) {
	e := kind(t, "landslip")
	elsewhere := kind(t, "clock").Ask(Question{Text: "find Veldham"}).Turn
	for _, turn := range []Turn{
		elsewhere,
		{Kind: Quote, Shown: []string{""}},
		{Kind: Quote, Shown: []string{"landslip", "landslip/", "landslip/9999999-1", "landslip/-1--2", "../../etc/passwd", "\x00"}},
		{Kind: "nonsense", Shown: []string{"gone/1"}, Nearest: []string{"gone/2"}, Seen: []string{"gone/3"}, Intent: "gone", Source: "gone", Subjects: []string{"gone"}, Asks: "gone"},
		{Question: strings.Repeat("who? ", 4000), Kind: Verdict},
	} {
		for _, text := range []string{"who said that?", "next", "really?", "exact words?", "everything he said"} {
			a := e.Ask(Question{Text: text, Previous: turn})
			verbatim(t, a)
			for _, p := range slices.Concat(a.Quotes, a.Nearest) {
				if p.Quote.Source().ID() != "landslip" {
					t.Errorf("%q shows %q of %s", text, p.Quote.Text(), p.Quote.Source().ID())
				}
			}
		}
	}
}

// TestLongTalk: twenty questions that each lean on the answer before get the same answers
// again when the turns went through a store, and no answer changes an earlier turn.
func TestLongTalk(t *testing.T) {
	talk := []string{
		"how does it begin?", "next sentence", "next sentence", "who said that?", "really?", "previous sentence", "go on", "everything she said", "thanks", "exact words?",
		"find moor", "is that a direct quote?", "paragraph 99", "who is quoted?", "did Strand say “a small miracle”?", "who said that?", "next", "next", "more", "the last sentence",
	}
	run := func(stored bool) (out []string) {
		var turn Turn
		for _, text := range talk {
			before, _ := json.Marshal(turn)
			a := kind(t, "landslip").Ask(Question{Text: text, Previous: turn})
			if after, _ := json.Marshal(turn); string(after) != string(before) {
				t.Errorf("%q changed the turn before it", text)
			}
			out = append(out, fmt.Sprint(text, a.Kind, a.Finding, a.Lead, a.Turn.Shown))
			turn = a.Turn
			if stored {
				data, err := json.Marshal(turn)
				if err != nil {
					t.Fatal(err)
				}
				turn = Turn{}
				if err := json.Unmarshal(data, &turn); err != nil {
					t.Fatal(err)
				}
			}
		}
		return out
	}
	if diff := cmp.Diff(run(false), run(true)); diff != "" {
		t.Errorf("stored turns (-want +got):\n%s", diff)
	}
}

// TestCuratedTalk: where a curator wrote down what passages are about and tell, a bare question
// is answered by what was shown, or by what goes with it, or not at all.
func TestCuratedTalk(t *testing.T) {
	for _, tt := range []struct {
		first, second string
		kind          Kind
		quote, lead   string // parts of the first quote and of the lead
	}{
		{"how many trains were bought", "when?", Quote, "In 2019", "On the purchase"},
		{"how many trains were bought", "how many?", Quote, "12 trains", "On the purchase"},
		{"are trains on time", "why?", Quote, "because the rails are old", ""},
		{"does she fly", "how much?", NotCovered, "", "does not say"},
		{"how many trains were bought", "who else?", NotCovered, "", "no more on that"},
		{"how many trains were bought", "and where else?", NotCovered, "", "no more on that"},
		{"how many trains were bought", "next", Quote, "planes are worse", ""},
		{"how many trains were bought", "before?", Quote, "Trains are often late", ""},
		{"are trains on time", "go on", Quote, "In 2019", ""},
		{"does she fly", "exact words?", Quote, "I never fly", ""},
		{"does she fly", "who said that?", Verdict, "I never fly", "Ann Lee said"},
		{"does she fly", "is that true?", Verdict, "I never fly", ""},
		{"what does a ticket cost", "really?", NotCovered, "", "does not say"},
		{"what does a ticket cost", "thanks", Chat, "", "welcome"},
	} {
		before := trains().Ask(Question{Text: tt.first})
		a := trains().Ask(Question{Text: tt.second, Previous: before.Turn})
		if a.Kind != tt.kind || !strings.Contains(first(a), tt.quote) || !strings.Contains(a.Lead, tt.lead) {
			t.Errorf("%q (%q), then %q: %s %q %q, want %s %q %q", tt.first, first(before), tt.second, a.Kind, a.Lead, allText(a), tt.kind, tt.lead, tt.quote)
		}
		verbatim(t, a)
	}
}

// TestCuratedMore: more on a subject is what was not shown yet, until there is no more.
func TestCuratedMore(t *testing.T) {
	a := trains().Ask(Question{Text: "are trains on time"})
	for range 10 {
		seen := a.Turn.Seen
		if a = trains().Ask(Question{Text: "what else?", Previous: a.Turn}); a.Kind == NotCovered {
			break
		}
		for _, p := range a.Quotes {
			if slices.Contains(seen, p.Quote.Key()) {
				t.Errorf("%q is shown again", p.Quote.Text())
			}
			if !slices.Contains(p.About, "trains") {
				t.Errorf("%q is not about trains", p.Quote.Text())
			}
		}
	}
	if a.Kind != NotCovered || a.Lead != "The article says no more on that." {
		t.Errorf("in the end: %s %q %q", a.Kind, a.Lead, allText(a))
	}
}
