package answers

import (
	_ "embed"
	"regexp"
	"slices"
	"strings"

	"verbatim/answers/asks"
	"verbatim/answers/question"
	"verbatim/corpus"
	"verbatim/corpus/words"
)

// A question may take something for granted that the source contradicts ("why
// did he say Windows was closed?"). It is not answered along: the line that sets
// it right is shown, and said to do so.

// saidSo finds who a question takes to have said something.
var saidSo = regexp.MustCompile(`\b(he|she|they|(?:[\p{L}.'-]+ ){0,2}[\p{L}.'-]+?)(?: (?:really|actually|ever|also|just|himself|herself))? (?:say|says|said|saying|claim|claims|claimed|argue|argues|argued|testify|testified|call|calls|called|calling|state|states|stated|admit|admits|admitted|deny|denied|explain|explained|assert|asserted|insist|insisted|tell|told|brag|bragged|mean|meant)\b`)

// setRight returns what to say before an answer whose question takes something
// for granted that the passage does not bear out, or nothing.
func (e *Engine) setRight(r *reading, p corpus.Passage) string {
	if name := e.foreignTo(r, p.Quote.Source()); name != "" {
		return "The article does not mention " + name + ". "
	}
	if e.contradicts(r, p) {
		return "The article says otherwise. "
	}
	if m := saidSo.FindStringSubmatch(words.Fold(r.asTyped)); m != nil && (question.In("subject", m[1]) || len(e.vocabulary.subjects(words.Tokens(m[1]))) > 0) {
		switch p.Attribution {
		case corpus.Article:
			return "The article says this itself and credits nobody. "
		case corpus.Others:
			if question.In("subject", m[1]) || !slices.ContainsFunc(strings.Fields(m[1]), func(n string) bool { return e.isNameOf(n, p.Speaker) }) {
				return "The article credits " + p.Speaker + ", nobody else. "
			}
		}
	}
	return ""
}

// contradicts reports whether a question states, rather than asks, the opposite
// of what the passage says.
func (e *Engine) contradicts(r *reading, p corpus.Passage) bool {
	if r.asks.Wants.Kind == asks.Open && len(r.tokens) > 0 {
		if w := r.tokens[0].Word; w == "what" || w == "how" || w == "which" {
			return false
		}
	}
	asked := plainWords(r.tokens)
	has := plainWords(words.Tokens(p.Quote.Text()))
	if slices.Contains(asked, "or") {
		return false // a choice takes neither side for granted
	}
	// Negation turns a shared verb or adjective round ("Llama 2 was not a hit").
	for i, w := range asked {
		if (w == "not" || w == "never") && i > 0 {
			for _, next := range asked[i+1 : min(len(asked), i+4)] {
				if !empty[next] && slices.Contains(has, next) && !slices.Contains(has, "not") && statement(r) {
					return true
				}
			}
		}
	}
	return false
}

// statement reports whether a question is put as something known: "so he never
// …", "why did … not …", not "did he not …?".
func statement(r *reading) bool {
	switch r.tokens[0].Word {
	case "did", "does", "do", "is", "was", "were", "are", "can", "could", "has", "have", "what", "who", "which", "where", "when":
		return false
	}
	return true
}

const (
	// otherwise stands before a line that has the opposite of what a question takes for
	// granted, notBorneOut before one that has the same without what the question says of it.
	otherwise   = "The article says otherwise."
	notBorneOut = "The article does not bear that out."
)

// mostSettingRight is how many of the sentences that come nearest to a question may set it
// right where none answers it; where one does, it alone may. Not tuned.
const mostSettingRight = 3

