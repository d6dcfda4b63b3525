package extract

import (
	"regexp"
	"slices"
	"strings"
	"unicode"

	"verbatim/corpus"
	"verbatim/corpus/words"
)

// Kind is what a block is in its document.
type Kind int

const (
	// Paragraph is running text.
	Paragraph Kind = iota
	// Heading heads what follows, or is a question that the next block answers.
	Heading
	// Item is one of a list.
	Item
	// Quotation is a paragraph that the document sets off as somebody's words.
	Quotation
	// Caption belongs to a picture or a table and is no running text.
	Caption
	// Turn is what one speaker says in a transcript; it begins with the name and a
	// colon where the document tells the speaker.
	Turn
)

// Block is one paragraph of a document. Its text has no line break.
type Block struct {
	Kind Kind
	Text string
	// link is whether nearly all of it leads elsewhere.
	link bool
	// bold is whether all of it is set in bold.
	bold bool
	// apart is whether it is a line of plain text with a blank one behind it.
	apart bool
}

// Document is what was read of one.
type Document struct {
	// Format is its name for people ("PDF").
	Format string
	// Extension is what a copy of the original should be called, with the dot.
	Extension string
	// Encoding is what its characters were converted from; empty for UTF-8.
	Encoding string
	// Notes say what a person should know of how it was read.
	Notes []string
	// Title to Language are what the document tells of itself; empty where it does
	// not. Published is a date, YYYY-MM-DD, or as exact as the document has it.
	Title, Author, Publisher, Published, URL, Language string
	Blocks                                             []Block
}

// Text returns the blocks as lines, with a blank line between them save for items
// of one list and turns.
func (d *Document) Text() string {
	var b strings.Builder
	for i, block := range d.Blocks {
		if i > 0 {
			if together := (block.Kind == Item || block.Kind == Turn) && d.Blocks[i-1].Kind == block.Kind; !together {
				b.WriteByte('\n')
			}
		}
		b.WriteString(block.Text)
		b.WriteByte('\n')
	}
	return b.String()
}

// Description returns what source.yaml is to say of the text.
func (d *Document) Description() corpus.Description {
	return corpus.Description{
		Title: d.Title, Author: d.Author, Publisher: d.Publisher, Published: d.Published, URL: d.URL, Language: d.Language,
		Hash:     corpus.Hash([]byte(d.Text())),
		Original: corpus.Original{Format: d.Format, Encoding: d.Encoding},
		Structure: corpus.Structure{
			Headings:  d.of(Heading),
			Furniture: d.of(Caption),
		},
	}
}

// of returns the texts of the blocks of a kind, each once. What stands elsewhere as something else
// is no furniture; a heading stays one wherever it stands, unless it is a sentence.
func (d *Document) of(kind Kind) []string {
	seen := map[string]bool{}
	for _, b := range d.Blocks {
		if b.Kind != kind && (kind == Caption || strings.HasSuffix(b.Text, ".")) {
			seen[b.Text] = true
		}
	}
	var out []string
	for _, b := range d.Blocks {
		if b.Kind == kind && !seen[b.Text] {
			seen[b.Text] = true
			out = append(out, b.Text)
		}
	}
	return out
}

// add appends a block, unless it has no letter or digit.
func (d *Document) add(kind Kind, text string) {
	text = oneLine(text)
	if strings.ContainsFunc(text, func(r rune) bool { return unicode.IsLetter(r) || unicode.IsNumber(r) }) {
		d.Blocks = append(d.Blocks, Block{Kind: kind, Text: text})
	}
}

// note adds what a person should know, once.
func (d *Document) note(text string) {
	if !slices.Contains(d.Notes, text) {
		d.Notes = append(d.Notes, text)
	}
}

var salutation = regexp.MustCompile(`(?i)^(?:(?:my )?(?:own |very )?(?:dear|dearest|beloved)\b.*|sirs?|madam|gentlemen)\s*[,:;!.—–-]*$`)

