package corpus

import (
	"fmt"
	"strings"
	"testing"
	"testing/fstest"
	"unicode/utf8"
)

// readText loads a text that nobody curated.
func readText(t testing.TB, text string) *Source {
	t.Helper()
	c, err := Load(fstest.MapFS{"text/article.txt": {Data: []byte(text)}})
	if err != nil {
		t.Fatal(err)
	}
	return c.Sources()[0]
}

func TestRead(t *testing.T) {
	for _, c := range []struct {
		name, text string
		want       []string // id attribution speaker: text; the article's own sentences are left out
	}{
		{"said after", "The mayor is Ada Brown.\n“We will rebuild the bridge by spring,” Brown said on Monday.", []string{
			"p2s1 reported Ada Brown: “We will rebuild the bridge by spring,” Brown said on Monday.",
			"p2q1 direct Ada Brown: “We will rebuild the bridge by spring,”",
		}},
		{"straight marks, said before the name", `"We will rebuild the bridge," said Ada Brown, the mayor.`, []string{
			`p1s1 reported Ada Brown: "We will rebuild the bridge," said Ada Brown, the mayor.`,
			`p1q1 direct Ada Brown: "We will rebuild the bridge,"`,
		}},
		{"colon", "Ada Brown told the council: “We will rebuild. It will cost less.” The council agreed.", []string{
			"p1s1 reported Ada Brown: Ada Brown told the council: “We will rebuild. It will cost less.”",
			"p1q1 direct Ada Brown: “We will rebuild. It will cost less.”",
			"p1s2 direct Ada Brown: It will cost less.”",
		}},
		{"the quote goes on after he said", "Omar Hale opened the mill in 1902. “I was poor,” he said. “Nobody lent me a penny.” The mill closed.", []string{
			"p1s2 reported Omar Hale: “I was poor,” he said.",
			"p1q1 direct Omar Hale: “I was poor,”",
			"p1s3 direct Omar Hale: “Nobody lent me a penny.”",
		}},
		{"interrupted", "“The river,” Omar Hale said, “took everything we had.”", []string{
			"p1s1 reported Omar Hale: “The river,” Omar Hale said, “took everything we had.”",
		}},
		{"question and exclamation", "“Are we safe?” asked Ada Brown. “Of course not!” she shouted.", []string{
			"p1s1 reported Ada Brown: “Are we safe?” asked Ada Brown.",
			"p1q1 direct Ada Brown: “Are we safe?”",
			"p1s2 reported Ada Brown: “Of course not!” she shouted.",
			"p1q2 direct Ada Brown: “Of course not!”",
		}},
		{"nested", "“He told me, ‘Never sell the mill,’ and I never did,” Omar Hale recalled.", []string{
			"p1s1 reported Omar Hale: “He told me, ‘Never sell the mill,’ and I never did,” Omar Hale recalled.",
			"p1q1 direct Omar Hale: “He told me, ‘Never sell the mill,’ and I never did,”",
		}},
		{"single marks outside", "‘It’s the end of the line,’ said Omar Hale.", []string{
			"p1s1 reported Omar Hale: ‘It’s the end of the line,’ said Omar Hale.",
			"p1q1 direct Omar Hale: ‘It’s the end of the line,’",
		}},
		{"scare quotes and titles", "Ada Brown fears an “ideological battle” over the “Old Bridge” plan.", nil},
		{"a title in the sentence", "In her essay “The Long Wet Road,” Ada Brown said little.", nil},
		{"a title that somebody wrote", "Ada Brown wrote “A Long Road to Town” in 1950.", nil},
		{"reported", "Ada Brown runs the town. She argued that similar bridges stand elsewhere.", []string{
			"p1s2 reported Ada Brown: She argued that similar bridges stand elsewhere.",
		}},
		{"according to", "According to Omar Hale, the mill made no money.", []string{
			"p1s1 reported Omar Hale: According to Omar Hale, the mill made no money.",
		}},
		{"reported by a body", "The Harbour Board said it would close the port.", []string{
			"p1s1 reported Harbour Board: The Harbour Board said it would close the port.",
		}},
		{"the end of a longer phrase says nothing", "The History of the Hales says that the mill burned.", nil},
		{"not speech", "Omar Hale added a second wheel. He explained the plan. They say nothing.", nil},
		{"people without a name", "“It is a gift to the town,” some local officials said.", []string{
			"p1s1 others some local officials: “It is a gift to the town,” some local officials said.",
			"p1q1 others some local officials: “It is a gift to the town,”",
		}},
		{"part of a sentence", "Ada Brown called it “the worst flood in a hundred years”.", []string{
			"p1s1 reported Ada Brown: Ada Brown called it “the worst flood in a hundred years”.",
		}},
		{"aside between commas", "“We lost it all,” Omar Hale, who owned the mill, said.", []string{
			"p1s1 reported Omar Hale: “We lost it all,” Omar Hale, who owned the mill, said.",
			"p1q1 direct Omar Hale: “We lost it all,”",
		}},
		{"title before the name", "“It is raining,” said Dr. Ada Brown. “Take a coat,” Brown added.", []string{
			"p1s1 reported Ada Brown: “It is raining,” said Dr. Ada Brown.",
			"p1q1 direct Ada Brown: “It is raining,”",
			"p1s2 reported Ada Brown: “Take a coat,” Brown added.",
			"p1q2 direct Ada Brown: “Take a coat,”",
		}},
		{"two of one surname", "Ada Brown and Tom Brown spoke. “It is raining,” Brown said.", []string{
			"p1s2 reported Brown: “It is raining,” Brown said.",
			"p1q1 direct Brown: “It is raining,”",
		}},
		{"announced on the line before", "Ada Brown said:\n“The bridge will stand for a century.”", []string{
			"p2s1 direct Ada Brown: “The bridge will stand for a century.”",
		}},
		{"over paragraphs", "Ada Brown said: “The bridge is old.\n“It will not stand for long.”", []string{
			"p1s1 reported Ada Brown: Ada Brown said: “The bridge is old.",
			"p1q1 direct Ada Brown: “The bridge is old.",
			"p2s1 direct Ada Brown: “It will not stand for long.”",
		}},
		{"he is who was the subject", "Omar Hale met Ada Brown at the fair. He said: “The mill is for sale.”", []string{
			"p1s2 reported Omar Hale: He said: “The mill is for sale.”",
			"p1q1 direct Omar Hale: “The mill is for sale.”",
		}},
		{"names inside a quote do not count", "“I admire Ada Brown,” Omar Hale said. He added: “She builds well.”", []string{
			"p1s1 reported Omar Hale: “I admire Ada Brown,” Omar Hale said.",
			"p1q1 direct Omar Hale: “I admire Ada Brown,”",
			"p1s2 reported Omar Hale: He added: “She builds well.”",
			"p1q2 direct Omar Hale: “She builds well.”",
		}},
		{"nobody is named", "“It is raining,” he said.", []string{
			"p1s1 others he: “It is raining,” he said.",
			"p1q1 others he: “It is raining,”",
		}},
		{"interview", "Hale: “I was born on a boat.”", []string{
			"p1s1 reported Hale: Hale: “I was born on a boat.”",
			"p1q1 direct Hale: “I was born on a boat.”",
		}},
		{"a remark by", "It ends with a remark by Omar Hale: “All mills stop.”", []string{
			"p1s1 reported Omar Hale: It ends with a remark by Omar Hale: “All mills stop.”",
			"p1q1 direct Omar Hale: “All mills stop.”",
		}},
		{"another speaker breaks in", "“Go home,” said Ada Brown. “Never,” Omar Hale bellowed.", []string{
			"p1s1 reported Ada Brown: “Go home,” said Ada Brown.",
			"p1q1 direct Ada Brown: “Go home,”",
			"p1s2 reported Omar Hale: “Never,” Omar Hale bellowed.",
			"p1q2 direct Omar Hale: “Never,”",
		}},
		{"inches", `The plank is 6" wide and 12" long, Omar Hale said.`, []string{
			`p1s1 reported Omar Hale: The plank is 6" wide and 12" long, Omar Hale said.`,
		}},
		{"left open", "Ada Brown likes “tea", nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			var got []string
			for _, p := range readText(t, c.text).Passages() {
				if p.Attribution != Article {
					got = append(got, fmt.Sprintf("%s %s %s: %s", p.ID, p.Attribution, p.Speaker, p.Quote.Text()))
				}
			}
			if g, w := strings.Join(got, "\n"), strings.Join(c.want, "\n"); g != w {
				t.Errorf("read\n%s\ngot\n%s\nwant\n%s", c.text, g, w)
			}
		})
	}
}

