package extract

import (
	"cmp"
	"math"
	"regexp"
	"slices"
	"strings"
)

// In sizes of the font, as those of the layout.
const (
	smaller     = 0.88 // how much smaller the font of raised and lowered characters is at least
	smallest    = 0.45 // and at most: what is larger still begins a paragraph
	shifted     = 0.08 // how far such characters stand above or below the line at least
	raisedMost  = 0.75 // and above it at most
	loweredMost = 0.4  // and below it at most
	besideGap   = 0.35 // how far they stand from the character beside them at most
)

const (
	// square is how wide and high the squares of a page are, in points, in which characters are
	// looked for, and mostNear how many in one: some draw all in one place.
	square   = 16
	mostNear = 100
)

// settling puts the raised and lowered characters of a page on their lines.
type settling struct {
	glyphs []glyph          // as they are drawn, from left to right
	moved  []glyph          // as they are read
	off    []bool           // which do not stand on their line
	at     map[[2]int][]int // which begin or end in each square
}

func squareOf(x, y float64) [2]int {
	return [2]int{int(math.Floor(x / square)), int(math.Floor(y / square))}
}

// settled puts raised and lowered characters, such as the digits of "10⁶ m²" and "CO₂", on the
// line of the character beside them: on its right at the beginning of a line. A sign that leads
// to a note goes.
func settled(glyphs []glyph) []glyph {
	slices.SortStableFunc(glyphs, func(a, b glyph) int { return cmp.Compare(a.x, b.x) })
	s := settling{glyphs, slices.Clone(glyphs), make([]bool, len(glyphs)), map[[2]int][]int{}}
	for i, g := range glyphs {
		for _, p := range [][2]int{squareOf(g.x, g.y), squareOf(g.x+g.width, g.y)} {
			if len(s.at[p]) < mostNear {
				s.at[p] = append(s.at[p], i)
			}
		}
	}
	for i, g := range glyphs {
		s.settle(i, s.beside(i, g.x, func(b glyph) float64 { return g.x - b.x - b.width }))
	}
	for i, g := range slices.Backward(glyphs) {
		if s.off[i] || !noteMark(g.text) {
			continue
		}
		if k := s.beside(i, g.x+g.width, func(b glyph) float64 { return b.x - g.x - g.width }); k >= 0 && g.y > s.moved[k].y {
			s.settle(i, k)
		}
	}
	for i := range s.moved {
		s.moved[i].raised = s.off[i] && glyphs[i].y > s.moved[i].y
	}
	return slices.DeleteFunc(s.moved, func(g glyph) bool { return g.raised && strings.Trim(g.text, "*†‡§") == "" })
}

// settle puts a character on the line of another, if there is one.
func (s *settling) settle(i, beside int) {
	if beside >= 0 {
		s.moved[i].y, s.moved[i].size, s.off[i] = s.moved[beside].y, s.moved[beside].size, true
	}
}

// beside returns the character near x that another is raised or lowered beside, or one that is so
// together with it, or -1: also where it follows one that is not. gap is how far it stands from
// another.
func (s *settling) beside(i int, x float64, gap func(glyph) float64) int {
	g, found := s.glyphs[i], -1
	near := squareOf(x, g.y)
	for d := range 9 {
		for _, k := range s.at[[2]int{near[0] + d/3 - 1, near[1] + d%3 - 1}] {
			b := s.glyphs[k]
			if between := gap(b); k == i || between <= -0.2*b.size || between >= besideGap*b.size {
				continue
			}
			if b.y == g.y && math.Abs(b.size-g.size) < 0.01 {
				if s.off[k] {
					return k
				}
				return -1
			}
			if !s.off[k] && g.offLine(b) {
				found = k
			}
		}
	}
	return found
}

