package adaptertest

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"verbatim/adapters"
	"verbatim/answers"
	"verbatim/corpus"
	"verbatim/state"
)

// Run has an adapter go through the script.
func Run(t *testing.T, start Start) {
	engine, store := NewEngine(), newMemory()
	s := &script{Engine: engine, store: store}
	handler := NewHandler(engine)
	s.Harness = start(t, Bot{Engine: engine, Store: store, Handler: adapters.HandlerFunc(func(ctx context.Context, m adapters.Message) answers.Answer {
		s.asker.Store(&m.Person)
		return handler.Handle(ctx, m)
	})})

	t.Run("greeting", s.greeting)
	t.Run("quote", s.quote)
	t.Run("follow-up", s.followUp)
	t.Run("list", s.list)
	t.Run("markup in a quote", s.markup)
	t.Run("not spoken", s.notSpoken)
	t.Run("words of others", s.others)
	t.Run("not covered", s.notCovered)
	t.Run("verdict", s.verdict)
	t.Run("in context", s.inContext)
	t.Run("suggestion", s.suggestion)
	t.Run("share", s.share)
	t.Run("votes", s.votes)
	t.Run("hostile", s.hostile)
	t.Run("pointing", s.pointing)
	t.Run("doubt", s.doubt)
	t.Run("talk first", s.talkFirst)
	t.Run("double click", s.doubleClick)
	t.Run("refusal", s.refusal)
	t.Run("plainer form", s.plainer)
	t.Run("delivered twice", s.deliveredTwice)
	t.Run("once", s.once)
	t.Run("gone", s.gone)
	t.Run("computed once", func(t *testing.T) { computedOnce(t, start) })
	t.Run("left", func(t *testing.T) { leftBehind(t, start) })
	t.Run("shutdown", func(t *testing.T) { shutdown(t, start) })
	t.Run("the article changes", func(t *testing.T) { articleChanges(t, start) })
	t.Run("limits of presses", func(t *testing.T) { limitsOfPresses(t, start) })
	t.Run("limits", func(t *testing.T) { limits(t, start) })
	t.Run("credentials die", func(t *testing.T) { credentialsDie(t, start) })
	t.Run("an article of its own", func(t *testing.T) { anArticle(t, start) })
}

type script struct {
	*Engine
	Harness
	store *memory
	asker atomic.Pointer[string] // the key of who asked last
}

// Check is the harness's.
func (s *script) Check(t *testing.T, conversation, words string) Shown {
	return s.Harness.Check(t, conversation, words)
}

func (s *script) greeting(t *testing.T) {
	got := s.say(t, "greeting", Hello)
	s.shows(t, got)
	contains(t, got.Text, s.About("").Welcome)
	if len(got.Suggestions) == 0 {
		t.Error("a greeting offers nothing to ask")
	}
}

func (s *script) quote(t *testing.T) {
	got := s.say(t, "quote", AskLamp)
	s.shows(t, got, "lamp")
	contains(t, got.Text, "On the lamp, Maro said:")
}

// followUp asks what only makes sense after another question, and asks it again
// where nothing was asked before.
func (s *script) followUp(t *testing.T) {
	s.shows(t, s.say(t, "follow-up", AskLamp), "lamp")
	s.shows(t, s.say(t, "follow-up", AskBefore), "father")
	got := s.say(t, "a conversation of its own", AskBefore)
	s.shows(t, got)
	contains(t, got.Text, "Before the lamp, or before the tower?")
	if want := []string{AskLamp, AskBuilt}; !slices.Equal(got.Suggestions, want) {
		t.Errorf("the choices are %q, want %q", got.Suggestions, want)
	}
}

func (s *script) list(t *testing.T) {
	got := s.say(t, "list", AskQuotes)
	s.shows(t, got, known[AskQuotes]...)
	contains(t, got.Text, "The article quotes Maro here:")
	for _, id := range known[AskQuotes] {
		contains(t, got.Text, s.PassageByID(id).Frame)
	}
}

