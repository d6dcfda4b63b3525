package answers

import (
	"iter"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"verbatim/answers/question"
	"verbatim/answers/reader"
	"verbatim/corpus"
	"verbatim/corpus/attribution"
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
		if slices.Contains(persons, p.Speaker) || p.Speaker == "they" {
			return "The article credits “" + p.Speaker + "” and leaves open who that is:"
		}
		if first, _, _ := strings.Cut(p.Speaker, " "); slices.Contains([]string{"my", "our", "your"}, first) {
			return "The article credits “" + p.Speaker + "”:"
		}
		return "The article credits " + p.Speaker + ":"
	}
	return "These are the article’s own words, not a quote of anybody:"
}

// claimed is who some words are put in the mouth of.
type claimed int

const (
	nobody   claimed = iota // none is named, or the source itself
	somebody                // a pronoun or a role, which may be anybody
	another                 // somebody else than the one who is credited
	same                    // the one who is credited
)

// sayer is whom a question puts words in the mouth of, as a source knows them.
type sayer struct {
	// names are the words of a name, folded, with those that the source gives a role.
	names []string
	// described are the words that describe a sayer without a name ("her senior engineer").
	described []string
	// pronoun: "did he say …"; as is "he" or "she" then.
	pronoun bool
	as      string
	// mine: "my boss says …".
	mine bool
	// text: "Acme's report".
	text bool
}

// isNobody reports whether nobody but the source itself is named.
func (s sayer) isNobody() bool { return len(s.names)+len(s.described) == 0 && !s.pronoun }

// claimant compares whom words are put in the mouth of with the speaker of a passage.
func (e *Engine) claimant(who sayer, p corpus.Passage) claimed {
	s := p.Quote.Source()
	if full, ok := s.Who(strings.Join(who.names, " ")); ok {
		switch other, ok := s.Who(p.Speaker); {
		case ok && (joined(other) == joined(full) || e.isNameOf(joined(other), full)):
			return same
		case ok && len(who.names) > 1 && !p.Unsure && p.Attribution != corpus.Others: // John Burke is not Eileen Burke
			return another
		}
	}
	if n := e.likeness(who.names, p.Speaker); n > 0 {
		// "Sam Hart" is not Jo Hart where the source quotes both; "Hart" may be any Hart.
		if e.mostAlike(who.names, s) > n && n < len(strings.Fields(p.Speaker)) {
			return another
		}
		return same
	}
	known := func(n string) bool {
		return e.isSpeaker(n, s) || p.Speaker == attribution.TheAuthor && e.namesOf(s).words[n] && !inLead(n, s)
	}
	switch {
	case who.isNobody():
		return nobody
	case who.pronoun && !p.Unsure && attribution.Pronoun(p.Speaker) != "" && attribution.Pronoun(p.Speaker) != who.as:
		return another
	case e.isTitleOf(who.names, p):
		return somebody
	case len(who.names) == 0 && len(who.described) > 0 && !who.mine && !p.Unsure && allIn(who.described, plainWords(words.Tokens(p.Speaker))):
		return same // "the PM", and the turn is the Prime Minister's
	case len(who.names) == 0 && e.describesAnother(who, p):
		return another
	case len(who.names) > 0 && strings.HasPrefix(strings.ToLower(p.Speaker), "the ") && p.Speaker != attribution.TheAuthor && !isRoleOf(p.Speaker, who.names, s) && e.farFrom(who.names, p):
		return another // "the owner", and not who is named in another part
	case len(who.names) == 0, p.Unsure && p.Speaker != attribution.TheAuthor, isRoleOf(p.Speaker, who.names, s):
		return somebody
	case isUnnamedBody(p) && !isPerson(who.names, s):
		return somebody // "the company" may be any
	case strings.HasPrefix(strings.ToLower(p.Speaker), "the ") && p.Attribution == corpus.Direct && !slices.ContainsFunc(who.names, known):
		return somebody
	case givenOnly(who.names, p.Speaker) && !slices.ContainsFunc(who.names, known) && !e.namesOf(s).words[who.names[0]]:
		return somebody // "Ada", and the source has only "Brown"
	case (p.Unsure || p.Attribution == corpus.Others) && !slices.ContainsFunc(who.names, known):
		return somebody
	}
	return another
}

