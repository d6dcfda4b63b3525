package discord

import (
	"context"
	"encoding/json"
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/bwmarrin/discordgo"

	"verbatim/adapters/adaptertest"
	"verbatim/adapters/discordfake"
	"verbatim/state"
)

// TestRefusedInteractions: whoever uses a command whose answer Discord refuses is told so, in
// a server and in a direct message, before and after it was deferred; no sign that an answer
// is coming stays.
func TestRefusedInteractions(t *testing.T) {
	t.Parallel()
	refused := discordfake.RESTFault{Status: 400, Code: 200000} // what Discord's moderation says
	for name, tt := range map[string]struct{ direct, deferred, private, again bool }{
		"in a server":                    {},
		"in a direct message":            {direct: true},
		"deferred in a server":           {deferred: true},
		"deferred in private":            {deferred: true, private: true},
		"deferred in a direct message":   {direct: true, deferred: true},
		"in a server, a word, too":       {again: true},
		"in a direct message, and again": {direct: true, again: true},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			fake, release := discordfake.New(t, fakeOptions()), make(chan struct{})
			b := start(t, fake, setup{handler: waiting(release), timing: func(tm *timing) {
				if tt.deferred {
					tm.deferAfter = time.Nanosecond
				}
			}})
			online(t, fake, 0)
			channel := fake.Channel("general")
			if tt.direct {
				channel = fake.DM("ann")
			}
			fake.OnRequest(map[bool]string{true: "edit", false: "callback"}[tt.deferred], refused)
			if tt.again { // then a direct message is what is left
				fake.OnRequest("callback", refused)
			}
			i := fake.Use(discordfake.Used{By: "ann", Channel: channel, Name: commandAsk, Options: map[string]any{"question": adaptertest.AskLamp, "private": tt.private}})
			if tt.deferred {
				fake.Wait(t, "a deferral", func() bool { _, thinking := i.Answered(); return thinking })
			}
			close(release)
			fake.Wait(t, "a word", func() bool { return len(fake.FromBot()) > 0 && b.runtime.Idle() })
			if _, thinking := i.Answered(); thinking {
				t.Error("it is thinking still")
			}
			got := fake.FromBot()
			if len(got) != 1 || !strings.Contains(shown(got[0]), "does not take my answer") || got[0].OnlyFor == "" && !fake.IsDM(got[0].Channel) {
				t.Errorf("it is told %+v", got)
			}
		})
	}
}

// TestLimitAfterADeferral: of questions that were deferred and then are over the limit one is
// told so, in private, and none stays that says an answer is coming.
func TestLimitAfterADeferral(t *testing.T) {
	t.Parallel()
	fake, release := discordfake.New(t, fakeOptions()), make(chan struct{})
	b := start(t, fake, setup{store: adaptertest.NewStore(), handler: waiting(release), config: func(c *Config) { c.Limit = state.Limit{Events: 2, Per: time.Hour} },
		timing: func(tm *timing) { tm.deferAfter = time.Nanosecond }})
	online(t, fake, 0)
	var asked []*discordfake.Interaction
	for range 5 {
		asked = append(asked, fake.Use(discordfake.Used{By: "ann", Channel: fake.Channel("general"), Name: commandAsk, Options: map[string]any{"question": adaptertest.AskLamp}}))
	}
	for _, i := range asked {
		fake.Wait(t, "a deferral", func() bool { _, thinking := i.Answered(); return thinking })
	}
	close(release)
	fake.Wait(t, "all to be seen to", b.runtime.Idle)
	if left := fake.Unanswered(); len(left) > 0 {
		t.Errorf("%d show that an answer is coming", len(left))
	}
	answers, told := 0, 0
	for _, m := range fake.FromBot() {
		switch {
		case !strings.Contains(shown(m), "a lot at once"):
			answers++
		case m.OnlyFor != "":
			told++
		default:
			t.Errorf("everybody sees %q", shown(m))
		}
	}
	if answers != 2 || told != 1 {
		t.Errorf("%d answers, told %d times", answers, told)
	}
}

