package attribution

import (
	_ "embed"
	"strings"
	"sync"

	"verbatim/corpus/words"
)

//go:embed data/verbs.txt
var verbsFile string

//go:embed data/roles.txt
var rolesFile string

//go:embed data/notnames.txt
var notNamesFile string

//go:embed data/words.txt
var wordsFile string

//go:embed data/given.txt
var givenFile string

// verb is a form of a verb of saying and how it credits words (see data/verbs.txt).
type verb struct {
	lemma                                                    string
	clause, that, act, hear, inverts, name, wrote, weak, now bool
	after                                                    []string // prepositions after which it reports
	participle                                               bool     // "saying"
	past                                                     bool     // may be a passive participle
}

// role is a word for people (see data/roles.txt).
type role struct {
	gender                                         gender
	many, kin, body, thing, title, modifier, plain bool
}

type gender byte

const (
	anyGender gender = iota
	man
	woman
)

// fits reports whether two genders can be one person's.
func (g gender) fits(other gender) bool { return g == other || g == anyGender || other == anyGender }

// lexicon is the words that the reading of credits knows.
type lexicon struct {
	verbs    map[string]verb
	roles    map[string]role
	notNames map[string]bool
	given    map[string]gender // anyGender for names of both
	lists    map[string]map[string]bool
}

var lex = sync.OnceValue(func() *lexicon {
	return &lexicon{
		verbs:    readVerbs(verbsFile),
		roles:    readRoles(rolesFile),
		notNames: merge(sections(notNamesFile)),
		given:    readGiven(givenFile),
		lists:    sections(wordsFile),
	}
})

// Says reports whether a word, in small letters, is a form of a verb of saying or thinking.
func Says(word string) bool {
	_, ok := lex().verbs[word]
	return ok
}

// IsRole reports whether a word, in small letters, is one for people by what they are or do,
// such as "mayor", "sister" or "company".
func IsRole(word string) bool {
	_, ok := roleOf(word)
	return ok
}

// IsBody reports whether a word, in small letters, is one for a body or for several people.
func IsBody(word string) bool {
	r, _ := roleOf(word)
	return r.body || r.many
}

// in reports whether a list of data/words.txt has a word.
func in(list, word string) bool { return lex().lists[list][word] }

// sections reads lists of words under headings in square brackets; "#" begins a comment line.
func sections(file string) map[string]map[string]bool {
	out := map[string]map[string]bool{}
	current := ""
	for line := range strings.Lines(file) {
		line = strings.TrimSpace(line)
		switch {
		case line == "" || line[0] == '#':
			continue
		case line[0] == '[':
			current = strings.Trim(line, "[]")
			continue
		}
		if out[current] == nil {
			out[current] = map[string]bool{}
		}
		for w := range strings.FieldsSeq(line) {
			out[current][w] = true
		}
	}
	return out
}

func merge(lists map[string]map[string]bool) map[string]bool {
	out := map[string]bool{}
	for _, list := range lists {
		for w := range list {
			out[w] = true
		}
	}
	return out
}

func readGiven(file string) map[string]gender {
	out := map[string]gender{}
	lists := sections(file)
	for heading, g := range map[string]gender{"men": man, "women": woman, "both": anyGender} {
		for w := range lists[heading] {
			out[w] = g
		}
	}
	return out
}

func readRoles(file string) map[string]role {
	out := map[string]role{}
	for heading, list := range sections(file) {
		for w := range list {
			w, signs, _ := strings.Cut(w, ":")
			r := role{plain: heading == "roles"}
			for _, sign := range signs {
				switch sign {
				case 'f':
					r.gender = woman
				case 'm':
					r.gender = man
				case 'p':
					r.many = true
				case 'k':
					r.kin = true
				case 'o':
					r.body = true
				case 't':
					r.thing = true
				case 'h':
					r.title = true
				case 'q':
					r.modifier = true
				}
			}
			if known, ok := out[w]; ok {
				r.title = r.title || known.title
				r.kin = r.kin || known.kin
			}
			out[w] = r
			if r.plain && !r.many && !r.title {
				if _, ok := out[plural(w)]; !ok {
					r.many = !r.thing
					out[plural(w)] = r
				}
			}
		}
	}
	return out
}

