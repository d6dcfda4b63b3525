package extract

import (
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"verbatim/corpus/attribution"
)

// behindName is what may stand behind a speaker's name: "(she/her)", "(Acme Ltd)".
var behindName = regexp.MustCompile(`\s+\([^()]{1,40}\)$`)

// longestName is how many bytes a speaker's name has at most.
const longestName = 48

// speakerOf returns the name before the colon with which a line of a transcript
// begins, or "".
func speakerOf(line string) string {
	name, said, ok := strings.Cut(line, ":")
	person := behindName.ReplaceAllString(name, "")
	if !ok || len(person) > longestName || !strings.HasPrefix(said, " ") || strings.TrimSpace(said) == "" {
		return ""
	}
	fields := strings.Fields(person)
	if len(fields) == 0 || len(fields) > 5 {
		return ""
	}
	for _, f := range fields {
		if r, _ := utf8.DecodeRuneInString(f); !unicode.IsUpper(r) && len(f) > 3 {
			return ""
		}
	}
	return name
}

// withTurns calls paragraphs turns that begin with a speaker's name, where one such
// name comes twice or two come: a single "Note: …" is no transcript.
func withTurns(blocks []Block, from int) []Block {
	blocks = append(blocks[:from:from], withoutClocks(labelled(questionsAndAnswers(blocks[from:])))...)
	speakers, turns := map[string]bool{}, 0
	for _, b := range blocks[from:] {
		if name := speakerOf(b.Text); name != "" && b.Kind == Paragraph {
			speakers[name] = true
			turns++
		}
	}
	if turns < fewestTurns || len(speakers)*2 > turns {
		return blocks
	}
	for i, b := range blocks[from:] {
		if b.Kind == Paragraph && speakerOf(b.Text) != "" {
			blocks[from+i].Kind = Turn
		}
	}
	return blocks
}

var (
	// questionMark and answerMark begin a question and its answer, also in cells of a row.
	questionMark = regexp.MustCompile(`^(?:Q|Question)(?: ?\d{1,3})?(?:[:.]| \|)\s+`)
	answerMark   = regexp.MustCompile(`^(?:A|Answer)(?: ?\d{1,3})?(?:[:.]| \|)\s+`)
	// interview says of a text that somebody answers in it, and answersSelf is how that one speaks.
	interview   = regexp.MustCompile(`(?i)\b(?:interview(?:s|ed)?|(?:talk|conversation|q ?& ?a) with|deposition|testimony|hearing)\b`)
	answersSelf = regexp.MustCompile(`\b(?:I|I['’]\p{L}+|[Mm]y|[Mm]e|[Mm]yself)\b`)
)

// questionsAndAnswers makes headings of questions that are marked so, where three have an answer
// behind them that is marked, too, and takes the marks away. Those of an interview are turns.
func questionsAndAnswers(blocks []Block) []Block {
	pairs, spoken := 0, false
	for i, b := range blocks {
		spoken = spoken || b.Kind == Heading && interview.MatchString(b.Text) || i == 0 && interview.MatchString(b.Text)
		if i > 0 && answerMark.MatchString(b.Text) {
			spoken = spoken || answersSelf.MatchString(answerMark.ReplaceAllString(b.Text, ""))
			if questionMark.MatchString(blocks[i-1].Text) {
				pairs++
			}
		}
	}
	if pairs < fewestQuestions {
		return blocks
	}
	for i, b := range blocks {
		question, answer := questionMark.FindString(b.Text), answerMark.FindString(b.Text)
		switch {
		case question == "" && answer == "" || b.Kind != Paragraph && b.Kind != Heading:
			continue
		case spoken:
			blocks[i].Kind, blocks[i].Text = Paragraph, strings.Replace(b.Text, " | ", ": ", 1)
			continue
		case question != "":
			blocks[i].Kind = Heading
		default:
			blocks[i].Kind = Paragraph
		}
		blocks[i].Text, blocks[i].bold = b.Text[len(question)+len(answer):], false
	}
	return blocks
}

// clock is when something was said, counted from the beginning of a recording.
const clock = `[\[(]?(?:\d{1,2}:)?\d{1,2}:\d\d(?:[.,]\d{1,3})?[\])]?`

