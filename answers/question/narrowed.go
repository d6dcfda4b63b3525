package question

import "strings"

// longestName is how long the name of a source is at most that a question begins with, in
// bytes.
const longestName = 400

// Narrowed returns the name of a source that a question begins with, as it was typed, and the
// question without it: "article: lamp-prices, what do they cost?", "in Lamp prices: …". known
// tells what is a name of a source: a question that begins like that with anything else is
// what it was. Of several names that fit the longest counts.
func Narrowed(text string, known func(name string) bool) (name, rest string) {
	text = strings.TrimSpace(text)
	for opening := range lists["narrows"] {
		if len(text) <= len(opening) || !strings.EqualFold(text[:len(opening)], opening) {
			continue
		}
		after, ends := text[len(opening):], ":"
		if strings.HasSuffix(opening, ":") {
			if ends = ",:;\n"; len(after) <= longestName && known(after) {
				return strings.TrimSpace(after), ""
			}
		} else if after[0] != ' ' {
			continue
		}
		for at := min(len(after), longestName); at > 0; {
			if at = strings.LastIndexAny(after[:at], ends); at > 0 && known(after[:at]) {
				return strings.TrimSpace(after[:at]), strings.TrimSpace(after[at+1:])
			}
		}
	}
	return "", text
}