// markup asks for quotes that are full of it: they come byte for byte.
func (s *script) markup(t *testing.T) {
	for _, question := range []string{AskNotice, AskLine, AskSong} {
		s.shows(t, s.say(t, "markup", question), known[question]...)
	}
}

// notSpoken asks for reported speech and for the article's own words, which
// never look as if somebody had spoken them.
func (s *script) notSpoken(t *testing.T) {
	for _, question := range []string{AskRow, AskBuilt, AskWrecks} {
		s.shows(t, s.say(t, "not spoken", question), known[question]...)
	}
}

func (s *script) others(t *testing.T) {
	s.shows(t, s.say(t, "others", AskSkippers), "honest")
}

func (s *script) notCovered(t *testing.T) {
	got := s.say(t, "not covered", AskPay)
	s.nearest(t, got)
	contains(t, got.Text, "The article does not say.")
	if len(got.Suggestions) == 0 {
		t.Error("what is not covered offers nothing else to ask")
	}
}

func (s *script) verdict(t *testing.T) {
	for _, v := range []struct{ name, words, want, passage string }{
		{"exact", LampWords, ExactLead, "lamp"},
		{"altered", "The lamp stays dark, whatever the council decides", "Not quite.", "lamp"},
		{"misattributed", "the council: My father lit it by hand.", "somebody else is credited", "father"},
		{"absent", "Sell the tower to the highest bidder", "the article has no such words", ""},
	} {
		got := s.Check(t, "verdict "+v.name, v.words)
		contains(t, got.Text, v.want)
		if v.passage == "" {
			s.shows(t, got)
		} else {
			s.shows(t, got, v.passage)
		}
		if v.name == "altered" {
			contains(t, got.Text, "dark")
		}
	}
}

// inContext asks for the paragraph around a quote.
func (s *script) inContext(t *testing.T) {
	seen, ok := s.Press(t, s.say(t, "in context", AskLamp), InContext, "ann")
	if !ok {
		t.Log("the platform has no such control")
		return
	}
	before, after := s.PassageByID("lamp").Quote.InParagraph()
	for _, q := range []corpus.Quote{before, s.PassageByID("lamp").Quote, after} {
		contains(t, seen.Text, q.Text())
	}
	contains(t, strings.Join(seen.Citations, "\n"), "¶ 2")
}

// suggestion presses one, which asks it.
func (s *script) suggestion(t *testing.T) {
	got := s.say(t, "suggestion", Hello)
	if len(got.Suggestions) == 0 {
		t.Fatal("no suggestions")
	}
	seen, ok := s.Press(t, got, Control(got.Suggestions[0]), "ann")
	if !ok {
		t.Log("the platform has no such control")
		return
	}
	s.shows(t, seen, known[got.Suggestions[0]]...)
}

func (s *script) share(t *testing.T) {
	private, ok := s.SayPrivately(t, "share", AskLamp)
	if !ok {
		t.Log("the platform knows no private answers")
		return
	}
	s.shows(t, private, "lamp")
	if !private.Private {
		t.Error("the answer was not private")
	}
	public, ok := s.Press(t, private, Share, "ann")
	if !ok {
		t.Fatal("a private answer cannot be shared")
	}
	s.shows(t, public, "lamp")
	if public.Private {
		t.Error("what was shared is private")
	}
}

