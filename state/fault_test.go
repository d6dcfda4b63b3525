package state_test

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"github.com/redis/go-redis/v9"

	"verbatim/state"
	"verbatim/state/statetest"
)

// logged keeps what was logged.
type logged struct {
	mu    sync.Mutex
	lines bytes.Buffer
}

func (l *logged) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.lines.Write(p)
}

func (l *logged) logger() *slog.Logger { return slog.New(slog.NewTextHandler(l, nil)) }

func (l *logged) count(what string) int {
	l.mu.Lock()
	defer l.mu.Unlock()
	return strings.Count(l.lines.String(), what)
}

func event(i int) state.Claim {
	return state.Claim{Key: fmt.Sprint("event ", i), Platform: "slack", Payload: bytes.Repeat([]byte("x"), 500), Keep: time.Hour, Holder: fmt.Sprint("holder ", i)}
}

// fill claims n events and puts as many conversations.
func fill(t testing.TB, s state.Store, n int) {
	t.Helper()
	var wg sync.WaitGroup
	for w := range 50 {
		wg.Go(func() {
			for i := w; i < n; i += 50 {
				if _, err := s.Claim(t.Context(), event(i), time.Hour); err != nil {
					t.Error(err)
				}
				if err := s.SetConversation(t.Context(), fmt.Sprint(i), bytes.Repeat([]byte("y"), 300), time.Hour); err != nil {
					t.Error(err)
				}
			}
		})
	}
	wg.Wait()
}

func setAside(t *testing.T, path string) []string {
	t.Helper()
	files, err := filepath.Glob(path + ".damaged-*")
	if err != nil {
		t.Fatal(err)
	}
	return files
}

func TestBoltFileInUse(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "state.db")
	s := mustOpen(t, "bolt:"+path, patient())
	_, err := state.Open("bolt:"+path, patient())
	if err == nil || !strings.Contains(err.Error(), path) || !strings.Contains(err.Error(), "in use by another process") {
		t.Errorf("Open of a file in use: %v; want an error that names it", err)
	}
	// The journal can be read all the same.
	if err := s.Append(t.Context(), state.Entry{What: "question", Intent: "windows"}); err != nil {
		t.Fatal(err)
	}
	j, err := state.OpenJournal("bolt:"+path, state.Options{Log: quiet})
	if err != nil {
		t.Fatal(err)
	}
	if got := entries(t, j); len(got) != 1 || got[0].Intent != "windows" {
		t.Errorf("the journal of a file in use: %v", got)
	}
	if err := errors.Join(j.Close(), s.Close()); err != nil {
		t.Error(err)
	}
	if err := s.Ping(t.Context()); err == nil {
		t.Error("Ping of a closed store is no error")
	}
	mustOpen(t, "bolt:"+path, patient())
}

