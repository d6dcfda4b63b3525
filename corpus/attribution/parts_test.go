package attribution

import (
	"fmt"
	"strings"
	"testing"
	"unicode/utf8"

	"verbatim/corpus/words"
)

// whole is a text as one paragraph.
func whole(text string) []words.Span { return []words.Span{{Start: 0, End: len(text)}} }

// firstSentence reads a text's first sentence.
func firstSentence(t *testing.T, text string) *sentence {
	t.Helper()
	all := sentencesOf(text, words.Span{Start: 0, End: len(text)}, 0, quotations(text, whole(text))[0])
	if len(all) == 0 {
		t.Fatalf("%q has no sentence", text)
	}
	return &all[0]
}

// TestQuotations: where quotations begin and end, and whether they are closed.
func TestQuotations(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{"“one” and “two”", "[one] [two]"},
		{`"one" and "two"`, "[one] [two]"},
		{"“one 'two' three”", "[one 'two' three]"},
		{"“one “two” three”", "[one “two” three]"},
		{"“one “two three” end", "[one “two three” end>"},
		{"‘one “two” three’", "[one “two” three]"},
		{"don’t ‘stop’ now", "[stop]"},
		{"the dogs’ ‘long day’ out", "[long day]"},
		{"the ’90s and ’tis and rock ’n’ roll", ""},
		{"a 5' 10\" man", ""},
		{"«un» et « deux »", "[un] [ deux ]"},
		{"»eins« und „zwei“", "[eins] [zwei]"},
		{"he said:“one”", "[one]"},
		{"(“one”) — “two”.", "[one] [two]"},
		{"“one\" and \"two”", "[one] [two]"},
		{"“one", "[one>"},
		{"he likes “tea", ""},
		{"he said: “one. Two", "[one. Two>"},
		{"“” and \"\"", "[] []"},
		{"no marks", ""},
		{"“one” “two”", "[one] [two]"},
		{"“one”—“two”", "[one] [two]"},
		{"he said ,“One”", "[One]"},
		{"a 12\" plank and a “6\" nail” in it", "[6\" nail]"},
		{"‘one ‘two’ three’ end", "[one ‘two’ three]"},
		{"‘one ‘two three’ end", "[one ‘two three]"},
		{"‘the boys’ ball’ and ‘the girls’ net’", "[the boys’ ball] [the girls’ net]"},
		{"rock ’n’ roll and ’em and O’Neil’s", ""},
		{"the Joneses’ and the Smiths’ cars", ""},
		{"'one' and 'two'", "[one] [two]"},
		{"it's 'one' isn't it", "[one]"},
		{"[“one”] {“two”}", "[one] [two]"},
		{"“[one] two”", "[[one] two]"},
		{"“one,” “two.”", "[one,] [two.]"},
		{"“one”: “two”; “three”!", "[one] [two] [three]"},
		{"„eins ‚zwei‘ drei“", "[eins ‚zwei‘ drei]"},
		{"« un « deux » trois »", "[ un « deux » trois ]"},
		{"«un “deux” trois»", "[un “deux” trois]"},
		{"‹un› et ‚deux‘", "[un] [deux]"},
		{"the “one", ""},
		{"one” and two", ""},
		{"5’10” and 6’2”", ""},
		{"he said, “one. And “two” too.", "[one. And “two” too.>"},
		{"“one,'' he said, ``two''", "[one,] [two]"},
		{"''one'' and (''two.'')", "[one] [two.]"},
		{"'' and a 6' 2'' man", ""},
		{"“日本” と “東京”", "[日本] [東京]"},
	} {
		var got []string
		for _, q := range quotations(c.text, whole(c.text))[0] {
			end := "]"
			if !q.closed {
				end = ">"
			}
			got = append(got, "["+c.text[q.inner.Start:q.inner.End]+end)
		}
		if g := strings.Join(got, " "); g != c.want {
			t.Errorf("quotations(%q) = %s, want %s", c.text, g, c.want)
		}
	}
}

