// Package answers says what to reply to a question: Engine.Ask.
//
// Ask is total and pure: it has no error, no clock and no I/O, and the same
// question to the same corpus gives the same answer on any machine.
package answers
