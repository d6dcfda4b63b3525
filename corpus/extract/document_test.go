package extract

import "testing"

// TestPlainBeginnings: what plain text begins with is its title, when it was published, or the
// head of a letter, whose date stays to be quoted.
func TestPlainBeginnings(t *testing.T) {
	for _, c := range []struct{ name, text, lines, title, published string }{
		{"title and date", "The pier goes\n\nMarch 5, 2024\n\nThe pier will be taken down.\n", "H The pier goes\nC March 5, 2024\nP The pier will be taken down.", "The pier goes", "2024-03-05"},
		{"weekday and of", "The pier goes\n\nPosted on Tuesday, 5th of March 2024\n\nThe pier will be taken down.\n", "H The pier goes\nC Posted on Tuesday, 5th of March 2024\nP The pier will be taken down.", "The pier goes", "2024-03-05"},
		{"date first", "Skarvik, 5 March 2024\n\nThe pier will be taken down.\n", "P Skarvik, 5 March 2024\nP The pier will be taken down.", "", ""},
		{"title with a date", "The storm of 5 March 2024\n\nThe pier was taken away.\n", "H The storm of 5 March 2024\nP The pier was taken away.", "The storm of 5 March 2024", ""},
		{"letter", "Harbour Street 4\n\n12 March 1871\n\nMy dear Anna,\n\nWe shall be with you on Sunday.\n", "P Harbour Street 4\nP 12 March 1871\nP My dear Anna,\nP We shall be with you on Sunday.", "", ""},
		{"no letter", "Dear bread\n\n12 March 1871\n\nBread was dear in the spring of that year.\n", "H Dear bread\nC 12 March 1871\nP Bread was dear in the spring of that year.", "Dear bread", "1871-03-12"},
		{"questions", "Can I have hens?\nYes, up to six.\nCan I have hens in a flat?\nNo.\nMay I have bees? And wasps?\nBees.\nCan I have a dog?\nYes.\n",
			"H Can I have hens?\nP Yes, up to six.\nH Can I have hens in a flat?\nP No.\nP May I have bees? And wasps?\nP Bees.\nH Can I have a dog?\nP Yes.", "", ""},
		{"two questions", "The pier goes\nWhy now?\nIt is old.\nWhat comes next?\nA new one.\n", "H The pier goes\nP Why now?\nP It is old.\nP What comes next?\nP A new one.", "The pier goes", ""},
	} {
		d := mustRead(t, Input{Name: "a.txt", Data: []byte(c.text)})
		if got := lines(d); got != c.lines || d.Title != c.title || d.Published != c.published {
			t.Errorf("%s: title %q, published %q\n%s\nwant %q, %q\n%s", c.name, d.Title, d.Published, got, c.title, c.published, c.lines)
		}
	}
}
