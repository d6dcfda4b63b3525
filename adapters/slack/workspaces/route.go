package workspaces

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"maps"
	"net/http"
	"net/url"
	"time"

	"verbatim/adapters"
	adapter "verbatim/adapters/slack"
)

// Handler receives what Slack sends, for all workspaces, and serves the pages on which
// people install the app:
//
//	GET  /slack/install          leads to Slack, where somebody allows it
//	GET  /slack/oauth_redirect   where Slack leads back to
//	POST /slack/events, /slack/interactivity, /slack/commands
func (a *Adapter) Handler() http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /slack/install", a.whileRunning(a.install))
	mux.HandleFunc("GET /slack/oauth_redirect", a.whileRunning(a.installedPage))
	mux.HandleFunc("POST /slack/events", a.signed(a.event))
	mux.HandleFunc("POST /slack/interactivity", a.signed(a.interaction))
	mux.HandleFunc("POST /slack/commands", a.signed(a.command))
	return mux
}

// whileRunning lets requests through while Run runs: before, it is not known whether the
// key is the right one.
func (a *Adapter) whileRunning(next http.HandlerFunc) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		if _, ok := a.begin(); !ok {
			http.Error(w, "The bot is starting. Please try again in a minute.", http.StatusServiceUnavailable)
			return
		}
		defer a.busy.Done()
		next(w, r)
	}
}

// signed lets requests through whose signature is Slack's: only then it is believed which
// workspace they are of.
func (a *Adapter) signed(next func(w http.ResponseWriter, r *http.Request, body []byte)) http.HandlerFunc {
	return adapter.Signed(a.common.SigningSecret, a.reject, next)
}

// reject answers a request that is not taken.
func (a *Adapter) reject(w http.ResponseWriter, status int, why string) {
	a.signals.Count(adapter.CountRejected)
	a.log.Warn("a request was rejected", "status", status, "reason", why)
	http.Error(w, http.StatusText(status), status)
}

// place is where a request is from.
type place struct {
	Team       string `json:"team_id"`
	Enterprise string `json:"enterprise_id"`
	// Org: the app is installed in the whole organization.
	Org bool `json:"is_enterprise_install"`
}

// ids are the installations that it may belong to, the likeliest first.
func (p place) ids() []string {
	ids := []string{p.Team, p.Enterprise}
	if p.Org {
		ids = []string{p.Enterprise, p.Team}
	}
	var out []string
	for _, id := range ids {
		if id != "" {
			out = append(out, id)
		}
	}
	return out
}

// callback is what an event tells besides what happened.
type callback struct {
	place
	Type      string  `json:"type"`
	Challenge string  `json:"challenge"`
	For       []place `json:"authorizations"`
	Time      int64   `json:"event_time"`
	Event     struct {
		Type   string `json:"type"`
		Tokens struct {
			Bot []string `json:"bot"`
		} `json:"tokens"`
		Teams []string `json:"team_ids"`
	} `json:"event"`
}

func (a *Adapter) event(w http.ResponseWriter, r *http.Request, body []byte) {
	var c callback
	if err := json.Unmarshal(body, &c); err != nil { // Slack would only deliver it again
		a.signals.Count(adapters.CountBadMessage)
		a.log.Warn("a delivery cannot be understood")
		return
	}
	if c.Type == "url_verification" {
		w.Header().Set("Content-Type", "text/plain")
		io.WriteString(w, c.Challenge)
		return
	}
	from := c.place
	if len(c.For) > 0 { // in a channel that workspaces share, the one that has the app
		from = c.For[0]
	}
	switch c.Event.Type {
	case "app_uninstalled":
		a.uninstall(w, r, departure{from.ids(), time.Unix(c.Time, 0), true})
	case "tokens_revoked":
		if len(c.Event.Tokens.Bot) > 0 {
			a.uninstall(w, r, departure{from.ids(), time.Unix(c.Time, 0), false})
		}
	case "team_access_granted", "team_access_revoked":
		a.access(w, r, from.Enterprise, c.Event.Teams, access{c.Event.Type == "team_access_revoked", time.Unix(c.Time, 0)})
	default:
		a.route(w, r, from, c.Team, func() {})
	}
}

