package answers

import (
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
	if r.asked.Kind == asks.Open || len(r.tokens) == 0 {
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
