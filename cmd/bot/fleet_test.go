package main

import (
	"flag"
	"fmt"
	"math/rand/v2"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"verbatim/adapters/discordfake"
	"verbatim/adapters/slackfake"
	"verbatim/state"
	"verbatim/state/statetest"
)

var (
	fleetRate = flag.Int("fleet.rate", 200, "BenchmarkFleet: questions a second, on both platforms together")
	fleetFor  = flag.Duration("fleet.for", time.Minute, "BenchmarkFleet: how long")
	fleetKill = flag.Duration("fleet.kill", 4*time.Second, "BenchmarkFleet: how often a process is killed, on average")
)

const (
	// replicas is how many processes the fleet has.
	replicas = 3
	// fleetShards is how many shards the fake Discord asks for: more than replicas,
	// so that each runs some.
	fleetShards = 4
	// fleetChannels is in how many channels of Slack questions are asked: each gets
	// a message every 4 s at the most, since Slack lets one a second through.
	fleetChannels = 400
	// followUpAfter is how long somebody reads before the follow-up.
	followUpAfter = 1500 * time.Millisecond
	// takenOver is within what time the shards of a dead process must be run again.
	takenOver = 30 * time.Second
	// commandTime is how long Discord takes an answer to a command, which may be
	// that it comes later, and how long that may take here.
	commandTime = 20 * time.Second
	// justBefore a process is killed it is delivered commands that it does not
	// come to answer.
	justBefore = 200 * time.Millisecond
	// fleetPatience is how long the last answers may take: Slack delivers a second
	// time after 3 s and a third time a minute later.
	fleetPatience = 2 * time.Minute
)

// fleetQuestions are questions to the small corpus and the words of their answer,
// which is also the answer to "who said that?" after them.
var fleetQuestions = []struct{ ask, quote string }{
	{askSeals, sealsQuote},
	{"how many seals did Lund count this spring?", "I have counted forty of them this spring."},
	{"what did Dahl say about the timetable?", "We have waited eleven years for this timetable,"},
	{"what did the baker say about bread?", "Nobody buys bread at six in the morning,"},
	{"what happens to the old ferry?", "The old ferry, the Petrel, goes to the museum."},
	{"what does the boat run on?", "It was built in Skarvik's own yard and runs on batteries."},
}

// TestFleet has three processes share a Redis, both platforms and the questions,
// and kills one now and then: every question is answered exactly once, and every
// follow-up as its conversation demands, wherever it lands.
func TestFleet(t *testing.T) {
	t.Parallel()
	// However busy the machine is, state is waited for: without it nothing of this
	// is promised.
	runFleet(t, program(t), 20, 10*time.Second, 4*time.Second, patience)
}

// BenchmarkFleet is TestFleet at length, with the program as it is built. Run it
// with -benchtime 1x. It reports the questions asked, answers that came twice,
// the times from question to answer, and how long the shards of a dead process
// were without one.
func BenchmarkFleet(b *testing.B) {
	path := filepath.Join(b.TempDir(), "bot")
	if out, err := exec.Command("go", "build", "-o", path, ".").CombinedOutput(); err != nil {
		b.Fatalf("%v\n%s", err, out)
	}
	for b.Loop() {
		f := runFleet(b, path, *fleetRate, *fleetFor, *fleetKill, state.DefaultWait)
		slices.Sort(f.took)
		slices.Sort(f.away)
		at := func(d []time.Duration, p float64) float64 {
			if len(d) == 0 {
				return 0
			}
			return d[min(len(d)-1, int(p*float64(len(d))))].Seconds()
		}
		b.ReportMetric(float64(f.asked), "questions")
		b.ReportMetric(float64(f.kills), "kills")
		b.ReportMetric(float64(f.twice), "answered-twice")
		b.ReportMetric(float64(len(f.lost)), "follow-ups-lost")
		b.ReportMetric(float64(f.unheard), "commands-unheard")
		b.ReportMetric(float64(f.late), "commands-late")
		b.ReportMetric(1000*at(f.took, .5), "p50-ms")
		b.ReportMetric(1000*at(f.took, .9), "p90-ms")
		b.ReportMetric(at(f.took, .99), "p99-s")
		b.ReportMetric(at(f.away, .5), "takeover-p50-s")
		b.ReportMetric(at(f.away, 1), "takeover-max-s")
	}
}

