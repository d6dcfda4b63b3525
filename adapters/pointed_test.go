package adapters_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"verbatim/adapters"
	"verbatim/adapters/adaptertest"
	"verbatim/answers"
	"verbatim/corpus"
)

func TestPointsAt(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]bool{
		"is this right?": true, "Is this right": true, "did he really say this?": true, "Did Ines Maro actually say that??": true,
		"hey, is that quote real?": true, "is that what she said?": true, "so… did they ever say that?": true, "true?": true,
		"fact check please": true, "can you confirm this?": true, "can someone verify this?": true, "did she say that or not?": true,
		"are these his words?": true, "he never said this, did he?": true, "really?": true, "thanks, is that true?": true, "she didn’t say that, did she?": true,
		"could you check whether this is right?": true, "can the council confirm this?": false, "can you confirm the price of this lamp?": false, "really nice": false,
		"@someone did she say this?": true, "that’s right?": false,
		"is this the lamp that she lit?":   false,
		"did she say this about the lamp?": false, "what did she say?": false, "": false, "lol": false,
		"is this right: “The lamp stays dark”": false, "is it true that the council wants to sell the lamp?": false,
		strings.Repeat("is this right? ", 30): false,
		"who said this?":                      true, "who said that": true, "please check": true, "legit?": true, "is it legit?": true, "does this match the article?": true,
		"is this still accurate?": true, "was that really word for word?": true, "isn't this wrong?": true, "is this made up?": true, "was it what Ines Maro said?": true,
		"are those Lund's words?": true, "is that in the article?": true, "is this a real quote?": true, "is it true?": true, "is this quote from Lund?": true,
		"is it expensive?": false, "was it his idea?": false, "is this a joke?": false, "is this about seals?": false, "are those the new ones?": false, "is that a big lamp?": false,
		"was it on Friday?": false, "is this quote about seals?": false, "who said that the lamp is dark?": false, "can you check the tower?": false, "ok thanks": false, "hello": false,
	} {
		if got := adapters.PointsAt(text); got != want {
			t.Errorf("%.40q: %v, want %v", text, got, want)
		}
	}
}

func TestReadsAsQuestion(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]bool{
		"what did she say about the lamp?": true, "And before her?": true, "who said that?": true, "what about the tower": true,
		"did the council agree?": true, "and the tower?": true, "What does she earn, then?": true, "why is that": true,
		"Bob I think we should ship on Friday then": false, "lol ok, lunch?": false, "lunch, anybody?": false, "thanks!": false,
		"nice": false, "can you send me the deck?": false, "where should we eat?": false, "what a day.": false, "so true": false,
		"who is in for coffee?": false, "that is what I meant": false, "": false, "?": false, "what did you do?": false, "👍": false,
	} {
		if got := adapters.ReadsAsQuestion(text); got != want {
			t.Errorf("%q: %v, want %v", text, got, want)
		}
	}
}

