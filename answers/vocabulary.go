package answers

import (
	"slices"

	"verbatim/corpus"
	"verbatim/corpus/words"
)

// vocabulary is the names that a corpus knows: of its subjects, and of what
// people ask about although no source mentions it.
type vocabulary struct {
	names map[string][]name // by first word, the longest first
	first map[string]string // a subject's plainest name
}

type name struct {
	words   []string
	subject string // empty for a foreign name
}

// found is a name in a text.
type found struct {
	name
	start, end int // in tokens
}

func newVocabulary(sources []*corpus.Source) *vocabulary {
	v := &vocabulary{names: map[string][]name{}, first: map[string]string{}}
	add := func(text, subject string) {
		w := plainWords(words.Tokens(text))
		if len(w) > 0 {
			v.names[w[0]] = append(v.names[w[0]], name{w, subject})
		}
	}
	for _, s := range sources {
		for _, sub := range s.Subjects() {
			if v.first[sub.ID] == "" {
				v.first[sub.ID] = sub.Names[0]
			}
			for _, n := range sub.Names {
				add(n, sub.ID)
			}
		}
		for _, n := range s.Foreign() {
			add(n, "")
		}
	}
	for _, list := range v.names {
		slices.SortStableFunc(list, func(a, b name) int { return len(b.words) - len(a.words) })
	}
	return v
}

// find returns the names in a text, the longest at each place, in order.
func (v *vocabulary) find(tokens []words.Token) []found {
	var out []found
	for i := 0; i < len(tokens); {
		longest := found{}
		for _, n := range v.names[tokens[i].Word] {
			if i+len(n.words) <= len(tokens) && slices.EqualFunc(tokens[i:i+len(n.words)], n.words, func(t words.Token, w string) bool { return t.Word == w }) {
				longest = found{n, i, i + len(n.words)}
				break
			}
		}
		if longest.end == 0 {
			i++
			continue
		}
		out = append(out, longest)
		i = longest.end
	}
	return out
}

// subjects returns the ids of the subjects named in a text, each once, in order.
func (v *vocabulary) subjects(tokens []words.Token) []string {
	var out []string
	for _, f := range v.find(tokens) {
		if f.subject != "" && !slices.Contains(out, f.subject) {
			out = append(out, f.subject)
		}
	}
	return out
}

// foreign returns the foreign names in a text, as it writes them.
func (v *vocabulary) foreign(text string, tokens []words.Token) []string {
	var out []string
	for _, f := range v.find(tokens) {
		if f.subject == "" {
			out = append(out, text[tokens[f.start].Start:tokens[f.end-1].End])
		}
	}
	return out
}

func plainWords(tokens []words.Token) []string {
	out := make([]string, len(tokens))
	for i, t := range tokens {
		out[i] = t.Word
	}
	return out
}

// common returns the members of a that are in b.
func common(a, b []string) []string {
	var out []string
	for _, x := range a {
		if slices.Contains(b, x) {
			out = append(out, x)
		}
	}
	return out
}
