package discord

import (
	"errors"
	"fmt"

	"github.com/gorilla/websocket"
)

// fatalCloses say what to do about the close codes after which connecting again
// is of no use.
var fatalCloses = map[int]string{
	4004: "Discord does not know the token: set DISCORD_BOT_TOKEN to the one from the page Bot of your application (Reset Token makes a new one)",
	4010: "Discord has no such shard: set DISCORD_SHARDS like 0-3/8, the first four of eight, or leave it out",
	4011: "the bot is in too many servers for so few shards: leave DISCORD_SHARDS out, or raise the number after its slash",
	4012: "Discord no longer has this version of the gateway: update the bot",
	4013: "Discord does not know the intents that the bot asks for: update the bot",
	4014: "Discord does not allow the bot its intents: turn them on on the page Bot of your application, under Privileged Gateway Intents",
}

// Why a connection ended, where Discord did not close it with a code and the network did
// not break.
var (
	errReconnect = errors.New("the gateway asked to connect again")             // op 7
	errInvalid   = errors.New("the session is gone")                            // op 9
	errAgain     = errors.New("the gateway asked to take the session up again") // op 9, where only the attempt failed
	errLate      = errors.New("nothing came in time")                           // no READY, or a heartbeat was not acknowledged
)

// closed is the end of a connection that Discord closed, with a code; 1005: without one.
type closed struct{ code int }

func (c closed) Error() string {
	switch remedy := fatalCloses[c.code]; {
	case remedy != "":
		return fmt.Sprintf("%s (close code %d)", remedy, c.code)
	case c.code == websocket.CloseNoStatusReceived:
		return "Discord closed it"
	}
	return fmt.Sprintf("Discord closed it with code %d", c.code)
}

// fatal reports whether connecting again is of no use after a connection's end.
func fatal(end error) bool {
	c, ok := end.(closed)
	return ok && fatalCloses[c.code] != ""
}

// resumable reports whether the session can be taken up again after a connection's end. It
// cannot where its sequence number is wrong (4007) or it has timed out (4009).
func resumable(end error) bool {
	return end != errInvalid && end != closed{4007} && end != closed{4009} && !fatal(end)
}
