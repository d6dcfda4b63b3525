package discord

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/bwmarrin/discordgo"

	"verbatim/adapters"
	"verbatim/adapters/adaptertest"
	"verbatim/adapters/discordfake"
	"verbatim/state"
)

// TestOnePersonOneHash: whatever way somebody asks and votes, the journal has one
// hash of them, and the votes have the questions where the messages tell them.
func TestOnePersonOneHash(t *testing.T) {
	t.Parallel()
	for _, text := range []bool{true, false} {
		store, err := state.Open("bolt:"+t.TempDir()+"/state.db", state.Options{Wait: discordfake.Wait})
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { store.Close() })
		w := state.NewJournalWriter(store, state.JournalOptions{Text: text})
		fake := discordfake.New(t, fakeOptions())
		all := 1.1 // every answer is doubtful
		b := start(t, fake, setup{store: w.Store(), handler: adapters.Chain(adaptertest.NewHandler(adaptertest.NewEngine()), adapters.Journal(w, all))})
		online(t, fake, 0)

		general := fake.Channel("general")
		reply := fake.Reply(t, fake.Say(discordfake.Said{By: "ann", Channel: general, Text: discordfake.Mention + " " + adaptertest.AskLamp}))
		command := fake.Use(discordfake.Used{By: "ann", Channel: general, Name: "ask", Options: map[string]any{"question": adaptertest.AskLamp}}).Answer(t)
		direct := fake.Reply(t, fake.Say(discordfake.Said{By: "ann", Channel: fake.DM("ann"), Text: adaptertest.AskLamp}))
		for _, v := range []struct {
			by string
			on discordfake.Message
		}{{"ann", reply}, {"ann", command}, {"ann", direct}, {"ben", command}} {
			on := v.on.Components()
			i := slices.IndexFunc(on, func(c discordfake.Component) bool { return strings.HasPrefix(c.CustomID, pressDown+":") })
			pressed, err := fake.Press(v.by, v.on.ID, on[i].CustomID)
			if err != nil {
				t.Fatal(err)
			}
			pressed.Answer(t)
		}
		b.stop(t)
		if err := w.Close(t.Context()); err != nil {
			t.Fatal(err)
		}

		people, asked := map[string]int{}, map[string]int{}
		err = store.Journal(t.Context(), time.Time{}, func(e state.Entry) bool {
			people[e.Person]++
			asked[e.What+": "+e.Text]++
			if len(e.Person) != 32 || e.Intent != "lamp" || e.Kind != "quote" {
				t.Errorf("entry %+v", e)
			}
			return true
		})
		if err != nil {
			t.Fatal(err)
		}
		var entries []int
		for _, n := range people {
			entries = append(entries, n)
		}
		if slices.Sort(entries); !slices.Equal(entries, []int{1, 6}) {
			t.Errorf("entries by person: %v, want 6 of one and 1 of another", people)
		}
		if !text {
			if asked["question: "] != 3 || asked["vote: "] != 4 {
				t.Errorf("without text the journal has %v", asked)
			}
		} else if asked["question: "+adaptertest.AskLamp] != 3 || asked["vote: "+adaptertest.AskLamp] != 2 || asked["vote: "] != 2 {
			t.Errorf("the journal has %v", asked)
		}
	}
}

// TestQuestionOf: what an answer's message tells of its question.
func TestQuestionOf(t *testing.T) {
	t.Parallel()
	me, ann := &discordgo.User{ID: "1"}, &discordgo.User{ID: "2", Username: "ann"}
	for name, tt := range map[string]struct {
		m    message
		want string
	}{
		"command":        {message{Author: me, Content: echo("ann", "is *it* <b> dark?", false) + "\nOn the lamp:"}, "is *it* <b> dark?"},
		"check":          {message{Author: me, Content: echo(you, "it is dark", true)}, "it is dark"},
		"reply":          {message{Author: me, Content: "On the lamp:", Referenced: &message{Author: ann, Content: "<@1> is it dark?"}}, "is it dark?"},
		"of the bot":     {message{Author: me, Referenced: &message{Author: me, Content: "On the lamp:"}}, ""},
		"nothing":        {message{Author: me, Content: "On the lamp:"}, ""},
		"no author":      {message{Content: "-# so"}, ""},
		"hidden content": {message{Author: me, Referenced: &message{Author: ann}}, ""},
	} {
		if got := questionOf(&tt.m); got != tt.want {
			t.Errorf("%s: %q, want %q", name, got, tt.want)
		}
	}
}

// TestPackedVotes: a button tells of what the vote is, whatever an intent is called.
func TestPackedVotes(t *testing.T) {
	t.Parallel()
	const conversation = "1000000000000000001.1000000000000000002"
	long := strings.Repeat("é", 60)
	for intent, want := range map[string]string{"lamp": "lamp", "": "", "a:b": "a:b", long: long[:2*42] + "…", "😀" + long: "😀" + long[:2*40] + "…"} {
		packed := packVote("not_covered", intent, conversation)
		if n := adapters.Units(pressDown + ":" + packed); n > maxCustomID {
			t.Errorf("%q: %d units, more than a button holds", intent, n)
		}
		if k, i, c := unpackVote(packed); k != "not_covered" || i != want || c != conversation {
			t.Errorf("%q comes back as %q %q %q, want %q", intent, k, i, c, want)
		}
	}
	if k, i, c := unpackVote("quote"); k != "quote" || i != "" || c != "" {
		t.Errorf("of an older bot's button: %q %q %q", k, i, c)
	}
}
