package attribution

import (
	"slices"
	"strings"
	"unicode"

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
		if in("particles", strings.ToLower(f)) || in("regnal", f) || in("determiners", strings.ToLower(f)) { // "Save Our Birds"
			return speaker
		}
	}
	return fields[n-1]
}

// FullName reports whether a text is nothing but the name of a person, a given name first.
func FullName(text string) bool {
	fields := strings.Fields(text)
	if len(fields) < 2 || len(fields) > longFullName {
		return false
	}
	if _, given := givenName(bare(fields[0])); !given || !personLike(fields) {
		return false
	}
	for i, f := range fields {
		low := strings.ToLower(f)
		inside := i < len(fields)-1 && in("particles", low)
		if !inside && (!unicode.IsUpper(firstLetter(f)) || strings.ContainsFunc(bare(f), func(r rune) bool { return !unicode.IsLetter(r) && !strings.ContainsRune("-’'", r) }) || i > 0 && (lex().notNames[bare(f)] || words.Place(bare(f)))) {
			return false
		}
	}
	return !strings.ContainsAny(text[len(text)-1:], ".,:;?!")
}

// longFullName is the most words of a person's name.
const longFullName = 4

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