const (
	// mostBefore is how many lines a letter has at most before it addresses somebody: its
	// head, a date, and an address.
	mostBefore = 10
	// longestSalutation is how many words such a line has at most.
	longestSalutation = 8
)

// salutation returns the block in which a letter addresses somebody, -1 for what is no letter.
func (d *Document) salutation() int {
	return slices.IndexFunc(d.Blocks[:min(mostBefore, len(d.Blocks))], func(b Block) bool {
		return b.Kind == Paragraph && len(strings.Fields(b.Text)) <= longestSalutation && salutation.MatchString(b.Text)
	})
}

const (
	// fewestQuestions is how many questions a text without markup has at least that is read as
	// a list of questions and answers, and longestQuestion how many words one has at most.
	fewestQuestions = 3
	longestQuestion = 25
)

// questions calls those lines of a text without markup headings that are each one question
// with an answer after it: a question is no answer.
func (d *Document) questions() {
	asks := func(i int) bool {
		return i < len(d.Blocks) && d.Blocks[i].Kind == Paragraph && strings.HasSuffix(d.Blocks[i].Text, "?") &&
			len(strings.Fields(d.Blocks[i].Text)) <= longestQuestion && len(words.Sentences(d.Blocks[i].Text)) == 1
	}
	var found []int
	for i := range d.Blocks {
		if asks(i) && i+1 < len(d.Blocks) && !asks(i+1) {
			found = append(found, i)
		}
	}
	if len(found) < fewestQuestions {
		return
	}
	for _, i := range found {
		d.Blocks[i].Kind = Heading
	}
}

var (
	// photoCredit ends what stands under a picture, whatever the document makes of it.
	photoCredit = regexp.MustCompile(`\b(?:Photo|Photograph|Image|Picture|Illustration)s?(?: [Cc]redit)?: [^.:;?!]{1,60}\.?$`)
	// numbered begins what stands at a table or a picture that has a number.
	numbered = regexp.MustCompile(`^(?:Figure|Fig\.|FIGURE|Table|TABLE|Chart|Box) ?\d+[a-z]?(?:\.\d+)?\s?[:.|—–] ?\S`)
)

// longestCaption is how many bytes a line has at most that is taken for what stands at a
// picture by its words.
const longestCaption = 300

// captions calls so what stands at pictures and tables by its words, and lines of a list of
// contents.
func (d *Document) captions() {
	for i, b := range d.Blocks {
		if b.Kind == Paragraph && len(b.Text) <= longestCaption && (leader.MatchString(b.Text) || photoCredit.MatchString(b.Text) || numbered.MatchString(b.Text)) {
			d.Blocks[i].Kind = Caption
		}
	}
}

var (
	// leader ends a line of a list of contents: dots, and the number of a page.
	leader = regexp.MustCompile(`(?:\.{4,}|(?:\. ){4,}|…{2,})\s*\d{1,4}$`)
	// beforeEntry and behindEntry are what such a line has around a heading.
	beforeEntry = regexp.MustCompile(`^(?:\d{1,2}(?:\.\d{1,2})*[.)]?|[-•*–])\s+`)
	behindEntry = regexp.MustCompile(`\s+\d{1,4}$`)
)

// fewestEntries is how many headings a list of contents has at least, and of a text without markup.
const (
	fewestEntries      = 2
	fewestPlainEntries = 3
)

// entry is the heading that a line of a list of contents may name.
func entry(text string) string {
	return strings.ToLower(beforeEntry.ReplaceAllString(behindEntry.ReplaceAllString(text, ""), ""))
}

