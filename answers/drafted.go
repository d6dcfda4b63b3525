package answers

import "verbatim/corpus"

// drafts are the drafted intents. Nobody reviewed their utterances, so they are not
// learned from; they help to find the passage that they were drafted from.
type drafts struct {
	utterances map[string][]string // by the key of the passage that answers
	intents    map[string]string   // by the key of their passage
}

// draftsOf reads the drafted intents of a corpus: those of one passage, as they are
// drafted.
func draftsOf(c *corpus.Corpus) *drafts {
	d := &drafts{map[string][]string{}, map[string]string{}}
	for _, s := range c.Sources() {
		for _, in := range s.Intents() {
			if in.Drafted && len(in.Passages) == 1 {
				key := in.Passages[0].Quote.Key()
				d.utterances[key] = append(d.utterances[key], in.Utterances...)
				d.intents[key] = in.ID
			}
		}
	}
	return d
}

// of returns the utterances of each passage, nil where there are none.
func (d *drafts) of(passages []*corpus.Passage) [][]string {
	if len(d.utterances) == 0 {
		return nil
	}
	out := make([][]string, len(passages))
	for i, p := range passages {
		out[i] = d.utterances[p.Quote.Key()]
	}
	return out
}

// intent returns the drafted intent that a passage answers, or nothing.
func (d *drafts) intent(p corpus.Passage) string { return d.intents[p.Quote.Key()] }