// votes has two people vote, one of whom thinks again. A vote has the same key of
// its person as a question of theirs.
func (s *script) votes(t *testing.T) {
	hello := s.say(t, "votes", Hello)
	got := s.say(t, "votes", AskLamp)
	since := time.Now().Add(-time.Minute)
	for _, v := range []struct {
		person string
		c      Control
	}{{"ann", VoteUp}, {"ben", VoteUp}, {"ann", VoteDown}} {
		if _, ok := s.Press(t, got, v.c, v.person); !ok {
			t.Log("the platform has no such control")
			return
		}
	}
	if _, ok := s.Press(t, hello, Control(hello.Suggestions[0]), "ann"); !ok {
		t.Error("a suggestion cannot be pressed")
	}
	ann := *s.asker.Load()
	// The vote may be written after the platform was told that it was heard.
	var last map[string]int
	for end := time.Now().Add(patience); time.Now().Before(end); time.Sleep(10 * time.Millisecond) {
		var subjects []string
		var entries int
		last = map[string]int{}
		err := s.store.Journal(context.Background(), since, func(e state.Entry) bool {
			if e.What == "vote" {
				entries++
				if e.Text != "" && e.Text != AskLamp {
					t.Errorf("a vote on the answer to %q is on %q", AskLamp, e.Text)
				}
				last[e.Person] = e.Vote
				subjects = append(subjects, e.Subject)
			}
			return true
		})
		if err != nil {
			t.Fatal(err)
		}
		if slices.Sort(subjects); len(slices.Compact(subjects)) > 1 {
			t.Fatalf("votes on one answer have several subjects: %q", subjects)
		}
		if entries == 3 {
			break
		}
	}
	var votes []int
	for person, v := range last {
		if person == "" {
			t.Error("a vote of nobody")
		}
		votes = append(votes, v)
	}
	if last[ann] != -1 {
		t.Errorf("whoever thought again asks as %q and votes as another", ann)
	}
	if slices.Sort(votes); !slices.Equal(votes, []int{-1, 1}) {
		t.Errorf("the last votes of two people are %v, want one up and one down", votes)
	}
}

// hostile says everything in Hostile: each gets an answer, and nothing is shown
// as a quote that is none.
func (s *script) hostile(t *testing.T) {
	for _, h := range Hostile {
		t.Run(h.Name, func(t *testing.T) {
			got := s.say(t, "hostile "+h.Name, h.Text)
			s.genuine(t, got)
		})
	}
}

// pointing passes messages on: words are checked, a question is answered.
func (s *script) pointing(t *testing.T) {
	const words = LampWords
	for _, remark := range []string{"is this right?", "did she really say this?", "thoughts?"} {
		got, ok := s.Point(t, "pointing", words, remark)
		if !ok {
			t.Log("the platform knows no such way")
			return
		}
		contains(t, got.Text, ExactLead)
		s.shows(t, got, "lamp")
	}
	// Of what is passed on only the words count, also those of a line between others.
	for _, around := range []string{":fire: %s 🔥", ":joy::joy: %s", ":+1::+1: %s", "🔥:joy: %s", "%s:joy:", "ann@lamp.example %s", "Quote of the day:\n%s\nHave a nice day!"} {
		got, _ := s.Point(t, "pointing", strings.ReplaceAll(around, "%s", words), "is this right?")
		if !strings.Contains(got.Text, ExactLead) {
			t.Errorf("%q shows:\n%s", around, got.Text)
		}
	}
	got, _ := s.Point(t, "pointing", AskBuilt, "can you answer this?")
	s.shows(t, got, known[AskBuilt]...)
	// Who forwards something means it, whatever they say with it, but for a question of
	// its own.
	for _, remark := range []string{"Ben from sales asked me this", "someone wants to know", "what do you think?", "no idea, sorry", "what does the article say about this?"} {
		got, _ = s.Point(t, "pointing", AskBuilt, remark)
		s.shows(t, got, known[AskBuilt]...)
		got, _ = s.Point(t, "pointing", words, remark)
		contains(t, got.Text, ExactLead)
	}
	got, _ = s.Point(t, "pointing", words, AskRow)
	s.shows(t, got, known[AskRow]...)
}

// doubt asks, alone with the bot, whether something is right: what the person wrote is
// checked, though the bot's answer to it stands between; after a question it is the answer
// that is doubted.
func (s *script) doubt(t *testing.T) {
	if _, ok := s.Directly(t, "dora", "The lamp stays dark, whatever the council decides"); !ok {
		t.Log("the platform has no direct messages")
		return
	}
	for _, remark := range []string{"is this right?", "did she really say this?", "who said this?", "who said that?", "please check", "legit?", "does this match the article?"} {
		got, _ := s.Directly(t, "dora", remark)
		if !strings.Contains(got.Text, "Not quite.") {
			t.Errorf("%q shows:\n%s", remark, got.Text)
		}
		s.shows(t, got, "lamp")
	}
	// What names something of its own is a question like any other.
	for _, question := range []string{"is it expensive?", "was it his idea?", "is this about the council?", "is that a big lamp?"} {
		got, _ := s.Directly(t, "dora", question)
		contains(t, got.Text, "The article does not say anything on this: "+question)
	}
	// Talk and a topic are no words to check.
	for _, before := range []string{AskLamp, "ok thanks", Hello, "lamps", "👍"} {
		s.Directly(t, "dora", before)
		got, _ := s.Directly(t, "dora", "is this right?")
		contains(t, got.Text, "The article does not say anything on this: is this right?")
	}
}

