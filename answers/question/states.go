package question

import (
	_ "embed"
	"fmt"
	"strconv"
	"strings"

	"verbatim/corpus/words"
)

// stateWeights are what each feature adds to the log-odds that a text states something, as
// TestLearnStates wrote them: from messages that people typed as questions and as statements,
// to texts that are not held out. A line is a feature, a tab and its weight.
//
//go:embed states.txt
var stateWeights string

var stateWeight = parseWeights(stateWeights)

func parseWeights(data string) map[string]float32 {
	out := make(map[string]float32, strings.Count(data, "\n"))
	for line := range strings.Lines(data) {
		feature, number, _ := strings.Cut(strings.TrimRight(line, "\n"), "\t")
		weight, err := strconv.ParseFloat(number, 32)
		if err != nil {
			panic(fmt.Sprintf("the weight of %q: %v", feature, err)) // the program was built with a broken file
		}
		out[feature] = float32(weight)
	}
	return out
}

// statesAt is the least log-odds of a text that states something, and verblessAt that of one
// without a word that is known for a verb, which may be a few words as in a search: "total cost of
// the two ferries". Of messages about texts that were not learned from, 98 in 100 statements reach
// theirs, and 2 in 100 questions, half of which are statements in all but name.
const (
	statesAt   = -1
	verblessAt = 1
)

// statesSomething reports whether a text that does not begin as a question for a yes or a no
// states something.
func statesSomething(text string, tokens []words.Token) bool {
	features := stateFeatures(text, tokens, func(w string) bool { _, ok := stateWeight["has "+w]; return ok })
	return isStated(features, func(f string) float32 { return stateWeight[f] })
}

// isStated is statesSomething by the features of a text and their weights.
func isStated(features []string, weight func(feature string) float32) bool {
	sum, least := weight(""), float32(statesAt)
	for _, f := range features {
		sum += weight(f)
		if strings.HasSuffix(f, withoutVerb) {
			least = verblessAt
		}
	}
	return sum >= least
}

const withoutVerb = " without a verb"

// mostCounted is from how many words on texts count as equally long.
const mostCounted = 12

// stateFeatures returns what tells a statement from a question: each word, the first two and
// the last two, how many there are and whether a verb is among them, and whether a word that
// asks follows a comma or stands before a verb. Words that are not known stand as their ending.
func stateFeatures(text string, tokens []words.Token, known func(word string) bool) []string {
	var shapes []string
	seen := map[string]bool{}
	var out []string
	add := func(f string) {
		if !seen[f] {
			seen[f] = true
			out = append(out, f)
		}
	}
	verb := false
	for i, t := range tokens {
		shape := t.Word
		switch {
		case known(shape):
		case lists["wh"][shape]: // "hwo"
			shape = "what"
		default:
			shape = ending(shape)
		}
		shapes = append(shapes, shape)
		add("has " + shape)
		if lists["wh"][t.Word] && strings.HasSuffix(strings.TrimRight(text[:t.Start], " "), ",") {
			add("asks behind a comma")
		}
		if lists["wh"][t.Word] && i > 0 && i+1 < len(tokens) && lists["auxiliary"][tokens[i+1].Word] {
			add("asks before a verb") // "thanks to whom was it saved"
		}
		verb = verb || lists["auxiliary"][t.Word] || lists["say"][t.Word] || lists["think"][t.Word] || lists["verb"][t.Word] || ending(t.Word) == "~ed"
	}
	if n := len(shapes); n > 0 {
		add("first " + shapes[0])
		add("last " + shapes[n-1])
		add("first two " + strings.Join(shapes[:min(2, n)], " "))
		add("last two " + strings.Join(shapes[max(0, n-2):], " "))
	}
	long := fmt.Sprintf("long %d", min(mostCounted, len(shapes)))
	add(long)
	if !verb { // "the price of a ticket", but also "the shop closes at five"
		add(long + withoutVerb)
	}
	return out
}

// ending stands for a word by how it ends, or for a number.
func ending(word string) string {
	if '0' <= word[0] && word[0] <= '9' {
		return "#"
	}
	for _, end := range []string{"ing", "ed", "ly", "s"} {
		if strings.HasSuffix(word, end) && len(word) > len(end)+2 {
			return "~" + end
		}
	}
	return "~"
}