// TestAbove: who asks about what stands above means words there, and no talk.
func TestAbove(t *testing.T) {
	t.Parallel()
	const words = "The lamp stays lit, whatever they decide"
	own, hidden := adapters.Earlier{Bot: true, Text: "On the lamp, Maro said:"}, adapters.Earlier{}
	said := func(text string) adapters.Earlier {
		return adapters.Earlier{Text: text, Pointed: adapters.Pointed{Own: text}}
	}
	shared := func(remark, text string) adapters.Earlier {
		return adapters.Earlier{Text: remark, Pointed: adapters.Pointed{Own: remark, Forwarded: []string{text}}}
	}
	type list = []adapters.Earlier
	for name, tt := range map[string]struct {
		remark  string
		direct  bool
		earlier list
		found   string // the first words of what is found; "-" where it shows none
		ours    bool
	}{
		"words":                           {"is this right?", false, list{said(words)}, words, false},
		"words under talk":                {"is this right?", false, list{said("wow"), said("ok thanks"), said("that's great, good to know"), said("👍"), said("hello"), said("is that so?"), said(words)}, words, false},
		"only talk":                       {"is this right?", false, list{said("wow"), said("ok thanks")}, "", false},
		"hidden":                          {"is this right?", false, list{hidden, said(words)}, "-", false},
		"the bot's":                       {"is this right?", false, list{said("wow"), own, said(words)}, "", true},
		"nothing":                         {"is this right?", true, nil, "", false},
		"alone, words":                    {"is this right?", true, list{own, said(words)}, words, false},
		"alone, words and thanks":         {"is this right?", true, list{own, said("ok thanks"), own, said(words)}, words, false},
		"alone, a question":               {"is this right?", true, list{own, said("who lit the lamp before?"), own, said(words)}, "", true},
		"alone, a topic":                  {"is this right?", true, list{own, said("lamps"), own, said(words)}, "", true},
		"alone, talk":                     {"is this right?", true, list{own, said("hello")}, "", true},
		"alone, talk, no answer":          {"is this right?", true, list{said("ok thanks")}, "", true},
		"passed on, a question":           {"can you answer this?", false, list{said("who lit the lamp before?")}, "who lit the lamp before?", false},
		"passed on, a statement":          {"thoughts?", false, list{said(words)}, "", true},
		"passed on, alone":                {"thoughts?", true, list{said("who lit the lamp before?")}, "", true},
		"passed on, alone, a share":       {"thoughts?", true, list{own, shared("", words)}, words, false},
		"few words that are shared":       {"is this right?", true, list{own, shared("thoughts?", "stay lit")}, "stay lit", false},
		"a question of its own is passed": {"is this right?", false, list{said("is it expensive in the winter?")}, "is it expensive in the winter?", false},
	} {
		found, ours := adapters.Above(adaptertest.NewEngine(), tt.remark, tt.direct, slices.Values(tt.earlier))
		got := ""
		if found != nil {
			got = append(found.Candidates(), "-")[0]
			if len(found.Forwarded) > 0 {
				got = found.Forwarded[0]
			}
		}
		if got != tt.found || ours != tt.ours {
			t.Errorf("%s: %q, ours %v", name, got, ours)
		}
	}
}

// TestToUs: what is overheard was put to the bot where it answers, or where what is asked
// names the article or who speaks in it.
func TestToUs(t *testing.T) {
	t.Parallel()
	e := adaptertest.NewEngine()
	is := answers.Answer{Kind: answers.Verdict, Finding: answers.Contradicted, Quotes: []corpus.Passage{e.PassageByID("built")}}
	for _, tt := range []struct {
		text  string
		asked bool
		a     answers.Answer
		want  bool
	}{
		{"did they reply to the customer?", true, answers.Answer{Kind: answers.NotCovered}, false},
		{"what does she think of the new logo?", true, answers.Answer{Kind: answers.NotCovered}, false},
		{"what does Maro think of the new logo?", true, answers.Answer{Kind: answers.NotCovered}, true},
		{"what does maro think of the new logo?", false, answers.Answer{Kind: answers.NotCovered}, false},
		{"how old is the author?", true, answers.Answer{Kind: answers.NotCovered}, true},
		{"has she signed the contract?", true, is, false},
		{"is he in today?", true, is, false},
		{"is this a joke?", true, is, false},
		{"is this right?", false, is, true},
		{"was the tower built in 1880?", true, is, true},
		{"was the tower built in 1880?", false, is, false},
		{"did Ines build it?", false, is, true},
		{"what is the weather there?", true, answers.Answer{Kind: answers.Chat}, false},
		{"who lit it?", false, answers.Answer{Kind: answers.Quote}, true},
	} {
		if got := adapters.ToUs(tt.text, tt.asked, tt.a, e.Sources()); got != tt.want {
			t.Errorf("%q, asked %v, %s: %v", tt.text, tt.asked, tt.a.Kind, got)
		}
	}
}

func TestCandidates(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct {
		p    adapters.Pointed
		want []string
	}{
		"own words":           {adapters.Pointed{Own: "It stays lit, :fire: whatever they say 🔥 https://example.com/a?b=c"}, []string{"It stays lit, whatever they say", "It stays lit, :fire: whatever they say 🔥 https://example.com/a?b=c"}},
		"a quoted line":       {adapters.Pointed{Own: "look at that:\nIt stays lit at night\nwow", Quoted: []string{"It stays lit at night"}}, []string{"It stays lit at night", "look at that:\nIt stays lit at night\nwow"}},
		"few words come last": {adapters.Pointed{Own: "lol wow", Forwarded: []string{"It stays lit at night"}}, []string{"It stays lit at night", "lol wow"}},
		"own before cards":    {adapters.Pointed{Own: "It stays lit at night", Cards: []string{"another text with words"}}, []string{"It stays lit at night", "another text with words"}},
		"no unfurl":           {adapters.Pointed{Own: "It stays lit", Unfurled: []string{"news of the day"}}, []string{"It stays lit"}},
		"only an unfurl":      {adapters.Pointed{Own: "https://example.com", Unfurled: []string{"news of the day"}}, []string{"news of the day"}},
		"nothing":             {adapters.Pointed{Own: ":wave: 👍🏽"}, nil},
		"emoji side by side":  {adapters.Pointed{Own: ":joy::joy: back:joy: and 🔥:100::+1: forth"}, []string{"back and forth", ":joy::joy: back:joy: and 🔥:100::+1: forth"}},
		"addresses":           {adapters.Pointed{Own: "from a.b@c.example it stays lit"}, []string{"from it stays lit", "from a.b@c.example it stays lit"}},
		"times are words":     {adapters.Pointed{Own: "at 10:30:45 it was lit"}, []string{"at 10:30:45 it was lit"}},
	} {
		if got := tt.p.Candidates(); !slices.Equal(got, tt.want) {
			t.Errorf("%s: %q, want %q", name, got, tt.want)
		}
	}
}

