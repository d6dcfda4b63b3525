// Package corpus holds what may be said: sources, their passages and quotes,
// and the intents a curator wrote for them.
//
// A Quote is a span of a loaded source and cannot be made in any other way, so
// what is shown as a quote is always the source's own bytes.
package corpus
