package corpus

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"verbatim/corpus/words"
)

// A speech is a run of a paragraph that a text credits to somebody: words in
// quotation marks (marks included), or a sentence that reports.
type speech struct {
	words.Span
	attribution Attribution
	speaker     string
	wrote       bool
}

// A reading holds what the whole text tells about who is who.
type reading struct {
	text       string
	paragraphs []words.Span
	full       map[string]string // a name in small letters, or its last word, to the longest form seen
	shared     map[string]bool   // last words of several names: "the First Doctor", "the Tenth Doctor"
	people     map[string]bool   // last words of names that are people's

	// carried from one paragraph to the next
	goesOn   speaker // an unclosed quote's, or one announced with a colon
	lastName string  // the person named last, as the text last wrote it
}

type speaker struct {
	name    string
	unnamed bool // "some executives"
	wrote   bool
}

func set(list string) map[string]bool {
	m := map[string]bool{}
	for w := range strings.FieldsSeq(list) {
		m[w] = true
	}
	return m
}

var (
	// saying verbs credit words in quotation marks, and reported speech even
	// without "that".
	saying = set(`said says say told tells argued argues claimed claims insisted insists admitted admits warned warns joked jokes replied replies
		asked asks recalled recalls remarked remarks quipped complained boasted vowed conceded concedes quoted testified tweeted
		retorted retorts enquired enquires inquired inquires countered counters exclaimed exclaims alleged alleges opined opines lamented laments`)
	// stating verbs credit words in quotation marks, and reported speech where
	// "that" follows.
	stating = set(`wrote writes stated states added adds explained explains noted notes announced announces declared declares suggested suggests
		acknowledged acknowledges predicted predicts maintained maintains asserted asserts contended contends observed observes commented comments
		described describes called calls concluded concludes continued continues responded responds answered shouted whispered cried posted
		believed believes thought thinks hoped hopes emphasised emphasized stressed stresses reported reports revealed reveals confirmed confirms denied
		denies promised pointed proposed urged prayed preached sang spoke speaking mused reflected put`)
	writing = set("wrote writes posted tweeted")

	between = set("has had have also later then once would will did first again often always repeatedly recently previously famously simply only himself herself never")

	// particles stand inside surnames.
	particles  = set("van von der den de di da del della la le bin ibn al of")
	generation = set("jr sr ii iii iv")
	regnal     = map[string]bool{"I": true, "II": true, "III": true, "IV": true, "V": true, "VI": true, "VII": true, "VIII": true, "IX": true, "X": true, "XI": true, "XII": true, "XIII": true, "XIV": true, "XV": true, "XVI": true}

	prepositions = set("of in on at by for from with to into onto about over under after before during against and the")

	// roles stand before a name and are none of it.
	roles = set(`analyst author spokesman spokeswoman spokesperson professor historian critic founder co-founder cofounder director producer editor reporter host
		scientist engineer economist lawyer attorney investor entrepreneur actor actress singer coach writer biographer researcher president vice chancellor
		governor senator sen rep gov gen general colonel captain lieutenant major admiral sergeant secretary minister mayor chief executive officer ceo cto cfo coo
		chairman chairwoman head mr mrs ms dr prof judge justice congressman congresswoman prime deputy former meanwhile yesterday today later`)

	// lowWords begin sentences with a capital and are no names.
	lowWords = set(`the a an this that these those he she it they we you i his her its their our my your in on at by for from with as after before during since when while
		where if although though because but and or so yet however there then thus therefore also according one some many most several each what who how why
		which not no both two three another other under over between among despite within until once here now even still just instead like unlike to of is are
		was were be been has had have do does did will would can could should may might must into about against through all any every such more less finally recently currently earlier moreover furthermore nevertheless meanwhile later today yesterday again only perhaps indeed yes though without whether mr mrs ms
		critics experts people officials others speaking asked monday tuesday wednesday thursday friday saturday sunday january february march april june july
		august september october november december`)
)

// word is a word of a paragraph: what a reading of names needs, without stems.
type word struct {
	start, end int
	lower      string
	capital    bool
}