func TestMeant(t *testing.T) {
	t.Parallel()
	e := adaptertest.NewEngine()
	const lamp = "The lamp stays lit, whatever the council decides,"
	for _, tt := range []struct {
		candidates []string
		want       string
	}{
		{[]string{"what a day that was", lamp}, lamp},
		{[]string{lamp, "what a day that was"}, lamp},
		{[]string{"what a day that was", "and another one"}, "what a day that was"},
		{[]string{"Heard today: " + lamp, lamp}, lamp},
		{adapters.Pointed{Own: "Quote of the day:\n" + lamp + "\nHave a nice day!"}.Candidates(), lamp},
		{adapters.Pointed{Own: "what a day\n" + lamp, Cards: []string{"and another one"}}.Candidates(), lamp},
		// Of a quote the half that is right is not enough.
		{adapters.Pointed{Own: lamp + "\nMy father lit it by foot"}.Candidates(), "My father lit it by foot"},
		{adapters.Pointed{Own: lamp + "\nand sells the tower"}.Candidates(), lamp + "\nand sells the tower"},
		{adapters.Pointed{Own: "“" + lamp + "\nThe tower is for sale”"}.Candidates(), "“" + lamp + "\nThe tower is for sale”"},
		{adapters.Pointed{Own: lamp + "\nThe tower is for sale", Quoted: []string{lamp + "\nThe tower is for sale"}}.Candidates(), lamp + "\nThe tower is for sale"},
		{nil, ""},
	} {
		if got := adapters.Meant(e.Check, "", tt.candidates); got != tt.want {
			t.Errorf("%q: %q, want %q", tt.candidates, got, tt.want)
		}
	}
}

func TestAsked(t *testing.T) {
	t.Parallel()
	said := adapters.Pointed{Forwarded: []string{"The lamp stays dark, whatever they decide"}}
	asked := adapters.Pointed{Forwarded: []string{"What did she say about the lamp?"}}
	for _, tt := range []struct {
		remark string
		p      adapters.Pointed
		text   string
		check  bool
		ok     bool
	}{
		{"", said, said.Forwarded[0], true, true},
		{"is this right?", said, said.Forwarded[0], true, true},
		{"can you answer this?", asked, asked.Forwarded[0], false, true},
		{"thoughts?", asked, asked.Forwarded[0], false, true},
		{"who built the tower?", said, "", false, false},
		{"can you tell me who built the tower?", said, "", false, false},
		{"tell me about the tower", said, "", false, false},
		{"Bob from sales asked me this", asked, asked.Forwarded[0], false, true},
		{"found this in the forum, what is the answer?", said, said.Forwarded[0], true, true},
		{"did she say this about the lamp?", said, said.Forwarded[0], true, true},
		{"Bob from sales asked me this", adapters.Pointed{Cards: said.Forwarded}, "", false, false},
		{"is this right?", adapters.Pointed{Cards: said.Forwarded}, said.Forwarded[0], true, true},
		{"is this right?", adapters.Pointed{}, "", false, false},
	} {
		text, check, ok := adapters.Asked(tt.remark, tt.p)
		if text != tt.text || (check != nil) != tt.check || ok != tt.ok {
			t.Errorf("%q on %q: %q, check %v, ok %v", tt.remark, tt.p.Forwarded, text, check, ok)
		}
	}
}

