package discord

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"reflect"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"verbatim/adapters"
	"verbatim/adapters/adaptertest"
	"verbatim/adapters/discordfake"
)

// ways are the routes on which answers go out.
var ways = []string{"callback", "post"}

// askBy asks on the way that answers by a route and returns what waits for the
// one answer.
func askBy(fake *discordfake.Server, route string) func(testing.TB) {
	channel := fake.Channel("general")
	if route == "post" {
		id := fake.Say(discordfake.Said{By: "ann", Channel: channel, Text: discordfake.Mention + " " + adaptertest.AskLamp})
		return func(t testing.TB) {
			t.Helper()
			fake.Reply(t, id)
			time.Sleep(50 * time.Millisecond)
			if n := len(fake.Replies(id)); n != 1 {
				t.Errorf("%d replies", n)
			}
		}
	}
	i := fake.Use(discordfake.Used{By: "ann", Channel: channel, Name: "ask", Options: map[string]any{"question": adaptertest.AskLamp}})
	return func(t testing.TB) {
		t.Helper()
		if m := i.Answer(t); len(look(m).Citations) != 1 {
			t.Errorf("the answer is %+v", m)
		}
	}
}

// TestRESTFaults: whatever goes wrong with a request, each question has one answer.
func TestRESTFaults(t *testing.T) {
	for name, faults := range map[string][]discordfake.RESTFault{
		"429":                        {{Status: 429, RetryAfter: 0.2}},
		"429, twice":                 {{Status: 429, RetryAfter: 0.1}, {Status: 429, RetryAfter: 0.1}},
		"429, global":                {{Status: 429, RetryAfter: 0.2, Global: true}},
		"429 as a page":              {{Status: 429, RetryAfter: 0.2, HTML: true}},
		"429 without a word on when": {{Status: 429, HTML: true}},
		"500":                        {{Status: 500}},
		"502, four times":            repeat(discordfake.RESTFault{Status: 502}, 4),
		"503 as a page":              {{Status: 503, HTML: true}},
		"504":                        {{Status: 504}},
		"hung up before":             {{DropBefore: true}, {DropBefore: true}},
		"hung up after":              {{DropAfter: true}},
		"hung up after and before":   {{DropAfter: true}, {DropBefore: true}},
	} {
		for _, route := range ways {
			for _, nonces := range []bool{true, false} {
				t.Run(fmt.Sprintf("%s/%s/nonces %v", route, name, nonces), func(t *testing.T) {
					t.Parallel()
					o := fakeOptions()
					o.NoNonce = !nonces
					fake := discordfake.New(t, o)
					start(t, fake, setup{})
					online(t, fake, 0)
					fake.OnRequest(route, faults...)
					askBy(fake, route)(t)
				})
			}
		}
	}
}

// TestPostsKeepToTheLimit: as many mentions in one channel as take thirty windows are
// answered in order, and hardly a post is refused for there being too many; nor is it
// where each card is refused and comes in another form, which counts twice. It does not run
// beside the others, which would keep it from posting as fast as the limit lets it.
func TestPostsKeepToTheLimit(t *testing.T) {
	postsKeepToTheLimit(t, 150, false)
	postsKeepToTheLimit(t, 40, true)
}

func postsKeepToTheLimit(t *testing.T, mentions int, refused bool) {
	o := fakeOptions()
	o.PostsPer5s, o.Window, o.NoLayouts = 5, 100*time.Millisecond, refused
	fake := discordfake.New(t, o)
	start(t, fake, setup{store: adaptertest.NewStore()}) // one that takes no time
	online(t, fake, 0)
	general := fake.Channel("general")
	var asked []string
	for n := range mentions {
		asked = append(asked, fake.Say(discordfake.Said{By: fmt.Sprint("person ", n%40), Channel: general, Text: discordfake.Mention + " " + adaptertest.AskLamp}))
	}
	fake.Wait(t, "all answers", func() bool { return len(fake.Replies(asked[len(asked)-1])) > 0 })
	var answered []string
	for _, m := range fake.Messages(general) {
		if m.Bot {
			answered = append(answered, m.ReplyTo)
		}
	}
	if !slices.Equal(answered, asked) {
		t.Errorf("%d answers to %d questions, or not in their order", len(answered), len(asked))
	}
	if n := fake.Limited(); n > 3 {
		t.Errorf("%d posts were refused", n)
	}
}