// scan cuts text into words: runs of letters and digits with apostrophes,
// hyphens and, inside, full stops ("U.S").
func scan(text string) []word {
	out := make([]word, 0, len(text)/6+1)
	start := -1
	flush := func(end int) {
		if start < 0 {
			return
		}
		w := text[start:end]
		trimmed := strings.TrimRight(w, "'’.-")
		end = start + len(trimmed)
		r, _ := utf8.DecodeRuneInString(w)
		low := strings.ToLower(trimmed)
		low = strings.TrimSuffix(strings.TrimSuffix(low, "'s"), "’s")
		out = append(out, word{start, end, low, unicode.IsUpper(r)})
		start = -1
	}
	for i, r := range text {
		inside := r < utf8.RuneSelf && (r|0x20 >= 'a' && r|0x20 <= 'z' || '0' <= r && r <= '9') || r >= utf8.RuneSelf && (unicode.IsLetter(r) || unicode.IsNumber(r) || unicode.IsMark(r))
		if !inside && start >= 0 && (r == '\'' || r == '’' || r == '-' || r == '–' || r == '.') {
			next, _ := utf8.DecodeRuneInString(text[i+utf8.RuneLen(r):])
			inside = unicode.IsLetter(next) || r == '-' && unicode.IsNumber(next)
		}
		switch {
		case inside && start < 0:
			start = i
		case !inside:
			flush(i)
		}
	}
	flush(len(text))
	return out
}

// nameAt returns the index after the name that begins at w[i], or i. Roles and
// titles before the name are skipped by the caller.
func nameAt(text string, w []word, i int) int {
	if !w[i].capital || lowWords[w[i].lower] || w[i].lower == "i" || strings.HasSuffix(w[i].lower, "ly") && i == 0 {
		return i
	}
	end := i + 1
	for end < len(w) {
		gap := text[w[end-1].end:w[end].start]
		initial := w[end-1].end-w[end-1].start <= 2 && gap == ". "
		if strings.HasSuffix(text[w[end-1].start:w[end-1].end], "s") && w[end-1].end-w[end-1].start > len(w[end-1].lower) {
			break // a possessive ends the name
		}
		if gap != " " && !initial && !(gap == ". " && roles[w[end-1].lower]) {
			break
		}
		if w[end].capital && w[end].lower != "i" {
			end++
			continue
		}
		if number := text[w[end].start]; (particles[w[end].lower] || '0' <= number && number <= '9') && end+1 < len(w) && w[end+1].capital && text[w[end].end:w[end+1].start] == " " {
			end += 2
			continue
		}
		break
	}
	return end
}

// nameText returns a name without the roles before it and a possessive after it.
func nameText(text string, w []word, i, end int) (string, int) {
	for k := i; k < end-1; k++ {
		if words.Organisation(w[k+1].lower) {
			break
		}
		if roles[w[k].lower] {
			i = k + 1
		}
	}
	if particles[w[i].lower] {
		return "", i // "Professor of Modern History"
	}
	last := text[w[end-1].start:w[end-1].end]
	last = strings.TrimSuffix(strings.TrimSuffix(last, "'s"), "’s")
	return text[w[i].start:w[end-1].start] + last, i
}

// newReading collects the names of a text and finds out which are people's.
func newReading(text string, paragraphs []words.Span) *reading {
	r := &reading{text: text, paragraphs: paragraphs, full: map[string]string{}, shared: map[string]bool{}, people: map[string]bool{}}
	forms := map[string][]string{} // by last word, as often as they occur
	for _, p := range paragraphs {
		t := text[p.Start:p.End]
		w := scan(t)
		for i := 0; i < len(w); i++ {
			end := nameAt(t, w, i)
			if end == i {
				continue
			}
			name, from := nameText(t, w, i, end)
			last := w[end-1].lower
			if generation[last] && end-2 > from {
				last = w[end-2].lower
			}
			long := end-from > 1
			titled := from > i || words.Title(w[i].lower)
			if long && personLike(strings.Fields(name)) {
				forms[last] = append(forms[last], name)
				given := words.GivenName(w[from].lower)
				before := ""
				if i > 0 && w[i-1].end < w[i].start && strings.TrimSpace(t[w[i-1].end:w[i].start]) == "" {
					before = w[i-1].lower
				}
				if given || titled || roles[before] {
					r.people[last] = true
				}
			}
			next := end
			for next < len(w) && between[w[next].lower] {
				next++
			}
			if next < len(w) && (saying[w[next].lower] || stating[w[next].lower]) && t[w[end-1].end:w[end].start] == " " && personLike(strings.Fields(name)) ||
				titled && personLike(strings.Fields(name)) {
				r.people[last] = true
			}
			i = end - 1
		}
	}
	for last, names := range forms {
		r.full[last], r.shared[last] = fullest(names)
	}
	return r
}

