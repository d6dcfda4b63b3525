package state_test

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"verbatim/state"
	"verbatim/state/statetest"
)

// turnJSON is as long as the turn of a conversation of some questions.
var turnJSON = []byte(`{"intent":"windows","kind":"quote","shown":["8f3a1c2b9d4e5f60.1234.1301"],"seen":["8f3a1c2b9d4e5f60.1234.1301","8f3a1c2b9d4e5f60.2210.2399","8f3a1c2b9d4e5f60.3001.3120","8f3a1c2b9d4e5f60.780.911"],"subjects":["windows","open-source"]}`)

// load claims and finishes n events and puts as many conversations.
func load(b *testing.B, s state.Store, n int) {
	b.Helper()
	var next atomic.Int64
	var wg sync.WaitGroup
	for range 1000 {
		wg.Go(func() {
			for i := int(next.Add(1)); i <= n; i = int(next.Add(1)) {
				e := event(-i)
				_, err := s.Claim(b.Context(), e, time.Minute)
				if err == nil {
					err = s.Finish(b.Context(), e.Key)
				}
				if err == nil {
					err = s.SetConversation(b.Context(), fmt.Sprint("T0123:C0123:", i), turnJSON, time.Hour)
				}
				if err != nil {
					b.Error(err)
					return
				}
			}
		})
	}
	wg.Wait()
}

// measure runs claims, from so many goroutines, and reports how long they take.
func measure(b *testing.B, s state.Store, callers int) {
	b.Helper()
	var next atomic.Int64
	var mu sync.Mutex
	var all []time.Duration
	var wg sync.WaitGroup
	b.ResetTimer()
	for range callers {
		wg.Go(func() {
			var took []time.Duration
			for i := int(next.Add(1)); i <= b.N; i = int(next.Add(1)) {
				e := event(int(started.Add(1)))
				begin := time.Now()
				got, err := s.Claim(b.Context(), e, time.Minute)
				took = append(took, time.Since(begin))
				if err != nil || got != state.Taken {
					b.Errorf("%v, %v", got, err)
					return
				}
			}
			mu.Lock()
			defer mu.Unlock()
			all = append(all, took...)
		})
	}
	wg.Wait()
	b.StopTimer()
	slices.Sort(all)
	if len(all) > 0 {
		b.ReportMetric(float64(all[len(all)/2].Microseconds())/1000, "p50-ms")
		b.ReportMetric(float64(all[len(all)*99/100].Microseconds())/1000, "p99-ms")
	}
}

var loaded = 1_000_000

var started atomic.Int64

// memory returns what the process has in memory, in MB: all of it, and without the
// pages of files. (Linux only; else 0.)
func memory() (rss, anon float64) {
	status, err := os.ReadFile("/proc/self/status")
	if err != nil {
		return 0, 0
	}
	for line := range strings.Lines(string(status)) {
		for name, to := range map[string]*float64{"VmRSS:": &rss, "RssAnon:": &anon} {
			if rest, ok := strings.CutPrefix(line, name); ok {
				var kb float64
				if _, err := fmt.Sscan(rest, &kb); err == nil {
					*to = kb / 1024
				}
			}
		}
	}
	return rss, anon
}

// BenchmarkBoltClaim claims in a file that has a million answered events and a
// million conversations. Each number of callers is a benchmark of its own.
func BenchmarkBoltClaim(b *testing.B) {
	path := filepath.Join(b.TempDir(), "state.db")
	s := mustOpen(b, "bolt:"+path, patient())
	load(b, s, loaded)
	if err := s.Close(); err != nil {
		b.Fatal(err)
	}
	info, err := os.Stat(path)
	if err != nil {
		b.Fatal(err)
	}
	for _, callers := range []int{1, 16, 128} {
		b.Run(fmt.Sprint("callers=", callers), func(b *testing.B) {
			s := mustOpen(b, "bolt:"+path, patient())
			stop := make(chan struct{})
			var most sync.WaitGroup
			var rss, anon float64
			most.Go(func() {
				for {
					select {
					case <-stop:
						return
					case <-time.After(20 * time.Millisecond):
						r, a := memory()
						rss, anon = max(rss, r), max(anon, a)
					}
				}
			})
			measure(b, s, callers)
			close(stop)
			most.Wait()
			b.ReportMetric(rss, "most-rss-MB")
			b.ReportMetric(anon, "most-anon-MB")
			b.ReportMetric(float64(info.Size())/(1<<20), "file-MB")
			if err := s.Close(); err != nil {
				b.Fatal(err)
			}
		})
	}
}

// BenchmarkRedisClaim claims in a Redis on this machine.
func BenchmarkRedisClaim(b *testing.B) {
	url := os.Getenv("REDIS_URL")
	if url == "" {
		url = statetest.StartRedis(b).URL()
	}
	for _, callers := range []int{1, 16, 128} {
		b.Run(fmt.Sprint("callers=", callers), func(b *testing.B) {
			measure(b, mustOpen(b, url, patient()), callers)
		})
	}
}
