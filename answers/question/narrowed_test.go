package question

import "testing"

func TestNarrowed(t *testing.T) {
	names := map[string]bool{"lamps": true, "Lamps: up again, says board": true, "Berlin": true}
	for _, tt := range []struct{ text, name, rest string }{
		{"article: lamps, what do they cost?", "lamps", "what do they cost?"},
		{"Article:lamps: what do they cost?", "lamps", "what do they cost?"},
		{"source: Lamps: up again, says board, who said that: the mayor?", "Lamps: up again, says board", "who said that: the mayor?"},
		{"in lamps: “They cost more”", "lamps", "“They cost more”"},
		{"article: lamps", "lamps", ""},
		{"in Berlin, who is mayor?", "", "in Berlin, who is mayor?"},
		{"in ships: who steers?", "", "in ships: who steers?"},
		{"index lamps: what?", "", "index lamps: what?"},
		{"in", "", "in"},
		{"article:", "", "article:"},
		{"", "", ""},
	} {
		name, rest := Narrowed(tt.text, func(name string) bool {
			for n := range names {
				if n == name || " "+n == name {
					return true
				}
			}
			return false
		})
		if name != tt.name || rest != tt.rest {
			t.Errorf("%q: %q, %q; want %q, %q", tt.text, name, rest, tt.name, tt.rest)
		}
	}
}
