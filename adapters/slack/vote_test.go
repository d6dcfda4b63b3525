package slack

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"verbatim/adapters"
	"verbatim/adapters/adaptertest"
	"verbatim/adapters/slackfake"
	"verbatim/answers"
	"verbatim/state"
)

// TestOnePersonOneHash: whoever asks and votes has one hash in the journal, and the
// votes have the questions.
func TestOnePersonOneHash(t *testing.T) {
	t.Parallel()
	store := boltStore(t)
	w := state.NewJournalWriter(store, state.JournalOptions{Text: true})
	all := 1.1 // every answer is doubtful
	b := start(t, setting{store: w.Store(), handler: adapters.Chain(adaptertest.NewHandler(adaptertest.NewEngine()), adapters.Journal(w, all))})
	channel, before := b.Channel("votes"), b.Mark()
	ts := b.Say("ann", channel, "", mention+adaptertest.AskLamp)
	m := b.Next(before, func(m slackfake.Message) bool { return m.Thread == ts })
	before = b.Mark()
	b.Command("ann", channel, "/ask", adaptertest.AskLamp)()
	private := b.Next(before, func(m slackfake.Message) bool { return m.OnlyFor != "" })
	b.Press("ann", m, "Bad answer")
	b.Press("ann", private, "Bad answer")
	b.Press("ben", m, "Good answer")

	var got []state.Entry
	eventually(t, "the journal has it all", func() bool {
		got = nil
		err := store.Journal(t.Context(), time.Time{}, func(e state.Entry) bool { got = append(got, e); return true })
		return err == nil && len(got) == 5
	})
	people := map[string]int{}
	for _, e := range got {
		people[e.Person]++
		if len(e.Person) != 32 || e.Text != adaptertest.AskLamp || e.Kind != "quote" || e.Intent != "lamp" {
			t.Errorf("entry %+v", e)
		}
	}
	var entries []int
	for _, n := range people {
		entries = append(entries, n)
	}
	if slices.Sort(entries); !slices.Equal(entries, []int{1, 4}) {
		t.Errorf("entries by person: %v, want 4 of one and 1 of another", people)
	}
	if err := w.Close(t.Context()); err != nil {
		t.Error(err)
	}
}

func TestVoteValue(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		vote             int
		intent, question string
		want             state.Entry
	}{
		{1, "lamp", "is it dark?", state.Entry{Vote: 1, Kind: "quote", Intent: "lamp", Text: "is it dark?"}},
		{-1, "two words", "one\ntwo", state.Entry{Vote: -1, Kind: "quote", Intent: "two words", Text: "one\ntwo"}},
		{-1, "", "", state.Entry{Vote: -1, Kind: "quote", Intent: "", Text: ""}},
		{1, "a\nb", "is it?", state.Entry{Vote: 1, Kind: "quote", Intent: "a b", Text: "is it?"}},
	} {
		got, ok := readVote(voteValue(tt.vote, answers.Answer{Kind: answers.Quote, Intent: tt.intent}, tt.question))
		if d := cmp.Diff(tt.want, got); d != "" || !ok {
			t.Errorf("a vote comes back (-want +got):\n%s", d)
		}
	}
	if n := adapters.Units(voteValue(1, answers.Answer{Kind: answers.NotCovered, Intent: strings.Repeat("é", 300)}, strings.Repeat("😀", 5000))); n > maxValue {
		t.Errorf("%d units, more than a button holds", n)
	}
	for _, bad := range []string{"", "vote", "0 quote lamp", "+2 quote lamp"} {
		if _, ok := readVote(bad); ok {
			t.Errorf("%q is taken for a vote", bad)
		}
	}
}