// fullest returns the longest form of the name that most of names are, and
// whether too many are somebody else's ("the First Doctor", "the Tenth Doctor").
func fullest(names []string) (full string, shared bool) {
	most, second := 0, 0
	for i, name := range names {
		n, longest := 0, name
		for k, other := range names {
			if sameGiven(name, other) {
				if k < i {
					n = 0
					break // counted already
				}
				n++
				if len(other) > len(longest) {
					longest = other
				}
			}
		}
		if n > most {
			most, second, full = n, most, longest
		} else {
			second = max(second, n)
		}
	}
	return full, 2*second >= most
}

// sameGiven reports whether two names begin with the same word: "Ada Brown",
// "Ada M. Brown".
func sameGiven(a, b string) bool {
	first, _, _ := strings.Cut(a, " ")
	second, _, _ := strings.Cut(b, " ")
	return first == second
}

// resolve returns the longest form of a name that the text uses.
func (r *reading) resolve(name string) string {
	fields := strings.Fields(name)
	if len(fields) != 1 || !personLike(fields) {
		return name
	}
	low := strings.ToLower(name)
	if r.shared[low] {
		return name
	}
	if full := r.full[low]; full != "" {
		return full
	}
	// "Zuck" for Zuckerberg: the beginning of one name only.
	if len(low) >= 4 {
		found := ""
		for last, full := range r.full {
			if strings.HasPrefix(last, low) && r.people[last] && !r.shared[last] {
				if found != "" {
					return name
				}
				found = full
			}
		}
		if found != "" {
			return found
		}
	}
	return name
}

// mention notes who is named in a run of the article's own words. In a
// sentence with several people it is the first who is not the object of a
// preposition: what "he" stands for in the next.
func (r *reading) mention(text string) {
	for _, s := range words.Sentences(text) {
		clause := text[s.Start:s.End]
		w := scan(clause)
		best, subject := "", false
		for i := 0; i < len(w); i++ {
			end := nameAt(clause, w, i)
			if end == i {
				continue
			}
			name, _ := nameText(clause, w, i, end)
			if name != "" && personLike(strings.Fields(name)) && r.people[w[end-1].lower] && !manyOrGod(name, w[end-1].lower) {
				// A subject: no preposition before it, a verb right after it.
				follows := end < len(w) && clause[w[end-1].end:w[end].start] == " " && !prepositions[w[end].lower]
				if free := follows && (i == 0 || !prepositions[w[i-1].lower] || w[i-1].lower == "and"); !subject {
					best, subject = name, free
				}
			}
			i = end - 1
		}
		if best != "" {
			r.lastName = best
		}
	}
}

// manyOrGod reports whether a name is that of a people, God's or an acronym, for
// which "he" hardly ever stands in reports of speech.
func manyOrGod(name, last string) bool {
	return strings.ToUpper(name) == name || last == "god" || strings.HasSuffix(last, "ians") || strings.HasSuffix(last, "ans") && len(last) > 5
}

