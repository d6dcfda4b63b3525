package extract

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"verbatim/corpus/attribution"
	"verbatim/corpus/words"
)

// readPlain reads plain text: a line is a paragraph, unless paragraphs are hard
// wrapped and set off by blank lines.
func readPlain(_ Input, text string) (*Document, error) {
	doc := &Document{}
	doc.plain(text)
	doc.titleLine()
	return doc, nil
}

// releaseLine is a line that says what a text is and heads it, and is no title.
var releaseLine = regexp.MustCompile(`(?i)^(?:(?:press|news|media) (?:release|statement|advisory|notice)|(?:for )?immediate (?:release|use))(?:\s*[|:,/–—-]?\s*(?:(?:for )?immediate (?:release|use)|(?:no\.?|ref\.?|number) ?[\w/-]+|` + aDate + `))*\.?$|` +
	`^(?:for )?immediate release\b|^(?:strictly )?embargoed\b(?: (?:until|till|to|for)\b|:)?.{0,60}$|^under embargo\b.{0,60}$|^not for publication\b`)

var (
	// embargo begins a line with a date that is not yet there.
	embargo = regexp.MustCompile(`(?i)embargo`)
	// contactLine begins whom a press release tells to ask, and reached is how.
	contactLine = regexp.MustCompile(`(?i)^(?:for (?:more|further) information,? |(?:media|press|news) )?(?:please )?(?:contacts?|enquir(?:y|ies)|inquir(?:y|ies))\b`)
	reached     = regexp.MustCompile(`\S@\S|\bwww\.\S|https?://|\+?\(?\d[\d ()./-]{6,}\d`)
)

// longestContact is how many lines it has at most, and contactWidth how many bytes each.
const (
	longestContact = 9
	contactWidth   = 100
)

// contactLines counts the lines from one on that tell whom to ask, up to the last that tells how.
func (d *Document) contactLines(at int) int {
	if !contactLine.MatchString(d.Blocks[at].Text) {
		return 0
	}
	found := 0
	for i, b := range d.Blocks[at:min(at+longestContact, len(d.Blocks))] {
		if len(b.Text) > contactWidth || b.Kind == Heading && i > 0 {
			break
		}
		if reached.MatchString(b.Text) {
			found = i + 1
		}
	}
	return found
}

// titleLine takes the first line for the title, where it reads like one. The line of a
// press release that says so, and the body in capital letters that a report or a hearing
// is of, are none where a title follows; nor is where and when a letter was written.
func (d *Document) titleLine() {
	if d.Title != "" || d.salutation() > 0 || len(d.Blocks) > 0 && onlyDated(d.Blocks[0].Text) {
		return
	}
	at := 0
	for before := 0; before < titleWithin && at < len(d.Blocks)-1; before++ {
		contact := d.contactLines(at)
		if contact == 0 && !d.mastHead(at) {
			break
		}
		at += max(1, contact)
	}
	at = min(at, max(0, len(d.Blocks)-1))
	if at > 0 && (d.Blocks[at].Kind == Paragraph && !d.titleLike(at) || writtenDate.MatchString(d.Blocks[at].Text) || attribution.FullName(d.Blocks[at].Text)) {
		at = 0
	}
	if len(d.Blocks) < at+2 || d.Blocks[at].Kind != Heading && !d.titleLike(at) {
		return
	}
	for i := range d.Blocks[:at] {
		if !writtenDate.MatchString(d.Blocks[i].Text) {
			d.Blocks[i].Kind = Caption
		}
	}
	d.Blocks[at].Kind = Heading
	d.Title = d.Blocks[at].Text
}

// noTitle begins a line that stands apart before a text and is no title of it: it greets, or
// says what the name of a field says.
var noTitle = regexp.MustCompile(`(?i)^(?:(?:dear|hello|hi|hey|good (?:morning|afternoon|evening|day)|welcome|thank you|thanks|ladies and gentlemen|friends|colleagues)\b|` +
	`(?:to|from|cc|date|subject|re|ref|attn|contacts?|notes?|source|tel|phone|e-?mail|address|place|location|when|where|who|what|author|editor|published|updated|tags?|category|keywords|language|[qa])\s*:)`)

