// Package slack is the adapter for Slack: it hears mentions, direct messages,
// slash commands, buttons and shortcuts, and shows answers as cards.
//
// A message reads straight down: a transport (socket.go, http.go) receives a
// delivery, hear.go makes a job of it, and Adapter.answer has the job handled,
// rendered (render.go), checked (verify.go) and sent (send.go).
package slack
