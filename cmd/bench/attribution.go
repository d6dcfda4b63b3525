package main

import (
	"bytes"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"verbatim/cmd/internal/score"
	"verbatim/corpus"
	"verbatim/corpus/attribution"
	"verbatim/corpus/words"
)

// labelFile holds runs of texts of ../shared/reading with whose words they are, as a
// reader decided it; README.md beside it says by which rules.
const labelFile = "cmd/bench/testdata/attribution/labels.tsv"

// label is a run of a text and whose words it is.
type label struct {
	text       string
	paragraph  int // from 1
	start, end int // bytes within the paragraph
	kind       corpus.Attribution
	// form is an attribution.Form in words, or of the article's own words "marks" for
	// what stands between quotation marks and "sentence" for a whole one.
	form string
	// speakers are the names that are right, empty where the text has none or leaves
	// open who it is.
	speakers []string
	// building says that the text may have been looked at when the program was built.
	building bool
}

func (l label) genre() string {
	genre, _, _ := strings.Cut(l.text, "-")
	return genre
}

// readLabels reads a file of labels.
func readLabels(file string) ([]label, error) {
	data, err := os.ReadFile(file)
	if err != nil {
		return nil, err
	}
	lines := strings.Split(strings.TrimSpace(string(data)), "\n")
	var labels []label
	for i, line := range lines[1:] { // the first names the columns
		l, err := parseLabel(line)
		if err != nil {
			return nil, fmt.Errorf("%s:%d: %w", file, i+2, err)
		}
		labels = append(labels, l)
	}
	return labels, nil
}

func parseLabel(line string) (label, error) {
	cells := strings.Split(line, "\t")
	if len(cells) != 9 {
		return label{}, fmt.Errorf("%d columns, not 9", len(cells))
	}
	l := label{text: cells[0], kind: corpus.Attribution(cells[4]), form: cells[5], building: cells[8] != "no"}
	paragraph, _, _ := strings.Cut(strings.TrimPrefix(cells[1], "p"), "s")
	for _, number := range []struct {
		cell string
		to   *int
	}{{paragraph, &l.paragraph}, {cells[2], &l.start}, {cells[3], &l.end}} {
		n, err := strconv.Atoi(number.cell)
		if err != nil {
			return label{}, err
		}
		*number.to = n
	}
	if !l.kind.Valid() {
		return label{}, fmt.Errorf("%q is no kind", l.kind)
	}
	if names := cells[6]; names != "" && names != "unclear" && names != "unnamed" {
		l.speakers = strings.Split(names, "|")
	}
	return l, nil
}

// spans returns the label's paragraph and its run as bytes of the whole text.
func (l label) spans(s *corpus.Source) (paragraph, run words.Span, err error) {
	all := s.Paragraphs()
	if l.paragraph < 1 || l.paragraph > len(all) {
		return paragraph, run, fmt.Errorf("%s has no paragraph %d", l.text, l.paragraph)
	}
	p := all[l.paragraph-1]
	paragraph = words.Span{Start: p.Start(), End: p.End()}
	run = words.Span{Start: p.Start() + l.start, End: p.Start() + l.end}
	if l.start < 0 || run.Start >= run.End || run.End > p.End() {
		return paragraph, run, fmt.Errorf("%s: bytes %d to %d are not in paragraph %d", l.text, l.start, l.end, l.paragraph)
	}
	return paragraph, run, nil
}

// shared returns how many bytes two runs have in common.
func shared(a, b words.Span) int { return max(0, min(a.End, b.End)-max(a.Start, b.Start)) }

// taken is what the program takes a run for.
type taken struct {
	// as is Direct for words spoken, whoever spoke them, Reported, or Article.
	as corpus.Attribution
	// by is the speech that says so; of several, the one that has most of the run.
	by corpus.Speech
}

// take reads off the speeches of a text what the program takes a labelled run for. It
// is spoken where speeches have at least half of it and it is at least half of what
// they have in its paragraph, so that marks that are paired wrongly do not count.
func take(l label, paragraph, run words.Span, speeches []corpus.Speech) taken {
	size := run.End - run.Start
	var spoken, reported taken
	inRun, inAll, most := 0, 0, 0
	for _, sp := range speeches {
		if !l.concerns(sp) {
			continue
		}
		q := sp.Words
		if !sp.Spoken() {
			q = sp.Quote
		}
		said := words.Span{Start: q.Start(), End: q.End()}
		n := shared(said, run)
		switch {
		case n == 0:
		case !sp.Spoken():
			if 2*n >= size {
				reported = taken{corpus.Reported, sp}
			}
		case sp.Form == attribution.Partial && l.whole():
			reported = taken{corpus.Reported, sp}
		default:
			inRun, inAll = inRun+n, inAll+shared(said, paragraph)
			if n > most {
				most, spoken = n, taken{corpus.Direct, sp}
			}
		}
	}
	switch {
	case l.kind == corpus.Reported && reported.as != "":
		return reported
	case 2*inRun >= size && (2*inRun >= inAll || l.whole() || l.form == "authored"):
		return spoken
	case reported.as != "" && l.form != "marks":
		return reported
	}
	return taken{as: corpus.Article}
}

