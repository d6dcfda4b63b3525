package draft

import (
	"cmp"
	"regexp"
	"slices"
	"strings"
	"unicode"

	"verbatim/answers/asks"
	"verbatim/corpus"
	"verbatim/corpus/words"
)

// subject is somebody or something that the text names more than once.
type subject struct {
	id    string
	names []string
	count int
	first int // where it is named first
}

const (
	// mostSubjects is how many subjects are drafted, and leastNamed how often a
	// name must stand in the text to be one.
	mostSubjects = 80
	leastNamed   = 2
)

// subjectsOf returns the names of a text that occur more than once, in the order in
// which they come up: a person with the last name, a thing with its acronym.
func subjectsOf(source *corpus.Source, passages []*passage) []subject {
	count := map[string]int{}
	first := map[string]int{}
	person := map[string]bool{}
	for _, p := range source.Paragraphs() {
		for _, s := range words.Sentences(p.Text()) {
			text := p.Text()[s.Start:s.End]
			things := asks.Told(text)
			for _, n := range things[asks.Name] {
				name := strings.TrimSuffix(strings.TrimSuffix(text[n.Start:n.End], "’s"), "'s")
				name = strings.TrimPrefix(name, "The ")
				if !nameLike(name) {
					continue
				}
				count[name]++
				if _, ok := first[name]; !ok {
					first[name] = p.Start() + s.Start + n.Start
				}
				if slices.ContainsFunc(things[asks.Person], func(t asks.Thing) bool { return t.Start == n.Start }) && isPerson(name) {
					person[name] = true
				}
			}
		}
	}
	for _, p := range passages {
		if a := p.antecedent; a != "" { // named by a pronoun
			if count[a]++; count[a] == 1 {
				count[a], first[a] = leastNamed, p.Quote.Start()
			}
		}
	}
	acronyms := acronymsOf(source)
	var all []subject
	for name, n := range count {
		s := subject{names: []string{name}, count: n, first: first[name]}
		if last := lastName(name); last != name && person[name] {
			s.names = append(s.names, last)
			s.count += count[last]
		}
		if a := acronyms[name]; a != "" {
			s.names = append(s.names, a)
			s.count += count[a]
		}
		all = append(all, s)
	}
	slices.SortFunc(all, func(a, b subject) int {
		return cmp.Or(cmp.Compare(len(b.names), len(a.names)), cmp.Compare(b.count, a.count), cmp.Compare(a.first, b.first))
	})
	taken := map[string]bool{}
	var out []subject
	for _, s := range all {
		s.names = slices.DeleteFunc(s.names, func(n string) bool { return taken[strings.ToLower(n)] })
		if s.count < leastNamed || len(s.names) == 0 {
			continue
		}
		for _, n := range s.names {
			taken[strings.ToLower(n)] = true
		}
		out = append(out, s)
	}
	slices.SortFunc(out, func(a, b subject) int { return cmp.Or(cmp.Compare(b.count, a.count), cmp.Compare(a.first, b.first)) })
	out = out[:min(len(out), mostSubjects)]
	slices.SortFunc(out, func(a, b subject) int { return cmp.Compare(a.first, b.first) })
	ids := newIDs()
	for i := range out {
		out[i].id = ids.of(out[i].names[0], "subject")
	}
	return out
}

// nameLike reports whether a run of capitalised words may be the name of a subject.
func nameLike(name string) bool {
	low := strings.ToLower(name)
	if len(name) < 2 || len(name) > 60 || strings.ContainsAny(name, "\n\"“”") || leads[low] || adverb(low) || pronouns[low] || determiners[low] {
		return false
	}
	return strings.IndexFunc(name, unicode.IsLetter) >= 0 && len(words.Tokens(name)) > 0
}

var bracketed = regexp.MustCompile(`((?:\p{Lu}[\p{L}’'-]+)(?: (?:(?:of|the|and|for) )*\p{Lu}[\p{L}’'-]+)+) \((\p{Lu}{2,8})\)`)

// acronymsOf reads “National Handball League (NHL)”: the letters are those that the
// words begin with.
func acronymsOf(source *corpus.Source) map[string]string {
	out := map[string]string{}
	for _, m := range bracketed.FindAllStringSubmatch(source.Text(), -1) {
		letters := ""
		fields := strings.Fields(m[1])
		for i := len(fields) - 1; i >= 0; i-- {
			if r := []rune(fields[i])[0]; unicode.IsUpper(r) {
				letters = string(r) + letters
			}
			if letters == m[2] {
				out[strings.Join(fields[i:], " ")] = m[2]
				break
			}
		}
	}
	return out
}

// mostAbout is how many subjects a passage is about at most.
const mostAbout = 6

// named returns the ids of the subjects that a text names.
func (c *curation) named(text string) []string {
	t := words.Tokens(text)
	var out []string
	for _, s := range c.subjects {
		if len(out) == mostAbout {
			break
		}
		if slices.ContainsFunc(s.names, func(n string) bool { return holds(t, words.Tokens(n)) }) {
			out = append(out, s.id)
		}
	}
	return out
}

// holds reports whether the words of name stand side by side in a text.
func holds(text, name []words.Token) bool {
	for i := 0; i+len(name) <= len(text) && len(name) > 0; i++ {
		if slices.EqualFunc(text[i:i+len(name)], name, func(a, b words.Token) bool { return a.Word == b.Word }) {
			return true
		}
	}
	return false
}