// corrected returns, where a sentence that comes near to a question has the opposite of what
// the question takes for granted, that sentence and what to say of it
// (docs/decisions/what-was-asked.md).
func (e *Engine) corrected(r *reading, found candidates, probability float64) (Answer, bool) {
	asked, ok := premiseOf(r.tokens)
	if !ok {
		return Answer{}, false
	}
	n := mostSettingRight
	if probability >= threshold {
		n = 1
	}
	for _, f := range found.list[:min(n, len(found.list))] {
		p := *e.library.passages[f.passage]
		lead := asked.setRightBy(p.Quote.Text(), p.Quote.Source().Text())
		if lead == "" || lead == notBorneOut && probability >= threshold { // it may say so in other words
			continue
		}
		r.note("what the question takes for granted is not so")
		return Answer{Kind: NotCovered, Confidence: correctedConfidence, Lead: lead, Nearest: []corpus.Passage{p}}, true
	}
	return Answer{}, false
}

// correctedConfidence is the share of those questions to which declining was right.
const correctedConfidence = 0.9

//go:embed opposites.txt
var oppositesFile string

// opposites has for each stem those that say the opposite, and refusals the stems that deny.
var opposites, refusals = parseOpposites(oppositesFile)

func parseOpposites(data string) (opposites map[string]map[string]bool, refusals map[string]bool) {
	opposites, refusals = map[string]map[string]bool{}, map[string]bool{}
	add := func(one, other string) {
		if opposites[one] == nil {
			opposites[one] = map[string]bool{}
		}
		opposites[one][other] = true
	}
	denies := false
	for line := range strings.Lines(data) {
		line = strings.TrimSpace(line)
		if strings.HasPrefix(line, "# ") {
			denies = line == "# refusals"
		}
		left, right, ok := strings.Cut(line, " | ")
		if !ok {
			continue
		}
		for a := range strings.FieldsSeq(left) {
			a = words.Stem(a)
			for b := range strings.FieldsSeq(right) {
				add(a, words.Stem(b))
				add(words.Stem(b), a)
			}
			if denies {
				refusals[a] = true
			}
		}
	}
	return opposites, refusals
}

// premise is what a question takes for granted.
type premise struct {
	// about are the stems of its words.
	about []string
	// denied: one of them denies.
	denied, refused bool
	// surely: nothing of it is open, as in a question for the reason or the time.
	surely bool
}

// premiseOf reads what a question takes for granted: who asks why or when something was takes
// it that it was. False where nothing is.
func premiseOf(asked []words.Token) (p premise, ok bool) {
	if len(asked) < 3 || slices.ContainsFunc(asked, func(t words.Token) bool { return t.Word == "or" }) {
		return p, false // a choice takes neither side for granted
	}
	switch asked[0].Word {
	case "why", "when", "since":
		p.surely = true
	case "how": // not "how many"
		p.surely = question.In("auxiliary", asked[1].Word) || asked[1].Word == "come"
	case "who", "whom", "which", "where":
	default:
		return p, false
	}
	p.take(asked[1:])
	return p, p.surely || asked[0].Word != "how"
}

// take reads what words say.
func (p *premise) take(said []words.Token) {
	for _, t := range said {
		switch {
		case question.In("denial", t.Word):
			p.denied = true
		case (!empty[t.Word] || question.In("comparing", t.Word)) && !slices.Contains(p.about, t.Stem):
			p.about = append(p.about, t.Stem)
			p.refused = p.refused || refusals[t.Stem]
		}
	}
}

// setRightBy says how a sentence of a source sets right what a question takes for granted;
// empty where it does not.
func (p premise) setRightBy(sentence, source string) string {
	said := words.Tokens(sentence)
	denies, refuses := false, false
	for i, t := range said {
		denies = denies || deniesAt(said, i)
		refuses = refuses || refusals[t.Stem]
	}
	shared := p.sharedWith(said)
	switch {
	case shared == 0:
		return ""
	case p.isTurnedRoundBy(sentence, said):
		return otherwise
	case p.denied || p.refused:
		if shared >= 2 && 5*shared >= 3*(len(p.about)-1) && !denies && !refuses {
			return notBorneOut
		}
	case shared < 2:
	case p.surely && 2*shared >= len(p.about) && p.isDeniedBy(sentence, said), p.mostly(shared) && p.hasOtherNumber(said, source):
		return otherwise
	}
	return ""
}

