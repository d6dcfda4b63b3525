package corpus

import (
	"cmp"
	"fmt"
	"path"
	"slices"
	"strings"

	"verbatim/corpus/words"
)

// Warning is something in a source that its curator should look at. The source
// loads and serves with it.
type Warning struct {
	// File is the file in the corpus, Line where in it, from 1.
	File string
	Line int
	Text string
}

// String is the warning as a compiler would print it.
func (w Warning) String() string { return fmt.Sprintf("%s:%d: %s", w.File, w.Line, w.Text) }

const (
	// alikeLeast and alikeShare are how many utterances two intents must have
	// that use the same words, at least, and as a share of the smaller intent's,
	// to be called overlapping. In a large curation a pair or two is an accident.
	alikeLeast = 3
	alikeShare = 0.1
)

// Review returns what a curator should look at, by file and line: utterances that stand
// twice, intents that are one or whose utterances use the same words, passages that the text
// credits otherwise, and names declared foreign that it has. A source without curation gets
// none.
func (s *Source) Review() []Warning {
	if !s.curated {
		return nil
	}
	out := slices.Concat(s.twice(), s.alike(), s.one(), s.miscredited())
	for _, f := range s.foreign {
		if containsWords(s.text, f) {
			out = append(out, s.warn(1, "foreign: %q does occur in %s", f, articleFile))
		}
	}
	slices.SortStableFunc(out, func(a, b Warning) int {
		return cmp.Or(cmp.Compare(a.File, b.File), cmp.Compare(a.Line, b.Line))
	})
	return out
}

// Warning makes a warning about a line of the source's curation.
func (s *Source) Warning(line int, text string) Warning {
	return Warning{path.Join(s.id, curationFile), line, text}
}

func (s *Source) warn(line int, format string, a ...any) Warning {
	return s.Warning(line, fmt.Sprintf(format, a...))
}

// twice finds utterances that are the same words in the same order.
func (s *Source) twice() (out []Warning) {
	type place struct{ intent, utterance int }
	first := map[string]place{}
	for i, in := range s.intents {
		for k, u := range in.Utterances {
			key := strings.Join(plain(words.Tokens(u)), " ")
			at, ok := first[key]
			switch {
			case !ok:
				first[key] = place{i, k}
			case at.intent == i && !strings.EqualFold(u, in.Utterances[at.utterance]):
				// "how are u" beside "how are you" does no harm.
			case at.intent == i:
				out = append(out, s.warn(in.UtteranceLine(k), "intent %q has the utterance %q twice", in.ID, u))
			default:
				other := s.intents[at.intent]
				out = append(out, s.warn(in.UtteranceLine(k), "the utterance %q is in two intents: %q and %q (line %d)",
					u, in.ID, other.ID, other.UtteranceLine(at.utterance)))
			}
		}
	}
	return out
}

// alike finds pairs of intents with different answers of which several utterances
// use the same words, whatever their order and endings.
func (s *Source) alike() (out []Warning) {
	with := map[string][]int{} // the intents with an utterance of such words, each once
	for i, in := range s.intents {
		for _, u := range in.Utterances {
			var stems []string
			for _, t := range words.Tokens(u) {
				stems = append(stems, t.Stem)
			}
			slices.Sort(stems)
			key := strings.Join(slices.Compact(stems), " ")
			if list := with[key]; len(list) == 0 || list[len(list)-1] != i {
				with[key] = append(list, i)
			}
		}
	}
	type pair struct{ first, second int }
	shared := map[pair]int{}
	for _, list := range with {
		for b := range list {
			for a := range b {
				shared[pair{list[a], list[b]}]++
			}
		}
	}
	for p, n := range shared {
		a, b := s.intents[p.first], s.intents[p.second]
		if n < alikeLeast || float64(n) < alikeShare*float64(min(len(a.Utterances), len(b.Utterances))) || sameAnswer(a, b) {
			continue
		}
		out = append(out, s.warn(b.Line, "intents %q and %q (line %d) overlap: %d utterances use the same words; join them, or tell them apart",
			b.ID, a.ID, a.Line, n))
	}
	slices.SortFunc(out, func(a, b Warning) int { return cmp.Or(cmp.Compare(a.Line, b.Line), cmp.Compare(a.Text, b.Text)) })
	return out
}

// one finds intents that differ in nothing but their utterances.
func (s *Source) one() (out []Warning) {
	first := map[string]Intent{}
	for _, in := range s.intents {
		var ids []string
		for _, p := range in.Passages {
			ids = append(ids, p.ID)
		}
		key := strings.Join(slices.Concat(ids, []string{"", in.Asks}, in.Subjects), "\n")
		other, ok := first[key]
		switch {
		case len(ids) == 0:
		case ok:
			out = append(out, s.warn(in.Line, "intents %q and %q (line %d) have the same passages and nothing that tells them apart; join them", in.ID, other.ID, other.Line))
		default:
			first[key] = in
		}
	}
	return out
}

// miscredited finds curated passages that the text credits otherwise, where it is clear whom it
// credits.
func (s *Source) miscredited() (out []Warning) {
	for _, p := range s.passages {
		if !p.Curated() {
			continue
		}
		spoken, by := s.spokenIn(p.Quote)
		switch {
		case p.Attribution == Direct && !spoken:
			out = append(out, s.warn(p.Line, "passage %q is direct, and %s does not have it as words that somebody spoke", p.ID, articleFile))
		case p.Attribution == Direct && by != "" && !s.samePerson(p.Speaker, by):
			out = append(out, s.warn(p.Line, "passage %q is credited to %s, and in %s to %s", p.ID, p.Speaker, articleFile, by))
		case p.Attribution == Article && spoken && by != "":
			out = append(out, s.warn(p.Line, "passage %q is the article's own, and %s has it as words of %s", p.ID, articleFile, by))
		}
	}
	return out
}

// spokenIn reports whether at least half of a quote is words that somebody spoke, and who did
// where that is clear and one person.
func (s *Source) spokenIn(q Quote) (spoken bool, by string) {
	held, sure := 0, true
	for _, sp := range s.SpeechesIn(q.Start(), q.End()) {
		if !sp.Spoken() {
			continue
		}
		held += min(q.End(), sp.Quote.End()) - max(q.Start(), sp.Quote.Start())
		sure = sure && !sp.Unsure && (by == "" || by == sp.Speaker)
		by = sp.Speaker
	}
	if !sure {
		by = ""
	}
	return 2*held >= q.End()-q.Start(), by
}

// samePerson reports whether a curator's name for somebody is the text's.
func (s *Source) samePerson(name, inText string) bool {
	if full, ok := s.Who(name); ok {
		return full == inText
	}
	return strings.EqualFold(Surname(name), Surname(inText))
}

// sameAnswer reports whether it does not matter which of two intents is chosen.
func sameAnswer(a, b Intent) bool {
	ids := func(list []Passage) (out []string) {
		for _, p := range list {
			out = append(out, p.ID)
		}
		return out
	}
	return a.NotCovered == b.NotCovered && a.Chat == b.Chat && slices.Equal(ids(a.Passages), ids(b.Passages))
}

// containsWords reports whether a text has some words in a row.
func containsWords(text, some string) bool {
	have, want := plain(words.Tokens(text)), plain(words.Tokens(some))
	for i := range len(have) - len(want) + 1 {
		if len(want) > 0 && slices.Equal(have[i:i+len(want)], want) {
			return true
		}
	}
	return false
}