// titleLike reports whether a line without markup reads like a title. One that stands apart may
// ask or call out, where the text is no list of questions, and may have a colon ("Harbrook: pool
// closes for months") behind what is no speaker: that would speak again, or be answered.
func (d *Document) titleLike(at int) bool {
	b := d.Blocks[at]
	if b.Kind == Paragraph && headingLike(b.Text) {
		return true
	}
	name, title := speakerOf(b.Text), strings.TrimRight(b.Text, "?!")
	marked := title != b.Text
	if b.Kind != Paragraph && b.Kind != Turn || !b.apart || at+1 == len(d.Blocks) || noTitle.MatchString(title) || named.MatchString(title) ||
		!headingLike(strings.TrimPrefix(title, name+":")) || marked && name != "" && speakerOf(d.Blocks[at+1].Text) != "" {
		return false
	}
	asked := 0
	for i, o := range d.Blocks {
		if i != at && name != "" && speakerOf(o.Text) == name {
			return false
		}
		if strings.HasSuffix(o.Text, "?") && len(strings.Fields(o.Text)) <= longestQuestion {
			asked++
		}
	}
	return name != "" || asked < fewestQuestions
}

// titleWithin is how many lines may stand before the title.
const titleWithin = 3

// mastHead reports whether a line before the title says what the text is, when, or of which
// body: "FOR IMMEDIATE RELEASE", "SELECT COMMITTEE ON FERRIES".
func (d *Document) mastHead(i int) bool {
	text := d.Blocks[i].Text
	if releaseLine.MatchString(text) || i > 0 && onlyDated(text) {
		return true
	}
	body := false
	for w := range strings.FieldsSeq(strings.ToLower(text)) {
		body = body || words.Organisation(w)
	}
	return body && text == strings.ToUpper(text) && d.Blocks[i+1].Text != strings.ToUpper(d.Blocks[i+1].Text)
}

// placed is what may stand before the date of a line that says where and when something was
// written.
var placed = regexp.MustCompile(`^(?:[\p{L}.' -]{1,40},)?[\s.,]*$`)

// onlyDated reports whether a line holds a date, with a place before it at most.
func onlyDated(line string) bool {
	at := writtenDate.FindStringIndex(line)
	return at != nil && strings.Trim(line[at[1]:], " .") == "" && placed.MatchString(line[:at[0]])
}

// plain appends the paragraphs of plain text.
func (d *Document) plain(text string) {
	text = strings.NewReplacer("\r\n", "\n", "\r", "\n", "\f", "\n\n", "\x1a", "").Replace(text)
	wrapped := hardWrapped(text)
	joins := newJoiner(text, false)
	first := len(d.Blocks)
	for _, paragraph := range strings.Split(text, "\n\n") {
		lines := strings.Split(strings.Trim(paragraph, "\n"), "\n")
		if wrapped {
			lines = rejoined(lines, joins)
		}
		for _, line := range lines {
			d.add(plainKind(line), line)
		}
		if n := len(d.Blocks); n > 0 && len(lines) == 1 && strings.TrimSpace(lines[0]) != "" {
			d.Blocks[n-1].apart = true
		}
	}
	if wrapped {
		d.note("its lines were joined to paragraphs, at blank lines")
	}
	d.Blocks = withTurns(d.Blocks, first)
}

// plainKind tells an item of a list by its mark.
func plainKind(line string) Kind {
	line = strings.TrimSpace(line)
	for _, mark := range []string{"• ", "* ", "- ", "– ", "◦ ", "▪ "} {
		if strings.HasPrefix(line, mark) {
			return Item
		}
	}
	return Paragraph
}

