package attribution

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"verbatim/corpus/words"
)

// label is a speaker's name at the beginning of a paragraph, as transcripts have
// it: "Ana Ruiz:", "**ANA RUIZ (mayor):**", "[00:12] Ana:", "Ana Ruiz —", "Ms. RUIZ."
type label struct {
	paragraph int
	name      string // as the text has it, without a title in brackets
	key       string // in small letters
	body      words.Span
	dash      bool
	stop      bool // it ends with a full stop, as those of parliaments do
	timed     bool
}

// turn is what one speaker says in a transcript, in one paragraph.
type turn struct {
	words.Span
	voice voice
}

const (
	// longLabel bounds the name in a label, in bytes: the longest of 21 transcripts, with a
	// title in brackets, has 51.
	longLabel = 72
	// longTitle bounds a label with what its speaker is: those of parliaments name offices.
	longTitle = 160
	// labelWords bounds the words of a name in a label.
	labelWords = 6
)

// transcript returns the turns of a text by paragraph, none where it is no
// transcript.
func (r *reader) transcript() map[int]turn {
	if turns := r.labelled(); turns != nil {
		return turns
	}
	return r.questions()
}

// labelled reads a transcript whose turns begin with their speaker's name.
func (r *reader) labelled() map[int]turn {
	labels := r.labels()
	if len(labels) < 2 {
		return nil
	}
	turns, at, voices := map[int]turn{}, map[int]label{}, map[string]voice{}
	for _, l := range labels {
		at[l.paragraph] = l
	}
	first, last := labels[0].paragraph, labels[len(labels)-1].paragraph
	dense := 5*len(labels) >= 2*(last-first+1)
	form := first <= bylineWithin && len(labels) >= leastStops && !slices.ContainsFunc(labels, func(l label) bool { return !l.shouted() })
	var current voice
	alone := false // the label stands on a line by itself
	for i := first; i < len(r.paragraphs); i++ {
		l, ok := at[i]
		if !ok {
			_, next := at[i+1]
			if current.zero() || !(alone && !r.staged(i)) && !(form && r.sentenceOf(i)) && !r.continues(i, dense && i < last, next) {
				continue
			}
			turns[i] = turn{r.paragraphs[i], current}
			alone = false
			continue
		}
		if _, ok := voices[l.name]; !ok {
			voices[l.name] = r.labelVoice(l)
		}
		current = voices[l.name]
		alone = l.body.Start >= l.body.End
		if l.body.Start < l.body.End && !r.wholeQuote(i, l.body) {
			turns[i] = turn{l.body, current}
		}
	}
	return turns
}

// sentenceOf reports whether a paragraph without a label is somebody's turn in a text that begins with a
// label and has all of them in capital letters: there, nothing but turns is told in sentences, but for a
// line that tells of somebody: "Ada Brown lives in Leeds."
func (r *reader) sentenceOf(i int) bool {
	if r.firstPerson(i) == 0 && len(r.sentences[i]) > 0 && slices.ContainsFunc(r.mentions(&r.sentences[i][0]), func(m mention) bool { return m.at == 0 && m.subject && m.who.isPerson() }) {
		return false
	}
	return strings.ContainsRune(".!?…-—–", lastRune(r.unmarked(i))) && len(r.sentences[i]) > 0 && !r.staged(i)
}

// continues reports whether a paragraph without a label is the last speaker's, too.
func (r *reader) continues(i int, inside, labelNext bool) bool {
	p := r.paragraphs[i]
	t := r.text[p.Start:p.End]
	end := lastRune(t)
	if inside && len(strings.Fields(t)) > longHeading && end != '?' {
		return true
	}
	if !strings.ContainsRune(".!?…:", end) || strings.HasSuffix(t, ":") && len(strings.Fields(t)) <= labelWords || r.staged(i) {
		return false
	}
	if end == '?' && labelNext && len(strings.Fields(t)) < 30 {
		return false // a question by itself, before its answer
	}
	return inside || r.firstPerson(i) > 0
}

// staged reports whether a paragraph stands in brackets and tells what happens: "[Laughter]".
func (r *reader) staged(i int) bool {
	t := r.text[r.paragraphs[i].Start:r.paragraphs[i].End]
	return strings.HasPrefix(t, "[") && strings.HasSuffix(t, "]") || strings.HasPrefix(t, "(") && strings.HasSuffix(t, ")")
}

// firstPerson counts the words of a paragraph that speak in the first person.
func (r *reader) firstPerson(i int) int {
	n := 0
	for _, s := range r.sentences[i] {
		for _, t := range s.tokens {
			if t.quote == nil && firstPersonWord(t.low) {
				n++
			}
		}
	}
	return n
}

