// Package draft writes a first curation of a plain article, for a curator to review.
//
// It works by rules over closed word lists, for English: no model, no data of others.
// The same text gives the same bytes.
package draft

import (
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"unicode"

	"verbatim/answers/asks"
	"verbatim/corpus"
	"verbatim/corpus/words"
)

const (
	// MaxText is the longest text that is drafted, in bytes: some 60 pages.
	MaxText = 400_000
	// mostIntents is how many intents are drafted of a text beside its own questions and
	// answers: what somebody reviews in half an hour.
	mostIntents = 20
	// enough is up to how many intents are filled up with those of a higher rank.
	enough = 8
)

// intent is a drafted intent and the passage that answers it.
type intent struct {
	id        string
	quote     string
	start     int // of the passage in the text
	paragraph int // where the quote stands, 0 where it stands once
	kind      corpus.Attribution
	speaker   string
	frame     string
	questions []string
	// own: the questions are the text's own, which nobody has to put in other words.
	own bool
	// rank is 0 for questions that ask for something, 1 for those that ask for yes or no.
	rank int
}

// ErrNothing is of a text of which no question can be drafted.
var ErrNothing = errors.New("no question can be drafted of it with certainty; write the intents by hand: docs/curation.md says how")

// Draft returns a curation.yaml for a source that nobody has curated: questions with the
// passages that answer them. Without any it is ErrNothing.
func Draft(source *corpus.Source) ([]byte, error) {
	if n := len(source.Text()); n > MaxText {
		return nil, TooLong(n)
	}
	all := intents(source)
	if len(all) == 0 {
		return nil, ErrNothing
	}
	var likely []string
	for _, p := range source.Paragraphs() {
		if isFurniture(p.Text()) {
			likely = append(likely, p.Text())
		}
	}
	out := write(title(source), likely, all)
	if _, err := source.WithCuration(out); err != nil {
		return nil, fmt.Errorf("the draft does not load, which is a fault of this program: %w", err)
	}
	return out, nil
}

// TooLong is the error of Draft for a text of n bytes, more than MaxText.
func TooLong(n int) error {
	return fmt.Errorf("it has %d bytes; a draft is for at most %d, what somebody can review: cut it into several articles, or use it without curation", n, MaxText)
}

// drafter knows the names of a text.
type drafter struct {
	text   string
	names  map[string]bool // those that stand inside a sentence, or have several words
	words  map[string]int  // how often each word stands, as it is written, where no sentence begins
	people map[string]bool // the full names of people
	author string          // whoever writes in the first person, as it is read from the text
	byline string          // the author that the source tells
	// letters is how many letters that stand for something were asked about.
	letters int
	// transcript: several paragraphs begin with a name and a colon.
	transcript bool
}

// intents drafts the intents of a source: its own questions and answers, then the
// passages about which most can be asked, in the order of the text.
func intents(source *corpus.Source) []intent {
	out := pairsOf(source)
	d := know(source)
	var drafted []intent
	taken := map[string]bool{}
	for _, p := range source.Passages() {
		inAnswer := slices.ContainsFunc(out, func(in intent) bool {
			return in.start <= p.Quote.Start() && p.Quote.End() <= in.start+len(in.quote)
		})
		if inAnswer || strings.Count(source.Text(), p.Quote.Text()) != 1 {
			continue
		}
		in := intent{quote: p.Quote.Text(), start: p.Quote.Start(), kind: p.Attribution, speaker: p.Speaker, frame: p.Frame}
		asked, plain := d.ask(p)
		for rank, questions := range []questions{asked, plain} {
			if in.questions, in.rank = questions.free(taken), rank; len(in.questions) >= leastQuestions {
				break
			}
		}
		if len(in.questions) >= leastQuestions && !slices.ContainsFunc(in.questions, d.misspelt) {
			for _, q := range in.questions {
				taken[q] = true
			}
			drafted = append(drafted, in)
		}
	}
	ids := IDs{}
	out = append(out, choose(drafted)...)
	for i := range out {
		about := out[i].quote
		if out[i].own {
			about = out[i].questions[0]
		}
		out[i].id = ids.Of("passage", about)
	}
	return out
}

// choose takes the intents of the lowest rank, and fills up with others; of too many it
// takes some from every part of the text.
func choose(all []intent) []intent {
	var out []intent
	for rank := 0; rank <= 1 && len(out) < enough; rank++ {
		var these []intent
		for _, in := range all {
			if in.rank == rank {
				these = append(these, in)
			}
		}
		most := enough - len(out)
		if rank == 0 {
			most = mostIntents
		}
		n := min(len(these), most)
		for i := range n {
			out = append(out, these[i*len(these)/n])
		}
	}
	slices.SortFunc(out, func(a, b intent) int { return a.start - b.start })
	return out
}

var speakerLabel = regexp.MustCompile(`^\p{Lu}[^:.?!“”"]{0,40}:\s`)

// leastLabels is how many paragraphs of a transcript begin with a name at least.
const leastLabels = 4