const (
	// wrapWidth is the longest line of hard-wrapped text; programs wrap at 65 to 80.
	wrapWidth = 100
	// fullLine is the share of the longest line that a full one reaches.
	fullLine = 0.75
)

// hardWrapped reports whether lines of text end where a column is full, not where a
// paragraph ends: none is long, and most lines within paragraphs are nearly full.
func hardWrapped(text string) bool {
	longest, inside, full := 0, 0, 0
	lines := strings.Split(text, "\n")
	for _, l := range lines {
		longest = max(longest, utf8.RuneCountInString(l))
	}
	if longest > wrapWidth || longest < 40 {
		return false
	}
	for i, l := range lines[:len(lines)-1] {
		if strings.TrimSpace(l) == "" || strings.TrimSpace(lines[i+1]) == "" {
			continue
		}
		inside++
		if float64(utf8.RuneCountInString(l)) >= fullLine*float64(longest) && !endsSentence(l) {
			full++
		}
	}
	return inside >= 3 && full*2 > inside
}

// rejoined joins the lines of a hard-wrapped paragraph. An item of a list begins a
// line of its own, and so does what follows a short line that ends a sentence.
func rejoined(lines []string, joins joiner) []string {
	var out []string
	for i, l := range lines {
		l = strings.TrimSpace(l)
		begins := i == 0 || plainKind(l) == Item || speakerOf(l) != "" && endsSentence(lines[i-1])
		if begins {
			out = append(out, l)
			continue
		}
		out[len(out)-1] = joins.join(out[len(out)-1], l)
	}
	return out
}

// joiner joins the lines of paragraphs. It knows the words of the text, to tell a
// word that was parted at the end of a line from one that has a hyphen.
type joiner struct {
	words map[string]bool
	// parts is whether the text is of a program that parts words.
	parts bool
}

// newJoiner learns the words of a text, those with hyphens as one.
func newJoiner(text string, parts bool) joiner {
	j := joiner{map[string]bool{}, parts}
	for _, w := range strings.FieldsFunc(strings.ToLower(text), func(r rune) bool { return !unicode.IsLetter(r) && r != '-' }) {
		j.words[w] = true
	}
	return j
}

// join joins two lines: a word that was parted at the end of the first becomes one
// again.
func (j joiner) join(a, b string) string {
	if a == "" || b == "" {
		return a + b
	}
	if strings.HasSuffix(a, "\u00ad") {
		return strings.TrimSuffix(a, "\u00ad") + b
	}
	if !parted(a) {
		return a + " " + b
	}
	stem := strings.TrimSuffix(strings.TrimSuffix(a, "-"), "\u2010")
	if head, _ := utf8.DecodeRuneInString(b); unicode.IsLower(head) && !capitals(stem) && j.oneWord(lastWord(stem), firstWord(b)) {
		return stem + b
	}
	return a + b
}

// oneWord reports whether two parts are of a word without a hyphen: the text has it
// elsewhere, or the text is one that parts words, does not have both parts, or the two with
// a hyphen, as words, and the first part is none that mostly has a hyphen after it.
func (j joiner) oneWord(a, b string) bool {
	switch {
	case j.words[a+b]:
		return true
	case j.words[a+"-"+b]:
		return false
	}
	return j.parts && !(j.words[a] && j.words[b]) && !hyphened(a, b)
}

