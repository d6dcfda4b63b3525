package corpus

import (
	"fmt"
	"strings"
	"testing"

	"verbatim/corpus/attribution"
)

const pierNews = `Pier to close
Mayor Ines Roth, who runs the town, said on Monday that the pier would close.
“It is old,” Roth told the Harbour Mail. “We cannot save it.”
She called the repairs “a bottomless pit” and blamed “thirty years of neglect”.
Some sailors said the pier was safe. “It is fine,” one of them said.
“Nobody asked us.”
`

// TestSpeeches: who says what, with the words spoken.
func TestSpeeches(t *testing.T) {
	s := readText(t, pierNews)
	var got []string
	for _, sp := range s.Speeches() {
		if sp.Quote.Source() != s || sp.Spoken() != (sp.Form != attribution.Report) || sp.Spoken() && !sp.Quote.Contains(sp.Words) {
			t.Errorf("%+v", sp)
		}
		got = append(got, fmt.Sprintf("%s %s %v: %s", sp.Attribution, sp.Speaker, sp.Unsure, sp.Words.Text()))
	}
	want := []string{
		"reported Ines Roth false: ",
		"direct Ines Roth false: It is old,",
		"direct Ines Roth false: We cannot save it.",
		"reported Ines Roth false: a bottomless pit",
		"reported Ines Roth false: thirty years of neglect",
		"others some sailors false: ",
		"others one of them false: It is fine,",
		"others one of them false: Nobody asked us.",
	}
	if g, w := strings.Join(got, "\n"), strings.Join(want, "\n"); g != w {
		t.Errorf("got\n%s\nwant\n%s", g, w)
	}
}

// TestPassageWords: a passage tells which of its words were spoken.
func TestPassageWords(t *testing.T) {
	s := readText(t, pierNews)
	words := map[string]string{}
	for _, p := range s.Passages() {
		var parts []string
		for _, w := range p.Words {
			if !p.Quote.Contains(w) {
				t.Errorf("%s: %q is not in %q", p.ID, w.Text(), p.Quote.Text())
			}
			parts = append(parts, w.Text())
		}
		words[p.ID] = strings.Join(parts, "|")
	}
	for id, want := range map[string]string{
		"p1s1": "", "p2s1": "", "p3s1": "It is old,", "p3q1": "It is old,", "p3s2": "We cannot save it.",
		"p4s1": "a bottomless pit|thirty years of neglect", "p5s1": "", "p5s2": "It is fine,", "p6s1": "Nobody asked us.",
	} {
		if got, ok := words[id]; !ok || got != want {
			t.Errorf("%s: words %q, want %q", id, got, want)
		}
	}
}

// TestSpeechesIn: who spoke a run of the text.
func TestSpeechesIn(t *testing.T) {
	s := readText(t, pierNews)
	for _, c := range []struct{ run, want string }{
		{"cannot save", "Ines Roth spoke"},
		{"bottomless", "Ines Roth spoke"},
		{"the pier would close", "Ines Roth reported"},
		{"Pier to close", ""},
		{"called the repairs", ""},
		{"fine", "one of them spoke"},
		{"old,” Roth told the Harbour Mail. “We", "Ines Roth spoke, Ines Roth spoke"},
	} {
		start := strings.Index(s.Text(), c.run)
		var got []string
		for _, sp := range s.SpeechesIn(start, start+len(c.run)) {
			how := " reported"
			if sp.Spoken() {
				how = " spoke"
			}
			got = append(got, sp.Speaker+how)
		}
		if g := strings.Join(got, ", "); g != c.want {
			t.Errorf("%q: %q, want %q", c.run, g, c.want)
		}
	}
	if got := s.SpeechesIn(5, 5); len(got) != 0 {
		t.Errorf("an empty run has %v", got)
	}
}

// TestSpeechesOfCurated: also a text with a curation is read.
func TestSpeechesOfCurated(t *testing.T) {
	s, err := ReadCurated("pier", pierNews, []byte("passages:\n  - {id: old, quote: \"“It is old,”\", attribution: direct, speaker: Ines Roth}\n"))
	if err != nil {
		t.Fatal(err)
	}
	if n := len(s.Speeches()); n != 8 {
		t.Errorf("%d speeches", n)
	}
	if p := s.Passages()[0]; p.Words != nil || p.Unsure {
		t.Errorf("the curator’s passage is %+v", p)
	}
}