var (
	clockBefore = regexp.MustCompile(`^` + clock + `(?:\s*(?:-->?|–)\s*` + clock + `)?\s*[-–—|]?\s*`)
	clockBehind = regexp.MustCompile(`\s*[-–—|,]?\s*` + clock + `(\s*:)?$`)
	clockAfter  = regexp.MustCompile(`^([^:]{2,48}?)\s+((?:\d{1,2}:)?\d{1,2}:\d\d)\s+(\S.*)$`)
	rowOfTurn   = regexp.MustCompile(`^(?:` + clock + ` \| )?([^|]{2,48}) \| (?:` + clock + ` \| )?([^|]*[.!?…]["”’]?)$`)
	clockWithin = regexp.MustCompile(`^([^:]{2,48}?)\s*[\[(](?:\d{1,2}:)?\d{1,2}:\d\d[\])](:\s)`)
)

const (
	// fewestTurns is how many turns a transcript has at least; of its speakers each has two
	// on average.
	fewestTurns = 4
	// longestLabel is how many words the line has at most that says who speaks.
	longestLabel = 5
)

// withoutClock is the line of a transcript without when it was said.
func withoutClock(line string) string {
	if m := clockWithin.FindStringSubmatch(line); m != nil {
		return m[1] + m[2] + line[len(m[0]):]
	}
	return strings.TrimSpace(clockBehind.ReplaceAllString(clockBefore.ReplaceAllString(line, ""), "$1"))
}

// label returns who speaks what follows, where a line says nothing else, or "".
func label(b Block) string {
	if b.Kind != Paragraph && b.Kind != Heading {
		return ""
	}
	name := strings.TrimSpace(strings.TrimSuffix(withoutClock(b.Text), ":"))
	fields := strings.Fields(name)
	if len(fields) == 0 || len(fields) > longestLabel || strings.ContainsAny(name, ".!?:;,\"“”") {
		return ""
	}
	for _, f := range fields {
		if r, _ := utf8.DecodeRuneInString(f); !unicode.IsUpper(r) && len(f) > 3 {
			return ""
		}
	}
	return name
}

// labelled joins the lines that only say who speaks with what is said, where a text is made
// of such: a heading stands once in a text, a speaker speaks again. What stands again without
// being anybody's name, such as "Pros" and "Cons", heads what follows.
func labelled(all []Block) []Block {
	blocks := partedLabels(all)
	count, turns, again, people := map[string]int{}, 0, 0, 0
	for i, b := range blocks[:max(0, len(blocks)-1)] {
		if name := label(b); name != "" && label(blocks[i+1]) == "" {
			count[name]++
			turns++
			if b.Text != name || attribution.FullName(name) {
				people++ // with a time or a colon, or the name of a person
			}
		}
	}
	for _, n := range count {
		if n > 1 {
			again += n
		}
	}
	if again < fewestTurns || len(count) < 2 || again*4 < turns*3 || people*3 < turns {
		return all
	}
	var out []Block
	for i := 0; i < len(blocks); i++ {
		b := blocks[i]
		if name := label(b); count[name] > 0 && i+1 < len(blocks) && blocks[i+1].Kind != Heading {
			if again := count[name] > 1 || b.Text != name; again {
				b = Block{Kind: Turn, Text: name + ": " + blocks[i+1].Text}
				i++
			}
		}
		out = append(out, b)
	}
	return out
}

// partedLabels parts lines that begin with a speaker and when it was said, or with a speaker
// in a cell of its own.
func partedLabels(blocks []Block) []Block {
	var out []Block
	for _, b := range blocks {
		if m := clockAfter.FindStringSubmatch(b.Text); m != nil && b.Kind == Paragraph && label(Block{Text: m[1]}) != "" {
			out = append(out, Block{Text: m[1] + " " + m[2]})
			b.Text, b.bold = m[3], false
		} else if m := rowOfTurn.FindStringSubmatch(b.Text); m != nil && b.Kind == Paragraph && label(Block{Text: m[1]}) != "" {
			out = append(out, Block{Text: m[1]})
			b.Text, b.bold = m[2], false
		}
		out = append(out, b)
	}
	return out
}

// withoutClocks takes away when each line of a transcript was said.
func withoutClocks(blocks []Block) []Block {
	timed := 0
	for _, b := range blocks {
		if b.Kind == Paragraph && (clockBefore.MatchString(b.Text) || clockWithin.MatchString(b.Text)) {
			timed++
		}
	}
	if timed < fewestTurns || timed*3 < len(blocks) {
		return blocks
	}
	for i, b := range blocks {
		if text := withoutClock(b.Text); b.Kind == Paragraph {
			blocks[i].Text = text
		}
	}
	return slices.DeleteFunc(blocks, func(b Block) bool { return b.Text == "" })
}
