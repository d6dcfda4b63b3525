package slackfake

import (
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"
	"time"
)

// The app's own credentials, with which it is installed by OAuth.
const (
	ClientID     = "111.222"
	ClientSecret = "3f00e14c2b9d4a7fa1b2fake"
)

// Workspace is one of several workspaces in which the app can be installed, with people
// and channels of its own.
type Workspace struct {
	s                    *Server
	id, name, enterprise string
	revoked              bool // its organization lets the app in no longer
}

// install is the app in one workspace or in all of an organization.
type install struct {
	w   *Workspace // of the workspace; of an organization, the one from which it was installed
	org bool
	// failed is why its tokens work no longer.
	failed string
}

// issued is a token. expires is zero where it does not.
type issued struct {
	*install
	expires time.Time
	used    bool // of a refresh token
}

// oauth is what the fake knows of workspaces.
type oauth struct {
	workspaces []*Workspace
	codes      map[string]*install
	access     map[string]*issued
	refresh    map[string]*issued
	all        []string // every secret that was issued
	browsing   func(asked url.Values) string
}

// Workspace makes a workspace, of an organization (E…) where one is named.
func (s *Server) Workspace(id, name, enterprise string) *Workspace {
	s.mu.Lock()
	defer s.mu.Unlock()
	w := &Workspace{s: s, id: id, name: name, enterprise: enterprise}
	s.oauth.workspaces = append(s.oauth.workspaces, w)
	return w
}

// Channel makes a public channel that the app is in.
func (w *Workspace) Channel(name string) string { return w.own(w.s.Channel(w.id + name)) }

// Direct makes a person's direct conversation with the app.
func (w *Workspace) Direct(name string) string { return w.own(w.s.Direct(w.id + name)) }

func (w *Workspace) own(channel string) string {
	w.s.mu.Lock()
	defer w.s.mu.Unlock()
	w.s.channels[channel].home = w
	return channel
}

// Mention is what mentions the app there.
func (w *Workspace) Mention() string {
	w.s.mu.Lock()
	defer w.s.mu.Unlock()
	return "<@" + w.bot() + "> "
}

// bot is the app's user there: the same in all workspaces of an organization that has
// the app as a whole. The lock is held.
func (w *Workspace) bot() string { return install{w: w, org: w.org()}.bot() }

func (i install) bot() string {
	if i.org {
		return "U" + i.w.enterprise + "BOT"
	}
	return "U" + i.w.id + "BOT"
}

// bot is the app's user in a channel.
func (ch *channel) bot() string {
	if ch == nil || ch.home == nil {
		return BotUser
	}
	return ch.home.bot()
}

// Choice is what somebody chooses who is asked to allow the app.
type Choice struct {
	// Deny: not to.
	Deny bool
	// Org installs it in the whole organization.
	Org bool
	// Change changes the address that the browser is led back to.
	Change func(url.Values)
	// NoCookie: the browser is led back without its cookie, as one that never began.
	NoCookie bool
}

