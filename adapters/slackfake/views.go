package slackfake

import (
	"encoding/json"
	"net/url"
	"strings"
	"time"
	"unicode/utf8"
)

// View is a modal or a home tab.
type View struct {
	ID     string          `json:"id"`
	Type   string          `json:"type"`
	Blocks json.RawMessage `json:"blocks"`
	User   string          `json:"-"`
	// Updates counts how often it was changed.
	Updates int `json:"-"`
}

// trigger is a trigger id.
type trigger struct {
	user  string
	until time.Time
	used  bool
	view  string // the modal that it comes from
}

// trigger makes a trigger id. The lock is held.
func (s *Server) trigger(user, view string) string {
	id := s.id("1.2.") + secret()
	s.triggers[id] = &trigger{user: user, until: time.Now().Add(s.o.TriggerLife), view: view}
	return id
}

// pull uses a trigger id.
func (s *Server) pull(id string) (*trigger, string) {
	t := s.triggers[id]
	switch {
	case t == nil:
		return nil, "invalid_trigger_id"
	case t.used:
		return nil, "exchanged_trigger_id"
	case time.Now().After(t.until):
		return nil, "expired_trigger_id"
	}
	t.used = true
	return t, ""
}

// view reads and checks a view.
func (s *Server) view(raw, want string) (View, string) {
	var v struct {
		View
		Title, Close *struct{ Type, Text string }
	}
	if err := json.Unmarshal([]byte(raw), &v); err != nil {
		return View{}, "invalid_arguments"
	}
	surface := OnHome
	if want == "modal" {
		surface = OnModal
		if v.Title == nil || v.Title.Text == "" || utf8.RuneCountInString(v.Title.Text) > 24 || v.Title.Type != "plain_text" {
			s.problem("a modal needs a title of at most 24 characters")
			return View{}, "invalid_arguments"
		}
	}
	if v.Type != want {
		return View{}, "invalid_arguments"
	}
	if p := Validate(surface, v.Blocks); len(p) > 0 {
		s.problem("invalid blocks in a view: %s", strings.Join(p, "; "))
		return View{}, "invalid_blocks"
	}
	return v.View, ""
}

func (s *Server) openView(v url.Values) (map[string]any, string) {
	view, failed := s.view(v.Get("view"), "modal")
	if failed != "" {
		return nil, failed
	}
	t, failed := s.pull(v.Get("trigger_id"))
	if failed != "" {
		return nil, failed
	}
	return s.show(view, t)
}

func (s *Server) pushView(v url.Values) (map[string]any, string) {
	view, failed := s.view(v.Get("view"), "modal")
	if failed != "" {
		return nil, failed
	}
	t, failed := s.pull(v.Get("trigger_id"))
	if failed != "" {
		return nil, failed
	}
	if t.view == "" {
		return nil, "not_found"
	}
	return s.show(view, t)
}

func (s *Server) show(view View, t *trigger) (map[string]any, string) {
	view.ID, view.User = s.id("V"), t.user
	s.views[view.ID] = &view
	return map[string]any{"view": map[string]any{"id": view.ID, "type": "modal"}}, ""
}

func (s *Server) updateView(v url.Values) (map[string]any, string) {
	view, failed := s.view(v.Get("view"), "modal")
	if failed != "" {
		return nil, failed
	}
	had := s.views[v.Get("view_id")]
	if had == nil {
		return nil, "not_found"
	}
	had.Blocks = view.Blocks
	had.Updates++
	return map[string]any{"view": map[string]any{"id": had.ID, "type": "modal"}}, ""
}

func (s *Server) publishView(v url.Values) (map[string]any, string) {
	view, failed := s.view(v.Get("view"), "home")
	if failed != "" {
		return nil, failed
	}
	view.ID, view.User = s.id("V"), v.Get("user_id")
	s.homes[view.User] = view
	return map[string]any{"view": map[string]any{"id": view.ID, "type": "home"}}, ""
}
