package adaptertest

import "verbatim/adapters"

// NewHandler returns a handler that answers with an engine and remembers each
// conversation's last turn in memory, where nothing is ever slow.
func NewHandler(engine adapters.Engine) adapters.Handler {
	return adapters.Conversations(engine, NewStore(), adapters.DefaultConversationTTL)
}
