package discord

import (
	"flag"
	"fmt"
	"runtime"
	"slices"
	"sync"
	"testing"
	"time"

	"verbatim/adapters/adaptertest"
	"verbatim/adapters/discordfake"
)

var (
	loadSeconds  = flag.Int("load.seconds", 30, "how long BenchmarkLoad asks, in seconds")
	loadRate     = flag.Int("load.rate", 200, "questions a second of BenchmarkLoad")
	interactions = flag.Int("load.interactions", 1_000_000, "interactions of BenchmarkMemory")
)

// BenchmarkLoad asks over the gateway at a steady rate, nine questions in ten by
// command and one by mention, with a bbolt store, and measures the time from the
// event to the answer at the fake. Run it with -benchtime 1x.
func BenchmarkLoad(b *testing.B) {
	for b.Loop() {
		load(b, *loadRate, time.Duration(*loadSeconds)*time.Second)
	}
}

func load(b *testing.B, rate int, d time.Duration) {
	fake := discordfake.New(b, fakeOptions())
	fake.Forget()
	var mu sync.Mutex
	var took []time.Duration
	answered := func(age time.Duration) {
		mu.Lock()
		defer mu.Unlock()
		took = append(took, age)
	}
	fake.OnAnswer(answered)
	store := shared(b)
	bot := start(b, fake, setup{store: store, timing: func(t *timing) { *t = defaultTiming }})
	online(b, fake, 0)
	var channels []string
	for i := range 50 {
		channels = append(channels, fake.Channel(fmt.Sprint(i)))
	}
	questions := []string{adaptertest.AskLamp, adaptertest.AskRow, adaptertest.AskQuotes, adaptertest.AskPay, adaptertest.AskNotice, "what is this?"}

	before := heap()
	began := time.Now()
	n := rate * int(d/time.Second)
	middle := uint64(0)
	for i := range n {
		time.Sleep(time.Until(began.Add(time.Duration(i) * time.Second / time.Duration(rate))))
		channel, question := channels[i%len(channels)], questions[i%len(questions)]
		person := fmt.Sprint("person ", i%500)
		if i%10 == 0 {
			fake.Say(discordfake.Said{By: person, Channel: channel, Text: discordfake.Mention + " " + question})
		} else {
			fake.Use(discordfake.Used{By: person, Channel: channel, Name: "ask", Options: map[string]any{"question": question, "private": i%3 == 0}})
		}
		if i == n/2 {
			middle = heap()
		}
	}
	asking := time.Since(began)
	fake.Wait(b, "all answers", func() bool { mu.Lock(); defer mu.Unlock(); return len(took) >= n })
	time.Sleep(time.Second) // for an answer too many
	after := heap()
	bot.stop(b)

	mu.Lock()
	defer mu.Unlock()
	slices.Sort(took)
	late := 0
	for _, t := range took {
		if t > 3*time.Second {
			late++
		}
	}
	if len(took) != n || late > 0 {
		b.Errorf("%d answers to %d questions, %d of them after more than 3 s", len(took), n, late)
	}
	if left := len(fake.Unanswered()); left > 0 {
		b.Errorf("%d interactions without an answer", left)
	}
	ms := func(t time.Duration) float64 { return float64(t.Microseconds()) / 1000 }
	b.ReportMetric(ms(took[len(took)/2]), "p50-ms")
	b.ReportMetric(ms(took[len(took)*99/100]), "p99-ms")
	b.ReportMetric(ms(took[len(took)-1]), "max-ms")
	b.ReportMetric(float64(n)/asking.Seconds(), "questions/s")
	b.ReportMetric(float64(after)/1e6, "heap-MB")
	b.ReportMetric((float64(after)-float64(middle))/1e6, "heap-growth-MB") // in the second half
	b.Logf("heap: %d KB before, %d KB in the middle, %d KB after", before/1000, middle/1000, after/1000)
}

func heap() uint64 {
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return m.HeapAlloc
}

// BenchmarkMemory answers a million interactions, and as many messages in
// channels of their own, and reports by how much the heap has grown. Run it with
// -benchtime 1x.
func BenchmarkMemory(b *testing.B) {
	for b.Loop() {
		answerMany(b, 1000)
		before := heap()
		r := answerMany(b, *interactions)
		b.ReportMetric((float64(heap())-float64(before))/1e6, "heap-growth-MB")
		b.ReportMetric(float64(bucketsOf(r)+len(r.limits.buckets)), "buckets")
	}
}