// TestScan: the tokens of a sentence, what is no word left out.
func TestScan(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{"Ada Brown's mill", "ada brown's mill"},
		{"Ada Browns’ mill", "ada browns's mill"},
		{"the [mill](https://example.org/a_b) closed", "the mill closed"},
		{"the mill[3] closed [citation needed] here", "the mill closed here"},
		{"the **old** mill", "the old mill"},
		{"U.S. and don’t and well-known", "u.s and don’t and well-known"},
		{"“We sold it. It was old,” he said", "Q he said"},
		{"he called it “old” and “grey”", "he called it Q and Q"},
		{"", ""},
	} {
		if c.text == "" {
			continue
		}
		var got []string
		for _, tok := range firstSentence(t, c.text).tokens {
			switch {
			case tok.quote != nil:
				got = append(got, "Q")
			case tok.possessive:
				got = append(got, tok.low+"'s")
			default:
				got = append(got, tok.low)
			}
		}
		if g := strings.Join(got, " "); g != c.want {
			t.Errorf("scan(%q) = %s, want %s", c.text, g, c.want)
		}
	}
}

// TestNames: the first name in a text, without titles.
func TestNames(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{"Ada Brown spoke", "Ada Brown"},
		{"Dr. Ada M. Brown Jr. spoke", "Ada M. Brown Jr"},
		{"Prime Minister Ada Brown spoke", "Ada Brown"},
		{"Minister of Education Ada Brown spoke", "Ada Brown"},
		{"Innovation Prize Winner Ada Brown spoke", "Ada Brown"},
		{"Meet Ada Brown", "Ada Brown"},
		{"Ludwig van der Rohe spoke", "Ludwig van der Rohe"},
		{"Suleiman al-Amr spoke", "Suleiman al-Amr"},
		{"Ada Brown of Acme spoke", "Ada Brown"},
		{"Bank of England spoke", "Bank of England"},
		{"Reed & Partners spoke", "Reed & Partners"},
		{"Pope Benedict XVI spoke", "Benedict XVI"},
		{"Ada Brown Monday spoke", "Ada Brown"},
		{"Brown's mill", "Brown"},
		{"Will said it", "Will"},
		{"WHO say so", "WHO"},
		{"Prime Minister", ""},
		{"Medical Director", ""},
		{"Will it rain", ""},
		{"Clearly it rained", ""},
		{"Becoming weary, he left", ""},
		{"Monday came", ""},
		{"the mill", ""},
		{"I left", ""},
		{"Sir Ada M. B. Brown spoke", "Ada M. B. Brown"},
		{"Capt. Ada Brown spoke", "Ada Brown"},
		{"Ada Brown, Tom Hale and Bo Lind spoke", "Ada Brown"},
		{"O’Neil spoke", "O’Neil"},
		{"Marie-Claire Dupont-Hale spoke", "Marie-Claire Dupont-Hale"},
		{"Élodie Guérin spoke", "Élodie Guérin"},
		{"Ødegård spoke", "Ødegård"},
		{"Leonardo da Porto spoke", "Leonardo da Porto"},
		{"Juan Carlos de la Vega spoke", "Juan Carlos de la Vega"},
		{"Otto IV spoke", "Otto IV"},
		{"Ada Brown III spoke", "Ada Brown III"},
		{"Ada Brown’s and Tom Hale’s mill", "Ada Brown"},
		{"On Monday", ""},
		{"However, it rained", ""},
		{"Yesterday it rained", ""},
		{"Christmas came", ""},
		{"It’s old", ""},
		{"I’m old", ""},
	} {
		s := firstSentence(t, c.text)
		got := ""
		if n, ok := nameAt(s.tokens, 0); ok {
			got = surface(c.text, s.tokens[n.from:n.to])
		}
		if got != c.want {
			t.Errorf("name of %q is %q, want %q", c.text, got, c.want)
		}
	}
}