// TestBurstKeepsToTheLimit: requests that are due at once wait for what the first one is
// told of a limit that is not known.
func TestBurstKeepsToTheLimit(t *testing.T) {
	o := fakeOptions()
	o.PostsPer5s, o.Window = 5, 100*time.Millisecond
	fake := discordfake.New(t, o)
	r := newRest(Config{Token: fake.Token(), APIURL: fake.URL()})
	defer r.close()
	general := fake.Channel("general")
	fake.OnRequest("post", discordfake.RESTFault{Status: 500}) // which tells nothing of the limit
	var group sync.WaitGroup
	for range 50 {
		group.Go(func() {
			if err := r.do(t.Context(), request{name: "post", method: "POST", path: "channels/" + general + "/messages",
				body: quiet("x", nil)}, nil); err != nil {
				t.Error(err)
			}
		})
	}
	group.Wait()
	if n := fake.Limited(); n > 3 {
		t.Errorf("%d of %d posts were refused", n, fake.Requests("post"))
	}
}

// TestSlowAnswers: an answer that takes long is deferred within three seconds, and
// comes by an edit, private where it was asked for in private.
func TestSlowAnswers(t *testing.T) {
	for _, c := range []struct {
		name, route string
		faults      []discordfake.RESTFault
	}{
		{"", "", nil},
		{"the deferral is refused at first", "callback", []discordfake.RESTFault{{Status: 503}}},
		{"the deferral hangs up after", "callback", []discordfake.RESTFault{{DropAfter: true}}},
		{"the edit is limited", "edit", []discordfake.RESTFault{{Status: 429, RetryAfter: 0.2}}},
		{"the edit fails", "edit", []discordfake.RESTFault{{Status: 500}, {DropBefore: true}, {DropAfter: true}}},
	} {
		for _, private := range []bool{false, true} {
			t.Run(fmt.Sprintf("%s private %v", c.name, private), func(t *testing.T) {
				t.Parallel()
				fake := discordfake.New(t, fakeOptions())
				fake.OnRequest(c.route, c.faults...)
				release := make(chan struct{})
				start(t, fake, setup{
					handler: waiting(release),
					timing:  func(tm *timing) { tm.deferAfter = 50 * time.Millisecond },
				})
				online(t, fake, 0)
				i := fake.Use(discordfake.Used{By: "ann", Channel: fake.Channel("general"), Name: "ask",
					Options: map[string]any{"question": adaptertest.AskLamp, "private": private}})
				fake.Wait(t, "a deferral", func() bool { callback, thinking := i.Answered(); return callback == 5 && thinking })
				close(release)
				m := i.Answer(t)
				if len(m.Embeds) != 1 || (m.OnlyFor != "") != private {
					t.Errorf("the answer is %+v", m)
				}
				if n := len(i.Followups()); n > 0 {
					t.Errorf("%d more messages", n)
				}
			})
		}
	}
}

// TestTooLate: an interaction that can no longer be answered is given up, and
// nothing else suffers.
func TestTooLate(t *testing.T) {
	t.Parallel()
	fake := discordfake.New(t, fakeOptions())
	release := make(chan struct{})
	b := start(t, fake, setup{handler: waiting(release)})
	online(t, fake, 0)
	use := func() *discordfake.Interaction {
		return fake.Use(discordfake.Used{By: "ann", Channel: fake.Channel("general"), Name: "ask", Options: map[string]any{"question": adaptertest.AskLamp}})
	}
	i := use()
	fake.Advance(4 * time.Second)
	close(release)
	fake.Wait(t, "the failure", func() bool { return b.metrics.of(adapters.CountFailed) >= 1 })
	if callback, _ := i.Answered(); callback != 0 {
		t.Errorf("answered by %d", callback)
	}
	use().Answer(t)
}

// TestTokenExpired: an edit after fifteen minutes fails, and that is all.
func TestTokenExpired(t *testing.T) {
	t.Parallel()
	fake := discordfake.New(t, fakeOptions())
	release := make(chan struct{})
	b := start(t, fake, setup{
		handler: waiting(release),
		timing:  func(tm *timing) { tm.deferAfter = 20 * time.Millisecond },
	})
	online(t, fake, 0)
	i := fake.Use(discordfake.Used{By: "ann", Channel: fake.Channel("general"), Name: "ask", Options: map[string]any{"question": adaptertest.AskLamp}})
	fake.Wait(t, "a deferral", func() bool { callback, _ := i.Answered(); return callback == 5 })
	fake.Advance(16 * time.Minute)
	close(release)
	fake.Wait(t, "the failure", func() bool { return b.metrics.of(adapters.CountFailed) >= 1 })
}