func TestReadFrames(t *testing.T) {
	s := readText(t, "Ada Brown rules.\n“It is raining,” Brown said.\nBrown wrote: “Come soon. Bring tea.”\nShe said that it rained.\n“It is a gift to us all,” critics said.\n“It shall be done,” the Harbour Board said.")
	want := map[string]string{
		"p1s1": "The article says:", "p2q1": "Brown said:", "p2s1": "Brown said what stands between quotation marks:", "p3q1": "Brown wrote:",
		"p4s1": "The article reports what Brown said:", "p5q1": "The article quotes critics:", "p6q1": "Harbour Board said:",
	}
	for _, p := range s.Passages() {
		if w, ok := want[p.ID]; ok && p.Frame != w {
			t.Errorf("%s %q: frame %q, want %q", p.ID, p.Quote.Text(), p.Frame, w)
		}
		delete(want, p.ID)
	}
	for id := range want {
		t.Errorf("there is no passage %s", id)
	}
}

// TestReadSharedSurname: where two speakers have one surname, their names tell them apart.
func TestReadSharedSurname(t *testing.T) {
	s := readText(t, "“It is raining again,” said Ada Brown.\n“It is not raining,” said Omar Brown.\n“It may rain,” said Ida Hale.\nOmar Brown said that it rained.")
	want := map[string]string{
		"p1q1": "Ada Brown said:", "p2q1": "Omar Brown said:", "p3q1": "Hale said:", "p4s1": "The article reports what Omar Brown said:",
	}
	for _, p := range s.Passages() {
		if w, ok := want[p.ID]; ok && p.Frame != w {
			t.Errorf("%s %q: frame %q, want %q", p.ID, p.Quote.Text(), p.Frame, w)
		}
		delete(want, p.ID)
	}
	for id := range want {
		t.Errorf("there is no passage %s", id)
	}
}

