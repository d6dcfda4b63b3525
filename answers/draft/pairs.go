package draft

import (
	"regexp"
	"strings"
	"unicode/utf8"

	"verbatim/corpus"
	"verbatim/corpus/words"
)

const (
	// leastPairs is how many questions a text has at least that is taken for questions
	// and answers where source.yaml calls none of them a heading.
	leastPairs = 3
	// longestAnswer is how many bytes of an answer are quoted; whole sentences, and at
	// least one.
	longestAnswer = 600
	// shortAnswer is how many bytes an answer has that is quoted with the paragraph behind
	// it ("Yes.").
	shortAnswer = 40
	// leastUnended is how many words an answer without a full stop has at least: fewer are
	// a heading.
	leastUnended = 8
	// leastPart is the part of a text that its questions and answers are at least.
	leastPart = 4
	// longestHeading is how many characters a question has that stands for itself.
	longestHeading = 200
)

var (
	questionMark = regexp.MustCompile(`^(?:(?:Q|Question) ?[0-9]*[.:)]|[0-9]+[.)]) *`)
	firstPerson  = regexp.MustCompile(`\b(?:I|I[’'](?:m|ve|d)|my)\b`)
	answerMark   = regexp.MustCompile(`^(?:A|Answer) ?[0-9]*[.:)] *`)
	// noAnswer is what a question is followed by that somebody answers by name, or that
	// heads a list of questions.
	noAnswer = regexp.MustCompile(`^(?:(?:\p{Lu}[\p{L}.’'-]+)(?: \p{Lu}[\p{L}.’'-]*){0,3}: |[^.?]*\?)|:$`)
	// ended is a paragraph that ends as a sentence does.
	ended = regexp.MustCompile(`[.!?:;,]["”’')\]]*$`)
	// announces is an answer that goes on in the paragraphs behind it.
	announces = regexp.MustCompile(`(?:\bbelow\.|\bfollowing\.|:)$`)
	label     = regexp.MustCompile(`^[^?]{1,40}: `)
)

// pairsOf returns the questions of a text that are followed by their answers.
func pairsOf(source *corpus.Source) []intent {
	passages := map[int]corpus.Passage{}
	heads := map[int]bool{} // paragraphs that source.yaml calls headings
	paragraphs := source.Paragraphs()
	for i := range paragraphs {
		heads[i+1] = true
	}
	for _, p := range source.Passages() {
		passages[p.Quote.Start()] = p
		heads[p.Quote.Paragraph()] = false
	}
	var out []intent
	headed := false
	for i := 0; i+1 < len(paragraphs); i++ {
		question, ok := asked(paragraphs[i].Text())
		if !ok || heads[i+2] {
			continue
		}
		if follows := paragraphs[i+1].Text(); noAnswer.MatchString(follows) {
			continue
		}
		last := lastOf(paragraphs, heads, i+1, heads[i+1])
		if !ended.MatchString(paragraphs[i+1].Text()) && len(strings.Fields(paragraphs[i+1].Text())) < leastUnended {
			continue // a heading
		}
		out = append(out, answer(source, paragraphs[i+1], paragraphs[last].End(), question, passages))
		headed = headed || heads[i+1]
	}
	said, told := 0, 0
	for _, in := range out {
		told += len(in.questions[0]) + len(in.quote)
		if firstPerson.MatchString(in.quote) {
			said++
		}
	}
	if !headed && (len(out) < leastPairs || told < len(source.Text())/leastPart) || 3*said > len(out) {
		return nil // an article that asks something here and there, or an interview
	}
	return out
}

// lastOf returns the last paragraph of an answer that begins with one: all up to the next
// heading where the question is a heading, or the paragraph says that it goes on.
func lastOf(paragraphs []corpus.Quote, heads map[int]bool, begin int, headed bool) int {
	last, most := begin, shortAnswer
	if headed || announces.MatchString(paragraphs[begin].Text()) {
		most = longestAnswer
	}
	for last+1 < len(paragraphs) && paragraphs[last].End()-paragraphs[begin].Start() < most && !heads[last+2] && !strings.HasSuffix(paragraphs[last+1].Text(), "?") {
		last++
	}
	if last > begin && !ended.MatchString(paragraphs[last].Text()) && ended.MatchString(paragraphs[last-1].Text()) {
		last-- // the next part's heading
	}
	return last
}

// asked returns the question that a line is, without its number.
func asked(line string) (string, bool) {
	question := questionMark.ReplaceAllString(line, "")
	return question, strings.HasSuffix(question, "?") && utf8.RuneCountInString(question) <= longestHeading && !label.MatchString(question) && !strings.Contains(question, "…") &&
		!strings.ContainsAny(question, "“”\"")
}

// answer makes an intent of a question and of what is said from a paragraph on to an
// offset.
func answer(source *corpus.Source, p corpus.Quote, to int, question string, passages map[int]corpus.Passage) intent {
	text := source.Text()[p.Start():to]
	mark := len(answerMark.FindString(text))
	end := 0
	for _, s := range words.Sentences(text) {
		if end > 0 && s.End > longestAnswer {
			break
		}
		end = s.End
	}
	in := intent{quote: strings.TrimSpace(text[mark:max(mark, end)]), start: p.Start() + mark, kind: corpus.Article, frame: "The article says:", questions: []string{question}, own: true}
	if said, ok := passages[p.Start()]; ok && mark == 0 && said.Attribution != corpus.Others && fullName(said.Speaker) && given(said.Speaker) {
		in.kind, in.speaker, in.frame = said.Attribution, said.Speaker, said.Frame
	}
	if strings.Count(source.Text(), in.quote) > 1 {
		in.paragraph = p.Paragraph()
	}
	return in
}
