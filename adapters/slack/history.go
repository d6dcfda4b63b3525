package slack

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"github.com/slack-go/slack"
)

// maxPages is how many pages of a conversation are read at most; pageSize is how
// many messages are asked for in each. Slack gives apps from outside its marketplace
// 15 of them.
const maxPages, pageSize = 20, 200

// errTooLong: a conversation has more pages than are read.
var errTooLong = errors.New("the conversation has too many pages")

// page is a page of a conversation's messages.
type page struct {
	OK       bool      `json:"ok"`
	Error    string    `json:"error"`
	Messages []content `json:"messages"`
	More     bool      `json:"has_more"`
	Next     struct {
		Cursor string `json:"next_cursor"`
	} `json:"response_metadata"`
}

// pages calls yield with the messages of a thread, or of a conversation where thread
// is empty, page by page, until it returns false. Threads come oldest first,
// conversations newest first. latest bounds them; empty: the newest.
func (a *Adapter) pages(ctx context.Context, channel, thread, oldest, latest string, yield func([]content) bool) error {
	method := "conversations.history"
	about := url.Values{"channel": {channel}, "limit": {strconv.Itoa(pageSize)}}
	if thread != "" {
		method = "conversations.replies"
		about.Set("ts", thread)
	}
	for name, bound := range map[string]string{"oldest": oldest, "latest": latest} {
		if bound != "" {
			about.Set(name, bound)
		}
	}
	for range maxPages {
		var got page
		err := a.call(ctx, method, true, func(ctx context.Context) (err error) {
			got, err = a.page(ctx, method, about)
			return err
		})
		if err != nil {
			return err
		}
		if !yield(got.Messages) || !got.More || got.Next.Cursor == "" {
			return nil
		}
		about.Set("cursor", got.Next.Cursor)
	}
	return errTooLong
}

// page asks for one page. It is read here and not by the library, for which a page is
// unreadable as a whole where one part of one message is.
func (a *Adapter) page(ctx context.Context, method string, about url.Values) (got page, err error) {
	r, err := http.NewRequestWithContext(ctx, http.MethodPost, a.config.APIURL+method, strings.NewReader(about.Encode()))
	if err != nil {
		return got, err
	}
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	r.Header.Set("Authorization", "Bearer "+a.config.BotToken)
	resp, err := a.web.Do(r)
	if err != nil {
		return got, err
	}
	defer resp.Body.Close()
	after, waits := strconv.Atoi(resp.Header.Get("Retry-After"))
	switch {
	case resp.StatusCode == http.StatusTooManyRequests && waits == nil:
		return got, &slack.RateLimitedError{RetryAfter: time.Duration(after) * time.Second}
	case resp.StatusCode != http.StatusOK:
		return got, slack.StatusCodeError{Code: resp.StatusCode, Status: resp.Status}
	}
	if err := legible(json.NewDecoder(resp.Body).Decode(&got)); err != nil {
		return got, fmt.Errorf("read a page: %w", err)
	}
	if !got.OK {
		return got, slack.SlackErrorResponse{Err: got.Error}
	}
	return got, nil
}

// legible is an error of reading JSON, nil where that only has parts that are not as
// expected: they are left empty, and all others are read.
func legible(err error) error {
	if errors.As(err, new(*json.UnmarshalTypeError)) {
		return nil
	}
	return err
}
