package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"strings"

	"verbatim/corpus"
	"verbatim/corpus/extract"
	"verbatim/corpus/fetch"
)

// maxGone is how many quotes of a source are listed that are gone.
const maxGone = 10

// check reads the originals of sources again, of all or of those named, and says what
// has become of each. The error is errReported where any is not the same.
func (a *adder) check(ctx context.Context, names []string) error {
	for _, name := range names {
		if err := a.need(name); err != nil {
			return err
		}
	}
	if len(names) == 0 {
		all, err := a.names()
		if err != nil {
			return err
		}
		if len(all) == 0 {
			return fmt.Errorf("%s has no sources; bot add%s SOURCE adds one", a.dir, corpusFlag(a.flag))
		}
		names = all
	}
	p := newProgress(a.log, "checking", len(names))
	defer p.stop()
	same := true
	for _, name := range names {
		p.doing(name)
		found, ok := a.compare(ctx, name)
		if err := ctx.Err(); err != nil {
			return err
		}
		p.Did()
		same = same && ok
		p.printf(a.out, "%s: %s\n", name, strings.TrimRight(found, "\n"))
	}
	if !same {
		return errReported
	}
	return nil
}

// compare says what has become of the original of a source, and whether it is well.
func (a *adder) compare(ctx context.Context, name string) (found string, ok bool) {
	c, err := corpus.LoadDir(a.path(name))
	if err != nil {
		return err.Error(), false
	}
	description, data, err := corpus.ReadDescription(os.DirFS(a.path(name)), ".")
	source := c.Sources()[0]
	switch {
	case err != nil:
		return err.Error(), false
	case data == nil:
		return "not checked: it was not added by bot add, so where it is from is not known", true
	case description.Original.From == "":
		return "not checked: it came from standard input", true
	}
	note := ""
	if corpus.Hash([]byte(source.Text())) != description.Hash {
		note = "; " + articleName + " was edited since"
	}
	in, _, err := a.open(ctx, description.Original.From)
	switch {
	case errors.Is(err, fetch.ErrGone) || errors.Is(err, fs.ErrNotExist):
		return "gone: " + description.Original.From + note, false
	case err != nil:
		return fmt.Sprintf("not read: %s: %v%s", description.Original.From, err, note), false
	case corpus.Hash(in.Data) == description.Original.Hash:
		return "same" + note, true
	}
	doc, err := readAgain(ctx, in, description.Original.Encoding)
	if err != nil {
		return fmt.Sprintf("changed, and cannot be read any more: %v%s", err, note), false
	}
	if corpus.Hash([]byte(doc.Text())) == description.Hash {
		return "same text" + note, true
	}
	gone, all := quotesGone(source, doc.Text())
	var b strings.Builder
	are := "are"
	if len(gone) == 1 {
		are = "is"
	}
	fmt.Fprintf(&b, "changed: %d of %d passages %s gone%s; bot add --replace --name %s%s reads it anew\n", len(gone), all, are, note, quoted(name), a.again(description.Original.From))
	for _, p := range gone[:min(len(gone), maxGone)] {
		fmt.Fprintf(&b, "  ¶ %d  %s\n", p.Quote.Paragraph(), printable(p.Quote.Text()))
	}
	if len(gone) > maxGone {
		fmt.Fprintf(&b, "  and %d more\n", len(gone)-maxGone)
	}
	return b.String(), false
}

// again is the end of a command that adds what is at a place once more: the flags with
// which it was found now, and the place.
func (a *adder) again(from string) string {
	flags := corpusFlag(a.flag)
	if a.fetch.Private && strings.Contains(from, "://") {
		flags += " --private"
	}
	return flags + " " + quoted(from)
}

// readAgain reads a document that was in an encoding before: if it is not in UTF-8
// now, it is in the same one.
func readAgain(ctx context.Context, in extract.Input, encoding string) (*extract.Document, error) {
	doc, err := extract.Read(ctx, in)
	if err != nil || encoding == "" || doc.Encoding == "" || strings.EqualFold(doc.Encoding, encoding) {
		return doc, err
	}
	in.Encoding = encoding
	return extract.Read(ctx, in)
}
