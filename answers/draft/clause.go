package draft

import (
	"maps"
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"verbatim/corpus/words"
)

// clause is the main statement of a sentence, cut into what a question turns round:
// "the museum" "was" "" "founded by Ann Lee", and when it was.
type clause struct {
	subject string
	verb    string // the finite verb or auxiliary, as the sentence has it
	base    string // its infinitive, empty for an auxiliary
	rest    string // what follows the verb, without the date
	when    string // the date with its preposition ("in 1880"), or empty
	because string // "because …", or empty
	cut     bool   // the sentence goes on
	also    bool   // a word that joins it to what is said before was left out
	led     bool   // words before the subject that say where or for whom it is so were left out
}

const (
	// longestSentence is how many words a sentence may have to be asked about, and
	// longestSubject those of its subject: longer ones are too often read wrongly.
	longestSentence = 45
	longestSubject  = 9
)

var (
	determiners  = words.Set("the a an")
	prepositions = words.Set(`of in on at by from for with to into onto about over under after before during between among against through as than within
		without upon near behind toward towards since until besides across along around throughout despite via per outside inside beyond`)
	// dropped may stand beside the verb, and are left out of a question.
	dropped = words.Set("also later eventually originally initially finally soon subsequently then formally officially successfully")
	// noNoun are words that are no part of a name or of a noun with its adjectives.
	noNoun = union(auxiliary, words.Set(`he she it they we i you him her them us me his its their our my your this that these those who whom whose which what when
		where why how there here if because although though while whether unless and or but nor so yet not no never only just even still already always often
		usually sometimes all both each every any some many most several few more less another other such same own one ones as than too very be been being
		little few once half himself herself itself themselves nobody nothing everyone everything everybody somebody anybody someone something anyone anything`), prepositions)
	// dependent words point to something outside the sentence, so a question that has
	// them cannot be understood by itself.
	dependent = words.Set(`he she it they we i you him them us me our my your mine yours ours this that these those here there such same former latter other others
		another himself herself itself themselves myself ourselves then so instead however therefore thus hence ago today yesterday tomorrow now currently recently
		above below following previous previously earlier again too either neither respectively said`)
	possessives = words.Set("his her its their")
)

func union(sets ...map[string]bool) map[string]bool {
	out := map[string]bool{}
	for _, s := range sets {
		maps.Copy(out, s)
	}
	return out
}

const months = `(?:January|February|March|April|May|June|July|August|September|October|November|December)`

var (
	// asides are brackets and notes: what stands in them is no part of a question.
	asides = regexp.MustCompile(`\s?(?:\([^()]*\)|\[[^\[\]]*\])`)
	// dated is a date with its preposition.
	dated = regexp.MustCompile(`\b[Ii]n (?:(?:early|late|mid) )?(?:` + months + ` (?:of )?)?(?:1[0-9]{3}|20[0-4][0-9])\b` +
		`|\b[Ii]n the (?:(?:early|late|mid)[- ])?(?:1[0-9]{3}s|20[0-4]0s|[0-9]{1,2}(?:st|nd|rd|th) century)` +
		`|\b[Oo]n (?:` + months + ` [0-9]{1,2}|[0-9]{1,2}(?:st|nd|rd|th)? ` + months + `)(?:,? (?:1[0-9]{3}|20[0-4][0-9])\b)?` +
		`|\b[Ii]n ` + months + `\b`)
	year = regexp.MustCompile(`\b(?:1[0-9]{3}|20[0-4][0-9])\b`)
	// clauseEnd is where something else begins than the main statement.
	clauseEnd = regexp.MustCompile(`[,;:](?:\s|$)|[—"“”()…]|–(?:[^0-9]|$)| - | (?:which|who|whom|whose|where|when|while|that|although|though|if|after|before|since|because|unless|whether|but|whereas|what|how|why|so) `)
	// andMore joins another statement.
	andMore = regexp.MustCompile(` (?:and|or) `)
	because = regexp.MustCompile(` because (?:of )?`)
)