// whole reports whether the label is of a whole sentence that is not spoken: words of it
// in quotation marks make it one that reports.
func (l label) whole() bool { return l.kind == corpus.Reported || l.form == "sentence" }

// concerns reports whether a speech has a say in a label. That somebody wrote the whole
// text, or has the turn, says nothing of what is quoted there.
func (l label) concerns(sp corpus.Speech) bool {
	switch sp.Form {
	case attribution.Authored:
		return l.form == "authored" || l.form == "turn"
	case attribution.Turn:
		return l.form != "marks"
	}
	return true
}

// sameSpeaker reports whether two names are one: all words of one are among the other's.
func sameSpeaker(a, b string) bool {
	split := func(name string) []string {
		parts := strings.FieldsFunc(words.Fold(name), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
		return slices.DeleteFunc(parts, func(s string) bool { return s == "the" })
	}
	within := func(a, b []string) bool {
		return len(a) > 0 && !slices.ContainsFunc(a, func(s string) bool { return !slices.Contains(b, s) })
	}
	x, y := split(a), split(b)
	return within(x, y) || within(y, x)
}

// runFigures counts labelled runs that are spoken, or those that are reported.
type runFigures struct {
	// found are those that the program takes for what they are; swapped are spoken ones
	// that it takes for reported or the reverse, article those it takes for the article's.
	found, swapped, article score.Share
	// kind are the found ones with a named speaker or with others, as the label says.
	kind score.Share
	// precise and complete are the runs with a clear speaker whom the program names right:
	// of those it names anybody for, and of all.
	precise, complete score.Share
	// open are the runs without a name or a clear speaker for which one is named.
	open score.Share
}

func (f *runFigures) add(l label, t taken) {
	found := (t.as == corpus.Reported) == (l.kind == corpus.Reported) && t.as != corpus.Article
	f.found.Add(found)
	f.article.Add(t.as == corpus.Article)
	f.swapped.Add(!found && t.as != corpus.Article)
	// Nobody is named by a pronoun or a group; "the author" does for one whom the text does
	// not name either.
	named := found && !t.by.Unsure && t.by.Attribution != corpus.Others
	right := (named || found && t.by.Speaker == attribution.TheAuthor) &&
		slices.ContainsFunc(l.speakers, func(s string) bool { return sameSpeaker(s, t.by.Speaker) })
	if found {
		f.kind.Add((t.by.Attribution == corpus.Others && !right) == (len(l.speakers) == 0))
	}
	if len(l.speakers) == 0 {
		f.open.Add(named)
		return
	}
	if named || right {
		f.precise.Add(right)
	}
	f.complete.Add(right)
}

// plus is the sum of two figures.
func (f runFigures) plus(o runFigures) runFigures {
	return runFigures{
		found: f.found.Plus(o.found), swapped: f.swapped.Plus(o.swapped), article: f.article.Plus(o.article), kind: f.kind.Plus(o.kind),
		precise: f.precise.Plus(o.precise), complete: f.complete.Plus(o.complete), open: f.open.Plus(o.open),
	}
}

// whoFigures counts the labels of some texts.
type whoFigures struct {
	texts int
	// forms are the spoken runs by their form.
	forms    map[string]runFigures
	reported runFigures
	// marks and sentences are the article's own, and how many are given to somebody.
	marks, sentences score.Share
	// calledSpoken and calledReported are the runs of every kind that the program takes
	// for spoken or reported, and how many are.
	calledSpoken, calledReported score.Share
}

func (f *whoFigures) add(l label, t taken) {
	switch t.as {
	case corpus.Direct:
		f.calledSpoken.Add(l.kind.Spoken())
	case corpus.Reported:
		f.calledReported.Add(l.kind == corpus.Reported)
	}
	switch {
	case l.form == "marks":
		f.marks.Add(t.as != corpus.Article)
	case l.kind == corpus.Article:
		f.sentences.Add(t.as != corpus.Article)
	case l.kind == corpus.Reported:
		f.reported.add(l, t)
	default:
		if f.forms == nil {
			f.forms = map[string]runFigures{}
		}
		form := f.forms[l.form]
		form.add(l, t)
		f.forms[l.form] = form
	}
}

// spoken counts the spoken runs of every form.
func (f whoFigures) spoken() (sum runFigures) {
	for _, form := range f.forms {
		sum = sum.plus(form)
	}
	return sum
}

// plus is the sum of two figures.
func (f whoFigures) plus(o whoFigures) whoFigures {
	sum := whoFigures{
		texts: f.texts + o.texts, forms: map[string]runFigures{}, reported: f.reported.plus(o.reported),
		marks: f.marks.Plus(o.marks), sentences: f.sentences.Plus(o.sentences),
		calledSpoken: f.calledSpoken.Plus(o.calledSpoken), calledReported: f.calledReported.Plus(o.calledReported),
	}
	for _, forms := range []map[string]runFigures{f.forms, o.forms} {
		for name, form := range forms {
			sum.forms[name] = sum.forms[name].plus(form)
		}
	}
	return sum
}

// attributionSection compares whose words the program takes runs of texts for with what
// labels say. dir holds the texts.
func attributionSection(w *bytes.Buffer, dir, labelled string) error {
	labels, err := readLabels(labelled)
	if err != nil {
		return err
	}
	heldOut, other := map[string]whoFigures{}, map[string]whoFigures{}
	for len(labels) > 0 {
		first := labels[0]
		n := slices.IndexFunc(labels, func(l label) bool { return l.text != first.text })
		if n < 0 {
			n = len(labels)
		}
		f, err := attributeText(filepath.Join(dir, first.text+".txt"), labels[:n])
		if err != nil {
			return err
		}
		group := heldOut
		if first.building {
			group = other
		}
		group[first.genre()] = group[first.genre()].plus(f)
		labels = labels[n:]
	}
	fmt.Fprint(w, "Runs of texts of which a reader said by hand whose words they are; the rules stand in cmd/bench/testdata/attribution. "+
		"Spoken words count as found where the program takes at least half of them for somebody's own words, and no more than as much again of what is around them. "+
		"A report counts as found where it takes at least half of it for a report, or some words of it for quoted. "+
		"In brackets: percent, and its interval at 95% if runs are independent; those of a text are not quite.\n\n")
	writeWho(w, "Texts that are held out", heldOut)
	writeWho(w, "Other texts, some of which may have been looked at in building", other)
	return nil
}

// attributeText counts the labels of a text.
func attributeText(file string, labels []label) (whoFigures, error) {
	f := whoFigures{texts: 1}
	text, err := os.ReadFile(file)
	if err != nil {
		return f, err
	}
	s, err := corpus.Read(labels[0].text, string(text))
	if err != nil {
		return f, err
	}
	speeches := s.Speeches()
	for _, l := range labels {
		paragraph, run, err := l.spans(s)
		if err != nil {
			return f, err
		}
		f.add(l, take(l, paragraph, run, speeches))
	}
	return f, nil
}

// writeWho writes the tables of a group of texts by genre.
func writeWho(w *bytes.Buffer, title string, genres map[string]whoFigures) {
	if len(genres) == 0 {
		return
	}
	var all whoFigures
	names := slices.Sorted(maps.Keys(genres))
	for _, name := range names {
		all = all.plus(genres[name])
	}
	name := func(genre string) string { return fmt.Sprintf("%s (%d)", genre, genres[genre].texts) }
	runs := func(what, swapped string, of func(whoFigures) runFigures) {
		fmt.Fprintf(w, "\n| %s | found | named speaker or others, right of those found | speaker right of those named | speaker right of those that are clear | taken for the article's | taken for %s | named where the text is not clear |\n|---|---|---|---|---|---|---|---|\n", what, swapped)
		row := func(name string, f runFigures) {
			if f.found.All > 0 {
				fmt.Fprintf(w, "| %s | %v | %v | %v | %v | %v | %v | %v |\n", name, f.found, f.kind, f.precise, f.complete, f.article, f.swapped, f.open)
			}
		}
		for _, genre := range names {
			row(name(genre), of(genres[genre]))
		}
		if what == "spoken" {
			for _, form := range slices.Sorted(maps.Keys(all.forms)) {
				row("*"+form+"*", all.forms[form])
			}
		}
		row("**all**", of(all))
	}
	fmt.Fprintf(w, "**%s** (%d):\n", title, all.texts)
	runs("spoken", "reported", whoFigures.spoken)
	runs("reported", "spoken", func(f whoFigures) runFigures { return f.reported })
	fmt.Fprint(w, "\n| not speech | between marks, given to somebody | sentences, given to somebody | right of those taken for spoken | right of those taken for reported |\n|---|---|---|---|---|\n")
	row := func(name string, f whoFigures) {
		fmt.Fprintf(w, "| %s | %v | %v | %v | %v |\n", name, f.marks, f.sentences, f.calledSpoken, f.calledReported)
	}
	for _, genre := range names {
		row(name(genre), genres[genre])
	}
	row("**all**", all)
	w.WriteByte('\n')
}
