package workspaces

import (
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"verbatim/adapters/adaptertest"
	"verbatim/adapters/slack"
	"verbatim/adapters/slackfake"
	"verbatim/state"
	"verbatim/state/statetest"
)

// TestTwoWorkspaces: one process serves two workspaces, each with its own token; the fake
// refuses one that is used in the other's channels.
func TestTwoWorkspaces(t *testing.T) {
	t.Parallel()
	s, _, page := begin(t, 0)
	for _, w := range []*slackfake.Workspace{s.Workspace("T1", "Acme", ""), s.Workspace("T2", "Umbrella & Sons", "")} {
		install(t, w, page, slackfake.Choice{})
		channel := w.Channel("GENERAL")
		answer, thread := expect(t, s, w, channel)
		if m, _ := ask(t, s, w, channel, thread, adaptertest.AskBefore); slackfake.Read(m).Text == "" {
			t.Error("a follow-up is answered with nothing")
		}
		before := s.Mark()
		s.Press("ben", answer, "In context")
		s.Next(before, func(m slackfake.Message) bool { return m.OnlyFor == slackfake.User("ben") })
		before = s.Mark()
		s.Command("ann", channel, "/ask", adaptertest.AskLamp)()
		if m := s.Next(before, func(m slackfake.Message) bool { return m.OnlyFor == slackfake.User("ann") }); !strings.Contains(slackfake.Read(m).Text, lamp) {
			t.Errorf("/ask shows:\n%s", slackfake.Read(m).Text)
		}
		direct := w.Direct("cy")
		before = s.Mark()
		s.Say("cy", direct, "", adaptertest.AskLamp)
		s.Next(before, func(m slackfake.Message) bool { return m.Channel == direct })
	}
	if n := s.Calls("auth.test"); n != 2 {
		t.Errorf("auth.test was called %d times; want once for each workspace", n)
	}
}

// TestInstallRefused: what is no installation stores nothing, and says so.
func TestInstallRefused(t *testing.T) {
	t.Parallel()
	s, p, page := begin(t, 0)
	w := s.Workspace("T1", "Acme", "")
	for _, tt := range []struct {
		name   string
		choice slackfake.Choice
		status int
		want   string
	}{
		{"denied", slackfake.Choice{Deny: true}, http.StatusForbidden, "was not allowed"},
		{"no state", slackfake.Choice{Change: func(v url.Values) { v.Del("state") }}, http.StatusBadRequest, "same browser"},
		{"another's state", slackfake.Choice{Change: func(v url.Values) { v.Set("state", p.newState()) }}, http.StatusBadRequest, "same browser"},
		{"forged state", slackfake.Choice{Change: func(v url.Values) { v.Set("state", strings.Repeat("A", len(v.Get("state")))) }}, http.StatusBadRequest, "same browser"},
		{"no cookie", slackfake.Choice{NoCookie: true}, http.StatusBadRequest, "same browser"},
		{"forged and denied", slackfake.Choice{Deny: true, NoCookie: true}, http.StatusBadRequest, "same browser"},
		{"a code of nobody's", slackfake.Choice{Change: func(v url.Values) { v.Set("code", "nobody's") }}, http.StatusBadGateway, "invalid_code"},
	} {
		status, text := w.Install(page, tt.choice)
		if status != tt.status || !strings.Contains(text, tt.want) || !strings.Contains(text, "Not installed") || !strings.Contains(text, "/slack/install") {
			t.Errorf("%s: status %d: %s", tt.name, status, text)
		}
		noSecrets(t, s, "the page", text)
	}
	s.Fault("oauth.v2.access", slackfake.Fault{HangUp: true})
	if status, text := w.Install(page, slackfake.Choice{}); status != http.StatusBadGateway || !strings.Contains(text, "no connection to Slack") {
		t.Errorf("Slack hangs up: status %d: %s", status, text)
	}
	if ids, err := p.tokens.ids(t.Context()); err != nil || len(ids) != 0 {
		t.Errorf("installed are %q, %v", ids, err)
	}
	install(t, w, page, slackfake.Choice{}) // and now it is
	expect(t, s, w, w.Channel("GENERAL"))
}