// access notes that an organization lets the app into some of its workspaces, or no
// longer. Where that fails, Slack tells again.
func (a *Adapter) access(w http.ResponseWriter, r *http.Request, id string, teams []string, now access) {
	ctx, cancel := context.WithTimeout(r.Context(), startTime)
	defer cancel()
	err := a.tokens.change(ctx, id, func(i *installation) bool {
		changed := maps.Clone(i.Teams)
		if changed == nil {
			changed = map[string]access{}
		}
		for _, team := range teams {
			if !now.At.Before(changed[team].At) { // Slack may tell of an earlier time again
				changed[team] = now
			}
		}
		i.Teams = changed
		return true
	})
	if err != nil {
		http.Error(w, "not noted yet", http.StatusServiceUnavailable)
		return
	}
	a.installed(id)
	a.log.Info("an organization changed in which of its workspaces the app is", "organization", id, "workspaces", teams, "revoked", now.Revoked)
}

// mayServe reports whether an organization lets the app into one of its workspaces.
func (a *Adapter) mayServe(id, team string) bool {
	a.mu.Lock()
	defer a.mu.Unlock()
	w := a.running[id]
	return w == nil || !w.teams[team].Revoked
}

// uninstall removes all that there is of a workspace. Where that takes long or fails,
// Slack tells again.
func (a *Adapter) uninstall(w http.ResponseWriter, r *http.Request, d departure) {
	if len(d.ids) == 0 {
		return
	}
	ctx, cancel := context.WithTimeout(r.Context(), startTime)
	defer cancel()
	select {
	case done := <-a.looks.DoChan("forget "+d.ids[0], func() (any, error) { return nil, a.depart(d) }):
		if done.Err == nil {
			return
		}
	case <-ctx.Done():
	}
	http.Error(w, "not removed yet", http.StatusServiceUnavailable)
}

func (a *Adapter) interaction(w http.ResponseWriter, r *http.Request, body []byte) {
	var i struct {
		Team       struct{ ID string }
		Enterprise struct{ ID string }
		Org        bool `json:"is_enterprise_install"`
		View       struct {
			Installed string `json:"app_installed_team_id"`
		}
	}
	form, err := url.ParseQuery(string(body))
	if err != nil || json.Unmarshal([]byte(form.Get("payload")), &i) != nil {
		a.reject(w, http.StatusBadRequest, "the payload cannot be read")
		return
	}
	from := place{Team: i.Team.ID, Enterprise: i.Enterprise.ID, Org: i.Org}
	if i.View.Installed != "" && !i.Org {
		from.Team = i.View.Installed
	}
	a.route(w, r, from, from.Team, func() {})
}

func (a *Adapter) command(w http.ResponseWriter, r *http.Request, body []byte) {
	form, err := url.ParseQuery(string(body))
	if err != nil {
		a.reject(w, http.StatusBadRequest, "the form cannot be read")
		return
	}
	from := place{Team: form.Get("team_id"), Enterprise: form.Get("enterprise_id"), Org: form.Get("is_enterprise_install") == "true"}
	a.route(w, r, from, from.Team, func() {
		w.Header().Set("Content-Type", "application/json")
		json.NewEncoder(w).Encode(map[string]string{"response_type": "ephemeral",
			"text": "I cannot answer here any more. Whoever manages apps in this workspace can install me again: https://" + r.Host + "/slack/install"})
	})
}

// route hands a request of a team to the adapter of its installation. Where the app is
// not installed, it is acknowledged, and missing tells so if it can.
func (a *Adapter) route(w http.ResponseWriter, r *http.Request, from place, team string, missing func()) {
	ctx, cancel := context.WithTimeout(r.Context(), startTime)
	defer cancel()
	var h http.Handler
	err := errNotInstalled
	for _, id := range from.ids() {
		h, err = a.serving(ctx, id)
		if err == nil && !a.mayServe(id, team) {
			err = errNotInstalled
		}
		if err == nil {
			h.ServeHTTP(w, r)
			return
		}
		if !errors.Is(err, errNotInstalled) {
			break
		}
	}
	if errors.Is(err, errNotInstalled) || errors.Is(err, errDead) {
		a.log.Info("a request is of no workspace that is served", "reason", err)
		missing()
		return
	}
	http.Error(w, "not running", http.StatusServiceUnavailable) // Slack delivers events again
}
