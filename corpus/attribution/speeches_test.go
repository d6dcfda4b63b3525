package attribution

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"verbatim/corpus/words"
)

// TestSpeeches: what a speech says of itself: its run, the words in it, how it is credited.
func TestSpeeches(t *testing.T) {
	for _, c := range []struct {
		name, text  string
		run, spoken string
		kind        Kind
		unsure      bool
		wrote       bool
	}{
		{"a quotation holds its marks, its words do not", "“We sold it years ago,” Ines Roth said.", "“We sold it years ago,”", "We sold it years ago,", Direct, false, false},
		{"guillemets are two bytes each", "Élodie Guérin said: «Nous l’avons vendu hier.»", "«Nous l’avons vendu hier.»", "Nous l’avons vendu hier.", Direct, false, false},
		{"straight marks", `Ines Roth said: "We sold it years ago."`, `"We sold it years ago."`, "We sold it years ago.", Direct, false, false},
		{"a mark that nothing closes", "Ines Roth said: “We sold it years ago.", "“We sold it years ago.", "We sold it years ago.", Direct, false, false},
		{"a part is reported", "Ines Roth said the pier was “a wreck”.", "“a wreck”", "a wreck", Reported, false, false},
		{"a part of somebody unnamed", "One sailor said the pier was “a wreck”.", "“a wreck”", "a wreck", Others, false, false},
		{"a report is its sentence and no words", "It rained. Ines Roth said the pier was old. It snowed.", "Ines Roth said the pier was old.", "", Reported, false, false},
		{"a report of several unnamed", "Some sailors said the pier was old.", "Some sailors said the pier was old.", "", Others, false, false},
		{"a report of a body is no other’s", "The Harbour Board said the pier was old.", "The Harbour Board said the pier was old.", "", Reported, false, false},
		{"somebody unnamed", "“We sold it years ago,” a sailor said.", "“We sold it years ago,”", "We sold it years ago,", Others, false, false},
		{"a pronoun of nobody", "“We sold it years ago,” he said.", "“We sold it years ago,”", "We sold it years ago,", Others, true, false},
		{"nobody", "It rained. “We sold it years ago.”", "“We sold it years ago.”", "We sold it years ago.", Others, true, false},
		{"a role that is nobody’s is sure", "“We sold it years ago,” the pilot said.", "“We sold it years ago,”", "We sold it years ago,", Others, false, false},
		{"written", "“We sold it years ago,” Ines Roth wrote.", "“We sold it years ago,”", "We sold it years ago,", Direct, false, true},
		{"tweeted", "Ines Roth tweeted: “We sold it years ago.”", "“We sold it years ago.”", "We sold it years ago.", Direct, false, true},
		{"posted", "Ines Roth posted: “We sold it years ago.”", "“We sold it years ago.”", "We sold it years ago.", Direct, false, true},
		{"a part that was written", "Ines Roth wrote that the pier was “a wreck”.", "“a wreck”", "a wreck", Reported, false, true},
		{"two together", "“We sold it years ago,” Ines Roth and Tom Beck said.", "“We sold it years ago,”", "We sold it years ago,", Direct, false, false},
		{"a block", "On piers\nInes Roth writes:\n> We sold it years ago.", "We sold it years ago.", "We sold it years ago.", Direct, false, false},
		{"a block of nobody", "On piers\nA saying.\n> We sold it years ago.", "We sold it years ago.", "We sold it years ago.", Others, true, false},
		{"a note behind the mark is none of it", "“We sold it years ago,”[4] Ines Roth said.", "“We sold it years ago,”", "We sold it years ago,", Direct, false, false},
		{"a link within stays as it is", "“We [sold](https://example.org/x) it years ago,” Ines Roth said.", "“We [sold](https://example.org/x) it years ago,”", "We [sold](https://example.org/x) it years ago,", Direct, false, false},
		{"letters of four bytes", "🛟 “We sold it 🛳️ years ago,” Ines Roth said.", "“We sold it 🛳️ years ago,”", "We sold it 🛳️ years ago,", Direct, false, false},
	} {
		t.Run(c.name, func(t *testing.T) {
			all := Read(c.text, paragraphsOf(c.text), "").Speeches
			if len(all) != 1 {
				t.Fatalf("%d speeches in %q", len(all), c.text)
			}
			s := all[0]
			if run, spoken := c.text[s.Start:s.End], c.text[s.Words.Start:s.Words.End]; run != c.run || spoken != c.spoken {
				t.Errorf("run %q with words %q, want %q with %q", run, spoken, c.run, c.spoken)
			}
			if s.Kind != c.kind || s.Unsure != c.unsure || s.Wrote != c.wrote {
				t.Errorf("kind %s, unsure %v, wrote %v of %q", s.Kind, s.Unsure, s.Wrote, c.text)
			}
		})
	}
}

