package answers

import (
	"slices"

	"verbatim/corpus"
	"verbatim/corpus/words"
)

// drafts are the drafted intents. Nobody reviewed their utterances, so they are not
// learned from; they help to find the passage that they were drafted from.
type drafts struct {
	utterances map[string][]string       // by the key of the passage that answers
	intents    map[string]string         // by the key of their passage
	lists      map[string]*corpus.Intent // of several passages, by the content of their utterances
}

// draftsOf reads the drafted intents of a corpus.
func draftsOf(c *corpus.Corpus) *drafts {
	d := &drafts{map[string][]string{}, map[string]string{}, map[string]*corpus.Intent{}}
	for _, s := range c.Sources() {
		for i := range s.Intents() {
			in := &s.Intents()[i]
			switch {
			case !in.Drafted:
			case len(in.Passages) == 1:
				key := in.Passages[0].Quote.Key()
				d.utterances[key] = append(d.utterances[key], in.Utterances...)
				d.intents[key] = in.ID
			case len(in.Passages) > 1:
				for _, u := range in.Utterances {
					if key := content(words.Tokens(u)); key != "" {
						d.lists[key] = in
					}
				}
			}
		}
	}
	return d
}

// of returns the utterances of each passage.
func (d *drafts) of(passages []corpus.Passage) [][]string {
	out := make([][]string, len(passages))
	for i, p := range passages {
		out[i] = d.utterances[p.Quote.Key()]
	}
	return out
}

// intent returns the drafted intent that a passage answers, or nothing.
func (d *drafts) intent(p corpus.Passage) string { return d.intents[p.Quote.Key()] }

// list answers a question that has the words of a drafted list's utterance, in
// whatever order and with whatever function words; false where it is none.
func (d *drafts) list(tokens []words.Token) (Answer, bool) {
	in := d.lists[content(tokens)]
	if in == nil {
		return Answer{}, false
	}
	return Answer{Kind: List, Intent: in.ID, Confidence: 0.8, Quotes: slices.Clone(in.Passages), Lead: in.Passages[0].Frame}, true
}

// content is the words of a question that say what it is about, each once and in
// the order of the alphabet.
func content(tokens []words.Token) string {
	var out []string
	for _, t := range tokens {
		if t.Word == "quote" || t.Word == "quotes" || !empty[t.Word] && !showing[t.Word] {
			out = append(out, t.Stem)
		}
	}
	slices.Sort(out)
	key := ""
	for _, w := range slices.Compact(out) {
		key += w + " "
	}
	return key
}

// showing are words that ask to be shown something.
var showing = set("show list give find display see all every")