func TestCodeSpans(t *testing.T) {
	t.Parallel()
	for text, want := range map[string][]string{
		"a `b` c": {"`b`"}, "``` a\nb ``` `c`": {"``` a\nb ```", "`c`"}, "`a\nb`": nil, "``a`b``": {"``a`b``"}, "``` `a`": {"` `"}, "": nil, "``": nil, "\\`a` `b\\` c": {"` `"}, "\\\\`a`": {"`a`"},
	} {
		var got []string
		for _, s := range adapters.CodeSpans(text, true) {
			got = append(got, text[s.Start:s.End])
		}
		if !slices.Equal(got, want) {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
}

// Long are texts of a length on which anything that takes time in the square of it
// is seen to.
func long(n int) []string {
	return []string{
		strings.Repeat("x", n), strings.Repeat("x ", n/2), strings.Repeat(":a", n/2), strings.Repeat("http://", n/7), "```" + strings.Repeat("`a` ", n/4),
		"``" + strings.Repeat("`a` ", n/4), strings.Repeat("`", n), strings.Repeat("\n", n), strings.Repeat("🔥", n/4), strings.Repeat("@a ", n/3),
	}
}

// FuzzLinear holds what reads a message to time that is linear in its length.
func FuzzLinear(f *testing.F) {
	for _, text := range long(20) {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, part string) {
		if part == "" {
			return
		}
		read := func(length int) time.Duration {
			text := strings.Repeat(part, length/len(part)+1)
			began := time.Now()
			adapters.CodeSpans(text, true)
			adapters.Bare(text)
			adapters.PointsAt(text)
			adapters.ReadsAsQuestion(text)
			adapters.Pointed{Own: text, Quoted: []string{text}}.Candidates()
			return time.Since(began)
		}
		// On a slow machine a quarter of the length tells: in the square it takes a sixteenth.
		if took := read(300_000); took > 5*time.Second && took > 10*read(75_000) {
			t.Errorf("%.40q, repeated to 300000 bytes, took %s", part, took)
		}
	})
}

func TestFirstAndOnly(t *testing.T) {
	t.Parallel()
	s := open(t)
	one, two := adapters.NewOnce(s, "slack", 0, quiet, nil), adapters.NewOnce(s, "slack", 0, quiet, nil)
	for i, want := range []bool{true, false, false} {
		o := one
		if i == 2 {
			o = two
		}
		if got := o.First(t.Context(), "click", time.Minute); got != want {
			t.Errorf("click %d: %v", i, got)
		}
	}
	if !one.First(t.Context(), "short", time.Millisecond) {
		t.Error("the first is not the first")
	}
	time.Sleep(5 * time.Millisecond)
	if !one.First(t.Context(), "short", time.Millisecond) {
		t.Error("it is not forgotten")
	}
	own := func(o *adapters.Once, owner string) bool { return o.Own(t.Context(), "share", owner, time.Minute) }
	if !own(one, "ann") || own(two, "ben") || !own(two, "ann") {
		t.Error("what is to happen once has another owner than who came first")
	}
	two.Disown(t.Context(), "share", "ann", time.Minute)
	time.Sleep(5 * time.Millisecond)
	if !own(one, "ben") || own(one, "ann") {
		t.Error("what its owner could not do is left to nobody")
	}
}

func TestRefusals(t *testing.T) {
	t.Parallel()
	var r adapters.Refusals
	if r.Alone("C1") || r.Tell("C1", "ann") != "" {
		t.Error("a place is left alone that refused nothing")
	}
	r.Add(adapters.Refusal{Why: "Invite me.", Place: "C1", For: 50 * time.Millisecond})
	r.Add(adapters.Refusal{Why: "Ask an admin.", Place: "C3"})
	const want = "Ask an admin. I try there again in 10 minutes."
	if !r.Alone("C1") || r.Alone("C2") || r.Tell("C3", "ann") != want || r.Tell("C3", "ann") != "" || r.Tell("C3", "ben") != want {
		t.Error("each person is told once")
	}
	time.Sleep(60 * time.Millisecond)
	if r.Alone("C1") || !r.Alone("C3") {
		t.Error("a place is left alone for as long as was said")
	}
}

// BenchmarkManyParts reads a message of 50,000 parts, no two of them alike.
func BenchmarkManyParts(b *testing.B) {
	var p adapters.Pointed
	for i := range 50_000 {
		p.Cards = append(p.Cards, fmt.Sprintf("the part of the number %05d", i))
	}
	for b.Loop() {
		if n := len(p.Candidates()); n != 12 {
			b.Fatalf("%d candidates", n)
		}
	}
}