var (
	// firstParts mostly have a hyphen behind them where they begin a word. That leaves out those
	// at which programs part other words, too: "al-low", "mid-dle", "part-ner", "ten-ant".
	firstParts = words.Set(`well ill self long short half high low hard soft deep wide open old new best full left right single double non anti quasi vice cross
		two three four five six seven eight nine twenty thirty forty fifty sixty seventy eighty ninety hundred`)
	// oneWithFirst are second parts that make one word with such a first one: "shor-tage",
	// "high-er", "cross-ing", "non-sense".
	oneWithFirst = regexp.MustCompile(`^(?:age|bod|back|bread|chal|cipat|coming|dote|e[dr]|een|en|est|et|fall|ful|fold|hand|hood|ing|ish|land|less|light|list|ly|ness|over|penny|road|roy|s$|same|sen|septic|ship|some|spread|teen|ths?$|ty|ware|way|wood|word)`)
	// pairs are parts that have a hyphen between them, though other words are parted behind
	// the first: "co-logne", "ex-pect", "so-cial", "far-ther", "one-self".
	pairs = regexp.MustCompile(`^(?:co-(?:author|chair|exist|found|host|op|ordinat|own|pilot|produc|sign|star|work|writ|wrote)|ex-(?:convict|husband|partner|service|wife|wives)|so-called|far-(?:away|fetched|left|off|reaching|right)|` +
		`all-(?:day|female|important|inclusive|male|night|party|powerful|round|star|time)|one-(?:day|half|hour|man|off|person|quarter|sided|third|time|way|week|woman|year)|ten-(?:day|fold|hour|minute|month|week|year)|part-tim|(?:year|month|week|day|hour)-(?:old|long)|mid-(?:air|century|day|season|term|week)|up-to)`)
	// joints are words inside a compound of several: "state-of-the-art".
	joints = words.Set("and at by for in of on or the to up")
)

// hyphened reports whether there is a hyphen between two parts as a rule. No program parts a
// word after one letter, as in "e-mail".
func hyphened(a, b string) bool {
	before, last := "", a
	next, _, more := strings.Cut(b, "-")
	if i := strings.LastIndexByte(a, '-'); i >= 0 {
		before, last = a[:i], a[i+1:]
	}
	person := (last == "co" || last == "ex") && attribution.IsRole(strings.TrimSuffix(b, "s"))
	return person || utf8.RuneCountInString(last) == 1 || before != "" && joints[last] || more && (joints[next] || next == "year") ||
		pairs.MatchString(last+"-"+b) || firstParts[last] && !oneWithFirst.MatchString(b)
}

// capitals reports whether the last word of a line is an abbreviation, which nobody parts.
func capitals(line string) bool {
	word := line[len(line)-len(lastWord(line)):]
	return utf8.RuneCountInString(word) > 1 && word == strings.ToUpper(word)
}

func lastWord(s string) string {
	stem := strings.TrimRightFunc(s, func(r rune) bool { return unicode.IsLetter(r) || r == '-' })
	return strings.ToLower(s[len(stem):])
}

func firstWord(s string) string {
	if i := strings.IndexFunc(s, func(r rune) bool { return !unicode.IsLetter(r) && r != '-' }); i >= 0 {
		s = s[:i]
	}
	return strings.ToLower(s)
}

// parted reports whether a line ends in a letter or a digit and a hyphen.
func parted(line string) bool {
	stem := strings.TrimSuffix(strings.TrimSuffix(line, "-"), "\u2010")
	last, _ := utf8.DecodeLastRuneInString(stem)
	return stem != line && (unicode.IsLetter(last) || unicode.IsDigit(last))
}

// endsSentence reports whether a line ends as a sentence or a heading with a colon does.
func endsSentence(line string) bool {
	line = strings.TrimRight(strings.TrimSpace(line), "\"'”’»)]"+superscripts)
	return line != "" && strings.ContainsAny(line[len(line)-1:], ".!?:") || strings.HasSuffix(line, "…")
}

// maxHeading is how many words a line has at most that is taken for a heading
// without markup that says so.
const maxHeading = 14

// headingLike reports whether a line without markup reads like a title: short, one
// sentence at most and no end of one.
func headingLike(line string) bool {
	last, _ := utf8.DecodeLastRuneInString(line)
	return len(strings.Fields(line)) <= maxHeading && !strings.ContainsRune(".!?:;,\"”’", last) &&
		speakerOf(line) == "" && len(words.Sentences(line)) <= 1
}