// TestState: a state counts for ten minutes, for the browser that has it, and only as
// it was made.
func TestState(t *testing.T) {
	t.Parallel()
	config, common := configs(slackWith(t, 0))
	a, err := New(config, common, nil, nil, nil)
	if err != nil {
		t.Fatal(err)
	}
	config.TokenKey = strings.Repeat("A", 43) + "="
	other, err := New(config, common, nil, nil, nil)
	if err != nil {
		t.Fatal(err)
	}
	good := func(state string) bool {
		r, err := http.NewRequest("GET", "/slack/oauth_redirect?state="+url.QueryEscape(state), nil)
		if err != nil {
			t.Fatal(err)
		}
		r.AddCookie(&http.Cookie{Name: stateCookie, Value: state})
		return a.goodState(r)
	}
	state := a.newState()
	if !good(state) {
		t.Error("a new state does not count")
	}
	begun := "B" // otherwise than it does
	if state[0] == 'B' {
		begun = "C"
	}
	for _, bad := range []string{"", "A", state[1:], begun + state[1:], other.newState()} {
		if good(bad) {
			t.Errorf("%q counts", bad)
		}
	}
}

// TestRotation: a token that expires is renewed before it does, or when it has, once,
// however many ask.
func TestRotation(t *testing.T) {
	t.Parallel()
	s, p, page := begin(t, 12*time.Hour)
	w := s.Workspace("T1", "Acme", "")
	channel := w.Channel("GENERAL")
	install(t, w, page, slackfake.Choice{})
	expect(t, s, w, channel)
	renewals := func() int { return s.Calls("oauth.v2.access") - 1 } // one was the installation
	if n := renewals(); n != 0 {
		t.Errorf("%d renewals of a new token", n)
	}

	// Soon to expire: who asks is not kept waiting, also where Slack cannot be reached.
	p.ahead.Store(int64(10*time.Hour + time.Minute))
	s.Fault("oauth.v2.access", slackfake.Fault{HangUp: true})
	p.stale("T1")
	expect(t, s, w, channel)
	// asking asks until there were so many renewals.
	asking := func(n int) {
		t.Helper()
		eventually(t, fmt.Sprint(n, " renewals were tried"), func() bool {
			if renewals() < n {
				p.stale("T1")
				s.Say("ann", w.Direct("ann"), "", adaptertest.AskLamp)
				time.Sleep(100 * time.Millisecond)
			}
			return renewals() == n
		})
	}
	asking(2)
	expect(t, s, w, channel)

	// Expired, and many ask at once.
	p.ahead.Store(int64(24 * time.Hour))
	w.Expire()
	before := s.Mark()
	var many sync.WaitGroup
	for _, name := range []string{"A", "B", "C", "D", "E", "F", "G", "H"} {
		many.Go(func() { s.Say("ann", w.Channel(name), "", w.Mention()+adaptertest.AskLamp) })
	}
	many.Wait()
	eventually(t, "all are answered", func() bool {
		answers := slices.DeleteFunc(s.After(before), func(m slackfake.Message) bool { return m.Channel == w.Direct("ann") })
		return len(answers) == 8
	})
	if n := renewals(); n != 3 {
		t.Errorf("%d renewals; want 3", n)
	}

	// Slack says that it has expired before it should have: that is heard with a question,
	// which is answered when what was left is looked for.
	w.Expire()
	before = s.Mark()
	late := w.Channel("LATE")
	s.Say("ann", late, "", w.Mention()+adaptertest.AskLamp)
	m := s.Next(before, func(m slackfake.Message) bool { return m.Channel == late })
	if got := slackfake.Read(m).Text; !strings.Contains(got, lamp) {
		t.Errorf("the answer is:\n%s", got)
	}
	if n := renewals(); n != 4 {
		t.Errorf("%d renewals; want 4", n)
	}
	expect(t, s, w, channel)

	// The refresh token works no longer either.
	w.Revoke("account_inactive")
	p.ahead.Store(int64(48 * time.Hour))
	for range 2 {
		if said := s.Command("ann", channel, "/ask", adaptertest.AskLamp)(); !strings.Contains(said, "/slack/install") {
			t.Errorf("/ask says %q", said)
		}
	}
	if n := renewals(); n != 5 {
		t.Errorf("%d renewals; want 5", n)
	}
}

