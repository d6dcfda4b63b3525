package slack

import (
	"flag"
	"fmt"
	"runtime"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"verbatim/adapters"
	"verbatim/adapters/adaptertest"
	"verbatim/adapters/slackfake"
)

var (
	loadRate = flag.Int("load.rate", 200, "BenchmarkLoad: questions a second")
	loadFor  = flag.Duration("load.for", 30*time.Second, "BenchmarkLoad: how long")
)

// loadChannels is in how many channels the questions are asked: at 200 a second
// each gets one every two seconds, which Slack lets through.
const loadChannels = 400

// BenchmarkLoad asks loadRate questions a second over the socket for loadFor, with
// a store on disk and the real limits, and fails unless each is answered once and
// each delivery acknowledged in time. Run it with -benchtime 1x.
//
// It reports the median and the 99th percentile from Slack's sending an event to
// its receiving the answer, the slowest acknowledgement, and the memory in use
// after a third of the run and after all of it. The fake runs in the same process.
func BenchmarkLoad(b *testing.B) {
	for b.Loop() {
		load(b)
	}
}

func load(tb *testing.B) {
	total := int(loadFor.Seconds() * float64(*loadRate))
	asked := make(map[string]time.Time, total)
	var mu sync.Mutex
	posted, answered := make(map[string]time.Time, total), 0
	all := make(chan struct{})
	store, engine := boltStore(tb), adaptertest.NewEngine()
	b := start(tb, setting{
		store: store, engine: engine, handler: adapters.Conversations(engine, store, adapters.DefaultConversationTTL),
		fake: slackfake.Options{Scopes: minimal, Forget: true, AckTime: 3 * time.Second, PostEvery: 900 * time.Millisecond, PostBurst: postBurst, Posted: func(m slackfake.Message) {
			mu.Lock()
			defer mu.Unlock()
			answered++
			thread := strings.Clone(m.Thread) // it is cut from the request, which would be kept
			if _, ok := posted[thread]; ok {
				return
			}
			if posted[thread] = m.At; len(posted) == total {
				close(all)
			}
		}},
		adapter: func(a *Adapter) { a.pace.every = postEvery },
	})
	channels := make([]string, loadChannels)
	for i := range channels {
		channels[i] = b.Channel(fmt.Sprint("load", i))
	}
	questions := []string{adaptertest.AskLamp, adaptertest.AskQuotes, adaptertest.AskPay, adaptertest.AskBuilt}

	var early uint64
	tick := time.NewTicker(time.Second / time.Duration(*loadRate))
	defer tick.Stop()
	for n := range total {
		<-tick.C
		now := time.Now()
		asked[b.Say("ann", channels[n%loadChannels], "", mention+questions[n%len(questions)])] = now
		if n == total/3 {
			early = heap()
		}
	}
	select {
	case <-all:
	case <-time.After(slackfake.Wait):
		tb.Error("not every question was answered")
	}
	acks := b.Acked()
	late := heap()
	if err := b.stop(); err != nil {
		tb.Errorf("Run: %v", err)
	}

	mu.Lock()
	defer mu.Unlock()
	var took []time.Duration
	for ts, at := range posted {
		took = append(took, at.Sub(asked[ts]))
	}
	twice := answered - len(posted)
	if len(took) != total || twice > 0 {
		tb.Fatalf("%d of %d questions answered, %d answers too many", len(took), total, twice)
	}
	slices.Sort(took)
	slices.Sort(acks)
	if len(acks) > 0 && acks[len(acks)-1] > 3*time.Second {
		tb.Errorf("an acknowledgement took %s", acks[len(acks)-1])
	}
	ms := func(d time.Duration) float64 { return float64(d.Microseconds()) / 1000 }
	at := func(d []time.Duration, p float64) time.Duration { return d[min(len(d)-1, int(p*float64(len(d))))] }
	tb.ReportMetric(float64(total), "questions")
	tb.ReportMetric(float64(twice), "duplicates")
	tb.ReportMetric(ms(at(took, .5)), "p50-ms")
	tb.ReportMetric(ms(at(took, .99)), "p99-ms")
	tb.ReportMetric(ms(at(acks, .99)), "ack-p99-ms")
	tb.ReportMetric(ms(acks[len(acks)-1]), "ack-max-ms")
	tb.ReportMetric(float64(early)/1e6, "heap-early-MB")
	tb.ReportMetric(float64(late)/1e6, "heap-late-MB")
}

// heap is the memory in use, in bytes.
func heap() uint64 {
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return m.HeapAlloc
}