// farFrom reports whether a source has some of the names, and none in the paragraph of a passage or in the one before.
func (e *Engine) farFrom(names []string, p corpus.Passage) bool {
	return slices.ContainsFunc(names, func(n string) bool { return e.namesOf(p.Quote.Source()).words[n] }) && !near(names, p)
}

// near reports whether any of some names stands in the paragraph of a passage or in the one before.
func near(names []string, p corpus.Passage) bool {
	at := p.Quote.Paragraph()
	return slices.ContainsFunc(p.Quote.Source().Paragraphs()[max(0, at-2):at], func(q corpus.Quote) bool {
		return len(common(names, plainWords(words.Tokens(q.Text())))) > 0
	})
}

// allIn reports whether a list has all of some words.
func allIn(some, list []string) bool {
	return !slices.ContainsFunc(some, func(w string) bool { return !slices.Contains(list, w) })
}

// joined is a name in small letters without what parts its words: "Mc Guire" is McGuire.
func joined(name string) string {
	return strings.Join(strings.FieldsFunc(words.Fold(name), func(r rune) bool { return !unicode.IsLetter(r) }), "")
}

// isTitleOf reports whether a source has some words right before the speaker's name, as a
// title that is no common role: "the Statistician", and it has "Statistician Ada Brown".
func (e *Engine) isTitleOf(names []string, p corpus.Passage) bool {
	if len(names) == 0 || p.Speaker == "" {
		return false
	}
	title := names[len(names)-1]
	for sentence, tokens := range sentencesWith(title, p.Quote.Source()) {
		for i, t := range tokens[:len(tokens)-1] {
			if next := tokens[i+1]; t.Word == title && sentence[t.End:next.Start] == " " && capitalAt(sentence, next.Start) && e.isNameOf(next.Word, p.Speaker) {
				return true
			}
		}
	}
	return false
}

// isUnnamedBody reports whether a passage is credited to a body without its name: "the company".
func isUnnamedBody(p corpus.Passage) bool {
	role, ok := strings.CutPrefix(strings.ToLower(p.Speaker), "the ")
	return ok && p.Attribution == corpus.Others && attribution.IsBody(role)
}

// isPerson reports whether names are those of somebody in a source who has a given name.
func isPerson(names []string, s *corpus.Source) bool {
	full, ok := s.Who(strings.Join(names, " "))
	return ok && (words.GivenName(words.Fold(strings.Fields(full)[0])) || s.IsPerson(full))
}

// givenOnly reports whether somebody is named by a given name and a speaker by a last name.
func givenOnly(names []string, speaker string) bool {
	return len(names) == 1 && words.GivenName(names[0]) && len(strings.Fields(speaker)) == 1 && !words.GivenName(words.Fold(speaker))
}

// describesAnother reports whether a role is somebody else's than that of the one who is sure
// to be credited: another speaker's ("the mayor"), one in a text whose author speaks of
// "the mayor", or one that the source gives somebody else. "My boss" is nobody's in the source.
func (e *Engine) describesAnother(who sayer, p corpus.Passage) bool {
	if who.pronoun || p.Unsure && p.Speaker != attribution.TheAuthor || p.Speaker == "" {
		return false
	}
	s := p.Quote.Source()
	role := who.described[len(who.described)-1]
	has := func(speaker string) bool { return slices.Contains(plainWords(words.Tokens(speaker)), role) }
	if has(p.Speaker) {
		return false
	}
	if p.Speaker == s.Author() && strings.HasSuffix(role, "s") && attribution.IsBody(role) && speaksAlone(s) {
		return true // "the guards"
	}
	return who.mine || attribution.IsRole(role) && (e.isRoleOfOther(role, p) || slices.ContainsFunc(e.namesOf(s).speakers, has) || speaksOf(role, s) && (p.Speaker == s.Author() || !e.besides(role, p)))
}