// offLine reports whether a character is so small, or so drawn, and stands so far above or below
// the line of another that it is raised or lowered beside it.
func (g glyph) offLine(b glyph) bool {
	small := g.size < smaller*b.size && g.size > smallest*b.size || g.raised && !b.raised
	above := (g.y - b.y) / b.size
	return small && (above > shifted && above < raisedMost || -above > shifted && -above < loweredMost)
}

// withPowers writes raised numbers on a line with digits that are raised themselves. Other
// characters stay as they are: 3rd.
func withPowers(line []glyph) []glyph {
	for from := 0; from < len(line); {
		to, text := from, ""
		for to < len(line) && line[to].raised {
			text += line[to].text
			to++
		}
		if strings.Trim(text, "0123456789,-−–+ ") == "" {
			for i := from; i < to; i++ {
				line[i].text = raised.Replace(line[i].text)
			}
		}
		from = to + 1
	}
	return line
}

func noteMark(s string) bool {
	return s != "" && strings.Trim(s, "0123456789,*†‡§¹²³⁴⁵⁶⁷⁸⁹⁰") == ""
}

const superscripts = "⁰¹²³⁴⁵⁶⁷⁸⁹"

var (
	// raisedNumber is a raised number, or several, behind what it belongs to.
	raisedNumber = regexp.MustCompile(`([\p{L}\d/]*)([.,;:!?…)\]"”’»]*)([` + superscripts + `]+(?:[,–-][` + superscripts + `]+)*)`)
	// noteStart begins a note, by its number.
	noteStart = regexp.MustCompile(`^(?:([` + superscripts + `]+) ?|\[?(\d{1,3})(?:[.)\]]? +|$))(?:$|[\p{L}"“‘(\d])`)
	// unit is what is squared and the like.
	unit        = regexp.MustCompile(`^(?:[\p{L}\d]*[/\d])?(?:[dckmµμnh]?m|ft|in|yd|mi|s|sec|h|hr|min|kg|K)$`)
	plainDigits = strings.NewReplacer("⁰", "0", "¹", "1", "²", "2", "³", "3", "⁴", "4", "⁵", "5", "⁶", "6", "⁷", "7", "⁸", "8", "⁹", "9")
)

// withoutMarks takes away raised numbers that lead to notes: behind a word or the end of a
// sentence, where a line begins with each. Others are part of what they stand behind.
func withoutMarks(pages [][]piece) {
	notes, led := map[string]bool{}, map[string]bool{}
	for _, page := range pages {
		for _, p := range page {
			if m := noteStart.FindStringSubmatch(p.text); m != nil {
				notes[plainDigits.Replace(m[1]+m[2])] = true
			}
		}
	}
	for _, page := range pages {
		for i, p := range page {
			page[i].text = raisedNumber.ReplaceAllStringFunc(p.text, func(s string) string { return withoutMark(s, notes, led) })
		}
	}
	for n, page := range pages {
		for i, p := range page {
			if m := noteStart.FindStringSubmatch(p.text); m != nil && m[1] != "" && led[plainDigits.Replace(m[1])] {
				page[i].text = strings.TrimSpace(p.text[len(m[1]):])
			}
		}
		pages[n] = slices.DeleteFunc(page, func(p piece) bool { return p.text == "" })
	}
}

// withoutMark is what stands before raised numbers, where all of them lead to notes, which are
// then led to, else all of it.
func withoutMark(s string, notes, led map[string]bool) string {
	m := raisedNumber.FindStringSubmatch(s)
	word := m[2] != "" || letters(m[1]) > 1 && !unit.MatchString(m[1]) && !strings.ContainsAny(m[1][len(m[1])-1:], "0123456789/")
	numbers := strings.FieldsFunc(plainDigits.Replace(m[3]), func(r rune) bool { return r == ',' || r == '-' || r == '–' })
	if !word || slices.ContainsFunc(numbers, func(n string) bool { return !notes[n] }) {
		return s
	}
	for _, n := range numbers {
		led[n] = true
	}
	return m[1] + m[2]
}
