package adapters

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"time"

	"verbatim/answers"
	"verbatim/corpus"
	"verbatim/state"
)

// Settings are what people who may have set of the bot in a place of a platform: a server,
// a workspace.
type Settings struct {
	// Channels are those to answer in; none: all, or none where Nowhere says so, since all
	// that were set are gone.
	Channels []string `json:"channels,omitempty"`
	Nowhere  bool     `json:"nowhere,omitempty"`
	// Private: what is asked by command is answered in private.
	Private bool `json:"private,omitempty"`
	// Articles are, by channel, the ids of the sources that questions there are asked of.
	Articles map[string]string `json:"articles,omitempty"`
	// Titles are those of Articles: a source that was renamed is found by its title.
	Titles map[string]string `json:"titles,omitempty"`
}

// Answer says whether to answer in a channel. Once a channel is set, all that are not are
// left alone.
func (s *Settings) Answer(channel string, yes bool) {
	s.Channels = slices.DeleteFunc(slices.Clone(s.Channels), func(c string) bool { return c == channel })
	if s.Nowhere = false; yes {
		s.Channels = append(s.Channels, channel)
	}
}

// Everywhere has the bot answer in all channels.
func (s *Settings) Everywhere() { s.Channels, s.Nowhere = nil, false }

// Forget takes a channel out that is no more, and reports whether anything was set of it.
// Where it was the last one to answer in there is none then: who set it did not mean all.
func (s *Settings) Forget(channel string) bool {
	answered := slices.Contains(s.Channels, channel)
	had := answered || s.Articles[channel] != ""
	if s.Use(channel, nil); answered {
		s.Answer(channel, false)
		s.Nowhere = len(s.Channels) == 0
	}
	return had
}

// Use sets the article of a channel; nil takes it away.
func (s *Settings) Use(channel string, source *corpus.Source) {
	delete(s.Articles, channel)
	delete(s.Titles, channel)
	if source == nil {
		return
	}
	if s.Articles == nil {
		s.Articles = map[string]string{}
	}
	if s.Titles == nil {
		s.Titles = map[string]string{}
	}
	s.Articles[channel], s.Titles[channel] = source.ID(), source.Title()
}

// Article returns the id of the source that questions in a channel are asked of, also where
// it was renamed since; "" where they are asked of all.
func (s *Settings) Article(channel string, engine Engine) string {
	id, title := s.Articles[channel], s.Titles[channel]
	if source, err := engine.Source(id); id == "" || title == "" || err == nil && source.Title() == title {
		return id
	}
	if source, err := engine.Source(title); err == nil {
		return source.ID()
	}
	return id
}

// Kept reads and changes the settings of a platform's places, which the store keeps.
type Kept struct {
	// Wait is how long a question waits for the settings of its place.
	Wait     time.Duration
	store    state.Store
	platform string

	mu    sync.Mutex
	known map[string][]byte // as they were last read: a store that is away changes no setting
}

const (
	// maxPlaces bounds the places whose settings are remembered; past it all are forgotten.
	maxPlaces = 4096
	// settingsWait is the default of Wait: a store that works takes a few milliseconds.
	settingsWait = 100 * time.Millisecond
)

// NewKept returns the settings that a store keeps of a platform.
func NewKept(store state.Store, platform string) *Kept {
	return &Kept{Wait: settingsWait, store: store, platform: platform, known: map[string][]byte{}}
}

func (k *Kept) key(place string) string { return k.platform + ":settings:" + place }

// Of returns the settings of a place, as they were when the store was last there.
func (k *Kept) Of(ctx context.Context, place string) Settings {
	ctx, cancel := context.WithTimeout(ctx, k.Wait)
	defer cancel()
	s, err := k.read(ctx, place)
	if err != nil {
		k.mu.Lock()
		defer k.mu.Unlock()
		s, _ = settings(k.known[place])
	}
	return s
}

func (k *Kept) read(ctx context.Context, place string) (Settings, error) {
	data, err := k.store.Kept(ctx, k.key(place))
	if err != nil && !errors.Is(err, state.ErrNotFound) {
		return Settings{}, err
	}
	k.mu.Lock()
	defer k.mu.Unlock()
	if len(k.known) >= maxPlaces {
		clear(k.known)
	}
	k.known[place] = data
	return settings(data)
}

func settings(data []byte) (s Settings, err error) {
	if len(data) > 0 {
		err = json.Unmarshal(data, &s)
	}
	return s, err
}

// Change changes the settings of a place and returns what they are then. Of two changes at
// the same time on two machines the later one stays.
func (k *Kept) Change(ctx context.Context, place string, change func(*Settings)) (Settings, error) {
	s, err := k.read(ctx, place)
	if err != nil {
		return s, fmt.Errorf("read the settings: %w", err)
	}
	change(&s)
	data, err := json.Marshal(s)
	if err == nil {
		err = k.store.Keep(ctx, k.key(place), data)
	}
	if err != nil {
		return s, fmt.Errorf("keep the settings: %w", err)
	}
	return s, nil
}

// AllArticles is what people type to take a channel's article away.
const AllArticles = "all"

// Titled is a source as it is offered to choose from.
type Titled struct{ ID, Title string }

// Titles returns up to n sources whose title or id has what somebody typed, those that
// begin with it first.
func Titles(engine Engine, typed string, n int) []Titled {
	typed = answers.SourceName(typed)
	var first, others []Titled
	for _, s := range engine.Sources() {
		t := Titled{s.ID(), s.Title()}
		switch at := nearest(typed, t); {
		case at == 0:
			first = append(first, t)
		case at > 0:
			others = append(others, t)
		}
		if len(first) == n {
			break
		}
	}
	out := append(first, others...)
	return out[:min(n, len(out))]
}

// nearest is where a source's title or id has a text, -1 where neither does.
func nearest(text string, t Titled) int {
	title, id := strings.Index(answers.SourceName(t.Title), text), strings.Index(answers.SourceName(t.ID), text)
	if title < 0 || id >= 0 && id < title {
		return id
	}
	return title
}