// besides reports whether a source has a role in the paragraph of a passage, or anywhere in one sentence with the name of whom it
// credits with that: it may be theirs.
func (e *Engine) besides(role string, p corpus.Passage) bool {
	s := p.Quote.Source()
	for sentence, tokens := range sentencesWith(role, s) {
		if slices.ContainsFunc(tokens, func(t words.Token) bool { return capitalAt(sentence, t.Start) && e.isNameOf(t.Word, p.Speaker) }) {
			return true
		}
	}
	paragraph := s.Paragraphs()[max(0, p.Quote.Paragraph()-1)]
	return slices.Contains(plainWords(words.Tokens(paragraph.Text())), role)
}

// speaksAlone reports whether a source says "I" more often than "we".
func speaksAlone(s *corpus.Source) bool {
	n := 0
	for _, t := range words.Tokens(s.Text()) {
		switch t.Word {
		case "i", "my", "me":
			n++
		case "we", "our", "us":
			n--
		}
	}
	return n > 0
}

// speaksOf reports whether a source speaks of "the mayor".
func speaksOf(role string, s *corpus.Source) bool {
	for _, tokens := range sentencesWith(role, s) {
		for i, t := range tokens[1:] {
			if t.Word == role && tokens[i].Word == "the" {
				return true
			}
		}
	}
	return false
}

// isRoleOfOther reports whether a source names somebody with a role ("Mayor Ada Brown", "Brown,
// the mayor"), and never the one whom it credits with a passage, who may be meant in a sentence
// that has both.
func (e *Engine) isRoleOfOther(role string, p corpus.Passage) bool {
	s := p.Quote.Source()
	known := e.namesOf(s).words
	found := false
	for sentence, tokens := range sentencesWith(role, s) {
		theirs := func(t words.Token) bool { return capitalAt(sentence, t.Start) && e.isNameOf(t.Word, p.Speaker) }
		others := func(t words.Token) bool { return known[t.Word] && !theirs(t) }
		if givesRole(sentence, tokens, role, theirs) || slices.ContainsFunc(tokens, theirs) && !givesRole(sentence, tokens, role, others) {
			return false
		}
		found = found || givesRole(sentence, tokens, role, others)
	}
	return found
}

// isRoleOf reports whether a source credits a role ("the mayor") that it gives elsewhere to one
// of some names.
func isRoleOf(speaker string, names []string, s *corpus.Source) bool {
	described := plainWords(words.Tokens(speaker))
	if len(described) < 2 || described[0] != "the" || !attribution.IsRole(described[len(described)-1]) {
		return false
	}
	role := described[len(described)-1]
	for sentence, tokens := range sentencesWith(role, s) {
		if givesRole(sentence, tokens, role, func(t words.Token) bool { return slices.Contains(names, t.Word) }) {
			return true
		}
	}
	return false
}

// sentencesWith yields the sentences of a source that have a word.
func sentencesWith(word string, s *corpus.Source) iter.Seq2[string, []words.Token] {
	return func(yield func(string, []words.Token) bool) {
		for _, paragraph := range s.Paragraphs() {
			text := paragraph.Text()
			for _, at := range words.Sentences(text) {
				tokens := words.Tokens(text[at.Start:at.End])
				if slices.ContainsFunc(tokens, func(t words.Token) bool { return t.Word == word }) && !yield(text[at.Start:at.End], tokens) {
					return
				}
			}
		}
	}
}