func firstPersonWord(w string) bool {
	base, _, _ := strings.Cut(strings.ReplaceAll(w, "’", "'"), "'")
	switch base {
	case "i", "me", "my", "mine", "myself", "we", "us", "our", "ours":
		return true
	}
	return false
}

// wholeQuote reports whether a label's body is a quotation: it is read as one.
func (r *reader) wholeQuote(i int, body words.Span) bool {
	for _, q := range r.quotes[i] {
		if q.Start == body.Start && q.End+1 >= body.End {
			return true
		}
	}
	return false
}

// labels returns the labels of a text that name speakers.
func (r *reader) labels() []label {
	all, count := r.candidates()
	people := len(slices.DeleteFunc(slices.Clone(all), func(l label) bool { return l.stop || !r.namesPerson(l) }))
	stops, shouted, speaking := stopsRecur(all, count), r.shoutsRecur(all, count), r.speaking(all)
	all = slices.DeleteFunc(all, func(l label) bool { return l.alone(count, people, stops) })
	var out []label
	for k, l := range all {
		near := k+1 < len(all) && all[k+1].paragraph <= l.paragraph+2
		switch {
		case l.paragraph == 0 && count[l.key] < 2 && !near: // a headline
		case l.stop || account(l.name):
			out = append(out, l)
		case l.dash && count[l.key] < 2 && people < 3:
		case r.namesPerson(l) && (people > 1 || count[l.key] > 1 || stops):
			out = append(out, l)
		case shouted && l.shouted() && l.names(count):
			out = append(out, l)
		case people > 2 && l.paragraph > 0 && r.unknownName(l):
			out = append(out, l)
		case count[l.key] > 1 && (count[l.key] > 2 || people > 0) && r.talks(l, speaking):
			if utf8.RuneCountInString(l.name) < 30 && len(strings.Fields(l.name)) < 4 {
				out = append(out, l)
			}
		}
	}
	out = answering(all, out, count)
	if distinct(out) < 2 && len(out) < 3 || r.isList(out) || r.isRoll(out) || r.isBoard(out) {
		return nil
	}
	return out
}

// answering adds to the labels of a transcript those that come again and always stand right before or behind one of them: who
// answers, or asks, whatever the name.
func answering(all, known []label, count map[string]int) []label {
	turns := map[int]bool{}
	for _, l := range known {
		if count[l.key] > 1 {
			turns[l.paragraph] = true
		}
	}
	apart, is := map[string]bool{}, map[string]bool{}
	for _, l := range known {
		is[l.key] = true
	}
	for _, l := range all {
		if !turns[l.paragraph-1] && !turns[l.paragraph+1] || count[l.key] < 2 || labelsAThing(strings.Fields(l.key)) {
			apart[l.key] = true
		}
	}
	return slices.DeleteFunc(slices.Clone(all), func(l label) bool {
		return !slices.ContainsFunc(known, func(k label) bool { return k.paragraph == l.paragraph }) && (is[l.key] || apart[l.key])
	})
}

// labelsAThing reports whether the words of a label begin or end with one that names no speaker: "Start date".
func labelsAThing(fields []string) bool {
	return in("labels", fields[0]) || in("labels", fields[len(fields)-1])
}

// candidates returns what may be labels, and how often each is there.
func (r *reader) candidates() ([]label, map[string]int) {
	var all []label
	count := map[string]int{}
	alone := r.ownLines()
	for i := range r.paragraphs {
		l, ok := r.labelAt(i)
		if name := r.unmarked(i); !ok && i > 0 && alone[name] {
			l, ok = label{paragraph: i, name: name, key: strings.ToLower(name)}, true
		}
		if ok {
			all = append(all, l)
			count[l.key]++
		}
	}
	return all, count
}

// talks reports whether a label that no list has a name for may be who speaks: it is no word that stands
// before a colon or that the text has with a small letter, and one of its turns is spoken.
func (r *reader) talks(l label, speaking map[string]bool) bool {
	fields := strings.Fields(l.key)
	if questionLabel(l.key) || answerLabel(l.key) || hasOffice(l.key) {
		return true
	}
	if labelsAThing(fields) || len(fields) == 1 && !l.shouted() && (r.small()[l.key] || r.small()[strings.TrimSuffix(l.key, "s")]) {
		return false
	}
	return speaking[l.key]
}

// speaking returns the labels behind which something asks, or says "I" or "you".
func (r *reader) speaking(all []label) map[string]bool {
	out := map[string]bool{}
	for _, l := range all {
		said := strings.ToLower(r.text[l.body.Start:l.body.End])
		if said == "" && l.paragraph+1 < len(r.paragraphs) { // on a line by itself
			said = strings.ToLower(r.unmarked(l.paragraph + 1))
		}
		if !out[l.key] && (strings.Contains(said, "?") || slices.ContainsFunc(strings.Fields(said), func(w string) bool {
			return firstPersonWord(w) || strings.HasPrefix(w, "you")
		})) {
			out[l.key] = true
		}
	}
	return out
}

