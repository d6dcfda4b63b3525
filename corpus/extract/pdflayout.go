package extract

import (
	"cmp"
	"fmt"
	"math"
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"verbatim/corpus/words"
)

// Distances below are in sizes of the font, and were found on documents of Writer,
// Word, LaTeX and browsers.
const (
	wordGap      = 0.17 // a wider gap between characters parts words
	columnGap    = 1.4  // a wider gap parts pieces of a line, which may be of columns
	narrowGutter = 0.5  // least width of the white between columns
	sameLine     = 0.35 // how far baselines of one line may lie apart
	newParagraph = 1.3  // a gap so much wider than those between lines parts paragraphs
	indent       = 0.8  // how far the first line of a paragraph is set in
	larger       = 1.12 // how much larger the font of a heading is than that of the text
)

const (
	// fewestColumnLines is how many lines two columns have beside each other at least, and
	// columnCharacters how many characters on each side of them, on average.
	fewestColumnLines = 5
	columnCharacters  = 20
	// longColumn is how many lines a column has at least beside which the last may end at once.
	longColumn = 10
	// shortLine is how much of the width of its column a line leaves free at least that is
	// short, and fewestFull how many lines as wide as it a column of running text has at least.
	shortLine  = 0.12
	fewestFull = 2
)

// piece is a run of characters on one line without a wide gap.
type piece struct {
	text        string
	x0, x1, y   float64
	size        float64
	bold        bool
	page        int
	top         bool // the first piece of what was cut out of a page as one column
	left, right float64
	full        int  // how many lines are as wide as its column
	cells       bool // it was joined from pieces that stand apart, as the cells of a row do
}

// layOut makes blocks of the characters on pages.
func layOut(doc *Document, pages [][]glyph) {
	all := make([][]piece, len(pages))
	for i, glyphs := range pages {
		all[i] = pieces(settled(upright(glyphs)), i)
	}
	withoutMarks(all)
	dropRunningHeads(all)
	var lines []piece
	for _, page := range all {
		lines = append(lines, columns(page, 0)...)
	}
	if len(lines) == 0 {
		return
	}
	usual := bodyOf(lines)
	lines, notes := footnotes(lines, usual.size)
	paragraphs(doc, lines, usual)
	paragraphs(doc, notes, usual)
	doc.Blocks = withTurns(doc.Blocks, 0)
}

// footnotes takes from the lines those in a smaller font at the foot of their page,
// with nothing of the running text below them.
func footnotes(lines []piece, size float64) (text, notes []piece) {
	small := func(l piece) bool { return l.size < 0.93*size }
	lowest := map[int][]piece{} // of each page, lines of the running text
	for _, l := range lines {
		if !small(l) {
			lowest[l.page] = append(lowest[l.page], l)
		}
	}
	for _, l := range lines {
		running := lowest[l.page]
		below := slices.ContainsFunc(running, func(o piece) bool { return o.y < l.y && o.x0 < l.x1 && l.x0 < o.x1 })
		if small(l) && !below && len(running) > 0 {
			notes = append(notes, l)
		} else {
			text = append(text, l)
		}
	}
	return text, notes
}

// upright turns a page so that most of its text is read from left to right, and
// leaves out what then is not, such as a stamp in the margin.
func upright(glyphs []glyph) []glyph {
	count := map[[2]float64]int{}
	for _, g := range glyphs {
		count[[2]float64{math.Round(g.dirX), math.Round(g.dirY)}]++
	}
	most, dir := 0, [2]float64{1, 0}
	for d, n := range count {
		if n > most {
			most, dir = n, d
		}
	}
	var out []glyph
	for _, g := range glyphs {
		if math.Abs(g.dirX-dir[0]) > 0.05 || math.Abs(g.dirY-dir[1]) > 0.05 {
			continue
		}
		g.x, g.y = g.x*dir[0]+g.y*dir[1], g.y*dir[0]-g.x*dir[1]
		out = append(out, g)
	}
	return out
}