// givesRole reports whether a sentence gives a role to one of those who are meant: "Mayor Ada
// Brown", "Brown, the mayor".
func givesRole(sentence string, tokens []words.Token, role string, meant func(words.Token) bool) bool {
	isName := func(t words.Token) bool { return capitalAt(sentence, t.Start) && meant(t) }
	for i, t := range tokens {
		if t.Word != role || i > 0 && question.In("notrole", tokens[i-1].Word) {
			continue // a vice president is no president
		}
		for k := i + 1; k < min(i+3, len(tokens)) && capitalAt(sentence, tokens[k].Start) && !strings.Contains(sentence[t.End:max(t.End, tokens[k].Start)], ","); k++ {
			if isName(tokens[k]) {
				return true
			}
		}
		from := max(0, i-besideRole)
		comma := tokens[from].Start + strings.LastIndexByte(sentence[tokens[from].Start:t.Start], ',')
		if slices.ContainsFunc(tokens[from:i], func(t words.Token) bool { return t.Start < comma && isName(t) }) {
			return true
		}
	}
	return false
}

// spelledOut returns the words in a source that a short form of a role stands for, "prime minister"
// for "pm" and "secretary general" for "secgen"; none where there are none.
func spelledOut(role string, s *corpus.Source) []string {
	if len(role) < 2 {
		return nil
	}
	text := s.Text()
	tokens := words.Tokens(text)
	for i := range tokens {
		rest, n := role, 0
		for k := i; k < len(tokens) && rest != "" && capitalAt(text, tokens[k].Start); k++ {
			taken := beginning(tokens[k].Word, rest, len(role) > longInitials)
			if taken == 0 {
				break
			}
			rest, n = rest[taken:], n+1
		}
		if rest == "" && n > 1 && isRole(tokens[i+n-1]) {
			return plainWords(tokens[i : i+n])
		}
	}
	return nil
}

// beginning returns how many bytes of a short form a word stands for: its initial, or of a longer
// form its first three letters at least.
func beginning(word, short string, syllables bool) int {
	n := 0
	for n < min(len(word), len(short)) && word[n] == short[n] {
		n++
	}
	switch {
	case !syllables:
		return min(n, 1)
	case n < leastSyllable:
		return 0
	}
	return n
}

const (
	// longInitials is the most letters of a role's initials: "PM", and not "SecGen".
	longInitials = 4
	// leastSyllable is the least number of letters that stand for a word in a longer short form.
	leastSyllable = 3
)

// besideRole bounds the words between a name and the role that follows it.
const besideRole = 5

// sayerIn reads whom a question puts words in the mouth of.
func (e *Engine) sayerIn(q question.Question, s *corpus.Source) sayer {
	for _, typed := range q.Sayers {
		if who := e.sayerNamed(typed, strings.HasPrefix(q.Text, typed), s); !who.isNobody() {
			return who
		}
	}
	return sayer{names: e.speakersIn(q.Rest, s)}
}