// talkFirst has a person begin with talk, alone with the bot: it is nothing to check.
func (s *script) talkFirst(t *testing.T) {
	for _, talk := range []string{"ok thanks", Hello} {
		if _, ok := s.Directly(t, "first "+talk, talk); !ok {
			t.Log("the platform has no direct messages")
			return
		}
		for _, next := range []string{"is it expensive?", "is this right?"} {
			got, _ := s.Directly(t, "first "+talk, next)
			contains(t, got.Text, "The article does not say anything on this: "+next)
		}
	}
}

// doubleClick clicks a suggestion twice: it is asked once.
func (s *script) doubleClick(t *testing.T) {
	got := s.say(t, "double click", Hello)
	shown, ok := s.PressTwice(t, got, Control(got.Suggestions[0]), "ann")
	if !ok {
		t.Log("the platform has no such control")
		return
	}
	if len(shown) != 1 {
		t.Fatalf("a double click leads to %d answers", len(shown))
	}
	s.shows(t, shown[0], known[got.Suggestions[0]]...)
}

// refusal asks where nothing can be posted: each person is told once, in private.
func (s *script) refusal(t *testing.T) {
	s.say(t, "refusal", AskLamp)
	if !s.Refuse(t, "refusal") {
		t.Log("the platform cannot refuse")
		return
	}
	for i, person := range []string{"ann", "ann", "ben", "ann"} {
		shown, ok := s.All(t, "refusal", person, AskLamp)
		if !ok {
			t.Fatal("the harness cannot tell")
		}
		want := map[int]int{0: 1, 2: 1}[i]
		if len(shown) != want {
			t.Errorf("question %d, of %s: %d messages, want %d", i, person, len(shown), want)
		}
		for _, m := range shown {
			if !m.Private || len(m.Quoted) > 0 || !strings.Contains(strings.ToLower(m.Text), "post") && !strings.Contains(strings.ToLower(m.Text), "write") {
				t.Errorf("private %v: %s", m.Private, m.Text)
			}
		}
	}
	s.shows(t, s.say(t, "where it can be posted", AskLamp), "lamp")
}

// plainer asks where the platform does not take the form of an answer: it comes in another,
// word for word.
func (s *script) plainer(t *testing.T) {
	for _, question := range []string{AskLamp, AskNotice} {
		if !s.Fails(t, OtherForm) {
			t.Log("the platform takes any form")
			return
		}
		got := s.say(t, "plainer", question)
		for _, id := range known[question] {
			contains(t, got.Text, s.PassageByID(id).Quote.Text())
		}
		s.genuine(t, got)
	}
}

// deliveredTwice says something that is delivered twice: it is answered once.
func (s *script) deliveredTwice(t *testing.T) {
	shown, ok := s.Twice(t, "twice", AskLamp)
	if !ok {
		t.Log("the platform delivers nothing twice")
		return
	}
	if len(shown) != 1 {
		t.Fatalf("%d answers to one question", len(shown))
	}
	s.shows(t, shown[0], "lamp")
}

// once asks while something goes wrong that passes: there is one answer all the same.
func (s *script) once(t *testing.T) {
	for _, f := range []Fault{Busy, Down, Unconfirmed} {
		if !s.Fails(t, f) {
			t.Log("the platform is never so that " + string(f))
			continue
		}
		shown, _ := s.All(t, "once", "ann", AskLamp)
		if len(shown) != 1 {
			t.Fatalf("%s: %d answers to one question: %+v", f, len(shown), shown)
		}
		s.shows(t, shown[0], "lamp")
	}
}

