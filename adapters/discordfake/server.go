// Package discordfake is a strict Discord for tests: its REST interface, its
// gateway, and the people who write and press buttons. What a client does that
// Discord would refuse, or that a quiet bot must not do, is a violation.
//
// Its behaviour follows Discord's documentation of API version 9 and 10.
package discordfake

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"slices"
	"strconv"
	"sync"
	"testing"
	"time"
)

// Options describe the bot and its limits. The zero value is a bot of one shard.
type Options struct {
	// Token is the bot's token; empty: "fake-token-of-the-bot".
	Token string
	// Shards is what /gateway/bot recommends, at least 1.
	Shards int
	// MaxConcurrency is how many IDENTIFYs may come in each IdentifyEvery, at least 1.
	MaxConcurrency int
	// IdentifyEvery is Discord's 5 seconds; tests shorten it.
	IdentifyEvery time.Duration
	// SessionStarts is how many IDENTIFYs remain today; 0 means 1000.
	SessionStarts int
	// Heartbeat is the interval told in HELLO; 0 means 41.25 seconds.
	Heartbeat time.Duration
	// PrivilegedIntents are those that the bot may ask for.
	PrivilegedIntents int
	// PostsPer5s limits the messages to each channel in each window; 0 means no limit.
	// Window is how long a window lasts; 0 means 5 seconds.
	PostsPer5s int
	Window     time.Duration
	// NoReadHistory takes that permission from the bot: it cannot reply with a
	// reference, nor read messages of the guild. NoSend takes Send Messages.
	NoReadHistory, NoSend bool
	// HideRoleMentions: the text of a message that mentions the bot's role, and not the
	// bot, is hidden where the intent hides it.
	HideRoleMentions bool
	// NoEmbedLinks takes that permission from the bot: a message with embeds is refused.
	NoEmbedLinks bool
	// NoLayouts refuses messages of components (Components V2), as older servers do.
	NoLayouts bool
	// NoNonce ignores nonces, as servers do that only speak some of Discord's API.
	NoNonce bool
	// InteractionsEndpoint is set in the application, which keeps interactions off the gateway.
	InteractionsEndpoint string
	// Permissions are the bot's in its guild; 0 means those that a quiet bot needs.
	Permissions int64
}

// IDs of the fake world that never change.
const (
	BotID   = "100000000000000001"
	AppID   = "100000000000000002"
	GuildID = "200000000000000001"
	// RoleID is the role that the bot got when it was invited.
	RoleID = "300000000000000001"
)

// quietPermissions: view channels, send messages, send in threads, embed links, read history.
const quietPermissions = 274877991936

// Server is the fake.
type Server struct {
	options Options
	http    *httptest.Server

	mu         sync.Mutex
	changed    chan struct{} // closed and replaced at each change
	offset     time.Duration // how far the clock was advanced
	frozen     time.Time     // when the clock was stopped; zero: it runs
	lastID     int64
	violations []string

	people       map[string]Person
	channels     map[string]*channel // by id
	messages     map[string]*Message
	order        []string // ids of messages, oldest first
	interactions map[string]*Interaction
	commands     map[string][]byte // by guild, "" for the global ones
	nonces       map[string]nonce
	windows      map[string]*window // by channel, for the limit
	limited      int
	revoked      bool
	forget       bool

	sessions    map[string]*session
	live        map[*gatewayConn]bool
	conns       int
	begun       int
	resumed     int
	identifies  []identified
	mostLive    map[string]int
	onConnect   []ConnFault
	dropACKs    bool
	closed      bool
	restFaults  map[string][]RESTFault
	requests    map[string]int
	undelivered int
	commandPuts int
	gatewayURL  string
	answerTook  func(age time.Duration)
	posted      func(Message)
}

// window is one of a rate limit.
type window struct {
	began time.Time
	used  int
}

type nonce struct {
	message string
	at      time.Time
}

type channel struct {
	id, name, guild, parent string
	dm                      Person
	refuses                 bool // the bot may not write there
}

// Person is somebody with an account. Names are unique.
type Person struct{ ID, Name string }