// Install has somebody of the workspace install the app from its page at an address,
// and returns what the browser shows at the end.
func (w *Workspace) Install(address string, c Choice) (status int, page string) {
	s := w.s
	s.t.Helper()
	browser := &http.Client{Timeout: Wait, Transport: s.client.Transport,
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	began, err := browser.Get(address)
	if err != nil {
		s.t.Fatal(err)
	}
	began.Body.Close()
	asked, err := began.Location()
	if err != nil || !strings.HasPrefix(asked.String(), s.http.URL+"/oauth/v2/authorize?") {
		s.t.Fatalf("slackfake: %s leads to %v, with status %d", address, asked, began.StatusCode)
	}
	back := w.consent(asked.Query(), c)
	to, err := url.Parse(address)
	if err != nil {
		s.t.Fatal(err)
	}
	to.Path, to.RawQuery = "/slack/oauth_redirect", back.Encode()
	r, err := http.NewRequest(http.MethodGet, to.String(), nil)
	if err != nil {
		s.t.Fatal(err)
	}
	for _, cookie := range began.Cookies() {
		if !cookie.Secure || !cookie.HttpOnly || cookie.SameSite != http.SameSiteLaxMode {
			s.t.Errorf("slackfake: the cookie %s can be read or sent by others", cookie.Name)
		}
		if !c.NoCookie {
			r.AddCookie(cookie)
		}
	}
	resp, err := browser.Do(r)
	if err != nil {
		s.t.Fatal(err)
	}
	defer resp.Body.Close()
	data, err := io.ReadAll(resp.Body)
	if err != nil {
		s.t.Fatal(err)
	}
	return resp.StatusCode, string(data)
}

// Browse has whoever is led to Slack next by a real browser choose for the workspace, and
// be led back to an address.
func (w *Workspace) Browse(back string, c Choice) {
	w.s.mu.Lock()
	defer w.s.mu.Unlock()
	w.s.oauth.browsing = func(asked url.Values) string { return back + "?" + w.consent(asked, c).Encode() }
}

func (s *Server) serveConsent(w http.ResponseWriter, r *http.Request) {
	s.mu.Lock()
	browsing := s.oauth.browsing
	s.mu.Unlock()
	if browsing == nil {
		http.Error(w, "nobody is here to choose", http.StatusNotFound)
		return
	}
	http.Redirect(w, r, browsing(r.URL.Query()), http.StatusFound)
}

// consent is the page on which somebody allows the app, or does not.
func (w *Workspace) consent(asked url.Values, c Choice) url.Values {
	s := w.s
	s.mu.Lock()
	defer s.mu.Unlock()
	if asked.Get("client_id") != ClientID || asked.Get("state") == "" {
		s.problem("somebody was asked to allow an app that Slack does not know, or without a state")
	}
	known := "," + strings.Join(AllScopes, ",") + ","
	for scope := range strings.SplitSeq(asked.Get("scope"), ",") {
		if !strings.Contains(known, ","+scope+",") {
			s.problem("the app asks for the scope %q", scope)
		}
	}
	back := url.Values{"state": {asked.Get("state")}}
	if c.Deny {
		back.Set("error", "access_denied")
	} else {
		code := s.issue("code-")
		s.oauth.codes[code] = &install{w: w, org: c.Org}
		back.Set("code", code)
	}
	if c.Change != nil {
		c.Change(back)
	}
	return back
}

// issue makes a secret. The lock is held.
func (s *Server) issue(prefix string) string {
	if s.oauth.codes == nil {
		s.oauth.codes, s.oauth.access, s.oauth.refresh = map[string]*install{}, map[string]*issued{}, map[string]*issued{}
	}
	text := prefix + secret()
	s.oauth.all = append(s.oauth.all, text)
	return text
}

// Issued are all the codes and tokens that were ever issued: none of them is to be told.
func (s *Server) Issued() []string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return append([]string(nil), s.oauth.all...)
}

// serveOAuth serves oauth.v2.access.
func (s *Server) serveOAuth(w http.ResponseWriter, r *http.Request) {
	v, _, err := arguments(r)
	if err != nil {
		http.Error(w, err.Error(), http.StatusBadRequest)
		return
	}
	s.mu.Lock()
	s.calls["oauth.v2.access"]++
	f := s.fault("oauth.v2.access")
	var result map[string]any
	var failed string
	if f.Take || !f.fails() {
		result, failed = s.exchange(v)
		s.happened()
	}
	s.mu.Unlock()
	if s.wentWrong(w, r, f) {
		return
	}
	if failed != "" {
		result = map[string]any{"error": failed}
	}
	result["ok"] = failed == ""
	w.Header().Set("Content-Type", "application/json; charset=utf-8")
	json.NewEncoder(w).Encode(result)
}