// pieces joins the characters of a page to runs on lines, from top to bottom and
// from left to right.
func pieces(glyphs []glyph, page int) []piece {
	if len(glyphs) == 0 {
		return nil
	}
	slices.SortStableFunc(glyphs, func(a, b glyph) int { return cmp.Compare(b.y, a.y) })
	var rows [][]glyph
	for len(glyphs) > 0 {
		n := 1
		for n < len(glyphs) && glyphs[0].y-glyphs[n].y <= sameLine*max(glyphs[0].size, glyphs[n].size) {
			n++
		}
		line := slices.Clone(glyphs[:n])
		slices.SortStableFunc(line, func(a, b glyph) int { return cmp.Compare(a.x, b.x) })
		rows = append(rows, line)
		glyphs = glyphs[n:]
	}
	gutters := guttersOf(rows)
	var out []piece
	for _, row := range rows {
		out = append(out, runs(row, page, gutters)...)
	}
	return out
}

// guttersOf finds where columns begin that stand close to each other: there line after line
// goes on after a gap, at the same place, with much text on both sides.
func guttersOf(rows [][]glyph) []float64 {
	type begun struct{ lines, left, right int }
	at := map[float64]*begun{}
	for _, row := range rows {
		end := row[0].x + row[0].width
		for i, g := range row {
			if strings.TrimSpace(g.text) == "" {
				continue
			}
			if x := math.Round(g.x); g.x-end > narrowGutter*g.size {
				if at[x] == nil {
					at[x] = &begun{}
				}
				at[x].lines++
				at[x].left += i
				at[x].right += len(row) - i
			}
			end = max(end, g.x+g.width)
		}
	}
	var out []float64
	for x, b := range at {
		if enough := fewestColumnLines * columnCharacters; b.lines >= fewestColumnLines && b.left >= enough && b.right >= enough &&
			b.left >= b.lines*columnCharacters && b.right >= b.lines*columnCharacters {
			out = append(out, x)
		}
	}
	return out
}

// runs cuts the characters of a line into pieces at wide gaps, and where a column begins.
func runs(line []glyph, page int, gutters []float64) []piece {
	wide := func(g glyph, gap, size float64) bool {
		begins := slices.ContainsFunc(gutters, func(x float64) bool { return math.Abs(x-g.x) <= 1 })
		return gap > columnGap*max(g.size, size) || begins && gap > narrowGutter*g.size
	}
	var out []piece
	var text strings.Builder
	var p piece
	bold, n := 0, 0
	flush := func() {
		if p.text = strings.TrimRight(ligatures.Replace(text.String()), " "); p.text != "" {
			p.bold = bold*2 > n
			out = append(out, p)
		}
		text.Reset()
		bold, n = 0, 0
	}
	for _, g := range withPowers(line) {
		blank := strings.TrimSpace(g.text) == ""
		gap := g.x - p.x1
		if n > 0 && gap < -0.6*g.width && strings.HasSuffix(text.String(), g.text) {
			continue // drawn twice, to look bold
		}
		switch {
		case n > 0 && wide(g, gap, p.size):
			flush()
		case n > 0 && gap > wordGap*g.size && !blank && !strings.HasSuffix(text.String(), " "):
			text.WriteByte(' ')
		}
		if n == 0 {
			if blank {
				continue
			}
			p = piece{x0: g.x, y: g.y, page: page}
		}
		text.WriteString(g.text)
		p.reach(g, blank)
		n++
		if g.bold {
			bold++
		}
	}
	flush()
	return out
}

// reach makes a piece reach to the end of a character. A blank may be as wide as the rest of
// the line.
func (p *piece) reach(g glyph, blank bool) {
	if blank {
		p.x1 = max(p.x1, min(g.x+g.width, g.x+g.size))
		return
	}
	p.x1 = g.x + g.width
	p.size = max(p.size, g.size)
}

// ligatures are characters that stand for several.
var ligatures = strings.NewReplacer("ﬀ", "ff", "ﬁ", "fi", "ﬂ", "fl", "ﬃ", "ffi", "ﬄ", "ffl", "ﬅ", "st", "ﬆ", "st")