// TestReadLabelSentence: a label that is a sentence by itself is no passage.
func TestReadLabelSentence(t *testing.T) {
	s := readText(t, "Hearing\nThe CHAIR. Please begin.\nMr. HALE. I build mills.\nThe CHAIR. Of oak?\nMr. HALE. Of steel.")
	for _, p := range s.Passages() {
		if strings.Contains(p.Quote.Text(), "CHAIR") || strings.Contains(p.Quote.Text(), "HALE") {
			t.Errorf("%s is %q, by %s", p.ID, p.Quote.Text(), p.Speaker)
		}
	}
	if q := s.Passages()[len(s.Passages())-1]; q.Quote.Text() != "Of steel." || q.Speaker != "Mr. HALE" {
		t.Errorf("the last passage is %q, by %s", q.Quote.Text(), q.Speaker)
	}
}

// TestReadArticle reads the article that ships, without its curation, and finds
// every direct quote that its curator found.
func TestReadArticle(t *testing.T) {
	c, err := Embedded()
	if err != nil {
		t.Fatal(err)
	}
	curated := c.Sources()[0]
	s := readText(t, curated.text)
	direct := map[string]string{}
	for _, p := range s.Passages() {
		if p.Attribution == Direct {
			direct[p.Quote.Text()] = p.Speaker
		}
	}
	found := 0
	for text, speaker := range direct {
		if speaker != "Mark Zuckerberg" {
			t.Errorf("%q is %s’s", text, speaker)
		}
		for _, p := range curated.Passages() {
			if p.Attribution == Direct && p.Quote.Text() == text {
				found++
				break
			}
		}
	}
	for _, want := range []string{
		"“We face a lot of competition in a lot of different aspects of what we do,”",
		"“Are they going to be the closed integrated model that Apple has always done? Which, again, there are multiple good ways to build things,”",
		"“In the PC era, Windows with the open ecosystem was the leader.”",
		"“Part of my goal for the next 10-15 years, the next generation of platforms, is to build the next generation of open platforms and have the open platforms win,”",
		"“I think that’s going to lead to a much more vibrant tech industry.”",
	} {
		if direct[want] == "" {
			t.Errorf("%s was not read as a direct quote", want)
		}
	}
	if found < 3 {
		t.Errorf("%d of the quotes read are the curator’s", found)
	}
	for _, p := range s.Passages() {
		if strings.HasPrefix(p.Quote.Text(), "He argued") && (p.Attribution != Reported || p.Speaker != "Mark Zuckerberg") {
			t.Errorf("%q is %s, %s", p.Quote.Text(), p.Attribution, p.Speaker)
		}
	}
}