// exchange gives tokens for a code or for a refresh token. The lock is held.
func (s *Server) exchange(v url.Values) (map[string]any, string) {
	switch {
	case v.Get("client_id") != ClientID:
		return nil, "invalid_client_id"
	case v.Get("client_secret") != ClientSecret:
		return nil, "bad_client_secret"
	case v.Get("grant_type") == "refresh_token":
		old := s.oauth.refresh[v.Get("refresh_token")]
		switch {
		case old == nil || old.failed != "":
			return nil, "invalid_refresh_token"
		case old.used:
			s.problem("a refresh token was used twice")
			return nil, "invalid_refresh_token"
		}
		old.used = true
		// Slack does not say how long the token before works: here it does not.
		for _, a := range s.oauth.access {
			if a.install == old.install {
				a.expires = time.Now()
			}
		}
		return s.tokens(old.install), ""
	}
	i := s.oauth.codes[v.Get("code")]
	if i == nil {
		return nil, "invalid_code"
	}
	delete(s.oauth.codes, v.Get("code"))
	return s.tokens(i), ""
}

// tokens gives new tokens. The lock is held.
func (s *Server) tokens(i *install) map[string]any {
	answer := map[string]any{"token_type": "bot", "scope": strings.Join(s.o.Scopes, ","), "bot_user_id": i.bot(), "app_id": App,
		"team": map[string]any{"id": i.w.id, "name": i.w.name}, "enterprise": nil, "is_enterprise_install": i.org, "authed_user": map[string]any{"id": "U1"}}
	if i.w.enterprise != "" {
		answer["enterprise"] = map[string]any{"id": i.w.enterprise, "name": i.w.enterprise + " Inc."}
	}
	if i.org {
		answer["team"] = nil
	}
	a := &issued{install: i}
	prefix := "xoxb-"
	if s.o.TokenLife > 0 {
		prefix = "xoxe.xoxb-1-"
		a.expires = time.Now().Add(s.o.TokenLife)
		refresh := s.issue("xoxe-1-")
		s.oauth.refresh[refresh] = &issued{install: i}
		answer["refresh_token"], answer["expires_in"] = refresh, int(s.o.TokenLife.Seconds())
	}
	token := s.issue(prefix)
	s.oauth.access[token] = a
	answer["access_token"] = token
	return answer
}

// refused is why a token of an installation cannot make a call, "" where it can. The
// lock is held.
func (s *Server) refused(a *issued, v url.Values) string {
	switch {
	case a.failed != "":
		return a.failed
	case !a.expires.IsZero() && time.Now().After(a.expires):
		return "token_expired"
	}
	for _, name := range []string{"channel", "channel_id"} {
		ch := s.channels[v.Get(name)]
		if ch != nil && ch.home != nil && ch.home.revoked {
			return "team_access_not_granted"
		}
		if ch == nil || ch.home == a.w || a.org && ch.home != nil && ch.home.enterprise == a.w.enterprise {
			continue
		}
		s.problem("a token of %s was used in a channel of another workspace", a.w.id)
		return "channel_not_found"
	}
	return ""
}

// authTestOf is auth.test of an installation.
func (s *Server) authTestOf(a *issued) map[string]any {
	answer := map[string]any{"url": s.http.URL, "team": a.w.name, "user": "verbatim", "team_id": a.w.id, "user_id": a.bot(), "bot_id": BotID}
	if a.w.enterprise != "" {
		answer["enterprise_id"] = a.w.enterprise
	}
	if a.org {
		answer["team"], answer["team_id"], answer["is_enterprise_install"] = a.w.enterprise, a.w.enterprise, true
	}
	return answer
}

// Expire has all access tokens of the workspace expire now.
func (w *Workspace) Expire() {
	w.s.mu.Lock()
	defer w.s.mu.Unlock()
	for _, a := range w.s.oauth.access {
		if a.w == w && !a.expires.IsZero() {
			a.expires = time.Now().Add(-time.Second)
		}
	}
}

