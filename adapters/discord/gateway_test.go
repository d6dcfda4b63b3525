package discord

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"verbatim/adapters"
	"verbatim/adapters/adaptertest"
	"verbatim/adapters/discordfake"
)

// asker asks questions by mention and holds the bot to one answer each.
type asker struct {
	fake    *discordfake.Server
	channel string
	asked   []string
}

func newAsker(fake *discordfake.Server) *asker {
	return &asker{fake: fake, channel: fake.Channel("general")}
}

func (a *asker) ask() string {
	id := a.fake.Say(discordfake.Said{By: "ann", Channel: a.channel, Text: discordfake.Mention + " " + adaptertest.AskLamp})
	a.asked = append(a.asked, id)
	return id
}

// answered waits until every question has its answer, and none has two.
func (a *asker) answered(t testing.TB) {
	t.Helper()
	for _, id := range a.asked {
		a.fake.Reply(t, id)
	}
	for _, id := range a.asked {
		if n := len(a.fake.Replies(id)); n != 1 {
			t.Errorf("a question has %d answers", n)
		}
	}
}

// TestLiveFaults breaks a connection that works, in every way, with questions
// before, while it is away, and after.
func TestLiveFaults(t *testing.T) {
	for name, c := range map[string]struct {
		fault func(*discordfake.Server)
		// identifies is how many sessions are begun after it.
		identifies int
		slow       bool // the heartbeat is short
	}{
		"asked to reconnect":       {func(f *discordfake.Server) { f.Reconnect(0) }, 0, false},
		"invalid, resumable":       {func(f *discordfake.Server) { f.Invalidate(0, true) }, 0, false},
		"invalid":                  {func(f *discordfake.Server) { f.Invalidate(0, false) }, 1, false},
		"close 1000":               {func(f *discordfake.Server) { f.CloseShard(0, 1000) }, 0, false},
		"close 1001":               {func(f *discordfake.Server) { f.CloseShard(0, 1001) }, 0, false},
		"close 4000":               {func(f *discordfake.Server) { f.CloseShard(0, 4000) }, 0, false},
		"close 4008, rate limited": {func(f *discordfake.Server) { f.CloseShard(0, 4008) }, 0, false},
		"close 4007, bad sequence": {func(f *discordfake.Server) { f.CloseShard(0, 4007) }, 1, false},
		"close 4009, timed out":    {func(f *discordfake.Server) { f.CloseShard(0, 4009) }, 1, false},
		"TCP reset in a frame":     {func(f *discordfake.Server) { f.ResetShard(0) }, 0, false},
		"acknowledgements dropped": {func(f *discordfake.Server) { f.DropACKs(true) }, 0, true},
		"expired while away":       {func(f *discordfake.Server) { f.ExpireSessions(); f.ResetShard(0) }, 1, false},
		"resume meets op 7": {func(f *discordfake.Server) {
			f.OnConnect(discordfake.ConnFault{Op7: true}, discordfake.ConnFault{Op7: true})
			f.ResetShard(0)
		}, 0, false},
		"resume meets op 9 true": {func(f *discordfake.Server) {
			f.OnConnect(discordfake.ConnFault{Op9: new(true)})
			f.ResetShard(0)
		}, 0, false},
		"resume meets op 9 false": {func(f *discordfake.Server) {
			f.OnConnect(discordfake.ConnFault{Op9: new(false)})
			f.ResetShard(0)
		}, 1, false},
		"resume is refused three times": {func(f *discordfake.Server) {
			f.OnConnect(discordfake.ConnFault{Refuse: 503}, discordfake.ConnFault{CloseAtHello: 4000}, discordfake.ConnFault{SilentHello: true})
			f.ResetShard(0)
		}, 1, false},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			o := fakeOptions()
			if c.slow {
				o.Heartbeat = 100 * time.Millisecond
			}
			fake := discordfake.New(t, o)
			b := start(t, fake, setup{timing: soon(name == "resume is refused three times")})
			online(t, fake, 0)
			a := newAsker(fake)
			a.ask()
			a.answered(t)
			before, identified, resumed, begun := fake.Connections(), fake.Identifies(), fake.Resumed(), fake.Begun()

			c.fault(fake)
			fake.Wait(t, "a new connection", func() bool { return fake.Connections() > before })
			fake.DropACKs(false)
			if c.identifies == 0 {
				a.ask() // kept for the session, or heard by the new connection
			}
			fake.Wait(t, "a session", func() bool { return fake.Begun() > begun })
			a.ask()
			a.answered(t)
			if n := fake.Identifies() - identified; n != c.identifies {
				t.Errorf("%d sessions were begun after the fault, want %d", n, c.identifies)
			}
			if c.identifies == 0 && fake.Resumed() == resumed {
				t.Error("the session was not taken up again")
			}
			if b.metrics.of(adapters.CountReconnect) == 0 {
				t.Error("the reconnect was not counted")
			}
			b.stop(t)
		})
	}
}

// soon has a connection given up early on which nothing comes: where something is to come,
// a slow machine would give it up, too.
func soon(silent bool) func(*timing) {
	return func(tm *timing) {
		if silent {
			tm.ready = 3 * time.Second
		}
	}
}