func FuzzRead(f *testing.F) {
	f.Add("Ada Brown said: “It is ‘fine’.” \"No,\" he said, 'yes.'\n“Open\n“again” U.S. [3] (a. B) According to X, she told: «a b c d» „e f g h“")
	f.Add("\ufeff“\n”'\"’ said Brown")
	f.Fuzz(func(t *testing.T, text string) {
		if !utf8.ValidString(text) {
			return
		}
		c, err := Load(fstest.MapFS{"text/article.txt": {Data: []byte(text)}})
		if err != nil {
			return
		}
		checkPassages(t, c, text)
	})
}

// checkPassages checks what holds of the passages of any text.
func checkPassages(t *testing.T, c *Corpus, text string) {
	t.Helper()
	sentences, ids := 0, map[string]bool{}
	for _, p := range c.Sources()[0].Passages() {
		q := p.Quote
		if q.Text() == "" || q.Text() != text[q.Start():q.End()] || strings.TrimSpace(q.Text()) != q.Text() && !strings.ContainsAny(q.Text(), "“”„«»‘’\"'") {
			t.Errorf("%s is %q, [%d:%d] of %q", p.ID, q.Text(), q.Start(), q.End(), text)
		}
		if ids[p.ID] {
			t.Errorf("%s is there twice", p.ID)
		}
		ids[p.ID] = true
		if strings.Contains(p.ID, "s") {
			if q.Start() < sentences {
				t.Errorf("%s begins at %d, before %d", p.ID, q.Start(), sentences)
			}
			sentences = q.End()
		}
		if (p.Attribution == Article) != (p.Speaker == "") || p.Frame == "" || !p.Attribution.Valid() {
			t.Errorf("%s: %s %q %q", p.ID, p.Attribution, p.Speaker, p.Frame)
		}
		if again, ok := c.Passage(q.Key()); !ok || again.Quote != q {
			t.Errorf("%s is not found by its key", p.ID)
		}
	}
}

func BenchmarkRead(b *testing.B) {
	c, err := Embedded()
	if err != nil {
		b.Fatal(err)
	}
	text := c.Sources()[0].text
	b.SetBytes(int64(len(text)))
	for b.Loop() {
		s := &Source{id: "text", text: text}
		s.setParagraphs(nil)
		s.read()
	}
}
