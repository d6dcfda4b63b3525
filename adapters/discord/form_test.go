package discord

import (
	"strings"
	"testing"
	"time"

	"verbatim/adapters"
	"verbatim/adapters/adaptertest"
	"verbatim/adapters/discordfake"
	"verbatim/state"
)

// openForm has somebody open the form for checking a quote, by a command.
func openForm(fake *discordfake.Server, by, channel string, private bool) *discordfake.Interaction {
	return fake.Use(discordfake.Used{By: by, Channel: channel, Name: commandQuote, Options: map[string]any{"check/private": private}})
}

// submit sends a form that was opened.
func submit(t *testing.T, opened *discordfake.Interaction, words string) *discordfake.Interaction {
	t.Helper()
	opened.Form(t)
	sent, err := opened.Submit(map[string]string{optionText: words})
	if err != nil {
		t.Fatal(err)
	}
	return sent
}

// pressCheckOn presses the button of a card that opens the form.
func pressCheckOn(t *testing.T, fake *discordfake.Server, by string, card discordfake.Message) *discordfake.Interaction {
	t.Helper()
	opened, err := fake.Press(by, card.ID, pressCheck)
	if err != nil {
		t.Fatal(err)
	}
	return opened
}

// TestForm: the form is opened by the command without words and by a button of the
// card on the article, and what is written into it is answered as a checked quote.
func TestForm(t *testing.T) {
	t.Parallel()
	fake := discordfake.New(t, fakeOptions())
	start(t, fake, setup{store: adaptertest.NewStore()})
	online(t, fake, 0)
	general, dm := fake.Channel("general"), fake.DM("ann")
	mention := fake.Reply(t, fake.Say(discordfake.Said{By: "ann", Channel: general, Text: discordfake.Mention}))
	article := fake.Use(discordfake.Used{By: "ann", Channel: general, Name: commandArticle}).Answer(t)
	long := adaptertest.LampWords + strings.Repeat(" and so on", (maxFormText-len(adaptertest.LampWords))/len(" and so on"))
	blank := fake.Use(discordfake.Used{By: "ann", Channel: general, Name: commandQuote, Options: map[string]any{"check/text": " "}})
	for name, c := range map[string]struct {
		opened      *discordfake.Interaction
		words, want string
		private     bool
	}{
		"by the command":         {openForm(fake, "ann", general, false), adaptertest.LampWords, adaptertest.ExactLead, false},
		"in private":             {openForm(fake, "ann", general, true), adaptertest.LampWords, adaptertest.ExactLead, true},
		"in a direct message":    {openForm(fake, "ann", dm, false), adaptertest.LampWords, adaptertest.ExactLead, false},
		"by blank words":         {blank, adaptertest.LampWords, adaptertest.ExactLead, false},
		"by a button":            {pressCheckOn(t, fake, "ben", mention), adaptertest.LampWords, adaptertest.ExactLead, false},
		"by a button in private": {pressCheckOn(t, fake, "ann", article), adaptertest.LampWords, adaptertest.ExactLead, true},
		"who said it":            {openForm(fake, "ann", general, false), "the council: My father lit it by hand.", "somebody else is credited", false},
		"as much as there may be": {openForm(fake, "ann", general, false), long + strings.Repeat("!", maxFormText-len(long)),
			"asked to check: " + adaptertest.LampWords[:20], false},
		"blank": {openForm(fake, "ann", general, false), " \n ", "no words to check", true},
	} {
		t.Run(name, func(t *testing.T) {
			got := look(submit(t, c.opened, c.words).Answer(t))
			if !strings.Contains(got.Text, c.want) || got.Private != c.private {
				t.Errorf("shown, private %v:\n%s\nwant %q, private %v", got.Private, got.Text, c.want, c.private)
			}
		})
	}
	opened := openForm(fake, "ann", general, false)
	if f := opened.Form(t).Rows[0].Fields[0]; f.Style != 2 || *f.MaxLength != 4000 {
		t.Errorf("the field is %+v", f)
	}
	for _, h := range adaptertest.Hostile {
		if n := discordfake.Units(h.Text); n > 0 && n <= maxFormText {
			submit(t, opened, h.Text).Answer(t)
		}
	}
	// Forms of an older version, and such as are odd.
	for id, want := range map[string]string{"gone": "older version", pressCheck: "no words to check"} {
		i := fake.Prepare("ann", general, 5, map[string]any{"custom_id": id, "components": []any{7, map[string]any{"type": 1, "components": "x"}}})
		fake.Dispatch(0, "INTERACTION_CREATE", i.Payload())
		if got := look(i.Answer(t)); !strings.Contains(got.Text, want) || !got.Private {
			t.Errorf("%q: %+v", id, got)
		}
	}
}

