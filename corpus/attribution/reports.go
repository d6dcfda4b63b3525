package attribution

import (
	"slices"
	"strings"

	"verbatim/corpus/words"
)

// report notes a sentence that tells in the text's words what somebody said.
func (r *reader) report(s *sentence, all []credit, quoted bool) (voice, bool) {
	for k := range all {
		c := &all[k]
		if !r.reports(s, c) {
			continue
		}
		if p := c.who.pronoun; p == "i" || p == "we" || p == "you" {
			continue // the author's own words
		}
		v, ok := r.resolve(s, c.who)
		if !ok || v.thing || v.name == Unnamed || c.who.role != "" && !c.who.known && len(c.who.names) == 0 && !s.isWord(c.to, "he") && !s.isWord(c.to, "she") {
			continue
		}
		if !quoted && c.verb.lemma != "statement" { // that somebody made one tells nothing of what it says
			kind := Reported
			if v.unnamed {
				kind = Others
			}
			r.out = append(r.out, Speech{Span: s.Span, Words: words.Span{Start: s.Start, End: s.Start}, Kind: kind, Form: Report, Speaker: v.name, Unsure: v.unsure})
		}
		return v, true
	}
	return voice{}, false
}

// reports reports whether what follows a credit, or stands before it, is what
// somebody said in the text's words.
func (r *reader) reports(s *sentence, c *credit) bool {
	t, v := s.tokens, c.verb
	switch {
	case s.isWord(c.from-1, "what"): // "what Brown is saying"
		return false
	case c.at < 0:
		return c.from == 0 && c.to < len(t) || c.from >= 3
	case v.weak:
		return false
	case c.passive && v.act:
		return true // "was praised by Brown"
	case v.participle && !c.passive:
		return s.reportsBeside(c)
	case s.parenthetic(c):
		return true
	case c.inverted, c.to >= len(t):
		return false
	case v.lemma == "deny" && s.grants(c.to), v.lemma == "report" && s.isWord(c.to, "from"): // "Ada Brown reports from Leeds"
		return false
	case v.act && !(v.that && s.isWord(c.to, "on")), v.name && s.calls(c.to):
		return true
	}
	next := c.to
	if v.hear {
		next = s.afterObject(next, v)
	}
	if next >= len(t) || t[next].quote != nil && next == c.to {
		return false
	}
	return slices.Contains(v.after, t[next].low) || s.tellsAt(next, c)
}

// tellsAt reports whether tokens[i] begins what the verb of a credit tells.
func (s *sentence) tellsAt(i int, c *credit) bool {
	v := c.verb
	switch {
	case v.wrote && (s.isWord(i, "a") || s.isWord(i, "an")): // "posted a letter that was old"
		return false
	case v.clause && (!v.hear || i > c.to || s.sentenceFollows(i)) && s.clauseFollows(i), v.that && s.thatFollows(i):
		return true
	}
	return v.that && !v.wrote && (s.nameActs(i) || c.who.isOne() && c.at-c.who.to < longSubject && s.sentenceFollows(i))
}

// reportsBeside is reports for a participle: "…, alleging that".
func (s *sentence) reportsBeside(c *credit) bool {
	t, v := s.tokens, c.verb
	person := len(c.who.names) > 0 || (c.who.pronoun == "he" || c.who.pronoun == "she") && (!v.hear || strings.HasSuffix(t[c.at].gap, ","))
	return person && c.to < len(t) && t[c.to].quote == nil && (v.clause && s.clauseFollows(c.to) || v.that && s.thatFollows(c.to))
}

// grants reports whether what stands at tokens[i] is something that one gives to another, so that who denies it says nothing:
// "denied her a visa".
func (s *sentence) grants(i int) bool {
	for k := i; k < len(s.tokens) && k < i+5 && s.tokens[k].quote == nil && s.tokens[k].low != "that" && (k == i || s.tokens[k].gap == ""); k++ {
		if in("granted", s.tokens[k].low) {
			return true
		}
	}
	return false
}

// calls reports whether a pronoun at tokens[i] is what is called something, and not whose
// thing: "called her a liar", "called her bank".
func (s *sentence) calls(i int) bool {
	switch {
	case s.isWord(i, "it"), s.isWord(i, "him"), s.isWord(i, "them"):
		return true
	case s.isWord(i, "her"):
		return i+1 < len(s.tokens) && (s.tokens[i+1].quote != nil || in("determiners", s.tokens[i+1].low))
	}
	return false
}

// parenthetic reports whether a credit stands between commas, or at the end behind
// one: "The mill, Brown said, is old".
func (s *sentence) parenthetic(c *credit) bool {
	t := s.tokens
	if c.from < 1 || !strings.ContainsAny(t[c.from].gap, ",—–") || !c.verb.that || t[c.from-1].quote != nil {
		return false
	}
	if c.from == 1 { // "Biscuit, it added, was old."
		return c.to < len(t) && strings.HasSuffix(t[c.to].gap, ",")
	}
	if c.inverted || c.to == len(t) {
		return c.inverted || s.end != ":"
	}
	next := t[c.to] // "The mill is old, Brown said on Monday."
	return strings.ContainsAny(next.gap, ",—–") || next.quote == nil && len(t)-c.to < 6 && (weekday(next.low) || in("prepositions", next.low))
}

