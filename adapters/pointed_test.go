package adapters_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"verbatim/adapters"
	"verbatim/adapters/adaptertest"
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
		text := strings.Repeat(part, 300_000/len(part)+1)
		began := time.Now()
		adapters.CodeSpans(text, true)
		adapters.Bare(text)
		adapters.PointsAt(text)
		adapters.ReadsAsQuestion(text)
		adapters.Pointed{Own: text, Quoted: []string{text}}.Candidates()
		if took := time.Since(began); adaptertest.Slow(took, 5*time.Second) {
			t.Errorf("%.40q, repeated to %d bytes, took %s", part, len(text), took)
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
