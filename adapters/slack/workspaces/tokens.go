package workspaces

import (
	"cmp"
	"context"
	"crypto/aes"
	"crypto/cipher"
	"crypto/rand"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"maps"
	"net/http"
	"slices"
	"sync"
	"time"

	"github.com/slack-go/slack"

	"verbatim/state"
)

const (
	// renewAhead is how long before its end a token is renewed: long enough for an
	// outage of Slack or of the store. Slack's tokens live for 12 hours.
	renewAhead = 2 * time.Hour
	// renewTime bounds renewing a token, a process that waits for another included.
	renewTime = 20 * time.Second
	// renewLease is how long a process that renews a token keeps others from it.
	renewLease = 30 * time.Second
	// waitHold is how often a process that waits for another looks.
	waitHold = 50 * time.Millisecond
	// callTime bounds a call of oauth.v2.access.
	callTime = 10 * time.Second
)

// installation is the app in one workspace, or in all workspaces of an organization.
type installation struct {
	ID    string `json:"id"`   // of the workspace, or of the organization
	Name  string `json:"name"` // as people know it
	Token string `json:"token"`
	// Refresh renews Token once; it is empty where tokens do not expire.
	Refresh string        `json:"refresh,omitempty"`
	Expires time.Time     `json:"expires,omitzero"`
	Life    time.Duration `json:"life,omitempty"`
	At      time.Time     `json:"at"`
	// Teams are the workspaces of an organization of which Slack told whether the app
	// may be in them; of the others it may.
	Teams map[string]access `json:"teams,omitempty"`
	old   bool              // it is stored encrypted with an old key
}

// access is whether the app may be in a workspace of an organization.
type access struct {
	Revoked bool      `json:"revoked"`
	At      time.Time `json:"at"`
}

// String names the installation without its tokens.
func (i installation) String() string { return i.ID }

// GoString is String: tokens are never printed.
func (i installation) GoString() string { return i.ID }

// expired reports whether the token works no longer.
func (i installation) expired(now time.Time) bool {
	return !i.Expires.IsZero() && !now.Before(i.Expires)
}

// due reports whether the token is to be renewed.
func (i installation) due(now time.Time) bool {
	return i.Refresh != "" && i.expired(now.Add(min(renewAhead, i.Life/4)))
}

// take takes the tokens of an answer of oauth.v2.access.
func (i *installation) take(r *slack.OAuthV2Response, now time.Time) {
	i.Token, i.Refresh, i.Expires, i.Life = r.AccessToken, r.RefreshToken, time.Time{}, 0
	if r.ExpiresIn > 0 {
		i.Life = time.Duration(r.ExpiresIn) * time.Second
		i.Expires = now.Add(i.Life)
	}
}

// tokens keeps installations in a store, encrypted.
type tokens struct {
	config Config
	api    string
	web    *http.Client
	store  state.Store
	seals  []cipher.AEAD // the first encrypts, the others only read
	log    *slog.Logger
	now    func() time.Time

	mu      sync.Mutex
	unsaved map[string]installation // renewed, and the store was away
	held    map[string]string       // by whom here, and the store was away
}

func newTokens(config Config, api string, keys [][]byte, web *http.Client, store state.Store, log *slog.Logger) (*tokens, error) {
	t := &tokens{config: config, api: api, web: web, store: store, log: log, now: time.Now, unsaved: map[string]installation{}, held: map[string]string{}}
	for _, key := range keys {
		block, err := aes.NewCipher(key)
		if err != nil {
			return nil, err
		}
		seal, err := cipher.NewGCMWithRandomNonce(block)
		if err != nil {
			return nil, err
		}
		t.seals = append(t.seals, seal)
	}
	return t, nil
}

// seal encrypts what is of a name.
func (t *tokens) seal(plain []byte, name string) []byte {
	return t.seals[0].Seal(nil, nil, plain, []byte(name))
}

// open undoes seal; old: it was encrypted with a key that only reads.
func (t *tokens) open(sealed []byte, name string) (plain []byte, old bool, err error) {
	for n, seal := range t.seals {
		if plain, err := seal.Open(nil, nil, sealed, []byte(name)); err == nil {
			return plain, n > 0, nil
		}
	}
	return nil, false, errWrongKey
}

const (
	// keptInstallation is the key of an installation in its workspace's space;
	// keptCheck is that of what tells whether the key is the right one.
	keptInstallation = "slack installation"
	keptCheck        = "slack token key"
)

