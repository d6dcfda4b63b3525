package question

import (
	"strings"

	"verbatim/corpus/words"
)

const (
	// longestOption is how many words each of two has at most that a question offers to choose from.
	longestOption = 5
	// longestAsked is how many words may ask for the choice: "is it".
	longestAsked = 2
	// leastOpen is how many words the question has at least without them.
	leastOpen = 3
)

// choice reads a question that offers two to choose from: the two as they are typed, and the
// question without them. “Who paid, Ada or the mayor?” and “was it Ada or the mayor who paid?” are
// “who paid?”. Nothing where none are offered.
func choice(text string, tokens []words.Token) (options []string, open string) {
	for or, t := range tokens {
		if t.Word != "or" || or == 0 || or+1 == len(tokens) {
			continue
		}
		if options, open = chosenBehind(text, tokens, or); len(options) == 0 {
			options, open = chosenBefore(text, tokens, or)
		}
		if len(options) > 0 {
			return options, open
		}
	}
	return nil, ""
}

// chosenBehind reads a question that has its choice at its end, behind a comma or a dash; or is
// the number of the word "or".
func chosenBehind(text string, tokens []words.Token, or int) (options []string, open string) {
	first := or
	for first > max(0, or-longestOption-longestAsked) && !parts(text, tokens[first-1], tokens[first]) {
		first--
	}
	if first == 0 || !parts(text, tokens[first-1], tokens[first]) {
		return nil, ""
	}
	begin := first
	for begin < or && (lists["auxiliary"][tokens[begin].Word] || tokens[begin].Word == "it") {
		begin++ // "is it Ada or Bob"
	}
	if first < leastOpen || begin == or || or-begin > longestOption || len(tokens)-or-1 > longestOption ||
		!openQuestion(tokens[:first]) {
		return nil, ""
	}
	return []string{text[tokens[begin].Start:tokens[or-1].End], text[tokens[or+1].Start:tokens[len(tokens)-1].End]},
		text[:tokens[first-1].End] + "?"
}

// chosenBefore reads one that has it at its beginning: "is it Ada or Bob who", "is that Ada or Bob
// complaining".
func chosenBefore(text string, tokens []words.Token, or int) (options []string, open string) {
	if or < 3 || or-2 > longestOption || tokens[0].Word != "is" && tokens[0].Word != "was" || tokens[1].Word != "it" && tokens[1].Word != "that" {
		return nil, ""
	}
	for i := or + 2; i < min(or+2+longestOption, len(tokens)-1); i++ {
		asks, from := "who ", i+1
		switch w := tokens[i].Word; {
		case w == "who" || w == "that" || w == "which":
		case strings.HasSuffix(w, "ing"):
			asks, from = "who "+tokens[0].Word+" ", i
		default:
			continue
		}
		return []string{text[tokens[2].Start:tokens[or-1].End], text[tokens[or+1].Start:tokens[i-1].End]}, asks + text[tokens[from].Start:]
	}
	return nil, ""
}

// parts reports whether what stands between two words parts a question from what follows it. Those
// of a contraction ("who's") stand in one place.
func parts(text string, one, next words.Token) bool {
	between := text[one.End:max(one.End, next.Start)]
	return strings.ContainsAny(between, ",;:–—(?") || strings.Contains(between, " - ")
}

// openQuestion reports whether words ask for something that has to be named.
func openQuestion(tokens []words.Token) bool {
	for _, t := range tokens[:min(len(tokens), longestOpening)] {
		if lists["wh"][t.Word] {
			return true
		}
	}
	return false
}
