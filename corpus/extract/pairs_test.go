package extract

import (
	"strings"
	"testing"
)

// TestPairs: questions with their answers, in the shapes in which people and programs keep them.
func TestPairs(t *testing.T) {
	const want = "H Where is the bakery?\nP On Kiln Street.\nH Is it open?\nP Until noon."
	for _, c := range []struct{ name, file, data, want string }{
		{"a list", "a.json", `[{"question": "Where is the bakery?", "answer": "On Kiln Street."}, {"question": "Is it open?", "answer": "Until noon."}]`, want},
		{"short names in capitals", "a.json", `[{"Q": "Where is the bakery?", "A": "On Kiln Street."}, {"Q": "Is it open?", "A": "Until noon."}]`, want},
		{"names in another language", "a.json", `[{"Frage": "Where is the bakery?", "Antwort": "On Kiln Street."}, {"pregunta": "Is it open?", "respuesta": "Until noon."}]`, want},
		{"a page of schema.org", "a.json", `{"@type": "FAQPage", "mainEntity": [{"@type": "Question", "name": "Where is the bakery?", "acceptedAnswer": {"@type": "Answer", "text": "On Kiln Street."}}, {"name": "Is it open?", "acceptedAnswer": {"text": "Until noon."}}]}`, want},
		{"lists in lists", "a.json", `{"data": {"items": [[{"question": "Where is the bakery?", "answer": "On Kiln Street."}], [{"question": "Is it open?", "answer": "Until noon."}]]}}`, want},
		{"questions as names", "a.json", `{"Where is the bakery?": "On Kiln Street.", "Is it open?": "Until noon."}`, "H Is it open?\nP Until noon.\nH Where is the bakery?\nP On Kiln Street."},
		{"an object a line", "a.json", `{"question": "Where is the bakery?", "answer": "On Kiln Street."}` + "\n" + `{"question": "Is it open?", "answer": "Until noon."}` + "\n", want},
		{"a title", "a.json", `{"title": "The bakery", "faq": [{"question": "Is it open?", "answer": "Until noon."}]}`, "H The bakery\nH Is it open?\nP Until noon."},
		{"one without an answer", "a.json", `[{"question": "Who bakes?", "answer": " "}, {"question": "Is it open?", "answer": "Until noon."}, {"question": "Why?", "answer": null}]`, "H Is it open?\nP Until noon."},
		{"HTML in an answer", "a.json", `[{"question": "<p>Is it<br>still <b>open</b>?</p>", "answer": "<p>Until <em>noon</em>.</p><ul><li>not on Mondays</li></ul>"}]`, "H Is it still open?\nP Until noon.\nI not on Mondays"},
		{"lines in an answer", "a.json", `[{"question": "Is it open?", "answer": "Until noon.\n\nNot on Mondays."}]`, "H Is it open?\nP Until noon.\nP Not on Mondays."},
		{"signs that are no HTML", "a.json", `[{"question": "Is it open?", "answer": "If 3 < 4 and 5 > 4."}]`, "H Is it open?\nP If 3 < 4 and 5 > 4."},
		{"commas", "a.csv", "question,answer\nWhere is the bakery?,On Kiln Street.\n\"Is it open?\",\"Until noon.\"\n", want},
		{"semicolons", "a.csv", "Frage;Antwort\nWhere is the bakery?;On Kiln Street.\nIs it open?;Until noon.\n", want},
		{"tabs", "a.tsv", "Question\tAnswer\nWhere is the bakery?\tOn Kiln Street.\nIs it open?\tUntil noon.\n", want},
		{"other columns, in any order", "a.csv", "id,Answers,topic, Question Text \n1,On Kiln Street.,place,Where is the bakery?\n2,Until noon.,time,Is it open?\n", want},
		{"no heads", "a.csv", "Where is the bakery?,On Kiln Street.\nIs it open?,Until noon.\n", want},
		{"commas and quotation marks in an answer", "a.csv", "question,answer\nIs it open?,\"Yes, until \"\"noon\"\".\"\n", "H Is it open?\nP Yes, until \"noon\"."},
		{"lines in a cell", "a.csv", "question,answer\nIs it open?,\"Until noon.\nNot on Mondays.\"\n", "H Is it open?\nP Until noon.\nP Not on Mondays."},
		{"short rows and empty cells", "a.csv", "question,answer\nWho bakes?\nWhy?, \n\nIs it open?,Until noon.,and more\n", "H Is it open?\nP Until noon."},
		{"a mark of byte order", "a.csv", "\ufeffquestion,answer\nIs it open?,Until noon.\n", "H Is it open?\nP Until noon."},
	} {
		if got := lines(mustRead(t, Input{Name: c.file, Data: []byte(c.data)})); got != c.want {
			t.Errorf("%s: got\n%s\nwant\n%s", c.name, got, c.want)
		}
	}
	for _, c := range []struct{ name, file, data, want string }{
		{"a list of numbers", "a.json", `[1, 2, 3]`, "no questions and answers"},
		{"settings", "a.json", `{"colour": "red", "size?": 3}`, "no questions and answers"},
		{"a text", "a.json", `"Is it open?"`, "no questions and answers"},
		{"too deep", "a.json", strings.Repeat("[", maxNested+2) + `{"question": "Is it open?", "answer": "Until noon."}` + strings.Repeat("]", maxNested+2), "no questions and answers"},
		{"only heads", "a.csv", "question,answer\n", "no columns that are headed"},
		{"one column", "a.csv", "question\nIs it open?\n", "no columns that are headed"},
		{"two columns of facts", "a.csv", "Kiln Street,4\nMill Street,7\nWho?,9\n", "no columns that are headed"},
	} {
		if doc, err := Read(t.Context(), Input{Name: c.file, Data: []byte(c.data)}); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: got %v and %v, want %q", c.name, doc, err, c.want)
		}
	}
}