// speeches returns the speeches of a paragraph, in order. Paragraphs must be
// read in order.
func (r *reading) speeches(paragraph int) []speech {
	p := r.paragraphs[paragraph]
	text := r.text[p.Start:p.End]
	marks := quoted(text)
	var out []speech
	announced := r.goesOn
	r.goesOn = speaker{}
	var current speaker // who spoke last in this paragraph
	at := 0
	for i, m := range marks {
		before, after := text[at:m.Start], ""
		end := len(text)
		if i+1 < len(marks) {
			end = marks[i+1].Start
		}
		after = text[m.End:end]
		r.mention(before)
		at = m.End
		if !sentenceLike(text, m) && !fragment(text, m) {
			continue
		}
		who, ok := r.after(text, m, after)
		if !ok {
			who, ok = r.before(before, text[m.inner.Start:m.inner.End])
		}
		if !ok && strings.TrimSpace(before) == "" && i == 0 && announced.name != "" && begins(text, m) {
			who, ok = announced, true
		}
		if !ok && i > 0 && current.name != "" && begins(text, m) && ends(text, m) && follows(text, marks[i-1], m) {
			who, ok = current, true
		}
		if !ok {
			continue
		}
		current = who
		if !m.closed {
			r.goesOn = who
		}
		unfinished := i+1 < len(marks) && small(text, marks[i+1]) && strings.HasSuffix(strings.TrimSpace(after), ",") && !ends(text, m)
		if small(text, m) || unfinished {
			// The middle of a sentence: by itself it may say something else.
			out = append(out, speech{m.Span, Reported, who.name, false})
			if who.unnamed {
				out = out[:len(out)-1]
			}
			continue
		}
		attribution := Direct
		if who.unnamed {
			attribution = Others
		}
		out = append(out, speech{m.Span, attribution, who.name, who.wrote})
	}
	rest := text[at:]
	if len(marks) == 0 || at == 0 {
		rest = text
	}
	if who, ok := r.before(rest, ""); ok && strings.HasSuffix(strings.TrimSpace(rest), ":") {
		r.goesOn = who // "Zuckerberg said:" and the quote on the next line
	}
	out = append(out, r.reported(text, marks)...)
	slices.SortStableFunc(out, func(a, b speech) int { return a.Start - b.Start })
	if len(marks) > 0 {
		r.mention(rest)
	}
	return out
}

// mark is a run in quotation marks, the marks included.
type mark struct {
	words.Span
	inner  words.Span
	closed bool
}

// quoted finds the outermost quotation marks of a paragraph, straight and
// curly, double and single. One that is not closed reaches to the end if it
// begins the paragraph, and is a slip otherwise.
func quoted(text string) []mark {
	var out []mark
	for i := 0; i < len(text); {
		open, n := utf8.DecodeRuneInString(text[i:])
		closing := closes(text, i, open)
		if closing == 0 {
			i += n
			continue
		}
		end, width := closed(text, i+n, open, closing)
		if end < 0 {
			if before := strings.TrimRight(text[:i], " \t\u00a0"); (before == "" || strings.HasSuffix(before, ":") || strings.HasSuffix(before, ",")) && open != '\'' && open != '‘' && strings.IndexFunc(text[i+n:], unicode.IsLetter) >= 0 {
				out = append(out, mark{words.Span{Start: i, End: len(text)}, words.Span{Start: i + n, End: len(text)}, false})
				break
			}
			i += n
			continue
		}
		out = append(out, mark{words.Span{Start: i, End: end + width}, words.Span{Start: i + n, End: end}, true})
		i = end + width
	}
	return out
}

// closes returns the mark that would close one opened at i, or 0.
func closes(text string, i int, open rune) rune {
	previous, _ := utf8.DecodeLastRuneInString(text[:i])
	free := i == 0 || unicode.IsSpace(previous) || strings.ContainsRune("([{—–-:/\u00a0", previous)
	next, _ := utf8.DecodeRuneInString(text[i+utf8.RuneLen(max(open, 0)):])
	solid := next != utf8.RuneError && !unicode.IsSpace(next)
	switch open {
	case '“', '„':
		return '”'
	case '«':
		return '»'
	case '"':
		// Also right after a full stop that lacks its space.
		if solid && (free || strings.ContainsRune(".,", previous)) {
			return '"'
		}
	case '‘':
		return '’'
	case '\'':
		if free && solid {
			return '\''
		}
	}
	return 0
}

// maxQuotation bounds the search for a closing mark, in bytes: a quotation that
// is longer is read as unclosed. Chosen above the longest paragraph of 13
// encyclopedia articles, 2,172 bytes.
const maxQuotation = 10_000

