package workspaces

import (
	"context"
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"crypto/subtle"
	_ "embed"
	"encoding/base64"
	"encoding/binary"
	"errors"
	"html"
	"io"
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/slack-go/slack"

	adapter "verbatim/adapters/slack"
)

// stateLife is how long somebody may take to allow the app: Slack's own code for it
// lives for ten minutes.
const stateLife = 10 * time.Minute

// stateCookie binds an installation to the browser that began it, so that nobody can
// have another's browser finish it. The prefix has browsers refuse it but over HTTPS,
// which Slack wants of the address that it leads back to.
const stateCookie = "__Host-slack-install"

// newState returns what Slack is to bring back: a random number and the time until
// which it counts, signed.
func (a *Adapter) newState() string {
	b := make([]byte, 24)
	rand.Read(b[:16])
	binary.BigEndian.PutUint64(b[16:], uint64(time.Now().Add(stateLife).Unix()))
	return base64.RawURLEncoding.EncodeToString(append(b, a.signState(b)...))
}

func (a *Adapter) signState(b []byte) []byte {
	mac := hmac.New(sha256.New, a.key)
	mac.Write([]byte("state of an installation"))
	mac.Write(b)
	return mac.Sum(nil)
}

// goodState reports whether a state was made here, for this browser, and counts still.
func (a *Adapter) goodState(r *http.Request) bool {
	given := r.URL.Query().Get("state")
	cookie, err := r.Cookie(stateCookie)
	if err != nil || subtle.ConstantTimeCompare([]byte(cookie.Value), []byte(given)) != 1 {
		return false
	}
	b, err := base64.RawURLEncoding.DecodeString(given)
	if err != nil || len(b) != 24+sha256.Size || !hmac.Equal(b[24:], a.signState(b[:24])) {
		return false
	}
	return time.Now().Unix() <= int64(binary.BigEndian.Uint64(b[16:24]))
}

// setState sets the cookie, or takes it away where value is empty.
func setState(w http.ResponseWriter, value string) {
	age := int(stateLife.Seconds())
	if value == "" {
		age = -1
	}
	http.SetCookie(w, &http.Cookie{Name: stateCookie, Value: value, Path: "/", MaxAge: age, Secure: true, HttpOnly: true, SameSite: http.SameSiteLaxMode})
}

// install leads to the page of Slack on which somebody allows the app.
func (a *Adapter) install(w http.ResponseWriter, r *http.Request) {
	to, err := authorizeURL(a.common.APIURL)
	if err != nil {
		http.Error(w, "not available", http.StatusInternalServerError)
		return
	}
	state := a.newState()
	to.RawQuery = url.Values{"client_id": {a.config.ClientID}, "scope": {strings.Join(adapter.AllScopes(), ",")}, "state": {state}}.Encode()
	setState(w, state)
	w.Header().Set("Cache-Control", "no-store")
	http.Redirect(w, r, to.String(), http.StatusFound)
}

// installedPage is where Slack leads back to: it fetches the workspace's token and
// keeps it.
func (a *Adapter) installedPage(w http.ResponseWriter, r *http.Request) {
	good := a.goodState(r)
	setState(w, "")
	switch {
	case !good:
		a.signals.Count(adapter.CountRejected)
		a.log.Warn("an installation was refused: its state is not of this browser, or too old")
		show(w, http.StatusBadRequest, page{Title: "Not installed",
			Text: "This page can only be reached from the beginning of an installation, in the same browser and within ten minutes.", Again: true})
		return
	case r.URL.Query().Get("error") != "":
		a.log.Info("an installation was not allowed")
		show(w, http.StatusForbidden, page{Title: "Not installed",
			Text: "The app was not allowed in Slack, so it was not installed, and nothing was stored. Where only administrators may allow apps, ask one of them.", Again: true})
		return
	}
	i, err := a.exchange(r.Context(), r.URL.Query().Get("code"))
	if err != nil {
		a.log.Warn("an installation could not be finished", "error", err)
		show(w, http.StatusBadGateway, page{Title: "Not installed", Text: "Slack did not confirm the installation (" + err.Error() + ").", Again: true})
		return
	}
	if err := a.tokens.install(r.Context(), i); err != nil {
		a.log.Error("an installation could not be stored", "workspace", i.ID, "error", err)
		show(w, http.StatusServiceUnavailable, page{Title: "Not installed", Text: "The installation could not be stored.", Again: true})
		return
	}
	a.installed(i.ID)
	a.log.Info("the app was installed", "workspace", i.ID)
	show(w, http.StatusOK, page{Title: "Installed in " + i.Name,
		Text: "In Slack, type /ask what is the article about? or invite the app to a channel and mention it there."})
}

// exchange fetches the installation that a code of Slack's stands for.
func (a *Adapter) exchange(ctx context.Context, code string) (installation, error) {
	ctx, cancel := context.WithTimeout(ctx, callTime)
	defer cancel()
	r, err := slack.GetOAuthV2ResponseContext(ctx, a.web, a.config.ClientID, a.config.ClientSecret, code, "", slack.OAuthOptionAPIURL(a.common.APIURL))
	if err != nil {
		return installation{}, said(err)
	}
	i := installation{ID: r.Team.ID, Name: r.Team.Name, At: a.tokens.now()}
	if r.IsEnterpriseInstall { // then there is no team
		i.ID, i.Name = r.Enterprise.ID, r.Enterprise.Name
	}
	if i.take(r, a.tokens.now()); i.ID == "" || i.Token == "" {
		return i, errors.New("it names no workspace and token")
	}
	return i, nil
}

// page is what somebody who installs the app is told.
type page struct {
	Title, Text string
	// Again: it can be tried again.
	Again bool
}

// pageHTML has {{title}} and {{text}}, and between {{again}} and {{end}} what is shown where it
// can be tried again. Package html/template would have the linker keep some 10 MB of methods
// that nothing calls.
//
//go:embed page.html
var pageHTML string

// html is the page as HTML.
func (p page) html() string {
	before, rest, _ := strings.Cut(pageHTML, "{{again}}")
	again, after, _ := strings.Cut(rest, "{{end}}")
	if !p.Again {
		again = ""
	}
	return strings.NewReplacer("{{title}}", html.EscapeString(p.Title), "{{text}}", html.EscapeString(p.Text)).Replace(before + again + after)
}

func show(w http.ResponseWriter, status int, p page) {
	h := w.Header()
	h.Set("Content-Type", "text/html; charset=utf-8")
	h.Set("Cache-Control", "no-store")
	h.Set("Referrer-Policy", "no-referrer") // the address holds Slack's code
	h.Set("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'")
	w.WriteHeader(status)
	_, _ = io.WriteString(w, p.html()) // an error: the browser has gone
}
