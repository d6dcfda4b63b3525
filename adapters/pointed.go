package adapters

import (
	"cmp"
	_ "embed"
	"regexp"
	"slices"
	"strings"
	"unicode"

	"verbatim/answers"
)

// Pointed is a message that somebody points at to have its words checked, as it is
// shown to people: with the platform's markup undone.
type Pointed struct {
	// Own are the words of whoever wrote it.
	Own string
	// Quoted are the runs of Own that are set as quotations.
	Quoted []string
	// Cards are the texts of its own blocks, cards and polls.
	Cards []string
	// Forwarded are the texts of messages that it passes on.
	Forwarded []string
	// Unfurled are previews of what it links to. They are read only where there is
	// nothing else: whoever points at a message means its words.
	Unfurled []string
}

// maxPointed bounds what is looked at of a message that is pointed at: a quotation,
// the whole, and the parts of a card. maxWords bounds each in bytes: more than the
// longest message of a platform (Slack's 40,000 characters) says nothing more.
const (
	maxPointed = 12
	maxWords   = 40_000
	// fewWords: a text of fewer words is looked for after longer ones, since any
	// article has “yes” and “the lamp” somewhere.
	fewWords = 3
)

// Candidates are the texts that somebody may mean who points at the message, without
// emoji, emoji names and addresses: quotations first, then the message's own words,
// what it passes on, its cards; then the same with all that they hold, since a
// quote may hold such things; at last single lines of them. Empty where it shows no words.
func (p Pointed) Candidates() []string {
	var long, short, whole []string
	add := func(texts ...string) {
		for _, text := range texts {
			if len(long) >= maxPointed { // the rest would be left out
				return
			}
			text = strings.TrimSpace(text[:min(len(text), maxWords)])
			bare := Bare(text)
			few := len(strings.Fields(bare)) < fewWords
			if bare == "" || few && len(short) >= maxPointed || slices.Contains(long, bare) || slices.Contains(short, bare) {
				continue
			}
			if bare != text {
				whole = append(whole, text)
			}
			if few {
				short = append(short, bare)
			} else {
				long = append(long, bare)
			}
		}
	}
	add(p.Quoted...)
	add(p.Own)
	add(p.Forwarded...)
	add(p.Cards...)
	if len(long)+len(short) == 0 {
		add(p.Unfurled...)
	}
	all := slices.Concat(long, short, whole)
	for _, line := range p.lines() {
		if !slices.Contains(all, line) {
			all = append(all, line)
		}
	}
	return all[:min(len(all), maxPointed)]
}

// Meant is the first of some candidates that the source has as it is, else the first that
// it has changed, else the first of all; "" where there are none. A line of another one is
// meant where the source has nothing else as it is, and has changed no other line.
func Meant(check func(answers.Question) answers.Answer, source string, candidates []string) string {
	if len(candidates) == 0 {
		return ""
	}
	if len(candidates) == 1 {
		return candidates[0]
	}
	var line, changed, changedLine string
	for i, text := range candidates {
		isLine := slices.ContainsFunc(candidates[:i], func(c string) bool { return slices.Contains(strings.Split(c, "\n"), text) })
		switch a := check(answers.Question{Text: Bounded(text), Source: source}); {
		case a.Finding == answers.Absent || len(a.Quotes) == 0:
		case a.Finding == answers.Altered && isLine:
			changedLine = cmp.Or(changedLine, text)
		case a.Finding == answers.Altered:
			changed = cmp.Or(changed, text)
		case isLine:
			line = cmp.Or(line, text)
		default:
			return text
		}
	}
	if changedLine != "" {
		line = ""
	}
	return cmp.Or(line, changed, changedLine, candidates[0])
}

// lines are the lines of what the message says that may be a quote between other lines: not
// those of a quotation, which is meant as a whole, nor those that go on in the next line.
func (p Pointed) lines() (out []string) {
	for _, text := range slices.Concat([]string{p.Own}, p.Forwarded, p.Cards) {
		all := strings.Split(Bare(text[:min(len(text), maxWords)]), "\n")
		for i, line := range all {
			if len(all) == 1 || len(out) >= maxPointed {
				break
			}
			goes := i+1 < len(all) && unicode.IsLower([]rune(all[i+1])[0]) || strings.Count(line, "“") != strings.Count(line, "”") || strings.Count(line, `"`)%2 == 1
			quoted := slices.ContainsFunc(p.Quoted, func(q string) bool { return slices.Contains(strings.Split(q, "\n"), line) })
			if !goes && !quoted && !strings.HasSuffix(line, ":") && len(strings.Fields(line)) >= fewWords {
				out = append(out, line)
			}
		}
	}
	return out
}