// shouted reports whether a label is in capital letters: "MODERATOR:", and not "Q:".
func (l label) shouted() bool {
	return len(l.key) > 1 && !l.stop && !l.dash && l.name != l.key && l.name == strings.ToUpper(l.name)
}

// names reports whether a label in capital letters may be who speaks: it comes again, or is an office.
func (l label) names(count map[string]int) bool {
	return (count[l.key] > 1 || hasOffice(l.key)) && !in("labels", bare(strings.Fields(l.key)[0]))
}

// shoutsRecur reports whether labels in capital letters are those of a transcript: some of them name
// who speaks, and some come again.
func (r *reader) shoutsRecur(all []label, count map[string]int) bool {
	n, again, person := 0, false, false
	for _, l := range all {
		if l.shouted() && l.paragraph > 0 {
			n++
			again = again || count[l.key] > 1
			person = person || r.namesPerson(l) || hasOffice(l.key)
		}
	}
	return n >= leastStops && again && person
}

// hasOffice reports whether a word of a label, or a part of one, is for who holds an office or speaks:
// "LEAGUE SECRETARY-GENERAL".
func hasOffice(key string) bool {
	return slices.ContainsFunc(strings.FieldsFunc(key, func(c rune) bool { return c == ' ' || c == '-' }), func(f string) bool { return in("turns", f) || office(f) })
}

// ownLines returns the labels that stand on lines by themselves: where one of them lacks its colon
// once, its line is that label still.
func (r *reader) ownLines() map[string]bool {
	alone := map[string]bool{}
	for i := range r.paragraphs {
		if l, ok := r.labelAt(i); ok && l.body.Start >= l.body.End && !l.stop {
			alone[l.name] = true
		}
	}
	return alone
}

// unmarked returns a paragraph without marks of emphasis and spaces around it.
func (r *reader) unmarked(i int) string {
	return strings.Trim(r.text[r.paragraphs[i].Start:r.paragraphs[i].End], "*_ ")
}

// leastStops is how many labels with a full stop make a transcript at least.
const leastStops = 3

// stopsRecur reports whether labels that end with a full stop are those of a transcript:
// some of them come again.
func stopsRecur(all []label, count map[string]int) bool {
	n, again := 0, false
	for _, l := range all {
		if l.stop {
			n++
			again = again || count[l.key] > 1
		}
	}
	return n >= leastStops && again
}

// unknownName reports whether a label can be a name that no list has: two or three words
// that the text never has with a small letter.
func (r *reader) unknownName(l label) bool {
	fields := strings.Fields(l.key)
	if l.dash || len(fields) < 2 || len(fields) > 3 || strings.ContainsFunc(l.key, unicode.IsDigit) {
		return false
	}
	return !slices.ContainsFunc(fields, func(f string) bool {
		return r.small()[f] || in("labels", f) || words.Organisation(f) || words.Place(f) || lex().notNames[f] || isRole(f)
	})
}

// small returns the words that the text has with a small letter outside quotation marks.
func (r *reader) small() map[string]bool {
	if r.smallWords == nil {
		r.smallWords = map[string]bool{}
		for _, paragraph := range r.sentences {
			for _, s := range paragraph {
				for _, t := range s.tokens {
					if t.quote == nil && !t.capital {
						r.smallWords[t.low] = true
					}
				}
			}
		}
	}
	return r.smallWords
}

func distinct(labels []label) int {
	seen := map[string]bool{}
	for _, l := range labels {
		seen[l.key] = true
	}
	return len(seen)
}

// isList reports whether labels are the questions and answers of a text that
// nobody in particular speaks, such as a list of frequent questions.
func (r *reader) isList(labels []label) bool {
	for _, l := range labels {
		if !questionLabel(l.key) && !answerLabel(l.key) {
			return false
		}
	}
	if r.interviewee() != nil {
		return false
	}
	for _, l := range labels {
		if !answerLabel(l.key) {
			continue
		}
		for _, s := range r.sentences[l.paragraph] {
			for _, t := range s.tokens {
				if t.low == "i" || strings.HasPrefix(t.low, "i’") || strings.HasPrefix(t.low, "i'") {
					return false
				}
			}
		}
	}
	return true
}

// isRoll reports whether labels are a list of people with what is said of each: nobody
// has two, and none of what follows speaks or asks.
func (r *reader) isRoll(labels []label) bool {
	return len(labels) >= leastRoll && distinct(labels) == len(labels) && !slices.ContainsFunc(labels, func(l label) bool {
		return r.firstPerson(l.paragraph) > 0 || strings.Contains(r.text[l.body.Start:l.body.End], "?")
	})
}

