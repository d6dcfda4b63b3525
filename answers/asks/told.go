package asks

import (
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"verbatim/corpus/words"
)

// Thing is one thing that a passage tells.
type Thing struct {
	Kind  Kind
	Grain Grain
	// Start and End are byte offsets of the words that tell it.
	Start, End int
}

// Told returns what a passage tells, by kind, each in text order: names, and what they are
// names of, groups of people, dates, durations and numbers. Reasons, opinions and the like go by any words.
func Told(text string) map[Kind][]Thing {
	told := map[Kind][]Thing{}
	tell(text, words.Tokens(text), func(t Thing) { told[t.Kind] = append(told[t.Kind], t) })
	slices.SortStableFunc(told[Name], func(a, b Thing) int { return a.Start - b.Start })
	return told
}

// Set is the kinds and grains of the things that a passage tells.
type Set uint64

// SetOf returns what a passage with these tokens tells.
func SetOf(text string, tokens []words.Token) Set {
	var s Set
	tell(text, tokens, func(t Thing) { s |= bit(t.Kind, AnyGrain) | bit(t.Kind, t.Grain) })
	return s
}

// Has reports whether the set holds a kind in a grain, AnyGrain for any.
func (s Set) Has(k Kind, g Grain) bool { return s&bit(k, g) != 0 }

var kinds = []Kind{Person, Group, Organisation, Date, Duration, Place, Number, Name} // that are told
var grains = []Grain{Year, Month, Day, Time, Decade, Century, Season, Count, Percentage, Money, Measure, Age}

var bits = func() map[string]Set {
	m := map[string]Set{}
	for i, k := range kinds {
		m[string(k)] = 1 << i
	}
	for i, g := range grains {
		m[string(g)] = 1 << (32 + i)
	}
	return m
}()

func bit(k Kind, g Grain) Set {
	if g != AnyGrain {
		return bits[string(g)]
	}
	return bits[string(k)]
}

// Fit says how well what a passage tells suits what a question asks for.
type Fit int

const (
	// Unasked: the question asks for nothing that is told.
	Unasked Fit = iota
	// Missing: the passage tells nothing of the kind.
	Missing
	// Loose: it tells something of the kind, or of a kindred one.
	Loose
	// Exact: it tells the kind in the grain asked for.
	Exact
)

// In compares what is asked for with what a passage tells.
func (a Asked) In(s Set) Fit {
	any := func(ks ...Kind) bool {
		for _, k := range ks {
			if s.Has(k, AnyGrain) {
				return true
			}
		}
		return false
	}
	pick := func(exact, loose bool) Fit {
		switch {
		case exact:
			return Exact
		case loose:
			return Loose
		}
		return Missing
	}
	switch a.Kind {
	case Person:
		return pick(any(Person), any(Name, Group))
	case Group:
		return pick(any(Group), any(Name))
	case Organisation:
		return pick(any(Organisation), any(Name))
	case Place:
		return pick(any(Place), any(Name))
	case Name:
		return pick(any(Name), false)
	case Date:
		switch a.Grain {
		case Year:
			return pick(s.Has(Date, Year), any(Date))
		case Month, Day, Season:
			return pick(s.Has(Date, a.Grain), s.Has(Date, Month) || s.Has(Date, Day) || s.Has(Date, Season))
		case Time:
			return pick(s.Has(Date, Time), any(Date))
		case Decade, Century:
			return pick(s.Has(Date, a.Grain), s.Has(Date, Year))
		}
		return pick(any(Date), false)
	case Duration:
		return pick(any(Duration), s.Has(Number, Measure) || any(Date))
	case Number:
		if a.Grain == AnyGrain {
			return pick(any(Number), any(Duration))
		}
		return pick(s.Has(Number, a.Grain), any(Number, Duration))
	}
	return Unasked
}

// tell calls add for everything that a passage tells, in text order as far as one
// kind goes, but for the name in quotation marks, which comes last.
func tell(text string, tokens []words.Token, add func(Thing)) {
	for i := 0; i < len(tokens); {
		i = tellAt(text, tokens, i, add)
	}
	// Titles of works stand in quotation marks.
	if i := strings.IndexAny(text, "\"“"); i >= 0 {
		_, n := utf8.DecodeRuneInString(text[i:])
		add(Thing{Name, AnyGrain, i, i + n})
	}
}

