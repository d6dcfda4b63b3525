package extract

import (
	"strings"
	"testing"
)

// TestTurns: who speaks is told in many ways, with and without when it was said.
func TestTurns(t *testing.T) {
	const want = "T Bo Weir: Is the mill open?\nT Ada Lund: On Mondays it is.\nT Bo Weir: And on Sundays?\nT Ada Lund: Never."
	for name, text := range map[string]string{
		"before":                 "Bo Weir: Is the mill open?\nAda Lund: On Mondays it is.\nBo Weir: And on Sundays?\nAda Lund: Never.\n",
		"time before":            "[00:00:02] Bo Weir: Is the mill open?\n[00:00:04] Ada Lund: On Mondays it is.\n[00:00:09] Bo Weir: And on Sundays?\n[00:01:00] Ada Lund: Never.\n",
		"time before, bare":      "0:02 - Bo Weir: Is the mill open?\n0:04 - Ada Lund: On Mondays it is.\n0:09 - Bo Weir: And on Sundays?\n1:00 - Ada Lund: Never.\n",
		"time within":            "Bo Weir (0:02): Is the mill open?\nAda Lund (0:04): On Mondays it is.\nBo Weir (0:09): And on Sundays?\nAda Lund (1:00): Never.\n",
		"above, with the time":   "Bo Weir  0:02\nIs the mill open?\n\nAda Lund  0:04\nOn Mondays it is.\n\nBo Weir  0:09\nAnd on Sundays?\n\nAda Lund  1:00\nNever.\n",
		"above, time in a colon": "Bo Weir (00:02):\nIs the mill open?\n\nAda Lund (00:04):\nOn Mondays it is.\n\nBo Weir (00:09):\nAnd on Sundays?\n\nAda Lund (01:00):\nNever.\n",
		"above":                  "Bo Weir\nIs the mill open?\n\nAda Lund\nOn Mondays it is.\n\nBo Weir\nAnd on Sundays?\n\nAda Lund\nNever.\n",
		"in a table":             "<table><tr><td>Bo Weir</td><td>Is the mill open?</td></tr><tr><td>Ada Lund</td><td>On Mondays it is.</td></tr><tr><td>Bo Weir</td><td>And on Sundays?</td></tr><tr><td>Ada Lund</td><td>Never.</td></tr></table>\n",
		"in a table, with times": "<table><tr><td>0:02</td><td>Bo Weir</td><td>Is the mill open?</td></tr><tr><td>0:04</td><td>Ada Lund</td><td>On Mondays it is.</td></tr><tr><td>0:09</td><td>Bo Weir</td><td>And on Sundays?</td></tr><tr><td>1:00</td><td>Ada Lund</td><td>Never.</td></tr></table>\n",
		"from and to":            "0:02 --> 0:04 Bo Weir: Is the mill open?\n0:04 --> 0:09 Ada Lund: On Mondays it is.\n0:09 --> 0:20 Bo Weir: And on Sundays?\n1:00 --> 1:02 Ada Lund: Never.\n",
		"above, with a colon":    "Bo Weir:\nIs the mill open?\n\nAda Lund:\nOn Mondays it is.\n\nBo Weir:\nAnd on Sundays?\n\nAda Lund:\nNever.\n",
		"above, as headings":     "<h3>Bo Weir</h3><p>Is the mill open?</p><h3>Ada Lund</h3><p>On Mondays it is.</p><h3>Bo Weir</h3><p>And on Sundays?</p><h3>Ada Lund</h3><p>Never.</p>\n",
		"above, in bold":         "<p><b>Bo Weir</b></p><p>Is the mill open?</p><p><b>Ada Lund</b></p><p>On Mondays it is.</p><p><b>Bo Weir</b></p><p>And on Sundays?</p><p><b>Ada Lund</b></p><p>Never.</p>\n",
		"on the line, with it":   "Bo Weir 0:02 Is the mill open?\nAda Lund 0:04 On Mondays it is.\nBo Weir 0:09 And on Sundays?\nAda Lund 1:00 Never.\n",
	} {
		file := "a.txt"
		if strings.HasPrefix(text, "<") {
			file = "a.md"
		}
		if got := lines(mustRead(t, Input{Name: file, Data: []byte(text)})); got != want {
			t.Errorf("%s:\n%s", name, got)
		}
	}
	for name, text := range map[string]string{
		"headings":    "Breakfast\n\nThe hall opens at seven.\n\nLunch\n\nThere is soup.\n\nDinner\n\nThe cook is from Holm.\n\nSupper\n\nThere is none.\n",
		"again":       "Pros\n\nIt is light.\n\nCons\n\nIt is dear.\n\nPros\n\nIt is cheap.\n\nCons\n\nIt is heavy.\n",
		"a table":     "Boat | Red.\nMast | Tall.\nBoat | Blue.\nMast | Short.\n",
		"a programme": "Breakfast 7:30 The hall opens.\nLunch 12:00 There is soup.\nDinner 18:00 The cook is from Holm.\nSupper 21:00 There is none.\n",
		"addresses":   "Write to: Ada Lund\nPhone: 12 34 56\nOpen: Mondays\nPrice: 4 crowns\n",
		"few":         "Bo Weir: Is the mill open?\nAda Lund: On Mondays it is.\nIt turns.\n",
		"small words": "the first thing: it turns.\nthe second thing: it grinds.\nthe first thing: again.\nthe second thing: too.\n",
		"no blank":    "Bo:Is it open?\nAda:Yes.\nBo:When?\nAda:Now.\n",
		"times":       "7:30 The hall opens.\nThen nothing happens for a long time.\nPeople talk.\nIt rains.\n12:00 There is soup.\n",
	} {
		for _, b := range mustRead(t, Input{Name: "a.txt", Data: []byte(text)}).Blocks {
			if b.Kind == Turn {
				t.Errorf("%s: %q is a turn", name, b.Text)
			}
		}
	}
}