// read reads the main statement of a sentence; false where it cannot be told with
// certainty.
func read(sentence string, known func(string) bool) (clause, bool) {
	c, rest, ok := begin(sentence, known)
	if !ok {
		return c, false
	}
	return c.follow(rest)
}

// begin reads a sentence up to its verb, and returns what follows.
func begin(sentence string, known func(string) bool) (c clause, rest string, ok bool) {
	text := strings.TrimSpace(asides.ReplaceAllString(sentence, ""))
	text, ok = strings.CutSuffix(text, ".")
	if !ok || !unicode.IsUpper(initial(text)) || strings.ContainsAny(text, "“”\"?!…*|•<>=_@/[]()") || strings.Contains(text, "--") || strings.Contains(text, ". ") && !initials.MatchString(text) || len(strings.Fields(text)) > longestSentence {
		return c, "", false
	}
	if at := dated.FindStringIndex(text); at != nil && at[0] == 0 {
		c.when = lower(text[:1]) + text[1:at[1]]
		text = strings.TrimSpace(strings.TrimPrefix(text[at[1]:], ","))
	} else if at := lead.FindStringIndex(text); at != nil {
		c.led = !joins.MatchString(text[:at[1]])
		text = text[at[1]:]
	}
	fields := strings.Fields(text)
	v := verbAt(fields)
	if v < 1 || does[fields[v]] {
		return c, "", false
	}
	subject, ok := subjectOf(fields[:v], known)
	if !ok {
		return c, "", false
	}
	c.subject, c.verb = subject, fields[v]
	after := fields[v+1:]
	if pastOf[c.verb] != "" && (third[fields[v-1]] || perhapsParticiple(c.verb, after)) { // "the club uses closed rooms"
		return c, "", false
	}
	if auxiliary[c.verb] {
		for len(after) > 0 && dropped[after[0]] {
			after, c.also = after[1:], true
		}
		if has(c.verb) && len(after) > 0 && pastOf[after[0]] == "" && after[0] != "been" {
			if !determiners[after[0]] && !number.MatchString(after[0]) {
				return c, "", false
			}
			c.base = "have"
		}
	} else if c.base = past[c.verb]; c.base == "" {
		c.base = present[c.verb]
	}
	return c, strings.Join(after, " "), true
}

// joins is a lead that only joins a sentence to the one before.
var joins = regexp.MustCompile(`^(?:However|In addition|In fact|Moreover|Furthermore|Finally|Eventually|Meanwhile), `)

// lead stands before the subject, and a question does without.
var lead = regexp.MustCompile(`^(?:However|In addition|In fact|Moreover|Furthermore|Finally|Eventually|Meanwhile|(?:In|On|At|After|Before|During|For|With|From|Following|Despite|Like|Unlike|Under|Among|Within|Throughout|According to)(?: [^ ,;:]+){1,7}), `)

// does stands before a verb to stress or deny it.
var does = words.Set("do does did")

// initials are full stops inside a sentence that end none.
var initials = regexp.MustCompile(`^(?:[^.]|\b(?:\p{Lu}|St|Mr|Mrs|Ms|Dr|Jr|Sr|No|vs|U\.S|Mt)\.|\.\p{L}|\.[0-9])*$`)

func has(verb string) bool { return verb == "has" || verb == "had" || verb == "have" }

// verbAt returns where the finite verb of a sentence stands, or -1. An adverb before it
// that is left out of questions is taken away with the subject.
func verbAt(fields []string) int {
	for i := 1; i < len(fields) && i <= longestSubject+1; i++ {
		w := fields[i]
		if strings.ContainsAny(fields[i-1], ",;:") {
			return -1
		}
		if determiners[lower(fields[i-1])] || prepositions[lower(fields[i-1])] {
			continue
		}
		switch {
		case auxiliary[w]:
			return i
		case past[w] == w && (i+1 == len(fields) || prepositions[fields[i+1]]): // "the cost per box"
			return -1
		case past[w] != "" && !laterVerb(fields[i+1:]) && (i+1 == len(fields) || fields[i+1] != "by"):
			return i
		case present[w] != "" && i+1 < len(fields) && past[fields[i+1]] == "" && !laterVerb(fields[i+1:]):
			return i
		case past[w] != "" || present[w] != "" || strings.HasSuffix(w, "ly") && !dropped[w]:
			return -1
		}
	}
	return -1
}

