package statetest

import (
	"context"
	"fmt"
	"io"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"github.com/redis/go-redis/v9"
)

// Redis is a real redis-server of a test's own, on a free port of this machine.
type Redis struct {
	// Addr is its host and port.
	Addr string

	t    testing.TB
	args []string
	cmd  *exec.Cmd
}

// URL is the server's STATE_URL.
func (r *Redis) URL() string { return "redis://" + r.Addr }

// StartRedis starts a server that ends with the test; args are further arguments
// of redis-server. It keeps what it is told over Stop and Start.
func StartRedis(t testing.TB, args ...string) *Redis {
	t.Helper()
	dir := t.TempDir()
	// Another process may take the port between the look and the start.
	for try := range 5 {
		l, err := net.Listen("tcp", "127.0.0.1:0")
		if err != nil {
			t.Fatal(err)
		}
		_, port, _ := net.SplitHostPort(l.Addr().String())
		_ = l.Close()
		r := &Redis{t: t, Addr: "127.0.0.1:" + port}
		// The configuration is a file since a sentinel writes to it.
		conf := filepath.Join(dir, fmt.Sprint("redis-", try, ".conf"))
		if err := os.WriteFile(conf, []byte("bind 127.0.0.1\nport "+port+"\ndir "+dir+"\n"), 0o600); err != nil {
			t.Fatal(err)
		}
		r.args = append([]string{conf}, args...)
		if len(args) == 0 || args[0] != "--sentinel" {
			r.args = append(r.args, "--save", "", "--appendonly", "yes", "--appendfsync", "no")
		}
		if r.start() {
			t.Cleanup(r.Stop)
			return r
		}
		r.Stop()
	}
	t.Fatal("redis-server does not start")
	return nil
}

// Start starts the server again, on the same port.
func (r *Redis) Start() {
	r.t.Helper()
	if !r.start() {
		r.t.Fatal("redis-server does not start again on " + r.Addr)
	}
}

func (r *Redis) start() bool {
	r.t.Helper()
	path, err := exec.LookPath("redis-server")
	if err != nil {
		r.t.Fatal("this test runs a real redis-server: install Debian's package redis-server (make test does)")
	}
	r.cmd = exec.Command(path, r.args...)
	if err := r.cmd.Start(); err != nil {
		r.t.Fatal(err)
	}
	c := redis.NewClient(&redis.Options{Addr: r.Addr, MaxRetries: -1})
	defer func() { _ = c.Close() }()
	for range 400 {
		if c.Ping(context.Background()).Err() == nil {
			return true
		}
		time.Sleep(25 * time.Millisecond)
	}
	return false
}

// Stop kills the server, as a crash would.
func (r *Redis) Stop() {
	if r.cmd == nil {
		return
	}
	_ = r.cmd.Process.Kill()
	_ = r.cmd.Wait()
	r.cmd = nil
}

// Proxy is a way to a server that can be made slow: it holds back all that the
// server says for as long as it is told to.
type Proxy struct {
	// Addr is its host and port.
	Addr string

	mu   sync.Mutex
	open chan struct{} // closed while nothing is held back
}

// StartProxy starts a proxy before a server, which ends with the test.
func StartProxy(t testing.TB, server string) *Proxy {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	p := &Proxy{Addr: l.Addr().String(), open: make(chan struct{})}
	close(p.open)
	ctx, cancel := context.WithCancel(context.Background())
	var wg sync.WaitGroup
	t.Cleanup(func() {
		cancel()
		_ = l.Close()
		wg.Wait()
	})
	wg.Go(func() {
		for {
			in, err := l.Accept()
			if err != nil {
				return
			}
			wg.Go(func() { p.serve(ctx, in, server) })
		}
	})
	return p
}

func (p *Proxy) serve(ctx context.Context, in net.Conn, server string) {
	out, err := net.Dial("tcp", server)
	if err != nil {
		_ = in.Close()
		return
	}
	ctx, cancel := context.WithCancel(ctx)
	var wg sync.WaitGroup
	wg.Go(func() {
		defer cancel()
		_, _ = io.Copy(out, in)
	})
	wg.Go(func() {
		defer cancel()
		buf := make([]byte, 64<<10)
		for {
			n, err := out.Read(buf)
			if err != nil {
				return
			}
			p.mu.Lock()
			open := p.open
			p.mu.Unlock()
			select {
			case <-open:
			case <-ctx.Done():
				return
			}
			if _, err := in.Write(buf[:n]); err != nil {
				return
			}
		}
	})
	<-ctx.Done()
	_ = in.Close()
	_ = out.Close()
	wg.Wait()
}

// Hold holds back what the server says until Release.
func (p *Proxy) Hold() {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.open = make(chan struct{})
}

// Release lets go of what was held back.
func (p *Proxy) Release() {
	p.mu.Lock()
	defer p.mu.Unlock()
	close(p.open)
}