// tellAt tells what begins with token i, and returns the index after what it has read.
func tellAt(text string, tokens []words.Token, i int, add func(Thing)) int {
	t := tokens[i]
	w := t.Word
	if numberAt(tokens, i) {
		return digits(text, tokens, i, add) + 1
	}
	if numbers[w] && !(w == "one" && i+1 < len(tokens) && tokens[i+1].Word == "of") {
		return numeral(text, tokens, i, add) + 1
	}
	if upper(text[t.Start:]) {
		if next := capitalised(text, tokens, i, add); next > i {
			return next
		}
	}
	if g, ok := dateWords[w]; ok {
		add(Thing{Date, g, t.Start, t.End})
		return i + 1
	}
	if timeUnits[w] && i > 0 && (tokens[i-1].Word == "a" || tokens[i-1].Word == "an" || tokens[i-1].Word == "for" || tokens[i-1].Word == "many") {
		add(Thing{Duration, AnyGrain, tokens[i-1].Start, t.End})
	}
	if n, ok := lookup(w); ok && (n.kind == Person || n.kind == Group) || strings.HasSuffix(w, "ists") || strings.HasSuffix(w, "ians") || strings.HasSuffix(w, "men") && len(w) > 6 {
		add(Thing{Group, AnyGrain, t.Start, t.End})
	}
	return i + 1
}

// capitalised tells a month, a day of the week or a name that begins at i, and returns the
// index after it, or i where there is none.
func capitalised(text string, tokens []words.Token, i int, add func(Thing)) int {
	t := tokens[i]
	switch {
	case isMonth(tokens, i):
		grain := Month
		if j := i + 1; numberAt(tokens, j) && dayOfMonth(tokens[j].Word) {
			grain = Day
		}
		add(Thing{Date, grain, t.Start, t.End})
		return i + 1
	case weekday[t.Word]:
		add(Thing{Date, Day, t.Start, t.End})
		return i + 1
	}
	return name(text, tokens, i, add)
}

// isMonth reports whether a capitalised word is a month: "May" and "March" only next to a
// number, or "in May".
func isMonth(tokens []words.Token, i int) bool {
	w := tokens[i].Word
	if w == "may" && !numberAt(tokens, i+1) && !numberAt(tokens, i-1) && !(i > 0 && inMonth[tokens[i-1].Word]) {
		return false
	}
	return month[w] || w == "march" && numberAt(tokens, i+1)
}

// dayOfMonth reports whether a number may be that of a day of a month: "4", "21st".
func dayOfMonth(w string) bool {
	n, err := strconv.Atoi(strings.TrimRight(w, "stndrh"))
	return err == nil && 1 <= n && n <= 31
}

// between returns what stands between token i and the one before it.
func between(text string, tokens []words.Token, i int) string {
	return text[tokens[i-1].End:max(tokens[i-1].End, tokens[i].Start)]
}

func upper(s string) bool {
	r, _ := utf8.DecodeRuneInString(s)
	return unicode.IsUpper(r)
}

func numberAt(tokens []words.Token, i int) bool {
	return i >= 0 && i < len(tokens) && '0' <= tokens[i].Word[0] && tokens[i].Word[0] <= '9'
}

// year reports whether a word looks like a year.
func year(w string) bool {
	return len(w) == 4 && (w[0] == '1' || w[0] == '2' && w[1] <= '1') && '0' <= w[1] && w[1] <= '9' && '0' <= w[2] && w[2] <= '9' && '0' <= w[3] && w[3] <= '9'
}

