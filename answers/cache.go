package answers

import (
	"encoding/json"
	"slices"
	"sync"
)

// maxAnswered is how many answers are kept.
const maxAnswered = 512

// maxKept is the length in bytes of the longest question whose answer is kept.
const maxKept = 1000

// answerCache keeps the latest answers of an engine: the same question in the same
// conversation has the same answer, and people press a button twice.
type answerCache struct {
	mu      sync.Mutex
	answers map[string]Answer
	order   []string // the keys, oldest first
}

// get returns the answer to a question, computing it where it is not kept.
func (c *answerCache) get(q Question, compute func() Answer) Answer {
	turn, err := json.Marshal(q.Previous)
	if err != nil || len(q.Text) > maxKept {
		return compute()
	}
	key := q.Text + "\x00" + q.Source + "\x00" + string(turn)
	c.mu.Lock()
	a, ok := c.answers[key]
	c.mu.Unlock()
	if ok {
		return a.clone()
	}
	a = compute()
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.answers == nil {
		c.answers = map[string]Answer{}
	}
	if _, ok := c.answers[key]; !ok {
		c.answers[key] = a
		if c.order = append(c.order, key); len(c.order) > maxAnswered {
			delete(c.answers, c.order[0])
			c.order = c.order[1:]
		}
	}
	return a.clone()
}

// clone returns an answer whose lists are nobody else's: who orders or cuts them changes no
// other.
func (a Answer) clone() Answer {
	a.Quotes, a.Nearest = slices.Clone(a.Quotes), slices.Clone(a.Nearest)
	a.Changes, a.Suggestions = slices.Clone(a.Changes), slices.Clone(a.Suggestions)
	t := &a.Turn
	t.Shown, t.Nearest, t.Seen, t.Subjects = slices.Clone(t.Shown), slices.Clone(t.Nearest), slices.Clone(t.Seen), slices.Clone(t.Subjects)
	return a
}