var (
	pageNumber = regexp.MustCompile(`(?i)^(?:[-–—]\s*)?(?:page|seite|p\.|s\.)?\s*(?:\d{1,4}|[ivxl]{1,6})(?:\s*(?:of|/|von|\|)\s*\d{1,4})?(?:\s*[-–—])?$`)
	digits     = regexp.MustCompile(`\d+`)
	// printedAt and printedFrom are what browsers print above and below a page.
	printedAt   = regexp.MustCompile(`^(?:\d{1,2}[/.]\d{1,2}[/.]\d{2,4}|\d{4}-\d\d-\d\d),? \d{1,2}:\d\d(?:\s?[AaPp][Mm])?$`)
	printedFrom = regexp.MustCompile(`^(?:https?|file)://\S+$`)
)

// headLines is how many lines at the top and the bottom of a page may be running heads.
const headLines = 3

// dropRunningHeads takes away page numbers, and lines that stand at the top or the
// bottom of several pages, at the same place and in the same size, and differ in numbers
// only: a title is larger than the running head that repeats it.
func dropRunningHeads(pages [][]piece) {
	edge := func(page []piece, i int) bool {
		above, below := 0, 0
		for _, p := range page {
			if p.y > page[i].y+1 {
				above++
			}
			if p.y < page[i].y-1 {
				below++
			}
		}
		return above < headLines || below < headLines
	}
	shape := func(p piece) string {
		return fmt.Sprintf("%s %.0f %.0f", digits.ReplaceAllString(strings.ToLower(p.text), "#"), 2*p.size, p.y/3)
	}
	count := map[string]int{}
	for _, page := range pages {
		seen := map[string]bool{}
		for i, p := range page {
			if s := shape(p); edge(page, i) && !seen[s] {
				seen[s] = true
				count[s]++
			}
		}
	}
	for n, page := range pages {
		kept, printed := page[:0:0], printedLines(page)
		for i, p := range page {
			if edge(page, i) && (slices.Contains(printed, p.y) || pageNumber.MatchString(p.text) || len(pages) > 1 && count[shape(p)] > 1 && count[shape(p)]*3 >= min(len(pages), 9)) {
				continue
			}
			kept = append(kept, p)
		}
		pages[n] = kept
	}
}

// printedLines are where the lines stand that a browser prints around a page: with the date,
// and with the address. Without a date there are none.
func printedLines(page []piece) (at []float64) {
	dated := false
	for _, p := range page {
		if printedAt.MatchString(p.text) || printedFrom.MatchString(p.text) {
			dated = dated || printedAt.MatchString(p.text)
			at = append(at, p.y)
		}
	}
	if !dated {
		return nil
	}
	return at
}

// columns puts the pieces of a page into the order in which they are read: it cuts
// at white that runs down through all of them, else at the widest white across, and
// goes on with the parts.
func columns(page []piece, depth int) []piece {
	if len(page) < 2 || depth > 30 {
		return oneColumn(page)
	}
	if at, ok := gutterOf(page); ok {
		return slices.Concat(columns(piecesWhere(page, func(p piece) bool { return p.x1 <= at }), depth+1),
			columns(piecesWhere(page, func(p piece) bool { return p.x1 > at }), depth+1))
	}
	if !severalColumns(page) {
		return oneColumn(page)
	}
	at, ok := widestAcross(page)
	if !ok {
		return oneColumn(page)
	}
	return slices.Concat(columns(piecesWhere(page, func(p piece) bool { return p.y >= at }), depth+1),
		columns(piecesWhere(page, func(p piece) bool { return p.y < at }), depth+1))
}

func piecesWhere(page []piece, in func(piece) bool) []piece {
	var out []piece
	for _, p := range page {
		if in(p) {
			out = append(out, p)
		}
	}
	return out
}

// severalColumns reports whether pieces stand beside each other on several lines.
func severalColumns(page []piece) bool {
	beside := 0
	for i := 1; i < len(page); i++ {
		if math.Abs(page[i].y-page[i-1].y) <= sameLine*page[i].size && page[i].x0 > page[i-1].x1 {
			beside++
		}
	}
	return beside >= 3
}

// gutterOf finds white that runs down between two columns of text: each has several
// lines, and they are too long to be the cells of a table.
func gutterOf(page []piece) (at float64, ok bool) {
	byLeft := slices.Clone(page)
	slices.SortFunc(byLeft, func(a, b piece) int { return cmp.Compare(a.x0, b.x0) })
	right := byLeft[0].x1
	for i, p := range byLeft {
		if i > 0 && p.x0-right > narrowGutter*p.size && (columnOfText(byLeft[:i], 3) && columnOfText(byLeft[i:], 3) || columnOfText(byLeft[:i], longColumn) && columnOfText(byLeft[i:], 1)) {
			return right, true
		}
		right = max(right, p.x1)
	}
	return 0, false
}