// digits reads a number written in digits at i and returns the index of the
// last token it used.
func digits(text string, tokens []words.Token, i int, add func(Thing)) int {
	t := tokens[i]
	w := t.Word
	before, after := "", ""
	if t.Start > 0 {
		_, n := utf8.DecodeLastRuneInString(text[:t.Start])
		before = text[t.Start-n : t.Start]
	}
	rest := text[t.End:]
	if i+1 < len(tokens) {
		after = tokens[i+1].Word
	}
	switch {
	case before == "$" || before == "£" || before == "€" || before == "¥":
		add(Thing{Number, Money, t.Start, t.End})
		if numbers[after] {
			return i + 1
		}
		return i
	case strings.HasPrefix(rest, "%") || strings.HasPrefix(rest, " %"):
		add(Thing{Number, Percentage, t.Start, t.End})
		return i
	case strings.HasPrefix(rest, "°") || strings.HasPrefix(rest, " °"):
		add(Thing{Number, Measure, t.Start, t.End})
		return i
	case strings.HasSuffix(w, "0s") && len(w) == 5:
		add(Thing{Date, Decade, t.Start, t.End})
		return i
	case strings.HasSuffix(w, "th") || strings.HasSuffix(w, "st") || strings.HasSuffix(w, "nd") || strings.HasSuffix(w, "rd"):
		ordinal(tokens, i, after, add)
		return i
	case strings.HasPrefix(rest, ":") && len(w) <= 2 && numberAt(tokens, i+1) && tokens[i+1].Start == t.End+1:
		add(Thing{Date, Time, t.Start, tokens[i+1].End})
		return i + 1
	case strings.Contains(w, ":"):
		add(Thing{Date, Time, t.Start, t.End})
		return i
	case month[after] && len(w) <= 2 && upper(text[tokens[i+1].Start:]):
		add(Thing{Date, Day, t.Start, tokens[i+1].End})
		return i
	case i > 0 && month[tokens[i-1].Word] && dayOfMonth(w):
		return i // the day was told with the month
	}
	if unit(text, tokens, i, add) {
		return i + 1
	}
	if i+1 < len(tokens) && era(text[tokens[i+1].Start:tokens[i+1].End]) {
		add(Thing{Date, Year, t.Start, tokens[i+1].End})
		return i + 1
	}
	if year(w) && !strings.HasPrefix(rest, ",0") {
		add(Thing{Date, Year, t.Start, t.End})
		if strings.HasPrefix(rest, "–") || strings.HasPrefix(rest, "-") || (after == "to" && i+2 < len(tokens) && year(tokens[i+2].Word)) {
			add(Thing{Duration, AnyGrain, t.Start, t.End})
		}
		return i
	}
	if numbers[after] {
		return numeral(text, tokens, i, add)
	}
	add(Thing{Number, Count, t.Start, t.End})
	return i
}

// era reports whether a word as it is written says from when years are counted. Its token
// does not: "bc" is read as "because".
func era(written string) bool {
	switch strings.ReplaceAll(written, ".", "") {
	case "AD", "BC", "BCE", "CE":
		return true
	}
	return false
}

// ordinal tells an ordinal at i by the word after it: a century, a day or a count.
func ordinal(tokens []words.Token, i int, after string, add func(Thing)) {
	t := tokens[i]
	switch {
	case after == "century" || after == "centuries" || strings.HasPrefix(after, "century"):
		add(Thing{Date, Century, t.Start, tokens[i+1].End})
	case month[after] || i > 0 && month[tokens[i-1].Word] || after == "of":
		add(Thing{Date, Day, t.Start, t.End})
	default:
		add(Thing{Number, Count, t.Start, t.End})
	}
}

// numeral reads a number in words at i ("three million dollars").
func numeral(text string, tokens []words.Token, i int, add func(Thing)) int {
	first := i
	for i+1 < len(tokens) && numbers[tokens[i+1].Word] {
		i++
	}
	if unit(text, tokens, i, add) {
		return i + 1
	}
	if w := tokens[first].Word; i > first || w != "one" && w != "once" && w != "single" {
		add(Thing{Number, Count, tokens[first].Start, tokens[i].End})
	}
	return i
}

// unit reports whether a unit follows the number that ends at i, and tells it.
func unit(text string, tokens []words.Token, i int, add func(Thing)) bool {
	if i+1 == len(tokens) {
		return false
	}
	start, end := tokens[i].Start, tokens[i+1].End
	after := tokens[i+1].Word
	switch {
	case timeUnits[after] || timeUnits[strings.TrimSuffix(after, "-long")] || after == "day" || after == "year":
		add(Thing{Duration, AnyGrain, start, end})
		if i+2 < len(tokens) && tokens[i+2].Word == "old" {
			add(Thing{Number, Age, start, tokens[i+2].End})
		} else {
			add(Thing{Number, Count, start, end})
		}
	case after == "percent" || after == "per" && i+2 < len(tokens) && tokens[i+2].Word == "cent" || after == "percentage":
		add(Thing{Number, Percentage, start, end})
	case after == "dollars" || after == "pounds" || after == "euros" || after == "cents" || after == "francs" || after == "marks" || after == "yen":
		add(Thing{Number, Money, start, end})
		if after == "pounds" {
			add(Thing{Number, Measure, start, end})
		}
	case (after == "am" || after == "pm" || after == "a.m" || after == "p.m" || after == "o'clock"):
		add(Thing{Date, Time, start, end})
	case units[after]:
		add(Thing{Number, Measure, start, end})
	default:
		return false
	}
	return true
}

