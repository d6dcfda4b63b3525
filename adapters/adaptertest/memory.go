package adaptertest

import (
	"context"
	"maps"
	"slices"
	"strings"
	"sync"
	"time"

	"verbatim/state"
)

// NewStore returns a state.Store that keeps everything in memory and knows no
// expiry but that of claims.
func NewStore() state.Store { return newMemory() }

func newMemory() *memory {
	return &memory{claims: map[string]claimed{}, turns: map[string][]byte{}, counts: map[string]int{}, leases: map[string]string{}, kept: map[string][]byte{}}
}

type memory struct {
	state.Store // nil: the rest is not called
	mu          sync.Mutex
	claims      map[string]claimed
	turns       map[string][]byte
	counts      map[string]int
	leases      map[string]string
	kept        map[string][]byte
	journal     []state.Entry
}

type claimed struct {
	state.Claim
	until time.Time
	done  bool
}

func (m *memory) Keep(ctx context.Context, key string, value []byte) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.kept[key] = value
	return ctx.Err()
}

func (m *memory) Kept(ctx context.Context, key string) ([]byte, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if value, ok := m.kept[key]; ok {
		return value, ctx.Err()
	}
	return nil, state.ErrNotFound
}

func (m *memory) Claim(ctx context.Context, c state.Claim, lease time.Duration) (state.Claimed, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if had, ok := m.claims[c.Key]; ok {
		if had.done {
			return state.Done, ctx.Err()
		}
		if time.Now().Before(had.until) && (c.Holder == "" || c.Holder != had.Holder) {
			return state.Pending, ctx.Err()
		}
	}
	m.claims[c.Key] = claimed{Claim: c, until: time.Now().Add(lease)}
	return state.Taken, ctx.Err()
}

func (m *memory) Finish(ctx context.Context, key string) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	c, ok := m.claims[key]
	if !ok {
		return state.ErrNotFound
	}
	c.done = true
	m.claims[key] = c
	return ctx.Err()
}

func (m *memory) Abandoned(ctx context.Context, platform string, max int, lease time.Duration) ([]state.Claim, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	var out []state.Claim
	keys := slices.SortedFunc(maps.Keys(m.claims), func(a, b string) int { return m.claims[a].until.Compare(m.claims[b].until) })
	for _, key := range keys {
		c := m.claims[key]
		if len(out) < max && !c.done && c.Platform == platform && time.Now().After(c.until) {
			c.until, c.Holder = time.Now().Add(lease), "abandoned "+time.Now().String()
			m.claims[key] = c
			out = append(out, c.Claim)
		}
	}
	return out, ctx.Err()
}

// owed counts the claims that are not finished.
func (m *memory) owed() (n int) {
	m.mu.Lock()
	defer m.mu.Unlock()
	for _, c := range m.claims {
		if !c.done && len(c.Payload) > 0 {
			n++
		}
	}
	return n
}

// keeps reports whether there is a claim that is not done and whose payload holds a text.
func (m *memory) keeps(text string) bool {
	m.mu.Lock()
	defer m.mu.Unlock()
	for _, c := range m.claims {
		if !c.done && strings.Contains(string(c.Payload), text) {
			return true
		}
	}
	return false
}

func (m *memory) Conversation(ctx context.Context, key string) ([]byte, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	turn, ok := m.turns[key]
	if !ok {
		return nil, state.ErrNotFound
	}
	return turn, ctx.Err()
}

func (m *memory) SetConversation(ctx context.Context, key string, turn []byte, _ time.Duration) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.turns[key] = slices.Clone(turn)
	return ctx.Err()
}

func (m *memory) Allow(ctx context.Context, key string, limit state.Limit) (bool, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.counts[key] >= limit.Events {
		return false, ctx.Err()
	}
	m.counts[key]++
	return true, ctx.Err()
}

func (m *memory) Lease(ctx context.Context, name, owner string, _ time.Duration) (bool, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if had, ok := m.leases[name]; ok && had != owner {
		return false, ctx.Err()
	}
	m.leases[name] = owner
	return true, ctx.Err()
}

func (m *memory) Release(ctx context.Context, name, owner string) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.leases[name] == owner {
		delete(m.leases, name)
	}
	return ctx.Err()
}

func (m *memory) Append(ctx context.Context, entries ...state.Entry) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.journal = append(m.journal, entries...)
	return ctx.Err()
}

func (m *memory) Salt(ctx context.Context) ([]byte, error) { return make([]byte, 32), ctx.Err() }

func (m *memory) Ping(ctx context.Context) error { return ctx.Err() }

func (m *memory) Journal(ctx context.Context, since time.Time, yield func(state.Entry) bool) error {
	m.mu.Lock()
	entries := slices.Clone(m.journal)
	m.mu.Unlock()
	for _, e := range entries {
		if !e.At.Before(since) && !yield(e) {
			break
		}
	}
	return ctx.Err()
}

func (m *memory) Close() error { return nil }
