package extract

import (
	"context"
	"strings"
	"testing"
)

// TestBylines: who wrote a text, when, and what it is called, where it says so itself.
func TestBylines(t *testing.T) {
	const body = "\n\nThe pier was built of oak in 1931, and it has stood in the water since then.\n\nIt is long.\n"
	for _, c := range []struct{ name, text, title, author, date string }{
		{"by", "The pier goes\n\nBy Noor Adlam" + body, "The pier goes", "Noor Adlam", ""},
		{"by, with an office", "The pier goes\n\nBy Noor van der Adlam, harbour reporter" + body, "The pier goes", "Noor van der Adlam", ""},
		{"by two, with a date", "The pier goes\n\nBy Noor Adlam and Ida Lund | 3 May 2021" + body, "The pier goes", "Noor Adlam and Ida Lund", "2021-05-03"},
		{"a name below the title", "The pier goes\nAnna Lund" + body, "The pier goes", "Anna Lund", ""},
		{"something else below the title", "The pier goes\nA Sad Day" + body, "The pier goes", "", ""},
		{"by no person", "The pier goes\n\nBy bus it takes an hour" + body, "The pier goes", "", ""},
		{"a sentence", "The pier goes\n\nBy Noor Adlam, who left, it was called old." + body, "The pier goes", "", ""},
		{"where and when", "The pier goes\n\nNORFELL, 3 May (Agency) – The pier goes." + body, "The pier goes", "", "3 May"},
		{"where and when, with a year", "The pier goes\n\nNEW NORFELL, Holm, May 3, 2021 -- The pier goes." + body, "The pier goes", "", "2021-05-03"},
		{"a date by itself", "The pier goes\n\nMonday, 3 May 2021" + body, "The pier goes", "", "2021-05-03"},
		{"a date in a sentence", "The pier goes\n\nOn 3 May 2021 the pier went." + body, "The pier goes", "", ""},
		{"by, with a city", "The pier goes\n\nBy Siân Rhys-Owen in Porthgwyn" + body, "The pier goes", "Siân Rhys-Owen", ""},
		{"by three", "The pier goes\n\nWritten by Noor Adlam, Ida Lund, and Bo Weir" + body, "The pier goes", "Noor Adlam, Ida Lund, and Bo Weir", ""},
		{"a word for it", "The pier goes\n\nAuthor: Noor Adlam" + body, "The pier goes", "Noor Adlam", ""},
		{"a name with a particle below the title", "The pier goes\nAnna van den Berg" + body, "The pier goes", "Anna van den Berg", ""},
		{"at the end", "The pier goes" + body + "\nInterview: Noor Adlam\n", "The pier goes", "Noor Adlam", ""},
		{"a date of an hour", "The pier goes\n\nUpdated 3 May 2021, 9:15 am GMT" + body, "The pier goes", "", "2021-05-03"},
		{"a short month", "The pier goes\n\nSept. 3, 2021" + body, "The pier goes", "", "2021-09-03"},
		{"a short month behind the day", "The pier goes\n\n3rd Sept 2021" + body, "The pier goes", "", "2021-09-03"},
		{"a number for the day first", "The pier goes\n\n2021-05-03" + body, "The pier goes", "", "2021-05-03"},
		{"a press release", "FOR IMMEDIATE RELEASE\n\nHarbour Board Sells Its Pier" + body, "Harbour Board Sells Its Pier", "", ""},
		{"a press release with its date", "PRESS RELEASE\n3 May 2021\n\nHarbour Board Sells Its Pier" + body, "Harbour Board Sells Its Pier", "", "2021-05-03"},
		{"a press release with its date on the line", "Media release | 3 May 2021\n\nHarbour Board Sells Its Pier" + body, "Harbour Board Sells Its Pier", "", "2021-05-03"},
		{"a press release with whom to ask", "Press Release – For immediate use\n\nContact:\nNoor Adlam\nPress officer, Harbour Board\nnoor@pier.example\n+47 555 0199\n\nHarbour Board Sells Its Pier" + body, "Harbour Board Sells Its Pier", "", ""},
		{"whom to ask first", "Media contact: Noor Adlam, noor@pier.example\n\n3 May 2021\n\nHarbour Board Sells Its Pier" + body, "Harbour Board Sells Its Pier", "", "2021-05-03"},
		{"a press release that must wait", "PRESS RELEASE\nEmbargoed until 3 May 2021, 9:00 CET\n\nHarbour Board Sells Its Pier" + body, "Harbour Board Sells Its Pier", "", ""},
		{"where, and when behind a dash", "The pier goes\n\nNORFELL, Holm – May 3, 2021 – The pier goes." + body, "The pier goes", "", "2021-05-03"},
		{"where, and when in brackets", "The pier goes\n\nNORFELL (3 May 2021) – The pier goes." + body, "The pier goes", "", "2021-05-03"},
		{"a committee", "SELECT COMMITTEE ON PIERS\nHearing on the Loss of the Pier\n3 May 2021" + body, "Hearing on the Loss of the Pier", "", "2021-05-03"},
		{"a committee without a title", "SELECT COMMITTEE ON PIERS" + body, "SELECT COMMITTEE ON PIERS", "", ""},
		{"a title in capitals", "THE PIER GOES\nA sad day for all" + body, "THE PIER GOES", "", ""},
	} {
		doc, err := Read(context.Background(), Input{Name: "pier.txt", Data: []byte(c.text)})
		if err != nil {
			t.Errorf("%s: %v", c.name, err)
			continue
		}
		if doc.Title != c.title || doc.Author != c.author || doc.Published != c.date {
			t.Errorf("%s: title %q, author %q, date %q; want %q, %q, %q", c.name, doc.Title, doc.Author, doc.Published, c.title, c.author, c.date)
		}
	}
}