// errWrongKey: the store's tokens were encrypted with another key.
var errWrongKey = errors.New("SLACK_TOKEN_KEY is not the key with which the tokens in the store were encrypted: set that one, as SLACK_TOKEN_KEY_OLD beside a new one if you like, or give the bot another STATE_URL and have the app installed anew")

// checkKey makes sure that the store's tokens can be read. The first key that is used
// with a store is noted there.
func (t *tokens) checkKey(ctx context.Context) error {
	err := t.knownKey(ctx)
	if !errors.Is(err, state.ErrNotFound) {
		return err
	}
	if err := t.store.Keep(ctx, keptCheck, t.seal(nil, keptCheck)); err != nil {
		return err
	}
	return t.knownKey(ctx) // another process may have come first
}

// knownKey compares the key with the one that was noted; state.ErrNotFound where none was.
func (t *tokens) knownKey(ctx context.Context) error {
	sealed, err := t.store.Kept(ctx, keptCheck)
	if err != nil {
		return err
	}
	_, _, err = t.open(sealed, keptCheck)
	return err
}

// sealAnew encrypts what an old key encrypted with the new one; at last what tells which
// key is the right one, so that the old one is needed until all is done.
func (t *tokens) sealAnew(ctx context.Context) error {
	if len(t.seals) == 1 {
		return nil
	}
	ids, err := t.ids(ctx)
	for _, id := range ids {
		err = errors.Join(err, t.change(ctx, id, func(i *installation) bool { return i.old }))
	}
	if err != nil {
		return err
	}
	return t.store.Keep(ctx, keptCheck, t.seal(nil, keptCheck))
}

// change changes an installation as it is stored, where f says that it did, while no
// other process does. It is nothing to do where there is none.
func (t *tokens) change(ctx context.Context, id string, f func(*installation) bool) error {
	release, err := t.hold(ctx, id)
	if err != nil {
		return err
	}
	defer release()
	i, err := t.newest(ctx, id)
	switch {
	case errors.Is(err, state.ErrNotFound):
		return nil
	case err != nil || !f(&i):
		return err
	}
	if err := t.save(ctx, i); err != nil {
		return err
	}
	t.outdated(id)
	return nil
}

// save keeps an installation.
func (t *tokens) save(ctx context.Context, i installation) error {
	plain, err := json.Marshal(i)
	if err != nil {
		return err
	}
	return state.In(t.store, i.ID).Keep(ctx, keptInstallation, t.seal(plain, i.ID))
}

// read returns an installation, or state.ErrNotFound.
func (t *tokens) read(ctx context.Context, id string) (i installation, err error) {
	sealed, err := state.In(t.store, id).Kept(ctx, keptInstallation)
	if err != nil {
		return i, err
	}
	plain, old, err := t.open(sealed, id)
	if err != nil {
		return i, err
	}
	err = json.Unmarshal(plain, &i)
	i.old = old
	return i, err
}

// ids are the workspaces and organizations that have installed the app.
func (t *tokens) ids(ctx context.Context) ([]string, error) {
	keys, err := t.store.KeptKeys(ctx)
	var ids []string
	for _, k := range keys {
		if id, key, ok := state.CutSpace(k); ok && key == keptInstallation {
			ids = append(ids, id)
		}
	}
	return ids, err
}

// current returns an installation whose token works, renewed where it is due or where
// Slack has said that it works no longer (dead).
func (t *tokens) current(ctx context.Context, id, dead string) (installation, error) {
	i, err := t.newest(ctx, id)
	if err != nil || !t.stale(i, dead) {
		if i.old && t.change(ctx, id, func(i *installation) bool { return i.old }) != nil {
			t.log.Warn("the token of a workspace is still encrypted with SLACK_TOKEN_KEY_OLD", "workspace", id)
		}
		return i, err
	}
	release, err := t.hold(ctx, id)
	if err != nil {
		return t.rather(i, dead, err)
	}
	defer release()
	if i, err = t.newest(ctx, id); err != nil || !t.stale(i, dead) {
		return i, err // another process has renewed it meanwhile
	}
	renewed, err := t.renew(ctx, i)
	if err != nil {
		return t.rather(i, dead, err)
	}
	return renewed, nil
}

// hold waits until no other process changes an installation.
func (t *tokens) hold(ctx context.Context, id string) (release func(), err error) {
	t.mu.Lock()
	me := cmp.Or(t.held[id], rand.Text())
	delete(t.held, id)
	t.mu.Unlock()
	space := state.In(t.store, id)
	for {
		mine, err := space.Lease(ctx, keptInstallation, me, renewLease)
		if err != nil {
			t.holds(id, me)
			return nil, err
		}
		if mine {
			return func() {
				if space.Release(context.WithoutCancel(ctx), keptInstallation, me) != nil {
					t.holds(id, me)
				}
			}, nil
		}
		select {
		case <-time.After(waitHold):
		case <-ctx.Done():
			return nil, ctx.Err()
		}
	}
}