// closed returns where the closing mark stands and its width, or -1.
func closed(text string, from int, open, closing rune) (int, int) {
	depth := 0
	for i, r := range text[from:] {
		if i > maxQuotation {
			break
		}
		i += from
		switch {
		case r == open && open != closing:
			depth++
		case open == '„' && r == '“':
			return i, len("“")
		case r == closing:
			if closing == '"' {
				// A straight mark after white space opens another quote.
				previous, _ := utf8.DecodeLastRuneInString(text[:i])
				if unicode.IsSpace(previous) && i+1 < len(text) && !unicode.IsSpace(rune(text[i+1])) {
					return -1, 0
				}
			}
			if closing == '\'' || closing == '’' {
				// It may be an apostrophe: the end of a speech has its own mark.
				previous, _ := utf8.DecodeLastRuneInString(text[:i])
				next, _ := utf8.DecodeRuneInString(text[i+utf8.RuneLen(r):])
				if unicode.IsLetter(next) || unicode.IsDigit(next) || !strings.ContainsRune(",.?!…", previous) {
					continue
				}
			}
			if depth == 0 {
				return i, utf8.RuneLen(r)
			}
			depth--
		}
	}
	return -1, 0
}

// leastQuoted is how many words in quotation marks may be speech; fewer are
// names, titles and scare quotes. Found by reading the longer quotations of
// 13 encyclopedia articles.
const leastQuoted = 4

func wordCount(s string) int { return len(strings.Fields(s)) }

// sentenceLike reports whether a quotation reads as one or more sentences.
func sentenceLike(text string, m mark) bool {
	inner := strings.TrimSpace(text[m.inner.Start:m.inner.End])
	r, _ := utf8.DecodeRuneInString(strings.TrimLeft(inner, "[(“‘'\"…. "))
	last, _ := utf8.DecodeLastRuneInString(inner)
	ends := strings.ContainsRune(".,!?…—–", last) || !m.closed
	return inner != "" && !unicode.IsLower(r) && (ends && wordCount(inner) >= 1 || wordCount(inner) >= leastQuoted)
}

// fragment reports whether a quotation is long enough to be part of a speech.
func fragment(text string, m mark) bool {
	return wordCount(text[m.inner.Start:m.inner.End]) >= leastQuoted
}

// small reports whether a quotation is the middle of a sentence: it begins with
// a small letter, or is too short to say anything.
func small(text string, m mark) bool {
	inner := strings.TrimLeft(text[m.inner.Start:m.inner.End], "[(“‘'\"…. ")
	r, _ := utf8.DecodeRuneInString(inner)
	return unicode.IsLower(r) || wordCount(inner) < 3 && !strings.ContainsAny(inner, ",.!?")
}

// begins reports whether a quotation begins a sentence.
func begins(text string, m mark) bool {
	before := strings.TrimRight(text[:m.Start], " \t\u00a0")
	return !small(text, m) && (before == "" || strings.ContainsRune(".!?”\"’", lastRune(before)))
}

// ends reports whether a quotation ends a sentence.
func ends(text string, m mark) bool {
	return !m.closed || strings.ContainsRune(".!?…", lastRune(strings.TrimSpace(text[m.inner.Start:m.inner.End]))) ||
		strings.HasPrefix(text[m.End:], ".")
}

func lastRune(s string) rune {
	r, _ := utf8.DecodeLastRuneInString(s)
	return r
}

// follows reports whether at most the words that credit the earlier quotation
// lie between two.
func follows(text string, earlier, later mark) bool {
	between := strings.TrimSpace(text[earlier.End:later.Start])
	if strings.ContainsAny(strings.TrimRight(between, "."), "?!") {
		return false
	}
	return len(words.Sentences(between)) <= 1
}