// sharedWith is how many of its words a sentence has.
func (p premise) sharedWith(said []words.Token) int {
	n := 0
	for _, s := range p.about {
		if hasStem(said, s) {
			n++
		}
	}
	return n
}

// mostly reports whether a sentence that has n of its words speaks of the same.
func (p premise) mostly(n int) bool { return n > 0 && 2*n >= len(p.about)-1 }

func hasStem(said []words.Token, stem string) bool {
	return slices.ContainsFunc(said, func(t words.Token) bool { return t.Stem == stem })
}

// deniesAt reports whether a word denies; "not only" does not.
func deniesAt(said []words.Token, i int) bool {
	if !question.In("denial", said[i].Word) {
		return false
	}
	next := ""
	if i+1 < len(said) {
		next = said[i+1].Word
	}
	return next != "only" && next != "just" && next != "doubt"
}

// deniedWithin is how many words behind a denial it turns round at most.
const deniedWithin = 4

// denied reports whether a denial stands close before a word of a sentence, in one clause.
func denied(sentence string, said []words.Token, at int) bool {
	for i := max(0, at-deniedWithin); i < at; i++ {
		if deniesAt(said, i) && !strings.ContainsAny(sentence[said[i].End:said[at].Start], ".:;") {
			return true
		}
	}
	return false
}

// isDeniedBy reports whether a sentence denies a word of the question.
func (p premise) isDeniedBy(sentence string, said []words.Token) bool {
	for i, t := range said {
		if slices.Contains(p.about, t.Stem) && denied(sentence, said, i) {
			return true
		}
	}
	return false
}

// hasOtherNumber reports whether a question has a number that is nowhere in the source, and a
// sentence another one of as many digits.
func (p premise) hasOtherNumber(said []words.Token, source string) bool {
	digit := func(w string) bool { return '0' <= w[0] && w[0] <= '9' }
	return slices.ContainsFunc(p.about, func(s string) bool {
		return digit(s) && !strings.Contains(source, s) && slices.ContainsFunc(said, func(t words.Token) bool { return digit(t.Word) && len(t.Word) == len(s) })
	})
}

// isTurnedRoundBy reports whether a sentence that speaks of the same has the opposite of a
// word of the question, and not the word, without denying it.
func (p premise) isTurnedRoundBy(sentence string, said []words.Token) bool {
	if p.denied || !p.mostly(p.sharedWith(said)) {
		return false
	}
	for i, t := range said {
		if slices.Contains(p.about, t.Stem) || denied(sentence, said, i) {
			continue
		}
		if slices.ContainsFunc(p.about, func(s string) bool { return opposites[s][t.Stem] && !hasStem(said, s) }) {
			return true
		}
	}
	return false
}

// unmentioned returns a name in a question that the one source asked about does not have.
func (e *Engine) unmentioned(r *reading) string {
	s := r.within
	if all := e.corpus.Sources(); s == nil && len(all) == 1 {
		s = all[0]
	}
	if s == nil {
		return ""
	}
	tokens := words.Tokens(r.asTyped)
	capitals, name := 0, ""
	for i, t := range tokens {
		if !capitalAt(r.asTyped, t.Start) {
			continue
		}
		capitals++
		typed := r.asTyped[t.Start:t.End]
		if i > 0 && name == "" && len(typed) > 2 && !isPlain(t.Word) && !empty[t.Word] && !strings.Contains(words.Fold(s.Text()), t.Word) {
			name = strings.TrimSuffix(strings.TrimSuffix(typed, "'s"), "’s")
		}
	}
	if 2*capitals > len(tokens) { // WRITTEN LIKE THIS, capitals tell nothing
		return ""
	}
	return name
}
