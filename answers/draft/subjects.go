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

// mention is a name of the text.
type mention struct {
	name   string
	count  int
	first  int  // where it stands first
	person int  // how often its surroundings are those of a person, less how often those of something else
	inside bool // it stands within a sentence, or before a verb
}

// mentionsOf collects the names of a text.
func mentionsOf(source *corpus.Source) map[string]*mention {
	out := map[string]*mention{}
	for _, p := range source.Paragraphs() {
		for _, s := range words.Sentences(p.Text()) {
			text := p.Text()[s.Start:s.End]
			things := asks.Told(text)
			for _, n := range things[asks.Name] {
				name := text[n.Start:n.End]
				end := n.End
				if own := strings.TrimSuffix(strings.TrimSuffix(name, "’s"), "'s"); own != name {
					name = own
				}
				name = strings.TrimPrefix(name, "The ")
				if !nameLike(name) {
					continue
				}
				m := out[name]
				if m == nil {
					m = &mention{name: name, first: p.Start() + s.Start + n.Start}
					out[name] = m
				}
				m.count++
				m.inside = m.inside || strings.IndexFunc(text[:n.Start], unicode.IsLetter) >= 0 || strings.Contains(name, " ") || verbNext(text[end:])
				here := func(k asks.Kind) bool {
					return slices.ContainsFunc(things[k], func(t asks.Thing) bool { return t.Start == n.Start })
				}
				switch {
				case here(asks.Organisation) && strings.Contains(name, " "), here(asks.Place):
					m.person--
				case here(asks.Person) && strings.Contains(name, " "):
					m.person++
				}
			}
		}
	}
	for name, m := range out {
		if !m.inside {
			delete(out, name) // a word that begins a sentence
		}
	}
	return out
}

// verbNext reports whether a text goes on with a finite verb.
func verbNext(text string) bool {
	t := words.Tokens(text[:cut(text, 40)])
	if len(t) == 0 || strings.TrimSpace(text[:t[0].Start]) != "" {
		return false
	}
	_, ok := infinitive(t[0].Word)
	return ok || auxiliaries[t[0].Word]
}

// know finds out which names are people's: those whose surroundings say so, their last
// names, and whoever is credited with words.
func (c *curation) know(source *corpus.Source) {
	c.mentions = mentionsOf(source)
	c.people, c.begins = map[string]string{}, map[string]bool{}
	for name := range c.mentions {
		c.begins[firstWord(name)] = true
	}
	add := func(name string) {
		if c.people[name] == "" {
			c.people[name] = name
		}
		if last := lastName(name); last != name && c.people[last] == "" {
			c.people[last] = name
		}
	}
	for _, p := range source.Passages() {
		if p.Speaker != "" && p.Attribution != corpus.Others && strings.Contains(p.Speaker, " ") {
			add(p.Speaker)
		}
	}
	order := make([]*mention, 0, len(c.mentions))
	for _, m := range c.mentions {
		order = append(order, m)
	}
	slices.SortFunc(order, func(a, b *mention) int { return cmp.Or(cmp.Compare(b.count, a.count), cmp.Compare(a.first, b.first)) })
	for _, m := range order {
		if m.person > 0 && lastName(m.name) != m.name && m.name != strings.ToUpper(m.name) && !c.titled(m.name) {
			add(m.name)
		}
	}
}

// titled reports whether a name is that of a known person behind a role ("Meta CEO Ann
// Lee").
func (c *curation) titled(name string) bool {
	for full := range c.people {
		if strings.Contains(full, " ") && strings.HasSuffix(name, " "+full) {
			return true
		}
	}
	return false
}

// isPerson reports whether a subject is the name of one person.
func (c *curation) isPerson(subject string) bool { return c.people[subject] != "" || c.titled(subject) }

// subjectsOf returns the names of a text that occur more than once, in the order in
// which they come up: a person with the last name, a thing with its acronym.
func (c *curation) subjectsOf(source *corpus.Source) []subject {
	count := map[string]int{}
	first := map[string]int{}
	for name, m := range c.mentions {
		if !c.titled(name) {
			count[name], first[name] = m.count, m.first
		}
	}
	for full := range c.people {
		for name, m := range c.mentions {
			if strings.HasSuffix(name, " "+full) && strings.Contains(full, " ") {
				count[full] += m.count
				if at, ok := first[full]; !ok || m.first < at {
					first[full] = m.first
				}
			}
		}
	}
	for _, p := range c.passages {
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
		if last := lastName(name); last != name && c.people[name] != "" && c.people[last] == name {
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
	if short, _, ok := strings.Cut(strings.ReplaceAll(low, "’", "'"), "'"); ok && (pronouns[short] || auxiliaries[short]) {
		return false // "It’s"
	}
	if len(name) < 2 || len(name) > 60 || strings.ContainsAny(name, "\n\"“”") || !unicode.IsUpper([]rune(name)[0]) && !unicode.IsDigit([]rune(name)[0]) || leads[low] || adverb(low) || pronouns[low] || determiners[low] {
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
