package answers

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"verbatim/answers/question"
	"verbatim/answers/reader"
	"verbatim/corpus"
	"verbatim/corpus/words"
)

// Whom a person puts words in the mouth of is compared with whom the source credits.

// credit says who is credited with a passage.
func credit(p corpus.Passage) string {
	switch p.Attribution {
	case corpus.Direct:
		return p.Speaker + " said, word for word:"
	case corpus.Reported:
		if len(p.Words) > 0 && !p.Unsure {
			return p.Speaker + " said what stands between quotation marks:"
		}
		return "This is the article’s report of what " + p.Speaker + " said, not a direct quote:"
	case corpus.Others:
		return "The article credits " + p.Speaker + ":"
	}
	return "These are the article’s own words, not a quote of anybody:"
}

// claimed is who some words are put in the mouth of.
type claimed int

const (
	nobody   claimed = iota // none is named
	somebody                // a pronoun or a role, which may be anybody
	another                 // somebody else than the one who is credited
	same                    // the one who is credited
)

// claimant compares whom the words around a quotation name with the speaker of a passage.
func (e *Engine) claimant(q question.Question, p corpus.Passage) claimed {
	names, role := e.namesIn(q, p.Quote.Source())
	if n := e.likeness(names, p.Speaker); n > 0 {
		// "Sam Hart" is not Jo Hart where the source quotes both.
		if e.mostAlike(names, p.Quote.Source()) > n {
			return another
		}
		return same
	}
	if full, ok := p.Quote.Source().Who(strings.Join(names, " ")); ok && full == p.Speaker {
		return same
	}
	switch {
	case p.Unsure || p.Attribution == corpus.Others && !slices.ContainsFunc(names, func(n string) bool { return e.isSpeaker(n, p.Quote.Source()) }):
		if len(names) > 0 || role {
			return somebody
		}
		return nobody
	case len(names) > 0:
		return another
	case role:
		return somebody
	}
	return nobody
}

// likeness is how many of some words name a speaker.
func (e *Engine) likeness(names []string, speaker string) int {
	n := 0
	for _, name := range names {
		if speaker != "" && e.isNameOf(name, speaker) {
			n++
		}
	}
	return n
}

// mostAlike is how many of some words name the speaker of a source whom the most of them
// name.
func (e *Engine) mostAlike(names []string, s *corpus.Source) int {
	most := 0
	for _, speaker := range e.namesOf(s).speakers {
		most = max(most, e.likeness(names, speaker))
	}
	return most
}

// namesIn returns the words of a question that name somebody, folded, and whether it has
// a pronoun or a role that stands for a speaker ("the founder says").
func (e *Engine) namesIn(q question.Question, s *corpus.Source) (names []string, role bool) {
	tokens := words.Tokens(q.Rest)
	known := e.namesOf(s).words
	for i, t := range tokens {
		w := strings.TrimSuffix(t.Word, "'s")
		switch {
		case isPlain(w):
		case question.In("subject", w):
			role = role || w == "he" || w == "she"
		case w != t.Word && i+1 < len(tokens) && !question.In("words", tokens[i+1].Word) && !question.In("around", tokens[i+1].Word) && !capitalAt(q.Rest, tokens[i+1].Start):
			role = true // "Ford's man": not Ford
		case i > 0 && question.In("article", tokens[i-1].Word) && (i+1 == len(tokens) || !capitalAt(q.Rest, tokens[i+1].Start)):
			// "the founder says", "the PM", "the BBC": whom the source calls so, else anybody.
			if full, ok := s.Who("the " + w); ok {
				names = append(names, plainWords(words.Tokens(full))...)
			} else if known[w] && !question.In("role", w) {
				names = append(names, w)
			} else {
				role = role || q.Credits && !question.In("author", w) && !isTopic(tokens, w)
			}
		case known[w], capitalAt(q.Rest, t.Start) && (i > 0 || strings.HasPrefix(q.Rest[t.End:], ":") || len(tokens) > 1 && question.In("say", tokens[1].Word)):
			names = append(names, w)
		}
	}
	// "a line about Rome", "the harbourmaster of Rome": not the speaker.
	names = slices.DeleteFunc(names, func(n string) bool { return isTopic(tokens, n) })
	if q.OfText && !role {
		// "did the paper quote Brown" credits Brown; "the guide calls Rome" credits nobody.
		names = slices.DeleteFunc(names, func(n string) bool { return !e.isSpeaker(n, s) })
	}
	return names, role
}

// isPlain reports whether a word around a quotation is none that could name somebody.
func isPlain(w string) bool {
	return utf8.RuneCountInString(w) < 2 || slices.ContainsFunc([]string{"wh", "auxiliary", "text", "words", "chatter", "tag", "say", "think", "month", "around", "check"}, func(list string) bool {
		return question.In(list, w)
	})
}

