package discordfake

import (
	"bytes"
	"fmt"
	"net/http"
	"strings"
	"testing"
)

const quiet = `,"allowed_mentions":{"parse":[]}`

// TestValidateMessage: each limit, at it and past it.
func TestValidateMessage(t *testing.T) {
	x := func(n int) string { return strings.Repeat("x", n) }
	fields := func(n int) string {
		return "[" + strings.TrimSuffix(strings.Repeat(`{"name":"n","value":"v"},`, n), ",") + "]"
	}
	embeds := func(n int, embed string) string {
		return `{"embeds":[` + strings.TrimSuffix(strings.Repeat(embed+",", n), ",") + `]` + quiet + `}`
	}
	row := func(controls string) string {
		return `{"content":"x","components":[{"type":1,"components":[` + controls + `]}]` + quiet + `}`
	}
	button := func(id int) string { return fmt.Sprintf(`{"type":2,"style":1,"label":"l","custom_id":"%d"}`, id) }
	for _, c := range []struct{ payload, want string }{
		{`{"content":"` + x(2000) + `"` + quiet + `}`, ""},
		{`{"content":"` + x(2001) + `"` + quiet + `}`, "content has 2001"},
		{`{"content":"` + strings.Repeat("🔥", 1001) + `"` + quiet + `}`, "content has 2002"},
		{`{"content":" "` + quiet + `}`, "empty"},
		{`{}`, "empty"},
		{`[]`, "not a message"},
		{`{"content":"x"}`, "allowed_mentions is missing"},
		{`{"content":"x","allowed_mentions":{"parse":null}}`, "not []"},
		{`{"content":"x","allowed_mentions":{}}`, "not []"},
		{`{"content":"x","allowed_mentions":{"parse":["users"]}}`, "lets the message ping"},
		{`{"content":"x","allowed_mentions":{"parse":[],"replied_user":true}}`, "lets the message ping"},
		{`{"content":"x","allowed_mentions":{"parse":[],"users":["1"]}}`, "lets the message ping"},
		{`{"content":"x","tts":true` + quiet + `}`, "tts"},
		{`{"content":"x","nonce":"` + x(26) + `"` + quiet + `}`, "nonce has 26"},
		{embeds(10, `{"title":"x"}`), ""},
		{embeds(11, `{"title":"x"}`), "11 embeds"},
		{embeds(1, `{}`), "embed 1 is empty"},
		{embeds(1, `{"title":"`+x(257)+`"}`), "title has 257"},
		{embeds(1, `{"description":"`+x(4096)+`"}`), ""},
		{embeds(1, `{"description":"`+x(4097)+`"}`), "description has 4097"},
		{embeds(2, `{"description":"`+x(3001)+`"}`), "6002 characters in all"},
		{embeds(1, `{"author":{"name":""}}`), "author is empty"},
		{embeds(1, `{"author":{"name":"`+x(257)+`"}}`), "author has 257"},
		{embeds(1, `{"footer":{"text":"`+x(2049)+`"}}`), "footer has 2049"},
		{embeds(1, `{"fields":`+fields(25)+`}`), ""},
		{embeds(1, `{"fields":`+fields(26)+`}`), "26 fields"},
		{embeds(1, `{"fields":[{"name":"n","value":"`+x(1025)+`"}]}`), "value has 1025"},
		{embeds(1, `{"fields":[{"name":"n","value":" "}]}`), "value is empty"},
		{row(button(1) + "," + button(2)), ""},
		{row(button(1) + "," + button(1)), "twice"},
		{row(button(1) + "," + button(2) + "," + button(3) + "," + button(4) + "," + button(5) + "," + button(6)), "6 controls"},
		{row(``), "0 controls"},
		{row(`{"type":2,"style":1,"label":"` + x(81) + `","custom_id":"a"}`), "label has 81"},
		{row(`{"type":2,"style":1,"label":"l","custom_id":"` + x(101) + `"}`), "custom_id has 101"},
		{row(`{"type":2,"style":1,"custom_id":"a"}`), "neither label nor emoji"},
		{row(`{"type":9,"custom_id":"a"}`), "type 9"},
		{row(`{"type":3,"custom_id":"a","options":[{"label":"l","value":"v"}]}`), ""},
		{row(`{"type":3,"custom_id":"a","options":[{"label":"l","value":"v"},{"label":"l","value":"v"}]}`), "twice"},
		{row(`{"type":3,"custom_id":"a","options":[]}`), "0 options"},
		{row(`{"type":3,"custom_id":"a","options":[{"label":"l","value":"v"}]},` + button(2)), "alone in its row"},
	} {
		got := strings.Join(ValidateMessage([]byte(c.payload)), "; ")
		if c.want == "" && got != "" || !strings.Contains(got, c.want) {
			t.Errorf("%.120s\n got %q\nwant %q", c.payload, got, c.want)
		}
	}
}