// TestRenewedWhileAway: a token that was renewed while the store went away is not lost.
func TestRenewedWhileAway(t *testing.T) {
	t.Parallel()
	s := slackWith(t, 12*time.Hour)
	redis := statetest.StartRedis(t)
	p := newProcess(t, s, openStore(t, redis.URL())).run(t)
	page := serve(t, s, p)
	w := s.Workspace("T1", "Acme", "")
	channel := w.Channel("GENERAL")
	install(t, w, page, slackfake.Choice{})
	expect(t, s, w, channel)
	unsaved := func() int {
		p.tokens.mu.Lock()
		defer p.tokens.mu.Unlock()
		return len(p.tokens.unsaved)
	}
	s.Fault("oauth.v2.access", slackfake.Fault{Take: true, Slow: time.Second})
	p.ahead.Store(int64(13 * time.Hour))
	before := s.Mark()
	s.Say("ann", channel, "", w.Mention()+adaptertest.AskLamp)
	eventually(t, "it is being renewed", func() bool { return s.Calls("oauth.v2.access") == 2 })
	redis.Stop()
	eventually(t, "it is renewed and not saved", func() bool { return unsaved() == 1 })
	s.Next(before, func(m slackfake.Message) bool { return m.Channel == channel }) // answered without the store
	redis.Start()
	eventually(t, "it is saved", func() bool { return unsaved() == 0 })
	if err := p.stop(); err != nil {
		t.Fatal(err)
	}
	again := newProcess(t, s, openStore(t, redis.URL())).run(t)
	again.ahead.Store(int64(13 * time.Hour))
	serve(t, s, again)
	expect(t, s, w, channel)
	if n := s.Calls("oauth.v2.access"); n != 2 {
		t.Errorf("%d calls of oauth.v2.access; want 2", n)
	}
}

// stale has the store looked at for a workspace at its next request.
func (p *process) stale(id string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if w := p.running[id]; w != nil {
		w.looked = time.Time{}
	}
}

// TestTwoProcesses: two processes on one Redis do not both use up a refresh token.
func TestTwoProcesses(t *testing.T) {
	t.Parallel()
	s := slackWith(t, 12*time.Hour)
	redis := statetest.StartRedis(t).URL()
	one := newProcess(t, s, openStore(t, redis)).run(t)
	two := newProcess(t, s, openStore(t, redis)).run(t)
	page := serve(t, s, one, two)
	w := s.Workspace("T1", "Acme", "")
	install(t, w, page, slackfake.Choice{})
	for round := range 3 {
		w.Expire()
		ahead := time.Duration(round+1) * 13 * time.Hour
		one.ahead.Store(int64(ahead))
		two.ahead.Store(int64(ahead))
		before := s.Mark()
		var asking sync.WaitGroup
		for _, name := range []string{"A", "B", "C", "D", "E", "F"} {
			asking.Go(func() { s.Say("ann", w.Channel(name), "", w.Mention()+adaptertest.AskLamp) })
		}
		asking.Wait()
		eventually(t, "all are answered", func() bool { return len(s.After(before)) == 6 })
		if n := s.Calls("oauth.v2.access"); n != 1+round+1 {
			t.Errorf("round %d: %d calls of oauth.v2.access; want %d", round, n, round+2)
		}
	}
}