// TestConnectFaults has the first connections fail in every way.
func TestConnectFaults(t *testing.T) {
	for name, faults := range map[string][]discordfake.ConnFault{
		"refused":                 {{Refuse: 503}, {Refuse: 502}},
		"no hello":                {{SilentHello: true}},
		"no ready":                {{SilentReady: true}},
		"closed at hello":         {{CloseAtHello: 4000}, {CloseAtHello: 1001}},
		"closed at identify":      {{CloseAtIdentify: 4000}},
		"closed after ready":      {{CloseAfterReady: 4000}, {CloseAfterReady: 4000}},
		"op 7 in place of ready":  {{Op7: true}, {Op7: true}},
		"op 9 after identify":     {{Op9: new(false)}, {Op9: new(false)}},
		"op 9 resumable":          {{Op9: new(true)}},
		"reset in ready":          {{ResetInReady: true}},
		"one after the other":     {{SilentHello: true}, {Op7: true}, {Refuse: 500}, {CloseAfterReady: 4009}, {ResetInReady: true}},
		"session limit exceeded":  {{CloseAtIdentify: 4008}},
		"resumed, then cut again": {{CloseAfterReady: 4000}, {CloseAfterReady: 4000}, {ResetInReady: true}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			fake := discordfake.New(t, fakeOptions())
			fake.OnConnect(faults...)
			start(t, fake, setup{timing: soon(slices.ContainsFunc(faults, func(f discordfake.ConnFault) bool { return f.SilentHello || f.SilentReady }))})
			fake.Wait(t, "enough connections", func() bool { return fake.Connections() > len(faults) })
			online(t, fake, 0)
			a := newAsker(fake)
			a.ask()
			a.answered(t)
			if n := fake.Connections(); n > len(faults)+1 {
				t.Errorf("%d connections for %d faults", n, len(faults))
			}
		})
	}
}

// TestFatalCloses: where connecting again is of no use, Run returns and says what
// to do.
func TestFatalCloses(t *testing.T) {
	for code, want := range map[int]string{
		4004: "DISCORD_BOT_TOKEN", 4010: "DISCORD_SHARDS", 4011: "DISCORD_SHARDS", 4012: "update the bot", 4013: "intents", 4014: "Privileged Gateway Intents",
	} {
		for _, live := range []bool{false, true} {
			t.Run(fmt.Sprintf("%d live %v", code, live), func(t *testing.T) {
				t.Parallel()
				fake := discordfake.New(t, fakeOptions())
				if !live {
					fake.OnConnect(discordfake.ConnFault{CloseAtIdentify: code})
				}
				b := prepare(t, fake, setup{})
				b.run()
				defer b.cancel()
				if live {
					online(t, fake, 0)
					fake.CloseShard(0, code)
				}
				select {
				case err := <-b.ended:
					if err == nil || !strings.Contains(err.Error(), want) || !strings.Contains(err.Error(), fmt.Sprint(code)) {
						t.Errorf("Run returned %v, want something on %s", err, want)
					}
				case <-time.After(20 * time.Second):
					t.Fatal("Run goes on")
				}
				n := fake.Connections()
				time.Sleep(300 * time.Millisecond)
				if more := fake.Connections(); more != n {
					t.Errorf("%d connections after the end", more-n)
				}
			})
		}
	}
}

func TestWrongToken(t *testing.T) {
	t.Parallel()
	fake := discordfake.New(t, fakeOptions())
	b := prepare(t, fake, setup{config: func(c *Config) { c.Token = "another-token" }})
	b.run()
	defer b.cancel()
	select {
	case err := <-b.ended:
		if err == nil || !strings.Contains(err.Error(), "DISCORD_BOT_TOKEN") || strings.Contains(err.Error(), "another-token") {
			t.Errorf("Run returned %v", err)
		}
	case <-time.After(20 * time.Second):
		t.Fatal("Run goes on")
	}
}

// TestNoDialAfterEnd ends the adapter at awkward moments: it returns, and no
// connection is opened later.
func TestNoDialAfterEnd(t *testing.T) {
	for name, prepareFake := range map[string]func(*discordfake.Server){
		"while connected":   func(*discordfake.Server) {},
		"while dialling":    func(f *discordfake.Server) { f.OnConnect(discordfake.ConnFault{SilentHello: true}) },
		"while identifying": func(f *discordfake.Server) { f.OnConnect(discordfake.ConnFault{SilentReady: true}) },
		"while backing off": func(f *discordfake.Server) { f.OnConnect(discordfake.ConnFault{Refuse: 503}) },
		"after op 7":        func(f *discordfake.Server) { f.OnConnect(discordfake.ConnFault{Op7: true}) },
		"while asking":      func(f *discordfake.Server) { f.OnRequest("gateway", discordfake.RESTFault{Delay: time.Second}) },
		"before anything":   func(f *discordfake.Server) { f.OnRequest("gateway/bot", discordfake.RESTFault{Delay: time.Second}) },
		"while REST is away": func(f *discordfake.Server) {
			f.OnRequest("gateway/bot", repeat(discordfake.RESTFault{Status: 503}, 100)...)
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			fake := discordfake.New(t, fakeOptions())
			prepareFake(fake)
			b := start(t, fake, setup{})
			if name == "while connected" {
				online(t, fake, 0)
			} else {
				time.Sleep(150 * time.Millisecond)
			}
			b.stop(t)
			n := fake.Connections()
			time.Sleep(300 * time.Millisecond)
			if more := fake.Connections(); more != n {
				t.Errorf("%d connections after the end", more-n)
			}
		})
	}
}