// laterVerb reports whether a finite auxiliary follows in the same clause: then what
// looked like the verb is a participle ("the show produced by Lee was …").
func laterVerb(fields []string) bool {
	for _, w := range fields {
		if auxiliary[w] {
			return true
		}
		if strings.ContainsAny(w, ",;:—–") || clauseEnd.MatchString(" "+w+" ") || w == "and" || w == "or" {
			return false
		}
	}
	return false
}

// perhapsParticiple reports whether a form that may be a past or a participle is none of
// the sentence's own verb: a finite verb follows a comma ("the results of a test called X,
// which is old, were released"), or it only gives a name.
func perhapsParticiple(form string, after []string) bool {
	if form == "called" && (len(after) == 0 || !prepositions[after[0]]) {
		return true
	}
	for i := 1; i < len(after); i++ {
		if strings.HasSuffix(after[i-1], ",") && (auxiliary[after[i]] || past[after[i]] != "" && pastOf[after[i]] == "") {
			return true
		}
	}
	return false
}

// subjectOf returns the words of a subject as they stand inside a sentence; false unless
// they are a name or a noun with what belongs to it.
func subjectOf(fields []string, known func(string) bool) (string, bool) {
	for len(fields) > 0 && dropped[fields[len(fields)-1]] {
		fields = fields[:len(fields)-1]
	}
	if len(fields) == 0 || len(fields) > longestSubject {
		return "", false
	}
	nouns, ok := nounsIn(fields)
	last := lower(fields[len(fields)-1])
	if !ok || nouns == 0 || holdsVerb(fields) || vague[last] || prepositions[last] || determiners[last] || strings.HasSuffix(last, "ing") && len(fields) == 1 {
		return "", false
	}
	if first := lower(fields[0]); determiners[first] || common(fields, known) {
		fields = slices.Clone(fields)
		fields[0] = first
	} else if !name(fields, known) {
		return "", false
	}
	return strings.Join(fields, " "), true
}

// holdsVerb reports whether a verb may stand in a subject: a participle or a gerund at its
// beginning ("included in the exhibit"), a noun in the plural before a noun that may be a
// verb ("the findings show"), or a clause without "that" ("the amount employees").
func holdsVerb(fields []string) bool {
	first := lower(fields[0])
	if vague[first] || strings.HasSuffix(first, "ly") && len(first) >= longAdverb { // "first up", "fortunately the ferry"
		return true
	}
	if stem, ing := strings.CutSuffix(first, "ing"); ing && (bases[stem] || bases[stem+"e"]) || len(fields) > 1 && (past[first] != "" || pastOf[first] != "") && (prepositions[fields[1]] || determiners[fields[1]]) {
		return true
	}
	for i := 1; i < len(fields); i++ {
		before, w := fields[i-1], fields[i]
		if prepositions[w] || w != lower(w) || determiners[lower(before)] || prepositions[lower(before)] {
			continue
		}
		if i > 1 && plural.MatchString(before) && !strings.HasSuffix(w, "s") || ofWhich[lower(before)] {
			return true
		}
	}
	return false
}

// longAdverb is how many letters an adverb has at least: "Italy" and "Emily" are none.
const longAdverb = 7

var (
	// plural is what nouns in the plural look like; those that stand before other nouns
	// ("news reports") are not meant.
	plural = regexp.MustCompile(`^\p{Ll}*[^suio’']s$`)
	// ofWhich are nouns that a clause may follow as it is ("the way people live").
	ofWhich = words.Set("amount way time day moment reason thing things people person kind place money number year work rate")
)

