package slack

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"log"
	"slices"
	"sync"
	"time"

	"github.com/slack-go/slack"
	"github.com/slack-go/slack/socketmode"
	"golang.org/x/sync/errgroup"

	"verbatim/adapters"
)

const (
	// connections is how many sockets are open: while one is being renewed the
	// other hears. Slack allows ten an app, so that five replicas have room.
	connections = 2
	// ackTime bounds an acknowledgement: Slack waits three seconds for it.
	ackTime = 2500 * time.Millisecond
	// pingTime is how long a socket may be without a ping: Slack sends one every
	// few seconds.
	pingTime = 30 * time.Second
)

// sockets keeps the connections open until ctx ends, or an error that trying
// again cannot mend ends one of them.
func (a *Adapter) sockets(ctx context.Context) error {
	g, ctx := errgroup.WithContext(ctx)
	for n := range connections {
		g.Go(func() error { return a.socket(ctx, n) })
	}
	return g.Wait()
}

// socket keeps one connection open.
func (a *Adapter) socket(ctx context.Context, n int) error {
	for wait := (adapters.Backoff{First: 2 * time.Second, Last: 2 * time.Minute}); ; {
		began := time.Now()
		err := a.connection(ctx, n)
		if ctx.Err() != nil {
			return nil
		}
		if f := fatal(err); f != nil {
			return fmt.Errorf("SLACK_APP_TOKEN: %w", f)
		}
		if time.Since(began) > time.Minute {
			wait.Reset()
		}
		a.log.Warn("a socket ended; opening another", "socket", n, "error", safe(err))
		if !adapters.Sleep(ctx, wait.Wait()) {
			return nil
		}
	}
}

// connection runs one client of the library, which reconnects by itself, and
// hears all that it tells: a client that is not heard blocks in silence.
func (a *Adapter) connection(ctx context.Context, n int) error {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	options := []socketmode.Option{socketmode.OptionPingInterval(a.ping), socketmode.OptionLog(log.New(io.Discard, "", 0))}
	client := socketmode.New(a.api, options...)
	acks := make(chan ack, ackRoom)
	var running sync.WaitGroup
	running.Go(func() { a.acknowledge(ctx, client, acks) })
	ended := make(chan error, 1)
	running.Go(func() { ended <- client.RunContext(ctx) })
	defer running.Wait()
	for {
		select {
		case e := <-client.Events:
			if err := a.hearSocket(e, acks, n); err != nil {
				cancel()
				return err
			}
		case err := <-ended:
			cancel()
			return err
		}
	}
}

// ack is an acknowledgement to be sent.
type ack struct {
	envelope string
	payload  any
}

// ackRoom is how many acknowledgements wait for a socket that is away. Those past
// it are dropped: Slack delivers again.
const ackRoom = queueRoom

// acknowledge sends acknowledgements. It is apart from hearing, since the library
// blocks while the socket is away, and what is not heard blocks the library.
func (a *Adapter) acknowledge(ctx context.Context, client *socketmode.Client, acks <-chan ack) {
	for {
		select {
		case k := <-acks:
			one, cancel := context.WithTimeout(ctx, a.ackTime)
			if err := client.AckCtx(one, k.envelope, k.payload); err != nil && ctx.Err() == nil {
				a.log.Warn("an acknowledgement could not be sent; Slack delivers again", "error", err)
			}
			cancel()
		case <-ctx.Done():
			return
		}
	}
}

// hearSocket takes what a socket tells. It returns an error that trying again cannot
// mend: the library would try again for ever.
func (a *Adapter) hearSocket(e socketmode.Event, acks chan<- ack, n int) error {
	arrived := time.Now()
	request := e.Request
	switch e.Type {
	case socketmode.EventTypeConnecting:
		a.connected(n, false)
	case socketmode.EventTypeConnected:
		a.connected(n, true)
		if c, ok := e.Data.(*socketmode.ConnectedEvent); ok && c.ConnectionCount > 0 {
			a.count(adapters.CountReconnect)
		}
	case socketmode.EventTypeConnectionError:
		if c, ok := e.Data.(*slack.ConnectionErrorEvent); ok {
			if fatal(c.ErrorObj) != nil {
				return c.ErrorObj
			}
			a.log.Warn("a socket cannot be opened; trying again", "socket", n, "error", safe(c.ErrorObj), "wait", c.Backoff)
		}
	case socketmode.EventTypeErrorBadMessage: // for the library
		request = new(socketmode.Request)
		if bad, ok := e.Data.(*socketmode.ErrorBadMessage); !ok || json.Unmarshal(bad.Message, request) != nil || request.EnvelopeID == "" {
			a.bad("a delivery cannot be read and has no envelope to acknowledge", "")
		}
	case socketmode.EventTypeErrorWriteFailed:
		a.log.Warn("an acknowledgement could not be written; Slack delivers again", "socket", n)
	}
	if request == nil || request.EnvelopeID == "" {
		return nil
	}
	d := delivery{arrived: arrived, again: request.RetryAttempt > 0, ack: func(payload any) {
		if !request.AcceptsResponsePayload {
			payload = nil
		}
		a.ack(acks, ack{request.EnvelopeID, payload})
	}}
	j, ok, err := a.hear(string(request.Type), request.Payload)
	if err != nil { // it is acknowledged, else it comes again and again
		a.bad("a delivery cannot be understood", string(request.Type))
	}
	a.heard(j, ok, d)
	return nil
}

// connected notes whether a socket is open; while one is, Slack can be heard.
func (a *Adapter) connected(n int, yes bool) {
	a.upMu.Lock()
	defer a.upMu.Unlock()
	a.up[n], a.ever = yes, a.ever || yes
	if yes {
		select {
		case a.opened <- struct{}{}:
		default: // the other socket told already
		}
	}
	a.config.Signals.Connected(slices.Contains(a.up[:], true))
}

// delivery is how something was heard.
type delivery struct {
	arrived time.Time
	// again: Slack delivers it once more. That may be the only delivery that
	// arrives, so it is treated as any other.
	again bool
	// ack tells Slack that it was heard; payload may be nil. It is called once.
	ack func(payload any)
}

// heard takes a job, or acknowledges what is not for us.
func (a *Adapter) heard(j job, ok bool, d delivery) {
	if d.again {
		a.count(CountRedelivered)
	}
	if !ok {
		d.ack(nil)
		a.config.Signals.Acked(time.Since(d.arrived))
		return
	}
	a.runtime.Hear(&j, adapters.Delivery{Arrived: d.arrived, Ack: func(text string) bool {
		if text == "" || !j.Command {
			d.ack(nil)
			return false
		}
		d.ack(map[string]any{"response_type": "ephemeral", "text": text})
		return true
	}})
}

// bad notes a delivery that cannot be read.
func (a *Adapter) bad(why, kind string) {
	a.count(adapters.CountBadMessage)
	a.log.Warn(why, "type", kind)
}

// ack puts an acknowledgement on its way.
func (a *Adapter) ack(acks chan<- ack, k ack) {
	select {
	case acks <- k:
	default:
		a.log.Warn("too many acknowledgements wait for a socket; Slack delivers again")
	}
}