// TestSettingsOfThreads: what is set in a thread, or of one, is set of its channel.
func TestSettingsOfThreads(t *testing.T) {
	t.Parallel()
	fake := discordfake.New(t, fakeOptions())
	start(t, fake, setup{engine: adaptertest.NewLamps(t)})
	online(t, fake, 0)
	press, other := fake.Channel("press"), fake.Channel("other")
	thread, another := fake.Thread("old lamps", press), fake.Thread("other lamps", press)
	set := func(in string, options map[string]any) string {
		return shown(fake.Use(discordfake.Used{By: "ann", Channel: in, Name: commandBot, Options: options, Manages: true}).Answer(t))
	}
	for in, options := range map[string]map[string]any{
		thread: {"settings/article": adaptertest.Lamps2023},
		other:  {"settings/article": adaptertest.Lamps2023, "settings/channel": another},
	} {
		if got := set(in, options); !strings.Contains(got, "Questions in <#"+press+"> are asked of") {
			t.Errorf("it is set that %q", got)
		}
		if got := set(press, map[string]any{"settings/article": "all"}); strings.Contains(got, "are asked of") {
			t.Errorf("it stays set that %q", got)
		}
	}
	if got := set(thread, map[string]any{"settings/answer": true}); !strings.Contains(got, "I answer in <#"+press+">.") {
		t.Errorf("it is set that %q", got)
	}
}

// TestDeletedChannel: a channel that is deleted is taken out of the settings. Where it was the
// last one to answer in, the bot answers nowhere until it is told otherwise.
func TestDeletedChannel(t *testing.T) {
	t.Parallel()
	fake := discordfake.New(t, fakeOptions())
	b := start(t, fake, setup{engine: adaptertest.NewLamps(t)})
	online(t, fake, 0)
	general, press, council := fake.Channel("general"), fake.Channel("press"), fake.Channel("council")
	set := func(options map[string]any) string {
		return shown(fake.Use(discordfake.Used{By: "ann", Channel: general, Name: commandBot, Options: options, Manages: true}).Answer(t))
	}
	expect := func(got, want string) {
		t.Helper()
		if !strings.Contains(got, want) {
			t.Errorf("got %q, want %q", got, want)
		}
	}
	gone := func(channel string) {
		fake.DeleteChannel(channel)
		fake.Wait(t, "it is taken out", func() bool {
			data, _ := json.Marshal(b.Adapter.settings.Of(t.Context(), discordfake.GuildID))
			return !strings.Contains(string(data), channel)
		})
	}
	set(map[string]any{"settings/answer": true, "settings/channel": press, "settings/article": adaptertest.Lamps2023})
	expect(set(map[string]any{"settings/answer": true, "settings/channel": council}), "I answer in <#"+press+">, <#"+council+">.")
	gone(press)
	expect(set(nil), "I answer in <#"+council+">.")
	gone(council)
	expect(set(nil), "I answer in no channel")
	asked := discordfake.Used{By: "bob", Channel: general, Name: commandAsk, Options: map[string]any{"question": adaptertest.AskPrice}}
	expect(shown(fake.Use(asked).Answer(t)), "I do not answer in this channel.")
	expect(set(map[string]any{"settings/everywhere": true}), "I answer in all channels.")
	expect(shown(fake.Use(asked).Answer(t)), adaptertest.LampsAnswer)
}

// unwritten is a store whose journal cannot be written.
type unwritten struct{ state.Store }

func (unwritten) Append(context.Context, ...state.Entry) error {
	return errors.New("no space left on the disk")
}

// TestVoteThatIsNotWritten: nobody is thanked for a vote that could not be written down.
func TestVoteThatIsNotWritten(t *testing.T) {
	t.Parallel()
	fake := discordfake.New(t, fakeOptions())
	start(t, fake, setup{store: unwritten{shared(t)}})
	online(t, fake, 0)
	answer := fake.Use(discordfake.Used{By: "ann", Channel: fake.Channel("general"), Name: commandAsk, Options: map[string]any{"question": adaptertest.AskLamp}}).Answer(t)
	for _, c := range answer.Components() {
		if strings.HasPrefix(c.CustomID, pressUp) {
			i, err := fake.Press("ann", answer.ID, c.CustomID)
			if err != nil {
				t.Fatal(err)
			}
			if got := shown(i.Answer(t)); strings.Contains(got, "Thank you") || !strings.Contains(got, "try again") {
				t.Errorf("ann is told %q", got)
			}
		}
	}
}

// TestPanicInTheGateway: the value of a panic, which may hold what people wrote, is not logged.
func TestPanicInTheGateway(t *testing.T) {
	t.Parallel()
	fake := discordfake.New(t, fakeOptions())
	b := prepare(t, fake, setup{})
	g := &gateway{log: b.Adapter.log, event: func(string, json.RawMessage) { panic("what ann wrote") }}
	c := g.newConnection(shard{0, 1}, place{})
	c.hear(&discordgo.Event{Type: "MESSAGE_CREATE"})
	if log := b.log.String(); !strings.Contains(log, "an event panicked") || strings.Contains(log, "what ann wrote") {
		t.Errorf("the log:\n%s", log)
	}
	c.late.Stop()
}