// Start starts a fake; Close ends it.
func Start(o Options) *Server {
	if o.Token == "" {
		o.Token = "fake-token-of-the-bot"
	}
	o.Shards = max(1, o.Shards)
	o.MaxConcurrency = max(1, o.MaxConcurrency)
	if o.IdentifyEvery == 0 {
		o.IdentifyEvery = 5 * time.Second
	}
	if o.SessionStarts == 0 {
		o.SessionStarts = 1000
	}
	if o.Heartbeat == 0 {
		o.Heartbeat = 41250 * time.Millisecond
	}
	if o.Permissions == 0 {
		o.Permissions = quietPermissions
	}
	if o.Window == 0 {
		o.Window = 5 * time.Second
	}
	s := &Server{
		options: o, changed: make(chan struct{}),
		people: map[string]Person{}, channels: map[string]*channel{}, messages: map[string]*Message{},
		interactions: map[string]*Interaction{}, commands: map[string][]byte{}, nonces: map[string]nonce{},
		windows: map[string]*window{}, sessions: map[string]*session{}, live: map[*gatewayConn]bool{},
		mostLive: map[string]int{}, restFaults: map[string][]RESTFault{}, requests: map[string]int{},
	}
	s.http = httptest.NewUnstartedServer(http.HandlerFunc(s.serve))
	s.gatewayURL = "ws://" + s.http.Listener.Addr().String()
	s.http.Start() // only now: handlers read all of s
	return s
}

// New starts a fake for a test: it is closed at the end, and every violation
// fails the test.
func New(t testing.TB, o Options) *Server {
	s := Start(o)
	t.Cleanup(func() {
		s.Close()
		for _, v := range s.Violations() {
			t.Errorf("Discord would refuse: %s", v)
		}
	})
	return s
}

// Close ends every connection.
func (s *Server) Close() {
	s.mu.Lock()
	s.closed = true
	for c := range s.live {
		c.socket.Close()
	}
	s.mu.Unlock()
	s.http.CloseClientConnections()
	s.http.Close()
}

// URL is what to set DISCORD_API_URL to.
func (s *Server) URL() string { return s.http.URL }

// Token is the bot's token.
func (s *Server) Token() string { return s.options.Token }

// Violations are what a client did wrong so far.
func (s *Server) Violations() []string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Clone(s.violations)
}

// Forgive forgets the violations so far and returns them, for tests that provoke some.
func (s *Server) Forgive() []string {
	s.mu.Lock()
	defer s.mu.Unlock()
	v := s.violations
	s.violations = nil
	return v
}

// Advance moves the fake's clock on.
func (s *Server) Advance(d time.Duration) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.offset += d
}

// Freeze stops the clock by which interactions and tokens age: only Advance moves
// it on, so that a machine that stands still makes nobody late. Rates are still
// measured by the real time.
func (s *Server) Freeze() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.frozen = time.Now()
}

// Forget keeps no messages and no finished interactions, for long runs.
func (s *Server) Forget() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.forget = true
}

// OnAnswer calls f for each answer, with the time since what it answers: a
// question's message, or an interaction.
func (s *Server) OnAnswer(f func(age time.Duration)) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.answerTook = f
}

// OnPost calls f for each message that the bot sends. f must not call the fake.
func (s *Server) OnPost(f func(Message)) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.posted = f
}

// Limited is how often a request was refused since there were too many.
func (s *Server) Limited() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.limited
}

// Revoke has the token work no longer.
func (s *Server) Revoke() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.revoked = true
}

// Requests is how often a route was called: "callback", "edit", "followup",
// "post", "gateway", "gateway/bot", "commands", ….
func (s *Server) Requests(route string) int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.requests[route]
}

// Wait is how long anything is waited for before it counts as missing: a slow machine with
// much else to do takes long, and only a test that fails waits so long.
const Wait = 90 * time.Second

// Wait waits until done, which is called with nothing locked, or fails t.
func (s *Server) Wait(t testing.TB, what string, done func() bool) {
	t.Helper()
	if !s.await(Wait, done) {
		t.Fatalf("waited in vain for %s", what)
	}
}

// await reports whether done came true in time.
func (s *Server) await(d time.Duration, done func() bool) bool {
	end := time.NewTimer(d)
	defer end.Stop()
	for {
		s.mu.Lock()
		changed := s.changed
		s.mu.Unlock()
		if done() {
			return true
		}
		select {
		case <-changed:
		case <-time.After(50 * time.Millisecond): // done may look at more than the fake
		case <-end.C:
			return done()
		}
	}
}

// The rest of this file is called with mu held.

func (s *Server) now() time.Time {
	if !s.frozen.IsZero() {
		return s.frozen.Add(s.offset)
	}
	return time.Now().Add(s.offset)
}

func (s *Server) violate(format string, a ...any) {
	s.violations = append(s.violations, fmt.Sprintf(format, a...))
}

func (s *Server) notify() {
	close(s.changed)
	s.changed = make(chan struct{})
}

// discordEpoch is the first millisecond of 2015, from which snowflakes count.
const discordEpoch = 1420070400000

// snowflake makes an id that holds the time, as Discord's do.
func (s *Server) snowflake() string {
	id := (s.now().UnixMilli() - discordEpoch) << 22
	s.lastID = max(id, s.lastID+1)
	return strconv.FormatInt(s.lastID, 10)
}