// TestOwnWords: in a text in the first person every sentence is a speech that was written, with
// the whole sentence as its words; a speech of nobody named is others' and unsure.
func TestOwnWords(t *testing.T) {
	for _, c := range []struct {
		name, text, speaker string
		kind                Kind
		unsure              bool
	}{
		{"a column", "Why I row\nBy Ida Roth\nI row to work. My boat is old. I like it.", "Ida Roth", Direct, false},
		{"a diary", "My boat\nI row to work. My boat is old. I like it. I paint it. I wash it. I am happy.", TheAuthor, Others, true},
	} {
		t.Run(c.name, func(t *testing.T) {
			all := Read(c.text, paragraphsOf(c.text), "").Speeches
			if len(all) < 3 {
				t.Fatalf("%d speeches", len(all))
			}
			for _, s := range all {
				if s.Form != Authored || s.Speaker != c.speaker || s.Kind != c.kind || s.Unsure != c.unsure || !s.Wrote || s.Span != s.Words {
					t.Errorf("%+v", s)
				}
			}
		})
	}
}

// dispute is a text with quotation marks of every use: whole, cut by a credit, in a part, over
// paragraphs, within each other. « and » stand for the outer marks, < and > for the inner ones.
const dispute = `Pier to close
«We cannot hold it any longer,» said Ines Roth, the mayor of Kiel. «It leans.»
Tom Beck, who built it, was angry. «The pier,» he said, «is as straight as I am.»
A sailor heard them. «She told him <Go home!> and he went,» the sailor said.
Beck called the report «a fairy tale» and said: «I have read it.
«I have read it twice.»
Roth did not answer.`

// TestMarksMakeNoDifference: the same text is read alike in the marks of every house.
func TestMarksMakeNoDifference(t *testing.T) {
	want := []string{
		"0 Ines Roth", "0 Ines Roth",
		"1 Tom Beck", "1 Tom Beck",
		"0 the sailor",
		"1 Tom Beck", "0 Tom Beck", "0 Tom Beck",
	}
	for name, marks := range map[string][4]string{
		"American":         {"“", "”", "‘", "’"},
		"American, typed":  {`"`, `"`, "'", "'"},
		"British":          {"‘", "’", "“", "”"},
		"German":           {"„", "“", "‚", "‘"},
		"German, books":    {"»", "«", "›", "‹"},
		"French, no space": {"«", "»", "“", "”"},
		"Polish":           {"„", "”", "‚", "’"},
		"Swedish":          {"”", "”", "’", "’"},
		"mixed by a hand":  {"“", `"`, "'", "’"},
		"one for all":      {"“", "”", "“", "”"},
	} {
		t.Run(name, func(t *testing.T) {
			text := strings.NewReplacer("«", marks[0], "»", marks[1], "<", marks[2], ">", marks[3]).Replace(dispute)
			var got []string
			for _, s := range Read(text, paragraphsOf(text), "").Speeches {
				got = append(got, fmt.Sprint(int(s.Form), " ", s.Speaker))
			}
			if !slices.Equal(got, want) {
				t.Errorf("read\n%s\ngot %q\nwant %q", text, got, want)
			}
		})
	}
}

// TestWrappings: what stands around the paragraphs of a text, and how its lines end, changes
// nothing of what is said in it.
func TestWrappings(t *testing.T) {
	text := strings.NewReplacer("«", "“", "»", "”", "<", "‘", ">", "’").Replace(dispute)
	want := read(text)
	for name, wrapped := range map[string]string{
		"lines of Windows":   strings.ReplaceAll(text, "\n", "\r\n"),
		"empty lines":        strings.ReplaceAll(text, "\n", "\n\n\n"),
		"indented":           "   " + strings.ReplaceAll(text, "\n", "\n   "),
		"tabs at the end":    strings.ReplaceAll(text, "\n", "\t\t\n"),
		"no line at the end": strings.TrimSpace(text),
		"a paragraph on top": "The weather was fine in the whole of the valley.\n" + text,
		"a paragraph below":  text + "\nThe weather was fine in the whole of the valley.",
	} {
		if got := read(wrapped); got != want {
			t.Errorf("%s: read\n%s\nwant\n%s", name, got, want)
		}
	}
}

