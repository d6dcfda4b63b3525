package state

import (
	"context"
	"strings"
	"time"
)

// In returns a view of a store in a space: what is stored through it has keys of its
// own, and Forget removes it all together, as when one of many customers leaves. The
// view of no space, "", is the store itself. A space's name has no zero byte.
//
// Abandoned is of all spaces still, and its claims have the store's own keys: CutSpace
// tells whose they are. So does KeptKeys.
func In(s Store, space string) Store {
	if space == "" {
		return s
	}
	return view{s, space}
}

type view struct {
	Store
	space string
}

// The store's own key of one in a space is a zero byte, the space, another zero
// byte, and the key there.
func (v view) key(key string) string { return spacePrefix(v.space) + key }

func spacePrefix(space string) string { return "\x00" + space + "\x00" }

// CutSpace returns the space that a store's own key is in, and the key there; false
// where it is in none.
func CutSpace(key string) (space, rest string, ok bool) {
	if after, found := strings.CutPrefix(key, "\x00"); found {
		if space, rest, ok = strings.Cut(after, "\x00"); ok {
			return space, rest, true
		}
	}
	return "", key, false
}

func (v view) Claim(ctx context.Context, c Claim, lease time.Duration) (Claimed, error) {
	c.Key = v.key(c.Key)
	return v.Store.Claim(ctx, c, lease)
}

func (v view) Finish(ctx context.Context, key string) error {
	return v.Store.Finish(ctx, v.key(key))
}

func (v view) Conversation(ctx context.Context, key string) ([]byte, error) {
	return v.Store.Conversation(ctx, v.key(key))
}

func (v view) SetConversation(ctx context.Context, key string, turn []byte, ttl time.Duration) error {
	return v.Store.SetConversation(ctx, v.key(key), turn, ttl)
}

func (v view) Allow(ctx context.Context, key string, limit Limit) (bool, error) {
	return v.Store.Allow(ctx, v.key(key), limit)
}

func (v view) Lease(ctx context.Context, name, owner string, d time.Duration) (bool, error) {
	return v.Store.Lease(ctx, v.key(name), owner, d)
}

func (v view) Release(ctx context.Context, name, owner string) error {
	return v.Store.Release(ctx, v.key(name), owner)
}

func (v view) Keep(ctx context.Context, key string, value []byte) error {
	return v.Store.Keep(ctx, v.key(key), value)
}

func (v view) Kept(ctx context.Context, key string) ([]byte, error) {
	return v.Store.Kept(ctx, v.key(key))
}

func (v view) Append(ctx context.Context, entries ...Entry) error {
	own := make([]Entry, len(entries))
	for i, e := range entries {
		e.Space = v.space
		own[i] = e
	}
	return v.Store.Append(ctx, own...)
}