// after finds who is credited right after a quotation: “…,” Brown said.
func (r *reading) after(text string, m mark, after string) (speaker, bool) {
	inner := strings.TrimSpace(text[m.inner.Start:m.inner.End])
	if strings.HasSuffix(inner, ".") && !strings.HasSuffix(inner, "...") || !m.closed {
		return speaker{}, false // the sentence has ended
	}
	trimmed := strings.TrimLeft(after, " \t\u00a0,—–")
	if trimmed == "" || strings.ContainsRune(".;:?!)", rune(trimmed[0])) {
		return speaker{}, false
	}
	// The quotation must begin its clause, unless it is the middle of a sentence:
	// in “His sermon “On Money,” Brown said” it is a title.
	before := strings.TrimRight(text[:m.Start], " \t\u00a0")
	if before != "" && !small(text, m) && !strings.ContainsRune(".!?”\"’,:—–-)", lastRune(before)) {
		return speaker{}, false
	}
	clause := firstClause(trimmed)
	w := scan(clause)
	if len(w) == 0 {
		return speaker{}, false
	}
	if said(w[0].lower) && len(w) > 1 { // said Brown
		if end := nameAt(clause, w, 1); end > 1 {
			return r.named(clause, w, 1, end, writing[w[0].lower])
		}
		if w[1].lower == "he" || w[1].lower == "she" {
			return r.pronoun(writing[w[0].lower])
		}
		return unnamed(clause, w, 1, min(len(w), 6), writing[w[0].lower])
	}
	return r.subject(clause, w, 0)
}

// firstClause cuts text at the end of its first sentence.
func firstClause(text string) string {
	if s := words.Sentences(text); len(s) > 0 {
		return text[:s[0].End]
	}
	return text
}

func said(w string) bool { return saying[w] || stating[w] }

// subject reads "Brown said", "he added", "the baker told us" at w[i].
func (r *reading) subject(clause string, w []word, i int) (speaker, bool) {
	verb := func(from int) (int, bool) {
		for from < len(w) && (between[w[from].lower] || strings.HasSuffix(w[from].lower, "ly")) {
			from++
		}
		return from, from < len(w) && said(w[from].lower)
	}
	switch w[i].lower {
	case "he", "she":
		if v, ok := verb(i + 1); ok {
			return r.pronoun(writing[w[v].lower])
		}
		return speaker{}, false
	case "i", "we", "you", "they", "it", "who", "which", "that":
		return speaker{}, false
	}
	if end := nameAt(clause, w, i); end > i {
		if v, ok := verb(end); ok && strings.TrimSpace(clause[w[end-1].end:w[end].start]) == "" {
			return r.named(clause, w, i, end, writing[w[v].lower])
		}
		// "Brown, a baker, said": an aside between commas.
		if end < len(w) && strings.HasPrefix(clause[w[end-1].end:], ",") {
			for v := end; v < len(w) && v < end+12; v++ {
				if said(w[v].lower) && v > end && strings.Contains(clause[w[v-1].end:w[v].start], ",") {
					return r.named(clause, w, i, end, writing[w[v].lower])
				}
			}
		}
		return speaker{}, false
	}
	// "some executives said", "one official told us"
	for v := i + 1; v < len(w) && v < i+6; v++ {
		if said(w[v].lower) {
			for k := i; k < v; k++ {
				if end := nameAt(clause, w, k); end > k && k > i { // "the biographer Ada Brown wrote"
					if at, ok := verb(end); ok {
						return r.named(clause, w, k, end, writing[w[at].lower])
					}
				}
			}
			return unnamed(clause, w, i, v, writing[w[v].lower])
		}
		if w[v].lower == "that" || w[v].lower == "which" || strings.ContainsAny(clause[w[v-1].end:w[v].start], ",;") {
			break
		}
	}
	return speaker{}, false
}

// people without a name who are credited with words.
var folk = set(`critics critic experts expert officials official executives execs exec executive analysts analyst people person users user fans fan residents resident
	employees employee workers worker scientists scientist researchers researcher researchers witnesses witness reporters reporter reviewers reviewer
	spokesman spokeswoman spokesperson insiders insider investors investor engineers engineer lawmakers lawmaker historians historian observers observer
	neighbours neighbors man woman boy girl teacher teachers student students official source sources author authors developers developer others
	supporters opponents members leaders scholars some many one several`)

