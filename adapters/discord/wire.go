package discord

import (
	"bufio"
	"bytes"
	"compress/zlib"
	"crypto/rand"
	"encoding/binary"
	"encoding/json"
	"errors"
	"io"
	"math"
	"net"
	"sync"
	"time"
)

const (
	// readyTime bounds the way from dialling to READY or RESUMED. Discord takes
	// about a second; a gateway that is restarting takes up to ten.
	readyTime = 30 * time.Second
	// silence is how many heartbeat intervals may pass from one acknowledgement to
	// the next. Discord says to give up when a heartbeat is due and the one before
	// it was not acknowledged, so after two; the rest is for a slow network. (The
	// library waits for five, some three and a half minutes.)
	silence = 2.2
	// maxControl is more bytes than any payload has that wire looks into.
	maxControl = 1024
)

// Operations of the gateway.
const (
	opIdentify         = 2
	opResume           = 6
	opReconnect        = 7
	opInvalidSession   = 9
	opHello            = 10
	opHeartbeatACK     = 11
	frameText          = 1
	frameBinary        = 2
	frameClose         = 8
	lengthInTwoBytes   = 126
	lengthInEightBytes = 127
)

// end is why a connection to the gateway ended.
type end struct {
	// code is the close code, 0 where there was none.
	code int
	// reconnect: Discord asked to connect again (op 7).
	reconnect bool
	// invalid: the session cannot be resumed (op 9); where only this attempt
	// failed, retry is set in its place.
	invalid, retry bool
	// late: nothing came within readyTime, or no heartbeat was acknowledged.
	late bool
	// err is what the network said.
	err error
}

// wire is the network connection that the library is given. It reads the
// frames of the gateway as they pass, because the library answers some of them
// in ways that hang for ever or spend IDENTIFYs: "reconnect" (op 7) and "invalid
// session" (op 9) end the connection here, and the library just sees it break
// off. It also notes the close code, bounds every wait, and turns the library's
// IDENTIFY into a RESUME where a session is to be taken up again.
//
// Frames are those of RFC 6455, those of the server unmasked.
type wire struct {
	net.Conn
	reader *bufio.Reader

	// Only the reading goroutine uses these.
	ahead    []byte // read and looked at, to be handed out
	through  int64  // bytes of a large frame that pass unseen
	upgraded bool

	mu       sync.Mutex
	resume   []byte // the RESUME to send in place of the first payload
	deadline time.Time
	interval time.Duration
	ready    bool
	leaving  bool // a close frame may go out
	over     bool
	ended    end
	done     chan struct{}
}

// newWire returns a wire over a connection. The payload resume goes out in place
// of IDENTIFY, unless it is nil. It must be READY within ready.
func newWire(conn net.Conn, resume []byte, ready time.Duration) *wire {
	return &wire{Conn: conn, reader: bufio.NewReader(conn), resume: resume,
		deadline: time.Now().Add(ready), done: make(chan struct{})}
}

// finish ends the connection; only the first reason counts.
func (w *wire) finish(e end) {
	w.mu.Lock()
	first := !w.over
	if first {
		w.over, w.ended = true, e
		close(w.done)
	}
	w.mu.Unlock()
	if first {
		// Without a close frame, which would make the session impossible to resume.
		w.Conn.Close()
	}
}

// why is why the connection ended.
func (w *wire) why() end {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.ended
}

// isReady says that READY or RESUMED came: from now on heartbeats count.
func (w *wire) isReady() {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.ready = true
	w.heard()
}

// leave lets the library's close frame out. Until then the library closes only
// because something went wrong, and with a code that would end the session.
func (w *wire) leave() {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.leaving = true
}

// heard moves the deadline on, after a heartbeat was acknowledged. With mu held.
func (w *wire) heard() {
	if w.ready && w.interval > 0 {
		w.deadline = time.Now().Add(time.Duration(silence * float64(w.interval)))
		w.Conn.SetReadDeadline(w.deadline)
	}
}

// Close ends the connection from our side.
func (w *wire) Close() error {
	w.finish(end{err: net.ErrClosed})
	return nil
}

// Read hands out what the gateway sent.
func (w *wire) Read(p []byte) (int, error) {
	for {
		w.mu.Lock()
		over := w.over
		w.Conn.SetReadDeadline(w.deadline)
		w.mu.Unlock()
		switch {
		case over:
			return 0, io.EOF
		case len(w.ahead) > 0:
			n := copy(p, w.ahead)
			w.ahead = w.ahead[n:]
			return n, nil
		case w.through > 0:
			n, err := w.reader.Read(p[:min(int64(len(p)), w.through)])
			w.through -= int64(n)
			if err != nil {
				return n, w.broken(err)
			}
			return n, nil
		}
		var err error
		if w.upgraded {
			err = w.frame()
		} else {
			err = w.handshake()
		}
		if err != nil {
			return 0, w.broken(err)
		}
	}
}

// broken notes why reading failed.
func (w *wire) broken(err error) error {
	var timeout net.Error
	w.finish(end{err: err, late: errors.As(err, &timeout) && timeout.Timeout()})
	return err
}