// isBoard reports whether labels are offices with who holds each: "Secretary: Ada Brown, Leeds",
// "CHAIR: Brown".
func (r *reader) isBoard(labels []label) bool {
	return !slices.ContainsFunc(labels, func(l label) bool {
		holder, _, _ := strings.Cut(r.text[l.body.Start:l.body.End], ",")
		surname := isRole(l.key) && labelName(holder) && len(strings.Fields(holder)) == 1 && !strings.ContainsAny(holder, ".!?")
		return !surname && !FullName(strings.TrimSuffix(holder, "."))
	})
}

// leastRoll is how many labels may be a list of people; fewer are a short exchange.
const leastRoll = 5

func questionLabel(key string) bool { return key == "q" || key == "question" || key == "interviewer" }
func answerLabel(key string) bool   { return key == "a" || key == "answer" || key == "interviewee" }

// namesPerson reports whether a label is a person's name, or a word for one who
// speaks ("JOURNALIST").
func (r *reader) namesPerson(l label) bool {
	fields := strings.Fields(l.key)
	if len(fields) == 0 || in("labels", fields[0]) && !questionLabel(l.key) && !answerLabel(l.key) {
		return false
	}
	if l.timed {
		return true
	}
	role := true
	for _, f := range fields {
		f = strings.Trim(f, ".,")
		role = role && (in("turns", f) || f == "the" || f == "first" || in("ordinals", f) || in("quantities", f) || unicode.IsDigit(rune(f[0])) || isRole(f))
	}
	if role {
		return in("turns", strings.Trim(fields[len(fields)-1], ".,")) || in("turns", fields[0]) || len(fields) > 1
	}
	if titled(strings.Trim(fields[0], ".,")) && len(fields) > 1 {
		return true
	}
	_, given := givenName(fields[0])
	if len(fields) > 1 {
		p := r.cast.byKey[fields[0]+" "+fields[len(fields)-1]]
		return (given || p != nil && p.isPerson()) && (p == nil || !p.body)
	}
	if utf8.RuneCountInString(l.key) <= 3 && l.name == strings.ToUpper(l.name) && r.cast.initials(l.key) != nil {
		return true
	}
	p := r.cast.known(fields[0])
	return p != nil && p.isPerson() && p.given != "" || given || r.cast.share(fields[0])
}

// labelAt reads the label of a paragraph.
func (r *reader) labelAt(i int) (label, bool) {
	p := r.paragraphs[i]
	t := r.text[p.Start:p.End]
	l := label{paragraph: i}
	at := markup(t, 0)
	if end := timestamp(t[at:]); end > 0 {
		l.timed, at = true, markup(t, at+end)
	}
	start := at
	name, end := l.bounds(t, start)
	if end < 0 {
		return label{}, false
	}
	l.name = strings.Trim(strings.TrimSpace(t[start:name]), "*_ ")
	l.name, _, _ = strings.Cut(l.name, " | ") // what a meeting shows behind the name
	l.name = firstLast(l.name)
	if holder := officeHolder(t[start:end]); holder != "" {
		l.name = holder
	}
	_, n := utf8.DecodeRuneInString(t[end:])
	body := markup(t, end+n)
	if k := timestamp(t[body:]); k > 0 {
		body = markup(t, body+k)
	}
	l.body = words.Span{Start: p.Start + min(body, len(t)), End: p.End}
	l.key = strings.ToLower(l.name)
	return l, labelName(l.name)
}

// alone reports whether a label needs others beside it to be one: an account that speaks again, among
// people; one with a full stop others of its kind (stops).
func (l label) alone(count map[string]int, people int, stops bool) bool {
	if l.stop {
		return !stops || len(l.key) == 1 && count["q"] < 2
	}
	return account(l.name) && (l.dash || count[l.key] < 2 || people == 0)
}

// firstLast returns the name in a label that has something behind a comma: what its person is, or
// the given name, as programs for meetings list people: "Ruiz, Ana".
func firstLast(name string) string {
	last, behind, ok := strings.Cut(name, ", ")
	if fields := strings.Fields(behind); ok && len(fields) > 0 && len(fields) <= 2 && labelName(behind) {
		_, given := givenName(strings.ToLower(fields[0]))
		if first, _, _ := strings.Cut(strings.ToLower(last), " "); given && !titled(bare(first)) && !FullName(last) {
			return behind + " " + last
		}
	}
	return last
}