// TestFormTwice: what is sent twice, or delivered twice, is answered once, and every
// submission is acknowledged.
func TestFormTwice(t *testing.T) {
	t.Parallel()
	fake := discordfake.New(t, fakeOptions())
	start(t, fake, setup{})
	online(t, fake, 0)
	general := fake.Channel("general")
	card := fake.Reply(t, fake.Say(discordfake.Said{By: "ann", Channel: general, Text: discordfake.Mention}))
	for name, c := range map[string]struct {
		opened  *discordfake.Interaction
		private int // the words in private to who sent it twice
	}{
		"by the command": {openForm(fake, "ann", general, false), 1},
		"by a button":    {pressCheckOn(t, fake, "ann", card), 0}, // Discord takes silence there
	} {
		before := len(fake.FromBot())
		first, second := submit(t, c.opened, adaptertest.LampWords), submit(t, c.opened, adaptertest.LampWords)
		fake.Replay(0, 1, false)
		fake.Wait(t, "two responses", func() bool {
			a, _ := first.Answered()
			b, _ := second.Answered()
			return a != 0 && b != 0
		})
		other := submit(t, c.opened, "Sell it")
		other.Answer(t)
		var public, private int
		for _, m := range fake.FromBot()[before:] {
			if m.OnlyFor == "" {
				public++
			} else {
				private++
			}
		}
		if public != 2 || private != c.private {
			t.Errorf("%s: %d answers to two texts, and %d words in private", name, public, private)
		}
	}
}

// TestFormFaults: a form is opened whatever goes wrong with the first request, and what
// comes too late is given up. A slow answer to one is deferred.
func TestFormFaults(t *testing.T) {
	t.Parallel()
	fake := discordfake.New(t, fakeOptions())
	release := make(chan struct{})
	b := start(t, fake, setup{handler: waiting(release), timing: func(tm *timing) { tm.deferAfter = 50 * time.Millisecond }})
	online(t, fake, 0)
	general := fake.Channel("general")
	for _, f := range []discordfake.RESTFault{{Status: 503}, {DropBefore: true}, {DropAfter: true}, {Delay: 200 * time.Millisecond}} {
		fake.OnRequest("callback", f)
		openForm(fake, "ann", general, false).Form(t)
	}
	if n := b.metrics.of(adapters.CountFailed); n > 0 {
		t.Errorf("%d forms failed", n)
	}
	slow := submit(t, openForm(fake, "ann", general, true), adaptertest.LampWords)
	fake.Wait(t, "a deferral", func() bool { callback, thinking := slow.Answered(); return callback == 5 && thinking })
	close(release)
	if got := look(slow.Answer(t)); !got.Private {
		t.Errorf("the answer is %+v", got)
	}
	fake.OnRequest("callback", discordfake.RESTFault{Delay: 300 * time.Millisecond})
	late := openForm(fake, "ann", general, false)
	fake.Wait(t, "the request", func() bool { return fake.Requests("callback") >= 8 })
	fake.Advance(4 * time.Second)
	fake.Wait(t, "the failure", func() bool { return b.metrics.of(adapters.CountFailed) >= 1 })
	if callback, _ := late.Answered(); callback != 0 {
		t.Errorf("answered by %d", callback)
	}
}

// TestFormLimits: the form counts, when it is opened and when it is sent, and it opens
// only where the bot answers, or alone for who has the bot for themselves.
func TestFormLimits(t *testing.T) {
	t.Parallel()
	fake := discordfake.New(t, fakeOptions())
	home, other := fake.Channel("home"), fake.Channel("other")
	start(t, fake, setup{store: adaptertest.NewStore(), config: func(c *Config) {
		c.Limit, c.Channels = state.Limit{Events: 2, Per: time.Hour}, []string{home}
	}})
	online(t, fake, 0)
	submit(t, openForm(fake, "ann", home, false), adaptertest.LampWords).Answer(t)
	if got := look(openForm(fake, "ann", home, false).Answer(t)); !got.Private || !strings.Contains(got.Text, "a lot at once") {
		t.Errorf("ann is told %+v", got)
	}
	if got := look(openForm(fake, "ben", other, false).Answer(t)); !got.Private || !strings.Contains(got.Text, "do not answer in this channel") {
		t.Errorf("ben is told %+v", got)
	}
	own := fake.Use(discordfake.Used{By: "eve", Channel: other, Name: commandQuote, InstalledByUser: true})
	if got := look(submit(t, own, adaptertest.LampWords).Answer(t)); !got.Private || !strings.Contains(got.Text, adaptertest.ExactLead) {
		t.Errorf("eve is told %+v", got)
	}
}