// know collects the names of a text.
func know(source *corpus.Source) *drafter {
	labels := 0
	for _, p := range source.Paragraphs() {
		if speakerLabel.MatchString(p.Text()) {
			labels++
		}
	}
	d := &drafter{text: source.Text(), author: source.Author(), byline: source.Meta().Author, transcript: labels >= leastLabels, names: map[string]bool{}, words: map[string]int{}, people: map[string]bool{}}
	votes := map[string]int{}
	for _, p := range source.Passages() {
		text := p.Quote.Text()
		for i, w := range strings.Fields(text) {
			if i > 0 {
				d.words[bare(w)]++
			}
		}
		d.learnNames(text, votes)
		if p.Speaker != "" && p.Attribution != corpus.Others && !p.Unsure && fullName(p.Speaker) {
			votes[p.Speaker]++
			if given(p.Speaker) {
				votes[p.Speaker]++ // one mention is enough
			}
		}
	}
	for name, n := range votes {
		if n > 1 && fullName(name) && corpus.Surname(name) != name && (given(name) || !d.isThing(name)) {
			d.people[name] = true
		}
	}
	return d
}

// asThing is what a name is voted down with that is read as that of a place or a body once.
const asThing = -1000

// learnNames collects the names of a passage, and counts which are read as somebody's.
func (d *drafter) learnNames(text string, votes map[string]int) {
	told := asks.Told(text)
	for _, n := range told[asks.Name] {
		name := strings.TrimSuffix(strings.TrimSuffix(strings.TrimPrefix(text[n.Start:n.End], "The "), "’s"), "'s")
		here := func(k asks.Kind) bool {
			return slices.ContainsFunc(told[k], func(t asks.Thing) bool { return t.Start == n.Start })
		}
		// Where a sentence begins, a heading may stand before it in the same line.
		if strings.IndexFunc(text[:n.Start], unicode.IsLetter) >= 0 || strings.Contains(name, " ") && (here(asks.Person) || strings.Count(d.text, name) > 1) {
			d.names[name] = true
		}
		switch {
		case here(asks.Organisation), here(asks.Place):
			votes[name] += asThing
		case here(asks.Person):
			votes[name]++
		}
	}
}

// given reports whether a name begins with one that people are given.
func given(name string) bool { return words.GivenName(lower(first(name))) }

// isThing reports whether a name that begins with none that people are given is rather that of
// a place ("San Francisco") or a body ("Digital Service Strategy", of which the text has a word
// with a small letter, too).
func (d *drafter) isThing(name string) bool {
	return ofPlaces[first(name)] ||
		slices.ContainsFunc(strings.Fields(name), func(w string) bool { return d.words[lower(w)] > 0 })
}

// ofPlaces are words that names of places begin with.
var ofPlaces = words.Set("San Santa São Los Las El New Fort Port Mount Saint St. North South East West Great Lake")

// misspelt reports whether a question has a mistake of the text's, most likely: a word that
// stands there once and is but one letter away from one that stands there often, or a
// measure without its hyphen.
func (d *drafter) misspelt(question string) bool {
	return noHyphen.MatchString(question) || slices.ContainsFunc(strings.Fields(question), func(w string) bool {
		w = bare(w)
		if len(w) < shortestSpelt || d.words[w] > 1 || strings.ContainsAny(w, "0123456789") {
			return false
		}
		for often, n := range d.words {
			if n >= leastOften && len(often) >= shortestSpelt-1 && often[0] == w[0] && often[len(often)-1] == w[len(w)-1] && words.Distance(often, w, 1) == 1 {
				return true
			}
		}
		return false
	})
}

const (
	// shortestSpelt is how many letters a word has at least that is taken for a mistake, and
	// leastOften how often the word stands at least that is meant.
	shortestSpelt = 6
	leastOften    = 3
)

// noHyphen is a measure before a noun that is written as two words ("a 12 month course").
var noHyphen = regexp.MustCompile(`\b(?:a|an|the) (?:[0-9]+|two|three|four|five|six|seven|eight|nine|ten|twelve) (?:minute|hour|day|week|month|year|mile|metre|meter|page|step)\b`)

// bare is a word without the marks around it.
func bare(w string) string { return strings.Trim(w, ".,;:!?()“”\"’'") }

// fullName reports whether a name has at least two words that all begin with capitals.
func fullName(name string) bool {
	fields := strings.Fields(name)
	return len(fields) > 1 && !slices.ContainsFunc(fields, func(w string) bool { return !capitalised.MatchString(w) && !particles[w] })
}

var capitalised = regexp.MustCompile(`^(?:\p{Lu}\.|(?:O[’']|Mc|Mac|[Aa]l-)?\p{Lu}[\p{Ll}’'-]+(?:-\p{Lu}\p{Ll}+)?)$`)

// known reports whether the text uses a word mostly with a small letter, or one mostly
// with a capital, or several words, as a name.
func (d *drafter) known(name string) bool {
	if low := lower(name); low == name {
		return d.words[low] > d.words[capital(low)]
	} else if d.words[low] > 0 {
		return false
	}
	return d.names[name] || d.people[name]
}

// person reports whether a name is that of somebody: the full one, also behind what somebody
// is ("Mayor Ann Lee"), or the last.
func (d *drafter) person(name string) bool {
	if d.people[name] {
		return true
	}
	for full := range d.people {
		if corpus.Surname(full) == name || strings.HasSuffix(name, " "+full) {
			return true
		}
	}
	return false
}
