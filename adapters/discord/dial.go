package discord

import (
	"bufio"
	"compress/zlib"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/url"
	"time"

	"github.com/bwmarrin/discordgo"
	"github.com/gorilla/websocket"
)

// readyTime bounds the way from dialling to READY or RESUMED. Discord takes
// about a second; a gateway that is restarting takes up to ten.
const readyTime = 30 * time.Second

// dial opens a websocket to the gateway at an address. It gives up when ctx ends.
func dial(ctx context.Context, d websocket.Dialer, address string) (*websocket.Conn, error) {
	u, err := url.Parse(address)
	if err != nil {
		return nil, errors.New("the gateway's address is not one")
	}
	q := u.Query()
	q.Set("v", apiVersion)
	q.Set("encoding", "json")
	q.Set("compress", "zlib-stream")
	u.RawQuery = q.Encode()
	release := func() bool { return true }
	d.NetDialContext = func(ctxOfDialer context.Context, network, addr string) (net.Conn, error) {
		conn, err := new(net.Dialer).DialContext(ctxOfDialer, network, addr)
		if err == nil { // the dialer itself does not look at ctx while a proxy or the server is silent
			release = context.AfterFunc(ctx, func() { conn.Close() })
		}
		return conn, err
	}
	socket, resp, err := d.DialContext(ctx, u.String(), nil)
	release()
	switch {
	case ctx.Err() != nil && err != nil:
		return nil, ctx.Err()
	case resp != nil && err != nil:
		return nil, fmt.Errorf("the gateway refuses the connection: %s", resp.Status)
	case err != nil:
		return nil, fmt.Errorf("the gateway cannot be reached: %w", err)
	}
	// A close frame is not answered: code 1000 would end the session.
	socket.SetCloseHandler(func(int, string) error { return nil })
	return socket, nil
}

// zlibHeader is the first byte of what is compressed, and of no JSON.
const zlibHeader = 0x78

// receive reads payloads from a connection's messages, which are one stream, until
// that ends, and returns why it did. A server may leave out compressing.
func receive(messages io.Reader, payloads chan<- *discordgo.Event) error {
	buffered := bufio.NewReader(messages)
	var stream io.Reader = buffered
	first, err := buffered.Peek(1)
	if err == nil && first[0] == zlibHeader {
		stream, err = zlib.NewReader(buffered)
	}
	if err != nil {
		return err
	}
	decoder := json.NewDecoder(stream)
	for {
		var p discordgo.Event
		switch err := decoder.Decode(&p); {
		case errors.As(err, new(*json.UnmarshalTypeError)):
			// One payload that is not as Discord writes them is passed over.
		case err != nil:
			return err
		default:
			payloads <- &p
		}
	}
}