func TestBoltDamagedFile(t *testing.T) {
	t.Parallel()
	// scramble changes bytes from offset to the end.
	scramble := func(data []byte, offset int) []byte {
		for i := offset; i < len(data); i++ {
			data[i] ^= 0xA5
		}
		return data
	}
	for _, tt := range []struct {
		name  string
		spoil func(data []byte) []byte
		kept  bool // the file is good after all
	}{
		{"whole", func(data []byte) []byte { return data }, true},
		{"empty", func([]byte) []byte { return nil }, true},
		{"another file", func([]byte) []byte { return []byte(strings.Repeat("No database. ", 10_000)) }, false},
		{"short text", func([]byte) []byte { return []byte("hi") }, false},
		{"cut in the middle", func(data []byte) []byte { return data[:16*os.Getpagesize()] }, false},
		{"cut after a page", func(data []byte) []byte { return data[:os.Getpagesize()] }, false},
		{"no meta pages", func(data []byte) []byte {
			return append(make([]byte, 2*os.Getpagesize()), data[2*os.Getpagesize():]...)
		}, false},
		{"one meta page", func(data []byte) []byte { return append(make([]byte, os.Getpagesize()), data[os.Getpagesize():]...) }, true},
		{"only meta pages", func(data []byte) []byte { return scramble(data, 2*os.Getpagesize()) }, false},
		{"zeros after the meta pages", func(data []byte) []byte {
			return append(data[:2*os.Getpagesize()], make([]byte, len(data)-2*os.Getpagesize())...)
		}, false},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			path := filepath.Join(t.TempDir(), "state.db")
			s := mustOpen(t, "bolt:"+path, patient())
			fill(t, s, 200)
			if err := s.Close(); err != nil {
				t.Fatal(err)
			}
			data, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			spoiled := tt.spoil(data)
			if err := os.WriteFile(path, spoiled, 0o600); err != nil {
				t.Fatal(err)
			}
			log := &logged{}
			o := patient()
			o.Log = log.logger()
			s = mustOpen(t, "bolt:"+path, o)
			fill(t, s, 200)
			aside := setAside(t, path)
			if tt.kept {
				if len(aside) != 0 || log.count("damaged") != 0 {
					t.Errorf("set aside: %q, told %d times; want the file kept", aside, log.count("damaged"))
				}
				return
			}
			if len(aside) != 1 || log.count(aside[0]) != 1 {
				t.Fatalf("set aside: %q; want one file, told once", aside)
			}
			if kept, err := os.ReadFile(aside[0]); err != nil || !bytes.Equal(kept, spoiled) {
				t.Errorf("the file set aside has %d bytes, %v; want the %d as they were", len(kept), err, len(spoiled))
			}
		})
	}
}

// TestBoltDamageWhileServing damages the file of a store that is open.
func TestBoltDamageWhileServing(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		name  string
		spoil func(f *os.File, size int64) error
	}{
		{"overwritten", func(f *os.File, size int64) error {
			_, err := f.WriteAt(bytes.Repeat([]byte{0xFF}, int(size)-2*os.Getpagesize()), 2*int64(os.Getpagesize()))
			return err
		}},
		{"cut off", func(f *os.File, size int64) error { return f.Truncate(2 * int64(os.Getpagesize())) }},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			path := filepath.Join(t.TempDir(), "state.db")
			log := &logged{}
			o := patient()
			o.Log = log.logger()
			s := mustOpen(t, "bolt:"+path, o)
			fill(t, s, 500)
			f, err := os.OpenFile(path, os.O_RDWR, 0)
			if err != nil {
				t.Fatal(err)
			}
			info, err := f.Stat()
			if err != nil {
				t.Fatal(err)
			}
			if err := errors.Join(tt.spoil(f, info.Size()), f.Close()); err != nil {
				t.Fatal(err)
			}
			eventually(t, "claims and conversations work in a fresh file", func() bool {
				_, err := s.Claim(t.Context(), event(1), time.Hour)
				err2 := s.SetConversation(t.Context(), "1", []byte("turn"), time.Hour)
				turn, err3 := s.Conversation(t.Context(), "1")
				return err == nil && err2 == nil && err3 == nil && string(turn) == "turn"
			})
			if aside := setAside(t, path); len(aside) != 1 || log.count(aside[0]) != 1 {
				t.Errorf("set aside: %q; want one file, told once", aside)
			}
			if err := s.Ping(t.Context()); err != nil {
				t.Errorf("Ping: %v", err)
			}
		})
	}
}

// A part of a test that runs in a process of its own.
const child = "VERBATIM_TEST_CHILD"

func runChild(name string) {
	path := os.Getenv("VERBATIM_TEST_PATH")
	var err error
	switch name {
	case "full disk":
		err = childFullDisk(path)
	case "claims and waits":
		err = childClaims(path)
	}
	if err != nil {
		fmt.Println(err)
		os.Exit(1)
	}
	fmt.Println("ok")
}

func childCommand(t *testing.T, name, path string) *exec.Cmd {
	t.Helper()
	c := exec.CommandContext(t.Context(), os.Args[0])
	c.Env = append(os.Environ(), child+"="+name, "VERBATIM_TEST_PATH="+path)
	return c
}

