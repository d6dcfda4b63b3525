package discord

import (
	"context"
	"net/http"
	"slices"
	"sync"

	"github.com/bwmarrin/discordgo"
	"golang.org/x/sync/singleflight"
)

// allowed reports whether the bot answers in a job's channel. A thread counts as
// the channel that it belongs to.
func (a *Adapter) allowed(ctx context.Context, j *job) bool {
	if len(a.config.Channels) == 0 || j.Guild == "" || slices.Contains(a.config.Channels, j.Channel) {
		return true
	}
	if j.Parent == "" && !j.isInteraction() {
		var err error
		if j.Parent, err = a.parents.of(j.Channel, func() (string, error) { return a.rest.parent(ctx, j.Channel) }); err != nil {
			a.log.Warn("cannot tell which channel a thread belongs to; not answering there", "channel", j.Channel, "error", err)
		}
	}
	return j.Parent != "" && slices.Contains(a.config.Channels, j.Parent)
}

// parent is the channel that a thread belongs to, "" for a channel that is no thread.
func (r *rest) parent(ctx context.Context, channel string) (string, error) {
	var c struct {
		Type     discordgo.ChannelType `json:"type"`
		ParentID string                `json:"parent_id"`
	}
	err := r.do(ctx, request{name: "look at a channel", method: http.MethodGet, path: "channels/" + channel, limit: "channel"}, &c)
	if !isThread(c.Type) { // the parent of a channel is a category
		return "", err
	}
	return c.ParentID, err
}

// isThread reports whether a channel is a thread of another.
func isThread(t discordgo.ChannelType) bool {
	return t == discordgo.ChannelTypeGuildNewsThread || t == discordgo.ChannelTypeGuildPublicThread || t == discordgo.ChannelTypeGuildPrivateThread
}

// parents remembers which channel a thread belongs to.
type parents struct {
	mu      sync.Mutex
	known   map[string]string
	looking singleflight.Group
}

// maxParents bounds what is remembered; past it all is forgotten and asked anew.
const maxParents = 4096

func newParents() *parents { return &parents{known: map[string]string{}} }

// of is the channel that a thread belongs to, as look tells it where it is not
// known; "" for a channel that is no thread.
func (p *parents) of(thread string, look func() (string, error)) (string, error) {
	p.mu.Lock()
	parent, ok := p.known[thread]
	p.mu.Unlock()
	if ok {
		return parent, nil
	}
	v, err, _ := p.looking.Do(thread, func() (any, error) { return look() })
	parent, _ = v.(string)
	if err != nil {
		return "", err
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	if len(p.known) >= maxParents {
		clear(p.known)
	}
	p.known[thread] = parent
	return parent, nil
}
