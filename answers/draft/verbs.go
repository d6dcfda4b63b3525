package draft

import (
	_ "embed"
	"strings"

	"verbatim/corpus/words"
)

//go:embed verbs.txt
var verbList string

var (
	// past and present map a finite form to its infinitive, and pastOf a participle to
	// the past form. The infinitives are in bases.
	past, present, pastOf, bases = verbForms(verbList)
	// third are all forms of the third person, those that may be nouns, too.
	third = thirdPersons(bases)

	forms     = words.Set("is are was were")
	modals    = words.Set("can could will would may might must should")
	auxiliary = words.Set("is are was were can could will would may might must should has have had do does did")
)

// verbForms reads a list of verbs. "Found" is what finds found, and not what founders do.
func verbForms(list string) (past, present, pastOf map[string]string, bases map[string]bool) {
	past, present, pastOf, bases = map[string]string{}, map[string]string{}, map[string]string{}, map[string]bool{}
	for line := range strings.Lines(list) {
		if strings.HasPrefix(line, "#") {
			continue
		}
		for entry := range strings.FieldsSeq(line) {
			verb := strings.Split(entry, "/")
			base, third := strings.CutSuffix(verb[0], "+")
			was, participle := regularPast(base), regularPast(base)
			if len(verb) > 1 {
				was, participle = verb[1], verb[len(verb)-1]
			}
			past[was], pastOf[participle], bases[base] = base, was, true
			if third {
				present[thirdPerson(base)] = base
			}
		}
	}
	return past, present, pastOf, bases
}

// thirdPersons returns the third person singular of infinitives.
func thirdPersons(bases map[string]bool) map[string]bool {
	out := map[string]bool{}
	for base := range bases {
		out[thirdPerson(base)] = true
	}
	return out
}

// regularPast returns the past form of a regular verb that doubles no letter.
func regularPast(base string) string {
	if stem, ok := endsInY(base); ok {
		return stem + "ied"
	}
	return strings.TrimSuffix(base, "e") + "ed"
}

// thirdPerson returns the third person singular of the present.
func thirdPerson(base string) string {
	if stem, ok := endsInY(base); ok {
		return stem + "ies"
	}
	for _, end := range []string{"s", "sh", "ch", "x", "o"} {
		if strings.HasSuffix(base, end) {
			return base + "es"
		}
	}
	if base == "have" {
		return "has"
	}
	return base + "s"
}

// endsInY cuts off a y behind a consonant.
func endsInY(base string) (stem string, ok bool) {
	stem, ok = strings.CutSuffix(base, "y")
	return stem, ok && stem != "" && !strings.ContainsAny(stem[len(stem)-1:], "aeou")
}