// sayerNamed reads what may name a sayer; begins: with it the question begins, so that its capital
// tells nothing.
func (e *Engine) sayerNamed(typed string, begins bool, s *corpus.Source) sayer {
	tokens := words.Tokens(typed)
	if len(tokens) == 0 {
		return sayer{}
	}
	if len(tokens) == 1 && (question.In("pronoun", tokens[0].Word) || question.In("subject", tokens[0].Word)) {
		i := slices.Index(persons, tokens[0].Word)
		return sayer{pronoun: i >= 0, as: persons[max(0, i)%2]}
	}
	if !slices.ContainsFunc(tokens, func(t words.Token) bool { return !isArticle(t) && !question.In("text", t.Word) }) {
		return sayer{} // "the policy"
	}
	mine := slices.Contains([]string{"my", "our"}, tokens[0].Word)
	if full, ok := s.Who(typed); ok && !mine {
		return sayer{names: plainWords(words.Tokens(full))}
	}
	if i := slices.IndexFunc(tokens, func(t words.Token) bool { return question.In("preposition", t.Word) }); i > 0 {
		tokens = tokens[:i] // "the harbourmaster of Rome"
	}
	n := len(tokens)
	last := tokens[n-1].Word
	if full := spelledOut(last, s); len(full) > 0 { // "the PM"
		if name, ok := s.Who(strings.Join(full, " ")); ok && !mine {
			return sayer{names: plainWords(words.Tokens(name))}
		}
		return sayer{described: full, mine: mine}
	}
	itself := question.In("text", last) || question.In("part", last) || question.In("words", last)
	if itself {
		n-- // "Hart's post", "the report"
	}
	out := sayer{mine: mine, text: itself && !question.In("words", last)}
	// "the Acme boss" is no Acme, but "Hart the ranger" is Hart.
	named := n
	switch {
	case question.In("author", last):
		named = 0
	case n > 0 && isPlainRole(typed, tokens[n-1]):
		named = max(0, slices.IndexFunc(tokens, isArticle))
	}
	out.names, out.described = namesIn(typed, begins, tokens[:n], named, e.namesOf(s).words)
	nameless := itself || question.In("author", last) || !isArticle(tokens[0]) && !slices.ContainsFunc(tokens, isRole)
	if len(out.names) == 0 && nameless {
		return sayer{} // "check:", "the fact sheet", "the author"
	}
	return out
}

// opensName reports whether a word that a question begins with can be a name, alone or with others.
func opensName(word string, alone bool) bool {
	return words.GivenName(word) || alone && !attribution.IsRole(word)
}

// namesIn returns the words that may name a sayer, and all that describe one. Those from named
// on describe only; known are the names in the source. A word that is none of the common
// English ones is a name in small letters, too.
func namesIn(typed string, begins bool, tokens []words.Token, named int, known map[string]bool) (names, described []string) {
	for i, t := range tokens {
		if isArticle(t) || t.Word == "this" {
			continue
		}
		described = append(described, t.Word)
		if i >= named || isPlainRole(typed, t) || isRole(t) && i < len(tokens)-1 {
			continue
		}
		unheard := !isArticle(tokens[0]) && !capitalAt(typed, t.Start) && utf8.RuneCountInString(t.Word) > 3 && !reader.Default().HasWord(t.Word) && !reader.Default().HasWord(t.Stem) && !isPlain(t.Word)
		if known[t.Word] || unheard || capitalAt(typed, t.Start) && (!begins || i > 0 || opensName(t.Word, len(tokens) == 1)) {
			names = append(names, t.Word)
		}
	}
	return names, described
}

func isRole(t words.Token) bool { return attribution.IsRole(t.Word) }

// isPlainRole reports whether a word is a role and no name: "mayor" and "CEO" are, "Mayor" may
// be either.
func isPlainRole(typed string, t words.Token) bool {
	return isRole(t) && (!capitalAt(typed, t.Start) || inCapitals(typed[t.Start:t.End]))
}

func isArticle(t words.Token) bool { return question.In("article", t.Word) }

// inCapitals reports whether a word is written in capital letters, as "CEO" is.
func inCapitals(word string) bool { return len(word) > 1 && word == strings.ToUpper(word) }

// persons are the pronouns that stand for one person, a man and a woman in turn; "they" may be the source itself.
var persons = []string{"he", "she", "him", "her", "his", "hers"}