// gone asks where an answer finds nothing to be sent to: that is the end of it, for the
// person as for the store.
func (s *script) gone(t *testing.T) {
	if !s.Fails(t, Gone) {
		t.Log("nothing can be gone on the platform")
		return
	}
	shown, _ := s.All(t, "gone", "ann", AskLamp)
	if len(shown) > 0 {
		t.Errorf("somebody is shown: %+v", shown)
	}
	s.owesNothing(t)
	s.shows(t, s.say(t, "what is there", AskLamp), "lamp")
}

// owesNothing checks that every job is done: it may be noted after its answer is shown.
func (s *script) owesNothing(t *testing.T) {
	t.Helper()
	eventually(t, "nothing is owed any more", func() bool { return s.store.owed() == 0 })
}

// patience is how long anything is waited for: long, for a slow machine with much to do.
const patience = 90 * time.Second

func eventually(t *testing.T, what string, ok func() bool) {
	t.Helper()
	for end := time.Now().Add(patience); !ok(); time.Sleep(time.Millisecond) {
		if time.Now().After(end) {
			t.Fatalf("it does not come about that %s", what)
		}
	}
}

// computedOnce has a question answered while the platform takes nothing, and the adapter
// end: another one sends the answer as it is, without asking again. It costs nobody
// anything, and the conversation goes on from it.
func computedOnce(t *testing.T, start Start) {
	engine, store := NewEngine(), newMemory()
	s := &script{Engine: engine, store: store}
	var mu sync.Mutex
	handled := map[string]int{}
	count := func() int { mu.Lock(); defer mu.Unlock(); return handled[AskLamp] }
	handler := adapters.Conversations(engine, store, adapters.DefaultConversationTTL)
	s.Harness = start(t, Bot{Engine: engine, Store: store, Limit: state.Limit{Events: 3, Per: time.Hour},
		Handler: adapters.HandlerFunc(func(ctx context.Context, m adapters.Message) answers.Answer {
			a := handler.Handle(ctx, m)
			mu.Lock()
			defer mu.Unlock()
			handled[m.Text]++
			return a
		})})
	shown, ok := s.Interrupted(t, func() {
		s.Fails(t, Closed)
		s.Asks(t, "computed once", AskLamp, false)
		eventually(t, "the question is answered", func() bool { return count() > 0 })
	}, func() { s.owesNothing(t) })
	if !ok {
		t.Log("the platform cannot be interrupted")
		return
	}
	if len(shown) != 1 || count() != 1 {
		t.Fatalf("%d answers are shown, the question was asked %d times", len(shown), count())
	}
	s.shows(t, shown[0], "lamp")
	s.shows(t, s.say(t, "computed once", AskBefore), "father")
	s.shows(t, s.say(t, "computed once", AskRow), "row")
	s.owesNothing(t)
}

// fresh starts an adapter that no other part of the script speaks with.
func fresh(t *testing.T, start Start, grace time.Duration) *script {
	s := &script{Engine: NewEngine(), store: newMemory()}
	s.Harness = start(t, Bot{Engine: s.Engine, Store: s.store, Grace: grace, Handler: adapters.Conversations(s.Engine, s.store, adapters.DefaultConversationTTL)})
	return s
}

// leftBehind has questions left by one who dies: each is answered once, and one that only
// makes sense after another comes after it.
func leftBehind(t *testing.T, start Start) {
	s := fresh(t, start, 0)
	for _, conversation := range []string{"left one", "left two", "left three", "left four"} {
		shown, ok := s.Left(t, conversation, AskLamp, AskBefore)
		if !ok {
			t.Log("nothing can be left on the platform")
			return
		}
		if len(shown) != 2 {
			t.Fatalf("%d answers to two questions: %+v", len(shown), shown)
		}
		s.shows(t, shown[0], "lamp")
		s.shows(t, shown[1], "father")
	}
	s.owesNothing(t)
}