// fleet is the processes and what was asked of them.
type fleet struct {
	tb        testing.TB
	path      string
	platforms platforms

	running []*process // the supervisor's own
	all     []*process

	mu        sync.Mutex
	asked     int
	twice     int
	unheard   int // commands; see open
	late      int
	lost      []string // follow-ups that were answered as if there was nothing before
	kills     int
	questions map[string]*asked // by the id that an answer refers to
	coming    int               // follow-ups that will be asked
	took      []time.Duration   // from question to answer
	away      []time.Duration   // of a dead process's shards
	gaps      []gap             // in which some shard was not run
	commands  []*discordfake.Interaction
}

// gap is some time.
type gap struct{ from, to time.Time }

// asked is one question, or on Slack, where an answer refers to a thread, the
// question and the follow-up in it.
type asked struct {
	which    int
	at       time.Time
	want     int // answers
	got      int
	follows  bool   // it is a follow-up
	followUp func() // asks one, after the first answer, with mu held; nil: there is none
}

// runFleet runs a fleet under rate questions a second for some time, kills a
// process every so often, and fails unless each question is answered as it should.
func runFleet(tb testing.TB, path string, rate int, length, killEvery, stateTimeout time.Duration) *fleet {
	redis := statetest.StartRedis(tb)
	f := &fleet{tb: tb, path: path, questions: map[string]*asked{}}
	answers := make(chan func(), 100_000) // the fakes wait for nobody
	discord := discordfake.New(tb, discordfake.Options{Shards: fleetShards, MaxConcurrency: fleetShards})
	discord.OnPost(func(m discordfake.Message) { answers <- func() { f.answeredDiscord(m) } })
	// Lenient: the processes share a machine with whatever else it does, and what is
	// acknowledged late is delivered again, which must do no harm.
	slack := slackfake.New(tb, slackfake.Options{PostEvery: 900 * time.Millisecond, Lenient: true, Posted: func(m slackfake.Message) {
		answers <- func() { f.answeredSlack(m) }
	}})
	f.platforms = platforms{slack, discord, map[string]string{
		"CORPUS": copyCorpus(tb), "STATE_URL": redis.URL(), "STATE_TIMEOUT": stateTimeout.String(), "LOG_LEVEL": "warn",
		"SLACK_BOT_TOKEN": slackfake.BotToken, "SLACK_APP_TOKEN": slackfake.AppToken, "SLACK_API_URL": slack.APIURL(),
		"DISCORD_BOT_TOKEN": discord.Token(), "DISCORD_API_URL": discord.URL(),
	}}
	stopped := make(chan struct{})
	defer close(stopped)
	go func() {
		for {
			select {
			case answer := <-answers:
				answer()
			case <-stopped:
				return
			}
		}
	}()

	for range replicas {
		f.running = append(f.running, f.start())
	}
	slack.AwaitSockets(2 * replicas)
	discord.Wait(tb, "all shards", f.allShards)

	var supervising sync.WaitGroup
	over := make(chan struct{})
	supervising.Go(func() { f.supervise(over, killEvery) })
	f.ask(rate, length)
	close(over)
	supervising.Wait()

	f.finish()
	for _, p := range f.running {
		p.stop()
	}
	f.judge()
	return f
}

// start starts a process.
func (f *fleet) start() *process {
	p := start(f.tb, f.path, f.platforms.env)
	f.all = append(f.all, p)
	return p
}

// allShards reports whether each shard is run, once.
func (f *fleet) allShards() bool {
	for shard := range fleetShards {
		if f.platforms.discord.Live(shard) != 1 {
			return false
		}
	}
	return true
}