// speakersIn returns the words of a question, folded, that name somebody whom a source
// credits, and not what words are about.
func (e *Engine) speakersIn(text string, s *corpus.Source) []string {
	tokens := words.Tokens(text)
	var out []string
	for i, t := range tokens {
		if isPlain(t.Word) || !e.namesOf(s).words[t.Word] && !capitalAt(text, t.Start) || !e.isSpeaker(t.Word, s) || isTopic(tokens, t.Word) {
			continue
		}
		if owns := strings.HasSuffix(words.Fold(text[t.Start:t.End]), "'s"); owns && i+1 < len(tokens) && !question.In("words", tokens[i+1].Word) && !question.In("check", tokens[i+1].Word) {
			continue // "Ford's man"
		}
		out = append(out, t.Word)
	}
	return out
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
	word = withoutAccents(word)
	parts := strings.FieldsFunc(withoutAccents(words.Fold(speaker)), func(r rune) bool { return !unicode.IsLetter(r) && r != '\'' && r != '-' })
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
	if last := len(parts) - 1; last >= 0 && len(word) >= 4 && (strings.HasPrefix(parts[last], word) || isPetName(word, parts[last])) || utf8.RuneCountInString(initials) > 1 && initials == word {
		return true
	}
	return len(common(e.vocabulary.subjects(words.Tokens(word)), e.vocabulary.subjects(words.Tokens(speaker)))) > 0
}

// isPetName reports whether a word is what friends make of a name: "Kochie" for Koch.
func isPetName(word, name string) bool {
	rest, ok := strings.CutPrefix(word, name)
	return ok && len(name) > 2 && (rest == "ie" || rest == "y" || rest == "o" || rest == "sy")
}

// withoutAccents is a folded text without the marks that many leave out: "licen" for Ličen.
func withoutAccents(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.Is(unicode.Mn, r) {
			return -1
		}
		return r
	}, norm.NFD.String(undivided.Replace(s)))
}

