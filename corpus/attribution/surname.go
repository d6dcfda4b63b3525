package attribution

import (
	"slices"
	"strings"

	"verbatim/corpus/words"
)

// Surname is how a text calls somebody it has introduced: by the last name, where
// the full name is a person’s; else the name as it is.
func Surname(speaker string) string {
	fields := strings.Fields(speaker)
	n := len(fields)
	for n > 1 && in("generations", bare(fields[n-1])) {
		n--
	}
	if n < 2 || !personLike(fields[:n]) || in("regnal", fields[n-1]) || in("determiners", fields[0]) || slices.Contains(fields, "and") {
		return speaker
	}
	for _, f := range fields[:n-1] {
		if in("particles", strings.ToLower(f)) || in("regnal", f) {
			return speaker
		}
	}
	return fields[n-1]
}

func bare(word string) string { return strings.ToLower(strings.Trim(word, ".,’'")) }

// personLike reports whether nothing in a name is a word of organisations or places.
func personLike(fields []string) bool {
	_, given := givenName(bare(fields[0]))
	for _, f := range fields {
		w := bare(f)
		if words.Organisation(w) || words.Place(w) && !given || w == "the" {
			return false
		}
	}
	return true
}