// supervise kills a process at random times and starts another in its place, as
// an orchestrator does, until over.
func (f *fleet) supervise(over chan struct{}, every time.Duration) {
	var watching sync.WaitGroup
	defer watching.Wait()
	for {
		select {
		case <-over:
			return
		case <-time.After(every/2 + rand.N(every)):
		}
		i := rand.IntN(len(f.running))
		if err := f.running[i].cmd.Process.Kill(); err != nil {
			f.tb.Error(err)
		}
		killed := time.Now()
		<-f.running[i].ended
		f.mu.Lock()
		f.kills++
		f.mu.Unlock()
		f.running[i] = f.start()
		watching.Go(func() {
			back := f.watch(killed)
			f.mu.Lock()
			defer f.mu.Unlock()
			f.away = append(f.away, back.Sub(killed))
			f.gaps = append(f.gaps, gap{killed, back})
		})
	}
}

// watch returns when each shard that is not run now was run again.
func (f *fleet) watch(killed time.Time) time.Time {
	back := killed
	for shard := range fleetShards {
		for f.platforms.discord.Live(shard) == 0 {
			time.Sleep(10 * time.Millisecond)
			back = time.Now()
			if back.Sub(killed) > fleetPatience {
				f.tb.Errorf("shard %d is not run again within %s", shard, fleetPatience)
				return back
			}
		}
	}
	return back
}

// ask asks rate questions a second: half of them on each platform; half of those
// are follow-ups, which come when there was an answer.
func (f *fleet) ask(rate int, length time.Duration) {
	every := time.Second * 2 / time.Duration(rate)
	tick := time.NewTicker(every)
	defer tick.Stop()
	for n := range int(length / every) {
		<-tick.C
		which := rand.IntN(len(fleetQuestions))
		switch {
		case n%2 == 0:
			f.askSlack(n, which)
		case n%10 == 1:
			f.command(n, which)
		default:
			f.askDiscord(n, which)
		}
	}
}

// askSlack begins a thread with a mention.
func (f *fleet) askSlack(n, which int) {
	slack, person := f.platforms.slack, fmt.Sprint("p", n)
	channel := slack.Channel(fmt.Sprint("fleet", n/2%fleetChannels))
	f.mu.Lock()
	defer f.mu.Unlock()
	f.asked++
	thread := slack.Say(person, channel, "", mention+fleetQuestions[which].ask)
	q := &asked{which: which, at: time.Now(), want: 1}
	q.followUp = func() {
		f.asked++
		q.want, q.at = 2, time.Now()
		slack.Say(person, channel, thread, mention+askWho)
	}
	f.questions[thread] = q
}

// askDiscord asks in a direct message or, every second time, with a mention in a
// channel; the follow-up is a reply there.
func (f *fleet) askDiscord(n, which int) {
	person := fmt.Sprint("p", n)
	said := discordfake.Said{By: person, Text: fleetQuestions[which].ask}
	if n%4 == 1 {
		said.Channel = f.platforms.discord.DM(person)
	} else {
		said.Channel, said.Text = f.platforms.discord.Channel(fmt.Sprint("fleet", n%40)), discordfake.Mention+" "+said.Text
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	f.sayDiscord(said, which, true)
}

// sayDiscord has somebody write, and remembers what is to be answered. mu is held.
func (f *fleet) sayDiscord(said discordfake.Said, which int, first bool) {
	f.asked++
	q := &asked{which: which, at: time.Now(), want: 1, follows: !first}
	id := f.platforms.discord.Say(said)
	if first {
		q.followUp = func() {
			said.Text = askWho
			if replies := f.platforms.discord.Replies(id); len(replies) > 0 {
				said.ReplyTo = replies[0].ID
			}
			f.sayDiscord(said, which, false)
		}
	}
	f.questions[id] = q
}

// command asks with /ask. Discord delivers a command once, and not to a shard
// that nobody runs.
func (f *fleet) command(n, which int) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.asked++
	i := f.platforms.discord.Use(discordfake.Used{By: fmt.Sprint("p", n), Channel: f.platforms.discord.Channel("commands"),
		Name: "ask", Options: map[string]any{"question": fleetQuestions[which].ask}})
	f.questions[i.ID] = &asked{which: which, at: time.Now(), want: 1}
	f.commands = append(f.commands, i)
}

func (f *fleet) answeredSlack(m slackfake.Message) {
	f.answered("slack", m.Thread, slackfake.Read(m).Text)
}