// account reports whether a label is how a program calls somebody who gave no name: "ana.ruiz",
// "Ana's iPhone".
func account(name string) bool {
	if owner, device, ok := strings.Cut(strings.ReplaceAll(name, "’", "'"), "'s "); ok {
		return !strings.Contains(owner, " ") && in("devices", strings.ToLower(device))
	}
	return name != "" && name == strings.ToLower(name) && unicode.IsLetter(firstLetter(name)) && !in("labels", name) &&
		!strings.ContainsFunc(name, func(r rune) bool {
			return !unicode.IsLetter(r) && !unicode.IsDigit(r) && !strings.ContainsRune("._-", r)
		})
}

// bounds returns where the name in a label that begins at start ends, and the label, -1 where
// there is none; it notes which kind of label it is.
func (l *label) bounds(t string, start int) (name, end int) {
	if n := stopLabel(t[start:]); n > 0 {
		l.stop = true
		return start + n, start + n
	}
	name = -1
	depth := 0
	for k, c := range t[start:min(len(t), start+longTitle)] {
		k += start
		switch {
		case k-start > longLabel && name < 0 && !strings.HasPrefix(t[start:], "The "):
			return -1, -1
		case c == '(' || c == '[':
			if depth == 0 && name < 0 {
				name = k
			}
			depth++
		case strings.HasPrefix(t[k:], "-- ") && strings.HasSuffix(t[start:k], " ") && depth == 0: // "Ada Brown -- Chief Officer:"
			if name < 0 {
				name = k
			}
		case c == ')' || c == ']':
			depth--
		case depth > 0:
		case c == '*' && name < 0 && k > start:
			name = k
		case c == ':' && !strings.HasPrefix(t[k:], "://"), l.dashAt(t, k, start):
			if name < 0 {
				name = k
			}
			return name, k
		case strings.ContainsRune("“”\"?!;", c):
			return -1, -1
		}
	}
	return -1, -1
}

// dashAt reports whether a dash between spaces ends a label at t[k], and notes it.
func (l *label) dashAt(t string, k, start int) bool {
	c, n := utf8.DecodeRuneInString(t[k:])
	l.dash = strings.ContainsRune("—–-", c) && k > start && t[k-1] == ' ' && strings.HasPrefix(t[k+n:], " ")
	return l.dash
}

// officeHolder returns the name in brackets of a label that begins with an office: "The
// Minister for Trade (Ada Brown)". Empty where there is none.
func officeHolder(label string) string {
	office, rest, _ := strings.Cut(label, " (")
	holder, _, closed := strings.Cut(rest, ")")
	if !strings.HasPrefix(office, "The ") || !closed || len(strings.Fields(holder)) < 2 || !labelName(holder) {
		return ""
	}
	return holder
}

// labelName reports whether a text can be a name: a few words with capitals.
func labelName(s string) bool {
	fields := strings.Fields(s)
	if len(fields) == 0 || len(fields) > labelWords || strings.ContainsAny(s, "/") {
		return false
	}
	if account(s) {
		return true
	}
	for i, f := range fields {
		first, _ := utf8.DecodeRuneInString(f)
		if !unicode.IsUpper(first) && !(i > 0 && (unicode.IsDigit(first) || in("particles", f) || in("turns", bare(f)) || isRole(bare(f)) || f == "and" || f == "of")) {
			return false
		}
		if strings.HasSuffix(f, ".") && len(f) > 3 && !in("generations", bare(f)) && !(i < len(fields)-1 && titled(bare(f))) {
			return false
		}
	}
	return true
}

// stopLabel returns where a label that ends with a full stop ends, at that: "The CHAIR.",
// "Mr. LUND.", "Senator Gray of Ohio."; 0 where there is none.
func stopLabel(t string) int {
	if slices.ContainsFunc([]string{"Q. ", "A. ", "Q  ", "A  "}, func(l string) bool { return strings.HasPrefix(t, l) }) {
		return 1
	}
	at, first := 0, ""
	for i := 0; i < labelWords; i++ {
		w, _, more := strings.Cut(t[at:], " ")
		if !more || w == "" {
			return 0
		}
		low := bare(w)
		if i == 0 {
			first = low
		}
		if r, _ := utf8.DecodeRuneInString(w); !unicode.IsUpper(r) && (i == 0 || !in("particles", low) && !in("turns", low)) {
			return 0
		}
		ends := strings.HasSuffix(w, ".") && !(i == 0 && titled(low)) && utf8.RuneCountInString(low) > 1
		if ends && (i > 0 && titled(first) || first == "the" && namesOffice(w) || shoutedTurn(w)) {
			return at + len(w) - 1
		}
		if ends || strings.ContainsAny(strings.TrimSuffix(w, "."), ".,;:!?") {
			return 0
		}
		at += len(w) + 1
	}
	return 0
}

