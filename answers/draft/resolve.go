package draft

import (
	"strings"

	"verbatim/answers/asks"
	"verbatim/corpus"
	"verbatim/corpus/words"
)

// resolve reads the passages' clauses and finds the names that their pronouns stand
// for: the person, or the thing, that the sentence before was about.
func (c *curation) resolve() {
	var person, object string
	paragraph := 0
	for _, p := range c.passages {
		if at := p.Quote.Paragraph(); at != paragraph {
			paragraph, object = at, ""
		}
		if p.Attribution != corpus.Article || p.likely {
			if p.Speaker != "" && p.Attribution != corpus.Others {
				person = p.Speaker // who goes on to be "he"
			}
			if p.Attribution != corpus.Reported || strings.ContainsAny(p.quote, "“\"") {
				continue // "he" and "it" of other people's words are not the article's
			}
		}
		p.clause, p.parsed = parse(p.quote)
		p.person = c.isPerson(p.clause.subject)
		named, start := c.personIn(p.quote), pronounOf(p.quote)
		switch start {
		case "he", "she", "his", "her", "him":
			if named == "" || p.parsed && start == strings.ToLower(firstWord(p.clause.subject)) {
				p.antecedent = person
			}
			p.person = p.person || p.parsed && strings.ToLower(p.clause.subject) == start
		case "it", "its", "they", "their":
			if p.parsed && strings.ToLower(firstWord(p.clause.subject)) == start {
				p.antecedent = object
			}
		}
		if p.antecedent != "" {
			continue
		}
		switch {
		case p.parsed && p.person:
			person, object = p.clause.subject, ""
		case p.parsed:
			object = bare(p.clause.subject)
		}
		if !p.person && named != "" {
			person = named
		}
	}
}

// pronounOf returns the first pronoun of a text that stands for somebody or something.
func pronounOf(text string) string {
	for _, t := range words.Tokens(text) {
		switch t.Word {
		case "he", "she", "his", "her", "him", "it", "its", "they", "their":
			return t.Word
		}
	}
	return ""
}

// personIn returns the first person that a text names, or nothing.
func (c *curation) personIn(text string) string {
	for _, t := range asks.Told(text)[asks.Name] {
		if name := strings.TrimSuffix(strings.TrimSuffix(text[t.Start:t.End], "’s"), "'s"); c.isPerson(name) {
			return name
		}
	}
	return ""
}

// bare returns a subject without its determiner: what "it" or "they" may stand for.
// A long one, or one that is no more than a pronoun, is nothing.
func bare(subject string) string {
	w := firstWord(subject)
	if determiners[strings.ToLower(w)] {
		subject = strings.TrimSpace(subject[len(w):])
	}
	if subject == "" || len(strings.Fields(subject)) > longestAntecedent || pronouns[strings.ToLower(subject)] || determiners[strings.ToLower(firstWord(subject))] {
		return ""
	}
	return subject
}

// longestAntecedent is how many words what a pronoun stands for may have.
const longestAntecedent = 4