// TestSubjects: whom a sentence credits, as it stands there.
func TestSubjects(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{"Ada Brown said it rained", "Ada Brown"},
		{"Ada Brown also said it rained", "Ada Brown"},
		{"Ada Brown has repeatedly said it rained", "Ada Brown"},
		{"Ada Brown and Tom Hale said it rained", "Ada Brown+Tom Hale"},
		{"On Monday Ada Brown said it rained", "Ada Brown"},
		{"Without a word to us Ada Brown said it rained", "Ada Brown"},
		{"Ada Brown of the mill said it rained", "Ada Brown"},
		{"Acme founder Ada Brown said it rained", "Ada Brown"},
		{"The mill's owner, Ada Brown, said it rained", "Ada Brown"},
		{"Ada Brown, 43, of Leeds, said it rained", "Ada Brown"},
		{"Ada Brown (Labour) said it rained", "Ada Brown"},
		{"Ada Brown, who runs the mill, said it rained", "Ada Brown"},
		{"He met Ada Brown, who said it rained", "Ada Brown"},
		{"A statement from Ada Brown said it rained", "Ada Brown"},
		{"Brown's letter said it rained", "Brown"},
		{"The baker said it rained", "baker"},
		{"His sister said it rained", "sister"},
		{"A spokesman for Brown said it rained", "spokesman"},
		{"Two of the bakers said it rained", "bakers"},
		{"Some bakers in the town say it rained", "bakers"},
		{"A baker who would not give his name said it rained", "baker"},
		{"She said it rained", "she"},
		{"Everything they said was wrong", "they"},
		{"It snowed for a week and his deputy, Ada Brown, admitted she was tired", "Ada Brown"},
		{"At the inn her brother, Tom Hale, said it rained", "Tom Hale"},
		{"Its founder, 19-year-old student Ada Brown, said it rained", "Ada Brown"},
		{"The miners' union, AMU, said it rained", "AMU"},
		{"In a talk with the local paper Echo, the reeve, Ada Brown, said it rained", "Ada Brown"},
		{"Leeds Mayor Ada Brown said it rained", "Ada Brown"},
		{"On Friday evening it was Ada Brown, 17, who said it rained", "Ada Brown"},
		{"He had heard from bakers, who said it rained", "bakers"},
		{"All of those questioned said it rained", "those"},
		{"In 2019 Warden Brown stood up and said it rained", "Brown"},
		{"According to him, it rained", "he"},
		{"Its deputy, Ada Brown, warned the bakers of rain", "Ada Brown"},
		{"LEEDS, England — May 3 — Acme, a maker of lamps, said it rained", "Acme"},
		{"It rained, quoting an old song", ""},
		{"Brown is said to have replied it rained", "Brown"},
		{"The first time, a boy at the back rose and asked whether it rained", "boy"},
		{"At his own wedding he rose and said it rained", "he"},
		{"In the words of our support lead, it rained", "lead"},
		{"Brown's claims are old", ""},
		{"Brown was told to leave", ""},
		{"Brown did not say so", ""},
		{"Brown cannot say so", ""},
		{"It was said to be wrong", ""},
		{"Any claims are old", ""},
		{"Councillor Ada Brown (Labour, Leeds) said it rained", "Ada Brown"},
		{"It snowed, Ada Brown, 43, said", "Ada Brown"},
		{"A reader, Ada, said it rained", "Ada"},
		{"The mill’s former owner said it rained", "owner"},
		{"Brown’s wife, Ada, said it rained", "Ada"},
		{"Brown’s wife said it rained", "wife"},
		{"Another of the bakers said it rained", "bakers"},
		{"Half of the bakers said it rained", "bakers"},
		{"The boy in the red coat said it rained", "boy"},
		{"Someone close to Brown said it rained", "someone"},
		{"Nobody at the mill said it rained", ""},
		{"Ada Brown, then mayor, and now in prison, said it rained", "Ada Brown"},
		{"As Ada Brown put it, it rained", "Ada Brown"},
		{"In Ada Brown’s words, it rained", "Ada Brown"},
		{"It rained, according to the baker", "baker"},
		{"Ada Brown is reported to have said it rained", "Ada Brown"},
		{"If Ada Brown said it rained, it rained", ""},
		{"What Brown said was wrong", "Brown"},
	} {
		s := firstSentence(t, c.text)
		got := ""
		if all := s.credits(); len(all) > 0 {
			who := all[0].who
			var names []string
			for _, n := range who.names {
				names = append(names, surface(c.text, s.tokens[n.from:n.to]))
			}
			got = strings.Join(names, "+")
			if got == "" {
				got = who.pronoun + who.role
			}
		}
		if got != c.want {
			t.Errorf("%q credits %q, want %q", c.text, got, c.want)
		}
	}
}