// TestTurnsAmongText: what stands between the turns of a transcript stays what it is, and a
// paragraph of a speaker's that names nobody is no turn.
func TestTurnsAmongText(t *testing.T) {
	for _, c := range []struct{ name, text, want string }{
		{"a title and a chapter", "# The mill\n\nBo: Is it open?\n\nAda: Yes.\n\n## Its end\n\nBo: Still?\n\nAda: No.\n", "H The mill\nT Bo: Is it open?\nT Ada: Yes.\nH Its end\nT Bo: Still?\nT Ada: No."},
		{"more paragraphs of one", "Bo: Is it open?\n\nAda: Yes.\n\nIt always was.\n\nBo: Still?\n\nAda: No.\n", "T Bo: Is it open?\nT Ada: Yes.\nP It always was.\nT Bo: Still?\nT Ada: No."},
		{"a time in what is said", "Bo: Is it open at 7:30?\n\nAda: At 8:00, it says.\n\nBo: Still?\n\nAda: No.\n", "T Bo: Is it open at 7:30?\nT Ada: At 8:00, it says.\nT Bo: Still?\nT Ada: No."},
		{"a colon in what is said", "Bo: Ask yourself: is it open?\n\nAda: Yes.\n\nBo: Still?\n\nAda: No.\n", "T Bo: Ask yourself: is it open?\nT Ada: Yes.\nT Bo: Still?\nT Ada: No."},
		{"letters with marks, particles, initials", "Zoë de la Cruz: Is it open?\n\nJ. R. Núñez: Yes.\n\nZoë de la Cruz: Still?\n\nJ. R. Núñez: No.\n", "T Zoë de la Cruz: Is it open?\nT J. R. Núñez: Yes.\nT Zoë de la Cruz: Still?\nT J. R. Núñez: No."},
		{"names of another script", "Олена: Він відкритий?\n\nТарас: Так.\n\nОлена: Ще?\n\nТарас: Ні.\n", "T Олена: Він відкритий?\nT Тарас: Так.\nT Олена: Ще?\nT Тарас: Ні."},
	} {
		if got := lines(mustRead(t, Input{Name: "mill.md", Data: []byte(c.text)})); got != c.want {
			t.Errorf("%s: got\n%s\nwant\n%s", c.name, got, c.want)
		}
	}
}

// TestQuestionsAndAnswers: questions with answers that are marked are a list of those, unless
// somebody is interviewed.
func TestQuestionsAndAnswers(t *testing.T) {
	for _, c := range []struct{ name, text, want string }{
		{"a list", "The mill\n\nQ: Is it open?\nA: On Mondays.\n\nQ: What is it?\nA: A mill.\n\nQ: May dogs come?\nA: Yes.\n", "H The mill\nH Is it open?\nP On Mondays.\nH What is it?\nP A mill.\nH May dogs come?\nP Yes."},
		{"with numbers and full words", "The mill\n\nQuestion 1: Is it open?\nAnswer: On Mondays.\n\nQuestion 2: What is it?\nAnswer: A mill.\n\nQuestion 3: May dogs come?\nAnswer: Yes.\n", "H The mill\nH Is it open?\nP On Mondays.\nH What is it?\nP A mill.\nH May dogs come?\nP Yes."},
		{"an interview", "An interview with Ada Lund\n\nQ: Is it open?\nA: On Mondays.\nQ: What is it?\nA: A mill.\nQ: May dogs come?\nA: Yes.\n", "H An interview with Ada Lund\nT Q: Is it open?\nT A: On Mondays.\nT Q: What is it?\nT A: A mill.\nT Q: May dogs come?\nT A: Yes."},
		{"somebody who speaks", "The miller\n\nQ: Is it open?\nA: I open on Mondays.\nQ: What is it?\nA: A mill.\nQ: May dogs come?\nA: Yes.\n", "H The miller\nT Q: Is it open?\nT A: I open on Mondays.\nT Q: What is it?\nT A: A mill.\nT Q: May dogs come?\nT A: Yes."},
		{"two", "The mill\n\nQ: Is it open?\nA: On Mondays.\n\nQ: What is it?\nA: A mill.\n", "H The mill\nT Q: Is it open?\nT A: On Mondays.\nT Q: What is it?\nT A: A mill."},
		{"a table", "<h1>The miller</h1><table><tr><td>Q</td><td>Is it open?</td></tr><tr><td>A</td><td>I open on Mondays.</td></tr><tr><td>Q</td><td>What is it?</td></tr><tr><td>A</td><td>A mill.</td></tr><tr><td>Q</td><td>May dogs come?</td></tr><tr><td>A</td><td>Yes.</td></tr></table>", "H The miller\nT Q: Is it open?\nT A: I open on Mondays.\nT Q: What is it?\nT A: A mill.\nT Q: May dogs come?\nT A: Yes."},
	} {
		name := "a.txt"
		if strings.HasPrefix(c.text, "<") {
			name = "a.md"
		}
		if got := lines(mustRead(t, Input{Name: name, Data: []byte(c.text)})); got != c.want {
			t.Errorf("%s: got\n%s\nwant\n%s", c.name, got, c.want)
		}
	}
}