var (
	// emojiName is a run of names of emoji. They have a letter, so that no time is one, but
	// for a few, which do not follow a digit.
	emojiName = regexp.MustCompile(`(^|\D)(?::(?:` + lettered + `|[+-]1|100|1234):)+|(?::(?:` + lettered + `):)+`)
	address   = regexp.MustCompile(`<?\bhttps?://[^\s<>]+>?|[\w.+-]+@[\w-]+(?:\.[\w-]+)+`)
)

const lettered = `[\pL\pN_+'-]*\pL[\pL\pN_+'-]*`

// Bare is a text without emoji, names of emoji and addresses (also of mail), its white space tidied.
func Bare(text string) string {
	text = address.ReplaceAllString(text, " ")
	text = emojiName.ReplaceAllString(text, "$1 ")
	text = strings.Map(func(r rune) rune {
		switch {
		case r >= 0x2190 && unicode.Is(unicode.So, r), r >= 0x1F3FB && r <= 0x1F3FF, r == 0xFE0F, r == 0x200D, r >= 0xE0020 && r <= 0xE007F:
			return -1
		}
		return r
	}, text)
	var lines []string
	for line := range strings.SplitSeq(text, "\n") {
		if line = strings.Join(strings.Fields(line), " "); line != "" {
			lines = append(lines, line)
		}
	}
	return strings.Join(lines, "\n")
}

//go:embed pointing.txt
var pointingFile string

//go:embed passing.txt
var passingFile string

//go:embed fillers.txt
var fillersFile string

//go:embed subjectless.txt
var subjectlessFile string

var (
	pointing = phrasesOf(pointingFile)
	passing  = phrasesOf(passingFile)
	fillers  = listed(fillersFile)
	// subjectless are the words of all lists by which a question is about nothing yet.
	subjectless = slices.Concat(listed(subjectlessFile), begins, among, itself, pronouns)
)

// listed are the lines of a word list, without its comment.
func listed(file string) []string {
	return slices.DeleteFunc(strings.Split(file, "\n"), func(line string) bool { return line == "" || line[0] == '#' })
}

// phrasesOf is a pattern of the phrases of a list.
func phrasesOf(file string) *regexp.Regexp {
	var phrases, judging []string
	for _, line := range listed(file) {
		if rest, ok := strings.CutPrefix(line, "+ "); ok {
			judging = append(judging, phrase(rest))
		} else {
			phrases = append(phrases, phrase(line))
		}
	}
	all := strings.ReplaceAll(strings.Join(phrases, "|"), `\+`, "(?:"+strings.Join(judging, "|")+")")
	return regexp.MustCompile(`^(?:` + all + `)$`)
}

// phrase is a pattern of one line of a list.
func phrase(line string) string {
	words := strings.Fields(line)
	for i, word := range words {
		if word == "*" {
			words[i] = `\S+(?: \S+){0,2}`
		} else {
			words[i] = "(?:" + strings.ReplaceAll(regexp.QuoteMeta(word), "/", "|") + ")"
		}
	}
	return strings.Join(words, " ")
}

// maxRemark bounds a remark on another message, in bytes: the longest phrase of the
// lists with a long name in it.
const maxRemark = 120

// PointsAt reports whether a text only asks whether something else is right: "is
// this right?", "did he really say this?".
func PointsAt(text string) bool { return remarks(pointing, text) }

// PassesOn reports whether a text only hands on what stands with it: nothing at all,
// "can you answer this?".
func PassesOn(text string) bool {
	return strings.TrimSpace(text) == "" || remarks(passing, text)
}

func remarks(phrases *regexp.Regexp, text string) bool {
	if len(text) > maxRemark {
		return false
	}
	return phrases.MatchString(strings.Join(wordsOf(text), " ")) || phrases.MatchString(strings.Join(unfilled(text), " "))
}