// TestNoEmbedLinks: without that permission the answer comes as text.
func TestNoEmbedLinks(t *testing.T) {
	t.Parallel()
	o := fakeOptions()
	o.NoEmbedLinks, o.NoLayouts = true, true
	fake := discordfake.New(t, o)
	b := start(t, fake, setup{})
	online(t, fake, 0)
	for _, question := range []string{adaptertest.AskLamp, adaptertest.AskNotice, adaptertest.AskQuotes} {
		m := fake.Reply(t, fake.Say(discordfake.Said{By: "ann", Channel: fake.Channel("general"), Text: discordfake.Mention + " " + question}))
		shown := discordfake.Render(m.Text)
		if want := ask(question).Quotes[0].Quote.Text(); !strings.Contains(shown.Plain, want) || len(shown.Quoted) == 0 || shown.Quoted[0] != want {
			t.Errorf("the answer is %q", m.Text)
		}
		if strings.Contains(strings.Join(shown.Effects, " "), "mention") {
			t.Errorf("it mentions somebody: %q", m.Text)
		}
	}
	if !strings.Contains(b.log.String(), "Embed Links") {
		t.Error("nobody is told of the permission")
	}
}

// TestErrorsHoldNoSecrets looks at what errors say, whatever failed.
func TestErrorsHoldNoSecrets(t *testing.T) {
	t.Parallel()
	fake := discordfake.New(t, fakeOptions())
	r := newRest(Config{Token: fake.Token(), APIURL: fake.URL()})
	defer r.close()
	i := fake.Prepare("ann", fake.Channel("general"), 2, map[string]any{"name": "ask"})
	q := request{name: "answer an interaction", method: "POST", path: "interactions/" + i.ID + "/" + i.Token + "/callback",
		body: callback{4, quiet("what people wrote", nil)}}
	for _, f := range []discordfake.RESTFault{{DropBefore: true}, {Status: 500}, {Status: 429, RetryAfter: 60}, {Status: 404, Code: 10062}, {Status: 429, HTML: true, RetryAfter: 60}, {Delay: time.Second, Status: 500}} {
		fake.OnRequest("callback", repeat(f, 20)...)
		ctx, cancel := context.WithTimeout(t.Context(), 300*time.Millisecond)
		err := r.do(ctx, q, nil)
		cancel()
		if err == nil {
			t.Errorf("%+v: no error", f)
			continue
		}
		for _, secret := range []string{fake.Token(), i.Token, "what people wrote", "Bot "} {
			if strings.Contains(fmt.Sprintf("%v %+v", err, err), secret) {
				t.Errorf("%+v: the error %q holds %q", f, err, secret)
			}
		}
		fake.OnRequest("callback") // what is left is used up by nobody
		fake.Forgive()
	}
}

// bucketsOf counts the rate limit buckets that the library keeps, for ever.
func bucketsOf(r *rest) int {
	return reflect.ValueOf(r.session.Ratelimiter).Elem().FieldByName("buckets").Len()
}

// TestBucketsStayFew: the library keeps a bucket for each interaction's token;
// the adapter gives it none to keep, and forgets its own.
func TestBucketsStayFew(t *testing.T) {
	t.Parallel()
	r := answerMany(t, 50_000)
	if n := bucketsOf(r); n > 0 {
		t.Errorf("the library keeps %d buckets after 50,000 interactions", n)
	}
	if n := len(r.limits.buckets); n > 2*minSweep {
		t.Errorf("%d limits are kept after 50,000 interactions", n)
	}
}