// name reads a run of capitalised words at i and returns the index after it,
// or i where there is none.
func name(text string, tokens []words.Token, i int, add func(Thing)) int {
	t := tokens[i]
	first := i == 0 || strings.ContainsAny(between(text, tokens, i), ".!?:\n\"“")
	if first && (auxiliary[t.Word] || prepositions[t.Word] || articles[t.Word] || pronouns[t.Word] || asksWord[t.Word] || starters[t.Word]) {
		return i
	}
	if t.Word == "i" || i > 0 && tokens[i-1].Start == t.Start {
		return i // "It's" is two words
	}
	if short, _, ok := strings.Cut(t.Word, "'"); ok && pronouns[short] { // "I'd"
		return i
	}
	end := nameEnd(text, tokens, i)
	last := tokens[end-1]
	add(Thing{Name, AnyGrain, t.Start, last.End})
	is := namedBy(text, tokens, i, end)
	if !is.organisation && !is.place {
		before := ""
		if i > 0 {
			before = tokens[i-1].Word
		}
		if end == i+1 && people(last.Word, before) {
			add(Thing{Group, AnyGrain, t.Start, last.End})
		}
		is.lookAround(text, tokens, i, end, before)
	}
	if is.person {
		add(Thing{Person, AnyGrain, t.Start, last.End})
	}
	if is.organisation {
		add(Thing{Organisation, AnyGrain, t.Start, last.End})
	}
	if is.place {
		add(Thing{Place, AnyGrain, t.Start, last.End})
	}
	return end
}

// nameEnd returns the index after the name that begins at i.
func nameEnd(text string, tokens []words.Token, i int) int {
	end := i + 1
	for end < len(tokens) {
		gap := between(text, tokens, end)
		if gap != " " && gap != "-" && gap != ". " && gap != " & " && gap != "" && gap != "–" {
			break
		}
		if gap == ". " && tokens[end-1].End-tokens[end-1].Start > 1 && !words.Title(tokens[end-1].Word) {
			break
		}
		w := tokens[end].Word
		switch {
		case upper(text[tokens[end].Start:]) && w != "i":
			end++
		case gap == " " && joins[w]:
			next := end + 1
			if w != "and" && next < len(tokens) && joins[tokens[next].Word] && between(text, tokens, next) == " " { // "van der"
				next++
			}
			if next == len(tokens) || !upper(text[tokens[next].Start:]) || between(text, tokens, next) != " " {
				return end
			}
			end = next + 1
		default:
			return end
		}
	}
	return end
}

// named is what a name may be the name of.
type named struct{ person, organisation, place bool }

// namedBy returns what the words of a name, those from i to end, make of it.
func namedBy(text string, tokens []words.Token, i, end int) named {
	t := tokens[i]
	acronym := end == i+1 && t.End-t.Start >= 2 && t.End-t.Start <= 5 && text[t.Start:t.End] == strings.ToUpper(text[t.Start:t.End])
	is := named{organisation: acronym, place: words.Territory(t.Word) || end == i+2 && compass[t.Word]}
	for _, t := range tokens[i:end] {
		switch w := t.Word; {
		case words.Title(w) || words.GivenName(w):
			is.person = true
		case words.Organisation(w):
			is.organisation = true
		case words.Place(w):
			is.place = true
		}
	}
	return is
}

// people reports whether a name of one word is that of a group.
func people(word, before string) bool {
	return len(word) > 4 && (strings.HasSuffix(word, "ans") || strings.HasSuffix(word, "ese") || strings.HasSuffix(word, "ists") || strings.HasSuffix(word, "ers") || strings.HasSuffix(word, "ics") && before == "the")
}

// lookAround adds what stands around a name, whose words do not say what it is of.
func (is *named) lookAround(text string, tokens []words.Token, i, end int, before string) {
	behind := text[tokens[end-1].End:]
	noun, known := nouns[before]
	is.person = is.person || words.Title(before) || end < len(tokens) && humanVerbs[tokens[end].Word] ||
		known && noun.kind == Person || before == "by" || end-i >= 2 && end-i <= 3 && before != "the"
	switch before {
	case "in", "at", "near", "from", "to", "into", "outside", "around", "across", "throughout":
		is.place = true
	}
	if strings.HasPrefix(behind, ", ") && end < len(tokens) && words.Territory(tokens[end].Word) {
		is.place = true
	}
	if !is.person && !is.place {
		is.person = end == i+1 && (strings.HasPrefix(behind, "'s ") || strings.HasPrefix(behind, "’s "))
		is.organisation = end == i+1 && before != "the"
	}
}