func repeat[T any](v T, n int) (out []T) {
	for range n {
		out = append(out, v)
	}
	return out
}

// TestIdentifyBudget: the IDENTIFY that would reset the token is not sent.
func TestIdentifyBudget(t *testing.T) {
	t.Parallel()
	o := fakeOptions()
	o.SessionStarts = 2
	fake := discordfake.New(t, o)
	b := start(t, fake, setup{})
	for range 2 {
		online(t, fake, 0)
		fake.ExpireSessions()
		fake.CloseShard(0, 4009)
		fake.Wait(t, "the end of the connection", func() bool { return fake.Live(0) == 0 })
		if fake.Identifies() < 2 {
			fake.Wait(t, "another session", func() bool { return fake.Identifies() == 2 })
		}
	}
	fake.Wait(t, "word of it", func() bool { return strings.Contains(b.log.String(), "allows no more sessions today") })
	if n := fake.Identifies(); n != 2 {
		t.Errorf("%d sessions were begun of 2 allowed", n)
	}
}

// TestOddEvents: what Discord may send one day, or by mistake, neither stops the
// bot nor is answered.
func TestOddEvents(t *testing.T) {
	t.Parallel()
	fake := discordfake.New(t, fakeOptions())
	b := start(t, fake, setup{})
	online(t, fake, 0)
	a := newAsker(fake)
	general := a.channel
	for _, e := range []struct {
		event string
		data  any
	}{
		{"SOMETHING_NEW", map[string]any{"id": 1}},
		{"MESSAGE_CREATE", nil},
		{"MESSAGE_CREATE", map[string]any{}},
		{"MESSAGE_CREATE", []int{1}},
		{"MESSAGE_CREATE", map[string]any{"id": "1", "channel_id": general, "content": discordfake.Mention}},
		{"MESSAGE_CREATE", map[string]any{"id": 7, "author": "x"}},
		{"INTERACTION_CREATE", nil},
		{"INTERACTION_CREATE", map[string]any{"id": "1", "type": 2}},
		{"INTERACTION_CREATE", map[string]any{"id": "1", "type": 2, "token": "t", "application_id": "2", "data": 3}},
		{"INTERACTION_CREATE", map[string]any{"id": "1", "type": 99, "token": "t", "application_id": "2", "user": map[string]any{"id": "1"}}},
		{"READY", "nonsense"},
		{"RESUMED", nil},
	} {
		fake.Dispatch(0, e.event, e.data)
	}
	fake.SendRaw(0, "not JSON")
	fake.SendRaw(0, `{"op":3}`)
	fake.SendRaw(0, `{"op":99,"d":{}}`)
	fake.SendRaw(0, `{"op":0,"t":null,"s":null,"d":null}`)
	fake.HeartbeatNow(0)
	a.ask()
	a.answered(t)
	if b.metrics.of(adapters.CountBadMessage) == 0 {
		t.Error("what could not be understood was not counted")
	}

	// A heartbeat asked for while the connection goes away.
	for range 5 {
		before := fake.Begun()
		fake.HeartbeatNow(0)
		fake.Reconnect(0)
		fake.HeartbeatNow(0)
		fake.Wait(t, "a new connection", func() bool { return fake.Begun() > before })
	}
	a.ask()
	a.answered(t)
}

// TestReplayedEvents: what comes again, or in another order, is answered once.
func TestReplayedEvents(t *testing.T) {
	t.Parallel()
	fake := discordfake.New(t, fakeOptions())
	b := start(t, fake, setup{})
	online(t, fake, 0)
	a := newAsker(fake)
	var used []*discordfake.Interaction
	for range 5 {
		a.ask()
		used = append(used, fake.Use(discordfake.Used{By: "ann", Channel: a.channel, Name: "ask", Options: map[string]any{"question": adaptertest.AskLamp}}))
	}
	fake.Replay(0, 10, false)
	fake.Replay(0, 10, true)
	a.answered(t)
	for _, i := range used {
		i.Answer(t)
	}
	fake.Replay(0, 30, true)
	before := fake.Begun()
	fake.Reconnect(0)
	fake.Wait(t, "a new connection", func() bool { return fake.Begun() > before })
	a.ask()
	a.answered(t)
	if n := fake.Requests("callback"); n != len(used) {
		t.Errorf("%d callbacks for %d interactions", n, len(used))
	}
	if b.metrics.of(adapters.CountDuplicate) < 20 {
		t.Errorf("%d duplicates counted", b.metrics.of(adapters.CountDuplicate))
	}
}