// spaces are the spaces that anything is kept or written down in.
func spaces(t *testing.T, store state.Store) []string {
	t.Helper()
	keys, err := store.KeptKeys(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	found := map[string]bool{}
	for _, k := range keys {
		if space, _, ok := state.CutSpace(k); ok {
			found[space] = true
		}
	}
	if err := store.Journal(t.Context(), time.Time{}, func(e state.Entry) bool { found[e.Space] = true; return true }); err != nil {
		t.Fatal(err)
	}
	var out []string
	for space := range found {
		out = append(out, space)
	}
	slices.Sort(out)
	return out
}

// TestUninstall: all of one workspace goes, and the other goes on.
func TestUninstall(t *testing.T) {
	t.Parallel()
	for _, kind := range []string{"bolt", "redis"} {
		t.Run(kind, func(t *testing.T) {
			t.Parallel()
			s := slackWith(t, 0)
			url := "bolt:" + filepath.Join(t.TempDir(), "state.db")
			if kind == "redis" {
				url = statetest.StartRedis(t).URL()
			}
			store := openStore(t, url)
			p := newProcess(t, s, store).run(t)
			page := serve(t, s, p)
			gone, stays := s.Workspace("T1", "Acme", ""), s.Workspace("T2", "Umbrella", "")
			threads := map[*slackfake.Workspace]string{}
			for _, w := range []*slackfake.Workspace{gone, stays} {
				install(t, w, page, slackfake.Choice{})
				m, thread := expect(t, s, w, w.Channel("GENERAL"))
				threads[w] = thread
				s.Press("ann", m, "Good answer")
			}
			conversation := func(id, channel string, w *slackfake.Workspace) error {
				_, err := state.In(store, id).Conversation(t.Context(), "slack:"+strings.Join([]string{id, channel, threads[w]}, ":"))
				return err
			}
			eventually(t, "the votes are written down", func() bool {
				votes, err := state.Votes(t.Context(), store, time.Time{})
				return err == nil && len(votes) == 2
			})
			if err := conversation("T1", gone.Channel("GENERAL"), gone); err != nil {
				t.Fatalf("the conversation of T1: %v", err)
			}

			gone.Uninstall()
			eventually(t, "nothing of T1 is left", func() bool { return slices.Equal(spaces(t, store), []string{"T2"}) })
			if err := conversation("T1", gone.Channel("GENERAL"), gone); err != state.ErrNotFound && !strings.Contains(err.Error(), "not found") {
				t.Errorf("the conversation of T1: %v", err)
			}
			if err := conversation("T2", stays.Channel("GENERAL"), stays); err != nil {
				t.Errorf("the conversation of T2: %v", err)
			}
			if said := s.Command("ann", gone.Channel("GENERAL"), "/ask", adaptertest.AskLamp)(); !strings.Contains(said, "/slack/install") {
				t.Errorf("/ask where the app was uninstalled says %q", said)
			}
			ask(t, s, stays, stays.Channel("GENERAL"), threads[stays], adaptertest.AskBefore)
			expect(t, s, stays, stays.Channel("GENERAL"))

			// Installed again; what Slack tells late of the time before changes nothing.
			install(t, gone, page, slackfake.Choice{})
			s.Envelope("events_api", map[string]any{"type": "event_callback", "team_id": "T1", "event_id": "EvLate", "event_time": time.Now().Add(-time.Minute).Unix(),
				"event": map[string]any{"type": "app_uninstalled"}}, false)
			s.Acked()
			expect(t, s, gone, gone.Channel("GENERAL"))
			if got := spaces(t, store); !slices.Equal(got, []string{"T1", "T2"}) {
				t.Errorf("after all, the store has %q", got)
			}
		})
	}
}

// TestOrganization: installed in an organization, the app is served in all of its
// workspaces with one token.
func TestOrganization(t *testing.T) {
	t.Parallel()
	s, p, page := begin(t, 12*time.Hour)
	first, second := s.Workspace("T1", "Acme", "E1"), s.Workspace("T2", "Acme Labs", "E1")
	other := s.Workspace("T3", "Umbrella", "E2")
	if status, text := first.Install(page, slackfake.Choice{Org: true}); status != http.StatusOK || !strings.Contains(text, "Installed in E1 Inc.") {
		t.Fatalf("status %d: %s", status, text)
	}
	install(t, other, page, slackfake.Choice{}) // in one workspace of another organization
	for _, w := range []*slackfake.Workspace{first, second, other} {
		m, _ := expect(t, s, w, w.Channel("GENERAL"))
		before := s.Mark()
		s.Press("ben", m, "In context")
		s.Next(before, func(m slackfake.Message) bool { return m.OnlyFor == slackfake.User("ben") })
		before = s.Mark()
		s.Command("ann", w.Channel("GENERAL"), "/ask", adaptertest.AskLamp)()
		s.Next(before, func(m slackfake.Message) bool { return m.OnlyFor == slackfake.User("ann") })
	}
	ids, err := p.tokens.ids(t.Context())
	if err != nil || !slices.Equal(ids, []string{"E1", "T3"}) {
		t.Errorf("installed are %q, %v", ids, err)
	}
	// One of its workspaces is told to be gone, of which there is no installation.
	told := func(event string) {
		s.Envelope("events_api", map[string]any{"type": "event_callback", "team_id": "T9", "enterprise_id": "E1", "event_id": event, "event_time": time.Now().Unix(),
			"event": map[string]any{"type": event, "tokens": map[string]any{"bot": []string{"U1"}}}}, false)
		s.Acked()
	}
	told("app_uninstalled")
	told("tokens_revoked")
	expect(t, s, second, second.Channel("GENERAL"))
	// The organization takes the app out of one of them, and lets it in again.
	ask := func(w *slackfake.Workspace) string {
		return s.Command("ann", w.Channel("GENERAL"), "/ask", adaptertest.AskLamp)()
	}
	second.Access(false)
	eventually(t, "the workspace is not served", func() bool { return strings.Contains(ask(second), "/slack/install") })
	before := s.Mark()
	unheard := s.Say("ann", second.Channel("GENERAL"), "", second.Mention()+adaptertest.AskLamp)
	expect(t, s, first, first.Channel("GENERAL"))
	for _, m := range s.After(before) {
		if m.Thread == unheard {
			t.Errorf("an answer where the app may not be: %+v", m)
		}
	}
	second.Access(true)
	s.Envelope("events_api", map[string]any{"type": "event_callback", "team_id": nil, "enterprise_id": "E1", "event_id": "EvLate", "event_time": time.Now().Add(-time.Minute).Unix(),
		"event": map[string]any{"type": "team_access_revoked", "team_ids": []string{"T2"}}}, false) // what was before is told late
	s.Acked()
	eventually(t, "the workspace is served again", func() bool { return !strings.Contains(ask(second), "/slack/install") })
	expect(t, s, second, second.Channel("GENERAL"))
	first.Uninstall()
	eventually(t, "the organization is gone", func() bool { return slices.Equal(spaces(t, p.store), []string{"T3"}) })
	expect(t, s, other, other.Channel("GENERAL"))
}

// TestLeft: what a process left, another does, though nothing was heard there of the
// workspace.
func TestLeft(t *testing.T) {
	t.Parallel()
	s := slackWith(t, 0)
	store, _ := openBolt(t)
	one := newProcess(t, s, store).run(t)
	page := serve(t, s, one)
	w, other := s.Workspace("T1", "Acme", ""), s.Workspace("T2", "Umbrella", "")
	install(t, w, page, slackfake.Choice{})
	install(t, other, page, slackfake.Choice{})
	expect(t, s, other, other.Channel("GENERAL"))
	s.Fault("chat.postMessage", slackfake.Fault{Status: http.StatusTooManyRequests, RetryAfter: "3600"})
	before := s.Mark()
	channel := w.Channel("GENERAL")
	s.Say("ann", channel, "", w.Mention()+adaptertest.AskLamp)
	eventually(t, "Slack has refused", func() bool { return s.Calls("chat.postMessage") >= 2 })
	if err := one.stop(); err != nil {
		t.Fatal(err)
	}
	two := newProcess(t, s, store).run(t)
	serve(t, s, two)
	m := s.Next(before, func(m slackfake.Message) bool { return m.Channel == channel })
	if !strings.Contains(slackfake.Read(m).Text, lamp) {
		t.Errorf("the answer is:\n%s", slackfake.Read(m).Text)
	}
}

// TestRevoked: a token that is revoked without a word costs that workspace alone.
func TestRevoked(t *testing.T) {
	t.Parallel()
	s, p, page := begin(t, 0)
	gone, stays := s.Workspace("T1", "Acme", ""), s.Workspace("T2", "Umbrella", "")
	for _, w := range []*slackfake.Workspace{gone, stays} {
		install(t, w, page, slackfake.Choice{})
		expect(t, s, w, w.Channel("GENERAL"))
	}
	gone.Revoke("token_revoked")
	s.Say("ann", gone.Channel("GENERAL"), "", gone.Mention()+adaptertest.AskLamp)
	eventually(t, "it is left alone", func() bool { p.mu.Lock(); defer p.mu.Unlock(); return !p.dead["T1"].until.IsZero() })
	if said := s.Command("ann", gone.Channel("GENERAL"), "/ask", adaptertest.AskLamp)(); !strings.Contains(said, "/slack/install") {
		t.Errorf("/ask says %q", said)
	}
	expect(t, s, stays, stays.Channel("GENERAL"))
	// A word of revoked tokens is believed where they work no longer.
	if status, _ := send(t, p.Adapter, "/slack/events", `{"type":"event_callback","team_id":"T2","event":{"type":"tokens_revoked","tokens":{"bot":["U1"]}}}`, nil); status != http.StatusOK {
		t.Errorf("tokens_revoked of before: status %d", status)
	}
	revoked := fmt.Sprintf(`{"type":"event_callback","team_id":"T2","event_time":%d,"event":{"type":"tokens_revoked","tokens":{"bot":["U1"]}}}`, time.Now().Unix())
	if status, _ := send(t, p.Adapter, "/slack/events", revoked, nil); status != http.StatusServiceUnavailable {
		t.Errorf("tokens_revoked though the token works: status %d", status)
	}
	expect(t, s, stays, stays.Channel("GENERAL"))
	if !p.metrics.Connected()[slack.Name] {
		t.Error("the process is no longer ready")
	}
	install(t, gone, page, slackfake.Choice{})
	expect(t, s, gone, gone.Channel("GENERAL"))
}

// TestStoreAway: while the store is away, workspaces that were served are served still.
func TestStoreAway(t *testing.T) {
	t.Parallel()
	s := slackWith(t, 0)
	redis := statetest.StartRedis(t)
	p := newProcess(t, s, openStore(t, redis.URL())).run(t)
	page := serve(t, s, p)
	w, other := s.Workspace("T1", "Acme", ""), s.Workspace("T2", "Umbrella", "")
	install(t, w, page, slackfake.Choice{})
	install(t, other, page, slackfake.Choice{})
	expect(t, s, w, w.Channel("GENERAL"))
	redis.Stop()
	p.stale("T1")
	expect(t, s, w, w.Channel("GENERAL"))
	if status, text := s.Workspace("T3", "Late", "").Install(page, slackfake.Choice{}); status != http.StatusServiceUnavailable || !strings.Contains(text, "could not be stored") {
		t.Errorf("an installation while the store is away: status %d: %s", status, text)
	}
	redis.Start()
	expect(t, s, other, other.Channel("GENERAL"))
}

// TestIdle: an adapter that has had nothing to do for long ends, and is made again.
func TestIdle(t *testing.T) {
	t.Parallel()
	s, p, page := begin(t, 0)
	w := s.Workspace("T1", "Acme", "")
	install(t, w, page, slackfake.Choice{})
	expect(t, s, w, w.Channel("GENERAL"))
	p.mu.Lock()
	p.running["T1"].used = time.Now().Add(-2 * idleTime)
	p.mu.Unlock()
	p.endIdle()
	p.mu.Lock()
	n := len(p.running)
	p.mu.Unlock()
	if n != 0 {
		t.Errorf("%d adapters run", n)
	}
	expect(t, s, w, w.Channel("GENERAL"))
}

// TestKey: tokens are stored encrypted, and a bot with another key says so at its start.
func TestKey(t *testing.T) {
	t.Parallel()
	s := slackWith(t, 12*time.Hour)
	store, path := openBolt(t)
	p := newProcess(t, s, store).run(t)
	page := serve(t, s, p)
	w := s.Workspace("T1", "Acme", "")
	install(t, w, page, slackfake.Choice{})
	expect(t, s, w, w.Channel("GENERAL"))
	if err := p.stop(); err != nil {
		t.Fatal(err)
	}
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	for _, secret := range append(s.Issued(), "Acme") {
		if strings.Contains(string(data), secret) {
			t.Errorf("the store holds %q", secret)
		}
	}

	config, common := configs(s)
	config.TokenKey = strings.Repeat("A", 43) + "="
	a, err := New(config, common, nil, adaptertest.NewEngine(), store)
	if err != nil {
		t.Fatal(err)
	}
	if err := a.Run(t.Context()); err == nil || !strings.Contains(err.Error(), "SLACK_TOKEN_KEY is not the key") || strings.Contains(err.Error(), config.TokenKey) {
		t.Errorf("with another key: %v", err)
	}
	again := newProcess(t, s, store).run(t) // and with the right one
	serve(t, s, again)
	expect(t, s, w, w.Channel("GENERAL"))
}

// TestNewKey: a new key takes over from an old one, which only reads: of all workspaces at
// the start, and of one that another process stored meanwhile when it is used.
func TestNewKey(t *testing.T) {
	t.Parallel()
	s := slackWith(t, 0)
	store, _ := openBolt(t)
	p := newProcess(t, s, store).run(t)
	page := serve(t, s, p)
	used, unused := s.Workspace("T1", "Acme", ""), s.Workspace("T2", "Umbrella", "")
	install(t, used, page, slackfake.Choice{})
	install(t, unused, page, slackfake.Choice{})
	if err := p.stop(); err != nil {
		t.Fatal(err)
	}
	next := strings.Repeat("A", 43) + "="
	rekeyed := func(key, old string) *tokens {
		config, common := configs(s)
		config.TokenKey, config.OldTokenKey = key, old
		a, err := New(config, common, nil, adaptertest.NewEngine(), store)
		if err != nil {
			t.Fatal(err)
		}
		return a.tokens
	}
	both, alone := rekeyed(next, testKey), rekeyed(next, "")
	if err := both.checkKey(t.Context()); err != nil {
		t.Errorf("with both keys: %v", err)
	}
	if i, err := both.read(t.Context(), "T1"); err != nil || !i.old {
		t.Errorf("before, old %v: %v", i.old, err)
	}
	if err := alone.checkKey(t.Context()); !errors.Is(err, errWrongKey) {
		t.Errorf("with the new key alone, before: %v", err)
	}
	if err := both.sealAnew(t.Context()); err != nil {
		t.Fatal(err)
	}
	for _, id := range []string{"T1", "T2"} {
		if i, err := alone.read(t.Context(), id); err != nil || i.old || i.Token == "" {
			t.Errorf("%s with the new key alone: %v", id, err)
		}
	}
	if err := alone.checkKey(t.Context()); err != nil {
		t.Errorf("with the new key alone: %v", err)
	}
	// A process that still has the old key stores one.
	i, err := both.read(t.Context(), "T1")
	if err != nil {
		t.Fatal(err)
	}
	if err := rekeyed(testKey, next).save(t.Context(), i); err != nil {
		t.Fatal(err)
	}
	if _, err := both.current(t.Context(), "T1", ""); err != nil {
		t.Error(err)
	}
	if _, err := alone.read(t.Context(), "T1"); err != nil {
		t.Errorf("after it was used: %v", err)
	}
	bad, common := configs(s)
	bad.OldTokenKey = "hunter2!"
	if _, err := New(bad, common, nil, nil, nil); err == nil || !strings.Contains(err.Error(), "SLACK_TOKEN_KEY_OLD is not a key") || strings.Contains(err.Error(), "hunter2") {
		t.Errorf("a bad old key: %v", err)
	}
}