// nounsIn counts the nouns of a subject; false where a word of it cannot stand in one.
func nounsIn(fields []string) (nouns int, ok bool) {
	first := lower(fields[0])
	for i, w := range fields {
		low := strings.TrimRight(lower(w), "’'")
		switch {
		case determiners[low]:
			if i > 0 && !prepositions[lower(fields[i-1])] {
				return 0, false
			}
		case i > 0 && prepositions[low]:
			if nouns == 0 {
				return 0, false
			}
		case noNoun[low] || contracted.MatchString(low) || dependent[low] || strings.ContainsAny(w, ",;:()[]/") || strings.HasSuffix(low, "ly") && !unicode.IsUpper(initial(w)):
			return 0, false
		case past[w] != "" || !determiners[first] && (pastOf[w] != "" || i > 0 && bases[w]) || i == 0 && dropped[low]:
			return 0, false
		default:
			nouns++
		}
	}
	return nouns, true
}

var (
	// contracted words hold a verb or a pronoun.
	contracted = regexp.MustCompile(`(?:[’'](?:ve|re|m|d|ll)|n[’']t)$|^(?:it|that|what|there|here|he|she|let|who|where|how)[’']s$`)
	// vague words say nothing at the end of a subject.
	vague = words.Set("second first third fourth fifth sixth last latter former next same most best other lot hundreds thousands millions dozens scores two three four five six part thing things point rest")
)

// common reports whether a subject without an article is a noun that is no name: the
// text has it elsewhere with a small letter.
func common(fields []string, known func(string) bool) bool {
	for i, w := range fields {
		if i > 0 && prepositions[w] {
			break
		}
		if i > 0 && w != lower(w) {
			return false
		}
	}
	_, n := utf8.DecodeRuneInString(fields[0])
	return !strings.HasSuffix(fields[0], "ing") && fields[0][n:] == lower(fields[0][n:]) && known(lower(fields[0]))
}

// name reports whether a subject without an article is a name: one that the text has
// elsewhere, too, or several words with capitals.
func name(fields []string, known func(string) bool) bool {
	end := 0
	for end < len(fields) && !prepositions[fields[end]] {
		if w := fields[end]; !unicode.IsUpper(initial(w)) && !particles[w] {
			return false
		}
		end++
	}
	return end > 0 && known(strings.Join(fields[:end], " "))
}

// particles stand inside names.
var particles = words.Set("de da di la le van von der den of the al bin ibn y")

// follow reads what follows the verb.
func (c clause) follow(rest string) (clause, bool) {
	if at := because.FindStringIndex(rest); at != nil && !clauseEnd.MatchString(rest[:at[0]]) && !andMore.MatchString(rest[:at[0]]) {
		c.because = strings.TrimSpace(rest[at[0]:])
		rest = rest[:at[0]]
	}
	var date []int
	if c.when == "" {
		date = dated.FindStringIndex(rest)
	}
	all, end := rest, len(rest)
	for from := 0; ; {
		at := clauseEnd.FindStringIndex(rest[from:])
		if at == nil {
			break
		}
		if start := from + at[0]; date == nil || start < date[0] || start >= date[1] {
			end = start
			break
		}
		from += at[1]
	}
	if date != nil && date[0] < end {
		c.when = rest[date[0]:date[1]]
		before, after := strings.TrimSpace(rest[:date[0]]), strings.TrimSpace(rest[date[1]:max(date[1], end)])
		next, _, _ := strings.Cut(after, " ")
		if next != "" && !prepositions[next] || next == "to" && year.MatchString(after) || strings.HasSuffix(before, " and") || oneStatement(before) != before {
			return c, false // "in 1880 dollars", "in 1880 and 1890", "was built and burned in 1880"
		}
		c.cut = end < len(rest)
		rest = strings.TrimSpace(before + " " + after)
	} else {
		c.cut = end < len(rest)
		rest = rest[:end]
	}
	marked := all[:end] + "\x00" + all[end:]
	if c.cut && (listed.MatchString(marked) && !inPlace.MatchString(marked) || halfTime.MatchString(rest)) {
		return c, false
	}
	c.rest = oneStatement(rest)
	c.cut = c.cut || len(c.rest) < len(rest)
	return c, c.complete()
}