// unnamed credits w[from:to] if it says who without a name.
func unnamed(clause string, w []word, from, to int, wrote bool) (speaker, bool) {
	for k := from; k < to; k++ {
		if k > from && strings.ContainsAny(clause[w[k-1].end:w[k].start], ",;.") {
			to = k
			break
		}
	}
	last := to - 1
	for last >= from && !folk[w[last].lower] {
		last--
	}
	if last < from || w[last].lower == "one" || w[last].lower == "some" && to-from > 1 {
		return speaker{}, false
	}
	name := clause[w[from].start:w[last].end]
	if w[from].capital {
		_, n := utf8.DecodeRuneInString(name)
		name = strings.ToLower(name[:n]) + name[n:]
	}
	return speaker{name: name, unnamed: true, wrote: wrote}, true
}

// before finds who is credited right before a quotation: Brown said: “…”
func (r *reading) before(before, inner string) (speaker, bool) {
	trimmed := strings.TrimRight(before, " \t\u00a0")
	sentences := words.Sentences(trimmed)
	if len(sentences) == 0 {
		return speaker{}, false
	}
	clause := trimmed[sentences[len(sentences)-1].Start:]
	last := lastRune(clause)
	if strings.ContainsRune(".!?;)", last) {
		return speaker{}, false // the sentence has ended
	}
	w := scan(clause)
	if len(w) == 0 {
		return speaker{}, false
	}
	if who, ok := r.according(clause, w); ok && strings.ContainsRune(",:", last) {
		// “According to Brown, “…”: unless somebody else speaks after it.
		for k := 3; k < len(w); k++ {
			if said(w[k].lower) {
				ok = false
			}
		}
		if ok {
			return who, true
		}
	}
	// “a remark by Brown:”
	if last == ':' {
		for k := 1; k < len(w); k++ {
			if end := nameAt(clause, w, k); end > k {
				if end == len(w) && (w[k-1].lower == "by" || w[k-1].lower == "from") {
					return r.named(clause, w, k, end, false)
				}
				k = end - 1
			}
		}
	}
	// A name and a colon, as in an interview.
	if end := nameAt(clause, w, 0); end == len(w) && last == ':' {
		return r.named(clause, w, 0, end, false)
	}
	// The last verb of saying, close to the quote unless a colon announces it.
	reach := 3
	if last == ':' || last == ',' {
		reach = 12
	}
	for v := len(w) - 1; v > 0 && v >= len(w)-1-reach; v-- {
		if !said(w[v].lower) {
			continue
		}
		if writing[w[v].lower] && last != ':' && !(last == ',' && v >= len(w)-4) && !(v+1 < len(w) && w[v+1].lower == "that") && !strings.ContainsAny(inner, ".!?") {
			return speaker{}, false // “Brown wrote “Title””
		}
		subject := v - 1
		for subject > 0 && (between[w[subject].lower] || strings.HasSuffix(w[subject].lower, "ly")) {
			subject--
		}
		switch w[subject].lower {
		case "he", "she":
			return r.pronoun(writing[w[v].lower])
		case "and": // "He rose and said": the subject stands further ahead
			for k := 0; k < subject; k++ {
				if w[k].lower == "he" || w[k].lower == "she" {
					return r.pronoun(writing[w[v].lower])
				}
				if end := nameAt(clause, w, k); end > k {
					return r.named(clause, w, k, end, writing[w[v].lower])
				}
			}
			return speaker{}, false
		}
		// A name that ends right before the verb.
		for k := 0; k <= subject; k++ {
			end := nameAt(clause, w, k)
			if end == k {
				continue
			}
			if end == subject+1 {
				if !heads(w, k) {
					return speaker{}, false
				}
				return r.named(clause, w, k, end, writing[w[v].lower])
			}
			if end <= subject && strings.HasPrefix(clause[w[end-1].end:], ",") && strings.Contains(clause[w[subject].end:w[v].start], ",") {
				return r.named(clause, w, k, end, writing[w[v].lower])
			}
			k = end - 1
		}
		from := max(0, subject-5)
		for k := subject; k > from; k-- {
			if strings.ContainsAny(clause[w[k-1].end:w[k].start], ",;:") {
				from = k
				break
			}
		}
		return unnamed(clause, w, from, subject+1, writing[w[v].lower])
	}
	return speaker{}, false
}