// TestBoltFullDisk runs in a process whose files may not grow beyond a size, so
// that writing fails as it does on a full disk.
func TestBoltFullDisk(t *testing.T) {
	t.Parallel()
	out, err := childCommand(t, "full disk", filepath.Join(t.TempDir(), "state.db")).CombinedOutput()
	if err != nil || strings.TrimSpace(string(out)) != "ok" {
		t.Errorf("%v\n%s", err, out)
	}
}

func childFullDisk(path string) error {
	signal.Ignore(syscall.SIGXFSZ)
	ctx := context.Background()
	log := &logged{}
	o := patient()
	o.Log = log.logger()
	var failed atomic.Int32
	o.Failed = func(string) { failed.Add(1) }
	s, err := state.Open("bolt:"+path, o)
	if err != nil {
		return err
	}
	if _, err := s.Claim(ctx, event(0), time.Hour); err != nil {
		return fmt.Errorf("before: %w", err)
	}
	if err := s.SetConversation(ctx, "before", []byte("turn"), time.Hour); err != nil {
		return fmt.Errorf("before: %w", err)
	}
	entry := state.Entry{What: "question", Text: strings.Repeat("long ", 2000)}
	for range 50 { // past the limit
		if err := s.Append(ctx, entry); err != nil {
			return fmt.Errorf("before: %w", err)
		}
	}

	info, err := os.Stat(path)
	if err != nil {
		return err
	}
	var had syscall.Rlimit
	if err := syscall.Getrlimit(syscall.RLIMIT_FSIZE, &had); err != nil {
		return err
	}
	full := had
	full.Cur = uint64(info.Size())
	if err := syscall.Setrlimit(syscall.RLIMIT_FSIZE, &full); err != nil {
		return err
	}
	err = nil
	for i := 1; i < 2000 && err == nil; i++ {
		_, err = s.Claim(ctx, event(i), time.Hour)
	}
	if err == nil {
		return errors.New("claims never failed on a full disk")
	}
	if err := s.Append(ctx, entry); err == nil {
		return errors.New("the journal did not fail on a full disk")
	}
	if turn, err := s.Conversation(ctx, "before"); err != nil || string(turn) != "turn" {
		return fmt.Errorf("reading on a full disk: %q, %w", turn, err)
	}
	if err := s.Ping(ctx); err == nil {
		// A small write may find room; one of a page does not.
		if _, err := s.Claim(ctx, event(5000), time.Hour); err == nil && failed.Load() == 0 {
			return errors.New("nothing failed on a full disk")
		}
	}
	if n := log.count("the store fails"); n != 1 {
		return fmt.Errorf("the outage was told %d times", n)
	}

	if err := syscall.Setrlimit(syscall.RLIMIT_FSIZE, &had); err != nil {
		return err
	}
	if err := s.Ping(ctx); err != nil {
		return fmt.Errorf("after: ping: %w", err)
	}
	for i := range 3000 {
		want := state.Taken
		c := event(i)
		if i == 0 {
			c.Holder, want = "another", state.Pending
		}
		if got, err := s.Claim(ctx, c, time.Hour); err != nil || got != want {
			return fmt.Errorf("after: event %d: %v, %w; want %v", i, got, err, want)
		}
	}
	if err := s.Append(ctx, entry); err != nil {
		return fmt.Errorf("after: %w", err)
	}
	n := 0
	if err := s.Journal(ctx, time.Time{}, func(e state.Entry) bool { n++; return e.Text == entry.Text }); err != nil || n != 51 {
		return fmt.Errorf("after: the journal has %d entries, %w; want 51", n, err)
	}
	return s.Close()
}