// handshake reads one line of the HTTP response that comes before the frames.
func (w *wire) handshake() error {
	line, err := w.reader.ReadBytes('\n')
	if err != nil {
		return err
	}
	if bytes.HasPrefix(line, []byte("HTTP/")) && !bytes.Contains(line, []byte(" 101 ")) {
		w.through = math.MaxInt64 // refused: the library tells with what status
	}
	w.upgraded = len(bytes.TrimRight(line, "\r\n")) == 0
	w.ahead = line
	return nil
}

// frame reads the beginning of a frame, and all of one that may matter.
func (w *wire) frame() error {
	head, err := w.take(nil, 2)
	if err != nil {
		return err
	}
	length := int64(head[1] & 0x7f)
	switch length {
	case lengthInTwoBytes:
		if head, err = w.take(head, 2); err != nil {
			return err
		}
		length = int64(binary.BigEndian.Uint16(head[2:]))
	case lengthInEightBytes:
		if head, err = w.take(head, 8); err != nil {
			return err
		}
		length = int64(binary.BigEndian.Uint64(head[2:]))
	}
	if length < 0 || length > maxControl || head[1]&0x80 != 0 {
		w.ahead, w.through = head, max(0, length)
		return nil
	}
	whole, err := w.take(head, int(length))
	if err != nil {
		return err
	}
	if e, over := w.look(head[0]&0x0f, whole[len(head):]); over {
		w.finish(e)
		return io.EOF
	}
	w.ahead = whole
	return nil
}

// take reads n bytes more.
func (w *wire) take(have []byte, n int) ([]byte, error) {
	out := append(have[:len(have):len(have)], make([]byte, n)...)
	_, err := io.ReadFull(w.reader, out[len(have):])
	return out, err
}

// look looks at a small frame; over means that the connection ends with it.
func (w *wire) look(kind byte, payload []byte) (e end, over bool) {
	switch kind {
	case frameClose:
		e := end{code: 1005} // no code was given
		if len(payload) >= 2 {
			e.code = int(binary.BigEndian.Uint16(payload))
		}
		return e, true
	case frameBinary:
		z, err := zlib.NewReader(bytes.NewReader(payload))
		if err != nil {
			return e, false
		}
		if payload, err = io.ReadAll(io.LimitReader(z, maxControl)); err != nil {
			return e, false
		}
	case frameText:
	default:
		return e, false
	}
	var p struct {
		Op int             `json:"op"`
		D  json.RawMessage `json:"d"`
	}
	if json.Unmarshal(payload, &p) != nil {
		return e, false
	}
	switch p.Op {
	case opHello:
		var d struct {
			Interval int64 `json:"heartbeat_interval"`
		}
		if json.Unmarshal(p.D, &d) == nil {
			w.mu.Lock()
			w.interval = time.Duration(d.Interval) * time.Millisecond
			w.mu.Unlock()
		}
	case opHeartbeatACK:
		w.mu.Lock()
		w.heard()
		w.mu.Unlock()
	case opReconnect:
		return end{reconnect: true}, true
	case opInvalidSession:
		again := bytes.Equal(bytes.TrimSpace(p.D), []byte("true"))
		return end{invalid: !again, retry: again}, true
	}
	return e, false
}

// Write sends what the library wrote, its first payload replaced by a RESUME
// where there is one to send. The library writes a payload of that size at once.
func (w *wire) Write(p []byte) (int, error) {
	w.mu.Lock()
	over, resume := w.over, w.resume
	isFrame := len(p) > 0 && p[0] == 0x80|frameText
	givesUp := len(p) > 0 && p[0] == 0x80|frameClose && !w.leaving
	if isFrame {
		w.resume = nil
	}
	w.Conn.SetWriteDeadline(time.Now().Add(requestTime))
	w.mu.Unlock()
	if givesUp {
		w.finish(end{late: true})
	}
	if over || givesUp {
		return 0, net.ErrClosed
	}
	if isFrame && resume != nil {
		if _, err := w.Conn.Write(masked(resume)); err != nil {
			return 0, err
		}
		return len(p), nil
	}
	return w.Conn.Write(p)
}

// SetDeadline does nothing: wire sets its own.
func (w *wire) SetDeadline(time.Time) error { return nil }

// SetReadDeadline does nothing: wire sets its own.
func (w *wire) SetReadDeadline(time.Time) error { return nil }

// SetWriteDeadline does nothing: wire sets its own.
func (w *wire) SetWriteDeadline(time.Time) error { return nil }

// masked is a payload as a text frame of a client.
func masked(payload []byte) []byte {
	frame := []byte{0x80 | frameText, 0x80 | byte(len(payload))}
	if len(payload) >= lengthInTwoBytes {
		frame[1] = 0x80 | lengthInTwoBytes
		frame = binary.BigEndian.AppendUint16(frame, uint16(len(payload)))
	}
	var mask [4]byte
	rand.Read(mask[:])
	frame = append(frame, mask[:]...)
	for i, b := range payload {
		frame = append(frame, b^mask[i%4])
	}
	return frame
}

// resumePayload asks to take a session up again after a sequence number.
func resumePayload(token, session string, seq int64) []byte {
	payload, err := json.Marshal(map[string]any{"op": opResume, "d": map[string]any{
		"token": "Bot " + token, "session_id": session, "seq": seq}})
	if err != nil {
		panic(err) // strings and a number
	}
	return payload
}