// Revoke has all tokens of the workspace work no longer, without telling the app.
func (w *Workspace) Revoke(why string) {
	w.s.mu.Lock()
	defer w.s.mu.Unlock()
	w.revoke(why)
}

func (w *Workspace) revoke(why string) {
	for _, tokens := range []map[string]*issued{w.s.oauth.access, w.s.oauth.refresh} {
		for _, a := range tokens {
			if a.w == w {
				a.failed = why
			}
		}
	}
}

// Uninstall has somebody remove the app, from the whole organization where it was
// installed there: its tokens end, and it is told in two events.
func (w *Workspace) Uninstall() {
	s := w.s
	s.mu.Lock()
	defer s.mu.Unlock()
	org := false
	for _, a := range s.oauth.access {
		org = org || a.w == w && a.org
	}
	w.revoke("account_inactive")
	for _, event := range []map[string]any{
		{"type": "tokens_revoked", "tokens": map[string]any{"oauth": []string{}, "bot": []string{w.bot()}}},
		{"type": "app_uninstalled"},
	} {
		payload := s.callback(event)
		w.address(payload, org)
		delete(payload, "authorizations") // there are none any more
		if org && event["type"] == "app_uninstalled" {
			payload["team_id"] = nil
		}
		s.deliver("events_api", payload)
	}
}

// Access has the workspace's organization let the app into it, or no longer, and tells so.
func (w *Workspace) Access(granted bool) {
	s := w.s
	s.mu.Lock()
	defer s.mu.Unlock()
	w.revoked = !granted
	kind := map[bool]string{true: "team_access_granted", false: "team_access_revoked"}[granted]
	payload := s.callback(map[string]any{"type": kind, "team_ids": []string{w.id}})
	w.address(payload, true)
	payload["team_id"] = nil
	s.deliver("events_api", payload)
}

// addressed has what is delivered say which workspace it is of: that of its channel.
// The lock is held.
func (s *Server) addressed(payload any) {
	p, ok := payload.(map[string]any)
	if !ok || len(s.oauth.workspaces) == 0 {
		return
	}
	event, _ := p["event"].(map[string]any)
	for _, at := range []any{event["channel"], p["channel_id"], p["channel"]} {
		if of, ok := at.(map[string]any); ok {
			at = of["id"]
		}
		id, _ := at.(string)
		if ch := s.channels[id]; ch != nil && ch.home != nil {
			if event != nil {
				event["team"] = ch.home.id
			}
			ch.home.address(p, ch.home.org())
			return
		}
	}
}

// org reports whether the app was installed in the workspace's whole organization.
func (w *Workspace) org() bool {
	for _, a := range w.s.oauth.access {
		if a.org && w.enterprise != "" && a.w.enterprise == w.enterprise {
			return true
		}
	}
	return false
}

// address names the workspace in what is delivered.
func (w *Workspace) address(p map[string]any, org bool) {
	var enterprise any
	if w.enterprise != "" {
		enterprise = w.enterprise
	}
	switch {
	case p["type"] == "event_callback":
		team := any(w.id)
		if org {
			team = nil
		}
		p["team_id"], p["enterprise_id"] = w.id, enterprise
		p["authorizations"] = []any{map[string]any{"team_id": team, "enterprise_id": enterprise, "user_id": w.bot(), "is_bot": true, "is_enterprise_install": org}}
	case p["command"] != nil:
		p["team_id"], p["is_enterprise_install"] = w.id, fmt.Sprint(org)
		if w.enterprise != "" {
			p["enterprise_id"] = w.enterprise
		}
	default:
		p["team"], p["is_enterprise_install"] = map[string]any{"id": w.id}, org
		p["enterprise"] = nil
		if w.enterprise != "" {
			p["enterprise"] = map[string]any{"id": w.enterprise, "name": w.enterprise}
		}
		if user, ok := p["user"].(map[string]any); ok {
			user["team_id"] = w.id
		}
	}
}
