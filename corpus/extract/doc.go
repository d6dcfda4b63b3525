// Package extract reads documents: web pages, PDF, DOCX, ODT, EPUB, Markdown,
// reStructuredText, RTF, captions, question–answer pairs, mail and plain text. It
// returns their running text with its structure, and what they tell of themselves.
//
// Documents come from strangers. Whatever the bytes are, Read returns a document or
// an error, within the limits that this package documents.
package extract