// TestBoltKilled kills a process between its claim and its answer.
func TestBoltKilled(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "state.db")
	c := childCommand(t, "claims and waits", path)
	out, err := c.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := c.Start(); err != nil {
		t.Fatal(err)
	}
	line, err := bufio.NewReader(out).ReadString('\n')
	if err != nil || line != "claimed\n" {
		t.Fatalf("the process says %q, %v", line, err)
	}
	if err := c.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	_ = c.Wait()
	s := mustOpen(t, "bolt:"+path, patient())
	if got, err := s.Claim(t.Context(), state.Claim{Key: "done", Platform: "slack", Keep: time.Hour}, time.Hour); err != nil || got != state.Done {
		t.Errorf("the answered event is %v, %v; want done", got, err)
	}
	eventually(t, "the claim is given out again", func() bool {
		claims, err := s.Abandoned(t.Context(), "slack", 10, time.Hour)
		return err == nil && len(claims) == 1 && claims[0].Key == "event 1" && len(claims[0].Payload) == 500
	})
	// Its last line of the journal was cut off.
	if err := s.Append(t.Context(), state.Entry{What: "question", Intent: "second"}); err != nil {
		t.Fatal(err)
	}
	got := entries(t, s)
	if len(got) != 2 || got[0].Intent != "first" || got[1].Intent != "second" {
		t.Errorf("journal: %+v; want the first and the second entry", got)
	}
}

func childClaims(path string) error {
	ctx := context.Background()
	s, err := state.Open("bolt:"+path, patient())
	if err != nil {
		return err
	}
	done := event(0)
	done.Key = "done"
	_, err1 := s.Claim(ctx, done, time.Hour)
	err2 := s.Finish(ctx, "done")
	_, err3 := s.Claim(ctx, event(1), 100*time.Millisecond)
	err4 := s.Append(ctx, state.Entry{What: "question", Intent: "first"})
	days, err5 := filepath.Glob(filepath.Join(filepath.Dir(path), "state.journal", "*.jsonl"))
	if err := errors.Join(err1, err2, err3, err4, err5); err != nil || len(days) == 0 {
		return fmt.Errorf("%q %w", days, err)
	}
	f, err := os.OpenFile(days[0], os.O_WRONLY|os.O_APPEND, 0)
	if err != nil {
		return err
	}
	if _, err := io.WriteString(f, `{"at":"2026-`); err != nil {
		return err
	}
	fmt.Println("claimed")
	select {}
}

// TestRedisRestart stops and starts a server under load: every event is taken
// exactly once.
func TestRedisRestart(t *testing.T) {
	t.Parallel()
	server := statetest.StartRedis(t)
	log := &logged{}
	replicas := make([]state.Store, 3)
	var failures atomic.Int32
	for i := range replicas {
		replicas[i] = mustOpen(t, server.URL(), state.Options{
			Wait: time.Second, Log: log.logger(), Failed: func(string) { failures.Add(1) },
		})
	}
	const events = 600
	var at atomic.Int32
	var taken [events]atomic.Int32
	var wg sync.WaitGroup
	for r, s := range replicas {
		for range 4 {
			wg.Go(func() {
				for e := int(at.Load()); e < events; e++ {
					c := event(e)
					c.Holder = fmt.Sprint(r, " ", c.Holder)
					for {
						got, err := s.Claim(t.Context(), c, time.Hour)
						if err == nil {
							if got == state.Taken {
								taken[e].Or(1 << r)
							}
							break
						}
						if t.Context().Err() != nil {
							return
						}
						time.Sleep(5 * time.Millisecond)
					}
					at.CompareAndSwap(int32(e), int32(e+1))
				}
			})
		}
	}
	for stop := range 3 {
		eventually(t, "load goes on", func() bool { return int(at.Load()) >= (stop+1)*events/8 })
		before := failures.Load()
		server.Stop()
		eventually(t, "calls fail", func() bool { return failures.Load() > before })
		server.Start()
	}
	wg.Wait()
	for e := range taken {
		if by := taken[e].Load(); by == 0 || by&(by-1) != 0 {
			t.Errorf("event %d was taken by the replicas %03b; want one", e, by)
		}
	}
	if n := log.count("the store fails"); n < len(replicas) || n > 3*len(replicas) {
		t.Errorf("three outages were told %d times by %d replicas", n, len(replicas))
	}
}

