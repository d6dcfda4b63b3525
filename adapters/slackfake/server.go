// Package slackfake is a strict fake of Slack for tests: the Web API, Socket Mode,
// the Events API over HTTP and response URLs, with people who talk, type commands
// and press buttons. The real client library is pointed at it.
//
// What Slack would refuse it refuses, and what Slack would let pass but nobody
// should send (a call to everybody, a link that unfurls, a late acknowledgement)
// fails the test. Faults come by script.
package slackfake

import (
	"crypto/rand"
	"encoding/hex"
	"fmt"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"
)

// The tokens and ids of the fake's one app.
const (
	BotToken      = "xoxb-1-fake-bot"
	AppToken      = "xapp-1-fake-app"
	UserToken     = "xoxp-1-fake-user"
	SigningSecret = "8f742231b10e8888abcd99yyyzzz85a5"
	Team          = "T00000001"
	App           = "A00000001"
	BotUser       = "U0000BOT1"
	BotID         = "B0000BOT1"
)

// Wait is how long anything in the fake is waited for before it counts as missing.
const Wait = 90 * time.Second

// Options set the fake up; the zero value is an app with all scopes, an agent
// pane and Socket Mode on.
type Options struct {
	// Scopes are the bot token's; nil: all that the fake knows.
	Scopes []string
	// AppScopes are the app-level token's; nil: connections:write.
	AppScopes []string
	// View is "agent" (the default), "assistant" (legacy) or "none".
	View string
	// NoSocketMode: the app has Socket Mode off.
	NoSocketMode bool
	// AckTime is how long Slack waits for an acknowledgement: 3 s where it is 0.
	AckTime time.Duration
	// Lenient: an acknowledgement that comes late is no problem.
	Lenient bool
	// Retry is how long after a delivery that failed the next ones follow; nil: at
	// once, after 1 minute, after 5 minutes.
	Retry []time.Duration
	// PostEvery is the least time between two posts to a channel, over time; 0: no
	// limit. PostBurst is how many are taken at once after a rest, at least 1.
	PostEvery time.Duration
	PostBurst int
	// PageMost is how many messages a page of a conversation holds at most; 0: as many
	// as were asked for.
	PageMost int
	// TriggerLife is how long a trigger id opens a view: 3 s where it is 0.
	TriggerLife time.Duration
	// PingEvery is the time between pings: 100 ms where it is 0, none where negative.
	PingEvery time.Duration
	// TokenLife is how long the tokens that OAuth gives live; 0: for ever. Those that
	// expire come with a refresh token.
	TokenLife time.Duration
	// Forget: messages are not kept, for long runs; Posted still tells of them.
	Forget bool
	// Posted, where it is set, is called for each message that the bot sends.
	Posted func(Message)
}

// AllScopes are the scopes that the fake knows.
var AllScopes = []string{"app_mentions:read", "chat:write", "im:history", "commands", "assistant:write", "channels:history", "groups:history", "mpim:history"}

// histories are the scopes that bring the messages of each kind of channel.
var histories = map[string]string{"im": "im:history", "channel": "channels:history", "group": "groups:history", "mpim": "mpim:history"}

// Server is the fake.
type Server struct {
	t    testing.TB
	o    Options
	http *httptest.Server
	stop chan struct{}
	work sync.WaitGroup

	mu       sync.Mutex
	changed  chan struct{} // closed and made anew whenever something happened
	clock    int64         // of message times, in microseconds
	ids      int
	app      string // address of the app's own server, for delivery over HTTP
	client   *http.Client
	channels map[string]*channel
	messages []Message
	posts    int
	triggers map[string]*trigger
	urls     map[string]*responseURL
	views    map[string]*View
	homes    map[string]View
	prompts  map[string][]string // by channel and thread
	statuses []string
	titles   map[string]string
	faults   map[string][]Fault
	calls    map[string]int
	lastPost map[string]time.Time
	problems []string
	revoked  string // why the bot token works no longer
	oauth    oauth

	conns     []*conn
	nextConn  int
	opened    int
	tickets   map[string]bool
	envelopes map[string]*envelope
	waiting   []*envelope
	acks      []time.Duration
}

type channel struct {
	id      string
	kind    string     // "channel", "group", "mpim" or "im"
	home    *Workspace // nil: the one that the tests of a single workspace have
	user    string     // whose direct conversation it is
	member  bool       // the bot is in it
	shared  bool       // with another workspace
	refuses string     // why nobody can post there
	threads map[string]bool
}