// shutdown ends the adapter at each point on the way of an answer: another one finishes it,
// and nobody sees anything twice.
func shutdown(t *testing.T, start Start) {
	settled := func(s *script, t *testing.T) func() { return func() { s.owesNothing(t) } }
	kept := func(s *script, t *testing.T) {
		eventually(t, "the answer is kept", func() bool { return s.store.keeps(`"quotes":[`) })
	}
	// One question is being sent, and another waits behind it.
	t.Run("before its turn", func(t *testing.T) {
		s := fresh(t, start, 0)
		shown, ok := s.Interrupted(t, func() {
			s.Fails(t, Silent)
			s.Asks(t, "before its turn", AskLamp, false)
			kept(s, t)
			s.Asks(t, "before its turn", AskBefore, false)
			eventually(t, "both are heard", func() bool { return s.store.owed() == 2 })
		}, settled(s, t))
		if !ok {
			t.Skip("the platform cannot be interrupted")
		}
		s.showsEach(t, shown, "lamp", "father")
	})
	t.Run("before its turn, a follow-up", func(t *testing.T) {
		s := fresh(t, start, 0)
		s.say(t, "a follow-up", AskLamp)
		s.owesNothing(t)
		follows := false
		shown, _ := s.Interrupted(t, func() {
			s.Fails(t, Silent)
			s.Asks(t, "a follow-up", AskNotice, false)
			kept(s, t)
			follows = s.Asks(t, "a follow-up", AskSkippers, true)
		}, settled(s, t))
		if follows {
			s.showsEach(t, shown, "notice", "honest")
		}
	})
	for _, fault := range []Fault{Closed, Silent, SilentTaken} {
		for _, follow := range []bool{false, true} {
			t.Run(fmt.Sprint(fault, ", follow-up ", follow), func(t *testing.T) {
				s := fresh(t, start, 0)
				s.say(t, "in the midst", AskLamp)
				s.owesNothing(t)
				asks := true
				shown, ok := s.Interrupted(t, func() {
					if follow && !s.Asks(t, "elsewhere", "", true) {
						asks = false
						return
					}
					s.Fails(t, fault)
					s.Asks(t, "in the midst", AskSkippers, follow)
					kept(s, t)
				}, settled(s, t))
				if ok && asks {
					s.showsEach(t, shown, "honest")
				}
			})
		}
		t.Run(fmt.Sprint(fault, ", shared"), func(t *testing.T) { s := fresh(t, start, 0); s.sharedOnce(t, fault) })
	}
	// What has begun may end, where there is time for it.
	t.Run("with time", func(t *testing.T) {
		s := fresh(t, start, patience)
		shown, ok := s.Interrupted(t, func() {
			s.Fails(t, Busy)
			s.Asks(t, "with time", AskLamp, false)
			kept(s, t)
		}, settled(s, t))
		if ok {
			s.showsEach(t, shown, "lamp")
		}
	})
}

// sharedOnce has a private answer shared while something goes wrong, and the adapter end:
// nobody sees it twice, and where nobody does the person is told.
func (s *script) sharedOnce(t *testing.T, fault Fault) {
	private, ok := s.SayPrivately(t, "shared", AskLamp)
	if !ok {
		t.Skip("the platform knows no private answers")
	}
	s.owesNothing(t)
	shown, ok := s.Interrupted(t, func() {
		s.Fails(t, fault)
		s.Shares(t, private)
		eventually(t, "the answer is kept", func() bool { return s.store.keeps(`"quotes":[`) })
	}, func() { s.owesNothing(t) })
	if !ok {
		t.Skip("the platform cannot be interrupted")
	}
	public, told := 0, 0
	for _, m := range shown {
		switch {
		case len(m.Quoted) > 0:
			public++
			s.shows(t, m, "lamp")
		case strings.Contains(m.Text, "did not confirm"):
			told++
		}
	}
	if public > 1 || public == 0 && told == 0 || told > 1 {
		t.Errorf("everybody sees it %d times, and the person is told %d times that it may be missing", public, told)
	}
}

