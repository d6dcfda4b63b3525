package answers

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"verbatim/answers/question"
	"verbatim/answers/reader"
	"verbatim/corpus"
	"verbatim/corpus/words"
)

// What else any source can be asked: to compare two people, which articles there are, what
// follows, when it is from.

// eachCompared is how many passages of each of two people are shown at most.
const eachCompared = 3

// compare answers with what a source has of each of two people; false where it does not
// credit both with something.
func (e *Engine) compare(r *reading, s *corpus.Source) (Answer, bool) {
	var pair []corpus.Passage
	var names []string
	for _, between := range []string{" and ", " with ", " to ", " versus "} {
		one, other, ok := strings.Cut(r.asks.Thing, between)
		if !ok {
			continue
		}
		for _, name := range []string{one, other} {
			of := e.saidBy(strings.Fields(name), s)
			if len(of) == 0 {
				return Answer{}, false
			}
			names = append(names, of[0].Speaker)
			pair = append(pair, of[:min(eachCompared, len(of))]...)
		}
		break
	}
	if len(names) == 0 || names[0] == names[1] {
		return Answer{}, false
	}
	a := listOf(pair, "")
	a.Lead = fmt.Sprintf("What %s says, and then %s:", names[0], names[1])
	return a, true
}

// articlesHere names the articles of the corpus.
func (e *Engine) articlesHere() string {
	sources := e.corpus.Sources()
	if len(sources) == 1 {
		return "I answer from one article: “" + sources[0].Title() + "”."
	}
	var titles []string
	for _, s := range sources[:min(mostTitles, len(sources))] {
		titles = append(titles, "“"+s.Title()+"”")
	}
	more := ""
	if n := len(sources) - len(titles); n > 0 {
		more = fmt.Sprintf(" and %d more", n)
	}
	return fmt.Sprintf("I answer from %d articles: %s%s. Begin with “in” and a title, then a colon, to ask one alone.", len(sources), strings.Join(titles, ", "), more)
}

// mostTitles is how many articles are named at most.
const mostTitles = 10

// moreOf answers with what follows what was shown, where nobody wrote down what a source is
// about; elsewhere followUp knows more on the same.
func (e *Engine) moreOf(r *reading) (Answer, bool) {
	if shown := e.shown(r.previous); len(shown) > 0 && len(shown[0].Quote.Source().Subjects()) > 0 {
		return Answer{}, false
	}
	return e.neighbour(r)
}

// byline returns who wrote a source by a line of its own at its beginning, "By Jo Hart".
func byline(s *corpus.Source) string {
	for i, p := range s.Paragraphs() {
		if name := bylineIn(p.Text()); i < lastImprint && name != "" {
			return name
		}
	}
	return ""
}

// bylineIn returns the name in a paragraph such as "By Ada Brown, The Courier.", empty in any
// other.
func bylineIn(text string) string {
	name, is := strings.CutPrefix(text, "By ")
	if end := strings.IndexAny(name, ",.;|("); end > 0 {
		name = name[:end]
	}
	fields := strings.Fields(name)
	small := func(w string) bool { return !capitalAt(w, 0) && w != "and" }
	if !is || len(fields) < 2 || len(fields) > longestName || slices.ContainsFunc(fields, small) {
		return ""
	}
	return strings.TrimSpace(name)
}

// longestName is how many words a name in a byline has at most.
const longestName = 5

// readOn returns what follows what was shown, up to the end of its paragraph, and a heading
// not without what stands under it.
func (e *Engine) readOn(shown []corpus.Passage) []corpus.Passage {
	var out []corpus.Passage
	for next := e.following(shown); len(next) > 0 && len(out) < maxTogether; next = e.following(next) {
		if n := len(out); n > 0 && next[0].Quote.Paragraph() != out[n-1].Quote.Paragraph() && !reader.IsHeading(out[n-1].Quote.Text()) {
			break
		}
		out = append(out, next[0])
	}
	return out
}

// tellsOfItself reports whether an answer is a line in which a source says where it comes
// from: a short one at its beginning or end, and not what it says of another text.
func tellsOfItself(a Answer) bool {
	if len(a.Quotes) == 0 {
		return false
	}
	q := a.Quotes[0].Quote
	atEnd := len(q.Source().Paragraphs()) - lastImprint
	return len(strings.Fields(q.Text())) <= longestImprint && (q.Paragraph() <= lastImprint || q.Paragraph() > atEnd)
}

// In one of the first or last lastImprint paragraphs a source may say who wrote it, in at most
// longestImprint words. Not tuned.
const (
	lastImprint    = 4
	longestImprint = 15
)

// dated returns the line in which a source says when it was published: one of the first few
// that has little more than a day or a month and a year.
func dated(s *corpus.Source) (corpus.Passage, bool) {
	for _, p := range inOrder(s) {
		text := p.Quote.Text()
		if p.Quote.Paragraph() > lastDated {
			break
		}
		if len(strings.Fields(text)) <= longestDated && year.MatchString(text) && anyOf(words.Tokens(text), "dateline") {
			return p, true
		}
	}
	return corpus.Passage{}, false
}

const (
	// lastDated is the last paragraph in which a source may say when it was published, and
	// longestDated how many words the line has at most. Not tuned.
	lastDated    = 5
	longestDated = 10
)

var year = regexp.MustCompile(`\b(?:19|20)\d\d\b`)

// leansOnTurn reports whether a question that asks for what is known of a source means what
// the turn before was about: "who wrote it?" after a passage on a book. After a question on
// the source itself, or with "this" or "the article", it means the source.
func (e *Engine) leansOnTurn(r *reading) bool {
	switch r.asks.Kind {
	case question.Summary, question.Author, question.Published, question.Publisher, question.Headline, question.CountWords:
	default:
		return false
	}
	if len(r.previous.Shown) == 0 || r.asks.OfText {
		return false
	}
	if question.Read(r.previous.Question).Kind.IsGeneral() {
		return false
	}
	pronoun := false
	for _, t := range r.tokens {
		if t.Word == "this" {
			return false
		}
		pronoun = pronoun || t.Word == "it" || t.Word == "that"
	}
	return pronoun || len(r.tokens) <= 3 && !anyOf(r.tokens, "ofText")
}

// notFound says that words stand nowhere, and shows what answers the question in other words,
// or what comes nearest.
func (e *Engine) notFound(r *reading) Answer {
	a := e.decide(r, e.rank(r))
	if a.Kind == NotCovered {
		a.Lead = "“" + r.asks.Thing + "” is nowhere in the article."
		if len(e.corpus.Sources()) > 1 && r.within == nil {
			a.Lead = "“" + r.asks.Thing + "” is nowhere in the articles."
		}
	}
	return a
}

// saidBy returns what a source credits somebody with: their own words, or where there are
// none, reports of them.
func (e *Engine) saidBy(names []string, s *corpus.Source) []corpus.Passage {
	most := e.mostAlike(names, s) // of two speakers of one surname, the one who is named in full
	var own, reported []corpus.Passage
	for _, p := range inOrder(s) {
		if most == 0 || e.likeness(names, p.Speaker) < most {
			continue
		}
		if quotes(p) {
			own = append(own, p)
		} else {
			reported = append(reported, p)
		}
	}
	if len(own) == 0 {
		return reported
	}
	return own
}
