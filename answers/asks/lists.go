package asks

import (
	_ "embed"
	"fmt"
	"strings"

	"verbatim/corpus/words"
)

//go:embed english.txt
var english string

// noun is what a noun asks for when it follows "what" or "which".
type noun struct {
	kind  Kind
	grain Grain
}

// howVerb are words anywhere behind "how" that say what is asked for.
type howVerb struct {
	kind Kind
	any  map[string]bool
}

// The lists of english.txt, which says what they are.
var (
	misspelt  = map[string]string{}
	afterHow  = map[string]noun{}
	nouns     = map[string]noun{}
	dateWords = map[string]Grain{}
	howVerbs  []howVerb
	lists     = read(english)

	asksWord, auxiliary, prepositions, articles, pronouns = lists["asks"], lists["auxiliary"], lists["preposition"], lists["article"], lists["pronoun"]
	verbsOfAsking, timeUnits, numbers, orders             = lists["clause"], lists["time"], lists["number"], lists["order"]
	paying, lasting                                       = lists["paying"], lists["lasting"]
	month, weekday, inMonth, units, compass               = lists["month"], lists["weekday"], lists["inMonth"], lists["unit"], lists["compass"]
	humanVerbs, joins, starters                           = lists["human"], lists["joins"], lists["starter"]
)

// read reads english.txt: lists with a name of one word are returned, the others say what their words ask for or tell.
func read(data string) map[string]map[string]bool {
	out := map[string]map[string]bool{}
	for _, l := range words.Lists(data) {
		what, of, ok := strings.Cut(l.Name, " ")
		if !ok {
			out[l.Name] = words.Set(strings.Join(l.Words, " "))
			continue
		}
		kind, grain, _ := strings.Cut(of, " ")
		n := noun{Kind(kind), Grain(grain)}
		if kind == "open" {
			n.kind = Open
		}
		if what == "verb" {
			howVerbs = append(howVerbs, howVerb{n.kind, words.Set(strings.Join(l.Words, " "))})
			continue
		}
		for _, w := range l.Words {
			switch what {
			case "misspelt":
				misspelt[w] = of
			case "how":
				afterHow[w] = n
			case "noun":
				nouns[w] = n
			case "date":
				dateWords[w] = Grain(strings.TrimPrefix(of, "any"))
			default:
				panic(fmt.Sprintf("english.txt has a list %q", l.Name)) // the program was built with a broken file
			}
		}
	}
	return out
}