// TestCreditedQuotations: what a page sets off as quoted, with whose words it is.
func TestCreditedQuotations(t *testing.T) {
	const said = "“I wept at the pier.” — Noor Adlam, a visitor"
	for _, c := range []struct{ name, html, want string }{
		{"a footer", "<blockquote><p>I wept at the pier.</p><footer>Noor Adlam, a visitor</footer></blockquote>", said},
		{"a footer with a dash and a cite", "<blockquote><p>I wept at the pier.</p><footer>— <cite>Noor Adlam</cite>, a visitor</footer></blockquote>", said},
		{"a cite", "<blockquote><p>I wept at the pier.</p><cite>Noor Adlam, a visitor</cite></blockquote>", said},
		{"a cite in the paragraph", "<blockquote><p>I wept at the pier. — <cite>Noor Adlam, a visitor</cite></p></blockquote>", said},
		{"without a paragraph", "<blockquote>I wept at the pier.<footer>Noor Adlam, a visitor</footer></blockquote>", said},
		{"the caption of a figure", "<figure><blockquote><p>I wept at the pier.</p></blockquote><figcaption>Noor Adlam, a visitor</figcaption></figure>", said},
		{"with marks of its own", "<blockquote><p>“I wept at the pier.”</p><footer>Noor Adlam, a visitor</footer></blockquote>", said},
		{"two paragraphs", "<blockquote><p>I wept.</p><p>It was dark.</p><footer>Noor Adlam</footer></blockquote>", "“I wept.\n\n“It was dark.” — Noor Adlam"},
		{"the title of a book", "<blockquote><p>I read <cite>The Pier</cite></p></blockquote>", "I read The Pier"},
		{"nobody", "<blockquote><p>I wept at the pier.</p></blockquote>", "I wept at the pier."},
	} {
		page := "<h1>The pier goes</h1><p>The pier went on Monday.</p>" + c.html + "<p>It was long.</p>"
		doc, err := Read(context.Background(), Input{Name: "pier.md", Data: []byte(page)})
		if err != nil {
			t.Errorf("%s: %v", c.name, err)
			continue
		}
		if want := "The pier went on Monday.\n\n" + c.want + "\n\nIt was long.\n"; !strings.HasSuffix(doc.Text(), want) {
			t.Errorf("%s: %q, want %q", c.name, doc.Text(), want)
		}
	}
}

// TestNumbers: a number by itself below a title is of the page, below a question it is the
// answer.
func TestNumbers(t *testing.T) {
	for text, want := range map[string]string{
		`[{"question": "How many boats are there?", "answer": "12"}]`:                 "H How many boats are there?\nP 12",
		"<h1>Boats</h1><p>--3</p><p>There are many boats in the harbour of Wick.</p>": "H Boats\nC --3\nP There are many boats in the harbour of Wick.",
	} {
		name := "a.json"
		if strings.HasPrefix(text, "<") {
			name = "a.md"
		}
		if got := lines(mustRead(t, Input{Name: name, Data: []byte(text)})); got != want {
			t.Errorf("%s\nwant %s", got, want)
		}
	}
}