// shoutedTurn reports whether a word is one for who speaks, in capital letters: "CHAIR."
func shoutedTurn(w string) bool {
	return len(w) > 2 && w == strings.ToUpper(w) && in("turns", bare(w))
}

// namesOffice reports whether a word behind "The" ends a label: "CHAIR.", "OFFICER."
func namesOffice(w string) bool {
	return in("turns", bare(w)) || isRole(bare(w)) && w == strings.ToUpper(w)
}

// markup returns the offset after marks of emphasis, lists and quoting at i.
func markup(t string, i int) int {
	for i < len(t) {
		r, n := utf8.DecodeRuneInString(t[i:])
		if !strings.ContainsRune("*_>•#", r) && !unicode.IsSpace(r) {
			break
		}
		i += n
	}
	return i
}

// timestamp returns the length of a time at the beginning of a text: "[00:12]",
// "(1:02:03)", "00:12"; 0 where there is none.
func timestamp(t string) int {
	i, digits, colons := 0, 0, 0
	bracket := i < len(t) && (t[i] == '[' || t[i] == '(')
	if bracket {
		i++
	}
	for i < len(t) && ('0' <= t[i] && t[i] <= '9' || t[i] == ':' || t[i] == '.') {
		if t[i] == ':' {
			colons++
		} else {
			digits++
		}
		i++
	}
	if colons == 0 || digits < 3 {
		return 0
	}
	if bracket {
		if i >= len(t) || t[i] != ']' && t[i] != ')' {
			return 0
		}
		i++
	}
	return i
}

// labelVoice returns whom a label names.
func (r *reader) labelVoice(l label) voice {
	if answerLabel(l.key) {
		if p := r.interviewee(); p != nil {
			return voice{name: p.name, who: p}
		}
		return voice{name: "the interviewee", unnamed: true}
	}
	if questionLabel(l.key) {
		return voice{name: "the interviewer", unnamed: true}
	}
	p := r.paragraphs[l.paragraph]
	if account(l.name) || !strings.Contains(r.text[p.Start:p.End], l.name) { // "Ruiz, Ana" is called otherwise
		fields := strings.Fields(l.key)
		return voice{name: l.name, who: r.cast.byKey[fields[0]+" "+fields[len(fields)-1]]}
	}
	s := r.labelSentence(l)
	if v := r.shortened(l); !v.zero() && r.namedByOthers(v.who, l.key) {
		return v
	}
	if n, ok := nameAt(s.tokens, 0); ok && n.to == len(s.tokens) {
		return r.nameVoice(l, s, n)
	}
	who := subject{from: 0, to: len(s.tokens), definite: true}
	for _, t := range s.tokens {
		if isRole(t.low) {
			who.role = t.low
		}
	}
	if who.role != "" {
		if v, ok := r.role(s, who); ok && !v.unnamed && r.namedByOthers(v.who, l.key) {
			return v
		}
	}
	return voice{name: l.name, unnamed: in("unnamed turns", strings.Fields(l.key)[0])}
}

// namedByOthers reports whether a text names somebody elsewhere than in the turns of a label that is
// a role: a minister who speaks of "Minister Hale" is another one.
func (r *reader) namedByOthers(p *person, key string) bool {
	if r.namings == nil {
		r.namings = map[*person]naming{}
		current := ""
		for i := range r.sentences {
			if l, ok := r.labelAt(i); ok && r.namesPerson(l) {
				current = l.key
			}
			for k := range r.sentences[i] {
				for _, m := range r.mentions(&r.sentences[i][k]) {
					n, known := r.namings[m.who]
					r.namings[m.who] = naming{key: current, several: known && (n.several || n.key != current)}
				}
			}
		}
	}
	n, named := r.namings[p]
	return named && (n.several || n.key != key)
}

// naming is in the turns of which label a text names somebody, or of which last.
type naming struct {
	key     string
	several bool // in those of others, too
}

// shortened returns the one person who has the role in the text that a label of initials stands
// for, nobody where these fit two roles or a name: "PM" for "Prime Minister".
func (r *reader) shortened(l label) voice {
	if n := len(l.key); n < 2 || n > longestInitials || l.name != strings.ToUpper(l.name) || r.cast.initials(l.key) != nil {
		return voice{}
	}
	if r.initialled == nil {
		r.initialled = r.rolesByInitials()
	}
	of := r.initialled[l.key]
	if len(of) != 1 {
		return voice{}
	}
	for _, at := range of {
		if v, _ := r.role(at.s, at.who); !v.unnamed {
			return v
		}
	}
	return voice{}
}

// longestInitials is how many words a role has at most that is written by its initials.
const longestInitials = 3