func columnOfText(pieces []piece, fewest int) bool {
	n := 0
	for _, p := range pieces {
		n += utf8.RuneCountInString(p.text)
	}
	return len(pieces) >= fewest && n >= 20*len(pieces)
}

// widestAcross finds the widest white between two lines.
func widestAcross(page []piece) (at float64, ok bool) {
	widest := 0.0
	byTop := slices.Clone(page)
	slices.SortFunc(byTop, func(a, b piece) int { return cmp.Compare(b.y, a.y) })
	for i := 1; i < len(byTop); i++ {
		above, below := byTop[i-1], byTop[i]
		if gap := above.y - below.y - below.size; gap > widest && above.y-below.y > sameLine*below.size {
			widest, at, ok = gap, above.y, true
		}
	}
	return at, ok
}

// oneColumn joins pieces on the same line and notes how wide their column is.
func oneColumn(page []piece) []piece {
	var lines []piece
	for _, p := range page {
		if n := len(lines); n > 0 && math.Abs(lines[n-1].y-p.y) <= sameLine*max(p.size, lines[n-1].size) {
			last := &lines[n-1]
			last.text += " " + p.text
			last.x1, last.x0 = max(last.x1, p.x1), min(last.x0, p.x0)
			last.size = max(last.size, p.size)
			last.cells = true
			continue
		}
		lines = append(lines, p)
	}
	if len(lines) == 0 {
		return nil
	}
	left, right := math.Inf(1), math.Inf(-1)
	for _, l := range lines {
		left, right = min(left, l.x0), max(right, l.x1)
	}
	full := 0
	for _, l := range lines {
		if l.x1-l.x0 >= (1-shortLine)*(right-left) {
			full++
		}
	}
	for i := range lines {
		lines[i].left, lines[i].right, lines[i].full = left, right, full
	}
	lines[0].top = true
	return lines
}

// body is what most lines of a document are like.
type body struct {
	size    float64
	leading float64
	bold    bool
}

func bodyOf(lines []piece) body {
	sizes, leadings := map[float64]int{}, map[float64]int{}
	bold, n := 0, 0
	var b body
	for i, l := range lines {
		length := utf8.RuneCountInString(l.text)
		n += length
		if l.bold {
			bold += length
		}
		size := math.Round(l.size*2) / 2
		sizes[size] += length
		if sizes[size] > sizes[b.size] {
			b.size = size
		}
		if i > 0 && !l.top && !endsSentence(lines[i-1].text) && l.bold == lines[i-1].bold { // inside a paragraph
			gap := math.Round((lines[i-1].y-l.y)/l.size*20) / 20
			leadings[gap]++
			if gap > 0.8 && gap < 3 && (leadings[gap] > leadings[b.leading] || leadings[gap] == leadings[b.leading] && gap < b.leading) {
				b.leading = gap
			}
		}
	}
	b.bold = bold*2 > n
	if b.leading == 0 {
		b.leading = 1.2
	}
	return b
}

// heading reports whether a line is set as a heading: larger than the text, or bold
// where the text is not.
func (b body) heading(l piece) bool {
	return l.size > b.size*larger || l.bold && !b.bold && l.size > b.size*0.95
}

// paragraphs joins lines to blocks.
func paragraphs(doc *Document, lines []piece, usual body) {
	var all strings.Builder
	for _, l := range lines {
		all.WriteString(l.text + "\n")
	}
	joins := newJoiner(all.String(), true)
	largest := 0.0
	title := -1
	for i := 0; i < len(lines); {
		from := i
		text := lines[i].text
		for i++; i < len(lines) && usual.goesOn(lines, from, i); i++ {
			text = joins.join(text, lines[i].text)
		}
		kind := usual.kindOf(lines[from:i], text)
		if kind == Heading && named.MatchString(text) {
			kind = Paragraph
		}
		if kind == Item {
			text = withoutBullet(text)
		}
		doc.add(kind, text)
		if first := lines[from]; doc.Title == "" && kind == Heading && first.page == 0 && first.size > largest+0.5 && len(doc.Blocks) > 0 {
			largest, title = first.size, len(doc.Blocks)-1
		}
	}
	switch {
	case doc.Title != "":
	case title >= 0 && title < 5 && largest > usual.size*larger:
		doc.Title = doc.Blocks[title].Text
	case len(doc.Blocks) > 1 && doc.Blocks[0].Kind == Heading:
		doc.Title = doc.Blocks[0].Text
	}
}

