package main

import (
	"html"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"testing"

	"verbatim/adapters/slackfake"
)

// TestPages follows the link of a card to the words on the article's page, for as long
// as the article is public.
func TestPages(t *testing.T) {
	t.Parallel()
	corpus := copyCorpus(t)
	described := filepath.Join(corpus, "harbour", "source.yaml")
	if err := os.WriteFile(described, []byte("public: true\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	p := fakes(t, corpus)
	p.env["LISTEN_ADDR"] = free(t)
	address := "http://" + p.env["LISTEN_ADDR"]
	p.env["PUBLIC_URL"] = address + "/"
	bot := start(t, program(t), p.env)
	bot.ready()

	before := p.slack.Mark()
	ts := p.slack.Say("ann", p.slack.Channel("general"), "", mention+askSeals)
	m := p.slack.Next(before, func(m slackfake.Message) bool { return m.Thread == ts })
	link := regexp.MustCompile(regexp.QuoteMeta(address) + `/a/harbour\?q=[0-9a-f.]+`).FindString(string(m.Blocks))
	status, body := get(t, link)
	if status != http.StatusOK {
		t.Fatalf("%q: %d", link, status)
	}
	mark := regexp.MustCompile(`<mark>(.*)</mark>`).FindStringSubmatch(body)
	if mark == nil || html.UnescapeString(mark[1]) != "“"+sealsQuote+"”" {
		t.Errorf("marked is %v", mark)
	}

	if err := os.WriteFile(described, []byte("title: The harbour\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	hangUp(t, bot)
	eventually(t, "the page is gone", func() bool { status, _ := get(t, link); return status == http.StatusNotFound })
	bot.stop()
}
