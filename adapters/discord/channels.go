package discord

import (
	"context"
	"slices"
	"sync"
	"time"

	"github.com/bwmarrin/discordgo"
	"golang.org/x/sync/singleflight"
)

// isIn reports whether a job's channel is one of some. A thread counts as the channel that
// it belongs to.
func (a *Adapter) isIn(ctx context.Context, j *job, channels []string) bool {
	if slices.Contains(channels, j.Channel) {
		return true
	}
	if j.Parent == "" && !j.isInteraction() {
		var err error
		if j.Parent, err = a.told.of(j.Channel, func() (string, error) { return a.rest.parent(ctx, j.Channel) }); err != nil {
			a.log.Warn("cannot tell which channel a thread belongs to", "channel", j.Channel, "error", err)
		}
	}
	return j.Parent != "" && slices.Contains(channels, j.Parent)
}

// parent is the channel that a thread belongs to, "" for a channel that is no thread.
func (r *rest) parent(ctx context.Context, channel string) (string, error) {
	var c discordgo.Channel
	err := r.get(ctx, "look at a channel", "channels/"+channel, &c)
	if !c.IsThread() { // the parent of a channel is a category
		return "", err
	}
	return c.ParentID, err
}

// memo remembers what Discord told of something, for a while.
type memo struct {
	mu      sync.Mutex
	known   map[string]told
	looking singleflight.Group
}

type told struct {
	value string
	until time.Time
}

const (
	// maxMemo bounds what is remembered; past it all is forgotten and asked anew.
	maxMemo = 4096
	// memoTime is how long it is remembered: threads stay where they are, but a bot
	// that is invited again gets another role.
	memoTime = time.Hour
)

func newMemo() *memo { return &memo{known: map[string]told{}} }

// of is what is known under a key, as look tells it where it is not known.
func (m *memo) of(key string, look func() (string, error)) (string, error) {
	m.mu.Lock()
	t := m.known[key]
	m.mu.Unlock()
	if time.Now().Before(t.until) {
		return t.value, nil
	}
	found, err, _ := m.looking.Do(key, func() (any, error) { return look() })
	if err != nil {
		return "", err
	}
	t = told{found.(string), time.Now().Add(memoTime)}
	m.mu.Lock()
	defer m.mu.Unlock()
	if len(m.known) >= maxMemo {
		clear(m.known)
	}
	m.known[key] = t
	return t.value, nil
}

// role is the bot's own role in a server, "" where it has none.
func (r *rest) role(ctx context.Context, guild, bot string) (string, error) {
	var roles []struct {
		ID   string `json:"id"`
		Tags struct {
			BotID string `json:"bot_id"`
		} `json:"tags"`
	}
	err := r.get(ctx, "look at the roles", "guilds/"+guild+"/roles", &roles)
	for _, role := range roles {
		if role.Tags.BotID == bot && bot != "" {
			return role.ID, err
		}
	}
	return "", err
}

// isForUs reports whether a message that mentions roles mentions the bot's own.
func (a *Adapter) isForUs(ctx context.Context, j job) bool {
	if len(j.roles) == 0 {
		return true
	}
	role, err := a.told.of("role "+j.Guild, func() (string, error) { return a.rest.role(ctx, j.Guild, a.user()) })
	if err != nil {
		a.log.Warn("cannot tell which role is the bot's; passing a mention of a role over", "guild", j.Guild, "error", err)
	}
	return role != "" && slices.Contains(j.roles, role)
}
