package extract

import "testing"

// TestRTFWords: what the words of control of RTF make of the text around them.
func TestRTFWords(t *testing.T) {
	for _, c := range []struct{ name, body, want string }{
		{"paragraphs and lines of the file", "The kiln\r\n is old.\\par\nIt is cold.", "P The kiln is old.\nP It is cold."},
		{"a break behind a sentence", `The kiln is old.\line It is cold.`, "P The kiln is old.\nP It is cold."},
		{"a break behind a backslash", "The kiln is old.\\\nIt is cold.", "P The kiln is old.\nP It is cold."},
		{"pages and sections", `The kiln is old.\page It is cold.\sect Nobody comes.`, "P The kiln is old.\nP It is cold.\nP Nobody comes."},
		{"signs", `\ldblquote The kiln\rdblquote\emdash\{old\}\~\\ cold\_ish\endash .`, "P “The kiln”—{old}\u00a0\\ cold-ish–."},
		{"blanks behind words", `{\b The}{\i  kiln}\tab is\emspace old.`, "P The kiln is old."},
		{"a bold heading", `It smokes again.\par{\b The kiln}\par It is old.`, "P It smokes again.\nH The kiln\nP It is old."},
		{"bold that is switched off", `It smokes again.\par\b0 The kiln\par It is old.`, "P It smokes again.\nP The kiln\nP It is old."},
		{"bold up to plain", `It smokes again.\par\b The kiln\plain  is\par It is old.`, "P It smokes again.\nP The kiln is\nP It is old."},
		{"a heading by its level", `\outlinelevel0 The kiln\par\pard It is old.`, "H The kiln\nP It is old."},
		{"the level of running text", `\outlinelevel9 The kiln is.\par It is old.`, "P The kiln is.\nP It is old."},
		{"an item by its sign", `It burns:\par\bullet  larch\par\bullet  peat`, "P It burns:\nI larch\nI peat"},
		{"a last item without an end", `It burns:\par\pard\ls1 larch\par peat`, "P It burns:\nI larch\nI peat"},
		{"hidden text", `The kiln {\v was }is old\v0 .`, "P The kiln is old."},
		{"deleted text", `The kiln {\deleted\revauthdel1 is old}{\revised is new}.`, "P The kiln is new."},
		{"raised numbers", `It weighs 10{\super 6} t and burns 30\super 1\nosupersub  days, the 3{\super rd} year.`, "P It weighs 10⁶ t and burns 30¹ days, the 3rd year."},
		{"no hidden text any more", `\v gone\v0 The kiln is old.`, "P The kiln is old."},
		{"a note and a remark", `The kiln{\footnote Of brick.}{\*\annotation Really?} is old.`, "P The kiln is old."},
		{"a field", `See {\field{\*\fldinst{HYPERLINK "https://kiln.example"}}{\fldrslt{the page}}}.`, "P See the page."},
		{"a group that nobody knows", `The kiln {\*\unheardof of gold }is old.`, "P The kiln is old."},
		{"a picture", `The kiln {\pict\wmetafile8 0102ff}is {\*\shppict{\pict 00}}old.`, "P The kiln is old."},
		{"raw bytes", `The kiln \bin5 }{\x\is old.`, "P The kiln is old."},
		{"raw bytes beyond the end", `The kiln is old.\par\bin99 }`, "P The kiln is old."},
		{"letters of an encoding", `Sm\'f8rrebr\'f8d \'80 5.`, "P Smørrebrød € 5."},
		{"letters of another", `\ansicpg1250 \'a3\'f3d\'9f jest stara.`, "P Łódź jest stara."},
		{"letters of Mac", `\mac Caf\'8e is old.`, "P Café is old."},
		{"letters of DOS", `\pc Caf\'82 is old.`, "P Café is old."},
		{"no number behind the sign", `The kiln \'zzis old.`, "P The kiln is old."},
		{"letters of Unicode", `\u321\'a3\u243?d\u378 z jest stara.`, "P Łódź jest stara."},
		{"letters that nothing stands for", `\uc0\u321\u243 d\u378 jest stara.`, "P Łódźjest stara."},
		{"half of a pair", `The kiln \u-10179? is old.`, "P The kiln is old."},
		{"a row", `It is large.\par\trowd\intbl Height\cell 8,50 m\cell\row The kiln is old.`, "P It is large.\nP Height | 8,50 m\nP The kiln is old."},
		{"a row without end", `\trowd\intbl Height\cell 8,50 m\cell`, "P Height | 8,50 m"},
		{"more ends of groups", `The kiln}}} is old.`, "P The kiln is old."},
		{"half a sign at the end", `The kiln is old.\'4`, "P The kiln is old."},
		{"a long word of control", `\abcdefghijklmnopqrstuvwxyzabcdefghijklmnop99 The kiln is old.`, "P The kiln is old."},
		{"a style", `{\stylesheet{\s3 Heading 2;}{\s4 caption;}{\s5 Intense Quote;}}\pard\s3 The kiln\par\pard She wrote:\par\pard\s5 It is old.\par\pard\s4 The kiln in 1904\par\pard\s9 It is cold.`,
			"H The kiln\nP She wrote:\nQ “It is old.”\nC The kiln in 1904\nP It is cold."},
	} {
		if got := lines(mustRead(t, Input{Name: "kiln.rtf", Data: []byte(`{\rtf1\ansi ` + c.body + "}")})); got != c.want {
			t.Errorf("%s: got\n%s\nwant\n%s", c.name, got, c.want)
		}
	}
}