func (f *fleet) answeredDiscord(m discordfake.Message) {
	id := m.ReplyTo
	if m.Interaction != "" {
		id = m.Interaction
	}
	text, _ := m.Shown()
	f.answered("discord "+m.Channel, id, text)
}

// answered takes in an answer.
func (f *fleet) answered(platform, id, text string) {
	f.mu.Lock()
	defer f.mu.Unlock()
	q := f.questions[id]
	if q == nil {
		f.tb.Errorf("an answer to nothing: %s", text)
		return
	}
	if q.got++; q.got > q.want {
		f.twice++
		return
	}
	f.took = append(f.took, time.Since(q.at))
	if want := fleetQuestions[q.which].quote; !strings.Contains(text, want) {
		wrong := fmt.Sprintf("%s: the conversation about %q got an answer without %q:\n%s", platform, fleetQuestions[q.which].ask, want, text)
		if q.follows || q.got == 2 {
			f.lost = append(f.lost, wrong)
		} else {
			f.tb.Error(wrong)
		}
	}
	if ask := q.followUp; ask != nil {
		q.followUp = nil
		f.coming++
		time.AfterFunc(followUpAfter, func() {
			f.mu.Lock()
			defer f.mu.Unlock()
			f.coming--
			ask()
		})
	}
}

// finish waits until everything is answered that can be, and some time longer, in
// which a second answer would come.
func (f *fleet) finish() {
	f.tb.Helper()
	done := func() bool {
		f.mu.Lock()
		coming := f.coming
		f.mu.Unlock()
		return coming == 0 && len(f.open()) == 0
	}
	for end := time.Now().Add(fleetPatience); !done() && time.Now().Before(end); {
		time.Sleep(100 * time.Millisecond)
	}
	eventually(f.tb, "all shards are run", f.allShards)
	time.Sleep(2 * time.Second)
}

// open lists the questions that wait for an answer, commands apart: Discord
// delivers one once, to the shard that is run at that moment, and takes an answer
// for 3 s; then it tells the person that the application did not respond. Those
// asked while a shard was not run, or just before, are unheard, others late.
func (f *fleet) open() (open []*asked) {
	f.mu.Lock()
	defer f.mu.Unlock()
	unanswered := map[*asked]bool{}
	f.unheard, f.late = 0, 0
	for _, i := range f.commands {
		q := f.questions[i.ID]
		if q.got > 0 || time.Since(i.At) < commandTime {
			continue
		}
		unanswered[q] = true
		if slices.ContainsFunc(f.gaps, func(g gap) bool { return i.At.After(g.from.Add(-justBefore)) && i.At.Before(g.to) }) {
			f.unheard++
		} else {
			f.late++
		}
	}
	for _, q := range f.questions {
		if q.got < q.want && !unanswered[q] {
			open = append(open, q)
		}
	}
	return open
}

// judge fails unless all is as it should be.
func (f *fleet) judge() {
	f.tb.Helper()
	open := f.open()
	f.mu.Lock()
	defer f.mu.Unlock()
	if len(open) > 0 {
		f.tb.Errorf("%d of %d questions were not answered", len(open), f.asked)
	}
	if f.twice > 0 {
		f.tb.Errorf("%d questions were answered twice", f.twice)
	}
	if len(f.lost) > 0 {
		wrong := fmt.Sprintf("%d follow-ups lost their conversation: %s", len(f.lost), f.lost[0])
		// On a machine that is too busy for the store to answer in time that is as it
		// is meant to be.
		if slices.ContainsFunc(f.all, func(p *process) bool { return strings.Contains(p.out.String(), "the store fails") }) {
			f.tb.Log("the store did not answer in time: " + wrong)
		} else {
			f.tb.Error(wrong)
		}
	}
	for _, d := range f.away {
		if d > takenOver {
			f.tb.Errorf("the shards of a process were without one for %s", d)
		}
	}
	if most := f.platforms.discord.MostLive(); most > 1 {
		f.tb.Errorf("a shard was run %d times at once", most)
	}
	f.tb.Logf("%d questions, %d processes killed, of %d commands %d unheard and %d late, shards away for %v",
		f.asked, f.kills, len(f.commands), f.unheard, f.late, f.away)
}