// TestStrict: the fake refuses what Discord refuses, and remembers it.
func TestStrict(t *testing.T) {
	s := Start(Options{})
	defer s.Close()
	i := s.Prepare("ann", s.Channel("general"), 2, map[string]any{"name": "ask"})
	complete := s.Prepare("ann", s.Channel("general"), 4, map[string]any{"name": "ask"})
	callback := "/api/v9/interactions/" + i.ID + "/" + i.Token + "/callback"
	original := "/api/v9/webhooks/" + AppID + "/" + i.Token + "/messages/@original"
	message := `{"type":4,"data":{"content":"x"` + quiet + `}}`
	edit := `{"content":"x"` + quiet + `}`
	for _, c := range []struct {
		method, path, token, body string
		advance                   int // seconds, before
		status                    int
		violations                int
	}{
		{"GET", "/api/v9/users/@me", "wrong", "", 0, 401, 0},
		{"GET", "/api/v10/users/@me", "", "", 0, 200, 0},
		{"GET", "/api/v9/nothing", "", "", 0, 404, 1},
		{"PATCH", original, "", edit, 0, 404, 0}, // before the callback
		{"POST", callback, "", `{"type":8,"data":{"choices":[]}}`, 0, 400, 1},
		{"POST", callback, "", `{"type":4,"data":{"content":"x"}}`, 0, 400, 1},
		{"POST", callback, "", `{"type":5,"data":{"content":"x"}}`, 0, 400, 1},
		{"POST", callback, "", `{"type":5,"data":{"flags":4}}`, 0, 400, 1},
		{"POST", callback, "", `nonsense`, 0, 400, 1},
		{"POST", callback, "", message, 0, 204, 0},
		{"POST", callback, "", message, 0, 400, 0}, // a second time
		{"PATCH", original, "", edit, 0, 200, 0},
		{"PATCH", original, "", `{"content":"x","flags":64` + quiet + `}`, 0, 400, 1},
		{"POST", "/api/v9/interactions/" + complete.ID + "/" + complete.Token + "/callback", "", `{"type":8,"data":{}}`, 0, 400, 1},
		{"POST", "/api/v9/interactions/" + complete.ID + "/" + complete.Token + "/callback", "", `{"type":8,"data":{"choices":[]}}`, 4, 404, 0},
		{"PATCH", original, "", edit, 16 * 60, 401, 0},
		{"PUT", "/api/v9/applications/" + AppID + "/commands", "", `[{"name":"Ask","description":"x"}]`, 0, 400, 1},
		{"PUT", "/api/v9/applications/" + AppID + "/guilds/" + GuildID + "/commands", "", `[{"name":"ask","description":"x","contexts":[0]}]`, 0, 400, 1},
		{"POST", "/api/v9/channels/1/messages", "", edit, 0, 404, 0},
	} {
		s.Forgive()
		for range c.advance {
			s.Advance(1e9)
		}
		req, err := http.NewRequest(c.method, s.URL()+c.path, bytes.NewReader([]byte(c.body)))
		if err != nil {
			t.Fatal(err)
		}
		if c.token == "" {
			c.token = s.Token()
		}
		req.Header.Set("Authorization", "Bot "+c.token)
		req.Header.Set("User-Agent", "DiscordBot (test, 1)")
		if c.body != "" {
			req.Header.Set("Content-Type", "application/json")
		}
		resp, err := http.DefaultClient.Do(req)
		if err != nil {
			t.Fatal(err)
		}
		resp.Body.Close()
		if v := s.Violations(); resp.StatusCode != c.status || len(v) != c.violations {
			t.Errorf("%s %s %s: %d with %q, want %d with %d violations", c.method, c.path, c.body, resp.StatusCode, v, c.status, c.violations)
		}
	}
	http.DefaultClient.CloseIdleConnections()
}