// unfilled are the words of a text without fillers.
func unfilled(text string) []string {
	return slices.DeleteFunc(wordsOf(text), func(w string) bool { return slices.Contains(fillers, w) })
}

// wordsOf are the words of a text in lower case, without mentions.
func wordsOf(text string) []string {
	text = strings.ReplaceAll(strings.ReplaceAll(strings.ToLower(text), "’", "'"), "'s", " is")
	var out []string
	for _, f := range strings.Fields(text) {
		if strings.HasPrefix(f, "@") {
			continue
		}
		out = append(out, strings.FieldsFunc(f, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) && r != '\'' })...)
	}
	return out
}

// begins are words that a question begins with, or that carry one on.
var begins = strings.Fields(`what who whom whose when where which why how did does do is are was were has had have
	will would could should can and or but then also anything any`)

// asks are those among them that make a question of a line of a few words without a
// question mark.
var asks = strings.Fields("what who whom whose when where which why how did does was were")

// among are words of people who speak among themselves.
var among = strings.Fields(`i i'm i'll i'd me my mine we we're we'll us our ours let let's you you're your yours y'all
	lunch coffee meeting standup anyone anybody everyone everybody guys folks team lol haha thanks`)

// itself are words for the article and who speaks in it, and pronouns those for who was
// spoken of.
var (
	itself   = strings.Fields("article author text piece interview speech speaker")
	pronouns = strings.Fields("he him his she her hers they them their theirs")
)

// ReadsAsQuestion reports whether a text reads as a question that is put to the bot,
// and not as talk among people: for a place where the bot listens unasked.
func ReadsAsQuestion(text string) bool {
	words := slices.DeleteFunc(wordsOf(text), func(w string) bool { return slices.Contains(fillers, w) && w != "and" })
	if len(words) == 0 || len(words) > 40 || slices.ContainsFunc(words, func(w string) bool { return slices.Contains(among, w) }) {
		return false
	}
	text = strings.TrimSpace(text)
	if strings.HasSuffix(text, "?") {
		return slices.Contains(begins, words[0])
	}
	return slices.Contains(asks, words[0]) && len(words) >= 3 && !strings.ContainsAny(text[len(text)-1:], "!.,…")
}

// requests are words that a request to the bot begins with.
var requests = strings.Fields("tell show give find list explain describe summarize summarise compare")

// Asks reports whether a text that was said to the bot asks for something, and does not
// state it.
func Asks(text string) bool {
	words, text := unfilled(text), strings.TrimSpace(text)
	if len(words) == 0 {
		return false
	}
	asking := slices.Contains(asks, words[0])
	return asking && len(words) >= 3 || slices.Contains(requests, words[0]) || strings.HasSuffix(text, "?") &&
		(asking || slices.Contains(begins, words[0]) || slices.ContainsFunc(words, func(w string) bool { return slices.Contains(asks, w) }))
}

// asksItself reports whether a remark on another message is a question of its own: it asks
// about something that it names, and not about "this".
func asksItself(remark string) bool {
	words := unfilled(remark[:min(len(remark), maxWords)])
	return Asks(remark) &&
		!slices.ContainsFunc(words, func(w string) bool {
			return slices.Contains([]string{"this", "these", "those", "below", "above", "here"}, w)
		}) &&
		slices.ContainsFunc(words, func(w string) bool { return !slices.Contains(subjectless, w) })
}

// Asked is what somebody wants of a message that they pass on with a remark: a question
// that stands in it is answered, of other words the candidates are checked. ok is false
// where the remark is a question of its own, or the message shows no words. Who forwards a
// message means it, whatever they say with it; cards may only stand beside what is asked.
func Asked(remark string, p Pointed) (text string, check []string, ok bool) {
	candidates := Pointed{Forwarded: p.Forwarded, Cards: p.Cards}.Candidates()
	points := PassesOn(remark) || PointsAt(remark)
	if len(candidates) == 0 || !points && (len(p.Forwarded) == 0 || asksItself(remark)) {
		return "", nil, false
	}
	if text = candidates[0]; strings.HasSuffix(text, "?") && slices.Contains(begins, slices.Concat(wordsOf(text), []string{""})[0]) {
		return text, nil, true
	}
	return text, candidates, true
}