// TestOnlyItsParagraphs: what stands outside the paragraphs, such as a list of links, is not
// read, and offsets are those of the whole text.
func TestOnlyItsParagraphs(t *testing.T) {
	text := "Menu: “Home is where we sell,” said Bo Lind.\nInes Roth closed the pier.\nShare: “Read this today,” said Bo Lind.\n“It was old,” she said.\n"
	all := paragraphsOf(text)
	got := Read(text, []words.Span{all[1], all[3]}, "")
	if len(got.Speeches) != 1 {
		t.Fatalf("speeches %+v", got.Speeches)
	}
	if s := got.Speeches[0]; s.Speaker != "Ines Roth" || text[s.Start:s.End] != "“It was old,”" || s.Start < all[3].Start {
		t.Errorf("%+v", s)
	}
	if name, ok := got.Who("Lind"); ok {
		t.Errorf("%s is in no paragraph", name)
	}
}

// TestQuotedSpans: a quotation in a turn is a speech by itself, within its turn.
func TestQuotedSpans(t *testing.T) {
	text := "The pier\nTom Beck: Why oak?\nInes Roth: My teacher, Bo Lind, said: “Oak is slow steel.” And my aunt said, “Oak is for coffins.”\nTom Beck: I see."
	got := Read(text, paragraphsOf(text), "")
	want := []string{"Bo Lind: “Oak is slow steel.”", "my aunt: “Oak is for coffins.”"}
	var quoted []string
	for _, q := range got.Quoted {
		quoted = append(quoted, q.Speaker+": "+text[q.Start:q.End])
		if !slices.ContainsFunc(got.Speeches, func(s Speech) bool { return s.Form == Turn && s.Start < q.Start && q.End <= s.End }) {
			t.Errorf("%q lies in no turn", text[q.Start:q.End])
		}
	}
	if !slices.Equal(quoted, want) {
		t.Errorf("quoted %q, want %q", quoted, want)
	}
	if len(got.Speeches) != 3 {
		t.Errorf("%d turns", len(got.Speeches))
	}
}

// TestOddTexts: texts that are hardly any are read without a speech.
func TestOddTexts(t *testing.T) {
	for _, text := range []string{
		"", " ", "\n\n", "“", "”", `"`, "''", "«»", "“”“”“”", "...", "—", ":", "said", "he said", "“said”", "> ", ">", "Q:", "Q:\nA:", "By", "By\nBy", "By Ines",
		"Ines Roth:", "— Ines Roth", "[1][2][3]", "](", "[](", "**", "1.", "According to", "as", "as she", "in her own words", "\u200b", "\ufeff", "\ufeffThe pier is old.",
		"What?", "What?\nWhy?\nWho?\nWhen?", "Dear Tom,", "Yours sincerely,\nInes Roth", "\xff\xfe", "“\xff”", "Ines \xc3 said",
	} {
		if got := read(text); got != "" {
			t.Errorf("%q is read as %s", text, got)
		}
	}
	if got := Read("“We sold it years ago,” said Ines Roth.", nil, "Bo Lind"); len(got.Speeches) != 0 || got.Author != "" {
		t.Errorf("no paragraphs: %+v", got)
	}
}

// TestHugeTexts: however often a text has the same thing, it is read in a time that grows with
// its length.
func TestHugeTexts(t *testing.T) {
	const times = 4000
	for name, one := range map[string]string{
		"marks that open":        "“It was ",
		"marks that close":       "it was” ",
		"straight marks":         `" it `,
		"single marks":           "‘It was ",
		"apostrophes":            "the dogs’ boys’ ",
		"verbs of saying":        "said ",
		"names":                  "Ines Roth ",
		"commas":                 "it, ",
		"brackets":               "[1",
		"links":                  "[it](",
		"asides":                 "Ines Roth, who (it was) ",
		"paragraphs left open":   "“It was old.\n",
		"paragraphs left open ‘": "‘It was old.\n",
		"labels":                 "Ines Roth: It was old.\n",
		"blocks":                 "> It was old.\n",
		"questions":              "Why?\n",
		"pull quotes":            "“It was an old and ugly pier.”\n",
	} {
		text := "Pier\n" + strings.Repeat(one, times)
		began := time.Now()
		Read(text, paragraphsOf(text), "")
		if took := time.Since(began); took > 10*time.Second {
			t.Errorf("%s: %s for %d bytes", name, took, len(text))
		}
	}
}

