package workspaces

import (
	"context"
	"errors"
	"fmt"
	"time"

	"verbatim/state"
)

// forgetTime bounds removing all that is stored of a workspace.
const forgetTime = time.Minute

// errWorks: Slack told that a token was revoked, and it works.
var errWorks = errors.New("the token still works")

// departure is that an app was uninstalled, or its tokens revoked.
type departure struct {
	ids []string // whose it may have been, the likeliest first
	at  time.Time
	// sure: the app was uninstalled. Where tokens were revoked it is looked whether ours
	// are among them.
	sure bool
}

// depart removes all that there is of a workspace where the app is no longer.
func (a *Adapter) depart(d departure) error {
	work, ok := a.begin()
	if !ok {
		return errEnding
	}
	defer a.busy.Done()
	ctx, cancel := context.WithTimeout(work, forgetTime)
	defer cancel()
	id, err := a.departed(ctx, d)
	if err != nil || id == "" {
		return err
	}
	w := a.drop(id)
	if err := a.tokens.forget(ctx, id); err != nil {
		a.log.Error("what is stored of a workspace that uninstalled the app cannot be removed yet", "workspace", id, "error", err)
		return err
	}
	a.log.Info("the app was uninstalled: all that was stored of the workspace is removed", "workspace", id)
	if w != nil {
		// What the adapter was about to store goes too.
		a.busy.Add(1)
		go func() {
			defer a.busy.Done()
			<-w.ended
			a.forgetRest(id)
		}()
	}
	return nil
}

// departed returns which installation ended, "" where it has been made anew since. An
// organization's ends with its last token, not with that of one of its workspaces.
func (a *Adapter) departed(ctx context.Context, d departure) (string, error) {
	for n, id := range d.ids {
		i, err := a.tokens.read(ctx, id)
		switch {
		case errors.Is(err, state.ErrNotFound):
			continue
		case err == nil && i.At.Truncate(time.Second).After(d.at):
			return "", nil
		case n == 0 && d.sure:
			return id, nil
		}
		err = a.tokens.works(ctx, id)
		switch {
		case hopeless(err):
			return id, nil
		case err != nil:
			return "", err
		case n > 0:
			return "", nil
		}
		return "", errWorks // Slack tells again, for some minutes
	}
	return d.ids[0], nil // there may be something left of it
}

// forgetRest removes what was stored of a workspace after all was removed.
func (a *Adapter) forgetRest(id string) {
	ctx, cancel := context.WithTimeout(context.Background(), forgetTime)
	defer cancel()
	if _, err := a.tokens.read(ctx, id); !errors.Is(err, state.ErrNotFound) {
		return // installed anew
	}
	if err := a.tokens.forget(ctx, id); err != nil {
		a.log.Error("the last that was stored of a workspace that uninstalled the app cannot be removed", "workspace", id, "error", err)
	}
}

// works asks Slack whether an installation's token works, renewed where it is due.
func (t *tokens) works(ctx context.Context, id string) error {
	i, err := t.current(ctx, id, "")
	if err != nil {
		return err
	}
	if err := t.test(ctx, i); err != nil {
		return fmt.Errorf("auth.test: %w", said(err))
	}
	return nil
}