// goesOn reports whether line i is of the paragraph that begins with line from.
func (b body) goesOn(lines []piece, from, i int) bool {
	first, before, l := lines[from], lines[i-1], lines[i]
	if math.Abs(l.size-before.size) > 0.06*before.size || b.heading(l) != b.heading(before) || bullet(l.text) != "" {
		return false
	}
	if l.top || l.page != before.page {
		return !b.heading(l) && overBreak(before, l)
	}
	ended := endsSentence(before.text)
	if before.y-l.y > newParagraph*b.leading*l.size || leader.MatchString(before.text) {
		return false
	}
	if b.heading(l) {
		return true
	}
	// An item's lines are set in as far as its first word.
	setIn := l.x0-before.x0 > indent*l.size
	if setIn && bullet(first.text) == "" && (ended || before.x0-before.left < indent*l.size && l.x0-l.left < 4*l.size && ended) {
		return false
	}
	if speakerOf(l.text) != "" && ended {
		return false
	}
	short := before.x1 < before.right-shortLine*(before.right-before.left)
	return !(short && ended)
}

// overBreak reports whether a sentence goes on from the last line of a column or a page to
// the first of the next. Where that does not begin with a small letter, it has to be the line
// of running text that tells: only one that is full has no more room for the next word.
func overBreak(before, l piece) bool {
	announced := strings.HasSuffix(before.text, ":") // what follows belongs to it
	if both := before.text + " " + l.text; !announced && endsSentence(before.text) &&
		len(words.Sentences(both)) >= len(words.Sentences(before.text))+len(words.Sentences(l.text)) {
		return false // else a full stop is that of an abbreviation
	}
	if startsLower(l.text) {
		return true
	}
	across := l.page == before.page && l.y < before.y // white parts them that runs across the page
	return !across && before.fills(l) && speakerOf(l.text) == "" && !captionStart.MatchString(l.text) && !listNumber.MatchString(l.text)
}

// listNumber begins an item of a list with numbers.
var listNumber = regexp.MustCompile(`^\(?(?:\d{1,2}|[a-z])[.)]\s+\p{Lu}`)

// fills reports whether a line of running text leaves no room for the first word of the next.
func (p piece) fills(next piece) bool {
	word, _, _ := strings.Cut(next.text, " ")
	n := utf8.RuneCountInString(p.text)
	room := p.right - p.x1
	return p.full >= fewestFull && !p.cells && n >= columnCharacters && room <= (p.x1-p.x0)*float64(utf8.RuneCountInString(word)+1)/float64(n)
}

func startsLower(s string) bool {
	r, _ := utf8.DecodeRuneInString(s)
	return unicode.IsLower(r)
}

var captionStart = regexp.MustCompile(`(?i)^(?:figure|fig\.|table|photo|image|picture|illustration|source|credit)\s*(?:\d+\s*)?[:.|]`)

// kindOf tells what the lines of one block are.
func (b body) kindOf(lines []piece, text string) Kind {
	switch {
	case bullet(text) != "":
		return Item
	case lines[0].size < 0.97*b.size && captionStart.MatchString(text):
		return Caption
	case b.heading(lines[0]) && len(strings.Fields(text)) <= 30 && (!endsSentence(text) || strings.HasSuffix(text, "?")):
		return Heading
	}
	return Paragraph
}

var bulletStart = regexp.MustCompile(`^(?:[•▪◦‣●○■□➢–\x{f0b7}\x{f0a7}\x{f02d}·\x{2022}\x{25aa}*-])\s+`)

// bullet returns the mark with which an item of a list begins, or "".
func bullet(s string) string { return bulletStart.FindString(s) }

func withoutBullet(s string) string { return strings.TrimPrefix(s, bullet(s)) }