// showsEach checks that each of some messages shows one passage as the answer, in order.
func (s *script) showsEach(t *testing.T, got []Shown, ids ...string) {
	t.Helper()
	if len(got) != len(ids) {
		t.Fatalf("%d messages, want %d: %+v", len(got), len(ids), got)
	}
	for i, id := range ids {
		s.shows(t, got[i], id)
	}
}

// edition is an engine whose article may be another from some time on.
type edition struct {
	*Engine
	changed atomic.Bool
}

func (e *edition) Passage(key string) (corpus.Passage, bool) {
	if e.changed.Load() {
		return corpus.Passage{}, false
	}
	return e.Engine.Passage(key)
}

// articleChanges has an answer kept, since the platform takes nothing, and the article
// change before another adapter sends it: nothing of the old one is shown.
func articleChanges(t *testing.T, start Start) {
	engine, store := &edition{Engine: NewEngine()}, newMemory()
	h := start(t, Bot{Engine: engine, Store: store, Handler: adapters.Conversations(engine, store, adapters.DefaultConversationTTL)})
	shown, ok := h.Interrupted(t, func() {
		h.Fails(t, Closed)
		h.Asks(t, "the article changes", AskLamp, false)
		eventually(t, "the answer is kept", func() bool { return store.keeps(`"quotes":[`) })
		engine.changed.Store(true)
	}, func() { (&script{store: store}).owesNothing(t) })
	if !ok {
		t.Log("the platform cannot be interrupted")
		return
	}
	if len(shown) != 1 || len(shown[0].Quoted) > 0 || !strings.Contains(shown[0].Text, "The article has changed since you asked.") {
		t.Errorf("it is shown: %+v", shown)
	}
}

// limitsOfPresses has one person press too much, who is told once, in private, and then ignored.
func limitsOfPresses(t *testing.T, start Start) {
	engine, store := NewEngine(), NewStore()
	t.Cleanup(func() { store.Close() })
	h := start(t, Bot{Engine: engine, Store: store, Handler: NewHandler(engine), Limit: state.Limit{Events: 2, Per: time.Hour}})
	shown, ok := h.All(t, "presses", "ann", Hello)
	if !ok {
		t.Log("the harness cannot tell")
		return
	}
	for i, want := range []int{1, 1, 0} {
		got, ok := h.PressTwice(t, shown[0], Control(shown[0].Suggestions[i]), "ann")
		if !ok {
			t.Log("the platform has no such control")
			return
		}
		if len(got) != want || i == 1 && (!got[0].Private || !strings.Contains(got[0].Text, "a lot at once")) {
			t.Errorf("press %d leads to %+v", i, got)
		}
	}
}

// limits has one person ask too much, who is told once, in private, and then ignored;
// others are answered.
func limits(t *testing.T, start Start) {
	engine, store := NewEngine(), NewStore()
	t.Cleanup(func() { store.Close() })
	h := start(t, Bot{Engine: engine, Store: store, Handler: NewHandler(engine), Limit: state.Limit{Events: 3, Per: time.Hour}})
	if _, ok := h.All(t, "limits", "ann", AskLamp); !ok {
		t.Log("the harness cannot tell")
		return
	}
	for i, tt := range []struct {
		person, text string
		answered     bool
		told         bool
	}{
		{"ann", "", true, false}, {"ann", AskRow, true, false}, {"ann", AskLamp, false, true}, {"ann", AskLamp, false, false},
		{"ann", "", false, false}, {"ben", AskLamp, true, false},
	} {
		shown, _ := h.All(t, "limits", tt.person, tt.text)
		n := 0
		if tt.answered || tt.told {
			n = 1
		}
		if len(shown) != n {
			t.Fatalf("message %d, of %s: %d messages, want %d: %+v", i, tt.person, len(shown), n, shown)
		}
		if n == 1 && strings.Contains(shown[0].Text, "a lot at once") != tt.told {
			t.Errorf("message %d, of %s: %s", i, tt.person, shown[0].Text)
		}
		if tt.told && !shown[0].Private {
			t.Errorf("message %d, of %s: everybody is told", i, tt.person)
		}
	}
}