// New starts a fake. It is closed, and what it found wrong is reported, when the
// test ends.
func New(t testing.TB, o Options) *Server {
	if o.Scopes == nil {
		o.Scopes = AllScopes
	}
	if o.AppScopes == nil {
		o.AppScopes = []string{"connections:write"}
	}
	if o.View == "" {
		o.View = "agent"
	}
	if o.AckTime == 0 {
		o.AckTime = 3 * time.Second
	}
	if o.Retry == nil {
		o.Retry = []time.Duration{0, time.Minute, 5 * time.Minute}
	}
	if o.TriggerLife == 0 {
		o.TriggerLife = 3 * time.Second
	}
	if o.PingEvery == 0 {
		o.PingEvery = 100 * time.Millisecond
	}
	s := &Server{
		t: t, o: o, stop: make(chan struct{}), changed: make(chan struct{}), clock: time.Now().UnixMicro(),
		channels: map[string]*channel{}, triggers: map[string]*trigger{}, urls: map[string]*responseURL{},
		views: map[string]*View{}, homes: map[string]View{}, prompts: map[string][]string{}, titles: map[string]string{},
		faults: map[string][]Fault{}, calls: map[string]int{}, lastPost: map[string]time.Time{},
		tickets: map[string]bool{}, envelopes: map[string]*envelope{},
		client: &http.Client{Timeout: Wait, Transport: &http.Transport{MaxIdleConnsPerHost: 64}},
	}
	mux := http.NewServeMux()
	mux.HandleFunc("/api/{method}", s.serveAPI)
	mux.HandleFunc("/api/oauth.v2.access", s.serveOAuth)
	mux.HandleFunc("GET /oauth/v2/authorize", s.serveConsent)
	mux.HandleFunc("/link", s.serveSocket)
	mux.HandleFunc("/response/{token}", s.serveResponse)
	s.http = httptest.NewUnstartedServer(mux)
	s.http.Start() // only now: handlers read s.http
	t.Cleanup(s.close)
	return s
}

// APIURL is what SLACK_API_URL is to be set to.
func (s *Server) APIURL() string { return s.http.URL + "/api/" }

func (s *Server) close() {
	close(s.stop)
	s.CloseSockets()
	s.work.Wait()
	s.http.CloseClientConnections()
	s.http.Close()
	s.client.CloseIdleConnections()
	for _, p := range s.Problems() {
		s.t.Error("slackfake: " + p)
	}
}

// Problems are what the fake found wrong so far.
func (s *Server) Problems() []string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Clone(s.problems)
}

// Forgive returns the problems and forgets them: the test expected them.
func (s *Server) Forgive() []string {
	s.mu.Lock()
	defer s.mu.Unlock()
	p := s.problems
	s.problems = nil
	return p
}

// problem notes something wrong. The lock is held.
func (s *Server) problem(format string, a ...any) {
	s.problems = append(s.problems, fmt.Sprintf(format, a...))
}

// happened wakes those who wait. The lock is held.
func (s *Server) happened() {
	close(s.changed)
	s.changed = make(chan struct{})
}

// await waits until ok, which is called with the lock held, and reports false
// when it does not come about in time.
func (s *Server) await(d time.Duration, ok func() bool) bool {
	late := time.NewTimer(d)
	defer late.Stop()
	for {
		s.mu.Lock()
		good, changed := ok(), s.changed
		s.mu.Unlock()
		if good {
			return true
		}
		select {
		case <-changed:
		case <-late.C:
			return false
		}
	}
}

// id makes a new id. The lock is held.
func (s *Server) id(prefix string) string {
	s.ids++
	return fmt.Sprintf("%s%09d", prefix, s.ids)
}

// ts makes a new message time. The lock is held.
func (s *Server) ts() string {
	s.clock++
	return fmt.Sprintf("%d.%06d", s.clock/1e6, s.clock%1e6)
}

func secret() string {
	b := make([]byte, 12)
	rand.Read(b)
	return hex.EncodeToString(b)
}

// User is the id of a person by name.
func User(name string) string { return "U" + strings.ToUpper(name) }

// Channel makes a public channel, once, that the bot is in, and returns its id.
func (s *Server) Channel(name string) string {
	return s.channel("C"+strings.ToUpper(name), "channel", "", true)
}

// Private makes a private channel that the bot is in.
func (s *Server) Private(name string) string {
	return s.channel("G"+strings.ToUpper(name), "group", "", true)
}

// Group makes a direct conversation of several people and the bot.
func (s *Server) Group(name string) string {
	return s.channel("G"+strings.ToUpper(name), "mpim", "", true)
}

// Elsewhere makes a public channel that the bot is not in.
func (s *Server) Elsewhere(name string) string {
	return s.channel("C"+strings.ToUpper(name), "channel", "", false)
}

// Shared makes a channel that the bot is in and that another workspace shares.
func (s *Server) Shared(name string) string {
	id := s.Channel(name)
	s.mu.Lock()
	defer s.mu.Unlock()
	s.channels[id].shared = true
	return id
}

// Refuse has posts to a channel refused with an error from now on; empty: no longer.
func (s *Server) Refuse(channel, why string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.channels[channel].refuses = why
}

// Revoke has the bot token work no longer, for a reason ("token_revoked").
func (s *Server) Revoke(why string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.revoked = why
}

// Direct makes a person's direct conversation with the bot.
func (s *Server) Direct(name string) string {
	return s.channel("D"+strings.ToUpper(name), "im", User(name), true)
}

func (s *Server) channel(id, kind, user string, member bool) string {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.channels[id] == nil {
		s.channels[id] = &channel{id: id, kind: kind, user: user, member: member, threads: map[string]bool{}}
	}
	return id
}

// grants reports whether the bot token has a scope.
func (s *Server) grants(scope string) bool { return slices.Contains(s.o.Scopes, scope) }

// Calls is how often a method was called.
func (s *Server) Calls(method string) int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.calls[method]
}
