// Package attribution reads who says what in a text: the speaker of words in
// quotation marks, of reported speech, of a turn in a transcript, and of a text
// that somebody wrote in the first person.
//
// A speaker that the text leaves open is never named: where a pronoun or a role
// fits two people, it stays as it stands, and the speech is marked unsure.
package attribution