// undivided are letters whose marks are part of them in Unicode.
var undivided = strings.NewReplacer("ı", "i", "ł", "l", "ø", "o", "đ", "d", "ß", "ss", "æ", "ae", "œ", "oe")

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
				w := strings.TrimSuffix(t.Word, "'s")
				switch {
				case !capitalAt(text, sentence.Start+t.Start):
					small[w] = true
				case i > 0 || words.GivenName(w):
					for part := range strings.SplitSeq(w, "-") { // "Rashid-al-Din"
						capital[part] = true
					}
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

// issues reports whether all of some names stand in what is known of where a source comes
// from, or in its title. What stands below "Mayor Ada Brown opens a bridge" is hers only where
// it, or the passage, is in the first person.
func (e *Engine) issues(who []string, p corpus.Passage) bool {
	s := p.Quote.Source()
	meta := s.Meta()
	about := meta.Author + " " + meta.Publisher + " " + s.Author()
	own := !isPerson(who, s) || s.Author() != "" || e.speaksItself(s) || inOwnPerson(p)
	if own {
		about += " " + s.Title()
	}
	for i, line := range s.Paragraphs() {
		if text := line.Text(); i == 0 && own && reader.IsHeading(text) || i < 4 && strings.HasPrefix(strings.ToLower(text), "by ") {
			about += " " + text
		}
	}
	known := plainWords(words.Tokens(about))
	return len(who) > 0 && allIn(who, known)
}

// isSignedBy reports whether a heading at the beginning of a source says that who has a role made it:
// "Order by the mayor".
func isSignedBy(described []string, s *corpus.Source) bool {
	if len(described) == 0 {
		return false
	}
	role := described[len(described)-1]
	return slices.ContainsFunc(s.Paragraphs()[:min(leadParagraphs, len(s.Paragraphs()))], func(p corpus.Quote) bool {
		list := plainWords(words.Tokens(p.Text()))
		by, of := slices.Index(list, "by"), slices.Index(list, role)
		return attribution.IsRole(role) && 0 < by && by < of && reader.IsHeading(p.Text()) && (question.In("text", list[by-1]) || question.In("issued", list[by-1]))
	})
}

// speaksFor reports whether a source that says "we" speaks for a body, in its handbook or its terms:
// whose name it has more often than any other, and where people work: "at Acme", "the Acme team".
func (e *Engine) speaksFor(names []string, s *corpus.Source) bool {
	if len(names) == 0 || isPerson(names, s) || !e.speaksItself(s) {
		return false
	}
	count, home := map[string]int{}, false
	text := s.Text()
	tokens := words.Tokens(text)
	for i := 1; i < len(tokens); i++ {
		before, t := tokens[i-1], tokens[i]
		if !capitalAt(text, t.Start) || isPlain(t.Word) {
			continue
		}
		if t.Start == before.End+1 { // and not at the beginning of a sentence
			count[t.Word]++
		}
		if slices.Contains(names, t.Word) {
			home = home || before.Word == "at" || i+1 < len(tokens) && question.In("staff", tokens[i+1].Word)
		}
	}
	n := count[names[0]]
	for name, often := range count {
		if often > n && !slices.Contains(names, name) {
			return false
		}
	}
	return home && n >= leastNamed
}

// leastNamed is how often a text at least names whom it speaks for. Not tuned.
const leastNamed = 4

// mayBeOurs reports whether the article's own words in the first person may be of whom is
// named and is credited with nothing else: of those who say "we", or of somebody of whom the
// source speaks at its beginning or not at all.
func (e *Engine) mayBeOurs(who sayer, p corpus.Passage) bool {
	s := p.Quote.Source()
	if who.mine || slices.ContainsFunc(slices.Concat(who.names, who.described), func(n string) bool { return e.isSpeaker(n, s) }) {
		return false
	}
	if len(who.described) > 0 && len(who.names) == 0 {
		return attribution.IsBody(who.described[len(who.described)-1]) && speaksInPlural(p)
	}
	if speaksInPlural(p) {
		return len(who.names) == 0 || !words.GivenName(who.names[0]) || slices.ContainsFunc(who.names, func(n string) bool { return inLead(n, s) })
	}
	later := len(who.names) > 0 && slices.ContainsFunc(s.Paragraphs()[min(leadParagraphs, len(s.Paragraphs())):], func(paragraph corpus.Quote) bool {
		return slices.Contains(plainWords(words.Tokens(paragraph.Text())), who.names[len(who.names)-1])
	})
	if who.text { // "the Acme statement" is none by Acme where the text comes to speak of Acme
		return !later || inLead(who.names[len(who.names)-1], s)
	}
	return inOwnPerson(p) && !later
}

// leadParagraphs is in how many paragraphs at its beginning, with the title, a text names
// whose it is.
const leadParagraphs = 3

// inLead reports whether a text has a word at its beginning or in its last paragraph, where it
// may name whose it is.
func inLead(word string, s *corpus.Source) bool {
	paragraphs := s.Paragraphs()
	lead := slices.Concat(paragraphs[:min(leadParagraphs, len(paragraphs))], paragraphs[max(0, len(paragraphs)-1):])
	return slices.ContainsFunc(lead, func(p corpus.Quote) bool {
		greets := strings.HasSuffix(p.Text(), ":") || strings.HasSuffix(p.Text(), ",") // whoever is greeted reads it
		return !greets && slices.Contains(plainWords(words.Tokens(p.Text())), word)
	})
}

// speaksInPlural reports whether a passage says "we" and not "I" outside quotation marks.
func speaksInPlural(p corpus.Passage) bool {
	_, around := question.Quoted(p.Quote.Text())
	own := plainWords(words.Tokens(around))
	return !slices.Contains(own, "i") && !slices.Contains(own, "my") && slices.ContainsFunc(words.Tokens(around), inFirstPerson)
}

// inOwnPerson reports whether a passage says "I" or "we" outside quotation marks.
func inOwnPerson(p corpus.Passage) bool {
	_, around := question.Quoted(p.Quote.Text())
	return slices.ContainsFunc(words.Tokens(around), inFirstPerson)
}

func inFirstPerson(t words.Token) bool {
	word, _, _ := strings.Cut(t.Word, "'") // "we've"
	return slices.Contains([]string{"i", "we", "my", "our", "us", "me"}, word)
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
			if inFirstPerson(t) {
				n++
			}
		}
	}
	return n >= 3 && 150*n > all
}