// holds notes that an installation may still be held, since the store is away: whoever
// holds it next here need not wait until that runs out.
func (t *tokens) holds(id, me string) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.held[id] = me
}

func (t *tokens) stale(i installation, dead string) bool {
	return i.due(t.now()) || i.Refresh != "" && i.Token == dead
}

// rather returns an installation that could not be renewed where its token still works.
func (t *tokens) rather(i installation, dead string, err error) (installation, error) {
	if i.expired(t.now()) || i.Token == dead {
		return i, err
	}
	t.log.Warn("the token of a workspace cannot be renewed yet; it works until it expires", "workspace", i.ID, "expires", i.Expires, "error", err)
	return i, nil
}

// newest is read, unless there is a newer one that could not be saved yet.
func (t *tokens) newest(ctx context.Context, id string) (installation, error) {
	t.mu.Lock()
	i, ok := t.unsaved[id]
	t.mu.Unlock()
	if ok {
		return i, nil
	}
	return t.read(ctx, id)
}

// saveRest saves what was renewed while the store was away.
func (t *tokens) saveRest(ctx context.Context) {
	t.mu.Lock()
	ids := slices.Collect(maps.Keys(t.unsaved))
	t.mu.Unlock()
	for _, id := range ids {
		release, err := t.hold(ctx, id)
		if err != nil {
			return // it is still away
		}
		t.mu.Lock()
		i, ok := t.unsaved[id] // not where the app was uninstalled meanwhile
		t.mu.Unlock()
		if ok && t.save(ctx, i) == nil {
			t.outdated(id)
		}
		release()
	}
}

// renew renews a token. A refresh token works once: what comes of it is saved, or
// remembered until it can be.
func (t *tokens) renew(ctx context.Context, i installation) (installation, error) {
	call, cancel := context.WithTimeout(ctx, callTime)
	defer cancel()
	r, err := slack.RefreshOAuthV2TokenContext(call, t.web, t.config.ClientID, t.config.ClientSecret, i.Refresh, slack.OAuthOptionAPIURL(t.api))
	if err != nil {
		return i, fmt.Errorf("renew the token: %w", said(err))
	}
	i.take(r, t.now())
	if t.save(context.WithoutCancel(ctx), i) != nil {
		t.mu.Lock()
		defer t.mu.Unlock()
		t.unsaved[i.ID] = i
	}
	return i, nil
}

// install keeps an installation, while no other process changes it.
func (t *tokens) install(ctx context.Context, i installation) error {
	release, err := t.hold(ctx, i.ID)
	if err != nil {
		return err
	}
	defer release()
	if err := t.save(ctx, i); err != nil {
		return err
	}
	t.outdated(i.ID)
	return nil
}

// outdated lets go of what was renewed before.
func (t *tokens) outdated(id string) {
	t.mu.Lock()
	defer t.mu.Unlock()
	delete(t.unsaved, id)
}

// test asks Slack whether a token works.
func (t *tokens) test(ctx context.Context, i installation) error {
	ctx, cancel := context.WithTimeout(ctx, callTime)
	defer cancel()
	_, err := slack.New(i.Token, slack.OptionHTTPClient(t.web), slack.OptionAPIURL(t.api)).AuthTestContext(ctx)
	return err
}

// forget removes all that is stored of a workspace.
func (t *tokens) forget(ctx context.Context, id string) error {
	release, err := t.hold(ctx, id)
	if err != nil {
		return err
	}
	defer release()
	t.outdated(id)
	return t.store.Forget(ctx, id)
}

// refused are what Slack says where an installation is of no use any more.
var refused = []string{"invalid_refresh_token", "token_revoked", "token_expired", "account_inactive", "invalid_auth"}

// hopeless reports whether an error says that the app must be installed anew.
func hopeless(err error) bool {
	var e slack.SlackErrorResponse
	return errors.As(err, &e) && slices.Contains(refused, e.Err)
}

// said is what Slack said, or that it could not be reached: other errors may hold
// addresses, and with them secrets.
func said(err error) error {
	var e slack.SlackErrorResponse
	switch {
	case errors.As(err, &e):
		return e
	case errors.Is(err, context.DeadlineExceeded), errors.Is(err, context.Canceled):
		return errors.New("there is no answer from Slack")
	}
	return errors.New("there is no connection to Slack")
}