// TestManyPeople: however many people a text names, each of a part of the name later on.
func TestManyPeople(t *testing.T) {
	var text strings.Builder
	text.WriteString("Pier\n")
	for i := range 4000 {
		n := strings.Map(func(r rune) rune { return r - '0' + 'a' }, strconv.Itoa(10000+i))
		fmt.Fprintf(&text, "Ines Q%s Lund%s sold the ferry. “It was old,” Q%s said.\n", n, n, n)
	}
	began := time.Now()
	speeches := Read(text.String(), paragraphsOf(text.String()), "").Speeches
	if took := time.Since(began); took > 10*time.Second {
		t.Errorf("%s for %d bytes", took, text.Len())
	}
	if last := speeches[len(speeches)-1].Speaker; last != "Ines Qbdjjj Lundbdjjj" {
		t.Errorf("the last speaker is %q", last)
	}
}

// TestReadAgain: a text is read alike each time, also by several at once who ask for names.
func TestReadAgain(t *testing.T) {
	text := strings.NewReplacer("«", "“", "»", "”", "<", "‘", ">", "’").Replace(dispute)
	first := Read(text, paragraphsOf(text), "")
	var wait sync.WaitGroup
	for range 8 {
		wait.Go(func() {
			again := Read(text, paragraphsOf(text), "")
			if !slices.Equal(again.Speeches, first.Speeches) {
				t.Errorf("read as %v", again.Speeches)
			}
			for name, want := range map[string]string{"roth": "Ines Roth", "BECK": "Tom Beck", "the mayor": "Ines Roth"} {
				if got, _ := first.Who(name); got != want {
					t.Errorf("Who(%q) = %q, want %q", name, got, want)
				}
			}
		})
	}
	wait.Wait()
}

// TestWhoInAText: names as people type them, of a text with bodies, kin and foreign names.
func TestWhoInAText(t *testing.T) {
	text := "Élodie Guérin, the chief engineer, met Piet de Vries and his brother, Jan de Vries. Yusuf al-Khatib came late. " +
		"The Harbour Board sent Siobhán O’Dwyer. Anna Maria Roth stayed at home. King Otto IV was dead. Professor Jean-Luc Faure slept."
	r := Read(text, whole(text), "")
	for name, want := range map[string]string{
		"Élodie Guérin": "Élodie Guérin", "guérin": "Élodie Guérin", "élodie": "Élodie Guérin", "Ms. Guérin": "Élodie Guérin", "GUÉRIN?": "Élodie Guérin", "Guérin’s": "Élodie Guérin",
		"the chief engineer": "Élodie Guérin", "the engineer": "Élodie Guérin",
		"Piet": "Piet de Vries", "piet de vries": "Piet de Vries", "jan": "Jan de Vries", "de vries": "", "vries": "",
		"al-khatib": "Yusuf al-Khatib", "Yusuf": "Yusuf al-Khatib",
		"O’Dwyer": "Siobhán O’Dwyer", "siobhán": "Siobhán O’Dwyer",
		"Anna Roth": "Anna Maria Roth", "anna maria": "Anna Maria Roth", "roth": "Anna Maria Roth", "Mr Roth": "Anna Maria Roth",
		"jean-luc": "Jean-Luc Faure", "professor faure": "Jean-Luc Faure", "the professor": "Jean-Luc Faure", "prof. faure": "Jean-Luc Faure",
		"the board": "Harbour Board", "Harbour Board": "Harbour Board",
		"the captain": "", "Bo": "", "the": "", "?!": "", "’s": "", "an": "", "Guérin and Roth": "",
	} {
		if got, ok := r.Who(name); got != want || ok != (want != "") {
			t.Errorf("Who(%q) = %q, %v, want %q", name, got, ok, want)
		}
	}
}

// TestWordsOfPeople: which words other packages may take for verbs of saying, for people and
// for bodies.
func TestWordsOfPeople(t *testing.T) {
	for word, want := range map[string]string{
		"said": "says", "wrote": "says", "thinks": "says", "insisting": "says", "ran": "", "pier": "",
		"mayor": "role", "sister": "role", "company": "role body", "officials": "role body", "crowd": "role body", "seismologist": "role", "": "",
	} {
		var got []string
		if Says(word) {
			got = append(got, "says")
		}
		if IsRole(word) {
			got = append(got, "role")
		}
		if IsBody(word) {
			got = append(got, "body")
		}
		if g := strings.Join(got, " "); g != want {
			t.Errorf("%q is %q, want %q", word, g, want)
		}
	}
}