// heads reports whether a name at w[k] can be the subject: it is not the end of
// a longer phrase ("the History of the Mongols", "Jonas and Brown").
func heads(w []word, k int) bool {
	if k > 0 && w[k-1].lower == "the" {
		k--
		return k == 0 || !prepositions[w[k-1].lower] || w[k-1].lower == "and" || w[k-1].lower == "the"
	}
	return k == 0 || !prepositions[w[k-1].lower] || w[k-1].lower == "and" && k == 1
}

// according reads "According to Brown".
func (r *reading) according(clause string, w []word) (speaker, bool) {
	if len(w) > 2 && w[0].lower == "according" && w[1].lower == "to" {
		if end := nameAt(clause, w, 2); end > 2 {
			return r.named(clause, w, 2, end, false)
		}
	}
	return speaker{}, false
}

func (r *reading) named(clause string, w []word, i, end int, wrote bool) (speaker, bool) {
	name, _ := nameText(clause, w, i, end)
	if name == "" {
		return speaker{}, false
	}
	r.lastName = name
	return speaker{name: r.resolve(name), wrote: wrote}, true
}

func (r *reading) pronoun(wrote bool) (speaker, bool) {
	if r.lastName == "" {
		return speaker{}, false
	}
	return speaker{name: r.resolve(r.lastName), wrote: wrote}, true
}

// reported finds the sentences that tell in the article's words what somebody
// said, and notes who is named on the way.
func (r *reading) reported(text string, marks []mark) []speech {
	var out []speech
	for _, s := range words.Sentences(text) {
		crossing := slices.ContainsFunc(marks, func(m mark) bool {
			return m.Start < s.End && s.Start < m.End && (fragment(text, m) || sentenceLike(text, m))
		})
		if crossing {
			continue
		}
		clause := text[s.Start:s.End]
		w := scan(clause)
		if who, ok := r.reports(clause, w); ok && !who.unnamed {
			out = append(out, speech{s, Reported, who.name, false})
		}
		if len(marks) == 0 {
			r.mention(clause)
		}
	}
	return out
}

// reports finds who is credited with what a sentence without quotation marks tells.
func (r *reading) reports(clause string, w []word) (speaker, bool) {
	if who, ok := r.according(clause, w); ok {
		return who, true
	}
	for v := 1; v < len(w); v++ {
		if !said(w[v].lower) || v+2 >= len(w) || w[v].capital {
			continue
		}
		next := w[v+1].lower
		that := next == "that" || v+2 < len(w) && w[v+2].lower == "that" && !lowWords[next]
		clauseFollows := next == "the" || next == "he" || next == "she" || next == "it" || next == "they" || next == "there" || next == "his" || next == "her" || next == "its" ||
			w[v].lower != "told" && w[v].lower != "tells" && w[v+1].capital || !lowWords[next] && w[v].lower != "told" && w[v].lower != "asked" && w[v].lower != "quoted"
		if !that && !(saying[w[v].lower] && clauseFollows && w[v].lower != "recalled" && w[v].lower != "claimed" && w[v].lower != "asked") {
			continue
		}
		subject := v - 1
		for subject > 0 && (between[w[subject].lower] || strings.HasSuffix(w[subject].lower, "ly")) {
			subject--
		}
		if w[subject].lower == "he" || w[subject].lower == "she" {
			if subject > 0 {
				r.mention(clause[:w[subject].start])
			}
			return r.pronoun(false)
		}
		for k := 0; k <= subject; k++ {
			end := nameAt(clause, w, k)
			if end == subject+1 && clause[w[subject].end:w[v].start] != "" {
				if strings.ContainsAny(clause[w[subject].end:w[subject+1].start], ",;:.") || !heads(w, k) {
					return speaker{}, false
				}
				return r.named(clause, w, k, end, false)
			}
			if end > k {
				k = end - 1
			}
		}
		return speaker{}, false
	}
	return speaker{}, false
}