// isOne reports whether a subject is surely one who speaks: somebody named, "he" or "she", "the captain".
func (who subject) isOne() bool {
	r, ok := roleOf(who.role)
	return len(who.names) > 0 || who.pronoun == "he" || who.pronoun == "she" || ok && who.definite && !r.many && !r.thing
}

// longSubject bounds the words of what a sentence behind a verb of saying is about.
const longSubject = 7

// sentenceFollows reports whether a phrase at tokens[i] has a verb after it that tells what is said of it: "warned radiation was
// leaking", "confirmed the reach of the flood would grow".
func (s *sentence) sentenceFollows(i int) bool {
	t := s.tokens
	if t[i].quote != nil || strings.ContainsAny(t[i].gap, ".;:") || in("be", t[i].low) || in("predicate", t[i].low) || t[i].low == "who" {
		return false
	}
	this := slices.Contains([]string{"this", "these", "those"}, t[i].low)
	for k := i + 1; k+1 < len(t) && k < i+longSubject && t[k].quote == nil && t[k].gap == "" && !in("clause", t[k].low); k++ {
		switch low := t[k].low; {
		case in("be", low) && low != "be" && low != "being", in("predicate", low) && !slices.Contains([]string{"always", "never", "just", "really", "still"}, low), k == i+1 && this && strings.HasSuffix(low, "ed"):
			return !in("prepositions", t[i].low) && !in("clause", t[i].low) && t[k-1].low != "to"
		case in("prepositions", low) && low != "of":
			return false
		}
	}
	return false
}

// nameActs reports whether a name at tokens[i] has a verb after it: "stated Brown
// left".
func (s *sentence) nameActs(i int) bool {
	n, ok := nameAt(s.tokens, i)
	if !ok || n.to+1 >= len(s.tokens) || s.tokens[n.to-1].possessive {
		return false
	}
	next := s.tokens[n.to]
	return next.quote == nil && next.gap == "" && !next.capital && !in("prepositions", next.low) && !in("clause", next.low) && !isRole(next.low)
}

// longObject bounds the words for who was told.
const longObject = 8

// afterObject returns the index after who was told: "told the council that", "asked the
// governments of the region not to".
func (s *sentence) afterObject(i int, v verb) int {
	t := s.tokens
	for k := i; k < len(t) && k < i+longObject && t[k].quote == nil && t[k].gap == "" && t[k].low != "that"; k++ {
		if slices.Contains(v.after, t[k].low) {
			return k
		}
	}
	switch {
	case i < len(t) && in("clause", t[i].low):
		return i // "asked whether"
	case i < len(t) && slices.Contains([]string{"him", "her", "them", "us", "me", "you"}, t[i].low):
		return i + 1
	}
	if who, ok := s.phrase(i); ok {
		return who.to
	}
	return i
}

// clauseFollows reports whether tokens[i] begins what was said, with or without
// "that".
func (s *sentence) clauseFollows(i int) bool {
	t := s.tokens
	if strings.ContainsAny(t[i].gap, ".;") {
		return false
	}
	low := t[i].low
	if in("objects", low) && !s.isWord(i+1, "of") && !(s.goesOn(i+1) && i+2 < len(t)) {
		return false
	}
	if in("clause", low) && !slices.Contains([]string{"that", "how", "whether", "if", "why", "what", "when"}, low) || low == "where" {
		return false
	}
	if in("prepositions", low) || weekday(low) {
		return s.thatWithin(i, 7)
	}
	return i+1 < len(t)
}

// goesOn reports whether tokens[i] can stand in a clause behind the word that begins it:
// "more rain was coming", and not "more than that".
func (s *sentence) goesOn(i int) bool {
	return i < len(s.tokens) && s.tokens[i].gap == "" && s.tokens[i].quote == nil && !in("prepositions", s.tokens[i].low) && !in("clause", s.tokens[i].low)
}

// thatFollows reports whether "that", "how" or a pronoun that begins a clause stands
// at tokens[i], or "that" after whom it was said to.
func (s *sentence) thatFollows(i int) bool {
	switch low := s.tokens[i].low; {
	case slices.Contains([]string{"how", "whether", "if", "why", "what"}, low):
		return i+1 < len(s.tokens)
	case slices.Contains([]string{"he", "she", "they", "there", "it"}, low):
		return s.goesOn(i + 1)
	case slices.Contains([]string{"this", "these", "those"}, low) && s.sentenceFollows(i):
		return true
	case in("objects", low):
		return false
	}
	return s.thatWithin(i, 5)
}

// thatWithin reports whether "that", or a pronoun that begins a clause by itself, stands among
// the n tokens from i on: "said in a letter it was sorry".
func (s *sentence) thatWithin(i, n int) bool {
	comma := false
	for k := i; k < len(s.tokens) && k < i+n; k++ {
		if s.tokens[k].quote != nil || k > i && strings.ContainsAny(s.tokens[k].gap, ";:") {
			return false
		}
		comma = comma || k > i && strings.Contains(s.tokens[k-1].gap, ",") || s.tokens[k].low != "that" && in("clause", s.tokens[k].low)
		switch s.tokens[k].low {
		case "that":
			if k > i && (in("prepositions", s.tokens[k-1].low) || strings.HasSuffix(s.tokens[k-1].low, "ing")) {
				continue // "such as that", "posted a paper proving that"
			}
			return k+1 < len(s.tokens)
		case "he", "she", "it", "they", "there":
			if k > i+1 && !comma && s.goesOn(k+1) && !in("prepositions", s.tokens[k-1].low) {
				return true
			}
		}
	}
	return false
}
