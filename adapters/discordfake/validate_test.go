package discordfake

import (
	"bytes"
	"fmt"
	"net/http"
	"strings"
	"testing"
)

const quiet = `,"allowed_mentions":{"parse":[]}`

// TestReadMessage: each limit, at it and past it.
func TestReadMessage(t *testing.T) {
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
	layout := func(parts string) string { return `{"flags":32768,"components":[` + parts + `]` + quiet + `}` }
	show := func(s string) string { return `{"type":10,"content":"` + s + `"}` }
	in := func(kind int, parts string) string { return fmt.Sprintf(`{"type":%d,"components":[%s]}`, kind, parts) }
	times := func(n int, part string) string { return strings.TrimSuffix(strings.Repeat(part+",", n), ",") }
	section := func(texts, beside string) string {
		return `{"type":9,"components":[` + texts + `],"accessory":` + beside + `}`
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
		{`{"content":"x","components":[` + in(17, show("x")) + `]` + quiet + `}`, "must be 1 without the flag"},
		{layout(in(17, section(times(3, show("x")), button(1))+","+in(1, button(2))) + "," + in(1, button(3))), ""},
		{layout(""), "0 components"},
		{`{"flags":32768,"content":"x","components":[` + show("x") + `]` + quiet + `}`, "content or embeds"},
		{`{"flags":32768,"embeds":[{"title":"x"}],"components":[` + show("x") + `]` + quiet + `}`, "content or embeds"},
		{layout(times(40, show("x"))), ""},
		{layout(times(41, show("x"))), "41 components"},
		{layout(times(7, in(17, section(times(3, show("x")), button(1))))), "42 components"},
		{layout(show(x(4000))), ""},
		{layout(show(x(2000)) + "," + in(17, show(x(2001)))), "4001 characters in all"},
		{layout(show(" ")), "a text is empty"},
		{layout(in(17, "")), "holds nothing"},
		{layout(in(17, in(17, show("x")))), "type 17 in one of type 17"},
		{layout(section(times(4, show("x")), button(1))), "a section of 4"},
		{layout(section(in(1, button(2)), button(1))), "type 1 in one of type 9"},
		{layout(in(9, show("x"))), "without a button"},
		{layout(section(show("x"), show("x"))), "without a button"},
		{layout(button(1)), "type 2 in one of type 0"},
		{layout(section(show("x"), button(1)) + "," + in(1, button(1))), "twice"},
		{layout(`{"type":17,"accent_color":16777216,"components":[` + show("x") + `]}`), "accent colour"},
	} {
		_, problems := ReadMessage([]byte(c.payload))
		got := strings.Join(problems, "; ")
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
	type call struct {
		method, path, token, body string
		advance                   int // seconds, before
		status                    int
		violations                int
	}
	command := func(more string, status int) call {
		return call{"PUT", "/api/v9/applications/" + AppID + "/commands", "", `[{"name":"ask","description":"x",` + more + `}]`, 0, status, status / 400}
	}
	for _, c := range []call{
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
		command(`"name_localizations":{"ja":"質問","ko":"질문","fr":"privé","hi":"पूछें"}`, 200),
		command(`"name_localizations":{"de":"Fragen"}`, 400),
		command(`"name_localizations":{"de":"frag mich"}`, 400),
		command(`"name_localizations":{"de":""}`, 400),
		command(`"name_localizations":{"es":"preguntar"}`, 400), // it is es-ES
		command(`"description_localizations":{"de":"`+strings.Repeat("ü", 100)+`"}`, 200),
		command(`"description_localizations":{"de":"`+strings.Repeat("ü", 101)+`"}`, 400),
		command(`"description_localizations":{"de":""}`, 400),
		command(`"options":[{"type":3,"name":"a","description":"x","name_localizations":{"de":"B"}}]`, 400),
		command(`"options":[{"type":3,"name":"a","description":"x","name_localizations":{"de":"b"}},{"type":3,"name":"b","description":"x"}]`, 400),
		{"PUT", "/api/v9/applications/" + AppID + "/commands", "", `[{"type":3,"name":"Check this","name_localizations":{"de":"Das prüfen"}}]`, 0, 200, 0},
		{"PUT", "/api/v9/applications/" + AppID + "/commands", "", `[{"type":3,"name":"Check this","description_localizations":{"de":"x"}}]`, 0, 400, 2},
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

// TestForms: each limit of a form, at it and past it; who may send it, and what.
func TestForms(t *testing.T) {
	x := func(n int) string { return strings.Repeat("x", n) }
	field := func(more string) string {
		return `{"type":1,"components":[{"type":4,"custom_id":"a","label":"l","style":2` + more + `}]}`
	}
	form := func(id, title, rows string) string {
		return `{"custom_id":"` + id + `","title":"` + title + `","components":[` + rows + `]}`
	}
	for _, c := range []struct{ data, want string }{
		{form(x(100), x(45), field(`,"min_length":0,"max_length":4000,"placeholder":"`+x(100)+`"`)), ""},
		{form(x(101), "t", field("")), "custom_id has 101"},
		{form("", "t", field("")), "custom_id has 0"},
		{form("i", x(46), field("")), "title has 46"},
		{form("i", "", field("")), "title has 0"},
		{form("i", "t", ""), "0 rows"},
		{form("i", "t", field("")+","+field("")), "twice"},
		{form("i", "t", field(`,"max_length":4001`)), "0 to 4001"},
		{form("i", "t", field(`,"min_length":5,"max_length":4`)), "5 to 4"},
		{form("i", "t", field(`,"placeholder":"`+x(101)+`"`)), "placeholder has 101"},
		{form("i", "t", field(`,"label":"`+x(46)+`"`)), "label has 46"},
		{form("i", "t", field(`,"style":3`)), "style 3"},
		{form("i", "t", `{"type":1,"components":[{"type":2,"style":1,"label":"l","custom_id":"a"}]}`), "text field alone"},
		{`[]`, "cannot unmarshal"},
	} {
		_, problems := readForm([]byte(c.data))
		if got := strings.Join(problems, "; "); c.want == "" && got != "" || !strings.Contains(got, c.want) {
			t.Errorf("%.120s\n got %q\nwant %q", c.data, got, c.want)
		}
	}
	s := Start(Options{})
	defer s.Close()
	i := s.Prepare("ann", s.Channel("general"), 2, map[string]any{"name": "quote"})
	if _, err := i.Submit(map[string]string{"a": "x"}); err == nil {
		t.Error("a form is sent that was not opened")
	}
	answer := func(i *Interaction, body string) int {
		i.server.mu.Lock()
		defer i.server.mu.Unlock()
		return s.callback([]string{"", i.ID, i.Token}, nil, []byte(body)).status
	}
	if status := answer(i, `{"type":9,"data":`+form("i", "t", field(`,"max_length":10`))+`}`); status != 204 {
		t.Fatalf("the form is answered by %d", status)
	}
	for text, want := range map[string]bool{"": false, x(11): false, x(10): true} {
		if _, err := i.Submit(map[string]string{"a": text}); err == nil != want {
			t.Errorf("%q: %v", text, err)
		}
	}
	sent, err := i.Submit(map[string]string{"a": "x"})
	if err != nil {
		t.Fatal(err)
	}
	for _, kind := range []int{6, 7, 9} { // it stands on no message, and opens no other form
		if status := answer(sent, fmt.Sprintf(`{"type":%d,"data":{}}`, kind)); status != 400 {
			t.Errorf("type %d is answered by %d", kind, status)
		}
	}
	if status := answer(sent, `{"type":4,"data":{"content":"x"`+quiet+`}}`); status != 204 {
		t.Errorf("an answer is answered by %d", status)
	}
}
