package answers

import (
	"context"
	"fmt"
	"runtime"

	"golang.org/x/sync/errgroup"

	"verbatim/corpus"
)

const (
	// takenLeast and takenShare are how many utterances of an intent another one
	// must answer, at least, and as a share of the intent's, to be told: a few
	// utterances of a large intent may well stand closer to its neighbour.
	takenLeast = 3
	takenShare = 0.1
)

// Review asks every utterance of a source and returns what its curator should
// look at: for each intent those that answer, otherwise than it would, for some
// of its utterances. It takes about a millisecond for each utterance and gives
// up with ctx's error.
func (e *Engine) Review(ctx context.Context, s *corpus.Source) ([]corpus.Warning, error) {
	intents := s.Intents()
	answered := make([][]string, len(intents)) // by utterance, the intent that answers otherwise, or empty
	g, ctx := errgroup.WithContext(ctx)
	g.SetLimit(runtime.GOMAXPROCS(0))
	for i, in := range intents {
		answered[i] = make([]string, len(in.Utterances))
		g.Go(func() error {
			for k, u := range in.Utterances {
				if err := ctx.Err(); err != nil {
					return err
				}
				if a := e.Ask(Question{Text: u}); !e.answersAs(a, in) {
					answered[i][k] = a.Intent
				}
			}
			return nil
		})
	}
	if err := g.Wait(); err != nil {
		return nil, err
	}
	var out []corpus.Warning
	for i, in := range intents {
		out = append(out, taken(s, in, answered[i])...)
	}
	return out, nil
}

// taken warns of the intents that answer many utterances of another: by are those that
// answer each utterance otherwise, or empty.
func taken(s *corpus.Source, in corpus.Intent, by []string) []corpus.Warning {
	count, example := map[string]int{}, map[string]string{}
	var order []string
	for k, id := range by {
		if id == "" {
			continue
		}
		if count[id]++; count[id] == 1 {
			order, example[id] = append(order, id), in.Utterances[k]
		}
	}
	var out []corpus.Warning
	for _, id := range order {
		if n := count[id]; n >= takenLeast && float64(n) >= takenShare*float64(len(in.Utterances)) {
			out = append(out, s.Warning(in.Line, fmt.Sprintf("intent %q overlaps with %q, which answers %d of its %d utterances, such as %q",
				in.ID, id, n, len(in.Utterances), example[id])))
		}
	}
	return out
}

// answersAs reports whether an answer is what an intent stands for, whichever
// intent gave it.
func (e *Engine) answersAs(a Answer, in corpus.Intent) bool {
	switch {
	case a.Intent == in.ID || a.Intent == "":
		return true // not overlapping, or no intent at all
	case in.NotCovered:
		return a.Kind == NotCovered || a.Kind == Verdict && a.Finding == Absent
	case in.Chat != "":
		return a.Kind == Chat
	case len(a.Quotes) == 0:
		return false
	}
	return overlap(a.Quotes, in.Passages) > 0 || overlap(in.Passages, a.Quotes) > 0
}