// withoutContents takes away lists of the headings that follow, with what heads the list. In a
// text without markup the lines that such a list names are the headings.
func (d *Document) withoutContents() {
	at := map[string]int{}
	for i, b := range d.Blocks {
		if b.Kind == Heading || b.Kind == Paragraph && headingLike(b.Text) {
			at[entry(b.Text)] = i
		}
	}
	for from := range d.Blocks {
		to := d.contentsEnd(from, at)
		if to == from {
			continue
		}
		for _, b := range d.Blocks[from:to] {
			d.Blocks[at[entry(b.Text)]].Kind = Heading
		}
		if from > 0 && d.Blocks[from-1].Text != d.Title && chrome(d.Blocks[from-1].Text, 0) {
			from--
		}
		d.Blocks = slices.Delete(d.Blocks, from, to)
		return
	}
}

// contentsEnd is where a list of contents ends that begins with a block, or that block, where none
// does. at is where each heading stands last: in a list of contents they come in their order, with
// text between them.
func (d *Document) contentsEnd(from int, at map[string]int) int {
	to, last, marked := from, -1, true
	for ; to < len(d.Blocks) && (d.Blocks[to].Kind == Paragraph || d.Blocks[to].Kind == Item); to++ {
		head, ok := at[entry(d.Blocks[to].Text)]
		if !ok || head <= to || last >= 0 && head <= last+1 {
			break
		}
		last, marked = head, marked && d.Blocks[head].Kind == Heading
	}
	if n := to - from; n < fewestEntries || !marked && n < fewestPlainEntries || at[entry(d.Blocks[from].Text)] < to {
		return from
	}
	return to
}

// boldHeadings calls headings what is only set in bold above text that is not, and does not
// end a sentence. Where three such lines are questions, the others head answers as well.
func (d *Document) boldHeadings() {
	var heads []int
	asked := 0
	for i, b := range d.Blocks[:max(0, len(d.Blocks)-1)] {
		next := d.Blocks[i+1]
		if !b.bold || b.Kind != Paragraph || next.bold || next.Kind == Heading || next.Kind == Caption || speakerOf(b.Text) != "" || named.MatchString(b.Text) || len(strings.Fields(b.Text)) > longestQuestion {
			continue
		}
		heads = append(heads, i)
		if strings.HasSuffix(b.Text, "?") {
			asked++
		}
	}
	for _, i := range heads {
		if asked >= fewestQuestions || headingLike(strings.TrimSuffix(d.Blocks[i].Text, ":")) {
			d.Blocks[i].Kind = Heading
		}
	}
}

// titled puts the title before the blocks, unless they begin with it.
func (d *Document) titled() {
	if d.Title == "" {
		return
	}
	for i := range d.Blocks[:min(3, len(d.Blocks))] {
		if strings.EqualFold(d.Blocks[i].Text, d.Title) {
			d.Blocks[i].Kind = Heading
			for k := range d.Blocks[:i] {
				if headingLike(d.Blocks[k].Text) && !writtenDate.MatchString(d.Blocks[k].Text) {
					d.Blocks[k].Kind = Caption // what kind of text it is, or of which part of a paper
				}
			}
			return
		}
	}
	d.Blocks = slices.Insert(d.Blocks, 0, Block{Kind: Heading, Text: oneLine(d.Title)})
}

// oneLine makes runs of blanks, tabs and line breaks one blank, and bytes that are
// no UTF-8 a sign for that. Other white space, such as blanks that do not break,
// stays inside: it is part of the text.
func oneLine(s string) string {
	return strings.Trim(strings.Join(strings.FieldsFunc(invisible.Replace(strings.ToValidUTF8(s, "\ufffd")), blank), " "), " \u00a0")
}

// blank reports whether r separates words in markup.
func blank(r rune) bool {
	switch r {
	case ' ', '\t', '\n', '\r', '\f', '\v', '\u0085', '\u2028', '\u2029':
		return true
	}
	return r < ' ' || r == 0x7f
}

// invisible characters are none of a text's: places where a word may break, marks
// of byte order.
var invisible = strings.NewReplacer("\u00ad", "", "\u200b", "", "\ufeff", "")

// characters counts those of all blocks.
func (d *Document) characters() int {
	n := 0
	for _, b := range d.Blocks {
		n += len(b.Text)
	}
	return n
}
