package discord

import (
	"bufio"
	"context"
	"crypto/tls"
	"encoding/base64"
	"fmt"
	"net"
	"net/http"
	"net/url"
	"time"

	"github.com/gorilla/websocket"
)

// dialTime bounds the way to an open connection: name, TCP, proxy and TLS.
const dialTime = 15 * time.Second

// dialing is how the gateway is dialled. The zero value does as net/http does.
type dialing struct {
	proxy func(*http.Request) (*url.URL, error)
	tls   *tls.Config
}

// dialer returns the library's dialer for one connection, which hands out wires.
// It does TLS itself, so that a wire sees what goes through, and therefore goes
// through HTTPS_PROXY by itself too.
func (d dialing) dialer(ctx context.Context, wrap func(net.Conn) net.Conn) *websocket.Dialer {
	dial := func(scheme string) func(context.Context, string, string) (net.Conn, error) {
		return func(_ context.Context, _, addr string) (net.Conn, error) {
			ctx, cancel := context.WithTimeout(ctx, dialTime)
			defer cancel()
			conn, err := d.connect(ctx, scheme, addr)
			if err != nil {
				return nil, err
			}
			return wrap(conn), nil
		}
	}
	return &websocket.Dialer{NetDialContext: dial("http"), NetDialTLSContext: dial("https"), HandshakeTimeout: readyTime}
}

// connect opens a connection to host:port, with TLS for https.
func (d dialing) connect(ctx context.Context, scheme, addr string) (net.Conn, error) {
	proxyOf := d.proxy
	if proxyOf == nil {
		proxyOf = http.ProxyFromEnvironment
	}
	proxy, err := proxyOf(&http.Request{URL: &url.URL{Scheme: scheme, Host: addr}})
	if err != nil {
		return nil, fmt.Errorf("the proxy that the environment names: %w", err)
	}
	conn, err := connectBy(ctx, proxy, addr)
	if err != nil || scheme != "https" {
		return conn, err
	}
	config := &tls.Config{MinVersion: tls.VersionTLS12}
	if d.tls != nil {
		config = d.tls.Clone()
	}
	if config.ServerName, _, err = net.SplitHostPort(addr); err != nil {
		config.ServerName = addr
	}
	secure := tls.Client(conn, config)
	if err := secure.HandshakeContext(ctx); err != nil {
		conn.Close()
		return nil, err
	}
	return secure, nil
}

// connectBy opens a TCP connection, through a proxy unless that is nil.
func connectBy(ctx context.Context, proxy *url.URL, addr string) (net.Conn, error) {
	var d net.Dialer
	if proxy == nil {
		return d.DialContext(ctx, "tcp", addr)
	}
	if proxy.Scheme != "http" {
		return nil, fmt.Errorf("a proxy of the kind %q is not supported for the gateway; use an http proxy", proxy.Scheme)
	}
	host := proxy.Host
	if proxy.Port() == "" {
		host = net.JoinHostPort(proxy.Hostname(), "80")
	}
	conn, err := d.DialContext(ctx, "tcp", host)
	if err != nil {
		return nil, err
	}
	if end, ok := ctx.Deadline(); ok {
		conn.SetDeadline(end)
	}
	req := &http.Request{Method: http.MethodConnect, URL: &url.URL{Opaque: addr}, Host: addr, Header: http.Header{}}
	if u := proxy.User; u != nil {
		password, _ := u.Password()
		req.Header.Set("Proxy-Authorization", "Basic "+base64.StdEncoding.EncodeToString([]byte(u.Username()+":"+password)))
	}
	if err := req.Write(conn); err != nil {
		conn.Close()
		return nil, err
	}
	resp, err := http.ReadResponse(bufio.NewReader(conn), req)
	if err != nil {
		conn.Close()
		return nil, err
	}
	if resp.StatusCode != http.StatusOK {
		conn.Close()
		return nil, fmt.Errorf("the proxy refuses the gateway: %s", resp.Status)
	}
	conn.SetDeadline(time.Time{})
	return conn, nil
}