// TestVerbForms: forms are made from the list, regular and irregular ones.
func TestVerbForms(t *testing.T) {
	for form, want := range map[string]string{
		"say": "say", "says": "say", "said": "say", "saying": "say", "replies": "reply", "replied": "reply", "replying": "reply",
		"argues": "argue", "argued": "argue", "arguing": "argue", "wrote": "write", "written": "write", "writing": "write",
		"confesses": "confess", "quipped": "quip", "quipping": "quip", "put": "put", "putting": "put", "swore": "swear", "teaches": "preach",
	} {
		v, ok := lex().verbs[form]
		if form == "teaches" {
			if ok {
				t.Errorf("%q is a verb of saying", form)
			}
			continue
		}
		if v.lemma != want {
			t.Errorf("%q is a form of %q, want %q", form, v.lemma, want)
		}
	}
	if v := lex().verbs["thought"]; v.clause {
		t.Error("“thought” reports")
	}
	if v := lex().verbs["thinks"]; !v.clause {
		t.Error("“thinks” does not report")
	}
}

// TestRoles: words for people, their plurals, and words that only look like them.
func TestRoles(t *testing.T) {
	for word, want := range map[string]string{
		"baker": "plain", "bakers": "plain many", "secretaries": "plain many", "spokeswoman": "plain woman", "sister": "plain kin woman",
		"board": "plain body", "letter": "plain thing", "dr": "plain title", "mr": "plain title man", "hydrologist": "plain", "economists": "plain many",
		"former": "plain title modifier", "list": "", "table": "", "wishlist": "",
	} {
		var got []string
		if r, ok := roleOf(word); ok {
			for name, is := range map[string]bool{"plain": r.plain, "many": r.many, "kin": r.kin, "body": r.body, "thing": r.thing, "title": r.title, "modifier": r.modifier, "man": r.gender == man, "woman": r.gender == woman} {
				if is {
					got = append(got, name)
				}
			}
		}
		for f := range strings.FieldsSeq(want) {
			if !strings.Contains(strings.Join(got, " "), f) {
				t.Errorf("%q is %v, want %s", word, got, want)
			}
		}
		if len(got) != len(strings.Fields(want)) {
			t.Errorf("%q is %v, want %s", word, got, want)
		}
	}
}

// TestGivenNames: of whom a given name is.
func TestGivenNames(t *testing.T) {
	for word, want := range map[string]string{"ada": "woman", "tom": "man", "priya": "woman", "jean-paul": "man", "robin": "any", "mill": "none", "china": "none"} {
		got := "none"
		if g, ok := givenName(word); ok {
			got = map[gender]string{anyGender: "any", man: "man", woman: "woman"}[g]
		}
		if got != want {
			t.Errorf("%q is a name of %s, want %s", word, got, want)
		}
	}
}