var (
	// listed is a name, before the mark, that the next one belongs to ("visited England, Wales").
	listed = regexp.MustCompile(`(?:^|[\p{Ll}] )(?:\p{Lu}[\p{L}’'-]*)(?: \p{Lu}[\p{L}’'-]*)*\x00, \p{Lu}`)
	// inPlace is such a name that only says where.
	inPlace = regexp.MustCompile(`\b(?:in|at|near|of|from|to) (?:the )?(?:\p{Lu}[\p{L}’'-]*)(?: \p{Lu}[\p{L}’'-]*)*\x00`)
	// halfTime is what a time begins with ("a few months after …").
	halfTime = regexp.MustCompile(`\b(?:minutes?|hours?|days?|weeks?|months?|years?|decades?|shortly|just|long|soon)$`)
)

// oneStatement cuts off a second statement that is joined with "and".
func oneStatement(rest string) string {
	for from := 0; ; {
		at := andMore.FindStringIndex(rest[from:])
		if at == nil {
			return rest
		}
		next, _, _ := strings.Cut(rest[from+at[1]:], " ")
		if low := lower(next); past[low] != "" || present[low] != "" || pastOf[low] != "" || auxiliary[low] || dropped[low] || strings.HasSuffix(low, "ly") || strings.HasSuffix(low, "ed") {
			return rest[:from+at[0]]
		}
		from += at[1]
	}
}

// complete reports whether a clause can be asked about: it needs no more words, and
// none of its words points elsewhere.
func (c clause) complete() bool {
	fields := strings.Fields(c.rest)
	if len(fields) == 0 {
		return c.base != "" && intransitive[c.base]
	}
	if last := lower(fields[len(fields)-1]); prepositions[last] || determiners[last] || noNoun[last] && !possessives[last] {
		return false
	}
	if last := lower(fields[len(fields)-1]); speaking[c.base] || c.cut && (strings.HasSuffix(last, "ing") || bases[last] || present[last] != "") {
		return false
	}
	if fields[0] == "born" && len(fields) > 1 && !prepositions[fields[1]] {
		return false // "born Ann Lee in Wales"
	}
	named := unicode.IsUpper(initial(c.subject))
	for i, w := range fields {
		low := strings.Trim(lower(w), "’'.,")
		if dependent[low] || possessives[low] && (!named || i > 0 || c.base == "") || strings.Contains(low, "’re") || strings.Contains(low, "n’t") {
			return false
		}
	}
	return true
}

// intransitive verbs may stand alone, and speaking ones need what was said.
var (
	intransitive = words.Set("die end begin start collapse close open resign retire survive arrive disappear return fail graduate sink divorce marry expire burn")
	speaking     = words.Set("say think believe argue suggest know tell announce report explain note claim see seem appear tend try mean find do reveal confirm predict")
)

func lower(s string) string { return strings.ToLower(s) }

func initial(s string) rune {
	r, _ := utf8.DecodeRuneInString(s)
	return r
}

// turned is the clause as a question goes on behind "when": "did Ann Lee move to Prague".
func (c clause) turned(rest string) string {
	switch {
	case c.base == "":
		return c.verb + " " + c.subject + " " + rest
	case present[c.verb] != "" && past[c.verb] == "":
		return "does " + c.subject + " " + c.base + " " + rest
	case c.verb == "have":
		return "do " + c.subject + " have " + rest
	}
	return "did " + c.subject + " " + c.base + " " + rest
}

// told is the clause as a question goes on behind "do you know when".
func (c clause) told(rest string) string { return c.subject + " " + c.verb + " " + rest }