func capitalAt(s string, at int) bool {
	r, _ := utf8.DecodeRuneInString(s[at:])
	return unicode.IsUpper(r)
}

// isTopic reports whether a name in a question is what words are about.
func isTopic(tokens []words.Token, name string) bool {
	for i, t := range tokens {
		if i == 0 || strings.TrimSuffix(t.Word, "'s") != name {
			continue
		}
		for _, before := range tokens[max(0, i-2):i] {
			switch before.Word {
			case "about", "on", "regarding", "concerning", "of", "at", "in":
				return true
			}
		}
	}
	return false
}

// isSpeaker reports whether a source credits somebody of that name with something.
func (e *Engine) isSpeaker(name string, s *corpus.Source) bool {
	return e.mostAlike([]string{name}, s) > 0
}

// isNameOf reports whether a folded word is a part of a speaker's name, its initials, the
// beginning of a surname, or another name that the corpus knows.
func (e *Engine) isNameOf(word, speaker string) bool {
	parts := strings.FieldsFunc(words.Fold(speaker), func(r rune) bool { return !unicode.IsLetter(r) && r != '\'' && r != '-' })
	initials := ""
	for _, part := range parts {
		if part == word && utf8.RuneCountInString(word) > 1 && part != "the" && part != "of" {
			return true
		}
		if part != "of" && part != "the" && part != "and" {
			_, n := utf8.DecodeRuneInString(part)
			initials += part[:n]
		}
	}
	if len(word) >= 5 && strings.Contains(strings.Join(parts, ""), word) { // "mcguire" for Mc Guire
		return true
	}
	if len(parts) > 0 && len(word) >= 4 && strings.HasPrefix(parts[len(parts)-1], word) || utf8.RuneCountInString(initials) > 1 && initials == word {
		return true
	}
	return len(common(e.vocabulary.subjects(words.Tokens(word)), e.vocabulary.subjects(words.Tokens(speaker)))) > 0
}

// names are those in a source.
type names struct {
	// words are those that begin with a capital inside a sentence and never with a small
	// letter, folded.
	words map[string]bool
	// speakers are all whom a passage credits, in text order.
	speakers []string
}

// namesOf returns the names in a source, which the first call reads.
func (e *Engine) namesOf(s *corpus.Source) names {
	if known, ok := e.names.Load(s); ok {
		return known.(names)
	}
	capital, small := map[string]bool{}, map[string]bool{}
	for _, p := range s.Paragraphs() {
		text := p.Text()
		for _, sentence := range words.Sentences(text) {
			for i, t := range words.Tokens(text[sentence.Start:sentence.End]) {
				r, _ := utf8.DecodeRuneInString(text[sentence.Start+t.Start:])
				switch w := strings.TrimSuffix(t.Word, "'s"); {
				case !unicode.IsUpper(r):
					small[w] = true
				case i > 0 || words.GivenName(w):
					capital[w] = true
				}
			}
		}
	}
	for w := range small {
		delete(capital, w)
	}
	out := names{words: capital}
	for _, p := range s.Passages() {
		if p.Speaker != "" && !slices.Contains(out.speakers, p.Speaker) {
			out.speakers = append(out.speakers, p.Speaker)
		}
	}
	e.names.Store(s, out)
	return out
}

// issues reports whether names are those of whoever a source comes from: they stand in what
// is known of it or in its title, or in a text that addresses its reader again and again.
func issues(names []string, s *corpus.Source) bool {
	meta := s.Meta()
	about := meta.Author + " " + meta.Publisher + " " + s.Author() + " " + s.Title()
	times, you := map[string]int{}, 0
	for i, p := range s.Paragraphs() {
		text := p.Text()
		if i == 0 && reader.IsHeading(text) || i < 4 && strings.HasPrefix(strings.ToLower(text), "by ") {
			about += " " + text
		}
		for _, t := range words.Tokens(text) {
			times[strings.TrimSuffix(t.Word, "'s")]++
			if t.Word == "you" || t.Word == "your" {
				you++
			}
		}
	}
	known := plainWords(words.Tokens(about))
	return len(names) > 0 && !slices.ContainsFunc(names, func(n string) bool {
		return !slices.Contains(known, n) && (you < 3 || times[n] < 3 || words.GivenName(n))
	})
}

// speaksItself reports whether a source speaks in the first person outside quotation
// marks: a column, a letter, a statement. Its own words are then its author's or issuer's.
func (e *Engine) speaksItself(s *corpus.Source) bool {
	n, all := 0, 0
	for _, p := range s.Passages() {
		if p.Attribution != corpus.Article {
			continue
		}
		for _, t := range words.Tokens(p.Quote.Text()) {
			all++
			switch t.Word {
			case "i", "we", "my", "our", "us", "me":
				n++
			}
		}
	}
	return n >= 3 && 150*n > all
}