// answerMany answers interactions by callback and edit, and messages in as many
// channels, against a server that says yes to everything, with limits in its
// headers.
func answerMany(t testing.TB, n int) *rest {
	t.Helper()
	r := newRest(Config{Token: "token", APIURL: "http://discord.test/api/v9"})
	r.session.Client.Transport = yes{}
	c := callback{4, quiet("x", nil)}
	for i := range n {
		for _, q := range []request{
			{name: "callback", method: "POST", path: fmt.Sprintf("interactions/%d/token-%d/callback", i, i), body: c},
			{name: "edit", method: "PATCH", path: fmt.Sprintf("webhooks/1/token-%d/messages/@original", i), body: c.Data},
			{name: "post", method: "POST", path: fmt.Sprintf("channels/%d/messages", i), body: c.Data},
		} {
			if err := r.do(context.Background(), q, nil); err != nil {
				t.Fatal(err)
			}
		}
	}
	return r
}

// yes answers every request at once.
type yes struct{}

func (yes) RoundTrip(r *http.Request) (*http.Response, error) {
	resp := &http.Response{StatusCode: http.StatusNoContent, Body: http.NoBody, Request: r, Header: http.Header{
		"X-Ratelimit-Limit": {"5"}, "X-Ratelimit-Remaining": {"4"}, "X-Ratelimit-Reset-After": {"0.001"}}}
	if m, ok := r.Context().Value(metaKey{}).(*meta); ok {
		m.read(resp)
	}
	return resp, nil
}

func TestBase(t *testing.T) {
	for given, want := range map[string]string{
		"":                               "https://discord.com/api/v9",
		"https://discord.com/":           "https://discord.com/api/v9",
		"http://nirn:8080":               "http://nirn:8080/api/v9",
		"http://nirn:8080/api":           "http://nirn:8080/api/v9",
		"http://nirn:8080/api/v10/":      "http://nirn:8080/api/v10",
		"https://example.com/discord":    "https://example.com/discord/api/v9",
		"https://example.com/x/api/v10/": "https://example.com/x/api/v10",
	} {
		c := Config{Token: "x", APIURL: given}
		if err := c.complete(); err != nil {
			t.Fatal(err)
		}
		if got := c.base(); got != want {
			t.Errorf("%q: %s, want %s", given, got, want)
		}
	}
}

func TestCompleteConfig(t *testing.T) {
	for name, c := range map[string]struct {
		config Config
		want   string
	}{
		"no token":        {Config{}, "DISCORD_BOT_TOKEN is not set"},
		"an id":           {Config{Token: "123456789012345678"}, "holds an id"},
		"quoted":          {Config{Token: `"abc"`}, "quotation marks"},
		"application":     {Config{Token: "x", ApplicationID: "Verbatim"}, "DISCORD_APPLICATION_ID"},
		"guild":           {Config{Token: "x", GuildID: "12"}, "DISCORD_GUILD_ID"},
		"channel name":    {Config{Token: "x", Channels: []string{"#general"}}, "Copy Channel ID"},
		"shards":          {Config{Token: "x", Shards: "0..3"}, "DISCORD_SHARDS"},
		"too many shards": {Config{Token: "x", Shards: "0-8/8"}, "the last is number 7"},
		"huge shards":     {Config{Token: "x", Shards: "0-1/99999999999999999999"}, "too great"},
		"address":         {Config{Token: "x", APIURL: "localhost:80"}, "DISCORD_API_URL"},
		"address, form":   {Config{Token: "x", APIURL: "://"}, "DISCORD_API_URL"},
	} {
		_, err := New(c.config, nil, nil, nil)
		if err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %v, want %q", name, err, c.want)
		}
	}
	good := Config{Token: " Bot abc ", Channels: []string{" 123456789012345678 ", ""}, Shards: " 2 / 8 "}
	if err := good.complete(); err != nil || good.Token != "abc" || len(good.Channels) != 1 {
		t.Errorf("%+v: %v", good, err)
	}
	if p, err := parseShards("2/8"); err != nil || p != (part{2, 2, 8}) {
		t.Errorf("%v, %v", p, err)
	}
}

// TestDeferralIsOnlyAFlag: anything else in a deferred response is refused.
func TestDeferralIsOnlyAFlag(t *testing.T) {
	for _, private := range []bool{false, true} {
		data, err := json.Marshal(deferral(private))
		if err != nil {
			t.Fatal(err)
		}
		want := map[bool]string{false: `{"type":5,"data":{}}`, true: `{"type":5,"data":{"flags":64}}`}[private]
		if string(data) != want {
			t.Errorf("%s, want %s", data, want)
		}
	}
}
