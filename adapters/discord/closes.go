package discord

import "fmt"

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

// end is why a connection to the gateway ended.
type end struct {
	// code is the close code, 0 where there was none.
	code int
	// reconnect: Discord asked to connect again (op 7).
	reconnect bool
	// invalid: the session cannot be resumed (op 9); where only this attempt
	// failed, retry is set in its place.
	invalid, retry bool
	// late: READY did not come in time, or a heartbeat was not acknowledged.
	late bool
	// err is what the network said.
	err error
}

// closed is a connection that Discord closed for good.
type closed struct{ code int }

func (c closed) Error() string {
	return fmt.Sprintf("%s (close code %d)", fatalCloses[c.code], c.code)
}

// fatal returns what to tell where connecting again is of no use, else nil.
func (e end) fatal() error {
	if _, ok := fatalCloses[e.code]; ok {
		return closed{e.code}
	}
	return nil
}

// resumable reports whether the session can be taken up again after this.
func (e end) resumable() bool {
	switch e.code {
	case 4007, 4009: // the sequence number is wrong; the session has timed out
		return false
	}
	return !e.invalid && e.fatal() == nil
}

// String is why a connection ended, in words.
func (e end) String() string {
	switch {
	case e.code == 1005:
		return "Discord closed it"
	case e.code != 0:
		return fmt.Sprintf("Discord closed it with code %d", e.code)
	case e.reconnect:
		return "Discord asked to connect again"
	case e.invalid:
		return "Discord no longer has the session"
	case e.retry:
		return "Discord asked to take the session up again"
	case e.late:
		return "nothing came in time"
	case e.err != nil:
		return e.err.Error()
	}
	return "unknown"
}
