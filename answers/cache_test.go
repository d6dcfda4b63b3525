package answers

import (
	"fmt"
	"strings"
	"testing"
)

func TestAnswerCache(t *testing.T) {
	var c answerCache
	computed := 0
	ask := func(q Question) string {
		return c.get(q, func() Answer {
			computed++
			return Answer{Lead: fmt.Sprint(q.Text, " ", q.Previous.Question)}
		}).Lead
	}
	after := Question{Text: "why?", Previous: Turn{Question: "who left?"}}
	for range 3 {
		if got := ask(Question{Text: "why?"}); got != "why? " {
			t.Errorf("%q", got)
		}
		if got := ask(after); got != "why? who left?" {
			t.Errorf("in a conversation: %q", got)
		}
	}
	if computed != 2 {
		t.Errorf("two questions were computed %d times", computed)
	}
	long := Question{Text: strings.Repeat("why ", maxKept)}
	ask(long)
	ask(long)
	if computed != 4 {
		t.Error("a very long question is kept")
	}
	for i := range 2 * maxAnswered {
		ask(Question{Text: fmt.Sprint(i)})
	}
	if len(c.answers) != maxAnswered || len(c.order) != maxAnswered {
		t.Errorf("%d answers in the order of %d are kept", len(c.answers), len(c.order))
	}
	before := computed
	if ask(Question{Text: fmt.Sprint(2*maxAnswered - 1)}); computed != before {
		t.Error("the last answer is not kept")
	}
	if ask(after); computed != before+1 {
		t.Error("an answer is kept that was dropped")
	}
}