// rolesByInitials returns, for the initials of several words for people in a row, those words with
// where the text has them.
func (r *reader) rolesByInitials() map[string]map[string]mentioned {
	out := map[string]map[string]mentioned{}
	for i := range r.sentences {
		for k := range r.sentences[i] {
			s := &r.sentences[i][k]
			for from := range s.tokens {
				for to := from + 2; to <= s.rolesEnd(from); to++ {
					initials := ""
					for _, t := range s.tokens[from:to] {
						initials += t.low[:1]
					}
					if out[initials] == nil {
						out[initials] = map[string]mentioned{}
					}
					who := subject{from: from, to: to, role: s.tokens[to-1].low, definite: true}
					out[initials][strings.ToLower(surface(r.text, s.tokens[from:to]))] = mentioned{s, who}
				}
			}
		}
	}
	return out
}

// rolesEnd returns where a run of words for people ends that begins with tokens[from], as far as it
// matters for initials.
func (s *sentence) rolesEnd(from int) int {
	to := from
	for to < len(s.tokens) && to < from+longestInitials && s.tokens[to].quote == nil && isRole(s.tokens[to].low) && (to == from || s.tokens[to].gap == "") {
		to++
	}
	return to
}

// mentioned is where a text has a subject.
type mentioned struct {
	s   *sentence
	who subject
}

// labelSentence is a label as a sentence.
func (r *reader) labelSentence(l label) *sentence {
	p := r.paragraphs[l.paragraph]
	at := p.Start + strings.Index(r.text[p.Start:p.End], l.name)
	span := words.Span{Start: at, End: at + len(l.name)}
	s := &sentence{Span: span, paragraph: l.paragraph}
	s.tokens, _ = scan(r.text, r.text[p.Start:p.End], p.Start, span, nil)
	return s
}

// nameVoice returns the person whom a label names in full, by one name, or by
// initials.
func (r *reader) nameVoice(l label, s *sentence, n name) voice {
	run := s.tokens[n.from:n.to]
	if len(run) == 1 && acronym(r.text, run) && len(run[0].low) <= 3 {
		if p := r.cast.initials(run[0].low); p != nil {
			return voice{name: p.name, who: p}
		}
	}
	p := r.cast.find(r.text, run)
	if p.given == "" { // a name of one word: as the label has it
		return voice{name: l.name, who: p, unnamed: len(s.tokens) == 1 && in("unnamed turns", l.key)}
	}
	return voice{name: p.name, who: p}
}

// initials returns the one person whose initials are given.
func (c *cast) initials(letters string) *person {
	var found *person
	for _, p := range c.all {
		if p.given == "" || p.body {
			continue
		}
		var b strings.Builder
		for f := range strings.FieldsSeq(strings.ToLower(p.name)) {
			first, _ := utf8.DecodeRuneInString(f)
			b.WriteRune(first)
		}
		if b.String() == letters {
			if found != nil {
				return nil
			}
			found = p
		}
	}
	return found
}

// interviewee returns whom a headline, or what stands below it, names as the one who is asked: of two the one of whom
// "she spoke to" the other is told.
func (r *reader) interviewee() *person {
	for i := 0; i < len(r.sentences) && i < 2; i++ {
		var found []*person
		cue := r.hasWordOf(i, "interviews")
		for k := range r.sentences[i] {
			s := &r.sentences[i][k]
			for _, m := range r.mentions(s) {
				_, asks := s.partner(m.at)
				asks = asks && (s.isWord(0, "he") || s.isWord(0, "she") || s.isWord(0, "they"))
				if !asks && !m.who.body && m.who.given != "" && (m.who.isPerson() || cue) {
					found = append(found, m.who)
				}
			}
		}
		if people := slices.DeleteFunc(slices.Clone(found), func(p *person) bool { return !p.isPerson() }); len(people) > 0 {
			found = people
		}
		found = slices.Compact(found)
		if len(found) == 1 {
			return found[0]
		}
	}
	return nil
}

// leastQuestions is how many questions by themselves make an interview of a text
// whose turns have no labels.
const leastQuestions = 3