// TestReadTurns: the passages of a transcript begin after the speaker's name, and are
// the speaker's own words.
func TestReadTurns(t *testing.T) {
	s := readText(t, "Fares\nAna Ruiz: We will not raise fares before March. That is final.\nTom Beck: I would not promise “that”.\nQ: Why not?\n")
	var got []string
	for _, p := range s.Passages() {
		got = append(got, fmt.Sprintf("%s %s %s %v: %s", p.ID, p.Attribution, p.Speaker, p.Spoken(), p.Quote.Text()))
	}
	want := []string{
		"p1s1 article  false: Fares",
		"p2s1 direct Ana Ruiz true: We will not raise fares before March.",
		"p2s2 direct Ana Ruiz true: That is final.",
		"p3s1 direct Tom Beck true: I would not promise “that”.",
		"p4s1 others the interviewer true: Why not?",
	}
	if g, w := strings.Join(got, "\n"), strings.Join(want, "\n"); g != w {
		t.Errorf("got\n%s\nwant\n%s", g, w)
	}
}

// TestReadAuthor: a text in the first person is its author's.
func TestReadAuthor(t *testing.T) {
	s := readText(t, "Why I row\nBy Ida Roth\nI row to work. My boat is old.\nI like it. “Mine is older,” my brother says.\n")
	if s.Author() != "Ida Roth" {
		t.Errorf("the author is %q", s.Author())
	}
	for _, p := range s.Passages() {
		want := map[string]string{"p3s1": "Ida Roth wrote", "p3s2": "Ida Roth wrote", "p4q1": "my brother"}[p.ID]
		if who, _, _ := strings.Cut(want, " wrote"); want != "" && p.Speaker != who {
			t.Errorf("%s %q is %s’s, want %s", p.ID, p.Quote.Text(), p.Speaker, want)
		}
		if p.ID == "p3s1" && (p.Frame != "Roth wrote:" || !p.Spoken()) {
			t.Errorf("%q: frame %q", p.Quote.Text(), p.Frame)
		}
	}
	if got := readText(t, pierNews).Author(); got != "" {
		t.Errorf("the author of a report is %q", got)
	}
}

// TestReadUnsure: whoever is left open is not named, and the frame says so.
func TestReadUnsure(t *testing.T) {
	for _, c := range []struct{ text, speaker string }{
		{"Omar Hale met Tom Beck at the pier. He said: “It is old.”", "he"},
		{"The pier was empty. “It will never open again.”", attribution.Unnamed},
	} {
		all := readText(t, c.text).Passages()
		p := all[len(all)-1]
		if p.Attribution != Others || p.Speaker != c.speaker || !p.Unsure || p.Frame != "The article does not make clear who said this:" {
			t.Errorf("read\n%s\ngot %s %q %v %q", c.text, p.Attribution, p.Speaker, p.Unsure, p.Frame)
		}
	}
}

// TestWho: a name as it is typed means somebody in the text.
func TestWho(t *testing.T) {
	s := readText(t, pierNews)
	for name, want := range map[string]string{"roth": "Ines Roth", "ines": "Ines Roth", "Mayor Roth": "Ines Roth", "the mayor": "Ines Roth", "harbour mail": "Harbour Mail", "Beck": ""} {
		if got, ok := s.Who(name); got != want || ok != (want != "") {
			t.Errorf("Who(%q) = %q, want %q", name, got, want)
		}
	}
}

// TestQuotedIn: whom a turn quotes, and who does.
func TestQuotedIn(t *testing.T) {
	s := readText(t, "The pot maker\nAda Brown: My teacher, Bo Lind, used to say, “Clay is slow mud.” He was right.\nOmar Hale: Who was he?\nAda Brown: A potter.")
	for words, want := range map[string]string{"Clay is slow mud": "Bo Lind (quoted by Ada Brown)", "He was right": "", "My teacher": ""} {
		at := strings.Index(s.Text(), words)
		q, ok := s.QuotedIn(at, at+len(words))
		if q.Speaker != want || ok != (want != "") || ok && q.Words.Text() != "Clay is slow mud." {
			t.Errorf("%q is quoted from %q: %q", words, q.Speaker, q.Words.Text())
		}
	}
}