// TestRedisSlow: no call waits for a server that does not answer.
func TestRedisSlow(t *testing.T) {
	t.Parallel()
	server := statetest.StartRedis(t)
	proxy := statetest.StartProxy(t, server.Addr)
	ctx := t.Context()
	connected := mustOpen(t, "redis://"+proxy.Addr, state.Options{Log: quiet})
	eventually(t, "the store works", func() bool { return connected.Ping(ctx) == nil })
	fresh := mustOpen(t, "redis://"+proxy.Addr, state.Options{Log: quiet})
	proxy.Hold()
	for name, s := range map[string]state.Store{"connected": connected, "not connected": fresh} {
		calls := map[string]func() error{
			"Claim":           func() error { _, err := s.Claim(ctx, event(1), time.Hour); return err },
			"Finish":          func() error { return s.Finish(ctx, "event 1") },
			"Abandoned":       func() error { _, err := s.Abandoned(ctx, "slack", 1, time.Hour); return err },
			"Conversation":    func() error { _, err := s.Conversation(ctx, "c"); return err },
			"SetConversation": func() error { return s.SetConversation(ctx, "c", nil, time.Hour) },
			"Allow": func() error {
				_, err := s.Allow(ctx, "c", state.Limit{Events: 1, Per: time.Hour})
				return err
			},
			"Lease":   func() error { _, err := s.Lease(ctx, "l", "a", time.Hour); return err },
			"Release": func() error { return s.Release(ctx, "l", "a") },
		}
		for call, f := range calls {
			// Would it wait for the server, it would wait for ever.
			if err := f(); !errors.Is(err, context.DeadlineExceeded) {
				t.Errorf("%s, %s: %v; want context.DeadlineExceeded", name, call, err)
			}
		}
	}
	proxy.Release()
	for name, s := range map[string]state.Store{"connected": connected, "not connected": fresh} {
		eventually(t, name+" works again", func() bool {
			_, err := s.Claim(ctx, event(1), time.Hour)
			return err == nil
		})
	}
}

// TestRedisAbsent: a store opens while its server is away, and finds it later.
func TestRedisAbsent(t *testing.T) {
	t.Parallel()
	server := statetest.StartRedis(t)
	server.Stop()
	s := mustOpen(t, server.URL(), state.Options{Log: quiet})
	if _, err := s.Claim(t.Context(), event(1), time.Hour); err == nil {
		t.Error("Claim without a server is no error")
	}
	server.Start()
	eventually(t, "the store works", func() bool {
		got, err := s.Claim(t.Context(), event(1), time.Hour)
		return err == nil && got == state.Taken
	})
}

// TestRedisFailover: a sentinel puts a replica in the place of a dead server.
func TestRedisFailover(t *testing.T) {
	t.Parallel()
	main := statetest.StartRedis(t)
	host, port, _ := strings.Cut(main.Addr, ":")
	replica := statetest.StartRedis(t, "--replicaof", host+" "+port)
	c := redis.NewClient(&redis.Options{Addr: replica.Addr})
	defer func() { _ = c.Close() }()
	eventually(t, "the replica follows", func() bool {
		return strings.Contains(c.Info(t.Context(), "replication").Val(), "master_link_status:up")
	})
	sentinel := startSentinel(t, main)
	sc := redis.NewSentinelClient(&redis.Options{Addr: sentinel.Addr})
	defer func() { _ = sc.Close() }()
	eventually(t, "the sentinel knows the replica", func() bool {
		r, err := sc.Replicas(t.Context(), "main").Result()
		return err == nil && len(r) == 1
	})
	s := mustOpen(t, "redis-sentinel://"+sentinel.Addr+"?master_name=main", patient())
	if _, err := s.Claim(t.Context(), event(1), time.Hour); err != nil {
		t.Fatal(err)
	}
	m := redis.NewClient(&redis.Options{Addr: main.Addr})
	defer func() { _ = m.Close() }()
	eventually(t, "the claim has reached the replica", func() bool {
		n, err := m.Wait(t.Context(), 1, time.Second).Result()
		return err == nil && n == 1
	})
	main.Stop()
	eventually(t, "the replica has taken over", func() bool {
		ctx, cancel := context.WithTimeout(t.Context(), time.Second)
		defer cancel()
		other := event(1)
		other.Holder = "another"
		got, err := s.Claim(ctx, other, time.Hour)
		return err == nil && got == state.Pending
	})
}