// questions reads an interview whose questions are paragraphs by themselves, and
// whose answers are those of the one person in the headline.
func (r *reader) questions() map[int]turn {
	who := r.interviewee()
	if who == nil {
		who = r.spokenWith()
	}
	if who == nil || who.human == 0 {
		return nil
	}
	turns := map[int]turn{}
	own := 0
	var asks []int
	you := false // the questions are put to somebody
	for i, p := range r.paragraphs {
		answers := len(asks) > 0 && asks[len(asks)-1] == i-1 && len(r.sentences[i]) > 1 // "Ask yourself. Is it right?"
		switch {
		case i > 0 && !answers && r.asks(i):
			asks = append(asks, i)
			you = you || r.says(i, "you", "your")
		case len(asks) > 0 && strings.ContainsRune(".!…?:", lastRune(r.unmarked(i))) && !r.isAbout(i, who):
			own += r.firstPersonSingular(i)
			turns[i] = turn{p, voice{name: who.name, who: who}}
		}
	}
	if len(asks) < leastQuestions || own < leastQuestions {
		return nil
	}
	for _, i := range asks {
		if p := r.paragraphs[i]; you {
			t := r.text[p.Start:p.End]
			asked := words.Span{Start: p.Start + markup(t, 0), End: p.Start + len(strings.TrimRight(t, "*_ "))}
			turns[i] = turn{asked, voice{name: "the interviewer", unnamed: true}}
		}
	}
	return turns
}

// asks reports whether a paragraph is nothing but a question.
func (r *reader) asks(i int) bool {
	t := r.unmarked(i)
	return lastRune(t) == '?' && len(strings.Fields(t)) <= 40 && len(r.quotes[i]) == 0 && len(r.sentences[i]) <= 3 && r.firstPersonSingular(i) == 0
}

// says reports whether a paragraph has one of the given words outside quotation marks.
func (r *reader) says(i int, all ...string) bool {
	return slices.ContainsFunc(r.sentences[i], func(s sentence) bool {
		return slices.ContainsFunc(s.tokens, func(t token) bool { return t.quote == nil && slices.Contains(all, t.low) })
	})
}

// spokenWith returns the one person with whom the words before the first question say that somebody
// spoke: "I sat down with Ada Brown". Nobody where these may be two.
func (r *reader) spokenWith() *person {
	var found *person
	for i := range r.sentences {
		if i > 0 && lastRune(r.unmarked(i)) == '?' {
			break
		}
		for k := range r.sentences[i] {
			s := &r.sentences[i][k]
			for at := range s.tokens {
				n, ok := s.partner(at)
				if !ok {
					continue
				}
				p := r.find(s, n)
				if found != nil && p != found || n.to+1 < len(s.tokens) && s.isWord(n.to, "and") && s.tokens[n.to+1].capital {
					return nil
				}
				found = p
			}
		}
	}
	return found
}

// partner reads the name at tokens[at] if the words before it tell of a talk with who has it.
func (s *sentence) partner(at int) (name, bool) {
	direct := at > 0 && s.isWord(at-1, "interviewed")
	if !direct && (at < 2 || !s.isWord(at-1, "with") && !s.isWord(at-1, "to")) {
		return name{}, false
	}
	talk := direct
	for k := at - 2; k >= 0 && k >= at-3; k-- { // "sat down with"
		talk = talk || s.tokens[k].quote == nil && in("talks", s.tokens[k].low)
	}
	n, ok := nameAt(s.tokens, at)
	return n, ok && talk && !s.tokens[n.to-1].possessive
}

// isAbout reports whether a paragraph speaks of somebody, who does not speak in it: "Ada
// Brown, 62, lives in Leeds."
func (r *reader) isAbout(i int, who *person) bool {
	return r.firstPerson(i) == 0 && len(r.sentences[i]) > 0 && slices.ContainsFunc(r.mentions(&r.sentences[i][0]), func(m mention) bool { return m.who == who && m.at == 0 })
}

func (r *reader) firstPersonSingular(i int) int {
	n := 0
	for _, s := range r.sentences[i] {
		for _, t := range s.tokens {
			if t.quote == nil && (t.low == "i" || strings.HasPrefix(t.low, "i'") || strings.HasPrefix(t.low, "i’") || t.low == "my") {
				n++
			}
		}
	}
	return n
}

// turn notes a turn of a transcript.
func (r *reader) turn(t turn) {
	kind := Direct
	if t.voice.unnamed {
		kind = Others
	}
	r.out = append(r.out, Speech{Span: t.Span, Words: t.Span, Kind: kind, Form: Turn, Speaker: t.voice.name, Unsure: t.voice.unsure})
}

// quotedIn notes the quotations in a turn that it credits to somebody else than its speaker.
func (r *reader) quotedIn(paragraph int) {
	for k := range r.sentences[paragraph] {
		s := &r.sentences[paragraph][k]
		all := s.credits()
		for i, t := range s.tokens {
			if t.quote == nil || r.partial(s, i) {
				continue
			}
			c, ok := r.creditFor(s, all, i)
			if !ok || c.at < 0 || c.who.pronoun != "" {
				continue
			}
			if v, ok := r.resolve(s, c.who); ok {
				r.quoted = append(r.quoted, Speech{Span: t.quote.Span, Words: t.quote.inner, Kind: Direct, Speaker: v.name})
			}
		}
	}
}
