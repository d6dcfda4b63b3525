// Package fetch gets a document from the web, with limits of time, size and reach.
package fetch

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"strings"
	"syscall"
	"time"
)

const (
	// maxTime is how long getting a document may take in all.
	maxTime = 60 * time.Second
	// maxRedirects is how often an address may lead to another; browsers follow 20.
	maxRedirects = 10
)

// Page is a document as a server gave it.
type Page struct {
	// Address is where it was found in the end, after redirects.
	Address *url.URL
	// ContentType is what the server called it; it may be empty.
	ContentType string
	Data        []byte
}

// ErrGone is of an address that has no document any more.
var ErrGone = errors.New("there is nothing at this address any more")

// Client gets documents.
type Client struct {
	// Private allows addresses that are not of the public Internet.
	Private bool
	// UserAgent says who asks.
	UserAgent string
	// MaxSize is the largest document, in bytes.
	MaxSize int64
}

// Get gets the document at an address. The error says what is wrong and what to do.
func (c Client) Get(ctx context.Context, address string) (*Page, error) {
	u, err := Parse(address)
	if err != nil {
		return nil, err
	}
	ctx, cancel := context.WithTimeout(ctx, maxTime)
	defer cancel()
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, u.String(), nil)
	if err != nil {
		return nil, fmt.Errorf("not an address: %s", address)
	}
	request.Header.Set("User-Agent", c.UserAgent)
	request.Header.Set("Accept", "text/html, application/xhtml+xml, application/pdf, text/plain;q=0.9, */*;q=0.8")
	transport := c.transport()
	defer transport.CloseIdleConnections()
	response, err := (&http.Client{Transport: transport, CheckRedirect: checkRedirect}).Do(request)
	if err != nil {
		return nil, reason(ctx, err)
	}
	defer response.Body.Close()
	if err := refused(response); err != nil {
		return nil, err
	}
	if response.ContentLength > c.MaxSize {
		return nil, c.tooLarge()
	}
	data, err := io.ReadAll(io.LimitReader(response.Body, c.MaxSize+1))
	if err != nil {
		return nil, reason(ctx, err)
	}
	if int64(len(data)) > c.MaxSize {
		return nil, c.tooLarge()
	}
	return &Page{response.Request.URL, response.Header.Get("Content-Type"), data}, nil
}

func (c Client) tooLarge() error {
	return fmt.Errorf("it has more than %d MB; save what matters of it as a file and add that", c.MaxSize>>20)
}

// Parse reads the address of a document on the web.
func Parse(address string) (*url.URL, error) {
	u, err := url.Parse(address)
	if err != nil {
		return nil, errors.New("not an address: check it for blanks and stray characters")
	}
	if u.Scheme != "http" && u.Scheme != "https" || u.Host == "" {
		return nil, errors.New("an address begins with https:// or http:// and has a host")
	}
	if u.User != nil {
		return nil, errors.New("the address has a user name in it, which would be kept in the corpus; save the page in a browser and add that file")
	}
	u.Fragment = ""
	return u, nil
}

// transport connects only where the client may: what is checked is the address that
// is dialled, so that a name cannot mean one address when it is checked and another
// when it is used. There is no proxy, which would resolve names itself.
func (c Client) transport() *http.Transport {
	dialer := &net.Dialer{Timeout: 15 * time.Second, Control: func(_, address string, _ syscall.RawConn) error {
		if c.Private {
			return nil
		}
		return checkAddress(address)
	}}
	return &http.Transport{
		DialContext:            dialer.DialContext,
		ForceAttemptHTTP2:      true,
		TLSHandshakeTimeout:    15 * time.Second,
		ResponseHeaderTimeout:  30 * time.Second,
		MaxResponseHeaderBytes: 1 << 20,
	}
}

// ErrPrivate is of an address that is not of the public Internet.
var ErrPrivate = errors.New("the address is not of the public Internet; to read from your own network say --private")

// special are networks of the public ranges that lead elsewhere: shared by carriers,
// translated to IPv4, for documentation, for tests and reserved ones.
var special = func() (out []netip.Prefix) {
	for _, s := range []string{"0.0.0.0/8", "100.64.0.0/10", "192.0.0.0/24", "192.0.2.0/24", "192.88.99.0/24", "198.18.0.0/15", "198.51.100.0/24",
		"203.0.113.0/24", "240.0.0.0/4", "64:ff9b::/96", "64:ff9b:1::/48", "100::/64", "2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20", "5f00::/16"} {
		out = append(out, netip.MustParsePrefix(s))
	}
	return out
}()

// checkAddress refuses what is not of the public Internet.
func checkAddress(address string) error {
	at, err := netip.ParseAddrPort(address)
	if err != nil {
		return ErrPrivate
	}
	ip := at.Addr().WithZone("").Unmap()
	if !ip.IsGlobalUnicast() || ip.IsPrivate() || ip.IsLoopback() || ip.IsLinkLocalUnicast() {
		return ErrPrivate
	}
	for _, p := range special {
		if p.Contains(ip) {
			return ErrPrivate
		}
	}
	return nil
}

func checkRedirect(next *http.Request, before []*http.Request) error {
	if len(before) > maxRedirects {
		return fmt.Errorf("the address leads on to others more than %d times", maxRedirects)
	}
	if next.URL.Scheme != "https" && next.URL.Scheme != "http" {
		return errors.New("the address leads to one that is not of the web")
	}
	if before[0].URL.Scheme == "https" && next.URL.Scheme == "http" {
		return errors.New("the address leads from https to http, where anybody on the way could change the text; give the http address itself if you want that")
	}
	return nil
}

// refused says what a server's status means.
func refused(r *http.Response) error {
	switch code := r.StatusCode; {
	case code >= 200 && code < 300:
		return nil
	case code == http.StatusNotFound || code == http.StatusGone:
		return fmt.Errorf("%w (the server answers %d)", ErrGone, code)
	case code == http.StatusUnauthorized || code == http.StatusPaymentRequired || code == http.StatusForbidden || code == http.StatusTooManyRequests || code == 451:
		return fmt.Errorf("the server does not give it to programs (it answers %d); open it in a browser, save it (Ctrl+S) and add that file", code)
	default:
		return fmt.Errorf("the server answers %d %s; try again later", code, http.StatusText(code))
	}
}

// reason says in a few words why there was no answer, without what Go adds.
func reason(ctx context.Context, err error) error {
	var name *net.DNSError
	switch {
	case errors.Is(err, ErrPrivate):
		return ErrPrivate
	case errors.Is(err, context.Canceled):
		return err
	case errors.Is(ctx.Err(), context.DeadlineExceeded):
		return fmt.Errorf("the server took longer than %v; try again later", maxTime)
	case errors.As(err, &name):
		return fmt.Errorf("there is no host %s, or it cannot be looked up from here", name.Name)
	}
	var wrapped *url.Error
	if errors.As(err, &wrapped) {
		err = wrapped.Err
	}
	if text := err.Error(); strings.Contains(text, "certificate") {
		return fmt.Errorf("the server's certificate cannot be trusted: %w", err)
	}
	return fmt.Errorf("no answer from the server: %w", err)
}