// TestLabels: names before a colon or a dash, and lines that have none.
func TestLabels(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{"Ada Brown: Hello.", "Ada Brown|Hello."},
		{"ADA BROWN (mayor): Hello.", "ADA BROWN|Hello."},
		{"**Ada Brown:** Hello.", "Ada Brown|Hello."},
		{"**Ada Brown**: Hello.", "Ada Brown|Hello."},
		{"[00:12] Ada: Hello.", "Ada|Hello."},
		{"(1:02:03) Ada Brown: Hello.", "Ada Brown|Hello."},
		{"Ada Brown [00:12]: Hello.", "Ada Brown|Hello."},
		{"Ada Brown, mayor: Hello.", "Ada Brown|Hello."},
		{"Ada Brown — Hello.", "Ada Brown|Hello."},
		{"> Ada Brown: Hello.", "Ada Brown|Hello."},
		{"Q: Hello?", "Q|Hello?"},
		{"Ada Brown said: Hello.", ""},
		{"See https://example.org", ""},
		{"“Ada”: Hello.", ""},
		{"One. Two: three.", ""},
		{"Well-known mills — Hello.", ""},
		{"No label here.", ""},
		{"Ada Brown [mayor]: Hello.", "Ada Brown|Hello."},
		{"Ada Brown (via video link): Hello.", "Ada Brown|Hello."},
		{"Ada Brown -- Chief Officer: Hello.", "Ada Brown|Hello."},
		{"_Ada Brown:_ Hello.", "Ada Brown|Hello."},
		{"• Ada Brown: Hello.", "Ada Brown|Hello."},
		{"00:12 Ada Brown: Hello.", "Ada Brown|Hello."},
		{"[00:12:03] Ada Brown: Hello.", "Ada Brown|Hello."},
		{"The Minister for Trade (Ada Brown): Hello.", "Ada Brown|Hello."},
		{"Mr. BROWN. Hello.", "Mr. BROWN|Hello."},
		{"The CHAIR. Hello.", "The CHAIR|Hello."},
		{"Q. Hello?", "Q|Hello?"},
		{"Ludwig van der Rohe: Hello.", "Ludwig van der Rohe|Hello."},
		{"Élodie O’Neil: Hello.", "Élodie O’Neil|Hello."},
		{"Speaker 2: Hello.", "Speaker 2|Hello."},
		{"Ada and Tom: Hello.", "Ada and Tom|Hello."},
		{"Ada Brown:", "Ada Brown|"},
		{"Ada Brown lives here: Hello.", ""},
		{"Is it Ada? No: Tom.", ""},
		{"at home: Hello.", ""},
		{"12:30: Hello.", ""},
		{"Ada Brown/Tom Hale: Hello.", ""},
		{": Hello.", ""},
		{"Ada-Brown", ""},
		{"Mr. Brown went home. Hello.", ""},
		{strings.Repeat("Ada Brown ", 20) + ": Hello.", ""},
	} {
		r := &reader{text: c.text, paragraphs: whole(c.text)}
		got := ""
		if l, ok := r.labelAt(0); ok {
			got = l.name + "|" + c.text[l.body.Start:l.body.End]
		}
		if got != c.want {
			t.Errorf("label of %q is %q, want %q", c.text, got, c.want)
		}
	}
}

func TestTimestamps(t *testing.T) {
	for text, want := range map[string]int{"[00:12] A": 7, "(1:02:03) A": 9, "00:12 A": 5, "12 A": 0, "[3] A": 0, "[00:12 A": 0, "": 0} {
		if got := timestamp(text); got != want {
			t.Errorf("timestamp(%q) = %d, want %d", text, got, want)
		}
	}
}

// TestSurname: how a text calls somebody it has introduced.
func TestSurname(t *testing.T) {
	for name, want := range map[string]string{
		"Ada Brown": "Brown", "Ada M. Brown": "Brown", "Ada Brown Jr.": "Brown", "Brown": "Brown", "Benedict XVI": "Benedict XVI", "Ludwig van der Rohe": "Ludwig van der Rohe",
		"Harbour Board": "Harbour Board", "Bank of England": "Bank of England", "some officials": "some officials", "Ada Brown and Tom Hale": "Ada Brown and Tom Hale", "he": "he", "the mayor": "the mayor", "": "",
	} {
		if got := Surname(name); got != want {
			t.Errorf("Surname(%q) = %q, want %q", name, got, want)
		}
	}
}

