package slack

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"verbatim/adapters"
)

type cardKey struct{}

// carrying returns a context whose requests carry a card: checking compares them.
func carrying(ctx context.Context, c card) context.Context {
	return context.WithValue(ctx, cardKey{}, c)
}

// checking sends requests, after comparing the bytes of those that carry a card
// with the source. It is the last to see them.
type checking struct{ next http.RoundTripper }

func (t checking) RoundTrip(r *http.Request) (*http.Response, error) {
	if c, ok := r.Context().Value(cardKey{}).(card); ok {
		if err := verifyRequest(r, c); err != nil {
			if r.Body != nil {
				r.Body.Close()
			}
			return nil, fmt.Errorf("%w: %w", adapters.ErrUnquoted, err)
		}
	}
	return t.next.RoundTrip(r)
}

// CloseIdleConnections is what http.Client asks for.
func (t checking) CloseIdleConnections() {
	if c, ok := t.next.(interface{ CloseIdleConnections() }); ok {
		c.CloseIdleConnections()
	}
}

// verifyRequest verifies the body of a request, a form or JSON. A view has no
// text of its own for notifications.
func verifyRequest(r *http.Request, c card) error {
	if r.GetBody == nil {
		return errors.New("its body cannot be read twice")
	}
	body, err := r.GetBody()
	if err != nil {
		return err
	}
	defer body.Close()
	data, err := io.ReadAll(body)
	if err != nil {
		return err
	}
	var sent struct {
		Text   string          `json:"text"`
		Blocks json.RawMessage `json:"blocks"`
		View   struct {
			Blocks json.RawMessage `json:"blocks"`
		} `json:"view"`
	}
	if strings.HasPrefix(r.Header.Get("Content-Type"), "application/json") {
		if err := json.Unmarshal(data, &sent); err != nil {
			return fmt.Errorf("the body is not JSON: %w", err)
		}
	} else {
		form, err := url.ParseQuery(string(data))
		if err != nil {
			return fmt.Errorf("the body is not a form: %w", err)
		}
		sent.Text, sent.Blocks = form.Get("text"), json.RawMessage(form.Get("blocks"))
	}
	if sent.View.Blocks != nil {
		sent.Text, sent.Blocks = c.text, sent.View.Blocks
	}
	return verify(sent.Blocks, sent.Text, c)
}

// verify checks what is about to be sent against the source, from the bytes that
// will go out: with Slack's markup undone, every passage must stand there as it
// does in the source, only words that were spoken may look like a quotation, and
// the text for notifications must hold passages as they are too.
func verify(blocks []byte, text string, c card) error {
	if len(blocks) == 0 && len(c.blocks) == 0 { // the plainer form
		return verifyText(text, c)
	}
	var tree any
	if err := json.Unmarshal(blocks, &tree); err != nil {
		return fmt.Errorf("the blocks are not JSON: %w", err)
	}
	var quoted, plain []string
	walk(tree, func(kind, text string) {
		if kind == "rich_text_quote" {
			quoted = append(quoted, text)
		} else {
			plain = append(plain, text)
		}
	})
	for i, want := range c.texts() {
		at := slices.Index(plain, want)
		switch {
		case c.shows[i].Spoken && (len(quoted) == 0 || quoted[0] != want):
			return fmt.Errorf("passage %d, spoken, is not what the source has", i+1)
		case c.shows[i].Spoken:
			quoted = quoted[1:]
		case at < 0:
			return fmt.Errorf("passage %d, not spoken, is not what the source has", i+1)
		default:
			plain = plain[at+1:]
		}
	}
	if len(quoted) > 0 {
		return fmt.Errorf("%d runs look like quotations that are none", len(quoted))
	}
	return verifyText(text, c)
}

// verifyText checks the text for notifications.
func verifyText(text string, c card) error {
	if text == "" {
		return errors.New("there is no text for notifications")
	}
	read := unescape(text)
	for i, want := range c.texts() {
		if c.shows[i].Said && !strings.Contains(read, want) {
			return errors.New("the text for notifications has a passage otherwise than the source")
		}
	}
	return nil
}

// walk calls yield with the text of each rich text element that holds runs.
func walk(node any, yield func(kind, text string)) {
	switch node := node.(type) {
	case []any:
		for _, n := range node {
			walk(n, yield)
		}
	case map[string]any:
		kind, _ := node["type"].(string)
		if kind != "rich_text_quote" && kind != "rich_text_section" && kind != "rich_text_preformatted" {
			for _, n := range node {
				walk(n, yield)
			}
			return
		}
		var b strings.Builder
		elements, _ := node["elements"].([]any)
		for _, e := range elements {
			if e, ok := e.(map[string]any); ok {
				text, _ := e["text"].(string)
				b.WriteString(text)
			}
		}
		yield(kind, b.String())
	}
}