func plural(w string) string {
	if strings.HasSuffix(w, "y") && len(w) > 1 && !strings.ContainsRune("aeiou", rune(w[len(w)-2])) {
		return w[:len(w)-1] + "ies"
	}
	return third(w)
}

// third is the third person singular of a regular verb.
func third(w string) string {
	switch {
	case strings.HasSuffix(w, "s"), strings.HasSuffix(w, "sh"), strings.HasSuffix(w, "ch"), strings.HasSuffix(w, "x"):
		return w + "es"
	}
	return w + "s"
}

func readVerbs(file string) map[string]verb {
	out := map[string]verb{}
	for line := range strings.Lines(file) {
		line = strings.TrimSpace(line)
		if line == "" || line[0] == '#' {
			continue
		}
		forms, flags, _ := strings.Cut(line, "|")
		addVerb(out, strings.Fields(forms), strings.Fields(flags))
	}
	return out
}

func addVerb(out map[string]verb, forms, flags []string) {
	base := forms[0]
	v := verb{lemma: base}
	for _, f := range flags {
		switch f {
		case "clause":
			v.clause, v.that = true, true
		case "that":
			v.that = true
		case "act":
			v.act = true
		case "hear":
			v.hear = true
		case "now":
			v.now = true
		case "inverts":
			v.inverts = true
		case "name":
			v.name = true
		case "write":
			v.wrote = true
		case "weak":
			v.weak = true
		default:
			v.after = append(v.after, f)
		}
	}
	s, ing := third(base), strings.TrimSuffix(base, "e")+"ing"
	past := []string{base + "ed"}
	if strings.HasSuffix(base, "e") {
		past[0] = base + "d"
	}
	irregular := false
	for _, f := range forms[1:] {
		switch {
		case strings.HasPrefix(f, "-ing:"):
			ing = f[len("-ing:"):]
		case strings.HasPrefix(f, "s:"):
			s = f[len("s:"):]
		case !irregular:
			past, irregular = []string{f}, true
		default:
			past = append(past, f)
		}
	}
	out[base], out[s] = v, v
	if v.now {
		v.clause, v.that, v.act, v.after = false, false, false, nil
	}
	for _, p := range past {
		v.past = true
		out[p] = v
	}
	v.past, v.participle = false, true
	out[ing] = v
}

// roleOf returns what is known of a word for people: a word of the list, or one with
// an ending that only such words have ("hydrologist", "harbourmaster").
func roleOf(word string) (role, bool) {
	word, _, _ = strings.Cut(word, "-of-") // "mother-of-two"
	r, ok := lex().roles[word]
	if before, office, found := strings.Cut(word, "-"); !ok && found && in("formerly", before) {
		r, ok = lex().roles[office]
	}
	if !ok {
		for _, ending := range []string{"ologist", "omist", "icist", "tionist", "talist", "nalist", "rianist"} {
			if strings.HasSuffix(word, ending) || strings.HasSuffix(word, ending+"s") {
				return role{plain: true, many: strings.HasSuffix(word, "s")}, true
			}
		}
		for _, trade := range []string{"keeper", "master", "digger", "maker", "monger"} {
			if len(word) > len(trade)+2 && strings.HasSuffix(word, trade) {
				return role{plain: true}, true
			}
		}
	}
	return r, ok
}

// givenName reports whether a word is a given name, and of whom.
func givenName(word string) (gender, bool) {
	if words.Territory(word) {
		return anyGender, false
	}
	first, _, _ := strings.Cut(word, "-")
	if g, ok := lex().given[word]; ok {
		return g, true
	}
	g, ok := lex().given[first]
	return g, ok
}

// Pronoun returns "he" or "she" for a name whose given name is only a man's or only a woman's, else "".
func Pronoun(name string) string {
	first, _, several := strings.Cut(words.Fold(name), " ")
	switch g, ok := givenName(first); {
	case !ok || !several:
		return ""
	case g == man:
		return "he"
	case g == woman:
		return "she"
	}
	return ""
}

// titled reports whether a word stands before a name and is none of it.
func titled(word string) bool {
	r, ok := roleOf(word)
	return ok && !r.body && !r.thing
}