// TestWho: names as people type them.
func TestWho(t *testing.T) {
	text := "Mayor Ada Brown met Tom Brown and Zacharias Hale, a baker. Hale said the Harbour Board was late. Anna Weber, the prime minister, left. Her minister Kim Roth stayed."
	r := Read(text, whole(text), "")
	for _, c := range []struct{ name, want string }{
		{"Ada Brown", "Ada Brown"},
		{"ada brown", "Ada Brown"},
		{"ada", "Ada Brown"},
		{"Mrs Brown", "Ada Brown"},
		{"mr. brown", "Tom Brown"},
		{"Brown", ""},
		{"Hale", "Zacharias Hale"},
		{"hale's", "Zacharias Hale"},
		{"zach", "Zacharias Hale"},
		{"the mayor", "Ada Brown"},
		{"the baker", "Zacharias Hale"},
		{"the prime minister", "Anna Weber"},
		{"the board", "Harbour Board"},
		{"Harbour Board", "Harbour Board"},
		{"Smith", ""},
		{"the pilot", ""},
		{"", ""},
	} {
		got, ok := r.Who(c.name)
		if got != c.want || ok != (c.want != "") {
			t.Errorf("Who(%q) = %q, %v, want %q", c.name, got, ok, c.want)
		}
	}
	if got, ok := (&Result{}).Who("Ada"); ok {
		t.Errorf("nobody is %q", got)
	}
}

func TestKinds(t *testing.T) {
	for kind, want := range map[Kind]string{Direct: "true true direct quote", Reported: "true false reported speech", Article: "true false the article’s words", Others: "true true words credited to others", "": "false false the article’s words"} {
		if got := fmt.Sprint(kind.Valid(), " ", kind.Spoken(), " ", kind.Label()); got != want {
			t.Errorf("%q: %s, want %s", kind, got, want)
		}
	}
}

// FuzzRead: whatever the text, speeches are runs of it, in order, and nobody is
// credited without a name.
func FuzzRead(f *testing.F) {
	f.Add("Ada Brown said: “It is ‘fine’.” \"No,\" he said, 'yes.'\n“Open\n“again” U.S. [3] (a. B) According to X, she told: «a b c d» „e f g h“")
	f.Add("Q: Why?\nA: I do.\n**ADA BROWN (mayor):** “Yes\n[00:12] TB — no\nBy Ada Brown\n— Tom")
	f.Add("\ufeff“\n”'\"’ said Brown, who, that, as she, put it:")
	f.Fuzz(func(t *testing.T, text string) {
		if !utf8.ValidString(text) {
			return
		}
		last := 0
		for _, s := range Read(text, paragraphsOf(text), "").Speeches {
			if s.Start < last || s.Start > s.End || s.End > len(text) {
				t.Fatalf("%q: a speech at [%d:%d] after %d", text, s.Start, s.End, last)
			}
			last = s.Start
			if s.Words.Start < s.Start || s.Words.End > s.End || s.Words.Start > s.Words.End {
				t.Errorf("%q: words at [%d:%d] of a speech at [%d:%d]", text, s.Words.Start, s.Words.End, s.Start, s.End)
			}
			if s.Speaker == "" || !s.Kind.Valid() || s.Kind == Article {
				t.Errorf("%q: %+v", text, s)
			}
		}
	})
}

// BenchmarkLabels reads texts in which every paragraph may begin with a label: ten times the text
// must take about ten times as long.
func BenchmarkLabels(b *testing.B) {
	for _, of := range []string{
		"Zorp: the red house number %d stands on the hill.\n",
		"ZO%d: I think you should ask Prime Minister Brown.\n",
		"MINISTER%d:\nI think you should ask Minister Brown.\n",
	} {
		for _, n := range []int{400, 4000} {
			var text strings.Builder
			text.WriteString("A report\n")
			for i := range n {
				fmt.Fprintf(&text, of, i)
			}
			b.Run(fmt.Sprintf("%.4s/%d", of, n), func(b *testing.B) {
				for b.Loop() {
					Read(text.String(), paragraphsOf(text.String()), "")
				}
			})
		}
	}
}
