package answers

import (
	"slices"
	"strconv"
	"strings"

	"verbatim/answers/question"
	"verbatim/corpus"
	"verbatim/corpus/words"
)

// judge says whether the corpus bears out a statement in other words: the passage that
// supports it, the one that contradicts it, or that nothing settles it.
func (e *Engine) judge(r *reading) Answer {
	a := e.decide(r, e.rank(r))
	switch a.Kind {
	case NotCovered:
		a.Kind, a.Finding = Verdict, Absent
	case Quote, List:
		return e.settle(r.asks, a, contradictedBy(r, a.Quotes[0].Quote.Text()))
	}
	return a
}

// settle makes a verdict of an answer to a statement, which the first of its quotes may
// contradict.
func (e *Engine) settle(q question.Question, a Answer, contradicted bool) Answer {
	first := a.Quotes[0]
	a.Kind, a.Finding, a.Lead = Verdict, Supported, "This is what the article says on that. "+credit(first)
	switch {
	case first.Speaker != "" && len(q.Sayers) > 0 && e.claimant(e.sayerIn(q, first.Quote.Source()), first) == another:
		a.Finding, a.Lead = Contradicted, "It was somebody else who said this. "+credit(first)
	case contradicted:
		a.Finding, a.Lead = Contradicted, "The article says otherwise. "+credit(first)
	}
	return a
}

// contradicts is the least log-odds, by the reader, of a passage that contradicts a statement.
// Of 73 statements about the texts that validate, with the passage that settles them, the
// reader tells 29 to be contradicted, 25 of them rightly, and 57 of all right.
const contradicts = 0.5

// contradictedBy reports whether the passage that settles a statement contradicts it: by the
// reader, or by the words alone where intents were so sure of it that it was not read.
func contradictedBy(r *reading, passage string) bool {
	if r.against == 0 {
		return contrary(r.asks.Text, passage)
	}
	return r.against > contradicts || otherNumber(r.asks.Text, passage)
}

// otherNumber reports whether a statement gives one number, and the passage that settles it one
// of the same kind that is another: "in 1982", and it has 1972. A bound or a guess is none, nor
// is what is not written in digits. Of 3,111 statements 38 are such, and 34 of those contradicted.
func otherNumber(statement, passage string) bool {
	stated, said := question.Stated(statement), plainWords(words.Tokens(passage))
	a, b := numbersIn(stated), numbersIn(said)
	return len(a) == 1 && len(b) == 1 && slices.Contains(stated, a[0]) && a[0] != b[0] && isYear(a[0]) == isYear(b[0]) &&
		!slices.ContainsFunc(stated, func(w string) bool { return question.In("bound", w) })
}

// numbersIn returns the numbers among words, in digits.
func numbersIn(list []string) []string {
	var out []string
	for _, w := range list {
		if n := number(w); '0' <= n[0] && n[0] <= '9' {
			out = append(out, n)
		}
	}
	return out
}

// isYear reports whether a number looks like a year.
func isYear(n string) bool { return len(n) == 4 && (n[0] == '1' || n[0] == '2') }

// contrary reports whether a passage that settles a statement contradicts it: where it
// denies and the statement does not, where it has the opposite of one of the statement's
// words ("closed" for "open") and most of the others, or where the statement has a number
// that it has not. Of 724 statements about 204 texts, none of them held out, half were
// contradicted; of those that this tells of 74 in 100 were, and of all it judges 65 in 100
// right (docs/decisions/what-was-asked.md).
func contrary(statement, passage string) bool {
	stated, tokens := question.Stated(statement), words.Tokens(passage)
	said := plainWords(tokens)
	var claim premise
	claim.take(words.Tokens(strings.Join(stated, " ")))
	hedges := slices.ContainsFunc(stated, func(w string) bool { return question.In("hedge", w) })
	given := numbersIn(said)
	return denies(said) && !denies(stated) && !hedges || claim.isTurnedRoundBy(passage, tokens) ||
		slices.ContainsFunc(numbersIn(stated), func(n string) bool { return !slices.Contains(given, n) })
}

// denies reports whether words deny or limit something. "But" at their beginning looks back
// at what stood before.
func denies(list []string) bool {
	if len(list) > 0 && list[0] == "but" {
		list = list[1:]
	}
	return slices.ContainsFunc(list, func(w string) bool { return question.In("negation", w) })
}

// number is a word that counts, in digits, and any other word as it is. "One" is mostly no
// number.
func number(w string) string {
	if i := slices.Index(numbers, w); i >= 0 {
		return strconv.Itoa(i + 2)
	}
	return w
}

var numbers = []string{"two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"}

// who names the one who says something in other words. The article's own words are
// nobody's, and shown as such.
func (e *Engine) who(r *reading) Answer {
	a := e.judge(r)
	if a.Kind != Verdict || a.Finding == Absent {
		return a
	}
	first := a.Quotes[0]
	if first.Attribution == corpus.Article {
		if e.reports(sayer{}, words.Tokens(first.Quote.Text()), nil, first) { // "some scholars believe"
			a.Finding, a.Lead = Supported, "The article says so in its own words:"
			return a
		}
		a.Finding = Absent
		a.Lead = "The article says this itself and credits nobody:"
		return a
	}
	a.Finding, a.Lead = Supported, credit(first)
	return a
}

// teller answers who says or thinks something by a passage that says it: what is said reads better
// alone than behind "who says". False where none surely does, or where it says the contrary.
func (e *Engine) teller(r *reading) (Answer, bool) {
	alone := e.read(Question{Text: r.asks.Told, Previous: r.previous})
	alone.within, alone.voices, alone.why = r.within, true, r.why
	a := e.decide(alone, e.rank(alone))
	if a.Confidence < toldAt || a.Kind != Quote && a.Kind != List || a.Quotes[0].Speaker == "" || contradictedBy(alone, a.Quotes[0].Quote.Text()) {
		return Answer{}, false
	}
	r.note("read as %q", r.asks.Told)
	return Answer{Kind: Verdict, Finding: Supported, Intent: a.Intent, Confidence: a.Confidence, Quotes: a.Quotes, Lead: credit(a.Quotes[0])}, true
}

// toldAt is the least probability of a passage that answers who says what it says.
const toldAt = 0.65