// credentialsDie has the platform take the bot's credentials back while it runs: the adapter
// ends, and says that they worked and do so no longer.
func credentialsDie(t *testing.T, start Start) {
	engine, store := NewEngine(), NewStore()
	t.Cleanup(func() { store.Close() })
	h := start(t, Bot{Engine: engine, Store: store, Handler: NewHandler(engine)})
	h.Say(t, "credentials", AskLamp)
	err, ok := h.Revoked(t, "credentials", AskRow)
	if !ok {
		t.Log("the platform knows no credentials")
		return
	}
	if !errors.As(err, new(adapters.Revoked)) || !strings.Contains(err.Error(), "_TOKEN") {
		t.Errorf("the adapter ends with %v", err)
	}
}

// anArticle gives a place an article of its own: questions there are asked of that one, and
// others as before.
func anArticle(t *testing.T, start Start) {
	engine := NewLamps(t)
	store := NewStore()
	t.Cleanup(func() { store.Close() })
	h := start(t, Bot{Engine: engine, Store: store, Handler: adapters.Conversations(engine, store, adapters.DefaultConversationTTL)})
	if !h.Use(t, "an article", LampsTitle2023) {
		t.Log("the platform has no places that could have one")
		return
	}
	if got := h.Say(t, "an article", AskPrice).Text; !strings.Contains(got, LampsAnswer2023) || strings.Contains(got, LampsAnswer) {
		t.Errorf("where an article is set:\n%s", got)
	}
	contains(t, h.Say(t, "an article", "in "+Lamps2024+": "+AskPrice).Text, LampsAnswer)
	contains(t, h.Say(t, "no article", AskPrice).Text, LampsTitle2024)
}

// say has a person say text, and something must come back.
func (s *script) say(t *testing.T, conversation, text string) Shown {
	t.Helper()
	got := s.Say(t, conversation, text)
	if strings.TrimSpace(got.Text) == "" {
		t.Fatalf("said %.60q: nothing to read came back", text)
	}
	return got
}

// shows checks that exactly these passages are shown as the answer: each byte
// for byte with its citation, and those that were spoken, and only those, with
// quotation styling.
func (s *script) shows(t *testing.T, got Shown, ids ...string) {
	t.Helper()
	var spoken []string
	for _, id := range ids {
		p := s.PassageByID(id)
		contains(t, got.Text, p.Quote.Text())
		contains(t, strings.Join(got.Citations, "\n"), p.Citation().String())
		if p.Spoken() {
			spoken = append(spoken, p.Quote.Text())
		}
	}
	if !slices.Equal(got.Quoted, spoken) {
		t.Errorf("with quotation styling:\n%q\nwant:\n%q", got.Quoted, spoken)
	}
	s.genuine(t, got)
}

// nearest checks that a passage is shown, labelled as not an answer.
func (s *script) nearest(t *testing.T, got Shown) {
	t.Helper()
	p := s.PassageByID("honest")
	label := strings.Index(strings.ToLower(got.Text), "not an answer")
	passage := strings.Index(got.Text, p.Quote.Text())
	if label < 0 || passage < 0 || label > passage {
		t.Errorf("the nearest passage does not stand under “not an answer”:\n%s", got.Text)
	}
	contains(t, strings.Join(got.Citations, "\n"), p.Citation().String())
	s.genuine(t, got)
}

// genuine checks that all that wears quotation styling was spoken, and stands in
// the source.
func (s *script) genuine(t *testing.T, got Shown) {
	t.Helper()
	for _, text := range got.Quoted {
		if !slices.ContainsFunc(s.corpus.Sources()[0].Passages(), func(p corpus.Passage) bool {
			return p.Spoken() && p.Quote.Text() == text
		}) {
			t.Errorf("with quotation styling, but spoken by nobody: %q", text)
		}
	}
}

func contains(t *testing.T, text, want string) {
	t.Helper()
	if !strings.Contains(text, want) {
		t.Errorf("does not hold:\n%s\nin:\n%s", want, text)
	}
}

var _ adapters.Engine = (*Engine)(nil)
